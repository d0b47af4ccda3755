"""The handout: a page per slide, charts that can be edited, the same bytes twice."""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import re
import shutil
import subprocess
import zipfile
from itertools import pairwise
from pathlib import Path, PurePosixPath

import openpyxl
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation
from pptx.enum.chart import XL_TICK_LABEL_POSITION
from pptx.util import Cm

from inteso_dash.city import City, load_city
from inteso_dash.cli import main
from inteso_dash.drawing.screen.charts import draw
from inteso_dash.files import pptx_charts
from inteso_dash.files.pptx_charts import time_axis
from inteso_dash.pages import slides
from inteso_dash.pages.runder_tisch.handout import to_pdf, to_pptx
from inteso_dash.views import sequences
from inteso_dash.views.dots import Swarm
from inteso_dash.views.figures import Bars, Course, Lines, Point
from inteso_dash.views.sequences import Sequence, Slide
from tests.conftest import NO_OFFICE
from tests.paths import ROOT

DAY = dt.date(2026, 11, 25)
RELATED = {
    f"{{http://schemas.openxmlformats.org/officeDocument/2006/relationships}}{name}"
    for name in ("id", "embed", "link")
}


@pytest.fixture(scope="module")
def sequence(city: City) -> Sequence:
    found = sequences.shipped(ROOT, city.catalogue)[0]["unterbringung"]
    first = found.slides[0].model_copy(update={"remark": "Wer trägt <was> & wie?"})
    return found.model_copy(update={"slides": (first, *found.slides[1:])})


@pytest.fixture(scope="module")
def pptx(city: City, sequence: Sequence) -> bytes:
    return to_pptx(city, sequence, DAY)


def words(text: str) -> str:
    return " ".join(text.replace("\u202f", " ").split())


def test_a_page_per_slide_with_headline_remark_and_source(city: City, sequence: Sequence) -> None:
    made = to_pdf(city, sequence, DAY)
    read = pypdf.PdfReader(io.BytesIO(made))
    pages = [words(page.extract_text()) for page in read.pages]
    assert len(pages) == len(sequence.slides)
    assert "In Düsseldorf waren 7.590 Personen untergebracht, 1,5 % weniger" in pages[0]
    assert "Anmerkung: Wer trägt <was> & wie?" in pages[0]
    assert "Rather Familienzentrum" in pages[5]
    for page in pages:
        assert "Quelle: " in page
        assert "Stichtag" in page
        assert "erstellt am 25.11.2026" in page
    assert read.metadata is not None
    assert read.metadata.title == sequence.title
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert read.trailer["/Root"]["/Lang"].lower().startswith("de")
    assert not [image for page in read.pages for image in page.images], "pictures are vectors"


@pytest.mark.parametrize("write", [to_pdf, to_pptx])
def test_the_same_sequence_gives_the_same_bytes(city: City, sequence: Sequence, write) -> None:
    short = sequence.model_copy(update={"slides": sequence.slides[1:4]})
    first = write(city, short, DAY)
    assert write(load_city(ROOT), short, DAY) == first
    assert write(city, short, DAY + dt.timedelta(1)) != first


def test_titles_notes_sources_and_words_for_pictures(pptx: bytes) -> None:
    deck = Presentation(io.BytesIO(pptx))
    titles = [words(slide.shapes.title.text) for slide in deck.slides]
    assert titles[0].startswith("In Düsseldorf waren 7.590 Personen untergebracht, 1,5 % weniger")
    first = deck.slides[0]
    assert first.notes_slide.notes_text_frame.text.startswith("Wer trägt <was> & wie?")
    assert "unterbringung?u_bereich=verteilung" in first.notes_slide.notes_text_frame.text
    for slide in deck.slides:
        texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert any("Quelle" in text and "Stichtag" in text for text in texts)
    (picture,) = [shape for shape in first.shapes if shape.shape_type == 13]
    described = picture._element.nvPicPr.cNvPr.get("descr")
    assert "7.590 Personen" in words(described)
    assert picture.image.size[0] > 1400


def test_charts_are_native_and_their_data_can_be_edited(pptx: bytes) -> None:
    deck = Presentation(io.BytesIO(pptx))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 4
    forms = next(
        chart
        for chart in charts
        if "Wohnmodulanlage" in [str(each) for each in getattr(chart.plots[0], "categories", [])]
    )
    assert list(forms.plots[0].series[0].values)[:3] == [2577, 2030, 1056]
    book = openpyxl.load_workbook(io.BytesIO(forms.part.chart_workbook.xlsx_part.blob))
    cells = {row[0]: row[1] for row in book.active.iter_rows(min_row=2, values_only=True)}
    assert cells["Wohnmodulanlage"] == 2030
    told = [[series.name for series in chart.plots[0].series] for chart in charts]
    (names,) = [each for each in told if each[:2] == ["Untergebrachte", "Plätze"]]
    assert names[5:] == ["1", "2", "3"], "the resolutions"
    assert ["Ist minus Soll"] in told


def test_every_figure_is_named_and_said_in_words(pptx: bytes) -> None:
    for slide in Presentation(io.BytesIO(pptx)).slides:
        (figure,) = [shape for shape in slide.shapes if not shape.has_text_frame]
        described = figure._element.xpath(".//p:cNvPr")[0].get("descr")
        assert figure.name
        assert described.startswith(figure.name)


def test_nothing_of_a_slide_leaves_it_or_covers_the_source(pptx: bytes) -> None:
    deck = Presentation(io.BytesIO(pptx))
    for slide in deck.slides:
        shapes = sorted(slide.shapes, key=lambda shape: shape.top)
        for shape in shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
        for above, below in pairwise(shapes):
            assert above.top + above.height <= below.top, (above.name, below.name)


def parts_of(package: zipfile.ZipFile, kind: str) -> dict[str, etree._Element]:
    return {
        name: etree.fromstring(package.read(name))
        for name in package.namelist()
        if name.endswith(kind)
    }


def test_the_package_is_as_office_programs_want_it(pptx: bytes) -> None:
    package = zipfile.ZipFile(io.BytesIO(pptx))
    names = package.namelist()
    assert len(names) == len({name.lower() for name in names})
    assert package.testzip() is None
    types = etree.fromstring(package.read("[Content_Types].xml"))
    endings = {each.get("Extension") for each in types if each.tag.endswith("Default")}
    declared = [each.get("PartName") for each in types if each.tag.endswith("Override")]
    assert len(declared) == len(set(declared))
    assert {part.removeprefix("/") for part in declared} <= set(names)
    for name in set(names) - {"[Content_Types].xml"}:
        assert f"/{name}" in declared or name.rpartition(".")[2] in endings, name
    reached = {"[Content_Types].xml"}
    for name, relations in parts_of(package, ".rels").items():
        reached.add(name)
        folder = PurePosixPath(name).parent.parent
        ids = [each.get("Id") for each in relations]
        assert len(ids) == len(set(ids)), name
        for each in relations:
            if each.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", str(folder), each.get("Target")))
            assert target.removeprefix("/") in names, (name, target)
            reached.add(target.removeprefix("/"))
    assert reached == set(names), "no part that nothing leads to"
    for name, page in parts_of(package, ".xml").items():
        if not re.fullmatch(r"ppt/(slides|notesSlides)/[^/]+", name):
            continue
        ids = [each.get("id") for each in page.iter("{*}cNvPr")]
        assert len(ids) == len(set(ids)), name
        used = {value for each in page.iter() for key, value in each.items() if key in RELATED}
        own = package.read(f"{posixpath.dirname(name)}/_rels/{posixpath.basename(name)}.rels")
        assert used <= {each.get("Id") for each in etree.fromstring(own)}, name


def test_a_time_axis_begins_with_a_year_or_half_a_year() -> None:
    assert time_axis(dt.date(2016, 8, 31), dt.date(2017, 2, 28))[0] == serial(2016, 7, 1)
    start, unit, end = time_axis(dt.date(2010, 12, 31), dt.date(2021, 12, 31))
    assert start == serial(2010, 12, 31), "the last day of 2010 is not 2011"
    for tick in range(1, 12):
        day = dt.date(1899, 12, 30) + dt.timedelta(int(start + tick * unit))
        assert (day.month, day.year) == (12, 2010 + tick * round(unit / 365))
    assert end >= serial(2021, 12, 31)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2040, 1, 1)), st.integers(0, 12000))
def test_a_time_axis_holds_all_days_and_few_ticks(first: dt.date, days: int) -> None:
    last = first + dt.timedelta(days)
    start, unit, end = time_axis(first, last)
    assert start <= serial(first.year, first.month, first.day)
    assert serial(last.year, last.month, last.day) <= end
    assert 1 <= (end - start) / unit <= 11


def drawn(series: tuple[tuple[str, tuple[tuple[dt.date, float], ...]], ...]):
    """Draw lines on a slide and return the chart."""
    page = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    courses = tuple(
        Course(name, tuple(Point(day, value) for day, value in points)) for name, points in series
    )
    chart = Lines(unit="%", decimals=1, courses=courses)
    return pptx_charts.add(page, chart, (0, 0, Cm(20), Cm(10))).chart


def test_lines_below_zero_are_seen_and_the_days_stand_under_them() -> None:
    days = [dt.date(year, 12, 31) for year in (2010, 2015, 2021)]
    falls = drawn((("A", tuple(zip(days, (0.0, -2.5, -4.0), strict=True))),))
    assert falls.value_axis.minimum_scale is None
    assert falls.category_axis.tick_label_position == XL_TICK_LABEL_POSITION.LOW
    assert falls.category_axis.minimum_scale == serial(2010, 12, 31)
    rises = drawn((("A", tuple(zip(days, (0.0, 2.5, 4.0), strict=True))),))
    assert rises.value_axis.minimum_scale == 0


def test_lines_are_as_long_as_the_longest_and_told_apart_without_colour() -> None:
    days = [dt.date(year, 12, 31) for year in range(2010, 2016)]
    lines = tuple(
        (f"Gebiet {place}", tuple((day, 1.0) for day in days[: 2 + place % 4]))
        for place in range(9)
    )
    plot = drawn(lines).plots[0]
    counts = {int(each.get("val")) for each in plot._element.iter("{*}ptCount")} - {1}
    assert counts == {5}
    looks = [
        (str(series.format.line.color.rgb), series.format.line.dash_style) for series in plot.series
    ]
    assert len(set(looks)) == len(looks)
    assert len({dash for _, dash in looks[:5]}) == 5


def test_a_broken_course_is_one_line_with_a_gap(city: City) -> None:
    course = Sequence(
        title="A", city="05111", slides=(Slide(address="veraenderung?v_ebene=Stadt"),)
    )
    deck = Presentation(io.BytesIO(to_pptx(city, course, DAY)))
    (chart,) = [shape.chart for shape in deck.slides[0].shapes if shape.has_chart]
    series, mark = chart.plots[0].series
    assert mark.name == "Bruch (Stadt)"
    assert series.name == "Düsseldorf"
    assert [value is None for value in series.values].count(True) == 1
    assert series.values[0] is not None
    blanks = chart._chartSpace.find(".//{*}dispBlanksAs")
    assert blanks.get("val") == "gap"


def serial(year: int, month: int, day: int) -> int:
    return (dt.date(year, month, day) - dt.date(1899, 12, 30)).days


@pytest.mark.usefixtures("shown_once")
def test_distribution_and_ranking_of_the_map_go_along(city: City) -> None:
    address = "karte?indikator=sgb2_quote&ebene=sozialraum&gebiet=063008"
    slides_ = tuple(Slide(address=address, figure=part) for part in ("distribution", "ranking"))
    kept = Sequence(title="Verteilung", city=city.catalogue.city.id, slides=slides_)
    swarm, bars = (slides.show(city, each).content for each in slides_)
    assert isinstance(swarm, Swarm)
    assert isinstance(bars, Bars)
    known = city.known("sozialraum", "sgb2_quote", city.dates("sozialraum", "sgb2_quote")[-1])
    assert sorted(draw(swarm).data[0].x) == sorted(known)
    assert [bar.value for bar in bars.bars[:3]] == sorted(known, reverse=True)[:3]
    pages = pypdf.PdfReader(io.BytesIO(to_pdf(city, kept, DAY))).pages
    assert all("SGB-II-Quote" in page.extract_text() for page in pages[-2:])
    shown = Presentation(io.BytesIO(to_pptx(city, kept, DAY))).slides
    assert [any(shape.has_chart for shape in slide.shapes) for slide in shown][-2:] == [False, True]


def test_tables_are_tables(pptx: bytes) -> None:
    deck = Presentation(io.BytesIO(pptx))
    (table,) = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert table.cell(0, 0).text == "Name"
    assert len(table.rows) == 9


def test_office_opens_the_presentation_without_repair(pptx: bytes, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip(NO_OFFICE)
    (tmp_path / "folge.pptx").write_bytes(pptx)
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    run = subprocess.run(
        [office, "--headless", profile, "--convert-to", "pdf", "folge.pptx"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    read = pypdf.PdfReader(tmp_path / "folge.pdf")
    pages = [words(page.extract_text()) for page in read.pages]
    assert len(pages) == 6
    assert "angemietetes Gebäude" in pages[2]
    assert "Wohnmodulanlage" in pages[2]
    assert "1.050" in pages[3], "German numbers, whatever language the program speaks"
    assert "1,050" not in pages[3]
    assert "75 %" in pages[4]


def test_a_view_that_shows_nothing_stays_in_the_file_and_says_why(city: City) -> None:
    broken = Sequence(title="Alt", city="05111", slides=(Slide(address="karte?indikator=Unsinn"),))
    read = pypdf.PdfReader(io.BytesIO(to_pdf(city, broken, DAY)))
    assert "Den Indikator „Unsinn“ gibt es nicht." in words(read.pages[0].extract_text())
    deck = Presentation(io.BytesIO(to_pptx(city, broken, DAY)))
    assert "Den Indikator" in deck.slides[0].notes_slide.notes_text_frame.text


def test_changed_figures_are_said_on_paper(city: City) -> None:
    slide = Slide(address="karte?indikator=Kinderarmut", data="0" * 16)
    old = Sequence(title="Alt", city="05111", slides=(slide,))
    read = pypdf.PdfReader(io.BytesIO(to_pdf(city, old, DAY)))
    assert "haben sich geändert" in words(read.pages[0].extract_text())


def test_without_boundaries_the_headline_and_source_remain(
    city: City, sequence: Sequence, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(City, "layers", {})
    short = sequence.model_copy(update={"slides": sequence.slides[:1]})
    read = pypdf.PdfReader(io.BytesIO(to_pdf(city, short, DAY)))
    assert "7.590 Personen" in words(read.pages[0].extract_text())


def test_the_command_writes_shipped_and_own_sequences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "eigene.yml"
    slides = (Slide(address="unterbringung?u_bereich=Formen", headline="Formen"),)
    own.write_bytes(sequences.write(Sequence(title="Eigene", city="05111", slides=slides)))
    for name in (str(own), "unterbringung"):
        target = tmp_path / "folge.pptx"
        assert main(["handout", name, "-o", str(target), "--created", "2026-11-25"]) == 0
        assert target.read_bytes()[:2] == b"PK"
    target = tmp_path / "folge.pdf"
    assert main(["handout", str(own), "-o", str(target)]) == 0
    assert target.read_bytes()[:5] == b"%PDF-"
    capsys.readouterr()


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (["gibt-es-nicht", "-o", "x.pdf"], 2, "Mitgeliefert: stadtbezirk_05"),
        (["unterbringung", "-o", "x.odp"], 2, "gefunden „.odp“, erwartet .pdf oder .pptx"),
        (["{broken}", "-o", "x.pdf"], 1, "city fehlt."),
        (["{empty}", "-o", "x.pdf"], 2, "Die Folge hat keine Folien."),
    ],
)
def test_what_the_command_refuses(
    arguments: list[str],
    code: int,
    expected: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    broken, empty = tmp_path / "kaputt.yml", tmp_path / "leer.yml"
    broken.write_text("title: A\n", "utf-8")
    empty.write_text('title: A\ncity: "05111"\n', "utf-8")
    given = [each.format(broken=broken, empty=empty) for each in arguments]
    assert main(["handout", *given]) == code
    assert expected in capsys.readouterr().err
