"""What all sessions share: the city, read once, and its geometry ready to be sent.

`cached` keeps the results of the shared city and of every edition apart (see
`inteso_dash.session.editions`). Only boundaries are the same in all editions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from inteso_dash.boundaries import payload as geometry_payload
from inteso_dash.boundaries.assets import Asset
from inteso_dash.boundaries.layers import read_boundaries
from inteso_dash.boundaries.orientation import read_orientation
from inteso_dash.catalogue.folder import default_root
from inteso_dash.city import City, load_city
from inteso_dash.city.compiled import open_city
from inteso_dash.drawing import area_map, finder, keeper, link_copier, presenter, small_maps
from inteso_dash.drawing.profile_table import component
from inteso_dash.session import editions
from inteso_dash.session.editions import cached, edition

if TYPE_CHECKING:
    import geopandas

_PROFILES, _MATCHES, _EDITIONS = 128, 32, 4

in_this_edition = editions.in_this_edition
"""Pages hand what it returns to download buttons."""


@st.cache_resource(show_spinner=False)
def shared_city() -> City:
    """Return the city that this server shows (`CatalogueError` if its folder is not in order)."""
    return open_city(default_root())


@cached(own_entries=_EDITIONS)
def city() -> City:
    """Return the city that this session sees (`CatalogueError` if its folder is not in order)."""
    mine = edition()
    here = shared_city()
    return here if mine is None else load_city(here.root, mine.deliveries, here)


@st.cache_resource(show_spinner=False)
def geometries() -> dict[geometry_payload.Key, geometry_payload.Geometry]:
    """Return the encoded boundaries by (level, division)."""
    here = shared_city()
    frames = {}
    for key, layer in here.layers.items():
        areas = read_boundaries(layer).sort_values("area_id", ignore_index=True)
        names = here.areas(*key)["name"]
        areas["name"] = [names.get(area_id, area_id) for area_id in areas["area_id"]]
        frames[key] = areas.to_crs(layer.measuring_crs)
    return geometry_payload.geometries(frames, read_orientation(here.root))


@st.cache_resource(show_spinner=False)
def shapes(level: str) -> geopandas.GeoSeries | None:
    """Return the polygons of a level's areas in metres, None where there are none in order."""
    here = shared_city()
    layer = here.layers.get((level, here.catalogue.level(level).current.id))
    if layer is None:
        return None
    return read_boundaries(layer).to_crs(layer.measuring_crs).set_index("area_id").geometry


@st.cache_resource(show_spinner=False)
def assets() -> dict[str, Asset]:
    """Return everything that the server sends at hashed addresses, by file name."""
    served = [area_map.MODULE, finder.MODULE, keeper.MODULE, link_copier.MODULE]
    served += [presenter.MODULE]
    served += [component.MODULE, small_maps.MODULE]
    served += [geometry.asset for geometry in geometries().values()]
    return {asset.name: asset for asset in served}


@cached()
def area_labels(level: str) -> dict[str, str]:
    """Return the labels of a level's areas with their keys, in the order of the keys."""
    return {area_label(level, area_id): area_id for area_id in city().areas(level).index}


def area_label(level: str, area_id: str) -> str:
    """Write an area as it stands in selections and addresses: key and name."""
    return city().keyed_name(level, area_id)
