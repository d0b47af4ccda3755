"""A browser before a running dashboard."""

import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from tests.conftest import NO_BROWSER
from tests.e2e import harness

expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder needs the browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the installed browser."""
    path = harness.chromium()
    if path is None:
        pytest.skip(NO_BROWSER)
    return path


@pytest.fixture(scope="session")
def playwright(chromium: str) -> Iterator[Playwright]:
    """What drives the browsers."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    """One browser that knows nothing, for all tests that come for the first time."""
    browser = harness.launch(playwright, chromium)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def window(
    playwright: Playwright, chromium: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """One desktop window for all tests: what it was sent once lies in its cache."""
    window = playwright.chromium.launch_persistent_context(
        tmp_path_factory.mktemp("browser"),
        executable_path=chromium,
        args=harness.CHROMIUM_ARGUMENTS,
        viewport={"width": 1440, "height": 900},
        locale="de-DE",
        accept_downloads=True,
    )
    yield window
    window.close()


@pytest.fixture(scope="session")
def app_server(browser: Browser) -> Iterator[harness.Server]:
    """The dashboard on the shipped data; errors that it has caught fail at the end."""
    with harness.serve_app() as server:
        server.wait()
        yield server
        _, caught, log = server.log.read_text("utf-8").partition("\nKennung ")
        assert not caught, log


@pytest.fixture(scope="session")
def map_address(browser: Browser) -> Iterator[str]:
    """A page with the map of a made-up city."""
    port = harness.free_port()
    script = Path(__file__).with_name("area_map_server.py")
    options = ["--server.headless=true", "--browser.gatherUsageStats=false"]
    command = [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}", *options]
    with harness.serve(command, port) as server:
        server.wait()
        yield server.url


@pytest.fixture
def hosts() -> set[str]:
    """Hosts that the page has asked so far, websockets included."""
    return set()


def _probes(url: str) -> bool:
    """Streamlit looks for its own routes below the path of a page before it finds the root."""
    return "/_stcore/" in url


@pytest.fixture
def page(window: BrowserContext, hosts: set[str]) -> Iterator[Page]:
    """A desktop page as of a new reader; console errors or requests to third parties fail."""
    errors: list[str] = []
    origins: set[str] = set()
    page = window.new_page()

    def ask(url: str) -> None:
        parts = urlsplit(url)
        hosts.add(parts.hostname or "127.0.0.1")
        origins.add(f"{parts.scheme}://{parts.netloc}")

    page.on("pageerror", lambda error: errors.append(f"page: {error} {error.stack}"))
    page.on(
        "console",
        lambda entry: (
            errors.append(f"console: {entry.text} ({entry.location['url']})")
            if entry.type == "error" and not _probes(entry.location["url"])
            else None
        ),
    )
    page.on("request", lambda request: ask(request.url))
    page.on("websocket", lambda socket: ask(socket.url))
    yield page
    window.set_offline(False)
    window.clear_cookies()
    window.clear_permissions()
    blank = window.pages[0]
    for other in window.pages[1:]:
        other.close()
    tool = window.new_cdp_session(blank)
    for origin in origins:
        tool.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "local_storage"})
    tool.detach()
    assert not errors, "\n".join(errors)
    assert hosts <= {"127.0.0.1"}, f"third parties were asked: {sorted(hosts)}"
