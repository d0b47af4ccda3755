"""The command line: start the dashboard, check data, print profiles, build and fetch boundaries.

Every command is a module with ``add``, which describes it, and the function that runs it.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from inteso_dash.cli.arguments import SAID, Parser
from inteso_dash.folders import DATA_VARIABLE, STORE_VARIABLE, store_address

_MODULES = {
    "run": "run",
    "check": "check",
    "import": "import_",
    "profile": "profile",
    "report": "report",
    "handout": "handout",
    "export": "export",
    "divisions": "divisions",
    "build": "build",
    "build-geodata": "boundaries",
    "fetch": "boundaries",
}
"""Command → the module that describes it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 in order, 1 findings, 2 wrong use or no data."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    # A command makes much and drops little: looking for garbage as often as usual is a tenth of it.
    gc.set_threshold(250_000, 20, 50)
    # The declarations need no plugins; looking for some reads what every installed package offers.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    given = sys.argv[1:] if arguments is None else arguments
    options = parser(*given[:1]).parse_args(given)
    if options.data is not None:
        os.environ[DATA_VARIABLE] = str(options.data.resolve())
    if options.store is not None:
        os.environ[STORE_VARIABLE] = options.store
        if not store_address():
            os.environ[STORE_VARIABLE] = str(Path(options.store).resolve())
    try:
        code = int(options.command(options))
    except ValueError as error:
        from inteso_dash.catalogue import CatalogueError

        if not isinstance(error, CatalogueError):
            raise
        print("Der Datenordner ist nicht in Ordnung:", file=sys.stderr)
        for problem in error.problems:
            print(f"  {problem}", file=sys.stderr)
        code = 2
    if arguments is None:
        # The process ends: what it has made need not be looked through for garbage before.
        gc.freeze()
    return code


def parser(command: str = "") -> argparse.ArgumentParser:
    """Describe one command; where there is none of that name, say what each of them does.

    What a command needs is imported with its description.
    """
    top = Parser(
        prog="inteso-dash",
        description="Kleinräumige Zahlen einer Stadt: Karten, Profile, Prüfung der Daten.",
    )
    data = Parser(add_help=False)
    data.add_argument(
        "--data",
        type=Path,
        metavar="ORDNER",
        help="Ordner einer Stadt mit data/ und geodata/ (sonst: die mitgelieferten Daten)",
    )
    data.add_argument(
        "--store",
        metavar="ORDNER",
        help="Ordner, in dem geladene Städte liegen, um sich sofort zu öffnen (sonst: im Cache), "
        "oder Datenbank: postgresql://NAME@RECHNER/DATENBANK, clickhouse://NAME@RECHNER",
    )
    commands = top.add_subparsers(required=True, metavar="BEFEHL")
    if command in _MODULES:
        import_module(f"inteso_dash.cli.{_MODULES[command]}").add(commands, data)
        return top
    for name, said in SAID.items():
        commands.add_parser(name, help=said)
    return top
