"""What stands out in an area: real deviations, hedged, and nothing that is chance."""

from __future__ import annotations

import pytest

from inteso_dash.city import City
from inteso_dash.pages.stadtteilprofil.profile import profile
from inteso_dash.pages.stadtteilprofil.standouts import deviations, highlights
from inteso_dash.pages.veraenderung.reach import SMALL_BASE


def test_the_figures_furthest_from_the_city_are_told(city: City) -> None:
    found = highlights(city, profile(city, "stadtbezirk", "06"))
    assert found is not None
    entries = [tuple(part.replace("\u202f", " ") for part in entry) for entry in found.entries]
    assert entries[:2] == [
        (
            "Wanderungssaldo",
            "6,0 ‰",
            "6,6 Promillepunkte höher als in der Stadt (−0,6 ‰), Rang 1 von 10",
        ),
        (
            "Haushalte mit Kindern",
            "20,8 %",
            "3,8 Prozentpunkte höher als in der Stadt (17,0 %), Rang 3 von 10",
        ),
    ]
    assert len(entries) == 5
    assert "Stichtag 31.12.2021" in found.note
    assert "mittleren Hälfte der Stadtbezirke" in found.note


@pytest.mark.parametrize(
    ("level", "area"),
    [("stadtbezirk", "05"), ("stadtteil", "063"), ("sozialraum", "063008"), ("stadtteil", "033")],
)
def test_only_what_can_be_compared_stands_out(city: City, level: str, area: str) -> None:
    found = deviations(city, profile(city, level, area))
    assert 3 <= len(found.told) <= 5
    topics = [each.line.indicator.topic for each in found.told]
    assert len(set(topics)) == len(topics)
    for each in found.told:
        assert each.line.indicator.kind == "intensive"
        assert abs(each.own.value - each.whole.value) > each.own.error + each.whole.error


def test_what_rests_on_little_stands_apart(city: City) -> None:
    result = profile(city, "stadtteil", "011")
    found = deviations(city, result)
    assert "anteil_alleinerziehende" in [each.line.indicator.id for each in found.small]
    told = highlights(city, result)
    assert told is not None
    assert "Wegen kleiner Grundzahl nicht dabei: Alleinerziehende" in told.note
    assert SMALL_BASE == 200


@pytest.mark.parametrize(("level", "area"), [("stadt", "05111"), ("sozialraum", "071009")])
def test_nothing_stands_out_where_nothing_can_be_compared(
    city: City, level: str, area: str
) -> None:
    assert highlights(city, profile(city, level, area)) is None
