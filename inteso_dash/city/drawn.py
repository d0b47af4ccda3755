"""Boundaries of a city as the browser is sent them, made once and kept with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inteso_dash.city import City
from inteso_dash.city.compiled import kept_beside

if TYPE_CHECKING:
    import geopandas

    from inteso_dash.boundaries.encoded import Geometry, Key
    from inteso_dash.boundaries.layers import Layer


def geometries(city: City) -> dict[Key, Geometry]:
    """Return the encoded boundaries of a city by (level, division).

    Parameters
    ----------
    city : City
        As all see it, without tables or areas of a session.
    """
    from inteso_dash.boundaries import encoded

    def drawn() -> bytes:
        from inteso_dash.boundaries import payload
        from inteso_dash.boundaries.orientation import read_orientation

        frames = {key: placed(city, layer) for key, layer in city.layers.items()}
        return encoded.packed(payload.geometries(frames, read_orientation(city.root)))

    return encoded.unpacked(kept_beside(city, "drawn", drawn))


def prepare(city: City) -> None:
    """Make what pages ask of a city's boundaries; where the city is kept, it is kept with it.

    Parameters
    ----------
    city : City
        As all see it.
    """
    geometries(city)
    for key in city.layers:
        city.touching(*key)


def placed(city: City, layer: Layer) -> geopandas.GeoDataFrame:
    """Return the areas of a layer in metres, ordered by key, under the names that people see.

    Parameters
    ----------
    city : City
    layer : Layer
        One of the city's.
    """
    from inteso_dash.boundaries.layers import read_boundaries

    areas = read_boundaries(layer).sort_values("area_id", ignore_index=True)
    names = city.areas(*layer.key)["name"]
    areas["name"] = [names.get(area_id, area_id) for area_id in areas["area_id"]]
    return areas.to_crs(layer.measuring_crs)
