"""Measure maps in ClickHouse's engine against the number of figures, on made-up ones.

``python -m benchmarks.engines [FIGURES …]``: 10⁶ to 10⁸ by default. The figures are made up inside
the engine, in the table that a city's are kept in, and asked for as a city asks.
"""

import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from inteso_dash.city.database import SCHEMA
from inteso_dash.city.database.clickhouse import ClickHouse
from inteso_dash.city.lookup import CELL

SIZES = (10**6, 10**7, 10**8)
AREAS, QUESTIONS = 1000, 100
KEY = "0" * 32
FILL = """
INSERT INTO inteso_dash.figure SELECT
    :key, number, 'quartier', 'heute', concat('Q', leftPad(toString(number % 1000), 5, '0')),
    concat('zahl_', toString(intDiv(number, 20000))),
    concat(toString(2005 + intDiv(number, 1000) % 20), '-12-31'),
    (cityHash64(number) % 1000000) / 10, 'measured', 'erfunden', 0.5, '', number
FROM numbers(:figures)
"""
"""1,000 areas, 20 Stichtage."""


def measured(figures: int, folder: Path) -> None:
    """Fill the table in this process, and ask for maps."""
    store = ClickHouse(f"chdb://{folder}")
    began = time.process_time()
    with store.connected(reading=False) as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {SCHEMA}")
        store.tables.create_all(connection)
        connection.execute(store.sql.text(FILL), {"key": KEY, "figures": figures})
    filled, drawn, times = time.process_time() - began, random.Random(3), []  # noqa: S311
    for _ in range(QUESTIONS):
        start = drawn.randrange(figures // AREAS) * AREAS
        began = time.perf_counter()
        rows = store.rows(KEY, range(start, start + AREAS), ["area_id", *CELL])
        times.append(time.perf_counter() - began)
        assert rows[1][0] == "Q00001", rows[1]
    size = sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{figures:,} figures  fill {filled:.0f} s  disk {size / 1e6:,.0f} MB  first map "
        f"{1000 * times[0]:.0f} ms  map {1000 * median(times):.1f} ms  peak {memory / 1000:,.0f} MB"
    )


def main() -> None:
    """Measure each size in a process of its own."""
    if sys.argv[1:2] == ["measured"]:
        measured(int(sys.argv[2]), Path(sys.argv[3]))
        return
    for figures in map(int, sys.argv[1:]) if len(sys.argv) > 1 else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "benchmarks.engines", "measured", str(figures), folder]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
