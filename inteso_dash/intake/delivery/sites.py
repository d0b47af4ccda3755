"""A delivered table of accommodation sites becomes one of the data folder."""

from __future__ import annotations

import csv
import hashlib
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.tables import SourceTable
from inteso_dash.intake.delivery.tidy import Stamp, taken_over
from inteso_dash.intake.recognise.keys import cells_of
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.language.formats import canonical
from inteso_dash.language.values import (
    cell_text,
    column_convention,
    normalise_key,
    parse_date,
    parse_value,
)
from inteso_dash.tables.sources import Delivery
from inteso_dash.tables.sources.places import (
    COUNTS,
    DAYS,
    SITE_HEADS,
    heads_of,
    identity,
    level_of,
    site_frame,
)
from inteso_dash.tables.sources.places import site_rows as read_sites
from inteso_dash.tables.sources.tables import open_table

if TYPE_CHECKING:
    from inteso_dash.intake.delivery.tidy import Surroundings
    from inteso_dash.tables.reading.raw import RawTable

_SAME = ("places", "usable", "occupied")


def site_delivery(
    content: bytes,
    raw: RawTable,
    city: Surroundings,
    source: Mapping[str, str],
    stamp: Stamp,
    complete: bool,
) -> tuple[Delivery | None, list[Finding], int]:
    """Write a table of sites as the data folder keeps it, with its declaration.

    Parameters
    ----------
    content : bytes
        The delivered file.
    raw : RawTable
        A table for which `holds_sites` is true.
    city : Surroundings
    source : mapping
        Fields of `catalogue.Source`.
    stamp : Stamp
    complete : bool
        Whether the table lists all sites of each of its Stichtage.

    Returns
    -------
    Delivery or None
        None where the folder has all sites already.
    list of Finding
    int
        How many sites the folder holds already and that are left out.
    """
    table_id = stamp.free("unterkuenfte")
    source_id = f"lieferung_{table_id}"
    rows = list(_tidy_rows(raw, city.catalogue, source_id))
    described = {
        "id": table_id,
        "title": f"Unterkünfte: {raw.name}",
        "file": f"{table_id}.csv",
        "kind": "sites",
        "source": source_id,
        "sources": (stamp.source(source_id, raw, source),),
        "complete": complete,
        "note": taken_over(raw, content),
    }
    made = _delivery(rows, described)
    sites, findings = _read_back(made, city)
    new = [at for at, known in enumerate(_known(sites, city)) if not known]
    left = len(rows) - len(new)
    if not new:
        return None, [], left
    if left:
        made = _delivery([rows[at] for at in new], described)
        sites, findings = _read_back(made, city)
    numbers = {str(at + 2): str(raw.rows[row].number) for at, row in enumerate(new)}
    heads = heads_of(raw.columns)
    found = [
        replace(
            each,
            file=raw.name,
            row=numbers.get(each.row, each.row),
            column=heads.get(each.column, each.column),
        )
        for each in findings
    ]
    found += _repeated(sites, city, raw, [numbers[str(at + 2)] for at in range(len(sites))])
    return made, [*raw.notes, *found], left


def _delivery(rows: list[list[str]], described: Mapping[str, object]) -> Delivery:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(SITE_HEADS)
    writer.writerows(rows)
    tidy = out.getvalue().encode()
    counted = {"rows": len(rows), "sha256": hashlib.sha256(tidy).hexdigest()}
    return Delivery(SourceTable.model_validate({**described, **counted}), tidy)


def _tidy_rows(raw: RawTable, catalogue: Catalogue, source_id: str) -> Iterator[list[str]]:
    heads = heads_of(raw.columns)
    cells = {name: cells_of(raw, column) for name, column in heads.items()}
    forms = {form.casefold(): form for form in catalogue.site_forms}
    numeric = (*COUNTS, "lon", "lat")
    conventions = {name: column_convention(cells[name]) for name in numeric if name in cells}
    for place in range(len(raw.rows)):
        row = {name: cell_text(column[place]) for name, column in cells.items()}
        for name in DAYS:
            day = parse_date(cells[name][place]) if name in cells else None
            row[name] = day.isoformat() if day else row.get(name, "")
        for name, convention in conventions.items():
            parsed = parse_value(cells[name][place], convention=convention)
            if not parsed.problem and not math.isnan(parsed.value):
                row[name] = canonical(parsed.value)
        row["form"] = forms.get(row["form"].casefold(), row["form"])
        area_id = row.get("area_id", "")
        row["level"] = level = level_of(catalogue, row.get("level", ""), area_id)
        if catalogue.has_level(level):
            key = normalise_key(area_id, catalogue.level(level).key_length)
            row["area_id"] = key or area_id
        row["source_id"] = source_id
        yield [row.get(name, "") for name in SITE_HEADS]


def _read_back(made: Delivery, city: Surroundings) -> tuple[pd.DataFrame, list[Finding]]:
    catalogue = city.catalogue.extended((made.table,))
    opened = open_table(Path(made.table.file), made.table, catalogue, made.content)
    sites = site_frame(read_sites(opened, catalogue, city.areas))
    return sites, list(opened.report.findings())


def _known(sites: pd.DataFrame, city: Surroundings) -> list[bool]:
    """Say of each site whether the folder has it already, with the same numbers."""
    before = {_all_of(site) for site in city.sites.to_dict("records")}
    return [_all_of(site) in before for site in sites.to_dict("records")]


def _all_of(site: Mapping[object, object]) -> tuple[object, ...]:
    named = {str(key): value for key, value in site.items()}
    return (*identity(named), *(str(named[column]) for column in _SAME))


def _repeated(
    sites: pd.DataFrame, city: Surroundings, raw: RawTable, numbers: list[str]
) -> Iterator[Finding]:
    def keys(table: pd.DataFrame) -> list[tuple[object, ...]]:
        records = table.to_dict("records")
        return [identity({str(key): value for key, value in each.items()}) for each in records]

    before = set(keys(city.sites[city.sites["complete"]]))
    for number, key, name in zip(numbers, keys(sites), sites["name"], strict=True):
        if key in before:
            yield Finding(
                Severity.ERROR,
                "site_repeated",
                f"{name}: Der Datenordner nennt diese Unterkunft zu diesem Stichtag schon, mit "
                "anderen Zahlen. Gezählt wird sie einmal; nehmen Sie die frühere Tabelle zurück "
                "oder streichen Sie die Zeile.",
                raw.name,
                number,
                heads_of(raw.columns)["name"],
                name,
                "jede Unterkunft einmal je Stichtag",
            )
