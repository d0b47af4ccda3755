"""Measure how long a city folder takes to load, to compile and to open from its store.

``python -m benchmarks.loading [FOLDER]``: wall and processor seconds, medians; time of imports is
not in them. The command line is measured as a process of its own.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from inteso_dash.city import load_city
from inteso_dash.city.compiled import compile_city, open_city
from inteso_dash.folders import STORE_VARIABLE
from tests.paths import ROOT

ROUNDS = 3


def measured(done: Callable[[], object]) -> str:
    """Do it some times; write the medians."""
    walls, processor = [], []
    for _ in range(ROUNDS):
        wall, busy = time.perf_counter(), os.times()
        done()
        now = os.times()
        walls.append(time.perf_counter() - wall)
        used = zip(now[:4], busy[:4], strict=True)
        processor.append(sum(after - before for after, before in used))
    return f"{median(walls):6.2f} s wall {median(processor):6.2f} s processor"


def main() -> None:
    """Measure a folder, the shipped city by default."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    with tempfile.TemporaryDirectory() as store:
        os.environ[STORE_VARIABLE] = store
        figures = len(load_city(root).figures)
        print(f"{root.resolve().name}: {figures} figures")
        print("load              ", measured(lambda: load_city(root)))
        print("load and keep     ", measured(lambda: compile_city(root)))
        print("open              ", measured(lambda: open_city(root)))
        if root == ROOT:
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # What is installed is compiled once.
            command = [sys.executable, "-m", "inteso_dash.cli", "profile", "06"]

            def run() -> None:
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

            print("profile 06        ", measured(run))


if __name__ == "__main__":
    main()
