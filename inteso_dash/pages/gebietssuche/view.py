"""Slides of the page: an address becomes a search, a headline and a figure."""

from __future__ import annotations

from dataclasses import replace

from inteso_dash.city import City
from inteso_dash.pages.gebietssuche import columns, conditions, content, files, similar
from inteso_dash.pages.gebietssuche.columns import AREA
from inteso_dash.pages.gebietssuche.texts import SECTION_ALIKE, SECTION_CONDITIONS, SECTIONS, TEXTS
from inteso_dash.views import dated
from inteso_dash.views.dated import DatedIndicator
from inteso_dash.views.figures import Figure
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import Evidence, Offer, Shown, area_of, known, span

SECTION = Offer(columns.SECTION, TEXTS["section"], SECTIONS, SECTION_CONDITIONS)
MAP, TABLE, DISTANCES = "karte", "tabelle", "abstaende"
PARTS = {
    SECTION_CONDITIONS: {TEXTS["map"]: MAP, "Tabelle": TABLE},
    SECTION_ALIKE: {TEXTS["map"]: MAP, "Tabelle": TABLE, TEXTS["distances"]: DISTANCES},
}
"""What a slide can show, by section: title → id."""


def shown_levels(city: City) -> list[str]:
    """Return levels of which the page can show an area, the one it begins with first."""
    return columns.shown_levels(city)


def figures_of(_city: City, address: Address) -> dict[str, str]:
    """Return what a slide can show of a view, title → id."""
    return PARTS[SECTION.read(address, [])]


def show(city: City, address: Address, figure: str = "") -> Shown:
    """Show one part of what the page shows at an address.

    Raises
    ------
    ViewError
        Where nothing can be searched or compared.
    """
    notes: list[str] = []
    section = SECTION.read(address, notes)
    part = known(figure, PARTS[section], MAP, "den Teil", notes)
    shown = _conditions if section == SECTION_CONDITIONS else _alike
    return shown(city, address, part, notes)


def _conditions(city: City, address: Address, part: str, notes: list[str]) -> Shown:
    found = conditions.search(city, conditions.read(city, address, notes))
    selected = area_of(city, found.choice.level, address.get(AREA), notes)
    drawn: Figure = (
        content.search_slide(city, found)
        if part == TABLE
        else content.search_map(city, found, selected)
    )
    said = conditions.sentence(city, found)
    return _slide(city, files.search_title(city, found), said, drawn, found.columns, notes)


def _alike(city: City, address: Address, part: str, notes: list[str]) -> Shown:
    shown = similar.similar(city, similar.read(city, address, notes))
    drawn: Figure
    if part == TABLE:
        drawn = content.similar_slide(city, shown)
    elif part == DISTANCES:
        drawn = content.distances(city, shown)
    else:
        drawn = content.similar_map(city, shown)
    title, said = files.similar_title(city, shown), similar.sentence(city, shown)
    return _slide(city, title, said, drawn, shown.columns, notes)


def _slide(
    city: City,
    title: str,
    said: str,
    drawn: Figure,
    own: tuple[DatedIndicator, ...],
    notes: list[str],
) -> Shown:
    evidence = Evidence(city)
    dated.cite(evidence, own)
    slide = evidence.shown(title, said, drawn, span(each.day for each in own), notes)
    statuses = [slide.statuses, *dated.told_estimates(own)]
    return replace(slide, statuses=". ".join(each.removesuffix(".") for each in statuses if each))
