"""Delivered files without a declaration: what they hold is recognised, then checked."""

from __future__ import annotations

import datetime as dt
import functools
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from inteso_dash.catalogue import Catalogue, read_catalogue
from inteso_dash.catalogue.city import Division, Level
from inteso_dash.catalogue.yaml_files import Text
from inteso_dash.intake.recognise import Recognised, check_file, recognise
from inteso_dash.intake.recognise.meaning import indicator_headers, normalise_header
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.tables.reading import read_raw_bytes
from inteso_dash.tables.sources import read_city
from tests.paths import ROOT as SHIPPED

WORKBOOK = "quartiersatlas_2024_profildaten.xlsx"


@functools.cache
def shipped() -> tuple[Catalogue, pd.DataFrame]:
    """Return the shipped catalogue and register: keys to recognise in made-up tables."""
    catalogue = read_catalogue(SHIPPED)
    return catalogue, read_city(SHIPPED, catalogue).register


def areas(level: str) -> pd.DataFrame:
    """Return the registered areas of a level."""
    _, register = shipped()
    return register[register["level"] == level].reset_index(drop=True)


def read(lines: list[str], title: str = "") -> Recognised | Finding:
    """Recognise a made-up CSV file."""
    catalogue, register = shipped()
    text = "\n".join([*([title] if title else []), *lines]) + "\n"
    raw = read_raw_bytes(text.encode("cp1252"), "made_up.csv")
    return recognise(raw, catalogue, register)


def districts(**more: str) -> list[str]:
    """Return a made-up table of all Stadtteile; ``more`` are further lines by their key."""
    lines = ["Nr.;Stadtteil;Stadtbezirk;Einwohner;Bäume;Ausländer %"]
    for place, row in areas("stadtteil").iterrows():
        number = int(str(place)) + 1
        key = int(row["area_id"])
        parent = int(row["parent_id"])
        share = f"{10 + number / 10:.1f}".replace(".", ",")
        lines.append(f"{key};{row['name']};{parent};{number}.{100 + number};{number * 7};{share}")
    return lines + list(more.values())


def recognised(lines: list[str], title: str = "") -> Recognised:
    """Recognise a made-up file that must be recognisable."""
    found = read(lines, title)
    assert isinstance(found, Recognised)
    return found


def test_keys_without_zeros_names_parents_and_indicators_are_recognised() -> None:
    found = recognised(districts(), "Stadtteile am 31.12.2030 (erfunden)")
    assert (found.level, found.division, found.key_column) == ("stadtteil", "2025", "Nr.")
    assert found.name_column == "Stadtteil"
    assert found.parents == {"stadtbezirk": "Stadtbezirk"}
    assert found.indicators == {"Einwohner": "bevoelkerung", "Ausländer %": "anteil_auslaender"}
    assert found.date == dt.date(2030, 12, 31)
    first = areas("stadtteil").loc[0, "area_id"]
    assert found.frame.loc[first].to_dict() == {
        "bevoelkerung": 1101.0,
        "Bäume": 7.0,
        "anteil_auslaender": 10.1,
    }
    assert found.decimals.loc[first, "anteil_auslaender"] == 1
    assert found.names[first] == areas("stadtteil").loc[0, "name"]


def test_the_total_row_is_no_area() -> None:
    found = recognised(districts(total="05111;Düsseldorf;;9.999;8;20,0"))
    assert len(found.keys) == 50
    assert found.totals.to_dict() == {
        "bevoelkerung": 9999.0,
        "Bäume": 8.0,
        "anteil_auslaender": 20.0,
    }
    named = recognised(districts(total=";Stadt insgesamt;;9.999;8;20,0"))
    assert named.totals["bevoelkerung"] == 9999.0


def test_the_order_of_the_columns_does_not_matter() -> None:
    turned = [";".join(reversed(line.split(";"))) for line in districts()]
    found = recognised(turned)
    assert (found.level, found.key_column, found.name_column) == ("stadtteil", "Nr.", "Stadtteil")


def test_rows_without_key_twice_or_unknown_stay_in_the_table_of_keys() -> None:
    lines = districts(
        blank=";Insel;9;12;1;1,0", twice="11;Doppelt;1;12;1;1,0", odd="999;Neu;9;1;1;1"
    )
    found = recognised(lines)
    assert list(found.keys["key"][-3:]) == ["", "011", "999"]
    assert found.frame.index.is_unique
    assert len(found.frame) == 51


def test_cells_that_are_no_numbers_are_errors_with_their_place() -> None:
    lines = districts()
    lines[3] = lines[3].replace(lines[3].split(";")[3], "viele")
    found = recognised(lines)
    (finding,) = [each for each in found.findings if each.severity is Severity.ERROR]
    assert (finding.rule, finding.column, finding.found) == ("value", "Einwohner", "viele")
    assert finding.row == areas("stadtteil").loc[2, "area_id"]


def test_a_division_without_register_is_recognised_by_its_number_of_areas() -> None:
    catalogue, register = shipped()
    level = catalogue.level("stadtteil")
    older = Division(id="made up", areas=48)
    changed = level.model_copy(update={"divisions": (older, *level.divisions)})
    levels = tuple(changed if each.id == level.id else each for each in catalogue.levels)
    other = catalogue.model_copy(update={"levels": levels})
    assert isinstance(changed, Level)
    raw = read_raw_bytes("\n".join(districts()[:49]).encode(), "made_up.csv")
    found = recognise(raw, other, register)
    assert isinstance(found, Recognised)
    assert found.division == "made up"
    whole = recognise(read_raw_bytes("\n".join(districts()).encode(), "m.csv"), other, register)
    assert isinstance(whole, Recognised)
    assert whole.division == "2025"


def test_a_file_about_something_else_says_what_was_looked_for() -> None:
    found = read(["Baum;Höhe", "Eiche;12", "Linde;14", "Ahorn;9"])
    assert isinstance(found, Finding)
    assert (found.severity, found.rule) == (Severity.ERROR, "unreadable")
    assert "Sozialraum mit 6 Stellen" in found.message
    assert "Baum" in found.found


def test_a_few_areas_are_recognised_by_keys_in_full_length() -> None:
    lines = ["Gebiet;Einwohner", "011;12", "012;14", "013;9"]
    found = recognised(lines)
    assert (found.level, list(found.frame.index)) == ("stadtteil", ["011", "012", "013"])


@pytest.mark.parametrize(
    ("header", "same"),
    [
        ("Fläche\u00a0ha", "fläche ha"),
        ("Wohnfläche m²/EW", "WOHNFLÄCHE m2/EW"),
        ("6 – 17", "6-17"),
        ("Arbeitslose 1)", "arbeitslose"),
        ("Bevo\u0308lkerung", "Bevölkerung"),
    ],
)
def test_spellings_of_a_header_are_equal(header: str, same: str) -> None:
    assert normalise_header(header) == normalise_header(same)


def test_a_share_is_not_taken_for_its_count() -> None:
    headers = indicator_headers(shipped()[0])
    assert headers["6-17"] == "alter_6_17"
    assert headers["6-17 %"] == "anteil_alter_6_17"


def test_a_short_title_of_two_indicators_stands_for_neither() -> None:
    catalogue, _ = shipped()
    one, other = (each.model_copy(update={"aliases": ()}) for each in catalogue.indicators[:2])
    words = Text(de="Gleich", en="same")
    pair = tuple(each.model_copy(update={"short": words}) for each in (one, other))
    assert "gleich" not in indicator_headers(catalogue.model_copy(update={"indicators": pair}))


def test_files_that_cannot_be_read_are_one_error(tmp_path: Path) -> None:
    catalogue, register = shipped()
    for name, content in (("empty.csv", b""), ("broken.xlsx", b"PK\x03\x04 broken")):
        path = tmp_path / name
        path.write_bytes(content)
        (finding,) = check_file(path, catalogue, register)
        assert (finding.severity, finding.file) == (Severity.ERROR, name)
    (absent,) = check_file(tmp_path / "absent.csv", catalogue, register)
    assert absent.severity is Severity.ERROR


def test_a_delivered_file_is_checked_for_its_areas(tmp_path: Path) -> None:
    catalogue, register = shipped()
    lines = districts(odd="999;Neu;9;1.000;1;1,0")
    wrong = lines[7].split(";")
    wrong[2] = "9" if wrong[2] != "9" else "8"
    lines[7] = ";".join(wrong)
    path = tmp_path / "made_up.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    findings = check_file(path, catalogue, register)
    errors = {(each.rule, each.row) for each in findings if each.severity is Severity.ERROR}
    key = wrong[0].zfill(3)
    assert errors == {("area_count", ""), ("unknown_area", "999"), ("parent_contradiction", key)}


@pytest.fixture(scope="session")
def delivered(reference: Path) -> list[Finding]:
    """What the checks say about the workbook, its polygons measured in an equal-area projection."""
    catalogue, register = shipped()
    shapes = gpd.read_file(reference / "sozialraeume_2021_wgs84.geojson").to_crs("EPSG:3035")
    areas = pd.Series(shapes.area.to_numpy() / 1e4, index=shapes["SOZIALRAUM_ID"])
    polygons = {("sozialraum", "2021"): areas}
    return check_file(reference / WORKBOOK, catalogue, register, polygons, polygon_tolerance=0.001)


def of_rule(findings: list[Finding], rule: str) -> list[Finding]:
    """Return the findings of a rule."""
    return [finding for finding in findings if finding.rule == rule]


def test_the_workbook_is_recognised_in_full(delivered: list[Finding]) -> None:
    (finding,) = of_rule(delivered, "recognised")
    assert "171 Gebiete" in finding.message
    assert "Gliederung 2021" in finding.message
    assert "49 von 49" in finding.message


def test_the_workbook_s_glued_digits_are_split(delivered: list[Finding]) -> None:
    found = [
        (each.row, each.column, each.found, each.expected)
        for each in of_rule(delivered, "glued_digits")
    ]
    assert found == [
        ("063007", "Bevölkerung", "2036643", "2036"),
        ("063007", "30–49", "625192", "625"),
        ("063007", "50–64", "392133", "392"),
        ("063007", "Haushalte", "1179359", "1179"),
    ]


def test_the_workbook_s_columns_at_fault_are_named(delivered: list[Finding]) -> None:
    (foreign,) = of_rule(delivered, "foreign_digits")
    assert foreign.column == "Fläche ha"
    assert "alle 171 Werte auf die Ziffern 21" in foreign.message
    (repeated,) = of_rule(delivered, "repeated_column")
    assert "„Altersarmut %“ und „Mindestsicherung %“" in repeated.message


def test_the_workbook_s_areas_that_contradict_their_polygons_are_named(
    delivered: list[Finding],
) -> None:
    (finding,) = of_rule(delivered, "area_polygon")
    assert finding.found == "32 von 171 Gebieten"
    assert "037003: 7,321 statt 7,294" in finding.message
    assert "widerspricht keines mehr" in finding.message


def test_the_workbook_s_damaged_names_are_named(delivered: list[Finding]) -> None:
    (cut,) = of_rule(delivered, "cut_off_name")
    for name in (
        "Rund um die Königsallee bis",
        "Zwischen Nordfriedhof und Jo-",
        "Südlich",
        "Zwischen",
    ):
        assert f"„{name}“" in cut.message
    assert "„Am Bahnhof“" not in cut.message
    assert [(each.row, each.expected) for each in of_rule(delivered, "broken_ligature")] == [
        ("042004", "Gewerbeflächen Heerdt bis"),
        ("053002", "Ausflugsziel Kaiserswerth"),
    ]


def test_the_workbook_has_no_other_errors_or_warnings(delivered: list[Finding]) -> None:
    expected = {
        "glued_digits",
        "foreign_digits",
        "repeated_column",
        "area_polygon",
        "cut_off_name",
        "broken_ligature",
    }
    others = [
        (each.rule, each.row)
        for each in delivered
        if each.severity is not Severity.NOTE and each.rule not in expected
    ]
    assert others == [("share_count", "032001")]
