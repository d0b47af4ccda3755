"""Maps of accommodation: a figure of every area, circles over it, distance from the target."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from inteso_dash import accommodation as acc
from inteso_dash import formats, store
from inteso_dash.area_map import Frame, MapData, Overlay, Symbols, status_letters
from inteso_dash.catalogue import Status
from inteso_dash.city import City
from inteso_dash.colours import diverging, sequential
from inteso_dash.statistics import Classes, Method, classify, ranks
from inteso_dash.web.accommodation_sections import TEXTS

VIEWS = {"Personen über oder unter dem Soll": "difference", "Ist durch Soll": "quotient"}
CIRCLES = {"Untergebrachte": "persons", "Plätze": "places"}
CIRCLE_COLOURS = {
    "light": ("#8c3b0e", "#f1a340", "#5e3c99"),
    "dark": ("#c65a1a", "#ffc477", "#a07fd6"),
}
CLASSES = 5


def measure_map(
    city: City,
    shown: acc.Situation,
    measure: acc.Measure,
    sizes: str | None,
    selected: str | None,
) -> MapData | None:
    """Put one figure of every area on the map.

    Parameters
    ----------
    city : City
    shown : Situation
    measure : Measure
    sizes : str or None
        One of `CIRCLES` to lay over the areas.
    selected : str or None
        Area to select; one that does not exist selects none.

    Returns
    -------
    MapData or None
        None where there are no boundaries of the level.
    """
    values = shown.areas[measure.id]
    found = sorted(values.dropna().unique())
    middles = tuple((low + high) / 2 for low, high in pairwise(found))
    few = 0 < len(middles) < CLASSES
    method = Method.OWN if few else Method.QUANTILES
    classes = classify(values, method, CLASSES, measure.decimals, own=middles if few else ())
    reference = shown.total[measure.id]
    return _map(
        city,
        shown,
        (measure.title, measure.unit, measure.decimals),
        values,
        classes,
        sequential(classes.size),
        None if pd.isna(reference) else float(reference),
        selected,
        circles(city, shown, sizes) if sizes else None,
    )


def fairness_map(
    city: City, shown: acc.Situation, result: acc.Fairness, title: str, selected: str | None
) -> MapData | None:
    """Put the distance of every area from its target on the map; ``title`` is one of `VIEWS`."""
    column = VIEWS[title]
    values = result.table[column].drop(index=acc.REST, errors="ignore")
    middle, decimals = (0.0, 0) if column == "difference" else (1.0, 2)
    step = max(round(float((values - middle).abs().max()) / 2, decimals), 10**-decimals)
    classes = classify(values, Method.OWN, 4, decimals, own=(middle - step, middle, middle + step))
    unit = "Personen" if column == "difference" else ""
    colours = diverging(classes.breaks, middle)
    written = (title, unit, decimals)
    return _map(city, shown, written, values, classes, colours, None, selected)


def _map(
    city: City,
    shown: acc.Situation,
    written: tuple[str, str, int],
    values: pd.Series[float],
    classes: Classes,
    colours: tuple[str, ...],
    reference: float | None,
    selected: str | None,
    symbols: Symbols | None = None,
) -> MapData | None:
    level = city.catalogue.level(shown.level)
    geometry = store.geometries().get((level.id, level.current.id))
    if geometry is None:
        return None
    order = list(geometry.area_ids)
    own = values.reindex(order)
    statuses = shown.areas["status"].reindex(order)
    missing = own.isna() & ~statuses.isin([str(Status.SUPPRESSED), str(Status.UNINHABITED)])
    placed = ranks(own)
    frame = Frame(
        formats.date(shown.date),
        tuple(None if pd.isna(value) else float(value) for value in own),
        status_letters(statuses.mask(missing, str(Status.NOT_DELIVERED)).tolist()),
        tuple(None if pd.isna(rank) else int(rank) for rank in placed),
        reference,
    )
    title, unit, decimals = written
    above = [city.catalogue.level(each) for each in city.catalogue.ancestors(level.id)]
    return MapData(
        geometry_url=geometry.asset.url,
        count=len(order),
        areas_label=level.plural,
        title=title,
        frames=(frame,),
        breaks=classes.breaks,
        colors_light=colours,
        colors_dark=colours,
        reference_label=city.catalogue.city.name,
        unit=unit,
        decimals=decimals,
        selected=selected if selected and city.has_area(level.id, selected) else None,
        overlays=tuple(
            Overlay(store.geometries()[(each.id, each.current.id)].asset.url, each.plural)
            for each in above[:-1]
            if (each.id, each.current.id) in store.geometries()
        ),
        symbols=symbols,
    )


def circles(city: City, shown: acc.Situation, title: str) -> Symbols | None:
    """Return circles for persons or places, split into the commonest forms where known."""
    geometry = store.geometries().get((shown.level, city.catalogue.level(shown.level).current.id))
    if geometry is None:
        return None
    split = acc.by_form(shown, CIRCLES[title])
    entries = split.reindex(list(geometry.area_ids))
    return Symbols(
        title,
        title if title == "Plätze" else "Personen",
        tuple(str(form) or TEXTS["unnamed"] for form in split.columns),
        CIRCLE_COLOURS["light"][: split.shape[1]],
        CIRCLE_COLOURS["dark"][: split.shape[1]],
        tuple(
            None if row.isna().any() else tuple(float(amount) for amount in row)
            for _, row in entries.iterrows()
        ),
    )
