"""Several deliveries for one Stichtag: what an earlier one has shown is known for good.

A later delivery may add figures or revise some. Whoever kept what was shown before can put both
together: a figure that is now secret so that a small one cannot be worked out, but was shown
before, protects nothing; and one that is shown now tells the small figure of before. So the
relations of the earlier figures are added to those of the later ones, with what has not changed
as one and the same quantity, and the demands of both have to be met.

References
----------
Hundepool, A. et al. (2012): Statistical Disclosure Control. Wiley, chapter 4, on linked tables.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from inteso_dash.city.disclosure.places import Place
from inteso_dash.city.disclosure.quantities import GuardedColumn, Relation, State
from inteso_dash.city.disclosure.relations import Relations
from inteso_dash.city.disclosure.secondary import Demand

_BEFORE = "vorher: "
_EQUAL = 1e-9

Key = tuple[Place, str]


@dataclass(frozen=True)
class Release:
    """What was shown of a Stichtag: its relations, with their columns as they are, and demands."""

    relations: Relations
    demands: tuple[Demand, ...]


def join(now: Relations, before: Release) -> list[Demand]:
    """Add what was shown before to the relations of what is to be shown now.

    What has not changed stays as it was: shown, or secret. What has changed and was secret stays a
    quantity of its own.

    Returns
    -------
    list of Demand
        What figures demand that were small before.
    """
    old = before.relations
    names = _names(old)
    place: dict[int, int] = {}
    for index, column in enumerate(old.columns):
        same = _same(now, old, names.get(index))
        if same is None:
            if column.state is State.OPEN or any(column.band):
                kept = replace(column, key=_renamed(column.key), cost=0.0, state=_settled(column))
                now.columns.append(kept)
                place[index] = len(now.columns) - 1
            continue
        place[index] = same
        here = now.columns[same]
        if here.state is State.SHOWN and not math.isnan(_value(old, column)):
            here.state = _settled(column)
            low, high = column.band
            if here.state is State.FIXED:
                here.band = max(low, here.band[0]), min(high, here.band[1])
    for relation in old.relations:
        terms = {place[at]: value for at, value in relation.terms.items() if at in place}
        if terms:
            now.relations.append(Relation(terms, relation.limit))
    return [
        replace(each, terms={place[at]: value for at, value in each.terms.items() if at in place})
        for each in before.demands
        if all(at in place for at in each.terms)
    ]


def _names(relations: Relations) -> dict[int, tuple[str, Key]]:
    """Return what the columns stand for: a count, the count behind a share, a share."""
    return {
        index: (kind, key)
        for kind in ("at", "behind", "shares")
        for key, index in getattr(relations, kind).items()
    }


def _same(now: Relations, old: Relations, name: tuple[str, Key] | None) -> int | None:
    """Return the column that stands for the same quantity with the same value now."""
    if name is None:
        return None
    kind, key = name
    found: int | None = getattr(now, kind).get(key)
    if found is None:
        return None
    before, after = old.cells.get(key), now.cells.get(key)
    if before is None or math.isnan(before.value):
        return found
    if after is None or math.isnan(after.value):
        return None
    return found if abs(before.value - after.value) <= _EQUAL else None


def _settled(column: GuardedColumn) -> State:
    """Return the state of a column once it has been shown, or kept secret, for good."""
    return State.OPEN if column.state is State.OPEN else State.FIXED


def _value(relations: Relations, column: GuardedColumn) -> float:
    cell = relations.cells.get(column.key)
    return math.nan if cell is None else cell.value


def _renamed(key: Key) -> Key:
    return key[0], _BEFORE + key[1]
