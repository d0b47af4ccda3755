"""From the areas of a division to the areas above them: where they nest, and where they do not.

Areas of the current division lie in those above, and so do earlier ones whose parents the register
names with their division. Other earlier areas may lie in several of today's: boundaries or a key
tell in which. Without them the register's parents are taken, and the result is an estimate unless
the areas above have never changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.city.aggregation.conversion import convert
from inteso_dash.city.aggregation.upwards import aggregated
from inteso_dash.city.aggregation.wide import CODE, Arrays, Matrix, Merged, Numbers, joined
from inteso_dash.city.overlay.bridges import Bridge
from inteso_dash.language.statuses import Status

Bridges = Mapping[tuple[str, str], Bridge]
"""Level and earlier division → how its areas reach the current ones."""

_WHOLE = 1 - 1e-9
_DIVIDED = (
    "Geschätzt: {plural} der Gliederung {division}, die in mehreren liegen, sind {basis} geteilt."
)
_ASSIGNED = (
    "Geschätzt: {plural} der Gliederung {division} sind nach dem Verzeichnis ganz zugeordnet, "
    "auch wo sie in mehreren liegen."
)
_UNTESTED = "Wie weit das abweicht, ist nicht bekannt."


@dataclass(frozen=True)
class Way:
    """A division of a higher level, and the area of it that each area of a division lies in.

    Attributes
    ----------
    division : str
    parents : Series
    said : bool
        The register says that the areas lie in these.
    presumed : bool
        It does not, but the areas above have never changed.
    """

    division: str
    parents: pd.Series
    said: bool
    presumed: bool


Ways = Sequence[tuple[str, Sequence[Way]]]
"""Every higher level, the nearest first, with the divisions of it that areas lie in."""


def upwards(
    base: Arrays,
    place: tuple[str, str, pd.Timestamp],
    merged: Merged,
    ways: Mapping[tuple[str, str], Ways],
    catalogue: Catalogue,
    bridge: Bridge | None,
    *,
    public: bool,
) -> Iterator[tuple[str, str, Arrays]]:
    """Carry the figures of a level, division and Stichtag up to every higher level.

    Parameters
    ----------
    base : Arrays
    place : tuple
        Level, division and Stichtag.
    merged : Merged
        Areas published together.
    ways : mapping
        As `all_ways` returns them.
    catalogue : Catalogue
    bridge : Bridge, optional
        From an earlier division to the current one.
    public : bool
        Of figures that are not, only whole areas are added up, as the register has them: small
        numbers are protected by what adds up to what.

    Yields
    ------
    tuple of str, str, Arrays
        Higher level, its division, its figures: the nearest level first.
    """
    level, division, _ = place
    plural = catalogue.level(level).plural
    above_current = {}
    if bridge is not None:
        above_current, whole = dict(_current_ways(ways, catalogue, level)), base.matrix()
    for ancestor, there in ways[level, division]:
        current = catalogue.level(ancestor).current.id
        here = next((way for way in there if way.division == current), None)
        crossing = ancestor in above_current and (here is None or not here.said)
        for way in there:
            if crossing and way is here:
                continue
            upward = aggregated(base, way.parents, merged, catalogue)
            if not (way.said or way.presumed):
                words = _ASSIGNED.format(plural=plural, division=division)
                known = {name: ~np.isnan(each) for name, each in upward.value.items()}
                _mark(upward, known, f"{words} {_UNTESTED}")
            yield ancestor, way.division, upward
        if crossing and bridge is not None:
            held = None if public else pd.Series(dtype=str) if here is None else here.parents
            across = _across(whole, place, merged, catalogue, bridge, above_current[ancestor], held)
            yield ancestor, current, across


def all_ways(
    figures: pd.DataFrame, register: pd.DataFrame, catalogue: Catalogue
) -> dict[tuple[str, str], Ways]:
    """Return the ways up from every level and division with figures, and from current divisions.

    Parameters
    ----------
    figures : DataFrame
        Columns level, division.
    register : DataFrame
        Columns level, division, area_id, parent_id, parent_division.
    catalogue : Catalogue
    """
    named = figures[["level", "division"]].drop_duplicates()
    pairs = set(named.itertuples(index=False, name=None))
    pairs |= {(level.id, level.current.id) for level in catalogue.levels}
    columns = ["level", "division", "area_id", "parent_id", "parent_division"]
    above: dict[tuple[str, str], dict[str, tuple[str, str]]] = {}
    for level, division, area, *parent in register[columns].itertuples(index=False, name=None):
        above.setdefault((level, division), {})[area] = (parent[0], parent[1])
    return {pair: list(_ways_up(above, catalogue, *pair)) for pair in pairs}


def _ways_up(
    above: Mapping[tuple[str, str], Mapping[str, tuple[str, str]]],
    catalogue: Catalogue,
    level: str,
    division: str,
) -> Iterator[tuple[str, list[Way]]]:
    """Yield every higher level, the nearest first, with the areas of it that areas lie in.

    Parameters
    ----------
    above : mapping
        Level and division → area → its parent, and the division that the register names of it.
    catalogue : Catalogue
    level, division : str
    """
    line = [(area, area, division, True, True) for area in above.get((level, division), {})]
    for ancestor in catalogue.ancestors(level):
        here, current = catalogue.level(ancestor), catalogue.level(level).current.id
        constant = len(here.divisions) == 1
        further = []
        for area, key, own, said, presumed in line:
            parent, named = above[level, own][key]
            told = named != "" or own == current
            there = named or here.current.id
            if parent in above.get((ancestor, there), {}):
                way = (area, parent, there, said and told, constant or (presumed and told))
                further.append(way)
        line = further
        reached = sorted({there for _, _, there, _, _ in line})
        yield ancestor, [_way([each for each in line if each[2] == one]) for one in reached]
        level = ancestor


def _way(line: Sequence[tuple[str, str, str, bool, bool]]) -> Way:
    areas, keys, divisions, said, presumed = zip(*line, strict=True)
    index = pd.Index(areas, name="area_id", dtype="str")
    parents = pd.Series(keys, index, dtype="str", name="key")
    return Way(divisions[0], parents, all(said), all(presumed))


def _current_ways(
    ways: Mapping[tuple[str, str], Ways], catalogue: Catalogue, level: str
) -> Iterator[tuple[str, pd.Series]]:
    """Yield the levels between a level and the city with the current areas they hold."""
    for ancestor, there in ways[level, catalogue.level(level).current.id]:
        for way in there:
            if (
                ancestor != catalogue.root.id
                and way.division == catalogue.level(ancestor).current.id
            ):
                yield ancestor, way.parents


def _across(
    base: Matrix,
    place: tuple[str, str, pd.Timestamp],
    merged: Merged,
    catalogue: Catalogue,
    bridge: Bridge,
    above: pd.Series,
    known: pd.Series | None,
) -> Arrays:
    """Carry figures of an earlier division to the current areas of a higher level.

    Parameters
    ----------
    above : Series
        Current area → area of the higher level.
    known : Series, optional
        Earlier area → area of the higher level by the register: only areas that hold just these,
        whole, get a value.
    """
    level, division, date = place
    shares, basis = bridge.shares(date.date())
    parts = shares.assign(area_to=shares["area_to"].map(above)).dropna(subset=["area_to"])
    parts = parts.groupby(["area_from", "area_to"], as_index=False)[["share", "area_share"]].sum(
        min_count=1
    )
    whole = parts["share"] >= _WHOLE
    parts.loc[whole, ["share", "area_share"]] = 1.0
    lacking = set(parts.loc[~parts["area_from"].isin(base.value.index), "area_to"])
    if known is not None:
        held = parts.groupby("area_to")["area_from"].agg(set)
        said = known.index.to_series().groupby(known.to_numpy()).agg(set).reindex(held.index)
        lacking |= set(parts.loc[~whole, "area_to"]) | set(held.index[held != said])
    parts = parts[~parts["area_to"].isin(lacking)]
    if parts.empty:
        return Arrays.of(base, base.value.index[:0])
    result = convert(base, parts, catalogue, merged, bridge.exact_for, kept=False)
    heard = base.status.notna().reindex(parts["area_from"])
    silent = (~heard).groupby(parts["area_to"].to_numpy()).any()
    result = replace(
        result,
        status=result.status.mask(silent, None),
        value=result.value.mask(silent | result.status.isna()),
    )
    made = Arrays.of(result, result.value.index)
    guessed = {name: codes == CODE[Status.ESTIMATED] for name, codes in made.status.items()}
    if any(each.any() for each in guessed.values()):
        tested = bridge.tested(date.date(), above)
        words = _DIVIDED.format(
            plural=catalogue.level(level).plural, division=division, basis=basis.words(catalogue)
        )
        told = _UNTESTED if tested is None else tested.words(catalogue)
        _mark(made, guessed, f"{words} {told}")
    return made


def _mark(result: Arrays, cells: Mapping[str, Numbers], words: str) -> None:
    """Call cells estimated, and say why."""
    for name, there in cells.items():
        result.status[name][there] = CODE[Status.ESTIMATED]
        result.note[name][there] = [joined(said, words) for said in result.note[name][there]]
