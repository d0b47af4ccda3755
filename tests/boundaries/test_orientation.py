"""A river and a landmark of a made-up town: read, checked, sent to the browser, drawn on paper."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely
from pypdf import PdfReader

from inteso_dash.boundaries.layer_checks import check_boundaries
from inteso_dash.boundaries.orientation import FILE, RULE, cited, read_orientation
from inteso_dash.boundaries.payload import encode_layer, view_frame
from inteso_dash.city import City
from inteso_dash.drawing.paper import maps
from inteso_dash.drawing.paper.sheet import to_pdf
from inteso_dash.language.findings import Finding
from inteso_dash.pages.karte.content import indicator_map
from inteso_dash.pages.karte.files import map_statement
from inteso_dash.views import map_view
from inteso_dash.views.map_view import Choice
from tests.paths import ROOT

SOURCE = {"source": "Vermessungsamt Musterstadt", "licence": "dl-de/zero-2-0"}


def feature(kind: str, geometry: str, **fields: str) -> dict[str, Any]:
    shape = shapely.from_wkt(geometry)
    return {
        "type": "Feature",
        "properties": {"name": "Mulde", "kind": kind, **SOURCE, **fields},
        "geometry": json.loads(shapely.to_geojson(shape)),
    }


RIVER = feature("water", "LINESTRING (6.70 51.30, 6.78 51.22, 6.90 51.18)")
TOWER = feature("landmark", "POINT (6.78 51.23)", name="Alter Turm")


def write(root: Path, *features: Any) -> Path:
    (root / "geodata").mkdir(exist_ok=True)
    collection = {"type": "FeatureCollection", "features": features}
    (root / "geodata" / FILE).write_text(json.dumps(collection), "utf-8")
    return root


def test_no_file_is_no_orientation_and_no_fault(tmp_path: Path) -> None:
    faults: list[Finding] = []
    assert read_orientation(tmp_path, faults) == ()
    assert faults == []


def test_what_is_read_names_its_source(tmp_path: Path) -> None:
    river, tower = read_orientation(write(tmp_path, RIVER, TOWER))
    assert (river.name, river.kind, tower.name) == ("Mulde", "water", "Alter Turm")
    assert cited((river, tower)) == "Orientierung: Vermessungsamt Musterstadt (dl-de/zero-2-0)"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (feature("landmark", "POINT (6.7 51.2)", source=""), "source fehlt"),
        (feature("hill", "POINT (6.7 51.2)"), "erwartet: water oder landmark"),
        (feature("landmark", "LINESTRING (6.7 51.2, 6.8 51.2)"), "gefunden LineString"),
        (feature("water", "LINESTRING (350000 5680000, 350100 5680000)"), "in Grad"),
        (feature("landmark", "POINT (6.7 51.2)", name="x" * 41), "länger als 40"),
        ({"properties": {"name": "a", "kind": "water", **SOURCE}}, "geometry ist nicht lesbar"),
    ],
)
def test_what_is_wrong_is_said_and_left_out(tmp_path: Path, wrong: Any, said: str) -> None:
    faults: list[Finding] = []
    assert len(read_orientation(write(tmp_path, wrong, TOWER), faults)) == 1
    assert [fault.rule for fault in faults] == [RULE]
    assert said in faults[0].message
    assert RULE in {finding.rule for finding in check_boundaries(tmp_path)}


def test_a_file_that_is_no_collection_is_said(tmp_path: Path) -> None:
    (tmp_path / "geodata").mkdir()
    (tmp_path / "geodata" / FILE).write_text("[1]", "utf-8")
    faults: list[Finding] = []
    assert read_orientation(tmp_path, faults) == ()
    assert len(faults) == 1


def test_the_browser_gets_it_cut_to_the_frame_of_the_city(tmp_path: Path) -> None:
    areas = geopandas.GeoDataFrame(
        {"area_id": ["1"], "name": ["Mitte"], "parent_id": [None]},
        geometry=[shapely.box(6.75, 51.2, 6.8, 51.25)],
        crs="EPSG:4326",
    ).to_crs("EPSG:25832")
    away = feature("landmark", "POINT (7.5 51.9)", name="Ferne")
    known = read_orientation(write(tmp_path, RIVER, TOWER, away))
    frame = view_frame(areas)
    layer = json.loads(encode_layer(areas, frame, known))
    assert [each["name"] for each in layer["orientation"]] == ["Mulde", "Alter Turm"]
    assert layer["credits"].startswith("Orientierung: Vermessungsamt")
    river, tower = layer["orientation"]
    assert tower["path"] == ""
    numbers = [int(part) for part in river["path"].replace("M", " ").replace("L", " ").split()]
    width, height = frame.size
    assert min(numbers) >= 0
    assert max(numbers[::2]) <= width
    assert max(numbers[1::2]) <= height
    assert "orientation" not in json.loads(encode_layer(areas, frame))


def test_paper_names_it_and_where_it_comes_from(city: City, tmp_path: Path) -> None:
    shutil.copytree(city.root / "geodata", tmp_path / "geodata")
    root = write(tmp_path, RIVER, TOWER)
    choice = Choice("stadtbezirk", "bevoelkerung")
    told = map_statement(city, choice, map_view.view(city, choice).layers[-1])
    moved = replace(city, root=root)
    drawn = maps.draw(moved, indicator_map(city, choice), told=told)
    words = PdfReader(io.BytesIO(to_pdf(drawn, told))).pages[0].extract_text()
    assert "Mulde" in words
    assert "Alter Turm" in words
    assert "Vermessungsamt Musterstadt" in words
    (root / "geodata" / FILE).unlink()
    bare = maps.draw(moved, indicator_map(city, choice), told=told)
    assert "Mulde" not in PdfReader(io.BytesIO(to_pdf(bare, told))).pages[0].extract_text()


def test_the_shipped_river_is_where_the_official_boundaries_run() -> None:
    rhine, *landmarks = read_orientation(ROOT)
    districts = geopandas.read_file(ROOT / "geodata" / "stadtbezirk.geojson")
    metres = geopandas.GeoSeries([rhine.geometry], crs=4326).to_crs(25832).iloc[0]
    edges = districts.to_crs(25832).boundary.union_all()
    assert rhine.name == "Rhein"
    assert edges.buffer(1.5).covers(metres)
    beside = districts[districts.intersects(rhine.geometry.buffer(1e-5))]
    assert set(beside.area_id) == {"01", "03", "04", "05", "09"}
    quarters = geopandas.read_file(ROOT / "geodata" / "stadtteil.geojson").set_index("area_id")
    inside = {each.name: quarters.index[quarters.contains(each.geometry)] for each in landmarks}
    named = {name: [*quarters.loc[found, "name"]] for name, found in inside.items()}
    assert named == {"Hauptbahnhof": ["Stadtmitte"], "Flughafen": ["Lohausen"]}
    assert all(each.source and each.licence for each in landmarks)
