"""Aggregation by kind: hand-computed cases, properties, and the published values of the city."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inteso_dash.catalogue import Catalogue, read_catalogue
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import aggregation
from inteso_dash.city.aggregation.contradictions import contradictions
from inteso_dash.city.aggregation.upwards import aggregate
from inteso_dash.city.aggregation.wide import ON_ESTIMATES, ON_SHARES, Matrix, matrix
from inteso_dash.city.aggregation.within import derive
from inteso_dash.tables.coded import coded
from inteso_dash.tables.sources import read_city
from tests.paths import ROOT


def indicator(name: str, kind: str, **more: object) -> Indicator:
    """Make up an indicator."""
    text = {"de": name, "en": name}
    entry = {"id": name, "title": text, "short": text, "topic": "t", "unit": "", "decimals": 1}
    return Indicator(**{**entry, "kind": kind, "meaning": name, **more})


def catalogue(*indicators: Indicator) -> Catalogue:
    """Make up a catalogue of two levels."""
    text = {"de": "x", "en": "x"}
    level = {"title": text, "plural": "x", "key_length": 2, "divisions": [{"id": "1", "areas": 1}]}
    return Catalogue(
        city={"id": "C", "name": "Beispielstadt"},
        title="erfunden",
        levels=[{"id": "stadt", **level}, {"id": "gebiet", "parent": "stadt", **level}],
        topics=[{"id": "t", "title": text}],
        start={
            "level": "gebiet",
            "indicator": indicators[0].id,
            "profile_level": "stadt",
            "profile_area": "C",
        },
        indicators=indicators,
    )


def table(
    cells: dict[str, list[float | None]], status: dict[str, list[str]] | None = None
) -> Matrix:
    """Make up figures of areas a, b, c …"""
    areas = pd.Index(list("abcdefgh")[: len(next(iter(cells.values())))], name="area_id")
    value = pd.DataFrame(cells, index=areas, dtype=float)
    states = value.notna().replace({True: "measured", False: "not_delivered"}).astype(object)
    for column, given_states in (status or {}).items():
        states[column] = given_states
    zero = pd.DataFrame(0.0, index=areas, columns=value.columns)
    return Matrix(
        value, states, zero, zero.astype(str).replace("0.0", ""), value.map(lambda _: "s")
    )


def one_parent(base: Matrix) -> pd.Series:
    """All areas lie in the city."""
    return pd.Series("C", index=base.value.index)


POP = indicator("pop", "extensive")
RATE = indicator("rate", "intensive", weight=["pop"])


def test_counts_add_up_and_rates_are_weighted() -> None:
    base = table({"pop": [100, 300], "rate": [10, 20]})
    up = aggregate(base, one_parent(base), {}, catalogue(POP, RATE))
    assert up.value.loc["C"].tolist() == [400, 17.5]
    assert up.status.loc["C"].tolist() == ["computed", "computed"]


def test_a_missing_part_leaves_the_total_absent_and_named() -> None:
    base = table({"pop": [100, None, 50]})
    up = aggregate(base, one_parent(base), {}, catalogue(POP))
    assert np.isnan(up.value.at["C", "pop"])
    assert up.status.at["C", "pop"] == "not_delivered"
    assert up.note.at["C", "pop"] == "1 von 3 Teilgebieten ohne Angabe (b)."


def test_a_suppressed_part_makes_the_total_suppressed() -> None:
    base = table({"pop": [1, None]}, {"pop": ["measured", "suppressed"]})
    up = aggregate(base, one_parent(base), {}, catalogue(POP))
    assert up.status.at["C", "pop"] == "suppressed"


def test_an_uninhabited_part_does_not_count() -> None:
    base = table(
        {"pop": [100, None], "rate": [10, None]},
        {"pop": ["measured", "uninhabited"], "rate": ["measured", "uninhabited"]},
    )
    up = aggregate(base, one_parent(base), {}, catalogue(POP, RATE))
    assert up.value.loc["C"].tolist() == [100, 10]


@pytest.mark.parametrize("status", ["uninhabited", "merged"])
def test_an_area_of_such_parts_only_keeps_their_status(status: str) -> None:
    base = table({"pop": [None, None]}, {"pop": [status, status]})
    up = aggregate(base, one_parent(base), {}, catalogue(POP))
    assert up.status.at["C", "pop"] == status


def test_density_counts_the_land_where_nobody_lives() -> None:
    land = indicator("land", "extensive")
    density = indicator("density", "intensive", numerator=["pop"], denominator=["land"])
    base = table(
        {"pop": [100, None], "land": [10, 10], "density": [10, None]},
        {"pop": ["measured", "uninhabited"], "density": ["measured", "uninhabited"]},
    )
    up = aggregate(base, one_parent(base), {}, catalogue(POP, land, density))
    assert up.value.at["C", "density"] == 5


def test_merged_areas_share_one_count_and_one_denominator() -> None:
    cases = indicator("cases", "extensive")
    share = indicator(
        "share", "intensive", numerator=["cases"], denominator=["pop"], factor=100, computed=True
    )
    base = table({"pop": [90, 10], "cases": [20, None]}, {"cases": ["measured", "merged"]})
    merged = {"cases": {"b": "a"}}
    known = catalogue(POP, cases, share)
    full = derive(base, known, merged)
    assert full.value.at["a", "share"] == 20
    assert full.status.at["b", "share"] == "merged"
    up = aggregate(full, one_parent(full), merged, known)
    assert up.value.loc["C", ["cases", "share"]].tolist() == [20, 20]


def test_an_area_across_the_border_takes_its_weight_along() -> None:
    base = table({"pop": [90, 10], "rate": [20, None]}, {"rate": ["measured", "merged"]})
    parents = pd.Series({"a": "P", "b": "Q"})
    up = aggregate(base, parents, {"rate": {"b": "a"}}, catalogue(POP, RATE))
    assert up.value.at["P", "rate"] == 20
    assert up.status.at["Q", "rate"] == "merged"


def test_a_part_without_weight_is_not_left_out_of_the_mean() -> None:
    base = table({"pop": [100, None], "rate": [10, 50]})
    up = aggregate(base, one_parent(base), {}, catalogue(POP, RATE))
    assert np.isnan(up.value.at["C", "rate"])
    assert up.status.at["C", "rate"] == "not_delivered"
    assert up.note.at["C", "rate"] == (
        "1 von 2 Teilgebieten ohne Angabe, worauf sich der Wert bezieht (b)."
    )


def test_a_missing_denominator_is_not_zero() -> None:
    cases = indicator("cases", "extensive")
    share = indicator("share", "intensive", numerator=["cases"], denominator=["pop"], factor=100)
    base = table({"pop": [100, None], "cases": [10, 30], "share": [10, 30]})
    up = aggregate(base, one_parent(base), {}, catalogue(POP, cases, share))
    assert np.isnan(up.value.at["C", "share"])


def test_without_any_weight_the_rate_is_absent_with_its_reason() -> None:
    base = table({"rate": [10, 50]})
    up = aggregate(base, one_parent(base), {}, catalogue(RATE))
    assert up.note.at["C", "rate"].startswith("2 von 2 Teilgebieten ohne Angabe, worauf")


def test_nothing_to_refer_to_is_said() -> None:
    base = table({"pop": [0, 0], "rate": [0, 0]})
    up = aggregate(base, one_parent(base), {}, catalogue(POP, RATE))
    assert up.value.at["C", "pop"] == 0
    assert up.note.at["C", "rate"] == "Worauf sich der Wert bezieht, ist null."


def test_a_share_of_nobody_is_absent_and_not_zero() -> None:
    cases = indicator("cases", "extensive")
    share = indicator(
        "share", "intensive", numerator=["cases"], denominator=["pop"], factor=100, computed=True
    )
    full = derive(table({"pop": [0, 10], "cases": [0, 0]}), catalogue(POP, cases, share), {})
    assert full.value["share"].isna().tolist() == [True, False]
    assert full.status["share"].tolist() == ["not_delivered", "computed"]
    assert full.note["share"].tolist() == ["Worauf sich der Wert bezieht, ist null.", ""]


CASES = indicator("cases", "extensive")
SHARE = indicator("share", "intensive", numerator=["cases"], denominator=["pop"], factor=100)


def test_a_count_implied_by_a_share_of_two_areas_counts_both() -> None:
    count = indicator("cases", "extensive", derived={"share": "share", "of": ["pop"]})
    known = catalogue(POP, count, SHARE)
    base = table({"pop": [240, 10], "share": [20, None]}, {"share": ["measured", "merged"]})
    together = {"share": {"b": "a"}}
    full = derive(base, known, together)
    assert full.value.at["a", "cases"] == 50
    assert full.status.at["b", "cases"] == "merged"
    assert full.note.at["a", "cases"] == "Gilt zusammen mit b: gemeinsam veröffentlicht."
    up = aggregate(full, one_parent(full), together, known)
    assert up.value.loc["C"].tolist() == [250, 20, 50]


def test_a_ratio_to_a_base_of_two_areas_counts_the_cases_of_both() -> None:
    known = catalogue(POP, CASES, SHARE)
    states = {"pop": ["measured", "merged", "measured"]}
    base = table({"pop": [250, None, 50], "cases": [40, 10, 10]}, states)
    together = {"pop": {"b": "a"}}
    full = derive(base, known, together)
    assert full.value["share"].dropna().to_dict() == {"a": 20, "c": 20}
    assert full.status.at["b", "share"] == "merged"
    up = aggregate(full, pd.Series({"a": "P", "b": "Q", "c": "Q"}), together, known)
    assert up.value["share"].to_dict() == {"P": 20, "Q": 20}
    assert up.value["cases"].to_dict() == {"P": 40, "Q": 20}


def test_shares_by_area_and_a_base_of_two_areas_imply_no_count() -> None:
    count = indicator("cases", "extensive", derived={"share": "share", "of": ["pop"]})
    known = catalogue(POP, count, SHARE)
    base = table({"pop": [250, None], "share": [20, 40]}, {"pop": ["measured", "merged"]})
    full = derive(base, known, {"pop": {"b": "a"}})
    assert full.value["cases"].isna().all()
    up = aggregate(full, one_parent(full), {"pop": {"b": "a"}}, known)
    assert up.value.loc["C", ["cases", "share"]].isna().all()


def test_areas_that_hold_others_or_lack_parts_say_so() -> None:
    known = catalogue(POP, CASES, SHARE)
    states = {"cases": ["measured", "merged", "measured"]}
    base = table({"pop": [90, 10, 100], "cases": [20, None, 5]}, states)
    full = derive(base, known, {"cases": {"b": "a"}})
    assert full.note["share"].tolist()[0] == "Gilt zusammen mit b: gemeinsam veröffentlicht."
    apart = pd.Series({"a": "P", "b": "Q", "c": "Q"})
    up = aggregate(full, apart, {"cases": {"b": "a"}}, known)
    more = "Enthält auch b, gemeinsam mit einem Teilgebiet veröffentlicht."
    less = "Ohne b, anderswo enthalten, weil gemeinsam veröffentlicht."
    assert up.note["cases"].to_dict() == up.note["share"].to_dict() == {"P": more, "Q": less}
    whole = aggregate(full, one_parent(full), {"cases": {"b": "a"}}, known)
    assert set(whole.note.loc["C"]) == {""}


def test_computed_figures_cite_what_they_are_made_of() -> None:
    known = catalogue(POP, CASES, SHARE, RATE)
    base = table({"pop": [100, 300, 50], "cases": [10, 60, 5], "rate": [1, 2, 3]})
    base.source["cases"] = ["x", "y", "z"]
    base.source["rate"] = "r"
    full = derive(base, known, {})
    assert full.source["share"].tolist() == ["s, x", "s, y", "s, z"]
    up = aggregate(full, pd.Series({"a": "P", "b": "P", "c": "Q"}), {}, known)
    assert up.source.loc["P"].to_dict() == {
        "pop": "s",
        "cases": "x, y",
        "share": "s, x, y",
        "rate": "r, s",
    }
    assert up.source.at["Q", "share"] == "s, z"


def test_an_area_of_nobody_takes_nothing_from_the_ratio_above() -> None:
    known = catalogue(POP, CASES, SHARE)
    full = derive(table({"pop": [1200, 0], "cases": [60, 0]}), known, {})
    up = aggregate(full, one_parent(full), {}, known)
    assert up.value.loc["C", ["pop", "cases", "share"]].tolist() == [1200, 60, 5]
    assert up.note.loc["C"].tolist() == [""] * 3


@pytest.mark.parametrize("status", ["not_delivered", "suppressed", "uninhabited"])
def test_a_mean_leaves_out_parts_of_weight_zero_whatever_they_say(status: str) -> None:
    states = {"rate": ["measured", status, "measured"]}
    base = table({"pop": [100, 0, 300], "rate": [10, None, 20]}, states)
    up = aggregate(base, one_parent(base), {}, catalogue(POP, RATE))
    assert up.value.at["C", "rate"] == 17.5


def test_land_of_no_extent_takes_nothing_from_the_density() -> None:
    land = indicator("land", "extensive")
    density = indicator("density", "intensive", numerator=["pop"], denominator=["land"])
    known = catalogue(POP, land, density)
    full = derive(table({"pop": [100, 20], "land": [10, 0]}), known, {})
    assert full.value["density"].isna().tolist() == [False, True]
    assert aggregate(full, one_parent(full), {}, known).value.at["C", "density"] == 12


def test_a_base_that_is_missing_is_not_zero() -> None:
    known = catalogue(POP, CASES, SHARE)
    full = derive(table({"pop": [1200, None], "cases": [60, 0]}), known, {})
    up = aggregate(full, one_parent(full), {}, known)
    assert np.isnan(up.value.at["C", "share"])
    assert up.note.at["C", "share"].startswith("1 von 2 Teilgebieten ohne Angabe, worauf sich")


def test_a_share_of_nobody_is_a_count_of_zero() -> None:
    count = indicator("cases", "extensive", derived={"share": "share", "of": ["pop"]})
    known = catalogue(POP, count, SHARE)
    full = derive(table({"pop": [200, 0], "share": [12.5, None]}), known, {})
    assert full.value["cases"].tolist() == [25, 0]
    up = aggregate(full, one_parent(full), {}, known)
    assert up.value.loc["C", ["cases", "share"]].tolist() == [25, 12.5]


def test_one_missing_count_costs_only_the_area_it_lies_in() -> None:
    base = table({"pop": [1000, 3000, 300, 700], "cases": [54, 130, None, 70]})
    base.value["share"] = [5.4, 4.3, 3.3, 10.0]
    base.status["share"], base.error["share"], base.note["share"] = "measured", 0.05, ""
    base.source["share"] = "s"
    parents = pd.Series({"a": "P", "b": "P", "c": "Q", "d": "Q"})
    up = aggregate(base, parents, {}, catalogue(POP, CASES, SHARE))
    assert up.value["share"].to_dict() == pytest.approx({"P": 4.6, "Q": (9.9 + 70) / 10})
    assert up.error["share"].to_dict() == pytest.approx({"P": 0, "Q": 0.015})
    assert up.note["share"].to_dict() == {
        "P": "",
        "Q": "1 von 2 Teilgebieten ohne Zahl; sie ist dort aus Anteil und Bezugsgröße "
        "berechnet (c).",
    }
    assert np.isnan(up.value.at["Q", "cases"])


def test_a_missing_share_is_no_gap_where_its_count_is_there() -> None:
    base = table({"pop": [100, 300], "cases": [10, 60], "share": [10, None]})
    up = aggregate(base, one_parent(base), {}, catalogue(POP, CASES, SHARE))
    assert up.value.at["C", "share"] == 17.5


def test_a_mean_of_shares_says_that_it_is_one() -> None:
    base = table({"pop": [100, 300, 50], "rate": [10, 20, 30]})
    parents = pd.Series({"a": "P", "b": "P", "c": "Q"})
    up = aggregate(base, parents, {}, catalogue(POP, RATE))
    assert up.note["rate"].to_dict() == {"P": ON_SHARES, "Q": ""}


def test_a_weight_published_with_another_area_counts_once() -> None:
    base = table(
        {"pop": [96, None, 4], "rate": [50, None, 100]},
        {"pop": ["measured", "merged", "measured"], "rate": ["measured", "merged", "measured"]},
    )
    merged = {"pop": {"b": "a"}, "rate": {"b": "a"}}
    up = aggregate(base, one_parent(base), merged, catalogue(POP, RATE))
    assert up.value.loc["C"].tolist() == [100, 52]


def test_what_rests_on_an_estimate_says_so() -> None:
    cases = indicator("cases", "extensive")
    share = indicator(
        "share", "intensive", numerator=["cases"], denominator=["pop"], factor=100, computed=True
    )
    known = catalogue(POP, cases, share)
    states = {"pop": ["estimated", "measured"], "cases": ["measured", "measured"]}
    full = derive(table({"pop": [100, 100], "cases": [10, 20]}, states), known, {})
    assert full.note["share"].tolist() == [ON_ESTIMATES, ""]
    up = aggregate(full, one_parent(full), {}, known)
    assert set(up.status.loc["C"]) == {"computed"}
    noted = up.note.loc["C"] == ON_ESTIMATES
    assert noted.to_dict() == {"pop": True, "cases": False, "share": True}


def test_a_ratio_with_a_secret_base_is_secret() -> None:
    cases = indicator("cases", "extensive")
    share = indicator(
        "share", "intensive", numerator=["cases"], denominator=["pop"], factor=100, computed=True
    )
    base = table({"pop": [None], "cases": [10]}, {"pop": ["suppressed"]})
    assert derive(base, catalogue(POP, cases, share), {}).status["share"].tolist() == ["suppressed"]


def test_the_error_of_a_ratio_holds_what_rounding_can_do() -> None:
    cases = indicator("cases", "extensive")
    share = indicator(
        "share", "intensive", numerator=["cases"], denominator=["pop"], factor=100, computed=True
    )
    known = catalogue(POP, cases, share)
    base = table({"pop": [300, 600], "cases": [30, 120]})
    base.error[["pop", "cases"]] = 1.5
    full = derive(base, known, {})
    assert full.error["share"].tolist() == pytest.approx([0.55, 0.3])
    true = 100 * 31.5 / 298.5
    assert abs(true - full.value.at["a", "share"]) <= full.error.at["a", "share"] * 1.01
    given_shares = Matrix(
        full.value,
        full.status.replace("computed", "measured"),
        *[full.error.assign(share=0.05), full.note, full.source],
    )
    up = aggregate(given_shares, one_parent(full), {}, known)
    assert up.error.at["C", "share"] == pytest.approx((3 * 100 + 50 / 3 * 3) / 900)


def test_a_base_that_follows_from_a_rounded_count_has_its_error() -> None:
    cases = indicator("cases", "extensive")
    share = indicator("share", "intensive", numerator=["cases"], denominator=["pop"], factor=100)
    total = indicator("pop", "extensive", derived={"count": "cases", "by_share": "share"})
    base = table({"cases": [30], "share": [10]})
    base.error["cases"] = 1.5
    full = derive(base, catalogue(total, cases, share), {})
    assert full.value.at["a", "pop"] == 300
    assert full.error.at["a", "pop"] == pytest.approx(15)


def test_an_unheard_part_leaves_other_areas_their_value() -> None:
    base = table({"pop": [1, 2, 3, 4]})
    base.value.loc["d", "pop"], base.status.loc["d", "pop"] = np.nan, None
    parents = pd.Series({"a": "P", "b": "P", "c": "Q", "d": "Q"})
    up = aggregate(base, parents, {}, catalogue(POP))
    assert up.value.at["P", "pop"] == 3
    assert pd.isna(up.status.at["Q", "pop"])


def test_higher_areas_with_unheard_parts_are_left_out() -> None:
    base = table({"pop": [1, 2]})
    parents = pd.Series({"a": "P", "b": "Q", "c": "Q"})
    assert aggregate(base, parents, {}, catalogue(POP)).value.index.tolist() == ["P"]


def test_not_aggregable_says_why() -> None:
    turnover = indicator("turnover", "intensive", not_aggregable="Umzüge zählen doppelt.")
    base = table({"turnover": [1.0, 2.0]})
    up = aggregate(base, one_parent(base), {}, catalogue(turnover))
    assert up.note.at["C", "turnover"] == "Umzüge zählen doppelt."
    assert np.isnan(up.value.at["C", "turnover"])


def test_a_count_follows_from_its_share_with_the_error_of_rounding() -> None:
    share = indicator("share", "intensive", numerator=["n"], denominator=["pop"], factor=100)
    count = indicator("n", "extensive", derived={"share": "share", "of": ["pop"]})
    base = table({"pop": [200], "share": [12.5]})
    base.error["share"] = 0.05
    full = derive(base, catalogue(POP, share, count), {})
    assert full.value.at["a", "n"] == 25
    assert full.error.at["a", "n"] == pytest.approx(0.1)
    assert full.status.at["a", "n"] == "computed"


def test_a_base_follows_from_count_and_share() -> None:
    count, share = (
        indicator("n", "extensive"),
        indicator("s", "intensive", weight=["w"], factor=100),
    )
    base_size = indicator("w", "extensive", derived={"count": "n", "by_share": "s"})
    full = derive(table({"n": [20], "s": [10.0]}), catalogue(count, share, base_size), {})
    assert full.value.at["a", "w"] == 200


def test_what_was_delivered_is_never_overwritten() -> None:
    share = indicator("share", "intensive", numerator=["n"], denominator=["pop"], factor=100)
    count = indicator("n", "extensive", derived={"share": "share", "of": ["pop"]})
    base = table({"pop": [200], "share": [12.5], "n": [26]})
    full = derive(base, catalogue(POP, share, count), {})
    assert full.value.loc["a", ["n", "share"]].tolist() == [26, 12.5]


@given(
    st.lists(
        st.tuples(
            st.integers(1, 10_000), st.floats(0, 100, allow_nan=False), st.sampled_from("PQR")
        ),
        min_size=1,
        max_size=8,
    )
)
def test_totals_are_kept_and_rates_stay_between_their_parts(
    parts: list[tuple[int, float, str]],
) -> None:
    base = table({"pop": [p for p, _, _ in parts], "rate": [r for _, r, _ in parts]})
    parents = pd.Series([name for _, _, name in parts], index=base.value.index)
    up = aggregate(base, parents, {}, catalogue(POP, RATE))
    assert up.value["pop"].sum() == base.value["pop"].sum()
    for area, rate in up.value["rate"].items():
        inside = base.value.loc[parents == area, "rate"]
        assert inside.min() - 1e-9 <= rate <= inside.max() + 1e-9
    assert (up.error == 0).all(axis=None)


@given(st.permutations(range(5)))
def test_the_order_of_the_areas_does_not_matter(order: list[int]) -> None:
    base = table({"pop": [5, 1, 4, 2, 3], "rate": [1.0, 2, 3, 4, 5]})
    shuffled = Matrix(*(frame.iloc[order] for frame in base.frames))
    known = catalogue(POP, RATE)
    straight = aggregate(base, one_parent(base), {}, known).value
    mixed = aggregate(shuffled, one_parent(shuffled), {}, known).value
    pd.testing.assert_frame_equal(straight, mixed)


def long_rows(*rows: tuple[str, str, str, str, float]) -> pd.DataFrame:
    """Make up figures of one Stichtag: level, area, indicator, status, value."""
    columns = ["level", "area_id", "indicator_id", "status", "value"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(
        division="1", date=pd.Timestamp("2020-12-31"), source_id="s", rounding_error=0.0, note=""
    )


NOTHING_MERGED = pd.DataFrame(
    columns=["level", "division", "indicator_id", "date", "area_id", "contained_in"]
)


def three_levels() -> tuple[Catalogue, pd.DataFrame]:
    """Two blocks in a quarter of a city."""
    known = catalogue(POP)
    block = known.levels[1].model_copy(update={"id": "block", "parent": "gebiet"})
    known = known.model_copy(update={"levels": (*known.levels, block)})
    register = pd.DataFrame(
        [("stadt", "C", ""), ("gebiet", "g", "C"), ("block", "x", "g"), ("block", "y", "g")],
        columns=["level", "area_id", "parent_id"],
    )
    return known, register.assign(division="1", parent_division="")


def test_a_value_from_the_nearest_level_counts_and_before_none() -> None:
    known, register = three_levels()
    given_rows = long_rows(
        ("block", "x", "pop", "measured", 3),
        ("block", "y", "pop", "measured", 3),
        ("gebiet", "g", "pop", "measured", 7),
    )
    done = aggregation.complete(given_rows, NOTHING_MERGED, register, known)
    assert done.loc[done["level"] == "stadt", "value"].tolist() == [7]
    given_rows.loc[2, ["status", "value"]] = ["not_delivered", np.nan]
    done = aggregation.complete(given_rows, NOTHING_MERGED, register, known)
    assert done.loc[done["level"] == "stadt", "value"].tolist() == [6]
    assert done.loc[done["level"] == "stadt", "note"].tolist() == [""]


def test_a_ratio_contradicts_the_counts_of_its_own_area_alone() -> None:
    known = catalogue(POP, CASES, SHARE)
    stated = long_rows(
        ("gebiet", "a", "pop", "measured", 200),
        ("gebiet", "a", "cases", "measured", 10),
        ("gebiet", "a", "share", "measured", 7),
        ("gebiet", "b", "pop", "measured", 200),
        ("gebiet", "b", "cases", "measured", 10),
        ("gebiet", "b", "share", "measured", 5),
        ("gebiet", "c", "share", "measured", 9),
    )
    found = contradictions(coded(stated), NOTHING_MERGED, known)
    assert found[["area_id", "indicator_id", "value"]].values.tolist() == [["a", "share", 5.0]]
    assert contradictions(coded(stated[3:]), NOTHING_MERGED, known).empty


def test_areas_without_a_known_parent_do_not_stop_the_rest() -> None:
    known, register = three_levels()
    register.loc[1, "parent_id"] = "?"
    register.loc[3, "parent_id"] = ""
    given_rows = long_rows(
        ("block", "x", "pop", "measured", 3), ("block", "y", "pop", "measured", 3)
    )
    done = aggregation.complete(given_rows, NOTHING_MERGED, register, known)
    assert done.loc[done["level"] == "gebiet", "value"].tolist() == [3]


def test_a_real_city_with_uninhabited_areas_has_its_share_at_every_level(reference: Path) -> None:
    known, data = read_catalogue(reference / "cities/berlin"), reference / "cities/berlin/data"
    register = pd.read_csv(data / "gebiete.csv", dtype=str).fillna("").assign(parent_division="")
    told = pd.read_csv(data / "einwohner_2024.csv", sep=";", dtype={"id": str}).set_index("id")
    foreign, everybody = told["inhabitants_foreigners"], told["inhabitants"]
    counts = pd.DataFrame({"einwohner": everybody, "auslaender": foreign}).rename_axis("area_id")
    figures = counts.melt(var_name="indicator_id", ignore_index=False).reset_index()
    figures = figures.assign(
        level="planungsraum", division="2021", date=pd.Timestamp("2024-12-31"), status="measured"
    ).assign(source_id="s", rounding_error=0.0, note="")
    done = aggregation.complete(figures, NOTHING_MERGED, register, known)
    shares = done[done["indicator_id"] == "auslaenderanteil"]
    assert (everybody == 0).sum() == 2
    for level, digits in (("bezirksregion", 6), ("prognoseraum", 4), ("bezirk", 2)):
        found = shares[shares["level"] == level].set_index("area_id")["value"]
        inside = told.index.str[:digits]
        true = 100 * foreign.groupby(inside).sum() / everybody.groupby(inside).sum()
        assert found.to_dict() == pytest.approx(true.to_dict())
    city = shares.loc[shares["level"] == "stadt", "value"].item()
    assert round(city, 1) == 24.9


def test_published_figures_say_that_they_hold_for_several_areas() -> None:
    known, register = three_levels()
    given_rows = long_rows(
        ("block", "x", "pop", "measured", 3), ("block", "y", "pop", "merged", np.nan)
    )
    given_rows.loc[1, "note"] = "Zu klein."
    pair = ("block", "1", "pop", given_rows["date"][0], "y", "x")
    merged = pd.DataFrame([pair], columns=NOTHING_MERGED.columns)
    done = aggregation.complete(given_rows, merged, register, known)
    notes = done.set_index("area_id")["note"].to_dict()
    assert notes == {
        "C": "",
        "g": "",
        "x": "Gilt zusammen mit y: gemeinsam veröffentlicht.",
        "y": "Zu klein.",
    }


DIFFERENCES = {
    "bevoelkerung": 0.0,
    "anteil_weiblich": -0.036,
    "anteil_alter_0_5": 0.033,
    "anteil_alter_6_17": -0.037,
    "anteil_alter_18_29": 0.001,
    "anteil_alter_30_49": -0.000,
    "anteil_alter_50_64": -0.031,
    "anteil_alter_65_79": 0.004,
    "anteil_alter_80": 0.031,
    "jugendquotient": -0.036,
    "altenquotient": 0.013,
    "anteil_auslaender": -0.027,
    "anteil_migrationshintergrund": 0.016,
    "wanderungssaldo": 0.021,
    "anteil_einpersonenhaushalte": 0.029,
    "anteil_haushalte_mit_kindern": 0.023,
    "anteil_alleinerziehende": 0.030,
    "anteil_senioren_single": 0.044,
    "sgb2_quote": -0.070,
    "mindestsicherung": -0.047,
    "anteil_gymnasium": -0.048,
    "wohnflaeche_je_einwohner": -0.001,
    "flaeche": 0.300,
    "einwohnerdichte": 0.009,
}
"""By how much the value computed from the 171 Sozialräume differs from the published one."""

UNPLACED = {"sgb2_quote": 0.02}
"""What the city's value holds beyond its areas: their counts and bases give 10.43 exactly, where
10.5 is published. Persons whom no Sozialraum counts would explain it; the source does not say."""

ABSENT = {
    "altersarmut",
    "anteil_gesamtschule",
    "anteil_gruenflaeche",
    "anteil_hauptschule",
    "anteil_oeffentlich_gefoerdert",
    "anteil_realschule",
    "anteil_wohneigentum",
    "anteil_wohnflaeche",
    "arbeitslosenquote",
    "fluktuationsrate",
    "kinderarmut",
    "uebergang_gymnasium",
    "wohngeldquote",
}
"""Published for the city, but not to be had from the Sozialräume: a part or the base is missing."""


@pytest.fixture(scope="module")
def computed_and_published() -> tuple[Matrix, pd.Series, Catalogue]:
    """The city from its Sozialräume, and as the same publication states it."""
    known = read_catalogue(ROOT)
    read = read_city(ROOT, known)
    areas = read.register[read.register["level"] == "sozialraum"]
    merged: dict[str, dict[str, str]] = {}
    for row in read.merged.itertuples():
        merged.setdefault(str(row.indicator_id), {})[str(row.area_id)] = str(row.contained_in)
    rows = read.figures[read.figures["level"] == "sozialraum"]
    base = derive(matrix(rows), known, merged)
    up = aggregate(base, pd.Series("05111", index=areas["area_id"]), merged, known)
    city = read.figures[
        (read.figures["level"] == "stadt") & (read.figures["date"] == pd.Timestamp("2021-12-31"))
    ]
    return up, city.set_index("indicator_id")["value"], known


def test_every_published_city_value_is_met_or_absent(
    computed_and_published: tuple[Matrix, pd.Series, Catalogue],
) -> None:
    _, published, _ = computed_and_published
    assert set(published.index) == set(DIFFERENCES) | ABSENT


@pytest.mark.parametrize(("indicator_id", "difference"), DIFFERENCES.items())
def test_city_value_from_sozialraeume_meets_the_published_one(
    computed_and_published: tuple[Matrix, pd.Series, Catalogue],
    indicator_id: str,
    difference: float,
) -> None:
    up, published, known = computed_and_published
    value = up.value.at["05111", indicator_id]
    found = value - published[indicator_id]
    allowed = 0.5 * 10.0 ** -known.indicator(indicator_id).decimals
    allowed += up.error.at["05111", indicator_id] + UNPLACED.get(indicator_id, 0.0)
    assert abs(found) <= allowed, f"{indicator_id}: {value} against {published[indicator_id]}"
    assert found == pytest.approx(difference, abs=0.0006)


@pytest.mark.parametrize("indicator_id", sorted(ABSENT - {"altersarmut"}))
def test_what_cannot_be_computed_is_absent_with_its_reason(
    computed_and_published: tuple[Matrix, pd.Series, Catalogue], indicator_id: str
) -> None:
    up, _, _ = computed_and_published
    assert np.isnan(up.value.at["05111", indicator_id])
    assert up.note.at["05111", indicator_id]
