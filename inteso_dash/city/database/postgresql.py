"""A store in PostgreSQL: an entry is loaded in one transaction, figures as a partition."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from inteso_dash.catalogue import LONG_COLUMNS
from inteso_dash.city.database import AT, COLUMNS, NUMBERS, SCHEMA, SECONDS, Database, Files
from inteso_dash.city.entry import ROW, SomeRows
from inteso_dash.folders import POSTGRESQL

_LOADED = 2**16
_LOCK = 20_211_231
"""One load at a time."""


class PostgreSQL(Database):
    """A store in PostgreSQL, from 13 on; libpq finds what the address does not say."""

    SCHEMES = POSTGRESQL
    WHAT, EXTRA = "PostgreSQL", "postgresql"
    EXPECTED = "postgresql://NAME@RECHNER/DATENBANK"

    def driver_errors(self) -> tuple[type[Exception], ...]:
        """Return what psycopg raises."""
        import psycopg

        return (psycopg.Error,)

    def connect(self, address: str) -> Any:
        """Return SQLAlchemy's engine of an address."""
        url = self.sql.make_url(address).set(drivername="postgresql+psycopg")
        settings = {
            "connect_timeout": SECONDS,
            "application_name": "inteso-dash",
            "client_encoding": "utf8",
        }
        return self.sql.create_engine(url, pool_pre_ping=True, connect_args=settings)

    def reading(self) -> Any:
        """Return a connection that begins no transaction."""
        return self.engine.execution_options(isolation_level="AUTOCOMMIT").connect()

    def describe(self) -> tuple[Any, Any, Any]:
        """Return the tables of entries, files and figures."""
        sql, tables = self.sql, self.tables
        key = sql.Column("entry", sql.Text, primary_key=True)
        entries = sql.Table(
            "entry",
            tables,
            key,
            sql.Column("folder", sql.Text, nullable=False),
            sql.Column("city", sql.Text, nullable=False),
            sql.Column("figures", sql.BigInteger, nullable=False),
            sql.Column("made", sql.DateTime(timezone=True), server_default=sql.func.now()),
        )
        files = sql.Table(
            "file",
            tables,
            sql.Column("entry", sql.ForeignKey(key, ondelete="CASCADE"), primary_key=True),
            sql.Column("name", sql.Text, primary_key=True),
            sql.Column("content", sql.LargeBinary, nullable=False),
        )
        kinds = dict.fromkeys(LONG_COLUMNS, sql.Text)
        kinds |= dict.fromkeys(NUMBERS, sql.Double) | {"date": sql.Date, ROW: sql.BigInteger}
        figures = sql.Table(
            "figure",
            tables,
            sql.Column("entry", sql.Text, primary_key=True),
            sql.Column(AT, sql.BigInteger, primary_key=True, autoincrement=False),
            *(sql.Column(name, kind) for name, kind in kinds.items()),
            sql.Index("figure_of_map", "indicator_id", "level", "date"),
            postgresql_partition_by="LIST (entry)",
        )
        return entries, files, figures

    def write(self, key: str, named: Mapping[str, Any], figures: SomeRows, files: Files) -> None:
        """Write an entry in one transaction."""
        sql, part = self.sql, f"{SCHEMA}.figure_{key}"
        with self.connected(reading=False) as connection:
            connection.execute(sql.select(sql.func.pg_advisory_xact_lock(_LOCK)))
            connection.execute(sql.schema.CreateSchema(SCHEMA, if_not_exists=True))
            self.tables.create_all(connection)
            if self.holds(connection, key):
                return
            connection.execute(sql.insert(self.entries), named)
            connection.execute(sql.insert(self.files), files)
            # Attached when it is full, so that nobody who reads others has to wait.
            connection.execute(sql.DDL(f"CREATE TABLE {part} (LIKE {SCHEMA}.figure INCLUDING ALL)"))
            _load(connection, part, key, figures)
            attached = f"ATTACH PARTITION {part} FOR VALUES IN ('{key}')"
            connection.execute(sql.DDL(f"ALTER TABLE {SCHEMA}.figure {attached}"))

    def remove(self, connection: Any, key: str) -> None:
        """Remove an entry, its files and its partition."""
        connection.execute(self.sql.delete(self.entries).where(self.entries.c.entry == key))
        connection.execute(self.sql.DDL(f"DROP TABLE {SCHEMA}.figure_{key}"))


def _load(connection: Any, table: str, key: str, figures: SomeRows) -> None:
    """Copy figures into a table; an empty text stays one, and what is missing is NULL."""
    import pyarrow as pa
    from pyarrow import csv

    written = csv.WriteOptions(include_header=False, quoting_style="all_valid")
    names = ", ".join(f'"{name}"' for name in (AT, *COLUMNS))
    cursor = connection.connection.driver_connection.cursor()
    with cursor.copy(f"COPY {table} ({names}) FROM STDIN (FORMAT csv)") as copy:
        start = 0
        for rows in figures(_LOADED):
            rows.insert(0, AT, range(start, start + len(rows)))
            start += len(rows)
            content = pa.Table.from_pandas(rows.assign(entry=key), preserve_index=False)
            at = content.schema.get_field_index("date")
            days = content.column(at).cast(pa.date32())
            out = io.BytesIO()
            csv.write_csv(content.set_column(at, "date", days), out, written)
            copy.write(out.getvalue())
