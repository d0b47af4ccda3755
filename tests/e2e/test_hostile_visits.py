"""Addresses that hold markup, and files that ask for too much while somebody else is clicking."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.answers import wait_settled
from tests.e2e.harness import Server, click_area, visitor
from tests.towns import hostile_workbooks as hostile

LINK = "[angreifer](http://angreifer.example) www.angreifer.example"
FOREIGN = "a[href*='angreifer']"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("?indikator={}", "Das gibt es hier nicht"),
        ("?stichtag={}", "aus der Adresse"),
        ("?gebiet={}", "aus der Adresse"),
        ("?methode=Eigene+Grenzen&grenzen={}", "angreifer"),
        ("stadtteilprofil?profil={}", "angreifer"),
        ("veraenderung?gebiete={}", "angreifer"),
        ("veraenderung?indikator={}", "angreifer"),
        ("unterbringung?abschnitt={}", "angreifer"),
        ("runder_tisch?folge={}", "angreifer"),
        ("daten?bereich={}", "angreifer"),
    ],
)
def test_markup_in_an_address_is_shown_as_text(
    app_server: Server, page: Page, address: str, said: str
) -> None:
    page.goto(f"{app_server.url}/{address.format(quote(LINK))}", timeout=120_000)
    expect(page.locator("h1").first).to_be_visible()
    wait_settled(page)
    told = page.locator("[data-testid=stAlert]").filter(has_text=said)
    if told.count():
        expect(told.first).to_contain_text("[angreifer](")
    expect(page.locator(FOREIGN)).to_have_count(0)


def test_a_second_visitor_is_answered_while_hostile_files_are_read(
    app_server: Server, page: Page, browser: Browser, tmp_path: Path
) -> None:
    files = []
    for name, content in (*hostile.HOSTILE.items(), ("accents", hostile.ACCENTS)):
        path = tmp_path / (f"{name}.csv" if name == "accents" else f"{name}.xlsx")
        path.write_bytes(content)
        files.append(path)
    with visitor(browser) as other:
        other.goto(app_server.url, timeout=120_000)
        click_area(other, "098002")
        page.goto(f"{app_server.url}/daten?bereich=Hochladen", timeout=120_000)
        for path, area in zip(files, cycle(("063007", "098002")), strict=False):
            wait_settled(page)
            page.locator("input[type=file]").set_input_files([path])
            click_area(other, area)
            other.wait_for_url(f"**gebiet={area}*")
            discard = page.get_by_role("button", name="Datei verwerfen")
            expect(discard).to_be_visible(timeout=180_000)
            expect(page.locator("[data-testid=stAlert]").first).to_be_visible()
            wait_settled(page)
            discard.click()
            expect(discard).to_have_count(0)
        assert app_server.process.poll() is None
