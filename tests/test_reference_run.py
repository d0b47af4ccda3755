"""The record of what the program says: whole, the same twice, and another figure is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import reference_run
from tests.towns.made_up_town import reseal, write_town

ADDRESSES = (
    "karte?indikator=Einwohner&ebene=Quartiere",
    "karte?indikator=Unsinn",
    "stadtteilprofil?profilebene=Quartier&profil=Q01",
)
SEQUENCE = """title: Lage
city: K1
slides:
  - address: karte?indikator=Musterquote&ebene=Quartiere
"""


def town(folder: Path, people: str) -> Path:
    """Write the town with so many people in its second quarter, and a sequence."""
    folder.mkdir()
    write_town(folder)
    figures = folder / "data" / "zahlen.csv"
    figures.write_text(figures.read_text("utf-8").replace("3.000", people), "utf-8")
    reseal(folder)
    (folder / "data" / "sequences").mkdir()
    (folder / "data" / "sequences" / "lage.yml").write_text(SEQUENCE, "utf-8")
    return folder


def test_a_figure_that_changes_is_found_wherever_it_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    reference_run.run(town(tmp_path / "old", "3.000"), before, ADDRESSES)
    reference_run.run(town(tmp_path / "new", "3.001"), after, ADDRESSES)

    made = {str(path.relative_to(before)) for path in before.rglob("*") if path.is_file()}
    assert {
        *(f"profiles/quartier_q0{place}.csv" for place in range(1, 5)),
        *(f"maps/quartier_quote.{kind}" for kind in ("csv", "txt")),
        *(f"maps/gemeinde_einwohner.{kind}" for kind in ("csv", "xlsx", "geojson", "svg", "pdf")),
        "sequences/lage.pdf.txt",
        "sequences/lage.pptx.txt",
        "reports/quartier_q04.txt",
        "check/report.txt",
        "package/datapackage.json",
    } <= made
    refused = [
        path for path in (before / "slides").iterdir() if "gibt es nicht" in path.read_text()
    ]
    assert len(refused) == 3, "the map, its distribution and its ranking"
    drawn = {path.name for path in (before / "figures").iterdir()}
    assert not drawn & {path.name for path in refused}

    assert reference_run.main(["--compare", str(before), str(before)]) == 0
    assert capsys.readouterr().out == "no difference\n"
    assert reference_run.main(["--compare", str(before), str(after)]) == 1
    told = capsys.readouterr().out
    heads = {line.partition(":")[0] for line in told.splitlines() if not line.startswith(" ")}
    assert heads == {"figures", "maps", "package", "paper", "pptx"} | {
        "profiles",
        "reports",
        "sequences",
        "slides",
    }
    assert "  1 × +quartier,heute,Q02,Quartier 2,einwohner,Einwohner,Personen,3001" in told


def test_what_came_and_went_is_told(tmp_path: Path) -> None:
    for side, name, text in (
        ("before", "kept", "one\ntwo\n"),
        ("before", "gone", ""),
        ("after", "kept", "one\n--- 2\n"),
        ("after", "come", ""),
    ):
        path = tmp_path / side / "kind" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert reference_run.compare(tmp_path / "before", tmp_path / "after") == [
        "kind: 1 in both, 1 differ, 1 gone, 1 new",
        "  gone kind/gone",
        "  new kind/come",
        "  1 × -two",
        "  1 × +--- 2",
    ]


def test_addresses_are_read_from_documents_tests_and_sequences(tmp_path: Path) -> None:
    for name, text in {
        "docs/usage.md": "Open `karte?ebene=Dorf` or `http://localhost:8501/?gebiet=06`.",
        "tests/pages/test_x.py": 'visit(f"karte?ebene={level}", "/unterbringung?u_gebiet=9%209")',
        "data/sequences/a.yml": "slides:\n  - address: karte?ebene=Dorf\n  - daten?tabelle=x\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert reference_run.addresses(tmp_path) == [
        "karte?ebene=Dorf",
        "karte?gebiet=06",
        "unterbringung?u_gebiet=9%209",
    ]
