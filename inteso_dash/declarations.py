"""What a data folder may declare, as immutable objects: levels, indicators, sources, tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    NaiveDatetime,
    PositiveInt,
    model_validator,
)

from inteso_dash.statuses import Status

TO_FILL_IN = "noch einzutragen"
"""What a declaration says where somebody still has to say it."""


class Declared(BaseModel):
    """A part of the declarations: immutable, and strict about its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Declared):
    """A text in German and, for exports, in English."""

    de: str
    en: str


class Division(Declared):
    """One version of a level's boundaries, with the number of areas it has."""

    id: str
    areas: int = Field(gt=0)
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    note: str = ""


class Level(Declared):
    """A level of areas, such as Stadtteil; ``parent`` is the next higher one.

    ``locative`` says in German where something is that is in one of its areas ("in {name}");
    ``locatives`` names the areas for which it is said otherwise ("in der Altstadt").
    """

    id: str
    title: Text
    plural: str
    parent: str | None = None
    key_length: int = Field(gt=0)
    locative: str = Field(default="", pattern=r"^[^{}]*(\{name\}[^{}]*)?$")
    locatives: dict[str, str] = {}
    divisions: tuple[Division, ...] = Field(min_length=1)

    @property
    def current(self) -> Division:
        """The newest division: the last one listed."""
        return self.divisions[-1]

    def newest(self, found: Iterable[str]) -> str:
        """Return that of some divisions which is listed last; undeclared ones come before all."""
        order = [division.id for division in self.divisions]
        return max(found, key=lambda each: order.index(each) if each in order else -1)


class Derivation(Declared):
    """How an extensive part that no source delivers follows from published figures.

    ``share`` × ``of`` (a share of a count), or ``count`` ÷ ``by_share``.
    """

    share: str | None = None
    of: tuple[str, ...] = ()
    count: str | None = None
    by_share: str | None = None


class Break(Declared):
    """A date from which on a series cannot be compared with what came before."""

    level: str
    date: dt.date
    reason: str


class Difference(Declared):
    """Indicators that look like another one and are defined differently, with the reason."""

    indicators: tuple[str, ...] = Field(min_length=1)
    reason: str


class Indicator(Declared):
    """One indicator: what it means, how it is written and how it adds up.

    ``extensive`` indicators are counts and add up over areas. ``intensive`` ones are shares, rates
    or densities: they are recomputed from ``numerator`` and ``denominator``, or weighted by
    ``weight``; where neither can be had, ``not_aggregable`` says why. ``statement`` is what
    headlines say of it after a place: "leben {value} Menschen", "liegt die Quote bei {value}".
    ``range`` is what values may be; counts start at zero where it is not given.
    ``differs_from`` names what must not be joined to it in a series; ``change_of`` the indicator
    whose published change it is.
    """

    id: str
    title: Text
    short: Text
    topic: str
    unit: str
    decimals: int = Field(ge=0, le=4)
    kind: Literal["extensive", "intensive"]
    meaning: str
    statement: str = Field(default="", pattern=r"^[^{}]*\{value\}[^{}]*$")
    caveat: str = ""
    direction: Literal["neutral", "need"] = "neutral"
    range: tuple[float | None, float | None] = (None, None)
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    factor: float = 1.0
    weight: tuple[str, ...] = ()
    not_aggregable: str = ""
    computed: bool = False
    derived: Derivation | None = None
    partitions: tuple[tuple[str, ...], ...] = ()
    midpoint: float | None = None
    aliases: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    differs_from: tuple[Difference, ...] = ()
    change_of: str | None = None
    map: bool = True
    protected: bool = True

    @model_validator(mode="before")
    @classmethod
    def _counts_start_at_zero(cls, given: dict[str, Any]) -> dict[str, Any]:
        return {"range": (0, None), **given} if given.get("kind") == "extensive" else given

    @property
    def references(self) -> Iterator[str]:
        """Ids of the other indicators that this one names."""
        yield from (*self.numerator, *self.denominator, *self.weight)
        if self.derived is not None:
            yield from self.derived.of
            for single in (self.derived.share, self.derived.count, self.derived.by_share):
                if single is not None:
                    yield single
        for partition in self.partitions:
            yield from partition
        for difference in self.differs_from:
            yield from difference.indicators
        if self.change_of is not None:
            yield self.change_of


class Protection(Declared):
    """How the small numbers of a source that is not public are kept secret.

    Attributes
    ----------
    counts_below : int
        Counts from 1 up to this number, exclusive, are kept secret; 0 turns the rule off.
    shares_below : int
        So are shares of fewer persons than this; 0 turns the rule off.
    round_to : int, optional
        Counts that are shown are rounded to multiples of it.
    p_percent : float, optional
        A sum over sites is kept secret where it lets the second largest site estimate the largest
        one to within this percentage.
    largest : tuple of int and float, optional
        A sum over sites is kept secret where its so many largest sites make up more than this
        percentage of it.
    """

    counts_below: int = Field(default=5, ge=0)
    shares_below: int = Field(default=10, ge=0)
    round_to: int | None = Field(default=None, ge=2)
    p_percent: float | None = Field(default=10.0, gt=0, le=100)
    largest: tuple[PositiveInt, Annotated[float, Field(gt=0, le=100)]] | None = None


class Source(Declared):
    """A publication that figures come from: its origin and licence.

    ``public`` says that everybody can read the figures elsewhere already. Those of a source that
    does not say so are shown under its ``protection``.
    ``delivered`` orders sources that name the same figure: the one delivered last is shown.
    """

    id: str
    title: str
    producer: str
    year: str = ""
    url: str = ""
    licence: str
    licence_url: str = ""
    accessed: dt.date | None = None
    delivered: NaiveDatetime | None = None
    note: str = ""
    public: bool = False
    protection: Protection = Protection()


class Column(Declared):
    """A column of a wide table, or an indicator of a long one, and how its numbers are written.

    ``factor`` turns the file's unit into the indicator's (km² → ha: 100). ``rounded_to`` is the
    unit, in the file's own, to which the source rounds more coarsely than the decimals show;
    there a 0 means less than half of it.
    """

    name: str
    indicator: str
    factor: float = 1.0
    rounded_to: float | None = Field(default=None, gt=0)


class Correction(Declared):
    """A known error of a source, declared as data.

    ``found`` is what the file holds, ``corrected`` what it should hold. With ``row`` it is one
    cell; with ``pattern: true`` the two are a regular expression and its replacement, applied to
    the whole column, and ``expect`` is the number of cells it must change. A correction that finds
    something else than it expects is reported: the source was repaired.
    """

    column: str
    row: str | None = None
    found: str
    corrected: str
    pattern: bool = False
    expect: int = 1
    reason: str


class AreaStatus(Declared):
    """Cells without a value whose reason is known: an area, its status, and why."""

    area: str
    status: Status
    columns: tuple[str, ...] = ()
    contained_in: str | None = None
    reason: str


class Explained(Declared):
    """A finding of the checks that was looked at and is known to be right as it is."""

    rule: str
    row: str | None = None
    column: str | None = None
    reason: str


class Table(Declared):
    """A file of the data folder with everything needed to read it.

    ``kind``: *register* (the areas), *figures*, *sites* (accommodation), *points* (Welcome
    Points) or *crosswalk* (which share of each area of ``division`` goes to which area of
    ``to_division``, by the indicator ``weight``). ``layout`` of figures: *wide* (one row an area,
    one column an indicator) or *long* (one row a figure). ``complete`` says of sites that each
    Stichtag lists all there were.
    """

    id: str
    title: str
    file: str
    kind: Literal["register", "figures", "sites", "points", "crosswalk"]
    layout: Literal["wide", "long"] = "long"
    level: str | None = None
    division: str | None = None
    to_division: str | None = None
    weight: str | None = None
    date: dt.date | None = None
    source: str | None = None
    key_column: str = "area_id"
    name_column: str | None = None
    parent_columns: dict[str, str] = {}
    columns: tuple[Column, ...] = ()
    sources: tuple[Source, ...] = ()
    corrections: tuple[Correction, ...] = ()
    area_statuses: tuple[AreaStatus, ...] = ()
    explained: tuple[Explained, ...] = ()
    positions_public: bool = False
    complete: bool = False
    rows: int = Field(gt=0)
    sha256: str
    note: str = ""

    @property
    def column_of(self) -> dict[str, str]:
        """Indicator id → column name, for wide tables."""
        return {column.indicator: column.name for column in self.columns}


class StudyArea(Declared):
    """An area that the maps can outline as a study area."""

    level: str
    area: str
    title: str


class Publication(Declared):
    """A published short profile that the profile page shows as it was printed."""

    title: str
    table: str
    note: str = ""


class City(Declared):
    """The city itself: its official key and its name.

    ``locative`` says where something is that is in the whole city, in comparisons.
    """

    id: str
    name: str
    genitive: str = ""
    locative: str = ""


class Topic(Declared):
    """A topic under which indicators are offered."""

    id: str
    title: Text


class View(Declared):
    """What the pages show when an address says nothing else."""

    level: str
    indicator: str
    profile_level: str
    profile_area: str
    key_figures: tuple[str, ...] = ()
    age_groups: tuple[str, ...] = ()


class Form(Declared):
    """A form of accommodation and the indicators that count its places and sites."""

    title: str
    places: str
    sites: str


class Preset(Declared):
    """A key for distributing persons: weights of its parts in percent, and where it is from."""

    title: str
    population: int = Field(ge=0, le=100)
    area: int = Field(ge=0, le=100)
    need: int = Field(ge=0, le=100)
    note: str = ""
    url: str = ""


class Event(Declared):
    """A resolution or institution that charts mark at its date; ``label`` writes the date."""

    date: dt.date
    label: str
    title: str
    source: str


class Accommodation(Declared):
    """What the page on accommodation shows: indicators, forms, keys and resolutions.

    ``need`` is a rate of the whole population that stands for social need.
    """

    level: str
    persons: str
    places: str
    usable: str
    sites: str
    statuses: tuple[str, ...] = ()
    limit: str
    population: str
    area: str
    need: str
    forms: tuple[Form, ...] = ()
    presets: tuple[Preset, ...] = Field(min_length=1)
    events: tuple[Event, ...] = ()

    @property
    def indicators(self) -> Iterator[str]:
        """Ids of the indicators that the page needs."""
        yield from (self.persons, self.places, self.usable, self.sites, *self.statuses)
        yield from (self.limit, self.population, self.area, self.need)
        for form in self.forms:
            yield from (form.places, form.sites)
