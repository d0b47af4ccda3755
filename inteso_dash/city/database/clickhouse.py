"""A store in ClickHouse, whose tables can be spread over many machines.

ClickHouse knows no transactions: figures are written beside the table and put into it as one
partition, and the entry is named last, so that nobody sees half of it. ``chdb:///FOLDER`` is the
same engine within this process, for one process alone.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from inteso_dash.catalogue import LONG_COLUMNS
from inteso_dash.city.database import AT, NUMBERS, SCHEMA, SECONDS, Database, Files
from inteso_dash.city.entry import ROW, SomeRows
from inteso_dash.folders import CLICKHOUSE

_LOADED = 2**19
_SETTINGS = {"index_granularity": 2**10}
_INSIDE = CLICKHOUSE[1]


class ClickHouse(Database):
    """A store in ClickHouse, or in its engine inside of this process."""

    SCHEMES = CLICKHOUSE
    WHAT, EXTRA = "ClickHouse", "clickhouse"
    EXPECTED = "clickhouse://NAME@RECHNER:8123"

    def driver_errors(self) -> tuple[type[Exception], ...]:
        """Return what clickhouse-connect raises."""
        from clickhouse_connect.driver.exceptions import ClickHouseError

        return (ClickHouseError,)

    def connect(self, address: str) -> Any:
        """Return SQLAlchemy's engine of an address."""
        self._inside = address.startswith(_INSIDE) and address
        if self._inside:
            return self.sql.create_engine(
                "clickhousedb+connect://", connect_args={"dsn": address, "interface": "chdb"}
            )
        url = self.sql.make_url(address).set(drivername="clickhousedb+connect")
        settings = {"connect_timeout": SECONDS, "client_name": "inteso-dash"}
        return self.sql.create_engine(url, pool_pre_ping=True, connect_args=settings)

    def __str__(self) -> str:
        return self._inside or super().__str__()

    def describe(self) -> tuple[Any, Any, Any]:
        """Return the tables of entries, files and figures.

        Days are texts (ClickHouse's own begin in 1900), files are written in base 64.
        """
        from clickhouse_connect.cc_sqlalchemy.datatypes import sqltypes as types
        from clickhouse_connect.cc_sqlalchemy.ddl.tableengine import MergeTree

        sql, tables = self.sql, self.tables

        class Packed(sql.TypeDecorator[bytes]):  # type: ignore[misc,name-defined]
            impl, cache_ok = types.String, True

            def process_bind_param(self, value: Any, dialect: Any) -> Any:
                return base64.b64encode(value).decode()

            def process_result_value(self, value: Any, dialect: Any) -> Any:
                return base64.b64decode(value)

        def text(name: str) -> Any:
            return sql.Column(name, types.String)

        entries = sql.Table(
            "entry",
            tables,
            *map(text, ("entry", "folder", "city")),
            sql.Column("figures", types.Int64),
            sql.Column("made", types.DateTime64(6), server_default=sql.text("now64(6)")),
            MergeTree(order_by="entry"),
        )
        files = sql.Table(
            "file",
            tables,
            *map(text, ("entry", "name")),
            sql.Column("content", Packed),
            MergeTree(order_by=("entry", "name"), partition_by="entry"),
        )
        few = types.LowCardinality(types.Nullable(types.String))
        kinds: dict[str, Any] = {**dict.fromkeys(LONG_COLUMNS, few), ROW: types.Int64}
        kinds |= dict.fromkeys(NUMBERS, types.Nullable(types.Float64))
        figures = sql.Table(
            "figure",
            tables,
            text("entry"),
            sql.Column(AT, types.Int64),
            *(sql.Column(name, kind) for name, kind in kinds.items()),
            MergeTree(order_by=("entry", AT), partition_by="entry", settings=_SETTINGS),
        )
        return entries, files, figures

    def write(self, key: str, named: Mapping[str, Any], figures: SomeRows, files: Files) -> None:
        """Write an entry beside the tables, put it into them as a partition, and name it last."""
        with self.connected(reading=False) as connection:
            connection.execute(self.sql.DDL(f"CREATE DATABASE IF NOT EXISTS {SCHEMA}"))
            self.tables.create_all(connection)
            if self.holds(connection, key):
                return
            for table, fill in (
                (self.files, lambda beside: connection.execute(self.sql.insert(beside), files)),
                (self.figures, lambda beside: _load(connection, beside, key, figures)),
            ):
                self._put(connection, table, key, fill)
            connection.execute(self.sql.insert(self.entries), dict(named))

    def _put(self, connection: Any, table: Any, key: str, fill: Callable[[Any], object]) -> None:
        """Fill a table beside another and put it there whole; what others have left beside goes."""
        sql, whole = self.sql, f"{SCHEMA}.{table.name}"
        begins = f"{table.name}_{key}_"
        columns = (sql.column(each.name, each.type) for each in table.columns)
        beside = sql.table(f"{begins}{secrets.token_hex(4)}", *columns, schema=SCHEMA)
        connection.execute(sql.DDL(f"CREATE TABLE {SCHEMA}.{beside.name} AS {whole}"))
        try:
            fill(beside)
            taken = f"REPLACE PARTITION '{key}' FROM {SCHEMA}.{beside.name}"
            connection.execute(sql.DDL(f"ALTER TABLE {whole} {taken}"))
        finally:
            for name in sql.inspect(connection).get_table_names(schema=SCHEMA):
                if name.startswith(begins):
                    connection.execute(sql.DDL(f"DROP TABLE IF EXISTS {SCHEMA}.{name}"))

    def remove(self, connection: Any, key: str) -> None:
        """Remove an entry, then what it names."""
        sql = self.sql
        connection.execute(sql.delete(self.entries).where(self.entries.c.entry == key))
        for table in (self.files, self.figures):
            connection.execute(sql.DDL(f"ALTER TABLE {SCHEMA}.{table.name} DROP PARTITION '{key}'"))


def _load(connection: Any, table: Any, key: str, figures: SomeRows) -> None:
    """Copy figures into a table; an empty text stays one, and what is missing is NULL."""
    import pyarrow as pa

    client = connection.connection.driver_connection.client
    start = 0
    for some in figures(_LOADED):
        rows = some.assign(date=some["date"].dt.strftime("%Y-%m-%d"), entry=key)
        rows.insert(0, AT, range(start, start + len(rows)))
        start += len(rows)
        content = pa.Table.from_pandas(rows, preserve_index=False)
        client.insert_arrow(f"{SCHEMA}.{table.name}", content)
