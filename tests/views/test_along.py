"""The area that goes along, and the page on which something that was found is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inteso_dash.city import City
from inteso_dash.pages import PAGES
from inteso_dash.views.along import FoundOn, chosen, leads, shown_on
from inteso_dash.views.finding import Findable, Finder, of_city

LEVELS = {
    "karte": ("sozialraum", "stadtteil", "stadtbezirk"),
    "stadtteilprofil": ("stadtbezirk", "stadt", "stadtteil", "sozialraum"),
    "veraenderung": ("stadtbezirk", "stadt", "stadtteil", "sozialraum"),
    "unterbringung": ("stadtbezirk",),
}
SHOWN = {each.id: replace(each.shows, levels=LEVELS.get(each.id, ())) for each in PAGES}
RATH, SB6 = ("stadtteil", "063"), ("stadtbezirk", "06")


@pytest.fixture(scope="module")
def finder(city: City) -> Finder:
    return of_city(city, {each.id: each.title for each in PAGES})


def found(finder: Finder, key: str) -> Findable:
    entry = finder.get(key)
    assert entry is not None
    return entry


def test_an_area_chosen_on_the_map_is_heard_once() -> None:
    page, rath = SHOWN["karte"], {"ebene": ["stadtteil"], "gebiet": ["063"]}
    assert chosen(page, {"ebene": ["stadtteil"]}, rath) == RATH
    assert chosen(page, {}, rath) == RATH
    assert chosen(page, rath, rath) is None
    assert chosen(page, rath, {"ebene": ["stadtteil"]}) is None
    assert chosen(FoundOn(), {}, rath) is None


def test_an_area_added_beside_others_is_heard_a_new_level_with_its_areas_is_not() -> None:
    page = SHOWN["veraenderung"]
    before = {"v_ebene": ["stadtbezirk"], "v_gebiete": ["05"]}
    assert chosen(page, before, before | {"v_gebiete": ["05", "06"]}) == SB6
    assert chosen(page, before, before | {"v_gebiete": []}) is None
    assert chosen(page, before, {"v_ebene": ["stadtteil"], "v_gebiete": ["063"]}) is None


def test_a_page_takes_an_area_and_keeps_its_other_choices(city: City) -> None:
    asked = {"ebene": ("stadtteil",), "gebiet": ("063",)}
    assert shown_on(city, SHOWN["karte"], RATH, {"indikator": ["kinderarmut"]}) == asked
    inside, outside = {"ausschnitt": ["stadtbezirk.06"]}, {"ausschnitt": ["stadtbezirk.05"]}
    assert shown_on(city, SHOWN["karte"], RATH, inside) == asked
    assert shown_on(city, SHOWN["karte"], RATH, outside) == {**asked, "ausschnitt": ()}


def test_lines_beside_an_area_stay_where_they_are_of_its_level(city: City) -> None:
    page = SHOWN["veraenderung"]
    view = {"v_ebene": ["stadtteil"], "v_gebiete": ["061", "063", "062", "064", "065"]}
    asked = shown_on(city, page, RATH, view)
    assert asked is not None
    assert asked["v_gebiete"] == ("063", "061", "062", "064")
    other = shown_on(city, page, SB6, view)
    assert other is not None
    assert other["v_gebiete"] == ("06",)


def test_a_page_without_the_level_or_the_area_stays_as_it_is(city: City) -> None:
    assert shown_on(city, SHOWN["unterbringung"], RATH, {}) is None
    assert shown_on(city, SHOWN["daten"], RATH, {}) is None
    assert shown_on(city, SHOWN["karte"], ("stadtteil", "999"), {}) is None


@pytest.mark.parametrize(
    ("here", "target"),
    [
        ("karte", "karte"),
        ("stadtteilprofil", "stadtteilprofil"),
        ("veraenderung", "veraenderung"),
        ("unterbringung", "stadtteilprofil"),
        ("runder_tisch", "stadtteilprofil"),
        ("daten", "stadtteilprofil"),
    ],
)
def test_an_area_is_shown_here_or_in_its_profile(
    city: City, finder: Finder, here: str, target: str
) -> None:
    page, asked = leads(city, SHOWN, here, found(finder, "gebiet/stadtteil.063"), {})
    assert page == target
    names = SHOWN[target].areas
    assert names is not None
    assert (asked[names.level], asked[names.area]) == (("stadtteil",), ("063",))


def test_a_section_that_hides_what_was_found_gives_way(city: City, finder: Finder) -> None:
    area, poverty = (
        found(finder, key) for key in ("gebiet/stadtbezirk.06", "indikator/sgb2_quote")
    )
    views = {
        "unterbringung": {"u_bereich": ["formen"]},
        "karte": {"ausschnitt": ["stadtbezirk.06"], "ansicht": ["uebersicht"]},
        "veraenderung": {"v_bereich": ["grenzen"]},
    }
    assert leads(city, SHOWN, "unterbringung", area, views)[1]["u_bereich"] == ("verteilung",)
    assert leads(city, SHOWN, "karte", poverty, views)[1]["ansicht"] == ("karte",)
    assert leads(city, SHOWN, "veraenderung", poverty, views)[1]["v_bereich"] == ("verlauf",)
    assert "v_bereich" not in leads(city, SHOWN, "veraenderung", area, views)[1]


def test_an_indicator_opens_the_map_at_a_level_that_has_it(city: City, finder: Finder) -> None:
    poverty = found(finder, "indikator/sgb2_quote")
    view = {"ebene": ["sozialraum"], "gebiet": ["063008"]}
    assert leads(city, SHOWN, "daten", poverty, {"karte": view}) == (
        "karte",
        {"indikator": ("sgb2_quote",)},
    )
    housed = found(finder, "indikator/unterbringung_personen")
    assert leads(city, SHOWN, "karte", housed, {"karte": view}) == (
        "karte",
        {"indikator": (housed.id,), "ebene": ("stadtteil",), "gebiet": ()},
    )
    assert leads(city, SHOWN, "veraenderung", poverty, {})[0] == "veraenderung"


def test_what_no_map_shows_opens_where_it_is_told_over_time(city: City, finder: Finder) -> None:
    apart = next(
        each
        for each in city.catalogue.indicators
        if not each.map and finder.get(f"indikator/{each.id}")
    )
    assert leads(city, SHOWN, "karte", found(finder, f"indikator/{apart.id}"), {})[0] == (
        "veraenderung"
    )


def test_a_topic_opens_on_the_map_and_a_page_as_it_was_left(city: City, finder: Finder) -> None:
    topic, page = found(finder, "thema/migration"), found(finder, "seite/daten")
    asked = {"thema": ("migration",), "indikator": ()}
    assert leads(city, SHOWN, "daten", topic, {}) == ("karte", asked)
    assert leads(city, SHOWN, "karte", page, {}) == ("daten", {})


def test_everything_that_can_be_found_leads_somewhere_and_stays_there(
    city: City, finder: Finder
) -> None:
    keys = [f"indikator/{each.id}" for each in city.catalogue.indicators]
    keys += [f"thema/{each.id}" for each in city.catalogue.topics]
    keys += [
        f"gebiet/{level}.{area}"
        for level in ("stadt", "stadtbezirk")
        for area in city.areas(level).index
    ]
    for key in filter(finder.get, keys):
        for here in SHOWN:
            target, _ = leads(city, SHOWN, here, found(finder, key), {})
            assert leads(city, SHOWN, target, found(finder, key), {})[0] == target
