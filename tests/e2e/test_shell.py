"""What surrounds the pages: German words of Streamlit itself, and the way back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.answers import wait_settled
from tests.e2e.harness import Server, choose, click_area, visitor, wait_painted, watched


def test_what_streamlit_says_itself_is_german(app_server: Server, page: Page) -> None:
    sent = page.request.get(app_server.url, headers={"Accept": "text/html"}).text()
    assert "Die Anwendung wird geladen." in sent
    page.goto(f"{app_server.url}/stadtteilprofil")
    expect(page.get_by_role("navigation", name="Seiten")).to_be_visible()
    wait_settled(page)
    expect(page.locator("#begin")).to_have_count(0)
    compared = page.get_by_role("combobox", name="Vergleichen mit")
    expect(page.get_by_role("button", name="Erläuterung: Vergleichen mit")).to_be_visible()
    compared.click()
    compared.fill("gibt es nicht")
    expect(page.get_by_text("Kein Treffer")).to_be_visible()
    expect(page.get_by_text("Skip to main content")).to_have_count(0)
    expect(page.locator('[placeholder="Choose an option"]')).to_have_count(0)

    page.goto(f"{app_server.url}/unterbringung?u_bereich=Konzentration")
    wait_settled(page)
    expect(page.get_by_role("button", name="Erhöhen")).to_be_visible()
    limit = page.get_by_role("spinbutton", name="Grenze je Unterkunft")
    limit.fill("99999")
    limit.press("Enter")
    expect(page.get_by_text("Erlaubt sind Werte von 10 bis 5000.")).to_be_visible()


@pytest.fixture
def fresh(browser: Browser) -> Iterator[Page]:
    """A window for one test: what is done to every page that it opens, and to its clock, goes."""
    with visitor(browser, reduced_motion="reduce") as fresh, watched(fresh):
        yield fresh


def test_the_first_map_stands_before_the_application_does(app_server: Server, fresh: Page) -> None:
    fresh.clock.install()
    fresh.route_web_socket("**/_stcore/stream", lambda socket: None)
    fresh.goto(f"{app_server.url}/?indikator=Kinderarmut&ebene=Stadtbezirke&gebiet=06")
    begun = fresh.locator("#begin .area-map")
    expect(begun.get_by_role("heading", name="Kinderarmut", include_hidden=True)).to_be_visible()
    expect(begun.locator(".area")).to_have_count(10)
    outline = begun.locator('.area[data-id="06"]').get_attribute("d")
    expect(begun.locator(".outline.selected .line")).to_have_attribute("d", outline or "-")
    expect(fresh.locator("#begin [inert] .area-map")).to_have_count(1)
    expect(fresh.get_by_test_id("stAppSkeleton")).to_be_attached()
    fresh.clock.fast_forward(10_000)  # longer than an application that has run may show no map
    fresh.evaluate("new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))")
    expect(begun).to_be_visible()


def test_the_application_takes_the_first_map_over(app_server: Server, fresh: Page) -> None:
    fresh.add_init_script(
        """document.addEventListener('DOMContentLoaded', () => {
            const host = document.getElementById('begin-map');
            const begun = () => host.shadowRoot?.querySelector('.area-map');
            const look = () => (begun() ? (window.begun = begun()) : requestAnimationFrame(look));
            look();
        })"""
    )
    fresh.goto(f"{app_server.url}/?ebene=Stadtbezirke")
    fresh.locator(".area-map[data-complete]").wait_for()
    expect(fresh.locator("#begin")).to_have_count(0)
    taken = fresh.locator(".area-map").evaluate("map => map === window.begun && map.isConnected")
    assert taken
    click_area(fresh, "06")
    fresh.wait_for_url("**gebiet=06*")


def test_an_unknown_page_is_named_in_german(app_server: Server, other: Page) -> None:
    other.goto(f"{app_server.url}/gibt_es_nicht")
    expect(other.get_by_text("Diese Seite gibt es nicht")).to_be_visible()
    expect(other.get_by_text("Gezeigt wird die Startseite.")).to_be_visible()


def test_tables_offer_no_file_without_source(app_server: Server, page: Page) -> None:
    page.goto(f"{app_server.url}/daten?bereich=Indikatoren")
    wait_settled(page)
    table = page.get_by_test_id("stDataFrame")
    table.hover()
    expect(table.get_by_role("button", name="Suchen")).to_be_visible()
    expect(table.locator('button[aria-label="CSV"]')).to_be_hidden()


def test_one_step_back_returns_to_the_view_that_was_left(app_server: Server, page: Page) -> None:
    page.goto(f"{app_server.url}/?thema=Bevölkerung&ebene=Stadtbezirke&gebiet=06")
    wait_painted(page)
    wait_settled(page)
    page.get_by_role("link", name="Vollständiges Profil").click()
    expect(page.get_by_role("heading", name="Stadtbezirk 6", exact=True)).to_be_visible()
    wait_settled(page)
    page.go_back()
    page.wait_for_url("**gebiet=06*")
    expect(page.get_by_role("heading", name="Bevölkerung", exact=True)).to_be_visible()
    expect(page.get_by_role("combobox", name="Ebene")).to_have_value("Stadtbezirke")
    wait_settled(page)
    page.get_by_role("link", name="Unterbringung").click()
    expect(page.get_by_role("heading", name="Unterbringung", exact=True)).to_be_visible()
    wait_settled(page)
    page.go_back()
    page.wait_for_url("**gebiet=06*")
    expect(page.get_by_role("heading", name="Bevölkerung", exact=True)).to_be_visible()


def test_the_first_choice_on_a_page_without_parameters_is_a_step_back(
    app_server: Server, page: Page
) -> None:
    page.goto(f"{app_server.url}/daten")
    wait_settled(page)
    page.get_by_role("link", name="Methoden", exact=True).click()
    expect(page.get_by_role("heading", name="Methoden", exact=True)).to_be_visible()
    choose(page, "Verfahren", "Standortquotient")
    page.wait_for_url("**methode=*")
    wait_settled(page)
    page.get_by_role("link", name="Runder Tisch", exact=True).click()
    expect(page.get_by_role("heading", name="Runder Tisch", exact=True)).to_be_visible()
    for left in ("/methoden?methode=standortquotient", "/methoden", "/daten?bereich=quellen"):
        wait_settled(page)
        page.go_back()
        page.wait_for_url(f"{app_server.url}{left}")
        wait_settled(page)
        assert page.url == f"{app_server.url}{left}"
