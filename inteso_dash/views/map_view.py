"""What the map page shows for a choice of level, indicator and classes; pure."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from inteso_dash.catalogue import LONG_COLUMNS
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.city.comparable import printed
from inteso_dash.city.revisions import REVISED
from inteso_dash.language import formats
from inteso_dash.measures.classes import MAX_CLASSES, Classes, Method, aligned, classify, ranks
from inteso_dash.views import headlines
from inteso_dash.views import scope as scopes
from inteso_dash.views.colours import diverging, sequential
from inteso_dash.views.scope import Scope
from inteso_dash.views.statement import estimates

METHODS = {
    "Quantile (gleich viele Gebiete)": Method.QUANTILES,
    "Natürliche Brüche": Method.NATURAL,
    "Gleiche Schritte": Method.EQUAL,
    "Abweichung von der Stadt": Method.DEVIATION,
    "Eigene Grenzen": Method.OWN,
}
"""Ways to divide values into classes, as pages and addresses name them."""

AROUND_MEAN = (
    "Die Klassen liegen um den Durchschnitt der Gebiete ({mean}, jedes zählt gleich), nicht um "
    "den Wert der Stadt: Der fehlt oder ist die Summe der Gebiete."
)


class NotDrawableError(ValueError):
    """There is nothing to draw: no outlines, no figures; the message says why, in German."""


@dataclass(frozen=True)
class Choice:
    """What a reader chose: level, indicator, how to divide the values into classes, and where.

    ``within`` limits what is listed and counted; classes and ranks are those of the whole city.
    """

    level: str
    indicator_id: str
    method: Method = Method.QUANTILES
    classes: int = 5
    own: tuple[float, ...] = ()
    within: Scope | None = None

    @property
    def everywhere(self) -> Choice:
        """The same choice for the whole city."""
        return replace(self, within=None)


def made_up(chosen: Choice | str, *_: object) -> bool:
    """Say of a choice or an address whether a reader has set the bounds of its classes."""
    return "grenzen=" in chosen if isinstance(chosen, str) else bool(chosen.own)


@dataclass(frozen=True)
class Snapshot:
    """The values of one Stichtag, in the order of the areas."""

    date: dt.date
    values: pd.DataFrame
    ranks: pd.Series
    reference: float | None

    @cached_property
    def estimates(self) -> tuple[str, ...]:
        """What estimated values rest on and how far they may be off, each said once."""
        return estimates(zip(self.values["status"], self.values["note"], strict=True), "Gebieten")

    @cached_property
    def revised(self) -> int:
        """How many values were published differently before."""
        return int(self.values["note"].str.startswith(REVISED).sum())


@dataclass(frozen=True)
class Kinds:
    """What the classes of a map are where they are kinds of areas and no amounts.

    Values of such a map are the places of classes, from 0.

    Attributes
    ----------
    names : tuple of str
        One for every class.
    signs : tuple of str
        What areas of a class bear, empty where nothing; none at all by default.
    square : (str, str) or None
        Titles across and upwards where the classes are those of two figures together, as
        `inteso_dash.measures.relation.both_classes` counts them.
    bounds : (tuple of str, tuple of str)
        Of the classes of both figures, as they are written.
    """

    names: tuple[str, ...]
    signs: tuple[str, ...] = ()
    square: tuple[str, str] | None = None
    bounds: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    @property
    def classes(self) -> Classes:
        """Classes that hold one kind each."""
        count = len(self.names)
        return Classes(tuple(place - 0.5 for place in range(count + 1)), (0,) * count)


@dataclass(frozen=True)
class Scale:
    """What the values of a map are, and the classes and colours that they have.

    Attributes
    ----------
    title, unit : str
    decimals : int
    classes : Classes
    colours : tuple of str
        One for every class.
    kinds : Kinds or None
        What the classes are; amounts by default.
    """

    title: str
    unit: str
    decimals: int
    classes: Classes
    colours: tuple[str, ...]
    kinds: Kinds | None = None


@dataclass(frozen=True)
class View:
    """A map ready to be drawn, downloaded or put into words.

    Attributes
    ----------
    indicator : Indicator
    layers : tuple of Snapshot
        One per Stichtag with values, oldest first; never empty where the city has any figure of
        the indicator.
    classes : Classes
        Bounds that hold the values of all layers, made from the newest one.
    colours : tuple of str
    """

    indicator: Indicator
    layers: tuple[Snapshot, ...]
    classes: Classes
    colours: tuple[str, ...]

    @property
    def scale(self) -> Scale:
        """What a drawing of it needs beside the values."""
        own = self.indicator
        return Scale(own.title.de, own.unit, own.decimals, self.classes, self.colours)


def view(city: City, choice: Choice) -> View:
    """Gather the values of a map and divide them into classes.

    Parameters
    ----------
    city : City
    choice : Choice
        Values, classes and ranks are those of the whole city; see `limited`.
    """
    indicator = city.catalogue.indicator(choice.indicator_id)
    dates = city.dates(choice.level, indicator.id) or city.all_dates(choice.level, indicator.id)
    division = city.catalogue.level(choice.level).current.id
    layers = tuple(
        _layer(city, choice.level, indicator.id, day)
        for day in dates
        if city.division(choice.level, day, indicator.id) == division
    )
    if not layers:
        return View(indicator, (), Classes((), ()), ())
    newest = layers[-1]
    rate = newest.reference if indicator.kind == "intensive" else None
    centre = _written(newest.values["value"].mean() if rate is None else rate, indicator)
    classes = classify(
        newest.values["value"],
        choice.method,
        choice.classes,
        indicator.decimals,
        reference=centre,
        own=choice.own,
    )
    if choice.method is Method.DEVIATION and rate is None and centre is not None:
        around = formats.with_unit(centre, indicator.decimals, indicator.unit)
        note = AROUND_MEAN.format(mean=around)
        classes = replace(classes, note=f"{classes.note} {note}".strip())
    classes = _widened(classes, layers, indicator.decimals)
    middle = centre if choice.method is Method.DEVIATION else indicator.midpoint
    colours = (
        sequential(classes.size)
        if middle is None or not classes.breaks
        else diverging(classes.written(indicator.decimals), middle)
    )
    return View(indicator, layers, classes, colours)


def limited(city: City, choice: Choice, layer: Snapshot) -> Snapshot:
    """Return what a choice is limited to of a layer; ranks stay those of the whole city."""
    if choice.within is None:
        return layer
    kept = list(scopes.members(city, choice.level, choice.within))
    return replace(layer, values=layer.values.loc[kept], ranks=layer.ranks.loc[kept])


def own_bounds(text: str) -> tuple[float, ...] | None:
    """Read bounds such as "5; 10,5; 20"; None where they are not two to six numbers."""
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if not 2 <= len(parts) <= MAX_CLASSES - 1:
        return None
    if not all(re.fullmatch(r"[-−]?\d+(\.\d{3})*(,\d+)?", part) for part in parts):
        return None
    numbers = {float(part.replace("−", "-").replace(".", "").replace(",", ".")) for part in parts}
    known = len(numbers) == len(parts) and all(map(math.isfinite, numbers))
    return tuple(sorted(numbers)) if known else None


def _layer(city: City, level: str, indicator_id: str, day: dt.date) -> Snapshot:
    values = city.values(level, indicator_id, day)
    values = values.assign(value=values["value"].astype(float))
    return Snapshot(day, values, ranks(values["value"]), city.reference(indicator_id, day))


def _written(value: float, indicator: Indicator) -> float | None:
    rounded = formats.rounded(value, indicator.decimals)
    return None if rounded is None else float(rounded)


def _widened(classes: Classes, layers: tuple[Snapshot, ...], decimals: int) -> Classes:
    """Move the bounds so that the values of every layer lie inside, and where they are written."""
    everything = pd.concat([layer.values["value"] for layer in layers]).dropna()
    if not classes.breaks or everything.empty:
        return classes
    low = min(classes.breaks[0], float(everything.min()))
    high = max(classes.breaks[-1], float(everything.max()))
    whole = [layer.reference for layer in layers if layer.reference is not None]
    inner = aligned(classes.breaks[1:-1], [*everything, *whole], decimals)
    return replace(classes, breaks=(low, *inner, high))


def sentence(
    city: City, shown: View, layer: Snapshot, level: str, within: Scope | None = None
) -> str:
    """Say in German what the map shows: the city's value, how many lie above it, and the span.

    Parameters
    ----------
    city : City
    shown : View
    layer : Snapshot
        What is shown of it, as `limited` gives it.
    level : str
    within : Scope, optional
        What it is limited to; its own value is said as well.
    """
    indicator = shown.indicator
    values = layer.values["value"].dropna()
    plural = city.catalogue.level(level).plural
    place = "" if within is None else f" {scopes.where(city, within)}"
    if values.empty and within is not None:
        return f"Für die {formats.definite(plural)}{place} gibt es hier keinen Wert."
    if values.empty:
        reason = indicator.not_aggregable or "Die Quellen nennen auf dieser Ebene keine Werte."
        return f"Für die {formats.definite(plural)} gibt es hier keinen Wert. {reason}"
    names = city.areas(level)["name"].loc[layer.values.index]
    verb, ends = headlines.reach(layer.values, names, indicator)
    many = f"{formats.dative(plural)}{place}"
    root = city.catalogue.root.id
    whole = printed(city, root, city.catalogue.city.id, indicator.id, layer.date)
    told = [] if whole is None else [(city.catalogue.city.name, whole)]
    if within is not None:
        own = printed(city, within.level, within.area_id, indicator.id, layer.date)
        told[:0] = [] if own is None else [(scopes.title(city, within), own)]
    head = "; ".join(f"{name}: {headlines.with_unit(each, indicator)}" for name, each in told)
    head += ". " if head else ""
    if len(values) == 1:
        return f"{head}Eine Angabe liegt für 1 von {len(names)} {many} vor: {ends}."
    if len(values) < len(names) / 2:
        some = f"{formats.number(len(values), 0)} von {formats.number(len(names), 0)} {many}"
        return f"{head}Angaben liegen für {some} vor, {ends}."
    verb = headlines.in_time(city, verb, layer.date)
    if whole is not None and indicator.kind == "intensive":
        middle = _written(whole.value, indicator)
        written = (_written(float(value), indicator) for value in values)
        above = sum(each > middle for each in written if each is not None and middle is not None)
        lie = headlines.in_time(city, "liegt" if above == 1 else "liegen", layer.date)
        over = "Darüber" if within is None else f"Über dem Wert von {city.catalogue.city.name}"
        counted = f"{formats.number(above, 0)} von {formats.number(len(values), 0)}"
        head += f"{over} {lie} {counted} {many}. "
        if within is not None:
            return f"{head}Sie {verb} {ends}."
    return f"{head}Die {formats.definite(plural)}{place} {verb} {ends}."


def elsewhere(city: City, indicator: Indicator, level: str) -> str:
    """Say that a level has no figures of an indicator, and which levels have."""
    there = []
    for each in city.catalogue.levels:
        if dates := city.dates(each.id, indicator.id):
            name = each.plural if each.parent else each.title.de
            there.append(f"{name} ({formats.date(dates[-1])})")
    plural = formats.definite(city.catalogue.level(level).plural)
    said = f"Für die {plural} nennen die Quellen diesen Indikator nicht"
    if not there:
        return f"{said}, auch nicht für eine andere Ebene."
    return f"{said}. Angaben gibt es für: {', '.join(there)}."


def rows(city: City, choice: Choice, layer: Snapshot) -> pd.DataFrame:
    """Return the values of a map as long rows, those of the choice's scope alone.

    Returns
    -------
    DataFrame
        Columns level, division, area_id, indicator_id, date, value, status, source_id,
        rounding_error, note.
    """
    table = limited(city, choice, layer).values.rename_axis("area_id").reset_index()
    table = table.assign(
        level=choice.level,
        division=city.division(choice.level, layer.date, choice.indicator_id),
        indicator_id=choice.indicator_id,
        date=layer.date,
    )
    return table[list(LONG_COLUMNS)].fillna({"rounding_error": 0.0})


def chosen_layer(shown: View, date: dt.date | None) -> Snapshot:
    """Return the layer of a Stichtag, the newest where none is named."""
    if not shown.layers:
        raise NotDrawableError(f"{shown.indicator.title.de}: Die Ebene hat keine Werte.")
    if date is None:
        return shown.layers[-1]
    found = next((layer for layer in shown.layers if layer.date == date), None)
    if found is None:
        known = ", ".join(formats.date(layer.date) for layer in shown.layers)
        raise NotDrawableError(
            f"{shown.indicator.title.de}: gefunden {formats.date(date)}, erwartet einer der "
            f"Stichtage {known}."
        )
    return found


def distance_unit(indicator: Indicator) -> str | None:
    """Return the unit in which areas differ from the whole city.

    None for counts: of those the city has the sum, from which no area differs in any sense.
    """
    return None if indicator.kind == "extensive" else headlines.step(indicator.unit)


def distances(indicator: Indicator, layer: Snapshot) -> pd.Series[float]:
    """Return how far areas are from the whole city, by area_id; NaN where a value is missing."""
    reference = math.nan if layer.reference is None else layer.reference
    found: pd.Series[float] = layer.values["value"] - reference
    return found if distance_unit(indicator) is not None else found * math.nan
