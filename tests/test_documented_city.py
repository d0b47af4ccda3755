"""The folder that docs/data-format.md prints in full is a city as it stands there."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

from inteso_dash.catalogue import read_catalogue
from inteso_dash.city import load_city
from inteso_dash.intake import checking
from tests.paths import ROOT

DOCUMENT = ROOT / "docs" / "data-format.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write every file of the example to where the document says it lies."""
    text = DOCUMENT.read_text("utf-8")
    example = text.split("## Ein vollständiges Beispiel\n")[1].split("\n## ")[0]
    files = re.findall(r"^`(\S+)`\n\n((?:    .*\n)+)", example, flags=re.MULTILINE)
    assert len(files) == 10
    for name, lines in files:
        target = tmp_path / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(dedent(lines).encode())
    return tmp_path


def test_the_example_of_the_document_is_in_order(folder: Path) -> None:
    assert checking.check(folder) == []
    city = load_city(folder)
    (day,) = city.dates("stadt", "arbeitslosendichte")
    # (60 + 45) ÷ (1.200 + 900) × 100
    assert city.reference("arbeitslosendichte", day) == 5.0


@pytest.mark.parametrize(
    ("found", "instead", "said"),
    [
        ("rows: 2", "rows: viele", "rows: gefunden 'viele'; erwartet: eine ganze Zahl."),
        ("date: 2023-12-31", "date: gestern", "erwartet: ein Datum wie 2021-12-31."),
        ("layout: wide", "layout: breit", "erwartet: 'wide' oder 'long'."),
        ("rows: 2\n", "", "zahlen.yml: rows fehlt."),
        ("title: Zahlen 2023", "title: [1]", "erwartet: Text; Ziffern in Anführungszeichen."),
    ],
)
def test_what_is_expected_is_said_in_german(
    folder: Path, found: str, instead: str, said: str
) -> None:
    path = folder / "data" / "zahlen.yml"
    text = path.read_text("utf-8")
    assert found in text
    path.write_text(text.replace(found, instead), "utf-8")
    (fault,) = read_catalogue(folder).faults
    assert fault.file == "zahlen.yml"
    assert fault.message.endswith(said)
    assert len(load_city(folder).areas("quartier")) == 2
