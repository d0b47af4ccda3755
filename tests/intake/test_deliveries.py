"""Delivered files of many shapes, made up: each read to the same figures, or a question."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from inteso_dash.intake.delivery.folder import surroundings
from inteso_dash.intake.delivery.tidy import Surroundings
from inteso_dash.intake.recognise import check_file
from inteso_dash.intake.recognise.days import mentions
from tests.towns.made_up_small_city import (
    BEZIRKE,
    CITY,
    DAY,
    NAMES,
    PEOPLE,
    WHOLE,
    asked,
    errors,
    figures,
    people,
    understood,
    write_small_city,
)
from tests.towns.restamp import restamp

KEYS = tuple(f"0{at}" for at in range(1, 7))
ALL = {key: str(count) for key, count in zip(KEYS, PEOPLE, strict=True)}
LEVELS = ALL | {key: str(count) for key, (_, count) in BEZIRKE.items()} | {CITY: str(WHOLE)}
Rows = list[list[object]]


def written(rows: Rows, delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    """Write rows as delimited text."""
    lines = [delimiter.join("" if cell is None else str(cell) for cell in row) for row in rows]
    return ("\n".join(lines) + "\n").encode(encoding)


def plain() -> Rows:
    """One row an area."""
    body = [[k, n, p] for k, n, p in zip(KEYS, NAMES, PEOPLE, strict=True)]
    return [["Nr.", "Stadtteil", "Einwohner insgesamt"], *body]


STATED = [
    "Stand: 31.12.2023",
    "Stichtag 31.12.2023",
    "Stand 31. Dezember 2023",
    "Stand: 31.12.23",
    "Zeit: 2023-12-31",
    "Bevölkerung am 31.12.2023",
    "jeweils zum 31.12.2023",
    "As of December 31, 2023",
    "Reference date: 31/12/2023",
    "Stand: Dezember 2023",
    "Stand: 31.12.2023, Gebietsstand 01.01.2024",
    "Erstellt am 10.07.2024, Stand 31.12.2023",
    "Stand: 31.12.2023 (abgerufen am 05.02.2024)",
]
OTHER = [
    "Erstellt am 10.07.2023",
    "Gebietsstand: 31.12.2022",
    "Gebietsstand 01.01.2023",
    "Daten abgerufen am 31.12.2023",
    "Abruf: 2023-07-10",
    "Druckdatum: Montag, 10.07.2023",
    "Stand: 10.07.2023 / 12:05:11",
    "Stand der Gebietsgliederung: 01.01.2020",
    "Letzte Aktualisierung 31.12.2023",
    "Retrieved on 31 December 2023",
    "Boundaries as of 2022? Created 2023-12-31",
    "Export vom 30.06.2023",
    "10.07.2023 erstellt",
    "Datenstand: Oktober 2023",
    "Kleinau, den 5. Juli 2023",
    "Hinweis: Gebietseinteilung Stand 31.12.2020",
    "Stadtteilgrenzen zum Stichtag 31.12.2022",
    "Stand Gebiete: 31.12.2022",
    "Stand der Daten: 31.12.2023",
    "Stand: 31.12.2023 12:05",
    "Bereitgestellt am 31.12.2023",
    "Berechnet am 31.12.2023",
    "Datenabzug vom 31.12.2023",
    "Kartengrundlage 31.12.2022",
]


@pytest.mark.parametrize("text", STATED)
def test_a_day_that_says_it_is_the_stichtag_is_taken(city: Surroundings, text: str) -> None:
    for rows in ([*plain(), [text]], [[text], *plain()]):
        assert people(understood(city, written(rows))) == ALL


@pytest.mark.parametrize("text", OTHER)
def test_any_other_day_is_asked_for_and_named(city: Surroundings, text: str) -> None:
    for rows in ([*plain(), [text]], [[text], *plain()]):
        found = understood(city, written(rows))
        assert found.delivery is None
        assert "keinen Stichtag" in asked(found, "date")
    named = next(mentions(text)).date
    assert named is not None
    assert f"{named:%d.%m.%Y}, aber nicht als Stichtag" in asked(found, "date")
    assert people(understood(city, written(rows), date=DAY)) == ALL


def test_a_day_in_the_name_of_the_file_is_only_named(city: Surroundings) -> None:
    found = understood(city, written(plain()), "einwohner_2023-07-10.csv")
    assert "10.07.2023" in asked(found, "date")
    assert understood(city, written(plain()), "einwohner_stand_2023-12-31.csv").date == DAY


def test_a_column_of_one_day_counts_only_where_its_head_says_so(
    city: Surroundings,
) -> None:
    for head, day in (("Stichtag", DAY), ("Abrufdatum", None)):
        head_row, *body = plain()
        rows = [[*head_row, head], *([*row, "31.12.2023"] for row in body)]
        found = understood(city, written(rows))
        assert found.date == day
        assert bool(found.questions) == (day is None)


def test_boundaries_that_had_ended_are_not_taken_for_a_later_day(tmp_path: Path) -> None:
    write_small_city(tmp_path)
    catalogue = tmp_path / "data" / "catalogue.yml"
    text = catalogue.read_text("utf-8")
    ended = text.replace(
        'divisions: [{id: "2020", areas: 6}]',
        'divisions: [{id: "2020", areas: 6, valid_until: 2016-12-31}]',
    )
    catalogue.write_text(ended, "utf-8")
    city = surroundings(tmp_path)
    found = understood(city, written(plain()), date=dt.date(2020, 12, 31))
    assert "am 31.12.2020 nicht galt" in asked(found, "division")
    assert people(understood(city, written(plain()), date=dt.date(2016, 6, 30)), "2016-06-30")
    told = understood(city, written(plain()), date=dt.date(2020, 12, 31), division="2020")
    assert people(told, "2020-12-31") == ALL


def mixed(order: str) -> Rows:
    """Six Stadtteile, two Bezirke and the city in one column of keys."""
    parts = {
        "s": plain()[1:],
        "b": [[key, f"Bezirk {name}", count] for key, (name, count) in BEZIRKE.items()],
        "c": [[CITY, "Kleinau", WHOLE]],
    }
    return [["Nr.", "Gebiet", "Einwohner insgesamt"], *(row for at in order for row in parts[at])]


@pytest.mark.parametrize("order", ["".join(each) for each in itertools.permutations("sbc")])
@pytest.mark.parametrize("drop_zeros", [False, True])
def test_levels_in_one_column_go_to_their_levels(
    city: Surroundings, order: str, drop_zeros: bool
) -> None:
    rows = mixed(order)
    if drop_zeros:
        rows = [rows[0], *([str(row[0]).lstrip("0"), *row[1:]] for row in rows[1:])]
    found = understood(city, written(rows), date=DAY)
    assert not errors(found)
    assert people(found) == LEVELS


@pytest.mark.parametrize(
    "spelling",
    [str, str.upper, lambda name: f"Stadtteil {name}", lambda name: f"{name} ¹"],
)
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_names_alone_serve_as_keys(city: Surroundings, spelling: object, delimiter: str) -> None:
    body = [[spelling(name), count] for name, count in zip(NAMES, PEOPLE, strict=True)]  # type: ignore[operator]
    body += [[name, count] for name, count in BEZIRKE.values()]
    body += [["Kleinau insgesamt", WHOLE]]
    rows: Rows = [["Stadtteil", "Einwohner insgesamt"], *body]
    for level in (None, "stadtteil"):
        found = understood(city, written(rows, delimiter), level=level, date=DAY)
        assert not errors(found)
        assert people(found) == LEVELS


SWAPPED = [NAMES[0], NAMES[2], NAMES[1], *NAMES[3:]]


@pytest.mark.parametrize("spelling", ["{}", "{} 1)", "{} ²", "Stadtteil {}"])
def test_names_that_belong_to_other_keys_are_named(city: Surroundings, spelling: str) -> None:
    body = [[k, spelling.format(n), p] for k, n, p in zip(KEYS, SWAPPED, PEOPLE, strict=True)]
    found = understood(city, written([plain()[0], *body]), date=DAY)
    assert [each.row for each in found.errors if each.rule == "area_name"] == ["02", "03"]


@pytest.mark.parametrize("spelling", ["{}", "Bezirk {}"])
def test_swapped_names_are_named_at_each_level(city: Surroundings, spelling: str) -> None:
    (first, (one, many)), (second, (other, few)) = BEZIRKE.items()
    bezirke = [[first, spelling.format(other), many], [second, spelling.format(one), few]]
    found = understood(city, written([*plain(), *bezirke]), date=DAY)
    assert [each.row for each in found.errors] == [first, second]


def test_the_name_of_an_area_of_another_level_is_named(city: Surroundings) -> None:
    head, first, (key, _, count), *rest = plain()
    found = understood(city, written([head, first, [key, "Mitte", count], *rest]), date=DAY)
    assert ["„Mitte“ gehört zum Schlüssel 1 (Bezirk)" in each for each in errors(found)] == [True]


def test_names_that_are_swapped_at_one_day_only_are_named(city: Surroundings) -> None:
    rows: Rows = [["Stichtag", "Nr.", "Stadtteil", "Einwohner insgesamt"]]
    for day, names in (("31.12.2022", list(NAMES)), ("31.12.2023", SWAPPED)):
        rows += [[day, k, n, p] for k, n, p in zip(KEYS, names, PEOPLE, strict=True)]
    found = understood(city, written(rows))
    assert [each.startswith("31.12.2023:") for each in errors(found)] == [True, True]


@pytest.mark.parametrize("separator", [",", ".", " "])
def test_of_counts_three_digits_behind_a_sign_are_no_decimals(
    city: Surroundings, separator: str
) -> None:
    head, *body = plain()
    rows = [[k, n, f"{p:,}".replace(",", separator), "40,2"] for k, n, p in body]
    found = understood(city, written([[*head, "Hektar"], *rows]), date=DAY)
    assert not errors(found)
    assert people(found) == ALL


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("Kleinau", "{:.1f} %"),
        ("Kleinau", "{:.1f}"),
        ("Einwohner in Tausend", "{:.0f}"),
        ("Alle Angaben in 1 000", "{:.0f}"),
    ],
)
def test_counts_in_another_unit_are_an_error(city: Surroundings, title: str, form: str) -> None:
    head, *body = plain()
    rows = [[k, n, form.format(float(str(p)) / 300 + 0.05).replace(".", ",")] for k, n, p in body]
    found = understood(city, written([[title], head, *rows]), date=DAY)
    assert {each.rule for each in found.errors} == {"unit"}


def test_a_group_that_scales_its_heads_is_not_overlooked(city: Surroundings) -> None:
    head, *body = plain()
    rows = [[None, None, "in 1 000"], head, *([k, n, f"{p},4"] for k, n, p in body)]
    found = understood(city, written(rows), date=DAY)
    assert "Keine Spalte ist als Indikator erkannt" in asked(found, "columns")


@pytest.mark.parametrize("head", ["Rang", "lfd. Nr."])
@pytest.mark.parametrize("keyed", [True, False])
def test_a_running_number_is_no_key(city: Surroundings, head: str, *, keyed: bool) -> None:
    body = sorted(plain()[1:], key=lambda row: str(row[1]))
    rows = [[f"0{at}", *row] for at, row in enumerate(body, start=1)]
    table: Rows = [[head, *plain()[0]], *rows]
    if not keyed:
        table = [[row[0], *row[2:]] for row in table]
    found = understood(city, written(table), date=DAY)
    assert not errors(found)
    assert people(found) == ALL


@pytest.mark.parametrize("head", ["Alter", "Monat"])
def test_ages_and_months_are_no_areas(city: Surroundings, head: str) -> None:
    rows: Rows = [[head, "Einwohner insgesamt"], *([at, 100 + at] for at in range(1, 7))]
    assert understood(city, written(rows), date=DAY).delivery is None


@pytest.mark.parametrize("keys", [True, False])
def test_higher_areas_in_merged_cells_are_not_taken_for_the_areas_of_the_rows(
    city: Surroundings, *, keys: bool
) -> None:
    above = {0: ("1", "Mitte"), 3: ("2", "Land")}
    rows: Rows = [["Bezirk", "Stadtteil", "Einwohner insgesamt"]]
    for at, (key, name, count) in enumerate(plain()[1:]):
        higher = above.get(at, (None, None))
        rows.append([higher[0] if keys else higher[1], key if keys else name, count])
    found = understood(city, written(rows), date=DAY)
    assert not errors(found)
    assert people(found) == ALL


@pytest.mark.parametrize("label", ["{}", "Bezirk {}", "Summe Bezirk {}", "{} insgesamt"])
@pytest.mark.parametrize("key", ["", "0{}", "B{}"])
def test_rows_of_higher_areas_go_to_their_level_by_name(
    city: Surroundings, label: str, key: str
) -> None:
    head, *body = plain()
    rows: Rows = [head]
    for at, (above, (name, count)) in enumerate(BEZIRKE.items()):
        rows += body[3 * at : 3 * at + 3]
        rows.append([key.format(above), label.format(name), count])
    found = understood(city, written([*rows, ["", "Kleinau insgesamt", WHOLE]]), date=DAY)
    assert not errors(found)
    assert people(found) == LEVELS


@pytest.mark.parametrize("key", ["0", "00", "99", "S"])
@pytest.mark.parametrize("name", ["Kleinau", "Stadt Kleinau", "Gesamtstadt", "Insgesamt"])
def test_the_total_is_known_by_its_name_whatever_key_it_has(
    city: Surroundings, key: str, name: str
) -> None:
    for rows in ([*plain(), [key, name, WHOLE]], [plain()[0], [key, name, WHOLE], *plain()[1:]]):
        found = understood(city, written(rows), date=DAY)
        assert not found.losses
        assert people(found) == ALL | {CITY: str(WHOLE)}


def test_of_several_totals_the_one_of_the_city_is_taken(city: Surroundings) -> None:
    head, *body = plain()
    parts = [["", "zusammen", count] for _, count in BEZIRKE.values()]
    rows = [head, *body[:3], parts[0], *body[3:], parts[1]]
    whole = ["", "Insgesamt", WHOLE]
    for table in ([*rows, whole], [head, whole, *rows[1:]]):
        found = understood(city, written(table), date=DAY)
        assert not errors(found)
        assert people(found) == ALL | {CITY: str(WHOLE)}


def test_other_words_for_a_level_are_understood(city: Surroundings) -> None:
    head, *body = plain()
    rows: Rows = [["Ebene", *head], *(["Stadtteile", *row] for row in body)]
    rows += [["Stadtbezirk", key, name, count] for key, (name, count) in BEZIRKE.items()]
    found = understood(city, written([*rows, ["Gesamtstadt", CITY, "", WHOLE]]), date=DAY)
    assert not errors(found)
    assert people(found) == LEVELS


def test_a_name_of_two_areas_is_asked(tmp_path: Path) -> None:
    write_small_city(tmp_path)
    for name in ("gebiete.csv", "gebiete.yml"):
        path = tmp_path / "data" / name
        path.write_text(path.read_text("utf-8").replace("Neustadt", "Altstadt"), "utf-8")
    restamp(tmp_path / "data" / "gebiete.csv")
    city = surroundings(tmp_path)
    rows = [row[1:] for row in plain() if row[1] != "Neustadt"]
    found = understood(city, written(rows), date=DAY)
    assert "„Altstadt“ steht im Verzeichnis für mehrere Gebiete: 01 und 02" in asked(found, "names")


@pytest.mark.parametrize(
    "spelling",
    [
        lambda key: key.lstrip("0"),
        lambda key: f"09999{key}",
        lambda key: f"09999000{key}",
        lambda key: f"09999-{key}",
        lambda key: f"{key} {NAMES[int(key) - 1]}",
        lambda key: f"{NAMES[int(key) - 1]} ({key})",
    ],
)
@pytest.mark.parametrize("whole", ["09999", "09999000", "9999000", "099990000000", "99990000000"])
def test_keys_are_read_with_and_without_zeros_and_with_the_municipal_key(
    city: Surroundings, spelling: object, whole: str
) -> None:
    rows: Rows = [["Gebiet", "Einwohner insgesamt"]]
    rows += [[spelling(key), count] for key, count in ALL.items()]  # type: ignore[operator]
    rows += [[whole, WHOLE]]
    found = understood(city, written(rows), date=DAY)
    assert not errors(found)
    assert people(found) == ALL | {CITY: str(WHOLE)}


def test_of_a_file_of_the_country_it_is_said_how_few_keys_are_known(
    city: Surroundings, tmp_path: Path
) -> None:
    for width in (5, 8, 12):
        keys = [f"099{at:02}".ljust(width, "0") for at in range(60, 100)]
        rows: Rows = [["AGS", "Gemeinde", "Einwohner insgesamt"]]
        rows += [[key, f"Ort {key}", 9_000 + at] for at, key in enumerate(keys)]
        found = understood(city, written(rows), date=DAY)
        assert "1 von 40 bekannt" in asked(found, "level")
        assert not errors(found)
        assert people(understood(city, written(rows), level="stadt", date=DAY)) == {CITY: "9039"}
    path = tmp_path / "land.csv"
    path.write_bytes(written(rows))
    (told,) = check_file(path, city.catalogue, city.register)
    assert (told.rule, told.found) == ("few_known", "1 von 40 Schlüsseln bekannt")


@pytest.mark.parametrize("layout", ["long", "wide", "flat"])
def test_of_a_file_of_the_country_the_rows_of_the_city_can_be_had_in_any_layout(
    city: Surroundings, layout: str
) -> None:
    keys = [f"099{at:02}" for at in range(60, 100)]
    rows: Rows = [["Stichtag", "AGS", "Einwohner insgesamt"]]
    for day in ("31.12.2022", "31.12.2023"):
        rows += [[day, key, 9_000 + at] for at, key in enumerate(keys)]
    if layout == "wide":
        rows = [["Einwohner insgesamt"], ["AGS", "Gemeinde", "31.12.2022", "31.12.2023"]]
        rows += [[key, f"Ort {key}", 9_000 + at, 9_000 + at] for at, key in enumerate(keys)]
    if layout == "flat":
        rows = [["time", "1_variable_attribute_code", "value", "value_variable_label"]]
        what = "Einwohner insgesamt"
        rows += [["2023-12-31", key, 9_000 + at, what] for at, key in enumerate(keys)]
    assert "1 von 40 bekannt" in asked(understood(city, written(rows)), "level")
    found = understood(city, written(rows), level="stadt")
    assert not errors(found)
    assert people(found) == {CITY: "9039"}


SIGNS = {
    "suppressed": ["*", "**", "<3", "< 5", "u. 3", "unter 3", "1-9", "1–2", "0 bis 4", ".", "•"],
    "not_delivered": ["NA", "n/a", "#NV", "#N/A", "k. A.", "keine Angabe", "x", "…", "/", "NULL"],
    "zero": ["-", "–"],
}
SIGNS["suppressed"] += ["1 bis unter 5", "bis 3", "höchstens 3", "kl. 3", "unter drei", "1 oder 2"]
SIGNS["suppressed"] += ["gesperrt", "(.)", ". 1)", ".¹", "*²", "<3*", "< 3 *)"]
SIGNS["not_delivered"] += ["k.A", "kA", "nv", "entfällt", "( )", "x ¹", "…1)"]
SIGNS["zero"] += ["– 1)", "-*"]
SIGNS["suppressed"] += ["[1-4]", "(1-2)", "1..4", "1…4", "1 - < 5", "0 < x < 5", ">0 und <5"]
SIGNS["suppressed"] += ["<3,0", "unter 5 Fälle", "zu klein", "geh.", "geheim gehalten"]
SIGNS["suppressed"] += ["unterdrückt", "nicht ausgewiesen", "nicht veröffentlicht"]
SIGNS["not_delivered"] += ["o. A.", "ohne Angabe", "kein Wert", "noch nicht verfügbar", "(null)"]
SIGNS["not_delivered"] += ["liegt nicht vor", "N/D", "NaN", "None", "\\N", "no data"]


@pytest.mark.parametrize(
    ("status", "sign"), [(status, sign) for status, signs in SIGNS.items() for sign in signs]
)
def test_signs_for_missing_values_are_no_errors(city: Surroundings, status: str, sign: str) -> None:
    rows = plain()
    rows[1][2] = sign
    found = understood(city, written(rows), date=DAY)
    assert not errors(found)
    assert found.recognised is not None
    assert found.recognised.cells["einwohner"]["01"].status == status
    assert people(found)["02"] == "1648"


@pytest.mark.parametrize("status", ["Szenario", "scenario"])
def test_figures_of_a_scenario_are_not_taken_for_delivered_ones(
    city: Surroundings, tmp_path: Path, status: str
) -> None:
    rows = [[*row, "Status" if not place else status] for place, row in enumerate(plain())]
    found = understood(city, written(rows), date=DAY)
    assert [each.rule for each in found.errors] == ["scenario_figures"]
    assert found.delivery is None
    path = tmp_path / "szenario.csv"
    path.write_bytes(written(rows))
    assert [each.rule for each in check_file(path, city.catalogue, city.register)] == [
        "scenario_figures"
    ]


@pytest.mark.parametrize(
    ("note", "cell", "status"),
    [
        (["-9999 = keine Angabe"], "-9999", "not_delivered"),
        (["-9999", "keine Angabe"], "-9999", "not_delivered"),
        (["Fehlende Werte sind mit -999 kodiert."], "-999", "not_delivered"),
        (["Missing data: -99"], "-99", "not_delivered"),
        (["-1: geheim gehalten"], "-1", "suppressed"),
        (["99999 steht für anonymisierte Werte"], "99999", "suppressed"),
        (["x = aus Datenschutzgründen geheim"], "x", "suppressed"),
        (["*) Zahlenwerte kleiner 3 werden anonymisiert."], "*", "suppressed"),
        (["* = keine Angabe"], "*", "not_delivered"),
        (["Zeichenerklärung: - = nichts vorhanden; . = unbekannt oder geheim"], ".", "suppressed"),
        (["-", "Wert unterliegt der Geheimhaltung"], "-", "suppressed"),
        (["(-) Daten nicht verfügbar"], "-", "not_delivered"),
        (["Fallzahlen unter 5 sind durch - ersetzt."], "-", "suppressed"),
        (["Mit - gekennzeichnete Felder unterliegen der Geheimhaltung."], "-", "suppressed"),
        (["Werte kleiner 3 werden als 0 ausgewiesen."], "0", "suppressed"),
        (["0 = aus Datenschutzgründen nicht ausgewiesen"], "0", "suppressed"),
        (["0 = Zahlenwert kleiner als die Hälfte der Einheit"], "0", "measured"),
        (["( ) = Fallzahl zu gering"], "( )", "suppressed"),
        (["1) Wert unter 3"], "1)", "suppressed"),
    ],
)
def test_a_code_that_the_file_explains_means_what_it_says(
    city: Surroundings, note: list[object], cell: str, status: str
) -> None:
    for at_head in (False, True):
        rows = [[*row, 7] for row in plain()]
        rows[0][3] = "Arbeitslose"
        rows[3][2] = cell
        if at_head and len(note) > 1:
            continue
        rows = [note, *rows] if at_head else [*rows, note]
        found = understood(city, written(rows), date=DAY)
        assert not errors(found)
        value, stated = figures(found)["stadtteil", "03", "einwohner", "2023-12-31"]
        assert found.recognised is not None
        assert found.recognised.cells["einwohner"]["03"].status == status
        assert (value == "" and stated in {"", status}) or value == cell
        assert people(found)["01"] == "1220"


def long(days: tuple[str, ...], head: str) -> Rows:
    """One row an area and day."""
    return [
        [head, "Nr", "Einwohner insgesamt"],
        *([day, key, count] for day in days for key, count in ALL.items()),
    ]


@pytest.mark.parametrize(
    ("days", "head"),
    [
        (("2022_12_31", "2023_12_31"), "Datum"),
        (("20221231", "20231231"), "Stichtag"),
        (("31.12.22", "31.12.23"), "Stand"),
        (("31/12/2022", "31/12/2023"), "date"),
        (("2022-12-31 00:00:00", "2023-12-31 00:00:00"), "Zeit"),
        (("202212", "202312"), "ZEIT"),
        (("12/2022", "12/2023"), "Monat"),
        (("Dez 2022", "Dez 2023"), "Berichtsmonat"),
        (("2022-12", "2023-12"), "month"),
        (("2022Q4", "2023Q4"), "Quartal"),
        (("4. Quartal 2022", "4. Quartal 2023"), "Zeitraum"),
        (("31-12-2022", "31-12-2023"), "Datum"),
        (("31.12.2022 00:00", "31.12.2023 00:00"), "Stichtag"),
        (("31122022", "31122023"), "Stand"),
        (("Dez 22", "Dez 23"), "Monat"),
        (("IV. Quartal 2022", "IV. Quartal 2023"), "Quartal"),
        (("4/2022", "4/2023"), "Quartal"),
        (("20224", "20234"), "Berichtsquartal"),
        (("2/2022", "2/2023"), "Halbjahr"),
        (("2022-H2", "2023-H2"), "Zeitraum"),
        (("2. Hj. 2022", "2. Hj. 2023"), "Halbjahr"),
        (("Jahresende 2022", "Jahresende 2023"), "Zeitraum"),
    ],
)
def test_days_and_months_in_a_column(city: Surroundings, days: tuple[str, ...], head: str) -> None:
    found = understood(city, written(long(days, head)))
    assert people(found, "2022-12-31") == people(found) == ALL
    months = any(each.rule == "months" for each in found.findings)
    assert months == (head not in {"Datum", "Stichtag", "Stand", "date", "Zeit"})


def test_years_of_two_digits_are_of_the_century_that_can_be_meant(city: Surroundings) -> None:
    found = understood(city, written(long(("31.12.98", "31.12.04"), "Stichtag")))
    assert people(found, "1998-12-31") == people(found, "2004-12-31") == ALL


FLAT = [
    "statistics_code",
    "time",
    "1_variable_attribute_code",
    "2_variable_attribute_code",
    "2_variable_attribute_label",
    "value",
    "value_unit",
    "value_variable_label",
    "value_q",
]


@pytest.mark.parametrize("total", ["Insgesamt", "Total", ""])
def test_a_flat_file_names_totals_and_parts(city: Surroundings, total: str) -> None:
    rows: Rows = [FLAT]
    for at, (key, count) in enumerate(ALL.items()):
        half = int(count) // 2
        quality = "eprs"[at % 4]
        for code, label, number in (
            ("", total, int(count)),
            ("GESM", "männlich", half),
            ("GESW", "weiblich", int(count) - half),
        ):
            row = ["12411", "2023-12-31", key, code, label, number, "Anzahl"]
            rows.append([*row, "Einwohner insgesamt", quality])
    found = understood(city, written(rows))
    assert not errors(found)
    assert people(found) == ALL
    taken = figures(found)
    assert taken["stadtteil", "01", "maennlich", "2023-12-31"] == ("610", "")
    assert taken["stadtteil", "04", "einwohner", "2023-12-31"] == ("4120", "estimated")
    assert found.recognised is not None
    assert found.recognised.cells["einwohner"]["02"].mark == "p"


OLD_FLAT = ["Statistik_Code", "Zeit_Code", "Zeit", "1_Merkmal_Code", "1_Auspraegung_Code"]
OLD_FLAT += ["2_Auspraegung_Code", "2_Auspraegung_Label"]


def test_a_flat_file_of_the_older_genesis_names_totals_and_parts(city: Surroundings) -> None:
    rows: Rows = [[*OLD_FLAT, "BEVSTD__Einwohner_insgesamt__Anzahl"]]
    for key, count in zip(KEYS, PEOPLE, strict=True):
        half = count // 2
        for code, sex, told in (("", "Insgesamt", count), ("GESM", "männlich", half)):
            rows.append([12411, "STAG", "31.12.2023", "STT", key, code, sex, told])
    found = understood(city, written(rows))
    assert not errors(found)
    assert people(found) == ALL
    assert figures(found)["stadtteil", "01", "maennlich", "2023-12-31"][0] == "610"


def test_parts_of_another_indicator_are_not_taken_for_it(city: Surroundings) -> None:
    rows: Rows = [["Nr", "Merkmal", "Geschlecht", "Stichtag", "Wert"]]
    for key in KEYS:
        for label, number in (("Insgesamt", 30), ("männlich", 10), ("weiblich", 20)):
            rows.append([key, "Arbeitslose", label, "31.12.2023", number])
            rows.append([key, "Einwohner insgesamt", label, "31.12.2023", 10 * number])
    taken = figures(understood(city, written(rows)))
    assert taken["stadtteil", "01", "arbeitslose", "2023-12-31"][0] == "30"
    assert taken["stadtteil", "01", "maennlich", "2023-12-31"][0] == "100"
    assert taken["stadtteil", "01", "weiblich", "2023-12-31"][0] == "200"


def test_columns_of_parts_beside_a_column_of_characteristics(city: Surroundings) -> None:
    rows: Rows = [["Merkmal", "Datum", "Nr", "Name", "insgesamt", "maennlich", "weiblich"]]
    for key, name, count in plain()[1:]:
        row = ["Einwohner insgesamt", "2023_12_31", key, name]
        rows.append([*row, count, 400, int(str(count)) - 400])
    taken = figures(understood(city, written(rows)))
    assert taken["stadtteil", "02", "einwohner", "2023-12-31"][0] == "1648"
    assert taken["stadtteil", "02", "weiblich", "2023-12-31"][0] == "1248"


@pytest.mark.parametrize("label", ["nicht zuzuordnen", "ohne Angabe", "Rest", "unknown"])
@pytest.mark.parametrize("key", ["99", ""])
def test_what_belongs_to_no_area_is_named_and_stays_in_the_city(
    city: Surroundings, label: str, key: str
) -> None:
    rows = [*plain(), [key, label, 1_000]]
    whole = str(WHOLE + 1_000)
    for totals in ([], [["", "Insgesamt", whole]], [[CITY, "Kleinau", whole]]):
        found = understood(city, written([*rows, *totals]), date=DAY)
        assert not errors(found)
        assert people(found) == ALL | {CITY: whole}
        status = figures(found)["stadt", CITY, "einwohner", "2023-12-31"][1]
        assert status == ("" if totals else "computed")
        assert found.delivery is not None
        assert f"„{label}“) gehört zu keinem Gebiet" in found.delivery.table.note
        assert "Einwohner insgesamt 1.000" in found.delivery.table.note
        assert found.delivery.table.explained[0].rule == "total_sum"


def test_the_total_of_the_city_is_its_own_where_the_row_names_it(
    city: Surroundings,
) -> None:
    rows = plain()[:-1]
    for label, value in (("Kleinau", str(WHOLE)), ("Insgesamt", None)):
        found = understood(city, written([*rows, ["", label, WHOLE]]), date=DAY)
        assert people(found).get(CITY) == value


def test_rows_and_columns_that_are_not_taken_stop_nothing(city: Surroundings) -> None:
    head, *body = plain()
    rows: Rows = [[*head, "Wert A", "Wert B", "Bemerkung"]]
    rows += [[*row, at, at, "viele" if at == 3 else 4] for at, row in enumerate(body)]
    rows += [["77", "Umland", 5, 5, 5, 5]]
    found = understood(city, written(rows), date=DAY)
    assert not errors(found)
    assert people(found) == ALL
    assert found.losses[0] == "Nicht übernommen, weil kein Indikator: Wert A, Wert B, Bemerkung."
    assert any("Umland" in each for each in found.losses)


def packed(**members: bytes) -> bytes:
    """Write an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def test_the_one_table_of_an_archive_is_read(city: Surroundings) -> None:
    table = written(plain())
    for members in ({"a__csv": table}, {"lies__txt": b"x", "a__csv": table}, {"a__txt": table}):
        assert people(understood(city, packed(**members), "a.zip", date=DAY)) == ALL


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (packed(a__csv=b"a;b\n1;2\n", b__csv=b"a;b\n1;2\n"), "ein Archiv mit 2 Tabellen"),
        (packed(a__pdf=b"x"), "ein Archiv ohne Tabelle"),
        (packed(a__csv=packed(b__csv=b"a;b\n1;2\n")), "ein Archiv in einem Archiv"),
        (packed(a__csv=b"0" * 60_000_000), "mehr als 50000000 Bytes"),
    ],
)
def test_other_archives_are_refused_with_what_to_do(
    city: Surroundings, content: bytes, said: str
) -> None:
    (message,) = errors(understood(city, content, "a.zip"))
    assert said in message


def test_cells_of_ages_are_no_figures(city: Surroundings) -> None:
    rows: Rows = [["Nr", "Altersgruppe", "Stichtag", "Einwohner insgesamt"]]
    for key, count in ALL.items():
        rows += [[key, age, "31.12.2023", 1] for age in ("0-2", "3-5", "6-17")]
        rows += [[key, "Insgesamt", "31.12.2023", count]]
    assert people(understood(city, written(rows))) == ALL


HEADS = [
    "Nr.",
    "Stadtteil",
    "Einwohner insgesamt",
    "2022",
    "2023",
    "Stichtag",
    "Merkmal",
    "Wert",
    "",
]
CELLS = [
    "01",
    "1",
    "Altstadt",
    "Mitte",
    "Kleinau",
    "1.220",
    "*",
    "<3",
    "-9999",
    "201912",
    "Insgesamt",
]


@given(some.data())
def test_tables_of_any_make_up_are_read_or_refused_in_words(
    city: Surroundings, data: some.DataObject
) -> None:
    width = data.draw(some.integers(1, 5))
    head = some.lists(some.sampled_from(HEADS), min_size=width, max_size=width)
    cells = some.lists(some.sampled_from([*CELLS, "", "31.12.2023"]), min_size=1, max_size=width)
    rows: Rows = [*data.draw(some.lists(head, min_size=1, max_size=3))]
    rows += data.draw(some.lists(cells, max_size=8))
    found = understood(city, written(rows))
    assert found.delivery is not None or found.questions or found.findings


@pytest.mark.parametrize("text", ["Stand 31.12.2023", "As of 31.12.2023", "Stichtag: 31.12.2023"])
def test_a_note_below_a_table_of_two_columns_is_no_row(city: Surroundings, text: str) -> None:
    rows: Rows = [[row[0], row[2]] for row in plain()]
    found = understood(city, written([*rows, [text]]))
    assert people(found) == ALL
    assert not found.losses


def test_a_table_without_figures_is_no_error_of_ours(city: Surroundings) -> None:
    found = understood(city, "Stand: 31.12.2023\n2023;AGS;Status\nmännlich;Bezirk Mitte;Mitte\n")
    assert found.delivery is None
    assert found.questions or errors(found)


def test_a_first_cell_that_says_the_stichtag_makes_no_note_of_a_row(city: Surroundings) -> None:
    head, *body = plain()
    rows = [["Stand", *head], *(["Stand: 31.12.2023", *row] for row in body)]
    assert people(understood(city, written(rows))) == ALL


@pytest.mark.parametrize(
    "note", [["Legende"], ["Ergebnisse zum Stichtag", "vorläufig, ohne Gewähr"]]
)
def test_words_below_a_table_are_no_shifted_row(city: Surroundings, note: list[object]) -> None:
    found = understood(city, written([*plain(), note]), date=DAY)
    assert not found.findings or {each.rule for each in found.findings} == {"recognised"}
    assert people(found) == ALL
