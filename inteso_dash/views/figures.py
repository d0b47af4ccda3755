"""Figures as plain data: a map, a chart or a table, described once, drawn by every medium.

A figure holds what it says: numbers, names, units, and which part stands out. How wide a line is
and which font its name has belongs to the medium that draws it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Literal

from inteso_dash.views.maps import Map

Tone = Literal["plain", "above", "below", "quiet"]
"""What a colour says: nothing, more or less than a middle, or background."""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What all charts have.

    Attributes
    ----------
    title : str
        What is shown, without the Stichtag.
    unit : str
        Of the values.
    decimals : int
        Of the values, where they are written.
    words : str
        The chart in a sentence, for those who do not see it.
    note : str
        What marks and signs in it stand for.
    assumed : bool
        Whether it shows a scenario: bars have its hatch, what joins two values is broken.
    """

    titled: ClassVar[bool] = False
    title: str = ""
    unit: str = ""
    decimals: int = 0
    words: str = ""
    note: str = ""
    assumed: bool = False


@dataclass(frozen=True)
class Bar:
    """One bar.

    Attributes
    ----------
    label : str
    value : float
    written : str
        The value as text.
    reference : float or None
        What the value is compared with.
    reference_written : str
    tone : str
    band : (float, float) or None
        Span in which the reference lies, whatever is assumed.
    together : bool
        Whether the bar stands for several areas that are published together.
    told : str
        What else is said of the bar where one points at it.
    others : tuple of (float or None)
        What else the value is compared with.
    whisker : (float, float) or None
        From where to where chance alone would move the value.
    """

    label: str
    value: float
    written: str
    reference: float | None = None
    reference_written: str = ""
    tone: Tone = "plain"
    band: tuple[float, float] | None = None
    together: bool = False
    told: str = ""
    others: tuple[float | None, ...] = ()
    whisker: tuple[float, float] | None = None

    @property
    def compared(self) -> tuple[float, ...]:
        """What the value is compared with, as far as it is there."""
        return tuple(each for each in (self.reference, *self.others) if each is not None)


@dataclass(frozen=True, kw_only=True)
class Bars(Chart):
    """Horizontal bars from zero, the first one on top.

    Attributes
    ----------
    bars : tuple of Bar
    name, reference_name : str
        What bars and references are; empty where nothing is compared.
    axis : str
        Title of the axis of values; empty where the bars say their values themselves.
    other_names : tuple of str
        What the others of every bar are, each with a sign of its own.
    """

    bars: tuple[Bar, ...]
    name: str = ""
    reference_name: str = ""
    axis: str = ""
    other_names: tuple[str, ...] = ()

    @property
    def signed(self) -> bool:
        """Whether there are bars on both sides of zero, or below it."""
        return any(bar.value < 0 for bar in self.bars)

    @property
    def whiskers(self) -> bool:
        """Whether a bar has a span in which chance alone would move it."""
        return any(bar.whisker is not None for bar in self.bars)

    @property
    def compared(self) -> bool:
        """Whether a bar is compared with something."""
        return any(bar.compared for bar in self.bars)


@dataclass(frozen=True)
class Point:
    """A value at a Stichtag.

    Attributes
    ----------
    date : date
    value : float
    segment : int
        Points of different segments cannot be compared; no line joins them.
    told : str
        Value, status and source in words.
    """

    date: dt.date
    value: float
    segment: int = 0
    told: str = ""


@dataclass(frozen=True)
class Course:
    """One line over time, in the order of its dates; a stepped one keeps a value until the next."""

    name: str
    points: tuple[Point, ...]
    tone: Tone = "plain"
    stepped: bool = False

    def parts(self) -> list[tuple[Point, ...]]:
        """Return the points that one line joins.

        Examples
        --------
        >>> day = dt.date(2021, 12, 31)
        >>> [len(part) for part in Course("Stadt", (Point(day, 1), Point(day, 2, 1))).parts()]
        [1, 1]
        """
        found: dict[int, list[Point]] = {}
        for point in self.points:
            found.setdefault(point.segment, []).append(point)
        return [tuple(part) for part in found.values()]


@dataclass(frozen=True)
class Mark:
    """What is marked and named at a date: a break, a resolution."""

    date: dt.date
    label: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Lines(Chart):
    """Values over true time.

    Attributes
    ----------
    courses : tuple of Course
    marks : tuple of Mark
    breaks : bool
        Whether marks are breaks, which lie between the Stichtage that they part.
    neutral : float or None
        Where a thin line stands: 100 for an index, 0 for a change.
    from_zero : bool
        Whether the axis of values begins at zero at the latest.
    period : (date, date) or None
        What the time axis covers at least.
    assumed_from : date or None
        From when on a scenario is shown: the ground has its hatch, and says so.
    """

    courses: tuple[Course, ...]
    marks: tuple[Mark, ...] = ()
    breaks: bool = True
    neutral: float | None = None
    from_zero: bool = False
    period: tuple[dt.date, dt.date] | None = None
    assumed_from: dt.date | None = None

    @property
    def days(self) -> list[dt.date]:
        """All Stichtage with a value, ascending."""
        return sorted({point.date for course in self.courses for point in course.points})

    @property
    def values(self) -> list[float]:
        """All values."""
        return [point.value for course in self.courses for point in course.points]

    def marked(self) -> list[tuple[dt.date, str]]:
        """Return where marks stand, with their labels.

        Breaks stand halfway between the points that they part.
        """
        if not self.breaks:
            return [(mark.date, mark.label) for mark in self.marks]
        places = []
        for mark in self.marks:
            before = max((day for day in self.days if day < mark.date), default=mark.date)
            after = min((day for day in self.days if day >= mark.date), default=mark.date)
            places.append((before + (after - before) / 2, mark.label))
        return places


@dataclass(frozen=True)
class Pair:
    """Two values of one area; None where there is none."""

    label: str
    first: float | None
    second: float | None
    told: str = ""


@dataclass(frozen=True, kw_only=True)
class Pairs(Chart):
    """Two values of each area on one line, the first area on top.

    Attributes
    ----------
    pairs : tuple of Pair
    names : (str, str)
        What the first and the second value are.
    axis : str
        Title of the axis of values.
    """

    pairs: tuple[Pair, ...]
    names: tuple[str, str]
    axis: str = ""

    @property
    def crosses_zero(self) -> bool:
        """Whether there are values below zero, which then has a line."""
        return any(value < 0 for pair in self.pairs for value in (pair.first, pair.second) if value)


@dataclass(frozen=True, kw_only=True)
class Curve(Chart):
    """Shares against shares, both in per cent, beside the line on which they are equal.

    Attributes
    ----------
    points : tuple of (float, float, str)
        x, y, and what the point stands for.
    even : str
        Name of the line of equality.
    across, upwards : str
        Titles of the axes.
    """

    points: tuple[tuple[float, float, str], ...]
    even: str
    across: str
    upwards: str


@dataclass(frozen=True, kw_only=True)
class Columns(Chart):
    """How many there are of which size.

    Attributes
    ----------
    columns : tuple of (float, float, int)
        From, to (without), number.
    limit : float
        Classes above it stand out.
    limit_name : str
    across, upwards : str
        Titles of the axes.
    """

    columns: tuple[tuple[float, float, int], ...]
    limit: float
    limit_name: str
    across: str
    upwards: str


@dataclass(frozen=True)
class Span:
    """From when to when something was open.

    Attributes
    ----------
    label : str
    start, end : date
    closed : bool
        Whether it was closed at the end; otherwise it was still open then.
    told : str
    """

    label: str
    start: dt.date
    end: dt.date
    closed: bool
    told: str = ""


@dataclass(frozen=True, kw_only=True)
class Spans(Chart):
    """Spans of time, the first one on top; names of opening, closing, and still being open."""

    spans: tuple[Span, ...]
    names: tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table as text.

    Attributes
    ----------
    rows : tuple of tuple of str
        Heads first.
    note : str
        What signs in it stand for.
    fills : tuple of tuple of str
        Colours of the cells, without those of the heads, empty where a cell has none; none at all
        by default.
    """

    titled: ClassVar[bool] = False
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    fills: tuple[tuple[str, ...], ...] = ()

    def numeric(self) -> list[int]:
        """Return the columns that hold numbers or the signs of official statistics.

        Examples
        --------
        >>> Table(rows=(("Indikator", "Rath", "Stadt"), ("Haushalte", "9.880", "…"))).numeric()
        [1, 2]
        """
        body = self.rows[1:]
        return [
            column
            for column in range(len(self.rows[0]) if self.rows else 0)
            if all(len(row[column]) == 1 or row[column].lstrip("−+")[:1].isdigit() for row in body)
        ]


Figure = Map | Chart | Table
