"""A city opened from the store is the city that was loaded, or it is loaded anew."""

from __future__ import annotations

import dataclasses
import errno
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from inteso_dash.catalogue.folder import STORE_VARIABLE
from inteso_dash.city import City, compiled, load_city
from inteso_dash.city.compiled import compile_city, open_city, opened
from inteso_dash.files.text import labelled
from inteso_dash.pages.stadtteilprofil import profile as profiles
from tests.paths import ROOT
from tests.towns import made_up_years
from tests.towns.made_up_town import reseal

FRAMES = ("register", "figures", "replaced", "sites", "points", "crosswalks", "merged")
REST = (
    "findings",
    "data_hash",
    "secret_days",
    "set_aside",
    "costs",
    "root",
    "withheld",
    "catalogue",
)


PLACE = compiled._place


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of its own for every test, which knows folders by their place."""
    monkeypatch.setattr(compiled, "_place", PLACE)
    folder = tmp_path / "store"
    monkeypatch.setenv(STORE_VARIABLE, str(folder))
    return folder


def entry_of(root: Path) -> Path:
    """Compile a city and return where it is kept."""
    _, kept = compile_city(root)
    assert isinstance(kept, Path)
    return kept


def from_store(root: Path) -> City:
    """Return a city that the store must hold."""
    found = opened(root)
    assert found is not None
    return found


def same(one: City, other: City) -> None:
    """Hold two cities against each other: everything they carry, and how they answer."""
    for name in FRAMES:
        assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)
    for name in REST:
        assert getattr(one, name) == getattr(other, name), name
    assert list(one.printed) == list(other.printed)
    assert list(one.recomputed) == list(other.recomputed)
    for tables, others in ((one.printed, other.printed), (one.recomputed, other.recomputed)):
        for key in tables:
            assert_frame_equal(tables[key], others[key], check_exact=True)  # type: ignore[index]
    for level in one.catalogue.levels:
        for indicator in one.catalogue.indicators:
            assert one.dates(level.id, indicator.id) == other.dates(level.id, indicator.id)
            for day in one.all_dates(level.id, indicator.id):
                place = (level.id, indicator.id, day)
                assert_frame_equal(one.values(*place), other.values(*place), check_exact=True)
                known = len(one.known(*place))
                assert one.known_count(*place) == other.known_count(*place) == known


def profile(city: City, level: str, area: str) -> pd.DataFrame:
    """Return the profile of an area as it is exported."""
    return labelled(profiles.to_rows(profiles.profile(city, level, area), city), city)


def test_the_shipped_city_is_the_same_from_the_store(city: City) -> None:
    entry_of(ROOT)
    kept = from_store(ROOT)
    same(kept, city)
    assert_frame_equal(profile(kept, "stadtbezirk", "06"), profile(city, "stadtbezirk", "06"))


@pytest.mark.parametrize("build", [None, made_up_years.build], ids=["town", "years"])
def test_a_made_up_town_is_the_same_from_the_store(
    build: Callable[[Path], Path] | None, town: Path, tmp_path: Path
) -> None:
    root = town if build is None else build(tmp_path / "years")
    entry_of(root)
    same(from_store(root), load_city(root))


def test_one_map_is_read_alone_and_from_memory(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_TOGETHER", 3)
    entry = entry_of(town)
    kept, whole = from_store(town), load_city(town)
    shutil.rmtree(entry)
    for indicator in ("einwohner", "quote"):
        place = ("quartier", indicator, kept.newest)
        assert_frame_equal(kept.values(*place), whole.values(*place), check_exact=True)
    assert "figures" not in vars(kept)
    same(kept, whole)
    assert "figures" in vars(kept)


def test_an_opened_city_can_be_given_other_figures(town: Path) -> None:
    entry_of(town)
    kept = from_store(town)
    fewer = kept.figures[kept.figures["area_id"] != "Q01"]
    other = dataclasses.replace(kept, figures=fewer)
    assert set(other.known("quartier", "einwohner", kept.newest).index) == {"Q02", "Q03"}
    assert "Q01" in kept.known("quartier", "einwohner", kept.newest)


def test_it_is_kept_on_first_opening_for_this_user_alone(town: Path, store: Path) -> None:
    assert opened(town) is None
    same(open_city(town), from_store(town))
    folders = [store, *(path for path in store.rglob("*") if path.is_dir())]
    assert [oct(path.stat().st_mode & 0o777) for path in folders] == ["0o700"] * 3


def test_a_changed_table_renews_it_and_the_older_entry_goes(town: Path) -> None:
    before = entry_of(town)
    table = town / "data/zahlen.csv"
    table.write_text(table.read_text("utf-8").replace("1.000", "1.001"), "utf-8")
    reseal(town)
    assert opened(town) is None
    same(open_city(town), load_city(town))
    assert not before.exists()
    kept = from_store(town)
    same(kept, load_city(town))
    assert kept.known("quartier", "einwohner", kept.newest)["Q01"] == 1001


def test_other_code_makes_it_anew(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry_of(town)
    monkeypatch.setattr(compiled, "_made_by", lambda: "another version")
    assert opened(town) is None


@pytest.mark.parametrize("spoil", ["cut", "changed", "gone"])
def test_a_damaged_entry_is_never_trusted(
    spoil: str, town: Path, caplog: pytest.LogCaptureFixture
) -> None:
    whole = load_city(town)
    for name in sorted(path.name for path in entry_of(town).iterdir()):
        file = entry_of(town) / name
        content = file.read_bytes()
        if spoil == "cut":
            file.write_bytes(content[: len(content) // 2])
        elif spoil == "changed":
            middle = len(content) // 2
            file.write_bytes(content[:middle] + b"\xff" + content[middle + 1 :])
        else:
            file.unlink()
        caplog.clear()
        same(open_city(town), whole)
        assert [record.levelno for record in caplog.records] == [logging.WARNING], name
        assert "beschädigt" in caplog.text
        same(from_store(town), whole)


def test_a_store_that_cannot_be_written_breaks_nothing(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "file" / "store"))
    same(open_city(town), load_city(town))
    assert isinstance(compile_city(town)[1], OSError)


@pytest.mark.parametrize(
    "error",
    [OSError(errno.ENOSPC, "No space left on device"), ValueError("a table that Parquet lacks")],
    ids=["full", "unwritable"],
)
def test_a_full_disk_breaks_nothing_and_leaves_nothing(
    error: Exception, town: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Path, "write_text", failing)
    same(open_city(town), load_city(town))
    assert [path for path in store.rglob("*") if path.is_file()] == []


def test_what_was_killed_halfway_is_neither_read_nor_kept_forever(town: Path, store: Path) -> None:
    killed = (
        "import os, sys; from pathlib import Path; from inteso_dash.city import compiled\n"
        "Path.rename = lambda *_: os._exit(9)\n"
        "compiled.compile_city(Path(sys.argv[1]))"
    )
    run = subprocess.run([sys.executable, "-c", killed, str(town)], cwd=ROOT, check=False)
    assert run.returncode == 9
    (left,) = store.glob("*/.*")
    assert opened(town) is None
    same(open_city(town), load_city(town))
    assert left.exists()
    os.utime(left, (0, 0))
    (town / "data/notes.txt").touch()
    same(open_city(town), load_city(town))
    assert not left.exists()


def test_a_process_that_was_quicker_is_not_disturbed(town: Path) -> None:
    entry = entry_of(town)
    assert entry_of(town) == entry
    assert [path.name for path in entry.parent.iterdir()] == [entry.name]
    same(from_store(town), load_city(town))


def test_what_is_not_public_is_never_kept(town: Path, store: Path) -> None:
    entry_of(town)
    for sidecar in (town / "data").glob("*.yml"):
        text = sidecar.read_text("utf-8")
        sidecar.write_text(text.replace("public: true", "public: false"), "utf-8")
    same(open_city(town), load_city(town))
    assert opened(town) is None
    assert [path for path in store.rglob("*") if path.is_file()] == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_store_that_others_may_write_to_is_not_used(town: Path, store: Path) -> None:
    entry_of(town)
    store.chmod(0o777)
    assert opened(town) is None
    same(open_city(town), load_city(town))
    assert isinstance(compile_city(town)[1], PermissionError)
