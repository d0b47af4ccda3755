"""How the areas are divided into classes, on screen and on paper alike."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pandas as pd

from inteso_dash.measures.classes import Classes, Method, classify
from inteso_dash.pages.unterbringung.situation import MappedFigure, Situation

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
