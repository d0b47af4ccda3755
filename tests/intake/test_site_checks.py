"""Intake of site tables; all figures are made up but the counts they are compared with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from inteso_dash.intake import checking
from inteso_dash.language.findings import Finding
from tests.towns import made_up_accommodation as made_up


def _of(area: str) -> list[made_up.Row]:
    return [
        {**row, "source_id": ""} for row in made_up.read("unterkuenfte") if row["area_id"] == area
    ]


def _file(folder: Path, rows: list[made_up.Row]) -> Path:
    path = folder / "lieferung.csv"
    path.write_text(made_up.write(rows), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTESO_DASH_DATA", str(made_up.ROOT))


def rules(findings: list[Finding]) -> set[tuple[str, str, str]]:
    return {(each.rule, each.row, each.column) for each in findings}


def test_a_table_in_order_has_no_finding(tmp_path: Path) -> None:
    assert checking.check(_file(tmp_path, _of("06"))) == []


PLANTED = [
    (0, {"form": "Burg"}, ("unknown_form", "2", "form")),
    (1, {"occupied": "5000"}, ("part_over_whole", "3", "occupied")),
    (2, {"opened": "2016-05-01", "closed": "2015-05-01"}, ("closed_before_opened", "4", "closed")),
    (3, {"lon": "6.70", "lat": "51.13"}, ("site_position", "5", "lon, lat")),
    (4, {"area_id": "77"}, ("unknown_area", "6", "area_id")),
    (5, {"places": "viele"}, ("value", "7", "places")),
    (6, {"name": "Insgesamt"}, ("site_total", "8", "name")),
    (7, {"usable": "80.5"}, ("value", "9", "usable")),
]


def test_nine_planted_faults_are_all_named(tmp_path: Path) -> None:
    rows = _of("06")
    for at, change, _ in PLANTED:
        rows[at].update(change)
    expected = {fault for _, _, fault in PLANTED} | {("site_sum", "06", "occupied")}
    path = _file(tmp_path, rows)
    assert expected <= rules(checking.check(path))
    run = subprocess.run(
        [sys.executable, "-m", "inteso_dash.cli", "check", str(path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=made_up.ROOT,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    assert run.returncode == 1, run.stderr
    for rule, _, _ in expected:
        assert rule in run.stdout


@pytest.mark.parametrize(("at", "change", "fault"), PLANTED)
def test_one_planted_fault(
    tmp_path: Path, at: int, change: dict[str, str], fault: tuple[str, str, str]
) -> None:
    rows = _of("06")
    rows[at].update(change)
    others = {each for _, _, each in PLANTED} - {fault}
    found = rules(checking.check(_file(tmp_path, rows)))
    assert fault in found
    assert not found & others


def test_lists_headed_in_other_words_are_read_alike(tmp_path: Path) -> None:
    rows = _of("06")
    for at, change, _ in PLANTED:
        rows[at].update(change)
    named = {
        "name": "Unterkunft",
        "form": "Art der Unterkunft",
        "places": "Kapazität",
        "occupied": "Belegung",
        "opened": "in Betrieb seit",
        "closed": "Schließung",
        "date": "Stichtag",
    }
    head, _, lines = made_up.write(rows).partition("\n")
    other = ",".join(named.get(each, each) for each in head.split(","))
    path = tmp_path / "lieferung.csv"
    path.write_text(f"{other}\n{lines}", encoding="utf-8")
    found = rules(checking.check(path))
    for _, _, (rule, row, column) in PLANTED:
        assert (rule, row, named.get(column, column)) in found


def test_sums_that_differ_say_both_numbers(tmp_path: Path) -> None:
    rows = _of("06")
    rows[0]["occupied"] = str(int(rows[0]["occupied"]) - 5)
    (finding,) = checking.check(_file(tmp_path, rows))
    assert (finding.rule, finding.found, finding.expected) == ("site_sum", "1815", "1820")


def test_the_made_up_folder_is_in_order(tmp_path: Path) -> None:
    folder = made_up.build(tmp_path / "city", positions_public=True)
    assert not {"site_sum", "site_position"} & {each.rule for each in checking.check(folder)}


def test_sums_in_a_folder(tmp_path: Path) -> None:
    folder = made_up.build(tmp_path / "city", sites=lambda rows: rows[1:])
    found = [each for each in checking.check(folder) if each.rule == "site_sum"]
    assert {each.row for each in found} == {"01", "05111"}


@pytest.mark.parametrize(("column", "head"), [("places", "Plätze"), ("date", "Stichtag")])
def test_a_list_that_lacks_a_column_is_not_taken_for_figures(
    tmp_path: Path, column: str, head: str
) -> None:
    rows = [{name: cell for name, cell in row.items() if name != column} for row in _of("06")]
    (finding,) = checking.check(_file(tmp_path, rows))
    assert (finding.rule, finding.expected) == ("missing_column", head)
