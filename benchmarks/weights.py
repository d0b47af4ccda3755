"""Measure a change of weight on the page on accommodation beside a change of indicator on the map.

Both in one run, in turn, until the map is drawn. The accommodation is a made-up full table.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.browser import SETTLE, choose, load, new_context
from tests.e2e.harness import chromium, launch, serve_app
from tests.towns import made_up_accommodation as made_up

ROUNDS = 15
AHEAD = "map page, change of indicator, drawn ahead"
ASKED = "map page, change of indicator, asked of the server"
WEIGHT = "accommodation, change of weight → map, bars and table"


def weigh(page: Page, key: str) -> float:
    """Move the weight of the land by one step; returns the milliseconds until the map is drawn."""
    page.get_by_role("slider", name="Fläche").focus()
    page.evaluate("() => armStopwatch('map', 'keydown')")
    page.keyboard.press(key)
    return float(page.evaluate("() => window.change"))


def measure(browser: Browser, url: str, rounds: int) -> dict[str, float]:
    """Median milliseconds of each kind of change, measured in turn."""
    opened = {name: new_context(browser).new_page() for name in (AHEAD, ASKED, WEIGHT)}
    opened[ASKED].route("**/werte/**", lambda route: route.abort())
    for name, page in opened.items():
        page.set_default_timeout(60_000)
        load(page, f"{url}/unterbringung?u_bereich=Gerechtigkeit" if name == WEIGHT else url, "map")
        page.wait_for_timeout(2000)
    times: dict[str, list[float]] = {name: [] for name in opened}
    for turn in range(rounds + 2):
        for name, page in opened.items():
            page.bring_to_front()
            page.wait_for_timeout(2 * SETTLE)
            if name == WEIGHT:
                took = weigh(page, ("ArrowRight", "ArrowLeft")[turn % 2])
            else:
                took = choose(page, "map", (1, 2, 0)[turn % 3])
            times[name].append(took)
    for page in opened.values():
        page.context.close()
    return {name: median(each[2:]) for name, each in times.items()}


def main() -> None:
    """Measure and print."""
    executable = chromium()
    if executable is None:
        sys.exit("The benchmark needs Chromium: sudo apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        city = made_up.build(Path(folder) / "city")
        with serve_app(city) as server:
            server.wait()
            browser = launch(playwright, executable)
            for name, took in measure(browser, server.url, ROUNDS).items():
                print(f"{name}: {took:.0f} ms")
            browser.close()


if __name__ == "__main__":
    main()
