"""Sites that count at their Stichtag, and those that do not and are named; all are made up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from inteso_dash.city import City, load_city
from inteso_dash.intake import checking
from inteso_dash.language.findings import Severity
from inteso_dash.pages.unterbringung.sentences import left_out_remarks
from inteso_dash.pages.unterbringung.situation import situation
from inteso_dash.tables.sources.places import SITE_COLUMNS, is_open, site_frame, uncounted
from tests.opened import open_page
from tests.pages.unterbringung.test_unterbringung_page import folder, said, served  # noqa: F401
from tests.towns import made_up_accommodation as made_up

DAY = dt.date(2017, 2, 28)


def wrong(rows: list[made_up.Row]) -> list[made_up.Row]:
    """Return the sites with eight more that are not open, or stand there twice."""
    site = next(row for row in rows if row["area_id"] == "06")
    more = [
        {"name": "Geplant", "state": "in Planung", "occupied": "", "opened": ""},
        {"name": "Geplant belegt", "state": "im Bau", "occupied": "70", "opened": ""},
        {"name": "Aufgegeben", "state": "geschlossen", "occupied": "60", "opened": ""},
        {"name": "Zu früh", "opened": "2017-05-01", "occupied": "80"},
        {"name": "Zu spät", "closed": "2016-12-31", "occupied": "90"},
        {"name": site["name"].upper()},
        {"name": f" {site['name']} ", "occupied": "1"},
        {"name": site["name"], "closed": "2016-01-01", "occupied": "5"},
    ]
    return [*rows, *({**site, "lon": "", "lat": "", "closed": "", **each} for each in more)]


def without_counts(rows: list[made_up.Row]) -> list[made_up.Row]:
    return [row for row in rows if row["level"] != "stadtbezirk" or row["date"] != "2017-02-28"]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    root = tmp_path_factory.mktemp("standing")
    return load_city(made_up.build(root / "city", sites=wrong, areas=without_counts))


def test_every_site_counts_once_and_only_while_it_is_open(city: City) -> None:
    shown = situation(city, "stadtbezirk", DAY)
    own = [row for row in made_up.read("unterkuenfte") if row["area_id"] == "06"]
    assert shown.areas.at["06", "persons"] == sum(int(row["occupied"]) for row in own) == 1820
    assert shown.areas.at["06", "sites"] == len(own)
    assert shown.areas.at["06", "places"] == sum(int(row["places"]) for row in own)


def test_every_site_that_does_not_count_is_named_with_its_reason(city: City) -> None:
    remarks = left_out_remarks(city, DAY)
    assert len(remarks) == 8
    assert "Geplant: Stand „in Planung“" in remarks
    assert "Geplant belegt (70 Personen): Stand „im Bau“" in remarks
    assert "Aufgegeben (60 Personen): Stand „geschlossen“" in remarks
    assert "Zu früh (80 Personen): am Stichtag noch nicht eröffnet" in remarks
    assert "Zu spät (90 Personen): am Stichtag schon geschlossen" in remarks
    assert sum("steht mehrfach da" in remark for remark in remarks) == 2


def test_a_folder_with_such_sites_is_reported(tmp_path: Path) -> None:
    root = made_up.build(tmp_path / "city", sites=wrong)
    found = [each for each in checking.check(root) if each.rule.startswith("site_")]
    assert {each.severity for each in found} == {Severity.ERROR}
    open_ones = [each for each in found if each.rule == "site_not_open"]
    assert [each.column for each in open_ones] == ["state", "state", "opened", "closed", "closed"]
    assert sum(each.rule == "site_repeated" for each in found) == 3
    assert not [each for each in found if each.rule == "site_sum"]


def test_the_page_says_what_is_not_counted(folder: Callable[..., None]) -> None:  # noqa: F811
    folder(sites=wrong)
    text = said(open_page("unterbringung"))
    assert "Im Verzeichnis, aber nicht gezählt: " in text
    assert "Zu früh (80 Personen): am Stichtag noch nicht eröffnet" in text


def test_the_page_says_nothing_where_every_site_counts(folder: Callable[..., None]) -> None:  # noqa: F811
    folder()
    assert "nicht gezählt" not in said(open_page("unterbringung"))


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("in Betrieb", True),
        ("in Betrieb, Ausbau geplant", True),
        ("In Planung", False),
        ("geplant ab 2018", False),
        ("im Aufbau", False),
        ("in Vorbereitung", False),
        ("außer Betrieb", False),
        ("nicht mehr belegt", False),
        ("Sanierung läuft", None),
        ("", None),
    ],
)
def test_states_are_read(state: str, told: bool | None) -> None:
    assert is_open(state) is told


def test_sites_without_any_day_of_closing_are_open() -> None:
    row = {**dict.fromkeys(SITE_COLUMNS, ""), "name": "A", "date": DAY, "opened": None}
    row |= {"closed": None, **dict.fromkeys(("places", "usable", "occupied", "lon", "lat"), 1.0)}
    assert uncounted(site_frame([row, {**row, "name": "B"}])).tolist() == ["", ""]
    assert uncounted(site_frame([])).empty
