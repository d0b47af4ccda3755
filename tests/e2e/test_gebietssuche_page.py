"""Areas found by conditions and by likeness, as a reader does it in a browser."""

from __future__ import annotations

from playwright.sync_api import Page, ViewportSize, expect

from tests.e2e.answers import wait_settled
from tests.e2e.harness import Server, click_area, wait_fitting


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[data-complete]").wait_for(timeout=90_000)
    expect(page.get_by_role("button", name="Link kopieren")).to_be_visible()
    wait_settled(page)


def test_a_search_opens_elsewhere_as_it_is(app_server: Server, page: Page, other: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, f"{app_server.url}/gebietssuche")
    bound = page.get_by_role("textbox", name="Grenze in %")
    bound.fill("20")
    bound.press("Enter")
    expect(page.get_by_text("SGB-II-Quote über 20,0").first).to_be_visible()
    wait_settled(page)
    page.get_by_role("button", name="Bedingung hinzufügen").click()
    expect(page.get_by_text("erfüllen alle Bedingungen").first).to_be_visible()
    wait_settled(page)
    seen = page.get_by_text("erfüllen alle Bedingungen").first.inner_text()
    page.get_by_role("button", name="Link kopieren").click()
    expect(page.get_by_role("status").get_by_text("Der Link zu dieser Ansicht")).to_be_attached()
    link = page.evaluate("navigator.clipboard.readText()")
    assert "bed=sgb2_quote.ueber.20" in link
    opened(other, link)
    assert other.get_by_text("erfüllen alle Bedingungen").first.inner_text() == seen


def test_a_profile_leads_to_what_is_alike(app_server: Server, page: Page) -> None:
    page.goto(f"{app_server.url}/stadtteilprofil?profilebene=stadtteil&profil=063")
    wait_settled(page)
    page.get_by_role("link", name="Ähnliche Gebiete").click()
    page.locator("[data-complete]").wait_for(timeout=90_000)
    expect(page.get_by_text("Rath am ähnlichsten ist Holthausen")).to_be_visible()
    for width, height, area, name in ((1440, 900, "091", "Wersten"), (390, 844, "063", "Rath")):
        page.set_viewport_size(ViewportSize(width=width, height=height))
        click_area(page, area)
        expect(page.get_by_text(f"{name} am ähnlichsten ist")).to_be_visible()
        wait_settled(page)
        wait_fitting(page)
