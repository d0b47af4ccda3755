"""What the page works out once for all sessions."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from inteso_dash.pages.muster import apart, choice, content, pattern, strongest, two
from inteso_dash.pages.muster.apart import MeasuredGroup
from inteso_dash.pages.muster.pattern import PatternChoice, PatternShown
from inteso_dash.pages.muster.strongest import OneChoice, Strongest
from inteso_dash.pages.muster.two import Marked, Related, TwoChoice
from inteso_dash.session.editions import cached
from inteso_dash.session.maps import ScreenMap
from inteso_dash.session.store import city
from inteso_dash.views.dots import Scatter
from inteso_dash.views.shown import Offer

_CHOICES, _DRAWN = 64, 16


@cached()
def levels() -> tuple[str, ...]:
    """Return the levels that the page shows, the one first that it begins with."""
    return tuple(choice.shown_levels(city()))


@cached(max_entries=_CHOICES)
def related(chosen: TwoChoice) -> Related:
    """Return two indicators together (`ViewError` where there is nothing)."""
    return two.related(city(), chosen)


@cached(max_entries=_DRAWN)
def two_map(chosen: TwoChoice, marks: Marked) -> ScreenMap:
    """Return the map of two indicators."""
    return content.two_map(related(chosen), marks)


@cached(max_entries=_DRAWN)
def dots(chosen: TwoChoice, marks: Marked) -> Scatter:
    """Return the dots of two indicators."""
    return content.dots(city(), related(chosen), marks)


@cached(max_entries=_DRAWN)
def rows(chosen: TwoChoice) -> pd.DataFrame:
    """Return the table of two indicators; shared, not to be changed."""
    return content.rows(city(), related(chosen))


@cached(max_entries=_CHOICES)
def all_of(chosen: OneChoice) -> Strongest:
    """Return what goes together with one indicator (`ViewError` where nothing does)."""
    return strongest.strongest(city(), chosen)


@cached(max_entries=_CHOICES)
def spatial(chosen: PatternChoice) -> PatternShown:
    """Return the spatial pattern of an indicator (`ViewError` where there is none to find)."""
    return pattern.spatial(city(), chosen)


@cached()
def group_levels() -> Offer[str]:
    """Return the levels on which groups can be measured (`ViewError` where there are none)."""
    return apart.levels(city())


@cached()
def groups(level: str) -> tuple[MeasuredGroup, ...]:
    """Return all groups of a level at all Stichtage."""
    return apart.measured(city(), level)


@cached(max_entries=_CHOICES)
def left_out(level: str, day: dt.date) -> list[str]:
    """Return the groups that cannot be measured at a Stichtag."""
    return apart.left_out(city(), level, day)
