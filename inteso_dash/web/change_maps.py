"""Maps of the page on change: the change of every area, and the same map at several Stichtage."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd

from inteso_dash import area_map, change, formats, store
from inteso_dash.area_map import Frame, MapData, Overlay, Signs
from inteso_dash.catalogue import Status
from inteso_dash.city import City
from inteso_dash.colours import diverging, on_dark
from inteso_dash.map_view import Choice as MapChoice
from inteso_dash.statistics import ranks

MOST_MAPS = 6

MAP_TITLES = {
    change.Measure.ABSOLUTE: "{indicator}: Veränderung",
    change.Measure.PERCENT: "{indicator}: Veränderung in Prozent",
    change.Measure.RELATIVE: "{indicator}: Veränderung gegenüber der Stadt",
}
TEXTS = {
    "period": "{start} bis {end}",
    "missing": "nicht an beiden Stichtagen",
    "small": "Kleine Grundzahlen",
    "small_sign": "Grundzahl unter {base}",
    "small_dated": "Grundzahl an einem Stichtag unter {base}",
}
SMALL_SIGN = "◊"


def change_map(
    city: City,
    found: change.Comparison,
    measure: change.Measure,
    selected: str | None,
    division: str | None = None,
) -> MapData | None:
    """Put the change of every area on a map that is centred on zero.

    Parameters
    ----------
    city : City
    found : Comparison
    measure : Measure
    selected : str or None
        Area to select; one that does not exist selects none.
    division : str, optional
        Division that the areas belong to; the current one by default.

    Returns
    -------
    MapData or None
        None where there are no boundaries of the level.
    """
    indicator, level = found.indicator, city.catalogue.level(found.level)
    geometry = store.geometries().get((level.id, division or level.current.id))
    if geometry is None:
        return None
    order = list(geometry.area_ids)
    values = found.areas[str(measure)].reindex(order)
    digits = change.decimals(indicator, measure)
    classes = change.around_zero(values, digits, measure.lowest)
    colours = diverging(classes.breaks, 0.0) if classes.breaks else ()
    placed = ranks(values)
    frame = Frame(
        TEXTS["period"].format(start=formats.date(found.start), end=formats.date(found.end)),
        tuple(None if pd.isna(value) else float(value) for value in values),
        area_map.status_letters(statuses(found, measure).reindex(order).tolist()),
        tuple(None if pd.isna(rank) else int(rank) for rank in placed),
        reference(found, measure),
        tuple(change.remarks(found).reindex(order).fillna("")),
    )
    return MapData(
        geometry_url=geometry.asset.url,
        count=len(order),
        areas_label=level.plural,
        title=MAP_TITLES[measure].format(indicator=indicator.title.de),
        frames=(frame,),
        breaks=classes.breaks,
        colors_light=colours,
        colors_dark=on_dark(colours),
        reference_label=city.catalogue.city.name,
        unit=change.unit(indicator, measure),
        decimals=digits,
        selected=selected if selected is not None and selected in order else None,
        overlays=overlays(city, level.id),
        signed=True,
        table=False,
        missing=TEXTS["missing"],
        signs=small_signs(
            found.areas["small"].reindex(order).eq(other=True),
            TEXTS["small_sign"],
            found.small_base,
        ),
    )


def small_signs(small: pd.Series, meaning: str, base: float) -> Signs | None:
    """Return a sign for every area whose figures rest on little; None where there is none.

    Parameters
    ----------
    small : Series of bool
        In the order of the areas.
    meaning : str
        Of the sign, with a place for the ``base``.
    base : float
        Below it a number is small.
    """
    if not small.any():
        return None
    words = meaning.format(base=formats.number(base, 0))
    return Signs(
        TEXTS["small"], ((SMALL_SIGN, words),), tuple(0 if each else None for each in small)
    )


def statuses(found: change.Comparison, measure: change.Measure) -> pd.Series:
    """Return the status of every change; sound ones as measured, since all are computed."""
    told = found.areas[str(measure)].notna()
    status = found.areas["status"].replace(str(Status.COMPUTED), str(Status.MEASURED))
    kept = status.isin([str(Status.SUPPRESSED), str(Status.UNINHABITED), str(Status.MERGED)])
    return status.where(told | kept, str(Status.NOT_DELIVERED))


def reference(found: change.Comparison, measure: change.Measure) -> float | None:
    """Return the city's change where it can be compared with that of an area."""
    if measure is change.Measure.PERCENT:
        return found.city.percent
    if measure is change.Measure.ABSOLUTE and found.indicator.kind == "intensive":
        return found.city.change
    return None


def overlays(city: City, level: str) -> tuple[Overlay, ...]:
    """Return the boundaries of the higher levels below the city."""
    geometries = store.geometries()
    above = [city.catalogue.level(each) for each in city.catalogue.ancestors(level)[:-1]]
    return tuple(
        Overlay(geometries[(each.id, each.current.id)].asset.url, each.plural)
        for each in above
        if (each.id, each.current.id) in geometries
    )


def dated_map(
    city: City,
    level: str,
    indicator_id: str,
    period: tuple[dt.date, dt.date],
    small_base: float = change.SMALL_BASE,
) -> MapData | None:
    """Return the map of an indicator with all Stichtage of a period on one scale.

    Parameters
    ----------
    city : City
    level, indicator_id : str
    period : (date, date)
        First and last Stichtag.
    small_base : float
        Areas are marked whose figures rest on less at one of the Stichtage.

    Returns
    -------
    MapData or None
        None where there are no boundaries or no figures.
    """
    if (level, city.catalogue.level(level).current.id) not in store.geometries():
        return None
    choice = MapChoice(level, indicator_id)
    drawn = store.blank_map(choice)
    if drawn is None:
        return None
    kept = {
        layer.date: frame
        for layer, frame in zip(store.view(choice).layers, drawn.frames, strict=True)
        if period[0] <= layer.date <= period[1]
    }
    if not kept:
        return None
    order = store.geometries()[level, city.catalogue.level(level).current.id].area_ids
    base = change.smallest_base(city, level, city.catalogue.indicator(indicator_id), list(kept))
    return replace(
        drawn,
        frames=tuple(kept.values()),
        overlays=overlays(city, level),
        table=False,
        signs=small_signs(base.reindex(list(order)) < small_base, TEXTS["small_dated"], small_base),
    )


def spread(frames: tuple[Frame, ...], most: int = MOST_MAPS) -> tuple[Frame, ...]:
    """Pick at most so many frames: the first, the last, and those evenly between.

    Examples
    --------
    >>> frames = tuple(Frame(str(year), (), "", ()) for year in range(2010, 2020))
    >>> [frame.date_label for frame in spread(frames, 4)]
    ['2010', '2013', '2016', '2019']
    """
    if len(frames) <= most:
        return frames
    return tuple(frames[int(at)] for at in np.linspace(0, len(frames) - 1, most).round())
