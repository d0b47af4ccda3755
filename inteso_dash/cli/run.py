"""Start the dashboard."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from inteso_dash.catalogue import read_catalogue
from inteso_dash.city import STORE_UPLOADS, default_root
from inteso_dash.cli.arguments import Commands


def add(commands: Commands, data: argparse.ArgumentParser) -> None:
    """Describe `run`."""
    run = commands.add_parser("run", parents=[data], help="die Anwendung im Browser starten")
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
    run.set_defaults(command=run_command)


def run_command(options: argparse.Namespace) -> int:
    """Replace this process by the server."""
    read_catalogue(default_root())
    if options.store_uploads:
        os.environ[STORE_UPLOADS] = "1"
    server = Path(__file__).parents[1] / "web" / "server.py"
    settings = ["--server.port", str(options.port), "--server.address", options.address]
    os.execv(  # noqa: S606
        sys.executable,
        [sys.executable, "-m", "streamlit", "run", str(server), *settings],
    )
