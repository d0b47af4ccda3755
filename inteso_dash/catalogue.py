"""What the data folder declares: levels, indicators, sources, tables and statuses.

Everything a city has to tell the program stands in YAML files of its data folder. This module
turns them into immutable objects, refuses unknown keys, and reports all problems at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

LONG_COLUMNS = (
    "level",
    "division",
    "area_id",
    "indicator_id",
    "date",
    "value",
    "status",
    "source_id",
    "rounding_error",
)
"""Columns of the one long table; the first six but ``value`` plus ``source_id`` are its key."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class CatalogueError(ValueError):
    """The data folder declares something that does not hold together.

    Parameters
    ----------
    problems : sequence of str
        One sentence each: file, place, what was found, what was expected.
    """

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


class Status(StrEnum):
    """Why a value is what it is, in one vocabulary for map, chart, table and file."""

    MEASURED = "measured"
    ZERO = "zero"
    ROUNDED = "rounded"
    SUPPRESSED = "suppressed"
    NOT_DELIVERED = "not_delivered"
    UNINHABITED = "uninhabited"
    MERGED = "merged"
    ESTIMATED = "estimated"
    COMPUTED = "computed"


@dataclass(frozen=True)
class StatusMeaning:
    """How a status is written for people and for other systems.

    Attributes
    ----------
    title : str
        German name.
    meaning : str
        One German sentence.
    sign : str
        Sign of German official statistics for a cell without a value, empty where the value shows.
    sdmx : str
        Code of SDMX's CL_OBS_STATUS where it has the same notion, else empty.
    """

    title: str
    meaning: str
    sign: str
    sdmx: str


STATUS_MEANINGS: dict[Status, StatusMeaning] = {
    Status.MEASURED: StatusMeaning("veröffentlicht", "Wert wie veröffentlicht.", "", "A"),
    Status.ZERO: StatusMeaning("genau null", "Genau null; nichts vorhanden.", "–", "A"),
    Status.ROUNDED: StatusMeaning(
        "gerundet veröffentlicht", "Von der Quelle gröber gerundet als üblich.", "", ""
    ),
    Status.SUPPRESSED: StatusMeaning(
        "geheim gehalten", "Zum Schutz kleiner Zahlen nicht gezeigt.", ".", "Q"
    ),
    Status.NOT_DELIVERED: StatusMeaning(
        "keine Angabe", "Die Quelle nennt hier keinen Wert.", "…", "O"
    ),
    Status.UNINHABITED: StatusMeaning(
        "unbewohnt", "Im Gebiet wohnt niemand; ein Wert ist nicht sinnvoll.", "x", "M"
    ),
    Status.MERGED: StatusMeaning(
        "beim Nachbargebiet enthalten",
        "Gemeinsam mit einem anderen Gebiet veröffentlicht und dort enthalten.",
        "/",
        "K",
    ),
    Status.ESTIMATED: StatusMeaning("geschätzt", "Durch Schätzung gewonnen.", "", "E"),
    Status.COMPUTED: StatusMeaning("berechnet", "Aus veröffentlichten Werten berechnet.", "", ""),
}


class _Declared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(_Declared):
    """A text in German and, for exports, in English."""

    de: str
    en: str


class Division(_Declared):
    """One version of a level's boundaries, with the number of areas it has."""

    id: str
    areas: int = Field(gt=0)
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    note: str = ""


class Level(_Declared):
    """A level of areas, such as Stadtteil; ``parent`` is the next higher one."""

    id: str
    title: Text
    plural: str
    parent: str | None = None
    key_length: int = Field(gt=0)
    divisions: tuple[Division, ...] = Field(min_length=1)

    @property
    def current(self) -> Division:
        """The newest division: the last one listed."""
        return self.divisions[-1]


class Derivation(_Declared):
    """How an extensive part that no source delivers follows from published figures.

    ``share`` × ``of`` (a share of a count), or ``count`` ÷ ``by_share``.
    """

    share: str | None = None
    of: tuple[str, ...] = ()
    count: str | None = None
    by_share: str | None = None


class Break(_Declared):
    """A date from which on a series cannot be compared with what came before."""

    level: str
    date: dt.date
    reason: str


class Indicator(_Declared):
    """One indicator: what it means, how it is written and how it adds up.

    ``extensive`` indicators are counts and add up over areas. ``intensive`` ones are shares, rates
    or densities: they are recomputed from ``numerator`` and ``denominator``, or weighted by
    ``weight``; where neither can be had, ``not_aggregable`` says why.
    """

    id: str
    title: Text
    short: Text
    topic: str
    unit: str
    decimals: int = Field(ge=0, le=4)
    kind: Literal["extensive", "intensive"]
    meaning: str
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
    map: bool = True

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


class Source(_Declared):
    """A publication that figures come from: its origin and licence."""

    id: str
    title: str
    producer: str
    year: str = ""
    url: str = ""
    licence: str
    licence_url: str = ""
    accessed: dt.date | None = None
    note: str = ""


class Column(_Declared):
    """A column of a wide table, or an indicator of a long one, and how its numbers are written.

    ``factor`` turns the file's unit into the indicator's (km² → ha: 100). ``rounded_to`` is the
    unit, in the file's own, to which the source rounds more coarsely than the decimals show;
    there a 0 means less than half of it.
    """

    name: str
    indicator: str
    factor: float = 1.0
    rounded_to: float | None = Field(default=None, gt=0)


class Correction(_Declared):
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


class AreaStatus(_Declared):
    """Cells without a value whose reason is known: an area, its status, and why."""

    area: str
    status: Status
    columns: tuple[str, ...] = ()
    contained_in: str | None = None
    reason: str


class Explained(_Declared):
    """A finding of the checks that was looked at and is known to be right as it is."""

    rule: str
    row: str | None = None
    column: str | None = None
    reason: str


class Table(_Declared):
    """A file of the data folder with everything needed to read it.

    ``kind``: *register* (the areas), *figures*, *sites* (accommodation) or *points* (Welcome
    Points). ``layout`` of figures: *wide* (one row an area, one column an indicator) or *long*
    (one row a figure). ``complete`` says of sites that each Stichtag lists all there were.
    """

    id: str
    title: str
    file: str
    kind: Literal["register", "figures", "sites", "points"]
    layout: Literal["wide", "long"] = "long"
    level: str | None = None
    division: str | None = None
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


class StudyArea(_Declared):
    """An area that the maps can outline as a study area."""

    level: str
    area: str
    title: str


class Publication(_Declared):
    """A published short profile that the profile page shows as it was printed."""

    title: str
    table: str
    note: str = ""


class City(_Declared):
    """The city itself: its official key and its name."""

    id: str
    name: str
    genitive: str = ""


class Topic(_Declared):
    """A topic under which indicators are offered."""

    id: str
    title: Text


class View(_Declared):
    """What the pages show when an address says nothing else."""

    level: str
    indicator: str
    profile_level: str
    profile_area: str
    key_figures: tuple[str, ...] = ()
    age_groups: tuple[str, ...] = ()


class Form(_Declared):
    """A form of accommodation and the indicators that count its places and sites."""

    title: str
    places: str
    sites: str


class Preset(_Declared):
    """A key for distributing persons over areas: weights of its parts in percent, and where from."""

    title: str
    population: int = Field(ge=0, le=100)
    area: int = Field(ge=0, le=100)
    need: int = Field(ge=0, le=100)
    note: str = ""
    url: str = ""


class Event(_Declared):
    """A resolution or institution that charts mark at its date; ``label`` writes the date."""

    date: dt.date
    label: str
    title: str
    source: str


class Accommodation(_Declared):
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


class Catalogue(_Declared):
    """Everything the data folder declares, checked for holding together."""

    city: City
    title: str
    levels: tuple[Level, ...]
    topics: tuple[Topic, ...]
    study_areas: tuple[StudyArea, ...] = ()
    publications: tuple[Publication, ...] = ()
    start: View
    accommodation: Accommodation | None = None
    indicators: tuple[Indicator, ...] = ()
    tables: tuple[Table, ...] = ()

    @cached_property
    def _indicators(self) -> dict[str, Indicator]:
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def _levels(self) -> dict[str, Level]:
        return {level.id: level for level in self.levels}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Source id → source, over all tables."""
        return {source.id: source for table in self.tables for source in table.sources}

    def indicator(self, indicator_id: str) -> Indicator:
        """Return the indicator with this id (`KeyError` where there is none)."""
        return self._indicators[indicator_id]

    def has_indicator(self, indicator_id: str) -> bool:
        """Say whether the catalogue knows this indicator id."""
        return indicator_id in self._indicators

    def level(self, level_id: str) -> Level:
        """Return the level with this id (`KeyError` where there is none)."""
        return self._levels[level_id]

    def has_level(self, level_id: str) -> bool:
        """Say whether the catalogue knows this level id."""
        return level_id in self._levels

    def table(self, table_id: str) -> Table:
        """Return the table with this id (`KeyError` where there is none)."""
        return next(table for table in self.tables if table.id == table_id)

    @property
    def root(self) -> Level:
        """The highest level: the city as a whole."""
        return next(level for level in self.levels if level.parent is None)

    def ancestors(self, level_id: str) -> tuple[str, ...]:
        """Return the ids of the higher levels, nearest first."""
        parent = self.level(level_id).parent
        return () if parent is None else (parent, *self.ancestors(parent))


def read_catalogue(root: Path) -> Catalogue:
    """Read `data/catalogue.yml`, `data/indicators.yml` and every table's YAML below a city folder.

    Parameters
    ----------
    root : Path
        City folder: the one that holds ``data/`` and ``geodata/``.

    Returns
    -------
    Catalogue

    Raises
    ------
    CatalogueError
        With all problems found: missing files, unknown keys, wrong types, ids named but not
        declared.
    """
    data = root / "data"
    problems: list[str] = []
    declared = _read_yaml(data / "catalogue.yml", problems)
    indicators = _read_yaml(data / "indicators.yml", problems)
    tables = [
        _read_yaml(path, problems)
        for path in sorted(data.glob("*.yml"))
        if path.name not in {"catalogue.yml", "indicators.yml"}
    ]
    if problems:
        raise CatalogueError(problems)
    entries = [{"id": key, **(entry or {})} for key, entry in indicators.items()]
    try:
        catalogue = Catalogue(**{**declared, "indicators": entries, "tables": tables})
    except ValidationError as error:
        raise CatalogueError(
            [_problem(issue, entries, tables) for issue in error.errors()]
        ) from None
    problems = list(_contradictions(catalogue))
    if problems:
        raise CatalogueError(problems)
    return catalogue


def _read_yaml(path: Path, problems: list[str]) -> dict[str, Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506
    except FileNotFoundError:
        problems.append(
            f"{path.name}: Datei fehlt im Ordner {path.parent}. Aufbau: docs/data-format.md."
        )
    except UnicodeDecodeError as error:
        problems.append(
            f"{path.name}: kein UTF-8 (Byte {error.start}). Speichern Sie die Datei als UTF-8."
        )
    except yaml.YAMLError as error:
        problems.append(f"{path.name}: kein gültiges YAML: {error}.")
    else:
        if isinstance(content, dict):
            return content
        problems.append(
            f"{path.name}: gefunden {type(content).__name__}, erwartet Schlüssel mit Werten."
        )
    return {}


def _problem(issue: Any, indicators: list[dict[str, Any]], tables: list[dict[str, Any]]) -> str:
    place = list(issue["loc"])
    file = "catalogue.yml"
    if len(place) > 1 and place[0] == "indicators":
        file, place = "indicators.yml", [indicators[int(place[1])]["id"], *place[2:]]
    elif len(place) > 1 and place[0] == "tables":
        file, place = f"{tables[int(place[1])].get('id', '?')}.yml", place[2:]
    where = ".".join(str(part) for part in place)
    if issue["type"] == "missing":
        return f"{file}: {where} fehlt."
    if issue["type"] == "extra_forbidden":
        return f"{file}: unbekannter Schlüssel {where}. Erlaubte Schlüssel: docs/data-format.md."
    return f"{file}: {where}: gefunden {issue['input']!r}; erwartet: {issue['msg']}."


def _contradictions(catalogue: Catalogue) -> Iterator[str]:
    levels = {level.id for level in catalogue.levels}
    indicators = {indicator.id for indicator in catalogue.indicators}
    topics = {topic.id for topic in catalogue.topics}

    def unknown(file: str, what: str, found: str, known: set[str]) -> Iterator[str]:
        if found not in known:
            yield f"{file}: {what} {found!r} ist nicht erklärt; bekannt: {', '.join(sorted(known))}."

    roots = [level.id for level in catalogue.levels if level.parent is None]
    if len(roots) != 1:
        yield f"catalogue.yml: gefunden {len(roots)} Ebenen ohne parent, erwartet genau eine."
    for level in catalogue.levels:
        if level.parent is not None:
            yield from unknown("catalogue.yml", f"{level.id}.parent", level.parent, levels)
    for indicator in catalogue.indicators:
        yield from unknown("indicators.yml", f"{indicator.id}.topic", indicator.topic, topics)
        for reference in indicator.references:
            yield from unknown(
                "indicators.yml", f"{indicator.id}: Indikator", reference, indicators
            )
        if indicator.kind == "intensive" and not (
            indicator.weight or indicator.denominator or indicator.not_aggregable
        ):
            yield (
                f"indicators.yml: {indicator.id} ist intensive; erwartet numerator und "
                "denominator, weight oder not_aggregable mit Begründung."
            )
    yield from unknown("catalogue.yml", "start.level", catalogue.start.level, levels)
    yield from unknown("catalogue.yml", "start.indicator", catalogue.start.indicator, indicators)
    yield from _accommodation_contradictions(catalogue.accommodation, levels, indicators)
    seen: set[str] = set()
    for table in catalogue.tables:
        file = f"{table.id}.yml"
        for source in table.sources:
            if source.id in seen:
                yield f"{file}: Quelle {source.id!r} ist mehrfach erklärt; erwartet eindeutige id."
            seen.add(source.id)
        if table.level is not None:
            yield from unknown(file, "level", table.level, levels)
        for column in table.columns:
            yield from unknown(
                file, f"Spalte {column.name}: Indikator", column.indicator, indicators
            )


def _accommodation_contradictions(
    declared: Accommodation | None, levels: set[str], indicators: set[str]
) -> Iterator[str]:
    if declared is None:
        return
    if declared.level not in levels:
        yield f"catalogue.yml: accommodation.level {declared.level!r} ist nicht erklärt."
    for indicator in declared.indicators:
        if indicator not in indicators:
            yield f"catalogue.yml: accommodation: Indikator {indicator!r} ist nicht erklärt."
    for preset in declared.presets:
        total = preset.population + preset.area + preset.need
        if total != 100:
            yield (
                f"catalogue.yml: accommodation.presets {preset.title!r}: gefunden {total} Prozent, "
                "erwartet zusammen 100."
            )
