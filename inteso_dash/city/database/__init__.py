"""Cities kept in a database, for servers that share one store and for services with many cities.

A schema holds three tables: entries, their files, and one table of figures, partitioned by entry.
An entry is there whole or not at all; servers need no more than the right to read. What names a
source that is not public is never kept here either. SQLAlchemy speaks to each kind of database;
what is special to one stands in a module of its own.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd

from inteso_dash.catalogue import LONG_COLUMNS
from inteso_dash.city import City
from inteso_dash.city.entry import ROW, KeptFigures, SomeRows, city_of, files_of, index

SCHEMA, AT = "inteso_dash", "at"
"""Name of the schema; column: the place of a figure in the order of questions, where `ROW` is that
in the long table."""
COLUMNS = (*LONG_COLUMNS, ROW, "entry")
NUMBERS = ("value", "rounding_error")
Files = list[dict[str, Any]]
SECONDS = 5
"""How long a server is waited for."""

_TOGETHER = 2**10
_KEPT = 2
_KINDS = {
    **dict.fromkeys(LONG_COLUMNS, "str"),
    **dict.fromkeys(NUMBERS, "float64"),
    "date": "datetime64[ns]",
    ROW: "int64",
}
_MISSING = "Für eine Ablage in {what} fehlt das Paket {name}: pip install 'inteso-dash[{extra}]'"
_NO_ADDRESS = "--store: gefunden eine Adresse, die keine ist; erwartet wie {expected}."
_GONE = (
    "{store}: gefunden {found} Zahlen, erwartet {expected} wie beim Öffnen der Stadt. Die Ablage "
    "ist seither erneuert worden; starten Sie den Dienst neu."
)


class StoreError(OSError):
    """A store cannot be reached, or does not hold any more what it held; the text is German."""


class Database(ABC):
    """A store in a database.

    Parameters
    ----------
    address : str
        As `EXPECTED` has it; what it does not say, such as a password, the driver finds in its own
        environment and files.

    Attributes
    ----------
    SCHEMES : tuple of str
        What its addresses begin with.
    WHAT, EXTRA, EXPECTED : str
        The database, the extra that installs what it needs, and an address, as messages have them.

    Raises
    ------
    StoreError
        Where a package is missing, or the address is none.
    """

    SCHEMES: ClassVar[tuple[str, ...]]
    WHAT: ClassVar[str]
    EXTRA: ClassVar[str]
    EXPECTED: ClassVar[str]

    def __init__(self, address: str) -> None:
        try:
            import sqlalchemy

            self.sql = sqlalchemy
            wrong = self.driver_errors()
            self._errors: tuple[type[Exception], ...] = (sqlalchemy.exc.SQLAlchemyError, *wrong)
            try:
                self.engine = self.connect(address)
            except (sqlalchemy.exc.ArgumentError, ValueError) as error:
                raise StoreError(_NO_ADDRESS.format(expected=self.EXPECTED)) from error
        except ImportError as error:
            said = _MISSING.format(what=self.WHAT, name=error.name, extra=self.EXTRA)
            raise StoreError(said) from error
        self.tables = sqlalchemy.MetaData(schema=SCHEMA)
        self.entries, self.files, self.figures = self.describe()

    @abstractmethod
    def driver_errors(self) -> tuple[type[Exception], ...]:
        """Return what the driver raises besides SQLAlchemy."""

    @abstractmethod
    def connect(self, address: str) -> Any:
        """Return SQLAlchemy's engine of an address."""

    @abstractmethod
    def describe(self) -> tuple[Any, Any, Any]:
        """Return the tables of entries, files and figures."""

    @abstractmethod
    def write(self, key: str, named: Mapping[str, Any], figures: SomeRows, files: Files) -> None:
        """Write an entry, so that it is there whole or not at all.

        Parameters
        ----------
        key : str
        named : mapping
            The row of the table of entries.
        figures : callable
            Yields so many of them at a time in their order, with the columns of the table but `AT`
            and the entry.
        files : list of dict
            Rows of the table of files.
        """

    @abstractmethod
    def remove(self, connection: Any, key: str) -> None:
        """Remove an entry."""

    def __str__(self) -> str:
        return str(self.engine.url.set(drivername=self.SCHEMES[0].removesuffix("://")))

    def close(self) -> None:
        """Close the connections; they are opened again when they are needed."""
        self.engine.dispose()

    @contextmanager
    def connected(self, *, reading: bool) -> Iterator[Any]:
        """Connect to read, or begin to write; what goes wrong is said in German."""
        try:
            with self.reading() if reading else self.engine.begin() as connection:
                yield connection
        except self._errors as error:
            said = str(getattr(error, "orig", None) or error).strip().splitlines()
            raise StoreError(f"{self}: {said[0] if said else type(error).__name__}") from error

    def reading(self) -> Any:
        """Return a connection that only reads."""
        return self.engine.connect()

    def there(self, connection: Any) -> bool:
        """Say whether the schema has been made."""
        return bool(self.sql.inspect(connection).has_table("entry", schema=SCHEMA))

    def holds(self, connection: Any, key: str) -> bool:
        """Say whether an entry is there."""
        asked = self.sql.select(self.entries.c.entry).where(self.entries.c.entry == key)
        return self.there(connection) and connection.scalar(asked) is not None

    def opened(self, key: str, root: Path, data_hash: str) -> City | None:
        """Return the city of an entry, None where there is none.

        Parameters
        ----------
        key : str
            Of the entry.
        root : Path
            City folder.
        data_hash : str
            As `folders.folder_hash` makes it.

        Raises
        ------
        StoreError
            If the server does not answer.
        ValueError
            If a file is not as it was written.
        """
        own = self.files.c
        with self.connected(reading=True) as connection:
            if not self.holds(connection, key):
                return None
            asked = self.sql.select(own.name, own.content).where(own.entry == key)
            files = dict(map(tuple, connection.execute(asked)))
        return city_of(
            root, data_hash, files.__getitem__, lambda places, _: _Queried(places, self, key)
        )

    def rows(self, key: str, rows: range, columns: Sequence[str]) -> list[tuple[Any, ...]]:
        """Return some columns of some rows of an entry, in their order.

        Raises
        ------
        StoreError
            If they are not all there, or the server does not answer.
        """
        own = self.figures.c
        asked = (
            self.sql.select(*(own[name] for name in columns))
            .where(own.entry == key, own[AT] >= rows.start, own[AT] < rows.stop)
            .order_by(own[AT])
        )
        with self.connected(reading=True) as connection:
            found: list[tuple[Any, ...]] = connection.execute(asked).all()
        if len(found) != len(rows):
            raise StoreError(_GONE.format(store=self, found=len(found), expected=len(rows)))
        return found

    def keep(self, key: str, folder: str, city: City) -> None:
        """Load a city, whole or not at all.

        Parameters
        ----------
        key : str
            Of the entry.
        folder : str
            Names the city folder. Of its entries this one stays and the one before, which servers
            may still show.
        city : City
            All of its sources are public.

        Raises
        ------
        StoreError
            If it cannot be written.
        """
        figures, files = files_of(city)
        named = {"folder": folder, "city": city.catalogue.city.id, "figures": len(city.figures)}
        contents = [
            {"entry": key, "name": name, "content": content}
            for name, content in (*files.items(), index(files))
        ]
        self.write(key, {"entry": key, **named}, figures, contents)
        self.forget(folder, but=_KEPT)

    def forget(self, folder: str, but: int = 0) -> None:
        """Remove the entries of a folder but the last ones.

        Parameters
        ----------
        folder : str
        but : int
            How many stay.
        """
        own = self.entries.c
        older = self.sql.select(own.entry).where(own.folder == folder)
        older = older.order_by(own.made.desc(), own.entry).offset(but)
        with self.connected(reading=False) as connection:
            if not self.there(connection):
                return
            for key in connection.scalars(older).all():
                self.remove(connection, key)


class _Queried(KeptFigures):
    """The figures of an entry in the database."""

    def __init__(self, places: pd.DataFrame, store: Database, key: str) -> None:
        count = int(places["stop"].max()) if len(places) else 0
        self._bounds = [*range(0, count, _TOGETHER), count]
        super().__init__(places, [_TOGETHER] * (count // _TOGETHER) + [count % _TOGETHER])
        self._store, self._key = store, key

    def read(self, groups: Sequence[int], columns: Sequence[str]) -> pd.DataFrame:
        """Read some columns of whole groups, in ascending order."""
        rows: list[tuple[Any, ...]] = []
        for run in _runs(groups):
            wanted = range(self._bounds[run.start], self._bounds[run.stop])
            rows += self._store.rows(self._key, wanted, columns)
        cells = zip(*rows, strict=True) if rows else [()] * len(columns)
        return pd.DataFrame(
            {
                name: pd.Series(list(each), dtype=_KINDS[name])
                for name, each in zip(columns, cells, strict=True)
            }
        )


def _runs(groups: Sequence[int]) -> Iterator[range]:
    """Yield what stands together.

    Examples
    --------
    >>> list(_runs([1, 2, 3, 7]))
    [range(1, 4), range(7, 8)]
    """
    start = 0
    for at in range(1, len(groups) + 1):
        if at == len(groups) or groups[at] != groups[at - 1] + 1:
            yield range(groups[start], groups[at - 1] + 1)
            start = at
