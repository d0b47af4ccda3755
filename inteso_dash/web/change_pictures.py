"""Charts and maps of the page on change as pictures for paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from inteso_dash import change, formats, map_view, store
from inteso_dash.catalogue import Text
from inteso_dash.city import City
from inteso_dash.colours import diverging
from inteso_dash.exports import Statement
from inteso_dash.statistics import ranks
from inteso_dash.web.change_maps import MAP_TITLES, SMALL_SIGN, TEXTS, reference, statuses

Picture = Callable[[Statement, str], bytes]
"""Makes the bytes of a picture: what it says of itself, and its kind (svg, png, pdf)."""


def course_picture(
    points: pd.DataFrame, marks: Sequence[change.Mark], title: str, unit: str, decimals: int
) -> Picture:
    """Return what draws lines over time.

    Parameters
    ----------
    points : DataFrame
        As of `change.shown`.
    marks : sequence of Mark
        Breaks, named under the title.
    title, unit : str
    decimals : int
    """

    def made(told: Statement, kind: str) -> bytes:
        from inteso_dash import static

        series = points.assign(series=points["name"], value=points["shown"])
        named = [f"{mark.label} zum {formats.date(mark.date)}" for mark in marks]
        subtitle = "; ".join([told.when, *named])
        drawn = static.development_figure(
            series, unit=unit, decimals=decimals, title=title, subtitle=subtitle, told=told
        )
        return static.WRITERS[kind](drawn, told)

    return made


def change_picture(
    city: City, found: change.Comparison, measure: change.Measure, selected: str | None
) -> Picture:
    """Return what draws the map of change."""
    layers = store.layers()

    def made(told: Statement, kind: str) -> bytes:
        from inteso_dash import static

        shown = change_view(city, found, measure)
        small = [str(area) for area in found.areas.index[found.areas["small"]]]
        meaning = TEXTS["small_sign"].format(base=formats.number(found.small_base, 0))
        drawn = static.view_figure(
            city,
            layers,
            found.level,
            shown,
            shown.layers[0],
            told=told,
            selected=selected,
            manner=static.Manner(
                TEXTS["period"].format(
                    start=formats.date(found.start), end=formats.date(found.end)
                ),
                TEXTS["missing"],
                signed=True,
                marks=static.Marks(SMALL_SIGN, meaning, tuple(small)) if small else None,
            ),
        )
        return static.WRITERS[kind](drawn, told)

    return made


def change_view(city: City, found: change.Comparison, measure: change.Measure) -> map_view.View:
    """Return the changes as a view that maps for paper can draw."""
    order = city.areas(found.level).index
    values = found.areas[str(measure)].reindex(order)
    digits = change.decimals(found.indicator, measure)
    classes = change.around_zero(values, digits, measure.lowest)
    title = MAP_TITLES[measure].format(indicator=found.indicator.title.de)
    indicator = found.indicator.model_copy(
        update={
            "title": Text(de=title, en=title),
            "unit": change.unit(found.indicator, measure),
            "decimals": digits,
        }
    )
    layer = map_view.Layer(
        found.end,
        pd.DataFrame({"value": values, "status": statuses(found, measure).reindex(order)}),
        ranks(values),
        reference(found, measure),
    )
    colours = diverging(classes.breaks, 0.0) if classes.breaks else ()
    return map_view.View(indicator, (layer,), classes, colours)
