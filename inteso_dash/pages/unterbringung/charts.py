"""What the page draws, as plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from inteso_dash.catalogue.city import Event
from inteso_dash.language import formats
from inteso_dash.measures.distribution import Verdict
from inteso_dash.pages.unterbringung.fairness import REST
from inteso_dash.pages.unterbringung.tables import SIGNS, VERDICTS
from inteso_dash.pages.unterbringung.texts import CHARTS as TEXTS
from inteso_dash.views.figures import (
    Bar,
    Bars,
    Columns,
    Course,
    Curve,
    Lines,
    Mark,
    Pair,
    Pairs,
    Point,
    Span,
    Spans,
)

UNNAMED = "Form nicht genannt"
OPENED = ("eröffnet", "geschlossen", "noch geöffnet am Stichtag")
REACHED = ("im Gebiet", "im Gebiet und im Umkreis")


def form_bars(forms: pd.DataFrame) -> Bars:
    """Draw places by form, the most on top.

    Parameters
    ----------
    forms : DataFrame
        As of `history.forms`.
    """
    bars = []
    for form, places, share in zip(forms.index, forms["places"], forms["share"], strict=True):
        written = formats.number(places, 0)
        if not pd.isna(share):
            written += f" · {formats.with_unit(share, 1, '%')}"
        label = str(form) or UNNAMED
        bars.append(Bar(label, float(places), written, tone="plain" if form else "quiet"))
    words = ", ".join(f"{bar.label} {formats.number(bar.value, 0)}" for bar in bars)
    return Bars(title=TEXTS["forms"], unit="Plätze", words=words, bars=tuple(bars))


def difference_bars(table: pd.DataFrame, names: Sequence[str]) -> Bars:
    """Draw persons above and below the target, the most above on top.

    Parameters
    ----------
    table : DataFrame
        As of `fairness.fairness`.
    names : sequence of str
        Of its rows.

    Examples
    --------
    >>> table = pd.DataFrame({"difference": [-3.0, 12.0]}, index=[REST, "06"])
    >>> [(bar.written, bar.together) for bar in difference_bars(table, ["übrige", "Rath"]).bars]
    [('+12', False), ('−3', True)]
    """
    order = sorted(
        zip(table["difference"], names, table.index, strict=True), key=lambda each: -each[0]
    )
    bars = tuple(
        Bar(
            name,
            float(value),
            formats.signed(value, 0),
            tone="above" if value > 0 else "below",
            together=area == REST,
        )
        for value, name, area in order
    )
    return Bars(
        title=TEXTS["differences"],
        unit="Personen",
        words=", ".join(f"{bar.label} {bar.written}" for bar in bars),
        bars=bars,
        name=TEXTS["difference"],
        axis=TEXTS["difference_axis"],
    )


def target_bars(table: pd.DataFrame, names: Sequence[str]) -> Bars:
    """Draw persons beside their target and the span of all targets, furthest above on top.

    Parameters
    ----------
    table : DataFrame
        As of `fairness.fairness`: persons, target, lowest, highest, difference, verdict.
    names : sequence of str
        Of its rows.
    """
    bars, words = [], []
    rows = table.assign(name=list(names), together=table.index == REST)
    for row in rows.sort_values("difference", ascending=False, kind="stable").to_dict("records"):
        persons, target, lowest, highest = (
            formats.number(row[key], 0) for key in ("persons", "target", "lowest", "highest")
        )
        verdict = Verdict(row["verdict"])
        bars.append(
            Bar(
                f"{SIGNS[verdict]} {row['name']}",
                float(row["persons"]),
                f"{persons} statt {target}: {formats.signed(row['difference'], 0)}",
                float(row["target"]),
                target,
                "above" if row["difference"] > 0 else "below",
                (float(row["lowest"]), float(row["highest"])),
                bool(row["together"]),
                TEXTS["target"].format(
                    persons=persons, target=target, lowest=lowest, highest=highest
                ),
            )
        )
        words.append(f"{row['name']} {persons} statt {target}, {VERDICTS[verdict]}")
    title = TEXTS["targets"]
    said = f"{title}: {'; '.join(words)}"
    return Bars(title=title, unit="Personen", words=said, bars=tuple(bars), axis="Personen")


def lorenz_curve(lorenz: pd.DataFrame, names: Sequence[str], gini: str) -> Curve:
    """Draw a Lorenz curve beside the line of equal burden.

    Parameters
    ----------
    lorenz : DataFrame
        As of `distribution.lorenz`.
    names : sequence of str
        Of the area of every point; the first one is the origin.
    gini : str
        The coefficient, written.
    """
    shares = zip(lorenz["weight"] * 100, lorenz["value"] * 100, names, strict=True)
    return Curve(
        title=TEXTS["lorenz"],
        unit="%",
        words=f"Lorenzkurve; Gini {gini}.",
        points=tuple((float(x), float(y), str(name)) for x, y, name in shares),
        even=TEXTS["even"],
        across=TEXTS["across"],
        upwards=TEXTS["upwards"],
    )


def size_columns(classes: pd.DataFrame, limit: float, unit: str, words: str) -> Columns:
    """Draw how many sites have which size; ``classes`` as of `distribution.size_classes`."""
    rows = zip(classes["low"], classes["high"], classes["sites"], strict=True)
    return Columns(
        title=TEXTS["sizes"],
        unit=unit,
        words=words,
        columns=tuple((float(low), float(high), int(count)) for low, high, count in rows),
        limit=limit,
        limit_name=TEXTS["limit"].format(limit=formats.number(limit, 0)),
        across=TEXTS["size"].format(unit=unit),
        upwards=TEXTS["sites"],
    )


def border_pairs(counted: pd.DataFrame, names: Sequence[str]) -> Pairs:
    """Draw persons inside every area, and how many more there are near it.

    Parameters
    ----------
    counted : DataFrame
        As of `fairness.border_effect`: inside and reached, most persons within reach first.
    names : sequence of str
        Of its rows.
    """
    rows = list(zip(names, counted["inside"], counted["reached"], strict=True))
    words = ", ".join(
        f"{name} {formats.number(inside, 0)}, {formats.number(reached, 0)}"
        for name, inside, reached in rows
    )
    return Pairs(
        title=TEXTS["border"],
        unit="Personen",
        words=f"{TEXTS['border']}: {words}",
        pairs=tuple(
            Pair(name, float(inside), float(reached), formats.number(reached, 0))
            for name, inside, reached in rows
        ),
        names=REACHED,
        axis="Personen",
    )


def development_lines(series: pd.DataFrame, events: Sequence[Event]) -> Lines:
    """Draw persons, places and their parts over true time, with numbered resolutions as marks.

    Parameters
    ----------
    series : DataFrame
        As of `history.series`, with a column source (text).
    events : sequence of Event
    """
    courses, words = [], []
    for name, rows in series.groupby("series", sort=False):
        ordered = rows.sort_values("date")
        points = tuple(
            Point(
                row["date"],
                float(row["value"]),
                told=f"{formats.date(row['date'])}: {formats.number(row['value'], 0)}"
                f"<br>{row['source']}",
            )
            for row in ordered.to_dict("records")
        )
        courses.append(Course(str(name), points))
        ends = (formats.number(each.value, 0) for each in dict.fromkeys((points[0], points[-1])))
        words.append(f"{name} {' bis '.join(ends)}")
    marks = tuple(
        Mark(event.date, str(place), f"{place}\u00a0{event.label}: {event.title}")
        for place, event in enumerate(sorted(events, key=lambda event: event.date), 1)
    )
    note = "; ".join(mark.words for mark in marks)
    return Lines(
        title=TEXTS["development"],
        unit="Personen",
        words="; ".join(words),
        note=f"{note}." if note else "",
        courses=tuple(courses),
        marks=marks,
        breaks=False,
        from_zero=True,
    )


def opening_spans(openings: pd.DataFrame) -> Spans:
    """Draw from when to when every site was open; one not closed ends at its Stichtag.

    Parameters
    ----------
    openings : DataFrame
        As of `history.openings`.
    """
    spans = []
    for row in openings.to_dict("records"):
        closed = not pd.isna(row["closed"])
        end: dt.date = row["closed"] if closed else max(row["date"], row["opened"])
        spans.append(Span(str(row["name"]), row["opened"], end, closed, str(row["form"])))
    title = TEXTS["openings"].format(count=len(spans))
    return Spans(title=title, words=title, spans=tuple(spans), names=OPENED)
