"""Cells that a workbook shows in per cent: it keeps 0.105 where people read 10,5 %."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from inteso_dash.language.findings import Finding, Severity

if TYPE_CHECKING:
    from inteso_dash.language.values import Cell

_STYLES, _ODS = "xl/styles.xml", "content.xml"
_BUILT_IN = re.compile(rb"numFmtId\s*=\s*[\"'](?:9|10)[\"']")
_OWN = re.compile(rb"formatCode\s*=\s*[\"'][^\"']*%")
_ODS_SHARE = re.compile(rb"value-type\s*=\s*[\"']percentage[\"']")
_QUOTED = re.compile(r'"[^"]*"|\\.')
_DIGITS = 12


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
        if _ODS in members:
            return [_not_told(name)] if _ODS_SHARE.search(archive.read(_ODS)) else []
        styles = archive.read(_STYLES) if _STYLES in members else b""
    if not (_BUILT_IN.search(styles) or _OWN.search(styles)):
        return []
    found = 0
    for row, column in _cells(content, sheet):
        if row <= len(rows) and column <= len(rows[row - 1]):
            cell = rows[row - 1][column - 1]
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                rows[row - 1][column - 1] = round(cell * 100, _DIGITS)
                found += 1
    return [_told(name, found)] if found else []


def _cells(content: bytes, sheet: str) -> list[tuple[int, int]]:
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
