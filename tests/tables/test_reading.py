"""Files as offices deliver them, and files that nobody should open. All figures are made up."""

import datetime as dt
import io
import time
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import openpyxl  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inteso_dash.language.findings import Severity
from inteso_dash.tables.reading import read_raw, read_raw_bytes
from inteso_dash.tables.reading.raw import RawTable, ReadError

CSV = "Gebiet;Name;Einwohner;Anteil\n011;Äpfelstraße;1.820;28,6\n012;Öde;930;7,5\n013;Süd;12;3\n"
COLUMNS = ("Gebiet", "Name", "Einwohner", "Anteil")
FIRST = ("011", "Äpfelstraße", "1.820", "28,6")


def rules(table: RawTable) -> list[str]:
    return [finding.rule for finding in table.notes]


def workbook(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    made = openpyxl.Workbook()
    fill(made)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def simple_workbook() -> bytes:
    def fill(made: openpyxl.Workbook) -> None:
        for row in (["Gebiet", "Wert"], ["011", 5], ["012", 7.5]):
            made.active.append(row)

    return workbook(fill)


def repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


# --- text ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "encoding", "reported"),
    [
        ("NFC", "utf-8", "utf-8"),
        ("NFD", "utf-8", "utf-8"),
        ("NFC", "utf-8-sig", "utf-8-sig"),
        ("NFD", "utf-8-sig", "utf-8-sig"),
        ("NFC", "utf-16", "utf-16"),
        ("NFD", "utf-16", "utf-16"),
        ("NFC", "cp1252", "cp1252"),
        ("NFC", "latin-1", "cp1252"),
        ("NFC", "cp850", "cp850"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_encoding_gives_the_same_table(
    form: Literal["NFC", "NFD"], encoding: str, reported: str, newline: str
) -> None:
    text = unicodedata.normalize(form, CSV).replace("\n", newline)
    table = read_raw_bytes(text.encode(encoding), "made_up.csv")
    assert (table.columns, table.rows[0].cells) == (COLUMNS, FIRST)
    assert (table.encoding, table.delimiter, table.notes) == (reported, ";", ())
    assert [row.number for row in table.rows] == [2, 3, 4]


def test_utf_16_of_the_other_byte_order() -> None:
    content = b"\xfe\xff" + CSV.encode("utf-16-be")
    assert read_raw_bytes(content, "made_up.csv").rows[0].cells == FIRST


def test_typographic_quotes_of_windows_are_no_reason_for_another_encoding() -> None:
    text = "Gebiet;Name\n011;„Öde“\n012;Preis in €\n"
    table = read_raw_bytes(text.encode("cp1252"), "made_up.csv")
    assert [row.cells[1] for row in table.rows] == ["„Öde“", "Preis in €"]


def test_mojibake_is_reported_and_what_it_means_is_named() -> None:
    text = CSV.encode().decode("latin-1")
    table = read_raw_bytes(text.encode(), "made_up.csv")
    (note,) = (finding for finding in table.notes if finding.rule == "mojibake")
    assert (note.severity, note.row, note.column) == (Severity.WARNING, "2", "Name")
    text = "Ort;Wert\nDÃ¼sseldorf;3\n"
    (note,) = read_raw_bytes(text.encode(), "made_up.csv").notes
    assert (note.found, note.expected) == ("DÃ¼sseldorf", "Düsseldorf")


def test_one_broken_byte_does_not_garble_the_whole_file() -> None:
    content = CSV.encode() + b"014;Gr\xfcn;3;4\n"
    table = read_raw_bytes(content, "made_up.csv")
    assert table.rows[0].cells == FIRST
    assert table.rows[3].cells[1] == "Gr\ufffdn"
    (finding,) = (finding for finding in table.notes if finding.rule == "encoding")
    assert (finding.row, finding.found) == ("5", "Byte 0xfc")


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    table = read_raw_bytes(
        f"Gebiet{delimiter}Wert\n011{delimiter}3\n012{delimiter}4\n".encode(), "made_up.csv"
    )
    assert (table.delimiter, table.columns) == (delimiter, ("Gebiet", "Wert"))


@pytest.mark.parametrize(
    ("text", "delimiter", "cells"),
    [
        ("Gebiet;Wert\n011;2,5\n012;3,5\n013;1,5\n", ";", ("011", "2,5")),
        ("Einwohner, Stand 2021\nGebiet;Wert\n1;2,5\n2;3,5\n3;1,5\n", ";", ("1", "2,5")),
        ("a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n", ";", ("1,5", "2,5", "3,5")),
        ('Gebiet,Wert\n011,"2,5"\n012,"3,5"\n', ",", ("011", "2,5")),
        ("Name,Gebiete\nEins,9;10\nZwei,1;2\nDrei,3;4\n", ",", ("Eins", "9;10")),
        ("1,2,3\n4,5,6\n7,8,9\n", ",", ("4", "5", "6")),
        ("sep=|\na|b\n1;2|3;4\n", "|", ("1;2", "3;4")),
    ],
)
def test_decimal_commas_and_lists_do_not_mislead_about_the_delimiter(
    text: str, delimiter: str, cells: tuple[str, ...]
) -> None:
    table = read_raw_bytes(text.encode(), "made_up.csv")
    assert (table.delimiter, table.rows[0].cells) == (delimiter, cells)


def test_title_rows_empty_rows_and_footnotes_are_no_data() -> None:
    text = (
        "Einwohner in der erfundenen Stadt;;;;\nStand: 31.12.2021;;;;\n;;;;\n"
        "Gebiet;Name;Einwohner;;Anteil\n011;Nord;1.820;;28,6\n;;;;\n012;Süd;930;;7,5\n"
        "013;West;100;;7,5 1)\n;;;;\n1) geschätzt;;;;\n"
        "Quelle: Erfundenes Amt; Auskunft, 2022;;;\n© Erfundenes Amt;;;;\n"
    )
    table = read_raw_bytes(text.encode(), "made_up.csv")
    assert table.title == "Einwohner in der erfundenen Stadt · Stand: 31.12.2021"
    assert table.columns == ("Gebiet", "Name", "Einwohner", "Anteil")
    assert [(row.number, row.cells[0]) for row in table.rows] == [
        (5, "011"),
        (7, "012"),
        (8, "013"),
    ]
    assert table.footnotes == (
        "1) geschätzt",
        "Quelle: Erfundenes Amt Auskunft, 2022",
        "© Erfundenes Amt",
    )
    assert table.notes == ()


def test_a_title_beside_a_date_is_not_the_header() -> None:
    text = "Einwohner;Stand 2021;\nGebiet;2020;2021\n011;1;2\n012;3;4\n"
    table = read_raw_bytes(text.encode(), "made_up.csv")
    assert (table.columns, table.title) == (("Gebiet", "2020", "2021"), "Einwohner Stand 2021")


def test_rows_that_look_like_explanations_stay_when_they_are_data() -> None:
    text = "Name;Form;Plätze\nQuellenstraße;Zelt;30\n1) Nebenweg;Zelt;40\nStandweg;Zelt;20\n"
    table = read_raw_bytes(text.encode(), "made_up.csv")
    assert len(table.rows) == 3
    assert table.footnotes == ()


def test_quotes_line_breaks_and_repeated_or_missing_heads() -> None:
    text = 'Gebiet;"Wert\ninsgesamt";Wert;Wert;\n011;"a; ""b""";1;2;3\n012;c;4;5;6\n'
    table = read_raw_bytes(text.encode(), "made_up.csv")
    assert table.columns == ("Gebiet", "Wert insgesamt", "Wert", "Wert (2)", "Spalte 5")
    assert table.rows[0].cells == ("011", 'a; "b"', "1", "2", "3")
    assert rules(table) == ["column_name_repeated", "column_without_name"]


def test_quotes_that_do_not_match_swallow_no_rows() -> None:
    text = 'Gebiet;Name\n011;Haus "Neu\n012;"Alt\n013;Süd\n'
    table = read_raw_bytes(text.encode(), "made_up.csv")
    assert [row.cells[0] for row in table.rows] == ["011", "012", "013"]
    assert rules(table) == ["quotes"]


def test_ragged_rows_are_reported_and_shifted_ones_left_out() -> None:
    text = "a;b;c\n1;2;3\n4;5\n6;7;8;9\n10;11;12;;\n13;14;15\n"
    table = read_raw_bytes(text.encode(), "made_up.csv")
    assert [row.cells for row in table.rows] == [
        ("1", "2", "3"),
        ("4", "5", None),
        ("10", "11", "12"),
        ("13", "14", "15"),
    ]
    short, long = table.notes
    assert (short.rule, short.severity, short.row, short.found, short.expected) == (
        "ragged",
        Severity.WARNING,
        "3",
        "2 Zellen",
        "3 Zellen",
    )
    assert (long.severity, long.row, long.found) == (Severity.ERROR, "4", "4 Zellen")


def test_a_formula_in_text_stays_text_and_is_noted() -> None:
    text = "Gebiet;Name;Wert\n011;=cmd|' /C calc'!A0;3\n012;@SUM(A1);- 4\n013;-;+5 (r)\n"
    table = read_raw_bytes(text.encode(), "made_up.csv")
    assert table.rows[0].cells[1] == "=cmd|' /C calc'!A0"
    (note,) = table.notes
    assert (note.rule, note.severity, note.row, note.column) == (
        "formula_text",
        Severity.NOTE,
        "2",
        "Name",
    )
    assert note.message.startswith("2 Texte")


def test_a_hundred_thousand_rows() -> None:
    rows = "".join(f"{i:06d};{i % 900};{i / 7:.1f}\n".replace(".", ",") for i in range(100_000))
    start = time.process_time()
    table = read_raw_bytes(("Gebiet;Zahl;Anteil\n" + rows).encode(), "made_up.csv")
    assert len(table.rows) == 100_000
    assert table.rows[-1].number == 100_001
    assert time.process_time() - start < 10


# --- workbooks ----------------------------------------------------------------------------------


def test_a_workbook_with_title_rows_dates_and_numbers() -> None:
    def fill(made: openpyxl.Workbook) -> None:
        for row in (
            ["Einwohner der erfundenen Stadt"],
            [],
            [None, "Gebiet", "Einwohner", None, "Stand"],
            [None, 63007, 2036, None, dt.date(2021, 12, 31)],
            [None, 63008, "1.820 1)", None, dt.date(2021, 12, 31)],
            [None, 63009, "–", None, None],
            [None, "1) geschätzt"],
        ):
            made.active.append(row)

    table = read_raw_bytes(workbook(fill), "made_up.xlsx")
    assert table.columns == ("Gebiet", "Einwohner", "Stand")
    assert table.title == "Einwohner der erfundenen Stadt"
    assert table.rows[0].cells == (63007.0, 2036.0, dt.date(2021, 12, 31))
    assert [row.number for row in table.rows] == [4, 5, 6]
    assert table.footnotes == ("1) geschätzt",)
    assert (table.sheet, table.encoding, table.delimiter) == ("Sheet", "", "")


def test_the_fullest_visible_sheet_is_read_and_the_others_named() -> None:
    def fill(made: openpyxl.Workbook) -> None:
        made.active.title = "Deckblatt"
        made.active.append(["Erfundenes Amt"])
        for name, rows in (("Daten", 5), ("Versteckt", 50)):
            sheet = made.create_sheet(name)
            sheet.append(["Gebiet", "Wert"])
            for i in range(rows):
                sheet.append([f"{i:03d}", i])
        sheet.sheet_state = "hidden"
        made.create_sheet("Leer")

    table = read_raw_bytes(workbook(fill), "made_up.xlsx")
    assert (table.sheet, len(table.rows)) == ("Daten", 5)
    (note,) = table.notes
    assert note.rule == "sheets"
    assert "Deckblatt" in note.message
    assert "Versteckt" not in note.message


def test_of_a_sheet_that_holds_as_much_it_is_warned_that_it_is_not_read() -> None:
    def fill(made: openpyxl.Workbook) -> None:
        made.active.title = "2022"
        for sheet in (made.active, made.create_sheet("2023")):
            sheet.append(["Gebiet", "Wert"])
            for i in range(5):
                sheet.append([f"{i:03d}", i])

    (note,) = read_raw_bytes(workbook(fill), "made_up.xlsx").notes
    assert (note.rule, note.severity) == ("sheets", Severity.WARNING)
    assert "als eigene Dateien" in note.message


def test_a_formula_cell_is_its_stored_value_and_its_absence_is_reported() -> None:
    def fill(made: openpyxl.Workbook) -> None:
        for row in (["Gebiet", "Wert", "Name"], ["011", "=1+1", "a"], ["012", 5, "b"]):
            made.active.append(row)
        made.active["C3"] = "=cmd|' /C calc'!A0"
        made.active["C3"].data_type = "s"

    stale = read_raw_bytes(workbook(fill), "made_up.xlsx")
    assert stale.rows[0].cells == ("011", None, "a")
    assert rules(stale) == ["formula_without_value", "formula_text"]
    assert stale.rows[1].cells[2] == "=cmd|' /C calc'!A0"
    calculated = repacked(
        workbook(fill),
        lambda name, content: content.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>").replace(
            b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>"
        ),
    )
    table = read_raw_bytes(calculated, "made_up.xlsx")
    assert table.rows[0].cells == ("011", 2.0, "a")
    assert rules(table) == ["formula_text"]


def test_an_error_of_excel_is_reported() -> None:
    def fill(made: openpyxl.Workbook) -> None:
        for row in (["Gebiet", "Wert"], ["011", "#DIV/0!"], ["012", 5]):
            made.active.append(row)
        made.active["B2"].data_type = "e"

    table = read_raw_bytes(workbook(fill), "made_up.xlsx")
    assert table.rows[0].cells == ("011", None)
    assert rules(table) == ["formula_error"]


def test_the_content_counts_and_not_the_ending(tmp_path: Path) -> None:
    path = tmp_path / "made_up.csv"
    path.write_bytes(simple_workbook())
    assert read_raw(path).sheet == "Sheet"


ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="T">{}</table:table></office:spreadsheet>'
    "</office:body></office:document-content>"
)
ODS_TEXT = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
ODS_NUMBER = (
    '<table:table-cell office:value-type="float" office:value="5" {}><text:p>5</text:p>'
    "</table:table-cell>"
)


def ods(*rows: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr("content.xml", ODS.format("".join(rows)))
    return out.getvalue()


HEAD = f"<table:table-row>{ODS_TEXT.format('Gebiet')}{ODS_TEXT.format('Wert')}</table:table-row>"
DATA = f"<table:table-row>{ODS_TEXT.format('011')}{ODS_NUMBER.format('')}</table:table-row>"
REST = (
    '<table:table-row table:number-rows-repeated="1048574">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def test_an_ods_whose_empty_rest_is_repeated_a_million_times() -> None:
    table = read_raw_bytes(ods(HEAD, DATA, DATA, REST), "made_up.ods")
    assert table.columns == ("Gebiet", "Wert")
    assert [row.cells for row in table.rows] == [("011", 5.0)] * 2


def test_an_ods_that_repeats_a_value_endlessly_is_refused() -> None:
    repeat = 'table:number-columns-repeated="16384"'
    bomb = f'<table:table-row table:number-rows-repeated="1048000">{ODS_NUMBER.format(repeat)}'
    with pytest.raises(ReadError, match="bis Zeile 1048001 und Spalte 16384"):
        read_raw_bytes(ods(HEAD, bomb + "</table:table-row>"), "made_up.ods")


# --- properties ---------------------------------------------------------------------------------


CELL = st.text(
    st.characters(codec="cp1252", exclude_categories=["Cc"]), min_size=1, max_size=12
).map(lambda text: unicodedata.normalize("NFC", f"w{text}w"))


@given(
    st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8),
    st.sampled_from([";", ",", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_quoted_cells_come_back_as_they_were(
    rows: list[list[str]], delimiter: str, encoding: str
) -> None:
    header = ["Gebiet", "Name", "Bemerkung"]
    quoted = (
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row)
        for row in [header, *rows]
    )
    table = read_raw_bytes("\r\n".join(quoted).encode(encoding), "made_up.csv")
    assert table.delimiter == delimiter
    assert [list(row.cells) for row in table.rows] == rows


# --- the reference material ---------------------------------------------------------------------


def test_the_workbook_of_the_reference_material(reference: Path) -> None:
    table = read_raw(reference / "quartiersatlas_2024_profildaten.xlsx")
    assert (len(table.columns), len(table.rows), table.notes) == (52, 171, ())
    assert table.rows[0].number == 2


def test_the_csv_of_the_reference_material(reference: Path) -> None:
    table = read_raw(reference / "fakten.csv")
    assert (table.delimiter, len(table.columns), len(table.rows)) == (",", 9, 96)
