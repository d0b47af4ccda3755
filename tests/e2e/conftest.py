"""A browser before a running dashboard."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

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
from tests.e2e.answers import wait_settled

expect.set_options(timeout=harness.ANSWER_SECONDS * 1000)


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
        viewport=harness.WINDOW,
        locale="de-DE",
        accept_downloads=True,
        reduced_motion="reduce",
    )
    yield harness.made_ready(window)
    window.close()


@pytest.fixture(scope="session")
def tab(window: BrowserContext) -> Page:
    """One tab of the window for all tests: another page in it costs half of one in a new tab."""
    return window.new_page()


@pytest.fixture(scope="session")
def other_tab(browser: Browser) -> Iterator[Page]:
    """One tab of another browser."""
    with harness.visitor(browser, reduced_motion="reduce") as page:
        yield page


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


@pytest.fixture
def page(tab: Page, hosts: set[str]) -> Iterator[Page]:
    """A desktop page as of a new reader; console errors or requests to third parties fail."""
    watch = harness.Watched(hosts)
    with harness.lent(tab, watch) as page:
        yield page
    watch.check()


@pytest.fixture
def hear(page: Page) -> Iterator[Callable[[str, Callable[[Any], None]], None]]:
    """Hear something of what the page does, until the test has ended."""
    heard: list[tuple[str, Callable[[Any], None]]] = []

    def listen(event: str, listener: Callable[[Any], None]) -> None:
        page.on(event, listener)  # type: ignore[call-overload]
        heard.append((event, listener))

    yield listen
    for event, listener in heard:
        page.remove_listener(event, listener)


@pytest.fixture
def other(other_tab: Page) -> Iterator[Page]:
    """The page of another reader, who has a browser of their own."""
    with harness.lent(other_tab, harness.Watched(set())) as page:
        yield page


@pytest.fixture(scope="module")
def first_city(window: BrowserContext, map_address: str) -> Iterator[Page]:
    """The map of a made-up city, opened once for the tests of a module."""
    page = window.new_page()
    page.goto(map_address)
    yield page
    page.close()


@pytest.fixture
def city(first_city: Page) -> Iterator[Page]:
    """The map of a made-up city, begun anew: another session to Python, another map to the page."""
    with harness.watched(first_city) as page:
        page.set_viewport_size(harness.WINDOW)
        page.emulate_media(color_scheme="light", reduced_motion="no-preference")
        wait_settled(page)
        begun = re.compile(r"Beginn=(\d+)")
        found = begun.search(page.get_by_text(begun).inner_text())
        assert found is not None
        page.mouse.move(0, 0)
        page.get_by_role("button", name="Von vorn").press("Enter")
        expect(page.get_by_text(f"Beginn={int(found[1]) + 1} ")).to_be_visible()
        wait_settled(page)
        harness.wait_fresh(page)
        yield page
