"""Aggregation over levels, and of the shipped city: what is published is met or absent."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from inteso_dash.catalogue import Catalogue, read_catalogue
from inteso_dash.city import aggregation
from inteso_dash.city.aggregation.contradictions import contradictions
from inteso_dash.city.aggregation.upwards import aggregate
from inteso_dash.city.aggregation.wide import Matrix, matrix
from inteso_dash.tables.coded import coded
from inteso_dash.tables.sources import read_city
from tests.city.test_aggregation import CASES, POP, SHARE, catalogue, derived
from tests.paths import ROOT


def long_rows(*rows: tuple[str, str, str, str, float]) -> pd.DataFrame:
    """Make up figures of one Stichtag: level, area, indicator, status, value."""
    columns = ["level", "area_id", "indicator_id", "status", "value"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(
        division="1", date=pd.Timestamp("2020-12-31"), source_id="s", rounding_error=0.0, note=""
    )


NOTHING_MERGED = pd.DataFrame(
    columns=["level", "division", "indicator_id", "date", "area_id", "contained_in"]
)


def three_levels() -> tuple[Catalogue, pd.DataFrame]:
    """Two blocks in a quarter of a city."""
    known = catalogue(POP)
    block = known.levels[1].model_copy(update={"id": "block", "parent": "gebiet"})
    known = known.model_copy(update={"levels": (*known.levels, block)})
    register = pd.DataFrame(
        [("stadt", "C", ""), ("gebiet", "g", "C"), ("block", "x", "g"), ("block", "y", "g")],
        columns=["level", "area_id", "parent_id"],
    )
    return known, register.assign(division="1", parent_division="")


def test_a_value_from_the_nearest_level_counts_and_before_none() -> None:
    known, register = three_levels()
    given_rows = long_rows(
        ("block", "x", "pop", "measured", 3),
        ("block", "y", "pop", "measured", 3),
        ("gebiet", "g", "pop", "measured", 7),
    )
    done = aggregation.complete(given_rows, NOTHING_MERGED, register, known)
    assert done.loc[done["level"] == "stadt", "value"].tolist() == [7]
    given_rows.loc[2, ["status", "value"]] = ["not_delivered", np.nan]
    done = aggregation.complete(given_rows, NOTHING_MERGED, register, known)
    assert done.loc[done["level"] == "stadt", "value"].tolist() == [6]
    assert done.loc[done["level"] == "stadt", "note"].tolist() == [""]


def test_a_ratio_is_that_of_the_counts_delivered_for_the_area_itself() -> None:
    known, register = three_levels()
    known = known.model_copy(update={"indicators": catalogue(POP, CASES, SHARE).indicators})
    parts = [
        ("block", "x", "pop", "measured", 30),
        ("block", "y", "pop", "measured", 30),
        ("block", "x", "cases", "measured", 3),
        ("block", "y", "cases", "measured", 3),
    ]
    whole = [("gebiet", "g", "pop", "measured", 64), ("gebiet", "g", "cases", "measured", 8)]

    def shares(*rows: tuple[str, str, str, str, float]) -> dict[str, float]:
        done = aggregation.complete(long_rows(*rows), NOTHING_MERGED, register, known)
        return done[done["indicator_id"] == "share"].set_index("area_id")["value"].to_dict()

    assert shares(*parts, *whole) == {"x": 10, "y": 10, "g": 12.5, "C": 12.5}
    assert shares(*parts, whole[0]) == {"x": 10, "y": 10, "g": 10, "C": 10}
    secret = ("gebiet", "g", "cases", "suppressed", np.nan)
    assert shares(*parts, whole[0], secret)["g"] == 10


def test_a_ratio_contradicts_the_counts_of_its_own_area_alone() -> None:
    known = catalogue(POP, CASES, SHARE)
    stated = long_rows(
        ("gebiet", "a", "pop", "measured", 200),
        ("gebiet", "a", "cases", "measured", 10),
        ("gebiet", "a", "share", "measured", 7),
        ("gebiet", "b", "pop", "measured", 200),
        ("gebiet", "b", "cases", "measured", 10),
        ("gebiet", "b", "share", "measured", 5),
        ("gebiet", "c", "share", "measured", 9),
    )
    found = contradictions(coded(stated), NOTHING_MERGED, known)
    assert found[["area_id", "indicator_id", "value"]].values.tolist() == [["a", "share", 5.0]]
    assert contradictions(coded(stated[3:]), NOTHING_MERGED, known).empty


def test_areas_without_a_known_parent_do_not_stop_the_rest() -> None:
    known, register = three_levels()
    register.loc[1, "parent_id"] = "?"
    register.loc[3, "parent_id"] = ""
    given_rows = long_rows(
        ("block", "x", "pop", "measured", 3), ("block", "y", "pop", "measured", 3)
    )
    done = aggregation.complete(given_rows, NOTHING_MERGED, register, known)
    assert done.loc[done["level"] == "gebiet", "value"].tolist() == [3]


def test_a_real_city_with_uninhabited_areas_has_its_share_at_every_level(reference: Path) -> None:
    known, data = read_catalogue(reference / "cities/berlin"), reference / "cities/berlin/data"
    register = pd.read_csv(data / "gebiete.csv", dtype=str).fillna("").assign(parent_division="")
    told = pd.read_csv(data / "einwohner_2024.csv", sep=";", dtype={"id": str}).set_index("id")
    foreign, everybody = told["inhabitants_foreigners"], told["inhabitants"]
    counts = pd.DataFrame({"einwohner": everybody, "auslaender": foreign}).rename_axis("area_id")
    figures = counts.melt(var_name="indicator_id", ignore_index=False).reset_index()
    figures = figures.assign(
        level="planungsraum", division="2021", date=pd.Timestamp("2024-12-31"), status="measured"
    ).assign(source_id="s", rounding_error=0.0, note="")
    done = aggregation.complete(figures, NOTHING_MERGED, register, known)
    shares = done[done["indicator_id"] == "auslaenderanteil"]
    assert (everybody == 0).sum() == 2
    for level, digits in (("bezirksregion", 6), ("prognoseraum", 4), ("bezirk", 2)):
        found = shares[shares["level"] == level].set_index("area_id")["value"]
        inside = told.index.str[:digits]
        true = 100 * foreign.groupby(inside).sum() / everybody.groupby(inside).sum()
        assert found.to_dict() == pytest.approx(true.to_dict())
    city = shares.loc[shares["level"] == "stadt", "value"].item()
    assert round(city, 1) == 24.9


def test_published_figures_say_that_they_hold_for_several_areas() -> None:
    known, register = three_levels()
    given_rows = long_rows(
        ("block", "x", "pop", "measured", 3), ("block", "y", "pop", "merged", np.nan)
    )
    given_rows.loc[1, "note"] = "Zu klein."
    pair = ("block", "1", "pop", given_rows["date"][0], "y", "x")
    merged = pd.DataFrame([pair], columns=NOTHING_MERGED.columns)
    done = aggregation.complete(given_rows, merged, register, known)
    notes = done.set_index("area_id")["note"].to_dict()
    assert notes == {
        "C": "",
        "g": "",
        "x": "Gilt zusammen mit y: gemeinsam veröffentlicht.",
        "y": "Zu klein.",
    }


DIFFERENCES = {
    "bevoelkerung": 0.0,
    "anteil_weiblich": -0.036,
    "anteil_alter_0_5": 0.033,
    "anteil_alter_6_17": -0.037,
    "anteil_alter_18_29": 0.001,
    "anteil_alter_30_49": -0.000,
    "anteil_alter_50_64": -0.031,
    "anteil_alter_65_79": 0.004,
    "anteil_alter_80": 0.031,
    "jugendquotient": -0.036,
    "altenquotient": 0.013,
    "anteil_auslaender": -0.027,
    "anteil_migrationshintergrund": 0.016,
    "wanderungssaldo": 0.021,
    "anteil_einpersonenhaushalte": 0.029,
    "anteil_haushalte_mit_kindern": 0.023,
    "anteil_alleinerziehende": 0.030,
    "anteil_senioren_single": 0.044,
    "sgb2_quote": -0.070,
    "mindestsicherung": -0.047,
    "anteil_gymnasium": -0.048,
    "wohnflaeche_je_einwohner": -0.001,
    "flaeche": 0.300,
    "einwohnerdichte": 0.009,
}
"""By how much the value computed from the 171 Sozialräume differs from the published one."""

UNPLACED = {"sgb2_quote": 0.02}
"""What the city's value holds beyond its areas: their counts and bases give 10.43 exactly, where
10.5 is published. Persons whom no Sozialraum counts would explain it; the source does not say."""

ABSENT = {
    "altersarmut",
    "anteil_gesamtschule",
    "anteil_gruenflaeche",
    "anteil_hauptschule",
    "anteil_oeffentlich_gefoerdert",
    "anteil_realschule",
    "anteil_wohneigentum",
    "anteil_wohnflaeche",
    "arbeitslosenquote",
    "fluktuationsrate",
    "kinderarmut",
    "uebergang_gymnasium",
    "wohngeldquote",
}
"""Published for the city, but not to be had from the Sozialräume: a part or the base is missing."""


@pytest.fixture(scope="module")
def computed_and_published() -> tuple[Matrix, pd.Series, Catalogue]:
    """The city from its Sozialräume, and as the same publication states it."""
    known = read_catalogue(ROOT)
    read = read_city(ROOT, known)
    areas = read.register[read.register["level"] == "sozialraum"]
    merged: dict[str, dict[str, str]] = {}
    for row in read.merged.itertuples():
        merged.setdefault(str(row.indicator_id), {})[str(row.area_id)] = str(row.contained_in)
    rows = read.figures[read.figures["level"] == "sozialraum"]
    base = derived(matrix(rows), known, merged)
    up = aggregate(base, pd.Series("05111", index=areas["area_id"]), merged, known)
    city = read.figures[
        (read.figures["level"] == "stadt") & (read.figures["date"] == pd.Timestamp("2021-12-31"))
    ]
    return up, city.set_index("indicator_id")["value"], known


def test_every_published_city_value_is_met_or_absent(
    computed_and_published: tuple[Matrix, pd.Series, Catalogue],
) -> None:
    _, published, _ = computed_and_published
    assert set(published.index) == set(DIFFERENCES) | ABSENT


@pytest.mark.parametrize(("indicator_id", "difference"), DIFFERENCES.items())
def test_city_value_from_sozialraeume_meets_the_published_one(
    computed_and_published: tuple[Matrix, pd.Series, Catalogue],
    indicator_id: str,
    difference: float,
) -> None:
    up, published, known = computed_and_published
    value = up.value.at["05111", indicator_id]
    found = value - published[indicator_id]
    allowed = 0.5 * 10.0 ** -known.indicator(indicator_id).decimals
    allowed += up.error.at["05111", indicator_id] + UNPLACED.get(indicator_id, 0.0)
    assert abs(found) <= allowed, f"{indicator_id}: {value} against {published[indicator_id]}"
    assert found == pytest.approx(difference, abs=0.0006)


@pytest.mark.parametrize("indicator_id", sorted(ABSENT - {"altersarmut"}))
def test_what_cannot_be_computed_is_absent_with_its_reason(
    computed_and_published: tuple[Matrix, pd.Series, Catalogue], indicator_id: str
) -> None:
    up, _, _ = computed_and_published
    assert np.isnan(up.value.at["05111", indicator_id])
    assert up.note.at["05111", indicator_id]
