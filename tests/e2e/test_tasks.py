"""What planners, presenters and researchers come for, with the steps that it may take.

A step is one choice: something typed and taken, one press, one page. Other tasks have files of
their own: a part of the city, copied links, an own table, sites.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.e2e.answers import wait_settled
from tests.e2e.harness import Server


class Steps:
    """Counts the steps of a task."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def take(self, action: Callable[[], object]) -> None:
        """Do one step, and wait for the answer."""
        action()
        self.count += 1
        wait_settled(self.page)

    def press(self, name: str) -> None:
        self.take(self.page.get_by_role("button", name=name, exact=True).click)

    def go(self, name: str) -> None:
        self.take(self.page.get_by_role("link", name=name, exact=True).first.click)

    def search(self, typed: str, hit: str) -> None:
        """Type into the search of the page and take a hit."""

        def found() -> None:
            self.page.get_by_role("combobox", name="Suche", exact=True).fill(typed)
            self.page.locator("#hits li", has_text=hit).first.click()

        self.take(found)

    def pick(self, label: str, option: str) -> None:
        """Choose in a list by typing."""

        def chosen() -> None:
            box = self.page.get_by_role("combobox", name=label, exact=True)
            box.click()
            box.fill(option)
            self.page.get_by_role("option", name=option, exact=True).click()
            self.page.keyboard.press("Escape")

        self.take(chosen)

    def file(self, name: str, folder: Path) -> Path:
        """Press what gives a file, and keep it."""
        with self.page.expect_download() as started:
            self.press(name)
        target = folder / started.value.suggested_filename
        started.value.save_as(target)
        return target


def opened(page: Page, address: str) -> Steps:
    page.goto(address)
    expect(page.get_by_role("button", name="Link kopieren")).to_be_visible(timeout=90_000)
    wait_settled(page)
    return Steps(page)


def heads(page: Page) -> Locator:
    return page.get_by_role("table").first.get_by_role("columnheader")


def test_three_stadtteile_are_compared_in_four_steps(app_server: Server, page: Page) -> None:
    steps = opened(page, app_server.url)
    steps.go("Stadtteilprofil")
    expect(page.get_by_role("heading", name="Stadtbezirk 6", exact=True)).to_be_visible()
    steps.search("rath", "Rath Stadtteil 063")
    expect(page.get_by_role("heading", name="Rath", exact=True)).to_be_visible()
    for other in ("062 Unterrath (Stadtteil)", "101 Garath (Stadtteil)"):
        steps.pick("Vergleichen mit", other)
    for name in ("Rath", "Unterrath", "Garath"):
        expect(heads(page).filter(has_text=name).first).to_be_visible()
    assert steps.count <= 4


def test_the_source_of_a_figure_is_one_step_away(app_server: Server, page: Page) -> None:
    steps = opened(page, f"{app_server.url}/stadtteilprofil?profilebene=stadtteil&profil=063")
    steps.press("Erläuterung: SGB-II-Quote")
    expect(page.get_by_role("note")).to_contain_text("Quartiersatlas 2024")
    expect(page.get_by_role("note")).to_contain_text("31.12.2021")
    assert steps.count == 1


def test_a_stadtbezirk_is_taken_along_as_csv_and_pdf(
    app_server: Server, page: Page, tmp_path: Path
) -> None:
    address = f"{app_server.url}/stadtteilprofil?profilebene=stadtbezirk&profil=05"
    steps = opened(page, address)
    for name in ("Tabelle als CSV international", "Kurzprofil als PDF, zwei Seiten A4"):
        steps.count = 0
        steps.press("Herunterladen")
        target = steps.file(name, tmp_path)
        assert target.name.startswith("inteso_profil_05_stadtbezirk-5")
        assert steps.count == 2
        page.keyboard.press("Escape")
    text = next(tmp_path.glob("*.csv")).read_text("utf-8-sig")
    assert "34479" in text
    assert "34.479" in PdfReader(next(tmp_path.glob("*.pdf"))).pages[0].extract_text()


def test_a_map_goes_on_a3_in_two_steps(app_server: Server, page: Page, tmp_path: Path) -> None:
    steps = opened(page, f"{app_server.url}/?indikator=kinderarmut&ebene=stadtteil")
    steps.press("Herunterladen")
    target = steps.file("Karte als Blatt A3 (PDF)", tmp_path)
    assert steps.count == 2
    (sheet,) = PdfReader(target).pages
    size = sorted(round(float(length) / 72 * 25.4) for length in sheet.mediabox[2:])
    assert size == [297, 420]
    assert "Kinderarmut" in sheet.extract_text()


def test_four_pages_become_four_slides_that_are_there_again(app_server: Server, page: Page) -> None:
    paths = (
        "?indikator=kinderarmut&ebene=stadtteil",
        "stadtteilprofil?profilebene=stadtteil&profil=063",
        "veraenderung?v_indikator=bevoelkerung",
        "unterbringung",
    )
    for place, path in enumerate(paths, 1):
        steps = opened(page, f"{app_server.url}/{path}")
        steps.press("Merken")
        steps.take(page.get_by_role("dialog").get_by_role("button", name="Merken").click)
        expect(page.get_by_text(f"Gemerkt als Folie {place}")).to_be_visible()
        wait_settled(page)
        assert steps.count == 2
    for _ in range(2):
        again = page.context.new_page()
        opened(again, f"{app_server.url}/runder_tisch?folge=eigene")
        kept = again.get_by_role("combobox", name="Folge", exact=True)
        expect(kept).to_have_value("Eigene: Meine Folge (4 Folien)")
        again.close()
