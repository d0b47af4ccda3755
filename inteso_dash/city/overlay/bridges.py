"""From the earlier divisions of a city to the current ones, as far as boundaries or keys tell."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash.catalogue.tables import source_ids
from inteso_dash.city.overlay.matching import Match, match
from inteso_dash.city.overlay.people import Basis, Layers, People, Weights
from inteso_dash.city.overlay.probes import Estimated, estimate_tested
from inteso_dash.city.overlay.shares import CommonLand, common_land, estimated_shares

if TYPE_CHECKING:
    from inteso_dash.catalogue import Catalogue

_WHOLE = 1 - 1e-9


def key_shares(
    crosswalks: pd.DataFrame, register: pd.DataFrame, level: str, before: str, after: str
) -> pd.DataFrame:
    """Return the key from one division to another; empty where there is none that is whole.

    A key that leaves out areas would lose their inhabitants, so it is not used.
    """
    chosen = crosswalks[
        (crosswalks["level"] == level)
        & (crosswalks["from_division"] == before)
        & (crosswalks["to_division"] == after)
    ]
    here = (register["level"] == level) & (register["division"] == before)
    if set(register.loc[here, "area_id"]) - set(chosen["area_from"]):
        chosen = chosen.iloc[:0]
    whole = chosen["share"].where(chosen["share"] >= _WHOLE)
    return chosen.assign(area_share=whole).reset_index(drop=True)


def public(figures: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Return the figures that everybody can read elsewhere already."""
    secret = [
        each
        for each in figures["source_id"].unique()
        if not source_ids(each)
        or not all(
            part in catalogue.sources and catalogue.sources[part].public
            for part in source_ids(each)
        )
    ]
    return figures[~figures["source_id"].isin(secret)] if secret else figures


@dataclass(frozen=True, eq=False)
class Bridge:
    """How figures of an earlier division of a level reach the areas of its current one.

    Attributes
    ----------
    level : str
    pair : tuple of str
        The earlier and the current division.
    people : People
        Inhabitants by which areas are divided.
    key : DataFrame
        A supplied key, as `key_shares` returns it.
    found : Match or None
        Both divisions laid over each other, where there is no key and both have boundaries.
    """

    level: str
    pair: tuple[str, str]
    people: People
    key: pd.DataFrame
    found: Match | None
    _shares: dict[Basis, pd.DataFrame] = field(default_factory=dict, repr=False)
    _common: dict[tuple[str, str], CommonLand] = field(default_factory=dict, repr=False)

    @property
    def exact_for(self) -> tuple[str, ...]:
        """Indicators that the shares divide without an estimate."""
        return tuple(each for each in self.key["weight"].unique() if each)

    def shares(self, date: dt.date) -> tuple[pd.DataFrame, Basis]:
        """Return the shares of the earlier areas for figures of a Stichtag, and their basis."""
        if self.found is None:
            return self.key, Basis(key=True)
        by = self.people.weights(self.level, self.pair[1], date, str(self.found.pairs.crs))
        return self._estimated(self.found, by), Basis() if by is None else by.basis

    def tested(self, date: dt.date, above: pd.Series) -> Estimated | None:
        """Say how far estimates of a Stichtag may be off, where figures tell.

        Parameters
        ----------
        date : date
        above : Series
            Current area → area of the higher level that is estimated.
        """
        found = self.found
        if found is None:
            return None
        crs = str(found.pairs.crs)

        def shares(by: Weights) -> pd.DataFrame:
            return self._estimated(found, by)

        return estimate_tested(self.people, self.level, self.pair, date, crs, shares, above)

    def _estimated(self, found: Match, by: Weights | None) -> pd.DataFrame:
        basis = Basis() if by is None else by.basis
        if basis not in self._shares:
            if by is None:
                self._shares[basis] = estimated_shares(found)
                return self._shares[basis]
            where = basis.level, basis.division
            if where not in self._common:
                self._common[where] = common_land(found, by.layer)
            self._shares[basis] = estimated_shares(found, by.layer, self._common[where])
        return self._shares[basis]


def bridges(
    catalogue: Catalogue,
    register: pd.DataFrame,
    layers: Layers,
    crosswalks: pd.DataFrame,
    figures: pd.DataFrame,
) -> dict[tuple[str, str], Bridge]:
    """Return a bridge for each earlier division that has figures and can be laid over the current.

    Parameters
    ----------
    catalogue : Catalogue
    register : DataFrame
    layers : mapping
        Boundaries by level and division; those that cannot be read are none.
    crosswalks : DataFrame
        As in `sources.CityData`.
    figures : DataFrame
        Long table of what was published.
    """
    people = People(public(figures, catalogue), catalogue, layers)
    made = {}
    named = figures[["level", "division"]].drop_duplicates()
    for level, division in sorted(named.itertuples(index=False, name=None)):
        current = catalogue.level(level).current.id
        if division == current or catalogue.level(level).parent in (None, catalogue.root.id):
            continue
        found = bridge(people, register, crosswalks, level, division)
        if found is not None:
            made[level, division] = found
    return made


def bridge(
    people: People, register: pd.DataFrame, crosswalks: pd.DataFrame, level: str, division: str
) -> Bridge | None:
    """Return how an earlier division reaches the current one; None where nothing tells.

    Parameters
    ----------
    people : People
        Of figures that everybody can read elsewhere already.
    register, crosswalks : DataFrame
    level, division : str
    """
    current = people.catalogue.level(level).current.id
    key = key_shares(crosswalks, register, level, division, current)
    found = _laid_over(people, level, division, current) if key.empty else None
    if found is None and key.empty:
        return None
    return Bridge(level, (division, current), people, key, found)


def _laid_over(people: People, level: str, before: str, after: str) -> Match | None:
    layer = people.layers.get((level, after))
    if layer is None:
        return None
    earlier, later = (people.areas(level, each, layer.measuring_crs) for each in (before, after))
    return None if earlier is None or later is None else match(earlier, later)
