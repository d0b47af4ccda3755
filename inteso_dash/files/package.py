"""Everything known about a city as a Frictionless Data Package (Data Package v1), or in wide form.

The figures are those that pages show, with the same protection; boundaries are the files in use.
In wide form an area is a row, an indicator a column; beside it stands where each figure is from.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from inteso_dash.boundaries.layers import Layer
from inteso_dash.catalogue import LONG_COLUMNS
from inteso_dash.catalogue.tables import Source
from inteso_dash.city import City
from inteso_dash.city.disclosure.rules import Rules
from inteso_dash.city.intervals import every_interval
from inteso_dash.files import methods
from inteso_dash.files.readme import README, readme
from inteso_dash.files.text import BOUNDS, COLUMNS, Dialect, file_name, guarded, to_csv
from inteso_dash.language.statuses import PUBLISHABLE, STATUS_MEANINGS
from inteso_dash.views.statement import Statement, cited, creation_date

DESCRIPTOR = "datapackage.json"
_AREA = ["level", "division", "area_id"]
_FIGURE = [*_AREA, "indicator_id", "date", "source_id"]
_INTERVAL = _FIGURE[:-1]
_PAIR = ("level", "from_division", "to_division", "area_from", "area_to", "source_id")
_NUMBERS = ("value", "rounding_error", "lower", "upper")
_TYPES = {**dict.fromkeys(_NUMBERS, "number"), "decimals": "integer"}
_TITLES = {
    "level": "Ebene",
    "division": "Gliederung (Stand der Grenzen)",
    "area_id": "Schlüssel des Gebiets",
    "indicator_id": "Kennung des Indikators",
    "date": "Stichtag",
    "value": "Wert; leer, wo keiner ist",
    "status": "Warum der Wert ist, wie er ist",
    "source_id": "Kennungen der Quellen, durch Komma getrennt",
    "rounding_error": "größter Fehler durch gerundete Ausgangswerte",
    "lower": "untere Grenze des Intervalls in der Einheit des Indikators, nach außen gerundet",
    "upper": "obere Grenze des Intervalls",
    "method": "wie die Grenzen gebildet sind, und wie sicher sie sind",
    "note": "was zu diesem Eintrag anzumerken ist",
    "parent_id": "Schlüssel des übergeordneten Gebiets",
    "parent_division": "Gliederung, zu der das übergeordnete Gebiet gehört; leer: die geltende",
    "from_division": "frühere Gliederung",
    "to_division": "spätere Gliederung",
    "area_from": "Schlüssel des Gebiets in der früheren Gliederung",
    "area_to": "Schlüssel des Gebiets in der späteren Gliederung",
    "share": "Anteil des früheren Gebiets, der im späteren liegt, von 0 bis 1",
    "weight": "Kennung des Indikators, nach dem der Anteil bemessen ist",
    "name_complete": "ob der Name vollständig überliefert ist",
}
WIDE, ORIGIN, _WIDE_README = "breit.csv", "herkunft.csv", "LIESMICH.txt"
_WIDE_AREA = ["Ebene", "Gliederung", "Schlüssel", "Name"]
_WIDE_CELL = ["Ebene", "Gliederung", "Schlüssel", "Kennung"]
_WIDE_TOLD = """\
{what}, {where}

{wide}: eine Zeile je Gebiet, eine Spalte je Indikator; der Spaltenkopf ist seine Kennung, der Wert
der seines neuesten Stichtags in dieser Auswahl. Leer heißt: kein Wert; warum, sagt {origin}.
{origin}: eine Zeile je Zelle, mit Titel, Einheit, Stichtag, Status, Quelle und Lizenz, bei
Anteilen und Raten mit den Grenzen ihres Intervalls. Die beiden
gehören über Ebene, Gliederung, Schlüssel und Kennung zusammen.
Beide Dateien: Trennzeichen Komma, Dezimalpunkt, UTF-8 (RFC 4180). „Schlüssel“ ist Text: Lesen Sie
ihn als Text, sonst gehen führende Nullen verloren (pandas: dtype={{"Schlüssel": str,
"Gliederung": str}}; Excel: Daten › Aus Text/CSV › Daten transformieren › Datentyp Text).

{wide}: one row per area, one column per indicator, headed by its id; the value is that of the
newest date in this selection. Empty means no value; {origin} says why.
{origin}: one row per cell, with title, unit, date, status, source and licence; both files join on
Ebene (level), Gliederung (division), Schlüssel (area key) and Kennung (indicator id).
Comma, decimal point, UTF-8 (RFC 4180). Read "Schlüssel" as text to keep leading zeros.

{entries}
"""


def files(city: City, created: dt.date | None = None) -> dict[str, bytes]:
    """Return the files of the package by name.

    Parameters
    ----------
    city : City
    created : date, optional
        As in `inteso_dash.files.creation_date`; the only thing that changes from day to day.
    """
    made: dict[str, bytes] = {}
    resources = []
    tables = _tables(city)
    for name, title, table, keys in tables:
        content = _csv(table)
        made[f"{name}.csv"] = content
        resources.append(_tabular(name, title, table, keys, content))
    for (level, division), layer in sorted(city.layers.items()):
        path = f"grenzen/{Path(layer.file).name}"
        made[path] = layer.content()
        resources.append(_boundaries(city, level, division, layer, path, made[path]))
    made[methods.NAME] = methods.markdown().encode()
    made[README] = readme(city, {name: title for name, title, _, _ in tables})
    descriptor = {
        "profile": "data-package",
        "name": file_name(["inteso", city.catalogue.city.name], "x")[:-2],
        "title": city.catalogue.title,
        "description": "Zahlen, Gebiete, Definitionen, Quellen und Grenzen. Fehlendes ist leer "
        "und sagt im Status, warum.",
        "id": city.data_hash,
        "created": f"{creation_date(created).isoformat()}T00:00:00Z",
        "licenses": _licences(list(city.catalogue.sources.values())),
        "sources": _sources(city),
        "resources": resources,
    }
    made[DESCRIPTOR] = (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode()
    return made


def zipped(made: Mapping[str, bytes], created: dt.date | None = None) -> bytes:
    """Put the files of a package into one ZIP file.

    Parameters
    ----------
    made : mapping of str to bytes
        As of `files`.
    created : date, optional
        Date of the entries.
    """
    day = creation_date(created)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(made.items()):
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def _tables(city: City) -> list[tuple[str, str, pd.DataFrame, dict[str, Any]]]:
    """Name, title, content and keys of every table; what has no rows is left out."""
    area = {"fields": _AREA, "reference": {"resource": "gebiete", "fields": _AREA}}
    indicator = _reference("indicator_id", "indikatoren")
    status = _reference("status", "status")
    level = _reference("level", "ebenen")
    figures = city.figures.assign(date=city.figures["date"].dt.date)
    found: list[tuple[str, str, pd.DataFrame, dict[str, Any]]] = [
        (
            "zahlen",
            "Alle Zahlen",
            figures[list(LONG_COLUMNS)],
            {"primaryKey": _FIGURE, "foreignKeys": [area, indicator, status]},
        ),
        (
            "intervalle",
            "Intervalle der Anteile und Raten",
            every_interval(city),
            {"primaryKey": _INTERVAL, "foreignKeys": [area, indicator]},
        ),
        ("gebiete", "Gebiete", city.register, {"primaryKey": _AREA, "foreignKeys": [level]}),
        ("indikatoren", "Definitionen der Indikatoren", _indicators(city), {"primaryKey": ["id"]}),
        (
            "gliederungsschluessel",
            "Schlüssel zwischen Gliederungen",
            _crosswalks(city),
            {"primaryKey": list(_PAIR), "foreignKeys": _pair_references()},
        ),
        ("ebenen", "Ebenen der Gebiete", _levels(city), {"primaryKey": ["id"]}),
        ("status", "Statuswerte", _statuses(), {"primaryKey": ["id"]}),
        ("quellen", "Quellen", _source_table(city), {"primaryKey": ["id"]}),
        ("unterkuenfte", "Angaben zu einzelnen Unterkünften", _published(city.sites), {}),
        ("anlaufstellen", city.catalogue.points.plural, _published(city.points), {}),
    ]
    return [entry for entry in found if not entry[2].empty]


def _reference(field: str, resource: str) -> dict[str, Any]:
    return {"fields": [field], "reference": {"resource": resource, "fields": ["id"]}}


def _crosswalks(city: City) -> pd.DataFrame:
    """Return the keys between divisions; shares of a source that is not public tell counts."""
    rules, keys = Rules(city.catalogue), city.crosswalks
    if not city.catalogue.secret_sources:
        return keys
    return keys[[rules.of(source_id) is None for source_id in keys["source_id"]]]


def _pair_references() -> list[dict[str, Any]]:
    areas = [
        {
            "fields": ["level", f"{side}_division", f"area_{side}"],
            "reference": {"resource": "gebiete", "fields": _AREA},
        }
        for side in ("from", "to")
    ]
    return [*areas, _reference("weight", "indikatoren")]


def _published(table: pd.DataFrame) -> pd.DataFrame:
    """Give days without time, and lists as text."""
    days = {name: table[name].dt.date for name in table.select_dtypes("datetime").columns}
    joined = {
        name: [", ".join(cell) if isinstance(cell, (tuple, list)) else cell for cell in table[name]]
        for name in table.columns
        if table[name].dtype == object
    }
    return table.assign(**joined).assign(**days)


def _indicators(city: City) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "id": each.id,
                "topic": each.topic,
                "title_de": each.title.de,
                "title_en": each.title.en,
                "unit": each.unit,
                "decimals": each.decimals,
                "kind": each.kind,
                "meaning": each.meaning,
                "caveat": each.caveat,
                "not_aggregable": each.not_aggregable,
            }
            for each in city.catalogue.indicators
        ]
    )


def _levels(city: City) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"id": each.id, "title_de": each.title.de, "plural": each.plural, "parent": each.parent}
            for each in city.catalogue.levels
        ]
    )


def _statuses() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "id": str(status),
                "title_de": each.title,
                "sign": each.sign,
                "meaning": each.meaning,
                "sdmx": each.sdmx,
            }
            for status, each in STATUS_MEANINGS.items()
        ]
    )


def _source_table(city: City) -> pd.DataFrame:
    columns = ("id", "producer", "title", "year", "licence", "licence_url", "url", "accessed")
    return pd.DataFrame(
        [
            {name: getattr(each, name) for name in (*columns, "note")}
            for each in city.catalogue.sources.values()
        ]
    )


def _csv(table: pd.DataFrame) -> bytes:
    """Write a table as RFC 4180; text that could be taken for a formula gets an apostrophe."""
    safe = table.copy()
    for name in safe.columns:
        if _type(safe, name) == "string":
            safe[name] = [guarded(str(cell)) if _told(cell) else None for cell in safe[name]]
        elif _type(safe, name) == "boolean":
            safe[name] = [str(bool(cell)).lower() for cell in safe[name]]
    return safe.to_csv(index=False, lineterminator="\r\n").encode()


def _told(cell: Any) -> bool:
    return not pd.isna(cell) and cell != ""


def _type(table: pd.DataFrame, name: str) -> str:
    if name in _TYPES:
        return _TYPES[name]
    column = table[name]
    if column.dtype == bool:
        return "boolean"
    if pd.api.types.is_numeric_dtype(column):
        return "number"
    known = [cell for cell in column if _told(cell)]
    return "date" if known and all(isinstance(cell, dt.date) for cell in known) else "string"


def _tabular(
    name: str, title: str, table: pd.DataFrame, keys: dict[str, Any], content: bytes
) -> dict[str, Any]:
    fields = []
    for column in table.columns:
        field: dict[str, Any] = {"name": column, "type": _type(table, column)}
        if column in _TITLES:
            field["title"] = _TITLES[column]
        if column == "status":
            field["constraints"] = {"enum": [str(status) for status in PUBLISHABLE]}
        fields.append(field)
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "title": title,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"'},
        **_digest(content),
        "schema": {"fields": fields, "missingValues": [""], **keys},
    }


def _boundaries(
    city: City, level: str, division: str, layer: Layer, path: str, content: bytes
) -> dict[str, Any]:
    return {
        "profile": "data-resource",
        "name": f"grenzen-{level}-{division}".lower(),
        "title": f"Grenzen: {city.catalogue.level(level).plural}, Gliederung {division}",
        "path": path,
        "format": "geojson",
        "mediatype": "application/geo+json",
        "encoding": "utf-8",
        **_digest(content),
        "sources": [{"title": layer.citation, "path": layer.origin.url}],
    }


def _digest(content: bytes) -> dict[str, Any]:
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _licences(sources: Sequence[Source]) -> list[dict[str, str]]:
    titles = {source.licence: source.licence_url for source in sources}
    return [
        {"name": file_name([title], "x")[:-2], "title": title, **({"path": url} if url else {})}
        for title, url in titles.items()
    ]


def _sources(city: City) -> list[dict[str, str]]:
    return [
        {"title": cited(source), **({"path": source.url} if source.url else {})}
        for source in city.catalogue.sources.values()
    ]


def wide(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Turn long rows into one row an area, and tell the origin of every cell.

    Parameters
    ----------
    rows : DataFrame
        As `inteso_dash.files.text.labelled` returns them; the newest Stichtag of each level and
        indicator counts.

    Returns
    -------
    tuple of DataFrame
        Ebene, Gliederung, Schlüssel, Name and a column per Kennung, areas and indicators in their
        order in the rows; and for every cell what `labelled` says of it, without value and name.
    """
    newest = rows.groupby(["Ebene", "Kennung"])["Stichtag"].transform("max")
    cells = rows[rows["Stichtag"] == newest].drop_duplicates(_WIDE_CELL)
    areas = cells.drop_duplicates(_WIDE_AREA[:3])[_WIDE_AREA]
    values = cells.set_index(_WIDE_CELL)["Wert"].to_dict()
    columns = {
        kind: [values.get((*area, kind)) for area in areas[_WIDE_AREA[:3]].itertuples(index=False)]
        for kind in dict.fromkeys(cells["Kennung"])
    }
    made = areas.reset_index(drop=True).assign(
        **{kind: pd.Series(column, dtype=object) for kind, column in columns.items()}
    )
    heads = [*COLUMNS, *(head for head in BOUNDS if head in cells)]
    kept = [head for head in heads if head not in {"Name", "Wert"}]
    return made, cells[kept].reset_index(drop=True)


def zipped_wide(rows: pd.DataFrame, told: Statement) -> bytes:
    """Write rows in wide form with the origin of every cell, as a ZIP file.

    Parameters
    ----------
    rows : DataFrame
        As in `wide`.
    told : Statement
    """
    made, origin = wide(rows)
    entries = "\n".join(f"{label}: {text}" for label, text in told.entries())
    readme = _WIDE_TOLD.format(
        what=told.what, where=told.where, wide=WIDE, origin=ORIGIN, entries=entries
    )
    return zipped(
        {
            WIDE: to_csv(made, Dialect.RFC4180),
            ORIGIN: to_csv(origin, Dialect.RFC4180),
            _WIDE_README: readme.encode(),
        },
        told.created,
    )
