"""What the page on accommodation works out once for all sessions."""

from __future__ import annotations

import datetime as dt

from inteso_dash import accommodation as acc
from inteso_dash import editions, store

_SITUATIONS = 64


@editions.cached()
def levels() -> tuple[str, ...]:
    """Return the levels that have figures."""
    return acc.levels(store.city())


@editions.cached()
def dates(level: str) -> tuple[dt.date, ...]:
    """Return the Stichtage of a level."""
    return acc.dates(store.city(), level)


@editions.cached(max_entries=_SITUATIONS)
def situation(level: str, date: dt.date) -> acc.Situation:
    """Return all areas of a level at a Stichtag."""
    return acc.situation(store.city(), level, date)


@editions.cached(max_entries=_SITUATIONS)
def key_parts(level: str, date: dt.date) -> acc.Parts:
    """Return what targets follow from."""
    return acc.key_parts(store.city(), situation(level, date))
