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
from inteso_dash.city.lookup import CELL, Lookup, in_places
from inteso_dash.city.own_areas import with_declared
from inteso_dash.language.findings import Finding, Severity

LOG = logging.getLogger("inteso_dash.store")

_PACKAGE = Path(__file__).parents[1]
_MADE_BY = ("boundaries", "catalogue", "city", "language", "measures", "tables")
_LIBRARIES = ("geopandas", "numpy", "pandas", "pyarrow", "pydantic", "pyproj", "scipy", "shapely")
_FRAMES = ("register", "replaced", "sites", "points", "crosswalks", "merged")
_FIGURES, _PLACES, _TOGETHER, _UNPACKED = "figures.parquet", "places", 2**14, 32
_PLACE = ["level", "indicator_id", "date"]
_INDEX, _CATALOGUE, _REST = "index.json", "catalogue.json", "rest.json"
_RECOMPUTED = "recomputed"
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
    city = load_city(root, step=step)
    if Rules(city.catalogue).any:
        shutil.rmtree(_place(root), ignore_errors=True)
        return city, None
    if city.data_hash != before:
        return city, None
    step("Ablegen")
    try:
        return city, _keep(city.official)
    except (OSError, ValueError, TypeError, NotImplementedError) as error:
        return city, error


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


def _keep(city: City) -> Path:
    """Write an entry beside its place and put it there whole; older ones of the folder go."""
    place = _place(city.root)
    for folder in (store_folder(), place):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _private(store_folder()):
        raise PermissionError(f"{store_folder()} gehört anderen oder ist für andere beschreibbar.")
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
        if other != entry and not being_written:
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
    ordered.to_parquet(folder / _FIGURES, row_group_size=_TOGETHER)
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
    figures = _Figures(content(_FIGURES))
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
    city.__dict__["_lookup"] = Lookup(table(_PLACES), city.catalogue, figures.rows)
    city.__dict__["_kept"] = figures
    return with_declared(city)


class _Figures:
    """The long table as the store holds it: in memory as written, unpacked where it is asked for.

    What is asked is answered from these bytes, whatever becomes of the file.
    """

    def __init__(self, content: bytes) -> None:
        from pyarrow.parquet import ParquetFile

        self._file = ParquetFile(io.BytesIO(content))
        groups = range(self._file.metadata.num_row_groups)
        sizes = [self._file.metadata.row_group(at).num_rows for at in groups]
        self._starts = np.concatenate([[0], np.cumsum(sizes)])
        self._one_by_one = threading.Lock()
        self._unpacked = functools.lru_cache(_UNPACKED)(self._unpack)

    def rows(self, start: int, stop: int) -> pd.DataFrame:
        """Return some rows, as `lookup.Rows`."""
        first, last = np.searchsorted(self._starts, [start, stop - 1], side="right") - 1
        parts = []
        for at in range(first, last + 1):
            offset = self._starts[at]
            parts.append(self._unpacked(at).iloc[max(start - offset, 0) : stop - offset])
        return parts[0] if len(parts) == 1 else pd.concat(parts)

    def _unpack(self, at: int) -> pd.DataFrame:
        with self._one_by_one:
            rows: pd.DataFrame = self._file.read_row_group(at, ["area_id", *CELL]).to_pandas()
        return rows.set_index("area_id")[CELL]

    def whole(self) -> pd.DataFrame:
        """Return all rows in their order."""
        with self._one_by_one:
            whole: pd.DataFrame = self._file.read().to_pandas()
        return whole.sort_index()


class _OpenedCity(City):
    """A city whose figures are unpacked when all of them are asked for."""

    _kept: _Figures

    @functools.cached_property
    def figures(self) -> pd.DataFrame:
        """The long table."""
        return self._kept.whole()


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
