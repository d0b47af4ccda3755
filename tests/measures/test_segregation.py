"""Segregation: hand-computed towns, and what PySAL's segregation has. All figures are made up."""

from __future__ import annotations

import pandas as pd
import pytest

from inteso_dash.measures.segregation import segregation

PLACES = [f"{row}{column}" for row in range(3) for column in range(3)]
GROUP = pd.Series([120.0, 30, 10, 80, 45, 5, 200, 60, 25], index=PLACES)
WHOLE = pd.Series([400.0, 300, 250, 320, 410, 150, 500, 380, 290], index=PLACES)
BESIDE = {
    one: [
        other
        for other in PLACES
        if other != one and max(abs(int(one[at]) - int(other[at])) for at in (0, 1)) == 1
    ]
    for one in PLACES
}


def test_a_town_of_two_areas_by_hand() -> None:
    # a: 30 of 50, b: 10 of 50; members 3/4 and 1/4, others 20/60 and 40/60
    found = segregation(
        pd.Series({"a": 30.0, "b": 10.0}), pd.Series({"a": 50.0, "b": 50.0}), {"a": "b", "b": "a"}
    )
    assert found.dissimilarity == pytest.approx((abs(3 / 4 - 1 / 3) + abs(1 / 4 - 2 / 3)) / 2)
    assert found.isolation == pytest.approx(3 / 4 * 0.6 + 1 / 4 * 0.2)
    assert found.adjusted == pytest.approx(5 / 12 - 0.4)
    assert (found.share, found.areas, found.persons) == (0.4, 2, 40.0)


def test_it_is_what_pysal_has() -> None:
    """Computed once with segregation 2.5.4: Dissim, Isolation, Interaction, SpatialDissim."""
    found = segregation(GROUP, WHOLE, BESIDE)
    assert found.dissimilarity == pytest.approx(0.3575078440161362, rel=1e-12)
    assert found.isolation == pytest.approx(0.2715383437934435, rel=1e-12)
    assert found.interaction == pytest.approx(0.7284616562065566, rel=1e-12)
    assert found.adjusted == pytest.approx(0.2517567853349505, rel=1e-12)


def test_even_and_wholly_apart() -> None:
    even = segregation(WHOLE / 5, WHOLE, BESIDE)
    assert even.dissimilarity == pytest.approx(0)
    assert even.adjusted == pytest.approx(0)
    assert even.isolation == pytest.approx(even.share) == pytest.approx(0.2)
    apart = segregation(WHOLE.where(WHOLE.index < "10", 0.0), WHOLE)
    assert (apart.dissimilarity, apart.isolation) == (pytest.approx(1), pytest.approx(1))
    assert apart.adjusted is None


def test_sizes_and_sides_do_not_matter_to_evenness() -> None:
    plain, larger = segregation(GROUP, WHOLE), segregation(7 * GROUP, 7 * WHOLE)
    assert larger.dissimilarity == pytest.approx(plain.dissimilarity)
    assert larger.isolation == pytest.approx(plain.isolation)
    others = segregation(WHOLE - GROUP, WHOLE)
    assert others.dissimilarity == pytest.approx(plain.dissimilarity)
    assert plain.isolation + plain.interaction == pytest.approx(1)


def test_a_block_is_further_apart_than_the_same_scattered() -> None:
    """The same shares in one block and scattered: D is the same, D(adj) is not."""
    whole = pd.Series(100.0, index=PLACES)
    block = pd.Series([50.0] * 3 + [10.0] * 6, index=PLACES)
    scattered = pd.Series([50.0, 10, 50, 10, 10, 10, 10, 50, 10], index=PLACES)
    one, other = (segregation(each, whole, BESIDE) for each in (block, scattered))
    assert one.dissimilarity == pytest.approx(other.dissimilarity)
    assert one.adjusted is not None
    assert other.adjusted is not None
    assert one.adjusted > other.adjusted


def test_areas_without_figures_or_people_do_not_count() -> None:
    group, whole = GROUP.copy(), WHOLE.copy()
    group["00"], whole["22"], group["22"] = float("nan"), 0.0, 0.0
    found = segregation(group, whole, BESIDE)
    kept = [each for each in PLACES if each not in {"00", "22"}]
    assert found == segregation(GROUP[kept], WHOLE[kept], BESIDE)
    assert found.areas == 7


def test_a_group_larger_than_its_whole_is_refused() -> None:
    with pytest.raises(ValueError, match="at most the whole"):
        segregation(WHOLE + 1, WHOLE)
    with pytest.raises(ValueError, match="total of 0"):
        segregation(WHOLE * 0, WHOLE)
