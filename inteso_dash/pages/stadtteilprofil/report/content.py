"""What stands in a Kurzprofil, the profile of the screen as plain text and numbers; and its PDF."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import geopandas
import numpy as np
import shapely

from inteso_dash.boundaries.layers import Layer, read_boundaries
from inteso_dash.catalogue.own_areas import OwnLevel
from inteso_dash.catalogue.tables import source_ids
from inteso_dash.city import City
from inteso_dash.city.breaks import breaks
from inteso_dash.city.comparable import compared, made_of
from inteso_dash.drawing.profile_table.data import (
    Position,
    ProfileTable,
    TableNumber,
    TableRow,
    TableText,
    Trend,
)
from inteso_dash.files import typeset
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.pages.stadtteilprofil.age import age_bars
from inteso_dash.pages.stadtteilprofil.files import profile_statement
from inteso_dash.pages.stadtteilprofil.profile import Line, Profile, ProfileCell, profile
from inteso_dash.pages.stadtteilprofil.table.view import tables
from inteso_dash.pages.stadtteilprofil.table.words import lineage, sentence
from inteso_dash.pages.stadtteilprofil.texts import REPORT as TEXTS
from inteso_dash.pages.unterbringung.situation import dates, levels, situation
from inteso_dash.pages.veraenderung import words as change_words
from inteso_dash.views.headlines import spoken
from inteso_dash.views.statement import Statement, cited

_ELSEWHERE = {"unit", "trend"}
"""Columns whose content stands beside the title or in a section of its own."""
_UNITS = 1000
_GROUND, _HERE, _LINE = "#dde2e6", "#1d5f8a", "#56616c"
_RING = 0.055
_SIMPLER = 1.2
_SMALL = 0.02


def content(
    city: City,
    level: str,
    area_id: str,
    *,
    address: str = "",
    created: dt.date | None = None,
) -> dict[str, Any]:
    """Gather what the Kurzprofil of an area says.

    Parameters
    ----------
    city : City
        For the mini map.
    level, area_id : str
    address : str
        Address of the profile in the application.
    created : date, optional
        Date of issue, as in `inteso_dash.files.creation_date`.

    Returns
    -------
    dict
        Text, numbers, lists and dicts only, as the template reads them.

    Raises
    ------
    KeyError
        If the area does not exist.
    """
    result = profile(city, level, area_id)
    outlines = city.layers.get((level, city.catalogue.level(level).current.id))
    told = profile_statement(
        city,
        result,
        address=address,
        created=created,
        boundaries="" if outlines is None else outlines.citation,
    )
    numbers = {source.id: number for number, source in enumerate(told.sources, 1)}
    main = [line for line in result.current if not _is_housing(city, line)]
    there = _housing_lines(city, result)
    shown = Profile(result.places, result.within, tuple(main), ())
    table = tables(city, shown)[:1]
    titles = {row.title for part in table for group in part.groups for row in group.rows}
    picture = mini_map(city, result)
    return {
        "title": result.place.name,
        "city": city.catalogue.city.name,
        "kind": lineage(city, result),
        "sentence": sentence(city, result),
        "created": [told.created.year, told.created.month, told.created.day],
        "words": TEXTS,
        "map": picture,
        "map_words": TEXTS["map_words"].format(
            name=result.place.name, city=city.catalogue.city.name
        ),
        "keys": [_key_figure(city, line) for line in key_lines(city, result)],
        "keys_source": _cited(key_lines(city, result), numbers),
        "table": _table(table[0], _cited(main, numbers)) if table else None,
        "has_ages": bool(city.catalogue.start.age_groups),
        "age": _age(city, result, numbers),
        "change": _change(city, result, numbers),
        "housing": _housing(city, result, there, numbers),
        "signs": [list(sign) for sign in _signs(result.lines)],
        "definitions": [
            {"title": line.indicator.title.de, "text": _definition(line)}
            for line in (*main, *there)
            if line.indicator.id not in city.catalogue.start.age_groups
            and (line in there or line.indicator.short.de in titles)
        ],
        "sources": [
            {
                "text": cited(source),
                "licence": source.licence,
                "url": source.url,
                "note": source.note,
            }
            for source in told.sources
        ],
        "method": _method(city, result),
        "origin": [list(entry) for entry in _origin(told)],
        "footer": TEXTS["footer"].format(
            date=formats.date(told.created), hash=told.short_hash, address=told.address
        ),
    }


def _is_housing(city: City, line: Line) -> bool:
    """Say whether a line belongs to the topic of accommodation."""
    declared = city.catalogue.accommodation
    if declared is None:
        return False
    return line.indicator.topic == city.catalogue.indicator(declared.persons).topic


def key_lines(city: City, result: Profile) -> list[Line]:
    """Return the lines of the catalogue's key figures, as far as the area has them."""
    found = (result.line(key) for key in city.catalogue.start.key_figures)
    return [line for line in found if line is not None]


def _key_figure(city: City, line: Line) -> dict[str, Any]:
    indicator = line.indicator
    return {
        "title": indicator.title.de,
        "value": _written(line.own, line),
        "unit": indicator.unit,
        "date": formats.date(line.date),
        "reference": _reference(city, line),
    }


def _reference(city: City, line: Line) -> str:
    """Write the value of the whole city beside that of an area."""
    value = city.reference(line.indicator.id, line.date)
    if len(line.cells) == 1 or value is None:
        return ""
    written = formats.with_unit(value, line.indicator.decimals, line.indicator.unit)
    return f"{city.catalogue.city.name}: {written}"


def _written(cell: ProfileCell, line: Line) -> str:
    sign = STATUS_MEANINGS[cell.status].sign
    if cell.value is None or sign:
        return sign
    return formats.number(cell.value, line.indicator.decimals)


def _cited(lines: Iterable[Line], numbers: Mapping[str, int]) -> str:
    """Name sources by number and their Stichtage: "Quelle [1]. Stichtag 31.12.2021."."""
    given = list(lines)
    used = {
        numbers[key]
        for line in given
        for cell in line.cells
        if cell is not None
        for key in source_ids(cell.source_id)
        if key in numbers
    }
    days = sorted({line.date for line in given})
    if not used or not days:
        return ""
    marks = ", ".join(f"[{number}]" for number in sorted(used))
    when = formats.date(days[0]) if len(days) == 1 else TEXTS["several_dates"]
    return TEXTS["source"].format(marks=marks, date=when)


def _table(table: ProfileTable, source: str) -> dict[str, Any]:
    return {
        "title": table.title,
        "source": source,
        "columns": [
            [column.title, column.kind] for column in table.columns if column.kind not in _ELSEWHERE
        ],
        "groups": [
            {
                "title": group.title,
                "rows": [
                    {
                        "title": row.title,
                        "below": row.below,
                        "unit": _unit(table, row),
                        "cells": [
                            _cell(cell)
                            for column, cell in zip(table.columns, row.cells, strict=True)
                            if column.kind not in _ELSEWHERE
                        ],
                    }
                    for row in group.rows
                ],
            }
            for group in table.groups
        ],
        "place_key": table.place_key,
    }


def _unit(table: ProfileTable, row: TableRow) -> str:
    return next(
        cell.text
        for column, cell in zip(table.columns, row.cells, strict=True)
        if column.kind == "unit" and isinstance(cell, TableText)
    )


def _cell(cell: TableText | TableNumber | Position | Trend | None) -> dict[str, Any]:
    if isinstance(cell, Position):
        return {
            "band": [cell.lower, cell.median, cell.upper],
            "own": cell.own,
            "city": cell.city,
            "reach": cell.interval,
            "as_city": cell.as_city,
            "label": cell.label,
        }
    if isinstance(cell, TableNumber):
        return {"text": cell.text, "mark": cell.mark, "below": cell.below}
    return {"text": "" if cell is None else cell.text}


def _age(city: City, result: Profile, numbers: Mapping[str, int]) -> dict[str, Any] | None:
    bars = age_bars(city, result)
    if bars is None:
        return None
    lines = [
        line for key in city.catalogue.start.age_groups if (line := result.line(key)) is not None
    ]
    return {
        "bars": [
            {
                "label": bar.label,
                "value": bar.value,
                "written": bar.written,
                "reference": bar.reference,
                "reference_written": bar.reference_written,
            }
            for bar in reversed(bars.bars)
        ],
        "most": max(max(bar.value, bar.reference or 0) for bar in bars.bars),
        "name": result.place.name,
        "reference": city.catalogue.city.name,
        "words": bars.words,
        "source": _cited(lines, numbers),
    }


def _change(city: City, result: Profile, numbers: Mapping[str, int]) -> dict[str, Any] | None:
    """Compare the newest figures with the oldest ones they can be compared with."""
    rows, used = [], []
    parts = set(city.catalogue.start.age_groups) | {
        part
        for each in city.catalogue.indicators
        for partition in each.partitions
        for part in partition
        if city.catalogue.indicator(part).kind == "extensive"
    }
    for line in result.current:
        indicator = line.indicator
        size = indicator.kind == "extensive" and indicator.unit in {"ha", "km²"}
        skipped = size or indicator.id in parts or indicator.derived or _is_housing(city, line)
        if line.own.value is None or skipped:
            continue
        earlier = [
            before
            for before in result.earlier
            if before.indicator.id == indicator.id
            and before.own.value is not None
            and before.date < line.date
            and not breaks(city, indicator.id, result.place.level, [before.date, line.date])
        ]
        if not earlier:
            continue
        first = min(earlier, key=lambda before: before.date)
        used += [first, line]
        place = result.place
        before, after = (
            compared(city, place.level, place.area_id, indicator.id, each.date)
            for each in (first, line)
        )
        made = f" ({made_of(city, indicator)})" if before.recomputed or after.recomputed else ""
        rows.append(
            {
                "title": f"{indicator.short.de}{made}",
                "unit": indicator.unit,
                "before": "".join(spoken(before, indicator)),
                "before_date": formats.date(first.date),
                "after": "".join(spoken(after, indicator)),
                "after_date": formats.date(line.date),
                "change": change_words.told(
                    indicator, before.value, after.value, (before.error, after.error)
                ),
            }
        )
    return {"rows": rows, "source": _cited(used, numbers)} if rows else None


def _housing_lines(city: City, result: Profile) -> list[Line]:
    """Lines of persons, places and sites, without the single forms."""
    declared = city.catalogue.accommodation
    if declared is None:
        return []
    whole = (declared.persons, *declared.statuses, declared.places, declared.usable)
    lines = (result.line(key) for key in (*whole, declared.sites))
    return [line for line in lines if line is not None]


def _housing(
    city: City, result: Profile, lines: Sequence[Line], numbers: Mapping[str, int]
) -> dict[str, Any] | None:
    declared = city.catalogue.accommodation
    if declared is None:
        return None
    known = [line for line in lines if line.own.value is not None]
    rows = []
    for line in known:
        rows.append(
            {
                "title": line.indicator.short.de,
                "value": _written(line.own, line),
                "about": " · ".join(
                    filter(None, (formats.date(line.date), _reference(city, line)))
                ),
            }
        )
        if line.indicator.id == declared.persons:
            rows += _rate(city, result, line)
    return {"rows": rows, "source": _cited(known, numbers)}


def _rate(city: City, result: Profile, line: Line) -> list[dict[str, str]]:
    """Return how many are accommodated per 1,000 inhabitants, beside the whole city."""
    place = result.place
    if place.level not in levels(city) or line.date not in dates(city, place.level):
        return []
    shown = situation(city, place.level, line.date)
    rate, whole = float(shown.areas["rate"][place.area_id]), float(shown.total["rate"])
    if math.isnan(rate):
        return []
    about = [TEXTS["population"].format(date=formats.date(shown.population_date or line.date))]
    if not math.isnan(whole):
        about.append(f"{city.catalogue.city.name}: {formats.number(whole, 1)}")
    return [
        {
            "title": TEXTS["per_inhabitants"],
            "value": formats.number(rate, 1),
            "about": " · ".join(about),
        }
    ]


def _signs(lines: Iterable[Line]) -> list[tuple[str, str]]:
    given = list(lines)
    present = {
        Status.NOT_DELIVERED if cell is None else cell.status
        for line in given
        for cell in line.cells
    }
    marks = {Status.COMPUTED: "b", Status.ROUNDED: "r", Status.ESTIMATED: "s"}
    return [
        (meaning.sign or marks[status], f"{meaning.title}: {meaning.meaning}")
        for status, meaning in STATUS_MEANINGS.items()
        if status in present and (meaning.sign or status in marks)
    ]


def _definition(line: Line) -> str:
    indicator = line.indicator
    return " ".join(part for part in (indicator.meaning, indicator.caveat) if part)


def _method(city: City, result: Profile) -> list[str]:
    plural = city.catalogue.level(result.place.level).plural
    paragraphs = [TEXTS["method_values"], TEXTS["method_ratios"]]
    if len(result.places) > 1:
        paragraphs.append(TEXTS["method_rank"].format(plural=formats.definite(plural)))
    paragraphs.append(TEXTS["method_change"])
    return paragraphs


def _origin(told: Statement) -> list[tuple[str, str]]:
    return [entry for entry in told.entries() if entry[0] not in {"Quelle", "Lizenz"}]


def to_pdf(told: dict[str, Any]) -> bytes:
    """Set the content of a Kurzprofil; the same content gives the same bytes.

    Parameters
    ----------
    told : dict
        As of `content.content`.
    """
    return typeset.to_pdf("pages/stadtteilprofil/report/kurzprofil.typ", told)


def mini_map(city: City, result: Profile) -> str | None:
    """Draw the areas of the level in grey, this one dark, the one around it outlined.

    Parameters
    ----------
    city : City
    result : Profile

    Returns
    -------
    str or None
        SVG; None where there are no outlines of the level.
    """

    def outlines(level_id: str) -> geopandas.GeoSeries | None:
        layer = city.layers.get((level_id, city.catalogue.level(level_id).current.id))
        return None if layer is None else _read(layer)

    place = result.place
    areas = outlines(place.level)
    if areas is None or place.area_id not in areas.index:
        return None
    # Own areas may lie apart from each other: around them is the city.
    made = isinstance(city.catalogue.level(place.level), OwnLevel)
    ground = outlines(city.catalogue.root.id) if made else areas
    ground = areas if ground is None else ground
    left, bottom, right, top = ground.total_bounds
    scale = _UNITS / max(right - left, top - bottom)

    def path(geometries: list[shapely.Geometry], style: str) -> str:
        return f'<path d="{_path(geometries, left, top, scale)}" {style}/>'

    others = [shape for key, shape in ground.items() if key != place.area_id]
    own = areas[place.area_id]
    parts = [path(others, f'fill="{_GROUND}" stroke="#ffffff" stroke-width="2.5"')]
    parts.append(path([own], f'fill="{_HERE}" stroke="#ffffff" stroke-width="2.5"'))
    around = next((other for other in result.within if other in result.places), None)
    if around is not None and around.level != city.catalogue.root.id:
        higher = outlines(around.level)
        if higher is not None and around.area_id in higher.index:
            line = f'fill="none" stroke="{_LINE}" stroke-width="6"'
            parts.append(path([higher[around.area_id]], line))
    if own.area < _SMALL * ground.area.sum():
        point = own.representative_point()
        x, y = (point.x - left) * scale, (top - point.y) * scale
        parts.append(
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{_UNITS * _RING:.0f}" fill="none" '
            f'stroke="{_HERE}" stroke-width="6"/>'
        )
    width, height = (right - left) * scale, (top - bottom) * scale
    box = f"-5 -5 {width + 10:.0f} {height + 10:.0f}"
    body = "".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{body}</svg>'


@lru_cache(maxsize=8)
def _read(layer: Layer) -> geopandas.GeoSeries:
    """Outlines in metres by area_id, as fine as a mini map can show."""
    areas = read_boundaries(layer).to_crs(layer.measuring_crs).set_index("area_id").geometry
    left, bottom, right, top = areas.total_bounds
    finest = _SIMPLER * max(right - left, top - bottom) / _UNITS
    simpler = shapely.coverage_simplify(areas.to_numpy(), finest)
    return geopandas.GeoSeries(simpler, index=areas.index, crs=areas.crs)


def _path(geometries: list[shapely.Geometry], left: float, top: float, scale: float) -> str:
    rings = [
        shapely.get_coordinates(ring)
        for polygon in shapely.get_parts(np.array(geometries))
        for ring in shapely.get_rings(polygon)
    ]
    written = []
    for ring in rings:
        points = np.rint((ring - [left, top]) * [scale, -scale]).astype(int)
        written.append("M" + "L".join(f"{x} {y}" for x, y in points[:-1]) + "Z")
    return "".join(written)
