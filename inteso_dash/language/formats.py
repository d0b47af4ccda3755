"""Numbers, dates and units as German readers expect them."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.lists import format_list
from babel.numbers import NumberPattern, parse_pattern

LOCALE = Locale("de", "DE")

_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
"""Holds every float: the largest has 309 digits."""


@lru_cache(maxsize=16)
def _pattern(decimals: int) -> NumberPattern:
    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals else ""))


def rounded(value: float, decimals: int) -> Decimal | None:
    """Round half up, as official statistics do, on the shortest decimal that means the number.

    Parameters
    ----------
    value : float
        NaN becomes None.
    decimals : int

    Examples
    --------
    >>> rounded(28.55, 1), rounded(float("nan"), 1)
    (Decimal('28.6'), None)
    """
    if math.isnan(value):
        return None
    exact = Decimal(repr(round(float(value), 9)))
    return _EXACT.add(_EXACT.quantize(exact, Decimal(1).scaleb(-decimals)), Decimal(0))


def outward(lower: float, upper: float, decimals: int) -> tuple[Decimal, Decimal]:
    """Round the bounds of an interval so that it holds all that it held.

    Examples
    --------
    >>> outward(6.79, 10.31, 1), outward(0.0, 100.0, 1)
    ((Decimal('6.7'), Decimal('10.4')), (Decimal('0.0'), Decimal('100.0')))
    """
    step = Decimal(1).scaleb(-decimals)
    low, high = (Decimal(repr(round(float(each), 9))) for each in (lower, upper))
    return low.quantize(step, ROUND_FLOOR), high.quantize(step, ROUND_CEILING)


def span(lower: float, upper: float, decimals: int, unit: str = "") -> str:
    """Write an interval, rounded outwards.

    Examples
    --------
    >>> span(6.79, 10.31, 1)
    '6,7 bis 10,4'
    """
    low, high = (number(float(each), decimals) for each in outward(lower, upper, decimals))
    return f"{low} bis {high}" + (f"\u202f{unit}" if unit else "")


@lru_cache(2**14)
def number(value: float, decimals: int) -> str:
    """Write a number with German separators and a true minus sign.

    Parameters
    ----------
    value : float
    decimals : int

    Raises
    ------
    ValueError
        If the value is not finite.

    Examples
    --------
    >>> number(643753, 0), number(-3.25, 1)
    ('643.753', '−3,3')
    """
    if not math.isfinite(value):
        raise ValueError(f"found {value}, expected a finite number")
    with localcontext(_EXACT):
        written: str = _pattern(decimals).apply(rounded(value, decimals) or Decimal(0), LOCALE)
    return written.replace("-", "−")


def counted(value: float, one: str, many: str) -> str:
    """Write a whole number before what it counts, in the singular or the plural.

    Examples
    --------
    >>> counted(1, "Person", "Personen"), counted(1820, "Person", "Personen")
    ('1 Person', '1.820 Personen')
    """
    written = number(value, 0)
    return f"{written} {one if written == '1' else many}"


def with_unit(value: float, decimals: int, unit: str) -> str:
    """Write a number with its unit, joined by a narrow no-break space.

    Examples
    --------
    >>> with_unit(28.55, 1, "%").replace(chr(0x202F), " ")
    '28,6 %'
    """
    return f"{number(value, decimals)}\u202f{unit}"


def approximate(value: float, decimals: int, error: float) -> str:
    """Write a number without the digits that its error makes meaningless.

    Rounding it moves it no further than the error does; its first digit stays.

    Parameters
    ----------
    value : float
    decimals : int
        At most.
    error : float
        How far the number may be off.

    Examples
    --------
    >>> approximate(10151, 0, 30), approximate(13.36, 1, 0.6), approximate(28.55, 1, 0.05)
    ('10.150', '13', '28,6')
    """
    if 2 * error < 10.0**-decimals or not value:
        return number(value, decimals)
    place = min(_place(2 * error), _place(abs(value)))
    if place <= 0:
        return number(value, min(decimals, -place))
    return number(float(rounded(value / 10**place, 0) or 0) * 10**place, 0)


def _place(value: float) -> int:
    return math.floor(math.log10(value) + 1e-9)


def signed(value: float, digits: int, unit_: str = "", error: float = 0.0) -> str:
    """Write a change with its sign; what rounds to nothing has none.

    Of a change that may be off by ``error`` only the digits that mean something are written.

    Examples
    --------
    >>> signed(161.0, 0), signed(-3.25, 1), signed(0.04, 1)
    ('+161', '−3,3', '0,0')
    """
    text = approximate(value, digits, error)
    if value > 0 and text != number(0.0, digits):
        text = f"+{text}"
    if text.lstrip("−") == number(0.0, digits):
        text = text.lstrip("−")
    return f"{text}\u202f{unit_}" if unit_ else text


def date(day: dt.date) -> str:
    """Write a date.

    Examples
    --------
    >>> date(dt.date(2021, 12, 31))
    '31.12.2021'
    """
    return f"{day:%d.%m.%Y}"


_PAST = {
    "arbeiten": "arbeiteten",
    "besuchen": "besuchten",
    "beträgt": "betrug",
    "beziehen": "bezogen",
    "entfallen": "entfielen",
    "erhalten": "erhielten",
    "gibt": "gab",
    "haben": "hatten",
    "hat": "hatte",
    "ist": "war",
    "kommen": "kamen",
    "leben": "lebten",
    "lebt": "lebte",
    "liegen": "lagen",
    "liegt": "lag",
    "reichen": "reichten",
    "sind": "waren",
    "stehen": "standen",
    "werden": "wurden",
    "wohnen": "wohnten",
    "wohnt": "wohnte",
}
"""Verbs that statements begin with, and their past."""


def past(said: str) -> str:
    """Put a statement that begins with its verb into the past; empty where the verb is unknown.

    Examples
    --------
    >>> past("leben {value} Menschen"), past("waren {value} Personen untergebracht")
    ('lebten {value} Menschen', 'waren {value} Personen untergebracht')
    """
    verb, space, rest = said.partition(" ")
    if verb in _PAST.values():
        return said
    return f"{_PAST[verb]}{space}{rest}" if verb in _PAST else ""


def dative(plural: str) -> str:
    """Decline a German plural as it stands after "von", with adjectives before it.

    Examples
    --------
    >>> dative("Sozialräume"), dative("Gemeinden"), dative("Statistische Bezirke (StB)")
    ('Sozialräumen', 'Gemeinden', 'Statistischen Bezirken (StB)')
    """
    name, bracket, rest = definite(plural).partition(" (")
    return (name if name.endswith(("n", "s")) else f"{name}n") + bracket + rest


def definite(plural: str) -> str:
    """Decline the adjectives of a German plural as they stand after "die" or "der".

    Examples
    --------
    >>> definite("Eigene Gebiete"), definite("Sozialräume"), definite("Statistische Bezirke (StB)")
    ('Eigenen Gebiete', 'Sozialräume', 'Statistischen Bezirke (StB)')
    """
    name, bracket, rest = plural.partition(" (")
    *before, noun = name.split(" ")
    declined = [f"{word}n" if word.endswith("e") else word for word in before]
    return " ".join((*declined, noun)) + bracket + rest


def published(text: str) -> str:
    """Write a date as a source gives it, whole or as a month; what is neither stays as it is.

    Examples
    --------
    >>> published("2016-03"), published("2016-03-31"), published("Frühling 2016")
    ('März 2016', '31.03.2016', 'Frühling 2016')
    """
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        year, month = map(int, text.split("-"))
        return f"{LOCALE.months['format']['wide'][month]} {year}"
    try:
        return date(dt.date.fromisoformat(text))
    except ValueError:
        return text


def german(value: float, decimals: int | None = None) -> str:
    """Write a number the German way; without ``decimals`` as short as it is exact.

    Examples
    --------
    >>> german(2036643)
    '2.036.643'
    >>> german(44.121), german(5.0, 1), german(-0.5)
    ('44,121', '5,0', '−0,5')
    """
    written = canonical(value) if decimals is None else f"{value:.{decimals}f}"
    whole, _, fraction = written.lstrip("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    sign = "−" if written.startswith("-") else ""
    return f"{sign}{grouped}{',' if fraction else ''}{fraction}"


def canonical(value: float, decimals: int = 0) -> str:
    """Write a number with decimal point, exactly, and with at least the given decimals.

    Examples
    --------
    >>> canonical(44.1, 2), canonical(1234.0), canonical(0.1 + 0.2)
    ('44.10', '1234', '0.3')
    """
    shortest = f"{round(value, 10):.10f}".rstrip("0").rstrip(".")
    written = len(shortest.partition(".")[2])
    return shortest if written >= decimals else f"{value:.{decimals}f}"


def listed(
    parts: Iterable[str], style: Literal["standard", "or"] = "standard", most: int | None = None
) -> str:
    """Join words the German way; of more than ``most`` the rest is counted.

    Examples
    --------
    >>> listed(["A"]), listed(["A", "B", "C"], "or"), listed("ABCD", most=2)
    ('A', 'A, B oder C', 'A, B und 2 weitere')
    """
    words = list(parts)
    if most is not None and len(words) > most:
        words[most:] = [f"{len(words) - most} weitere"]
    return format_list(words, style, LOCALE)
