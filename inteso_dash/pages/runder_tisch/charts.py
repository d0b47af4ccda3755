"""The numbers of a slide's chart, for programs that draw it themselves, and what its marks mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS
from inteso_dash.pages.veraenderung.content import BothValues, Strongest
from inteso_dash.views.shown import (
    AgeBars,
    Content,
    Course,
    Curve,
    Development,
    Differences,
    FormBars,
    PlainTable,
)

Kind = Literal["bar", "line", "curve"]


@dataclass(frozen=True)
class Chart:
    """A chart as numbers, for programs that draw it themselves.

    Attributes
    ----------
    kind : str
        *bar* (horizontal, first category on top), *line* (over dates) or *curve* (x against y).
    categories : tuple of str
        Of bars.
    series : tuple
        Name and points: values of bars, else pairs of date or x and value; a line is broken
        where the value is None.
    unit : str
    decimals : int
    """

    kind: Kind
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[Any, ...]], ...]
    unit: str
    decimals: int


def chart_of(content: Content, unnamed: str) -> Chart | None:
    """Return the numbers of a chart; None for maps and tables.

    Parameters
    ----------
    content : map, chart or table
    unnamed : str
        What to call places without a form.
    """
    if isinstance(content, AgeBars):
        own = tuple(bar.value for bar in reversed(content.bars))
        series: list[tuple[str, tuple[Any, ...]]] = [(content.name, own)]
        if any(bar.reference is not None for bar in content.bars):
            whole = tuple(bar.reference for bar in reversed(content.bars))
            series.append((content.reference_name, whole))
        labels = tuple(bar.label for bar in reversed(content.bars))
        return Chart("bar", labels, tuple(series), content.unit, 1)
    if isinstance(content, FormBars):
        labels = tuple(str(form) or unnamed for form in content.forms.index)
        return Chart("bar", labels, (("Plätze", tuple(content.forms["places"])),), "Plätze", 0)
    if isinstance(content, Differences):
        order = sorted(zip(content.values, content.names, strict=True), reverse=True)
        points = tuple(value for value, _ in order)
        return Chart(
            "bar", tuple(name for _, name in order), (("Ist minus Soll", points),), "Personen", 0
        )
    if isinstance(content, Strongest):
        names, points = tuple(content.rows["name"]), tuple(content.rows["value"])
        return Chart("bar", names, ((content.head, points),), content.head, content.decimals)
    if isinstance(content, BothValues):
        both = tuple(
            (formats.date(day), tuple(content.rows[side]))
            for day, side in zip(content.days, ("before", "after"), strict=True)
        )
        names = tuple(content.rows["name"])
        return Chart("bar", names, both, content.unit, content.decimals)
    if isinstance(content, Development):
        lines = []
        for name, group in content.series.groupby("series", sort=False):
            ordered = group.sort_values("date")
            pairs = zip(ordered["date"], ordered["value"], strict=True)
            lines.append((str(name), tuple(pairs)))
        return Chart("line", (), tuple(lines), "", 0)
    if isinstance(content, Course):
        courses = []
        for _, area in content.points.groupby(["level", "area_id"], sort=False):
            course: list[tuple[Any, ...]] = []
            for _, part in area.groupby("segment", sort=False):
                if course:
                    course.append((part["date"].iloc[0], None))
                course += zip(part["date"], part["shown"], strict=True)
            courses.append((str(area["name"].iloc[0]), tuple(course)))
        return Chart("line", (), tuple(courses), content.unit, content.decimals)
    if isinstance(content, Curve):
        x, y = content.lorenz["weight"] * 100, content.lorenz["value"] * 100
        curve: tuple[Any, ...] = tuple(zip(x, y, strict=True))
        even: tuple[Any, ...] = ((0.0, 0.0), (100.0, 100.0))
        return Chart("curve", (), (("Untergebrachte", curve), ("gleiche Last", even)), "%", 0)
    return None


def marks(content: Content) -> str:
    """Say what marks of a chart or signs of a table stand for; empty where there are none."""
    if isinstance(content, PlainTable):
        used = {cell for row in content.rows[1:] for cell in row}
        return ", ".join(
            f"{meaning.sign} {meaning.title}"
            for meaning in STATUS_MEANINGS.values()
            if meaning.sign and meaning.sign in used
        )
    if isinstance(content, BothValues):
        return content.marks
    if isinstance(content, Course):
        return " ".join(mark.words for mark in content.marks)
    if not isinstance(content, Development) or not content.events:
        return ""
    events = sorted(content.events, key=lambda event: event.date)
    said = (f"{place}\u00a0{event.label}: {event.title}" for place, event in enumerate(events, 1))
    return f"{'; '.join(said)}."
