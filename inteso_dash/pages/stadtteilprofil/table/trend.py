"""How a figure came to be what it is: its earlier values as a small line, and the change since."""

from __future__ import annotations

import pandas as pd

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.city.breaks import breaks
from inteso_dash.drawing.profile_table.data import About, Trend
from inteso_dash.drawing.profile_table.texts import TEXTS
from inteso_dash.language import formats
from inteso_dash.pages.stadtteilprofil.profile import Line, ProfilePlace
from inteso_dash.pages.veraenderung import words as change_words
from inteso_dash.pages.veraenderung.series import series


def trend(city: City, place: ProfilePlace, line: Line) -> Trend | None:
    """Return the course of an indicator up to the value of a line.

    The change is told since the first Stichtag that is comparable with the line's.

    Parameters
    ----------
    city : City
    place : ProfilePlace
    line : Line

    Returns
    -------
    Trend or None
        None where the area has fewer than two values.
    """
    indicator = line.indicator
    where = (place.level, place.area_id)
    if line.own.value is None or len(city.dates(place.level, indicator.id)) < 2:
        return None
    points = series(city, indicator.id, [where], end=line.date)
    if len(points) < 2:
        return None
    days, values = points["date"].tolist(), points["value"].astype(float).tolist()
    last = points[points["segment"] == points["segment"].iloc[-1]]
    cuts = breaks(city, indicator.id, place.level, days)
    label = TEXTS["trend_label"].format(
        words=", ".join(
            f"{formats.date(day)} {formats.with_unit(value, indicator.decimals, indicator.unit)}"
            for day, value in zip(days, values, strict=True)
        )
    )
    made = tuple(filter(None, points["recomputed"]))
    about = _about(indicator, label, tuple(cut.reason for cut in cuts), made)
    within_rounding = len(cuts) == 0 and max(values) - min(values) <= _error(points)
    along = _along(points, flat=within_rounding)
    if len(last) < 2:
        broken = TEXTS["trend_broken"].format(date=formats.date(cuts[-1].date))
        return Trend(along, broken, "", label, about)
    start, own = last.iloc[0], last.iloc[-1]
    before, after = (float(each["value"]) for each in (start, own))
    errors = (float(start["rounding_error"]), float(own["rounding_error"]))
    told = (
        TEXTS["trend_same"]
        if 0 < sum(errors) >= abs(after - before)
        else change_words.told(indicator, before, after, errors)
    )
    since = TEXTS["trend_since"].format(date=formats.date(start["date"]))
    return Trend(along, told, since, label, about)


def _error(points: pd.DataFrame) -> float:
    """Return by how much two of these values may differ through rounding alone."""
    return float(points["rounding_error"].nlargest(2).sum())


def _along(points: pd.DataFrame, *, flat: bool) -> tuple[tuple[float, float, int], ...]:
    """Place the points between the first and the last day, the lowest and the highest value."""
    days, values = points["date"].tolist(), points["value"].tolist()
    low, high = min(values), max(values)
    span = days[-1] - days[0]
    return tuple(
        (
            (day - days[0]) / span,
            0.5 if flat or high == low else (value - low) / (high - low),
            int(segment),
        )
        for day, value, segment in zip(days, values, points["segment"], strict=True)
    )


def _about(
    indicator: Indicator, label: str, reasons: tuple[str, ...], made: tuple[str, ...]
) -> About | None:
    """Explain breaks and figures computed anew, where there are some."""
    if not reasons and not made:
        return None
    told = tuple(TEXTS["break"].format(reason=reason) for reason in reasons)
    title = TEXTS["breaks"] if reasons else TEXTS["recomputed"]
    return About(f"{indicator.title.de}: {title}", (*told, *made, label))
