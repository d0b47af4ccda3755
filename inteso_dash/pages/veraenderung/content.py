"""The maps of the page, as plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from inteso_dash.city import City
from inteso_dash.city.overlay.matching import KIND_TITLES, Fate, Match, cut_anew
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.measures.classes import Classes
from inteso_dash.pages.veraenderung import maps as change_views
from inteso_dash.pages.veraenderung.comparison import Comparison, Measure
from inteso_dash.pages.veraenderung.reach import smallest_base
from inteso_dash.pages.veraenderung.words import remarks
from inteso_dash.session.maps import ScreenMap
from inteso_dash.views import map_view
from inteso_dash.views.colours import sequential
from inteso_dash.views.map_view import Choice, NotDrawableError, Scale, Snapshot
from inteso_dash.views.maps import Marks

SMALL = "Kleine Grundzahlen"
SMALL_TITLE = "{indicator}, {count} Stichtage auf einer Skala"


def changed(
    city: City,
    found: Comparison,
    measure: Measure,
    selected: str | None = None,
    division: str = "",
) -> ScreenMap:
    """Work out the map of a comparison, centred on zero.

    Parameters
    ----------
    city : City
    found : Comparison
    measure : Measure
    selected : str, optional
        Key of an area to outline and name.
    division : str
        Whose areas are compared; the current one where empty.
    """
    scale, layer = change_views.drawn(city, found, measure, division)
    small = [str(area) for area in found.areas.index[found.areas["small"]]]
    return ScreenMap(
        level=found.level,
        division=division,
        scale=scale,
        shown=(layer,),
        selected=selected,
        when=change_views.period(found),
        missing=change_views.missing(found, measure),
        signed=True,
        marks=_marks(small, change_views.small_meaning(found.small_base)),
        remarks=remarks(found),
    )


def _marks(areas: Sequence[str], meaning: str) -> Marks | None:
    return Marks(change_views.SMALL_SIGN, meaning, tuple(areas), SMALL) if areas else None


def dated(
    city: City,
    choice: Choice,
    days: Sequence[dt.date],
    small_base: float,
    *,
    together: bool,
    selected: str | None = None,
) -> ScreenMap:
    """Work out the maps of some Stichtage on one scale: together, or the last of them alone.

    Parameters
    ----------
    city : City
    choice : Choice
    days : sequence of date
        With values of the current division.
    small_base : float
        Areas are marked whose figures rest on less at one of the Stichtage.
    together : bool
    selected : str, optional
        Key of an area to outline and name.

    Raises
    ------
    NotDrawableError
        If there are no values at a Stichtag.
    """
    view = map_view.view(city, choice)
    title = view.indicator.title.de
    picked = {layer.date: layer for layer in view.layers if days[0] <= layer.date <= days[-1]}
    wanted = days if together else days[-1:]
    if set(wanted) - set(picked):
        raise NotDrawableError(f"{title}: Ein Stichtag hat keine Werte.")
    dates = list(days) if together else list(picked)
    base = smallest_base(city, choice.level, view.indicator, dates)
    small = [str(area) for area in base.index[base < small_base]]
    return ScreenMap(
        level=choice.level,
        scale=view.scale,
        shown=tuple(picked[day] for day in wanted),
        selected=selected,
        when=SMALL_TITLE.format(indicator=title, count=len(days))
        if together and len(days) > 1
        else "",
        marks=_marks(small, change_views.small_meaning(small_base, dated=True)),
        moments=() if together else tuple(picked.values()),
    )


def cut(level: str, found: Match, pair: tuple[str, str], selected: str | None = None) -> ScreenMap:
    """Work out how much of every area of the later division is cut anew.

    Parameters
    ----------
    level : str
    found : Match
    pair : (str, str)
        The earlier and the later division.
    selected : str, optional
        Key of an area to outline and name.
    """
    values, bounds = cut_anew(found), change_views.CUT_BOUNDS
    classes, colours = Classes(bounds, ()), sequential(len(bounds) - 1)
    table = pd.DataFrame({"value": values, "status": str(Status.MEASURED)})
    layer = Snapshot(dt.date.min, table, pd.Series(np.nan, values.index), None)
    return ScreenMap(
        level=level,
        division=pair[1],
        scale=Scale(change_views.CUT, "%", 0, classes, colours),
        shown=(layer,),
        selected=selected,
        when=f"{pair[0]} bis {pair[1]}",
        remarks=pd.Series({area: _earlier(found, area, pair[0]) for area in values.index}),
    )


def _earlier(found: Match, area: str, before: str) -> str:
    """Say what an area was before."""
    union = found.unions.loc[found.members("to")[area]]
    kind = KIND_TITLES[Fate(union["kind"])]
    if union["kind"] == Fate.UNCHANGED or not union["areas_from"]:
        return kind
    pairs = found.pairs[found.pairs["significant"] & (found.pairs["area_to"] == area)]
    named = [
        f"{key} {found.names_from[key]} ({formats.with_unit(100 * share, 0, '%')})"
        for key, share in zip(pairs["area_from"], pairs["share_to"], strict=True)
    ]
    return f"{kind}; {before}: {', '.join(named)}"
