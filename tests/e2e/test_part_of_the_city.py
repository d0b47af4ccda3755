"""A part of the city: which five Sozialräume of SB 6 have the highest child poverty?"""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.answers import wait_settled
from tests.e2e.harness import Server, choose, wait_fresh, wait_until

FIVE = ["063008", "061002", "063003", "062002", "064001"]
SB6 = "Stadtbezirk 6 (06)"
ADDRESS = "**ausschnitt=stadtbezirk.06*"
COUNTED = "23 von 171 Sozialräumen: Stadtbezirk 6"


def rows(page: Page) -> Locator:
    return page.locator("tbody tr")


def keys(page: Page, first: int = 5) -> list[str]:
    return page.locator("td.id").all_inner_texts()[:first]


def expect_answer(page: Page) -> None:
    expect(rows(page)).to_have_count(23)
    wait_until(page, lambda: keys(page) == FIVE)
    first = rows(page).first
    expect(first.locator("td.above-0")).to_have_text("Rath063")
    expect(first.locator("td.above-1")).to_have_text("Stadtbezirk 606")
    expect(first.locator("td.distance")).to_have_text("+26,4")
    expect(page.locator("caption")).to_contain_text(COUNTED)


def test_by_mouse_in_three_steps(app_server: Server, page: Page) -> None:
    page.goto(app_server.url)
    choose(page, "Indikator", "Kinderarmut")
    choose(page, "Ausschnitt", SB6)
    page.wait_for_url(ADDRESS)
    expect_answer(page)


def test_by_keyboard_alone(app_server: Server, page: Page) -> None:
    page.goto(app_server.url)
    wait_settled(page)
    page.get_by_role("combobox", name="Thema").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="Indikator")).to_be_focused()
    page.keyboard.type("Kinderarmut")
    expect(page.get_by_role("option", name="Kinderarmut", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**indikator=kinderarmut*")
    wait_settled(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="Ebene")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="Ausschnitt")).to_be_focused()
    page.keyboard.type(SB6)
    expect(page.get_by_role("option", name=SB6)).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(ADDRESS)
    expect_answer(page)


def test_the_part_is_large_and_the_table_sorts(app_server: Server, page: Page) -> None:
    page.goto(f"{app_server.url}/?indikator=Kinderarmut&ausschnitt=stadtbezirk.06")
    expect(rows(page)).to_have_count(23)
    expect(page.locator(".area.outside")).to_have_count(171 - 23)
    expect(page.locator(".map")).to_have_class("map zoomed")
    expect(page.locator(".dot")).to_have_count(22)
    wait_settled(page)
    wait_fresh(page)
    counted = sum(int(text) for text in page.locator(".legend .count").all_inner_texts())
    assert counted == 23
    outside = page.locator('.area[data-id="098002"]')
    expect(outside).to_have_attribute(
        "aria-label", re.compile("^Hassels-Nord.*, außerhalb des Aus")
    )
    expect_sorting(page)
    choose(page, "Ausschnitt", "Ganze Stadt")
    expect(rows(page)).to_have_count(171)
    expect(page.locator(".area.outside")).to_have_count(0)
    expect(page.locator(".map")).to_have_class("map")


def expect_sorting(page: Page) -> None:
    """Expect the table to sort by every column."""
    heads = page.locator("thead th:not([hidden])")
    assert heads.count() == 8
    for place in range(heads.count()):
        heads.nth(place).get_by_role("button").click()
        assert heads.nth(place).get_attribute("aria-sort") in {"ascending", "descending"}
    page.locator("th.above-0 button").click()
    quarters = [text[:-3] for text in page.locator("td.above-0").all_inner_texts()]
    assert quarters == sorted(quarters)
    page.locator("th.distance button").click()
    assert keys(page) == FIVE
    assert page.locator("td.distance").last.inner_text() == "—"
    expect(page.locator("p.signs")).to_contain_text("weil das Gebiet keinen Wert hat")


def test_counts_have_no_column_of_distances(app_server: Server, page: Page) -> None:
    page.goto(f"{app_server.url}/?thema=Bevölkerung&indikator=Bevölkerung&ebene=Stadtteile")
    wait_settled(page)
    expect(rows(page)).to_have_count(50)
    expect(page.locator("th.distance")).to_be_hidden()
    expect(page.locator("th.above-0")).to_have_text("Stadtbezirk")
