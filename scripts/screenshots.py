"""One picture per page, light and dark, desktop and phone, into screenshots/.

With --readme only the two pictures of the README, one screen each, into docs/.
"""

import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.e2e.harness import chromium, launch, serve_app, wait_painted
from tests.paths import ROOT

TARGET = ROOT / "screenshots"
PAGES = {
    "karte": "?thema=Arbeit%20und%20Soziales&indikator=SGB-II-Quote&gebiet=098002",
    "karte-zufall": "?indikator=SGB-II-Quote&gebiet=098002&zufall=95",
    "stadtteilprofil": "stadtteilprofil",
    "veraenderung": "veraenderung",
    "veraenderung-vergleich": "veraenderung?v_bereich=vergleich&v_ebene=stadtteil",
    "veraenderung-karten": "veraenderung?v_bereich=karten",
    "veraenderung-auffaellig": "veraenderung?v_bereich=auffaellig&v_ebene=stadtteil",
    "veraenderung-grenzen": "veraenderung?v_bereich=grenzen",
    "unterbringung": "unterbringung",
    "unterbringung-gerechtigkeit": "unterbringung?u_bereich=gerechtigkeit",
    "unterbringung-konzentration": "unterbringung?u_bereich=konzentration",
    "unterbringung-entwicklung": "unterbringung?u_bereich=entwicklung",
    "unterbringung-formen": "unterbringung?u_bereich=formen",
    "unterbringung-welcome-points": "unterbringung?u_bereich=anlaufstellen",
    "handlungsbedarf": "handlungsbedarf?h_gebiet=098002",
    "zusammenhaenge": "muster?m_gebiet=098002",
    "zusammenhaenge-staerkste": "muster?m_bereich=staerkste",
    "zusammenhaenge-raeumlich": "muster?m_bereich=raeumlich",
    "zusammenhaenge-segregation": "muster?m_bereich=segregation",
    "gebietssuche": "gebietssuche?bed=sgb2_quote.ueber.20",
    "gebietssuche-aehnlich": "gebietssuche?g_bereich=aehnlich&g_gebiet=098002",
    "eigene-gebiete": "eigene_gebiete?eigene=Nord~06.054~~S%C3%BCd~09&e_gebiet=nord",
    "runder-tisch": "runder_tisch?folge=unterbringung",
    "daten": "daten",
    "methoden": "methoden",
    "daten-indikatoren": "daten?bereich=Indikatoren",
    "daten-pruefbericht": "daten?bereich=Pr%C3%BCfbericht",
    "daten-hochladen": "daten?bereich=Hochladen",
}
README = ("karte", "stadtteilprofil")
SIZES: dict[str, ViewportSize] = {
    "desktop": {"width": 1440, "height": 900},
    "phone": {"width": 390, "height": 844},
}
TALLEST = 6000
SETTLE = 900


def picture(browser: Browser, address: str, size: ViewportSize, scheme: str, target: Path) -> None:
    """Take a picture of one screen, or of all that it scrolls to where it goes to TARGET."""
    context = browser.new_context(
        viewport=size,
        color_scheme="dark" if scheme == "dark" else "light",
        locale="de-DE",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    page.locator('[data-test-script-state="notRunning"]').wait_for()
    if "indikator=" in address:
        wait_painted(page)
    page.wait_for_timeout(SETTLE)
    if target.parent == TARGET:
        # Streamlit scrolls inside the window: make the window as high as what it holds, twice,
        # since a map grows with its window
        for _ in range(2):
            height = int(page.get_by_test_id("stMain").evaluate("element => element.scrollHeight"))
            page.set_viewport_size(
                {"width": size["width"], "height": max(size["height"], min(height, TALLEST))}
            )
            page.wait_for_timeout(SETTLE)
    page.screenshot(path=target)
    context.close()
    Image.open(target).quantize(256).save(target, optimize=True)


def main() -> None:
    """Take all pictures."""
    executable = chromium()
    if executable is None:
        sys.exit("Pictures need Chromium: sudo apt-get install chromium")
    TARGET.mkdir(exist_ok=True)
    with serve_app() as server, sync_playwright() as playwright:
        server.wait()
        browser = launch(playwright, executable)
        if "--readme" in sys.argv:
            for name in README:
                target = ROOT / "docs" / f"{name}.png"
                picture(browser, f"{server.url}/{PAGES[name]}", SIZES["desktop"], "light", target)
            return
        for name, path in PAGES.items():
            address = f"{server.url}/{path}"
            for size, viewport in SIZES.items():
                for scheme in ("light", "dark"):
                    target = TARGET / f"{name}-{size}-{scheme}.png"
                    picture(browser, address, viewport, scheme, target)
        browser.close()


if __name__ == "__main__":
    main()
