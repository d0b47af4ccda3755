"""Relations between figures that the catalogue does not declare but that the figures show.

Whoever sees that four shares add up to 100 in every area can subtract, whether a catalogue says so
or not. Such relations are looked for before anything is protected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations

import numpy as np
import numpy.typing as npt

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city.disclosure.places import Place
from inteso_dash.city.disclosure.quantities import Cells, shares_of_one_whole

_ROWS = 8
"""So many areas have to agree before it is no coincidence,"""
_HOLDS_IN = 0.95
"""and so many of those that have the figures."""
_SETS = 5_000
_WHOLE = 100.0

Numbers = npt.NDArray[np.float64]
Base = tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """What follows from other figures.

    Attributes
    ----------
    wholes : tuple
        Shares that add up to 100 in an area.
    ratios : tuple
        Share, its numerator, its denominator.
    over_areas : frozenset
        Level and share that adds up to 100 over the areas of the level.
    """

    wholes: tuple[tuple[str, ...], ...] = ()
    ratios: tuple[tuple[str, Base, Base], ...] = ()
    over_areas: frozenset[tuple[str, str]] = frozenset()

    def words(self, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
        """Yield the columns of each relation and what to say about it."""

        def named(names: tuple[str, ...]) -> str:
            return ", ".join(f"„{catalogue.indicator(name).title.de}“" for name in names)

        for shares in self.wholes:
            yield ", ".join(shares), f"{named(shares)} ergeben zusammen 100 %"
        for share, above, below in self.ratios:
            names = (share, *above, *below)
            yield ", ".join(names), f"{named((share,))} folgt aus {named((*above, *below))}"
        for _, share in sorted(self.over_areas):
            yield share, f"{named((share,))} ergibt über alle Gebiete 100 %"


def find(cells: Cells, catalogue: Catalogue) -> Found:
    """Look for shares that add up and ratios that follow, in the level with the most figures.

    Parameters
    ----------
    cells : Cells
    catalogue : Catalogue
    """
    used = {name for _, name in cells}
    shares = [
        each
        for each in catalogue.indicators
        if each.id in used and each.protected and each.unit == "%" and each.per == _WHOLE
    ]
    levels: dict[tuple[str, str], dict[Place, None]] = {}
    for place, _ in cells:
        levels.setdefault(place[:2], {})[place] = None
    if not shares or not levels:
        return Found()
    places = max(levels.values(), key=len)
    table = {
        name: np.array([_value(cells, place, name) for place in places])
        for name in sorted(used)
        if catalogue.indicator(name).protected
    }
    known = {frozenset(each) for each in shares_of_one_whole(catalogue)}
    wholes = [each for each in _wholes(shares, table) if frozenset(each) not in known]
    over = {
        (level, share.id)
        for (level, _), there in levels.items()
        for share in shares
        if not (share.denominator or share.weight)
        and _adds_up(np.array([_value(cells, place, share.id) for place in there]))
    }
    return Found(tuple(wholes), tuple(_ratios(shares, table, catalogue)), frozenset(over))


def _value(cells: Cells, place: Place, name: str) -> float:
    cell = cells.get((place, name))
    return float("nan") if cell is None else cell.value


def _adds_up(values: Numbers) -> bool:
    """Say whether the shares of many areas are parts of one whole, each rounded by itself."""
    off = abs(values.sum() - _WHOLE)
    return len(values) >= _ROWS and bool(off <= 0.12 * np.sqrt(len(values)))


def _mostly(hits: npt.NDArray[np.bool_], known: npt.NDArray[np.bool_]) -> bool:
    return bool(known.sum() >= _ROWS and hits[known].mean() >= _HOLDS_IN)


def _wholes(shares: list[Indicator], table: Mapping[str, Numbers]) -> Iterator[tuple[str, ...]]:
    """Yield sets of shares of one base that add up to 100."""
    bases: dict[Base, list[Indicator]] = {}
    for share in shares:
        bases.setdefault(share.denominator or share.weight, []).append(share)
    for group in bases.values():
        waiting: list[tuple[tuple[str, ...], Numbers, int]] = [
            ((), np.full(len(next(iter(table.values()))), _WHOLE), 0)
        ]
        tried = 0
        while waiting and tried < _SETS:
            chosen, left, start = waiting.pop()
            for at in range(start, len(group)):
                tried += 1
                rest = left - table[group[at].id]
                known = ~np.isnan(rest)
                error = 0.06 * (len(chosen) + 1)
                more = (*chosen, group[at].id)
                if len(more) > 1 and _mostly(np.abs(rest) <= error, known):
                    yield more
                elif _mostly(rest >= -error, known):
                    waiting.append((more, rest, at + 1))


def _ratios(
    shares: list[Indicator], table: Mapping[str, Numbers], catalogue: Catalogue
) -> Iterator[tuple[str, Base, Base]]:
    """Yield shares without a declared numerator that are one count of another, or of their base."""
    counts = [name for name in table if catalogue.indicator(name).kind == "extensive"]
    for share in shares:
        known = table[share.id][~np.isnan(table[share.id])]
        if share.numerator or len(known) < _ROWS or np.ptp(known) < 1:
            continue
        pairs: list[tuple[str, Base]] = [(top, (below,)) for top, below in permutations(counts, 2)]
        if share.weight:
            pairs = [(top, share.weight) for top in counts if top not in share.weight]
        for top, below in pairs:
            if not all(name in table for name in below):
                continue
            base = np.sum([table[name] for name in below], axis=0)
            with np.errstate(divide="ignore", invalid="ignore"):
                off = np.abs(_WHOLE * table[top] / base - table[share.id])
            if _mostly(off <= 0.06, ~np.isnan(off)):
                yield share.id, (top,), below
                break
