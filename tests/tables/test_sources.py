"""Declared tables of a made-up city: what they deliver and what is wrong with them."""

import dataclasses
import datetime as dt
import hashlib
import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from inteso_dash.catalogue import LONG_COLUMNS, Catalogue, read_catalogue
from inteso_dash.catalogue.tables import AreaStatus
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.tables.sources import CityData, read_city
from tests.paths import ROOT as SHIPPED

SOURCE = {"id": "amt", "title": "Erfundene Zahlen", "producer": "Erfundenes Amt", "licence": "–"}
OTHER = {**SOURCE, "id": "andere"}
DAY = dt.date(2021, 12, 31)

REGISTER = """level,division,area_id,name,parent_id,name_complete
stadt,2020,09999,Neustadt,,true
bezirk,2020,01,Bezirk 1,09999,true
bezirk,2020,02,Bezirk 2,09999,true
viertel,2020,0101,Am Alten Hafen,01,true
viertel,2020,0102,Berg,01,true
viertel,2020,0201,Rund um den Großen Markt …,02,false
viertel,2020,0202,Wiese,02,true
"""
WIDE = """Nr;Bezirk;Name;Einwohner;Anteil;Fläche
101;1;Am Alten Hafen;1.820;28,6;1,25
102;1;Berg;930;7,5;0,75
201;2;Rund um den Großen;12;3;2,5
202;2;Wiese;–;.;1
"""
WIDE_TABLE: dict[str, Any] = {
    "id": "breit",
    "title": "Viertel",
    "kind": "figures",
    "layout": "wide",
    "level": "viertel",
    "division": "2020",
    "date": DAY,
    "source": "amt",
    "key_column": "Nr",
    "name_column": "Name",
    "parent_columns": {"Bezirk": "bezirk"},
    "columns": [
        {"name": "Einwohner", "indicator": "einwohner"},
        {"name": "Anteil", "indicator": "anteil"},
        {"name": "Fläche", "indicator": "flaeche", "factor": 100},
    ],
    "sources": [SOURCE],
}
LONG_HEAD = "level,area_id,indicator_id,date,value,unit,status,source_id,note\n"
LONG_TABLE: dict[str, Any] = {
    "id": "lang",
    "title": "Einzelne Zahlen",
    "kind": "figures",
    "layout": "long",
    "sources": [OTHER],
}
LONG = (
    LONG_HEAD
    + "stadt,9999,einwohner,2015-12-31,2600,Personen,,andere,aus der Zeitung\n"
    + "bezirk,1,anteil,31.12.2015,18.5,%,,andere,\n"
)
SITES_HEAD = (
    "name;form;places;usable;occupied;opened;closed;date;level;area_id;state;source_id;note"
)
SITES_TABLE: dict[str, Any] = {"id": "orte", "title": "Orte", "kind": "sites", "source": "amt"}
ACCOMMODATION: dict[str, Any] = {
    "level": "bezirk",
    **dict.fromkeys(("persons", "places", "usable", "sites"), "einwohner"),
    "population": "einwohner",
    "area": "flaeche",
    "need": "anteil",
    "forms": [{"title": "Wohnung"}, {"title": "Zelt"}],
    "presets": [{"title": "gleich", "population": 100, "area": 0, "need": 0}],
}
POINTS_TABLE: dict[str, Any] = {"id": "punkte", "title": "Punkte", "kind": "points"}
POINTS_HEAD = "name,address,areas,level,operator,funding,date,source_id\n"


def indicator(unit: str, decimals: int, kind: str, **more: Any) -> dict[str, Any]:
    text = {"de": "Erfunden", "en": "Made up"}
    return {
        "title": text,
        "short": text,
        "topic": "alles",
        "unit": unit,
        "decimals": decimals,
        "kind": kind,
        "meaning": "Erfunden.",
        **more,
    }


class MadeUpCity:
    """A city folder of which every part can be replaced before it is read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.tables: dict[str, tuple[dict[str, Any], bytes]] = {}
        self.more: dict[str, Any] = {}
        self.add({"id": "gebiete", "title": "Gebiete", "kind": "register"}, REGISTER)

    def add(self, table: dict[str, Any], content: str | bytes, **change: Any) -> None:
        """Add a table; rows and sha256 are those of the file unless stated."""
        data = content.encode() if isinstance(content, str) else content
        rows = max(1, data.count(b"\n") - 1)
        declared = {"rows": rows, "sha256": hashlib.sha256(data).hexdigest()}
        file = f"{table['id']}.csv"
        self.tables[table["id"]] = ({"file": file, **declared, **table, **change}, data)

    def catalogue(self) -> Catalogue:
        """Write the folder and read its declarations."""
        data = self.root / "data"
        data.mkdir(exist_ok=True)

        def level(key: str, parent: str | None, length: int, areas: int) -> dict[str, Any]:
            return {
                "id": key,
                "title": {"de": key, "en": key},
                "plural": key,
                "parent": parent,
                "key_length": length,
                "divisions": [{"id": "2020", "areas": areas}],
            }

        levels = [
            level("stadt", None, 5, 1),
            level("bezirk", "stadt", 2, 2),
            level("viertel", "bezirk", 4, 4),
        ]
        levels[2]["divisions"].insert(0, {"id": "2010", "areas": 3})
        declared = {
            "city": {"id": "09999", "name": "Neustadt"},
            "title": "Eine erfundene Stadt",
            "levels": levels,
            "topics": [{"id": "alles", "title": {"de": "Alles", "en": "All"}}],
            "start": {
                "level": "viertel",
                "indicator": "einwohner",
                "profile_level": "bezirk",
                "profile_area": "01",
            },
            **self.more,
        }
        indicators = {
            "einwohner": indicator("Personen", 0, "extensive"),
            "anteil": indicator("%", 1, "intensive", weight=["einwohner"]),
            "flaeche": indicator("ha", 1, "extensive"),
        }
        files = {"catalogue": declared, "indicators": indicators}
        files |= {name: table for name, (table, _) in self.tables.items()}
        for name, content in files.items():
            text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
            (data / f"{name}.yml").write_text(text, encoding="utf-8")
        for table, content in self.tables.values():
            (data / table["file"]).write_bytes(content)
        return read_catalogue(self.root)

    def read(self) -> CityData:
        """Write the folder and read it."""
        return read_city(self.root, self.catalogue())


@pytest.fixture
def city(tmp_path: Path) -> MadeUpCity:
    return MadeUpCity(tmp_path)


def problems(read: CityData) -> list[Finding]:
    return [finding for finding in read.findings if finding.severity is not Severity.NOTE]


def only(read: CityData, rule: str) -> Finding:
    (finding,) = (finding for finding in read.findings if finding.rule == rule)
    return finding


def place(finding: Finding) -> tuple[str, str, str, str, str]:
    return finding.file, finding.row, finding.column, finding.found, finding.expected


def cell(read: CityData, area: str, indicator_id: str) -> Any:
    figures = read.figures
    (at,) = figures.index[(figures["area_id"] == area) & (figures["indicator_id"] == indicator_id)]
    return figures.loc[at]


# --- the line from file to long table -----------------------------------------------------------


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


# --- what is wrong with a table -----------------------------------------------------------------


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


# --- corrections, statuses, explanations --------------------------------------------------------


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


# --- the register -------------------------------------------------------------------------------


def test_the_register(city: MadeUpCity) -> None:
    read = city.read()
    assert problems(read) == []
    assert list(read.register.columns) == [
        "level",
        "division",
        "area_id",
        "name",
        "parent_id",
        "parent_division",
        "name_complete",
    ]
    assert len(read.register) == 7
    assert read.register["name_complete"].dtype == bool
    assert not read.register.loc[5, "name_complete"]
    assert read.register.loc[0, "parent_id"] == ""


@pytest.mark.parametrize(
    ("old", "new", "rule", "row", "column"),
    [
        ("bezirk,2020,01", "kiez,2020,01", "unknown_level", "01", "level"),
        ("bezirk,2020,01", "bezirk,1999,01", "unknown_division", "01", "division"),
        ("viertel,2020,0102", "viertel,2020,0101", "duplicate_area", "0101", "area_id"),
        ("viertel,2020,0102", "viertel,2020,01021", "area_key", "01021", "area_id"),
        ("Berg,01,", "Berg,07,", "parent", "0102", "parent_id"),
        ("Berg,01,", "Berg,,", "parent", "0102", "parent_id"),
        ("Neustadt,,", "Neustadt,01,", "parent", "09999", "parent_id"),
        ("viertel,2020,0102,Berg,01,true\n", "", "area_count", "", "area_id"),
        (",Berg,", ",,", "area_name", "0102", "name"),
        ("Berg,01,true", "Berg,01,vielleicht", "name_complete", "0102", "name_complete"),
        ("stadt,2020,09999", "stadt,2020,09998", "root", "", "area_id"),
    ],
)
def test_what_is_wrong_in_a_register(
    city: MadeUpCity, old: str, new: str, rule: str, row: str, column: str
) -> None:
    assert old in REGISTER
    table = {"id": "gebiete", "title": "Gebiete", "kind": "register"}
    city.add(table, REGISTER.replace(old, new))
    read = city.read()
    finding = only(read, rule)
    assert (finding.file, finding.row, finding.column) == ("gebiete.csv", row, column)
    assert finding.expected


def test_excel_may_have_turned_the_keys_of_a_register_into_numbers(city: MadeUpCity) -> None:
    table = {"id": "gebiete", "title": "Gebiete", "kind": "register"}
    expected = city.read().register
    text = REGISTER.replace(",0", ",").replace("true", "WAHR").replace("false", "FALSCH")
    city.add(table, text)
    read = city.read()
    assert problems(read) == []
    pd.testing.assert_frame_equal(read.register, expected)


# --- places -------------------------------------------------------------------------------------


def site(**change: str) -> str:
    values = {
        "name": "Hafenstraße",
        "form": "Zelt",
        "places": "1.200",
        "usable": "1100",
        "occupied": "900",
        "opened": "2015-09-01",
        "closed": "",
        "date": "31.12.2016",
        "level": "viertel",
        "area_id": "101",
        "state": "in Betrieb",
        "source_id": "amt",
        "note": "",
    }
    return ";".join({**values, **change}.values()) + "\n"


def test_sites(city: MadeUpCity) -> None:
    text = SITES_HEAD + "\n" + site() + site(area_id="", level="", occupied="0,5")
    city.add(WIDE_TABLE, WIDE)
    city.add(SITES_TABLE, text)
    read = city.read()
    assert problems(read) == []
    first, second = read.sites.to_dict("records")
    assert (first["places"], first["usable"], first["occupied"]) == (1200, 1100, 900)
    assert (first["level"], first["area_id"]) == ("viertel", "0101")
    assert (first["date"], first["opened"]) == (
        pd.Timestamp(2016, 12, 31),
        pd.Timestamp(2015, 9, 1),
    )
    assert pd.isna(first["closed"])
    assert second["area_id"] == ""
    assert math.isnan(first["lon"])


@pytest.mark.parametrize(
    ("change", "rule", "column"),
    [
        ({"area_id": "999"}, "unknown_area", "area_id"),
        ({"level": ""}, "unknown_area", "area_id"),
        ({"source_id": "wer"}, "unknown_source", "source_id"),
        ({"form": "Burg"}, "ok", ""),
        ({"form": ""}, "unknown_form", "form"),
        ({"places": "-5", "usable": "", "occupied": ""}, "value", "places"),
        ({"places": "viele"}, "value", "places"),
        ({"occupied": "1150", "usable": ""}, "ok", ""),
        ({"occupied": "1250", "usable": ""}, "part_over_whole", "occupied"),
        ({"usable": "1250"}, "part_over_whole", "usable"),
        ({"occupied": "1150"}, "part_over_whole", "occupied"),
        ({"closed": "2014-01-01"}, "closed_before_opened", "closed"),
        ({"opened": "im Herbst"}, "date", "opened"),
        ({"date": ""}, "date", "date"),
    ],
)
def test_what_is_wrong_with_a_site(
    city: MadeUpCity, change: dict[str, str], rule: str, column: str
) -> None:
    city.add(WIDE_TABLE, WIDE)
    text = SITES_HEAD + "\n" + site(name="Gut") + site(**change)
    city.add(SITES_TABLE, text)
    read = city.read()
    assert len(read.sites) == 2
    if rule == "ok":
        assert problems(read) == []
        return
    (finding,) = problems(read)
    assert (finding.rule, finding.file, finding.row, finding.column) == (
        rule,
        "orte.csv",
        "3",
        column,
    )


def test_a_list_of_sites_names_the_forms_that_the_city_declares(city: MadeUpCity) -> None:
    city.more = {"accommodation": ACCOMMODATION}
    city.add(WIDE_TABLE, WIDE)
    city.add(SITES_TABLE, SITES_HEAD + "\n" + site(form="Zelt") + site(name="Alt", form="Burg"))
    finding = only(city.read(), "unknown_form")
    assert (finding.row, finding.found, finding.expected) == ("3", "Burg", "Wohnung, Zelt")


def test_positions_are_read_only_where_they_may_be_shown(city: MadeUpCity) -> None:
    head = SITES_HEAD + ";lon;lat\n"
    text = head + site().replace("\n", ";6,789;51,234\n")
    city.add(WIDE_TABLE, WIDE)
    city.add(SITES_TABLE, text)
    read = city.read()
    assert read.sites[["lon", "lat"]].isna().all(axis=None)
    assert only(read, "positions_withheld").severity is Severity.NOTE
    city.add(SITES_TABLE, text, positions_public=True)
    assert city.read().sites[["lon", "lat"]].values.tolist() == [[6.789, 51.234]]


def test_welcome_points(city: MadeUpCity) -> None:
    text = POINTS_HEAD + (
        "Treff,Marktplatz 1,1;2,bezirk,,privat,2016-03,amt\n"
        "Büro,Hafen 2,01,bezirk,Amt,,31.03.2016,amt\n"
        "Alt,Hafen 3,9,bezirk,Amt,,Frühling,wer\n"
    )
    city.add(WIDE_TABLE, WIDE)
    city.add(POINTS_TABLE, text)
    read = city.read()
    assert read.points["areas"].tolist() == [("01", "02"), ("01",), ()]
    assert read.points["date"].tolist() == ["2016-03", "2016-03-31", "Frühling"]
    assert {(finding.rule, finding.row) for finding in problems(read)} == {
        ("unknown_area", "4"),
        ("date", "4"),
        ("unknown_source", "4"),
    }


# --- the shipped city ---------------------------------------------------------------------------


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
