"""Shapes that somebody has drawn, read from files; all of them are made up."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas
import pyogrio
import pytest
import shapely

from inteso_dash.boundaries.drawn import MOST_SHAPES, read_drawn, whole_areas
from inteso_dash.boundaries.recipe import BoundaryError

METRES = "EPSG:25832"
BOX = shapely.box(6.77, 51.22, 6.79, 51.23)


def geojson(*rows: tuple[dict[str, object] | None, object], **more: object) -> bytes:
    features = [
        {"type": "Feature", "properties": held, "geometry": geometry} for held, geometry in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def of(geometry: shapely.Geometry) -> dict[str, object]:
    return dict(shapely.geometry.mapping(geometry))


def alike(one: shapely.Geometry, other: shapely.Geometry) -> bool:
    return bool(one.symmetric_difference(other).area < other.area * 0.005)


def refused(content: bytes, file: str = "formen.geojson") -> tuple[str, ...]:
    with pytest.raises(BoundaryError) as error:
        read_drawn(content, file, METRES)
    return tuple(error.value.problems)


def test_shapes_in_degrees_become_metres_and_keep_their_names() -> None:
    found = read_drawn(
        geojson(({"Name": "Nord"}, of(BOX)), (None, of(BOX)), ({"name": "Nord"}, of(BOX))),
        "formen.geojson",
        METRES,
    )
    assert [each.name for each in found] == ["Nord", "Form 2", "Nord (2)"]
    expected = geopandas.GeoSeries([BOX], crs="EPSG:4326").to_crs(METRES).iloc[0]
    assert alike(found[0].geometry, expected)


@pytest.mark.parametrize("crs", ["EPSG:25832", "EPSG:31466", "EPSG:3857", "EPSG:4326"])
def test_a_geopackage_may_be_in_any_system(tmp_path: Path, crs: str) -> None:
    frame = geopandas.GeoDataFrame({"titel": ["Süd"]}, geometry=[BOX], crs="EPSG:4326")
    path = tmp_path / "formen.gpkg"
    pyogrio.write_dataframe(frame.to_crs(crs), path, layer="a", driver="GPKG")
    (found,) = read_drawn(path.read_bytes(), path.name, METRES)
    assert found.name == "Süd"
    assert alike(found.geometry, frame.to_crs(METRES).geometry.iloc[0])


def test_a_system_named_in_geojson_is_taken_and_an_unknown_one_refused() -> None:
    metric = geopandas.GeoSeries([BOX], crs="EPSG:4326").to_crs(METRES).iloc[0]
    named = {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}}
    (found,) = read_drawn(geojson((None, of(metric)), **named), "formen.geojson", METRES)
    assert alike(found.geometry, metric)
    assert "erwartet Länge und Breite in Grad" in refused(geojson((None, of(metric))))[0]
    named["crs"]["properties"] = {"name": "EPSG:1"}
    assert "„EPSG:1“, das es nicht gibt" in refused(geojson((None, of(BOX)), **named))[0]


def test_latitude_before_longitude_is_turned() -> None:
    turned = shapely.transform(BOX, lambda xy: xy[:, ::-1])
    (found,) = read_drawn(geojson((None, of(turned))), "formen.geojson", METRES)
    (expected,) = read_drawn(geojson((None, of(BOX))), "formen.geojson", METRES)
    assert alike(found.geometry, expected.geometry)


def test_a_bow_tie_counts_as_the_two_surfaces_that_it_is() -> None:
    tie = shapely.Polygon([(6.77, 51.22), (6.79, 51.23), (6.79, 51.22), (6.77, 51.23)])
    (found,) = read_drawn(geojson((None, of(tie))), "formen.geojson", METRES)
    assert found.geometry.is_valid
    assert len(shapely.get_parts(found.geometry)) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kein vollständiges JSON"),
        (b"\x00\x01\x02", "kein vollständiges JSON"),
        (b"[1, 2]", "JSON ohne Liste „features“"),
        (b"SQLite format 3\x00" + bytes(200), "als GeoPackage nicht zu lesen"),
        (b"SQLite format 3\x00" + bytes(52) + b"GPKG" + bytes(9), "als GeoPackage nicht zu lesen"),
        (geojson(), "gefunden keine Form"),
        (geojson(({"name": "Punkt"}, of(shapely.Point(6.8, 51.2)))), "Punkt: gefunden Point"),
        (geojson((None, None)), "Form 1: gefunden nichts, erwartet eine Fläche"),
        (geojson((None, {"type": "Polygon", "coordinates": "x"})), "Form 1: gefunden nichts"),
        (geojson((None, of(shapely.box(900, 900, 901, 901)))), "Länge und Breite in Grad"),
        (geojson(*[(None, of(BOX))] * (MOST_SHAPES + 1)), "gefunden 61 Formen, erwartet höchstens"),
        (
            b"<OGRVRTDataSource><SrcDataSource>/etc/passwd</SrcDataSource>",
            "kein vollständiges JSON",
        ),
    ],
)
def test_what_is_no_shape_is_said(content: bytes, said: str) -> None:
    (problem,) = refused(content)
    assert problem.startswith("formen.geojson: ")
    assert said in problem


def test_a_shape_stands_for_areas_that_lie_in_it_by_more_than_half() -> None:
    areas = geopandas.GeoSeries(
        {str(at): shapely.box(10 * at, 0, 10 * at + 10, 10) for at in range(4)}, crs=METRES
    )
    found = whole_areas(shapely.box(4, 0, 25, 10), areas)
    assert found.taken == ("0", "1")
    assert found.shares == pytest.approx({"0": 0.6, "2": 0.5})
    assert found.missed == pytest.approx(5 / 21)
    assert found.added == pytest.approx(4 / 20)
    nothing = whole_areas(shapely.box(100, 0, 101, 1), areas)
    assert (nothing.taken, nothing.missed, nothing.added) == ((), 1.0, 0.0)
