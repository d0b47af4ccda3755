"""Attack a protected, made-up table with own areas, and say what protecting them costs.

A count is attacked, and its rate, of which everybody knows the denominator; with own areas of whole
official ones, and with such that have shares of some.

`python -m scripts.own_areas_attack [SETS] [SEED]` draws sets of overlapping own areas (10,000), and
writes what docs/own-areas.md quotes: whether they narrow the bounds of any withheld count, what
sums made before protecting would have told, and how many figures of own areas are absent.
"""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
import pandas as pd

from inteso_dash.city import load_city
from tests.paths import ROOT
from tests.towns.made_up_whole_city import whole_city
from tests.towns.own_area_attack import (
    BELOW,
    COUNT,
    Attack,
    absent_by_size,
    cut_sets,
    joined,
    neighbours,
    random_sets,
)

_DAY, _AREAS = "2021-12-31", 200


def main() -> None:
    """Run the attack and print its numbers."""
    given = [int(each) for each in sys.argv[1:]]
    count, seed = (*given, *(10_000, 2026)[len(given) :])
    shipped = load_city(ROOT)
    attack = Attack.on(shipped, whole_city("large", public=BELOW))
    print(f"{len(attack.areas)} areas, {len(attack.withheld)} withheld")
    alone = attack.bounds(attack.official())
    sets = list(random_sets(attack, seed, count))
    for what, chosen in (("whole areas", sets), ("shares", list(cut_sets(sets, seed)))):
        made = joined(chosen)
        shown = attack.shown(made)
        beside = attack.bounds([*attack.official(), *shown])
        moved = np.abs(np.nan_to_num(beside - alone, nan=0.0)).max()
        print(f"{what}: {count} sets, {len(made)} different own areas, {len(shown)} figures shown")
        print(f"largest change of a bound: {moved:g}; told {attack.told(beside)}")
        print(f"contradicted by the secret counts: {len(attack.wrong(shown))}")
        before = attack.bounds([*attack.official(), *attack.summed_before(made)])
        print(f"summed before: pinned {attack.pinned(before)}, told {attack.told(before)}")
    near = neighbours(attack, seed, _AREAS)
    print("made-up table, neighbouring areas")
    print(absent_by_size(attack.only(COUNT), near, attack.tree).to_string())
    rows = shipped.figures
    newest = replace(shipped, figures=rows[rows["date"] == pd.Timestamp(_DAY)], _areas={})
    print("shipped city, neighbouring areas")
    print(absent_by_size(newest, near, attack.tree).to_string())


if __name__ == "__main__":
    main()
