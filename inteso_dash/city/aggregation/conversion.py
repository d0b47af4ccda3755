"""Figures carried from one division of a level to another, by shares of each area."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city.aggregation.upwards import aggregated
from inteso_dash.city.aggregation.wide import Arrays, Matrix, Merged
from inteso_dash.language.statuses import Status

_AREA_UNITS = ("ha", "km²", "m²")
_WHOLE = 1 - 1e-9
_TORN = "Gemeinsam mit {other} veröffentlicht, das jetzt anderswo liegt."
_PIECE = re.compile(r"([^\s(>]+)>[^\s,)]+")
_UNKNOWN = "Für {area} nennt die Quelle nichts."


def convert(
    given: Matrix,
    shares: pd.DataFrame,
    catalogue: Catalogue,
    merged: Merged | None = None,
    exact_for: Collection[str] = (),
    *,
    kept: bool = True,
) -> Matrix:
    """Carry the figures of one division to another by shares of its areas.

    Counts are divided and added up; shares and rates keep their value in every part of an area
    and are recomputed from the parts, by the same code that aggregates to higher levels. A value
    that misses a part is absent, and its note says which.

    Parameters
    ----------
    given : Matrix
        Rows are earlier areas.
    shares : DataFrame
        ``area_from``, ``area_to``, ``share``, ``area_share`` (for amounts of land).
    catalogue : Catalogue
    merged : mapping, optional
        As in `aggregation.Merged`. Areas published together that part ways have no value.
    exact_for : collection of str
        Indicators that the shares divide exactly, because they were made from them.
    kept : bool
        A whole area that goes to one that nothing else goes to keeps its value and status.

    Returns
    -------
    Matrix
        Rows are the areas that the shares lead to. The status is ``computed`` where whole areas
        are added up, ``estimated`` where one is divided. Whole numbers of persons stay
        whole, and their total stays the same.
    """
    shares = shares.sort_values(["area_to", "area_from"], ignore_index=True)
    origins = shares["area_from"].astype(str)
    targets = shares["area_to"].astype(str)
    whole = _completed(given, sorted(set(origins)))
    divided = shares["share"].to_numpy() < _WHOLE
    alone = targets.map(targets.value_counts()).eq(1).to_numpy() & ~divided & kept
    together = _torn(whole, merged or {}, origins, targets, set(origins[alone]))
    names = pd.Index(origins + ">" + targets, name="area_id")
    pieces = _pieces(whole, shares, names, catalogue)
    parents = pd.Series(targets.to_numpy(), index=names)
    in_pieces = {
        indicator_id: {
            names[origins == member][0]: names[origins == holder][0]
            for member, holder in contained.items()
        }
        for indicator_id, contained in together.items()
    }
    made = aggregated(Arrays.of(pieces, names), parents, in_pieces, catalogue)
    for note in made.note.values():
        told = note != ""
        note[told] = [_PIECE.sub(r"\1", said) for said in note[told]]
    result = made.matrix()
    if alone.any():
        _keep(result, whole, origins[alone], targets[alone])
    touched = result.value.index.isin(targets[divided])
    guessed = result.value.notna().to_numpy() & touched[:, np.newaxis]
    guessed &= ~result.value.columns.isin(list(exact_for))
    result = replace(result, status=result.status.mask(guessed, str(Status.ESTIMATED)))
    return in_whole_numbers(result, whole, catalogue, touched)


def _completed(given: Matrix, areas: list[str]) -> Matrix:
    """Return a copy with a row for every area; what was not said is not delivered."""
    value, status, error, note, source = (frame.reindex(areas) for frame in given.frames)
    source = source.reindex(columns=value.columns).astype(object).fillna("")
    silent = status.isna()
    said = silent & ~silent.all(axis=0)
    unknown = np.array([[_UNKNOWN.format(area=area)] for area in areas], dtype=object)
    cells = np.where(said, unknown.reshape(-1, 1), np.where(note.isna(), "", note))
    note = pd.DataFrame(cells, note.index, note.columns, dtype=object)
    status = status.where(~silent, str(Status.NOT_DELIVERED))
    return Matrix(value, status, error.fillna(0.0), note, source)


def _torn(
    whole: Matrix, merged: Merged, origins: pd.Series, targets: pd.Series, alone: Collection[str]
) -> dict[str, Mapping[str, str]]:
    """Empty the cells that cover areas which now part ways; return those that stay together.

    Where both areas stay by themselves, what was published of them still holds.
    """
    kept: dict[str, Mapping[str, str]] = {}
    for indicator_id, contained in merged.items():
        if indicator_id not in whole.value:
            continue
        stay = {}
        for member, holder in contained.items():
            if not {member, holder} <= set(origins) or {member, holder} <= set(alone):
                continue
            if targets[origins.isin([member, holder])].nunique() == 1:
                stay[member] = holder
                continue
            for area, other in ((member, holder), (holder, member)):
                whole.value.loc[area, indicator_id] = np.nan
                whole.status.loc[area, indicator_id] = str(Status.NOT_DELIVERED)
                whole.note.loc[area, indicator_id] = _TORN.format(other=other)
        kept[indicator_id] = stay
    return kept


def _pieces(whole: Matrix, shares: pd.DataFrame, names: pd.Index, catalogue: Catalogue) -> Matrix:
    """Divide the counts of each area by its shares; rates are the same in every part."""
    at = whole.value.index.get_indexer(pd.Index(shares["area_from"]))
    taken = Matrix(*(frame.take(at).set_axis(names) for frame in whole.frames))
    share, land = (shares[each].to_numpy(dtype=float) for each in ("share", "area_share"))
    return divided(taken, share, land, catalogue)


def divided(
    given: Matrix,
    shares: npt.NDArray[np.float64],
    land: npt.NDArray[np.float64],
    catalogue: Catalogue,
) -> Matrix:
    """Divide the counts of each row by its share; what is no count is the same in every part.

    Parameters
    ----------
    given : Matrix
    shares, land : array
        By row: the share of what is counted, and of the land for amounts of it.
    catalogue : Catalogue
    """
    by_kind = [
        np.ones(len(shares))
        if indicator.kind != "extensive"
        else land
        if is_land(indicator)
        else shares
        for indicator in map(catalogue.indicator, map(str, given.value.columns))
    ]
    parts = np.array(by_kind, dtype=float).reshape(len(by_kind), len(shares)).T
    return replace(given, value=given.value * parts, error=given.error * parts)


def is_land(indicator: Indicator) -> bool:
    """Say whether an indicator is an amount of land."""
    return indicator.kind == "extensive" and indicator.unit in _AREA_UNITS


def _keep(result: Matrix, whole: Matrix, origins: pd.Series, targets: pd.Series) -> None:
    """Write the cells of whole areas that stay by themselves as they were."""
    for old, new in zip(whole.frames, result.frames, strict=True):
        new.loc[targets.to_numpy()] = old.loc[origins.to_numpy(), new.columns].to_numpy()


def in_whole_numbers(
    result: Matrix, whole: Matrix, catalogue: Catalogue, touched: npt.NDArray[np.bool_]
) -> Matrix:
    """Round divided counts to whole ones so that their total stays (largest remainders).

    Parameters
    ----------
    result : Matrix
    whole : Matrix
        What was divided; where it has fractions they stay.
    catalogue : Catalogue
    touched : array of bool
        Rows of ``result`` that hold parts.
    """
    values, errors = (
        frame.to_numpy(dtype=float, copy=True) for frame in (result.value, result.error)
    )
    given = whole.value[result.value.columns].to_numpy(dtype=float)
    whole_counts = ((given % 1 == 0) | np.isnan(given)).all(axis=0)
    for at, indicator in enumerate(map(catalogue.indicator, map(str, result.value.columns))):
        if indicator.kind != "extensive" or indicator.decimals or not whole_counts[at]:
            continue
        rows = np.flatnonzero(touched & ~np.isnan(values[:, at]))
        exact = values[rows, at]
        rounded = apportioned(exact)
        errors[rows, at] += np.abs(rounded - exact)
        values[rows, at] = rounded
    index, columns = result.value.index, result.value.columns
    value, error = (pd.DataFrame(each, index, columns) for each in (values, errors))
    return replace(result, value=value, error=error)


def apportioned(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Round to whole numbers whose sum is the rounded sum, by largest remainders.

    Examples
    --------
    >>> apportioned(np.array([1.5, 2.25, 0.25])).tolist()
    [2.0, 2.0, 0.0]
    """
    clean = values.round(6)
    low: npt.NDArray[np.float64] = np.floor(clean)
    missing = round(float(clean.sum() - low.sum()))
    low[np.argsort(low - clean, kind="stable")[:missing]] += 1
    return low


def divided_share(given: Matrix, shares: pd.DataFrame, population: str) -> float | None:
    """Return the share of the inhabitants who live in areas that the shares divide, in per cent.

    Parameters
    ----------
    given : Matrix
        Rows are earlier areas.
    shares : DataFrame
        As in `convert`.
    population : str
        Indicator that counts the inhabitants.

    Returns
    -------
    float or None
        None where the inhabitants of an area are not known, or there are none.
    """
    if population not in given.value:
        return None
    divided = shares.loc[shares["share"] < _WHOLE, "area_from"].unique()
    people = given.value[population]
    inhabited = given.status[population] != str(Status.UNINHABITED)
    if people[inhabited].isna().any() or not people.sum():
        return None
    return float(people[people.index.isin(divided)].sum() / people.sum() * 100)
