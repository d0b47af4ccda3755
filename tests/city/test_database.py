"""A city kept in PostgreSQL answers as the one that was loaded: on the primary and on a replica.

The servers are Debian's, started on this machine alone for these tests.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from inteso_dash import folders
from inteso_dash.city import City, compiled, entry, load_city
from inteso_dash.city.compiled import compile_city, database, open_city, opened
from inteso_dash.city.database import Database, StoreError, postgresql
from inteso_dash.cli import main
from inteso_dash.folders import STORE_VARIABLE
from tests.city.test_compiled import PLACE, same
from tests.paths import ROOT
from tests.towns.made_up_town import reseal

pytest.importorskip("sqlalchemy")
pytest.importorskip("psycopg")


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    there = shutil.which("initdb") or (str(found[-1]) if found else None)
    return Path(there).resolve().parent if there else None


PROGRAMS = _programs()
pytestmark = pytest.mark.skipif(PROGRAMS is None, reason="no PostgreSQL found (apt: postgresql)")


@dataclasses.dataclass
class Server:
    """A server on loopback, in a folder of its own."""

    folder: Path
    port: int

    def run(self, program: str, *arguments: object) -> None:
        """Run a program of PostgreSQL, which root may not run."""
        user = "postgres" if os.name == "posix" and os.getuid() == 0 else None
        command = [str(PROGRAMS / program), *map(str, arguments)]  # type: ignore[operator]
        subprocess.run(
            command, check=True, user=user, cwd="/", stdout=subprocess.DEVNULL, timeout=60
        )

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = (
            f"-p {self.port} -k {self.folder.parent} -c listen_addresses=127.0.0.1 -c fsync=off"
        )
        self.run("pg_ctl", "-D", self.folder, "-w", "-s", "-o", settings, "start")

    def stop(self) -> None:
        """Stop it at once."""
        self.run("pg_ctl", "-D", self.folder, "-m", "immediate", "-w", "-s", "stop")

    def address(self, user: str) -> str:
        """Where it is reached."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/postgres"


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[Server, Server]]:
    """A primary and a streaming replica of it, with a role that may only read."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    folder.chmod(0o777)
    primary, replica = (Server(folder / name, _port()) for name in ("primary", "replica"))
    primary.run("initdb", "-D", primary.folder, "-U", "owner", "-A", "trust", "-N", "-E", "UTF8")
    started = []
    try:
        primary.start()
        started.append(primary)
        with database(primary.address("owner")).connected(reading=False) as connection:
            connection.exec_driver_sql("CREATE ROLE reader LOGIN")
        copied = ["-D", replica.folder, "-d", primary.address("owner"), "-R", "-c", "fast", "-N"]
        primary.run("pg_basebackup", *copied)
        replica.start()
        started.append(replica)
        yield primary, replica
    finally:
        forget_databases()
        for each in started:
            each.stop()
        shutil.rmtree(folder, ignore_errors=True)


def forget_databases() -> None:
    """Close the connections to all databases."""
    for each in compiled._DATABASES.values():
        each.close()
    compiled._DATABASES.clear()


def rows_of(server: Server, statement: str) -> list[tuple[object, ...]]:
    """Ask a server."""
    with database(server.address("owner")).connected(reading=True) as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


@pytest.fixture
def primary(
    servers: tuple[Server, Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Server:
    """The primary, empty, chosen as store; the pieces lie in a cache of the test."""
    monkeypatch.setattr(folders, "place_of", PLACE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    server = servers[0]
    with database(server.address("owner")).connected(reading=False) as connection:
        connection.exec_driver_sql("DROP SCHEMA IF EXISTS inteso_dash CASCADE")
    chosen(monkeypatch, server, "owner")
    return server


def chosen(monkeypatch: pytest.MonkeyPatch, server: Server, user: str) -> None:
    """Choose a server as store."""
    monkeypatch.setenv(STORE_VARIABLE, server.address(user))


def allow_reading(server: Server) -> None:
    """Give the reader what docs/operations.md gives it."""
    with database(server.address("owner")).connected(reading=False) as connection:
        connection.exec_driver_sql("GRANT USAGE ON SCHEMA inteso_dash TO reader")
        connection.exec_driver_sql("GRANT SELECT ON ALL TABLES IN SCHEMA inteso_dash TO reader")


def caught_up(primary: Server, replica: Server) -> None:
    """Wait until the replica has what the primary has."""
    [(wanted,)] = rows_of(primary, "SELECT pg_current_wal_lsn()")
    for _ in range(200):
        asked = f"SELECT pg_last_wal_replay_lsn() >= '{wanted}'"
        if rows_of(replica, asked) == [(True,)]:
            return
        time.sleep(0.05)
    raise AssertionError("the replica does not follow")


def from_store(root: Path) -> City:
    """Return a city that the store must hold."""
    found = opened(root)
    assert found is not None
    return found


def alike(one: City, other: City) -> None:
    """Hold the figures of two cities against each other."""
    assert_frame_equal(one.figures, other.figures, check_exact=True)


def test_the_shipped_city_is_the_same_from_primary_and_replica(
    servers: tuple[Server, Server],
    primary: Server,
    city: City,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, kept = compile_city(ROOT)
    assert isinstance(kept, Database)
    same(from_store(ROOT), city)
    allow_reading(primary)
    caught_up(*servers)
    for server in servers:
        chosen(monkeypatch, server, "reader")
        found = from_store(ROOT)
        alike(found, city)
        assert_frame_equal(found.register, city.register, check_exact=True)


ODD = [
    ('say "so"; ä\n\tß', 1e-320),
    ("", -0.0),
    ("NULL", 1.7976931348623157e308),
    ("\\N", 0.1 + 0.2),
    ("'; DROP TABLE figure; --", None),
    ("𝔘nicode \\. %s :name", 123456789.123456789),
]


def renew(town: Path, figures: str) -> None:
    """Give a town other figures; the store holds them once they have been asked for."""
    (town / "data/zahlen.csv").write_text(figures, "utf-8")
    reseal(town)
    assert opened(town) is None
    alike(open_city(town), load_city(town))
    alike(from_store(town), load_city(town))


def odd_figures(whole: City) -> City:
    """Return a city with figures that are hard to write."""
    rows = pd.concat([whole.figures] * 4, ignore_index=True)
    notes, values = zip(*(ODD[at % len(ODD)] for at in range(len(rows))), strict=True)
    days = pd.to_datetime([f"{2000 + at // len(whole.figures)}-02-28" for at in rows.index])
    odd = rows.assign(note=list(notes), value=list(values), date=days.astype("datetime64[ns]"))
    odd = odd.astype(whole.figures.dtypes.to_dict())
    return dataclasses.replace(whole, figures=odd)


def test_what_is_hard_to_write_comes_back_the_same(
    primary: Server, town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inteso_dash.city.database._TOGETHER", 4)
    monkeypatch.setattr("inteso_dash.city.database.postgresql._LOADED", 5)
    monkeypatch.setattr(entry, "_UNPACKED", 8)
    whole = load_city(town)
    wanted = odd_figures(whole)
    database(primary.address("owner")).keep("0f" * 16, "odd", wanted)
    found = database(primary.address("owner")).opened("0f" * 16, town, whole.data_hash)
    assert found is not None
    same(found, wanted)
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "embedded"))
    monkeypatch.setattr(folders, "entry_key", lambda _: "0f" * 16)
    compiled._write_whole(wanted)
    embedded = opened(town)
    assert embedded is not None
    same(found, embedded)


def test_a_reader_reads_and_writes_nothing(
    primary: Server,
    town: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    compile_city(town)
    allow_reading(primary)
    chosen(monkeypatch, primary, "reader")
    same(open_city(town), load_city(town))
    table = town / "data/zahlen.csv"
    table.write_text(table.read_text("utf-8").replace("1.000", "1.001"), "utf-8")
    reseal(town)
    alike(open_city(town), load_city(town))
    assert "permission denied" in caplog.text
    assert "reader@127.0.0.1" in caplog.text
    assert rows_of(primary, "SELECT count(*) FROM inteso_dash.entry") == [(1,)]


def test_renewal_leaves_what_servers_show_and_never_shows_what_is_gone(
    primary: Server, town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inteso_dash.city.database._TOGETHER", 2)
    table = town / "data/zahlen.csv"
    content = table.read_text("utf-8")
    before = load_city(town)
    compile_city(town)
    server, late = from_store(town), from_store(town)
    for number in ("1.001", "1.002"):
        if number == "1.002":
            same(server, before)
        renew(town, content.replace("1.000", number))
    assert rows_of(primary, "SELECT count(*) FROM inteso_dash.entry") == [(2,)]
    parts = "SELECT count(*) FROM pg_inherits WHERE inhparent = 'inteso_dash.figure'::regclass"
    assert rows_of(primary, parts) == [(2,)]
    with pytest.raises(
        StoreError, match=r"gefunden 0 Zahlen, erwartet 2 .* starten Sie den Dienst"
    ):
        late.values("quartier", "einwohner", late.newest)


def test_what_is_not_public_never_lands_there(primary: Server, town: Path) -> None:
    compile_city(town)
    for sidecar in (town / "data").glob("*.yml"):
        text = sidecar.read_text("utf-8")
        sidecar.write_text(text.replace("public: true", "public: false"), "utf-8")
    assert compile_city(town)[1] is None
    alike(open_city(town), load_city(town))
    for name in ("entry", "file", "figure"):
        assert rows_of(primary, f"TABLE inteso_dash.{name}") == []


def test_a_load_that_was_killed_halfway_is_not_there(primary: Server, town: Path) -> None:
    child = os.fork()
    if child == 0:
        compiled._DATABASES.clear()
        load = postgresql._load
        postgresql._load = lambda *given: (load(*given), os._exit(9))
        compile_city(town)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert opened(town) is None
    alike(open_city(town), load_city(town))
    alike(from_store(town), load_city(town))


def test_commands_say_what_is_wrong_with_a_store(
    primary: Server,
    town: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = primary.address("owner")
    assert main(["build", "--data", str(town), "--store", store]) == 0
    assert store in capsys.readouterr().out
    assert main(["build", "--data", str(town), "--store", store]) == 0
    assert "Ist schon abgelegt und unverändert" in capsys.readouterr().out
    nobody = f"postgresql://owner:secret@127.0.0.1:{_port()}/postgres"
    assert main(["build", "--data", str(town), "--store", nobody]) == 2
    said = capsys.readouterr()
    assert "Connection refused" in said.err
    assert "secret" not in said.err + said.out + caplog.text
    assert main(["build", "--data", str(town), "--store", "postgresql://a@b:port/c"]) == 2
    assert "erwartet wie postgresql://" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "psycopg", None)
    forget_databases()
    assert main(["build", "--data", str(town), "--store", store]) == 2
    assert "pip install 'inteso-dash[postgresql]'" in capsys.readouterr().err


def test_a_server_that_stops_leaves_nothing_wrong(
    servers: tuple[Server, Server],
    primary: Server,
    town: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compile_city(town)
    caught_up(*servers)
    chosen(monkeypatch, servers[1], "owner")
    shown = from_store(town)
    servers[1].stop()
    with pytest.raises(StoreError):
        shown.values("quartier", "einwohner", shown.newest)
    alike(open_city(town), load_city(town))
    assert "Die Stadt wird neu geladen" in caplog.text
    servers[1].start()
    same(shown, load_city(town))
