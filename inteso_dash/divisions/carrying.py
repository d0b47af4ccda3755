"""Two Stichtage of an indicator across two divisions, brought to the same areas."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash.aggregation import Matrix, matrix
from inteso_dash.catalogue import Catalogue, Status
from inteso_dash.city import City
from inteso_dash.divisions.between import Layers
from inteso_dash.divisions.conversion import (
    Method,
    convert,
    divided_share,
    estimated_shares,
    union_shares,
)
from inteso_dash.divisions.matching import Match
from inteso_dash.layers import read_boundaries

if TYPE_CHECKING:
    import geopandas

COLUMNS = ["value", "status", "source_id", "rounding_error", "note"]
_WHOLE = 1 - 1e-9


@dataclass(frozen=True)
class Carried:
    """Figures of two Stichtage on the same areas.

    Attributes
    ----------
    method : Method
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
    basis : str
        What an estimate rests on: the level of a finer layer, or empty for the land itself.
    """

    method: Method
    before: pd.DataFrame
    after: pd.DataFrame
    base: pd.Series
    members: pd.Series
    names: pd.Series
    concerned: float | None
    left_out: tuple[str, ...]
    basis: str = ""


def population_indicator(catalogue: Catalogue) -> str | None:
    """Return the id of the indicator that counts the inhabitants, None where none is declared."""
    if catalogue.accommodation is not None:
        return catalogue.accommodation.population
    figures = (catalogue.indicator(key) for key in catalogue.start.key_figures)
    return next((each.id for each in figures if each.kind == "extensive"), None)


def key_between(city: City, level: str, before: str, after: str) -> pd.DataFrame:
    """Return the key from one division to another; empty where there is none that is whole.

    A key that leaves out areas would lose their inhabitants, so it is not used.
    """
    keys = city.crosswalks
    chosen = keys[
        (keys["level"] == level)
        & (keys["from_division"] == before)
        & (keys["to_division"] == after)
    ]
    if set(city.areas(level, before).index) - set(chosen["area_from"]):
        chosen = chosen.iloc[:0]
    whole = chosen["share"].where(chosen["share"] >= _WHOLE)
    return chosen.assign(area_share=whole).reset_index(drop=True)


def dates_of(city: City, level: str, division: str, indicator_id: str) -> list[dt.date]:
    """Return the Stichtage for which a division has values of an indicator, oldest first."""
    figures = city.figures
    rows = figures[
        (figures["level"] == level)
        & (figures["division"] == division)
        & (figures["indicator_id"] == indicator_id)
        & figures["value"].notna()
    ]
    return sorted(rows["date"].dt.date.unique())


def methods(city: City, found: Match | None, level: str, before: str, after: str) -> list[Method]:
    """Return the ways to convert that the folder allows, the most reliable first.

    Parameters
    ----------
    city : City
    found : Match or None
        The divisions laid over each other, where there are boundaries of both.
    level, before, after : str
        Level and its earlier and later division.
    """
    allowed = [Method.EXACT] if found is not None else []
    if not key_between(city, level, before, after).empty:
        allowed.append(Method.KEY)
    if found is not None:
        allowed.append(Method.ESTIMATE)
    return allowed


def finer_layer(
    city: City, layers: Layers, level: str, date: dt.date, crs: str
) -> tuple[geopandas.GeoDataFrame, str] | None:
    """Return the lowest level below with boundaries and inhabitants of every area, if any.

    Parameters
    ----------
    date : date
        The Stichtag nearest to this one is taken.

    Returns
    -------
    GeoDataFrame and str, or None
        Columns area_id, weight, geometry; and the level's id.
    """
    people = population_indicator(city.catalogue)
    if people is None:
        return None
    below = [each for each in city.catalogue.levels if level in city.catalogue.ancestors(each.id)]
    for each in sorted(below, key=lambda one: -len(city.catalogue.ancestors(one.id))):
        layer = layers.get((each.id, each.current.id))
        days = [
            day
            for day in city.dates(each.id, people)
            if city.division(each.id, day, people) == each.current.id
        ]
        if layer is None or not days:
            continue
        nearest = min(days, key=lambda day: abs(day - date))
        values = city.values(each.id, people, nearest)
        empty = values["status"].isin([str(Status.UNINHABITED), str(Status.MERGED)])
        counted = values["value"].astype(float).mask(empty & values["value"].isna(), 0.0)
        areas = read_boundaries(layer).to_crs(crs)
        weights = areas["area_id"].map(counted)
        if weights.notna().all():
            return areas.assign(weight=weights)[["area_id", "weight", "geometry"]], each.id
    return None


def carry(
    city: City,
    found: Match | None,
    level: str,
    indicator_id: str,
    divisions: tuple[str, str],
    days: tuple[dt.date, dt.date],
    method: Method,
    layer: tuple[geopandas.GeoDataFrame, str] | None = None,
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
    method : Method
        One of `methods`.
    layer : tuple, optional
        As `finer_layer` returns it; an estimate is weighted by it.

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
    exact_for: list[str] = []
    basis = ""
    if method is Method.KEY:
        shares = key_between(city, level, *divisions)
        if shares.empty:
            raise ValueError(f"no whole key from {divisions[0]} to {divisions[1]}")
        exact_for = [key for key in shares["weight"].unique() if key]
    elif found is None:
        raise ValueError(f"method {method} without boundaries; expected a match")
    elif method is Method.ESTIMATE:
        shares = estimated_shares(found, None if layer is None else layer[0])
        basis = "" if layer is None else layer[1]
    else:
        shares = union_shares(found)
    before = convert(
        old, shares, city.catalogue, _merged(city, level, divisions[0], days[0]), exact_for
    )
    if method is Method.EXACT and found is not None:
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
    if method is Method.KEY:
        keys = [each for each in shares["source_id"].unique() if each]
        sources[0] = ", ".join(dict.fromkeys([*sources[0].split(", "), *keys]))
    people = population_indicator(city.catalogue)
    lost = [*origins.index[~origins.index.isin(shares["area_from"])]]
    lost += [*targets.index[~targets.index.isin(members.index)]]
    return Carried(
        method,
        _frame(before, indicator_id, rows, sources[0]),
        _frame(after, indicator_id, rows, sources[1]),
        _base(city.catalogue, indicator_id, before, after, rows),
        members,
        _names(members, targets["name"]),
        None if people is None else divided_share(old, shares, people),
        tuple(map(str, dict.fromkeys(lost))),
        basis,
    )


def _matrix(city: City, level: str, division: str, day: dt.date) -> Matrix:
    return matrix(_rows(city, level, division, day))


def _rows(city: City, level: str, division: str, day: dt.date) -> pd.DataFrame:
    figures = city.figures
    return figures[
        (figures["level"] == level)
        & (figures["division"] == division)
        & (figures["date"] == pd.Timestamp(day))
    ]


def _merged(city: City, level: str, division: str, day: dt.date) -> dict[str, dict[str, str]]:
    merged = city.merged
    rows = merged[
        (merged["level"] == level)
        & (merged["division"] == division)
        & (merged["date"] == pd.Timestamp(day))
    ]
    contained: dict[str, dict[str, str]] = {}
    for row in rows.itertuples():
        areas = contained.setdefault(str(row.indicator_id), {})
        areas[str(row.area_id)] = str(row.contained_in)
    return contained


def _sources(city: City, level: str, division: str, day: dt.date, indicator_id: str) -> str:
    rows = _rows(city, level, division, day)
    named = rows.loc[rows["indicator_id"] == indicator_id, "source_id"].unique()
    return ", ".join(dict.fromkeys(key for each in named for key in str(each).split(", ") if key))


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
    known = [each.total(parts).reindex(rows) for each in (before, after) if each.has(parts)]
    if not known or not parts:
        return pd.Series(float("nan"), index=rows)
    return pd.concat(known, axis=1).min(axis=1, skipna=False)


def _names(members: pd.Series, names: pd.Series) -> pd.Series:
    """Name each row by its area, or by its areas."""
    listed = names.reindex(members.index).astype(str).groupby(members.to_numpy())
    return listed.agg(" + ".join).rename_axis("area_id")
