"""Areas that a reader picks on the map: one by one, within a drawn line, or around a point."""

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
