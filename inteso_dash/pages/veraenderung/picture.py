"""Figures of the slides on change as pictures for paper."""

from __future__ import annotations

from matplotlib.figure import Figure

from inteso_dash.city import City
from inteso_dash.drawing.paper.sheet import Sheet, Size
from inteso_dash.pages.veraenderung.content import (
    BothValues,
    ChangeContent,
    ChangeMap,
    CutMap,
    DatedMap,
    SmallMaps,
)
from inteso_dash.pages.veraenderung.paper import (
    Layers,
    both_figure,
    change_figure,
    cut_figure,
    dated_figure,
    small_maps_figure,
    strongest_figure,
)
from inteso_dash.views import map_view


def change_picture(
    city: City, layers: Layers, content: ChangeContent, sizes: tuple[Size, Size]
) -> Figure:
    """Draw the figure of a slide on change.

    Parameters
    ----------
    city : City
    layers : mapping of (level, division) to Layer
    content : figure of a slide
    sizes : (Size, Size)
        Of maps and of charts.

    Raises
    ------
    static.NotDrawableError
        If there are no outlines of the level.
    """
    of_maps, of_charts = sizes
    if isinstance(content, ChangeMap):
        return change_figure(
            city, layers, content.found, content.measure, selected=content.selected, size=of_maps
        )
    if isinstance(content, DatedMap):
        choice = map_view.Choice(content.level, content.indicator_id)
        return dated_figure(
            city,
            layers,
            choice,
            content.period,
            content.small_base,
            selected=content.selected,
            size=of_maps,
        )
    if isinstance(content, SmallMaps):
        choice = map_view.Choice(content.level, content.indicator_id)
        return small_maps_figure(
            city, layers, choice, content.days, content.small_base, Sheet(of_charts)
        )
    if isinstance(content, CutMap):
        return cut_figure(
            city,
            layers,
            content.level,
            content.found,
            content.pair,
            selected=content.selected,
            size=of_maps,
        )
    if isinstance(content, BothValues):
        return both_figure(
            content.rows, content.days, content.unit, content.decimals, Sheet(of_charts)
        )
    return strongest_figure(content.rows, content.head, Sheet(of_charts))
