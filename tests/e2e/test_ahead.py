"""What is chosen in a list is on the map, or in a profile, before the server has answered."""

from __future__ import annotations

import json
import re
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from inteso_dash.language import formats
from tests.e2e.answers import wait_settled
from tests.e2e.harness import Server, choose, painted, wait_fresh, wait_painted

FIRST, SECOND = "SGB-II-Quote", "Kinderarmut"
TITLE = """() => [...document.querySelectorAll('*')]
    .map((each) => each.shadowRoot?.querySelector('.area-map h2')).find(Boolean).textContent"""
PICK = f"""async (name) => {{
    [...document.querySelectorAll('[role=option]')].find((each) => each.textContent === name)
        .click();
    await null;
    return ({TITLE})();
}}"""
PRESS_ENTER = f"""() => {{
    const enter = new KeyboardEvent('keydown', {{ key: 'Enter', bubbles: true }});
    document.activeElement.dispatchEvent(enter);
    return ({TITLE})();
}}"""
TAKEN = """part => performance.getEntriesByName('inteso-ahead')
    .map(({ detail }) => detail).findLast((url) => url.includes(`/${part}/`))"""


def taken(page: Page, part: str) -> str:
    """Wait until the map holds what an address with such a part says; returns the address."""
    url: str = page.wait_for_function(TAKEN, arg=part).json_value()
    return url


def open_list(app_server: Server, page: Page) -> str:
    """Open the map and its list of indicators; returns the address of the values fetched ahead."""
    page.goto(f"{app_server.url}/?indikator={FIRST}")
    wait_painted(page)
    wait_settled(page)
    url = taken(page, "sozialraum/quantile/5/indikator")
    page.get_by_role("combobox", name="Indikator").click()
    expect(page.get_by_role("option", name=SECOND, exact=True)).to_be_visible()
    return url


def test_a_pressed_option_is_drawn_within_the_press(app_server: Server, page: Page) -> None:
    open_list(app_server, page)
    assert SECOND in page.evaluate(PICK, SECOND)
    expect(page.get_by_role("heading", name=SECOND, exact=True)).to_be_visible()
    page.wait_for_url("**indikator=kinderarmut*")


def test_other_levels_and_classes_are_drawn_within_the_press_as_python_answers(
    app_server: Server, page: Page
) -> None:
    page.goto(f"{app_server.url}/?indikator={FIRST}&ebene=stadtteil")
    wait_painted(page)
    wait_settled(page)
    wait_fresh(page)
    legend = page.locator(".area-map .legend")
    for name, part, option in (
        ("Ebene", "stadtteil/quantile/5/ebene", "Stadtbezirke"),
        ("Ebene", "stadtbezirk/quantile/5/ebene", "Stadtteile"),
        ("Einteilung", "stadtteil/quantile/5/einteilung", "Gleiche Schritte"),
        ("Anzahl der Klassen", "stadtteil/gleich/5/klassen", "4"),
        ("Indikator", "stadtteil/gleich/4/indikator", SECOND),
        ("Ebene", "stadtteil/gleich/4/ebene", "Sozialräume"),
    ):
        if name == "Einteilung":
            page.get_by_role("button", name="Klassen", exact=True).click()
            wait_settled(page)
        page.get_by_role("combobox", name=name, exact=True).click()
        expect(page.get_by_role("option", name=option, exact=True)).to_be_visible()
        taken(page, part)
        before, words = painted(page).get_attribute("data-painted"), legend.inner_text()
        title, shown = page.evaluate(PICK, option), painted(page).get_attribute("data-painted")
        assert int(shown or 0) == int(before or 0) + 1, option
        assert name not in {"Ebene", "Indikator"} or option in title
        expect(legend).not_to_have_text(words)
        wait_settled(page)
        page.wait_for_url(re.compile(part.rpartition("/")[2] + "="))
        assert painted(page).get_attribute("data-painted") == shown, option


def test_what_is_chosen_already_changes_nothing_and_leaves_what_is_offered(
    app_server: Server, page: Page
) -> None:
    open_list(app_server, page)
    before = painted(page).get_attribute("data-painted")
    assert FIRST in page.evaluate(PICK, FIRST)
    box = page.get_by_role("combobox", name="Ebene", exact=True)
    box.click()
    option = "Stadtbezirke"
    expect(page.get_by_role("option", name=option, exact=True)).to_be_visible()
    taken(page, "sozialraum/quantile/5/ebene")
    assert painted(page).get_attribute("data-painted") == before
    assert option in page.evaluate(PICK, option)


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
    page.get_by_role("combobox", name="Thema").click()
    expect(page.get_by_role("option", name="Bevölkerung", exact=True)).to_be_visible()
    assert FIRST in page.evaluate(PICK, "Bevölkerung")


def test_what_is_fetched_ahead_equals_the_answer(app_server: Server, page: Page) -> None:
    url = open_list(app_server, page)
    with urlopen(f"{app_server.url}/{url}") as response:
        assert "immutable" in response.headers["Cache-Control"]
        views = json.load(response)
    page.get_by_role("option", name=SECOND, exact=True).click()
    expect(page.get_by_role("heading", name=SECOND, exact=True)).to_be_visible()
    highest = max(value for value in views[SECOND]["frames"][-1]["values"] if value is not None)
    first = page.locator(".area-map tbody tr").first.locator(".value")
    expect(first).to_have_text(formats.number(highest, 1))


PROFILE = """() => {
    const root = [...document.querySelectorAll('*')]
        .map((each) => each.shadowRoot?.querySelector('.profile')).find(Boolean);
    const words = ['h1', '[data-testid=stText]'].map((each) => document.querySelector(each));
    return [root.dataset.drawn, ...words.map((each) => each.textContent)].join(' | ');
}"""
CHOOSE = f"""async (name) => {{
    const [root] = [...document.querySelectorAll('*')]
        .map((each) => each.shadowRoot?.querySelector('.profile')).filter(Boolean);
    window.drawn = 0;
    window.watch?.disconnect();
    window.watch = new MutationObserver(() => {{ window.drawn += 1; }});
    window.watch.observe(root, {{ childList: true }});
    [...document.querySelectorAll('[role=option]')].find((each) => each.textContent === name)
        .click();
    await null;
    return ({PROFILE})();
}}"""


def look_at(page: Page, name: str, option: str) -> None:
    """Find an option of a list by typing, and wait until what it shows has come."""
    box = page.get_by_role("combobox", name=name, exact=True)
    box.click()
    box.fill(option)
    with page.expect_response(lambda response: "/werte/" in response.url) as ahead:
        page.get_by_role("option", name=option, exact=True).hover()
    page.wait_for_function(
        "taken => performance.getEntriesByName('inteso-ahead')"
        ".some(({ detail }) => detail.endsWith(taken))",
        arg=ahead.value.url.partition("/werte/")[2],
    )


def test_another_area_or_level_of_a_profile_is_drawn_within_the_press_as_python_answers(
    app_server: Server, page: Page
) -> None:
    page.goto(f"{app_server.url}/stadtteilprofil?profilebene=stadtteil&profil=061")
    expect(page.get_by_role("heading", name="Lichtenbroich", exact=True)).to_be_visible()
    wait_settled(page)
    for name, option, drawn in (
        ("Gebiet", "013 Stadtmitte", "Stadtmitte"),
        ("Ebene", "Stadtbezirk", "Stadtbezirk 1"),
        ("Gebiet", "07 Stadtbezirk 7", "Stadtbezirk 7"),
    ):
        look_at(page, name, option)
        at_once = page.evaluate(CHOOSE, option)
        table, heading, sentence = at_once.split(" | ")
        assert table.startswith(drawn)
        assert heading == drawn
        assert drawn in sentence
        wait_settled(page)
        page.wait_for_url(
            re.compile("profil=" + option.partition(" ")[0]) if name == "Gebiet" else "**"
        )
        assert page.evaluate(PROFILE) == at_once
        assert page.evaluate("window.drawn") == 1


SHEET = """() => {
    const roots = [...document.querySelectorAll('*')].map((each) => each.shadowRoot);
    const [sheet] = roots.map((root) => root?.querySelector('.profile')).filter(Boolean);
    if (!sheet?.querySelector('.mini-map[data-drawn]')) return null;
    const told = [...sheet.querySelectorAll('button')].map(({ about }) => about);
    const copy = sheet.cloneNode(true);
    for (const each of copy.querySelectorAll('.bar, .bar *')) each.removeAttribute('style');
    return copy.outerHTML + JSON.stringify(told);
}"""


def test_a_table_drawn_into_that_of_another_area_is_that_of_a_page_opened_anew(
    app_server: Server, page: Page, other: Page
) -> None:
    page.goto(
        f"{app_server.url}/stadtteilprofil?profilebene=stadtteil&profil=061&vergleich=stadtbezirk.05"
    )
    wait_settled(page)
    cell = page.locator("tbody td.unit").first.element_handle()
    for name, option, same_columns in (
        ("Gebiet", "013 Stadtmitte", True),
        ("Gebiet", "033 Hafen", False),
        ("Ebene", "Stadtbezirk", False),
        ("Ebene", "Sozialraum", False),
        ("Ebene", "Stadtteil", False),
    ):
        choose(page, name, option)
        other.goto(page.url)
        wait_settled(other)
        anew = other.wait_for_function(SHEET).json_value()
        assert page.wait_for_function(SHEET).json_value() == anew, option
        assert cell.evaluate("each => each.isConnected") == same_columns


def test_an_area_that_nobody_has_looked_at_is_drawn_when_it_has_come(
    app_server: Server, page: Page
) -> None:
    page.goto(f"{app_server.url}/stadtteilprofil?profilebene=stadtteil&profil=061")
    expect(page.get_by_role("heading", name="Lichtenbroich", exact=True)).to_be_visible()
    wait_settled(page)
    box = page.get_by_role("combobox", name="Gebiet", exact=True)
    box.click()
    box.fill("013 Stadtmitte")
    expect(page.get_by_role("option", name="013 Stadtmitte", exact=True)).to_be_visible()
    assert "Lichtenbroich" in page.evaluate(CHOOSE, "013 Stadtmitte")
    expect(page.get_by_role("heading", name="Stadtmitte", exact=True)).to_be_visible()
    wait_settled(page)
    assert page.evaluate("window.drawn") == 1


def test_words_follow_the_answer_where_what_is_fetched_ahead_does_not_come(
    app_server: Server, page: Page
) -> None:
    page.goto(f"{app_server.url}/stadtteilprofil?profilebene=stadtteil&profil=061")
    expect(page.get_by_role("heading", name="Lichtenbroich", exact=True)).to_be_visible()
    wait_settled(page)
    look_at(page, "Gebiet", "013 Stadtmitte")
    assert "Stadtmitte" in page.evaluate(CHOOSE, "013 Stadtmitte")
    wait_settled(page)
    page.route("**/werte/**", lambda route: route.fulfill(json=None))
    for option, name in (("014 Pempelfort", "Pempelfort"), ("013 Stadtmitte", "Stadtmitte")):
        choose(page, "Gebiet", option)
        expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
        table, heading, sentence = page.evaluate(PROFILE).split(" | ")
        assert table.startswith(name)
        assert heading == name
        assert name in sentence


def test_a_page_that_was_left_hears_of_no_list_any_more(app_server: Server, page: Page) -> None:
    page.goto(f"{app_server.url}/stadtteilprofil?profilebene=stadtteil&profil=061")
    expect(page.get_by_role("heading", name="Lichtenbroich", exact=True)).to_be_visible()
    wait_settled(page)
    page.get_by_role("link", name="Karte", exact=True).first.click()
    wait_painted(page)
    wait_settled(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with page.expect_response(lambda response: "/ebene/" in response.url):
        page.get_by_role("combobox", name="Ebene", exact=True).click()
    page.get_by_role("option", name="Stadtbezirke", exact=True).hover()
    page.wait_for_timeout(500)
    assert [url for url in asked if "stadtteilprofil" in url] == []


@pytest.mark.parametrize(
    "path",
    [
        "stadtteilprofil?profilebene=stadtteil&profil=999",
        "nirgends/quantile/5/indikator/bevoelkerung",
        "stadtteil/wild/5/indikator/bevoelkerung",
        "stadtteil/quantile/99/indikator/bevoelkerung",
        "stadtteil/quantile/5/farbe/sgb2_quote",
        "stadtteil/quantile/5/ebene/nichts",
    ],
)
def test_nonsense_is_not_found(app_server: Server, path: str) -> None:
    with pytest.raises(HTTPError, match="404"):
        urlopen(f"{app_server.url}/werte/0/{path}")
