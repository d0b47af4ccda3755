"""Days of delivered files: in sentences, in heads, as programs write them. All made up."""

from __future__ import annotations

import pytest

from inteso_dash.intake.delivery.tidy import Surroundings
from tests.intake.test_delivered_heads import years
from tests.intake.test_deliveries import ALL, Rows, long, plain, written
from tests.towns.made_up_small_city import asked, people, understood


@pytest.mark.parametrize(
    "text",
    [
        "Der Stadtteil Hafen wurde am 01.01.2020 geteilt.",
        "Altstadt und Neustadt wurden zum 31.12.2021 zusammengelegt.",
        "Bis 31.12.2022 einschließlich Gut Musterhof.",
        "1) bis 31.12.2022: Neustadt mit Altstadt",
        "Am 31.12.2022 wurden 30 Personen nachträglich umgemeldet.",
        "Durch die Eingemeindung zum 31.12.2021 nicht vergleichbar.",
        "Wegen der Umstellung des Registers zum 30.06.2022 eingeschränkt vergleichbar.",
        "Die Zahlen am 31.12.2022 waren fehlerhaft.",
        "Umbenennung des Stadtteils zum 31.12.2023",
        "Zuordnung der Straßen zu den Stadtteilen am 31.12.2023",
        "Differenz zum 31.12.2022",
        "Satzung vom 31.12.2019",
        "Ausgestellt am 31.12.2023",
        "kontrolliert am 31.12.2023",
        "Fortgeschrieben am 31.12.2023",
        "Nächster Stichtag: 31.12.2024",
        "Fortschreibung auf Grundlage des Zensus 2011 (Stichtag 31. Mai 2011)",
        "Stand der Adressdatei: 31.12.2023",
        "Territorialstand 31.12.2023",
        "Bis Ende 2022 galten andere Grenzen.",
    ],
)
def test_a_day_of_which_something_else_is_told_is_no_stichtag(
    city: Surroundings, text: str
) -> None:
    for rows in ([*plain(), [text]], [[text], *plain()]):
        found = understood(city, written(rows))
        assert found.delivery is None
        assert "keinen Stichtag" in asked(found, "date")


@pytest.mark.parametrize(
    "text",
    [
        "Personen, die am 31.12.2023 gemeldet waren",
        "Gezählt sind Personen mit Hauptwohnung am 31.12.2023.",
        "Angegeben ist die Zahl der am 31.12.2023 gemeldeten Einwohner.",
        "Bevölkerungsstand: 31.12.2023",
        "Datenstichtag: 31.12.2023",
        "Stand: Ende 2023",
        "Stand 12/2023",
        "zum Jahresende 2023",
        "Stichtag 31. Dezember des Jahres 2023",
        "Zeitraum 01.01.2023 bis 31.12.2023",
        "im Stadtgebiet am 31.12.2023",
    ],
)
def test_a_day_on_which_was_counted_is_the_stichtag(city: Surroundings, text: str) -> None:
    for rows in ([*plain(), [text]], [[text], *plain()]):
        assert people(understood(city, written(rows))) == ALL


@pytest.mark.parametrize(
    ("days", "head"),
    [
        (("2022-12-31T00:00:00+01:00", "2023-12-31T00:00:00+01:00"), "Datum"),
        (("2022/12/31 00:00:00+00", "2023/12/31 00:00:00+00"), "Stichtag"),
        (("31-Dec-2022", "31-Dec-2023"), "Date"),
        (("Sa 31.12.2022", "So 31.12.2023"), "Datum"),
        (("Stand_31_12_2022", "Stand_31_12_2023"), "Stand"),
        (("202212", "202312"), "JAHR_MONAT"),
        (("202212", "202312"), "JJJJMM"),
        (("2022-12-31", "2023-12-31"), "reference_date"),
        (("202212.0", "202312.0"), "ZEIT"),
        (("2022-12", "2023-12"), "TIME_PERIOD"),
        (("20221231", "20231231"), "Periode"),
    ],
)
def test_days_as_programs_write_them(city: Surroundings, days: tuple[str, ...], head: str) -> None:
    found = understood(city, written(long(days, head)))
    assert people(found, "2022-12-31") == people(found) == ALL


@pytest.mark.parametrize(
    ("head", "parts", "days"),
    [
        ("Monat", (11, 12), ("2023-11-30", "2023-12-31")),
        ("Monat", ("November", "Dezember"), ("2023-11-30", "2023-12-31")),
        ("Berichtsmonat", ("06",), ("2023-06-30",)),
        ("Quartal", (2, 4), ("2023-06-30", "2023-12-31")),
        ("Quartal", ("Q2",), ("2023-06-30",)),
        ("Halbjahr", (1, 2), ("2023-06-30", "2023-12-31")),
    ],
)
def test_months_beside_years_belong_to_them(
    city: Surroundings, head: str, parts: tuple[object, ...], days: tuple[str, ...]
) -> None:
    rows: Rows = [["Jahr", head, "Nr", "Einwohner insgesamt"]]
    rows += [[2023, part, key, count] for part in parts for key, count in ALL.items()]
    for day in (None, (12, 31)):
        found = understood(city, written(rows), day=day)
        assert [people(found, each) for each in days] == [ALL] * len(days)


@pytest.mark.parametrize("other", ["2023r", "2023 (p)", "2023²", "2023.1", "2023_1"])
def test_a_year_that_is_marked_or_told_apart_is_the_same_year(
    city: Surroundings, other: str
) -> None:
    content = years("Einwohner insgesamt, jeweils 31.12.", 2023, other)
    assert f"„2023“ (1220) oder „{other}“ (1227)" in asked(understood(city, content), "columns")


@pytest.mark.parametrize(
    "heads",
    [
        ("Einwohner insgesamt [31.12.2022]", "Einwohner insgesamt [31.12.2023]"),
        ("31.12.2022 - Einwohner insgesamt", "31.12.2023 - Einwohner insgesamt"),
        ("Einwohner_insgesamt_2022_12_31", "Einwohner_insgesamt_2023_12_31"),
    ],
)
def test_heads_that_set_the_day_apart(city: Surroundings, heads: tuple[str, ...]) -> None:
    found = understood(city, years("Kleinau", *heads))
    assert people(found, "2022-12-31") == ALL


@pytest.mark.parametrize("group", ["Dezember 2023", "2023-12-31 00:00:00"])
def test_a_group_that_is_headed_by_a_month_or_by_midnight(city: Surroundings, group: str) -> None:
    head, *body = plain()
    rows: Rows = [["Nr.", "Name", group, None], [None, None, head[2], "Arbeitslose"]]
    rows += [[*row, 7] for row in body]
    assert people(understood(city, written(rows))) == ALL
