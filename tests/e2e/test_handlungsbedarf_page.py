"""An index of the reader's own: composed, an area marked, kept, taken along, opened elsewhere."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook
from playwright.sync_api import Page, ViewportSize, expect

from tests.e2e.answers import wait_settled
from tests.e2e.axe import broken
from tests.e2e.harness import Server, click_area, keep, open_keeping, wait_fitting

QUESTION = "Würde eine andere Gewichtung etwas ändern?"


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[data-complete]").wait_for(timeout=90_000)
    expect(page.get_by_role("button", name="Link kopieren")).to_be_visible()
    wait_settled(page)


def told(page: Page) -> list[str]:
    """What the page answers, and what it draws of the selected area."""
    answer = page.get_by_text(QUESTION).first.locator("xpath=..").inner_text()
    return [answer, page.get_by_role("heading", name="Woraus sich der Index").inner_text()]


def test_an_index_of_ones_own_goes_along_as_it_is(
    app_server: Server, page: Page, other: Page
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, f"{app_server.url}/handlungsbedarf")
    expect(page.get_by_role("heading", name="Sozialer Handlungsbedarf").first).to_be_visible()
    before = told(page)

    page.get_by_role("button", name="Teile und Gewichte").click()
    weight = page.get_by_role("textbox", name="Gewicht: Kinderarmut")
    weight.fill("4")
    weight.press("Enter")
    expect(page.get_by_role("heading", name="Eigener Index", exact=True)).to_be_visible()
    wait_settled(page)
    page.keyboard.press("Escape")
    click_area(page, "101005")
    expect(page.get_by_role("heading", name="Woraus sich der Index")).to_contain_text("Garath")
    wait_settled(page)
    seen = told(page)
    assert seen != before

    dialog = open_keeping(page)
    expect(dialog.get_by_placeholder("Am höchsten liegt")).to_be_visible()
    keep(page)

    page.get_by_role("button", name="Herunterladen").click()
    with page.expect_download() as started:
        page.get_by_role("button", name="Tabelle als Excel (XLSX)").click()
    rows = (
        load_workbook(BytesIO(started.value.path().read_bytes()))
        .worksheets[0]
        .iter_rows(values_only=True)
    )
    text = "\n".join(str(cell) for row in rows for cell in row)
    assert "Kinderarmut (Gewicht 4)" in text
    assert "101005" in text
    page.keyboard.press("Escape")

    page.get_by_role("button", name="Link kopieren").click()
    expect(page.get_by_role("status").get_by_text("Der Link zu dieser Ansicht")).to_be_attached()
    link = page.evaluate("navigator.clipboard.readText()")
    opened(other, link)
    expect(other.get_by_role("heading", name="Eigener Index", exact=True)).to_be_visible()
    assert told(other) == seen


def test_the_page_can_be_used_by_everybody(app_server: Server, page: Page) -> None:
    page.set_viewport_size(ViewportSize(width=390, height=844))
    opened(page, f"{app_server.url}/handlungsbedarf?h_gebiet=098002")
    for width, height in ((390, 844), (1440, 900)):
        page.set_viewport_size(ViewportSize(width=width, height=height))
        wait_fitting(page)
        assert not broken(page)
