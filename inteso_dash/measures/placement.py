"""Where N more persons could be placed so that all areas come nearest to their targets; pure.

A mixed-integer programme, solved exactly by HiGHS. What is minimised is the sum of the distances of
all areas from their targets: half of it are the persons who would still have to move for every area
to meet its target, as the dissimilarity index counts them. Many placements share the smallest sum,
since it does not matter to it which of the areas below their target come nearer; of these the one
is taken whose largest shortfall or new excess is smallest. The largest distance can be asked for
first instead: it protects the area that is worst off, but nobody who is added brings an area nearer
that lies above its target, so that it often decides nothing; then the sum does, and then the rest.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from inteso_dash.measures.distribution import dissimilarity, gini

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

_EXACT = 1e-6
_SECONDS = 20.0
ALTERNATIVES = 3
Numbers = npt.NDArray[np.float64]


class Distance(StrEnum):
    """What is to be small."""

    SUM = "summe"
    LARGEST = "groesste"


class _Goal(StrEnum):
    SUM = "sum"
    LARGEST = "largest"
    NEW = "new"


_GOALS = {
    Distance.SUM: (_Goal.SUM, _Goal.NEW),
    Distance.LARGEST: (_Goal.LARGEST, _Goal.SUM, _Goal.NEW),
}
"""What is to be small, and what decides among those that are alike in it."""


class PlacementRule(StrEnum):
    """What a placement has to keep to."""

    LOWER = "untergrenze"
    UPPER = "obergrenze"
    LIMIT = "hoechstzahl"
    NEVER_ABOVE = "nie_darueber"
    OPENED = "anzahl"


@dataclass(frozen=True)
class PlacementOption:
    """A site or an area that can take persons.

    Attributes
    ----------
    area : str
        Row of the areas.
    lower, upper : int
        Fewest persons if it takes any, and most.
    present : float
        Persons already there, for the limit; NaN where not known.
    needed : bool
        Whether it takes its fewest persons in any case.
    """

    area: str
    lower: int = 1
    upper: int = 10**6
    present: float = 0.0
    needed: bool = False


@dataclass(frozen=True)
class PlacementTask:
    """What is to be placed, and under which rules.

    Attributes
    ----------
    persons : int
        How many are to be placed.
    areas : DataFrame
        Index area; columns present (persons, 0 or more), share (of the target, sum 1), room (how
        many more it can take until it lies above its target under every weighting, infinite where
        that is no bound), reference (what fairness is measured with, such as the population).
    options : mapping of str to PlacementOption
    limit : float or None
        Most persons of an option, those present included.
    most : int or None
        Most options that take persons.
    distance : Distance
    """

    persons: int
    areas: pd.DataFrame
    options: Mapping[str, PlacementOption]
    limit: float | None = None
    most: int | None = None
    distance: Distance = Distance.SUM

    @property
    def target(self) -> pd.Series[float]:
        """Persons of every area after the key, once all are placed."""
        return self.areas["share"] * (float(self.areas["present"].sum()) + self.persons)

    @property
    def room(self) -> Numbers:
        """Whole persons that each area can take."""
        return np.floor(self.areas["room"].to_numpy(float) + _EXACT)


@dataclass(frozen=True)
class Costs:
    """What a distribution of persons costs in fairness.

    Attributes
    ----------
    dissimilarity, gini : float
        Of the persons, compared with the reference.
    largest : float
        Largest distance of an area from its target, in persons.
    apart : float
        Sum of all distances, in persons.
    """

    dissimilarity: float
    gini: float
    largest: float
    apart: float


@dataclass(frozen=True)
class Placement:
    """A way to place all persons.

    Attributes
    ----------
    placed : Series
        Persons by option, whole numbers.
    persons : Series
        Persons by area afterwards.
    costs : Costs
    binding : tuple of (PlacementRule, str)
        What is used up: the rule, and the option or area (empty for `PlacementRule.OPENED`).
    gap : float
        By how much a better one might be, as a share of the distance; 0 where it is proven best.
    """

    placed: pd.Series[int]
    persons: pd.Series[float]
    costs: Costs
    binding: tuple[tuple[PlacementRule, str], ...]
    gap: float


@dataclass(frozen=True)
class Proposal:
    """What was found.

    Attributes
    ----------
    placements : tuple of Placement
        The best first; each of the others has another set of options that take persons than all
        before it, and is the best of those that are left. Empty where there is none.
    gains : mapping of PlacementRule to float
        By how much the distance would be smaller without a rule that the best one uses up, in
        persons.
    blocking : tuple of PlacementRule
        Where there is no placement: the rules of which each alone, left out, makes one possible.
        Empty where none does so alone.
    """

    placements: tuple[Placement, ...]
    gains: Mapping[PlacementRule, float]
    blocking: tuple[PlacementRule, ...] = ()


def propose(task: PlacementTask, alternatives: int = ALTERNATIVES, differ: int = 1) -> Proposal:
    """Find the best placement and the next best ones, or say which rule makes it impossible.

    Another alternative is found by a cut that excludes every set of options that took persons
    before, and those near it, so that it differs in where, not only in how many.

    Parameters
    ----------
    task : PlacementTask
    alternatives : int
        How many besides the best one.
    differ : int
        In how many options an alternative differs at least from each one before it, as those that
        take persons in the one and none in the other.

    Raises
    ------
    ValueError
        If nobody is to be placed, or amounts are missing.

    References
    ----------
    Duncan, O. D.; Duncan, B. (1955): A methodological analysis of segregation indexes. American
    Sociological Review 20 (2). Ogryczak, W. (2000): Inequality measures and equitable approaches
    to location problems. European Journal of Operational Research 122 (2). Balas, E.; Jeroslow, R.
    (1972): Canonical cuts on the unit hypercube. SIAM Journal on Applied Mathematics 23 (1).
    Huangfu, Q.; Hall, J. A. J. (2018): Parallelizing the dual revised simplex method. Mathematical
    Programming Computation 10.

    Examples
    --------
    >>> areas = pd.DataFrame(
    ...     {"present": [90, 10], "share": [0.5, 0.5], "room": [0, 60], "reference": [5, 5]},
    ...     index=["a", "b"],
    ... )
    >>> task = PlacementTask(40, areas, {"a": PlacementOption("a"), "b": PlacementOption("b")})
    >>> propose(task).placements[0].placed.to_dict()
    {'a': 0, 'b': 40}
    """
    _require(task)
    found: list[Placement] = []
    taken: list[Numbers] = []
    for _ in range(alternatives + 1):
        solved = _solve(task, taken, differ)
        if solved is None:
            break
        placed, gap = solved
        taken.append((placed > 0).astype(float))
        found.append(_placement(task, placed, gap))
    if not found:
        possible = [rule for rule in _rules(task) if _solve(_without(task, rule)) is not None]
        return Proposal((), {}, tuple(possible))
    goal = _GOALS[task.distance][0]
    gains = {}
    for rule in dict.fromkeys(rule for rule, _ in found[0].binding):
        freed = _solve(_without(task, rule))
        if freed is not None:
            apart = _reached(task, np.asarray(found[0].placed, dtype=float))[goal]
            better = apart - _reached(task, freed[0])[goal]
            if better > _EXACT * max(1.0, apart):
                gains[rule] = better
    return Proposal(tuple(found), gains)


def costs(task: PlacementTask, persons: pd.Series[float], target: pd.Series[float]) -> Costs:
    """Measure how a distribution of persons lies to a target and to the reference."""
    distances = (persons - target).abs()
    reference = task.areas["reference"].astype(float)
    return Costs(
        dissimilarity(persons, reference),
        gini(persons, reference),
        float(distances.max()),
        float(distances.sum()),
    )


def before(task: PlacementTask) -> Costs | None:
    """Measure today's distribution against today's target; None where nobody is there."""
    present = task.areas["present"].astype(float)
    if not present.sum() > 0:
        return None
    return costs(task, present, task.areas["share"] * present.sum())


def _require(task: PlacementTask) -> None:
    if task.persons < 1:
        raise ValueError(f"persons: found {task.persons}, expected at least 1")
    amounts = task.areas[["present", "share", "room", "reference"]].astype(float)
    if amounts.isna().any(axis=None) or (amounts < 0).any(axis=None):
        raise ValueError("areas: found missing or negative amounts, expected at least 0 everywhere")
    strange = {each.area for each in task.options.values()} - set(task.areas.index)
    if strange or not task.options:
        raise ValueError(f"options: found areas {sorted(strange)}, expected those of the table")
    for key, each in task.options.items():
        if not 0 <= each.lower <= each.upper:
            raise ValueError(f"{key}: found {each.lower} to {each.upper}, expected 0 <= lower")


def _rules(task: PlacementTask) -> list[PlacementRule]:
    """Return the rules that a task has."""
    found = [PlacementRule.LOWER, PlacementRule.UPPER]
    found += [PlacementRule.LIMIT] if task.limit is not None else []
    found += [PlacementRule.NEVER_ABOVE] if np.isfinite(task.room).any() else []
    return found + ([PlacementRule.OPENED] if task.most is not None else [])


def _without(task: PlacementTask, rule: PlacementRule) -> PlacementTask:
    def options(change: Callable[[PlacementOption], PlacementOption]) -> PlacementTask:
        return replace(task, options={key: change(each) for key, each in task.options.items()})

    if rule is PlacementRule.LOWER:
        return options(lambda each: replace(each, lower=0, needed=False))
    if rule is PlacementRule.UPPER:
        return options(lambda each: replace(each, upper=max(each.lower, task.persons)))
    if rule is PlacementRule.LIMIT:
        return replace(task, limit=None)
    if rule is PlacementRule.NEVER_ABOVE:
        return replace(task, areas=task.areas.assign(room=math.inf))
    return replace(task, most=None)


def _limits(task: PlacementTask) -> tuple[Numbers, Numbers]:
    """Return the most that each option can take by its own bound, and by the limit."""
    every = task.options.values()
    upper = np.array([min(each.upper, task.persons) for each in every], dtype=float)
    if task.limit is None:
        return upper, np.full(len(upper), math.inf)
    present = np.nan_to_num(np.array([each.present for each in every], dtype=float))
    return upper, np.maximum(np.floor(task.limit - present), 0.0)


def _solve(
    task: PlacementTask, taken: Sequence[Numbers] = (), differ: int = 1
) -> tuple[Numbers, float] | None:
    """Return persons by option and the gap to a bound on what is possible; None where none is."""
    found: tuple[Numbers, float] | None = None
    within: dict[_Goal, float] = {}
    for goal in _GOALS[task.distance]:
        programme = _programme(task, taken, differ, goal, within)
        if programme is None:
            break
        placed, gap = programme
        found = (placed, gap if found is None else found[1])
        reached = _reached(task, placed)[goal]
        within[goal] = reached + _EXACT * max(1.0, reached)
    return found


def _programme(
    task: PlacementTask,
    taken: Sequence[Numbers],
    differ: int,
    goal: _Goal,
    within: Mapping[_Goal, float],
) -> tuple[Numbers, float] | None:
    """Solve one programme.

    Its variables are persons and choice by option, distance by area, largest distance, largest
    distance beyond what lies above a target already.
    """
    from scipy import sparse
    from scipy.optimize import Bounds, milp

    options, areas = list(task.options.values()), task.areas.index
    count, size = len(options), len(areas)
    upper, limited = _limits(task)
    most = np.minimum(upper, limited)
    lower = np.array([max(each.lower, 1) for each in options], dtype=float)
    places = areas.get_indexer(pd.Index([each.area for each in options]))
    member = sparse.csr_array((np.ones(count), (places, np.arange(count))), shape=(size, count))
    offset = (task.target - task.areas["present"]).to_numpy(float)
    own, every = sparse.eye_array(count), sparse.eye_array(size)
    column = sparse.csr_array(np.ones((size, 1)))
    chosen, last = sparse.csr_array((size, count)), sparse.csr_array((size, 1))
    apart = sparse.csr_array((count, size + 2))
    rows = [
        _row([own, -sparse.diags_array(most), apart], -np.inf, 0),
        _row([own, -sparse.diags_array(lower), apart], 0, np.inf),
        _row([member, chosen, -every, last, last], -np.inf, offset),
        _row([member, chosen, every, last, last], offset, np.inf),
        _row([0 * member, chosen, every, -column, last], -np.inf, 0),
        _row([0 * member, chosen, every, last, -column], -np.inf, np.maximum(-offset, 0)),
        _row([_line(np.ones(count)), _line(np.zeros(count + size + 2))], *2 * (task.persons,)),
        _row([member, chosen, 0 * every, last, last], -np.inf, task.room),
    ]
    before_it, after_it = _line(np.zeros(count)), _line(np.zeros(size + 2))
    if task.most is not None:
        rows.append(_row([before_it, _line(np.ones(count)), after_it], -np.inf, task.most))
    rows += [
        _row([before_it, _line(1 - 2 * one), after_it], differ - one.sum(), np.inf) for one in taken
    ]
    weights = {each: np.zeros(2 * count + size + 2) for each in _Goal}
    weights[_Goal.SUM][2 * count : -2] = 1.0
    weights[_Goal.LARGEST][-2] = weights[_Goal.NEW][-1] = 1.0
    rows += [_row([_line(weights[each])], -np.inf, value) for each, value in within.items()]
    needed = np.array([float(each.needed) for each in options])
    found = milp(
        weights[goal],
        integrality=np.concatenate([np.ones(2 * count), np.zeros(size + 2)]),
        bounds=Bounds(
            np.concatenate([np.zeros(count), needed, np.zeros(size + 2)]),
            np.concatenate([most, np.ones(count), np.full(size + 2, np.inf)]),
        ),
        constraints=rows,
        options={"time_limit": _SECONDS, "mip_rel_gap": 0.0},
    )
    if found.x is None:
        return None
    gap = max(0.0, float(found.mip_gap or 0.0))
    return np.round(found.x[:count]), gap if gap > _EXACT else 0.0


def _row(blocks: Sequence[Any], low: Any, high: Any) -> LinearConstraint:
    from scipy import sparse
    from scipy.optimize import LinearConstraint

    return LinearConstraint(sparse.hstack(blocks, format="csr"), low, high)


def _line(values: Numbers) -> Any:
    from scipy import sparse

    return sparse.csr_array(np.asarray(values, dtype=float).reshape(1, -1))


def _persons(task: PlacementTask, placed: Numbers) -> pd.Series[float]:
    added = pd.Series(placed, index=[each.area for each in task.options.values()])
    together = added.groupby(level=0).sum().reindex(task.areas.index, fill_value=0.0)
    return task.areas["present"].astype(float) + together


def _reached(task: PlacementTask, placed: Numbers) -> dict[_Goal, float]:
    distances = (_persons(task, placed) - task.target).abs()
    there = (task.areas["present"] - task.target).clip(lower=0)
    return {
        _Goal.SUM: float(distances.sum()),
        _Goal.LARGEST: float(distances.max()),
        _Goal.NEW: max(0.0, float((distances - there).max())),
    }


def _placement(task: PlacementTask, placed: Numbers, gap: float) -> Placement:
    keys = list(task.options)
    persons = _persons(task, placed)
    upper, limited = _limits(task)
    binding: list[tuple[PlacementRule, str]] = []
    for place, (key, each) in enumerate(task.options.items()):
        own = placed[place]
        if 0 < own == max(each.lower, 1) and each.lower > 1:
            binding.append((PlacementRule.LOWER, key))
        if own and own == upper[place] == each.upper:
            binding.append((PlacementRule.UPPER, key))
        if limited[place] <= own and task.limit is not None:
            binding.append((PlacementRule.LIMIT, key))
    open_to = {each.area for each in task.options.values()}
    binding += [
        (PlacementRule.NEVER_ABOVE, str(area))
        for area in task.areas.index[persons - task.areas["present"] >= task.room]
        if area in open_to
    ]
    if task.most is not None and int((placed > 0).sum()) == task.most:
        binding.append((PlacementRule.OPENED, ""))
    return Placement(
        pd.Series(placed.astype(int), index=keys),
        persons,
        costs(task, persons, task.target),
        tuple(binding),
        gap,
    )
