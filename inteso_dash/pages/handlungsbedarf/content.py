"""What the page draws, as plain data: map, distribution, contributions, ranking, comparison."""

from __future__ import annotations

import math

import pandas as pd

from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.pages.handlungsbedarf.index import Need
from inteso_dash.pages.handlungsbedarf.texts import SIGN, TEXTS
from inteso_dash.session.maps import ScreenMap
from inteso_dash.views.dots import Swarm
from inteso_dash.views.figures import Bar, Bars, Table, Tone
from inteso_dash.views.maps import Marks

_LEAST_SHIFT = 0.005
_FIRST = 12


def index_map(city: City, shown: Need, selected: str | None) -> ScreenMap:
    """Work out the map, with a sign on the areas whose class hangs on the weights.

    Parameters
    ----------
    city : City
    shown : Need
    selected : str or None
        Key of an area to outline and name.
    """
    cells = shown.layer.values
    chosen = selected if selected in cells.index else None
    return ScreenMap(
        level=shown.choice.level,
        division=shown.index.division,
        scale=shown.scale,
        shown=(shown.layer,),
        selected=chosen,
        marks=Marks(SIGN, TEXTS["marked"], shown.shaky, TEXTS["marks"]) if shown.shaky else None,
        remarks=cells["note"].where(cells["value"].isna()),
        card=None if chosen is None else _card(city, shown, chosen),
    )


def _card(city: City, shown: Need, area_id: str) -> tuple[tuple[str, str], ...]:
    """Gather the parts of the selected area, in their units."""
    figures = []
    for part, values in shown.index.parts.items():
        indicator, value = city.catalogue.indicator(str(part)), float(values[area_id])
        if not math.isnan(value):
            written = formats.with_unit(value, indicator.decimals, indicator.unit)
            figures.append((indicator.short.de, written))
    if not pd.isna(shown.values[area_id]):
        kept = float(shown.stability.kept[area_id])
        figures.append((TEXTS["kept_class"], formats.with_unit(100 * kept, 0, "%")))
    return tuple(figures)


def distribution(city: City, shown: Need, selected: str | None) -> Swarm:
    """Draw one dot an area along its index, in the colour of its class."""
    scale, areas = shown.scale, shown.areas(city)
    values = shown.values.dropna()
    named = None
    if selected in values.index:
        named = (list(values.index).index(selected), shown.name(city, str(selected)))
    breaks = scale.classes.breaks
    title = f"Verteilung {scale.title}, {formats.date(shown.index.date)}, {len(values)} {areas}"
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
    title = TEXTS["contributions_of"].format(name=shown.name(city, area_id))
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
        name = city.name_beside_key(level.id, area_id, shown.index.division)
        rows.append(
            {
                "Rang": str(shown.ranks[area_id]),
                "Rang von–bis": str(low) if low == high else f"{low}–{high}",
                level.title.de: f"{name} ({area_id})",
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
