"""What a view can be limited to, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from inteso_dash.city import City
from inteso_dash.views import map_view, scope
from inteso_dash.views.map_view import Choice
from inteso_dash.views.scope import Scope

SB6 = Scope("stadtbezirk", "06")
RATH = Scope("stadtteil", "063")


def test_areas_lie_in_areas_of_every_higher_level(city: City) -> None:
    found = scope.above(city, "sozialraum")
    assert list(found.columns) == ["stadtteil", "stadtbezirk"]
    assert found.loc["063008"].tolist() == ["063", "06"]
    assert found.notna().all().all()
    assert list(scope.above(city, "stadtteil").columns) == ["stadtbezirk"]
    assert scope.above(city, "stadtbezirk").empty


def test_the_line_ends_where_the_register_names_no_current_area(city: City) -> None:
    register = city.register.copy()
    quarter = (register["level"] == "stadtteil") & (register["area_id"] == "063")
    register.loc[quarter, "parent_id"] = ""
    other = (register["level"] == "sozialraum") & (register["area_id"] == "061001")
    register.loc[other, "parent_division"] = "1975"
    found = scope.above(replace(city, register=register, _areas={}), "sozialraum")
    assert found.at["063008", "stadtteil"] == "063"
    assert pd.isna(found.at["063008", "stadtbezirk"])
    assert found.loc["061001"].isna().all()


def test_scopes_are_the_areas_above_the_highest_level_first(city: City) -> None:
    found = scope.scopes(city, "sozialraum")
    assert len(found) == 60
    assert found[0] == Scope("stadtbezirk", "01")
    assert found[10] == Scope("stadtteil", "011")
    assert scope.scopes(city, "stadtbezirk") == ()


@pytest.mark.parametrize(
    ("level", "key", "expected"),
    [
        ("sozialraum", "stadtbezirk.06", SB6),
        ("sozialraum", "stadtteil.063", RATH),
        ("stadtteil", "stadtteil.063", None),
        ("stadtbezirk", "stadtbezirk.06", None),
        ("sozialraum", "stadt.05111", None),
        ("sozialraum", "stadtbezirk", None),
        ("sozialraum", "", None),
    ],
)
def test_an_address_names_a_scope_of_the_level_or_none(
    city: City, level: str, key: str, expected: Scope | None
) -> None:
    assert scope.read(city, level, key) == expected


def test_a_scope_is_counted_and_named(city: City) -> None:
    assert scope.counted(city, "sozialraum", SB6) == "23 von 171 Sozialräumen: Stadtbezirk 6"
    assert scope.counted(city, "stadtteil", SB6) == "4 von 50 Stadtteilen: Stadtbezirk 6"
    assert scope.counted(city, "sozialraum", RATH).endswith(": Stadtteil Rath")


def test_what_is_limited_keeps_the_ranks_and_classes_of_the_city(city: City) -> None:
    choice = Choice("sozialraum", "kinderarmut", within=SB6)
    shown = map_view.view(city, choice)
    assert shown.classes == map_view.view(city, choice.everywhere).classes
    listed = map_view.limited(city, choice, shown.layers[-1])
    assert len(listed.values) == 23
    first = listed.values["value"].nlargest(5)
    assert list(first.index) == ["063008", "061002", "063003", "062002", "064001"]
    assert listed.ranks[first.index].tolist() == [10, 18, 23, 24, 34]
    assert listed.reference == shown.layers[-1].reference
    assert set(map_view.rows(city, choice, shown.layers[-1])["area_id"]) == set(listed.values.index)


def test_the_sentence_on_a_scope_still_compares_with_the_city(city: City) -> None:
    choice = Choice("sozialraum", "sgb2_quote", within=SB6)
    shown = map_view.view(city, choice)
    layer = map_view.limited(city, choice, shown.layers[-1])
    said = map_view.sentence(city, shown, layer, "sozialraum", SB6).replace("\u202f", " ")
    assert said == (
        "Stadtbezirk 6: 12,5 %; Düsseldorf: 10,5 %. Über dem Wert von Düsseldorf liegen 12 von 23 "
        "Sozialräumen im Stadtbezirk 6. Sie reichen von 1,5 % (Am Wald) bis 27,1 % (Südlich …)."
    )


def test_counts_have_no_distance_to_the_sum_of_the_city(city: City) -> None:
    for indicator, unit in (
        ("sgb2_quote", "Prozentpunkte"),
        ("jugendquotient", ""),
        ("bevoelkerung", None),
    ):
        declared = city.catalogue.indicator(indicator)
        assert map_view.distance_unit(declared) == unit
        layer = map_view.view(city, Choice("stadtteil", indicator)).layers[-1]
        apart = map_view.distances(declared, layer)
        assert apart.notna().any() == (unit is not None)
    declared = city.catalogue.indicator("sgb2_quote")
    layer = map_view.view(city, Choice("sozialraum", "sgb2_quote")).layers[-1]
    assert map_view.distances(declared, replace(layer, reference=None)).isna().all()
