"""Own areas laid over a city: hand-computed figures of a made-up one, and the shipped city."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from inteso_dash.boundaries.layers import read_boundaries
from inteso_dash.catalogue.own_areas import OwnArea, OwnAreas, Part, from_address, to_address
from inteso_dash.city import City, load_city
from inteso_dash.city.aggregation.wide import matrix
from inteso_dash.city.area_tree import AreaTree, Composition, area_tree
from inteso_dash.city.breaks import breaks
from inteso_dash.city.compiled import compile_city, opened
from inteso_dash.city.cut_areas import CutRows
from inteso_dash.city.own_areas import (
    Extent,
    coarsest,
    extent,
    own_area_at,
    part_levels,
    resolved,
    with_own_areas,
)
from inteso_dash.views.headlines import locative
from tests.towns.made_up_parts import write_parts

DAY = dt.date(2020, 6, 30)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> City:
    """A made-up city; Stadtteil 06 is secret."""
    root = tmp_path_factory.mktemp("parts")
    write_parts(root)
    return load_city(root)


@pytest.fixture(scope="module")
def tree(town: City) -> AreaTree:
    """What lies in what in the made-up city."""
    return area_tree(town)


def own(**areas: tuple[Part, ...]) -> OwnAreas:
    """Describe own areas by name and parts."""
    return OwnAreas(areas=tuple(OwnArea(name=name, parts=parts) for name, parts in areas.items()))


def told(city: City, area: str, indicator: str) -> tuple[float, str, str]:
    """Value, status and note of an own area."""
    cell = city.values("eigene", indicator, DAY).loc[[area]]
    return float(cell["value"].item()), str(cell["status"].item()), str(cell["note"].item())


def test_counts_add_up_and_shares_are_made_of_counts(town: City) -> None:
    city = with_own_areas(town, own(Ufer=("01", "04")))
    assert told(city, "ufer", "einwohner")[:2] == (1500, "computed")
    assert told(city, "ufer", "arbeitslose")[0] == 125
    # The mean of 10 % and 5 % would be 7.5.
    assert told(city, "ufer", "quote")[0] == pytest.approx(125 / 15)
    assert told(city, "ufer", "miete")[2] == "Ein Median folgt nicht aus denen seiner Teile."


def test_what_is_withheld_of_a_part_is_withheld_of_the_whole(town: City) -> None:
    city = with_own_areas(town, own(Rand=("01", "06"), Kern=("01", "05")))
    value, status, note = told(city, "rand", "einwohner")
    assert np.isnan(value)
    assert (status, note) == ("suppressed", "1 von 2 Teilgebieten geheim gehalten (06).")
    assert told(city, "rand", "quote")[1] == "suppressed"
    assert told(city, "kern", "einwohner")[0] == 2500


def test_a_shown_area_above_serves_and_no_difference_is_taken(town: City) -> None:
    city = with_own_areas(town, own(Land=("04", "05", "06"), Mehr=("2", "01"), Rest=("06",)))
    assert told(city, "land", "einwohner")[0] == 4000
    assert told(city, "mehr", "einwohner")[0] == 5000
    assert told(city, "mehr", "arbeitslose")[1:] == (
        "suppressed",
        "1 von 2 Teilgebieten geheim gehalten (2).",
    )
    # 4 000 minus 500 minus 1 500 would give away Stadtteil 06.
    assert told(city, "rest", "einwohner")[1] == "suppressed"


def cut(text: str) -> OwnAreas:
    """Describe own areas as an address does, in which there are shares."""
    found = from_address(text)
    assert not found.faults
    return found


def test_of_an_area_that_is_cut_a_share_is_counted_and_that_is_said(town: City) -> None:
    city = with_own_areas(town, cut("Ufer~01.02**37~bland"))
    share = "42,5\u202f% der Einwohner (30.06.2020) kommen aus angeschnittenen Gebieten"
    said = f"Geschätzt nach Flächenanteilen: {share} (02 zu 37\u202f%)."
    assert told(city, "ufer", "einwohner") == (
        1740,
        "estimated",
        f"{said} Sicher: 1.000 bis 3.000\u202fPersonen.",
    )
    assert told(city, "ufer", "arbeitslose")[0] == 137
    value, status, note = told(city, "ufer", "quote")
    assert value == pytest.approx(13700 / 1740)
    # All 100 unemployed and none of the 1 900 others, or the other way round.
    assert (status, note) == ("estimated", f"{said} Sicher: 3,4 bis 18,2\u202f%.")
    assert told(city, "ufer", "miete")[1:] == (
        "not_delivered",
        "Ein Median folgt nicht aus denen seiner Teile.",
    )


def test_what_a_cut_area_has_no_part_in_is_no_estimate(town: City) -> None:
    city = with_own_areas(town, cut("Rand~01.05**40~bland"))
    assert told(city, "rand", "einwohner")[:2] == (1600, "estimated")
    assert told(city, "rand", "arbeitslose") == (100, "computed", "")


def test_what_is_withheld_of_a_cut_area_is_withheld_of_the_whole(town: City) -> None:
    city = with_own_areas(town, cut("Rand~01.06**1"))
    value, status, note = told(city, "rand", "einwohner")
    assert np.isnan(value)
    assert (status, note) == ("suppressed", "1 von 2 Teilgebieten geheim gehalten (06).")


def test_shares_of_the_whole_are_whole_areas(town: City, city: City) -> None:
    assert resolved(cut("A~01.02**100~bland"), town).made_of["a"] == Composition(
        (("stadtteil", "01"), ("stadtteil", "02"))
    )
    six = [key for _, key in area_tree(city).inside(("stadtbezirk", "06"), "sozialraum")]
    text = ".".join(f"{key}**100" for key in six)
    mine = with_own_areas(city, cut(f"Sechs~{text}"))
    _assert_same(mine, "sechs", "stadtbezirk", "06")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A~01.1**50", "A: Teil 1 ist zu einem Anteil dabei und enthält den Teil 01"),
        ("A~01**50.01**40", "A: Teil '01' hat zwei Anteile"),
        ("A~1.01**50", "A: 01 liegt schon in einem anderen Teil und zählt einmal"),
        ("A~01**50~bviertel-2020-06-30", "A: by: gefunden 'viertel-2020-06-30'"),
        ("A~77**50", "A: Teil '77': ein solches Gebiet gibt es nicht"),
    ],
)
def test_shares_that_do_not_go_together_are_said(town: City, text: str, said: str) -> None:
    assert said in resolved(cut(text), town).own.faults[0]


def test_it_is_known_how_areas_lie_that_cut_others(town: City) -> None:
    def lie(text: str) -> Extent:
        return extent(with_own_areas(town, cut(text)), "eigene")

    assert lie("A~01.02**37~~B~02**63.03") == Extent(overlapping=False, whole=False, cut=True)
    assert lie("A~1**37~~B~1**63.2") == Extent(overlapping=False, whole=True, cut=True)
    assert lie("A~01**60~~B~01**60").overlapping
    assert lie("A~01**60~~B~1**10").overlapping
    assert lie("A~01.02~~B~02**1").overlapping


def test_areas_that_are_cut_are_drawn_by_their_larger_part(town: City) -> None:
    city = with_own_areas(town, cut("A~01.02**51.04**50~~B~02**49"))
    united = read_boundaries(city.layers["eigene", "heute"]).set_index("area_id")
    base = read_boundaries(town.layers["stadtteil", "2020"]).set_index("area_id").geometry
    assert united.geometry["a"].equals(shapely.union_all(base.loc[["01", "02"]]))
    assert united.geometry["b"].equals(base["02"])
    assert "mehr als die Hälfte" in city.layers["eigene", "heute"].method


@given(
    st.dictionaries(st.sampled_from(["01", "02", "03", "04", "05"]), st.integers(1, 100)),
    st.data(),
)
def test_limits_hold_whatever_part_is_meant(
    town: City, shares: dict[str, int], data: st.DataObject
) -> None:
    """Any persons of the cut areas, unemployed or not, may be those in the own area."""
    chosen = {key: share for key, share in shares.items() if share < 100}
    if not chosen:
        return
    whole = [key for key in shares if key not in chosen]
    cells = {
        name: town.values("stadtteil", name, DAY)["value"].astype(float)
        for name in ("einwohner", "arbeitslose")
    }
    above, people = (float(cells[each][whole].sum()) for each in ("arbeitslose", "einwohner"))
    for key in chosen:
        unemployed = data.draw(st.integers(0, int(cells["arbeitslose"][key])))
        others = int(cells["einwohner"][key] - cells["arbeitslose"][key])
        above, people = above + unemployed, people + unemployed + data.draw(st.integers(0, others))
    base = matrix(town.figures.query("level == 'stadtteil'"))
    rows = CutRows(base, tuple(whole), chosen, "land", town.catalogue)
    for name, value in (("einwohner", people), ("arbeitslose", above)):
        low, high = rows.limits(town.catalogue.indicator(name)) or (1.0, 0.0)
        assert low <= value <= (high or 0)
    if people:
        low, high = rows.limits(town.catalogue.indicator("quote")) or (1.0, 0.0)
        assert low - 1e-9 <= 100 * above / people <= (high or 0) + 1e-9


def test_an_official_area_keeps_its_figures(town: City) -> None:
    city = with_own_areas(town, own(Mitte=("01", "02", "03"), Alle=("1", "04", "05", "06")))
    for mine, level, key in (("mitte", "bezirk", "1"), ("alle", "stadt", "09999")):
        _assert_same(city, mine, level, key)
    assert told(city, "mitte", "einwohner")[1] == "measured"


def test_areas_are_found_named_and_lie_in_the_city(town: City) -> None:
    city = with_own_areas(town, own(**{"Nord-Ost": ("01",), "Süd": ("05",)}))
    assert city.areas("eigene")["name"].tolist() == ["Nord-Ost", "Süd"]
    assert city.find("süd") == [("stadtteil", "04"), ("eigene", "sued")]
    assert city.lineage("eigene", "sued")[-1] == ("stadt", "09999", "Kleinau")
    assert city.catalogue.level("eigene").parent == "stadt"
    assert locative(city, "eigene", "sued") == "im Gebiet „Süd“"
    assert city.official is town
    assert not town.catalogue.has_level("eigene")


def test_a_second_set_takes_the_place_of_the_first(town: City) -> None:
    city = with_own_areas(with_own_areas(town, own(A=("01",))), own(B=("02",)))
    assert city.areas("eigene").index.tolist() == ["b"]
    teams = own(C=("03",)).model_copy(update={"level": "team"})
    both = with_own_areas(with_own_areas(town, teams), own(B=("02",)))
    assert both.areas("team").index.tolist() == ["c"]
    assert both.values("team", "einwohner", DAY).at["c", "value"] == 3000


def test_what_lies_below_is_not_read_again(town: City, tmp_path: Path) -> None:
    """A city of the store unpacks what is asked of it; own areas ask for their parts only."""
    write_parts(tmp_path / "city")
    compile_city(tmp_path / "city")
    stored = opened(tmp_path / "city")
    assert stored is not None
    city = with_own_areas(stored, own(Ufer=("01", "04")))
    assert "figures" not in stored.__dict__
    assert city.rows(level="eigene", indicator_id="einwohner")["value"].tolist() == [1500]
    assert len(city.rows(level=("eigene", "stadt"))) == len(city.rows(level="stadt")) + 4
    assert city.counts["rows"].sum() == len(city.figures) == len(stored.figures) + 4
    assert city.newest == town.newest


def test_a_copy_with_other_fields_answers_as_the_city_does(town: City) -> None:
    city = with_own_areas(town, own(Ufer=("01", "04")))
    copied = replace(city, sites=city.sites.iloc[:0])
    assert told(copied, "ufer", "einwohner") == told(city, "ufer", "einwohner")
    for one, other in (
        (copied.rows(level="eigene"), city.rows(level="eigene")),
        (copied.counts, city.counts),
        (copied.figures, city.figures),
    ):
        columns = list(one.columns)
        same = [each.sort_values(columns, ignore_index=True) for each in (one, other)]
        pd.testing.assert_frame_equal(*same)
    assert copied.newest == city.newest
    assert copied.layers.keys() == city.layers.keys()


def test_boundaries_are_united(town: City) -> None:
    city = with_own_areas(town, own(Quer=("01", "02", "04"), Ecken=("01", "06")))
    layer = city.layers["eigene", "heute"]
    united = read_boundaries(layer).set_index("area_id")
    base = read_boundaries(town.layers["stadtteil", "2020"]).set_index("area_id").geometry
    assert united.geometry["quer"].equals(shapely.union_all(base.loc[["01", "02", "04"]]))
    assert united.geometry["ecken"].geom_type == "MultiPolygon"
    assert united.loc["quer", ["name", "parent_id"]].tolist() == ["Quer", "09999"]
    assert city.layers["stadtteil", "2020"] == town.layers["stadtteil", "2020"]
    assert city.touching("eigene", "heute") == {"ecken": ("quer",), "quer": ("ecken",)}
    assert city.touching("stadtteil", "2020") is town.touching("stadtteil", "2020") is not None


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("01", "77"), "Teil '77': ein solches Gebiet gibt es nicht"),
        ((("bezirk", "01"),), "Teil bezirk 01: ein solches Gebiet gibt es nicht"),
    ],
)
def test_what_a_city_does_not_have_is_said(town: City, parts: tuple[Part, ...], said: str) -> None:
    areas = own(Falsch=parts, Gut=("01",))
    city = with_own_areas(town, areas)
    assert city.areas("eigene").index.tolist() == ["gut"]
    assert [said in each for each in resolved(areas, town).own.faults] == [True]
    assert with_own_areas(town, own(Falsch=parts)) is town


def test_a_part_inside_another_counts_once_and_is_said(town: City) -> None:
    found = resolved(own(Doppelt=("1", "01", "05")), town)
    assert found.made_of["doppelt"].cover == (("bezirk", "1"), ("stadtteil", "05"))
    assert found.own.faults == ("Doppelt: 01 liegt schon in einem anderen Teil und zählt einmal.",)


def test_a_level_of_the_city_is_not_taken(town: City) -> None:
    taken = own(A=("01",)).model_copy(update={"level": "bezirk"})
    assert with_own_areas(town, taken) is town
    assert "eine Ebene mit dieser id hat die Stadt schon" in resolved(taken, town).own.faults[0]


def test_an_address_names_the_fewest_areas(town: City) -> None:
    found = coarsest(own(Mitte=("01", "02", "03", "05"), Weg=("99",)), town)
    assert to_address(found) == "Mitte~1.05~~Weg~99"
    assert resolved(from_address(to_address(found)), town).made_of["mitte"].cover[0] == (
        "bezirk",
        "1",
    )


def test_all_areas_of_a_district_are_the_district_in_every_figure(city: City) -> None:
    six = tuple(key for _, key in area_tree(city).inside(("stadtbezirk", "06"), "sozialraum"))
    whole = tuple(city.areas("sozialraum").index)
    mine = with_own_areas(city, own(Sechs=six, Alle=whole))
    assert len(six) > 10
    _assert_same(mine, "sechs", "stadtbezirk", "06")
    _assert_same(mine, "alle", "stadt", "05111")
    for level in ("sozialraum", "stadtteil", "stadtbezirk", "stadt"):
        own_rows = mine.figures[mine.figures["level"] == level].reset_index(drop=True)
        before = city.figures[city.figures["level"] == level].reset_index(drop=True)
        pd.testing.assert_frame_equal(own_rows, before)


def _assert_same(city: City, area: str, level: str, key: str) -> None:
    """Compare every figure of an own area with those of an official one."""
    columns = ["indicator_id", "date", "value", "status", "source_id", "rounding_error", "note"]

    def rows(at: str, area_id: str) -> pd.DataFrame:
        found = city.figures.query("level == @at and area_id == @area_id")
        return found[columns].sort_values(columns, ignore_index=True)

    pd.testing.assert_frame_equal(rows("eigene", area), rows(level, key))
    assert len(rows(level, key)) > 1
    for (at, indicator, day), made in city.recomputed.items():
        if at == level and key in made.index:
            same = city.recomputed["eigene", indicator, day].loc[[area]]
            assert same.to_numpy().tolist() == made.loc[[key]].to_numpy().tolist()


def test_it_is_known_how_areas_lie_in_the_city(town: City) -> None:
    def lie(text: str) -> tuple[bool, bool]:
        found = extent(with_own_areas(town, from_address(text)), "eigene")
        return found.overlapping, found.whole

    assert lie("A~01~~B~02") == (False, False)
    assert lie("A~01~~B~1") == (True, False)
    assert lie("A~01.05~~B~1.2") == (True, True)
    assert lie("A~1~~B~04.05~~C~06") == (False, True)
    assert extent(town, "bezirk") == Extent()
    mine = with_own_areas(town, from_address("A~01.05~~B~2"))
    assert own_area_at(mine, "eigene", ("stadtteil", "05")) == "a"
    assert own_area_at(mine, "eigene", ("stadtteil", "04")) == "b"
    assert own_area_at(mine, "eigene", ("bezirk", "1")) == ""
    assert part_levels(mine, "eigene") == ("bezirk", "stadtteil")


def test_a_break_of_the_parts_is_one_of_the_whole(city: City) -> None:
    """The series of the whole city breaks at the end of 2014."""
    days = (dt.date(2013, 12, 31), dt.date(2014, 12, 31))
    found = breaks(with_own_areas(city, from_address("Alle~05111")), "bevoelkerung", "eigene", days)
    assert [(each.level, each.date) for each in found] == [("eigene", days[1])]


@given(st.sets(st.sampled_from(["01", "02", "03", "04", "05", "06", "1", "2"]), min_size=1))
def test_a_cover_is_the_same_area_with_the_fewest_parts(tree: AreaTree, parts: set[str]) -> None:
    def leaves(places: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        return {leaf for place in places for leaf in tree.inside(place, "stadtteil")}

    named = [(tree.levels_of[part][0], part) for part in parts]
    cover = tree.cover(named)
    assert leaves(cover) == leaves(named)
    assert sum(len(leaves([place])) for place in cover) == len(leaves(cover))
    fewest = min(
        len(each)
        for size in range(1, 7)
        for each in combinations(tree.levels_of, size)
        if leaves((tree.levels_of[key][0], key) for key in each) == leaves(cover)
    )
    assert len(cover) == fewest


@pytest.mark.parametrize("seed", range(6))
def test_a_union_is_made_of_both(city: City, seed: int) -> None:
    """Of disjoint areas counts add up; ratios are weighted with what they refer to.

    Up to rounding: where both make up an official area, that has its published figure.
    """
    draw = random.Random(seed)  # noqa: S311
    chosen = draw.sample(list(city.areas("sozialraum").index), draw.randint(2, 60))
    cut = draw.randint(1, len(chosen) - 1)
    one, other = tuple(chosen[:cut]), tuple(chosen[cut:])
    day = dt.date(2021, 12, 31)
    mine = with_own_areas(city, own(Eins=one, Zwei=other, Beide=(*one, *other)))
    catalogue, counted, weighed = mine.catalogue, 0, 0
    for each in catalogue.indicators:
        cells = mine.values("eigene", each.id, day)[["value", "rounding_error"]].astype(float)
        value, rounded = cells["value"], cells["rounding_error"].sum() + 1e-9
        if each.kind == "extensive":
            if value.notna().all():
                assert abs(value["beide"] - value["eins"] - value["zwei"]) <= rounded
                counted += 1
            continue
        below = each.denominator or each.weight
        bases = [mine.values("eigene", name, day)["value"].astype(float) for name in below]
        if bases and value.notna().all() and all(base.notna().all() for base in bases):
            base = sum(bases, pd.Series(0.0, index=value.index))
            parts = value[["eins", "zwei"]] * base[["eins", "zwei"]]
            assert abs(value["beide"] - parts.sum() / base["beide"]) <= rounded
            weighed += 1
    assert counted > 5
    assert weighed > 5
