"""The row at the top of every page: files, kept views, and links that open exactly what is seen."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from inteso_dash.pages import PAGES
from tests.e2e.answers import wait_settled
from tests.e2e.axe import broken
from tests.e2e.harness import Server, choose, wait_fresh, wait_until

NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined });"


def opened(page: Page, server: Server, path: str = "") -> None:
    """Open a page and wait until its row stands."""
    page.goto(f"{server.url}/{path}")
    expect(page.get_by_role("button", name="Link kopieren")).to_be_visible(timeout=90_000)
    wait_settled(page)


def seen(page: Page) -> list[float]:
    """What part of the city the map shows."""
    box = page.locator("svg.map").get_attribute("viewBox") or ""
    return [float(each) for each in box.split()]


def test_the_row_stands_at_one_place_on_all_pages(app_server: Server, page: Page) -> None:
    places = set()
    opened(page, app_server)
    links = page.get_by_role("navigation", name="Seiten").get_by_role("link")
    expect(links).to_have_count(len(PAGES))
    for place, row in enumerate(PAGES):
        links.nth(place).click()
        page.wait_for_url(re.compile(rf"/{row.id if place else ''}(\?|$)"))
        expect(links.nth(place)).to_have_attribute("aria-current", "page")
        wait_settled(page)
        names = ["Herunterladen", "Merken", "Link kopieren"]
        if not row.slides:
            expect(page.get_by_role("button", name="Merken")).to_have_count(0)
            names.remove("Merken")
        boxes = [page.get_by_role("button", name=name).first.bounding_box() for name in names]
        assert all(boxes)
        assert [box["x"] for box in boxes if box] == sorted(box["x"] for box in boxes if box)
        last = boxes[-1]
        assert last is not None
        places.add((round(last["x"]), round(last["y"])))
    assert len(places) == 1, places


def copied(page: Page, *names: str) -> list[str | None]:
    """Copy the link; return some parameters of the address."""
    page.get_by_role("button", name=re.compile("^Link kopier")).click()
    named = parse_qs(urlsplit(page.evaluate("navigator.clipboard.readText()")).query)
    return [named.get(name, [None])[0] for name in names]


def test_the_link_names_what_is_seen_though_the_map_alone_was_drawn_anew(
    app_server: Server, page: Page
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, app_server, "?indikator=arbeitslosenquote&ebene=stadtbezirk&embed=true")
    wait_fresh(page)
    for name, option, *expected in (
        ("Indikator", "SGB-II-Quote", "sgb2_quote", "stadtbezirk", "2021-12-31"),
        ("Indikator", "Beschäftigtenquote", "beschaeftigtenquote", "stadtbezirk", "2015-12-31"),
        ("Ebene", "Sozialräume", "beschaeftigtenquote", "sozialraum", None),
        ("Indikator", "SGB-II-Quote", "sgb2_quote", "sozialraum", "2021-12-31"),
        ("Indikator", "Beschäftigtenquote", "beschaeftigtenquote", "sozialraum", None),
    ):
        choose(page, name, option)
        names = ("indikator", "ebene", "stichtag", "embed")
        wait_until(page, lambda: copied(page, *names) == [*expected, None])  # noqa: B023
    assert "embed=true" in page.url


def test_a_copied_link_opens_the_same_part_of_the_same_map(
    app_server: Server, page: Page, other: Page
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, app_server, "?indikator=kinderarmut&ebene=stadtteil&klassen=4")
    wait_fresh(page)
    page.get_by_role("button", name="Vergrößern").click(click_count=2)
    page.get_by_role("checkbox", name="Stadtbezirke").uncheck()
    page.get_by_role("checkbox", name="SB 5").check()
    page.get_by_role("button", name="Link kopieren").click()
    expect(page.get_by_role("status").get_by_text("Der Link zu dieser Ansicht")).to_be_attached()
    link = page.evaluate("navigator.clipboard.readText()")
    named = parse_qs(urlsplit(link).query)
    assert link.startswith(f"{app_server.url}/?")
    assert (named["indikator"], named["ebene"]) == (["kinderarmut"], ["stadtteil"])
    assert named["stichtag"] == ["2021-12-31"], "the newest one is named too"
    assert named["linien"] == ["05"]

    other.goto(link)
    wait_settled(other)
    wait_fresh(other)
    wait_until(other, lambda: seen(other) == pytest.approx(seen(page), rel=0.01))
    expect(other.get_by_role("checkbox", name="SB 5")).to_be_checked()
    expect(other.get_by_role("checkbox", name="Stadtbezirke")).not_to_be_checked()
    expect(other).to_have_url(re.compile("sicht="))
    other.get_by_role("button", name="Ganze Stadt").click()
    other.wait_for_function("!location.search.includes('sicht')")


def test_without_a_clipboard_the_address_is_shown_to_be_copied(
    app_server: Server, page: Page
) -> None:
    opened(page, app_server, "stadtteilprofil?profilebene=stadtteil&profil=063")
    page.evaluate(NO_CLIPBOARD)
    expect(page.get_by_role("heading", name="Rath", exact=True)).to_be_visible()
    button = page.get_by_role("button", name="Link kopieren")
    button.press("Enter")
    field = page.get_by_role("textbox", name="Adresse dieser Ansicht")
    expect(field).to_be_focused()
    address = f"{app_server.url}/stadtteilprofil?profilebene=stadtteil&profil=063"
    expect(field).to_have_value(address)
    selected = field.evaluate("field => field.selectionEnd - field.selectionStart")
    assert selected == len(address)
    assert not broken(page)
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    expect(button).to_be_focused()


def test_the_menu_is_opened_and_left_by_keyboard(app_server: Server, page: Page) -> None:
    opened(page, app_server)
    menu = page.get_by_role("button", name="Herunterladen")
    menu.press("Enter")
    expect(page.get_by_role("button", name="Karte als PNG")).to_be_visible()
    assert not broken(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Karte als PNG")).to_be_hidden()
    expect(menu).to_be_focused()
