"""Measure how compiling, opening and asking a city grow with its figures, on made-up ones.

``python -m benchmarks.growth [AREAS INDICATORS DATES]``: a size, or 10⁵ to 10⁷ figures one after
the other. Each size is measured in processes of its own, so that the memory is its own.
"""

import datetime as dt
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from inteso_dash.catalogue.folder import STORE_VARIABLE
from inteso_dash.city.compiled import compile_city, opened
from tests.towns.made_up_town import SOURCE, write_layer, write_table

SIZES = ((100, 50, 20), (1000, 50, 20), (1000, 500, 20))
QUESTIONS = 100
HEAD = """
city: {id: K1, name: Musterstadt, genitive: Musterstadts}
title: Musterstadt (erfunden)
levels:
  - {id: gemeinde, title: {de: Gemeinde, en: Municipality}, plural: Gemeinden, key_length: 2,
     divisions: [{id: heute, areas: 1}]}
  - {id: bezirk, title: {de: Bezirk, en: Borough}, plural: Bezirke, parent: gemeinde,
     key_length: 3, divisions: [{id: heute, areas: %d}]}
  - {id: quartier, title: {de: Quartier, en: Quarter}, plural: Quartiere, parent: bezirk,
     key_length: 6, divisions: [{id: heute, areas: %d}]}
topics: [{id: menschen, title: {de: Menschen, en: People}}]
start: {level: quartier, indicator: zahl_0, profile_level: quartier, profile_area: Q00000,
        key_figures: [zahl_0]}
"""


def write_city(root: Path, areas: int, indicators: int, dates: int) -> None:
    """Write a made-up city: half of its indicators counts, half shares of the first count."""
    data, geodata = root / "data", root / "geodata"
    data.mkdir(parents=True)
    geodata.mkdir()
    boroughs = max(1, areas // 50)
    (data / "catalogue.yml").write_text(HEAD % (boroughs, areas), "utf-8")
    counts = [f"zahl_{at}" for at in range(indicators - indicators // 2)]
    shares = [f"anteil_{at}" for at in range(indicators // 2)]
    (data / "indicators.yml").write_text(
        "\n".join([*map(_count, counts), *map(_share, shares)]), "utf-8"
    )
    keys = {f"Q{at:05}": f"B{at % boroughs:02}" for at in range(areas)}
    rows = ["gemeinde,heute,K1,Musterstadt,,true"]
    rows += [f"bezirk,heute,B{at:02},Bezirk {at},K1,true" for at in range(boroughs)]
    rows += [f"quartier,heute,{key},Quartier {key},{above},true" for key, above in keys.items()]
    names = "level,division,area_id,name,parent_id,name_complete"
    sidecar = f"kind: register\nrows: {len(rows)}\n{SOURCE}\n"
    write_table(data, "gebiete", "\n".join([names, *rows, ""]), sidecar)
    drawn = random.Random(1)  # noqa: S311
    columns = [*counts, *shares]
    declared = ", ".join(f"{{name: {name}, indicator: {name}}}" for name in columns)
    for year in range(2025 - dates, 2025):
        lines = [";".join(["quartier", *columns])]
        for key in keys:
            whole = drawn.randint(500, 9000)
            cells = [str(whole), *(str(drawn.randint(0, whole)) for _ in counts[1:])]
            cells += [f"{drawn.randint(0, 1000) / 10}".replace(".", ",") for _ in shares]
            lines.append(";".join([key, *cells]))
        sidecar = (
            "kind: figures\nlayout: wide\nlevel: quartier\ndivision: heute\n"
            f"date: {year}-12-31\nsource: erfunden\nkey_column: quartier\nrows: {areas}\n"
            f"columns: [{declared}]\n"
        )
        write_table(data, f"zahlen_{year}", "\n".join([*lines, ""]), sidecar)
    write_layer(geodata, "gemeinde", {"K1": (0, 0, 1)})


def _count(name: str) -> str:
    titles = f"title: {{de: {name}, en: {name}}}\n  short: {{de: {name}, en: {name}}}"
    return (
        f"{name}:\n  {titles}\n  topic: menschen\n  unit: Personen\n  decimals: 0\n"
        "  kind: extensive\n  meaning: Erfundene Zahl."
    )


def _share(name: str) -> str:
    titles = f"title: {{de: {name}, en: {name}}}\n  short: {{de: {name}, en: {name}}}"
    return (
        f'{name}:\n  {titles}\n  topic: menschen\n  unit: "%"\n  decimals: 1\n  kind: intensive\n'
        "  meaning: Erfundener Anteil.\n  range: [0, 100]\n  weight: [zahl_0]"
    )


def compiled(root: Path) -> dict[str, float]:
    """Compile a folder in this process."""
    began, busy = time.perf_counter(), time.process_time()
    city, kept = compile_city(root)
    assert isinstance(kept, Path), kept
    return {
        "figures": int(city.counts["rows"].sum()),
        "compile s": time.perf_counter() - began,
        "processor s": time.process_time() - busy,
        "store MB": sum(each.stat().st_size for each in kept.iterdir()) / 1e6,
    }


def asked(root: Path) -> dict[str, float]:
    """Open a folder from its store in this process and ask for the figures of maps."""
    began = time.process_time()
    city = opened(root)
    assert city is not None
    opening = time.process_time() - began
    drawn = random.Random(2)  # noqa: S311
    names = [each.id for each in city.catalogue.indicators]
    days = [dt.date(2024 - at, 12, 31) for at in range(20)]
    times = []
    for _ in range(QUESTIONS):
        place = ("quartier", drawn.choice(names), drawn.choice(days))
        began = time.process_time()
        city.values(*place)
        times.append(time.process_time() - began)
    return {"open s": opening, "first map ms": 1000 * times[0], "map ms": 1000 * median(times)}


def main() -> None:
    """Measure one size or all."""
    if sys.argv[1:2] in (["compiled"], ["asked"]):
        found = {"compiled": compiled, "asked": asked}[sys.argv[1]](Path(sys.argv[2]))
        found["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        print(json.dumps(found))
        return
    sizes = (tuple(map(int, sys.argv[1:4])),) if len(sys.argv) > 3 else SIZES
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "city"
            write_city(root, *size)
            os.environ[STORE_VARIABLE] = str(Path(folder) / "store")
            for step in ("compiled", "asked"):
                command = [sys.executable, "-m", "benchmarks.growth", step, str(root)]
                run = subprocess.run(command, check=True, stdout=subprocess.PIPE)
                measured = json.loads(run.stdout)
                print(*(f"{name} {value:,.1f}" for name, value in measured.items()), sep="  ")


if __name__ == "__main__":
    main()
