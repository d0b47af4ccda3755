"""Spoilt data folders and deliveries: a German sentence for each, and the rest of the city stands.

The long run is `python -m scripts.fuzz`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from inteso_dash.catalogue import CatalogueError, read_catalogue
from inteso_dash.catalogue.yaml_files import YamlError, parse_mapping
from inteso_dash.city import load_city
from inteso_dash.folders import DATA_VARIABLE
from inteso_dash.intake import checking
from inteso_dash.intake.delivery.folder import surroundings
from inteso_dash.session import store
from tests.towns import fuzzing
from tests.towns.made_up_town import reseal

FOLDERS, DELIVERIES = 16, 120


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder that is spoilt, whole and in use for one test."""
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    st.cache_resource.clear()
    yield fuzzing.write_base(tmp_path)
    st.cache_resource.clear()


def test_spoilt_folders_end_in_german_sentences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = []
    for seed in range(FOLDERS):
        root = tmp_path / str(seed)
        root.mkdir()
        monkeypatch.setenv(DATA_VARIABLE, str(root))
        done = fuzzing.spoilt(root, seed)
        try:
            ends.append(fuzzing.examine(root))
        except Exception as error:
            error.add_note(f"seed {seed}: {done}")
            raise
    st.cache_resource.clear()
    assert ends.count("steht") > FOLDERS / 2


def test_spoilt_deliveries_end_in_drafts(tmp_path: Path) -> None:
    city = surroundings(fuzzing.write_base(tmp_path))
    for seed in range(DELIVERIES):
        name, content = fuzzing.spoilt_delivery(seed, tmp_path)
        try:
            fuzzing.delivered(content, name, city)
        except Exception as error:
            error.add_note(f"seed {seed}")
            raise


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


HUGE = "1" * 5000
NESTED = "[" * 100_000


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("data/zahlen.yml", "2020-06-30", "2021-02-30", "date: gefunden '2021-02-30'"),
        ("geodata/quartier.yml", "features: 4", f"features: {HUGE}", "features: gefunden '111"),
        ("data/zahlen.yml", "rows: 4", "rows: 0x" + "f" * 6000, "rows: gefunden '0xff"),
        ("data/zahlen.yml", "layout: wide", f"layout: {NESTED}", "mehr als 40 Ebenen"),
        ("data/zahlen.yml", "id: zahlen", "- zahlen", "kein gültiges YAML in Zeile"),
        ("data/reihe.yml", "source: erfunden", "columns: {a: b}", "columns: gefunden {'a': 'b'}"),
        ("data/indicators.yml", "plaetze:\n", "plaetze: [1]\nx:\n", "plaetze: gefunden [1]"),
        ("data/catalogue.yml", "study_areas: [", "study_areas: [1, ", "study_areas.0: gefunden 1"),
        ("data/catalogue.yml", "table: reihe", "table: weg", "publications.table 'weg'"),
        ("data/catalogue.yml", "key_figures: [einwohner]", "key_figures: [x]", "key_figures 'x'"),
        ("data/catalogue.yml", "indicator: quote", "indicator: x", "start.indicator 'x'"),
        (
            "data/catalogue.yml",
            "\ntopics:",
            "\nfaults: []\ntopics:",
            "unbekannter Schlüssel faults",
        ),
        ("geodata/quartier.yml", "EPSG:25832", "EPSG:99999", "erwartet: ein Bezugssystem"),
        ("geodata/quartier.yml", "features: 4", "features: [4]", "features: gefunden [4]"),
        ("data/zahlen.yml", "file: zahlen", "file: zahlen" + "x" * 9000, "höchstens 200 Zeichen"),
        ("geodata/quartier.geojson", "[[[10.0, 50.0]", "[[[NaN, 50.0]", "Fläche Q01: gefunden"),
        ("geodata/quartier.yml", "level: quartier", "level: insel", "nicht erklärt"),
        ("geodata/quartier.geojson", "]]]}}]}", "", "kein vollständiges JSON"),
        ("geodata/quartier.geojson", '{"type"', NESTED + '{"type"', "kein vollständiges JSON"),
    ],
)
def test_what_is_wrong_is_named_and_the_rest_stands(
    town: Path, file: str, old: str, new: str, said: str
) -> None:
    change(town / file, old, new)
    reseal(town)
    name = Path(file).name
    (told, *_) = [each for each in fuzzing.checked(town) if said in each.text]
    assert told.file == name
    assert told.severity == "error"
    assert fuzzing.shown() == "steht"
    city = store.city()
    assert any(said in each.text and each.file == name for each in city.withheld)
    assert len(city.areas("quartier")) == 4
    assert city.indicators("quartier")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("data/zahlen.yml", "2020-06-30", "2021-02-30"),
        ("data/catalogue.yml", "need: quote", "need: [x]"),
        ("geodata/quartier.yml", "EPSG:25832", "EPSG:4326"),
        ("data/zahlen.csv", "Q02;3.000;20,0\n", "Q02;3.0"),
    ],
)
def test_every_page_opens_and_says_what_is_not_shown(
    town: Path, file: str, old: str, new: str
) -> None:
    change(town / file, old, new)
    warned = fuzzing.opened(town)
    name = Path(file).name
    for page, words in warned.items():
        assert any("Nicht gezeigt" in each and name in each for each in words), page


def test_a_cut_table_is_not_shown_and_the_other_tables_are(town: Path) -> None:
    before = load_city(town)
    content = (town / "data/zahlen.csv").read_bytes()
    (town / "data/zahlen.csv").write_bytes(content[: int(len(content) * 0.6)])
    city = load_city(town)
    assert before.dates("quartier", "quote")
    assert not city.dates("quartier", "quote")
    assert city.dates("quartier", "einwohner") == tuple(
        day for day in before.dates("quartier", "einwohner") if day.month == 12
    )
    assert {each.rule for each in city.withheld} == {"changed_file", "row_count"}
    assert {each.file for each in city.withheld} == {"zahlen.csv"}
    assert {each.rule for each in checking.check(town)} >= {"changed_file", "row_count"}


def test_a_register_that_is_not_as_declared_leaves_no_city(town: Path) -> None:
    change(town / "data/gebiete.csv", "Quartier 1", "Quartier 9")
    (town / "data/frueher.csv").write_text("x\n", "utf-8")
    with pytest.raises(CatalogueError) as refused:
        load_city(town)
    assert any("gebiete.csv: Die Datei ist nicht die" in each for each in refused.value.problems)
    assert "changed_file" in {each.rule for each in checking.check(town)}


def test_a_level_without_areas_today_is_not_offered_and_the_others_are(town: Path) -> None:
    path = town / "data/gebiete.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("quartier")), "utf-8")
    reseal(town)
    fuzzing.opened(town)


def test_without_the_number_of_inhabitants_nobody_is_said_to_live_there(town: Path) -> None:
    change(town / "data/catalogue.yml", "[einwohner]", "[einwohner, quote]")
    change(town / "data/indicators.yml", "einwohner:\n", "einwohner: {}\nx:\n")
    assert load_city(town).catalogue.start.key_figures == ()
    fuzzing.opened(town)


def test_a_layer_that_is_not_as_described_is_not_shown(town: Path) -> None:
    change(town / "geodata/quartier.geojson", "10.01", "10.011")
    assert ("quartier", "heute") not in store.city().layers
    assert ("gemeinde", "heute") in store.city().layers
    assert [(each.rule, each.file) for each in store.city().withheld] == [
        ("boundary-sha256", "quartier.geojson")
    ]
    assert "boundary-sha256" in {each.rule for each in checking.check(town)}


def test_an_area_smaller_than_a_pixel_of_the_map_is_drawn_and_named(town: Path) -> None:
    path = town / "geodata/quartier.geojson"
    text = path.read_text("utf-8")
    for much in ("10.01", "50.01"):
        text = text.replace(much, f"{float(much) - 0.00999:.5f}", 3)
    path.write_text(text, "utf-8")
    reseal(town)
    assert "boundary-small" in {each.rule for each in checking.check(town)}
    assert fuzzing.examine(town) == "steht"
    assert len(store.geometries()["quartier", "heute"].area_ids) == 4


def test_positions_with_three_decimals_are_degrees(town: Path) -> None:
    sites = load_city(town).sites
    assert sites["lon"].tolist() == [10.005, 10.015]
    assert sites["lat"].tolist() == [50.005, 50.005]
    change(town / "data/orte.csv", "10.005,50.005", '"181,0",50.005')
    reseal(town)
    (told,) = [each for each in checking.check(town) if each.rule == "value"]
    assert (told.file, told.column, told.found) == ("orte.csv", "lon", "181,0")


def test_separators_that_contradict_each_other_are_not_guessed(town: Path) -> None:
    change(town / "data/zahlen.csv", "1.000;10,0\nQ02;3.000", '1.820;10,0\nQ02;"2,310"')
    reseal(town)
    found = {each.rule: each for each in checking.check(town) if each.file == "zahlen.csv"}
    assert found["number_format"].column == found["value"].column == "einwohner"
    city = load_city(town)
    (day,) = city.dates("quartier", "quote")
    assert city.values("quartier", "einwohner", day)["value"].dropna().to_dict() == {"Q03": 500.0}


def test_signs_that_nobody_sees_do_not_make_another_head_or_key(town: Path) -> None:
    before = load_city(town)
    change(
        town / "data/zahlen.csv", "einwohner;quote\nQ01", "ein\u00adwohner\u200b;quote\nQ\u200b01"
    )
    reseal(town)
    assert [each.text for each in checking.check(town) if each.file == "zahlen.csv"] == []
    (day,) = before.dates("quartier", "quote")
    for indicator in ("einwohner", "quote"):
        old, new = (each.values("quartier", indicator, day) for each in (before, load_city(town)))
        assert old["value"].equals(new["value"])


def test_references_that_multiply_are_refused() -> None:
    lines = ["a: &a [x, x]"]
    lines += [
        f"{key}: &{key} [{', '.join([f'*{last}'] * 10)}]"
        for last, key in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    with pytest.raises(YamlError, match="zu viele Einträge durch Verweise"):
        parse_mapping("\n".join(lines).encode(), "a.yml")
    with pytest.raises(YamlError, match="enthält sich selbst"):
        parse_mapping(b"a: &a [*a]", "a.yml")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "kein UTF-8"),
        (b"- a", "gefunden eine Liste, erwartet Schlüssel mit Werten"),
        (b"", "gefunden nichts"),
        (b"1: a", "Schlüssel 1: erwartet Text"),
    ],
)
def test_what_is_no_mapping_is_said(content: bytes, said: str) -> None:
    with pytest.raises(YamlError, match=said):
        parse_mapping(content, "a.yml")


def test_levels_that_form_a_circle_are_refused(town: Path) -> None:
    change(
        town / "data/catalogue.yml",
        "topics:",
        "  - {id: a, title: {de: A, en: A}, plural: A, parent: b, key_length: 1,"
        " divisions: [{id: heute, areas: 1}]}\n"
        "  - {id: b, title: {de: B, en: B}, plural: B, parent: a, key_length: 1,"
        " divisions: [{id: heute, areas: 1}]}\ntopics:",
    )
    with pytest.raises(CatalogueError, match="bilden einen Kreis"):
        read_catalogue(town)
