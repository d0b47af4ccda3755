"""The download menu: what the pages offer, and that nothing is made before it is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest
from streamlit.testing.v1 import AppTest

from tests.paths import FRAME, ROOT
from tests.paths import page as script

TABLES = ["Excel-Arbeitsmappe (XLSX)", "CSV für Excel (deutsch)", "CSV nach RFC 4180"]
PICTURES = ["Bild als PNG", "Bild als SVG", "Blatt als PDF, A4", "Blatt als PDF, A3"]
KINDS = ["PNG", "SVG"]
MENUS = {"karte": "karte_datei", "stadtteilprofil": "profil_datei", "daten": "daten_datei"}
GEODATA = ["GeoJSON", "GeoPackage"]


def offered(page: str, **address: str) -> list[str]:
    """Labels of the download buttons of a page, first to last."""
    app = AppTest.from_file(FRAME, default_timeout=60)
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    if page != "karte":
        app.switch_page(script(page)).run()
    assert not app.get("download_button"), "a closed menu sends nothing"
    app.session_state[f"{MENUS[page]}_menue"] = True
    app.run()
    assert not app.exception, app.exception
    return [button.proto.label for button in app.get("download_button")]


def test_a_map_is_offered_as_table_geodata_and_pictures() -> None:
    charts = [f"{name} als {kind}" for name in ("Verteilung", "Rangfolge") for kind in KINDS]
    assert offered("karte") == [*TABLES, *GEODATA, *PICTURES, *charts]


def test_a_level_without_values_offers_no_charts() -> None:
    address = {"thema": "Bevölkerung", "indikator": "Fluktuationsrate", "ebene": "Stadtteile"}
    assert offered("karte", **address) == [*TABLES, *GEODATA, *PICTURES]


def test_a_profile_is_offered_as_report_table_and_chart() -> None:
    assert offered("stadtteilprofil") == [
        "Kurzprofil als PDF",
        *TABLES,
        *(f"Altersstruktur als {kind}" for kind in KINDS),
    ]


def test_everything_is_offered_as_a_package() -> None:
    assert offered("daten", bereich="Herunterladen") == [*TABLES, "Datenpaket (ZIP)"]


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
