"""What the page on accommodation shows: the shipped figures, and a made-up full table."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from inteso_dash.boundaries.layers import read_boundaries, read_layers
from inteso_dash.city import City, load_city
from inteso_dash.files.text import Dialect, to_csv
from inteso_dash.measures.distribution import Verdict, size_classes
from inteso_dash.pages import slides
from inteso_dash.pages.unterbringung import history as accommodation_history
from inteso_dash.pages.unterbringung import view
from inteso_dash.pages.unterbringung.content import measure_classes
from inteso_dash.pages.unterbringung.fairness import (
    REST,
    KeyPart,
    Parts,
    border_effect,
    concentration,
    fairness,
    key_parts,
    need_estimates,
    needs,
)
from inteso_dash.pages.unterbringung.history import openings
from inteso_dash.pages.unterbringung.sentences import (
    area_remarks,
    concentration_sentence,
    development_sentence,
    distribution_sentence,
    fairness_sentence,
    forms_sentence,
    points_sentence,
    series_remarks,
)
from inteso_dash.pages.unterbringung.sheet import for_file
from inteso_dash.pages.unterbringung.situation import (
    MEASURES,
    by_form,
    by_status,
    dates,
    levels,
    situation,
)
from inteso_dash.pages.unterbringung.tables import (
    area_sheet,
    events_sheet,
    fairness_sheet,
    forms_sheet,
    key_sources,
    lorenz_sheet,
    measures_sheet,
    openings_sheet,
    points_sheet,
    series_sheet,
    sites_sheet,
    situation_sources,
    sizes_sheet,
)
from inteso_dash.views.figures import Lines
from inteso_dash.views.sequences import Slide
from tests.towns import made_up_accommodation as made_up

DAY = dt.date(2017, 2, 28)
LATER = "2017-12-31"
LEVEL = "stadtbezirk"
HAMBURG = {KeyPart.POPULATION: 40, KeyPart.AREA: 20, KeyPart.NEED: 40}
PEOPLE = {KeyPart.POPULATION: 100}


@pytest.fixture(scope="module")
def shipped() -> City:
    return load_city(made_up.ROOT)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> City:
    return load_city(made_up.build(tmp_path_factory.mktemp("full")))


def test_rates_of_the_working_paper(shipped: City) -> None:
    shown = situation(shipped, LEVEL, DAY)
    assert shown.population_date == dt.date(2015, 12, 31)
    assert shown.areas["rate"].dropna().round(1).to_dict() == {"05": 19.2, "06": 28.6}
    assert round(shown.total["rate"], 1) == 12.1
    assert shown.areas["status"].eq("not_delivered").sum() == 8
    assert shown.rest is not None
    assert (shown.rest.persons, len(shown.rest.areas)) == (5111, 8)
    assert shown.rest.population == 628437 - 34318 - 63721


def test_the_sentence_names_both_dates_and_what_is_missing(shipped: City) -> None:
    said = distribution_sentence(shipped, situation(shipped, LEVEL, DAY))
    for part in ("28.02.2017", "31.12.2015", "7.590", "12,1", "28,6", "19,2", "5.111", "8 von 10"):
        assert part in said


def test_only_declared_levels_with_figures_are_offered(shipped: City) -> None:
    assert levels(shipped) == (LEVEL, "stadtteil")
    assert dates(shipped, LEVEL) == (DAY,)


def test_target_of_the_known_areas_and_the_rest_together(shipped: City) -> None:
    parts = key_parts(shipped, situation(shipped, LEVEL, DAY))
    assert list(parts.persons.index) == ["05", "06", REST]
    table = fairness(parts, PEOPLE).table
    assert table.loc["06", "target"] == pytest.approx(7590 * 63721 / 628437)
    assert table.loc["06", "quotient"] == pytest.approx(28.562 / 12.0776, abs=1e-3)
    assert table["difference"].sum() == pytest.approx(0)
    assert table["verdict"].to_dict() == {
        "05": Verdict.DEPENDS,
        "06": Verdict.ABOVE,
        REST: Verdict.BELOW,
    }


def test_a_level_without_a_total_has_no_target(shipped: City) -> None:
    parts = key_parts(shipped, situation(shipped, "stadtteil", dt.date(2016, 11, 1)))
    assert "nur für einen Teil" in parts.reason


def test_concentration_is_a_lower_bound_or_says_why_it_is_absent(shipped: City) -> None:
    shown = situation(shipped, LEVEL, DAY)
    found = concentration(shown, key_parts(shipped, shown), 200)
    assert found.lower_bound
    # (|659 − 414,5| + |1.820 − 769,6| + |5.111 − 6.405,9|) ÷ 2 ÷ 7.590
    assert found.dissimilarity == pytest.approx(0.1706, abs=1e-4)
    assert found.above is None
    assert "kein vollständiges Verzeichnis" in found.above_reason


def test_the_whole_is_never_below_its_lower_bound(full: City, shipped: City) -> None:
    bound = situation(shipped, LEVEL, DAY)
    whole = situation(full, LEVEL, DAY)
    least = concentration(bound, key_parts(shipped, bound), 200).gini
    found = concentration(whole, key_parts(full, whole), 200)
    assert not found.lower_bound
    assert least is not None
    assert found.gini is not None
    assert 0 < least <= found.gini < 1


def test_series_has_free_places_only_where_both_are_known(shipped: City) -> None:
    table = accommodation_history.series(shipped)
    free = table[table["series"] == "Freie Plätze"]
    assert list(zip(free["date"], free["value"], strict=True)) == [
        (dt.date(2016, 8, 31), 688),
        (dt.date(2017, 3, 31), 971),
    ]
    assert table["source_id"].ne("").all()
    assert (table["series"] == "Untergebrachte").sum() == 10


def test_share_of_a_status_is_of_the_persons_of_the_same_day(shipped: City) -> None:
    table = accommodation_history.series(shipped).set_index(["series", "date"])["share"]
    assert table["Verfestigter Aufenthalt", dt.date(2016, 8, 31)] == pytest.approx(
        100 * 1777 / 7432
    )
    assert table["Verfestigter Aufenthalt", dt.date(2017, 3, 31)] == pytest.approx(
        100 * 4250 / 7436
    )
    assert table["Untergebrachte"].isna().all()
    said = development_sentence(shipped, accommodation_history.series(shipped))
    assert "7.755 Personen am 01.01.2017; letzte: 6.787 am 31.07.2017" in said
    assert "von 23,9" in said
    assert "auf 57,2" in said


def test_status_split_adds_up_to_the_persons(shipped: City) -> None:
    table = accommodation_history.series(shipped).set_index(["series", "date"])["value"]
    for day in (dt.date(2016, 8, 31), dt.date(2017, 1, 31)):
        parts = table["Im Asylverfahren", day] + table["Verfestigter Aufenthalt", day]
        assert parts == table["Untergebrachte", day]


def test_forms_name_the_places_that_no_form_is_named_for(shipped: City) -> None:
    day = accommodation_history.form_day(shipped, DAY)
    assert day == dt.date(2016, 8, 31)
    table, source = accommodation_history.forms(shipped, day)
    assert source == "rp_2016_09"
    assert table.loc["Wohnmodulanlage"].tolist() == pytest.approx([2030, 11, 25, 2030 / 11])
    assert table.loc["", "places"] == 8120 - 7894
    assert table["share"].sum() == pytest.approx(100)
    assert table.index[0] == "angemietetes Gebäude"


def test_forms_have_days_of_their_own(shipped: City, tmp_path: Path) -> None:
    assert accommodation_history.form_days(shipped) == (dt.date(2016, 8, 31),)
    assert accommodation_history.form_day(shipped, dt.date(2010, 1, 1)) == dt.date(2016, 8, 31)
    twice = load_city(
        made_up.build(
            tmp_path,
            indices=False,
            sites=lambda rows: [*rows, *({**r, "date": LATER} for r in rows)],
        )
    )
    days = accommodation_history.form_days(twice)
    assert {DAY, dt.date.fromisoformat(LATER)} <= set(days)
    assert accommodation_history.form_day(twice, DAY) == DAY
    assert accommodation_history.form_day(twice, dt.date(2030, 1, 1)) == days[-1]


def test_points_serve_areas_of_their_own_level(shipped: City) -> None:
    assert accommodation_history.point_levels(shipped, levels(shipped)) == (LEVEL,)


def test_welcome_points_with_the_persons_of_their_areas(shipped: City) -> None:
    table = accommodation_history.points(shipped, situation(shipped, LEVEL, DAY)).set_index("name")
    assert table.loc["Welcome Point 6", ["persons", "per_point"]].tolist() == [1820, 1820]
    assert table["persons"].isna().sum() == 6
    assert table.loc["Welcome Point 9/10", "areas"] == "Stadtbezirk 9, Stadtbezirk 10"


def test_two_points_of_an_area_share_its_persons(full: City) -> None:
    table = accommodation_history.points(full, situation(full, LEVEL, DAY)).set_index("name")
    assert table.loc["Welcome Point 1", ["persons", "per_point"]].tolist() == [640, 320]
    assert table.loc["Welcome Point 9/10", ["persons", "per_point"]].tolist() == [1241, 1241]


def test_full_table(full: City) -> None:
    shown = situation(full, LEVEL, DAY)
    assert shown.rest is None
    assert shown.areas["persons"].sum() == shown.total["persons"] == 7590
    assert len(shown.sites) == shown.total["sites"] == 60
    assert shown.population_date == dt.date(2021, 12, 31)
    assert (shown.areas["free"] == shown.areas["usable"] - shown.areas["persons"]).all()
    assert shown.areas["occupancy"].between(1, 100).all()
    largest = shown.sites[shown.sites["area_id"] == "06"]["occupied"].max()
    assert shown.areas.loc["06", "largest"] == largest
    parts = key_parts(full, shown)
    assert (len(parts.persons), parts.absent) == (10, {})
    table = fairness(parts, HAMBURG).table
    assert table["target_share"].sum() == pytest.approx(1)
    assert table["target"].sum() == pytest.approx(7590)
    forms, _ = accommodation_history.forms(full, DAY)
    assert forms["sites"].sum() == 60
    found = concentration(shown, parts, 200)
    over = shown.sites.loc[shown.sites["occupied"] > 200, "occupied"].sum()
    assert found.above == pytest.approx(over / 7590)
    assert len(openings(full)) == 60


def test_changing_a_weight_changes_target_and_order(full: City) -> None:
    parts = key_parts(full, situation(full, LEVEL, DAY))
    by_people = fairness(parts, PEOPLE).table["difference"].sort_values()
    by_area = fairness(parts, {KeyPart.AREA: 100}).table["difference"].sort_values()
    assert list(by_people.index) != list(by_area.index)


def test_an_index_can_stand_for_social_need(full: City) -> None:
    shown = situation(full, LEVEL, DAY)
    assert needs(full, LEVEL).options == {
        "Mindestsicherung": "mindestsicherung",
        "Handlungsbedarf (nachgebildet)": "handlungsbedarf",
    }
    rate, index = key_parts(full, shown), key_parts(full, shown, "handlungsbedarf")
    day = index.dates[KeyPart.NEED]
    values = full.values(LEVEL, "handlungsbedarf", day)["value"]
    people = full.values(LEVEL, "bevoelkerung", day)["value"].astype(float)
    assert values["10"] > 2, "two standard deviations above: no target follows from it"
    assert index.amounts[KeyPart.NEED]["10"] == 0
    assert index.amounts[KeyPart.NEED]["06"] == pytest.approx(people["06"] * (1 - values["06"] / 2))
    assert rate.amounts[KeyPart.AREA].equals(index.amounts[KeyPart.AREA])
    assert (rate.need, index.need) == ("mindestsicherung", "handlungsbedarf")
    sheet = fairness_sheet(full, shown, index, HAMBURG, fairness(index, HAMBURG))
    assert set(sheet.table["Soziale Lage nach"]) == {"Sozialer Handlungsbedarf (nachgebildet)"}
    (said,) = need_estimates(full, shown, index)
    assert said.startswith("4 von 10 Gebieten: Index ohne Kinderarmut")
    assert need_estimates(full, shown, rate) == ()


def test_weight_on_an_absent_part_is_refused(full: City) -> None:
    parts = key_parts(full, situation(full, LEVEL, DAY))
    without = Parts(
        parts.persons, parts.amounts.drop(columns=[KeyPart.NEED]), parts.dates, {KeyPart.NEED: "-"}
    )
    with pytest.raises(ValueError, match="found weight on"):
        fairness(without, HAMBURG)


def test_sites_alone_give_the_counts(tmp_path: Path) -> None:
    city = load_city(made_up.build(tmp_path, indices=False, areas=lambda rows: []))
    shown = situation(city, LEVEL, DAY)
    assert dates(city, LEVEL) == (DAY,)
    assert shown.total["persons"] == 7590
    assert shown.areas.loc["06", ["persons", "sites", "status"]].tolist() == [1820, 12, "computed"]


def test_an_incomplete_list_of_sites_is_not_summed_up(tmp_path: Path) -> None:
    city = load_city(made_up.build(tmp_path, indices=False, areas=lambda rows: [], complete=False))
    assert dates(city, LEVEL) == ()


def test_one_area(tmp_path: Path) -> None:
    def only_six(rows: list[made_up.Row]) -> list[made_up.Row]:
        return [row for row in rows if row["area_id"] == "06"]

    city = load_city(made_up.build(tmp_path, indices=False, areas=only_six, sites=lambda rows: []))
    shown = situation(city, LEVEL, DAY)
    assert shown.rest is None
    assert shown.known.index.tolist() == ["06"]
    assert key_parts(city, shown).reason
    assert concentration(shown, key_parts(city, shown), 200).gini is None
    assert "9 von 10" in distribution_sentence(city, shown)


def test_one_area_without_a_figure_is_known_from_the_others(tmp_path: Path) -> None:
    def without_three(rows: list[made_up.Row]) -> list[made_up.Row]:
        return [
            row
            for row in rows
            if row["area_id"] != "03" and row["indicator_id"] == "unterbringung_personen"
        ]

    city = load_city(
        made_up.build(tmp_path, indices=False, areas=without_three, sites=lambda rows: [])
    )
    shown = situation(city, LEVEL, DAY)
    parts = key_parts(city, shown)
    assert shown.rest is not None
    assert shown.rest.areas == ("03",)
    result = fairness(parts, PEOPLE)
    names = set(fairness_sheet(city, shown, parts, PEOPLE, result).table["Gebiet"])
    assert "das Gebiet ohne eigene Zahl" in names
    assert "Das Gebiet ohne eigene Zahl hatte " in fairness_sentence(shown, parts, result)
    assert not concentration(shown, parts, 200).lower_bound
    slide = slides.show(city, Slide(address="unterbringung?u_bereich=entwicklung"))
    assert slide.headline == "Untergebrachte in Düsseldorf: 7.590 am 28.02.2017."
    assert isinstance(slide.content, Lines)
    assert slide.content.words == "Untergebrachte 7.590"


def test_nobody_is_above_a_target_that_all_meet(full: City) -> None:
    shown = situation(full, LEVEL, DAY)
    parts = key_parts(full, shown)
    people = parts.amounts[KeyPart.POPULATION]
    even = fairness(replace(parts, persons=people / 100), PEOPLE)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(view, "fairness", lambda *_: even)
        said = slides.show(full, Slide(address="unterbringung?u_bereich=gerechtigkeit")).headline
    assert said.startswith("Am 28.02.2017 lag kein Gebiet über oder unter dem Soll (Einwohner ")


def test_zeros_are_zeros_and_not_missing(tmp_path: Path) -> None:
    def zero(rows: list[made_up.Row]) -> list[made_up.Row]:
        return [
            {**row, "value": "0"} if row["area_id"] in {"04", "05111"} else row
            for row in rows
            if row["indicator_id"] == "unterbringung_personen"
        ]

    city = load_city(made_up.build(tmp_path, indices=False, areas=zero, sites=lambda rows: []))
    shown = situation(city, LEVEL, DAY)
    assert shown.areas.loc["04", "persons"] == shown.areas.loc["04", "rate"] == 0
    assert key_parts(city, shown).reason == ""


@pytest.mark.parametrize(("area", "value"), [("05111", "100"), ("06", "-5")])
def test_counts_that_contradict_each_other_have_no_target(
    tmp_path: Path, area: str, value: str
) -> None:
    def contradict(rows: list[made_up.Row]) -> list[made_up.Row]:
        return [
            {**row, "value": value} if row["area_id"] == area else row
            for row in rows
            if row["indicator_id"] == "unterbringung_personen"
            and row["area_id"] in {"05111", "05", "06"}
        ]

    city = load_city(
        made_up.build(tmp_path, indices=False, areas=contradict, sites=lambda rows: [])
    )
    shown = situation(city, LEVEL, DAY)
    parts = key_parts(city, shown)
    assert "widersprechen einander" in parts.reason
    assert concentration(shown, parts, 200).reason == parts.reason
    assert (shown.rest is None) == (area == "05111")


@pytest.mark.parametrize("whole", [1.0, 0.0])
def test_a_part_of_the_key_that_contradicts_itself_is_absent(
    shipped: City, monkeypatch: pytest.MonkeyPatch, whole: float
) -> None:
    shown = situation(shipped, LEVEL, DAY)
    monkeypatch.setattr(City, "reference", lambda *_: whole)
    parts = key_parts(shipped, shown)
    assert set(parts.absent) >= {KeyPart.POPULATION, KeyPart.AREA}
    assert "widersprechen einander" in parts.absent[KeyPart.POPULATION]
    assert KeyPart.POPULATION not in parts.amounts


def test_nobody_accommodated(tmp_path: Path) -> None:
    def zero(rows: list[made_up.Row]) -> list[made_up.Row]:
        return [{**row, "value": "0"} for row in rows]

    city = load_city(made_up.build(tmp_path, indices=False, areas=zero, sites=lambda rows: []))
    shown = situation(city, LEVEL, DAY)
    assert "niemand untergebracht" in key_parts(city, shown).reason


def test_what_is_secret_is_not_made_up_for_by_the_sum_of_the_sites(tmp_path: Path) -> None:
    def secret(rows: list[made_up.Row]) -> list[made_up.Row]:
        own = ("06", "unterbringung_personen")
        return [
            {**row, "value": "."} if (row["area_id"], row["indicator_id"]) == own else row
            for row in rows
        ]

    city = load_city(made_up.build(tmp_path, indices=False, areas=secret))
    area = situation(city, LEVEL, DAY).areas.loc["06"]
    assert pd.isna(area["persons"])
    assert area["status"] == "suppressed"


def test_a_site_without_area_counts_for_the_city_only(tmp_path: Path) -> None:
    def homeless(rows: list[made_up.Row]) -> list[made_up.Row]:
        return [{**rows[0], "level": "", "area_id": ""}, *rows[1:]]

    city = load_city(made_up.build(tmp_path, indices=False, areas=lambda rows: [], sites=homeless))
    shown = situation(city, LEVEL, DAY)
    assert shown.unplaced > 0
    assert shown.areas["persons"].sum() + shown.unplaced == shown.total["persons"] == 7590


def test_two_stichtage(tmp_path: Path) -> None:
    def twice(rows: list[made_up.Row]) -> list[made_up.Row]:
        later = [{**row, "date": "2017-12-31"} for row in rows]
        return [*rows, *(row for row in later if not row["closed"] or row["closed"] > row["date"])]

    city = load_city(made_up.build(tmp_path, indices=False, areas=lambda rows: [], sites=twice))
    first, second = dates(city, LEVEL)
    assert (first, second) == (DAY, dt.date(2017, 12, 31))
    before, after = (situation(city, LEVEL, day).total["persons"] for day in (first, second))
    assert before == 7590
    assert 0 < after < before
    assert len(openings(city)) == 60


@pytest.mark.parametrize(
    "days", [{"closed": "2017-02-28"}, {"opened": "2017-03-01", "closed": ""}], ids=str
)
def test_a_site_counts_from_its_opening_until_it_closes(
    tmp_path: Path, days: dict[str, str]
) -> None:
    def changed(rows: list[made_up.Row]) -> list[made_up.Row]:
        return [{**rows[0], **days}, *rows[1:]]

    city = load_city(made_up.build(tmp_path, indices=False, sites=changed))
    assert len(situation(city, LEVEL, DAY).sites) == 59


def test_circles_are_split_into_three_parts_that_add_up(full: City) -> None:
    shown = situation(full, LEVEL, DAY)
    split = by_form(shown, "persons")
    assert split.columns[-1] == "übrige Formen"
    assert split.shape == (10, 3)
    assert split.sum(axis=1).tolist() == shown.areas["persons"].tolist()


def test_circles_are_whole_where_the_sites_do_not_add_up(tmp_path: Path) -> None:
    def more(rows: list[made_up.Row]) -> list[made_up.Row]:
        return [{**rows[0], "occupied": str(int(rows[0]["occupied"]) + 1)}, *rows[1:]]

    city = load_city(made_up.build(tmp_path, indices=False, sites=more))
    assert by_form(situation(city, LEVEL, DAY), "persons").columns.tolist() == [""]


def test_circles_without_forms_are_whole(shipped: City) -> None:
    split = by_form(situation(shipped, LEVEL, DAY), "persons")
    assert list(split.columns) == [""]
    assert split[""].dropna().to_dict() == {"05": 659, "06": 1820}


def test_border_effect_only_with_public_positions(full: City, tmp_path: Path) -> None:
    layer = read_layers(made_up.ROOT)[LEVEL, full.catalogue.level(LEVEL).current.id]
    areas = read_boundaries(layer).to_crs(layer.measuring_crs).set_index("area_id").geometry
    assert border_effect(situation(full, LEVEL, DAY), areas, 500) is None
    public = load_city(made_up.build(tmp_path / "city", indices=False, positions_public=True))
    shown = situation(public, LEVEL, DAY)
    near = border_effect(shown, areas, 500)
    assert near is not None
    assert near["inside"].to_dict() == shown.areas["persons"].to_dict()
    assert (near["reached"] >= near["inside"]).all()
    assert near["reached"].sum() > 7590


def test_legal_status_of_areas_only_where_it_is_known(full: City, shipped: City) -> None:
    shown = situation(full, LEVEL, DAY)
    assert list(shown.statuses.values()) == ["Im Asylverfahren", "Verfestigter Aufenthalt"]
    split = by_status(shown)
    assert split is not None
    assert split.loc["10"].isna().all()
    assert split.loc["03"].sum() == shown.areas.loc["03", "persons"]
    assert split.loc["03"].iloc[-1] == 30
    assert pd.isna(shown.total[list(shown.statuses)]).all()
    assert by_status(situation(shipped, LEVEL, DAY)) is None


def test_a_status_of_all_areas_is_that_of_the_city(tmp_path: Path) -> None:
    def complete(rows: list[made_up.Row]) -> list[made_up.Row]:
        last = next(row for row in rows if row["area_id"] == "10")
        return [*rows, {**last, "indicator_id": "unterbringung_im_verfahren", "value": "11"}]

    shown = situation(load_city(made_up.build(tmp_path, indices=False, areas=complete)), LEVEL, DAY)
    own = shown.areas["unterbringung_im_verfahren"]
    assert shown.total["unterbringung_im_verfahren"] == own.sum() > 11


def test_targets_of_all_weightings_hold_the_chosen_one(full: City) -> None:
    parts = key_parts(full, situation(full, LEVEL, DAY))
    table = fairness(parts, HAMBURG).table
    assert (table["lowest"] <= table["target"]).all()
    assert (table["target"] <= table["highest"]).all()
    above = table["persons"] > table["highest"]
    assert (table["verdict"][above] == Verdict.ABOVE).all()
    assert (above == table["verdict"].eq(Verdict.ABOVE)).all()


def test_answers_of_the_shipped_figures(shipped: City) -> None:
    shown = situation(shipped, LEVEL, DAY)
    parts = key_parts(shipped, shown)
    said = fairness_sentence(shown, parts, fairness(parts, PEOPLE))
    assert "Stadtbezirk 6 lag am weitesten über dem Soll: 1.820 statt 770 Personen." in said
    assert "zusammen 5.111 statt 6.406" in said
    assert "unter dem Soll" not in said
    moving = concentration_sentence(concentration(shown, parts, 200), 200)
    assert "mindestens 17,1" in moving
    table, _ = accommodation_history.forms(shipped, dt.date(2016, 8, 31))
    assert "2.577 von 8.120" in forms_sentence(table, "31.08.2016")
    assert points_sentence(shipped, shown) == (
        "8 Stellen versorgten 8 von 10 Stadtbezirken; für Stadtbezirk 4 und Stadtbezirk 7 nennt "
        "die Quelle keine."
    )


def test_answers_where_there_is_nothing_to_say(full: City, tmp_path: Path) -> None:
    even = situation(full, LEVEL, DAY)
    parts = key_parts(full, even)
    exact = Parts(parts.amounts[KeyPart.POPULATION] / 100, parts.amounts, parts.dates, parts.absent)
    assert fairness_sentence(even, exact, fairness(exact, PEOPLE)) == ""
    table, _ = accommodation_history.forms(full, DAY)
    assert forms_sentence(table * 0, "28.02.2017") == "Am 28.02.2017 gab es keine Plätze."
    city = load_city(
        made_up.build(tmp_path, indices=False, areas=lambda rows: [], sites=lambda rows: [])
    )
    assert "keine Zahl" in development_sentence(city, accommodation_history.series(city))


def test_an_open_site_is_known_until_its_last_stichtag(full: City) -> None:
    table = openings(full).set_index("name")
    assert (table["date"] == pd.Timestamp(DAY)).all()


def test_every_file_names_source_and_date(full: City) -> None:
    shown = situation(full, LEVEL, DAY)
    parts = key_parts(full, shown)
    found = concentration(shown, parts, 200)
    assert found.lorenz is not None
    forms, ids = accommodation_history.forms(full, DAY)
    sheets = [
        area_sheet(full, shown),
        fairness_sheet(full, shown, parts, HAMBURG, fairness(parts, HAMBURG)),
        measures_sheet(full, shown, parts, found, 200),
        lorenz_sheet(full, shown, parts, found.lorenz),
        sizes_sheet(full, size_classes(shown.sites["occupied"], 200), "erfunden", DAY, "Personen"),
        sites_sheet(full),
        series_sheet(full, accommodation_history.series(full)),
        openings_sheet(full),
        forms_sheet(full, forms, DAY, ids, "ohne"),
    ]
    for sheet in sheets:
        table = for_file(sheet.table)
        assert table["Quelle"].str.startswith("Test: Erfundene Zahlen").all(), sheet.title
        assert table["Stichtag"].eq(DAY).all(), sheet.title
        to_csv(table, Dialect.EXCEL)
    assert for_file(sheets[1].table)["Gewicht Fläche (%)"].unique().tolist() == [20]
    points = points_sheet(full, shown).table
    assert points["Quelle"].ne("").all()
    assert points["Gebiete"].tolist()[0] == "Stadtbezirk 1"
    assert points["Gebiete"].tolist()[-1] == "Stadtbezirk 9, Stadtbezirk 10"


def test_a_sheet_knows_the_days_of_its_rows(shipped: City, full: City) -> None:
    series = accommodation_history.series(shipped)
    course = series_sheet(
        shipped, series.assign(source=[shipped.source_titles(ids) for ids in series["source_id"]])
    )
    assert len(course.dates) == 12
    assert (course.dates[0], course.dates[-1]) == (dt.date(2015, 1, 1), dt.date(2018, 4, 30))
    assert area_sheet(full, situation(full, LEVEL, DAY)).dates == (DAY,)
    assert events_sheet(shipped).dates == ()


def test_every_figure_of_a_row_has_its_source(shipped: City) -> None:
    shown = situation(shipped, LEVEL, DAY)
    sources = situation_sources(shipped, shown)
    # Personen und Einwohner: Tabelle 1; Zahl der Unterkünfte: Abschnitt 3.2.2
    assert sources["06"] == "inteso_2017, inteso_2017_text"
    assert sources["01"] == ""
    row = area_sheet(shipped, shown).table.set_index("Schlüssel").loc["06"]
    assert "Abschnitte 3.1 und 3.2.2" in row["Quelle"]
    parts = key_parts(shipped, shown)
    # Fläche und Einwohner 2015: Tabelle 1; Mindestsicherung 2021: Quartiersatlas
    assert key_sources(shipped, shown, parts) == "inteso_2017, quartiersatlas_2024"


def test_what_the_sources_remark_is_said(shipped: City) -> None:
    said = series_remarks(accommodation_history.series(shipped))
    assert said[0] == "31.12.2015 durch die Stadt untergebracht"
    assert "31.01.2017 Januar 2017" in said
    shown = situation(shipped, "stadtteil", dt.date(2016, 11, 1))
    (remark,) = area_remarks(shipped, shown)
    assert remark.startswith("Golzheim: höchster Wert aller Stadtteile")


def test_columns_without_anything_are_named_and_not_shown(shipped: City) -> None:
    sheet = area_sheet(shipped, situation(shipped, LEVEL, DAY))
    assert {"Plätze", "Im Asylverfahren", "Größte Unterkunft"} <= set(sheet.empty)
    assert "Plätze" not in sheet.on_screen
    assert "Plätze" in sheet.table
    assert {"Untergebrachte", "Unterkünfte", "Status"} <= set(sheet.on_screen)


def test_positions_are_in_a_file_only_where_they_are_public(full: City, tmp_path: Path) -> None:
    assert full.sites[["lon", "lat"]].isna().all(axis=None)
    assert not {"Länge (Grad)", "Breite (Grad)"} & set(sites_sheet(full).table)
    public = load_city(made_up.build(tmp_path, indices=False, positions_public=True))
    sheet = sites_sheet(public)
    assert for_file(sheet.table)["Länge (Grad)"].iloc[0] == Decimal("6.77942")
    assert "Länge (Grad)" not in sheet.on_screen


def test_classes_hold_the_city_where_few_areas_have_a_rate(shipped: City) -> None:
    shown = situation(shipped, "stadtbezirk", DAY)
    rate = next(each for each in MEASURES if each.id == "rate")
    classes, reference = measure_classes(shown, rate)
    assert reference == pytest.approx(12.08, abs=0.01)
    assert classes.breaks[0] == reference
    assert classes.counts == (1, 1)
