"""The recomputation attack on whole cities: their real areas, with persons who are made up."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd
import pytest

from inteso_dash.catalogue.tables import Protection
from tests.towns.attacker import Attacker, Key
from tests.towns.made_up_whole_city import CITIES, Whole, whole_city


@dataclass
class Attacked:
    """The made-up city and who attacks it."""

    city: Whole
    attacker: Attacker

    @property
    def counts(self) -> pd.DataFrame:
        """The true counts of persons; those derived from shares are not figures of their own."""
        catalogue, true = self.city.catalogue, self.city.true
        kept = [
            each.kind == "extensive" and each.protected and each.derived is None
            for each in map(catalogue.indicator, true["indicator_id"])
        ]
        return true[kept]


def keys(rows: pd.DataFrame) -> list[Key]:
    """Return what an attacker calls figures."""
    return [((row.level, row.area_id), row.indicator_id) for row in rows.itertuples()]


@pytest.fixture(scope="module", params=CITIES)
def attacked(request: pytest.FixtureRequest) -> Attacked:
    city = whole_city(request.param)
    return Attacked(city, Attacker(city.shown.figures, city.register, city.catalogue))


def test_no_small_count_of_a_city_can_be_worked_out(attacked: Attacked) -> None:
    small = attacked.counts[attacked.counts["value"].between(1, 4)]
    assert len(small) > 50
    attacked.attacker.try_together(keys(small))
    for row in small.itertuples():
        key = ((row.level, row.area_id), row.indicator_id)
        assert attacked.attacker.known(key) is None
        assert attacked.attacker.cannot_tell(key, attacked.city.rule.counts_below), (key, row.value)


def test_no_share_of_few_can_be_worked_out(attacked: Attacked) -> None:
    """Child poverty of fewer than ten children, which only weights tie to counts."""
    true = attacked.city.true
    value = true.set_index(["area_id", "indicator_id"])["value"]
    shares = true[true["indicator_id"] == "kinderarmut"].dropna(subset="value")
    for row in shares.itertuples():
        base = value[row.area_id, "alter_0_5"] + value[row.area_id, "alter_6_17"]
        if 0 < base < 10 and row.value:
            place, step = (row.level, row.area_id), 5 * 100 / base
            exact = round(row.value * base / 100) * 100 / base
            assert attacked.attacker.known((place, "kinderarmut")) is None
            below, above = max(0.0, exact - step), min(100.0, exact + step)
            assert attacked.attacker.can_be_below(place, "kinderarmut", below)
            assert attacked.attacker.can_be_above(place, "kinderarmut", above)


def test_nothing_is_kept_secret_that_can_be_worked_out_anyway(attacked: Attacked) -> None:
    """A figure that is withheld only for others protects them: it could be another one."""
    shown = attacked.city.shown.figures.set_index(["level", "area_id", "indicator_id"])["status"]
    for row in attacked.counts[attacked.counts["value"] >= 5].itertuples():
        if shown[row.level, row.area_id, row.indicator_id] == "suppressed":
            key = ((row.level, row.area_id), row.indicator_id)
            higher = attacked.attacker.reaches({key: 1.0}, row.value + 1)
            assert higher or attacked.attacker.reaches({key: -1.0}, 1 - row.value), key


def test_no_small_count_follows_from_rounded_ones() -> None:
    """With no threshold at all; rounding alone told 5 of 266."""
    rule = Protection(counts_below=0, shares_below=0, round_to=3)
    city = whole_city("middle", rule)
    found = Attacked(city, Attacker(city.shown.figures, city.register, city.catalogue))
    small = found.counts[found.counts["value"].between(1, 5)]
    assert len(small) > 200
    found.attacker.try_together(keys(small))
    for row in small.itertuples():
        key = ((row.level, row.area_id), row.indicator_id)
        higher = found.attacker.reaches({key: 1.0}, row.value + 1)
        assert higher or found.attacker.reaches({key: -1.0}, 1 - row.value), (key, row.value)
    assert not city.shown.findings
    assert 0 < city.shown.secondary < len(city.true) / 100


def test_the_price_is_bounded(attacked: Attacked) -> None:
    """What is lost: of every five figures that are not small, at most one."""
    shown = attacked.city.shown
    known = int(attacked.city.true["value"].notna().sum())
    hidden = int((shown.figures["status"] == "suppressed").sum())
    assert hidden == shown.primary + shown.secondary
    assert not shown.findings
    assert shown.secondary < known / 5
    city = shown.figures[shown.figures["level"] == "stadt"]
    inhabitants = city.loc[city["indicator_id"] == "bevoelkerung", "value"]
    assert not math.isnan(inhabitants.iloc[0])
