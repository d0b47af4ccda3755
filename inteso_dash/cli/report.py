"""Print the Kurzprofil of an area, or of all areas of a level, as PDF."""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import lru_cache
from pathlib import Path

from inteso_dash.city import City
from inteso_dash.city.compiled import open_city
from inteso_dash.cli.arguments import SAID, Commands, date, one_area, one_level, told, written
from inteso_dash.folders import default_root, write_whole

_BAR = 30


def add(commands: Commands, data: argparse.ArgumentParser) -> None:
    """Describe `report`."""
    report = commands.add_parser("report", parents=[data], **told(SAID["report"]))
    report.add_argument("area", nargs="?", help="Schlüssel oder Name")
    report.add_argument("--level", help="Ebene, wenn der Name mehrfach vorkommt")
    report.add_argument(
        "--all", metavar="EBENE", help="alle Gebiete einer Ebene; -o nennt dann einen Ordner"
    )
    report.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DATEI", help="PDF-Datei oder Ordner"
    )
    report.add_argument("--created", type=date, help="Ausgabedatum (sonst heute)")
    report.set_defaults(command=report_command)


def report_command(options: argparse.Namespace) -> int:
    """Write the PDF of one area, or those of a level."""
    if (options.area is None) == (options.all is None):
        print("Erwartet wird entweder ein Gebiet oder --all EBENE.", file=sys.stderr)
        return 2
    city = open_city(default_root())
    if options.all is not None:
        return _all(city, options.all, options.output, options.created)
    found = one_area(city, options.area, options.level)
    if found is None:
        return 2
    made = _pdf(city, *found, options.created)
    return 0 if written(options.output, made) else 2


def _pdf(city: City, level: str, area_id: str, created: dt.date | None) -> bytes:
    from inteso_dash.pages.stadtteilprofil.report.content import content, to_pdf
    from inteso_dash.views.addresses import profile_address

    address = profile_address(level, area_id).text
    told = content(city, level, area_id, address=address, created=created)
    return to_pdf(told)


@lru_cache(maxsize=1)
def _loaded(root: Path) -> City:
    return open_city(root)


def _write(root: Path, level: str, area_id: str, created: dt.date | None, target: Path) -> None:
    """Write one PDF; runs in a process of its own."""
    write_whole(target, _pdf(_loaded(root), level, area_id, created))


def _all(city: City, asked: str, folder: Path, created: dt.date | None) -> int:
    from inteso_dash.files.text import file_name

    level = one_level(city, asked)
    if level is None:
        return 2
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        print(f"{folder}: nicht beschreibbar ({error.strerror}).", file=sys.stderr)
        return 2
    targets = {
        key: folder / file_name(["kurzprofil", key, city.name_beside_key(level, key)], "pdf")
        for key in map(str, city.areas(level).index)
    }
    cores = min(os.cpu_count() or 1, len(targets))
    with ProcessPoolExecutor(cores, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting = [
            pool.submit(_write, city.root, level, key, created, target)
            for key, target in targets.items()
        ]
        try:
            for done, each in enumerate(as_completed(waiting), 1):
                each.result()
                _progress(done, len(targets))
        except OSError as error:
            pool.shutdown(cancel_futures=True)
            there = sum(target.exists() for target in targets.values())
            print(
                f"{folder}: nicht beschreibbar ({error.strerror}). Vorhanden sind {there} von "
                f"{len(targets)} Kurzprofilen, jedes vollständig. Schaffen Sie Platz und "
                "wiederholen Sie den Befehl.",
                file=sys.stderr,
            )
            return 2
    print(f"{len(targets)} Kurzprofile in {folder}")
    return 0


def _progress(done: int, count: int) -> None:
    """Draw a bar on a terminal."""
    if sys.stderr.isatty():
        filled = _BAR * done // count
        end = "\n" if done == count else ""
        bar = "█" * filled + "·" * (_BAR - filled)
        print(f"\r{bar} {done} von {count}", end=end, file=sys.stderr, flush=True)
