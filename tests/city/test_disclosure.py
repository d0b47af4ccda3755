"""Small numbers stay protected; every figure here is made up."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st

from inteso_dash.catalogue import LONG_COLUMNS, Catalogue
from inteso_dash.catalogue.tables import Protection
from inteso_dash.city import aggregation, disclosure
from inteso_dash.city.disclosure import shown
from inteso_dash.language import formats
from tests.towns.attacker import Attacker
from tests.tries import tried

PH = [p for p in Phase if p is not Phase.shrink]
DAY = pd.Timestamp("2030-12-31")
LEVELS = {"stadt": None, "bezirk": "stadt", "viertel": "bezirk"}
AGES = ("jung", "mittel", "alt")
FORMS = ("form_a", "form_b", "form_c")
"""Shares that add up to 100, which the catalogue does not declare."""


def text(word: str) -> dict[str, str]:
    return {"de": word, "en": word}


def indicator(name: str, kind: str = "extensive", **more: Any) -> dict[str, Any]:
    given = {"unit": "Personen", "decimals": 0, "range": [0, None]}
    if kind == "intensive":
        given = {"unit": "%", "decimals": 1, "range": [0, 100]}
        more = {"factor": 100, **more} if "numerator" in more else more
    names = {"title": text(name), "short": text(name), "topic": "t", "meaning": "Erfunden."}
    return {"id": name, "kind": kind, **names, **given, **more}


INDICATORS = [
    indicator("menschen", partitions=[AGES]),
    *(indicator(age) for age in AGES),
    indicator("frauen", computed=True, derived={"share": "anteil_frauen", "of": ["menschen"]}),
    indicator("anteil_frauen", "intensive", numerator=["frauen"], denominator=["menschen"]),
    indicator("bezieher"),
    indicator("quote", "intensive", numerator=["bezieher"], denominator=["jung", "mittel"]),
    indicator("armut", "intensive", weight=["jung"]),
    indicator("ohne_bezug", "intensive", not_aggregable="Erfunden."),
    indicator("wahl_a", "intensive", not_aggregable="Erfunden."),
    indicator("wahl_b", "intensive", not_aggregable="Erfunden."),
    *(indicator(form, "intensive", weight=["bezieher"]) for form in FORMS),
    indicator("flaeche", unit="ha", protected=False),
    indicator("dichte", "intensive", numerator=["menschen"], denominator=["flaeche"])
    | {"range": [0, None]},
]


def catalogue(protection: Protection | None = None) -> Catalogue:
    """A city of three levels with a public and a secret source."""
    names = {"producer": "Niemand", "licence": "keine"}
    secret = {"protection": protection} if protection else {}
    return Catalogue(
        city={"id": "0", "name": "Beispiel"},
        title="Erfunden",
        levels=[
            {
                "id": level,
                "title": text(level),
                "plural": level,
                "parent": parent,
                "key_length": 3,
                "divisions": [{"id": "1", "areas": 9}],
            }
            for level, parent in LEVELS.items()
        ],
        topics=[{"id": "t", "title": text("t")}],
        start={
            "level": "bezirk",
            "indicator": "menschen",
            "profile_level": "bezirk",
            "profile_area": "b0",
        },
        indicators=INDICATORS,
        tables=[
            {
                "id": "erfunden",
                "title": "Erfunden",
                "file": "erfunden.csv",
                "kind": "figures",
                "rows": 1,
                "sha256": "",
                "sources": [
                    {"id": "geheim", "title": "Geheim", **names, **secret},
                    {"id": "offen", "title": "Offen", **names, "public": True},
                ],
            }
        ],
    )


def register(districts: list[int]) -> pd.DataFrame:
    """Districts with so many quarters each."""
    rows = [("stadt", "s", "")]
    for number, quarters in enumerate(districts):
        rows.append(("bezirk", f"b{number}", "s"))
        rows += [("viertel", f"v{number}{each}", f"b{number}") for each in range(quarters)]
    frame = pd.DataFrame(rows, columns=["level", "area_id", "parent_id"])
    return frame.assign(division="1", name=frame["area_id"], parent_division="", name_complete=True)


Values = dict[tuple[str, str, str], float]
"""(level, area, indicator) → value; NaN where nothing was delivered."""


def long(values: Values, source: str, errors: dict[str, float] | None = None) -> pd.DataFrame:
    rows = [
        (
            level,
            "1",
            area,
            name,
            DAY,
            value,
            "not_delivered" if math.isnan(value) else "zero" if value == 0 else "measured",
            source,
            math.nan if math.isnan(value) else (errors or {}).get(name, 0.0),
            "",
        )
        for (level, area, name), value in values.items()
    ]
    return pd.DataFrame(rows, columns=list(LONG_COLUMNS))


@dataclass
class Case:
    """The true figures of a made-up city and what is shown of them."""

    true: pd.DataFrame
    protected: disclosure.Protected
    register: pd.DataFrame
    catalogue: Catalogue
    rule: Protection
    held: dict[tuple[tuple[str, str], str], tuple[str, str]]

    def value(self, area: str, name: str) -> float:
        return self._shown[area, name][0]

    def status(self, area: str, name: str) -> str:
        return self._shown[area, name][1]

    def true_value(self, area: str, name: str) -> float:
        return self._true[area, name][0]

    def suppressed(self, name: str) -> set[str]:
        rows = self.protected.figures
        hit = (rows["status"] == "suppressed") & (rows["indicator_id"] == name)
        return set(rows.loc[hit, "area_id"])

    def attacker(self) -> Attacker:
        return Attacker(self.protected.figures, self.register, self.catalogue, self.held)

    @cached_property
    def _shown(self) -> dict[tuple[str, str], tuple[float, str]]:
        return self._cells(self.protected.figures)

    @cached_property
    def _true(self) -> dict[tuple[str, str], tuple[float, str]]:
        return self._cells(self.true)

    @staticmethod
    def _cells(rows: pd.DataFrame) -> dict[tuple[str, str], tuple[float, str]]:
        first = rows.drop_duplicates(["area_id", "indicator_id"])
        places = zip(first["area_id"], first["indicator_id"], strict=True)
        cells = zip(map(float, first["value"]), map(str, first["status"]), strict=True)
        return dict(zip(places, cells, strict=True))


ERRORS = dict.fromkeys(
    ("anteil_frauen", "armut", "ohne_bezug", "quote", "wahl_a", "wahl_b", *FORMS), 0.05
)
NOBODY = pd.DataFrame(
    columns=["level", "division", "indicator_id", "date", "area_id", "contained_in"]
)


def case(
    areas: pd.DataFrame,
    secret: Values,
    public: Values | None = None,
    rule: Protection | None = None,
    joint: dict[tuple[str, str], str] | None = None,
    **more: Any,
) -> Case:
    """Protect a city; ``joint`` are (quarter, indicator) published with another quarter."""
    rule = rule or Protection()
    known = catalogue(rule)
    delivered = [long(secret, "geheim", ERRORS)]
    if public:
        delivered.append(long(public, "offen", ERRORS))
    figures = pd.concat(delivered, ignore_index=True)
    rows = [("viertel", "1", name, DAY, area, to) for (area, name), to in (joint or {}).items()]
    merged = pd.DataFrame(rows, columns=NOBODY.columns).astype({"date": "datetime64[ns]"})
    own = figures.set_index(["area_id", "indicator_id"]).index.isin(list(joint or {}))
    figures["status"] = figures["status"].mask(own, "merged")
    whole = aggregation.complete(figures, merged, areas, known)
    protected = disclosure.protect(whole, areas, merged, known, **more)
    held = {
        (("viertel", area), name): ("viertel", to) for (area, name), to in (joint or {}).items()
    }
    return Case(whole, protected, areas, known, rule, held)


def quarters(name: str, *values: float, district: int = 0) -> Values:
    return {("viertel", f"v{district}{i}", name): value for i, value in enumerate(values)}


def test_small_counts_are_taken_out_and_cannot_be_subtracted() -> None:
    city = case(register([3]), quarters("bezieher", 2, 30, 80))
    assert city.suppressed("bezieher") == {"v00", "v01"}
    assert math.isnan(city.value("v00", "bezieher"))
    assert city.value("v02", "bezieher") == 80
    assert city.value("b0", "bezieher") == 112
    assert city.attacker().interval((("viertel", "v00"), "bezieher")) == (0, 32)
    assert (city.protected.primary, city.protected.secondary) == (1, 1)


def test_without_a_second_secret_cell_the_attacker_wins() -> None:
    """The attack that all the others fail: the sum minus what is shown."""
    city = case(register([3]), quarters("bezieher", 2, 30, 80))
    rows = city.protected.figures.copy()
    told = rows["area_id"].eq("v01") & rows["indicator_id"].eq("bezieher")
    rows.loc[told, ["value", "status"]] = [30.0, "measured"]
    attacker = Attacker(rows, city.register, city.catalogue)
    assert attacker.interval((("viertel", "v00"), "bezieher")) == (2, 2)


def test_protection_reaches_up_where_an_area_has_one_part() -> None:
    values = quarters("bezieher", 3) | quarters("bezieher", 40, 60, district=1)
    city = case(register([1, 2]), values)
    assert {"v00", "b0", "b1"} <= city.suppressed("bezieher")
    low, high = city.attacker().interval((("viertel", "v00"), "bezieher"))
    assert low == 0
    assert high >= 5


def test_zero_and_large_counts_are_shown() -> None:
    city = case(register([3]), quarters("bezieher", 0, 5, 80))
    assert not city.suppressed("bezieher")
    assert city.status("v00", "bezieher") == "zero"


def test_all_secret_cells_give_the_same_reason() -> None:
    city = case(register([3]), quarters("bezieher", 2, 30, 80))
    notes = city.protected.figures[city.protected.figures["note"] != ""]
    (reason,) = set(notes["note"])
    assert reason == (
        "Geheim gehalten: Zahlen unter 5, Anteile an weniger als 10 Personen und Werte, aus denen "
        "man sie zurückrechnen könnte."
    )
    assert set(notes["area_id"]) == {"v00", "v01"}
    assert (
        city.protected.figures.loc[
            city.protected.figures["status"] == "suppressed", "rounding_error"
        ]
        .isna()
        .all()
    )


def ages(district: int, *groups: tuple[float, float, float]) -> Values:
    found: Values = {}
    for i, group in enumerate(groups):
        for name, value in zip((*AGES, "menschen"), (*group, sum(group)), strict=True):
            found["viertel", f"v{district}{i}", name] = value
    return found


def test_age_groups_cannot_be_told_from_their_sum() -> None:
    city = case(register([3]), ages(0, (2, 100, 50), (20, 90, 30), (40, 80, 70)))
    assert "v00" in city.suppressed("jung")
    low, high = city.attacker().interval((("viertel", "v00"), "jung"))
    assert low == pytest.approx(0)
    assert high >= 5


def test_a_share_that_gives_its_count_away_is_taken_out_too() -> None:
    values = ages(0, (60, 40, 50), (20, 90, 30), (40, 80, 70))
    city = case(register([3]), values | quarters("bezieher", 3, 30, 80))
    assert {"v00"} <= city.suppressed("quote")
    low, high = city.attacker().interval((("viertel", "v00"), "bezieher"))
    assert low <= 0 < 5 <= high


def test_shares_of_few_persons_are_taken_out() -> None:
    values = ages(0, (6, 0, 50), (20, 90, 30), (40, 80, 70))
    city = case(register([3]), values | quarters("armut", 100, 20, 10))
    assert "v00" in city.suppressed("armut")
    assert city.attacker().can_be_below(("viertel", "v00"), "armut", 20)


def test_a_share_tells_a_small_count_that_is_no_figure() -> None:
    """4 % of 50 are two persons."""
    values = ages(0, (50, 30, 50), (20, 90, 30), (40, 80, 70))
    city = case(register([3]), values | quarters("armut", 4, 50, 25))
    assert "v00" in city.suppressed("armut")
    assert "v02" not in case(register([3]), values | quarters("armut", 40, 50, 25)).suppressed(
        "armut"
    )


def test_a_share_of_nobody_knows_what_is_taken_out() -> None:
    city = case(register([2]), quarters("ohne_bezug", 12, 40))
    assert city.suppressed("ohne_bezug") == {"v00", "v01"}


def forms(*areas: tuple[int, ...]) -> Values:
    found: Values = {}
    for at, persons in enumerate(areas):
        place = ("viertel", f"v{at // 3}{at % 3}")
        found[*place, "bezieher"] = sum(persons)
        for name, number in zip(FORMS, persons, strict=True):
            found[*place, name] = rounded(100 * number / sum(persons))
    return found


PEOPLE = [(18, 43, 26), (22, 60, 37), (4, 43, 40), (30, 21, 50), (19, 77, 25)]
PEOPLE += [(41, 30, 29), (23, 17, 80), (55, 21, 22), (33, 34, 36)]


def test_shares_that_add_up_are_found_and_cannot_be_subtracted() -> None:
    """4 of 87 are 4,6 %, and so are 100 less the other two shares."""
    city = case(register([3, 3, 3]), forms(*PEOPLE))
    gone = [name for name in FORMS if "v02" in city.suppressed(name)]
    assert gone[0] == "form_a"
    assert len(gone) >= 2
    (found,) = city.protected.findings
    assert found.rule == disclosure.RELATION_RULE
    assert found.column == "form_a, form_b, form_c"
    assert "ergeben zusammen 100 %" in found.message
    assert {name for name in FORMS if "v00" in city.suppressed(name)} in ({*()}, {*FORMS[1:]})


def test_shares_that_do_not_add_up_are_no_relation() -> None:
    values = forms(*PEOPLE)
    for at, key in enumerate([key for key in values if key[2] == "form_c"]):
        values[key] += 3 + at
    city = case(register([3, 3, 3]), values)
    assert not city.protected.findings
    assert not city.suppressed("form_b")


def test_what_a_source_left_out_itself_does_not_follow_from_the_rest() -> None:
    values = forms(*PEOPLE) | {("viertel", "v02", "form_a"): math.nan}
    city = case(register([3, 3, 3]), values)
    assert "v02" in city.suppressed("form_b") | city.suppressed("form_c")


def test_a_share_found_to_be_a_count_of_another_is_protected_like_it() -> None:
    """Nobody declares that these are the persons of one kind among all of another."""
    values: Values = {}
    for at, (some, others, _) in enumerate(PEOPLE):
        place = ("viertel", f"v{at // 3}{at % 3}")
        values[*place, "bezieher"] = 3 if at == 4 else some
        values[*place, "alt"] = 10 * others
        values[*place, "ohne_bezug"] = rounded(100 * values[*place, "bezieher"] / (10 * others))
    city = case(register([3, 3, 3]), values)
    assert "v11" in city.suppressed("bezieher") & city.suppressed("ohne_bezug")
    assert city.suppressed("ohne_bezug") < {f"v{a}{b}" for a in range(3) for b in range(3)}
    assert [each.column for each in city.protected.findings] == ["ohne_bezug, bezieher, alt"]


def test_a_share_that_cannot_be_of_few_needs_no_base() -> None:
    """No number of persons makes 23,4 % of few; 12 % may be 3 of 25."""
    city = case(register([3]), quarters("ohne_bezug", 23.4, 12.0, 7.6))
    assert city.suppressed("ohne_bezug") == {"v01"}


def test_of_shares_without_base_that_add_up_none_is_shown_beside_one_of_few() -> None:
    values: Values = {}
    for at in range(9):
        share = 12.0 if at == 4 else 23.4
        values["viertel", f"v{at // 3}{at % 3}", "wahl_a"] = share
        values["viertel", f"v{at // 3}{at % 3}", "wahl_b"] = 100 - share
    city = case(register([3, 3, 3]), values)
    assert city.suppressed("wahl_a") == city.suppressed("wahl_b") == {"v11"}


def test_a_share_without_base_is_not_shown_where_that_of_the_higher_area_is() -> None:
    values = quarters("ohne_bezug", 23.4, 12.0, 7.6) | {("bezirk", "b0", "ohne_bezug"): 7.6}
    city = case(register([3]), values)
    assert city.suppressed("ohne_bezug") == {"v00", "v01", "v02"}


def test_the_cost_is_told_by_reason() -> None:
    values = quarters("bezieher", 2, 30, 80) | quarters("ohne_bezug", 23.4, 12.0, 7.6)
    (spent,) = case(register([3]), values).protected.costs.values()
    assert (spent.small, spent.without_base, spent.counts, spent.ratios) == (1, 1, 1, 0)
    assert spent.withheld == 3
    assert spent.finding() is not None


def test_land_is_never_secret_but_tells_no_count() -> None:
    city = case(register([3]), quarters("menschen", 3, 30, 80) | quarters("flaeche", 1, 4, 4))
    assert not city.suppressed("flaeche")
    assert "v00" in city.suppressed("dichte")
    low, high = city.attacker().interval((("viertel", "v00"), "menschen"))
    assert low <= 0 < 5 <= high


def test_public_figures_stay_as_they_are_and_protect_nothing() -> None:
    city = case(
        register([3]),
        {("viertel", "v00", "bezieher"): 20.0, ("viertel", "v02", "bezieher"): 80.0},
        {("viertel", "v01", "bezieher"): 4.0},
    )
    assert city.value("v01", "bezieher") == 4
    assert "v01" not in city.suppressed("bezieher")


def test_what_public_figures_tell_already_is_reported() -> None:
    public = {
        ("bezirk", "b0", "bezieher"): 32.0,
        ("viertel", "v01", "bezieher"): 30.0,
    }
    city = case(register([2]), {("viertel", "v00", "bezieher"): 2.0}, public)
    assert math.isnan(city.value("v00", "bezieher"))
    (first, *_) = city.protected.findings
    assert first.rule == "disclosure"
    assert first.row == "v00"
    assert "2" not in first.message


def test_public_sources_only_change_nothing() -> None:
    areas = register([3])
    known = catalogue()
    figures = long(quarters("bezieher", 2, 30, 80), "offen")
    whole = aggregation.complete(figures, NOBODY.astype({"date": "datetime64[ns]"}), areas, known)
    shown = disclosure.protect(whole, areas, NOBODY, known)
    pd.testing.assert_frame_equal(shown.figures, whole)


def test_dominated_sums_stay_uncertain() -> None:
    city = case(
        register([2, 2]),
        quarters("bezieher", 90, 10) | quarters("bezieher", 50, 50, district=1),
        uncertain={("bezirk", "1", "b0", "bezieher", DAY): 9.0},
    )
    assert "b0" in city.suppressed("bezieher")
    low, high = city.attacker().interval((("bezirk", "b0"), "bezieher"))
    assert low <= 91
    assert high >= 109


def test_rounding_to_a_base() -> None:
    rule = Protection(counts_below=0, shares_below=0, round_to=3)
    values = ages(0, (7, 40, 51), (20, 90, 31), (40, 80, 71)) | quarters("bezieher", 1, 30, 83)
    city = case(register([3]), values, rule=rule)
    shown = city.protected.figures
    counts = shown[shown["indicator_id"].isin([*AGES, "menschen", "bezieher"])]
    assert (counts["value"] % 3 == 0).all()
    assert set(counts["status"]) == {"rounded"}
    assert (counts["rounding_error"] == 1.5).all()
    assert city.value("v02", "bezieher") == 84
    # 84 of 39 + 81 is 70.0 %; the true share, 83 of 120, would tell the 83.
    assert city.value("v02", "quote") == 70.0


def rounded(share: float) -> float:
    """A share as it is published."""
    return float(formats.rounded(share, 1) or 0)


@st.composite
def cities(draw: st.DrawFn) -> tuple[pd.DataFrame, Values, Values, Protection]:
    """Draw a city with zeros, gaps, a partition, shares of all kinds and public totals."""
    areas = register(draw(st.lists(st.integers(1, 3), min_size=1, max_size=3)))
    count = st.one_of(st.just(0), st.integers(1, 6), st.integers(5, 60))
    secret: Values = {}
    for area in areas.loc[areas["level"] == "viertel", "area_id"]:
        group = [draw(count) for _ in AGES]
        base = {**dict(zip(AGES, group, strict=True)), "menschen": sum(group)}
        base["bezieher"] = draw(st.integers(0, group[0] + group[1]))
        base["flaeche"] = draw(st.integers(1, 20))
        for share, of in (("anteil_frauen", "menschen"), ("armut", "jung")):
            if base[of]:
                persons = draw(st.integers(0, int(base[of])))
                base[share] = rounded(100 * persons / base[of])
        for name, value in base.items():
            gap = draw(st.integers(0, 11)) == 0
            secret["viertel", area, name] = math.nan if gap else float(value)
    names = draw(st.sets(st.sampled_from(["menschen", "jung", "bezieher"])))
    public: Values = {}
    for name in names:
        cells = [value for key, value in secret.items() if key[2] == name]
        if not any(map(math.isnan, cells)):
            public["stadt", "s", name] = sum(cells)
    rule = Protection(
        counts_below=draw(st.sampled_from([3, 5])), shares_below=draw(st.sampled_from([5, 10]))
    )
    return areas, secret, public, rule


def attack(city: Case) -> tuple[int, int]:
    """Try to recompute every small figure; return how many counts and shares were tried."""
    attacker = city.attacker()
    told = {(each.row, each.column) for each in city.protected.findings}
    counts = shares = 0
    for row in city.true.itertuples():
        place, name, value = (row.level, row.area_id), row.indicator_id, row.value
        declared = city.catalogue.indicator(name)
        if math.isnan(value) or row.source_id == "offen" or not declared.protected:
            continue
        if (row.area_id, name) in told:
            continue
        if declared.kind == "extensive" and 0 < round(value) < city.rule.counts_below:
            counts += 1
            assert math.isnan(city.value(row.area_id, name))
            assert attacker.cannot_tell((place, name), city.rule.counts_below), (place, name, value)
        elif name in {"armut", "quote", "anteil_frauen"} and value:
            below = declared.denominator or declared.weight
            base = sum(city.true_value(row.area_id, each) for each in below)
            if 0 < base < city.rule.shares_below:
                shares += 1
                assert math.isnan(city.value(row.area_id, name))
                exact = round(value * base / 100) * 100 / base
                step = city.rule.counts_below * 100 / base
                assert attacker.can_be_below(place, name, max(0.0, exact - step))
                assert attacker.can_be_above(place, name, min(100.0, exact + step))
    return counts, shares


@tried(0.5, phases=PH)
@given(cities())
def test_nobody_works_out_what_was_kept_secret(
    drawn: tuple[pd.DataFrame, Values, Values, Protection],
) -> None:
    areas, secret, public, rule = drawn
    city = case(areas, secret, public, rule)
    assert public or not city.protected.findings
    attack(city)


@tried(0.25)
@given(cities())
def test_what_is_shown_is_what_was_delivered(
    drawn: tuple[pd.DataFrame, Values, Values, Protection],
) -> None:
    areas, secret, public, rule = drawn
    city = case(areas, secret, public, rule)
    both = city.true.merge(
        city.protected.figures,
        on=["level", "division", "area_id", "indicator_id", "date", "source_id"],
        suffixes=("", "_shown"),
        validate="one_to_one",
    )
    assert len(both) == len(city.true) == len(city.protected.figures)
    shown = both[both["value_shown"].notna()]
    decimals = [city.catalogue.indicator(name).decimals for name in shown["indicator_id"]]
    for row, places in zip(shown.itertuples(), decimals, strict=True):
        assert row.value_shown == pytest.approx(row.value, abs=0.5 * 10.0**-places + 1e-9)
    hidden = both[both["value_shown"].isna() & both["value"].notna()]
    assert set(hidden["status_shown"]) <= {"suppressed"}


def test_what_was_computed_is_rounded_half_up_as_it_is_shown() -> None:
    rows = pd.DataFrame(
        {
            "indicator_id": ["quote"],
            "value": [0.25],
            "status": ["computed"],
            "rounding_error": [0.01],
        }
    )
    assert shown.written(rows, catalogue())["value"].tolist() == [0.3]
