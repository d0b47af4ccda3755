"""A scenario as sentence, chart and tables; all of it says that it is one."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import Any

import pandas as pd

from inteso_dash.catalogue.city import Accommodation, Preset
from inteso_dash.catalogue.tables import joined_ids
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.measures import distribution
from inteso_dash.measures.projection import Missed, ProjectionRule, span_words
from inteso_dash.measures.scenario import Assumption, Timeline, above_limit, evenly_filled
from inteso_dash.pages.unterbringung.fairness import KeyPart, Parts
from inteso_dash.pages.unterbringung.scenario import ScenarioResult
from inteso_dash.pages.unterbringung.sheet import FileTable
from inteso_dash.pages.unterbringung.situation import accommodation
from inteso_dash.pages.unterbringung.texts import PERSONS, PROJECTIONS, SCENARIO, SCENARIO_STATUS
from inteso_dash.views.figures import Course, Lines, Mark, Point, Table, Tone

_BEFORE = dt.timedelta(days=731)
_LONGEST_JUDGED = 12
_FEW, _EACH, _NAMED = 2, 3, 6
_SIGN = STATUS_MEANINGS[Status.NOT_DELIVERED].sign
_SINGLE = {
    "places": "Plätze",
    "persons_high": "Untergebrachte",
    "reserve_high": "Reserve",
    "free_low": "Freie Plätze",
    "spare_low": "Frei über die Reserve hinaus",
}
_RANGED = {
    "places": "Plätze",
    "persons_low": "Untergebrachte, mindestens",
    "persons_high": "Untergebrachte, höchstens",
    "reserve_high": "Reserve, höchstens",
    "free_low": "Freie Plätze, mindestens",
    "free_high": "Freie Plätze, höchstens",
    "spare_low": "Frei über die Reserve hinaus, mindestens",
}
"""Columns of a timeline and their heads, where the assumptions are numbers and where ranges."""
_SHORT = {
    "places": "Plätze",
    "persons_low": "Bedarf ab",
    "persons_high": "bis",
    "reserve_high": "Reserve",
    "free_low": "Frei ab",
    "free_high": "bis",
}
"""Those on a slide."""


def places_words(result: ScenarioResult) -> str:
    """Say how many places there are at the start, and of which day they are if of another."""
    places, day = float(result.start.rows["places"].sum(skipna=False)), result.start.places_date
    if day is None or pd.isna(places):
        return SCENARIO["places_unknown"]
    words = "places_of" if day == result.plan.start else "places_dated"
    return SCENARIO[words].format(places=formats.number(places, 0), date=formats.date(day))


def sentence(result: ScenarioResult) -> str:
    """Say from where it starts, and under each assumption when places and reserve are gone."""
    said = [
        SCENARIO["begins"].format(
            date=formats.date(result.plan.start),
            persons=formats.number(result.start.persons, 0),
            places=places_words(result),
        )
    ]
    if result.start.places_date is None:
        return " ".join([*said, SCENARIO["no_places"]])
    end = formats.date(result.days[-1])
    for assumption, found in result.courses:
        first, last = found.full
        words = "enough"
        if first is not None:
            same = "full" if first == last else "full_range"
            words = "full_maybe" if last is None else same
        said.append(
            SCENARIO[words].format(
                name=assumption.name,
                end=end,
                first=_written(first),
                last=_written(last),
            )
        )
        if result.plan.reserve and found.short[0] is not None and found.short[0] != first:
            reserve = formats.with_unit(result.plan.reserve, 0, "%")
            said.append(SCENARIO["reserve"].format(reserve=reserve, first=_written(found.short[0])))
    return " ".join(said)


def _written(day: dt.date | None) -> str:
    return "" if day is None else formats.date(day)


def later_words(result: ScenarioResult) -> str:
    """Name the changes that lie beyond the end; empty where none does."""
    end = result.days[-1]
    names = [each.name or SCENARIO["new_one"] for each in result.plan.changes if each.date > end]
    said = {"end": formats.date(end), "names": formats.listed(names, most=_NAMED)}
    return SCENARIO["later"].format(**said) if names else ""


def no_areas_words(result: ScenarioResult) -> str:
    """Say why places are not known by area; empty where they are."""
    if result.by_area:
        return ""
    lacking = result.rows.index[result.rows["area"] == ""]
    opened = [str(each) for each in lacking.difference(result.start.rows.index, sort=False)]
    if len(opened) < len(lacking):
        return SCENARIO["by_area"]
    return SCENARIO["no_area_of"].format(names=formats.listed(opened))


def limit_words(result: ScenarioResult) -> str:
    """Say which sites have more places than the limit at the end; empty without one."""
    limit = result.plan.limit
    if limit is None:
        return ""
    if not result.start.sites:
        return SCENARIO["above_unknown"]
    found = above_limit(result.rows[result.days[-1]], limit)
    written = formats.number(limit, 0)
    names = [f"{name} ({formats.number(places, 0)})" for name, places in found.items()]
    words = "above" if names else "above_none"
    return SCENARIO[words].format(limit=written, names=formats.listed(names))


def missed_words(result: ScenarioResult) -> list[str]:
    """Say of every rule that is used, how far it missed before; of one's own, the yardstick."""
    rules = [rule for rule in _used(result) if result.missed[rule]]
    said = [] if not result.plan.assumptions else [SCENARIO["own_missed"]]
    said += [_missed(rule, each) for rule in rules for each in result.missed[rule] if each.count]
    if result.plan.months > _LONGEST_JUDGED:
        said.append(SCENARIO["beyond"])
    return said


def _used(result: ScenarioResult) -> list[ProjectionRule]:
    if result.plan.assumptions:
        return [ProjectionRule.UNCHANGED]
    return [ProjectionRule.UNCHANGED, ProjectionRule.LAST]


def _missed(rule: ProjectionRule, missed: Missed) -> str:
    return SCENARIO["missed"].format(
        name=PROJECTIONS[rule],
        months=formats.counted(missed.months, "Monat", "Monaten"),
        median=formats.number(missed.median or 0.0, 0),
        largest=formats.counted(missed.largest or 0.0, *PERSONS),
        count=formats.counted(missed.count, "Vergleich", "Vergleiche"),
    )


def error_words(result: ScenarioResult) -> str:
    """Say in short how far the projection may be off at its end, for slide and picture."""
    judged = [
        each
        for each in result.missed[_used(result)[-1]]
        if each.count and each.months <= result.plan.months
    ]
    return _missed(_used(result)[-1], judged[-1]) if judged else ""


def scenario_lines(result: ScenarioResult) -> Lines:
    """Draw published persons, and places and need of the scenario, over true time."""
    start, table = result.plan.start, result.courses[0][1].table
    period = (start - _BEFORE, result.days[-1])
    known = result.start.series
    known = known[(known.index >= period[0]) & (known.index <= start)]
    courses = [course_of(SCENARIO["published"].format(name="Untergebrachte"), known, "quiet")]
    if result.start.places_date is not None:
        places = course_of(SCENARIO["places"], table["places"])
        courses.append(replace(places, stepped=True))
    marks: list[Mark] = []
    for assumption, found in result.courses:
        courses += _need(result, assumption, found)
        if found.full[0] is not None:
            number = str(len(marks) + 1)
            words = SCENARIO["mark"].format(
                place=number, month=formats.date(found.full[0]), name=assumption.name
            )
            marks.append(Mark(found.full[0], number, words))
    note = [SCENARIO["note"], *(f"{mark.words}." for mark in marks), error_words(result)]
    return Lines(
        title=SCENARIO["title"],
        unit="Personen und Plätze",
        words=sentence(result),
        note=" ".join(filter(None, note)),
        courses=tuple(course for course in courses if course.points),
        marks=tuple(marks),
        breaks=False,
        from_zero=True,
        assumed_from=start,
    )


def _need(result: ScenarioResult, assumption: Assumption, found: Timeline) -> list[Course]:
    name = SCENARIO["course"].format(name=assumption.name)
    table = found.table
    if assumption.net[0] == assumption.net[1]:
        courses = [course_of(name, table["persons_high"])]
    else:
        courses = [
            course_of(SCENARIO[words].format(name=name), table[f"persons_{end}"])
            for words, end in (("least", "low"), ("most", "high"))
        ]
    if result.plan.reserve and len(result.courses) <= _FEW:
        kept = table["persons_high"] + table["reserve_high"]
        courses.append(course_of(SCENARIO["with_reserve"].format(name=name), kept))
    return courses


def course_of(name: str, values: pd.Series[float], tone: Tone = "plain") -> Course:
    """Return a line through the values of days, without those that are missing."""
    points = tuple(
        Point(day, float(value), told=f"{name}, {formats.date(day)}: {formats.number(value, 0)}")
        for day, value in values.dropna().items()
        if isinstance(day, dt.date)
    )
    return Course(name, points, tone)


def sources(city: City, result: ScenarioResult) -> str:
    """Name the sources of what a scenario begins with, as ids."""
    declared, root = accommodation(city), city.catalogue.root.id
    ids = [str(each) for each in result.start.shown.sites["source_id"]]
    days = {declared.persons: result.plan.start, declared.places: result.start.places_date}
    for indicator_id, day in days.items():
        cell = None if day is None else city.cell(root, city.catalogue.city.id, indicator_id, day)
        if cell is not None:
            ids.append(str(cell["source_id"]))
    return joined_ids(ids)


def months_sheet(city: City, result: ScenarioResult) -> FileTable:
    """List places, need, reserve and what is left, month by month and by assumption."""
    ranged = any(each.net[0] != each.net[1] for each, _ in result.courses)
    heads = _RANGED if ranged else _SINGLE
    parts = [
        found.table[list(heads)]
        .rename(columns=heads)
        .rename_axis("Am")
        .reset_index()
        .assign(Annahme=assumption.name)
        for assumption, found in result.courses
    ]
    rows = pd.concat(parts, ignore_index=True)[["Annahme", "Am", *heads.values()]]
    given: dict[str, Any] = {
        "Szenario": result.plan.title or None,
        "Reserve (%)": result.plan.reserve,
        "Bemerkung": result.plan.remark or None,
        "Fehler der Fortschreibung": error_words(result) or None,
        "Status": SCENARIO_STATUS,
        "Stichtag": result.plan.start,
        "Stichtag Plätze": result.start.places_date,
        "Quelle": city.source_titles(sources(city, result)),
    }
    table = rows.assign(**given)
    return FileTable(SCENARIO["table"], table, tuple(name for name in given if name != "Status"))


def months_table(result: ScenarioResult) -> Table:
    """List places, need and what is left for a slide: the first month, each third, the last."""
    chosen = {*result.days[::_EACH], result.days[-1]}
    rows = [("Annahme, Tag", *_SHORT.values())]
    for assumption, found in result.courses:
        for day, *values in found.table[list(_SHORT)].itertuples():
            if day not in chosen:
                continue
            written = (_SIGN if math.isnan(each) else formats.number(each, 0) for each in values)
            rows.append((f"{assumption.name}, {formats.date(day)}", *written))
    return Table(rows=tuple(rows), note=f"{SCENARIO['note']} {error_words(result)}".strip())


def missed_sheet(city: City, result: ScenarioResult) -> FileTable:
    """List what projections of the published series would have missed."""
    rows = [
        {
            "Fortschreibung": PROJECTIONS[rule],
            "Voraus (Monate)": float(each.months),
            "zählt bei Abstand (Monate)": span_words(each.months),
            "Vergleiche": float(each.count),
            "Verfehlt im Median": each.median,
            "Verfehlt höchstens": each.largest,
            "Erwartet minus gekommen, Median": each.bias,
        }
        for rule, found in result.missed.items()
        for each in found
    ]
    declared = accommodation(city)
    ids = city.rows(indicator_id=declared.persons, level=city.catalogue.root.id)["source_id"]
    table = pd.DataFrame(rows).astype(
        dict.fromkeys(
            ("Verfehlt im Median", "Verfehlt höchstens", "Erwartet minus gekommen, Median"), float
        )
    )
    table = table.assign(Status="berechnet", Quelle=city.source_titles(joined_ids(ids)))
    return FileTable(SCENARIO["back_test"], table, ("Status", "Quelle"))


def area_persons(result: ScenarioResult, course: int = 0) -> pd.Series[float] | None:
    """Estimate the persons of every area at the end, as if all places were occupied alike.

    Parameters
    ----------
    result : ScenarioResult
    course : int
        Which assumption.

    Returns
    -------
    Series or None
        At its most; index area_id, all areas of the level. None where places are not known by
        area, or none are left.
    """
    if not result.by_area:
        return None
    day = result.days[-1]
    whole = float(result.courses[course][1].table["persons_high"].iloc[-1])
    found = evenly_filled(result.rows[day], result.rows["area"], whole)
    found = found.reindex(result.start.shown.areas.index, fill_value=0.0)
    return None if found.isna().any() else found


def areas_table(
    result: ScenarioResult, parts: Parts, key: dict[str, float], course: int = 0
) -> pd.DataFrame | None:
    """Set the persons of every area at the end beside their target.

    Parameters
    ----------
    result : ScenarioResult
    parts : Parts
        As of `fairness.key_of_all`.
    key : dict
        Part → weight in per cent.
    course : int
        Which assumption.

    Returns
    -------
    DataFrame or None
        Index area_id; name, places, persons, target, difference. None where persons cannot be
        estimated or nobody is there.
    """
    persons = area_persons(result, course)
    if persons is None or not key or not persons.sum() > 0:
        return None
    places = result.rows[result.days[-1]].groupby(result.rows["area"]).sum()
    target = distribution.target_shares(parts.amounts, key) * persons.sum()
    return pd.DataFrame(
        {
            "name": result.start.shown.areas["name"],
            "places": places.reindex(persons.index, fill_value=0.0),
            "persons": persons,
            "target": target.reindex(persons.index),
            "difference": persons - target.reindex(persons.index),
        }
    )


def areas_sheet(city: City, result: ScenarioResult, table: pd.DataFrame) -> FileTable:
    """List every area at the end of the scenario, the one farthest above its target first."""
    rows = table.sort_values("difference", ascending=False, kind="stable")
    listed = pd.DataFrame(
        {
            "Schlüssel": rows.index,
            "Gebiet": rows["name"],
            "Plätze": rows["places"],
            "Untergebrachte": rows["persons"],
            "Soll": rows["target"],
            "Ist minus Soll": rows["difference"],
            "Status": SCENARIO_STATUS,
            "Stichtag": result.plan.start,
            "Quelle": city.source_titles(sources(city, result)),
        }
    ).reset_index(drop=True)
    title = SCENARIO["areas"].format(date=formats.date(result.days[-1]))
    return FileTable(title, listed, ("Schlüssel", "Stichtag", "Quelle"))


def fair_words(table: pd.DataFrame, parts: Parts) -> str:
    """Say how unevenly the persons of a scenario are spread, compared with the population."""
    if KeyPart.POPULATION not in parts.amounts:
        return ""
    people = parts.amounts[KeyPart.POPULATION].reindex(table.index)
    return SCENARIO["areas_fair"].format(
        dissimilarity=formats.number(distribution.dissimilarity(table["persons"], people), 3),
        gini=formats.number(distribution.gini(table["persons"], people), 3),
    )


def first_key(declared: Accommodation, parts: Parts) -> dict[str, float]:
    """Return the weights of the first key that the city declares."""
    return key_of(declared.presets[0], parts)


def key_of(preset: Preset, parts: Parts) -> dict[str, float]:
    """Return the weights of the parts that are there, together 100; empty where none is."""
    weights = {str(part): float(getattr(preset, str(part))) for part in KeyPart}
    there = {part: weight for part, weight in weights.items() if weight and part in parts.amounts}
    whole = sum(there.values())
    return {part: weight / whole * 100 for part, weight in there.items()}
