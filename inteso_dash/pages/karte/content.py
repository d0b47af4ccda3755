"""The map of the page, as plain data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inteso_dash.city import City
from inteso_dash.pages.karte.chance import marks
from inteso_dash.views import map_view, scope
from inteso_dash.views.map_view import Choice
from inteso_dash.views.maps import Map, Part

if TYPE_CHECKING:
    from inteso_dash.drawing.area_map.data import MapData


@dataclass(frozen=True, kw_only=True)
class IndicatorMap(Map):
    """An indicator at one Stichtag."""

    choice: Choice
    confidence: float | None = None

    def on_screen(self, city: City) -> MapData | None:
        """Return the map of the page without what belongs to the page alone."""
        from inteso_dash.pages.karte.kept import slide_map

        return slide_map(city, self.choice, self.shown[0].date, self.selected, self.confidence)


def indicator_map(
    city: City,
    choice: Choice,
    date: dt.date | None = None,
    *,
    selected: str | None = None,
    confidence: float | None = None,
) -> IndicatorMap:
    """Work out the map of a choice.

    Parameters
    ----------
    city : City
    choice : Choice
    date : date, optional
        Stichtag; the newest by default.
    selected : str, optional
        Key of an area to outline and name.
    confidence : float, optional
        How sure a difference from the city has to be; areas without one have a sign. None does not
        ask.

    Raises
    ------
    NotDrawableError
        If there are no figures, or none for the Stichtag.
    """
    view = map_view.view(city, choice)
    layer = map_view.chosen_layer(view, date)
    return IndicatorMap(
        level=choice.level,
        scale=view.scale,
        shown=(layer,),
        selected=selected,
        choice=choice,
        confidence=confidence,
        marks=marks(city, choice, layer.date, confidence),
        part=part(city, choice),
    )


def part(city: City, choice: Choice) -> Part | None:
    """Return the areas that a choice is limited to; None where it is the whole city."""
    if choice.within is None:
        return None
    areas = scope.members(city, choice.level, choice.within)
    return Part(areas, scope.counted(city, choice.level, choice.within))
