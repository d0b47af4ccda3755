"""Print the profile of an area."""

from __future__ import annotations

import argparse
import json
import sys

from inteso_dash.cli.arguments import SAID, Commands, date, one_area, told
from inteso_dash.folders import default_root


def add(commands: Commands, data: argparse.ArgumentParser) -> None:
    """Describe `profile`."""
    profile = commands.add_parser("profile", parents=[data], **told(SAID["profile"]))
    profile.add_argument("area", help="Schlüssel oder Name")
    profile.add_argument("--level", help="Ebene, wenn der Name mehrfach vorkommt")
    profile.add_argument(
        "--date", type=date, help="nur dieser Stichtag, zum Beispiel 2021-12-31 oder 31.12.2021"
    )
    profile.add_argument("--format", choices=["csv", "json"], default="csv")
    profile.set_defaults(command=profile_command)


def profile_command(options: argparse.Namespace) -> int:
    """Print the profile of an area."""
    from inteso_dash.city.compiled import open_city
    from inteso_dash.files.text import Dialect, labelled, to_csv, to_records
    from inteso_dash.pages.stadtteilprofil import profile as profiles

    city = open_city(default_root())
    found = one_area(city, options.area, options.level)
    if found is None:
        return 2
    result = profiles.profile(city, *found, date=options.date)
    table = labelled(profiles.to_rows(result, city), city)
    if options.format == "json":
        print(json.dumps(to_records(table), ensure_ascii=False, indent=2))
    else:
        sys.stdout.write(to_csv(table, Dialect.RFC4180).decode("utf-8"))
    return 0
