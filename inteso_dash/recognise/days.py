"""Days as delivered tables name them: in full, as years, as days in the year, as numbers."""

from __future__ import annotations

import datetime as dt
import re

from inteso_dash.reading import RawTable
from inteso_dash.recognise.columns import normalise_header
from inteso_dash.values import Cell, cell_text, parse_date

_DAY = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.(?!\s?\d)")
_MONTHS = [
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
]
_DAY_IN_WORDS = re.compile(rf"(?<!\d)(\d{{1,2}})\.\s?({'|'.join(_MONTHS)})\b(?!\s?\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE = re.compile(r"(?:jahr|stand|stichtag|am|zum|berichtsjahr)\s*:?\s*")
_SERIALS = range(36_526, 73_051)
_SERIAL_EPOCH = dt.date(1899, 12, 30)


def read_day(cell: Cell, *, serials: bool = False) -> dt.date | int | None:
    """Read a day or a year; with ``serials`` the number that Excel keeps for a day as well.

    >>> read_day("31.12.2015"), read_day("Stand 2015"), read_day(42369, serials=True)
    (datetime.date(2015, 12, 31), 2015, datetime.date(2015, 12, 31))
    """
    day = parse_date(cell)
    if day is not None:
        return day
    text = _BEFORE.sub("", normalise_header(cell_text(cell)), count=1)
    if _YEAR.fullmatch(text):
        return int(text)
    if serials and text.isdecimal() and len(text) == 5 and int(text) in _SERIALS:
        return _SERIAL_EPOCH + dt.timedelta(days=int(text))
    return parse_date(text)


def day_named(raw: RawTable) -> tuple[int, int] | None:
    """Return the day in the year that title, footnotes, sheet or headers name, if it is one."""
    found: set[tuple[int, int]] = set()
    for text in (raw.title, *raw.footnotes, raw.sheet, *raw.columns):
        found |= {(int(month), int(day)) for day, month in _DAY.findall(text)}
        words = _DAY_IN_WORDS.findall(text.casefold())
        found |= {(_MONTHS.index(month) + 1, int(day)) for day, month in words}
    real = {each for each in found if _is_day(*each)}
    return real.pop() if len(real) == 1 else None


def read_day_of_year(text: str) -> tuple[int, int] | None:
    """Read a day without a year as month and day.

    >>> read_day_of_year("31.12."), read_day_of_year("30. Juni"), read_day_of_year("31.02.")
    ((12, 31), (6, 30), None)
    """
    plain = text.strip().casefold()
    match = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.?", plain)
    words = _DAY_IN_WORDS.fullmatch(plain)
    if match:
        day, month = int(match[1]), int(match[2])
    elif words:
        day, month = int(words[1]), _MONTHS.index(words[2]) + 1
    else:
        return None
    return (month, day) if _is_day(month, day) else None


def _is_day(month: int, day: int) -> bool:
    try:
        dt.date(2023, month, day)
    except ValueError:
        return False
    return True
