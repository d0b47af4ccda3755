"""Charts and maps of the page on change as pictures for paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from inteso_dash import change, formats, store
from inteso_dash.city import City
from inteso_dash.exports import Statement

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
