"""What the page keeps between reruns, for all sessions."""

from __future__ import annotations

import json
from typing import Any

from inteso_dash.boundaries.assets import Asset
from inteso_dash.drawing.profile_table.component import payload
from inteso_dash.drawing.profile_table.data import Highlights, MiniMap, ProfileTable
from inteso_dash.pages.stadtteilprofil import profile as profiles
from inteso_dash.pages.stadtteilprofil import standouts, view
from inteso_dash.pages.stadtteilprofil.table.printed import publications
from inteso_dash.pages.stadtteilprofil.table.view import facts, tables
from inteso_dash.pages.stadtteilprofil.table.words import sentence
from inteso_dash.pages.stadtteilprofil.texts import PAGE as TEXTS
from inteso_dash.pages.stadtteilprofil.view import AREA, LEVEL, ProfileView
from inteso_dash.session.editions import cached, edition
from inteso_dash.session.kept import kept
from inteso_dash.session.store import _PROFILES, AHEAD, city, geometries
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import Offer

LEAD = "profil_satz"
"""Key of what holds the sentence below the heading."""
_FROM = "von"
"""Parameter for the level that the reader leaves."""


@cached(max_entries=_PROFILES)
def profile(level: str, area_id: str, others: tuple[tuple[str, str], ...]) -> profiles.Profile:
    """Return the profile of an area beside others; shared by all sessions."""
    return profiles.profile(city(), level, area_id, others)


@cached()
def comparable() -> dict[str, tuple[str, str]]:
    """Return all areas that one can compare with."""
    return view.comparable(city())


@cached(max_entries=_PROFILES)
def profile_tables(
    level: str, area_id: str, others: tuple[tuple[str, str], ...]
) -> tuple[ProfileTable, ...]:
    """Return the tables of a profile."""
    return tables(city(), profile(level, area_id, others))


@cached(max_entries=_PROFILES)
def highlights(level: str, area_id: str) -> Highlights | None:
    """Return what stands out in an area."""
    return standouts.highlights(city(), profile(level, area_id, ()))


@cached(max_entries=_PROFILES)
def printed_profiles(level: str, area_id: str) -> tuple[ProfileTable, ...]:
    """Return the published profiles that show an area."""
    return tuple(publications(city(), profile(level, area_id, ()).place))


@cached(max_entries=_PROFILES)
def lead(shown: ProfileView) -> str:
    """Return the sentence below the heading."""
    return sentence(city(), profile(shown.level, shown.area, shown.others))


@cached(max_entries=_PROFILES)
def drawn(shown: ProfileView) -> dict[str, Any]:
    """Return what the browser draws of a profile: what the area is, its tables, the words above."""
    result = profile(shown.level, shown.area, shown.others)
    found = highlights(shown.level, shown.area)
    about = facts(city(), result, _mini_map(result), found)
    beside = {"h1": result.place.name, f".st-key-{LEAD} [data-testid=stText]": lead(shown)}
    return payload(profile_tables(shown.level, shown.area, shown.others), about, beside)


def ahead_urls(shown: ProfileView, here: Address) -> dict[str, str]:
    """Return where the browser asks for `ahead`, by list; the text of an option is to be added.

    Parameters
    ----------
    shown : ProfileView
    here : Address
        Of the page as it is shown.

    Returns
    -------
    dict
        Nothing where a session sees figures of its own.
    """
    if edition() is not None:
        return {}
    others = here.completed((AREA, ""))
    left = here.completed((LEVEL, ""), (AREA, shown.area), (_FROM, shown.level))
    route = f"{AHEAD}/{here.page}?"
    return {
        TEXTS["area"]: f"{route}{others.completed((LEVEL, shown.level)).query}&{AREA}=",
        _levels().label: f"{route}{left.query}&{LEVEL}=",
    }


@kept(most=_PROFILES)
def ahead(query: str) -> Asset:
    """Return what an option of a list changes on the page, for the browser to draw at once.

    Parameters
    ----------
    query : str
        Of the address that the option leads to; where it is another level, with the level and the
        area that the reader leaves.

    Returns
    -------
    Asset
        JSON, what `drawn` returns.

    Raises
    ------
    ViewError
        If there is no such area.
    KeyError
        If there is no such level.
    """
    here, asked = city(), Address.read(f"?{query}")
    begun = asked.get(_FROM)
    if begun is not None:
        level = _levels().read(asked, [])
        near = profiles.nearby(here, begun, asked.get(AREA) or "", level)
        asked = asked.completed((AREA, near))
    shown = view.read(here, asked, [])
    body = json.dumps(drawn(shown), ensure_ascii=False, separators=(",", ":"))
    return Asset(query, body.encode(), "application/json")


def _levels() -> Offer[str]:
    return view.levels(city(), [each.id for each in city().catalogue.levels])


def _mini_map(result: profiles.Profile) -> MiniMap | None:
    """Say where the area lies, if there are boundaries of its level."""
    here, outlines, place = city().catalogue, geometries(), result.place

    def url(other: profiles.ProfilePlace) -> str:
        found = outlines.get((other.level, here.level(other.level).current.id))
        return "" if found is None else found.asset.url

    if not url(place):
        return None
    around = next((other for other in result.within if other in result.places), None)
    around = around if around and url(around) else None
    return MiniMap(
        url(place),
        place.area_id,
        TEXTS["map_label"].format(city=here.city.name, name=place.name),
        url(around) if around else "",
        around.area_id if around else "",
        tuple((url(other), other.area_id) for other in result.others),
    )
