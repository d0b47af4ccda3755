"""Maps on paper: names and boundaries of the screen, whole pages, a small area enlarged."""

from __future__ import annotations

import io
from itertools import combinations

import pandas as pd
import pytest
import shapely
from matplotlib.figure import Figure
from pypdf import PdfReader

from inteso_dash.city import City
from inteso_dash.drawing.paper import maps
from inteso_dash.drawing.paper.areas import outlines_of
from inteso_dash.drawing.paper.names import place_names
from inteso_dash.drawing.paper.sheet import PAGES, Box, to_svg
from inteso_dash.pages.karte.content import indicator_map
from inteso_dash.pages.karte.files import map_file, map_statement
from inteso_dash.views import map_view
from inteso_dash.views.map_view import Choice
from inteso_dash.views.statement import Statement

FINE, COARSE = Choice("sozialraum", "sgb2_quote"), Choice("stadtteil", "sgb2_quote")


def told(city: City, choice: Choice) -> Statement:
    return map_statement(city, choice, map_view.view(city, choice).layers[-1])


def pdf(city: City, choice: Choice, sheet: str) -> PdfReader:
    layer = map_view.view(city, choice).layers[-1]
    made = map_file(city, choice, layer, told(city, choice), "pdf", sheet=sheet)
    return PdfReader(io.BytesIO(made))


def millimetres(reader: PdfReader) -> tuple[int, int]:
    """Return width and height of the only page."""
    (page,) = reader.pages
    return round(page.mediabox.width / 72 * 25.4), round(page.mediabox.height / 72 * 25.4)


@pytest.mark.parametrize(("sheet", "size"), [("a4", (210, 297)), ("a3", (297, 420))])
def test_a_page_is_as_large_as_paper_and_names_what_the_screen_names(
    city: City, sheet: str, size: tuple[int, int]
) -> None:
    reader = pdf(city, FINE, sheet)
    assert millimetres(reader) == size
    words = reader.pages[0].extract_text()
    for name in ("Stadtmitte", "Oberbilk", "Angermund", "Legende in %", "Quartiersatlas"):
        assert name in words
    # each name is there once as text, its halo is drawn
    assert words.count("Stadtmitte") == 1


def test_areas_have_names_of_their_own_where_they_can_hold_them(city: City) -> None:
    figure = indicator_map(city, COARSE)
    drawn = maps.draw(city, figure, told=told(city, COARSE), size=PAGES["a4"])
    own = set(city.areas("stadtteil")["name"])
    assert len(own & {text.get_text().replace("\n", " ") for text in drawn.axes[0].texts}) > 40
    svg = to_svg(drawn, told(city, COARSE)).decode()
    assert "<!-- Oberbilk -->" in svg


def test_a_wide_city_turns_the_page(city: City) -> None:
    tall, wide = (maps._turned(PAGES["a4"], shape) for shape in (0.7, 1.6))
    assert (tall.width, tall.height) == (210, 297)
    assert (wide.width, wide.height) == (297, 210)


def inset(figure: Figure) -> list[object]:
    return [axes for axes in figure.axes if axes.get_gid() == "lupe"]


def test_on_a_slide_a_small_area_is_enlarged_and_a_large_one_is_not(city: City) -> None:
    outlines = outlines_of(city, "sozialraum")
    largest = max(outlines.index, key=lambda key: outlines[key].area)
    small, large = (
        maps.draw(city, indicator_map(city, FINE, selected=key)) for key in ("098002", largest)
    )
    (enlarged,) = inset(small)
    assert inset(large) == []
    left, right = enlarged.get_xlim()  # type: ignore[attr-defined]
    whole = small.axes[0].get_xlim()
    box = enlarged.get_position()  # type: ignore[attr-defined]
    city_box = small.axes[0].get_position()
    scale = box.width / (right - left) / (city_box.width / (whole[1] - whole[0]))
    assert scale > 2
    on_page = maps.draw(city, indicator_map(city, FINE, selected="098002"), told=told(city, FINE))
    assert inset(on_page) == []


def test_names_lie_inside_their_areas_and_clear_of_one_another() -> None:
    areas = pd.Series(
        {
            "1": shapely.box(0, 0, 40, 20),
            "2": shapely.box(40, 0, 80, 20),
            "3": shapely.box(0, 20, 3, 40),
        }
    )
    names = pd.Series({"1": "Große Weide", "2": "Rath", "3": "Zu lang für so wenig"})
    placed = place_names(areas, names, 1.0, 7.0)
    assert {each.key for each in placed} == {"1", "2"}
    for each in placed:
        box = each.box
        corners = shapely.box(
            box.x - box.wide * 0.9, box.y - box.high, box.x + box.wide * 0.9, box.y + box.high
        )
        assert areas[each.key].buffer(box.high / 2).contains(corners)
    assert not any(one.box.meets(other.box) for one, other in combinations(placed, 2))


def test_what_is_taken_is_kept_clear() -> None:
    areas = pd.Series({"1": shapely.box(0, 0, 40, 12)})
    names = pd.Series({"1": "Rath"})
    sign = Box(20, 6, 4, 6)
    (placed,) = place_names(areas, names, 1.0, 7.0, [sign])
    assert not placed.box.meets(sign)
    assert place_names(areas, names, 1.0, 7.0, [Box(20, 6, 20, 6)]) == []
