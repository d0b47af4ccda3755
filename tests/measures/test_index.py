"""Composite indices: by hand, by property, and against SciPy; all figures are made up."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from inteso_dash.measures.index import (
    Classing,
    IndexPart,
    IndexRecipe,
    Transformation,
    class_bounds,
    class_of,
    compose,
    stability,
)

AREAS = ["n", "s", "e", "w"]
TABLE = pd.DataFrame(
    {"poor": [10.0, 20.0, 30.0, 40.0], "space": [50.0, 40.0, 45.0, 25.0]}, index=AREAS
)
PEOPLE = pd.Series([1000.0, 3000.0, 2000.0, 4000.0], index=AREAS)
POOR, SPACE = IndexPart("poor"), IndexPart("space", rising=False)


@st.composite
def tables(draw):
    """Three parts of four to twelve areas, each with a spread; one cell may be missing."""
    count = draw(st.integers(min_value=4, max_value=12))
    column = st.lists(st.integers(0, 500), min_size=count, max_size=count, unique=True)
    table = pd.DataFrame({name: draw(column) for name in "abc"}, dtype=float)
    if draw(st.booleans()):
        table.iloc[draw(st.integers(0, count - 1)), 0] = np.nan
    return table


def made(*names: str, **more) -> IndexRecipe:
    return IndexRecipe(tuple(IndexPart(name) for name in names), **more)


def test_by_hand() -> None:
    found = compose(TABLE, IndexRecipe((POOR, SPACE), again=False))
    # poor: mean 25, deviations −15 −5 5 15, spread √125; space: mean 40, 10 0 5 −15, spread √87.5
    poor = np.array([-15, -5, 5, 15]) / math.sqrt(125)
    space = -np.array([10, 0, 5, -15]) / math.sqrt(87.5)
    assert found.scaled["poor"].tolist() == pytest.approx(poor.tolist())
    assert found.scaled["space"].tolist() == pytest.approx(space.tolist())
    assert found.value.tolist() == pytest.approx(((poor + space) / 2).tolist())
    again = compose(TABLE, IndexRecipe((POOR, SPACE)))
    assert again.value.tolist() == pytest.approx(stats.zscore((poor + space) / 2).tolist())


def test_weights_by_hand() -> None:
    found = compose(TABLE, IndexRecipe((IndexPart("poor", 3), SPACE), again=False))
    assert found.value["w"] == pytest.approx(
        0.75 * 15 / math.sqrt(125) + 0.25 * 15 / math.sqrt(87.5)
    )
    assert found.contributions.loc["w", "poor"] == pytest.approx(0.75 * 15 / math.sqrt(125))


def test_weighted_by_population_by_hand() -> None:
    recipe = made("poor", transformation=Transformation.WEIGHTED, again=False)
    found = compose(TABLE, recipe, PEOPLE)
    # mean (10 + 60 + 60 + 160) ÷ 10 = 29; variance (361 + 3 · 81 + 2 · 1 + 4 · 121) ÷ 10 = 109
    assert found.value.tolist() == pytest.approx(
        [(value - 29) / math.sqrt(109) for value in (10, 20, 30, 40)]
    )
    with pytest.raises(ValueError, match="population"):
        compose(TABLE, recipe)


def test_population_that_is_not_known_leaves_an_area_out() -> None:
    recipe = made("poor", transformation=Transformation.WEIGHTED)
    found = compose(TABLE, recipe, PEOPLE.drop("n"))
    assert found.value.isna().tolist() == [True, False, False, False]


@given(tables())
def test_scales_as_scipy_has_them(table: pd.DataFrame) -> None:
    known = table["a"].dropna()
    standard = compose(table, made("a", again=False)).value.dropna()
    assert standard.tolist() == pytest.approx(stats.zscore(known).tolist())
    rank = compose(table, made("a", transformation=Transformation.RANK, again=False)).value.dropna()
    assert rank.tolist() == pytest.approx(((stats.rankdata(known) - 0.5) / len(known)).tolist())
    span = compose(table, made("a", transformation=Transformation.SPAN, again=False)).value.dropna()
    assert (span.min(), span.max()) == (0, 1)


def test_equal_values_share_a_rank() -> None:
    table = pd.DataFrame({"a": [1.0, 1.0, 2.0, 3.0]})
    recipe = made("a", transformation=Transformation.RANK, again=False)
    expected = (stats.rankdata(table["a"]) - 0.5) / 4
    assert compose(table, recipe).value.tolist() == pytest.approx(expected.tolist())


@given(tables(), st.sampled_from(Transformation), st.integers(1, 50), st.integers(-300, 300))
def test_units_do_not_count(
    table: pd.DataFrame, transformation: Transformation, factor: int, shift: int
) -> None:
    people = pd.Series(100.0, index=table.index)
    recipe = made("a", "b", "c", transformation=transformation, again=False)
    other = table.assign(b=table["b"] * factor + shift)
    one, two = (compose(each, recipe, people).value for each in (table, other))
    assert two.tolist() == pytest.approx(one.tolist(), abs=1e-9)


@given(tables(), st.floats(0.1, 9))
def test_parts_that_are_the_same_rank_like_one(table: pd.DataFrame, weight: float) -> None:
    doubled = table[["b"]].assign(c=table["b"])
    one = compose(doubled, made("b")).value
    both = compose(doubled, IndexRecipe((IndexPart("b", weight), IndexPart("c")))).value
    assert both.rank().tolist() == one.rank().tolist()


@given(tables())
def test_no_weight_is_as_if_the_part_were_not_there(table: pd.DataFrame) -> None:
    parts = (IndexPart("a", 0), IndexPart("b", 2), IndexPart("c"))
    with_it = compose(table, IndexRecipe(parts, least=2))
    without = compose(table, IndexRecipe(parts[1:], least=2))
    assert with_it.value.tolist() == without.value.tolist()
    assert list(with_it.contributions.columns) == ["b", "c"]


@given(tables(), st.sampled_from(Transformation), st.booleans())
def test_contributions_add_up(
    table: pd.DataFrame, transformation: Transformation, again: bool
) -> None:
    people = pd.Series(np.arange(len(table)) + 1.0, index=table.index)
    recipe = made("a", "b", "c", transformation=transformation, again=again)
    found = compose(table, recipe, people)
    total = found.contributions.sum(axis=1) + found.shift
    assert total.tolist() == pytest.approx(found.value.tolist(), abs=1e-9)


@given(tables())
def test_standardised_again_one_is_one_standard_deviation(table: pd.DataFrame) -> None:
    value = compose(table, made("a", "b")).value
    assume(value.std() > 1e-6)
    assert value.mean() == pytest.approx(0, abs=1e-9)
    assert value.std(ddof=0) == pytest.approx(1)


def test_missing_is_not_zero() -> None:
    gap = TABLE.copy()
    gap.loc["w", "space"] = np.nan
    found = compose(gap, IndexRecipe((POOR, SPACE), again=False))
    assert found.value["w"] == pytest.approx(15 / math.sqrt(125)), "its other part alone"
    assert np.isnan(found.contributions.loc["w", "space"])
    zero = compose(TABLE.assign(space=[50, 40, 45, 0]), IndexRecipe((POOR, SPACE), again=False))
    assert zero.value["w"] != pytest.approx(found.value["w"])
    strict = compose(gap, IndexRecipe((POOR, SPACE), least=2))
    assert strict.value.isna().tolist() == [False, False, False, True]
    assert strict.value.dropna().mean() == pytest.approx(0)


def test_how_far_an_area_with_a_gap_may_be_off() -> None:
    gap = TABLE.copy()
    gap.loc["w", "space"] = np.nan
    found = compose(gap, IndexRecipe((POOR, SPACE), again=False))
    # Without w, space is 50 40 45: mean 45, spread √(50/3); most of it in need: 40, least: 50.
    poor, most = 15 / math.sqrt(125), 5 / math.sqrt(50 / 3)
    expected = max(abs((poor + most) / 2 - poor), abs((poor - most) / 2 - poor))
    assert found.uncertain["w"] == pytest.approx(expected)
    assert found.uncertain[["n", "s", "e"]].tolist() == [0, 0, 0]


def test_a_part_that_no_area_has_does_not_count() -> None:
    found = compose(TABLE.assign(space=np.nan), IndexRecipe((POOR, SPACE)))
    assert found.value.tolist() == pytest.approx(compose(TABLE, made("poor")).value.tolist())
    assert found.uncertain.tolist() == [0] * 4
    assert compose(TABLE * np.nan, IndexRecipe((POOR, SPACE))).value.isna().all()


def test_areas_apart_are_not_compared_with() -> None:
    apart = pd.Series([True, False, False, False], index=AREAS)
    found = compose(TABLE, made("poor", again=False), apart=apart)
    assert np.isnan(found.value["n"])
    assert found.value[["s", "e", "w"]].tolist() == pytest.approx(
        stats.zscore([20, 30, 40]).tolist()
    )


def test_another_stichtag_is_placed_in_the_same_distribution() -> None:
    first = compose(TABLE, made("poor", "space"))
    later = compose(TABLE + 1, made("poor", "space"), yardstick=first.yardstick)
    same = compose(TABLE, made("poor", "space"), yardstick=first.yardstick)
    assert same.value.tolist() == pytest.approx(first.value.tolist())
    risen = (1 / math.sqrt(125) + 1 / math.sqrt(87.5)) / 2 / first.yardstick.spread
    assert (later.value - first.value).tolist() == pytest.approx([risen] * 4)


def test_a_part_without_differences_moves_nobody() -> None:
    flat = TABLE.assign(space=40.0)
    assert compose(flat, IndexRecipe((POOR, SPACE))).contributions["space"].tolist() == [0.0] * 4
    everywhere = compose(flat, made("space"))
    assert everywhere.value.tolist() == [0.0] * 4


def test_without_a_weight_there_is_no_index() -> None:
    for weights in ((0,), (-1, 2)):
        parts = tuple(IndexPart("poor", weight) for weight in weights)
        with pytest.raises(ValueError, match="weights"):
            compose(TABLE, IndexRecipe(parts))


def test_classes_hold_what_is_written_like_their_bound() -> None:
    values = pd.Series([-2.0, 0.994, 0.995, 1.0, 1.499, np.nan])
    bounds = class_bounds(values, Classing.BOUNDS, [1, 1.5])
    assert class_of(values, bounds, 2).tolist() == [0, 0, 1, 1, 2, pd.NA]
    halves = pd.Series([0.12, 0.13, -0.13, -0.12])
    assert class_of(halves, np.array([0.125]), 2).tolist() == [0, 1, 0, 0]
    middle = class_bounds(pd.Series([1.0, 2.0, 3.0, 4.0]), Classing.QUANTILES, [0.5])
    assert middle.tolist() == [2.5]


def town(seed: int = 3, areas: int = 40, parts: int = 4) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(areas, 1))
    columns = [f"p{at}" for at in range(parts)]
    return pd.DataFrame(common + rng.normal(size=(areas, parts)), columns=columns)


def test_stability_is_what_composing_anew_gives() -> None:
    table, bounds = town(), [-1.0, 1.0]
    recipe = made(*table.columns)
    base = compose(table, recipe)
    found = stability(base, Classing.BOUNDS, bounds, decimals=2, count=60, seed=11)
    drawn = np.random.default_rng(11).dirichlet(np.full(4, 30 / 4), size=60)
    anew = pd.DataFrame(
        [
            compose(
                table,
                IndexRecipe(tuple(map(IndexPart, table.columns, map(float, weights)))),
            ).value
            for weights in drawn
        ]
    )
    cuts = np.array(bounds)
    own = class_of(base.value, cuts, 2)
    kept = [(class_of(row, cuts, 2) == own).tolist() for _, row in anew.iterrows()]
    assert found.kept.tolist() == pytest.approx(np.mean(kept, axis=0).tolist())
    ranked = np.sort(anew.round(2).rank(axis=1, ascending=False, method="min").to_numpy(), axis=0)
    assert found.lowest.tolist() == ranked[round(0.05 * 59)].tolist()
    assert found.highest.tolist() == ranked[round(0.95 * 59)].tolist()
    for name in table.columns:
        left = compose(table, made(*(each for each in table.columns if each != name))).value
        assert found.without[name].tolist() == (class_of(left, cuts, 2) == own).tolist()


@pytest.mark.parametrize("classing", Classing)
@pytest.mark.parametrize("transformation", Transformation)
def test_every_way_has_a_stability(classing: Classing, transformation: Transformation) -> None:
    table = town()
    table.iloc[4, 1] = np.nan
    people = pd.Series(np.arange(len(table)) + 500.0)
    base = compose(table, made(*table.columns, transformation=transformation, least=3), people)
    steps = [0.2, 0.8] if classing is Classing.QUANTILES else [-1.0, 1.0]
    found = stability(base, classing, steps, decimals=2, count=200)
    assert found.kept.between(0, 1).all()
    assert (found.lowest <= found.highest).all()
    near = stability(base, classing, steps, decimals=2, count=200, concentration=3000)
    assert near.kept.mean() > found.kept.mean()
    assert near.spread < found.spread


def test_the_same_seed_says_the_same() -> None:
    base = compose(town(), made("p0", "p1", "p2"))
    one, two = (stability(base, Classing.BOUNDS, [1], decimals=2, count=300) for _ in range(2))
    assert one.kept.equals(two.kept)
    other = stability(base, Classing.BOUNDS, [1], decimals=2, count=300, seed=1)
    assert not one.kept.equals(other.kept)


def test_areas_without_an_index_have_no_stability() -> None:
    gap = TABLE.copy()
    gap.loc["w", "space"] = np.nan
    found = stability(
        compose(gap, IndexRecipe((POOR, SPACE), least=2)), Classing.BOUNDS, [0], decimals=2
    )
    assert found.kept.isna().tolist() == [False, False, False, True]
    assert np.isnan(found.highest["w"])


def test_an_area_that_has_only_the_part_left_out_keeps_no_class() -> None:
    gap = TABLE.copy()
    gap.loc["w", "space"] = np.nan
    found = stability(
        compose(gap, IndexRecipe((POOR, SPACE))), Classing.BOUNDS, [0], decimals=2, count=50
    )
    assert not found.without.loc["w", "poor"]
    assert found.kept.notna().all()


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("classing", list(Classing))
def test_where_only_the_part_left_out_is_known_there_is_no_index_to_compare_with(
    classing: Classing, again: bool
) -> None:
    table = pd.DataFrame({"poor": [1.0, 2.0, 3.0, 9.0], "unknown": [math.nan] * 4})
    recipe = IndexRecipe((IndexPart("poor"), IndexPart("unknown")), again=again)
    steps = [0.5] if classing is Classing.QUANTILES else [1.0]
    found = stability(compose(table, recipe), classing, steps, decimals=2, count=20)
    assert found.without["poor"].isna().all()
    assert found.without["unknown"].all()
    assert found.kept.tolist() == [1.0] * 4


def test_areas_that_are_written_alike_share_their_ranks() -> None:
    table = pd.DataFrame({"poor": [20.0, 20.0, 90.0, 20.001, 1.0], "more": [1.0, 1, 2, 1, 0]})
    found = stability(
        compose(table, made("poor", "more")), Classing.BOUNDS, [0], decimals=2, count=50
    )
    assert found.lowest.tolist() == found.highest.tolist() == [2, 2, 1, 2, 5]


def test_one_part_alone_cannot_be_weighed_otherwise() -> None:
    found = stability(compose(TABLE, made("poor")), Classing.BOUNDS, [0], decimals=2, count=50)
    assert found.kept.tolist() == [1.0] * 4
    assert found.lowest.tolist() == [4, 3, 2, 1]
    assert found.without.empty


def test_stability_at_another_stichtag_uses_the_same_distribution() -> None:
    table = town()
    first = compose(table, made(*table.columns))
    later = compose(table + 20, made(*table.columns), yardstick=first.yardstick)
    found = stability(later, Classing.BOUNDS, [1], decimals=2, count=50)
    top = later.value.idxmin()
    assert later.value[top] > 1
    assert found.kept[top] == 1


def test_of_very_many_areas_fewer_weightings_are_drawn_and_counted() -> None:
    random = np.random.default_rng(3)
    table = pd.DataFrame(random.normal(size=(40_000, 2)), columns=["poor", "space"])
    found = stability(
        compose(table, IndexRecipe((POOR, SPACE))), Classing.BOUNDS, [1.0], decimals=2
    )
    assert found.weights == 500
    assert found.kept.between(0, 1).all()
