"""Two deliveries for one Stichtag, seen one after the other; every figure is made up."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy.optimize import linprog

from inteso_dash.city import City, load_city
from inteso_dash.intake.delivery.draft import draft
from inteso_dash.intake.delivery.folder import surroundings
from inteso_dash.intake.delivery.tidy import Stamp
from inteso_dash.tables.sources import Delivery
from tests.intake.test_import import NOW, take, with_two_divisions
from tests.session.test_disclosure_sessions import ANSWERS, DAY, QUARTERS, shown, table
from tests.towns.made_up_town import CHANGE, write_town
from tests.tries import tried

Counts = dict[str, int]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("releases") / "town"
    root.mkdir()
    write_town(root)
    return root


def delivered(town: Path, figures: Counts, number: int) -> Delivery:
    """A delivery with its total, one day after the one before."""
    city = surroundings(town)
    stamp = Stamp(NOW + dt.timedelta(days=number), (), f"nr{number}_")
    text = table(figures, sum(figures.values()))
    found = draft(text.encode(), "l.csv", city, ANSWERS, stamp)
    assert found.delivery is not None
    return found.delivery


def released(town: Path, tables: list[Counts]) -> list[City]:
    """What is shown after each delivery."""
    deliveries = [delivered(town, figures, at) for at, figures in enumerate(tables)]
    return [load_city(town, tuple(deliveries[: at + 1])) for at in range(len(tables))]


def intervals(
    tables: list[Counts], cities: list[City]
) -> dict[tuple[int, str], tuple[float, float]]:
    """What somebody who kept everything can say of each figure, if what is equal is the same."""
    variables: dict[tuple[str, int], int] = {}
    bounds: list[tuple[float, float | None]] = []
    at: dict[tuple[int, str], int] = {}
    rows, right = [], []
    for number, (figures, city) in enumerate(zip(tables, cities, strict=True)):
        seen = shown(city)
        whole = {**figures, "K1": sum(figures.values())}
        for area, value in whole.items():
            index = variables.setdefault((area, value), len(bounds))
            if index == len(bounds):
                bounds.append((0.0, None))
            at[number, area] = index
            if area in seen:
                assert seen[area] == value
                bounds[index] = (value, value)
        rows.append({at[number, area]: -1.0 if area == "K1" else 1.0 for area in whole})
        right.append(0.0)
    matrix = np.zeros((len(rows), len(bounds)))
    for place, row in enumerate(rows):
        for index, value in row.items():
            matrix[place, index] += value
    found = {}
    for key, index in at.items():
        goal = np.zeros(len(bounds))
        goal[index] = 1.0
        low = linprog(goal, A_eq=matrix, b_eq=right, bounds=bounds)
        high = linprog(-goal, A_eq=matrix, b_eq=right, bounds=bounds)
        assert low.status == 0
        found[key] = (low.fun, np.inf if high.status == 3 else -high.fun)
    return found


def attack(tables: list[Counts], cities: list[City]) -> None:
    """No small figure of any delivery can be narrowed down."""
    found = intervals(tables, cities)
    for number, figures in enumerate(tables):
        for area, value in figures.items():
            if 0 < value < 5:
                low, high = found[number, area]
                assert low <= 1e-6, (number, area, low, high)
                assert high >= 5 - 1e-6, (number, area, low, high)


FIRST = dict(zip(QUARTERS, (3, 417, 600, 2_000), strict=True))


@pytest.mark.parametrize(
    "changes",
    [
        {"Q01": 500},
        {"Q03": 2},
        {"Q01": 500, "Q03": 2},
        {"Q02": 4, "Q04": 1_999},
        {"Q01": 4},
        {},
    ],
)
def test_a_revision_does_not_tell_what_was_secret(town: Path, changes: Counts) -> None:
    tables = [FIRST, {**FIRST, **changes}]
    cities = released(town, tables)
    attack(tables, cities)
    assert not [each for city in cities for each in city.findings if each.rule == "disclosure"]


def test_the_attack_notices_a_leak(town: Path) -> None:
    """Each delivery protected by itself tells the small number of the first."""
    tables = [FIRST, {**FIRST, "Q01": 500}]
    alone = [load_city(town, (delivered(town, each, at),)) for at, each in enumerate(tables)]
    with pytest.raises(AssertionError):
        attack(tables, alone)


def test_what_has_not_changed_stays_as_it_was(town: Path) -> None:
    first, second = released(town, [FIRST, {**FIRST, "Q03": 601}])
    assert set(QUARTERS) - set(shown(first)) <= set(QUARTERS) - set(shown(second))


@tried(0.2)
@given(
    some.lists(some.sampled_from([0, 1, 2, 4, 7, 30, 250, 900]), min_size=4, max_size=4),
    some.lists(
        some.dictionaries(
            some.sampled_from(QUARTERS), some.sampled_from([1, 3, 12, 77, 640]), max_size=3
        ),
        min_size=1,
        max_size=2,
    ),
)
def test_no_row_of_deliveries_tells_a_small_number(
    town: Path, first: list[int], changes: list[Counts]
) -> None:
    tables = [
        dict(zip(QUARTERS, (each + 900 * (at == 3) for at, each in enumerate(first)), strict=True))
    ]
    for change in changes:
        tables.append({**tables[-1], **change})
    cities = released(town, tables)
    if not any(each.rule == "disclosure" for city in cities for each in city.findings):
        attack(tables, cities)


def test_a_published_change_does_not_tell_what_is_secret(tmp_path: Path) -> None:
    write_town(tmp_path)
    indicators = tmp_path / "data" / "indicators.yml"
    indicators.write_text(indicators.read_text("utf-8") + CHANGE, "utf-8")
    rows = "".join(f"{area};{number};{12.5}\n" for area, number in FIRST.items())
    text = f"Quartier;Einwohner;Entwicklung\n{rows}Stand: 31.12.2022\n"
    assert take(tmp_path, "--source", "producer=Amt", text=text) == 0
    city = load_city(tmp_path)
    secret = set(QUARTERS) - set(shown(city))
    assert len(secret) >= 2
    known = city.values("quartier", "entwicklung", DAY)["value"].dropna()
    assert not secret & set(known.index)
    assert len(known) == 4 - len(secret)


def test_a_later_change_does_not_tell_what_was_secret_before(tmp_path: Path) -> None:
    """From 3 to 600 is a change of 19.900 %."""
    write_town(tmp_path)
    indicators = tmp_path / "data" / "indicators.yml"
    indicators.write_text(indicators.read_text("utf-8") + CHANGE, "utf-8")
    assert take(tmp_path, text=table(FIRST)) == 0
    rows = "".join(f"{area};{number + 600};{12.5}\n" for area, number in FIRST.items())
    text = f"Quartier;Einwohner;Entwicklung\n{rows}Stand: 31.12.2023\n"
    assert take(tmp_path, text=text, name="spaeter.csv") == 0
    city = load_city(tmp_path)
    secret = set(QUARTERS) - set(shown(city))
    year = dt.date(2023, 12, 31)
    assert set(QUARTERS) <= set(shown(city, year))
    known = city.values("quartier", "entwicklung", year)["value"].dropna()
    assert set(known.index) == set(QUARTERS) - secret


@pytest.mark.parametrize("small", [3, 300])
def test_of_two_divisions_of_one_stichtag_one_is_shown(tmp_path: Path, small: int) -> None:
    """A boundary moved a little tells those who live between, however large both areas are."""
    write_town(tmp_path)
    with_two_divisions(tmp_path)
    text = table({**FIRST, "Q01": small})
    for division in ("heute", "morgen"):
        assert take(tmp_path, "--division", division, text=text, name=f"{division}.csv") == 0
    figures = load_city(tmp_path).figures
    here = figures[
        (figures["level"] == "quartier")
        & (figures["date"] == np.datetime64(DAY))
        & figures["value"].notna()
    ]
    count = here.groupby("division").size().to_dict()
    assert count == {"morgen": 2 if small < 5 else 4}


def test_the_same_figures_are_secret_from_stichtag_to_stichtag(tmp_path: Path) -> None:
    write_town(tmp_path)
    later = table({**FIRST, "Q02": 700}).replace("2022", "2023")
    assert take(tmp_path, text=later, name="spaeter.csv") == 0
    year = dt.date(2023, 12, 31)
    assert set(QUARTERS) - set(shown(load_city(tmp_path), year)) == {"Q01", "Q03"}
    assert take(tmp_path, text=table(FIRST)) == 0
    city = load_city(tmp_path)
    assert set(QUARTERS) - set(shown(city)) == {"Q01", "Q02"}
    assert set(QUARTERS) - set(shown(city, year)) == {"Q01", "Q02"}
