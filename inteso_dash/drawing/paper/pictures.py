"""Any figure as a picture."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.figure import Figure

from inteso_dash.city import City
from inteso_dash.drawing.paper import charts, maps
from inteso_dash.drawing.paper.sheet import ON_SLIDE, PAGES, WRITERS, Words
from inteso_dash.views.figures import Chart, Table
from inteso_dash.views.map_view import NotDrawableError
from inteso_dash.views.maps import Map
from inteso_dash.views.statement import Statement


def picture(
    city: City,
    figure: Map | Chart | Table,
    words: Words = ON_SLIDE,
) -> Figure | None:
    """Draw a figure; None for a table, which is set as text.

    Parameters
    ----------
    city : City
    figure : map, chart or table
    words : Words
        Title and source; none by default.

    Raises
    ------
    NotDrawableError
        If there are no outlines of the level.
    """
    if isinstance(figure, Map):
        return maps.draw(city, figure, told=words.told, size=words.size)
    return charts.draw(figure, words.sheet) if isinstance(figure, Chart) else None


def written(
    city: City,
    figure: Map | Chart | Table,
    told: Statement,
    kind: str,
    title: str = "",
    subtitle: str = "",
    sheet: str = "",
) -> bytes:
    """Write a map or a chart as a file of its own.

    Parameters
    ----------
    city : City
    figure : map or chart
    told : Statement
        Stands under the picture and in its properties.
    kind : str
        svg, png or pdf.
    title, subtitle : str
        Over a chart; maps have their own.
    sheet : str
        One of `PAGES` for a map that fills it; else as large as it needs to be.

    Raises
    ------
    NotDrawableError
        If there are no outlines of the level.
    """
    drawn = picture(city, figure, Words(title, subtitle, told, PAGES.get(sheet)))
    if drawn is None:
        raise ValueError(f"found {type(figure).__name__}, expected a map or a chart")
    return WRITERS[kind](drawn, told)


def on_slide(
    city: City,
    figure: Map | Chart | Table,
    told: Statement,
    write: Callable[[Figure, Statement], bytes],
) -> bytes | None:
    """Write a figure for a slide that has title and source of its own.

    Parameters
    ----------
    city : City
    figure : map, chart or table
    told : Statement
        Goes into the properties of the picture.
    write : callable
        `inteso_dash.drawing.paper.sheet.to_svg` or another one of its kind.

    Returns
    -------
    bytes or None
        None for a table, which is set as text, and where there are no outlines of the level.
    """
    try:
        drawn = picture(city, figure)
    except NotDrawableError:
        return None
    return None if drawn is None else write(drawn, told)
