"""What the page keeps between reruns, for all sessions."""

from __future__ import annotations

from inteso_dash.drawing.profile_table.data import Highlights, ProfileTable
from inteso_dash.pages.stadtteilprofil import profile as profiles
from inteso_dash.pages.stadtteilprofil import standouts, view
from inteso_dash.pages.stadtteilprofil.table.printed import publications
from inteso_dash.pages.stadtteilprofil.table.view import tables
from inteso_dash.session.editions import cached
from inteso_dash.session.store import _PROFILES, city


@cached(max_entries=_PROFILES)
def profile(level: str, area_id: str, others: tuple[tuple[str, str], ...] = ()) -> profiles.Profile:
    """Return the profile of an area beside others; shared by all sessions."""
    return profiles.profile(city(), level, area_id, others)


@cached()
def comparable() -> dict[str, tuple[str, str]]:
    """Return all areas that one can compare with."""
    return view.comparable(city())


@cached(max_entries=_PROFILES)
def profile_tables(
    level: str, area_id: str, others: tuple[tuple[str, str], ...] = ()
) -> tuple[ProfileTable, ...]:
    """Return the tables of a profile."""
    return tables(city(), profile(level, area_id, others))


@cached(max_entries=_PROFILES)
def highlights(level: str, area_id: str) -> Highlights | None:
    """Return what stands out in an area."""
    return standouts.highlights(city(), profile(level, area_id))


@cached(max_entries=_PROFILES)
def printed_profiles(level: str, area_id: str) -> tuple[ProfileTable, ...]:
    """Return the published profiles that show an area."""
    return tuple(publications(city(), profile(level, area_id).place))
