"""Tables of figures as they were read, kept so that only a table that has changed is read again.

What is read of a table depends on its file and declaration, on what the catalogue declares beside
its tables, and on the registers of areas.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.tables import Column, SourceTable
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.language.statuses import Status
from inteso_dash.tables.coded import words_of
from inteso_dash.tables.sources.frames import Block, FigureGroup, FigureKey, FigureRow, Figures
from inteso_dash.tables.sources.tables import OpenTable, Report

_DATE = 3
"""Where the Stichtag stands in rows of figures published together, and of those as printed."""


class FrameStore(Protocol):
    """Where frames are kept, with their attributes, by a key."""

    def found(self, key: str) -> pd.DataFrame | None:
        """Return what is kept under a key, None where nothing is."""

    def keep(self, key: str, frame: pd.DataFrame) -> None:
        """Keep a frame, if that can be done."""


@dataclass(frozen=True)
class ReadTable(OpenTable):
    """A table that has been read before: its figures, and in its report what was said of them."""

    figures: Figures = field(default_factory=Figures)


class KeptTables:
    """The tables of figures of one city folder that have been read before.

    Parameters
    ----------
    store : FrameStore
    root : Path
        City folder.
    catalogue : Catalogue
        All of its sources are public.
    """

    def __init__(self, store: FrameStore, root: Path, catalogue: Catalogue) -> None:
        self._store = store
        self._folder = root / "data"
        common = hashlib.sha256(catalogue.model_dump_json(exclude={"tables", "faults"}).encode())
        common.update("\n".join(sorted(catalogue.sources)).encode())
        for table in catalogue.tables:
            if table.kind == "register":
                common.update(self._digest(table))
        self._common = common.digest()

    def found(self, table: SourceTable) -> ReadTable | None:
        """Return a table of figures as it was read, None where it has to be read."""
        frame = self._store.found(self._key(table)) if table.kind == "figures" else None
        if frame is None:
            return None
        figures, report = unpacked(frame, Path(table.file).name)
        return ReadTable(table, {}, [], report, figures)

    def keep(self, entry: OpenTable, figures: Figures) -> None:
        """Keep what was read of a table, unless it is not as declared."""
        if entry.as_declared:
            self._store.keep(self._key(entry.table), packed(figures, entry.report))

    def _key(self, table: SourceTable) -> str:
        return hashlib.sha256(self._common + self._digest(table)).hexdigest()[:32]

    def _digest(self, table: SourceTable) -> bytes:
        path = self._folder / table.file
        content = path.read_bytes() if path.is_file() else b""
        declared = table.model_dump_json().encode()
        return hashlib.sha256(declared).digest() + hashlib.sha256(content).digest()


def packed(figures: Figures, report: Report) -> pd.DataFrame:
    """Write what was read of a table as one frame.

    Parameters
    ----------
    figures : Figures
    report : Report

    Returns
    -------
    DataFrame
        area_id, value, status, decimals, note, group (number of what figures have in common), block
        (number of their block, −1 for figures one by one); the rest in its attributes.
    """
    groups: dict[tuple[Any, ...], int] = {}

    def numbered(group: FigureGroup, column: Column) -> int:
        level, division, indicator_id, day, source_id = group
        key = (level, division, indicator_id, day.isoformat(), source_id, *_cells(column))
        return groups.setdefault(key, len(groups))

    rows, blocks = figures.rows, figures.blocks
    sizes = [len(block.areas) for block in blocks]
    areas = [row.key.area_id for row in rows]
    areas += chain.from_iterable(block.areas for block in blocks)
    silent = [""] * sum(sizes)

    def texts(cells: list[str]) -> pd.Categorical:
        return words_of(np.array(cells, dtype=object))

    def numbers(own: list[int], more: Iterable[int]) -> npt.NDArray[np.int64]:
        repeated = np.repeat(np.array([*more], dtype=np.int64), sizes)
        return np.concatenate([np.array(own, dtype=np.int64), repeated])

    values = [np.array([row.value for row in rows], dtype=float)]
    frame = pd.DataFrame(
        {
            "area_id": texts(areas),
            "value": np.concatenate([*values, *(block.values for block in blocks)]),
            "status": texts([*(str(row.status) for row in rows), *silent]),
            "decimals": numbers(
                [row.decimals for row in rows], (block.decimals for block in blocks)
            ),
            "note": texts([*(row.note for row in rows), *silent]),
            "group": numbers(
                [numbered(row.key.group, row.column) for row in rows],
                (numbered(block.group, block.column) for block in blocks),
            ),
            "block": numbers([-1] * len(rows), range(len(blocks))),
        }
    )
    frame.attrs = {
        "groups": list(map(list, groups)),
        "areas": list(figures.areas),
        "merged": [_undated(row) for row in figures.merged],
        "printed": [_undated(row) for row in figures.printed],
        "findings": [asdict(each) for each in report.listed],
        "counts": [[*key, count] for key, count in report.counts.items()],
    }
    return frame


def _cells(column: Column) -> tuple[Any, ...]:
    """Return what a column declares, in the order in which `unpacked` reads it."""
    return column.name, column.indicator, column.factor, column.rounded_to


def unpacked(frame: pd.DataFrame, file: str) -> tuple[Figures, Report]:
    """Return what `packed` has written.

    Parameters
    ----------
    frame : DataFrame
    file : str
        Name of the file, as its report says it.
    """
    told: dict[Any, Any] = frame.attrs
    frame = pd.DataFrame(frame)  # without the attributes, which every selection would copy
    groups, columns = [], []
    for level, division, indicator_id, day, source_id, *cells in told["groups"]:
        date = dt.date.fromisoformat(day)
        groups.append(FigureGroup(level, division, indicator_id, date, source_id))
        columns.append(Column.model_construct(**dict(zip(Column.model_fields, cells, strict=True))))
    figures = Figures()
    figures.areas = tuple(told["areas"])
    figures.merged = [_dated(row) for row in told["merged"]]
    figures.printed = [_dated(row) for row in told["printed"]]
    singly = frame["block"] < 0
    for area, value, status, decimals, note, at, _ in frame[singly].itertuples(
        index=False, name=None
    ):
        level, division, indicator_id, date, source_id = groups[at]
        key = FigureKey(level, division, area, indicator_id, date, source_id)
        figures.rows.append(FigureRow(key, value, Status(status), decimals, columns[at], note))
    same: dict[tuple[str, ...], tuple[str, ...]] = {}
    for _, own in frame[~singly].groupby("block", sort=True):
        areas = tuple(own["area_id"])
        at = int(own["group"].iloc[0])
        values, decimals = own["value"].to_numpy(), int(own["decimals"].iloc[0])
        areas = same.setdefault(areas, areas)
        figures.blocks.append(Block(groups[at], areas, values, decimals, columns[at]))
    report = Report(file)
    report.listed = [
        Finding(**{**each, "severity": Severity(each["severity"])}) for each in told["findings"]
    ]
    report.counts = Counter({(rule, column): count for rule, column, count in told["counts"]})
    return figures, report


def _undated(row: tuple[Any, ...]) -> list[Any]:
    return [each.isoformat() if at == _DATE else each for at, each in enumerate(row)]


def _dated(row: list[Any]) -> tuple[Any, ...]:
    return tuple(
        dt.date.fromisoformat(each) if at == _DATE else each for at, each in enumerate(row)
    )
