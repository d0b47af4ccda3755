"""Boundaries in several divisions, and official files in another reference system than declared."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely
import yaml

from inteso_dash.boundaries.build import build_geodata
from inteso_dash.boundaries.layer_checks import check_boundaries
from inteso_dash.boundaries.layers import read_boundaries, read_layers
from inteso_dash.boundaries.recipe import BoundaryError, read_recipe
from inteso_dash.boundaries.reference_systems import TURNED
from inteso_dash.cli import main
from inteso_dash.folders import DATA_VARIABLE
from tests.towns import made_up_city as city

# Two divisions of a level


@pytest.fixture
def recut(tmp_path: Path) -> Path:
    files = [*city.write_city(tmp_path, city.older_recipe()), tmp_path / "amtlich/alt.geojson"]
    files[-1].write_text(city.quarters_text(city.older_quarters()), encoding="utf-8")
    build_geodata(tmp_path, files)
    return tmp_path


def hectares(root: Path, level: str, division: str) -> dict[str, float]:
    frame = read_boundaries(read_layers(root)[level, division])
    return dict(zip(frame["area_id"], frame["area_ha"].round(0), strict=True))


def test_every_division_is_made_of_its_own_areas(recut: Path) -> None:
    assert set(hectares(recut, "quartier", "1")) == {"0101", "0102", "0201", "0202"}
    assert hectares(recut, "quartier", "0") == {"0101": 200, "0201": 100, "0202": 100}
    frames = {key: read_boundaries(layer) for key, layer in read_layers(recut).items()}
    old, new = (
        frames["quartier", each].set_index("area_id").geometry["0202"] for each in ("0", "1")
    )
    assert shapely.area(shapely.intersection(old, new)) < 0.01 * old.area
    assert check_boundaries(recut) == []


def test_higher_levels_follow_the_division_of_their_own_name_or_the_one_without_an_end(
    recut: Path,
) -> None:
    recipe = read_recipe(recut)
    made_of = {
        layer.key: base.key for layer in recipe.layers if (base := recipe.base(layer)) is not None
    }
    assert made_of["bezirk", "0"] == ("quartier", "0")
    assert made_of["bezirk", "1"] == ("quartier", "1")
    assert made_of["ganz", "gestern"] == ("quartier", "1")
    layers = read_layers(recut)
    vertices = {key: layer.measures.vertices for key, layer in layers.items() if layer.measures}
    assert vertices["bezirk", "0"] != vertices["bezirk", "1"]


@pytest.mark.parametrize(
    ("layer", "change", "expected"),
    [
        (0, {"dissolve_division": "7"}, r"ganz gestern: dissolve_division: gefunden '7'.*: 1, 0"),
        (4, {"valid_until": None}, r"ganz gestern: dissolve_division: gefunden None"),
        (4, {"division": "1"}, "'quartier 1' steht 2 mal da"),
        (4, {"file": "quartier.geojson"}, "'quartier.geojson' steht 2 mal da"),
    ],
)
def test_a_recipe_that_does_not_say_which_division_is_refused(
    tmp_path: Path, layer: int, change: dict[str, Any], expected: str
) -> None:
    content = city.older_recipe()
    content["layers"][layer] |= change
    city.write_city(tmp_path, content)
    with pytest.raises(BoundaryError, match=expected):
        read_recipe(tmp_path)


def test_a_named_division_is_the_one_that_is_joined(tmp_path: Path) -> None:
    content = city.older_recipe()
    content["layers"][1]["dissolve_division"] = "0"
    city.write_city(tmp_path, content)
    recipe = read_recipe(tmp_path)
    base = recipe.base(recipe.layers[1])
    assert base is not None
    assert base.key == ("quartier", "0")


def test_sources_alike_in_key_and_number_are_told_apart_by_their_names(tmp_path: Path) -> None:
    content = city.older_recipe()
    content["sources"][2]["features"] = 4
    files = [*city.write_city(tmp_path, content), tmp_path / "amtlich/Quartiere alt.geojson"]
    swapped = dict(
        zip(("0102", "0101", "0201", "0202"), city.tidy_quarters().values(), strict=True)
    )
    files[-1].write_text(city.quarters_text(swapped), encoding="utf-8")
    with pytest.raises(BoundaryError, match=r"q\.geojson: passt zu keiner Quelle eindeutig"):
        build_geodata(tmp_path, files)
    files[0] = files[0].rename(files[0].with_name("Quartiere für alle.geojson"))
    build_geodata(tmp_path, files)
    frames = {key: read_boundaries(layer) for key, layer in read_layers(tmp_path).items()}
    old, new = (
        frames["quartier", each].set_index("area_id").geometry["0102"] for each in ("0", "1")
    )
    assert shapely.intersection(old, new).area < 0.01 * old.area


def test_berlin_in_two_divisions_is_what_its_folder_holds(reference: Path, tmp_path: Path) -> None:
    official, held = reference / "cities/berlin_official.zip", reference / "cities/berlin/geodata"
    if not official.is_file():
        pytest.skip("the boundaries of Berlin are not here")
    with zipfile.ZipFile(official) as archive:
        archive.extractall(tmp_path / "amtlich")
    (tmp_path / "geodata").mkdir()
    recipe = (tmp_path / "amtlich/recipe_full.yml").rename(tmp_path / "geodata/recipe.yml")
    assert "2006" in recipe.read_text(encoding="utf-8")
    build_geodata(tmp_path, sorted((tmp_path / "amtlich").iterdir()))
    for path in (tmp_path / "geodata").glob("*.geojson"):
        known = held / path.name.replace("2006", "2019")
        assert path.read_bytes() == known.read_bytes(), path.name
    assert not [each for each in check_boundaries(tmp_path) if each.severity == "error"]


# Reference systems and axes


def swapped(text: str) -> str:
    """Return an official file with latitude before longitude."""
    document = json.loads(text)
    for feature in document["features"]:
        area = shapely.transform(
            shapely.geometry.shape(feature["geometry"]), lambda xy: xy[:, ::-1]
        )
        feature["geometry"] = shapely.geometry.mapping(area)
    return json.dumps(document)


def in_system(text: str, crs: str) -> str:
    """Return an official file in another reference system."""
    document = json.loads(text)
    areas = geopandas.GeoSeries(
        [shapely.geometry.shape(feature["geometry"]) for feature in document["features"]],
        crs="EPSG:4326",
    ).to_crs(crs)
    for feature, area in zip(document["features"], areas, strict=True):
        feature["geometry"] = shapely.geometry.mapping(area)
    return json.dumps(document)


def with_member(text: str, name: str) -> str:
    """Return an official file that names its own reference system."""
    document = json.loads(text)
    document["crs"] = {"type": "name", "properties": {"name": name}}
    return json.dumps(document)


def with_heights(text: str) -> str:
    """Return an official file whose coordinates name a height as well."""
    document = json.loads(text)
    for feature in document["features"]:
        area = shapely.force_3d(shapely.geometry.shape(feature["geometry"]), 38.5)
        feature["geometry"] = shapely.geometry.mapping(area)
    return json.dumps(document)


TIDY = city.quarters_text(city.tidy_quarters())


def built(root: Path, text: str, declared: str = "EPSG:4326", measuring: str = city.METRES) -> Any:
    content = city.recipe()
    content["measuring_crs"] = measuring
    content["sources"][0]["origin"]["source_crs"] = declared
    quarters, districts = city.write_city(root, content)
    quarters.write_text(text, encoding="utf-8")
    return build_geodata(root, [quarters, districts])


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        (TIDY, "EPSG:4326"),
        (with_member(TIDY, "urn:ogc:def:crs:OGC:1.3:CRS84"), "EPSG:4326"),
        (with_member(TIDY, "urn:ogc:def:crs:EPSG::4258"), "EPSG:4326"),
        (in_system(TIDY, city.METRES), city.METRES),
        (with_member(in_system(TIDY, city.METRES), "urn:ogc:def:crs:EPSG::25832"), city.METRES),
        (with_member(in_system(TIDY, city.METRES), "EPSG:32632"), city.METRES),
        (in_system(TIDY, "EPSG:31466"), "EPSG:31466"),
        (with_heights(TIDY), "EPSG:4326"),
    ],
)
def test_a_file_that_keeps_to_its_declaration_is_built(
    tmp_path: Path, text: str, declared: str
) -> None:
    assert built(tmp_path, text, declared).notes == ()
    assert set(hectares(tmp_path, "quartier", "1").values()) == {100}


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        (swapped(TIDY), "EPSG:4326"),
        (swapped(with_member(TIDY, "urn:ogc:def:crs:EPSG::4326")), "EPSG:4326"),
        (swapped(in_system(TIDY, city.METRES)), city.METRES),
        (swapped(in_system(TIDY, "EPSG:31466")), "EPSG:31466"),
    ],
)
def test_swapped_axes_are_turned_and_that_is_said(tmp_path: Path, text: str, declared: str) -> None:
    report = built(tmp_path, text, declared)
    assert report.lines()[0] == f"q.geojson: {TURNED}"
    assert set(hectares(tmp_path, "quartier", "1").values()) == {100}
    assert TURNED in read_layers(tmp_path)["quartier", "1"].repairs
    assert [each for each in check_boundaries(tmp_path) if each.severity == "error"] == []


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        (TIDY, city.METRES, r"q\.geojson: Fläche 0101, 0102.*erwartet Meter \(EPSG:25832\)"),
        (in_system(TIDY, city.METRES), "EPSG:4326", "erwartet Länge und Breite in Grad"),
        (in_system(TIDY, "EPSG:25833"), city.METRES, r"liegen nicht dort, wo EPSG:25832 gilt"),
        (in_system(TIDY, "EPSG:4647"), city.METRES, r"liegen nicht dort, wo EPSG:25832 gilt"),
        (in_system(TIDY, "EPSG:3857"), city.METRES, "bezirke liegt anderswo als quartiere"),
        (with_member(TIDY, "EPSG:25832"), "EPSG:4326", "nennt das Bezugssystem EPSG:25832"),
        (
            with_member(TIDY, "urn:ogc:def:crs:OGC:1.3:CRS84"),
            city.METRES,
            "nennt das Bezugssystem urn:ogc:def:crs:OGC:1.3:CRS84, erklärt ist EPSG:25832",
        ),
        (with_member(TIDY, "EPSG:1"), "EPSG:4326", "das es nicht gibt"),
        (TIDY.replace("[6.", "[1", 1), "EPSG:4326", "Fläche 0101: Koordinaten von 7, 51 bis"),
        (TIDY.replace("[6.", "[NaN, 6.", 1), "EPSG:4326", "keine endlichen Zahlen|keine lesbare"),
        (TIDY.replace("[6.", "[1" + "0" * 400 + ", 6.", 1), "EPSG:4326", "Fläche 0101: gefunden"),
        (TIDY.replace("[6.", "[1" + "0" * 5000 + ", 6.", 1), "EPSG:4326", "kein vollständiges"),
        ("[" * 100_000, "EPSG:4326", "kein vollständiges JSON"),
        ('{"features": [], "crs": ' + "[" * 100_000, "EPSG:4326", "kein vollständiges JSON"),
    ],
)
def test_a_file_that_is_not_in_its_reference_system_is_refused_in_german(
    tmp_path: Path, text: str, declared: str, expected: str
) -> None:
    with pytest.raises(BoundaryError, match=expected):
        built(tmp_path, text, declared)
    assert not (tmp_path / "geodata/quartier.geojson").exists()


def test_a_city_cannot_be_measured_where_its_system_distorts_areas(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match=r"EPSG:3857 misst die Flächen hier um 1\d\d % falsch"):
        built(tmp_path, TIDY, measuring="EPSG:3857")


@pytest.mark.parametrize("measuring", ["EPSG:4326", "EPSG:99999", "Meter"])
def test_a_measuring_system_has_to_be_one_in_metres(tmp_path: Path, measuring: str) -> None:
    with pytest.raises(
        BoundaryError, match=r"measuring_crs: gefunden .*; erwartet: ein Bezugssyst"
    ):
        built(tmp_path, TIDY, measuring=measuring)


def test_an_unknown_reference_system_of_a_source_is_named(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match=r"quartiere\.source_crs: gefunden 'Gauß-Krüger'"):
        built(tmp_path, TIDY, "Gauß-Krüger")


def test_the_command_line_says_that_axes_were_turned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    quarters, districts = city.write_city(tmp_path)
    quarters.write_text(swapped(TIDY), encoding="utf-8")
    assert main(["build-geodata", str(quarters), str(districts), "--data", str(tmp_path)]) == 0
    assert f"q.geojson: {TURNED}" in capsys.readouterr().out
    quarters.write_text(in_system(TIDY, city.METRES), encoding="utf-8")
    assert main(["build-geodata", str(quarters), str(districts), "--data", str(tmp_path)]) == 1
    assert "erwartet Länge und Breite in Grad" in capsys.readouterr().err


def test_a_layer_with_swapped_axes_is_turned_and_the_check_says_so(tmp_path: Path) -> None:
    build_geodata(tmp_path, city.write_city(tmp_path))
    layer = read_layers(tmp_path)["quartier", "1"]
    before = read_boundaries(layer)
    layer.path.write_text(swapped(layer.path.read_text(encoding="utf-8")), encoding="utf-8")
    sidecar = layer.path.with_suffix(".yml")
    declared = yaml.safe_load(sidecar.read_text(encoding="utf-8"))
    sidecar.write_text(yaml.safe_dump({**declared, "sha256": ""}), encoding="utf-8")
    frame = read_boundaries(read_layers(tmp_path)["quartier", "1"])
    assert frame.geometry.geom_equals(before.geometry).all()
    assert [each.rule for each in check_boundaries(tmp_path)] == ["boundary-axes"]
