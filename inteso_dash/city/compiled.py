"""Cities kept as they were loaded, so that the next process opens them at once.

A folder of the user's cache holds one entry for each city folder: its tables as Parquet, the rest
as JSON. An entry counts only for the very files, the very code and the very libraries it was made
from, and only where every byte is as it was written; else the city is loaded. What names a source
that is not public is never kept: neither figures nor hashes of them lie in any cache.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import logging
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from inteso_dash import folders
from inteso_dash.city import City
from inteso_dash.city.database import Database, StoreError
from inteso_dash.city.database.clickhouse import ClickHouse
from inteso_dash.city.database.postgresql import PostgreSQL
from inteso_dash.city.entry import ROW, KeptFigures, city_of, digest, files_of, index
from inteso_dash.city.pieces import Pieces
from inteso_dash.folders import store_address, store_folder, write_whole
from inteso_dash.tables.coded import plain

LOG = logging.getLogger("inteso_dash.store")

_FIGURES, _TOGETHER, _PIECES = "figures.parquet", 2**14, "pieces"
_WRITTEN = 16 * _TOGETHER
_BESIDE = "beside"
_PACKED = {"value": "BYTE_STREAM_SPLIT", ROW: "DELTA_BINARY_PACKED"}
"""Columns that repeat little: written so, a figure takes a quarter of the room."""
_LEFT_OVER_AFTER = 3600
_DATABASES: dict[str, Database] = {}


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
    with _one_after_another(root):
        found = opened(root)
        if found is not None:
            return found
        city, kept = compile_city(root)
    if isinstance(kept, StoreError):
        LOG.warning("Die Stadt ist nicht abgelegt. %s", kept)
    elif isinstance(kept, Exception):
        LOG.info("In %s lässt sich nichts ablegen: %s", store_folder(), kept)
    return city


def compile_city(
    root: Path, step: Callable[[str], None] = lambda _: None
) -> tuple[City, Path | Database | Exception | None]:
    """Load a city and keep it in the store.

    Parameters
    ----------
    root : Path
    step : callable, optional
        Is told each step before it begins.

    Returns
    -------
    City
    Path, Database, Exception or None
        Where it is kept, or why it could not be written. None where it is not kept: because it
        names sources that are not public, or its files changed meanwhile.
    """
    from inteso_dash.city.loading import load_coded, unfolded

    before, pieces = folders.folder_hash(root), None
    with contextlib.suppress(OSError):
        pieces = Pieces(_prepared(root) / _PIECES, folders.made_by())
    city = load_coded(root, step=step, pieces=pieces)
    try:
        if city.catalogue.secret_sources:
            shutil.rmtree(folders.place_of(root), ignore_errors=True)
            if store_address():
                database(store_address()).forget(folders.place_of(root).name)
            return unfolded(city), None
        if city.data_hash != before:
            return unfolded(city), None
        step("Ablegen")
        kept = _keep(city)
    except (OSError, ValueError, TypeError, NotImplementedError) as error:
        shutil.rmtree(folders.place_of(root) / _PIECES, ignore_errors=True)
        return unfolded(city), error
    if pieces is not None:
        pieces.tidy()
    return opened(root) or unfolded(city), kept


@contextlib.contextmanager
def _one_after_another(root: Path) -> Iterator[None]:
    """Let other processes wait that would keep the same city, where the system knows how."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError, ImportError):
            import fcntl

            turn = os.open(_prepared(root), os.O_RDONLY)
            stack.callback(os.close, turn)
            fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def database(address: str) -> Database:
    """Return the database of an address; its connections are kept (`StoreError` as there)."""
    if address not in _DATABASES:
        [kind] = (kind for kind in (PostgreSQL, ClickHouse) if address.startswith(kind.SCHEMES))
        _DATABASES[address] = kind(address)
    return _DATABASES[address]


def opened(root: Path) -> City | None:
    """Return the city of a folder from the store, None where it does not hold it as it is now."""
    data_hash = folders.folder_hash(root)
    entry = folders.place_of(root) / folders.entry_key(data_hash)
    try:
        if store_address():
            return database(store_address()).opened(entry.name, root, data_hash)
        if not entry.is_dir() or not folders.private(store_folder()):
            return None
        return _read(entry, root, data_hash)
    except StoreError as error:
        LOG.warning("Die Stadt wird neu geladen. %s", error)
        return None
    except (OSError, ValueError, LookupError, TypeError) as error:
        LOG.warning(
            "%s ist beschädigt, die Stadt wird neu geladen (%s).", entry, type(error).__name__
        )
        shutil.rmtree(entry, ignore_errors=True)
        return None


def kept_beside(city: City, name: str, make: Callable[[], bytes]) -> bytes:
    """Return what follows from a city's files and from boundaries the user has fetched.

    It is kept with the city, where that is kept and can be written.

    Parameters
    ----------
    city : City
        As all see it.
    name : str
        Letters; what was kept under it before goes.
    make : callable
    """
    if city.catalogue.secret_sources:
        return make()
    key = hashlib.sha256(f"{city.data_hash}\n{folders.made_by()}\n".encode())
    for path in sorted(folders.boundaries_folder(city.catalogue.city.id).rglob("*")):
        if path.is_file():
            key.update(f"{path.name}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    folder, own = folders.place_of(city.root) / _BESIDE, f"{name}-{key.hexdigest()[:32]}"
    with contextlib.suppress(OSError):
        for path in folder.glob(f"{own}-*") if folders.private(store_folder()) else ():
            content = path.read_bytes()
            if path.name == f"{own}-{digest(content)[:32]}":
                return content
    content = make()
    with contextlib.suppress(OSError):
        _prepared(city.root)
        folder.mkdir(mode=0o700, exist_ok=True)
        for path in folder.glob(f"{name}-*"):
            path.unlink(missing_ok=True)
        write_whole(folder / f"{own}-{digest(content)[:32]}", content)
    return content


def _prepared(root: Path) -> Path:
    """Return where the entries of a folder lie; raises where nothing can be kept there."""
    place = folders.place_of(root)
    for folder in (store_folder(), place, place / _PIECES):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not folders.private(store_folder()):
        raise PermissionError(f"{store_folder()} gehört anderen oder ist für andere beschreibbar.")
    return place


def _keep(city: City) -> Path | Database:
    """Keep a city in the database, where there is one, else in the folder."""
    if not store_address():
        return _write_whole(city)
    store = database(store_address())
    store.keep(folders.entry_key(city.data_hash), folders.place_of(city.root).name, city)
    return store


def _write_whole(city: City) -> Path:
    """Write an entry beside its place and put it there whole; older ones of the folder go."""
    place = _prepared(city.root)
    entry = place / folders.entry_key(city.data_hash)
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
        if other.name not in (entry.name, _PIECES, _BESIDE) and not being_written:
            shutil.rmtree(other, ignore_errors=True)
    return entry


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _write(city: City, folder: Path) -> None:
    from pyarrow import Table
    from pyarrow.parquet import ParquetWriter

    figures, files = files_of(city)
    none = plain(city.figures.iloc[:0]).assign(**{ROW: np.zeros(0, dtype=np.int64)})
    schema = Table.from_pandas(none, preserve_index=False).schema
    out = io.BytesIO()
    with ParquetWriter(
        out,
        schema,
        compression="zstd",
        use_dictionary=[name for name in schema.names if name not in _PACKED],
        column_encoding=_PACKED,
    ) as writer:
        for rows in figures(_WRITTEN):
            writer.write_table(Table.from_pandas(rows, schema, preserve_index=False), _TOGETHER)
    files[_FIGURES] = out.getvalue()
    for name, content in (*files.items(), index(files)):
        (folder / name).write_bytes(content)


def _read(place: Path, root: Path, data_hash: str) -> City:
    """Read an entry; raises where a file is missing or is not as it was written."""
    return city_of(
        root,
        data_hash,
        lambda name: (place / name).read_bytes(),
        lambda places, whole: _Packed(places, whole(_FIGURES)),
    )


class _Packed(KeptFigures):
    """The figures in memory as they were written, whatever becomes of the file."""

    def __init__(self, places: pd.DataFrame, content: bytes) -> None:
        from pyarrow import BufferReader
        from pyarrow.parquet import ParquetFile

        self._file = ParquetFile(BufferReader(content))
        groups = range(self._file.metadata.num_row_groups)
        super().__init__(places, [self._file.metadata.row_group(at).num_rows for at in groups])
        self._one_by_one = threading.Lock()

    def read(self, groups: Sequence[int], columns: Sequence[str]) -> pd.DataFrame:
        """Read some columns of whole groups, in ascending order."""
        with self._one_by_one:
            read: pd.DataFrame = self._file.read_row_groups(groups, columns).to_pandas()
        return read
