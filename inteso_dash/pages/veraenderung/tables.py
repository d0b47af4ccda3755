"""Comparisons as tables: for the screen, and complete for a file."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from inteso_dash.catalogue.tables import source_ids
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.measures.classes import ranks
from inteso_dash.pages.veraenderung.chance import HEAD as CHANCE_HEAD
from inteso_dash.pages.veraenderung.chance import beyond_chance, told
from inteso_dash.pages.veraenderung.comparison import Comparison, Measure, decimals, measures, unit
from inteso_dash.pages.veraenderung.texts import CHANCE
from inteso_dash.pages.veraenderung.words import remarks

HEADS = {
    Measure.ABSOLUTE: "Veränderung",
    Measure.PERCENT: "Veränderung in Prozent",
    Measure.RELATIVE: "gegenüber der Stadt",
}
"""What the changes are called in tables and controls."""


def told_measures(found: Comparison) -> list[Measure]:
    """Return the measures of a comparison that some area has a value of."""
    return [each for each in measures(found.indicator) if found.areas[str(each)].notna().any()]


def head(found: Comparison, measure: Measure) -> str:
    """Return the head of a column of changes, with its unit."""
    return f"{HEADS[measure]} ({unit(found.indicator, measure)})"


def numbered(sources: Iterable[str]) -> tuple[list[str], list[str]]:
    """Give sources numbers in the order in which they occur, so that a table can refer to them.

    Parameters
    ----------
    sources : iterable of str
        Ids, several of one row joined by ", ".

    Returns
    -------
    marks : list of str
        One per row.
    ids : list of str
        Each once; the first has the number 1.

    Examples
    --------
    >>> numbered(["atlas", "press, atlas", ""])
    (['[1]', '[2] [1]', ''], ['atlas', 'press'])
    """
    numbers: dict[str, int] = {}
    marks = []
    for joined in sources:
        own = source_ids(joined)
        marks.append(" ".join(f"[{numbers.setdefault(each, len(numbers) + 1)}]" for each in own))
    return marks, list(numbers)


def ordered(found: Comparison, measure: Measure) -> pd.DataFrame:
    """Return the areas by their change, the highest first; those without one last, by key."""
    areas = found.areas.sort_index()
    return areas.sort_values(str(measure), ascending=False, kind="stable", na_position="last")


def comparison_table(
    city: City, found: Comparison, measure: Measure
) -> tuple[pd.DataFrame, dict[str, int], list[str]]:
    """Return a comparison as it is read: ranked by one measure, the city last.

    Returns
    -------
    table : DataFrame
        Numbers are floats; NaN where there is none.
    digits : dict
        Decimals by column.
    signed : list of str
        Columns that hold changes.
    """
    indicator, areas = found.indicator, ordered(found, measure)
    heads = {each: head(found, each) for each in told_measures(found)}
    before, after = (f"{formats.date(day)} ({indicator.unit})" for day in (found.start, found.end))
    table = pd.DataFrame(
        {
            "Rang": ranks(areas[str(measure)]),
            "Gebiet": areas["name"],
            before: areas["before"],
            after: areas["after"],
            **{name: areas[str(each)] for each, name in heads.items()},
            "Hinweis": remarks(found, values=False).reindex(areas.index),
        }
    )
    chance = told(found, beyond_chance(city, found)).reindex(areas.index)
    if (chance != "").any():
        table.insert(len(table.columns) - 1, CHANCE_HEAD, chance)
    whole = found.city
    if found.level != city.catalogue.root.id and (whole.before, whole.after) != (None, None):
        note = "Bruch der Reihe" if whole.breaks else whole.recomputed
        last = {
            "Rang": pd.NA,
            "Gebiet": city.catalogue.city.name,
            before: whole.before,
            after: whole.after,
            "Hinweis": note,
            heads.get(Measure.ABSOLUTE, ""): whole.change,
            heads.get(Measure.PERCENT, ""): whole.percent,
        }
        row = pd.DataFrame([{name: last.get(name) for name in table.columns}])
        table = pd.concat([table.astype(object), row.astype(object)], ignore_index=True)
        numbers = [before, after, *heads.values()]
        table[numbers] = table[numbers].astype(float)
        table["Rang"] = table["Rang"].astype("Int64")
    digits = {before: indicator.decimals, after: indicator.decimals}
    digits |= {name: decimals(indicator, each) for each, name in heads.items()}
    return table.reset_index(drop=True), digits, list(heads.values())


def comparison_file(city: City, found: Comparison, measure: Measure) -> pd.DataFrame:
    """Return a comparison with everything that belongs to it, as it goes into a file.

    Returns
    -------
    DataFrame
        Cells are text, `Decimal`, dates or None.
    """
    indicator, areas = found.indicator, ordered(found, measure)
    notes, placed = remarks(found), ranks(areas[str(measure)])
    reach = beyond_chance(city, found)
    titles = {
        ids: city.source_titles(ids) for ids in {*areas["source_before"], *areas["source_after"]}
    }
    rows = []
    for area, row in zip(areas.index, areas.to_dict("records"), strict=True):
        cells: dict[str, object] = {
            "Ebene": found.level,
            "Schlüssel": area,
            "Name": row["name"],
            "Kennung": indicator.id,
            "Indikator": indicator.title.de,
            "Einheit": indicator.unit,
        }
        for side, day, word in (
            ("before", found.start, "früher"),
            ("after", found.end, "später"),
        ):
            cells |= {
                f"Stichtag {word}": day,
                f"Gliederung {word}": city.division(found.level, day, indicator.id),
                f"Wert {word}": formats.rounded(row[side], indicator.decimals),
                f"Status {word}": city.status_title(row[f"status_{side}"], row[f"source_{side}"]),
                f"Quelle {word}": titles[row[f"source_{side}"]],
            }
        for each in measures(indicator):
            cells[head(found, each)] = formats.rounded(row[str(each)], decimals(indicator, each))
        cells |= _chance(reach.loc[[area]], decimals(indicator, Measure.ABSOLUTE))
        cells |= {
            "Status der Veränderung": STATUS_MEANINGS[Status(row["status"])].title,
            "Rang der Veränderung": None if pd.isna(placed[area]) else str(placed[area]),
            "Rang früher": None if pd.isna(row["rank_before"]) else str(row["rank_before"]),
            "Rang später": None if pd.isna(row["rank_after"]) else str(row["rank_after"]),
            "Grundzahl": formats.rounded(row["base"], 0),
            "Rundungsfehler": formats.rounded(row["error"], indicator.decimals + 2),
            "Hinweis": notes[area],
        }
        rows.append(cells)
    return pd.DataFrame(rows, dtype=object)


def _chance(reach: pd.DataFrame, digits: int) -> dict[str, object]:
    """Return the cells that say how far chance alone would move a change."""
    lower, upper, more = reach.iloc[0]
    known = not pd.isna(lower)
    low, high = formats.outward(lower, upper, digits) if known else (None, None)
    answer = {True: "ja", False: "nein"}[bool(more)] if known else None
    return {CHANCE["lower"]: low, CHANCE["upper"]: high, CHANCE_HEAD: answer}
