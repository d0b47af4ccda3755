"""The page on accommodation in a browser; the full table is made up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pptx import Presentation

from inteso_dash.catalogue import read_catalogue
from inteso_dash.pages.unterbringung.texts import QUESTIONS
from inteso_dash.pages.unterbringung.view import sections
from inteso_dash.tables.reading import read_raw
from tests.e2e import harness
from tests.e2e.answers import asked, wait_settled
from tests.paths import ROOT
from tests.towns import made_up_accommodation as made_up


@pytest.fixture(scope="module")
def full_server(
    chromium: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[harness.Server]:
    """The dashboard on the made-up full table."""
    folder = made_up.build(tmp_path_factory.mktemp("full") / "city")
    with harness.serve_app(folder) as server:
        server.wait()
        yield server


def opened(page: Page, server: harness.Server, section: str) -> None:
    page.goto(f"{server.url}/unterbringung?u_bereich={section}")
    expect(page.get_by_role("button", name="Link kopieren")).to_be_visible()
    wait_settled(page)


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
    harness.wait_fresh(page)
    page.get_by_role("button", name="Herunterladen").click()
    with page.expect_download() as started:
        page.get_by_role("button", name="Alle Gebiete als CSV für Excel (deutsch)").click()
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
    bars = page.locator(".js-plotly-plot .annotation-text").filter(has_text="Stadtbezirk")
    expect(bars).to_have_count(10)
    order = bars.all_text_contents()
    runs = asked(page)
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
        "old => JSON.stringify([...document.querySelectorAll('.js-plotly-plot .annotation-text')]"
        ".map(each => each.textContent)) !== JSON.stringify(old)",
        arg=order,
    )
    wait_settled(page)
    assert asked(page) == runs + 1


def test_circles_are_split_by_form_and_come_and_go(full_server: harness.Server, page: Page) -> None:
    opened(page, full_server, "Verteilung")
    before = harness.wait_painted(page)
    expect(page.locator(".symbol")).to_have_count(0)
    choice = page.get_by_role("radiogroup", name="Darüber legen").get_by_text("Untergebrachte")
    choice.click()
    harness.wait_painted(page, before)
    expect(page.locator(".symbol")).to_have_count(10)
    expect(page.locator(".symbol-legend:not([hidden]) li")).to_have_count(4)
    expect(page.get_by_text("Größter Kreis: 1.820")).to_be_visible()


def test_every_verdict_is_a_sign_on_map_and_bars(
    full_server: harness.Server, app_server: harness.Server, page: Page
) -> None:
    opened(page, full_server, "Gerechtigkeit")
    harness.wait_painted(page)
    signs = page.locator(".signs text")
    expect(signs).to_have_count(10)
    assert set(signs.all_text_contents()) == {"▲", "▼", "◆"}
    harness.wait_fresh(page)
    expect(page.locator('.area[data-id="06"]')).to_have_attribute(
        "aria-label", re.compile("über dem Soll nach jeder Gewichtung")
    )
    expect(page.get_by_text("▲ Stadtbezirk 6")).to_be_visible()
    opened(page, app_server, "Gerechtigkeit")
    harness.wait_painted(page)
    expect(signs).to_have_count(2)
    expect(page.get_by_text("▼ die übrigen 8 zusammen")).to_be_visible()


@pytest.fixture(scope="module")
def public_server(
    chromium: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[harness.Server]:
    """The made-up full table with positions declared public."""
    folder = made_up.build(tmp_path_factory.mktemp("public") / "city", positions_public=True)
    with harness.serve_app(folder) as server:
        server.wait()
        yield server


def test_single_sites_are_points_in_their_areas_that_the_keyboard_reaches(
    public_server: harness.Server, page: Page
) -> None:
    opened(page, public_server, "Verteilung")
    before = harness.wait_painted(page)
    expect(page.locator(".places circle")).to_have_count(0)
    choice = page.get_by_role("radiogroup", name="Darüber legen")
    choice.get_by_text("Einzelne Unterkünfte").click()
    harness.wait_painted(page, before)
    spots = page.locator(".places circle")
    expect(spots).to_have_count(60)
    expect(page.locator('.places circle[tabindex="0"]')).to_have_count(1)
    first = page.locator('.places circle[tabindex="0"]')
    expect(first).to_have_attribute("aria-label", re.compile(r"Erfundene Unterkunft \d+, \d+.Pers"))
    wait_settled(page)
    page.locator('.area[tabindex="0"]').focus()
    page.keyboard.press("Tab")
    expect(first).to_be_focused()
    name = first.get_attribute("aria-label") or ""
    expect(page.locator(".tooltip .name")).to_have_text(name.split(",")[0])
    page.keyboard.press("ArrowDown")
    moved = page.locator('.places circle[tabindex="0"]').get_attribute("aria-label")
    assert moved != name
    expect(page.locator(".tooltip .name")).to_have_text((moved or "").split(",")[0])
    page.keyboard.press("Escape")
    expect(page.locator(".tooltip")).to_be_hidden()
    inside = page.locator(".places circle").evaluate_all(
        """circles => circles.map(circle => {
            const [x, y] = circle.style.transform.match(/-?[\\d.]+/g).map(Number);
            const paths = [...circle.ownerSVGElement.querySelectorAll(".area")];
            const at = paths.find(path => path.isPointInFill(new DOMPoint(x, y)));
            return [circle.getAttribute("aria-label").split(",")[0], at?.dataset.id];
        })"""
    )
    expected = {row["name"]: row["area_id"] for row in made_up.read("unterkuenfte")}
    assert dict(inside) == expected


@pytest.mark.parametrize("size", [(1440, 600), (390, 844)])
def test_choosing_a_section_moves_neither_the_sections_nor_the_page(
    public_server: harness.Server, page: Page, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    opened(page, public_server, "Verteilung")
    tabs = page.get_by_role("radiogroup", name="Bereich")
    main = page.get_by_test_id("stMain")
    main.evaluate("each => { each.scrollTop = 40; }")
    before = tabs.bounding_box()
    declared = read_catalogue(ROOT).accommodation
    assert declared is not None
    titles = sections(declared).options
    for section in [*titles][1:]:
        tabs.get_by_text(section, exact=True).click()
        question = QUESTIONS[titles[section]]
        expect(page.get_by_text(question)).to_be_visible()
        wait_settled(page)
        assert main.evaluate("each => each.scrollTop") == 40, section
        assert tabs.bounding_box() == before, section


NO_NAME_OVER_A_MARKER = """() => {
    const root = [...document.querySelectorAll("*")].map(each => each.shadowRoot)
        .find(each => each?.querySelector(".map")) ?? document;
    const boxes = what =>
        [...root.querySelectorAll(what)].map(each => each.getBoundingClientRect());
    const names = boxes(".map-box .names text");
    const markers = boxes(".map .symbol, .map .signs text, .map .places circle");
    const meets = (one, other) => one.left < other.right - 2 && other.left < one.right - 2
        && one.top < other.bottom - 2 && other.top < one.bottom - 2;
    return names.length >= 4 && !names.some(name => markers.some(marker => meets(name, marker)));
}"""

WATCH_NAMES = """names => {
    window.namedAnew = false;
    const watch = new MutationObserver(() => {
        window.namedAnew = true;
        watch.disconnect();
    });
    watch.observe(names, { childList: true, subtree: true, attributes: true });
}"""
"""Names are placed a moment after the map has its width."""


@pytest.mark.parametrize(
    "view", ["Verteilung&u_kreise=Untergebrachte", "Verteilung&u_kreise=Plätze", "Gerechtigkeit"]
)
def test_no_name_lies_over_a_marker(public_server: harness.Server, page: Page, view: str) -> None:
    opened(page, public_server, view)
    harness.wait_fresh(page)
    page.locator(".map-box .names text").first.wait_for(state="attached")
    for width in (390, 1440):
        page.locator(".map-box .names").evaluate(WATCH_NAMES)
        page.set_viewport_size(ViewportSize(width=width, height=900))
        page.wait_for_function("window.namedAnew")
        page.wait_for_function(NO_NAME_OVER_A_MARKER)


def test_a_proposal_is_taken_over_only_when_it_is_accepted(
    full_server: harness.Server, page: Page
) -> None:
    closing = "s_aend=schliessen~2017-04-01~~~Erfundene%20Unterkunft%2001"
    opened(page, full_server, f"szenario&s_beginn=2017-02-28&{closing}")
    expect(page.get_by_text("Szenario ab 28.02.2017")).to_be_visible()
    harness.wait_painted(page)
    page.get_by_role("button", name="Vorschlag rechnen").click()
    accept = page.get_by_role("button", name="Übernehmen")
    expect(accept).to_be_visible()
    expect(page.get_by_text("bewiesen")).to_be_visible()
    wait_settled(page)
    assert "eroeffnen" not in page.url
    accept.click()
    expect(accept).to_have_count(0)
    page.wait_for_url(re.compile("s_aend=eroeffnen"))
    assert "s_aend=schliessen" in page.url
    wait_settled(page)
    plan = b'title: Probe\ncity: "05111"\nstart: 2017-02-28\nmonths: 6\nreserve: 5\n'
    file = {"name": "plan.yml", "mimeType": "application/yaml", "buffer": plan}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.wait_for_url(re.compile("s_monate=6.*s_name=Probe"))
    assert "s_aend" not in page.url


def test_a_scenario_goes_from_shortage_by_proposal_to_a_presentation(
    full_server: harness.Server, page: Page, tmp_path: Path
) -> None:
    changes = (
        "schliessen~2017-04-01~~~Erfundene Unterkunft 01",
        "eroeffnen~2017-06-01~100~06~Neubau Nord",
        "eroeffnen~2017-08-01~100~03~Neubau Süd",
    )
    listed = "".join(f"&s_aend={quote(each)}" for each in changes)
    begins = "s_beginn=2017-02-28&s_monate=8&s_annahme=150~0~Zuzug"
    opened(page, full_server, f"szenario&{begins}{listed}")
    # 8,423 places, 130 fewer from April and 100 more each from June and August; 150 more persons
    # every month: 8,340 at the end of July, 8,490 of 8,493 in August, 8,640 in September.
    shortage = page.get_by_text("„Zuzug“: Ab 30.09.2017 reichen die Plätze nicht mehr.").first
    expect(shortage).to_be_visible()
    page.get_by_role("button", name="Vorschlag rechnen").click()
    accept = page.get_by_role("button", name="Übernehmen")
    expect(accept).to_be_visible()
    wait_settled(page)
    accept.click()
    expect(accept).to_have_count(0)
    expect(page.get_by_text("Die Plätze reichen bis zum Ende").first).to_be_visible()
    harness.open_keeping(page)
    harness.keep(page)
    page.goto(f"{full_server.url}/runder_tisch?folge=eigene")
    wait_settled(page)
    page.get_by_role("button", name="Herunterladen").click()
    with page.expect_download(timeout=90_000) as started:
        page.get_by_role("button", name=re.compile("Präsentation")).click()
    path = tmp_path / "runde.pptx"
    started.value.save_as(path)
    (slide, *_) = Presentation(str(path)).slides
    texts = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert "Szenario" in texts
    assert "Die Plätze reichen bis zum Ende" in texts
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    assert any("Szenario" in series.name for plot in chart.plots for series in plot.series)


def test_a_site_is_set_on_the_map_by_click_and_by_key(
    full_server: harness.Server, page: Page
) -> None:
    opens = quote("eroeffnen~2017-06-20~300~~Neubau")
    opened(page, full_server, f"szenario&s_beginn=2017-02-28&s_aend={opens}")
    expect(page.get_by_text("Ohne Gebiet und ohne Lage: Neubau.")).to_be_visible()
    page.get_by_text("Lage auf der Karte wählen").click()
    expect(page.get_by_text("Klicken Sie dorthin, wo „Neubau“ liegen soll.")).to_be_visible()
    area = page.locator(".area[data-id='06']").first
    harness.click_area(page, "06")
    at = re.compile(r"s_aend=eroeffnen~2017-06-20~300~06%40(6\.\d{5})%2C(51\.\d{5})~Neubau")
    page.wait_for_url(at)
    expect(page.get_by_text("Szenario: Wirkung über Grenzen", exact=True)).to_be_visible()
    wait_settled(page)
    before = at.search(page.url)
    assert before is not None
    area.focus()
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_url(lambda url: bool(at.search(url)) and at.search(url)[1] != before[1])
    after = at.search(page.url)
    assert after is not None
    # 50 m eastwards are 50 / (111,320 · cos 51.2°) of a degree.
    assert float(after[1]) - float(before[1]) == pytest.approx(0.000717, abs=0.00006)
    wait_settled(page)
    page.keyboard.press("Space")
    page.wait_for_url(lambda url: bool(at.search(url)) and at.search(url)[2] != after[2])
