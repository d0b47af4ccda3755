"""Boundaries of areas that are made of others: united from a layer, kept in memory."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import geopandas
import pandas as pd
import shapely

from inteso_dash.boundaries.layers import Layer, geojson, read_boundaries

_METHOD = "Vereinigung von {plural}, ohne deren gemeinsame Grenzen"
_CUT = "; angeschnittene ganz, wo mehr als die Hälfte dazugehört, sonst gar nicht"


class UnitedLayer(Layer):
    """A layer of areas united from those of another, made when its geometry is asked for.

    Attributes
    ----------
    base : Layer
    parts : tuple
        One an area: its key, its name, keys of the areas of the base that it is made of.
    parent : str
        Key of the area that all of them lie in.
    cut : frozenset of str
        Keys of areas that have shares of some: they are drawn by whole ones, their size is not
        known.
    """

    base: Layer
    parts: tuple[tuple[str, str, tuple[str, ...]], ...]
    parent: str
    cut: frozenset[str]

    @classmethod
    def of(
        cls,
        base: Layer,
        key: tuple[str, str],
        parts: Iterable[tuple[str, str, tuple[str, ...]]],
        parent: str,
        plural: str,
        cut: frozenset[str] = frozenset(),
    ) -> UnitedLayer:
        """Return a layer that is generalised as its base is.

        Parameters
        ----------
        base : Layer
        key : tuple of str
            Level and division.
        parts : iterable of tuple
            As the attribute.
        parent : str
        plural : str
            What the areas of the base are called.
        cut : frozenset of str
            As the attribute.
        """
        level, division = key
        areas = tuple(parts)
        return cls(
            level=level,
            division=division,
            file=f"{level}.geojson",
            features=len(areas),
            measuring_crs=base.measuring_crs,
            generalised=base.generalised,
            origin=base.origin,
            method=_METHOD.format(plural=plural) + (_CUT if cut else ""),
            folder=base.folder,
            base=base,
            parts=areas,
            parent=parent,
            cut=cut,
        )

    def content(self) -> bytes:
        """Return the GeoJSON; as long as the layer is there, it is made once."""
        return self._united

    @cached_property
    def _united(self) -> bytes:
        below = read_boundaries(self.base).set_index("area_id")
        rows = []
        for area_id, name, keys in self.parts:
            own = below.loc[list(keys)]
            known = area_id not in self.cut
            hectares = pd.to_numeric(own["area_ha"]).sum(skipna=False) if known else None
            rows.append(
                {
                    "area_id": area_id,
                    "name": name,
                    "parent_id": self.parent,
                    "area_ha": None if pd.isna(hectares) else round(float(hectares), 4),
                    "geometry": shapely.union_all(own.geometry.to_numpy()),
                }
            )
        return geojson(geopandas.GeoDataFrame(rows, geometry="geometry", crs=below.crs))
