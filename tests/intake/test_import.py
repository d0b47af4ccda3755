"""`inteso-dash import`: what it takes over, what it asks, and that it is all or nothing."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
import yaml
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from inteso_dash.catalogue.tables import TO_FILL_IN
from inteso_dash.city import City, load_city
from inteso_dash.cli import main
from inteso_dash.folders import DATA_VARIABLE
from inteso_dash.intake import checking
from inteso_dash.intake.delivery.draft import Answers, draft
from inteso_dash.intake.delivery.folder import stamp, surroundings
from inteso_dash.language.findings import Severity
from inteso_dash.tables.sources import Delivery
from tests.paths import FRAME, ROOT
from tests.paths import page as script
from tests.towns.killed_import import tree
from tests.towns.made_up_town import SOURCE, write_table, write_town
from tests.tries import tried

DAY = dt.date(2022, 12, 31)
NOW = dt.datetime(2026, 1, 2, 3, 4, 5)  # noqa: DTZ001
DELIVERED = (
    "Quartier;Einwohner;Musterquote;Hunde\n"
    "Q01;1.100;10,5;3\nQ02;3.100;.;4\nQ03;600;–;5\nQ04;50;20,0;6\n"
    "Musterstadt insgesamt;4.850;;18\n"
    "Stand: 31.12.2022\n"
)


def file(town: Path, text: str = DELIVERED, name: str = "lieferung.csv") -> Path:
    """Write a delivered file, outside the town's folder."""
    path = town.parents[1] / name
    path.write_bytes(text.encode("cp1252"))
    return path


def take(town: Path, *flags: str, text: str = DELIVERED, name: str = "lieferung.csv") -> int:
    """Import a file."""
    return main(["import", str(file(town, text, name)), "--into", str(town), *flags])


def public(delivery: Delivery) -> Delivery:
    """Declare a delivery's sources public, so that no figure is kept secret."""
    sources = tuple(each.model_copy(update={"public": True}) for each in delivery.table.sources)
    return replace(delivery, table=delivery.table.model_copy(update={"sources": sources}))


def value(city: City, area: str, date: dt.date = DAY, indicator: str = "einwohner") -> float:
    """What a quarter has at a date."""
    cell = city.cell("quartier", area, indicator, date)
    assert cell is not None
    return float(cell["value"])


def test_a_table_becomes_a_tidy_one_with_a_sidecar_to_fill_in(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(town) == 0
    said = capsys.readouterr().out
    assert "9 Zahlen als quartier_2022-12-31" in said
    assert "Nicht übernommen, weil kein Indikator: Hunde" in said
    (delivery,) = (town / "data").glob("lieferung_*")
    rows = list(csv.DictReader((delivery / "quartier_2022-12-31.csv").read_text().splitlines()))
    told = {(row["area_id"], row["indicator_id"]): row["value"] for row in rows}
    assert told["Q01", "einwohner"] == "1100"
    assert (told["Q02", "quote"], told["Q03", "quote"]) == (".", "–")
    assert told["K1", "einwohner"] == "4850"
    text = (delivery / "quartier_2022-12-31.yml").read_text()
    assert text.startswith("# Bitte ergänzen")
    declared = yaml.safe_load(text)
    assert declared["sources"][0]["licence"] == TO_FILL_IN
    assert declared["sources"][0]["public"] is False
    assert "SHA-256" in declared["note"]


def test_what_was_imported_is_read_with_its_statuses(town: Path) -> None:
    assert take(town, "--source", "producer=Amt", "licence=dl-de/zero-2-0") == 0
    city = load_city(town)
    assert city.dates("quartier", "einwohner")[-1] == DAY
    states = city.values("quartier", "quote", DAY)["status"]
    assert states.tolist() == ["measured", "suppressed", "zero", "measured"]
    assert city.reference("einwohner", DAY) == 4_850
    assert "Amt: " in city.source_titles("lieferung_quartier_2022-12-31")
    findings = checking.check(town)
    assert not [each for each in findings if each.severity is Severity.ERROR]
    assert not [each for each in findings if each.rule == "to_fill_in"]


def test_what_is_still_to_be_filled_in_is_reported(town: Path) -> None:
    assert take(town) == 0
    (found,) = [each for each in checking.check(town) if each.rule == "to_fill_in"]
    assert found.file == "lieferung_" + found.file.partition("_")[2]
    assert "producer, licence" in found.message


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (DELIVERED.replace("Stand: 31.12.2022\n", ""), "--date"),
        (DELIVERED.replace("31.12.2022", "31.12.2022, Stichtag 30.06.2022"), "--date"),
        (DELIVERED.replace("Einwohner;Musterquote", "A;B"), "--columns"),
        ("Gebiet;Einwohner\nNord;5\nSüd;6\n", "--level"),
    ],
)
def test_what_cannot_be_recognised_is_asked_by_naming_the_flag(
    town: Path, text: str, asked: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(town)
    assert take(town, text=text) == 1
    assert asked in capsys.readouterr().err
    assert tree(town) == before


def with_two_divisions(town: Path) -> None:
    """Give the quarters a second division with the same keys, from 2023 on."""
    catalogue = town / "data" / "catalogue.yml"
    text = catalogue.read_text("utf-8").replace(
        "divisions: [{id: heute, areas: 4}]",
        "divisions: [{id: heute, areas: 4, valid_until: 2022-12-31}, "
        "{id: morgen, areas: 4, valid_from: 2023-01-01, valid_until: 2024-12-31}]",
    )
    catalogue.write_text(text, "utf-8")
    register = (town / "data" / "gebiete.csv").read_text("utf-8")
    quarters = [line for line in register.splitlines() if line.startswith("quartier")]
    more = "".join(line.replace("heute", "morgen") + "\n" for line in quarters)
    write_table(town / "data", "gebiete", register + more, f"kind: register\nrows: 9\n{SOURCE}\n")


def test_of_divisions_with_the_same_keys_the_one_of_the_date_is_meant(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_two_divisions(town)
    assert take(town) == 0
    assert take(town, text=DELIVERED.replace("2022", "2023")) == 0
    city = load_city(town)
    assert city.division("quartier", DAY) == "heute"
    assert city.division("quartier", dt.date(2023, 12, 31)) == "morgen"
    capsys.readouterr()
    assert take(town, text=DELIVERED.replace("2022", "2030")) == 1
    assert "Ergänzen Sie: --division" in capsys.readouterr().err
    assert take(town, "--division", "morgen", text=DELIVERED.replace("2022", "2030")) == 0


def test_flags_answer_what_is_asked(town: Path) -> None:
    text = "Quartier;A;B\nQ01;11;2\nQ02;13;4\nQ03;15;6\nQ04;17;8\n"
    flags = ["--date", "30.06.2023", "--columns", "A=einwohner", "--level", "quartier"]
    assert take(town, *flags, "--division", "heute", text=text) == 0
    assert value(load_city(town), "Q03", dt.date(2023, 6, 30)) == 15


def test_small_numbers_are_secret_until_the_source_is_public(town: Path) -> None:
    text = DELIVERED.replace("Q04;50;20,0", "Q04;3;20,0").replace("4.850", "4.803")
    assert take(town, text=text) == 0
    cell = load_city(town).cell("quartier", "Q04", "einwohner", DAY)
    assert cell is not None
    assert cell["status"] == "suppressed"
    shutil.rmtree(next((town / "data").glob("lieferung_*")))
    assert take(town, "--source", "public=true", text=text) == 0
    assert value(load_city(town), "Q04") == 3


def test_a_column_can_be_left_out(town: Path) -> None:
    assert take(town, "--columns", "Musterquote=") == 0
    assert DAY not in load_city(town).dates("quartier", "quote")


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--level", "kiez"], "„kiez“ gibt es nicht; bekannt sind: gemeinde und quartier."),
        (["--division", "1900"], "Die Gliederung „1900“ gibt es nicht"),
        (["--columns", "X=einwohner"], "Die Spalte „X“ gibt es nicht; die Datei hat: Quartier"),
        (["--columns", "Hunde=einwoner"], "Meinten Sie: einwohner"),
        (["--source", "lizenz=x"], "bekannt sind title, producer"),
        (["--source", "public=ja"], "public: true oder false"),
    ],
)
def test_wrong_answers_are_explained(
    town: Path, flags: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(town, *flags) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "eine leere Datei"),
        (b"\x00\x01\x02", "Bytes, die kein Text sind"),
        (b"PK\x03\x04broken", "ein unlesbares Archiv"),
    ],
)
def test_files_that_cannot_be_read_change_nothing(
    town: Path, content: bytes, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before, path = tree(town), file(town)
    path.write_bytes(content)
    assert main(["import", str(path), str(path), "--into", str(town)]) == 1
    assert said in "".join(capsys.readouterr())
    assert tree(town) == before


def test_errors_of_the_checks_stop_the_import_unless_told(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = DELIVERED.replace("Q04;50;20,0;6\n", "").replace("3.100", "viele")
    before = tree(town)
    assert take(town, text=text) == 1
    said = capsys.readouterr()
    assert "Das Gebiet Q04" in said.out
    assert "3 Fehler gefunden" in said.err
    assert tree(town) == before
    assert take(town, "--despite-errors", text=text) == 0
    city = load_city(town)
    assert city.values("quartier", "einwohner", DAY)["status"].tolist() == [
        "measured",
        "not_delivered",
        "measured",
        "not_delivered",
    ]
    assert city.reference("einwohner", DAY) is None, "the file's total is not the city's"


def test_several_files_come_together_or_not_at_all(town: Path) -> None:
    first = file(town, name="eins.csv")
    later = DELIVERED.replace("2022", "2023")
    second = file(town, later.replace("Q01", "Q1"), name="zwei.csv")
    before = tree(town)
    assert main(["import", str(first), str(second), "--into", str(town)]) == 1
    assert tree(town) == before
    file(town, later, name="zwei.csv")
    assert main(["import", str(first), str(second), "--into", str(town)]) == 0
    dates = load_city(town).dates("quartier", "einwohner")
    assert dates[-2:] == (DAY, dt.date(2023, 12, 31))
    assert len(list((town / "data").glob("lieferung_*"))) == 1


def test_the_same_figure_twice_in_one_import_is_refused(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = file(town, name="eins.csv"), file(town, name="zwei.csv")
    assert main(["import", str(first), str(second), "--into", str(town)]) == 1
    assert "Zahlen stehen in mehreren der Dateien" in capsys.readouterr().err


def test_the_same_delivery_again_changes_nothing(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(town) == 0
    before = tree(town)
    capsys.readouterr()
    assert take(town) == 0
    assert "Diese Zahlen enthält der Ordner schon" in capsys.readouterr().out
    assert tree(town) == before


def test_other_figures_for_the_same_key_need_a_flag_and_keep_both(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    revised = DELIVERED.replace("1.100", "1.090").replace("4.850", "4.840")
    assert take(town) == 0
    before = tree(town)
    assert take(town, text=revised) == 1
    said = capsys.readouterr().err
    assert "2 davon mit anderem Wert" in said
    assert "einwohner für Q01 am 31.12.2022: bisher 1100, jetzt 1090" in said
    assert "--revision" in said
    assert tree(town) == before
    assert take(town, "--revision", text=revised) == 0
    city = load_city(town)
    assert value(city, "Q01") == 1_090
    cell = city.cell("quartier", "Q01", "einwohner", DAY)
    assert cell is not None
    assert cell["note"].startswith("Berichtigter Wert; zuvor 1.100 (")
    older = city.replaced[city.replaced["area_id"] == "Q01"]
    assert older["value"].tolist() == [1_100, 10.5]
    assert set(older["source_id"]) == {"lieferung_quartier_2022-12-31"}
    assert set(older["replaced_by"]) == {"lieferung_quartier_2022-12-31_2"}


def test_a_third_delivery_compares_with_the_second(town: Path) -> None:
    for people in ("1.100", "1.090", "1.080"):
        assert take(town, "--revision", text=DELIVERED.replace("1.100", people)) == 0
    city = load_city(town)
    assert value(city, "Q01") == 1_080
    assert take(town, text=DELIVERED.replace("1.100", "1.080")) == 0
    assert take(town, text=DELIVERED) == 1


def test_killing_the_import_leaves_the_folder_as_it_was(town: Path) -> None:
    path = file(town)
    script = ROOT / "tests" / "towns" / "killed_import.py"
    done = subprocess.run(
        [sys.executable, str(script), str(town), str(path)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    *moments, last = json.loads(done.stdout)
    assert len(moments) >= 8
    assert any(moment["left"] for moment in moments)
    for moment in moments:
        assert moment["killed"]
        assert moment["unchanged"]
    assert last["tables"] == 1
    assert take(town) == 0
    assert [each.name for each in town.parent.iterdir()] == ["town"]
    assert value(load_city(town), "Q01") == 1_100


def test_a_folder_that_cannot_be_written_says_so(
    town: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    before = tree(town)
    monkeypatch.setattr(os, "fsync", full)
    assert take(town) == 1
    assert "No space left" in capsys.readouterr().err
    assert tree(town) == before
    assert [each.name for each in town.parent.iterdir()] == ["town"]


def test_a_folder_without_data_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "l.csv"
    path.write_text(DELIVERED)
    assert main(["import", str(path), "--into", str(tmp_path)]) == 1
    assert "kein Datenordner" in capsys.readouterr().err


numbers = some.one_of(
    some.integers(0, 10**7).map(str),
    some.integers(0, 10**6).map(lambda n: f"{n:,}".replace(",", ".")),
    some.floats(0, 100).map(lambda x: f"{x:.1f}".replace(".", ",")),
    some.floats(0, 100).map(lambda x: f"{x:.3f}".replace(".", ",")),
    some.sampled_from(["–", ".", "x", "…", "", "12 s", "(7)", "7 r"]),
)


@pytest.fixture(scope="module")
def quiet_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up town that no test changes."""
    root = tmp_path_factory.mktemp("town")
    write_town(root)
    return root


@tried(0.4)
@given(some.lists(some.tuples(numbers, numbers), min_size=4, max_size=4))
def test_what_is_written_reads_back_as_it_was_recognised(
    quiet_town: Path, cells: list[tuple[str, str]]
) -> None:
    root = quiet_town
    rows = [f"Q0{at};{first};{second}\n" for at, (first, second) in enumerate(cells, start=1)]
    text = "Quartier;Einwohner;Musterquote\n" + "".join(rows) + "Stand: 31.12.2022\n"
    city = surroundings(root)
    made = stamp(city.catalogue, NOW)
    found = draft(text.encode(), "l.csv", city, Answers(), made)
    assert found.delivery is not None
    assert found.recognised is not None
    loaded = load_city(root, [public(found.delivery)])
    for indicator, by_area in found.recognised.cells.items():
        for area, meant in by_area.items():
            cell = loaded.cell("quartier", area, indicator, DAY)
            assert cell is not None
            assert cell["status"] == meant.status
            assert cell["value"] == meant.value or cell["value"] != cell["value"]
            assert (cell["value"] != cell["value"]) == (meant.value != meant.value)


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the shipped folder, in use for one test."""
    root = tmp_path / "stadt"
    for folder in ("data", "geodata"):
        shutil.copytree(ROOT / folder, root / folder)
    monkeypatch.setenv(DATA_VARIABLE, str(root))
    st.cache_resource.clear()
    yield root
    st.cache_resource.clear()


def published_style(root: Path, date: str) -> bytes:
    """Made-up figures as an office would publish them: ; and decimal commas, keys as numbers."""
    with (root / "data" / "sozialraeume_2021.csv").open(encoding="utf-8") as stream:
        areas = [(row["sozialraum"], row["name"]) for row in csv.DictReader(stream)]
    out = io.StringIO()
    out.write(f"Erfundene Zahlen für Düsseldorf, Stand {date}\n\n")
    out.write("Sozialraum;Name;Bevölkerung;Ausländer %\n")
    for at, (key, name) in enumerate(areas):
        people = 1_500 + 10 * at
        cells = ("x", "x") if key == "071009" else (f"{people:,}".replace(",", "."), "20,5")
        out.write(";".join([str(int(key)), name, *cells]) + "\n")
    return out.getvalue().encode("cp1252")


def everything(app: AppTest) -> str:
    """All that a page sends, components included."""
    assert not app.exception, app.exception
    return "\n".join(str(each.proto) for each in app.main).encode().decode("unicode_escape")


def test_a_new_date_can_be_chosen_everywhere(
    shipped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "sozialraeume.csv"
    path.write_bytes(published_style(shipped, "31.12.2023"))
    assert main(["import", str(path), "--into", str(shipped)]) == 0
    app = AppTest.from_file(FRAME, default_timeout=60)
    app.query_params["indikator"] = "Bevölkerung"
    app.query_params["thema"] = "Bevölkerung"
    app.query_params["stichtag"] = "2023-12-31"
    app.run()
    assert not app.exception
    text = "\n".join(str(part.value) for part in [*app.markdown, *app.caption, *app.info])
    assert "Stichtag 31.12.2023." in text
    assert "Erfundene Zahlen" in text
    assert app.query_params["stichtag"] == "2023-12-31"
    assert "31.12.2021" in (sent := everything(app)), "the older Stichtag can still be chosen"
    assert "31.12.2023" in sent
    app.switch_page(script("daten")).run()
    assert not app.exception
    assert any("lieferung" in str(part.value) for part in app.caption)
    city = load_city(shipped)
    assert value_of(city, "011001") == 1_500
    assert city.dates("stadtteil", "bevoelkerung")[-1] == dt.date(2023, 12, 31)

    app.switch_page(script("stadtteilprofil"))
    app.query_params["profilebene"] = "Sozialraum"
    app.query_params["profil"] = "011001"
    sent = everything(app.run())
    for shown in ("1.500", "31.12.2023", "seit 31.12.2021", "Erfundene Zahlen"):
        assert shown in sent, shown
    app.switch_page(script("veraenderung"))
    app.query_params["v_ebene"] = "Sozialräume"
    app.query_params["v_gebiete"] = f"011001 {city.name('sozialraum', '011001')}"
    app.run()
    assert not app.exception
    table = app.dataframe[0].value
    assert {"2021-12-31", "2023-12-31"} <= set(table["Stichtag"].astype(str))
    assert table["Quelle"].ne("").all()
    assert "Erfundene Zahlen" in everything(app)

    capsys.readouterr()
    assert main(["profile", "011001", "--date", "31.12.2023", "--data", str(shipped)]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    own = next(
        row for row in rows if (row["Schlüssel"], row["Kennung"]) == ("011001", "bevoelkerung")
    )
    assert (own["Wert"], own["Stichtag"]) == ("1500", "2023-12-31")
    assert "Erfundene Zahlen" in own["Quelle"]
    assert {row["Stichtag"] for row in rows} == {"2023-12-31"}
    kept = tmp_path / "karte.csv"
    flags = ["bevoelkerung", "--level", "sozialraum", "--date", "31.12.2023"]
    assert main(["export", "map", *flags, "-o", str(kept), "--data", str(shipped)]) == 0
    exported = list(csv.DictReader(kept.read_text("utf-8").splitlines()))
    assert {row["Stichtag"] for row in exported} == {"2023-12-31"}
    assert len(exported) == 171


def value_of(city: City, area: str) -> float:
    """The made-up population of a Sozialraum."""
    cell = city.cell("sozialraum", area, "bevoelkerung", dt.date(2023, 12, 31))
    assert cell is not None
    return float(cell["value"])
