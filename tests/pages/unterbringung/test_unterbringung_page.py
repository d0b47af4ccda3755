"""The page on accommodation without a browser: shipped figures, and a made-up full table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
import yaml
from streamlit.testing.v1 import AppTest

from inteso_dash.city import City, load_city
from inteso_dash.folders import DATA_VARIABLE
from inteso_dash.pages import slides
from inteso_dash.pages.unterbringung.templates import site_template
from inteso_dash.views.sequences import Slide
from tests.opened import open_page
from tests.paths import FRAME
from tests.paths import page as script
from tests.towns import made_up_accommodation as made_up

PAGE = script("unterbringung")
SECTIONS = [
    "Verteilung",
    "Gerechtigkeit",
    "Konzentration",
    "Entwicklung",
    "Formen",
    "Welcome Points",
    "Szenario",
]


def said(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.info, *app.title, *app.header, *app.text, *app.error]
    return "\n".join(str(part.value) for part in parts).replace("\u202f", " ")


def taken_along(app: AppTest) -> list[str]:
    """Titles in the menu of files, in their order."""
    app.session_state["herunterladen"] = True
    app.run()
    labels = [str(each.proto.label).partition(" als* ") for each in app.get("download_button")]
    return list(dict.fromkeys(title.lstrip("*") for title, found, _ in labels if found))


class Served:
    """Which folder the pages of this module show, and those that are made up already."""

    def __init__(self) -> None:
        self.now = ""
        self.made: dict[str, Path] = {}

    def show(self, name: str) -> None:
        """Empty the caches where they hold another folder; "" is the shipped one."""
        if name != self.now:
            st.cache_resource.clear()
        self.now = name


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    st.cache_resource.clear()
    yield Served()
    st.cache_resource.clear()


@pytest.fixture(autouse=True)
def _shipped(request: pytest.FixtureRequest, served: Served) -> None:
    if "folder" not in request.fixturenames:
        served.show("")


@pytest.fixture
def folder(
    request: pytest.FixtureRequest,
    served: Served,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    """Serve a made-up folder: one for all cases of a test, which only look at it."""
    name = request.function.__name__

    def use(**changes) -> Path:
        if name not in served.made:
            served.made[name] = made_up.build(tmp_path / "city", indices=False, **changes)
        monkeypatch.setenv(DATA_VARIABLE, str(served.made[name]))
        served.show(name)
        return served.made[name]

    return use


ANSWERS = {
    "Verteilung": ("28,6 je 1.000 Einwohner", "19,2", "12,1", "5.111", "28.02.2017", "31.12.2015"),
    "Gerechtigkeit": ("1.820 statt 770", "5.111 statt 6.406", "▲", "▼", "◆"),
    "Konzentration": ("mindestens 17,1",),
    "Entwicklung": ("7.755 Personen am 01.01.2017", "57,2"),
    "Formen": ("2.577 von 8.120",),
    "Welcome Points": ("8 von 10 Stadtbezirken", "Stadtbezirk 4 und Stadtbezirk 7"),
    "Szenario": ("6.787 Untergebrachte, 7.822 Plätze vom 23.08.2017", "im Median 2.305"),
}
FILES = {
    "Verteilung": ["Alle Gebiete"],
    "Gerechtigkeit": ["Ist und Soll"],
    "Konzentration": ["Maße", "Lorenzkurve", "Größenklassen", "Einzelne Unterkünfte"],
    "Entwicklung": ["Beschlüsse", "Entwicklung"],
    "Formen": ["Formen"],
    "Welcome Points": ["Welcome Points"],
    "Szenario": ["Szenario: Monat für Monat", "Szenario: Rückschau", "Szenario neben heute"],
}


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_answers_its_question_with_the_shipped_figures(section: str) -> None:
    app = open_page("unterbringung", u_bereich=section)
    text = said(app)
    for part in ANSWERS[section]:
        assert part in text
    pictures = {"Welcome Points": [], "Szenario": ["Szenario: Plätze und Bedarf"]}.get(
        section, ["Bild dieser Ansicht"]
    )
    assert taken_along(app) == [*FILES[section], *pictures, "Gesamtpaket"]


def test_the_limit_begins_with_the_rule_of_the_city() -> None:
    app = open_page("unterbringung", u_bereich="Konzentration")
    assert app.number_input(key="u_grenze").value == 200
    told = next(each for each in app.metric if "200" in each.label).help
    assert "Regelobergrenze je Unterkunft am 30.06.2015: 200\u202fPersonen." in told
    assert "nach dem Konzept von 2015" in told


def test_a_city_without_rule_forms_and_names_of_its_own(folder: Callable[..., Path]) -> None:
    declared = folder() / "data" / "catalogue.yml"
    catalogue = yaml.safe_load(declared.read_text(encoding="utf-8"))
    for key in ("limit", "forms", "points"):
        del catalogue["accommodation"][key]
    declared.write_text(yaml.safe_dump(catalogue, allow_unicode=True), encoding="utf-8")
    app = open_page("unterbringung", u_bereich="Konzentration")
    assert app.number_input(key="u_grenze").value == 100
    told = next(each for each in app.metric if "100" in each.label).help
    assert "Eine eigene Regel der Stadt nennt der Datenordner nicht." in told
    app = open_page("unterbringung", u_bereich="Anlaufstellen")
    assert "Anlaufstellen" in taken_along(app)
    assert "Welcome Points" not in app.segmented_control(key="u_bereich").options
    city = load_city(declared.parents[1])
    assert city.catalogue.faults == ()
    slide = slides.show(city, Slide(address="unterbringung?u_bereich=Anlaufstellen"))
    assert slide.title == "Anlaufstellen"
    assert slide.headline == "In Düsseldorf waren 8 Stellen verzeichnet."
    rows, explained = site_template(city.catalogue, city.catalogue.accommodation, {"01": "Mitte"})
    assert rows["Form"].tolist() == ["Gemeinschaftsunterkunft", "Wohnung"]
    assert "Form: Pflicht; Art der Unterkunft" in explained.iloc[:, 0].tolist()


def test_every_chart_and_table_says_where_it_comes_from() -> None:
    assert "Abschnitte 3.1 und 3.2.2" in said(open_page("unterbringung"))
    assert "Quartiersatlas 2024" in said(open_page("unterbringung", u_bereich="Gerechtigkeit"))
    assert "vom 01.06.2015 bis 01.08.2017, Größe in Plätzen" in said(
        open_page("unterbringung", u_bereich="Konzentration")
    )
    assert "Rheinische Post" in said(open_page("unterbringung", u_bereich="Formen"))
    app = open_page("unterbringung", u_bereich="Entwicklung")
    table = next(each.value for each in app.table if "Freie Plätze" in each.value)
    assert table["Quelle"].ne("").all()
    assert "Quellen: 1 INTESO, Hochschule Düsseldorf" in said(app)


def test_a_chart_says_what_it_shows_and_from_when() -> None:
    def titles(section: str) -> list[str]:
        return [each.value for each in open_page("unterbringung", u_bereich=section).header]

    assert "Untergebrachte und Plätze, 01.01.2015 bis 30.04.2018" in titles("Entwicklung")
    assert "Plätze nach Form der Unterkunft, 31.08.2016" in titles("Formen")


def test_the_distance_from_the_target_has_its_sign() -> None:
    table = open_page("unterbringung", u_bereich="Gerechtigkeit").table[0]
    shown = table.proto.arrow_data.styler.display_values
    assert b"+1.050" in shown
    assert "−1.295".encode() in shown


def test_what_cannot_be_said_is_said_so() -> None:
    text = said(open_page("unterbringung", u_bereich="Konzentration"))
    assert "kein vollständiges Verzeichnis" in text
    assert "Mindestwert" in text
    assert "einzelnes von ihnen" in said(open_page("unterbringung", u_bereich="Gerechtigkeit"))
    assert "nennt keine der Quellen" in said(open_page("unterbringung", u_bereich="Entwicklung"))


def test_a_preset_sets_the_weights_and_a_weight_leaves_the_preset() -> None:
    app = open_page("unterbringung", u_bereich="Gerechtigkeit")
    assert "Einwohner 100 %" in said(app)
    app.selectbox(key="u_schluessel").select("Hamburg 2017 (40/20/40)").run()
    assert app.query_params["u_schluessel"] in ("40-20-40", ["40-20-40"])
    assert [app.slider(key=f"u_{part}").value for part in ("population", "area", "need")] == [
        40,
        20,
        40,
    ]
    assert "05.04.2017" in said(app)
    app.slider(key="u_need").set_value(0).run()
    assert app.selectbox(key="u_schluessel").value == "eigene Gewichte"
    assert "Einwohner 67 %" in said(app)


def test_a_slide_knows_a_key_by_its_weights_and_as_earlier_by_its_title(city: City) -> None:
    shown = {
        slides.show(
            city, Slide(address=f"unterbringung?u_bereich=gerechtigkeit&u_schluessel={key}")
        ).title
        for key in ("40-20-40", "Hamburg 2017 (40/20/40)")
    }
    (title,) = shown
    assert "Fläche 20" in title


def test_nonsense_in_the_address_leaves_the_key_as_it_is() -> None:
    app = open_page(
        "unterbringung", u_bereich="Gerechtigkeit", u_population="500", u_area="-3", u_need="viel"
    )
    assert [app.slider(key=f"u_{part}").value for part in ("population", "area", "need")] == [
        100,
        0,
        0,
    ]
    text = said(app)
    assert "stand für Einwohner „500“; erwartet wird eine ganze Zahl von 0 bis 100." in text
    assert "stand für Soziale Lage „viel“" in text
    assert "stand für Schlüssel „x“" in said(
        open_page("unterbringung", u_bereich="Gerechtigkeit", u_schluessel="x")
    )
    app = open_page("unterbringung", u_bereich="Konzentration", u_grenze="-5")
    assert app.number_input(key="u_grenze").value == 200
    assert "stand für Grenze je Unterkunft „-5“" in said(app)


def test_an_index_stands_for_social_need_and_in_the_address(city: City) -> None:
    app = open_page("unterbringung", u_bereich="gerechtigkeit", u_schluessel="40-20-40")
    before = said(app)
    assert "Jeder Einwohner zählt 2 − Mindestsicherung" in before
    app.selectbox(key="u_bedarf").select("Handlungsbedarf (nachgebildet)").run()
    assert app.query_params["u_bedarf"] in ("handlungsbedarf", ["handlungsbedarf"])
    assert "Jeder Einwohner zählt 1 − Handlungsbedarf (nachgebildet) ÷ 2" in said(app)
    assert "4 von 10 Gebieten: Index ohne Kinderarmut" in said(app)
    address = "unterbringung?u_bereich=gerechtigkeit&u_schluessel=40-20-40"
    rate, index = (
        slides.show(city, Slide(address=address + more))
        for more in ("", "&u_bedarf=handlungsbedarf")
    )
    assert rate.data != index.data
    assert "4 von 10 Gebieten: Index ohne Kinderarmut" in index.content.note


def test_all_weights_at_zero_ask_for_one() -> None:
    app = open_page("unterbringung", u_bereich="Gerechtigkeit")
    app.slider(key="u_population").set_value(0).run()
    assert "mindestens einem Teil" in said(app)


@pytest.mark.parametrize("section", SECTIONS)
def test_full_table(folder, section: str) -> None:
    folder()
    app = open_page("unterbringung", u_bereich=section)
    assert "keine Zahl veröffentlicht" not in said(app)
    if section == "Gerechtigkeit":
        before = app.table[0].value
        assert len(before) == 10
        app.slider(key="u_area").set_value(100).run()
        after = app.table[0].value
        assert before["Soll"].tolist() != after["Soll"].tolist()
        assert before["Gebiet"].tolist() != after["Gebiet"].tolist()


@pytest.mark.parametrize(
    ("section", "answer"),
    [
        ("Verteilung", "9 von 10"),
        ("Gerechtigkeit", "nur für einen Teil der Gebiete"),
        ("Konzentration", "nur für einen Teil der Gebiete"),
        ("Entwicklung", "keine Zahl untergebrachter Personen"),
        ("Formen", "nach Form sind nicht veröffentlicht"),
        ("Welcome Points", "8 von 10"),
    ],
)
def test_one_area_without_sites(folder, section: str, answer: str) -> None:
    folder(
        areas=lambda rows: [row for row in rows if row["area_id"] == "06"], sites=lambda rows: []
    )
    assert answer in said(open_page("unterbringung", u_bereich=section))


@pytest.mark.parametrize("section", SECTIONS)
def test_zeros(folder, section: str) -> None:
    folder(
        areas=lambda rows: [{**row, "value": "0"} for row in rows],
        sites=lambda rows: [
            {**row, "places": "0", "usable": "0", "occupied": "0"} for row in rows[:3]
        ],
    )
    open_page("unterbringung", u_bereich=section)


@pytest.mark.parametrize("section", SECTIONS)
def test_a_site_without_area_and_no_counts(folder, section: str) -> None:
    folder(
        areas=lambda rows: [],
        sites=lambda rows: [{**rows[0], "level": "", "area_id": ""}, *rows[1:]],
    )
    text = said(open_page("unterbringung", u_bereich=section))
    if section == "Verteilung":
        assert "deren Gebiet nicht angegeben ist" in text


def test_no_figures_at_all(folder) -> None:
    folder(areas=lambda rows: [], sites=lambda rows: [])
    app = AppTest.from_file(FRAME, default_timeout=60).run()
    app.switch_page(PAGE).run()
    assert not app.exception


def border(app: AppTest) -> pd.DataFrame:
    return next(each.value for each in app.table if "davon außerhalb" in each.value)


def test_border_effect_appears_only_with_public_positions(folder) -> None:
    folder(positions_public=True)
    app = open_page("unterbringung", u_bereich="Konzentration")
    assert "zwei Nachbarschaften" in said(app)
    near = border(app)["im Gebiet und im Umkreis"].sum()
    app.number_input(key="u_umkreis").set_value(2000).run()
    assert border(app)["im Gebiet und im Umkreis"].sum() > near


def test_without_public_positions_nothing_says_where_a_site_is(folder) -> None:
    folder()
    app = open_page("unterbringung", u_bereich="Konzentration")
    assert "Lage der Unterkünfte ist nicht veröffentlicht" in said(app)
    app = open_page("unterbringung")
    assert "Einzelne Unterkünfte" not in app.segmented_control(key="u_kreise").options


def test_single_sites_and_the_legal_status_can_lie_over_the_map(folder) -> None:
    folder(positions_public=True)
    app = open_page("unterbringung")
    over = app.segmented_control(key="u_kreise")
    assert over.options == ["Untergebrachte", "Plätze", "Aufenthaltsstatus", "Einzelne Unterkünfte"]
    assert app.table[0].value["Im Asylverfahren"].notna().sum() == 9
    for title in over.options:
        over.set_value(title).run()
        assert not app.exception


def test_two_stichtage_can_be_chosen(folder) -> None:
    def twice(rows: list[made_up.Row]) -> list[made_up.Row]:
        later = [{**row, "date": "2017-12-31"} for row in rows]
        return [*rows, *(row for row in later if not row["closed"] or row["closed"] > row["date"])]

    folder(areas=lambda rows: [], sites=twice)
    app = open_page("unterbringung")
    assert app.selectbox(key="u_stichtag").options == ["31.12.2017", "28.02.2017"]
    assert "31.12.2017" in said(app)
    app.selectbox(key="u_stichtag").select("28.02.2017").run()
    assert "7.590" in said(app)


def twice(rows: list[made_up.Row]) -> list[made_up.Row]:
    """List the sites on a second Stichtag, one of them closed and one in no form of before."""
    return [*rows, *({**row, "date": "2017-12-31"} for row in rows[1:])]


def offered(app: AppTest) -> set[str]:
    return {str(each.key) for each in app.selectbox}


def test_a_control_stands_only_where_it_changes_something() -> None:
    wanted = {
        "Verteilung": {"u_ebene", "u_was"},
        "Gerechtigkeit": {"u_ebene", "u_schluessel", "u_bedarf"},
        "Konzentration": {"u_ebene"},
        "Szenario": {"u_ebene", "s_beginn", "s_schluessel", "s_ziel"},
    }
    for section in SECTIONS:
        app = open_page("unterbringung", u_bereich=section)
        assert offered(app) == wanted.get(section, set()), section


def test_a_second_stichtag_is_offered_where_it_changes_something(folder) -> None:
    folder(sites=twice)
    app = open_page("unterbringung", u_bereich="Formen")
    assert offered(app) == {"u_formentag"}
    newest = app.table[0].value["Plätze"].sum()
    app.selectbox(key="u_formentag").select("28.02.2017").run()
    assert app.table[0].value["Plätze"].sum() > newest
    assert "28.02.2017" in app.header[0].value
    app.segmented_control(key="u_bereich").set_value("Entwicklung").run()
    assert offered(app) == set()
    app.segmented_control(key="u_bereich").set_value("Welcome Points").run()
    assert offered(app) == {"u_stichtag"}
    app.selectbox(key="u_stichtag").select("28.02.2017").run()
    app.segmented_control(key="u_bereich").set_value("Formen").run()
    assert app.selectbox(key="u_formentag").value == "28.02.2017"
    app.segmented_control(key="u_bereich").set_value("Verteilung").run()
    assert app.selectbox(key="u_stichtag").value == "28.02.2017", "kept while it was not drawn"
    assert not app.exception


def test_a_choice_survives_sections_that_have_no_use_for_it() -> None:
    app = open_page("unterbringung")
    app.selectbox(key="u_ebene").select("Stadtteile").run()
    assert "Nutzbare Plätze" not in app.main.get("selectbox")[-1].options
    for section in ("Formen", "Welcome Points", "Verteilung"):
        app.segmented_control(key="u_bereich").set_value(section).run()
        assert not app.exception
    assert app.selectbox(key="u_ebene").value == "Stadtteile"


def test_what_an_old_address_chose_for_nothing_is_said_only_where_it_does_not_exist() -> None:
    app = open_page(
        "unterbringung", u_bereich="Formen", u_ebene="Stadtteile", u_stichtag="01.11.2016"
    )
    assert "In der Adresse stand" not in said(app)
    app = open_page("unterbringung", u_bereich="Entwicklung", u_ebene="Unsinn")
    assert "stand für Ebene „Unsinn“" in said(app)
