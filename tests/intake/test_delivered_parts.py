"""Parts that do not say whose they are, "männlich" of pupils or inhabitants: made-up deliveries."""

from __future__ import annotations

import io

import openpyxl
import pytest

from inteso_dash.intake.delivery.draft import Draft
from inteso_dash.intake.delivery.tidy import Surroundings
from tests.intake.test_deliveries import KEYS, Rows, written
from tests.towns.made_up_small_city import (
    DAY,
    NAMES,
    PEOPLE,
    figures,
    understood,
)

OTHERS = ["Schüler", "SV-Beschäftigte", "Ausländer", "Arbeitslose im SGB"]
OTHERS += ["Einwohner mit Migration", "Ausländische Bevölkerung"]
PARTS = ["insgesamt", "männlich", "weiblich"]
BODY: Rows = [[k, n, p, p // 2, p - p // 2] for k, n, p in zip(KEYS, NAMES, PEOPLE, strict=True)]


def workbook(sheet: str, rows: Rows) -> bytes:
    """Write a workbook of one sheet."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = sheet
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def shapes(whose: str) -> dict[str, bytes]:
    """The same table with what it is about in each place that a file may say it in."""
    head: list[object] = ["Nr", "Name", *PARTS]
    long = [
        [k, n, whose, part, v] for k, n, *row in BODY for part, v in zip(PARTS, row, strict=True)
    ]
    return {
        "title.csv": written([[f"{whose} nach Geschlecht, 31.12.2023"], head, *BODY]),
        "group.csv": written([["Nr", "Name", whose, None, None], [None, None, *PARTS], *BODY]),
        "column.csv": written([["Nr", "Name", f"{whose} zusammen", *PARTS[1:]], *BODY]),
        "sheet.xlsx": workbook(whose, [head, *BODY]),
        f"{whose.lower().replace(' ', '_')}_2023.csv": written([head, *BODY]),
        "beside.csv": written(
            [["Nr", "Name", "Kategorie", *PARTS], *([k, n, whose, *row] for k, n, *row in BODY)]
        ),
        "long.csv": written([["Nr", "Name", "Merkmal", "Geschlecht", "Wert"], *long]),
    }


def taken(draft: Draft) -> set[str]:
    """The indicators that a draft takes over."""
    return {each for _, _, each, _ in figures(draft)} if draft.delivery else set()


@pytest.mark.parametrize("whose", OTHERS)
def test_parts_of_others_are_not_taken_for_inhabitants(city: Surroundings, whose: str) -> None:
    for name, content in shapes(whose).items():
        found = understood(city, content, name, date=DAY)
        assert not taken(found) & {"maennlich", "weiblich"}, name


@pytest.mark.parametrize("whose", ["Bevölkerung", "Einwohner", "Struktur"])
def test_parts_of_inhabitants_are_taken(city: Surroundings, whose: str) -> None:
    for name, content in shapes(whose).items():
        assert {"maennlich", "weiblich"} <= taken(understood(city, content, name, date=DAY)), name


def test_parts_beside_their_whole_are_taken_below_any_title(city: Surroundings) -> None:
    head: list[object] = ["Nr", "Name", "Einwohner insgesamt", *PARTS[1:]]
    found = understood(city, written([["Haushalte und Familien"], head, *BODY]), date=DAY)
    assert taken(found) == {"einwohner", "maennlich", "weiblich"}
