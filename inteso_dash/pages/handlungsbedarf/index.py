"""What an address of the page shows: an index, composed, classed, and tried with other weights."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from inteso_dash.catalogue.indices import CompositeIndex, Direction, IndexClasses, Ingredient
from inteso_dash.catalogue.yaml_files import Text
from inteso_dash.city import City
from inteso_dash.city.indices import IndexOfLevel, index_days, index_of_level
from inteso_dash.language import formats
from inteso_dash.measures.classes import MIN_CLASSES, Classes, Method, classify, ranks
from inteso_dash.measures.index import (
    CONCENTRATION,
    Classing,
    Stability,
    class_bounds,
    class_of,
    stability,
)
from inteso_dash.pages.handlungsbedarf.texts import (
    CLASSINGS,
    COMPARED,
    CONCENTRATIONS,
    DECLARED,
    DEVIATIONS,
    DIRECTIONS,
    FIFTHS,
    FIVE_NAMES,
    OWN,
    SIGN,
    TEXTS,
    TRANSFORMATIONS,
)
from inteso_dash.views.colours import diverging, sequential
from inteso_dash.views.headlines import NAMED_ALIKE
from inteso_dash.views.map_view import Scale, Snapshot
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import ViewError, known

PAGE = "handlungsbedarf"
INDEX, LEVEL, DATE, AREA = "h_index", "h_ebene", "h_stichtag", "h_gebiet"
PARTS, WEIGHT, DIRECTION = "h_teil", "h_gewicht_", "h_richtung_"
TRANSFORMATION, AGAIN, LEAST, SMALLEST = "h_massstab", "h_nochmal", "h_mindestens", "h_ab"
CLASSES, BOUNDS, SPREAD = "h_klassen", "h_grenzen", "h_streuung"
STEADY = 0.9
"""Share of the weightings in which an area must keep its class not to be marked."""
MOST_PARTS, MOST_WEIGHT = 12, 10.0
ONCE, TWICE = "einmal", "zweimal"
AGAIN_WAYS = {"ja": TWICE, "nein": ONCE}
_PER_CENT = 100.0
_START_PARTS = 3


@dataclass(frozen=True)
class NeedChoice:
    """What a reader chose.

    Attributes
    ----------
    declared : CompositeIndex
        The index as it is to be made.
    preset : CompositeIndex
        What the reader began with.
    level : str
    date : date or None
        None for the newest.
    concentration : float
        As of `inteso_dash.measures.index.stability`.
    """

    declared: CompositeIndex
    preset: CompositeIndex
    level: str
    date: dt.date | None
    concentration: float

    @property
    def changed(self) -> bool:
        """Whether it is another index than the declared one."""
        return self.declared.id != self.preset.id


@dataclass(frozen=True)
class Need:
    """An index of the areas of a level, with what other weights would make of it.

    Attributes
    ----------
    choice : NeedChoice
    index : IndexOfLevel
    values : Series
        As they are written.
    ranks, classes : Series
        1 for the highest value; place among ``choice.declared.classes.names``.
    bounds : tuple of float
        Between the classes.
    stability : Stability
    """

    choice: NeedChoice
    index: IndexOfLevel
    values: pd.Series[float]
    ranks: pd.Series[int]
    classes: pd.Series[int]
    bounds: tuple[float, ...]
    stability: Stability

    @property
    def shaky(self) -> tuple[str, ...]:
        """Areas that keep their class in fewer weightings than `STEADY`."""
        kept = self.stability.kept
        return tuple(str(area) for area in kept.index[kept < STEADY])

    @property
    def layer(self) -> Snapshot:
        """Values and statuses, as a map draws them."""
        cells = self.index.cells.assign(value=self.values)
        return Snapshot(self.index.date, cells, self.ranks, None)

    @property
    def scale(self) -> Scale:
        """Classes and colours of the map."""
        declared = self.choice.declared
        drawn = self.drawn_classes
        colours = (
            diverging(drawn.written(declared.decimals), 0.0)
            if declared.centred
            else sequential(drawn.size)
        )
        return Scale(declared.title.de, declared.unit, declared.decimals, drawn, colours)

    @property
    def drawn_classes(self) -> Classes:
        """The classes that colours and legend have."""
        decimals = self.choice.declared.decimals
        return classify(self.values, Method.OWN, MIN_CLASSES, decimals, own=self.bounds)

    def name(self, city: City, area_id: str) -> str:
        """Return the name of an area of the division that the index is of."""
        return city.name(self.choice.level, area_id, self.index.division)

    def earlier(self, city: City) -> bool:
        """Say whether the areas are those of an earlier division."""
        return self.index.division != city.catalogue.level(self.choice.level).current.id

    def areas(self, city: City) -> str:
        """Name the areas, in the plural: "Stadtteile", of an earlier division with its id."""
        plural = city.catalogue.level(self.choice.level).plural
        if not self.earlier(city):
            return plural
        return TEXTS["earlier"].format(plural=plural, division=self.index.division)

    @property
    def one_part(self) -> bool:
        """Whether only one part of the index has values."""
        return int(self.index.parts.notna().any().sum()) == 1

    @property
    def tops(self) -> tuple[str, ...]:
        """The areas with the highest value."""
        return tuple(map(str, self.values.index[self.values == self.values.max()]))

    @property
    def top(self) -> str:
        """The first of them."""
        return self.tops[0]

    def top_names(self, city: City) -> str:
        """Name them, some where they are many."""
        return formats.listed((self.name(city, each) for each in self.tops), most=NAMED_ALIKE)


def presets(city: City) -> dict[str, CompositeIndex]:
    """Return what a reader can begin with, by title: the declared indices, else one of our own."""
    declared = city.catalogue.indices
    if declared:
        return {each.title.de: each for each in declared}
    title = Text(de=TEXTS["own"], en=TEXTS["own"])
    start = city.catalogue.start
    offered = offered_parts(city, start.level)
    rates = [
        each for each in offered.values() if city.catalogue.indicator(each).kind != "extensive"
    ]
    first = [each for each in start.key_figures if each in rates] or rates
    if not first:
        return {}
    own = CompositeIndex(
        id="eigener",
        title=title,
        short=title,
        topic=city.catalogue.topics[0].id,
        meaning=TEXTS["own_meaning"],
        parts=tuple(Ingredient(indicator=each) for each in first[:_START_PARTS]),
        classes=IndexClasses(steps=(-1.5, -0.5, 0.5, 1.5), names=FIVE_NAMES),
    )
    return {own.title.de: own}


def offered_levels(city: City) -> dict[str, str]:
    """Return the levels below the whole city that have figures, plural → id."""
    return {
        level.plural: level.id
        for level in reversed(city.catalogue.levels)
        if level.parent is not None and len(city.areas(level.id)) > 1 and city.indicators(level.id)
    }


def shown_levels(city: City) -> list[str]:
    """Return levels of which the page can show an area, the one it begins with first."""
    offered, begun = offered_levels(city).values(), presets(city)
    if not offered or not begun:
        return []
    first = first_level(city, next(iter(begun.values())))
    return sorted(offered, key=lambda level: level != first)


def offered_parts(city: City, level: str) -> dict[str, str]:
    """Return the indicators of a level that an index can be made of, title → id."""
    indices = {each.id for each in city.catalogue.indices}
    return {
        city.catalogue.indicator(each).title.de: each
        for each in city.indicators(level)
        if each not in indices
    }


def first_level(city: City, preset: CompositeIndex) -> str:
    """Return the level that the page begins with."""
    levels = list(offered_levels(city).values())
    wanted = city.catalogue.start.level if preset.published is None else preset.published.level
    return wanted if wanted in levels else levels[0]


def read(city: City, address: Address, notes: list[str]) -> NeedChoice:
    """Read what an address chooses; what does not exist is noted.

    Raises
    ------
    ViewError
        If the city has nothing that an index could be made of, or no part is chosen.
    """
    offered = presets(city)
    levels = offered_levels(city)
    if not offered or not levels:
        raise ViewError(TEXTS["parts_none"])
    preset = known(address.get(INDEX), offered, next(iter(offered.values())), "Index", notes)
    level = known(address.get(LEVEL), levels, first_level(city, preset), "Ebene", notes)
    parts = _parts(city, address, preset, level, notes)
    way = known(
        address.get(TRANSFORMATION), TRANSFORMATIONS, preset.transformation, "Maßstab", notes
    )
    again = known(
        address.get(AGAIN), AGAIN_WAYS, TWICE if preset.again else ONCE, "Standardisieren", notes
    )
    counting = sum(part.weight > 0 for part in parts)
    if not counting:
        raise ViewError(TEXTS["parts_none"])
    least = int(number(address.get(LEAST), preset.least, 1, MOST_PARTS))
    base = preset.base or city.catalogue.population
    made = preset.model_copy(
        update={
            "parts": parts,
            "transformation": way if base or way != "weighted" else "z",
            "again": again == TWICE,
            "least": min(least, counting),
            "base": base,
            "smallest": number(address.get(SMALLEST), preset.smallest, 0, math.inf) if base else 0,
            "classes": _classes(address, preset, notes),
        }
    )
    if made != preset.model_copy(update={"base": base}):
        title = Text(de=TEXTS["own"], en=TEXTS["own"])
        own = {"title": title, "short": title, "meaning": TEXTS["own_meaning"], "caveat": ""}
        made = made.model_copy(update={**own, "id": f"{preset.id}_eigener"})
    else:
        made = preset
    days = {formats.date(day): day for day in index_days(city, made, level)}
    asked = address.get(DATE)
    newest = max(days.values(), default=None)
    date = known(asked, days, newest, "Stichtag", notes) if newest else None
    spread = known(address.get(SPREAD), CONCENTRATIONS, f"{CONCENTRATION:g}", "Streuung", notes)
    return NeedChoice(made, preset, level, date, float(spread))


def _parts(
    city: City, address: Address, preset: CompositeIndex, level: str, notes: list[str]
) -> tuple[Ingredient, ...]:
    offered = set(offered_parts(city, level).values())
    begun = {part.indicator: part for part in preset.parts}
    asked = address.get_all(PARTS)
    wanted = [each for each in asked or begun if each in offered]
    notes += [
        TEXTS["parts_unknown"].format(found=each[:60]) for each in asked if each not in offered
    ]
    return tuple(
        Ingredient(
            indicator=each,
            weight=number(address.get(WEIGHT + each), _weight(begun, each), 0, MOST_WEIGHT),
            direction=known(
                address.get(DIRECTION + each),
                DIRECTIONS,
                _direction(begun, each),
                "Richtung",
                notes,
            ),
        )
        for each in list(dict.fromkeys(wanted))[:MOST_PARTS]
    )


def _weight(begun: dict[str, Ingredient], indicator: str) -> float:
    return begun[indicator].weight if indicator in begun else 1.0


def _direction(begun: dict[str, Ingredient], indicator: str) -> Direction:
    return begun[indicator].direction if indicator in begun else "more"


def number(asked: str | None, default: float, low: float, high: float) -> float:
    """Read a number of an address, the default where it is none or lies outside."""
    try:
        found = default if asked is None else float(asked)
    except ValueError:
        return default
    return found if low <= found <= high else default


def own_steps(text: str) -> tuple[float, ...] | None:
    """Read bounds such as "1; 1,5"; None where they are not one to six ascending numbers.

    Examples
    --------
    >>> own_steps("1; 1,5"), own_steps("2; 1"), own_steps("")
    ((1.0, 1.5), None, None)
    """
    parts = [part.strip().replace("−", "-") for part in text.split(";") if part.strip()]
    if not all(re.fullmatch(r"-?\d{1,6}(,\d{1,6})?", part) for part in parts):
        return None
    steps = [float(part.replace(",", ".")) for part in parts]
    fits = 1 <= len(steps) <= len(FIVE_NAMES) + 1 and steps == sorted(set(steps))
    return tuple(steps) if fits else None


def _classes(address: Address, preset: CompositeIndex, notes: list[str]) -> IndexClasses:
    way = known(address.get(CLASSES), CLASSINGS, DECLARED, "Klassen", notes)
    if way == DEVIATIONS:
        return IndexClasses(kind="deviations", steps=(-1.5, -0.5, 0.5, 1.5), names=FIVE_NAMES)
    if way == FIFTHS:
        return IndexClasses(kind="quantiles", steps=(20, 40, 60, 80), names=FIVE_NAMES)
    steps = own_steps(address.get(BOUNDS) or "") if way == OWN else None
    if steps is None:
        return preset.classes
    written = [formats.german(step) for step in steps]
    between = [f"{low} bis unter {high}" for low, high in pairwise(written)]
    names = (f"unter {written[0]}", *between, f"ab {written[-1]}")
    return IndexClasses(steps=steps, names=names)


def need(city: City, choice: NeedChoice) -> Need:
    """Work out what the page shows.

    Raises
    ------
    ViewError
        If too few areas have enough parts.
    """
    declared = choice.declared
    found = (
        None if choice.date is None else index_of_level(city, declared, choice.level, choice.date)
    )
    if found is None:
        raise ViewError(TEXTS["nothing"])
    classing = Classing(declared.classes.kind)
    steps = [step / _PER_CENT for step in declared.classes.steps]
    if classing is not Classing.QUANTILES:
        steps = list(declared.classes.steps)
    written = [formats.rounded(each, declared.decimals) for each in found.composed.value]
    values = pd.Series(
        [math.nan if each is None else float(each) for each in written],
        index=found.composed.value.index,
    )
    exact = class_bounds(values, classing, steps)
    bounds = tuple(float(formats.rounded(each, declared.decimals) or 0) for each in exact)
    return Need(
        choice,
        found,
        values,
        ranks(values),
        class_of(values, exact, declared.decimals),
        bounds,
        stability(
            found.composed,
            classing,
            steps,
            decimals=declared.decimals,
            concentration=choice.concentration,
        ),
    )


def sentence(city: City, shown: Need) -> str:
    """Say what the map shows: the highest area, and how many lie in the highest class."""
    declared, level = shown.choice.declared, city.catalogue.level(shown.choice.level)
    known_values = shown.values.dropna()
    highest = len(declared.classes.names) - 1
    count = int((shown.classes == highest).sum())
    return TEXTS["top"].format(
        lie="liegt" if len(shown.tops) == 1 else "liegen",
        names=shown.top_names(city),
        value=formats.signed(float(known_values.max()), declared.decimals),
        count=count,
        all=len(known_values),
        plural=formats.dative(level.plural),
        verb="liegt" if count == 1 else "liegen",
        klass=declared.classes.names[highest],
    )


def answer(city: City, shown: Need) -> str:
    """Say whether other weights would change anything."""
    level, tried = city.catalogue.level(shown.choice.level), shown.stability
    if shown.one_part:
        return TEXTS["only_part"]
    said = TEXTS["kept_some" if shown.shaky else "kept_all"].format(
        count=len(shown.shaky),
        all=int(shown.values.notna().sum()),
        plural=formats.dative(level.plural),
        sign=SIGN,
        weightings=formats.number(tried.weights, 0),
        spread=formats.number(tried.spread * _PER_CENT, 0),
    )
    low, high = int(tried.lowest[shown.top]), int(tried.highest[shown.top])
    place = TEXTS["place_one" if low == high else "place_span"].format(low=low, high=high)
    parts = [said, TEXTS["kept_first"].format(name=shown.name(city, shown.top), place=place)]
    moved = (tried.without == False).sum()  # noqa: E712 - areas without a value are neither
    if moved.max() > 0:
        title = city.catalogue.indicator(str(moved.idxmax())).title.de
        parts.append(TEXTS["left_out"].format(title=title, count=int(moved.max())))
    return " ".join(parts)


def headline(city: City, shown: Need) -> str:
    """Say for a slide what the map shows, and whether other weights would change it."""
    if shown.one_part:
        return sentence(city, shown)
    short = TEXTS["short_some" if shown.shaky else "short_none"]
    return f"{sentence(city, shown)} {short.format(count=len(shown.shaky), sign=SIGN)}"


def area_of(shown: Need, selected: str | None) -> str:
    """Return the selected area where it has an index, else the one with the highest value."""
    return selected if selected is not None and selected in shown.values.dropna() else shown.top


def of_area(city: City, shown: Need, area_id: str) -> str:
    """Say the index of an area, and which part counts most in it."""
    decimals = shown.choice.declared.decimals
    added = {
        str(part): float(each[area_id])
        for part, each in shown.index.composed.contributions.items()
        if not math.isnan(each[area_id])
    }
    part = max(added, key=lambda each: abs(added[each]))
    return TEXTS["most"].format(
        name=shown.name(city, area_id),
        value=formats.signed(float(shown.values[area_id]), decimals),
        title=city.catalogue.indicator(part).title.de,
        added=formats.signed(added[part], decimals),
    )


def class_words(declared: CompositeIndex, bounds: tuple[float, ...]) -> str:
    """Name the classes with their bounds: "mittel (−1 bis unter 1), hoch (ab 1)"."""
    written = [formats.number(each, declared.decimals) for each in bounds]
    spans = [
        f"unter {written[0]}",
        *(f"{low} bis unter {high}" for low, high in pairwise(written)),
        f"ab {written[-1]}",
    ]
    return ", ".join(
        f"{name} ({span})" for name, span in zip(declared.classes.names, spans, strict=True)
    )


def compared(city: City, shown: Need) -> tuple[tuple[str, ...], ...]:
    """Return what is published of the index beside ours, heads first; empty where nothing is."""
    published = shown.choice.preset.published
    if (
        published is None
        or published.level != shown.choice.level
        or published.date != shown.index.date
    ):
        return ()
    level = city.catalogue.level(published.level)
    rows: list[tuple[str, ...]] = [COMPARED]
    for each in published.counts:
        own = int((shown.values >= each.least).sum())
        head = TEXTS["from"].format(plural=level.plural, least=_signed(each.least))
        difference = formats.signed(own - each.areas, 0)
        rows.append((head, formats.number(each.areas, 0), formats.number(own, 0), difference))
    for value in published.values:
        name = shown.name(city, value.area)
        mine = float(shown.values[value.area])
        told = (
            ("–", "–")
            if math.isnan(mine)
            else (
                formats.signed(mine, shown.choice.declared.decimals),
                formats.signed(mine - value.value, 1),
            )
        )
        rows.append((TEXTS["of"].format(name=name), _signed(value.value), *told))
        if value.highest:
            same = TEXTS["same" if shown.tops == (value.area,) else "other"]
            rows.append((TEXTS["highest"], name, shown.top_names(city), same))
    return tuple(rows)


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else ''}{formats.german(value)}"
