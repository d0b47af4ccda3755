"""One cell of a table: its value, why it has that value, its key, its date.

Meaning of the signs (DIN 55301 and the Zeichenerklärung of the Statistische Ämter), and the
status that each one becomes:

========== ==================================================== ===============================
sign       official meaning                                     status
========== ==================================================== ===============================
``–``      nichts vorhanden (genau null)                        zero, value 0
``0``      a count of nothing; in a column that is published     measured, value 0; rounded where
           rounded, more than nothing but less than half a unit the column is declared rounded
``.``      Zahlenwert unbekannt oder geheim zu halten           suppressed
``…``      Angabe fällt später an                               not_delivered
``x``      Tabellenfach gesperrt, weil Aussage nicht sinnvoll   not_delivered (*a*)
``/``      keine Angabe, da Zahlenwert nicht sicher genug       not_delivered (*b*)
``*``      anonymisiert; so auch ``<3``, ``u. 3``, ``1-9``      suppressed
``. 1)``   a sign with a footnote                               as the sign
``NA``     no value, as programs write it: ``#NV``, ``NULL``    not_delivered
``(12)``   Aussagewert eingeschränkt                            value kept, mark ``()``
``12 s``   geschätzte Zahl                                      estimated, mark ``s``
``12 r``   berichtigte Zahl                                     value kept, mark ``r``
``12 p``   vorläufige Zahl                                      value kept, mark ``p``
empty      –                                                    not_delivered
========== ==================================================== ===============================

(*a*) The sign says that a figure makes no sense, not that nobody lives there. Only the sidecar's
``area_statuses`` can say *uninhabited*. (*b*) The figure is withheld for its sampling error and
not to protect persons, so *suppressed* would claim too much; a jointly published area is likewise
declared in ``area_statuses``. The sign itself stays in `ParsedValue.mark`.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from inteso_dash.language.statuses import Status

Cell = str | float | int | bool | dt.date | None
"""What a cell of a file can hold before anybody has interpreted it."""

_SPACES = "\u00a0\u202f\u2009\u2007\u2002\u2003"
_NARROW = str.maketrans(dict.fromkeys(_SPACES, " ") | {"\u2212": "-", "\u2012": "-"})
_SHAPE = str.maketrans("23456789", "11111111")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_SUPERSCRIPTS = "¹²³⁰⁴⁵⁶⁷⁸⁹⁾"
_NUMBER = re.compile(
    rf"""
    (?P<open>\()?\s*
    (?P<sign>[-–—+])?\s*
    (?P<digits>[0-9]+(?:[.,\ ][0-9]+)*)
    \s*(?P<unit>[%‰])?
    (?(open)\s*\))
    (?P<mark>
        [{_SUPERSCRIPTS}*]+
      | \s+[0-9]{{1,2}}\)
      | \s*\([a-z]\)
      | \s*[a-qt-z]\)
      | \s*\*+\)
      | \s*[prs]
      |
    )
    """,
    re.VERBOSE,
)
_LONGEST = 100
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_POINT_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_COMMA_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_LONGEST_SIGN = 22
_GERMAN_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")

_SIGNS: dict[str, tuple[float, Status]] = {
    **dict.fromkeys(("-", "–", "—"), (0.0, Status.ZERO)),
    ".": (math.nan, Status.SUPPRESSED),
    **dict.fromkeys(("…", "...", "x", "X", "/", ""), (math.nan, Status.NOT_DELIVERED)),
}
_ABSENT = frozenset(
    [
        "ka",
        "keineangabe",
        "keineangaben",
        "keinedaten",
        "nichtverfügbar",
        "nichterhoben",
        "unbekannt",
        "entfällt",
        "ohneangabe",
        "ohneangaben",
        "oa",
        "keinwert",
        "keinewerte",
        "nochnichtverfügbar",
        "liegtnichtvor",
        "liegennichtvor",
        "nichtermittelbar",
        "notavailable",
        "nodata",
        "nd",
        "n/d",
        "nan",
        "none",
        "\\n",
        "fehlt",
        "n/v",
        "(null)",
        "nv",
        "nb",
        "na",
        "n/a",
        "#nv",
        "#n/v",
        "#n/a",
        "null",
        "()",
        "(/)",
        "missing",
    ]
)
_WITHHELD = re.compile(
    r"[*•·]+\)?|\(\*+\)|\(\.\)|geheim(?: gehalten)?|geh\.|gesperrt|gesp\.|anonym(?:isiert)?\.?"
    r"|vertraulich|confidential|suppressed|unterdrückt|geheimhaltung|datenschutz|zu klein"
    r"|nicht (?:ausgewiesen|veröffentlicht)|(?:[0-3] ?(?:<|<=|≤) ?[nx]|> ?[0-3](?: und|,)?)"
    r" ?(?:<|<=|≤) ?(?:[0-9]|1[0-9]|20)"
    r"|(?:<|<=|≤|u\.?|unter|kl\.|kleiner(?: als)?|weniger als|max\.?|maximal|höchstens|bis"
    r"|less than|under) ?(?:[0-9]{1,2}(?:,0)?|zwei|drei|vier|fünf|zehn)(?: (?:fälle|personen))?"
    r"|[0-3] ?(?:[-–—…]|\.\.\.?|bis(?: unter)?|to) ?<? ?(?:[1-9]|1[0-9]|20)"
    r"|[12] (?:oder|bzw\.) [23]"
)
_BRACKETS = re.compile(r"[(\[](?P<within>[^()\[\]]{3,})[)\]]")
_FOOTNOTE = re.compile(
    rf"(?<=\S)(?: ?[{_SUPERSCRIPTS}]{{1,9}}| [0-9a-z]\)|(?<![-–—])[0-9a-z]\)| ?\*{{1,9}}\)?)$"
)
"""What stands behind a sign and is explained below the table."""


class Convention(StrEnum):
    """How a column writes its numbers."""

    GERMAN = "german"
    """Decimal comma, thousands point: 1.234,5."""
    PLAIN = "plain"
    """Decimal point, thousands comma if any: 1234.5."""
    UNDECIDED = "undecided"
    """Only cells such as 1.820 that can be read both ways."""
    MIXED = "mixed"
    """Cells that contradict each other."""
    ANY = "any"
    """No separators at all: it does not matter."""


_SIMPLE = {
    Convention.GERMAN: re.compile(r"[0-9]{1,15}(?:,[0-9]{1,15})?"),
    Convention.PLAIN: re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?"),
    Convention.ANY: re.compile(r"[0-9]{1,15}"),
}


class ParsedValue(NamedTuple):
    """What a cell says.

    Attributes
    ----------
    value : float
        NaN where there is none.
    status : Status
    mark : str
        Footnote mark, brackets or sign that stood in the cell.
    raw : str
        The cell's text as it stood in the file.
    decimals : int
        Decimals as written; 0 for a cell that holds a whole number.
    problem : str
        German sentence why the cell cannot be read, empty where it can.
    """

    value: float
    status: Status
    mark: str
    raw: str
    decimals: int = 0
    problem: str = ""


def cell_text(cell: Cell) -> str:
    """Return the text of a cell as a person would type it, without signs that nobody sees.

    >>> cell_text(63007.0), cell_text(28.6), cell_text(None), cell_text(" Bilk ")
    ('63007', '28.6', '', 'Bilk')
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return (cell if cell.isascii() else cell.translate(_INVISIBLE)).strip()
    if isinstance(cell, bool):
        return "WAHR" if cell else "FALSCH"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def column_convention(cells: Iterable[Cell]) -> Convention:
    """Decide from a whole column whether the point separates thousands or decimals.

    Parameters
    ----------
    cells : iterable of Cell
        Cells that are numbers already are no evidence.

    Returns
    -------
    Convention

    Examples
    --------
    >>> column_convention(["1.820", "28,6"]), column_convention(["1.820", "28.6"])
    (<Convention.GERMAN: 'german'>, <Convention.PLAIN: 'plain'>)
    >>> column_convention(["1.820", "2.310"]), column_convention(["28,6", "28.6"])
    (<Convention.UNDECIDED: 'undecided'>, <Convention.MIXED: 'mixed'>)
    >>> column_convention(["1.820", "2,310"])
    <Convention.MIXED: 'mixed'>
    """
    found: set[Convention] = set()
    open_signs: set[str] = set()
    separated = (cell for cell in cells if isinstance(cell, str) and ("." in cell or "," in cell))
    for shape in {cell.translate(_SHAPE) for cell in separated}:
        match = _number(cell_text(shape).translate(_NARROW).strip())
        if match:
            digits = match["digits"].replace(" ", "")
            found.add(_evidence(digits))
            open_signs |= {sign for sign in ".," if sign in digits}
    certain = found & {Convention.GERMAN, Convention.PLAIN}
    if len(certain) == 2:
        return Convention.MIXED
    if certain:
        return certain.pop()
    if len(open_signs) == 2:
        return Convention.MIXED
    return Convention.UNDECIDED if Convention.UNDECIDED in found else Convention.ANY


def _number(text: str) -> re.Match[str] | None:
    return _NUMBER.fullmatch(text) if len(text) <= _LONGEST else None


def _evidence(digits: str) -> Convention:
    point, comma = digits.rfind("."), digits.rfind(",")
    if point < 0 and comma < 0:
        return Convention.ANY
    if point >= 0 and comma >= 0:
        return Convention.GERMAN if comma > point else Convention.PLAIN
    separator, thousands = (".", _POINT_THOUSANDS) if point >= 0 else (",", _COMMA_THOUSANDS)
    if digits.count(separator) > 1:
        return Convention.GERMAN if separator == "." else Convention.PLAIN
    if thousands.fullmatch(digits):
        return Convention.UNDECIDED
    return Convention.PLAIN if separator == "." else Convention.GERMAN


def parse_value(
    cell: Cell, *, convention: Convention = Convention.GERMAN, rounded: bool = False
) -> ParsedValue:
    """Read one cell.

    Parameters
    ----------
    cell : Cell
    convention : Convention
        Of the cell's column, from `column_convention`. ``UNDECIDED`` and ``MIXED`` are read by
        the cell's own evidence; where that is missing too, the first as German, the second not.
    rounded : bool
        The column is published more coarsely rounded than its decimals show.

    Returns
    -------
    ParsedValue
        With a ``problem`` where the cell is neither a number nor a known sign.

    Examples
    --------
    >>> parse_value("1.820").value, parse_value("− 3,2").value, parse_value("(12)").mark
    (1820.0, -3.2, '()')
    >>> parse_value("–").status, parse_value(".").status
    (<Status.ZERO: 'zero'>, <Status.SUPPRESSED: 'suppressed'>)
    """
    if cell is None:
        return ParsedValue(math.nan, Status.NOT_DELIVERED, "", "")
    present = Status.ROUNDED if rounded else Status.MEASURED
    raw = cell_text(cell)
    if isinstance(cell, str):
        simple = _SIMPLE.get(convention)
        if simple and simple.fullmatch(raw):
            number = raw.replace(",", ".")
            return ParsedValue(float(number), present, "", raw, _decimals(number))
        return _parse_text(raw, convention, present)
    if isinstance(cell, bool):
        return _refused(raw, "ein Wahrheitswert ist keine Zahl")
    if isinstance(cell, dt.date):
        return _refused(raw, "ein Datum; vermutlich hat Excel eine Zahl umgewandelt")
    if not math.isfinite(cell):
        return _refused(raw, "keine endliche Zahl")
    decimals = 0 if float(cell).is_integer() else _decimals(repr(cell))
    return ParsedValue(float(cell), present, "", raw, decimals)


def plain_numbers(cells: Sequence[Cell], convention: Convention) -> tuple[list[float], int]:
    """Read the cells of a column that are numbers and nothing else.

    Parameters
    ----------
    cells : sequence of Cell
    convention : Convention

    Returns
    -------
    list of float
        What `parse_value` reads of a plain number, NaN for every other cell.
    int
        The most decimals of a plain number.

    Examples
    --------
    >>> values, decimals = plain_numbers(["1", "2,50", None, "–", 3], Convention.GERMAN)
    >>> values, decimals
    ([1.0, 2.5, nan, nan, 3.0], 2)
    """
    simple = _SIMPLE.get(convention)
    values = [math.nan] * len(cells)
    numbers: list[str] = []
    for at, cell in enumerate(cells):
        if type(cell) is str:
            if simple is not None and simple.fullmatch(cell):
                numbers.append(cell.replace(",", "."))
                values[at] = float(numbers[-1])
        elif type(cell) in {float, int} and math.isfinite(cell):  # type: ignore[arg-type]
            values[at] = float(cell)  # type: ignore[arg-type]
    decimals = {len(number) - number.index(".") - 1 for number in numbers if "." in number}
    kept = (cell for cell in cells if type(cell) is float and not cell.is_integer())
    decimals |= {_decimals(repr(cell)) for cell in kept if math.isfinite(cell)}
    return values, max(decimals, default=0)


def _parse_text(raw: str, convention: Convention, present: Status) -> ParsedValue:
    text = raw.translate(_NARROW).strip().removeprefix("'")
    for sign in (text, _FOOTNOTE.sub("", text)) if len(text) <= _LONGEST_SIGN else (text,):
        meant = _meaning_of_sign(sign)
        if meant is not None:
            return ParsedValue(*meant, text, raw)
    match = _number(text)
    if match is None:
        return _refused(raw, "weder eine Zahl noch ein bekanntes Zeichen")
    number = _plain_number(match["digits"], convention)
    if number is None:
        return _refused(raw, "Tausender- und Dezimalzeichen passen nicht zur Spalte")
    value = float(number)
    if not math.isfinite(value):
        return _refused(raw, "keine endliche Zahl")
    mark = ("()" if match["open"] else "") + match["mark"].strip()
    if mark.endswith(("s", "(s)")):
        present = Status.ESTIMATED
    if value and match["sign"] not in {None, "+"}:
        value = -value
    return ParsedValue(value, present, mark, raw, _decimals(number))


def _meaning_of_sign(text: str) -> tuple[float, Status] | None:
    """Return value and status of a sign that stands for a number, None for anything else."""
    if text in _SIGNS:
        return _SIGNS[text]
    plain = text.casefold()
    if within := _BRACKETS.fullmatch(plain):
        plain = within["within"] if _WITHHELD.fullmatch(within["within"]) else plain
    if len(text) > _LONGEST_SIGN:
        return None
    if _WITHHELD.fullmatch(plain):
        return math.nan, Status.SUPPRESSED
    joined = plain.replace(" ", "")
    if joined in _ABSENT or joined.replace(".", "") in _ABSENT or joined in {"..", ":", "?"}:
        return math.nan, Status.NOT_DELIVERED
    return None


def _refused(raw: str, problem: str) -> ParsedValue:
    return ParsedValue(math.nan, Status.NOT_DELIVERED, "", raw, 0, problem)


def _decimals(number: str) -> int:
    return len(number.partition(".")[2]) if "e" not in number else 0


def _plain_number(digits: str, convention: Convention) -> str | None:
    if " " in digits:
        if not _SPACED.fullmatch(digits):
            return None
        digits = digits.replace(" ", "")
        if "." in digits or "," in digits:
            return digits.replace(",", ".")
    if "." not in digits and "," not in digits:
        return digits
    own = _evidence(digits)
    if convention is Convention.MIXED and own is Convention.UNDECIDED:
        return None
    if convention in {Convention.GERMAN, Convention.PLAIN}:
        if own not in {convention, Convention.UNDECIDED}:
            return None
    else:
        convention = Convention.GERMAN if own is Convention.UNDECIDED else own
    thousands, decimal, groups = (
        (".", ",", _POINT_THOUSANDS)
        if convention is Convention.GERMAN
        else (",", ".", _COMMA_THOUSANDS)
    )
    whole, _, fraction = digits.partition(decimal)
    if thousands in fraction or decimal in fraction:
        return None
    if thousands in whole:
        if not groups.fullmatch(whole):
            return None
        whole = whole.replace(thousands, "")
    return f"{whole}.{fraction}" if fraction else whole


def normalise_key(cell: Cell, key_length: int) -> str | None:
    """Return an area key as text with its leading zeros, or None where it is none.

    Excel drops leading zeros; as all keys of a level are equally long, filling them up again is
    unambiguous. Keys with letters are accepted only in full length.

    >>> [normalise_key(cell, 6) for cell in ("63007", 63007.0, " 063007 ", "0630071", "06300A")]
    ['063007', '063007', '063007', None, '06300A']
    >>> normalise_key("Bilk", 6) is None
    True
    """
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    text = cell_text(cell).translate(_NARROW).strip().removesuffix(".0")
    if not text.isascii() or not text.isalnum() or len(text) > key_length:
        return None
    if text.isdecimal():
        return text.zfill(key_length)
    return text if len(text) == key_length and any(map(str.isdecimal, text)) else None


def parse_date(cell: Cell) -> dt.date | None:
    """Read an ISO or German date.

    >>> parse_date("31.12.2015") == parse_date("2015-12-31") == dt.date(2015, 12, 31)
    True
    """
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = cell_text(cell)
    if match := _ISO_DATE.fullmatch(text):
        year, month, day = match.groups()
    elif match := _GERMAN_DATE.fullmatch(text):
        day, month, year = match.groups()
    else:
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
