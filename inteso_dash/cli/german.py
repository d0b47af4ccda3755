"""A command line whose help and errors are German."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

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
