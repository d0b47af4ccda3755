"""A city folder with a full table of accommodation.

The figures in the tables beside this file are made up: ten Stadtbezirke and sixty sites, of which
only three sums are real: 7.590 persons in the city, 659 in Stadtbezirk 5, 1.820 in Stadtbezirk 6.
"""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import yaml

from tests.paths import ROOT

TABLES = Path(__file__).with_name("made_up_accommodation_tables")
DATE = "2017-02-28"
_REPLACED = {"unterkuenfte", "unterbringung"}
_PUBLISHED_SITUATION = ",2017-02-28,"
_AFTER = "\naccommodation:"

Row = dict[str, str]


def read(name: str) -> list[Row]:
    """Rows of one of the made-up tables."""
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(rows: Iterable[Row]) -> str:
    """Rows as CSV text."""
    rows = list(rows)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def build(
    folder: Path,
    *,
    areas: Callable[[list[Row]], list[Row]] | None = None,
    sites: Callable[[list[Row]], list[Row]] | None = None,
    complete: bool = True,
    positions_public: bool = False,
    indices: bool = True,
) -> Path:
    """Write a city folder: everything shipped, with the made-up accommodation in its place.

    ``areas`` and ``sites`` may change the rows; returning none leaves the table out. Without
    ``indices``, a quarter of the time, the city composes none.
    """
    data = folder / "data"
    shutil.copytree(ROOT / "data", data)
    (folder / "geodata").symlink_to(ROOT / "geodata")
    for name in _REPLACED:
        (data / f"{name}.csv").unlink()
        (data / f"{name}.yml").unlink()
    _without_published_situation(data)
    if not indices:
        declared = (data / "catalogue.yml").read_text("utf-8")
        head, _, rest = declared.partition("\nindices:")
        (data / "catalogue.yml").write_text(f"{head}{_AFTER}{rest.partition(_AFTER)[2]}", "utf-8")
    source = {
        "id": "erfunden",
        "title": "Erfundene Zahlen",
        "producer": "Test",
        "licence": "-",
        "public": True,
    }
    limit = {"level": "stadt", "area_id": "05111", "indicator_id": "regelobergrenze"}
    rule = [{**limit, "date": "2015-06-30", "value": "200", "source_id": "erfunden"}]
    counts = areas(read("unterbringung")) if areas else read("unterbringung")
    _add(data, "unterbringung", [*counts, *rule], kind="figures", layout="long", sources=[source])
    places = sites(read("unterkuenfte")) if sites else read("unterkuenfte")
    if places:
        _add(
            data,
            "unterkuenfte",
            places,
            kind="sites",
            complete=complete,
            positions_public=positions_public,
        )
    return folder


def _add(data: Path, name: str, rows: list[Row], **declared: object) -> None:
    body = write(rows)
    (data / f"{name}.csv").write_text(body, encoding="utf-8")
    entry = {
        "id": name,
        "title": "Erfundene Tabelle",
        "file": f"{name}.csv",
        "rows": len(rows),
        "sha256": hashlib.sha256(body.encode()).hexdigest(),
        **declared,
    }
    (data / f"{name}.yml").write_text(yaml.safe_dump(entry, allow_unicode=True), encoding="utf-8")


def _without_published_situation(data: Path) -> None:
    """Leave the real sums out of the table that prints them: the made-up ones repeat them."""
    table = data / "kurzprofil_2015.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = "".join(line for line in lines if _PUBLISHED_SITUATION not in line)
    table.write_text(kept, encoding="utf-8")
    sidecar = data / "kurzprofil_2015.yml"
    declared = yaml.safe_load(sidecar.read_text(encoding="utf-8"))
    declared |= {
        "rows": kept.count("\n") - 1,
        "sha256": hashlib.sha256(kept.encode()).hexdigest(),
    }
    sidecar.write_text(yaml.safe_dump(declared, allow_unicode=True), encoding="utf-8")
