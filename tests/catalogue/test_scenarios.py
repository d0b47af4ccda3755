"""Scenario files: read, written, and refused in German; all scenarios are made up."""

from __future__ import annotations

import pytest

from inteso_dash.catalogue.scenarios import ScenarioFileError, read, write

FILE = """
title: Halle Nord schließt
remark: erfunden
city: "05111"
start: 2017-07-31
months: 18
reserve: 10
limit: 200
changes:
  - {kind: schliessen, date: 2017-10-01, name: Halle Nord, places: 300}
  - {kind: eroeffnen, date: 2018-01-01, name: Neubau, area: "061", places: 160}
assumptions:
  - {name: wenige, arrivals: [20, 40], departures: [60, 60]}
  - {name: keine Zugänge, arrivals: [0, 0]}
"""


def test_it_comes_back_as_it_was() -> None:
    plan = read(FILE.encode(), "s.yml", "05111")
    assert plan.changes[0].places == 300
    assert plan.assumptions[0].arrivals == (20, 40)
    assert read(write(plan), "s.yml", "05111") == plan


def test_a_site_may_open_in_an_own_area() -> None:
    longest = "q" * 40
    plan = read(FILE.replace("061", longest).encode(), "s.yml", "05111")
    assert plan.changes[1].area == longest


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("months: 18", "months: 99", "months: gefunden 99; erwartet: höchstens 60"),
        ("months: 18", "monate: 18", "unbekannter Schlüssel monate"),
        ("reserve: 10", "reserve: 12.5", "reserve: gefunden 12.5; erwartet: eine ganze Zahl"),
        ("limit: 200", "limit: 20000", "limit: gefunden 20000; erwartet: höchstens 10000"),
        ("schliessen", "schließen", "changes.0.kind: gefunden 'schließen'; erwartet: 'eroeffnen'"),
        ("places: 160", "places: 0", "changes.1.places: gefunden 0; erwartet: mehr als 0"),
        (", places: 160", "", "erwartet: places, die Zahl der Plätze"),
        ("[20, 40]", "[40, 20]", "erwartet: zuerst die kleinere"),
        ('"05111"', '"99999"', "anderen Stadt"),
        ("start: 2017-07-31", "", "start fehlt"),
        ("changes:", "changes: [", "kein gültiges YAML"),
    ],
)
def test_what_is_wrong_is_said_in_german(before: str, after: str, said: str) -> None:
    with pytest.raises(ScenarioFileError) as found:
        read(FILE.replace(before, after, 1).encode(), "s.yml", "05111")
    assert said in str(found.value)
    assert all(each.startswith("s.yml: ") for each in found.value.problems)


def test_a_file_that_is_too_large_is_not_read() -> None:
    with pytest.raises(ScenarioFileError, match="höchstens"):
        read(b"#" * 200_000, "s.yml", "05111")
