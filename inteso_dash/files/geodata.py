"""A map with its values as geodata: GeoJSON (RFC 7946) and GeoPackage."""

from __future__ import annotations

import io
import json
import re
import threading
import unicodedata
from typing import Any

import geopandas
import pandas as pd
import pyogrio
import shapely

from inteso_dash.files.text import plain_cell
from inteso_dash.views.statement import CREATED, Statement

_DATE_OPTION = "OGR_CURRENT_DATE"

_writing = threading.Lock()


def _metadata(told: Statement) -> dict[str, str]:
    entries = {_field(label): text for label, text in told.entries() if label != CREATED}
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


def outlined(table: pd.DataFrame, shapes: geopandas.GeoSeries) -> geopandas.GeoDataFrame:
    """Join a table of areas to their outlines.

    Parameters
    ----------
    table : DataFrame
        Keys in a column Schlüssel; cells are text, `decimal.Decimal`, dates or None.
    shapes : GeoSeries
        EPSG:4326, index area_id.

    Returns
    -------
    GeoDataFrame
        Heads in small letters of ASCII, as programs of geodata want them.
    """
    fields = pd.DataFrame({_field(str(head)): own.map(plain_cell) for head, own in table.items()})
    geometry = shapes.reindex(table["Schlüssel"]).to_numpy()
    return geopandas.GeoDataFrame(fields, geometry=geometry, crs=shapes.crs)


def _field(head: str) -> str:
    """Write the head of a column as the name of a field.

    Examples
    --------
    >>> _field("Schlüssel"), _field("Näher als (% der Paare)")
    ('schluessel', 'naeher_als_der_paare')
    """
    text = head.lower().translate({ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"})
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", ascii_only).strip("_")
