"""Two divisions of a real city held against its own truth: Berlin on 31.12.2020.

The inhabitants of that day are known in the Planungsräume of 2019 and in those of 2021.
"""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from inteso_dash.boundaries.layers import read_layers
from inteso_dash.city import City, load_city
from inteso_dash.city.overlay.matching import Match
from inteso_dash.city.overlay.people import People
from inteso_dash.city.overlay.shares import estimated_shares
from inteso_dash.pages.veraenderung.divisions import carrying as divisions_carrying
from inteso_dash.pages.veraenderung.divisions.between import between
from inteso_dash.pages.veraenderung.divisions.carrying import ConversionMethod, carry
from tests.conftest import REFERENCE

FOLDER = REFERENCE / "cities/berlin"
LEVEL, PAIR, PEOPLE = "planungsraum", ("2019", "2021"), "einwohner"
DAY, BEFORE, AFTER = dt.date(2020, 12, 31), dt.date(2019, 12, 31), dt.date(2021, 12, 31)
TOTAL = 3_769_962


@pytest.fixture(scope="module")
def city() -> City:
    if not FOLDER.is_dir():
        pytest.skip("the city folder ../shared/reference/cities/berlin is not here")
    return load_city(FOLDER)


@pytest.fixture(scope="module")
def found(city: City) -> Match:
    layers = read_layers(FOLDER)
    return between(city.catalogue, city.register, layers, LEVEL, *PAIR)


def true(city: City) -> pd.Series:
    """Return the inhabitants of 31.12.2020 in the Planungsräume of 2021."""
    people = People(city.figures, city.catalogue, {})
    return people.by_day(LEVEL, "2021", PEOPLE).loc[pd.Timestamp(DAY)]


@pytest.mark.parametrize(
    ("level", "digits", "areas"), [("bezirksregion", 6, 143), ("prognoseraum", 4, 58)]
)
def test_no_higher_area_is_silently_wrong(city: City, level: str, digits: int, areas: int) -> None:
    counted = true(city)
    shown = city.values(level, PEOPLE, DAY)
    expected = counted.groupby(counted.index.str[:digits]).sum()
    assert shown["value"].to_dict() == expected.to_dict()
    assert shown["value"].sum() == TOTAL
    assert shown["status"].tolist() == ["computed"] * areas
    assert shown["note"].eq("").all()


def test_the_worst_case_is_right(city: City) -> None:
    cell = city.cell("bezirksregion", "023003", PEOPLE, DAY)
    assert cell is not None
    assert (cell["value"], cell["status"], cell["source_id"]) == (20_525, "computed", "mss_2021")


@pytest.mark.parametrize(
    ("level", "estimated", "exact"),
    [("bezirksregion", 36, 107), ("prognoseraum", 15, 43), ("bezirk", 0, 12)],
)
def test_earlier_figures_are_estimated_just_where_areas_do_not_nest(
    city: City, level: str, estimated: int, exact: int
) -> None:
    shown = city.values(level, PEOPLE, BEFORE)
    assert shown["status"].value_counts().reindex(
        ["estimated", "computed"], fill_value=0
    ).tolist() == [
        estimated,
        exact,
    ]
    notes = shown.loc[shown["status"] == "estimated", "note"]
    assert notes.str.contains("nach den Einwohnern der Planungsräume vom").all()
    assert notes.str.contains("Probe am 31.12.2020").all()
    assert shown.loc[shown["status"] == "computed", "note"].eq("").all()
    assert shown["value"].sum() == city.reference(PEOPLE, BEFORE) == 3_769_495


def test_without_boundaries_all_that_may_not_nest_is_estimated(city: City) -> None:
    """Of the division of 2006 the folder holds no boundaries."""
    shown = city.values("bezirksregion", PEOPLE, dt.date(2015, 12, 31))
    assert set(shown["status"]) == {"estimated"}
    assert set(city.values("bezirk", PEOPLE, dt.date(2015, 12, 31))["status"]) == {"computed"}


@pytest.mark.parametrize(
    ("tolerance", "unions", "differing", "worst"), [(0.01, 383, 0, 0), (0.02, 394, 4, 714)]
)
def test_common_areas_hold_the_same_people_at_the_default_tolerance(
    city: City, found: Match, tolerance: float, unions: int, differing: int, worst: float
) -> None:
    if tolerance != found.tolerance:
        layers = read_layers(FOLDER)
        found = between(city.catalogue, city.register, layers, LEVEL, *PAIR, tolerance)
    assert int(found.unions["tiled"].sum()) == unions
    tested = divisions_carrying.tested(city, found, LEVEL, PAIR)
    assert tested is not None
    assert tested.day == DAY
    assert tested.unions >= unions - 1
    assert len(tested.differing) == differing
    assert tested.apart.abs().max() == worst


def test_an_estimate_by_later_inhabitants_says_how_far_it_is_off(city: City, found: Match) -> None:
    carried = carry(city, found, LEVEL, PEOPLE, PAIR, (BEFORE, AFTER), ConversionMethod.ESTIMATE)
    trial = carried.estimated
    assert trial is not None
    assert (trial.day, trial.basis.day) == (DAY, AFTER)
    assert round(trial.misplaced) == 27_049
    assert (trial.far, trial.areas) == (25, 541)
    assert carried.before["value"].sum() == 3_769_495
    by_land = estimated_shares(found)
    old = People(city.figures, city.catalogue, {}).by_day(LEVEL, "2019", PEOPLE)
    went = by_land["share"] * by_land["area_from"].map(old.loc[pd.Timestamp(DAY)])
    off = (went.groupby(by_land["area_to"]).sum() - true(city)).abs()
    assert off.sum() / 2 > 7 * trial.misplaced
