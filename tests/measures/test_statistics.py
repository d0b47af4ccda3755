"""Classes, ranks and positions: hand-computed cases and properties."""

from __future__ import annotations

import tomllib
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mapclassify import FisherJenks

from inteso_dash.language import formats
from inteso_dash.measures.classes import Classes, Method, classify, ranks
from inteso_dash.views.colours import contrast, diverging, edge, on_dark, sequential
from inteso_dash.views.colours import luminance as wcag
from tests.paths import ROOT

VALUES = pd.Series([0.2, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0, 34.0, None])
numbers = st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=60)


@pytest.mark.parametrize("method", [m for m in Method if m is not Method.OWN])
@pytest.mark.parametrize("k", range(3, 8))
def test_every_value_is_in_exactly_one_class(method: Method, k: int) -> None:
    classes = classify(VALUES, method, k, 1, reference=6.0)
    assert sum(classes.counts) == VALUES.notna().sum()
    for value in VALUES.dropna():
        index = classes.index_of(value)
        low, high = classes.breaks[index], classes.breaks[index + 1]
        assert low <= value < high or value == high == classes.breaks[-1]


@given(numbers, st.integers(3, 7), st.sampled_from([m for m in Method if m is not Method.OWN]))
def test_bounds_ascend_and_hold_all_values(values: list[float], k: int, method: Method) -> None:
    series = pd.Series(values)
    classes = classify(series, method, k, 1)
    inner = list(classes.breaks)
    assert inner == sorted(inner)
    assert inner[0] == series.min()
    assert inner[-1] == series.max()
    assert classes.size <= k
    assert sum(classes.counts) == len(values)


def test_quantiles_hold_equally_many_up_to_the_rounding_of_bounds() -> None:
    counts = classify(pd.Series(range(100), dtype=float), Method.QUANTILES, 4, 0).counts
    assert all(abs(count - 25) <= 1 for count in counts)


@given(
    st.lists(st.floats(-20, 20).map(lambda value: round(value, 3)), min_size=1, max_size=40),
    st.integers(3, 7),
    st.sampled_from(list(Method)),
    st.lists(st.floats(-20, 20), min_size=2, max_size=6),
)
def test_values_written_alike_share_a_class_whose_written_bounds_hold_them(
    values: list[float], k: int, method: Method, own_bounds: list[float]
) -> None:
    centre = float(formats.rounded(sum(values) / len(values), 1))
    own_bounds = tuple(sorted(own_bounds))
    classes = classify(pd.Series(values), method, k, 1, reference=centre, own=own_bounds)
    own: dict[str, int] = {}
    for value in values:
        place, written = classes.index_of(value), formats.rounded(value, 1)
        assert own.setdefault(str(written), place) == place
        low, high = (formats.rounded(each, 1) for each in classes.breaks[place : place + 2])
        assert low <= written
        assert written < high or place == classes.size - 1
    if method in {Method.QUANTILES, Method.NATURAL}:
        assert 0 not in classes.counts


def test_quantiles_with_ties_take_the_nearer_side() -> None:
    tied = [1.0] * 33 + [2.0] * 2 + [3.0] * 20 + [4.0] * 13 + [5.0] * 33 + [6.0] * 35
    values = pd.Series([*tied, *(7 + place / 10 for place in range(34))])
    assert classify(values, Method.QUANTILES, 5, 1).counts == (33, 35, 33, 35, 34)


@given(st.lists(st.integers(0, 30), min_size=8, max_size=80), st.integers(3, 7))
def test_no_other_cut_lies_nearer_to_equal_parts(values: list[int], k: int) -> None:
    series = pd.Series(values, dtype=float)
    if series.nunique() <= k:
        return
    counts = classify(series, Method.QUANTILES, k, 0).counts
    cuts = [sum(counts[:place]) for place in range(1, len(counts))]
    possible = [sum(value < each for value in values) for each in sorted(set(values))[1:]]
    shares = [len(values) * part / k for part in range(1, k)]
    for share in shares:
        best = min(abs(cut - share) for cut in possible)
        assert min(abs(cut - share) for cut in cuts) == best
    for cut in cuts:
        assert any(
            abs(cut - share) == min(abs(each - share) for each in possible) for share in shares
        )


def test_the_value_of_the_city_stays_a_bound_and_what_is_written_like_it_lies_above() -> None:
    values = pd.Series([8.0, 12.24, 12.26, 13.0, 20.0])
    classes = classify(values, Method.DEVIATION, 4, 1, reference=12.3)
    assert classes.written(1)[2] == 12.3
    assert [classes.index_of(each) for each in (12.24, 12.26)] == [1, 2]


def test_a_bound_between_values_written_alike_moves_beside_them() -> None:
    values = pd.Series([1.0, 2, 3, 4, 5.16, 5.18, 5.22, 5.23, 6, 7, 8, 9])
    classes = classify(values, Method.QUANTILES, 4, 1)
    assert classes.counts == (3, 1, 5, 3)
    assert classes.breaks[2] == 5.16


def test_rounding_a_bound_moves_no_value_into_another_class() -> None:
    exact = pd.Series([1.16, 1.26, 2.26, 2.36, 3.36])
    assert classify(exact, Method.NATURAL, 3, 0).counts == (2, 2, 1)


@pytest.mark.parametrize("method", [Method.QUANTILES, Method.NATURAL, Method.EQUAL])
def test_few_different_values_have_a_class_each(method: Method) -> None:
    classes = classify(pd.Series([1.16, 2.26, 3.36, 3.36]), method, 5, 1)
    assert classes.breaks == (1.16, 2.26, 3.36, 3.36)
    assert classes.counts == (1, 1, 2)


def test_natural_breaks_where_most_values_coincide() -> None:
    values = pd.Series([0.05, 300.5, 11.0, 10.5, 11.0, 0.05, -700.0, 300.5, 11.0, 300.5])
    assert sum(classify(values, Method.NATURAL, 4, 0).counts) == len(values)


def test_own_bounds_between_whole_numbers_part_them() -> None:
    classes = classify(pd.Series([10.0, 11.0, 30.0]), Method.OWN, 3, 0, own=(10.5, 20.0))
    assert classes.breaks == (10, 11, 20, 30)
    assert classes.counts == (1, 1, 1)


def test_own_bounds_ascend_though_rounded() -> None:
    classes = classify(pd.Series([1.0, 2.0]), Method.OWN, 3, 1, own=(0.123, 1.5))
    assert classes.breaks == (0.1, 1.5, 2)


def test_equal_steps() -> None:
    series = pd.Series([0.0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    assert classify(series, Method.EQUAL, 5, 0).breaks == (0, 2, 4, 6, 8, 10)


@pytest.mark.parametrize(
    ("low", "high", "k", "at"),
    [(0.3, 10.8, 5, 6.6), (23.5, 71.5, 5, 52.3), (11.1, 100.0, 7, 61.9)],
)
def test_a_value_on_an_equal_step_lies_above_it(low: float, high: float, k: int, at: float) -> None:
    """Computed with binary numbers, these steps come out beside the value."""
    near = [at + tenths / 10 for tenths in range(-5, 6)]
    classes = classify(pd.Series([low, *near, high]), Method.EQUAL, k, 1)
    assert at in classes.breaks
    assert classes.breaks[classes.index_of(at)] == at


@pytest.mark.parametrize("seed", range(12))
def test_natural_breaks_are_those_of_another_implementation(seed: int) -> None:
    random = np.random.default_rng(seed)
    count, k = int(random.integers(20, 90)), int(random.integers(3, 8))
    values = pd.Series(np.round(random.beta(2, 9, count) * 100, seed % 3))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tops = FisherJenks(values.to_numpy(), k=k).bins
    ordered = np.unique(values)
    expected = [ordered[ordered > top][0] for top in tops[:-1]]
    assert classify(values, Method.NATURAL, k, seed % 3).breaks[1:-1] == tuple(expected)


def test_natural_breaks_find_the_gaps() -> None:
    series = pd.Series([1.0, 2, 3, 50, 51, 52, 90, 91, 92])
    assert classify(series, Method.NATURAL, 3, 0).breaks == (1, 50, 90, 92)


def test_deviation_lies_symmetrically_around_the_reference() -> None:
    series = pd.Series([0.0, 10, 20, 30, 40])
    classes = classify(series, Method.DEVIATION, 4, 1, reference=20.0)
    assert classes.breaks == (0, 5.9, 20, 34.1, 40)


def test_deviation_is_measured_from_the_reference_not_from_the_mean() -> None:
    classes = classify(pd.Series([0.0, 10, 20, 30, 40]), Method.DEVIATION, 3, 1, reference=30.0)
    assert classes.breaks == (0, 21.3, 38.7, 40)


def test_areas_with_the_same_value_share_the_better_rank() -> None:
    assert ranks(pd.Series([3.0, 5.0, 5.0, 1.0])).tolist() == [3, 1, 1, 4]


def test_own_bounds_are_kept_even_beyond_the_values() -> None:
    classes = classify(VALUES, Method.OWN, 5, 1, own=(5.0, 50.0))
    assert classes.breaks == (0.2, 5, 50)
    assert classes.counts == (4, 5)


def test_an_own_bound_that_only_the_highest_value_reaches_begins_a_class() -> None:
    classes = classify(pd.Series([1.0, 5.0, 9.96]), Method.OWN, 5, 1, own=(3.0, 10.0))
    assert (classes.breaks, classes.counts) == ((1, 3, 9.96, 9.96), (1, 1, 1))
    assert classify(pd.Series([4.0, 4.0]), Method.OWN, 5, 1, own=(4.0,)).breaks == (4, 4)
    assert classify(pd.Series([3.0, 4.0]), Method.OWN, 5, 1, own=(7.0,)).breaks == (3, 7)


def test_coinciding_values_give_fewer_classes_and_say_so() -> None:
    classes = classify(pd.Series([1.0, 1, 1, 2]), Method.QUANTILES, 5, 0)
    assert classes.breaks == (1, 2, 2)
    assert classes.counts == (3, 1)
    assert "statt 5" in classes.note


def test_no_values_give_no_classes() -> None:
    assert classify(pd.Series([None], dtype=float), Method.QUANTILES, 5, 1) == Classes((), ())


def test_one_value_gives_one_class() -> None:
    assert classify(pd.Series([7.0]), Method.EQUAL, 3, 0).counts == (1,)


@pytest.mark.parametrize("k", [2, 8])
def test_too_few_or_many_classes_are_refused(k: int) -> None:
    with pytest.raises(ValueError, match=f"found {k}, expected 3 to 7"):
        classify(VALUES, Method.EQUAL, k, 1)


@given(numbers)
def test_the_highest_value_has_rank_one(values: list[float]) -> None:
    series = pd.Series(values)
    placed = ranks(series)
    assert placed[series.idxmax()] == 1
    assert placed.index.equals(series.index)


@pytest.mark.parametrize("count", range(8))
def test_sequential_gets_darker(count: int) -> None:
    colours = sequential(count)
    assert len(colours) == count
    brightness = [luminance(colour) for colour in colours]
    assert brightness == sorted(brightness, reverse=True)


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=8, unique=True), st.integers(-60, 60))
def test_diverging_has_one_colour_a_class(bounds: list[int], middle: int) -> None:
    breaks = tuple(float(bound) for bound in sorted(bounds))
    assert len(diverging(breaks, middle)) == len(breaks) - 1


SPLITS = [
    (below, between, above)
    for below in range(8)
    for above in range(8)
    for between in (0, 1)
    if 0 < below + between + above <= 7
]


@pytest.mark.parametrize(("below", "between", "above"), SPLITS)
def test_every_class_has_a_colour_of_its_own_side(below: int, between: int, above: int) -> None:
    half = 0.5 * between
    lower = [-half - place for place in range(below, 0, -1)]
    bounds = (*lower, -half, *([half] * between), *(half + place for place in range(1, above + 1)))
    for colours in (diverging(bounds, 0.0), on_dark(diverging(bounds, 0.0))):
        assert len(colours) == len(set(colours)) == below + between + above
        tints = [blue(colour) - int(colour[1:3], 16) for colour in colours]
        assert all(tint > 15 for tint in tints[:below]), "violet below"
        assert all(abs(tint) <= 10 for tint in tints[below : below + between]), "grey between"
        assert all(tint < -60 for tint in tints[below + between :]), "orange above"
        brightness = [wcag(colour) for colour in colours]
        downwards, upwards = brightness[: below + between], brightness[below:]
        assert downwards == sorted(downwards)
        assert upwards == sorted(upwards, reverse=True)
        for colour in colours:
            low, high = sorted((wcag(colour), wcag(edge(colour))))
            assert (high + 0.05) / (low + 0.05) >= 3


@given(numbers, st.integers(3, 7), st.sampled_from(list(Method)), st.floats(-1e6, 1e6))
def test_signed_values_have_a_colour_of_their_own_side(
    values: list[float], k: int, method: Method, middle: float
) -> None:
    middle = float(formats.rounded(middle, 1))
    own = (middle - 1, middle, middle + 2.25)
    classes = classify(pd.Series(values), method, k, 1, reference=middle, own=own)
    colours = diverging(classes.written(1), middle)
    assert len(set(colours)) == len(colours) == classes.size
    for value in values:
        place = classes.index_of(value)
        low, high = classes.written(1)[place : place + 2]
        tint = blue(colours[place]) - int(colours[place][1:3], 16)
        if low >= middle and high > middle:
            assert tint < 0
        elif high <= middle and low < middle:
            assert tint > 0
        else:
            assert abs(tint) <= 10


@pytest.mark.parametrize("breaks", [(0.0, 0.0), (-2.0, 0.0, 0.0), (-2.0, 0.0), (0.0, 2.0)])
def test_diverging_where_all_is_at_the_middle_or_on_one_side(breaks: tuple[float, ...]) -> None:
    assert len(diverging(breaks, 0)) == len(breaks) - 1


def test_diverging_keeps_the_sides_apart() -> None:
    below, above = diverging((-5.0, 0.0, 5.0), 0)
    assert blue(below) > blue(above)


def balanced(count: int) -> tuple[str, ...]:
    """Colours of so many classes around zero."""
    return diverging(tuple(float(2 * place - count) for place in range(count + 1)), 0.0)


@pytest.mark.parametrize("count", range(2, 8))
def test_on_a_dark_page_light_still_means_little_and_nothing_glares(count: int) -> None:
    colours = on_dark(balanced(count))
    assert len(set(colours)) == count
    brightness = [wcag(colour) for colour in colours]
    below, above = brightness[: (count + 1) // 2], brightness[count // 2 :]
    assert below == sorted(below)
    assert above == sorted(above, reverse=True)
    assert max(brightness) < 0.65


@pytest.mark.parametrize("count", range(2, 8))
def test_edges_stand_out_from_the_colours_of_a_dark_page(count: int) -> None:
    for colour in on_dark(balanced(count)):
        low, high = sorted((wcag(colour), wcag(edge(colour))))
        assert (high + 0.05) / (low + 0.05) >= 3


@pytest.mark.parametrize("count", range(1, 8))
def test_no_class_drowns_in_a_dark_page_and_light_still_means_little(count: int) -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    page = theme["dark"]["backgroundColor"]
    for colours in (on_dark(sequential(count)), on_dark(balanced(count))):
        assert all(contrast(colour, page) >= 3 for colour in colours)
        assert all(contrast(colour, edge(colour)) >= 3 for colour in colours)
        assert len(set(colours)) == count
    brightness = [wcag(colour) for colour in on_dark(sequential(count))]
    assert brightness == sorted(brightness, reverse=True)


@pytest.mark.parametrize("count", range(1, 8))
def test_edges_are_no_louder_than_they_have_to_be(count: int) -> None:
    for colour in (*sequential(count), *balanced(count)):
        assert 3 <= contrast(colour, edge(colour)) < 3.3


def luminance(colour: str) -> float:
    """Perceived brightness of #rrggbb."""
    red, green, blue_ = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue_


def blue(colour: str) -> int:
    """Blue part of #rrggbb."""
    return int(colour[5:7], 16)
