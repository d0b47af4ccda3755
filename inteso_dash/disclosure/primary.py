"""Which figures are small in themselves, and how uncertain they have to stay."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from inteso_dash.catalogue import Catalogue, Protection
from inteso_dash.disclosure.places import Place
from inteso_dash.disclosure.quantities import Ratio, State
from inteso_dash.disclosure.relations import Relations
from inteso_dash.disclosure.rules import is_small, per
from inteso_dash.disclosure.secondary import Demand

_SHARE_OF_VALUE = 0.1

Key = tuple[Place, str]


def small_counts(relations: Relations, protections: Mapping[Key, Protection]) -> Iterator[Demand]:
    """Open the columns of small counts and yield what they demand.

    A count from 1 up to the threshold must be possible as nothing and as the threshold itself: so
    nobody can tell whether it is small.
    """
    for key, protection in protections.items():
        index = relations.at.get(key)
        if index is None or not relations.cells[key].secret:
            continue
        column = relations.columns[index]
        if is_small(column.value, protection):
            sign = math.copysign(1.0, column.value)
            up, down = protection.counts_below - abs(column.value), abs(column.value)
            if sign > 0:
                down = min(down, -column.low)
            yield from hide(relations, key, up * sign, down * sign)


def hide(relations: Relations, key: Key, up: float, down: float) -> Iterator[Demand]:
    """Open the column of a count; it must be possible that much higher and that much lower."""
    index = relations.at[key]
    relations.columns[index].state = State.OPEN
    for change in (up, -down):
        if change:
            sign = math.copysign(1.0, change)
            yield Demand(key, (key[1],), {index: sign}, abs(change))


def small_shares(
    relations: Relations, protections: Mapping[Key, Protection], catalogue: Catalogue
) -> Iterator[Demand]:
    """Open the columns of shares of few persons and yield what they demand.

    So are shares that tell a small count that is no figure of its own. It must be possible that
    the numerator is larger or smaller by as many persons as the threshold for counts has, as far
    as the denominator and the range allow.
    """
    for ratio in relations.ratios:
        column = relations.columns[ratio.share]
        protection = protections.get(column.key)
        if protection is None or not relations.cells[column.key].secret or not ratio.value:
            continue
        names = [relations.columns[index].key[1] for index in ratio.below]
        if not all(catalogue.indicator(name).protected for name in names):
            continue
        implied = not any(_is_shown(relations, index) for index in ratio.above)
        share = catalogue.indicator(column.key[1])
        scaled = per(share) is not None
        implied &= scaled and share.range[0] == 0
        few = 0 < ratio.base < protection.shares_below
        if few or (implied and is_small(ratio.count, protection)):
            column.state = State.OPEN
            step = max(protection.counts_below, 1) if scaled else abs(ratio.count) * _SHARE_OF_VALUE
            yield from _uncertain(relations, ratio, step, catalogue)


def _is_shown(relations: Relations, index: int) -> bool:
    """Say whether a count is a figure of its own."""
    key = relations.columns[index].key
    return key in relations.at and key in relations.cells and not _lacks(relations, key)


def _lacks(relations: Relations, key: Key) -> bool:
    return math.isnan(relations.cells[key].value)


def _uncertain(
    relations: Relations, ratio: Ratio, step: float, catalogue: Catalogue
) -> Iterator[Demand]:
    key = relations.columns[ratio.share].key
    low, high = catalogue.indicator(key[1]).range
    names = tuple(relations.columns[index].key[1] for index in ratio.above)
    if all(relations.columns[index].state is State.FIXED for index in ratio.above):
        names += tuple(relations.columns[index].key[1] for index in ratio.below)
    for sign, limit in ((1.0, high), (-1.0, low)):
        room = math.inf
        if limit is not None:
            room = max(0.0, sign * (limit * ratio.base / ratio.factor - ratio.count))
        if sign < 0:
            room = min(room, -math.fsum(relations.columns[index].low for index in ratio.above))
        change = min(step, room)
        if change < step / 1000:
            continue
        edge = (ratio.count + sign * change) * ratio.factor / ratio.base
        terms = dict.fromkeys(ratio.above, sign)
        for index in ratio.below:
            terms[index] = terms.get(index, 0.0) - sign * edge / ratio.factor
        yield Demand(key, names, terms, change)


def without_base(relations: Relations, protections: Mapping[Key, Protection]) -> set[Key]:
    """Return the shares whose denominator no figure names: how small it is, nobody can say."""
    catalogue = relations.catalogue
    return {
        key
        for key, protection in protections.items()
        if catalogue.indicator(key[1]).kind == "intensive"
        and protection.shares_below
        and key not in relations.based
        and not _lacks(relations, key)
    }


def protections_by_cell(keys: list[Key], found: list[Protection | None]) -> dict[Key, Protection]:
    """Return the protection of every cell that has one; the first row of a cell decides."""
    kept: dict[Key, Protection] = {}
    for key, protection in zip(keys, found, strict=True):
        if protection is not None:
            kept.setdefault(key, protection)
    return kept
