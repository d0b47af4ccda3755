"""How a map grows with its areas: the dashboard, the usual way and a static site, side by side.

``python -m benchmarks.areas``: made-up countries of 171 to 11,000 areas, all of them in one run and
in turns. Beside the time until something is drawn stands what the page's main thread has worked for
it, which other work on the machine disturbs less.
"""

import http.server
import json
import os
import re
import statistics
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from benchmarks.browser import SETTLE, load, new_context
from benchmarks.hexagons import write_country
from inteso_dash.folders import STORE_VARIABLE
from tests.e2e.harness import chromium, free_port, launch, serve, serve_app

SIZES = (171, 1_000, 11_000)
APP, NAIVE, STATIC = "dashboard", "naive map", "static Leaflet site"
KINDS = {APP: "map", NAIVE: "plotly", STATIC: "text"}
ROUNDS, LOADS = 5, 2
TRACED = ["toplevel", "blink.user_timing"]
TASK = "ThreadControllerImpl::RunTask"


@dataclass
class Measured:
    """Milliseconds until drawn, and those of the main thread within."""

    walls: list[float] = field(default_factory=list)
    works: list[float] = field(default_factory=list)

    def add(self, wall: float, trace: bytes) -> None:
        """Take one more in, with what the browser has traced of it."""
        self.walls.append(wall)
        self.works.append(worked(json.loads(trace)["traceEvents"]))

    def __str__(self) -> str:
        if not self.walls:
            return "–"
        return f"{statistics.median(self.walls):.0f} ms ({statistics.median(self.works):.0f})"


def worked(events: list[dict[str, Any]]) -> float:
    """Milliseconds of the thread on which something was drawn, from the press until then."""
    marks = {
        event["name"]: event
        for event in sorted(events, key=lambda event: event["ts"])
        if "blink.user_timing" in event.get("cat", "")
    }
    drawn = marks["inteso-drawn"]
    begun = marks["inteso-press"]["ts"] if "inteso-press" in marks else 0
    tasks = (
        event
        for event in events
        if (event["name"], event["ph"]) == (TASK, "X")
        and (event["pid"], event["tid"]) == (drawn["pid"], drawn["tid"])
        and begun <= event["ts"] + event["dur"]
        and event["ts"] <= drawn["ts"]
    )
    return sum(float(event.get("tdur", event["dur"])) for event in tasks) / 1000


@contextmanager
def static_site(country: Path) -> Iterator[str]:
    """Serve the country as a static Leaflet site; yields its address."""
    spec = find_spec("xstatic.pkg.leaflet")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("xstatic-leaflet is not installed")
    script = Path(spec.origin).parent / "data/leaflet.js"
    site = country / "site"
    site.mkdir()
    (site / "leaflet.js").write_bytes(script.read_bytes())
    (site / "index.html").write_bytes(Path(__file__).with_name("leaflet.html").read_bytes())
    (site / "areas.json").write_bytes((country / "geodata/gemeinde.geojson").read_bytes())
    (site / "figures.csv").write_bytes((country / "data/zahlen_2021.csv").read_bytes())

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Handler, directory=str(site))
    ) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def served(kind: str, country: Path) -> Iterator[str]:
    """Serve a country in one of the ways; yields its address."""
    if kind == STATIC:
        with static_site(country) as url:
            yield url
        return
    if kind == APP:
        with serve_app(country) as server:
            server.wait()
            yield f"{server.url}/karte"
        return
    port = free_port()
    script = Path(__file__).with_name("naive.py")
    settings = ["--server.port", str(port), "--server.headless", "true"]
    quiet = ["--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none"]
    run = [sys.executable, "-m", "streamlit", "run", str(script), *settings, *quiet]
    with serve([*run, "--", str(country)], port) as server:
        server.wait()
        yield server.url


class Visitor:
    """A window that shows a country in one of the ways."""

    def __init__(self, browser: Browser, kind: str, url: str) -> None:
        self.browser, self.kind, self.url = browser, kind, url
        self.context: BrowserContext = new_context(browser)
        self.page: Page = self.context.new_page()
        self.process = 0

    def traced(self, act: Callable[[], float], into: Measured) -> None:
        """Do something that returns its milliseconds, and take in what it was."""
        self.page.bring_to_front()
        self.browser.start_tracing(page=self.page, categories=TRACED)
        try:
            wall = act()
        finally:
            trace = self.browser.stop_tracing()
        into.add(wall, trace)
        marked = [e for e in json.loads(trace)["traceEvents"] if e["name"] == "inteso-drawn"]
        self.process = marked[-1]["pid"]

    def opened(self) -> float:
        """Open the page."""
        return load(self.page, self.url, KINDS[self.kind])

    def rest(self) -> None:
        """Wait until what is left for later has been done."""
        if self.kind == APP:
            self.page.locator("[data-complete]").first.wait_for(state="attached")
        self.page.wait_for_timeout(3 * SETTLE)

    def pressed(
        self, act: Callable[[], Any], hand: str = "pointerdown", *, anything: bool = False
    ) -> float:
        """Press something; milliseconds until the next picture stands."""
        armed = [KINDS[self.kind], hand, anything]
        self.page.evaluate("([kind, hand, any]) => armStopwatch(kind, hand, any)", armed)
        act()
        return float(self.page.evaluate("() => window.change"))

    def indicator(self, turn: int) -> Callable[[], float]:
        """Choose another indicator."""
        if self.kind == STATIC:
            choice = self.page.locator("select")
            other = (turn + 1) % 3
            return lambda: self.pressed(lambda: choice.select_option(index=other), "input")
        self.page.get_by_role("combobox", name="Indikator").click()
        option = self.page.get_by_role("option").nth((2, 0, 1)[turn % 3])
        option.wait_for()
        return lambda: self.pressed(option.click)

    def date(self, turn: int) -> Callable[[], float]:
        """Step to another Stichtag."""
        steps = self.page.get_by_role("group", name="Stichtag").get_by_role("button")
        return lambda: self.pressed(steps.nth(turn % 2).click)

    def classes(self, turn: int) -> Callable[[], float]:
        """Divide into classes in another way: quantiles, natural breaks, equal steps."""
        divided = self.page.get_by_role("combobox", name="Einteilung")
        if not divided.is_visible():
            self.page.get_by_role("button", name="Klassen").click()
        divided.click()
        option = self.page.get_by_role("option").nth((2, 0, 1)[turn % 3])
        option.wait_for()
        return lambda: self.pressed(option.click)

    def hover(self, turn: int) -> Callable[[], float]:
        """Point at another area: to the end of the next frame."""
        box = self.page.locator("svg.map").bounding_box()
        assert box is not None
        middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        move = partial(self.page.mouse.move, middle[0] + 37 * turn, middle[1] - 11 * turn)
        return lambda: self.pressed(move, "pointermove", anything=True)

    def memory(self) -> str:
        """Megabytes of the script once rubbish is collected, and of the whole process before."""
        path = Path(f"/proc/{self.process}/smaps_rollup")
        found = re.search(r"^Pss:\s+(\d+)", path.read_text("ascii"), re.MULTILINE)
        session = self.context.new_cdp_session(self.page)
        session.send("HeapProfiler.collectGarbage")
        used = session.send("Runtime.getHeapUsage")["usedSize"]
        whole = int(found[1]) / 1024 if found else float("nan")
        return f"{used / 1e6:.0f} · {whole:.0f} MB"


def measure(visitors: dict[int, Visitor], names: tuple[str, ...]) -> dict[str, dict[int, str]]:
    """Open and change the same page at all sizes, in turns; one row each."""
    found = {name: {size: Measured() for size in visitors} for name in ("opened", *names)}
    rows: dict[str, dict[int, str]] = {}
    for visitor in visitors.values():
        visitor.opened()
        visitor.rest()
    for _ in range(LOADS):
        for size, visitor in visitors.items():
            visitor.traced(visitor.opened, found["opened"][size])
            visitor.rest()
    for name in names:
        for turn in range(ROUNDS):
            for size, visitor in visitors.items():
                act = getattr(visitor, name)(turn)
                visitor.traced(act, found[name][size])
                visitor.page.wait_for_timeout(SETTLE)
    for name, measured in found.items():
        rows[name] = {size: str(each) for size, each in measured.items()}
    rows["memory"] = {size: visitor.memory() for size, visitor in visitors.items()}
    return rows


TITLES = {
    "opened": "first map, filled cache",
    "indicator": "another indicator → drawn",
    "date": "another Stichtag → drawn",
    "classes": "other classes → drawn",
    "hover": "pointing at an area → drawn",
    "memory": "script · process",
}
PLAN = {
    APP: ("indicator", "date", "hover", "classes"),
    STATIC: ("indicator",),
    NAIVE: ("indicator",),
}


def area_table(browser: Browser) -> str:
    """Measure all ways at all sizes; returns the table."""
    lines = [["", *(f"{size:,} areas" for size in SIZES)], ["---"] + ["---:"] * len(SIZES)]
    with tempfile.TemporaryDirectory() as folder:
        os.environ[STORE_VARIABLE] = f"{folder}/store"
        countries = {size: Path(folder) / str(size) for size in SIZES}
        for size, country in countries.items():
            write_country(country, size)
        for kind, names in PLAN.items():
            with ExitStack() as stack:
                sizes = SIZES[:2] if kind == NAIVE else SIZES
                urls = {size: stack.enter_context(served(kind, countries[size])) for size in sizes}
                visitors = {size: Visitor(browser, kind, url) for size, url in urls.items()}
                rows = measure(visitors, names)
                for visitor in visitors.values():
                    visitor.context.close()
            for name, values in rows.items():
                lines.append([f"{kind}: {TITLES[name]}", *(values.get(size, "") for size in SIZES)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Measure and print the table."""
    executable = chromium()
    if executable is None:
        sys.exit("The benchmark needs Chromium: sudo apt-get install chromium")
    with sync_playwright() as playwright:
        browser = launch(playwright, executable)
        print(area_table(browser))
        browser.close()


if __name__ == "__main__":
    main()
