"""What a choice in a list changes on the map, known beforehand: what the page then draws."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from inteso_dash.boundaries.assets import AHEAD_ROUTE
from inteso_dash.city import City
from inteso_dash.measures.classes import Method
from inteso_dash.pages.karte import kept
from inteso_dash.pages.karte.kept import ahead, ahead_urls, first_map
from inteso_dash.pages.karte.view import COUNTS, INDICATOR, LEVEL, METHODS
from inteso_dash.views.map_view import Choice
from inteso_dash.views.scope import read

QUOTE = "sgb2_quote"
BEGUN = {"indikator": QUOTE, "ebene": "stadtteil", "einteilung": "equal", "klassen": "4"}


def drawn(**parameters: str) -> dict[str, Any]:
    first = first_map(urlencode(BEGUN | parameters))
    assert first is not None
    read_back: dict[str, Any] = json.loads(json.dumps(first))
    return read_back


def changes(of: str, about: str = QUOTE) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ahead("stadtteil", Method.EQUAL, 4, of, about).body)
    return found


@pytest.mark.parametrize("of", [INDICATOR, LEVEL, METHODS.key, COUNTS.key])
def test_an_option_changes_the_map_into_that_of_its_address(city: City, of: str) -> None:
    topic = city.catalogue.indicator(QUOTE).topic
    found = changes(of, topic if of == INDICATOR else QUOTE)
    begun = drawn()
    for title, change in found.items():
        assert {**begun, **change} == drawn(**{of: title}), title


def test_all_options_are_there_that_the_server_alone_can_draw() -> None:
    assert list(changes(LEVEL)) == ["Sozialräume", "Stadtbezirke"]
    assert [*changes(METHODS.key), "Eigene Grenzen"] == list(METHODS.options)
    assert list(changes(COUNTS.key)) == list(COUNTS.options)


def test_a_level_with_very_many_areas_is_not_fetched_before_it_is_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kept, "_MOST_AHEAD", 170)
    found = ahead.__wrapped__("stadtteil", Method.EQUAL, 4, LEVEL, QUOTE)
    assert list(json.loads(found.body)) == ["Stadtbezirke"]


def test_lists_are_offered_that_change_nothing_but_the_map(city: City) -> None:
    choice = Choice("stadtteil", QUOTE, Method.EQUAL, 4)
    urls = ahead_urls(choice)
    assert next(iter(urls)) == "Indikator"
    assert urls["Ebene"].startswith(f"{AHEAD_ROUTE}/")
    assert urls["Ebene"].endswith(f"/stadtteil/gleich/4/ebene/{QUOTE}")
    part = read(city, "stadtteil", "stadtbezirk.06")
    assert part is not None
    assert "Ebene" not in ahead_urls(Choice("stadtteil", QUOTE, within=part))
    assert not ahead_urls(Choice("stadtteil", QUOTE, Method.OWN, own=(5, 10, 20)))
