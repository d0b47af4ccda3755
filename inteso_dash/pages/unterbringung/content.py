"""The map of the page, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash.city import City
from inteso_dash.measures.classes import ranks
from inteso_dash.pages.unterbringung.charts import UNNAMED
from inteso_dash.pages.unterbringung.circles import SINGLE_SITES, split_of
from inteso_dash.pages.unterbringung.classes import measure_classes
from inteso_dash.pages.unterbringung.situation import MappedFigure, Situation
from inteso_dash.views.colours import sequential
from inteso_dash.views.map_view import Scale, Snapshot
from inteso_dash.views.maps import Circles, Map, site_circles
from inteso_dash.views.tones import CIRCLE_COLOURS

if TYPE_CHECKING:
    from inteso_dash.drawing.area_map.data import MapData


@dataclass(frozen=True, kw_only=True)
class MeasureMap(Map):
    """One figure of accommodation in every area."""

    situation: Situation
    measure: MappedFigure
    over: str | None

    def on_screen(self, city: City) -> MapData | None:
        """Return the map of the page."""
        from inteso_dash.pages.unterbringung.screen.maps import measure_map

        return measure_map(city, self.situation, self.measure, self.over, self.selected)


def figure_map(
    shown: Situation, measure: MappedFigure, over: str | None, selected: str | None
) -> MeasureMap:
    """Work out the map of a figure, with what lies over it.

    Parameters
    ----------
    shown : Situation
    measure : MappedFigure
    over : str or None
        What circles show; None for none.
    selected : str or None
        Key of an area to outline and name.
    """
    values = shown.areas[measure.id].astype(float)
    classes, reference = measure_classes(shown, measure)
    colours = sequential(classes.size)
    table = pd.DataFrame({"value": values, "status": shown.areas["status"]})
    layer = Snapshot(shown.date, table, ranks(values), reference)
    return MeasureMap(
        level=shown.level,
        scale=Scale(measure.title, measure.unit, measure.decimals, classes, colours),
        shown=(layer,),
        selected=selected,
        circles=_circles(shown, over),
        situation=shown,
        measure=measure,
        over=over,
    )


def _circles(shown: Situation, title: str | None) -> Circles | None:
    """Return what lies over the map, as on the screen."""
    colours = CIRCLE_COLOURS["light"]
    if title is None:
        return None
    if title == SINGLE_SITES:
        return site_circles(title, "Personen", shown.sites, "occupied", colours[0])
    split = split_of(shown, title)
    if split is None:
        return None
    names = [str(form) or (UNNAMED if split.shape[1] > 1 else "") for form in split.columns]
    parts = {name: colours[place % len(colours)] for place, name in enumerate(names)}
    unit = title if title == "Plätze" else "Personen"
    circles = Circles(title, unit, parts, split.set_axis(names, axis=1))
    return None if circles.totals.empty else circles
