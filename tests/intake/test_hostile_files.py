"""Files as they should not be: read for what they say, or refused in German; nothing is real."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from inteso_dash.intake.delivery import folder as intake_folder
from inteso_dash.intake.delivery.draft import Answers, Draft, draft
from inteso_dash.intake.delivery.folder import surroundings
from inteso_dash.intake.delivery.tidy import Surroundings
from inteso_dash.pages.daten.upload import LIMITS
from tests.intake.test_import import NOW
from tests.intake.test_shapes import FLAT, LONG, YEARS
from tests.pages.daten.test_upload_page import DELIVERED
from tests.towns.made_up_town import write_town
from tests.tries import tried

EXPECTED = {"Q01": 1_100, "Q02": 3_100, "Q03": 600, "Q04": 450}
ROWS = [["Q01", 1_100, 0.105], ["Q02", 3_100, 0.2], ["Q03", 600, 0.31], ["Q04", 450, 0.05]]
DAY = dt.date(2022, 12, 31)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Surroundings:
    root = tmp_path_factory.mktemp("hostile") / "town"
    root.mkdir()
    write_town(root)
    return surroundings(root)


def read(city: Surroundings, content: bytes, name: str = "l.csv") -> Draft:
    """Understand a file as the page does."""
    stamp = intake_folder.stamp(city.catalogue, NOW)
    return draft(content, name, city, Answers(), stamp, LIMITS)


def inhabitants(found: Draft) -> dict[str, float]:
    """What was read of the inhabitants."""
    assert found.recognised is not None, [each.message for each in found.findings]
    cells = found.recognised.cells["einwohner"]
    return {area: cell.value for area, cell in cells.items()}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("CRLF", DELIVERED.replace("\n", "\r\n").encode("cp1252")),
        ("CR", DELIVERED.replace("\n", "\r").encode("cp1252")),
        ("UTF-16 with BOM", DELIVERED.encode("utf-16")),
        ("UTF-16 big-endian with BOM", b"\xfe\xff" + DELIVERED.encode("utf-16-be")),
        ("UTF-8 with BOM", DELIVERED.encode("utf-8-sig")),
        ("NUL bytes at the end", DELIVERED.encode() + b"\x00" * 40),
        ("blank lines", DELIVERED.replace("\n", "\n\n").encode()),
        ("tabs", DELIVERED.replace(";", "\t").encode()),
        ("footnotes", DELIVERED.encode() + b"1) Hauptwohnung\nQuelle: Amt\n\xa9 2023 Amt\n"),
        ("duplicate headers", DELIVERED.replace("Hunde", "Einwohner").encode()),
        ("quotes", re.sub(r"(Q0\d)", r'"\1"', DELIVERED).encode()),
        ("no-break spaces", DELIVERED.replace("Q01;", "Q01\u00a0;").encode()),
    ],
)
def test_ways_of_writing_the_same_table(city: Surroundings, name: str, content: bytes) -> None:
    found = read(city, content)
    assert inhabitants(found) == EXPECTED, name
    assert found.date == DAY, name


def book(
    fill: Callable[[Worksheet], None], extra: Callable[[Workbook], None] | None = None
) -> bytes:
    """An XLSX."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    fill(sheet)
    if extra is not None:
        extra(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def plain(sheet: Worksheet) -> None:
    """A sheet in order."""
    sheet.append(["Quartier", "Einwohner", "Musterquote"])
    for row in ROWS:
        sheet.append([*row[:2], row[2] * 100])
    sheet.append(["Stand: 31.12.2022"])


def per_cent(sheet: Worksheet) -> None:
    """Shares as Excel keeps them: 0.105, shown as 10.5 %."""
    sheet.append(["Quartier", "Einwohner", "Musterquote"])
    for row in ROWS:
        sheet.append(row)
        sheet.cell(sheet.max_row, 3).number_format = "0.0%"
    sheet.append(["Stand: 31.12.2022"])


def merged(sheet: Worksheet) -> None:
    """A title over all columns, and a head over two."""
    sheet.append(["Erfundene Zahlen, Stand 31.12.2022"])
    sheet.merge_cells("A1:C1")
    sheet.append(["Quartier", "Menschen", None])
    sheet.merge_cells("B2:C2")
    sheet.append([None, "Einwohner", "Musterquote"])
    sheet.merge_cells("A2:A3")
    for row in ROWS:
        sheet.append([*row[:2], row[2] * 100])


def hidden_rows(sheet: Worksheet) -> None:
    """A row that is hidden, and a hidden column of notes."""
    plain(sheet)
    sheet.row_dimensions[3].hidden = True
    sheet["D1"] = "Vermerk"
    sheet["D2"] = "intern"
    sheet.column_dimensions["D"].hidden = True


def dated(sheet: Worksheet) -> None:
    """A date in a cell of its own, as a date and as the number that Excel keeps."""
    sheet.append(["Quartier", "Stichtag", "Einwohner"])
    for row in ROWS:
        sheet.append([row[0], dt.datetime(2022, 12, 31), row[1]])  # noqa: DTZ001


def serial(sheet: Worksheet) -> None:
    """The same where the format of the cell was lost."""
    sheet.append(["Quartier", "Stichtag", "Einwohner"])
    for row in ROWS:
        sheet.append([row[0], 44_926, row[1]])


def two_sheets(made: Workbook) -> None:
    """A second sheet with remarks, and a hidden one."""
    made.create_sheet("Hinweise").append(["Nur zur Erläuterung", "x"])
    made.create_sheet("intern").sheet_state = "hidden"


@pytest.mark.parametrize("fill", [plain, per_cent, merged, hidden_rows, dated, serial])
def test_workbooks_are_read_for_what_they_show(
    city: Surroundings, fill: Callable[[Worksheet], None]
) -> None:
    found = read(city, book(fill, two_sheets), "l.xlsx")
    assert inhabitants(found) == EXPECTED
    assert found.date == DAY
    assert found.recognised is not None
    if "quote" in found.recognised.cells:
        shares = [cell.value for cell in found.recognised.cells["quote"].values()]
        assert shares == pytest.approx([10.5, 20, 31, 5])
    assert any(each.rule == "sheets" for each in found.findings)


def test_an_ods_in_per_cent_is_warned_of(city: Surroundings) -> None:
    rows = "".join(
        f"<table:table-row><table:table-cell office:value-type='string'><text:p>{area}</text:p>"
        f"</table:table-cell><table:table-cell office:value-type='percentage' "
        f"office:value='{share}'><text:p>{share * 100}%</text:p></table:table-cell>"
        "</table:table-row>"
        for area, _, share in ROWS
    )
    head = "".join(
        f"<table:table-cell office:value-type='string'><text:p>{name}</text:p></table:table-cell>"
        for name in ("Quartier", "Musterquote")
    )
    namespace = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f"<office:document-content xmlns:office='{namespace}:office:1.0' "
        f"xmlns:table='{namespace}:table:1.0' xmlns:text='{namespace}:text:1.0'><office:body>"
        f"<office:spreadsheet><table:table table:name='A'><table:table-row>{head}"
        f"</table:table-row>{rows}</table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    found = read(city, out.getvalue(), "l.ods")
    assert [each.rule for each in found.findings if each.rule == "per_cent_cells"]
    assert found.recognised is not None, [each.message for each in found.findings]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("leer.csv", b" \r\n ", "eine leere Datei"),
        ("nul.csv", b"a;b\x00;c\n1;2;3\n", "Bytes, die kein Text sind"),
        ("bild.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "Bytes, die kein Text sind"),
        ("ohne_bom.csv", DELIVERED.encode("utf-16-le"), "Bytes, die kein Text sind"),
        ("kurz.csv", DELIVERED.encode("utf-16")[:-1], "ungültiges UTF-16"),
        ("lang.csv", b"Quartier;Einwohner\n" + b"Q01;1\n" * 100_000, "mehr als 20000 Zeilen"),
        ("kopf.csv", b"Quartier;Einwohner\n", "eine Kopfzeile ohne Daten darunter"),
        ("kaputt.xlsx", book(plain)[:600], "ein unlesbares Archiv"),
        ("falsch.xlsx", DELIVERED.encode(), "eine Datei, die keine Arbeitsmappe ist"),
    ],
)
def test_what_cannot_be_read_is_refused_in_german(
    city: Surroundings, name: str, content: bytes, said: str
) -> None:
    found = read(city, content, name)
    assert found.delivery is None
    assert not found.parts
    (error,) = found.errors
    assert said in error.message
    assert name in error.message
    assert error.found
    assert error.expected


SEEDS = [
    *(text.encode(code) for text in (DELIVERED, LONG, YEARS, FLAT) for code in ("cp1252", "utf-8")),
    DELIVERED.encode("utf-16"),
    book(plain),
    book(merged, two_sheets),
]
SNIPPETS = [
    b"\x00",
    b"\r",
    b"\n",
    b";",
    b'"',
    b"\xff",
    b"=cmd|'/c calc'!A0",
    b"\xe2\x80\x93",
    b"1e999",
    b"NaN",
    b"inf",
    b"31.02.2022",
    b"99999999999999999999",
    b"-",
    b"()",
    b"%",
    b"\t",
    b"\xc3",
    b"0000000",
    b"Insgesamt",
    b"2022",
    b"Wert",
    b"Stichtag",
    b"Merkmal",
]


@tried(2.5)
@given(
    some.sampled_from(SEEDS),
    some.lists(
        some.tuples(some.integers(0, 10_000), some.integers(0, 12), some.sampled_from(SNIPPETS)),
        min_size=1,
        max_size=6,
    ),
    some.sampled_from(["l.csv", "l.xlsx", "l.ods", "l", "=1+1.csv"]),
)
def test_no_broken_file_ends_in_anything_but_a_draft(
    city: Surroundings, seed: bytes, cuts: list[tuple[int, int, bytes]], name: str
) -> None:
    content = seed
    for place, length, snippet in cuts:
        at = place % (len(content) + 1)
        content = content[:at] + snippet + content[at + length :]
    found = read(city, content, name)
    assert found.parts or found.questions or found.errors or found.nothing_new
    for each in (*found.findings, *found.questions):
        text = each.text if hasattr(each, "text") else each.message
        assert text
        assert not re.search(r"Traceback|Error\b|Exception|\bNone\b|\bnan\b", text), text


@tried(2.5)
@given(some.binary(max_size=400), some.sampled_from(["l.csv", "l.xlsx", "l.xls", "l.ods"]))
def test_no_bytes_end_in_anything_but_a_draft(
    city: Surroundings, content: bytes, name: str
) -> None:
    found = read(city, content, name)
    assert found.parts or found.questions or found.errors
