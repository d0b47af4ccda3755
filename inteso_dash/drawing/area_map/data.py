"""What a page hands to the map per change: values, never geometry or names."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from inteso_dash.drawing.area_map.picking import Picking, Siting
from inteso_dash.drawing.area_map.signs import Signs, SpotList
from inteso_dash.drawing.area_map.symbols import COLOR, Symbols, short

STATUS_LETTERS = MappingProxyType(
    {
        "measured": "m",
        "zero": "z",
        "rounded": "r",
        "computed": "c",
        "estimated": "e",
        "suppressed": "s",
        "not_delivered": "n",
        "uninhabited": "u",
        "merged": "g",
        "scenario": "p",
    }
)
"""Status vocabulary of the long table and the letter that stands for it in a frame."""

SQUARE = 9
"""Classes of two figures together."""
_EXTRA_DIGITS = 3


@dataclass(frozen=True)
class Frame:
    """The figures of one Stichtag, in the order of the areas in the geometry file.

    Parameters
    ----------
    date_label
        Stichtag as shown, "31.12.2021".
    values
        One per area, None where there is none.
    status
        One letter of `STATUS_LETTERS` per area.
    ranks
        One per area, 1 for the highest value; None where there is no value.
    reference
        Value of the whole city, None where there is none.
    notes
        One per area, shown in place of its status where not empty; none at all by default.
    """

    date_label: str
    values: tuple[float | None, ...]
    status: str
    ranks: tuple[int | None, ...]
    reference: float | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Overlay:
    """Boundaries of another level that can be laid over the map.

    ``column`` heads the column of the table that says in which of its areas an area lies; none
    where empty. ``level`` is what addresses call it. ``made`` says that somebody has put its areas
    together, so that they are told from official boundaries; ``colours`` are theirs, by key, where
    they have one. ``first`` says that they are shown before anybody asks, as the first overlay is.
    """

    url: str
    title: str
    column: str = ""
    level: str = ""
    made: bool = False
    colours: Mapping[str, str] = field(default_factory=dict)
    first: bool = False


@dataclass(frozen=True)
class MarkedArea:
    """An area of an overlay that can be outlined as a study area, "SB 5"."""

    area_id: str
    title: str


@dataclass(frozen=True)
class Card:
    """Further figures of the selected area and the address of its profile.

    Parameters
    ----------
    area_id
        Area the figures belong to; the map shows them only while it is selected.
    figures
        Pairs of label and value as shown.
    href
        Address of the full profile, relative to the page; empty for no link.
    note
        What is to be known about the value of the area.
    """

    area_id: str
    figures: tuple[tuple[str, str], ...] = ()
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class Inside:
    """The areas that the map is about: it shows them large and lists no others.

    Parameters
    ----------
    areas
        One per area: whether it is one of them.
    words
        How many of how many areas, and which.
    """

    areas: tuple[bool, ...]
    words: str


@dataclass(frozen=True)
class Square:
    """Classes of two figures together, 3 × 3: the legend is a square.

    Parameters
    ----------
    across, upwards
        What the figures are.
    bounds_across, bounds_upwards
        Bounds of their classes as shown, two at most.
    """

    across: str
    upwards: str
    bounds_across: tuple[str, ...] = ()
    bounds_upwards: tuple[str, ...] = ()


@dataclass(frozen=True)
class MapData:
    """Everything that the map shows besides geometry.

    Parameters
    ----------
    geometry_url
        Address of the level's geometry, relative to the server's root, no leading slash.
    count
        Number of areas in that file.
    areas_label
        Plural of the level, "Sozialräume".
    title
        What is shown, without the Stichtag.
    frames
        One per Stichtag, oldest first.
    breaks
        Lower bound of every class and the upper bound of the last; every value of every
        frame lies within. Classes include their lower bound, the last one both. Empty
        where there are no values.
    colors_light, colors_dark
        One colour per class, lowest first, for a light and a dark page.
    reference_label
        Name of the whole city.
    unit, decimals
        Unit (may be empty) and decimals shown.
    date
        `date_label` of the frame to show; the last one if None.
    selected
        Area selected, or None.
    overlays, marked
        Higher levels, lowest first, and their areas that can be outlined.
    card
        Figures of the selected area.
    symbols, signs, places
        Circles, signs and single places to lay over the areas.
    ahead
        What lists of the page offer, drawn as soon as the reader has chosen: accessible name of a
        list → address of a JSON object, relative to the server's root, that says what of the map
        changes: text of an option → some of `to_payload`. That of the first list is fetched at
        once, the others when a reader opens theirs.
    signed
        Whether values are changes, written with their sign.
    table
        Whether the numbers stand below the map; a page that turns it off shows them itself.
    inside
        The areas that the map is about; all by default.
    distance
        Unit in which the table says how far areas are from the whole city; no such column if None.
    missing
        What the legend calls areas without a value; "keine Angabe" where empty.
    kinds
        Names of the classes where they are kinds of areas and values their places from 0; None
        where values are amounts.
    square
        What the classes are where they are those of two figures.
    lit
        Class whose areas stand out; the legend of a square lets the reader choose it.
    keyless
        Whether the keys of areas say nothing beside their names.
    picking
        Areas that the reader picks; none are picked by default, then one is selected.
    siting
        A site whose position the reader sets.

    Raises
    ------
    ValueError
        With everything found wrong, in one message.
    """

    geometry_url: str
    count: int
    areas_label: str
    title: str
    frames: tuple[Frame, ...]
    breaks: tuple[float, ...]
    colors_light: tuple[str, ...]
    colors_dark: tuple[str, ...]
    reference_label: str
    unit: str = ""
    decimals: int = 0
    date: str | None = None
    selected: str | None = None
    overlays: tuple[Overlay, ...] = ()
    marked: tuple[MarkedArea, ...] = ()
    card: Card | None = field(default=None)
    symbols: Symbols | None = None
    signs: Signs | None = None
    places: SpotList | None = None
    ahead: Mapping[str, str] = field(default_factory=dict)
    signed: bool = False
    table: bool = True
    inside: Inside | None = None
    distance: str | None = None
    missing: str = ""
    kinds: tuple[str, ...] | None = None
    square: Square | None = None
    lit: int | None = None
    keyless: bool = False
    picking: Picking | None = None
    siting: Siting | None = None

    def __post_init__(self) -> None:
        problems = [*self._scale_problems(), *self._frame_problems()]
        if self.symbols is not None:
            problems += self.symbols.problems(self.count)
        if self.signs is not None:
            problems += self.signs.problems(self.count)
        if self.places is not None:
            problems += self.places.problems()
        if self.inside is not None and len(self.inside.areas) != self.count:
            problems.append(f"{len(self.inside.areas)} areas in or out; expected {self.count}")
        classes = max(len(self.breaks) - 1, 0)
        if self.kinds is not None and len(self.kinds) != classes:
            problems.append(f"{len(self.kinds)} names of classes; expected {classes}")
        if self.square is not None and classes != SQUARE:
            problems.append(f"{classes} classes in a square; expected {SQUARE}")
        problems += [
            f"address {url!r}; expected one relative to the server's root"
            for url in (self.geometry_url, *(overlay.url for overlay in self.overlays))
            if not url or url.startswith("/") or "://" in url
        ]
        if problems:
            raise ValueError("the map cannot be drawn: " + "; ".join(problems))

    def to_payload(self) -> dict[str, Any]:
        """Plain dictionary for the browser; numbers rounded beyond what is shown."""
        return {
            **self.level_payload(),
            "reference": self.reference_label,
            "selected": self.selected,
            "lit": self.lit,
            "picking": self.picking and self.picking.to_payload(),
            "siting": self.siting and self.siting.to_payload(),
            "symbols": self.symbols and self.symbols.to_payload(),
            "places": self.places and self.places.to_payload(),
            "ahead": [list(each) for each in self.ahead.items()],
            "card": None
            if self.card is None
            else {
                "id": self.card.area_id,
                "figures": [list(figure) for figure in self.card.figures],
                "href": self.card.href,
                "note": self.card.note,
            },
        }

    def level_payload(self) -> dict[str, Any]:
        """Return the part that changes with the level."""
        return {
            **self.view_payload(),
            "geometry": self.geometry_url,
            "count": self.count,
            "areas": self.areas_label,
            "keyless": self.keyless,
            "overlays": [
                [
                    *(each.url, each.title, each.column, each.level, each.made),
                    *(dict(each.colours), each.first or not place),
                ]
                for place, each in enumerate(self.overlays)
            ],
            "marked": [[mark.area_id, mark.title] for mark in self.marked],
            "inside": self.inside
            and {
                "areas": "".join("01"[inside] for inside in self.inside.areas),
                "words": self.inside.words,
            },
        }

    def view_payload(self) -> dict[str, Any]:
        """Return the part that changes with the indicator."""
        digits = self.decimals + _EXTRA_DIGITS
        return {
            **self.classes_payload(),
            "title": self.title,
            "unit": self.unit,
            "decimals": self.decimals,
            "signed": self.signed,
            "table": self.table,
            "distance": self.distance,
            "missing": self.missing,
            "kinds": self.kinds and list(self.kinds),
            "square": self.square
            and {
                "titles": [self.square.across, self.square.upwards],
                "bounds": [list(self.square.bounds_across), list(self.square.bounds_upwards)],
            },
            "frames": [_frame_payload(frame, digits) for frame in self.frames],
            "frame": self._frame_index(),
            "signs": self.signs and self.signs.to_payload(),
        }

    def classes_payload(self) -> dict[str, Any]:
        """Return the part that changes with the division into classes."""
        digits = self.decimals + _EXTRA_DIGITS
        return {
            "breaks": [short(bound, digits) for bound in self.breaks],
            "light": list(self.colors_light),
            "dark": list(self.colors_dark),
        }

    def _frame_index(self) -> int:
        if self.date is None:
            return len(self.frames) - 1
        return [frame.date_label for frame in self.frames].index(self.date)

    def _scale_problems(self) -> list[str]:
        problems = []
        classes = max(len(self.breaks) - 1, 0)
        pairs = list(zip(self.breaks, self.breaks[1:], strict=False))
        ascending = all(low < high for low, high in pairs[:-1])
        ascending &= all(low <= high for low, high in pairs[-1:])
        if not ascending or len(self.breaks) == 1:
            problems.append(f"breaks {list(self.breaks)}; expected ascending bounds")
        for theme, colors in (("light", self.colors_light), ("dark", self.colors_dark)):
            if len(colors) != classes:
                problems.append(f"{len(colors)} {theme} colours; expected {classes}")
            wrong = [color for color in colors if not COLOR.fullmatch(color)]
            if wrong:
                problems.append(f"{theme} colours {wrong}; expected #rrggbb")
        if self.decimals < 0:
            problems.append(f"{self.decimals} decimals; expected 0 or more")
        return problems

    def _frame_problems(self) -> list[str]:
        if not self.frames:
            return ["no frames; expected one per Stichtag"]
        labels = [frame.date_label for frame in self.frames]
        problems = []
        if len(set(labels)) != len(labels):
            problems.append(f"Stichtage {labels}; expected each once")
        if self.date is not None and self.date not in labels:
            problems.append(f"Stichtag {self.date!r}; expected one of {labels}")
        for frame in self.frames:
            problems += [f"{frame.date_label}: {problem}" for problem in self._problems_of(frame)]
        return problems

    def _problems_of(self, frame: Frame) -> list[str]:
        problems = [
            f"{len(entries)} {what}; expected {self.count}"
            for what, entries in (
                ("values", frame.values),
                ("status letters", frame.status),
                ("ranks", frame.ranks),
            )
            if len(entries) != self.count
        ]
        if frame.notes and len(frame.notes) != self.count:
            problems.append(f"{len(frame.notes)} notes; expected {self.count} or none")
        unknown = sorted(set(frame.status) - set(STATUS_LETTERS.values()))
        if unknown:
            known = "".join(STATUS_LETTERS.values())
            problems.append(f"status letters {unknown}; expected some of {known}")
        present = [value for value in frame.values if value is not None]
        if not all(map(math.isfinite, present)):
            problems.append("values that are no finite numbers; expected None where missing")
        elif present and not self.breaks:
            problems.append("values but no breaks; expected bounds that hold all values")
        elif present and (min(present) < self.breaks[0] or max(present) > self.breaks[-1]):
            problems.append(
                f"values from {min(present)} to {max(present)}; expected all within the "
                f"outer breaks {self.breaks[0]} to {self.breaks[-1]}"
            )
        return problems


def status_letters(statuses: Sequence[str]) -> str:
    """Status words of the long table as the letters of a frame.

    Examples
    --------
    >>> status_letters(["measured", "suppressed"])
    'ms'
    """
    return "".join(STATUS_LETTERS[status] for status in statuses)


def _frame_payload(frame: Frame, digits: int) -> dict[str, Any]:
    values = [short(value, digits) for value in frame.values]
    payload: dict[str, Any] = {
        "date": frame.date_label,
        "values": values,
        "status": frame.status,
        "reference": short(frame.reference, digits),
    }
    if frame.notes:
        payload["notes"] = list(frame.notes)
    ranks = [None if rank is None else int(rank) for rank in frame.ranks]
    if ranks != _ranks_of(values):
        payload["ranks"] = ranks
    return payload


def _ranks_of(values: Sequence[float | None]) -> list[int | None]:
    """Rank values as the browser does where no ranks are sent."""
    ordered = sorted((value for value in values if value is not None), reverse=True)
    first: dict[float, int] = {}
    for place, value in enumerate(ordered, 1):
        first.setdefault(value, place)
    return [None if value is None else first[value] for value in values]
