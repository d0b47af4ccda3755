"""Workbooks (XLSX, ODS, XLS): bytes to the cells of one sheet, values only.

An archive is inspected before anything reads it: the reader lays out a sheet from A1 to its last
cell at once, so that a few bytes could ask for more memory than there is. Cells that a workbook
shows in per cent are read as people read them: it keeps 0.105 where they read 10,5 %.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
import zipfile
import zlib
from typing import TYPE_CHECKING

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from inteso_dash.language.findings import Finding, Severity
from inteso_dash.tables.reading.raw import Grid, Limits, ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inteso_dash.language.values import Cell

ZIP = b"PK"
COMPOUND = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 1 << 20
_OVERLAP = 512
_SMALL = 10_000_000
_REFERENCE = re.compile(rb"[\s\"']r\s*+=\s*+[\"']([A-Za-z]{0,3})([0-9]{1,20})[\"']")
_ERROR_CELL = re.compile(rb"[\s\"']t\s*+=\s*+[\"']e[\"']")
_UNCALCULATED = re.compile(
    rb"</(?:\w++:)?f>\s*+(?:<(?:\w++:)?v\s*+/>|<(?:\w++:)?v>\s*+</(?:\w++:)?v>)?+\s*+</(?:\w++:)?c>"
)
_ODS_TAG = re.compile(rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)\b([^<>]*+)>")
_ODS_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*+=\s*+[\"']([0-9]{1,20})[\"']")
_SHEET = b"sheetData"
_BROKEN = "Die Datei ist beschädigt oder abgeschnitten; holen Sie sie neu."
_SAVE_AS = "Speichern Sie sie in Excel oder LibreOffice als .xlsx oder .csv."
_EXPECTED = "eine Arbeitsmappe (XLSX, XLS oder ODS)"
_XLSX_STYLES, _ODS_CONTENT = "xl/styles.xml", "content.xml"
_BUILT_IN_SHARE = re.compile(rb"numFmtId\s*=\s*[\"'](?:9|10)[\"']")
_OWN_SHARE = re.compile(rb"formatCode\s*=\s*[\"'][^\"']*%")
_ODS_SHARE = re.compile(rb"value-type\s*=\s*[\"']percentage[\"']")
_QUOTED = re.compile(r'"[^"]*"|\\.')
_DIGITS = 12


def workbook_grid(content: bytes, name: str, limits: Limits) -> Grid:
    """Read the sheet of a workbook that holds most.

    Parameters
    ----------
    content : bytes
        Of an XLSX, ODS or XLS.
    name : str
        Name of the file, for messages.
    limits : Limits

    Returns
    -------
    Grid
        Formula cells as the value that the file has stored for them; text in NFC.

    Raises
    ------
    ReadError
        Where the file is encrypted, broken, no workbook, or larger than the limits.
    """
    notes: list[Finding] = []
    if content.startswith(ZIP):
        notes = _inspect(content, name, limits)
    elif _ENCRYPTED in content:
        raise _encrypted(name)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            sheet, rows, others, large = _fullest(workbook, name, limits)
    except PasswordError:
        raise _encrypted(name) from None
    except ReadError:
        raise
    except (CalamineError, OSError, ValueError):
        raise ReadError(name, "eine unlesbare Datei", _EXPECTED, _BROKEN) from None
    if content.startswith(ZIP):
        notes += as_shown(content, name, sheet, rows)
    if others:
        notes.append(
            Finding(
                Severity.WARNING if large else Severity.NOTE,
                "sheets",
                f"Gelesen ist das Blatt {sheet!r} mit den meisten Zellen; nicht gelesen: "
                f"{', '.join(others)}."
                + " Speichern Sie weitere Blätter mit Zahlen als eigene Dateien."
                * large,
                file=name,
                found=f"{len(others) + 1} Blätter mit Inhalt",
                expected="ein Blatt",
            )
        )
    return Grid(rows, sheet=sheet, notes=notes)


def _fullest(
    workbook: CalamineWorkbook, name: str, limits: Limits
) -> tuple[str, list[list[Cell]], list[str], bool]:
    """Return name and rows of the fullest sheet, the others, and whether they hold as much."""
    filled: dict[str, tuple[int, list[list[Cell]]]] = {}
    for visible in (True, False):
        for sheet in workbook.sheets_metadata:
            shown = sheet.visible == SheetVisibleEnum.Visible
            if sheet.typ == SheetTypeEnum.WorkSheet and shown == visible:
                rows = _cells(workbook.get_sheet_by_name(sheet.name), name, limits)
                count = sum(cell is not None for row in rows for cell in row)
                if count:
                    filled[sheet.name] = count, rows
        if filled:
            break
    if not filled:
        raise ReadError(
            name, "eine leere Arbeitsmappe", "ein Blatt mit einer Tabelle", "Prüfen Sie die Datei."
        )
    best = max(filled, key=lambda sheet: filled[sheet][0])
    others = [sheet for sheet in filled if sheet != best]
    large = any(2 * filled[sheet][0] >= filled[best][0] for sheet in others)
    return best, filled[best][1], others, large


def _cells(sheet: CalamineSheet, name: str, limits: Limits) -> list[list[Cell]]:
    if sheet.end is not None:
        _check_extent(sheet.end[0] + 1, sheet.end[1] + 1, name, limits)
    return [[_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def _cell(cell: object) -> Cell:
    if isinstance(cell, float):
        return cell
    if isinstance(cell, str):
        return unicodedata.normalize("NFC", cell.strip()) or None
    if isinstance(cell, dt.datetime):
        return cell if cell.time() != dt.time() else cell.date()
    if isinstance(cell, int | dt.date):
        return cell
    return str(cell)


def _inspect(content: bytes, name: str, limits: Limits) -> list[Finding]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_archive(archive, len(content), name, limits)
            return _check_members(archive, name, limits)
    except ReadError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
        raise ReadError(name, "ein unlesbares Archiv", _EXPECTED, _BROKEN) from None
    except NotImplementedError:
        raise ReadError(name, "ein Archiv, das anders gepackt ist", _EXPECTED, _SAVE_AS) from None


def refuse_many(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    """Refuse an archive of too many files, or of several with one name (`ReadError`)."""
    members = archive.infolist()
    names = {member.filename for member in members}
    if len(members) > limits.members or len(names) < len(members):
        raise ReadError(
            name,
            f"ein Archiv mit {len(members)} Dateien, davon {len(names)} verschiedene",
            f"höchstens {limits.members} verschiedene",
            "Die Datei wird nicht geöffnet. " + _SAVE_AS,
        )


def _check_archive(archive: zipfile.ZipFile, size: int, name: str, limits: Limits) -> None:
    refuse_many(archive, name, limits)
    members = archive.infolist()
    names = {member.filename for member in members}
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked or (unpacked > _SMALL and unpacked > limits.ratio * size):
        raise ReadError(
            name,
            f"ein Archiv, das sich von {size} auf {unpacked} Bytes entpackt",
            f"höchstens {limits.unpacked} Bytes und das {limits.ratio}-Fache der Dateigröße",
            "Die Datei wird nicht geöffnet. Lassen Sie sich die Tabelle als CSV geben.",
        )
    if any(member.flag_bits & 1 for member in members):
        raise _encrypted(name)
    packed = {member.compress_type for member in members}
    if not packed <= {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise ReadError(name, "ein Archiv, das anders gepackt ist", _EXPECTED, _SAVE_AS)
    if not names & {"xl/workbook.xml", "content.xml"}:
        raise ReadError(name, "ein Archiv ohne Arbeitsmappe", _EXPECTED, _SAVE_AS)


def _check_members(archive: zipfile.ZipFile, name: str, limits: Limits) -> list[Finding]:
    """Read every member once: this proves the declared sizes and finds how far sheets reach."""
    uncalculated = errors = 0
    for member in archive.infolist():
        rows = columns = 0
        if member.filename == "content.xml":
            rows, columns = _ods_extent(archive.read(member))
            _check_extent(rows, columns, name, limits)
            continue
        is_sheet = False
        for chunk, fresh in _chunks(archive, member):
            is_sheet = is_sheet or _SHEET in chunk
            if is_sheet:
                found = _REFERENCE.findall(chunk)
                rows = max(rows, *map(int, {number for _, number in found}), 0)
                columns = max(columns, *map(_column_number, {letters for letters, _ in found}), 0)
                _check_extent(rows, columns, name, limits)
                uncalculated += sum(m.end() > fresh for m in _UNCALCULATED.finditer(chunk))
                errors += sum(m.end() > fresh for m in _ERROR_CELL.finditer(chunk))
    notes = []
    if uncalculated:
        notes.append(
            Finding(
                Severity.WARNING,
                "formula_without_value",
                f"{uncalculated} Formeln haben in der Datei kein gespeichertes Ergebnis und "
                "gelten als leer. Öffnen und speichern Sie die Datei einmal in Excel oder "
                "LibreOffice.",
                file=name,
                found=f"{uncalculated} Formeln ohne Ergebnis",
                expected="gespeicherte Werte",
            )
        )
    if errors:
        notes.append(
            Finding(
                Severity.WARNING,
                "formula_error",
                f"{errors} Zellen enthalten einen Excel-Fehler (wie #DIV/0!) und gelten als leer. "
                "Prüfen Sie die Formeln der Datei.",
                file=name,
                found=f"{errors} Fehlerzellen",
                expected="Werte",
            )
        )
    return notes


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """Yield overlapping pieces, each with the length that the piece before has shown already."""
    tail = b""
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            yield tail + chunk, len(tail)
            tail = (tail + chunk)[-_OVERLAP:]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _ods_extent(content: bytes) -> tuple[int, int]:
    """Return the last row and column that hold something, repetitions counted."""
    row = column = rows = columns = 0
    for closing, tag, attributes in _ODS_TAG.findall(content):
        found = _ODS_REPEATED.search(attributes)
        count = int(found[1]) if found else 1
        if closing:
            continue
        if tag == b"table":
            row = 0
        elif tag == b"table-row":
            row, column = row + count, 0
        else:
            column += count
            if b"value-type" in attributes:
                rows, columns = max(rows, row), max(columns, column)
    return rows, columns


def _check_extent(rows: int, columns: int, name: str, limits: Limits) -> None:
    if rows > limits.rows or columns > limits.columns or rows * columns > limits.cells:
        raise ReadError(
            name,
            f"ein Blatt, das bis Zeile {rows} und Spalte {columns} reicht",
            f"höchstens {limits.rows} Zeilen, {limits.columns} Spalten und {limits.cells} Zellen",
            "Löschen Sie einzelne Zellen weit außerhalb der Tabelle oder teilen Sie die Datei.",
        )


def _encrypted(name: str) -> ReadError:
    return ReadError(
        name,
        "eine verschlüsselte Datei",
        "eine Arbeitsmappe ohne Kennwort",
        "Entfernen Sie in Excel unter Datei › Informationen das Kennwort und speichern Sie neu.",
    )


def as_shown(content: bytes, name: str, sheet: str, rows: list[list[Cell]]) -> list[Finding]:
    """Write cells of a sheet that are shown in per cent as they are shown.

    Parameters
    ----------
    content : bytes
        Of an XLSX or ODS that has been inspected.
    name, sheet : str
    rows : list of list of Cell
        From the first row and column on; changed in place.

    Returns
    -------
    list of Finding
        How many there were, or that they could not be told apart.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = set(archive.namelist())
        if _ODS_CONTENT in members:
            return [_not_told(name)] if _ODS_SHARE.search(archive.read(_ODS_CONTENT)) else []
        styles = archive.read(_XLSX_STYLES) if _XLSX_STYLES in members else b""
    if not (_BUILT_IN_SHARE.search(styles) or _OWN_SHARE.search(styles)):
        return []
    found = 0
    for row, column in _cells_in_per_cent(content, sheet):
        if row <= len(rows) and column <= len(rows[row - 1]):
            cell = rows[row - 1][column - 1]
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                rows[row - 1][column - 1] = round(cell * 100, _DIGITS)
                found += 1
    return [_told(name, found)] if found else []


def _cells_in_per_cent(content: bytes, sheet: str) -> list[tuple[int, int]]:
    """Return row and column, from 1, of the numbers that are shown in per cent."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return [
            (cell.row, cell.column)
            for row in book[sheet].iter_rows()
            for cell in row
            if isinstance(cell.value, int | float) and _is_share(cell.number_format)
        ]
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError):
        return []


def _is_share(number_format: str) -> bool:
    return "%" in _QUOTED.sub("", number_format)


def _told(name: str, count: int) -> Finding:
    return Finding(
        Severity.NOTE,
        "per_cent_cells",
        f"{count} Zellen zeigt die Arbeitsmappe in Prozent; gelesen ist, was sie zeigt (10,5 statt "
        "0,105).",
        file=name,
        found="Zellen mit Prozentformat",
        expected="Zahlen, wie sie gezeigt werden",
    )


def _not_told(name: str) -> Finding:
    return Finding(
        Severity.WARNING,
        "per_cent_cells",
        "Die Arbeitsmappe zeigt Zellen in Prozent und enthält sie als Bruchteil (0,105 statt "
        "10,5). Gelesen ist der Bruchteil. Speichern Sie die Datei als .xlsx oder geben Sie den "
        "Zellen ein Zahlenformat ohne Prozent.",
        file=name,
        found="Zellen mit Prozentformat",
        expected="Zahlen, wie sie gezeigt werden",
    )
