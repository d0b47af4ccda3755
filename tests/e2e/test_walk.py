"""The way of a planner: from the map to an area, its profile, and the file that reads back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from inteso_dash.drawing import area_map
from tests.e2e.answers import wait_settled
from tests.e2e.harness import Server, choose, click_area, wait_fitting, wait_until
from tests.reading_back import read_csv

AREA = "098002"
MAP = Path(area_map.__file__).with_name("main.js").read_text("utf-8")
AGREED = "const ECHO_WITHIN = 5000;" + MAP[MAP.index("class Agreed") : MAP.index("class App")]


def address(page: Page) -> dict[str, list[str]]:
    """Parameters in the address bar."""
    return parse_qs(urlsplit(page.url).query)


def download(page: Page, name: str, folder: Path) -> Path:
    """Press a download button and keep the file."""
    wait_settled(page)
    page.get_by_role("button", name="Herunterladen").click()
    with page.expect_download() as started:
        page.get_by_role("button", name=name).click()
    target = folder / started.value.suggested_filename
    started.value.save_as(target)
    return target


def test_from_the_map_to_a_file_that_reads_back(
    app_server: Server, page: Page, tmp_path: Path
) -> None:
    page.goto(f"{app_server.url}/?indikator=Kinderarmut")
    expect(page.get_by_role("heading", name="Kinderarmut", exact=True)).to_be_visible()
    choose(page, "Indikator", "SGB-II-Quote")
    expect(page.get_by_role("heading", name="SGB-II-Quote", exact=True)).to_be_visible()
    click_area(page, AREA)
    expect(page.get_by_text("Hassels-Nord").first).to_be_visible()
    page.wait_for_url(f"**gebiet={AREA}*")

    on_map = download(page, "CSV für Excel (deutsch)", tmp_path)
    assert on_map.name == "inteso_karte_sozialraeume_sgb-ii-quote_2021-12-31.csv"
    table = read_csv(on_map.read_bytes(), on_map.name)
    assert len(table) == 171
    hassels = table[table["Schlüssel"] == AREA].iloc[0]
    assert hassels["Wert"] == Decimal("48.7")
    assert (hassels["Status"], hassels["Einheit"]) == ("veröffentlicht", "%")

    wait_settled(page)
    page.get_by_role("link", name="Vollständiges Profil").click()
    page.wait_for_url("**/stadtteilprofil**")
    expect(page.get_by_text("4.640").first).to_be_visible()
    wait_settled(page)
    assert address(page)["profil"] == [AREA]
    in_profile = download(page, "CSV für Excel (deutsch)", tmp_path)
    profile = read_csv(in_profile.read_bytes(), in_profile.name)
    own = profile[(profile["Schlüssel"] == AREA) & (profile["Kennung"] == "sgb2_quote")]
    assert own["Wert"].tolist() == [Decimal("48.7")]
    assert own["Quelle"].str.contains("Quartiersatlas 2024").all()


def test_a_copied_address_opens_the_same_view(app_server: Server, page: Page) -> None:
    query = "ebene=Stadtbezirke&thema=Bevölkerung&gebiet=06&stichtag=2015-12-31&klassen=4"
    page.goto(f"{app_server.url}/?{query}")
    expect(page.get_by_text("63.721").first).to_be_visible()
    wait_settled(page)
    expect(page.get_by_role("heading", name="Bevölkerung, 31.12.2015")).to_be_visible()
    assert address(page)["gebiet"] == ["06"]
    choose(page, "Ebene", "Stadtteile")
    page.wait_for_url("**ebene=stadtteil**")
    expect(page.get_by_text("Das Gebiet „06“ aus der Adresse gibt es").first).to_be_visible()


def test_back_undoes_one_choice_after_the_other(app_server: Server, page: Page) -> None:
    page.goto(f"{app_server.url}/daten")
    expect(page.get_by_role("heading", name="Daten", exact=True)).to_be_visible()
    page.goto(f"{app_server.url}/?indikator=SGB-II-Quote&ebene=Stadtbezirke")
    page.wait_for_url("**indikator=sgb2_quote*")
    choose(page, "Ebene", "Stadtteile")
    page.wait_for_url("**ebene=stadtteil&**")
    choose(page, "Indikator", "Kinderarmut")
    page.wait_for_url("**indikator=kinderarmut*")
    wait_settled(page)
    page.go_back()
    expect(page.get_by_role("heading", name="SGB-II-Quote", exact=True)).to_be_visible()
    expect(page.get_by_role("combobox", name="Ebene")).to_have_value("Stadtteile")
    wait_settled(page)
    page.go_back()
    expect(page.get_by_role("combobox", name="Ebene")).to_have_value("Stadtbezirke")
    wait_settled(page)
    page.go_back()
    expect(page.get_by_role("heading", name="Daten", exact=True)).to_be_visible()


@pytest.mark.parametrize(("back", "taken"), [(True, "01"), (False, None)])
def test_after_the_back_button_the_map_takes_what_it_was_told_before(
    page: Page, back: bool, taken: str | None
) -> None:
    """A choice that Back has overtaken has no answer of its own: the one before comes again."""
    found = page.evaluate(
        f"""(back) => {{ {AGREED}
            const agreed = new Agreed();
            agreed.hear("01");
            agreed.act("02");
            if (back) dispatchEvent(new PopStateEvent("popstate"));
            return agreed.hear("01") ?? null;
        }}""",
        back,
    )
    assert found == taken


def test_the_start_page_has_its_name_in_addresses_too(app_server: Server, page: Page) -> None:
    page.goto(f"{app_server.url}/karte?indikator=kinderarmut&ebene=stadtteil")
    expect(page.get_by_role("heading", name="Kinderarmut", exact=True)).to_be_visible()
    expect(page.get_by_role("combobox", name="Ebene")).to_have_value("Stadtteile")


def test_clearing_the_selection_clears_the_address(app_server: Server, page: Page) -> None:
    page.goto(f"{app_server.url}/?gebiet={AREA}")
    expect(page.get_by_text("Hassels-Nord").first).to_be_visible()
    wait_settled(page)
    page.get_by_role("button", name="Auswahl aufheben").click()
    page.wait_for_function("!location.search.includes('gebiet')")
    assert "gebiet" not in address(page)


def test_every_page_works_on_a_phone(app_server: Server, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("", "stadtteilprofil", "daten"):
        page.goto(f"{app_server.url}/{path}")
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
        wait_settled(page)
        wait_fitting(page)


def test_geometry_is_cacheable_and_compressed(
    app_server: Server, page: Page, hear: Callable[..., None]
) -> None:
    answers = []
    hear("response", lambda each: answers.append(each) if "/geometrie/" in each.url else None)
    page.goto(app_server.url)
    page.locator("[data-complete]").wait_for()
    boundaries = [each for each in answers if each.url.endswith(".json")]
    assert boundaries
    for answer in boundaries:
        assert answer.headers["content-encoding"] == "gzip"
        assert "immutable" in answer.headers["cache-control"]
    assert sum(int(each.headers["content-length"]) for each in boundaries) <= 60_000


def ends_above(drawn: Locator, height: int) -> bool:
    """Say whether something is seen down to its end in a window of some height."""
    box = drawn.bounding_box()
    return box is not None and box["y"] + box["height"] <= height


def test_the_whole_map_is_seen_without_scrolling(app_server: Server, page: Page) -> None:
    sizes = ((1366, 768), (1440, 900), (1920, 1080))
    page.set_viewport_size({"width": sizes[0][0], "height": sizes[0][1]})
    page.goto(app_server.url)
    expect(page.locator("[data-complete]")).to_be_attached()
    wait_settled(page)
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        wait_until(page, partial(ends_above, page.locator(".map"), height))


def test_a_page_returned_to_shows_the_view_that_was_left(app_server: Server, page: Page) -> None:
    page.goto(app_server.url)
    expect(page.locator("[data-complete]")).to_be_attached()
    choose(page, "Ebene", "Stadtteile")
    choose(page, "Indikator", "Kinderarmut")
    page.wait_for_url("**indikator=kinderarmut*")
    wait_settled(page)
    page.get_by_role("link", name="Daten", exact=True).click()
    expect(page.get_by_role("heading", name="Daten", exact=True)).to_be_visible()
    wait_settled(page)
    page.get_by_role("link", name="Karte", exact=True).click()
    expect(page.get_by_role("heading", name="Kinderarmut", exact=True)).to_be_visible()
    page.wait_for_url("**indikator=kinderarmut*")
    assert address(page)["ebene"] == ["stadtteil"]
    wait_settled(page)
    page.go_back()
    expect(page.get_by_role("heading", name="Daten", exact=True)).to_be_visible()
