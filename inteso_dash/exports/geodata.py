"""A map with its values as geodata: GeoJSON (RFC 7946) and GeoPackage."""

from __future__ import annotations

import datetime as dt
import io
import json
import threading
from decimal import Decimal
from typing import Any

import geopandas
import pandas as pd
import pyogrio
import shapely

from inteso_dash import map_view
from inteso_dash.city import City
from inteso_dash.exports.statement import Statement
from inteso_dash.exports.text import guarded, labelled
from inteso_dash.layers import Layer, read_boundaries
from inteso_dash.map_view import Choice

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
_KEYS = {
    "Inhalt": "inhalt",
    "Gebiet": "gebiet",
    "Stichtag": "stichtag",
    "Quelle": "quelle",
    "Lizenz": "lizenz",
    "Grenzen": "grenzen",
    "Datenstand": "datenstand",
    "Adresse": "adresse",
    "Erstellt am": "erstellt",
}
_DATE_OPTION = "OGR_CURRENT_DATE"

_writing = threading.Lock()


def areas(
    city: City, outlines: Layer, choice: Choice, layer: map_view.Layer
) -> geopandas.GeoDataFrame:
    """Join the values of a map to the outlines of its areas.

    Parameters
    ----------
    city : City
    outlines : inteso_dash.layers.Layer
        Boundaries of the level.
    choice : Choice
    layer : inteso_dash.map_view.Layer
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


def _metadata(told: Statement) -> dict[str, str]:
    entries = {_KEYS[label]: text for label, text in told.entries()}
    return entries | {"erstellt": told.created.isoformat()}


def to_geojson(frame: geopandas.GeoDataFrame, told: Statement) -> bytes:
    """Write areas with values as GeoJSON; what the file says about itself is its ``metadata``.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        As of `areas`.
    told : Statement
    """
    names = [name for name in frame.columns if name != "geometry"]
    decimals = {name: _digits(frame[name]) for name in names}
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "id": row["schluessel"],
                "properties": {name: _json(row[name], decimals[name]) for name in names},
                "geometry": None
                if row["geometry"] is None
                else shapely.geometry.mapping(row["geometry"]),
            },
            ensure_ascii=False,
        )
        for row in frame.to_dict("records")
    ]
    head = json.dumps(_metadata(told), ensure_ascii=False)
    body = ",\n".join(lines)
    return (
        f'{{"type": "FeatureCollection", "metadata": {head}, "features": [\n{body}\n]}}\n'
    ).encode()


def _digits(column: pd.Series) -> bool:
    """Say whether a column holds whole numbers only."""
    return column.dtype == float and bool((column.dropna() % 1 == 0).all())


def _json(cell: Any, whole: bool) -> Any:
    if isinstance(cell, float):
        return None if pd.isna(cell) else int(cell) if whole else cell
    return cell


def to_gpkg(frame: geopandas.GeoDataFrame, told: Statement) -> bytes:
    """Write areas with values as GeoPackage, layer ``karte``.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        As of `areas`.
    told : Statement
        Goes into the metadata of the layer.
    """
    out = io.BytesIO()
    moment = f"{told.created.isoformat()}T00:00:00.000Z"
    with _writing:
        pyogrio.set_gdal_config_options({_DATE_OPTION: moment})
        try:
            pyogrio.write_dataframe(
                frame,
                out,
                layer="karte",
                driver="GPKG",
                geometry_type="MultiPolygon",
                promote_to_multi=True,
                layer_metadata=_metadata(told),
                layer_options={"DESCRIPTION": told.footer(), "IDENTIFIER": told.what},
            )
        finally:
            pyogrio.set_gdal_config_options({_DATE_OPTION: None})
    return out.getvalue()
