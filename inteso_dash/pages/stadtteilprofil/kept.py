"""."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inteso_dash.drawing.profile_table.data import Table
from inteso_dash.drawing.screen import bars as figures
from inteso_dash.pages.stadtteilprofil import profile as profiles
from inteso_dash.pages.stadtteilprofil.age import age_bars
from inteso_dash.pages.stadtteilprofil.table.printed import publications
from inteso_dash.pages.stadtteilprofil.table.view import tables
from inteso_dash.session.editions import cached
from inteso_dash.session.store import _PROFILES, city

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


@cached(max_entries=_PROFILES)
def profile(level: str, area_id: str, others: tuple[tuple[str, str], ...] = ()) -> profiles.Profile:
    """Return the profile of an area beside others; shared by all sessions."""
    return profiles.profile(city(), level, area_id, others)


@cached(max_entries=_PROFILES)
def profile_tables(
    level: str, area_id: str, others: tuple[tuple[str, str], ...] = ()
) -> tuple[Table, ...]:
    """Return the tables of a profile."""
    return tables(city(), profile(level, area_id, others))


@cached(max_entries=_PROFILES)
def printed_profiles(level: str, area_id: str) -> tuple[Table, ...]:
    """Return the published profiles that show an area."""
    return tuple(publications(city(), profile(level, area_id).place))


@cached(max_entries=_PROFILES)
def age_chart(level: str, area_id: str, theme: str) -> tuple[Figure, str] | None:
    """Return the age structure of an area and the same in words, None where groups are missing."""
    place = profile(level, area_id).place
    bars = age_bars(city(), profile(level, area_id))
    if not bars:
        return None
    whole = city().catalogue.city.name
    chart = figures.bar_chart(bars, place.name, whole, theme=theme)
    return chart, figures.bar_words(bars, place.name, whole)
