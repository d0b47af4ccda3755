"""Workbooks, geodata and the data package: reversible, described, the same bytes twice."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import frictionless
import geopandas
import numpy as np
import openpyxl
import pandas as pd
import pyogrio
import pytest
from pypdf import PdfReader

from inteso_dash.city import City
from inteso_dash.cli import main
from inteso_dash.files import kinds, package
from inteso_dash.files import tables as files
from inteso_dash.files.kinds import FileKind
from inteso_dash.files.text import labelled
from inteso_dash.folders import DATA_VARIABLE
from inteso_dash.measures.classes import Method
from inteso_dash.pages.karte.files import choice_address, map_file, map_statement
from inteso_dash.pages.stadtteilprofil import profile
from inteso_dash.pages.stadtteilprofil.files import profile_statement
from inteso_dash.views import map_view
from inteso_dash.views.map_view import Choice
from inteso_dash.views.statement import creation_date, statement
from tests.paths import ROOT
from tests.reading_back import read_csv

DAY, LATER = dt.date(2026, 11, 25), dt.date(2027, 1, 31)
QUOTA = Choice("sozialraum", "sgb2_quote")
DANGEROUS = ("=1+1", "+49", "-x", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0")


def made(city: City, kind: str, created: dt.date = DAY) -> bytes:
    """Write the map of SGB II."""
    layer = map_view.view(city, QUOTA).layers[-1]
    told = map_statement(city, QUOTA, layer, address="karte?x=1", created=created)
    return map_file(city, QUOTA, layer, told, kind)


def with_names(city: City, names: dict[str, str]) -> City:
    """The city with other names for some Sozialräume."""
    register = city.register.copy()
    for area_id, name in names.items():
        register.loc[register["area_id"] == area_id, "name"] = name
    return dataclasses.replace(city, register=register, _areas={})


@pytest.mark.parametrize("kind", [*kinds.TABLE_KINDS, *kinds.AREA_KINDS])
def test_the_same_map_is_the_same_bytes(city: City, kind: str) -> None:
    assert made(city, kind) == made(city, kind)


def test_a_text_file_differs_in_its_creation_date_alone(city: City) -> None:
    assert made(city, "csv") == made(city, "csv", LATER)
    first, later = (made(city, "geojson", day).decode() for day in (DAY, LATER))
    assert first.replace("2026-11-25", "2027-01-31") == later


def test_a_workbook_differs_in_its_creation_date_alone(city: City) -> None:
    first, later = (zipfile.ZipFile(io.BytesIO(made(city, "xlsx", day))) for day in (DAY, LATER))
    assert first.namelist() == later.namelist()
    different = {name for name in first.namelist() if first.read(name) != later.read(name)}
    assert different == {"docProps/core.xml", "xl/sharedStrings.xml"}
    for name in different:
        old, new = first.read(name).decode(), later.read(name).decode()
        old = old.replace("2026-11-25", "2027-01-31").replace("25.11.2026", "31.01.2027")
        assert old == new


def test_workbook_holds_numbers_definitions_and_sources(city: City) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(city, "xlsx")))
    assert book.sheetnames == ["Zahlen", "Definitionen", "Quellen"]
    sheet = book["Zahlen"]
    heads = {cell.value: cell.column - 1 for cell in sheet[1]}
    rows = {row[heads["Schlüssel"]].value: row for row in sheet.iter_rows(min_row=2)}
    assert len(rows) == 171
    value = rows["098002"][heads["Wert"]]
    assert (value.value, value.data_type, value.number_format) == (48.7, "n", "#,##0.0")
    day = rows["098002"][heads["Stichtag"]]
    assert (day.value.date(), day.number_format) == (dt.date(2021, 12, 31), "dd.mm.yyyy")
    assert rows["033001"][heads["Wert"]].value is None
    assert rows["033001"][heads["Status"]].value == "beim Nachbargebiet enthalten"
    assert all(each.freeze_panes == "A2" for each in book.worksheets)
    assert book["Definitionen"]["A2"].value == "sgb2_quote"
    said = {cell.value for row in book["Quellen"].iter_rows() for cell in row}
    assert {city.data_hash, "karte?x=1", "25.11.2026", "31.12.2021"} <= said
    assert "Amtliche Statistik, Quellenangabe erforderlich" in said


@pytest.mark.parametrize("dangerous", DANGEROUS)
def test_a_workbook_never_holds_a_formula(city: City, dangerous: str) -> None:
    told = statement(city, what="x", where="y", dates=[DAY], source_ids=[], created=DAY)
    table = pd.DataFrame({"Name": [dangerous], "Wert": [Decimal("1.5")]}, dtype=object)
    book = openpyxl.load_workbook(io.BytesIO(files.table_file(city, table, told, FileKind.XLSX)))
    cell = book["Zahlen"]["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_geodata_neutralises_formulas(city: City, tmp_path: Path) -> None:
    spoiled = with_names(city, {"011001": "=1+1"})
    features = json.loads(made(spoiled, "geojson"))["features"]
    assert features[0]["properties"]["name"] == "'=1+1"
    path = tmp_path / "karte.gpkg"
    path.write_bytes(made(spoiled, "gpkg"))
    frame = geopandas.read_file(path)
    assert frame["name"][0] == "'=1+1"


def test_geodata_say_what_estimated_values_rest_on(city: City, tmp_path: Path) -> None:
    estimated = Choice("sozialraum", "handlungsbedarf")
    layer = map_view.view(city, estimated).layers[-1]
    told = map_statement(city, estimated, layer, created=DAY)
    assert told.estimates
    head = json.loads(map_file(city, estimated, layer, told, "geojson"))["metadata"]
    assert head["schaetzungen"] == "\n".join(told.estimates)
    assert head["erstellt"] == "2026-11-25"
    path = tmp_path / "karte.gpkg"
    path.write_bytes(map_file(city, estimated, layer, told, "gpkg"))
    assert pyogrio.read_info(path)["layer_metadata"]["schaetzungen"] == head["schaetzungen"]


def test_geojson_has_status_and_source_for_every_value(city: City) -> None:
    read = json.loads(made(city, "geojson"))
    rows = {each["properties"]["schluessel"]: each["properties"] for each in read["features"]}
    assert len(rows) == 171
    assert rows["098002"]["wert"] == 48.7
    assert (rows["098002"]["untere_grenze"], rows["098002"]["obere_grenze"]) == (47.1, 50.3)
    assert rows["098002"]["art_der_grenzen"] == "Wilson, 95\u202f%"
    assert rows["033001"]["untere_grenze"] is None
    assert rows["033001"]["wert"] is None
    assert rows["033001"]["status"] == "beim Nachbargebiet enthalten"
    assert all("Quartiersatlas 2024" in row["quelle"] for row in rows.values())
    assert read["metadata"]["datenstand"] == city.data_hash
    assert read["metadata"]["adresse"] == "karte?x=1"
    assert "crs" not in read


def test_geopackage_opens_with_the_same_values(city: City, tmp_path: Path) -> None:
    path = tmp_path / "karte.gpkg"
    path.write_bytes(made(city, "gpkg"))
    frame = geopandas.read_file(path).set_index("schluessel")
    assert frame.crs.to_epsg() == 4326
    expected = map_view.view(city, QUOTA).layers[-1].values["value"]
    np.testing.assert_allclose(frame["wert"].astype(float), expected.reindex(frame.index))
    told = pyogrio.read_info(path)["layer_metadata"]
    assert told["datenstand"] == city.data_hash
    assert "Quartiersatlas 2024" in told["quelle"]


@pytest.fixture(scope="module")
def packed(city: City, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data package in a folder."""
    folder = tmp_path_factory.mktemp("paket")
    for name, content in package.files(city, DAY).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.filterwarnings("ignore::DeprecationWarning:frictionless")
def test_the_package_validates(packed: Path) -> None:
    report = frictionless.validate(str(packed / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    assert report.stats["tasks"] == 13


@pytest.mark.filterwarnings("ignore::DeprecationWarning:frictionless")
def test_a_spoiled_package_does_not_validate(packed: Path) -> None:
    path = packed / "zahlen.csv"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"sgb2_quote", b"gibt_es_nicht", 1))
    report = frictionless.validate(str(packed / "datapackage.json"))
    path.write_bytes(whole)
    assert {"foreign-key", "hash-count"} <= {row[0] for row in report.flatten(["type"])}


def test_the_package_holds_all_figures_and_says_where_they_are_from(
    city: City, packed: Path
) -> None:
    descriptor = json.loads((packed / "datapackage.json").read_text("utf-8"))
    assert descriptor["id"] == city.data_hash
    assert descriptor["created"] == "2026-11-25T00:00:00Z"
    with (packed / "zahlen.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(city.figures)
    together = next(
        row for row in rows if (row["area_id"], row["indicator_id"]) == ("032001", "sgb2_quote")
    )
    assert together["note"] == "Gilt zusammen mit 033001: gemeinsam veröffentlicht."
    figure = next(
        row for row in rows if (row["area_id"], row["indicator_id"]) == ("098002", "sgb2_quote")
    )
    assert (figure["value"], figure["status"], figure["date"]) == ("48.7", "measured", "2021-12-31")
    licences = {each["title"] for each in descriptor["licenses"]}
    assert licences == {source.licence for source in city.catalogue.sources.values()}


def test_what_is_suppressed_does_not_leave(city: City) -> None:
    figures = city.figures.copy()
    first = figures.index[figures["indicator_id"] == "arbeitslose"][0]
    figures.loc[first, ["value", "status"]] = [float("nan"), "suppressed"]
    hidden = dataclasses.replace(city, figures=figures)
    rows = list(csv.DictReader(io.StringIO(package.files(hidden, DAY)["zahlen.csv"].decode())))
    row = rows[figures.index.get_loc(first)]
    assert (row["value"], row["status"]) == ("", "suppressed")
    table = labelled(figures.loc[[first]], city)
    assert (table.loc[0, "Wert"], table.loc[0, "Status"]) == (None, "geheim gehalten")


def test_a_packed_package_is_the_same_bytes(city: City) -> None:
    first, second = (package.zipped(package.files(city, DAY), DAY) for _ in range(2))
    assert first == second
    assert "datapackage.json" in zipfile.ZipFile(io.BytesIO(first)).namelist()


def test_every_row_of_a_csv_names_licence_data_and_address(city: City) -> None:
    result = profile.profile(city, "stadtbezirk", "06")
    told = profile_statement(city, result, address="profil?x=1", created=DAY)
    table = labelled(profile.to_rows(result, city), city)
    content = files.table_file(city, table, told, FileKind.CSV)
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert {row["Datenstand"] for row in rows} == {city.data_hash}
    assert {row["Adresse"] for row in rows} == {"profil?x=1"}
    assert all(row["Lizenz"] for row in rows if row["Quelle"])
    back = read_csv(content, "x.csv")
    pd.testing.assert_frame_equal(back, table.astype(object), check_dtype=False)


def test_the_date_can_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764028800")
    assert creation_date() == dt.date(2025, 11, 25)
    assert creation_date(DAY) == DAY


def test_addresses_lead_to_what_was_exported(city: City) -> None:
    from inteso_dash.pages.karte.view import read as read_view
    from inteso_dash.views.sequences import Address

    choice = Choice("stadtteil", "anteil_auslaender", classes=4)
    address = choice_address(city, choice, dt.date(2021, 12, 31), "063")
    assert "indikator=anteil_auslaender&ebene=stadtteil" in address, "ids, never titles"
    notes: list[str] = []
    read = Address.read(address)
    assert read_view(city, read, notes).choice == choice
    assert (read.get("gebiet"), read.get("stichtag"), notes) == ("063", "2021-12-31", [])
    large = replace(choice, method=Method.OWN, own=(-0.5, 12345.678, 1234567.0))
    read = Address.read(choice_address(city, large, dt.date(2021, 12, 31)))
    assert read_view(city, read, notes).choice == large


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands work on the shipped city."""
    monkeypatch.setenv(DATA_VARIABLE, str(ROOT))


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("kind", [*kinds.TABLE_KINDS, *kinds.AREA_KINDS, *kinds.PICTURE_KINDS])
def test_a_map_by_command(tmp_path: Path, kind: str) -> None:
    target = tmp_path / f"karte.{kind}"
    command = ["export", "map", "SGB-II-Quote", "--level", "stadtteil", "-o", str(target)]
    assert main([*command, "--created", "25.11.2026"]) == 0
    starts: dict[str, Any] = {
        "xlsx": b"PK",
        "csv": b"Ebene,",
        "geojson": b'{"type": "FeatureCollection"',
        "gpkg": b"SQLite format 3",
        "svg": b"<?xml",
        "png": b"\x89PNG",
        "pdf": b"%PDF",
    }
    assert target.read_bytes().startswith(starts[kind])


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    "chart",
    [
        ["age", "06", "--level", "stadtbezirk"],
        ["ranking", "sgb2_quote", "--area", "098002"],
        ["distribution", "Kinderarmut"],
        ["development", "bevoelkerung", "--area", "06"],
        ["development", "unterbringung_personen"],
    ],
    ids=" ".join,
)
def test_a_chart_by_command(tmp_path: Path, chart: list[str]) -> None:
    target = tmp_path / "diagramm.svg"
    assert main(["export", "chart", *chart, "-o", str(target), "--created", "2026-11-25"]) == 0
    first = target.read_bytes()
    assert b"2026-11-25" in first
    assert main(["export", "chart", *chart, "-o", str(target), "--created", "2026-11-25"]) == 0
    assert target.read_bytes() == first


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("chart", "head"),
    [
        ("ranking", "Stadtteile mit den höchsten Werten, in Personen"),
        ("distribution", "Verteilung über 50 Stadtteile, in Personen"),
    ],
)
def test_a_chart_of_areas_says_which_of_them_it_shows(
    tmp_path: Path, chart: str, head: str
) -> None:
    target = tmp_path / "diagramm.pdf"
    asked = ["export", "chart", chart, "bevoelkerung", "--level", "stadtteil", "-o", str(target)]
    assert main(asked) == 0
    (page,) = PdfReader(target).pages
    assert {"Bevölkerung, 31.12.2021", head} <= set(page.extract_text().splitlines())


@pytest.mark.usefixtures("shipped")
def test_profile_and_package_by_command(tmp_path: Path) -> None:
    assert main(["export", "profile", "06", "-o", str(tmp_path / "p.xlsx")]) == 0
    assert main(["export", "package", "-o", str(tmp_path / "paket.zip")]) == 0
    assert main(["export", "package", "-o", str(tmp_path / "paket")]) == 0
    names = zipfile.ZipFile(tmp_path / "paket.zip").namelist()
    written = [each for each in (tmp_path / "paket").rglob("*") if each.is_file()]
    assert sorted(names) == sorted(
        each.relative_to(tmp_path / "paket").as_posix() for each in written
    )


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["map", "gibt es nicht", "-o", "x.png"], "Einen Indikator „gibt es nicht“"),
        (["map", "sgb2_quote", "-o", "x.doc"], "gefunden „.doc“, erwartet eine Endung png"),
        (["map", "sgb2_quote", "--level", "kreis", "-o", "x.png"], "Eine Ebene „kreis“"),
        (["map", "sgb2_quote", "--date", "1999-01-01", "-o", "x.png"], "erwartet einer der"),
        (["map", "sgb2_quote", "--area", "99", "-o", "x.png"], "Ein Gebiet „99“ gibt es nicht"),
        (["chart", "age", "071009", "-o", "x.png"], "liegen keine Werte vor"),
        (["chart", "age", "06", "-o", "x.xlsx"], "erwartet eine Endung png, svg, pdf"),
        (["chart", "development", "gibt es nicht", "-o", "x.png"], "Einen Indikator"),
        (["chart", "development", "sgb2_quote", "--area", "071009", "-o", "x.png"], "keine Werte"),
        (
            ["chart", "ranking", "fluktuationsrate", "--level", "stadtteil", "-o", "x.png"],
            "keine Werte",
        ),
        (["profile", "Köln", "-o", "x.csv"], "Ein Gebiet „Köln“ gibt es nicht"),
        (["profile", "06", "--level", "kreis", "-o", "x.csv"], "Eine Ebene „kreis“ gibt es nicht"),
        (["profile", "06", "-o", "fehlt/x.csv"], "nicht beschreibbar"),
    ],
)
def test_wrong_use_is_explained(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
