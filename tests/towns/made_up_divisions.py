"""Earlier divisions made up from the shipped boundaries, and a city folder that holds them.

Nothing here was ever published: divisions of 166 and 179 areas are cut out of the 171 real ones by
splitting, joining, renumbering and shifting edges, with the truth by which they were made, and
their figures are the real ones of 2021 put down elsewhere. ``python -m
tests.towns.made_up_divisions
FOLDER`` writes such a city folder.
"""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import shapely
import yaml

from inteso_dash.boundaries.layers import geojson
from inteso_dash.city.aggregation.conversion import apportioned
from inteso_dash.city.overlay.matching import Fate
from tests.paths import ROOT

METRES = "EPSG:25832"
TOTAL = 643_753
LEVEL, CURRENT = "sozialraum", "2021"
PLANS = {
    "2011": {"joined": 4, "halved": 9, "renumbered": 3, "shifted": 4, "start": 5},
    "2017": {"joined": 11, "halved": 3, "renumbered": 4, "shifted": 3, "start": 0},
}
"""How many areas of 2021 come from two joined ones, are halves of one, have another key, have a
shifted edge; ``start`` keeps the two divisions apart."""

NOTE = "Erfunden für Tests; keine Zahl und keine Grenze dieser Gliederung ist veröffentlicht."


@dataclass(frozen=True)
class MadeUp:
    """An earlier division with the truth by which it was made.

    Attributes
    ----------
    id : str
    areas : GeoDataFrame
        area_id, name, parent_id, geometry, in metres.
    truth : dict
        (earlier keys, later keys) → what became of them, for every area.
    shares : DataFrame
        area_from, area_to, people, share: where the inhabitants really went.
    figures : DataFrame
        Index area_id: bevoelkerung, auslaender, arbeitslose, mindestsicherung, fluktuationsrate.
    """

    id: str
    areas: geopandas.GeoDataFrame
    truth: dict[tuple[tuple[str, ...], tuple[str, ...]], Fate]
    shares: pd.DataFrame
    figures: pd.DataFrame


def real_areas() -> geopandas.GeoDataFrame:
    """Return the 171 real areas in metres, with their names."""
    areas = geopandas.read_file(ROOT / "geodata/sozialraum_2021.geojson").to_crs(METRES)
    register = pd.read_csv(ROOT / "data/gebiete.csv", dtype=str)
    names = register[register["level"] == LEVEL].set_index("area_id")["name"]
    areas["name"] = areas["area_id"].map(names)
    return areas[["area_id", "name", "parent_id", "geometry"]].sort_values(
        "area_id", ignore_index=True
    )


def real_figures() -> pd.DataFrame:
    """Return real counts and rates of 2021 by area, as the made-up ones are made of them."""
    table = pd.read_csv(ROOT / "data/sozialraeume_2021.csv", dtype=str).set_index("sozialraum")
    numbers = {
        name: pd.to_numeric(table[name].str.replace(",", "."), errors="coerce")
        for name in ("bevoelkerung", "anteil_auslaender", "arbeitslose", "mindestsicherung")
    }
    frame = pd.DataFrame(numbers)
    frame.loc["063007", "bevoelkerung"] = 2036
    return frame


def halves(polygon: shapely.Geometry) -> tuple[shapely.Geometry, shapely.Geometry]:
    """Cut a polygon in two along the shorter axis of its smallest rectangle."""
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(polygon))
    sides = np.linalg.norm(np.diff(corners[:3], axis=0), axis=1)
    at = 0 if sides[0] > sides[1] else 1
    middle = (corners[at] + corners[at + 1]) / 2
    opposite = (corners[(at + 2) % 4] + corners[(at + 3) % 4]) / 2
    along = (opposite - middle) / np.linalg.norm(opposite - middle)
    across = np.array([-along[1], along[0]])
    reach = 2 * sides.max()
    half = shapely.Polygon(
        [
            middle - reach * along,
            middle + reach * 2 * along,
            middle + reach * 2 * along + reach * across,
            middle - reach * along + reach * across,
        ]
    )
    return polygon & half, polygon - half


def make(division: str) -> MadeUp:
    """Make an earlier division."""
    plan, real = PLANS[division], real_areas()
    shapes = dict(zip(real["area_id"], real.geometry, strict=True))
    names = dict(zip(real["area_id"], real["name"], strict=True))
    parents = dict(zip(real["area_id"], real["parent_id"], strict=True))
    people = real_figures()["bevoelkerung"].fillna(0)
    free = [key for key in shapes if people.get(key, 0) >= 600]
    free = free[plan["start"] :]
    pairs = _neighbours(shapes, parents, free)
    truth: dict[tuple[tuple[str, ...], tuple[str, ...]], Fate] = {}
    moves: list[tuple[str, str, float]] = []
    used: set[str] = set()
    old: dict[str, Any] = {}
    labels: dict[str, tuple[str, str]] = {}

    def take_pairs(count: int) -> list[tuple[str, str]]:
        found = []
        for one, other in pairs:
            if len(found) < count and not used & {one, other}:
                used.update((one, other))
                found.append((one, other))
        assert len(found) == count
        return found

    def take(count: int) -> list[str]:
        found = [key for key in free[3::2] if key not in used][:count]
        used.update(found)
        assert len(found) == count
        return found

    for number, (one, other) in enumerate(take_pairs(plan["halved"])):
        key = f"{parents[one]}{700 + number}"
        old[key] = shapes[one] | shapes[other]
        labels[key] = (f"{names[one]} (alt)", parents[one])
        truth[(key,), (one, other)] = Fate.SPLIT
        moves += [(key, one, people[one]), (key, other, people[other])]
    for one, other in take_pairs(plan["shifted"]):
        reach = 40.0
        while True:
            strip = shapes[other] & shapely.buffer(shapes[one], reach)
            if strip.area > 0.15 * shapes[other].area:
                break
            reach += 10
        old[one], old[other] = shapes[one] | strip, shapes[other] - strip
        labels[one], labels[other] = (names[one], parents[one]), (names[other], parents[other])
        truth[(one, other), (one, other)] = Fate.REDRAWN
        moved = round(0.2 * people[other])
        moves += [(one, one, people[one]), (one, other, moved)]
        moves.append((other, other, people[other] - moved))
    for number, key in enumerate(take(plan["joined"])):
        first, second = (f"{parents[key]}{800 + 2 * number + side}" for side in (0, 1))
        old[first], old[second] = halves(shapes[key])
        labels[first] = (f"{names[key]} I", parents[key])
        labels[second] = (f"{names[key]} II", parents[key])
        truth[(first, second), (key,)] = Fate.MERGED
        part = round(people[key] * (0.4 + 0.02 * number))
        moves += [(first, key, part), (second, key, people[key] - part)]
    for number, key in enumerate(take(plan["renumbered"])):
        other = f"{parents[key]}{900 + number}"
        old[other], labels[other] = shapes[key], (names[key], parents[key])
        truth[(other,), (key,)] = Fate.RENAMED
        moves.append((other, key, people[key]))
    for key, shape in shapes.items():
        if key not in used:
            old[key], labels[key] = shape, (names[key], parents[key])
            truth[(key,), (key,)] = Fate.UNCHANGED
            moves.append((key, key, people[key]))
    keys = sorted(old)
    clean = shapely.coverage_clean(np.array([old[key] for key in keys]))
    areas = geopandas.GeoDataFrame(
        {
            "area_id": keys,
            "name": [labels[key][0] for key in keys],
            "parent_id": [labels[key][1] for key in keys],
        },
        geometry=clean,
        crs=METRES,
    )
    went = pd.DataFrame(moves, columns=["area_from", "area_to", "people"])
    went = went.sort_values(["area_from", "area_to"], ignore_index=True)
    whole = went.groupby("area_from")["people"].transform("sum")
    went["share"] = (went["people"] / whole.where(whole > 0)).fillna(1.0)
    return MadeUp(division, areas, truth, went, _figures(went))


def _neighbours(
    shapes: dict[str, Any], parents: dict[str, str], free: list[str]
) -> list[tuple[str, str]]:
    """Return pairs of one Stadtteil with a long common boundary."""
    return [
        (one, other)
        for at, one in enumerate(free)
        for other in free[at + 1 :]
        if parents[one] == parents[other]
        and shapely.length(shapely.boundary(shapes[one]) & shapely.boundary(shapes[other])) > 300
    ]


def _figures(went: pd.DataFrame) -> pd.DataFrame:
    """Put the real inhabitants of 2021 down in the earlier areas, so that they add up."""
    real, origin = real_figures(), went["area_from"]
    people = went["people"].groupby(origin).sum()
    mean = {
        name: real[name].reindex(went["area_to"]).set_axis(origin).groupby(level=0).mean()
        for name in ("anteil_auslaender", "mindestsicherung", "arbeitslose")
    }
    return pd.DataFrame(
        {
            "bevoelkerung": people,
            "auslaender": (people * mean["anteil_auslaender"] / 100).round(),
            "arbeitslose": mean["arbeitslose"].round(),
            "mindestsicherung": (mean["mindestsicherung"] + 0.5).round(1),
            "fluktuationsrate": 20.0 + (np.arange(len(people)) % 9),
        }
    )


def moved(figures: pd.DataFrame) -> pd.DataFrame:
    """Move inhabitants between areas, up to a tenth, so that something changes; same total."""
    people = figures["bevoelkerung"]
    factors = 0.9 + 0.02 * (np.arange(len(people)) * 7 % 11)
    spread = people * factors
    wanted = spread * people.sum() / spread.sum()
    kept = pd.Series(apportioned(wanted.to_numpy()), wanted.index)
    return figures.assign(
        bevoelkerung=kept,
        auslaender=(figures["auslaender"] * kept / people.where(people > 0) * 0.95).round(),
    )


def write_city(root: Path) -> Path:
    """Write a city folder: the shipped one with two made-up divisions, figures and a key."""
    shutil.copytree(ROOT / "data", root / "data")
    shutil.copytree(ROOT / "geodata", root / "geodata")
    catalogue = root / "data/catalogue.yml"
    text = catalogue.read_text("utf-8").replace("Grenzen liegen nicht öffentlich vor.", NOTE)
    catalogue.write_text(text.replace("Düsseldorf in Zahlen", "Erfundene Gliederungen"), "utf-8")
    made = {division: make(division) for division in PLANS}
    _write_register(root / "data", made)
    for division, each in made.items():
        _write_layer(root / "geodata", each)
        _write_figures(root / "data", division, replace(each, figures=moved(each.figures)))
    _write_key(root / "data", made["2017"])
    return root


def _write(folder: Path, name: str, rows: list[list[Any]], described: dict[str, Any]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    content = out.getvalue().encode()
    (folder / f"{name}.csv").write_bytes(content)
    head = {
        "id": name,
        "title": f"{name} (erfunden)",
        "file": f"{name}.csv",
        "note": NOTE,
        "rows": len(rows) - 1,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    text = yaml.safe_dump(head | described, allow_unicode=True, sort_keys=False)
    (folder / f"{name}.yml").write_text(text, "utf-8")


def _source(division: str) -> dict[str, Any]:
    return {
        "id": f"erfunden_{division}",
        "title": f"Erfundene Zahlen {division}",
        "producer": "Niemand",
        "year": division,
        "licence": "keine",
        "public": True,
        "note": NOTE,
    }


def _write_register(data: Path, made: dict[str, MadeUp]) -> None:
    rows: list[list[Any]] = [["level", "division", "area_id", "name", "parent_id", "name_complete"]]
    for division, each in made.items():
        for area in each.areas.itertuples():
            complete = "false" if "…" in area.name else "true"
            rows.append([LEVEL, division, area.area_id, area.name, area.parent_id, complete])
    _write(data, "gebiete_frueher", rows, {"kind": "register"})


def _write_figures(data: Path, division: str, each: MadeUp) -> None:
    columns = list(each.figures)
    rows: list[list[Any]] = [["sozialraum", *columns]]
    for key, numbers in each.figures.iterrows():
        cells = []
        for name in columns:
            value = numbers[name]
            whole = name in {"bevoelkerung", "auslaender", "arbeitslose"}
            cells.append("" if pd.isna(value) else f"{value:.0f}" if whole else f"{value:.1f}")
        rows.append([key, *cells])
    described = {
        "kind": "figures",
        "layout": "wide",
        "level": LEVEL,
        "division": division,
        "date": f"{division}-12-31",
        "source": f"erfunden_{division}",
        "key_column": "sozialraum",
        "columns": [{"name": name, "indicator": name} for name in columns],
        "sources": [_source(division)],
    }
    _write(data, f"erfunden_{division}", rows, described)


def _write_key(data: Path, each: MadeUp) -> None:
    rows: list[list[Any]] = [["area_from", "area_to", "share"]]
    rows += [[row.area_from, row.area_to, repr(row.share)] for row in each.shares.itertuples()]
    described = {
        "kind": "crosswalk",
        "level": LEVEL,
        "division": each.id,
        "to_division": CURRENT,
        "weight": "bevoelkerung",
        "source": f"erfunden_{each.id}",
    }
    _write(data, f"schluessel_{each.id}_{CURRENT}", rows, described)


def _write_layer(geodata: Path, each: MadeUp) -> None:
    shown = each.areas.to_crs("EPSG:4326")
    shown["geometry"] = shapely.set_precision(shown.geometry.to_numpy(), 1e-7)
    shown["area_ha"] = np.round(each.areas.area / 1e4, 4)
    content = geojson(shown)
    name = f"{LEVEL}_{each.id}"
    (geodata / f"{name}.geojson").write_bytes(content)
    described = {
        "level": LEVEL,
        "division": each.id,
        "file": f"{name}.geojson",
        "features": len(each.areas),
        "measuring_crs": METRES,
        "generalised": True,
        "parent_level": "stadtteil",
        "origin": {
            "producer": "Niemand",
            "title": f"Erfundene Gliederung {each.id}",
            "url": "https://portal.example/",
            "licence": "keine",
            "source_crs": "EPSG:4326",
        },
        "note": NOTE,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    text = yaml.safe_dump(described, allow_unicode=True, sort_keys=False)
    (geodata / f"{name}.yml").write_text(text, "utf-8")


if __name__ == "__main__":
    write_city(Path(sys.argv[1]))
