"""What all sessions share: the city, read once, and its geometry ready to be sent.

`cached` keeps the results of the shared city and of every edition apart (see
`inteso_dash.session.editions`). Only boundaries are the same in all editions.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from inteso_dash.boundaries.assets import AHEAD_ROUTE, Asset
from inteso_dash.boundaries.encoded import Geometry, Key
from inteso_dash.city import City, drawn, load_city
from inteso_dash.city.compiled import open_city
from inteso_dash.city.own_areas import with_own_areas
from inteso_dash.drawing import area_map, finder, keeper, link_copier, presenter, small_maps
from inteso_dash.drawing.profile_table import component
from inteso_dash.folders import default_root
from inteso_dash.session import editions
from inteso_dash.session.editions import cached, edition
from inteso_dash.session.kept import kept

if TYPE_CHECKING:
    import geopandas


_PROFILES, _MATCHES, _EDITIONS, _OWN_CITIES = 128, 32, 4, 12
_MOST_SERVED = 64
AHEAD = f"{AHEAD_ROUTE}/{secrets.token_hex(4)}"
"""Where figures are fetched ahead in this run of the program, in which they do not change."""
_served: dict[str, Asset] = {}
"""Boundaries that sessions were shown last, by file name."""

in_this_edition = editions.in_this_edition
"""Pages hand what it returns to download buttons."""


@kept()
def shared_city() -> City:
    """Return the city that this server shows (`CatalogueError` if its folder is not in order)."""
    return open_city(default_root())


@kept(most=_EDITIONS)
def _loaded_city(loaded: str) -> City:
    """Return the city with the tables that a session has loaded, whose hash is ``loaded``."""
    mine, here = edition(), shared_city()
    return here if mine is None else load_city(here.root, mine.deliveries, here)


def _below() -> City:
    """Return the city that this session sees without areas of its own."""
    mine = edition()
    if mine is None or not mine.deliveries:
        return shared_city()
    return _loaded_city(mine.loaded or mine.id)


@cached(own_entries=_OWN_CITIES)
def _own_city() -> City:
    mine = edition()
    return _below() if mine is None else with_own_areas(_below(), mine.own)


def city() -> City:
    """Return the city that this session sees (`CatalogueError` if its folder is not in order)."""
    mine = edition()
    return _own_city() if mine is not None and mine.own.areas else _below()


@kept()
def _shared_geometries() -> dict[Key, Geometry]:
    return drawn.geometries(shared_city())


@cached(own_entries=_OWN_CITIES)
def _geometries() -> dict[Key, Geometry]:
    here, shared = city(), _shared_geometries()
    own = {
        key: drawn.placed(here, layer)
        for key, layer in here.layers.items()
        if key not in shared
        or here.catalogue.level(key[0]) != shared_city().catalogue.level(key[0])
    }
    if not own:
        return shared
    from inteso_dash.boundaries.orientation import read_orientation
    from inteso_dash.boundaries.payload import beside

    return beside(shared, own, read_orientation(here.root))


def geometries() -> dict[Key, Geometry]:
    """Return the encoded boundaries by (level, division)."""
    found = _geometries()
    for geometry in found.values():
        _served.pop(geometry.asset.name, None)
        _served[geometry.asset.name] = geometry.asset
    for name in [*_served][:-_MOST_SERVED]:
        _served.pop(name, None)
    return found


@cached(own_entries=_OWN_CITIES)
def shapes(level: str) -> geopandas.GeoSeries | None:
    """Return the polygons of a level's areas in metres, None where there are none in order."""
    here = city()
    layer = here.layers.get((level, here.catalogue.level(level).current.id))
    if layer is None:
        return None
    from inteso_dash.boundaries.layers import in_metres

    return in_metres(layer)


@kept()
def assets() -> dict[str, Asset]:
    """Return what the server sends at hashed addresses to everybody, by file name."""
    served = [area_map.MODULE, finder.MODULE, keeper.MODULE, link_copier.MODULE]
    served += [presenter.MODULE]
    served += [component.MODULE, small_maps.MODULE]
    served += [geometry.asset for geometry in _shared_geometries().values()]
    return {asset.name: asset for asset in served}


def asset(name: str) -> Asset | None:
    """Return what the server sends at a hashed address, also of areas that a session has made."""
    return assets().get(name) or _served.get(name)


@cached()
def area_labels(level: str) -> dict[str, str]:
    """Return the labels of a level's areas with their keys, in the order of the keys."""
    return {area_label(level, area_id): area_id for area_id in city().areas(level).index}


def area_label(level: str, area_id: str) -> str:
    """Write an area as it stands in selections and addresses: key and name."""
    return city().keyed_name(level, area_id)
