"""The command line: start the dashboard, check data, print profiles, build and fetch boundaries."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from inteso_dash.catalogue import CatalogueError, read_catalogue
from inteso_dash.city import DATA_VARIABLE, default_root


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 in order, 1 findings, 2 wrong use or no data."""
    options = parser().parse_args(arguments)
    if options.data is not None:
        os.environ[DATA_VARIABLE] = str(options.data.resolve())
    try:
        return int(options.command(options))
    except CatalogueError as error:
        print("Der Datenordner ist nicht in Ordnung:", file=sys.stderr)
        for problem in error.problems:
            print(f"  {problem}", file=sys.stderr)
        return 2


def parser() -> argparse.ArgumentParser:
    """Describe all commands."""
    top = argparse.ArgumentParser(
        prog="inteso-dash",
        description="Kleinräumige Zahlen einer Stadt: Karten, Profile, Prüfung der Daten.",
    )
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument(
        "--data",
        type=Path,
        metavar="ORDNER",
        help="Ordner einer Stadt mit data/ und geodata/ (sonst: die mitgelieferten Daten)",
    )
    commands = top.add_subparsers(required=True, metavar="BEFEHL")

    run = commands.add_parser("run", parents=[data], help="die Anwendung im Browser starten")
    run.add_argument("--port", type=int, default=8501, help="Port (sonst 8501)")
    run.add_argument(
        "--address",
        default="localhost",
        help="Adresse, auf der der Server hört (sonst nur dieser Rechner)",
    )
    run.set_defaults(command=run_command)

    check = commands.add_parser(
        "check", parents=[data], help="Daten prüfen: den Datenordner oder eine gelieferte Datei"
    )
    check.add_argument("path", nargs="?", type=Path, help="Datei oder Ordner")
    check.add_argument("--format", choices=["table", "json"], default="table")
    check.set_defaults(command=check_command)

    profile = commands.add_parser(
        "profile", parents=[data], help="das Profil eines Gebiets ausgeben"
    )
    profile.add_argument("area", help="Schlüssel oder Name, zum Beispiel 06, 063 oder Rath")
    profile.add_argument("--level", help="Ebene, wenn der Name mehrfach vorkommt")
    profile.add_argument(
        "--date", type=_date, help="nur dieser Stichtag, zum Beispiel 2021-12-31 oder 31.12.2021"
    )
    profile.add_argument("--format", choices=["csv", "json"], default="csv")
    profile.set_defaults(command=profile_command)

    build = commands.add_parser(
        "build-geodata",
        parents=[data],
        help="die generalisierten Grenzen aus amtlichen Dateien herstellen",
    )
    build.add_argument("sources", nargs="+", type=Path, metavar="DATEI")
    build.set_defaults(command=build_command)

    fetch = commands.add_parser(
        "fetch", parents=[data], help="die amtlichen Grenzen in voller Auflösung herunterladen"
    )
    fetch.set_defaults(command=fetch_command)
    return top


def _date(text: str) -> dt.date:
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(text, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(f"{text!r}; erwartet wie 2021-12-31 oder 31.12.2021")


def run_command(options: argparse.Namespace) -> int:
    """Replace this process by the server."""
    read_catalogue(default_root())
    server = Path(__file__).parent / "web" / "server.py"
    settings = ["--server.port", str(options.port), "--server.address", options.address]
    os.execv(  # noqa: S606
        sys.executable,
        [sys.executable, "-m", "streamlit", "run", str(server), *settings],
    )


def check_command(options: argparse.Namespace) -> int:
    """Print findings; 1 if there is an error among them."""
    from inteso_dash import checking
    from inteso_dash.findings import Severity

    findings = checking.check(options.path)
    if options.format == "json":
        print(json.dumps([finding.as_row() for finding in findings], ensure_ascii=False, indent=2))
    else:
        print(checking.report(findings))
    return int(any(finding.severity is Severity.ERROR for finding in findings))


def profile_command(options: argparse.Namespace) -> int:
    """Print the profile of an area."""
    from inteso_dash import exports
    from inteso_dash import profile as profiles
    from inteso_dash.city import load_city

    city = load_city(default_root())
    found = city.find(options.area, options.level)
    if len(found) != 1:
        print(_which(options.area, found), file=sys.stderr)
        return 2
    level, area_id = found[0]
    result = profiles.profile(city, level, area_id, date=options.date)
    table = exports.labelled(profiles.to_rows(result, city), city)
    if options.format == "json":
        print(json.dumps(exports.to_records(table), ensure_ascii=False, indent=2))
    else:
        sys.stdout.write(exports.to_csv(table, exports.Dialect.RFC4180).decode("utf-8"))
    return 0


def _which(asked: str, found: list[tuple[str, str]]) -> str:
    if not found:
        return f"Ein Gebiet „{asked}“ gibt es nicht. Erwartet wird ein Schlüssel oder Name."
    choices = ", ".join(f"{area_id} (--level {level})" for level, area_id in found)
    return f"„{asked}“ ist mehrdeutig: {choices}."


def build_command(options: argparse.Namespace) -> int:
    """Make the generalised layers."""
    from inteso_dash.boundaries import build_geodata
    from inteso_dash.recipe import BoundaryError

    try:
        report = build_geodata(default_root(), options.sources)
    except BoundaryError as error:
        return _refused("Es wurde nichts geändert:", error.problems)
    print("\n".join(report.lines()))
    return 0


def fetch_command(options: argparse.Namespace) -> int:
    """Download the official files; the dashboard uses them from then on."""
    from inteso_dash.city import boundaries_folder
    from inteso_dash.portal import fetch
    from inteso_dash.recipe import BoundaryError

    root = default_root()
    target = boundaries_folder(read_catalogue(root))
    try:
        report = fetch(root, target)
    except BoundaryError as error:
        return _refused("Der Abruf wurde zurückgewiesen, es wurde nichts geändert:", error.problems)
    print("\n".join(report.lines()))
    print(f"Abgelegt in {target}. Die Anwendung verwendet diese Grenzen beim nächsten Start.")
    return 0


def _refused(headline: str, problems: Sequence[str]) -> int:
    print(headline, file=sys.stderr)
    for problem in problems:
        print(f"  {problem}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
