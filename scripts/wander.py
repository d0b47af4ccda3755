"""Open addresses and choose on pages at random, and name what fails.

    python -m scripts.wander [SECONDS] [SEED]

The city is the one that INTESO_DASH_DATA names, else the shipped one. A line is printed for every
part of a page that fails, once, with the way that leads there.
"""

from __future__ import annotations

import itertools
import logging
import sys
import time
import traceback

from inteso_dash.city.compiled import open_city
from inteso_dash.folders import default_root
from inteso_dash.pages import PAGES
from tests.opened import open_page
from tests.wandering import Wanderer

_STEPS = 10


class _Heard(logging.Handler):
    """What parts of pages have failed with, innermost lines, once."""

    def __init__(self) -> None:
        super().__init__()
        self.known: set[str] = set()
        self.way: list[object] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1] is not None:
            self.tell(record.exc_info[1])

    def tell(self, error: BaseException) -> None:
        """Name an error that has not been named yet."""
        told = "".join(traceback.format_exception(error, limit=-3))
        if told not in self.known:
            self.known.add(told)
            print(f"--- {self.way}\n{told}", flush=True)


def main(seconds: float, seed: int) -> int:
    """Go on for so long; return how many different errors there were."""
    logging.disable(logging.WARNING)
    heard, end = _Heard(), time.monotonic() + seconds
    log = logging.getLogger("inteso_dash.mishaps")
    log.addHandler(heard)
    log.propagate = False
    wanderer, done = Wanderer(open_city(default_root()), seed), 0
    for page in itertools.cycle(each.id for each in PAGES):
        if time.monotonic() > end:
            break
        try:
            asked = wanderer.address(page)
            heard.way = [page, asked]
            app = open_page(page, **asked)
            for _ in range(_STEPS):
                wanderer.step(app, heard.way)
                assert not app.exception
                done += 1
        except AssertionError as error:
            heard.tell(error)
    print(f"{done} choices, {len(heard.known)} errors.")
    return len(heard.known)


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:3]]
    sys.exit(min(main(*(given + [300, 1][len(given) :])), 1))
