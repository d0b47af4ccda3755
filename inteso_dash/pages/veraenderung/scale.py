"""Classes of changes: the same on both sides of zero, as far as a change can fall."""

from __future__ import annotations

import numpy as np
import pandas as pd

from inteso_dash.measures.classes import Classes, aligned

_FEW = 5


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
