"""What the page draws, as plain data: map, distribution, contributions, ranking, comparison."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.pages.handlungsbedarf.index import Need
from inteso_dash.pages.handlungsbedarf.texts import SIGN, TEXTS
from inteso_dash.views.dots import Swarm
from inteso_dash.views.figures import Bar, Bars, Table, Tone
from inteso_dash.views.maps import Map, Marks

if TYPE_CHECKING:
    from inteso_dash.drawing.area_map.data import MapData

_LEAST_SHIFT = 0.005
_FIRST = 12


@dataclass(frozen=True, kw_only=True)
class NeedMap(Map):
    """An index, with a sign on the areas whose class hangs on the weights."""

    need: Need

    def on_screen(self, city: City) -> MapData | None:
        """Return the map of the page."""
        from inteso_dash.pages.handlungsbedarf.kept import need_map

        return need_map(city, self.need, self.selected)


def index_map(shown: Need, selected: str | None) -> NeedMap:
    """Work out the map.

    Parameters
    ----------
    shown : Need
    selected : str or None
        Key of an area to outline and name.
    """
    return NeedMap(
        level=shown.choice.level,
        scale=shown.scale,
        shown=(shown.layer,),
        selected=selected,
        marks=Marks(SIGN, TEXTS["marked"], shown.shaky) if shown.shaky else None,
        need=shown,
    )


def distribution(city: City, shown: Need, selected: str | None) -> Swarm:
    """Draw one dot an area along its index, in the colour of its class."""
    scale, level = shown.scale, city.catalogue.level(shown.choice.level)
    values = shown.values.dropna()
    named = None
    if selected in values.index:
        named = (list(values.index).index(selected), city.name(level.id, str(selected)))
    breaks = scale.classes.breaks
    title = (
        f"Verteilung {scale.title}, {formats.date(shown.index.date)}, {len(values)} {level.plural}"
    )
    return Swarm(
        title=title,
        unit=scale.unit,
        decimals=scale.decimals,
        words=f"{title}: von {formats.number(float(values.min()), scale.decimals)} bis "
        f"{formats.number(float(values.max()), scale.decimals)}",
        values=tuple(float(value) for value in values),
        colours=tuple(scale.colours[scale.classes.index_of(value)] for value in values),
        bounds=(breaks[0], breaks[-1]),
        named=named,
    )


def contributions(city: City, shown: Need, area_id: str) -> Bars:
    """Draw what each part adds to the index of an area, the one that counts most on top."""
    composed, declared = shown.index.composed, shown.choice.declared
    own = {
        str(part): float(added[area_id])
        for part, added in composed.contributions.items()
        if not math.isnan(added[area_id])
    }
    bars = []
    for part, adds in sorted(own.items(), key=lambda each: -abs(each[1])):
        indicator = city.catalogue.indicator(part)
        value = float(shown.index.parts[part][area_id])
        label = formats.with_unit(value, indicator.decimals, indicator.unit)
        written, tone = formats.signed(adds, declared.decimals), _tone(adds)
        bars.append(Bar(f"{indicator.short.de}: {label}", adds, written, tone=tone))
    if abs(composed.shift) >= _LEAST_SHIFT:
        written = formats.signed(composed.shift, declared.decimals)
        bars.append(Bar(TEXTS["shift"], composed.shift, written, tone="quiet"))
    name = city.name(shown.choice.level, area_id)
    title = TEXTS["contributions_of"].format(name=name)
    return Bars(
        title=title,
        unit=declared.unit,
        decimals=declared.decimals,
        words=f"{title}. " + ", ".join(f"{bar.label} {bar.written}" for bar in bars),
        bars=tuple(bars),
    )


def _tone(value: float) -> Tone:
    return "above" if value > 0 else "below"


def ranked(city: City, shown: Need, most: int | None = None) -> pd.DataFrame:
    """Return the areas by rank, as text, with what other weights make of them.

    Parameters
    ----------
    city : City
    shown : Need
    most : int, optional
        The first ones only.

    Returns
    -------
    DataFrame
        Index area_id; Rang, Rang von–bis, the area, Index, Klasse, Klasse bleibt, and one column of
        contributions a part.
    """
    declared, level = shown.choice.declared, city.catalogue.level(shown.choice.level)
    order = shown.values.dropna().sort_values(ascending=False, kind="stable").index[:most]
    tried = shown.stability
    added = {
        city.catalogue.indicator(str(part)).short.de: adds.to_dict()
        for part, adds in shown.index.composed.contributions.items()
    }
    rows, shaky = [], set(shown.shaky)
    for area_id in order:
        kept = float(tried.kept[area_id])
        sign = f"{SIGN} " if area_id in shaky else ""
        low, high = int(tried.lowest[area_id]), int(tried.highest[area_id])
        rows.append(
            {
                "Rang": str(shown.ranks[area_id]),
                "Rang von–bis": str(low) if low == high else f"{low}–{high}",
                level.title.de: f"{city.name_beside_key(level.id, area_id)} ({area_id})",
                "Index": formats.signed(float(shown.values[area_id]), declared.decimals),
                "Klasse": declared.classes.names[int(shown.classes[area_id])],
                TEXTS["kept_class"]: f"{sign}{formats.with_unit(100 * kept, 0, '%')}",
                **{
                    title: TEXTS["without"]
                    if math.isnan(adds[area_id])
                    else formats.signed(adds[area_id], declared.decimals)
                    for title, adds in added.items()
                },
            }
        )
    return pd.DataFrame(rows, index=order)


def ranking(city: City, shown: Need) -> Table:
    """Return the first areas as a table for a slide."""
    table = ranked(city, shown, _FIRST).iloc[:, :6]
    note = TEXTS["table_note"].partition(" Beiträge")[0]
    return Table(
        rows=(tuple(table.columns), *table.itertuples(index=False, name=None)),
        note=note.format(weightings=formats.number(shown.stability.weights, 0), sign=SIGN),
    )
