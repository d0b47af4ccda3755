"""Every page, without a browser: what it says and how it takes nonsense."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from inteso_dash.catalogue import read_catalogue
from inteso_dash.folders import DATA_VARIABLE
from tests.opened import open_page
from tests.paths import ROOT
from tests.paths import page as script

KARTE, PROFIL, DATEN = (script(name) for name in ("karte", "stadtteilprofil", "daten"))


def said(app: AppTest) -> str:
    """All text of a page, with ordinary spaces."""
    parts = [*app.markdown, *app.caption, *app.info, *app.title, *app.header, *app.text, *app.error]
    return "\n".join(str(part.value) for part in parts).replace("\u202f", " ")


@pytest.mark.parametrize("page", ["karte", "stadtteilprofil", "daten"])
def test_page_opens(page: str) -> None:
    open_page(page)


def test_map_says_what_it_shows_and_where_it_comes_from() -> None:
    text = said(open_page("karte"))
    assert "Düsseldorf: 10,5 %. Darüber liegen 69 von 169 Sozialräumen." in text
    assert "Quelle: Landeshauptstadt Düsseldorf, Amt für Statistik und Wahlen" in text
    assert "Stichtag 31.12.2021." in text


def test_address_holds_the_view() -> None:
    app = open_page(
        "karte", thema="Bevölkerung", indikator="Jugendquotient", ebene="Stadtteile", klassen="7"
    )
    assert app.title[0].value == "Jugendquotient"
    assert "von 50 Stadtteilen" in said(app)


@pytest.mark.parametrize("topic", ["Bevölkerung", "Migration", "Haushalte", "Unterbringung"])
def test_choosing_a_topic_offers_its_indicators(topic: str) -> None:
    app = open_page("karte")
    app.selectbox(key="thema").select(topic).run()
    assert not app.exception
    offered = set(app.selectbox(key="indikator").options)
    catalogue = read_catalogue(ROOT)
    topics = {each.title.de: each.id for each in catalogue.topics}
    known = {each.title.de for each in catalogue.indicators if each.topic == topics[topic]}
    assert offered <= known
    assert offered


def test_every_indicator_can_be_mapped_on_every_level() -> None:
    app = open_page("karte")
    for topic in app.selectbox(key="thema").options:
        app.selectbox(key="thema").select(topic).run()
        for indicator in app.selectbox(key="indikator").options:
            app.selectbox(key="indikator").select(indicator).run()
            assert not app.exception, indicator
            assert app.title[0].value == indicator


@pytest.mark.parametrize(
    ("key", "label"), [("ebene", "Ebene"), ("thema", "Thema"), ("indikator", "Indikator")]
)
def test_nonsense_in_the_address_falls_back_with_a_note(key: str, label: str) -> None:
    app = open_page("karte", **{key: "<script>Unsinn"})
    assert f"In der Adresse stand für {label} „<script>Unsinn“" in said(app)
    assert app.title[0].value == "SGB-II-Quote"


def test_unknown_area_and_date_fall_back_with_a_note() -> None:
    text = said(open_page("karte", gebiet="999999", stichtag="1848-03-18"))
    assert "Das Gebiet „999999“ aus der Adresse gibt es auf dieser Ebene nicht." in text
    assert "Für den Stichtag „1848-03-18“ aus der Adresse liegen keine Werte vor" in text


def test_a_stichtag_may_be_written_the_german_way() -> None:
    app = open_page("karte", thema="Bevölkerung", ebene="Stadtbezirke", stichtag="31.12.2015")
    assert "31.12.2015" in said(app)
    assert "liegen keine Werte vor" not in said(app)


def test_own_class_bounds_are_read_or_explained() -> None:
    app = open_page("karte", einteilung="Eigene Grenzen")
    app.text_input(key="grenzen").input("5; 10,5; 20").run()
    assert not app.warning
    app.text_input(key="grenzen").input("fünf").run()
    assert "gefunden „fünf“, erwartet zwei bis sechs Zahlen" in app.warning[0].value


@pytest.mark.parametrize("part", ["Quellen", "Indikatoren", "Prüfbericht"])
def test_every_part_of_the_data_page(part: str) -> None:
    app = open_page("daten")
    app.segmented_control(key="bereich").set_value(part).run()
    assert not app.exception


def test_data_page_shows_corrections_and_findings() -> None:
    app = open_page("daten")
    corrections = [table.value for table in app.table if "berichtigt" in table.value.columns]
    assert any("2036643" in set(table["gefunden"]) for table in corrections)
    app.segmented_control(key="bereich").set_value("Prüfbericht").run()
    assert "0 Fehler" in said(app)
    assert "gefunden 2.850, erwartet 2.891 bis 2.892" in said(app)
    assert "**Erklärt:** So gedruckt: 246.920 von 628.437 wären 39,3 %" in said(app)


def test_sources_begin_with_all_tables_their_stichtag_and_licence() -> None:
    table = open_page("daten").table[0].value.set_index("Tabelle")
    assert len(table) == 13
    row = table.loc["Sozialräume 31.12.2021: Profildaten des Quartiersatlas 2024"]
    assert row["Stichtag"] == "31.12.2021"
    assert row["Berichtigt"] == "6"
    assert row["Herausgeber"] == "Landeshauptstadt Düsseldorf, Amt für Statistik und Wahlen"
    assert table.loc["Unterbringung Geflüchteter 2014–2018", "Stichtag"] == (
        "31.12.2014 bis 30.04.2018"
    )
    assert table.loc["Welcome Points und Welcome Center, März 2016", "Stichtag"] == "März 2016"
    sites = table.loc["Einzelne Unterkünfte 2015–2017 wie veröffentlicht"]
    assert sites["Stichtag"] == "01.06.2015 bis 01.08.2017"
    assert "Westdeutsche Zeitung" in sites["Herausgeber"]
    assert table["Lizenz"].ne("").all()


def test_an_unknown_part_of_the_data_page_is_named() -> None:
    app = open_page("daten", bereich="Quatsch")
    assert "stand für Bereich „Quatsch“" in said(app)


def test_indicators_can_be_searched() -> None:
    app = open_page("daten")
    app.segmented_control(key="bereich").set_value("Indikatoren").run()
    app.text_input(key="suche").input("kinderarmut").run()
    assert "kinderarmut" in set(app.dataframe[0].value["Kennung"])
    app.text_input(key="suche").input("gibt es nicht").run()
    assert "Kein Indikator enthält" in said(app)


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A city folder to spoil, in use for one test."""
    for folder in ("data", "geodata"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    st.cache_resource.clear()
    yield tmp_path
    st.cache_resource.clear()


def test_broken_declarations_are_named_without_a_traceback(broken: Path) -> None:
    (broken / "data" / "catalogue.yml").write_text("city: {id: X}\n", "utf-8")
    app = open_page("karte")
    assert "Der Datenordner ist nicht in Ordnung" in said(app)
    assert "catalogue.yml: levels fehlt." in said(app)


def test_a_broken_table_leaves_the_others_usable(broken: Path) -> None:
    (broken / "data" / "bezirksprofil_2010.csv").write_bytes(b"\x00\x01\x02")
    app = open_page("karte")
    assert "Düsseldorf: 10,5 %" in said(app)
    app.switch_page(DATEN).run()
    app.segmented_control(key="bereich").set_value("Prüfbericht").run()
    assert "**Fehler** · Nicht lesbar · bezirksprofil\\_2010.csv" in said(app)


def test_broken_boundaries_leave_the_figures_usable(broken: Path) -> None:
    for layer in (broken / "geodata").glob("*.geojson"):
        layer.write_text("{", "utf-8")
    app = open_page("karte")
    assert "Für diese Ebene liegen keine Grenzen vor." in said(app)
    app.switch_page(PROFIL).run()
    assert not app.exception


def test_a_city_without_geodata_still_shows_profiles(broken: Path) -> None:
    shutil.rmtree(broken / "geodata")
    app = open_page("karte")
    app.switch_page(PROFIL).run()
    assert not app.exception
