"""The areas of a part of the city by their key figures, every figure placed against the city."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.city.comparable import printed
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.measures.classes import Method
from inteso_dash.pages.karte.texts import OVERVIEW as TEXTS
from inteso_dash.views import map_view, scope
from inteso_dash.views.figures import Table
from inteso_dash.views.map_view import Choice, Snapshot, View
from inteso_dash.views.scope import Scope
from inteso_dash.views.shown import Offer, signed_table

MAP, OVERVIEW = "karte", "uebersicht"
VIEWS = Offer("ansicht", "Ansicht", {"Karte": MAP, "Übersicht": OVERVIEW}, MAP)
"""How a part of the city can be seen."""
MOST = 8
"""How many key figures a table has at most."""
ABOVE, BELOW, SAME = "▲", "▼", "≈"
BY_KEY, UPWARDS = "", ".auf"
"""Orders of the rows besides those by a key figure, and what makes one of these begin below."""


@dataclass(frozen=True)
class Measured:
    """A column: an indicator at its newest Stichtag.

    Attributes
    ----------
    indicator : Indicator
    view : View
        Classes and colours of its map.
    layer : Snapshot
        The areas of the part of the city.
    """

    indicator: Indicator
    view: View
    layer: Snapshot


def columns(city: City, choice: Choice, view_of: Callable[[Choice], View]) -> tuple[Measured, ...]:
    """Return the key figures of a part of the city.

    Parameters
    ----------
    city : City
    choice : Choice
        With a scope. Its indicator is always among them; its classes are those of all.
    view_of : callable
        Makes the view of a map.

    Returns
    -------
    tuple of Measured
        The city's key figures, the chosen indicator, then what is no count of its topic.
    """
    catalogue = city.catalogue
    chosen = catalogue.indicator(choice.indicator_id)
    topic = [
        each.id
        for each in catalogue.indicators
        if each.topic == chosen.topic and each.map and each.kind == "intensive"
    ]
    first = catalogue.start.key_figures[: MOST - 1]
    wanted = dict.fromkeys((*first, chosen.id, *topic))
    method = Method.QUANTILES if choice.method is Method.OWN else choice.method
    found: list[Measured] = []
    for indicator_id in wanted:
        own = replace(choice, indicator_id=indicator_id, method=method, own=())
        if len(found) == MOST or not city.dates(choice.level, indicator_id):
            continue
        view = view_of(own)
        if view.layers and view.classes.breaks:
            layer = map_view.limited(city, choice, view.layers[-1])
            found.append(Measured(view.indicator, view, layer))
    return tuple(found)


def orders(measured: tuple[Measured, ...]) -> Offer[str]:
    """Return how the rows can be ordered."""
    found = {TEXTS["key"]: BY_KEY}
    for each in measured:
        title = each.indicator.short.de
        found[TEXTS["down"].format(title=title)] = each.indicator.id
        found[TEXTS["up"].format(title=title)] = each.indicator.id + UPWARDS
    return Offer("sortiert", "Sortierung", found, BY_KEY)


def overview(
    city: City, choice: Choice, within: Scope, measured: tuple[Measured, ...], order: str = BY_KEY
) -> Table:
    """Return the areas of a part of the city by their key figures, as a table.

    Parameters
    ----------
    city : City
    choice : Choice
    within : Scope
        The part of the city.
    measured : tuple of Measured
        As `columns` returns them.
    order : str
        One of `orders`.

    Returns
    -------
    Table
        First the whole city and the part, then its areas. The fill of a cell is the colour that
        the area has on the map of the indicator; a sign says on which side of the city it lies.
    """
    catalogue, level = city.catalogue, city.catalogue.level(choice.level)
    usual = Counter(each.layer.date for each in measured).most_common(1)
    between = catalogue.ancestors(level.id)[: catalogue.ancestors(level.id).index(within.level)]
    above = scope.above(city, level.id)
    heads = [level.title.de, *(catalogue.level(step).title.de for step in between)]
    for each in measured:
        head, unit = each.indicator.short.de, each.indicator.unit
        head += f" ({unit})" if unit and unit not in head else ""
        other = each.layer.date != usual[0][0]
        heads.append(f"{head}, {formats.date(each.layer.date)}" if other else head)
    rows: list[tuple[str, ...]] = [tuple(heads)]
    fills: list[tuple[str, ...]] = []
    for place in places(city, within):
        name = catalogue.city.name if len(rows) == 1 else scope.title(city, within)
        cells = [_elsewhere(city, each, place) for each in measured]
        rows.append((name, *[""] * len(between), *cells))
        fills.append(("",) * len(heads))
    for area_id in _ordered(city, choice, within, measured, order):
        higher = [_name(city, step, above.at[area_id, step]) for step in between]
        cells = [_cell(each, area_id) for each in measured]
        rows.append((f"{city.name_beside_key(choice.level, area_id)} ({area_id})", *higher, *cells))
        colours = [_colour(each, area_id) for each in measured]
        fills.append((*[""] * (1 + len(between)), *colours))
    table = signed_table(rows)
    told = [TEXTS["signs"].format(above=ABOVE, below=BELOW, same=SAME, city=catalogue.city.name)]
    if any(each.indicator.kind == "extensive" for each in measured):
        told.append(TEXTS["counts"].format(city=catalogue.city.name))
    note = " ".join([*told, f"{table.note}." if table.note else ""]).strip()
    return replace(table, note=note, fills=tuple(fills))


def places(city: City, within: Scope) -> tuple[tuple[str, str], ...]:
    """Return level and key of what a part of the city is compared with: the city, and itself."""
    catalogue = city.catalogue
    return (catalogue.root.id, catalogue.city.id), (within.level, within.area_id)


def _name(city: City, level: str, area_id: object) -> str:
    return city.name(level, area_id) if isinstance(area_id, str) else ""


def _ordered(
    city: City, choice: Choice, within: Scope, measured: tuple[Measured, ...], order: str
) -> list[str]:
    """Return the keys of the areas in an order, those without a value last."""
    keys = list(scope.members(city, choice.level, within))
    column = order.removesuffix(UPWARDS)
    found = next((each for each in measured if each.indicator.id == column), None)
    if found is None:
        return keys
    values = found.layer.values["value"].loc[keys]
    return list(values.sort_values(ascending=order.endswith(UPWARDS), kind="stable").index)


def _cell(measured: Measured, area_id: str) -> str:
    cell = measured.layer.values.loc[area_id]
    if pd.isna(cell["value"]):
        return STATUS_MEANINGS[Status(cell["status"])].sign or "…"
    return _placed(measured, float(cell["value"]))


def _elsewhere(city: City, measured: Measured, place: tuple[str, str]) -> str:
    own = printed(city, *place, measured.indicator.id, measured.layer.date)
    if own is None:
        cell = city.current_cell(*place, measured.indicator.id, measured.layer.date)
        status = Status.NOT_DELIVERED if cell is None else Status(cell["status"])
        return STATUS_MEANINGS[status].sign or "…"
    if place[0] == city.catalogue.root.id:
        return formats.number(own.value, measured.indicator.decimals)
    return _placed(measured, own.value)


def _placed(measured: Measured, value: float) -> str:
    """Write a value with the sign that places it against the city."""
    indicator, reference = measured.indicator, measured.layer.reference
    text = formats.number(value, indicator.decimals)
    if indicator.kind == "extensive" or reference is None:
        return text
    own, whole = (formats.rounded(each, indicator.decimals) for each in (value, reference))
    if own is None or whole is None or own == whole:
        return f"{text} {SAME}"
    return f"{text} {ABOVE if own > whole else BELOW}"


def _colour(measured: Measured, area_id: str) -> str:
    value = float(measured.layer.values["value"].loc[area_id])
    if math.isnan(value):
        return ""
    return measured.view.colours[measured.view.classes.index_of(value)]
