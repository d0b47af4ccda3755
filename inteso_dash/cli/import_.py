"""Put a delivered table into a data folder."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from inteso_dash.cli.arguments import SAID, Commands, date, refused
from inteso_dash.intake.recognise.days import read_day_of_year
from inteso_dash.intake.recognise.roles import ROLES

if TYPE_CHECKING:
    from inteso_dash.intake.delivery.draft import Draft
    from inteso_dash.intake.delivery.folder import Stored

_FLAGS = {
    "level": "--level EBENE",
    "division": "--division GLIEDERUNG",
    "date": "--date 2022-12-31",
    "columns": '--columns "ÜBERSCHRIFT=INDIKATOR"',
    "source": "--source FELD=TEXT",
    "roles": "--roles merkmal=SPALTE wert=SPALTE",
    "where": '--where "SPALTE=TEXT"',
    "day": "--day 31.12.",
    "names": "Schlüssel in der Datei",
}
_REMEDIES = {
    "revision": "Ist die Lieferung eine Berichtigung, so wiederholen Sie den Befehl mit "
    "--revision: beide bleiben mit ihrer Quelle erhalten, gezeigt wird die neue.",
    "despite_errors": "Berichtigen Sie die Datei oder wiederholen Sie den Befehl mit "
    "--despite-errors: was nicht lesbar ist, gilt dann als nicht geliefert.",
}
_SOURCE_FIELDS = ("title", "producer", "year", "url", "licence", "licence_url", "note", "public")
_PAIRS = (
    (
        "--columns",
        "ÜBERSCHRIFT=INDIKATOR",
        "Spalten zuordnen; nichts nach dem Gleichheitszeichen: Spalte nicht übernehmen",
    ),
    (
        "--roles",
        "ANGABE=SPALTE",
        f"lange Tabellen: welche Spalte was enthält ({', '.join(ROLES)})",
    ),
    (
        "--where",
        "SPALTE=TEXT",
        "lange Tabellen: nur Zeilen, in deren Spalte dieser Text steht",
    ),
    ("--source", "FELD=TEXT", f"Herkunft: {', '.join(_SOURCE_FIELDS)}"),
)


def add(commands: Commands, data: argparse.ArgumentParser) -> None:
    """Describe `import`."""
    importing = commands.add_parser(
        "import",
        help=SAID["import"],
        description="Prüft gelieferte Tabellen und legt sie als neue Lieferung in einen "
        "Datenordner. Vorhandenes wird nie überschrieben; gelingt etwas nicht, bleibt alles, wie "
        "es war. Was nicht zu erkennen ist, erfragt der Befehl, indem er die Angabe nennt.",
        parents=[data],
    )
    importing.add_argument("files", nargs="+", type=Path, metavar="DATEI")
    importing.add_argument(
        "--into", type=Path, required=True, metavar="ORDNER", help="Datenordner der Stadt"
    )
    importing.add_argument("--level", metavar="EBENE", help="Ebene, wie catalogue.yml sie nennt")
    importing.add_argument("--division", metavar="GLIEDERUNG", help="Gliederung, wie 2021")
    importing.add_argument("--date", type=date, help="Stichtag, wie 2022-12-31 oder 31.12.2022")
    importing.add_argument(
        "--day",
        type=_day,
        metavar="TAG",
        help="Tag im Jahr, wenn die Datei nur Jahre nennt, wie 31.12.",
    )
    for flag, pair, said in _PAIRS:
        importing.add_argument(flag, nargs="+", type=_pair, default=[], metavar=pair, help=said)
    importing.add_argument(
        "--complete",
        action="store_true",
        help="Tabellen mit Unterkünften: zu jedem Stichtag stehen alle Unterkünfte da",
    )
    importing.add_argument(
        "--revision",
        action="store_true",
        help="die Lieferung berichtigt vorhandene Zahlen: beide bleiben, gezeigt wird die neue",
    )
    importing.add_argument(
        "--despite-errors",
        action="store_true",
        help="auch übernehmen, wenn die Prüfung Fehler findet",
    )
    importing.set_defaults(command=import_command)


def import_command(options: argparse.Namespace) -> int:
    """Take delivered files over; 1 where something speaks against it."""
    from inteso_dash.intake.delivery.draft import Answers
    from inteso_dash.intake.delivery.folder import RefusedError, store
    from inteso_dash.tables.reading import read_content
    from inteso_dash.tables.reading.raw import ReadError

    unknown = [field for field, _ in options.source if field not in _SOURCE_FIELDS]
    if unknown:
        known = ", ".join(_SOURCE_FIELDS)
        return refused(
            "Es wurde nichts geändert:", [f"--source {unknown[0]}: bekannt sind {known}."]
        )
    if dict(options.source).get("public", "true") not in {"true", "false"}:
        return refused("Es wurde nichts geändert:", ["--source public: true oder false."])
    answers = Answers(
        options.level,
        options.division,
        options.date,
        dict(options.columns),
        dict(options.source),
        dict(options.roles),
        dict(options.where),
        options.day,
        options.complete,
    )
    try:
        files = [(path.name, read_content(path)) for path in options.files]
        stored = store(
            options.into,
            files,
            answers,
            dt.datetime.now(),  # noqa: DTZ005
            revision=options.revision,
            despite_errors=options.despite_errors,
        )
    except ReadError as error:
        return refused("Es wurde nichts geändert:", [str(error)])
    except RefusedError as error:
        _print_checks(error.drafts)
        asked = [
            f"{each.file}: {question.text} Ergänzen Sie: {_FLAGS[question.about]}"
            for each in error.drafts
            for question in each.questions
        ]
        remedies = [_REMEDIES[error.unless]] if error.unless else []
        return refused(
            "Es wurde nichts geändert:", [*error.problems, *error.examples, *remedies, *asked]
        )
    _print_checks(stored.drafts)
    print("\n".join(_told(stored)))
    return 0


def _print_checks(drafts: Sequence[Draft]) -> None:
    from inteso_dash.intake import checking

    for each in drafts:
        print(checking.report(list(each.findings)))


def _told(stored: Stored) -> Iterator[str]:
    """Yield what was done."""
    if stored.folder is None:
        yield "Diese Zahlen enthält der Ordner schon; es wurde nichts geändert."
        return
    for each in stored.drafts:
        yield from (f"{each.file}: {text}" for text in each.losses)
        if each.delivery is not None:
            table = each.delivery.table
            what = "Unterkünfte" if table.kind == "sites" else "Zahlen"
            yield f"{each.file}: {table.rows} {what} als {table.id}."
    if stored.overlap.changed:
        yield f"Berichtigte Zahlen: {stored.overlap.changed}. Die bisherigen bleiben erhalten."
    yield f"Abgelegt in {stored.folder}. Ergänzen Sie dort in den YAML-Dateien Herkunft und Lizenz."
    yield "Die Anwendung zeigt die Zahlen nach dem nächsten Start."


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.rpartition("=")
    if not equals or not name.strip():
        raise argparse.ArgumentTypeError(f"{text!r}; erwartet wie NAME=WERT")
    return name.strip(), value.strip()


def _day(text: str) -> tuple[int, int]:
    found = read_day_of_year(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r}; erwartet wie 31.12.")
    return found
