"""A delivered table in one window: on the map with a mark, in no other window, then discarded."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.answers import wait_settled
from tests.e2e.axe import OF_COLOURS, broken, change_theme
from tests.e2e.harness import Server, visitor, wait_until
from tests.e2e.test_accessibility import settle
from tests.paths import ROOT

MARK = "Unveröffentlichte Daten"
DATE = "31.12.2023"
ON_TOP = """(mark) => {
  const box = mark.getBoundingClientRect();
  const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return mark.contains(hit) || hit.contains(mark);
}"""


@pytest.fixture
def delivered(tmp_path: Path) -> Path:
    """Made-up figures as an office would write them, for all Sozialräume."""
    with (ROOT / "data" / "sozialraeume_2021.csv").open(encoding="utf-8") as stream:
        keys = [row["sozialraum"] for row in csv.DictReader(stream)]
    out = io.StringIO()
    out.write(f"Erfundene Zahlen, Stand {DATE}\nNr.;Bevölkerung;Ausländer %\n")
    for at, key in enumerate(keys):
        out.write(f"{int(key)};{1_500 + 10 * at:,}".replace(",", ".") + ";20,5\n")
    path = tmp_path / "lieferung.csv"
    path.write_bytes(out.getvalue().encode("cp1252"))
    return path


def load(page: Page, server: Server, path: Path) -> None:
    """Load a file and show it."""
    page.goto(f"{server.url}/daten?bereich=Hochladen")
    wait_settled(page)
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_text("342 Zahlen: 171 Sozialräume, 2 Indikatoren")).to_be_visible()
    wait_settled(page)
    page.get_by_role("button", name="In dieser Sitzung zeigen").click()
    expect(page.get_by_text("wird jetzt auf allen Seiten gezeigt")).to_be_visible()
    wait_settled(page)


def test_a_table_is_seen_by_one_window_until_it_is_discarded(
    app_server: Server, page: Page, browser: Browser, delivered: Path
) -> None:
    load(page, app_server, delivered)
    page.get_by_role("link", name="Auf der Karte ansehen").click()
    expect(page.get_by_role("heading", name=f"Bevölkerung, {DATE}")).to_be_visible()
    expect(page.get_by_text(MARK)).to_be_visible()
    expect(page).to_have_title("Unveröffentlicht · Karte – Düsseldorf in Zahlen")
    page.wait_for_url("**stichtag=2023-12-31*")
    with visitor(browser) as other:
        other.goto(page.url)
        expect(other.get_by_text("Für den Stichtag „2023-12-31“ aus der Adresse")).to_be_visible()
        expect(other.get_by_role("heading", name="Bevölkerung, 31.12.2021")).to_be_visible()
        wait_settled(other)
        expect(other.get_by_text(MARK)).to_have_count(0)

    for name in ("Stadtteilprofil", "Veränderung", "Unterbringung", "Daten", "Karte"):
        wait_settled(page)
        page.get_by_role("link", name=name, exact=True).first.click()
        expect(page).to_have_title(f"Unveröffentlicht · {name} – Düsseldorf in Zahlen")
        expect(page.get_by_text(MARK)).to_be_visible()
    wait_settled(page)
    page.get_by_role("link", name="Runder Tisch", exact=True).click()
    expect(page).to_have_title("Unveröffentlicht · Runder Tisch – Düsseldorf in Zahlen")
    wait_settled(page)
    page.get_by_role("button", name="Vorführen").click()
    expect(page.get_by_role("button", name="Beenden")).to_be_visible()
    mark = page.get_by_text(MARK)
    expect(mark).to_be_in_viewport()
    wait_settled(page)
    wait_until(page, lambda: mark.evaluate(ON_TOP))  # nothing lies over it
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Runder Tisch")).to_be_visible()
    wait_settled(page)
    page.get_by_role("link", name="Karte", exact=True).first.click()
    expect(page).to_have_title("Unveröffentlicht · Karte – Düsseldorf in Zahlen")
    wait_settled(page)
    page.get_by_role("button", name="Verwerfen").click()
    expect(page.get_by_text(MARK)).to_have_count(0)
    expect(page).to_have_title("Karte – Düsseldorf in Zahlen")
    expect(page.get_by_role("heading", name=f", {DATE}")).to_have_count(0)


def test_loading_breaks_no_rule_of_accessibility(
    app_server: Server, page: Page, delivered: Path
) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{app_server.url}/daten?bereich=Hochladen")
    page.locator("input[type=file]").set_input_files(delivered)
    expect(page.get_by_role("heading", name="Prüfbericht")).to_be_visible()
    settle(page)
    assert not broken(page)
    change_theme(page, "dark")
    assert not broken(page, OF_COLOURS)
    page.get_by_role("button", name="In dieser Sitzung zeigen").click()
    expect(page.get_by_text(MARK)).to_be_visible()
    settle(page)
    assert not broken(page, OF_COLOURS)
    change_theme(page, "light")
    assert not broken(page)
