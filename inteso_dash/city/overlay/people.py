"""Where people live: the inhabitants of areas, by which earlier areas are divided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.tables.coded import plain

if TYPE_CHECKING:
    import geopandas

    from inteso_dash.boundaries.layers import Layer

Layers = Mapping[tuple[str, str], "Layer"]

_MOSTLY = 0.9
_EMPTY = (str(Status.UNINHABITED), str(Status.MERGED))
_KEY, _LAND = "nach den Anteilen des Schlüssels", "nach Flächenanteilen"
_PEOPLE = "nach den Einwohnern der {plural} vom {day}"
_DIVISION = " (Gliederung {division})"


@dataclass(frozen=True)
class Basis:
    """What earlier areas are divided by: a key, the inhabitants of areas, or else the land.

    Attributes
    ----------
    level, division : str
        The areas whose inhabitants count; empty for the land or a key.
    day : date or None
        Stichtag of the inhabitants.
    key : bool
        A supplied key states the shares.
    """

    level: str = ""
    division: str = ""
    day: dt.date | None = None
    key: bool = False

    @property
    def people(self) -> bool:
        """Say whether inhabitants of areas are counted."""
        return self.day is not None

    def words(self, catalogue: Catalogue) -> str:
        """Say in German what it is: "nach Flächenanteilen"."""
        if self.day is None:
            return _KEY if self.key else _LAND
        level = catalogue.level(self.level)
        said = _PEOPLE.format(plural=level.plural, day=formats.date(self.day))
        several = len(level.divisions) > 1
        return said + (_DIVISION.format(division=self.division) if several else "")


@dataclass(frozen=True)
class Weights:
    """Areas with their inhabitants: columns area_id, weight, geometry; and what they are."""

    layer: geopandas.GeoDataFrame
    basis: Basis


@dataclass(frozen=True, eq=False)
class People:
    """What is known of a city's inhabitants and of their areas, looked up once.

    Parameters
    ----------
    rows : DataFrame
        Long table, coded or plain; estimates in it do not count.
    catalogue : Catalogue
    layers : mapping
        Boundaries by level and division.
    """

    rows: pd.DataFrame
    catalogue: Catalogue
    layers: Layers
    _days: dict[tuple[str, str, str | None], pd.DataFrame] = field(default_factory=dict)
    _areas: dict[tuple[str, str, str], geopandas.GeoDataFrame] = field(default_factory=dict)
    _weights: dict[tuple[object, ...], Weights | None] = field(default_factory=dict)

    def by_day(self, level: str, division: str, indicator_id: str | None) -> pd.DataFrame:
        """Return values by Stichtag (rows, oldest first) and area; uninhabited areas have zero."""
        key = (level, division, indicator_id)
        if key not in self._days:
            rows = self.rows
            here = plain(
                rows[
                    (rows["level"] == level)
                    & (rows["division"] == division)
                    & (rows["indicator_id"] == indicator_id)
                    & (rows["status"] != str(Status.ESTIMATED))
                ]
            ).drop_duplicates(["date", "area_id"])
            empty = here["status"].isin(_EMPTY) & here["value"].isna()
            values = here.assign(value=here["value"].astype(float).mask(empty, 0.0))
            by_day = values.pivot(index="date", columns="area_id", values="value").sort_index()
            self._days[key] = by_day.dropna(how="all")
        return self._days[key]

    def areas(self, level: str, division: str, crs: str) -> geopandas.GeoDataFrame | None:
        """Return the areas of a division, None where there are no boundaries in order."""
        from inteso_dash.boundaries.layers import read_boundaries
        from inteso_dash.boundaries.recipe import BoundaryError

        key = (level, division, crs)
        if key not in self._areas:
            layer = self.layers.get((level, division))
            if layer is None:
                return None
            try:
                self._areas[key] = read_boundaries(layer).to_crs(crs)
            except BoundaryError:
                return None
        return self._areas[key]

    def weights(
        self, level: str, division: str, date: dt.date, crs: str, tested: dt.date | None = None
    ) -> Weights | None:
        """Return the finest areas by whose inhabitants earlier areas can be divided.

        Those of a lower level come first, then those of the later division itself.

        Parameters
        ----------
        level, division : str
            The level that is divided, and its later division.
        date : date
            Stichtag of the figures that are divided. The nearest one at which nearly all areas
            have inhabitants counts; the others have those of their nearest.
        crs : str
            In which the areas are wanted.
        tested : date, optional
            Leave out this Stichtag, and take inhabitants as far from it as the nearest ones are
            from ``date``: so figures of this Stichtag show how far estimates of ``date`` may be
            off.

        Returns
        -------
        Weights or None
            None where no areas have boundaries and inhabitants.
        """
        key = (level, division, date, crs, tested)
        if key not in self._weights:
            self._weights[key] = self._finest(*key)
        return self._weights[key]

    def _finest(
        self, level: str, division: str, date: dt.date, crs: str, tested: dt.date | None
    ) -> Weights | None:
        indicator = population_indicator(self.catalogue)
        below = [
            each for each in self.catalogue.levels if level in self.catalogue.ancestors(each.id)
        ]
        below.sort(key=lambda each: -len(self.catalogue.ancestors(each.id)))
        for step, part in [*((each.id, each.current.id) for each in below), (level, division)]:
            counted = self.by_day(step, part, indicator)
            areas = self.areas(step, part, crs)
            if areas is None or counted.empty:
                continue
            far = _distance(counted, date)
            if tested is not None:
                counted = counted.drop(index=pd.Timestamp(tested), errors="ignore")
                far = (_distance(counted, tested) - far.min()).abs()
            ordered = counted.loc[far.sort_values(kind="stable").index]
            ordered = ordered.reindex(columns=areas["area_id"])
            days = ordered.index[ordered.notna().mean(axis=1) >= _MOSTLY]
            if days.empty or ordered.isna().all().any():
                continue
            filled = pd.concat([ordered.loc[days[:1]], ordered]).bfill().iloc[0]
            weighted = areas.assign(weight=filled.to_numpy())
            basis = Basis(step, part, pd.Timestamp(days[0]).date())
            return Weights(weighted[["area_id", "weight", "geometry"]], basis)
        return None


def population_indicator(catalogue: Catalogue) -> str | None:
    """Return the id of the indicator that counts the inhabitants, None where none is declared."""
    if catalogue.accommodation is not None:
        return catalogue.accommodation.population
    figures = (catalogue.indicator(key) for key in catalogue.start.key_figures)
    return next((each.id for each in figures if each.kind == "extensive"), None)


def _distance(counted: pd.DataFrame, date: dt.date) -> pd.Series[float]:
    far = [float(abs((pd.Timestamp(str(day)).date() - date).days)) for day in counted.index]
    return pd.Series(far, index=counted.index)
