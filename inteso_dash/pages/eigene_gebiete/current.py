"""The own areas of this session, and what a reader does to them: make, name, colour, delete."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import streamlit as st
from pydantic import ValidationError

from inteso_dash.catalogue.own_areas import (
    MAX_ADDRESS,
    MOST_AREAS,
    OWN_LEVEL,
    OwnArea,
    OwnAreas,
    id_of,
    to_address,
)
from inteso_dash.city.area_tree import Composition, Cover, area_tree
from inteso_dash.city.own_areas import coarsest, described
from inteso_dash.pages.eigene_gebiete import content
from inteso_dash.pages.eigene_gebiete.content import AREA, LEVEL
from inteso_dash.pages.eigene_gebiete.parts import level_picks, named_parts, repicked
from inteso_dash.pages.eigene_gebiete.texts import TEXTS
from inteso_dash.session import address, store
from inteso_dash.session.controls import note
from inteso_dash.session.own_areas import choose, chosen

_DRAFT, _VERSION = "eigene_gebiete_entwurf", "eigene_gebiete_fassung"


@dataclass(frozen=True)
class AreaDraft:
    """What is known of an own area that nothing is picked for yet."""

    name: str
    colour: str = ""
    remark: str = ""

    @property
    def id(self) -> str:
        """The id that it will have."""
        return id_of(self.name)


def draft() -> AreaDraft:
    """Return what the next own area is going to be called."""
    kept: AreaDraft | None = st.session_state.get(_DRAFT)
    if kept is None or taken(kept.name):
        kept = AreaDraft(free_name(chosen()))
        st.session_state[_DRAFT] = kept
    return kept


def version() -> int:
    """Return a number that changes with every attempt to name or describe an own area."""
    return int(st.session_state.get(_VERSION, 0))


def _begin_anew() -> None:
    st.session_state[_VERSION] = version() + 1


def taken(name: str, but: str = "") -> bool:
    """Say whether an own area, other than the one with the id ``but``, has a name."""
    return any(
        name == each.name or id_of(name) == each.id for each in chosen().areas if each.id != but
    )


def free_name(own: OwnAreas, wanted: str = "") -> str:
    """Return a name that no own area has: the one that is wanted, or a number."""
    names = {each.name for each in own.areas} | {each.id for each in own.areas}
    at, name = 1, wanted or TEXTS["first_name"].format(at=1)
    while name in names or id_of(name) in names:
        at += 1
        name = f"{wanted[:50]} ({at})" if wanted else TEXTS["first_name"].format(at=at)
    return name


def area_of(key: str) -> OwnArea | None:
    """Return the own area with an id, None where there is none."""
    return next((each for each in chosen().areas if each.id == key), None)


def edited() -> OwnArea | AreaDraft:
    """Return the own area that the page is about."""
    return area_of(address.get(AREA) or "") or draft()


def made_of(area: OwnArea | AreaDraft) -> Composition:
    """Return the official areas that an own area is made of; none where it is not there yet."""
    if not isinstance(area, OwnArea):
        return content.NOTHING
    return content.made_of(store.city(), chosen()).get(area.id, content.NOTHING)


def pick(key: str, keys: Sequence[str]) -> None:
    """Take over what the reader has picked for an own area on the level that the map shows.

    What is told of the level before, by a map that has not changed yet, is meant for no other.
    """
    city = store.city()
    level = address.get(LEVEL) or content.level_offer(city).first
    if all(city.has_area(level, each) for each in keys):
        area = area_of(key) or draft()
        remake(area, repicked(city, made_of(area).cover, level, keys))


def add(level: str, keys: Iterable[str]) -> None:
    """Take more areas of a level into the own area that the page is about."""
    area, city = edited(), store.city()
    cover = made_of(area).cover
    picked = level_picks(city, Composition(cover), level).picked
    remake(area, repicked(city, cover, level, [*picked, *keys]))


def remake(area: OwnArea | AreaDraft, cover: Cover) -> None:
    """Make an own area of other whole parts; without any it goes, and waits for new ones.

    Areas that it cuts stay cut, but for those that now lie in it, or that hold a part of it.
    """
    own, tree = chosen(), area_tree(store.city())
    others = tuple(each for each in own.areas if each.id != area.id)
    before = made_of(area)
    around = {higher for place in cover for higher in (place, *tree.above(place))}
    cut = tuple(
        (place, share)
        for place, share in before.cut
        if place not in around and not set(cover).intersection(tree.above(place))
    )
    made_now = Composition(cover, cut, before.by)
    if not made_now.places:
        st.session_state[_DRAFT] = AreaDraft(area.name, area.colour, area.remark)
        choose(own.model_copy(update={"areas": others}))
        point_to(None)
        return
    if len(others) >= MOST_AREAS:
        note(TEXTS["too_many"].format(most=MOST_AREAS))
        return
    made = OwnArea(
        name=area.name,
        colour=area.colour,
        remark=area.remark,
        id=area.id,
        **described(made_now, tree),
    )
    put(made, area.id)


def put(made: OwnArea, before: str) -> None:
    """Lay an own area into the place of the one with the id ``before``, or behind all others."""
    own = chosen()
    areas = [made if each.id == before else each for each in own.areas]
    if made not in areas:
        areas.append(made)
    choose(own.model_copy(update={"areas": tuple(areas)}))
    point_to(made)


def join(more: Iterable[OwnArea]) -> None:
    """Add own areas; one replaces another of its name."""
    own, last = chosen(), None
    areas = {each.name: each for each in own.areas}
    for each in more:
        others = {other.id for name, other in areas.items() if name != each.name}
        free = each.id if each.id not in others else id_of(free_name(own, each.name))
        areas[each.name] = last = each.model_copy(update={"id": free})
    if len(areas) > MOST_AREAS:
        note(TEXTS["too_many"].format(most=MOST_AREAS))
    else:
        choose(own.model_copy(update={"areas": tuple(areas.values())}))
        point_to(last)


def point_to(area: OwnArea | None) -> None:
    """Let the page be about an own area, or about a new one."""
    st.session_state[AREA] = TEXTS["new"] if area is None else area.name
    address.put(AREA, *([area.id] if area else []))


def rename(key: str, name: str) -> None:
    """Give an own area, or the next one, another name; the reader is told where that fails."""
    _begin_anew()
    area = area_of(key)
    before, wanted = (area or draft()).name, " ".join(name.split())
    if wanted == before:
        return
    if taken(wanted, key if area else ""):
        note(TEXTS["name_twice"].format(name=wanted[:60], before=before))
        return
    try:
        made = OwnArea(name=wanted, parts=area.parts if area else ("x",))
    except ValidationError:
        note(TEXTS["name_wrong"].format(name=wanted[:60], before=before))
        return
    if area is None:
        st.session_state[_DRAFT] = replace(draft(), name=made.name)
    else:
        put(made.model_copy(update={"colour": area.colour, "remark": area.remark}), key)


def describe(key: str, colour: str, remark: str) -> None:
    """Give an own area, or the next one, a colour and a remark."""
    area, told = area_of(key), " ".join(remark.split())[:500]
    if area is None:
        st.session_state[_DRAFT] = replace(draft(), colour=colour, remark=told)
    else:
        put(area.model_copy(update={"colour": colour, "remark": told}), key)


def delete(key: str) -> None:
    """Let an own area go."""
    own = chosen()
    choose(own.model_copy(update={"areas": tuple(a for a in own.areas if a.id != key)}))
    st.session_state.pop(_DRAFT, None)
    point_to(None)


def lead_to(level: str, keys: Sequence[str], wanted: str) -> dict[str, str] | None:
    """Return what the address of the page asks for, so that it holds one more own area.

    Parameters
    ----------
    level : str
    keys : sequence of str
        Of the level's areas that make it up.
    wanted : str
        Its name, where that is free.

    Returns
    -------
    dict or None
        None where there is nothing to make it of, or no room for it.
    """
    city, own = store.city(), chosen()
    if not keys or level not in content.part_levels(city) or len(own.areas) >= MOST_AREAS:
        return None
    parts = named_parts(city, content.cover_of_keys(city, level, keys))
    made = OwnArea(name=free_name(own, " ".join(wanted.split())[:60]), parts=parts)
    text = to_address(coarsest(own.model_copy(update={"areas": (*own.areas, made)}), city))
    return None if len(text) > MAX_ADDRESS else {OWN_LEVEL: text, AREA: made.id, LEVEL: level}
