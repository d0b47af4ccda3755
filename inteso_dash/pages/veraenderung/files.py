"""What the page gives away as files."""

from __future__ import annotations

from collections.abc import Sequence

from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.pages.veraenderung.charts import course_lines
from inteso_dash.pages.veraenderung.series import series
from inteso_dash.views.statement import Statement


def development_file(
    city: City,
    indicator_id: str,
    places: Sequence[tuple[str, str]],
    told: Statement,
    kind: str,
) -> bytes:
    """Write the course of an indicator over time, one line an area, broken where it breaks.

    Parameters
    ----------
    city : City
    indicator_id : str
    places : sequence of (level, area_id)
    told : Statement
    kind : str
        One of `PICTURE_KINDS`.

    Raises
    ------
    inteso_dash.drawing.paper.NotDrawableError
        If no area has a value.
    """
    from inteso_dash.views.map_view import NotDrawableError

    indicator = city.catalogue.indicator(indicator_id)
    points = series(city, indicator_id, places)
    if points.empty:
        raise NotDrawableError(f"{indicator.title.de}: Die Gebiete haben keine Werte.")
    told_of = [city.source_titles(ids) for ids in points["source_id"]]
    chart = course_lines(
        points.assign(shown=points["value"], source=told_of), (), indicator.unit, indicator.decimals
    )
    subtitle = f"{formats.date(min(points['date']))} bis {formats.date(max(points['date']))}"
    from inteso_dash.drawing.paper.pictures import written

    return written(city, chart, told, kind, indicator.title.de, subtitle)
