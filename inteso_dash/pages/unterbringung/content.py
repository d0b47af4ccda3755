"""The maps of the page, as plain data: a figure of every area, what lies over it, distances."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd

from inteso_dash.city import City
from inteso_dash.drawing.area_map.data import MapData
from inteso_dash.drawing.area_map.signs import Signs
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.measures.classes import Classes, Method, classify, ranks
from inteso_dash.measures.distribution import Verdict
from inteso_dash.pages.unterbringung.charts import UNNAMED
from inteso_dash.pages.unterbringung.fairness import REST, Fairness
from inteso_dash.pages.unterbringung.situation import MappedFigure, Situation, by_form, by_status
from inteso_dash.pages.unterbringung.tables import SIGNS, VERDICTS
from inteso_dash.pages.unterbringung.texts import SCENARIO
from inteso_dash.session import store
from inteso_dash.session.maps import ScreenMap
from inteso_dash.views.colours import CIRCLE_COLOURS, diverging, sequential
from inteso_dash.views.map_view import Scale, Snapshot
from inteso_dash.views.maps import Circles, site_circles

CIRCLES = {"Untergebrachte": "persons", "Plätze": "places"}
STATUS_CIRCLES, SINGLE_SITES = "Aufenthaltsstatus", "Einzelne Unterkünfte"
VIEWS = {"Ist minus Soll": "difference", "Ist durch Soll": "quotient"}
HOLDS = "Über alle denkbaren Gewichtungen"
_CLASSES = 5
_COMPARABLE = ("rate", "occupancy")


def measure_classes(shown: Situation, measure: MappedFigure) -> tuple[Classes, float | None]:
    """Divide one figure of all areas into classes.

    Parameters
    ----------
    shown : Situation
    measure : MappedFigure

    Returns
    -------
    Classes
        One class for each value where there are fewer than five, else quantiles. Where few areas
        have a rate, the outer bounds hold the city's as well.
    float or None
        Value of the city.
    """
    values = shown.areas[measure.id].astype(float)
    known = shown.total[measure.id]
    reference = None if pd.isna(known) else float(known)
    found = sorted(values.dropna().unique())
    middles = tuple((low + high) / 2 for low, high in pairwise(found))
    few = 0 < len(middles) < _CLASSES
    method = Method.OWN if few else Method.QUANTILES
    classes = classify(values, method, _CLASSES, measure.decimals, own=middles if few else ())
    if few and reference is not None and measure.id in _COMPARABLE:
        low, high = min(classes.breaks[0], reference), max(classes.breaks[-1], reference)
        classes = replace(classes, breaks=(low, *classes.breaks[1:-1], high))
    return classes, reference


def layers_over(shown: Situation) -> dict[str, str]:
    """Return what can lie over the map, title → id: circles, and sites whose position is public."""
    found = {title: own for title, own in CIRCLES.items() if shown.areas[own].notna().any()}
    if by_status(shown) is not None:
        found[STATUS_CIRCLES] = "status"
    if shown.sites[["lon", "lat"]].notna().all(axis=1).any():
        found[SINGLE_SITES] = "sites"
    return found


def split_of(shown: Situation, title: str) -> pd.DataFrame | None:
    """Return the amounts that circles of a title show, a column a part; None where none are known.

    Parameters
    ----------
    shown : Situation
    title : str
        Of `layers_over`, not single sites.
    """
    return by_status(shown) if title == STATUS_CIRCLES else by_form(shown, CIRCLES[title])


def figure_map(
    shown: Situation, measure: MappedFigure, over: str | None, selected: str | None
) -> ScreenMap:
    """Work out the map of a figure, with what lies over it.

    Parameters
    ----------
    shown : Situation
    measure : MappedFigure
    over : str or None
        What circles show; None for none.
    selected : str or None
        Key of an area to outline and name.
    """
    values = shown.areas[measure.id].astype(float)
    classes, reference = measure_classes(shown, measure)
    colours = sequential(classes.size)
    table = pd.DataFrame({"value": values, "status": shown.areas["status"]})
    layer = Snapshot(shown.date, _told(table), ranks(values), reference)
    return ScreenMap(
        level=shown.level,
        scale=Scale(measure.title, measure.unit, measure.decimals, classes, colours),
        shown=(layer,),
        selected=selected,
        circles=_circles(shown, over),
        card=_card(shown, selected),
    )


def _told(table: pd.DataFrame) -> pd.DataFrame:
    """Say of values that are missing without a reason of their own that no source names them."""
    kept = table["status"].isin([str(Status.SUPPRESSED), str(Status.UNINHABITED)])
    silent = table["value"].isna() & ~kept
    return table.assign(status=table["status"].mask(silent, str(Status.NOT_DELIVERED)))


def _circles(shown: Situation, title: str | None) -> Circles | None:
    """Return what lies over the map, as on the screen."""
    colours = CIRCLE_COLOURS["light"]
    if title is None:
        return None
    if title == SINGLE_SITES:
        return site_circles(title, "Personen", shown.sites, "occupied", colours[0])
    split = split_of(shown, title)
    if split is None:
        return None
    names = [str(form) or (UNNAMED if split.shape[1] > 1 else "") for form in split.columns]
    parts = {name: colours[place % len(colours)] for place, name in enumerate(names)}
    unit = title if title == "Plätze" else "Personen"
    circles = Circles(title, unit, parts, split.set_axis(names, axis=1))
    return None if circles.totals.empty else circles


def _card(shown: Situation, area_id: str | None) -> tuple[tuple[str, str], ...]:
    """Gather what is known of the selected area."""
    if area_id is None or area_id not in shown.areas.index:
        return ()
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
    return tuple(figures)


def scenario_map(level: str, day: dt.date, table: pd.DataFrame) -> ScreenMap:
    """Put the distance of every area from its target in a scenario on the map.

    Parameters
    ----------
    level : str
    day : date
        End of the scenario.
    table : DataFrame
        As of `scenario_content.areas_table`.
    """
    when = SCENARIO["map_when"].format(date=formats.date(day))
    return distance_map(level, day, table["difference"], SCENARIO["map"], when)


def distance_map(
    level: str, day: dt.date, values: pd.Series[float], title: str, when: str
) -> ScreenMap:
    """Draw assumed distances of all areas from their targets, in persons, around zero."""
    step = float(max(round(float(values.abs().median())), 1))
    bounds = (-step, 0.0, step)
    inside = tuple(each for each in bounds if not each or values.min() < each < values.max())
    classes = classify(values, Method.OWN, 4, 0, own=inside)
    placed = pd.DataFrame({"value": values, "status": str(Status.SCENARIO)})
    return ScreenMap(
        level=level,
        scale=Scale(title, "Personen", 0, classes, diverging(classes.written(0), 0.0)),
        shown=(Snapshot(day, placed, ranks(values), None),),
        when=when,
        signed=True,
        note=SCENARIO["note"],
    )


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
    placed = pd.DataFrame({"value": values, "status": shown.areas["status"]})
    data = ScreenMap(
        level=shown.level,
        scale=Scale(title, unit, decimals, classes, colours),
        shown=(Snapshot(shown.date, _told(placed), ranks(values), None),),
        selected=selected,
        card=_card(shown, selected),
        signed=column == "difference",
    ).on_screen(city)
    if data is None:
        return None
    kinds = list(VERDICTS)
    order = store.geometries()[shown.level, city.catalogue.level(shown.level).current.id].area_ids
    signs = Signs(
        HOLDS,
        tuple((SIGNS[kind], VERDICTS[kind]) for kind in kinds),
        tuple(
            kinds.index(Verdict(str(table.at[area, "verdict"]))) if area in table.index else None
            for area in order
        ),
    )
    return replace(data, signs=signs)
