"""A chart says the same on screen, on paper and in a presentation."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from pptx import Presentation
from pptx.enum.dml import MSO_FILL, MSO_PATTERN
from pptx.util import Cm

from inteso_dash.drawing.paper import charts as paper
from inteso_dash.drawing.paper.sheet import ON_SLIDE
from inteso_dash.drawing.screen import charts as screen_charts
from inteso_dash.drawing.screen.charts import draw
from inteso_dash.drawing.screen.look import Look
from inteso_dash.files import pptx_charts
from inteso_dash.views import dots, figures
from inteso_dash.views.colours import COMPARED, QUIET, STROKES
from inteso_dash.views.dots import Dot, Funnel, FunnelArea, FunnelLimits, Scatter
from inteso_dash.views.figures import (
    Bar,
    Bars,
    Chart,
    Columns,
    Course,
    Curve,
    Lines,
    Mark,
    Pair,
    Pairs,
    Point,
)

YEARS = [dt.date(year, 12, 31) for year in (2010, 2013, 2016, 2021)]
BREAK = dt.date(2016, 12, 31)
PROJECTOR = Look(letters=33, size=(1805, 670))


def test_every_kind_of_chart_is_drawn_on_the_screen_and_on_paper() -> None:
    kinds = {
        each
        for module in (figures, dots)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Chart) and each is not Chart
    }
    assert len(kinds) >= 9
    assert kinds == set(screen_charts._DRAW) == set(paper._DRAW)
    assert kinds >= pptx_charts.KINDS


def course(name: str, start: float, tone: Any = "plain") -> Course:
    points = (Point(day, start - step, int(day >= BREAK)) for step, day in enumerate(YEARS))
    return Course(name, tuple(points), tone)


SEVEN = Lines(
    unit="%",
    decimals=1,
    courses=(
        *(course(f"Gebiet {at}", 100.0 + at) for at in range(7)),
        course("Stadt", 99, "quiet"),
    ),
    marks=(Mark(BREAK, "Bruch (Stadt)", "Ab 2016 anders gezählt."),),
    neutral=100.0,
)
RESOLVED = Lines(
    unit="Personen",
    courses=(course("Untergebrachte", 400),),
    marks=(Mark(dt.date(2008, 5, 1), "1", "1 Beschluss"),),
    breaks=False,
    from_zero=True,
)
AROUND_ZERO = Pairs(
    names=("2015", "2021"), pairs=(Pair("Bilk", -2.0, 1.5), Pair("Rath", 1.0, None)), axis="Saldo"
)
TOGETHER = Bars(
    bars=(
        Bar("Rath", 12.0, "+12", tone="above"),
        Bar("übrige", -9.0, "−9", tone="below", together=True),
    ),
    axis="über und unter dem Soll",
)
COMPARED_AGES = Bars(
    unit="%",
    decimals=1,
    bars=(
        Bar("ab 80", 6.0, "6,0 %", 6.4, "6,4 %", others=(7.7, None)),
        Bar("unter 6", 6.5, "6,5 %", 5.6, "5,6 %", others=(5.1, 11.0)),
    ),
    name="Rath",
    reference_name="Stadt",
    other_names=("Unterrath", "Hassels-Nord"),
)
SIZES = Columns(
    unit="Plätze",
    columns=((0, 100, 3), (100, 200, 0), (200, 300, 2)),
    limit=200,
    limit_name="Grenze 200",
    across="Größe",
    upwards="Unterkünfte",
)

UNSURE = Bars(
    unit="%",
    decimals=1,
    bars=(
        Bar("1. Rath", 12.0, "12,0 %", 9.0, "9,0 %", whisker=(10.0, 14.5)),
        Bar("2. Bilk", 11.0, "11,0 %", 9.0, "9,0 %"),
    ),
    name="Quote",
    reference_name="Stadt",
)
FUNNEL = Funnel(
    unit="%",
    decimals=1,
    areas=(
        FunnelArea("Rath", 900.0, 20.0, outside=True, far=2.5, told="20,0 %"),
        FunnelArea("Bilk", 2_000.0, 11.0, outside=False, far=0.4, told="11,0 %", selected=True),
        FunnelArea("Eller", 3_000.0, 4.0, outside=True, far=3.0, told="4,0 %"),
    ),
    limits=(
        FunnelLimits("95 %", (100.0, 3_000.0), (4.0, 9.0), (16.0, 11.0)),
        FunnelLimits("99,8 %", (100.0, 3_000.0), (2.0, 8.5), (19.0, 12.0)),
    ),
    reference=10.0,
    reference_name="Stadt",
    across="Personen",
    upwards="Quote (%)",
    names=("innerhalb", "außerhalb"),
)


def on_slide(chart: Chart) -> Any:
    page = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    return pptx_charts.add(page, chart, (0, 0, Cm(20), Cm(10))).chart


def on_paper(chart: Chart) -> list[Axes]:
    return paper.draw(chart, ON_SLIDE.sheet).axes


def upright(axes: Axes) -> list[float]:
    """Days on which a line stands from below to above."""
    return [line.get_xdata()[0] for line in axes.lines if list(line.get_ydata()) == [0, 1]]


def test_a_broken_course_has_one_name_and_one_colour() -> None:
    screen = draw(SEVEN)
    named = [trace.name for trace in screen.data if trace.showlegend]
    assert named == [each.name for each in SEVEN.courses]
    looks = {(trace.name, trace.line.color, trace.line.dash) for trace in screen.data}
    assert len(looks) == len(SEVEN.courses)
    slide = on_slide(SEVEN).plots[0].series
    assert [series.name for series in slide][: len(named)] == named
    (axes,) = on_paper(SEVEN)
    parts = [
        line for line in axes.lines if len(line.get_xdata()) == 2 and line.get_marker() != "None"
    ]
    assert len(parts) == 2 * len(named)
    assert [to_hex(line.get_color()) for line in parts[::2]] == [
        to_hex(line.get_color()) for line in parts[1::2]
    ]


def test_seven_lines_are_told_apart_without_colour_and_the_city_is_grey() -> None:
    (axes,) = on_paper(SEVEN)
    own = [line for line in axes.lines if line.get_marker() != "None"][::2]
    slide = list(on_slide(SEVEN).plots[0].series)[:8]
    screen = [trace for trace in draw(SEVEN).data if trace.showlegend]
    for looks in (
        [(line.get_linestyle(), str(line._dash_pattern), line.get_marker()) for line in own[:7]],
        [(series.format.line.dash_style, series.marker.style) for series in slide[:7]],
        [(trace.line.dash, trace.marker.symbol) for trace in screen[:7]],
    ):
        assert len(set(looks)) == len(STROKES) == 7
    grey = QUIET["light"]
    assert to_hex(own[7].get_color()) == screen[7].line.color == grey
    assert f"#{slide[7].format.line.color.rgb}".lower() == grey


def test_breaks_are_named_everywhere_between_what_they_part() -> None:
    ((at, label),) = SEVEN.marked()
    screen = draw(SEVEN)
    assert at in [shape.x0 for shape in screen.layout.shapes]
    assert any(label in note.text for note in screen.layout.annotations)
    (axes,) = on_paper(SEVEN)
    assert len(upright(axes)) == 1
    assert label in [text.get_text() for text in axes.texts]
    chart = on_slide(SEVEN)
    mark = chart.plots[0].series[len(SEVEN.courses)]
    assert mark.name == label
    assert mark.points[1].data_label.text_frame.text == label
    hidden = [
        int(each.find("{*}idx").get("val")) for each in chart._chartSpace.iter("{*}legendEntry")
    ]
    assert hidden == [len(SEVEN.courses)]


def test_resolutions_lie_on_the_axis_even_before_the_first_value() -> None:
    chart = on_slide(RESOLVED)
    mark = chart.plots[0].series[1]
    day = float((dt.date(2008, 5, 1) - dt.date(1899, 12, 30)).days)
    assert {float(value.text) for value in mark._element.findall("{*}xVal//{*}pt/{*}v")} == {day}
    assert chart.category_axis.minimum_scale <= day
    assert (min(mark.values[:2]), chart.value_axis.minimum_scale) == (0, 0)
    (axes,) = on_paper(RESOLVED)
    assert axes.get_xlim()[0] <= upright(axes)[0]
    assert draw(RESOLVED).layout.xaxis.range[0] <= dt.date(2008, 5, 1)


def test_the_neutral_value_has_a_line_everywhere() -> None:
    assert 100.0 in [shape.y0 for shape in draw(SEVEN).layout.shapes]
    (axes,) = on_paper(SEVEN)
    assert [100.0, 100.0] in [list(line.get_ydata()) for line in axes.lines]
    assert on_slide(SEVEN).value_axis.crosses_at == 100.0


def test_pairs_below_zero_have_a_line_at_zero() -> None:
    above = Pairs(names=("2015", "2021"), pairs=(Pair("Bilk", 2.0, 1.5),))
    assert AROUND_ZERO.crosses_zero
    assert draw(AROUND_ZERO).layout.xaxis.zeroline
    assert not draw(above).layout.xaxis.zeroline
    assert upright(on_paper(AROUND_ZERO)[-1]) == [0]
    assert upright(on_paper(above)[-1]) == []
    slide = on_slide(AROUND_ZERO)
    assert slide.value_axis.minimum_scale == -slide.value_axis.maximum_scale


def test_bars_of_several_areas_are_hatched_everywhere() -> None:
    assert draw(TOGETHER).data[0].marker.pattern.shape == ("", "/")
    axes = on_paper(TOGETHER)[-1]
    assert [bool(patch.get_hatch()) for patch in axes.patches] == [False, True]
    chart = on_slide(TOGETHER)
    points = chart.plots[0].series[0].points
    assert [points[at].format.fill.type for at in (0, 1)] == [MSO_FILL.SOLID, MSO_FILL.PATTERNED]
    assert chart.value_axis.axis_title.text_frame.text == TOGETHER.axis


def test_what_is_assumed_has_the_hatch_of_a_scenario_everywhere() -> None:
    assumed = dataclasses.replace(TOGETHER, assumed=True)
    assert draw(assumed).data[0].marker.pattern.shape == ("|", "/")
    assert [patch.get_hatch() for patch in on_paper(assumed)[-1].patches] == ["||", "////"]
    fills = [point.format.fill for point in on_slide(assumed).plots[0].series[0].points]
    assert fills[0].pattern == MSO_PATTERN.NARROW_VERTICAL != fills[1].pattern


def test_a_scenario_begins_where_the_ground_is_hatched_everywhere() -> None:
    chart = dataclasses.replace(RESOLVED, assumed_from=BREAK)
    drawn = draw(chart).layout
    (ground,) = (shape for shape in drawn.shapes if shape.type == "path")
    assert ground.path.startswith(f"M {BREAK.isoformat()} 0 V 1 M")
    assert "Szenario" in [each.text for each in drawn.annotations]
    (axes,) = on_paper(chart)
    assert [patch.get_hatch() for patch in axes.patches] == ["||"]
    assert "Szenario" in [text.get_text() for text in axes.texts]
    *_, begins = on_slide(chart).plots[0].series
    assert begins.name == "Szenario"


def test_a_step_is_no_slope_anywhere() -> None:
    points = tuple(
        Point(day, value) for day, value in zip(YEARS, (9.0, 9.0, 4.0, 4.0), strict=True)
    )
    chart = Lines(courses=(Course("Plätze", points, stepped=True),))
    assert draw(chart).data[0].line.shape == "hv"
    (axes,) = on_paper(chart)
    assert axes.lines[0].get_drawstyle() == "steps-post"
    (own,) = on_slide(chart).plots[0].series
    assert list(own.values) == [9, 9, 9, 9, 4, 4, 4], "with the corners between"


def test_columns_say_their_limit_their_counts_and_their_axes() -> None:
    chart = on_slide(SIZES)
    below, above = chart.plots[0].series
    assert (below.values, above.values) == ((3, None, None), (None, None, 2))
    assert SIZES.limit_name in above.name
    titles = [axis.axis_title.text_frame.text for axis in (chart.category_axis, chart.value_axis)]
    assert titles == [SIZES.across, SIZES.upwards]


@pytest.mark.parametrize("name", ["Hotel/Appartementhaus", "die übrigen 8 zusammen"])
def test_names_before_bars_are_folded_and_not_cut(name: str) -> None:
    for chart in (
        Bars(bars=(Bar(name, 3.0, "3"),)),
        Pairs(names=("a", "b"), pairs=(Pair(name, 1, 2),)),
    ):
        (narrow,) = draw(chart).layout.yaxis.ticktext
        assert "…" not in narrow
        assert len(narrow.split("<br>")) == 2
        assert list(draw(chart, PROJECTOR).layout.yaxis.ticktext) == [name]


@pytest.mark.parametrize("bar", [{}, {"reference": 1.0, "reference_written": "1"}])
def test_a_key_that_tells_areas_apart_is_never_cut(bar: dict[str, Any]) -> None:
    names = [f"Mörsenbroich · Siedlung an der Säckinger Straße und … (06400{at})" for at in (1, 2)]
    drawn = draw(Bars(bars=tuple(Bar(name, 3.0, "3", **bar) for name in names)))
    for text, name in zip(drawn.layout.yaxis.ticktext, names, strict=True):
        assert name[-8:] in text
        assert "…" in text


def test_dates_under_a_projected_axis_do_not_touch() -> None:
    days = [dt.date(2014, 9, 1), dt.date(2015, 2, 1), dt.date(2015, 6, 1), dt.date(2018, 4, 30)]
    chart = Lines(courses=(Course("A", tuple(Point(day, 1.0) for day in days)),))
    axis = draw(chart, PROJECTOR).layout.xaxis
    width = PROJECTOR.size[0] * 0.9
    first, last = axis.range
    places = [(day - first) / (last - first) * width for day in axis.tickvals]
    letters = len("00/0000") * PROJECTOR.letters * 0.5
    assert all(after - before > letters for before, after in itertools.pairwise(places))


@pytest.mark.parametrize("values", [(643753, 643753), (1, 3), (0, 1)])
def test_no_two_ticks_write_the_same_number(values: tuple[int, int]) -> None:
    days = dt.date(2017, 12, 31), dt.date(2021, 12, 31)
    chart = Lines(
        courses=(Course("A", tuple(map(Point, days, map(float, values)))),), from_zero=False
    )
    assert draw(chart).layout.yaxis.dtick == 1
    (axes,) = on_paper(chart)
    low, high = axes.get_ylim()
    shown = [each for each in axes.get_yticks() if low <= each <= high]
    texts = [axes.yaxis.get_major_formatter()(each) for each in shown]
    assert len(texts) == len(set(texts))
    wide = Lines(courses=(Course("A", tuple(map(Point, days, (5.0, 800.0)))),), from_zero=False)
    assert draw(wide).layout.yaxis.dtick is None


def test_yearly_dates_are_written_where_they_are_and_many_others_evenly() -> None:
    yearly = [dt.date(year, 12, 31) for year in range(2010, 2022)]
    monthly = [dt.date(2016, month, 1) for month in range(1, 10)]

    def lines(days: list[dt.date]) -> Lines:
        return Lines(courses=(Course("A", tuple(Point(day, 1.0) for day in days)),))

    assert set(draw(lines(yearly)).layout.xaxis.tickvals) <= set(yearly)
    assert draw(lines(monthly)).layout.xaxis.tickvals is None
    (axes,) = on_paper(lines(yearly))
    texts = [label.get_text() for label in axes.get_xticklabels()]
    assert (texts[0], texts[-1]) == ("2010", "2021")


def test_full_dates_under_a_printed_axis_stand_only_where_they_fit() -> None:
    def written(*years: int) -> list[str]:
        points = tuple(Point(dt.date(year, 12, 31), 1.0) for year in years)
        (axes,) = on_paper(Lines(courses=(Course("A", points),)))
        return [label.get_text() for label in axes.get_xticklabels()]

    assert written(2010, 2015, 2021) == ["31.12.2010", "31.12.2015", "31.12.2021"]
    assert written(2010, 2013, 2014, 2015, 2016, 2021)[:2] == ["2010", "2013"]


def test_the_ends_of_a_curve_are_whole() -> None:
    curve = Curve(points=((0, 0, ""), (100, 100, "A")), even="gleich", across="x", upwards="y")
    assert draw(curve).data[1].cliponaxis is False


TWO_FIGURES = Scatter(
    dots=(
        Dot("Rath", 1.0, 2.0, "#fef1e4"),
        Dot("Bilk", 3.0, 4.0, "#5c473d", named=True),
        Dot("Wersten", 2.0, 1.0, "#fef1e4", faint=True),
    ),
    across="Quote (%)",
    upwards="Anteil (%)",
    line=((1.0, 1.5), (3.0, 3.5)),
    line_name="Linie",
    bounds=((2.0,), ()),
)


def test_dots_of_two_figures_name_and_fade_the_same_ones() -> None:
    drawn = draw(TWO_FIGURES)
    dots, line = drawn.data
    assert (list(dots.x), list(dots.y)) == ([1.0, 3.0, 2.0], [2.0, 4.0, 1.0])
    assert [colour.startswith("rgba") for colour in dots.marker.color] == [False, False, True]
    assert [note.text for note in drawn.layout.annotations] == ["<b>Bilk</b>"]
    assert list(line.y) == [1.5, 3.5]
    axes = on_paper(TWO_FIGURES)[0]
    assert [text.get_text() for text in axes.texts] == ["Bilk"]
    assert axes.get_xlabel() == "Quote (%)"


def test_dots_of_two_figures_can_be_edited_in_a_presentation() -> None:
    series = {own.name: list(own.values) for own in on_slide(TWO_FIGURES).plots[0].series}
    assert series["Bilk"][0] == 4.0
    assert series["Linie"] == [1.5, 3.5]
    assert "Wersten" not in series


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_dots_have_the_edge_of_their_own_colour(theme: str) -> None:
    for trace in draw(AROUND_ZERO, Look(theme)).data[1:]:
        assert trace.marker.line.color == trace.marker.color


def test_areas_compared_have_one_sign_and_one_colour_of_their_own() -> None:
    screen = {trace.name: trace for trace in draw(COMPARED_AGES).data}
    assert list(screen) == ["Rath", "Unterrath", "Hassels-Nord", "Stadt"]
    others = [screen[name] for name in COMPARED_AGES.other_names]
    drawn = [(trace.marker.symbol, trace.marker.color) for trace in others]
    assert drawn == [(stroke.symbol, stroke.light) for stroke in COMPARED[:2]]
    assert list(others[1].x) == [None, 11.0]
    slide = on_slide(COMPARED_AGES).plots[0].series
    values = {series.name: list(series.values) for series in slide}
    assert values["Unterrath"] == [7.7, 5.1]
    assert values["Hassels-Nord"] == [None, 11.0]
    marks = [
        (float(line.get_xdata()[0]), line.get_marker(), to_hex(line.get_color()))
        for axes in on_paper(COMPARED_AGES)
        for line in axes.lines
        if line.get_marker() != "None" and line.get_xdata()[0] > 1
    ]
    square, cross = "#b8690f", "#7a6db3"
    assert sorted(marks) == [(5.1, "s", square), (7.7, "s", square), (11.0, "D", cross)]


def test_long_names_of_compared_areas_take_a_line_of_their_own() -> None:
    names = tuple(f"Mörsenbroich · Siedlung Säckinger Straße und … (06400{at})" for at in (1, 2))
    sheet = ON_SLIDE.sheet
    paper.draw(dataclasses.replace(COMPARED_AGES, other_names=names), sheet)
    right = sheet.figure.bbox.width
    shown = {text.get_text(): text for text in sheet.figure.texts}
    heights = {shown[name].get_position()[1] for name in names}
    assert len(heights) == len(names)
    assert all(text.get_window_extent().x1 <= right for text in shown.values())


def test_what_chance_may_do_to_a_bar_is_drawn_everywhere() -> None:
    drawn = draw(UNSURE)
    assert list(drawn.data[0].error_x.array) == [2.5, 0.0]
    assert list(drawn.data[0].error_x.arrayminus) == [2.0, 0.0]
    assert drawn.layout.xaxis.range[1] > 14.5
    axes = on_paper(UNSURE)[-1]
    assert [10.0, 14.5] in [list(line.get_xdata()) for line in axes.lines]
    assert axes.get_xlim()[1] >= 14.5
    own, city = on_slide(UNSURE).plots[0].series
    ends = {
        way: [float(each.text) for each in own._element.findall(f"{{*}}errBars/{{*}}{way}//{{*}}v")]
        for way in ("plus", "minus")
    }
    assert ends == {"plus": [2.5, 0.0], "minus": [2.0, 0.0]}
    assert city._element.find("{*}errBars") is None
    assert draw(COMPARED_AGES).data[0].error_x.array is None


def test_a_funnel_has_its_limits_and_its_areas_everywhere() -> None:
    screen = {trace.name: trace for trace in draw(FUNNEL).data if trace.showlegend is not False}
    assert set(screen) == {"95 %", "99,8 %", "Stadt", "innerhalb", "außerhalb"}
    assert list(screen["außerhalb"].x) == [900, 3000]
    assert screen["95 %"].line.dash != screen["99,8 %"].line.dash
    assert screen["innerhalb"].marker.color != screen["außerhalb"].marker.color
    (axes,) = on_paper(FUNNEL)
    texts = [text.get_text() for text in axes.get_legend().get_texts()]
    assert texts == ["95 %", "99,8 %", "Stadt", "innerhalb", "außerhalb"]
    assert {"Rath", "Bilk"} <= {text.get_text() for text in axes.texts}
    chart = on_slide(FUNNEL)
    series = {each.name: each for each in chart.plots[0].series}
    assert list(series)[:2] == ["innerhalb", "außerhalb"]
    assert series["95 %, oben"].values[:2] == (16, 11)
    assert series["außerhalb"].points[0].data_label.text_frame.text == "Rath"
    assert (chart.category_axis.minimum_scale, chart.value_axis.maximum_scale) == (
        0,
        pytest.approx(FUNNEL.bounds[2]),
    )


def test_names_in_a_funnel_have_room() -> None:
    assert [area.label for area in FUNNEL.named(0.01, 0.05)] == ["Bilk", "Rath"], "Eller: too wide"
    crowd = [FunnelArea(f"Ort {at}", 900.0 + at, 20.0, outside=True, far=at) for at in range(9)]
    far = FunnelArea("Weit", 5_000.0, 11.0, outside=False, far=0.1)
    named = dataclasses.replace(FUNNEL, areas=(*crowd, far)).named(0.01, 0.05)
    assert [area.label for area in named] == ["Ort 8"], "over no other dot"
