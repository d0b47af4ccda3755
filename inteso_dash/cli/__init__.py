"""The command line: start the dashboard, check data, print profiles, build and fetch boundaries.

Every command is a module with ``add``, which describes it, and the function that runs it.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from inteso_dash.catalogue import CatalogueError
from inteso_dash.catalogue.folder import DATA_VARIABLE, STORE_VARIABLE
from inteso_dash.cli import (
    boundaries,
    build,
    check,
    divisions,
    export,
    handout,
    import_,
    profile,
    report,
    run,
)
from inteso_dash.cli.german import Parser

_COMMANDS = (run, check, import_, profile, report, handout, export, divisions, build, boundaries)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 in order, 1 findings, 2 wrong use or no data."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    options = parser().parse_args(arguments)
    if options.data is not None:
        os.environ[DATA_VARIABLE] = str(options.data.resolve())
    if options.store is not None:
        os.environ[STORE_VARIABLE] = str(options.store.resolve())
    try:
        return int(options.command(options))
    except CatalogueError as error:
        print("Der Datenordner ist nicht in Ordnung:", file=sys.stderr)
        for problem in error.problems:
            print(f"  {problem}", file=sys.stderr)
        return 2


def parser() -> argparse.ArgumentParser:
    """Describe all commands."""
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
        type=Path,
        metavar="ORDNER",
        help="Ordner, in dem geladene Städte liegen, um sich sofort zu öffnen (sonst: im Cache)",
    )
    commands = top.add_subparsers(required=True, metavar="BEFEHL")
    for command in _COMMANDS:
        command.add(commands, data)
    return top
