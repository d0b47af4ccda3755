"""Boundaries of areas that are made of others: united from a layer, kept in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import geopandas
import pandas as pd
import shapely

from inteso_dash.boundaries.layers import Layer, geojson, read_boundaries

_METHOD = "Vereinigung von {plural}, ohne deren gemeinsame Grenzen"


class UnitedLayer(Layer):
    """A layer of areas united from those of another, made when its geometry is asked for.

    Attributes
    ----------
    base : Layer
    parts : mapping
        Key of an area → keys of the areas of the base that it is made of.
    names : mapping
        Key of an area → its name.
    parent : str
        Key of the area that all of them lie in.
    """

    base: Layer
    parts: Mapping[str, Sequence[str]]
    names: Mapping[str, str]
    parent: str

    @classmethod
    def of(
        cls,
        base: Layer,
        key: tuple[str, str],
        parts: Mapping[str, Sequence[str]],
        names: Mapping[str, str],
        parent: str,
        plural: str,
    ) -> UnitedLayer:
        """Return a layer that is generalised as its base is.

        Parameters
        ----------
        base : Layer
        key : tuple of str
            Level and division.
        parts, names : mapping
        parent : str
        plural : str
            What the areas of the base are called.
        """
        level, division = key
        return cls(
            level=level,
            division=division,
            file=f"{level}.geojson",
            features=len(parts),
            measuring_crs=base.measuring_crs,
            generalised=base.generalised,
            origin=base.origin,
            method=_METHOD.format(plural=plural),
            folder=base.folder,
            base=base,
            parts=parts,
            names=names,
            parent=parent,
        )

    def __hash__(self) -> int:
        """Tell layers apart by what they are made of, as those of files are by what is declared."""
        return hash((self.base, self.key, *((each, *keys) for each, keys in self.parts.items())))

    def content(self) -> bytes:
        """Return the GeoJSON; as long as the layer is there, it is made once."""
        return self._united

    @cached_property
    def _united(self) -> bytes:
        below = read_boundaries(self.base).set_index("area_id")
        rows = []
        for area_id, keys in self.parts.items():
            own = below.loc[list(keys)]
            hectares = pd.to_numeric(own["area_ha"]).sum(skipna=False)
            rows.append(
                {
                    "area_id": area_id,
                    "name": self.names[area_id],
                    "parent_id": self.parent,
                    "area_ha": None if pd.isna(hectares) else round(float(hectares), 4),
                    "geometry": shapely.union_all(own.geometry.to_numpy()),
                }
            )
        return geojson(geopandas.GeoDataFrame(rows, geometry="geometry", crs=below.crs))
