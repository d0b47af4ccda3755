"""Figures that nobody delivered: what follows from the others, and what could be assumed."""

from __future__ import annotations

import math
from collections.abc import Iterable

from inteso_dash.city.disclosure.quantities import GuardedColumn, Relation, State


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
