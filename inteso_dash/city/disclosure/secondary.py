"""Which other figures have to stay secret so that the small ones cannot be worked out.

For every small figure two tables are sought that agree with all that is published: in one of them
it is as low as it could be, in the other as high. The figures in which these tables differ from
the true one are kept secret as well; of all such pairs one that loses little is taken. So the
two tables are the proof that what is published does not tell the figure. Persons are whole in
them: a figure that could only change by a part of a person is told already, and keeping it secret
would protect nothing.

References
----------
Kelly, J. P.; Golden, B. L.; Assad, A. A. (1992): Cell suppression: disclosure protection for
sensitive tabular data. Networks 22.
Castro, J. (2012): Recent advances in optimization techniques for statistical tabular data
protection. European Journal of Operational Research 216.
Hundepool, A. et al. (2012): Statistical Disclosure Control. Wiley, chapter 4.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from inteso_dash.city.disclosure.places import Place
from inteso_dash.city.disclosure.quantities import State, families
from inteso_dash.city.disclosure.relations import Relations

_CHANGED = 1e-6
_EFFORT = {"mip_rel_gap": 0.2, "node_limit": 2_000}
_FEW = 150
Numbers = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Demand:
    """What must be possible without contradicting what is published: Σ coefficient × change ≥ at.

    Attributes
    ----------
    key : tuple
        (area, indicator) of the figure that is to stay uncertain.
    names : tuple of str
        Indicators whose changes bring it about.
    terms : dict
        Column → coefficient.
    at : float
    either : bool
        So much less will do as well.
    """

    key: tuple[Place, str]
    names: tuple[str, ...]
    terms: dict[int, float]
    at: float
    either: bool = False


class Search:
    """Opens columns until all demands can be met.

    Parameters
    ----------
    relations : Relations
        Columns that have to stay secret are open already; more are opened.
    """

    def __init__(self, relations: Relations) -> None:
        self.relations = relations
        columns = relations.columns
        self.band = np.array([column.band for column in columns]).reshape(-1, 2)
        self.paid = np.array([column.state is State.SHOWN for column in columns], dtype=bool)
        self.free = np.array([column.state is not State.FIXED for column in columns], dtype=bool)
        self.free |= self.band.any(axis=1)
        self.open = np.array([column.state is State.OPEN for column in columns])
        self.cost = np.array([column.cost for column in columns])
        self.low = np.array([column.low for column in columns])
        self.share = np.array([column.share for column in columns])
        self.whole = np.array([column.whole for column in columns])
        self._families = families(relations.catalogue, relations.found.wholes)
        self._build()

    def _build(self) -> None:
        from scipy.sparse import csr_matrix

        rows, limits = [], []
        for relation in self.relations.relations:
            terms = {col: value for col, value in relation.terms.items() if self.free[col]}
            if terms:
                rows.append(terms)
                limits.append(math.nan if relation.limit is None else relation.limit)
        index = [
            (row, col, value) for row, terms in enumerate(rows) for col, value in terms.items()
        ]
        row, col, value = (
            (np.array(part) for part in zip(*index, strict=True)) if index else ([],) * 3
        )
        shape = (len(rows), len(self.free))
        self.matrix = csr_matrix((value, (row, col)), shape=shape)
        self.by_column = self.matrix.tocsc()
        self.limits = np.array(limits)

    def meet(self, demands: Iterable[Demand]) -> list[Demand]:
        """Open columns until every demand can be met; return those that cannot be."""
        waiting = list(demands)
        failed = []
        while waiting:
            demand = waiting.pop(0)
            changes = self._changes(demand)
            if changes is None:
                failed.append(demand)
                continue
            self.open |= self.free & self._beyond(changes)
            waiting = self._unmet(waiting, changes)
        return failed

    def _beyond(self, changes: Numbers) -> npt.NDArray[np.bool_]:
        """Say which columns change by more than their rounding hides."""
        return (changes < self.band[:, 0] - _CHANGED) | (changes > self.band[:, 1] + _CHANGED)

    def _unmet(self, demands: list[Demand], changes: Numbers) -> list[Demand]:
        """Return the demands that these changes, or a multiple of them, do not meet."""
        moved = np.flatnonzero(changes * ~self.share)
        rounded = ~self.open & ~self.share
        effect = self.by_column[:, moved] @ changes[moved]
        hidden = self.open & self.share
        bound = (effect != 0) & ~np.isnan(self.limits) & ~(self.matrix @ hidden).astype(bool)
        possible: dict[float, bool] = {1.0: True}

        def allowed(times: float) -> bool:
            if times not in possible:
                possible[times] = bool(
                    (times * changes[moved] >= self.low[moved] - _CHANGED).all()
                    and not self._beyond(times * changes)[rounded].any()
                    and (times * effect[bound] <= self.limits[bound] + _CHANGED).all()
                )
            return possible[times]

        left = []
        for demand in demands:
            found = sum(value * changes[column] for column, value in demand.terms.items())
            times = (
                math.copysign(math.ceil(demand.at / abs(found) - _CHANGED), found) if found else 0.0
            )
            signs = (1.0, -1.0) if demand.either else (1.0,)
            if not times or not any(allowed(sign * times) for sign in signs):
                left.append(demand)
        return left

    def _changes(self, demand: Demand) -> Numbers | None:
        if not demand.either:
            return self._way(demand)
        terms = {column: -value for column, value in demand.terms.items()}
        ways = [self._way(demand), self._way(replace(demand, terms=terms))]
        return min((way for way in ways if way is not None), key=self._loss, default=None)

    def _loss(self, changes: Numbers) -> float:
        """Return what is lost by the columns that these changes open."""
        return float(self.cost[self._beyond(changes) & ~self.open].sum())

    def _way(self, demand: Demand) -> Numbers | None:
        for chosen in self._circles(demand):
            found = self._solve(demand, chosen)
            if found is not None:
                return found
        return self._optimum(demand, chosen, whole=True)

    def _circles(self, demand: Demand) -> Iterator[Indices]:
        """Yield wider and wider sets of columns to change."""
        names = set().union(*(self._families[name] for name in demand.names))
        for circle in self.relations.places.around(demand.key[0]):
            columns = [
                found[place, name]
                for found in (self.relations.at, self.relations.behind)
                for place in circle
                for name in names
                if (place, name) in found
            ]
            yield self._with_shares(np.array(sorted(columns), dtype=np.intp))
        yield np.flatnonzero(self.free)

    def _with_shares(self, columns: Indices) -> Indices:
        columns = columns[self.free[columns]]
        touched = np.unique(self.by_column[:, columns].indices)
        near = np.unique(self.matrix[touched].indices)
        hidden = near[self.share[near] | (self.open[near] & (self.cost[near] == 0))]
        return np.union1d(columns, hidden).astype(np.intp)

    def _solve(self, demand: Demand, columns: Indices) -> Numbers | None:
        """Find the change of these columns that meets the demand and costs little.

        Where parts of persons would do it best, whole ones are sought among the same columns.
        """
        found = self._optimum(demand, columns, whole=False)
        if found is None or self._holds(demand, found):
            return found
        moved = columns[
            (np.abs(found[columns]) > _CHANGED)
            | self.share[columns]
            | self.open[columns]
            | self.band[columns].any(axis=1)
        ]
        again = self._optimum(demand, moved, whole=True)
        if again is None and len(columns) <= _FEW:
            again = self._optimum(demand, columns, whole=True)
        return again

    def _holds(self, demand: Demand, changes: Numbers) -> bool:
        """Say whether these changes, once whole, keep all relations and meet the demand."""
        before = changes.copy()
        changes[self.whole] = np.round(changes[self.whole])
        moved = np.flatnonzero((changes != 0) | (before != 0))
        touched = np.unique(self.by_column[:, moved].indices)
        off = self.matrix[touched] @ changes
        limits = self.limits[touched]
        equal = np.isnan(limits)
        return bool(
            (np.abs(off[equal]) <= _CHANGED).all()
            and (off[~equal] <= limits[~equal] + _CHANGED).all()
            and sum(value * changes[at] for at, value in demand.terms.items())
            >= demand.at - _CHANGED
        )

    def _optimum(self, demand: Demand, columns: Indices, *, whole: bool) -> Numbers | None:
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_matrix, hstack, vstack

        wanted = np.array([demand.terms.get(int(column), 0.0) for column in columns])
        if not wanted.any():
            return None
        touched = np.unique(self.by_column[:, columns].indices)
        part = self.by_column[:, columns].tocsr()[touched]
        limits = self.limits[touched]
        if not whole:
            # Less than one person is no room for anybody.
            limits = np.where(limits < 1, 0.0, limits)
        shut = ~self.open[columns] & ~self.share[columns]
        paid = shut & self.paid[columns]
        cost = np.where(self.open[columns], 0.0, self.cost[columns])
        # A shown count can rise or fall, each at its cost: falling is a second variable. What its
        # rounding hides anyway is a third one, and costs nothing.
        falling = np.flatnonzero(paid)
        within = np.flatnonzero(shut & self.band[columns].any(axis=1))
        least, most = self.band[columns[within]].T
        low = np.where(paid | self.share[columns], 0.0, self.low[columns])
        low = np.where(shut & ~paid, 0.0, low)
        high = np.where(shut & ~paid, 0.0, math.inf)
        rows = vstack([csr_matrix(wanted), part]).tocsc()
        every = np.concatenate([columns, columns[falling], columns[within]])
        result = milp(
            np.concatenate([cost, cost[falling], np.zeros(len(within))]),
            integrality=self.whole[every].astype(int) if whole else None,
            bounds=Bounds(
                np.concatenate([low, np.zeros(len(falling)), least]),
                np.concatenate([high, -self.low[columns[falling]], most]),
            ),
            constraints=LinearConstraint(
                hstack([rows, -rows[:, falling], rows[:, within]]).tocsr(),
                np.concatenate([[demand.at], np.where(np.isnan(limits), 0.0, -math.inf)]),
                np.concatenate([[math.inf], np.nan_to_num(limits)]),
            ),
            options=_EFFORT,
        )
        if result.x is None:
            return None
        changes = np.zeros(len(self.free))
        changes[columns] = result.x[: len(columns)]
        np.subtract.at(changes, columns[falling], result.x[len(columns) :][: len(falling)])
        np.add.at(changes, columns[within], result.x[len(columns) + len(falling) :])
        if whole:
            changes[self.whole] = np.round(changes[self.whole])
        return changes
