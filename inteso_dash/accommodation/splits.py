"""Persons or places of every area in parts: by form of accommodation, by legal status."""

from __future__ import annotations

import numpy as np
import pandas as pd

from inteso_dash.accommodation.situation import SITE_COLUMN, Situation

OTHERS = "übrige Formen"
UNNAMED = "Status nicht genannt"
_MOST = 3


def by_form(shown: Situation, column: str) -> pd.DataFrame:
    """Split the persons or places of every area into the commonest forms and the others.

    A circle holds three parts at most.

    Parameters
    ----------
    shown : Situation
    column : str
        persons or places.

    Returns
    -------
    DataFrame
        Index area_id; one column a form, the others together as "übrige Formen". A single column
        with an empty name where no complete list of sites names the forms, or where it does not
        add up to the counts of the areas.
    """
    own = shown.areas[column]
    sites = shown.sites[shown.sites["area_id"] != ""]
    cells = sites.pivot_table(
        index="area_id", columns="form", values=SITE_COLUMN[column], aggfunc="sum", fill_value=0.0
    )
    cells = cells.reindex(own.index, fill_value=0.0)
    if cells.empty or not np.allclose(cells.sum(axis=1), own):
        return own.to_frame("")
    ordered = cells[cells.sum().sort_values(ascending=False).index]
    if ordered.shape[1] <= _MOST:
        return ordered
    others = ordered.iloc[:, _MOST - 1 :].sum(axis=1).rename(OTHERS)
    return pd.concat([ordered.iloc[:, : _MOST - 1], others], axis=1)


def by_status(shown: Situation) -> pd.DataFrame | None:
    """Split the persons of every area by legal status.

    Returns
    -------
    DataFrame or None
        Index area_id; one column a status, and `UNNAMED` for persons whose status no source names
        where there are any. NaN where a status of the area is not known. None where no area has
        both.
    """
    parts = shown.areas[list(shown.statuses)].rename(columns=dict(shown.statuses))
    if parts.empty or not parts.notna().all(axis=1).any():
        return None
    unnamed = (shown.areas["persons"] - parts.sum(axis=1, skipna=False)).clip(lower=0)
    return parts.assign(**{UNNAMED: unnamed}) if unnamed.gt(0).any() else parts
