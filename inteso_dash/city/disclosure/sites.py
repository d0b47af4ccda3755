"""Accommodation sites whose occupation is not public: sums by area instead of single sites."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from inteso_dash.catalogue import LONG_COLUMNS, PLACE, Catalogue
from inteso_dash.catalogue.tables import Protection, joined_ids
from inteso_dash.city.disclosure.rules import Rules, is_small, strictest
from inteso_dash.language.statuses import Status
from inteso_dash.tables.coded import plain
from inteso_dash.tables.register import Areas
from inteso_dash.tables.sources.places import uncounted

Uncertain = dict[tuple[str, str, str, str, pd.Timestamp], float]
"""(level, division, area, indicator, date) → how far a sum must stay uncertain."""


@dataclass(frozen=True)
class Sites:
    """What may be shown of a table of sites.

    Attributes
    ----------
    sites : DataFrame
        As `CityData.sites`, without the occupation of sites that are not public.
    sums : DataFrame
        The long table of their sums by area, before protection.
    uncertain : dict
        The sums that tell too much about one site.
    """

    sites: pd.DataFrame
    sums: pd.DataFrame
    uncertain: Uncertain

    def added_to(self, figures: pd.DataFrame) -> pd.DataFrame:
        """Add the sums to the long table where it says nothing yet; the table is plain then."""
        if self.sums.empty:
            return figures
        figures = plain(figures)
        told = pd.MultiIndex.from_frame(figures.loc[figures["value"].notna(), PLACE])
        new = self.sums[~pd.MultiIndex.from_frame(self.sums[PLACE]).isin(told)]
        silent = ~pd.MultiIndex.from_frame(figures[PLACE]).isin(
            pd.MultiIndex.from_frame(new[PLACE])
        )
        return pd.concat([figures[silent], new.astype(figures.dtypes)], ignore_index=True)


def summed(sites: pd.DataFrame, register: pd.DataFrame, catalogue: Catalogue) -> Sites:
    """Add up the persons of sites that are not public, and take the single numbers out.

    How many persons live in a building says more about them than any sum: it is never shown
    unless it is public. Sums are made where a table lists every site of its Stichtag.

    Parameters
    ----------
    sites : DataFrame
        As `CityData.sites`.
    register : DataFrame
        Columns level, division, area_id, name, parent_id, parent_division.
    catalogue : Catalogue
        Names the indicator of accommodated persons.
    """
    rules = Rules(catalogue)
    found = [rules.of(source_id) for source_id in sites["source_id"]]
    secret = np.array([rule is not None for rule in found], dtype=bool)
    none = pd.DataFrame(columns=list(LONG_COLUMNS))
    if not secret.any() or not catalogue.secret_sources:
        return Sites(sites, none, {})
    shown = sites.assign(
        occupied=sites["occupied"].where(~secret),
        note=[
            "" if hidden and re.search(r"\d", text) else text
            for hidden, text in zip(secret, sites["note"], strict=True)
        ],
    )
    used = catalogue.accommodation
    if used is None:
        return Sites(shown, none, {})
    rows: list[tuple[object, ...]] = []
    uncertain: Uncertain = {}
    listed = sites.assign(_rule=pd.Series(found, index=sites.index, dtype=object))[
        sites["complete"] & sites["date"].notna()
    ]
    for date, everything in listed.groupby("date"):
        day = pd.Timestamp(str(date))
        here = everything[uncounted(everything) == ""]
        if here["_rule"].notna().any():
            for level in catalogue.levels:
                _add_level(level.id, day, here, register, catalogue, rows, uncertain)
    frame = pd.DataFrame(rows, columns=list(LONG_COLUMNS)) if rows else none
    return Sites(shown, frame, uncertain)


def _add_level(
    level: str,
    day: pd.Timestamp,
    here: pd.DataFrame,
    register: pd.DataFrame,
    catalogue: Catalogue,
    rows: list[tuple[object, ...]],
    uncertain: Uncertain,
) -> None:
    used = catalogue.accommodation
    if used is None:
        return
    division = catalogue.level(level).current.id
    areas = Areas(register)
    root = catalogue.root.id
    keys = [
        catalogue.city.id if level == root else areas.at(catalogue, own, key, level)
        for own, key in zip(here["level"], here["area_id"], strict=True)
    ]
    if any(named and not key for named, key in zip(here["area_id"], keys, strict=True)):
        return
    source = joined_ids(sorted(set(here["source_id"])))
    for area_id in areas.of(level, division):
        own = here[[key == area_id for key in keys]]
        persons = float(own["occupied"].sum(skipna=False))
        if math.isnan(persons):
            continue
        place = (level, division, area_id, used.persons, day)
        rows.append((*place, persons, str(Status.COMPUTED), source, 0.0, ""))
        secret = own[own["_rule"].notna()]
        rule = strictest(secret["_rule"])
        if rule is not None:
            amount = uncertainty(secret["occupied"].tolist(), rule)
            if amount:
                uncertain[place] = amount


def uncertainty(contributions: Iterable[float], protection: Protection) -> float:
    """Return how far a sum must stay uncertain, 0 where it tells too much about no contribution.

    Parameters
    ----------
    contributions : iterable of float
        Persons of single sites.
    protection : Protection
        By ``p_percent`` a sum is unsafe where the second largest contributor, who knows its own
        part, can estimate the largest one to within p percent; by ``largest`` where the n largest
        make up more than k percent of it. A sum of few persons is unsafe as well.

    References
    ----------
    Hundepool, A. et al. (2012): Statistical Disclosure Control. Wiley, section 4.2: sensitivity
    rules for magnitude tables and the protection levels that follow from them.

    Examples
    --------
    >>> rule = Protection(p_percent=10)
    >>> [uncertainty(sizes, rule) for sizes in ([80], [80, 10, 5], [80, 10, 10], [0, 3])]
    [8.0, 3.0, 0.0, 5.0]
    >>> uncertainty([180, 12, 8], Protection(p_percent=None, largest=(1, 80)))
    25.0
    """
    sizes = sorted((size for size in contributions if size > 0), reverse=True)
    if not sizes:
        return 0.0
    whole, wanted = sum(sizes), [0.0]
    if is_small(whole, protection):
        wanted.append(float(protection.counts_below))
    if protection.p_percent is not None:
        rest = whole - sum(sizes[:2])
        wanted.append(sizes[0] * protection.p_percent / 100 - rest)
    if protection.largest is not None:
        many, percent = protection.largest
        wanted.append(sum(sizes[:many]) * 100 / percent - whole)
    return max(wanted)
