"""Everything that ties the figures of one Stichtag together, as linear relations.

Whoever knows the definitions of the indicators and the register of areas knows these relations
too: parts of an area add up to it, parts of a whole (age groups) add up to it, and a share times
its denominator is its numerator. `secondary` keeps secret figures uncertain in spite of them.

Relations are written for *changes* of the figures: a set of changes that keeps all relations, and
leaves what is published as it is, leads from the true table to another one that looks the same
from outside. So rounding in the delivered figures, which may not add up exactly, does no harm.

References
----------
Fischetti, M.; Salazar, J. J. (2001): Solving the cell suppression problem on tabular data with
linear constraints. Management Science 47 (7).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city.disclosure.found import Found
from inteso_dash.city.disclosure.places import Place, PlaceIndex
from inteso_dash.city.disclosure.quantities import (
    Cells,
    GuardedCell,
    GuardedColumn,
    GuardedRatio,
    Relation,
    State,
    assume,
    band,
    declared_ratios,
    difference,
    infer,
    shares_of_one_whole,
)
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status

_ZERO_COST = 30.0
_SHARE_COST = 1.0
_MIDDLE = 1e-3


@dataclass
class Relations:
    """Columns and relations of one Stichtag.

    Parameters
    ----------
    cells : Cells
    places : PlaceIndex
    catalogue : Catalogue
    merged : mapping
        Indicator → {area published with another one: that one}.
    found : Found
        What holds although it is not declared.
    """

    cells: Cells
    places: PlaceIndex
    catalogue: Catalogue
    merged: Mapping[str, Mapping[Place, Place]]
    found: Found = field(default_factory=Found)
    columns: list[GuardedColumn] = field(init=False, default_factory=list)
    relations: list[Relation] = field(init=False, default_factory=list)
    at: dict[tuple[Place, str], int] = field(init=False, default_factory=dict)
    behind: dict[tuple[Place, str], int] = field(init=False, default_factory=dict)
    shares: dict[tuple[Place, str], int] = field(init=False, default_factory=dict)
    ratios: list[GuardedRatio] = field(init=False, default_factory=list)
    based: set[tuple[Place, str]] = field(init=False, default_factory=set)
    inferred: list[int] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        for (place, name), cell in self.cells.items():
            if self.catalogue.indicator(name).kind == "extensive":
                self._count(place, name, cell)
        follows = self._follows()
        self._ratios()
        self._partitions()
        self._shares_that_add_up()
        self._sums(self.at)
        self._sums(self.behind)
        self._unknown_ratios()
        self.inferred = [*follows, *infer(self.columns, self.relations)]
        assume(self.columns, self.relations)

    def _follows(self) -> list[int]:
        """Work out counts that follow from other counts alone: shares may rest on them."""
        self._partitions()
        self._sums(self.at)
        found = infer(self.columns, self.relations)
        self.relations.clear()
        return found

    def _add(self, column: GuardedColumn) -> int:
        column.whole = not column.share and self._in_persons(column.key[1])
        if column.whole and not math.isnan(column.value):
            column.value = float(round(column.value))
        self.columns.append(column)
        return len(self.columns) - 1

    def _count(self, place: Place, name: str, cell: GuardedCell) -> None:
        value = cell.value
        if math.isnan(value):
            empty = cell.status in {Status.UNINHABITED, Status.MERGED}
            state = State.FIXED if empty else State.OPEN
            low = -math.inf if self._has_parts(place, name) else 0.0
            known = 0.0 if empty else value
            self.at[place, name] = self._add(GuardedColumn((place, name), known, low, 0.0, state))
            return
        floor = self.catalogue.indicator(name).range[0]
        error = 0.0 if cell.computed or math.isnan(cell.error) else cell.error
        cost = 1 + math.log1p(abs(value)) if value else _ZERO_COST
        state = State.SHOWN if cell.secret else State.FIXED
        column = GuardedColumn((place, name), value, -math.inf, cost, state)
        self.at[place, name] = self._add(column)
        if floor is not None:
            column.low = -max(0.0, column.value - floor - error)
        if cell.secret and cell.base:
            low, high = band(column.value, cell.base)
            column.band = max(low, column.low), high

    def _in_persons(self, name: str) -> bool:
        """Say whether a count, or the count behind a share, is a whole number of persons."""
        indicator = self.catalogue.indicator(name)
        if indicator.kind == "extensive":
            return indicator.protected and indicator.decimals == 0
        return indicator.protected and indicator.per is not None

    def _has_parts(self, place: Place, name: str) -> bool:
        return any((part, name) in self.cells for part in self.places.parts.get(place, ()))

    def _sums(self, found: dict[tuple[Place, str], int]) -> None:
        """Say that areas add up to the area they lie in, over levels without figures as well."""
        order = [level.id for level in self.catalogue.levels]
        order.sort(key=lambda level: len(self.catalogue.ancestors(level)), reverse=True)
        by_level: dict[str, list[tuple[Place, str]]] = {level: [] for level in order}
        for key in found:
            by_level[key[0][0]].append(key)
        for level in order:
            sums: dict[tuple[Place, str], dict[str, dict[int, float]]] = {}
            for place, name in by_level[level]:
                parent = self.places.parent.get(place)
                if parent is not None:
                    groups = sums.setdefault((parent, name), {})
                    groups.setdefault(place[1], {})[found[place, name]] = 1.0
            for whole, divisions in sums.items():
                if whole not in found:
                    column = GuardedColumn(whole, math.nan, -math.inf, 0.0, State.OPEN)
                    found[whole] = self._add(column)
                    by_level[whole[0][0]].append(whole)
                for terms in divisions.values():
                    self.relations.append(Relation({**terms, found[whole]: -1.0}))

    def _partitions(self) -> None:
        """Say that the parts of a whole add up to it, and where some are unknown at most to it."""
        declared = [
            (indicator.id, parts)
            for indicator in self.catalogue.indicators
            for parts in indicator.partitions
            if self.catalogue.indicator(parts[0]).kind == "extensive"
        ]
        used = self.catalogue.accommodation
        if used is not None:
            declared.append((used.persons, used.statuses))
        for whole, parts in declared:
            places = dict.fromkeys(place for place, name in self.cells if name in parts)
            for group in self._together(places, (whole, *parts)):
                there = [key for key in product(group, parts) if key in self.at]
                every = len(there) == len(group) * len(parts)
                for place in group:
                    if (place, whole) not in self.at and every:
                        self._unpublished(place, whole)
                if not all((place, whole) in self.at for place in group):
                    continue
                terms = {self.at[key]: 1.0 for key in there}
                terms |= {self.at[place, whole]: -1.0 for place in group}
                self.relations.append(Relation(terms, None if every else math.nan))

    def _together(self, places: Iterable[Place], names: Iterable[str]) -> Iterable[list[Place]]:
        """Return the areas of which all these figures are published together."""
        holder: dict[Place, Place] = {}
        for name in names:
            holder |= self.merged.get(name, {})
        groups: dict[Place, list[Place]] = {}
        for place in places:
            first = holder.get(place, place)
            group = groups.setdefault(first, [first])
            if place != first:
                group.append(place)
        return groups.values()

    @property
    def wholes(self) -> list[tuple[str, ...]]:
        """Shares that add up to 100, declared or found."""
        return [*shares_of_one_whole(self.catalogue), *self.found.wholes]

    def _shares_that_add_up(self) -> None:
        """Say that the persons behind shares of one whole add up to it.

        Where one of the shares has no value its persons are what the others leave.
        """
        made = {self.columns[ratio.share].key: ratio for ratio in self.ratios}
        for parts in self.wholes:
            for place in dict.fromkeys(place for place, name in self.cells if name in parts):
                ratios = [made[place, part] for part in parts if (place, part) in made]
                if len(ratios) < len(parts) - 1 or len({each.below for each in ratios}) != 1:
                    continue
                terms = dict.fromkeys(ratios[0].below, -1.0)
                for column in {column for each in ratios for column in each.above}:
                    terms[column] = 1.0
                for part in parts:
                    if (place, part) not in made:
                        terms[self._behind_nothing(place, part)] = 1.0
                self.relations.append(Relation(terms))

    def _behind_nothing(self, place: Place, share: str) -> int:
        """Return the column of the count behind a share that has no value."""
        above = self.catalogue.indicator(share).numerator
        if len(above) == 1 and (place, above[0]) in self.at:
            return self.at[place, above[0]]
        return self._add(GuardedColumn((place, share), math.nan, 0.0, 0.0, State.OPEN))

    def _unpublished(self, place: Place, name: str, count: float = math.nan) -> None:
        """Add a count that nobody publishes but that stands between others that are."""
        column = GuardedColumn((place, name), count, -math.inf, 0.0, State.OPEN)
        self.at[place, name] = self._add(column)
        if not math.isnan(count):
            column.low = -column.value

    def _ratios(self) -> None:
        for share_id, above, below in (*self.found.ratios, *declared_ratios(self.catalogue)):
            share = self.catalogue.indicator(share_id)
            for place in [place for place, name in self.cells if name == share_id]:
                cell = self.cells[place, share_id]
                if not math.isnan(cell.value):
                    self._ratio(place, share, cell, above, below)

    def _unknown_ratios(self) -> None:
        """Keep the range of shares that have no value, because a part of them has none."""
        for share_id, above, below in declared_ratios(self.catalogue):
            share = self.catalogue.indicator(share_id)
            places = dict.fromkeys(place for place, name in self.at if name in above)
            for group in self._together(places, (*above, *below)):
                keys = list(product(group, (*above, *below)))
                if (group[0], share_id) in self.shares or not all(key in self.at for key in keys):
                    continue
                top = tuple(self.at[key] for key in product(group, above))
                bottom = tuple(self.at[key] for key in product(group, below))
                factor = share.per or 1.0
                self._within(
                    GuardedRatio(-1, top, bottom, math.nan, math.nan, factor, 0.0, 0.0), share.range
                )

    def _ratio(
        self,
        place: Place,
        share: Indicator,
        cell: GuardedCell,
        above: tuple[str, ...],
        below: tuple[str, ...],
    ) -> None:
        held = self.merged.get(share.id) or self.merged.get(next(iter(above), "")) or {}
        under = [place, *(member for member, holder in held.items() if holder == place)]
        bottom = list(product(under, below))
        if not bottom or not all(key in self.cells for key in bottom):
            return
        base = math.fsum(self.columns[self.at[key]].value for key in bottom)
        factor = share.per or 1.0
        top = list(product(under, above))
        exact = bool(top) and all(key in self.cells for key in top)
        count = math.fsum(self.columns[self.at[key]].value for key in top) if exact else math.nan
        if math.isnan(base) and cell.value:
            base = count * factor / cell.value
            if len(bottom) == 1:
                self.columns[self.at[bottom[0]]].value = base
        if math.isnan(base):
            return
        if math.isnan(count):
            count = cell.value * base / factor
            if not cell.computed and self._in_persons(share.id):
                count = float(round(count))
            if exact and len(top) == 1:
                column = self.columns[self.at[top[0]]]
                column.value = count
        ratio = GuardedRatio(
            self._share(place, share.id, cell),
            self._above(place, share, top, count),
            tuple(self.at[key] for key in bottom),
            count,
            base,
            factor,
            cell.value,
            float(formats.rounded(cell.value, share.decimals) or 0)
            if cell.computed
            else cell.value,
        )
        self.based.add((place, share.id))
        self.ratios.append(ratio)
        involved = (ratio.share, *ratio.above, *ratio.below)
        if any(self.columns[column].state is not State.FIXED for column in involved):
            if not (cell.secret and cell.base and share.per):
                self._bound(ratio, self._slack(share, cell))
            elif not exact or any(math.isnan(self.cells[key].value) for key in top):
                self._rounded(ratio, cell.base)
            self._within(ratio, share.range)

    def _above(
        self, place: Place, share: Indicator, top: list[tuple[Place, str]], count: float
    ) -> tuple[int, ...]:
        """Return the columns of a numerator, adding one where no figure of it is there."""
        if len(top) == 1 and top[0] not in self.at:
            self._unpublished(*top[0], max(0.0, count))
        if top and all(key in self.at for key in top):
            return tuple(self.at[key] for key in top)
        return (self._hidden_count(place, share, count),)

    def _share(self, place: Place, name: str, cell: GuardedCell) -> int:
        key = (place, name)
        if key not in self.shares:
            state = State.SHOWN if cell.secret else State.FIXED
            self.shares[key] = self._add(
                GuardedColumn(key, 0.0, 0.0, _SHARE_COST, state, share=True)
            )
        return self.shares[key]

    def _hidden_count(self, place: Place, share: Indicator, count: float) -> int:
        """Return the column of a count that only its share gives away."""
        key = (place, share.id)
        if key not in self.behind:
            floor = share.range[0]
            column = GuardedColumn(key, count, -math.inf, 0.0, State.OPEN)
            self.behind[key] = self._add(column)
            if floor is not None:
                column.low = -max(0.0, column.value)
        return self.behind[key]

    def _slack(self, share: Indicator, cell: GuardedCell) -> float:
        """Return how far a share may be from the ratio of its parts by its own rounding.

        A little less than half a unit: what lies just in the middle is written higher.
        """
        half = 0.5 * 10.0**-share.decimals if cell.computed else cell.error
        return half * (1 - _MIDDLE)

    def _bound(self, ratio: GuardedRatio, error: float) -> None:
        """Keep a share as it is published, where it is rounded to within that error."""
        for sign, edge in ((1.0, ratio.shown + error), (-1.0, ratio.shown - error)):
            terms = difference(ratio, edge, sign)
            terms[ratio.share] = -1.0
            room = sign * (edge * ratio.base / ratio.factor - ratio.count)
            self.relations.append(Relation(terms, max(0.0, room)))

    def _rounded(self, ratio: GuardedRatio, base: int) -> None:
        """Keep the rounded count that a share tells, where that is no figure of its own."""
        for sign, edge in zip((-1.0, 1.0), band(ratio.count, base), strict=True):
            terms = dict.fromkeys(ratio.above, sign)
            terms[ratio.share] = -1.0
            self.relations.append(Relation(terms, max(0.0, sign * edge)))

    def _within(self, ratio: GuardedRatio, limits: tuple[float | None, float | None]) -> None:
        """Keep a share within its range."""
        for sign, limit in ((1.0, limits[1]), (-1.0, limits[0])):
            if limit is not None and (limit or sign > 0):
                self.relations.append(Relation(difference(ratio, limit, sign), math.nan))
