"""Figures that nobody delivered: what follows from the others, and what could be assumed."""

from __future__ import annotations

import math
from collections.abc import Iterable

from inteso_dash.disclosure.quantities import Column, Relation, State


def infer(columns: list[Column], relations: list[Relation]) -> None:
    """Work out what nobody delivered but what follows from sums."""
    waiting = [each for each in relations if each.limit is None]
    while True:
        left = []
        for relation in waiting:
            unknown = [at for at in relation.terms if math.isnan(columns[at].value)]
            if len(unknown) == 1:
                others = _total(columns, relation, unknown)
                columns[unknown[0]].value = -others / relation.terms[unknown[0]]
            elif unknown:
                left.append(relation)
        if len(left) == len(waiting):
            return
        waiting = left


def _total(columns: list[Column], relation: Relation, without: Iterable[int] = ()) -> float:
    return math.fsum(
        value * columns[at].value for at, value in relation.terms.items() if at not in without
    )


def assume(columns: list[Column], relations: list[Relation]) -> None:
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


def _agreeing(columns: list[Column], relations: list[Relation], unknown: list[int]) -> list[float]:
    from scipy.optimize import linprog
    from scipy.sparse import coo_matrix

    place = {at: i for i, at in enumerate(unknown)}
    systems: dict[bool, list[tuple[int, int, float]]] = {True: [], False: []}
    right: dict[bool, list[float]] = {True: [], False: []}
    for relation in relations:
        here = [at for at in relation.terms if at in place]
        equal = relation.limit is None
        if here and (equal or math.isnan(relation.limit or 0.0)):
            row = len(right[equal])
            systems[equal] += [(row, place[at], relation.terms[at]) for at in here]
            right[equal].append(-_total(columns, relation, here))
    matrices = {
        equal: coo_matrix(
            (
                [v for _, _, v in entries],
                ([r for r, _, _ in entries], [c for _, c, _ in entries]),
            ),
            shape=(len(right[equal]), len(unknown)),
        ).tocsr()
        if entries
        else None
        for equal, entries in systems.items()
    }
    free = [columns[at].low == -math.inf for at in unknown]
    found = linprog(
        [0.0 if each else 1.0 for each in free],
        A_ub=matrices[False],
        b_ub=right[False] or None,
        A_eq=matrices[True],
        b_eq=right[True] or None,
        bounds=[(None if each else 0.0, None) for each in free],
        method="highs",
    )
    return [0.0] * len(unknown) if found.x is None else [float(value) for value in found.x]
