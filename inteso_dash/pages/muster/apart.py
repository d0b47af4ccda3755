"""How far groups live apart from all others: all groups at one Stichtag, and each over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.catalogue.tables import joined_ids
from inteso_dash.city import City
from inteso_dash.city.breaks import breaks
from inteso_dash.city.own_areas import Extent, extent
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.measures.segregation import Segregation, segregation
from inteso_dash.pages.muster import choice as asked
from inteso_dash.pages.muster.texts import MEASURES, SEGREGATION_HEADS, TEXTS
from inteso_dash.views.figures import Bar, Bars, Course, Lines, Mark, Point, Table
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import Evidence, Offer, ViewError

COVERED = 0.9
"""Share of the areas of a level that must have figures for a group to be measured."""
_FEWEST = 5
_DIGITS, _PER_CENT = 2, 100.0
_FIRST = 14
MEASURE = Offer("m_mass", TEXTS["measure"], MEASURES, "dissimilarity")


@dataclass(frozen=True)
class ApartChoice:
    """What a reader chose: areas, a Stichtag, and the measure that is drawn."""

    level: str
    day: dt.date
    measure: str


@dataclass(frozen=True)
class MeasuredGroup:
    """A group at a Stichtag.

    Attributes
    ----------
    indicator : Indicator
        Its share in the whole.
    name : str
        What it is called.
    day : date
    division : str
    found : Segregation
    source_id : str
        Ids of the sources, joined.
    """

    indicator: Indicator
    name: str
    day: dt.date
    division: str
    found: Segregation
    source_id: str

    def value(self, measure: str) -> float | None:
        """Return a measure, None where it cannot be told."""
        value: float | None = getattr(self.found, measure)
        return value


@dataclass(frozen=True)
class Apart:
    """All groups of a level at all Stichtage that cover it."""

    choice: ApartChoice
    groups: tuple[MeasuredGroup, ...]

    @property
    def now(self) -> list[MeasuredGroup]:
        """The groups of the Stichtag, those that live most apart first."""
        own = [each for each in self.groups if each.day == self.choice.day]
        return sorted(own, key=lambda each: -(each.value(self.choice.measure) or 0.0))

    @property
    def over_time(self) -> dict[str, list[MeasuredGroup]]:
        """The groups with several Stichtage, by indicator, oldest first."""
        found: dict[str, list[MeasuredGroup]] = {}
        for each in sorted(self.groups, key=lambda group: group.day):
            found.setdefault(each.indicator.id, []).append(each)
        return {key: own for key, own in found.items() if len(own) > 1}


def counted(city: City) -> Iterator[Indicator]:
    """Yield the shares whose group and whole are counted, so that areas can be put together."""
    catalogue = city.catalogue
    for each in catalogue.indicators:
        parts = [*each.numerator, *each.denominator]
        shares = each.unit == "%" and each.numerator and each.denominator
        if shares and all(catalogue.indicator(part).kind == "extensive" for part in parts):
            yield each


@dataclass(frozen=True)
class _Counts:
    """A group and the whole that it is part of, by area."""

    division: str
    group: pd.Series[float]
    whole: pd.Series[float]
    source_id: str

    @property
    def contradicting(self) -> pd.Index[str]:
        """The areas whose group is larger than the whole, as rounding can make it."""
        return self.whole.index[self.group > self.whole]


class _Counter:
    """Counts groups of a level; figures that several of them need are looked up once."""

    def __init__(self, city: City, level: str) -> None:
        self.city, self.level = city, level
        self.looked_up: dict[tuple[str, dt.date], pd.DataFrame] = {}

    def at(self, indicator: Indicator, day: dt.date) -> _Counts | None:
        """Count a group at a Stichtag, None where too few areas are known."""
        parts = (*indicator.numerator, *indicator.denominator)
        divisions = {self.city.division(self.level, day, part) for part in parts}
        if len(divisions) > 1:
            return None
        for part in parts:
            if (part, day) not in self.looked_up:
                self.looked_up[part, day] = self.city.values(self.level, part, day)
        cells = {part: self.looked_up[part, day] for part in parts}
        values = pd.DataFrame({part: own["value"].astype(float) for part, own in cells.items()})
        known = values.dropna()
        if len(known) < max(COVERED * len(values), _FEWEST):
            return None
        return _Counts(
            divisions.pop(),
            known[list(indicator.numerator)].sum(axis=1),
            known[list(indicator.denominator)].sum(axis=1),
            joined_ids(ids for own in cells.values() for ids in own["source_id"]),
        )


def _days_of(city: City, level: str, indicator: Indicator) -> list[dt.date]:
    parts = (*indicator.numerator, *indicator.denominator)
    return sorted(set.intersection(*(set(city.dates(level, part)) for part in parts)))


def _name_of(city: City, indicator: Indicator) -> str:
    return formats.listed(city.catalogue.indicator(each).title.de for each in indicator.numerator)


def measured(city: City, level: str) -> tuple[MeasuredGroup, ...]:
    """Measure all groups of a level at all Stichtage at which enough of its areas are known."""
    beside = {
        division.id: city.touching(level, division.id)
        for division in city.catalogue.level(level).divisions
    }
    counter = _Counter(city, level)
    found = []
    for indicator in counted(city):
        name = _name_of(city, indicator)
        for day in _days_of(city, level, indicator):
            own = counter.at(indicator, day)
            if own is None or not 0 < own.group.sum() < own.whole.sum() or len(own.contradicting):
                continue
            measures = segregation(own.group, own.whole, beside[own.division])
            group = MeasuredGroup(indicator, name, day, own.division, measures, own.source_id)
            found.append(group)
    return tuple(found)


def left_out(city: City, level: str, day: dt.date) -> list[str]:
    """Name the groups that cannot be measured at a Stichtag, with the areas that contradict."""
    counter = _Counter(city, level)
    found = []
    for indicator in counted(city):
        own = counter.at(indicator, day) if day in _days_of(city, level, indicator) else None
        if own is not None and len(own.contradicting):
            areas = formats.listed([city.name(level, each) for each in own.contradicting], most=3)
            found.append(f"{_name_of(city, indicator)} ({areas})")
    return found


def levels(city: City) -> Offer[str]:
    """Return the levels on which groups can be measured (`ViewError` where there are none).

    Of own areas only those that divide the city.
    """
    offered = {
        level.plural: level.id
        for level in reversed(city.catalogue.levels)
        if level.parent is not None
        and extent(city, level.id) == Extent()
        and measured(city, level.id)
    }
    if not offered:
        raise ViewError(TEXTS["no_groups"])
    start = city.catalogue.start.level
    first = start if start in offered.values() else next(iter(offered.values()))
    return Offer(asked.LEVEL, TEXTS["level"], offered, first)


def days(groups: tuple[MeasuredGroup, ...]) -> Offer[dt.date]:
    """Return the Stichtage of some groups, first the newest."""
    found = sorted({each.day for each in groups}, reverse=True)
    titles = {formats.date(day): day for day in found}
    return Offer(asked.DAY, TEXTS["first_day"], titles, found[0])


def read(city: City, address: Address, notes: list[str]) -> Apart:
    """Read what an address chooses, and measure it (`ViewError` where there is nothing)."""
    level = levels(city).read(address, notes)
    groups = measured(city, level)
    day = days(groups).read(address, notes)
    return Apart(ApartChoice(level, day, MEASURE.read(address, notes)), groups)


def written(value: float | None) -> str:
    """Write a measure."""
    return "–" if value is None else formats.number(value, _DIGITS)


def sentence(city: City, shown: Apart, *, brief: bool = False) -> str:
    """Say which group is spread most unevenly, and what that means."""
    first = max(shown.now, key=lambda each: each.found.dissimilarity)
    said = TEXTS["most_apart"].format(
        plural=formats.definite(city.catalogue.level(shown.choice.level).plural),
        group=first.name,
        moved=formats.with_unit(_PER_CENT * first.found.dissimilarity, 0, "%"),
        value=written(first.found.dissimilarity),
    )
    if brief:
        return said
    isolation, share = (
        formats.with_unit(_PER_CENT * each, 0, "%")
        for each in (first.found.isolation, first.found.share)
    )
    return f"{said} {TEXTS['own_kind'].format(isolation=isolation, share=share)}"


def bars(city: City, shown: Apart) -> Bars:
    """Draw the groups of the Stichtag by the measure, the highest on top."""
    measure, plural = title(shown), city.catalogue.level(shown.choice.level).plural
    drawn = tuple(
        Bar(each.indicator.short.de, value, written(value))
        for each in shown.now
        if (value := each.value(shown.choice.measure)) is not None
    )
    return Bars(
        title=f"{measure}, {plural}, {formats.date(shown.choice.day)}",
        decimals=_DIGITS,
        words=", ".join(f"{bar.label} {bar.written}" for bar in drawn),
        bars=drawn,
        note=TEXTS["brief_apart"],
    )


def title(shown: Apart) -> str:
    """Name the measure."""
    return next(name for name, own in MEASURES.items() if own == shown.choice.measure)


def course(city: City, shown: Apart) -> Lines | None:
    """Draw every group with several Stichtage over time; None where there is none.

    Lines break where another division begins or the figures are counted anew.
    """
    courses, marks = [], dict[dt.date, Mark]()
    for own in shown.over_time.values():
        indicator, level = own[0].indicator, shown.choice.level
        cuts = breaks(city, indicator.id, level, [each.day for each in own])
        marks |= {each.date: Mark(each.date, TEXTS["break"], each.reason) for each in cuts}
        points = tuple(
            Point(each.day, value, sum(cut.date <= each.day for cut in cuts), written(value))
            for each in own
            if (value := each.value(shown.choice.measure)) is not None
        )
        if points:
            courses.append(Course(indicator.short.de, points))
    if not courses:
        return None
    return Lines(
        title=title(shown),
        decimals=_DIGITS,
        words=", ".join(
            f"{each.name}: {', '.join(point.told for point in each.points)}" for each in courses
        ),
        courses=tuple(courses),
        marks=tuple(marks[day] for day in sorted(marks)),
        from_zero=True,
        note=TEXTS["brief_apart"],
    )


def rows(shown: Apart) -> pd.DataFrame:
    """Return the groups of the Stichtag, columns `SEGREGATION_HEADS`; numbers unrounded."""
    return pd.DataFrame(
        [
            (
                each.name,
                _PER_CENT * each.found.share,
                each.found.dissimilarity,
                each.found.adjusted,
                each.found.isolation,
                each.found.interaction,
                each.found.areas,
            )
            for each in shown.now
        ],
        columns=list(SEGREGATION_HEADS),
    ).astype(dict.fromkeys(SEGREGATION_HEADS[1:6], float))


def digits() -> dict[str, int]:
    """Return the decimals of the columns of `rows`."""
    return {
        SEGREGATION_HEADS[1]: 1,
        **dict.fromkeys(SEGREGATION_HEADS[2:6], _DIGITS),
        SEGREGATION_HEADS[6]: 0,
    }


def listed(shown: Apart) -> Table:
    """Return the groups as a table for a slide."""
    table, decimals = rows(shown).head(_FIRST), digits()
    body = [
        (
            name,
            *(
                "–" if pd.isna(value) else formats.number(float(value), decimals[head])
                for head, value in zip(SEGREGATION_HEADS[1:], values, strict=True)
            ),
        )
        for name, *values in table.itertuples(index=False, name=None)
    ]
    return Table(rows=(SEGREGATION_HEADS, *body), note=TEXTS["segregation_note"])


def evidence(city: City, shown: Apart, drawn: Iterable[MeasuredGroup]) -> Evidence:
    """Gather the figures behind a slide, with the sources of the groups that are drawn."""
    figures = Evidence(city)
    for each in shown.groups:
        for measure in MEASURES.values():
            key = f"{each.indicator.id} {each.day} {measure}"
            figures.add(key, each.value(measure), str(Status.COMPUTED), each.source_id)
    figures.source_ids.clear()
    figures.cite(each.source_id for each in drawn)
    return figures
