"""Profiles: published figures of the shipped city, and places and ranks in a made-up one."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pandas as pd
import pytest
import yaml

from inteso_dash.city import City, load_city
from inteso_dash.city.intervals import intervals
from inteso_dash.drawing.profile_table.data import (
    Group,
    Position,
    ProfileTable,
    TableColumn,
    TableNumber,
    TableRow,
    TableText,
    Trend,
)
from inteso_dash.files.text import Dialect, labelled, to_csv
from inteso_dash.language.findings import Severity
from inteso_dash.language.statuses import Status
from inteso_dash.pages import slides
from inteso_dash.pages.stadtteilprofil.age import age_bars
from inteso_dash.pages.stadtteilprofil.profile import (
    Line,
    Profile,
    ProfilePlace,
    Spread,
    nearby,
    profile,
    to_rows,
)
from inteso_dash.pages.stadtteilprofil.table import view as profile_table_view
from inteso_dash.pages.stadtteilprofil.table.printed import publications
from inteso_dash.pages.stadtteilprofil.table.view import facts
from inteso_dash.pages.stadtteilprofil.table.words import sentence
from inteso_dash.views.sequences import Slide
from tests.reading_back import read_csv
from tests.towns.declared_city import REGISTER, WIDE, WIDE_TABLE, MadeUpCity
from tests.towns.made_up_small_city import write_small_city
from tests.towns.made_up_town import write_table

D2021, D2015, D2010 = dt.date(2021, 12, 31), dt.date(2015, 12, 31), dt.date(2010, 12, 31)


def plain(text: str) -> str:
    """Make thin spaces ordinary ones."""
    return text.replace("\u202f", " ")


def current(result: Profile, indicator: str) -> Line:
    """Return the current line of an indicator."""
    line = result.line(indicator)
    assert line is not None
    return line


def made_up_city(root: Path, values: dict[str, float | None], whole: float | None = None) -> City:
    """Make up a city of one level below it, with one count at one Stichtag; None is secret."""
    word = {"de": "Quartier", "en": "quarter"}
    level = {"title": word, "plural": "Quartiere", "key_length": 1}
    catalogue = {
        "city": {"id": "0", "name": "Beispielstadt", "genitive": "Beispielstadts"},
        "title": "erfunden",
        "levels": [
            {"id": "stadt", **level, "divisions": [{"id": "1", "areas": 1}]},
            {
                "id": "quartier",
                "parent": "stadt",
                **level,
                "divisions": [{"id": "1", "areas": len(values)}],
            },
        ],
        "topics": [{"id": "t", "title": word}],
        "start": {
            "level": "quartier",
            "indicator": "menschen",
            "profile_level": "quartier",
            "profile_area": "1",
            "key_figures": ["menschen"],
        },
    }
    menschen = {
        "title": {"de": "Menschen", "en": "people"},
        "short": {"de": "Menschen", "en": "people"},
        "topic": "t",
        "unit": "Personen",
        "decimals": 0,
        "kind": "extensive",
        "meaning": "Erfunden.",
    }
    source = {
        "id": "erfunden",
        "title": "Erfunden",
        "producer": "Niemand",
        "licence": "keine",
        "public": True,
    }
    areas = [["stadt", "1", "0", "Beispielstadt", "", "true"]]
    areas += [["quartier", "1", key, f"Name {key}", "0", "true"] for key in values]
    figures = [["quartier", key, value] for key, value in values.items()]
    figures += [["stadt", "0", whole]] if whole is not None else []
    head = ["level", "division", "area_id", "name", "parent_id", "name_complete"]
    register = "\n".join(",".join(row) for row in [head, *areas]) + "\n"
    table = "level,area_id,indicator_id,date,value,unit,status,source_id,note\n" + "".join(
        f"{place},{key},menschen,2021-12-31,{'.' if value is None else value},Personen,,erfunden,\n"
        for place, key, value in figures
    )
    tables = {
        "gebiete": ({"kind": "register"}, register),
        "zahlen": ({"kind": "figures", "layout": "long", "sources": [source]}, table),
    }
    data = root / "data"
    data.mkdir()
    (data / "catalogue.yml").write_text(yaml.safe_dump(catalogue), "utf-8")
    (data / "indicators.yml").write_text(yaml.safe_dump({"menschen": menschen}), "utf-8")
    for name, (declared, content) in tables.items():
        (data / f"{name}.csv").write_text(content, "utf-8")
        sidecar = {
            "id": name,
            "title": name,
            "file": f"{name}.csv",
            "rows": content.count("\n") - 1,
            "sha256": hashlib.sha256(content.encode()).hexdigest(),
            **declared,
        }
        (data / f"{name}.yml").write_text(yaml.safe_dump(sidecar), "utf-8")
    city = load_city(root)
    assert not [finding for finding in city.findings if finding.severity is Severity.ERROR]
    return city


@pytest.mark.parametrize(
    ("level", "area", "inhabitants"),
    [("stadtbezirk", "05", 34_479), ("stadtbezirk", "06", 66_957), ("stadt", "05111", 643_753)],
)
def test_population_of_2021(city: City, level: str, area: str, inhabitants: int) -> None:
    line = current(profile(city, level, area), "bevoelkerung")
    assert (line.date, line.own.value) == (D2021, inhabitants)


def test_earlier_population_stands_beside_the_newest(city: City) -> None:
    result = profile(city, "stadtbezirk", "06")
    lines = [line for line in result.earlier if line.indicator.id == "bevoelkerung"]
    assert [(line.date, line.own.value) for line in lines] == [(D2015, 63_721), (D2010, 59_018)]


def test_highest_rate_of_all_sozialraeume_has_rank_one(city: City) -> None:
    line = current(profile(city, "sozialraum", "098002"), "sgb2_quote")
    assert (line.rank, line.count) == (1, 169)
    assert line.spread is not None
    assert line.spread.area == 1


def test_an_area_is_compared_with_district_city_and_others(city: City) -> None:
    others = (("stadtteil", "061"), ("sozialraum", "098002"))
    result = profile(city, "stadtteil", "063", others)
    shown = [(place.level, place.name) for place in result.places]
    assert shown == [
        ("stadtteil", "Rath"),
        ("stadtbezirk", "Stadtbezirk 6"),
        ("stadt", "Düsseldorf"),
        ("stadtteil", "Lichtenbroich"),
        ("sozialraum", "Hassels-Nord"),
    ]
    values = [cell.value for cell in current(result, "bevoelkerung").cells if cell]
    assert values == [21_004, 66_957, 643_753, 6_156, 4_640]


def test_an_area_chosen_twice_is_shown_once(city: City) -> None:
    result = profile(city, "stadtteil", "063", (("stadtbezirk", "06"), ("stadtteil", "063")))
    assert len(result.places) == 3


def test_more_than_three_others_are_refused(city: City) -> None:
    others = tuple(("stadtbezirk", f"{number:02d}") for number in range(1, 5))
    with pytest.raises(ValueError, match="found 4, expected at most 3"):
        profile(city, "stadtbezirk", "06", others)


def test_an_unknown_area_is_refused(city: City) -> None:
    with pytest.raises(KeyError):
        profile(city, "stadtteil", "999")


@pytest.mark.parametrize(
    ("level", "area", "wanted", "found"),
    [
        ("sozialraum", "063007", "stadtteil", "063"),
        ("sozialraum", "063007", "stadt", "05111"),
        ("stadtteil", "063", "sozialraum", "063001"),
        ("stadt", "05111", "stadtteil", "011"),
        ("stadtbezirk", "06", "stadtbezirk", "06"),
    ],
)
def test_the_area_of_another_level_at_the_same_place(
    city: City, level: str, area: str, wanted: str, found: str
) -> None:
    assert nearby(city, level, area, wanted) == found


def test_place_in_the_distribution(tmp_path: Path) -> None:
    city = made_up_city(
        tmp_path, {"1": 10.0, "2": 20.0, "3": 30.0, "4": 40.0, "5": 50.0}, whole=150.0
    )
    line = current(profile(city, "quartier", "2"), "menschen")
    assert line.spread == Spread(10, 50, 0.25, 0.5, 0.75, 0.25, 3.5)
    assert (line.rank, line.count) == (4, 5)


def test_equal_values_share_the_better_rank(tmp_path: Path) -> None:
    city = made_up_city(tmp_path, {"1": 5.0, "2": 5.0, "3": 1.0, "4": 9.0})
    ranks = [current(profile(city, "quartier", key), "menschen").rank for key in "1234"]
    assert ranks == [2, 2, 4, 1]


def test_areas_without_a_value_do_not_count(tmp_path: Path) -> None:
    city = made_up_city(tmp_path, {"1": 5.0, "2": None, "3": 1.0, "4": 9.0})
    line = current(profile(city, "quartier", "2"), "menschen")
    assert (line.own.status, line.rank, line.count) == (Status.SUPPRESSED, None, 3)
    assert line.spread is not None
    assert line.spread.area is None


@pytest.mark.parametrize("values", [{"1": 1.0, "2": 2.0}, {"1": 3.0, "2": 3.0, "3": 3.0}])
def test_two_values_or_equal_ones_have_no_distribution(
    tmp_path: Path, values: dict[str, float | None]
) -> None:
    assert (
        current(profile(made_up_city(tmp_path, values), "quartier", "1"), "menschen").spread is None
    )


def test_declared_reasons_explain_what_is_published_elsewhere(city: City) -> None:
    for level, area in (("sozialraum", "033001"), ("stadtteil", "033")):
        cell = current(profile(city, level, area), "sgb2_quote").own
        assert cell.status is Status.MERGED
        assert "032001" in cell.note


@pytest.mark.parametrize("dialect", list(Dialect))
@pytest.mark.parametrize(
    ("level", "area"),
    [("stadtbezirk", "06"), ("stadtteil", "033"), ("sozialraum", "071009"), ("stadt", "05111")],
)
def test_the_exported_profile_comes_back_without_loss(
    city: City, level: str, area: str, dialect: Dialect
) -> None:
    result = profile(city, level, area, (("stadtteil", "061"),))
    rows = to_rows(result, city)
    said = sum(cell is not None for line in result.lines for cell in line.cells)
    assert len(rows) == said
    table = labelled(rows, city)
    back = read_csv(to_csv(table, dialect), "profil.csv")
    pd.testing.assert_frame_equal(back, table.astype(object), check_dtype=False)


def rows_of(table: ProfileTable) -> dict[str, TableRow]:
    """All rows by title."""
    return {row.title: row for group in table.groups for row in group.rows}


def figures(row: TableRow) -> list[TableNumber]:
    """Return the numbers and signs of a row."""
    return [cell for cell in row.cells if isinstance(cell, TableNumber)]


def test_tables_say_what_the_lines_hold(city: City) -> None:
    result = profile(city, "stadtbezirk", "06")
    main, counts, earlier = profile_table_view.tables(city, result)
    assert main.title == "Stadtbezirk 6 im Vergleich, 31.12.2021"
    shown = rows_of(main)
    assert [figure.text for figure in figures(shown["Bevölkerung"])] == ["66.957", "643.753"]
    assert shown["Bevölkerung"].cells[3] == TableText("4 von 10")
    assert isinstance(shown["SGB-II-Quote"].cells[4], Position)
    assert shown["Untergebrachte"].below == "Stand 28.02.2017"
    assert counts.folded
    assert [figure.below for figure in figures(rows_of(counts)["Frauen (Zahl)"])] == [
        "± 33",
        "± 322",
    ]
    assert not set(shown) & set(rows_of(counts))
    first, second, *_ = earlier.groups[0].rows
    assert (first.title, first.span, second.title) == ("Bevölkerung", 2, "")
    assert [row.cells[0] for row in (first, second)] == [
        TableText("31.12.2015"),
        TableText("31.12.2010"),
    ]
    assert [figures(row)[0].text for row in (first, second)] == ["63.721", "59.018"]
    assert len(earlier.citations) == 2


def test_every_line_of_a_profile_stands_in_exactly_one_table(city: City) -> None:
    for level, area in (("stadt", "05111"), ("stadtbezirk", "05"), ("sozialraum", "063007")):
        result = profile(city, level, area)
        rows = sum(
            len(group.rows)
            for table in profile_table_view.tables(city, result)
            for group in table.groups
        )
        assert rows == len(list(result.lines))


def test_missing_values_show_their_sign_and_reason(city: City) -> None:
    main = profile_table_view.tables(city, profile(city, "stadtbezirk", "06"))[0]
    figure = figures(rows_of(main)["Kinderarmut"])[0]
    assert figure.text == "…"
    assert figure.about is not None
    assert figure.about.paragraphs == ("1 von 23 Teilgebieten ohne Angabe (063006).",)
    assert ("…", "keine Angabe") in main.key


def test_an_uninhabited_area_shows_signs(city: City) -> None:
    main = profile_table_view.tables(city, profile(city, "sozialraum", "071009"))[0]
    assert figures(rows_of(main)["Frauen"])[0].text == "x"
    assert ("x", "unbewohnt") in main.key


def test_the_city_has_neither_ranks_nor_places(city: City) -> None:
    main = profile_table_view.tables(city, profile(city, "stadt", "05111"))[0]
    assert {column.kind for column in main.columns} == {"unit", "own", "trend"}


def test_a_break_in_the_series_is_explained(city: City) -> None:
    *_, earlier = profile_table_view.tables(city, profile(city, "stadt", "05111"))
    about = {row.cells[0]: figures(row)[0].about for row in earlier.groups[0].rows[:5]}
    assert about[TableText("31.12.2015")] is None
    remark = about[TableText("31.12.2014")]
    assert remark is not None
    assert remark.paragraphs == ("aus 628.437 abzüglich Zuwachs 8.786",)
    broken = about[TableText("31.12.2013")]
    assert broken is not None
    assert broken.title == "Bruch in der Reihe"


@pytest.mark.parametrize(
    ("level", "area", "said"),
    [
        (
            "stadtbezirk",
            "06",
            (
                "Im Stadtbezirk 6 leben 66.957 Menschen (31.12.2021), 10,4 % der Bevölkerung "
                "Düsseldorfs. Der Ausländeranteil beträgt 24,7 % (Düsseldorf: 23,8 %), "
                "die SGB-II-Quote 12,5 % (Düsseldorf: 10,5 %)."
            ),
        ),
        (
            "stadt",
            "05111",
            (
                "In Düsseldorf leben 643.753 Menschen (31.12.2021). Der Ausländeranteil beträgt "
                "23,8 %, die SGB-II-Quote 10,5 %."
            ),
        ),
        (
            "stadtteil",
            "033",
            (
                "Im Stadtteil Hafen leben 268 Menschen (31.12.2021), weniger als 0,1 % der "
                "Bevölkerung Düsseldorfs. Der Ausländeranteil beträgt 28,0 % (Düsseldorf: 23,8 %)."
            ),
        ),
        ("sozialraum", "071009", "Im Sozialraum Glasmacherviertel wohnt niemand (31.12.2021)."),
    ],
)
def test_sentence(city: City, level: str, area: str, said: str) -> None:
    assert plain(sentence(city, profile(city, level, area))) == said


def test_sentence_of_a_made_up_city(tmp_path: Path) -> None:
    city = made_up_city(tmp_path, {"1": 1.0, "2": None}, whole=4.0)
    one, none = (sentence(city, profile(city, "quartier", key)) for key in "12")
    assert plain(one) == (
        "Im Quartier Name 1 lebt 1 Mensch (31.12.2021), 25,0 % der Bevölkerung Beispielstadts."
    )
    assert none.startswith("Im Quartier Name 2 ist die Bevölkerung nicht ausgewiesen")


@pytest.mark.parametrize(
    ("level", "area", "said"),
    [
        ("stadtteil", "063", ("Stadtteil 063 im Stadtbezirk 6 in Düsseldorf", "10,5 km²")),
        ("sozialraum", "063007", ("Sozialraum 063007 im Stadtteil Rath im Stadtb", "27,5 ha")),
    ],
)
def test_facts(city: City, level: str, area: str, said: tuple[str, str]) -> None:
    terms = dict(facts(city, profile(city, level, area)).terms)
    assert terms["Gebiet"].startswith(said[0])
    assert plain(terms["Fläche"]).startswith(said[1])


def test_printed_profile_is_as_printed(city: City) -> None:
    (table,) = publications(city, ProfilePlace("stadtbezirk", "06", "Stadtbezirk 6"))
    assert [column.group for column in table.columns[::2]] == [
        "Stadtbezirk 5",
        "Stadtbezirk 6",
        "Düsseldorf",
    ]
    printed = {
        title: [plain(figure.text) for figure in figures(row)[::2]]
        for title, row in rows_of(table).items()
    }
    assert printed == {
        "Bevölkerung": ["34318", "63721", "628437"],
        "Fläche": ["50,97", "19,68", "217,33"],
        "Einwohnerdichte": ["672", "3118", "2850"],
        "Bevölkerungsentwicklung 2005–2015": ["7,50 %", "7,30 %", "6,30 %"],
        "Beschäftigtenquote": ["47,40 %", "53,80 %", "54 %"],
        "Arbeitslosenanteil (Kurzprofil 2015)": ["5,20 %", "11 %", "10,10 %"],
        "Personen ohne deutsche Staatsangehörigkeit": [
            "5673 (16,5 %)",
            "13705 (21,5 %)",
            "135000 (21,5 %)",
        ],
        "Personen mit Migrationshintergrund": [
            "10073 (29,4 %)",
            "26991 (42,4 %)",
            "246920 (39,2 %)",
        ],
        "Untergebrachte Personen": ["659", "1820", "7590"],
    }


def test_printed_profile_stands_beside_newer_figures(city: City) -> None:
    (table,) = publications(city, ProfilePlace("stadt", "05111", "Düsseldorf"))
    rows = rows_of(table)
    newer = {
        title: [plain(cell.text) for cell in figures(row)[1::2]] for title, row in rows.items()
    }
    assert newer["Bevölkerung"] == ["34.479", "66.957", "643.753"]
    assert newer["Fläche"] == ["50,97", "19,68", "217,41"]
    assert newer["Personen ohne deutsche Staatsangehörigkeit"][2] == "153.038 (23,8 %)"
    assert newer["Beschäftigtenquote"] == ["…", "…", "…"]
    missing = figures(rows["Beschäftigtenquote"])[1].about
    assert missing is not None
    assert "mit dieser Definition" in missing.paragraphs[0]


def test_areas_outside_a_publication_do_not_show_it(city: City) -> None:
    assert not list(publications(city, ProfilePlace("stadtbezirk", "07", "Stadtbezirk 7")))


def test_a_row_that_does_not_fit_its_columns_is_refused() -> None:
    group = Group("", (TableRow("zu kurz", ()),))
    with pytest.raises(ValueError, match="found 0 cells, expected 1"):
        ProfileTable("Titel", "Kopf", (TableColumn("Wert", "value"),), (group,))


def trends(city: City, level: str, area: str) -> dict[str, Trend]:
    """Courses in the main table of a profile, by the title of their row."""
    main = profile_table_view.tables(city, profile(city, level, area))[0]
    at = [column.kind for column in main.columns].index("trend")
    return {
        row.title: cell
        for group in main.groups
        for row in group.rows
        if isinstance(cell := row.cells[at], Trend)
    }


def test_a_profile_says_since_when_and_how_much(city: City) -> None:
    found = trends(city, "stadtbezirk", "06")
    people = found["Bevölkerung"]
    assert people.text.replace("\u202f", " ") == "+3.236 (+5,1 %)"
    assert people.below == "seit 31.12.2015"
    assert [time for time, _, _ in people.points] == pytest.approx([0, 0.4545, 1], abs=0.001)
    assert "63.721" in people.label
    assert found["Ausländeranteil"].text.replace("\u202f", " ") == "+3,2 Prozentpunkte"
    density = found["Einwohnerdichte"]
    assert density.text.replace("\u202f", " ") == "+165 (+5,1 %)"
    assert density.about is not None
    assert any("gedruckt 3.118" in told for told in density.about.paragraphs)
    assert "SGB-II-Quote" not in found


def test_the_course_of_the_city_breaks_and_says_why(city: City) -> None:
    people = trends(city, "stadt", "05111")["Bevölkerung"]
    assert [part for _, _, part in people.points] == [0, 0, 1, 1, 1, 1]
    assert people.below == "seit 31.12.2014"
    assert people.about is not None
    assert "Einwohnermelderegister" in people.about.paragraphs[0]
    share = trends(city, "stadt", "05111")["unter 6 Jahre"]
    assert share.text == "Bruch 31.12.2014"


def test_a_profile_with_one_stichtag_has_no_courses(city: City) -> None:
    main = profile_table_view.tables(city, profile(city, "sozialraum", "098002"))[0]
    assert "trend" not in {column.kind for column in main.columns}


def test_a_change_within_the_rounding_error_is_not_told(city: City) -> None:
    size = trends(city, "stadtbezirk", "06")["Fläche"]
    assert "Rundungsfehler" in size.text
    assert {value for _, value, _ in size.points} == {0.5}


OTHERS = (("stadtteil", "062"), ("stadtteil", "101"), ("sozialraum", "098002"))


def test_areas_compared_have_their_place_in_the_strip(city: City) -> None:
    result = profile(city, "stadtteil", "063", OTHERS)
    main = profile_table_view.tables(city, result)[0]
    signs = {column.title: column.sign for column in main.columns if column.kind == "value"}
    assert signs == {
        "Stadtbezirk 6": 0,
        "Düsseldorf": 0,
        "Unterrath": 1,
        "Garath": 2,
        "Hassels-Nord": 3,
    }
    assert "Quadrat Unterrath, Raute Garath, Kreuz Hassels-Nord." in main.place_key
    rows = rows_of(main)
    position = next(cell for cell in rows["unter 6 Jahre"].cells if isinstance(cell, Position))
    line = current(result, "anteil_alter_0_5")
    assert line.spread is not None
    values = [line.spread.along(cell.value) for cell in line.cells[3:] if cell is not None]
    assert position.others == tuple(
        place if place is not None and 0 <= place <= 1 else None for place in values
    )
    assert "Unterrath: 5,1 %." in plain(position.label)
    assert "Garath: 6,9 %." in plain(position.label)


def test_counts_of_other_levels_have_no_place_in_the_strip(city: City) -> None:
    result = profile(city, "stadtteil", "063", OTHERS)
    row = rows_of(profile_table_view.tables(city, result)[0])["Bevölkerung"]
    position = next(cell for cell in row.cells if isinstance(cell, Position))
    assert [place is None for place in position.others] == [False, False, True]
    assert "Hassels-Nord" not in position.label


def test_the_age_structure_shows_the_areas_compared(city: City) -> None:
    chart = age_bars(city, profile(city, "stadtteil", "063", OTHERS))
    assert chart is not None
    assert chart.other_names == ("Unterrath", "Garath", "Hassels-Nord")
    youngest = chart.bars[-1]
    assert youngest.others == pytest.approx((5.1, 6.9, 11.0), abs=0.05)
    assert "unter 6 Jahre 6,5 % (Düsseldorf 5,6 %, Unterrath 5,1 %, Garath 6,9 %" in plain(
        chart.words
    )


def test_a_figure_carries_its_interval_where_it_is_a_share(city: City) -> None:
    result = profile(city, "stadtteil", "063")
    share = current(result, "sgb2_quote")
    found = intervals(city, "stadtteil", "sgb2_quote", share.date)
    assert share.interval is not None
    assert share.interval.lower == found.cells.loc["063", "lower"]
    assert share.interval.as_city is False
    assert not found.holds_reference["063"]
    women = current(result, "anteil_weiblich")
    assert women.interval is not None
    assert women.interval.as_city is True
    for without in ("bevoelkerung", "wohnflaeche_je_einwohner", "altenquotient"):
        assert current(result, without).interval is None
    whole = current(profile(city, "stadt", "05111"), "sgb2_quote")
    assert whole.interval is not None
    assert whole.interval.as_city is None


def test_the_strip_shows_and_says_what_chance_may_do(city: City) -> None:
    result = profile(city, "stadtteil", "063")
    main, *_ = profile_table_view.tables(city, result)
    place = [column.kind for column in main.columns].index("place")
    rows = {row.title: row.cells[place] for group in main.groups for row in group.rows}
    women, quota, people = (rows[each] for each in ("Frauen", "SGB-II-Quote", "Bevölkerung"))
    assert isinstance(women, Position)
    assert isinstance(quota, Position)
    assert isinstance(people, Position)
    assert women.as_city
    assert not quota.as_city
    assert women.interval is not None
    assert women.interval[0] < (women.own or 0) < women.interval[1]
    assert "zwischen 49,9 und 51,5\u202f%; nicht vom Stadtwert zu unterscheiden." in women.label
    assert "%; vom Stadtwert zu unterscheiden." in quota.label
    assert people.interval is None
    assert "Zufall" not in people.label
    assert "≈ nicht vom Stadtwert zu unterscheiden" in main.place_key


def test_areas_of_two_levels_with_one_name_are_told_apart(tmp_path: Path) -> None:
    made_up = MadeUpCity(tmp_path)
    register = {"id": "gebiete", "title": "Gebiete", "kind": "register"}
    made_up.add(register, REGISTER.replace(",Bezirk 1,", ",Berg,"))
    made_up.add(WIDE_TABLE, WIDE)
    made_up.catalogue()
    found = profile(load_city(tmp_path), "viertel", "0102", (("viertel", "0202"),))
    assert [place.name for place in found.places] == ["Berg", "Berg (bezirk)", "Neustadt", "Wiese"]
    found = profile(load_city(tmp_path), "bezirk", "01", (("viertel", "0102"),))
    assert [place.name for place in found.others] == ["Berg (viertel)"]
    assert profile_table_view.designation(load_city(tmp_path), found.others[0]) == "0102"


def test_age_groups_of_the_same_size_are_named_together(tmp_path: Path) -> None:
    write_small_city(tmp_path)
    declared = tmp_path / "data" / "catalogue.yml"
    groups = 'profile_area: "01", age_groups: [maennlich, weiblich, arbeitslose]'
    declared.write_text(declared.read_text("utf-8").replace('profile_area: "01"', groups), "utf-8")
    write_table(
        tmp_path / "data",
        "zahlen",
        "bezirk;maennlich;weiblich;arbeitslose\n1;4000;4000;2000\n2;4000;3999;2001\n",
        "kind: figures\nlayout: wide\ndivision: '2020'\ndate: 2023-12-31\nlevel: bezirk\n"
        "source: erfunden\nkey_column: bezirk\nrows: 2\n"
        "columns: [{name: maennlich, indicator: maennlich}, {name: weiblich, indicator: weiblich},"
        " {name: arbeitslose, indicator: arbeitslose}]\n",
    )
    address = "stadtteilprofil?profilebene=bezirk&profil=1"
    shown = slides.show(load_city(tmp_path), Slide(address=address, figure="alter"))
    assert shown.headline == (
        "Mitte: größte Altersgruppen Männliche Einwohner und Weibliche Einwohner mit je "
        "40,0\u202f%, Kleinau 40,0\u202f% und 40,0\u202f%."
    )
