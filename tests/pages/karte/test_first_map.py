"""The map that stands before the application does: the same as the page draws, or none."""

from __future__ import annotations

import json
import logging
from typing import Any
from urllib.parse import parse_qs

import pytest

from inteso_dash.app.shell import page
from inteso_dash.pages.karte.kept import LINKED, first_map
from tests.opened import open_page

STREAMLIT = '<html lang="en"><head></head><body></body></html>'
LATER = {"ahead", "card", "dated"}
"""What the page adds."""


def drawn_by_the_page(query: str) -> dict[str, Any]:
    app = open_page("karte", **parse_qs(query))
    maps = [
        json.loads(each.proto.json)
        for each in app.get("bidi_component")
        if each.proto.component_name.endswith("area_map")
    ]
    assert len(maps) == 1
    return {key: value for key, value in maps[0].items() if key not in LATER}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "thema=Bevölkerung",
        "thema=gibt-es-nicht",
        "indikator=Kinderarmut&ebene=Stadtteile&stichtag=2020-12-31",
        "thema=Bevölkerung&indikator=Bevölkerung&ebene=Stadtbezirke&gebiet=06",
        "indikator=Kinderarmut&ausschnitt=stadtbezirk.06&klassen=4&einteilung=Natürliche Brüche",
        "indikator=Kinderarmut&einteilung=Eigene Grenzen&grenzen=10 20",
    ],
)
def test_it_is_the_map_of_the_page(query: str) -> None:
    first = first_map(query)
    assert first is not None
    assert first["names"] == LINKED
    written = json.loads(json.dumps({key: first[key] for key in first if key not in LATER}))
    assert written == drawn_by_the_page(query)


@pytest.mark.parametrize(
    "query",
    [
        "eigene=Ufer~sozialraum~0101",
        "vorfuehren=1",
        "indikator=gibt-es-nicht",
        "ausschnitt=stadtbezirk.06&ansicht=Übersicht",
    ],
)
def test_where_the_page_shows_something_else_first_there_is_none(query: str) -> None:
    assert first_map(query) is None
    assert "begin-map" not in page(STREAMLIT, query).split("</style>")[-1]


def test_it_stands_on_the_start_page_only() -> None:
    assert 'id="begin-map"' not in page(STREAMLIT)
    sent = page(STREAMLIT, "ebene=Stadtbezirke")
    first = first_map("ebene=Stadtbezirke")
    assert first is not None
    assert sent.index(f'href="{first["geometry"]}"') < sent.index('id="begin-map"')


def test_what_an_address_says_does_not_become_part_of_the_script() -> None:
    sent = page(STREAMLIT, "gebiet=%3C/script%3E%3Cb%3E&stichtag=%3C/script%3E%3Cb%3E")
    assert 'id="begin-map"' in sent
    assert "<b>" not in sent


def test_an_error_in_it_leaves_the_page(
    monkeypatch: pytest.MonkeyPatch, mishaps: list[logging.LogRecord]
) -> None:
    def fail(_query: str) -> None:
        raise RuntimeError

    monkeypatch.setattr("inteso_dash.pages.karte.kept.first_map", fail)
    sent = page(STREAMLIT, "")
    assert 'lang="de"' in sent
    assert 'id="begin-map"' not in sent
    assert mishaps.pop().exc_info
