"""Tables that this application has written itself: what the folder holds already comes out."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from inteso_dash.catalogue import PLACE, Catalogue
from inteso_dash.catalogue.tables import source_ids
from inteso_dash.files.text import COLUMNS
from inteso_dash.intake.recognise.days import read_day
from inteso_dash.intake.recognise.keys import cells_of
from inteso_dash.language import formats
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.language.values import (
    cell_text,
    column_convention,
    normalise_key,
    parse_value,
)
from inteso_dash.tables.reading.raw import RawTable

_COMPUTED = {str(Status.COMPUTED), STATUS_MEANINGS[Status.COMPUTED].title}
_DAY, _INDICATOR, _SOURCES = "Stichtag", "Kennung", "Quellenkennung"


def without_known(
    raw: RawTable, catalogue: Catalogue, published: pd.DataFrame
) -> tuple[RawTable, int]:
    """Leave out of an exported table what comes from sources of the folder and says the same.

    Parameters
    ----------
    raw : RawTable
        A table that the application has not written is returned as it is.
    catalogue : Catalogue
    published : DataFrame
        Long table of the figures delivered before.

    Returns
    -------
    RawTable
        What is new, what says something else, and what comes from other sources. Cells
        without a value are no figures.
    int
        How many rows are left out. What the application has computed from the folder's own
        sources it computes again.
    """
    if not set(COLUMNS) <= set(raw.columns):
        return raw, 0
    column = {head: cells_of(raw, head) for head in COLUMNS}
    heads = {name: head for head, name in COLUMNS.items()}
    convention = column_convention(column[heads["value"]])
    known = published.drop_duplicates(PLACE, keep="last").set_index(PLACE)["value"].to_dict()
    kept = []
    for place, row in enumerate(raw.rows):
        said = {head: cell_text(cells[place]) for head, cells in column.items()}
        sources = source_ids(said[_SOURCES])
        if not all(source in catalogue.sources for source in sources):
            kept.append(row)
            continue
        if not sources or said["Status"] in _COMPUTED:
            continue
        day = read_day(column[_DAY][place], serials=True)
        at = tuple(
            _key(said, heads, catalogue) if name == "area_id" else said[heads[name]]
            for name in PLACE[:-1]
        )
        before = known.get((*at, pd.Timestamp(day))) if isinstance(day, dt.date) else None
        value = parse_value(column[heads["value"]][place], convention=convention).value
        if math.isnan(value):
            continue
        if before is None or not _same(value, before, said[_INDICATOR], catalogue):
            kept.append(row)
    return replace(raw, rows=tuple(kept)), len(raw.rows) - len(kept)


def _key(said: Mapping[str, str], heads: Mapping[str, str], catalogue: Catalogue) -> str:
    """Return the key of a row, with the zeros that spreadsheets drop."""
    key, level = said[heads["area_id"]], said[heads["level"]]
    if not catalogue.has_level(level):
        return key
    return normalise_key(key, catalogue.level(level).key_length) or key


def origin(raw: RawTable) -> dict[str, str]:
    """Return producer and licence of an exported table as it states them, nothing of others."""
    if not set(COLUMNS) <= set(raw.columns):
        return {}
    heads = {"producer": "Quelle", "licence": "Lizenz"}
    said = {
        field: "; ".join(dict.fromkeys(filter(None, map(cell_text, cells_of(raw, head)))))
        for field, head in heads.items()
    }
    return {field: text for field, text in said.items() if text}


def note(raw: RawTable, count: int) -> Finding:
    """Say how many figures of an exported table the folder holds already."""
    return Finding(
        Severity.NOTE,
        "known_figures",
        f"{formats.number(count, 0)} Zahlen hat diese Anwendung aus Quellen geschrieben, die sie "
        "schon kennt; sie sind unverändert und nicht übernommen.",
        raw.name,
        found=f"{count} bekannte Zahlen",
        expected="neue Zahlen",
    )


def _same(value: float, before: float, indicator_id: str, catalogue: Catalogue) -> bool:
    decimals = catalogue.indicator(indicator_id).decimals
    return formats.rounded(value, decimals) == formats.rounded(before, decimals)
