"""Own areas of shapes drawn elsewhere: by whole areas, or by shares of those that they cut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from inteso_dash.boundaries.drawn import DrawnShape, WholeAreas, read_drawn, whole_areas
from inteso_dash.boundaries.recipe import BoundaryError
from inteso_dash.catalogue.own_areas import LAND, OwnArea, OwnAreas
from inteso_dash.city import City
from inteso_dash.city.area_tree import Composition, area_tree
from inteso_dash.city.own_areas import described, with_own_areas
from inteso_dash.drawing.area_map import area_map
from inteso_dash.language import formats
from inteso_dash.pages.eigene_gebiete import content, current, kept
from inteso_dash.pages.eigene_gebiete.texts import (
    CUT_HEADS,
    ESTIMATE_HEADS,
    SHAPE_HEADS,
    SHAPES,
    TEXTS,
    WAYS,
)
from inteso_dash.session import store
from inteso_dash.session.charts import show_table
from inteso_dash.session.controls import bound_segments
from inteso_dash.session.literal import literal
from inteso_dash.session.own_areas import chosen
from inteso_dash.views.figures import Table

_SHAPES, HOW, _WHOLE = "eg_formen", "e_anteile", "ganz"
_MOST_CUT = 40


def draw(city: City, level: str) -> None:
    """Let the reader upload shapes; show which areas stand for them before he takes them over."""
    version = st.session_state.setdefault(_SHAPES, 0)
    given = st.file_uploader(
        WAYS["upload"],
        type=["geojson", "json", "gpkg"],
        key=f"eg_formen_{version}",
        help=WAYS["upload_help"],
    )
    here = store.shapes(level)
    if given is None or here is None:
        return
    layer = city.layers[level, city.catalogue.level(level).current.id]
    try:
        drawn = read_drawn(given.getvalue(), given.name, layer.measuring_crs)
    except BoundaryError as error:
        for problem in error.problems:
            st.error(literal(problem))
        return
    basis = kept.people_basis(level)
    options = {SHAPES["whole"]: _WHOLE, SHAPES["land"]: LAND}
    if basis:
        below, _, _ = basis.partition("-")
        options[SHAPES["people"].format(plural=city.catalogue.level(below).plural)] = basis
    how = bound_segments(SHAPES["how"], options, HOW, bare=False)
    whole = {each.name: whole_areas(each.geometry, here) for each in drawn}
    made = {
        each.name: Composition(content.cover_of_keys(city, level, whole[each.name].taken))
        if how == _WHOLE
        else by_shares(city, level, kept.shares(level, each.geometry, how), how)
        for each in drawn
    }
    plural = city.catalogue.level(level).plural
    if how == _WHOLE:
        st.caption(literal(WAYS["rule"].format(plural=plural)))
        show_table(preview(drawn, whole, plural))
    else:
        st.caption(literal(SHAPES["rule"]))
        show_table(estimates(city, made))
    empty = [name for name, each in made.items() if not each.places]
    if empty:
        said = WAYS["empty"] if how == _WHOLE else SHAPES["empty"]
        st.warning(literal(said.format(names=formats.listed(empty))))
    names = list(made)
    shown = st.selectbox(WAYS["shape"], names, key=f"eg_form_{version}") if names[1:] else names[0]
    show_shape(city, level, str(shown), whole[str(shown)], None if how == _WHOLE else made[shown])
    st.button(
        WAYS["accept"],
        key="eg_uebernehmen",
        type="primary",
        disabled=len(empty) == len(made),
        on_click=_accept,
        args=(made,),
    )


def show_shape(
    city: City, level: str, name: str, whole: WholeAreas, made: Composition | None
) -> None:
    """Show what stands for one shape: whole areas, or what it is made of with shares."""
    drawn = (
        content.shape_map(city, level, name, whole)
        if made is None
        else content.shares_map(city, level, name, made)
    )
    data = drawn.on_screen(city)
    if data is not None:
        area_map(data, key="eigene_form")
    if made is None:
        cut = cut_words(city, level, whole)
        if cut:
            st.caption(literal(cut))
    elif made.cut:
        st.caption(literal(_Preview.of(city, {name: made}).note))
        show_table(cut_table(city, level, made))


def by_shares(city: City, level: str, shares: Mapping[str, int], by: str) -> Composition:
    """Return what a shape is made of, by the shares of a level's areas that lie in it.

    Parameters
    ----------
    city : City
    level : str
    shares : mapping
        Key → share in whole per cent.
    by : str
        As `catalogue.own_areas.OwnArea.by`.
    """
    whole = [key for key, share in shares.items() if share == 100]
    cut = tuple(((level, key), share) for key, share in sorted(shares.items()) if 0 < share < 100)
    return Composition(content.cover_of_keys(city, level, whole), cut, by if cut else "")


def preview(drawn: tuple[DrawnShape, ...], found: dict[str, WholeAreas], plural: str) -> Table:
    """Say of every shape how many areas stand for it, and what is cut off by that."""
    rows = [
        (
            each.name,
            TEXTS["parts_of"].format(count=len(found[each.name].taken), plural=plural),
            share(found[each.name].missed),
            share(found[each.name].added),
        )
        for each in drawn
    ]
    return Table(rows=(SHAPE_HEADS, *rows))


@dataclass(frozen=True)
class _Preview:
    """Shapes laid over a city as own areas, before anybody has taken them over."""

    city: City
    own: OwnAreas

    @classmethod
    def of(cls, city: City, made: Mapping[str, Composition]) -> _Preview:
        tree = area_tree(city)
        areas = [
            OwnArea(name=name, id=f"form-{at}", **described(each, tree))
            for at, (name, each) in enumerate(made.items())
            if each.places
        ]
        own = OwnAreas(areas=tuple(areas))
        return cls(with_own_areas(city.official, own), own)

    @property
    def note(self) -> str:
        """What is to be known about how many people live in the first shape."""
        return content.population_note(self.city, self.own.level, self.own.areas[0].id)


def estimates(city: City, made: Mapping[str, Composition]) -> Table:
    """Say of every shape what it is made of, and how many people that is.

    Parameters
    ----------
    city : City
    made : mapping
        Name of a shape → what it is made of.
    """
    laid = _Preview.of(city, made)
    ids = {each.name: each.id for each in laid.own.areas}
    rows = []
    for name, each in made.items():
        people = content.population_words(laid.city, laid.own.level, ids.get(name, ""))
        said = people if isinstance(people, str) else people[0]
        parts = content.parts_counted(city, each) if each.places else "…"
        rows.append((name, parts, said or "…"))
    return Table(rows=(ESTIMATE_HEADS, *rows))


def cut_table(city: City, level: str, made: Composition) -> Table:
    """Return the areas that a shape cuts: share, people, and how many of them are counted."""
    indicator, day = content.population(city), content.population_day(city, level)
    heads = list(CUT_HEADS[:2])
    people = None
    if indicator is not None and day is not None:
        people = city.values(level, indicator.id, day)["value"].astype(float)
        heads += [each.format(date=formats.date(day)) for each in CUT_HEADS[2:]]
    rows = []
    for (_, key), part in sorted(made.cut, key=lambda each: abs(each[1] - 50))[:_MOST_CUT]:
        row = [city.name(level, key), formats.with_unit(part, 0, "%")]
        if people is not None:
            known = people[key] == people[key]
            row += [formats.number(people[key], 0) if known else "…"]
            row += [formats.number(people[key] * part / 100, 0) if known else "…"]
        rows.append(tuple(row))
    return Table(rows=(tuple(heads), *rows))


def share(part: float) -> str:
    """Write a share as per cent."""
    return formats.with_unit(100 * part, 1, "%")


def cut_words(city: City, level: str, found: WholeAreas) -> str:
    """Name the areas that a shape cuts, the nearest to a half first."""
    order = sorted(found.shares.items(), key=lambda each: abs(each[1] - 0.5))
    areas = [
        WAYS["cut_area"].format(name=city.name(level, key), share=share(part))
        for key, part in order
    ]
    return WAYS["cut"].format(areas=formats.listed(areas, most=12)) if areas else ""


def _accept(made: Mapping[str, Composition]) -> None:
    city, own = store.city(), chosen()
    areas = [
        OwnArea(name=current.free_name(own, name), **described(each, area_tree(city)))
        for name, each in made.items()
        if each.places
    ]
    current.join(areas)
    st.session_state[_SHAPES] += 1
