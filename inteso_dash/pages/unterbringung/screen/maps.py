"""Maps of accommodation: a figure of every area, what lies over it, distance from the target."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from inteso_dash.boundaries.payload import map_units
from inteso_dash.city import City
from inteso_dash.drawing.area_map.data import Card, Frame, MapData, Overlay, status_letters
from inteso_dash.drawing.area_map.signs import Signs, Spot, SpotList
from inteso_dash.drawing.area_map.symbols import Symbols
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.measures.classes import Classes, Method, classify, ranks
from inteso_dash.measures.distribution import Verdict
from inteso_dash.pages.unterbringung.charts import UNNAMED
from inteso_dash.pages.unterbringung.circles import SINGLE_SITES, split_of
from inteso_dash.pages.unterbringung.classes import measure_classes
from inteso_dash.pages.unterbringung.fairness import REST, Fairness
from inteso_dash.pages.unterbringung.screen.texts import TEXTS
from inteso_dash.pages.unterbringung.situation import MappedFigure, Situation
from inteso_dash.pages.unterbringung.tables import SIGNS, VERDICTS
from inteso_dash.session import store
from inteso_dash.views.addresses import profile_address
from inteso_dash.views.colours import diverging, on_dark, sequential
from inteso_dash.views.tones import CIRCLE_COLOURS

VIEWS = {"Ist minus Soll": "difference", "Ist durch Soll": "quotient"}


def measure_map(
    city: City, shown: Situation, measure: MappedFigure, over: str | None, selected: str | None
) -> MapData | None:
    """Put one figure of every area on the map.

    Parameters
    ----------
    city : City
    shown : Situation
    measure : MappedFigure
    over : str or None
        One of `inteso_dash.pages.unterbringung.circles.layers_over`.
    selected : str or None
        Area to select; one that does not exist selects none.

    Returns
    -------
    MapData or None
        None where there are no boundaries of the level.
    """
    classes, reference = measure_classes(shown, measure)
    data = _map(
        city,
        shown,
        (measure.title, measure.unit, measure.decimals),
        shown.areas[measure.id],
        classes,
        sequential(classes.size),
        reference,
        selected,
    )
    if data is None or over is None:
        return data
    if over == SINGLE_SITES:
        return replace(data, places=places(city, shown))
    return replace(data, symbols=circles(city, shown, over))


def fairness_map(
    city: City, shown: Situation, result: Fairness, column: str, selected: str | None
) -> MapData | None:
    """Put the distance of every area from its target on the map; ``column`` is one of `VIEWS`.

    A sign on every area says whether it lies above its target under every weighting.
    """
    title = next(title for title, own in VIEWS.items() if own == column)
    table = result.table.drop(index=REST, errors="ignore")
    values = table[column]
    if column == "difference":
        middle, decimals, unit = 0.0, 0, "Personen"
        step = float(max(round(float(values.abs().median())), 1))
        bounds = (-step, 0.0, step)
    else:
        middle, decimals, unit = 1.0, 2, ""
        step = max(float(np.exp(np.log(values.where(values > 0)).abs().median())), 1.01)
        bounds = (1 / step, 1.0, step)
    inside = tuple(
        bound for bound in bounds if bound == middle or values.min() < bound < values.max()
    )
    classes = classify(values, Method.OWN, 4, decimals, own=inside)
    colours = diverging(classes.written(decimals), middle)
    data = _map(city, shown, (title, unit, decimals), values, classes, colours, None, selected)
    if data is None:
        return None
    kinds = list(VERDICTS)
    order = store.geometries()[shown.level, city.catalogue.level(shown.level).current.id].area_ids
    signs = Signs(
        TEXTS["verdicts"],
        tuple((SIGNS[kind], VERDICTS[kind]) for kind in kinds),
        tuple(
            kinds.index(Verdict(str(table.at[area, "verdict"]))) if area in table.index else None
            for area in order
        ),
    )
    return replace(data, signs=signs, signed=column == "difference")


def _map(
    city: City,
    shown: Situation,
    written: tuple[str, str, int],
    values: pd.Series[float],
    classes: Classes,
    colours: tuple[str, ...],
    reference: float | None,
    selected: str | None,
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
    chosen = selected if selected and city.has_area(level.id, selected) else None
    return MapData(
        geometry_url=geometry.asset.url,
        count=len(order),
        areas_label=level.plural,
        title=title,
        frames=(frame,),
        breaks=classes.breaks,
        colors_light=colours,
        colors_dark=on_dark(colours),
        reference_label=city.catalogue.city.name,
        unit=unit,
        decimals=decimals,
        selected=chosen,
        overlays=tuple(
            Overlay(store.geometries()[(each.id, each.current.id)].asset.url, each.plural)
            for each in above[:-1]
            if (each.id, each.current.id) in store.geometries()
        ),
        card=None if chosen is None else _card(shown, chosen),
        table=False,
    )


def _card(shown: Situation, area_id: str) -> Card:
    """Gather what is known of the selected area."""
    row = shown.areas.loc[area_id]
    counts = {
        "Untergebrachte": "persons",
        **{title: column for column, title in shown.statuses.items()},
        "Unterkünfte": "sites",
        "Plätze": "places",
        "Freie Plätze": "free",
    }
    figures = [
        (title, formats.number(float(shown.areas[column][area_id]), 0))
        for title, column in counts.items()
        if not pd.isna(shown.areas[column][area_id])
    ]
    if not pd.isna(row["largest"]):
        size = formats.number(float(row["largest"]), 0)
        figures.append(("Größte Unterkunft", f"{row['largest_name']} ({size})"))
    return Card(area_id, tuple(figures), profile_address(shown.level, area_id).url)


def circles(city: City, shown: Situation, title: str) -> Symbols | None:
    """Return circles for persons or places, split by form, or for persons by legal status."""
    geometry = store.geometries().get((shown.level, city.catalogue.level(shown.level).current.id))
    split = split_of(shown, title)
    if geometry is None or split is None:
        return None
    entries = split.reindex(list(geometry.area_ids))
    unit = title if title == "Plätze" else "Personen"
    unnamed = UNNAMED if split.shape[1] > 1 else unit
    return Symbols(
        title,
        unit,
        tuple(str(form) or unnamed for form in split.columns),
        CIRCLE_COLOURS["light"][: split.shape[1]],
        CIRCLE_COLOURS["dark"][: split.shape[1]],
        tuple(
            None if row.isna().any() else tuple(float(amount) for amount in row)
            for _, row in entries.iterrows()
        ),
    )


def places(city: City, shown: Situation) -> SpotList | None:
    """Return the single sites that have a public position."""
    geometry = store.geometries().get((shown.level, city.catalogue.level(shown.level).current.id))
    if geometry is None:
        return None
    sites = shown.sites.dropna(subset=["lon", "lat"])
    units = map_units(sites["lon"].tolist(), sites["lat"].tolist(), geometry.frame, geometry.crs)
    spots = tuple(
        Spot(
            x,
            y,
            str(site["name"]),
            str(site["form"]),
            None if pd.isna(site["occupied"]) else float(site["occupied"]),
        )
        for (x, y), (_, site) in zip(units, sites.iterrows(), strict=True)
    )
    title = SINGLE_SITES
    return SpotList(title, "Personen", CIRCLE_COLOURS["light"][0], CIRCLE_COLOURS["dark"][1], spots)
