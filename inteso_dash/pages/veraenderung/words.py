"""What changed, in German sentences; what cannot be compared, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.indicators import Break, Indicator
from inteso_dash.city import City
from inteso_dash.city.comparable import figure
from inteso_dash.language import formats
from inteso_dash.language.formats import signed
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.pages.veraenderung.comparison import (
    Comparison,
    Measure,
    decimals,
    tells_percent,
    unit,
)
from inteso_dash.views.figures import Mark
from inteso_dash.views.headlines import (
    ABOUT,
    TINY,
    UNCHANGED,
    in_time,
    meaningless,
    spoken,
    with_unit,
)


def told(
    indicator: Indicator, before: float, after: float, errors: tuple[float, float] = (0.0, 0.0)
) -> str:
    """Tell the change between two values: difference, and per cent where that makes sense.

    Parameters
    ----------
    indicator : Indicator
    before, after : float
    errors : tuple of float
        How far rounding may have moved each of the two.
    """
    measure, error = Measure.ABSOLUTE, sum(errors)
    digits, difference = decimals(indicator, measure), after - before
    if 0 < abs(difference) <= error + TINY:
        return UNCHANGED
    unsure = meaningless(indicator, digits, error)
    about, error = (ABOUT, error) if unsure else ("", 0.0)
    if not tells_percent(indicator) or before <= 0:
        return about + signed(difference, digits, unit(indicator, measure), error)
    percent = (errors[1] + errors[0] * after / before) / before * 100 if unsure else 0.0
    part = signed((after / before - 1) * 100, 1, "%", percent)
    return f"{about}{signed(difference, digits, error=error)} ({part})"


def sentence(city: City, indicator: Indicator, level: str, points: pd.DataFrame) -> str:
    """Answer since when and how fast an indicator has changed, area by area.

    Parameters
    ----------
    city : City
    indicator : Indicator
    level : str
    points : DataFrame
        As of `series`: the areas to tell of.
    """
    parts = [one_date(city, indicator, level)]
    for _, own in points.groupby(["level", "area_id"], sort=False):
        last = own[own["segment"] == own["segment"].max()]
        first, end = last.iloc[0], last.iloc[-1]
        if first["date"] == end["date"]:
            continue
        before, after = float(first["value"]), float(end["value"])
        errors = (float(first["rounding_error"]), float(end["rounding_error"]))
        start, stop = "".join(spoken(figure(first), indicator)), with_unit(figure(end), indicator)
        said = (
            f"{first['name']}: von {start} ({formats.date(first['date'])}) auf {stop} "
            f"({formats.date(end['date'])}), {told(indicator, before, after, errors)}"
        )
        if len(last) < len(own):
            said += "; frühere Werte sind nicht vergleichbar"
        said = "; ".join(filter(None, (said, first["recomputed"], end["recomputed"])))
        parts.append(f"{said}.")
    return " ".join(filter(None, parts)) or (
        "Für die gewählten Gebiete und den gewählten Zeitraum liegen keine zwei vergleichbaren "
        "Werte vor."
    )


def one_date(city: City, indicator: Indicator, level: str) -> str:
    """Say that a level has one Stichtag or none of an indicator.

    Empty where the level has several.
    """
    days = city.dates(level, indicator.id)
    if len(days) > 1:
        return ""
    plural = formats.definite(city.catalogue.level(level).plural)
    return (
        f"Für die {plural} gibt es nur einen Stichtag, den {formats.date(days[0])}. Eine "
        "Veränderung lässt sich damit nicht angeben."
        if days
        else f"Für die {plural} nennen die Quellen diesen Indikator nicht."
    )


def break_marks(cuts: Sequence[Break], catalogue: Catalogue) -> tuple[Mark, ...]:
    """Name breaks: their date, the levels that they concern, and the reason; oldest first.

    Parameters
    ----------
    cuts : sequence of Break
        Those of the same date become one mark, numbered where there are several.
    catalogue : Catalogue
    """
    days: dict[dt.date, dict[str, list[str]]] = {}
    for each in sorted(cuts, key=lambda cut: cut.date):
        titles = days.setdefault(each.date, {}).setdefault(each.reason, [])
        title = catalogue.level(each.level).title.de
        if title not in titles:
            titles.append(title)
    marks = []
    for place, (day, reasons) in enumerate(days.items(), 1):
        label = f"Bruch {place}" if len(days) > 1 else "Bruch"
        levels = ", ".join(dict.fromkeys(title for titles in reasons.values() for title in titles))
        why = " ".join(f"{reason} ({', '.join(titles)})" for reason, titles in reasons.items())
        if len(reasons) == 1:
            why = next(iter(reasons))
        words = f"{label} zum {formats.date(day)} ({levels}): {why}"
        marks.append(Mark(day, f"{label} ({levels})", words))
    return tuple(marks)


@dataclass(frozen=True)
class Different:
    """An indicator that looks like another one and means something else."""

    indicator: Indicator
    reason: str
    dates: tuple[dt.date, ...]


def different(city: City, indicator: Indicator, level: str) -> tuple[Different, ...]:
    """Return the indicators whose figures are not joined to those of this one, and why.

    Parameters
    ----------
    city : City
    indicator : Indicator
    level : str
        Its Stichtage are named.
    """
    found: dict[str, str] = {}
    for each in indicator.differs_from:
        found |= dict.fromkeys(each.indicators, each.reason)
    for other in city.catalogue.indicators:
        for each in other.differs_from:
            if indicator.id in each.indicators:
                found.setdefault(other.id, each.reason)
    return tuple(
        Different(city.catalogue.indicator(key), reason, city.dates(level, key))
        for key, reason in found.items()
    )


def published_changes(catalogue: Catalogue, indicator_id: str) -> tuple[Indicator, ...]:
    """Return the indicators that are published changes of this one."""
    return tuple(each for each in catalogue.indicators if each.change_of == indicator_id)


def comparison_sentence(city: City, found: Comparison) -> str:
    """Answer how many areas rose and fell between two Stichtage, and what the city did."""
    indicator = found.indicator
    plural = city.catalogue.level(found.level).plural
    start, end = formats.date(found.start), formats.date(found.end)
    if found.breaks:
        return (
            f"Zwischen dem {start} und dem {end} bricht die Reihe. Eine Veränderung wird deshalb "
            "nicht angegeben."
        )
    parts = []
    whole = found.city
    if whole.earlier is not None and whole.later is not None:
        values = (
            f"{''.join(spoken(whole.earlier, indicator))} ({start}) auf "
            f"{with_unit(whole.later, indicator)} ({end})"
        )
        changed = told(indicator, whole.earlier.value, whole.later.value, whole.errors)
        ending = "wegen eines Bruchs der Reihe nicht vergleichbar" if whole.breaks else changed
        said = f"{city.catalogue.city.name}: von {values}, {ending}"
        parts.append("; ".join(filter(None, (said, whole.recomputed))) + ".")
    if found.level == city.catalogue.root.id:
        return " ".join(parts)
    up, down, same, word = directions(found)
    compared = up + down + same
    if not compared:
        parts.append(f"Keiner der {formats.definite(plural)} hat an beiden Stichtagen einen Wert.")
        return " ".join(parts)
    one = compared == 1
    verb = in_time(city, "liegt" if one else "liegen", found.end)
    groups = ((up, "höher"), (down, "niedriger"), (same, word))
    counted = [word if one else f"{count} {word}" for count, word in groups if count]
    parts.append(
        f"Werte an beiden Stichtagen {'hat' if one else 'haben'} {compared} von "
        f"{len(found.areas)} {formats.dative(plural)}; am {end} {verb} "
        f"{'der Wert dort' if one else 'davon'} {', '.join(counted)}."
    )
    return " ".join(parts)


def directions(found: Comparison) -> tuple[int, int, int, str]:
    """Count the areas that rose, fell and did not, and return the word for the last.

    What changed by no more than rounding may make of it did neither.
    """
    areas = found.areas[found.areas["change"].notna()]
    changes = areas["change"].round(9).mask(areas["unsure"], 0.0)
    up, down = int((changes > 0).sum()), int((changes < 0).sum())
    word = "gerundet gleich" if areas["unsure"].any() else "gleich"
    return up, down, len(changes) - up - down, word


def remarks(found: Comparison, *, values: bool = True) -> pd.Series:
    """Say what is to be kept in mind of every area: one date only, small base, rounding.

    Parameters
    ----------
    found : Comparison
    values : bool
        Whether the one value of an area is told; not where it stands beside.

    Returns
    -------
    Series of str
        Index area_id; empty where there is nothing to say.
    """
    return pd.Series(
        {
            area: "; ".join(_remarks(found, row, values=values))
            for area, row in zip(found.areas.index, found.areas.to_dict("records"), strict=True)
        },
        dtype=object,
    )


def _remarks(found: Comparison, row: dict[Any, Any], *, values: bool) -> list[str]:
    indicator = found.indicator
    known = {"before": not pd.isna(row["before"]), "after": not pd.isna(row["after"])}
    if not any(known.values()):
        return [STATUS_MEANINGS[Status(row["status"])].title]
    if not all(known.values()):
        side, day = ("before", found.start) if known["before"] else ("after", found.end)
        value = formats.with_unit(row[side], indicator.decimals, indicator.unit)
        return [f"nur {formats.date(day)}" + (f": {value}" if values else "")]
    if found.breaks:
        return ["Bruch der Reihe"]
    said = []
    if row["before"] == 0 and tells_percent(indicator):
        said.append("zuvor null, daher keine Veränderung in Prozent")
    if row["small"]:
        said.append(f"kleine Grundzahl ({formats.number(row['base'], 0)})")
    if row["unsure"]:
        error = formats.number(row["error"], indicator.decimals)
        said.append(f"nicht größer als der Rundungsfehler (± {error})")
    if row["recomputed"]:
        said.append(str(row["recomputed"]))
    weak = Status(row["status"])
    if weak in (Status.ESTIMATED, Status.ROUNDED):
        said.append(STATUS_MEANINGS[weak].title)
    return [*said, *filter(None, [row.get("estimates")])]
