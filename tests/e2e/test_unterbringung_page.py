"""The page on accommodation in a browser; the full table is made up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from inteso_dash.reading import read_raw
from tests import made_up_accommodation as made_up
from tests.e2e import harness

READY = "Dateien dieses Bereichs"


@pytest.fixture(scope="module")
def full_server(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[harness.Server]:
    """The dashboard on the made-up full table."""
    folder = made_up.build(tmp_path_factory.mktemp("full") / "city")
    with harness.serve_app(folder) as server:
        server.wait()
        yield server


def opened(page: Page, server: harness.Server, section: str) -> None:
    page.goto(f"{server.url}/unterbringung?u_bereich={section}")
    expect(page.get_by_role("heading", name=READY)).to_be_visible(timeout=90_000)


def test_eight_of_ten_are_hatched_with_the_shipped_figures(
    app_server: harness.Server, page: Page
) -> None:
    opened(page, app_server, "Verteilung")
    harness.wait_painted(page)
    expect(page.locator(".area")).to_have_count(10)
    expect(page.locator('.area[fill="url(#map-fill-n)"]')).to_have_count(8)
    expect(page.get_by_text("28,6 je 1.000 Einwohner")).to_be_visible()
    expect(page.get_by_text("Bezug: Einwohner vom 31.12.2015")).to_be_visible()


def test_the_file_holds_what_is_shown(
    app_server: harness.Server, page: Page, tmp_path: Path
) -> None:
    opened(page, app_server, "Verteilung")
    page.get_by_role("button", name="Alle Gebiete").click()
    with page.expect_download() as started:
        page.get_by_role("button", name="CSV für Excel (deutsch)").click()
    path = tmp_path / started.value.suggested_filename
    started.value.save_as(path)
    raw = read_raw(path)
    at = {name: place for place, name in enumerate(raw.columns)}
    first = raw.rows[0].cells
    assert first[at["Schlüssel"]] == "06"
    assert first[at["je 1.000 Einwohner"]] == "28,6"
    assert first[at["Stichtag Einwohner"]] == "31.12.2015"
    assert not first[at["Plätze"]]


def test_a_weight_changes_map_bars_and_table_in_one_rerun(
    full_server: harness.Server, page: Page
) -> None:
    opened(page, full_server, "Gerechtigkeit")
    before = harness.wait_painted(page)
    fills = page.locator(".area").evaluate_all("all => all.map(path => path.getAttribute('fill'))")
    bars = page.locator(".js-plotly-plot .ytick text")
    expect(bars).to_have_count(10)
    order = bars.all_text_contents()
    page.get_by_role("slider", name="Fläche").focus()
    page.keyboard.press("End")
    after = harness.wait_painted(page, before)
    assert after == before + 1
    changed = page.locator(".area").evaluate_all(
        "all => all.map(path => path.getAttribute('fill'))"
    )
    assert changed != fills
    expect(page.get_by_text("Einwohner 50")).to_be_visible()
    expect(bars.first).to_be_visible()
    page.wait_for_function(
        "old => JSON.stringify([...document.querySelectorAll('.js-plotly-plot .ytick text')]"
        ".map(each => each.textContent)) !== JSON.stringify(old)",
        arg=order,
    )


def test_circles_are_split_by_form_and_come_and_go(full_server: harness.Server, page: Page) -> None:
    opened(page, full_server, "Verteilung")
    before = harness.wait_painted(page)
    expect(page.locator(".symbol")).to_have_count(0)
    choice = page.get_by_role("radiogroup", name="Darüber").get_by_text("Untergebrachte")
    choice.click()
    harness.wait_painted(page, before)
    expect(page.locator(".symbol")).to_have_count(10)
    expect(page.locator(".symbol-legend:not([hidden]) li")).to_have_count(4)
    expect(page.get_by_text("Größter Kreis: 1.820")).to_be_visible()
