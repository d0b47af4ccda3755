"""What was read and worked out, kept in pieces so that a changed table costs no more than its own.

What follows from the figures of a Stichtag depends on them, on the declarations, the areas and
their boundaries, and, where earlier divisions are divided, on inhabitants of other Stichtage. A
piece is named after a hash of all that and after one of its own bytes: it is taken where both are
the same.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.city.overlay.people import population_indicator
from inteso_dash.folders import write_whole
from inteso_dash.tables.coded import factorized, numbered

if TYPE_CHECKING:
    from inteso_dash.tables.sources import CityData

_TOLD = b"attributes"


class Pieces:
    """Tables kept in a folder of the store.

    Parameters
    ----------
    folder : Path
        Need not be there, nor be writable: what cannot be kept is made again next time.
    made_by : str
        Names the code that makes them.
    """

    def __init__(self, folder: Path, made_by: str) -> None:
        self._folder = folder
        self._made_by = made_by
        self._used = set[str]()

    def of(
        self, root: Path, catalogue: Catalogue, read: CityData, published: pd.DataFrame
    ) -> PiecesOfCity:
        """Return the pieces of a city as it stands.

        Parameters
        ----------
        root : Path
            City folder.
        catalogue : Catalogue
        read : CityData
        published : DataFrame
            Long table of what was published, without what was replaced; coded or plain.
        """
        common = hashlib.sha256(catalogue.model_dump_json(exclude={"tables", "faults"}).encode())
        for frame in (read.register, read.crosswalks):
            common.update(_hash(frame))
        for path in sorted((root / "geodata").rglob("*")):
            if path.is_file():
                common.update(f"{path.relative_to(root).as_posix()}\n".encode())
                common.update(hashlib.sha256(path.read_bytes()).digest())
        return PiecesOfCity(self, catalogue, published, common.digest())

    def found(self, key: str) -> pd.DataFrame | None:
        """Return the table of a key as it was kept, None where it is not."""
        own = self._own(key)
        for path in self._folder.glob(f"{own}-*"):
            with contextlib.suppress(OSError):
                content = path.read_bytes()
                if path.name == _name(own, content):
                    self._used.add(path.name)
                    return _unpacked(content)
                path.unlink()
        return None

    def keep(self, key: str, made: pd.DataFrame) -> None:
        """Keep a table, if that can be done."""
        content = _packed(made)
        name = _name(self._own(key), content)
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self._folder / name, content)
            self._used.add(name)

    def _own(self, key: str) -> str:
        return hashlib.sha256(f"{self._made_by}\n{key}".encode()).hexdigest()[:32]

    def tidy(self) -> None:
        """Remove what the last city did not need."""
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir():
                if path.name not in self._used:
                    path.unlink(missing_ok=True)


class PiecesOfCity:
    """The pieces of one city, by what each depends on."""

    def __init__(
        self, pieces: Pieces, catalogue: Catalogue, published: pd.DataFrame, common: bytes
    ) -> None:
        self._pieces = pieces
        self._catalogue = catalogue
        self._published = published
        self._common = common

    def __call__(
        self, rows: pd.DataFrame, merged: pd.DataFrame, make: Callable[[], pd.DataFrame]
    ) -> pd.DataFrame:
        """Return what follows from the figures of a Stichtag, as `aggregation.Kept`."""
        digest = hashlib.sha256(self._common + _hash(rows) + _hash(merged))
        if any_earlier(rows, self._catalogue):
            people = population_indicator(self._catalogue)
            digest.update(_hash(self._published[self._published["indicator_id"] == people]))
        found = self._pieces.found(digest.hexdigest())
        if found is None:
            found = make()
            self._pieces.keep(digest.hexdigest(), found)
        return found


def any_earlier(rows: pd.DataFrame, catalogue: Catalogue) -> bool:
    """Say whether figures, coded or plain, are of an earlier division."""
    current = {(level.id, level.current.id) for level in catalogue.levels}
    number = numbered(rows, ["level", "division"])
    levels, divisions = (rows[name].array for name in ("level", "division"))
    first = np.unique(number, return_index=True)[1].tolist()
    return not current.issuperset((levels[at], divisions[at]) for at in first)


def _name(key: str, content: bytes) -> str:
    return f"{key}-{hashlib.sha256(content).hexdigest()[:32]}"


def _packed(made: pd.DataFrame) -> bytes:
    """Write a table; its attributes beside its columns, each of which would copy them."""
    from pyarrow import Table
    from pyarrow.parquet import write_table

    rows, out = pd.DataFrame(made), io.BytesIO()
    table = Table.from_pandas(rows, preserve_index=False, nthreads=1)
    told = {**(table.schema.metadata or {}), _TOLD: json.dumps(made.attrs).encode()}
    write_table(table.replace_schema_metadata(told), out, compression="zstd")
    return out.getvalue()


def _unpacked(content: bytes) -> pd.DataFrame:
    from pyarrow.parquet import ParquetFile

    table = ParquetFile(io.BytesIO(content)).read()
    found: pd.DataFrame = table.to_pandas()
    found.attrs = json.loads(table.schema.metadata[_TOLD])
    return found


def _hash(frame: pd.DataFrame) -> bytes:
    """Return a hash of all rows, their order, and the names and kinds of the columns.

    Of coded columns the words that occur count, whatever other words there are.
    """
    digest = hashlib.sha256()
    for name, column in frame.items():
        words: list[str] = []
        if isinstance(column.dtype, np.dtype) and column.dtype != object:
            cells = column.to_numpy()
        else:
            places, known = factorized(column)
            cells, words = places.astype(np.int32), known.tolist()
        digest.update(f"{name} {cells.dtype} {json.dumps(words)}\n".encode() + cells.tobytes())
    return digest.digest()
