"""What makes up an own area: picked on a level, typed; areas of the shipped city, no figures."""

from __future__ import annotations

import pytest

from inteso_dash.catalogue.own_areas import OwnArea, OwnAreas
from inteso_dash.city import City
from inteso_dash.city.area_tree import Composition, area_tree
from inteso_dash.pages.eigene_gebiete.content import sentence
from inteso_dash.pages.eigene_gebiete.parts import (
    level_picks,
    named_parts,
    repicked,
    typed_areas,
)

CITY = (("stadtbezirk", "06"), ("stadtteil", "054"))


def test_a_level_shows_what_lies_in_an_own_area_as_a_whole_and_in_part(city: City) -> None:
    districts = level_picks(city, Composition(CITY), "stadtbezirk")
    assert (districts.picked, districts.partly) == (("06",), ("05",))
    parts = level_picks(city, Composition(CITY), "stadtteil")
    assert parts.picked == ("054", "061", "062", "063", "064")
    assert parts.partly == ()
    social = level_picks(city, Composition(CITY), "sozialraum")
    tree = area_tree(city)
    inside = {key for place in CITY for _, key in tree.inside(place, "sozialraum")}
    assert set(social.picked) == inside
    assert social.partly == ()


def test_all_picks_of_a_district_are_that_district(city: City) -> None:
    cover = repicked(city, (), "stadtteil", ["061", "062", "063"])
    assert cover == (("stadtteil", "061"), ("stadtteil", "062"), ("stadtteil", "063"))
    whole = repicked(city, cover, "stadtteil", ["061", "062", "063", "064"])
    assert whole == (("stadtbezirk", "06"),)
    assert named_parts(city, whole) == ("06",)


def test_letting_go_of_a_part_leaves_the_others_of_the_whole(city: City) -> None:
    kept = repicked(city, CITY, "stadtteil", ["054", "061", "062", "063"])
    assert kept == tuple(("stadtteil", key) for key in ("054", "061", "062", "063"))
    assert repicked(city, CITY, "stadtbezirk", []) == (("stadtteil", "054"),)
    assert repicked(city, CITY, "sozialraum", []) == ()


def test_picking_a_district_takes_in_the_part_that_was_there(city: City) -> None:
    assert repicked(city, CITY, "stadtbezirk", ["05", "06"]) == (
        ("stadtbezirk", "05"),
        ("stadtbezirk", "06"),
    )


def test_what_is_picked_on_any_level_is_what_the_level_shows_then(city: City) -> None:
    cover = ()
    for level, keys in (
        ("stadtteil", ("051", "061", "082")),
        ("sozialraum", ("061001", "082001", "093002")),
        ("stadtbezirk", ("01", "10")),
        ("stadtteil", ("011", "101", "054")),
    ):
        known = [key for key in keys if city.has_area(level, key)]
        cover = repicked(city, cover, level, [*known, "999999"])
        assert level_picks(city, Composition(cover), level).picked == tuple(sorted(known))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("061, 062;063", ("061", "062", "063")),
        ("061–063\n054", ("061", "062", "063", "054")),
        ("061 - 063", ("061", "062", "063")),
        ("061 bis 063", ("061", "062", "063")),
        ("Rath\nLICHTENBROICH", ("063", "061")),
        ("063 Rath, 063", ("063",)),
        ("Flingern Nord", ("022",)),
        ("  ,;\n", ()),
    ],
)
def test_keys_ranges_and_names_are_read(city: City, text: str, keys: tuple[str, ...]) -> None:
    found = typed_areas(city, "stadtteil", text)
    assert (found.keys, found.problems) == (keys, ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Rat", "„Rat“ gibt es nicht. Gemeint ist vielleicht Rath (063)"),
        ("0611", "Gemeint ist vielleicht Lichtenbroich (061)"),
        ("06", "„06“ gibt es hier nicht, wohl aber als Stadtbezirk. Wählen Sie diese Ebene"),
        ("063-069", "gibt es nicht"),
        ("qqqqqq", "kein Gebiet dieses Namens oder Schlüssels unter den Stadtteilen"),
        ("<b>" * 60, "<b><b><b>"),
    ],
)
def test_what_is_no_area_is_named_with_what_may_be_meant(city: City, text: str, said: str) -> None:
    found = typed_areas(city, "stadtteil", f"{text}, 064")
    assert found.keys == ("064",)
    (problem,) = found.problems
    assert said in problem


def test_an_area_whose_parts_are_unknown_is_no_area_in_the_sentence(city: City) -> None:
    lost = OwnAreas(areas=(OwnArea(name="Nord", parts=("999999",)),))
    assert sentence(city, lost) == sentence(city, OwnAreas())
