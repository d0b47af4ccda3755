"""The areas of a level as charts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

import pandas as pd

from inteso_dash.city import City
from inteso_dash.city.intervals import level_words
from inteso_dash.language import formats
from inteso_dash.pages.karte import chance
from inteso_dash.pages.karte.texts import CHANCE
from inteso_dash.views import map_view, scope
from inteso_dash.views.dots import Swarm
from inteso_dash.views.figures import Bar, Bars, Chart
from inteso_dash.views.map_view import Choice, NotDrawableError


class AreaChart(StrEnum):
    """Charts of the areas of a level."""

    DISTRIBUTION = "distribution"
    RANKING = "ranking"
    FUNNEL = "funnel"


def ranking(
    city: City,
    choice: Choice,
    date: dt.date | None = None,
    *,
    selected: str | None = None,
    confidence: float | None = None,
    most: int = 15,
) -> Bars:
    """Draw the areas with the highest values as bars, the highest on top, the city across them.

    Parameters
    ----------
    city : City
    choice : Choice
    date : date, optional
        Stichtag; the newest by default.
    selected : str, optional
        Area to emphasise; shown after the others where it is not among them.
    confidence : float, optional
        Of the intervals of shares and rates, and of the ranks that are possible; none by default.
    most : int
        Number of areas at most.

    Raises
    ------
    NotDrawableError
        If there are no figures, or none for the Stichtag.
    """
    layer, values = _with_values(city, choice, date)
    indicator, level = city.catalogue.indicator(choice.indicator_id), choice.level
    ordered = values.sort_values(ascending=False, kind="stable")
    first = [str(area) for area in ordered.index[:most]]
    if selected in ordered.index and selected not in first:
        first[-1:] = [str(selected)]
    reference = layer.reference if indicator.kind == "intensive" else None
    written = "" if reference is None else formats.number(reference, indicator.decimals)
    made = None if confidence is None else chance.found(city, choice, layer.date, confidence)
    if made is not None and made.ranks.empty:
        made = None

    def bar(area: str) -> Bar:
        rank, name = f"{int(layer.ranks[area])}.", city.name(level, area)
        own = Bar(
            f"{rank} {name}",
            float(ordered[area]),
            formats.number(ordered[area], indicator.decimals),
            reference,
            written,
            "plain" if selected in {None, area} else "quiet",
        )
        if made is None or area not in made.ranks.index:
            return own
        lower, upper = made.cells["lower"][area], made.cells["upper"][area]
        return replace(
            own,
            label=f"{rank} ({chance.rank_words(made, area)}) {name}",
            whisker=(float(lower), float(upper)),
            told=f"{own.written}, Intervall {formats.span(lower, upper, indicator.decimals)}",
        )

    bars = tuple(map(bar, first))
    where = areas_of(city, choice)
    return Bars(
        title=f"{indicator.title.de}, {formats.date(layer.date)}: {where} nach Rang",
        unit=indicator.unit,
        decimals=indicator.decimals,
        words=", ".join(f"{bar.label} {bar.written}" for bar in bars),
        bars=bars,
        name="" if made is None else indicator.short.de,
        reference_name="" if reference is None else city.catalogue.city.name,
        note="" if made is None else CHANCE["whiskers"].format(level=level_words(made.confidence)),
    )


def distribution(
    city: City,
    choice: Choice,
    date: dt.date | None = None,
    *,
    selected: str | None = None,
    confidence: float | None = None,
) -> Swarm:
    """Draw one dot per area along its value, in the colour of its class, with the city's value.

    Parameters
    ----------
    city : City
    choice : Choice
    date : date, optional
        Stichtag; the newest by default.
    selected : str, optional
        Area to name.

    Raises
    ------
    NotDrawableError
        If there are no figures, or none for the Stichtag.
    """
    layer, values = _with_values(city, choice, date)
    shown = map_view.view(city, choice)
    indicator = shown.indicator
    named = None
    if selected is not None and selected in values.index:
        named = (list(values.index).index(selected), city.name(choice.level, selected))
    return Swarm(
        title=f"Verteilung {indicator.title.de}, {formats.date(layer.date)}, "
        f"{areas_of(city, choice, len(values))}",
        unit=indicator.unit,
        decimals=indicator.decimals,
        values=tuple(float(value) for value in values),
        colours=tuple(shown.colours[shown.classes.index_of(value)] for value in values),
        bounds=(shown.classes.breaks[0], shown.classes.breaks[-1]),
        reference=layer.reference,
        reference_name=city.catalogue.city.name,
        named=named,
    )


def _with_values(
    city: City, choice: Choice, date: dt.date | None
) -> tuple[map_view.Snapshot, pd.Series]:
    shown = map_view.view(city, choice)
    layer = map_view.chosen_layer(shown, date)
    listed = map_view.limited(city, choice, layer)
    values = listed.values["value"].dropna()
    if values.empty:
        where = "Die Ebene" if choice.within is None else scope.title(city, choice.within)
        raise NotDrawableError(f"{shown.indicator.title.de}: {where} hat keine Werte.")
    return listed, values


def areas_of(city: City, choice: Choice, count: int | None = None) -> str:
    """Name the areas that a choice is about, behind their number where it is given."""
    level = city.catalogue.level(choice.level)
    said = level.title.de if count == 1 else level.plural
    if count is not None:
        said = f"{count} {said}"
    return said if choice.within is None else f"{said} {scope.where(city, choice.within)}"


MAKERS: dict[AreaChart, Callable[..., Chart]] = {
    AreaChart.DISTRIBUTION: distribution,
    AreaChart.RANKING: ranking,
    AreaChart.FUNNEL: chance.funnel_chart,
}
