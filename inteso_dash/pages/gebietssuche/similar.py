"""Areas that are alike: what an address asks for, and what is found."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.measures.similarity import Alike, alike, pair_distances, shares_apart
from inteso_dash.pages.gebietssuche import columns
from inteso_dash.pages.gebietssuche.columns import AREA
from inteso_dash.pages.gebietssuche.texts import TEXTS
from inteso_dash.views.dated import DatedIndicator
from inteso_dash.views.headlines import NAMED_ALIKE
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import ViewError, area_of

FEATURE = "g_merkmal"
MOST, TEN = 12, 10
_TOLD, _DIGITS = 3, 2
_HARDLY, _HALF, _SAME = 0.01, 0.5, 1e-9


@dataclass(frozen=True)
class AlikeChoice:
    """The area that others are compared with, and by which indicators."""

    level: str
    area: str
    features: tuple[str, ...]

    @property
    def least(self) -> int:
        """So many indicators two areas must share: half of them, rounded up."""
        return math.ceil(len(self.features) / 2)


@dataclass(frozen=True)
class Similar:
    """What was found.

    Attributes
    ----------
    choice : AlikeChoice
    columns : tuple of DatedIndicator
        One a feature.
    found : Alike
        All areas that can be compared, the nearest first.
    nearer, farther : Series
        Index as ``found.distance``: the share of all pairs that are nearer and farther apart.
    """

    choice: AlikeChoice
    columns: tuple[DatedIndicator, ...]
    found: Alike
    nearer: pd.Series[float]
    farther: pd.Series[float]

    @property
    def nearest(self) -> list[str]:
        """The ten most alike."""
        return [str(area) for area in self.found.distance.index[:TEN]]

    @property
    def first(self) -> list[str]:
        """The most alike: several where they are as far."""
        far = self.found.distance
        return [str(area) for area in far.index[far <= far.iloc[0] + _SAME]]

    @property
    def left_out(self) -> list[str]:
        """Areas that share too few features."""
        known = {*self.found.distance.index, self.choice.area}
        return [str(area) for area in self.columns[0].cells.index if area not in known]


def begun(city: City, level: str) -> list[str]:
    """Return the features to begin with: the key figures, else what is no count."""
    offered = columns.offered(city, level).values()
    key = [each for each in city.catalogue.start.key_figures if each in offered]
    if len(key) > 1:
        return key
    rates = [each for each in offered if city.catalogue.indicator(each).kind == "intensive"]
    return list(dict.fromkeys([*key, *rates]))[:_TOLD] or list(offered)[:1]


def first_area(city: City, level: str) -> str:
    """Return the area to begin with."""
    first = city.catalogue.start.profile_area
    return first if city.has_area(level, first) else str(city.areas(level).index[0])


def read(city: City, address: Address, notes: list[str]) -> AlikeChoice:
    """Read what an address asks for; what does not exist is noted.

    Raises
    ------
    ViewError
        If the city has nothing to compare.
    """
    if not columns.levels(city):
        raise ViewError(TEXTS["nothing"])
    level = columns.level_offer(city).read(address, notes)
    area = area_of(city, level, address.get(AREA), notes) or first_area(city, level)
    offered, asked = columns.offered(city, level).values(), address.get_all(FEATURE)
    notes += [
        TEXTS["features_unknown"].format(found=each[:60]) for each in asked if each not in offered
    ]
    wanted = [each for each in dict.fromkeys(asked) if each in offered][:MOST]
    return AlikeChoice(level, area, tuple(wanted or begun(city, level)))


def table_of(city: City, level: str, features: tuple[str, ...]) -> pd.DataFrame:
    """Return the shown figures of some features, one row an area, one column a feature."""
    return pd.DataFrame(
        {each: columns.column(city, level, each).written_values for each in features},
        index=city.areas(level).index,
    )


def similar(city: City, choice: AlikeChoice) -> Similar:
    """Look for the areas most like one, from shown figures only.

    Raises
    ------
    ViewError
        If too little is known of the area, or nothing can be compared with it.
    """
    if not choice.features:
        raise ViewError(TEXTS["features_none"])
    values = table_of(city, choice.level, choice.features)
    name, count = city.name(choice.level, choice.area), len(choice.features)
    known = int(values.notna().sum(axis=1)[choice.area])
    if known < choice.least:
        words = {"name": name, "known": known, "count": count, "least": choice.least}
        raise ViewError(TEXTS["too_few"].format(**words))
    found = alike(values, choice.area, choice.least)
    if found.distance.empty:
        raise ViewError(TEXTS["alone"].format(name=name, least=choice.least, count=count))
    pairs = pair_distances(values, choice.least)
    apart = [shares_apart(pairs, float(own)) for own in found.distance]
    nearer, farther = (pd.Series(each, found.distance.index) for each in zip(*apart, strict=True))
    return Similar(
        choice,
        tuple(columns.column(city, choice.level, each) for each in choice.features),
        found,
        nearer,
        farther,
    )


def distance_words(distance: float) -> str:
    """Write a distance."""
    return formats.number(distance, _DIGITS)


def share_words(share: float) -> str:
    """Write a share of pairs, never rounded to all or none.

    Examples
    --------
    >>> [share_words(each).replace(chr(0x202F), " ") for each in (0.974, 0.99996, 0.0)]
    ['97,4 %', '99,9 %', '0,0 %']
    """
    floored = math.floor(share * 1000 + 1e-9) / 10
    return formats.with_unit(floored, 1, "%")


def differing(shown: Similar, area: str, most: int = _TOLD) -> list[tuple[DatedIndicator, float]]:
    """Return the features in which an area differs most, with their share in the distance."""
    shares = shown.found.shares.fillna(0.0)
    own = [(each, float(shares[each.indicator.id][area])) for each in shown.columns]
    told = [(each, share) for each, share in own if share >= _HARDLY]
    return sorted(told, key=lambda each: -each[1])[:most]


def differing_words(shown: Similar, area: str, most: int = _TOLD) -> str:
    """Say in what an area differs most: "SGB-II-Quote (64 %)"."""
    return ", ".join(
        f"{own.indicator.short.de} ({formats.with_unit(100 * share, 0, '%')})"
        for own, share in differing(shown, area, most)
    )


def sentence(city: City, shown: Similar) -> str:
    """Say which areas are most alike, how near, and in what they differ."""
    level, first = city.catalogue.level(shown.choice.level), shown.first
    area = first[0]
    said = TEXTS["alike"].format(
        name=city.name(level.id, shown.choice.area),
        verb="ist" if len(first) == 1 else "sind",
        others=formats.listed((city.name(level.id, each) for each in first), most=NAMED_ALIKE),
        distance=distance_words(float(shown.found.distance[area])),
        share=share_words(float(shown.farther[area])),
        plural=formats.dative(level.plural),
    )
    if shown.nearer[area] > _HALF:
        said += f" {TEXTS['alike_not']}"
    told = {own.indicator.short.de for each in first for own, _ in differing(shown, each, 1)}
    if not told:
        return f"{said} {TEXTS['alike_same']}"
    return f"{said} {TEXTS['alike_differs'].format(what=told.pop())}" if len(told) == 1 else said
