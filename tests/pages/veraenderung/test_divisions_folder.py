"""A city folder with several divisions: read, checked, compared on the command line."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import hashlib
import io
import json
import shutil
from pathlib import Path

import frictionless
import pandas as pd
import pytest
import streamlit as st
import yaml

from inteso_dash.boundaries.layers import read_layers
from inteso_dash.catalogue import read_catalogue
from inteso_dash.catalogue.own_areas import from_address
from inteso_dash.city import City, load_city
from inteso_dash.city.own_areas import with_own_areas
from inteso_dash.cli import main
from inteso_dash.drawing.paper.areas import outlines_of
from inteso_dash.files import package
from inteso_dash.folders import DATA_VARIABLE
from inteso_dash.intake import checking
from inteso_dash.language.findings import Severity
from inteso_dash.pages import slides
from inteso_dash.pages.handlungsbedarf import content, index
from inteso_dash.pages.stadtteilprofil import profile
from inteso_dash.pages.unterbringung import situation
from inteso_dash.pages.veraenderung import view
from inteso_dash.pages.veraenderung.comparison import Measure, compare
from inteso_dash.pages.veraenderung.divisions.between import divisions_with_boundaries
from inteso_dash.pages.veraenderung.tables import comparison_file
from inteso_dash.pages.veraenderung.words import remarks
from inteso_dash.tables.sources import read_city
from inteso_dash.views import map_view
from inteso_dash.views.figures import Lines
from inteso_dash.views.sequences import Address, Slide
from tests.opened import open_page, said
from tests.towns import made_up_divisions as made_up
from tests.towns.made_up_town import SOURCE, write_table

LEVEL = "sozialraum"
OLD, NEW = dt.date(2017, 12, 31), dt.date(2021, 12, 31)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_up.write_city(tmp_path_factory.mktemp("divisions"))


@pytest.fixture(scope="module")
def city(folder: Path) -> City:
    return load_city(folder)


@pytest.fixture(autouse=True)
def _keep_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(made_up.ROOT))


def test_checks_accept_the_folder(folder: Path) -> None:
    findings = checking.check(folder)
    assert [each for each in findings if each.severity is Severity.ERROR] == []
    assert not [each for each in findings if each.file.startswith(("gebiete_f", "schluessel"))]


def test_figures_belong_to_their_division(city: City) -> None:
    assert city.division(LEVEL, OLD, "bevoelkerung") == "2017"
    assert city.division(LEVEL, dt.date(2011, 12, 31), "bevoelkerung") == "2011"
    assert city.division(LEVEL, NEW, "bevoelkerung") == "2021"
    assert len(city.values(LEVEL, "bevoelkerung", OLD)) == 179
    assert city.values(LEVEL, "bevoelkerung", OLD)["value"].sum() == made_up.TOTAL


def test_an_index_of_an_earlier_day_is_of_the_areas_of_that_day(
    folder: Path, city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their names, their boundaries, and no profile for an area that there is no more."""
    chosen = {
        "h_teil": ["mindestsicherung", "fluktuationsrate"],
        "h_mindestens": "2",
        "h_ebene": LEVEL,
        "h_stichtag": OLD.isoformat(),
    }
    pairs = [
        (key, one)
        for key, each in chosen.items()
        for one in ([each] if isinstance(each, str) else each)
    ]
    names = city.areas(LEVEL, "2017")["name"]
    gone = next(key for key in names.index if not city.has_area(LEVEL, key))
    address = Address("handlungsbedarf", (*pairs, ("h_gebiet", gone)))
    shown = index.need(city, index.read(city, address, []))
    assert list(shown.values.index) == list(names.index)
    table = content.ranked(city, shown)
    told = [f"{names[key].removesuffix(f' ({key})')} ({key})" for key in table.index]
    assert table["Sozialraum"].tolist() == told
    for part in slides.viewer("handlungsbedarf").figures_of(city, address).values():
        slide = slides.show(city, Slide(address=address.text, figure=part))
        assert slide.title == "Eigener Index, Sozialräume der Gliederung 2017"
        assert not slide.notes
    drawn = content.index_map(city, shown, gone)
    assert set(outlines_of(city, LEVEL, drawn.division).index) == set(names.index)
    assert drawn.selected == gone
    assert names[gone] in content.contributions(city, shown, gone).title
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    st.cache_resource.clear()
    app = open_page("handlungsbedarf", **chosen, h_gebiet=gone)
    assert "Gezeigt sind Sozialräume der Gliederung 2017, nicht die heutigen." in said(app)
    assert not app.info
    on_screen = drawn.on_screen(city)
    assert on_screen is not None
    assert on_screen.count == len(names)
    assert on_screen.card is not None
    assert on_screen.card.href == ""
    assert {each.title for each in on_screen.overlays} == {"Stadtteile", "Stadtbezirke"}
    st.cache_resource.clear()


def test_persons_counted_in_earlier_areas_are_none_of_today(folder: Path, tmp_path: Path) -> None:
    """Some keys are those of other areas now."""
    root = shutil.copytree(folder, tmp_path / "town")
    keys = pd.read_csv(root / "data/gebiete_frueher.csv", dtype=str).query("division == '2017'")
    rows = [f"{LEVEL},2017,{key},unterbringung_personen,{OLD},12" for key in keys["area_id"]]
    rows += [f"{LEVEL},2021,063001,unterbringung_personen,{NEW},34"]
    head = "level,division,area_id,indicator_id,date,value\n"
    sidecar = f"kind: figures\nlayout: long\nsource: erfunden\nrows: {len(rows)}\n{SOURCE}\n"
    write_table(root / "data", "untergebracht", head + "\n".join(rows) + "\n", sidecar)
    city = load_city(root)
    assert city.division(LEVEL, OLD, "unterbringung_personen") == "2017"
    assert situation.dates(city, LEVEL) == (NEW,)
    persons = situation.situation(city, LEVEL, OLD).areas["persons"]
    assert len(persons) == 171
    assert persons.isna().all()
    assert situation.situation(city, LEVEL, NEW).areas["persons"].dropna().to_dict() == {
        "063001": 34
    }


def test_own_areas_are_told_over_two_divisions(city: City) -> None:
    """In a chart, compared, on a map of an earlier Stichtag, in a profile and in files."""
    mine = with_own_areas(city, from_address("Nord~063001.063002~~Teil~013001~~Süd~09"))
    mine_only = "v_ebene=Eigene Gebiete&v_indikator=Bevölkerung&v_von=31.12.2017&v_bis=31.12.2021"
    course = view.show(mine, Address.read(f"veraenderung?{mine_only}&v_gebiete=nord"))
    people = [
        float(city.values(LEVEL, "bevoelkerung", day)["value"][["063001", "063002"]].sum())
        for day in (OLD, NEW)
    ]
    assert isinstance(course.content, Lines)
    (line,) = course.content.courses
    assert [each.value for each in line.points] == people
    found = compare(mine, "eigene", "anteil_auslaender", OLD, NEW)
    assert found.areas["change"].notna().all()
    assert found.areas["status"].to_dict()["teil"] == "estimated"
    said = remarks(found)["teil"]
    assert said.startswith("geschätzt; 31.12.2017: Geschätzt nach den Anteilen des Schlüssels: ")
    file = comparison_file(mine, found, Measure.ABSOLUTE).set_index("Schlüssel")
    assert said in file.loc["teil", "Hinweis"]
    assert file.loc["teil", "Status früher"] == "geschätzt"
    shown = map_view.view(mine, map_view.Choice("eigene", "bevoelkerung"))
    assert OLD in [layer.date for layer in shown.layers]
    assert OLD in {line.date for line in profile.profile(mine, "eigene", "nord").lines}


def test_figures_of_an_older_division_add_up_to_the_higher_levels(city: City) -> None:
    assert city.reference("bevoelkerung", OLD) == made_up.TOTAL
    assert city.known("stadtteil", "bevoelkerung", OLD).sum() == made_up.TOTAL
    assert city.division("stadtteil", OLD, "bevoelkerung") == "2025"


def test_map_shows_only_dates_of_the_division_it_draws(city: City) -> None:
    view = map_view.view(city, map_view.Choice(LEVEL, "bevoelkerung"))
    assert [layer.date for layer in view.layers] == [NEW]


def test_profile_does_not_take_an_older_area_of_the_same_key_for_the_present_one(
    city: City,
) -> None:
    assert city.cell(LEVEL, "015001", "bevoelkerung", OLD) is not None
    days = {line.date for line in profile.profile(city, LEVEL, "015001").lines}
    assert OLD not in days
    assert NEW in days


def test_name_and_parents_are_those_of_the_newest_division(city: City) -> None:
    assert city.lineage(LEVEL, "021002")[0] == (LEVEL, "021002", city.name(LEVEL, "021002"))
    assert city.find("Mintropplatz") == [(LEVEL, "031002")]
    assert city.find("Mintropplatz I") == []


def test_two_divisions_with_figures_of_one_date_do_not_mix(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "city")
    sidecar = tmp_path / "city/data/erfunden_2017.yml"
    sidecar.write_text(sidecar.read_text("utf-8").replace("'2017-12-31'", "2021-12-31"), "utf-8")
    city = load_city(tmp_path / "city")
    assert city.division(LEVEL, NEW, "bevoelkerung") == "2021"
    assert city.division(LEVEL, NEW) == "2021"
    values = city.values(LEVEL, "bevoelkerung", NEW)
    assert len(values) == 171
    assert values["value"].sum() == made_up.TOTAL
    of_2017 = city.figures[
        (city.figures["division"] == "2017") & (city.figures["indicator_id"] == "bevoelkerung")
    ]
    assert len(of_2017) == 179


def test_command_prints_the_classification_with_counts(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["divisions", "2017", "2021", "--data", str(folder)]) == 0
    printed = capsys.readouterr().out
    assert "179 in der Gliederung 2017, 171 in 2021; Toleranz 1 %" in printed
    counts = {
        line[:29].strip(): [int(number) for number in line[29:].split()]
        for line in printed.splitlines()[3:10]
    }
    assert counts == {
        "unverändert": [144, 144, 144],
        "umbenannt oder umnummeriert": [4, 4, 4],
        "geteilt": [3, 3, 6],
        "zusammengelegt": [11, 22, 11],
        "neu geschnitten": [3, 6, 6],
        "ohne Nachfolger": [0, 0, 0],
        "ohne Vorgänger": [0, 0, 0],
    }
    assert "Mintropplatz II " in printed


def test_command_writes_csv_and_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["divisions", "2011", "2021", "--data", str(folder), "--format"]
    assert main([*arguments, "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["Schlüssel 2021"] for row in rows} == set(made_up.real_areas()["area_id"])
    assert rows[-1]["Art"] == "unverändert"
    assert rows[-1]["Anteil an 2011 (%)"] == "100.0"
    assert main([*arguments, "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == len(rows)


def test_tolerance_changes_what_counts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["divisions", "2017", "2021", "--data", str(folder), "--tolerance"]
    assert main([*arguments, "25,5"]) == 0
    printed = capsys.readouterr().out
    assert "Toleranz 25,5 %" in printed
    assert "neu geschnitten                               2 " in printed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2017", "2021"], "fehlen die Grenzen der Gliederung 2017; vorhanden: 2021"),
        (["2021", "2021"], "Zweimal die Gliederung 2021"),
        (["1999", "2021"], "Keine Ebene hat die Gliederungen 1999 und 2021"),
        (["2017", "2021", "--level", "block"], "Eine Ebene „block“ gibt es nicht"),
        (["2017", "2021", "--tolerance", "70"], "erwartet von 0 bis unter 50 Prozent"),
        (["2017", "2021", "--tolerance", "nan"], "erwartet von 0 bis unter 50 Prozent"),
    ],
)
def test_command_says_what_is_missing(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["divisions", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_shipped_city_has_one_division_with_boundaries_per_level() -> None:
    catalogue, layers = read_catalogue(made_up.ROOT), read_layers(made_up.ROOT)
    assert divisions_with_boundaries(catalogue, layers, LEVEL) == ("2021",)


def test_key_is_read_with_shares_that_add_up(city: City) -> None:
    key = city.crosswalks
    assert set(key["to_division"]) == {"2021"}
    assert key.groupby("area_from")["share"].sum().round(12).eq(1).all()
    assert key["area_from"].nunique() == 179
    assert set(key["weight"]) == {"bevoelkerung"}


def rewrite(folder: Path, change: dict[str, str | None], **sidecar: object) -> None:
    """Change rows of the key by their beginning (None: leave out), and its description."""
    path = folder / "data/schluessel_2017_2021.csv"
    lines = []
    for line in path.read_text("utf-8").splitlines():
        found = next((start for start in change if line.startswith(start)), None)
        replaced = line if found is None else change[found]
        lines += [] if replaced is None else replaced.split("\n")
    text = "\n".join(lines) + "\n"
    path.write_text(text, "utf-8")
    described = path.with_suffix(".yml")
    content = yaml.safe_load(described.read_text("utf-8"))
    content |= {"rows": len(lines) - 1, "sha256": hashlib.sha256(text.encode()).hexdigest()}
    described.write_text(yaml.safe_dump(content | sidecar, allow_unicode=True), "utf-8")


@pytest.mark.parametrize(
    ("change", "rule", "found"),
    [
        ({"016002": "016002,016002,0.7"}, "share_sum", "0.7"),
        ({"016002": "016002,016002,1.7"}, "share", "1.7"),
        ({"016002": "016002,016002,viel"}, "share", "viel"),
        ({"016002": "016002,016999,1"}, "unknown_area", "016999"),
        ({"016002": "099999,016002,1"}, "unknown_area", "099999"),
        ({"016002": '016002,016002,"0,5"'}, "share_sum", "0.5"),
        ({"016002": None}, "area_without_key", "keine Zeile"),
        ({"016002": "016002,016002,1\n016002,016002,1"}, "duplicate_pair", "016002 → 016002"),
    ],
)
def test_faulty_keys_are_found_and_the_area_left_out(
    folder: Path, tmp_path: Path, change: dict[str, str | None], rule: str, found: str
) -> None:
    shutil.copytree(folder, tmp_path / "city")
    rewrite(tmp_path / "city", change)
    read = read_city(tmp_path / "city", read_catalogue(tmp_path / "city"))
    rules = {(each.rule, each.found) for each in read.findings if "schluessel" in each.file}
    assert (rule, found) in rules
    assert "016002" not in set(read.crosswalks["area_from"])
    assert read.crosswalks["area_from"].nunique() == 178


def test_a_city_stands_without_the_areas_whose_keys_are_faulty(
    folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(folder, tmp_path / "city")
    faults = {"016002": "016002,016999,1", "016004": "016004,016004,0.7", "015002": None}
    rewrite(tmp_path / "city", faults)
    city = load_city(tmp_path / "city")
    assert {"unknown_area", "share_sum", "area_without_key"} <= {
        each.rule for each in city.findings if "schluessel" in each.file
    }
    assert not set(faults) & set(city.crosswalks["area_from"])
    assert city.crosswalks["area_from"].nunique() == 176
    assert city.reference("bevoelkerung", OLD) == made_up.TOTAL


def test_rounded_shares_are_brought_to_one(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "city")
    lines = "016002,016002,0.333\n016002,016003,0.333\n016002,016004,0.333"
    rewrite(tmp_path / "city", {"016002": lines})
    key = load_city(tmp_path / "city").crosswalks
    shares = key[key["area_from"] == "016002"]["share"]
    assert shares.tolist() == pytest.approx([1 / 3] * 3)
    assert shares.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("sidecar", "said"),
    [
        ({"to_division": "1999"}, "to_division: gefunden '1999'"),
        ({"level": None}, "level fehlt"),
        ({"weight": "kaninchen"}, "weight 'kaninchen' ist kein Indikator"),
    ],
)
def test_wrong_declarations_of_a_key_leave_it_out(
    folder: Path, tmp_path: Path, sidecar: dict[str, object], said: str
) -> None:
    shutil.copytree(folder, tmp_path / "city")
    rewrite(tmp_path / "city", {}, **sidecar)
    catalogue = read_catalogue(tmp_path / "city")
    (fault,) = catalogue.faults
    assert said in fault.message
    assert not [table for table in catalogue.tables if table.kind == "crosswalk"]


@pytest.fixture(scope="module")
def packed(city: City) -> dict[str, bytes]:
    return package.files(city, NEW)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:frictionless")
def test_the_package_holds_the_key(city: City, packed: dict[str, bytes], tmp_path: Path) -> None:
    for name, body in packed.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(body)
    told = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert told.valid, told.flatten(["title", "message"])
    path = tmp_path / "gliederungsschluessel.csv"
    key = pd.read_csv(path, dtype=dict.fromkeys(("area_from", "area_to", "from_division"), str))
    assert set(key["from_division"]) == {"2017"}
    pd.testing.assert_series_equal(key["share"], city.crosswalks["share"])
    assert key["area_from"].tolist() == city.crosswalks["area_from"].tolist()
    assert key["area_from"].nunique() == 179
    whole = path.read_text("utf-8")
    path.write_text(whole.replace(f",{key['area_to'][0]},", ",999999,", 1), "utf-8")
    wrong = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert ["foreign-key"] in wrong.flatten(["type"])


def test_the_package_leaves_out_a_key_that_is_not_public(
    city: City, packed: dict[str, bytes]
) -> None:
    sources = dict(city.catalogue.sources)
    sources["erfunden_2017"] = sources["erfunden_2017"].model_copy(update={"public": False})
    catalogue = city.catalogue.model_copy(update={"sources": sources})
    hidden = dataclasses.replace(city, catalogue=catalogue)
    assert "gliederungsschluessel.csv" in packed
    assert "gliederungsschluessel.csv" not in package.files(hidden, NEW)
