"""Make beforehand what opens a city at once."""

from __future__ import annotations

import argparse
import sys
import time

from inteso_dash.cli.arguments import SAID, Commands, told
from inteso_dash.folders import default_root, store_address, store_folder


def add(commands: Commands, data: argparse.ArgumentParser) -> None:
    """Describe `build`."""
    build = commands.add_parser(
        "build",
        parents=[data],
        **told(SAID["build"]),
    )
    build.set_defaults(command=build_command)


def build_command(options: argparse.Namespace) -> int:
    """Load a city and keep it, step by step; 2 where it cannot be written."""
    from inteso_dash.city import drawn
    from inteso_dash.city.compiled import compile_city, database, opened
    from inteso_dash.city.database import StoreError

    root, started = default_root(), time.perf_counter()
    try:
        store = database(store_address()) if store_address() else store_folder()
    except StoreError as error:
        print(error, file=sys.stderr)
        return 2
    found = opened(root)
    if found is not None:
        drawn.prepare(found)
        print(f"Ist schon abgelegt und unverändert: {store}")
        return 0

    def step(words: str) -> None:
        print(f"{time.perf_counter() - started:5.1f} s  {words} …", flush=True)

    city, kept = compile_city(root, step)
    if isinstance(kept, StoreError):
        print(kept, file=sys.stderr)
        return 2
    if isinstance(kept, Exception):
        why = getattr(kept, "strerror", None) or str(kept)
        print(
            f"{store_folder()}: nicht beschreibbar ({why}). Nennen Sie mit --store einen Ordner, "
            "der Ihnen gehört und den nur Sie beschreiben dürfen.",
            file=sys.stderr,
        )
        return 2
    if kept is None:
        print(
            "Nicht abgelegt: Der Ordner nennt Quellen, die nicht öffentlich sind, oder hat sich "
            "währenddessen geändert. Er wird bei jedem Start geladen."
        )
        return 0
    step("Grenzen für den Browser aufbereiten")
    drawn.prepare(city)
    print(f"{time.perf_counter() - started:5.1f} s  {kept}")
    return 0
