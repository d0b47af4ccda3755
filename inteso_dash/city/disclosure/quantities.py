"""The quantities of one Stichtag, what ties them together, and those that nobody delivered."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from itertools import product

from inteso_dash.catalogue import Catalogue
from inteso_dash.city.disclosure.places import Place
from inteso_dash.language.statuses import Status


class State(IntEnum):
    """Whether a quantity may change without anybody noticing."""

    FIXED = 0
    SHOWN = 1
    OPEN = 2


@dataclass(frozen=True)
class GuardedCell:
    """One figure of the Stichtag.

    Attributes
    ----------
    value : float
        NaN where there is none.
    error : float
        Largest rounding error.
    status : str
    secret : bool
        Not public, so that it can be left out.
    base : int, optional
        It is shown rounded to a multiple of this.
    """

    value: float
    error: float
    status: str
    secret: bool
    base: int | None = None

    @property
    def computed(self) -> bool:
        """Say whether it was computed from other figures."""
        return self.status == Status.COMPUTED


Cells = Mapping[tuple[Place, str], GuardedCell]
"""(area, indicator) → figure."""


@dataclass
class GuardedColumn:
    """One quantity that may change.

    Attributes
    ----------
    key : tuple
        (area, indicator) of a count, of the count behind a share, or of a share itself.
    value : float
        NaN where it is not known.
    low : float
        The largest decrease that everybody thinks possible, as a negative number.
    cost : float
        What is lost by not showing it, per unit of change.
    state : State
    share : bool
        A share: changes are in units of its numerator and not negative.
    whole : bool
        Persons: it changes by one, two, three …
    band : tuple of float
        Between which changes it is shown as the same rounded count.
    """

    key: tuple[Place, str]
    value: float
    low: float
    cost: float
    state: State
    share: bool = False
    whole: bool = False
    band: tuple[float, float] = (0.0, 0.0)


@dataclass
class Relation:
    """Σ coefficient × change = 0, or ≤ ``limit`` where that is given.

    A limit of NaN stands for Σ coefficient × (value + change) ≤ 0 until all values are known.
    """

    terms: dict[int, float]
    limit: float | None = None


@dataclass(frozen=True)
class GuardedRatio:
    """A share of one area with its parts: numerator × factor ÷ denominator.

    Attributes
    ----------
    share : int
        Column of the share itself.
    above, below : tuple of int
        Columns.
    count, base : float
        Numerator and denominator.
    factor, value : float
    shown : float
        The value with its decimals.
    """

    share: int
    above: tuple[int, ...]
    below: tuple[int, ...]
    count: float
    base: float
    factor: float
    value: float
    shown: float


def to_multiple(value: float, base: int) -> float:
    """Round to the nearest multiple; in the middle away from zero.

    Examples
    --------
    >>> [to_multiple(value, 3) for value in (4, 5, 6, 7.5, -4)]
    [3.0, 6.0, 6.0, 9.0, -3.0]
    """
    return math.copysign(math.floor(abs(value) / base + 0.5) * base, value) + 0.0


def band(value: float, base: int) -> tuple[float, float]:
    """Return between which changes a number of persons is rounded to the same multiple.

    Examples
    --------
    >>> [band(value, 3) for value in (0, 1, 2, 83)], band(6, 4), band(-2, 3)
    ([(-1.0, 1.0), (-2.0, 0.0), (0.0, 2.0), (0.0, 2.0)], (0.0, 3.0), (-2.0, 0.0))
    """
    shown = abs(to_multiple(value, base))
    high = math.ceil(shown + base / 2) - 1.0
    low = float(math.ceil(shown - base / 2)) if shown else -high
    low, high = (low, high) if value >= 0 else (-high, -low)
    return low - value, high - value


def difference(ratio: GuardedRatio, value: float, sign: float) -> dict[int, float]:
    """Return sign × (numerator − value × denominator ÷ factor) as terms."""
    terms: dict[int, float] = {}
    for column in ratio.above:
        terms[column] = terms.get(column, 0.0) + sign
    for column in ratio.below:
        terms[column] = terms.get(column, 0.0) - sign * value / ratio.factor
    return terms


def declared_ratios(
    catalogue: Catalogue,
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Yield share, numerator and denominator of everything that the catalogue declares, once."""
    found: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
    for indicator in catalogue.indicators:
        made = indicator.derived
        if made is not None and made.share is not None:
            found.append((made.share, (indicator.id,), made.of))
        if made is not None and made.count is not None and made.by_share is not None:
            found.append((made.by_share, (made.count,), (indicator.id,)))
    for indicator in catalogue.indicators:
        if indicator.kind == "intensive":
            below = indicator.denominator or indicator.weight
            found.append((indicator.id, indicator.numerator, below))
    yield from dict.fromkeys(found)


def shares_of_one_whole(catalogue: Catalogue) -> Iterator[tuple[str, ...]]:
    """Yield the shares that add up to 100 by declaration, of a count or of parts of one."""
    by_numerator: dict[str, list[str]] = {}
    for each in catalogue.indicators:
        if len(each.numerator) == 1:
            by_numerator.setdefault(each.numerator[0], []).append(each.id)
    for indicator in catalogue.indicators:
        for parts in indicator.partitions:
            if catalogue.indicator(parts[0]).kind == "intensive":
                yield parts
            for shares in product(*(by_numerator.get(part, ()) for part in parts)):
                if all(catalogue.indicator(each).denominator == (indicator.id,) for each in shares):
                    yield shares


def families(catalogue: Catalogue, wholes: Iterable[tuple[str, ...]] = ()) -> dict[str, set[str]]:
    """Return for every figure those that stand in a partition with it, itself among them.

    Parameters
    ----------
    catalogue : Catalogue
    wholes : iterable of tuple
        Shares that add up and are not declared.
    """
    found = {indicator.id: {indicator.id} for indicator in catalogue.indicators}
    declared = [
        (indicator.id, *parts)
        for indicator in catalogue.indicators
        for parts in indicator.partitions
    ]
    for together in (*declared, *wholes):
        for name in together:
            found[name] |= set(together)
    return found


def infer(columns: list[GuardedColumn], relations: list[Relation]) -> list[int]:
    """Work out what nobody delivered but what follows from sums; return these columns."""
    found: list[int] = []
    waiting = [each for each in relations if each.limit is None]
    while True:
        left = []
        for relation in waiting:
            unknown = [at for at in relation.terms if math.isnan(columns[at].value)]
            if len(unknown) == 1:
                others = _total(columns, relation, unknown)
                columns[unknown[0]].value = -others / relation.terms[unknown[0]]
                found.append(unknown[0])
            elif unknown:
                left.append(relation)
        if len(left) == len(waiting):
            return found
        waiting = left


def _total(columns: list[GuardedColumn], relation: Relation, without: Iterable[int] = ()) -> float:
    return math.fsum(
        value * columns[at].value for at, value in relation.terms.items() if at not in without
    )


def assume(columns: list[GuardedColumn], relations: list[Relation]) -> None:
    """Give what nobody can work out any value that agrees with the rest, as small as can be."""
    unknown = [at for at, each in enumerate(columns) if math.isnan(each.value)]
    if unknown:
        for at, value in zip(unknown, _agreeing(columns, relations, unknown), strict=True):
            columns[at].value = value
    for column in columns:
        if column.state is State.OPEN and column.low == 0:
            column.low = -max(0.0, column.value)
    for relation in relations:
        if relation.limit is not None and math.isnan(relation.limit):
            relation.limit = max(0.0, -_total(columns, relation))


def _agreeing(
    columns: list[GuardedColumn], relations: list[Relation], unknown: list[int]
) -> list[float]:
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_matrix

    place = {at: i for i, at in enumerate(unknown)}
    entries: list[tuple[int, int, float]] = []
    least: list[float] = []
    most: list[float] = []
    for relation in relations:
        here = [at for at in relation.terms if at in place]
        equal = relation.limit is None
        if here and (equal or math.isnan(relation.limit or 0.0)):
            entries += [(len(most), place[at], relation.terms[at]) for at in here]
            most.append(-_total(columns, relation, here))
            least.append(most[-1] if equal else -math.inf)
    free = [columns[at].low == -math.inf for at in unknown]
    limits = None
    if entries:
        row, col, value = zip(*entries, strict=True)
        shape = (len(most), len(unknown))
        limits = LinearConstraint(coo_matrix((value, (row, col)), shape=shape).tocsr(), least, most)
    found = milp(
        [0.0 if each else 1.0 for each in free],
        integrality=[int(columns[at].whole) for at in unknown],
        bounds=Bounds([-math.inf if each else 0.0 for each in free], math.inf),
        constraints=limits,
        options={"mip_rel_gap": 1.0, "node_limit": 2_000},
    )
    return [0.0] * len(unknown) if found.x is None else [float(value) for value in found.x]
