"""Somebody who asks for many own areas, to find out by comparing them what was kept secret.

A linear programme says between which numbers every withheld one must lie: from the official figures
that are shown, and with those of own areas beside them, counts and rates, whole areas and shares of
them, with what their notes say. All figures are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, lil_matrix, vstack

from inteso_dash.catalogue.own_areas import LAND
from inteso_dash.city import City
from inteso_dash.city.area_tree import AreaTree, Composition, Place, area_tree
from inteso_dash.city.own_figures import own_figures
from tests.towns.made_up_whole_city import LEVEL, NOBODY, Whole

COUNT, RATE = "sgb2_personen", "sgb2_quote"
BELOW = tuple(f"alter_{ages}" for ages in ("0_5", "6_17", "18_29", "30_49", "50_64"))
"""What the rate refers to; everybody can read it."""

_STEP, _WRITTEN = 1e-6, 0.05
_LIMITS = re.compile(r"Sicher: ([\d.]+) bis ([\d.]+)\u202fPersonen")


@dataclass(frozen=True)
class Told:
    """That a weighted sum of secret counts lies between two numbers."""

    weights: tuple[tuple[str, float], ...]
    low: float
    high: float


@dataclass(frozen=True)
class Attack:
    """A protected table of the areas of the shipped register, and what is known of it.

    Attributes
    ----------
    city : City
        With the figures of one count as they are shown, of its rate, and of what that refers to.
    tree : AreaTree
    true : mapping
        Area of the lowest level → its secret count.
    people : mapping
        Area of the lowest level → how many people the rate refers to, which everybody knows.
    withheld : tuple of str
        Areas of which it is not shown.
    below : int
        Counts from 1 up to this number, exclusive, are to stay secret.
    """

    city: City
    tree: AreaTree
    true: Mapping[str, float]
    people: Mapping[str, float]
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
            figures=figures[figures["indicator_id"].isin([COUNT, RATE, *BELOW])],
            merged=NOBODY,
            _areas={},
        )
        own = whole.true[whole.true["level"] == LEVEL]
        by_area = own.pivot(index="area_id", columns="indicator_id", values="value")
        shown = city.rows(level=LEVEL, indicator_id=COUNT).set_index("area_id")["value"]
        return cls(
            city,
            area_tree(city),
            {str(key): float(value) for key, value in by_area[COUNT].items()},
            {str(key): float(value) for key, value in by_area[list(BELOW)].sum(axis=1).items()},
            tuple(str(area) for area in shown.index[shown.isna()]),
            whole.rule.counts_below,
        )

    @property
    def areas(self) -> list[str]:
        """Keys of the areas of the lowest level."""
        return sorted(self.true)

    def only(self, indicator_id: str) -> City:
        """Return the city with the figures of one indicator."""
        rows = self.city.rows(indicator_id=indicator_id)
        return replace(self.city, figures=rows, _areas={})

    def weights(self, made: Composition) -> tuple[tuple[str, float], ...]:
        """Which share of each area of the lowest level counts."""
        shares = dict.fromkeys(made.cover, 1.0) | {place: at / 100 for place, at in made.cut}
        return tuple(
            sorted(
                (key, share)
                for place, share in shares.items()
                for _, key in self.tree.inside(place, LEVEL)
            )
        )

    def said(self, rows: pd.DataFrame, made: Mapping[tuple[str, str], Composition]) -> list[Told]:
        """What figures with a value say of the secret counts, with their rounding and notes."""
        found = []
        known = rows[rows["indicator_id"].isin([COUNT, RATE])].dropna(subset=["value"])
        for row in known.itertuples():
            parts = made[str(row.level), str(row.area_id)]
            weights = self.weights(parts)
            value, error = float(str(row.value)), float(str(row.rounding_error))
            scale = 1.0
            if row.indicator_id == RATE:
                error += _WRITTEN
                scale = sum(share * self.people[key] for key, share in weights) / 100
            found.append(Told(weights, (value - error) * scale, (value + error) * scale))
            limits = _LIMITS.search(str(row.note))
            if limits and row.indicator_id == COUNT:
                least, most = (float(each.replace(".", "")) for each in limits.groups())
                found.append(Told(self.weights(Composition(parts.cover)), least, least))
                found.append(Told(self.weights(Composition(parts.places)), most, most))
        return [each for each in found if each.weights]

    def official(self) -> list[Told]:
        """Everything that is shown of official areas."""
        rows = self.city.figures
        places = zip(rows["level"], rows["area_id"], strict=True)
        return self.said(rows, {place: Composition((place,)) for place in places})

    def shown(self, made: Mapping[str, Composition]) -> list[Told]:
        """Everything that is shown of own areas."""
        rows = own_figures(self.city, made, "eigene")
        return self.said(rows, {("eigene", own_id): each for own_id, each in made.items()})

    def summed_before(self, made: Mapping[str, Composition]) -> list[Told]:
        """Every sum that would be shown if secret counts were added up and only small sums kept."""
        sums = [
            (weights, sum(share * self.true[key] for key, share in weights))
            for weights in map(self.weights, made.values())
        ]
        return [Told(each, sum_, sum_) for each, sum_ in sums if not 0 < sum_ < self.below]

    def bounds(self, known: Iterable[Told]) -> npt.NDArray[np.float64]:
        """Between which numbers every withheld count must lie, one row each."""
        column = {key: at for at, key in enumerate(self.areas)}
        told = list(dict.fromkeys(known))
        exact = [each for each in told if each.low == each.high]
        about = [each for each in told if each.low < each.high]

        def rows(of: list[Told]) -> csr_matrix:
            made = lil_matrix((len(of), len(column)))
            for row, each in enumerate(of):
                for key, share in each.weights:
                    made[row, column[key]] = share
            return csr_matrix(made)

        model = {
            "A_eq": rows(exact),
            "b_eq": [each.low for each in exact],
            "A_ub": vstack([rows(about), -rows(about)]),
            "b_ub": [*(each.high for each in about), *(-each.low for each in about)],
            "method": "highs",
        }
        found = []
        for key in self.withheld:
            goal = np.zeros(len(column))
            goal[column[key]] = 1.0
            low, high = (linprog(sign * goal, **model) for sign in (1.0, -1.0))
            if low.status != 0 or high.status not in {0, 3}:
                raise ValueError(f"{key}: {low.message} {high.message}")
            found.append((low.fun, -high.fun if high.status == 0 else np.inf))
        return np.array(found)

    def wrong(self, known: Iterable[Told]) -> list[Told]:
        """Return what the secret counts themselves contradict."""
        sums = [(each, sum(at * self.true[key] for key, at in each.weights)) for each in known]
        return [each for each, sum_ in sums if not each.low - _STEP <= sum_ <= each.high + _STEP]

    def told(self, bounds: npt.NDArray[np.float64]) -> int:
        """How many small counts are known to be small, or not to be none."""
        small = [0 < self.true[key] < self.below for key in self.withheld]
        low, high = bounds.T
        return int(np.sum(small & ((high < self.below - _STEP) | (low > _STEP))))

    def pinned(self, bounds: npt.NDArray[np.float64]) -> int:
        """How many withheld counts are known to the person."""
        return int(np.sum(bounds[:, 1] - bounds[:, 0] < 1 - _STEP))


def random_sets(attack: Attack, seed: int, count: int) -> Iterator[dict[str, Composition]]:
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
        made = [Composition(tree.cover(each)) for each in chosen]
        yield {f"{at}-{number}": each for number, each in enumerate(made)}


def cut_sets(
    sets: Iterable[Mapping[str, Composition]], seed: int
) -> Iterator[dict[str, Composition]]:
    """Yield the same sets with shares of some of their parts, the same and other ones."""
    random = np.random.default_rng(seed)
    for each in sets:
        shares: dict[Place, int] = {}
        cut = {}
        for name, made in each.items():
            for place in made.cover:
                if random.random() < 0.5:
                    shares[place] = int(random.integers(1, 100))
            parts = tuple((place, shares[place]) for place in made.cover if place in shares)
            whole = tuple(place for place in made.cover if place not in shares)
            cut[name] = Composition(whole, parts, LAND)
        yield cut


def joined(sets: Iterable[Mapping[str, Composition]]) -> dict[str, Composition]:
    """Put sets together, every different area once."""
    made = {each for one in sets for each in one.values()}
    order = sorted(made, key=lambda each: (each.cover, each.cut))
    return {f"a{at}": each for at, each in enumerate(order)}


def neighbours(attack: Attack, seed: int, count: int) -> dict[str, Composition]:
    """Own areas as planners make them: two to thirty areas whose keys follow each other."""
    random = np.random.default_rng(seed)
    keys, found = attack.areas, dict[str, Composition]()
    for at in range(count):
        size = int(random.integers(2, 31))
        first = int(random.integers(len(keys) - size))
        cover = attack.tree.cover((LEVEL, key) for key in keys[first : first + size])
        found[f"n{at}"] = Composition(cover)
    return found


def absent_by_size(city: City, made: Mapping[str, Composition], tree: AreaTree) -> pd.DataFrame:
    """How many figures of own areas are absent, by how many areas of the lowest level they have.

    Returns
    -------
    DataFrame
        Index: classes of sizes; columns figures (how many), withheld, missing (shares of them).
    """
    rows = own_figures(city, made, "eigene")
    sizes = {
        own_id: sum(1 for place in each.places for _ in tree.inside(place, LEVEL))
        for own_id, each in made.items()
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
