"""The section on boundaries of the page on change, without a browser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from inteso_dash.catalogue.own_areas import from_address
from inteso_dash.city import load_city
from inteso_dash.city.own_areas import with_own_areas
from inteso_dash.folders import DATA_VARIABLE
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.pages import slides
from inteso_dash.pages.veraenderung import charts
from inteso_dash.pages.veraenderung.comparison import Measure, compare_values
from inteso_dash.pages.veraenderung.divisions.between import between
from inteso_dash.pages.veraenderung.divisions.carrying import METHOD_TITLES, ConversionMethod, carry
from inteso_dash.pages.veraenderung.screen.across import carried_file
from inteso_dash.pages.veraenderung.series import series
from inteso_dash.views.sequences import Slide
from tests.opened import open_page
from tests.pages.veraenderung.test_veraenderung_page import said
from tests.towns import made_up_divisions as made_up


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_up.write_city(tmp_path_factory.mktemp("divisions"))


@pytest.fixture(scope="module")
def divided(folder: Path) -> Iterator[None]:
    """Serve the city with made-up divisions from here on."""
    with pytest.MonkeyPatch.context() as patch:
        st.cache_resource.clear()
        patch.setenv(DATA_VARIABLE, str(folder))
        yield
        st.cache_resource.clear()


def bounds(**address: str) -> AppTest:
    return open_page("veraenderung", v_bereich="Grenzen", v_ebene="Sozialräume", **address)


def test_shipped_data_says_what_is_missing_and_how_to_supply_it() -> None:
    app = bounds()
    (info,) = app.info
    assert "166 (2011), 179 (2017), 171 (2021)" in info.value
    assert "Grenzen liegen nur für 2021 vor" in info.value
    assert "docs/data-format.md unter „Mehrere Gliederungen“" in info.value
    other = open_page("veraenderung", v_bereich="Grenzen", v_ebene="Stadtteile")
    assert "nur eine Gliederung erklärt (2025)" in said(other)


@pytest.mark.usefixtures("divided")
def test_it_says_what_became_of_the_areas() -> None:
    app = bounds()
    assert (
        "Aus 179 Sozialräumen (2017) wurden 171 (2021): 144 unverändert, 4 umbenannt oder "
        "umnummeriert, 6 durch Teilung von 3, 11 durch Zusammenlegung von 22, 6 neu geschnitten "
        "aus 6."
    ) in said(app)
    table = app.dataframe[0].value
    assert set(table["Art"]) == {
        "umbenannt oder umnummeriert",
        "geteilt",
        "zusammengelegt",
        "neu geschnitten",
    }
    assert "unverändert" in set(bounds(v_alle="true").dataframe[0].value["Art"])


@pytest.mark.usefixtures("divided")
def test_who_does_not_choose_gets_the_exact_way_and_is_told_what_it_leaves_out() -> None:
    app = bounds()
    text = said(app)
    assert "**Genau.**" in text
    assert "12 von 171 Gebieten haben dabei keinen eigenen Wert, sondern stehen in 6" in text
    table = app.dataframe[1].value
    assert len(table) == 166
    assert "geschätzt" not in set(table["Status früher"])
    before = table.columns[2]
    assert table.iloc[:-1][before].sum() == made_up.TOTAL
    assert table.iloc[-1][before] == made_up.TOTAL


@pytest.mark.usefixtures("divided")
def test_an_estimate_is_marked_and_says_whom_it_concerns() -> None:
    app = bounds(v_umrechnung="geschätzt")
    text = said(app)
    assert (
        "**Geschätzt.** Geteilte Gebiete sind nach den Einwohnern der Sozialräume vom 31.12.2021 "
        "(Gliederung 2021) zerlegt."
    ) in text
    assert "Wie weit die Schätzung abweicht, ist nicht bekannt" in text
    made = made_up.make("2017")
    divided = made.shares.loc[made.shares["share"] < 1, "area_from"].unique()
    share = made_up.moved(made.figures).loc[divided, "bevoelkerung"].sum() / made_up.TOTAL * 100
    assert f"Betroffen sind {formats.number(share, 1)} % der Einwohner" in text
    table = app.dataframe[1].value
    assert len(table) == 172
    assert (table["Status früher"] == "geschätzt").sum() == 12
    assert table.iloc[:-1][table.columns[2]].sum() == made_up.TOTAL


@pytest.mark.usefixtures("divided")
def test_a_key_is_offered_where_there_is_one() -> None:
    app = bounds(v_umrechnung="nach Schlüssel")
    assert "Genau ist das nur für „Bevölkerung“" in said(app)
    assert (app.dataframe[1].value["Status früher"] == "geschätzt").sum() == 0
    without = bounds(v_alt="2011", v_neu="2021")
    options = next(each for each in without.segmented_control if each.key == "v_umrechnung").options
    assert options == ["genau", "geschätzt"]


@pytest.mark.usefixtures("divided")
def test_divisions_that_are_both_past_and_indicators_without_values() -> None:
    app = bounds(v_alt="2011", v_neu="2017")
    assert "Aus 166 Sozialräumen (2011) wurden 179 (2017)" in said(app)
    missing = bounds(v_indikator="SGB-II-Quote")
    assert "In der Gliederung 2017 nennen die Quellen" in said(missing)


@pytest.mark.usefixtures("divided")
@pytest.mark.parametrize("nonsense", [{"v_alt": "1848"}, {"v_toleranz": "viel"}, {"v_neu": "2011"}])
def test_nonsense_in_the_address_falls_back(nonsense: dict[str, str]) -> None:
    assert "Aus 179 Sozialräumen (2017) wurden 171 (2021)" in said(bounds(**nonsense))


def test_the_file_marks_every_estimate_and_says_how_it_was_made(folder: Path) -> None:
    city = load_city(folder)
    pair, days = ("2017", "2021"), (dt.date(2017, 12, 31), dt.date(2021, 12, 31))
    indicator = city.catalogue.indicator("bevoelkerung")
    found = between(city.catalogue, city.register, city.layers, "sozialraum", *pair)
    for method, estimated, rows in (
        (ConversionMethod.EXACT, 0, 165),
        (ConversionMethod.ESTIMATE, 12, 171),
    ):
        carried = carry(city, found, "sozialraum", indicator.id, pair, days, method)
        compared = compare_values(
            city,
            indicator,
            "sozialraum",
            days,
            (carried.before, carried.after),
            carried.names,
            (),
            base=carried.base,
        )
        file = carried_file(city, compared, carried, Measure.ABSOLUTE, pair)
        assert len(file) == rows
        assert (file["Status früher"] == "geschätzt").sum() == estimated
        assert (file["Status der Veränderung"] == "geschätzt").sum() == estimated
        assert set(file["Umrechnung"]) == {METHOD_TITLES[method]}
        assert set(file["Gliederung früher"]) == {"2017"}
        for side in ("früher", "später"):
            assert sum(value or 0 for value in file[f"Wert {side}"]) == made_up.TOTAL
            assert file[f"Quelle {side}"].ne("").all()


def test_a_city_that_was_never_redrawn_has_no_such_section(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    st.cache_resource.clear()
    monkeypatch.setenv(DATA_VARIABLE, str(town))
    app = open_page("veraenderung", v_bereich="Grenzen")
    assert app.segmented_control(key="v_bereich").options[-1] == "Auffällig"
    assert "In der Adresse stand der Bereich „Grenzen“" in said(app)
    assert "hat jede Ebene nur eine. Gezeigt wird „Verlauf“." in said(app)
    assert "grenzen" not in str(app.query_params["v_bereich"])
    st.cache_resource.clear()


@pytest.mark.usefixtures("divided")
def test_own_areas_have_a_course_over_divisions() -> None:
    app = open_page(
        "veraenderung",
        eigene="Teil~013001",
        v_ebene="Eigene Gebiete",
        v_indikator="Ausländeranteil",
        v_gebiete="Teil",
    )
    points = app.dataframe[0].value.set_index(["Gebiet", "Stichtag"])
    notes = points.loc["Teil", "Hinweis"]
    assert list(points.loc["Teil", "Status"]) == ["berechnet", "geschätzt", "veröffentlicht"]
    assert notes.iloc[1].startswith("Geschätzt nach den Anteilen des Schlüssels: ")
    assert list(notes.iloc[[0, 2]]) == ["", ""]
    assert "gehören zu anderen Grenzen (Gliederung 2011, 2017) und sind umgerechnet" in said(app)


def test_slide_and_picture_of_a_course_say_what_an_estimate_rests_on(folder: Path) -> None:
    city = with_own_areas(load_city(folder), from_address("Teil~013001"))
    address = "veraenderung?v_ebene=eigene&v_indikator=anteil_auslaender&v_gebiete=teil"
    shown = slides.show(city, Slide(address=address))
    said = "Geschätzt nach den Anteilen des Schlüssels: "
    assert said in shown.origin
    points = series(city, "anteil_auslaender", [("eigene", "teil")])
    (told,) = charts.estimated(points)
    assert told.startswith(f"Teil (31.12.2017): {said}")
    assert told.removesuffix(".") in shown.origin
    assert charts.estimated(points[points["status"] != Status.ESTIMATED]) == ()
    compared = f"{address}&v_bereich=vergleich&v_von=2017-12-31&v_bis=2021-12-31"
    assert (
        f"1 von 1 Gebieten: 31.12.2017: {said}" in slides.show(city, Slide(address=compared)).origin
    )
    maps = slides.show(city, Slide(address=f"{address}&v_bereich=karten"))
    assert f"1 von 2 Werten: {said}" in maps.origin
