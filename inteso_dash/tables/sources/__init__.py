"""Everything a city folder delivers, as one long table and the few tables beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from inteso_dash.language.findings import Finding, Severity
from inteso_dash.tables.coded import plain
from inteso_dash.tables.reading.raw import ReadError
from inteso_dash.tables.register import Areas
from inteso_dash.tables.sources.crosswalks import crosswalk_frame, crosswalk_rows
from inteso_dash.tables.sources.frames import (
    FigureGroup,
    FigureRow,
    Figures,
    long_frame,
    merged_frame,
    printed_frame,
)
from inteso_dash.tables.sources.kept import KeptTables, ReadTable
from inteso_dash.tables.sources.long import read_long
from inteso_dash.tables.sources.places import Row, point_frame, point_rows, site_frame, site_rows
from inteso_dash.tables.sources.register_table import (
    RegisterRow,
    check_parents,
    check_register,
    register_frame,
    register_rows,
)
from inteso_dash.tables.sources.rows import Context, check_statuses
from inteso_dash.tables.sources.tables import explain, open_table
from inteso_dash.tables.sources.wide import read_wide

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    import pandas as pd

    from inteso_dash.catalogue import Catalogue
    from inteso_dash.catalogue.tables import AreaStatus, SourceTable
    from inteso_dash.tables.sources.tables import OpenTable, Report

    Seen = dict[FigureGroup, list[tuple[str, Collection[str]]]]


@dataclass(frozen=True)
class Delivery:
    """A table that is not in the city folder: its declaration and the bytes of its file."""

    table: SourceTable
    content: bytes


@dataclass(frozen=True, eq=False)
class CityData:
    """What a city folder delivers.

    Attributes
    ----------
    register : DataFrame
        level, division, area_id, name, parent_id (empty for the root), parent_division (empty: the
        current one of the level above), name_complete (bool).
    coded : DataFrame
        The long table: texts coded (`tables.coded`), ``date`` as datetime64[ns], ``value`` and
        ``rounding_error`` as float, sorted by its key.
    merged : DataFrame
        level, division, indicator_id, date, area_id, contained_in: figures of an area that are
        published with another area's.
    printed : dict of str to DataFrame
        Table id → level, area_id, indicator_id, date, value (text), unit, note, source_id: the
        rows of every long table as they were printed, in the file's order.
    sites : DataFrame
        Accommodation sites: name, form, places, usable, occupied, opened, closed, date, state,
        level, area_id, source_id, note, lon, lat, complete (bool: the table lists every site of
        its Stichtag).
    points : DataFrame
        Offices: name, address, areas (tuple of keys), level, operator, funding, date
        (text, may be a year and month), source_id, note.
    crosswalks : DataFrame
        Keys between divisions: level, from_division, to_division, area_from, area_to, share,
        weight (indicator, may be empty), source_id. The shares of each area_from add up to 1.
    findings : tuple of Finding
    """

    register: pd.DataFrame
    coded: pd.DataFrame
    merged: pd.DataFrame
    printed: dict[str, pd.DataFrame]
    sites: pd.DataFrame
    points: pd.DataFrame
    crosswalks: pd.DataFrame
    findings: tuple[Finding, ...]

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The long table with its texts as strings."""
        return plain(self.coded)

    def without_areas(self, catalogue: Catalogue) -> list[str]:
        """Say why no level has areas today, without which there is no city; empty where one has."""
        today = {(level.id, level.current.id) for level in catalogue.levels}
        if not today.isdisjoint(
            zip(self.register["level"], self.register["division"], strict=True)
        ):
            return []
        wrong = [each for each in self.findings if each.severity is Severity.ERROR]
        registers = {table.file for table in catalogue.tables if table.kind == "register"}
        said = [each for each in wrong if each.file in registers] or wrong
        return list(dict.fromkeys(f"{each.file}: {each.text}" for each in said)) or [
            "Das Verzeichnis nennt kein Gebiet einer geltenden Gliederung."
        ]


def read_city(
    root: Path,
    catalogue: Catalogue,
    contents: Mapping[str, bytes] | None = None,
    kept: KeptTables | None = None,
) -> CityData:
    """Read all tables that a city folder declares.

    Parameters
    ----------
    root : Path
        City folder: the one that holds ``data/``.
    catalogue : Catalogue
    contents : mapping, optional
        Table id → bytes of its file, for tables that are not in the folder.
    kept : KeptTables, optional
        What has been read before of tables that are in the folder.

    Returns
    -------
    CityData
        A table that cannot be read is a finding, and so is one that is not as declared by its
        checksum or number of rows: neither is among the rest. Findings on the content of the
        latter are there.
    """
    told: list[_Told] = []

    def opened(*, registers: bool) -> Iterator[OpenTable]:
        """Open one table after another, so that the cells of none stay longer than needed."""
        for at, table in enumerate(catalogue.tables):
            if (table.kind == "register") is not registers:
                continue
            try:
                content = (contents or {}).get(table.id)
                before = kept.found(table) if kept is not None else None
                path = root / "data" / table.file
                entry = before or open_table(path, table, catalogue, content)
            except ReadError as error:
                told.append(_Told(at, table, error.finding))
            else:
                told.append(_Told(at, table, entry.report, as_declared=entry.as_declared))
                yield entry

    declared = [entry for entry in opened(registers=True) if entry.as_declared]
    lacking: list[Finding] = []
    register = _register(declared, catalogue, lacking)
    read = _Rows(Areas(register), catalogue, kept)
    aside = _Rows(read.areas, catalogue)
    for entry in opened(registers=False):
        (read if entry.as_declared else aside).add(entry)
    findings = [*catalogue.faults, *_unread(told), *lacking, *_explained(told)]
    return CityData(
        register,
        long_frame(read.figures, catalogue),
        merged_frame(read.figures),
        read.printed,
        site_frame(read.sites),
        point_frame(read.points),
        crosswalk_frame(read.keys),
        tuple(findings),
    )


@dataclass(frozen=True)
class _Told:
    """What is said of a table, the one that stands there in the catalogue."""

    at: int
    table: SourceTable
    said: Report | Finding
    as_declared: bool = False


def _unread(told: list[_Told]) -> Iterator[Finding]:
    """Yield why tables cannot be read."""
    for each in sorted(told, key=attrgetter("at")):
        if isinstance(each.said, Finding):
            yield each.said


def _explained(told: list[_Told]) -> Iterator[Finding]:
    """Yield what was found in tables, kind by kind, and last in those that are not as declared."""
    ordered = sorted(told, key=attrgetter("at"))
    kinds = list(dict.fromkeys(each.table.kind for each in ordered if each.as_declared))
    last = len(kinds)
    for each in sorted(
        ordered, key=lambda each: kinds.index(each.table.kind) if each.as_declared else last
    ):
        if not isinstance(each.said, Finding):
            yield from explain(each.said.findings(), each.table.explained)


@dataclass
class _Rows:
    """What tables hold, gathered table by table."""

    areas: Areas
    catalogue: Catalogue
    kept: KeptTables | None = None
    figures: Figures = field(default_factory=Figures)
    seen: Seen = field(default_factory=dict)
    printed: dict[str, pd.DataFrame] = field(default_factory=dict)
    sites: list[Row] = field(default_factory=list)
    points: list[Row] = field(default_factory=list)
    keys: list[Row] = field(default_factory=list)

    def add(self, entry: OpenTable) -> None:
        """Read the rows of a table; a register is read before."""
        table = entry.table
        if table.kind == "figures":
            if isinstance(entry, ReadTable):
                read = entry.figures
            else:
                read = _figures(entry, self.catalogue, self.areas)
                if self.kept is not None:
                    self.kept.keep(entry, read)
            _leave_out_seen(read, entry, self.seen)
            self.figures.rows.extend(read.rows)
            self.figures.blocks.extend(read.blocks)
            self.figures.merged.extend(read.merged)
            if table.layout == "long":
                self.printed[table.id] = printed_frame(read)
        elif table.kind == "sites":
            self.sites.extend(site_rows(entry, self.catalogue, self.areas))
        elif table.kind == "points":
            self.points.extend(point_rows(entry, self.catalogue, self.areas))
        elif table.kind == "crosswalk":
            self.keys.extend(crosswalk_rows(entry, self.catalogue, self.areas))


def _figures(opened: OpenTable, catalogue: Catalogue, areas: Areas) -> Figures:
    statuses: dict[tuple[str, str], AreaStatus] = {}
    for declared in opened.table.area_statuses:
        for column in declared.columns or ("",):
            statuses[declared.area, column] = declared
    context = Context(opened, catalogue, areas, statuses)
    figures = Figures()
    if opened.table.layout == "wide":
        read_wide(context, figures)
    else:
        read_long(context, figures)
    check_statuses(context, figures)
    return figures


def _register(
    opened: list[OpenTable], catalogue: Catalogue, findings: list[Finding]
) -> pd.DataFrame:
    read = [(register_rows(entry, catalogue), entry.report) for entry in opened]
    rows: list[RegisterRow] = [row for each, _ in read for row in each]
    register = register_frame(rows)
    for each, report in read:
        check_parents(each, register, catalogue, report)
    if opened:
        check_register(register, catalogue, opened[-1].report)
    else:
        findings.append(
            Finding(
                Severity.ERROR,
                "no_register",
                "Es gibt kein lesbares Verzeichnis der Gebiete. Ergänzen Sie eine Tabelle mit "
                "kind: register.",
                file="catalogue.yml",
                found="keine Tabelle mit kind: register",
                expected="eine",
            )
        )
    return register


def _leave_out_seen(figures: Figures, entry: OpenTable, seen: Seen) -> None:
    """Leave out, and report, figures that an earlier table has delivered."""
    file = entry.report.file
    groups: dict[FigureGroup, list[Collection[str]]] = {}
    for block in figures.blocks:
        groups.setdefault(block.group, []).append(block.areas)
    for figure in figures.rows:
        groups.setdefault(figure.key.group, []).append((figure.key.area_id,))
    before = {
        group: {
            area: other for other, areas in seen.get(group, ()) if other != file for area in areas
        }
        for group in groups
        if group in seen
    }
    if any(area in before[group] for group in before for areas in groups[group] for area in areas):
        figures.separate()
        figures.rows = [each for each in figures.rows if not _reported(each, entry, before)]
    for group, several in groups.items():
        areas = several[0] if len(several) == 1 else {area for each in several for area in each}
        seen.setdefault(group, []).append((file, areas))


def _reported(
    figure: FigureRow, entry: OpenTable, before: Mapping[FigureGroup, Mapping[str, str]]
) -> bool:
    """Say whether an earlier table has a figure, and report it."""
    key = figure.key
    first = before.get(key.group, {}).get(key.area_id)
    if first is not None:
        entry.report.error(
            "duplicate_figure",
            f"{key.indicator_id} vom {key.date:%d.%m.%Y} steht mit derselben Quelle schon in "
            f"{first}; der Wert von dort gilt.",
            row=key.area_id,
            column=figure.column.name,
            found=f"{figure.value:g}",
            expected="jede Zahl in einer Tabelle",
        )
    return first is not None
