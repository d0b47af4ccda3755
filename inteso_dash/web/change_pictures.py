"""Charts and maps of the page on change as pictures for paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import pandas as pd

from inteso_dash import change, change_views, formats, map_view, store
from inteso_dash.city import City
from inteso_dash.exports import Statement

STRONGEST = "stärkste Veränderungen"
LEFT_OUT = "; ohne {areas} (kleine Grundzahl)"
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

        drawn = static.change_figure(city, layers, found, measure, told=told, selected=selected)
        return static.WRITERS[kind](drawn, told)

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
        from inteso_dash import static

        if together:
            sheet = static.Sheet(static.A5, title, _where(city, choice.level), told)
            drawn = static.small_maps_figure(city, layers, choice, days, small_base, sheet)
        else:
            period = days[0], days[-1]
            drawn = static.dated_figure(city, layers, choice, period, small_base, told=told)
        return static.WRITERS[kind](drawn, told)

    return made


def strongest_picture(city: City, found: change.Comparison, picked: change.Standouts) -> Picture:
    """Return what draws the strongest changes as bars."""
    head = change.head(found, picked.measure)
    title = f"{found.indicator.title.de}: {STRONGEST}, {change_views.period(found)}"
    small = ", ".join(found.areas.loc[list(picked.small), "name"])
    where = _where(city, found.level) + (LEFT_OUT.format(areas=small) if small else "")

    def made(told: Statement, kind: str) -> bytes:
        from inteso_dash import static

        sheet = static.Sheet(static.A5, title, where, told)
        rows = change.standout_rows(found, picked)
        return static.WRITERS[kind](static.strongest_figure(rows, head, sheet), told)

    return made


def _where(city: City, level: str) -> str:
    return f"{city.catalogue.level(level).plural}, {city.catalogue.city.name}"
