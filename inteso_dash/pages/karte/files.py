"""The map of a view as a file: table, picture, geodata."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from inteso_dash.city import City
from inteso_dash.files.formats import PICTURE_KINDS, TABLE_KINDS, table_file
from inteso_dash.files.text import guarded, labelled
from inteso_dash.language import formats
from inteso_dash.pages.karte.charts import MAKERS, AreaChart
from inteso_dash.pages.karte.content import indicator_map
from inteso_dash.views import map_view
from inteso_dash.views.map_view import Choice, NotDrawableError
from inteso_dash.views.sequences import Address
from inteso_dash.views.statement import Statement, statement

if TYPE_CHECKING:
    from inteso_dash.boundaries.layers import Layer
import datetime as dt
from decimal import Decimal

import geopandas

from inteso_dash.boundaries.layers import Layer, read_boundaries
from inteso_dash.views.map_view import METHODS


def map_statement(
    city: City,
    choice: Choice,
    layer: map_view.Snapshot,
    *,
    address: str = "",
    created: dt.date | None = None,
    boundaries: str = "",
) -> Statement:
    """Describe the export of a map.

    Parameters
    ----------
    city : City
    choice : Choice
    layer : Layer
        The Stichtag that is exported.
    address, created, boundaries
        As in `statement`.
    """
    level = city.catalogue.level(choice.level)
    return statement(
        city,
        what=city.catalogue.indicator(choice.indicator_id).title.de,
        where=f"{len(layer.values)} {level.plural}, {city.catalogue.city.name}",
        dates=[layer.date],
        source_ids=layer.values["source_id"],
        address=address,
        created=created,
        boundaries=boundaries,
    )


def map_address(city: City, choice: Choice, date: dt.date, selected: str | None = None) -> str:
    """Return the address of a map, relative to the application."""
    indicator = city.catalogue.indicator(choice.indicator_id)
    topic = next(each for each in city.catalogue.topics if each.id == indicator.topic)
    method = next(title for title, own in METHODS.items() if own is choice.method)
    bounds = "; ".join(f"{bound:g}".replace(".", ",") for bound in choice.own)
    parameters = (
        ("thema", topic.title.de),
        ("indikator", indicator.title.de),
        ("ebene", city.catalogue.level(choice.level).plural),
        ("stichtag", date.isoformat()),
        ("einteilung", method),
        ("klassen", str(choice.classes)),
        ("grenzen", bounds),
        ("gebiet", selected or ""),
    )
    return Address("karte", tuple(pair for pair in parameters if pair[1])).text


_CHART_HEADS = {
    AreaChart.DISTRIBUTION: "Verteilung über {count} {plural}",
    AreaChart.RANKING: "{plural} mit den höchsten Werten",
}
_FIELDS = {
    "Schlüssel": "schluessel",
    "Name": "name",
    "Ebene": "ebene",
    "Gliederung": "gliederung",
    "Kennung": "kennung",
    "Indikator": "indikator",
    "Einheit": "einheit",
    "Wert": "wert",
    "Status": "status",
    "Stichtag": "stichtag",
    "Quelle": "quelle",
    "Lizenz": "lizenz",
    "Hinweis": "hinweis",
}


def areas(
    city: City, outlines: Layer, choice: Choice, layer: map_view.Snapshot
) -> geopandas.GeoDataFrame:
    """Join the values of a map to the outlines of its areas.

    Parameters
    ----------
    city : City
    outlines : inteso_dash.boundaries.layers.Layer
        Boundaries of the level.
    choice : Choice
    layer : inteso_dash.views.map_view.Snapshot
        The Stichtag that is shown.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326, one row per area: schluessel, name, ebene, gliederung, kennung, indikator,
        einheit, wert (float, NaN where there is none), status, stichtag (ISO), quelle, lizenz,
        hinweis, geometry. Text that a spreadsheet could take for a formula has an apostrophe.
    """
    table = labelled(map_view.rows(city, choice, layer), city)[list(_FIELDS)]
    fields = table.rename(columns=_FIELDS)
    for name in fields.columns:
        fields[name] = fields[name].map(_plain)
    fields["wert"] = fields["wert"].astype(float)
    shapes = read_boundaries(outlines).set_index("area_id").geometry
    return geopandas.GeoDataFrame(
        fields, geometry=shapes.reindex(fields["schluessel"]).to_numpy(), crs=shapes.crs
    )


def _plain(cell: object) -> object:
    if isinstance(cell, Decimal):
        return float(cell)
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return cell if cell is None else guarded(str(cell))


def map_file(
    city: City,
    layers: Mapping[tuple[str, str], Layer],
    choice: Choice,
    layer: map_view.Snapshot,
    told: Statement,
    kind: str,
    *,
    selected: str | None = None,
    sheet: str = "",
) -> bytes:
    """Write a map.

    Parameters
    ----------
    city : City
    layers : mapping of (level, division) to inteso_dash.boundaries.layers.Layer
    choice : Choice
    layer : inteso_dash.views.map_view.Snapshot
        The Stichtag that is shown.
    told : Statement
    kind : str
        One of `TABLE_KINDS`, `PICTURE_KINDS`, `AREA_KINDS`.
    selected : str, optional
        Area that a picture outlines and names.
    sheet : str
        a4 or a3 for a picture of that size; as large as the city needs, by default.

    Raises
    ------
    inteso_dash.drawing.paper.NotDrawableError
        If a picture or geodata are asked for and there are no outlines.
    """
    if kind in TABLE_KINDS:
        table = labelled(map_view.rows(city, choice, layer), city)
        return table_file(city, table, told, kind)

    if kind in PICTURE_KINDS:
        from inteso_dash.drawing.paper.pictures import written

        figure = indicator_map(city, choice, layer.date, selected=selected)
        return written(city, layers, figure, told, kind, sheet=sheet)
    from inteso_dash.files import geodata

    level = city.catalogue.level(choice.level)
    outlines = layers.get((level.id, level.current.id))
    if outlines is None:
        raise NotDrawableError(f"{level.plural}: Für diese Ebene liegen keine Grenzen vor.")
    frame = areas(city, outlines, choice, layer)
    return geodata.to_geojson(frame, told) if kind == "geojson" else geodata.to_gpkg(frame, told)


def chart_file(
    city: City,
    chart: AreaChart,
    choice: Choice,
    layer: map_view.Snapshot,
    told: Statement,
    kind: str,
    *,
    selected: str | None = None,
) -> bytes:
    """Write a chart of the areas of a level.

    Parameters
    ----------
    city : City
    chart : AreaChart
    choice : Choice
    layer : inteso_dash.views.map_view.Snapshot
        The Stichtag that is shown.
    told : Statement
    kind : str
        One of `PICTURE_KINDS`.
    selected : str, optional
        Area to emphasise.

    Raises
    ------
    NotDrawableError
        If no area has a value.
    """
    from inteso_dash.drawing.paper.legend import unit_words
    from inteso_dash.drawing.paper.pictures import written

    made = MAKERS[chart](city, choice, layer.date, selected=selected)
    indicator = city.catalogue.indicator(choice.indicator_id)
    head = _CHART_HEADS[chart].format(
        count=int(layer.values["value"].notna().sum()),
        plural=city.catalogue.level(choice.level).plural,
    )
    title = f"{indicator.title.de}, {formats.date(layer.date)}"
    return written(city, {}, made, told, kind, title, f"{head}, {unit_words(made.unit)}")
