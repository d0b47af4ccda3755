"""Aggregation by kind: hand-computed cases, properties, and the published values of the city."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city.aggregation.upwards import aggregate
from inteso_dash.city.aggregation.wide import ON_ESTIMATES, ON_SHARES, Arrays, Matrix, Merged
from inteso_dash.city.aggregation.within import derive


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


def derived(base: Matrix, known: Catalogue, merged: Merged) -> Matrix:
    """Add what the figures of one level imply."""
    arrays = Arrays.of(base, base.value.index)
    derive(arrays, known, merged)
    return arrays.matrix()


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
    full = derived(base, known, merged)
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
    full = derived(table({"pop": [0, 10], "cases": [0, 0]}), catalogue(POP, cases, share), {})
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
    full = derived(base, known, together)
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
    full = derived(base, known, together)
    assert full.value["share"].dropna().to_dict() == {"a": 20, "c": 20}
    assert full.status.at["b", "share"] == "merged"
    up = aggregate(full, pd.Series({"a": "P", "b": "Q", "c": "Q"}), together, known)
    assert up.value["share"].to_dict() == {"P": 20, "Q": 20}
    assert up.value["cases"].to_dict() == {"P": 40, "Q": 20}


def test_shares_by_area_and_a_base_of_two_areas_imply_no_count() -> None:
    count = indicator("cases", "extensive", derived={"share": "share", "of": ["pop"]})
    known = catalogue(POP, count, SHARE)
    base = table({"pop": [250, None], "share": [20, 40]}, {"pop": ["measured", "merged"]})
    full = derived(base, known, {"pop": {"b": "a"}})
    assert full.value["cases"].isna().all()
    up = aggregate(full, one_parent(full), {"pop": {"b": "a"}}, known)
    assert up.value.loc["C", ["cases", "share"]].isna().all()


def test_areas_that_hold_others_or_lack_parts_say_so() -> None:
    known = catalogue(POP, CASES, SHARE)
    states = {"cases": ["measured", "merged", "measured"]}
    base = table({"pop": [90, 10, 100], "cases": [20, None, 5]}, states)
    full = derived(base, known, {"cases": {"b": "a"}})
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
    full = derived(base, known, {})
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
    full = derived(table({"pop": [1200, 0], "cases": [60, 0]}), known, {})
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
    full = derived(table({"pop": [100, 20], "land": [10, 0]}), known, {})
    assert full.value["density"].isna().tolist() == [False, True]
    assert aggregate(full, one_parent(full), {}, known).value.at["C", "density"] == 12


def test_a_base_that_is_missing_is_not_zero() -> None:
    known = catalogue(POP, CASES, SHARE)
    full = derived(table({"pop": [1200, None], "cases": [60, 0]}), known, {})
    up = aggregate(full, one_parent(full), {}, known)
    assert np.isnan(up.value.at["C", "share"])
    assert up.note.at["C", "share"].startswith("1 von 2 Teilgebieten ohne Angabe, worauf sich")


def test_a_share_of_nobody_is_a_count_of_zero() -> None:
    count = indicator("cases", "extensive", derived={"share": "share", "of": ["pop"]})
    known = catalogue(POP, count, SHARE)
    full = derived(table({"pop": [200, 0], "share": [12.5, None]}), known, {})
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
    full = derived(table({"pop": [100, 100], "cases": [10, 20]}, states), known, {})
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
    assert derived(base, catalogue(POP, cases, share), {}).status["share"].tolist() == [
        "suppressed"
    ]


def test_the_error_of_a_ratio_holds_what_rounding_can_do() -> None:
    cases = indicator("cases", "extensive")
    share = indicator(
        "share", "intensive", numerator=["cases"], denominator=["pop"], factor=100, computed=True
    )
    known = catalogue(POP, cases, share)
    base = table({"pop": [300, 600], "cases": [30, 120]})
    base.error[["pop", "cases"]] = 1.5
    full = derived(base, known, {})
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
    full = derived(base, catalogue(total, cases, share), {})
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
    full = derived(base, catalogue(POP, share, count), {})
    assert full.value.at["a", "n"] == 25
    assert full.error.at["a", "n"] == pytest.approx(0.1)
    assert full.status.at["a", "n"] == "computed"


def test_a_base_follows_from_count_and_share() -> None:
    count, share = (
        indicator("n", "extensive"),
        indicator("s", "intensive", weight=["w"], factor=100),
    )
    base_size = indicator("w", "extensive", derived={"count": "n", "by_share": "s"})
    full = derived(table({"n": [20], "s": [10.0]}), catalogue(count, share, base_size), {})
    assert full.value.at["a", "w"] == 200


def test_what_was_delivered_is_never_overwritten() -> None:
    share = indicator("share", "intensive", numerator=["n"], denominator=["pop"], factor=100)
    count = indicator("n", "extensive", derived={"share": "share", "of": ["pop"]})
    base = table({"pop": [200], "share": [12.5], "n": [26]})
    full = derived(base, catalogue(POP, share, count), {})
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
