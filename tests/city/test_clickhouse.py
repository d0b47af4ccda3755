"""A city kept in ClickHouse answers as the one that was loaded; its engine runs in this process."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from inteso_dash import folders
from inteso_dash.city import City, entry, load_city
from inteso_dash.city.compiled import compile_city, database, open_city, opened
from inteso_dash.city.database import StoreError, clickhouse
from inteso_dash.city.database.clickhouse import ClickHouse
from inteso_dash.cli import main
from inteso_dash.folders import STORE_VARIABLE
from tests.city.test_compiled import PLACE, same
from tests.city.test_database import alike, forget_databases, from_store, odd_figures, renew
from tests.paths import ROOT

sqlalchemy = pytest.importorskip("sqlalchemy")
pytest.importorskip("clickhouse_connect")
pytest.importorskip("chdb")

TABLES = ("entries", "files", "figures")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of an engine; a process has one."""
    yield f"chdb://{tmp_path_factory.mktemp('clickhouse')}"
    forget_databases()


@pytest.fixture
def store(engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The engine, empty, chosen as store; the pieces lie in a cache of the test."""
    monkeypatch.setattr(folders, "place_of", PLACE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv(STORE_VARIABLE, engine)
    with database(engine).connected(reading=False) as connection:
        connection.exec_driver_sql("DROP DATABASE IF EXISTS inteso_dash SYNC")
    return engine


def entries_in(store: str, name: str) -> int:
    """Count the entries that a table has rows of."""
    table = getattr(database(store), name)
    counted = sqlalchemy.func.count(table.c.entry.distinct())
    with database(store).connected(reading=True) as connection:
        return int(connection.scalar(sqlalchemy.select(counted)))


def test_the_shipped_city_is_the_same(store: str, city: City) -> None:
    _, kept = compile_city(ROOT)
    assert isinstance(kept, ClickHouse)
    found = from_store(ROOT)
    same(found, city)
    alike(found, city)


def test_what_is_hard_to_write_comes_back_the_same(
    store: str, town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inteso_dash.city.database._TOGETHER", 4)
    monkeypatch.setattr(clickhouse, "_LOADED", 5)
    monkeypatch.setattr(entry, "_UNPACKED", 8)
    wanted = odd_figures(load_city(town))
    days = wanted.figures["date"].copy()
    days.iloc[0] = pd.Timestamp("1700-02-28")
    wanted.figures["date"] = days
    database(store).keep("0f" * 16, "odd", wanted)
    found = database(store).opened("0f" * 16, town, wanted.data_hash)
    assert found is not None
    alike(found, wanted)


def test_renewal_leaves_what_servers_show_and_never_shows_what_is_gone(
    store: str, town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inteso_dash.city.database._TOGETHER", 2)
    content = (town / "data/zahlen.csv").read_text("utf-8")
    compile_city(town)
    late = from_store(town)
    for number in ("1.001", "1.002"):
        renew(town, content.replace("1.000", number))
    assert [entries_in(store, name) for name in TABLES] == [2, 2, 2]
    with pytest.raises(
        StoreError, match=r"gefunden 0 Zahlen, erwartet 2 .* starten Sie den Dienst"
    ):
        late.values("quartier", "einwohner", late.newest)


def test_a_load_that_broke_off_is_not_there_and_leaves_nothing(
    store: str, town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = clickhouse._load

    def broken(*given: object) -> None:
        load(*given)
        raise OSError("made up")

    with monkeypatch.context() as breaking:
        breaking.setattr(clickhouse, "_load", broken)
        assert isinstance(compile_city(town)[1], OSError)
    assert opened(town) is None
    assert [entries_in(store, name) for name in TABLES] == [0, 1, 0]
    with database(store).connected(reading=True) as connection:
        left = sqlalchemy.inspect(connection).get_table_names(schema="inteso_dash")
    assert sorted(left) == ["entry", "figure", "file"]
    alike(open_city(town), load_city(town))
    alike(from_store(town), load_city(town))


def test_what_is_not_public_never_lands_there(store: str, town: Path) -> None:
    compile_city(town)
    for sidecar in (town / "data").glob("*.yml"):
        text = sidecar.read_text("utf-8")
        sidecar.write_text(text.replace("public: true", "public: false"), "utf-8")
    assert compile_city(town)[1] is None
    assert [entries_in(store, name) for name in TABLES] == [0, 0, 0]


def test_commands_say_what_is_wrong_with_a_store(
    store: str, town: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = "clickhouse://owner:secret@127.0.0.1:9/default"
    assert main(["build", "--data", str(town), "--store", nobody]) == 2
    said = capsys.readouterr()
    assert "clickhouse://owner:***@127.0.0.1:9/default" in said.err
    assert "secret" not in said.err + said.out
    assert main(["build", "--data", str(town), "--store", "clickhouse://a@b:port"]) == 2
    assert "erwartet wie clickhouse://" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "clickhouse_connect.driver.exceptions", None)
    forget_databases()
    assert main(["build", "--data", str(town), "--store", nobody]) == 2
    assert "pip install 'inteso-dash[clickhouse]'" in capsys.readouterr().err
