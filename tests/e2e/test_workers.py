"""Two processes behind one port: both serve, a browser stays with one, and finds its view again."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from inteso_dash.folders import WORKER_COOKIE, WORKER_VARIABLE
from tests.e2e import harness
from tests.e2e.answers import answered, wait_settled

VIEW = "?ebene=Stadtbezirke&thema=Bev%C3%B6lkerung"
SECONDS = 60


@pytest.fixture(scope="module")
def workers(chromium: str) -> Iterator[harness.Server]:
    """Two processes behind one port."""
    if sys.platform != "linux":
        pytest.skip("several processes are served under Linux")
    port = harness.free_port()
    command = [sys.executable, "-m", "inteso_dash.cli", "run", "--port", str(port)]
    with harness.serve([*command, "--workers", "2"], port) as server:
        server.wait()
        yield server


def process_of(server: harness.Server, worker: str) -> int:
    """Return the process of a worker, as soon as there is one."""
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    for _ in range(10 * SECONDS):
        for each in children.read_text("ascii").split():
            with contextlib.suppress(OSError):  # it has just ended
                environment = Path(f"/proc/{each}/environ").read_bytes().split(b"\0")
                if f"{WORKER_VARIABLE}={worker}".encode() in environment:
                    return int(each)
        time.sleep(0.1)
    raise AssertionError(server.log.read_text("utf-8"))


def opened(browser: Browser, server: harness.Server) -> Page:
    """Open the map in a browser of its own."""
    page = harness.made_ready(browser.new_context(locale="de-DE")).new_page()
    page.goto(f"{server.url}/{VIEW}")
    page.locator("[data-complete]").wait_for(timeout=1000 * SECONDS)
    return page


def worker_of(context: BrowserContext) -> str:
    """Return which worker a browser stays with."""
    return next(each["value"] for each in context.cookies() if each["name"] == WORKER_COOKIE)


def test_a_browser_finds_its_view_and_sequence_when_its_process_has_ended(
    browser: Browser, workers: harness.Server
) -> None:
    page, beside = opened(browser, workers), opened(browser, workers)
    own, other = worker_of(page.context), worker_of(beside.context)
    assert {own, other} == {"1", "2"}
    harness.open_keeping(page)
    harness.keep(page)
    before, undisturbed = process_of(workers, own), process_of(workers, other)

    with answered(page):
        connected = page.locator('[data-test-connection-state="CONNECTED"]')
        os.kill(before, signal.SIGKILL)
        connected.wait_for(state="detached")
        harness.click_area(beside, "06")
        beside.wait_for_url("**gebiet=06*")
        connected.wait_for(timeout=1000 * SECONDS)
    assert before != process_of(workers, own)
    assert process_of(workers, other) == undisturbed

    harness.click_area(page, "03")
    page.wait_for_url("**gebiet=03*")
    wait_settled(page)
    assert "ebene=stadtbezirk" in page.url
    assert worker_of(page.context) == own
    page.get_by_role("link", name="Runder Tisch").click()
    expect(page.get_by_role("heading", name="Runder Tisch")).to_be_visible()
    wait_settled(page)
    page.get_by_role("button", name="Vorführen").click()
    expect(page.get_by_label("Folie 1 von 1")).to_be_visible()
    page.context.close()
    beside.context.close()
