"""Which areas fulfil conditions: by hand and by property; all figures are made up."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inteso_dash.measures.conditions import (
    Bound,
    BoundKind,
    Outcome,
    fulfilled,
    nearly,
    outcomes,
    shortfall,
)

VALUES = pd.Series([19.94, 19.95, 20.0, 20.04, 20.05, np.nan], index=list("abcdef"))


@pytest.mark.parametrize(
    ("bound", "expected"),
    [
        (Bound(BoundKind.ABOVE, 20.0), "e"),
        (Bound(BoundKind.AT_LEAST, 20.0), "bcde"),
        (Bound(BoundKind.BELOW, 20.0), "a"),
        (Bound(BoundKind.AT_MOST, 20.0), "abcd"),
        (Bound(BoundKind.BETWEEN, 20.0, 20.0), "bcd"),
    ],
)
def test_values_are_compared_as_they_are_written(bound: Bound, expected: str) -> None:
    found = fulfilled(VALUES, bound, 1)
    assert list(found[found.fillna(value=False)].index) == list(expected)
    assert found.isna().to_dict() == {**dict.fromkeys("abcde", False), "f": True}


def test_how_far_a_value_is_from_a_bound() -> None:
    values = pd.Series([10.0, 15.0, 25.0])
    assert shortfall(values, Bound(BoundKind.BETWEEN, 12.0, 20.0), 0).tolist() == [2, 0, 5]
    assert shortfall(values, Bound(BoundKind.BELOW, 15.0), 0).tolist() == [0, 0, 10]
    assert np.isnan(shortfall(pd.Series([np.nan]), Bound(BoundKind.ABOVE, 1.0), 0)).all()


def test_one_that_fails_decides_whatever_is_not_known() -> None:
    table = pd.DataFrame(
        {"one": [True, True, False, None, None], "two": [True, None, None, None, False]},
        index=list("abcde"),
        dtype="boolean",
    )
    assert outcomes(table).to_dict() == {
        "a": Outcome.MET,
        "b": Outcome.OPEN,
        "c": Outcome.MISSED,
        "d": Outcome.OPEN,
        "e": Outcome.MISSED,
    }


def test_near_is_what_fails_one_condition_alone() -> None:
    table = pd.DataFrame(
        {
            "one": [False, False, True, False, None],
            "two": [True, True, False, False, False],
            "inside": [True, False, True, True, True],
        },
        index=list("abcde"),
        dtype="boolean",
    )
    far = pd.DataFrame(
        {"one": [0.4, 0.1, 0, 0.1, np.nan], "two": [0, 0, 0.3, 0.1, 0.1]}, index=list("abcde")
    )
    assert nearly(table, far).to_dict() == {"c": 0.3, "a": 0.4}


@given(
    st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=1, max_size=8),
    st.floats(0, 100),
    st.integers(0, 2),
)
def test_every_area_is_either_above_or_not_or_open(
    values: list[float | None], bound: float, decimals: int
) -> None:
    series = pd.Series(values, dtype=float)
    above = fulfilled(series, Bound(BoundKind.ABOVE, bound), decimals)
    at_most = fulfilled(series, Bound(BoundKind.AT_MOST, bound), decimals)
    assert above.isna().equals(series.isna())
    assert (above.dropna() != at_most.dropna()).all()
    both = outcomes(pd.DataFrame({"above": above, "at_most": at_most}))
    assert (both == Outcome.MET).sum() == 0
    assert (both == Outcome.OPEN).equals(series.isna())
