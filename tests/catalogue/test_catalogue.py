"""The catalogue: every source and indicator that ships, and what is refused."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from inteso_dash.catalogue import CatalogueError, read_catalogue
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.catalogue.tables import SourceTable
from tests.paths import ROOT

CATALOGUE = read_catalogue(ROOT)
by_id = pytest.mark.parametrize("indicator", CATALOGUE.indicators, ids=lambda each: each.id)
by_table = pytest.mark.parametrize("table", CATALOGUE.tables, ids=lambda each: each.id)


@by_id
def test_indicator_is_fully_described(indicator: Indicator) -> None:
    assert indicator.title.de
    assert indicator.title.en
    assert indicator.short.de
    assert indicator.meaning.endswith(".")
    assert not indicator.caveat or indicator.caveat.endswith(".")
    assert indicator.unit


@by_id
def test_percentages_know_their_range_and_factor(indicator: Indicator) -> None:
    if indicator.unit == "%" and indicator.midpoint is None:
        assert indicator.range == (0, 100)
    if indicator.unit == "%" and indicator.numerator:
        assert indicator.factor == 100


@by_id
def test_computed_indicators_have_a_recipe(indicator: Indicator) -> None:
    if indicator.computed:
        index = CATALOGUE.index(indicator.id)
        assert indicator.derived or indicator.numerator or index is not None


@by_id
def test_counts_are_whole_and_extensive(indicator: Indicator) -> None:
    if indicator.kind == "extensive" and indicator.unit in {"Personen", "Haushalte", "Plätze"}:
        assert indicator.decimals == 0


def test_titles_are_unique() -> None:
    titles = [indicator.title.de for indicator in CATALOGUE.indicators]
    assert len(set(titles)) == len(titles)


@by_table
def test_table_names_origin_licence_and_content(table: SourceTable) -> None:
    content = (ROOT / "data" / table.file).read_bytes()
    assert hashlib.sha256(content).hexdigest() == table.sha256
    assert content.decode("utf-8").count("\n") == table.rows + 1
    for source in table.sources:
        assert source.producer
        assert source.licence
        assert source.accessed
        assert source.public


def test_divisions_state_how_many_areas_they_have() -> None:
    counts = {d.id: d.areas for d in CATALOGUE.level("sozialraum").divisions}
    assert counts == {"2011": 166, "2017": 179, "2021": 171}


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A copy of the shipped declarations to spoil."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path


def spoil(city: Path, file: str, old: str, new: str) -> str:
    """Replace a text once and return what reading says."""
    path = city / "data" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    try:
        return "\n".join(fault.message for fault in read_catalogue(city).faults)
    except CatalogueError as error:
        return str(error)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("indicators.yml", "kind: extensive", "kind: extensiv", "bevoelkerung.kind: gefunden"),
        (
            "indicators.yml",
            "decimals: 0",
            "decimal: 0",
            "unbekannter Schlüssel bevoelkerung.decimal",
        ),
        ("indicators.yml", "  unit: ", "  # unit: ", "bevoelkerung.unit fehlt"),
        ("indicators.yml", "topic: bevoelkerung", "topic: volk", "'volk' ist nicht erklärt"),
        ("indicators.yml", "denominator: [bevoelkerung]", "denominator: [volk]", "'volk'"),
        ("catalogue.yml", "parent: stadt\n", "parent: staat\n", "'staat' ist nicht erklärt"),
        ("catalogue.yml", "key_length: 5", "key_length: fünf", "key_length: gefunden 'fünf'"),
        ("gebiete.yml", "kind: register", "kind: liste", "gebiete.yml: kind: gefunden 'liste'"),
        ("gebiete.yml", "rows: 232", "zeilen: 232", "unbekannter Schlüssel zeilen"),
        ("bevoelkerung.yml", "- id: jahrbuch_2014", "- id: inteso_2017", "mehrfach erklärt"),
        ("sozialraeume_2021.yml", "rule: share_count", "rule: anteil", "'anteil' gibt es nicht"),
        ("catalogue.yml", "levels:", "levels: [", "kein gültiges YAML"),
        (
            "catalogue.yml",
            "plural: Stadtteile",
            "plural: Sozialräume",
            "sozialraum.plural: gefunden",
        ),
        ("catalogue.yml", "{de: Bildung", "{de: Migration", "bildung.title: gefunden"),
    ],
)
def test_a_wrong_declaration_is_named(city: Path, file: str, old: str, new: str, said: str) -> None:
    assert said in spoil(city, file, old, new)


def test_every_indicator_has_a_name_of_its_own(city: Path) -> None:
    """Lists offer them by their names: of two that share one, the first could not be found."""
    before = read_catalogue(city)
    said = spoil(city, "indicators.yml", 'de: "Frauenanteil"', 'de: "Bevölkerung"')
    assert "anteil_weiblich.title: gefunden „Bevölkerung“ wie bei bevoelkerung" in said
    after = read_catalogue(city)
    assert [fault.rule for fault in after.faults] == ["shared_name"]
    assert [each.id for each in after.indicators] == [each.id for each in before.indicators]
    assert after.indicator("bevoelkerung").title.de == "Bevölkerung"
    assert after.indicator("anteil_weiblich").title.de == "Bevölkerung (anteil_weiblich)"
    for names in (
        [each.title.de for each in after.indicators],
        [i.short.de for i in after.indicators],
    ):
        assert len(set(names)) == len(names)


def test_an_explanation_of_no_rule_does_not_cost_the_table(city: Path) -> None:
    spoil(city, "sozialraeume_2021.yml", "rule: share_count", "rule: anteil")
    (table,) = (each for each in read_catalogue(city).tables if each.id == "sozialraeume_2021")
    assert [each.rule for each in table.explained] == []


def test_problems_are_reported_together(city: Path) -> None:
    (city / "data" / "catalogue.yml").unlink()
    said = spoil(city, "indicators.yml", "bevoelkerung:", "bevoelkerung: [")
    assert "catalogue.yml: Datei fehlt" in said
    assert "indicators.yml: kein gültiges YAML" in said


def test_a_file_that_is_not_utf8_is_named(city: Path) -> None:
    path = city / "data" / "catalogue.yml"
    path.write_bytes(path.read_text("utf-8").encode("cp1252"))
    with pytest.raises(CatalogueError, match="kein UTF-8"):
        read_catalogue(city)


def test_counts_without_a_range_start_at_zero_and_balances_say_so() -> None:
    named = {"de": "erfunden", "en": "made up"}
    told = {"id": "x", "title": named, "short": named, "topic": "t", "unit": "Personen"}
    told |= {"decimals": 0, "meaning": "Erfunden."}
    assert Indicator(**told, kind="extensive").range == (0, None)
    assert Indicator(**told, kind="extensive", range=[None, None]).range == (None, None)
    assert Indicator(**told, kind="intensive").range == (None, None)
