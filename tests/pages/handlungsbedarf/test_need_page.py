"""The page Handlungsbedarf in a session: its sentences, its controls and its address."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st

from inteso_dash.folders import DATA_VARIABLE
from tests.opened import open_page, said
from tests.towns.made_up_town import write_town

QUESTION = "Würde eine andere Gewichtung etwas ändern?"


def test_the_page_answers_whether_weights_matter() -> None:
    app = open_page("handlungsbedarf")
    assert app.title[0].value == "Sozialer Handlungsbedarf (nachgebildet)"
    assert f"**{QUESTION}** Ja, für " in said(app)
    assert "Klassen: niedrig (unter −1,00), mittel (−1,00 bis unter 1,00), hoch" in said(app)
    assert "Hassels-Nord mit +3,80" in said(app)
    assert "Veröffentlicht ist" in said(app)
    assert "Annahme dieser Anwendung" in said(app)


def test_a_weight_makes_an_index_of_the_readers_own_and_stands_in_the_address() -> None:
    app = open_page("handlungsbedarf")
    app.text_input(key="h_gewicht_kinderarmut").set_value("3").run()
    assert app.title[0].value == "Eigener Index"
    assert app.query_params["h_gewicht_kinderarmut"] == "3"
    assert "Hassels-Nord mit +3,80" not in said(app)
    before = said(app)
    again = open_page("handlungsbedarf", **app.query_params)
    assert said(again) == before
    again.button(key="zurueck_zum_index").click().run()
    assert again.title[0].value == "Sozialer Handlungsbedarf (nachgebildet)"
    assert again.query_params["h_gewicht_kinderarmut"] == "1"


def test_parts_can_be_added_and_taken_away() -> None:
    app = open_page("handlungsbedarf")
    parts = app.multiselect(key="h_teil")
    assert "SGB-II-Quote" in parts.options
    assert "Sozialer Handlungsbedarf (nachgebildet)" not in parts.options
    parts.select("SGB-II-Quote").unselect("Kinderarmut").run()
    assert "sgb2_quote" in app.query_params["h_teil"]
    assert app.text_input(key="h_gewicht_sgb2_quote").value == "1"
    app.multiselect(key="h_teil").set_value([]).run()
    assert "wenigstens einen Indikator" in said(app)


def test_another_level_and_nonsense() -> None:
    app = open_page("handlungsbedarf", h_ebene="stadtbezirk", h_gebiet="99", h_klassen="viele")
    assert app.selectbox(key="h_ebene").value == "Stadtbezirke"
    assert "Das Gebiet „99“ aus der Adresse gibt es auf dieser Ebene nicht." in said(app)
    assert "stand für Klassen „viele“" in said(app)
    assert "von 10 Stadtbezirken" in said(app)


def test_own_bounds_are_named_in_the_legend() -> None:
    app = open_page("handlungsbedarf", h_klassen="eigene", h_grenzen="0; 2")
    assert "Klassen: unter 0 (unter 0,00), 0 bis unter 2 (0,00 bis unter 2,00), ab 2" in said(app)
    app.text_input(key="h_grenzen").set_value("2; 1").run()
    assert "gefunden „2; 1“, erwartet eine bis sechs Zahlen" in str(app.warning[0].value)


def test_too_many_parts_wanted_is_said() -> None:
    app = open_page("handlungsbedarf", h_ab="100000")
    assert "weniger als drei Gebiete genug Teile" in said(app)


def test_a_town_without_an_index_begins_with_its_key_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_town(tmp_path)
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    st.cache_resource.clear()
    app = open_page("handlungsbedarf")
    st.cache_resource.clear()
    assert app.title[0].value == "Eigener Index"
    assert "Der Index hat nur einen Teil" in said(app)
