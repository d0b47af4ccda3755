"""The page on change in a browser, on a made-up town of six Stichtage and on the shipped city."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import harness
from tests.e2e.answers import wait_settled
from tests.towns import made_up_years


@pytest.fixture(scope="module")
def town_server(
    chromium: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[harness.Server]:
    """The dashboard on the made-up town."""
    folder = made_up_years.build(tmp_path_factory.mktemp("years") / "town")
    with harness.serve_app(folder) as server:
        server.wait()
        yield server


def opened(page: Page, server: harness.Server, **address: str) -> None:
    pairs = "&".join(f"{key}={quote(value)}" for key, value in address.items())
    page.goto(f"{server.url}/veraenderung?{pairs}")
    expect(page.get_by_role("button", name="Herunterladen")).to_be_visible(timeout=90_000)
    wait_settled(page)


def test_six_maps_share_one_geometry(
    town_server: harness.Server, page: Page, hear: Callable[..., None]
) -> None:
    asked: list[str] = []
    hear("request", lambda request: asked.append(request.url))
    opened(page, town_server, v_bereich="Karten", v_von="31.12.2010")
    expect(page.locator(".small-maps[data-complete='6']")).to_be_visible()
    assert sum("geometrie/quartier" in url for url in asked) == 1
    expect(page.locator(".small-maps figure")).to_have_count(6)
    expect(page.locator(".small-maps path[id]")).to_have_count(4)
    missing = page.locator("figure use[fill='url(#map-fill-n)']")
    expect(missing).to_have_count(1)
    page.locator("figure use[data-at='3']").first.hover()
    expect(page.locator(".readout")).to_contain_text("Quartier 4")
    expect(page.locator(".readout")).to_contain_text("31.12.2020: 100")
    expect(page.locator(".outline[href='#a3']")).to_have_count(6)
    expect(page.locator("figure .sign")).to_have_count(6)
    expect(page.locator(".small-maps .legend")).to_contain_text("◊Grundzahl an einem Stichtag")


def test_the_slider_needs_no_answer(town_server: harness.Server, page: Page) -> None:
    opened(page, town_server, v_bereich="Karten", v_karten="Eine Karte mit Datumsregler")
    before = harness.wait_painted(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Früherer Stichtag").click()
    harness.wait_painted(page, before)
    expect(page.locator(".dates output")).to_have_text("31.12.2018")
    expect(page.locator(".map .signs text")).to_have_text("◊")
    expect(page.get_by_text("Grundzahl an einem Stichtag unter 200")).to_be_visible()
    page.context.set_offline(False)


def test_change_is_drawn_around_zero_and_said_in_words(
    app_server: harness.Server, page: Page
) -> None:
    opened(page, app_server, v_bereich="Zwei Stichtage", v_ebene="Stadtteile")
    harness.wait_painted(page)
    expect(page.locator('.area[fill="url(#map-fill-n)"]')).to_have_count(44)
    harbour = page.locator('.area[data-id="033"]')
    expect(harbour).to_have_attribute("aria-label", re.compile(r"\+104,6.*kleine Grundzahl"))
    alone = page.locator('.area[data-id="011"]')
    expect(alone).to_have_attribute("aria-label", re.compile(r"nur 31\.12\.2021: 2\.370"))
    expect(page.locator(".area-map .legend")).to_contain_text("nicht an beiden Stichtagen")
    expect(page.locator(".area-map .table")).to_be_hidden()


def test_the_legend_declines_percentage_points(app_server: harness.Server, page: Page) -> None:
    section = {"v_bereich": "Zwei Stichtage", "v_ebene": "Stadtbezirke"}
    opened(page, app_server, **section, v_mass="gegenüber der Stadt")
    harness.wait_painted(page)
    expect(page.get_by_role("heading", name="Legende in Prozentpunkten")).to_be_visible()


def test_another_level_begins_anew_without_a_false_note(
    app_server: harness.Server, page: Page
) -> None:
    opened(page, app_server, v_von="31.12.2015")
    page.get_by_role("combobox", name="Ebene").click()
    page.get_by_role("option", name="Stadtteile").click()
    expect(page.get_by_text("033 Hafen").first).to_be_visible()
    expect(page.get_by_text("In der Adresse stand")).to_have_count(0)
    expect(page).to_have_url(re.compile("v_ebene=stadtteil"))


def test_profile_shows_the_course(app_server: harness.Server, page: Page) -> None:
    page.goto(f"{app_server.url}/stadtteilprofil")
    cell = page.locator("td.trend").filter(has_text="+3.236")
    expect(cell.locator(".trend-line circle")).to_have_count(3, timeout=90_000)
    expect(cell).to_contain_text("seit 31.12.2015")
    expect(cell.get_by_role("img")).to_have_attribute("aria-label", re.compile("63.721"))


def test_years_stand_upright_on_a_phone(app_server: harness.Server, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, app_server)
    ticks = page.locator(".js-plotly-plot").nth(1).locator(".xtick text")
    expect(ticks.first).to_be_visible()
    expect(ticks).to_have_text(["2010", "2013", "2016", "2021"])

    def upright() -> bool:
        boxes = [box for tick in ticks.all() if (box := tick.bounding_box())]
        edges = [(box["x"], box["x"] + box["width"]) for box in boxes]
        apart = all(left[1] + 4 <= right[0] for left, right in pairwise(edges))
        return len(boxes) == 4 and apart and all(box["width"] > box["height"] for box in boxes)

    harness.wait_until(page, upright)


def test_the_address_keeps_the_period_of_every_section(
    app_server: harness.Server, page: Page
) -> None:
    opened(page, app_server)

    def shows(section: str, begin: str) -> None:
        control = page.get_by_role("radio", name=section)
        expect(control).to_be_checked(timeout=30_000)
        expect(page.get_by_role("combobox", name="von")).to_have_value(begin)
        wait_settled(page)

    shows("Verlauf", "31.12.2010")
    page.get_by_role("radio", name="Zwei Stichtage").click()
    shows("Zwei Stichtage", "31.12.2015")
    page.wait_for_url("**v_bereich=vergleich*")
    page.reload()
    shows("Zwei Stichtage", "31.12.2015")
    page.get_by_role("combobox", name="von").click()
    page.get_by_role("option", name="31.12.2010").click()
    shows("Zwei Stichtage", "31.12.2010")
    page.wait_for_url("**v_von=2010-12-31*")
    page.reload()
    shows("Zwei Stichtage", "31.12.2010")
    page.get_by_role("radio", name="Verlauf").click()
    shows("Verlauf", "31.12.2010")
    page.wait_for_url("**v_bereich=verlauf*")
    page.reload()
    shows("Verlauf", "31.12.2010")
