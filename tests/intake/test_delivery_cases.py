"""Deliveries made up after public reports, with the values that they have to give."""

from __future__ import annotations

from pathlib import Path

import pytest

from inteso_dash.folders import default_root
from inteso_dash.intake.delivery.draft import Draft
from inteso_dash.intake.delivery.folder import surroundings
from inteso_dash.intake.delivery.tidy import Surroundings
from inteso_dash.intake.recognise import check_file
from inteso_dash.language.findings import Severity
from tests.towns.made_up_small_city import DAY, asked, errors, figures, understood


@pytest.fixture(scope="module")
def kiel(cases: Path) -> Surroundings:
    """The small city that most of them are delivered to."""
    return surroundings(cases / "folders" / "kiel")


def draft(cases: Path, city: Surroundings, name: str, **said: object) -> Draft:
    """Draft a case."""
    return understood(city, (cases / name).read_bytes(), name, **said)


def inhabitants(found: Draft) -> dict[tuple[str, str], str]:
    """Area and day → inhabitants."""
    assert not errors(found)
    return {
        (area, day): value
        for (_, area, indicator, day), (value, _) in figures(found).items()
        if indicator == "einwohner"
    }


@pytest.mark.parametrize(
    ("name", "said", "values"),
    [
        (
            "01_unterstrich_datum.csv",
            {},
            {("01", "2022-12-31"): "1220", ("01", "2023-12-31"): "1227"},
        ),
        ("03_jjjjmm.csv", {}, {("01", "2019-12-31"): "1220"}),
        ("06_ffcsv.csv", {}, {("01", "2022-12-31"): "1220"}),
        ("06_ffcsv.zip", {}, {("01", "2022-12-31"): "1220"}),
        (
            "11_nur_namen.csv",
            {"level": "stadtteil", "date": DAY},
            {
                ("01", "2023-12-31"): "1220",
                ("1", "2023-12-31"): "12298",
                ("2", "2023-12-31"): "57670",
                ("01002", "2023-12-31"): "69968",
            },
        ),
        (
            "15_ebenen_gemischt.csv",
            {"date": DAY},
            {
                ("02", "2023-12-31"): "1648",
                ("2", "2023-12-31"): "57670",
                ("01002", "2023-12-31"): "69968",
            },
        ),
        (
            "26_kopf_drei_zeilen_verbunden.xlsx",
            {},
            {("01", "2023-12-31"): "1220", ("10", "2023-12-31"): "12480"},
        ),
        ("08_jahr_doppelt.csv", {"columns": {"2022": ""}}, {("01", "2022-12-31"): "1210"}),
        ("08_jahr_doppelt.csv", {"columns": {"2022 (2)": ""}}, {("01", "2022-12-31"): "1190"}),
    ],
)
def test_what_is_read(
    cases: Path,
    kiel: Surroundings,
    name: str,
    said: dict[str, object],
    values: dict[tuple[str, str], str],
) -> None:
    found = inhabitants(draft(cases, kiel, name, **said))
    assert {place: found.get(place) for place in values} == values


@pytest.mark.parametrize(
    ("name", "about", "text"),
    [
        ("08_jahr_doppelt.csv", "columns", "„2022“ (1190) oder „2022 (2)“ (1210)"),
        ("28_landesweite_datei.csv", "level", "1 von 60 bekannt (01002, Kleinstadt)"),
        ("29b_erstellt_am.csv", "date", "10.07.2023, aber nicht als Stichtag"),
    ],
)
def test_what_is_asked(cases: Path, kiel: Surroundings, name: str, about: str, text: str) -> None:
    found = draft(cases, kiel, name)
    assert text in asked(found, about)
    assert not errors(found)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("04_stern_anonymisiert.csv", "suppressed"),
        ("05_zeichen_1_9.csv", "suppressed"),
        ("05_zeichen__3.csv", "suppressed"),
        ("05_zeichen_u__3.csv", "suppressed"),
        ("05_zeichen_NA.csv", "not_delivered"),
        ("05_zeichen__NV.csv", "not_delivered"),
    ],
)
def test_signs(cases: Path, kiel: Surroundings, name: str, status: str) -> None:
    found = draft(cases, kiel, name, date=DAY)
    assert not errors(found)
    assert found.delivery is not None
    assert found.recognised is not None
    assert found.recognised.cells["arbeitslose"]["01"].status == status


def test_columns_that_are_not_taken_stop_nothing(cases: Path) -> None:
    city = surroundings(cases / "folders" / "klassen")
    left = {"unter 1 Jahr": "", "0 bis unter 1": ""}
    found = draft(cases, city, "25_gleiche_spalten_nach_definition.csv", date=DAY, columns=left)
    assert not errors(found)
    assert len(figures(found)) == 100


def test_our_own_table_opened_and_saved_elsewhere_says_nothing_new(cases: Path) -> None:
    found = draft(cases, surroundings(default_root()), "19_eigene_csv_durch_excel.csv")
    assert found.nothing_new
    assert found.known == 171


def test_of_a_file_of_the_country_the_check_says_how_few_keys_it_knows(
    cases: Path, kiel: Surroundings
) -> None:
    (told,) = check_file(cases / "28_landesweite_datei.csv", kiel.catalogue, kiel.register)
    assert told.severity is Severity.WARNING
    assert "1 von 60 bekannt" in told.message
