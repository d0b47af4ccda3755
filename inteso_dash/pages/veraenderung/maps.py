"""Change as maps show it, on the screen and on paper: titles, statuses, classes around zero."""

from __future__ import annotations

import numpy as np
import pandas as pd

from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.measures.classes import Classes, aligned, ranks
from inteso_dash.pages.veraenderung.comparison import Comparison, Measure, decimals, from_zero, unit
from inteso_dash.views.colours import diverging
from inteso_dash.views.map_view import Scale, Snapshot

TITLES = {
    Measure.ABSOLUTE: "{indicator}: Veränderung",
    Measure.PERCENT: "{indicator}: Veränderung in Prozent",
    Measure.RELATIVE: "{indicator}: Veränderung gegenüber der Stadt",
}
NOT_BOTH = "nicht an beiden Stichtagen"
FROM_ZERO = "zuvor null, daher nicht in Prozent"
SMALL_SIGN = "◊"
CUT = "Neu geschnittener Anteil der Fläche"
CUT_BOUNDS = (0.0, 1.0, 20.0, 40.0, 60.0, 100.0)
"""Classes of the share of an area that is cut anew, in per cent."""
_FEW = 5
_PERIOD = "{start} bis {end}"
_SMALL = "Grundzahl unter {base}"
_SMALL_DATED = "Grundzahl an einem Stichtag unter {base}"


def title(found: Comparison, measure: Measure) -> str:
    """Return what a map of change shows, without the Stichtage."""
    return TITLES[measure].format(indicator=found.indicator.title.de)


def period(found: Comparison) -> str:
    """Write both Stichtage."""
    return _PERIOD.format(start=formats.date(found.start), end=formats.date(found.end))


def small_meaning(base: float, *, dated: bool = False) -> str:
    """Say what `SMALL_SIGN` means, on a map of change or of values at several Stichtage."""
    return (_SMALL_DATED if dated else _SMALL).format(base=formats.number(base, 0))


def marked(rows: pd.DataFrame) -> pd.DataFrame:
    """Put `SMALL_SIGN` behind the names of areas whose change rests on little.

    ``rows`` are those of `change.pairs`.
    """
    names = [
        f"{name} {SMALL_SIGN}" if small else name
        for name, small in zip(rows["name"], rows["small"], strict=True)
    ]
    return rows.assign(name=names)


def statuses(found: Comparison, measure: Measure) -> pd.Series:
    """Return the status of every change; sound ones as measured, since all are computed."""
    told = found.areas[str(measure)].notna()
    status = found.areas["status"].replace(str(Status.COMPUTED), str(Status.MEASURED))
    kept = status.isin([str(Status.SUPPRESSED), str(Status.UNINHABITED), str(Status.MERGED)])
    return status.where(told | kept, str(Status.NOT_DELIVERED))


def missing(found: Comparison, measure: Measure) -> str:
    """Say why areas have no change: without a value on one day, or without one to divide by."""
    zero = from_zero(found, measure)
    untold = found.areas[str(measure)].isna()
    reasons = [NOT_BOTH] * bool((untold & ~zero).any()) + [FROM_ZERO] * bool(zero.any())
    return formats.listed(reasons, "or")


def reference(found: Comparison, measure: Measure) -> float | None:
    """Return the city's change where it can be compared with that of an area."""
    if measure is Measure.PERCENT:
        return found.city.percent
    if measure is Measure.ABSOLUTE and found.indicator.kind == "intensive":
        return found.city.change
    return None


def drawn(
    city: City, found: Comparison, measure: Measure, division: str = ""
) -> tuple[Scale, Snapshot]:
    """Return the scale of the changes and the changes, as maps draw them."""
    order = city.areas(found.level, division or None).index
    values = found.areas[str(measure)].reindex(order)
    digits = decimals(found.indicator, measure)
    classes = around_zero(values, digits, measure.lowest)
    layer = Snapshot(
        found.end,
        pd.DataFrame({"value": values, "status": statuses(found, measure).reindex(order)}),
        ranks(values),
        reference(found, measure),
    )
    colours = diverging(classes.written(digits), 0.0)
    own = unit(found.indicator, measure)
    return Scale(title(found, measure), own, digits, classes, colours), layer


def around_zero(values: pd.Series, digits: int, lowest: float | None = None) -> Classes:
    """Divide changes into five classes that mirror each other, the middle one around zero.

    The bounds are thirds of the sizes of the changes, whatever their direction; with fewer than
    five of them a quarter and half of the largest.

    Parameters
    ----------
    values : Series
        One change per area; NaN is left out.
    digits : int
        Decimals of the bounds.
    lowest : float, optional
        What no change can fall below, such as −100 %: no bound lies below it, and a change that
        comes close to it is never in the middle class.

    Returns
    -------
    Classes
        Without bounds where there are no values.

    Examples
    --------
    >>> around_zero(pd.Series([-3.0, -1, 1, 2, 4, 9]), 0).breaks
    (-9.0, -3.0, -2.0, 2.0, 3.0, 9.0)
    >>> around_zero(pd.Series([-100.0, -60, 90, 250, 400]), 0, -100.0).breaks
    (-100.0, -75.0, -50.0, 50.0, 200.0, 400.0)
    """
    known = values.dropna().astype(float)
    if known.empty:
        return Classes((), ())
    sizes, step = known.abs(), 10.0**-digits
    top = float(sizes.max())
    bounds = sizes.quantile([1 / 3, 2 / 3]).tolist() if len(known) >= _FEW else [top / 4, top / 2]
    inner = max(round(float(bounds[0]), digits), step)
    if lowest is not None:
        inner = min(inner, round(-lowest / 2, digits))
    outer = max(round(float(bounds[1]), digits), round(inner + step, digits))
    top = max(top, round(outer + step, digits))
    floor, under = -top, -outer
    if lowest is not None:
        floor = max(floor, lowest)
        under = under if under > lowest else round((lowest - inner) / 2, digits)
    breaks = (floor, *aligned((under, -inner, inner, outer), known, digits), top)
    places = np.searchsorted(breaks[1:-1], known, side="right")
    counts = np.bincount(places, minlength=len(breaks) - 1)
    return Classes(breaks, tuple(int(count) for count in counts))
