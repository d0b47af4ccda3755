"""Views of the page on change kept, played and redrawn boundaries looked at, in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from inteso_dash.views import sequences
from inteso_dash.views.sequences import Sequence, Slide
from tests.e2e import harness
from tests.e2e.answers import wait_settled
from tests.towns import made_up_divisions

BOUNDS = "veraenderung?v_bereich=Grenzen&v_ebene=Sozialräume"


@pytest.fixture(scope="module")
def divided_server(
    chromium: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[harness.Server]:
    """The dashboard on made-up earlier divisions, with a sequence on them."""
    folder = made_up_divisions.write_city(tmp_path_factory.mktemp("divisions"))
    views = (Slide(address=BOUNDS), Slide(address=BOUNDS, figure="Tabelle"))
    made = Sequence(title="Grenzen", city="05111", slides=views)
    (folder / "data" / sequences.FOLDER / "grenzen.yml").write_bytes(sequences.write(made))
    with harness.serve_app(folder) as server:
        server.wait()
        yield server


def wake(page: Page) -> None:
    """Move the pointer, as someone does who means a figure."""
    page.mouse.move(100, 100)
    page.mouse.move(110, 110)


def keep(page: Page, server: harness.Server, address: str, figure: str = "") -> None:
    """Keep a view of the page on change and open the page Runder Tisch."""
    page.goto(f"{server.url}/veraenderung?{quote(address, safe='=&')}")
    dialog = harness.open_keeping(page)
    if figure:
        dialog.get_by_role("combobox", name="Was die Folie zeigt").click()
        page.get_by_role("option", name=figure).click()
    harness.keep(page)
    page.get_by_role("link", name="Runder Tisch").click()
    expect(page.get_by_role("heading", name="Runder Tisch")).to_be_visible()
    wait_settled(page)
    page.get_by_role("button", name="Vorführen").click()
    expect(page.get_by_label("Folie 1 von 1")).to_be_visible()
    wait_settled(page)


def test_a_map_of_change_becomes_a_live_slide(app_server: harness.Server, page: Page) -> None:
    keep(page, app_server, "v_bereich=Zwei Stichtage&v_ebene=Stadtteile")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("4 Stadtteile höher, 2 niedriger, 44 ohne Vergleichswert")
    expect(page.locator(".map .signs text")).to_have_text("◊")
    expect(page.get_by_text("nicht an beiden Stichtagen")).to_be_visible()
    wake(page)
    harness.click_area(page, "033")
    expect(heading).to_contain_text("Hafen, Bevölkerung, 2015 bis 2021: von 131 auf 268")
    wait_settled(page)
    page.keyboard.press("r")
    expect(heading).to_contain_text("4 Stadtteile höher")


def test_both_values_become_a_slide(app_server: harness.Server, page: Page) -> None:
    figure = "Beide Stichtage nebeneinander"
    keep(page, app_server, "v_bereich=Zwei Stichtage&v_ebene=Stadtteile", figure)
    chart = page.locator(".js-plotly-plot")
    expect(chart).to_contain_text("Hafen ◊")
    expect(chart).to_contain_text("+1.398 (+4,4")
    expect(page.get_by_text("◊ Grundzahl unter 200")).to_be_visible()


def test_small_maps_fit_on_a_slide(app_server: harness.Server, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    keep(page, app_server, "v_bereich=Karten&v_ebene=Stadtteile")
    expect(page.locator(".small-maps[data-complete='3']")).to_be_visible()
    expect(page.locator(".small-maps .legend")).to_be_in_viewport(ratio=1)
    expect(page.get_by_text(re.compile("^Quelle"))).to_be_in_viewport(ratio=1)
    sign = page.locator("figure .sign").first
    harness.wait_until(page, lambda: (sign.bounding_box() or {"height": 0})["height"] > 15)
    wake(page)
    page.locator("figure use[data-at]").first.hover()
    expect(page.locator(".readout")).to_contain_text("31.12.2021: ")


def test_redrawn_areas_are_seen_on_map_and_table(
    divided_server: harness.Server, page: Page
) -> None:
    page.goto(f"{divided_server.url}/{quote(BOUNDS, safe='?=&')}")
    expect(page.get_by_text("Aus 179 Sozialräumen (2017) wurden 171 (2021)")).to_be_visible(
        timeout=90_000
    )
    harness.wait_painted(page)
    split = page.locator('.area[data-id="014001"]').first
    expect(split).to_have_attribute(
        "aria-label", re.compile(r"geteilt; 2017: 014701 Am Hofgarten \(alt\) \(100")
    )
    wait_settled(page)
    page.get_by_role("combobox", name="frühere Gliederung").click()
    page.get_by_role("option", name="2011").click()
    expect(page.get_by_text("Aus 166 Sozialräumen (2011) wurden 171 (2021)")).to_be_visible()
    expect(page).to_have_url(re.compile("v_alt=2011"))


def test_estimates_are_dotted(divided_server: harness.Server, page: Page) -> None:
    address = quote(f"{BOUNDS}&v_umrechnung=geschätzt", safe="?=&")
    page.goto(f"{divided_server.url}/{address}")
    expect(page.get_by_text("Das ist eine Annahme")).to_be_visible(timeout=90_000)
    across = page.locator(".area-map").nth(1)
    expect(across.locator(".marks-over path").first).to_be_attached()
    expect(across.locator(".legend")).to_contain_text("geschätzt")


def test_redrawn_areas_are_played(divided_server: harness.Server, page: Page) -> None:
    page.goto(f"{divided_server.url}/runder_tisch?folge=grenzen&vorfuehren=1")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Aus 179 Sozialräumen (2017) wurden 171", timeout=90_000)
    expect(page.get_by_text("60 bis 100")).to_be_visible()
    wait_settled(page)
    page.keyboard.press("PageDown")
    expect(page.get_by_role("table")).to_contain_text("zusammengelegt")
    expect(page.get_by_text("Gliederungen 2017 bis 2021.")).to_be_visible()
