"""Register, sites and offices of a made-up city."""

import math
from pathlib import Path

import pandas as pd
import pytest

from inteso_dash.language.findings import Severity
from inteso_dash.tables.register import areas_of
from tests.towns.declared_city import (
    ACCOMMODATION,
    POINTS_HEAD,
    POINTS_TABLE,
    REGISTER,
    SITES_HEAD,
    SITES_TABLE,
    WIDE,
    WIDE_TABLE,
    MadeUpCity,
    only,
    problems,
)


@pytest.fixture
def city(tmp_path: Path) -> MadeUpCity:
    return MadeUpCity(tmp_path)


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


def test_no_two_areas_are_shown_under_one_name(city: MadeUpCity) -> None:
    text = REGISTER.replace(",Wiese,", ",Berg,").replace(",Bezirk 2,", ",Neustadt,")
    city.add({"id": "gebiete", "title": "Gebiete", "kind": "register"}, text)
    read, catalogue = city.read(), city.catalogue()

    def names(level: str) -> list[str]:
        return areas_of(read.register, catalogue, level, "2020")["name"].tolist()

    cut_off = "Neustadt · Rund um den Großen Markt … (0201)"
    there = ["Am Alten Hafen", "Berg · Bezirk 1 (0102)", cut_off, "Berg · Neustadt (0202)"]
    assert names("viertel") == there
    assert names("bezirk") == ["Bezirk 1", "Neustadt · Neustadt (02)"]
    assert names("stadt") == ["Neustadt"]


def test_excel_may_have_turned_the_keys_of_a_register_into_numbers(city: MadeUpCity) -> None:
    table = {"id": "gebiete", "title": "Gebiete", "kind": "register"}
    expected = city.read().register
    text = REGISTER.replace(",0", ",").replace("true", "WAHR").replace("false", "FALSCH")
    city.add(table, text)
    read = city.read()
    assert problems(read) == []
    pd.testing.assert_frame_equal(read.register, expected)


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
