"""Templates read back as the tables that they stand for; their rows are made up and say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from inteso_dash import checking, templates
from inteso_dash.catalogue import Accommodation, read_catalogue
from inteso_dash.findings import Severity
from inteso_dash.reading import read_raw
from inteso_dash.values import cell_text

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def declared() -> Accommodation:
    found = read_catalogue(ROOT).accommodation
    assert found is not None
    return found


@pytest.mark.parametrize("make", [templates.site_template, templates.area_template])
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_templates_read_back(tmp_path: Path, declared: Accommodation, make, suffix: str) -> None:
    rows, explained = make(declared, "01")
    path = tmp_path / f"vorlage.{suffix}"
    if suffix == "csv":
        path.write_bytes(templates.template_csv(rows))
    else:
        path.write_bytes(templates.template_xlsx(rows, explained))
    raw = read_raw(path)
    assert list(raw.columns) == list(rows.columns)
    assert len(explained) == len(rows.columns)
    assert [[cell_text(cell) for cell in row.cells] for row in raw.rows] == rows.values.tolist()
    assert rows["note"].eq(templates.MADE_UP).all()


def test_the_example_of_sites_passes_the_checks(
    tmp_path: Path, declared: Accommodation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTESO_DASH_DATA", str(ROOT))
    rows, explained = templates.site_template(declared, "01")
    path = tmp_path / "vorlage.xlsx"
    path.write_bytes(templates.template_xlsx(rows, explained))
    assert {each.severity for each in checking.check(path)} <= {Severity.NOTE}
