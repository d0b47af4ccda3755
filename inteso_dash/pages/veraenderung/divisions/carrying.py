"""Two Stichtage of an indicator across two divisions, brought to the same areas."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.tables import joined_ids
from inteso_dash.city import City
from inteso_dash.city.aggregation.conversion import convert, divided_share
from inteso_dash.city.aggregation.together import contained
from inteso_dash.city.aggregation.wide import Matrix, matrix
from inteso_dash.city.overlay.bridges import key_shares
from inteso_dash.city.overlay.matching import Match
from inteso_dash.city.overlay.people import Basis, People, Weights, population_indicator
from inteso_dash.city.overlay.probes import (
    UNTESTED,
    Estimated,
    JoinedTrial,
    estimate_tested,
    unions_tested,
)
from inteso_dash.city.overlay.shares import estimated_shares, union_shares
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status

COLUMNS = ["value", "status", "source_id", "rounding_error", "note"]
_APART = "Probe am {day}: hier früher {apart} als später; die Grenzen stimmen nicht genau überein."


class ConversionMethod(StrEnum):
    """Ways to convert, the most reliable first."""

    EXACT = "exact"
    KEY = "key"
    ESTIMATE = "estimate"


METHOD_TITLES = {
    ConversionMethod.EXACT: "genau",
    ConversionMethod.KEY: "nach Schlüssel",
    ConversionMethod.ESTIMATE: "geschätzt",
}
"""German names of the methods."""

_UNTESTED = {
    ConversionMethod.EXACT: UNTESTED,
    ConversionMethod.KEY: "Wie weit der Schlüssel abweicht, ist nicht bekannt.",
    ConversionMethod.ESTIMATE: "Wie weit die Schätzung abweicht, ist nicht bekannt: Dazu müssten "
    "beide Gliederungen Einwohner eines Tages nennen und die spätere noch die eines anderen.",
}


@dataclass(frozen=True)
class Carried:
    """Figures of two Stichtage on the same areas.

    Attributes
    ----------
    method : ConversionMethod
    before, after : DataFrame
        Index area_id: unions for the exact method, else areas of the later division. Columns
        value, status, source_id, rounding_error, note.
    base : Series
        The smaller of what the two values rest on; NaN where that is not known.
    members : Series
        Index: every area of the later division; the row of ``before`` and ``after`` it is in.
    names : Series
        Name of each row.
    concerned : float or None
        Inhabitants of the earlier areas that were divided, in per cent of all; None where that
        is not known, zero where nothing was divided.
    left_out : tuple of str
        Areas, by key, that could not be carried across.
    basis : Basis
        What divided areas are divided by.
    joined : JoinedTrial or None
        Common areas held against figures that both divisions have of one day.
    estimated : Estimated or None
        How far an estimate may be off, where such figures tell.
    """

    method: ConversionMethod
    before: pd.DataFrame
    after: pd.DataFrame
    base: pd.Series
    members: pd.Series
    names: pd.Series
    concerned: float | None
    left_out: tuple[str, ...]
    basis: Basis
    joined: JoinedTrial | None
    estimated: Estimated | None

    def tested(self, catalogue: Catalogue) -> str:
        """Say in German what the trial says of this way to convert, or that there is none."""
        found = {
            ConversionMethod.EXACT: self.joined,
            ConversionMethod.ESTIMATE: self.estimated,
        }.get(self.method)
        return _UNTESTED[self.method] if found is None else found.words(catalogue)


def key_between(city: City, level: str, before: str, after: str) -> pd.DataFrame:
    """Return the key from one division to another; empty where there is none that is whole."""
    return key_shares(city.crosswalks, city.register, level, before, after)


def tested(city: City, found: Match, level: str, pair: tuple[str, str]) -> JoinedTrial | None:
    """Hold the common areas of two divisions against inhabitants that both have of one day."""
    return unions_tested(_people(city), found, level, pair)


def dates_of(city: City, level: str, division: str, indicator_id: str) -> list[dt.date]:
    """Return the Stichtage for which a division has values of an indicator, oldest first."""
    rows = city.rows(level=level, division=division, indicator_id=indicator_id)
    return sorted(rows.loc[rows["value"].notna(), "date"].dt.date.unique())


def methods(
    city: City, found: Match | None, level: str, before: str, after: str
) -> list[ConversionMethod]:
    """Return the ways to convert that the folder allows, the most reliable first.

    Parameters
    ----------
    city : City
    found : Match or None
        The divisions laid over each other, where there are boundaries of both.
    level, before, after : str
        Level and its earlier and later division.
    """
    allowed = [ConversionMethod.EXACT] if found is not None else []
    if not key_between(city, level, before, after).empty:
        allowed.append(ConversionMethod.KEY)
    if found is not None:
        allowed.append(ConversionMethod.ESTIMATE)
    return allowed


def carry(
    city: City,
    found: Match | None,
    level: str,
    indicator_id: str,
    divisions: tuple[str, str],
    days: tuple[dt.date, dt.date],
    method: ConversionMethod,
) -> Carried:
    """Bring two Stichtage of an indicator, each in its own division, to the same areas.

    Parameters
    ----------
    city : City
    found : Match or None
        The divisions laid over each other; only the key does without.
    level, indicator_id : str
    divisions : tuple of str
        The earlier and the later division.
    days : tuple of date
        A Stichtag of each.
    method : ConversionMethod
        One of `methods`; an estimate divides areas by the inhabitants of those below, or of the
        later division, and without their boundaries by the land.

    Raises
    ------
    ValueError
        If the method needs boundaries, or a key, that are not there.
    """
    old, new = (
        _matrix(city, level, division, day) for division, day in zip(divisions, days, strict=True)
    )
    origins = city.areas(level, divisions[0])
    targets = city.areas(level, divisions[1])
    people = _people(city, indicator_id)
    exact_for: list[str] = []
    basis = Basis()
    joined = trial = None
    if method is ConversionMethod.KEY:
        shares = key_between(city, level, *divisions)
        if shares.empty:
            raise ValueError(f"no whole key from {divisions[0]} to {divisions[1]}")
        exact_for = [key for key in shares["weight"].unique() if key]
        basis = Basis(key=True)
    elif found is None:
        raise ValueError(f"method {method} without boundaries; expected a match")
    elif method is ConversionMethod.ESTIMATE:
        crs = str(found.pairs.crs)
        by = people.weights(level, divisions[1], days[0], crs)
        shares = _shares(found, by)
        basis = Basis() if by is None else by.basis
        trial = estimate_tested(
            people, level, divisions, days[0], crs, lambda tried: _shares(found, tried)
        )
    else:
        shares = union_shares(found)
        joined = unions_tested(people, found, level, divisions, indicator_id)
    before = convert(
        old, shares, city.catalogue, _merged(city, level, divisions[0], days[0]), exact_for
    )
    if method is ConversionMethod.EXACT and found is not None:
        later = union_shares(found, "to")
        after = convert(new, later, city.catalogue, _merged(city, level, divisions[1], days[1]))
        members = later.set_index("area_from")["area_to"]
    else:
        after, members = new, pd.Series(targets.index, index=targets.index)
    rows = pd.Index(sorted(set(members)), name="area_id")
    sources = [
        _sources(city, level, division, day, indicator_id)
        for division, day in zip(divisions, days, strict=True)
    ]
    if method is ConversionMethod.KEY:
        keys = shares["source_id"].unique()
        sources[0] = joined_ids([sources[0], *keys])
    inhabitants = population_indicator(city.catalogue)
    lost = [*origins.index[~origins.index.isin(shares["area_from"])]]
    lost += [*targets.index[~targets.index.isin(members.index)]]
    concerned = None if inhabitants is None else divided_share(old, shares, inhabitants)
    return Carried(
        method,
        _apart(_frame(before, indicator_id, rows, sources[0]), joined),
        _frame(after, indicator_id, rows, sources[1]),
        _base(city.catalogue, indicator_id, before, after, rows),
        members,
        _names(members, targets["name"]),
        concerned,
        tuple(map(str, dict.fromkeys(lost))),
        basis,
        joined,
        trial,
    )


def _people(city: City, *others: str) -> People:
    """Return the inhabitants of a city, and the figures of other indicators beside them."""
    named = [*others, *filter(None, [population_indicator(city.catalogue)])]
    return People(city.rows(indicator_id=named), city.catalogue, city.layers)


def _shares(found: Match, by: Weights | None) -> pd.DataFrame:
    return estimated_shares(found, None if by is None else by.layer)


def _apart(frame: pd.DataFrame, joined: JoinedTrial | None) -> pd.DataFrame:
    """Call the values of common areas that do not hold the same figures estimated."""
    if joined is None:
        return frame
    frame = frame.copy()
    known = frame.index[frame["value"].notna()]
    for row in map(str, joined.differing.index.intersection(known)):
        apart = formats.signed(float(joined.differing[row]), 0)
        said = _APART.format(day=formats.date(joined.day), apart=apart)
        frame.loc[row, ["status", "note"]] = [str(Status.ESTIMATED), said]
    return frame


def _matrix(city: City, level: str, division: str, day: dt.date) -> Matrix:
    return matrix(city.rows(level=level, division=division, date=day))


def _merged(city: City, level: str, division: str, day: dt.date) -> dict[str, dict[str, str]]:
    merged = city.merged
    rows = merged[
        (merged["level"] == level)
        & (merged["division"] == division)
        & (merged["date"] == pd.Timestamp(day))
    ]
    return contained(rows)


def _sources(city: City, level: str, division: str, day: dt.date, indicator_id: str) -> str:
    asked = {"level": level, "division": division, "indicator_id": indicator_id}
    return joined_ids(city.rows(date=day, **asked)["source_id"].unique())


def _frame(found: Matrix, indicator_id: str, rows: pd.Index, source: str) -> pd.DataFrame:
    """Return one indicator of a matrix by row; what is not there is not delivered."""
    if indicator_id not in found.value:
        nothing = pd.DataFrame(index=rows)
        return nothing.assign(
            value=float("nan"),
            status=str(Status.NOT_DELIVERED),
            source_id=source,
            rounding_error=0.0,
            note="",
        )
    status = found.status[indicator_id].reindex(rows)
    return pd.DataFrame(
        {
            "value": found.value[indicator_id].reindex(rows).astype(float),
            "status": status.where(status.notna(), str(Status.NOT_DELIVERED)),
            "source_id": source,
            "rounding_error": found.error[indicator_id].reindex(rows).fillna(0.0).astype(float),
            "note": found.note[indicator_id].reindex(rows).fillna(""),
        },
        index=rows,
    )


def _base(
    catalogue: Catalogue, indicator_id: str, before: Matrix, after: Matrix, rows: pd.Index
) -> pd.Series:
    indicator = catalogue.indicator(indicator_id)
    extensive = indicator.kind == "extensive"
    parts = (indicator_id,) if extensive else indicator.denominator or indicator.weight
    known = [
        each.value[list(parts)].sum(axis=1, skipna=False).reindex(rows)
        for each in (before, after)
        if set(parts) <= set(each.value)
    ]
    if not known or not parts:
        return pd.Series(float("nan"), index=rows)
    return pd.concat(known, axis=1).min(axis=1, skipna=False)


def _names(members: pd.Series, names: pd.Series) -> pd.Series:
    """Name each row by its area, or by its areas."""
    listed = names.reindex(members.index).astype(str).groupby(members.to_numpy())
    return listed.agg(" + ".join).rename_axis("area_id")
