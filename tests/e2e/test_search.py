"""The search by keyboard and mouse, and the way of an area through the pages."""

from __future__ import annotations

from functools import partial
from urllib.request import urlopen

from playwright.sync_api import Locator, Page, expect

from tests.e2e.answers import wait_settled
from tests.e2e.axe import OF_COLOURS, broken, change_theme
from tests.e2e.harness import Server, wait_fitting, wait_fresh, wait_until

LIST = "#hits li"


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Suche", exact=True)


def test_an_area_is_found_by_keyboard_and_goes_along(app_server: Server, page: Page) -> None:
    page.goto(app_server.url)
    wait_settled(page)
    wait_fresh(page)
    field(page).focus()
    page.keyboard.type("rath")
    hits = page.locator(LIST)
    expect(hits.first).to_have_text("Rath Stadtteil 063")
    expect(hits.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(hits.nth(1)).to_have_attribute("aria-selected", "true")
    expect(hits.nth(1)).to_contain_text("Rath · ")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**ebene=stadtteil&**gebiet=063*")
    expect(page.locator('.area[data-id="063"]')).to_have_attribute("aria-selected", "true")
    expect(hits.first).to_be_hidden()
    for name, parameters in (
        ("Stadtteilprofil", "profilebene=stadtteil&profil=063"),
        ("Veränderung", "v_gebiete=063"),
        ("Unterbringung", "u_gebiet=063"),
    ):
        wait_settled(page)
        page.get_by_role("link", name=name, exact=True).first.click()
        page.wait_for_url(f"**{parameters}*")
    wait_settled(page)
    page.go_back()
    page.wait_for_url("**v_gebiete=063*")


def test_a_small_area_that_was_found_is_seen_well(app_server: Server, page: Page) -> None:
    page.goto(app_server.url)
    wait_settled(page)
    wait_fresh(page)
    small = page.locator('.area[data-id="063008"]')
    before = small.bounding_box()
    field(page).fill("063008")
    page.locator(LIST).first.click()
    expect(small).to_have_attribute("aria-selected", "true")
    expect(page.locator("svg.map.zoomed")).to_be_attached()
    page.wait_for_function(
        "(area) => { const { width, height } = area.getBoundingClientRect();"
        " return Math.max(width, height) > 100; }",
        arg=small.element_handle(),
    )
    assert before is not None
    assert max(before["width"], before["height"]) < 60

    def in_pane() -> bool:
        after, pane = small.bounding_box(), page.locator("svg.map").bounding_box()
        assert after is not None
        assert pane is not None
        return pane["x"] < after["x"] < after["x"] + after["width"] < pane["x"] + pane["width"]

    wait_until(page, in_pane)


def test_an_indicator_found_on_another_page_opens_the_map(app_server: Server, page: Page) -> None:
    page.goto(f"{app_server.url}/daten")
    expect(page.get_by_role("heading", name="Daten", exact=True)).to_be_visible()
    wait_settled(page)
    field(page).fill("ausländer")
    page.locator(LIST, has_text="Ausländeranteil").click()
    expect(page.get_by_role("heading", name="Ausländeranteil", exact=True)).to_be_visible()
    page.wait_for_url("**thema=migration&indikator=anteil_auslaender*")
    wait_settled(page)
    page.go_back()
    expect(page.get_by_role("heading", name="Daten", exact=True)).to_be_visible()


def test_nothing_found_is_said_and_escape_closes_then_empties(
    app_server: Server, page: Page
) -> None:
    page.goto(f"{app_server.url}/daten")
    wait_settled(page)
    field(page).fill("xyzzy")
    told = page.locator(".finder .note")
    expect(told).to_have_text("Kein Treffer für „xyzzy“")
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()
    expect(field(page)).to_have_value("xyzzy")
    page.keyboard.press("Escape")
    expect(field(page)).to_have_value("")


def test_the_list_of_hits_breaks_no_rule(app_server: Server, page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{app_server.url}/daten")
    wait_settled(page)
    field(page).fill("unterb")
    expect(page.locator(LIST)).to_have_count(12)
    assert not broken(page)
    change_theme(page, "dark")
    expect(page.locator(LIST)).to_have_count(12)
    assert not broken(page, OF_COLOURS)


def test_the_search_takes_no_room_from_the_map(app_server: Server, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(app_server.url)
    wait_settled(page)
    wait_fresh(page)

    def in_its_place(width: int, lowest: int) -> bool:
        box, heading = field(page).bounding_box(), page.locator("h1").bounding_box()
        area = page.locator("svg.map").bounding_box()
        assert box is not None
        assert heading is not None
        assert area is not None
        beside = box["y"] + box["height"] <= heading["y"] and box["x"] + box["width"] <= width
        return beside and area["y"] <= lowest

    for width, height, lowest in ((390, 844, 600), (1440, 900, 280)):
        page.set_viewport_size({"width": width, "height": height})
        wait_until(page, partial(in_its_place, width, lowest))
        wait_fitting(page)


def test_typing_is_answered_in_little_and_shows_nothing_of_a_slide_show(
    app_server: Server, page: Page
) -> None:
    with urlopen(f"{app_server.url}/suche/0?q=d%C3%BCsseltal") as answer:
        assert answer.headers["content-type"] == "application/json"
        assert len(answer.read()) < 200
    page.goto(f"{app_server.url}/runder_tisch?folge=unterbringung&vorfuehren=1&folie=1")
    expect(page.locator("[data-complete]")).to_be_attached()
    expect(field(page)).to_have_count(0)
