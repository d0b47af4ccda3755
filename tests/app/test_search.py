"""The search in the frame, without a browser: what is answered, shown, and taken along."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from inteso_dash.app import search
from inteso_dash.views.finding import Findable, Finder, Sort
from tests.paths import FRAME
from tests.paths import page as script

PAGES = (
    "karte",
    "stadtteilprofil",
    "veraenderung",
    "unterbringung",
    "handlungsbedarf",
    "muster",
    "gebietssuche",
    "eigene_gebiete",
    "runder_tisch",
    "daten",
    "methoden",
)


def opened(**address: str) -> AppTest:
    app = AppTest.from_file(FRAME, default_timeout=60)
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


def go(app: AppTest, page: str) -> AppTest:
    """Come to a page by its name, as the navigation does: without a query."""
    app.query_params.clear()
    app.switch_page(script(page)).run()
    assert not app.exception, app.exception
    return app


def choose(app: AppTest, key: str) -> AppTest:
    """Choose a hit, as the field tells it."""
    app.session_state["suche_gefunden"] = key
    app.run()
    assert not app.exception, app.exception
    return app


def named(app: AppTest, key: str) -> list[str]:
    """Values of a parameter of the address; one alone is kept as it is or as a list."""
    found = app.query_params[key]
    return found if isinstance(found, list) else [found]


def test_what_is_typed_is_answered_without_a_session() -> None:
    told = json.loads(search.answer("unbekannt", "Rath"))
    assert told["count"] > len(told["hits"]) > 3
    assert told["hits"][0] == {
        "key": "gebiet/stadtteil.063",
        "title": "Rath",
        "told": "Stadtteil 063",
    }
    assert json.loads(search.answer("", "")) == {"count": 0, "hits": []}


def test_a_session_with_tables_of_its_own_finds_what_they_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = Finder([Findable(Sort.INDICATOR, "eigener", "Eigener", "Indikator · Eigenes")])
    monkeypatch.setitem(search._own, "kennung", own)
    assert json.loads(search.answer("kennung", "eigen"))["count"] == 1
    assert json.loads(search.answer("andere", "eigener"))["count"] == 0


def test_every_page_says_how_it_shows_what_was_found() -> None:
    known = search.pages()
    assert tuple(known) == PAGES
    assert known["karte"].levels == ("sozialraum", "stadtteil", "stadtbezirk")
    assert known["stadtteilprofil"].levels[0] == "stadtbezirk"
    assert known["daten"].levels == ()


def test_an_area_found_is_selected_on_the_map_at_its_level() -> None:
    app = choose(opened(indikator="kinderarmut", ebene="sozialraum"), "gebiet/stadtteil.063")
    assert app.title[0].value == "Kinderarmut"
    assert named(app, "ebene") == ["stadtteil"]
    assert named(app, "gebiet") == ["063"]
    assert not app.info


def test_an_indicator_found_opens_with_its_topic() -> None:
    app = choose(opened(), "indikator/anteil_auslaender")
    assert app.title[0].value == "Ausländeranteil"
    assert named(app, "thema") == ["migration"]
    app = choose(app, "thema/wohnen")
    assert named(app, "thema") == ["wohnen"]
    assert not app.info


def test_what_is_no_hit_changes_nothing() -> None:
    app = choose(opened(), "gebiet/stadtteil.999")
    assert named(app, "ebene") == ["sozialraum"]
    assert "gebiet" not in app.query_params


def test_an_area_goes_along_and_pages_keep_their_own_choices() -> None:
    app = opened(indikator="kinderarmut", ebene="stadtteil", gebiet="063")
    go(app, "stadtteilprofil")
    assert app.title[0].value == "Rath"
    go(app, "veraenderung")
    assert named(app, "v_ebene") == ["stadtteil"]
    assert named(app, "v_gebiete") == ["063"]
    go(app, "unterbringung")
    assert named(app, "u_gebiet") == ["063"]
    go(app, "stadtteilprofil")
    app.selectbox(key="profil").select("036 Bilk").run()
    go(app, "karte")
    assert app.title[0].value == "Kinderarmut"
    assert named(app, "gebiet") == ["036"]
    assert not app.info


def test_the_area_that_a_page_begins_with_does_not_go_along() -> None:
    app = go(opened(), "stadtteilprofil")
    assert app.title[0].value == "Stadtbezirk 6"
    go(app, "karte")
    assert "gebiet" not in app.query_params
    assert named(app, "ebene") == ["sozialraum"]


def test_a_level_that_the_city_has_not_does_not_go_along() -> None:
    way = search.GoingAlong()
    way.hear("unterbringung", ("kiez", "99"), {"u_ebene": ["kiez"], "u_gebiet": ["99"]})
    assert way.place is None


def test_an_area_comes_to_a_page_once() -> None:
    app = opened(ebene="stadtteil", gebiet="063")
    go(app, "stadtteilprofil")
    app.selectbox(key="profilebene").select("Stadt").run()
    go(app, "karte")
    assert named(app, "gebiet") == ["063"], "the whole city is no area of the map"
    go(app, "stadtteilprofil")
    assert app.title[0].value == "Düsseldorf"


def test_an_explicit_address_wins_over_what_goes_along() -> None:
    app = opened(ebene="stadtteil", gebiet="063")
    app.query_params.clear()
    app.query_params["profilebene"], app.query_params["profil"] = "stadtteil", "036"
    app.switch_page(script("stadtteilprofil")).run()
    assert app.title[0].value == "Bilk"
    go(app, "karte")
    assert named(app, "gebiet") == ["036"]


def test_an_area_outside_of_the_part_shown_gives_the_whole_city_back() -> None:
    app = opened(indikator="kinderarmut", ausschnitt="stadtbezirk.05")
    choose(app, "gebiet/sozialraum.063008")
    assert named(app, "gebiet") == ["063008"]
    assert "ausschnitt" not in app.query_params
    assert not app.info


@pytest.mark.parametrize("page", PAGES)
def test_the_search_stands_on_every_page(page: str) -> None:
    app = opened() if page == "karte" else go(opened(), page)
    assert any("suche_feld" in str(each.proto) for each in app.get("bidi_component"))
