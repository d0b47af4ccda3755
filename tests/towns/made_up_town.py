"""A made-up town of four squares as a data folder: its own levels, keys and figures."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

CATALOGUE = """
city: {id: K1, name: Musterstadt, genitive: Musterstadts}
title: Musterstadt (erfunden)
levels:
  - {id: gemeinde, title: {de: Gemeinde, en: Municipality}, plural: Gemeinden, key_length: 2,
     divisions: [{id: heute, areas: 1}]}
  - {id: quartier, title: {de: Quartier, en: Quarter}, plural: Quartiere, parent: gemeinde,
     key_length: 3, divisions: [{id: heute, areas: 4}]}
topics: [{id: menschen, title: {de: Menschen, en: People}}]
start: {level: quartier, indicator: quote, profile_level: quartier, profile_area: Q01,
        key_figures: [einwohner]}
"""

INDICATORS = """
einwohner:
  title: {de: Einwohner, en: Inhabitants}
  short: {de: Einwohner, en: Inhabitants}
  topic: menschen
  unit: Personen
  decimals: 0
  kind: extensive
  meaning: Erfundene Zahl der Einwohner.
quote:
  title: {de: Musterquote, en: Sample rate}
  short: {de: Musterquote, en: Sample rate}
  topic: menschen
  unit: "%"
  decimals: 1
  kind: intensive
  meaning: Erfundene Quote.
  range: [0, 100]
  weight: [einwohner]
"""

SOURCE = (
    "sources: [{id: erfunden, title: Testdaten, producer: Niemand, licence: keine, public: true}]"
)

CHANGE = """
entwicklung:
  title: {de: Entwicklung, en: Change}
  short: {de: Entwicklung, en: Change}
  topic: menschen
  unit: "%"
  decimals: 1
  kind: intensive
  meaning: Erfundene Entwicklung der Einwohner.
  weight: [einwohner]
  change_of: einwohner
"""


def write_table(data: Path, name: str, text: str, sidecar: str) -> None:
    """Write a table and its description."""
    (data / f"{name}.csv").write_text(text, "utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    head = f"id: {name}\ntitle: {name}\nfile: {name}.csv\nsha256: {digest}\n"
    (data / f"{name}.yml").write_text(head + sidecar, "utf-8")


def write_layer(
    geodata: Path, level: str, boxes: dict[str, tuple[int, ...]], division: str = "heute"
) -> None:
    """Write squares (column, row, size), or boxes (column, row, width, height), as a layer."""
    features = []
    for area_id, (column, row, *sizes) in boxes.items():
        x, y, w, h = 10 + column * 0.01, 50 + row * 0.01, sizes[0] * 0.01, sizes[-1] * 0.01
        ring = [[x, y], [x + w, y], [x + w, y + h], [x, y + h], [x, y]]
        features.append(
            {
                "type": "Feature",
                "properties": {"area_id": area_id, "name": None, "parent_id": None},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    text = json.dumps({"type": "FeatureCollection", "features": features})
    name = level if division == "heute" else f"{level}_{division}"
    (geodata / f"{name}.geojson").write_text(text, "utf-8")
    (geodata / f"{name}.yml").write_text(
        f"level: {level}\ndivision: '{division}'\nfile: {name}.geojson\nfeatures: {len(boxes)}\n"
        "measuring_crs: EPSG:25832\ngeneralised: false\n"
        "origin: {producer: Niemand, title: erfunden, url: 'https://example.org', licence: keine,"
        " source_crs: 'EPSG:4326'}\n"
        f"sha256: {hashlib.sha256(text.encode()).hexdigest()}\n",
        "utf-8",
    )


def reseal(root: Path) -> None:
    """Write the checksum and number of rows of every table and layer as its file has them."""
    for sidecar in [*root.rglob("*.yml")]:
        beside = sidecar.with_suffix(".csv" if sidecar.parent.name == "data" else ".geojson")
        if not beside.is_file() or not sidecar.is_file():
            continue
        content = beside.read_bytes()
        text = sidecar.read_bytes().decode("utf-8", "surrogateescape")
        digest = hashlib.sha256(content).hexdigest()
        text = re.sub(r"(?m)^sha256: .*$", f"sha256: {digest}", text)
        rows = max(1, content.count(b"\n") - 1)
        text = re.sub(r"(?m)^rows: \d+$", f"rows: {rows}", text)
        sidecar.write_bytes(text.encode("utf-8", "surrogateescape"))


def write_town(root: Path) -> None:
    """Write the town's data folder."""
    data, geodata = root / "data", root / "geodata"
    data.mkdir()
    geodata.mkdir()
    (data / "catalogue.yml").write_text(CATALOGUE, "utf-8")
    (data / "indicators.yml").write_text(INDICATORS, "utf-8")
    write_table(
        data,
        "gebiete",
        "level,division,area_id,name,parent_id,name_complete\n"
        "gemeinde,heute,K1,Musterstadt,,true\n"
        + "".join(f"quartier,heute,Q0{i},Quartier {i},K1,true\n" for i in range(1, 5)),
        f"kind: register\nrows: 5\n{SOURCE}\n",
    )
    write_table(
        data,
        "zahlen",
        "quartier;einwohner;quote\nQ01;1.000;10,0\nQ02;3.000;20,0\nQ03;500;–\nQ04;.;.\n",
        "kind: figures\nlayout: wide\nlevel: quartier\ndivision: heute\ndate: 2020-06-30\n"
        "source: erfunden\nkey_column: quartier\nrows: 4\n"
        "columns: [{name: einwohner, indicator: einwohner}, {name: quote, indicator: quote}]\n",
    )
    corners: dict[str, tuple[int, ...]] = {
        "Q01": (0, 0, 1),
        "Q02": (1, 0, 1),
        "Q03": (0, 1, 1),
        "Q04": (1, 1, 1),
    }
    write_layer(geodata, "quartier", corners)
    write_layer(geodata, "gemeinde", {"K1": (0, 0, 2)})
