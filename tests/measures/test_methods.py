"""What is said of every method: complete, about functions that there are, in one place."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from itertools import groupby
from pathlib import Path

import pytest

from inteso_dash.measures.methods import METHODS, MeasureMethod
from inteso_dash.pages import PAGES
from inteso_dash.views.addresses import method_link
from scripts.methods_page import NOTE, PAGE
from tests.paths import ROOT

EVERY = pytest.mark.parametrize("method", METHODS.values(), ids=lambda each: each.id)
NEEDED = {
    "gini",
    "dissimilaritaet",
    "standortquotient",
    "schluessel",
    "klassen",
    "z-wert",
    "stabilitaet",
    "wilson",
    "byar",
    "pearson",
    "spearman",
    "moran",
    "lokale-cluster",
    "aehnlichkeit",
    "geheimhaltung",
}
LINK = re.compile(r"methoden\?methode=([a-z-]+)")


@EVERY
def test_a_method_is_three_sentences_a_formula_and_a_source(method: MeasureMethod) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", method.id)
    assert len(method.says) == 3
    assert all(each.endswith(".") for each in method.says)
    assert method.title
    assert method.formula
    assert not method.symbols.endswith(".")
    assert method.sources
    assert set(method.pages) <= {page.id for page in PAGES}


@EVERY
def test_what_works_it_out_exists_and_is_public(method: MeasureMethod) -> None:
    for each in method.functions:
        module, _, name = each.rpartition(".")
        assert not name.startswith("_")
        found = getattr(import_module(f"inteso_dash.measures.{module}"), name)
        assert found.__module__ == f"inteso_dash.measures.{module}"


def test_all_measures_are_explained_each_once_and_by_groups() -> None:
    assert set(METHODS) >= NEEDED
    assert len({each.title for each in METHODS.values()}) == len(METHODS)
    groups = [group for group, _ in groupby(METHODS.values(), lambda each: each.group)]
    assert len(groups) == len(set(groups))


def test_a_link_names_a_method_that_there_is() -> None:
    with pytest.raises(KeyError):
        method_link("unsinn")
    texts = [*(ROOT / "inteso_dash").rglob("*.py")]
    asked = {each for path in texts for each in linked(path)}
    assert asked >= {"gini", "dissimilaritaet", "schluessel", "klassen", "stabilitaet"}
    assert asked <= set(METHODS)


def linked(path: Path) -> list[str]:
    """Return the methods that a module links to."""
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return [
        each.value
        for node in nodes
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"method_link", "method_links"}
        for each in node.args
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]


def test_the_document_is_written_from_the_registry() -> None:
    from inteso_dash.files.methods import markdown

    found = PAGE.read_text("utf-8")
    assert found == markdown(NOTE), "python -m scripts.methods_page writes it"
    for method in METHODS.values():
        assert f"### {method.title}\n" in found
        assert method.formula in found
