"""The table that lists the areas, read and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash.register import REGISTER_COLUMNS, Areas
from inteso_dash.values import normalise_key

if TYPE_CHECKING:
    from inteso_dash.catalogue import Catalogue
    from inteso_dash.sources.tables import OpenTable, Report

_TRUTH = {
    **dict.fromkeys(("", "true", "1", "ja", "wahr"), True),
    **dict.fromkeys(("false", "0", "nein", "falsch"), False),
}

RegisterRow = tuple[str, str, str, str, str, bool]


def register_rows(opened: OpenTable, catalogue: Catalogue) -> list[RegisterRow]:
    """Read the rows of a register table; a row whose key cannot be read is reported and left out.

    Parameters
    ----------
    opened : OpenTable
    catalogue : Catalogue

    Returns
    -------
    list of tuple
        In the order of ``REGISTER_COLUMNS``.
    """
    if opened.lacks("area_id", "name"):
        return []
    report, table = opened.report, opened.table
    seen: set[tuple[str, str, str]] = set()
    rows: list[RegisterRow] = []
    for row in opened.rows:
        level_id = opened.text(row, "level") or table.level or ""
        if not catalogue.has_level(level_id):
            known = ", ".join(level.id for level in catalogue.levels)
            report.error(
                "unknown_level",
                "Die Ebene ist im Katalog nicht erklärt.",
                row=row.label,
                column="level",
                found=level_id,
                expected=known,
            )
            continue
        level = catalogue.level(level_id)
        division = opened.text(row, "division") or table.division or level.current.id
        if division not in {entry.id for entry in level.divisions}:
            report.error(
                "unknown_division",
                f"Die Gliederung der Ebene {level_id} ist im Katalog nicht erklärt.",
                row=row.label,
                column="division",
                found=division,
                expected=", ".join(entry.id for entry in level.divisions),
            )
            continue
        area = normalise_key(opened.cell(row, "area_id"), level.key_length)
        if area is None:
            report.error(
                "area_key",
                f"Der Schlüssel hat nicht die Form der Ebene {level_id}.",
                row=row.label,
                column="area_id",
                found=opened.text(row, "area_id"),
                expected=f"{level.key_length} Stellen",
            )
            continue
        if (level_id, division, area) in seen:
            report.error(
                "duplicate_area",
                "Das Gebiet steht mehrfach im Verzeichnis; die erste Zeile gilt.",
                row=area,
                column="area_id",
                found=area,
                expected="jedes Gebiet einmal je Gliederung",
            )
            continue
        seen.add((level_id, division, area))
        rows.append(
            (
                level_id,
                division,
                area,
                _name(opened.text(row, "name"), area, report),
                _parent(opened.text(row, "parent_id"), level.parent, catalogue),
                _truth(opened.text(row, "name_complete"), area, report),
            )
        )
    return rows


def _name(text: str, area: str, report: Report) -> str:
    if not text:
        report.warning(
            "area_name",
            "Das Gebiet hat keinen Namen; sein Schlüssel steht dafür.",
            row=area,
            column="name",
            expected="einen Namen",
        )
    return text or area


def _parent(text: str, parent_level: str | None, catalogue: Catalogue) -> str:
    if parent_level is None:
        return text
    return normalise_key(text, catalogue.level(parent_level).key_length) or text


def _truth(text: str, area: str, report: Report) -> bool:
    known = _TRUTH.get(text.lower())
    if known is None:
        report.error(
            "name_complete",
            "Die Spalte sagt nicht, ob der Name vollständig ist.",
            row=area,
            column="name_complete",
            found=text,
            expected="true oder false",
        )
    return known is not False


def register_frame(rows: list[RegisterRow]) -> pd.DataFrame:
    """Return the register as a frame: strings, and ``name_complete`` as bool."""
    frame = pd.DataFrame(rows, columns=list(REGISTER_COLUMNS))
    types = dict.fromkeys(REGISTER_COLUMNS[:-1], "str") | {"name_complete": "bool"}
    return frame.astype(types)


def check_register(register: pd.DataFrame, catalogue: Catalogue, report: Report) -> None:
    """Check that every area has its parent, that divisions are complete, and that there is a root.

    Parameters
    ----------
    register : DataFrame
    catalogue : Catalogue
    report : Report
        Findings are added to it.
    """
    areas = Areas(register)
    columns = [register[name] for name in ("level", "area_id", "parent_id")]
    for level_id, area, parent in zip(*columns, strict=True):
        parent_level = catalogue.level(level_id).parent
        if parent_level is None:
            if parent:
                report.error(
                    "parent",
                    "Ein Gebiet der obersten Ebene gehört zu keinem anderen.",
                    row=area,
                    column="parent_id",
                    found=parent,
                    expected="eine leere Zelle",
                )
        elif not areas.knows(parent_level, parent):
            report.error(
                "parent",
                f"Das übergeordnete Gebiet steht nicht im Verzeichnis der Ebene {parent_level}.",
                row=area,
                column="parent_id",
                found=parent,
                expected=f"ein Gebiet der Ebene {parent_level}",
            )
    for level in catalogue.levels:
        for division in level.divisions:
            count = len(areas.of(level.id, division.id))
            if count and count != division.areas:
                report.error(
                    "area_count",
                    f"Das Verzeichnis der Ebene {level.id}, Gliederung {division.id}, ist nicht "
                    "vollständig oder der Katalog nennt eine falsche Zahl.",
                    column="area_id",
                    found=count,
                    expected=division.areas,
                )
    root = catalogue.root
    roots = set(register.loc[register["level"] == root.id, "area_id"])
    if roots != {catalogue.city.id}:
        report.error(
            "root",
            f"Die Ebene {root.id} hat genau ein Gebiet: die Stadt selbst.",
            column="area_id",
            found=", ".join(sorted(roots)) or "kein Gebiet",
            expected=catalogue.city.id,
        )
