"""Areas of one's own in a browser: from a lasso to a profile, its PDF, and another browser."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import shapely
from playwright.sync_api import Page, ViewportSize, expect

from tests.e2e.answers import wait_settled
from tests.e2e.harness import WINDOW, Server, click_area, wait_fitting, wait_fresh

FIVE = ("063008", "063009", "064002", "064003", "064004")
MAP = '.area-map[data-complete]:not([data-complete="0"])'


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(MAP).wait_for(timeout=90_000)
    wait_settled(page)
    wait_fresh(page)


def outline(page: Page, keys: tuple[str, ...]) -> shapely.Polygon:
    """The line around some areas, a little outside of them, in the window."""
    drawn = page.locator(".map-box").evaluate(
        """(box, keys) => keys.map((key) => {
          const path = box.querySelector(`path.area[data-id="${key}"]`);
          const length = path.getTotalLength();
          const ring = [];
          for (let at = 0; at < 240; at += 1) {
            const point = path.getPointAtLength((at / 240) * length);
            const seen = new DOMPoint(point.x, point.y).matrixTransform(path.getScreenCTM());
            ring.push([seen.x, seen.y]);
          }
          return ring;
        })""",
        list(keys),
    )
    whole = shapely.union_all([shapely.Polygon(ring).buffer(2) for ring in drawn])
    return whole.buffer(1).simplify(1.5)


def lasso(page: Page, keys: tuple[str, ...]) -> None:
    """Draw a line around areas with the mouse."""
    page.get_by_role("button", name="Umfahren").click()
    first, *others = shapely.get_coordinates(outline(page, keys).exterior).tolist()
    page.mouse.move(*first)
    page.mouse.down()
    for point in others:
        page.mouse.move(*point, steps=2)
    page.mouse.up()


def test_from_a_lasso_to_a_profile_its_sheet_and_another_browser(
    app_server: Server, page: Page, other: Page, tmp_path: Path
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, f"{app_server.url}/eigene_gebiete")
    lasso(page, FIVE)
    expect(page.locator(".pick-list h3")).to_have_text("5 Sozialräume gewählt")
    picked = page.locator(".area[aria-selected=true]")
    assert picked.evaluate_all("all => all.map((each) => each.dataset.id)") == list(FIVE)
    expect(page.locator(".pick-list .note")).to_contain_text("Personen am 31.12.2021")
    expect(page.get_by_text("Gebiet 1 besteht aus 5 Sozialräumen: ")).to_be_visible()
    name = page.get_by_role("textbox", name="Name", exact=True)
    name.fill("Rath · Mörsenbroich")
    name.press("Enter")
    expect(page.get_by_text("Rath · Mörsenbroich besteht aus 5 Sozialräumen")).to_be_visible()
    page.get_by_role("link", name="Profil", exact=True).click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Rath · Mörsenbroich")
    expect(page.locator(".profile").first).to_be_visible()
    wait_settled(page)
    figures = page.locator(".profile").first.inner_text()
    page.get_by_role("button", name="Herunterladen").click()
    with page.expect_download(timeout=90_000) as told:
        page.get_by_role("button", name=re.compile("PDF, zwei Seiten A4")).click()
    sheet = tmp_path / "blatt.pdf"
    told.value.save_as(sheet)
    assert sheet.read_bytes().startswith(b"%PDF")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Link kopieren").click()
    expect(page.get_by_role("status").get_by_text("Der Link zu dieser Ansicht")).to_be_attached()
    link = page.evaluate("navigator.clipboard.readText()")
    assert parse_qs(urlsplit(link).query)["eigene"] == [f"Rath · Mörsenbroich~{'.'.join(FIVE)}"]
    other.goto(link)
    expect(other.get_by_role("heading", level=1)).to_have_text("Rath · Mörsenbroich")
    expect(other.locator(".profile").first).to_be_visible()
    wait_settled(other)
    assert other.locator(".profile").first.inner_text() == figures


def test_a_link_touched_right_after_typing_leads_on_and_what_was_typed_stays(
    app_server: Server, page: Page
) -> None:
    opened(page, f"{app_server.url}/eigene_gebiete?eigene=Gebiet+1~063008.063009&e_gebiet=gebiet-1")
    link = page.get_by_role("link", name="Profil", exact=True)
    expect(link).to_be_visible()
    wait_settled(page)
    page.get_by_role("textbox", name="Name", exact=True).fill("Rath")
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rath")
    page.wait_for_url("**/stadtteilprofil?*profil=rath&eigene=Rath~063008.063009")


def test_areas_are_picked_without_a_pointer(app_server: Server, page: Page) -> None:
    opened(page, f"{app_server.url}/eigene_gebiete?e_ebene=stadtbezirk")
    page.locator(".area[tabindex='0']").focus()
    page.keyboard.press("Home")
    page.keyboard.press(" ")
    expect(page.locator(".pick-list .key")).to_have_text(["01"])
    wait_settled(page)
    page.keyboard.press("End")
    page.keyboard.press(" ")
    expect(page.locator(".pick-list .key")).to_have_text(["01", "10"])
    page.wait_for_url("**eigene=Gebiet+1~01.10**")
    expect(page.locator(".area:focus")).to_have_count(1)
    page.keyboard.press(" ")
    page.wait_for_url(re.compile(r"eigene=Gebiet\+1~01(&|$)"))


def test_levels_mix_and_another_level_shows_what_is_picked(app_server: Server, page: Page) -> None:
    page.set_viewport_size(ViewportSize(width=390, height=844))
    opened(page, f"{app_server.url}/eigene_gebiete?eigene=Nord~06&e_gebiet=nord&e_ebene=stadtteil")
    expect(page.locator(".pick-list .key")).to_have_text(["061", "062", "063", "064"])
    click_area(page, "054")
    page.wait_for_url("**eigene=Nord~06.054**")
    wait_settled(page)
    page.get_by_role("combobox", name="Ebene der Teile").click()
    page.get_by_role("option", name="Stadtbezirke").click()
    expect(page.locator(".pick-list .key")).to_have_text(["06"])
    expect(page.locator(".picks text")).to_have_text(["◐", "✓"])
    wait_settled(page)
    wait_fitting(page)
    page.set_viewport_size(WINDOW)
    wait_settled(page)
    page.get_by_role("combobox", name="Ebene der Teile").click()
    page.get_by_role("option", name="Stadtteile").click()
    expect(page.locator(".pick-list .key")).to_have_text(["054", "061", "062", "063", "064"])
    click_area(page, "054")
    page.wait_for_url(re.compile(r"eigene=Nord~06(&|$)"))
    wait_settled(page)
    wait_fitting(page)


def test_own_areas_are_outlined_over_official_ones(app_server: Server, page: Page) -> None:
    own = "Nord~06.054~~S%C3%BCd~09.032**60~cd55e00~bland"
    opened(page, f"{app_server.url}/?eigene={own}&ebene=stadtteil")
    expect(page.locator(".overlays .made")).to_have_count(0)
    page.get_by_role("checkbox", name="Eigene Gebiete").check()
    expect(page.locator(".overlays .made.line")).to_have_count(1)
    expect(page.locator(".overlays .line:not(.made)")).to_have_count(1)
    band = page.locator(".overlays .band:not(.casing)")
    expect(band).to_have_attribute("stroke", "#d55e00")
    opened(page, f"{app_server.url}/?eigene={own}&ebene=eigene&gebiet=sued")
    expect(page.get_by_role("checkbox", name="Farben der Gebiete")).to_be_checked()
    expect(band).to_have_count(1)
    expect(page.locator(".card h3")).to_have_text("Süd")
    expect(page.locator(".card")).to_contain_text("kommen aus angeschnittenen Gebieten (032 zu 60")
