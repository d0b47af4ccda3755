"""The table that lists the areas, read and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash.language.values import normalise_key
from inteso_dash.tables.register import REGISTER_COLUMNS, Areas, parents_division

if TYPE_CHECKING:
    from inteso_dash.catalogue import Catalogue
    from inteso_dash.tables.sources.tables import OpenTable, Report

_TRUTH = {
    **dict.fromkeys(("", "true", "1", "ja", "wahr"), True),
    **dict.fromkeys(("false", "0", "nein", "falsch"), False),
}

RegisterRow = tuple[str, str, str, str, str, str, bool]

_TOGETHER_FROM, _LISTED = 6, 3


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
                opened.text(row, "parent_division"),
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


def check_parents(
    rows: list[RegisterRow], register: pd.DataFrame, catalogue: Catalogue, report: Report
) -> None:
    """Check that the areas of one table have their parents in the division they are said to be in.

    Figures of areas whose parents are not there would be missing from every higher level.

    Parameters
    ----------
    rows : list of tuple
        What `register_rows` has read from the table.
    register : DataFrame
        The areas of all tables.
    catalogue : Catalogue
    report : Report
        Of the table; findings are added to it.
    """
    areas = Areas(register)
    strange: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for level_id, division, area, _, parent, named, _ in rows:
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
            continue
        declared = [each.id for each in catalogue.level(parent_level).divisions]
        if named and named not in declared:
            report.error(
                "unknown_division",
                f"Die Gliederung der Ebene {parent_level} ist im Katalog nicht erklärt.",
                row=area,
                column="parent_division",
                found=named,
                expected=", ".join(declared),
            )
        elif parent not in areas.of(
            parent_level, above := parents_division(catalogue, level_id, named)
        ):
            strange.setdefault((level_id, division, above), []).append((area, parent))
    for (level_id, division, above), found in strange.items():
        _unknown_parents(level_id, division, above, found, areas, catalogue, report)


def _unknown_parents(
    level_id: str,
    division: str,
    above: str,
    found: list[tuple[str, str]],
    areas: Areas,
    catalogue: Catalogue,
    report: Report,
) -> None:
    """Report areas whose parents are not in a division; many of one kind together."""
    parent_level = catalogue.level(level_id).parent or ""
    others = [
        each.id
        for each in catalogue.level(parent_level).divisions
        if each.id != above
        and all(parent in areas.of(parent_level, each.id) for _, parent in found)
    ]
    advice = (
        f" Die Gliederung {others[-1]} kennt sie; nennen Sie sie in der Spalte parent_division."
        if others
        else ""
    )
    expected = f"ein Gebiet der Ebene {parent_level}, Gliederung {above}"
    if len(found) >= _TOGETHER_FROM:
        rows, parents = (
            ", ".join([*dict.fromkeys(each[at] for each in found)][:_LISTED]) + " …"
            for at in range(2)
        )
        report.error(
            "parent",
            f"Von {len(found)} Gebieten der Gliederung {division} stehen die übergeordneten nicht "
            f"im Verzeichnis der Ebene {parent_level}, Gliederung {above}; ihre Zahlen fehlen auf "
            f"allen höheren Ebenen.{advice}",
            row=rows,
            column="parent_id",
            found=parents,
            expected=expected,
        )
        return
    for area, parent in found:
        report.error(
            "parent",
            f"Das übergeordnete Gebiet steht nicht im Verzeichnis der Ebene {parent_level}, "
            f"Gliederung {above}.{advice}",
            row=area,
            column="parent_id",
            found=parent,
            expected=expected,
        )


def check_register(register: pd.DataFrame, catalogue: Catalogue, report: Report) -> None:
    """Check that divisions are complete, and that there is a root.

    Parameters
    ----------
    register : DataFrame
    catalogue : Catalogue
    report : Report
        Findings are added to it.
    """
    areas = Areas(register)
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
