"""Cities kept in PostgreSQL, for servers that share one store and for services with many cities.

A schema holds three tables: entries, their files, and one table of figures, partitioned by entry.
An entry is loaded in one transaction, so that it is there whole or not at all; servers need no more
than the right to read. What names a source that is not public is never kept here either.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from inteso_dash.catalogue import LONG_COLUMNS
from inteso_dash.city import City
from inteso_dash.city.entry import ROW, KeptFigures, city_of, files_of, index

_SCHEMA, _DRIVER = "inteso_dash", "postgresql+psycopg"
_TOGETHER, _LOADED = 2**10, 2**16
_AT = "at"
"""Column: the place of a figure in the order of questions; `ROW` is that in the long table."""
_LOCK = 20_211_231
"""One load at a time."""
_SECONDS = 5
_KEPT = 2
_NUMBERS = ("value", "rounding_error")
_KINDS = {
    **dict.fromkeys(LONG_COLUMNS, "str"),
    **dict.fromkeys(_NUMBERS, "float64"),
    "date": "datetime64[ns]",
    ROW: "int64",
}
_MISSING = (
    "Für eine Ablage in PostgreSQL fehlt das Paket {name}: pip install 'inteso-dash[postgresql]'"
)
_GONE = (
    "{store}: gefunden {found} Zahlen, erwartet {expected} wie beim Öffnen der Stadt. Die Ablage "
    "ist seither erneuert worden; starten Sie den Dienst neu."
)


class StoreError(OSError):
    """A store cannot be reached, or does not hold any more what it held; the text is German."""


class Database:
    """A store in PostgreSQL.

    Parameters
    ----------
    address : str
        ``postgresql://USER@HOST/DATABASE``, as SQLAlchemy reads it; what it does not say, such as a
        password, libpq finds in its own environment and files.

    Raises
    ------
    StoreError
        Where a package is missing, or the address is none.
    """

    def __init__(self, address: str) -> None:
        try:
            import psycopg
            import sqlalchemy
        except ImportError as error:
            raise StoreError(_MISSING.format(name=error.name)) from error
        self._sql = sqlalchemy
        self._errors = (sqlalchemy.exc.SQLAlchemyError, psycopg.Error)
        try:
            url = sqlalchemy.make_url(address).set(drivername=_DRIVER)
        except (sqlalchemy.exc.ArgumentError, ValueError) as error:
            raise StoreError(
                "--store: gefunden eine Adresse, die keine ist; erwartet wie "
                "postgresql://NAME@RECHNER/DATENBANK."
            ) from error
        settings = {
            "connect_timeout": _SECONDS,
            "application_name": "inteso-dash",
            "client_encoding": "utf8",
        }
        self._engine = sqlalchemy.create_engine(url, pool_pre_ping=True, connect_args=settings)
        self._reading = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        self._describe()

    def _describe(self) -> None:
        sql = self._sql
        self._tables = tables = sql.MetaData(schema=_SCHEMA)
        key = sql.Column("entry", sql.Text, primary_key=True)
        self._entries = sql.Table(
            "entry",
            tables,
            key,
            sql.Column("folder", sql.Text, nullable=False),
            sql.Column("city", sql.Text, nullable=False),
            sql.Column("figures", sql.BigInteger, nullable=False),
            sql.Column("made", sql.DateTime(timezone=True), server_default=sql.func.now()),
        )
        self._files = sql.Table(
            "file",
            tables,
            sql.Column("entry", sql.ForeignKey(key, ondelete="CASCADE"), primary_key=True),
            sql.Column("name", sql.Text, primary_key=True),
            sql.Column("content", sql.LargeBinary, nullable=False),
        )
        kinds = dict.fromkeys(LONG_COLUMNS, sql.Text)
        kinds |= dict.fromkeys(_NUMBERS, sql.Double) | {"date": sql.Date, ROW: sql.BigInteger}
        self._figures = sql.Table(
            "figure",
            tables,
            sql.Column("entry", sql.Text, primary_key=True),
            sql.Column(_AT, sql.BigInteger, primary_key=True, autoincrement=False),
            *(sql.Column(name, kind) for name, kind in kinds.items()),
            sql.Index("figure_of_map", "indicator_id", "level", "date"),
            postgresql_partition_by="LIST (entry)",
        )

    def __str__(self) -> str:
        return str(self._engine.url.set(drivername="postgresql"))

    def close(self) -> None:
        """Close the connections; they are opened again when they are needed."""
        self._engine.dispose()

    @contextmanager
    def _connected(self, *, reading: bool) -> Iterator[Any]:
        """Connect to read, or begin to write; what goes wrong is said in German."""
        try:
            with self._reading.connect() if reading else self._engine.begin() as connection:
                yield connection
        except self._errors as error:
            said = str(getattr(error, "orig", None) or error).strip().splitlines()
            raise StoreError(f"{self}: {said[0] if said else type(error).__name__}") from error

    def _there(self, connection: Any) -> bool:
        return bool(self._sql.inspect(connection).has_table("entry", schema=_SCHEMA))

    def _holds(self, connection: Any, key: str) -> bool:
        asked = self._sql.select(self._entries.c.entry).where(self._entries.c.entry == key)
        return self._there(connection) and connection.scalar(asked) is not None

    def opened(self, key: str, root: Path, data_hash: str) -> City | None:
        """Return the city of an entry, None where there is none.

        Parameters
        ----------
        key : str
            Of the entry.
        root : Path
            City folder.
        data_hash : str
            As `city.folder_hash` makes it.

        Raises
        ------
        StoreError
            If the server does not answer.
        ValueError
            If a file is not as it was written.
        """
        own = self._files.c
        with self._connected(reading=True) as connection:
            if not self._holds(connection, key):
                return None
            asked = self._sql.select(own.name, own.content).where(own.entry == key)
            files = dict(map(tuple, connection.execute(asked)))
        return city_of(
            root, data_hash, files.__getitem__, lambda places, _: _Queried(places, self, key)
        )

    def figures(self, key: str, rows: range, columns: Sequence[str]) -> list[tuple[Any, ...]]:
        """Return some columns of some rows of an entry, in their order.

        Raises
        ------
        StoreError
            If they are not all there, or the server does not answer.
        """
        own = self._figures.c
        asked = (
            self._sql.select(*(own[name] for name in columns))
            .where(own.entry == key, own[_AT] >= rows.start, own[_AT] < rows.stop)
            .order_by(own[_AT])
        )
        with self._connected(reading=True) as connection:
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
        sql, own = self._sql, self._entries
        figures, files = files_of(city)
        part = f"{_SCHEMA}.figure_{key}"
        with self._connected(reading=False) as connection:
            connection.execute(sql.select(sql.func.pg_advisory_xact_lock(_LOCK)))
            connection.execute(sql.schema.CreateSchema(_SCHEMA, if_not_exists=True))
            self._tables.create_all(connection)
            if self._holds(connection, key):
                return
            named = {"entry": key, "folder": folder, "city": city.catalogue.city.id}
            connection.execute(sql.insert(own), named | {"figures": len(figures)})
            contents = [
                {"entry": key, "name": name, "content": content}
                for name, content in (*files.items(), index(files))
            ]
            connection.execute(sql.insert(self._files), contents)
            # Attached when it is full, so that nobody who reads others has to wait.
            connection.execute(
                sql.DDL(f"CREATE TABLE {part} (LIKE {_SCHEMA}.figure INCLUDING ALL)")
            )
            _load(connection, part, figures.assign(entry=key))
            attached = f"ATTACH PARTITION {part} FOR VALUES IN ('{key}')"
            connection.execute(sql.DDL(f"ALTER TABLE {_SCHEMA}.figure {attached}"))
        self.forget(folder, but=_KEPT)

    def forget(self, folder: str, but: int = 0) -> None:
        """Remove the entries of a folder but the last ones.

        Parameters
        ----------
        folder : str
        but : int
            How many stay.
        """
        sql, own = self._sql, self._entries.c
        older = sql.select(own.entry).where(own.folder == folder)
        older = older.order_by(own.made.desc(), own.entry).offset(but)
        with self._connected(reading=False) as connection:
            if not self._there(connection):
                return
            for key in connection.scalars(older).all():
                connection.execute(sql.delete(self._entries).where(own.entry == key))
                connection.execute(sql.DDL(f"DROP TABLE {_SCHEMA}.figure_{key}"))


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
            rows += self._store.figures(self._key, wanted, columns)
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


def _load(connection: Any, table: str, figures: pd.DataFrame) -> None:
    """Copy figures into a table; an empty text stays one, and what is missing is NULL."""
    import pyarrow as pa
    from pyarrow import csv

    written = csv.WriteOptions(include_header=False, quoting_style="all_valid")
    names = ", ".join(f'"{name}"' for name in (_AT, *figures.columns))
    cursor = connection.connection.driver_connection.cursor()
    with cursor.copy(f"COPY {table} ({names}) FROM STDIN (FORMAT csv)") as copy:
        for start in range(0, len(figures), _LOADED):
            rows = figures.iloc[start : start + _LOADED]
            rows.insert(0, _AT, range(start, start + len(rows)))
            content = pa.Table.from_pandas(rows, preserve_index=False)
            at = content.schema.get_field_index("date")
            days = content.column(at).cast(pa.date32())
            out = io.BytesIO()
            csv.write_csv(content.set_column(at, "date", days), out, written)
            copy.write(out.getvalue())
