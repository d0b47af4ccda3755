"""Declared indices as rows of the long table: by hand, with gaps, protected; made-up figures."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from inteso_dash.catalogue import read_catalogue
from inteso_dash.city import City, load_city
from inteso_dash.city.compiled import compile_city, opened
from inteso_dash.city.indices import index_of_level, with_indices
from inteso_dash.language.statuses import Status
from tests.towns.made_up_town import SOURCE, write_table, write_town

DAY, LATER = dt.date(2020, 6, 30), dt.date(2021, 6, 30)
INDEX = """
indices:
  - id: lage
    title: {de: Lage, en: Situation}
    short: {de: Lage, en: Situation}
    topic: menschen
    meaning: Erfundener Index.
    parts: [{indicator: quote}, {indicator: einwohner, direction: less}]
    least: 2
    base: einwohner
    classes: {steps: [0], names: [unten, oben]}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "stadt"
    folder.mkdir()
    write_town(folder)
    declare(folder, INDEX)
    return folder


def declare(root: Path, text: str) -> None:
    catalogue = root / "data" / "catalogue.yml"
    catalogue.write_text(catalogue.read_text("utf-8").partition("\nindices:")[0] + text, "utf-8")


def deliver(root: Path, name: str, rows: str, day: dt.date, source: str = SOURCE) -> None:
    """Add a table of the quarters; its only source is its own."""
    own = source.replace("id: erfunden", f"id: {name}")
    write_table(
        root / "data",
        name,
        f"quartier;einwohner;quote\n{rows}",
        f"kind: figures\nlayout: wide\nlevel: quartier\ndivision: heute\ndate: {day}\n"
        f"source: {name}\nkey_column: quartier\nrows: {rows.count(chr(10))}\n{own}\n"
        "columns: [{name: einwohner, indicator: einwohner}, {name: quote, indicator: quote}]\n",
    )


def index(city: City, day: dt.date = DAY) -> pd.DataFrame:
    return city.values("quartier", "lage", day)


def test_an_index_is_a_measure_like_any_other(root: Path) -> None:
    city = load_city(root)
    assert not city.catalogue.faults
    assert city.indicators("quartier")[-1] == "lage"
    found = index(city)
    # quote 10 20 0: mean 10, spread √(200/3); einwohner 1000 3000 500: mean 1500, spread √(3.5e6/3)
    rate = [each / math.sqrt(200 / 3) for each in (0, 10, -10)]
    people = [each / math.sqrt(3.5e6 / 3) for each in (-500, 1500, -1000)]
    means = [(one - other) / 2 for one, other in zip(rate, people, strict=True)]
    spread = math.sqrt(sum(each**2 for each in means) / 3)
    assert found["value"][:3].tolist() == pytest.approx([each / spread for each in means])
    assert found["status"].tolist() == ["computed"] * 3 + [str(Status.SUPPRESSED)]
    assert found["source_id"]["Q01"] == "erfunden"
    assert found["note"]["Q01"] == "Index aus Musterquote und Einwohner"
    meaning = city.catalogue.indicator("lage").meaning
    assert "Musterquote und Einwohner (weniger ist mehr)" in meaning
    assert city.dates("gemeinde", "lage") == (), "a single area has no distribution"


def test_rounding_of_the_parts_goes_along(root: Path) -> None:
    city = load_city(root)
    found = index_of_level(city, city.catalogue.indices[0], "quartier", DAY)
    assert found is not None
    errors = city.values("quartier", "quote", DAY)["rounding_error"]
    assert errors["Q01"] == pytest.approx(0.05)
    slope = 1 / math.sqrt(200 / 3) / 2 / found.composed.yardstick.spread
    people = city.values("quartier", "einwohner", DAY)["rounding_error"]["Q01"]
    more = people / math.sqrt(3.5e6 / 3) / 2 / found.composed.yardstick.spread
    assert found.cells["rounding_error"]["Q01"] == pytest.approx(0.05 * slope + more)


def test_what_lacks_a_part_is_estimated_and_says_by_how_much(root: Path) -> None:
    declare(root, INDEX.replace("least: 2", "least: 1"))
    deliver(root, "luecke", "Q01;1.000;10,0\nQ02;3.000;20,0\nQ03;500;…\nQ04;800;30,0\n", LATER)
    row = index(load_city(root), LATER).loc["Q03"]
    assert row["status"] == "estimated"
    assert row["note"].startswith("Index ohne Musterquote, aus 1 von 2 Teilen: Hätte dort")
    assert "Punkte anders" in row["note"]


def test_too_few_parts_are_no_value_and_say_so(root: Path) -> None:
    deliver(root, "luecke", "Q01;1.000;10,0\nQ02;3.000;20,0\nQ03;500;…\nQ04;800;30,0\n", LATER)
    row = index(load_city(root), LATER).loc["Q03"]
    assert math.isnan(row["value"])
    assert row["status"] == "not_delivered"
    assert row["note"] == (
        "Bekannt sind 1 von 2 Teilen des Index, nötig sind 2; es fehlt Musterquote"
    )


def test_small_areas_stand_apart(root: Path) -> None:
    deliver(root, "mehr", "Q01;1.000;10,0\nQ02;3.000;20,0\nQ03;500;5,0\nQ04;800;30,0\n", LATER)
    declare(root, INDEX.replace("    classes", "    smallest: 600\n    classes"))
    city = load_city(root)
    row = index(city, LATER).loc["Q03"]
    assert math.isnan(row["value"])
    assert row["note"] == "Weniger als 600 Personen: nicht eingestuft"
    found = index_of_level(city, city.catalogue.indices[0], "quartier", LATER)
    assert found is not None
    assert found.small == ("Q03",)
    assert index(city, LATER)["value"].mean() == pytest.approx(0)


def test_every_stichtag_is_placed_in_the_same_distribution(root: Path) -> None:
    deliver(root, "mehr", "Q01;1.000;12,0\nQ02;3.000;20,0\nQ03;500;5,0\nQ04;800;30,0\n", LATER)
    newest = load_city(root)
    assert index(newest, LATER)["value"].mean() == pytest.approx(0)
    assert index(newest)["value"].mean() != pytest.approx(0)
    same = index(newest)["value"] - index(newest, LATER)["value"]
    assert same["Q02"] == pytest.approx(0), "the same figures have the same index"
    declare(root, INDEX + f"    reference: {DAY}\n")
    assert index(load_city(root))["value"].mean() == pytest.approx(0)


def test_a_published_index_stays(root: Path) -> None:
    write_table(
        root / "data",
        "amtlich",
        "level,area_id,indicator_id,date,value,unit,status,source_id,note\n"
        f"quartier,Q01,lage,{DAY},1.5,,,amtlich,\n",
        "kind: figures\nlayout: long\nrows: 1\n" + SOURCE.replace("id: erfunden", "id: amtlich"),
    )
    found = index(load_city(root))
    assert found["value"]["Q01"] == 1.5
    assert found["status"].tolist() == ["measured", *["not_delivered"] * 3]


def secret(root: Path, last: int) -> City:
    """The town with a table that is not public and has a count too small to be shown."""
    rows = f"Q01;1.000;10,0\nQ02;3.000;20,0\nQ03;500;5,0\nQ04;{last};30,0\n"
    protection = "public: false, protection: {counts_below: 100}"
    deliver(root, "intern", rows, LATER, SOURCE.replace("public: true", protection))
    return load_city(root)


def test_an_index_tells_nothing_that_is_kept_secret(root: Path) -> None:
    declare(root, INDEX.replace("least: 2", "least: 1"))
    one, other = (secret(root, last) for last in (41, 97))
    hidden = one.values("quartier", "einwohner", LATER)
    assert hidden["status"]["Q04"] == "suppressed"
    pd.testing.assert_frame_equal(index(one, LATER), index(other, LATER))
    declare(root, INDEX)
    strict = secret(root, 41)
    assert strict.dates("quartier", "lage") == (DAY,), "too few areas are shown with both parts"


def test_an_index_is_made_of_what_is_shown_alone(root: Path) -> None:
    declare(root, INDEX.replace("least: 2", "least: 1"))
    city = secret(root, 41)
    bare = replace(city, figures=city.figures[city.figures["indicator_id"] != "lage"])
    again = with_indices(bare, city.figures.iloc[:0])
    pd.testing.assert_frame_equal(again.figures, city.figures)


def test_a_kept_city_has_its_indices(root: Path) -> None:
    city, _ = compile_city(root)
    kept = opened(root)
    assert kept is not None
    assert kept.catalogue.indices == city.catalogue.indices
    pd.testing.assert_frame_equal(index(kept), index(city))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("indicator: quote", "indicator: rate", "indices 'lage': Indikator 'rate' ist nicht"),
        ("base: einwohner", "base: leute", "indices 'lage': Indikator 'leute' ist nicht"),
        ("topic: menschen", "topic: volk", "indices 'lage': topic 'volk' ist nicht erklärt"),
        ("id: lage", "id: quote", "indices 'quote': die id ist schon vergeben"),
        ("least: 2", "least: 3", "least höchstens 2, so viele Teile zählen"),
        ("[unten, oben]", "[unten]", "2 verschiedene names, einen je Klasse"),
        ("steps: [0]", "steps: [1, 0]", "steps aufsteigend"),
        ("direction: less", "direction: weniger", "erwartet: 'more' oder 'less'"),
        ("indicator: einwohner", "indicator: quote", "jeden Indikator einmal unter parts"),
        ("base: einwohner", "smallest: 300", "base für smallest und transformation: weighted"),
        ("{indicator: quote}", "{indicator: quote, weight: -1}", "mindestens 0"),
        ("steps: [0]", "kind: quantiles, steps: [0]", "steps zwischen 0 und 100 Prozent"),
    ],
)
def test_a_wrong_index_is_named_and_left_out(root: Path, old: str, new: str, said: str) -> None:
    assert old in INDEX
    declare(root, INDEX.replace(old, new, 1))
    catalogue = read_catalogue(root)
    told = "\n".join(fault.message for fault in catalogue.faults)
    assert said in told
    assert "catalogue.yml: " in told
    assert catalogue.indices == ()
    assert [each.id for each in catalogue.indicators] == ["einwohner", "quote"]


def test_two_indices_of_one_id_are_named(root: Path) -> None:
    declare(root, INDEX + INDEX.partition("indices:\n")[2])
    catalogue = read_catalogue(root)
    assert len(catalogue.indices) == 1
    assert "indices 'lage': die id ist schon vergeben" in catalogue.faults[0].message


def test_the_shipped_index_has_the_published_shape(city: City) -> None:
    (declared,) = city.catalogue.indices
    published = declared.published
    assert published is not None
    found = city.values(published.level, declared.id, published.date)
    assert found["value"].idxmax() == published.values[0].area
    assert found["value"].notna().sum() == 169
    assert found["status"].value_counts()["estimated"] == 8
    for level in ("sozialraum", "stadtteil", "stadtbezirk"):
        assert city.dates(level, declared.id) == (published.date,)
