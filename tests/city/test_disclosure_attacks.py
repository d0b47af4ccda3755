"""Attacks on what ties figures in other ways than sums: areas published together, single sites,
and rounding; every figure here is made up."""

from __future__ import annotations

import math

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from inteso_dash.catalogue.tables import Protection
from inteso_dash.city.disclosure.sites import uncertainty
from tests.city.test_disclosure import (
    DAY,
    PH,
    Values,
    ages,
    attack,
    case,
    cities,
    quarters,
    register,
)
from tests.tries import tried


def test_a_ratio_for_two_areas_tells_of_the_persons_of_both() -> None:
    """3 of 7 in v00 and v01, of which only the 7 are published together; nobody of them in v00."""
    figures = quarters("jung", 7, math.nan) | quarters("mittel", 0, 0) | quarters("bezieher", 0, 3)
    joint = {("v01", "jung"): "v00"}
    city = case(register([2]), figures, {}, Protection(counts_below=5, shares_below=5), joint)
    assert not city.protected.findings
    for place in (("viertel", "v01"), ("bezirk", "b0")):
        assert city.attacker().cannot_tell((place, "bezieher"), 5)


@tried(0.4, phases=PH)
@given(cities(), st.sets(st.sampled_from(["menschen", "jung", "bezieher"]), min_size=1))
def test_nobody_works_out_a_count_beside_those_published_together(
    drawn: tuple[pd.DataFrame, Values, Values, Protection], names: set[str]
) -> None:
    """In every Bezirk the first quarter holds the figures of the second as well."""
    areas, secret, public, rule = drawn
    joint: dict[tuple[str, str], str] = {}
    for name in names:
        for level, area, _ in [key for key in secret if key[2] == name and key[1][-1] == "1"]:
            holder = area[:-1] + "0"
            secret[level, holder, name] += secret[level, area, name]
            secret[level, area, name] = math.nan
            joint[area, name] = holder
    shares = {key for key in secret if key[2] in {"anteil_frauen", "armut"}}
    city = case(areas, {k: secret[k] for k in secret.keys() - shares}, public, rule, joint)
    assert public or not city.protected.findings
    attacker, told = city.attacker(), {(each.row, each.column) for each in city.protected.findings}
    for row in city.true.itertuples():
        key = (row.level, row.area_id), row.indicator_id
        declared = city.catalogue.indicator(row.indicator_id)
        if row.source_id == "offen" or (row.area_id, row.indicator_id) in told:
            continue
        if (
            declared.kind == "extensive"
            and declared.protected
            and 0 < row.value < rule.counts_below
        ):
            assert attacker.cannot_tell(key, rule.counts_below), (key, row.value)


def test_parts_of_a_whole_published_together_can_be_protected() -> None:
    """The people of v01 stand with v00, so its young add up to no number of its own."""
    values = ages(0, (3, 4, 4), (3, 1, 0), (0, 6, 51)) | ages(1, (56, 0, 0))
    values |= quarters("bezieher", 2, 3, 5) | quarters("bezieher", 10, district=1)
    values["viertel", "v00", "menschen"] += values["viertel", "v01", "menschen"]
    values["viertel", "v01", "menschen"] = values["viertel", "v01", "mittel"] = math.nan
    rule = Protection(counts_below=5, shares_below=5)
    city = case(register([3, 1]), values, rule=rule, joint={("v01", "menschen"): "v00"})
    assert not city.protected.findings
    for name in ("jung", "bezieher"):
        assert city.attacker().cannot_tell((("viertel", "v01"), name), rule.counts_below)


@tried(0.4, phases=PH)
@given(
    st.lists(
        st.lists(
            st.lists(st.sampled_from([0, 1, 3, 8, 20, 55, 180, 410]), max_size=4),
            min_size=1,
            max_size=3,
        ),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from([Protection(), Protection(p_percent=25), Protection(largest=(1, 60))]),
)
def test_no_sum_of_sites_tells_the_largest_one(
    sites: list[list[list[int]]], rule: Protection
) -> None:
    """Not even to the second largest one, which knows its own persons."""
    by_area: dict[tuple[str, str], list[int]] = {("stadt", "s"): []}
    for number, district in enumerate(sites):
        for each, sizes in enumerate(district):
            by_area["viertel", f"v{number}{each}"] = sizes
            by_area.setdefault(("bezirk", f"b{number}"), []).extend(sizes)
            by_area["stadt", "s"].extend(sizes)
    values: Values = {(*place, "bezieher"): sum(sizes) for place, sizes in by_area.items()}
    uncertain = {
        (level, "1", area, "bezieher", DAY): amount
        for (level, area), sizes in by_area.items()
        if (amount := uncertainty([float(size) for size in sizes], rule))
    }
    areas = register([len(district) for district in sites])
    city = case(areas, values, rule=rule, uncertain=uncertain)
    assert not city.protected.findings
    attacker = city.attacker()
    for (level, _, area, name, _), amount in uncertain.items():
        whole, key = values[level, area, name], ((level, area), name)
        assert attacker.known(key) is None
        assert attacker.reaches({key: 1.0}, whole + amount)
        assert attacker.reaches({key: -1.0}, min(amount, whole) - whole)
    for place, sizes in by_area.items():
        first, second, *_ = (*sorted(sizes, reverse=True), 0, 0)
        guess = first * (1 + (rule.p_percent or 0) / 100)
        if first:
            assert attacker.reaches({(place, "bezieher"): 1.0}, guess + second), place


def test_a_share_of_a_count_that_only_follows_is_rounded_with_it() -> None:
    """45,8 % of 61 - 0 - 2 young people: nobody delivered the 59, and as it stands the share would
    tell that of 52 to 59 it must be 59."""
    values = quarters("menschen", 61) | quarters("mittel", 0) | quarters("alt", 2)
    values |= quarters("jung", math.nan) | quarters("armut", 45.8)
    rule = Protection(counts_below=0, shares_below=0, round_to=4)
    city = case(register([1]), values, rule=rule)
    assert city.value("v00", "armut") != 45.8
    assert city.attacker().reaches({(("viertel", "v00"), "alt"): 1.0}, 3)


@tried(0.4, phases=PH)
@given(cities(), st.sampled_from([3, 4, 5]), st.booleans())
def test_no_small_count_follows_from_rounded_ones(
    drawn: tuple[pd.DataFrame, Values, Values, Protection], base: int, thresholds: bool
) -> None:
    """Each can be another one as well; with thresholds none can be told to be small."""
    areas, secret, public, rule = drawn
    below = {} if thresholds else {"counts_below": 0, "shares_below": 0}
    city = case(areas, secret, public, rule.model_copy(update={"round_to": base, **below}))
    assert public or not city.protected.findings
    if thresholds:
        attack(city)
    told = {(each.row, each.column) for each in city.protected.findings}
    attacker = city.attacker()
    for row in city.true.itertuples():
        key, declared = (
            ((row.level, row.area_id), row.indicator_id),
            city.catalogue.indicator(row.indicator_id),
        )
        if row.source_id == "offen" or (row.area_id, row.indicator_id) in told:
            continue
        if declared.kind == "extensive" and declared.protected and 0 < row.value < 2 * base:
            value = round(row.value)
            other = attacker.reaches({key: 1.0}, value + 1)
            assert other or attacker.reaches({key: -1.0}, 1 - value), key
