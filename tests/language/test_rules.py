"""The registry of rules: every id that can be emitted is in it, and in the documentation."""

from __future__ import annotations

import ast
import re
from collections import defaultdict

import pytest

from inteso_dash.intake.checking import report
from inteso_dash.language.findings import RULES, Finding, Severity
from scripts.findings_page import PAGE, page
from tests.paths import ROOT

TREES = [ast.parse(path.read_text("utf-8")) for path in (ROOT / "inteso_dash").rglob("*.py")]
CONSTANTS = {
    target.id: node.value.value
    for tree in TREES
    for node in tree.body
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
    for target in node.targets
    if isinstance(target, ast.Name)
}
HANDED_ON = {"rule", "finding.rule"}
"""Rules that come from a caller, or from a finding that was made before, as those of a store."""


def argument(call: ast.Call) -> ast.expr | None:
    """Where a call emits a finding, what it says as the rule."""
    receiver, _, way = ast.unparse(call.func).rpartition(".")
    adds = way == "add" and bool(call.args) and "everity" in ast.unparse(call.args[0])
    if adds or (way in {"Finding", "finding"} and len(call.args) > 1):
        return call.args[1]
    if way in {"error", "warning", "note"} and receiver.endswith("report"):
        return call.args[0]
    return call.args[2] if way == "report_unknown" else None


def rules_in(tree: ast.Module, said: ast.expr) -> set[str]:
    """The ids that an argument can be."""
    if ast.unparse(said) in HANDED_ON:
        return set()
    if isinstance(said, ast.Name):
        return {CONSTANTS[said.id]}
    made = [said]
    if isinstance(said, ast.Call):
        name = ast.unparse(said.func)
        (function,) = (f for f in tree.body if isinstance(f, ast.FunctionDef) and f.name == name)
        made = [each.value for each in ast.walk(function) if isinstance(each, ast.Return)]
    texts = {
        node.value
        for each in made
        for node in ast.walk(each)
        if isinstance(node, ast.Constant) and re.fullmatch(r"[a-z][a-z0-9_-]+", str(node.value))
    }
    assert texts, f"no rule can be read from {ast.unparse(said)}"
    return texts


def emitted() -> dict[str, set[str]]:
    """Id of every rule that the package emits → the severities that are written beside it."""
    found: dict[str, set[str]] = defaultdict(set)
    for tree in TREES:
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            said = argument(call)
            if said is not None:
                way = ast.unparse(call.func).rpartition(".")[2]
                weight = f"{way} {ast.unparse(call.args[0])}".lower()
                for rule in rules_in(tree, said):
                    found[rule].add(weight)
    return found


def test_every_rule_that_can_be_emitted_is_registered_and_no_other() -> None:
    assert emitted().keys() == RULES.keys()


def test_the_usual_severity_of_a_rule_is_one_that_it_has() -> None:
    for rule, written in emitted().items():
        told = " ".join(written)
        if any(severity.value in told for severity in Severity):
            assert RULES[rule].severity.value in told, rule


def test_every_rule_is_told_in_sentences() -> None:
    assert len({rule.title for rule in RULES.values()}) == len(RULES)
    assert all(
        rule.explanation.endswith(".") and "|" not in rule.explanation for rule in RULES.values()
    )


def test_a_finding_takes_registered_rules_only() -> None:
    with pytest.raises(ValueError, match="'gibt_es_nicht'"):
        Finding(Severity.NOTE, "gibt_es_nicht", "Etwas.")


def test_the_documentation_holds_every_rule() -> None:
    assert PAGE.read_text("utf-8") == page(), "python -m scripts.findings_page writes it"


def test_the_report_tells_a_rule_once_and_names_it_at_every_finding() -> None:
    found = [Finding(Severity.ERROR, "date", "Das ist nichts.", "a.csv", row) for row in "12"]
    text = report(found)
    assert text.count("date  Kein Datum · a.csv · ") == 2
    assert text.count(RULES["date"].explanation) == 1
    assert text.endswith("2 Fehler, 0 Warnungen, 0 Hinweise.")
    assert report([]) == "0 Fehler, 0 Warnungen, 0 Hinweise."
