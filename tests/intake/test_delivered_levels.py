"""Areas of several levels and other places in one file, and their names. All made up."""

from __future__ import annotations

import pytest

from inteso_dash.intake.delivery.tidy import Surroundings
from tests.intake.test_deliveries import ALL, KEYS, LEVELS, SWAPPED, Rows, plain, written
from tests.towns.made_up_small_city import (
    BEZIRKE,
    CITY,
    DAY,
    NAMES,
    PEOPLE,
    WHOLE,
    asked,
    errors,
    people,
    understood,
)

STATES: Rows = [
    ["Schlüssel", "Name", "Einwohner insgesamt"],
    ["", "Deutschland", 83_000_000],
    ["01", "Schleswig-Holstein", 2_900_000],
    ["01001", "Flensburg", 90_000],
    ["02", "Hamburg", 1_900_000],
    ["03", "Niedersachsen", 8_000_000],
    ["04", "Bremen", 700_000],
    [CITY, "Kleinau", WHOLE],
    ["05", "Nordrhein-Westfalen", 18_000_000],
    ["05111", "Düsseldorf", 620_000],
]


@pytest.mark.parametrize("above", ["", "DG"])
def test_keys_of_states_are_not_taken_for_those_of_areas(city: Surroundings, above: str) -> None:
    rows = [STATES[0], [above, *STATES[1][1:]], *STATES[2:]]
    assert "1 von" in asked(understood(city, written(rows), date=DAY), "level")
    found = understood(city, written(rows), date=DAY, level="stadt")
    assert not errors(found)
    assert people(found) == {CITY: str(WHOLE)}


def test_of_names_of_the_country_the_city_is_taken_where_its_level_is_meant(
    city: Surroundings,
) -> None:
    rows: Rows = [["Kreis", "Einwohner insgesamt"], *([f"Ort {at}", at] for at in range(60))]
    rows[7] = ["Kleinau, kreisfreie Stadt", WHOLE]
    found = understood(city, written(rows), date=DAY, level="stadt")
    assert people(found) == {CITY: str(WHOLE)}


@pytest.mark.parametrize(
    "spelling",
    [
        "{} (Stadtteil)",
        "{}, Stadtteil",
        "Stadtteil: {}",
        "Ortsteil {}",
        "Stt. {}",
        "Kleinau-{}",
        "Kleinau - {}",
        "· {}",
        "davon {}",
        "{} [1]",
        "{} ²⁾",
        "„{}“",
    ],
)
def test_names_with_more_around_them(city: Surroundings, spelling: str) -> None:
    rows: Rows = [["Stadtteil", "Einwohner insgesamt"]]
    rows += [[spelling.format(n), p] for n, p in zip(NAMES, PEOPLE, strict=True)]
    found = understood(city, written(rows), date=DAY)
    assert not errors(found)
    assert people(found) == ALL


@pytest.mark.parametrize("umlaut", ["u", "?", "\ufffd", "Ã¼"])
def test_names_that_lost_their_umlauts(city: Surroundings, umlaut: str) -> None:
    rows: Rows = [["Stadtteil", "Einwohner insgesamt"]]
    rows += [[n.replace("ü", umlaut), p] for n, p in zip(NAMES, PEOPLE, strict=True)]
    found = understood(city, written(rows), date=DAY)
    assert not errors(found)
    assert people(found) == ALL


def test_keys_behind_names(city: Surroundings) -> None:
    rows: Rows = [["Stadtteil", "Einwohner insgesamt"]]
    rows += [[f"{n} {k}", p] for k, n, p in zip(KEYS, NAMES, PEOPLE, strict=True)]
    assert people(understood(city, written(rows), date=DAY)) == ALL


def test_swapped_names_with_a_raised_footnote_are_named(city: Surroundings) -> None:
    body = [[k, f"{n} ²⁾", p] for k, n, p in zip(KEYS, SWAPPED, PEOPLE, strict=True)]
    found = understood(city, written([plain()[0], *body]), date=DAY)
    assert [each.row for each in found.errors if each.rule == "area_name"] == ["02", "03"]


@pytest.mark.parametrize("words", [("ST", "SB", "Stadt"), ("3", "2", "1")])
def test_words_for_levels_that_nobody_knows_hold_no_row_back(
    city: Surroundings, words: tuple[str, ...]
) -> None:
    lowest, middle, highest = words
    head, *body = plain()
    rows: Rows = [["Ebene", *head], *([lowest, *row] for row in body)]
    rows += [[middle, key, name, count] for key, (name, count) in BEZIRKE.items()]
    found = understood(city, written([*rows, [highest, CITY, "Kleinau", WHOLE]]), date=DAY)
    assert not errors(found)
    assert people(found) == LEVELS


@pytest.mark.parametrize("label", ["", "Summe", "insgesamt"])
@pytest.mark.parametrize("keyed", [True, False])
@pytest.mark.parametrize("coded", [True, False])
def test_sums_that_name_their_area_in_another_column(
    city: Surroundings, label: str, *, keyed: bool, coded: bool
) -> None:
    rows: Rows = [["Bezirk", "Nr.", "Stadtteil", "Einwohner insgesamt"]]
    for at, (key, (name, count)) in enumerate(BEZIRKE.items()):
        higher = key if coded else name
        rows += [[higher, *row] for row in plain()[1:][3 * at : 3 * at + 3]]
        rows.append([higher, "", label, count])
    rows.append(["" if coded else "Kleinau", "", label or "Kleinau", WHOLE])
    if not keyed:
        rows = [[row[0], *row[2:]] for row in rows]
    found = understood(city, written(rows), date=DAY)
    assert not errors(found)
    assert people(found) == LEVELS


def test_what_belongs_to_no_area_of_a_bezirk_is_no_sum(city: Surroundings) -> None:
    rows: Rows = [["Bezirk", "Stadtteil", "Einwohner insgesamt"]]
    rows += [["Mitte" if at < 3 else "Land", *row[1:]] for at, row in enumerate(plain()[1:])]
    rows.append(["Mitte", "ohne Angabe", 12])
    found = understood(city, written(rows), date=DAY)
    assert "1" not in people(found)


def test_small_figures_of_few_areas_are_not_taken_for_their_keys(city: Surroundings) -> None:
    head, *body = plain()
    rows: Rows = [[*head[1:], "Arbeitslose"], *([*row[1:], at] for at, row in enumerate(body))]
    (_, (first, many)), (_, (second, few)) = BEZIRKE.items()
    rows += [[f"Bezirk {first}", many, 2], [f"Bezirk {second}", few, 1]]
    found = understood(city, written(rows), date=DAY)
    assert not errors(found)
    assert people(found) == ALL | {key: str(count) for key, (_, count) in BEZIRKE.items()}
