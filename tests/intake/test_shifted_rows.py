"""Rows that lost or gained a cell, and names that belong to other keys: made-up deliveries."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inteso_dash.intake.checks import run_checks
from inteso_dash.intake.checks.structure import key_table
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.language.values import cell_text
from inteso_dash.tables.reading import read_raw_bytes
from inteso_dash.tables.reading.raw import RawTable
from tests.intake.test_checks import context, keys, register
from tests.tables.test_reading import ods
from tests.tries import tried

HEAD = ["Nr.", "Stadtteil", "Einwohner", "Arbeitslose", "Hektar"]
ROWS = [
    ["01", "Altstadt", "1220", "16", "40,2"],
    ["02", "Vorstadt", "1648", "43", "41,2"],
    ["03", "Exerzierplatz", "5310", "210", "42,2"],
    ["04", "Damperhof", "4120", "160", "43,2"],
    ["05", "Brunswik", "6830", "240", "44,2"],
    ["06", "Nordhang", "3310", "90", "45,2"],
    ["07", "Uferfeld", "9120", "310", "46,2"],
    ["08", "Wiekhof", "17890", "720", "47,2"],
    ["09", "Ravensberg", "8040", "270", "48,2"],
    ["10", "Teichwiese", "12480", "510", "49,2"],
]


def csv_of(rows: list[list[str]]) -> bytes:
    return "\n".join(";".join(row) for row in [HEAD, *rows]).encode()


def number(cell: str) -> str | float:
    return float(cell.replace(",", ".")) if cell[:1].isdigit() and cell[0] != "0" else cell


def xlsx_of(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in [HEAD, *rows]:
        book.worksheets[0].append([number(cell) or None for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods_of(rows: list[list[str]]) -> bytes:
    cells = [[number(cell) for cell in row] for row in [HEAD, *rows]]
    made = [
        "".join(TEXT.format(each) if isinstance(each, str) else NUMBER.format(each) for each in row)
        for row in cells
    ]
    return ods(*(f"<table:table-row>{row}</table:table-row>" for row in made))


TEXT = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
NUMBER = '<table:table-cell office:value-type="float" office:value="{}"/>'
WRITERS = {"a.csv": csv_of, "a.xlsx": xlsx_of, "a.ods": ods_of}


def errors(table: RawTable) -> list[Finding]:
    return [note for note in table.notes if note.severity is Severity.ERROR]


def keys_of(table: RawTable) -> set[str]:
    return {cell_text(row.cells[0]).zfill(2) for row in table.rows}


def changed(at: int, row: list[str]) -> list[list[str]]:
    return [*ROWS[:at], row, *ROWS[at + 1 :]]


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("lost", [0, 1, 2, 3])
def test_a_row_that_lost_a_cell_is_left_out(name: str, lost: int) -> None:
    row = [cell for at, cell in enumerate(ROWS[6]) if at != lost]
    table = read_raw_bytes(WRITERS[name](changed(6, row)), name)
    (error,) = errors(table)
    assert (error.rule, error.file, error.row) == ("shifted_row", name, "8")
    assert error.column in HEAD
    assert keys_of(table) == {row[0] for row in ROWS} - {"07"}


def test_the_message_says_which_cell_is_missing() -> None:
    table = read_raw_bytes(csv_of(changed(6, ["07", "9120", "310", "46,2"])), "a.csv")
    (error,) = errors(table)
    assert "vermutlich in „Stadtteil“" in error.message
    assert (error.column, error.found, error.expected) == ("Stadtteil", "9120", "ein Text")


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_row_that_gained_a_cell_is_left_out(name: str, at: int) -> None:
    row = [*ROWS[6][:at], "77000", *ROWS[6][at:]]
    table = read_raw_bytes(WRITERS[name](changed(6, row)), name)
    (error,) = errors(table)
    assert error.row == "8"
    assert keys_of(table) == {row[0] for row in ROWS} - {"07"}
    assert table.columns == tuple(HEAD)


def test_two_columns_shifted_in_many_rows_are_named_in_all_of_them() -> None:
    rows = [*ROWS, *[[f"{at}", f"Neuland {at}", "5000", "200", "44,1"] for at in range(11, 40)]]
    rows = [row[:1] + row[2:] if 3 <= at < 16 else row for at, row in enumerate(rows)]
    table = read_raw_bytes(csv_of(rows), "a.csv")
    assert len(table.rows) == len(rows) - 13
    assert sum(error.rule == "shifted_row" for error in errors(table)) == 11
    assert "15, 16, 17" in errors(table)[-1].message


def test_cells_left_off_at_the_end_of_a_row_count_as_empty() -> None:
    table = read_raw_bytes(csv_of(changed(7, ["08", "Wiekhof", "17890", "720"])), "a.csv")
    assert [(note.rule, note.severity) for note in table.notes] == [("ragged", Severity.WARNING)]
    assert table.rows[7].cells == ("08", "Wiekhof", "17890", "720", None)


def test_a_row_that_may_have_lost_one_of_two_cells_is_left_out() -> None:
    table = read_raw_bytes(csv_of(changed(6, ["07", "Uferfeld", "9120", "310"])), "a.csv")
    (error,) = errors(table)
    assert (error.rule, error.found, error.expected) == ("shifted_row", "4 Zellen", "5 Zellen")
    assert "an mehr als einer Stelle" in error.message


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
@pytest.mark.parametrize("sign", ["", ".", "-", "x"])
def test_a_missing_value_at_the_end_shifts_nothing(name: str, sign: str) -> None:
    row = [*ROWS[6][:-1], sign]
    table = read_raw_bytes(WRITERS[name](changed(6, row)), name)
    assert table.notes == ()
    assert len(table.rows) == len(ROWS)


def test_remarks_beside_a_table_shift_nothing() -> None:
    rows = changed(6, [*ROWS[6], "vorläufig"])
    table = read_raw_bytes(xlsx_of(rows), "a.xlsx")
    assert errors(table) == []
    assert len(table.rows) == len(ROWS)


@tried(2)
@given(st.data())
def test_no_figure_of_a_row_that_lost_a_cell_is_read_as_another(
    data: st.DataObject,
) -> None:
    sizes = data.draw(st.lists(st.integers(300, 40_000), min_size=8, max_size=30))
    rates = data.draw(st.lists(st.floats(0.01, 0.2), min_size=len(sizes), max_size=len(sizes)))
    rows = [
        [f"{at:02}", f"Ort {at}", f"{size}", f"{size * rate:.0f}", f"{20 + 50 * rate:.1f}"]
        for at, (size, rate) in enumerate(zip(sizes, rates, strict=True), start=1)
    ]
    at, lost = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(0, 4))
    true = [cell.replace(".", ",") for cell in rows[at]]
    rows = [[cell.replace(".", ",") for cell in row] for row in rows]
    rows[at] = [cell for place, cell in enumerate(true) if place != lost]
    table = read_raw_bytes(csv_of(rows), "a.csv")
    read = [row.cells for row in table.rows if row.number == at + 2]
    for cells in read:
        assert all(cell in {None, right} for cell, right in zip(cells, true, strict=True))


# --- names -----------------------------------------------------------------------------------


def named(names: list[str], known: pd.DataFrame | None = None) -> list[Finding]:
    """Return what the checks say about names beside the keys of the made-up city."""
    frame = pd.DataFrame({"jung": 1.0}, pd.Index(keys()))
    table = key_table(range(2, 2 + len(names)), keys(), names)
    told = context(
        keys=table, register=register() if known is None else known, headers={"name": "Gebiet"}
    )
    return [each for each in run_checks(frame, told) if each.rule == "area_name"]


def names() -> list[str]:
    return [f"Quartier {key}" for key in keys()]


def test_names_of_the_register_are_in_order() -> None:
    assert named(names()) == []
    assert named([name.upper() for name in names()]) == []
    assert named([""] * len(keys())) == []


def test_two_names_that_are_swapped_are_named() -> None:
    given = names()
    given[3], given[4] = given[4], given[3]
    first, second = named(given)
    assert (first.severity, first.row, first.column) == (Severity.ERROR, "0103", "Gebiet")
    assert (first.found, first.expected) == ("Quartier 0104", "Quartier 0103")
    assert "Zeile 5" in first.message
    assert second.row == "0104"


def test_a_column_of_names_that_alone_was_sorted_is_one_finding() -> None:
    (finding,) = named([*names()[10:], *names()[:10]])
    assert finding.severity is Severity.ERROR
    assert finding.found == "40 von 40 Namen"


def test_a_name_that_nobody_knows_is_a_hint_and_other_words_are_no_names() -> None:
    given = names()
    given[3] = "Neuer Name"
    (finding,) = named(given)
    assert finding.severity is Severity.NOTE
    assert "0103: „Neuer Name“ („Quartier 0103“)" in finding.message
    assert named([f"Wort {key}" for key in keys()]) == []


def test_a_name_that_two_areas_share_contradicts_neither() -> None:
    known = register()
    known.loc[known["area_id"].isin(["0103", "0204"]), "name"] = "Mitte"
    given = names()
    given[3] = given[14] = "Mitte"
    assert named(given, known) == []
