"""A view as the bytes of a file, by the kind of file; what writes it is loaded when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash import figures, formats, map_view
from inteso_dash.change.series import series
from inteso_dash.city import City
from inteso_dash.exports.statement import Statement, signed
from inteso_dash.exports.text import Dialect, labelled, to_csv
from inteso_dash.map_view import Choice
from inteso_dash.profile import Profile

if TYPE_CHECKING:
    from inteso_dash.layers import Layer

TABLE_KINDS = ("xlsx", "csv")
PICTURE_KINDS = ("svg", "png", "pdf")
AREA_KINDS = ("geojson", "gpkg")


class Chart(StrEnum):
    """Charts of the areas of a level."""

    DISTRIBUTION = "distribution"
    RANKING = "ranking"


def table_file(
    city: City,
    table: pd.DataFrame,
    told: Statement,
    kind: str,
    *,
    indicator_ids: Iterable[str] = (),
    dialect: Dialect = Dialect.RFC4180,
) -> bytes:
    """Write a table.

    Parameters
    ----------
    city : City
    table : DataFrame
        Cells are text, `decimal.Decimal`, dates or None.
    told : Statement
    kind : str
        One of `TABLE_KINDS`.
    indicator_ids : iterable of str
        Indicators that a workbook defines; those of the column Kennung where there is one.
    dialect : Dialect
        Of CSV.
    """
    if kind == "csv":
        return to_csv(signed(table, told), dialect)
    from inteso_dash.exports.workbook import to_xlsx

    named = set(indicator_ids)
    if "Kennung" in table.columns:
        named |= set(table["Kennung"])
    return to_xlsx(table, told, city, named)


def map_file(
    city: City,
    layers: Mapping[tuple[str, str], Layer],
    choice: Choice,
    layer: map_view.Layer,
    told: Statement,
    kind: str,
    *,
    selected: str | None = None,
) -> bytes:
    """Write a map.

    Parameters
    ----------
    city : City
    layers : mapping of (level, division) to inteso_dash.layers.Layer
    choice : Choice
    layer : inteso_dash.map_view.Layer
        The Stichtag that is shown.
    told : Statement
    kind : str
        One of `TABLE_KINDS`, `PICTURE_KINDS`, `AREA_KINDS`.
    selected : str, optional
        Area that a picture outlines and names.

    Raises
    ------
    inteso_dash.static.NotDrawableError
        If a picture or geodata are asked for and there are no outlines.
    """
    if kind in TABLE_KINDS:
        table = labelled(map_view.rows(city, choice, layer), city)
        return table_file(city, table, told, kind)
    from inteso_dash.static.maps import NotDrawableError, map_figure
    from inteso_dash.static.paper import WRITERS

    if kind in PICTURE_KINDS:
        drawn = map_figure(city, layers, choice, layer.date, told=told, selected=selected)
        return WRITERS[kind](drawn, told)
    from inteso_dash.exports import geodata

    level = city.catalogue.level(choice.level)
    outlines = layers.get((level.id, level.current.id))
    if outlines is None:
        raise NotDrawableError(f"{level.plural}: Für diese Ebene liegen keine Grenzen vor.")
    frame = geodata.areas(city, outlines, choice, layer)
    return geodata.to_geojson(frame, told) if kind == "geojson" else geodata.to_gpkg(frame, told)


def chart_file(
    city: City,
    chart: Chart,
    choice: Choice,
    layer: map_view.Layer,
    told: Statement,
    kind: str,
    *,
    selected: str | None = None,
) -> bytes:
    """Write a chart of the areas of a level.

    Parameters
    ----------
    city : City
    chart : Chart
    choice : Choice
    layer : inteso_dash.map_view.Layer
        The Stichtag that is shown.
    told : Statement
    kind : str
        One of `PICTURE_KINDS`.
    selected : str, optional
        Area to emphasise.

    Raises
    ------
    inteso_dash.static.NotDrawableError
        If no area has a value.
    """
    from inteso_dash.static.charts import distribution_figure, ranked_figure
    from inteso_dash.static.paper import WRITERS

    draw = {
        Chart.DISTRIBUTION: distribution_figure,
        Chart.RANKING: ranked_figure,
    }[chart]
    drawn = draw(city, choice, layer.date, selected=selected, told=told)
    return WRITERS[kind](drawn, told)


def age_file(city: City, result: Profile, told: Statement, kind: str) -> bytes:
    """Write the age structure of an area.

    Parameters
    ----------
    city : City
    result : Profile
    told : Statement
    kind : str
        One of `PICTURE_KINDS`.

    Raises
    ------
    inteso_dash.static.NotDrawableError
        If a group of the age structure has no value.
    """
    from inteso_dash.static.charts import bar_figure
    from inteso_dash.static.maps import NotDrawableError
    from inteso_dash.static.paper import WRITERS

    bars = figures.age_bars(city, result)
    if not bars:
        raise NotDrawableError(
            f"{result.place.name}: Für die Altersgruppen liegen keine Werte vor."
        )
    drawn = bar_figure(
        bars,
        result.place.name,
        city.catalogue.city.name,
        title=f"Altersstruktur, {result.place.name}",
        subtitle=f"Anteil an der Bevölkerung, {told.when}",
        told=told,
    )
    return WRITERS[kind](drawn, told)


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
    inteso_dash.static.NotDrawableError
        If no area has a value.
    """
    from inteso_dash.static.development import development_figure
    from inteso_dash.static.maps import NotDrawableError
    from inteso_dash.static.paper import WRITERS

    indicator = city.catalogue.indicator(indicator_id)
    points = series(city, indicator_id, places)
    if points.empty:
        raise NotDrawableError(f"{indicator.title.de}: Die Gebiete haben keine Werte.")
    drawn = development_figure(
        points.rename(columns={"name": "series"}),
        unit=indicator.unit,
        decimals=indicator.decimals,
        title=indicator.title.de,
        subtitle=f"{formats.date(min(points['date']))} bis {formats.date(max(points['date']))}",
        told=told,
    )
    return WRITERS[kind](drawn, told)
