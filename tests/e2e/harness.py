"""A running dashboard and a browser, for the browser tests, the benchmark and the screenshots."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    ViewportSize,
    expect,
)

from tests.e2e.answers import answered, listen, wait_settled
from tests.paths import ROOT

START_SECONDS = 60
ANSWER_SECONDS = 90
WINDOW = ViewportSize(width=1440, height=900)
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--font-render-hinting=none",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class NotStartedError(RuntimeError):
    """The server ended or stayed silent; the message carries its log."""


@dataclass(frozen=True)
class Server:
    """A server under way on 127.0.0.1."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        """Address of the start page."""
        return f"http://127.0.0.1:{self.port}"

    def wait(self, base: str = "") -> None:
        """Return as soon as the server answers that it is well, below a path if it has one."""
        for _ in range(START_SECONDS * 20):
            try:
                with urlopen(f"{self.url}{base}/_stcore/health", timeout=5):
                    return
            except (URLError, ConnectionError, TimeoutError):
                pass
            try:
                self.process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
            break
        raise NotStartedError(f"{self.process.args!s}\n{self.log.read_text(errors='replace')}")


def chromium() -> str | None:
    """Path of an installed Chromium or Chrome, None where there is none."""
    found = subprocess.run([ROOT / "scripts/chromium"], capture_output=True, text=True, check=False)
    return found.stdout.strip() or None


def launch(playwright: Playwright, executable: str) -> Browser:
    """Start the browser without anything it would fetch on its own."""
    return playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def serve(command: Sequence[str | Path], port: int) -> Iterator[Server]:
    """Run a server command until the block is left; yields at once, see Server.wait."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "server.log"
        with log.open("wb") as sink:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                env=os.environ | {"PYTHONUNBUFFERED": "1"},
            )
        try:
            yield Server(port, process, log)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def serve_app(data: Path | None = None) -> Iterator[Server]:
    """Run the dashboard on a free port, on the shipped data or on another folder."""
    port = free_port()
    command = [sys.executable, "-m", "inteso_dash.cli", "run", "--port", str(port)]
    with serve([*command, *(["--data", str(data)] if data else [])], port) as server:
        yield server


@contextmanager
def visitor(browser: Browser, **options: Any) -> Iterator[Page]:
    """Let somebody come with a window of their own, who has been here never before."""
    with browser.new_context(**{"viewport": WINDOW, "locale": "de-DE"} | options) as window:
        made_ready(window)
        yield window.new_page()


def made_ready(window: BrowserContext) -> BrowserContext:
    """Let a window wait for answers as long as they may take, and hear when they are there."""
    window.set_default_timeout(ANSWER_SECONDS * 1000)
    listen(window)
    return window


def wait_until(page: Page, holds: Callable[[], object]) -> None:
    """Look again until something holds that the browser has no event for, such as a layout."""
    end = time.monotonic() + ANSWER_SECONDS
    while not holds():
        assert time.monotonic() < end, "it never held"
        page.wait_for_timeout(50)


def wait_fitting(page: Page) -> None:
    """Wait until nothing is wider than the window."""
    page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")


def wait_fresh(page: Page) -> None:
    """Wait until a map is complete, words, names and table included, as it was painted last."""
    page.wait_for_function(
        """() => [...document.querySelectorAll("*")].some(({ shadowRoot }) => {
            const map = shadowRoot?.querySelector("[data-painted]");
            return map && map.dataset.complete === map.dataset.painted;
        })"""
    )


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a list by typing, and wait for the answer."""
    wait_settled(page)
    box = page.get_by_role("combobox", name=label, exact=True)
    box.click()
    box.fill(option)
    with answered(page):
        page.get_by_role("option", name=option, exact=True).click()


def open_keeping(page: Page) -> Locator:
    """Open the dialog that keeps what is seen."""
    wait_settled(page)
    page.get_by_role("button", name="Merken", exact=True).first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Merken", exact=True)).to_be_visible()
    wait_settled(page)
    return dialog


def keep(page: Page, place: int = 1) -> None:
    """Keep what the dialog holds, and wait until it is the slide of that number."""
    wait_settled(page)
    page.get_by_role("dialog").get_by_role("button", name="Merken", exact=True).click()
    expect(page.get_by_text(f"Gemerkt als Folie {place}")).to_be_visible()
    wait_settled(page)


def painted(page: Page | Locator) -> Locator:
    """Return the root of the first map; it counts its repaints in data-painted."""
    return page.locator("[data-painted]").first


def wait_painted(page: Page | Locator, after: int = 0) -> int:
    """Wait until the map shows another repaint than ``after`` and return its number."""
    fresh = page.locator(f'[data-painted]:not([data-painted="{after}"]):not([data-painted="0"])')
    fresh.first.wait_for(state="attached")
    return int(painted(page).get_attribute("data-painted") or 0)


_POINT_INSIDE = """async path => {
    const find = () => {
        const box = path.getBBox();
        for (let step = 1; step < 400; step += 1) {
            const point = new DOMPoint(
                box.x + box.width * ((step * 0.618) % 1), box.y + box.height * (step / 400));
            if (path.isPointInFill(point)) {
                const at = point.matrixTransform(path.ownerSVGElement.getScreenCTM());
                if (path.getRootNode().elementFromPoint(at.x, at.y) === path)
                    return [at.x, at.y];
            }
        }
        return null;
    };
    const found = find();
    for (let frame = 0; frame < 3; frame += 1) {
        await new Promise(requestAnimationFrame);
        if (String(find()) !== String(found)) return null;
    }
    return found;
}"""
"""Where an area of a map is certainly on top and stays, null where it is nowhere or moves still."""


def click_area(page: Page, area_id: str) -> None:
    """Click an area of the map where it certainly is: inside its outline, with nothing on top."""
    area = page.locator(f'.area[data-id="{area_id}"]')
    area.wait_for()
    wait_settled(page)
    wait_fresh(page)
    found: list[float] = []

    def rests() -> bool:
        found[:] = area.evaluate(_POINT_INSIDE) or []
        return bool(found)

    wait_until(page, rests)
    page.mouse.click(*found)


def _probes(url: str) -> bool:
    """Streamlit looks for its own routes below the path of a page before it finds the root."""
    return "/_stcore/" in url


class Watched:
    """What a page does that it must not: errors, and requests to hosts of others."""

    def __init__(self, hosts: set[str]) -> None:
        self.errors: list[str] = []
        self.hosts = hosts
        self.origins: set[str] = set()
        self._listeners: list[tuple[str, Callable[[Any], None]]] = [
            ("pageerror", lambda error: self.errors.append(f"page: {error} {error.stack}")),
            ("console", self._told),
            ("request", lambda request: self._asked(request.url)),
            ("websocket", lambda socket: self._asked(socket.url)),
        ]

    def listen(self, page: Page) -> None:
        """Hear what a page does from now on."""
        for event, listener in self._listeners:
            page.on(event, listener)  # type: ignore[call-overload]

    def leave(self, page: Page) -> None:
        """Hear nothing of it any more."""
        for event, listener in self._listeners:
            page.remove_listener(event, listener)

    def _told(self, entry: ConsoleMessage) -> None:
        if entry.type == "error" and not _probes(entry.location["url"]):
            self.errors.append(f"console: {entry.text} ({entry.location['url']})")

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        self.hosts.add(parts.hostname or "127.0.0.1")
        self.origins.add(f"{parts.scheme}://{parts.netloc}")

    def check(self) -> None:
        """Fail on what was seen so far, once."""
        errors, self.errors = self.errors, []
        assert not errors, "\n".join(errors)
        assert self.hosts <= {"127.0.0.1"}, f"third parties were asked: {sorted(self.hosts)}"


@contextmanager
def watched(page: Page) -> Iterator[Page]:
    """Fail on what a page does meanwhile that it must not."""
    watch = Watched(set())
    watch.listen(page)
    yield page
    watch.leave(page)
    watch.check()


@contextmanager
def lent(tab: Page, watch: Watched) -> Iterator[Page]:
    """Let a test have a tab, and leave nothing of what it did there.

    It comes to rest at the same server: anywhere else, the application's opener policy would end
    the process that knows its scripts.
    """
    window, kept = tab.context, tab.context.pages
    watch.listen(tab)
    tab.bring_to_front()
    yield tab
    watch.leave(tab)
    window.set_offline(False)
    for other in window.pages:
        if other not in kept:
            other.close()
    tab.mouse.move(0, 0)
    here = urlsplit(tab.url)
    if here.netloc:
        tab.evaluate("sessionStorage.clear()")
        tab.goto(f"{here.scheme}://{here.netloc}/_stcore/health")
    window.clear_cookies()
    window.clear_permissions()
    tab.set_viewport_size(WINDOW)
    tab.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="reduce")
    tool = window.new_cdp_session(tab)
    for origin in watch.origins:
        tool.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "local_storage"})
    tool.detach()
