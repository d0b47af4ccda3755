"""A city without accommodation: the page says how to begin, and what it says works."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from inteso_dash.catalogue import read_catalogue
from inteso_dash.city import load_city
from inteso_dash.cli import main
from inteso_dash.folders import DATA_VARIABLE
from inteso_dash.pages.unterbringung import start, templates
from inteso_dash.pages.unterbringung.situation import situation
from tests.opened import open_page
from tests.pages.unterbringung.test_unterbringung_page import said


@pytest.fixture
def served(town: Path, monkeypatch: pytest.MonkeyPatch):
    """Serve a town that declares no accommodation."""
    st.cache_resource.clear()
    monkeypatch.setenv(DATA_VARIABLE, str(town))
    yield town
    st.cache_resource.clear()


def follow(town: Path) -> None:
    """Do what the page says."""
    for file, text in start.lines(read_catalogue(town)).items():
        path = town / file
        path.write_text(path.read_text("utf-8") + "\n" + text, "utf-8")


def buttons(app: AppTest) -> list[str]:
    return [each.proto.label for each in app.get("download_button")]


def test_the_page_says_how_to_begin_and_offers_the_templates(served: Path) -> None:
    app = open_page("unterbringung")
    assert "So beginnen Sie" in said(app)
    assert [each.value.strip() for each in app.code] == [
        text.strip() for text in start.lines(read_catalogue(served)).values()
    ]
    assert buttons(app) == [
        "Gebiete (XLSX)",
        "Gebiete (CSV)",
        "Unterkünfte (XLSX)",
        "Unterkünfte (CSV)",
    ]


def test_what_the_city_has_is_used_and_what_it_lacks_is_added(town: Path) -> None:
    text = start.lines(read_catalogue(town))
    assert "population: einwohner\n" in text[start.CATALOGUE]
    assert "level: quartier\n" in text[start.CATALOGUE]
    assert "\neinwohner:" not in f"\n{text[start.INDICATORS]}"
    assert "untergebrachte_personen:" in text[start.INDICATORS]


def test_the_lines_are_a_declaration_as_the_templates_expect_it(town: Path) -> None:
    meant = start.declared_with(read_catalogue(town))
    follow(town)
    found = read_catalogue(town)
    assert not found.faults
    assert found.accommodation == meant.accommodation
    assert found.indicators == meant.indicators


def test_the_filled_template_makes_the_page(served: Path, tmp_path: Path) -> None:
    catalogue = start.declared_with(read_catalogue(served))
    assert catalogue.accommodation is not None
    areas = {f"Q0{place}": f"Quartier {place}" for place in range(1, 5)}
    rows, _ = templates.area_template(catalogue, catalogue.accommodation, areas)
    persons = rows.columns[list(rows.columns).index("Untergebrachte Personen")]
    rows[persons] = [20, 30, 0, 10]
    path = tmp_path / "gebiete.csv"
    path.write_bytes(templates.template_csv(rows.drop(columns="Anmerkung")))
    follow(served)
    source = ["--source", "public=true", "title=Liste"]
    assert main(["import", str(path), "--into", str(served), *source]) == 0
    city = load_city(served)
    (day,) = city.dates("quartier", "untergebrachte_personen")
    assert situation(city, "quartier", day).areas["persons"].tolist() == [20, 30, 0, 10]
    st.cache_resource.clear()
    for section in ("Verteilung", "Gerechtigkeit", "Konzentration", "Entwicklung", "Formen"):
        app = open_page("unterbringung", u_bereich=section)
        assert "So beginnen Sie" not in said(app)
    assert "60 untergebrachte Personen" in said(open_page("unterbringung"))
