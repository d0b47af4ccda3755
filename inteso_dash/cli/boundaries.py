"""Make the generalised boundaries, fetch the official ones."""

from __future__ import annotations

import argparse
from pathlib import Path

from inteso_dash.catalogue import read_catalogue
from inteso_dash.cli.arguments import SAID, Commands, refused, told
from inteso_dash.folders import default_root


def add(commands: Commands, data: argparse.ArgumentParser) -> None:
    """Describe `build-geodata` and `fetch`."""
    build = commands.add_parser(
        "build-geodata",
        parents=[data],
        **told(SAID["build-geodata"]),
    )
    build.add_argument(
        "sources",
        nargs="+",
        type=Path,
        metavar="DATEI",
        help="amtliche Datei, wie recipe.yml sie nennt",
    )
    build.set_defaults(command=build_command)

    fetch = commands.add_parser("fetch", parents=[data], **told(SAID["fetch"]))
    fetch.set_defaults(command=fetch_command)


def build_command(options: argparse.Namespace) -> int:
    """Make the generalised layers."""
    from inteso_dash.boundaries.build import build_geodata
    from inteso_dash.boundaries.recipe import BoundaryError

    try:
        report = build_geodata(default_root(), options.sources)
    except BoundaryError as error:
        return refused("Es wurde nichts geändert:", error.problems)
    print("\n".join(report.lines()))
    return 0


def fetch_command(options: argparse.Namespace) -> int:
    """Download the official files; the dashboard uses them from then on."""
    from inteso_dash.boundaries.fetch import fetch
    from inteso_dash.boundaries.recipe import BoundaryError
    from inteso_dash.folders import boundaries_folder

    root = default_root()
    target = boundaries_folder(read_catalogue(root).city.id)
    try:
        report = fetch(root, target)
    except BoundaryError as error:
        return refused("Der Abruf wurde zurückgewiesen, es wurde nichts geändert:", error.problems)
    print("\n".join(report.lines()))
    print(f"Abgelegt in {target}. Die Anwendung verwendet diese Grenzen beim nächsten Start.")
    return 0
