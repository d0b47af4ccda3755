"""Behind a proxy that gives the dashboard a path of its own."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e import harness
from tests.e2e.answers import wait_settled


def test_map_profile_and_slides_work_below_a_path(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STREAMLIT_SERVER_BASE_URL_PATH", "amt/statistik")
    with harness.serve_app() as server, harness.visitor(browser) as page:
        server.wait("/amt/statistik")
        page.goto(f"{server.url}/amt/statistik/")
        with page.expect_response(lambda answer: "/amt/statistik/werte/" in answer.url) as ahead:
            harness.click_area(page, "098002")
        assert ahead.value.ok
        wait_settled(page)
        page.get_by_role("link", name="Vollständiges Profil").click()
        page.wait_for_url("**/amt/statistik/stadtteilprofil?*")
        expect(page.get_by_role("heading", name="Hassels-Nord", exact=True)).to_be_visible()
        wait_settled(page)
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        page.get_by_role("button", name="Link kopieren").click()
        address = f"{server.url}/amt/statistik/stadtteilprofil?profilebene=sozialraum&profil=098002"
        expect(page.get_by_role("textbox", name="Adresse dieser Ansicht")).to_have_value(address)
        page.goto(f"{server.url}/amt/statistik/runder_tisch")
        wait_settled(page)
        page.get_by_role("button", name="Vorführen").click()
        expect(page.locator("[data-complete]")).to_be_attached()
        expect(page).to_have_url(re.compile("/amt/statistik/runder_tisch[?]"))
