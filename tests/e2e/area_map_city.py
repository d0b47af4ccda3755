"""A made-up city of 60 areas in 6 districts, the same on every run."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas
import numpy as np
import shapely

from inteso_dash.boundaries.assets import Asset
from inteso_dash.boundaries.encoded import payload_name
from inteso_dash.boundaries.payload import encode_layer, view_frame
from inteso_dash.drawing.area_map.data import Frame

CRS = "EPSG:25832"
AREAS = 60
DISTRICTS = 6
MANY = 750
VERY_MANY, IN_ROW, IN_QUARTER = 1600, 40, 10
"""Tiles, how many of them stand in a row, and how many in a row of a quarter."""
LIGHT = ("#f1eef6", "#bdc9e1", "#74a9cf", "#2b8cbe", "#045a8d")
DARK = ("#e3eef6", "#b3cbe0", "#7ba6c9", "#3f7ca8", "#154e78")
MISSING = {4: "s", 5: "n", 6: "u", 7: "g", 8: "e", 9: "z", 10: "s"}
SITE = (1800, 1700)
"""Map units of a single place."""
DATES = ("31.12.2019", "31.12.2020", "31.12.2021")
HOSTILE_NAME = '<img src=x onerror="window.hacked = true">'
NAMES = {0: HOSTILE_NAME, 1: "Düstere Äcker", 2: "Große Weide", 3: "Am sehr langen Namen entlang"}


@dataclass(frozen=True)
class City:
    """Layers of the made-up city and the files to serve, by name."""

    areas: geopandas.GeoDataFrame
    districts: geopandas.GeoDataFrame
    files: dict[str, Asset]
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


def made_up_squares() -> geopandas.GeoDataFrame:
    """Many small areas in rows of thirty."""
    corners = [(350_000 + 300 * (at % 30), 5_676_000 + 300 * (at // 30)) for at in range(MANY)]
    shapes = [shapely.box(x, y, x + 300, y + 300) for x, y in corners]
    keys = [f"{at:05d}" for at in range(MANY)]
    names = [f"Feld {at}" for at in range(MANY)]
    return geopandas.GeoDataFrame(
        {"area_id": keys, "name": names, "parent_id": None}, geometry=shapes, crs=CRS
    )


def made_up_tiles() -> geopandas.GeoDataFrame:
    """More areas than are drawn as paths, in quarters of ten by ten."""
    places = [divmod(at, IN_ROW) for at in range(VERY_MANY)]
    corners = [(350_000 + 150 * column, 5_676_000 + 150 * row) for row, column in places]
    quarters = [f"V{row // IN_QUARTER}{column // IN_QUARTER}" for row, column in places]
    return geopandas.GeoDataFrame(
        {
            "area_id": [f"K{at:04d}" for at in range(VERY_MANY)],
            "name": [f"Kachel {at}" for at in range(VERY_MANY)],
            "parent_id": quarters,
        },
        geometry=[shapely.box(x, y, x + 150, y + 150) for x, y in corners],
        crs=CRS,
    )


def joined(areas: geopandas.GeoDataFrame, title: str) -> geopandas.GeoDataFrame:
    """The areas of the next level."""
    above = areas.dissolve("parent_id").reset_index()
    above["area_id"] = above["parent_id"]
    above["name"] = title + " " + above["parent_id"].str.lstrip("0")
    above["parent_id"] = None
    return above


def made_up_city() -> City:
    areas = made_up_areas()
    districts = joined(areas, "Bezirk")
    tiles = made_up_tiles()
    frame = view_frame(areas)
    files, urls = {}, {}
    layers = {
        "gebiet": areas,
        "bezirk": districts,
        "feld": made_up_squares(),
        "kachel": tiles,
        "viertel": joined(tiles, "Viertel"),
    }
    for name, layer in layers.items():
        body = encode_layer(layer, frame)
        asset = Asset(payload_name(name, body), body, "application/json")
        files[asset.name] = asset
        urls[name] = asset.url
    return City(areas, districts, files, urls)


def frame_of_many(date: str) -> Frame:
    values = tuple(round(4 + 18 * at / MANY, 2) for at in range(MANY))
    return Frame(date, values, "m" * MANY, tuple(MANY - at for at in range(MANY)), reference=12.3)


def frame_of_very_many(date: str) -> Frame:
    """Values rise with the key; some tiles of the second row have a status."""
    values: list[float | None] = [round(22 * at / VERY_MANY, 2) for at in range(VERY_MANY)]
    status = ["m"] * VERY_MANY
    for index, letter in MISSING.items():
        status[IN_ROW + index] = letter
        if letter in "snug":
            values[IN_ROW + index] = None
    return Frame(date, tuple(values), "".join(status), (None,) * VERY_MANY, reference=12.3)


def made_up_frame(date: str, seed: int) -> Frame:
    values: list[float | None] = [
        round(float(value), 2) for value in np.random.default_rng(seed).gamma(4, 3.0, AREAS)
    ]
    status = ["m"] * AREAS
    for index, letter in MISSING.items():
        status[index] = letter
        if letter in "snug":
            values[index] = None
        if letter == "z":
            values[index] = 0.0
    order = sorted((value for value in values if value is not None), reverse=True)
    ranks = tuple(None if value is None else order.index(value) + 1 for value in values)
    return Frame(date, tuple(values), "".join(status), ranks, reference=12.3)
