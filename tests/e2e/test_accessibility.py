"""Every page in both themes against the rules of WCAG 2.2 AA that a machine can check."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from inteso_dash.app.search import KEY as SEARCH
from inteso_dash.pages.own import KEY as KEEPER
from inteso_dash.pages.take_along import LINK
from tests.e2e.answers import wait_settled
from tests.e2e.axe import OF_COLOURS, broken, change_theme
from tests.e2e.harness import WINDOW, Server, Watched, lent

ADDRESSES = {
    "karte": "?indikator=SGB-II-Quote&gebiet=098002",
    "zufall": "?indikator=SGB-II-Quote&gebiet=098002&zufall=95",
    "ausschnitt": "?indikator=Kinderarmut&ausschnitt=stadtbezirk.06",
    "uebersicht": "?indikator=Kinderarmut&ausschnitt=stadtbezirk.06&ansicht=%C3%9Cbersicht",
    "stadtteilprofil": "stadtteilprofil",
    "verlauf": "veraenderung",
    "zwei-stichtage": "veraenderung?v_bereich=Zwei%20Stichtage&v_ebene=Stadtteile",
    "kleine-karten": "veraenderung?v_bereich=Karten",
    "ohne-vergleich": "veraenderung?v_bereich=Karten&v_ebene=Sozialr%C3%A4ume",
    "grenzen": "veraenderung?v_bereich=Grenzen&v_ebene=Sozialr%C3%A4ume",
    "auffaellig": "veraenderung?v_bereich=Auff%C3%A4llig&v_ebene=Stadtteile",
    "verteilung": "unterbringung?u_bereich=Verteilung",
    "gerechtigkeit": "unterbringung?u_bereich=Gerechtigkeit",
    "konzentration": "unterbringung?u_bereich=Konzentration",
    "entwicklung": "unterbringung?u_bereich=Entwicklung",
    "formen": "unterbringung?u_bereich=Formen",
    "welcome-points": "unterbringung?u_bereich=Welcome%20Points",
    "szenario": "unterbringung?u_bereich=Szenario",
    "zwei-indikatoren": "muster?m_gebiet=098002&m_klasse=8",
    "staerkste": "muster?m_bereich=staerkste",
    "raeumlich": "muster?m_bereich=raeumlich",
    "segregation": "muster?m_bereich=segregation",
    "bedingungen": "gebietssuche?bed=sgb2_quote.ueber.20",
    "aehnlich": "gebietssuche?g_bereich=aehnlich&g_gebiet=098002",
    "eigene-gebiete": "eigene_gebiete?eigene=Nord~06.054~~S%C3%BCd~09&e_gebiet=nord",
    "runder-tisch": "runder_tisch",
    "folie": "runder_tisch?folge=unterbringung&vorfuehren=1&folie=1",
    "daten": "daten",
    "methoden": "methoden?methode=gini",
    "pruefbericht": "daten?bereich=Pr%C3%BCfbericht",
    "hochladen": "daten?bereich=Hochladen",
}


COMPONENT = '[data-testid="stBidiComponentIsolated"]'


def settle(page: Page) -> None:
    """Wait until the script has run, the map is complete, if there is one, and nothing is pale."""
    wait_settled(page)
    besides = ", ".join(f".st-key-{key}" for key in (KEEPER, LINK, SEARCH))
    drawn = page.locator(COMPONENT).evaluate_all(
        "(all, besides) => all.filter(each => !each.closest(besides)).length", besides
    )
    if drawn:
        page.locator("[data-complete], .profile").first.wait_for(state="attached")
    wait_settled(page)


def show_whole(page: Page) -> None:
    """Make the window as high as the page: no contrast is asked for of what lies below it."""
    while high := page.evaluate(
        """() => {
            const main = document.querySelector("[data-testid=stMain]");
            return main?.scrollHeight > main?.clientHeight ? main.scrollHeight : 0;
        }"""
    ):
        page.set_viewport_size(WINDOW | {"height": high})
        settle(page)


@pytest.fixture(scope="module", params=ADDRESSES)
def opened(request: pytest.FixtureRequest, app_server: Server, tab: Page) -> Iterator[Page]:
    """One opening for all questions to a page; it begins in the light theme."""
    watch = Watched(set())
    with lent(tab, watch) as page:
        page.goto(f"{app_server.url}/{ADDRESSES[request.param]}")
        settle(page)
        show_whole(page)
        yield page
    watch.check()


def test_no_rule_is_broken(opened: Page) -> None:
    assert not broken(opened)


def test_a_page_has_one_heading_of_the_first_level(opened: Page) -> None:
    heading = opened.get_by_role("heading", level=1)
    expect(heading).to_have_count(1)
    expect(heading).not_to_be_empty()


def test_no_rule_about_colours_is_broken_in_the_dark(opened: Page) -> None:
    change_theme(opened, "dark")
    settle(opened)
    assert not broken(opened, OF_COLOURS)


@pytest.mark.parametrize("name", ["uebersicht", "entwicklung"])
def test_a_table_that_is_too_wide_is_reached_with_the_keys(
    app_server: Server, page: Page, name: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{app_server.url}/{ADDRESSES[name]}")
    settle(page)
    wide = page.get_by_role("group", name="Tabelle").first
    expect(wide).to_be_attached()
    assert not broken(page, ["scrollable-region-focusable"])
    wide.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")
    page.set_viewport_size(WINDOW)
    expect(page.get_by_role("group", name="Tabelle")).to_have_count(0)


def test_the_page_says_that_it_is_german_and_what_it_shows(app_server: Server, page: Page) -> None:
    response = page.goto(f"{app_server.url}/daten")
    assert response is not None
    assert "default-src 'self'" in response.headers["content-security-policy"]
    assert page.locator("html").get_attribute("lang") == "de"
    expect(page).to_have_title("Daten – Düsseldorf in Zahlen")


@pytest.mark.parametrize(
    ("address", "folded"),
    [("daten?bereich=Hochladen", ""), ("runder_tisch", "Folge aus einer Datei laden")],
)
def test_files_are_chosen_in_german(
    app_server: Server, page: Page, address: str, folded: str
) -> None:
    page.goto(f"{app_server.url}/{address}")
    settle(page)
    if folded:
        page.get_by_text(folded).click()
    chooser = page.get_by_test_id("stFileUploaderDropzone")
    expect(chooser.locator("button")).to_have_accessible_name("Datei wählen")
    expect(chooser.get_by_text("per file")).to_be_hidden()


def test_the_browser_refuses_other_hosts(app_server: Server, other: Page) -> None:
    other.goto(app_server.url)
    refused = other.evaluate(
        """() => new Promise((resolve) => {
            addEventListener("securitypolicyviolation", (event) => resolve(event.blockedURI));
            fetch("http://127.0.0.2:9/").catch(() => {});
        })"""
    )
    assert refused.startswith("http://127.0.0.2:9")
