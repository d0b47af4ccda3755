"""Slides of the page: the own areas of an address as a map and as a table."""

from __future__ import annotations

from inteso_dash.catalogue.own_areas import OWN_LEVEL, from_address
from inteso_dash.city import City
from inteso_dash.city.own_areas import resolved, with_own_areas
from inteso_dash.language import formats
from inteso_dash.pages.eigene_gebiete import content
from inteso_dash.pages.eigene_gebiete.texts import TEXTS
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import Evidence, Shown, ViewError, known

MAP, TABLE = "karte", "tabelle"
PARTS = {TEXTS["map"]: MAP, TEXTS["table"]: TABLE}
"""What a slide can show, title → id."""


def shown_levels(_city: City) -> list[str]:
    """Return no levels: the page shows no area by itself."""
    return []


def figures_of(_city: City, _address: Address) -> dict[str, str]:
    """Return what a slide can show of a view, title → id."""
    return PARTS


def show(city: City, address: Address, figure: str = "") -> Shown:
    """Show the own areas that an address holds.

    Raises
    ------
    ViewError
        Where it holds none.
    """
    own = resolved(from_address(address.get(OWN_LEVEL) or ""), city).own
    notes = list(own.faults)
    if not own.areas:
        raise ViewError(" ".join([TEXTS["none_yet"], *notes]))
    part = known(figure, PARTS, MAP, "den Teil", notes)
    here, found = with_own_areas(city, own), Evidence(city)
    indicator, day = content.population(here), content.population_day(here, own.level)
    for area, made in content.made_of(city, own).items():
        found.add(f"{area} {made.places} {made.cut}", float(len(made.places)))
        if indicator is not None and day is not None:
            cell = here.values(own.level, indicator.id, day).loc[area]
            found.add(area, cell["value"], str(cell["status"]), str(cell["source_id"]))
    drawn = content.own_map(own) if part == MAP else content.own_table(here, own)
    when = TEXTS["today"] if day is None else formats.date(day)
    return found.shown(own.title, content.sentence(here, own), drawn, when, notes)
