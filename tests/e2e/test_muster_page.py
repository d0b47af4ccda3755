"""Two indicators, linked: an area is chosen on the map and in the dots, a class in the legend."""

from __future__ import annotations

import re

from playwright.sync_api import Page, ViewportSize, expect

from tests.e2e.answers import wait_settled
from tests.e2e.harness import Server, click_area


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[data-complete]").wait_for(timeout=90_000)
    expect(page.get_by_role("button", name="Link kopieren")).to_be_visible()
    wait_settled(page)


def test_map_dots_and_legend_are_linked_and_fit_a_phone(app_server: Server, page: Page) -> None:
    opened(page, f"{app_server.url}/muster")
    click_area(page, "098002")
    expect(page).to_have_url(re.compile("m_gebiet=098002"))
    expect(page.locator(".js-plotly-plot .annotation-text")).to_have_text("Hassels-Nord")

    cell = page.get_by_role("button", name="SGB-II-Quote hoch, Ausländeranteil niedrig: 4")
    wait_settled(page)
    cell.focus()
    expect(page.locator("path.area.lit")).to_have_count(4)
    cell.press("Enter")
    expect(cell).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(re.compile("m_klasse=2"))
    expect(page.get_by_text("Hervorgehoben ist eine Klasse")).to_be_visible()
    wait_settled(page)
    expect(page.locator("path.area.lit")).to_have_count(4)
    cell.press("Enter")
    expect(page).not_to_have_url(re.compile("m_klasse="))

    wait_settled(page)
    dot = page.locator(".js-plotly-plot .points path.point").first
    dot.scroll_into_view_if_needed()
    box = dot.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page).not_to_have_url(re.compile("m_gebiet=098002"))
    expect(page).to_have_url(re.compile("m_gebiet="))

    page.set_viewport_size(ViewportSize(width=390, height=844))
    page.wait_for_function("document.documentElement.scrollWidth <= 390")
