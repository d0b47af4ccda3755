"""What the page works out once for all sessions."""

from __future__ import annotations

from inteso_dash.pages.gebietssuche import columns, conditions, similar
from inteso_dash.pages.gebietssuche.conditions import AreaSearch, SearchChoice
from inteso_dash.pages.gebietssuche.similar import AlikeChoice, Similar
from inteso_dash.session.editions import cached
from inteso_dash.session.store import city

_CHOICES = 64


@cached()
def levels() -> tuple[str, ...]:
    """Return the levels that the page shows, the one first that it begins with."""
    return tuple(columns.shown_levels(city()))


@cached()
def offered(level: str) -> dict[str, str]:
    """Return the indicators of a level, title → id."""
    return columns.offered(city(), level)


@cached(max_entries=_CHOICES)
def search(choice: SearchChoice) -> AreaSearch:
    """Return what fulfils the conditions of a choice."""
    return conditions.search(city(), choice)


@cached(max_entries=_CHOICES)
def similar_to(choice: AlikeChoice) -> Similar:
    """Return what is like the area of a choice (`ViewError` where nothing can be compared)."""
    return similar.similar(city(), choice)
