"""Which sites of accommodation count at their Stichtag, and why the others do not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash.tables.register import plain_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

_OPEN = re.compile(
    r"(?:wieder |teilweise )?(?:in betrieb|in nutzung|genutzt|geöffnet|offen|belegt)"
)
_NOT_YET = re.compile(
    r"\b(?:planung|geplant\w*|vorgesehen\w*|projektiert\w*|vorbereitung|(?:auf|neu|um)?bau"
    r"|errichtung|noch nicht)\b"
)
_NO_LONGER = re.compile(
    r"\b(?:geschlossen\w*|aufgegeben\w*|stillgelegt\w*|beendet\w*|(?:ab|rück)gebaut\w*|abgerissen\w*"
    r"|ausser betrieb|nicht mehr)\b"
)
_TWICE = "steht mehrfach da"
_DAYS = ("opened", "closed", "date")


def is_open(state: str) -> bool | None:
    """Say whether a state means that a site is open, None where it does not tell.

    >>> is_open("in Betrieb"), is_open("In Planung"), is_open("geschlossen"), is_open("Sanierung")
    (True, False, False, None)
    """
    text = state.casefold().strip()
    if _OPEN.match(text):
        return True
    return False if _NOT_YET.search(text) or _NO_LONGER.search(text) else None


def standing(
    state: str, opened: dt.date | None, closed: dt.date | None, day: dt.date | None
) -> tuple[str, str]:
    """Say in German why a site is not open at its Stichtag, and by which column; both may be empty.

    A site counts from the day it opens until the day before it closes.
    """
    if day is not None and opened is not None and opened > day:
        return "am Stichtag noch nicht eröffnet", "opened"
    if day is not None and closed is not None and closed <= day:
        return "am Stichtag schon geschlossen", "closed"
    if is_open(state) is False:
        return f"Stand „{state}“", "state"
    return "", ""


def identity(site: Mapping[str, object]) -> tuple[object, ...]:
    """Return what makes a site at a Stichtag: name, form and area, and the day."""
    named = (plain_name(str(site[column])) for column in ("name", "form"))
    return (*named, site["level"], site["area_id"], site["date"])


def uncounted(sites: pd.DataFrame) -> pd.Series[str]:
    """Say of every site why it does not count; empty where it does.

    Parameters
    ----------
    sites : DataFrame
        As `CityData.sites`.

    Returns
    -------
    Series
        Same index. Of a site that stands there several times the first that is open counts.
    """
    reasons, seen = [], set()
    for site in sites.to_dict("records"):
        days = (None if pd.isna(site[name]) else site[name].date() for name in _DAYS)
        reason, _ = standing(site["state"], *days)
        key = identity({str(name): value for name, value in site.items()})
        if not reason and site["name"] and key in seen:
            reason = _TWICE
        elif not reason:
            seen.add(key)
        reasons.append(reason)
    return pd.Series(reasons, index=sites.index, dtype=str)
