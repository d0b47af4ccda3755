"""Corrections, declared statuses and explanations of a made-up city."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from inteso_dash.language.findings import Severity
from tests.towns.declared_city import (
    LONG,
    LONG_TABLE,
    WIDE,
    WIDE_TABLE,
    MadeUpCity,
    cell,
    only,
    place,
    problems,
)


@pytest.fixture
def city(tmp_path: Path) -> MadeUpCity:
    return MadeUpCity(tmp_path)


def correction(**entry: Any) -> dict[str, Any]:
    return {"reason": "Erfundener Fehler.", **entry}


def test_a_corrected_cell_keeps_its_raw_value_in_view(city: MadeUpCity) -> None:
    entry = correction(column="Einwohner", row="0102", found="930643", corrected="930")
    city.add(WIDE_TABLE, WIDE.replace(";930;", ";930643;"), corrections=[entry])
    read = city.read()
    assert cell(read, "0102", "einwohner")["value"] == 930
    assert problems(read) == []
    note = only(read, "corrected")
    assert place(note) == ("breit.csv", "0102", "Einwohner", "930643", "930")
    assert note.severity is Severity.NOTE
    assert "Erfundener Fehler." in note.message


def test_a_pattern_corrects_a_whole_column(city: MadeUpCity) -> None:
    text = WIDE.replace(";1,25", ";1,2521").replace(";0,75", ";0,7521")
    entry = correction(
        column="Fläche", pattern=True, found=r"^(\d,\d\d)21$", corrected=r"\1", expect=2
    )
    city.add(WIDE_TABLE, text, corrections=[entry])
    read = city.read()
    assert problems(read) == []
    assert cell(read, "0101", "flaeche")["value"] == pytest.approx(125)
    assert cell(read, "0202", "flaeche")["value"] == pytest.approx(100)
    assert "in 2 Zellen" in only(read, "corrected").message


def test_a_correction_in_a_workbook_works_on_numbers(city: MadeUpCity) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    made = openpyxl.Workbook()
    for row in (
        ["Zahlen der erfundenen Stadt"],
        ["Nr", "Bezirk", "Name", "Einwohner", "Anteil", "Fläche"],
        [101, 1, "Am Alten Hafen", 1820, 28.6, 1.2521],
        [102, 1, "Berg", 930, 7.5, 0.7521],
        [201, 2, "Rund um den Großen", 12, 3, 2.521],
        [202, 2, "Wiese", "–", ".", 121],
    ):
        made.active.append(row)
    entry = correction(
        column="Fläche", pattern=True, found=r"^(\d+(\.\d+)?)21$", corrected=r"\1", expect=4
    )
    city.add(WIDE_TABLE, b"", corrections=[entry], file="breit.xlsx", rows=4)
    city.catalogue()
    made.save(city.root / "data/breit.xlsx")
    content = (city.root / "data/breit.xlsx").read_bytes()
    city.add(WIDE_TABLE, content, corrections=[entry], file="breit.xlsx", rows=4)
    read = city.read()
    assert problems(read) == []
    assert [cell(read, area, "flaeche")["value"] for area in ("0101", "0201", "0202")] == [
        pytest.approx(125),
        pytest.approx(250),
        pytest.approx(100),
    ]


@pytest.mark.parametrize(
    ("entry", "found", "expected"),
    [
        ({"row": "0102", "found": "930643", "corrected": "9"}, "930", "930643"),
        ({"row": "0909", "found": "930", "corrected": "9"}, "0 solche Zeilen", "930"),
        ({"found": "55", "corrected": "9"}, "0 solche Zellen", "1 Zellen mit 55"),
        (
            {"pattern": True, "found": "^9", "corrected": "8", "expect": 3},
            "1 solche Zellen",
            "3 Zellen mit ^9",
        ),
        (
            {"pattern": True, "found": "^77", "corrected": "8"},
            "0 solche Zellen",
            "1 Zellen mit ^77",
        ),
    ],
)
def test_a_repaired_source_makes_its_correction_obsolete(
    city: MadeUpCity, entry: dict[str, Any], found: str, expected: str
) -> None:
    city.add(WIDE_TABLE, WIDE, corrections=[correction(column="Einwohner", **entry)])
    read = city.read()
    finding = only(read, "correction_obsolete")
    assert (finding.severity, finding.column) == (Severity.ERROR, "Einwohner")
    assert (finding.found, finding.expected) == (found, expected)
    if not entry.get("pattern"):
        assert cell(read, "0102", "einwohner")["value"] == 930


def test_a_correction_of_no_column_or_with_a_broken_pattern(city: MadeUpCity) -> None:
    entries = [
        correction(column="Alter", found="1", corrected="2"),
        correction(column="Anteil", pattern=True, found="(", corrected="2"),
    ]
    city.add(WIDE_TABLE, WIDE, corrections=entries)
    read = city.read()
    assert {finding.rule for finding in problems(read)} == {
        "correction_obsolete",
        "correction_invalid",
    }
    assert len(read.figures) == 12


def test_a_correction_of_a_long_row_by_its_number(city: MadeUpCity) -> None:
    entry = correction(column="value", row="3", found="18.5", corrected="17.5")
    city.add(LONG_TABLE, LONG, corrections=[entry])
    read = city.read()
    assert cell(read, "01", "anteil")["value"] == 17.5
    assert read.printed["lang"]["value"].tolist() == ["2600", "17.5"]


def test_declared_statuses_say_why_cells_are_empty(city: MadeUpCity) -> None:
    text = WIDE.replace("102;1;Berg;930;7,5;0,75", "102;1;Berg;;;0,75").replace(
        "201;2;Rund um den Großen;12;3;", "201;2;Rund um den Großen;12;x;"
    )
    statuses = [
        {"area": "0102", "status": "uninhabited", "reason": "Erfunden."},
        {
            "area": "0201",
            "status": "merged",
            "columns": ["Anteil"],
            "contained_in": "0202",
            "reason": "Erfunden.",
        },
    ]
    city.add(WIDE_TABLE, text, area_statuses=statuses)
    read = city.read()
    assert problems(read) == []
    assert cell(read, "0102", "einwohner")["status"] == "uninhabited"
    assert cell(read, "0102", "flaeche")["status"] == "measured"
    assert cell(read, "0201", "anteil")["status"] == "merged"
    assert read.merged.to_dict("records") == [
        {
            "level": "viertel",
            "division": "2020",
            "indicator_id": "anteil",
            "date": pd.Timestamp(2021, 12, 31),
            "area_id": "0201",
            "contained_in": "0202",
        }
    ]


@pytest.mark.parametrize(
    ("entry", "rule", "found"),
    [
        ({"area": "0102", "status": "suppressed", "columns": ["Anteil"]}, "status_conflict", "7,5"),
        ({"area": "0202", "status": "estimated", "columns": ["Anteil"]}, "status_conflict", "."),
        ({"area": "0909", "status": "suppressed"}, "area_status", "0909"),
        ({"area": "0202", "status": "suppressed", "columns": ["Alter"]}, "area_status", "Alter"),
        ({"area": "0202", "status": "merged"}, "area_status", "contained_in None"),
        (
            {"area": "0202", "status": "merged", "contained_in": "0909"},
            "area_status",
            "contained_in 0909",
        ),
    ],
)
def test_declared_statuses_that_do_not_fit(
    city: MadeUpCity, entry: dict[str, Any], rule: str, found: str
) -> None:
    city.add(WIDE_TABLE, WIDE, area_statuses=[{"reason": "Erfunden.", **entry}])
    read = city.read()
    (finding,) = problems(read)
    assert (finding.rule, finding.row, finding.found) == (rule, entry["area"], found)
    assert cell(read, "0102", "anteil")["value"] == 7.5


def test_a_value_of_an_area_may_be_declared_as_estimated(city: MadeUpCity) -> None:
    entry = {"area": "0102", "status": "estimated", "columns": ["Anteil"], "reason": "Erfunden."}
    city.add(WIDE_TABLE, WIDE, area_statuses=[entry])
    read = city.read()
    assert problems(read) == []
    assert cell(read, "0102", "anteil")[["value", "status"]].tolist() == [7.5, "estimated"]


def test_an_explained_finding_keeps_its_reason(city: MadeUpCity) -> None:
    reasons = [
        {"rule": "area_name", "row": "0101", "reason": "anderes Gebiet"},
        {"rule": "area_name", "row": "0102", "column": "Name", "reason": "Alter Name."},
    ]
    city.add(WIDE_TABLE, WIDE.replace(";Berg", ";Halde"), explained=reasons)
    assert only(city.read(), "area_name").explained == "Alter Name."
