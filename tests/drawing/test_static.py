"""Maps and charts as pictures: the view of the screen, the same bytes twice, fit for print."""

from __future__ import annotations

import datetime as dt
import io
import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.image import imread
from matplotlib.patches import PathPatch
from matplotlib.textpath import TextPath
from pypdf import PdfReader

from inteso_dash.city import City
from inteso_dash.drawing.paper import charts, maps
from inteso_dash.drawing.paper.sheet import (
    FAMILY,
    WRITERS,
    Sheet,
    Size,
    text_width,
    to_pdf,
    to_png,
    to_svg,
    wrapped,
)
from inteso_dash.drawing.positions import beeswarm
from inteso_dash.pages.karte.charts import distribution, ranking
from inteso_dash.pages.karte.content import indicator_map
from inteso_dash.pages.karte.files import map_statement
from inteso_dash.pages.stadtteilprofil import profile
from inteso_dash.pages.stadtteilprofil.age import age_bars
from inteso_dash.views import map_view
from inteso_dash.views.figures import Chart, Course, Lines, Point
from inteso_dash.views.map_view import Choice, NotDrawableError
from inteso_dash.views.statement import Statement

DAY = dt.date(2026, 11, 25)
QUOTA = Choice("sozialraum", "sgb2_quote")


def told(city: City, choice: Choice = QUOTA, created: dt.date = DAY) -> Statement:
    """Describe the newest map of a choice."""
    layer = map_view.view(city, choice).layers[-1]
    return map_statement(city, choice, layer, address="?ebene=x", created=created)


def map_figure(
    city: City,
    choice: Choice,
    date: dt.date | None = None,
    *,
    told: Statement | None = None,
    selected: str | None = None,
    size: Size | None = None,
) -> Figure:
    """Draw a map as a picture of its own, on a page unless a size is named."""
    figure = indicator_map(city, choice, date, selected=selected)
    return maps.draw(city, figure, told=told, size=size or Size(210, 148))


def chart_figure(chart: Chart) -> Figure:
    """Draw a chart on a bare sheet."""
    return charts.draw(chart, Sheet(Size(210, 105)))


def written(figure: Figure) -> str:
    """All text on a figure, one line each."""
    return "\n".join(text.get_text() for text in figure.texts)


def patches(figure: Figure) -> list[PathPatch]:
    """What the map itself consists of."""
    return [patch for patch in figure.axes[0].patches if isinstance(patch, PathPatch)]


def test_map_has_the_classes_colours_and_statuses_of_the_screen(city: City) -> None:
    shown = map_view.view(city, QUOTA)
    figure = map_figure(city, QUOTA, told=told(city))
    drawn = patches(figure)
    assert {to_hex(patch.get_facecolor()) for patch in drawn if patch.get_fill()} >= set(
        shown.colours
    )
    assert [patch.get_hatch() for patch in drawn if patch.get_hatch()] == ["\\\\\\\\"]
    text = written(figure)
    low, high = next(pairwise(shown.classes.breaks))
    assert f"{low:.1f} bis unter {high:.1f}".replace(".", ",") in text
    assert "beim Nachbargebiet enthalten" in text
    assert "unbewohnt" in text
    assert "◂ Düsseldorf 10,5" in text
    assert "SGB-II-Quote, 31.12.2021" in text
    assert "Quartiersatlas 2024" in text
    assert city.short_hash in text


def test_class_counts_add_up_to_the_areas_with_values(city: City) -> None:
    figure = map_figure(city, QUOTA)
    right = [text for text in figure.texts if text.get_horizontalalignment() == "right"]
    counts = [int(text.get_text()) for text in right]
    assert sum(counts) == 171
    assert counts[-2:] == [1, 1]


def test_areas_without_a_figure_are_hatched_and_not_coloured(city: City) -> None:
    choice = Choice("stadtbezirk", "unterbringung_personen")
    figure = map_figure(city, choice)
    assert [patch.get_hatch() for patch in patches(figure) if patch.get_hatch()] == ["////"]
    assert "keine Angabe\n" in written(figure)


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_two_pictures_of_the_same_view_are_the_same_bytes(city: City, kind: str) -> None:
    statement = told(city)
    first, second = (
        WRITERS[kind](map_figure(city, QUOTA, told=statement, selected="098002"), statement)
        for _ in range(2)
    )
    assert first == second


def test_only_the_creation_date_differs(city: City) -> None:
    def on(day: dt.date) -> str:
        statement = told(city, created=day)
        figure = map_figure(city, QUOTA)
        return to_svg(figure, statement).decode()

    first, second = on(DAY), on(dt.date(2027, 1, 1))
    assert first != second
    assert first.replace("2026-11-25", "DAY").replace("25.11.2026", "DAY") == second.replace(
        "2027-01-01", "DAY"
    ).replace("01.01.2027", "DAY")


def test_files_describe_themselves(city: City) -> None:
    statement = told(city)
    figure = map_figure(city, QUOTA, told=statement)
    svg = to_svg(figure, statement).decode()
    assert city.data_hash in svg
    assert "Quartiersatlas 2024" in svg
    assert "2026-11-25" in svg
    assert "?ebene=x" in svg
    png = to_png(figure, statement)
    assert city.data_hash.encode() in png
    document = PdfReader(io.BytesIO(to_pdf(figure, statement)))
    assert document.metadata is not None
    assert document.metadata.title == "SGB-II-Quote, 31.12.2021, 171 Sozialräume"
    assert city.data_hash in str(document.metadata.get("/Keywords"))
    fonts = [each.get_object() for each in document.pages[0]["/Resources"]["/Font"].values()]
    assert any("SourceSansPro" in font["/BaseFont"] for font in fonts)


def test_png_is_fit_for_print(city: City) -> None:
    png = to_png(map_figure(city, QUOTA, told=told(city)), told(city))
    height, width = imread(io.BytesIO(png)).shape[:2]
    assert (width, height) >= (1600, 1700)


def test_what_cannot_be_drawn_is_said(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotDrawableError, match=r"erwartet einer der Stichtage 31\.12\.2021"):
        map_figure(city, QUOTA, dt.date(1999, 1, 1))
    with monkeypatch.context() as without:
        without.setattr(City, "layers", {})
        with pytest.raises(NotDrawableError, match="keine Grenzen"):
            map_figure(city, QUOTA)
    with pytest.raises(NotDrawableError, match="keine Werte"):
        map_figure(city, Choice("stadtteil", "unterbringung_nutzbar"))
    nothing = Choice("stadtteil", "fluktuationsrate")
    for draw in (ranking, distribution):
        with pytest.raises(NotDrawableError, match="keine Werte"):
            draw(city, nothing)


def test_bars_are_as_long_as_their_values(city: City) -> None:
    result = profile.profile(city, "stadtbezirk", "06")
    age = age_bars(city, result)
    assert age is not None
    figure = chart_figure(age)
    chart = next(axes for axes in figure.axes if len(axes.patches) == len(age.bars))
    lengths = [patch.get_width() for patch in chart.patches]
    assert lengths == [bar.value for bar in age.bars]
    assert age.bars[0].written in written(figure)


def test_ranked_bars_start_with_the_highest_and_keep_the_chosen(city: City) -> None:
    text = written(chart_figure(ranking(city, QUOTA, selected="011001", most=5)))
    lines = text.splitlines()
    assert "1. Hassels-Nord" in lines
    assert "48,7" in lines
    assert any(line.endswith(". Altstadt") for line in lines)
    assert sum(re.match(r"\d+\. ", line) is not None for line in lines) == 5


def test_distribution_shows_every_area_with_a_value(city: City) -> None:
    figure = chart_figure(distribution(city, QUOTA))
    assert len(figure.axes[0].collections[0].get_offsets()) == 169


def test_development_keeps_true_distances_in_time() -> None:
    days = [dt.date(year, 12, 31) for year in (2010, 2015, 2021)]
    points = tuple(Point(day, value) for day, value in zip(days, (1.0, 2.0, 4.0), strict=True))
    figure = chart_figure(Lines(courses=(Course("erfunden", points),)))
    x = np.asarray(figure.axes[0].lines[0].get_xdata(), dtype=float)
    assert (x[1] - x[0], x[2] - x[1]) == (1826, 2192)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=60))
def test_dots_of_a_swarm_never_overlap(positions: list[float]) -> None:
    x = np.array(positions)
    y = beeswarm(x, 1.0, 1e6)
    apart = np.hypot(x[:, None] - x, y[:, None] - y) + np.eye(len(x)) * 10
    assert apart.min() >= 2


def test_many_dots_stand_in_columns_filled_from_the_middle() -> None:
    x = np.repeat([0.0, 10.0, 20.0], [400, 200, 1])
    y = beeswarm(x, 1.0, 50.0)
    assert y[600] == 0
    assert np.abs(y).max() == pytest.approx(24.0), "the highest column fills its room"
    for middle in (0.0, 10.0):
        column = np.sort(y[x == middle])
        assert np.allclose(np.diff(column), np.diff(column)[0]), "evenly, none on another"
        assert abs(column.mean()) < np.diff(column)[0]
    assert np.ptp(y[x == 10.0]) == pytest.approx(np.ptp(y[x == 0.0]) / 2, rel=0.01)


@given(st.text(st.characters(codec="latin-1", categories=("L", "N")), max_size=80))
def test_wrapped_lines_fit_and_lose_nothing(text: str) -> None:
    lines = list(wrapped(text, 20.0, 9.0))
    assert "".join(lines) == text
    assert all(text_width(line, 9.0) <= 20.0 for line in lines)


@pytest.mark.parametrize("weight", ["normal", "semibold"])
def test_a_text_is_as_wide_as_its_letters_are_drawn(weight: str) -> None:
    font = FontProperties(family=list(FAMILY), weight=weight)
    for text in ("Rath", "Alt-Urdenbach und Kämpe …", "−4,3 %", "◊ ≥ 30.06.2021", "Ōß@&%", "lIl1|"):
        drawn = TextPath((0, 0), text, size=9.0, prop=font).get_extents().width / 72 * 25.4
        assert text_width(text, 9.0, weight) == pytest.approx(drawn, rel=1e-12)


def test_the_name_of_a_selected_area_stays_on_the_sheet(city: City) -> None:
    choice = Choice("stadtbezirk", "bevoelkerung")
    for area in city.areas("stadtbezirk").index:
        figure = map_figure(city, choice, selected=area, size=Size(118, 72))
        FigureCanvasAgg(figure).draw()
        (name,) = [
            text
            for text in figure.axes[0].texts
            if text.get_text() == city.name("stadtbezirk", area)
        ]
        box = name.get_bbox_patch().get_window_extent()
        assert box.y1 <= figure.bbox.y1
        assert box.x0 >= 0
