"""Clean tables are never accused, however they are written; what is planted in them is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inteso_dash.intake import checking
from inteso_dash.intake.checks import run_checks
from inteso_dash.intake.delivery.folder import surroundings
from inteso_dash.intake.delivery.tidy import Surroundings
from inteso_dash.intake.recognise import check_file
from inteso_dash.language.findings import Finding, Severity
from tests.intake.test_checks import AREAS, consistent, context, found, keys, rounded, serious
from tests.paths import ROOT
from tests.tries import tried

WORKBOOK = "quartiersatlas_2024_profildaten.xlsx"
GLUED = {"Bevölkerung": 2036, "30–49": 625, "50–64": 392, "Haushalte": 1179}


def padded(frame: pd.DataFrame, places: int) -> pd.DataFrame:
    """Return the decimals of a file whose numbers are all written with so many of them."""
    return pd.DataFrame(places, frame.index, frame.columns)


@pytest.mark.parametrize("places", [1, 6])
@pytest.mark.parametrize("rows", [5, 10, AREAS])
def test_zeros_behind_whole_numbers_are_no_precision(places: int, rows: int) -> None:
    frame = consistent(4).iloc[:rows]
    findings = run_checks(frame, context(decimals=padded(frame, places)))
    assert serious(findings) == []
    assert not [each for each in findings if each.rule == "decimals"]


def test_decimals_alone_are_never_called_glued() -> None:
    frame = consistent()
    frame.loc["0305", ["personen", "jung", "mittel", "alt"]] = [2275, 400, 1275, 600]
    frame.loc["0305", ["anteil_jung", "flaeche", "dichte"]] = [17.6, 215.1, 1058]
    assert serious(run_checks(frame, context())) == []
    frame["dichte"] += 0.04
    frame.loc["0305", "dichte"] = 1058.14
    findings = run_checks(frame, context())
    assert [each.row for each in findings if each.rule == "glued_digits"] == []


def test_a_relation_that_most_rows_contradict_calls_no_digit_foreign() -> None:
    frame = consistent()
    frame["dichte"] = frame["dichte"] * 100 + 7
    assert found(frame, "glued_digits") == []


@pytest.mark.parametrize("base", [3, 5, 10])
def test_few_counts_rounded_to_a_base_may_miss_their_whole(base: int) -> None:
    exact = consistent()[["personen", "jung", "mittel", "alt"]].iloc[:12]
    frame = (exact / base).round() * base
    missed = frame["personen"] - frame[["jung", "mittel", "alt"]].sum(axis=1)
    assert missed.abs().max() > 0
    assert serious(run_checks(frame, context())) == []


def sexes(seed: int) -> pd.DataFrame:
    """Return made-up unemployed by sex, some of them long-term, under headers nobody declared."""
    random = np.random.default_rng(seed)
    frame = pd.DataFrame(index=pd.Index(keys(), name="area_id"))
    frame["Frauen"] = random.integers(20, 900, AREAS)
    frame["Langzeitarbeitslose"] = random.integers(1, 30, AREAS)
    frame["Männer"] = random.integers(20, 900, AREAS)
    frame["Summe"] = frame["Frauen"] + frame["Männer"]
    return frame.astype(float)


@pytest.mark.parametrize("missing", [0.0, np.nan])
def test_a_sum_is_not_guessed_from_rows_in_which_a_part_is_nothing_or_missing(
    missing: float,
) -> None:
    frame = sexes(1)
    frame.loc[keys()[6:], "Langzeitarbeitslose"] = missing
    assert found(frame, "parts_whole") == []


def test_a_sum_is_not_guessed_where_a_part_is_lost_in_the_rounding() -> None:
    frame = (sexes(2) / 100).round() * 100
    frame["Summe"] = ((sexes(2)["Summe"]) / 100).round() * 100
    frame["Langzeitarbeitslose"] = (sexes(2)["Langzeitarbeitslose"] / 100).round() * 100
    frame.loc[keys()[:3], "Langzeitarbeitslose"] = 900
    assert not any("Langzeit" in each.message for each in found(frame, "parts_whole"))


def test_a_rare_third_part_belongs_to_the_sum_that_is_found() -> None:
    frame = sexes(3).rename(columns={"Langzeitarbeitslose": "Divers"})
    frame = frame[["Frauen", "Männer", "Divers", "Summe"]]
    frame.loc[keys()[6:], "Divers"] = 0
    frame["Summe"] += frame["Divers"]
    assert found(frame, "parts_whole") == []
    frame.loc["0101", "Divers"] += 50
    (hint,) = found(frame, "parts_whole")
    assert (hint.row, hint.severity) == ("0101", Severity.NOTE)
    assert "„Divers“" in hint.message


def test_columns_nobody_declared_that_are_equal_are_a_hint() -> None:
    frame = consistent()
    frame["unter 1 Jahr"] = frame["0 bis unter 1"] = frame["jung"] // 10
    (hint,) = found(frame, "repeated_column")
    assert hint.severity is Severity.NOTE
    frame = consistent()
    frame["Kopie"] = frame["jung"]
    assert {each.severity for each in found(frame, "repeated_column")} == {Severity.NOTE}


def test_a_whole_may_equal_its_only_part() -> None:
    frame = consistent()[["personen", "jung", "mittel", "alt"]]
    frame[["mittel", "alt"]] = 0
    frame["personen"] = frame["jung"]
    assert found(frame, "repeated_column") == []
    frame[["mittel", "alt"]] = np.nan
    assert [each.severity for each in found(frame, "repeated_column")] == [Severity.ERROR]


@pytest.mark.parametrize(
    ("there", "said"),
    [
        ({"personen": 1262.0}, "Ob sie geheim, zu unsicher oder nicht geliefert sind"),
        ({"personen": 0.0, "flaeche": 12.0}, "„Personen“: null; das Gebiet ist vermutlich"),
        ({"flaeche": 12.0}, "Ob es unbewohnt ist oder die Angaben geheim sind"),
        ({}, "Ob es unbewohnt ist oder die Angaben geheim sind"),
    ],
)
def test_a_row_of_gaps_is_called_uninhabited_only_where_its_figures_say_so(
    there: dict[str, float], said: str
) -> None:
    frame = consistent()
    frame.loc["0101", :] = np.nan
    for column, value in there.items():
        frame.loc["0101", column] = value
    (gap,) = [each for each in found(frame, "missing_values") if each.row == "0101"]
    assert said in gap.message


@st.composite
def clean_tables(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Return a made-up table that is right, and the decimals that it is written with."""
    frame = consistent(draw(st.integers(0, 10_000)))
    frame["flaeche"] *= draw(st.sampled_from([1, 10]))
    frame["flaeche"] = frame["flaeche"].round(1)
    frame["dichte"] = np.floor(frame["personen"] / frame["flaeche"] * 100 + 0.5)
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    scale = draw(st.floats(0.1, 3.0))
    frame["Schüler"] = random.lognormal(5, scale, AREAS).round()
    frame["Fälle je 1.000"] = rounded(pd.Series(random.gamma(2, 20, AREAS), frame.index))
    frame["Zuzüge"] = random.poisson(30, AREAS)
    frame["Kinder"] = np.floor(frame["jung"] * random.uniform(0.1, 0.9, AREAS))
    base = draw(st.sampled_from([1, 1, 3, 5, 10]))
    counts = ["personen", "jung", "mittel", "alt"]
    if base > 1:
        frame[counts] = (frame[counts] / base).round() * base
        frame = frame.drop(columns=["anteil_jung", "dichte"])
    frame = frame.astype(float)
    for _ in range(draw(st.integers(0, 20))):
        frame.iat[int(random.integers(AREAS)), int(random.integers(frame.shape[1]))] = np.nan
    frame = frame.iloc[: draw(st.sampled_from([12, 25, AREAS]))]
    if draw(st.booleans()):
        names = dict.fromkeys(frame.columns)
        frame = frame.rename(columns={name: f"Spalte {at}" for at, name in enumerate(names)})
    places = draw(st.sampled_from([None, 1, 2]))
    return frame, None if places is None else padded(frame, places)


@tried(0.4)
@given(clean_tables())
def test_no_clean_table_is_accused(made: tuple[pd.DataFrame, pd.DataFrame | None]) -> None:
    frame, decimals = made
    assert serious(run_checks(frame, context(decimals=decimals))) == []


def spoiled(row: str, column: str, value: float) -> Callable[[pd.DataFrame], pd.DataFrame]:
    def spoil(frame: pd.DataFrame) -> pd.DataFrame:
        frame.loc[row, column] = value
        return frame

    return spoil


def glued(frame: pd.DataFrame) -> pd.DataFrame:
    frame.loc["0203", "personen"] = float(f"{frame.at['0203', 'personen']:.0f}643")
    return frame


def foreign(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(flaeche=(frame["flaeche"] + 0.021).round(3))


def repeated(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(anteil_arm=frame["anteil_frauen"])


def raised(column: str, by: float) -> Callable[[pd.DataFrame], pd.DataFrame]:
    def spoil(frame: pd.DataFrame) -> pd.DataFrame:
        frame.loc["0305", column] += by
        return frame

    return spoil


FAULTS = [
    ("glued_digits", "0203", glued),
    ("foreign_digits", "", foreign),
    ("repeated_column", "", repeated),
    ("parts_whole", "0305", raised("mittel", 400)),
    ("share_count", "0305", raised("anteil_jung", 9)),
    ("derived_parts", "0305", raised("dichte", 9000)),
    ("area_polygon", "0305", raised("flaeche", 70)),
    ("total_sum", "", raised("haushalte", 5000)),
    ("range", "0102", spoiled("0102", "anteil_frauen", 151.0)),
]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("places", [None, 2])
@pytest.mark.parametrize(("rule", "row", "spoil"), FAULTS, ids=[rule for rule, _, _ in FAULTS])
def test_every_planted_fault_is_an_error(
    rule: str,
    row: str,
    spoil: Callable[[pd.DataFrame], pd.DataFrame],
    places: int | None,
    seed: int,
) -> None:
    frame = consistent(seed)
    known = {
        "polygon_area_ha": frame["flaeche"].copy(),
        "reference_totals": frame[["personen", "haushalte"]].sum(),
    }
    frame = spoil(frame)
    decimals = None if places is None or rule == "foreign_digits" else padded(frame, places)
    findings = run_checks(frame, context(decimals=decimals, **known))
    errors = {(each.rule, each.row) for each in findings if each.severity is Severity.ERROR}
    assert (rule, row) in errors


# --- the workbook of the reference material, and a copy of it that is right ------------------


def of_workbook(reference: Path) -> pd.DataFrame:
    book = openpyxl.load_workbook(reference / WORKBOOK, read_only=True)
    head, *rows = book.worksheets[0].iter_rows(values_only=True)
    book.close()
    return pd.DataFrame(rows, columns=[str(cell) for cell in head])


def corrected(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the workbook with its known errors corrected; areas with their one decimal."""
    frame = frame.drop(columns="Altersarmut %")
    frame["Fläche ha"] = [float(str(value).removesuffix("21")) for value in frame["Fläche ha"]]
    keys_of = frame["Sozialraum-ID"].astype(str).str.zfill(6)
    for column, meant in GLUED.items():
        frame.loc[keys_of == "063007", column] = meant
    return frame.assign(Name=frame["Name"].str.replace("(cid:192)", "fl"))


def written(frame: pd.DataFrame, folder: Path, kind: str) -> Path:
    path = folder / f"profildaten.{kind.partition('_')[0]}"
    if kind == "xlsx":
        frame.to_excel(path, index=False)
    else:
        decimals = "%.2f" if kind == "csv_padded" else None
        frame.to_csv(path, sep=";", decimal=",", index=False, float_format=decimals)
    return path


@pytest.fixture
def _shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTESO_DASH_DATA", str(ROOT))


@pytest.fixture(scope="module")
def shipped() -> Surroundings:
    """What `checking.check` holds a file against, read once."""
    return surroundings(ROOT)


def errors(found: list[Finding]) -> list[Finding]:
    return [each for each in found if each.severity is Severity.ERROR]


@pytest.mark.usefixtures("_shipped")
@pytest.mark.parametrize("kind", ["xlsx", "csv", "csv_padded"])
def test_a_corrected_copy_of_the_workbook_has_no_error(
    reference: Path, tmp_path: Path, kind: str
) -> None:
    frame = corrected(of_workbook(reference))
    assert errors(checking.check(written(frame, tmp_path, kind))) == []


@pytest.mark.parametrize("column", GLUED)
def test_one_error_of_the_workbook_is_found_in_the_corrected_copy(
    reference: Path, shipped: Surroundings, tmp_path: Path, column: str
) -> None:
    before = of_workbook(reference)
    frame = corrected(before)
    frame[column] = before[column]
    found = check_file(
        written(frame, tmp_path, "csv"),
        shipped.catalogue,
        shipped.register,
        shipped.polygon_area_ha,
        polygon_tolerance=shipped.polygon_tolerance,
    )
    (error,) = errors(found)
    assert (error.rule, error.row) == ("glued_digits", "063007")
    assert error.expected == str(GLUED[column])
