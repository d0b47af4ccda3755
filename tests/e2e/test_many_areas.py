"""The map of more areas than are drawn as paths; every figure is made up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from inteso_dash.drawing import area_map
from tests.e2e import harness
from tests.e2e.answers import wait_settled
from tests.e2e.area_map_city import AREAS, DARK, IN_ROW, LIGHT, MISSING, VERY_MANY
from tests.e2e.area_map_page import expect_said
from tests.e2e.axe import broken

OF_TREES = (
    "aria-allowed-attr",
    "aria-required-attr",
    "aria-required-children",
    "aria-required-parent",
    "aria-valid-attr-value",
)
COLORS = """async ([indices, size]) => {
  const host = [...document.querySelectorAll("*")].find(
    (each) => each.shadowRoot?.querySelector(".field"),
  ).shadowRoot;
  const file = performance.getEntriesByType("resource").find(({ name }) => name.includes("kachel"));
  const { areas } = await (await fetch(file.name)).json();
  const canvas = host.querySelector(".field canvas");
  const [left, top, width, height] = host.querySelector("svg.map").getAttribute("viewBox")
    .split(" ").map(Number);
  const context = canvas.getContext("2d");
  return indices.map((index) => {
    const [x, y] = areas[index].label;
    const at = [((x - left) / width) * canvas.width, ((y - top) / height) * canvas.height];
    const from = at.map((middle) => Math.round(middle) - size / 2);
    const { data } = context.getImageData(...from, size, size);
    const places = Array.from({ length: size ** 2 }, (_, place) => 4 * place);
    return places.map((place) => [...data.slice(place, place + 4)]);
  });
}"""
"""Colours of so many pixels each way in the middle of areas."""


@pytest.fixture
def tiles(city: Page) -> Page:
    painted = int(harness.painted(city).get_attribute("data-painted") or 0)
    city.locator("label", has_text="Kacheln").click()
    expect(city.locator("[role=tree]")).to_be_attached()
    harness.wait_painted(city, painted)
    expect(city.locator("[role=treeitem]")).to_have_count(16)
    wait_settled(city)
    harness.wait_fresh(city)
    return city


def rgb(color: str) -> tuple[int, ...]:
    return tuple(int(color[start : start + 2], 16) for start in (1, 3, 5))


def colors(page: Page, indices: Sequence[int], size: int = 2) -> list[set[tuple[int, ...]]]:
    """Colours that occur in the middle of each area, with their opacity."""
    found = page.evaluate(COLORS, [list(indices), size])
    return [{tuple(sample) for sample in each} for each in found]


def expect_colors(page: Page, indices: Sequence[int], wanted: list[tuple[int, ...]]) -> None:
    """Expect areas to have one colour each as soon as they are drawn."""
    harness.wait_until(page, lambda: colors(page, indices) == [{color} for color in wanted])


def opaque(color: str) -> tuple[int, ...]:
    return (*rgb(color), 255)


def class_of(index: int) -> int:
    return min(int(round(22 * index / VERY_MANY, 2) // 5), 4)


def middle(page: Page, index: int) -> tuple[float, float]:
    """Where a tile lies on the page."""
    box = page.locator("svg.map").bounding_box()
    view = [
        float(part) for part in (page.locator("svg.map").get_attribute("viewBox") or "").split()
    ]
    assert box is not None
    frame = page.evaluate(
        """async (index) => {
          const entries = performance.getEntriesByType("resource");
          const { name } = entries.find(({ name }) => name.includes("kachel"));
          return (await (await fetch(name)).json()).areas[index].label;
        }""",
        index,
    )
    return (
        box["x"] + (frame[0] - view[0]) / view[2] * box["width"],
        box["y"] + (frame[1] - view[1]) / view[3] * box["height"],
    )


def test_classes_and_statuses_look_as_they_do_where_areas_are_few(tiles: Page):
    plain = [index for index in range(0, VERY_MANY, 37) if index // IN_ROW != 1]
    expect_colors(tiles, plain, [opaque(LIGHT[class_of(index)]) for index in plain])
    by_letter = {letter: IN_ROW + index for index, letter in MISSING.items()}
    looks = dict(zip(by_letter, colors(tiles, by_letter.values(), 4), strict=True))
    assert looks["u"] == {opaque("#d4d6d9")}
    assert looks["z"] == {opaque(LIGHT[0])}
    white = opaque("#ffffff")
    for letter in "sng":
        assert white in looks[letter]
        assert any(sum(color[:3]) < 550 for color in looks[letter]), letter
    (dotted,) = colors(tiles, [by_letter["e"]], 6)
    assert opaque(LIGHT[0]) in dotted
    assert min(sum(color[:3]) for color in dotted) < 450


def test_dark_pages_and_classes_that_are_pointed_at(tiles: Page):
    tiles.emulate_media(color_scheme="dark")
    expect(tiles.locator(".area-map")).to_have_attribute("data-theme", "dark")
    places = [200, 1500]
    expect_colors(tiles, places, [opaque(DARK[class_of(index)]) for index in places])
    tiles.locator(".legend .class").nth(class_of(200)).hover()

    def others_pale() -> bool:
        lit, other = colors(tiles, places)
        pale = {color[3] for color in other} == {round(0.18 * 255)}
        return pale and lit == {opaque(DARK[class_of(200)])}

    harness.wait_until(tiles, others_pale)


def test_pixels_know_each_of_their_samples_and_show_their_mean(page: Page):
    script = "".join(
        Path(area_map.__file__).with_name(name).read_text("utf-8")
        for name in ("corners.js", "raster.js")
    )
    found = page.evaluate(
        f"""() => {{ {script}
          const areas = [
            {{ path: "m0 0l7 0 0 9-7 0z", label: [3, 4] }},
            {{ path: "m7 0l6 0 0 9-6 0z", label: [9, 4] }},
          ];
          const pane = {{ left: 0, top: 0, scale: 1, width: 14, height: 10, side: 2 }};
          const codes = withBorders(new Tracer(areas).trace(pane), pane.width);
          const pixels = new Pixels(codes.slice(), pane);
          const all = [...codes].map((_, at) => pixels.at(at % 14, Math.floor(at / 14)));
          const bytes = (color) => [0, 8, 16, 24].map((by) => (color >>> by) & 255);
          const look = (codes) => {{
            const [red, white, green] = [
              [200, 0, 0, 255], [255, 255, 255, 0], [0, 101, 50, 255]].map(packed);
            const colors = {{ 8: red, 9: green, 16: green, 17: red, 0: white }};
            return bytes(joined(colors, codes, 0));
          }};
          const mixed = [[8, 8, 8, 9], [8, 16, 8, 16], [8, 0, 0, 0], [0, 0, 0, 0], [8, 9, 0, 0]];
          const size = [pixels.width, pixels.height];
          return {{ codes: [...codes], all, size, looks: mixed.map(look) }};
        }}"""
    )
    assert found["size"] == [7, 5]
    assert found["all"] == found["codes"]
    assert set(found["codes"]) == {0, 8, 9, 16, 17}
    assert found["looks"] == [
        [150, 25, 13, 255],
        [100, 51, 25, 255],
        [200, 0, 0, 64],
        [255, 255, 255, 0],
        [100, 51, 25, 128],
    ]


def test_pointing_clicking_and_coming_nearer(tiles: Page):
    tiles.mouse.move(*middle(tiles, 777))
    expect(tiles.locator(".tooltip .name")).to_contain_text("Kachel 777")
    expect(tiles.locator(".outline.hover .line")).not_to_have_attribute("d", "")
    tiles.mouse.click(*middle(tiles, 777))
    expect_said(tiles, "Gebiet", "K0777")
    expect(tiles.locator(".outline.selected .line")).not_to_have_attribute("d", "")
    expect(tiles.locator("tr[aria-current]")).to_contain_text("Kachel 777")
    wait_settled(tiles)
    canvas = tiles.locator(".field canvas")
    tiles.get_by_role("button", name="Vergrößern").click()
    expect(canvas).not_to_have_attribute("style", re.compile("translate"))
    expect_colors(tiles, [777], [opaque(LIGHT[class_of(777)])])
    wait_settled(tiles)
    tiles.mouse.click(*middle(tiles, 777))
    expect_said(tiles, "Gebiet", "None")


def test_keys_reach_every_area_by_its_region(tiles: Page):
    tree = tiles.locator("[role=tree]")
    stop = tree.locator("[tabindex='0']")
    expect(stop).to_have_count(1)
    tiles.get_by_role("button", name="Ganze Stadt zeigen").focus()
    stop.focus()
    tiles.keyboard.press("Home")
    focused = tree.locator(":focus")
    expect(focused).to_have_attribute("aria-label", "Viertel V00, 100 Gebiete")
    expect(tiles.locator(".tooltip")).to_contain_text("Viertel V00, 100 Gebiete")
    tiles.keyboard.press("ArrowRight")
    expect(focused).to_have_attribute("aria-label", "Viertel V01, 100 Gebiete")
    expect(focused).to_have_attribute("aria-expanded", "false")
    tiles.keyboard.press("Enter")
    expect(focused).to_have_attribute("aria-level", "2")
    expect(tree.locator("[aria-level='2']")).to_have_count(100)
    tiles.keyboard.press("Home")
    expect(focused).to_have_attribute("aria-label", re.compile(r"Kachel 10, K0010, 0,1.%"))
    assert not broken(tiles, OF_TREES)
    tiles.keyboard.press("ArrowLeft")
    expect(focused).to_have_attribute("data-id", "K0009")
    expect(tree.locator("[aria-expanded='true']")).to_have_attribute(
        "aria-label", re.compile("V00,")
    )
    expect(tiles.locator(".tooltip .name")).to_contain_text("Kachel 9")
    tiles.keyboard.press("Enter")
    expect_said(tiles, "Gebiet", "K0009")
    expect(focused).to_have_attribute("aria-selected", "true")
    tiles.keyboard.press("PageUp")
    expect(focused).to_have_attribute("aria-label", "Viertel V00, 100 Gebiete")
    expect(tree.locator("[tabindex='0']")).to_have_count(1)


def test_boundaries_of_the_next_level_lie_over_the_areas_and_go_away(tiles: Page):
    rings = """(on) => {
      const host = [...document.querySelectorAll("*")].find(
        (each) => each.shadowRoot?.querySelector(".field")).shadowRoot;
      const canvas = host.querySelector(".field canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const seen = new Set();
      for (let at = 0; at < data.length; at += 4) seen.add(data.slice(at, at + 4).join());
      return seen.size;
    }"""
    before = tiles.evaluate(rings)
    tiles.locator(".toggles").get_by_label("Viertel").uncheck()
    expect(tiles.locator(".overlays path")).to_have_count(0)
    harness.wait_until(tiles, lambda: tiles.evaluate(rings) < before)


def test_a_level_of_few_areas_is_drawn_as_paths_again(tiles: Page):
    tiles.locator("label", has_text="Gebiete").first.click()
    expect(tiles.locator(".area")).to_have_count(AREAS)
    expect(tiles.locator(".field canvas")).to_have_js_property("width", 0)
    expect(tiles.locator("[role=tree]")).to_be_hidden()


def test_areas_of_a_raster_are_picked_as_well(tiles: Page):
    tiles.get_by_text("Mehrere wählen").click()
    tiles.locator(".body.picking").wait_for()
    wait_settled(tiles)
    harness.wait_fresh(tiles)
    tiles.get_by_role("button", name="Rechteck").click()
    box = tiles.locator("svg.map").bounding_box()
    assert box is not None
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    tiles.mouse.move(middle[0] - 60, middle[1] - 60)
    tiles.mouse.down()
    tiles.mouse.move(middle[0] + 60, middle[1] + 60, steps=4)
    tiles.mouse.up()
    expect(tiles.get_by_text(re.compile(r"Gewählt=\w+,\w+"))).to_be_visible()
    wait_settled(tiles)
    harness.wait_fresh(tiles)
    count = tiles.locator(".pick-list li").count()
    assert count > 4
    expect(tiles.locator(".picks text")).to_have_count(count)
