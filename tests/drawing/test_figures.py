"""Charts: bars from zero, the city beside them, and the same in words."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from inteso_dash.city import City, load_city
from inteso_dash.drawing.screen.bars import CONFIG, bar_chart, bar_words
from inteso_dash.pages.stadtteilprofil.age import age_bars
from inteso_dash.pages.stadtteilprofil.profile import profile
from inteso_dash.views.figures import Bar
from tests.paths import ROOT

BARS = (Bar("jung", 40.0, "40 %", 30.0, "30 %"), Bar("alt", 60.0, "60 %", 70.0, "70 %"))


@pytest.fixture(scope="module")
def city() -> City:
    """The shipped city."""
    return load_city(ROOT)


def test_bars_start_at_zero_and_hold_the_longest_value() -> None:
    low, high = bar_chart(BARS, "Hier", "Stadt").layout.xaxis.range
    assert low == 0
    assert high > 70


def test_values_are_written_beside_the_bars() -> None:
    bars, city = bar_chart(BARS, "Hier", "Stadt").data
    assert list(bars.x) == [40, 60]
    assert list(bars.y) == ["jung   <b>40 %</b>", "alt   <b>60 %</b>"]
    assert (list(city.x), list(city.y)) == ([30, 70], list(bars.y))


def test_a_chart_without_comparison_has_no_legend() -> None:
    alone = bar_chart([Bar("jung", 40.0, "40 %", None, "")], "Stadt", "Stadt")
    assert not alone.layout.showlegend
    assert alone.data[1].visible is False


@pytest.mark.parametrize(("theme", "ink"), [("light", "#24262b"), ("dark", "#f2f3f5")])
def test_the_line_stands_out_from_the_page(theme: str, ink: str) -> None:
    assert bar_chart(BARS, "Hier", "Stadt", theme=theme).data[1].marker.color == ink


def test_charts_ask_nobody_and_offer_no_tools() -> None:
    assert "http" not in json.dumps(bar_chart(BARS, "Hier", "Stadt").to_plotly_json(), default=list)
    assert CONFIG["displayModeBar"] is False


def test_age_structure_of_a_district(city: City) -> None:
    bars = age_bars(city, profile(city, "stadtbezirk", "06"))
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
    drawn, expected = (age_bars(each, profile(each, *area)) for each in (counted, city))
    told = [(bar.label, bar.written, bar.reference_written) for bar in drawn]
    assert told == [(bar.label, bar.written, bar.reference_written) for bar in expected]
    assert sum(bar.value for bar in drawn) == pytest.approx(100)


def test_groups_that_are_not_all_of_the_whole_are_shares_of_it(city: City) -> None:
    start = city.catalogue.start.model_copy(update={"age_groups": ("alter_0_5", "alter_80")})
    some = replace(city, catalogue=city.catalogue.model_copy(update={"start": start}))
    bars = age_bars(some, profile(some, "stadtbezirk", "06"))
    whole = age_bars(city, profile(city, "stadtbezirk", "06"))
    assert [bar.written for bar in bars] == [whole[0].written, whole[-1].written]


def test_the_city_is_not_compared_with_itself(city: City) -> None:
    assert {bar.reference for bar in age_bars(city, profile(city, "stadt", "05111"))} == {None}


def test_no_bars_where_a_group_is_missing(city: City) -> None:
    assert age_bars(city, profile(city, "sozialraum", "071009")) == ()


def test_words_name_every_bar() -> None:
    assert bar_words(BARS, "Alter", "Stadt") == (
        "Alter: jung 40 % (Stadt 30 %), alt 60 % (Stadt 70 %)."
    )
