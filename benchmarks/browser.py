"""What a visitor waits for, and what goes over the wire, measured in a real browser."""

import base64
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

STOPWATCH = Path(__file__).with_name("stopwatch.js").read_text("utf-8")
LATE = 20_000
SETTLE = 400


@dataclass
class Wire:
    """Bytes as they crossed the wire: by address, and by websocket."""

    files: dict[str, int] = field(default_factory=dict)
    socket: int = 0
    frames: int = 0

    def watch(self, page: Page) -> None:
        """Count everything that the page asks for from now on."""
        addresses: dict[str, str] = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")

        def responded(event: dict[str, Any]) -> None:
            addresses[event["requestId"]] = event["response"]["url"]

        def loaded(event: dict[str, Any]) -> None:
            url = addresses.get(event["requestId"], "")
            self.files[url] = self.files.get(url, 0) + int(event["encodedDataLength"])

        def framed(event: dict[str, Any]) -> None:
            payload = event["response"]["payloadData"]
            binary = event["response"]["opcode"] == 2
            self.socket += len(base64.b64decode(payload)) if binary else len(payload)
            self.frames += 1

        session.on("Network.responseReceived", responded)
        session.on("Network.loadingFinished", loaded)
        session.on("Network.webSocketFrameReceived", framed)
        session.on("Network.webSocketFrameSent", framed)

    def total(self) -> int:
        """All bytes so far."""
        return sum(self.files.values()) + self.socket

    def geometry(self) -> dict[str, int]:
        """Bytes of each boundary file."""
        return {
            url: size
            for url, size in self.files.items()
            if "/geometrie/" in url and not url.endswith(".js")
        }


def new_context(browser: Browser) -> BrowserContext:
    """Open a visitor's window with an empty cache."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="de-DE")
    context.add_init_script(STOPWATCH)
    context.set_default_timeout(LATE)
    return context


def load(page: Page, url: str, kind: str) -> float:
    """Open an address; returns the milliseconds until the application has drawn its content."""
    page.goto(url)
    return float(page.evaluate("kind => firstDrawn(kind)", kind))


def first_seen(page: Page, kind: str) -> float:
    """Milliseconds until what has been loaded was seen, before the application or with it."""
    return float(page.evaluate("kind => firstDrawn(kind)", "seen" if kind == "map" else kind))


def first_maps(browser: Browser, pages: dict[str, tuple[str, str]], rounds: int) -> dict[str, Any]:
    """Load every page in turn, with an empty and with a filled cache.

    Medians of both until something is seen, then of both until the application stands around it.
    """
    times: dict[str, list[list[float]]] = {name: [[], [], [], []] for name in pages}
    for _ in range(rounds):
        for name, (url, kind) in pages.items():
            context = new_context(browser)
            page = context.new_page()
            for turn in (0, 1):
                times[name][2 + turn].append(load(page, url, kind))
                times[name][turn].append(first_seen(page, kind))
                page.wait_for_timeout(SETTLE)
            context.close()
    return {name: tuple(map(median, measured)) for name, measured in times.items()}


def choose(page: Page, kind: str, number: int, name: str = "Indikator") -> float:
    """Choose another option of a list; returns the milliseconds until it is drawn."""
    page.get_by_role("combobox", name=name, exact=True).click()
    page.evaluate("kind => armStopwatch(kind)", kind)
    page.get_by_role("option").nth(number).click()
    return float(page.evaluate("() => window.change"))


def late(times: list[float]) -> float:
    """Return what 95 of 100 are below."""
    return quantiles(times, n=20)[-1]


def changes(
    browser: Browser, pages: dict[str, tuple[str, str]], rounds: int
) -> dict[str, tuple[float, float]]:
    """Change the indicator on every page in turn; milliseconds until drawn, median and late."""
    times: dict[str, list[float]] = {name: [] for name in pages}
    contexts = {name: new_context(browser) for name in pages}
    opened = {name: context.new_page() for name, context in contexts.items()}
    for name, (url, kind) in pages.items():
        load(opened[name], url, kind)
        choose(opened[name], kind, 1)
    for turn in range(rounds):
        for name, (_, kind) in pages.items():
            opened[name].bring_to_front()
            opened[name].wait_for_timeout(SETTLE)
            times[name].append(choose(opened[name], kind, (2, 0, 1)[turn % 3]))
    for context in contexts.values():
        context.close()
    return {name: (median(values), late(values)) for name, values in times.items()}


def other_changes(browser: Browser, url: str, rounds: int) -> dict[str, tuple[float, float]]:
    """Change what waits for the server; milliseconds until drawn, median and late."""
    context = new_context(browser)
    page = context.new_page()
    found = {}
    for name, kind, path in (
        ("Ebene", "map", ""),
        ("Einteilung", "map", ""),
        ("Gebiet", "heading", "stadtteilprofil"),
    ):
        page.goto(f"{url}/{path}")
        page.evaluate("kind => firstDrawn(kind)", kind)
        page.wait_for_timeout(3 * SETTLE)
        if name == "Einteilung":
            page.get_by_role("button", name="Klassen").click()
        times = []
        for turn in range(rounds + 3):
            times.append(choose(page, kind, (2, 0, 1)[turn % 3], name))
            page.wait_for_timeout(SETTLE)
        found[name] = median(times[3:]), late(times[3:])
    context.close()
    return found


def bytes_sent(browser: Browser, url: str, kind: str) -> tuple[Wire, float]:
    """Count the first load, and the bytes of one change in the middle of several."""
    context = new_context(browser)
    page = context.new_page()
    first = Wire()
    first.watch(page)
    load(page, url, kind)
    page.wait_for_timeout(5 * SETTLE)
    before = Wire(dict(first.files), first.socket, first.frames)
    per_change = []
    for number in (1, 2, 0, 1):
        start = first.total()
        choose(page, kind, number)
        page.wait_for_timeout(2 * SETTLE)
        per_change.append(first.total() - start)
    context.close()
    return before, median(per_change)


def date_steps(browser: Browser, url: str, rounds: int) -> tuple[float, int]:
    """Step through the dates; median milliseconds, and the websocket frames until repainted."""
    context = new_context(browser)
    page = context.new_page()
    wire = Wire()
    wire.watch(page)
    load(page, url, "map")
    times, frames = [], 0
    steps = page.get_by_role("group", name="Stichtag").get_by_role("button")
    for turn in range(rounds):
        page.wait_for_timeout(3 * SETTLE)
        before = wire.frames
        page.evaluate("() => armStopwatch('map')")
        steps.nth(turn % 2).click()
        times.append(float(page.evaluate("() => window.change")))
        frames += wire.frames - before
    context.close()
    return median(times), frames
