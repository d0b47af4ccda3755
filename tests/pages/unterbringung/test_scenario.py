"""Scenarios of the shipped city, and of one with made-up tables of areas and sites."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from matplotlib.patches import Patch
from matplotlib.text import Text
from pptx import Presentation

from inteso_dash.boundaries.layers import read_boundaries
from inteso_dash.catalogue.scenarios import read, write
from inteso_dash.city import City, load_city
from inteso_dash.drawing.paper.pictures import picture
from inteso_dash.drawing.paper.sheet import Words
from inteso_dash.files.geodata import outlined, to_geojson
from inteso_dash.files.kinds import FileKind
from inteso_dash.files.tables import table_file
from inteso_dash.measures.distribution import dissimilarity, target_range
from inteso_dash.measures.placement import Distance
from inteso_dash.measures.projection import Missed, ProjectionRule
from inteso_dash.pages import slides
from inteso_dash.pages.runder_tisch.handout import to_pdf, to_pptx
from inteso_dash.pages.unterbringung import scenario as plans
from inteso_dash.pages.unterbringung import view
from inteso_dash.pages.unterbringung.fairness import key_of_all
from inteso_dash.pages.unterbringung.proposal import (
    CandidateSite,
    ProposalWish,
    accepted,
    asked_candidates,
    candidate_text,
    find,
)
from inteso_dash.pages.unterbringung.proposal_content import (
    costs_sheet,
    proposal_bars,
    proposal_map,
    proposal_sheet,
    proposal_words,
    used_up,
    why_none,
)
from inteso_dash.pages.unterbringung.scenario_border import (
    border,
    border_words,
    scenario_border_sheet,
)
from inteso_dash.pages.unterbringung.scenario_compare import compared_sheet, named, packed
from inteso_dash.pages.unterbringung.scenario_content import (
    areas_sheet,
    areas_table,
    error_words,
    fair_words,
    later_words,
    limit_words,
    missed_words,
    months_sheet,
    scenario_lines,
    sentence,
)
from inteso_dash.pages.unterbringung.sheet import for_file
from inteso_dash.pages.unterbringung.situation import situation
from inteso_dash.views.figures import Pairs, Table
from inteso_dash.views.sequences import Address, Sequence, Slide
from inteso_dash.views.shown import ViewError
from inteso_dash.views.statement import statement
from tests.towns import made_up_accommodation as made_up

START = dt.date(2017, 7, 31)
KEY = (("population", 100.0),)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> City:
    return load_city(made_up.build(Path(tmp_path_factory.mktemp("full")) / "city"))


def planned(city: City, level: str, *asked: tuple[str, str]) -> plans.ScenarioResult:
    notes: list[str] = []
    plan = plans.read_plan(city, level, Address("unterbringung", asked), notes)
    assert not notes
    return plans.compute(city, level, plan)


def test_the_shipped_city_begins_with_what_is_published(city: City) -> None:
    result = planned(city, "stadtteil")
    assert (result.plan.start, result.start.persons) == (START, 6787)
    assert result.start.places_date == dt.date(2017, 8, 23)
    assert result.start.rows["places"].tolist() == [7822]
    assert not result.by_area
    assert areas_table(result, key_of_all(city, result.start.shown), dict(KEY)) is None
    # From 6,972 to 6,787 in 31 days: 185 · (365.25 / 12) / 31 fewer a month.
    assumption, found = result.courses[1]
    assert assumption.departures[0] == pytest.approx(185 * 365.25 / 12 / 31)
    # 6,787 · 1.1 = 7,465.7 of 7,822 places.
    assert found.table["spare_low"].iloc[0] == pytest.approx(7822 - 7465.7)
    assert "7.822 Plätze vom 23.08.2017" in sentence(result)


def test_a_closing_says_when_places_run_out(city: City) -> None:
    asked = (
        ("s_aend", "schliessen~2017-10-01~900~~Halle Nord"),
        ("s_aend", "eroeffnen~2018-02-01~300~~Neubau"),
        ("s_annahme", "20-100~40~Spanne"),
        ("s_reserve", "0"),
    )
    result = planned(city, "stadtteil", *asked)
    # 6,922 places from October on, 7,222 from February on; at most 60 more a month: 6,967 in
    # October; 7,207 in February and 7,267 in March. At least 20 fewer a month.
    assert result.courses[0][1].full == (dt.date(2017, 10, 31), None)
    said = sentence(result)
    assert "Frühestens ab 31.10.2017 reichen die Plätze nicht mehr" in said
    lines = scenario_lines(result)
    assert [mark.date for mark in lines.marks] == [dt.date(2017, 10, 31)]
    assert all("Szenario" in course.name for course in lines.courses[1:])
    sheet = months_sheet(city, result).table
    assert set(sheet["Status"]) == {"Szenario"}
    # Thirteen ends of months, and the days between on which places come or go.
    assert len(sheet) == 15
    places = next(course for course in lines.courses if course.stepped)
    steps = {point.date: point.value for point in places.points}
    assert (steps[dt.date(2017, 9, 30)], steps[dt.date(2017, 10, 1)]) == (7822, 6922)


def test_what_is_not_published_is_not_zero(city: City) -> None:
    result = planned(city, "stadtteil", ("s_beginn", "2015-06-01"))
    assert result.start.places_date is None
    assert "Plätze nicht veröffentlicht" in sentence(result)
    assert result.courses[0][1].table["free_low"].isna().all()
    names = [course.name for course in scenario_lines(result).courses]
    assert "Plätze (Szenario)" not in names


def test_a_change_after_the_end_is_named(city: City) -> None:
    changes = [("s_aend", f"eroeffnen~{day}~10~~{day}") for day in ("2017-12-31", "2018-08-01")]
    assert later_words(planned(city, "stadtteil", changes[0])) == ""
    assert later_words(planned(city, "stadtteil", *changes)) == (
        "Nach dem Ende (31.07.2018) und deshalb nicht gerechnet: 2018-08-01."
    )


def test_beside_every_projection_stands_how_far_it_missed(city: City) -> None:
    result = planned(city, "stadtteil")
    last = {each.months: each for each in result.missed[ProjectionRule.UNCHANGED]}
    # From June to July 2017, from January to March 2017, and from both days of January on.
    series = result.start.series
    assert abs(series[dt.date(2017, 6, 30)] - series[START]) == 185
    assert last[1].count
    assert last[1].largest is not None
    assert any("hätte nach 12 Monaten im Median" in each for each in missed_words(result))
    own = planned(city, "stadtteil", ("s_annahme", "10~5~eigene"), ("s_monate", "24"))
    assert missed_words(own)[0].startswith("Eigene Annahmen")
    assert "keinen Vergleich" in missed_words(own)[-1]


def test_one_month_and_one_comparison_are_told_in_the_singular(city: City) -> None:
    begun = planned(city, "stadtteil")
    single = Missed(1, 1, 1.0, 1.0, 1.0)
    words = error_words(replace(begun, missed=dict.fromkeys(ProjectionRule, (single,))))
    assert "nach 1 Monat im Median 1, höchstens 1 Person verfehlt (1 Vergleich)." in words


def test_a_slide_is_no_published_figure(city: City) -> None:
    address = (
        "unterbringung?u_bereich=szenario&s_name=Probe&s_aend=schliessen~2017-10-01~900~~Halle"
    )
    shown = slides.show(city, Slide(address=address))
    assert shown.title == "Szenario: Plätze und Bedarf, Probe"
    assert shown.statuses.startswith("Szenario")
    assert shown.headline.startswith("Szenario ab 31.07.2017")
    assert "keine veröffentlichten Zahlen" in shown.content.note
    assert "Rheinische Post" in shown.sources


def test_each_part_is_a_slide_that_says_scenario(city: City, full: City) -> None:
    address = "unterbringung?u_bereich=szenario&s_beginn=2017-02-28"
    offered = view.figures_of(full, Address.read(address))
    assert list(offered.values()) == ["verlauf", "tabelle", "karte", "vergleich_tabelle"]
    for each in offered.values():
        shown = slides.show(full, Slide(address=address, figure=each))
        assert shown.title.startswith("Szenario")
        assert shown.statuses.startswith("Szenario")
        assert "Szenario" in shown.content.note
    assert view.figures_of(city, Address("unterbringung")) == {}
    with pytest.raises(ViewError, match="nicht veröffentlicht"):
        slides.show(city, Slide(address="unterbringung?u_bereich=szenario", figure="karte"))


WHOLE = (
    "unterbringung?u_bereich=szenario&s_beginn=2017-02-28&s_name=Probe&s_vorschlag=1&s_n=300"
    "&s_aend=eroeffnen~2017-06-20~300~@6.79500,51.26500~Neubau&s_neben="
)


@pytest.mark.usefixtures("shown_once")
def test_nothing_of_a_scenario_is_taken_for_published(full: City) -> None:
    """In title, picture, handout and presentation; hatched on every map and every bar."""
    other = plans.read_plan(full, "stadtbezirk", Address("unterbringung", ()), [])
    address = WHOLE + packed(other)
    offered = view.figures_of(full, Address.read(address))
    assert len(offered) == 9
    views = [Slide(address=address, figure=each) for each in offered.values()]
    for slide in views:
        shown = slides.show(full, slide)
        assert shown.title.startswith("Szenari")
        assert shown.statuses.startswith("Szenario: ")
        assert not shown.notes
        if isinstance(shown.content, Table):
            continue
        drawn = picture(full, shown.content, Words(shown.title, shown.headline, None))
        assert drawn is not None
        texts = " ".join(text.get_text() for text in drawn.findobj(Text))
        assert "Szenario" in texts, slide.figure
        hatches = {patch.get_hatch() for patch in drawn.findobj(Patch)}
        assert "||" in hatches or isinstance(shown.content, Pairs), slide.figure
    sequence = Sequence(title="Probe", city="05111", slides=tuple(views))
    pages = pypdf.PdfReader(io.BytesIO(to_pdf(full, sequence, START))).pages
    assert len(pages) >= len(views)
    assert all("Szenari" in page.extract_text() for page in pages)
    deck = Presentation(io.BytesIO(to_pptx(full, sequence, START)))
    for page in deck.slides:
        texts = [shape.text_frame.text for shape in page.shapes if shape.has_text_frame]
        assert any("Szenari" in text for text in texts)
        assert any("keine veröffentlichte Zahl" in text for text in texts)


def test_every_file_of_a_scenario_says_so_in_every_row(full: City) -> None:
    opens = "eroeffnen~2017-06-20~300~@6.79500,51.26500~Neubau"
    level, result = "stadtbezirk", planned(full, "stadtbezirk", ("s_aend", opens))
    shown = result.start.shown
    parts = key_of_all(full, shown)
    areas, near = areas_table(result, parts, dict(KEY)), border(full, level, result, 500)
    found = find(shown, parts, ProposalWish(300, 20, 150, 5, Distance.SUM, KEY))
    assert areas is not None
    assert near is not None
    sheets = [
        months_sheet(full, result),
        areas_sheet(full, result, areas),
        scenario_border_sheet(full, level, result, near),
        proposal_sheet(shown, found),
        costs_sheet(shown, found),
        compared_sheet(full, named([result])),
    ]
    told = statement(
        full, what="Szenario", where="", dates=[START], source_ids=["erfunden"], address=""
    )
    shapes = (
        read_boundaries(full.layers[level, full.catalogue.level(level).current.id])
        .set_index("area_id")
        .geometry
    )
    for sheet in sheets:
        assert sheet.title.startswith("Szenari")
        table = for_file(sheet.table)
        made = table_file(full, table, told, FileKind.CSV).decode()
        rows = list(csv.DictReader(io.StringIO(made)))
        published = ("heute", "Beginn, veröffentlicht")
        of = [row for row in rows if next(iter(row.values())) not in published]
        assert of
        assert {row["Status"] for row in of} == {"Szenario"}, sheet.title
        if "Schlüssel" in table:
            areas_made = json.loads(to_geojson(outlined(table, shapes), told))["features"]
            assert {each["properties"]["status"] for each in areas_made} == {"Szenario"}
            assert all(each["geometry"] for each in areas_made)


def test_a_position_finds_its_area_and_contradicts_no_other(full: City) -> None:
    opens = "eroeffnen~2017-06-20~300~{}@6.79500,51.26500~Neubau"
    result = planned(full, "stadtbezirk", ("s_aend", opens.format("")))
    assert result.rows.at["Neubau", "area"] == "06"
    assert result.positions.loc["Neubau"].tolist() == [6.795, 51.265]
    assert plans.change_text(result.plan.changes[0]) == opens.format("06")
    with pytest.raises(ViewError, match=r"6,79500 und Breite 51,26500 in Stadtbezirk 6, nicht in"):
        planned(full, "stadtbezirk", ("s_aend", opens.format("03")))
    with pytest.raises(ViewError, match="die Länge steht zuerst"):
        planned(full, "stadtbezirk", ("s_aend", "eroeffnen~2017-06-20~300~@51.26500,6.79500~N"))


def test_the_effect_of_borders_counts_sites_with_a_position_only(full: City) -> None:
    """Positions of the made-up sites are not public: they do not count and are not told."""
    opens = "eroeffnen~2017-06-20~100~@{}~Neubau {}"
    near = planned(
        full,
        "stadtbezirk",
        ("s_aend", opens.format("6.79500,51.26500", "A")),
        ("s_annahme", "0~0~keine"),
    )
    whole = near.rows[near.days[-1]].sum()
    each = 100 * 7590 / whole
    found = border(full, "stadtbezirk", near, 500)
    assert found is not None
    assert found.counted.at["06", "inside"] == pytest.approx(each)
    assert found.sites - len(found.without) == 1
    assert found.without.sum() == pytest.approx(7590 - each)
    assert "60 von 61 Unterkünften ohne Lage" in border_words(near, found)
    assert near.positions.drop("Neubau A").isna().all(axis=None)
    sheet = scenario_border_sheet(full, "stadtbezirk", near, found).table
    assert set(sheet["Status"]) == {"Szenario"}
    assert "61 Unterkünften" in sheet["Hinweis"][0]
    none = planned(full, "stadtbezirk", ("s_monate", "3"))
    assert border(full, "stadtbezirk", none, 500) is None


def test_an_address_and_a_file_say_the_same(city: City) -> None:
    asked = (
        ("s_beginn", "2017-03-31"),
        ("s_monate", "6"),
        ("s_reserve", "5"),
        ("s_grenze", "200"),
        ("s_aend", "vergroessern~2017-10-01~12.5~061~Straße ~ 5"),
        ("s_aend", "eroeffnen~2017-11-01~80~061@6.81234,51.26123~Neu"),
        ("s_annahme", "20-40~60~wenige"),
        ("s_name", "Plan B"),
        ("s_bemerkung", "erfunden"),
    )
    notes: list[str] = []
    plan = plans.read_plan(city, "stadtteil", Address("unterbringung", asked), notes)
    assert not notes
    assert plan.changes[0].name == "Straße ~ 5"
    kept = plans.parameters(read(write(plan), "s.yml", "05111"))
    assert tuple((key, value) for key, values in kept.items() for value in values) == asked


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("s_aend", "sprengen~2017-10-01~5", "erwartet: 'eroeffnen'"),
        ("s_aend", "eroeffnen~gestern~5", "ein Datum wie 2021-12-31"),
        ("s_aend", "eroeffnen~2017-10-01~5~06@6.8~x", "lat: gefunden"),
        ("s_aend", "schliessen~2017-10-01~5~06@6.8,51.2~x", "nur bei kind: eroeffnen"),
        ("s_annahme", "viele~5", "erwartet: eine Zahl"),
        ("s_monate", "900", "eine ganze Zahl von 1 bis 60"),
        ("s_beginn", "1999-01-01", "Das gibt es nicht"),
    ],
)
def test_nonsense_in_an_address_is_told(city: City, key: str, value: str, said: str) -> None:
    notes: list[str] = []
    plans.read_plan(city, "stadtteil", Address("unterbringung", ((key, value),)), notes)
    assert any(said in each for each in notes), notes


def test_a_change_that_cannot_be_says_why(city: City) -> None:
    with pytest.raises(
        ViewError, match=r"9\.000 Plätze sollen gehen, es gibt dann aber nur 7\.822"
    ):
        planned(city, "stadtteil", ("s_aend", "verkleinern~2017-10-01~9000~~Halle"))


def test_known_sites_make_known_areas(full: City) -> None:
    site = "Erfundene Unterkunft 01"
    asked = (("s_aend", f"schliessen~2017-03-15~~~{site}"), ("s_grenze", "200"))
    result = planned(full, "stadtbezirk", *asked, ("s_beginn", "2017-02-28"))
    assert result.start.sites
    assert result.by_area
    assert result.rows.loc[site, result.days[0]] == 130
    assert result.rows.loc[site, result.days[-1]] == 0
    parts = key_of_all(full, result.start.shown)
    table = areas_table(result, parts, dict(KEY))
    assert table is not None
    whole = result.courses[0][1].table["persons_high"].iloc[-1]
    assert table["persons"].sum() == pytest.approx(whole)
    assert table["difference"].sum() == pytest.approx(0, abs=1e-6)
    # As if all places were occupied alike.
    assert (table["persons"] / table["places"]).std() == pytest.approx(0, abs=1e-9)
    assert "Dissimilarität" in fair_words(table, parts)
    large = result.rows[result.days[-1]]
    assert ("Über der Grenze" in limit_words(result)) == bool((large > 200).any())


def test_a_proposal_of_known_areas_brings_them_nearer(full: City) -> None:
    shown = situation(full, "stadtbezirk", dt.date(2017, 2, 28))
    parts = key_of_all(full, shown)
    found = find(shown, parts, ProposalWish(300, 20, 150, 5, Distance.SUM, KEY))
    assert not found.alone
    best = found.proposal.placements[0]
    assert best.placed.sum() == 300
    today = shown.areas["persons"]
    people = parts.amounts["population"]
    assert best.costs.dissimilarity < dissimilarity(today, people)
    assert best.placed["06"] == 0  # 1,820 of 7,590 persons: above its target whatever is weighed
    costs = costs_sheet(shown, found).table
    assert costs["Verteilung"].tolist()[:2] == ["heute", "bester"]
    assert costs["Status"].tolist() == ["berechnet", *["Szenario"] * (len(costs) - 1)]
    assert "Stadtbezirk 6" in costs["Ausgeschöpft"][1]
    assert any("bewiesen" in each for each in used_up(shown, found, best))
    sheet = proposal_sheet(shown, found).table
    assert set(sheet["Status"]) == {"Szenario"}
    changes = accepted(full, "stadtbezirk", found, best, dt.date(2017, 3, 31))
    assert sum(each.places or 0 for each in changes) == 300


def test_a_proposal_is_drawn_beside_today_and_its_target(full: City) -> None:
    shown = situation(full, "stadtbezirk", dt.date(2017, 2, 28))
    found = find(shown, key_of_all(full, shown), ProposalWish(300, 20, 150, 5, Distance.SUM, KEY))
    best = found.proposal.placements[0]
    taking = best.placed[best.placed > 0].sort_values(ascending=False, kind="stable")
    bars = proposal_bars(shown, found, best)
    assert bars.assumed
    assert [bar.label for bar in bars.bars] == shown.areas["name"].reindex(taking.index).tolist()
    for bar, (area, new) in zip(bars.bars, taking.items(), strict=True):
        today = shown.areas.at[area, "persons"]
        assert (bar.value, bar.others) == (today + new, (today,))
        assert bar.reference == pytest.approx(found.task.target[area])
    drawn = proposal_map(shown, found, best)
    (layer,) = drawn.shown
    assert set(layer.values["status"]) == {"scenario"}
    assert layer.values["value"].sum() == pytest.approx(0, abs=1e-6), "all persons have a target"
    assert drawn.circles is not None
    assert drawn.circles.totals.to_dict() == taking.astype(float).to_dict()


PLOTS = (
    CandidateSite(name="Alte Schule", area="01", least=50, most=120),
    CandidateSite(name="Messeplatz", area="05", least=30, most=90),
    CandidateSite(name="Werft", area="05", least=40, most=100),
    CandidateSite(name="Kaserne", area="06", least=10, most=400),
    CandidateSite(name="Gärtnerei", area="08", least=80, most=80),
)
"""Made up."""


def test_sites_take_nobody_or_as_many_as_their_bounds_say(full: City) -> None:
    shown = situation(full, "stadtbezirk", dt.date(2017, 2, 28))
    parts = key_of_all(full, shown)
    wish = ProposalWish(300, 1, 1, 4, Distance.SUM, KEY, candidates=PLOTS)
    found = find(shown, parts, wish)
    for each in found.proposal.placements:
        assert each.placed.sum() == 300
        assert each.placed["Kaserne"] == 0, "above its target whatever is weighed"
        for plot in PLOTS:
            assert each.placed[plot.name] in {0, *range(plot.least, plot.most + 1)}
        by_area = found.by_area(each)
        assert by_area["05"] == each.placed["Messeplatz"] + each.placed["Werft"]
        today = shown.areas["persons"]
        assert (each.persons - today)[by_area.index].tolist() == by_area.tolist()
    best = found.proposal.placements[0]
    sheet = proposal_sheet(shown, found).table
    assert sheet.set_index("Unterkunft")["Neu, bester"].sum() == 300
    assert sheet.set_index("Unterkunft").at["Werft", "Schlüssel"] == "05"
    changes = accepted(full, "stadtbezirk", found, best, dt.date(2017, 3, 31))
    assert {(each.name, each.area) for each in changes} <= {(p.name, p.area) for p in PLOTS}
    assert sum(each.places or 0 for each in changes) == 300
    assert "Unterkünfte" in proposal_words(shown, found, best)
    assert {bar.label for bar in proposal_bars(shown, found, best).bars} <= set(shown.areas["name"])


def test_too_few_sites_are_named_as_the_reason(full: City) -> None:
    shown = situation(full, "stadtbezirk", dt.date(2017, 2, 28))
    parts = key_of_all(full, shown)
    wish = ProposalWish(300, 1, 1, 2, Distance.SUM, KEY, candidates=PLOTS)
    assert "die Höchstzahl" in why_none(find(shown, parts, wish))
    for wrong, said in (
        (PLOTS[1].model_copy(update={"area": "99"}), "Das Gebiet 99 gibt es"),
        (PLOTS[1].model_copy(update={"name": "Alte Schule"}), "steht zweimal"),
    ):
        bad = ProposalWish(300, 1, 1, 9, Distance.SUM, KEY, candidates=(PLOTS[0], wrong))
        with pytest.raises(ViewError, match=said):
            find(shown, parts, bad)


def test_sites_of_one_area_share_its_room_where_persons_are_not_known(city: City) -> None:
    shown = situation(city, "stadtbezirk", dt.date(2017, 2, 28))
    known = shown.areas["persons"].dropna().index
    plots = [
        CandidateSite(name=f"{area} {at}", area=str(area), most=10_000)
        for area in shown.areas.index
        for at in (1, 2)
    ]
    wish = ProposalWish(3000, 1, 1, 20, Distance.SUM, KEY, candidates=tuple(plots))
    parts = key_of_all(city, shown)
    found = find(shown, parts, wish)
    assert found.alone
    most = target_range(parts.amounts)["highest"] * (float(shown.total["persons"]) + 3000)
    today = shown.areas["persons"][known]
    assert found.proposal.placements
    for each in found.proposal.placements:
        after = today.add(found.by_area(each).reindex(known, fill_value=0))
        assert (after <= most[known].clip(lower=today) + 1e-6).all()


def test_which_site_of_an_area_takes_its_room_does_not_hang_on_their_order(city: City) -> None:
    shown = situation(city, "stadtbezirk", dt.date(2017, 2, 28))
    parts = key_of_all(city, shown)
    # Room for some 1,150 more in Stadtbezirk 5, which the first alone could use up.
    plots = (
        CandidateSite(name="Messegelände", area="05", least=1, most=1_100),
        CandidateSite(name="Werft", area="05", least=100, most=600),
    )
    found = [
        find(shown, parts, ProposalWish(150, 1, 1, 1, Distance.SUM, KEY, candidates=each))
        for each in (plots, plots[::-1])
    ]
    for each in found:
        assert each.barred == ()
        assert {int(one.placed["Werft"]) for one in each.proposal.placements} >= {150}
    crowd = ProposalWish(1_600, 1, 1, 2, Distance.SUM, KEY, candidates=plots)
    assert "kein Gebiet nach jeder Gewichtung über sein Soll" in why_none(find(shown, parts, crowd))


def test_sites_stand_in_the_address_and_what_is_none_is_noted() -> None:
    notes: list[str] = []
    texts = [candidate_text(each) for each in PLOTS]
    assert asked_candidates(texts, notes) == PLOTS
    assert notes == []
    assert asked_candidates(["90-30~05~Werft", "viele~05~Werft", *texts[:1]], notes) == PLOTS[:1]
    assert len(notes) == 2


def test_no_new_site_is_larger_than_the_limit(full: City) -> None:
    shown = situation(full, "stadtbezirk", dt.date(2017, 2, 28))
    parts = key_of_all(full, shown)
    found = find(shown, parts, ProposalWish(300, 20, 150, 5, Distance.SUM, KEY, limit=70))
    best = found.proposal.placements[0]
    assert best.placed.sum() == 300
    assert best.placed.max() == 70
    assert any("die Höchstzahl je Unterkunft" in each for each in used_up(shown, found, best))
    small = find(shown, parts, ProposalWish(300, 20, 150, 5, Distance.SUM, KEY, limit=50))
    assert "die Höchstzahl je Unterkunft" in why_none(small)


def test_where_persons_are_not_known_the_new_ones_are_spread_alone(city: City) -> None:
    day = dt.date(2017, 2, 28)
    shown = situation(city, "stadtbezirk", day)
    assert shown.areas["persons"].isna().any()
    found = find(shown, key_of_all(city, shown), ProposalWish(300, 20, 150, 8, Distance.SUM, KEY))
    assert found.alone
    assert found.task.areas["present"].eq(0).all()
    assert "06" in found.barred
    best = found.proposal.placements[0]
    assert best.placed.sum() == 300
    assert "06" not in best.placed.index


def test_a_proposal_that_cannot_be_says_which_rule(city: City) -> None:
    shown = situation(city, "stadtbezirk", START)
    parts = key_of_all(city, shown)
    found = find(shown, parts, ProposalWish(300, 20, 50, 3, Distance.SUM, KEY))
    assert "die Obergrenze je Unterkunft oder die Höchstzahl der Unterkünfte" in why_none(found)
    with pytest.raises(ViewError, match="widersprechen einander"):
        find(shown, parts, ProposalWish(300, 60, 50, 3, Distance.SUM, KEY))
