"""What the page shows, as plain data: a sentence, the map to pick on, the map and table of all."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from inteso_dash.boundaries.drawn import WholeAreas
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.catalogue.own_areas import OwnArea, OwnAreas
from inteso_dash.city import City
from inteso_dash.city.area_tree import Composition, Cover, area_tree, official_levels
from inteso_dash.city.comparable import printed
from inteso_dash.city.own_areas import parts_words, resolved
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.pages.eigene_gebiete.texts import COLOURS, HEADS, SHAPES, TEXTS, WAYS
from inteso_dash.session.maps import ScreenMap
from inteso_dash.views import headlines
from inteso_dash.views.colours import ABOVE_ALL, CIRCLE_COLOURS, NEAR, OTHERS, PICKED
from inteso_dash.views.figures import Table
from inteso_dash.views.map_view import Kinds, Scale, Snapshot, View
from inteso_dash.views.maps import site_circles
from inteso_dash.views.shown import Offer

PAGE = "eigene_gebiete"
LEVEL, AREA, INDICATOR = "e_ebene", "e_gebiet", "e_indikator"
_NAMED = 6
NEW = ""
"""What the parameter of the area says of one that is not there yet."""

NOTHING = Composition(())
"""What an own area is made of that is not there yet."""


def part_levels(city: City) -> tuple[str, ...]:
    """Return the levels that can be shown, of whose areas others can be made, finest first."""
    several = [
        level
        for level in official_levels(city.catalogue)
        if len(city.areas(level)) > 1
        and (level, city.catalogue.level(level).current.id) in city.layers
        and _mapped(city, level)
    ]
    return tuple(reversed(several))


def _mapped(city: City, level: str) -> dict[str, str]:
    """Return the indicators that a map of a level shows, title → id."""
    return {
        each.title.de: each.id
        for each in city.catalogue.indicators
        if each.map and city.current_dates(level, each.id)
    }


def level_offer(city: City) -> Offer[str]:
    """Return the levels by their plurals; the start view's first."""
    levels = part_levels(city)
    titles = {city.catalogue.level(each).plural: each for each in levels}
    first = city.catalogue.start.level
    return Offer(LEVEL, TEXTS["level"], titles, first if first in levels else levels[0])


def indicator_offer(city: City, level: str) -> Offer[str]:
    """Return what the map can show while areas are picked."""
    titles = _mapped(city, level)
    start = city.catalogue.start.indicator
    first = start if start in titles.values() else next(iter(titles.values()))
    return Offer(INDICATOR, TEXTS["indicator"], titles, first)


def made_of(city: City, own: OwnAreas) -> Mapping[str, Composition]:
    """Return the official areas that make up own ones, by their ids."""
    return resolved(own, city).made_of


def parts_counted(city: City, made: Composition) -> str:
    """Count what an own area is made of, by level, in the dative: "5 Sozialräumen"."""
    words = []
    for part, places in (("parts_of", made.cover), ("shares_of", [at for at, _ in made.cut])):
        for level, count in Counter(level for level, _ in places).items():
            known = city.catalogue.level(level)
            noun = formats.dative(known.plural) if count > 1 else known.title.de
            words.append(TEXTS[part].format(count=formats.number(count, 0), plural=noun))
    return formats.listed(words)


def parts_names(city: City, made: Composition) -> str:
    """Name what an own area is made of; of many the rest is counted."""
    return parts_words(city, made, most=_NAMED)


def population(city: City) -> Indicator | None:
    """Return the indicator that counts everybody, None where the city declares none."""
    found = city.catalogue.population
    return None if found is None else city.catalogue.indicator(found)


def population_day(city: City, level: str) -> dt.date | None:
    """Return of when the people in own areas are counted, None where they are not."""
    indicator = population(city)
    days = () if indicator is None else city.all_dates(level, indicator.id)
    return days[-1] if days else None


def population_words(city: City, level: str, area_id: str) -> tuple[str, dt.date] | str:
    """Return how many people live in an own area, and when; or why that is not known.

    Empty where the city counts none.
    """
    indicator, day = population(city), population_day(city, level)
    if indicator is None or day is None or not city.has_area(level, area_id):
        return ""
    found = printed(city, level, area_id, indicator.id, day)
    if found is not None:
        return headlines.with_unit(found, indicator), day
    cell = city.values(level, indicator.id, day).loc[area_id]
    why = str(cell["note"]) or city.status_title(str(cell["status"]), str(cell["source_id"]))
    return TEXTS["told_none"].format(indicator=indicator.title.de, why=why)


def population_note(city: City, level: str, area_id: str) -> str:
    """Say what is to be known about the number of people in an own area."""
    indicator, day = population(city), population_day(city, level)
    if indicator is None or day is None or not city.has_area(level, area_id):
        return ""
    return str(city.values(level, indicator.id, day)["note"][area_id])


def told(city: City, level: str, area_id: str) -> tuple[str, ...]:
    """Say of an own area how many people live in it."""
    found = population_words(city, level, area_id)
    if isinstance(found, str):
        return (found,) if found else ()
    figure, day = found
    said = TEXTS["told"].format(figure=figure, date=formats.date(day))
    return (said[0].upper() + said[1:],)


def cut_told(city: City, made: Composition) -> tuple[str, ...]:
    """Say which areas an own one cuts."""
    parts = parts_names(city, replace(made, cover=()))
    return (TEXTS["cut"].format(parts=parts),) if parts else ()


def sentence(city: City, own: OwnAreas) -> str:
    """Say which own areas there are."""
    if not own.areas:
        return TEXTS["lead_none"]
    if len(own.areas) > 1:
        names = formats.listed([each.name for each in own.areas], most=8)
        return TEXTS["lead_some"].format(count=formats.number(len(own.areas), 0), names=names)
    (area,) = own.areas
    found = population_words(city, own.level, area.id)
    figure = ""
    if not isinstance(found, str):
        figure = TEXTS["of_figure"].format(figure=found[0], date=formats.date(found[1]))
    parts = parts_counted(city, made_of(city, own).get(area.id, NOTHING))
    if not parts:
        return TEXTS["lead_none"]
    return TEXTS["lead_one"].format(name=area.name, parts=parts, figure=figure)


def picking_map(city: City, level: str, shown: View) -> ScreenMap:
    """Return the map on which areas are picked, with the accommodation sites that have a place."""
    layer = shown.layers[-1]
    sites = city.sites
    placed = sites[sites["date"] == sites["date"].max()] if len(sites) else sites
    circles = site_circles(TEXTS["sites"], "Plätze", placed, "places", CIRCLE_COLOURS["light"][0])
    return ScreenMap(level=level, scale=shown.scale, shown=(layer,), circles=circles)


def colour_title(area: OwnArea) -> str:
    """Name the colour of an own area; as it is written where it is none of the palette."""
    named = {colour: title for title, colour in COLOURS.items()}
    return named.get(area.colour.lower(), area.colour)


def own_table(city: City, own: OwnAreas, *, counted: bool = True) -> Table:
    """Return own areas as a table.

    Parameters
    ----------
    city : City
        With their level, where they are ``counted``: the people in each are.
    own : OwnAreas
    counted : bool
    """
    found, indicator = made_of(city, own), population(city) if counted else None
    heads = [*HEADS[:2], *([indicator.title.de] if indicator else []), *HEADS[2:]]
    rows, fills = [], []
    for area in own.areas:
        people = population_words(city, own.level, area.id)
        said = people[0] if not isinstance(people, str) else people or "…"
        row = [area.name, parts_names(city, found.get(area.id, NOTHING))]
        row += [said] if indicator else []
        row += [colour_title(area), area.remark]
        rows.append(tuple(row))
        at = len(row) - 2
        fills.append(tuple(area.colour if place == at else "" for place in range(len(row))))
    return Table(rows=(tuple(heads), *rows), fills=tuple(fills))


def _kinds_map(
    level: str,
    title: str,
    values: pd.Series[float],
    kinds: Kinds,
    colours: tuple[str, ...],
    when: str,
) -> ScreenMap:
    """Return a map whose areas are of some kinds, by their places."""
    cells = pd.DataFrame({"value": values.astype(float), "source_id": "", "note": ""})
    cells["status"] = str(Status.MEASURED)
    shown = Snapshot(dt.date.min, cells, values * float("nan"), None)
    scale = Scale(title, "", 0, kinds.classes, colours, kinds)
    return ScreenMap(level=level, scale=scale, shown=(shown,), when=when)


def own_map(own: OwnAreas) -> ScreenMap:
    """Return the map of all own areas, each in its colour."""
    palette = tuple(COLOURS.values())
    colours = tuple(each.colour or palette[at % len(palette)] for at, each in enumerate(own.areas))
    values = pd.Series({each.id: float(at) for at, each in enumerate(own.areas)})
    kinds = Kinds(tuple(each.name for each in own.areas))
    return _kinds_map(own.level, own.title, values, kinds, colours, TEXTS["today"])


def shape_map(city: City, level: str, name: str, found: WholeAreas) -> ScreenMap:
    """Return the map that says which whole areas stand for a shape."""
    values = pd.Series(0.0, index=city.areas(level).index)
    values[list(found.shares)] = 1.0
    values[list(found.taken)] = 3.0
    values[[each for each in found.taken if each in found.shares]] = 2.0
    names = tuple(WAYS[each] for each in ("outside", "less", "most", "inside"))
    kinds = Kinds(names, ("", "−", "✓", "✓"))
    title = WAYS["shape_map"].format(name=name)
    return _kinds_map(
        level, title, values, kinds, (OTHERS, NEAR, PICKED, ABOVE_ALL), TEXTS["today"]
    )


def shares_map(city: City, level: str, name: str, made: Composition) -> ScreenMap:
    """Return the map that says which areas a shape is made of, whole or by a share."""
    tree = area_tree(city)
    values = pd.Series(0.0, index=city.areas(level).index)
    values[[key for _, key in dict(made.cut)]] = 1.0
    values[[key for place in made.cover for _, key in tree.inside(place, level)]] = 2.0
    kinds = Kinds((WAYS["outside"], SHAPES["part"], WAYS["inside"]), ("", "−", "✓"))
    title = SHAPES["shape_map"].format(name=name)
    return _kinds_map(level, title, values, kinds, (OTHERS, NEAR, ABOVE_ALL), TEXTS["today"])


def cover_of_keys(city: City, level: str, keys: Iterable[str]) -> Cover:
    """Return the fewest official areas that some of a level make up."""
    return area_tree(city).cover((level, key) for key in keys)
