"""Placements against trying everything in small towns; all towns and numbers are made up."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inteso_dash.measures.distribution import Verdict, dissimilarity, robustness
from inteso_dash.measures.placement import (
    Distance,
    PlacementOption,
    PlacementRule,
    PlacementTask,
    before,
    propose,
)
from tests.tries import tried


def areas(present: list[float], *parts: list[float]) -> pd.DataFrame:
    """Return areas whose target is the mean of the parts, and whose span is theirs."""
    shares = pd.DataFrame({str(at): np.array(part) / sum(part) for at, part in enumerate(parts)})
    table = pd.DataFrame(
        {
            "present": present,
            "share": shares.mean(axis=1),
            "highest": shares.max(axis=1),
            "reference": parts[0],
        }
    )
    return table.set_axis(list("abcdefgh")[: len(present)])


def options(*own: PlacementOption) -> dict[str, PlacementOption]:
    return {f"s{place}": each for place, each in enumerate(own)}


def asked(
    persons: int,
    table: pd.DataFrame,
    own: dict[str, PlacementOption],
    *,
    never_above: bool = True,
    **more: Any,
) -> PlacementTask:
    """Return a task in which no area may come above its span, or each may."""
    room = table["highest"] * (table["present"].sum() + persons) - table["present"]
    known = table.drop(columns="highest")
    return PlacementTask(
        persons, known.assign(room=room.clip(lower=0) if never_above else np.inf), own, **more
    )


TOWN = areas([60.0, 30.0, 10.0], [50.0, 30.0, 20.0], [40.0, 20.0, 40.0])


def every(task: PlacementTask) -> dict[tuple[int, ...], tuple[float, ...]]:
    """Try all whole numbers that keep to the rules, and measure each by what has to be small."""
    found = {}
    target, room = task.target, task.areas["room"]
    own = list(task.options.values())
    for placed in itertools.product(range(task.persons + 1), repeat=len(own)):
        if sum(placed) != task.persons:
            continue
        if any(
            not max(each.lower, 1) <= count <= each.upper
            for each, count in zip(own, placed, strict=True)
            if count or each.needed
        ):
            continue
        if task.limit is not None and any(
            count and each.present + count > task.limit
            for each, count in zip(own, placed, strict=True)
        ):
            continue
        if task.most is not None and sum(count > 0 for count in placed) > task.most:
            continue
        added = dict.fromkeys(task.areas.index, 0)
        for each, count in zip(own, placed, strict=True):
            added[each.area] += count
        if any(added[key] > room[key] + 1e-6 for key in added if added[key]):
            continue
        present = task.areas["present"]
        distances = [abs(target[key] - present[key] - added[key]) for key in added]
        there = [max(0.0, present[key] - target[key]) for key in added]
        new = [one - other for one, other in zip(distances, there, strict=True)]
        goals = (sum(distances), max(0.0, *new))
        if task.distance is Distance.LARGEST:
            goals = (max(distances), *goals)
        found[placed] = tuple(round(each, 4) for each in goals)
    return found


def best_of(
    found: dict[tuple[int, ...], tuple[float, ...]], differ: int
) -> list[tuple[float, ...]]:
    """Take the best again and again, each apart from those before in so many options."""
    taken: list[tuple[int, ...]] = []
    measured = []

    def apart(placed: tuple[int, ...]) -> bool:
        return all(
            sum((one > 0) != (two > 0) for one, two in zip(placed, other, strict=True)) >= differ
            for other in taken
        )

    while left := {placed: each for placed, each in found.items() if apart(placed)}:
        best = min(left, key=left.__getitem__)
        taken.append(best)
        measured.append(left[best])
    return measured


@st.composite
def tasks(draw: st.DrawFn) -> PlacementTask:
    size = draw(st.integers(2, 3))

    def amounts(low: int, high: int) -> list[float]:
        return [float(draw(st.integers(low, high))) for _ in range(size)]

    table = areas(amounts(0, 30), amounts(1, 20), amounts(1, 20))
    own = []
    for _ in range(draw(st.integers(1, 3))):
        lower = draw(st.integers(0, 4))
        own.append(
            PlacementOption(
                draw(st.sampled_from(list(table.index))),
                lower,
                lower + draw(st.integers(0, 9)),
                float(draw(st.integers(0, 6))),
                draw(st.sampled_from([False, False, True])),
            )
        )
    return asked(
        draw(st.integers(1, 10)),
        table,
        options(*own),
        never_above=draw(st.booleans()),
        limit=draw(st.sampled_from([None, None, 7.0])),
        most=draw(st.sampled_from([None, None, 2])),
        distance=draw(st.sampled_from(list(Distance))),
    )


@given(tasks())
@tried(0.5)
def test_it_is_the_best_of_all(task: PlacementTask) -> None:
    found, tried = propose(task), every(task)
    expected = best_of(tried, 1)[:4]
    assert len(found.placements) == len(expected)
    for each, best in zip(found.placements, expected, strict=True):
        assert tried[tuple(each.placed)] == pytest.approx(best, abs=2e-4)
    assert len({tuple(each.placed > 0) for each in found.placements}) == len(found.placements)
    assert all(each.gap == 0 for each in found.placements)


@given(tasks())
@tried(0.2)
def test_alternatives_differ_as_asked_for(task: PlacementTask) -> None:
    found = [each.placed > 0 for each in propose(task, differ=2).placements]
    assert all((one != other).sum() >= 2 for one, other in itertools.combinations(found, 2))


def test_those_farthest_below_come_first() -> None:
    # 0, 20 and 80 present, 25 to come: each should have 41⅔; the sum is alike as long as a and b
    # stay below. Their shortfalls are smallest where both have 22 or 23.
    town = areas([0.0, 20.0, 80.0], [10.0, 10.0, 10.0])
    task = asked(25, town, options(*(PlacementOption(key) for key in "abc")))
    best, second, *_ = propose(task).placements
    assert best.persons["a"] in (22, 23)
    assert second.costs.apart == pytest.approx(best.costs.apart)


def test_what_is_too_much_is_shared() -> None:
    # Targets 10 each of 40; only a and b can take the 40, so each is 10 above.
    town = areas([0.0, 0.0, 0.0, 0.0], [10.0, 10.0, 10.0, 10.0])
    own = {"a": PlacementOption("a"), "b": PlacementOption("b")}
    best = propose(asked(40, town, own, never_above=False)).placements[0]
    assert best.placed.tolist() == [20, 20]


def test_by_hand() -> None:
    # 100 present and 20 more: targets 0.45, 0.25, 0.30 of 120 are 54, 30, 36; highest shares
    # 0.5, 0.3, 0.4 are 60, 36, 48. a lies at 60 and gets nobody; all 20 go to c (10 to 30).
    task = asked(20, TOWN, options(*(PlacementOption(key) for key in "abc")))
    best = propose(task).placements[0]
    assert best.placed.tolist() == [0, 0, 20]
    assert best.costs.apart == pytest.approx(6 + 0 + 6)
    assert best.costs.largest == pytest.approx(6)
    # Half the sum are those who would have to move for everybody to meet the target.
    assert best.costs.apart / 2 / 120 == pytest.approx(dissimilarity(best.persons, task.target))
    today = before(task)
    assert today is not None
    assert today.apart == pytest.approx(15 + 5 + 20)  # of 45, 25, 30
    assert best.costs.dissimilarity < today.dissimilarity


def test_nobody_is_brought_above_every_weighting() -> None:
    task = asked(40, TOWN, options(PlacementOption("a"), PlacementOption("b")))
    assert not propose(task).placements
    # 40 at a and b: a (60 of 140, at most 70) takes 10, b (30, at most 42) takes 12.
    assert propose(task).blocking == (PlacementRule.NEVER_ABOVE,)
    eased = asked(22, TOWN, task.options)
    # 122 in all: at most 61 and 36.6, so 1 and 6.
    assert not propose(eased).placements
    shares = pd.DataFrame({"x": [50.0, 30.0, 20.0], "y": [40.0, 20.0, 40.0]}, index=list("abc"))
    best = propose(asked(7, TOWN, options(PlacementOption("b"), PlacementOption("c"))))
    verdicts = robustness(best.placements[0].persons, shares)
    assert str(Verdict.ABOVE) not in verdicts[["b", "c"]].tolist()


def test_the_rule_that_makes_it_impossible_is_named() -> None:
    wide = options(PlacementOption("b", 1, 30), PlacementOption("c", 1, 30))
    assert propose(asked(80, TOWN, wide, never_above=False)).blocking == (PlacementRule.UPPER,)
    limited = asked(50, TOWN, wide, limit=20.0, never_above=False)
    assert propose(limited).blocking == (PlacementRule.LIMIT,)
    few = asked(50, TOWN, wide, most=1, never_above=False)
    assert propose(few).blocking == (PlacementRule.UPPER, PlacementRule.OPENED)
    large = options(PlacementOption("b", 40, 60), PlacementOption("c", 40, 60))
    assert propose(asked(30, TOWN, large, never_above=False)).blocking == (PlacementRule.LOWER,)
    both = asked(80, TOWN, wide, limit=20.0, never_above=False)
    assert propose(both).blocking == ()


def test_what_is_used_up_is_named_with_what_it_costs() -> None:
    own = options(PlacementOption("b", 1, 30), PlacementOption("c", 1, 10))
    found = propose(asked(20, TOWN, own, never_above=False))
    best = found.placements[0]
    assert best.placed.tolist() == [10, 10]
    assert best.binding == ((PlacementRule.UPPER, "s1"),)
    # With all 20 at c the sum is 12; so it is 6 + 10 + 16.
    assert found.gains == {PlacementRule.UPPER: pytest.approx(20)}


def test_the_largest_distance_alone_leaves_the_others_to_the_sum() -> None:
    town = areas([0.0, 0.0, 0.0, 40.0], [10.0, 10.0, 10.0, 10.0])
    own = options(*(PlacementOption(key) for key in "abc"))
    task = asked(12, town, own, never_above=False, distance=Distance.LARGEST)
    # d lies 27 above its target of 13 whatever is done; the sum still decides nothing but parity.
    best = propose(task).placements[0]
    assert best.costs.largest == pytest.approx(27)
    assert best.costs.apart == pytest.approx(54)


@pytest.mark.parametrize("persons", [0, -5])
def test_somebody_is_to_be_placed(persons: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        propose(asked(persons, TOWN, options(PlacementOption("a"))))


def test_what_is_not_known_is_not_placed_on() -> None:
    gap = TOWN.assign(present=[60.0, np.nan, 10.0])
    with pytest.raises(ValueError, match="missing"):
        propose(asked(5, gap, options(PlacementOption("a"))))
    with pytest.raises(ValueError, match="expected those"):
        propose(asked(5, TOWN, options(PlacementOption("z"))))
