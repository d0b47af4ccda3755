"""Scenarios side by side: what each comes to at its end, beside what is published of the start."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import math
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

import pandas as pd

from inteso_dash.catalogue.scenarios import ScenarioPlan
from inteso_dash.catalogue.tables import joined_ids
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.measures import distribution
from inteso_dash.measures.scenario import Timeline, above_limit
from inteso_dash.pages.unterbringung import history
from inteso_dash.pages.unterbringung.fairness import KeyPart, key_of_all
from inteso_dash.pages.unterbringung.scenario import (
    ScenarioResult,
    ScenarioStart,
    parameters,
    read_plan,
)
from inteso_dash.pages.unterbringung.scenario_content import (
    areas_table,
    course_of,
    error_words,
    first_key,
    sources,
)
from inteso_dash.pages.unterbringung.sheet import FileTable
from inteso_dash.pages.unterbringung.situation import accommodation
from inteso_dash.pages.unterbringung.texts import COMPARED_HEADS, SCENARIO, SCENARIO_STATUS
from inteso_dash.views.figures import Lines, Table
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import Offer, ViewError

BESIDE, MAP_OF = "s_neben", "s_karte_von"
MOST_BESIDE = 2
"""Scenarios that are kept beside the one that is worked on."""
_LONGEST, _MOST_CHARACTERS = 50_000, 20_000
_PAGE = "unterbringung"
_SIGN = STATUS_MEANINGS[Status.NOT_DELIVERED].sign
_NO_NUMBERS = ("name", "assumption", "end", "places_date", "full", "short")
_ON_SLIDE = ("places", "persons", "free", "full", "dissimilarity", "distance")


Work = Callable[[ScenarioPlan], ScenarioResult]


@dataclass(frozen=True)
class NamedScenario:
    """A scenario and what it is called beside others."""

    name: str
    result: ScenarioResult


def packed(plan: ScenarioPlan) -> str:
    """Write a scenario as one short word of an address.

    Examples
    --------
    >>> plan = ScenarioPlan(city="05111", start=dt.date(2017, 7, 31), title="Halle schließt")
    >>> dict(unpacked(packed(plan)).parameters)["s_name"]
    'Halle schließt'
    """
    pairs = [(key, value) for key, values in parameters(plan).items() for value in values]
    made = zlib.compress(urlencode(pairs).encode(), 9)
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def unpacked(text: str) -> Address:
    """Read what `packed` wrote.

    Raises
    ------
    ValueError
        If it is none.
    """
    try:
        made = base64.urlsafe_b64decode(text[:_MOST_CHARACTERS] + "=" * (-len(text) % 4))
        reader = zlib.decompressobj()
        query = reader.decompress(made, _LONGEST).decode()
    except (binascii.Error, zlib.error, UnicodeDecodeError) as error:
        raise ValueError(text[:60]) from error
    if not reader.eof:
        raise ValueError(text[:60])
    return Address(_PAGE, tuple(parse_qsl(query)))


def read_beside(
    city: City, level: str, texts: Sequence[str], work: Work, notes: list[str]
) -> dict[str, ScenarioResult]:
    """Work out the scenarios that are kept beside; say of those that cannot be why not.

    Parameters
    ----------
    city : City
    level : str
    texts : sequence of str
        As `packed` writes them.
    work : callable
        Works out a plan.
    notes : list of str
        German sentences are added to it.
    """
    found = {}
    for text in texts[:MOST_BESIDE]:
        try:
            found[text] = work(read_plan(city, level, unpacked(text), []))
        except ViewError as error:
            notes.append(SCENARIO["beside_fails"].format(said=error))
        except ValueError:
            notes.append(SCENARIO["beside_broken"])
    if len(texts) > MOST_BESIDE:
        notes.append(SCENARIO["beside_many"].format(found=len(texts), most=MOST_BESIDE))
    return found


def named(results: Iterable[ScenarioResult]) -> list[NamedScenario]:
    """Give every scenario a name of its own: its title, else a letter."""
    every = list(results)
    names = [
        each.plan.title or SCENARIO["unnamed"].format(letter=chr(ord("A") + place))
        for place, each in enumerate(every)
    ]
    return [
        NamedScenario(
            name if names.count(name) == 1 else f"{name} [{names[: place + 1].count(name)}]", each
        )
        for place, (name, each) in enumerate(zip(names, every, strict=True))
    ]


def mapped(shown: Sequence[NamedScenario]) -> Offer[str] | None:
    """Return the scenarios that can be put on a map, first the one that is worked on."""
    names = {one.name: one.name for one in reversed(shown) if one.result.by_area}
    return Offer(MAP_OF, SCENARIO["compared_map"], names, next(iter(names))) if names else None


def _fair(persons: pd.Series[float], population: pd.Series[float] | None) -> dict[str, float]:
    if population is None or persons.isna().any() or not persons.sum() > 0:
        return {}
    people = population.reindex(persons.index)
    return {
        "dissimilarity": distribution.dissimilarity(persons, people),
        "gini": distribution.gini(persons, people),
    }


def _per_point(city: City, start: ScenarioStart, persons: pd.Series[float]) -> float:
    """Return the persons of the point that has most, NaN where one of them cannot be said."""
    if city.points.empty:
        return math.nan
    shown = replace(start.shown, areas=start.shown.areas.assign(persons=persons))
    return float(history.points(city, shown)["per_point"].max(skipna=False))


def _above(start: ScenarioStart, places: pd.Series[float], limit: float | None) -> float:
    return math.nan if limit is None or not start.sites else float(len(above_limit(places, limit)))


def _today(city: City, one: NamedScenario) -> dict[str, object]:
    """Return what is published of the day that a scenario begins with."""
    start, plan = one.result.start, one.result.plan
    places, persons = float(start.rows["places"].sum(skipna=False)), start.shown.areas["persons"]
    parts = key_of_all(city, start.shown)
    key = first_key(accommodation(city), parts)
    row: dict[str, object] = {
        "name": SCENARIO["published_start"],
        "assumption": "",
        "end": plan.start,
        "places": places,
        "places_date": start.places_date,
        "persons": start.persons,
        "free": places - start.persons,
        "full": SCENARIO["not_asked"],
        "short": SCENARIO["not_asked"],
        "above": _above(start, start.rows["places"], plan.limit),
        "per_point": _per_point(city, start, persons),
        "status": SCENARIO["computed"],
    }
    if persons.notna().all() and persons.sum() > 0 and key:
        target = distribution.target_shares(parts.amounts, key) * persons.sum()
        row["distance"] = float((persons - target.reindex(persons.index)).abs().max())
    return row | _fair(persons, parts.amounts.get(KeyPart.POPULATION))


def _runs_out(found: tuple[dt.date | None, dt.date | None], timeline: Timeline) -> str:
    first, last = found
    if timeline.table["places"].isna().any():
        return SCENARIO["not_known"]
    if first is None:
        return SCENARIO["lasts"]
    if last is None:
        return SCENARIO["out_maybe"].format(first=formats.date(first))
    same = first == last
    words = SCENARIO["out"] if same else SCENARIO["out_range"]
    return words.format(first=formats.date(first), last=formats.date(last))


def _at_end(city: City, one: NamedScenario) -> list[dict[str, object]]:
    """Return what a scenario comes to, one row for each of its assumptions."""
    result = one.result
    day, start = result.days[-1], result.start
    parts = key_of_all(city, start.shown)
    key = first_key(accommodation(city), parts)
    rows = []
    for place, (assumption, timeline) in enumerate(result.courses):
        last = timeline.table.iloc[-1]
        row: dict[str, object] = {
            "name": one.name,
            "assumption": assumption.name,
            "end": day,
            "places": float(last["places"]),
            "places_date": start.places_date,
            "persons": float(last["persons_high"]),
            "free": float(last["free_low"]),
            "full": _runs_out(timeline.full, timeline),
            "short": _runs_out(timeline.short, timeline),
            "above": _above(start, result.rows[day], result.plan.limit),
            "status": SCENARIO_STATUS,
        }
        table = areas_table(result, parts, key, place)
        if table is not None:
            row["distance"] = float(table["difference"].abs().max())
            row["per_point"] = _per_point(city, start, table["persons"])
            row |= _fair(table["persons"], parts.amounts.get(KeyPart.POPULATION))
        rows.append(row)
    return rows


def _rows(city: City, shown: Sequence[NamedScenario]) -> pd.DataFrame:
    starts = {one.result.plan.start: one for one in shown}
    rows = [_today(city, one) for one in starts.values()]
    rows += [row for one in shown for row in _at_end(city, one)]
    return pd.DataFrame(rows, columns=[*COMPARED_HEADS, "status"]).astype(
        {each: float for each in COMPARED_HEADS if each not in _NO_NUMBERS}
    )


def compared_title(count: int) -> str:
    """Return the title of a table of so many scenarios beside today.

    Examples
    --------
    >>> compared_title(1), compared_title(2)
    ('Szenario neben heute', 'Szenarien im Vergleich')
    """
    return SCENARIO["compared" if count > 1 else "beside_today"]


def compared_sheet(city: City, shown: Sequence[NamedScenario]) -> FileTable:
    """List what scenarios come to, below what is published of the day they begin with.

    Parameters
    ----------
    city : City
    shown : sequence of NamedScenario
        As of `named`, the one that is worked on last.
    """
    found = _rows(city, shown)
    table = found.drop(columns="status").rename(columns=COMPARED_HEADS)
    table["Status"] = found["status"]
    ids = joined_ids(sources(city, one.result) for one in shown)
    table["Fehler der Fortschreibung"] = "; ".join(
        dict.fromkeys(filter(None, (error_words(one.result) for one in shown)))
    )
    table["Quelle"] = city.source_titles(ids)
    return FileTable(compared_title(len(shown)), table, ("Fehler der Fortschreibung", "Quelle"))


def compared_table(city: City, shown: Sequence[NamedScenario]) -> Table:
    """List what scenarios come to for a slide."""
    found = _rows(city, shown)
    heads = [COMPARED_HEADS[each] for each in _ON_SLIDE]
    rows = [("Szenario", *heads)]
    for row in found.to_dict("records"):
        name = ", ".join(filter(None, (str(row["name"]), str(row["assumption"]))))
        rows.append((name, *(_cell(row[each], each) for each in _ON_SLIDE)))
    return Table(rows=tuple(rows), note=SCENARIO["note"])


def _cell(value: object, head: str) -> str:
    if isinstance(value, str):
        return value
    if not isinstance(value, float) or math.isnan(value):
        return _SIGN
    return formats.number(value, 3 if head == "dissimilarity" else 0)


def compared_lines(shown: Sequence[NamedScenario]) -> Lines:
    """Draw the places that each scenario leaves free beyond its reserve, over true time."""
    courses, ends = [], []
    for one in shown:
        assumption, timeline = one.result.courses[0]
        course = course_of(one.name, timeline.table["spare_low"])
        if course.points:
            courses.append(course)
            left = formats.number(course.points[-1].value, 0)
            ends.append(f"{one.name} ({assumption.name}): {left}")
    return Lines(
        title=SCENARIO["compared_free"],
        unit="Plätze",
        words=SCENARIO["compared_words"].format(ends="; ".join(ends)),
        note=SCENARIO["note"],
        courses=tuple(courses),
        breaks=False,
        neutral=0.0,
        assumed_from=min((one.result.plan.start for one in shown), default=None),
    )
