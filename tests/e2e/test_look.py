"""How the pages look where the window, the colours or the city make it hard."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from inteso_dash.drawing import area_map
from inteso_dash.views.colours import contrast
from tests.e2e.answers import wait_settled
from tests.e2e.axe import change_theme
from tests.e2e.harness import (
    START_SECONDS,
    Server,
    visitor,
    wait_fresh,
    wait_painted,
    wait_until,
)

CORNERS = Path(area_map.__file__).with_name("corners.js").read_text("utf-8")
CORNERS += "; const PANE = [100, 100];"
MEASURED = """() => {
    const host = [...document.querySelectorAll("*")].find(
        (each) => each.shadowRoot?.querySelector(".map-box"),
    ).shadowRoot;
    const box = (each) => {
        const { left, top, right, bottom } = each.getBoundingClientRect();
        return { left, top, right, bottom };
    };
    return {
        pane: box(host.querySelector(".map-box")),
        city: box(host.querySelector("g.areas")),
        legend: box(host.querySelector(".legend")),
        place: host.querySelector(".body").dataset.legend,
        window: [innerWidth, innerHeight],
        wide: document.documentElement.scrollWidth,
    };
}"""
RESTING = f"() => new Promise(requestAnimationFrame).then({MEASURED})"


def measured(page: Page, address: str) -> dict[str, Any]:
    """Measure the first view of a map that rests, in pixels of the window."""
    page.goto(address, timeout=START_SECONDS * 1000)
    wait_painted(page)
    wait_settled(page)
    wait_fresh(page)
    found: dict[str, Any] = page.evaluate(MEASURED)
    while found != (found := page.evaluate(RESTING)):
        pass
    return found


def share(box: dict[str, float], window: list[int]) -> float:
    """Return how much of the window a box takes."""
    width, height = window
    across = min(box["right"], width) - max(box["left"], 0)
    return across * (min(box["bottom"], height) - max(box["top"], 0)) / (width * height)


def test_on_a_phone_the_map_begins_in_the_upper_half(browser: Browser, app_server: Server) -> None:
    """Below what begins the start page a little lower."""
    window = {"width": 390, "height": 844}
    with visitor(browser, viewport=window, is_mobile=True, has_touch=True) as page:
        chosen = measured(page, f"{app_server.url}/?ebene=stadtteil")
        found = measured(page, app_server.url)
    assert chosen["pane"]["top"] < 844 / 2
    assert found["pane"]["top"] < chosen["pane"]["top"] + 50
    assert share(found["pane"], found["window"]) > 0.4
    assert found["wide"] <= 390


def test_on_a_desktop_the_whole_city_fills_its_pane_and_the_legend_lies_in_a_free_corner(
    app_server: Server, page: Page
) -> None:
    found = measured(page, app_server.url)
    pane, city, legend = found["pane"], found["city"], found["legend"]
    assert pane["bottom"] < 900
    assert share(pane, found["window"]) > 0.42
    assert share(city, found["window"]) > 0.2
    assert city["bottom"] - city["top"] > 0.97 * (pane["bottom"] - pane["top"])
    assert found["place"] != "side"
    assert pane["left"] <= legend["left"] < legend["right"] <= pane["right"]
    assert pane["top"] <= legend["top"] < legend["bottom"] <= pane["bottom"]


@pytest.mark.parametrize(
    ("path", "corner"),
    [
        # a city along the diagonal from top left to bottom right: two corners are free
        ("m0 0l10 0 90 90 0 10-10 0-90-90z", "top-right"),
        # a city that is everywhere but at the bottom left
        ("m0 0l100 0 0 100-50 0 0-50-50 0z", "bottom-left"),
        # a city that is everywhere but at the top right
        ("m0 0l50 0 0 50 50 0 0 50-100 0z", "top-right"),
        ("m0 0l100 0 0 100-100 0z", None),
    ],
)
def test_the_free_corner_is_the_first_that_the_city_leaves_free(
    page: Page, path: str, corner: str | None
) -> None:
    found = page.evaluate(
        f"(path) => {{ {CORNERS}; const points = thinned([ringsOf(path)], 2);"
        " return freeCorner(points, PANE, [30, 30]) }",
        path,
    )
    assert found == corner


def test_a_long_edge_counts_although_it_has_no_corner_in_the_box(page: Page) -> None:
    # a triangle whose long side crosses the corner at the bottom left
    path = "m0 60l0-60 100 0 0 100-60 0z"
    found = page.evaluate(
        f"(path) => {{ {CORNERS}; const points = thinned([ringsOf(path)], 2);"
        " return freeCorner(points, PANE, [40, 40]) }",
        path,
    )
    assert found is None


def test_the_centre_is_named_by_the_boundaries_shown_until_areas_can_hold_their_names(
    app_server: Server, page: Page
) -> None:
    page.goto(app_server.url, timeout=START_SECONDS * 1000)
    wait_settled(page)
    wait_fresh(page)
    names = page.locator(".names text")
    expect(names.get_by_text("Stadtmitte", exact=True)).to_be_attached()
    over = names.evaluate_all("all => all.map((each) => each.getAttribute('class'))")
    assert len(over) > 30
    assert set(over) - {"thing water", "thing landmark"} == {"above"}
    assert clear_of_one_another(page)
    assert page.locator("g.names").get_attribute("aria-hidden") == "true"
    page.get_by_role("checkbox", name="Stadtteile").uncheck()
    expect(page.locator(".names .above")).to_have_count(0)
    page.get_by_role("checkbox", name="Stadtteile").check()
    expect(page.locator(".names .above").first).to_be_attached()
    for _ in range(4):
        page.get_by_role("button", name="Vergrößern").click()
    expect(page.locator(".names .above")).to_have_count(0)
    expect(names.first).to_be_attached()


def test_names_of_boundaries_can_be_read_on_what_lies_below(app_server: Server, page: Page) -> None:
    page.goto(f"{app_server.url}/handlungsbedarf", timeout=START_SECONDS * 1000)
    wait_settled(page)
    page.locator(".names .above").first.wait_for(state="attached")
    wait_until(page, lambda: readable_names(page))
    change_theme(page, "dark")
    expect(page.locator(".area-map").first).to_have_attribute("data-theme", "dark")
    wait_until(page, lambda: readable_names(page))  # they follow when the map has time


def readable_names(page: Page) -> bool:
    """Say whether names have a halo of what lies below, and letters that stand out from it."""
    drawn = page.locator(".names :is(.above, .thing)").evaluate_all(
        """all => all.map((each) => {
            const { fill, stroke } = getComputedStyle(each);
            return [fill, stroke, each.getAttribute("stroke")];
        })"""
    )
    swatches = page.locator(".legend .swatch").evaluate_all(
        "all => all.map((each) => getComputedStyle(each).backgroundColor)"
    )
    return (
        {halo for _, halo, given in drawn if given.startswith("#")} <= set(swatches)
        and sum(halo in swatches for _, halo, _ in drawn) > 30
        and all(contrast(written(ink), written(halo)) >= 4.5 for ink, halo, _ in drawn)
    )


def written(color: str) -> str:
    """Write a computed colour as it is in a style sheet."""
    return "#" + "".join(f"{int(each):02x}" for each in re.findall(r"\d+", color)[:3])


def clear_of_one_another(page: Page) -> bool:
    """Say whether no two names of one line overlap by more than their halo."""
    boxes = page.locator(".names text").evaluate_all(
        """all => all.map((each) => {
            const { x, y, width, height } = each.getBBox();
            return [each.textContent, x, y, x + width, y + height];
        })"""
    )
    return not any(
        min(one[3], other[3]) - max(one[1], other[1]) > 20
        and min(one[4], other[4]) - max(one[2], other[2]) > 20
        for one, other in combinations(boxes, 2)
    )


@pytest.fixture
def forced(page: Page) -> Page:
    """A page in the colours that the reader's system prescribes."""
    page.emulate_media(forced_colors="active")
    return page


def test_forced_colours_show_the_chosen_section_and_where_sliders_stand(
    app_server: Server, forced: Page
) -> None:
    forced.goto(f"{app_server.url}/unterbringung?u_bereich=Gerechtigkeit")
    wait_settled(forced)
    chosen = forced.get_by_role("radio", name="Gerechtigkeit")
    expect(chosen).to_be_visible()
    ground = "each => getComputedStyle(each).backgroundColor"
    letters = "each => getComputedStyle(each.querySelector('p')).color"
    other = forced.get_by_role("radio", name="Konzentration")
    assert chosen.evaluate(ground) != other.evaluate(ground)
    assert chosen.evaluate(letters) != chosen.evaluate(ground)
    slider = forced.get_by_test_id("stSlider").first
    thumb = slider.locator("div:has(> div > input)")
    assert thumb.evaluate(ground) != forced.locator("body").evaluate(ground)
    drawn = slider.locator("[data-orientation] > div").evaluate_all(
        "all => all.map((each) => getComputedStyle(each).outlineStyle)"
    )
    assert "solid" in drawn
    here = forced.locator('[aria-current="page"]')
    assert here.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"
