"""From a slide of a sequence to what it shows: pure, for the screen and for paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast

from inteso_dash.catalogue.own_areas import OWN_LEVEL, OwnLevel, from_address
from inteso_dash.city import City
from inteso_dash.city.own_areas import with_own_areas
from inteso_dash.pages import PAGES
from inteso_dash.session.editions import cached
from inteso_dash.session.store import city
from inteso_dash.views.sequences import Address, Slide
from inteso_dash.views.shown import Shown, ViewError

CHANGED = "Die Zahlen dieser Ansicht haben sich geändert, seit sie gemerkt wurde."
NOTHING = "Diese Ansicht gibt es nicht"


class Viewer(Protocol):
    """What the module ``view`` of a page offers."""

    def show(self, city: City, address: Address, figure: str) -> Shown:
        """Return what the page shows at an address (`ViewError` where there is nothing)."""
        ...

    def figures_of(self, city: City, address: Address) -> Mapping[str, str]:
        """Return what a slide can show of it, title → id; empty where that is one thing only."""
        ...

    def shown_levels(self, city: City) -> Sequence[str]:
        """Return levels of which the page can show an area, the one it begins with first."""
        ...


SHOWN = tuple(page.id for page in PAGES if page.slides)
"""Pages whose views can be slides."""


def viewer(page: str) -> Viewer:
    """Return what shows the views of a page.

    Raises
    ------
    ViewError
        If the page does not exist or has nothing to show.
    """
    if page not in SHOWN:
        raise ViewError(
            f"Die Seite „{page[:60]}“ kann nicht vorgeführt werden; möglich: {', '.join(SHOWN)}."
        )
    return cast(Viewer, import_module(f"inteso_dash.pages.{page}.view"))


def city_of(city: City, view: Address) -> City:
    """Return a city with the own areas that an address names, where it names some."""
    text = view.get(OWN_LEVEL)
    if text is None:
        return city
    named = from_address(text)
    known = city.catalogue.level(OWN_LEVEL) if city.catalogue.has_level(OWN_LEVEL) else None
    same = isinstance(known, OwnLevel) and known.own.areas == named.areas
    return city if same else with_own_areas(city, named)


def show(city: City, slide: Slide) -> Shown:
    """Work out what a slide shows.

    Parameters
    ----------
    city : City
    slide : Slide

    Raises
    ------
    ViewError
        Where the page, the area or the figures do not exist; the message is meant for the reader.
    """
    view = slide.view
    return viewer(view.page).show(city_of(city, view), view, slide.figure)


@cached(max_entries=500)
def kept(address: str, figure: str) -> Shown:
    """Return what the slide of an address shows (`ViewError` where there is nothing)."""
    return show(city(), Slide(address=address, figure=figure))


def changed(slide: Slide, shown: Shown) -> bool:
    """Say whether the figures are others than when the slide was kept."""
    return bool(slide.data) and slide.data != shown.data
