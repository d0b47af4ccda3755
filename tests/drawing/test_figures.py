"""Charts: bars from zero, the city beside them, and the same in words."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from inteso_dash.city import City
from inteso_dash.drawing.screen.charts import draw
from inteso_dash.drawing.screen.look import CONFIG, Look
from inteso_dash.pages.stadtteilprofil.age import age_bars
from inteso_dash.pages.stadtteilprofil.profile import profile
from inteso_dash.views.figures import Bar, Bars

BARS = Bars(
    bars=(Bar("jung", 40.0, "40 %", 30.0, "30 %"), Bar("alt", 60.0, "60 %", 70.0, "70 %")),
    name="Hier",
    reference_name="Stadt",
)


def test_bars_start_at_zero_and_hold_the_longest_value() -> None:
    low, high = draw(BARS).layout.xaxis.range
    assert low == 0
    assert high > 70


def test_values_are_written_beside_the_bars() -> None:
    figure = draw(BARS)
    bars, city = figure.data
    assert list(bars.x) == [40, 60]
    assert list(figure.layout.yaxis.ticktext) == ["jung   <b>40 %</b>", "alt   <b>60 %</b>"]
    assert (list(city.x), list(city.y)) == ([30, 70], list(bars.y))


def test_a_chart_without_comparison_has_no_legend() -> None:
    alone = draw(Bars(bars=(Bar("jung", 40.0, "40 %"),), name="Stadt", reference_name="Stadt"))
    assert not alone.layout.showlegend
    assert len(alone.data) == 1


@pytest.mark.parametrize(("theme", "ink"), [("light", "#24262b"), ("dark", "#f2f3f5")])
def test_the_line_stands_out_from_the_page(theme: str, ink: str) -> None:
    assert draw(BARS, Look(theme)).data[1].marker.color == ink


def test_charts_ask_nobody_and_offer_no_tools() -> None:
    assert "http" not in json.dumps(draw(BARS).to_plotly_json(), default=list)
    assert CONFIG["displayModeBar"] is False


def test_age_structure_of_a_district(city: City) -> None:
    chart = age_bars(city, profile(city, "stadtbezirk", "06"))
    assert chart is not None
    bars = chart.bars[::-1]
    assert [bar.label for bar in bars][::6] == ["unter 6 Jahre", "80 Jahre und älter"]
    assert sum(bar.value for bar in bars) == pytest.approx(100, abs=0.2)
    assert (bars[0].written, bars[0].reference) == ("6,2\u202f%", 5.6)


@pytest.mark.parametrize("area", [("stadtbezirk", "06"), ("stadt", "05111")])
def test_age_groups_given_as_counts_are_drawn_as_shares(city: City, area: tuple[str, str]) -> None:
    shares = city.catalogue.start.age_groups
    counts = tuple(key.removeprefix("anteil_") for key in shares)
    start = city.catalogue.start.model_copy(update={"age_groups": counts})
    catalogue = city.catalogue.model_copy(update={"start": start})
    counted = replace(city, catalogue=catalogue)
    drawn, expected = (age_bars(each, profile(each, *area)).bars for each in (counted, city))
    told = [(bar.label, bar.written, bar.reference_written) for bar in drawn]
    assert told == [(bar.label, bar.written, bar.reference_written) for bar in expected]
    assert sum(bar.value for bar in drawn) == pytest.approx(100)


def test_groups_that_are_not_all_of_the_whole_are_shares_of_it(city: City) -> None:
    start = city.catalogue.start.model_copy(update={"age_groups": ("alter_0_5", "alter_80")})
    some = replace(city, catalogue=city.catalogue.model_copy(update={"start": start}))
    bars = age_bars(some, profile(some, "stadtbezirk", "06")).bars
    whole = age_bars(city, profile(city, "stadtbezirk", "06")).bars
    assert [bar.written for bar in bars] == [whole[0].written, whole[-1].written]


def test_the_city_is_not_compared_with_itself(city: City) -> None:
    chart = age_bars(city, profile(city, "stadt", "05111"))
    assert chart is not None
    assert {bar.reference for bar in chart.bars} == {None}


def test_no_bars_where_a_group_is_missing(city: City) -> None:
    assert age_bars(city, profile(city, "sozialraum", "071009")) is None


def test_words_name_every_bar(city: City) -> None:
    chart = age_bars(city, profile(city, "stadtbezirk", "06"))
    assert chart is not None
    assert chart.words.startswith(
        "Altersstruktur, Stadtbezirk 6: unter 6 Jahre 6,2\u202f% (Düsseldorf 5,6\u202f%), "
    )
    assert chart.words.count("(Düsseldorf") == len(chart.bars)
