"""The map page by the keyboard alone: Tab reaches everything once, arrows walk within."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.answers import wait_settled
from tests.e2e.harness import Server, wait_fresh

MOST_STOPS = 150
ROWS = '.legend .class[tabindex="0"]'
FOCUSED = """() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const words = [at.getAttribute("aria-label"), at.getAttribute("alt"), at.title, at.textContent,
        at.labels?.[0]?.textContent];
    return {
        tag: at.tagName.toLowerCase(),
        kind: at.getAttribute("class") ?? "",
        name: words.find(Boolean)?.trim() ?? "",
    };
}"""


def test_tab_walks_through_the_whole_map_page(app_server: Server, page: Page) -> None:
    page.goto(f"{app_server.url}/?thema=Bevölkerung&ebene=Sozialräume")
    wait_settled(page)
    wait_fresh(page)
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        if found["tag"] == "body":
            break
        stops.append(found)
    else:
        raise AssertionError(f"Tab finds no end: {stops[-5:]}")
    kinds = [stop["kind"] for stop in stops]
    assert kinds.count("area") == 1
    assert "g" not in {stop["tag"] for stop in stops}, "a group is no stop"
    assert not [stop for stop in stops if not stop["name"]]
    rows = page.locator(ROWS).count()
    assert kinds.count("class") == rows
    assert [stop["tag"] for stop in stops].count("tr") == 1


def test_arrows_walk_where_tab_has_led(app_server: Server, page: Page) -> None:
    page.goto(f"{app_server.url}/?thema=Bevölkerung&ebene=Stadtbezirke")
    wait_settled(page)
    wait_fresh(page)
    page.get_by_role("button", name="Klassen", exact=True).focus()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED)["kind"] == "area":
            break
    first = page.locator(".area:focus")
    expect(first).to_have_count(1)
    expect(page.locator(".tooltip")).to_be_visible()
    expect(page.locator(".outline.focus .line")).not_to_have_attribute("d", "")
    walked = [first.get_attribute("data-id")]
    for key in ("ArrowUp", "ArrowRight", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
        walked.append(page.locator(".area:focus").get_attribute("data-id"))
    assert len(set(walked)) >= 3, walked
    expect(page.locator('.area[tabindex="0"]')).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.locator(".area:focus")).to_have_count(0)
    expect(page.locator(".tooltip")).to_be_hidden()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(f'.area[data-id="{walked[-1]}"]')).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**gebiet={walked[-1]}*")


LIT_AS_POINTED = """async map => {
  for (let frame = 0; frame < 300; frame += 1) {
    const pointed = map.querySelector(".legend li:hover .count");
    const count = pointed ? Number(pointed.textContent) : 0;
    const lit = map.querySelectorAll(".area.lit").length;
    const dimmed = map.querySelectorAll("svg.map.highlighting").length;
    if (lit === count && dimmed === (count ? 1 : 0)) return true;
    await new Promise(requestAnimationFrame);
  }
  return false;
}"""
"""Within some seconds those areas are lit, and no others, whose class is pointed at."""


def test_other_classes_leave_no_other_areas_lit(app_server: Server, page: Page) -> None:
    page.goto(f"{app_server.url}/?thema=Bevölkerung&ebene=Stadtbezirke&klassen=5")
    wait_settled(page)
    wait_fresh(page)
    page.get_by_role("button", name="Klassen", exact=True).click()
    wait_settled(page)
    rows = page.locator(ROWS)
    count = rows.count()
    rows.nth(4).hover(position={"x": 10, "y": 8})
    expect(page.locator(".area.lit")).not_to_have_count(0)
    page.get_by_role("combobox", name="Anzahl der Klassen").focus()
    page.keyboard.type("4")
    expect(page.get_by_role("option", name="4", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(count - 1)
    assert page.locator(".area-map").evaluate(LIT_AS_POINTED)
