"""A made-up city of 60 areas in 6 districts, the same on every run."""

from __future__ import annotations

import gzip
from dataclasses import dataclass

import geopandas
import numpy as np
import shapely

from inteso_dash.geometry_payload import encode_layer, payload_name, view_frame

CRS = "EPSG:25832"
AREAS = 60
DISTRICTS = 6
HOSTILE_NAME = '<img src=x onerror="window.hacked = true">'
NAMES = {0: HOSTILE_NAME, 1: "Düstere Äcker", 2: "Große Weide", 3: "Am sehr langen Namen entlang"}


@dataclass(frozen=True)
class City:
    """Layers of the made-up city and the files to serve, by name."""

    areas: geopandas.GeoDataFrame
    districts: geopandas.GeoDataFrame
    files: dict[str, bytes]
    urls: dict[str, str]


def made_up_areas() -> geopandas.GeoDataFrame:
    random = np.random.default_rng(7)
    angle = random.uniform(0, 2 * np.pi, AREAS)
    radius = 5000 * np.sqrt(random.uniform(0, 1, AREAS))
    points = np.column_stack((350_000 + radius * np.cos(angle), 5_680_000 + radius * np.sin(angle)))
    city = shapely.Point(350_000, 5_680_000).buffer(6000, quad_segs=12)
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=city, ordered=True)
    )
    shapes = shapely.set_precision(shapely.intersection(cells, city), 0.01)
    order = np.argsort(angle, kind="stable")
    district = np.empty(AREAS, dtype=int)
    district[order] = np.arange(AREAS) * DISTRICTS // AREAS + 1
    frame = geopandas.GeoDataFrame({"district": district}, geometry=shapes, crs=CRS).sort_values(
        "district", kind="stable", ignore_index=True
    )
    place = frame.groupby("district").cumcount() + 1
    frame["parent_id"] = frame["district"].map("{:02d}".format)
    frame["area_id"] = frame["parent_id"] + place.map("{:03d}".format)
    frame["name"] = [NAMES.get(index, f"Gebiet {index}") for index in frame.index]
    return frame[["area_id", "name", "parent_id", "geometry"]]


def made_up_city() -> City:
    areas = made_up_areas()
    districts = areas.dissolve("parent_id").reset_index()
    districts["area_id"] = districts["parent_id"]
    districts["name"] = "Bezirk " + districts["parent_id"].str.lstrip("0")
    districts["parent_id"] = None
    frame = view_frame(areas)
    files, urls = {}, {}
    for name, layer in (("gebiet", areas), ("bezirk", districts)):
        body = encode_layer(layer, frame)
        file_name = payload_name(name, body)
        files[file_name] = gzip.compress(body)
        urls[name] = f"geometrie/{file_name}"
    return City(areas, districts, files, urls)
