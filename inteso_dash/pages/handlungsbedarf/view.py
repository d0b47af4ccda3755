"""Slides of the page: an address becomes an index, a headline and a figure."""

from __future__ import annotations

from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.pages.handlungsbedarf import content, index
from inteso_dash.pages.handlungsbedarf.index import Need
from inteso_dash.pages.handlungsbedarf.texts import TEXTS
from inteso_dash.views.figures import Chart, Table
from inteso_dash.views.maps import Map
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import Evidence, Shown, area_of, known

MAP, RANKING, DISTRIBUTION, CONTRIBUTIONS = "karte", "rangliste", "verteilung", "beitraege"
PARTS = {
    TEXTS["map"]: MAP,
    TEXTS["table"]: RANKING,
    TEXTS["distribution"]: DISTRIBUTION,
    TEXTS["contributions"]: CONTRIBUTIONS,
}
"""What a slide can show, title → id."""


def shown_levels(city: City) -> list[str]:
    """Return levels of which the page can show an area, the one it begins with first."""
    return index.shown_levels(city)


def figures_of(_city: City, _address: Address) -> dict[str, str]:
    """Return what a slide can show of a view, title → id."""
    return PARTS


def show(city: City, address: Address, figure: str = "") -> Shown:
    """Show one part of what the page shows at an address.

    Raises
    ------
    ViewError
        Where the index cannot be made.
    """
    notes: list[str] = []
    shown = index.need(city, index.read(city, address, notes))
    part = known(figure, PARTS, MAP, "den Teil", notes)
    level = shown.choice.level
    selected = area_of(city, level, address.get(index.AREA), notes, shown.index.division)
    figures = Evidence(city)
    for area_id, cell in shown.index.cells.iterrows():
        figures.add(str(area_id), cell["value"], str(cell["status"]), str(cell["source_id"]))
        kept = shown.stability.kept[str(area_id)]
        figures.add(f"{area_id} bleibt", float(kept))
    area = index.area_of(shown, selected)
    slide = figures.shown(
        f"{shown.choice.declared.title.de}, {shown.areas(city)}",
        index.of_area(city, shown, area) if part == CONTRIBUTIONS else index.headline(city, shown),
        content.contributions(city, shown, area)
        if part == CONTRIBUTIONS
        else _figure(city, shown, part, selected),
        formats.date(shown.index.date),
        notes,
    )
    return slide.remarked(*shown.layer.estimates)


def _figure(city: City, shown: Need, part: str, selected: str | None) -> Map | Chart | Table:
    if part == RANKING:
        return content.ranking(city, shown)
    if part == DISTRIBUTION:
        return content.distribution(city, shown, selected)
    return content.index_map(city, shown, selected)
