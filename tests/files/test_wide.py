"""Figures in wide form and the README of the package: read back with pandas and our own reader."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import chdir
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from inteso_dash.catalogue import LONG_COLUMNS
from inteso_dash.city import City
from inteso_dash.cli import main
from inteso_dash.files import package
from inteso_dash.files.package import ORIGIN, WIDE, wide, zipped_wide
from inteso_dash.files.readme import ENGLISH, KEYS, README
from inteso_dash.files.text import labelled
from inteso_dash.pages.karte.files import level_rows, level_statement
from inteso_dash.tables.reading import read_raw_bytes
from inteso_dash.views import map_view
from inteso_dash.views.map_view import Choice
from inteso_dash.views.scope import Scope

LEVEL = "stadtteil"
KEYED = {"Schlüssel": str, "Gliederung": str}


@pytest.fixture(scope="module")
def rows(city: City) -> pd.DataFrame:
    """All indicators of a level, at their newest Stichtag."""
    return labelled(level_rows(city, LEVEL, None), city)


@pytest.fixture(scope="module")
def zipped(city: City, rows: pd.DataFrame) -> Iterator[zipfile.ZipFile]:
    """The file of these rows."""
    told = level_statement(city, LEVEL, None, level_rows(city, LEVEL, None))
    with zipfile.ZipFile(io.BytesIO(zipped_wide(rows, told))) as archive:
        yield archive


def test_pandas_reads_every_figure_back_with_its_origin(
    zipped: zipfile.ZipFile, rows: pd.DataFrame
) -> None:
    made = pd.read_csv(zipped.open(WIDE), dtype=KEYED)
    origin = pd.read_csv(zipped.open(ORIGIN), dtype=KEYED)
    assert list(made.columns[:4]) == ["Ebene", "Gliederung", "Schlüssel", "Name"]
    assert len(made) == 50
    assert made["Schlüssel"].is_unique
    assert made["Schlüssel"].str.startswith("0").any(), "leading zeros are there"
    heads = ["Ebene", "Gliederung", "Schlüssel"]
    values = made.drop(columns="Name").melt(heads, var_name="Kennung", value_name="Wert")
    read = origin.merge(values, on=[*heads, "Kennung"], validate="one_to_one")
    assert len(read) == len(rows)
    assert read["Quelle"].notna().all()
    assert read["Status"].notna().all()
    wanted = rows.set_index(["Schlüssel", "Kennung"])["Wert"].astype(float)
    found = read.set_index(["Schlüssel", "Kennung"])["Wert"]
    pd.testing.assert_series_equal(found.sort_index(), wanted.sort_index())


def test_our_own_reader_finds_the_same_cells(zipped: zipfile.ZipFile, rows: pd.DataFrame) -> None:
    raw = read_raw_bytes(zipped.read(WIDE), WIDE)
    made, _ = wide(rows)
    assert list(raw.columns) == list(made.columns)
    at = raw.columns.index("bevoelkerung")
    found = {str(row.cells[2]): row.cells[at] for row in raw.rows}
    assert found["063"] == str(made.set_index("Schlüssel")["bevoelkerung"]["063"])


def test_the_newest_stichtag_of_a_selection_counts() -> None:
    heads = ["Ebene", "Gliederung", "Schlüssel", "Name", "Kennung", "Wert", "Stichtag", "Status"]
    rows = pd.DataFrame(
        [
            ["a", "1", "01", "Eins", "x", Decimal(1), "2020-12-31", "alt"],
            ["a", "1", "01", "Eins", "x", Decimal(2), "2021-12-31", "neu"],
            ["a", "1", "02", "Zwei", "x", None, "2021-12-31", "geheim"],
            ["b", "1", "9", "Alle", "y", Decimal(3), "2019-12-31", "neu"],
        ],
        columns=heads,
    )
    rest = ["Indikator", "Einheit", "Quelle", "Lizenz", "Quellenkennung", "Rundungsfehler"]
    made, origin = wide(rows.reindex(columns=[*heads, *rest, "Hinweis"]))
    assert made["Schlüssel"].tolist() == ["01", "02", "9"]
    assert made["x"].tolist() == [Decimal(2), None, None]
    assert made["y"].tolist() == [None, None, Decimal(3)]
    assert origin["Status"].tolist() == ["neu", "geheim", "neu"]


def test_a_part_of_the_city_has_its_areas_alone(city: City) -> None:
    rows = level_rows(city, "sozialraum", Scope("stadtbezirk", "06"))
    assert set(rows["area_id"].str[:2]) == {"06"}
    assert set(LONG_COLUMNS) - {"note"} <= set(rows.columns)


def test_the_newest_figures_are_those_that_maps_begin_with(city: City) -> None:
    """At the last Stichtag some are only said to be missing."""
    for level in ("stadt", "stadtbezirk", "sozialraum"):
        days = level_rows(city, level, None).groupby("indicator_id", observed=True)["date"].agg(set)
        for indicator, own in days.items():
            begun = map_view.view(city, Choice(level, str(indicator))).layers[-1].date
            assert own == {pd.Timestamp(begun)}
    counted = level_rows(city, "stadt", None).set_index("indicator_id")["value"]
    assert counted["sgb2_personen"] > 0


def test_the_three_lines_of_the_readme_read_the_package(city: City, tmp_path: Path) -> None:
    made = package.files(city)
    text = made[README].decode()
    tables = [name.removesuffix(".csv") for name in made if name.endswith(".csv")]
    for name in tables:
        assert text.count(f"`{name}.csv`") >= 2, "in German and in English"
        assert name in ENGLISH
        (tmp_path / f"{name}.csv").write_bytes(made[f"{name}.csv"])
    block = re.search(r"```python\n(.+?)```", text, re.DOTALL)
    assert block is not None
    lines = block[1].strip().splitlines()
    assert len(lines) == 3
    names: dict[str, pd.DataFrame] = {}
    with chdir(tmp_path):
        exec(block[1], names)  # noqa: S102 - what readers are told to type
    figures, read = names["figures"], names["wide"]
    assert len(figures) == len(city.figures)
    assert figures["area_id"].str.startswith("0").any()
    assert read.index.str.len().unique().tolist() == [6]
    assert read.loc["098002", "sgb2_quote"] == pytest.approx(48.7, abs=0.05)


def test_the_readme_names_every_column_of_keys(city: City) -> None:
    made = package.files(city)
    heads = {
        head
        for name, content in made.items()
        if name.endswith(".csv")
        for head in content.decode().splitlines()[0].split(",")
    }
    keys = {head for head in heads if head.startswith("area_") or "division" in head}
    assert keys <= set(KEYS)


def test_the_command_writes_the_same_for_a_part_of_the_city(
    tmp_path: Path, city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "breit.zip"
    command = ["export", "wide", "--level", LEVEL, "--created", "2026-11-28", "-o", str(target)]
    assert main([*command, "--within", "stadtbezirk.06"]) == 0
    with zipfile.ZipFile(target) as archive:
        made = pd.read_csv(archive.open(WIDE), dtype=KEYED)
    expected, _ = wide(labelled(level_rows(city, LEVEL, Scope("stadtbezirk", "06")), city))
    assert list(made["Schlüssel"]) == list(expected["Schlüssel"]) == ["061", "062", "063", "064"]
    assert main([*command, "--within", "stadtteil.061"]) == 2
    assert "gefunden „stadtteil.061“, erwartet stadtbezirk.01" in capsys.readouterr().err
