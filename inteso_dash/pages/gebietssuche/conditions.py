"""Areas that fulfil conditions: what an address asks for, and what is found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS
from inteso_dash.measures.conditions import (
    Bound,
    BoundKind,
    Outcome,
    fulfilled,
    nearly,
    outcomes,
    shortfall,
)
from inteso_dash.pages.gebietssuche import columns
from inteso_dash.pages.gebietssuche.texts import COMPARISONS, NEARLY, OUTCOMES, TEXTS
from inteso_dash.views import scope
from inteso_dash.views.dated import DatedIndicator
from inteso_dash.views.headlines import NAMED_ALIKE
from inteso_dash.views.scope import Scope
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import ViewError

CONDITION, WITHIN = "bed", "g_ausschnitt"
MOST, NEAR = 6, 5
_PARTED, _TO, _ON = ".", "-bis-", "-am-"
_LONGEST, _TOO_LARGE = 60, 1e15
_DOWN = (BoundKind.BELOW, BoundKind.AT_MOST)
"""What is looked for below a bound is listed from the lowest value up."""


@dataclass(frozen=True)
class Condition:
    """What the value of an indicator must be; at its newest Stichtag where none is named."""

    indicator_id: str
    bound: Bound
    date: dt.date | None = None

    @property
    def text(self) -> str:
        """The condition as it stands in an address.

        Examples
        --------
        >>> Condition("sgb2_quote", Bound(BoundKind.BETWEEN, 8.5, 20.0)).text
        'sgb2_quote.zwischen.8.5-bis-20'
        >>> Condition("sgb2_quote", Bound(BoundKind.ABOVE, 9), dt.date(2020, 6, 30)).text
        'sgb2_quote.ueber.9-am-2020-06-30'
        """
        bounds = [self.bound.low, *([] if self.bound.high is None else [self.bound.high])]
        written = _TO.join(map(formats.canonical, bounds))
        written += "" if self.date is None else f"{_ON}{self.date}"
        return _PARTED.join([self.indicator_id, str(self.bound.comparison), written])


@dataclass(frozen=True)
class SearchChoice:
    """What a reader looks for: conditions that all must hold, in the city or in a part of it."""

    level: str
    conditions: tuple[Condition, ...]
    within: Scope | None = None


@dataclass(frozen=True)
class AreaSearch:
    """What was found.

    Attributes
    ----------
    choice : SearchChoice
    columns : tuple of DatedIndicator
        One a condition.
    holds : DataFrame
        Index area_id, dtype boolean: one column a condition, by its place, and ``within``.
    outcome : Series
        `Outcome` of each area.
    near : Series
        Areas that fail one condition alone, those first that miss it by least, and how far, in
        standard deviations of the areas: five, with all that miss theirs by as much.
    """

    choice: SearchChoice
    columns: tuple[DatedIndicator, ...]
    holds: pd.DataFrame
    outcome: pd.Series[str]
    near: pd.Series[float]

    def areas(self, outcome: Outcome) -> tuple[str, ...]:
        """Return the areas of an outcome, in their order."""
        return tuple(str(area) for area in self.outcome.index[self.outcome == outcome])

    def state(self, area_id: str, place: int) -> bool | None:
        """Say whether an area fulfils a condition; None where it has no value."""
        return self._states[str(place)][area_id]

    @cached_property
    def _states(self) -> dict[str, dict[str, bool | None]]:
        return {
            str(name): {
                str(area): None if pd.isna(each) else bool(each)
                for area, each in zip(holds.index, holds.tolist(), strict=True)
            }
            for name, holds in self.holds.items()
        }

    def word(self, area_id: str) -> str:
        """Say what the conditions say of an area."""
        return self._words[area_id]

    @cached_property
    def _words(self) -> dict[str, str]:
        words = {str(area): OUTCOMES[Outcome(own)] for area, own in self.outcome.items()}
        return words | {str(area): NEARLY for area in self.near.index}

    @property
    def order(self) -> list[str]:
        """All areas: found, by the first condition; nearly found; open; others."""
        near = [str(area) for area in self.near.index]
        rest = [area for area in self.areas(Outcome.MISSED) if area not in near]
        upwards = self.choice.conditions[0].bound.comparison in _DOWN
        met = self.columns[0].written_values[list(self.areas(Outcome.MET))]
        ordered = met.sort_values(ascending=upwards, kind="stable").index
        return [*map(str, ordered), *near, *self.areas(Outcome.OPEN), *rest]


def parsed(text: str) -> Condition | None:
    """Read a condition of an address; None where it is none.

    Examples
    --------
    >>> parsed("sgb2_quote.ueber.20").bound.low, parsed("sgb2_quote.ueber"), parsed("a.ueber.nan")
    (20.0, None, None)
    """
    indicator, _, rest = text.partition(_PARTED)
    word, _, written = rest.partition(_PARTED)
    written, _, day = written.partition(_ON)
    try:
        comparison, bounds = BoundKind(word), sorted(map(float, written.split(_TO)))
        date = dt.date.fromisoformat(day) if day else None
    except ValueError:
        return None
    count = 2 if comparison is BoundKind.BETWEEN else 1
    if len(bounds) != count or not all(abs(bound) < _TOO_LARGE for bound in bounds):
        return None
    return Condition(
        indicator, Bound(comparison, bounds[0], bounds[1] if count > 1 else None), date
    )


def begun(city: City, level: str, indicator_id: str = "") -> Condition:
    """Return a condition to begin with: above the whole city's value, or the median of the areas.

    Parameters
    ----------
    city : City
    level : str
    indicator_id : str
        That with which the city begins, by default.
    """
    offered = list(columns.offered(city, level).values())
    wanted = (indicator_id, city.catalogue.start.indicator, *city.catalogue.start.key_figures)
    found = columns.column(
        city, level, next((each for each in wanted if each in offered), offered[0])
    )
    counted = found.indicator.kind == "extensive" or found.reference is None
    middle = float(found.written_values.median()) if counted else float(found.reference or 0)
    bound = formats.rounded(middle, found.indicator.decimals)
    return Condition(found.indicator.id, Bound(BoundKind.ABOVE, float(bound or 0)))


def read_conditions(
    city: City, level: str, asked: Sequence[str], notes: list[str]
) -> tuple[Condition, ...]:
    """Read the conditions of an address; what is none is noted, and without any, one is begun."""
    found: list[Condition] = []
    for each in asked:
        condition = parsed(each)
        if condition is None or not _known(city, level, condition):
            example = begun(city, level).text
            notes.append(TEXTS["unknown"].format(found=each[:_LONGEST], example=example))
        else:
            found.append(condition)
    if len(found) > MOST:
        notes.append(TEXTS["too_many"].format(most=MOST))
    return tuple(found[:MOST]) or (begun(city, level),)


def _known(city: City, level: str, condition: Condition) -> bool:
    if condition.indicator_id not in columns.offered(city, level).values():
        return False
    days = columns.days(city, level, condition.indicator_id)
    return condition.date is None or condition.date in days


def read(city: City, address: Address, notes: list[str]) -> SearchChoice:
    """Read what an address looks for; what does not exist is noted.

    Raises
    ------
    ViewError
        If the city has nothing to look for.
    """
    if not columns.levels(city):
        raise ViewError(TEXTS["nothing"])
    level = columns.level_offer(city).read(address, notes)
    asked = address.get(WITHIN)
    within = None if not asked else scope.read(city, level, asked)
    if asked and within is None:
        notes.append(TEXTS["within_gone"].format(found=asked[:_LONGEST]))
    wanted = read_conditions(city, level, address.get_all(CONDITION), notes)
    return SearchChoice(level, wanted, within)


def search(city: City, choice: SearchChoice) -> AreaSearch:
    """Look for the areas that fulfil all conditions of a choice, from shown figures only."""
    found = tuple(
        columns.column(city, choice.level, each.indicator_id, each.date)
        for each in choice.conditions
    )
    areas = city.areas(choice.level).index
    holds, short = pd.DataFrame(index=areas), pd.DataFrame(index=areas)
    for place, (own, condition) in enumerate(zip(found, choice.conditions, strict=True)):
        values, decimals = own.written_values.reindex(areas), own.indicator.decimals
        holds[str(place)] = fulfilled(values, condition.bound, decimals)
        spread = float(values.std(ddof=0)) if values.nunique() > 1 else 1.0
        short[str(place)] = shortfall(values, condition.bound, decimals) / spread
    if choice.within is not None:
        inside = scope.members(city, choice.level, choice.within)
        holds["within"] = pd.Series(areas.isin(inside), index=areas, dtype="boolean")
    near = nearly(holds, short).nsmallest(NEAR, keep="all")
    return AreaSearch(choice, found, holds, outcomes(holds), near)


def condition_words(own: DatedIndicator, condition: Condition) -> str:
    """Write a condition: "SGB-II-Quote über 20,0 %"."""
    bound = condition.bound
    word = next(title for title, each in COMPARISONS.items() if each is bound.comparison)
    low = formats.number(bound.low, _digits(own, bound.low))
    written = (
        low
        if bound.high is None
        else f"{low} und {formats.number(bound.high, _digits(own, bound.high))}"
    )
    unit = f"\u202f{own.indicator.unit}" if own.indicator.unit else ""
    return f"{own.name} {word} {written}{unit}"


def _digits(own: DatedIndicator, bound: float) -> int:
    """Write bounds as short as they are exact, with the decimals of the indicator at least."""
    exact = len(formats.canonical(bound).partition(".")[2])
    return max(exact, own.indicator.decimals)


def all_words(city: City, found: AreaSearch) -> str:
    """Write all conditions, joined by "und"."""
    said = [
        condition_words(own, condition)
        for own, condition in zip(found.columns, found.choice.conditions, strict=True)
    ]
    if found.choice.within is not None:
        said.append(scope.where(city, found.choice.within))
    return TEXTS["and"].join(said)


def sentence(city: City, found: AreaSearch) -> str:
    """Say how many areas were found, and of how many that cannot be said."""
    level, count = city.catalogue.level(found.choice.level), len(found.areas(Outcome.MET))
    several = found.holds.shape[1] > 1
    said = TEXTS["found"].format(
        count=formats.number(count, 0),
        all=formats.number(len(found.outcome), 0),
        plural=formats.dative(level.plural),
        verb="erfüllt" if count == 1 else "erfüllen",
        what="alle Bedingungen" if several else "die Bedingung",
        conditions=all_words(city, found),
    )
    still = len(found.areas(Outcome.OPEN))
    if still:
        said += " " + TEXTS["open"].format(count=formats.number(still, 0))
    return said


def near_words(city: City, found: AreaSearch) -> str:
    """Say which areas miss only one condition, and by least; empty where none does."""
    if found.near.empty:
        return ""
    nearest = found.near.index[found.near == found.near.iloc[0]]
    told = [_missed_words(city, found, str(area)) for area in nearest]
    return TEXTS["near"].format(areas=formats.listed(told, most=NAMED_ALIKE))


def _missed_words(city: City, found: AreaSearch, area: str) -> str:
    """Write an area with its value of the condition that it misses."""
    own = next(each for at, each in enumerate(found.columns) if not found.state(area, at))
    value = own.write(float(own.written_values[area]))
    return f"{city.name(found.choice.level, area)} ({own.name} {value})"


def headline(city: City, found: AreaSearch) -> str:
    """Say what was found, and what misses it by least."""
    return " ".join(filter(None, [sentence(city, found), near_words(city, found)]))


def why(city: City, found: AreaSearch, area_id: str) -> str:
    """Say why an area is not found; empty where it is."""
    outcome = found.outcome[area_id]
    if outcome == Outcome.MET:
        return ""
    parts = []
    for place, own in enumerate(found.columns):
        holds = found.state(area_id, place)
        if outcome == Outcome.OPEN and holds is None:
            title = STATUS_MEANINGS[own.status(area_id)].title
            parts.append(f"{own.name} ({title})")
        elif outcome == Outcome.MISSED and holds is False:
            parts.append(f"{own.name} {own.write(float(own.written_values[area_id]))}")
    within = found.choice.within
    if within is not None and not found.holds.at[area_id, "within"]:
        parts.append(TEXTS["outside"].format(where=scope.where(city, within)))
    return TEXTS["why_open" if outcome == Outcome.OPEN else "why_missed"].format(
        parts=", ".join(parts)
    )


def beside(city: City, found: AreaSearch, place: int) -> tuple[str, str]:
    """Say of a condition its Stichtag, the city's value and the span; and how far it goes alone."""
    own, holds = found.columns[place], found.holds[str(place)]
    known, whole = own.written_values.dropna(), own.reference
    still = int(holds.isna().sum())
    measured = TEXTS["beside"].format(
        date=formats.date(own.day),
        city=city.catalogue.city.name,
        reference=TEXTS["no_reference"] if whole is None else f" {own.write(whole)}",
        low=own.write(float(known.min())),
        high=own.write(float(known.max())),
    )
    alone = TEXTS["beside_alone"].format(
        count=formats.number(int(holds.fillna(value=False).sum()), 0)
    )
    if still:
        alone += TEXTS["beside_open"].format(count=formats.number(still, 0))
    return measured, alone
