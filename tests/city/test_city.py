"""The shipped city: published figures, looked up as the pages look them up."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from inteso_dash.catalogue import read_catalogue
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.folders import folder_hash
from inteso_dash.language.findings import Severity
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.tables.register import areas_of
from tests.paths import ROOT

AWAITED = {"unterbringung_nutzbar"}
"""Indicators that a delivery of the city may bring, but no publication names."""
D2021, D2015, D2010 = dt.date(2021, 12, 31), dt.date(2015, 12, 31), dt.date(2010, 12, 31)


def value(city: City, level: str, area: str, indicator: str, date: dt.date) -> float:
    """Look up one value."""
    cell = city.cell(level, area, indicator, date)
    assert cell is not None
    return float(cell["value"])


@pytest.mark.parametrize(
    ("level", "area", "date", "inhabitants"),
    [
        ("stadt", "05111", D2021, 643_753),
        ("stadtbezirk", "01", D2021, 85_996),
        ("stadtbezirk", "03", D2021, 120_921),
        ("stadtbezirk", "05", D2021, 34_479),
        ("stadtbezirk", "06", D2021, 66_957),
        ("stadtbezirk", "05", D2015, 34_318),
        ("stadtbezirk", "06", D2015, 63_721),
        ("stadtbezirk", "06", D2010, 59_018),
        ("stadt", "05111", D2010, 588_169),
        ("sozialraum", "063007", D2021, 2_036),
    ],
)
def test_published_population(
    city: City, level: str, area: str, date: dt.date, inhabitants: int
) -> None:
    assert value(city, level, area, "bevoelkerung", date) == inhabitants


def test_data_hash_depends_on_content_and_not_on_the_place(city: City, tmp_path: Path) -> None:
    copy = tmp_path / "anderswo"
    for folder in ("data", "geodata"):
        shutil.copytree(ROOT / folder, copy / folder)
    assert folder_hash(copy) == city.data_hash
    assert city.data_hash.startswith(city.short_hash)
    table = copy / "data" / "welcome_points.csv"
    table.write_bytes(table.read_bytes() + b"\n")
    assert folder_hash(copy) != city.data_hash


def test_published_facts_of_2021(city: City) -> None:
    assert value(city, "sozialraum", "013003", "kinderarmut", D2021) == 41.8
    assert value(city, "sozialraum", "013003", "arbeitslosenquote", D2021) == 12.7
    assert city.values("sozialraum", "sgb2_quote", D2021)["value"].idxmax() == "098002"


def test_every_area_of_every_level_adds_up_to_the_city(city: City) -> None:
    for level in ("sozialraum", "stadtteil", "stadtbezirk"):
        rows = city.values(level, "bevoelkerung", D2021)
        assert rows["value"].sum() == 643_753, level


def test_uninhabited_and_merged_keep_their_status_on_the_way_up(city: City) -> None:
    assert city.values("sozialraum", "bevoelkerung", D2021).at["071009", "status"] == "uninhabited"
    assert city.values("stadtteil", "sgb2_quote", D2021).at["033", "status"] == "merged"
    assert value(city, "stadtteil", "071", "bevoelkerung", D2021) == 29_441


def test_areas_published_together_count_together_and_say_so(city: City) -> None:
    def cell(level: str, area: str, name: str) -> pd.Series:
        found = city.cell(level, area, name, D2021)
        assert found is not None
        return found

    assert cell("sozialraum", "032001", "alleinerziehende")["value"] == pytest.approx(
        62.11, abs=0.01
    )
    assert cell("stadtteil", "032", "alleinerziehende")["value"] == pytest.approx(297.50, abs=0.01)
    together = ("sgb2_personen", "arbeitslose", "arbeitslose_je_100_18_64", "alleinerziehende")
    for name in together:
        assert "033001" in cell("sozialraum", "032001", name)["note"]
        assert "033001" in cell("stadtteil", "032", name)["note"]
        assert "032001" in cell("stadtteil", "033", name)["note"]
        assert "033001" not in cell("stadtbezirk", "03", name)["note"]
    assert not cell("sozialraum", "032001", "bevoelkerung")["note"]


@pytest.mark.parametrize(
    ("level", "area", "share"),
    [
        ("stadtteil", "014", 5.0),
        ("stadtteil", "037", 17.3),
        ("stadtteil", "051", 3.3),
        ("stadtteil", "061", 15.3),
        ("stadtteil", "073", 4.6),
        ("stadtteil", "102", 6.7),
        ("stadtbezirk", "10", 23.0),
    ],
)
def test_the_missing_count_of_one_area_leaves_all_others_exact(
    city: City, level: str, area: str, share: float
) -> None:
    parts = city.values("sozialraum", "sgb2_personen", D2021)["value"].filter(regex=f"^{area}")
    below = [f"alter_{ages}" for ages in ("0_5", "6_17", "18_29", "30_49", "50_64")]
    base = sum(city.values(level, name, D2021)["value"][area] for name in below)
    found = city.cell(level, area, "sgb2_quote", D2021)
    assert found is not None
    assert found["value"] == pytest.approx(100 * parts.sum() / base)
    assert round(found["value"], 1) == share
    assert found["note"] == ""


def test_computed_figures_cite_their_own_sources_only(city: City) -> None:
    day = pd.Timestamp("2021-12-31")
    rows = city.figures[(city.figures["level"] == "stadt") & (city.figures["date"] == day)]
    made = rows[rows["status"] == "computed"].set_index("indicator_id")["source_id"]
    assert made["arbeitslose"] == "quartiersatlas_2024"
    known = set(city.catalogue.sources)
    assert all(set(text.split(", ")) <= known for text in city.figures["source_id"])


def test_missing_is_not_zero(city: City) -> None:
    rows = city.values("stadtteil", "bevoelkerung", D2015)
    assert rows["value"].notna().sum() == 6
    assert set(rows.loc[rows["value"].isna(), "status"]) == {"not_delivered"}
    assert rows.loc[rows["value"].isna(), "note"].str.len().min() > 0


@pytest.mark.parametrize("indicator", read_catalogue(ROOT).indicators, ids=lambda each: each.id)
def test_every_figure_names_source_date_and_status(city: City, indicator: Indicator) -> None:
    rows = city.figures[city.figures["indicator_id"] == indicator.id]
    assert rows["date"].notna().all()
    assert set(rows["status"]) <= {str(status) for status in Status}
    assert all(city.source_titles(source_id) for source_id in set(rows["source_id"]))
    without = rows["status"].isin(["suppressed", "not_delivered", "uninhabited", "merged"])
    assert (rows["value"].isna() == without).all()
    low, high = indicator.range
    known = rows["value"].dropna()
    assert (known >= (float("-inf") if low is None else low)).all()
    assert (known <= (float("inf") if high is None else high)).all()


@pytest.mark.parametrize("indicator", read_catalogue(ROOT).indicators, ids=lambda each: each.id)
def test_every_indicator_has_a_figure_somewhere(city: City, indicator: Indicator) -> None:
    found = city.figures.loc[city.figures["indicator_id"] == indicator.id, "value"].notna().any()
    assert found == (indicator.id not in AWAITED)


def test_primary_key_is_unique(city: City) -> None:
    key = ["level", "division", "area_id", "indicator_id", "date", "source_id"]
    assert not city.figures.duplicated(key).any()


def test_a_published_figure_is_never_overwritten(city: City) -> None:
    assert value(city, "stadt", "05111", "sgb2_quote", D2021) == 10.5
    row = city.cell("stadt", "05111", "sgb2_quote", D2021)
    assert row is not None
    assert row["status"] == "measured"


def test_derived_counts_carry_their_rounding_error(city: City) -> None:
    row = city.cell("sozialraum", "098002", "auslaender", D2021)
    assert row is not None
    share = value(city, "sozialraum", "098002", "anteil_auslaender", D2021)
    assert row["value"] == pytest.approx(4640 * share / 100)
    assert row["rounding_error"] == pytest.approx(4640 * 0.05 / 100)
    assert row["status"] == "computed"


def test_a_published_figure_carries_the_rounding_that_is_declared(city: City) -> None:
    row = city.cell("stadt", "05111", "auslaender", D2015)
    assert row is not None
    assert (row["value"], row["status"], row["rounding_error"]) == (135000, "rounded", 500)


def test_reading_the_shipped_city_finds_no_error(city: City) -> None:
    assert [f.message for f in city.findings if f.severity is not Severity.NOTE] == []


def test_areas_are_found_by_key_and_name(city: City) -> None:
    assert city.find("06") == [("stadtbezirk", "06")]
    assert city.find("rath") == [("stadtteil", "063")]
    assert city.find("Angermund") == [("stadtteil", "055"), ("sozialraum", "055001")]
    assert city.find("Angermund", "stadtteil") == [("stadtteil", "055")]
    assert city.find("99") == []


def test_lineage(city: City) -> None:
    assert [area for _, area, _ in city.lineage("sozialraum", "063007")] == [
        "063007",
        "063",
        "06",
        "05111",
    ]
    with pytest.raises(KeyError, match="999999"):
        city.lineage("sozialraum", "999999")


def test_a_lineage_keeps_to_the_divisions_that_the_register_names(city: City) -> None:
    """The truth is read from the register row by row."""
    rows = {
        (row.level, row.division, row.area_id): (row.parent_id, row.parent_division)
        for row in city.register.itertuples()
    }
    for level in city.catalogue.levels:
        for area in city.areas(level.id).index:
            here, division, told = area, level.current.id, []
            for step in (level.id, *city.catalogue.ancestors(level.id)):
                if (step, division, here) not in rows:
                    break
                told.append((step, here, city.areas(step, division).loc[here, "name"]))
                here, named = rows[step, division, here]
                above = city.catalogue.level(step).parent
                known = [key[1] for key in rows if key[0] == above and key[2] == here]
                division = named or (city.catalogue.level(above).newest(known) if known else "")
            assert city.lineage(level.id, area) == told, (level.id, area)


def test_every_status_is_explained() -> None:
    assert set(STATUS_MEANINGS) == set(Status)


def test_register_and_geometry_know_the_same_areas(city: City) -> None:
    from inteso_dash.boundaries.layers import read_boundaries, read_layers

    for (level, division), layer in read_layers(ROOT).items():
        assert set(city.areas(level, division)["area_id"]) == set(read_boundaries(layer)["area_id"])


def test_a_name_that_the_source_cut_off_is_told_from_others(city: City) -> None:
    assert city.name("sozialraum", "063008") == "Rath · Südlich … (063008)"
    assert city.name("sozialraum", "063007") == "Oberrath"
    assert city.name_beside_key("sozialraum", "063008") == "Rath · Südlich …"
    assert city.keyed_name("sozialraum", "063008") == "063008 Rath · Südlich …"
    assert city.lineage("sozialraum", "063008")[0][2] == "Rath · Südlich … (063008)"


def test_no_shown_name_is_cut_off_without_its_key(city: City) -> None:
    cut = [
        f"{area} {name}"
        for level in city.catalogue.levels
        for area, name in city.areas(level.id)["name"].items()
        if "…" in name and f"({area})" not in name
    ]
    assert cut == []


@pytest.mark.parametrize("asked", ["063008", "Südlich …", "rath · südlich … (063008)"])
def test_an_area_is_found_by_its_delivered_and_its_shown_name(city: City, asked: str) -> None:
    assert city.find(asked) == [("sozialraum", "063008")]


def test_a_cut_name_above_which_nothing_lies_has_its_key(city: City) -> None:
    register = city.register[city.register["level"] == "sozialraum"]
    division = city.catalogue.level("sozialraum").current.id
    named = areas_of(register, city.catalogue, "sozialraum", division).set_index("area_id")["name"]
    assert named["063008"] == "Südlich … (063008)"


def test_whoever_changes_looked_up_values_changes_a_copy(city: City) -> None:
    asked = ("stadtteil", "bevoelkerung", city.dates("stadtteil", "bevoelkerung")[-1])
    before = city.values(*asked)
    mine = city.values(*asked)
    mine.loc["011", "value"] = -1.0
    mine["note"] = "mine"
    assert mine.at["011", "value"] == -1
    assert_frame_equal(city.values(*asked), before, check_exact=True)
    assert before.at["011", "value"] > 0


def test_what_follows_is_worked_out_once_and_bounded_and_survives_being_emptied(city: City) -> None:
    here, asked = replace(city), list[int]()

    def make(number: int) -> int | None:
        asked.append(number)
        return number or None

    for number in (0, 1, 0, 1):
        assert here.once("made up", number, lambda number=number: make(number)) == (number or None)
    assert asked == [0, 1]

    def emptied_meanwhile() -> str:
        here.held("made up").clear()
        return "there"

    assert here.once("made up", 2, emptied_meanwhile) == "there"
    for number in range(10):
        here.once("made up", number, lambda number=number: make(number), most=4)
        assert len(here.held("made up")) <= 4
    assert not here.held("other")
    assert not replace(here).held("made up")
