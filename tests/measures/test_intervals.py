"""Intervals, tests, ranks and funnels: against statsmodels, SciPy and published examples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from inteso_dash.measures.intervals import (
    Chance,
    PossibleCounts,
    byar,
    difference,
    differing,
    funnel,
    joint_level,
    p_values,
    rank_ranges,
    rate_interval,
    wilson,
)

SHARE, RATE = Chance.SHARE, Chance.RATE


def numbers(*given: float) -> np.ndarray:
    return np.array(given, dtype=float)


def exactly(count: np.ndarray, total: np.ndarray) -> PossibleCounts:
    return PossibleCounts.counted(count, total, np.zeros_like(count), np.zeros_like(count))


@pytest.mark.parametrize("level", [0.9, 0.95, 0.998])
def test_wilson_is_that_of_statsmodels(level: float) -> None:
    total = np.repeat([1.0, 7.0, 263.0, 20_000.0], 5)
    count = np.floor(total * np.tile([0, 0.01, 0.3, 0.5, 1], 4))
    found = wilson(count, total, level)
    truth = proportion_confint(count, total, alpha=1 - level, method="wilson")
    for own, other in zip(found, truth, strict=True):
        assert own == pytest.approx(other, abs=1e-9)


def test_wilson_as_newcombe_prints_it() -> None:
    # Newcombe (1998), two-sided intervals for the single proportion, table I, method 3
    lower, upper = wilson(numbers(81, 15, 0, 1), numbers(263, 148, 20, 29))
    assert lower.round(4).tolist() == [0.2553, 0.0624, 0.0, 0.0061]
    assert upper.round(4).tolist() == [0.3662, 0.1605, 0.1611, 0.1718]


def test_byar_by_hand_and_beside_the_exact_interval() -> None:
    lower, upper = byar(numbers(10))
    assert lower[0] == pytest.approx(10 * (1 - 1 / 90 - 1.959964 / (3 * 10**0.5)) ** 3, abs=1e-6)
    assert upper[0] == pytest.approx(11 * (1 - 1 / 99 + 1.959964 / (3 * 11**0.5)) ** 3, abs=1e-6)
    count = np.arange(10, 400).astype(float)
    lower, upper = byar(count)
    exact_lower = stats.chi2.ppf(0.025, 2 * count) / 2
    exact_upper = stats.chi2.ppf(0.975, 2 * count + 2) / 2
    assert lower == pytest.approx(exact_lower, rel=0.005)
    assert upper == pytest.approx(exact_upper, rel=0.005)


def test_no_events_have_an_interval_and_no_base_has_none() -> None:
    assert byar(numbers(0))[0].tolist() == [0.0]
    for chance in Chance:
        lower, upper = rate_interval(chance, exactly(numbers(0, 0), numbers(50, 0)))
        assert lower[0] == 0
        assert upper[0] > 0
        assert np.isnan([lower[1], upper[1]]).all()
    with pytest.raises(ValueError, match="level: found 95"):
        wilson(numbers(1), numbers(2), 95)


@pytest.mark.parametrize("chance", list(Chance))
@given(
    count=st.integers(0, 300),
    more=st.integers(1, 3000),
    error=st.sampled_from([0.5, 1.5, 2.5]),
    level=st.sampled_from([0.8, 0.95, 0.99]),
)
def test_rounding_widens_and_holds_every_true_count(
    chance: Chance, count: int, more: int, error: float, level: float
) -> None:
    total = float(count + more)
    wide = PossibleCounts.counted(
        numbers(count), numbers(total), numbers(error), numbers(min(error, total / 2))
    )
    low, high = rate_interval(chance, wide, level)
    reach = int(error)
    for shift in range(-reach, reach + 1):
        for base in range(-reach, reach + 1):
            own = numbers(count + shift)
            of = numbers(total + base)
            if own < 0 or of < max(own[0], total - total / 2):
                continue
            lower, upper = rate_interval(chance, exactly(own, of), level)
            assert low <= lower + 1e-12
            assert high >= upper - 1e-12


@given(st.integers(0, 1000), st.integers(1, 1000), st.sampled_from([1.0, 0.1]))
def test_a_rounded_share_tells_less_than_its_count(count: int, more: int, step: float) -> None:
    total = count + more
    shown = round(100 * count / total / step) * step / 100
    none = np.zeros(1)
    derived = PossibleCounts.of_ratio(
        numbers(shown), numbers(total), numbers(step / 200 + 1e-9), none
    )
    low, high = rate_interval(SHARE, derived)
    lower, upper = rate_interval(SHARE, exactly(numbers(count), numbers(total)))
    assert low <= lower + 1e-9
    assert high >= upper - 1e-9


def test_exact_tests_are_those_of_scipy() -> None:
    count, total = numbers(0, 3, 12, 40), numbers(60, 60, 60, 60)
    found = p_values(SHARE, exactly(count, total), 0.2)
    tails = [
        min(1.0, 2 * min(stats.binomtest(int(k), 60, 0.2, side).pvalue for side in SIDES))
        for k in count
    ]
    assert found == pytest.approx(tails, rel=1e-9)
    found = p_values(RATE, exactly(count, numbers(1000, 1000, 1000, 1000)), 0.012)
    expected = [
        min(1, 2 * min(stats.poisson.cdf(k, 12), stats.poisson.sf(k - 1, 12))) for k in count
    ]
    assert found == pytest.approx(expected, rel=1e-9)


SIDES = ("less", "greater")


def test_all_of_an_area_is_tested_as_well() -> None:
    found = p_values(SHARE, exactly(numbers(5, 1), numbers(5, 1)), 0.5)
    assert found.tolist() == pytest.approx([2 * 0.5**5, 1.0])
    assert np.isnan(p_values(SHARE, exactly(numbers(np.nan, 0), numbers(5, 0)), 0.5)).all()


def test_what_rounding_leaves_open_is_no_difference() -> None:
    count, total, error = numbers(9), numbers(300), numbers(1.5)
    wide = PossibleCounts.counted(count, total, error, np.zeros(1))
    narrow = p_values(SHARE, exactly(count, total), 0.015)[0]
    assert p_values(SHARE, wide, 0.015)[0] > narrow
    assert p_values(SHARE, wide, 0.028)[0] > 0.9
    assert p_values(SHARE, exactly(count, total), 0.015, 0.001)[0] > narrow


@pytest.mark.parametrize("chance", list(Chance))
def test_areas_of_one_true_rate_are_hardly_ever_called_different(chance: Chance) -> None:
    tables, areas, rate = 10_000, 40, 0.12
    random = np.random.default_rng(14)
    total = np.tile(random.integers(30, 4_000, areas).astype(float), (tables, 1))
    drawn = (
        random.binomial(total.astype(int), rate)
        if chance is SHARE
        else random.poisson(total * rate)
    )
    pooled = drawn.sum() / total.sum()
    called = differing(p_values(chance, exactly(drawn.astype(float), total), pooled))
    assert called.mean() <= 0.05
    assert called.any(axis=1).mean() <= 0.05
    assert called.any()


def test_areas_of_other_rates_are_found_and_gaps_are_not() -> None:
    count, total = numbers(120, 400, np.nan, 122), numbers(1000, 1000, 1000, 1000)
    p = p_values(SHARE, exactly(count, total), 0.12)
    assert differing(p).tolist() == [False, True, False, False]
    adjusted = stats.false_discovery_control(p[[0, 1, 3]])
    assert differing(p, 0.95)[[0, 1, 3]].tolist() == (adjusted <= 0.05).tolist()
    assert differing(numbers()).tolist() == []


def test_difference_as_newcombe_prints_it() -> None:
    # Newcombe (1998), interval estimation for the difference, table II, method 10
    cases = {
        (56, 70, 48, 80): (0.0524, 0.3339),
        (9, 10, 3, 10): (0.1705, 0.8090),
        (6, 7, 2, 7): (0.0582, 0.8062),
        (5, 56, 0, 29): (-0.0381, 0.1926),
        (10, 10, 0, 10): (0.6075, 1.0),
    }
    for (k, m, j, n), (low, high) in cases.items():
        first, second = (numbers(j), numbers(n)), (numbers(k), numbers(m))
        lower, upper = difference(
            first[0] / first[1], wilson(*first), second[0] / second[1], wilson(*second)
        )
        assert (round(lower[0], 4), round(upper[0], 4)) == pytest.approx((low, high), abs=1e-4)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9)), min_size=1, max_size=12))
def test_rank_ranges_are_those_of_counting(bounds: list[tuple[int, int]]) -> None:
    lower = numbers(*(low for low, _ in bounds))
    upper = lower + numbers(*(length for _, length in bounds))
    first, last = rank_ranges(lower, upper)
    for at in range(len(bounds)):
        assert first[at] == 1 + (lower > upper[at]).sum()
        assert last[at] == len(bounds) - (upper < lower[at]).sum()
        together = (lower <= upper[at]) & (upper >= lower[at])
        assert last[at] - first[at] + 1 == together.sum()


def test_ranks_of_all_areas_hold_together() -> None:
    tables, rates = 4_000, np.linspace(0.08, 0.2, 20)
    total = np.random.default_rng(3).integers(200, 3_000, 20).astype(float)
    true = stats.rankdata(-rates)
    drawn = np.random.default_rng(4).binomial(total.astype(int), rates, (tables, 20)).astype(float)
    lower, upper = wilson(drawn, np.broadcast_to(total, drawn.shape), joint_level(0.95, 20))
    held = 0
    for low, high in zip(lower, upper, strict=True):
        first, last = rank_ranges(low, high)
        held += bool(((first <= true) & (true <= last)).all())
    assert held / tables >= 0.95


@pytest.mark.parametrize("level", [0.95, 0.998])
@pytest.mark.parametrize("chance", list(Chance))
def test_a_funnel_lies_within_one_person_of_the_exact_limits(chance: Chance, level: float) -> None:
    total, rate = numbers(20, 300, 5_000), 0.12
    made = stats.binom(total, rate) if chance is SHARE else stats.poisson(total * rate)
    low, high = (each * total for each in funnel(chance, total, rate, level))
    least, most = made.ppf((1 - level) / 2), made.ppf((1 + level) / 2)
    assert ((np.maximum(least - 1, 0) - 1e-9 <= low) & (low <= least + 1e-9)).all()
    assert ((most - 1e-9 <= high) & (high <= most + 1 + 1e-9)).all()


@pytest.mark.parametrize("rate", [0.004, 0.3, 0.9])
@pytest.mark.parametrize("total", [1, 3, 8, 60, 400])
def test_what_lies_outside_of_a_funnel_is_as_rare_as_its_level_says(
    total: int, rate: float
) -> None:
    low, high = (float(each[0]) for each in funnel(SHARE, numbers(total), rate, 0.95))
    counts, made = np.arange(total + 1), stats.binom(total, rate)
    within = (counts / total >= low - 1e-12) & (counts / total <= high + 1e-12)
    likely = (made.cdf(counts) >= 0.025) & (made.sf(counts - 1) >= 0.025)
    assert (within == likely).all()
    others = [float(each[0]) for each in funnel(SHARE, numbers(total), 1 - rate, 0.95)]
    assert others == pytest.approx([1 - high, 1 - low], abs=1e-9)


def test_a_funnel_narrows_around_the_rate() -> None:
    total = np.geomspace(50, 50_000, 40)
    low, high = funnel(SHARE, total, 0.2, 0.95)
    assert ((low <= 0.2) & (high >= 0.2)).all()
    assert (high - low)[-1] < (high - low)[0] / 10
    normal = 1.96 * np.sqrt(0.2 * 0.8 / total[-1])
    assert high[-1] - 0.2 == pytest.approx(normal, rel=0.02)
