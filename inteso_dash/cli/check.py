"""Check a data folder or a delivered file."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from inteso_dash.cli.arguments import SAID, Commands, told


def add(commands: Commands, data: argparse.ArgumentParser) -> None:
    """Describe `check`."""
    check = commands.add_parser("check", parents=[data], **told(SAID["check"]))
    check.add_argument(
        "path", nargs="?", type=Path, help="Datei oder Ordner einer Stadt (sonst: --data)"
    )
    check.add_argument("--format", choices=["table", "json"], default="table")
    check.set_defaults(command=check_command)


def check_command(options: argparse.Namespace) -> int:
    """Print findings; 1 if there is an error among them."""
    from inteso_dash.intake import checking
    from inteso_dash.language.findings import Severity

    findings = checking.with_protection(options.path)
    if options.format == "json":
        print(json.dumps([finding.as_row() for finding in findings], ensure_ascii=False, indent=2))
    else:
        print(checking.report(findings))
    return int(any(finding.severity is Severity.ERROR for finding in findings))
