"""Change over time: published figures, hand-computed cases, and properties."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inteso_dash.city import City, load_city
from inteso_dash.city.breaks import breaks, declared_breaks
from inteso_dash.city.comparable import comparable
from inteso_dash.drawing.positions import written_under
from inteso_dash.drawing.screen.charts import draw
from inteso_dash.drawing.screen.lines import spread_out
from inteso_dash.folders import default_root
from inteso_dash.language import formats
from inteso_dash.language.formats import signed
from inteso_dash.pages import slides
from inteso_dash.pages.veraenderung import maps as change_views
from inteso_dash.pages.veraenderung.charts import both_pairs, course_lines
from inteso_dash.pages.veraenderung.comparison import (
    Measure,
    compare,
    compare_values,
    measures,
    standouts,
    unit,
)
from inteso_dash.pages.veraenderung.maps import around_zero
from inteso_dash.pages.veraenderung.reach import best_pair, smallest_base
from inteso_dash.pages.veraenderung.series import Mode, series, shown
from inteso_dash.pages.veraenderung.tables import comparison_file, ordered
from inteso_dash.pages.veraenderung.view import modes
from inteso_dash.pages.veraenderung.words import (
    break_marks,
    comparison_sentence,
    different,
    published_changes,
    remarks,
    sentence,
)
from inteso_dash.views.colours import diverging
from inteso_dash.views.sequences import Slide
from tests.towns import made_up_years

CITY = ("stadt", "05111")
SB5, SB6 = ("stadtbezirk", "05"), ("stadtbezirk", "06")


def end_of(year: int) -> dt.date:
    return dt.date(year, 12, 31)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> City:
    return load_city(made_up_years.build(tmp_path_factory.mktemp("years") / "town"))


def values(points: pd.DataFrame, area: str) -> list[float]:
    return points.loc[points["area_id"] == area, "value"].tolist()


def test_published_populations(city: City) -> None:
    points = series(city, "bevoelkerung", [SB5, SB6, CITY])
    assert values(points, "06") == [59018, 63721, 66957]
    assert values(points, "05") == [34318, 34479]
    assert values(points, "05111") == [588169, 597102, 619651, 628437, 635704, 643753]


def test_published_share_of_foreign_nationals(city: City) -> None:
    found = values(series(city, "anteil_auslaender", [SB6]), "06")
    assert found == pytest.approx([17.2, 21.5, 24.7], abs=0.05)


def test_the_series_of_the_city_breaks_where_the_catalogue_says_so(city: City) -> None:
    points = series(city, "bevoelkerung", [SB6, CITY])
    assert points.loc[points["area_id"] == "05111", "segment"].tolist() == [0, 0, 1, 1, 1, 1]
    (cut,) = breaks(city, "bevoelkerung", "stadt", points["date"].tolist())
    assert cut.date == end_of(2014)
    assert "Einwohnermelderegister" in cut.reason


def test_figures_of_one_table_break_together(city: City) -> None:
    points = series(city, "bevoelkerung", [SB6])
    assert points["segment"].tolist() == [0, 1, 1]
    (cut,) = breaks(city, "bevoelkerung", "stadtbezirk", points["date"].tolist())
    assert cut.date == end_of(2014)
    assert "derselben Quelle" in cut.reason
    assert not breaks(city, "sgb2_personen", "stadtbezirk", [end_of(2010), end_of(2021)])


def test_what_contradicts_its_counts_is_compared_as_they_give_it(city: City) -> None:
    found = compare(city, "stadtbezirk", "einwohnerdichte", end_of(2015), end_of(2021))
    row = found.areas.loc["06"]
    assert row["before"] == pytest.approx(63721 / 19.68)
    assert round(row["change"]) == 165
    assert found.city.change == pytest.approx(2961 - 628437 / 217.33)
    words = "31.12.2015: aus Bevölkerung und Fläche berechnet; gedruckt 3.118 Personen je km²"
    assert words in remarks(found)["06"].replace("\u202f", " ").replace("\xa0", " ")
    points = series(city, "einwohnerdichte", [SB6])
    assert round(points["value"].iloc[1]) == 3238
    assert points["status"].iloc[1] == "computed"
    printed = city.cell("stadtbezirk", "06", "einwohnerdichte", end_of(2015))
    assert printed is not None
    assert printed["value"] == 3118


@pytest.mark.parametrize(
    ("level", "indicator", "year"),
    [
        ("sozialraum", "einwohnerdichte", 2021),
        ("sozialraum", "sgb2_quote", 2021),
        ("stadt", "sgb2_quote", 2021),
        ("stadt", "anteil_auslaender", 2015),
    ],
)
def test_what_its_counts_give_within_rounding_stands(
    city: City, level: str, indicator: str, year: int
) -> None:
    """Rounding, a common base, a rounded count, sums of lower levels contradict nothing."""
    found = comparable(city, level, indicator, end_of(year))
    assert found["recomputed"].eq("").all()
    assert found["value"].equals(city.values(level, indicator, end_of(year))["value"])


@pytest.mark.parametrize(
    ("indicator", "broken"),
    [
        ("einwohnerdichte", True),
        ("alter_0_5", True),
        ("auslaender", True),
        ("sgb2_quote", True),
        ("arbeitslosenquote", False),
        ("sgb2_personen", False),
        ("haushalte", False),
    ],
)
def test_a_break_reaches_what_rests_on_it(city: City, indicator: str, *, broken: bool) -> None:
    found = declared_breaks(city.catalogue, indicator, "stadt")
    assert bool(found) is broken
    if broken:
        assert "Bevölkerung" in found[0].reason


def test_no_break_outside_the_stichtage_compared(city: City) -> None:
    assert not breaks(city, "bevoelkerung", "stadt", [end_of(2014), end_of(2021)])
    assert not breaks(city, "bevoelkerung", "stadt", [end_of(2010), end_of(2013)])
    assert not breaks(city, "bevoelkerung", "stadt", [])


def test_index_leaves_out_what_the_break_parts(city: City) -> None:
    points = series(city, "bevoelkerung", [SB6, CITY])
    found = shown(points, Mode.INDEX, end_of(2015), percent=True)
    own = found[found["area_id"] == "06"].set_index("date")["shown"]
    assert own.to_dict() == {end_of(2015): 100, end_of(2021): pytest.approx(66957 / 637.21)}
    assert found.loc[found["area_id"] == "05111", "date"].min() == end_of(2014)


def test_change_since_start_begins_anew_after_a_break(city: City) -> None:
    points = series(city, "bevoelkerung", [CITY])
    found = shown(points, Mode.SINCE_START, end_of(2010), percent=False)
    assert found["shown"].tolist() == [0, 8933, 0, 8786, 16053, 24102]


def test_an_area_without_the_base_is_left_out_of_the_index(city: City) -> None:
    points = series(city, "bevoelkerung", [SB5, SB6])
    found = shown(points, Mode.INDEX, end_of(2010), percent=True)
    assert set(found["area_id"]) == {"06"}


def test_period_limits_the_series(city: City) -> None:
    points = series(city, "bevoelkerung", [SB6], end_of(2011), end_of(2015))
    assert values(points, "06") == [63721]


def test_comparing_two_stichtage(city: City) -> None:
    found = compare(city, "stadtbezirk", "bevoelkerung", end_of(2015), end_of(2021))
    assert found.city.change == 643753 - 628437
    row = found.areas.loc["06"]
    assert (row["before"], row["after"], row["change"]) == (63721, 66957, 3236)
    assert row["percent"] == pytest.approx(5.0784, abs=1e-4)
    assert row["relative"] == pytest.approx(5.0784 - 2.4372, abs=1e-4)
    assert len(found.both) == 2
    assert len(found.single) == 8
    assert pd.isna(found.areas.at["01", "change"])
    assert found.areas.at["01", "after"] == 85996


def test_shares_change_by_points_and_never_by_per_cent(city: City) -> None:
    found = compare(city, "stadtbezirk", "anteil_auslaender", end_of(2015), end_of(2021))
    assert found.areas.at["06", "change"] == pytest.approx(3.2, abs=0.05)
    assert found.areas["percent"].isna().all()
    assert unit(found.indicator, Measure.ABSOLUTE) == "Prozentpunkte"
    assert Measure.PERCENT not in measures(found.indicator)


def test_slides_name_the_source_of_what_they_tell_of_the_city(tmp_path: Path) -> None:
    town = load_city(made_up_years.build(tmp_path / "town", sources=("erfunden", "andere")))
    address = "veraenderung?v_indikator=einwohner&v_ebene=quartier&v_bereich="
    for section in ("vergleich", "karten"):
        slide = slides.show(town, Slide(address=address + section))
        assert "; Musterstadt: " in slide.headline
        assert slide.source_ids == ("erfunden", "andere")


def test_a_break_of_the_city_is_none_of_areas_that_another_source_names(tmp_path: Path) -> None:
    root = made_up_years.build(tmp_path / "town", sources=("erfunden", "andere"))
    indicators = (root / "data/indicators.yml").read_text("utf-8")
    kept = [line for line in indicators.splitlines() if "level: quartier, date" not in line]
    (root / "data/indicators.yml").write_text("\n".join(kept), "utf-8")
    found = compare(load_city(root), "quartier", "bruchquote", end_of(2014), end_of(2016))
    assert found.areas.at["Q01", "change"] == 1
    assert found.areas["relative"].isna().all()
    assert found.city.change is None
    assert found.city.breaks[0].date == end_of(2016)


def test_a_break_between_them_leaves_no_change(town: City) -> None:
    found = compare(town, "quartier", "bruchquote", end_of(2014), end_of(2016))
    assert found.breaks[0].reason == "Neue Abgrenzung (erfunden)."
    assert found.areas["change"].isna().all()
    assert len(found.both) == 4
    whole = compare(town, "quartier", "bruchquote", end_of(2016), end_of(2018))
    assert whole.areas["change"].notna().all()


def test_only_comparable_orders_of_dates() -> None:
    with pytest.raises(ValueError, match="expected start before end"):
        compare(load_city(default_root()), "stadt", "bevoelkerung", end_of(2021), end_of(2010))


def test_ranks_move_among_areas_with_both_values(town: City) -> None:
    found = compare(town, "quartier", "quote", end_of(2010), end_of(2020))
    assert found.areas["rank_before"].tolist() == [3, 1, 2, 4]
    assert found.areas["rank_after"].tolist() == [4, 2, 3, 1]
    assert found.areas["rank_move"].tolist() == [-1, -1, -1, 3]


def test_a_small_area_never_leads_unmarked(town: City, city: City) -> None:
    found = compare(town, "quartier", "einwohner", end_of(2012), end_of(2020))
    assert found.areas["percent"].idxmax() == "Q04"
    picked = standouts(found)
    assert picked.rises[0] == "Q01"
    assert picked.small == ("Q04",)
    assert picked.falls == ("Q02",)
    real = compare(city, "stadtteil", "bevoelkerung", end_of(2015), end_of(2021))
    assert real.areas.at["033", "small"]
    assert standouts(real).small == ("033",)
    assert "033" not in standouts(real).rises


def test_a_balance_is_not_set_against_the_balance_of_the_city(town: City) -> None:
    people = town.catalogue.indicator("einwohner")
    assert Measure.RELATIVE in measures(people)
    balance = people.model_copy(update={"range": (None, None)})
    assert [Mode.INDEX in modes(each).options.values() for each in (people, balance)] == [
        True,
        False,
    ]
    assert measures(balance) == (Measure.ABSOLUTE,)
    days = (end_of(2012), end_of(2020))
    values = tuple(town.values("quartier", "einwohner", day) for day in days)
    names = pd.Series("made up", index=values[0].index)
    found = compare_values(town, balance, "quartier", days, values, names, ())
    assert found.areas["relative"].isna().all()
    assert found.areas["change"].notna().any()
    assert standouts(found).measure is Measure.ABSOLUTE


def test_a_share_is_small_by_what_it_is_a_share_of(town: City) -> None:
    found = compare(town, "quartier", "quote", end_of(2010), end_of(2020))
    assert found.areas["base"].tolist() == [1000, 1800, 3300, 50]
    assert found.areas["small"].tolist() == [False, False, False, True]
    assert standouts(found).small == ("Q04",)
    exactly = compare(town, "quartier", "quote", end_of(2010), end_of(2020), small_base=50)
    assert not exactly.areas["small"].any()


def test_the_best_pair_is_shared_by_most_areas(city: City, town: City) -> None:
    pair = best_pair(city, "stadtbezirk", "bevoelkerung")
    assert pair == (end_of(2015), end_of(2021))
    assert best_pair(city, "sozialraum", "bevoelkerung") is None
    assert best_pair(town, "quartier", "bruchquote") == (end_of(2010), end_of(2014))
    assert best_pair(city, "stadt", "bevoelkerung") == (end_of(2014), end_of(2021))


def test_sentence_says_since_when_and_how_fast(city: City) -> None:
    points = series(city, "bevoelkerung", [SB6, CITY])
    indicator = city.catalogue.indicator("bevoelkerung")
    said = sentence(city, indicator, "stadtbezirk", points).replace("\u202f", " ")
    assert "von 63.721 (31.12.2015) auf 66.957 Personen (31.12.2021), +3.236 (+5,1 %); " in said
    assert "von 619.651 (31.12.2014)" in said
    assert "frühere Werte sind nicht vergleichbar" in said


def test_sentence_with_one_stichtag(city: City) -> None:
    indicator = city.catalogue.indicator("sgb2_quote")
    points = series(city, "sgb2_quote", [("sozialraum", "098002")])
    assert "nur einen Stichtag" in sentence(city, indicator, "sozialraum", points)


@pytest.mark.parametrize(
    ("indicator", "other"),
    [
        ("arbeitslosenquote", "arbeitslosenanteil"),
        ("arbeitslosenanteil", "arbeitslosenquote"),
        ("alter_18_29", "alter_18_44"),
        ("alter_75", "alter_80"),
        ("sgb2_quote", "sgb2_personen"),
    ],
)
def test_what_looks_alike_is_named_with_its_reason(city: City, indicator: str, other: str) -> None:
    found = different(city, city.catalogue.indicator(indicator), "stadtbezirk")
    (same,) = [each for each in found if each.indicator.id == other]
    assert same.reason


def test_published_change_belongs_to_its_indicator(city: City) -> None:
    (found,) = published_changes(city.catalogue, "bevoelkerung")
    assert found.id == "bevoelkerungsentwicklung_2005_2015"
    assert city.known("stadtbezirk", found.id, end_of(2015)).to_dict() == {"05": 7.5, "06": 7.3}


def test_lines_never_cross_a_break(city: City) -> None:
    points = series(city, "bevoelkerung", [CITY])
    told = shown(points, Mode.ABSOLUTE, end_of(2010), percent=True)
    cuts = breaks(city, "bevoelkerung", "stadt", told["date"].tolist())
    marks = break_marks(cuts, city.catalogue)
    figure = draw(course_lines(told.assign(source="Quelle"), marks, "Personen", 0))
    assert [len(trace.x) for trace in figure.data] == [2, 4]
    assert any("Bruch (Stadt)" in note.text for note in figure.layout.annotations)
    assert "31.12.2010" in figure.data[0].text[0]
    assert "Quelle" in figure.data[0].text[0]


@pytest.mark.parametrize("width", [150, 270])
def test_ticks_keep_their_distance(width: int) -> None:
    days = [end_of(year) for year in (2010, 2013, 2014, 2015, 2016, 2021)]
    ticks, texts = written_under(days, width, 36, 56)
    assert ticks[0] == days[0]
    assert ticks[-1] == days[-1]
    per_day = width / (days[-1] - days[0]).days
    assert all((after - before).days * per_day >= 36 for before, after in pairwise(ticks))
    assert texts[0] == "2010"


def test_what_is_counted_rests_on_itself_and_rates_on_their_parts(city: City, town: City) -> None:
    days = [end_of(2010), end_of(2020)]
    people, rate, area = (
        each.catalogue.indicator(key)
        for each, key in ((town, "einwohner"), (town, "quote"), (city, "flaeche"))
    )
    expected = {"Q01": 1000.0, "Q02": 1800.0, "Q03": 3300.0, "Q04": 50.0}
    for indicator in (people, rate):
        assert smallest_base(town, "quartier", indicator, days).to_dict() == expected
    assert smallest_base(city, "stadtbezirk", area, [end_of(2021)]).isna().all()


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=6), st.floats(0.1, 1e3))
def test_labels_keep_their_distance_and_order(heights: list[float], gap: float) -> None:
    placed = spread_out(sorted(heights), gap)
    assert len(placed) == len(heights)
    assert all(b - a >= gap * 0.999 - 1e-6 for a, b in pairwise(placed))


@given(
    st.lists(st.floats(1, 1e6), min_size=2, max_size=8),
    st.lists(st.integers(0, 1), min_size=8, max_size=8),
    st.data(),
)
def test_index_and_change_agree(numbers: list[float], cuts: list[int], data: st.DataObject) -> None:
    segments = [sum(cuts[: place + 1]) for place in range(len(numbers))]
    days = [end_of(2000 + place) for place in range(len(numbers))]
    points = pd.DataFrame(
        {"level": "l", "area_id": "a", "date": days, "value": numbers, "segment": segments}
    )
    base = data.draw(st.sampled_from(days))
    index = shown(points, Mode.INDEX, base, percent=True)
    assert index.loc[index["date"] == base, "shown"].item() == pytest.approx(100)
    assert set(index["segment"]) == {segments[days.index(base)]}
    since = shown(points, Mode.SINCE_START, base, percent=True)
    assert len(since) == len(points)
    assert (since.groupby("segment")["shown"].first() == 0).all()
    own = since[since["segment"] == segments[days.index(base)]]
    expected = (own["shown"] + 100) / (own.loc[own["date"] == base, "shown"].item() + 100) * 100
    assert index["shown"].tolist() == pytest.approx(expected.tolist())


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_signed_numbers_have_one_sign(value: float, digits: int) -> None:
    text = signed(value, digits)
    assert text[0] in "+−" or not text.strip("0,")
    assert text.count("+") + text.count("−") <= 1


def test_made_up_folder_is_in_order(tmp_path: Path) -> None:
    from inteso_dash.intake import checking
    from inteso_dash.language.findings import Severity

    root = made_up_years.build(tmp_path / "town")
    assert [f for f in checking.check(root) if f.severity is Severity.ERROR] == []


@given(
    st.lists(st.floats(-1e5, 1e5) | st.none(), min_size=1, max_size=30),
    st.integers(0, 2),
)
def test_classes_of_change_mirror_each_other(numbers: list[float | None], digits: int) -> None:
    values = pd.Series(numbers, dtype=float)
    classes = around_zero(values, digits)
    if values.notna().sum() == 0:
        assert classes.breaks == ()
        return
    assert len(classes.breaks) == 6
    told = classes.written(digits)
    assert all(one == -other for one, other in zip(told, told[::-1], strict=True))
    assert all(low < high for low, high in pairwise(classes.breaks))
    assert sum(classes.counts) == values.notna().sum()
    assert classes.breaks[0] <= values.min()
    assert values.max() <= classes.breaks[-1]


def test_nobody_loses_more_than_all() -> None:
    values = pd.Series([104.6, 9.0, 4.0, 1.0, -2.0])
    assert around_zero(values, 1, -100.0).breaks[0] == -100.0
    assert around_zero(values / 10, 1, -100.0).breaks[0] == pytest.approx(-10.46)
    far = around_zero(values * 40, 1, -100.0)
    assert far.breaks == (-100.0, -75.0, -50.0, 50.0, pytest.approx(293.3), 4184.0)


@given(st.lists(st.floats(-100, 500), min_size=1, max_size=40), st.integers(0, 1))
def test_classes_in_per_cent_end_at_minus_100_and_what_closed_is_coloured(
    numbers: list[float], digits: int
) -> None:
    values = pd.Series([*numbers, -100.0])
    classes = around_zero(values, digits, -100.0)
    assert classes.breaks[0] == -100.0
    assert all(low < high for low, high in pairwise(classes.breaks))
    assert sum(classes.counts) == len(values)
    colours = diverging(classes.written(digits), 0.0)
    assert len(set(colours)) == 5
    assert classes.index_of(-100.0) == 0
    assert classes.index_of(0.0) == 2
    for value in values:
        low, high = classes.written(digits)[classes.index_of(value) :][:2]
        written = float(formats.rounded(value, digits))
        assert low <= written
        assert written < high or classes.index_of(value) == 4


def test_from_zero_there_is_a_change_but_none_in_per_cent(city: City) -> None:
    start, end = end_of(2015), end_of(2021)
    found = compare(city, "stadtbezirk", "bevoelkerung", start, end)
    values = tuple(
        pd.DataFrame(
            {
                "value": [amount, 10.0, lone],
                "status": "measured",
                "source_id": "",
                "rounding_error": 0.0,
            },
            index=["a", "b", "c"],
        )
        for amount, lone in ((0.0, np.nan), (4.0, 5.0))
    )
    made = compare_values(
        city,
        found.indicator,
        "stadtbezirk",
        (start, end),
        values,
        pd.Series({"a": "A", "b": "B", "c": "C"}),
        (),
        base=pd.Series({"a": 0.0, "b": 10.0, "c": np.nan}),
    )
    said = remarks(made)
    assert made.areas.at["a", "change"] == 4
    assert said["a"].startswith("zuvor null, daher keine Veränderung in Prozent")
    assert said["b"] == "kleine Grundzahl (10)"
    both = change_views.missing(made, Measure.PERCENT)
    assert both == "nicht an beiden Stichtagen oder zuvor null, daher nicht in Prozent"
    assert change_views.missing(made, Measure.ABSOLUTE) == "nicht an beiden Stichtagen"


def test_remarks_name_what_is_to_be_kept_in_mind(city: City, town: City) -> None:
    found = compare(city, "stadtbezirk", "bevoelkerung", end_of(2015), end_of(2021))
    said = remarks(found)
    assert said["06"] == ""
    assert said["01"].startswith("nur 31.12.2021: 85.996")
    small = remarks(compare(town, "quartier", "einwohner", end_of(2010), end_of(2020)))
    assert small["Q04"] == "kleine Grundzahl (50)"
    assert small["Q03"].startswith("nur 31.12.2020")


def test_changes_within_the_rounding_error_say_so(city: City) -> None:
    found = compare(city, "stadt", "auslaender", end_of(2015), end_of(2021))
    assert found.areas.at["05111", "error"] > 0
    assert found.areas.at["05111", "status"] == "rounded"


def test_a_file_holds_both_values_with_their_sources(city: City) -> None:
    found = compare(city, "stadtbezirk", "bevoelkerung", end_of(2015), end_of(2021))
    table = comparison_file(city, found, Measure.PERCENT)
    first = table.iloc[0]
    assert (first["Schlüssel"], first["Wert früher"], first["Wert später"]) == ("06", 63721, 66957)
    assert str(first["Veränderung in Prozent (%)"]) == "5.1"
    assert "INTESO" in first["Quelle früher"]
    assert "Quartiersatlas" in first["Quelle später"]
    last = table[table["Schlüssel"] == "01"].iloc[0]
    assert last["Wert früher"] is None
    assert last["Status früher"] == "keine Angabe"


def test_comparison_in_words(city: City, town: City) -> None:
    found = compare(city, "stadtbezirk", "bevoelkerung", end_of(2010), end_of(2021))
    assert "bricht die Reihe" in comparison_sentence(city, found)
    equal = compare(town, "quartier", "quote", end_of(2010), end_of(2020))
    assert "2 höher, 1 niedriger, 1 gleich." in comparison_sentence(town, equal)


def test_one_area_with_both_values_is_spoken_of_as_one(city: City) -> None:
    found = compare(city, "stadtbezirk", "arbeitslose", end_of(2010), end_of(2021))
    assert comparison_sentence(city, found).endswith(
        "Werte an beiden Stichtagen hat 1 von 10 Stadtbezirken; am 31.12.2021 liegt der Wert dort "
        "niedriger."
    )


def test_what_changed_by_no_more_than_rounding_neither_rose_nor_fell(city: City) -> None:
    found = compare(city, "stadtbezirk", "flaeche", end_of(2015), end_of(2021))
    assert found.areas["change"].dropna().ne(0).all()
    assert found.areas["unsure"].sum() == 2
    assert comparison_sentence(city, found).endswith("davon 2 gerundet gleich.")
    assert not standouts(found).rises
    assert not standouts(found).falls


def test_a_change_of_rounded_figures_is_about_so_much(city: City) -> None:
    found = compare(city, "stadtbezirk", "auslaender", end_of(2015), end_of(2021))
    assert (
        comparison_sentence(city, found)
        .replace("\u202f", " ")
        .startswith(
            "Düsseldorf: von rund 135.000 (31.12.2015) auf etwa 153.000 Personen (31.12.2021), "
            "etwa +18.000 (+13 %)."
        )
    )


def test_dumbbell_keeps_areas_with_one_value(city: City) -> None:
    found = compare(city, "stadtbezirk", "bevoelkerung", end_of(2015), end_of(2021))
    rows = ordered(found, Measure.PERCENT).assign(told="")
    figure = draw(both_pairs(rows, (end_of(2015), end_of(2021)), found.indicator))
    line, before, after = figure.data
    assert len([x for x in line.x if x is not None]) == 4
    assert pd.Series(before.x).notna().sum() == 2
    assert pd.Series(after.x).notna().sum() == 10
    assert figure.layout.yaxis.ticktext[0] == "Stadtbezirk 6"
