"""Somebody who wants to know what was kept secret, with everything that was shown in hand.

Written without the code that protects: from the definitions in the catalogue, the register of
areas and the figures that are shown, it asks by mixed-integer programming which values are
possible. It knows that persons are whole and that shares are rounded: 7,6 % of 119 are 9.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.indicators import Indicator

Place = tuple[str, str]
Key = tuple[Place, str]
HIDDEN = "count behind "
PERSONS_PER = {"%": 100.0, "‰": 1000.0, "je 100": 100.0, "je 1.000": 1000.0}
NEAR = 1e-6


@dataclass(frozen=True)
class _System:
    """What ties some unknown counts together: places of their columns, relations, bounds."""

    place: dict[int, int]
    limits: list[LinearConstraint]
    bounds: Bounds
    whole: npt.NDArray[np.int_]


class Attacker:
    """Knows one Stichtag of the long table as it is shown, the register and the catalogue.

    ``held`` says which figure is published with that of which other area.
    """

    def __init__(
        self,
        shown: pd.DataFrame,
        register: pd.DataFrame,
        catalogue: Catalogue,
        held: Mapping[Key, Place] | None = None,
    ) -> None:
        self.catalogue = catalogue
        self.held = held or {}
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
        self.whole: list[bool] = []
        self.rows: list[tuple[dict[int, float], float, float]] = []
        self.possible: dict[int, list[npt.NDArray[np.float64]]] = defaultdict(list)
        self._written: dict[tuple[int, ...], _System] = {}
        self._collect()
        self._split()

    def known(self, key: Key) -> float | None:
        """Return the value that is shown, if there is one."""
        row = self.shown.get(key)
        return None if row is None or math.isnan(row.value) else row.value

    def _variable(self, key: Key) -> int:
        if key not in self.number:
            value, low, high = self.known(key), 0.0, math.inf
            indicator = self.catalogue.indicator(key[1].removeprefix(HIDDEN))
            if indicator.range[0] is None:
                low = -math.inf
            if value is not None:
                # A derived count is not whole and is shown without decimals; so is a rounded one.
                row = self.shown[key]
                half = 0.5 + row.rounding_error if row.status == "computed" else 0.0
                if not row.rounding_error > 0:
                    half = 0.0
                least, most = value - half, value + half
                if row.status == "rounded":
                    least, most = _rounded_to(value, row.rounding_error)
                low, high = max(low, least), most
            whole = indicator.decimals == 0 and indicator.protected
            if key[1].startswith(HIDDEN):
                whole = indicator.unit in PERSONS_PER
            if whole:
                low, high = _up(low), -_up(-high)
            if key in self.held:
                low = high = 0.0
            self.number[key] = len(self.bounds)
            self.bounds.append((low, high))
            self.whole.append(whole)
        return self.number[key]

    def _collect(self) -> None:
        indicators = [self.catalogue.indicator(name) for name in self.used]
        for indicator in indicators:
            if indicator.kind == "extensive":
                self._adds_up(indicator.id)
            elif not indicator.not_aggregable:
                self._share(indicator)
        for indicator in self.catalogue.indicators:
            for parts in indicator.partitions:
                if set(parts) & set(self.used):
                    self._partition(indicator.id, parts)

    def _adds_up(self, name: str) -> None:
        for whole, parts in self.parts.items():
            terms = {self._variable((part, name)): 1.0 for part in parts}
            terms[self._variable((whole, name))] = -1.0
            self.rows.append((terms, 0.0, 0.0))

    def _partition(self, whole: str, parts: tuple[str, ...]) -> None:
        """Parts add up to their whole; so do the persons behind shares of it."""
        names = [
            part if self.catalogue.indicator(part).kind == "extensive" else HIDDEN + part
            for part in parts
        ]
        for group in self._together({*names, whole}):
            terms = {self._variable((place, name)): 1.0 for place in group for name in names}
            for place in group:
                terms[self._variable((place, whole))] = -1.0
            self.rows.append((terms, 0.0, 0.0))

    def _together(self, names: set[str]) -> Iterator[list[Place]]:
        """Yield the areas that all figures of those names are published of, together."""
        holder = {place: to for (place, name), to in self.held.items() if name in names}
        for place in self.places:
            if place not in holder:
                yield [place, *(each for each, to in holder.items() if to == place)]

    def _share(self, share: Indicator) -> None:
        derived = any(self.catalogue.indicator(name).derived for name in share.numerator)
        factor = share.factor if share.numerator else PERSONS_PER.get(share.unit, 1.0)
        if not share.numerator:
            self._adds_up(HIDDEN + share.id)
        names = share.numerator or (HIDDEN + share.id,)
        under = share.denominator or share.weight
        for group in self._together({*names, *under}):
            place = group[0]
            above, below = list(product(group, names)), list(product(group, under))
            self._between(above, below, share.range[1], factor, floor=False)
            if any(self.known((each, share.id)) is not None for each in group[1:]):
                continue
            value = self.known((place, share.id))
            if value is None:
                continue
            row = self.shown[place, share.id]
            if row.status == "rounded":
                self._of_rounded(above, below, row, factor)
                continue
            error = 0.5 * 10.0**-share.decimals
            if row.status == "computed" and (derived or not share.numerator):
                error *= 2
            self._between(above, below, value + error, factor, floor=False)
            self._between(above, below, value - error, factor, floor=True)

    def _of_rounded(self, above: list[Key], below: list[Key], row: Any, factor: float) -> None:
        """A share of rounded counts tells its numerator, which is rounded as well."""
        known = [self.known(key) for key in below]
        if any(self.known(key) is None for key in above) and None not in known:
            base = sum(value or 0.0 for value in known)
            half = round(2 * row.rounding_error * base / (factor + abs(row.value))) / 2
            least, most = _rounded_to(float(round(row.value * base / factor)), half)
            self.rows.append(({self._variable(key): 1.0 for key in above}, least, most))

    def _between(
        self, above: list[Key], below: list[Key], value: float | None, factor: float, *, floor: bool
    ) -> None:
        if value is None:
            return
        terms: dict[int, float] = {self._variable(key): 1.0 for key in above}
        for key in below:
            at = self._variable(key)
            terms[at] = terms.get(at, 0.0) - value / factor
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
        return self._solve(terms, None)

    def try_together(self, keys: Iterable[Key]) -> None:
        """Find what is possible where many counts are as high, or as low, as they can be at once.

        What is found answers most questions about each of them.
        """
        together: dict[int, list[Key]] = defaultdict(list)
        for key in keys:
            together[int(self.component[self.number[key]])].append(key)
        for group in together.values():
            for sign in (1.0, -1.0):
                self.most(dict.fromkeys(group, sign))

    def reaches(self, terms: dict[Key, float], at: float) -> bool:
        """Say whether a weighted sum of counts can be at least so large."""
        return self._solve(terms, at) >= at - NEAR

    def _solve(self, terms: dict[Key, float], enough: float | None) -> float:
        wanted = {self.number[key]: value for key, value in terms.items()}
        fixed = {at for at in wanted if self.bounds[at][0] == self.bounds[at][1]}
        constant = sum(wanted[at] * self.bounds[at][0] for at in fixed)
        wanted = {at: value for at, value in wanted.items() if at not in fixed}
        if not wanted:
            return constant
        groups = tuple(sorted({int(self.component[at]) for at in wanted}))
        system = self._system(groups)
        goal = {system.place[at]: value for at, value in wanted.items()}
        seen = self.possible[groups[0]] if len(groups) == 1 else []
        if enough is not None:
            known = (sum(value * each[at] for at, value in goal.items()) for each in seen)
            best = constant + max(known, default=-math.inf)
            if best >= enough - NEAR:
                return best
        row, limits = np.zeros(len(system.place)), system.limits
        row[list(goal)] = list(goal.values())
        if enough is not None:
            limits = [*limits, LinearConstraint(csr_matrix(row), enough - constant, math.inf)]
        result = milp(
            np.zeros(len(row)) if enough is not None else -row,
            integrality=system.whole,
            bounds=system.bounds,
            constraints=limits,
        )
        if result.x is None:
            if enough is not None:
                return -math.inf
            assert result.status in (3, 4), "what is shown contradicts itself"
            return math.inf
        seen.append(result.x)
        return constant + float(row @ result.x)

    def _system(self, groups: tuple[int, ...]) -> _System:
        """Return the relations of some components, written down once."""
        if groups in self._written:
            return self._written[groups]
        members = [at for group in groups for at in self.members[group]]
        place = {at: i for i, at in enumerate(members)}
        entries, least, most = [], [], []
        for number, row in enumerate(row for group in groups for row in self.systems[group]):
            entries += [(number, place[at], value) for at, value in row[0].items()]
            least.append(row[1])
            most.append(row[2])
        limits = []
        if entries:
            row_at, column_at, values = zip(*entries, strict=True)
            shape = (len(least), len(members))
            rows = coo_matrix((values, (row_at, column_at)), shape=shape).tocsr()
            limits = [LinearConstraint(rows, least, most)]
        low, high = zip(*(self.bounds[at] for at in members), strict=True)
        whole = np.array([self.whole[at] for at in members], dtype=int)
        self._written[groups] = _System(place, limits, Bounds(low, high), whole)
        return self._written[groups]

    def interval(self, key: Key) -> tuple[float, float]:
        """Return between which values a count must lie."""
        return -self.most({key: -1.0}), self.most({key: 1.0})

    def cannot_tell(self, key: Key, threshold: float) -> bool:
        """Say whether a count can be nothing as well as so large that it is not small."""
        return self.reaches({key: -1.0}, 0.0) and self.reaches({key: 1.0}, threshold)

    def can_be_above(self, place: Place, share_id: str, value: float) -> bool:
        """Say whether a share can be at least so high."""
        return self._compared(place, share_id, value, 1.0)

    def can_be_below(self, place: Place, share_id: str, value: float) -> bool:
        """Say whether a share can be at most so high."""
        return self._compared(place, share_id, value, -1.0)

    def _compared(self, place: Place, share_id: str, value: float, sign: float) -> bool:
        share = self.catalogue.indicator(share_id)
        factor = share.factor if share.numerator else PERSONS_PER.get(share.unit, 1.0)
        terms = {(place, name): sign for name in share.numerator or (HIDDEN + share_id,)}
        for name in share.denominator or share.weight:
            terms[place, name] = -sign * value / factor
        return self.reaches(terms, 0.0)


def _rounded_to(shown: float, half: float) -> tuple[float, float]:
    """Persons are whole, and what lies in the middle was rounded away from zero."""
    high = math.ceil(abs(shown) + half) - 1.0
    low = abs(shown) - half if shown else -high
    return (low, high) if shown >= 0 else (-high, -low)


def _up(value: float) -> float:
    return value if math.isinf(value) else float(math.ceil(value - NEAR))
