"""Every file made with figures that a session has loaded says so; every figure is made up."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas
import openpyxl
import pytest
from pypdf import PdfReader

from inteso_dash.boundaries.layers import Layer
from inteso_dash.city import City, load_city
from inteso_dash.files import package
from inteso_dash.files import tables as files
from inteso_dash.files.kinds import FileKind
from inteso_dash.files.text import labelled
from inteso_dash.intake.delivery.draft import Answers, draft
from inteso_dash.intake.delivery.folder import surroundings
from inteso_dash.intake.delivery.tidy import Stamp
from inteso_dash.pages import slides
from inteso_dash.pages.daten import upload
from inteso_dash.pages.karte.files import map_file, map_statement
from inteso_dash.pages.runder_tisch import handout
from inteso_dash.pages.stadtteilprofil import profile
from inteso_dash.pages.stadtteilprofil.files import profile_statement
from inteso_dash.pages.stadtteilprofil.report import content as report_content
from inteso_dash.pages.stadtteilprofil.report.content import to_pdf
from inteso_dash.views import map_view
from inteso_dash.views.map_view import Choice
from inteso_dash.views.sequences import Sequence, Slide
from tests.pages.daten.test_upload_page import DELIVERED
from tests.towns.made_up_town import write_town

DAY = dt.date(2022, 12, 31)
MARK = upload.TEXTS["remark"].strip(" ()")
CHOICE = Choice("quartier", "einwohner")
NOW = dt.datetime(2026, 1, 2, 3, 4, 5)  # noqa: DTZ001
Layers = dict[tuple[str, str], Layer]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("unpublished") / "town"
    root.mkdir()
    write_town(root)
    return root


@pytest.fixture(scope="module")
def city(folder: Path) -> City:
    around = surroundings(folder)
    stamp = Stamp(NOW, (), "sitzung_", upload.TEXTS["remark"])
    found = draft(DELIVERED.encode(), "l.csv", around, Answers(), stamp)
    assert found.delivery is not None
    return load_city(folder, (found.delivery,))


def layer(city: City) -> map_view.Snapshot:
    """The map of the loaded Stichtag."""
    return next(each for each in map_view.view(city, CHOICE).layers if each.date == DAY)


def of_map(city: City, kind: str) -> bytes:
    """Write that map."""
    told = map_statement(city, CHOICE, layer(city), created=DAY)
    return map_file(city, CHOICE, layer(city), told, kind)


def text_of(content: bytes, kind: str, folder: Path) -> str:
    """All that a file says."""
    if kind == "pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if kind in {"pptx", "zip"}:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(
                archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
            )
    if kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
        return "\n".join(str(cell) for cell in cells)
    if kind == "gpkg":
        path = folder / "karte.gpkg"
        path.write_bytes(content)
        return geopandas.read_file(path).drop(columns="geometry").to_csv(index=False)
    return content.decode("utf-8", "replace")


def sequence() -> Sequence:
    """A map, a profile table and a course with loaded figures."""
    view = "karte?thema=Menschen&indikator=Einwohner&ebene=Quartiere&stichtag=2022-12-31"
    return Sequence(
        title="Erfunden",
        city="K1",
        slides=(
            Slide(address=view),
            Slide(
                address="stadtteilprofil?profilebene=Quartier&profil=Q01 Quartier 1",
                figure="Menschen",
            ),
        ),
    )


def _profile_csv(city: City) -> bytes:
    result = profile.profile(city, "quartier", "Q01")
    told = profile_statement(city, result, created=DAY)
    table = labelled(profile.to_rows(result, city), city)
    return files.table_file(city, table, told, FileKind.CSV)


def _report(city: City) -> bytes:
    return to_pdf(report_content.content(city, "quartier", "Q01"))


MADE: dict[str, tuple[str, Callable[[City], bytes]]] = {
    **{
        f"map as {kind}": (kind, lambda city, kind=kind: of_map(city, kind))
        for kind in ("csv", "xlsx", "geojson", "gpkg", "pdf", "svg", "png")
    },
    "profile as csv": ("csv", _profile_csv),
    "report": ("pdf", _report),
    "handout": ("pdf", lambda city: handout.to_pdf(city, sequence(), DAY)),
    "presentation": ("pptx", lambda city: handout.to_pptx(city, sequence(), DAY)),
    "package": ("zip", lambda city: package.zipped(package.files(city))),
}


@pytest.mark.parametrize("name", list(MADE))
def test_every_kind_of_file_says_that_figures_are_unpublished(
    city: City, tmp_path: Path, name: str
) -> None:
    kind, make = MADE[name]
    text = text_of(make(city), kind, tmp_path)
    assert MARK in "".join(text.split()) or MARK in text, text[:3000]


def test_every_slide_says_it_below_its_figure(city: City) -> None:
    for slide in sequence().slides:
        assert MARK in slides.show(city, slide).origin
