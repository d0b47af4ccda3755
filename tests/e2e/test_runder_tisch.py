"""Presenting in the browser: without a network, by keys and clicker, live and back again."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, ViewportSize, expect

from tests.conftest import NO_NAMESPACE
from tests.e2e.answers import answered, wait_settled
from tests.e2e.harness import (
    WINDOW,
    Server,
    click_area,
    keep,
    open_keeping,
    wait_fresh,
    wait_until,
    watched,
)
from tests.paths import ROOT

PLAY = "runder_tisch?folge=stadtbezirk_06&vorfuehren=1"
COUNT = 6


def open_slide(page: Page, server: Server, place: int = 1) -> None:
    page.goto(f"{server.url}/{PLAY}&folie={place}")
    on_slide(page, place)


def on_slide(page: Page, place: int) -> None:
    """Wait until the server, too, shows the slide."""
    expect(page.get_by_label(f"Folie {place} von {COUNT}")).to_be_visible()
    page.wait_for_function(f"new URLSearchParams(location.search).get('folie') === '{place}'")
    wait_settled(page)


def wake(page: Page) -> None:
    """Move the pointer, as someone does who means a figure."""
    page.mouse.move(100, 100)
    page.mouse.move(110, 110)


@pytest.mark.slow
def test_the_shipped_sequences_run_without_a_network(chromium: str) -> None:
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "--net", "true"], check=False).returncode:
        pytest.skip(NO_NAMESPACE)
    run = subprocess.run(
        [unshare, "--net", sys.executable, "-m", "tests.e2e.offline_play", chromium],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found["interfaces"] == ["lo"]
    assert not found["reachable"]
    assert found["hosts"] == ["127.0.0.1"]
    assert not found["errors"]
    assert found["played"] == {"stadtbezirk_05": 6, "stadtbezirk_06": 6, "unterbringung": 6}


@pytest.fixture(scope="module")
def first_slide(window: BrowserContext, app_server: Server) -> Iterator[Page]:
    """A sequence under way, begun once for tests that let it go on."""
    page = window.new_page()
    open_slide(page, app_server)
    yield page
    page.close()


@pytest.fixture
def playing(first_slide: Page) -> Iterator[Page]:
    """The first slide as it was prepared, and a pointer that rests elsewhere."""
    with watched(first_slide) as page:
        page.mouse.move(0, 0)
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("Home")
        on_slide(page, 1)
        page.keyboard.press("r")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Im Stadtbezirk 6 leben")
        expect(
            page.get_by_role("heading", name="Bevölkerung, 31.12.2021", exact=True)
        ).to_be_visible()
        wait_settled(page)
        yield page


def test_keys_and_clicker_turn_the_slides(playing: Page) -> None:
    page = playing
    for key, place in [
        ("ArrowRight", 2),
        ("PageDown", 3),
        ("ArrowLeft", 2),
        ("PageUp", 1),
        ("PageUp", 1),
        ("End", 6),
        ("PageDown", 6),
        ("Home", 1),
    ]:
        page.keyboard.press(key)
        on_slide(page, place)
    for _ in range(3):
        page.keyboard.press("PageDown")
    on_slide(page, 4)
    expect(page.get_by_role("heading", level=1)).to_contain_text("SGB-II-Quote")
    expect(page.get_by_test_id("stHeader")).to_be_hidden()


def test_no_key_is_lost_while_the_browser_has_something_to_say_itself(playing: Page) -> None:
    for place in range(2, 7):
        playing.evaluate(
            """() => {
                window.dispatchEvent(new KeyboardEvent("keydown", { key: "PageDown" }));
                setTimeout(() => window.dispatchEvent(new StorageEvent("storage")));
            }"""
        )
        on_slide(playing, place)


def test_a_figure_stays_live_and_one_key_brings_the_prepared_state_back(playing: Page) -> None:
    page = playing
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Im Stadtbezirk 6 leben 66.957 Menschen")
    wake(page)
    click_area(page, "03")
    expect(heading).to_contain_text("Im Stadtbezirk 3 leben 120.921 Menschen")
    wait_settled(page)
    with answered(page):  # the server hears of it a moment later
        page.get_by_role("button", name="Früherer Stichtag").click()
    expect(page.get_by_role("heading", name="Bevölkerung, 31.12.2015", exact=True)).to_be_visible()
    page.keyboard.press("r")
    expect(heading).to_contain_text("Im Stadtbezirk 6 leben 66.957 Menschen, 5,1")
    expect(page.get_by_role("heading", name="Bevölkerung, 31.12.2021", exact=True)).to_be_visible()


def test_a_resting_pointer_hovers_nothing_on_the_next_slide(playing: Page) -> None:
    page = playing
    wait_fresh(page)
    legend, lit = page.locator(".area-map .class").first, page.locator(".highlighting")
    wake(page)
    legend.hover()
    expect(lit.first).to_be_attached()
    page.keyboard.press("PageDown")
    on_slide(page, 2)
    page.keyboard.press("PageDown")
    on_slide(page, 3)
    wait_fresh(page)
    expect(lit).to_have_count(0)
    wake(page)
    legend.hover()
    expect(lit.first).to_be_attached()


def test_arrows_are_the_figures_while_it_has_the_focus(playing: Page) -> None:
    page = playing
    wait_fresh(page)
    slider = page.get_by_role("slider", name="Stichtag")
    slider.focus()
    with answered(page):
        page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", name="Bevölkerung, 31.12.2015", exact=True)).to_be_visible()
    on_slide(page, 1)
    page.keyboard.press("PageDown")
    on_slide(page, 2)


def test_escape_and_the_button_end_the_presentation(app_server: Server, page: Page) -> None:
    open_slide(page, app_server)
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Runder Tisch")).to_be_visible()
    page.wait_for_function("getComputedStyle(document.documentElement).fontSize === '16px'")
    wait_settled(page)
    page.get_by_role("button", name="Vorführen").click()
    expect(page.get_by_label(f"Folie 1 von {COUNT}")).to_be_visible()
    page.wait_for_function("document.fullscreenElement")
    page.get_by_role("button", name="Beenden").click()
    expect(page.get_by_role("heading", name="Runder Tisch")).to_be_visible()
    page.wait_for_function("!document.fullscreenElement")


def legible(found: Locator, height: int, least: float) -> bool:
    """Say whether a letter takes so much of the screen's height."""
    letters: float = found.first.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
    return letters / height >= least


def test_slides_are_legible_and_fit_the_screen(app_server: Server, page: Page) -> None:
    sizes = ((1280, 720), (1366, 768), (1920, 1080))
    page.set_viewport_size(ViewportSize(width=sizes[0][0], height=sizes[0][1]))
    tool = page.context.new_cdp_session(page)
    open_slide(page, app_server)
    for place in (1, 2, 3):
        on_slide(page, place)
        for width, height in sizes:
            # A window that fills the screen, as this one may by now, has but one size.
            screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
            tool.send("Emulation.setDeviceMetricsOverride", screen)
            wait_until(page, partial(legible, page.get_by_role("heading", level=1), height, 0.05))
            if place == 2:
                page.wait_for_function(
                    """least => [...document.querySelectorAll(".ytick text")]
                        .some(each => parseFloat(getComputedStyle(each).fontSize) >= least)""",
                    arg=math.floor(height * 0.031),
                )
            if place == 3:
                for part in ("h2", ".legend .bounds", ".legend h3", ".card .value", ".card .note"):
                    found = page.locator(f".area-map {part}")
                    wait_until(page, partial(legible, found, height, 0.03))
            page.wait_for_function(
                """() => {
                    const main = document.querySelector("[data-testid=stMain]");
                    return main.scrollHeight <= main.clientHeight + 1
                        && document.documentElement.scrollWidth <= innerWidth;
                }"""
            )
        page.keyboard.press("PageDown")
    tool.detach()


def test_a_kept_view_is_played(app_server: Server, page: Page) -> None:
    page.goto(f"{app_server.url}/unterbringung?u_bereich=Formen")
    dialog = open_keeping(page)
    dialog.get_by_role("textbox", name="Überschrift").fill("In welchen Gebäuden?")
    keep(page)
    page.get_by_role("link", name="Runder Tisch").click()
    expect(page.get_by_text("In welchen Gebäuden?").first).to_be_visible()
    wait_settled(page)
    page.get_by_role("button", name="Vorführen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("In welchen Gebäuden?")
    expect(page.locator(".js-plotly-plot")).to_be_visible()


def test_a_file_is_loaded_or_refused_where_it_was_chosen(app_server: Server, page: Page) -> None:
    page.goto(f"{app_server.url}/runder_tisch?folge=eigene")
    wait_settled(page)
    chooser = page.locator("input[type=file]")
    broken = {
        "name": "kaputt.yml",
        "mimeType": "application/yaml",
        "buffer": b"title: A\nslides: x",
    }
    chooser.set_input_files([broken])
    refused = page.get_by_text("Die Datei wurde nicht übernommen:")
    expect(refused).to_be_visible()
    expect(page.get_by_text("kaputt.yml: city fehlt.")).to_be_visible()
    wait_settled(page)
    good = b'title: Sitzung\ncity: "05111"\nslides:\n  - address: unterbringung?u_bereich=Formen\n'
    chooser.set_input_files([{**broken, "name": "sitzung.yml", "buffer": good}])
    expect(page.get_by_text("Geladen: Sitzung (1 Folie).")).to_be_visible()
    expect(refused).to_have_count(0)
    expect(page.get_by_text("In Düsseldorf gab es 8.120 Plätze")).to_be_visible()


def test_profile_slides_with_every_comparison_stand_on_the_projector(
    app_server: Server, page: Page
) -> None:
    labels = ("05 Stadtbezirk 5 (Stadtbezirk)", "031 Friedrichstadt (Stadtteil)")
    labels += ("098002 Hassels-Nord (Sozialraum)",)
    shown = [(topic, count) for topic in ("Haushalte", "Bevölkerung") for count in range(4)]
    views = "".join(
        "  - address: stadtteilprofil?profilebene=Stadtteil&profil=061 Lichtenbroich"
        f"{''.join(f'&vergleich={label}' for label in labels[:count])}\n    figure: {topic}\n"
        for topic, count in shown
    )
    file = f'title: Vergleiche\ncity: "05111"\nslides:\n{views}'
    page.goto(f"{app_server.url}/runder_tisch?folge=eigene")
    wait_settled(page)
    page.locator("input[type=file]").set_input_files(
        [{"name": "f.yml", "mimeType": "application/yaml", "buffer": file.encode("utf-8")}]
    )
    expect(page.get_by_text("Geladen: Vergleiche (8 Folien).")).to_be_visible()
    wait_settled(page)
    page.get_by_role("button", name="Vorführen").click()
    for place, (topic, count) in enumerate(shown, 1):
        expect(page.get_by_label(f"Folie {place} von 8")).to_be_visible()
        expect(page.locator(".profile caption, .profile h2").first).to_contain_text(topic)
        heads = page.locator(".profile thead th")
        names = ["Lichtenbroich", "Stadtbezirk 6", "Düsseldorf"]
        names += [label.partition(" ")[2].partition(" (")[0] for label in labels[:count]]
        for name in names:
            expect(heads.filter(has_text=name).first).to_be_visible()
        page.wait_for_function(
            "() => document.documentElement.scrollWidth <= innerWidth"
            " && [...document.querySelectorAll('.st-key-folie_bild')]"
            ".every(each => each.scrollWidth <= each.clientWidth + 1)"
        )
        page.keyboard.press("PageDown")


def test_a_long_table_is_made_to_fit_without_becoming_tiny(app_server: Server, page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(
        f"{app_server.url}/stadtteilprofil?profilebene=Stadtbezirk&profil=06%20Stadtbezirk%206"
    )
    open_keeping(page)
    page.get_by_role("combobox", name="Was die Folie zeigt").click()
    page.get_by_role("option", name="Bevölkerung", exact=True).click()
    keep(page)
    page.get_by_role("link", name="Runder Tisch").click()
    expect(page.get_by_role("heading", name="Runder Tisch")).to_be_visible()
    wait_settled(page)
    page.get_by_role("button", name="Vorführen").click()
    page.locator(".profile table").wait_for()
    page.wait_for_function(
        """() => {
            const figure = document.querySelector(".st-key-folie_bild");
            return figure.scrollHeight <= figure.clientHeight;
        }"""
    )
    wait_until(page, lambda: legible(page.locator(".profile td.own .number"), 768, 0.019))


PLACE = "inteso-dash/05111/"


def stored(page: Page) -> dict[str, str]:
    """Return what the browser keeps of this application."""
    found: dict[str, str] = page.evaluate(
        "place => Object.fromEntries(Object.entries(localStorage)"
        ".filter(([name]) => name.startsWith(place))"
        ".map(([name, text]) => [name.slice(place.length), text]))",
        PLACE,
    )
    return found


def wait_stored(page: Page, key: str, part: str) -> None:
    page.wait_for_function(
        "([name, part]) => (localStorage.getItem(name) ?? '').includes(part)",
        arg=[PLACE + key, part],
    )


def keep_forms(page: Page, server: Server, *, new: str = "") -> None:
    """Keep a view, in a new sequence of a title or in the first."""
    page.goto(f"{server.url}/unterbringung?u_bereich=Formen")
    open_keeping(page)
    if new:
        page.get_by_role("combobox", name="Folge").click()
        page.get_by_role("option", name="Neue Folge anlegen").click()
        page.get_by_role("textbox", name="Titel der neuen Folge").fill(new)
    keep(page)


def test_own_sequences_on_a_server_of_many_are_there_after_a_reload(
    app_server: Server, page: Page
) -> None:
    keep_forms(page, app_server)
    keep_forms(page, app_server, new="Ausschuss")
    wait_stored(page, "eigene-2", "title: Ausschuss")
    assert sorted(stored(page)) == ["eigene", "eigene-2"]
    page.goto(f"{app_server.url}/runder_tisch?folge=eigene-2")
    expect(page.get_by_role("textbox", name="Titel der Folge")).to_have_value("Ausschuss")
    expect(page.get_by_text("In Düsseldorf gab es 8.120 Plätze").first).to_be_visible()
    expect(page.get_by_text("liegen in diesem Browser")).to_be_visible()
    wait_settled(page)
    page.get_by_role("button", name="Vorführen").click()
    expect(page.get_by_label("Folie 1 von 1")).to_be_visible()
    wait_settled(page)
    page.reload()
    expect(page.get_by_label("Folie 1 von 1")).to_be_visible()


def test_another_browser_has_sequences_of_its_own(
    app_server: Server, page: Page, other: Page
) -> None:
    keep_forms(page, app_server)
    wait_stored(page, "eigene", "formen")
    other.goto(f"{app_server.url}/runder_tisch?folge=eigene")
    expect(other.get_by_text("noch keine Folien")).to_be_visible()
    expect(other.get_by_text("liegen in diesem Browser")).to_be_visible()


def test_a_removed_slide_comes_back_by_keyboard(app_server: Server, page: Page) -> None:
    keep_forms(page, app_server)
    page.goto(f"{app_server.url}/runder_tisch?folge=eigene")
    expect(page.get_by_role("button", name="Entfernen")).to_be_visible()
    wait_settled(page)
    page.get_by_role("button", name="Entfernen").focus()
    page.keyboard.press("Enter")
    undo = page.get_by_role("button", name="Rückgängig")
    expect(page.get_by_text("Folie 1 ist entfernt.")).to_be_visible()
    page.wait_for_function(
        "name => !(localStorage.getItem(name) ?? '').includes('formen')", arg=f"{PLACE}eigene"
    )
    wait_settled(page)
    for _ in range(40):
        page.keyboard.press("Tab")
        if undo.evaluate("each => each === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Entfernen")).to_be_visible()
    wait_stored(page, "eigene", "formen")


def test_what_is_broken_in_the_browser_is_said_and_stays_until_it_is_thrown_away(
    app_server: Server, page: Page
) -> None:
    page.goto(f"{app_server.url}/runder_tisch?folge=eigene")
    expect(page.get_by_text("liegen in diesem Browser")).to_be_visible()
    wait_settled(page)
    broken = "title: A\nslides: <script>alert(1)</script>"
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [f"{PLACE}eigene", broken])
    keep_forms(page, app_server)
    wait_stored(page, "eigene-2", "formen")
    page.get_by_role("link", name="Runder Tisch").click()
    expect(page.get_by_text("das sich nicht als Folge lesen lässt")).to_be_visible()
    wait_settled(page)
    assert stored(page)["eigene"] == broken
    page.get_by_role("button", name="Verwerfen (eigene)").click()
    page.wait_for_function("name => localStorage.getItem(name) === null", arg=f"{PLACE}eigene")
    expect(page.get_by_text("das sich nicht als Folge lesen lässt")).to_have_count(0)
    assert list(stored(page)) == ["eigene-2"]


def test_two_tabs_do_not_write_over_each_other(app_server: Server, page: Page) -> None:
    keep_forms(page, app_server)
    wait_stored(page, "eigene", "formen")
    second = page.context.new_page()
    keep_forms(second, app_server, new="Im zweiten Fenster")
    wait_stored(second, "eigene-2", "Im zweiten Fenster")
    page.get_by_role("link", name="Runder Tisch").click()
    expect(page.get_by_role("heading", name="Runder Tisch")).to_be_visible()
    wait_settled(page)
    page.get_by_role("combobox", name="Folge").click()
    expect(page.get_by_role("option", name="Eigene: Im zweiten Fenster (1 Folie)")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Entfernen").click()
    expect(page.get_by_text("Folie 1 ist entfernt.")).to_be_visible()
    wait_settled(page)
    assert "Im zweiten Fenster" in stored(page)["eigene-2"]
    second.close()


def test_a_small_area_is_enlarged_where_many_look_on(app_server: Server, page: Page) -> None:
    page.goto(f"{app_server.url}/karte?indikator=sgb2_quote&ebene=sozialraum&gebiet=063008")
    wait_settled(page)
    wait_fresh(page)
    loupe, frame = page.locator("svg.loupe"), page.locator("rect.enlarged")
    expect(loupe).to_be_hidden()
    open_slide(page, app_server)
    wait_fresh(page)
    expect(loupe).to_be_hidden()
    page.goto(f"{app_server.url}/karte?indikator=sgb2_quote&ebene=sozialraum&gebiet=063008")
    wait_settled(page)
    wait_fresh(page)
    page.add_style_tag(content="html { --map-loupe: 1; --map-legend-corner: 0 }")
    # The map looks at its style when its place has another size.
    page.set_viewport_size({"width": WINDOW["width"] - 80, "height": WINDOW["height"]})
    expect(loupe).to_be_visible()
    expect(frame).to_be_visible()
    inside = """(frame) => {
        const area = frame.getRootNode().querySelector('.area[data-id="063008"]').getBBox();
        const { x, y, width, height } = frame.getBBox();
        return x < area.x && y < area.y && x + width > area.x + area.width
            && y + height > area.y + area.height
            && width * 0.46 > Math.max(area.width, area.height);
    }"""
    wait_until(page, lambda: frame.evaluate(inside))
    shown = [float(part) for part in (loupe.get_attribute("viewBox") or "").split()]
    assert shown == pytest.approx(
        frame.evaluate(
            "(frame) => { const b = frame.getBBox(); return [b.x, b.y, b.width, b.height]; }"
        )
    )
    page.get_by_role("button", name="Vergrößern").click()
    expect(loupe).to_be_hidden()
    page.get_by_role("button", name="Ganze Stadt").click()
    expect(loupe).to_be_visible()
