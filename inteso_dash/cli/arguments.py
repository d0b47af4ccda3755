"""What several commands read and say in the same way."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inteso_dash.catalogue.whole_files import write_whole

if TYPE_CHECKING:
    from inteso_dash.city import City

Commands = Any
"""What `argparse.ArgumentParser.add_subparsers` returns."""


def date(text: str) -> dt.date:
    """Read a Stichtag as ISO or German date (`argparse.ArgumentTypeError` where it is neither)."""
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(text, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(f"{text!r}; erwartet wie 2021-12-31 oder 31.12.2021")


def one_area(city: City, asked: str, level: str | None) -> tuple[str, str] | None:
    """Return level and key of the area that is meant; says why where it is not exactly one."""
    found = city.find(asked, level)
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
