"""A made-up city of four quarters in two districts, with the faults that official files have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import shapely
import yaml
from shapely.geometry.base import BaseGeometry

METRES = "EPSG:25832"
EAST, NORTH = 350_000.0, 5_670_000.0
SIZE = 1_000.0


def wavy(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    """Return a boundary that swings by one metre every ten metres."""
    (x0, y0), (x1, y1) = start, end
    steps = np.linspace(0, 1, 101)
    swing = np.sin(steps * np.pi * 20)
    swing[[0, -1]] = 0
    along_x = abs(x1 - x0) > abs(y1 - y0)
    return [
        (
            EAST + x0 + (x1 - x0) * t + (0 if along_x else s),
            NORTH + y0 + (y1 - y0) * t + (s if along_x else 0),
        )
        for t, s in zip(steps, swing, strict=True)
    ]


def square(west: float, south: float) -> shapely.Polygon:
    """Return a square kilometre with wavy sides that neighbours share vertex by vertex."""
    east, north = west + SIZE, south + SIZE
    bottom = wavy((west, south), (east, south))
    right = wavy((east, south), (east, north))
    top = wavy((west, north), (east, north))[::-1]
    left = wavy((west, south), (west, north))[::-1]
    return shapely.Polygon([*bottom[:-1], *right[:-1], *top[:-1], *left[:-1]])


def tidy_quarters() -> dict[str, BaseGeometry]:
    """Return four quarters without a fault, key → polygon in metres."""
    return {
        "0101": square(0, 0),
        "0102": square(SIZE, 0),
        "0201": square(0, SIZE),
        "0202": square(SIZE, SIZE),
    }


def faulty_quarters() -> dict[str, BaseGeometry]:
    """Return the quarters with an overlap, a gap, a needle and a self-intersection."""
    quarters = tidy_quarters()
    quarters["0102"] = shapely.union(
        quarters["0102"],
        shapely.box(EAST + 998.5, NORTH + 400, EAST + 1_010, NORTH + 500),
    )
    quarters["0202"] = shapely.difference(
        quarters["0202"],
        shapely.box(EAST + 1_200, NORTH + 990, EAST + 1_300, NORTH + 1_005),
    )
    outline = shapely.get_coordinates(quarters["0201"])
    west = int(np.argmin(np.abs(outline - [EAST, NORTH + 1_500]).sum(axis=1)))
    x, y = outline[west]
    needle = [(x - 60, y + 0.1), (x, y - 0.2)]
    quarters["0201"] = shapely.Polygon(np.insert(outline, west + 1, needle, axis=0))
    outline = shapely.get_coordinates(quarters["0101"])
    knot = [(EAST - 30, NORTH + 490), (EAST - 30, NORTH + 510)]
    quarters["0101"] = shapely.Polygon(np.insert(outline, 350, knot, axis=0))
    return quarters


def geojson_text(areas: dict[str, BaseGeometry], key: str, **names: str) -> str:
    """Write polygons in metres as an official file would hold them."""
    shown = geopandas.GeoSeries(list(areas.values()), crs=METRES).to_crs("EPSG:4326")
    features: list[dict[str, Any]] = [
        {
            "type": "Feature",
            "properties": {key: area_id, **({"Bezirk": names[f"n{area_id}"]} if names else {})},
            "geometry": shapely.geometry.mapping(polygon),
        }
        for area_id, polygon in zip(areas, shown, strict=True)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def quarters_text(areas: dict[str, BaseGeometry] | None = None) -> str:
    """Return the official file of the quarters, faulty where nothing else is given."""
    return geojson_text(faulty_quarters() if areas is None else areas, "Nr")


def districts_text() -> str:
    """Return the official file of the districts, with their names."""
    tidy = tidy_quarters()
    return geojson_text(
        {
            "01": shapely.union(tidy["0101"], tidy["0102"]),
            "02": shapely.union(tidy["0201"], tidy["0202"]),
        },
        "Bezirksnummer",
        n01="Südstadt",
        n02="Nordstadt",
    )


def older_quarters() -> dict[str, BaseGeometry]:
    """Return the quarters as they were cut before: two of the north side by side, one in the south.

    They are as many as their keys, which later areas have too, with other outlines.
    """
    tidy = tidy_quarters()
    return {
        "0101": shapely.union(tidy["0101"], tidy["0102"]),
        "0201": tidy["0202"],
        "0202": tidy["0201"],
    }


def older_recipe() -> dict[str, Any]:
    """Return a recipe that makes quarters and districts in two divisions each, the older last."""
    content = recipe()
    content["sources"].append(
        {
            "id": "quartiere_alt",
            "file": "Quartiere alt.geojson",
            "id_property": "Nr",
            "features": 3,
            "origin": _origin("Quartiere alt.geojson"),
        }
    )
    by_level = {layer["level"]: layer for layer in content["layers"]}
    older = {"division": "0", "valid_until": "2020-12-31"}
    content["layers"] += [
        {**by_level["bezirk"], **older, "file": "bezirk_alt.geojson"},
        {
            **by_level["quartier"],
            **older,
            "file": "quartier_alt.geojson",
            "source": "quartiere_alt",
        },
    ]
    by_level["ganz"]["division"] = "gestern"
    return content


def _origin(file: str) -> dict[str, str]:
    return {
        "producer": "Amt einer erfundenen Stadt",
        "title": f"Erfundene Grenzen {file}",
        "url": f"https://portal.example/dateien/{file}",
        "licence": "erfunden",
        "source_crs": "EPSG:4326",
    }


def recipe() -> dict[str, Any]:
    """Return the content of ``recipe.yml``."""
    return {
        "measuring_crs": METRES,
        "display_crs": "EPSG:4326",
        "decimals": 5,
        "full_decimals": 7,
        "gap_width_m": 20,
        "tolerance_m": 5,
        "max_area_change_percent": 0.4,
        "needle_angle_degrees": 2,
        "needle_length_m": 3,
        "sources": [
            {
                "id": "quartiere",
                "file": "Quartiere für alle.geojson",
                "id_property": "Nr",
                "features": 4,
                "origin": _origin("Quartiere für alle.geojson"),
            },
            {
                "id": "bezirke",
                "file": "Bezirke.geojson",
                "id_property": "Bezirksnummer",
                "name_property": "Bezirk",
                "features": 2,
                "origin": _origin("Bezirke.geojson"),
            },
        ],
        "layers": [
            {
                "level": "ganz",
                "division": "1",
                "file": "ganz.geojson",
                "dissolve": "quartier",
                "area_id": "99",
                "name": "Neustadt am Test",
            },
            {
                "level": "bezirk",
                "division": "1",
                "file": "bezirk.geojson",
                "dissolve": "quartier",
                "prefix": 2,
                "names_from": "bezirke",
                "parent_level": "ganz",
                "parent_id": "99",
            },
            {
                "level": "quartier",
                "division": "1",
                "file": "quartier.geojson",
                "source": "quartiere",
                "name": "Quartier {number}",
                "parent_level": "bezirk",
                "parent_prefix": 2,
            },
        ],
    }


def write_city(root: Path, content: dict[str, Any] | None = None) -> tuple[Path, Path]:
    """Write the recipe below `root` and the official files beside it; return the files."""
    (root / "geodata").mkdir(parents=True)
    (root / "geodata/recipe.yml").write_text(
        yaml.safe_dump(recipe() if content is None else content, allow_unicode=True),
        encoding="utf-8",
    )
    official = root / "amtlich"
    official.mkdir()
    quarters, districts = official / "q.geojson", official / "b.geojson"
    quarters.write_text(quarters_text(), encoding="utf-8")
    districts.write_text(districts_text(), encoding="utf-8")
    return quarters, districts
