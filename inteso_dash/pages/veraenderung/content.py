"""The maps of the page, as plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash.city import City
from inteso_dash.city.overlay.matching import Match, cut_anew
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.measures.classes import Classes
from inteso_dash.pages.veraenderung import maps as change_views
from inteso_dash.pages.veraenderung.comparison import Comparison, Measure
from inteso_dash.pages.veraenderung.reach import smallest_base
from inteso_dash.views import map_view
from inteso_dash.views.colours import sequential
from inteso_dash.views.map_view import Choice, NotDrawableError, Scale, Snapshot
from inteso_dash.views.maps import Map, Marks

if TYPE_CHECKING:
    from inteso_dash.drawing.area_map.data import MapData

SMALL_TITLE = "{indicator}, {count} Stichtage auf einer Skala"


@dataclass(frozen=True, kw_only=True)
class ChangeMap(Map):
    """The change of every area between two Stichtage."""

    found: Comparison
    measure: Measure

    def on_screen(self, city: City) -> MapData | None:
        """Return the map of the page."""
        from inteso_dash.pages.veraenderung.screen.maps import change_map

        return change_map(city, self.found, self.measure, self.selected)


def changed(
    city: City, found: Comparison, measure: Measure, selected: str | None = None
) -> ChangeMap:
    """Work out the map of a comparison.

    Parameters
    ----------
    city : City
    found : Comparison
    measure : Measure
    selected : str, optional
        Key of an area to outline and name.
    """
    scale, layer = change_views.drawn(city, found, measure)
    small = [str(area) for area in found.areas.index[found.areas["small"]]]
    return ChangeMap(
        level=found.level,
        scale=scale,
        shown=(layer,),
        selected=selected,
        when=change_views.period(found),
        missing=change_views.missing(found, measure),
        signed=True,
        marks=_marks(small, change_views.small_meaning(found.small_base)),
        found=found,
        measure=measure,
    )


def _marks(areas: Sequence[str], meaning: str) -> Marks | None:
    return Marks(change_views.SMALL_SIGN, meaning, tuple(areas)) if areas else None


@dataclass(frozen=True, kw_only=True)
class DatedMap(Map):
    """One map that can be moved between the Stichtage of a period, or some of them together."""

    indicator_id: str
    period: tuple[dt.date, dt.date]
    small_base: float

    def on_screen(self, city: City) -> MapData | None:
        """Return the map or the maps of the page."""
        from inteso_dash.pages.veraenderung.screen.maps import dated_map

        drawn = dated_map(city, self.level, self.indicator_id, self.period, self.small_base)
        if drawn is None or not self.several:
            return None if drawn is None else replace(drawn, selected=self.selected)
        days = {formats.date(layer.date) for layer in self.shown}
        kept = tuple(frame for frame in drawn.frames if frame.date_label in days)
        return replace(drawn, frames=kept)


def dated(
    city: City,
    choice: Choice,
    days: Sequence[dt.date],
    small_base: float,
    *,
    together: bool,
    selected: str | None = None,
) -> DatedMap:
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
    return DatedMap(
        level=choice.level,
        scale=view.scale,
        shown=tuple(picked[day] for day in wanted),
        selected=selected,
        when=SMALL_TITLE.format(indicator=title, count=len(days)) if together else "",
        marks=_marks(small, change_views.small_meaning(small_base, dated=True)),
        indicator_id=choice.indicator_id,
        period=(days[0], days[-1]),
        small_base=small_base,
    )


@dataclass(frozen=True, kw_only=True)
class CutMap(Map):
    """How much of every area of a division is cut anew since an earlier one."""

    found: Match
    pair: tuple[str, str]

    def on_screen(self, city: City) -> MapData | None:
        """Return the map of the page."""
        from inteso_dash.pages.veraenderung.screen.divisions import changed_map

        level = city.catalogue.level(self.level)
        return changed_map(city, level, self.found, self.pair, self.selected)


def cut(level: str, found: Match, pair: tuple[str, str], selected: str | None = None) -> CutMap:
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
    layer = Snapshot(dt.date.min, table, values.rank(), None)
    return CutMap(
        level=level,
        division=pair[1],
        scale=Scale(change_views.CUT, "%", 0, classes, colours),
        shown=(layer,),
        selected=selected,
        when=f"{pair[0]} bis {pair[1]}",
        found=found,
        pair=pair,
    )
