"""Projections by hand, and against the published series of the shipped city."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from inteso_dash.measures.projection import (
    DAYS_A_MONTH,
    ProjectionRule,
    back_test,
    horizon,
    monthly_change,
)
from tests.paths import ROOT


def steady() -> pd.Series:
    """Made up: 10 more a day."""
    days = [dt.date(2020, 1, 1) + dt.timedelta(days=each) for each in (0, 31, 91, 180, 365)]
    return pd.Series([10.0 * (day - days[0]).days for day in days], index=days)


def test_a_steady_series_is_met_exactly_by_its_change() -> None:
    for rule in (ProjectionRule.LAST, ProjectionRule.MEAN):
        assert monthly_change(steady(), rule) == pytest.approx(10 * DAYS_A_MONTH)
        for missed in back_test(steady(), rule):
            assert missed.largest is None or missed.largest == pytest.approx(0, abs=1e-9)


def test_by_hand() -> None:
    """Made up: 100, 130, 100 at the ends of three months."""
    days = [dt.date(2021, 1, 31), dt.date(2021, 3, 2), dt.date(2021, 4, 1)]  # 30 days each
    series = pd.Series([100.0, 130.0, 100.0], index=days)
    month, *later = back_test(series, ProjectionRule.UNCHANGED)
    # From the first: −30 after 30 days and 0 after 60; from the second +30.
    assert (month.count, month.median, month.largest, month.bias) == (3, 30.0, 30.0, 0.0)
    month, *later = back_test(series, ProjectionRule.LAST)
    # Only the second can: 130 + 30 = 160 instead of 100.
    assert (month.count, month.largest, month.bias) == (1, 60.0, 60.0)
    assert all(each.count == 0 and each.median is None for each in later)
    assert monthly_change(series.iloc[:1], ProjectionRule.LAST) is None


def test_a_distance_belongs_to_one_horizon() -> None:
    start = dt.date(2020, 1, 1)
    found = [horizon(start, start + dt.timedelta(days=each)) for each in (10, 30, 92, 183, 365)]
    assert found == [None, 1, 3, 6, 12]
    assert horizon(start, start + dt.timedelta(days=600)) is None


def test_the_published_series() -> None:
    """The figures of data/unterbringung.csv, worked out here in another way."""
    rows = pd.read_csv(ROOT / "data/unterbringung.csv", dtype={"area_id": str})
    rows = rows[(rows["level"] == "stadt") & (rows["indicator_id"] == "unterbringung_personen")]
    rows = rows.assign(day=pd.to_datetime(rows["date"])).sort_values("day")
    pairs = rows.merge(rows, how="cross", suffixes=("", "_later"))
    passed = (pairs["day_later"] - pairs["day"]).dt.days / DAYS_A_MONTH
    series = pd.Series(rows["value"].to_numpy(float), index=rows["day"].dt.date)
    for missed, (low, high) in zip(
        back_test(series, ProjectionRule.UNCHANGED),
        [(0.5, 2), (2, 4.5), (4.5, 9), (9, 18)],
        strict=True,
    ):
        own = pairs[(passed >= low) & (passed < high)]
        errors = (own["value"] - own["value_later"]).abs()
        assert missed.count == len(errors)
        assert missed.median == errors.median()
        assert missed.largest == errors.max()
