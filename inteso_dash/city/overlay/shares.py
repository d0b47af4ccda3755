"""Which share of each earlier area goes to which later one.

Every way of converting is a table of shares. On the least common geography all shares are one and
nothing is divided; a supplied key states them; an estimate makes them from where people live, or
from the land.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from inteso_dash.city.overlay.matching import Match, match

if TYPE_CHECKING:
    import geopandas
    from shapely.geometry.base import BaseGeometry

CommonLand = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.float64]]
"""Places of fragments, places of the areas of a layer that they meet, and the land of both."""

_INSIDE = "inside"


def union_shares(found: Match, side: str = "from") -> pd.DataFrame:
    """Return the shares that carry each area of one side, whole, to its union.

    Unions that the two divisions do not tile up to the tolerance are left out.

    Parameters
    ----------
    found : Match
    side : str
        ``from`` or ``to``: of the earlier or of the later areas.
    """
    members = found.members(side)
    tiled = members.map(found.unions["tiled"]).astype(bool)
    members = members[tiled.to_numpy()]
    return pd.DataFrame(
        {"area_from": members.index, "area_to": members.to_numpy(), "share": 1.0, "area_share": 1.0}
    )


def estimated_shares(
    found: Match,
    layer: geopandas.GeoDataFrame | None = None,
    common: CommonLand | None = None,
) -> pd.DataFrame:
    """Estimate which share of each earlier area goes to which later one, by areal interpolation.

    Without a layer an area's inhabitants are taken to be spread evenly over it; with one, evenly
    over each area of the layer. Overlaps within the tolerance get nothing.

    Parameters
    ----------
    found : Match
    layer : GeoDataFrame, optional
        Areas in the same CRS, finer ones or those of the later division, with ``weight``, their
        inhabitants; none may be missing.
    common : CommonLand, optional
        What `common_land` returns of the areas of the layer, where that is known.

    Returns
    -------
    DataFrame
        Columns area_from, area_to, share, area_share; those of one earlier area add up to one. An
        earlier area in which the layer counts nobody is divided by its land.

    Raises
    ------
    ValueError
        Where weights are missing or negative: interpolation would take them for zero.

    References
    ----------
    Areal weighting of extensive figures as in PySAL tobler, `tobler.area_weighted`, with
    ``allocate_total=False``: the tests hold the two against each other.
    """
    fragments = _fragments(found)
    land = fragments["overlap_m2"]
    weights = land
    if layer is not None:
        wrong = layer.loc[~(layer["weight"] >= 0), "area_id"]
        if len(wrong):
            raise ValueError(f"weight missing or negative in {list(wrong[:3])}; expected counts")
        counted = _interpolated(layer, common or common_land(found, layer), fragments.index)
        empty = counted.groupby(fragments["area_from"]).transform("sum") <= 0
        weights = counted.where(~empty, land)
    return pd.DataFrame(
        {
            "area_from": fragments["area_from"],
            "area_to": fragments["area_to"],
            "share": _normalised(weights, fragments["area_from"]),
            "area_share": _normalised(land, fragments["area_from"]),
        }
    )


def shares_inside(
    drawn: BaseGeometry, areas: geopandas.GeoSeries, layer: geopandas.GeoDataFrame | None = None
) -> pd.Series[float]:
    """Estimate which share of each area lies in a shape, as `estimated_shares` does.

    Parameters
    ----------
    drawn : shapely geometry
    areas : GeoSeries
        Index area_id, in metres.
    layer : GeoDataFrame, optional
        As in `estimated_shares`.

    Returns
    -------
    Series
        Index area_id, shares above 0; an overlap of at most `TOLERANCE` of both the area and the
        shape is none.

    Examples
    --------
    >>> import geopandas, shapely
    >>> boxes = {"1": shapely.box(0, 0, 10, 10), "2": shapely.box(10, 0, 20, 10)}
    >>> areas = geopandas.GeoSeries(boxes, crs=25832)
    >>> shares_inside(shapely.box(0, 0, 14, 10), areas).round(6).to_dict()
    {'1': 1.0, '2': 0.4}
    """
    import geopandas

    near = areas[areas.intersects(drawn)]
    if near.empty:
        return pd.Series(dtype=float)
    sides = {_INSIDE: drawn, "outside": near.union_all().difference(drawn)}
    halves = geopandas.GeoSeries({key: each for key, each in sides.items() if not each.is_empty})
    before, after = (
        geopandas.GeoDataFrame(
            {"area_id": each.index, "name": each.index}, geometry=each.to_numpy(), crs=areas.crs
        )
        for each in (near, halves)
    )
    shares = estimated_shares(match(before, after), layer)
    inside = shares[shares["area_to"] == _INSIDE].set_index("area_from")["share"]
    return inside[inside > 0].rename_axis("area_id")


def common_land(found: Match, layer: geopandas.GeoDataFrame) -> CommonLand:
    """Return what the land of two divisions has in common with the areas of a layer.

    Parameters
    ----------
    found : Match
    layer : GeoDataFrame
        Areas in the same CRS.
    """
    import shapely

    fragments = _fragments(found).geometry
    at, of = layer.sindex.query(fragments, predicate="intersects")
    areas = layer.geometry.to_numpy()
    return at, of, shapely.area(shapely.intersection(fragments.to_numpy()[at], areas[of]))


def _fragments(found: Match) -> geopandas.GeoDataFrame:
    return found.pairs[found.pairs["significant"]].reset_index(drop=True)


def _interpolated(
    layer: geopandas.GeoDataFrame, common: CommonLand, fragments: pd.Index
) -> pd.Series[float]:
    """Return the inhabitants of fragments: of each area of the layer its share of the land."""
    at, of, land = common
    people = layer["weight"].to_numpy(dtype=float)[of] * land / layer.area.to_numpy()[of]
    return pd.Series(np.bincount(at, people, minlength=len(fragments)), index=fragments)


def _normalised(weights: pd.Series, by: pd.Series) -> pd.Series:
    return weights / weights.groupby(by).transform("sum")
