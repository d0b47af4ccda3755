"""The download menu: what the pages offer, and that nothing is made before it is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.opened import open_page
from tests.paths import FRAME, ROOT

TABLES = ["Excel (XLSX)", "CSV für Excel (deutsch)", "CSV international"]
PICTURES = ["PNG", "SVG", "PDF"]
WIDE = "Breite Form (CSV im ZIP)"
PACKAGE = "Gesamtpaket als Datenpaket (ZIP)"


def each(title: str, *kinds: str) -> list[str]:
    """Names of the files of one thing."""
    return [f"{title} als {kind}" for kind in kinds]


def offered(page: str, **address: str) -> list[str]:
    """Names of the files in the menu of a page, first to last."""

    def names() -> list[str]:
        labels = [button.proto.label.replace("*", "") for button in app.get("download_button")]
        return [label for label in labels if " als " in label]

    app = open_page(page, **address)
    assert not names(), "a closed menu sends nothing"
    app.session_state["herunterladen"] = True
    app.run()
    assert not app.exception, app.exception
    return names()


def test_a_map_is_offered_as_table_pictures_and_geodata() -> None:
    assert offered("karte") == [
        *each("Tabelle", *TABLES),
        *each("Alle Indikatoren: Sozialräume", WIDE),
        *each("Karte", "PNG", "SVG", "Blatt A4 (PDF)", "Blatt A3 (PDF)"),
        *each("Verteilung", *PICTURES),
        *each("Rangfolge", *PICTURES),
        *each("Trichter", *PICTURES),
        *each("Geodaten", "GeoJSON", "GeoPackage"),
        PACKAGE,
    ]


def test_a_level_without_values_offers_no_charts() -> None:
    address = {"thema": "Bevölkerung", "indikator": "Fluktuationsrate", "ebene": "Stadtteile"}
    names = offered("karte", **address)
    assert each("Karte", *PICTURES)[0] in names
    assert not any(name.startswith(("Verteilung", "Rangfolge")) for name in names)


def test_a_profile_is_offered_as_sheet_table_and_chart() -> None:
    assert offered("stadtteilprofil") == [
        "Kurzprofil als PDF, zwei Seiten A4",
        *each("Tabelle", *TABLES, WIDE),
        *each("Altersstruktur", *PICTURES),
        PACKAGE,
    ]


@pytest.mark.parametrize(
    ("page", "first"),
    [
        ("veraenderung", "Verlauf, Werte als Excel (XLSX)"),
        ("unterbringung", "Alle Gebiete als Excel (XLSX)"),
        ("runder_tisch", "Lage im Stadtbezirk 5 als Handzettel (PDF)"),
        ("daten", "Alle Zahlen als Excel (XLSX)"),
    ],
)
def test_every_page_offers_its_files_and_the_package_in_the_same_menu(
    page: str, first: str
) -> None:
    names = offered(page)
    assert (names[0], names[-1]) == (first, PACKAGE)
    assert len(names) == len(set(names)), "no two files have one name"


@pytest.mark.slow
def test_a_rerun_loads_nothing_that_only_a_file_needs() -> None:
    script = (
        "import sys\n"
        "from streamlit.testing.v1 import AppTest\n"
        f"app = AppTest.from_file({FRAME!r}, default_timeout=60).run()\n"
        "for page in ('stadtteilprofil', 'unterbringung', 'veraenderung', 'daten'):\n"
        "    app.switch_page(f'../pages/{page}/page.py').run()\n"
        "    assert not app.exception, app.exception\n"
        "heavy = {'typst', 'xlsxwriter', 'matplotlib', 'pptx'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().splitlines()[-1] == "[]"
