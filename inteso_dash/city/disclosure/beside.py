"""What stands beside the figures and could tell them: printed rows, older ones, loaded tables.

A session sees the folder's protected figures and can load any table beside them. If both were
protected together, a figure that was secret only so that a small one cannot be worked out would
be shown as soon as a loaded table says something else in the small one's place; and sums over
both would tell it as well, from session to session another one. So where something of a Stichtag
is secret, the folder's figures that are not public are left out while a table for that Stichtag is
loaded: what is then shown depends on the loaded table and on public figures alone. The other
Stichtage of which something is secret stay as all see them: which figures protect the small ones,
and by what older areas are divided, must not change with what is loaded.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from inteso_dash.catalogue import PLACE, Catalogue
from inteso_dash.catalogue.tables import Correction, SourceTable
from inteso_dash.city.disclosure.rules import Rules
from inteso_dash.language.findings import Finding
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.tables.coded import coded
from inteso_dash.tables.sources import CityData

_WITHOUT_VALUES = {"to_fill_in"}
_NOT_SHOWN = "nicht gezeigt"
MASKED = (
    "Eine Prüfung hat etwas gefunden. Die Tabelle ist nicht öffentlich, darum stehen hier keine "
    "Werte; „inteso-dash check“ nennt sie."
)
"""Message of a finding in a table that is not public."""
_DIGEST = re.compile(r"\b[0-9a-fA-F]{64}\b")
_SECRET = STATUS_MEANINGS[Status.SUPPRESSED].sign
_KEY = ["level", "area_id", "indicator_id", "date", "source_id"]


def without_remarks(read: CityData, catalogue: Catalogue) -> CityData:
    """Leave out what sources that are not public remark on single figures with digits in it.

    Parameters
    ----------
    read : CityData
    catalogue : Catalogue
        Reasons that it declares stay.
    """
    rules = Rules(catalogue)
    if not catalogue.secret_sources:
        return read
    declared = {each.reason for table in catalogue.tables for each in table.area_statuses}
    figures = read.coded
    notes = [
        ""
        if re.search(r"\d", note) and note not in declared and rules.of(source_id) is not None
        else note
        for note, source_id in zip(figures["note"], figures["source_id"], strict=True)
    ]
    return replace(read, coded=coded(figures.assign(note=notes)))


def printed(
    tables: Mapping[str, pd.DataFrame], figures: pd.DataFrame, catalogue: Catalogue
) -> dict[str, pd.DataFrame]:
    """Return long tables as they were printed, without what is secret.

    Parameters
    ----------
    tables : mapping
        As `CityData.printed`.
    figures : DataFrame
        Protected figures. A printed row of a source that is not public shows their value; where
        they have none it shows a sign.
    catalogue : Catalogue
    """
    rules = Rules(catalogue)
    if not catalogue.secret_sources:
        return dict(tables)
    values = figures.drop_duplicates(_KEY).set_index(_KEY)["value"]
    return {name: _printed(rows, values, rules) for name, rows in tables.items()}


def _printed(rows: pd.DataFrame, values: pd.Series, rules: Rules) -> pd.DataFrame:
    secret = [rules.of(source_id) is not None for source_id in rows["source_id"]]
    if not any(secret):
        return rows
    shown = values.reindex(pd.MultiIndex.from_frame(rows[_KEY]))
    written, notes = [], []
    for hidden, text, note, value in zip(secret, rows["value"], rows["note"], shown, strict=True):
        if not hidden:
            written.append(text)
        elif pd.isna(value):
            written.append(_SECRET if re.search(r"\d", text) else text)
        else:
            written.append(f"{value:.10g}")
        notes.append("" if hidden and re.search(r"\d", note) else note)
    return rows.assign(value=written, note=notes)


def older(
    replaced: pd.DataFrame,
    figures: pd.DataFrame,
    touched: Collection[pd.Timestamp],
    catalogue: Catalogue,
) -> pd.DataFrame:
    """Take the values out of replaced figures that could tell something together with the newer.

    Figures of a source that is not public are kept where nothing of their Stichtag is secret and
    none of them is small or a share of few.

    Parameters
    ----------
    replaced : DataFrame
        As `revisions.latest` returns them.
    figures : DataFrame
        Protected figures, the newer ones among them.
    touched : collection of Timestamp
        Stichtage of which something was taken out.
    catalogue : Catalogue
    """
    rules = Rules(catalogue)
    if replaced.empty or not catalogue.secret_sources:
        return replaced
    known = figures[figures["value"].notna()].drop_duplicates(PLACE).set_index(PLACE)["value"]
    secret, small = [], []
    for row in replaced.itertuples():
        rule = rules.of(str(row.source_id))
        secret.append(rule is not None)
        count = _persons(row, known, catalogue)
        limit = 0 if rule is None else max(rule.counts_below, rule.shares_below)
        small.append(bool(row.value) and not count >= limit)
    days = {*touched, *replaced.loc[np.array(secret) & np.array(small), "date"]}
    hidden = pd.Series(secret, index=replaced.index) & replaced["date"].isin(list(days))
    return replaced.assign(
        value=replaced["value"].mask(hidden),
        rounding_error=replaced["rounding_error"].mask(hidden),
        status=replaced["status"].mask(hidden, str(Status.SUPPRESSED)),
    )


def _persons(row: Any, known: pd.Series, catalogue: Catalogue) -> float:
    """Return how many persons a figure counts or its share implies, NaN where that is not known."""
    indicator = catalogue.indicator(row.indicator_id)
    if indicator.kind == "extensive" or math.isnan(row.value):
        return math.inf if math.isnan(row.value) else abs(float(row.value))
    below = indicator.denominator or indicator.weight
    place = (row.level, row.division, row.area_id)
    bases = [float(known.get((*place, name, row.date), math.nan)) for name in below]
    base = math.fsum(bases) if bases else math.nan
    scale = indicator.per
    return base if scale is None else min(base, abs(float(row.value)) * base / scale)


def secret_tables(catalogue: Catalogue, printed: Mapping[str, pd.DataFrame]) -> set[str]:
    """Return the ids of tables that name a source which is not public, or none at all.

    Parameters
    ----------
    catalogue : Catalogue
    printed : mapping
        As `CityData.printed`: rows of long tables may name sources that others declare.
    """
    rules = Rules(catalogue)
    if not catalogue.secret_sources:
        return set()
    secret = set()
    for table in catalogue.tables:
        named = {source.id for source in table.sources}
        if table.source is not None:
            named.add(table.source)
        if table.id in printed:
            named |= set(printed[table.id]["source_id"])
        if not named or any(rules.of(source_id) is not None for source_id in named):
            secret.add(table.id)
    return secret


def declared(catalogue: Catalogue, secret: Collection[str]) -> Catalogue:
    """Take out of the sidecars of secret tables what tells values.

    Those are what corrections found and put in its place, and SHA-256 sums of the files, by which
    the values could be tried out: ``sha256`` is empty then.
    """
    if not secret:
        return catalogue
    tables = tuple(
        _without_values(table) if table.id in secret else table for table in catalogue.tables
    )
    return catalogue.model_copy(update={"tables": tables})


def _without_values(table: SourceTable) -> SourceTable:
    return table.model_copy(
        update={
            "corrections": tuple(map(_masked, table.corrections)),
            "sha256": "",
            "note": _DIGEST.sub(_NOT_SHOWN, table.note),
        }
    )


def _masked(correction: Correction) -> Correction:
    return correction.model_copy(update={"found": _NOT_SHOWN, "corrected": _NOT_SHOWN})


def findings(
    found: Iterable[Finding], catalogue: Catalogue, secret: Collection[str]
) -> tuple[Finding, ...]:
    """Take the values out of findings in secret tables.

    Parameters
    ----------
    found : iterable of Finding
    catalogue : Catalogue
    secret : collection of str
        As `secret_tables` returns them.
    """
    files = {table.file for table in catalogue.tables if table.id in secret}
    sites = any(table.kind == "sites" for table in catalogue.tables if table.id in secret)
    return tuple(
        replace(each, message=MASKED, found="", expected="")
        if (each.file in files and each.rule not in _WITHOUT_VALUES)
        or (sites and each.rule.startswith("site_"))
        else each
        for each in found
    )


def apart(
    read: CityData,
    loaded: Collection[str],
    secret_days: Collection[pd.Timestamp],
    catalogue: Catalogue,
) -> tuple[CityData, tuple[pd.Timestamp, ...]]:
    """Leave figures that are not public out of the Stichtage that a session has loaded.

    Parameters
    ----------
    read : CityData
        The folder with the loaded tables.
    loaded : collection of str
        Sources of these.
    secret_days : collection of Timestamp
        Stichtage of which something of the folder is secret.
    catalogue : Catalogue

    Returns
    -------
    CityData
    tuple of Timestamp
        The Stichtage of which something was left out.
    """
    rules = Rules(catalogue)
    own = read.coded["source_id"].isin(list(loaded))
    days = set(read.coded.loc[own, "date"]) & set(secret_days)
    if not days:
        return read, ()

    def left(rows: pd.DataFrame) -> pd.DataFrame:
        kept = [
            pd.Timestamp(day) not in days or source in loaded or rules.of(source) is None
            for day, source in zip(rows["date"], rows["source_id"], strict=True)
        ]
        return rows[np.array(kept, dtype=bool)].reset_index(drop=True)

    return replace(read, coded=left(read.coded), sites=left(read.sites)), tuple(sorted(days))


def as_all_see(
    rows: pd.DataFrame, shared: pd.DataFrame, days: Collection[pd.Timestamp]
) -> pd.DataFrame:
    """Put the rows of some Stichtage in the place of a session's, as they are without its tables.

    Parameters
    ----------
    rows, shared : DataFrame
        With a column date.
    days : collection of Timestamp
    """
    if not days:
        return rows
    others = rows[~rows["date"].isin(list(days))]
    return pd.concat([others, shared[shared["date"].isin(list(days))]], ignore_index=True)
