"""Which figures are small in themselves, how uncertain they have to stay, what else tells them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.tables import Protection
from inteso_dash.city.disclosure.places import Place
from inteso_dash.city.disclosure.quantities import Cells, GuardedRatio, State, families
from inteso_dash.city.disclosure.relations import Relations
from inteso_dash.city.disclosure.rules import is_small
from inteso_dash.city.disclosure.secondary import Demand

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
            yield from hide(relations, index, up * sign, down * sign)


def not_delivered(relations: Relations, rules: Mapping[Key, Protection]) -> Iterator[Demand]:
    """Yield what small counts demand that nobody delivered but that follow from the others."""
    for index in relations.inferred:
        column = relations.columns[index]
        rule = rules.get(column.key)
        if rule is None or column.state is not State.OPEN or not column.whole:
            continue
        if column.value > 0 and is_small(column.value, rule):
            yield from hide(relations, index, rule.counts_below - column.value, column.value)


def rounded_counts(relations: Relations, rules: Mapping[Key, Protection]) -> Iterator[Demand]:
    """Yield what counts demand that are shown rounded, or told so by a share.

    A count of less than twice the base must be possible as another one as well.
    """
    for columns in (relations.at, relations.behind):
        for key, index in columns.items():
            rule, column = rules.get(key), relations.columns[index]
            if rule is None or not rule.round_to or not column.whole:
                continue
            if not is_small(column.value, rule) and 0 < abs(column.value) < 2 * rule.round_to:
                yield Demand(key, (key[1],), {index: 1.0}, 1.0, either=True)


def hide(relations: Relations, index: int, up: float, down: float) -> Iterator[Demand]:
    """Open the column of a count; it must be possible that much higher and that much lower."""
    key = relations.columns[index].key
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
        scaled = share.per is not None
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
    relations: Relations, ratio: GuardedRatio, step: float, catalogue: Catalogue
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
        if all(relations.columns[index].whole for index in ratio.above):
            change = float(round(change))
        if change < step / 1000:
            continue
        edge = (ratio.count + sign * change) * ratio.factor / ratio.base
        terms = dict.fromkeys(ratio.above, sign)
        for index in ratio.below:
            terms[index] = terms.get(index, 0.0) - sign * edge / ratio.factor
        yield Demand(key, names, terms, change)


def without_base(relations: Relations, protections: Mapping[Key, Protection]) -> set[Key]:
    """Return the shares whose denominator no figure names and that may be of few persons.

    With one of them go those that add up to 100 with it, and where the same share of a higher
    area is known, all those in that area: whoever knows the denominators could subtract.
    """
    catalogue = relations.catalogue
    names = {each.id for each in catalogue.indicators if each.kind == "intensive"}
    waiting = {
        key: protection
        for key, protection in protections.items()
        if key[1] in names
        and (protection.shares_below or protection.counts_below)
        and key not in relations.based
        and not _lacks(relations, key)
    }
    related = families(catalogue)
    found = {
        key
        for key, protection in waiting.items()
        if _is_bounded(relations, key, related) or _few(relations, key, protection)
    }
    linked: list[set[Key]] = []
    for parts in relations.wholes:
        places = {place for place, name in found if name in parts}
        linked += [{(place, part) for part in parts} for place in places]
    for place, name in found:
        if (place[0], name) in relations.found.over_areas:
            linked.append({key for key in waiting if (key[0][0], key[1]) == (place[0], name)})
        for higher in relations.places.higher(place):
            if (higher, name) in relations.cells and not _lacks(relations, (higher, name)):
                linked.append({(part, name) for part in relations.places.inside(higher)})
    return found.union(*linked) & set(waiting)


def _is_bounded(relations: Relations, key: Key, related: Mapping[str, set[str]]) -> bool:
    """Say whether any figure of the area has to do with the denominator or numerator of a share."""
    place, name = key
    share = relations.catalogue.indicator(name)
    parts = (*share.numerator, *share.denominator, *share.weight)
    names = set().union(*(related[part] for part in parts))
    return any((place, each) in relations.at for each in names)


def _few(relations: Relations, key: Key, protection: Protection) -> bool:
    cell, share = relations.cells[key], relations.catalogue.indicator(key[1])
    factor = share.per
    if factor is None:
        return True
    return may_be_few(cell.value, max(cell.error, 0.5 * 10.0**-share.decimals), factor, protection)


def may_be_few(value: float, error: float, factor: float, protection: Protection) -> bool:
    """Say whether a share can be one of few persons, whatever its denominator.

    Persons are whole: there is no denominator for which 3 of them are 23,4 %.

    Parameters
    ----------
    value : float
    error : float
        How far it may lie from the exact share.
    factor : float
        100 for per cent.
    protection : Protection

    Examples
    --------
    >>> rule = Protection(counts_below=5, shares_below=10)
    >>> [may_be_few(share, 0.05, 100, rule) for share in (0, 4.0, 7.6, 23.4, 33.3, 100)]
    [False, True, False, False, True, True]
    """
    if not value:
        return False
    low, high = abs(value) - error - 1e-9, abs(value) + error + 1e-9
    if low <= 0:
        return True
    of_few = any(
        math.ceil(base * low / factor) <= math.floor(base * high / factor)
        for base in range(1, protection.shares_below)
    )
    return of_few or any(
        math.ceil(count * factor / high) <= math.floor(count * factor / low)
        for count in range(1, protection.counts_below)
    )


def protections_by_cell(keys: list[Key], found: list[Protection | None]) -> dict[Key, Protection]:
    """Return the protection of every cell that has one; the first row of a cell decides."""
    kept: dict[Key, Protection] = {}
    for key, protection in zip(keys, found, strict=True):
        if protection is not None:
            kept.setdefault(key, protection)
    return kept


def changes(cells: Cells, secret: Collection[Key], catalogue: Catalogue) -> Iterator[Key]:
    """Yield published changes of figures that are or were secret.

    With the other value of the two they tell them; from which day on they count, no figure says.
    """
    for key, cell in cells.items():
        place, name = key
        base = catalogue.indicator(name).change_of
        if cell.secret and base is not None and (place, base) in secret:
            yield key


def older_divisions(cells: Cells, catalogue: Catalogue) -> Iterator[Key]:
    """Yield the protected figures of older divisions of a level.

    Areas that two divisions have in common have one figure, which must not be shown under the one
    and secret under the other; and where a boundary was moved a little, two large counts differ by
    the few persons who live between. Which areas these are, only their boundaries tell. So one
    division is shown, the newest one.
    """
    divisions: dict[str, set[str]] = {}
    for (place, _), cell in cells.items():
        if cell.secret and not math.isnan(cell.value):
            divisions.setdefault(place[0], set()).add(place[1])
    newest = {
        level: catalogue.level(level).newest(found)
        for level, found in divisions.items()
        if len(found) > 1
    }
    for key, cell in cells.items():
        level, division, _ = key[0]
        if cell.secret and division != newest.get(level, division):
            yield key
