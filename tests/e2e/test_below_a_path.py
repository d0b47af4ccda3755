"""Behind a proxy that gives the dashboard a path of its own."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e import harness


def test_map_profile_and_slides_work_below_a_path(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STREAMLIT_SERVER_BASE_URL_PATH", "amt/statistik")
    with harness.serve_app() as server:
        server.wait("/amt/statistik")
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{server.url}/amt/statistik/")
        with page.expect_response(lambda answer: "/amt/statistik/werte/" in answer.url) as ahead:
            harness.click_area(page, "098002")
        assert ahead.value.ok
        page.get_by_role("link", name="Vollständiges Profil").click()
        page.wait_for_url("**/amt/statistik/stadtteilprofil?*")
        expect(page.get_by_role("heading", name="Hassels-Nord", exact=True)).to_be_visible()
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        page.get_by_role("button", name="Link kopieren").click()
        address = f"{server.url}/amt/statistik/stadtteilprofil?profilebene=sozialraum&profil=098002"
        expect(page.get_by_role("textbox", name="Adresse dieser Ansicht")).to_have_value(address)
        page.goto(f"{server.url}/amt/statistik/runder_tisch")
        page.get_by_role("button", name="Vorführen").click()
        expect(page.locator("[data-complete]")).to_be_attached()
        assert page.url.startswith(f"{server.url}/amt/statistik/runder_tisch?")
        page.close()
