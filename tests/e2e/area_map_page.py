"""What tests of the map of a made-up city ask and do on its page."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.answers import wait_settled
from tests.e2e.harness import click_area, wait_fresh


def area(page: Page, index: int) -> Locator:
    return page.locator(".area").nth(index)


def area_id(index: int) -> str:
    return f"{index // 10 + 1:02d}{index % 10 + 1:03d}"


def complete(page: Page) -> None:
    """Wait until Python has answered and the map shows it, names, words and table included."""
    wait_settled(page)
    wait_fresh(page)


def expect_said(page: Page, name: str, value: str) -> None:
    expect(page.get_by_text(re.compile(rf"\b{name}={re.escape(value)}(\s|$)"))).to_be_visible()


def click(page: Page, index: int) -> None:
    click_area(page, area_id(index))
