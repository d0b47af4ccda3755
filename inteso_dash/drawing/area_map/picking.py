"""What a reader picks on the map: areas, one by one or within a line; or where a site is to lie."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Picking:
    """What is picked on a map; the reader changes it there.

    Parameters
    ----------
    key
        What the areas are picked for. Where it becomes another one, what the reader has picked
        before cannot be taken back any more.
    picked
        Keys of areas.
    partly
        Keys of areas of which only a part is picked, on a finer level.
    told
        Sentences on what is picked.
    colour
        Of what is picked; none where empty.
    """

    key: str
    picked: tuple[str, ...]
    partly: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    colour: str = ""

    def to_payload(self) -> dict[str, Any]:
        """Plain dictionary for the browser."""
        return {
            "key": self.key,
            "picked": list(self.picked),
            "partly": list(self.partly),
            "told": list(self.told),
            "colour": self.colour,
        }


@dataclass(frozen=True)
class Siting:
    """A site whose position is set on a map.

    Parameters
    ----------
    key
        Of the site.
    name
        What it is called.
    at
        Where it lies, in map units; None where it has no position yet.
    where
        The same in words.
    """

    key: str
    name: str
    at: tuple[int, int] | None = None
    where: str = ""

    def to_payload(self) -> dict[str, Any]:
        """Plain dictionary for the browser."""
        at = self.at and list(self.at)
        return {"key": self.key, "name": self.name, "at": at, "where": self.where}


def read_site(text: str) -> tuple[str, float, float] | None:
    """Read what the browser tells: which site lies where, in map units; None where it is neither.

    Examples
    --------
    >>> read_site('["1", 120, 80.0]')
    ('1', 120.0, 80.0)
    >>> read_site('["1", null, 80]') is None
    True
    """
    try:
        key, x, y = json.loads(text)
        return str(key), float(x), float(y)
    except (ValueError, TypeError):
        return None


def read_picks(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Read what the browser tells: for what areas are picked, and which; None where it is neither.

    Examples
    --------
    >>> read_picks('["1", ["061", "062"]]')
    ('1', ('061', '062'))
    >>> read_picks("[]") is None
    True
    """
    try:
        key, picked = json.loads(text)
        return str(key), tuple(map(str, picked))
    except (ValueError, TypeError):
        return None
