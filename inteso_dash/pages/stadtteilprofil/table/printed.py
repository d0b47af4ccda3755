"""A published short profile as it was printed, beside the newest figures of the same definition."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from inteso_dash.catalogue.city import Publication
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.catalogue.tables import source_ids
from inteso_dash.city import City
from inteso_dash.drawing.profile_table.data import (
    About,
    Group,
    ProfileTable,
    TableColumn,
    TableNumber,
    TableRow,
)
from inteso_dash.drawing.profile_table.texts import TEXTS
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.pages.stadtteilprofil.profile import ProfilePlace

_COMPUTED_MARK = "b"


@dataclass(frozen=True)
class _Printed:
    """A printed number: its text, its unit and the Stichtag; ``factor`` leads to our unit."""

    text: str
    unit: str
    date: dt.date
    status_note: str
    source_id: str
    factor: float

    @property
    def decimals(self) -> int:
        return len(self.text.partition(".")[2])

    def written(self) -> str:
        """German decimal comma, decimals as printed, the per cent sign beside the number."""
        return _with_sign(self.text.replace(".", ","), self.unit)


@dataclass(frozen=True)
class _Newer:
    """The newest figure of an indicator after the printed one."""

    text: str
    date: dt.date
    source_id: str
    computed: bool


def publications(city: City, place: ProfilePlace) -> Iterator[ProfileTable]:
    """Yield the published profiles that show an area, as tables.

    Parameters
    ----------
    city : City
    place : ProfilePlace
    """
    for publication in city.catalogue.publications:
        rows = city.printed.get(publication.table)
        if rows is None:
            continue
        known = [city.has_area(*each) for each in zip(rows["level"], rows["area_id"], strict=True)]
        rows = rows[pd.Series(known, index=rows.index, dtype=bool)]
        shown = (rows["level"] == place.level) & (rows["area_id"] == place.area_id)
        if shown.any():
            yield _table(city, publication, rows, place)


def _table(
    city: City, publication: Publication, rows: pd.DataFrame, own: ProfilePlace
) -> ProfileTable:
    places = [
        ProfilePlace(str(level), str(area), city.name(str(level), str(area)))
        for level, area in rows[["level", "area_id"]].drop_duplicates().itertuples(index=False)
    ]
    cells = _cells(city, publication, rows)
    newer = {key: _newer(city, *key, printed) for key, printed in cells.items()}
    then = _common([printed.date for printed in cells.values()])
    fresh = [found.date for found in newer.values() if found is not None]
    now = _common(fresh) if fresh else then
    columns = []
    for place in places:
        kind = "own" if place == own else "value"
        columns.append(TableColumn(formats.date(then), kind, TEXTS["then"], place.name))
        columns.append(TableColumn(formats.date(now), kind, TEXTS["now"], place.name))
    made = [
        _row(city, pair, places, cells, newer, (then, now))
        for pair in _pairs(city, list(dict.fromkeys(rows["indicator_id"])))
    ]
    marks = {
        figure.mark: figure.spoken
        for row in made
        for figure in row.cells
        if isinstance(figure, TableNumber) and figure.mark
    }
    return ProfileTable(
        publication.title,
        TEXTS["indicator"],
        tuple(columns),
        (Group("", tuple(made)),),
        key=(*sorted(marks.items()), ("…", TEXTS["no_newer"])),
        source=TEXTS["printed_source"].format(
            then=_titles(city, [printed.source_id for printed in cells.values()]),
            now=_titles(city, [found.source_id for found in newer.values() if found is not None]),
        ),
    )


def _cells(
    city: City, publication: Publication, rows: pd.DataFrame
) -> dict[tuple[str, str, str], _Printed]:
    factors = {
        column.indicator: column.factor
        for column in city.catalogue.table(publication.table).columns
    }
    return {
        (str(row.level), str(row.area_id), str(row.indicator_id)): _Printed(
            str(row.value),
            str(row.unit),
            pd.Timestamp(str(row.date)).date(),
            str(row.note),
            str(row.source_id),
            factors.get(str(row.indicator_id), 1.0),
        )
        for row in rows.itertuples(index=False)
    }


def _pairs(city: City, ids: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Put a share behind the count that it is the share of, as the print does."""
    taken: set[str] = set()
    for key, following in zip(ids, [*ids[1:], ""], strict=True):
        if key in taken:
            continue
        share = city.catalogue.indicator(following) if following else None
        if share is not None and share.numerator == (key,) and share.unit == "%":
            taken.add(following)
            yield key, following
        else:
            yield (key,)


def _newer(city: City, level: str, area: str, key: str, printed: _Printed) -> _Newer | None:
    indicator = city.catalogue.indicator(key)
    for day in reversed(city.current_dates(level, key)):
        if day <= printed.date:
            break
        cell = city.cell(level, area, key, day)
        if cell is None or pd.isna(cell["value"]):
            continue
        decimals = indicator.decimals if printed.factor == 1 else printed.decimals
        value = formats.number(float(cell["value"]) / printed.factor, decimals)
        computed = cell["status"] == str(Status.COMPUTED)
        return _Newer(_with_sign(value, printed.unit), day, str(cell["source_id"]), computed)
    return None


def _row(
    city: City,
    ids: tuple[str, ...],
    places: Sequence[ProfilePlace],
    cells: dict[tuple[str, str, str], _Printed],
    newer: dict[tuple[str, str, str], _Newer | None],
    days: tuple[dt.date, dt.date],
) -> TableRow:
    indicators = [city.catalogue.indicator(key) for key in ids]
    units: set[str] = set()
    figures: list[TableNumber] = []
    for place in places:
        keys = [(place.level, place.area_id, key) for key in ids]
        printed = [cells[key] for key in keys if key in cells]
        found = [fresh for key in keys if (fresh := newer.get(key)) is not None]
        units |= {each.unit for each in printed[:1]}
        figures += [_then(printed, indicators[0], days[0]), _now(found, indicators[0], days[1])]
    about = About(
        indicators[0].title.de,
        tuple(
            text
            for indicator in indicators
            for text in (indicator.meaning, indicator.caveat)
            if text
        ),
    )
    below = ", ".join(sorted(units - {"%"}))
    return TableRow(indicators[0].title.de, tuple(figures), about, below)


def _then(printed: list[_Printed], indicator: Indicator, day: dt.date) -> TableNumber:
    if not printed:
        return TableNumber("")
    notes = tuple(each.status_note for each in printed if each.status_note)
    return TableNumber(
        _joined([each.written() for each in printed]),
        below=_other_day(printed[0].date, day),
        about=About(indicator.title.de, notes) if notes else None,
    )


def _now(found: list[_Newer], indicator: Indicator, day: dt.date) -> TableNumber:
    if not found:
        why = About(indicator.title.de, (TEXTS["no_newer_why"],))
        return TableNumber("…", spoken=TEXTS["no_newer"], about=why)
    computed = any(fresh.computed for fresh in found)
    return TableNumber(
        _joined([fresh.text for fresh in found]),
        _COMPUTED_MARK if computed else "",
        "berechnet" if computed else "",
        _other_day(found[0].date, day),
    )


def _other_day(day: dt.date, usual: dt.date) -> str:
    return "" if day == usual else TEXTS["as_of"].format(date=formats.date(day))


def _joined(texts: list[str]) -> str:
    head, *rest = texts
    return head + "".join(f" ({text})" for text in rest)


def _with_sign(text: str, unit: str) -> str:
    return f"{text}\u202f%" if unit == "%" else text


def _common(days: list[dt.date]) -> dt.date:
    counted = Counter(days)
    return max(counted, key=lambda day: (counted[day], day))


def _titles(city: City, cited: list[str]) -> str:
    counted = Counter(key for each in cited for key in source_ids(each))
    return city.source_titles(key for key, _ in counted.most_common())
