"""Declared tables of a made-up city: what they deliver and what is wrong with them."""

import dataclasses
import datetime as dt
import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from inteso_dash.catalogue import LONG_COLUMNS, read_catalogue
from inteso_dash.catalogue.tables import AreaStatus
from inteso_dash.language.findings import Severity
from inteso_dash.tables.sources import CityData, read_city
from tests.paths import ROOT as SHIPPED
from tests.towns.declared_city import (
    DAY,
    LONG,
    LONG_HEAD,
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


def test_a_wide_and_a_long_table_become_one_long_table(city: MadeUpCity) -> None:
    city.add(WIDE_TABLE, WIDE)
    city.add(LONG_TABLE, LONG)
    read = city.read()
    assert problems(read) == []
    figures = read.figures
    assert tuple(figures.columns) == LONG_COLUMNS
    assert len(figures) == 14
    key = ["level", "division", "area_id", "indicator_id", "date", "source_id"]
    assert not figures.duplicated(key).any()
    assert figures.equals(figures.sort_values(key, ignore_index=True))
    assert {name: str(figures[name].dtype) for name in ("date", "value", "rounding_error")} == {
        "date": "datetime64[ns]",
        "value": "float64",
        "rounding_error": "float64",
    }
    assert (figures["date"] == figures["date"].dt.normalize()).all()
    hafen = cell(read, "0101", "einwohner")
    assert (hafen["level"], hafen["division"], hafen["value"]) == ("viertel", "2020", 1820)
    assert (hafen["status"], hafen["source_id"], hafen["date"]) == (
        "measured",
        "amt",
        pd.Timestamp(2021, 12, 31),
    )
    assert cell(read, "0101", "flaeche")["value"] == pytest.approx(125)
    assert cell(read, "0202", "einwohner")[["value", "status"]].tolist() == [0.0, "zero"]
    assert cell(read, "0202", "anteil")["status"] == "suppressed"
    assert math.isnan(cell(read, "0202", "anteil")["value"])
    assert cell(read, "09999", "einwohner")["value"] == 2600


def test_the_rounding_error_is_half_the_last_published_decimal(city: MadeUpCity) -> None:
    city.add(WIDE_TABLE, WIDE)
    read = city.read()
    assert cell(read, "0101", "einwohner")["rounding_error"] == 0
    assert cell(read, "0202", "einwohner")["rounding_error"] == 0
    assert cell(read, "0201", "anteil")["rounding_error"] == pytest.approx(0.05)
    assert cell(read, "0202", "flaeche")["rounding_error"] == pytest.approx(0.5)
    assert math.isnan(cell(read, "0202", "anteil")["rounding_error"])


def test_a_column_declared_as_rounded(city: MadeUpCity) -> None:
    columns = [{"name": "Einwohner", "indicator": "einwohner", "rounded_to": 10}]
    city.add(WIDE_TABLE, WIDE.replace(";12;", ";0;"), columns=columns)
    read = city.read()
    assert cell(read, "0201", "einwohner")[["value", "status"]].tolist() == [0.0, "rounded"]
    assert cell(read, "0101", "einwohner")["rounding_error"] == 5
    assert cell(read, "0202", "einwohner")[["status", "rounding_error"]].tolist() == ["zero", 0.0]
    assert place(only(read, "unused_column"))[3] == "Anteil, Fläche"


def test_one_area_declared_as_rounded(city: MadeUpCity) -> None:
    coarse = {"area": "0101", "status": "rounded", "columns": ["Einwohner"], "reason": "Grob."}
    city.add(WIDE_TABLE, WIDE, area_statuses=[{**coarse, "rounded_to": 10}])
    read = city.read()
    assert cell(read, "0101", "einwohner")[["status", "rounding_error"]].tolist() == ["rounded", 5]
    assert cell(read, "0202", "einwohner")["rounding_error"] == 0
    assert not [each for each in read.findings if each.rule == "rounding"]


@pytest.mark.parametrize("wrong", [{"status": "rounded"}, {"status": "merged", "rounded_to": 10}])
def test_rounded_to_what_is_asked_for(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="rounded_to bei status: rounded"):
        AreaStatus.model_validate({"area": "0101", "reason": "Grob.", **wrong})


def test_a_row_that_is_rounded_says_to_what(city: MadeUpCity) -> None:
    text = "area_id;indicator_id;value;status\n101;einwohner;1.800;rounded\n"
    defaults = {"level": "viertel", "date": DAY, "source": "andere"}
    city.add(LONG_TABLE, text, **defaults)
    assert place(only(city.read(), "rounding"))[1:3] == ("2", "value")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_makes_no_difference(city: MadeUpCity, encoding: str) -> None:
    text = WIDE.replace("–", "-")
    city.add(WIDE_TABLE, text)
    expected = city.read().figures
    city.add(WIDE_TABLE, text.encode(encoding), rows=4)
    read = city.read()
    assert problems(read) == []
    pd.testing.assert_frame_equal(read.figures, expected)


def test_long_tables_are_also_kept_as_printed(city: MadeUpCity) -> None:
    city.add(LONG_TABLE, LONG)
    read = city.read()
    assert list(read.printed) == ["lang"]
    first, second = read.printed["lang"].to_dict("records")
    assert first == {
        "level": "stadt",
        "area_id": "09999",
        "indicator_id": "einwohner",
        "date": pd.Timestamp(2015, 12, 31),
        "value": "2600",
        "unit": "Personen",
        "note": "aus der Zeitung",
        "source_id": "andere",
    }
    assert (second["value"], second["date"]) == ("18.5", pd.Timestamp(2015, 12, 31))


def test_the_sidecar_stands_in_for_columns_that_a_long_table_does_not_have(
    city: MadeUpCity,
) -> None:
    text = "area_id;indicator_id;value\n101;einwohner;1.820\n101;anteil;28,6\n"
    defaults = {"level": "viertel", "date": DAY, "source": "andere"}
    city.add(LONG_TABLE, text, **defaults)
    read = city.read()
    assert problems(read) == []
    assert cell(read, "0101", "einwohner")[["division", "value"]].tolist() == ["2020", 1820.0]


def test_another_table_that_cannot_be_read_costs_only_itself(city: MadeUpCity) -> None:
    city.add(WIDE_TABLE, WIDE)
    city.add(LONG_TABLE, b"PK\x03\x04broken")
    read = city.read()
    assert len(read.figures) == 12
    finding = only(read, "unreadable")
    assert (finding.severity, finding.file) == (Severity.ERROR, "lang.csv")


def test_without_a_register_everything_else_is_still_there(city: MadeUpCity) -> None:
    city.add(WIDE_TABLE, WIDE)
    city.add({"id": "gebiete", "title": "Gebiete", "kind": "register"}, b"")
    read = city.read()
    assert len(read.figures) == 12
    assert read.register.empty
    assert {finding.rule for finding in problems(read)} == {"unreadable", "no_register"}


def test_an_empty_city_has_frames_with_the_right_columns(city: MadeUpCity) -> None:
    read = city.read()
    assert tuple(read.figures.columns) == LONG_COLUMNS
    assert str(read.figures["date"].dtype) == "datetime64[ns]"
    assert len(read.sites) == len(read.points) == len(read.merged) == 0
    assert str(read.sites["opened"].dtype) == "datetime64[ns]"


def test_a_changed_file_is_reported_and_not_among_the_figures(city: MadeUpCity) -> None:
    city.add(WIDE_TABLE, WIDE, sha256="0" * 64, rows=7)
    read = city.read()
    assert {finding.rule for finding in problems(read)} == {"changed_file", "row_count"}
    assert place(only(read, "row_count"))[3:] == ("4", "7")
    assert only(read, "changed_file").expected == "0" * 64
    assert read.figures.empty


@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"rows": 7}])
def test_what_is_wrong_in_a_changed_file_is_said_nevertheless(
    city: MadeUpCity, change: dict[str, Any]
) -> None:
    city.add(WIDE_TABLE, WIDE.replace(";930;", ";viele;"), **change)
    assert only(city.read(), "value").found == "viele"


NUMBER = "eine Zahl oder ein Zeichen der amtlichen Statistik"
HEADS = "Nr, Bezirk, Name, Einwohner, Anteil, Fl."


@pytest.mark.parametrize(
    ("old", "new", "rule", "expected"),
    [
        ("102;1", "102;2", "parent_contradiction", ("0102", "Bezirk", "2", "01")),
        ("102;1", "102;", "parent_contradiction", ("0102", "Bezirk", "eine leere Zelle", "01")),
        (";Berg", ";Wiese", "area_name", ("0102", "Name", "Wiese", "Berg")),
        (";930;", ";viele;", "value", ("0102", "Einwohner", "viele", NUMBER)),
        (";930;", ";=1+1;", "value", ("0102", "Einwohner", "=1+1", NUMBER)),
        (";7,5;", ";7.5;", "number_format", ("", "Anteil", "28,6", "eine Schreibweise")),
        (";Fläche", ";Fl.", "missing_column", ("", "Fläche", HEADS, "Fläche")),
    ],
)
def test_a_finding_names_file_row_column_found_and_expected(
    city: MadeUpCity, old: str, new: str, rule: str, expected: tuple[str, ...]
) -> None:
    assert old in WIDE
    city.add(WIDE_TABLE, WIDE.replace(old, new, 1))
    read = city.read()
    finding = only(read, rule)
    assert place(finding) == ("breit.csv", *expected)
    assert [other for other in problems(read) if other.rule != rule] == []
    assert finding.message.endswith((".", "?"))


def test_a_value_that_cannot_be_read_is_not_delivered(city: MadeUpCity) -> None:
    city.add(WIDE_TABLE, WIDE.replace(";930;", ";viele;"))
    berg = cell(city.read(), "0102", "einwohner")
    assert math.isnan(berg["value"])
    assert berg["status"] == "not_delivered"


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ("102;1;Berg;930;7,5;0,75\n", "", {"area_count", "missing_area"}),
        ("102;1;Berg", "101;1;Am Alten Hafen", {"duplicate_area", "area_count", "missing_area"}),
        ("102;1;Berg", "109;1;Berg", {"unknown_area", "area_count", "missing_area"}),
        ("102;1;Berg", "10200;1;Berg", {"area_key", "area_count", "missing_area"}),
        ("102;1;Berg", ";1;Berg", {"area_key", "area_count", "missing_area"}),
    ],
)
def test_missing_duplicate_and_unknown_areas(
    city: MadeUpCity, old: str, new: str, rules: set[str]
) -> None:
    city.add(WIDE_TABLE, WIDE.replace(old, new))
    read = city.read()
    assert {finding.rule for finding in problems(read)} == rules
    assert {finding.severity for finding in problems(read)} == {Severity.ERROR}
    assert place(only(read, "area_count")) == ("breit.csv", "", "Nr", "3", "4")
    assert place(only(read, "missing_area")) == ("breit.csv", "0102", "Nr", "keine Zeile", "0102")
    assert len(read.figures) == 9
    assert cell(read, "0101", "einwohner")["value"] == 1820


def test_a_division_without_register_is_checked_for_its_number_of_areas_only(
    city: MadeUpCity,
) -> None:
    city.add(WIDE_TABLE, WIDE, division="2010")
    read = city.read()
    (finding,) = problems(read)
    assert (finding.rule, finding.found, finding.expected) == ("area_count", "4", "3")
    assert set(read.figures["division"]) == {"2010"}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"date": None}, "declaration"),
        ({"division": "1999"}, "unknown_division"),
        ({"source": "niemand"}, "unknown_source"),
        ({"key_column": "Schlüssel"}, "missing_column"),
    ],
)
def test_a_wrong_declaration_of_a_wide_table(
    city: MadeUpCity, change: dict[str, Any], rule: str
) -> None:
    city.add(WIDE_TABLE, WIDE, **change)
    read = city.read()
    assert [finding.rule for finding in problems(read)] == [rule]
    assert read.figures.empty


def test_numbers_that_can_be_read_both_ways(city: MadeUpCity) -> None:
    text = "Nr;Einwohner\n101;1.820\n102;2.310\n201;1.100\n202;1.250\n"
    columns = [{"name": "Einwohner", "indicator": "einwohner"}]
    change: dict[str, Any] = {"columns": columns, "name_column": None, "parent_columns": {}}
    city.add(WIDE_TABLE, text, **change)
    read = city.read()
    finding = only(read, "number_format")
    assert (finding.severity, finding.column, finding.found) == (
        Severity.WARNING,
        "Einwohner",
        "1.820",
    )
    assert cell(read, "0101", "einwohner")["value"] == 1820
    text = text.replace("\n", ";0.5\n").replace("Einwohner;0.5", "Einwohner;Anteil")
    city.add(WIDE_TABLE, text, **{**change, "columns": [*columns, WIDE_TABLE["columns"][1]]})
    read = city.read()
    assert problems(read) == []
    assert cell(read, "0101", "einwohner")["value"] == 1.82


@pytest.mark.parametrize(
    ("row", "rule", "column", "found"),
    [
        ("dorf,9999,einwohner,2015-12-31,5,,,andere,", "unknown_level", "level", "dorf"),
        ("viertel,999,einwohner,2015-12-31,5,,,andere,", "unknown_area", "area_id", "999"),
        ("viertel,01011,einwohner,2015-12-31,5,,,andere,", "area_key", "area_id", "01011"),
        ("viertel,101,alter,2015-12-31,5,,,andere,", "unknown_indicator", "indicator_id", "alter"),
        ("viertel,101,einwohner,2015,5,,,andere,", "date", "date", "2015"),
        ("viertel,101,einwohner,,5,,,andere,", "date", "date", "eine leere Zelle"),
        ("viertel,101,einwohner,2015-12-31,5,,,wer,", "unknown_source", "source_id", "wer"),
    ],
)
def test_a_long_row_that_names_something_unknown_is_left_out(
    city: MadeUpCity, row: str, rule: str, column: str, found: str
) -> None:
    city.add(LONG_TABLE, LONG + row + "\n")
    read = city.read()
    finding = only(read, rule)
    assert place(finding)[:4] == ("lang.csv", "4", column, found)
    assert finding.expected
    assert len(read.figures) == 2


def test_units(city: MadeUpCity) -> None:
    rows = (
        "viertel,101,flaeche,2015-12-31,1.25,km²,,andere,\n"
        "viertel,102,flaeche,2015-12-31,75.5,ha,,andere,\n"
        "viertel,201,anteil,2015-12-31,0.5,Promille,,andere,\n"
    )
    columns = [{"name": "flaeche", "indicator": "flaeche", "factor": 100}]
    city.add(LONG_TABLE, LONG + rows, columns=columns)
    read = city.read()
    assert cell(read, "0101", "flaeche")["value"] == pytest.approx(125)
    assert cell(read, "0102", "flaeche")["value"] == pytest.approx(75.5)
    assert place(only(read, "unit")) == ("lang.csv", "6", "unit", "Promille", "%")
    share = cell(read, "0201", "anteil")
    assert math.isnan(share["value"])
    assert share["status"] == "not_delivered"
    assert read.printed["lang"]["value"].tolist() == ["2600", "18.5", "1.25", "75.5", "0.5"]


@pytest.mark.parametrize(
    ("value", "status", "read_value", "read_status", "reported"),
    [
        ("5", "", 5, "measured", False),
        ("5", "estimated", 5, "estimated", False),
        ("5", "computed", 5, "computed", False),
        ("0", "zero", 0, "zero", False),
        ("", "suppressed", math.nan, "suppressed", False),
        ("x", "uninhabited", math.nan, "uninhabited", False),
        ("", "", math.nan, "not_delivered", False),
        ("5", "suppressed", math.nan, "suppressed", True),
        ("", "measured", math.nan, "not_delivered", True),
        ("5", "zero", 5, "measured", True),
        ("5", "geraten", 5, "measured", True),
        ("5", "scenario", math.nan, "not_delivered", True),
    ],
)
def test_a_stated_status_must_fit_the_value(
    city: MadeUpCity,
    value: str,
    status: str,
    read_value: float,
    read_status: str,
    reported: bool,
) -> None:
    row = f"viertel,101,einwohner,2015-12-31,{value},,{status},andere,\n"
    city.add(LONG_TABLE, LONG + row)
    read = city.read()
    found = cell(read, "0101", "einwohner")
    assert found["value"] == pytest.approx(read_value, nan_ok=True)
    assert found["status"] == read_status
    assert [finding.rule for finding in problems(read)] == ["status_conflict"] * reported


def test_the_same_figure_twice(city: MadeUpCity) -> None:
    city.add(LONG_TABLE, LONG + "stadt,9999,einwohner,2015-12-31,9,Personen,,andere,\n")
    city.add(
        {**LONG_TABLE, "id": "nochmal", "sources": []},
        LONG_HEAD + "bezirk,1,anteil,2015-12-31,1.5,%,,andere,\n",
    )
    read = city.read()
    first, second = (f for f in read.findings if f.rule == "duplicate_figure")
    assert (first.file, first.row, first.found) == ("lang.csv", "4", "9")
    assert (second.file, second.row, second.column) == ("nochmal.csv", "01", "anteil")
    assert "lang.csv" in second.message
    assert cell(read, "09999", "einwohner")["value"] == 2600
    assert cell(read, "01", "anteil")["value"] == 18.5


def test_whole_columns_twice_are_reported_as_the_second_file_has_them(city: MadeUpCity) -> None:
    city.add(WIDE_TABLE, WIDE)
    head, one, two, three, four = WIDE.splitlines()
    again = "\n".join([head, four, two, three.replace(";12;", ";13;"), one, ""])
    city.add({**WIDE_TABLE, "id": "nochmal", "sources": []}, again)
    read = city.read()
    found = [f for f in read.findings if f.rule == "duplicate_figure"]
    assert {f.file for f in found} == {"nochmal.csv"}
    assert [(f.row, f.column) for f in found] == [
        (area, column)
        for area in ("0202", "0102", "0201", "0101")
        for column in ("Anteil", "Einwohner", "Fläche")
    ]
    assert all("breit.csv" in f.message for f in found)
    assert cell(read, "0201", "einwohner")["value"] == 12
    assert len(read.figures) == 12


def test_columns_of_one_indicator_give_each_area_one_figure(city: MadeUpCity) -> None:
    columns = [*WIDE_TABLE["columns"], {"name": "Noch einmal", "indicator": "einwohner"}]
    lines = zip(WIDE.splitlines(), ("Noch einmal", "1", "2", "3", "4"), strict=True)
    city.add(WIDE_TABLE, "".join(f"{line};{more}\n" for line, more in lines), columns=columns)
    read = city.read()
    found = [f for f in read.findings if f.rule == "duplicate_figure"]
    assert [(f.row, f.column, f.found) for f in found] == [
        ("0101", "Noch einmal", "1"),
        ("0102", "Noch einmal", "2"),
        ("0201", "Noch einmal", "3"),
        ("0202", "Noch einmal", "4"),
    ]
    assert cell(read, "0101", "einwohner")["value"] == 1820


def test_many_equal_findings_are_counted_and_not_all_listed(city: MadeUpCity) -> None:
    rows = "".join(f"viertel,101,einwohner,2015-12-31,falsch{i},,,andere,\n" for i in range(500))
    city.add(LONG_TABLE, LONG + rows)
    values = [finding for finding in city.read().findings if finding.rule == "value"]
    assert len(values) == 21
    assert (values[-1].found, values[-1].message) == (
        "500",
        "Dasselbe wurde 480 weitere Male gefunden.",
    )


def test_a_hundred_thousand_figures(city: MadeUpCity) -> None:
    first = dt.date(1900, 1, 1).toordinal()
    days = [dt.date.fromordinal(first + i).isoformat() for i in range(50_000)]
    rows = "".join(
        f"viertel,{area},einwohner,{day},{i},,,andere,\n"
        for area in ("0101", "0102")
        for i, day in enumerate(days)
    )
    city.add(LONG_TABLE, LONG_HEAD + rows)
    read = city.read()
    assert problems(read) == []
    assert len(read.figures) == 100_000
    assert read.figures["value"].sum() == 2 * sum(range(50_000))


@pytest.fixture(scope="module")
def shipped() -> CityData:
    return read_city(SHIPPED, read_catalogue(SHIPPED))


def test_the_shipped_tables_are_read_without_any_problem(shipped: CityData) -> None:
    assert problems(shipped) == []
    catalogue = read_catalogue(SHIPPED)
    declared = sum(len(table.corrections) for table in catalogue.tables)
    notes = [finding for finding in shipped.findings if finding.rule == "corrected"]
    assert len(notes) == declared


def test_the_shipped_figures_add_up_to_the_published_ones(shipped: CityData) -> None:
    figures = shipped.figures
    population = figures[
        (figures["indicator_id"] == "bevoelkerung")
        & (figures["level"] == "sozialraum")
        & (figures["date"] == pd.Timestamp(2021, 12, 31))
    ].set_index("area_id")["value"]
    assert population.sum() == 643_753
    by_district = population.groupby(population.index.str[:2]).sum()
    assert by_district["05"] == 34_479
    assert by_district["06"] == 66_957


def test_findings_are_plain_data(city: MadeUpCity) -> None:
    city.add(WIDE_TABLE, WIDE.replace(";930;", ";viele;"))
    for finding in city.read().findings:
        for name, value in dataclasses.asdict(finding).items():
            assert isinstance(value, str), name
