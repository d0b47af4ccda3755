"""A running dashboard and a browser, for the browser tests, the benchmark and the screenshots."""

import os
import socket
import subprocess
import sys
import tempfile
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
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    ViewportSize,
)

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


def wait_settled(page: Page) -> None:
    """Wait until the server has answered; what is pressed earlier may be drawn anew meanwhile."""
    page.locator('[data-test-script-state="notRunning"]').wait_for(state="attached")


def painted(page: Page | Locator) -> Locator:
    """Return the root of the first map; it counts its repaints in data-painted."""
    return page.locator("[data-painted]").first


def wait_painted(page: Page | Locator, after: int = 0) -> int:
    """Wait until the map shows another repaint than ``after`` and return its number."""
    fresh = page.locator(f'[data-painted]:not([data-painted="{after}"]):not([data-painted="0"])')
    fresh.first.wait_for(state="attached")
    return int(painted(page).get_attribute("data-painted") or 0)


_POINT_INSIDE = """path => {
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
}"""
"""Where an area of a map is certainly on top, null where it is not."""


def click_area(page: Page, area_id: str) -> None:
    """Click an area of the map where it certainly is: inside its outline, with nothing on top."""
    page.locator(f'.area[data-id="{area_id}"]').wait_for(timeout=START_SECONDS * 1000)
    page.locator("[data-complete]").wait_for(timeout=START_SECONDS * 1000)
    for _ in range(10 * START_SECONDS):
        at = page.locator(f'.area[data-id="{area_id}"]').evaluate(_POINT_INSIDE)
        if at is not None:
            page.mouse.click(*at)
            return
        page.wait_for_timeout(100)  # it may be taking its place still
    raise AssertionError(f"{area_id} is nowhere on top")


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
