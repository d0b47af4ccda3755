"""The catalogue of a city: everything its data folder declares, read and checked at once.

Everything a city has to tell the program stands in YAML files of its data folder. This module
reads them, refuses unknown keys, and reports all problems together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from inteso_dash.catalogue import soundness
from inteso_dash.catalogue.city import (
    Accommodation,
    CityDeclaration,
    Level,
    PointTitle,
    Publication,
    StartView,
    StudyArea,
    Topic,
)
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.catalogue.indices import CompositeIndex
from inteso_dash.catalogue.own_areas import FILE as OWN_FILE
from inteso_dash.catalogue.own_areas import OwnAreas, OwnAreasError, read_own_areas
from inteso_dash.catalogue.tables import Source, SourceTable
from inteso_dash.catalogue.yaml_files import (
    Declared,
    ProblemsError,
    YamlError,
    complaint,
    read_mapping,
    shown,
)
from inteso_dash.language.findings import DECLARATION, SHARED_NAME, Finding, Severity

PLACE = ["level", "division", "area_id", "indicator_id", "date"]
"""What a figure is about, whoever says it: columns of the long table."""

LONG_COLUMNS = (*PLACE, "value", "status", "source_id", "rounding_error", "note")
"""Columns of the one long table; `PLACE` and ``source_id`` are its key."""

DELIVERY = "lieferung_"
"""How the names of folders below ``data/`` begin that hold the tables of a delivery."""

_NO_TABLES = {"catalogue.yml", "indicators.yml", OWN_FILE}
_FROM_ELSEWHERE = {"indicators", "tables", "faults", "own"}
_OPTIONAL = {"study_areas", "publications", "accommodation", "indices"}


class CatalogueError(ProblemsError):
    """The data folder declares something that does not hold together."""


class Catalogue(Declared):
    """Everything the data folder declares, checked for holding together.

    ``own`` are areas put together from those of the levels; `City` has them as a level.
    ``faults`` names what was left out because it does not hold together.
    """

    city: CityDeclaration
    title: str
    levels: tuple[Level, ...]
    topics: tuple[Topic, ...]
    study_areas: tuple[StudyArea, ...] = ()
    publications: tuple[Publication, ...] = ()
    start: StartView
    accommodation: Accommodation | None = None
    indices: tuple[CompositeIndex, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    tables: tuple[SourceTable, ...] = ()
    own: OwnAreas | None = None
    faults: tuple[Finding, ...] = ()

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

    @property
    def secret_sources(self) -> frozenset[str]:
        """Ids of the sources that are not public."""
        return frozenset(source.id for source in self.sources.values() if not source.public)

    @property
    def site_forms(self) -> tuple[str, ...]:
        """Forms that a list of sites may name; none where it may name any."""
        declared = self.accommodation
        return () if declared is None else tuple(form.title for form in declared.forms)

    @property
    def points(self) -> PointTitle:
        """What the city calls the offices that serve its areas."""
        return PointTitle() if self.accommodation is None else self.accommodation.points

    @property
    def population(self) -> str | None:
        """Id of the indicator that counts inhabitants, where the city names one."""
        return None if self.accommodation is None else self.accommodation.population

    @property
    def divisions(self) -> frozenset[tuple[str, str]]:
        """(level, division) of every division that is declared."""
        return frozenset(
            (level.id, division.id) for level in self.levels for division in level.divisions
        )

    def indicator(self, indicator_id: str) -> Indicator:
        """Return the indicator with this id (`KeyError` where there is none)."""
        return self._indicators[indicator_id]

    def has_indicator(self, indicator_id: str) -> bool:
        """Say whether the catalogue knows this indicator id."""
        return indicator_id in self._indicators

    def index(self, indicator_id: str) -> CompositeIndex | None:
        """Return the index of this id, None where the indicator is none."""
        return next((each for each in self.indices if each.id == indicator_id), None)

    def level(self, level_id: str) -> Level:
        """Return the level with this id (`KeyError` where there is none)."""
        return self._levels[level_id]

    def has_level(self, level_id: str) -> bool:
        """Say whether the catalogue knows this level id."""
        return level_id in self._levels

    def table(self, table_id: str) -> SourceTable:
        """Return the table with this id (`KeyError` where there is none)."""
        return next(table for table in self.tables if table.id == table_id)

    @property
    def root(self) -> Level:
        """The highest level: the city as a whole."""
        return next(level for level in self.levels if level.parent is None)

    def extended(self, tables: Iterable[SourceTable]) -> Catalogue:
        """Return the catalogue with more tables (`CatalogueError` if they do not fit it)."""
        more = tuple(tables)
        if not more:
            return self
        indicators = {indicator.id for indicator in self.indicators}
        tables = [*self.tables]
        problems: list[str] = []
        for table in more:
            problems += soundness.known_parts(table, indicators)[1]
            problems += soundness.table(table, tables, self.levels, indicators)
            tables.append(table)
        if problems:
            raise CatalogueError(problems)
        return Catalogue.model_validate({**_parts(self), "tables": tuple(tables)})

    def with_level(self, level: Level) -> Catalogue:
        """Return the catalogue with one more level, in place of one with its id."""
        others = (each for each in self.levels if each.id != level.id)
        return Catalogue.model_validate({**_parts(self), "levels": (*others, level)})

    def ancestors(self, level_id: str) -> tuple[str, ...]:
        """Return the ids of the higher levels, nearest first."""
        parent = self.level(level_id).parent
        return () if parent is None else (parent, *self.ancestors(parent))


def read_catalogue(root: Path) -> Catalogue:
    """Read `data/catalogue.yml`, `data/indicators.yml` and every table's YAML below a city folder.

    Tables stand in ``data/`` itself or, one folder a delivery, below it.

    Parameters
    ----------
    root : Path
        City folder: the one that holds ``data/`` and ``geodata/``.

    Returns
    -------
    Catalogue
        Tables, columns, indicators and further parts that do not hold together are left out;
        `Catalogue.faults` says which and why.

    Raises
    ------
    CatalogueError
        With all problems found, where the city itself cannot be told: `catalogue.yml` or
        `indicators.yml` missing or no YAML, city, levels, topics or start wrong.
    """
    data = root / "data"
    problems: list[str] = []
    declared = _read_yaml(data / "catalogue.yml", problems)
    entries = _read_yaml(data / "indicators.yml", problems)
    if problems:
        raise CatalogueError(problems)
    faults: list[Finding] = []
    sound = _sound_parts(declared, faults)
    sound["indicators"] = tuple(_read_indicators(entries, faults))
    sound["tables"] = tuple(_read_tables(data, faults))
    sound["own"] = _read_own(data, sound, faults)
    try:
        catalogue = Catalogue.model_validate(sound)
    except ValidationError as error:
        raise CatalogueError(
            [complaint("catalogue.yml", issue) for issue in error.errors()]
        ) from None
    fatal = list(soundness.levels(catalogue.levels))
    if fatal:
        raise CatalogueError(fatal)
    return _without_contradictions(catalogue, faults)


def _read_yaml(path: Path, problems: list[str]) -> dict[str, Any]:
    try:
        return read_mapping(path)
    except YamlError as error:
        problems.append(str(error))
        return {}


def _fault(message: str, file: str) -> Finding:
    return Finding(Severity.ERROR, DECLARATION, message, file)


def _sound_parts(declared: dict[str, Any], faults: list[Finding]) -> dict[str, Any]:
    """Leave out of `catalogue.yml` the parts a city can do without and that are wrong."""
    sound = {key: value for key, value in declared.items() if key not in _FROM_ELSEWHERE}
    faults.extend(
        _fault(f"catalogue.yml: unbekannter Schlüssel {key}.", "catalogue.yml")
        for key in declared.keys() - sound.keys()
    )
    try:
        Catalogue.model_validate(sound)
    except ValidationError as error:
        for issue in error.errors():
            part = str(issue["loc"][0])
            if part in _OPTIONAL or issue["type"] == "extra_forbidden":
                sound.pop(part, None)
                faults.append(_fault(complaint("catalogue.yml", issue), "catalogue.yml"))
    return sound


def _read_indicators(entries: dict[str, Any], faults: list[Finding]) -> Iterator[Indicator]:
    file = "indicators.yml"
    for key, entry in entries.items():
        if not isinstance(entry, dict):
            found = f"{file}: {key}: gefunden {shown(entry)}; erwartet: Schlüssel mit Werten."
            faults.append(_fault(found, file))
            continue
        try:
            yield Indicator.model_validate({"id": key, **entry})
        except ValidationError as error:
            faults.extend(_fault(complaint(file, each, key), file) for each in error.errors())


def _read_tables(data: Path, faults: list[Finding]) -> Iterator[SourceTable]:
    own = [path for path in data.glob("*.yml") if path.name not in _NO_TABLES]
    for path in [*sorted(own), *sorted(data.glob(f"{DELIVERY}*/*.yml"))]:
        problems: list[str] = []
        declared = _read_yaml(path, problems)
        faults.extend(_fault(problem, path.name) for problem in problems)
        if problems:
            continue
        if path.parent != data:
            declared["file"] = f"{path.parent.name}/{declared.get('file', '')}"
        try:
            yield SourceTable.model_validate(declared)
        except ValidationError as error:
            faults.extend(
                _fault(complaint(path.name, issue), path.name) for issue in error.errors()
            )


def _read_own(data: Path, sound: dict[str, Any], faults: list[Finding]) -> OwnAreas | None:
    path = data / OWN_FILE
    if not path.exists():
        return None
    city = sound.get("city", {})
    try:
        return read_own_areas(path.read_bytes(), OWN_FILE, str(dict(city).get("id", "")))
    except OwnAreasError as error:
        faults.extend(_fault(problem, OWN_FILE) for problem in error.problems)
    except OSError as error:
        faults.append(_fault(f"{OWN_FILE}: nicht lesbar ({error.strerror}).", OWN_FILE))
    return None


def _without_contradictions(catalogue: Catalogue, faults: list[Finding]) -> Catalogue:
    """Leave out what names something that is not declared, and then what names that."""
    file = "indicators.yml"
    topics = {topic.id for topic in catalogue.topics}
    kept = {indicator.id: indicator for indicator in catalogue.indicators}
    while True:
        wrong = {
            key: problems
            for key, each in kept.items()
            if (problems := list(soundness.indicator(each, topics, kept)))
        }
        if not wrong:
            break
        faults.extend(_fault(text, file) for problems in wrong.values() for text in problems)
        kept = {key: each for key, each in kept.items() if key not in wrong}
    if not kept:
        raise CatalogueError(
            [
                *(each.message for each in faults if each.file == file),
                f"{file}: kein Indikator ist erklärt; erwartet wenigstens einer.",
            ]
        )
    indices: list[CompositeIndex] = []
    levels = [level.id for level in catalogue.levels]
    for each in catalogue.indices:
        problems = list(soundness.index(each, indices, kept, topics, levels))
        faults.extend(_fault(text, "catalogue.yml") for text in problems)
        if not problems:
            indices.append(each)
    own = _told_apart("catalogue.yml", indices, ("title",), faults)
    every = [*kept.values(), *(each.indicator(kept) for each in own)]
    sound = catalogue.model_copy(
        update={
            "levels": _told_apart("catalogue.yml", catalogue.levels, ("plural",), faults),
            "topics": _told_apart("catalogue.yml", catalogue.topics, ("title",), faults),
            "indicators": _told_apart(file, every, ("title", "short"), faults),
            "indices": own,
        }
    )
    kept = {each.id: each for each in sound.indicators}
    tables: list[SourceTable] = []
    for declared in sound.tables:
        table, unknown = soundness.known_parts(declared, kept)
        wrong_table = list(soundness.table(table, tables, sound.levels, kept))
        faults.extend(_fault(text, f"{table.id}.yml") for text in (*unknown, *wrong_table))
        if not wrong_table:
            tables.append(table)
    sound = sound.model_copy(update={"tables": tuple(tables)})
    changes, problems = soundness.views(
        sound.start,
        sound.study_areas,
        sound.publications,
        sound.accommodation,
        levels=[level.id for level in sound.levels],
        indicators=list(kept),
        tables=[table.id for table in tables],
    )
    faults.extend(_fault(text, "catalogue.yml") for text in problems)
    return Catalogue.model_validate({**_parts(sound), **changes, "faults": tuple(faults)})


def _told_apart(
    file: str, declared: Iterable[soundness.T], names: tuple[str, ...], faults: list[Finding]
) -> tuple[soundness.T, ...]:
    told, shared = soundness.told_apart(file, declared, *names)
    faults.extend(Finding(Severity.WARNING, SHARED_NAME, text, file) for text in shared)
    return tuple(told)


def _parts(catalogue: Catalogue) -> dict[str, Any]:
    return {name: getattr(catalogue, name) for name in Catalogue.model_fields}
