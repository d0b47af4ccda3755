"""Long tables, tables with a column a year, and the application's own files, taken over."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from inteso_dash.catalogue import read_catalogue
from inteso_dash.city import load_city
from inteso_dash.cli import main
from inteso_dash.files.text import Dialect, labelled, to_csv
from inteso_dash.intake import checking
from inteso_dash.intake.delivery.draft import Answers, draft
from inteso_dash.intake.delivery.folder import stamp, surroundings
from inteso_dash.intake.delivery.tidy import Surroundings
from inteso_dash.intake.recognise import check_file
from inteso_dash.intake.recognise.questions import Layout
from inteso_dash.intake.recognise.shape import shape
from inteso_dash.language.findings import Severity
from inteso_dash.language.statuses import Status
from inteso_dash.tables.reading import read_raw_bytes
from inteso_dash.tables.sources import read_city
from tests.intake.test_import import NOW, take, value
from tests.towns.killed_import import tree
from tests.towns.made_up_small_city import understood
from tests.towns.made_up_town import write_town

END_21, END_22 = dt.date(2021, 12, 31), dt.date(2022, 12, 31)
QUARTERS = ("Q01", "Q02", "Q03", "Q04")
LONG = "Gebietsschlüssel;Merkmal;Stichtag;Wert;Einheit;Status\n" + "".join(
    f"{area};{name};{day};{number};{unit};\n"
    for day, plus in (("31.12.2021", 0), ("31.12.2022", 100))
    for area, base in zip(QUARTERS, (1_100, 3_100, 600, 450), strict=True)
    for name, number, unit in (
        ("Einwohner", base + plus, "Personen"),
        ("Musterquote", f"{base / 100:.1f}".replace(".", ","), "%"),
    )
)
FLAT = (
    "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;"
    "1_variable_label;1_variable_attribute_code;1_variable_attribute_label;2_variable_code;"
    "2_variable_label;2_variable_attribute_code;2_variable_attribute_label;value;value_unit;"
    "value_variable_code;value_variable_label\n"
) + "".join(
    f"12411;Fortschreibung;STAG;Stichtag;{time};QUART;Quartiere;{area};Quartier {area[-1]};GES;"
    f"Geschlecht;{code};{sex};{number};Anzahl;BEVSTD;Einwohner\n"
    for time in ("2021-12-31", "2022-12-31")
    for area, total in zip(QUARTERS, (1_100, 3_100, 600, 450), strict=True)
    for code, sex, number in (
        ("", "Insgesamt", total + int(time[3])),
        ("GESM", "männlich", total // 2),
        ("GESW", "weiblich", total - total // 2),
    )
)
YEARS = (
    "Einwohner nach Quartieren, jeweils 31.12.\nNr.;Name;2021;2022\n"
    "Q01;Quartier 1;1.100;1.200\nQ02;Quartier 2;3.100;3.200\n"
    "Q03;Quartier 3;600;.\nQ04;Quartier 4;450;550\nMusterstadt insgesamt;;5.250;\n"
)


def test_a_long_table_with_several_days_becomes_one_table(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(town, text=LONG) == 0
    assert "16 Zahlen als quartier_2021-12-31_2022-12-31" in capsys.readouterr().out
    city = load_city(town)
    assert city.dates("quartier", "einwohner")[-2:] == (END_21, END_22)
    assert (value(city, "Q02", END_21), value(city, "Q02", END_22)) == (3_100, 3_200)
    assert value(city, "Q03", END_22, "quote") == 6.0
    assert not [each for each in checking.check(town) if each.severity is Severity.ERROR]


def test_of_a_flat_file_of_destatis_the_totals_are_taken_and_it_is_said(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(town, text=FLAT) == 0
    out = capsys.readouterr().out
    assert "nur die 8 Zeilen mit „Insgesamt“ in „2_variable_attribute_label“; 16 andere" in out
    assert "Nicht übernommen, weil kein Indikator" not in out
    assert value(load_city(town), "Q01", END_22) == 1_102
    other = ["--where", "2_variable_attribute_label=weiblich", "--revision"]
    assert take(town, *other, text=FLAT) == 0
    assert value(load_city(town), "Q01", END_22) == 550


def test_columns_of_years_are_days_of_the_indicator_that_the_title_names(town: Path) -> None:
    assert take(town, text=YEARS) == 0
    city = load_city(town)
    assert (value(city, "Q04", END_21), value(city, "Q04", END_22)) == (450, 550)
    cell = city.cell("quartier", "Q03", "einwohner", END_22)
    assert cell is not None
    assert cell["status"] == Status.SUPPRESSED
    assert city.reference("einwohner", END_21) == 5_250


def test_rows_of_indicators_and_columns_of_years(town: Path) -> None:
    text = "Quartier;Indikator;31.12.2021;31.12.2022\n" + "".join(
        f"{area};{name};{at + 10};{at + 20}\n"
        for at, area in enumerate(QUARTERS)
        for name in ("Einwohner", "Musterquote")
    )
    assert take(town, "--source", "public=true", text=text) == 0
    city = load_city(town)
    assert [value(city, "Q03", END_22, each) for each in ("einwohner", "quote")] == [22, 22]


@pytest.mark.parametrize(
    ("text", "asked", "flags"),
    [
        (
            YEARS.replace(", jeweils 31.12.", ""),
            "Ergänzen Sie: --day 31.12.",
            ["--day", "31. Dezember"],
        ),
        (
            FLAT.replace("Insgesamt", "m und w"),
            "sie unterscheiden sich in „2_variable_attribute_code“. Welche Zeilen",
            ["--where", "2_variable_attribute_label=m und w"],
        ),
        (
            LONG.replace("Merkmal", "Was")
            .replace("Stichtag", "Wann")
            .replace("Wert", "Zahl")
            .replace("31.12.", "am 31. 12. ")
            .replace("Einwohner", "Leute")
            .replace("Musterquote", "Rate"),
            "Welche Spalte nennt das Merkmal oder den Stichtag",
            [
                "--roles",
                "merkmal=Was",
                "wert=Zahl",
                "stichtag=Wann",
                "--columns",
                "Leute=einwohner",
                "Rate=quote",
            ],
        ),
        (
            YEARS.replace("Einwohner nach Quartieren", "Tabelle 7"),
            "Spalten mit Zahlen: Wert.",
            ["--columns", "Wert=einwohner"],
        ),
    ],
)
def test_what_the_layout_does_not_say_is_asked_and_can_be_said(
    town: Path, text: str, asked: str, flags: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(town)
    assert take(town, text=text) == 1
    assert asked in capsys.readouterr().err
    assert tree(town) == before
    assert take(town, *flags, text=text) == 0
    assert END_22 in load_city(town).dates("quartier", "einwohner")


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--roles", "ort=Wert"], "Die Angabe „ort“ gibt es nicht; bekannt: schluessel, merkmal"),
        (["--roles", "wert=W"], "Die Spalte „W“ gibt es nicht; die Datei hat: Gebietsschlüssel"),
        (["--where", "W=1"], "Die Spalte „W“ gibt es nicht"),
        (
            ["--where", "Merkmal=1"],
            "In der Spalte „Merkmal“ steht nirgends „1“, sondern: ",
        ),
    ],
)
def test_wrong_answers_about_the_layout_are_explained(
    town: Path, flags: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(town, *flags, text=LONG) == 1
    assert said in capsys.readouterr().err


def test_findings_name_the_row_of_the_long_file(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = LONG.replace("Q03;Einwohner;31.12.2022;700", "Q03;Einwohner;31.12.2022;viele")
    text += "Q04;Einwohner;31.12.2022;999;Personen;\nQ04;Einwohner;bald;1;Personen;\n"
    text = text.replace("Q01;Musterquote;31.12.2021;11,0;%", "Q01;Musterquote;31.12.2021;11,0;Tsd.")
    assert take(town, text=text) == 1
    out = capsys.readouterr().out
    assert "Zeile 14, Q03: „viele“" in out
    assert "steht für Q04 zweimal da, in Zeile 16 und 18; die erste gilt" in out
    assert "1 Zeilen sind ausgelassen, weil „Stichtag“ nicht zu lesen ist, zuerst Zeile 19" in out
    assert "„Musterquote“ steht in der Datei in „Tsd.“" in out


def test_a_stated_status_counts_and_withholds(town: Path) -> None:
    text = LONG.replace(
        "Q03;Einwohner;31.12.2022;700;Personen;",
        "Q03;Einwohner;31.12.2022;700;Personen;geheim gehalten",
    )
    text = text.replace("1200;Personen;", "1200;Personen;geschätzt")
    assert take(town, "--source", "public=true", text=text) == 0
    states = load_city(town).values("quartier", "einwohner", END_22)["status"]
    assert states.tolist() == ["estimated", "measured", "suppressed", "measured"]
    assert "700" not in next((town / "data").glob("lieferung_*/*.csv")).read_text()


def exported(folder: Path) -> bytes:
    """Everything that the application shows, as its own CSV."""
    city = load_city(folder)
    rows = city.figures.assign(note="")
    return to_csv(labelled(rows, city), Dialect.EXCEL)


def test_its_own_file_says_nothing_new_to_the_folder_it_comes_from(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, before = exported(town), tree(town)
    path = town.parents[1] / "eigene.csv"
    path.write_bytes(content)
    assert main(["import", str(path), "--into", str(town)]) == 0
    assert "Diese Zahlen enthält der Ordner schon" in capsys.readouterr().out
    assert tree(town) == before
    path.write_bytes(content.replace(b";3000;", b";3001;"))
    assert main(["import", str(path), "--into", str(town), "--despite-errors"]) == 1
    assert "1 davon mit anderem Wert" in capsys.readouterr().err


def test_its_own_file_says_nothing_new_with_days_as_a_spreadsheet_writes_them(town: Path) -> None:
    short = re.sub(rb";(\d\d\.\d\d\.)20(\d\d);", rb";\1\2;", exported(town))
    assert short != exported(town)
    assert understood(surroundings(town), short).nothing_new


def test_its_own_file_is_read_into_another_folder_without_loss(town: Path, tmp_path: Path) -> None:
    path = town.parents[1] / "eigene.csv"
    path.write_bytes(exported(town))
    other = tmp_path / "other"
    other.mkdir()
    write_town(other)
    for name in ("zahlen.csv", "zahlen.yml"):
        (other / "data" / name).unlink()
    for yml in (other / "data").glob("*.yml"):
        yml.write_text(yml.read_text("utf-8").replace("id: erfunden", "id: anders"), "utf-8")
    assert main(["import", str(path), "--into", str(other), "--source", "public=true"]) == 0
    there, back = load_city(town), load_city(other)
    columns = ["level", "area_id", "indicator_id", "date", "value", "status"]
    told = [city.figures[columns].sort_values(columns[:4]) for city in (there, back)]
    pd.testing.assert_frame_equal(*(each.reset_index(drop=True) for each in told), atol=0.05)
    source = next(each for each in back.catalogue.sources.values() if each.delivered)
    assert (source.producer, source.licence) == ("Niemand: Testdaten", "keine")


@given(
    some.lists(
        some.dictionaries(
            some.sampled_from(QUARTERS), some.integers(0, 99_999), min_size=3, max_size=4
        ),
        min_size=2,
        max_size=2,
    ),
    some.booleans(),
    some.randoms(use_true_random=False),
)
def test_long_rows_in_any_order_say_what_they_say(
    tmp_path_factory: pytest.TempPathFactory,
    tables: list[dict[str, int]],
    named: bool,
    shuffle: object,
) -> None:
    folder = tmp_path_factory.getbasetemp() / "shapes"
    if not folder.exists():
        folder.mkdir()
        write_town(folder)
    catalogue = read_catalogue(folder)
    areas = Surroundings(catalogue, read_city(folder, catalogue).register, pd.DataFrame())
    rows = [
        [area, "Einwohner", f"{day:%d.%m.%Y}", str(number)]
        for day, table in zip((END_21, END_22), tables, strict=True)
        for area, number in table.items()
    ]
    shuffle.shuffle(rows)  # type: ignore[attr-defined]
    head = ["Gebiet", "Merkmal" if named else "Sache", "Stichtag", "Wert"]
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([head, *rows])
    found = shape(
        read_raw_bytes(out.getvalue().encode(), "l.csv"), catalogue, areas.areas, Layout()
    )
    assert not found.questions
    read = {
        part.date: {row.cells[0]: int(str(row.cells[-1])) for row in part.raw.rows}
        for part in found.parts
    }
    assert read == dict(zip((END_21, END_22), tables, strict=True))


def test_a_long_table_is_drawn_once_a_stichtag(town: Path) -> None:
    city = surroundings(town)
    made = stamp(city.catalogue, NOW)
    found = draft(LONG.encode(), "l.csv", city, Answers(), made)
    assert [part.date for part in found.parts] == [END_21, END_22]
    assert found.date == END_22
    assert found.shape is not None
    assert found.shape.roles["merkmal"] == "Merkmal"


def test_findings_name_the_part_that_they_are_about(
    town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Quartier;Jahr;Einwohner\n" + "".join(
        f"{area};{year};{'viele' if (area, year) == ('Q02', 2022) else 500 + at}\n"
        for year in (2021, 2022)
        for at, area in enumerate(QUARTERS)
    )
    assert take(town, "--day", "31.12.", text=text) == 1
    out = capsys.readouterr().out
    assert "31.12.2022: „Einwohner“ enthält Zellen, die keine Zahl" in out
    assert "Zeile 7, Q02: „viele“" in out
    assert out.count("Gelesen als 4 Gebiete") == 1
    path = tmp_path / "lang.csv"
    path.write_text(LONG, "utf-8")
    found = check_file(path, read_catalogue(town), surroundings(town).register)
    assert [each.rule for each in found] == ["recognised"]
