"""Heads of delivered tables: of several rows, in groups, with years and titles. Made up."""

from __future__ import annotations

import io

import openpyxl
import pytest

from inteso_dash.intake.delivery.tidy import Surroundings
from tests.intake.test_deliveries import ALL, KEYS, Rows, written
from tests.towns.made_up_small_city import (
    DAY,
    NAMES,
    PEOPLE,
    asked,
    errors,
    figures,
    people,
    understood,
)


def headed(*heads: list[object]) -> Rows:
    """A table with inhabitants, men and unemployed below a header of several rows."""
    body = [[k, n, p, p // 2, 7] for k, n, p in zip(KEYS, NAMES, PEOPLE, strict=True)]
    return [*heads, *body]


GROUP: list[object] = ["Nr.", "Name", "Bevölkerung 31.12.2023", None, "Arbeitsmarkt"]
HEADS: list[object] = [None, None, "Einwohner insgesamt", "Männliche Einwohner", "Arbeitslose"]
TOLD: list[object] = [None, None, "alle Personen", "davon männlich", "gemeldete Personen"]
UNITS: list[object] = [None, None, "Anzahl", "Anzahl", "Anzahl"]
NUMBERED: list[object] = [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "heads",
    [
        (GROUP, HEADS),
        (GROUP, HEADS, TOLD),
        (GROUP, HEADS, UNITS),
        (GROUP, HEADS, UNITS, NUMBERED),
        ([None, None, *GROUP[2:]], ["Nr.", "Name", *HEADS[2:]]),
        (["Nr.", "Name", GROUP[2], GROUP[2], GROUP[4]], ["Nr.", "Name", *HEADS[2:]]),
        (
            ["Nr.", "Name", "Einwohner insgesamt", None, "Arbeitslose"],
            [None, None, "insgesamt", "männlich", "31.12.2023"],
        ),
    ],
)
def test_heads_of_several_rows(city: Surroundings, heads: tuple[list[object], ...]) -> None:
    rows = [["Stadtteile von Kleinau"], *headed(*heads)]
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    for content in (written(rows), written(rows, ","), out.getvalue()):
        found = understood(city, content, "kopf.xlsx" if content[:2] == b"PK" else "kopf.csv")
        assert not errors(found)
        taken = figures(found)
        assert people(found) == ALL
        assert taken["stadtteil", "03", "maennlich", "2023-12-31"][0] == "2655"
        assert taken["stadtteil", "03", "arbeitslose", "2023-12-31"][0] == "7"


@pytest.mark.parametrize(
    ("group", "heads"),
    [
        ("unter 25 Jahren", ["Einwohner insgesamt", "Arbeitslose"]),
        ("Anteil in %", ["Männliche Einwohner", "Arbeitslose"]),
        ("Veränderung zum Vorjahr", ["Einwohner insgesamt", "Arbeitslose"]),
    ],
)
def test_a_group_that_narrows_its_heads_down_is_not_overlooked(
    city: Surroundings, group: str, heads: list[str]
) -> None:
    rows: Rows = [["Nr.", "Name", group, None], [None, None, *heads]]
    rows += [[k, n, 11, 12 + int(k)] for k, n in zip(KEYS, NAMES, strict=True)]
    found = understood(city, written(rows), date=DAY)
    assert "Keine Spalte ist als Indikator erkannt" in asked(found, "columns")


def test_parts_below_another_group_are_left_out(city: Surroundings) -> None:
    rows = headed(
        ["Nr.", "Name", "Arbeitslose", None, None],
        [None, None, "insgesamt", "männlich", "weiblich"],
    )
    found = understood(city, written(rows), date=DAY)
    assert {indicator for _, _, indicator, _ in figures(found)} == {"arbeitslose"}
    assert found.left_out == ("männlich", "weiblich")


def years(title: str, *heads: object) -> bytes:
    """A table with a column for each day."""
    body = [[k, n, p, p + 7] for k, n, p in zip(KEYS, NAMES, PEOPLE, strict=True)]
    return written([[title], ["Nr.", "Name", *heads], *body])


@pytest.mark.parametrize(
    ("title", "indicator"),
    [
        ("Arbeitslose nach Stadtteilen, jeweils 31.12.", "arbeitslose"),
        ("Tabelle 3.1: Arbeitslose in Kleinau 2022 und 2023 (jeweils am 31.12.)", "arbeitslose"),
        ("Anzahl der Arbeitslosen, jeweils zum 31.12.", "arbeitslose"),
        ("Unterkünfte 31.12.", "unterkuenfte"),
        ("Arbeitslose am 31. Dezember", "arbeitslose"),
        ("Arbeitslose unter 25 Jahren, jeweils 31.12.", None),
        ("Ausländische Arbeitslose nach Stadtteilen, jeweils 31.12.", None),
        ("Arbeitslose: Anteil in Prozent, jeweils 31.12.", None),
        ("Unterkünfte für Wohnungslose, jeweils 31.12.", None),
        ("Langzeitarbeitslose und Arbeitslose im SGB II, jeweils 31.12.", None),
    ],
)
def test_a_title_names_an_indicator_only_where_it_names_nothing_else(
    city: Surroundings, title: str, indicator: str | None
) -> None:
    found = understood(city, years(title, 2022, 2023))
    if indicator is None:
        assert "kann aber etwas anderes meinen" in asked(found, "columns")
        told = understood(city, years(title, 2022, 2023), columns={"Wert": "arbeitslose"})
        assert figures(told)["stadtteil", "01", "arbeitslose", "2023-12-31"][0] == "1227"
        return
    assert {each for _, _, each, _ in figures(found)} == {indicator}
    (named,) = [each for each in found.findings if each.rule == "named_by_title"]
    assert title in named.message


@pytest.mark.parametrize(
    ("heads", "day"),
    [
        (("Einwohner insgesamt 31.12.2022", "Einwohner insgesamt 31.12.2023"), None),
        (("2022 Einwohner insgesamt", "2023 Einwohner insgesamt"), (12, 31)),
        (("Einwohner insgesamt (Dez 2022)", "Einwohner insgesamt (Dez 2023)"), None),
        (("Einwohner insgesamt_2022_12_31", "Einwohner insgesamt_2023_12_31"), None),
        (("Einwohner insgesamt_2022", "Einwohner insgesamt_2023"), (12, 31)),
    ],
)
def test_heads_that_name_indicator_and_day(
    city: Surroundings, heads: tuple[str, ...], day: tuple[int, int] | None
) -> None:
    found = understood(city, years("Kleinau", *heads), day=day)
    assert people(found, "2022-12-31") == ALL
    assert people(found)["01"] == "1227"


def test_of_a_day_that_two_columns_name_it_is_asked_which_is_meant(
    city: Surroundings,
) -> None:
    content = years("Einwohner insgesamt, jeweils 31.12.", 2023, 2023)
    found = understood(city, content)
    assert "„2023“ (1220) oder „2023 (2)“ (1227)" in asked(found, "columns")
    for left, value in (("2023", "1227"), ("2023 (2)", "1220")):
        told = understood(city, content, columns={left: ""})
        assert people(told)["01"] == value
        assert told.shape is not None
        assert told.shape.doubled == (("2023", "2023 (2)"),)


@pytest.mark.parametrize("other", ["2023 revidiert", "2023 (rev.)", "31.12.2023", "2023 neu"])
def test_of_two_versions_of_a_day_it_is_asked_which_is_meant(
    city: Surroundings, other: str
) -> None:
    content = years("Einwohner insgesamt, jeweils 31.12.", 2023, other)
    found = understood(city, content)
    assert f"„2023“ (1220) oder „{other}“ (1227)" in asked(found, "columns")
    told = understood(city, content, columns={"2023": ""})
    assert people(told)["01"] == "1227"


@pytest.mark.parametrize("version", [" revidiert", " (revidiert)", " neu"])
def test_of_two_versions_of_an_indicator_it_is_asked_which_is_meant(
    city: Surroundings, version: str
) -> None:
    content = years("Kleinau", "Arbeitslose", f"Arbeitslose{version}")
    found = understood(city, content, date=DAY)
    assert f"Arbeitslose und Arbeitslose{version}" in asked(found, "columns")


def test_of_two_columns_of_one_indicator_it_is_asked_which_is_meant(
    city: Surroundings,
) -> None:
    content = years("Kleinau", "Arbeitslose", "Arbeitslose")
    found = understood(city, content, date=DAY)
    assert "Arbeitslose und Arbeitslose (2)" in asked(found, "columns")
    told = understood(city, content, date=DAY, columns={"Arbeitslose": ""})
    assert figures(told)["stadtteil", "01", "arbeitslose", "2023-12-31"][0] == "1227"


HEADLESS = [
    [[None, None, "Einwohner"], [None, None, "insgesamt", "männlich", "weiblich"]],
    [[None, None, "Einwohner insgesamt", "männlich", "weiblich"], [None, None, *["Anzahl"] * 3]],
    [
        ["Stadtteil", None, "Einwohner insgesamt", "davon"],
        ["Nr.", "Name", None, "männlich", "weiblich"],
    ],
]


@pytest.mark.parametrize("heads", HEADLESS)
@pytest.mark.parametrize("title", [True, False])
def test_heads_that_leave_out_or_join_the_first_columns(
    city: Surroundings, heads: list[list[object]], *, title: bool
) -> None:
    body = [[k, n, p, p // 2, p - p // 2] for k, n, p in zip(KEYS, NAMES, PEOPLE, strict=True)]
    above: list[list[object]] = [["Bevölkerung - Stichtag 31.12.2023"]] if title else []
    found = understood(city, written([*above, *heads, *body]), date=DAY)
    assert not errors(found)
    assert people(found) == ALL
    assert {each for _, _, each, _ in figures(found)} == {"einwohner", "maennlich", "weiblich"}


def test_a_row_that_numbers_the_columns_of_figures_only(city: Surroundings) -> None:
    heads: Rows = [
        ["Stadtteil", "Arbeitslose", None, None, None],
        [None, "Insgesamt", "davon", None, "darunter"],
        [None, None, "männlich", "weiblich", "unter 25"],
        [None, 1, 2, 3, 4],
    ]
    named = [f"{k} {n}" for k, n in zip(KEYS, NAMES, strict=True)]
    body = [[n, p, p // 2, p - p // 2, p // 9] for n, p in zip(named, PEOPLE, strict=True)]
    found = understood(city, written([*heads, *body]), date=DAY)
    assert figures(found)["stadtteil", "03", "arbeitslose", "2023-12-31"][0] == "5310"


def test_a_group_ends_where_the_one_above_it_does(city: Surroundings) -> None:
    rows = headed(
        ["Nr.", "Name", "Bevölkerung 31.12.2023", None, None],
        [None, None, "Einwohner insgesamt", "darunter", "Arbeitslose"],
        [None, None, None, "männlich", None],
        UNITS,
    )
    taken = figures(understood(city, written(rows)))
    assert {each for _, _, each, _ in taken} == {"einwohner", "maennlich", "arbeitslose"}


def test_words_that_are_broken_in_a_head_are_whole(city: Surroundings) -> None:
    rows = headed(["Nr.", "Name", '"Einwohner\ninsgesamt"', '"männ-\nlich"', '"Arbeits-\nlose"'])
    taken = figures(understood(city, written(rows), date=DAY))
    assert {each for _, _, each, _ in taken} == {"einwohner", "maennlich", "arbeitslose"}


def test_a_table_of_one_column_below_a_long_preamble(city: Surroundings) -> None:
    heads: Rows = [["", "", "Einwohner insgesamt"], ["", "", "Anzahl"]]
    above: Rows = [["Tabelle: 12411-01"], ["Bevölkerung"], ["Stichtag: 31.12.2023"]]
    above += [["Fortschreibung"], ["regionale Tiefe: Stadtteile"]]
    body = [[k, f"  {n}", p] for k, n, p in zip(KEYS, NAMES, PEOPLE, strict=True)]
    below: Rows = [["__________"], ["Amt für Statistik"], ["Stand: 10.07.2024 / 12:05:11"]]
    found = understood(city, written([*above, *heads, *body, *below]))
    assert people(found) == ALL
