"""Intervals of a city's shares and rates, from what is shown of it alone; made-up figures."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from inteso_dash.city import City, load_city
from inteso_dash.city.intervals import CityIntervals, chance_of, every_interval, intervals
from inteso_dash.language.statuses import Status
from inteso_dash.measures.intervals import Chance, byar, wilson
from tests.towns.made_up_town import SOURCE, write_table, write_town

DAY, ATLAS = dt.date(2021, 6, 30), dt.date(2021, 12, 31)
INDICATORS = """
faelle:
  title: {de: Fälle, en: Cases}
  short: {de: Fälle, en: Cases}
  topic: menschen
  unit: Personen
  decimals: 0
  kind: extensive
  meaning: Erfunden.
anteil:
  title: {de: Anteil, en: Share}
  short: {de: Anteil, en: Share}
  topic: menschen
  unit: "%"
  decimals: 1
  kind: intensive
  meaning: Erfunden.
  range: [0, 100]
  numerator: [faelle]
  denominator: [einwohner]
  factor: 100
rate:
  title: {de: Rate, en: Rate}
  short: {de: Rate, en: Rate}
  topic: menschen
  unit: je 1.000
  decimals: 1
  kind: intensive
  meaning: Erfunden.
  range: [0, null]
  numerator: [faelle]
  denominator: [einwohner]
  factor: 1000
"""
HEADS = ("quartier", "einwohner", "faelle", "anteil", "quote")
ROWS = "Q01;1.000;84;8,4;8,4\nQ02;3.000;240;8,0;0,0\nQ03;500;40;9,9;100,0\nQ04;;;5,0;5,0\n"


def town(folder: Path, rows: str = ROWS, protection: str = "public: true", more: str = "") -> City:
    """Load the town with a table of shares, bases and counts."""
    folder.mkdir(exist_ok=True)
    if not (folder / "data").exists():
        write_town(folder)
        indicators = folder / "data" / "indicators.yml"
        indicators.write_text(indicators.read_text("utf-8") + INDICATORS, "utf-8")
    own = SOURCE.replace("id: erfunden", "id: neu").replace("public: true", protection)
    columns = ", ".join(f"{{name: {each}, indicator: {each}{more}}}" for each in HEADS[1:])
    write_table(
        folder / "data",
        "neu",
        f"{';'.join(HEADS)}\n{rows}",
        f"kind: figures\nlayout: wide\nlevel: quartier\ndivision: heute\ndate: {DAY}\n"
        f"source: neu\nkey_column: quartier\nrows: {rows.count(chr(10))}\n{own}\n"
        f"columns: [{columns}]\n",
    )
    return load_city(folder)


def one(count: float, total: float) -> tuple[float, float]:
    low, high = wilson(np.array([float(count)]), np.array([float(total)]))
    return low[0] * 100, high[0] * 100


def test_counts_that_are_shown_make_the_interval(tmp_path: Path) -> None:
    cells = intervals(town(tmp_path), "quartier", "anteil", DAY).cells
    assert cells.loc["Q01", ["lower", "upper"]].tolist() == pytest.approx(one(84, 1000))
    assert cells["base"]["Q01"] == 1000
    assert cells["method"]["Q01"] == "Wilson, 95\u202f%"
    assert cells["reason"]["Q01"] == ""


def test_a_rate_has_the_interval_of_byar(tmp_path: Path) -> None:
    cells = intervals(town(tmp_path), "quartier", "rate", DAY, 0.9).cells
    low, high = byar(np.array([84.0]), 0.9)
    assert cells.loc["Q01", ["lower", "upper"]].tolist() == pytest.approx([low[0], high[0]])
    assert cells["method"]["Q01"] == "Byar, 90\u202f%"


def test_counts_that_do_not_give_the_value_are_not_taken(tmp_path: Path) -> None:
    cells = intervals(town(tmp_path), "quartier", "anteil", DAY).cells
    # 40 of 500 are 8.0 %, published is 9.9 %: between 9.85 % and 9.95 % of 500
    assert cells["lower"]["Q03"] == pytest.approx(one(49.25, 500)[0])
    assert cells["upper"]["Q03"] == pytest.approx(one(49.75, 500)[1])
    assert "gerundetem Wert" in cells["method"]["Q03"]


def test_a_share_without_counts_is_widened_by_half_its_last_digit(tmp_path: Path) -> None:
    cells = intervals(town(tmp_path), "quartier", "quote", DAY).cells
    assert cells["lower"]["Q01"] == pytest.approx(one(83.5, 1000)[0])
    assert cells["upper"]["Q01"] == pytest.approx(one(84.5, 1000)[1])
    assert cells["lower"]["Q02"] == 0
    assert cells["upper"]["Q02"] == pytest.approx(one(1.5, 3000)[1])
    assert cells["upper"]["Q03"] == 100


def test_without_a_base_there_is_a_reason_and_no_interval(tmp_path: Path) -> None:
    cells = intervals(town(tmp_path), "quartier", "quote", DAY).cells
    assert cells.loc["Q04", ["base", "lower", "upper"]].isna().all()
    assert cells["method"]["Q04"] == ""
    assert "nicht bekannt" in cells["reason"]["Q04"]


def test_published_rounding_widens(tmp_path: Path) -> None:
    wide = intervals(town(tmp_path, more=", rounded_to: 3"), "quartier", "anteil", DAY).cells
    low = one(82.5, 1001.5)[0]
    high = one(85.5, 998.5)[1]
    assert wide.loc["Q01", ["lower", "upper"]].tolist() == pytest.approx([low, high])
    assert wide["method"]["Q01"].endswith("gerundete Zahlen")


def test_areas_published_together_have_their_common_base(city: City) -> None:
    cells = intervals(city, "sozialraum", "sgb2_quote", ATLAS).cells
    assert "033001" not in cells.index
    ages = ("alter_0_5", "alter_6_17", "alter_18_29", "alter_30_49", "alter_50_64")
    base = sum(
        city.values("sozialraum", age, ATLAS)["value"][area]
        for age in ages
        for area in ("032001", "033001")
    )
    assert cells["base"]["032001"] == base
    count = city.values("sozialraum", "sgb2_personen", ATLAS)["value"]["032001"]
    assert cells.loc["032001", ["lower", "upper"]].tolist() == pytest.approx(one(count, base))


def test_every_value_lies_within_its_interval(city: City) -> None:
    made = 0
    for indicator in city.catalogue.indicators:
        if chance_of(city.catalogue, indicator)[0] is None:
            continue
        for level in ("sozialraum", "stadtteil", "stadtbezirk", "stadt"):
            for day in city.dates(level, indicator.id):
                cells = intervals(city, level, indicator.id, day).cells
                known = cells.dropna(subset=["lower"])
                made += len(known)
                assert (known["lower"] <= known["value"]).all(), indicator.id
                assert (known["upper"] >= known["value"]).all(), indicator.id
                assert (cells["lower"].isna() == (cells["reason"] != "")).all()
    assert made > 5_000


def test_what_is_no_share_says_why(city: City) -> None:
    def why(indicator_id: str) -> str:
        found = intervals(city, "sozialraum", indicator_id, ATLAS)
        assert found.cells["lower"].isna().all()
        assert (found.cells["reason"] == found.reason).all()
        return found.reason.split(":")[0]

    assert why("bevoelkerung") == "Anzahl"
    assert why("wohnflaeche_je_einwohner") == "Mittel, Betrag oder Index"
    assert why("handlungsbedarf") == "Mittel, Betrag oder Index"
    assert why("einwohnerdichte") == "Dichte oder Anteil an Fläche oder Geld"
    assert why("anteil_gruenflaeche") == "Dichte oder Anteil an Fläche oder Geld"
    assert why("wanderungssaldo").startswith("Saldo oder Veränderung")
    assert why("altenquotient").startswith("Quotient zweier Teile")
    assert why("arbeitslosenquote").startswith("Wie groß das ist")
    assert chance_of(city.catalogue, city.catalogue.indicator("kinderarmut"))[0] is Chance.SHARE


def test_what_is_made_of_counts_is_a_share_without_saying_so(city: City) -> None:
    catalogue = city.catalogue
    silent = catalogue.indicator("sgb2_quote").model_copy(update={"range": (None, None)})
    assert chance_of(catalogue, silent)[0] is Chance.SHARE
    assert chance_of(catalogue, silent.model_copy(update={"unit": "je 100"}))[0] is Chance.RATE
    weighted = catalogue.indicator("kinderarmut").model_copy(update={"range": (None, None)})
    assert chance_of(catalogue, weighted)[0] is None


def test_a_ratio_of_a_balance_is_no_rate(tmp_path: Path) -> None:
    write_town(tmp_path)
    own = INDICATORS.replace("kind: extensive", "kind: extensive\n  range: [null, null]")
    indicators = tmp_path / "data" / "indicators.yml"
    indicators.write_text(indicators.read_text("utf-8") + own.replace("  range: [0, null]\n", ""))
    city = town(tmp_path, "Q01;1.000;−84;;8,4\nQ02;3.000;240;;8,0\nQ03;500;9;;9\nQ04;;;;5,0\n")
    found = intervals(city, "quartier", "rate", DAY)
    assert found.cells["value"].tolist() == [-84.0, 80.0, 18.0]
    assert found.cells["lower"].isna().all()
    assert found.reason.startswith("Saldo oder Veränderung")


def test_an_estimate_has_no_interval(tmp_path: Path) -> None:
    city = town(tmp_path)
    values = city.values("quartier", "anteil", DAY)
    values.loc["Q01", "status"] = str(Status.ESTIMATED)
    cells = intervals(city, "quartier", "anteil", DAY, values=values).cells
    assert math.isnan(cells["lower"]["Q01"])
    assert cells["reason"]["Q01"].startswith("Geschätzt")
    assert cells["lower"]["Q02"] > 0


def secret(folder: Path, last: str) -> City:
    rows = f"Q01;1.000;84;8,4;8,4\nQ02;3.000;240;8,0;8,0\nQ03;500;50;10,0;10,0\nQ04;{last}\n"
    return town(folder, rows, "public: false, protection: {counts_below: 20, shares_below: 20}")


def test_what_is_withheld_has_no_row_and_no_interval_tells_it(tmp_path: Path) -> None:
    city = secret(tmp_path, "400;7;1,8;1,8")
    hidden = city.values("quartier", "anteil", DAY)
    withheld = set(hidden.index[hidden["status"] == str(Status.SUPPRESSED)])
    assert "Q04" in withheld
    found = intervals(city, "quartier", "anteil", DAY)
    assert not withheld & set(found.cells.index)
    assert len(found.counts.lowest) == len(found.cells)
    for indicator_id in ("anteil", "rate", "quote"):
        cells = intervals(city, "quartier", indicator_id, DAY).cells
        assert cells.index.isin(city.known("quartier", indicator_id, DAY).index).all()


def test_what_is_hidden_changes_no_interval(tmp_path: Path) -> None:
    one, other = (secret(tmp_path, last) for last in ("400;7;1,8;1,8", "400;15;3,8;3,8"))
    assert one.values("quartier", "anteil", DAY)["status"]["Q04"] == str(Status.SUPPRESSED)
    for indicator_id in ("anteil", "rate"):
        left = intervals(one, "quartier", indicator_id, DAY).cells
        right = intervals(other, "quartier", indicator_id, DAY).cells
        pd.testing.assert_frame_equal(left, right)


def test_intervals_are_made_of_what_is_shown_alone(city: City) -> None:
    """Of a base that is withheld no interval remains, though the value is shown."""
    figures = city.figures.copy()
    base = (figures["indicator_id"] == "haushalte") & (figures["area_id"] == "011001")
    figures.loc[base, "value"] = np.nan
    figures.loc[base, "status"] = str(Status.SUPPRESSED)
    without = replace(city, figures=figures, _areas={})
    before = intervals(city, "sozialraum", "wohngeldquote", ATLAS).cells
    after = intervals(without, "sozialraum", "wohngeldquote", ATLAS).cells
    assert before["lower"]["011001"] > 0
    assert after.loc["011001", ["base", "lower", "upper"]].isna().all()
    pd.testing.assert_frame_equal(before.drop("011001"), after.drop("011001"))


def test_differing_from_the_city_and_ranks(city: City) -> None:
    found = intervals(city, "sozialraum", "sgb2_quote", ATLAS)
    assert found.reference == (10.5, 0.05)
    differing = found.differing
    assert set(differing.index) == set(found.cells.index)
    # what differs after correction lies outside its own interval, too
    outside = (found.cells["lower"] > 10.55) | (found.cells["upper"] < 10.45)
    assert outside[differing].all()
    assert (outside == ~found.holds_reference).all()
    assert not differing.all()
    ranks = found.ranks
    own = found.cells["value"].rank(ascending=False)
    assert ((ranks["first"] <= own) & (own <= ranks["last"])).all()
    assert ranks.loc["098002", ["first", "last"]].tolist() == [1, 1]
    assert (ranks["lower"] <= found.cells["lower"]).all()


def test_an_area_without_an_interval_may_have_any_rank(tmp_path: Path) -> None:
    # Q04 has 50 % of nobody knows how many: it may lie above all others, or below
    rows = "Q01;1.000;900;90,0;0\nQ02;1.000;400;40,0;0\nQ03;1.000;100;10,0;0\nQ04;;;50,0;0\n"
    found = intervals(town(tmp_path, rows), "quartier", "anteil", DAY)
    assert found.cells["value"].rank(ascending=False)["Q02"] == 3
    assert found.ranks[["first", "last"]].to_dict("index") == {
        "Q01": {"first": 1, "last": 2},
        "Q02": {"first": 2, "last": 3},
        "Q03": {"first": 3, "last": 4},
    }


def test_all_intervals_at_once_are_those_of_each(city: City) -> None:
    everything = every_interval(city)
    assert set(everything["level"]) == {"sozialraum", "stadtteil", "stadtbezirk", "stadt"}
    place = ["level", "division", "area_id", "indicator_id", "date"]
    assert not everything.duplicated(place).any()
    own = everything.set_index(place).loc["sozialraum", "2021", "098002", "sgb2_quote", ATLAS]
    assert own.tolist() == [47.1, 50.3, "Wilson, 95\u202f%"]
    assert not everything["indicator_id"].isin(["bevoelkerung", "einwohnerdichte"]).any()


def test_an_indicator_without_a_city_value_has_no_reference(city: City) -> None:
    found = intervals(city, "sozialraum", "anteil_alter_0_5", ATLAS)
    without = replace(found, reference=None)
    assert without.differing.empty
    assert without.holds_reference.empty
    assert not without.ranks.empty
    quotient = intervals(city, "sozialraum", "jugendquotient", ATLAS)
    assert quotient.ranks.empty
    assert quotient.differing.empty


def test_a_city_with_other_figures_has_other_intervals(city: City) -> None:
    first = intervals(city, "sozialraum", "sgb2_quote", ATLAS)
    assert intervals(city, "sozialraum", "sgb2_quote", ATLAS) is first
    other = replace(city, figures=city.figures[city.figures["indicator_id"] != "sgb2_personen"])
    made = intervals(other, "sozialraum", "sgb2_quote", ATLAS)
    assert made.cells["method"].str.contains("gerundetem Wert").all()


def test_what_is_kept_of_intervals_is_bounded_by_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = town(tmp_path)
    areas = len(city.values("quartier", "anteil", DAY))
    monkeypatch.setattr("inteso_dash.city.intervals._MOST_KEPT", 4 * areas)
    for confidence in (0.8, 0.9, 0.95, 0.99, 0.999):
        intervals(city, "quartier", "anteil", DAY, confidence)
        assert len(city.held(CityIntervals)) <= 4
    last = intervals(city, "quartier", "anteil", DAY, 0.999)
    assert last in city.held(CityIntervals).values()
