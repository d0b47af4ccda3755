"""Errors of our own: a German sentence, no foreign links, and the rest of the page stands."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import harness
from tests.e2e.answers import wait_settled

TOLD = "In der Anwendung ist ein Fehler aufgetreten"


@pytest.fixture(scope="module")
def failing(chromium: str) -> Iterator[harness.Server]:
    port = harness.free_port()
    command = [sys.executable, "-m", "tests.e2e.failing_server", str(port)]
    with harness.serve(command, port) as server:
        server.wait()
        yield server


def looked_up(page: Page, server: harness.Server) -> None:
    """Nothing of Streamlit's own is shown; what is said leads the operator to the error."""
    wait_settled(page)
    told = page.get_by_text(TOLD)
    expect(told).to_have_count(1)
    mark = re.search(r"Kennung ([0-9a-f]{6})", told.inner_text())
    assert mark is not None
    log = server.log.read_text("utf-8")
    assert "RuntimeError: planted" in log[log.index(mark[1]) :]
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_text(re.compile("planted|Traceback|has encountered"))).to_have_count(0)
    links = page.locator("a").evaluate_all("all => all.map(each => each.href)")
    assert all(link.startswith(server.url) for link in links), links


def test_a_page_that_fails_says_so_and_the_others_are_there(
    failing: harness.Server, page: Page
) -> None:
    page.goto(f"{failing.url}/unterbringung")
    looked_up(page, failing)
    expect(page.get_by_role("heading", name="Unterbringung", exact=True)).to_be_visible()
    page.get_by_role("link", name="Daten").click()
    expect(page.get_by_role("heading", name="Daten", exact=True)).to_be_visible()
    expect(page.get_by_text(TOLD)).to_have_count(0)


def test_a_part_that_fails_leaves_the_rest_of_the_page(failing: harness.Server, page: Page) -> None:
    page.goto(f"{failing.url}/stadtteilprofil")
    looked_up(page, failing)
    expect(page.locator(".profile table").first).to_be_visible()
    expect(page.get_by_role("button", name="Merken")).to_be_visible()


def test_a_click_that_fails_leaves_the_page_as_it_was(failing: harness.Server, page: Page) -> None:
    page.goto(f"{failing.url}/runder_tisch?folge=unterbringung")
    wait_settled(page)
    page.get_by_role("button", name="Vorführen").click()
    looked_up(page, failing)
    expect(page.get_by_role("heading", name="Runder Tisch")).to_be_visible()
    expect(page.get_by_text("In Düsseldorf waren 7.590 Personen")).to_be_visible()
    page.get_by_role("link", name="Daten").click()
    expect(page.get_by_role("heading", name="Daten", exact=True)).to_be_visible()
    expect(page.get_by_text(TOLD)).to_have_count(0)


def test_a_file_that_fails_says_so_at_its_button(failing: harness.Server, page: Page) -> None:
    page.goto(f"{failing.url}/daten")
    wait_settled(page)
    page.get_by_role("button", name="Herunterladen").click()
    page.get_by_role("button", name="Alle Zahlen als CSV international").click()
    expect(page.get_by_text("Die Datei ließ sich nicht herstellen.")).to_be_visible()
