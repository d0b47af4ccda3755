"""Two indicators of the same areas: classes of both, coefficients, line, and what they say."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.measures.classes import Classes, Method, classify
from inteso_dash.measures.relation import (
    FEWEST,
    Correlation,
    RobustLine,
    both_classes,
    pearson,
    robust_line,
    spearman,
)
from inteso_dash.pages.muster import choice as asked
from inteso_dash.pages.muster.texts import HIGH, LOW, MIDDLE, TEXTS
from inteso_dash.views import dated, headlines
from inteso_dash.views.dated import DatedIndicator
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import UNKNOWN, ViewError, area_of, known

_OFTEN = ((0.7, "meist"), (0.4, "häufig"), (0.0, "etwas häufiger"))
"""How a relation is told, from which strength on."""
_THIRDS = 3
_GONE = (Status.UNINHABITED, Status.MERGED, Status.SUPPRESSED)
_DIGITS = 2
_NAMED = 2


def parts_of(catalogue: Catalogue, indicator_id: str) -> frozenset[str]:
    """Return everything that an indicator is made of, and what that is made of, itself left out."""
    found: set[str] = set()
    waiting = [indicator_id]
    while waiting:
        indicator = catalogue.indicator(waiting.pop())
        index, derived = catalogue.index(indicator.id), indicator.derived
        own = [*indicator.numerator, *indicator.denominator]
        if index is not None:
            own += [part.indicator for part in index.counting]
        if derived is not None:
            own += [each for each in (derived.count,) if each is not None]
        fresh = [each for each in own if each not in found and catalogue.has_indicator(each)]
        found.update(fresh)
        waiting += fresh
    return frozenset(found - {indicator_id})


def shared_parts(catalogue: Catalogue, one: str, other: str) -> str:
    """Say in German which parts two indicators have in common; empty where none is declared.

    Parameters
    ----------
    catalogue : Catalogue
    one, other : str
        Ids of indicators.
    """
    first, second = catalogue.indicator(one), catalogue.indicator(other)
    for part, whole in ((first, second), (second, first)):
        if part.id in parts_of(catalogue, whole.id):
            return TEXTS["part_of"].format(part=part.short.de, whole=whole.short.de)
    tops, bases = zip(*(_made_of(catalogue, each) for each in (one, other)), strict=True)
    common = (
        ("same_numerator", tops[0] & tops[1]),
        ("crossed", (tops[0] & bases[1]) | (tops[1] & bases[0])),
    )
    said = [TEXTS[text].format(names=_named(catalogue, found)) for text, found in common if found]
    if _same_whole(catalogue, *tops):
        said.append(TEXTS["partition"])
    if first.kind == second.kind == "extensive":
        said.append(TEXTS["counts"])
    if bases[0] & bases[1]:
        said.append(TEXTS["same_base"].format(names=_named(catalogue, bases[0] & bases[1])))
    return "; ".join(said)


def _made_of(catalogue: Catalogue, indicator_id: str) -> tuple[set[str], set[str]]:
    """Return what an indicator counts and what it refers to; of an index, what its parts do."""
    index, indicator = catalogue.index(indicator_id), catalogue.indicator(indicator_id)
    if index is None:
        return set(indicator.numerator) or {indicator_id}, set(
            indicator.denominator or indicator.weight
        )
    made = [_made_of(catalogue, part.indicator) for part in index.counting]
    return set[str]().union(*(top for top, _ in made)), set[str]().union(
        *(base for _, base in made)
    )


def _same_whole(catalogue: Catalogue, one: set[str], other: set[str]) -> bool:
    return not one & other and any(
        one <= set(partition) and other <= set(partition)
        for each in catalogue.indicators
        for partition in each.partitions
    )


def _named(catalogue: Catalogue, ids: Iterable[str]) -> str:
    names = [each.short.de for each in catalogue.indicators if each.id in set(ids)]
    return formats.listed(names, most=_NAMED)


@dataclass(frozen=True)
class TwoChoice:
    """What a reader chose: two indicators at their Stichtage, and how they are classed."""

    level: str
    first: str
    second: str
    first_day: dt.date
    second_day: dt.date
    method: Method
    weighted: bool


@dataclass(frozen=True)
class Marked:
    """What a reader looks at: an area, areas with their names, and a class that stands out."""

    selected: str | None = None
    named: tuple[str, ...] = ()
    lit: int | None = None

    @property
    def areas(self) -> tuple[str, ...]:
        """All areas that bear their names."""
        own = () if self.selected is None else (self.selected,)
        return tuple(dict.fromkeys((*own, *self.named)))


@dataclass(frozen=True)
class Related:
    """Two indicators together.

    Attributes
    ----------
    choice : TwoChoice
    first, second : DatedIndicator
    kinds : Series
        Class of both by area, as `both_classes` counts them; NaN where one value is missing.
    classes : (Classes, Classes)
        Of each of the two.
    ranked, linear : Correlation
        Spearman's and Pearson's coefficient.
    line : RobustLine or None
    """

    choice: TwoChoice
    first: DatedIndicator
    second: DatedIndicator
    kinds: pd.Series[float]
    classes: tuple[Classes, Classes]
    ranked: Correlation
    linear: Correlation
    line: RobustLine | None

    @property
    def both(self) -> pd.Index:
        """Areas with both values."""
        return self.kinds.dropna().index

    @property
    def residuals(self) -> pd.Series[float]:
        """How far areas lie above the line, in the unit of the second indicator."""
        if self.line is None:
            return self.first.values * math.nan
        line = self.line.intercept + self.line.slope * self.first.values
        return self.second.values - line

    def kind_name(self, kind: int) -> str:
        """Write a class: "SGB-II-Quote hoch, Kinderarmut niedrig"."""
        row, column = divmod(kind, _THIRDS)
        words = (LOW, MIDDLE, HIGH)
        return TEXTS["kind"].format(
            first=self.first.indicator.short.de,
            one=words[column],
            second=self.second.indicator.short.de,
            other=words[row],
        )

    def missing(self) -> pd.DataFrame:
        """Return the areas without both values: columns status and note, which says what lacks."""
        lacking = self.kinds.index[self.kinds.isna()]
        rows = []
        for area in lacking:
            parts = [
                (each.indicator.short.de, each.cells.loc[area])
                for each in (self.first, self.second)
                if pd.isna(each.values[area])
            ]
            statuses = {Status(str(cell["status"])) for _, cell in parts}
            status = next((each for each in _GONE if each in statuses), Status.NOT_DELIVERED)
            titles = formats.listed(title for title, _ in parts)
            rows.append((str(status), TEXTS["lacks"].format(titles=titles)))
        return pd.DataFrame(rows, index=lacking, columns=["status", "note"], dtype=object)


def read(city: City, address: Address, notes: list[str]) -> TwoChoice:
    """Read what an address chooses; what does not exist is noted (`ViewError` for nothing)."""
    level = asked.levels(city).read(address, notes)
    first = asked.indicators(city, level).read(address, notes)
    second = asked.seconds(city, level, first).read(address, notes)
    day = asked.days(city, level, first).read(address, notes)
    other = asked.second_days(city, level, second, day).read(address, notes)
    method = asked.METHODS.read(address, notes)
    weighted = address.get(asked.WEIGHTED) in {"1", "true"}
    return TwoChoice(level, first, second, day, other, method, weighted)


def marked(city: City, level: str, address: Address, notes: list[str]) -> Marked:
    """Read what an address looks at; what does not exist is noted."""
    selected = area_of(city, level, address.get(asked.AREA), notes)
    named = []
    for each in address.get_all(asked.NAMED)[: asked.MOST_NAMED]:
        if city.has_area(level, each):
            named.append(each)
        else:
            notes.append(UNKNOWN.format(label="Gebiet", found=each[:60], shown="keines"))
    kinds = {str(kind): kind for kind in range(_THIRDS**2)}
    lit = address.get(asked.LIT)
    kind = None if lit is None else known(lit, {**kinds, "keine": -1}, -1, "Klasse", notes)
    return Marked(selected, tuple(named), None if kind in {None, -1} else kind)


def related(city: City, choice: TwoChoice) -> Related:
    """Relate two indicators.

    Raises
    ------
    ViewError
        If too few areas have both values, or one value is the same everywhere.
    """
    level = city.catalogue.level(choice.level)
    first = dated.dated(city, level.id, choice.first, choice.first_day)
    second = dated.dated(city, level.id, choice.second, choice.second_day)
    x, y = first.values, second.values
    both = x.notna() & y.notna()
    titles = {"first": first.indicator.title.de, "second": second.indicator.title.de}
    if both.sum() < FEWEST:
        said = {**titles, "count": int(both.sum()), "plural": level.plural, "least": FEWEST}
        raise ViewError(TEXTS["too_few"].format(**said))
    for each, values in ((first, x), (second, y)):
        if values[both].nunique() == 1:
            raise ViewError(TEXTS["same"].format(title=each.indicator.title.de))
    classes = tuple(
        classify(
            each.values[both],
            choice.method,
            _THIRDS,
            each.indicator.decimals,
            reference=city.reference(each.indicator.id, each.day)
            if each.indicator.kind == "intensive"
            else None,
        )
        for each in (first, second)
    )
    people = population(city, choice, both[both].index) if choice.weighted else None
    return Related(
        choice,
        first,
        second,
        both_classes(x, y, classes[0].breaks[1:-1], classes[1].breaks[1:-1]),
        (classes[0], classes[1]),
        spearman(x, y),
        pearson(x, y, people),
        robust_line(x, y),
    )


def population(city: City, choice: TwoChoice, areas: pd.Index) -> pd.Series[float] | None:
    """Return the inhabitants at the Stichtag next to that of the first indicator, if known."""
    counted = city.catalogue.population
    there = [] if counted is None else asked.days_of(city, choice.level, counted)
    if counted is None or not there:
        return None
    day = min(there, key=lambda each: abs(each - choice.first_day))
    people = city.known(choice.level, counted, day).reindex(areas)
    return people if (people > 0).sum() >= FEWEST else None


def coefficient(value: float) -> str:
    """Write a coefficient, and where there is none, a dash."""
    return "–" if math.isnan(value) else formats.signed(value, _DIGITS)


def spread(found: Correlation) -> dict[str, str]:
    """Return value and interval as they are written."""
    return {
        "value": coefficient(found.value),
        "low": coefficient(found.low),
        "high": coefficient(found.high),
    }


def sentence(city: City, shown: Related, *, brief: bool = False) -> str:
    """Say in plain words how the two go together; in brief with the coefficient alone."""
    level, found = city.catalogue.level(shown.choice.level), shown.ranked
    told = {
        "plural": level.plural,
        "dative": formats.dative(level.plural),
        "count": formats.number(found.count, 0),
        "first": shown.first.indicator.title.de,
        "second": shown.second.indicator.title.de,
        **spread(found),
    }
    told["measured"] = TEXTS["measured_brief" if brief else "measured"].format(**told)
    if not found.sure:
        return TEXTS["apart"].format(**told)
    often = next(word for least, word in _OFTEN if abs(found.value) >= least)
    word = "höheren" if found.value > 0 else "niedrigeren"
    return TEXTS["together"].format(often=often, word=word, **told)


def details(city: City, shown: Related) -> list[str]:
    """Say what stands beside the sentence: Pearson, the line, common parts, other Stichtage."""
    first, second = shown.first, shown.second
    weighed = shown.choice.weighted and math.isnan(shown.linear.p)
    count = formats.number(shown.linear.count, 0)
    said = [
        TEXTS["pearson_weighted" if weighed else "pearson"].format(
            count=count, **spread(shown.linear)
        )
    ]
    if shown.line is not None:
        said.append(_line_words(shown, shown.line))
    why = shared_parts(city.catalogue, first.indicator.id, second.indicator.id)
    if why:
        said.append(TEXTS["shared"].format(why=why))
    if first.day != second.day:
        said.append(
            TEXTS["other_days"].format(
                first=first.indicator.title.de,
                first_day=formats.date(first.day),
                second=second.indicator.title.de,
                second_day=formats.date(second.day),
            )
        )
    return said


def _line_words(shown: Related, line: RobustLine) -> str:
    """Write the slope for a step across that is as wide as the values make sensible."""
    x, y = shown.first.indicator, shown.second.indicator
    values = shown.first.values[shown.both]
    width = 10.0 ** math.floor(math.log10(max(float(np.ptp(values)) / 2, 1e-9)))
    digits = max(y.decimals, 1)
    slopes = [formats.signed(each * width, digits) for each in (line.slope, line.low, line.high)]
    unit = headlines.step(x.unit)
    if width == 1 and unit.endswith("punkte"):
        unit = unit.removesuffix("e")
    return TEXTS["line"].format(
        step=f"{formats.german(width)} {unit}".strip(),
        first=x.title.de,
        slope=f"{slopes[0]} {headlines.step(y.unit)}".strip(),
        second=y.title.de,
        low=slopes[1],
        high=slopes[2],
    )


def when(shown: Related) -> str:
    """Write the Stichtag of both, or both of them."""
    days = dict.fromkeys(formats.date(each.day) for each in (shown.first, shown.second))
    return " und ".join(days)


def title(shown: Related) -> str:
    """Name both indicators."""
    return TEXTS["map_title"].format(
        first=shown.first.indicator.title.de, second=shown.second.indicator.title.de
    )
