"""Boundary layers: repair, generalisation, the shipped files. The city of these tests is made up;
tests that name ``SHIPPED`` look at the real layers of the repository."""

from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pytest
import shapely
import yaml

from inteso_dash.boundaries.build import build_geodata
from inteso_dash.boundaries.coverage import clean, compare, dissolve, generalise, rounded
from inteso_dash.boundaries.layer_checks import check_boundaries
from inteso_dash.boundaries.layers import Layer, read_boundaries, read_layers, replacing
from inteso_dash.boundaries.recipe import BoundaryError, read_recipe
from inteso_dash.intake.checking import check
from tests.paths import ROOT
from tests.towns import made_up_city as city

SHIPPED = read_layers(ROOT)
LAYERS = pytest.mark.parametrize("layer", SHIPPED.values(), ids=lambda layer: layer.level)


def content_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def cleaned(
    quarters: dict[str, Any] | None = None,
) -> tuple[list[str], np.ndarray, tuple[str, ...]]:
    areas = city.faulty_quarters() if quarters is None else quarters
    result = clean(
        np.array(list(areas.values())),
        list(areas),
        gap_width=20,
        needle_angle=2,
        needle_length=3,
    )
    return list(areas), result.polygons, result.repairs


def holes(areas: np.ndarray) -> int:
    return sum(len(part.interiors) for part in shapely.get_parts(shapely.union_all(areas)))


@pytest.fixture
def built(tmp_path: Path) -> Path:
    build_geodata(tmp_path, city.write_city(tmp_path))
    return tmp_path


# The coverage


def test_the_made_up_quarters_are_as_faulty_as_they_should_be() -> None:
    areas = np.array(list(city.faulty_quarters().values()))
    assert not shapely.is_valid(areas[0])
    repaired = shapely.make_valid(areas)
    assert not shapely.coverage_is_valid(repaired)
    assert shapely.area(shapely.intersection(repaired[0], repaired[1])) > 50
    assert holes(repaired) > 0


def test_clean_gives_a_valid_coverage_close_to_the_tidy_one() -> None:
    ids, areas, _ = cleaned()
    assert shapely.coverage_is_valid(areas)
    tidy = np.array([city.tidy_quarters()[area_id] for area_id in ids])
    comparison = compare(areas, tidy)
    assert comparison.iou.min() > 0.995
    assert holes(areas) == 0


def test_clean_names_every_repair() -> None:
    _, _, repairs = cleaned()
    said = "\n".join(repairs)
    assert "0101: Selbstüberschneidung" in said
    assert "0201: Nadel von 60,0 m entfernt" in said
    assert "Überlappung" in said
    assert "Lücke von" in said


def test_clean_removes_the_needle_only_where_it_is_asked_to() -> None:
    areas = city.faulty_quarters()
    kept = clean([areas["0201"]], ["0201"], gap_width=0, needle_angle=0, needle_length=3)
    gone = clean([areas["0201"]], ["0201"], gap_width=0, needle_angle=2, needle_length=3)
    assert kept.polygons[0].bounds[0] < city.EAST - 50
    assert gone.polygons[0].bounds[0] > city.EAST - 2


def test_clean_leaves_gaps_that_are_wider() -> None:
    areas = city.tidy_quarters()
    ids, _, _ = cleaned(areas)
    lake = shapely.box(city.EAST + 900, city.NORTH + 900, city.EAST + 1_100, city.NORTH + 1_100)
    with_lake = {key: shapely.difference(area, lake) for key, area in areas.items()}
    _, result, _ = cleaned(with_lake)
    assert len(ids) == 4
    assert holes(result) == 1
    assert shapely.coverage_is_valid(generalise(result, tolerance=5, max_area_change_percent=1))


def test_clean_leaves_a_tidy_coverage_alone() -> None:
    _, areas, repairs = cleaned(city.tidy_quarters())
    assert repairs == ()
    assert compare(areas, np.array(list(city.tidy_quarters().values()))).hausdorff_m.max() < 1e-6


@pytest.mark.parametrize("tolerance", [0.5, 2, 5, 50])
def test_generalise_keeps_the_coverage_and_its_limits(tolerance: float) -> None:
    _, areas, _ = cleaned()
    coarse = generalise(areas, tolerance=tolerance, max_area_change_percent=0.3)
    assert shapely.coverage_is_valid(coarse)
    assert shapely.get_num_coordinates(coarse).sum() <= shapely.get_num_coordinates(areas).sum()
    comparison = compare(coarse, areas)
    assert comparison.area_change_percent.max() <= 0.3
    assert comparison.hausdorff_m.max() <= tolerance + 1e-6


def test_generalise_leaves_out_the_waves() -> None:
    _, areas, _ = cleaned(city.tidy_quarters())
    coarse = generalise(areas, tolerance=5, max_area_change_percent=1)
    assert shapely.get_num_coordinates(areas).min() > 300
    assert shapely.get_num_coordinates(coarse).max() < 12


def test_generalise_lowers_the_tolerance_where_an_area_would_change_too_much() -> None:
    small = shapely.Point(0, 0).buffer(30, quad_segs=32)
    around = shapely.difference(shapely.box(-500, -500, 500, 500), small)
    areas = np.array([small, around])
    free = generalise(areas, tolerance=10, max_area_change_percent=100)
    bound = generalise(areas, tolerance=10, max_area_change_percent=1)
    assert abs(free[0].area / small.area - 1) > 0.01
    assert abs(bound[0].area / small.area - 1) <= 0.01
    assert shapely.coverage_is_valid(bound)


def test_generalise_keeps_areas_in_several_parts() -> None:
    parts = shapely.MultiPolygon([shapely.box(0, 0, 10, 10), shapely.box(20, 0, 30, 10)])
    between = shapely.box(10, 0, 20, 10)
    coarse = generalise(np.array([parts, between]), tolerance=3, max_area_change_percent=50)
    assert [area.area for area in coarse] == [200, 100]


def test_generalise_refuses_what_is_no_coverage() -> None:
    with pytest.raises(ValueError, match="Lücken oder Überlappungen"):
        generalise(
            np.array([shapely.box(0, 0, 2, 2), shapely.box(1, 0, 3, 2)]),
            tolerance=1,
            max_area_change_percent=1,
        )


def test_generalise_says_when_no_tolerance_meets_the_limit() -> None:
    areas = np.array([shapely.box(0, 0, 1, 1)])
    with pytest.raises(ValueError, match="auch mit kleinerer Toleranz nicht"):
        generalise(areas, tolerance=1, max_area_change_percent=1, reference_areas=np.array([2.0]))


def test_dissolve_keeps_boundaries_vertex_by_vertex() -> None:
    ids, areas, _ = cleaned()
    joined = dissolve(areas, [area_id[:2] for area_id in ids])
    assert list(joined) == ["01", "02"]
    assert joined["01"].area == pytest.approx(areas[0].area + areas[1].area)
    before = {tuple(vertex) for vertex in shapely.get_coordinates(areas)}
    assert {tuple(v) for v in shapely.get_coordinates(list(joined.values()))} <= before
    assert shapely.coverage_is_valid(np.array(list(joined.values())))


def test_rounded_keeps_neighbours_together_and_turns_rings_as_rfc_7946_wants() -> None:
    _, areas, _ = cleaned()
    coarse = rounded(generalise(areas, tolerance=2, max_area_change_percent=1), 0)
    assert shapely.coverage_is_valid(coarse)
    assert all(shapely.is_ccw(part.exterior) for part in shapely.get_parts(coarse))


# Building and reading a city


def test_build_makes_every_layer_of_the_recipe(built: Path) -> None:
    layers = read_layers(built)
    assert set(layers) == {("ganz", "1"), ("bezirk", "1"), ("quartier", "1")}
    frames = {level: read_boundaries(layer) for (level, _), layer in layers.items()}
    assert frames["ganz"]["area_id"].tolist() == ["99"]
    assert frames["ganz"]["name"].tolist() == ["Neustadt am Test"]
    assert frames["ganz"]["parent_id"].tolist() == [None]
    assert frames["bezirk"]["name"].tolist() == ["Südstadt", "Nordstadt"]
    assert frames["quartier"]["area_id"].tolist() == ["0101", "0102", "0201", "0202"]
    assert frames["quartier"]["parent_id"].tolist() == ["01", "01", "02", "02"]
    assert frames["quartier"]["name"].tolist()[-1] == "Quartier 202"
    assert all(frame.crs == "EPSG:4326" for frame in frames.values())
    assert check_boundaries(built) == []


def test_build_finds_out_which_file_is_which(built: Path, tmp_path_factory: Any) -> None:
    other = tmp_path_factory.mktemp("other")
    quarters, districts = city.write_city(other)
    build_geodata(other, [districts, quarters])
    assert content_of(other / "geodata") == content_of(built / "geodata")
    build_geodata(other, [], assigned={"quartiere": quarters, "bezirke": districts})
    assert content_of(other / "geodata") == content_of(built / "geodata")


def test_build_writes_one_feature_a_line_and_few_decimals(built: Path) -> None:
    lines = (built / "geodata/quartier.geojson").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 4 + 2
    assert [json.loads(line.rstrip(","))["properties"]["area_id"] for line in lines[1:-1]] == [
        "0101", "0102", "0201", "0202",
    ]  # fmt: skip
    written = json.loads("\n".join(lines))["features"][1]["geometry"]["coordinates"][0]
    assert all(number == round(number, 5) for vertex in written for number in vertex)


def _change(content: str, old: str, new: str) -> str:
    assert old in content
    return content.replace(old, new)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (_change(city.quarters_text(), '"0202"', '"0201"'), r"Fläche 0201: 2 mal gefunden"),
        (_change(city.quarters_text(), '"Nr": "0101"', '"Nr": 101'), r"gefunden 101, erwartet"),
        (
            city.quarters_text(dict(list(city.tidy_quarters().items())[:3])),
            "gefunden 3 Flächen, erwartet 4",
        ),
        (_change(city.quarters_text(), '"Polygon"', '"Point"'), "keine lesbare|gefunden Point"),
        (_change(city.quarters_text(), "[6.", "[350006."), "erwartet Länge und Breite in Grad"),
        (city.quarters_text()[:-300], "kein vollständiges JSON"),
        ("[]", "JSON ohne Liste"),
        ("", "kein vollständiges JSON"),
        (_change(city.quarters_text(), '"Nr"', '"Nummer"'), "passt zu keiner Quelle"),
    ],
)
def test_build_refuses_a_faulty_source_and_changes_nothing(
    built: Path, text: str, expected: str
) -> None:
    before = content_of(built / "geodata")
    (built / "amtlich/q.geojson").write_text(text, encoding="utf-8")
    with pytest.raises(BoundaryError, match=expected):
        build_geodata(built, sorted((built / "amtlich").iterdir()))
    assert content_of(built / "geodata") == before


def test_build_names_all_problems_of_all_sources(built: Path) -> None:
    quarters, districts = built / "amtlich/q.geojson", built / "amtlich/b.geojson"
    quarters.write_text(_change(city.quarters_text(), '"0202"', '"0201"'), encoding="utf-8")
    districts.write_text(_change(city.districts_text(), '"02"', '"01"'), encoding="utf-8")
    with pytest.raises(BoundaryError) as caught:
        build_geodata(built, [quarters, districts])
    assert len(caught.value.problems) == 2


def test_build_refuses_names_that_fit_no_area(built: Path) -> None:
    districts = built / "amtlich/b.geojson"
    districts.write_text(_change(city.districts_text(), '"02"', '"03"'), encoding="utf-8")
    with pytest.raises(BoundaryError, match="nennt 03; ohne Fläche") as caught:
        build_geodata(built, [built / "amtlich/q.geojson", districts])
    assert "nennt 02 nicht" in str(caught.value)


def test_build_asks_for_a_missing_source(built: Path) -> None:
    with pytest.raises(BoundaryError, match="Quelle 'bezirke' fehlt"):
        build_geodata(built, [built / "amtlich/q.geojson"])
    with pytest.raises(BoundaryError, match="ist schon die Quelle"):
        build_geodata(built, [built / "amtlich/q.geojson"] * 2)
    with pytest.raises(BoundaryError, match=r"'x' ist in recipe\.yml nicht erklärt"):
        build_geodata(built, [], assigned={"x": built / "amtlich/q.geojson"})
    with pytest.raises(BoundaryError, match="nicht lesbar"):
        build_geodata(built, [built / "gibt-es-nicht.geojson"])


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("tolerance",), 3, "unbekannter Schlüssel tolerance"),
        (("gap_width_m",), "breit", "gap_width_m: gefunden 'breit'"),
        (("layers", 2, "source"), "quelle9", "Quelle 'quelle9' ist nicht erklärt"),
        (("layers", 1, "parent_level"), "land", "Ebene 'land' ist nicht erklärt"),
        (("layers", 1, "source"), "bezirke", "genau eines von source und dissolve"),
        (("layers", 1, "area_id"), "1", "genau eines von prefix und area_id"),
        (("layers", 0, "dissolve"), "bezirk", "eine Ebene mit source"),
    ],
)
def test_a_faulty_recipe_is_refused(
    tmp_path: Path, path: tuple[Any, ...], value: object, expected: str
) -> None:
    content = city.recipe()
    place: Any = content
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    city.write_city(tmp_path, content)
    with pytest.raises(BoundaryError, match=expected):
        read_recipe(tmp_path)


def test_a_missing_recipe_is_named(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match=r"recipe\.yml: Datei fehlt"):
        build_geodata(tmp_path, [])


def test_replacing_leaves_the_folder_alone_when_something_goes_wrong(tmp_path: Path) -> None:
    folder = tmp_path / "f"
    folder.mkdir()
    (folder / "a").write_text("alt", encoding="utf-8")

    def fail() -> None:
        with replacing(folder) as new:
            (new / "a").write_text("neu", encoding="utf-8")
            raise KeyError("made up")

    with pytest.raises(KeyError):
        fail()
    assert content_of(tmp_path) == {"f/a": b"alt"}
    with replacing(folder) as new:
        (new / "a").write_text("neu", encoding="utf-8")
    assert content_of(tmp_path) == {"f/a": b"neu"}


def _edit(path: Path, **changes: object) -> None:
    held = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump({**held, **changes}), encoding="utf-8")


def test_unknown_keys_in_descriptions_are_gathered(built: Path) -> None:
    _edit(built / "geodata/ganz.yml", farbe="rot")
    _edit(built / "geodata/bezirk.yml", folder="anderswo", features=0)
    with pytest.raises(BoundaryError) as caught:
        read_layers(built)
    said = str(caught.value)
    assert "ganz.yml: unbekannter Schlüssel farbe" in said
    assert "bezirk.yml: unbekannter Schlüssel folder" in said
    assert "bezirk.yml: features: gefunden 0" in said


def test_two_descriptions_of_one_layer_are_refused(built: Path) -> None:
    _edit(built / "geodata/ganz.yml", level="bezirk")
    with pytest.raises(BoundaryError, match="bezirk 1 ist schon"):
        read_layers(built)


def test_a_folder_without_geodata_is_named(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match="der Ordner geodata fehlt"):
        read_layers(tmp_path)


def test_a_missing_or_short_file_is_named(built: Path) -> None:
    layer = read_layers(built)["quartier", "1"]
    content = layer.path.read_text(encoding="utf-8")
    layer.path.write_text(content[:-200], encoding="utf-8")
    with pytest.raises(BoundaryError, match=r"quartier.geojson: kein vollständiges JSON"):
        read_boundaries(layer)
    layer.path.unlink()
    with pytest.raises(BoundaryError, match="nicht lesbar"):
        read_boundaries(layer)
    assert [finding.rule for finding in check_boundaries(built)] == ["boundary-file"]


def test_invalid_areas_are_repaired_and_that_is_said(
    built: Path, caplog: pytest.LogCaptureFixture
) -> None:
    layer = read_layers(built)["quartier", "1"]
    document = json.loads(layer.path.read_text(encoding="utf-8"))
    ring = document["features"][1]["geometry"]["coordinates"][0]
    (x, y), (x2, y2) = ring[0], ring[1]
    spot = [(x + x2) / 2, (y + y2) / 2]
    ring[1:1] = [spot, [spot[0] + 0.001, spot[1] + 0.001], [spot[0] + 0.001, spot[1]], spot]
    assert not shapely.is_valid(shapely.geometry.shape(document["features"][1]["geometry"]))
    layer.path.write_text(json.dumps(document), encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        frame = read_boundaries(layer)
    assert frame.geometry.is_valid.all()
    assert frame.attrs["repaired"] == ["0102"]
    assert "0102" in caplog.text
    rules = {finding.rule for finding in check_boundaries(built)}
    assert {"boundary-invalid", "boundary-sha256"} <= rules


def _rewrite(layer: Layer, change: Any) -> None:
    document = json.loads(layer.path.read_text(encoding="utf-8"))
    change(document["features"])
    layer.path.write_text(json.dumps(document), encoding="utf-8")


def test_check_finds_gaps_and_wrong_parents(built: Path) -> None:
    layer = read_layers(built)["quartier", "1"]

    def change(features: list[dict[str, Any]]) -> None:
        features[0]["properties"]["parent_id"] = "02"
        features[1]["properties"]["parent_id"] = "77"
        ring = features[3]["geometry"]["coordinates"][0]
        ring[:] = [[x - 0.0005, y] for x, y in ring]

    _rewrite(layer, change)
    found = {(finding.rule, finding.row) for finding in check_boundaries(built)}
    assert ("boundary-containment", "0101") in found
    assert ("boundary-parent", "0102") in found
    assert ("boundary-coverage", "0202") in found


def test_check_finds_a_level_without_its_parent(built: Path) -> None:
    (built / "geodata/ganz.yml").unlink()
    assert [finding.rule for finding in check_boundaries(built)] == ["boundary-parent"]


def test_a_user_folder_takes_the_place_of_single_layers(built: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    for path in (built / "geodata").glob("bezirk.*"):
        (mine / path.name).write_bytes(path.read_bytes())
    layers = read_layers(built, mine)
    assert layers["bezirk", "1"].folder == mine
    assert layers["ganz", "1"].folder == built / "geodata"
    (mine / "bezirk.geojson").unlink()
    assert len(read_boundaries(read_layers(built)["bezirk", "1"])) == 2
    with pytest.raises(BoundaryError, match="nicht lesbar"):
        read_boundaries(read_layers(built, mine)["bezirk", "1"])
    assert read_layers(built, tmp_path / "leer") == read_layers(built)


def test_layers_in_metres_are_shown_in_degrees(built: Path) -> None:
    layer = read_layers(built)["quartier", "1"]
    before = read_boundaries(layer)
    projected = before.to_crs(city.METRES)

    def change(features: list[dict[str, Any]]) -> None:
        for feature, area in zip(features, projected.geometry, strict=True):
            feature["geometry"] = shapely.geometry.mapping(area)

    _rewrite(layer, change)
    _edit(built / "geodata/quartier.yml", crs=city.METRES)
    frame = read_boundaries(read_layers(built)["quartier", "1"])
    assert frame.crs == "EPSG:4326"
    assert frame.geometry.geom_equals_exact(before.geometry, 1e-6).all()


# The shipped layers


@LAYERS
def test_shipped_layer_is_what_its_description_says(layer: Layer) -> None:
    frame = read_boundaries(layer)
    assert len(frame) == layer.features
    assert hashlib.sha256(layer.path.read_bytes()).hexdigest() == layer.sha256
    assert shapely.get_num_coordinates(frame.geometry).sum() == layer.measures.vertices  # type: ignore[union-attr]
    assert frame.attrs["repaired"] == []
    assert shapely.coverage_is_valid(frame.geometry.to_numpy())
    assert layer.origin.licence
    assert layer.origin.url.startswith("https://")


@LAYERS
def test_shipped_layer_keeps_areas_and_boundaries(layer: Layer) -> None:
    assert layer.measures is not None
    assert layer.measures.cleaned.max_area_change_percent < 0.5
    assert layer.measures.cleaned.max_hausdorff_m < read_recipe(ROOT).tolerance_m + 1
    if layer.measures.official is not None:
        assert layer.measures.official.max_area_change_percent < 0.5


@LAYERS
def test_shipped_areas_lie_exactly_in_their_parents(layer: Layer) -> None:
    if layer.parent_level is None:
        return
    parents = next(each for each in SHIPPED.values() if each.level == layer.parent_level)
    above = read_boundaries(parents).set_index("area_id").geometry
    frame = read_boundaries(layer)
    assert set(frame["parent_id"]) == set(above.index)
    joined = dissolve(frame.geometry.to_numpy(), frame["parent_id"].tolist())
    assert all(shapely.equals(joined[key], above[key]) for key in above.index)


def test_shipped_layers_pass_their_check_and_are_small() -> None:
    assert check_boundaries(ROOT) == []
    assert sum(layer.path.stat().st_size for layer in SHIPPED.values()) < 240_000


def test_shipped_layers_are_what_the_official_files_give(reference: Path, tmp_path: Path) -> None:
    (tmp_path / "geodata").mkdir()
    recipe = "geodata/recipe.yml"
    (tmp_path / recipe).write_bytes((ROOT / recipe).read_bytes())
    report = build_geodata(tmp_path, sorted(reference.glob("*.geojson")))
    assert len(report.lines()) == len(SHIPPED)
    for layer in report.layers:
        shipped = read_boundaries(SHIPPED[layer.key])
        again = read_boundaries(layer)
        assert again["area_id"].tolist() == shipped["area_id"].tolist()
        assert again["name"].equals(shipped["name"])
        assert again.geometry.geom_equals_exact(shipped.geometry, 1e-5).all()


def test_shipped_areas_measured_against_the_official_ones(reference: Path) -> None:
    recipe = read_recipe(ROOT)
    base = next(layer for layer in recipe.layers if layer.source is not None)
    source = recipe.source(str(base.source))
    official = next(
        frame
        for path in sorted(reference.glob("*.geojson"))
        if source.id_property in (frame := geopandas.read_file(path)).columns
    )
    official = official.set_index(source.id_property).sort_index().to_crs(recipe.measuring_crs)
    frame = read_boundaries(SHIPPED[base.level, base.division]).set_index("area_id")
    ours = frame.to_crs(recipe.measuring_crs)
    change = ours.area / official.area.loc[ours.index] - 1
    assert len(change) == source.features
    assert change.abs().max() < 0.005


@pytest.mark.parametrize("key", SHIPPED)
def test_a_layer_tells_the_areas_it_had_before_it_was_generalised(key: tuple[str, str]) -> None:
    shapes = read_boundaries(SHIPPED[key])
    drawn = shapes.to_crs(SHIPPED[key].measuring_crs).area / 1e4
    off = (shapes["area_ha"].astype(float) / drawn - 1).abs()
    assert 0 < off.max() < 0.006


def test_the_check_holds_published_areas_against_the_official_polygons(reference: Path) -> None:
    findings = check(reference / "quartiersatlas_2024_profildaten.xlsx")
    (found,) = (each for each in findings if each.rule == "area_polygon")
    assert found.found == "38 von 171 Gebieten"
    assert "widerspricht keines mehr" in found.message
