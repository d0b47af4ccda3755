"""What the documents name is there, and what is there is named."""

from __future__ import annotations

import argparse
import re

import pytest

from inteso_dash.catalogue import city, indicators, indices, tables, yaml_files
from inteso_dash.catalogue.yaml_files import Declared
from inteso_dash.cli import parser
from tests.paths import ROOT

ROOMS = re.findall(
    r"^      ([a-z]+)(?:/|\.py) ", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.M
)
PARTS = [
    part
    for module in (yaml_files, city, indicators, indices, tables)
    for part in vars(module).values()
    if isinstance(part, type) and issubclass(part, Declared)
]


def test_every_room_has_its_place_in_the_table_once() -> None:
    there = {
        path.stem
        for path in (ROOT / "inteso_dash").iterdir()
        if (path.suffix == ".py" or (path / "__init__.py").exists()) and path.stem != "__init__"
    }
    assert sorted({*ROOMS, "cli"}) == sorted(there)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_key_of_the_data_folder_is_explained(part: type[Declared]) -> None:
    text = (ROOT / "docs" / "data-format.md").read_text("utf-8")
    explained = set(re.findall(r"\w+", text))
    assert set(part.model_fields) <= explained


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_command_is_named(name: str) -> None:
    commands = next(
        action.choices
        for action in parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    text = (ROOT / name).read_text("utf-8")
    assert [each for each in commands if not re.search(rf"\b{each}\b", text)] == []
