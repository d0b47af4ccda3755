"""Whether the parts of a city's declarations hold together: each names only what is declared."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from inteso_dash.catalogue.city import Accommodation, Level, Publication, StartView, StudyArea
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.catalogue.indices import CompositeIndex
from inteso_dash.catalogue.tables import SourceTable
from inteso_dash.catalogue.yaml_files import Declared, Text
from inteso_dash.language.findings import RULES

_FILE = "catalogue.yml"
T = TypeVar("T", bound=Declared)


def levels(declared: Sequence[Level]) -> Iterator[str]:
    """Yield what is wrong with the levels: without them nothing of a city can be told."""
    known = [level.id for level in declared]
    roots = [level.id for level in declared if level.parent is None]
    if len(roots) != 1:
        yield f"{_FILE}: gefunden {len(roots)} Ebenen ohne parent, erwartet genau eine."
    for name in sorted({each for each in known if known.count(each) > 1}):
        yield f"{_FILE}: Ebene {name!r} ist mehrfach erklärt; erwartet eindeutige id."
    parents = {level.id: level.parent for level in declared}
    for level in declared:
        if level.parent is not None and level.parent not in parents:
            yield _unknown(_FILE, f"{level.id}.parent", level.parent, known)
        above, at = {level.id}, level.parent
        while at in parents and at not in above:
            above.add(str(at))
            at = parents[str(at)]
        if at is not None and at in above:
            yield (
                f"{_FILE}: {level.id}.parent: gefunden {level.parent!r}; die Ebenen bilden einen "
                "Kreis."
            )
        divisions = [division.id for division in level.divisions]
        if len(set(divisions)) < len(divisions):
            yield f"{_FILE}: {level.id}.divisions: eine id steht mehrfach da; erwartet eindeutige."


def indicator(
    declared: Indicator, topics: Collection[str], known: Mapping[str, Indicator]
) -> Iterator[str]:
    """Yield what an indicator names that is not declared, and what it leaves open."""
    file = "indicators.yml"
    if declared.topic not in topics:
        yield _unknown(file, f"{declared.id}.topic", declared.topic, topics)
    for reference in declared.references:
        if reference not in known:
            yield _unknown(file, f"{declared.id}: Indikator", reference, known)
        if reference == declared.id:
            yield f"{file}: {declared.id}: nennt sich selbst; erwartet andere Indikatoren."
    if declared.kind == "intensive" and not (
        declared.weight or declared.denominator or declared.not_aggregable
    ):
        yield (
            f"{file}: {declared.id} ist intensive; erwartet numerator und denominator, weight "
            "oder not_aggregable mit Begründung."
        )
    for parts in declared.partitions:
        if len({known[part].kind for part in parts if part in known}) > 1:
            yield (
                f"{file}: {declared.id}: partitions nennt Zahlen und Anteile in einer Liste; "
                "erwartet nur Zahlen oder nur Anteile, die 100 ergeben."
            )


def told_apart(file: str, declared: Iterable[T], *names: str) -> tuple[list[T], list[str]]:
    """Return parts of which no two have one name, and what had to be changed for that.

    Lists offer them by their names: of two that have one, the first could not be found.

    Parameters
    ----------
    file : str
        That declares them.
    declared : iterable of Declared
        With an ``id``.
    *names : str
        Fields that name them.
    """
    told: list[T] = []
    first: dict[tuple[str, str], str] = {}
    found = []
    for each in declared:
        own, changes = str(each.id), dict[str, str | Text]()  # type: ignore[attr-defined]
        for field in names:
            name = getattr(each, field)
            text = name if isinstance(name, str) else name.de
            other = first.setdefault((field, text), own)
            if other == own:
                continue
            apart = f"{text} ({own})"
            changes[field] = apart if text is name else Text(de=apart, en=f"{name.en} ({own})")
            found.append(
                f"{file}: {own}.{field}: gefunden „{text}“ wie bei {other}; erwartet ein eigener "
                f"Name. Bis dahin steht dort „{apart}“."
            )
        told.append(each.model_copy(update=changes))
    return told, found


def index(
    declared: CompositeIndex,
    before: Sequence[CompositeIndex],
    known: Mapping[str, Indicator],
    topics: Collection[str],
    levels: Collection[str],
) -> Iterator[str]:
    """Yield what an index names that is not declared, or has been already."""
    where = f"indices {declared.id!r}"
    if declared.id in {*known, *(other.id for other in before)}:
        yield f"{_FILE}: {where}: die id ist schon vergeben; erwartet eine eindeutige."
    if declared.topic not in topics:
        yield _unknown(_FILE, f"{where}: topic", declared.topic, topics)
    named = [part.indicator for part in declared.parts]
    for each in (*named, *filter(None, [declared.base])):
        if each not in known:
            yield _unknown(_FILE, f"{where}: Indikator", each, known)
    if declared.published is not None and declared.published.level not in levels:
        yield _unknown(_FILE, f"{where}: published.level", declared.published.level, levels)


def known_parts(
    declared: SourceTable, indicators: Collection[str]
) -> tuple[SourceTable, list[str]]:
    """Return a table without columns and explanations of what there is not, and what they are."""
    file = f"{declared.id}.yml"
    wrong = [column for column in declared.columns if column.indicator not in indicators]
    strange = [each for each in declared.explained if each.rule not in RULES]
    kept = {
        "columns": tuple(column for column in declared.columns if column not in wrong),
        "explained": tuple(each for each in declared.explained if each not in strange),
    }
    return declared.model_copy(update=kept), [
        *(
            _unknown(file, f"Spalte {column.name}: Indikator", column.indicator, indicators)
            for column in wrong
        ),
        *(
            f"{file}: explained: Regel {each.rule!r} gibt es nicht; erwartet eine Kennung aus "
            "docs/findings.md."
            for each in strange
        ),
    ]


def table(
    declared: SourceTable,
    before: Sequence[SourceTable],
    known: Sequence[Level],
    indicators: Collection[str],
) -> Iterator[str]:
    """Yield what a table names that is not declared, or that an earlier one has declared."""
    file = f"{declared.id}.yml"
    if any(other.id == declared.id for other in before):
        yield f"{file}: Tabelle {declared.id!r} ist mehrfach erklärt; erwartet eindeutige id."
    seen = [source.id for other in before for source in other.sources]
    for source in declared.sources:
        if source.id in seen:
            yield f"{file}: Quelle {source.id!r} ist mehrfach erklärt; erwartet eindeutige id."
        seen.append(source.id)
    by_id = {level.id: level for level in known}
    if declared.level is not None and declared.level not in by_id:
        yield _unknown(file, "level", declared.level, by_id)
    if declared.kind == "crosswalk":
        yield from _crosswalk(declared, by_id, indicators)


def views(
    start: StartView,
    study_areas: Sequence[StudyArea],
    publications: Sequence[Publication],
    accommodation: Accommodation | None,
    *,
    levels: Sequence[str],
    indicators: Sequence[str],
    tables: Collection[str],
) -> tuple[dict[str, Any], list[str]]:
    """Return what replaces the views that name what is not declared, and what they name."""
    problems: list[str] = []
    changes: dict[str, Any] = {}
    instead = {
        "level": (levels, levels[-1]),
        "indicator": (indicators, indicators[0]),
        "profile_level": (levels, levels[-1]),
    }
    begun: dict[str, Any] = {}
    for name, (allowed, other) in instead.items():
        found = getattr(start, name)
        if found not in allowed:
            problems.append(_unknown(_FILE, f"start.{name}", found, allowed))
            begun[name] = other
    for name in ("key_figures", "age_groups"):
        wrong = [each for each in getattr(start, name) if each not in indicators]
        problems += [_unknown(_FILE, f"start.{name}", each, indicators) for each in wrong]
        if wrong:
            begun[name] = tuple(each for each in getattr(start, name) if each not in wrong)
    if start.key_figures and start.key_figures[0] not in indicators:
        begun["key_figures"] = ()
    if begun:
        changes["start"] = start.model_copy(update=begun)
    study = [each for each in study_areas if each.level not in levels]
    problems += [_unknown(_FILE, "study_areas.level", each.level, levels) for each in study]
    if study:
        changes["study_areas"] = tuple(each for each in study_areas if each not in study)
    printed = [each for each in publications if each.table not in tables]
    problems += [_unknown(_FILE, "publications.table", each.table, tables) for each in printed]
    if printed:
        changes["publications"] = tuple(each for each in publications if each not in printed)
    wrong_page = list(_accommodation(accommodation, levels, indicators))
    if wrong_page:
        problems += wrong_page
        changes["accommodation"] = None
    return changes, problems


def _unknown(file: str, what: str, found: str, known: Collection[str]) -> str:
    return f"{file}: {what} {found!r} ist nicht erklärt; bekannt: {', '.join(sorted(known))}."


def _crosswalk(
    declared: SourceTable, known: dict[str, Level], indicators: Collection[str]
) -> Iterator[str]:
    file = f"{declared.id}.yml"
    if declared.level is None:
        yield f"{file}: level fehlt; erwartet die Ebene des Schlüssels."
    elif declared.level in known:
        divisions = [division.id for division in known[declared.level].divisions]
        for name in ("division", "to_division"):
            found = getattr(declared, name)
            if found not in divisions:
                listed = ", ".join(divisions)
                yield f"{file}: {name}: gefunden {found!r}; erwartet eine von {listed}."
    if declared.weight is not None and declared.weight not in indicators:
        yield f"{file}: weight {declared.weight!r} ist kein Indikator; siehe indicators.yml."


def _accommodation(
    declared: Accommodation | None, known: Collection[str], indicators: Collection[str]
) -> Iterator[str]:
    if declared is None:
        return
    if declared.level not in known:
        yield f"{_FILE}: accommodation.level {declared.level!r} ist nicht erklärt."
    for each in declared.indicators:
        if each not in indicators:
            yield f"{_FILE}: accommodation: Indikator {each!r} ist nicht erklärt."
    for preset in declared.presets:
        total = preset.population + preset.area + preset.need
        if total != 100:
            yield (
                f"{_FILE}: accommodation.presets {preset.title!r}: gefunden {total} Prozent, "
                "erwartet zusammen 100."
            )
