"""Own areas as they were made up of the areas of earlier divisions: of whole ones, or of shares.

What of an earlier area lies in an own one is told by the key between both divisions or by their
boundaries, as everywhere where figures cross divisions. An own area that earlier areas make up as a
whole is exact; of one that an earlier boundary crosses a share is counted, as of any area that is
cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash.catalogue.own_areas import LAND
from inteso_dash.city.area_tree import AreaTree, Composition, area_tree, official_levels
from inteso_dash.city.cut_areas import AND, KEY
from inteso_dash.city.overlay.bridges import Bridge, bridge, public
from inteso_dash.city.overlay.people import Basis, People, population_indicator

if TYPE_CHECKING:
    from inteso_dash.city import City

_WHOLE = 1 - 1e-9
_MOST_KEPT = 1000


@dataclass(frozen=True, eq=False)
class Earlier:
    """An earlier division of a level that has figures.

    Attributes
    ----------
    level, division : str
    days : tuple of Timestamp
        Stichtage of its figures, oldest first.
    bridge : Bridge or None
        How it reaches the current division; None where neither a key nor boundaries tell.
    tree : AreaTree
        Its areas.
    today : AreaTree
    """

    level: str
    division: str
    days: tuple[pd.Timestamp, ...]
    bridge: Bridge | None
    tree: AreaTree
    today: AreaTree

    @property
    def exact_for(self) -> tuple[str, ...]:
        """Indicators that its areas are divided by without an estimate."""
        return () if self.bridge is None else self.bridge.exact_for

    @property
    def sources(self) -> tuple[str, ...]:
        """Sources of the key between it and the current division."""
        return () if self.bridge is None else tuple(self.bridge.key["source_id"].unique())

    def by_basis(self) -> Iterator[tuple[pd.Timestamp, ...]]:
        """Yield the Stichtage that the same shares hold for; none without a bridge."""
        if self.bridge is not None:
            based = [(str(self.bridge.shares(day.date())[1]), day) for day in self.days]
            for _, days in groupby(sorted(based), key=lambda each: each[0]):
                yield tuple(day for _, day in days)

    @cached_property
    def seen(self) -> Callable[[Composition, pd.Timestamp], Composition | None]:
        """What `_made_up` returns, as much of it kept as some sets of own areas need."""
        return lru_cache(_MOST_KEPT)(self._made_up)

    def _made_up(self, made: Composition, day: pd.Timestamp) -> Composition | None:
        """Return the areas of this division that made up an own area of today.

        Parameters
        ----------
        made : Composition
            Of areas of today.
        day : Timestamp
            Stichtag of the figures that are to be divided.

        Returns
        -------
        Composition or None
            None where the level's areas of today do not make it up, or some of them lie where no
            area of this division was known; and for official areas of other levels, which have
            figures of their own.
        """
        elsewhere = made.is_official and made.cover[0][0] != self.level
        parts = None if elsewhere else self._parts(made)
        if self.bridge is None or parts is None:
            return None
        shares, basis = self.bridge.shares(day.date())
        rows = shares[shares["area_to"].isin(parts.index)]
        if rows.empty or (not basis.key and set(parts.index) - set(rows["area_to"])):
            return None
        inside = parts.loc[rows["area_to"]].set_axis(rows.index)
        origins = rows["area_from"].astype(str)
        frame = pd.DataFrame(
            {
                "share": rows["share"] * inside["share"],
                "land": rows["area_share"] * inside["land"],
                "membership": rows["share"],
            }
        )
        summed = frame.groupby(origins.to_numpy()).sum()
        summed["land"] = summed["land"].mask(frame["land"].isna().groupby(origins.to_numpy()).any())
        whole = summed["share"] >= _WHOLE
        cut = summed[~whole]
        places = [(self.level, str(key)) for key in cut.index]
        by = [_code(basis)] if (cut["membership"] < _WHOLE).any() else []
        by += [made.by] if made.cut else []
        known = cut["land"].notna().all()
        return Composition(
            tuple((self.level, str(key)) for key in summed.index[whole]),
            tuple(zip(places, (100 * cut["share"]).tolist(), strict=True)),
            AND.join(by),
            tuple((100 * cut["land"]).tolist()) if known else (),
        )

    def _parts(self, made: Composition) -> pd.DataFrame | None:
        """Return the level's areas of today that make up an own one, with share and land."""
        shares = made.shares
        found: dict[str, tuple[float, float]] = {}
        for place in made.places:
            share, land = shares.get(place, (1.0, 1.0))
            inside = list(self.today.inside(place, self.level))
            if not inside:
                return None
            land = land if made.knows_land or place not in shares else float("nan")
            found |= {key: (share, land) for _, key in inside}
        return pd.DataFrame.from_dict(found, orient="index", columns=["share", "land"])


def earlier_divisions(city: City) -> Sequence[Earlier]:
    """Return the earlier divisions with figures, of the highest levels first, the newest first.

    Parameters
    ----------
    city : City
        How they reach the current ones is worked out once, of what it shows.
    """
    here = city.official
    return here.once(Earlier, None, lambda: tuple(_earlier_divisions(here)))


def _earlier_divisions(city: City) -> Iterator[Earlier]:
    catalogue, counts = city.catalogue, city.counts
    people = _people(city)
    for level in official_levels(catalogue):
        days = counts[counts["level"] == level].groupby("division")["date"].unique()
        *earlier, _ = catalogue.level(level).divisions
        for division in (each.id for each in reversed(earlier) if each.id in days.index):
            yield Earlier(
                level,
                division,
                tuple(sorted(map(pd.Timestamp, days[division]))),
                bridge(people, city.register, city.crosswalks, level, division),
                AreaTree(catalogue, city.register, {level: division}),
                area_tree(city),
            )


def _people(city: City) -> People:
    """Return the inhabitants that a city shows and that everybody can read elsewhere already."""
    counted = population_indicator(city.catalogue)
    shown = city.rows(indicator_id=[counted] if counted else [])
    return People(public(shown, city.catalogue), city.catalogue, city.layers)


def _code(basis: Basis) -> str:
    """Write what areas are divided by as a `Composition` does."""
    if basis.key:
        return KEY
    return LAND if basis.day is None else f"{basis.level}-{basis.day.isoformat()}"
