"""The map of a view as a file: table, picture, geodata."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash.city import City
from inteso_dash.city.intervals import level_words
from inteso_dash.files.kinds import PICTURE_KINDS, TABLE_KINDS
from inteso_dash.files.tables import table_file
from inteso_dash.files.text import BOUNDS, labelled, plain_cell
from inteso_dash.language import formats
from inteso_dash.measures.intervals import LEVEL
from inteso_dash.pages.karte import chance
from inteso_dash.pages.karte.charts import MAKERS, AreaChart, areas_of
from inteso_dash.pages.karte.content import indicator_map
from inteso_dash.pages.karte.overview import Measured
from inteso_dash.pages.karte.texts import CHANCE
from inteso_dash.views import map_view, scope
from inteso_dash.views.addresses import as_id, map_address
from inteso_dash.views.figures import Bars
from inteso_dash.views.map_view import Choice, NotDrawableError
from inteso_dash.views.scope import Scope
from inteso_dash.views.shown import span
from inteso_dash.views.statement import Statement, statement

if TYPE_CHECKING:
    import geopandas

    from inteso_dash.boundaries.layers import Layer


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
    within = choice.within
    shown = map_view.limited(city, choice, layer)
    listed = shown.values
    areas = (
        areas_of(city, choice, len(listed))
        if within is None
        else scope.counted(city, choice.level, within)
    )
    return statement(
        city,
        what=city.catalogue.indicator(choice.indicator_id).title.de,
        where=f"{areas}, {city.catalogue.city.name}",
        dates=[layer.date],
        source_ids=listed["source_id"],
        address=address,
        created=created,
        boundaries=boundaries,
        estimates=shown.estimates,
    )


def choice_address(city: City, choice: Choice, date: dt.date, selected: str | None = None) -> str:
    """Return the address of a map with its classes, relative to the application."""
    bounds = "; ".join(map(formats.german, choice.own))
    indicator = city.catalogue.indicator(choice.indicator_id)
    shown = map_address(indicator, choice.level, date.isoformat())
    return shown.completed(
        ("ausschnitt", "" if choice.within is None else choice.within.key),
        ("einteilung", as_id(choice.method)),
        ("klassen", str(choice.classes)),
        ("grenzen", bounds),
        ("gebiet", selected or ""),
    ).text


_CHART_HEADS = {
    AreaChart.DISTRIBUTION: "Verteilung über {counted}",
    AreaChart.RANKING: "{plural} mit den höchsten Werten",
    AreaChart.FUNNEL: "{counted} nach Bezugsgröße",
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
_BOUNDS = dict(zip(BOUNDS, ("untere_grenze", "obere_grenze", "art_der_grenzen"), strict=True))


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
        hinweis; of a share or a rate also untere_grenze, obere_grenze (float), art_der_grenzen;
        geometry. Text that a spreadsheet could take for a formula has an apostrophe.
    """
    from geopandas import GeoDataFrame

    from inteso_dash.boundaries.layers import read_boundaries

    table, heads = labelled(map_view.rows(city, choice, layer), city), _FIELDS
    if _BOUNDS.keys() <= set(table):
        heads = _FIELDS | _BOUNDS
    fields = table[list(heads)].rename(columns=heads)
    for name in fields.columns:
        fields[name] = fields[name].map(plain_cell)
    numbers = [name for name in ("wert", "untere_grenze", "obere_grenze") if name in fields]
    fields[numbers] = fields[numbers].astype(float)
    shapes = read_boundaries(outlines).set_index("area_id").geometry
    return GeoDataFrame(
        fields, geometry=shapes.reindex(fields["schluessel"]).to_numpy(), crs=shapes.crs
    )


_DIFFERS = "Von {city} zu unterscheiden ({level})"
_ANSWERS = {True: "ja", False: "nein"}
_RANKS = {"Rang frühestens": "first", "Rang spätestens": "last"}
_DISTANCE, _DISTANCE_UNIT = "Abstand zu {city}", "Einheit des Abstands"


def map_table(
    city: City, choice: Choice, layer: map_view.Snapshot, confidence: float | None = None
) -> pd.DataFrame:
    """Return the values of a map as a table, with the areas above and the distance to the city.

    Parameters
    ----------
    city : City
    choice : Choice
    layer : inteso_dash.views.map_view.Snapshot
        The Stichtag that is shown.
    confidence : float, optional
        How sure a difference from the city has to be; none is told by default.

    Returns
    -------
    DataFrame
        As `inteso_dash.files.text.labelled` returns it, then for each higher level, nearest first,
        name and key of its area; and for what is not a count the distance to the whole city's
        value with its unit, None where one of the two is missing; last, where it is asked for,
        whether an area differs from the city, and between which ranks it may lie.
    """
    rows = map_view.rows(city, choice, layer)
    table, keys = labelled(rows, city), scope.above(city, choice.level)
    for step in map(str, keys.columns):
        title, names = city.catalogue.level(step).title.de, city.areas(step)["name"]
        own = keys[step].reindex(rows["area_id"])
        table[title] = _column(None if pd.isna(key) else names[key] for key in own)
        table[f"{title} (Schlüssel)"] = _column(None if pd.isna(key) else key for key in own)
    indicator = city.catalogue.indicator(choice.indicator_id)
    unit = map_view.distance_unit(indicator)
    if unit is not None:
        apart = map_view.distances(indicator, layer).reindex(rows["area_id"])
        head = _DISTANCE.format(city=city.catalogue.city.name)
        table[head] = _column(formats.rounded(each, indicator.decimals) for each in apart)
        table[_DISTANCE_UNIT] = unit or indicator.unit
    if confidence is None or not chance.available(city, choice, layer.date):
        return table
    made, keys_of = chance.found(city, choice, layer.date, confidence), rows["area_id"]
    differs = made.differing.reindex(keys_of)
    head = _DIFFERS.format(city=city.catalogue.city.name, level=level_words(confidence))
    table[head] = _column(None if pd.isna(each) else _ANSWERS[bool(each)] for each in differs)
    for title, bound in _RANKS.items():
        reach = made.ranks[bound].reindex(keys_of)
        table[title] = _column(formats.rounded(each, 0) for each in reach)
    return table


def overview_file(city: City, choice: Choice, measured: Iterable[Measured]) -> pd.DataFrame:
    """Return the key figures of a part of the city as a table, one row a figure.

    Parameters
    ----------
    city : City
    choice : Choice
        With a scope.
    measured : iterable of Measured
        As `inteso_dash.pages.karte.overview.columns` returns them.
    """
    tables = [
        map_table(city, replace(choice, indicator_id=each.indicator.id), each.layer)
        for each in measured
    ]
    joined = pd.concat(tables, ignore_index=True)
    return joined.astype(object).where(joined.notna(), None)


def overview_statement(
    city: City,
    choice: Choice,
    measured: Sequence[Measured],
    *,
    address: str = "",
    created: dt.date | None = None,
) -> Statement:
    """Describe the export of the key figures of a part of the city; as `map_statement`."""
    told = [
        map_statement(
            city,
            replace(choice, indicator_id=each.indicator.id),
            each.layer,
            address=address,
            created=created,
        )
        for each in measured
    ]
    sources = {source.id: source for each in told for source in each.sources}
    return replace(
        told[0],
        what=formats.listed(each.what for each in told),
        when=span(each.layer.date for each in measured),
        sources=tuple(sources.values()),
    )


def level_rows(city: City, level: str, within: Scope | None) -> pd.DataFrame:
    """Return the newest figures of all indicators for the areas of a level, as long rows.

    Of every indicator the Stichtag that its map begins with: the last with a value, where there is
    one.

    Parameters
    ----------
    city : City
    level : str
    within : Scope or None
        The part of the city that the areas lie in; all by default.
    """
    current = city.catalogue.level(level).current.id
    rows = city.rows(level=level, division=current)
    valued = rows["date"].where(rows["value"].notna()).groupby(rows["indicator_id"], observed=True)
    silent = rows.groupby("indicator_id", observed=True)["date"]
    newest = valued.transform("max").fillna(silent.transform("max"))
    if within is not None:
        rows = rows[rows["area_id"].isin(scope.members(city, level, within))]
    order = {each.id: at for at, each in enumerate(city.catalogue.indicators)}
    placed = rows.assign(place=rows["indicator_id"].map(order))
    placed = placed[placed["date"] == newest.reindex(rows.index)]
    return placed.sort_values(["area_id", "place"]).drop(columns="place")


def level_statement(
    city: City,
    level: str,
    within: Scope | None,
    rows: pd.DataFrame,
    *,
    address: str = "",
    created: dt.date | None = None,
) -> Statement:
    """Describe the export of all indicators of a level.

    Parameters
    ----------
    city, level, within
        As in `level_rows`.
    rows : DataFrame
        As `level_rows` returns them.
    address, created
        As in `statement`.
    """
    plural = city.catalogue.level(level).plural
    areas = plural if within is None else scope.counted(city, level, within)
    return statement(
        city,
        what=f"Alle Indikatoren, {plural}",
        where=f"{areas}, {city.catalogue.city.name}",
        dates=rows["date"].dt.date,
        source_ids=rows["source_id"].unique(),
        address=address,
        created=created,
    )


def _column(cells: Iterable[object]) -> pd.Series:
    return pd.Series(list(cells), dtype=object)


def map_file(
    city: City,
    choice: Choice,
    layer: map_view.Snapshot,
    told: Statement,
    kind: str,
    *,
    selected: str | None = None,
    confidence: float | None = None,
    sheet: str = "",
) -> bytes:
    """Write a map.

    Parameters
    ----------
    city : City
    choice : Choice
    layer : inteso_dash.views.map_view.Snapshot
        The Stichtag that is shown.
    told : Statement
    kind : str
        One of `TABLE_KINDS`, `PICTURE_KINDS`, `AREA_KINDS`.
    selected : str, optional
        Area that a picture outlines and names.
    confidence : float, optional
        How sure a difference from the city has to be.
    sheet : str
        a4 or a3 for a picture of that size; as large as the city needs, by default.

    Raises
    ------
    inteso_dash.drawing.paper.NotDrawableError
        If a picture or geodata are asked for and there are no outlines.
    """
    if kind in TABLE_KINDS:
        table = map_table(city, choice, layer, confidence)
        return table_file(city, table, told, TABLE_KINDS[kind])

    if kind in PICTURE_KINDS:
        from inteso_dash.drawing.paper.pictures import written

        figure = indicator_map(city, choice, layer.date, selected=selected, confidence=confidence)
        return written(city, figure, told, kind, sheet=sheet)
    from inteso_dash.files import geodata

    level = city.catalogue.level(choice.level)
    outlines = city.layers.get((level.id, level.current.id))
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
    confidence: float | None = None,
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
    confidence : float, optional
        Of intervals; none by default.

    Raises
    ------
    NotDrawableError
        If no area has a value.
    """
    from inteso_dash.drawing.paper.legend import unit_words
    from inteso_dash.drawing.paper.pictures import written

    made = MAKERS[chart](city, choice, layer.date, selected=selected, confidence=confidence)
    indicator = city.catalogue.indicator(choice.indicator_id)
    head = _CHART_HEADS[chart].format(
        counted=areas_of(
            city, choice, int(map_view.limited(city, choice, layer).values["value"].notna().sum())
        ),
        plural=areas_of(city, choice),
    )
    if isinstance(made, Bars) and made.whiskers:
        head = CHANCE["bars"].format(head=head, level=level_words(confidence or LEVEL))
    title = f"{indicator.title.de}, {formats.date(layer.date)}"
    return written(city, made, told, kind, title, f"{head}, {unit_words(made.unit)}")
