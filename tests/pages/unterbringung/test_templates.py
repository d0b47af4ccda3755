"""Templates come back: filled in, they are checked, loaded, imported and seen on the page."""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
from functools import cache
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from inteso_dash.catalogue import Catalogue, read_catalogue
from inteso_dash.catalogue.city import Accommodation
from inteso_dash.city import load_city
from inteso_dash.cli import main
from inteso_dash.intake import checking
from inteso_dash.language.findings import Severity
from inteso_dash.pages.unterbringung import templates
from inteso_dash.pages.unterbringung.sentences import left_out_remarks
from inteso_dash.pages.unterbringung.situation import situation
from inteso_dash.tables.reading import read_raw_bytes
from inteso_dash.tables.register import Areas
from inteso_dash.tables.sources import read_city
from inteso_dash.tables.sources.places import SITE_HEADS
from tests.pages.daten.test_upload_page import SHOW, load, opened, press
from tests.pages.unterbringung.test_unterbringung_page import said
from tests.paths import ROOT
from tests.paths import page as script
from tests.towns import made_up_accommodation as made_up

DAY = dt.date(2018, 3, 31)
KINDS = ["csv", "xlsx"]


@cache
def shipped() -> tuple[Catalogue, Accommodation, dict[str, str]]:
    catalogue = read_catalogue(ROOT)
    declared = catalogue.accommodation
    assert declared is not None
    level = catalogue.level(declared.level)
    areas = Areas(read_city(ROOT, catalogue).register).of(level.id, level.current.id)
    return catalogue, declared, areas


def template(title: str, kind: str) -> bytes:
    rows, explained = templates.TEMPLATES[title](*shipped())
    return (
        templates.template_csv(rows) if kind == "csv" else templates.template_xlsx(rows, explained)
    )


def filled_in(title: str, kind: str, rows: list[dict[str, str | int | dt.date]]) -> bytes:
    """Return a template whose example somebody has replaced by rows of their own."""
    content = template(title, kind)
    if kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        sheet = book["Daten"]
        heads = [cell.value for cell in sheet[1]]
        for at in range(2, sheet.max_row + 1):
            for cell in sheet[at]:
                cell.value = None
        for at, row in enumerate(rows, start=2):
            for place, head in enumerate(heads, start=1):
                sheet.cell(at, place).value = row.get(str(head))
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()
    heads = next(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    out_text = io.StringIO(newline="")
    writer = csv.DictWriter(out_text, heads, delimiter=";")
    writer.writeheader()
    writer.writerows(
        {
            head: f"{cell:%d.%m.%Y}" if isinstance(cell, dt.date) else cell
            for head, cell in row.items()
        }
        for row in rows
    )
    return out_text.getvalue().encode("utf-8-sig")


def site(name: str, area: str, persons: int, **more: str | int | dt.date) -> dict[str, object]:
    row = {"name": name, "form": "Wohnung", "places": persons + 20, "occupied": persons}
    row |= {"date": DAY, "level": "Stadtbezirk", "area_id": area, "state": "in Betrieb", **more}
    return {SITE_HEADS[column]: cell for column, cell in row.items()}


SITES = [
    site("Haus am Hang", "01", 120),
    site("Haus am See", "01", 135),
    site("Haus am Wald", "02", 140, opened=dt.date(2016, 1, 1)),
    site("Haus am Feld", "02", 150),
    site("Haus am Dorf", "02", 0, state="in Planung"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("data", "geodata"):
        shutil.copytree(ROOT / name, tmp_path / "city" / name)
    return tmp_path / "city"


@pytest.fixture
def _shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTESO_DASH_DATA", str(ROOT))


@pytest.mark.parametrize("title", templates.TEMPLATES)
@pytest.mark.parametrize("kind", KINDS)
def test_heads_are_german_and_numbers_are_numbers(title: str, kind: str) -> None:
    catalogue, _, _ = shipped()
    raw = read_raw_bytes(template(title, kind), f"vorlage.{kind}")
    titles = {each.title.de for each in catalogue.indicators}
    known = {*SITE_HEADS.values(), *titles, "Schlüssel", "Gebiet"}
    assert set(raw.columns) <= known
    assert any(templates.MADE_UP in row.cells for row in raw.rows)
    if kind == "xlsx":
        cells = raw.rows[0].cells
        assert any(isinstance(cell, int | float) for cell in cells)
        assert any(isinstance(cell, dt.date) for cell in cells)
        assert "01" in cells
    rows, explained = templates.TEMPLATES[title](*shipped())
    assert len(explained) == len(rows.columns)


@pytest.mark.usefixtures("_shipped")
@pytest.mark.parametrize("title", templates.TEMPLATES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_template_passes_the_checks_as_it_is(tmp_path: Path, title: str, kind: str) -> None:
    path = tmp_path / f"vorlage.{kind}"
    path.write_bytes(template(title, kind))
    assert {each.severity for each in checking.check(path)} <= {Severity.NOTE}


@pytest.mark.parametrize("title", templates.TEMPLATES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_template_is_imported(
    folder: Path, tmp_path: Path, title: str, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"vorlage.{kind}"
    path.write_bytes(template(title, kind))
    assert main(["import", str(path), "--into", str(folder)]) == 0
    assert main(["import", str(path), "--into", str(folder)]) == 0
    assert "enthält der Ordner schon" in capsys.readouterr().out
    assert len(list((folder / "data").glob("lieferung_*"))) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_imported_sites_make_the_situation(folder: Path, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"unterkuenfte.{kind}"
    path.write_bytes(filled_in("Unterkünfte", kind, SITES))
    source = ["--source", "public=true", "title=Liste"]
    assert main(["import", str(path), "--into", str(folder), "--complete", *source]) == 0
    shown = situation(load_city(folder), "stadtbezirk", DAY)
    assert shown.areas.loc[["01", "02"], "persons"].tolist() == [255, 290]
    assert shown.areas.loc[["01", "02"], "places"].tolist() == [295, 330]
    assert shown.areas.loc[["01", "02"], "sites"].tolist() == [2, 2]
    assert left_out_remarks(load_city(folder), DAY) == [
        "Haus am Dorf (0 Personen): Stand „in Planung“"
    ]


def test_a_site_that_the_folder_knows_otherwise_is_an_error(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "unterkuenfte.csv"
    path.write_bytes(filled_in("Unterkünfte", "csv", SITES))
    assert main(["import", str(path), "--into", str(folder), "--complete"]) == 0
    changed = [site("Haus am Hang", "01", 90), site("Haus am Ufer", "03", 80), *SITES[1:]]
    path.write_bytes(filled_in("Unterkünfte", "csv", changed))
    assert main(["import", str(path), "--into", str(folder), "--complete"]) == 1
    out = capsys.readouterr().out
    assert "site_repeated  Unterkunft mehrfach · unterkuenfte.csv · 2 · Name oder Anschrift" in out
    assert "Haus am Ufer" not in out


def test_faults_of_sites_are_named_by_row_and_head_of_the_file(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "unterkuenfte.xlsx"
    wrong = site("Haus am Bach", "77", 150, usable=100, form="Burg")
    path.write_bytes(filled_in("Unterkünfte", "xlsx", [*SITES, wrong]))
    assert main(["import", str(path), "--into", str(folder)]) == 1
    out = capsys.readouterr().out
    assert (
        "part_over_whole  Mehr als das Ganze · unterkuenfte.xlsx · 7 · Untergebrachte Personen"
        in out
    )
    assert "unknown_area  Unbekannter Schlüssel · unterkuenfte.xlsx · 7 · Gebietsschlüssel" in out
    assert "unknown_form  Unbekannte Form · unterkuenfte.xlsx · 7 · Form" in out
    assert not list((folder / "data").glob("lieferung_*"))


# --- the round trip on the pages -------------------------------------------------------------


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("INTESO_DASH_DATA", str(ROOT))
    st.cache_resource.clear()
    return opened()


def listed(app: AppTest) -> pd.DataFrame:
    tables = [each.value for each in app.dataframe if "Unterkunft" in each.value.columns]
    assert tables, [each.value.columns for each in app.dataframe]
    return tables[-1]


@pytest.mark.parametrize("kind", KINDS)
def test_sites_are_uploaded_and_seen_on_the_page(page: AppTest, kind: str) -> None:
    load(page, filled_in("Unterkünfte", kind, SITES), f"unterkuenfte.{kind}")
    assert "5 Unterkünfte, Stichtag 31.03.2018." in said(page)
    shown = page.dataframe[0].value
    assert shown["Name oder Anschrift"].tolist()[:2] == ["Haus am Hang", "Haus am See"]
    assert shown["Untergebrachte Personen"].tolist()[:2] == ["120", "135"]
    complete = next(each for each in page.checkbox if "alle Unterkünfte" in each.label)
    complete.check().run()
    press(page, SHOW)
    page.switch_page(script("unterbringung"))
    page.query_params["u_bereich"] = "Verteilung"
    page.query_params["u_stichtag"] = "31.03.2018"
    page.run()
    assert not page.exception, page.exception
    text = said(page)
    assert "31.03.2018" in text
    assert "Haus am Dorf" in text
    assert "Unveröffentlichte Daten" in text or any("Unveröffent" in w.value for w in page.warning)


def test_areas_are_uploaded_and_seen_on_the_page(page: AppTest) -> None:
    _, _, areas = shipped()
    rows = [
        {
            "Schlüssel": key,
            "Gebiet": name,
            "Stichtag": DAY,
            "Untergebrachte Personen": 700 + int(key),
        }
        for key, name in areas.items()
    ]
    load(page, filled_in("Gebiete", "xlsx", rows), "gebiete.xlsx")
    press(page, SHOW)
    page.switch_page(script("unterbringung"))
    page.query_params["u_stichtag"] = "31.03.2018"
    page.run()
    assert not page.exception, page.exception
    assert "31.03.2018" in said(page)


def test_the_made_up_table_of_sixty_sites_is_imported_with_its_own_heads(
    folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "unterkuenfte.csv"
    rows = [{**row, "date": "2018-03-31", "closed": ""} for row in made_up.read("unterkuenfte")]
    path.write_text(made_up.write(rows), encoding="utf-8")
    source = ["--source", "public=true"]
    assert main(["import", str(path), "--into", str(folder), "--complete", *source]) == 0
    shown = situation(load_city(folder), "stadtbezirk", DAY)
    assert shown.areas.at["06", "persons"] == 1820
