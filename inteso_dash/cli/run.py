"""Start the dashboard."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import errno
import gc
import os
import re
import runpy
import socket
import sys

from inteso_dash.cli.arguments import SAID, Commands, told
from inteso_dash.folders import (
    EMBED,
    HOSTS,
    SINGLE_USER_VARIABLE,
    STORE_UPLOADS,
    compiled,
    default_root,
    start_file,
)

_OWN_MACHINE = ("localhost", "127.0.0.1", "::1")
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104
_LAST_PORT, _MOST_WORKERS = 65_535, 64
_HOST = re.compile(r"\*|(?:\*\.)?[A-Za-z0-9._-]{1,253}")
_ORIGIN = re.compile(r"https?://(?:\*\.)?[A-Za-z0-9._-]{1,253}(?::[0-9]{1,5})?")


def add(commands: Commands, data: argparse.ArgumentParser) -> None:
    """Describe `run`."""
    run = commands.add_parser("run", parents=[data], **told(SAID["run"]))
    run.add_argument("--port", type=_port, default=8501, help="Port (sonst 8501)")
    run.add_argument(
        "--address",
        default="localhost",
        help="Adresse, auf der der Server hört (sonst nur dieser Rechner)",
    )
    run.add_argument(
        "--workers",
        type=_workers,
        default=1,
        metavar="ZAHL",
        help="so viele Prozesse teilen sich die Besuche (sonst 1); nur unter Linux",
    )
    run.add_argument(
        "--host",
        action="append",
        default=[],
        type=_host,
        metavar="NAME",
        help="Name des Servers, wie statistik.example.org; mehrfach möglich",
    )
    run.add_argument(
        "--embed",
        action="append",
        default=[],
        type=_origin,
        metavar="ADRESSE",
        help="Website, die die Anwendung in einem Rahmen zeigen darf, wie https://example.org; "
        "mehrfach möglich",
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
    """Become the server."""
    if not compiled(default_root()):
        from inteso_dash.catalogue import read_catalogue

        read_catalogue(default_root())
    if options.workers > 1 and (options.single_user or sys.platform != "linux"):
        print(
            f"--workers: gefunden {options.workers}, erwartet 1 außerhalb von Linux und zusammen "
            "mit --single-user.",
            file=sys.stderr,
        )
        return 2
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
    for variable, named in ((HOSTS, options.host), (EMBED, options.embed)):
        if named:
            os.environ[variable] = ",".join(named)
    wrong = _not_free(options.address, options.port)
    if wrong:
        print(wrong, file=sys.stderr)
        return 2
    _allow_many_handles()
    shown = options.address if options.address not in _EVERYWHERE else "localhost"
    shown = f"[{shown}]" if ":" in shown else shown
    print(f"Die Anwendung startet: http://{shown}:{options.port} (beenden mit Strg+C)", flush=True)
    if options.workers > 1:
        from inteso_dash.cli.workers import Workers

        return asyncio.run(Workers(options.workers, options.address, options.port).run())
    serve(options.address, options.port)
    return 0


def serve(address: str, port: int) -> None:
    """Run the server in this process, as ``streamlit run`` does; ends with it (`SystemExit`)."""
    # Until a page is ready much is made and nothing dropped; `ready.prepare` takes it back.
    gc.set_threshold(1_000_000, 20, 50)
    settings = ["--server.port", str(port), "--server.address", address]
    sys.argv = ["streamlit", "run", str(start_file()), *settings]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


def _not_free(address: str, port: int) -> str:
    """Say why nothing can listen there; nothing where something can."""
    place = f"--address {address} --port {port}"
    try:
        found = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, where = found[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except (OSError, UnicodeError) as error:
        code = error.errno if isinstance(error, OSError) else None
        why = {
            errno.EADDRINUSE: "Auf diesem Port hört schon ein Programm. Nennen Sie einen anderen.",
            errno.EACCES: "Diesen Port darf nur die Systemverwaltung öffnen. Nennen Sie einen ab "
            "1024.",
        }
        other = "Diese Adresse hat der Rechner nicht. Nennen Sie eine seiner Adressen."
        return f"{place}: {why.get(code or 0, other)}"
    return ""


def _allow_many_handles() -> None:
    """Take as many file handles as this user may have: every visitor needs four."""
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _port(text: str) -> int:
    if not re.fullmatch("[0-9]{1,5}", text) or not 1 <= int(text) <= _LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r}, erwartet eine ganze Zahl von 1 bis 65535")
    return int(text)


def _workers(text: str) -> int:
    if not re.fullmatch("[0-9]{1,3}", text) or not 1 <= int(text) <= _MOST_WORKERS:
        raise argparse.ArgumentTypeError(
            f"{text!r}, erwartet eine ganze Zahl von 1 bis {_MOST_WORKERS}"
        )
    return int(text)


def _host(text: str) -> str:
    if not _HOST.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r}, erwartet ein Name wie statistik.example.org")
    return text


def _origin(text: str) -> str:
    if not _ORIGIN.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r}, erwartet eine Adresse wie https://example.org")
    return text
