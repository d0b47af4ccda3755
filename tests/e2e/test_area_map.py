"""The map in a real browser, on a made-up city."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from itertools import combinations

from playwright.sync_api import Error, Page, expect

from inteso_dash.drawing import area_map
from inteso_dash.drawing.area_map.texts import TEXTS
from inteso_dash.language import formats
from tests.e2e import harness
from tests.e2e.answers import answered, wait_settled
from tests.e2e.area_map_city import (
    AREAS,
    DARK,
    HOSTILE_NAME,
    LIGHT,
    MANY,
    MISSING,
)
from tests.e2e.area_map_page import area, area_id, click, complete, expect_said


def said(page: Page) -> dict[str, str]:
    """What Python knows, as the page below the map says it."""
    text = page.get_by_text("Läufe=").inner_text()
    return dict(re.findall(r"(\w+)=(\S+)", text))


def test_first_paint_draws_every_area_and_asks_no_other_host(
    page: Page, map_address: str, hosts: set[str]
):
    page.goto(map_address)
    complete(page)
    expect(page.locator(".area")).to_have_count(AREAS)
    expect(page.locator(".overlays path.line")).to_have_count(1)
    assert page.evaluate("performance.getEntriesByName('inteso-map-painted').length") == 1
    assert hosts == {"127.0.0.1"}


def test_click_selects_and_python_sees_it_and_second_click_clears(city: Page):
    click(city, 20)
    expect_said(city, "Gebiet", area_id(20))
    expect(area(city, 20)).to_have_attribute("aria-selected", "true")
    expect(city.locator(".card h3")).to_contain_text("Gebiet 20")
    expect(city.locator(".card dl")).to_contain_text("1.234")
    expect(city.locator("tr[aria-current]")).to_contain_text("Gebiet 20")
    click(city, 20)
    expect_said(city, "Gebiet", "None")
    expect(city.locator("[aria-selected=true]")).to_have_count(0)


def test_python_can_select_and_the_same_area_can_be_chosen_again(city: Page):
    click(city, 20)
    expect_said(city, "Gebiet", area_id(20))
    city.get_by_role("button", name="Erstes Gebiet wählen").click()
    expect(area(city, 0)).to_have_attribute("aria-selected", "true")
    expect(city.locator("svg.map.zoomed")).to_be_attached()
    wait_settled(city)
    city.get_by_role("button", name="Ganze Stadt zeigen").click()
    expect(city.locator("svg.map.zoomed")).to_have_count(0)
    click(city, 20)
    expect_said(city, "Gebiet", area_id(20))
    expect(area(city, 20)).to_have_attribute("aria-selected", "true")


def test_keyboard_walks_to_the_neighbour_and_selects(city: Page):
    area(city, 20).focus()
    city.keyboard.press("Home")
    expect(area(city, 0)).to_be_focused()
    before = area(city, 0).bounding_box()
    city.keyboard.press("ArrowLeft")
    focused = city.locator(".area:focus")
    expect(focused).to_have_count(1)
    expect(area(city, 0)).not_to_be_focused()
    after = focused.bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] < before["x"]
    label = focused.get_attribute("aria-label") or ""
    assert re.search(r"Rang \d+ von \d+|keine Angabe|geheim|unbewohnt|Nachbargebiet", label)
    expect(city.locator(".tooltip")).to_be_visible()
    expect(city.locator(".outline.focus .line")).not_to_have_attribute("d", "")
    expect(city.locator(".area[tabindex='0']")).to_have_count(1)
    city.keyboard.press("End")
    expect(area(city, AREAS - 1)).to_be_focused()
    city.keyboard.press("Enter")
    expect_said(city, "Gebiet", area_id(AREAS - 1))
    wait_settled(city)
    city.keyboard.press("Home")
    expect(city.locator(".tooltip")).to_be_visible()
    city.keyboard.press("Escape")
    expect(city.locator(".tooltip")).to_be_hidden()
    expect_said(city, "Gebiet", area_id(AREAS - 1))
    city.keyboard.press("Escape")
    expect_said(city, "Gebiet", "None")


def test_what_is_missing_is_hatched_or_grey_and_never_coloured(city: Page):
    wanted = {
        "s": "url(#map-fill-s)",
        "n": "url(#map-fill-n)",
        "u": "var(--flat)",
        "g": "url(#map-fill-g)",
        "z": LIGHT[0],
    }
    for index, letter in MISSING.items():
        if letter in wanted:
            expect(area(city, index)).to_have_attribute("fill", wanted[letter])
    assert area(city, 8).get_attribute("fill") in LIGHT
    dots = city.locator(".marks-over path[fill='url(#map-over-e)']")
    expect(dots).to_have_count(1)


def test_legend_counts_areas_and_names_the_statuses_that_occur(city: Page):
    rows = city.locator(".legend .class")
    counts = [int(text) for text in rows.locator(".count").all_inner_texts()]
    fills = [area(city, index).get_attribute("fill") for index in range(AREAS)]
    assert counts[: len(LIGHT)] == [fills.count(color) for color in LIGHT]
    words = [row.replace("\n", " ") for row in rows.locator(".bounds").all_inner_texts()]
    assert words[0] == "0,0 bis unter 5,0"
    assert words[2] == "10,0 bis unter 15,0 Musterstadt 12,3"
    assert words[5:] == [TEXTS[f"status_{letter}"] for letter in "esnug"]
    assert counts[5:] == [1, 2, 1, 1, 1]
    rows.nth(4).hover()
    lit = city.locator(".area.lit")
    expect(lit).to_have_count(counts[4])
    assert {path.get_attribute("fill") for path in lit.all()} == {LIGHT[4]}


TWO_STEPS_BACK = """map => {
    const slider = map.querySelector(".dates input");
    for (const place of [1, 0]) {
        slider.value = place;
        for (const act of ["input", "change"]) slider.dispatchEvent(new Event(act));
    }
    return {
        heading: map.querySelector("h2").textContent,
        fills: [...map.querySelectorAll(".area")].map((area) => area.getAttribute("fill")),
    };
}"""
"""Moves the slider twice, as quickly as nobody can, and says what is drawn before Python hears."""


def test_dates_step_in_the_browser_and_python_hears_the_last_one(city: Page):
    runs = said(city)["Läufe"]
    fills = [area(city, index).get_attribute("fill") for index in range(AREAS)]
    city.locator(".dates input").focus()
    with answered(city):
        drawn = city.locator(".area-map").evaluate(TWO_STEPS_BACK)
    assert "31.12.2019" in drawn["heading"]
    assert drawn["fills"] != fills
    expect_said(city, "Stichtag", "31.12.2019")
    assert int(said(city)["Läufe"]) == int(runs) + 1
    expect(city.locator("h2")).to_contain_text("31.12.2019")
    expect(city.get_by_role("button", name=TEXTS["date_earlier"])).to_be_disabled()
    city.get_by_role("button", name=TEXTS["date_later"]).click()
    expect(city.locator("h2")).to_contain_text("31.12.2020")
    expect_said(city, "Stichtag", "31.12.2020")
    with answered(city):
        city.locator(".dates input").press("ArrowLeft")
    expect_said(city, "Stichtag", "31.12.2019")


def test_table_sorts_german_and_missing_last(city: Page):
    body = city.locator("tbody tr")
    expect(body).to_have_count(AREAS)
    missing = sum(letter in "snug" for letter in MISSING.values())

    def column(name: str) -> list[str]:
        return city.locator(f"td.{name}").all_inner_texts()

    def numbers(texts: list[str]) -> list[float]:
        present = texts[: AREAS - missing]
        return [0.0 if text == "–" else float(text.replace(",", ".")) for text in present]

    for arrow, reverse in (("descending", True), ("ascending", False)):
        city.locator("th.value button").click()
        expect(city.locator("th.value")).to_have_attribute("aria-sort", arrow)
        values = column("value")
        assert numbers(values) == sorted(numbers(values), reverse=reverse)
        assert set(values[AREAS - missing :]) == {".", "…", "x", "/"}
    city.locator("th.name button").click()
    names = column("name")
    assert names.index("Düstere Äcker") < names.index("Gebiet 11")
    expect(city.locator("p.signs")).to_contain_text("– genau null")


def test_table_row_selects_by_hand_and_by_key(city: Page):
    row = city.locator("tbody tr").nth(2)
    key = row.locator("td.id").inner_text()
    row.click()
    expect_said(city, "Gebiet", key)
    wait_settled(city)
    city.keyboard.press("Escape")
    expect_said(city, "Gebiet", "None")
    wait_settled(city)
    city.keyboard.press("ArrowDown")
    city.keyboard.press("Enter")
    expect_said(city, "Gebiet", city.locator("tbody tr").nth(3).locator("td.id").inner_text())


def test_many_areas_stand_as_columns_and_as_rows_that_are_in_view(city: Page):
    city.locator("label", has_text="Felder").click()
    expect(city.locator(".area")).to_have_count(MANY)
    complete(city)
    expect(city.locator(".strip .dot")).to_have_count(0)
    columns = city.locator(".strip .column")
    heights = columns.evaluate_all("all => all.map((each) => Number(each.getAttribute('height')))")
    assert 50 < len(heights) < 150
    assert max(heights) > 50
    expect(city.locator(".distribution h3")).to_contain_text("Höhe der Säulen: Zahl der Gebiete")
    table = city.locator(".area-map table")
    expect(table).to_have_attribute("aria-rowcount", str(MANY + 1))
    rows = city.locator("tbody tr:not(.spacer)")
    harness.wait_until(city, lambda: 0 < rows.count() < 120)
    first = rows.first
    expect(first.locator("td.name")).to_have_text(f"Feld {MANY - 1}")
    expect(first).to_have_attribute("aria-rowindex", "2")
    first.focus()
    city.keyboard.press("End")
    focused = city.locator("tr:focus")
    expect(focused.locator("td.name")).to_have_text("Feld 0")
    expect(focused).to_have_attribute("aria-rowindex", str(MANY + 1))
    expect(focused).to_be_in_viewport()
    city.keyboard.press("ArrowUp")
    expect(focused.locator("td.name")).to_have_text("Feld 1")
    city.keyboard.press("Enter")
    expect_said(city, "Gebiet", "00001")
    expect(area(city, 1)).to_have_attribute("aria-selected", "true")
    harness.click_area(city, "00400")
    expect_said(city, "Gebiet", "00400")
    chosen = city.locator("tr[aria-current]")
    expect(chosen.locator("td.name")).to_have_text("Feld 400")
    city.locator("th.name button").click()
    city.locator(".table-frame").evaluate("frame => { frame.scrollTop = 0; }")
    expect(rows.first.locator("td.name")).to_have_text("Feld 0")
    harness.wait_until(city, lambda: 0 < rows.count() < 120)


def test_hostile_names_stay_text(city: Page):
    expect(city.locator("tr", has_text=HOSTILE_NAME)).to_have_count(1)
    area(city, 0).focus()
    city.keyboard.press("Home")
    expect(city.locator(".tooltip .name")).to_contain_text(HOSTILE_NAME)
    city.keyboard.press("Enter")
    expect(city.locator(".card h3")).to_contain_text(HOSTILE_NAME)
    complete(city)
    expect(city.locator(".area-map img")).to_have_count(0)
    assert city.evaluate("window.hacked") is None


def test_a_change_keeps_the_map_and_costs_a_few_kilobytes(
    page: Page, map_address: str, hear: Callable[..., None]
):
    received: list[int] = []
    hear(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))),
    )
    page.goto(map_address)
    complete(page)
    page.locator("svg.map").evaluate("svg => { svg.tagged = true; }")
    page.get_by_role("button", name=TEXTS["zoom_in"]).click()
    seen = page.locator("svg.map").get_attribute("viewBox")
    painted = int(harness.painted(page).get_attribute("data-painted") or 0)
    received.clear()
    page.get_by_text("Dichte", exact=True).click()
    harness.wait_painted(page, painted)
    expect(page.locator("h2")).to_contain_text("Dichte")
    complete(page)
    expect(page.locator(".dates")).to_be_hidden()
    assert page.locator("svg.map").evaluate("svg => svg.tagged") is True
    assert page.locator("svg.map").get_attribute("viewBox") == seen
    assert sum(received) < 10_000


def test_another_level_fits_the_same_view(city: Page):
    seen = city.locator("svg.map").get_attribute("viewBox")
    city.get_by_text("Bezirke", exact=True).first.click()
    expect(city.locator(".area")).to_have_count(6)
    complete(city)
    assert city.locator("svg.map").get_attribute("viewBox") == seen


def test_study_areas_and_boundaries_can_be_shown(city: Page):
    city.get_by_label("SB 5").check()
    expect(city.locator(".studies text")).to_have_text("SB 5")
    city.locator(".toggles").get_by_label("Bezirke").uncheck()
    expect(city.locator(".overlays path")).to_have_count(0)
    expect(city.locator(".studies text")).to_have_text("SB 5")


def test_zoom_by_key_and_by_ctrl_wheel_but_the_page_still_scrolls(city: Page):
    svg = city.locator("svg.map")
    whole = svg.get_attribute("viewBox")
    box = svg.bounding_box()
    assert box is not None
    city.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    city.mouse.wheel(0, 200)
    expect(svg).to_have_attribute("viewBox", whole or "")
    city.keyboard.down("Control")
    city.mouse.wheel(0, -300)
    city.keyboard.up("Control")
    expect(svg).not_to_have_attribute("viewBox", whole or "")
    area(city, 5).focus()
    city.keyboard.press("0")
    expect(svg).to_have_attribute("viewBox", whole or "")
    city.keyboard.press("+")
    expect(svg).not_to_have_attribute("viewBox", whole or "")


def test_strip_and_map_hover_together(city: Page):
    dots = city.locator(".dot")
    dots.first.wait_for()
    places = dots.evaluate_all("dots => dots.map(dot => Number(dot.getAttribute('cx')))")
    dots.nth(places.index(max(places))).hover()
    expect(city.locator(".ring.soft")).to_have_count(1)
    expect(city.locator(".outline.hover .line")).not_to_have_attribute("d", "")
    expect(city.locator("tr.hovered")).to_have_count(1)


def test_the_profile_is_opened_by_python(city: Page):
    click(city, 20)
    expect_said(city, "Gebiet", area_id(20))
    wait_settled(city)
    city.get_by_role("link", name=TEXTS["card_open"]).click()
    expect_said(city, "Profil", area_id(20))


def luminance(color: str) -> float:
    shares = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_edges_stand_out_from_every_fill(city: Page):
    pairs = city.locator(".area").evaluate_all(
        "paths => paths.map(path => [path.getAttribute('fill'), path.getAttribute('stroke')])"
    )
    drawn = {tuple(pair) for pair in pairs if pair[0].startswith("#")}
    assert len(drawn) == len(LIGHT)
    for one, other in drawn:
        low, high = sorted((luminance(one), luminance(other)))
        assert (high + 0.05) / (low + 0.05) >= 3


def test_dark_pages_get_their_own_colours(page: Page, map_address: str):
    page.emulate_media(color_scheme="dark")
    page.goto(map_address)
    complete(page)
    expect(page.locator(".area-map")).to_have_attribute("data-theme", "dark")

    def dark() -> bool:
        fills = {path.get_attribute("fill") for path in page.locator(".area").all()}
        return set(DARK) <= fills and not set(LIGHT) & fills

    harness.wait_until(page, dark)


def test_a_phone_scrolls_sideways_in_the_table_only(city: Page):
    city.set_viewport_size({"width": 390, "height": 844})
    harness.wait_fitting(city)
    root = city.locator(".area-map").element_handle()
    city.wait_for_function("root => root.scrollWidth <= root.clientWidth", arg=root)


def test_failures_are_said_and_recovered_from(other: Page, map_address: str):
    broken: list[str] = []

    def note(error: Error) -> None:
        broken.append(str(error))

    other.on("pageerror", note)
    other.goto(map_address)
    complete(other)
    for choice, text in (
        ("ohne Datei", TEXTS["no_geometry"]),
        ("falsche Zahl", TEXTS["bad_geometry"].format(found=6, expected=AREAS)),
    ):
        other.get_by_text(choice, exact=True).click()
        expect(other.locator(".message p")).to_have_text(text)
        expect(other.locator("svg.map")).to_be_hidden()
        wait_settled(other)
        other.get_by_text("Gebiete", exact=True).first.click()
        expect(other.locator("svg.map")).to_be_visible()
        expect(other.locator(".message p")).to_have_count(0)
        wait_settled(other)
    other.remove_listener("pageerror", note)
    assert broken == []


def test_names_stand_within_their_areas_and_clear_of_one_another(city: Page):
    expect(city.locator(".names text").first).to_be_attached()
    boxes = city.evaluate(
        """() => {
          const host = [...document.querySelectorAll("*")].find(
            (each) => each.shadowRoot?.querySelector(".area"),
          ).shadowRoot;
          const areas = [...host.querySelectorAll(".area")];
          return [...host.querySelectorAll(".names text")].map((text) => {
            const { x, y, width, height } = text.getBBox();
            const inside = [[0.1, 0.4], [0.9, 0.4], [0.1, 0.6], [0.9, 0.6]].map(([across, down]) =>
              areas.findIndex((area) =>
                area.isPointInFill(new DOMPoint(x + across * width, y + down * height))));
            return { box: [x, y, x + width, y + height], inside };
          });
        }"""
    )
    assert len(boxes) > 10
    assert all(len(set(each["inside"])) == 1 and -1 not in each["inside"] for each in boxes)
    for (one, of), (other, of_other) in combinations(
        [(each["box"], each["inside"]) for each in boxes], 2
    ):
        beside = one[2] <= other[0] or other[2] <= one[0]
        assert of == of_other or beside or one[3] <= other[1] or other[3] <= one[1]


def test_long_names_break_where_this_lets_them_fit(city: Page):
    expect(city.locator(".names text").first).to_be_attached()
    texts = city.locator(".names text").all_text_contents()
    assert {"Gebiet", "Gebiet 11"} <= set(texts)


def test_the_name_of_a_small_selected_area_stands_beside_it(city: Page):
    smallest = city.locator(".area").evaluate_all(
        """all => all.map((area, index) => [area.getBBox().width, index])
          .sort(([one], [other]) => one - other)[0][1]"""
    )
    click(city, smallest)
    expect(city.locator(".names .chosen")).to_be_attached()
    named, outline = city.locator(".map-box").evaluate(
        """(map, index) => {
          const area = map.querySelectorAll(".area")[index];
          return [map.querySelector(".names .chosen"), area].map((each) => {
            const { x, y, width, height } = each.getBBox();
            return [x, y, width, height];
          });
        }""",
        smallest,
    )
    assert named[2] > outline[2]
    middle = named[1] + named[3] / 2
    assert not outline[1] <= middle <= outline[1] + outline[3]


def test_numbers_are_written_as_python_writes_them(page: Page) -> None:
    values = [-0.3, -0.04, 0.0, 1234.5, -1234.56, 2.5, -12.0]
    source = (files(area_map) / "format.js").read_text("utf-8")
    written = page.evaluate(
        f"values => {{ const TEXTS = {{}}; {source.replace('export ', '')};"
        "return values.map((each) => [0, 1].map((places) => formatNumber(each, places))); }",
        values,
    )
    assert written == [[formats.number(each, places) for places in (0, 1)] for each in values]
