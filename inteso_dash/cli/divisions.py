"""Say what became of the areas between two divisions of a level."""

from __future__ import annotations

import argparse
import json
import sys

import pandas as pd

from inteso_dash.catalogue import read_catalogue
from inteso_dash.cli.arguments import SAID, Commands, refused, told
from inteso_dash.folders import default_root

_REFUSED = "Die Gliederungen lassen sich nicht vergleichen:"


def add(commands: Commands, data: argparse.ArgumentParser) -> None:
    """Describe `divisions`."""
    divisions = commands.add_parser(
        "divisions",
        parents=[data],
        **told(SAID["divisions"]),
    )
    divisions.add_argument("before", metavar="VON", help="die frühere Gliederung, etwa 2017")
    divisions.add_argument("after", metavar="NACH", help="die spätere Gliederung, etwa 2021")
    divisions.add_argument("--level", help="Ebene, wenn mehrere beide Gliederungen haben")
    divisions.add_argument(
        "--tolerance",
        type=_percent,
        metavar="PROZENT",
        help="Überdeckungen bis zu diesem Anteil beider Flächen gelten als Ungenauigkeit der "
        "Zeichnung (sonst: 1)",
    )
    divisions.add_argument("--format", choices=["table", "csv", "json"], default="table")
    divisions.set_defaults(command=divisions_command)


def _percent(text: str) -> float:
    """Read a number with comma or point (`ValueError` where it is none)."""
    return float(text.replace(",", "."))


def divisions_command(options: argparse.Namespace) -> int:
    """Print the classification of all areas."""
    from inteso_dash.boundaries.layers import read_layers
    from inteso_dash.boundaries.recipe import BoundaryError
    from inteso_dash.city import revisions
    from inteso_dash.city.overlay.bridges import public
    from inteso_dash.city.overlay.matching import KIND_TITLES, TOLERANCE, Fate
    from inteso_dash.city.overlay.people import People
    from inteso_dash.city.overlay.probes import UNTESTED, unions_tested
    from inteso_dash.files.text import Dialect, to_csv, to_records
    from inteso_dash.language.formats import german
    from inteso_dash.pages.veraenderung.divisions.between import (
        UNION,
        DivisionError,
        between,
        counted,
        level_of,
        written,
    )
    from inteso_dash.tables.sources import read_city

    root = default_root()
    catalogue = read_catalogue(root)
    tolerance = TOLERANCE if options.tolerance is None else options.tolerance / 100
    if not 0 <= tolerance < 0.5:
        asked = f"{options.tolerance:g}".replace(".", ",")
        found = f"--tolerance {asked}; erwartet von 0 bis unter 50 Prozent."
        return 2 * refused(_REFUSED, [found])
    try:
        level = level_of(catalogue, options.before, options.after, options.level)
        read = read_city(root, catalogue)
        match = between(
            catalogue,
            read.register,
            read_layers(root),
            level,
            options.before,
            options.after,
            tolerance,
        )
    except DivisionError as error:
        return 2 * refused(_REFUSED, [str(error)])
    except BoundaryError as error:
        return 2 * refused(_REFUSED, error.problems)
    pair = (options.before, options.after)
    published = public(revisions.latest(read.figures, catalogue)[0], catalogue)
    tested = unions_tested(People(published, catalogue, {}), match, level, pair)
    rows = written(match, *pair, tested)
    if options.format == "json":
        print(json.dumps(to_records(rows), ensure_ascii=False, indent=2))
    elif options.format == "csv":
        sys.stdout.write(to_csv(rows, Dialect.RFC4180).decode("utf-8"))
    else:
        plural = catalogue.level(level).plural
        sizes = (len(match.names_from), len(match.names_to))
        print(
            f"{plural}: {sizes[0]} in der Gliederung {options.before}, {sizes[1]} in "
            f"{options.after}; Toleranz {german(100 * tolerance)} %."
        )
        print(UNTESTED if tested is None else tested.words(catalogue))
        print(_plain(counted(match, *pair)))
        changed = rows["Art"] != KIND_TITLES[Fate.UNCHANGED]
        if tested is not None:
            changed |= rows[UNION].isin(tested.differing.index)
        rows = rows[changed]
        if len(rows):
            print(f"\n{_plain(rows.drop(columns=UNION))}")
    return 0


def _plain(table: pd.DataFrame) -> str:
    """Write a table in columns, numbers to the right and with decimal commas."""
    numeric = [not isinstance(cell, str) for cell in table.iloc[0]]
    cells = [
        [
            "" if pd.isna(cell) else str(cell).replace(".", ",") if number else str(cell)
            for cell, number in zip(row, numeric, strict=True)
        ]
        for row in table.itertuples(index=False)
    ]
    rows = [[str(name) for name in table.columns], *cells]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = [
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ).rstrip()
        for row in rows
    ]
    return "\n".join(lines)
