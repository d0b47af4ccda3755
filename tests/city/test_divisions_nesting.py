"""Earlier areas that lie in several of today's: what higher levels get, in a made-up town.

x         0    4    6    8    12   16
kiez alt  | K1 |   K2    | K3 | K4 |
kiez      | N1 | N2 | N3 | N4 | N5 |
bezirk alt|     A1       |   A2    |
bezirk    |   B1    |   B2    | B3 |
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pandas as pd
import pytest

from inteso_dash.city import City, load_city
from inteso_dash.city.overlay.people import Basis
from inteso_dash.cli import main
from inteso_dash.intake import checking
from inteso_dash.pages import slides
from inteso_dash.pages.karte.files import map_statement
from inteso_dash.pages.stadtteilprofil.age import age_bars
from inteso_dash.pages.stadtteilprofil.files import profile_statement
from inteso_dash.pages.stadtteilprofil.profile import profile
from inteso_dash.pages.veraenderung.divisions.between import between
from inteso_dash.pages.veraenderung.divisions.carrying import Carried, ConversionMethod, carry
from inteso_dash.views import map_view
from inteso_dash.views.figures import Table
from inteso_dash.views.sequences import Slide
from tests.towns.made_up_town import INDICATORS, SOURCE, reseal, write_layer, write_table

CATALOGUE = """
city: {id: K1, name: Musterstadt, genitive: Musterstadts}
title: Musterstadt (erfunden)
levels:
  - {id: gemeinde, title: {de: Gemeinde, en: Municipality}, plural: Gemeinden, key_length: 2,
     divisions: [{id: heute, areas: 1}]}
  - {id: bezirk, title: {de: Bezirk, en: District}, plural: Bezirke, parent: gemeinde,
     key_length: 2, divisions: [{id: alt, areas: 2}, {id: heute, areas: 3}]}
  - {id: kiez, title: {de: Kiez, en: Quarter}, plural: Kieze, parent: bezirk,
     key_length: 2, divisions: [{id: alt, areas: 4}, {id: heute, areas: 5}]}
topics: [{id: menschen, title: {de: Menschen, en: People}}]
start: {level: kiez, indicator: einwohner, profile_level: kiez, profile_area: N1,
        key_figures: [einwohner]}
"""
OLD = {"K1": (0, 0, 4, 4), "K2": (4, 0, 4, 4), "K3": (8, 0, 4, 4), "K4": (12, 0, 4, 4)}
NEW = {
    "N1": (0, 0, 4, 4),
    "N2": (4, 0, 2, 4),
    "N3": (6, 0, 2, 4),
    "N4": (8, 0, 4, 4),
    "N5": (12, 0, 4, 4),
}
INSIDE = {"N1": "B1", "N2": "B1", "N3": "B2", "N4": "B2", "N5": "B3"}
TODAY = {"K1": "B1", "K2": "B1", "K3": "B2", "K4": "B3"}
THEN = {"K1": "A1", "K2": "A1", "K3": "A2", "K4": "A2"}
PEOPLE = {
    ("alt", "2019-12-31"): {"K1": 90, "K2": 180, "K3": 310, "K4": 55},
    ("alt", "2020-12-31"): {"K1": 100, "K2": 200, "K3": 300, "K4": 50},
    ("heute", "2020-12-31"): {"N1": 100, "N2": 150, "N3": 50, "N4": 300, "N5": 50},
    ("heute", "2021-12-31"): {"N1": 110, "N2": 120, "N3": 80, "N4": 290, "N5": 45},
}
BEFORE, BOTH, AFTER = (dt.date(year, 12, 31) for year in (2019, 2020, 2021))


def write(
    root: Path,
    parents: dict[str, str] = TODAY,
    named: str = "",
    *,
    boundaries: bool = True,
    people: dict[tuple[str, str], dict[str, int]] = PEOPLE,
    constant: bool = False,
    source: str = SOURCE,
) -> Path:
    """Write the town; ``constant`` has districts that never changed."""
    data, geodata = root / "data", root / "geodata"
    data.mkdir(parents=True)
    geodata.mkdir()
    catalogue = CATALOGUE.replace("{id: alt, areas: 2}, ", "") if constant else CATALOGUE
    (data / "catalogue.yml").write_text(catalogue, "utf-8")
    (data / "indicators.yml").write_text(INDICATORS, "utf-8")
    rows = ["gemeinde,heute,K1,Musterstadt,,,true"]
    if not constant:
        rows += [f"bezirk,alt,{key},Alt {key},K1,,true" for key in ("A1", "A2")]
    rows += [f"bezirk,heute,{key},Bezirk {key},K1,,true" for key in ("B1", "B2", "B3")]
    rows += [f"kiez,alt,{key},Alt {key},{above},{named},true" for key, above in parents.items()]
    rows += [f"kiez,heute,{key},Kiez {key},{above},,true" for key, above in INSIDE.items()]
    head = "level,division,area_id,name,parent_id,parent_division,name_complete\n"
    sidecar = f"kind: register\nrows: {len(rows)}\n{source}\n"
    write_table(data, "gebiete", head + "\n".join(rows) + "\n", sidecar)
    figures = [
        f"kiez,{division},{key},einwohner,{day},{count}"
        for (division, day), counts in people.items()
        for key, count in counts.items()
    ]
    head = "level,division,area_id,indicator_id,date,value\n"
    sidecar = f"kind: figures\nlayout: long\nsource: erfunden\nrows: {len(figures)}\n"
    write_table(data, "zahlen", head + "\n".join(figures) + "\n", sidecar)
    if boundaries:
        write_layer(geodata, "kiez", OLD, "alt")
        write_layer(geodata, "kiez", NEW)
    return root


def districts(city: City, date: dt.date, division: str = "heute") -> pd.DataFrame:
    """Return the inhabitants of the districts of a division with status and note."""
    rows = city.figures
    here = rows[
        (rows["level"] == "bezirk")
        & (rows["division"] == division)
        & (rows["date"] == pd.Timestamp(date))
    ]
    return here.set_index("area_id")[["value", "status"]]


def note(city: City, area: str, date: dt.date) -> str:
    cell = city.cell("bezirk", area, "einwohner", date)
    assert cell is not None
    return str(cell["note"])


def test_exact_figures_of_the_same_day_win_over_carried_ones(tmp_path: Path) -> None:
    city = load_city(write(tmp_path / "town"))
    found = districts(city, BOTH)
    assert found["value"].to_dict() == {"B1": 250, "B2": 350, "B3": 50}
    assert set(found["status"]) == {"computed"}
    assert note(city, "B1", BOTH) == ""


def test_areas_that_do_not_nest_are_divided_by_later_inhabitants_and_marked(
    tmp_path: Path,
) -> None:
    """K2 has 180; N2 and N3, nearest on 31.12.2020, share them 150 to 50."""
    city = load_city(write(tmp_path / "town"))
    found = districts(city, BEFORE)
    assert found["value"].to_dict() == {"B1": 90 + 135, "B2": 45 + 310, "B3": 55}
    assert found["status"].to_dict() == {"B1": "estimated", "B2": "estimated", "B3": "computed"}
    assert note(city, "B3", BEFORE) == ""
    said = note(city, "B1", BEFORE)
    assert "nach den Einwohnern der Kieze vom 31.12.2020 (Gliederung heute) geteilt" in said
    assert "Probe am 31.12.2020, nach den Einwohnern der Kieze vom 31.12.2021" in said
    assert "30 von 650 Einwohnern (4,6\u202f%) im falschen Gebiet" in said
    assert "1 von 3 Gebieten um mehr als 10 % daneben" in said
    assert city.reference("einwohner", BEFORE) == 635


def test_a_register_that_names_the_division_of_the_parents_keeps_exact_sums(
    tmp_path: Path,
) -> None:
    city = load_city(write(tmp_path / "town", THEN, "alt"))
    assert not [each for each in city.findings if each.severity == "error"]
    then = districts(city, BEFORE, "alt")
    assert then["value"].to_dict() == {"A1": 270, "A2": 365}
    assert set(then["status"]) == {"computed"}
    today = districts(city, BEFORE)
    assert today["value"].to_dict() == {"B1": 225, "B2": 355, "B3": 55}
    assert today["status"].to_dict() == {"B1": "estimated", "B2": "estimated", "B3": "computed"}
    assert city.lineage("kiez", "K2")[1][:2] == ("bezirk", "A1")


def test_without_boundaries_the_register_is_all_there_is_and_the_values_say_so(
    tmp_path: Path,
) -> None:
    city = load_city(write(tmp_path / "town", boundaries=False))
    found = districts(city, BEFORE)
    assert found["value"].to_dict() == {"B1": 270, "B2": 310, "B3": 55}
    assert set(found["status"]) == {"estimated"}
    assert "nach dem Verzeichnis ganz zugeordnet" in note(city, "B1", BEFORE)
    assert set(districts(city, BOTH)["status"]) == {"computed"}
    city = load_city(write(tmp_path / "named", THEN, "alt", boundaries=False))
    assert districts(city, BEFORE, "alt")["value"].to_dict() == {"A1": 270, "A2": 365}
    assert districts(city, BEFORE).empty


def test_districts_that_never_changed_hold_what_the_register_says_unless_boundaries_differ(
    tmp_path: Path,
) -> None:
    city = load_city(write(tmp_path / "plain", constant=True, boundaries=False))
    found = districts(city, BEFORE)
    assert found["value"].to_dict() == {"B1": 270, "B2": 310, "B3": 55}
    assert set(found["status"]) == {"computed"}
    city = load_city(write(tmp_path / "town", constant=True))
    assert districts(city, BEFORE)["value"].to_dict() == {"B1": 225, "B2": 355, "B3": 55}


def test_without_later_inhabitants_the_land_divides_and_no_error_is_made_up(
    tmp_path: Path,
) -> None:
    only = {key: counts for key, counts in PEOPLE.items() if key[0] == "alt"}
    city = load_city(write(tmp_path / "town", people=only))
    assert districts(city, BEFORE)["value"].to_dict() == {"B1": 180, "B2": 400, "B3": 55}
    said = note(city, "B1", BEFORE)
    assert "nach Flächenanteilen geteilt" in said
    assert "Wie weit das abweicht, ist nicht bekannt." in said


def test_figures_that_are_not_public_are_never_divided(tmp_path: Path) -> None:
    source = SOURCE.replace("public: true", "public: false")
    city = load_city(write(tmp_path / "town", source=source))
    assert districts(city, BEFORE)["value"].dropna().to_dict() == {"B3": 55}
    assert districts(city, BOTH)["value"].dropna().to_dict() == {"B1": 250, "B2": 350, "B3": 50}


@pytest.mark.parametrize(
    ("parents", "named", "column", "found", "advice"),
    [
        (THEN, "", "parent_id", "A1", "nennen Sie sie in der Spalte parent_division"),
        (TODAY, "alt", "parent_id", "B1", "Die Gliederung heute kennt sie"),
        (TODAY, "1999", "parent_division", "1999", ""),
    ],
)
def test_parents_that_are_not_in_their_division_are_errors(
    tmp_path: Path, parents: dict[str, str], named: str, column: str, found: str, advice: str
) -> None:
    errors = [
        each
        for each in checking.check(write(tmp_path / "town", parents, named))
        if each.severity == "error"
    ]
    (first,) = (each for each in errors if each.row == "K1")
    assert (first.file, first.column, first.found) == ("gebiete.csv", column, found)
    assert advice in first.text
    assert {each.row for each in errors} == set(OLD)


def test_many_unknown_parents_are_one_finding(tmp_path: Path) -> None:
    root = write(tmp_path / "town")
    path = root / "data/gebiete.csv"
    text = path.read_text("utf-8").replace(",K1,,true", ",X9,,true")
    more = "".join(f"kiez,alt,M{number},Mehr,A9,,true\n" for number in range(6))
    sidecar = f"kind: register\nrows: {text.count(chr(10)) + 5}\n{SOURCE}\n"
    write_table(root / "data", "gebiete", text + more, sidecar)
    (found,) = (
        each
        for each in checking.check(root)
        if each.rule == "parent" and each.column == "parent_id" and "A9" in each.found
    )
    assert found.row == "M0, M1, M2 …"
    assert "Von 6 Gebieten der Gliederung alt" in found.text


def carried(city: City, method: ConversionMethod, tolerance: float = 0.01) -> Carried:
    pair = ("alt", "heute")
    found = between(city.catalogue, city.register, city.layers, "kiez", *pair, tolerance)
    return carry(city, found, "kiez", "einwohner", pair, (BEFORE, AFTER), method)


def test_an_estimate_names_its_basis_and_the_error_of_a_trial(tmp_path: Path) -> None:
    """On 31.12.2020 K2's 200 would be divided 120 to 80 by 2021; the truth is 150 to 50."""
    city = load_city(write(tmp_path / "town"))
    found = carried(city, ConversionMethod.ESTIMATE)
    assert found.before["value"].to_dict() == {"N1": 90, "N2": 135, "N3": 45, "N4": 310, "N5": 55}
    assert found.basis == Basis("kiez", "heute", BOTH)
    assert found.estimated is not None
    assert found.estimated.basis == Basis("kiez", "heute", AFTER)
    assert found.estimated.misplaced == pytest.approx(30, abs=1e-3)
    assert found.estimated.people == 650
    assert (found.estimated.far, found.estimated.areas) == (2, 5)


def test_common_areas_are_held_against_figures_of_one_day(tmp_path: Path) -> None:
    city = load_city(write(tmp_path / "town"))
    exact = carried(city, ConversionMethod.EXACT)
    assert exact.joined is not None
    assert exact.joined.day == BOTH
    assert exact.joined.unions == 4
    assert exact.joined.differing.empty
    assert set(exact.before["status"]) <= {"measured", "computed"}
    assert "auf allen 4 verglichenen gemeinsamen Flächen gleich" in exact.tested(city.catalogue)


def test_common_areas_that_hold_different_people_are_not_called_exact(tmp_path: Path) -> None:
    """Seven people of K3 really lived where N5 is now, on a strip too thin to count."""
    moved = {**PEOPLE[("heute", "2020-12-31")], "N4": 293, "N5": 57}
    city = load_city(write(tmp_path / "town", people={**PEOPLE, ("heute", "2020-12-31"): moved}))
    exact = carried(city, ConversionMethod.EXACT)
    assert exact.joined is not None
    assert exact.joined.differing.to_dict() == {"N4": 7, "N5": -7}
    status = exact.before["status"]
    assert status[["N4", "N5"]].tolist() == ["estimated"] * 2
    assert "estimated" not in set(status.drop(["N4", "N5"]))
    assert "hier früher +7 als später" in exact.before.at["N4", "note"]
    assert "auf 2 von 4 gemeinsamen Flächen ungleich, um bis zu 7" in exact.tested(city.catalogue)


def test_without_figures_of_one_day_nothing_is_said_to_be_proved(tmp_path: Path) -> None:
    people = {key: counts for key, counts in PEOPLE.items() if key != ("heute", "2020-12-31")}
    city = load_city(write(tmp_path / "town", people=people))
    exact, estimate = (
        carried(city, each) for each in (ConversionMethod.EXACT, ConversionMethod.ESTIMATE)
    )
    assert exact.joined is None
    assert "nennen nicht beide Gliederungen" in exact.tested(city.catalogue)
    assert estimate.estimated is None
    assert "ist nicht bekannt" in estimate.tested(city.catalogue)


def test_the_command_tells_the_trial_and_where_it_differs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    moved = {**PEOPLE[("heute", "2020-12-31")], "N4": 293, "N5": 57}
    root = write(tmp_path / "town", people={**PEOPLE, ("heute", "2020-12-31"): moved})
    arguments = ["divisions", "alt", "heute", "--level", "kiez", "--data", str(root)]
    assert main(arguments) == 0
    printed = capsys.readouterr().out
    assert "auf 2 von 4 gemeinsamen Flächen ungleich, um bis zu 7." in printed
    assert "Probe 31.12.2020: früher minus später" in printed
    assert main([*arguments, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    apart = {row["Schlüssel heute"]: row["Probe 31.12.2020: früher minus später"] for row in rows}
    assert apart == {"N1": "0", "N2": "0", "N3": "0", "N4": "7", "N5": "-7"}


def test_a_map_and_its_slide_say_what_estimated_values_rest_on(tmp_path: Path) -> None:
    city = load_city(write(tmp_path / "town"))
    (first, *rest) = map_view.view(city, map_view.Choice("bezirk", "einwohner")).layers
    assert first.date == BEFORE
    (told,) = first.estimates
    assert told.startswith("2 von 3 Gebieten: Geschätzt: Kieze der Gliederung alt")
    assert not any(layer.estimates for layer in rest)
    address = f"karte?indikator=Einwohner&ebene=Bezirke&stichtag={BEFORE.isoformat()}"
    assert "Probe am 31.12.2020" in slides.show(city, Slide(address=address)).origin


def test_files_say_what_estimated_values_rest_on(tmp_path: Path) -> None:
    later = {**PEOPLE, ("alt", "2022-12-31"): PEOPLE["alt", "2019-12-31"]}
    city = load_city(write(tmp_path / "town", people=later))
    choice = map_view.Choice("bezirk", "einwohner")
    layer = map_view.view(city, choice).layers[-1]
    for told, begin in (
        (map_statement(city, choice, layer), "2 von 3 Gebieten: Geschätzt: Kieze"),
        (
            profile_statement(city, profile(city, "bezirk", "B1")),
            "1 von 8 Werten: Geschätzt: Kieze",
        ),
    ):
        line = told.estimates[0]
        assert line.startswith(begin)
        assert "Probe am 31.12.2020" in line
        assert line in told.footer().splitlines()
        assert line in dict(told.entries())["Schätzungen"].splitlines()


def test_a_district_of_before_is_none_of_today_with_its_key(tmp_path: Path) -> None:
    """Quarters had today's outlines already, while B1 and B2 were the keys of other districts."""
    root = write(tmp_path / "town", people={})
    for name, old, new in (
        ("gebiete.csv", "bezirk,alt,A", "bezirk,alt,B"),
        ("catalogue.yml", "[einwohner]}", "[einwohner], age_groups: [quote]}"),
    ):
        path = root / "data" / name
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    rows = [f"kiez,heute,{key},quote,{BEFORE},10.0" for key in ("N1", "N3")]
    rows += [f"bezirk,alt,{key},quote,{BEFORE},77.0" for key in ("B1", "B2")]
    head = "level,division,area_id,indicator_id,date,value\n"
    sidecar = f"kind: figures\nlayout: long\nsource: erfunden\nrows: {len(rows)}\n"
    write_table(root / "data", "zahlen", head + "\n".join(rows) + "\n", sidecar)
    reseal(root)
    city = load_city(root)
    assert city.division("bezirk", BEFORE, "quote") == "alt"
    address = f"karte?indikator=quote&ebene=kiez&stichtag={BEFORE}&ausschnitt=bezirk.B1"
    assert slides.show(city, Slide(address=address)).headline == (
        "Eine Angabe liegt für 1 von 2 Kiezen (Bezirk B1) vor: 10,0\u202f% (Kiez N1)."
    )
    shown = slides.show(city, Slide(address=f"{address}&ansicht=uebersicht"))
    assert isinstance(shown.content, Table)
    assert [row[-1] for row in shown.content.rows] == ["Musterquote (%)", "…", "…", "10,0", "…"]
    aged = age_bars(city, profile(city, "kiez", "N1", (("bezirk", "B2"),)))
    assert aged is not None
    assert [bar.others for bar in aged.bars] == [(None,)]
