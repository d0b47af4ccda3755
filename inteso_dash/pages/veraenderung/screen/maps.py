"""Maps of the page on change: the change of every area, and the same map at several Stichtage."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd

from inteso_dash.city import City
from inteso_dash.drawing.area_map.data import Frame, MapData, Overlay, status_letters
from inteso_dash.drawing.area_map.signs import Signs
from inteso_dash.measures.classes import ranks
from inteso_dash.pages.karte.kept import blank_map, view
from inteso_dash.pages.veraenderung import maps as change_views
from inteso_dash.pages.veraenderung.comparison import Comparison, Measure, decimals, unit
from inteso_dash.pages.veraenderung.maps import around_zero
from inteso_dash.pages.veraenderung.reach import SMALL_BASE, smallest_base
from inteso_dash.pages.veraenderung.words import remarks
from inteso_dash.session import store
from inteso_dash.views.colours import diverging, on_dark
from inteso_dash.views.map_view import Choice as MapChoice

SMALL = "Kleine Grundzahlen"


def change_map(
    city: City,
    found: Comparison,
    measure: Measure,
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
    digits = decimals(indicator, measure)
    classes = around_zero(values, digits, measure.lowest)
    colours = diverging(classes.written(digits), 0.0)
    placed = ranks(values)
    frame = Frame(
        change_views.period(found),
        tuple(None if pd.isna(value) else float(value) for value in values),
        status_letters(change_views.statuses(found, measure).reindex(order).tolist()),
        tuple(None if pd.isna(rank) else int(rank) for rank in placed),
        change_views.reference(found, measure),
        tuple(remarks(found).reindex(order).fillna("")),
    )
    return MapData(
        geometry_url=geometry.asset.url,
        count=len(order),
        areas_label=level.plural,
        title=change_views.title(found, measure),
        frames=(frame,),
        breaks=classes.breaks,
        colors_light=colours,
        colors_dark=on_dark(colours),
        reference_label=city.catalogue.city.name,
        unit=unit(indicator, measure),
        decimals=digits,
        selected=selected if selected is not None and selected in order else None,
        overlays=overlays(city, level.id),
        signed=True,
        table=False,
        missing=change_views.missing(found, measure),
        signs=small_signs(
            found.areas["small"].reindex(order).eq(other=True),
            change_views.small_meaning(found.small_base),
        ),
    )


def small_signs(small: pd.Series, meaning: str) -> Signs | None:
    """Return a sign for every area whose figures rest on little; None where there is none.

    Parameters
    ----------
    small : Series of bool
        In the order of the areas.
    meaning : str
        Of the sign.
    """
    if not small.any():
        return None
    return Signs(
        SMALL, ((change_views.SMALL_SIGN, meaning),), tuple(0 if each else None for each in small)
    )


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
    small_base: float = SMALL_BASE,
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
    drawn = blank_map(choice)
    if drawn is None:
        return None
    kept = {
        layer.date: frame
        for layer, frame in zip(view(choice).layers, drawn.frames, strict=True)
        if period[0] <= layer.date <= period[1]
    }
    if not kept:
        return None
    order = store.geometries()[level, city.catalogue.level(level).current.id].area_ids
    base = smallest_base(city, level, city.catalogue.indicator(indicator_id), list(kept))
    return replace(
        drawn,
        frames=tuple(kept.values()),
        overlays=overlays(city, level),
        table=False,
        signs=small_signs(
            base.reindex(list(order)) < small_base,
            change_views.small_meaning(small_base, dated=True),
        ),
    )
