"""The page Zusammenhänge in a session: its sentences, its controls and its address."""

from __future__ import annotations

from tests.opened import open_page, said


def test_two_indicators_stand_in_the_address() -> None:
    app = open_page("muster", m_zweiter="kinderarmut", m_gebiet="99")
    text = said(app)
    assert app.title[0].value == "Zusammenhänge"
    assert "haben meist auch einen höheren Wert bei „Kinderarmut“" in text
    assert "ökologischer Fehlschluss" in text
    assert "Das Gebiet „99“ aus der Adresse gibt es auf dieser Ebene nicht." in text
    app.selectbox(key="m_indikator").select("Jugendquotient").run()
    assert app.query_params["m_indikator"] == "jugendquotient"
    assert app.selectbox(key="m_zweiter").value == "Kinderarmut"
    app.toggle(key="m_gewichtet").set_value(True).run()
    assert app.query_params["m_gewichtet"] == "1"
    assert "nach seinen Einwohnern gewichtet" in said(app)


def test_all_others_of_one_indicator() -> None:
    app = open_page("muster", m_bereich="staerkste", m_indikator="anteil_alter_80")
    text = said(app)
    assert "Am engsten geht „" in text
    assert "Benjamini–Yekutieli" in text
    before = len(app.dataframe[0].value)
    app.toggle(key="m_ohne").set_value(True).run()
    assert len(app.dataframe[0].value) < before


def test_the_spatial_pattern() -> None:
    text = said(open_page("muster", m_bereich="raeumlich", m_ebene="stadtteil"))
    assert "liegt nicht zufällig beieinander: Benachbarte Stadtteile ähneln sich" in text
    assert "höchstens 5 % der Funde Zufall" in text
    assert "(methoden?methode=moran)" in text


def test_segregation() -> None:
    text = said(open_page("muster", m_bereich="segregation", m_ebene="stadtteil"))
    assert "Am ungleichsten über die Stadtteile verteilt" in text
    assert "Werte verschiedener Ebenen oder Gliederungen lassen sich deshalb nicht" in text
    assert "nur zu einem Stichtag vor (31.12.2021)" in text
