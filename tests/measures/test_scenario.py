"""Scenarios by hand and by property; every number is made up."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inteso_dash.measures.scenario import (
    Assumption,
    ChangeKind,
    FaultKind,
    PlaceChange,
    ScenarioError,
    above_limit,
    evenly_filled,
    months,
    places_by_row,
    timeline,
)

START = dt.date(2020, 1, 31)


def rows(**places: float) -> pd.DataFrame:
    return pd.DataFrame(
        {"area": [key[0] for key in places], "places": list(places.values())}, index=list(places)
    )


def test_a_sum_as_in_koeln() -> None:
    """Made up: 10,000 present, 600 more in a year, 10 % reserve, 1,200 of 12,000 places close."""
    days = months(START, 12)
    closing = PlaceChange(ChangeKind.CLOSE, dt.date(2020, 7, 1), "a2")
    places = places_by_row(rows(a1=10_800.0, a2=1_200.0), [closing], days)[days].sum()
    found = timeline(days, places, 10_000.0, Assumption("", (50.0, 50.0)), 10.0)
    last = found.table.iloc[-1]
    # (10,000 + 600) · 1.1 = 11,660 needed; 12,000 − 1,200 = 10,800 there; 860 are missing.
    assert last["persons_high"] + last["reserve_high"] == pytest.approx(11_660)
    assert last["places"] == 10_800
    assert last["spare_low"] == pytest.approx(-860)
    # Until June 12,000 places hold the 10,250 persons of month 5 with reserve (11,275); at the end
    # of July 10,800 do not hold 10,300 · 1.1 = 11,330, but the persons still fit.
    assert found.short == (dt.date(2020, 7, 31), dt.date(2020, 7, 31))
    assert found.full == (None, None)
    assert found.table.loc[dt.date(2020, 6, 30), "spare_low"] == pytest.approx(725)


def test_a_half_year_update_as_in_leipzig() -> None:
    """Made up: what was planned in January is updated in July with what really came."""
    days = months(START, 12)
    opening = PlaceChange(ChangeKind.OPEN, dt.date(2020, 10, 1), "b1", 300.0, "b")
    places = places_by_row(rows(a1=4_000.0), [opening], days)[days].sum()
    planned = timeline(days, places, 3_500.0, Assumption("", (150.0, 150.0), (25.0, 25.0)), 0.0)
    # 3,500 + 125 a month: 4,000 in May, 4,125 in June, more than 4,000.
    assert planned.full[0] == dt.date(2020, 6, 30)
    assert planned.table["persons_high"].iloc[-1] == 5_000
    update = months(dt.date(2020, 7, 31), 6)
    came = timeline(
        update, places.reindex(update), 3_950.0, Assumption("", (81.0, 81.0), (25.0, 25.0)), 0.0
    )
    # 3,950 + 56: 4,006 in August and 4,062 in September, above 4,000; from October on 4,300 do.
    assert came.full[0] == dt.date(2020, 8, 31)
    assert came.table.loc[dt.date(2020, 10, 31), "free_low"] == pytest.approx(4_300 - 4_118)
    assert came.table["persons_high"].iloc[-1] == 3_950 + 6 * 56


def test_a_range_says_the_earliest_and_the_latest_month() -> None:
    days = months(START, 6)
    found = timeline(
        days, pd.Series(1_000.0, index=days), 900.0, Assumption("", (10.0, 60.0), (0.0, 5.0)), 5.0
    )
    # Most +60: 960, 1,020; fewest +5: 930 after six months. With 5 %: 945 + … 960 · 1.05 = 1,008.
    assert found.full == (dt.date(2020, 3, 31), None)
    assert found.short == (dt.date(2020, 2, 29), None)


def test_what_is_not_known_is_not_zero() -> None:
    days = months(START, 2)
    table = places_by_row(rows(a1=100.0, b1=math.nan), [], days)
    assert table.loc["b1", days].isna().all()
    whole = table[days].sum(skipna=False)
    found = timeline(days, whole, 500.0, Assumption("", (0.0, 0.0)), 0.0)
    assert found.table["free_low"].isna().all()
    assert found.full == (None, None)
    assert evenly_filled(table[days[0]], table["area"], 50.0).isna().all()


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (PlaceChange(ChangeKind.CLOSE, START, "nowhere"), FaultKind.UNKNOWN),
        (PlaceChange(ChangeKind.OPEN, START, "a1", 10.0), FaultKind.THERE),
        (PlaceChange(ChangeKind.OPEN, START, "c1"), FaultKind.AMOUNT),
        (PlaceChange(ChangeKind.ENLARGE, START, "a1", -5.0), FaultKind.AMOUNT),
        (PlaceChange(ChangeKind.SHRINK, START, "a1", 101.0), FaultKind.MORE),
        (PlaceChange(ChangeKind.SHRINK, dt.date(2020, 1, 30), "a1", 1.0), FaultKind.BEFORE),
    ],
)
def test_a_change_that_cannot_be(change: PlaceChange, kind: FaultKind) -> None:
    with pytest.raises(ScenarioError) as found:
        places_by_row(rows(a1=100.0), [change], months(START, 2))
    assert found.value.kind is kind


def test_it_counts_from_its_day_on_in_any_order() -> None:
    days = months(START, 4)
    changes = [
        PlaceChange(ChangeKind.CLOSE, dt.date(2020, 5, 31), "n", None),
        PlaceChange(ChangeKind.SHRINK, dt.date(2020, 4, 1), "n", 20.0),
        PlaceChange(ChangeKind.OPEN, dt.date(2020, 2, 29), "n", 80.0, "c"),
    ]
    found = places_by_row(rows(a1=100.0), changes, days)
    assert found.loc["n", days].tolist() == [0, 80, 80, 60, 0]
    assert found.loc["n", "area"] == "c"


def test_a_gap_within_a_month_is_seen() -> None:
    """Made up: 100 places go on the 11th and 120 come on the 21st of a month of 30 days."""
    days = months(dt.date(2020, 3, 31), 2)
    changes = [
        PlaceChange(ChangeKind.SHRINK, dt.date(2020, 4, 10), "a1", 100.0),
        PlaceChange(ChangeKind.ENLARGE, dt.date(2020, 4, 20), "a1", 120.0),
    ]
    every = sorted({*days, *(change.date for change in changes)})
    places = places_by_row(rows(a1=1_000.0), changes, every)[every].sum()
    found = timeline(days, places, 900.0, Assumption("", (30.0, 30.0)), 0.0)
    # One more a day in April: 910 on the 10th, when there are 900 places, 930 of 1,020 at its end.
    assert found.table["persons_high"].tolist() == [900, 910, 920, 930, 960]
    assert found.table["places"].tolist() == [1_000, 900, 1_020, 1_020, 1_020]
    assert found.full == (dt.date(2020, 4, 10), dt.date(2020, 4, 10))


def test_months_end_where_months_end() -> None:
    assert months(dt.date(2019, 12, 30), 2)[-1] == dt.date(2020, 2, 29)
    with pytest.raises(ValueError, match="expected 1 to 60"):
        months(START, 61)


@given(
    st.lists(st.integers(1, 400), min_size=1, max_size=6),
    st.integers(0, 3000),
    st.integers(-200, 200),
    st.integers(0, 30),
)
def test_properties(places: list[int], persons: int, net: int, reserve: int) -> None:
    days = months(START, 8)
    start = rows(**{f"{'abc'[at % 3]}{at}": float(each) for at, each in enumerate(places)})
    table = places_by_row(start, [], days)
    whole = table[days].sum()
    added = Assumption("", (max(net, 0),) * 2, (max(-net, 0),) * 2)
    found = timeline(days, whole, persons, added, reserve)
    assert (found.table["persons_high"] == found.table["persons_low"]).all()
    assert (found.table["persons_high"] >= 0).all()
    last = persons + 8 * net
    assert found.table["persons_high"].iloc[-1] == max(0, last)
    spread = evenly_filled(table[days[0]], table["area"], float(persons))
    assert spread.sum() == pytest.approx(persons)
    if found.full[0] is not None:
        assert found.short[0] is not None
        assert found.short[0] <= found.full[0]
    every = above_limit(start["places"], 200)
    assert set(every.index) == {key for key, value in start["places"].items() if value > 200}
