"""Somebody who wants to know what was kept secret, with everything that was shown in hand.

Written without the code that protects: from the definitions in the catalogue, the register of
areas and the figures that are shown, it asks by linear programming which values are possible.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from inteso_dash.catalogue import Catalogue, Indicator

Place = tuple[str, str]
Key = tuple[Place, str]
HIDDEN = "count behind "


class Attacker:
    """Knows one Stichtag of the long table as it is shown, the register and the catalogue."""

    def __init__(self, shown: pd.DataFrame, register: pd.DataFrame, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.shown: dict[Key, Any] = {
            ((row.level, row.area_id), row.indicator_id): row
            for row in shown.drop_duplicates(["level", "area_id", "indicator_id"]).itertuples()
        }
        self.used = sorted({name for _, name in self.shown})
        self.parts: dict[Place, list[Place]] = defaultdict(list)
        self.places: list[Place] = []
        for row in register.itertuples():
            place = (row.level, row.area_id)
            self.places.append(place)
            parent = catalogue.level(row.level).parent
            if parent is not None:
                self.parts[parent, row.parent_id].append(place)
        self.number: dict[Key, int] = {}
        self.bounds: list[tuple[float, float]] = []
        self.rows: list[tuple[dict[int, float], float, float]] = []
        self._collect()
        self._split()

    def known(self, key: Key) -> float | None:
        """Return the value that is shown, if there is one."""
        row = self.shown.get(key)
        return None if row is None or math.isnan(row.value) else row.value

    def _variable(self, key: Key) -> int:
        if key not in self.number:
            value, low, high = self.known(key), 0.0, math.inf
            if value is not None:
                # A derived count is not whole and is shown without decimals; so is a rounded one.
                row = self.shown[key]
                half = row.rounding_error if row.status == "rounded" else 0.0
                if row.status == "computed" and row.rounding_error > 0:
                    half = 0.5
                low, high = max(0.0, value - half), value + half
            self.number[key] = len(self.bounds)
            self.bounds.append((low, high))
        return self.number[key]

    def _collect(self) -> None:
        indicators = [self.catalogue.indicator(name) for name in self.used]
        for indicator in indicators:
            if indicator.kind == "extensive":
                self._adds_up(indicator.id)
                for parts in indicator.partitions:
                    self._partition(indicator.id, parts)
            elif not indicator.not_aggregable:
                self._share(indicator)

    def _adds_up(self, name: str) -> None:
        for whole, parts in self.parts.items():
            terms = {self._variable((part, name)): 1.0 for part in parts}
            terms[self._variable((whole, name))] = -1.0
            self.rows.append((terms, 0.0, 0.0))

    def _partition(self, whole: str, parts: tuple[str, ...]) -> None:
        for place in self.places:
            terms = {self._variable((place, part)): 1.0 for part in parts}
            terms[self._variable((place, whole))] = -1.0
            self.rows.append((terms, 0.0, 0.0))

    def _share(self, share: Indicator) -> None:
        derived = any(self.catalogue.indicator(name).derived for name in share.numerator)
        factor = share.factor if share.numerator else 100.0
        if not share.numerator:
            self._adds_up(HIDDEN + share.id)
        for place in self.places:
            below = [(place, name) for name in share.denominator or share.weight]
            above = [(place, name) for name in share.numerator or (HIDDEN + share.id,)]
            self._between(above, below, share.range[1], factor, floor=False)
            value = self.known((place, share.id))
            if value is None:
                continue
            row = self.shown[place, share.id]
            defined = row.status != "computed" and (derived or not share.numerator)
            error = 0.0 if defined else 0.5 * 10.0**-share.decimals
            self._between(above, below, value + error, factor, floor=False)
            self._between(above, below, value - error, factor, floor=True)

    def _between(
        self, above: list[Key], below: list[Key], value: float | None, factor: float, *, floor: bool
    ) -> None:
        if value is None:
            return
        terms: dict[int, float] = {self._variable(key): 1.0 for key in above}
        for key in below:
            terms[self._variable(key)] = -value / factor
        self.rows.append((terms, 0.0, math.inf) if floor else (terms, -math.inf, 0.0))

    def _split(self) -> None:
        """Take what is known out of the relations; what is left falls into small systems."""
        low, high = (np.array(side, dtype=float) for side in zip(*self.bounds, strict=True))
        fixed = low == high
        self.systems: dict[int, list[tuple[dict[int, float], float, float]]] = defaultdict(list)
        left, first, second = [], [], []
        for terms, least, most in self.rows:
            constant = sum(value * low[at] for at, value in terms.items() if fixed[at])
            open_terms = {at: value for at, value in terms.items() if not fixed[at]}
            if open_terms:
                left.append((open_terms, least - constant, most - constant))
                start = next(iter(open_terms))
                first += [start] * len(open_terms)
                second += list(open_terms)
        size = len(self.bounds)
        graph = coo_matrix((np.ones(len(first)), (first, second)), shape=(size, size))
        self.component = connected_components(graph, directed=False)[1]
        self.members: dict[int, list[int]] = defaultdict(list)
        for at in np.flatnonzero(~fixed):
            self.members[self.component[at]].append(int(at))
        for row in left:
            self.systems[self.component[next(iter(row[0]))]].append(row)

    def most(self, terms: dict[Key, float]) -> float:
        """Return the largest possible value of a weighted sum of counts."""
        wanted = {self.number[key]: value for key, value in terms.items()}
        constant = sum(
            value * self.bounds[at][0]
            for at, value in wanted.items()
            if self.bounds[at][0] == self.bounds[at][1]
        )
        wanted = {at: v for at, v in wanted.items() if self.bounds[at][0] != self.bounds[at][1]}
        if not wanted:
            return constant
        groups = sorted({int(self.component[at]) for at in wanted})
        members = [at for group in groups for at in self.members[group]]
        place = {at: i for i, at in enumerate(members)}
        rows = [row for group in groups for row in self.systems[group]]
        upper, limit, equal, right = [], [], [], []
        for row, least, most in rows:
            local = {place[at]: value for at, value in row.items()}
            if least == most:
                equal.append(local)
                right.append(least)
                continue
            if most < math.inf:
                upper.append(local)
                limit.append(most)
            if least > -math.inf:
                upper.append({at: -value for at, value in local.items()})
                limit.append(-least)
        goal = np.zeros(len(members))
        for at, value in wanted.items():
            goal[place[at]] = -value
        result = linprog(
            goal,
            A_ub=_matrix(upper, len(members)),
            b_ub=limit or None,
            A_eq=_matrix(equal, len(members)),
            b_eq=right or None,
            bounds=[self.bounds[at] for at in members],
            method="highs",
        )
        assert result.status != 2, "what is shown contradicts itself"
        return math.inf if result.status == 3 else constant - float(result.fun)

    def interval(self, key: Key) -> tuple[float, float]:
        """Return between which values a count must lie."""
        return -self.most({key: -1.0}), self.most({key: 1.0})

    def can_be_above(self, place: Place, share_id: str, value: float) -> bool:
        """Say whether a share can be at least so high."""
        return self._reaches(place, share_id, value, 1.0)

    def can_be_below(self, place: Place, share_id: str, value: float) -> bool:
        """Say whether a share can be at most so high."""
        return self._reaches(place, share_id, value, -1.0)

    def _reaches(self, place: Place, share_id: str, value: float, sign: float) -> bool:
        share = self.catalogue.indicator(share_id)
        factor = share.factor if share.numerator else 100.0
        terms = {(place, name): sign for name in share.numerator or (HIDDEN + share_id,)}
        for name in share.denominator or share.weight:
            terms[place, name] = -sign * value / factor
        return self.most(terms) >= -1e-6


def _matrix(rows: list[dict[int, float]], width: int) -> Any:
    if not rows:
        return None
    entries = [(r, c, value) for r, row in enumerate(rows) for c, value in row.items()]
    row, col, value = zip(*entries, strict=True)
    return coo_matrix((value, (row, col)), shape=(len(rows), width)).tocsr()
