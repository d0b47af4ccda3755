"""Several areas of the map are picked: by click, key, circle, lasso, rectangle and finger."""

from __future__ import annotations

import re

import numpy as np
import pytest
import shapely
from playwright.sync_api import Browser, Page, expect

from inteso_dash.boundaries.payload import view_frame
from tests.e2e import harness
from tests.e2e.area_map_city import SITE, made_up_areas
from tests.e2e.area_map_page import area, area_id, click, complete


@pytest.fixture
def picking(city: Page) -> Page:
    city.get_by_text("Mehrere wählen").click()
    city.locator(".body.picking").wait_for()
    complete(city)
    steady(city)
    return city


def steady(page: Page) -> None:
    """Wait until the map has taken its place, where the pointer is to draw."""
    page.locator("svg.map").evaluate(
        """async svg => {
          const place = () => {
            const { a, d, e, f } = svg.getScreenCTM();
            return [a, d, e, f].join();
          };
          for (let still = 0, seen = place(); still < 4; ) {
            await new Promise(requestAnimationFrame);
            still = place() === seen ? still + 1 : 0;
            seen = place();
          }
        }"""
    )


def picked(page: Page, *keys: str) -> None:
    """Expect Python, the map and the list beside it to name these areas."""
    expect(page.get_by_text(re.compile(rf"Gewählt={','.join(keys)}$"))).to_be_visible()
    expect(page.locator(".area[aria-selected=true]")).to_have_count(len(keys))
    expect(page.locator(".pick-list li .key")).to_have_text(list(keys))
    complete(page)
    steady(page)


def to_pane(page: Page, points: np.ndarray) -> list[list[float]]:
    """Where points in metres lie in the window."""
    at = view_frame(made_up_areas()).to_units(points).tolist()
    found: list[list[float]] = page.locator("svg.map").evaluate(
        """(svg, all) => all.map(([x, y]) => {
          const at = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM());
          return [at.x, at.y];
        })""",
        at,
    )
    return found


def mostly_in(shape: shapely.Geometry) -> list[str]:
    """What lies in a shape by more than half, by another reckoning; none is a near thing."""
    areas = made_up_areas().set_index("area_id").geometry
    shares = areas.intersection(shape).area / areas.area
    assert not shares.between(0.47, 0.53).any()
    return sorted(shares.index[shares > 0.5])


def test_several_areas_are_picked_by_hand_and_by_key_and_let_go(picking: Page):
    click(picking, 20)
    picked(picking, area_id(20))
    expect(picking.locator(".picks text")).to_have_text(["◐", "✓"])
    area(picking, 0).focus()
    picking.keyboard.press(" ")
    picked(picking, area_id(0), area_id(20))
    expect(picking.get_by_role("status").get_by_text("Jetzt 2 gewählt")).to_be_attached()
    expect(area(picking, 0)).to_have_attribute("aria-label", re.compile("(^|, )gewählt(,|$)"))
    expect(picking.locator(".pick-list .note")).to_have_text("Erfunden.")
    picking.keyboard.press(" ")
    picked(picking, area_id(20))
    picking.get_by_role("button", name="Zurück").click()
    picked(picking, area_id(0), area_id(20))
    picking.get_by_role("button", name="Gebiet 20 herausnehmen").click()
    picked(picking, area_id(0))
    picking.get_by_role("button", name="Alle heraus").click()
    picked(picking)


def test_a_circle_and_a_lasso_take_what_lies_in_them_by_more_than_half(picking: Page):
    center = np.array([[350_700.0, 5_680_300.0]])
    picking.get_by_role("button", name="Umkreis").click()
    picking.get_by_label("Umkreis in Metern").fill("1900")
    picking.mouse.click(*to_pane(picking, center)[0])
    circle = mostly_in(shapely.Point(*center[0]).buffer(1900))
    assert len(circle) > 4
    picked(picking, *circle)
    corners = np.array(
        [
            [347_000, 5_677_300],
            [349_900, 5_676_700],
            [348_600, 5_678_400],
            [350_300, 5_680_800],
            [346_800, 5_680_200],
        ],
        dtype=float,
    )
    lasso = mostly_in(shapely.Polygon(corners))
    assert set(lasso) - set(circle)
    picking.get_by_role("button", name="Umfahren").click()
    first, *others = to_pane(picking, corners)
    picking.mouse.move(*first)
    picking.mouse.down()
    for x, y in others:
        picking.mouse.move(x, y, steps=8)
    picking.mouse.up()
    picked(picking, *sorted({*circle, *lasso}))
    picking.get_by_label("wegnehmen").check()
    picking.get_by_role("button", name="Rechteck").click()
    box = shapely.box(348_000, 5_678_000, 352_000, 5_682_000)
    low, high = to_pane(picking, np.array([[348_000.0, 5_678_000.0], [352_000.0, 5_682_000.0]]))
    picking.mouse.move(*low)
    picking.mouse.down()
    picking.mouse.move(*high, steps=4)
    picking.mouse.up()
    left = {*circle, *lasso} - set(mostly_in(box))
    assert left
    picked(picking, *sorted(left))


def test_a_circle_around_an_area_needs_no_pointer(picking: Page):
    picking.get_by_role("button", name="Umkreis").focus()
    picking.keyboard.press("Enter")
    area(picking, 27).focus()
    picking.keyboard.press(" ")
    expect(picking.locator(".drawn .line")).to_have_count(1)
    picking.keyboard.press("Escape")
    expect(picking.locator(".drawn .line")).to_have_count(0)
    expect(picking.get_by_role("button", name="Einzeln")).to_have_attribute("aria-pressed", "true")


def test_a_circle_around_a_site_needs_no_pointer_either(picking: Page):
    picking.get_by_role("button", name="Umkreis").click()
    expect(picking.get_by_text("Die Mitte kann auch ein Standort sein.")).to_be_visible()
    picking.get_by_label("Umkreis in Metern").fill("1500")
    picking.locator(".places circle").focus()
    picking.keyboard.press("Enter")
    frame = view_frame(made_up_areas())
    x = frame.minx + SITE[0] * frame.metres_per_unit
    y = frame.maxy - SITE[1] * frame.metres_per_unit
    within = mostly_in(shapely.Point(x, y).buffer(1500))
    assert within
    picked(picking, *within)


def test_a_finger_draws_a_lasso_and_taps_areas(browser: Browser, map_address: str):
    with harness.visitor(browser, viewport={"width": 390, "height": 844}, has_touch=True) as page:
        expect_lasso_by_touch(page, map_address)


def expect_lasso_by_touch(page: Page, map_address: str) -> None:
    page.goto(map_address)
    complete(page)
    page.get_by_text("Mehrere wählen").tap()
    page.locator(".body.picking").wait_for()
    complete(page)
    page.get_by_role("button", name="Umfahren").tap()
    page.locator("svg.map").scroll_into_view_if_needed()
    steady(page)
    corners = np.array(
        [[348_000, 5_678_000], [352_000, 5_678_000], [352_000, 5_682_000], [348_000, 5_682_000]],
        dtype=float,
    )
    wanted = mostly_in(shapely.Polygon(corners))
    points = [{"x": x, "y": y} for x, y in to_pane(page, corners)]
    touch = page.context.new_cdp_session(page)
    for type_, at in (
        ("touchStart", points[0]),
        *(("touchMove", point) for point in points[1:]),
    ):
        touch.send("Input.dispatchTouchEvent", {"type": type_, "touchPoints": [at]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    picked(page, *wanted)
    harness.wait_fitting(page)
