"""The search: what is found by what is typed, in which order, and that nothing else is."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inteso_dash.city import City
from inteso_dash.views.finding import MOST, Findable, Finder, Sort, of_city, spellings, words

PAGES = {"karte": "Karte", "unterbringung": "Unterbringung"}
MANY = 11_000


@pytest.fixture(scope="module")
def finder(city: City) -> Finder:
    return of_city(city, PAGES)


def titles(finder: Finder, query: str) -> list[str]:
    return [f"{each.title} ({each.told})" for each in finder.find(query).shown]


def area(title: str, key: str = "01", level: str = "kiez") -> Findable:
    return Findable(Sort.AREA, f"{level}.{key}", title, f"Kiez {key}")


def test_an_area_is_found_whatever_its_level(finder: Finder) -> None:
    found = titles(finder, "Rath")
    assert found[:4] == [
        "Rath (Stadtteil 063)",
        "Rath · Theodorstraße und … (Sozialraum 063003)",
        "Rath · Rather Kreuzweg und … (Sozialraum 063004)",
        "Rath · Südlich … (Sozialraum 063008)",
    ]
    assert "Unterrath (Stadtteil 062)" in found
    assert finder.find("Rath").shown[0].place == ("stadtteil", "063")


def test_an_indicator_is_found_whatever_its_topic_and_by_its_short_name(finder: Finder) -> None:
    assert titles(finder, "Ausländer") == [
        "Ausländeranteil (Indikator · Migration)",
        "Personen ohne deutsche Staatsangehörigkeit (Indikator · Migration)",
    ]
    assert titles(finder, "armut")[0] == "Kinderarmut (Indikator · Arbeit und Soziales)"


@pytest.mark.parametrize("typed", ["Düsseltal", "dusseltal", "DUESSELTAL", "düsselt", "tal düssel"])
def test_umlauts_case_and_beginnings_do_not_matter(finder: Finder, typed: str) -> None:
    assert titles(finder, typed) == ["Düsseltal (Stadtteil 023)"]


def test_a_key_finds_its_area_and_what_begins_with_it(finder: Finder) -> None:
    assert titles(finder, "063008") == ["Rath · Südlich … (Sozialraum 063008)"]
    assert titles(finder, "06")[0] == "Stadtbezirk 6 (Stadtbezirk 06)"
    assert titles(finder, "Stadtteil Rath")[0] == "Rath (Stadtteil 063)"


def test_no_sort_crowds_out_the_others(finder: Finder) -> None:
    found = finder.find("unterb")
    assert found.count > MOST == len(found.shown)
    assert {each.sort for each in found.shown} == set(Sort)


@pytest.mark.parametrize("typed", ["", "  ", "…", "xyzzy", "\0", "%_"])
def test_nonsense_finds_nothing(finder: Finder, typed: str) -> None:
    assert finder.find(typed).count == 0


def test_one_or_two_letters_are_looked_for_at_beginnings_alone() -> None:
    finder = Finder([area("Am Rand", "1"), area("Unterrath", "2")])
    assert titles(finder, "ra") == ["Am Rand (Kiez 1)"]
    assert titles(finder, "rat") == ["Unterrath (Kiez 2)"]


def test_only_what_there_is_is_found(city: City, finder: Finder) -> None:
    there = {
        each.id
        for each in city.catalogue.indicators
        if any(city.dates(level.id, each.id) for level in city.catalogue.levels)
    }
    for each in city.catalogue.indicators:
        assert (finder.get(f"indikator/{each.id}") is not None) == (each.id in there)
    assert finder.get("gebiet/stadtteil.999") is None
    assert finder.get("seite/karte") == Findable(Sort.PAGE, "karte", "Karte", "Seite")


def test_many_areas_are_searched_while_one_types() -> None:
    finder = Finder(area(f"Gebiet Nummer {n} Straße", f"{n:06}") for n in range(MANY))
    begun = time.process_time()
    assert finder.find("nummer 17").count == 111
    assert finder.find("geb").count == MANY
    assert time.process_time() - begun < 1


@given(st.text(max_size=60))
def test_whatever_is_typed_is_answered(typed: str) -> None:
    finder = Finder([area("Düsseltal"), area("Café am Fluß", "02")])
    found = finder.find(typed)
    assert found.count == len(found.shown) <= 2


@given(st.text(st.characters(max_codepoint=0x24F, categories=["L", "Nd"]), min_size=1, max_size=20))
def test_every_name_is_found_by_itself_in_any_spelling(name: str) -> None:
    finder = Finder([area(name, "k")])
    spelled = [name, name.upper(), name.lower(), unicodedata.normalize("NFD", name)]
    for each in spelled if words(name) else []:
        assert finder.find(each).count == 1, each


@given(st.text(max_size=20))
def test_spellings_are_spelled_like_themselves(text: str) -> None:
    for form in spellings(text):
        assert form in spellings(form)
