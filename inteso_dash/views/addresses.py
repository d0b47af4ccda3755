"""Addresses of views, as pages and files name them."""

from __future__ import annotations

from inteso_dash.city import City
from inteso_dash.views.sequences import Address


def profile_address(city: City, level: str, area_id: str) -> str:
    """Return the address of a profile, relative to the application."""
    title = city.catalogue.level(level).title.de
    named = (("profilebene", title), ("profil", city.keyed_name(level, area_id)))
    return Address("stadtteilprofil", named).text
