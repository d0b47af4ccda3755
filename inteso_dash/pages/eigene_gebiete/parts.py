"""What makes up an own area: picked on a level of the map, or named by key, range and name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from inteso_dash.catalogue.own_areas import Part
from inteso_dash.city import City
from inteso_dash.city.area_tree import Composition, Cover, area_tree
from inteso_dash.language import formats
from inteso_dash.pages.eigene_gebiete.texts import TYPED

_RANGE = re.compile(r"(?P<low>\S+?)\s*(?:–|—|-|\.\.|\bbis\b)\s*(?P<high>\S+)")
_ALIKE, _SUGGESTED, _LONGEST = 0.6, 3, 60


@dataclass(frozen=True)
class LevelPicks:
    """What of an own area a level of the map shows.

    Attributes
    ----------
    picked : tuple of str
        Keys of the level's areas that lie in it as a whole.
    partly : tuple of str
        Keys of those of which only a part lies in it.
    """

    picked: tuple[str, ...]
    partly: tuple[str, ...]


def level_picks(city: City, made: Composition, level: str) -> LevelPicks:
    """Return which areas of a level lie in an own area.

    Parameters
    ----------
    city : City
    made : Composition
        The official areas that make it up.
    level : str
    """
    tree, held = area_tree(city), set(made.cover)
    cut = {place for place, _ in made.cut}
    holders = {higher for place in made.places for higher in tree.above(place)} | cut
    picked, partly = [], []
    for area_id in city.areas(level).index:
        place = (level, str(area_id))
        if place in held or not held.isdisjoint(tree.above(place)):
            picked.append(place[1])
        elif place in holders or not cut.isdisjoint(tree.above(place)):
            partly.append(place[1])
    return LevelPicks(tuple(picked), tuple(partly))


def repicked(city: City, cover: Cover, level: str, now: Iterable[str]) -> Cover:
    """Return what makes up an own area after its areas of a level were picked anew.

    What lies in it of other areas of the level, as a part of them, stays.

    Parameters
    ----------
    city : City
    cover : Cover
    level : str
    now : iterable of str
        Keys of all areas of the level that are picked now; unknown ones are left out.
    """
    tree = area_tree(city)
    before = {(level, key) for key in level_picks(city, Composition(cover), level).picked}
    wanted = {(level, key) for key in now if city.has_area(level, key)}
    gone = before - wanted
    kept = set(cover)
    for place in cover:
        whole = set(tree.inside(place, level))
        if not gone.isdisjoint(whole):
            kept = (kept - {place}) | (whole - gone)
    return tree.cover(kept | wanted)


def named_parts(city: City, cover: Cover) -> tuple[Part, ...]:
    """Return what makes up an own area as a file names it."""
    tree = area_tree(city)
    return tuple(tree.part(place) for place in cover)


@dataclass(frozen=True)
class TypedAreas:
    """Areas that were typed: their keys, and German sentences on what is none."""

    keys: tuple[str, ...]
    problems: tuple[str, ...]


def typed_areas(city: City, level: str, text: str) -> TypedAreas:
    """Read keys, ranges of keys and names of a level's areas.

    Parameters
    ----------
    city : City
    level : str
    text : str
        One a line, or with commas or semicolons between them: "061, 063–065, Rath".
    """
    names = {str(key): city.name_beside_key(level, str(key)) for key in city.areas(level).index}
    spoken = {name.casefold(): key for key, name in names.items()}
    keys, problems = list[str](), list[str]()
    for line in text.splitlines():
        # A name may have a comma in it.
        whole = line.strip().casefold()
        words = [whole] if whole in spoken else re.split(r"[,;\t]", line)
        for word in (" ".join(each.split()) for each in words):
            if not word:
                continue
            found = _keys_of(word, names, spoken)
            if found:
                keys += found
            else:
                problems.append(_unknown(city, level, word, names))
    return TypedAreas(tuple(dict.fromkeys(keys)), tuple(dict.fromkeys(problems)))


def _keys_of(word: str, names: dict[str, str], spoken: dict[str, str]) -> list[str]:
    """Return the keys that a word stands for; a key with its name beside it counts as the key."""
    first, _, rest = word.partition(" ")
    if word in names:
        return [word]
    if word.casefold() in spoken:
        return [spoken[word.casefold()]]
    if first in names and names[first].casefold() == rest.casefold():
        return [first]
    ends = _RANGE.fullmatch(word)
    if ends is None or not {ends["low"], ends["high"]} <= set(names):
        return []
    order = sorted(names)
    return order[order.index(ends["low"]) : order.index(ends["high"]) + 1]


def _unknown(city: City, level: str, word: str, names: dict[str, str]) -> str:
    """Say that something typed is no area, and what may be meant."""
    shown = word[:_LONGEST]
    elsewhere = [
        city.catalogue.level(other).title.de for other, _ in city.find(word) if other != level
    ]
    if elsewhere:
        return TYPED["elsewhere"].format(found=shown, levels=formats.listed(elsewhere))
    offered = {name.casefold(): f"{name} ({key})" for key, name in names.items()}
    offered |= {key: f"{name} ({key})" for key, name in names.items()}
    alike = difflib.get_close_matches(word.casefold(), offered, _SUGGESTED, _ALIKE)
    if not alike:
        example = next(iter(names), "")
        plural = formats.dative(city.catalogue.level(level).plural)
        return TYPED["unknown"].format(found=shown, plural=plural, example=example)
    meant = formats.listed([offered[each] for each in alike], "or")
    return TYPED["alike"].format(found=shown, meant=meant)
