"""The recomputation attack on a whole city: its real areas, with figures that are made up."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from inteso_dash import aggregation, disclosure
from inteso_dash.catalogue import LONG_COLUMNS, Catalogue, read_catalogue
from inteso_dash.sources import read_city
from tests.attacker import Attacker

ROOT = Path(__file__).parents[1]
DAY = pd.Timestamp("2030-12-31")
AGES = ("0_5", "6_17", "18_29", "30_49", "50_64", "65_79", "80")
WEIGHTS = (0.06, 0.1, 0.18, 0.28, 0.2, 0.12, 0.06)


@dataclass
class Attacked:
    """The made-up city, what is shown of it, and who attacks it."""

    true: pd.DataFrame
    shown: disclosure.Protected
    attacker: Attacker
    catalogue: Catalogue


@pytest.fixture(scope="module")
def attacked() -> Attacked:
    """A delivery for all Sozialräume: ages, benefits, unemployment; the numbers are made up."""
    shipped = read_catalogue(ROOT)
    table = shipped.tables[0].model_copy(
        update={
            "id": "erfunden",
            "sources": (
                next(iter(shipped.sources.values())).model_copy(
                    update={"id": "erfunden", "public": False}
                ),
            ),
        }
    )
    catalogue = shipped.extended([table])
    register = read_city(ROOT, shipped).register
    random = np.random.default_rng(2030)
    areas = register.loc[register["level"] == "sozialraum", "area_id"]
    rows = []
    for area in areas:
        whole = int(random.lognormal(5.4, 1.2))
        ages = random.multinomial(whole, WEIGHTS)
        figures = {f"alter_{name}": n for name, n in zip(AGES, ages, strict=True)}
        figures["bevoelkerung"] = whole
        figures["sgb2_personen"] = random.binomial(int(ages[:5].sum()), random.beta(1, 9))
        figures["arbeitslose"] = random.binomial(int(ages[2:5].sum()), random.beta(1, 15))
        figures["flaeche"] = int(random.integers(5, 400))
        if whole:
            figures["anteil_auslaender"] = round(float(random.beta(2, 8)) * 100, 1)
        if ages[:2].sum():
            figures["kinderarmut"] = round(float(random.beta(1, 5)) * 100, 1)
        for name, value in figures.items():
            share = catalogue.indicator(name).kind == "intensive"
            status = "zero" if value == 0 else "measured"
            place = ("sozialraum", "2021", area, name, DAY)
            rows.append((*place, float(value), status, "erfunden", 0.05 if share else 0.0, ""))
    delivered = pd.DataFrame(rows, columns=list(LONG_COLUMNS))
    merged = pd.DataFrame(
        columns=["level", "division", "indicator_id", "date", "area_id", "contained_in"]
    ).astype({"date": "datetime64[ns]"})
    true = aggregation.complete(delivered, merged, register, catalogue)
    shown = disclosure.protect(true, register, merged, catalogue)
    return Attacked(true, shown, Attacker(shown.figures, register, catalogue), catalogue)


def test_no_small_count_of_a_city_can_be_worked_out(attacked: Attacked) -> None:
    true = attacked.true
    small = true[true["value"].between(1, 4)]
    small = small[[attacked.catalogue.indicator(n).kind == "extensive" for n in small.indicator_id]]
    small = small[small["indicator_id"] != "flaeche"]
    assert len(small) > 100
    for row in small.itertuples():
        key = ((row.level, row.area_id), row.indicator_id)
        assert attacked.attacker.known(key) is None
        low, high = attacked.attacker.interval(key)
        assert low <= 1e-6, (key, row.value, low, high)
        assert high >= 5 - 1e-6, (key, row.value, low, high)


def test_no_share_of_few_can_be_worked_out(attacked: Attacked) -> None:
    """Child poverty of fewer than ten children, which only weights tie to counts."""
    value = attacked.true.set_index(["area_id", "indicator_id"])["value"]
    shares = attacked.true[attacked.true["indicator_id"] == "kinderarmut"].dropna(subset="value")
    tried = 0
    for row in shares.itertuples():
        base = value[row.area_id, "alter_0_5"] + value[row.area_id, "alter_6_17"]
        if 0 < base < 10 and row.value:
            tried += 1
            place, step = (row.level, row.area_id), 5 * 100 / base
            assert attacked.attacker.known((place, "kinderarmut")) is None
            below, above = max(0.0, row.value - step), min(100.0, row.value + step)
            assert attacked.attacker.can_be_below(place, "kinderarmut", below)
            assert attacked.attacker.can_be_above(place, "kinderarmut", above)
    assert tried > 5


def test_the_price_is_bounded(attacked: Attacked) -> None:
    """What is lost: of every five figures that are not small, at most one."""
    shown = attacked.shown
    known = int(attacked.true["value"].notna().sum())
    hidden = int((shown.figures["status"] == "suppressed").sum())
    print(
        f"{known} figures: {shown.primary} small, {shown.secondary} more, "
        f"{hidden} suppressed in all"
    )
    assert hidden == shown.primary + shown.secondary
    assert not shown.findings
    assert shown.secondary < known / 5
    city = shown.figures[shown.figures["level"] == "stadt"]
    assert city.loc[city["indicator_id"] == "bevoelkerung", "value"].notna().all()
