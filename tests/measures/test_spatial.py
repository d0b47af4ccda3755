"""Spatial autocorrelation: by hand, against esda, and what chance alone finds.

All figures are made up.
"""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd
import pytest

from inteso_dash.measures.spatial import Cluster, moran, pattern

STEPS = (-1, 0, 1)


def grid(side: int, *, corners: bool) -> dict[str, list[str]]:
    """Squares in rows; those that share a side are neighbours, or those with a corner as well."""
    moves = [(up, along) for up in STEPS for along in STEPS if up or along]
    if not corners:
        moves = [move for move in moves if 0 in move]
    inside = range(side)
    return {
        f"{row}{column}": [
            f"{row + up}{column + along}"
            for up, along in moves
            if row + up in inside and column + along in inside
        ]
        for row in inside
        for column in inside
    }


def board(side: int) -> pd.Series:
    places = [f"{row}{column}" for row in range(side) for column in range(side)]
    return pd.Series([float((int(at[0]) + int(at[1])) % 2) for at in places], index=places)


def halves(side: int) -> pd.Series:
    """Low on the left, high on the right, with a little noise."""
    draws = np.random.default_rng(3).normal(scale=0.1, size=side * side)
    left = [float(at % side >= side / 2) for at in range(side * side)]
    return pd.Series(np.array(left) + draws, index=board(side).index)


def test_a_chequerboard_is_the_opposite_of_alike() -> None:
    # Each square differs from all neighbours by side. Values 5/9 and −4/9 around their mean (five
    # zeros, four ones): fields of value 0 deviate by −4/9 and their neighbours by 5/9, so that the
    # sum of products is 5 · (−4/9)(5/9) + 4 · (5/9)(−4/9) = −180/81, the sum of squares 180/81.
    assert moran(board(3), grid(3, corners=False)) == pytest.approx(-1)


def test_a_chequerboard_with_corners_by_hand() -> None:
    # Deviations: a = −4/9 (corners and middle), b = 5/9 (sides). Means around: a corner sees two
    # sides and the middle, (2b + a)/3; the middle sees four of each, (a + b)/2; a side sees two
    # corners, the middle and two sides, (3a + 2b)/5. Products over 180/81.
    a, b = -4 / 9, 5 / 9
    together = 4 * a * (2 * b + a) / 3 + a * (a + b) / 2 + 4 * b * (3 * a + 2 * b) / 5
    assert moran(board(3), grid(3, corners=True)) == pytest.approx(together / (180 / 81))


def test_it_is_what_esda_has() -> None:
    from esda import Moran, Moran_Local
    from libpysal.weights import W

    beside = grid(7, corners=True)
    values = pd.Series(np.random.default_rng(5).gamma(2, size=49), index=list(beside))
    found = pattern(values, beside, 499)
    assert found is not None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        near = W(beside, id_order=list(values.index))
        whole, local = Moran(values.to_numpy(), near), Moran_Local(values.to_numpy(), near)
    assert (found.moran, found.expected) == pytest.approx((whole.I, whole.EI))
    assert found.areas["local"].to_numpy() == pytest.approx(local.Is * 49 / 48)
    assert found.areas["local"].mean() == pytest.approx(found.moran)
    assert found.p == pytest.approx(whole.p_rand, abs=0.05)


@pytest.mark.parametrize("scaled", [lambda x: 3 * x + 7, lambda x: -x])
def test_units_do_not_matter(scaled) -> None:
    beside = grid(6, corners=True)
    values = pd.Series(np.random.default_rng(8).normal(size=36), index=list(beside))
    assert moran(scaled(values), beside) == pytest.approx(moran(values, beside))


def test_two_halves_are_two_clusters() -> None:
    values, beside = halves(8), grid(8, corners=True)
    found = pattern(values, beside, 1999)
    assert found is not None
    assert found.moran > 0.7
    assert found.p == pytest.approx(1 / 2000)
    high, low = found.of(Cluster.HIGH), found.of(Cluster.LOW)
    # inside each half 3 × 6 squares have eight neighbours; at its edges chance is more likely
    assert len(high) >= 12
    assert len(low) >= 12
    assert all(values[area] > 0.5 for area in high)
    assert all(values[area] < 0.5 for area in low)
    turned = pattern(-values, beside, 1999)
    assert turned is not None
    assert set(turned.of(Cluster.LOW)) == set(high)


def test_one_among_others_is_an_outlier() -> None:
    values = halves(8)
    values["06"] = 5.0
    values["11"] = 1.5
    found = pattern(values, grid(8, corners=True), 1999)
    assert found is not None
    assert "11" in found.of(Cluster.HIGH_OUTLIER)


def test_many_equal_values_are_not_rare() -> None:
    """Where most areas have 0, a neighbourhood of zeros is nothing special."""
    values = pd.Series(0.0, index=board(7).index)
    values.iloc[[3, 17, 24, 30, 45]] = [5.0, 4, 6, 5, 29]
    found = pattern(values, grid(7, corners=True), 999)
    assert found is not None
    assert not found.of(Cluster.LOW)


def test_the_same_map_gives_the_same_pattern() -> None:
    values, beside = halves(6), grid(6, corners=True)
    one, other = pattern(values, beside, 199), pattern(values, beside, 199)
    assert one is not None
    assert other is not None
    assert one.p == other.p
    pd.testing.assert_frame_equal(one.areas, other.areas)


def test_areas_without_value_or_neighbours_are_left_out() -> None:
    values, beside = halves(6), grid(6, corners=True)
    island = pd.concat([values, pd.Series({"island": 4.0})])
    island["00"] = math.nan
    found = pattern(island, {**beside, "island": []}, 199)
    assert found is not None
    assert found.left_out == ("island",)
    assert "00" not in found.areas.index
    assert len(found.areas) == 35


def test_too_little_has_no_pattern() -> None:
    beside = grid(3, corners=True)
    assert pattern(pd.Series(1.0, index=list(beside)), beside, 99) is None
    few = board(3)
    few.iloc[:2] = math.nan
    assert pattern(few, beside, 99) is None


def test_chance_alone_finds_hardly_anything() -> None:
    """On 100 maps of values in random places, at most 5 % are told from chance wrongly."""
    side, beside = 5, grid(5, corners=True)
    chance = np.random.default_rng(11)
    skewed = np.arange(side * side) ** 2.0
    shares, whole, maps = [], [], 100
    for _ in range(maps):
        found = pattern(pd.Series(chance.permutation(skewed), index=list(beside)), beside, 499)
        assert found is not None
        shares.append(float((found.areas["cluster"] != Cluster.NONE).mean()))
        whole.append(found.p <= 0.05)
    assert np.mean(shares) <= 0.05
    assert np.mean(np.array(shares) > 0) <= 0.05 + 2 * math.sqrt(0.05 * 0.95 / maps)
    assert np.mean(whole) <= 0.05 + 2 * math.sqrt(0.05 * 0.95 / maps)
