"""Measures of distribution: by hand, by property, and against PySAL; all figures are made up."""

from __future__ import annotations

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from inequality.gini import Gini

from inteso_dash.measures import distribution as d

amounts = st.integers(min_value=0, max_value=5000)
weights = st.integers(min_value=1, max_value=90_000)


@st.composite
def spreads(draw):
    """Amounts and weights of two to twenty areas, not all amounts zero."""
    rows = draw(st.lists(st.tuples(amounts, weights), min_size=2, max_size=20))
    table = pd.DataFrame(rows, columns=["value", "weight"], dtype=float)
    table.index = [f"{place:02d}" for place in table.index]
    if table["value"].sum() == 0:
        table.iloc[0, 0] = 1.0
    return table["value"], table["weight"]


@st.composite
def keys(draw):
    """Parts of a key for two to ten areas and a weighting of them."""
    count = draw(st.integers(min_value=2, max_value=10))
    part = st.lists(weights, min_size=count, max_size=count)
    parts = pd.DataFrame({name: draw(part) for name in ("people", "land", "need")}, dtype=float)
    first = draw(st.integers(min_value=0, max_value=100))
    second = draw(st.integers(min_value=0, max_value=100 - first))
    return parts, {"people": first, "land": second, "need": 100 - first - second}


def test_lorenz_orders_by_burden_not_by_size():
    values = pd.Series({"a": 60.0, "b": 30.0, "c": 10.0})
    population = pd.Series({"a": 800.0, "b": 100.0, "c": 100.0})
    curve = d.lorenz(values, population)
    assert list(curve.index) == ["", "a", "c", "b"]
    assert curve["weight"].tolist() == pytest.approx([0, 0.8, 0.9, 1])
    assert curve["value"].tolist() == pytest.approx([0, 0.6, 0.7, 1])


def test_measures_by_hand():
    values = pd.Series({"a": 60.0, "b": 30.0, "c": 10.0})
    population = pd.Series({"a": 800.0, "b": 100.0, "c": 100.0})
    # 1 − (0,8·0,6 + 0,1·(0,6+0,7) + 0,1·(0,7+1)) = 0,22
    assert d.gini(values, population) == pytest.approx(0.22)
    # (0,2 + 0,2 + 0) ÷ 2
    assert d.dissimilarity(values, population) == pytest.approx(0.2)
    assert d.location_quotient(values, population).tolist() == pytest.approx([0.75, 3, 1])


def test_one_area_and_zeros():
    alone = pd.Series({"a": 5.0})
    assert d.gini(alone, alone) == d.dissimilarity(alone, alone) == 0
    values, population = pd.Series([0.0, 4.0, 0.0]), pd.Series([1.0, 1.0, 0.0])
    assert d.dissimilarity(values, population) == 0.5
    assert d.location_quotient(values, population).isna().tolist() == [False, False, True]


def test_fully_concentrated_is_near_one():
    values = pd.Series([0.0] * 999 + [7.0])
    even = pd.Series([1.0] * 1000)
    assert d.gini(values, even) == pytest.approx(0.999)
    assert d.dissimilarity(values, even) == pytest.approx(0.999)


@pytest.mark.parametrize(
    ("values", "complaint"),
    [([1.0, None], "nan"), ([1.0, -1.0], "-1.0"), ([0.0, 0.0], "total of 0.0")],
)
def test_missing_negative_and_empty_are_refused(values, complaint):
    with pytest.raises(ValueError, match=complaint):
        d.gini(pd.Series(values, dtype=float))


def test_different_areas_are_refused():
    with pytest.raises(ValueError, match="expected the same areas"):
        d.dissimilarity(pd.Series({"a": 1.0}), pd.Series({"b": 1.0}))


@given(spreads())
def test_between_zero_and_one(spread):
    values, population = spread
    assert 0 <= d.gini(values, population) <= 1
    assert 0 <= d.dissimilarity(values, population) <= 1
    assert d.dissimilarity(values, population) <= d.gini(values, population) + 1e-9


@given(spreads())
def test_zero_where_everyone_carries_the_same(spread):
    _, population = spread
    assert d.gini(population * 0.03, population) == pytest.approx(0, abs=1e-9)
    assert d.dissimilarity(population * 0.03, population) == pytest.approx(0, abs=1e-9)


@given(spreads(), st.randoms(use_true_random=False), st.floats(min_value=0.01, max_value=1000))
def test_order_and_scale_do_not_matter(spread, chance, scale):
    values, population = spread
    order = list(values.index)
    chance.shuffle(order)
    for measure in (d.gini, d.dissimilarity):
        expected = measure(values, population)
        assert measure(values[order], population[order]) == pytest.approx(expected, abs=1e-9)
        assert measure(values * scale, population) == pytest.approx(expected, abs=1e-9)


@given(spreads())
def test_taking_areas_together_never_raises_a_measure(spread):
    values, population = spread
    merged = ["a" if place < 2 else str(place) for place in range(len(values))]
    for measure in (d.gini, d.dissimilarity):
        coarse = measure(values.groupby(merged).sum(), population.groupby(merged).sum())
        assert coarse <= measure(values, population) + 1e-9


@given(spreads())
def test_gini_is_that_of_pysal(spread):
    values, _ = spread
    assert d.gini(values) == pytest.approx(Gini(values.to_numpy()).g, abs=1e-9)


@given(spreads())
def test_dissimilarity_is_the_widest_gap_of_the_lorenz_curve(spread):
    values, population = spread
    curve = d.lorenz(values, population)
    gap = float((curve["weight"] - curve["value"]).max())
    assert d.dissimilarity(values, population) == pytest.approx(gap, abs=1e-9)


def test_relieved_population_adds_up_where_nobody_is_cut_off():
    population = pd.Series([100.0, 300.0])
    need = pd.Series([5.0, 15.0])
    of_all = float((population * need).sum() / population.sum())
    relieved = d.relieved_population(population, need, of_all)
    assert relieved.sum() == pytest.approx(population.sum())
    assert relieved.tolist() == pytest.approx([160, 240])
    with pytest.raises(ValueError, match="found 0"):
        d.relieved_population(population, need, 0)


@given(keys())
def test_targets_sum_to_one(key):
    parts, weighting = key
    assert d.target_shares(parts, weighting).sum() == pytest.approx(1)


@given(keys())
def test_all_weight_on_population_is_the_population_share(key):
    parts, _ = key
    shares = d.target_shares(parts, {"people": 100, "land": 0, "need": 0})
    assert shares.tolist() == pytest.approx((parts["people"] / parts["people"].sum()).tolist())


@given(keys())
def test_no_weighting_leaves_the_range_of_targets(key):
    parts, weighting = key
    target, reach = d.target_shares(parts, weighting), d.target_range(parts)
    assert (target >= reach["lowest"] - 1e-9).all()
    assert (target <= reach["highest"] + 1e-9).all()


def test_size_classes_hold_their_upper_bound_and_lose_nobody():
    sizes = pd.Series([0.0, 50.0, 51.0, 200.0, 201.0])
    classes = d.size_classes(sizes, 200)
    assert classes["sites"].tolist() == [2, 1, 0, 1, 1]
    assert classes["total"].tolist() == [50, 51, 0, 200, 201]
    assert classes["high"].max() == 250


def test_no_sites_are_in_no_class():
    classes = d.size_classes(pd.Series([], dtype=float), 100)
    assert classes["sites"].tolist() == [0, 0, 0]


def test_a_part_without_weight_may_be_missing():
    parts = pd.DataFrame({"people": [1.0, 3.0], "need": [np.nan, np.nan]})
    assert d.target_shares(parts, {"people": 100, "need": 0}).tolist() == [0.25, 0.75]


@pytest.mark.parametrize("weighting", [{"people": 90}, {"people": 110, "land": -10}, {}])
def test_weights_that_do_not_make_a_whole_are_refused(weighting):
    parts = pd.DataFrame({"people": [1.0, 3.0], "land": [1.0, 1.0]})
    with pytest.raises(ValueError, match="sum of 100"):
        d.target_shares(parts, weighting)


@given(keys(), st.data())
def test_verdicts_hold_under_every_weighting(key, data):
    parts, weighting = key
    size = len(parts)
    values = pd.Series(
        data.draw(st.lists(weights, min_size=size, max_size=size)), dtype=float, index=parts.index
    )
    verdicts = d.robustness(values, parts)
    above = values / values.sum() > d.target_shares(parts, weighting)
    assert not (verdicts.eq(d.Verdict.ABOVE) & ~above).any()
    assert not (verdicts.eq(d.Verdict.BELOW) & above).any()
    alone = [values / values.sum() - d.target_shares(parts, {name: 100}) for name in parts.columns]
    signs = np.sign(np.round(pd.concat(alone, axis=1), 8))
    both = signs.max(axis=1).gt(0) & signs.min(axis=1).lt(0)
    assert (verdicts[both] == d.Verdict.DEPENDS).all()


def test_share_above_counts_persons_not_sites_and_leaves_the_limit_in():
    sizes = pd.Series([50.0, 200.0, 250.0])
    assert d.share_above(sizes, 200) == pytest.approx(0.5)
    assert d.share_above(sizes, 199) == pytest.approx(0.9)
    assert d.share_above(sizes, 250) == 0


def test_a_site_at_the_edge_belongs_to_two_neighbourhoods():
    areas = geopandas.GeoSeries(
        {"a": shapely.box(0, 0, 1000, 1000), "b": shapely.box(1000, 0, 2000, 1000)},
        crs="EPSG:25832",
    )
    sites = geopandas.GeoSeries([shapely.Point(950, 500), shapely.Point(100, 500)], crs=areas.crs)
    counted = d.within_reach(areas, sites, pd.Series([200.0, 30.0]), 300)
    assert counted.loc["a"].tolist() == [230, 230]
    assert counted.loc["b"].tolist() == [0, 200]
