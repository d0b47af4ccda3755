"""Write a sequence of views as handout or as presentation."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from inteso_dash.city.compiled import open_city
from inteso_dash.cli.arguments import SAID, Commands, date, refused, told, written
from inteso_dash.folders import default_root


def add(commands: Commands, data: argparse.ArgumentParser) -> None:
    """Describe `handout`."""
    handout = commands.add_parser(
        "handout",
        parents=[data],
        **told(SAID["handout"]),
    )
    handout.add_argument(
        "sequence", help="Name einer mitgelieferten Folge oder eine YAML-Datei", metavar="FOLGE"
    )
    handout.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DATEI", help="Datei.pdf oder .pptx"
    )
    handout.add_argument("--created", type=date, help="Ausgabedatum (sonst heute)")
    handout.set_defaults(command=handout_command)


def handout_command(options: argparse.Namespace) -> int:
    """Write the file."""
    from inteso_dash.views import sequences

    ending = options.output.suffix.lower()
    if ending not in {".pdf", ".pptx"}:
        print(f"{options.output}: gefunden „{ending}“, erwartet .pdf oder .pptx.", file=sys.stderr)
        return 2
    city = open_city(default_root())
    shipped, _ = sequences.shipped(city.root, city.catalogue)
    path = Path(options.sequence)
    try:
        if options.sequence in shipped:
            sequence = shipped[options.sequence]
        elif path.is_file():
            read = sequences.read(path.read_bytes(), path.name)
            sequence = sequences.of_city(read, city.catalogue, path.name)
        else:
            known = ", ".join(shipped) or "keine"
            print(
                f"Eine Folge oder Datei „{options.sequence}“ gibt es nicht. Mitgeliefert: {known}.",
                file=sys.stderr,
            )
            return 2
    except sequences.SequenceError as error:
        return refused("Die Folge ist nicht in Ordnung:", error.problems)
    if not sequence.slides:
        print("Die Folge hat keine Folien.", file=sys.stderr)
        return 2
    from inteso_dash.pages.runder_tisch import handout

    made = handout.WRITERS[ending](city, sequence, options.created)
    return 0 if written(options.output, made) else 2
