"""Scenarios side by side: of the shipped city, and of one with made-up areas and sites."""

from __future__ import annotations

import base64
import datetime as dt
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from inteso_dash.city import City, load_city
from inteso_dash.folders import DATA_VARIABLE
from inteso_dash.measures.distribution import dissimilarity
from inteso_dash.pages import slides
from inteso_dash.pages.unterbringung import history, view
from inteso_dash.pages.unterbringung.fairness import key_of_all
from inteso_dash.pages.unterbringung.scenario import compute, read_plan
from inteso_dash.pages.unterbringung.scenario_compare import (
    NamedScenario,
    compared_lines,
    compared_sheet,
    named,
    packed,
    read_beside,
    unpacked,
)
from inteso_dash.pages.unterbringung.sheet import for_file
from inteso_dash.session import address
from inteso_dash.views.figures import Table
from inteso_dash.views.sequences import Address, Slide
from tests.opened import open_page
from tests.towns import made_up_accommodation as made_up

BEGINS = ("s_beginn", "2017-02-28")
CLOSES = ("s_aend", "schliessen~2017-03-15~~~Erfundene Unterkunft 01")
OPENS = ("s_aend", "eroeffnen~2017-06-01~200~06~Neubau")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A made-up folder; pages know no other city before and none of it afterwards."""
    st.cache_resource.clear()
    yield made_up.build(Path(tmp_path_factory.mktemp("full")) / "city")
    st.cache_resource.clear()


@pytest.fixture(scope="module")
def full(folder: Path) -> City:
    return load_city(folder)


def asked(*pairs: tuple[str, str]) -> Address:
    return Address("unterbringung", pairs)


def beside(city: City, level: str, *plans: tuple[tuple[str, str], ...]) -> list[NamedScenario]:
    """Work out plans as the address keeps them."""
    notes: list[str] = []
    texts = [packed(read_plan(city, level, asked(*pairs), notes)) for pairs in plans]
    work = partial(compute, city, level)
    kept = read_beside(city, level, texts[:-1], work, notes)
    assert not notes
    return named([*kept.values(), work(read_plan(city, level, unpacked(texts[-1]), []))])


def test_one_word_of_an_address_holds_a_scenario(city: City) -> None:
    pairs = (
        ("s_beginn", "2017-07-31"),
        ("s_monate", "24"),
        ("s_reserve", "5"),
        ("s_grenze", "200"),
        ("s_aend", "vergroessern~2017-10-01~12.5~061~Straße ~ 5 & Söhne"),
        ("s_annahme", "20-40~60~wenige"),
        ("s_name", "Plan B+C = 100 %"),
    )
    text = packed(read_plan(city, "stadtteil", asked(*pairs), []))
    assert text.replace("-", "").replace("_", "").isalnum()
    assert len(text) < 300
    assert unpacked(text).parameters == pairs


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kein Szenario",
        "äöü",
        base64.urlsafe_b64encode(b"nichts gepackt").decode(),
        base64.urlsafe_b64encode(zlib.compress(b"\xff\xfe")).decode(),
        base64.urlsafe_b64encode(zlib.compress(b"a" * 10_000_000)).decode(),
    ],
)
def test_what_is_no_scenario_is_told(city: City, text: str) -> None:
    notes: list[str] = []
    assert not read_beside(city, "stadtteil", [text], partial(compute, city, "stadtteil"), notes)
    (told,) = notes
    assert "sich nicht lesen lässt" in told


def test_more_than_two_and_one_that_cannot_be_are_told(city: City) -> None:
    def text(*pairs: tuple[str, str]) -> str:
        return packed(read_plan(city, "stadtteil", asked(*pairs), []))

    none, other = text(("s_aend", "verkleinern~2017-10-01~9000~~Halle")), text(("s_monate", "3"))
    notes: list[str] = []
    work = partial(compute, city, "stadtteil")
    kept = read_beside(city, "stadtteil", [none, other, other], work, notes)
    assert list(kept) == [other]
    assert "9.000 Plätze sollen gehen" in notes[0]
    assert "standen 3 Szenarien" in notes[1]


def test_names_tell_scenarios_apart(city: City) -> None:
    title = ("s_name", "Plan")
    shown = beside(city, "stadtteil", (title,), (title, ("s_monate", "3")), (("s_monate", "6"),))
    assert [one.name for one in shown] == ["Plan [1]", "Plan [2]", "Szenario C"]


def test_what_scenarios_come_to_stands_below_what_is_published(full: City) -> None:
    level = "stadtbezirk"
    shown = beside(full, level, (BEGINS, CLOSES, ("s_grenze", "130")), (BEGINS, OPENS))
    table = compared_sheet(full, shown).table
    assert table["Status"].tolist() == ["berechnet", *["Szenario"] * (len(table) - 1)]
    today, closing, opening = (
        table[table["Szenario"] == name].iloc[0]
        for name in ("Beginn, veröffentlicht", "Szenario A", "Szenario B")
    )
    start = shown[0].result.start
    persons = start.shown.areas["persons"]
    assert today["Untergebrachte"] == persons.sum() == 7590
    # The first made-up site has 130 places; it stands at the limit, not above it.
    assert closing["Plätze"] == today["Plätze"] - 130
    assert opening["Plätze"] == today["Plätze"] + 200
    assert closing["Freie Plätze"] == closing["Plätze"] - 7590
    sizes = shown[0].result.rows[shown[0].result.days[-1]]
    assert closing["Unterkünfte über der Grenze"] == (sizes > 130).sum()
    assert pd.isna(opening["Unterkünfte über der Grenze"])
    people = key_of_all(full, start.shown).amounts["population"]
    assert today["Dissimilarität"] == pytest.approx(dissimilarity(persons, people))
    # All places are occupied alike: shares of persons are shares of places.
    result = shown[1].result
    places = result.rows[result.days[-1]].groupby(result.rows["area"]).sum()
    expected = dissimilarity(places.reindex(people.index, fill_value=0.0), people)
    assert opening["Dissimilarität"] == pytest.approx(expected)
    per_point = history.points(full, start.shown)["per_point"]
    assert today["Personen je Anlaufstelle, höchstens"] == per_point.max()
    assert today["Plätze reichen nicht ab"] == "entfällt"
    file = for_file(compared_sheet(full, shown).table)
    assert str(file["Dissimilarität"][0]).count(".") == 1
    assert len(str(file["Dissimilarität"][0]).partition(".")[2]) == 3


def test_the_course_shows_what_is_left_beyond_the_reserve(city: City) -> None:
    closes = (("s_aend", "schliessen~2017-10-01~900~~Halle"), ("s_annahme", "0~0~keine"))
    shown = beside(city, "stadtteil", closes, (("s_annahme", "0~0~keine"),))
    lines = compared_lines(shown)
    ends = [course.points[-1].value for course in lines.courses]
    # 7,822 places, 900 of them gone, and 6,787 persons with a tenth in reserve.
    assert ends == pytest.approx([6922 - 7465.7, 7822 - 7465.7])
    assert lines.neutral == 0
    dated = compared_sheet(city, shown).table["Stichtag Plätze"]
    assert set(dated) == {dt.date(2017, 8, 23)}, "three weeks after the persons"
    assert "Szenarien" in lines.title


def test_the_comparison_is_two_slides_and_its_map_a_third(full: City) -> None:
    kept = packed(read_plan(full, "stadtbezirk", asked(BEGINS, CLOSES, ("s_name", "Zu")), []))
    address = f"unterbringung?u_bereich=szenario&s_beginn=2017-02-28&s_neben={kept}"
    offered = view.figures_of(full, Address.read(address))
    assert list(offered.values())[-2:] == ["vergleich", "vergleich_tabelle"]
    for each in offered.values():
        shown = slides.show(full, Slide(address=address, figure=each))
        assert shown.title.startswith("Szenari")
        assert shown.statuses.startswith("Szenario")
    assert isinstance(shown.content, Table)
    assert [row[0].partition(",")[0] for row in shown.content.rows][1:3] == [
        "Beginn",
        "Zu",
    ]
    other = slides.show(full, Slide(address=f"{address}&s_karte_von=Zu", figure="karte"))
    assert other.title.endswith(", Zu")


def open_scenario(**address: str | list[str]) -> AppTest:
    return open_page("unterbringung", u_bereich="szenario", **address)


def test_a_scenario_is_kept_exchanged_and_removed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    app = open_scenario(s_beginn="2017-02-28", s_name="Zu", s_aend=CLOSES[1])
    app.button(key="s_festhalten").click().run()
    assert not app.exception
    kept = app.query_params["s_neben"]
    assert dict(unpacked(kept).parameters)["s_name"] == "Zu"
    app.text_input(key="s_name").input("Auf").run()
    assert "Szenarien im Vergleich" in [each.value for each in app.subheader]
    app.button(key="s_tauschen_0").click().run()
    assert not app.exception
    assert app.text_input(key="s_name").value == "Zu"
    assert dict(unpacked(app.query_params["s_neben"]).parameters)["s_name"] == "Auf"
    app.button(key="s_entfernen_0").click().run()
    assert "s_neben" not in app.query_params
    assert "Szenarien im Vergleich" not in [each.value for each in app.subheader]


def test_a_proposal_follows_weights_of_ones_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    app = open_scenario(s_beginn="2017-02-28")
    app.slider(key="s_area").set_value(100).run()
    assert app.selectbox(key="s_schluessel").value == "eigene Gewichte"
    assert app.query_params["s_area"] == "100"
    app.slider(key="s_population").set_value(0).run()
    app.slider(key="s_need").set_value(0).run()
    app.button(key="s_rechnen").click().run()
    assert not app.exception
    assert "Szenario: Vorschlag" in [each.value for each in app.subheader]
    app.slider(key="s_area").set_value(0).run()
    assert app.button(key="s_rechnen").disabled


def test_the_back_button_takes_back_a_proposal(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    app = open_scenario(s_beginn="2017-02-28")
    before = {key: app.query_params[key] for key in app.query_params}
    app.button(key="s_rechnen").click().run()
    assert "Szenario: Vorschlag" in [each.value for each in app.subheader]
    app.query_params = before
    monkeypatch.setattr(address, "gone_back", lambda: True)
    app.run()
    assert "Szenario: Vorschlag" not in [each.value for each in app.subheader]
    assert "s_vorschlag" not in app.query_params


def test_a_proposal_over_sites_is_taken_over_as_openings(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    plots = ["50-120~01~Alte Schule", "30-90~05~Messeplatz", "80-80~08~Gärtnerei", "9-1~05~Falsch"]
    app = open_scenario(
        s_beginn="2017-02-28", s_ort=plots, s_vorschlag="0", s_n="200", u_ebene="stadtbezirk"
    )
    assert not app.exception
    (said,) = [each.value for each in app.info if "Falsch" in each.value]
    assert "erwartet: wenigstens 9, die Untergrenze" in said
    assert app.query_params["s_ort"] == plots[:3]
    assert "s_je_ab" not in app.query_params
    app.button(key="s_uebernehmen").click().run()
    assert not app.exception
    opened = [text.split("~") for text in app.query_params["s_aend"]]
    assert {each[-1] for each in opened} <= {"Alte Schule", "Messeplatz", "Gärtnerei"}
    assert sum(int(each[2]) for each in opened) == 200
