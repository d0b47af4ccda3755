"""Charts and maps of the page on change as pictures for paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import pandas as pd

from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.pages.veraenderung import maps as change_views
from inteso_dash.pages.veraenderung import tables as change_tables
from inteso_dash.pages.veraenderung.comparison import Comparison, Measure, Standouts
from inteso_dash.pages.veraenderung.picked import standout_rows
from inteso_dash.session import store
from inteso_dash.views import map_view
from inteso_dash.views.figures import Mark
from inteso_dash.views.statement import Statement

STRONGEST = "stärkste Veränderungen"
LEFT_OUT = "; ohne {areas} (kleine Grundzahl)"
Picture = Callable[[Statement, str], bytes]
"""Makes the bytes of a picture: what it says of itself, and its kind (svg, png, pdf)."""


def course_picture(
    points: pd.DataFrame, marks: Sequence[Mark], title: str, unit: str, decimals: int
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
        from inteso_dash.drawing.paper.lines import development_figure
        from inteso_dash.drawing.paper.sheet import WRITERS

        series = points.assign(series=points["name"], value=points["shown"])
        named = [f"{mark.label} zum {formats.date(mark.date)}" for mark in marks]
        subtitle = "; ".join([told.when, *named])
        drawn = development_figure(
            series, unit=unit, decimals=decimals, title=title, subtitle=subtitle, told=told
        )
        return WRITERS[kind](drawn, told)

    return made


def change_picture(
    city: City, found: Comparison, measure: Measure, selected: str | None
) -> Picture:
    """Return what draws the map of change."""
    layers = store.layers()

    def made(told: Statement, kind: str) -> bytes:
        from inteso_dash.drawing.paper.sheet import WRITERS
        from inteso_dash.pages.veraenderung.paper import change_figure

        drawn = change_figure(city, layers, found, measure, told=told, selected=selected)
        return WRITERS[kind](drawn, told)

    return made


def dated_picture(
    city: City,
    choice: map_view.Choice,
    days: Sequence[dt.date],
    small_base: float,
    title: str,
    *,
    together: bool,
) -> Picture:
    """Return what draws the maps of some Stichtage together, or the last of them alone."""
    layers = store.layers()

    def made(told: Statement, kind: str) -> bytes:
        from inteso_dash.drawing.paper.sheet import A5, WRITERS, Sheet
        from inteso_dash.pages.veraenderung.paper import dated_figure, small_maps_figure

        if together:
            sheet = Sheet(A5, title, _where(city, choice.level), told)
            drawn = small_maps_figure(city, layers, choice, days, small_base, sheet)
        else:
            period = days[0], days[-1]
            drawn = dated_figure(city, layers, choice, period, small_base, told=told)
        return WRITERS[kind](drawn, told)

    return made


def strongest_picture(city: City, found: Comparison, picked: Standouts) -> Picture:
    """Return what draws the strongest changes as bars."""
    head = change_tables.head(found, picked.measure)
    title = f"{found.indicator.title.de}: {STRONGEST}, {change_views.period(found)}"
    small = ", ".join(found.areas.loc[list(picked.small), "name"])
    where = _where(city, found.level) + (LEFT_OUT.format(areas=small) if small else "")

    def made(told: Statement, kind: str) -> bytes:
        from inteso_dash.drawing.paper.sheet import A5, WRITERS, Sheet
        from inteso_dash.pages.veraenderung.paper import strongest_figure

        sheet = Sheet(A5, title, where, told)
        rows = standout_rows(found, picked)
        return WRITERS[kind](strongest_figure(rows, head, sheet), told)

    return made


def _where(city: City, level: str) -> str:
    return f"{city.catalogue.level(level).plural}, {city.catalogue.city.name}"
