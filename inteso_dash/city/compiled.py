"""Cities kept as they were loaded, so that the next process opens them at once.

A folder of the user's cache holds one entry for each city folder: its tables as Parquet, the rest
as JSON. An entry counts only for the very files, the very code and the very libraries it was made
from, and only where every byte is as it was written; else the city is loaded. What names a source
that is not public is never kept: neither figures nor hashes of them lie in any cache.
"""

from __future__ import annotations

import functools
import hashlib
import io
import json
import logging
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.folder import store_folder
from inteso_dash.city import City, folder_hash, load_city
from inteso_dash.city.disclosure.rules import Rules
from inteso_dash.city.lookup import CELL, Lookup, Wanted, counted, in_places, wanted
from inteso_dash.city.pieces import Pieces
from inteso_dash.language.findings import Finding, Severity

LOG = logging.getLogger("inteso_dash.store")

_PACKAGE = Path(__file__).parents[1]
_MADE_BY = ("boundaries", "catalogue", "city", "language", "measures", "tables")
_LIBRARIES = ("geopandas", "numpy", "pandas", "pyarrow", "pydantic", "pyproj", "scipy", "shapely")
_FRAMES = ("register", "replaced", "sites", "points", "crosswalks", "merged")
_FIGURES, _TOGETHER, _UNPACKED = "figures.parquet", 2**14, 64
_PLACES, _COUNTS = "places", "counts"
_PIECES = "pieces"
_PLACE = ["level", "indicator_id", "date"]
_INDEX, _CATALOGUE, _REST = "index.json", "catalogue.json", "rest.json"
_RECOMPUTED = "recomputed"
_ROW = "row"
_PACKED = {"value": "BYTE_STREAM_SPLIT", _ROW: "DELTA_BINARY_PACKED"}
"""Columns that repeat little: written so, a figure takes a quarter of the room."""
_LEFT_OVER_AFTER = 3600


def open_city(root: Path) -> City:
    """Return the city of a folder: from the store where it holds it, else loaded and kept there.

    Parameters
    ----------
    root : Path
        Folder that holds ``data/`` and ``geodata/``.

    Raises
    ------
    CatalogueError
        As `load_city`.
    """
    found = opened(root)
    if found is not None:
        return found
    city, kept = compile_city(root)
    if isinstance(kept, Exception):
        LOG.info("In %s lässt sich nichts ablegen: %s", store_folder(), kept)
    return city


def compile_city(
    root: Path, step: Callable[[str], None] = lambda _: None
) -> tuple[City, Path | Exception | None]:
    """Load a city and keep it in the store.

    Parameters
    ----------
    root : Path
    step : callable, optional
        Is told each step before it begins.

    Returns
    -------
    City
    Path, Exception or None
        Where it is kept, or why it could not be written. None where it is not kept: because it
        names sources that are not public, or its files changed meanwhile.
    """
    before = folder_hash(root)
    try:
        pieces = Pieces(_prepared(root) / _PIECES, _made_by())
    except OSError as error:
        return load_city(root, step=step), error
    city = load_city(root, step=step, pieces=pieces)
    if Rules(city.catalogue).any:
        shutil.rmtree(_place(root), ignore_errors=True)
        return city, None
    if city.data_hash != before:
        return city, None
    step("Ablegen")
    try:
        entry = _keep(city)
    except (OSError, ValueError, TypeError, NotImplementedError) as error:
        shutil.rmtree(_place(root) / _PIECES, ignore_errors=True)
        return city, error
    pieces.tidy()
    return city, entry


def opened(root: Path) -> City | None:
    """Return the city of a folder from the store, None where it does not hold it as it is now."""
    data_hash = folder_hash(root)
    entry = _place(root) / _key(data_hash)
    try:
        if not entry.is_dir() or not _private(store_folder()):
            return None
        return _read(entry, root, data_hash)
    except (OSError, ValueError, LookupError, TypeError) as error:
        LOG.warning(
            "%s ist beschädigt, die Stadt wird neu geladen (%s).", entry, type(error).__name__
        )
        shutil.rmtree(entry, ignore_errors=True)
        return None


def _place(root: Path) -> Path:
    name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]
    return store_folder() / name


def _key(data_hash: str) -> str:
    return hashlib.sha256(f"{data_hash}\n{_made_by()}".encode()).hexdigest()[:32]


@functools.cache
def _made_by() -> str:
    """Return one hash for the code that makes a city of its files, and what it runs on."""
    digest = hashlib.sha256(sys.version.encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {metadata.version(library)}\n".encode())
    for part in _MADE_BY:
        for path in sorted((_PACKAGE / part).rglob("*.*")):
            if path.suffix in {".py", ".toml"}:
                digest.update(path.relative_to(_PACKAGE).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _private(folder: Path) -> bool:
    """Say whether nobody but this user can have written into a folder."""
    if sys.platform == "win32":
        return True
    found = folder.stat()
    return found.st_uid == os.getuid() and not found.st_mode & 0o022


def _prepared(root: Path) -> Path:
    """Return where the entries of a folder lie; raises where nothing can be kept there."""
    place = _place(root)
    for folder in (store_folder(), place, place / _PIECES):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _private(store_folder()):
        raise PermissionError(f"{store_folder()} gehört anderen oder ist für andere beschreibbar.")
    return place


def _keep(city: City) -> Path:
    """Write an entry beside its place and put it there whole; older ones of the folder go."""
    place = _prepared(city.root)
    entry = place / _key(city.data_hash)
    beside = Path(tempfile.mkdtemp(prefix=".", dir=place))
    try:
        _write(city, beside)
        beside.rename(entry)
    except OSError:
        if not entry.is_dir():
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    for other in place.iterdir():
        being_written = other.name.startswith(".") and _age(other) < _LEFT_OVER_AFTER
        if other.name not in (entry.name, _PIECES) and not being_written:
            shutil.rmtree(other, ignore_errors=True)
    return entry


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _write(city: City, folder: Path) -> None:
    tables: dict[str, pd.DataFrame] = {name: getattr(city, name) for name in _FRAMES}
    tables |= {f"printed-{at}": rows for at, rows in enumerate(city.printed.values())}
    tables[_RECOMPUTED] = _as_rows(city.recomputed)
    ordered, tables[_PLACES] = in_places(city.figures)
    tables[_COUNTS] = counted(city.figures)
    ordered.assign(**{_ROW: ordered.index}).to_parquet(
        folder / _FIGURES,
        index=False,
        row_group_size=_TOGETHER,
        compression="zstd",
        use_dictionary=[name for name in ordered.columns if name not in _PACKED],
        column_encoding=_PACKED,
    )
    for name, frame in tables.items():
        frame.to_parquet(folder / f"{name}.parquet")
    rest = {
        "findings": [asdict(finding) for finding in city.findings],
        "printed": list(city.printed),
    }
    (folder / _CATALOGUE).write_text(city.catalogue.model_dump_json(exclude_defaults=True), "utf-8")
    (folder / _REST).write_text(json.dumps(rest), "utf-8")
    sums = {path.name: _digest(path.read_bytes()) for path in folder.iterdir()}
    (folder / _INDEX).write_text(json.dumps(sums), "utf-8")


def _read(entry: Path, root: Path, data_hash: str) -> City:
    """Read an entry; raises where a file is missing or is not as it was written."""

    def content(name: str) -> bytes:
        read = (entry / name).read_bytes()
        if _digest(read) != sums[name]:
            raise ValueError(name)
        return read

    def table(name: str) -> pd.DataFrame:
        return pd.read_parquet(io.BytesIO(content(f"{name}.parquet")))

    sums = json.loads((entry / _INDEX).read_bytes())
    rest = json.loads(content(_REST))
    frames: dict[str, Any] = {name: table(name) for name in _FRAMES}
    frames["points"] = frames["points"].assign(areas=frames["points"]["areas"].map(tuple))
    places = table(_PLACES)
    city = _OpenedCity(
        root=root,
        figures=pd.DataFrame(),
        catalogue=Catalogue.model_validate_json(content(_CATALOGUE)),
        printed={name: table(f"printed-{at}") for at, name in enumerate(rest["printed"])},
        findings=tuple(
            Finding(**{**each, "severity": Severity(each["severity"])}) for each in rest["findings"]
        ),
        data_hash=data_hash,
        recomputed=_by_place(table(_RECOMPUTED)),
        secret_days=frozenset(),
        set_aside=(),
        costs={},
        **frames,
    )
    del city.__dict__["figures"]
    city.__dict__["counts"] = table(_COUNTS)
    city.__dict__["_kept"] = kept = _Figures(content(_FIGURES), places)
    city.__dict__["_lookup"] = Lookup(places, city.catalogue, kept.said)
    return city


class _Figures:
    """The long table as the store holds it: in memory as written, unpacked where it is asked for.

    What is asked is answered from these bytes, whatever becomes of the file.
    """

    def __init__(self, content: bytes, places: pd.DataFrame) -> None:
        from pyarrow.parquet import ParquetFile

        self._places = places
        self._file = ParquetFile(io.BytesIO(content))
        groups = range(self._file.metadata.num_row_groups)
        sizes = [self._file.metadata.row_group(at).num_rows for at in groups]
        self._starts = np.concatenate([[0], np.cumsum(sizes)])
        self._one_by_one = threading.Lock()
        self._unpacked = functools.lru_cache(_UNPACKED)(self._unpack)

    def said(self, start: int, stop: int) -> pd.DataFrame:
        """Return some rows, as `lookup.Rows`; they go from memory with the group they begin in."""
        at = int(np.searchsorted(self._starts, start, side="right")) - 1
        whole, parts = self._unpacked(at)
        if (start, stop) not in parts:
            begin, end = self._starts[at : at + 2].tolist()
            part = whole.iloc[start - begin : stop - begin]
            more = [self.said(end, stop)] if stop > end else []
            parts[start, stop] = pd.concat([part, *more]) if more else part
        return parts[start, stop]

    def _unpack(self, at: int) -> tuple[pd.DataFrame, dict[tuple[int, int], pd.DataFrame]]:
        """Return the rows of a group, and room for the parts of it that are asked for."""
        with self._one_by_one:
            rows: pd.DataFrame = self._file.read_row_group(at, ["area_id", *CELL]).to_pandas()
        return rows.set_index("area_id")[CELL], {}

    def rows(self, asked: Mapping[str, Wanted]) -> pd.DataFrame:
        """Return the rows of the places that are wanted, in the order of the long table."""
        chosen = self._places[wanted(self._places, asked)]
        at = np.searchsorted(self._starts, chosen["start"], side="right") - 1
        to = np.searchsorted(self._starts, chosen["stop"] - 1, side="right")
        groups = sorted({each for pair in zip(at, to, strict=True) for each in range(*pair)})
        with self._one_by_one:
            read: pd.DataFrame = self._file.read_row_groups(groups).to_pandas()
        return read[wanted(read, asked)].set_index(_ROW).sort_index().rename_axis(None)


class _OpenedCity(City):
    """A city whose figures are unpacked when all of them are asked for."""

    _kept: _Figures

    @functools.cached_property
    def figures(self) -> pd.DataFrame:
        """The long table."""
        return self.rows()

    def rows(self, **asked: Wanted) -> pd.DataFrame:
        """Return some rows, as `City.rows`: those alone are unpacked."""
        return self._kept.rows(asked)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


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
