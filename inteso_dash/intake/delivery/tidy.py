"""The tidy table of a delivery and its declaration, and the city that it is read against."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.tables import TO_FILL_IN, Explained, Source, SourceTable
from inteso_dash.intake.checks.context import GENERALISED, PolygonAreas
from inteso_dash.language.formats import canonical
from inteso_dash.language.statuses import Status
from inteso_dash.language.values import Convention, ParsedValue, column_convention, parse_value
from inteso_dash.tables.register import Areas
from inteso_dash.tables.sources import Delivery
from inteso_dash.tables.sources.places import site_frame

if TYPE_CHECKING:
    from inteso_dash.intake.recognise import Recognised
    from inteso_dash.tables.reading.raw import RawTable

HEADER = (
    "level",
    "division",
    "area_id",
    "indicator_id",
    "date",
    "value",
    "status",
    "source_id",
    "note",
)
_MARKS = {
    "()": "Aussagewert eingeschränkt",
    "r": "von der Quelle als berichtigt gekennzeichnet",
    "p": "vorläufig",
}


@dataclass(frozen=True)
class Surroundings:
    """What is known about the city that a file is delivered for.

    Attributes
    ----------
    catalogue : Catalogue
    register : DataFrame
    published : DataFrame
        Long table of the figures delivered before.
    polygon_area_ha : mapping, optional
        Area id → area of its polygon in hectares.
    polygon_tolerance : float
        How far these may be off, as a share.
    sites : DataFrame
        Accommodation sites delivered before, as `CityData.sites`.
    """

    catalogue: Catalogue
    register: pd.DataFrame
    published: pd.DataFrame
    polygon_area_ha: PolygonAreas | None = None
    polygon_tolerance: float = GENERALISED
    sites: pd.DataFrame = field(default_factory=lambda: site_frame([]))

    @cached_property
    def areas(self) -> Areas:
        """The register, indexed."""
        return Areas(self.register)

    def totals(self, date: dt.date | None) -> pd.Series[float] | None:
        """Return what is published of the whole city at a date, by indicator; None for nothing."""
        known = self.published
        if date is None:
            return None
        at = (known["level"] == self.catalogue.root.id) & (known["date"] == pd.Timestamp(date))
        rows = known[at].drop_duplicates("indicator_id", keep="last")
        values = rows.set_index("indicator_id")["value"].dropna()
        return values if len(values) else None


@dataclass(frozen=True)
class Stamp:
    """When something was delivered, and how its tables are told from those there are.

    ``taken`` are the ids of these, ``prefix`` begins new ones; ``remark`` ends the titles of the
    new sources, wherever they are cited.
    """

    delivered: dt.datetime
    taken: Collection[str] = ()
    prefix: str = ""
    remark: str = ""

    def free(self, wanted: str) -> str:
        """Return an id that no table has.

        >>> Stamp(dt.datetime(2026, 1, 2), ["a", "a_2"]).free("a")
        'a_3'
        """
        wanted = self.prefix + wanted
        number, free = 1, wanted
        while free in self.taken:
            number += 1
            free = f"{wanted}_{number}"
        return free

    def source(self, source_id: str, raw: RawTable, said: Mapping[str, str]) -> Source:
        """Return the source that a file is; ``said`` are those of its fields that are known."""
        declared = {
            "id": source_id,
            "delivered": self.delivered,
            "title": raw.title or f"Lieferung „{raw.name}“",
            "producer": TO_FILL_IN,
            "licence": TO_FILL_IN,
            **said,
        }
        return Source.model_validate({**declared, "title": f"{declared['title']}{self.remark}"})


def taken_over(raw: RawTable, content: bytes) -> str:
    """Say which file a table was taken over from, for its note."""
    digest = hashlib.sha256(content).hexdigest()
    return f"Übernommen aus der Datei „{raw.name}“ (SHA-256 {digest})."


def delivery(
    content: bytes,
    raw: RawTable,
    parts: Sequence[tuple[Recognised, dt.date]],
    city: Surroundings,
    source: Mapping[str, str],
    stamp: Stamp,
    left: Sequence[str] = (),
) -> Delivery:
    """Write what was recognised as a long table with its declaration.

    Parameters
    ----------
    content : bytes
        The delivered file.
    raw : RawTable
    parts : sequence of (Recognised, date)
        What the file says of each level and Stichtag; at least one.
    city : Surroundings
    source : mapping
        Fields of `catalogue.Source`; producer and licence are marked as to be filled in.
    stamp : Stamp
    left : sequence of str
        What of the file is not taken over, to stand in the note of the table.

    Returns
    -------
    Delivery
        One row a figure; areas that the register does not know are left out.
    """
    found, date = parts[-1]
    level = city.catalogue.level(found.level)
    days = sorted({day for _, day in parts})
    period = "_".join(dict.fromkeys(f"{day:%Y-%m-%d}" for day in (days[0], days[-1])))
    table_id = stamp.free(f"{level.id}_{period}")
    source_id = f"lieferung_{table_id}"
    texts = [
        canonical(cell.value, cell.decimals)
        for each, _ in parts
        for _, cell in _cells(each, city)
        if _is_number(cell)
    ]
    open_to_both = column_convention(texts) is Convention.UNDECIDED
    rows = [
        (*place, day.isoformat(), *written, source_id, note)
        for each, day in parts
        for place, (*written, note) in _rows(each, city, open_to_both=open_to_both)
    ]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(rows)
    shown = dict.fromkeys(f"{day:%d.%m.%Y}" for day in (days[0], days[-1]))
    tidy = out.getvalue().encode()
    table = SourceTable(
        id=table_id,
        title=f"{level.plural} {' bis '.join(shown)}: {raw.name}",
        file=f"{table_id}.csv",
        kind="figures",
        layout="long",
        level=level.id,
        division=found.division,
        date=date,
        source=source_id,
        sources=(stamp.source(source_id, raw, source),),
        explained=tuple(_explained(parts)),
        rows=len(rows),
        sha256=hashlib.sha256(tidy).hexdigest(),
        note=" ".join([taken_over(raw, content), *left]),
    )
    return Delivery(table, tidy)


def _rows(
    found: Recognised, city: Surroundings, *, open_to_both: bool
) -> Iterator[tuple[tuple[str, str, str, str], tuple[str, str, str]]]:
    """Yield level, division, area and indicator with value, status and note."""
    for place, cell in _cells(found, city):
        yield place, _written(cell, open_to_both=open_to_both)
    yield from _with_remainder(found, city)


def _cells(
    found: Recognised, city: Surroundings
) -> Iterator[tuple[tuple[str, str, str, str], ParsedValue]]:
    """Yield level, division, area and indicator with what the file says."""
    known = city.areas.of(found.level, found.division)
    taken = set(found.indicators.values())
    for indicator in found.frame.columns:
        if indicator in taken:
            for area, cell in found.cells[indicator].items():
                if not known or area in known:
                    yield (found.level, found.division, area, indicator), cell
    root = city.catalogue.root
    whole = bool(known) and known.keys() <= set(found.frame.index)
    if known and found.level != root.id and (whole or found.of_city):
        for indicator, cell in found.total_cells.items():
            if indicator in taken and not math.isnan(cell.value):
                yield (root.id, root.current.id, city.catalogue.city.id, indicator), cell


def _with_remainder(
    found: Recognised, city: Surroundings
) -> Iterator[tuple[tuple[str, str, str, str], tuple[str, str, str]]]:
    """Yield what the city has where the file names no total, but rows that belong to no area."""
    root, known = city.catalogue.root, city.areas.of(found.level, found.division)
    rest = [(stray, cells) for stray, cells in found.strays if stray.remainder]
    if not rest or found.level == root.id or not known.keys() <= set(found.frame.index):
        return
    for indicator in found.indicators.values():
        told = found.total_cells.get(indicator)
        if city.catalogue.indicator(indicator).kind != "extensive" or (
            told is not None and not math.isnan(told.value)
        ):
            continue
        parts = [found.cells[indicator][area] for area in known]
        more = [(stray, cells[indicator]) for stray, cells in rest if _is_number(cells[indicator])]
        if any(math.isnan(each.value) for each in parts) or not more:
            continue
        value = sum(each.value for each in (*parts, *(cell for _, cell in more)))
        decimals = max(each.decimals for each in (*parts, *(cell for _, cell in more)))
        named = ", ".join(f"{stray.label} {cell.raw}" for stray, cell in more)
        note = f"Summe der Gebiete und der Zeilen ohne Gebiet ({named})"
        place = (root.id, root.current.id, city.catalogue.city.id, indicator)
        yield place, (canonical(value, decimals), str(Status.COMPUTED), note)


def _explained(parts: Sequence[tuple[Recognised, dt.date]]) -> Iterator[Explained]:
    """Yield why areas do not add up to the city where the file has rows that belong to none."""
    held: dict[str, list[str]] = {}
    for found, day in parts:
        for stray, cells in found.strays:
            for indicator in found.indicators.values():
                if stray.remainder and _is_number(cells[indicator]):
                    said = f"{stray.label} {cells[indicator].raw} ({day:%d.%m.%Y})"
                    held.setdefault(indicator, []).append(said)
    for indicator, rows in held.items():
        reason = f"Die Datei nennt Zeilen ohne Gebiet: {', '.join(rows)}."
        yield Explained(rule="total_sum", column=indicator, reason=reason)


def _is_number(cell: ParsedValue) -> bool:
    return not math.isnan(cell.value) and cell.status is not Status.ZERO


def _written(cell: ParsedValue, *, open_to_both: bool) -> tuple[str, str, str]:
    """Return value, status and note; signs stay, numbers get a decimal point."""
    note = _MARKS.get(cell.mark, f"Fußnote {cell.mark}" if _is_number(cell) and cell.mark else "")
    if cell.problem:
        return "", str(Status.NOT_DELIVERED), f"nicht lesbar: {cell.raw}"
    if not _is_number(cell):
        status = "" if parse_value(cell.raw).status is cell.status else str(cell.status)
        return "0" if status and cell.status is Status.ZERO else cell.raw, status, ""
    if cell.status is Status.ESTIMATED:
        note = ""
    text = canonical(cell.value, cell.decimals)
    if open_to_both and cell.decimals == 3:
        text += "0"
    status = "" if cell.status is Status.MEASURED else str(cell.status)
    return text, status, note
