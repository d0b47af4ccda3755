"""Areas that somebody has put together, laid over a city as one more level.

Their figures are made of those that the completed, protected city shows and of nothing else: the
fewest official areas that make up an area are taken, the highest ones, and these are carried up by
kind as everywhere. What is withheld of a part is withheld of the whole; it is never had by taking
parts from a total. So nothing can be worked out of any number of own areas that the figures shown
of official ones do not say already.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from itertools import combinations, groupby
from typing import TYPE_CHECKING, TypedDict

import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.own_areas import (
    FILE,
    CutPart,
    OwnArea,
    OwnAreas,
    OwnLevel,
    Part,
    people_of,
)
from inteso_dash.city.area_tree import (
    AreaTree,
    Composition,
    Cover,
    Place,
    area_tree,
    official_levels,
)
from inteso_dash.city.cut_areas import share_words
from inteso_dash.city.earlier_areas import Earlier, earlier_divisions
from inteso_dash.city.own_figures import DIVISION, own_figures
from inteso_dash.language import formats
from inteso_dash.language.findings import DECLARATION, Finding, Severity

if TYPE_CHECKING:
    from inteso_dash.boundaries.layers import Layer
    from inteso_dash.city import City

TEXTS = {
    "unknown": "{name}: Teil {part}: ein solches Gebiet gibt es nicht; erwartet Schlüssel von "
    "Gebieten der heutigen Gliederung, etwa {example}. Das eigene Gebiet fehlt hier.",
    "several": "{name}: Teil {part}: den Schlüssel haben {levels}; erwartet Ebene und Schlüssel. "
    "Das eigene Gebiet fehlt hier.",
    "crossing": "{name}: {one} und {other} teilen die Stadt verschieden auf; erwartet Teile von "
    "Ebenen, die ineinander liegen. Das eigene Gebiet fehlt hier.",
    "inside": "{name}: {parts} {lie} schon in einem anderen Teil und {count} einmal.",
    "shares": "{name}: Teil {part} hat zwei Anteile; erwartet einen. Das eigene Gebiet fehlt hier.",
    "holds": "{name}: Teil {holder} ist zu einem Anteil dabei und enthält den Teil {part}; "
    "erwartet Teile, die sich nicht überschneiden. Das eigene Gebiet fehlt hier.",
    "by": "{name}: by: gefunden {by!r}; eine solche Ebene gibt es nicht. Die Anteile gelten als "
    "angegeben.",
    "carried": "Zahlen der {parts} bis zum {date} gehören zu anderen Grenzen (Gliederung "
    "{division}) und sind umgerechnet: genau, wo ein Gebiet ganz aus damaligen besteht, sonst nach "
    "Anteilen. Welche Zahl geschätzt ist, sagen Status und Hinweis.",
    "no_bridge": "{plural} haben für Stichtage bis zum {date} keine Zahlen, soweit sie aus "
    "{dative} bestehen: Die gehören zur Gliederung {division}, und weder ein Schlüssel noch "
    "Grenzen sagen, was davon heute wo liegt.",
    "no_area": "Ohne Zahlen der Gliederung {division}: {names}. Für einen Teil davon hatte sie "
    "kein Gebiet.",
    "level": "level: gefunden {level!r}; eine Ebene mit dieser id hat die Stadt "
    "schon. Erwartet eine andere.",
}
_WHOLE, _NAMED = 100, 6


@dataclass(frozen=True)
class Resolved:
    """Own areas as a city can show them.

    Attributes
    ----------
    own : OwnAreas
        Those that can be shown; ``faults`` says what was left out, and what was counted once.
    made_of : mapping
        Id of an own area → the official areas that make it up.
    """

    own: OwnAreas
    made_of: Mapping[str, Composition]


def resolved(own: OwnAreas, city: City) -> Resolved:
    """Say of own areas which official ones make them up.

    Parameters
    ----------
    own : OwnAreas
    city : City

    Returns
    -------
    Resolved
        Without the areas that name parts which the city does not have, or whose levels do not lie
        within each other.
    """
    if not own.areas and own.level not in official_levels(city.catalogue):
        return Resolved(own, {})
    return _resolved(own, area_tree(city))


def _resolved(own: OwnAreas, tree: AreaTree) -> Resolved:
    made_of: dict[str, Composition] = {}
    faults = list(own.faults)
    if own.level in official_levels(tree.catalogue):
        faults.append(TEXTS["level"].format(level=own.level))
        return Resolved(own.model_copy(update={"areas": (), "faults": tuple(faults)}), made_of)
    for area in own.areas:
        whole, cut, wrong = _places(area, tree)
        told = wrong or _overlapping(area, cut, {*whole, *cut}, tree)
        faults += told
        if told:
            continue
        inside = [
            each
            for each in sorted({*whole, *cut}, key=tree.order)
            if (each in whole and each in cut) or not whole.isdisjoint(tree.above(each))
        ]
        if inside:
            named = formats.listed([tree.name(each) for each in inside])
            lie, count = ("liegt", "zählt") if len(inside) == 1 else ("liegen", "zählen")
            faults.append(TEXTS["inside"].format(name=area.name, parts=named, lie=lie, count=count))
        parts = [(place, cut[place]) for place in sorted(cut, key=tree.order)]
        known_by = _known_basis(area, tree)
        if known_by != area.by:
            faults.append(TEXTS["by"].format(name=area.name, by=area.by))
        made_of[area.id] = Composition(
            tree.cover(whole),
            tuple(each for each in parts if each[0] not in inside),
            known_by if parts else "",
        )
    kept = tuple(each for each in own.areas if each.id in made_of)
    shown = own.model_copy(update={"areas": kept, "faults": tuple(dict.fromkeys(faults))})
    return Resolved(shown, made_of)


def _known_basis(area: OwnArea, tree: AreaTree) -> str:
    """Return by what shares were worked out; empty where that is people of an unknown level."""
    people = people_of(area.by)
    known = people is None or people[0] in official_levels(tree.catalogue)
    return area.by if known else ""


def _overlapping(
    area: OwnArea, cut: Mapping[Place, int], places: Collection[Place], tree: AreaTree
) -> list[str]:
    """Say of an own area that has a share of one official area and another inside of that."""
    for place in places:
        holder = next((each for each in tree.above(place) if each in cut), None)
        if holder is not None:
            words = {"name": area.name, "part": tree.name(place), "holder": tree.name(holder)}
            return [TEXTS["holds"].format(**words)]
    return []


def _places(area: OwnArea, tree: AreaTree) -> tuple[set[Place], dict[Place, int], list[str]]:
    """Return the official areas that an own one names, whole and cut, and what is wrong."""
    whole: set[Place] = set()
    cut: dict[Place, int] = {}
    wrong: list[str] = []
    titles = {level.id: level.title.de for level in tree.catalogue.levels}
    for part, share in [
        *((part, _WHOLE) for part in area.parts),
        *((each.part, each.share) for each in area.cut),
    ]:
        key = part if isinstance(part, str) else part[1]
        levels = tree.levels_of.get(key, [])
        if not isinstance(part, str):
            levels = [each for each in levels if each == part[0]]
        said = repr(part) if isinstance(part, str) else " ".join(part)
        if len(levels) == 1:
            place = (levels[0], key)
            if share == _WHOLE:
                whole.add(place)
            elif cut.setdefault(place, share) != share:
                wrong.append(TEXTS["shares"].format(name=area.name, part=said))
        elif levels:
            named = formats.listed([f"{titles[each]} ({each})" for each in levels])
            wrong.append(TEXTS["several"].format(name=area.name, part=said, levels=named))
        else:
            example = next(reversed(tree.levels_of), "")
            wrong.append(TEXTS["unknown"].format(name=area.name, part=said, example=example))
    used = sorted({level for level, _ in (*whole, *cut)})
    lines = {level: {level, *tree.catalogue.ancestors(level)} for level in used}
    crossing = [
        (one, other)
        for one, other in combinations(used, 2)
        if one not in lines[other] and other not in lines[one]
    ]
    for one, other in crossing[:1]:
        words = {"name": area.name, "one": titles[one], "other": titles[other]}
        wrong.append(TEXTS["crossing"].format(**words))
    return whole, cut, wrong


def coarsest(own: OwnAreas, city: City) -> OwnAreas:
    """Return own areas made of the fewest official ones, as an address should name them.

    Areas that the city cannot show stay as they are.
    """
    tree, found = area_tree(city), resolved(own, city)
    areas = [
        each.model_copy(update=described(found.made_of[each.id], tree))
        if each.id in found.made_of
        else each
        for each in own.areas
    ]
    return own.model_copy(update={"areas": tuple(areas)})


class Described(TypedDict):
    """What a file says of the official areas that make up an own one; fields of `OwnArea`."""

    parts: tuple[Part, ...]
    cut: tuple[CutPart, ...]
    by: str


def described(made_of: Composition, tree: AreaTree) -> Described:
    """Write the official areas that make up an own one as a file and an address do."""
    # Somebody has named these shares: they are whole numbers.
    cut = (CutPart(part=tree.part(place), share=round(share)) for place, share in made_of.cut)
    return Described(parts=tuple(map(tree.part, made_of.cover)), cut=tuple(cut), by=made_of.by)


def with_own_areas(city: City, own: OwnAreas) -> City:
    """Lay own areas over a city as one more level.

    Parameters
    ----------
    city : City
        Completed and protected; where it has such a level already, that is replaced.
    own : OwnAreas

    Returns
    -------
    City
        With the level, its areas, figures and boundaries; the city itself where none of the areas
        can be shown. See `resolved` for what cannot.
    """
    from inteso_dash.city.laid import LaidCity

    found = resolved(own, city)
    if not found.own.areas:
        return city
    official = city.official
    level = OwnLevel.of(found.own, official.catalogue.root.id, DIVISION)
    register = pd.DataFrame(
        {
            "level": level.id,
            "division": DIVISION,
            "area_id": [each.id for each in found.own.areas],
            "name": [each.name for each in found.own.areas],
            "parent_id": official.catalogue.city.id,
            "parent_division": "",
            "name_complete": True,
        }
    )
    below = city.register
    return LaidCity.of(
        city,
        level.id,
        own_figures(official, found.made_of, level.id),
        catalogue=city.catalogue.with_level(level),
        register=pd.concat([below[below["level"] != level.id], register], ignore_index=True),
        recomputed=_recomputed(city, found.made_of, level.id),
        beneath=official,
    )


def with_declared(city: City) -> City:
    """Lay the own areas of the data folder over a city; what is wrong with them is a finding."""
    own = city.catalogue.own
    if own is None:
        return city
    told = declared_findings(city.catalogue, city.register)
    made = copy(with_own_areas(city, own))
    made.__dict__["findings"] = (*city.findings, *told)
    return made


def declared_findings(catalogue: Catalogue, register: pd.DataFrame) -> tuple[Finding, ...]:
    """Return what is wrong with the own areas that a data folder declares.

    Parameters
    ----------
    catalogue : Catalogue
    register : DataFrame
        As in `areas_of`.
    """
    if catalogue.own is None:
        return ()
    faults = _resolved(catalogue.own, AreaTree(catalogue, register)).own.faults
    return tuple(Finding(Severity.ERROR, DECLARATION, f"{FILE}: {each}", FILE) for each in faults)


def made_of(city: City, level: str, area_id: str, most: int = 4) -> str:
    """Name the official areas that make up an own one; empty for an official area.

    Of more than ``most`` the rest is counted.
    """
    declared = city.catalogue.level(level)
    if not isinstance(declared, OwnLevel):
        return ""
    own = declared.own.model_copy(
        update={"areas": tuple(each for each in declared.own.areas if each.id == area_id)}
    )
    return parts_words(city, resolved(own, city).made_of[area_id], most)


def parts_words(city: City, made_of: Composition, most: int | None = None) -> str:
    """Name the official areas that make up an own one, with the shares of those that it cuts."""
    whole = [city.name(*place) for place in made_of.cover]
    cut = [share_words(city.name(*place), share) for place, share in made_of.cut]
    return formats.listed([*whole, *cut], most=most)


def part_levels(city: City, level: str) -> tuple[str, ...]:
    """Return the levels of the areas that make up those of a level: itself where it is official."""
    declared = city.catalogue.level(level)
    if not isinstance(declared, OwnLevel):
        return (level,)
    made_of = resolved(declared.own, city).made_of.values()
    return tuple(sorted({above for each in made_of for above, _ in each.places}))


def earlier_words(city: City, level: str) -> str:
    """Say of own areas which figures of earlier divisions they have, and which they lack, and why.

    Empty where there are none, and for official levels.
    """
    declared = city.catalogue.level(level)
    if not isinstance(declared, OwnLevel):
        return ""
    made_of = resolved(declared.own, city).made_of
    said = list[str]()
    for part, divisions in groupby(earlier_divisions(city), key=lambda each: each.level):
        own = {
            own_id: each
            for own_id, each in made_of.items()
            if any(at == part for at, _ in each.places)
        }
        if own:
            said += _earlier_words(city, declared, own, divisions)
    return " ".join(said)


def _earlier_words(
    city: City, level: OwnLevel, made_of: Mapping[str, Composition], earlier: Iterable[Earlier]
) -> Iterator[str]:
    """Say what own areas have of the earlier divisions of a level that they are made of."""
    carried: list[Earlier] = []
    told: list[str] = []
    for each in earlier:
        parts = city.catalogue.level(each.level).plural
        words = {
            "plural": level.plural,
            "parts": parts,
            "dative": formats.dative(parts),
            "division": each.division,
            "date": formats.date(each.days[-1].date()),
        }
        seen = {own_id: each.seen(own, each.days[-1]) for own_id, own in made_of.items()}
        lacking = [city.name(level.id, own_id) for own_id, own in seen.items() if own is None]
        if each.bridge is None:
            told.append(TEXTS["no_bridge"].format(**words))
        elif lacking:
            named = formats.listed(lacking, most=_NAMED)
            told.append(TEXTS["no_area"].format(names=named, **words))
        if len(lacking) < len(seen):
            carried.append(each)
            of_all = ", ".join(known.division for known in reversed(carried))
            first = {**words, "date": formats.date(carried[0].days[-1].date()), "division": of_all}
    if carried:
        yield TEXTS["carried"].format(**first)
    yield from told


@dataclass(frozen=True)
class Extent:
    """How the areas of a level lie in the city.

    Attributes
    ----------
    overlapping : bool
        Whether something lies in two of them.
    whole : bool
        Whether all of the city lies in them.
    cut : bool
        Whether some of them cut official areas, so that it is not known what lies in which.
    """

    overlapping: bool = False
    whole: bool = True
    cut: bool = False

    @property
    def apart(self) -> bool:
        """Say whether the areas lie side by side, so that they can be added up and compared."""
        return not self.overlapping and not self.cut


def extent(city: City, level: str) -> Extent:
    """Say how the areas of a level lie in the city; official ones divide it.

    Areas that have shares of one official area overlap where these are more than all of it; where
    they are less or as much, they are taken to lie side by side.
    """
    declared, tree = city.catalogue.level(level), area_tree(city)
    if not isinstance(declared, OwnLevel):
        return Extent()
    held: Counter[Place] = Counter()
    cut = False
    for each in resolved(declared.own, city).made_of.values():
        cut = cut or bool(each.cut)
        held.update(dict.fromkeys(each.cover, _WHOLE) | dict(each.cut))
    inside = any(higher in held for each in held for higher in tree.above(each))
    full = [place for place, share in held.items() if share == _WHOLE]
    return Extent(
        inside or max(held.values()) > _WHOLE,
        [level for level, _ in tree.cover(full)] == [city.catalogue.root.id],
        cut,
    )


def own_area_at(city: City, level: str, place: Place) -> str:
    """Return the own area of a level that an official one lies in; empty where there is none.

    Of several the first.
    """
    declared, tree = city.catalogue.level(level), area_tree(city)
    if not isinstance(declared, OwnLevel):
        return ""
    around = {place, *tree.above(place)}
    made_of = resolved(declared.own, city).made_of.items()
    return next((own_id for own_id, each in made_of if around.intersection(each.cover)), "")


def own_layers(city: City) -> dict[tuple[str, str], Layer]:
    """Unite the boundaries of the official areas that make up own ones.

    Parameters
    ----------
    city : City

    Returns
    -------
    dict
        (level, division) → layer, of each level of own areas; of none whose areas are made of some
        without boundaries. All areas of a level are united from one layer: that of the lowest level
        that one of them needs, else of one below.
    """
    from inteso_dash.boundaries.unions import UnitedLayer

    official, tree = city.official, area_tree(city)
    found: dict[tuple[str, str], Layer] = {}
    for level in city.catalogue.levels:
        if not isinstance(level, OwnLevel):
            continue
        made_of = resolved(level.own, city).made_of
        covers = {own_id: each.drawn for own_id, each in made_of.items()}
        cut = frozenset(own_id for own_id, each in made_of.items() if each.cut)
        for below in _levels_below(covers.values(), tree):
            declared = official.catalogue.level(below)
            base = official.layers.get((below, declared.current.id))
            parts = [
                (each.id, each.name, tuple(_keys(tree, covers[each.id], below)))
                for each in level.own.areas
            ]
            if base is not None and all(keys for _, _, keys in parts):
                key, root = (level.id, DIVISION), official.catalogue.city.id
                found[key] = UnitedLayer.of(base, key, parts, root, declared.plural, cut)
                break
    return found


def _keys(tree: AreaTree, cover: Cover, level: str) -> Iterator[str]:
    for place in cover:
        for _, key in tree.inside(place, level):
            yield key


def _levels_below(covers: Iterable[Cover], tree: AreaTree) -> Iterator[str]:
    """Yield the lowest level of areas, then those below it, the nearest first."""
    catalogue = tree.catalogue
    used = {level for cover in covers for level, _ in cover}
    depth = {level: len(catalogue.ancestors(level)) for level in official_levels(catalogue)}
    lowest = max(used, key=depth.__getitem__)
    yield lowest
    below = [level for level in depth if lowest in catalogue.ancestors(level)]
    yield from sorted(below, key=depth.__getitem__)


def _recomputed(
    city: City, made_of: Mapping[str, Composition], level: str
) -> dict[tuple[str, str, dt.date], pd.DataFrame]:
    """Add what counts give in place of published ratios, for own areas that are official ones."""
    found = {key: rows for key, rows in city.recomputed.items() if key[0] != level}
    earlier = {(each.level, each.division): each for each in earlier_divisions(city)}
    made: dict[tuple[str, str, dt.date], dict[str, pd.Series]] = {}
    for (above, indicator_id, date), rows in found.items():
        before = earlier.get((above, city.division(above, date, indicator_id)))
        for own_id, each in made_of.items():
            then = each if before is None else before.seen(each, pd.Timestamp(date))
            if then is None or not then.is_official:
                continue
            at, key = then.cover[0]
            if at == above and key in rows.index:
                made.setdefault((level, indicator_id, date), {})[own_id] = rows.loc[[key]].iloc[0]
    own = {key: pd.DataFrame(rows).T.rename_axis("area_id") for key, rows in made.items()}
    return {**found, **own}
