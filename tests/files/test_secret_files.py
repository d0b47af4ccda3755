"""No file that leaves tells a secret number; every figure here is made up."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import geopandas
import openpyxl
import pytest

from inteso_dash.city import City, load_city
from inteso_dash.drawing.paper.pictures import picture
from inteso_dash.files import package
from inteso_dash.files.text import labelled
from inteso_dash.pages.karte.charts import ranking
from inteso_dash.pages.karte.content import indicator_map
from inteso_dash.pages.karte.files import map_file, map_statement
from inteso_dash.pages.stadtteilprofil import profile
from inteso_dash.pages.stadtteilprofil.report import content as report_content
from inteso_dash.views import map_view
from inteso_dash.views.map_view import Choice
from tests.city.test_disclosure_loading import PARTNER, RULE, SMALL, tells, write
from tests.towns.restamp import restamp

DAY = dt.date(2031, 12, 31)
POPULATION = Choice("stadtbezirk", "bevoelkerung")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("secret") / "city", protection=RULE)


@pytest.fixture(scope="module")
def city(folder: Path) -> City:
    return load_city(folder)


def layer(city: City) -> map_view.Snapshot:
    """The map of the secret Stichtag."""
    return next(each for each in map_view.view(city, POPULATION).layers if each.date == DAY)


def made(city: City, kind: str) -> bytes:
    """Write that map."""
    told = map_statement(city, POPULATION, layer(city), created=DAY)
    return map_file(city, POPULATION, layer(city), told, kind)


def test_the_table_is_in_the_files_without_its_secrets(city: City, tmp_path: Path) -> None:
    text = made(city, "csv").decode()
    assert "20000" in text
    assert "geheim gehalten" in text
    assert not tells(text)
    geojson = made(city, "geojson").decode()
    values = [each["properties"]["wert"] for each in json.loads(geojson)["features"]]
    assert None in values
    assert not {SMALL, SMALL + 1, PARTNER} & set(values)
    path = tmp_path / "karte.gpkg"
    path.write_bytes(made(city, "gpkg"))
    assert not tells(geopandas.read_file(path).drop(columns="geometry").to_csv(index=False))
    book = openpyxl.load_workbook(io.BytesIO(made(city, "xlsx")))
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert 20_000 in cells
    assert not any(tells(cell) for cell in cells)


def test_pictures_hatch_what_is_secret(city: City) -> None:
    figure = picture(city, indicator_map(city, POPULATION, DAY))
    ranked = picture(city, ranking(city, POPULATION, DAY))
    assert figure is not None
    assert ranked is not None
    assert "geheim gehalten" in {text.get_text() for text in figure.texts}
    assert "////////" in {patch.get_hatch() for patch in figure.axes[0].patches}
    for drawn in (figure, ranked):
        assert not any(tells(text.get_text()) for text in drawn.texts)


def test_neither_package_nor_report_tells(city: City) -> None:
    for name, content in package.files(city, DAY).items():
        if name.endswith(".csv"):
            assert not tells(content.decode()), name
    for area in ("01", "02"):
        told = report_content.content(city, "stadtbezirk", area, created=DAY)
        told.pop("map")
        assert not tells(json.dumps(told, ensure_ascii=False))
        result = profile.profile(city, "stadtbezirk", area)
        assert not tells(labelled(profile.to_rows(result, city), city).to_csv())


def test_secret_values_cannot_be_tried_out_on_the_hash(folder: Path, city: City) -> None:
    table = folder / "data" / "geheim.csv"
    whole = table.read_text("utf-8")

    def with_content(content: str) -> City:
        table.write_text(content, "utf-8")
        restamp(table)
        return load_city(folder)

    try:
        moved = whole.replace(f",{SMALL},", f",{SMALL - 1},")
        moved = moved.replace(f",{PARTNER},", f",{PARTNER + 1},")
        assert with_content(moved).data_hash == city.data_hash
        shown = with_content(whole.replace(",30000,", ",31000,"))
        assert shown.known("stadtbezirk", "bevoelkerung", DAY)["04"] == 31_000
        assert shown.data_hash != city.data_hash
    finally:
        with_content(whole)
