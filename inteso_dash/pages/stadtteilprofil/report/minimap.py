"""Where an area lies, as a small vector picture."""

from __future__ import annotations

from functools import lru_cache

import geopandas
import numpy as np
import shapely

from inteso_dash.boundaries.layers import Layer, read_boundaries
from inteso_dash.catalogue.own_areas import OwnLevel
from inteso_dash.city import City
from inteso_dash.pages.stadtteilprofil.profile import Profile

_UNITS = 1000
_GROUND, _HERE, _LINE = "#dde2e6", "#1d5f8a", "#56616c"
_RING = 0.055
_SIMPLER = 1.2
_SMALL = 0.02


def mini_map(city: City, result: Profile) -> str | None:
    """Draw the areas of the level in grey, this one dark, the one around it outlined.

    Parameters
    ----------
    city : City
    result : Profile

    Returns
    -------
    str or None
        SVG; None where there are no outlines of the level.
    """

    def outlines(level_id: str) -> geopandas.GeoSeries | None:
        layer = city.layers.get((level_id, city.catalogue.level(level_id).current.id))
        return None if layer is None else _read(layer)

    place = result.place
    areas = outlines(place.level)
    if areas is None or place.area_id not in areas.index:
        return None
    # Own areas may lie apart from each other: around them is the city.
    made = isinstance(city.catalogue.level(place.level), OwnLevel)
    ground = outlines(city.catalogue.root.id) if made else areas
    ground = areas if ground is None else ground
    left, bottom, right, top = ground.total_bounds
    scale = _UNITS / max(right - left, top - bottom)

    def path(geometries: list[shapely.Geometry], style: str) -> str:
        return f'<path d="{_path(geometries, left, top, scale)}" {style}/>'

    others = [shape for key, shape in ground.items() if key != place.area_id]
    own = areas[place.area_id]
    parts = [path(others, f'fill="{_GROUND}" stroke="#ffffff" stroke-width="2.5"')]
    parts.append(path([own], f'fill="{_HERE}" stroke="#ffffff" stroke-width="2.5"'))
    around = next((other for other in result.within if other in result.places), None)
    if around is not None and around.level != city.catalogue.root.id:
        higher = outlines(around.level)
        if higher is not None and around.area_id in higher.index:
            line = f'fill="none" stroke="{_LINE}" stroke-width="6"'
            parts.append(path([higher[around.area_id]], line))
    if own.area < _SMALL * ground.area.sum():
        point = own.representative_point()
        x, y = (point.x - left) * scale, (top - point.y) * scale
        parts.append(
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{_UNITS * _RING:.0f}" fill="none" '
            f'stroke="{_HERE}" stroke-width="6"/>'
        )
    width, height = (right - left) * scale, (top - bottom) * scale
    box = f"-5 -5 {width + 10:.0f} {height + 10:.0f}"
    body = "".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{body}</svg>'


@lru_cache(maxsize=8)
def _read(layer: Layer) -> geopandas.GeoSeries:
    """Outlines in metres by area_id, as fine as a mini map can show."""
    areas = read_boundaries(layer).to_crs(layer.measuring_crs).set_index("area_id").geometry
    left, bottom, right, top = areas.total_bounds
    finest = _SIMPLER * max(right - left, top - bottom) / _UNITS
    simpler = shapely.coverage_simplify(areas.to_numpy(), finest)
    return geopandas.GeoSeries(simpler, index=areas.index, crs=areas.crs)


def _path(geometries: list[shapely.Geometry], left: float, top: float, scale: float) -> str:
    rings = [
        shapely.get_coordinates(ring)
        for polygon in shapely.get_parts(np.array(geometries))
        for ring in shapely.get_rings(polygon)
    ]
    written = []
    for ring in rings:
        points = np.rint((ring - [left, top]) * [scale, -scale]).astype(int)
        written.append("M" + "L".join(f"{x} {y}" for x, y in points[:-1]) + "Z")
    return "".join(written)
