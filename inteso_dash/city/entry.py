"""What is kept of a city, wherever it is kept: its figures apart, all else as a few small files."""

from __future__ import annotations

import functools
import hashlib
import io
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from inteso_dash.catalogue import LONG_COLUMNS, Catalogue
from inteso_dash.city import City
from inteso_dash.city.lookup import CELL, Cells, Lookup, Wanted, columns_of, in_places, wanted
from inteso_dash.folders import boundaries_folder
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.tables.coded import plain

if TYPE_CHECKING:
    from inteso_dash.boundaries.layers import Layer

ROW = "row"
"""Column of kept figures: where a row stands in the long table."""

_FRAMES = ("register", "replaced", "sites", "points", "crosswalks", "merged")
_PLACES, _COUNTS, _RECOMPUTED = "places", "counts", "recomputed"
_INDEX, _CATALOGUE, _REST = "index.json", "catalogue.json", "rest.json"
_PLACE = ["level", "indicator_id", "date"]
_UNPACKED = 2**19
"""How many rows stay unpacked, some 70 bytes each."""

_Group = tuple[npt.NDArray[Any], dict[str, Any], dict[tuple[int, int], Cells]]
"""Keys of areas and columns of a group of rows, and the parts of it that were asked for."""


def digest(content: bytes) -> str:
    """Return the SHA-256 of some bytes, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


SomeRows = Callable[[int], Iterator[pd.DataFrame]]
"""Yields the long table in the order of `lookup.in_places`, with `ROW`, so many rows at a time;
nothing where it is empty."""


def files_of(city: City) -> tuple[SomeRows, dict[str, bytes]]:
    """Return what is to be kept of a city.

    Parameters
    ----------
    city : City
        All of its sources are public; its figures may be coded.

    Returns
    -------
    figures : callable
        As `SomeRows`.
    files : dict
        Name → content: all the rest; `index` names the files and their hashes.
    """
    order, places = in_places(city.figures)
    tables: dict[str, pd.DataFrame] = {name: getattr(city, name) for name in _FRAMES}
    tables |= {f"printed-{at}": rows for at, rows in enumerate(city.printed.values())}
    tables[_RECOMPUTED] = _as_rows(city.recomputed)
    tables |= {_PLACES: places, _COUNTS: city.counts}
    rest = {
        "findings": [asdict(finding) for finding in city.findings],
        "printed": list(city.printed),
    }
    files = {f"{name}.parquet": frame.to_parquet() for name, frame in tables.items()}
    files[_CATALOGUE] = city.catalogue.model_dump_json(exclude_defaults=True).encode()
    files[_REST] = json.dumps(rest).encode()

    def some(count: int) -> Iterator[pd.DataFrame]:
        for start in range(0, len(order), count):
            rows = city.figures.iloc[order[start : start + count]]
            yield plain(rows).assign(**{ROW: rows.index})

    return some, files


def index(files: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Return name and content of the file that says which files there are."""
    return _INDEX, json.dumps({name: digest(content) for name, content in files.items()}).encode()


class KeptFigures(ABC):
    """The long table as it is kept, in groups of rows; unpacked where it is asked for.

    Parameters
    ----------
    places : DataFrame
        As `lookup.in_places` returns them.
    sizes : sequence of int
        How many rows each group has.
    """

    def __init__(self, places: pd.DataFrame, sizes: Sequence[int]) -> None:
        self._places = places
        self._starts = np.concatenate([[0], np.cumsum(sizes, dtype=int)])
        most = max(1, _UNPACKED // max([1, *sizes]))
        self._unpacked = functools.lru_cache(most)(self._unpack)
        self._areas: dict[int, tuple[npt.NDArray[Any], pd.Index]] = {}

    @abstractmethod
    def read(self, groups: Sequence[int], columns: Sequence[str]) -> pd.DataFrame:
        """Read some columns of whole groups, in ascending order."""

    def said(self, start: int, stop: int) -> Cells:
        """Return some rows, as `lookup.Rows`; they go from memory with the group they begin in."""
        at = int(np.searchsorted(self._starts, start, side="right")) - 1
        _, _, parts = self._unpacked(at)
        if (start, stop) not in parts:
            pieces: list[tuple[npt.NDArray[Any], dict[str, Any]]] = []
            for begin, end in pairwise(self._starts[at:].tolist()):
                if begin >= stop:
                    break
                areas, columns, _ = self._unpacked(at + len(pieces))
                own = slice(max(start - begin, 0), min(stop, end) - begin)
                taken = {name: column[own] for name, column in columns.items()}
                pieces.append((areas[own], taken))
            areas, columns = pieces[0]
            if len(pieces) > 1:
                areas = np.concatenate([own for own, _ in pieces])
                columns = columns_of(pd.concat([pd.DataFrame(each) for _, each in pieces]))
            parts[start, stop] = Cells(self._shared(areas), columns)
        return parts[start, stop]

    def _shared(self, areas: npt.NDArray[Any]) -> pd.Index:
        """Give rows about the same areas one index: what finds an area in it is made once."""
        known = self._areas.get(len(areas))
        if known is not None and np.array_equal(known[0], areas):
            return known[1]
        made: pd.Index = pd.Index(areas, dtype="str", name="area_id")
        self._areas.setdefault(len(areas), (areas.copy(), made))
        return made

    def _unpack(self, at: int) -> _Group:
        """Return the rows of a group, and room for the parts of it that are asked for."""
        read = self.read([at], ["area_id", *CELL])
        return read["area_id"].to_numpy(dtype=object), columns_of(read), {}

    def rows(self, asked: Mapping[str, Wanted]) -> pd.DataFrame:
        """Return the rows of the places that are wanted, in the order of the long table."""
        chosen = self._places[wanted(self._places, asked)]
        first = np.searchsorted(self._starts, chosen["start"], side="right") - 1
        after = np.searchsorted(self._starts, chosen["stop"] - 1, side="right")
        groups = {each for pair in zip(first, after, strict=True) for each in range(*pair)}
        read = self.read(sorted(groups), [*LONG_COLUMNS, ROW])
        return read[wanted(read, asked)].set_index(ROW).sort_index().rename_axis(None)


class _KeptCity(City):
    """A city whose figures are unpacked when all of them are asked for."""

    _kept_figures: KeptFigures | None = None

    @functools.cached_property
    def figures(self) -> pd.DataFrame:
        """The long table."""
        return self.rows()

    def _tried_boundaries(self) -> tuple[Mapping[tuple[str, str], Layer], tuple[Finding, ...]]:
        from inteso_dash.boundaries.layers import Layer
        from inteso_dash.boundaries.reference_systems import KEPT
        from inteso_dash.city.compiled import kept_beside

        def tried() -> bytes:
            known, faults = super(_KeptCity, self)._tried_boundaries()
            layers = [
                [layer.folder == folders[0], layer.model_dump(mode="json")]
                for layer in known.values()
            ]
            return json.dumps(
                {"layers": layers, "faults": [asdict(each) for each in faults]}
            ).encode()

        folders = (self.root / "geodata", boundaries_folder(self.catalogue.city.id))
        told = json.loads(kept_beside(self, "layers", tried))
        layers = [
            Layer.model_validate_json(
                json.dumps(each | {"folder": str(folders[not own])}), context=KEPT
            )
            for own, each in told["layers"]
        ]
        return {layer.key: layer for layer in layers}, tuple(map(_finding, told["faults"]))

    def _found_contiguity(
        self, layers: Mapping[tuple[str, str], Layer]
    ) -> Mapping[tuple[str, str], Mapping[str, Sequence[str]]]:
        from inteso_dash.city.compiled import kept_beside

        def found() -> bytes:
            told = super(_KeptCity, self)._found_contiguity(layers)
            return json.dumps([[*key, beside] for key, beside in told.items()]).encode()

        told = json.loads(kept_beside(self, "contiguity", found))
        return {
            (level, division): {area: tuple(near) for area, near in beside.items()}
            for level, division, beside in told
        }

    def rows(self, **asked: Wanted) -> pd.DataFrame:
        """Return some rows, as `City.rows`: those alone are unpacked."""
        kept = self._kept_figures
        return super().rows(**asked) if kept is None else kept.rows(asked)


def city_of(
    root: Path,
    data_hash: str,
    content: Callable[[str], bytes],
    figures: Callable[[pd.DataFrame, Callable[[str], bytes]], KeptFigures],
) -> City:
    """Make a city of what is kept of it, with the own areas that its folder declares.

    Parameters
    ----------
    root : Path
    data_hash : str
    content : callable
        Reads a file by its name.
    figures : callable
        Returns the figures; is told the places, and what reads a file and compares its hash.

    Raises
    ------
    ValueError
        Where a file is not as it was written.
    """
    from pyarrow.parquet import ParquetFile

    def whole(name: str) -> bytes:
        read = content(name)
        if digest(read) != sums[name]:
            raise ValueError(name)
        return read

    def table(name: str) -> pd.DataFrame:
        # What pandas itself reads such a file with takes twice as long for so little.
        read: pd.DataFrame = ParquetFile(io.BytesIO(whole(f"{name}.parquet"))).read().to_pandas()
        return read

    sums = json.loads(content(_INDEX))
    rest = json.loads(whole(_REST))
    frames: dict[str, Any] = {name: table(name) for name in _FRAMES}
    frames["points"] = frames["points"].assign(areas=frames["points"]["areas"].map(tuple))
    city = _KeptCity(
        root=root,
        figures=pd.DataFrame(),
        catalogue=Catalogue.model_validate_json(whole(_CATALOGUE)),
        printed={name: table(f"printed-{at}") for at, name in enumerate(rest["printed"])},
        findings=tuple(map(_finding, rest["findings"])),
        data_hash=data_hash,
        recomputed=_by_place(table(_RECOMPUTED)),
        secret_days=frozenset(),
        set_aside=(),
        costs={},
        **frames,
    )
    places = table(_PLACES)
    kept = figures(places, whole)
    del city.__dict__["figures"]
    city.__dict__["counts"] = table(_COUNTS)
    city.__dict__["_kept_figures"] = kept
    city.__dict__["_lookup"] = Lookup(places, city.catalogue, kept.said)
    if city.catalogue.own is None:
        return city
    from inteso_dash.city.own_areas import with_declared

    return with_declared(city)


def _finding(told: dict[str, Any]) -> Finding:
    return Finding(**{**told, "severity": Severity(told["severity"])})


def _as_rows(recomputed: Mapping[Any, pd.DataFrame]) -> pd.DataFrame:
    columns = [*_PLACE, "area_id", "value", "rounding_error"]
    rows = [
        rows.reset_index().assign(level=level, indicator_id=indicator_id, date=pd.Timestamp(date))
        for (level, indicator_id, date), rows in recomputed.items()
    ]
    return pd.concat(rows, ignore_index=True)[columns] if rows else pd.DataFrame(columns=columns)


def _by_place(rows: pd.DataFrame) -> dict[Any, pd.DataFrame]:
    groups: Any = rows.groupby(_PLACE)
    return {
        (level, indicator_id, day.date()): own.set_index("area_id")[["value", "rounding_error"]]
        for (level, indicator_id, day), own in groups
    }
