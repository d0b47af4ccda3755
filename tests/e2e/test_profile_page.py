"""The profile page in a browser: choosing, reading by keyboard, and the file that equals it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, ViewportSize, expect

from inteso_dash.language import formats
from tests.e2e.answers import wait_settled
from tests.e2e.harness import (
    WINDOW,
    Server,
    choose,
    open_keeping,
    wait_fitting,
    wait_until,
    watched,
)
from tests.reading_back import read_csv


def open_profile(page: Page, server: Server, **address: str) -> None:
    """Open the page at an address and wait for its tables and its mini map."""
    query = "&".join(f"{key}={quote(value)}" for key, value in address.items())
    page.goto(f"{server.url}/stadtteilprofil?{query}")
    page.locator("[data-drawn] table").first.wait_for()
    wait_settled(page)


def to_the_top(page: Page) -> None:
    """Scroll to where a page begins."""
    page.get_by_test_id("stMain").evaluate("main => { main.scrollTop = 0; }")


@pytest.fixture(scope="module")
def first_profile(window: BrowserContext, app_server: Server) -> Iterator[Page]:
    """The profile of the first area, opened once for tests that leave it as they found it."""
    page = window.new_page()
    page.emulate_media(reduced_motion="no-preference")
    open_profile(page, app_server)
    yield page
    page.close()


@pytest.fixture
def profile(first_profile: Page) -> Iterator[Page]:
    """The profile of the first area; errors fail."""
    with watched(first_profile) as page:
        to_the_top(page)
        yield page


def main_table(page: Page) -> Locator:
    """Return the table by topic."""
    return page.get_by_role("table").first


def own_value(page: Page, title: str) -> Locator:
    """Return the area's own figure of an indicator in the table by topic."""
    ask = page.get_by_role("button", name=f"Erläuterung: {title}", exact=True)
    return main_table(page).get_by_role("row").filter(has=ask).locator("td.own .number")


def test_choosing_an_area_shows_it_and_keeps_it_in_the_address(
    app_server: Server, page: Page
) -> None:
    open_profile(page, app_server)
    expect(page.get_by_role("heading", name="Stadtbezirk 6", exact=True)).to_be_visible()
    choose(page, "Ebene", "Stadtteil")
    expect(page.get_by_role("heading", name="Lichtenbroich", exact=True)).to_be_visible()
    choose(page, "Gebiet", "063 Rath")
    expect(page.get_by_role("heading", name="Rath", exact=True)).to_be_visible()
    choose(page, "Vergleichen mit", "098002 Hassels-Nord (Sozialraum)")
    page.keyboard.press("Escape")
    heads = main_table(page).get_by_role("columnheader")
    expect(heads.filter(has_text="Hassels-Nord")).to_have_count(1)
    page.wait_for_url("**vergleich=*")
    parameters = parse_qs(urlsplit(page.url).query)
    assert parameters == {
        "profilebene": ["stadtteil"],
        "profil": ["063"],
        "vergleich": ["sozialraum.098002"],
    }
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    expect(heads.filter(has_text="Hassels-Nord")).to_have_count(1)
    expect(own_value(page, "Bevölkerung")).to_have_text("21.004")


def test_the_files_equal_the_table(app_server: Server, page: Page, tmp_path: Path) -> None:
    open_profile(page, app_server)
    page.locator("summary").click()
    expect(page.locator("details[open]")).to_be_attached()
    shown = page.get_by_role("table").locator("td.own .number").all_inner_texts()
    printed = page.get_by_role("table").last.locator("td.own .number").all_inner_texts()
    for dialect in ("CSV für Excel (deutsch)", "CSV international"):
        page.get_by_role("button", name="Herunterladen").click()
        with page.expect_download() as started:
            page.get_by_role("button", name=dialect).click()
        page.keyboard.press("Escape")
        wait_settled(page)
        assert started.value.suggested_filename == "inteso_profil_06_stadtbezirk-6_2021-12-31.csv"
        target = tmp_path / f"{dialect}.csv"
        started.value.save_as(target)
        table = read_csv(target.read_bytes(), target.name)
        own = table[(table["Schlüssel"] == "06") & (table["Ebene"] == "stadtbezirk")]
        values = {
            (entry.Kennung, entry.Stichtag.isoformat()): entry.Wert
            for entry in own[["Kennung", "Stichtag", "Wert"]].itertuples(index=False)
        }
        assert values["bevoelkerung", "2021-12-31"] == Decimal(66957)
        assert values["bevoelkerung", "2015-12-31"] == Decimal(63721)
        written = {
            "…"
            if value is None
            else formats.number(float(value), -int(Decimal(str(value)).as_tuple().exponent))
            for value in values.values()
        }
        assert len(shown) - len(printed) == len(own)
        assert set(shown[: len(own)]) == written


def test_definitions_are_reached_by_keyboard(profile: Page) -> None:
    ask = profile.get_by_role("button", name="Erläuterung: SGB-II-Quote")
    ask.focus()
    expect(ask).to_have_attribute("aria-expanded", "false")
    profile.keyboard.press("Enter")
    note = profile.get_by_role("note")
    expect(note).to_contain_text("Personen in Bedarfsgemeinschaften nach SGB II in Prozent")
    expect(note).to_contain_text("der Median bei")
    expect(ask).to_have_attribute("aria-expanded", "true")
    profile.keyboard.press("Tab")
    expect(note.get_by_role("button", name="Schließen")).to_be_focused()
    profile.keyboard.press("Enter")
    expect(note).to_be_hidden()
    expect(ask).to_be_focused()
    profile.keyboard.press("Enter")
    profile.keyboard.press("Escape")
    expect(note).to_be_hidden()


def test_the_reason_of_a_missing_value_is_reached_by_keyboard(profile: Page) -> None:
    profile.get_by_role("button", name="Erläuterung: Kinderarmut").focus()
    profile.keyboard.press("Tab")
    profile.keyboard.press("Enter")
    note = profile.get_by_role("note")
    expect(note).to_contain_text("1 von 23 Teilgebieten ohne Angabe (063006).")
    profile.keyboard.press("Escape")
    expect(note).to_be_hidden()


def test_the_mini_map_shows_the_area_without_another_copy_of_the_geometry(
    app_server: Server, page: Page, hear: Callable[..., None]
) -> None:
    asked: list[str] = []
    hear("request", lambda request: asked.append(request.url))
    open_profile(page, app_server, profilebene="Stadtteil", profil="063 Rath")
    drawing = page.get_by_role("img", name="Lage in Düsseldorf: Rath")
    expect(drawing).to_have_attribute("data-drawn", "true")
    expect(drawing.locator(".here")).to_have_attribute("d", re.compile(".{100}"))
    choose(page, "Gebiet", "064 Mörsenbroich")
    expect(page.get_by_role("img", name="Lage in Düsseldorf: Mörsenbroich")).to_have_attribute(
        "data-drawn", "true"
    )
    layers = [url for url in asked if url.endswith(".json") and "/geometrie/" in url]
    assert len(layers) == len(set(layers)) == 2


def test_the_chart_has_words_and_comes_after_the_table(profile: Page) -> None:
    chart = profile.locator(".js-plotly-plot")
    chart.locator(".bars").wait_for()
    words = re.compile("Altersstruktur, Stadtbezirk 6: unter 6 Jahre")
    described = profile.get_by_role("figure", name=words)
    expect(described).to_have_count(1)
    table_box, chart_box = main_table(profile).bounding_box(), chart.bounding_box()
    assert table_box is not None
    assert chart_box is not None
    assert chart_box["y"] > table_box["y"] + table_box["height"]
    expect(profile.locator(".modebar-btn")).to_have_count(0)


def test_nonsense_in_the_address_gets_a_note(app_server: Server, page: Page) -> None:
    open_profile(page, app_server, profil="99 Atlantis")
    expect(page.get_by_text("In der Adresse stand für Gebiet „99 Atlantis“.")).to_be_visible()
    expect(page.get_by_role("heading", name="Stadtbezirk 6", exact=True)).to_be_visible()


def test_on_a_phone_only_the_table_scrolls_sideways(app_server: Server, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_profile(page, app_server, profilebene="Stadtteil", profil="063 Rath")
    expect(page.get_by_text("seitlich verschiebbar →").first).to_be_visible()
    wait_fitting(page)
    frame = page.locator(".scroll").first
    widths = frame.evaluate("(element) => [element.scrollWidth, element.clientWidth]")
    assert widths[0] > widths[1]
    head = main_table(page).locator("tbody th.name").first
    before = head.bounding_box()
    frame.evaluate("(element) => { element.scrollLeft = 300; }")
    after = head.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["x"] - before["x"]) < 1


def test_drawing_the_same_again_leaves_the_table_alone(profile: Page) -> None:
    main_table(profile).evaluate("(element) => { element.marked = true; }")
    open_keeping(profile)
    assert main_table(profile).evaluate("(element) => element.marked === true")
    profile.keyboard.press("Escape")
    expect(profile.get_by_role("dialog")).to_have_count(0)


COMPARED = (
    "062 Unterrath (Stadtteil)",
    "101 Garath (Stadtteil)",
    "098002 Hassels-Nord (Sozialraum)",
)
A_FIFTH = 0.2


def open_compared(page: Page, server: Server) -> None:
    """Open a profile beside three other areas, on two levels."""
    others = "&".join(f"vergleich={quote(label)}" for label in COMPARED)
    area = f"profilebene=Stadtteil&profil={quote('063 Rath')}"
    page.goto(f"{server.url}/stadtteilprofil?{area}&{others}")
    page.locator("[data-drawn] table").first.wait_for()
    expect(page.get_by_role("img", name="Lage in Düsseldorf")).to_have_attribute(
        "data-drawn", "true"
    )
    wait_settled(page)


def scroll_into(page: Page, topic: str) -> None:
    """Scroll until the heading of a topic stands in the middle of the window."""
    page.get_by_role("rowheader", name=topic, exact=True).first.evaluate(
        "element => element.scrollIntoView({ block: 'center' })"
    )


def test_areas_compared_are_named_in_sight_and_have_their_signs_everywhere(
    app_server: Server, page: Page
) -> None:
    open_compared(page, app_server)
    expect_signs(page)
    expect_heads_in_sight(page, WINDOW)
    page.emulate_media(forced_colors="active")
    expect_heads_in_sight(page, WINDOW)
    page.emulate_media(forced_colors="none")
    for width, height in ((390, 844), (720, 450)):
        expect_heads_in_sight(page, ViewportSize(width=width, height=height))


def expect_heads_in_sight(page: Page, size: ViewportSize) -> None:
    """Expect name, level and heads to stay when one scrolls, beginning at the top."""
    page.set_viewport_size(size)
    to_the_top(page)
    bar, frame = page.locator(".bar").first, page.locator(".scroll").first
    frame.evaluate("element => { element.scrollLeft = 0; }")
    expect(bar).to_be_hidden()
    scroll_into(page, "Bildung")
    expect(bar).to_be_visible()
    for words in ("Rath", "Stadtteil 063", "Stadtbezirk 6"):
        expect(bar.get_by_text(words, exact=True).first).to_be_in_viewport()
    most = A_FIFTH * size["height"]
    wait_until(page, lambda: (box := bar.bounding_box()) and box["height"] <= most)
    frame.evaluate("element => { element.scrollLeft = element.scrollWidth; }")
    both = [bar.element_handle(), frame.element_handle()]
    page.wait_for_function("([bar, frame]) => bar.scrollLeft === frame.scrollLeft", arg=both)
    page.wait_for_function(
        """([bar, frame]) => {
            const left = (cell) => Math.round(cell.getBoundingClientRect().left);
            const heads = [...frame.querySelector("thead").rows[0].cells].map(left);
            const shown = [...bar.children].map(left);
            return shown.length === heads.length
                && shown.every((place, at) => Math.abs(place - heads[at]) <= 1);
        }""",
        arg=both,
    )
    expect(bar.locator(".name").get_by_text("Rath", exact=True)).to_be_in_viewport()


def test_topics_are_jumped_to_by_keyboard(profile: Page) -> None:
    address = profile.url
    jumps = profile.get_by_role("navigation", name="Zu den Themen")
    names = jumps.get_by_role("link").all_inner_texts()
    assert names[:3] == ["Bevölkerung", "Haushalte", "Migration"]
    link = jumps.get_by_role("link", name="Bildung")
    link.focus()
    profile.keyboard.press("Enter")
    topic = profile.get_by_role("rowheader", name="Bildung", exact=True).first
    expect(topic).to_be_focused()
    expect(topic).to_be_in_viewport()
    bar = profile.locator(".bar").first
    expect(bar).to_be_visible()
    profile.wait_for_function(
        "([bar, topic]) => topic.getBoundingClientRect().top >= bar.getBoundingClientRect().bottom",
        arg=[bar.element_handle(), topic.element_handle()],
    )
    assert profile.url == address


def test_what_stands_out_leads_to_its_row(profile: Page) -> None:
    told = profile.locator(".highlights")
    expect(told.get_by_role("heading", level=2)).to_have_text(
        "Was am meisten von der Stadt abweicht"
    )
    entries = told.get_by_role("listitem")
    expect(entries).to_have_count(5)
    expect(entries.first).to_contain_text("höher als in der Stadt")
    link = entries.first.get_by_role("link")
    name = link.inner_text()
    link.click()
    expect(profile.get_by_role("rowheader").filter(has_text=name).first).to_be_focused()


def expect_signs(page: Page) -> None:
    """Expect each area its sign and its line on the map, in the tables and in words."""
    expect(page.locator(".signs li")).to_have_text(["Rath", "Unterrath", "Garath", "Hassels-Nord"])
    for number in (1, 2, 3):
        sign = f".sign.other-{number}"
        expect(page.locator(f".mini-map {sign}")).to_have_count(1)
        expect(page.locator(f".mini-map .line.other-{number}")).to_have_attribute(
            "d", re.compile(".")
        )
        expect(page.locator(f"thead {sign}").first).to_be_attached()
        expect(page.locator(f"td.place {sign}").first).to_be_attached()
    dashes = {
        page.locator(f".mini-map .line.other-{number}").evaluate(
            "element => getComputedStyle(element).strokeDasharray"
        )
        for number in (1, 2, 3)
    }
    assert len(dashes) == len(COMPARED)
    expect(page.get_by_role("figure", name=re.compile("Unterrath 5,1"))).to_have_count(1)


def test_escape_closes_one_thing_at_a_time(profile: Page) -> None:
    dialog = open_keeping(profile)
    dialog.get_by_role("combobox").first.click()
    expect(profile.get_by_role("option").first).to_be_visible()
    profile.keyboard.press("Escape")
    expect(profile.get_by_role("option")).to_have_count(0)
    expect(dialog).to_be_visible()
    profile.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
