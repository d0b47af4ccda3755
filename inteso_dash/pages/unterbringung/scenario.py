"""What an address of the section Szenario asks for, and what comes of it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from pydantic import ValidationError

from inteso_dash.boundaries.layers import in_metres
from inteso_dash.catalogue.scenarios import (
    MOST_ASSUMPTIONS,
    MOST_CHANGES,
    MOST_MONTHS,
    PlannedAssumption,
    PlannedChange,
    ScenarioPlan,
)
from inteso_dash.catalogue.yaml_files import complaint
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.measures.projection import Missed, ProjectionRule, back_test, monthly_change
from inteso_dash.measures.scenario import (
    Assumption,
    ChangeKind,
    PlaceChange,
    ScenarioError,
    Timeline,
    months,
    places_by_row,
    timeline,
)
from inteso_dash.pages.unterbringung import situation as accommodation_situation
from inteso_dash.pages.unterbringung.situation import Situation, accommodation, situation
from inteso_dash.pages.unterbringung.texts import CHANGE_KINDS, FAULTS, PROJECTIONS, SCENARIO
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import Offer, ViewError

START = "s_beginn"
CHANGE, ASSUMPTION, TITLE, REMARK = "s_aend", "s_annahme", "s_name", "s_bemerkung"
_PARTED, _TO, _AT, _IN = "~", "-", "@", ","
_NEAR = 92
"""Days that places may lie from the Stichtag of the persons."""
_ADDRESS = "Adresse"
POSITION = ["lon", "lat"]
_NOWHERE = dict.fromkeys(POSITION, math.nan)


@dataclass(frozen=True)
class WholeNumber:
    """A number that a parameter of an address can ask for: the same for a control and for a slide.

    Attributes
    ----------
    key : str
        The parameter.
    label : str
        What it is called.
    low, high, first : int
        The least, the most, and what holds where the address asks for nothing.
    help : str or None
    """

    key: str
    label: str
    low: int
    high: int
    first: int
    help: str | None = None

    @property
    def control(self) -> tuple[str, int, int, int, str]:
        """What a control is drawn from: label, least, most, first, parameter."""
        return self.label, self.low, self.high, self.first, self.key

    def read(self, address: Address, notes: list[str]) -> int:
        """Return what an address asks for, with a note where that cannot be."""
        asked = address.get(self.key)
        if not asked:
            return self.first
        if asked.isdecimal() and self.low <= int(asked[:9]) <= self.high:
            return int(asked[:9])
        said = {"key": self.key, "found": asked[:60], "first": self.first}
        notes.append(SCENARIO["number"].format(**said, low=self.low, high=self.high))
        return self.first


MONTHS = WholeNumber("s_monate", SCENARIO["months"], 1, MOST_MONTHS, 12)
RESERVE = WholeNumber("s_reserve", SCENARIO["reserve_label"], 0, 100, 10)
LIMIT = WholeNumber("s_grenze", SCENARIO["limit"], 0, 10_000, 0, SCENARIO["limit_help"])


@dataclass(frozen=True)
class ScenarioStart:
    """What is published of the Stichtag that a scenario begins with.

    Attributes
    ----------
    shown : Situation
        Areas at the Stichtag of the persons.
    persons : float
        In the whole city.
    rows : DataFrame
        Index key: sites, else areas, else the city alone; columns area (empty for the city),
        name, places (NaN where not known), lon and lat (degrees, where they are public).
    places_date : date or None
        Stichtag of the places, None where none is near enough.
    series : Series
        Published persons of the whole city by date.
    sites : bool
        Whether the rows are sites.
    """

    shown: Situation
    persons: float
    rows: pd.DataFrame
    places_date: dt.date | None
    series: pd.Series[float]
    sites: bool = False


@dataclass(frozen=True)
class ScenarioResult:
    """A scenario, worked out.

    Attributes
    ----------
    plan : ScenarioPlan
    start : ScenarioStart
    days : tuple of date
    rows : DataFrame
        As of `places_by_row`.
    positions : DataFrame
        Index as of the rows; lon and lat in degrees, NaN where not known.
    courses : tuple of (Assumption, Timeline)
    missed : mapping of ProjectionRule to tuple of Missed
        What projections of the published series would have missed.
    """

    plan: ScenarioPlan
    start: ScenarioStart
    days: tuple[dt.date, ...]
    rows: pd.DataFrame
    positions: pd.DataFrame
    courses: tuple[tuple[Assumption, Timeline], ...]
    missed: Mapping[ProjectionRule, tuple[Missed, ...]]

    @property
    def by_area(self) -> bool:
        """Whether all places, also those to come, are known by area."""
        return bool(self.rows["area"].ne("").all())


def start_offer(city: City, level: str) -> Offer[dt.date]:
    """Return the Stichtage with persons of the whole city, the newest with places first chosen.

    Raises
    ------
    ViewError
        Where no Stichtag has any.
    """
    declared, root = accommodation(city), city.catalogue.root.id
    known = {
        day
        for day in city.dates(root, declared.persons)
        if city.reference(declared.persons, day) is not None
    }
    for day in set(accommodation_situation.dates(city, level)) - known:
        if not math.isnan(float(situation(city, level, day).total["persons"])):
            known.add(day)
    if not known:
        raise ViewError(SCENARIO["no_start"])
    ordered = sorted(known, reverse=True)
    titles = {formats.date(day): day for day in ordered}
    return Offer(START, SCENARIO["start"], titles, ordered[0])


def change_text(change: PlannedChange) -> str:
    """Write a change as it stands in an address.

    Examples
    --------
    >>> change_text(
    ...     PlannedChange(kind="schliessen", date=dt.date(2017, 10, 1), name="Halle", places=300)
    ... )
    'schliessen~2017-10-01~300~~Halle'

    A position follows the area, longitude first.

    >>> day = dt.date(2017, 10, 1)
    >>> opens = PlannedChange(kind="eroeffnen", date=day, places=80, area="06", lon=6.8, lat=51.25)
    >>> change_text(opens)
    'eroeffnen~2017-10-01~80~06@6.80000,51.25000~'
    """
    places = "" if change.places is None else formats.canonical(change.places)
    at = [] if change.position is None else [_IN.join(f"{each:.5f}" for each in change.position)]
    where = _AT.join([change.area, *at])
    parts = (change.kind, change.date.isoformat(), places, where, change.name)
    return _PARTED.join(parts)


def assumption_text(assumption: PlannedAssumption) -> str:
    """Write an assumption as it stands in an address.

    Examples
    --------
    >>> assumption_text(PlannedAssumption(name="wenige", arrivals=(20, 40), departures=(60, 60)))
    '20-40~60~wenige'
    """
    ranges = (assumption.arrivals, assumption.departures)
    written = [_TO.join(dict.fromkeys(formats.canonical(each) for each in own)) for own in ranges]
    return _PARTED.join((*written, assumption.name))


def parsed_change(text: str) -> PlannedChange:
    """Read a change of an address (`ValidationError` where it is none)."""
    kind, date, places, where, name = (*text.split(_PARTED, 4), "", "", "", "", "")[:5]
    area, at, position = where.partition(_AT)
    given = {"kind": kind, "date": date, "area": area, "name": name}
    given |= {"places": places} if places else {}
    lon, _, lat = position.partition(_IN)
    return PlannedChange.model_validate(given | ({"lon": lon, "lat": lat} if at else {}))


def has_position(text: str) -> bool:
    """Say whether a change of an address says where a site lies."""
    try:
        return parsed_change(text).position is not None
    except ValidationError:
        return False


def parsed_assumption(text: str) -> PlannedAssumption:
    """Read an assumption of an address (`ValidationError` where it is none)."""
    arrivals, departures, name = (*text.split(_PARTED, 2), "", "", "")[:3]

    def ends(written: str) -> tuple[str, str]:
        low, _, high = written.partition(_TO)
        return low, high or low

    return PlannedAssumption.model_validate(
        {"arrivals": ends(arrivals), "departures": ends(departures or "0"), "name": name}
    )


def read_plan(city: City, level: str, address: Address, notes: list[str]) -> ScenarioPlan:
    """Read what an address asks for; what is no part of a scenario is noted and left out.

    Raises
    ------
    ViewError
        Where the city has nothing to begin with.
    """
    start = start_offer(city, level).read(address, notes)
    found: dict[str, list[object]] = {CHANGE: [], ASSUMPTION: []}
    for key, parse, most in (
        (CHANGE, parsed_change, MOST_CHANGES),
        (ASSUMPTION, parsed_assumption, MOST_ASSUMPTIONS),
    ):
        asked = address.get_all(key)
        if len(asked) > most:
            notes.append(SCENARIO["too_many"].format(found=len(asked), most=most))
        for text in asked[:most]:
            try:
                found[key].append(parse(text))
            except ValidationError as error:
                said = complaint(_ADDRESS, dict(error.errors()[0]), text[:60])
                notes.append(SCENARIO["left_out"].format(said=said))
    given = {
        "title": (address.get(TITLE) or "")[:120],
        "remark": (address.get(REMARK) or "")[:1000],
        "city": city.catalogue.city.id,
        "start": start,
        "months": MONTHS.read(address, notes),
        "reserve": RESERVE.read(address, notes),
        "limit": LIMIT.read(address, notes) or None,
        "changes": tuple(found[CHANGE]),
        "assumptions": tuple(found[ASSUMPTION]),
    }
    return ScenarioPlan.model_validate(given)


def parameters(plan: ScenarioPlan) -> dict[str, tuple[str, ...]]:
    """Return what stands in the address of a scenario, by parameter."""
    return {
        START: (plan.start.isoformat(),),
        MONTHS.key: (str(plan.months),),
        RESERVE.key: (formats.canonical(plan.reserve),),
        LIMIT.key: () if plan.limit is None else (formats.canonical(plan.limit),),
        CHANGE: tuple(map(change_text, plan.changes)),
        ASSUMPTION: tuple(map(assumption_text, plan.assumptions)),
        TITLE: (plan.title,) if plan.title else (),
        REMARK: (plan.remark,) if plan.remark else (),
    }


def begin(city: City, level: str, day: dt.date) -> ScenarioStart:
    """Gather what is published of a Stichtag: sites, else areas, else the whole city.

    Sites and areas count only where they add up to the places of the city, if that has any.
    """
    shown = situation(city, level, day)
    declared, root = accommodation(city), city.catalogue.root.id
    persons = {
        each: float(value)
        for each in city.dates(root, declared.persons)
        if (value := city.reference(declared.persons, each)) is not None
    }
    persons.setdefault(day, float(shown.total["persons"]))
    series = pd.Series(persons, dtype=float).sort_index()
    whole = float(shown.total["usable"])
    whole = float(shown.total["places"]) if math.isnan(whole) else whole
    sites = shown.sites
    own = sites["usable"].fillna(sites["places"])
    lists = (
        sites[["name", *POSITION]]
        .assign(area=sites["area_id"], places=own)
        .set_axis(_told_apart(sites["name"])),
        pd.DataFrame(
            {
                "area": shown.areas.index,
                "name": shown.areas["name"],
                "places": shown.areas["usable"].fillna(shown.areas["places"]),
                **_NOWHERE,
            }
        ),
    )
    for are_sites, rows in zip((True, False), lists, strict=True):
        total = float(rows["places"].sum(skipna=False))
        placed = rows["area"].ne("").all()
        if len(rows) and placed and (total == whole or (total > 0 and math.isnan(whole))):
            return ScenarioStart(shown, persons[day], rows, day, series, are_sites)
    places_date, places = (day, whole) if not math.isnan(whole) else _nearest(city, day)
    row = {"area": [""], "name": [city.catalogue.city.name], "places": [places], **_NOWHERE}
    rows = pd.DataFrame(row, index=[city.catalogue.city.id])
    return ScenarioStart(shown, persons[day], rows, places_date, series)


def _told_apart(names: pd.Series[str]) -> list[str]:
    """Return names, with a number after those that others have, too."""
    place = names.groupby(names).cumcount()
    return [
        f"{name} [{at + 1}]" if at else str(name) for name, at in zip(names, place, strict=True)
    ]


def _nearest(city: City, day: dt.date) -> tuple[dt.date | None, float]:
    """Return the Stichtag nearest to a day with places of the city, and how many."""
    declared, root = accommodation(city), city.catalogue.root.id
    known = {
        each: value
        for indicator_id in (declared.places, declared.usable)
        for each in city.dates(root, indicator_id)
        if (value := city.reference(indicator_id, each)) is not None
        and abs((each - day).days) <= _NEAR
    }
    if not known:
        return None, math.nan
    nearest = min(known, key=lambda each: (abs((each - day).days), each))
    return nearest, float(known[nearest])


def _in_order(plan: ScenarioPlan) -> list[PlannedChange]:
    return sorted(plan.changes, key=lambda each: each.date)


def resolved(plan: ScenarioPlan, start: ScenarioStart) -> list[PlaceChange]:
    """Say of every change which row it is about: a site by its name, its area, or the city."""
    rows = set(map(str, start.rows.index))
    opened: set[str] = set()
    found = []
    for change in _in_order(plan):
        kind = ChangeKind(change.kind)
        if kind is ChangeKind.OPEN:
            where = change.name or SCENARIO["new"].format(number=len(opened) + 1)
            opened.add(where)
        elif change.name in rows | opened:
            where = change.name
        elif change.area in rows:
            where = change.area
        else:
            where = plan.city if plan.city in rows else change.name
        found.append(
            PlaceChange(kind, change.date, where, change.places, change.area, change.name or where)
        )
    return found


def compute(city: City, level: str, plan: ScenarioPlan) -> ScenarioResult:
    """Work out a scenario.

    Raises
    ------
    ViewError
        If a change cannot be made: which one, what was found, and what to do.
    """
    start = begin(city, level, plan.start)
    plan = located(city, level, plan)
    days = months(plan.start, plan.months)
    changes = resolved(plan, start)
    inside = {each.date for each in changes if days[0] < each.date < days[-1]}
    every = sorted({*days, *inside})
    try:
        rows = places_by_row(start.rows, changes, every)
    except ScenarioError as error:
        raise ViewError(_fault(error)) from None
    places = rows[every].sum(skipna=False)
    courses = tuple(
        (each, timeline(days, places, start.persons, each, plan.reserve))
        for each in assumptions(plan, start.series)
    )
    missed = {rule: back_test(start.series, rule) for rule in ProjectionRule}
    positions = start.rows[POSITION].astype(float).reindex(rows.index)
    for planned, change in zip(_in_order(plan), changes, strict=True):
        if planned.position is not None:
            positions.loc[change.where] = planned.position
    return ScenarioResult(plan, start, tuple(days), rows, positions, courses, missed)


def located(city: City, level: str, plan: ScenarioPlan) -> ScenarioPlan:
    """Add to every site that says where it lies the area of the level that it lies in.

    Raises
    ------
    ViewError
        If a site lies in no area, or in another one than it says.
    """
    layer = city.layers.get((level, city.catalogue.level(level).current.id))
    if layer is None or not any(each.position for each in plan.changes):
        return plan
    import geopandas

    areas, found = in_metres(layer), []
    for change in plan.changes:
        if change.position is None:
            found.append(change)
            continue
        lon, lat = change.position
        point = geopandas.GeoSeries.from_xy([lon], [lat], crs="EPSG:4326").to_crs(areas.crs)
        inside = areas.index[areas.intersects(point.iloc[0])]
        told = {"name": change.name or SCENARIO["new_one"], "lon": formats.number(lon, 5)}
        told["lat"] = formats.number(lat, 5)
        if inside.empty:
            raise ViewError(SCENARIO["nowhere"].format(**told))
        if city.has_area(level, change.area) and change.area not in inside:
            names = [city.name(level, each) for each in (change.area, str(inside[0]))]
            raise ViewError(SCENARIO["elsewhere"].format(**told, said=names[0], found=names[1]))
        area = change.area if change.area in inside else str(inside[0])
        found.append(change.model_copy(update={"area": area}))
    return plan.model_copy(update={"changes": tuple(found)})


def _fault(error: ScenarioError) -> str:
    change = error.change
    there = error.there
    return FAULTS[error.kind].format(
        what=CHANGE_KINDS[change.kind],
        name=change.name or change.where,
        date=formats.date(change.date),
        places="" if change.places is None else formats.number(change.places, 0),
        there="" if there is None else formats.number(there, 0),
    )


def assumptions(plan: ScenarioPlan, series: pd.Series[float]) -> tuple[Assumption, ...]:
    """Return the assumptions of a plan; without any, the rules that are judged by the past."""
    if plan.assumptions:
        return tuple(
            Assumption(
                each.name or SCENARIO["assumption"].format(number=place),
                each.arrivals,
                each.departures,
            )
            for place, each in enumerate(plan.assumptions, 1)
        )
    known = series[series.index <= plan.start]
    found = []
    for rule in (ProjectionRule.UNCHANGED, ProjectionRule.LAST):
        change = monthly_change(known, rule)
        if change is not None:
            more, fewer = max(change, 0.0), max(-change, 0.0)
            found.append(Assumption(PROJECTIONS[rule], (more, more), (fewer, fewer)))
    return tuple(found)
