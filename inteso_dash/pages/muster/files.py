"""What the page gives away: tables with both figures, or with all coefficients."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from inteso_dash.city import City
from inteso_dash.files.text import area_bounds
from inteso_dash.language import formats
from inteso_dash.pages.muster import content, pattern
from inteso_dash.pages.muster.apart import Apart
from inteso_dash.pages.muster.pattern import PatternShown
from inteso_dash.pages.muster.strongest import Strongest
from inteso_dash.pages.muster.texts import HEADS, MEASURES, TEXTS
from inteso_dash.pages.muster.two import Related
from inteso_dash.views.statement import Statement, statement

_COEFFICIENT, _Q = 4, 6


def two_table(city: City, shown: Related) -> pd.DataFrame:
    """Return all areas with both values, statuses and class, and the coefficients in each row."""
    areas = list(shown.kinds.index)
    names = city.areas(shown.choice.level)["name"]
    columns: dict[str, list[object]] = {
        "Schlüssel": [str(area) for area in areas],
        "Name": [str(names[area]) for area in areas],
        "Ebene": [city.catalogue.level(shown.choice.level).title.de] * len(areas),
    }
    for each in (shown.first, shown.second):
        decimals = each.indicator.decimals
        columns[each.axis] = [formats.rounded(float(value), decimals) for value in each.values]
        columns[f"{each.indicator.title.de}: Status"] = list(city.status_titles(each.cells))
        columns[f"{each.indicator.title.de}: Stichtag"] = [each.day] * len(areas)
        bounds = area_bounds(city, shown.choice.level, each.indicator, each.day, areas)
        columns |= {f"{each.indicator.title.de}: {head}": own for head, own in bounds.items()}
    columns[TEXTS["class"]] = [content.class_words(shown, str(area)) or None for area in areas]
    decimals = shown.second.indicator.decimals + 1
    columns[TEXTS["residual"]] = [
        formats.rounded(float(each), decimals) for each in shown.residuals
    ]
    for name, found in (("Spearman", shown.ranked), ("Pearson", shown.linear)):
        for head, value in (
            (name, found.value),
            (f"{name} von", found.low),
            (f"{name} bis", found.high),
        ):
            columns[head] = [formats.rounded(value, _COEFFICIENT)] * len(areas)
    return pd.DataFrame({head: pd.Series(cells, dtype=object) for head, cells in columns.items()})


def strongest_table(shown: Strongest) -> pd.DataFrame:
    """Return all coefficients of one indicator, one other indicator a row."""
    table = shown.listed
    others = [shown.others[str(each)] for each in table.index]
    indicator, spearman, low, high, pearson, count, q, shared = HEADS
    columns: dict[str, list[object]] = {
        "Kennung": list(table.index),
        indicator: [each.indicator.title.de for each in others],
        "Stichtag": [each.day for each in others],
        "Verglichen mit": [shown.indicator.indicator.title.de] * len(others),
        "Stichtag davon": [shown.indicator.day] * len(others),
        spearman: [formats.rounded(float(each), _COEFFICIENT) for each in table["spearman"]],
        low: [formats.rounded(float(each), _COEFFICIENT) for each in table["low"]],
        high: [formats.rounded(float(each), _COEFFICIENT) for each in table["high"]],
        pearson: [formats.rounded(float(each), _COEFFICIENT) for each in table["pearson"]],
        count: [Decimal(int(each)) for each in table["count"]],
        q: [formats.rounded(float(each), _Q) for each in table["q"]],
        shared: [each or None for each in table["shared"]],
    }
    return pd.DataFrame({head: pd.Series(cells, dtype=object) for head, cells in columns.items()})


def pattern_table(city: City, shown: PatternShown) -> pd.DataFrame:
    """Return all areas with value, neighbours, kind and what it rests on, and Moran's I."""
    cells, found = shown.indicator.cells, shown.found
    areas, indicator = [str(each) for each in cells.index], shown.indicator.indicator
    names, tested = city.areas(shown.choice.level)["name"], found.areas.reindex(cells.index)
    decimals = indicator.decimals
    columns: dict[str, list[object]] = {
        "Schlüssel": list(areas),
        "Name": [str(names[area]) for area in areas],
        "Ebene": [city.catalogue.level(shown.choice.level).title.de] * len(areas),
        shown.indicator.axis: [formats.rounded(each, decimals) for each in shown.indicator.values],
        "Status": list(city.status_titles(cells)),
        "Stichtag": [shown.choice.day] * len(areas),
        **area_bounds(city, shown.choice.level, indicator, shown.choice.day, areas),
        pattern.around(shown): [formats.rounded(each, decimals) for each in tested["around"]],
        TEXTS["pattern_class"]: [pattern.kind_words(shown, area) for area in areas],
        "Lokales I": [formats.rounded(each, _COEFFICIENT) for each in tested["local"]],
        "p": [formats.rounded(each, _COEFFICIENT) for each in tested["p"]],
        "q": [formats.rounded(each, _COEFFICIENT) for each in tested["q"]],
        TEXTS["slope"]: [formats.rounded(found.moran, _COEFFICIENT)] * len(areas),
        "p von Morans I": [formats.rounded(found.p, _COEFFICIENT)] * len(areas),
        "Zufallskarten": [Decimal(found.permutations)] * len(areas),
    }
    return pd.DataFrame({head: pd.Series(cells, dtype=object) for head, cells in columns.items()})


def apart_table(city: City, shown: Apart) -> pd.DataFrame:
    """Return all groups of a level with all measures, at all Stichtage."""
    level = city.catalogue.level(shown.choice.level)
    return pd.DataFrame(
        [
            {
                "Kennung": each.indicator.id,
                "Gruppe": each.name,
                "Ebene": level.title.de,
                "Gliederung": each.division,
                "Stichtag": each.day,
                "Anteil (%)": formats.rounded(100 * each.found.share, 1),
                "Größe der Gruppe": formats.rounded(each.found.persons, 0),
                **{
                    title: None if value is None else formats.rounded(value, _COEFFICIENT)
                    for title, measure in MEASURES.items()
                    for value in [each.value(measure)]
                },
                "Gebiete": Decimal(each.found.areas),
                "Quelle": city.source_titles(each.source_id),
            }
            for each in shown.groups
        ],
        dtype=object,
    )


def apart_told(city: City, shown: Apart, *, address: str = "") -> Statement:
    """Describe a file on segregation."""
    level = city.catalogue.level(shown.choice.level)
    return statement(
        city,
        what=TEXTS["segregation"],
        where=f"{level.plural}, {city.catalogue.city.name}",
        dates=[each.day for each in shown.groups],
        source_ids=[each.source_id for each in shown.groups],
        address=address,
    )
