"""Nothing is learnt of what is withheld by asking for own areas, however many; all made up."""

from __future__ import annotations

import numpy as np
import pytest

from inteso_dash.city import City
from tests.towns.made_up_whole_city import whole_city
from tests.towns.own_area_attack import BELOW, Attack, cut_sets, joined, random_sets

SETS = 30


@pytest.fixture(scope="module")
def attack(city: City) -> Attack:
    """171 areas with a protected count."""
    return Attack.on(city, whole_city("large", public=BELOW))


def test_own_areas_leave_every_bound_where_it_was(attack: Attack) -> None:
    """With `python -m scripts.own_areas_attack` 10,000 sets in place of these."""
    sets = list(random_sets(attack, 2026, SETS))
    made = joined([*sets, *cut_sets(sets, 2026)])
    shown = attack.shown(made)
    assert len(made) > 4 * SETS
    assert len(shown) > 50
    assert not attack.wrong(shown)
    assert sum(any(share < 1 for _, share in each.weights) for each in shown) > 10
    alone = attack.bounds(attack.official())
    beside = attack.bounds([*attack.official(), *shown])
    assert len(attack.areas) == 171
    assert len(attack.withheld) > 30
    np.testing.assert_allclose(beside, alone, atol=1e-6)
    assert attack.told(beside) == attack.pinned(beside) == 0


def test_sums_made_before_protecting_tell_everything(attack: Attack) -> None:
    """What seems safe: add up the true counts, and withhold only small sums."""
    made = joined(random_sets(attack, 2026, SETS))
    found = attack.bounds([*attack.official(), *attack.summed_before(made)])
    assert attack.pinned(found) > 0.9 * len(attack.withheld)
    assert attack.told(found) > 10
