"""What can lie over the map of the page."""

from __future__ import annotations

import pandas as pd

from inteso_dash.pages.unterbringung.situation import Situation, by_form, by_status

CIRCLES = {"Untergebrachte": "persons", "Plätze": "places"}
STATUS_CIRCLES, SINGLE_SITES = "Aufenthaltsstatus", "Einzelne Unterkünfte"


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
