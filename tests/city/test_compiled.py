"""A city opened from the store is the city that was loaded, or it is loaded anew."""

from __future__ import annotations

import dataclasses
import errno
import logging
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from pandas.testing import assert_frame_equal

from inteso_dash import folders
from inteso_dash.boundaries import layers, payload
from inteso_dash.boundaries.orientation import read_orientation
from inteso_dash.catalogue import read_catalogue
from inteso_dash.city import City, aggregation, compiled, drawn, entry, load_city
from inteso_dash.city.compiled import compile_city, open_city, opened
from inteso_dash.city.entry import KeptFigures
from inteso_dash.city.lookup import CELL, Wanted
from inteso_dash.city.pieces import Pieces, _hash
from inteso_dash.files.text import labelled
from inteso_dash.folders import STORE_VARIABLE, boundaries_folder
from inteso_dash.pages.daten.reports import comparison
from inteso_dash.pages.karte.begin import news
from inteso_dash.pages.stadtteilprofil import profile as profiles
from inteso_dash.pages.veraenderung.divisions.carrying import dates_of
from inteso_dash.tables import sources
from inteso_dash.tables.coded import coded
from inteso_dash.tables.sources import read_city
from inteso_dash.tables.sources.frames import Figures
from inteso_dash.tables.sources.kept import KeptTables
from inteso_dash.tables.sources.tables import OpenTable
from tests.paths import ROOT
from tests.remembered import forget
from tests.towns import made_up_divisions, made_up_years
from tests.towns.made_up_town import SOURCE, reseal, write_table

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


PLACE = folders.place_of


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of its own for every test, which knows folders by their place."""
    monkeypatch.setattr(folders, "place_of", PLACE)
    forget(monkeypatch)
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
    assert_frame_equal(one.counts, other.counts, check_exact=True)
    for asked in asked_at_random(other):
        assert_frame_equal(one.rows(**asked), other.rows(**asked), check_exact=True)
    assert one.newest == other.newest
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
                for indicator_id in (indicator.id, None):
                    here = (level.id, day, indicator_id)
                    assert one.division(*here) == other.division(*here)


def asked_at_random(city: City, many: int = 12) -> Iterator[dict[str, Wanted]]:
    """Yield questions about rows: of each column one value, several, none, or whatever it has."""
    drawn = random.Random(7)  # noqa: S311
    columns = {
        name: [*city.figures[name].unique()] for name in ("level", "indicator_id", "division")
    }
    for _ in range(many):
        asked: dict[str, Wanted] = {
            name: drawn.choice([drawn.choice(known), drawn.sample(known, 2 % len(known)), known])
            for name, known in columns.items()
            if drawn.random() < 0.6
        }
        if drawn.random() < 0.5:
            asked["date"] = drawn.choice([*city.figures["date"]]).date()
        yield asked


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


def test_pages_unpack_no_more_than_they_show(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_TOGETHER", 2)
    monkeypatch.setattr(entry, "_UNPACKED", 4)
    entry_of(town)
    kept, whole = from_store(town), load_city(town)
    assert news(kept) == news(whole) != ()
    assert_frame_equal(comparison(kept), comparison(whole))
    assert dates_of(kept, "quartier", "heute", "quote") == dates_of(
        whole, "quartier", "heute", "quote"
    )
    for _ in range(2):
        for indicator in ("einwohner", "quote"):
            place = ("quartier", indicator, kept.newest)
            assert_frame_equal(kept.values(*place), whole.values(*place), check_exact=True)
    assert "figures" not in vars(kept)


def test_counts_add_up_to_the_long_table(city: City) -> None:
    figures, counts = city.figures, city.counts
    assert counts["rows"].sum() == len(figures)
    assert counts["valued"].sum() == figures["value"].notna().sum()
    one = counts.iloc[len(counts) // 2]
    asked = {name: one[name] for name in ("level", "indicator_id", "date", "division")}
    same_place = city.rows(**asked)
    own = same_place[same_place["source_id"].eq(one["source_id"])]
    own = own[own["status"].eq(one["status"])]
    assert (len(own), own["value"].notna().sum()) == (one["rows"], one["valued"])


def test_an_opened_city_can_be_given_other_figures(town: Path) -> None:
    entry_of(town)
    kept = from_store(town)
    fewer = kept.figures[kept.figures["area_id"] != "Q01"]
    other = dataclasses.replace(kept, figures=fewer)
    assert set(other.known("quartier", "einwohner", kept.newest).index) == {"Q02", "Q03"}
    assert "Q01" in kept.known("quartier", "einwohner", kept.newest)
    assert_frame_equal(other.rows(), fewer)
    assert other.counts["rows"].sum() == len(fewer)


def test_it_is_kept_on_first_opening_for_this_user_alone(town: Path, store: Path) -> None:
    assert opened(town) is None
    same(open_city(town), from_store(town))
    folders = [store, *(path for path in store.rglob("*") if path.is_dir())]
    assert {oct(path.stat().st_mode & 0o777) for path in folders} == {"0o700"}


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


def later_table(town: Path, first: str = "1.100") -> Path:
    """Write a second table of the town, a year later."""
    before = (town / "data/zahlen.yml").read_text("utf-8")
    sidecar = before.split("sha256", 1)[1].split("\n", 1)[1].replace("2020-06-30", "2021-06-30")
    text = f"quartier;einwohner;quote\nQ01;{first};11,0\nQ02;2.900;19,0\nQ03;510;–\nQ04;.;.\n"
    write_table(town / "data", "spaeter", text, sidecar.replace(f"{SOURCE}\n", ""))
    return town / "data/spaeter.csv"


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Gather the Stichtage that are worked out, not taken from what is kept."""
    days: list[str] = []
    completed = aggregation._following

    def noting(figures: pd.DataFrame, *rest: object) -> pd.DataFrame:
        days.extend(f"{day:%Y}" for day in figures["date"].unique())
        return completed(figures, *rest)

    monkeypatch.setattr(aggregation, "_following", noting)
    return days


@pytest.fixture
def read_anew(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Gather the tables of figures that are read, not taken from what is kept."""
    names: list[str] = []
    figures = sources._figures

    def noting(opened: OpenTable, *rest: Any) -> Figures:
        names.append(opened.table.id)
        return figures(opened, *rest)

    monkeypatch.setattr(sources, "_figures", noting)
    return names


def test_a_changed_table_is_read_alone_and_costs_its_own_days(
    town: Path, worked_out: list[str], read_anew: list[str]
) -> None:
    later_table(town)
    entry = entry_of(town)
    pieces = entry.parent / "pieces"
    assert (worked_out, read_anew) == (["2020", "2021"], ["spaeter", "zahlen"])
    assert len([*pieces.iterdir()]) == 4
    worked_out.clear()
    read_anew.clear()
    later_table(town, "1.200")
    city, kept = compile_city(town)
    assert (worked_out, read_anew) == (["2021"], ["spaeter"])
    assert isinstance(kept, Path)
    assert kept != entry
    assert len([*pieces.iterdir()]) == 4
    worked_out.clear()
    fresh = load_city(town)
    assert worked_out == ["2020", "2021"]
    same(city, fresh)
    same(from_store(town), fresh)
    assert fresh.known("quartier", "einwohner", fresh.newest)["Q01"] == 1200
    worked_out.clear()
    indicators = town / "data/indicators.yml"
    indicators.write_text(indicators.read_text("utf-8").replace("decimals: 1", "decimals: 2"))
    same(compile_city(town)[0], load_city(town))
    assert worked_out == ["2020", "2021"] * 2
    read_anew.clear()
    register = town / "data/gebiete.csv"
    register.write_text(register.read_text("utf-8").replace("Quartier 4", "Viertel 4"), "utf-8")
    reseal(town)
    same(compile_city(town)[0], load_city(town))
    assert read_anew == ["spaeter", "zahlen"] * 2


def test_what_other_days_say_changes_no_piece() -> None:
    rows = pd.DataFrame({"area_id": ["02", "01", "02"], "value": [1.0, None, 3.0]})
    more = pd.concat([rows.assign(area_id=["00", "0", "03"]), rows])
    among = coded(more).iloc[3:]
    assert _hash(among) == _hash(coded(rows))
    for other in (rows.assign(area_id=["02", "01", "01"]), rows.assign(value=1.0), rows[::-1]):
        assert _hash(coded(other)) != _hash(among)
    as_objects = [
        pd.DataFrame({"area_id": ["".join(each) for each in ("02", "01")]}, dtype=object)
        for _ in range(2)
    ]
    assert _hash(as_objects[0]) == _hash(as_objects[1]) != _hash(as_objects[0][::-1])


@pytest.mark.parametrize("build", [None, made_up_years.build], ids=["shipped", "years"])
def test_what_is_kept_of_a_table_is_what_was_read(
    build: Callable[[Path], Path] | None, tmp_path: Path
) -> None:
    root = ROOT if build is None else build(tmp_path / "years")
    catalogue = read_catalogue(root)
    kept = KeptTables(Pieces(tmp_path / "pieces", "test"), root, catalogue)
    first, again = (read_city(root, catalogue, kept=kept) for _ in range(2))
    plain = read_city(root, catalogue)
    assert len([*(tmp_path / "pieces").iterdir()]) == len(plain.printed) + sum(
        table.kind == "figures" and table.layout == "wide" for table in catalogue.tables
    )
    for each in (first, again):
        assert_frame_equal(each.figures, plain.figures, check_exact=True)
        assert_frame_equal(each.merged, plain.merged, check_exact=True)
        assert each.findings == plain.findings
        assert list(each.printed) == list(plain.printed)
        for name in plain.printed:
            assert_frame_equal(each.printed[name], plain.printed[name], check_exact=True)


@pytest.mark.slow
def test_days_of_earlier_divisions_are_worked_out_again_with_other_inhabitants(
    tmp_path: Path, worked_out: list[str]
) -> None:
    root = made_up_divisions.write_city(tmp_path / "divisions")
    before, _ = compile_city(root)
    of_earlier = before.figures["division"].ne(before.catalogue.level("sozialraum").current.id)
    divided = before.figures[of_earlier & before.figures["level"].eq("sozialraum")]
    worked_out.clear()
    table = root / "data/erfunden_2017.csv"
    head, first, *rest = table.read_text("utf-8").splitlines()
    cells = dict(zip(head.split(","), first.split(","), strict=True)) | {"bevoelkerung": "77"}
    table.write_text("\n".join([head, ",".join(cells.values()), *rest, ""]), "utf-8")
    reseal(root)
    city, _ = compile_city(root)
    assert sorted(worked_out) == sorted({f"{day:%Y}" for day in divided["date"]})
    assert len(worked_out) < before.figures["date"].nunique()
    assert_frame_equal(city.figures, load_city(root).figures, check_exact=True)


@pytest.mark.parametrize("spoil", ["cut", "changed", "other"])
def test_a_damaged_piece_is_never_trusted(
    spoil: str, town: Path, worked_out: list[str], read_anew: list[str]
) -> None:
    later_table(town)
    first, second = sorted((entry_of(town).parent / "pieces").iterdir())[:2]
    content = first.read_bytes()
    if spoil == "cut":
        first.write_bytes(content[: len(content) // 2])
    elif spoil == "changed":
        first.write_bytes(content.replace(b"Q01", b"Q09") + b" ")
    else:
        first.write_bytes(second.read_bytes())
    (town / "data/notes.txt").touch()
    worked_out.clear()
    read_anew.clear()
    city = open_city(town)
    assert len(worked_out + read_anew) == 1
    same(city, load_city(town))
    assert len([*(second.parent).iterdir()]) == 4


def test_a_table_that_changes_while_the_city_is_open_changes_nothing_there(town: Path) -> None:
    entry_of(town)
    kept, before = from_store(town), load_city(town)
    table = town / "data/zahlen.csv"
    table.write_text(table.read_text("utf-8").replace("1.000", "1.001"), "utf-8")
    reseal(town)
    same(open_city(town), load_city(town))
    same(kept, before)


def test_other_code_makes_it_anew(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry_of(town)
    monkeypatch.setattr(folders, "made_by", lambda: "another version")
    assert opened(town) is None


def test_what_is_kept_is_known_without_reading_it(town: Path) -> None:
    assert not folders.compiled(town)
    folder = entry_of(town)
    assert folders.compiled(town)
    folder.parents[1].chmod(0o777)
    assert not folders.compiled(town), "others may have written it"
    folder.parents[1].chmod(0o700)
    table = town / "data/zahlen.csv"
    table.write_text(table.read_text("utf-8").replace("1.000", "1.001"), "utf-8")
    assert not folders.compiled(town)


def damage(file: Path, spoil: str) -> None:
    """Do to a file what may happen to it."""
    content = file.read_bytes()
    middle = len(content) // 2
    if spoil == "gone":
        file.unlink()
    else:
        rest = b"\xff" + content[middle + 1 :] if spoil == "changed" else b""
        file.write_bytes(content[:middle] + rest)


@pytest.mark.parametrize("spoil", ["cut", "changed", "gone"])
def test_a_damaged_entry_is_never_trusted(
    spoil: str, town: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    whole, folder = load_city(town), entry_of(town)
    shutil.copytree(folder, tmp_path / "held")
    held = {path.name: path.read_bytes() for path in folder.iterdir()}
    for name in sorted(held):
        damage(folder / name, spoil)
        caplog.clear()
        assert opened(town) is None, name
        assert [record.levelno for record in caplog.records] == [logging.WARNING], name
        assert "beschädigt" in caplog.text
        assert not folder.exists(), name
        shutil.copytree(tmp_path / "held", folder)
    damage(folder / name, spoil)
    same(open_city(town), whole)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == held
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

    monkeypatch.setattr(Path, "write_bytes", failing)
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
    assert {path.name for path in entry.parent.iterdir()} == {entry.name, "pieces"}
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


def test_processes_that_start_together_compile_a_city_once(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiling: list[Path] = []

    def counted(root: Path) -> object:
        compiling.append(root)
        return compile_city(root)

    monkeypatch.setattr(compiled, "compile_city", counted)
    with ThreadPoolExecutor(3) as threads:
        cities = list(threads.map(open_city, [town] * 3))
    assert compiling == [town]
    assert {city.data_hash for city in cities} == {cities[0].data_hash}


def test_boundaries_are_tried_and_encoded_once(
    town: Path, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "fetched"))
    entry_of(town)
    whole = load_city(town)
    frames = {key: drawn.placed(whole, layer) for key, layer in whole.layers.items()}
    wanted = payload.geometries(frames, read_orientation(town))
    first = from_store(town)
    assert (first.boundaries, drawn.geometries(first)) == (whole.boundaries, wanted)
    beside = {key: whole.touching(*key) for key in whole.layers}
    assert beside["quartier", "heute"]["Q01"] == ("Q02", "Q03", "Q04")
    drawn.prepare(first)

    with monkeypatch.context() as patch:
        patch.setattr(layers, "read_boundaries", None)
        second = from_store(town)
        assert (second.boundaries, drawn.geometries(second)) == (whole.boundaries, wanted)
        assert {key: second.touching(*key) for key in second.layers} == beside
        assert second.touching("quartier", "gestern") is None

    for path in store.rglob("beside/*"):
        path.write_bytes(path.read_bytes().replace(b"EPSG", b"GSPE"))
    spoilt = from_store(town)
    assert (spoilt.boundaries, drawn.geometries(spoilt)) == (whole.boundaries, wanted)


def test_boundaries_that_the_user_fetches_are_tried_anew(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "fetched"))
    entry_of(town)
    before = from_store(town)
    assert {layer.folder for layer in before.layers.values()} == {town / "geodata"}
    fetched = boundaries_folder(before.catalogue.city.id)
    shutil.copytree(town / "geodata", fetched)
    after = from_store(town)
    assert {layer.folder for layer in after.layers.values()} == {fetched}
    assert after.boundaries == from_store(town).boundaries == load_city(town).boundaries


def test_parts_across_groups_share_an_index_that_holds_no_group() -> None:
    areas = pd.Series([f"{at:06}" for at in range(3000)] * 4)
    table = pd.DataFrame({"area_id": areas, **dict.fromkeys(CELL, 1.0)})

    class InMemory(KeptFigures):
        def read(self, groups: Sequence[int], columns: Sequence[str]) -> pd.DataFrame:
            return pd.concat([table[at * 4000 :][:4000] for at in groups])[list(columns)]

    kept = InMemory(pd.DataFrame(), [4000] * 3)
    parts = [kept.said(at, at + 3000) for at in range(0, 12_000, 3000)]
    for part in parts:
        assert list(part.areas) == areas[:3000].tolist()
        assert part.areas is parts[0].areas
        assert part.frame.columns.tolist() == CELL
    assert kept.said(0, 12_000).areas.tolist() == areas.tolist()
    assert set(kept._areas) == {3000, 12_000}
    assert pa.array(parts[0].areas).get_total_buffer_size() < 3100 * 14
