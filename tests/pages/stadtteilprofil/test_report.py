"""The Kurzprofil as PDF: what it says, that it can be read aloud, that it is the same twice."""

from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from inteso_dash.city import City
from inteso_dash.cli import main
from inteso_dash.pages.stadtteilprofil.report import content as report_content
from inteso_dash.pages.stadtteilprofil.report.content import to_pdf
from tests.paths import ROOT

DAY = dt.date(2026, 11, 25)
LARGEST = 300_000
EVERY_KIND = [
    ("stadt", "05111"),
    ("stadtbezirk", "06"),
    ("stadtteil", "063"),
    ("sozialraum", "098002"),
    ("sozialraum", "071009"),
    ("sozialraum", "033001"),
]


def made(city: City, level: str, area: str) -> bytes:
    """Make the PDF of an area."""
    told = report_content.content(city, level, area, address="profil?x=1", created=DAY)
    return to_pdf(told)


def text_of(content: bytes) -> str:
    """All text of a PDF, with ordinary spaces and without the hyphens of line ends."""
    pages = PdfReader(io.BytesIO(content)).pages
    text = "\n".join(page.extract_text() for page in pages)
    return re.sub(r"\s+", " ", text.replace("\u202f", " ").replace("\u00a0", " "))


def structure(node: Any) -> Iterator[Any]:
    """Walk the tags of a document."""
    node = node.get_object()
    yield node
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        found = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(found, dict) and "/S" in found:
            yield from structure(child)


@pytest.mark.parametrize(("level", "area"), EVERY_KIND)
def test_two_pages_small_and_named(city: City, level: str, area: str) -> None:
    content = made(city, level, area)
    document = PdfReader(io.BytesIO(content))
    assert len(document.pages) == 2
    assert len(content) < LARGEST
    text = text_of(content)
    for part in (city.name(level, area), "Quartiersatlas 2024", city.data_hash, "25.11.2026"):
        assert part in text
    assert "profil?x=1" in text
    assert "Amtliche Statistik, Quellenangabe erforderlich" in text


def test_figures_of_stadtbezirk_6(city: City) -> None:
    text = text_of(made(city, "stadtbezirk", "06"))
    assert "Im Stadtbezirk 6 leben 66.957 Menschen (31.12.2021)" in text
    assert "von 63.721 (31.12.2015) auf 66.957 (31.12.2021)" in text
    assert "+3.236 (+5,1 %)" in text
    assert "Einwohnerdichte (aus Bevölkerung und Fläche berechnet)" in text
    assert "+165 (+5,1 %)" in text
    assert "1.820" in text
    assert "je 1.000 Einwohner" in text
    assert "28,6" in text
    assert "30 bis 49 Jahre" in text


def test_what_is_missing_is_a_sign_and_never_zero(city: City) -> None:
    empty = text_of(made(city, "sozialraum", "071009"))
    assert "Im Sozialraum Glasmacherviertel wohnt niemand" in empty
    assert "unbewohnt: Im Gebiet wohnt niemand" in empty
    assert "Für die Altersgruppen liegen keine Werte vor." in empty
    told = report_content.content(city, "sozialraum", "033001", created=DAY)
    rows = {row["title"]: row for group in told["table"]["groups"] for row in group["rows"]}
    assert rows["SGB-II-Quote"]["cells"][0]["text"] == "/"


def test_a_screen_reader_gets_tags_language_title_and_alternative_texts(city: City) -> None:
    document = PdfReader(io.BytesIO(made(city, "stadtteil", "063")))
    root = document.trailer["/Root"].get_object()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("de")
    assert document.metadata is not None
    assert document.metadata.title == "Kurzprofil Rath"
    assert document.xmp_metadata is not None
    assert "pdfuaid:part" in root["/Metadata"].get_object().get_data().decode()
    nodes = list(structure(root["/StructTreeRoot"].get_object()["/K"][0]))
    kinds = {str(node["/S"]) for node in nodes}
    assert {"/H1", "/H2", "/Table", "/TH", "/TD"} <= kinds
    assert "Lage von Rath in Düsseldorf" in {str(node.get("/Alt")) for node in nodes}


def test_letters_are_embedded_as_subsets(city: City) -> None:
    document = PdfReader(io.BytesIO(made(city, "stadtteil", "063")))
    names = []
    for page in document.pages:
        for font in page["/Resources"]["/Font"].values():
            below = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = below["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            names.append(str(below["/BaseFont"]))
    assert names
    assert all(re.fullmatch(r"/[A-Z]{6}\+SourceSansPro.*", name) for name in names), names


def test_the_same_profile_is_the_same_bytes(city: City) -> None:
    assert made(city, "stadtteil", "063") == made(city, "stadtteil", "063")


def test_nothing_of_the_data_is_read_as_markup(city: City) -> None:
    told = report_content.content(city, "stadtteil", "063", created=DAY)
    told |= {"title": '#panic("no") *fett* $x$ @ref', "sentence": "= Kein Titel #let x = 1"}
    text = text_of(to_pdf(told))
    assert '#panic("no") *fett* $x$ @ref' in text
    assert "= Kein Titel #let x = 1" in text


def test_an_area_without_outlines_has_no_map(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(City, "layers", {})
    told = report_content.content(city, "stadtteil", "063", created=DAY)
    assert told["map"] is None
    assert len(PdfReader(io.BytesIO(to_pdf(told))).pages) == 2


def test_the_command_writes_one_area(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "sb6.pdf"
    assert main(["report", "06", "-o", str(target), "--created", "25.11.2026"]) == 0
    assert "Stadtbezirk 6" in text_of(target.read_bytes())
    assert main(["report", "06", "-o", str(tmp_path / "fehlt" / "x.pdf")]) == 2
    assert "nicht beschreibbar" in capsys.readouterr().err
    assert main(["report", "-o", str(target)]) == 2
    assert "entweder ein Gebiet oder --all" in capsys.readouterr().err
    assert main(["report", "--all", "kreis", "-o", str(tmp_path)]) == 2
    assert "stadtteil" in capsys.readouterr().err


@pytest.mark.slow
def test_the_command_loads_nothing_that_only_the_screen_needs(tmp_path: Path) -> None:
    heavy = {"streamlit", "plotly", "matplotlib", "mapclassify", "scipy.optimize"}
    script = (
        "import sys\n"
        "from inteso_dash.cli import main\n"
        f"main(['report', '06', '-o', {str(tmp_path / '06.pdf')!r}])\n"
        f"print(sorted({heavy!r} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_command_writes_all_areas_of_a_level(tmp_path: Path, town: Path) -> None:
    folder = tmp_path / "alle"
    command = ["report", "--all", "quartier", "--data", str(town), "-o", str(folder)]
    assert main(command) == 0
    written = sorted(path.name for path in folder.iterdir())
    assert len(written) == 4
    assert written[1] == "kurzprofil_q02_quartier-2.pdf"
    assert "Quartier 2" in text_of((folder / written[1]).read_bytes())
