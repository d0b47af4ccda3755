"""Write a made-up country of many small areas as a city folder.

``python -m benchmarks.hexagons FOLDER [COUNT]``: COUNT areas (11,000 by default) with jagged
borders in regions of 25, their persons and two shares at two Stichtage; every figure is made up.
"""

import hashlib
import json
import math
import sys
from pathlib import Path

import numpy as np
import shapely

AREAS, BESIDE = 11_000, 5
"""Areas, and how many of them a region has in a row and a column."""
STEPS, JAGGED = 6, 0.12
"""Parts of each edge, and how far they stand out, as a share of its length."""
SIZE = 0.02
CATALOGUE = """
city: {{id: L1, name: Wabenland, genitive: Wabenlands}}
title: Wabenland (erfunden)
levels:
  - {{id: land, title: {{de: Land, en: State}}, plural: Länder, key_length: 2,
     divisions: [{{id: heute, areas: 1}}]}}
  - {{id: kreis, title: {{de: Kreis, en: District}}, plural: Kreise, parent: land, key_length: 5,
     divisions: [{{id: heute, areas: {regions}}}]}}
  - {{id: gemeinde, title: {{de: Gemeinde, en: Municipality}}, plural: Gemeinden, parent: kreis,
     key_length: 6, divisions: [{{id: heute, areas: {areas}}}]}}
topics: [{{id: menschen, title: {{de: Menschen, en: People}}}}]
start: {{level: gemeinde, indicator: quote, profile_level: gemeinde, profile_area: "G00000",
        key_figures: [einwohner, quote, anteil]}}
"""
_SHARE = """
{name}:
  title: {{de: {title}, en: {title}}}
  short: {{de: {title}, en: {title}}}
  topic: menschen
  unit: "%"
  decimals: 1
  kind: intensive
  meaning: Erfunden.
  range: [0, 100]
  weight: [einwohner]
"""
INDICATORS = """
einwohner:
  title: {de: Einwohner, en: Inhabitants}
  short: {de: Einwohner, en: Inhabitants}
  topic: menschen
  unit: Personen
  decimals: 0
  kind: extensive
  meaning: Erfunden.
""" + "".join(
    _SHARE.format(name=name, title=title)
    for name, title in (("quote", "Wabenquote"), ("anteil", "Wabenanteil"))
)
SOURCE = (
    "sources: [{{id: {name}, title: Erfundene Zahlen, producer: Niemand, licence: keine, "
    "public: true}}]\n"
)
DATES = ("2020-12-31", "2021-12-31")
Point = tuple[float, float]


def edge(start: Point, end: Point) -> list[Point]:
    """Return the jagged way from one corner to another, the same from both sides."""
    first, last = min(start, end), max(start, end)
    random = np.random.default_rng([round(abs(part) * 1e6) for part in (*first, *last)])
    (x, y), across = first, (last[1] - first[1], first[0] - last[0])
    way = [first]
    for step, out in enumerate(random.uniform(-JAGGED, JAGGED, STEPS - 1), 1):
        share = step / STEPS
        along = (x + (last[0] - first[0]) * share, y + (last[1] - first[1]) * share)
        way.append((round(along[0] + across[0] * out, 6), round(along[1] + across[1] * out, 6)))
    way.append(last)
    return way if first == start else way[::-1]


def hexagon(column: int, row: int) -> shapely.Polygon:
    """Return an area of the grid, in degrees."""
    x = 6.0 + SIZE * 1.5 * column
    y = 48.0 + SIZE * math.sqrt(3) * (row + column % 2 / 2) * 0.65
    corners = [
        (
            round(x + SIZE * math.cos(math.pi / 3 * turn), 6),
            round(y + SIZE * math.sin(math.pi / 3 * turn) * 0.65, 6),
        )
        for turn in range(6)
    ]
    ring: list[Point] = []
    for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
        ring += edge(start, end)[:-1]
    return shapely.Polygon(ring)


def write_layer(geodata: Path, level: str, areas: dict[str, shapely.Geometry]) -> None:
    """Write the outlines of a level."""
    features = [
        {
            "type": "Feature",
            "properties": {"area_id": key, "name": None, "parent_id": None},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for key, shape in areas.items()
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    (geodata / f"{level}.geojson").write_text(text, "utf-8")
    (geodata / f"{level}.yml").write_text(
        f"level: {level}\ndivision: heute\nfile: {level}.geojson\nfeatures: {len(areas)}\n"
        "measuring_crs: EPSG:25832\ngeneralised: false\n"
        "origin: {producer: Niemand, title: erfunden, url: 'https://example.org', licence: keine,"
        " source_crs: 'EPSG:4326'}\n"
        f"sha256: {hashlib.sha256(text.encode()).hexdigest()}\n",
        "utf-8",
    )


def write_table(data: Path, name: str, lines: list[str], sidecar: str) -> None:
    """Write a table and its description."""
    text = "\n".join(lines) + "\n"
    (data / f"{name}.csv").write_text(text, "utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    head = f"id: {name}\ntitle: {name}\nfile: {name}.csv\nrows: {len(lines) - 1}\n"
    (data / f"{name}.yml").write_text(
        f"{head}sha256: {digest}\n{sidecar}{SOURCE.format(name=name)}", "utf-8"
    )


def write_country(root: Path, count: int = AREAS) -> None:
    """Write the folder.

    Parameters
    ----------
    root : Path
        Is made; nothing may lie there.
    count : int
        How many areas it has.
    """
    data, geodata = root / "data", root / "geodata"
    data.mkdir(parents=True)
    geodata.mkdir()
    columns = math.isqrt(count) or 1
    places = [divmod(place, columns)[::-1] for place in range(count)]
    areas = {f"G{at:05d}": hexagon(*place) for at, place in enumerate(places)}
    inside: dict[str, list[str]] = {}
    for key, (column, row) in zip(areas, places, strict=True):
        region = f"K{column // BESIDE:02d}{row // BESIDE:02d}"
        inside.setdefault(region, []).append(key)
    regions = {
        region: shapely.coverage_union_all([areas[key] for key in keys])
        for region, keys in inside.items()
    }
    write_layer(geodata, "gemeinde", areas)
    write_layer(geodata, "kreis", regions)
    write_layer(geodata, "land", {"L1": shapely.coverage_union_all(list(areas.values()))})
    (data / "catalogue.yml").write_text(
        CATALOGUE.format(areas=len(areas), regions=len(regions)), "utf-8"
    )
    (data / "indicators.yml").write_text(INDICATORS, "utf-8")
    register = [
        "level,division,area_id,name,parent_id,name_complete",
        "land,heute,L1,Wabenland,,true",
    ]
    for region, keys in inside.items():
        register.append(f"kreis,heute,{region},Kreis {region[1:]},L1,true")
        register += [f"gemeinde,heute,{key},Wabe {key[1:]},{region},true" for key in keys]
    write_table(data, "gebiete", register, "kind: register\n")
    random = np.random.default_rng(count)
    for date in DATES:
        people = random.lognormal(7.5, 1.3, len(areas)).astype(int) + 1
        shares = random.beta(2, 9, (len(areas), 2)) * 100
        rows = [
            f"{key},{persons},{first:.1f},{second:.1f}"
            for key, persons, (first, second) in zip(areas, people, shares, strict=True)
        ]
        write_table(
            data,
            f"zahlen_{date[:4]}",
            ["gebiet,einwohner,quote,anteil", *rows],
            f"kind: figures\nlayout: wide\nlevel: gemeinde\ndivision: heute\ndate: {date}\n"
            f"source: zahlen_{date[:4]}\nkey_column: gebiet\n"
            "columns: [{name: einwohner, indicator: einwohner}, {name: quote, indicator: quote}, "
            "{name: anteil, indicator: anteil}]\n",
        )


if __name__ == "__main__":
    write_country(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else AREAS)
