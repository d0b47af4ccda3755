"""Figures that were delivered more than once: the newest counts, the older stay to be looked up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd

from inteso_dash.catalogue import PLACE, Catalogue
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.tables.coded import numbered, plain, repeated, worded

REVISED = "Berichtigter Wert"
"""How the note of a figure begins that a later delivery has changed."""

_FIRST = dt.datetime(1900, 1, 1)  # noqa: DTZ001


def latest(figures: pd.DataFrame, catalogue: Catalogue) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part the figures that count from those that a later delivery has replaced.

    What a source does not say replaces nothing. Sources that do not state when they were
    delivered are older than those that do, and do not replace one another.

    Parameters
    ----------
    figures : DataFrame
        Long table as delivered (`catalogue.LONG_COLUMNS`), coded or plain.
    catalogue : Catalogue

    Returns
    -------
    figures : DataFrame
        The long table without what was replaced, coded or plain as it came.
    replaced : DataFrame
        The rows left out; ``replaced_by`` is the source whose figure counts.
    """
    number = numbered(figures, PLACE)
    rows = plain(figures[np.isin(number, number[repeated(number)])])
    if rows.empty:
        return figures, rows.assign(replaced_by="")
    delivered = {key: each.delivered or _FIRST for key, each in catalogue.sources.items()}
    when = pd.to_datetime(rows["source_id"].map(delivered))
    says = rows["status"] != str(Status.NOT_DELIVERED)
    ranked = rows.assign(_says=says, _when=when).sort_values(
        [*PLACE, "_says", "_when"], kind="stable"
    )
    best = ranked.groupby(PLACE, sort=False)[["_says", "_when", "source_id"]].transform("last")
    older = (ranked["_says"] < best["_says"]) | (ranked["_when"] < best["_when"])
    replaced = rows.assign(replaced_by=best["source_id"])[older.reindex(rows.index)]
    return figures.drop(index=replaced.index), replaced.reset_index(drop=True)


def earlier(
    figures: pd.DataFrame, catalogue: Catalogue, sources: Collection[str]
) -> Iterator[pd.DataFrame]:
    """Yield what was known of Stichtage for which some sources have delivered in turn.

    Parameters
    ----------
    figures : DataFrame
        Long table as delivered, with what later deliveries have replaced.
    catalogue : Catalogue
    sources : collection of str
        The sources that count; others are in each table that is yielded.

    Yields
    ------
    DataFrame
        The figures of these Stichtage without those of later deliveries, the oldest first; what
        all deliveries together say is not among them.
    """
    if not sources:
        return
    figures = plain(figures)
    delivered = {key: each.delivered or _FIRST for key, each in catalogue.sources.items()}
    own = figures["source_id"].isin(list(sources))
    when = pd.to_datetime(figures["source_id"].map(delivered)).where(own)
    last = when.groupby(figures["date"]).transform("max")
    for moment in sorted(when.dropna().unique()):
        days = figures.loc[own & (when <= moment) & (last > moment), "date"].unique()
        known = figures["date"].isin(days) & ~(when > moment)
        if known.any():
            yield figures[known].reset_index(drop=True)


def noted(
    shown: pd.DataFrame, figures: pd.DataFrame, replaced: pd.DataFrame, catalogue: Catalogue
) -> pd.DataFrame:
    """Say in the note of every shown figure that was revised what it was before.

    Parameters
    ----------
    shown : DataFrame
        The long table as it is shown.
    figures, replaced : DataFrame
        As `latest` returns them.
    catalogue : Catalogue
    """
    before = replaced.dropna(subset="value").drop_duplicates(PLACE, keep="last")
    if before.empty:
        return shown
    both = before.merge(_near(figures, before), on=PLACE, suffixes=("", "_now"))
    changed = both[both["value"] != both["value_now"]]
    told = zip(changed["indicator_id"], changed["value"], changed["source_id"], strict=True)
    texts = [_words(indicator, value, source, catalogue) for indicator, value, source in told]
    if not texts:
        return shown
    near = _near(shown, changed)
    near = near[near["status"] != str(Status.SUPPRESSED)]
    said = near[PLACE].merge(changed[PLACE].assign(_said=texts), on=PLACE, how="left")["_said"]
    revised = said.notna().to_numpy()
    notes = (said[revised] + " " + near["note"].to_numpy()[revised]).str.strip().tolist()
    return worded(shown, "note", shown.index.get_indexer(near.index[revised]), notes)


def _near(figures: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of areas, indicators and Stichtage that rows name, plain."""
    near = np.ones(len(figures), dtype=bool)
    for name in ("area_id", "indicator_id", "date"):
        near &= figures[name].isin(rows[name].unique()).to_numpy()
    return plain(figures[near])


def _words(indicator_id: str, value: float, source_id: str, catalogue: Catalogue) -> str:
    number = formats.number(value, catalogue.indicator(indicator_id).decimals)
    return f"{REVISED}; zuvor {number} ({catalogue.sources[source_id].title})."
