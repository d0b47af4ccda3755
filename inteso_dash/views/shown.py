"""What a slide shows, as plain data: one statement and one map, chart or table."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from inteso_dash.catalogue.tables import source_ids
from inteso_dash.city import City
from inteso_dash.city.comparable import Compared
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.views.addresses import as_id, title_of
from inteso_dash.views.figures import Figure, Table
from inteso_dash.views.sequences import Address

T = TypeVar("T")
_DIGITS = 9
_LONG = 240
"""Letters of a citation that are too many for the foot of a slide."""


@dataclass(frozen=True)
class Shown:
    """A slide ready to be drawn.

    Attributes
    ----------
    title : str
        What the figure shows, without the Stichtag.
    headline : str
        Statement drafted from the figures.
    content : map, chart or table
    date : str
        Stichtag or span of Stichtage, in words.
    sources : str
        Citation.
    statuses : str
        Which statuses the figures have, in words.
    data : str
        Hash of the figures: it changes only when they do.
    notes : tuple of str
        What in the address does not exist any more.
    source_ids : tuple of str
        Ids of the sources, each once.
    producers : str
        Who published the sources, with the years.
    date_label : str
        What ``date`` is.
    """

    title: str
    headline: str
    content: Figure
    date: str
    sources: str
    statuses: str
    data: str
    notes: tuple[str, ...] = ()
    source_ids: tuple[str, ...] = ()
    producers: str = ""
    date_label: str = "Stichtag"

    @property
    def origin(self) -> str:
        """Source, Stichtag and status, as they stand under every figure."""
        return self._origin(f"Quelle: {self.sources}. " if self.sources else "")

    def in_brief(self, titles: str) -> str:
        """Return the same in a few lines: of many sources only who published them, and when.

        Parameters
        ----------
        titles : str
            Where the titles stand that are left out.
        """
        if len(self.sources) <= _LONG:
            return self.origin
        return self._origin(f"Quellen: {self.producers}; {titles}. ")

    def remarked(self, *said: str) -> Shown:
        """Return the same with more to say of its statuses, such as what estimates rest on."""
        statuses = (each.removesuffix(".") for each in (self.statuses, *said) if each)
        return replace(self, statuses=". ".join(statuses))

    def _origin(self, source: str) -> str:
        status = f" Status: {self.statuses}." if self.statuses else ""
        return f"{source}{self.date_label} {self.date}.{status}"


class ViewError(ValueError):
    """The address names nothing that a slide could show; the message says why, in German."""


@dataclass
class Evidence:
    """Gathers the figures behind a slide: for their hash, their sources and their statuses."""

    city: City
    rows: list[list[object]] = field(default_factory=list)
    source_ids: list[str] = field(default_factory=list)
    found: dict[Status, set[str]] = field(default_factory=dict)

    def add(self, key: str, value: object, status: str | None = None, source_id: str = "") -> None:
        """Note one figure."""
        number = value if isinstance(value, str) else _plain(value)
        self.rows.append([key, number, status or "", source_id])
        self.cite(source_id)
        if status:
            self._note(Status(status), source_id)

    def _note(self, status: Status, source_id: str) -> None:
        titles = self.found.setdefault(status, set())
        titles.add(self.city.status_title(status, source_id))

    def rely(self, figures: Iterable[Compared]) -> None:
        """Note sources and statuses of what a headline tells beside the figures drawn."""
        for each in figures:
            self.cite(each.source_id)
            self._note(each.status, each.source_id)

    def cite(self, texts: str | Iterable[str]) -> None:
        """Note sources of what the figures were worked out from."""
        self.source_ids += source_ids(texts)

    def shown(
        self, title: str, headline: str, content: Figure, date: str, notes: Iterable[str]
    ) -> Shown:
        """Return the slide that these figures stand behind."""
        ids = tuple(dict.fromkeys(self.source_ids))
        return Shown(
            title,
            headline,
            content,
            date,
            self.city.source_titles(ids),
            self.statuses(),
            self.hash(),
            tuple(notes),
            ids,
            self.producers(ids),
        )

    def producers(self, ids: Iterable[str]) -> str:
        """Write who published sources, each once with all years."""
        known = self.city.catalogue.sources
        years: dict[str, list[str]] = {}
        for source in (known[key] for key in ids if key in known):
            found = years.setdefault(source.producer, [])
            if source.year and str(source.year) not in found:
                found.append(str(source.year))
        return "; ".join(
            f"{producer} ({', '.join(sorted(found))})" if found else producer
            for producer, found in years.items()
        )

    def statuses(self) -> str:
        """Write all statuses, in the order of the vocabulary."""
        return ", ".join(
            title for status in STATUS_MEANINGS for title in sorted(self.found.get(status, ()))
        )

    def hash(self) -> str:
        """Return the first 16 hexadecimal digits of the SHA-256 of all figures."""
        text = json.dumps(self.rows, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def _plain(value: object) -> float | None:
    if value is None or not isinstance(value, int | float) or math.isnan(value):
        return None
    return round(float(value), _DIGITS)


def span(days: Iterable[dt.date]) -> str:
    """Write one Stichtag, or the first and the last of several.

    Examples
    --------
    >>> span([dt.date(2021, 12, 31)]), span([dt.date(2016, 8, 31), dt.date(2015, 1, 1)])
    ('31.12.2021', '01.01.2015 bis 31.08.2016')
    """
    ordered = sorted(set(days))
    if not ordered:
        return "–"
    first, last = formats.date(ordered[0]), formats.date(ordered[-1])
    return first if first == last else f"{first} bis {last}"


UNKNOWN = "In der Adresse steht für {label} „{found}“. Das gibt es nicht; gezeigt wird „{shown}“."


def known(
    asked: str | None, options: Mapping[str, T], default: T, label: str, notes: list[str]
) -> T:
    """Return what an address asks for where it is offered, else the default with a note.

    Parameters
    ----------
    asked : str or None
        An id; or a title, as addresses of earlier versions have it.
    options : mapping
        Title → what is chosen.
    default : object
        One of them.
    label : str
        What the parameter is called.
    notes : list of str
        Takes up the note.
    """
    if not asked:
        return default
    title = title_of(asked, options)
    if title is not None:
        return options[title]
    shown = title_of(as_id(default), options) or as_id(default)
    notes.append(UNKNOWN.format(label=label, found=asked[:60], shown=shown))
    return default


def area_of(
    city: City, level: str, asked: str | None, notes: list[str], division: str | None = None
) -> str | None:
    """Return the area that an address asks for; None, with a note, where the division has none."""
    if asked is None or city.has_area(level, asked, division):
        return asked
    notes.append(UNKNOWN.format(label="Gebiet", found=asked[:60], shown="keines"))
    return None


@dataclass(frozen=True)
class Offer(Generic[T]):
    """What a parameter of an address can ask for: the same for a control and for a slide.

    Attributes
    ----------
    key : str
        The parameter.
    label : str
        What it is called.
    options : mapping
        Title → what is chosen.
    first : object
        One of them: what is chosen where the address asks for nothing.
    """

    key: str
    label: str
    options: Mapping[str, T]
    first: T

    @property
    def control(self) -> tuple[str, Mapping[str, T], str, int]:
        """What a control is drawn from: label, options, parameter, and place of the first."""
        at = list(self.options.values()).index(self.first)
        return self.label, self.options, self.key, at

    def read(self, address: Address, notes: list[str]) -> T:
        """Return what an address asks for, with a note where that is not offered."""
        return known(address.get(self.key), self.options, self.first, self.label, notes)


def signed_table(rows: Iterable[tuple[str, ...]]) -> Table:
    """Return a table, heads first, that says what the signs in it stand for."""
    heads, *body = rows
    used = {cell for row in body for cell in row}
    signs = (meaning for meaning in STATUS_MEANINGS.values() if meaning.sign in used - {""})
    note = ", ".join(f"{meaning.sign} {meaning.title}" for meaning in signs)
    return Table(rows=(heads, *body), note=note)
