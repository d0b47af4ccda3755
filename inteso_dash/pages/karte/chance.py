"""What chance may be on the map: areas that do not differ from the city, ranks, the funnel."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.city.intervals import CityIntervals, intervals, level_words
from inteso_dash.language import formats
from inteso_dash.measures.intervals import LEVEL, funnel
from inteso_dash.pages.karte.texts import CHANCE as TEXTS
from inteso_dash.views import scope
from inteso_dash.views.dots import Funnel, FunnelArea, FunnelLimits
from inteso_dash.views.figures import Bars, Chart
from inteso_dash.views.map_view import Choice, NotDrawableError
from inteso_dash.views.maps import Map, Marks
from inteso_dash.views.shown import Offer

SURENESS = Offer(
    "zufall", "Zufall prüfen", {"nicht": "", "90 %": "90", "95 %": "95", "99 %": "99"}, ""
)
"""How sure a difference from the city has to be for the map to let it stand."""
SIGN = "≈"
LIMITS = (0.95, 0.998)
"""Of a funnel."""
_STEPS = 60


def confidence_of(sureness: str) -> float | None:
    """Return how sure differences have to be; None where nobody asks."""
    return None if sureness == SURENESS.first else float(sureness) / 100


def found(city: City, choice: Choice, day: dt.date, confidence: float = LEVEL) -> CityIntervals:
    """Return the intervals of all areas of a level."""
    return intervals(city, choice.level, choice.indicator_id, day, confidence)


def available(city: City, choice: Choice, day: dt.date) -> bool:
    """Say whether there are areas that can be compared with the city."""
    return not _limited(city, choice, found(city, choice, day).differing.index).empty


def same(city: City, choice: Choice, day: dt.date, confidence: float) -> tuple[str, ...]:
    """Return the areas of a choice that cannot be told from the city, in the order of their keys.

    Tested are all areas of the level, whatever the choice is limited to.
    """
    differing = found(city, choice, day, confidence).differing
    return tuple(map(str, _limited(city, choice, differing.index[~differing])))


def _limited(city: City, choice: Choice, areas: pd.Index) -> pd.Index:
    """Return those of some areas that a choice is about."""
    if choice.within is None:
        return areas
    return areas[areas.isin(scope.members(city, choice.level, choice.within))]


def marks(city: City, choice: Choice, day: dt.date, confidence: float | None) -> Marks | None:
    """Return the sign on areas that cannot be told from the city; None where nobody asks."""
    if confidence is None or not available(city, choice, day):
        return None
    name = city.catalogue.city.name
    return Marks(
        SIGN,
        TEXTS["marked"].format(level=level_words(confidence)),
        same(city, choice, day, confidence),
        TEXTS["marks"].format(city=name, level=level_words(confidence)),
    )


def remark(figure: Map | Chart, confidence: float | None) -> str:
    """Return what is to be said beside a figure of what chance may be in it."""
    if confidence is None:
        return ""
    if isinstance(figure, Map) and figure.marks is not None:
        return TEXTS["slide"].format(sign=SIGN, level=level_words(confidence))
    return figure.note if isinstance(figure, Bars) else ""


def sentence(city: City, choice: Choice, day: dt.date, confidence: float) -> str:
    """Say how many areas differ from the city, or why that cannot be said."""
    made = found(city, choice, day, confidence)
    if made.chance is None:
        return TEXTS["none"].format(reason=made.reason)
    if made.reference is None or made.differing.empty:
        return TEXTS["no_city"]
    level, indicator = city.catalogue.level(choice.level), made.indicator
    everything = len(_limited(city, choice, made.differing.index))
    if choice.within is not None and not everything:
        return TEXTS["no_area"].format(plural=level.plural, where=scope.where(city, choice.within))
    alike = len(same(city, choice, day, confidence))
    return TEXTS["told"].format(
        count=formats.number(everything - alike, 0),
        all=formats.number(everything, 0),
        plural=formats.dative(level.plural),
        value=formats.with_unit(made.reference[0], indicator.decimals, indicator.unit),
        same=formats.number(alike, 0),
        sign=SIGN,
        level=level_words(confidence),
    )


def funnel_chart(
    city: City,
    choice: Choice,
    date: dt.date,
    *,
    selected: str | None = None,
    confidence: float | None = None,
) -> Funnel:
    """Draw every area by its rate and its base, between the limits around the city's rate.

    Parameters
    ----------
    city : City
    choice : Choice
    date : date
    selected : str, optional
        Area to mark.
    confidence : float, optional
        Of the intervals that are told of areas; 95 % by default.

    Raises
    ------
    NotDrawableError
        If the indicator has no intervals, the city no value, or the areas none.
    """
    made = found(city, choice, date, confidence or LEVEL)
    compared = _limited(city, choice, made.differing.index)
    if made.chance is None or made.reference is None or compared.empty:
        raise NotDrawableError(sentence(city, choice, date, confidence or LEVEL))
    indicator, reference = made.indicator, made.reference[0]
    cells = made.cells.loc[_limited(city, choice, made.cells.index[made.known])]
    rate, bases = reference / made.scale, cells["base"].to_numpy(dtype=float)
    most = float(bases.max(initial=1.0)) * 1.06
    least = max(float(bases.min(initial=most)) / 2, 1.0)
    totals = np.unique(np.round(np.geomspace(least, most, _STEPS))).astype(float)
    limits = []
    for level in LIMITS:
        lower, upper = funnel(made.chance, totals, rate, level)
        name = TEXTS["limit"].format(level=level_words(level))
        sides = (tuple((each * made.scale).tolist()) for each in (lower, upper))
        limits.append(FunnelLimits(name, tuple(totals.tolist()), *sides))
    low, high = (each * made.scale for each in funnel(made.chance, bases, rate, LIMITS[-1]))
    values = cells["value"].to_numpy(dtype=float)
    width = np.maximum(np.where(values > reference, high - reference, reference - low), 1e-12)
    far = np.abs(values - reference) / width
    areas = tuple(
        FunnelArea(
            city.name(choice.level, str(area)),
            float(base),
            float(value),
            bool(outside),
            float(distance),
            _told(city, indicator, row),
            str(area) == selected,
        )
        for (area, row), base, value, outside, distance in zip(
            cells.iterrows(), bases, values, (values < low) | (values > high), far, strict=True
        )
    )
    plural = city.catalogue.level(choice.level).plural
    place = "" if choice.within is None else f" {scope.where(city, choice.within)}"
    outside = sum(area.outside for area in areas)
    widest = level_words(LIMITS[-1])
    return Funnel(
        title=TEXTS["funnel"].format(
            title=indicator.title.de, date=formats.date(date), where=f"{plural}{place}"
        ),
        unit=indicator.unit,
        decimals=indicator.decimals,
        words=TEXTS["words"].format(
            outside=formats.number(outside, 0),
            all=formats.number(len(areas), 0),
            where=f"{formats.dative(plural)}{place}",
            lie="liegt" if outside == 1 else "liegen",
            widest=widest,
            value=formats.with_unit(reference, indicator.decimals, indicator.unit),
        ),
        areas=areas,
        limits=tuple(limits),
        reference=reference,
        reference_name=city.catalogue.city.name,
        across=TEXTS["across"].format(base=_base(city, indicator)),
        upwards=f"{indicator.short.de} ({indicator.unit})",
        names=(TEXTS["within"], TEXTS["outside"].format(level=widest)),
    )


def _told(city: City, indicator: Indicator, cell: pd.Series) -> str:
    return TEXTS["point"].format(
        value=formats.with_unit(float(cell["value"]), indicator.decimals, indicator.unit),
        span=formats.span(float(cell["lower"]), float(cell["upper"]), indicator.decimals),
        base=formats.with_unit(float(cell["base"]), 0, _unit(city, indicator)),
    )


def _unit(city: City, indicator: Indicator) -> str:
    below = indicator.denominator or indicator.weight
    return city.catalogue.indicator(below[0]).unit


def _base(city: City, indicator: Indicator) -> str:
    below = indicator.denominator or indicator.weight
    titles = [city.catalogue.indicator(each).title.de for each in below]
    return titles[0] if len(titles) == 1 else _unit(city, indicator)


def table(city: City, choice: Choice, day: dt.date, confidence: float) -> pd.DataFrame:
    """Return the areas by rank with interval, base, possible ranks, and whether they differ.

    Returns
    -------
    DataFrame
        Text; Rang, mögliche Ränge, the area, its value, Intervall, what it refers to, and the
        comparison with the city. Areas without an interval are left out.
    """
    made, level = found(city, choice, day, confidence), city.catalogue.level(choice.level)
    indicator, name = made.indicator, city.catalogue.city.name
    cells = made.cells.loc[_limited(city, choice, made.cells.index[made.known])]
    cells = cells.sort_values("value", ascending=False, kind="stable")
    ranked = made.cells["value"].rank(ascending=False, method="min").astype(int)
    rows = []
    for area_id, cell in cells.iterrows():
        area = str(area_id)
        differs = made.differing.get(area)
        rows.append(
            {
                "Rang": str(ranked[area]),
                "Mögliche Ränge": rank_words(made, area),
                level.title.de: f"{city.name_beside_key(level.id, area)} ({area})",
                f"Wert ({indicator.unit})": formats.number(cell["value"], indicator.decimals),
                "Intervall": formats.span(cell["lower"], cell["upper"], indicator.decimals),
                f"bezogen auf ({_unit(city, indicator)})": formats.number(cell["base"], 0),
                f"Von {name}": ""
                if differs is None
                else ("zu unterscheiden" if differs else f"{SIGN} nicht zu unterscheiden"),
            }
        )
    return pd.DataFrame(rows)


def of_area(
    city: City, choice: Choice, day: dt.date, confidence: float, area: str
) -> list[tuple[str, str]]:
    """Return what chance may do to the figure of an area, label and value; empty where unknown."""
    made = found(city, choice, day, confidence)
    if area not in made.ranks.index:
        return []
    indicator, own = made.indicator, made.cells.loc[[area]].iloc[0]
    span = formats.span(own["lower"], own["upper"], indicator.decimals, indicator.unit)
    label = TEXTS["interval"].format(level=level_words(confidence))
    return [(label, span), (TEXTS["ranks"], rank_words(made, area))]


def rank_words(made: CityIntervals, area: str) -> str:
    """Write between which ranks an area with an interval may lie: "3–9", or "1"."""
    first, last = (int(made.ranks[each][area]) for each in ("first", "last"))
    return str(first) if first == last else f"{first}–{last}"
