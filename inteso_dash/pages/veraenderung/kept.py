"""What the page keeps between reruns."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from inteso_dash.pages.veraenderung.series import series
from inteso_dash.session.editions import cached
from inteso_dash.session.store import city

Places = tuple[tuple[str, str], ...]


@cached(max_entries=500)
def points(
    indicator_id: str, places: Places, start: dt.date | None, end: dt.date | None
) -> pd.DataFrame:
    """Return the points of an indicator, as of `series`; shared by all sessions."""
    return series(city(), indicator_id, places, start, end)
