"""The help of a measure leads to where it is explained."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.answers import wait_settled
from tests.e2e.harness import Server


def test_a_help_opens_the_method_that_it_names(app_server: Server, page: Page) -> None:
    page.goto(f"{app_server.url}/unterbringung?u_bereich=konzentration")
    metric = page.get_by_test_id("stMetric").filter(has_text="Gini-Koeffizient")
    expect(metric).to_be_visible(timeout=90_000)
    wait_settled(page)
    metric.get_by_test_id("stTooltipIcon").locator("button, [tabindex]").first.hover()
    link = page.get_by_role("link", name="wie gerechnet wird")
    expect(link).to_be_visible()
    with page.context.expect_page() as opened:
        link.click()
    there = opened.value
    expect(there.get_by_role("heading", name="Methoden", level=1)).to_be_visible(timeout=90_000)
    first = there.get_by_role("heading", level=2).first
    expect(first).to_have_text("Lorenzkurve und Gini-Koeffizient")
    expect(there).to_have_url(re.compile("/methoden[?]methode=gini$"))
