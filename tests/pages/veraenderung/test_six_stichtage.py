"""The page on change without a browser: a made-up town of six Stichtage."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st

from inteso_dash.folders import DATA_VARIABLE
from tests.opened import open_page
from tests.pages.veraenderung.test_veraenderung_page import SECTIONS, said
from tests.towns import made_up_years


@pytest.fixture(scope="module", autouse=True)
def _town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Serve the made-up town."""
    with pytest.MonkeyPatch.context() as patch:
        st.cache_resource.clear()
        root = made_up_years.build(tmp_path_factory.mktemp("years") / "town")
        patch.setenv(DATA_VARIABLE, str(root))
        yield
        st.cache_resource.clear()


def test_six_stichtage() -> None:
    app = open_page("veraenderung")
    assert app.title[0].value == "Veränderung: Einwohner"
    table = app.dataframe[0].value
    assert (table["Gebiet"] == "Musterstadt").sum() == 6
    broken = open_page("veraenderung", v_indikator="Bruchquote")
    assert "Bruch zum 31.12.2016 (Quartier, Gemeinde): Neue Abgrenzung (erfunden)." in said(broken)
    assert "Anders abgegrenzt (erfunden)." in said(broken)


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("indicator", ["Einwohner", "Musterquote", "Bruchquote"])
def test_every_section_with_six_stichtage(section: str, indicator: str) -> None:
    open_page("veraenderung", v_bereich=section, v_indikator=indicator)


def test_a_break_between_two_stichtage_leaves_no_change() -> None:
    app = open_page(
        "veraenderung",
        v_bereich="Zwei Stichtage",
        v_indikator="Bruchquote",
        v_von="31.12.2014",
        v_bis="31.12.2016",
    )
    assert "Eine Veränderung wird deshalb nicht angegeben." in said(app)
    assert "Neue Abgrenzung (erfunden)." in said(app)
    assert "Veränderung (Prozentpunkte)" not in app.dataframe[0].value.columns


def test_rank_moves() -> None:
    app = open_page("veraenderung", v_bereich="Auffällig", v_indikator="Musterquote")
    moves = app.dataframe[1].value
    assert "Plätze" in moves.columns
    assert "Quartier 4" not in moves["Gebiet"].tolist()


def test_maps_at_several_stichtage() -> None:
    assert "5 Stichtage" in said(open_page("veraenderung", v_bereich="Karten"))
    app = open_page("veraenderung", v_bereich="Karten", v_von="31.12.2010")
    assert "6 Stichtage, eine gemeinsame Skala" in said(app)
    assert len(app.dataframe[0].value.columns) == 7
    open_page("veraenderung", v_bereich="Karten", v_karten="Eine Karte mit Datumsregler")
