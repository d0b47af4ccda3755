"""Addresses of views, as pages and files name them: ids and keys, never titles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import Enum

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.views.sequences import Address

METHODS_PAGE = "methoden"
_METHOD = "[{title}: wie gerechnet wird]({address})"


def profile_address(level: str, area_id: str) -> Address:
    """Return the address of a profile, relative to the application."""
    return Address("stadtteilprofil", (("profilebene", level), ("profil", area_id)))


def map_address(indicator: Indicator, level: str, date: str) -> Address:
    """Return the address of a map, relative to the application; of a date as 2021-12-31."""
    named = ("thema", indicator.topic), ("indikator", indicator.id)
    return Address("karte", (*named, ("ebene", level), ("stichtag", date)))


def method_links(*method_ids: str) -> str:
    """Return links, in Markdown, to where some methods are explained; as `method_link`."""
    return " · ".join(map(method_link, method_ids))


def similar_address(level: str, area_id: str) -> Address:
    """Return the address of the areas most like one, relative to the application."""
    named = (("g_bereich", "aehnlich"), ("g_ebene", level), ("g_gebiet", area_id))
    return Address("gebietssuche", named)


def method_link(method_id: str) -> str:
    """Return a link, in Markdown, to where a method is explained.

    Raises
    ------
    KeyError
        If there is no such method.

    Examples
    --------
    >>> method_link("gini")
    '[Lorenzkurve und Gini-Koeffizient: wie gerechnet wird](methoden?methode=gini)'
    """
    from inteso_dash.measures.methods import METHODS

    method = METHODS[method_id]
    return _METHOD.format(title=method.title, address=f"{METHODS_PAGE}?methode={method.id}")


def as_id(chosen: object) -> str:
    """Write what was chosen as it stands in an address.

    Parameters
    ----------
    chosen : object
        A text, a date, a member of an enumeration, an area as (level, key), or what has an id.

    Examples
    --------
    >>> as_id(dt.date(2021, 12, 31)), as_id(("stadtteil", "061")), as_id("sozialraum")
    ('2021-12-31', 'stadtteil.061', 'sozialraum')
    """
    if isinstance(chosen, Enum):
        return chosen.name.lower()
    if isinstance(chosen, dt.date):
        return chosen.isoformat()
    if isinstance(chosen, tuple):
        return ".".join(map(str, chosen))
    return str(getattr(chosen, "id", chosen))


def title_of(asked: str, options: Mapping[str, object]) -> str | None:
    """Return the title of what an address asks for, None where it is not offered.

    Addresses of earlier versions held titles; of areas their key and name.

    Parameters
    ----------
    asked : str
    options : mapping
        Title → what is chosen.

    Examples
    --------
    >>> title_of("061", {"061 Lichtenbroich": "061"})
    '061 Lichtenbroich'
    >>> title_of("061 Früherer Name", {"061 Lichtenbroich": "061"})
    '061 Lichtenbroich'
    >>> title_of("06 Früher (Bezirk)", {"06 Heute (Bezirk)": ("bezirk", "06")})
    '06 Heute (Bezirk)'
    >>> title_of("Stadtteile", {"Stadtteile": "stadtteil"}), title_of("x", {})
    ('Stadtteile', None)
    """
    if asked in options:
        return asked
    ids = {as_id(chosen): title for title, chosen in options.items()}
    return (
        ids.get(asked)
        or ids.get(asked.partition(" ")[0])
        or {_key_and_level(title): title for title in options}.get(_key_and_level(asked))
    )


def _key_and_level(label: str) -> str:
    """Take from "06 Name (Stadtbezirk)" what says which area it is, whatever its name."""
    return f"{label.partition(' ')[0]} ({label.rpartition('(')[2]}" if "(" in label else label
