"""The command line speaks German, its help and its errors included."""

from __future__ import annotations

import re

import pytest

from inteso_dash.cli import main

COMMANDS = (
    [],
    ["run"],
    ["check"],
    ["import"],
    ["profile"],
    ["report"],
    ["handout"],
    ["export"],
    ["export", "map"],
    ["export", "chart"],
    ["export", "profile"],
    ["export", "package"],
    ["divisions"],
    ["build-geodata"],
    ["fetch"],
)
ENGLISH = (
    r"\b(usage|positional|arguments|options|show this|exit|LEVEL|DATE|AREA|required|invalid)\b"
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_says_in_german_what_a_command_does(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert said.startswith(f"Aufruf: {' '.join(['inteso-dash', *command])}")
    assert not re.findall(ENGLISH, said)
    assert re.search(r"\n\n[A-ZÄÖÜ][^\n]+[.,\w]\n", said), "no sentence on what it does"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["profile"], "es fehlt GEBIET"),
        (["run", "--port", "x"], "--port: gefunden 'x', erwartet eine ganze Zahl"),
        (["check", "--format", "xml"], "--format: gefunden 'xml', erwartet eines von"),
        (["profile", "06", "--date", "gestern"], "--date: gefunden 'gestern'; erwartet wie"),
        (["check", "--foo"], "unbekannte Angabe --foo"),
        (["run", "--port"], "--port: eine Angabe fehlt"),
        (["export", "chart", "x", "y", "-o", "z"], "'age', 'development', 'distribution'"),
        (["quatsch"], "BEFEHL: gefunden 'quatsch', erwartet eines von"),
    ],
)
def test_wrong_use_is_told_in_german(
    wrong: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert said in told
    assert not re.findall(ENGLISH, told)
