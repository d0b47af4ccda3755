"""Start the dashboard."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from inteso_dash.catalogue import read_catalogue
from inteso_dash.city import STORE_UPLOADS, default_root
from inteso_dash.cli.arguments import Commands
from inteso_dash.cli.german import told
from inteso_dash.sequences import SINGLE_USER_VARIABLE

_OWN_MACHINE = ("localhost", "127.0.0.1", "::1")


def add(commands: Commands, data: argparse.ArgumentParser) -> None:
    """Describe `run`."""
    run = commands.add_parser("run", parents=[data], **told("die Anwendung im Browser starten"))
    run.add_argument("--port", type=int, default=8501, help="Port (sonst 8501)")
    run.add_argument(
        "--address",
        default="localhost",
        help="Adresse, auf der der Server hört (sonst nur dieser Rechner)",
    )
    run.add_argument(
        "--store-uploads",
        action="store_true",
        help="auf der Seite Daten hochgeladene Tabellen dürfen in den Datenordner gelegt werden",
    )
    run.add_argument(
        "--single-user",
        action="store_true",
        help="gemerkte Ansichten im eigenen Ordner ablegen; nur für Server, die eine Person nutzt",
    )
    run.set_defaults(command=run_command)


def run_command(options: argparse.Namespace) -> int:
    """Replace this process by the server."""
    read_catalogue(default_root())
    if options.single_user:
        if options.address not in _OWN_MACHINE:
            print(
                f"--single-user: gefunden --address {options.address}, erwartet eine Adresse nur "
                f"dieses Rechners ({', '.join(_OWN_MACHINE)}).",
                file=sys.stderr,
            )
            return 2
        os.environ[SINGLE_USER_VARIABLE] = "1"
    if options.store_uploads:
        os.environ[STORE_UPLOADS] = "1"
    server = Path(__file__).parents[1] / "web" / "server.py"
    settings = ["--server.port", str(options.port), "--server.address", options.address]
    os.execv(  # noqa: S606
        sys.executable,
        [sys.executable, "-m", "streamlit", "run", str(server), *settings],
    )
    return None
