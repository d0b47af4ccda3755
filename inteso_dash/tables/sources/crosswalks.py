"""Keys between two divisions of a level: which share of an area goes to which later one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash.language.values import cell_text, normalise_key

if TYPE_CHECKING:
    from inteso_dash.catalogue import Catalogue
    from inteso_dash.tables.register import Areas
    from inteso_dash.tables.sources.tables import OpenRow, OpenTable

CROSSWALK_COLUMNS = (
    "level",
    "from_division",
    "to_division",
    "area_from",
    "area_to",
    "share",
    "weight",
    "source_id",
)
_ROUNDING = 0.005

Row = dict[str, object]


def crosswalk_rows(opened: OpenTable, catalogue: Catalogue, areas: Areas) -> list[Row]:
    """Read a key; what is not in order is reported and the area left out.

    Shares that miss 1 by rounding are brought to 1, so that totals stay.

    Parameters
    ----------
    opened : OpenTable
    catalogue : Catalogue
    areas : Areas

    Returns
    -------
    list of dict
        One for each pair of areas, with the keys of ``CROSSWALK_COLUMNS``.
    """
    table = opened.table
    if opened.lacks("area_from", "area_to", "share"):
        return []
    level, start, end = table.level or "", table.division or "", table.to_division or ""
    pairs: dict[tuple[str, str], float] = {}
    wrong: set[str] = set()
    for row in opened.rows:
        origin = _area(opened, row, "area_from", level, start, catalogue, areas)
        goal = _area(opened, row, "area_to", level, end, catalogue, areas)
        share = _share(opened, row)
        if origin and (not goal or math.isnan(share)):
            wrong.add(origin)
        elif origin and (origin, goal) in pairs:
            wrong.add(origin)
            opened.report.error(
                "duplicate_pair",
                "Das Paar steht mehrfach im Schlüssel.",
                row=row.label,
                column="area_to",
                found=f"{origin} → {goal}",
                expected="jedes Paar einmal",
            )
        elif origin:
            pairs[origin, goal] = share
    sums: dict[str, float] = {}
    for (origin, _), share in pairs.items():
        sums[origin] = sums.get(origin, 0.0) + share
    for origin, total in sums.items():
        if origin not in wrong and abs(total - 1) > _ROUNDING:
            wrong.add(origin)
            opened.report.error(
                "share_sum",
                "Die Anteile des Gebiets ergeben zusammen nicht 1; es fehlt im Schlüssel.",
                row=origin,
                column="share",
                found=f"{total:.4g}",
                expected="1",
            )
    for origin in sorted(set(areas.of(level, start)) - set(sums) - wrong):
        opened.report.warning(
            "area_without_key",
            f"Das Gebiet der Gliederung {start} kommt im Schlüssel nicht vor.",
            row=origin,
            column="area_from",
            found="keine Zeile",
            expected="Anteile, die zusammen 1 ergeben",
        )
    return [
        {
            "level": level,
            "from_division": start,
            "to_division": end,
            "area_from": origin,
            "area_to": goal,
            "share": share / sums[origin],
            "weight": table.weight or "",
            "source_id": table.source or "",
        }
        for (origin, goal), share in pairs.items()
        if share > 0 and origin not in wrong
    ]


def _area(
    opened: OpenTable,
    row: OpenRow,
    column: str,
    level: str,
    division: str,
    catalogue: Catalogue,
    areas: Areas,
) -> str:
    """Return the key of an area, empty where the division does not have it."""
    cell = opened.cell(row, column)
    key = normalise_key(cell, catalogue.level(level).key_length)
    if key is not None and key in areas.of(level, division):
        return key
    opened.report.error(
        "unknown_area",
        f"Das Gebiet steht nicht im Verzeichnis der Gliederung {division}.",
        row=row.label,
        column=column,
        found=cell_text(cell) or "eine leere Zelle",
        expected=f"ein Schlüssel der Ebene {level}, Gliederung {division}",
    )
    return ""


def _share(opened: OpenTable, row: OpenRow) -> float:
    """Return a share; a number up to 1 has no thousands, so comma and point both are decimal."""
    text = opened.text(row, "share")
    try:
        share = float(text.replace(",", "."))
    except ValueError:
        share = math.nan
    if 0 <= share <= 1 + _ROUNDING:
        return share
    opened.report.error(
        "share",
        "Der Anteil ist keine Zahl von 0 bis 1.",
        row=row.label,
        column="share",
        found=text or "eine leere Zelle",
        expected="etwa 0,25",
    )
    return math.nan


def crosswalk_frame(rows: list[Row]) -> pd.DataFrame:
    """Return keys as a frame: strings, and ``share`` as float."""
    frame = pd.DataFrame(rows, columns=list(CROSSWALK_COLUMNS))
    texts = [name for name in CROSSWALK_COLUMNS if name != "share"]
    return frame.astype({**dict.fromkeys(texts, "str"), "share": "float"})
