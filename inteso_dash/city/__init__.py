"""A city as the program works with it: read once, completed, looked up by level and indicator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np
import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.own_areas import OwnLevel
from inteso_dash.catalogue.tables import source_ids
from inteso_dash.city.lookup import CELL, Cells, Lookup, Wanted, counted, wanted
from inteso_dash.folders import boundaries_folder
from inteso_dash.language.findings import WITHHELD, Finding
from inteso_dash.language.statuses import Status, status_title
from inteso_dash.tables.register import Areas, areas_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from inteso_dash.boundaries.layers import Layer
    from inteso_dash.city.disclosure.cost import Cost
    from inteso_dash.tables.sources import Delivery

T = TypeVar("T")
_SHORT_HASH = 12
_MISSING, _MOST = object(), 5000
_MAPS, _KEPT_ROWS = 16, 2**16
"""How many looked up maps are kept: these, or as many as have so many rows."""
_NO_ROW = "Für dieses Gebiet nennt die Quelle zu diesem Stichtag nichts."


@dataclass(frozen=True)
class City:
    """Everything known about a city; immutable after loading and shared by all sessions.

    Attributes
    ----------
    root : Path
        City folder.
    catalogue : Catalogue
    register : DataFrame
        level, division, area_id, name, parent_id, parent_division, name_complete; names as
        delivered, cut off where the source cuts them off. `areas` has those that are shown.
    figures : DataFrame
        The long table, published and computed rows.
    replaced : DataFrame
        Published rows that a later delivery has replaced; see `revisions.latest`.
    printed : mapping of str to DataFrame
        Rows of long tables as they were printed.
    sites, points : DataFrame
        Accommodation sites, and offices that serve areas, as published.
    crosswalks, merged : DataFrame
        Keys between divisions, and figures published with another area's, as in `CityData`.
    findings : tuple of Finding
        What reading the files had to say.
    data_hash : str
        SHA-256 over the files of the city folder and the deliveries, as `folder_hash` makes it.
    recomputed : mapping
        (level, indicator, date) → value and rounding_error, by area, of published ratios as the
        counts published with them give them, where they contradict those.
    secret_days : frozenset of Timestamp
        Stichtage of which something is secret.
    set_aside : tuple of date
        Stichtage whose figures that are not public are left out beside deliveries; see
        `disclosure.beside`.
    costs : mapping
        Stichtag → what protection withholds of it.
    beneath : City, optional
        The city without own areas, where this one has some.
    """

    root: Path
    catalogue: Catalogue
    register: pd.DataFrame
    figures: pd.DataFrame
    replaced: pd.DataFrame
    printed: Mapping[str, pd.DataFrame]
    sites: pd.DataFrame
    points: pd.DataFrame
    crosswalks: pd.DataFrame
    merged: pd.DataFrame
    findings: tuple[Finding, ...]
    data_hash: str
    recomputed: Mapping[tuple[str, str, dt.date], pd.DataFrame]
    secret_days: frozenset[pd.Timestamp]
    set_aside: tuple[dt.date, ...]
    costs: Mapping[pd.Timestamp, Cost]
    beneath: City | None = None
    _areas: dict[tuple[str, str], pd.DataFrame] = field(default_factory=dict, repr=False)

    @property
    def official(self) -> City:
        """The city without areas that somebody has put together."""
        return self.beneath or self

    @property
    def short_hash(self) -> str:
        """The first digits of the data hash, as people are shown it."""
        return self.data_hash[:_SHORT_HASH]

    @property
    def withheld(self) -> tuple[Finding, ...]:
        """What is left out because it is not as declared or cannot be read."""
        tables = (each for each in self.findings if each.rule in WITHHELD)
        return (*tables, *self.boundaries[1])

    @property
    def layers(self) -> Mapping[tuple[str, str], Layer]:
        """Boundaries by level and division: those the user fetched, else those of the folder."""
        return self.boundaries[0]

    @cached_property
    def _lookup(self) -> Lookup:
        return Lookup.of(self.figures, self.catalogue)

    @cached_property
    def counts(self) -> pd.DataFrame:
        """How many figures there are of what, as `lookup.counted` returns them."""
        return counted(self.figures)

    def rows(self, **asked: Wanted) -> pd.DataFrame:
        """Return some rows of the long table, in its order.

        Parameters
        ----------
        **asked : str, date or collection
            What is wanted of the columns level, indicator_id, date and division; of those that
            are not named, everything.
        """
        return self.figures[wanted(self.figures, asked)]

    @cached_property
    def _held(self) -> dict[object, dict[Any, Any]]:
        return {}

    def held(self, of: object) -> dict[Any, Any]:
        """Return what was worked out from these figures, by key; other threads may empty it."""
        return self._held.setdefault(of, {})

    def once(self, of: object, key: object, make: Callable[[], T], *, most: int = _MOST) -> T:
        """Return what follows from these figures; worked out where nobody has done so lately.

        Parameters
        ----------
        of : object
            What it is, such as its class.
        key : hashable
            Which of them.
        make : callable
        most : int
            Where so many are held, these go first.
        """
        known = self.held(of)
        found = known.get(key, _MISSING)
        if found is _MISSING:
            found = make()
            if len(known) >= most:
                known.clear()
            known[key] = found
        return cast("T", found)

    @cached_property
    def _names(self) -> dict[tuple[str, str], dict[str, str]]:
        return {}

    @cached_property
    def _delivered(self) -> Areas:
        return Areas(self.register)

    @cached_property
    def boundaries(self) -> tuple[Mapping[tuple[str, str], Layer], tuple[Finding, ...]]:
        """Boundaries by level and division, and what is wrong with others."""
        if self.beneath is not None:
            from inteso_dash.city.own_areas import own_layers

            known, told = self.beneath.boundaries
            return {**known, **own_layers(self)}, told
        return self._tried_boundaries()

    def _tried_boundaries(self) -> tuple[Mapping[tuple[str, str], Layer], tuple[Finding, ...]]:
        from inteso_dash.boundaries.layers import undeclared, usable_layers
        from inteso_dash.boundaries.orientation import read_orientation

        faults = list[Finding]()
        usable = usable_layers(self.root, boundaries_folder(self.catalogue.city.id), faults)
        known = {key: usable[key] for key in usable if key in self.catalogue.divisions}
        faults += [undeclared(layer) for key, layer in usable.items() if key not in known]
        read_orientation(self.root, faults)
        return known, tuple(faults)

    def touching(self, level: str, division: str) -> Mapping[str, Sequence[str]] | None:
        """Areas that touch each area of a division; None where there are no boundaries."""
        found = self._contiguity.get((level, division))
        if found is None and self.beneath is not None:
            return self.beneath.touching(level, division)
        return found

    @cached_property
    def _contiguity(self) -> Mapping[tuple[str, str], Mapping[str, Sequence[str]]]:
        below = {} if self.beneath is None else self.beneath.layers
        own = {key: each for key, each in self.layers.items() if each is not below.get(key)}
        return self._found_contiguity(own)

    def _found_contiguity(
        self, layers: Mapping[tuple[str, str], Layer]
    ) -> Mapping[tuple[str, str], Mapping[str, Sequence[str]]]:
        from inteso_dash.boundaries.layers import touching_areas

        return {key: touching_areas(layer) for key, layer in layers.items()}

    def areas(self, level: str, division: str | None = None) -> pd.DataFrame:
        """Areas of a level, ordered by key, index area_id; the current division by default."""
        chosen = division or self.catalogue.level(level).current.id
        key = (level, chosen)
        if key not in self._areas:
            listed = areas_of(self.register, self.catalogue, level, chosen)
            self._areas[key] = listed.set_index("area_id", drop=False)
        return self._areas[key]

    def has_area(self, level: str, area_id: str, division: str | None = None) -> bool:
        """Say whether there is such a level with this area; the current division by default."""
        return self.catalogue.has_level(level) and area_id in self.areas(level, division).index

    def name(self, level: str, area_id: str, division: str | None = None) -> str:
        """Name of an area, of the current division by default (`KeyError` where there is none)."""
        return self._named(level, division or self.catalogue.level(level).current.id)[area_id]

    def _named(self, level: str, division: str) -> Mapping[str, str]:
        """Return the names of the areas of a division."""
        if (level, division) not in self._names:
            named = self.areas(level, division)["name"].items()
            self._names[level, division] = {str(key): str(name) for key, name in named}
        return self._names[level, division]

    def name_beside_key(self, level: str, area_id: str, division: str | None = None) -> str:
        """Name of an area where its key stands beside it, as `name`."""
        return self.name(level, area_id, division).removesuffix(f" ({area_id})")

    def keyed_name(self, level: str, area_id: str) -> str:
        """Key and name of an area, as in selections and addresses; own areas have a name only."""
        if isinstance(self.catalogue.level(level), OwnLevel):
            return self.name(level, area_id)
        return f"{area_id} {self.name_beside_key(level, area_id)}"

    def dates(self, level: str, indicator_id: str) -> tuple[dt.date, ...]:
        """Stichtage for which the level has at least one value, oldest first."""
        return self._lookup.dates(level, indicator_id)

    def current_dates(self, level: str, indicator_id: str) -> tuple[dt.date, ...]:
        """Those of `dates` whose figures are of the current division."""
        current = self.catalogue.level(level).current.id
        return tuple(
            day
            for day in self.dates(level, indicator_id)
            if self.division(level, day, indicator_id) == current
        )

    @property
    def newest(self) -> dt.date:
        """The last Stichtag of any figure; older ones are told in the past."""
        return self._lookup.newest or dt.date.min

    def all_dates(self, level: str, indicator_id: str) -> tuple[dt.date, ...]:
        """Stichtage for which anything was said about the level, values or not, oldest first."""
        return self._lookup.all_dates(level, indicator_id)

    def division(self, level: str, date: dt.date, indicator_id: str | None = None) -> str:
        """Division that the figures of a level and date belong to.

        Where several divisions have figures of one date, the newest of them; with an indicator,
        the newest that has figures of it.
        """
        found = self._lookup.division(level, indicator_id, date)
        return found or self.catalogue.level(level).current.id

    def values(self, level: str, indicator_id: str, date: dt.date) -> pd.DataFrame:
        """Look up one indicator for all areas of a level.

        Returns
        -------
        DataFrame
            Index area_id (all areas of the division, ordered); columns value, status, source_id,
            rounding_error, note.
        """
        # Whoever changes what is returned changes a copy.
        return self.cells(level, indicator_id, date).frame.copy(deep=False)

    def cells(self, level: str, indicator_id: str, date: dt.date) -> Cells:
        """Look up the same as `values`, column by column."""
        return self._cells_of(level, indicator_id, date)

    @cached_property
    def _cells_of(self) -> Callable[[str, str, dt.date], Cells]:
        """What `cells` looks up, as much of it kept as some maps need."""
        largest = self.register.groupby(["level", "division"]).size().max()
        return lru_cache(max(_MAPS, int(_KEPT_ROWS // largest)))(self._looked_up)

    def _looked_up(self, level: str, indicator_id: str, date: dt.date) -> Cells:
        areas = self.areas(level, self.division(level, date, indicator_id))
        cells = self._lookup.cells(level, indicator_id, date)
        if cells is not None and cells.areas.equals(areas.index):
            return cells
        found = pd.DataFrame(columns=CELL, index=areas.index[:0]) if cells is None else cells.frame
        rows = found.reindex(areas.index)
        silent = rows["status"].isna()
        if silent.any():
            rows = rows.assign(
                value=rows["value"].astype(float),
                status=rows["status"].fillna(str(Status.NOT_DELIVERED)),
                note=rows["note"].where(~silent, _NO_ROW),
                source_id=rows["source_id"].fillna(""),
            )
        return Cells.of(rows)

    def known(self, level: str, indicator_id: str, date: dt.date) -> pd.Series:
        """Values of one indicator by area_id, without the areas that have none."""
        cells = self._lookup.cells(level, indicator_id, date)
        if cells is None:
            return pd.Series(dtype=float)
        there = ~np.isnan(cells.columns["value"])
        return pd.Series(cells.columns["value"][there], index=cells.areas[there], name="value")

    def known_values(self, level: str, indicator_id: str, date: dt.date) -> NDArray[np.float64]:
        """Return `known` without saying of which areas."""
        cells = self._lookup.cells(level, indicator_id, date)
        values = np.empty(0) if cells is None else cells.columns["value"]
        return cast("NDArray[np.float64]", values[~np.isnan(values)])

    def known_count(self, level: str, indicator_id: str, date: dt.date) -> int:
        """Return how many areas have a value of one indicator."""
        return self._lookup.valued(level, indicator_id, date)

    def cell(
        self, level: str, area_id: str, indicator_id: str, date: dt.date
    ) -> Mapping[str, Any] | None:
        """Return value, status, source_id, rounding_error and note of one cell, if there is one."""
        found = self._lookup.cells(level, indicator_id, date)
        if found is None or area_id not in found.areas:
            return None
        at = found.areas.get_loc(area_id)
        return {name: column[at] for name, column in found.columns.items()}

    def current_cell(
        self, level: str, area_id: str, indicator_id: str, date: dt.date
    ) -> Mapping[str, Any] | None:
        """Return `cell` of an area of today; None also where figures are of an earlier division.

        The whole city is the same in all of its divisions.
        """
        declared = self.catalogue.level(level)
        now = self.division(level, date, indicator_id) == declared.current.id
        if declared.parent is not None and not now:
            return None
        return self.cell(level, area_id, indicator_id, date)

    def reference(self, indicator_id: str, date: dt.date) -> float | None:
        """Value of the whole city, None where there is none."""
        root = self.catalogue.root.id
        cell = self.cell(root, self.catalogue.city.id, indicator_id, date)
        return None if cell is None or pd.isna(cell["value"]) else float(cell["value"])

    def indicators(self, level: str) -> tuple[str, ...]:
        """Ids of the indicators that the level has values for, in the catalogue's order."""
        return tuple(i.id for i in self.catalogue.indicators if self.dates(level, i.id))

    def find(self, asked: str, level: str | None = None) -> list[tuple[str, str]]:
        """Return (level, area_id) of the current areas with this key or name."""
        wanted = asked.strip().casefold()
        found = []
        for each in self.catalogue.levels:
            if level in (None, each.id):
                shown = self.areas(each.id)["name"].to_dict()
                for area_id, name in self._delivered.of(each.id, each.current.id).items():
                    if wanted in map(str.casefold, (area_id, name, shown[area_id])):
                        found.append((each.id, area_id))
        return found

    def lineage(self, level: str, area_id: str) -> list[tuple[str, str, str]]:
        """(level, area_id, name) of an area and of those it lies in, lowest first."""
        line = self._delivered.lineage(self.catalogue, level, area_id)
        return [(step, area, self._named(step, division)[area]) for step, division, area in line]

    def status_title(self, status: str, source_id: str) -> str:
        """Name the status of a figure of a source (ids joined by a comma)."""
        known = self.catalogue.sources
        public = all(known[key].public for key in source_ids(source_id) if key in known)
        return status_title(Status(status), public=public)

    def status_titles(self, rows: pd.DataFrame) -> list[str]:
        """Name the statuses of rows with columns status and source_id."""
        return [
            self.status_title(str(status), str(source))
            for status, source in zip(rows["status"], rows["source_id"], strict=True)
        ]

    def source_titles(self, texts: str | Iterable[str]) -> str:
        """Write the sources of one cell or of several as a citation, each once."""
        known = self.catalogue.sources
        parts = [known[key] for key in source_ids(texts) if key in known]
        return "; ".join(
            f"{source.producer}: {source.title}" + (f" ({source.year})" if source.year else "")
            for source in parts
        )


def load_city(root: Path, deliveries: Sequence[Delivery] = (), shared: City | None = None) -> City:
    """Read a city folder, complete its figures and take out what has to stay secret.

    Parameters
    ----------
    root : Path
        Folder that holds ``data/`` and ``geodata/``.
    deliveries : sequence of Delivery
        Tables that are not in the folder and are read beside it.
    shared : City, optional
        The folder without them, where it has been loaded already.

    Raises
    ------
    CatalogueError
        If the city itself cannot be told: see `read_catalogue`; no register of areas. Tables
        that cannot be read or are not as declared do not raise: they are findings.
    """
    from inteso_dash.city.loading import load_coded, unfolded

    return unfolded(load_coded(root, deliveries, shared))
