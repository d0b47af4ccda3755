"""Tables as text that Excel, R and Python read: what is shown, named, sourced, reversible."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.catalogue.tables import source_ids
from inteso_dash.city import City
from inteso_dash.city.intervals import as_written, chance_of, intervals
from inteso_dash.language import formats

COLUMNS = {
    "Ebene": "level",
    "Gliederung": "division",
    "Schlüssel": "area_id",
    "Name": "name",
    "Kennung": "indicator_id",
    "Indikator": "indicator",
    "Einheit": "unit",
    "Wert": "value",
    "Status": "status",
    "Stichtag": "date",
    "Quelle": "source",
    "Lizenz": "licence",
    "Quellenkennung": "source_id",
    "Rundungsfehler": "rounding_error",
    "Hinweis": "note",
}
"""Heads of an exported table and the columns of the long table they stand for."""

BOUNDS = ("Untere Grenze", "Obere Grenze", "Art der Grenzen")
"""Heads that follow in tables with a share or a rate: its interval, and how it was made or why
there is none."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_GUARD = "'"


class Dialect(StrEnum):
    """Ways to write a table as text."""

    EXCEL = "Excel (deutsch)"
    RFC4180 = "CSV (RFC 4180)"


_TOLD = ("lower", "upper", "method", "reason")
"""What of an interval is written."""
_DELIMITER = {Dialect.EXCEL: ";", Dialect.RFC4180: ","}
_ENCODING = {Dialect.EXCEL: "utf-8-sig", Dialect.RFC4180: "utf-8"}


def labelled(rows: pd.DataFrame, city: City) -> pd.DataFrame:
    """Give figures the names, units and citations that a reader needs.

    Parameters
    ----------
    rows : DataFrame
        Long rows: level, division, area_id, indicator_id, date, value, status, source_id,
        rounding_error, note.
    city : City

    Returns
    -------
    DataFrame
        Columns as in `COLUMNS`; values rounded as they are shown. Where there is a share or a rate
        also `BOUNDS`, rounded outwards.
    """
    names = {
        (level, division, area_id): name
        for level, division in set(zip(rows["level"], rows["division"], strict=True))
        for area_id, name in city.areas(level, division)["name"].items()
    }
    used = set(rows["source_id"])
    titles = {source_id: city.source_titles(source_id) for source_id in used}
    licences = {source_id: _licences(city, source_id) for source_id in used}
    labels = []
    for row in rows.to_dict("records"):
        indicator = city.catalogue.indicator(str(row["indicator_id"]))
        labels.append(
            (
                row["level"],
                row["division"],
                row["area_id"],
                names.get((row["level"], row["division"], row["area_id"]), ""),
                indicator.id,
                indicator.title.de,
                indicator.unit,
                formats.rounded(row["value"], indicator.decimals),
                city.status_title(str(row["status"]), str(row["source_id"])),
                pd.Timestamp(row["date"]).date(),
                titles[row["source_id"]],
                licences[row["source_id"]],
                row["source_id"],
                formats.rounded(row["rounding_error"], indicator.decimals + 2),
                row["note"],
            )
        )
    table = pd.DataFrame(labels, columns=list(COLUMNS))
    made = _bounds(rows, city)
    return table if made is None else table.assign(**made)


def area_bounds(
    city: City, level: str, indicator: Indicator, day: dt.date, areas: Sequence[str]
) -> dict[str, list[object]]:
    """Return the columns `BOUNDS` of one figure of some areas, as `labelled` writes them.

    Empty where the indicator is neither a share nor a rate.
    """
    if chance_of(city.catalogue, indicator)[0] is None:
        return {}
    cells = intervals(city, level, indicator.id, day).cells.reindex(list(areas))
    told = zip(*(cells[each] for each in _TOLD), strict=True)
    columns = zip(*(_written(each, indicator.decimals) for each in told), strict=True)
    return {head: list(column) for head, column in zip(BOUNDS, columns, strict=True)}


def _written(told: Iterable[Any], decimals: int) -> tuple[object, object, object]:
    """Write an interval for people; told is what `_TOLD` names."""
    lower, upper, method, reason = told
    if pd.isna(lower):
        return None, None, reason
    return *formats.outward(lower, upper, decimals), method


def _bounds(rows: pd.DataFrame, city: City) -> dict[str, pd.Series] | None:
    """Return the columns `BOUNDS`; None where no row is a share or a rate."""
    catalogue = city.catalogue
    named = {str(each): catalogue.indicator(str(each)) for each in rows["indicator_id"].unique()}
    if all(chance_of(catalogue, each)[0] is None for each in named.values()):
        return None
    found: list[tuple[object, object, object]] = [(None, None, "")] * len(rows)
    areas, values = rows["area_id"].tolist(), rows["value"].to_numpy(dtype=float)
    days = pd.to_datetime(rows["date"]).dt.date
    places: dict[tuple[str, str, str, dt.date], list[int]] = {}
    keys = zip(rows["level"], rows["division"], rows["indicator_id"], days, strict=True)
    for at, place in enumerate(keys):
        places.setdefault(place, []).append(at)
    for (level, division, indicator_id, day), own in places.items():
        indicator = named[indicator_id]
        if city.division(level, day, indicator_id) != division:
            continue
        chance, reason = chance_of(catalogue, indicator)
        if chance is None:
            for at in own:
                found[at] = (None, None, "" if np.isnan(values[at]) else reason)
            continue
        made = intervals(city, level, indicator_id, day)
        where = {area: there for there, area in enumerate(made.areas)}
        for at, shown in zip(own, as_written(values[own], indicator).tolist(), strict=True):
            there = where.get(areas[at])
            if there is not None and made.columns["value"][there] == shown:
                told = (made.columns[each][there] for each in _TOLD)
                found[at] = _written(told, indicator.decimals)
    columns = zip(*found, strict=True)
    return {
        head: pd.Series(list(column), dtype=object)
        for head, column in zip(BOUNDS, columns, strict=True)
    }


def _licences(city: City, source_id: str) -> str:
    known = city.catalogue.sources
    found = [known[key].licence for key in source_ids(source_id) if key in known]
    return "; ".join(dict.fromkeys(found))


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet could take a text for a formula."""
    return text.startswith(_FORMULA_STARTS)


def plain_cell(cell: object) -> object:
    """Write a cell for a file that knows numbers and text.

    Examples
    --------
    >>> plain_cell(Decimal("1.5")), plain_cell(dt.date(2021, 12, 31)), plain_cell(None)
    (1.5, '2021-12-31', None)
    """
    if isinstance(cell, Decimal):
        return float(cell)
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return cell if cell is None else guarded(str(cell))


def guarded(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet could take for a formula.

    So it does where such text follows apostrophes of its own: else nobody could tell them apart.

    Examples
    --------
    >>> guarded("=1+1"), guarded("'=1+1"), guarded("Rath")
    ("'=1+1", "''=1+1", 'Rath')
    """
    return _GUARD + text if is_formula(text.lstrip(_GUARD)) else text


def to_csv(table: pd.DataFrame, dialect: Dialect) -> bytes:
    r"""Write a table as text.

    Text that a spreadsheet could take for a formula gets an apostrophe in front.

    Parameters
    ----------
    table : DataFrame
        Cells are text, `Decimal`, dates or None.
    dialect : Dialect

    Examples
    --------
    >>> table = pd.DataFrame({"Name": ["=1+1"], "Wert": [Decimal("28.6")]})
    >>> to_csv(table, Dialect.EXCEL).decode("utf-8-sig")
    "Name;Wert\r\n'=1+1;28,6\r\n"
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=_DELIMITER[dialect], lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows(
        [_cell(cell, dialect) for cell in row] for row in table.itertuples(index=False)
    )
    return out.getvalue().encode(_ENCODING[dialect])


def _cell(cell: object, dialect: Dialect) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        text = f"{cell:f}"
        return text.replace(".", ",") if dialect is Dialect.EXCEL else text
    if isinstance(cell, dt.date):
        return formats.date(cell) if dialect is Dialect.EXCEL else cell.isoformat()
    return guarded(str(cell))


def to_records(table: pd.DataFrame) -> list[dict[str, object]]:
    """Write a table as plain values for JSON: numbers as numbers, dates as ISO text."""

    def plain(cell: object) -> object:
        if isinstance(cell, Decimal):
            return int(cell) if cell == cell.to_integral_value() else float(cell)
        return cell.isoformat() if isinstance(cell, dt.date) else cell

    return [
        {head: plain(cell) for head, cell in zip(table.columns, row, strict=True)}
        for row in table.itertuples(index=False)
    ]


def file_name(parts: Iterable[str], suffix: str) -> str:
    """Compose a file name that says what the file holds, in plain ASCII.

    Examples
    --------
    >>> file_name(["Karte", "Sozialräume", "SGB-II-Quote", "2021-12-31"], "csv")
    'karte_sozialraeume_sgb-ii-quote_2021-12-31.csv'
    """
    umlauts = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
    words = []
    for part in parts:
        plain = unicodedata.normalize("NFC", part.lower()).translate(umlauts)
        ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
        words.append(re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-"))
    return "_".join(word for word in words if word) + f".{suffix}"
