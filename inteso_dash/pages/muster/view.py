"""Slides of the page: an address becomes a headline and a figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.pages.muster import apart, content, pattern, strongest, two
from inteso_dash.pages.muster import choice as asked
from inteso_dash.pages.muster.texts import TEXTS
from inteso_dash.views import dated
from inteso_dash.views.dated import DatedIndicator
from inteso_dash.views.figures import Figure
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import Evidence, Shown, ViewError, area_of, known, span

MAP, SCATTER, TABLE = "karte", "punkte", "tabelle"
PARTS = {TEXTS["map"]: MAP, TEXTS["scatter"]: SCATTER, TEXTS["table"]: TABLE}
"""What a slide can show of two indicators, title → id."""
PATTERN_PARTS = {TEXTS["map"]: MAP, TEXTS["dots"]: SCATTER, TEXTS["table"]: TABLE}
BARS, COURSE = "balken", "verlauf"
APART_PARTS = {TEXTS["compared"]: BARS, TEXTS["course"]: COURSE, TEXTS["table"]: TABLE}
_PARTS_OF = {asked.TWO: PARTS, asked.PATTERN: PATTERN_PARTS, asked.APART: APART_PARTS}


def shown_levels(city: City) -> list[str]:
    """Return levels of which the page can show an area, the one it begins with first."""
    return asked.shown_levels(city)


def figures_of(city: City, address: Address) -> dict[str, str]:
    """Return what a slide can show of a view, title → id, where that is more than one thing."""
    try:
        section = asked.section_of(address)
        parts = _PARTS_OF.get(section, {})
        if section == asked.APART and not apart.read(city, address, []).over_time:
            return {title: part for title, part in parts.items() if part != COURSE}
    except ViewError:
        return {}
    return parts


def show(city: City, address: Address, figure: str = "") -> Shown:
    """Show the section of the page that an address names (`ViewError` where it has nothing)."""
    draws: dict[str, Callable[[City, Address, str], Shown]] = {
        asked.TWO: _two,
        asked.STRONGEST: _strongest,
        asked.PATTERN: _pattern,
        asked.APART: _apart,
    }
    return draws[asked.section_of(address)](city, address, figure)


def _gathered(city: City, *shown: DatedIndicator) -> Evidence:
    figures = Evidence(city)
    dated.cite(figures, shown)
    return figures


def _told(slide: Shown, *shown: DatedIndicator) -> Shown:
    """Add to a slide what estimated values rest on."""
    said = [slide.statuses, *dated.told_estimates(shown)]
    return replace(slide, statuses=". ".join(each.removesuffix(".") for each in said if each))


def _two(city: City, address: Address, figure: str) -> Shown:
    notes: list[str] = []
    choice = two.read(city, address, notes)
    shown = two.related(city, choice)
    marks = two.marked(city, choice.level, address, notes)
    part = known(figure, PARTS, MAP, "den Teil", notes)
    content_of: dict[str, Callable[[], Figure]] = {
        MAP: lambda: content.two_map(shown, marks),
        SCATTER: lambda: content.dots(city, shown, marks),
        TABLE: lambda: content.listed(city, shown, marks),
    }
    plural = city.catalogue.level(choice.level).plural
    slide = _gathered(city, shown.first, shown.second).shown(
        f"{two.title(shown)}, {plural}",
        two.sentence(city, shown, brief=True),
        content_of[part](),
        span([shown.first.day, shown.second.day]),
        notes,
    )
    return _told(slide, shown.first, shown.second)


def _strongest(city: City, address: Address, _figure: str) -> Shown:
    notes: list[str] = []
    shown = strongest.strongest(city, strongest.read(city, address, notes))
    plural = city.catalogue.level(shown.choice.level).plural
    title = TEXTS["strongest_title"].format(title=shown.indicator.indicator.title.de)
    every = (shown.indicator, *shown.others.values())
    slide = _gathered(city, *every).shown(
        f"{title}, {plural}",
        strongest.sentence(shown),
        strongest.listed(shown),
        span(each.day for each in every),
        notes,
    )
    return _told(slide, *every)


def _pattern(city: City, address: Address, figure: str) -> Shown:
    notes: list[str] = []
    choice = pattern.read(city, address, notes)
    shown = pattern.spatial(city, choice)
    part = known(figure, PATTERN_PARTS, MAP, "den Teil", notes)
    selected = area_of(city, choice.level, address.get(asked.AREA), notes)
    content_of: dict[str, Callable[[], Figure]] = {
        MAP: lambda: pattern.pattern_map(shown, selected),
        SCATTER: lambda: pattern.dots(city, shown, selected),
        TABLE: lambda: pattern.listed(city, shown),
    }
    plural = city.catalogue.level(choice.level).plural
    slide = _gathered(city, shown.indicator).shown(
        f"{pattern.title(shown)}, {plural}",
        pattern.sentence(city, shown, brief=True),
        content_of[part](),
        formats.date(choice.day),
        notes,
    )
    return _told(slide, shown.indicator)


def _apart(city: City, address: Address, figure: str) -> Shown:
    notes: list[str] = []
    shown = apart.read(city, address, notes)
    plural = city.catalogue.level(shown.choice.level).plural
    part = known(figure, APART_PARTS, BARS, "den Teil", notes)
    content_of: dict[str, Callable[[], Figure | None]] = {
        BARS: lambda: apart.bars(city, shown),
        COURSE: lambda: apart.course(city, shown),
        TABLE: lambda: apart.listed(shown),
    }
    missing = apart.left_out(city, shown.choice.level, shown.choice.day)
    if missing:
        notes.append(TEXTS["groups_left_out"].format(groups="; ".join(missing)))
    drawn = content_of[part]()
    groups = shown.groups if part == COURSE else shown.now
    days = [each.day for each in groups]
    if drawn is None:
        raise ViewError(TEXTS["one_day"].format(plural=plural, day=span(days)))
    return apart.evidence(city, shown, groups).shown(
        f"{apart.title(shown)}, {plural}",
        apart.sentence(city, shown, brief=True),
        drawn,
        span(days),
        notes,
    )
