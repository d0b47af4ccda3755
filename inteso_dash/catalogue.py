"""The catalogue of a city: everything its data folder declares, read and checked at once.

Everything a city has to tell the program stands in YAML files of its data folder. This module
reads them, refuses unknown keys, and reports all problems together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from inteso_dash.complaints import expected
from inteso_dash.declarations import (
    TO_FILL_IN,
    Accommodation,
    AreaStatus,
    Break,
    City,
    Column,
    Correction,
    Declared,
    Derivation,
    Division,
    Event,
    Explained,
    Form,
    Indicator,
    Level,
    Preset,
    Protection,
    Publication,
    Source,
    StudyArea,
    Table,
    Text,
    Topic,
    View,
)
from inteso_dash.statuses import STATUS_MEANINGS, Status, StatusMeaning

__all__ = [
    "DELIVERY",
    "LONG_COLUMNS",
    "PLACE",
    "STATUS_MEANINGS",
    "TO_FILL_IN",
    "Accommodation",
    "AreaStatus",
    "Break",
    "Catalogue",
    "CatalogueError",
    "City",
    "Column",
    "Correction",
    "Derivation",
    "Division",
    "Event",
    "Explained",
    "Form",
    "Indicator",
    "Level",
    "Preset",
    "Protection",
    "Publication",
    "Source",
    "Status",
    "StatusMeaning",
    "StudyArea",
    "Table",
    "Text",
    "Topic",
    "View",
    "read_catalogue",
]

PLACE = ["level", "division", "area_id", "indicator_id", "date"]
"""What a figure is about, whoever says it: columns of the long table."""

LONG_COLUMNS = (*PLACE, "value", "status", "source_id", "rounding_error", "note")
"""Columns of the one long table; `PLACE` and ``source_id`` are its key."""

DELIVERY = "lieferung_"
"""How the names of folders below ``data/`` begin that hold the tables of a delivery."""

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


class Catalogue(Declared):
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

    def extended(self, tables: Iterable[Table]) -> Catalogue:
        """Return the catalogue with more tables (`CatalogueError` if they do not fit it)."""
        more = tuple(tables)
        if not more:
            return self
        declared = {name: getattr(self, name) for name in Catalogue.model_fields}
        whole = Catalogue(**{**declared, "tables": (*self.tables, *more)})
        problems = list(_contradictions(whole))
        if problems:
            raise CatalogueError(problems)
        return whole

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
    for path in sorted(data.glob(f"{DELIVERY}*/*.yml")):
        table = _read_yaml(path, problems)
        tables.append({**table, "file": f"{path.parent.name}/{table.get('file', '')}"})
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
    return f"{file}: {where}: gefunden {issue['input']!r}; erwartet: {expected(issue)}."


def _contradictions(catalogue: Catalogue) -> Iterator[str]:
    levels = {level.id for level in catalogue.levels}
    indicators = {indicator.id for indicator in catalogue.indicators}
    topics = {topic.id for topic in catalogue.topics}

    def unknown(file: str, what: str, found: str, known: set[str]) -> Iterator[str]:
        if found not in known:
            listed = ", ".join(sorted(known))
            yield f"{file}: {what} {found!r} ist nicht erklärt; bekannt: {listed}."

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
    for indicator in catalogue.indicators:
        for parts in indicator.partitions:
            kinds = {each.kind for each in catalogue.indicators if each.id in parts}
            if len(kinds) > 1:
                yield (
                    f"indicators.yml: {indicator.id}: partitions nennt Zahlen und Anteile in einer "
                    "Liste; erwartet nur Zahlen oder nur Anteile, die 100 ergeben."
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
        if table.kind == "crosswalk":
            yield from _crosswalk_contradictions(table, catalogue, indicators)
        for column in table.columns:
            yield from unknown(
                file, f"Spalte {column.name}: Indikator", column.indicator, indicators
            )


def _crosswalk_contradictions(
    table: Table, catalogue: Catalogue, indicators: set[str]
) -> Iterator[str]:
    file = f"{table.id}.yml"
    if table.level is None:
        yield f"{file}: level fehlt; erwartet die Ebene des Schlüssels."
    elif catalogue.has_level(table.level):
        known = [division.id for division in catalogue.level(table.level).divisions]
        for name in ("division", "to_division"):
            found = getattr(table, name)
            if found not in known:
                yield f"{file}: {name}: gefunden {found!r}; erwartet eine von {', '.join(known)}."
    if table.weight is not None and table.weight not in indicators:
        yield f"{file}: weight {table.weight!r} ist kein Indikator; siehe indicators.yml."


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
