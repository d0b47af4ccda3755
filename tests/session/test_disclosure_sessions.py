"""What a session loads cannot bring to light what the folder keeps secret; figures are made up."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as some

from inteso_dash.city import City, load_city
from inteso_dash.folders import DATA_VARIABLE
from inteso_dash.intake import checking
from inteso_dash.intake.delivery import folder as intake_folder
from inteso_dash.intake.delivery.draft import Answers, draft
from inteso_dash.intake.delivery.folder import surroundings
from inteso_dash.intake.delivery.tidy import Stamp
from inteso_dash.pages.daten.kept import findings
from inteso_dash.session import editions, store
from inteso_dash.tables.sources import Delivery
from tests.city.test_disclosure_loading import accommodated
from tests.intake.test_import import NOW, take
from tests.towns import made_up_accommodation
from tests.towns.made_up_town import CHANGE, write_town
from tests.tries import tried

DAY = dt.date(2022, 12, 31)
SMALL, PARTNER = 3, 417
QUARTERS = ("Q01", "Q02", "Q03", "Q04")
HELD = dict(zip(QUARTERS, (SMALL, PARTNER, 600, 2_000), strict=True))
ANSWERS = Answers("quartier", "heute")
TEXT = "Quartier;Einwohner\n{rows}{total}Stand: 31.12.2022\n"


def table(figures: dict[str, int], total: int | None = None) -> str:
    """A delivered table."""
    last = "" if total is None else f"Musterstadt insgesamt;{total}\n"
    rows = "".join(f"{area};{number}\n" for area, number in figures.items())
    return TEXT.format(rows=rows, total=last)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town with a delivery that is not public and holds a small number."""
    root = tmp_path_factory.mktemp("sessions") / "box" / "town"
    root.mkdir(parents=True)
    write_town(root)
    assert take(root, text=table(HELD, sum(HELD.values()))) == 0
    return root


@pytest.fixture(scope="module")
def shared(town: Path) -> City:
    return load_city(town)


def loaded(town: Path, text: str, number: int = 0) -> Delivery:
    """A table as a session loads it."""
    city = surroundings(town)
    stamp = replace(intake_folder.stamp(city.catalogue, NOW), prefix=f"sitzung_{number}")
    found = draft(text.encode(), "l.csv", city, ANSWERS, stamp)
    assert found.delivery is not None, found.questions
    return found.delivery


def shown(city: City, day: dt.date = DAY) -> dict[str, float]:
    """Inhabitants that a city shows, by area."""
    rows = city.figures[
        (city.figures["date"] == pd.Timestamp(day)) & (city.figures["indicator_id"] == "einwohner")
    ]
    known = rows.dropna(subset="value")
    return dict(zip(known["area_id"], known["value"], strict=True))


def test_the_folder_keeps_its_small_number_and_a_partner(shared: City) -> None:
    seen = shown(shared)
    assert "Q01" not in seen
    assert len(set(QUARTERS) - set(seen)) == 2
    assert seen["K1"] == sum(HELD.values())


def test_a_table_in_the_place_of_the_small_number_does_not_show_its_partner(
    town: Path, shared: City
) -> None:
    own = loaded(town, table({"Q01": 500}))
    city = load_city(town, (own,), shared)
    assert shown(city) == {"Q01": 500}
    assert city.set_aside == (DAY,)
    assert load_city(town, (own,)).figures.equals(city.figures), "safe without being told as well"


def test_other_stichtage_are_shown_beside_it(town: Path, shared: City) -> None:
    own = loaded(town, table({"Q01": 500}).replace("2022", "2023"))
    city = load_city(town, (own,), shared)
    assert city.set_aside == ()
    assert shown(city) == shown(shared)
    assert shown(city, dt.date(2023, 12, 31)) == {"Q01": 500}


def test_a_loaded_table_does_not_change_which_figures_of_other_stichtage_are_secret(
    tmp_path: Path,
) -> None:
    """Which figures protect the small ones is chosen like at the Stichtag before.

    Without that Stichtag others would be chosen, and both views together would show them all.
    """
    root, year = tmp_path / "town", dt.date(2023, 12, 31)
    root.mkdir()
    write_town(root)
    later = {**HELD, "Q02": 700}
    for text, name in ((table(HELD), "l.csv"), (table(later).replace("2022", "2023"), "m.csv")):
        assert take(root, text=text, name=name) == 0
    everybodys = load_city(root)
    between = table({"Q03": 2, "Q04": 20}).replace("2022", "2020")
    for number, text in enumerate((table({"Q01": 500}), between)):
        city = load_city(root, (loaded(root, text, number),), everybodys)
        assert shown(city, year) == shown(everybodys, year)
    small, partner = sorted(set(QUARTERS) - set(shown(everybodys, year)))
    assert (small, partner) == ("Q01", "Q02")


def test_a_loaded_table_does_not_bring_a_change_of_a_secret_figure_to_light(
    tmp_path: Path,
) -> None:
    root, year = tmp_path / "town", dt.date(2023, 12, 31)
    root.mkdir()
    write_town(root)
    indicators = root / "data" / "indicators.yml"
    indicators.write_text(indicators.read_text("utf-8") + CHANGE, "utf-8")
    assert take(root, text=table(HELD)) == 0
    rows = "".join(f"{area};{number + 600};12.5\n" for area, number in HELD.items())
    text = f"Quartier;Einwohner;Entwicklung\n{rows}Stand: 31.12.2023\n"
    assert take(root, text=text, name="m.csv") == 0
    city = load_city(root, (loaded(root, table({"Q01": 500})),))
    known = city.values("quartier", "entwicklung", year)["value"].dropna()
    assert set(known.index) == {"Q03", "Q04"}


def test_where_nothing_is_secret_a_session_sees_both(tmp_path: Path, shared: City) -> None:
    root = tmp_path / "box" / "town"
    root.mkdir(parents=True)
    write_town(root)
    large = {area: 1_000 + number for area, number in HELD.items()}
    assert take(root, text=table(large)) == 0
    city = load_city(root, (loaded(root, table({"Q01": 500})),))
    assert city.set_aside == ()
    assert shown(city) == {**large, "Q01": 500, "K1": sum(large.values()) - large["Q01"] + 500}


@tried(0.2)
@given(
    some.lists(
        some.dictionaries(
            some.sampled_from(QUARTERS), some.integers(0, 5_000), min_size=1, max_size=4
        ),
        min_size=1,
        max_size=3,
    )
)
def test_no_number_of_sessions_works_it_out(
    town: Path, shared: City, attempts: list[dict[str, int]]
) -> None:
    """Whatever is loaded, a session shows what it would show if the folder held other numbers.

    The other numbers look the same from outside: the small one is 0 or at least 5, and its
    partner makes up for it.
    """
    for number, figures in enumerate(attempts):
        own = loaded(town, table(figures), number)
        city = load_city(town, (own,), shared)
        seen = shown(city)
        for area, value in seen.items():
            if area in figures:
                assert value == figures[area]
            elif area == "K1":
                assert set(figures) == set(QUARTERS)
                assert value == sum(figures.values())
            else:
                raise AssertionError(f"{area} of the folder is shown")


def test_the_report_does_not_tell_whether_a_loaded_figure_is_a_secret_sum(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sums of sites of which nothing may be told, tried out with one figure after the other."""
    accommodated(tmp_path / "city", {"p_percent": 10, "largest": [1, 40]})
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "city"))
    st.cache_resource.clear()
    rows = made_up_accommodation.read("unterkuenfte")
    area, day = rows[0]["area_id"], dt.date.fromisoformat(rows[0]["date"])
    total = sum(
        int(row["occupied"] or 0)
        for row in rows
        if row["area_id"] == area and row["date"] == rows[0]["date"]
    )
    catalogue = surroundings(tmp_path / "city")
    accommodation = catalogue.catalogue.accommodation
    assert accommodation is not None
    answers = Answers(rows[0]["level"], date=day)
    seen = []
    for persons in (total, total + 1):
        text = f"Gebiet;{accommodation.persons}\n{area};{persons}\n"
        stamp = Stamp(NOW, (), f"sitzung_{persons}_")
        found = draft(text.encode(), "l.csv", catalogue, answers, stamp)
        assert found.delivery is not None, found.questions
        everything = checking.check(tmp_path / "city", (found.delivery,))
        mine = editions.Edition(str(persons), (found.delivery,))
        monkeypatch.setattr(store, "edition", lambda mine=mine: mine)
        monkeypatch.setattr(editions, "edition", lambda mine=mine: mine)
        own = found.delivery.table.file
        seen.append([each for each in findings() if each.file != own])
        told = [each for each in everything if each.rule == "site_sum" and each.row == area]
        assert bool(told) == (persons != total), "the checks themselves notice"
    assert seen[0] == seen[1]
    st.cache_resource.clear()
