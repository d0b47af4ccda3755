"""What goes along from page to page: the area last chosen; and where what was found is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inteso_dash.city import City
from inteso_dash.views import scope
from inteso_dash.views.addresses import profile_address
from inteso_dash.views.finding import Findable, Sort

Place = tuple[str, str]
"""Level and key of an area."""
Named = Mapping[str, Sequence[str]]
"""Parameters of a view with their values."""
Asked = dict[str, tuple[str, ...]]
"""Parameters that a view is to be asked for; without a value one goes back to its default."""
_BESIDE = 3


@dataclass(frozen=True)
class AreaParameters:
    """Which parameters of a page's address say what area it shows.

    Attributes
    ----------
    level, area : str
    several : str
        Of areas of this level side by side, where the page shows such.
    within : str
        Of the part of the city that the page is limited to.
    """

    level: str
    area: str
    several: str = ""
    within: str = ""

    @property
    def all(self) -> tuple[str, ...]:
        """Those that say what area is shown."""
        return tuple(filter(None, (self.level, self.area, self.several)))


@dataclass(frozen=True)
class FoundOn:
    """What a page can show of what was found.

    Attributes
    ----------
    areas : AreaParameters or None
        None where it shows no areas.
    indicator, topic : str
        Parameters of these, empty where the page has none.
    section : str
        Parameter of its section, empty where it has none.
    for_areas, for_indicators : tuple of str
        Ids of the sections that show them, the one to open first.
    levels : tuple of str
        Levels of which it shows areas, the one first that it begins with.
    """

    areas: AreaParameters | None = None
    indicator: str = ""
    topic: str = ""
    section: str = ""
    for_areas: tuple[str, ...] = ()
    for_indicators: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()


def chosen(page: FoundOn, before: Named, now: Named) -> Place | None:
    """Return the area that a page shows now and did not show before, None where there is none.

    Parameters
    ----------
    page : FoundOn
    before, now : mapping
        The page's parameters.

    Examples
    --------
    >>> on_map = FoundOn(AreaParameters("ebene", "gebiet"), levels=("stadtteil", "bezirk"))
    >>> chosen(on_map, {"ebene": ["stadtteil"]}, {"ebene": ["stadtteil"], "gebiet": ["063"]})
    ('stadtteil', '063')
    >>> chosen(on_map, {"gebiet": ["063"]}, {"gebiet": ["063"]}) is None
    True
    """
    names, level = page.areas, _level(page, now)
    if names is None or level is None:
        return None
    same_level = not before or _level(page, before) == level
    area = _first(now, names.area)
    if area is not None and not (same_level and _first(before, names.area) == area):
        return level, area
    added = set(now.get(names.several, ())).difference(before.get(names.several, ()))
    return (level, added.pop()) if same_level and len(added) == 1 else None


def shown_on(city: City, page: FoundOn, place: Place, view: Named) -> Asked | None:
    """Return what a page is to be asked for so that it shows an area.

    All else that was chosen there stays, but for what would hide the area: a part of the city in
    which it does not lie.

    Parameters
    ----------
    city : City
    page : FoundOn
    place : (str, str)
    view : mapping
        What the page shows.

    Returns
    -------
    dict or None
        None where the page shows no areas of this level.
    """
    names, (level, area) = page.areas, place
    if names is None or level not in page.levels or not city.has_area(level, area):
        return None
    asked: Asked = {names.level: (level,), names.area: (area,)}
    if names.several:
        kept = view.get(names.several, ()) if _level(page, view) == level else ()
        asked[names.several] = (area, *[other for other in kept if other != area][:_BESIDE])
    within = _first(view, names.within)
    if within is not None:
        limit = scope.read(city, level, within)
        if limit is None or area not in scope.members(city, level, limit):
            asked[names.within] = ()
    return asked


def leads(
    city: City, pages: Mapping[str, FoundOn], here: str, found: Findable, views: Mapping[str, Named]
) -> tuple[str, Asked]:
    """Return the page on which what was found is shown, and what that page is asked for.

    An area is shown where the reader is, if that page can; else in its profile. So is an
    indicator; else on the first page that has it, which is the map.

    Parameters
    ----------
    city : City
    pages : mapping
        Id → what that page can show, in the order of the navigation.
    here : str
        Id of the reader's page.
    found : Findable
    views : mapping
        Id → what that page shows, or was left with.
    """
    if found.sort is Sort.PAGE:
        return found.id, {}
    order = (here, *(page for page in pages if page != here))
    if found.sort is Sort.TOPIC:
        target = next(page for page in order if pages[page].topic)
        return target, {pages[target].topic: (found.id,), pages[target].indicator: ()}
    if found.sort is Sort.AREA:
        own = shown_on(city, pages[here], found.place, views.get(here, {}))
        target = here if own is not None else profile_address(*found.place).page
        view = views.get(target, {})
        asked = own or shown_on(city, pages[target], found.place, view) or {}
        return target, {**asked, **_open(pages[target], view, pages[target].for_areas)}
    target = next(page for page in order if _has(city, pages[page], found.id))
    page, view = pages[target], views.get(target, {})
    asked = {page.indicator: (found.id,), **_open(page, view, page.for_indicators)}
    level = _level(page, view)
    if page.areas is not None and (level is None or not city.dates(level, found.id)):
        asked[page.areas.level] = next(
            (each,) for each in page.levels if city.dates(each, found.id)
        )
        asked |= dict.fromkeys(page.areas.all[1:], ())
    return target, asked


def _has(city: City, page: FoundOn, indicator: str) -> bool:
    """Say whether a page shows an indicator; one with topics shows maps."""
    if not page.indicator or (page.topic and not city.catalogue.indicator(indicator).map):
        return False
    return any(city.dates(level, indicator) for level in page.levels)


def _open(page: FoundOn, view: Named, sections: tuple[str, ...]) -> Asked:
    """Ask for a section that shows what is wanted, where another one is open."""
    open_now = _first(view, page.section)
    return {} if open_now is None or open_now in sections else {page.section: sections[:1]}


def _level(page: FoundOn, view: Named) -> str | None:
    """Return the level of a view; where it names none, the one that the page begins with."""
    named = None if page.areas is None else _first(view, page.areas.level)
    return named or next(iter(page.levels), None)


def _first(view: Named, name: str) -> str | None:
    return next(iter(view.get(name, ())), None)
