"""The quantities of one Stichtag and what ties them together; used by `relations`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from inteso_dash.catalogue import Catalogue, Status
from inteso_dash.disclosure.places import Place


class State(IntEnum):
    """Whether a quantity may change without anybody noticing."""

    FIXED = 0
    SHOWN = 1
    OPEN = 2


@dataclass(frozen=True)
class Cell:
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
    """

    value: float
    error: float
    status: str
    secret: bool

    @property
    def computed(self) -> bool:
        """Say whether it was computed from other figures."""
        return self.status == Status.COMPUTED


Cells = Mapping[tuple[Place, str], Cell]
"""(area, indicator) → figure."""


@dataclass
class Column:
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
    """

    key: tuple[Place, str]
    value: float
    low: float
    cost: float
    state: State
    share: bool = False


@dataclass
class Relation:
    """Σ coefficient × change = 0, or ≤ ``limit`` where that is given.

    A limit of NaN stands for Σ coefficient × (value + change) ≤ 0 until all values are known.
    """

    terms: dict[int, float]
    limit: float | None = None


@dataclass(frozen=True)
class Ratio:
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


def difference(ratio: Ratio, value: float, sign: float) -> dict[int, float]:
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


def families(catalogue: Catalogue) -> dict[str, set[str]]:
    """Return for every count those that stand in a partition with it, itself among them."""
    found = {indicator.id: {indicator.id} for indicator in catalogue.indicators}
    for indicator in catalogue.indicators:
        for parts in indicator.partitions:
            together = {indicator.id, *parts}
            for name in together:
                found[name] |= together
    return found
