"""The page on change without a browser, with shipped figures."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from inteso_dash.city import City
from inteso_dash.folders import DATA_VARIABLE
from inteso_dash.pages.veraenderung import view
from inteso_dash.pages.veraenderung.screen import sections
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import ViewError
from tests.opened import open_page
from tests.paths import page as script
from tests.towns import made_up_divisions

PAGE = script("veraenderung")
SECTIONS = ["Verlauf", "Zwei Stichtage", "Karten", "Auffällig"]


def said(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.info, *app.title, *app.header, *app.subheader]
    return "\n".join(str(part.value) for part in parts).replace("\u202f", " ")


def test_it_answers_since_when_and_how_fast() -> None:
    app = open_page("veraenderung")
    assert app.title[0].value == "Veränderung: Bevölkerung"
    text = said(app)
    assert "von 63.721 (31.12.2015) auf 66.957 Personen (31.12.2021), +3.236 (+5,1 %)" in text
    assert "Bruch zum 31.12.2014 (Stadtbezirk, Stadt)" in text
    assert "Stadtbezirk 5 +7,5 %, Stadtbezirk 6 +7,3 %, Düsseldorf +6,3 %" in text
    table = app.dataframe[0].value
    own = table[table["Gebiet"] == "Stadtbezirk 6"]
    assert own["Wert (Personen)"].tolist() == [59018, 63721, 66957]
    assert own["Quelle"].tolist() == ["[3]", "[1]", "[2]"]
    listed = next(each.value for each in app.caption if each.value.startswith("Quellen:"))
    lines = listed.split("  \n")[1:]
    assert [line[:6] for line in lines] == [rf"\[{at}\] " for at in range(1, 7)]
    assert "Wohnungsmarkt Düsseldorf 2010/2011" in lines[2]


def test_index_and_change_since_start() -> None:
    table = (
        open_page("veraenderung", v_darstellung="Index", v_basis="31.12.2015").dataframe[0].value
    )
    assert table.iloc[:, 3].tolist()[:2] == pytest.approx([100, 34479 / 34318 * 100])
    since = open_page("veraenderung", v_darstellung="Veränderung seit Beginn").dataframe[0].value
    assert since[since["Gebiet"] == "Stadtbezirk 6"].iloc[-1, 3] == pytest.approx(5.08, abs=0.01)


def test_one_stichtag_is_said_and_nothing_is_joined() -> None:
    text = said(open_page("veraenderung", v_indikator="Arbeitslosenquote", v_ebene="Sozialräume"))
    assert "nur einen Stichtag, den 31.12.2021" in text
    assert "Nicht verbunden, weil anders definiert" in text
    assert "Arbeitslosenanteil (Kurzprofil 2015)" in text
    assert "nennt nicht, worauf sich" in text


def test_what_can_be_compared_is_a_click_away() -> None:
    app = open_page("veraenderung", v_bereich="Zwei Stichtage", v_ebene="Sozialräume")
    text = said(app)
    assert "Für die Sozialräume gibt es nur einen Stichtag, den 31.12.2021." in text
    assert "kein anderer Indikator zwei vergleichbare Stichtage" in text
    offered = {button.label: button for button in app.button}
    assert "Stadtbezirke: 2015–2021 (2 von 10)" in offered
    assert "Stadt: 2014–2021" in offered
    offered["Stadtteile: 2015–2021 (6 von 50)"].click().run()
    assert not app.exception
    assert app.selectbox(key="v_ebene").value == "Stadtteile"
    assert "Werte an beiden Stichtagen haben 6 von 50 Stadtteilen" in said(app)


def test_other_indicators_of_the_level_are_offered() -> None:
    app = open_page("veraenderung", v_indikator="Kinderarmut", v_ebene="Stadtteile")
    label = "Bevölkerung: 2015–2021 (6 von 50)"
    next(button for button in app.button if button.label == label).click().run()
    assert app.title[0].value == "Veränderung: Bevölkerung"
    assert app.selectbox(key="v_ebene").value == "Stadtteile"


@pytest.mark.parametrize("section", ["Karten", "Auffällig"])
def test_the_whole_city_has_neither_maps_nor_lists(section: str) -> None:
    app = open_page("veraenderung", v_bereich=section, v_ebene="Stadt")
    assert "Die Stadt ist hier ein einziges Gebiet." in said(app)
    assert any(button.label.startswith("Stadtteile: ") for button in app.button)


@pytest.mark.parametrize("section", SECTIONS[1:])
def test_comparisons_begin_with_the_stichtage_that_most_areas_share(section: str) -> None:
    app = open_page("veraenderung", v_bereich=section)
    period = [app.selectbox(key=key).value for key in ("v_von", "v_bis")]
    assert period == ["31.12.2015", "31.12.2021"]
    app.segmented_control(key="v_bereich").set_value("Verlauf").run()
    assert app.selectbox(key="v_von").value == "31.12.2010"
    app.segmented_control(key="v_bereich").set_value(section).run()
    assert app.selectbox(key="v_von").value == "31.12.2015"


def test_a_chosen_period_outlasts_another_section() -> None:
    app = open_page("veraenderung")
    app.selectbox(key="v_bis").select("31.12.2015").run()
    app.segmented_control(key="v_bereich").set_value("Zwei Stichtage").run()
    period = [app.selectbox(key=key).value for key in ("v_von", "v_bis")]
    assert period == ["31.12.2010", "31.12.2015"]


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("v_indikator", "Indikator"),
        ("v_ebene", "Ebene"),
        ("v_von", "von"),
        ("v_bereich", "Bereich"),
        ("v_darstellung", "Darstellung"),
    ],
)
def test_nonsense_in_the_address_falls_back_with_a_note(key: str, label: str) -> None:
    app = open_page("veraenderung", **{key: "<script>Unsinn"})
    assert f"In der Adresse stand für {label} „<script>Unsinn“" in said(app)
    assert app.title[0].value == "Veränderung: Bevölkerung"


def test_an_address_names_areas_by_key() -> None:
    app = open_page("veraenderung", v_ebene="Sozialräume", v_gebiete=["063008 Südlich …", "063007"])
    named = ["063008 Rath · Südlich …", "063007 Oberrath"]
    assert app.multiselect(key="v_gebiete").value == named


def test_unknown_area_in_the_address_is_named() -> None:
    assert "Gebiet „Atlantis“" in said(
        open_page("veraenderung", v_gebiete=["06 Stadtbezirk 6", "Atlantis"])
    )


def test_a_course_of_the_city_alone_is_the_same_behind_its_link_and_as_a_slide(city: City) -> None:
    app = open_page("veraenderung")
    app.multiselect(key="v_gebiete").set_value([]).run()
    assert app.query_params["v_gebiete"] == "keine"
    again = open_page("veraenderung", **app.query_params)
    assert again.multiselect(key="v_gebiete").value == []
    assert said(again) == said(app)
    for named in ("keine", ""):
        asked = Address.read(f"veraenderung?v_gebiete={named}" if named else "veraenderung")
        alone = not view.read(city, asked, []).areas
        assert alone is (named == "keine")


@pytest.mark.parametrize("level", ["stadtbezirk", "stadtteil"])
@pytest.mark.parametrize("named", [{}, {"v_gebiete": "Atlantis"}])
def test_page_and_slide_begin_a_course_with_the_same_areas(
    city: City, level: str, named: dict[str, str]
) -> None:
    asked = {**named, "v_ebene": level}
    on_page = open_page("veraenderung", **asked).multiselect(key="v_gebiete")
    areas = view.read(city, Address("veraenderung", tuple(asked.items())), []).areas
    assert [label.partition(" ")[0] for label in on_page.value] == list(areas) != []


def test_changing_level_and_indicator_leaves_no_false_note() -> None:
    app = open_page("veraenderung", v_von="31.12.2015")
    app.selectbox(key="v_ebene").select("Stadtteile").run()
    assert not app.exception
    assert not app.info
    assert app.multiselect(key="v_gebiete").value
    app.selectbox(key="v_indikator").select("SGB-II-Quote").run()
    assert not app.exception
    assert not app.info


@pytest.mark.parametrize("section", SECTIONS)
def test_indicators_open_on_every_level(section: str) -> None:
    """Every one of them in one of the sections on one level; in all of them without widgets."""
    app = open_page("veraenderung", v_bereich=section)
    levels = app.selectbox(key="v_ebene").options
    for at, level in enumerate(levels, SECTIONS.index(section) * len(levels)):
        app.selectbox(key="v_ebene").select(level).run()
        offered = app.selectbox(key="v_indikator").options
        for indicator in offered[at :: len(SECTIONS) * len(levels)]:
            app.selectbox(key="v_indikator").select(indicator).run()
            assert not app.exception, (level, indicator)


def is_shown(city: City, address: Address, figure: str) -> bool:
    """Say whether there is something to show; else the page says why not."""
    try:
        told = view.show(city, address, figure)
    except ViewError:
        return False
    return bool(told.headline and told.sources)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_indicator_is_shown_on_every_level(city: City, section: str) -> None:
    shown = 0
    for level in city.catalogue.levels:
        for indicator in city.catalogue.indicators:
            asked = (("v_bereich", section), ("v_ebene", level.id), ("v_indikator", indicator.id))
            address = Address("veraenderung", asked)
            figures = view.figures_of(city, address).values()
            shown += sum(is_shown(city, address, figure) for figure in figures or [""])
    assert shown > 5


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("level", ["Stadt", "Stadtbezirke", "Stadtteile", "Sozialräume"])
def test_every_section_opens_on_every_level(section: str, level: str) -> None:
    app = open_page("veraenderung", v_bereich=section, v_ebene=level)
    assert not app.error
    if level == "Sozialräume":
        assert "nur einen Stichtag" in said(app)


def test_two_stichtage_with_the_shipped_figures() -> None:
    app = open_page("veraenderung", v_bereich="Zwei Stichtage", v_von="31.12.2015")
    text = said(app)
    assert "von 628.437 (31.12.2015) auf 643.753 Personen (31.12.2021), +15.316 (+2,4 %)" in text
    assert "Werte an beiden Stichtagen haben 2 von 10 Stadtbezirken" in text
    table = app.dataframe[0].value
    assert table["Gebiet"].tolist()[:2] == ["Stadtbezirk 6", "Stadtbezirk 5"]
    assert table.iloc[0, 3:5].tolist() == [66957, 3236]
    single = table[table["Gebiet"] == "Stadtbezirk 1"].iloc[0]
    assert single["Hinweis"] == "nur 31.12.2021"
    assert table["Gebiet"].tolist()[-1] == "Düsseldorf"


def test_more_areas_are_a_click_away() -> None:
    app = open_page("veraenderung", v_bereich="Zwei Stichtage", v_von="31.12.2010")
    assert "Mehr Gebiete (2)" in said(app)
    assert "Eine Veränderung wird deshalb nicht angegeben." in said(app)
    next(each for each in app.button if each.label == "Diese Stichtage wählen").click().run()
    assert not app.exception
    assert app.selectbox(key="v_von").value == "31.12.2015"
    assert "Mehr Gebiete" not in said(app)


def test_small_areas_stand_apart() -> None:
    app = open_page("veraenderung", v_bereich="Auffällig", v_ebene="Stadtteile")
    assert "Kleine Grundzahl (unter 200), deshalb nicht in der Reihenfolge: Hafen 131" in said(app)
    assert "Hafen" not in app.dataframe[0].value["Gebiet"].tolist()
    app.number_input(key="v_grundzahl").set_value(100).run()
    assert app.dataframe[0].value["Gebiet"].tolist()[0] == "Hafen"


def test_chosen_areas_outlast_another_section() -> None:
    app = open_page("veraenderung", v_gebiete=["06 Stadtbezirk 6"])
    app.segmented_control(key="v_bereich").set_value("Karten").run()
    app.segmented_control(key="v_bereich").set_value("Verlauf").run()
    assert app.multiselect(key="v_gebiete").value == ["06 Stadtbezirk 6"]


def test_a_published_change_is_shown_as_published() -> None:
    app = open_page("veraenderung", v_indikator="Bevölkerungsentwicklung 2005–2015")
    text = said(app)
    assert "wie veröffentlicht: Stadtbezirk 5 +7,5 %, Stadtbezirk 6 +7,3 %" in text
    assert "lässt sich damit nicht angeben" not in text
    assert app.dataframe[0].value["Wert (%)"].tolist() == [7.5, 7.3, 6.3]


def test_nonsense_for_a_measure_is_named_at_once() -> None:
    app = open_page("veraenderung", v_bereich="Zwei Stichtage", v_mass="Unsinn")
    assert "In der Adresse stand für Veränderung als „Unsinn“" in said(app)


@pytest.mark.parametrize("section", SECTIONS)
def test_boundaries_that_changed_part_the_series(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, section: str
) -> None:
    st.cache_resource.clear()
    root = made_up_divisions.write_city(tmp_path / "divisions")
    monkeypatch.setenv(DATA_VARIABLE, str(root))
    app = open_page(
        "veraenderung", v_bereich=section, v_ebene="Sozialräume", v_indikator="Bevölkerung"
    )
    text = said(app)
    st.cache_resource.clear()
    if section == "Verlauf":
        assert "gehören zur Gliederung 2021, die davor zu 2017" in text
    if section == "Zwei Stichtage":
        assert "Eine Veränderung wird deshalb nicht angegeben." in text
    if section == "Karten":
        assert "Nicht gezeigt sind die Stichtage einer anderen Gliederung" in text


def test_files_are_worked_out_when_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object) -> None:
        raise AssertionError("nobody has asked for a file")

    monkeypatch.setattr(sections, "labelled", asked)
    monkeypatch.setattr(sections, "picture_of", asked)
    app = open_page("veraenderung", v_indikator="bevoelkerung")
    assert app.dataframe
