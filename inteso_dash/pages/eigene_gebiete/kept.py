"""What the page works out once for all sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from inteso_dash.catalogue.own_areas import LAND
from inteso_dash.city.overlay.bridges import public
from inteso_dash.city.overlay.people import People, Weights, population_indicator
from inteso_dash.city.overlay.shares import shares_inside
from inteso_dash.language import formats
from inteso_dash.pages.eigene_gebiete.texts import TEXTS
from inteso_dash.session import store
from inteso_dash.session.editions import cached, edition
from inteso_dash.session.kept import kept
from inteso_dash.session.store import city
from inteso_dash.views import map_view
from inteso_dash.views.map_view import Choice, View

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_VIEWS = 256


def picking_view(level: str, indicator: str) -> View:
    """Return the values that the map shows while areas are picked: the same for all own ones."""
    mine = edition()
    loaded = "" if mine is None or not mine.deliveries else mine.loaded or mine.id
    return _picking_view(loaded, level, indicator)


@kept(most=_VIEWS)
def _picking_view(loaded: str, level: str, indicator: str) -> View:
    return map_view.view(city().official, Choice(level, indicator))


def citation(level: str, indicator: str) -> str:
    """Say where these values come from."""
    layer = picking_view(level, indicator).layers[-1]
    source = city().source_titles(layer.values["source_id"])
    return TEXTS["source"].format(source=source, date=formats.date(layer.date))


def people_basis(level: str) -> str:
    """Return by whose people shares of a level's areas can be estimated, as `OwnArea.by`.

    Those of a lower level that everybody may know; empty where there are none.
    """
    found = _people(level)
    return "" if found is None else f"{found.basis.level}-{found.basis.day}"


def shares(level: str, drawn: BaseGeometry, by: str) -> dict[str, int]:
    """Return which shares of a level's areas lie in a shape, in whole per cent, without zero.

    Parameters
    ----------
    level : str
    drawn : shapely geometry
        In the metres that the city is measured in.
    by : str
        `LAND`, or what `people_basis` returns.
    """
    return _shares(level, drawn.wkb, by)


@cached(max_entries=_VIEWS)
def _shares(level: str, drawn: bytes, by: str) -> dict[str, int]:
    areas, people = store.shapes(level), None if by == LAND else _people(level)
    if areas is None:
        return {}
    layer = None if people is None else people.layer
    found = shares_inside(shapely.from_wkb(drawn), areas, layer)
    return {str(key): whole for key, part in found.items() if (whole := round(100 * part))}


@cached()
def _people(level: str) -> Weights | None:
    """Return the people of the finest areas below a level, at their last Stichtag."""
    here, areas = store.city().official, store.shapes(level)
    counted = population_indicator(here.catalogue)
    if areas is None or counted is None:
        return None
    rows = public(here.rows(indicator_id=counted), here.catalogue)
    division = here.catalogue.level(level).current.id
    found = People(rows, here.catalogue, here.layers).weights(
        level, division, here.newest, str(areas.crs)
    )
    return None if found is None or found.basis.level == level else found
