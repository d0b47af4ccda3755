"""Every plausibility rule on made-up tables: it names what was planted and is silent otherwise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from inteso_dash.catalogue import Catalogue, read_catalogue
from inteso_dash.intake.checks import run_checks
from inteso_dash.intake.checks.city import check_city
from inteso_dash.intake.checks.context import CheckContext
from inteso_dash.language import formats
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.tables.sources import read_city
from tests.paths import ROOT as SHIPPED
from tests.tries import tried

AREAS = 40
LARGEST = 26


def made_up_catalogue() -> Catalogue:
    """Return a catalogue of a city that does not exist: 4 Bezirke, 40 Quartiere."""

    def indicator(name: str, **more: object) -> dict[str, object]:
        words = {"de": name.capitalize(), "en": name}
        basis = {"topic": "t", "unit": "Personen", "decimals": 0, "kind": "extensive"}
        return {"id": name, "title": words, "short": words, "meaning": name, **basis, **more}

    def level(name: str, length: int, areas: int, parent: str | None) -> dict[str, object]:
        words = {"de": name.capitalize(), "en": name}
        division = {"id": "2030", "areas": areas}
        described = {"id": name, "title": words, "plural": name, "parent": parent}
        return {**described, "key_length": length, "divisions": [division]}

    share = {"unit": "%", "decimals": 1, "kind": "intensive", "range": [0, 100]}
    ages = ["jung", "mittel", "alt"]
    return Catalogue.model_validate(
        {
            "city": {"id": "99999", "name": "Musterstadt"},
            "title": "Musterstadt",
            "levels": [
                level("stadt", 5, 1, None),
                level("bezirk", 2, 4, "stadt"),
                level("quartier", 4, AREAS, "bezirk"),
            ],
            "topics": [{"id": "t", "title": {"de": "T", "en": "T"}}],
            "start": {
                "level": "quartier",
                "indicator": "personen",
                "profile_level": "bezirk",
                "profile_area": "01",
            },
            "indicators": [
                indicator("personen", partitions=[ages], range=[0, None]),
                *(indicator(age, range=[0, None]) for age in ages),
                indicator(
                    "anteil_jung",
                    numerator=["jung"],
                    denominator=["personen"],
                    factor=100,
                    **share,
                ),
                indicator("anteil_frauen", weight=["personen"], **share),
                indicator("anteil_arm", weight=["personen"], **share),
                indicator("flaeche", unit="ha", decimals=1, range=[0, None]),
                indicator(
                    "dichte",
                    unit="je km²",
                    kind="intensive",
                    numerator=["personen"],
                    denominator=["flaeche"],
                    factor=100,
                ),
                indicator("haushalte", range=[0, None]),
            ],
        }
    )


CATALOGUE = made_up_catalogue()


def keys() -> list[str]:
    """Return the keys of the made-up areas: ten in each of the Bezirke 01 to 04."""
    return [f"{1 + place // 10:02}{place % 10:02}" for place in range(AREAS)]


def register() -> pd.DataFrame:
    """Return the made-up register."""
    rows = [("stadt", "2030", "99999", "Musterstadt", "")]
    rows += [
        ("bezirk", "2030", f"{number:02}", f"Bezirk {number}", "99999") for number in range(1, 5)
    ]
    rows += [("quartier", "2030", key, f"Quartier {key}", key[:2]) for key in keys()]
    columns = ["level", "division", "area_id", "name", "parent_id"]
    return pd.DataFrame(rows, columns=columns).assign(parent_division="")


def rounded(values: pd.Series) -> pd.Series:
    """Round half up to one decimal, as offices do, free of binary noise."""
    return np.floor(values * 10 + 0.5 + 1e-9) / 10


def consistent(seed: int = 1) -> pd.DataFrame:
    """Return a made-up table that agrees with itself in every column."""
    random = np.random.default_rng(seed)
    frame = pd.DataFrame(index=pd.Index(keys(), name="area_id"))
    for age, share in (("jung", 0.2), ("mittel", 0.5), ("alt", 0.3)):
        size = random.lognormal(8, 0.4, AREAS) * share
        frame[age] = size.round() + 1
    frame.insert(0, "personen", frame.sum(axis=1))
    frame["anteil_jung"] = rounded(frame["jung"] / frame["personen"] * 100)
    frame["anteil_frauen"] = rounded(pd.Series(random.normal(51, 1.5, AREAS), frame.index))
    frame["anteil_arm"] = rounded(pd.Series(random.uniform(2, 30, AREAS), frame.index))
    frame["flaeche"] = rounded(pd.Series(random.uniform(20, 140, AREAS), frame.index))
    frame["dichte"] = (frame["personen"] / frame["flaeche"] * 100).round()
    frame["haushalte"] = (frame["personen"] * random.uniform(0.45, 0.6, AREAS)).round()
    return frame.astype("float64")


def context(**more: object) -> CheckContext:
    """Return a context for the made-up table."""
    basis = CheckContext(CATALOGUE, "made_up.csv", "quartier", "2030", register())
    return replace(basis, **more)  # type: ignore[arg-type]


def found(frame: pd.DataFrame, rule: str, **more: object) -> list[Finding]:
    """Return the findings of one rule."""
    return [each for each in run_checks(frame, context(**more)) if each.rule == rule]


def serious(findings: list[Finding]) -> list[Finding]:
    """Return errors and warnings."""
    return [each for each in findings if each.severity is not Severity.NOTE]


@pytest.mark.parametrize("seed", range(5))
def test_a_consistent_table_has_neither_errors_nor_warnings(seed: int) -> None:
    frame = consistent(seed)
    totals = frame[["personen", "jung"]].sum()
    polygons = frame["flaeche"] + 0.049
    findings = run_checks(frame, context(reference_totals=totals, polygon_area_ha=polygons))
    assert serious(findings) == []


def test_parts_that_miss_the_whole_name_the_cell_to_blame() -> None:
    frame = consistent()
    true = frame.at["0305", "jung"]
    frame.loc["0305", "jung"] = true + 40
    (finding,) = serious(run_checks(frame, context()))
    assert (finding.rule, finding.row, finding.column) == ("parts_whole", "0305", "jung")
    assert finding.severity is Severity.ERROR
    assert (finding.found, finding.expected) == (f"{true + 40:.0f}", f"{true:.0f}")


def test_parts_that_cannot_be_told_apart_are_all_named() -> None:
    frame = consistent()
    frame.loc["0305", "alt"] += 40
    (finding,) = serious(run_checks(frame, context()))
    assert (finding.rule, finding.row, finding.column) == ("parts_whole", "0305", "personen")
    assert "vermutlich „Mittel“ oder „Alt“" in finding.message


def test_a_wrong_whole_is_told_from_wrong_parts() -> None:
    frame = consistent()
    true = frame.at["0305", "personen"]
    frame.loc["0305", "personen"] = true + 900
    (finding,) = serious(run_checks(frame, context()))
    assert (finding.rule, finding.row, finding.column) == ("parts_whole", "0305", "personen")
    assert finding.expected == formats.number(true, 0)


def test_counts_rounded_to_multiples_of_three_may_miss_their_whole() -> None:
    exact = consistent()[["personen", "jung", "mittel", "alt"]]
    frame = (exact / 3).round() * 3
    missed = frame["personen"] - frame[["jung", "mittel", "alt"]].sum(axis=1)
    assert missed.abs().max() > 0
    assert found(frame, "parts_whole") == []
    frame.loc["0101", "alt"] += 30
    (finding,) = found(frame, "parts_whole")
    assert finding.row == "0101"
    assert "Vielfache von 3" in finding.message


def test_a_small_difference_is_a_warning_as_it_may_be_rounding() -> None:
    frame = consistent()[["personen", "jung", "mittel", "alt"]]
    frame.loc["0101", "personen"] += 2
    assert [each.severity for each in found(frame, "parts_whole")] == [Severity.WARNING]
    frame.loc["0101", "personen"] += 2
    assert [each.severity for each in found(frame, "parts_whole")] == [Severity.ERROR]


def test_a_share_must_follow_from_its_count_within_the_written_decimals() -> None:
    frame = pd.DataFrame({"personen": [1000.0], "jung": [123.0], "anteil_jung": [12.3]}, ["0101"])
    assert found(frame, "share_count") == []
    frame["anteil_jung"] = 12.4
    (finding,) = found(frame, "share_count")
    assert (finding.column, finding.found, finding.expected) == ("anteil_jung", "12,4", "12,3")
    frame["anteil_jung"] = 21.3
    assert found(frame, "share_count")[0].severity is Severity.ERROR


def test_the_number_of_written_decimals_sets_the_tolerance() -> None:
    frame = pd.DataFrame({"personen": [1000.0], "jung": [123.0], "anteil_jung": [12.0]}, ["0101"])
    one = pd.DataFrame({"anteil_jung": [1]}, ["0101"])
    assert found(frame, "share_count") == []
    assert len(found(frame, "share_count", decimals=one)) == 1


def test_a_density_must_follow_from_persons_and_area() -> None:
    frame = pd.DataFrame({"personen": [2370.0], "flaeche": [44.1], "dichte": [5373.0]}, ["0101"])
    assert found(frame, "derived_parts") == []
    frame["dichte"] = 5400.0
    (finding,) = found(frame, "derived_parts")
    assert (finding.row, finding.expected) == ("0101", "5.368 bis 5.381")


def test_many_contradictions_in_one_column_are_one_finding_that_names_all_areas() -> None:
    frame = consistent()
    wrong = keys()[:8]
    frame.loc[wrong, "anteil_jung"] += 3
    (finding,) = found(frame, "share_count")
    assert finding.column == "anteil_jung"
    assert all(key in finding.message for key in wrong)


def test_relations_are_found_without_knowing_the_columns() -> None:
    frame = consistent()
    unknown = frame.rename(columns=dict(zip(frame.columns, "abcdefghij", strict=True)))
    assert serious(run_checks(unknown, context())) == []
    unknown.loc["0305", "b"] += 40
    assert serious(run_checks(unknown, context())) == []
    (finding,) = found(unknown, "parts_whole")
    assert (finding.row, finding.column, finding.severity) == ("0305", "b", Severity.NOTE)
    assert "nicht erklärt, sondern aus den übrigen Zeilen vermutet" in finding.message


def test_shares_that_add_up_to_100_are_found() -> None:
    random = np.random.default_rng(3)
    parts = random.dirichlet([4, 5, 6], AREAS) * 100
    frame = pd.DataFrame(parts.round(1), keys(), ["Nord %", "Süd %", "Ost %"])
    assert found(frame, "parts_whole") == []
    frame.loc["0102", "Süd %"] += 9
    (finding,) = found(frame, "parts_whole")
    assert finding.row == "0102"
    assert "= 100" in finding.message


def test_digits_glued_to_four_cells_of_a_row_are_split() -> None:
    frame = consistent()
    meant = frame.loc["0203"].copy()
    for column, tail in (
        ("personen", "643"),
        ("mittel", "192"),
        ("alt", "133"),
        ("haushalte", "359"),
    ):
        frame.loc["0203", column] = float(f"{meant[column]:.0f}{tail}")
    findings = serious(run_checks(frame, context()))
    assert {finding.rule for finding in findings} == {"glued_digits"}
    assert {(each.row, each.column, each.expected) for each in findings} == {
        ("0203", column, f"{meant[column]:.0f}")
        for column in ("personen", "mittel", "alt", "haushalte")
    }
    whole = next(each for each in findings if each.column == "personen")
    assert f"{meant['personen']:.0f}|643" in whole.message


def test_glued_digits_that_stay_within_the_magnitude_are_found_by_the_relations() -> None:
    frame = consistent()
    frame.loc["0105", ["personen", "jung", "mittel", "alt"]] = [90, 21, 40, 29]
    frame.loc["0105", "anteil_jung"] = 23.3
    frame.loc["0105", "dichte"] = round(90 / frame.at["0105", "flaeche"] * 100)
    frame.loc["0105", "haushalte"] = 45
    frame.loc["0105", "alt"] = 2917
    (finding,) = serious(run_checks(frame, context()))
    assert (finding.rule, finding.row, finding.column) == ("glued_digits", "0105", "alt")
    assert finding.expected == "29"


def test_a_negative_count_contradicts_its_whole_and_is_not_split() -> None:
    frame = consistent()
    frame.loc["0203", "jung"] *= -1
    findings = serious(run_checks(frame, context()))
    assert ("parts_whole", "0203", "jung") in {(f.rule, f.row, f.column) for f in findings}
    assert "glued_digits" not in {each.rule for each in findings}


def test_a_truly_large_area_is_not_taken_for_glued_digits() -> None:
    frame = consistent()
    counts = ["personen", "jung", "mittel", "alt", "haushalte"]
    frame.loc["0203", counts] *= 1000
    frame.loc["0203", "dichte"] *= 1000
    assert found(frame, "glued_digits") == []


def test_foreign_digits_behind_the_decimals_are_named_and_the_areas_with_them() -> None:
    frame = consistent()
    polygons = frame["flaeche"].copy()
    frame["flaeche"] = (frame["flaeche"] + 0.0721).round(4)
    findings = serious(run_checks(frame, context(polygon_area_ha=polygons)))
    digits, areas = findings
    assert (digits.rule, digits.column, digits.severity) == (
        "foreign_digits",
        "flaeche",
        Severity.ERROR,
    )
    assert "alle 40 Werte auf die Ziffern 721" in digits.message
    off = [key for key in keys() if 0.00005 + 0.001 * polygons[key] < 0.0721]
    assert areas.rule == "area_polygon"
    assert all((f"{key}:" in areas.message) == (key in off) for key in keys())
    assert "widerspricht keines mehr" in areas.message


@pytest.mark.parametrize(
    ("column", "by", "slid", "belongs"),
    [
        ("jung", 1, "unten", "höher"),
        ("personen", -1, "oben", "tiefer"),
        ("dichte", 1, "unten", "höher"),
        ("anteil_jung", -1, "oben", "tiefer"),
    ],
)
def test_a_column_that_slid_by_one_row_is_one_finding(
    column: str, by: int, slid: str, belongs: str
) -> None:
    frame = consistent()
    frame[column] = frame[column].shift(by)
    findings = serious(run_checks(frame, context()))
    assert [each.rule for each in findings] == ["shifted_column"]
    assert findings[0].column == column
    assert f"um eine Zeile nach {slid} gerutscht" in findings[0].message
    assert findings[0].expected == f"Werte eine Zeile {belongs}"


def test_a_column_that_is_wrong_altogether_has_not_slid() -> None:
    frame = consistent()
    frame["jung"] = frame["jung"].to_numpy()[::-1]
    assert found(frame, "shifted_column") == []


def test_endings_that_vary_or_are_zeros_are_no_foreign_digits() -> None:
    hundreds = pd.Series(np.arange(1, AREAS + 1) * 100.0, keys())
    frame = pd.DataFrame({"jung": hundreds, "flaeche": hundreds / 8})
    assert found(frame, "foreign_digits") == []
    frame["jung"] += 21
    assert [each.column for each in found(frame, "foreign_digits")] == ["jung"]


def test_an_area_that_contradicts_its_polygon_is_named() -> None:
    frame = consistent()
    polygons = frame["flaeche"].copy()
    polygons["0107"] *= 1.008
    polygons["0201"] *= 1.3
    findings = found(frame, "area_polygon", polygon_area_ha=polygons)
    assert [(each.row, each.severity) for each in findings] == [
        ("0201", Severity.ERROR),
        ("0107", Severity.WARNING),
    ]
    assert found(frame, "area_polygon") == []


def test_areas_in_square_kilometres_are_recognised_by_their_numbers() -> None:
    polygons = consistent()["flaeche"] * 10
    frame = pd.DataFrame({"Größe": (polygons / 100).round(2)})
    assert found(frame, "area_polygon", polygon_area_ha=polygons) == []
    frame.loc["0101", "Größe"] += 1
    (finding,) = found(frame, "area_polygon", polygon_area_ha=polygons)
    assert finding.row == "0101"
    assert "km²" in finding.message


def test_a_column_that_repeats_another_is_named_with_it() -> None:
    frame = consistent()
    frame["anteil_arm"] = frame["anteil_frauen"]
    (finding,) = found(frame, "repeated_column")
    assert finding.severity is Severity.ERROR
    assert "Anteil_frauen" in finding.message
    assert "Anteil_arm" in finding.message


def test_the_published_total_tells_which_of_two_equal_columns_is_right() -> None:
    frame = consistent()
    weights = frame["personen"]
    mean = round(float((frame["anteil_frauen"] * weights).sum() / weights.sum()), 1)
    frame["anteil_arm"] = frame["anteil_frauen"]
    totals = pd.Series({"anteil_frauen": mean, "anteil_arm": mean - 20})
    (finding,) = found(frame, "repeated_column", reference_totals=totals)
    assert "falsch ist „Anteil_arm“" in finding.message


def test_one_different_cell_makes_two_columns_different() -> None:
    frame = consistent()
    frame["anteil_arm"] = frame["anteil_frauen"]
    frame.loc["0101", "anteil_arm"] += 0.5
    assert found(frame, "repeated_column") == []


def test_a_column_in_another_unit_is_a_note() -> None:
    frame = consistent()[["personen", "flaeche"]]
    frame["Fläche in m²"] = frame["flaeche"] * 10_000
    (finding,) = found(frame, "repeated_column")
    assert finding.severity is Severity.NOTE
    assert "10.000-Fache" in finding.message


def test_total_and_sum_agree_within_rounding() -> None:
    frame = (consistent()[["personen", "jung"]] / 3).round() * 3
    total = frame["personen"].sum()
    near, far = pd.Series({"personen": total + 9}), pd.Series({"personen": total * 1.05})
    assert found(frame, "total_sum", reference_totals=near) == []
    (finding,) = found(frame, "total_sum", reference_totals=far)
    assert finding.severity is Severity.ERROR
    assert finding.found == formats.number(total, 0)


def test_a_sum_may_fall_short_where_areas_are_missing_but_not_exceed() -> None:
    frame = consistent()[["personen", "jung"]]
    frame.loc["0101", "personen"] = np.nan
    total = frame["personen"].sum()
    more, less = pd.Series({"personen": total + 2000}), pd.Series({"personen": total - 2000})
    assert found(frame, "total_sum", reference_totals=more) == []
    assert found(frame.iloc[:10], "total_sum", reference_totals=more) == []
    assert len(found(frame, "total_sum", reference_totals=less)) == 1


@pytest.mark.parametrize(
    ("column", "value", "severity"),
    [
        ("anteil_frauen", 130.0, Severity.ERROR),
        ("jung", -1.0, Severity.ERROR),
        ("Raucher %", 101.0, Severity.WARNING),
    ],
)
def test_values_outside_their_range_are_named(
    column: str, value: float, severity: Severity
) -> None:
    frame = pd.DataFrame({column: [50.0, value]}, ["0101", "0102"])
    (finding,) = found(frame, "range")
    assert (finding.row, finding.severity) == ("0102", severity)


def test_changes_in_per_cent_may_be_negative() -> None:
    frame = pd.DataFrame({"Entwicklung in %": [50.0, -12.0, 140.0]}, ["0101", "0102", "0103"])
    assert found(frame, "range") == []


def test_more_decimals_than_the_catalogue_says_are_a_note() -> None:
    frame = consistent()
    assert found(frame, "decimals") == []
    frame["anteil_frauen"] += np.arange(AREAS) / 1000
    (finding,) = found(frame, "decimals")
    assert (finding.column, finding.found, finding.expected) == ("anteil_frauen", "3", "1")


def test_gaps_and_extremes_are_notes() -> None:
    frame = consistent()
    frame.loc["0101", :] = np.nan
    frame.loc[keys()[20:31], "anteil_arm"] = np.nan
    frame.loc["0203", "anteil_frauen"] = 30.0
    columns, area = found(frame, "missing_values")
    assert "„Anteil_arm“ (12)" in columns.message
    assert area.row == "0101"
    assert found(frame, "missing_values", known_gaps=frozenset({"0101"})) == [columns]
    (extreme,) = found(frame, "outlier")
    assert (extreme.row, extreme.column) == ("0203", "anteil_frauen")


counts = st.integers(min_value=0, max_value=30_000)
rows = st.tuples(counts, counts, counts, st.integers(min_value=50, max_value=99_999))


@tried(0.4)
@given(st.lists(rows, min_size=AREAS, max_size=AREAS))
def test_any_consistent_table_has_no_errors(cells: list[tuple[int, int, int, int]]) -> None:
    frame = pd.DataFrame(cells, keys(), ["jung", "mittel", "alt", "flaeche"], dtype=float)
    assume(all(frame[first].ne(frame[second]).any() for first, second in PAIRS))
    frame["flaeche"] /= 10
    frame["personen"] = frame[["jung", "mittel", "alt"]].sum(axis=1)
    frame["anteil_jung"] = rounded(
        frame["jung"] / frame["personen"].where(frame["personen"] > 0) * 100
    )
    frame["dichte"] = np.floor(frame["personen"] / frame["flaeche"] * 100 + 0.5)
    assert serious(run_checks(frame, context())) == []


PAIRS = [("jung", "mittel"), ("jung", "alt"), ("mittel", "alt")]


@given(
    st.integers(0, 10_000),
    st.sampled_from(keys()),
    st.sampled_from(["personen", "jung", "mittel", "alt"]),
    st.integers(50, 900),
)
def test_a_planted_error_is_found_at_its_cell(seed: int, row: str, column: str, by: int) -> None:
    frame = consistent(seed)
    true = frame.at[row, column]
    frame.loc[row, column] = true + by
    findings = [each for each in serious(run_checks(frame, context())) if each.row == row]
    assert findings
    assert {finding.rule for finding in findings} <= {"parts_whole", "share_count", "derived_parts"}
    whole = [each for each in findings if each.rule == "parts_whole"]
    assert whole
    if column in {"personen", "jung"}:
        assert {finding.column for finding in findings} == {column}
        assert whole[0].expected == formats.number(true, 0)


@given(
    st.integers(0, 10_000),
    st.sampled_from(keys()),
    st.sampled_from(["personen", "jung"]),
    st.integers(100, 999),
)
def test_planted_glued_digits_are_split(seed: int, row: str, column: str, tail: int) -> None:
    frame = consistent(seed)
    true = f"{frame.at[row, column]:.0f}"
    frame.loc[row, column] = float(f"{true}{tail}")
    (finding,) = serious(run_checks(frame, context()))
    place = (finding.rule, finding.row, finding.column, finding.expected)
    assert place == ("glued_digits", row, column, true)


def test_the_shipped_data_has_no_errors_and_every_warning_is_explained() -> None:
    catalogue = read_catalogue(SHIPPED)
    findings = check_city(catalogue, read_city(SHIPPED, catalogue))
    assert [each for each in findings if each.severity is Severity.ERROR] == []
    assert [each for each in serious(findings) if not each.explained] == []
