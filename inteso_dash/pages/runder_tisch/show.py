"""From a slide of a sequence to what it shows: pure, for the screen and for paper."""

from __future__ import annotations

from inteso_dash.city import City
from inteso_dash.pages.karte import slide as maps
from inteso_dash.pages.stadtteilprofil import slide as areas
from inteso_dash.pages.unterbringung import slide as accommodation
from inteso_dash.pages.veraenderung import slide as comparing
from inteso_dash.pages.veraenderung.content import ChangeMap, CutMap, DatedMap
from inteso_dash.views.sequences import Address, Slide
from inteso_dash.views.shown import MapContent, MeasureMap, Shown, TopicTable, ViewError

PAGES = ("karte", "stadtteilprofil", "veraenderung", "unterbringung")
"""Pages whose views can be slides."""


TITLED = (MapContent, MeasureMap, TopicTable, ChangeMap, DatedMap, CutMap)
"""What says itself on the screen what it shows, and when."""


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
    address = slide.view
    if address.page == "karte":
        return maps.show(city, address)
    if address.page == "stadtteilprofil":
        return areas.show(city, address, slide.figure)
    if address.page == "veraenderung":
        return comparing.show(city, address, slide.figure)
    if address.page == "unterbringung":
        return accommodation.show(city, address)
    offered = ", ".join(PAGES)
    raise ViewError(
        f"Die Seite „{address.page[:60]}“ kann nicht vorgeführt werden; möglich: {offered}."
    )


def figures_of(city: City, address: Address) -> tuple[str, ...]:
    """Return what a slide of a view can show; empty where that is one thing only."""
    if address.page == "stadtteilprofil":
        return areas.figures_of(city)
    return comparing.figures_of(city, address) if address.page == "veraenderung" else ()


def changed(slide: Slide, shown: Shown) -> bool:
    """Say whether the figures are others than when the slide was kept."""
    return bool(slide.data) and slide.data != shown.data
