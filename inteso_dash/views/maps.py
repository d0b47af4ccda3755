"""Maps as plain data, drawn by every medium."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from inteso_dash.city import City
from inteso_dash.views.map_view import Scale, Snapshot

if TYPE_CHECKING:
    import geopandas

LARGEST, LARGEST_SITE = 5.0, 2.6
"""Radius of the largest circle of areas and of single sites, in millimetres."""
_LEAST = 0.7


@dataclass(frozen=True)
class Marks:
    """A sign and the areas that bear it.

    Attributes
    ----------
    sign, meaning : str
    areas : tuple of str
        Keys; those without an outline are left out.
    title : str
        What it is about.
    """

    sign: str
    meaning: str
    areas: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True)
class Circles:
    """Amounts to be laid over a map.

    Attributes
    ----------
    title, unit : str
    parts : mapping of str to str
        Name and colour of every part; one with an empty name stands for the whole.
    amounts : DataFrame
        One column a part; index area_id, or that of ``points``. An area with a gap has no circle.
    largest : float
        Radius of the largest circle in millimetres.
    points : GeoSeries, optional
        Where single places lie, in any reference system, which all have a circle; else circles
        lie inside their areas.
    labels : tuple of (str, str, float or None)
        Name, kind and amount of each of the ``points``.
    """

    title: str
    unit: str
    parts: Mapping[str, str]
    amounts: pd.DataFrame
    largest: float = LARGEST
    points: geopandas.GeoSeries | None = None
    labels: tuple[tuple[str, str, float | None], ...] = ()

    @property
    def totals(self) -> pd.Series[float]:
        """Amounts that have a circle, the largest first."""
        totals = self.amounts.sum(axis=1, skipna=False)
        drawn = totals if self.points is not None else totals[totals > 0]
        return drawn.sort_values(ascending=False, kind="stable")

    def radius(self, amount: float) -> float:
        """Return the radius of an amount, in millimetres."""
        most = float(self.totals.iloc[0])
        known = amount > 0
        return max(self.largest * math.sqrt(amount / most), _LEAST) if known else _LEAST


def site_circles(
    title: str, unit: str, sites: pd.DataFrame, amount: str, colour: str
) -> Circles | None:
    """Return a circle for every site that has a public position; None where none has.

    Parameters
    ----------
    title, unit : str
    sites : DataFrame
        lon, lat in degrees, name, form, and the column ``amount``; a site without it has the
        smallest circle.
    amount : str
    colour : str
    """
    placed = sites.dropna(subset=["lon", "lat"]).reset_index(drop=True)
    if placed.empty:
        return None
    from geopandas import GeoSeries

    points = GeoSeries.from_xy(placed["lon"], placed["lat"], crs="EPSG:4326")
    amounts = placed[amount].astype(float).fillna(0.0).to_frame("")
    labels = tuple(
        (str(name), str(form), None if pd.isna(own) else float(own))
        for name, form, own in zip(placed["name"], placed["form"], placed[amount], strict=True)
    )
    return Circles(title, unit, {"": colour}, amounts, LARGEST_SITE, points, labels)


@dataclass(frozen=True)
class Part:
    """The areas that a map is about: it shows them large, and the others faintly around them.

    Attributes
    ----------
    areas : tuple of str
        Keys.
    words : str
        How many of how many areas, and which.
    """

    areas: tuple[str, ...]
    words: str


@dataclass(frozen=True, kw_only=True)
class Map(ABC):
    """A map of the areas of a level, or several small ones on one scale.

    Attributes
    ----------
    level : str
    division : str
        Whose areas are drawn; the current one where empty.
    scale : Scale
        What the values are, and their classes and colours.
    shown : tuple of Snapshot
        What is drawn: one map each.
    selected : str or None
        Key of an area to outline and name.
    when : str
        Stands in place of the Stichtag where not empty.
    missing : str
        What the legend calls areas without a value; the name of their status where empty.
    signed : bool
        Whether values are changes, written with their sign.
    marks : Marks or None
        A sign on some areas.
    circles : Circles or None
        Amounts that lie over the areas.
    note : str
        What is to be said beside the map.
    part : Part or None
        Which areas it is about; all where None.
    """

    level: str
    division: str = ""
    scale: Scale
    shown: tuple[Snapshot, ...]
    selected: str | None = None
    when: str = ""
    missing: str = ""
    signed: bool = False
    marks: Marks | None = None
    circles: Circles | None = None
    note: str = ""
    part: Part | None = None

    @property
    def all_marks(self) -> tuple[Marks, ...]:
        """All signs on areas: those of the map, and those that its kinds of areas bear."""
        own = () if self.marks is None else (self.marks,)
        kinds, values = self.scale.kinds, self.shown[0].values["value"]
        if kinds is None:
            return own
        return own + tuple(
            Marks(sign, name, tuple(map(str, values.index[values == place])))
            for place, (sign, name) in enumerate(zip(kinds.signs, kinds.names, strict=False))
            if sign
        )

    @property
    def titled(self) -> bool:
        """Whether it says itself on the screen what it shows, and when."""
        return not self.several

    @property
    def several(self) -> bool:
        """Whether it is several small maps."""
        return len(self.shown) > 1

    @abstractmethod
    def on_screen(self, city: City) -> Any:
        """Return what the component of the map draws; None where there are no boundaries."""
