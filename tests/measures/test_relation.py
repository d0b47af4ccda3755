"""Correlations: by hand, against scipy and statsmodels, and what must hold whatever the figures.

All figures are made up.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import DescrStatsW

from inteso_dash.measures.relation import (
    both_classes,
    pearson,
    relations,
    robust_line,
    spearman,
)
from tests.tries import tried

X = pd.Series([1.0, 2, 3, 4, 5, 6], index=list("abcdef"))
Y = pd.Series([2.0, 1, 4, 3, 7, 5], index=list("abcdef"))
NUMBERS = st.lists(
    st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=6, max_size=20, unique=True
)


def random_areas(count: int = 60, seed: int = 7) -> pd.DataFrame:
    draws = np.random.default_rng(seed).normal(size=(count, 5))
    table = pd.DataFrame(draws, columns=list("abcde"))
    table["b"] += table["a"]
    table["c"] = table["c"].round(0)
    table.loc[:5, "b"], table.loc[3:9, "d"] = math.nan, math.nan
    return table


def test_both_coefficients_by_hand() -> None:
    # deviations −2.5 … 2.5 and −5/3, −8/3, 1/3, −2/3, 10/3, 4/3: 16 / sqrt(17.5 · 70/3)
    assert pearson(X, Y).value == pytest.approx(16 / math.sqrt(17.5 * 70 / 3))
    # ranks of y 2 1 4 3 6 5: 1 − 6 · 6 / (6 · 35)
    assert spearman(X, Y).value == pytest.approx(1 - 36 / 210)
    assert (pearson(X, Y).count, spearman(X, Y).count) == (6, 6)


def test_intervals_and_probabilities_are_those_of_scipy() -> None:
    table = random_areas()
    known = table[["a", "b"]].dropna()
    found, truth = pearson(table["a"], table["b"]), stats.pearsonr(known["a"], known["b"])
    assert (found.value, found.p) == pytest.approx((truth.statistic, truth.pvalue), rel=1e-10)
    assert (found.low, found.high) == pytest.approx(tuple(truth.confidence_interval(0.95)))
    ranked, other = spearman(table["a"], table["c"]), stats.spearmanr(table["a"], table["c"])
    assert (ranked.value, ranked.p) == pytest.approx((other.statistic, other.pvalue), rel=1e-10)


def test_the_interval_of_ranks_by_hand() -> None:
    # r = 0.8286, n = 6: atanh 1.1839, error sqrt(1.34327 / 3) = 0.66915, reach 1.96 · 0.66915
    found = spearman(X, Y)
    assert (found.low, found.high) == pytest.approx((-0.1269, 0.9865), abs=1e-3)
    assert not found.sure
    assert spearman(X, Y, level=0.5).sure


def test_a_weighted_coefficient_is_that_of_statsmodels() -> None:
    table = random_areas()
    weights = pd.Series(np.arange(1.0, 61.0), index=table.index)
    known = table[["a", "b"]].notna().all(axis=1)
    truth = DescrStatsW(table.loc[known, ["a", "b"]], weights[known]).corrcoef[0, 1]
    assert pearson(table["a"], table["b"], weights).value == pytest.approx(truth, rel=1e-10)


def test_equal_weights_weigh_nothing_and_areas_without_people_do_not_count() -> None:
    plain, same = pearson(X, Y), pearson(X, Y, pd.Series(3.0, index=X.index))
    assert (same.value, same.low, same.high) == pytest.approx((plain.value, plain.low, plain.high))
    assert math.isnan(same.p)
    weights = pd.Series(1.0, index=X.index)
    weights["f"] = 0.0
    assert pearson(X, Y, weights).value == pytest.approx(pearson(X[:5], Y[:5]).value)
    assert pearson(X, Y, weights).count == 5


def test_uneven_weights_widen_the_interval() -> None:
    weights = pd.Series([10.0, 1, 1, 1, 1, 1], index=X.index)
    found = pearson(X, Y, weights)
    assert found.high - found.low > pearson(X, Y).high - pearson(X, Y).low


@tried(0.6)
@given(NUMBERS)
def test_order_and_units_do_not_matter(pairs: list[tuple[int, int]]) -> None:
    x, y = (pd.Series([float(pair[at]) for pair in pairs]) for at in (0, 1))
    for measure in (pearson, spearman):
        own, turned, scaled = measure(x, y), measure(y, x), measure(3 * x + 7, -2 * y)
        assert turned.value == pytest.approx(own.value, nan_ok=True, abs=1e-12)
        assert scaled.value == pytest.approx(-own.value, nan_ok=True, abs=1e-12)
        assert not abs(own.value) < 1 or own.low <= own.value <= own.high


def test_a_figure_that_is_the_same_everywhere_goes_with_nothing() -> None:
    same = pd.Series(4.0, index=X.index)
    assert math.isnan(pearson(X, same).value)
    assert math.isnan(spearman(same, X).value)
    assert robust_line(same, X) is None


def test_a_perfect_order_has_no_interval_and_no_impossible_probability() -> None:
    found = spearman(X, X**3)
    assert (found.value, found.sure) == (1.0, True)
    assert math.isnan(found.low)
    assert found.p == pytest.approx(2 / 720)
    told = relations(pd.DataFrame({"a": X, "b": X**3}), "a")
    assert told["p"]["b"] == pytest.approx(2 / 720)
    assert math.isnan(told["low"]["b"])


def test_too_few_areas_are_refused() -> None:
    with pytest.raises(ValueError, match="found 4, expected at least 5"):
        pearson(X[:4], Y)


def test_one_area_does_not_turn_the_robust_line() -> None:
    y = 2 * X + 1
    y["f"] = 1000.0
    line = robust_line(X, y)
    assert line is not None
    assert (line.slope, line.intercept, line.at(10)) == (2.0, 1.0, 21.0)
    assert line.low <= 2.0 <= line.high


def test_the_robust_line_by_hand() -> None:
    # slopes of the 15 pairs, sorted: −2, −1, −1, ⅓, ⅓, .6, 1, 1, 1, 1, 1.25, 1.5, 2, 3, 4
    line = robust_line(X, Y)
    assert line is not None
    assert line.slope == pytest.approx(1.0)
    assert line.intercept == pytest.approx(0.0)


def test_the_robust_line_goes_through_the_median_of_what_remains() -> None:
    x = pd.Series([1.0, 2, 3, 4, 5, 6, 7])
    y = pd.Series([1.0, 9, 2, 8, 3, 9, 4])
    line = robust_line(x, y)
    assert line is not None
    assert line.intercept == pytest.approx((y - line.slope * x).median())


def test_all_at_once_are_each_alone() -> None:
    table = random_areas()
    found = relations(table, "a")
    assert found["spearman"].abs().is_monotonic_decreasing
    assert found.index[0] == "b"
    for other, row in found.iterrows():
        ranked, plain = spearman(table["a"], table[other]), pearson(table["a"], table[other])
        told = (row["spearman"], row["low"], row["high"], row["p"], row["pearson"], row["count"])
        alone = (ranked.value, ranked.low, ranked.high, ranked.p, plain.value, plain.count)
        assert told == pytest.approx(alone, rel=1e-9)
    assert found["q"].to_numpy() == pytest.approx(multipletests(found["p"], method="fdr_by")[1])


def test_what_cannot_be_told_stays_empty_and_last() -> None:
    table = random_areas().assign(same=1.0, few=[1.0, 2, 3, 4] + [math.nan] * 56)
    found = relations(table, "a")
    assert list(found.index[-2:]) == ["same", "few"]
    assert found.loc[["same", "few"], ["spearman", "pearson", "p", "q"]].isna().all(axis=None)
    assert found["count"]["few"] == 4


def test_classes_of_both_by_hand() -> None:
    x = pd.Series([1.0, 3.0, 6.0, 2.0, math.nan])
    y = pd.Series([1.0, 2.9, 7.0, 9.0, 1.0])
    found = both_classes(x, y, (3, 6), (3, 6))
    assert found.tolist()[:4] == [0, 1, 8, 6]
    assert math.isnan(found[4])
    assert both_classes(x, y, (3,), ()).tolist()[:4] == [3, 5, 5, 3]
