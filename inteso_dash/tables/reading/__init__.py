"""Files as German statistical offices deliver them, in an archive too: bytes to raw cells."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import replace
from itertools import groupby
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from inteso_dash.language.findings import Finding, Severity
from inteso_dash.language.values import Cell, cell_text, parse_value
from inteso_dash.tables.reading.delimited import delimited_grid
from inteso_dash.tables.reading.heads import find_header
from inteso_dash.tables.reading.ragged import even
from inteso_dash.tables.reading.raw import (
    LIMITS,
    Grid,
    Limits,
    RawRow,
    RawTable,
    ReadError,
    shortened,
    too_large,
)
from inteso_dash.tables.reading.workbooks import COMPOUND, ZIP, refuse_many, workbook_grid

if TYPE_CHECKING:
    from pathlib import Path

_WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods")
_EXPLANATION = re.compile(
    r"\A(?:(?:daten)?quellen?\s*:|anmerkung(?:en)?\s*:|hinweise?\s*:|erläuterung(?:en)?\s*:"
    r"|zeichenerklärung|legende\b|fußnoten?\b|stand\s*:|herausgeber\s*:|©|_{3,}|-{3,}"
    r"|(?:\w*stand|stichtag|erstell\w*|abruf\w*|abgerufen|druck\w*|download\w*|letzte|export\w*"
    r"|retrieved|created|as of|reference date)\b[^\d]{0,60}\d.*(?:19|20)\d\d)",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"(?:\(?[0-9a-z]{1,2}\)|[*¹²³⁴⁵]+)\s*\D|(?:[–\-.…•x/0*]|-?\d{2,5})\s*=\s")
_SIGN = re.compile(r"(?:-\s?\d{1,5}|9{3,6}|\*+|[–\-.…•·x/]|\.{3})\)?\s*[=:]?", re.IGNORECASE)
_FORMULA_SIGN = re.compile(r"^[=@+-]", re.MULTILINE)
_FORMULA = re.compile(r"\A(?:[=@].|[+-]\s*[A-Za-z].*[|!(]|[+-].*\|)", re.DOTALL)
_MOJIBAKE = re.compile(r"Ã[\u0080-\u00bf¤¶¼„–œŸ]|Â[°²³§\u00a0]|â€|\ufffd")
_WORKBOOK = {"xl/workbook.xml", "content.xml", "xl/workbook.bin"}
_ROWS = 3
_TABLES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
_PERHAPS = (".txt",)
_UNPACK = "Entpacken Sie das Archiv und übergeben Sie die Tabelle selbst."


def read_raw(path: Path, limits: Limits = LIMITS) -> RawTable:
    """Read the table of a file.

    Parameters
    ----------
    path : Path
        CSV (``;``, ``,``, tab; UTF-8, UTF-16 with BOM, Windows-1252, Latin-1, CP850), XLSX, XLS
        or ODS, or a ZIP with one of them. What counts is the content, not the ending.
    limits : Limits

    Returns
    -------
    RawTable

    Raises
    ------
    ReadError
        Where the file cannot be opened or holds no table.
    """
    return read_raw_bytes(read_content(path, limits), path.name, limits)


def read_content(path: Path, limits: Limits = LIMITS) -> bytes:
    """Return the bytes of a file (`ReadError` where it cannot be opened or is too large)."""
    expected = "eine lesbare Datei"
    try:
        if path.is_dir():
            raise ReadError(path.name, "einen Ordner", "eine Datei", "Nennen Sie eine Datei darin.")
        if path.exists() and not path.is_file():
            raise ReadError(path.name, "keine gewöhnliche Datei", expected, "Prüfen Sie den Pfad.")
        size = path.stat().st_size
        if size > limits.size:
            raise too_large(path.name, size, limits)
        return path.read_bytes()
    except FileNotFoundError:
        raise ReadError(
            path.name, "keine Datei dieses Namens", expected, "Prüfen Sie Pfad und Schreibweise."
        ) from None
    except PermissionError:
        raise ReadError(
            path.name, "eine Datei ohne Leserecht", expected, "Geben Sie die Datei zum Lesen frei."
        ) from None
    except OSError as error:
        raise ReadError(
            path.name,
            f"einen Lesefehler ({error.strerror})",
            expected,
            "Prüfen Sie den Datenträger.",
        ) from None


def read_raw_bytes(content: bytes, name: str, limits: Limits = LIMITS) -> RawTable:
    r"""Read the table that the bytes of a file hold, as `read_raw` does.

    Examples
    --------
    >>> table = read_raw_bytes("Gebiet;Einwohner\n063007;2.036\n".encode("cp1252"), "made_up.csv")
    >>> table.columns, table.rows[0].number, table.rows[0].cells
    (('Gebiet', 'Einwohner'), 2, ('063007', '2.036'))
    """
    if len(content) > limits.size:
        raise too_large(name, len(content), limits)
    if not content.strip():
        raise ReadError(
            name, "eine leere Datei", "eine Tabelle mit Kopfzeile", "Holen Sie die Datei neu."
        )
    packed = packed_table(content, name, limits) if content.startswith(ZIP + b"\x03\x04") else None
    if packed is not None:
        return _unpacked(*packed, name, limits)
    if content.startswith((ZIP + b"\x03\x04", ZIP + b"\x05\x06", COMPOUND)):
        return _table(shortened(workbook_grid(content, name, limits), name, limits), name)
    if name.lower().endswith(_WORKBOOK_ENDINGS):
        raise ReadError(
            name,
            "eine Datei, die keine Arbeitsmappe ist",
            "den Inhalt, den die Endung verspricht",
            "Ist es eine CSV-Datei, so geben Sie ihr die Endung .csv; sonst holen Sie sie neu.",
        )
    return _table(shortened(delimited_grid(content, name, limits), name, limits), name)


def _unpacked(member: str, content: bytes, name: str, limits: Limits) -> RawTable:
    """Read the table of an archive; it is called as the archive."""
    if content.startswith(ZIP) and packed_table(content, member, limits) is not None:
        raise ReadError(
            name,
            "ein Archiv in einem Archiv",
            "ein Archiv mit einer Tabelle",
            "Entpacken Sie das Archiv.",
        )
    table = read_raw_bytes(content, member, limits)
    told = Finding(
        Severity.NOTE,
        "archive",
        f"Gelesen ist die Tabelle „{member}“ aus dem Archiv.",
        name,
        found=member,
        expected="eine Tabelle",
    )
    return replace(
        table, name=name, notes=(told, *(replace(each, file=name) for each in table.notes))
    )


def _table(grid: Grid, name: str) -> RawTable:
    filled = [
        (number, row, len(row) - row.count(None)) for number, row in enumerate(grid.rows, start=1)
    ]
    filled = [entry for entry in filled if entry[2]]
    if not filled:
        raise ReadError(
            name, "nur leere Zellen", "eine Tabelle mit Kopfzeile", "Holen Sie die Datei neu."
        )
    typical = _typical([count for _, _, count in filled])
    header = find_header(filled, typical)
    body = filled[header.end :]
    footnotes: list[str] = []
    while body and _explains(body[-1][1], body[-1][2], typical):
        row = body.pop()[1]
        footnotes.append(_joined(row, " = " if _explains_sign(row) else " "))
    if not body:
        raise ReadError(
            name,
            "eine Kopfzeile ohne Daten darunter",
            "mindestens eine Datenzeile",
            "Prüfen Sie, ob die Datei vollständig ist.",
        )
    notes = list(grid.notes)
    body = even(body, header.names, name, notes, delimited=bool(grid.delimiter))
    columns, keep = _columns(header.names, [row for _, row, _ in body], name, notes)
    rows = tuple(
        RawRow(number, tuple(row[i] if i < len(row) else None for i in keep))
        for number, row, _ in body
    )
    notes.extend(_suspicious(columns, rows, name))
    return RawTable(
        name,
        columns,
        rows,
        title=" · ".join(_joined(row) for _, row, _ in filled[: header.first]),
        footnotes=tuple(reversed(footnotes)),
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        sheet=grid.sheet,
        notes=tuple(notes),
        heads={
            column: header.stacks[at]
            for column, at in zip(columns, keep, strict=True)
            if at < len(header.stacks) and header.stacks[at] not in {(), (column,)}
        },
    )


def _typical(counts: list[int]) -> int:
    """Return how many cells rows mostly have, where a table stands there without the texts around.

    >>> _typical([1, 1, 1, 1, 3, 3, 3, 1]), _typical([1, 1, 3, 1, 1, 3])
    (3, 1)
    """
    blocks = [[*same] for wide, same in groupby(counts, key=lambda count: count > 1) if wide]
    block = max(blocks, key=len, default=[])
    chosen = sorted(block if len(block) >= _ROWS else counts)
    return chosen[len(chosen) // 2]


def _joined(row: list[Cell], between: str = " ") -> str:
    first, *rest = [cell_text(cell) for cell in row if cell is not None]
    if first.endswith(("=", ":")):
        between = " "
    return between.join((first, " ".join(rest))) if rest else first


def _explains(row: list[Cell], count: int, typical: int) -> bool:
    first = next(cell for cell in row if cell is not None)
    if not isinstance(first, str):
        return False
    if _explains_sign(row):
        return True
    texts = [cell_text(cell) for cell in row if cell is not None]
    if _EXPLANATION.match(first):
        return count < max(typical, 3) or not any(map(_is_number, texts[1:]))
    if count < typical and all(" " in text and not text[0].isdecimal() for text in texts):
        return True
    if 2 * count > typical:
        return False
    return bool(_FOOTNOTE.match(first)) or (count == 1 and typical > 2 and " " in first)


def _is_number(text: str) -> bool:
    parsed = parse_value(text)
    return not parsed.problem and parsed.value == parsed.value


def _explains_sign(row: list[Cell]) -> bool:
    """Say whether a row explains a sign or code: in one cell, or in two of its own."""
    first, *rest = [cell_text(cell) for cell in row if cell is not None]
    words = [text for text in rest if " " in text or (text.isalpha() and len(text) > 4)]
    return len(rest) == len(words) < 3 and _SIGN.fullmatch(first if rest else "") is not None


def _columns(
    header: list[str], rows: list[list[Cell]], name: str, notes: list[Finding]
) -> tuple[tuple[str, ...], list[int]]:
    width = max(len(header), max((len(row) for row in rows), default=0))
    names = [*header, *[""] * (width - len(header))]
    keep = [
        i for i in range(width) if names[i] or any(i < len(r) and r[i] is not None for r in rows)
    ]
    columns: list[str] = []
    for i in keep:
        column = names[i] or f"Spalte {i + 1}"
        if not names[i]:
            notes.append(
                Finding(
                    Severity.NOTE,
                    "column_without_name",
                    f"Die {i + 1}. Spalte hat Inhalt, aber keine Überschrift; sie heißt hier "
                    f"{column!r}.",
                    file=name,
                    column=column,
                    expected="eine Überschrift",
                )
            )
        repeated = 1
        while column in columns:
            repeated += 1
            column = f"{names[i] or f'Spalte {i + 1}'} ({repeated})"
        if repeated > 1:
            notes.append(
                Finding(
                    Severity.WARNING,
                    "column_name_repeated",
                    f"Die Überschrift {names[i]!r} steht {repeated}-mal da; die spätere Spalte "
                    f"heißt hier {column!r}.",
                    file=name,
                    column=column,
                    found=names[i],
                    expected="eindeutige Überschriften",
                )
            )
        columns.append(column)
    return tuple(columns), keep


def _suspicious(columns: tuple[str, ...], rows: tuple[RawRow, ...], name: str) -> list[Finding]:
    formulas: list[tuple[int, str, str]] = []
    garbled: list[tuple[int, str, str]] = [
        (0, column, column) for column in columns if _MOJIBAKE.search(column)
    ]
    for row in rows:
        text = "\n".join([cell for cell in row.cells if isinstance(cell, str)])
        if text.isascii() and not _FORMULA_SIGN.search(text):
            continue
        for column, cell in zip(columns, row.cells, strict=True):
            if not isinstance(cell, str) or not cell:
                continue
            if cell[0] in "=@+-" and _FORMULA.match(cell):
                formulas.append((row.number, column, cell))
            if not cell.isascii() and _MOJIBAKE.search(cell):
                garbled.append((row.number, column, cell))
    notes = []
    if formulas:
        number, column, cell = formulas[0]
        notes.append(
            Finding(
                Severity.NOTE,
                "formula_text",
                f"{len(formulas)} Texte sehen wie Formeln aus; sie gelten als Text und werden "
                "nicht ausgeführt.",
                file=name,
                row=str(number),
                column=column,
                found=cell,
                expected="Text oder Zahl",
            )
        )
    if garbled:
        number, column, cell = garbled[0]
        notes.append(
            Finding(
                Severity.WARNING,
                "mojibake",
                f"{len(garbled)} Texte sind durch eine falsche Zeichenkodierung verstümmelt. "
                "Speichern Sie die Datei aus dem Ursprungsprogramm neu als UTF-8.",
                file=name,
                row=str(number or ""),
                column=column,
                found=cell,
                expected=_mended(cell),
            )
        )
    return notes


def _mended(cell: str) -> str:
    try:
        return cell.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return "lesbare Umlaute"


def packed_table(content: bytes, name: str, limits: Limits) -> tuple[str, bytes] | None:
    """Return name and bytes of the one table in an archive, None where it is a workbook itself.

    Parameters
    ----------
    content : bytes
    name : str
        Name of the file, for messages.
    limits : Limits
        Of the table, unpacked.

    Raises
    ------
    ReadError
        Where the archive holds no table or several, or cannot be unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
            if {each.filename for each in members} & _WORKBOOK:
                return None
            if any(each.flag_bits & 1 for each in members):
                raise ReadError(name, "ein Archiv mit Kennwort", "ein Archiv ohne", _UNPACK)
            refuse_many(archive, name, limits)
            member = _only(members, name)
            with archive.open(member) as stream:
                inner = stream.read(limits.size + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        ValueError,
    ) as error:
        if isinstance(error, ReadError):
            raise
        return None
    if len(inner) > limits.size:
        raise ReadError(
            name,
            f"eine Tabelle mit mehr als {limits.size} Bytes",
            f"höchstens {limits.size} Bytes",
            "Teilen Sie die Tabelle.",
        )
    return PurePosixPath(member.filename).name, inner


def _only(members: list[zipfile.ZipInfo], name: str) -> zipfile.ZipInfo:
    """Return the one member that is a table; notes beside it do not count."""
    seen = [
        each
        for each in members
        if not any(
            part.startswith((".", "__MACOSX")) for part in PurePosixPath(each.filename).parts
        )
    ]
    for endings in (_TABLES, _PERHAPS):
        tables = [each for each in seen if each.filename.lower().endswith(endings)]
        if len(tables) == 1:
            return tables[0]
        if tables:
            listed = ", ".join(PurePosixPath(each.filename).name for each in tables[:5])
            raise ReadError(
                name, f"ein Archiv mit {len(tables)} Tabellen ({listed})", "eine", _UNPACK
            )
    raise ReadError(name, "ein Archiv ohne Tabelle", "ein Archiv mit einer Tabelle", _UNPACK)
