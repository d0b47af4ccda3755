"""A new indicator is on the map before the server has answered."""

from __future__ import annotations

import json
import re
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from inteso_dash.language import formats
from tests.e2e.answers import wait_settled
from tests.e2e.harness import Server, wait_painted

FIRST, SECOND = "SGB-II-Quote", "Kinderarmut"
TITLE = """() => [...document.querySelectorAll('*')]
    .map((each) => each.shadowRoot?.querySelector('.area-map h2')).find(Boolean).textContent"""
PICK = f"""name => {{
    [...document.querySelectorAll('[role=option]')].find((each) => each.textContent === name)
        .click();
    return ({TITLE})();
}}"""
PRESS_ENTER = f"""() => {{
    const enter = new KeyboardEvent('keydown', {{ key: 'Enter', bubbles: true }});
    document.activeElement.dispatchEvent(enter);
    return ({TITLE})();
}}"""


def open_list(app_server: Server, page: Page) -> str:
    """Open the map and its list of indicators; returns the address of the values fetched ahead.

    The map has taken the values when they can be read once more.
    """
    with page.expect_response(lambda response: "/werte/" in response.url) as ahead:
        page.goto(f"{app_server.url}/?indikator={FIRST}")
    ahead.value.finished()
    wait_painted(page)
    wait_settled(page)
    page.evaluate("async (url) => void (await (await fetch(url)).json())", ahead.value.url)
    page.get_by_role("combobox", name="Indikator").click()
    expect(page.get_by_role("option", name=SECOND, exact=True)).to_be_visible()
    return str(ahead.value.url)


def test_a_pressed_option_is_drawn_within_the_press(app_server: Server, page: Page) -> None:
    open_list(app_server, page)
    assert SECOND in page.evaluate(PICK, SECOND)
    expect(page.get_by_role("heading", name=SECOND, exact=True)).to_be_visible()
    page.wait_for_url("**indikator=kinderarmut*")


def test_the_keyboard_chooses_as_quickly(app_server: Server, page: Page) -> None:
    open_list(app_server, page)
    box = page.get_by_role("combobox", name="Indikator")
    active = "aria-activedescendant"
    before = box.get_attribute(active) or ""
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute(active, re.compile(f"^(?!{re.escape(before)}$)."))
    option = page.locator(f"[id='{box.get_attribute(active)}']").inner_text()
    assert option in page.evaluate(PRESS_ENTER)
    expect(page.get_by_role("heading", name=option, exact=True)).to_be_visible()


def test_an_option_of_another_list_does_not_change_the_map(app_server: Server, page: Page) -> None:
    open_list(app_server, page)
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name="Ebene").click()
    expect(page.get_by_role("option", name="Sozialräume", exact=True)).to_be_visible()
    assert FIRST in page.evaluate(PICK, "Sozialräume")


def test_what_is_fetched_ahead_equals_the_answer(app_server: Server, page: Page) -> None:
    url = open_list(app_server, page)
    with urlopen(url) as response:
        assert "immutable" in response.headers["Cache-Control"]
        views = json.load(response)
    page.get_by_role("option", name=SECOND, exact=True).click()
    expect(page.get_by_role("heading", name=SECOND, exact=True)).to_be_visible()
    highest = max(value for value in views[SECOND]["frames"][-1]["values"] if value is not None)
    first = page.locator(".area-map tbody tr").first.locator(".value")
    expect(first).to_have_text(formats.number(highest, 1))


@pytest.mark.parametrize(
    "path",
    [
        "nirgends/bevoelkerung/quantile/5",
        "stadtteil/bevoelkerung/wild/5",
        "stadtteil/bevoelkerung/quantile/99",
    ],
)
def test_nonsense_is_not_found(app_server: Server, path: str) -> None:
    with pytest.raises(HTTPError, match="404"):
        urlopen(f"{app_server.url}/werte/0/{path}")
