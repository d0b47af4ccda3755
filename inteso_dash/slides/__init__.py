"""From a slide of a sequence to what it shows: pure, for the screen and for paper."""

from __future__ import annotations

from inteso_dash.city import City
from inteso_dash.sequences import Slide
from inteso_dash.slides import accommodation, areas, course, maps
from inteso_dash.slides.areas import figures_of
from inteso_dash.slides.shown import (
    AgeBars,
    Chart,
    Content,
    Course,
    Curve,
    Development,
    Differences,
    FormBars,
    MapContent,
    MeasureMap,
    PlainTable,
    Shown,
    TopicTable,
    ViewError,
    chart_of,
    marks,
    numeric,
)

__all__ = [
    "PAGES",
    "AgeBars",
    "Chart",
    "Content",
    "Course",
    "Curve",
    "Development",
    "Differences",
    "FormBars",
    "MapContent",
    "MeasureMap",
    "PlainTable",
    "Shown",
    "TopicTable",
    "ViewError",
    "changed",
    "chart_of",
    "figures_of",
    "marks",
    "numeric",
    "show",
]

PAGES = ("karte", "stadtteilprofil", "veraenderung", "unterbringung")
"""Pages whose views can be slides."""


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
        return course.show(city, address)
    if address.page == "unterbringung":
        return accommodation.show(city, address)
    offered = ", ".join(PAGES)
    raise ViewError(
        f"Die Seite „{address.page[:60]}“ kann nicht vorgeführt werden; möglich: {offered}."
    )


def changed(slide: Slide, shown: Shown) -> bool:
    """Say whether the figures are others than when the slide was kept."""
    return bool(slide.data) and slide.data != shown.data
