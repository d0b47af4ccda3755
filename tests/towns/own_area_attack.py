"""Somebody who asks for many own areas, to find out by comparing them what was kept secret.

A linear programme says between which numbers every withheld one must lie: from the official figures
that are shown, and with those of own areas beside them. All figures are made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from inteso_dash.city import City
from inteso_dash.city.area_tree import AreaTree, Cover, Place, area_tree
from inteso_dash.city.own_areas import own_figures
from tests.towns.made_up_whole_city import LEVEL, NOBODY, Whole

INDICATOR = "sgb2_personen"
_STEP = 1e-6


@dataclass(frozen=True)
class Attack:
    """A protected table of the areas of the shipped register, and what is known of it.

    Attributes
    ----------
    city : City
        With the figures of one indicator as they are shown.
    tree : AreaTree
    true : mapping
        Area of the lowest level → its secret count.
    withheld : tuple of str
        Areas of which it is not shown.
    below : int
        Counts from 1 up to this number, exclusive, are to stay secret.
    """

    city: City
    tree: AreaTree
    true: Mapping[str, float]
    withheld: tuple[str, ...]
    below: int

    @classmethod
    def on(cls, shipped: City, whole: Whole) -> Attack:
        """Prepare the attack on a made-up city."""
        figures = whole.shown.figures
        city = replace(
            shipped,
            catalogue=whole.catalogue,
            register=whole.register,
            figures=figures[figures["indicator_id"] == INDICATOR],
            merged=NOBODY,
            _areas={},
        )
        own = whole.true[(whole.true["level"] == LEVEL)]
        true = own[own["indicator_id"] == INDICATOR].set_index("area_id")["value"]
        shown = city.figures[city.figures["level"] == LEVEL].set_index("area_id")["value"]
        hidden = tuple(str(area) for area in shown.index[shown.isna()])
        return cls(
            city,
            area_tree(city),
            {str(key): float(value) for key, value in true.items()},
            hidden,
            whole.rule.counts_below,
        )

    @property
    def areas(self) -> list[str]:
        """Keys of the areas of the lowest level."""
        return sorted(self.true)

    def inside(self, cover: Iterable[Place]) -> list[str]:
        """Keys of the areas of the lowest level that lie in some areas."""
        return [key for place in cover for _, key in self.tree.inside(place, LEVEL)]

    def official(self) -> list[tuple[list[str], float]]:
        """Every sum that is shown of an official area: what lies in it, and how much it is."""
        rows = self.city.figures.dropna(subset=["value"])
        places = zip(rows["level"], rows["area_id"], rows["value"], strict=True)
        return [(self.inside([(level, key)]), float(value)) for level, key, value in places]

    def shown(self, covers: Mapping[str, Cover]) -> list[tuple[list[str], float]]:
        """Every sum that is shown of own areas."""
        rows = own_figures(self.city, covers, "eigene").dropna(subset=["value"])
        named = zip(rows["area_id"], rows["value"], strict=True)
        return [(self.inside(covers[str(key)]), float(value)) for key, value in named]

    def summed_before(self, covers: Mapping[str, Cover]) -> list[tuple[list[str], float]]:
        """Every sum that would be shown if secret counts were added up and only small sums kept."""
        areas = [self.inside(cover) for cover in covers.values()]
        sums = [(keys, sum(self.true[key] for key in keys)) for keys in areas]
        return [(keys, value) for keys, value in sums if not 0 < value < self.below]

    def bounds(self, known: Iterable[tuple[list[str], float]]) -> npt.NDArray[np.float64]:
        """Between which numbers every withheld count must lie, one row each.

        Parameters
        ----------
        known : iterable of (list of str, float)
            Areas of the lowest level and the sum of their counts.
        """
        column = {key: at for at, key in enumerate(self.areas)}
        sums = {tuple(sorted(keys)): value for keys, value in known}
        at = [(row, column[key]) for row, keys in enumerate(sums) for key in keys]
        whole = csr_matrix(
            (np.ones(len(at)), tuple(zip(*at, strict=True))), shape=(len(sums), len(column))
        )
        found = []
        for key in self.withheld:
            goal = np.zeros(len(column))
            goal[column[key]] = 1.0
            ends = [
                linprog(sign * goal, A_eq=whole, b_eq=list(sums.values()), method="highs")
                for sign in (1.0, -1.0)
            ]
            low, high = ends[0], ends[1]
            if low.status != 0 or high.status not in {0, 3}:
                raise ValueError(f"{key}: {low.message} {high.message}")
            found.append((low.fun, -high.fun if high.status == 0 else np.inf))
        return np.array(found)

    def told(self, bounds: npt.NDArray[np.float64]) -> int:
        """How many small counts are known to be small, or not to be none."""
        small = [0 < self.true[key] < self.below for key in self.withheld]
        low, high = bounds.T
        return int(np.sum(small & ((high < self.below - _STEP) | (low > _STEP))))

    def pinned(self, bounds: npt.NDArray[np.float64]) -> int:
        """How many withheld counts are known to the person."""
        return int(np.sum(bounds[:, 1] - bounds[:, 0] < 1 - _STEP))


def random_sets(attack: Attack, seed: int, count: int) -> Iterator[dict[str, Cover]]:
    """Yield sets of own areas that overlap: some at random, some to get at what is withheld.

    Three to six areas a set: some parts of any level; the same with a part more or less; an
    official area without one that is withheld, and with it.
    """
    random = np.random.default_rng(seed)
    tree, levels = attack.tree, ("stadtbezirk", "stadtteil", LEVEL)
    places = {level: [(level, key) for key in attack.city.areas(level).index] for level in levels}

    def some(level: str, most: int) -> set[Place]:
        size = int(random.integers(1, most + 1))
        return {places[level][at] for at in random.choice(len(places[level]), size, replace=False)}

    for at in range(count):
        parts = some(LEVEL, 12) | (some("stadtteil", 3) if random.random() < 0.5 else set())
        secret = (LEVEL, str(random.choice(attack.withheld)))
        around = [each for each in tree.above(secret) if each[0] in levels]
        holder = around[int(random.integers(len(around)))]
        rest = set(tree.inside(holder, LEVEL)) - {secret}
        wanted = [parts, parts | {secret}, parts - {secret}, rest, rest | parts, {holder} | parts]
        chosen = [each for each in wanted[: int(random.integers(3, 7))] if each]
        yield {f"{at}-{number}": tree.cover(each) for number, each in enumerate(chosen)}


def joined(sets: Iterable[Mapping[str, Cover]]) -> dict[str, Cover]:
    """Put sets together, every different area once."""
    covers = {cover for each in sets for cover in each.values()}
    return {f"a{at}": cover for at, cover in enumerate(sorted(covers))}


def neighbours(attack: Attack, seed: int, count: int) -> dict[str, Cover]:
    """Own areas as planners make them: two to thirty areas whose keys follow each other."""
    random = np.random.default_rng(seed)
    keys, covers = attack.areas, dict[str, Cover]()
    for at in range(count):
        size = int(random.integers(2, 31))
        first = int(random.integers(len(keys) - size))
        covers[f"n{at}"] = attack.tree.cover((LEVEL, key) for key in keys[first : first + size])
    return covers


def absent_by_size(city: City, covers: Mapping[str, Cover], tree: AreaTree) -> pd.DataFrame:
    """How many figures of own areas are absent, by how many areas of the lowest level they have.

    Returns
    -------
    DataFrame
        Index: classes of sizes; columns figures (how many), withheld, missing (shares of them).
    """
    rows = own_figures(city, covers, "eigene")
    sizes = {
        own_id: sum(1 for place in cover for _ in tree.inside(place, LEVEL))
        for own_id, cover in covers.items()
    }
    classes = pd.cut(rows["area_id"].map(sizes), [0, 5, 10, 20, 30])
    secret = rows["status"] == "suppressed"
    return pd.DataFrame(
        {
            "figures": rows["value"].isna().groupby(classes, observed=True).size(),
            "withheld": secret.groupby(classes, observed=True).mean(),
            "missing": (rows["value"].isna() & ~secret).groupby(classes, observed=True).mean(),
        }
    )
