"""Boundaries as SVG paths; all shapes are made up."""

from __future__ import annotations

import gzip
import json
import re

import geopandas
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Point, Polygon, box

from inteso_dash.boundaries.encoded import ViewFrame, packed, payload_name, unpacked
from inteso_dash.boundaries.payload import encode_layer, geometries, map_units, view_frame

CRS = "EPSG:25832"


def layer(*shapes, crs=CRS, **columns):
    data = {
        "area_id": [f"{index:03d}" for index in range(len(shapes))],
        "name": [f"Gebiet {index}" for index in range(len(shapes))],
        "parent_id": [None] * len(shapes),
    }
    return geopandas.GeoDataFrame(data | columns, geometry=list(shapes), crs=crs)


def rings_of(path: str) -> list[list[tuple[int, int]]]:
    """Read a relative path back: one list of absolute corners per ring."""
    rings = []
    x = y = 0
    for ring in re.findall(r"m([^z]*)z", path):
        start, steps = ring.split("l")
        dx, dy = map(int, re.findall(r"-?\d+", start))
        x, y = x + dx, y + dy
        corners = [(x, y)]
        numbers = list(map(int, re.findall(r"-?\d+", steps)))
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            corners.append((corners[-1][0] + dx, corners[-1][1] + dy))
        rings.append(corners)
    return rings


def decoded(areas, metres_per_unit=1.0):
    frame = view_frame(areas, metres_per_unit)
    return json.loads(encode_layer(areas, frame)), frame


def test_path_reads_back_exactly():
    shape = Polygon([(100, 100), (220, 100), (220, 180), (160, 140), (100, 180)])
    payload, _ = decoded(layer(shape))
    assert rings_of(payload["areas"][0]["path"]) == [
        [(0, 80), (120, 80), (120, 0), (60, 40), (0, 0)],
    ]
    assert payload["viewBox"] == [0, 0, 120, 80]
    assert payload["metresPerUnit"] == 1.0


def test_multipolygon_with_hole_keeps_every_ring():
    holed = Polygon(box(0, 0, 100, 100).exterior, [box(40, 40, 60, 60).exterior])
    payload, frame = decoded(layer(MultiPolygon([holed, box(200, 0, 250, 50)])))
    rings = rings_of(payload["areas"][0]["path"])
    expected = [holed.exterior, holed.interiors[0], box(200, 0, 250, 50).exterior]
    wanted = [frame.to_units(shapely.get_coordinates(ring))[:-1].tolist() for ring in expected]
    assert [[list(corner) for corner in ring] for ring in rings] == wanted


@given(
    st.lists(st.floats(-40, 40), min_size=3, max_size=60),
    st.sampled_from([1.0, 3.7, 8.0]),
)
def test_neighbours_share_their_edge_and_rounding_never_accumulates(offsets, metres):
    border = [(500 + offset, 25.3 * step) for step, offset in enumerate(offsets)]
    top = border[-1][1]
    west = Polygon([(0, top), (0, 0), *border])
    east = Polygon([(1000, 0), (1000, top), *border[::-1]])
    areas = layer(west, east)
    payload, frame = decoded(areas, metres)
    found = [set(rings_of(area["path"])[0]) for area in payload["areas"]]
    shared = {tuple(point) for point in frame.to_units(np.array(border)).tolist()}
    assert shared <= found[0]
    assert shared <= found[1]


def test_layers_of_one_city_share_origin_and_scale():
    districts = layer(box(0, 0, 500, 400), box(500, 0, 1000, 400))
    part = layer(box(500, 0, 750, 400))
    frame = view_frame(districts, 10)
    whole = json.loads(encode_layer(districts, frame))
    inner = json.loads(encode_layer(part, frame))
    assert inner["viewBox"] == whole["viewBox"] == [0, 0, 100, 40]
    assert (50, 40) in rings_of(inner["areas"][0]["path"])[0]


def test_labels_lie_inside_and_order_is_kept():
    ring = Point(0, 0).buffer(100).difference(Point(0, 0).buffer(90))
    areas = layer(ring, box(200, 0, 300, 100), area_id=["09", "01"], parent_id=["0", None])
    payload, frame = decoded(areas)
    assert [area["id"] for area in payload["areas"]] == ["09", "01"]
    assert [area["parent"] for area in payload["areas"]] == ["0", None]
    x, y = payload["areas"][0]["label"]
    point = Point(frame.minx + x, frame.maxy - y)
    assert ring.buffer(1).contains(point)


def test_rings_smaller_than_a_unit_vanish_and_areas_become_one_unit():
    speck = Polygon([(50, 50), (50.2, 50), (50.2, 50.2)])
    holed = Polygon(box(0, 0, 100, 100).exterior, [speck.exterior])
    payload, _ = decoded(layer(holed), 10)
    assert len(rings_of(payload["areas"][0]["path"])) == 1
    payload, _ = decoded(layer(box(0, 0, 100, 100), speck), 10)
    drawn = payload["areas"][1]
    (ring,) = rings_of(drawn["path"])
    assert Polygon(ring).area == 1
    assert Polygon(ring).distance(Point(drawn["label"])) == 0


def test_what_has_no_width_in_units_is_drawn_as_one_unit_also_where_nothing_else_is():
    there_and_back = Polygon([(0, 0), (100, 0), (1, 1), (99, 1), (1, 2)])
    payload, _ = decoded(layer(there_and_back, Polygon([(0, 50), (0.2, 50), (0, 50.2)])), 10)
    areas = [Polygon(ring).area for each in payload["areas"] for ring in rings_of(each["path"])]
    assert areas == [1, 1]


def test_every_part_and_hole_is_drawn_where_it_lies():
    first = box(0, 0, 100, 100).difference(box(40, 40, 60, 60)).union(box(200, 0, 300, 100))
    payload, _ = decoded(layer(first, box(100, 0, 200, 100)), 10)
    drawn = [[Polygon(ring).bounds for ring in rings_of(each["path"])] for each in payload["areas"]]
    assert [sorted(each) for each in drawn] == [
        [(0, 0, 10, 10), (4, 4, 6, 6), (20, 0, 30, 10)],
        [(10, 0, 20, 10)],
    ]


def test_layers_in_several_systems_are_drawn_in_the_first():
    west = layer(box(350_000, 5_670_000, 351_000, 5_671_000), crs="EPSG:25832")
    drawn = geometries({("a", "1"): west, ("b", "1"): west.to_crs("EPSG:25833")})
    paths = [json.loads(each.asset.body)["areas"][0]["path"] for each in drawn.values()]
    assert paths[0] == paths[1]
    assert {each.crs for each in drawn.values()} == {west.crs.to_wkt()}
    assert unpacked(packed(drawn)) == drawn
    assert geometries({}) == {}


@pytest.mark.parametrize(
    ("crs", "message"),
    [(None, "has no CRS"), ("EPSG:4326", "expected a projected one in metres"), (2272, "metres")],
)
def test_only_metres_are_accepted(crs, message):
    areas = layer(box(6.7, 51.1, 6.9, 51.3), crs=crs)
    with pytest.raises(ValueError, match=message):
        view_frame(areas)
    with pytest.raises(ValueError, match=message):
        encode_layer(areas, ViewFrame(0, 0, 1, 1, 0.001))


def test_problems_are_reported_together():
    areas = layer(box(0, 0, 100, 100), Point(1, 1), None)
    with pytest.raises(ValueError, match=r"001: found Point.*002: found no geometry"):
        encode_layer(areas, ViewFrame(0, 0, 100, 100, 1))


def test_missing_columns_repeated_keys_and_empty_frames_are_refused():
    frame = ViewFrame(0, 0, 100, 100, 1)
    with pytest.raises(ValueError, match=r"columns \['name'\] are missing"):
        encode_layer(layer(box(0, 0, 9, 9)).drop(columns="name"), frame)
    with pytest.raises(ValueError, match=r"area_id \['7'\] occurs more than once"):
        encode_layer(layer(box(0, 0, 9, 9), box(9, 0, 18, 9), area_id=["7", "7"]), frame)
    with pytest.raises(ValueError, match="has no areas"):
        view_frame(layer())
    with pytest.raises(ValueError, match="no extent"):
        ViewFrame(0, 0, 0, 10, 1)
    with pytest.raises(ValueError, match="metres_per_unit is 0"):
        ViewFrame(0, 0, 1, 1, 0)


def test_name_changes_with_content_only():
    assert payload_name("stadtteil", b"a") == payload_name("stadtteil", b"a")
    assert payload_name("stadtteil", b"a") != payload_name("stadtteil", b"b")
    assert re.fullmatch(r"stadtteil\.[0-9a-f]{12}\.json", payload_name("stadtteil", b"a"))


def test_a_vertex_costs_a_few_bytes():
    angles = np.linspace(0, 2 * np.pi, 4000, endpoint=False)
    radius = 8000 + 300 * np.sin(23 * angles)
    points = np.column_stack((radius * np.cos(angles), radius * np.sin(angles)))
    areas = layer(Polygon(points))
    body = encode_layer(areas, view_frame(areas))
    assert len(body) < 4000 * 7
    assert len(gzip.compress(body)) < 4000 * 3


def test_a_position_lands_where_its_area_has_its_label():
    area = layer(box(345_000, 5_675_000, 345_100, 5_675_050))
    frame = view_frame(area, 1.0)
    centre = geopandas.GeoSeries([Point(345_050, 5_675_025)], crs=CRS).to_crs("EPSG:4326")
    assert map_units(centre.x.tolist(), centre.y.tolist(), frame, area.crs) == [(50, 25)]
