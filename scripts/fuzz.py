"""Spoil many data folders and deliveries and let the whole program look at each.

    python -m scripts.fuzz [FOLDERS] [FIRST_SEED]

Every tenth folder is opened on every page as well. A line is printed for every one that does not
end in a German sentence, with its seed: `tests.towns.fuzzing.spoilt(folder, seed)` makes it again.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from pathlib import Path

from inteso_dash.folders import DATA_VARIABLE
from inteso_dash.intake.delivery.folder import surroundings
from tests.towns import fuzzing


def main(count: int, first: int) -> int:
    """Try `count` folders and as many deliveries; return how many failed."""
    logging.getLogger("inteso_dash").propagate = False
    failed = 0
    ends: Counter[str] = Counter()
    began = time.monotonic()
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory() as name:
            root = Path(name)
            os.environ[DATA_VARIABLE] = name
            done = fuzzing.spoilt(root, seed)
            try:
                ends[fuzzing.examine(root)] += 1
                if seed % 10 == 0:
                    fuzzing.opened(root)
            except Exception:  # noqa: BLE001
                failed += 1
                print(f"--- Ordner {seed}: {'; '.join(done)}\n{traceback.format_exc(limit=-6)}")
    with tempfile.TemporaryDirectory() as name:
        city = surroundings(fuzzing.write_base(Path(name)))
        for seed in range(first, first + count):
            file, content = fuzzing.spoilt_delivery(seed, Path(name))
            try:
                fuzzing.delivered(content, file, city)
            except Exception:  # noqa: BLE001
                failed += 1
                print(f"--- Lieferung {seed}\n{traceback.format_exc(limit=-6)}")
    told = ", ".join(f"{number} {end}" for end, number in sorted(ends.items()))
    print(f"{count} Ordner ({told}), {count} Lieferungen: {failed} ohne deutschen Satz.")
    print(f"{time.monotonic() - began:.0f} s")
    return failed


if __name__ == "__main__":
    asked = [int(each) for each in sys.argv[1:3]]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        failures = main(asked[0] if asked else 700, asked[1] if len(asked) > 1 else 0)
    sys.exit(bool(failures))
