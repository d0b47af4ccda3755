"""What the profile component is told to draw: text as it is shown, and where dots lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class About:
    """An explanation that opens on demand.

    Parameters
    ----------
    title
        What is explained.
    paragraphs
        The explanation.
    """

    title: str
    paragraphs: tuple[str, ...]

    def to_payload(self) -> list[str]:
        """Title first, then the paragraphs."""
        return [self.title, *self.paragraphs]


@dataclass(frozen=True)
class TableText:
    """Words in a cell."""

    text: str

    def to_payload(self) -> Any:
        """Return the bare text."""
        return self.text


@dataclass(frozen=True)
class TableNumber:
    """A number in a cell, or the sign that stands for one.

    Parameters
    ----------
    text
        Number or sign as shown.
    mark, spoken
        Letter beside the number ("b") and what it means ("berechnet").
    below
        Small line under the number: rounding error, Stichtag.
    about
        Why there is no number, or a remark on it.
    """

    text: str
    mark: str = ""
    spoken: str = ""
    below: str = ""
    about: About | None = None

    def to_payload(self) -> Any:
        """Leave out what is empty."""
        parts = {"mark": self.mark, "spoken": self.spoken, "below": self.below}
        told: dict[str, Any] = {name: part for name, part in parts.items() if part}
        if self.about is not None:
            told["about"] = self.about.to_payload()
        return {"text": self.text, **told}


@dataclass(frozen=True)
class Position:
    """Position in a distribution, each from 0 (smallest value) to 1 (largest).

    Parameters
    ----------
    lower, median, upper
        Quartiles.
    own, city
        The area and the whole city; None where there is no value or it lies outside.
    label
        The same in words.
    others
        Areas compared with, likewise.
    interval
        From where to where chance alone would move the own value; None where that is not known.
    as_city
        Whether the city's value lies in it.
    """

    lower: float
    median: float
    upper: float
    own: float | None
    city: float | None
    label: str
    others: tuple[float | None, ...] = ()
    interval: tuple[float, float] | None = None
    as_city: bool = False

    def to_payload(self) -> Any:
        """Positions to the thousandth, the label last."""
        places = (self.lower, self.median, self.upper, self.own, self.city)
        reach = None if self.interval is None else list(map(_short, self.interval))
        others = list(map(_short, self.others))
        return [*map(_short, places), others, reach, self.as_city, self.label]


def _short(place: float | None) -> float | None:
    return None if place is None else round(place, 3)


@dataclass(frozen=True)
class Trend:
    """Earlier values as a small line, and the change in words.

    Parameters
    ----------
    points
        Time and value of each, from 0 to 1, and the number of breaks before it.
    text, below
        The change, and since when.
    label
        The values in words.
    about
        Why the line breaks.
    """

    points: tuple[tuple[float, float, int], ...]
    text: str
    below: str
    label: str
    about: About | None = None

    def to_payload(self) -> Any:
        """Positions to the thousandth; what is empty is left out."""
        told: dict[str, Any] = {
            "trend": [[round(time, 3), round(value, 3), part] for time, value, part in self.points],
            "text": self.text,
            "label": self.label,
        }
        if self.below:
            told["below"] = self.below
        if self.about is not None:
            told["about"] = self.about.to_payload()
        return told


Cell = TableText | TableNumber | Position | Trend | None


@dataclass(frozen=True)
class TableColumn:
    """A column: ``kind`` is text, unit, own, value, rank, trend, place or source.

    Neighbouring columns with the same ``group`` get a common head above their own. ``sign`` is
    the place of an area among those compared with, from 1: its sign in drawings.
    """

    title: str
    kind: str
    below: str = ""
    group: str = ""
    sign: int = 0


@dataclass(frozen=True)
class TableRow:
    """A row: its head and one cell per column.

    ``span`` rows share the head of the first of them; the others have an empty ``title``.
    """

    title: str
    cells: tuple[Cell, ...]
    about: About | None = None
    below: str = ""
    span: int = 1

    def to_payload(self) -> dict[str, Any]:
        """Leave out what is empty."""
        told: dict[str, Any] = {"title": self.title, "span": self.span}
        if self.about is not None:
            told["about"] = self.about.to_payload()
        if self.below:
            told["below"] = self.below
        cells = [None if cell is None else cell.to_payload() for cell in self.cells]
        return {**told, "cells": cells}


@dataclass(frozen=True)
class Group:
    """Rows under a common heading; without a title there is no heading."""

    title: str
    rows: tuple[TableRow, ...]
    below: str = ""


@dataclass(frozen=True)
class ProfileTable:
    """A table with its heading, its key and its sources.

    Parameters
    ----------
    title
        Heading and caption.
    head
        Head of the first column.
    columns
        The columns beside the first one.
    groups
        The rows.
    folded
        Whether it is shown only when asked for.
    key
        Signs and marks that occur, with their meanings.
    place_key
        How to read the positions in a distribution; empty where there are none.
    source
        Where the figures come from.
    citations
        Sources that the column of kind source refers to by number, from 1.
    """

    title: str
    head: str
    columns: tuple[TableColumn, ...]
    groups: tuple[Group, ...]
    folded: bool = False
    key: tuple[tuple[str, str], ...] = ()
    place_key: str = ""
    source: str = ""
    citations: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for group in self.groups:
            for row in group.rows:
                if len(row.cells) != len(self.columns):
                    raise ValueError(
                        f"{self.title}, {row.title}: found {len(row.cells)} cells, "
                        f"expected {len(self.columns)}"
                    )

    def to_payload(self) -> dict[str, Any]:
        """Plain dictionary for the browser."""
        return {
            "title": self.title,
            "head": self.head,
            "columns": [[c.title, c.kind, c.below, c.group, c.sign] for c in self.columns],
            "groups": [
                [group.title, group.below, [row.to_payload() for row in group.rows]]
                for group in self.groups
            ],
            "folded": self.folded,
            "key": [list(entry) for entry in self.key],
            "placeKey": self.place_key,
            "source": self.source,
            "citations": list(self.citations),
        }


@dataclass(frozen=True)
class MiniMap:
    """Where an area lies: its level in grey, itself dark, the area around it outlined.

    Addresses are relative to the server's root; ``outline_url`` may be empty. ``others`` are
    address and key of the areas compared with, the address empty where it has no boundaries.
    """

    url: str
    area_id: str
    label: str
    outline_url: str = ""
    outline_id: str = ""
    others: tuple[tuple[str, str], ...] = ()

    def to_payload(self) -> dict[str, Any]:
        """Plain dictionary for the browser."""
        return {
            "url": self.url,
            "area": self.area_id,
            "label": self.label,
            "outlineUrl": self.outline_url,
            "outline": self.outline_id,
            "others": [list(other) for other in self.others],
        }


@dataclass(frozen=True)
class Highlights:
    """A few figures above the tables: name of the row, value, and what is said of it.

    Parameters
    ----------
    title
        What they have in common.
    entries
        The figures; their names are those of rows.
    note
        How they were chosen.
    """

    title: str
    entries: tuple[tuple[str, str, str], ...]
    note: str

    def to_payload(self) -> dict[str, Any]:
        """Plain dictionary for the browser."""
        return {
            "title": self.title,
            "entries": [list(entry) for entry in self.entries],
            "note": self.note,
        }


@dataclass(frozen=True)
class Facts:
    """What an area is: pairs of term and statement, where it lies, and what stands out."""

    terms: tuple[tuple[str, str], ...]
    mini_map: MiniMap | None = None
    highlights: Highlights | None = None

    def to_payload(self) -> dict[str, Any]:
        """Plain dictionary for the browser."""
        return {
            "terms": [list(term) for term in self.terms],
            "map": None if self.mini_map is None else self.mini_map.to_payload(),
            "highlights": None if self.highlights is None else self.highlights.to_payload(),
        }
