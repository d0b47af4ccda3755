"""Delimited text (CSV): bytes to cells, whatever the encoding and delimiter."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from inteso_dash.language.findings import Finding, Severity
from inteso_dash.tables.reading.raw import Grid, Limits, ReadError

if TYPE_CHECKING:
    from inteso_dash.language.values import Cell

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_UTF8_UMLAUT = re.compile(rb"\xc3[\x80-\xbf]")
_CP1252_UMLAUT = re.compile(rb"[A-Za-z][\xe4\xf6\xfc\xdf]")
_CP850_UMLAUT = re.compile(rb"[A-Za-z][\x81\x84\x94][a-z]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_MARKUP = re.compile(r"\A\s*(?:<[!?a-zA-Z]|\{)")
_DECIMAL_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")
_EXCEL_HINT = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_DELIMITERS = (";", "\t", ",", "|")
_SAMPLE = 65_536
_FIELD = 131_072


def delimited_grid(content: bytes, name: str, limits: Limits) -> Grid:
    """Read delimited text.

    Parameters
    ----------
    content : bytes
    name : str
        Name of the file, for messages.
    limits : Limits

    Returns
    -------
    Grid
        With cells stripped and in NFC; an empty cell is None.

    Raises
    ------
    ReadError
        Where the bytes are no text, the text is no table, or a limit is exceeded.
    """
    text, encoding, notes = _decode(content, name)
    if _CONTROL.search(text):
        raise ReadError(
            name,
            "Bytes, die kein Text sind",
            "eine Tabelle als CSV, XLSX, XLS oder ODS",
            "Prüfen Sie, ob die Datei vollständig ist und ihre Endung zum Inhalt passt.",
        )
    if _MARKUP.match(text):
        raise ReadError(
            name,
            "eine Webseite, XML oder JSON",
            "eine Tabelle als CSV, XLSX, XLS oder ODS",
            "Oft liefert ein Portal statt der Datei eine Fehlerseite: öffnen Sie die Datei in "
            "einem Texteditor und laden Sie sie neu herunter.",
        )
    text = unicodedata.normalize("NFC", text)
    hint = _EXCEL_HINT.match(text)
    if hint:
        delimiter, text = hint[1], "\n" + text[hint.end() :]
    else:
        delimiter = _delimiter(text)
    records = _records(text, delimiter or ";", name, limits, notes)
    rows: list[list[Cell]] = [[cell.strip() or None for cell in record] for record in records]
    return Grid(rows, encoding, delimiter, "", notes)


def _decode(content: bytes, name: str) -> tuple[str, str, list[Finding]]:
    content = content.rstrip(b"\x1a")
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            try:
                return content.decode(encoding), encoding, []
            except UnicodeDecodeError as error:
                raise ReadError(
                    name,
                    f"ungültiges {encoding.upper()} ab Byte {error.start}",
                    "lesbaren Text",
                    "Die Datei ist beschädigt oder abgeschnitten; holen Sie sie neu.",
                ) from None
    content = content.rstrip(b"\x00")
    try:
        return content.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError as error:
        first = error.start
    if len(_UTF8_UMLAUT.findall(content)) > len(_CP1252_UMLAUT.findall(content)):
        text = content.decode("utf-8", errors="replace")
        return text, "utf-8", [_broken_utf8(name, content, first)]
    if len(_CP850_UMLAUT.findall(content)) > len(_CP1252_UMLAUT.findall(content)):
        return content.decode("cp850"), "cp850", []
    try:
        return content.decode("cp1252"), "cp1252", []
    except UnicodeDecodeError:
        return content.decode("latin-1"), "latin-1", []


def _broken_utf8(name: str, content: bytes, first: int) -> Finding:
    line = content.count(b"\n", 0, first) + 1
    return Finding(
        Severity.WARNING,
        "encoding",
        f"Zeile {line} enthält Bytes, die kein UTF-8 sind; sie stehen als \ufffd da. Speichern "
        "Sie die Datei einheitlich als UTF-8.",
        file=name,
        row=str(line),
        found=f"Byte 0x{content[first]:02x}",
        expected="UTF-8",
    )


def _delimiter(text: str) -> str:
    """Choose the delimiter under which most records are equally wide; empty for one column.

    Where most records hold a semicolon or tab, commas between digits count as decimal commas.
    """
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    best, best_share = "", 0.0
    decimal_commas = False
    for delimiter in _DELIMITERS:
        probe = sample
        if delimiter == "," and decimal_commas:
            probe = _DECIMAL_COMMA.sub(".", sample)
        reader = csv.reader(io.StringIO(probe, newline=""), delimiter=delimiter)
        try:
            widths = [len(record) for record in reader if any(map(str.strip, record))]
        except csv.Error:
            continue
        several = Counter(width for width in widths if width > 1)
        if not several:
            continue
        share = several.most_common(1)[0][1] / len(widths)
        decimal_commas = decimal_commas or (delimiter in ";\t" and share >= 0.5)
        if share > best_share:
            best, best_share = delimiter, share
    return best


def _records(
    text: str, delimiter: str, name: str, limits: Limits, notes: list[Finding]
) -> list[list[str]]:
    csv.field_size_limit(_FIELD)
    try:
        return _limited(text, delimiter, name, limits, quoted=True)
    except csv.Error:
        records = _limited(text, delimiter, name, limits, quoted=False)
        notes.append(
            Finding(
                Severity.WARNING,
                "quotes",
                "Die Anführungszeichen gehen nicht auf; sie wurden als Teil des "
                "Textes gelesen. Verdoppeln Sie Anführungszeichen innerhalb einer Zelle.",
                file=name,
                found="Anführungszeichen ohne Gegenstück",
                expected='"…" um ganze Zellen',
            )
        )
        return records


def _limited(
    text: str, delimiter: str, name: str, limits: Limits, *, quoted: bool
) -> list[list[str]]:
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        strict=True,
    )
    records: list[list[str]] = []
    try:
        for record in reader:
            records.append(record)
            if len(records) > limits.rows or len(record) > limits.columns:
                break
        else:
            return records
    except csv.Error:
        if quoted:
            raise
        raise ReadError(
            name,
            f"eine Zelle mit mehr als {_FIELD} Zeichen",
            "eine Tabelle",
            "Prüfen Sie Trennzeichen und Zeilenenden in einem Texteditor.",
        ) from None
    raise ReadError(
        name,
        f"mehr als {limits.rows} Zeilen oder {limits.columns} Spalten",
        f"höchstens {limits.rows} Zeilen und {limits.columns} Spalten",
        "Teilen Sie die Datei oder lassen Sie leere Zeilen und Spalten weg.",
    )
