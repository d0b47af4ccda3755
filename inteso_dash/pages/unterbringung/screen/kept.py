"""What the page on accommodation works out once for all sessions."""

from __future__ import annotations

import datetime as dt

from inteso_dash.pages.unterbringung import fairness as accommodation_fairness
from inteso_dash.pages.unterbringung import situation as accommodation_situation
from inteso_dash.pages.unterbringung.fairness import Parts
from inteso_dash.pages.unterbringung.situation import Situation
from inteso_dash.session import editions, store

_SITUATIONS = 64


@editions.cached()
def levels() -> tuple[str, ...]:
    """Return the levels that have figures."""
    return accommodation_situation.levels(store.city())


@editions.cached()
def dates(level: str) -> tuple[dt.date, ...]:
    """Return the Stichtage of a level."""
    return accommodation_situation.dates(store.city(), level)


@editions.cached(max_entries=_SITUATIONS)
def situation(level: str, date: dt.date) -> Situation:
    """Return all areas of a level at a Stichtag."""
    return accommodation_situation.situation(store.city(), level, date)


@editions.cached(max_entries=_SITUATIONS)
def key_parts(level: str, date: dt.date, need: str = "") -> Parts:
    """Return what targets follow from."""
    return accommodation_fairness.key_parts(store.city(), situation(level, date), need)
