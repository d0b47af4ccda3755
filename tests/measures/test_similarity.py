"""How alike areas are: by hand, by property, and against SciPy; all figures are made up."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial import distance as scipy_distance

from inteso_dash.measures.similarity import alike, pair_distances, shares_apart, standardised

TABLE = pd.DataFrame(
    {"quota": [10.0, 20.0, 30.0, 20.0], "space": [40.0, 40.0, 20.0, 60.0]}, index=list("abcd")
)
NUMBERS = st.floats(-500, 500, allow_nan=False).map(lambda each: round(each, 2))


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    count = draw(st.integers(3, 8))
    columns = {name: draw(st.lists(NUMBERS, min_size=count, max_size=count)) for name in "xyz"}
    table = pd.DataFrame(columns, index=[f"g{place}" for place in range(count)])
    if draw(st.booleans()):
        table.iloc[draw(st.integers(0, count - 1)), 1] = np.nan
    return table


def test_by_hand() -> None:
    # quota: mean 20, spread √50; space: mean 40, spread √200.
    found = alike(TABLE, "a")
    assert found.distance["b"] == pytest.approx(np.sqrt((100 / 50 + 0) / 2))
    assert found.distance["c"] == pytest.approx(np.sqrt((400 / 50 + 400 / 200) / 2))
    assert found.distance["d"] == pytest.approx(np.sqrt((100 / 50 + 400 / 200) / 2))
    assert list(found.distance.index) == ["b", "d", "c"]
    assert found.shares.loc["b"].to_dict() == pytest.approx({"quota": 1, "space": 0})
    assert found.shares.loc["c"].to_dict() == pytest.approx({"quota": 0.8, "space": 0.2})
    assert found.differences.loc["d", "space"] == pytest.approx(20 / np.sqrt(200))


@given(tables())
def test_it_is_the_standardised_euclidean_distance_per_indicator(table: pd.DataFrame) -> None:
    whole = table.dropna(axis=1).loc[:, lambda own: own.std(ddof=0) > 1e-6]
    if whole.empty:
        return
    variances = whole.var(ddof=0)
    own = alike(whole, "g0").distance
    for area in own.index:
        expected = scipy_distance.seuclidean(whole.loc["g0"], whole.loc[area], variances)
        assert own[area] == pytest.approx(expected / np.sqrt(whole.shape[1]), abs=1e-9)
    expected_pairs = scipy_distance.pdist(whole, "seuclidean", V=variances)
    found = pair_distances(whole) * np.sqrt(whole.shape[1])
    assert found == pytest.approx(np.sort(expected_pairs), abs=1e-9)


@given(tables(), st.sampled_from([0.001, 3.0, 1000.0]), NUMBERS)
def test_properties(table: pd.DataFrame, scale: float, shift: float) -> None:
    first, other = "g0", "g1"
    found = alike(table, first)
    assert first not in found.distance.index
    assert (found.distance >= 0).all()
    assert found.distance[other] == pytest.approx(alike(table, other).distance[first])
    spread = table.std(ddof=0) > 1e-6
    moved = table.loc[:, spread].assign(x=table["x"] * scale + shift) if spread["x"] else table
    kept = table.loc[:, spread] if spread["x"] else table
    assert alike(moved, first).distance.to_dict() == pytest.approx(
        alike(kept, first).distance.to_dict(), abs=1e-6
    )
    sums = found.shares.sum(axis=1)
    assert np.isclose(sums, 1).sum() + (sums == 0).sum() == len(sums)


def test_a_twin_is_at_distance_nothing() -> None:
    twins = pd.concat([TABLE, TABLE.loc[["a"]].rename(index={"a": "twin"})])
    found = alike(twins, "a")
    assert found.distance.index[0] == "twin"
    assert found.distance["twin"] == 0
    assert found.shares.loc["twin"].sum() == 0


def test_missing_is_left_out_and_is_not_zero() -> None:
    gap = TABLE.assign(space=[40.0, np.nan, 20.0, 60.0])
    found = alike(gap, "a")
    assert found.common.to_dict() == {"b": 1, "c": 2, "d": 2}
    assert np.isnan(found.differences.loc["b", "space"])
    spread = gap["quota"].std(ddof=0)
    assert found.distance["b"] == pytest.approx(10 / spread)
    zero = alike(gap.fillna(0.0), "a")
    assert zero.distance["b"] != pytest.approx(found.distance["b"])
    assert "b" not in alike(gap, "a", least=2).distance
    assert len(pair_distances(gap, 2)) == 3
    assert alike(gap.assign(quota=np.nan, space=np.nan), "a").distance.empty


def test_what_is_the_same_everywhere_tells_no_difference() -> None:
    flat = TABLE.assign(same=7.0)
    assert (standardised(flat)["same"] == 0).all()
    assert alike(flat, "a").shares["same"].eq(0).all()
    # the mean of eleven times 33.3 is not quite 33.3 for a computer
    assert (standardised(pd.DataFrame({"same": [33.3] * 11})) == 0).all(axis=None)


def test_where_a_distance_stands_among_all_pairs() -> None:
    pairs = pair_distances(TABLE)
    assert len(pairs) == 6
    assert shares_apart(pairs, float(pairs[0])) == pytest.approx(
        (0, 1 - (pairs <= pairs[0]).mean())
    )
    assert shares_apart(pairs, float(pairs[-1])) == pytest.approx(((pairs < pairs[-1]).mean(), 0))
    assert shares_apart(pairs, -1) == (0, 1)
    with pytest.raises(ValueError, match="found no pairs"):
        shares_apart(np.empty(0), 1.0)
    with pytest.raises(KeyError):
        alike(TABLE, "none")
