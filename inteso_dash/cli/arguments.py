"""A command line that speaks German, and what several commands read and say in the same way."""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from inteso_dash.folders import write_whole

if TYPE_CHECKING:
    from inteso_dash.city import City

Commands = Any
"""What `argparse.ArgumentParser.add_subparsers` returns."""
SAID = {
    "run": "die Anwendung im Browser starten",
    "check": "Daten prüfen: den Datenordner oder eine gelieferte Datei",
    "import": "gelieferte Tabellen in einen Datenordner übernehmen",
    "profile": "das Profil eines Gebiets ausgeben",
    "report": "das Kurzprofil eines Gebiets als PDF ausgeben",
    "handout": "eine Folge für den Runden Tisch als PDF oder PPTX ausgeben",
    "export": "Karte, Diagramm, Profil oder alle Daten als Datei ausgeben",
    "divisions": "zwei Gliederungen einer Ebene vergleichen: was wurde geteilt, zusammengelegt, "
    "neu geschnitten",
    "build": "eine Stadt laden und ablegen, damit sie sich sofort öffnet",
    "build-geodata": "die generalisierten Grenzen aus amtlichen Dateien herstellen",
    "fetch": "die amtlichen Grenzen in voller Auflösung herunterladen",
}
"""Command → what it does, as the list of all says it."""
_GROUPS = {"positional arguments": "Angaben", "options": "Wahlweise"}
_METAVARS = {
    "address": "ADRESSE",
    "area": "GEBIET",
    "chart": "DIAGRAMM",
    "created": "DATUM",
    "date": "STICHTAG",
    "format": "FORMAT",
    "indicator": "INDIKATOR",
    "level": "EBENE",
    "path": "PFAD",
    "port": "PORT",
    "subject": "WOVON",
}
_ERRORS = (
    (r"the following arguments are required: (.*)", r"es fehlt \1"),
    (r"unrecognized arguments: (.*)", r"unbekannte Angabe \1"),
    (
        r"argument (.*): invalid choice: (.*) \(choose from (.*)\)",
        r"\1: gefunden \2, erwartet eines von \3",
    ),
    (r"argument (.*): invalid int value: (.*)", r"\1: gefunden \2, erwartet eine ganze Zahl"),
    (r"argument (.*): invalid float value: (.*)", r"\1: gefunden \2, erwartet eine Zahl"),
    (r"argument (.*): expected one argument", r"\1: eine Angabe fehlt"),
    (r"argument (.*): expected at least one argument", r"\1: wenigstens eine Angabe fehlt"),
    (
        r"argument (.*): not allowed with argument (.*)",
        r"\1: nicht zusammen mit \2",
    ),
    (r"argument (.*?): (.*)", r"\1: gefunden \2"),
)


def date(text: str) -> dt.date:
    """Read a Stichtag as ISO or German date (`argparse.ArgumentTypeError` where it is neither)."""
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(text, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(f"{text!r}; erwartet wie 2021-12-31 oder 31.12.2021")


def one_level(city: City, asked: str) -> str | None:
    """Return the level that is meant, by id, title or plural; says which there are otherwise."""
    levels = city.catalogue.levels
    wanted = asked.strip().casefold()
    for each in levels:
        if wanted in map(str.casefold, (each.id, each.title.de, each.plural)):
            return each.id
    known = ", ".join(each.id for each in levels)
    print(f"Eine Ebene „{asked}“ gibt es nicht: {known}.", file=sys.stderr)
    return None


def one_area(city: City, asked: str, level: str | None) -> tuple[str, str] | None:
    """Return level and key of the area that is meant; says why where it is not exactly one."""
    named = None if level is None else one_level(city, level)
    if named is None and level is not None:
        return None
    found = city.find(asked, named)
    if len(found) == 1:
        return found[0]
    if found:
        choices = ", ".join(f"{area_id} (--level {level})" for level, area_id in found)
        print(f"„{asked}“ ist mehrdeutig: {choices}.", file=sys.stderr)
    else:
        print(
            f"Ein Gebiet „{asked}“ gibt es nicht. Erwartet wird ein Schlüssel oder Name.",
            file=sys.stderr,
        )
    return None


def written(target: Path, content: bytes) -> bool:
    """Write a file; says why where it cannot be written."""
    try:
        write_whole(target, content)
    except OSError as error:
        print(f"{target}: nicht beschreibbar ({error.strerror}).", file=sys.stderr)
        return False
    print(target)
    return True


def refused(headline: str, problems: Sequence[str]) -> int:
    """Say what was refused and why; 1."""
    print(headline, file=sys.stderr)
    for problem in problems:
        print(f"  {problem}", file=sys.stderr)
    return 1


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "Aufruf: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks German."""

    def __init__(self, *, add_help: bool = True, **settings: Any) -> None:
        super().__init__(add_help=False, formatter_class=_Formatter, **settings)
        if add_help:
            self.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")

    def add_argument_group(self, *args: Any, **settings: Any) -> Any:
        """Add a group; those that every parser has get German titles."""
        titles = [_GROUPS.get(title, title) for title in args]
        return super().add_argument_group(*titles, **settings)

    def add_argument(self, *names: Any, **settings: Any) -> Any:
        """Add an argument; what stands for its value in the help is German."""
        metavar = _METAVARS.get(str(names[-1]).lstrip("-"))
        if metavar and not {"metavar", "action"} & settings.keys():
            settings["metavar"] = metavar
        if "choices" in settings and "help" not in settings:
            settings["help"] = f"eines von {', '.join(settings['choices'])}"
        return super().add_argument(*names, **settings)

    def error(self, message: str) -> NoReturn:
        """Print how the command is called and what was wrong; end with 2."""
        self.exit(2, f"{self.format_usage()}{self.prog}: {error(message)}. Hilfe: --help\n")


def told(said: str) -> dict[str, str]:
    """Return the line of a command in the list of all, and the beginning of its own help.

    Examples
    --------
    >>> told("Daten prüfen")["description"]
    'Daten prüfen.'
    """
    return {"help": said, "description": f"{said[0].upper()}{said[1:]}."}


def error(message: str) -> str:
    """Say in German what argparse found wrong.

    Examples
    --------
    >>> error("argument --port: invalid int value: 'x'")
    "--port: gefunden 'x', erwartet eine ganze Zahl"
    """
    for pattern, words in _ERRORS:
        if re.fullmatch(pattern, message, flags=re.DOTALL):
            return re.sub(pattern, words, message, count=1, flags=re.DOTALL)
    return message
