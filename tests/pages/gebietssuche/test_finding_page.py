"""The page Gebiete finden in a session: its sections, its controls and its address."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.opened import open_page, said


def named(app: AppTest, key: str) -> list[str]:
    found = app.query_params[key]
    return found if isinstance(found, list) else [found]


def test_conditions_are_added_changed_and_taken_away() -> None:
    app = open_page("gebietssuche")
    assert "69 von 171 Sozialräumen erfüllen die Bedingung: SGB-II-Quote über 10,5 %" in said(app)
    assert named(app, "bed") == ["sgb2_quote.ueber.10.5"]
    app.text_input[0].set_value("20,0").run()
    assert named(app, "bed") == ["sgb2_quote.ueber.20"]
    assert "SGB-II-Quote über 20,0 %" in said(app)
    app.button(key="g_dazu").click().run()
    assert len(named(app, "bed")) == 2
    app.selectbox(key="g_2_indikator").select("Ausländeranteil").run()
    app.selectbox(key="g_2_vergleich").select("zwischen").run()
    assert named(app, "bed")[1].startswith("anteil_auslaender.zwischen.23.8-bis-")
    assert "erfüllen alle Bedingungen" in said(app)
    before = said(app)
    again = open_page("gebietssuche", **app.query_params)
    assert said(again) == before
    again.button(key="g_1_weg").click().run()
    assert len(named(again, "bed")) == 1
    assert not again.exception
    assert again.button(key="g_2_weg").disabled


def test_another_level_and_nonsense_in_the_address() -> None:
    app = open_page(
        "gebietssuche", g_ebene="stadtbezirk", bed=["unsinn", "sgb2_quote.ueber.12"], g_gebiet="99"
    )
    assert "Die Bedingung „unsinn“ aus der Adresse gibt es auf dieser Ebene nicht" in said(app)
    assert "Das Gebiet „99“ aus der Adresse gibt es auf dieser Ebene nicht." in said(app)
    assert "von 10 Stadtbezirken" in said(app)


def test_an_earlier_stichtag_can_be_chosen() -> None:
    app = open_page("gebietssuche", g_ebene="stadtbezirk", bed="bevoelkerung.ueber.60000")
    app.selectbox(key="g_1_stadtbezirk_bevoelkerung_am").select("31.12.2015").run()
    assert named(app, "bed") == ["bevoelkerung.ueber.60000-am-2015-12-31"]
    assert "Bevölkerung am 31.12.2015 über 60.000 Personen" in said(app)
    again = open_page("gebietssuche", **app.query_params)
    assert again.selectbox(key="g_1_stadtbezirk_bevoelkerung_am").value == "31.12.2015"


def test_alike_areas_follow_the_address() -> None:
    app = open_page("gebietssuche", g_bereich="aehnlich", g_ebene="stadtteil", g_gebiet="063")
    assert "Rath am ähnlichsten ist Holthausen" in said(app)
    app.multiselect(key="g_merkmal").set_value([]).run()
    assert "Wählen Sie wenigstens ein Merkmal." in said(app)
    app.multiselect(key="g_merkmal").set_value(["SGB-II-Quote"]).run()
    assert named(app, "g_merkmal") == ["sgb2_quote"]
    assert "Rath am ähnlichsten ist" in said(app)


def test_an_area_of_the_level_before_is_not_compared_with() -> None:
    """The map shows it until the level just chosen is drawn, and may be clicked meanwhile."""

    def clicked() -> None:
        from inteso_dash.pages.gebietssuche.controls import compare_with

        compare_with("stadtteil", "063")
        compare_with("stadtbezirk", "063")

    app = AppTest.from_function(clicked).run()
    assert not app.exception
    assert app.session_state["g_gebiet"] == "063 Rath"
