"""Areas that fulfil conditions, and areas that are alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from inteso_dash.boundaries.layers import read_boundaries
from inteso_dash.city import City
from inteso_dash.drawing.area_map import area_map
from inteso_dash.files.geodata import outlined, to_geojson, to_gpkg
from inteso_dash.files.kinds import FileKind
from inteso_dash.language import formats
from inteso_dash.measures.conditions import Outcome
from inteso_dash.pages import script
from inteso_dash.pages.eigene_gebiete.current import lead_to as own_lead
from inteso_dash.pages.gebietssuche import (
    conditions,
    content,
    controls,
    files,
    kept,
    similar,
)
from inteso_dash.pages.gebietssuche.columns import AREA, PAGE
from inteso_dash.pages.gebietssuche.conditions import AreaSearch
from inteso_dash.pages.gebietssuche.texts import (
    MET_SIGN,
    SECTION_ALIKE,
    SECTION_CONDITIONS,
    TEXTS,
)
from inteso_dash.pages.gebietssuche.view import SECTION
from inteso_dash.pages.take_along import head, take_along
from inteso_dash.session import address, downloads, mishaps, own_areas, store
from inteso_dash.session.charts import picture_of, show_chart
from inteso_dash.session.controls import bound_segments, chosen_area, show_notes
from inteso_dash.session.downloads import Thing
from inteso_dash.session.literal import literal, literal_table
from inteso_dash.session.maps import NO_MAP, ScreenMap
from inteso_dash.views import dated
from inteso_dash.views.addresses import method_link, profile_address
from inteso_dash.views.dated import DatedIndicator
from inteso_dash.views.figures import Chart
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import ViewError, span

MAP_KEY, OPEN = "gebietssuche_karte", "gebietssuche_profil"


def page() -> None:
    """Draw the page."""
    city = store.city()
    heading, row = head()
    heading.title(TEXTS["title"], anchor=False)
    lead = st.container(gap="xsmall")
    if not kept.levels():
        lead.info(TEXTS["nothing"])
        take_along(row, address.view(PAGE))
        return
    section = bound_segments(*SECTION.control)
    wanted = st.session_state.pop(OPEN, None)
    if wanted is not None:
        profile = own_areas.along(profile_address(*wanted))
        st.switch_page(script(profile.page), query_params=profile.parameters)
    draw = by_conditions if section == SECTION_CONDITIONS else alike
    draw(city, lead, row)


def by_conditions(city: City, lead: DeltaGenerator, row: DeltaGenerator) -> None:
    """Look for the areas that fulfil conditions."""
    choice, places = controls.choose_search(city)
    selected = chosen_area(city, choice.level, AREA)
    address.draw(AREA, *filter(None, [selected]))
    show_notes()
    found = kept.search(choice)
    for at, place in enumerate(places):
        measured, alone = conditions.beside(city, found, at)
        place.caption(f"{literal(measured)} · **{literal(alone)}**")
    lead.markdown(literal(conditions.headline(city, found)))
    lead_to_own(city, found, lead)
    drawn = content.search_map(city, found, selected)
    with mishaps.part():
        show_map(city, drawn, choice.level, keep_area)
    with mishaps.part():
        st.header(TEXTS["table"], anchor=False)
        table = literal_table(content.search_table(city, found))
        st.dataframe(table, hide_index=True, width="stretch", height=430)
        st.caption(literal(TEXTS["table_note"].format(met=MET_SIGN)))
        foot(city, found.columns, files.search_recipe(city, found), "bedingungen")
    here = address.view(PAGE)
    title = files.search_title(city, found)
    table_of = partial(files.search_file, city, found)
    things = _things(
        city,
        choice.level,
        title,
        found.columns,
        here,
        table_of,
        {TEXTS["map"]: drawn},
        (SECTION_CONDITIONS,),
    )
    take_along(row, here, things)


def lead_to_own(city: City, found: AreaSearch, lead: DeltaGenerator) -> None:
    """Offer to make an own area of what was found."""
    met = found.outcome.index[found.outcome == Outcome.MET]
    asked = own_lead(found.choice.level, list(map(str, met)), conditions.all_words(city, found))
    if asked is not None:
        label = TEXTS["as_own"].format(count=formats.number(len(met), 0))
        icon = ":material/select_all:"
        lead.page_link(script("eigene_gebiete"), label=label, icon=icon, query_params=asked)


def alike(city: City, lead: DeltaGenerator, row: DeltaGenerator) -> None:
    """Look for the areas most like one."""
    choice = controls.choose_alike(city)
    show_notes()
    here = address.view(PAGE)
    try:
        shown = kept.similar_to(choice)
    except ViewError as error:
        lead.info(literal(str(error)))
        take_along(row, here)
        return
    lead.markdown(literal(similar.sentence(city, shown)))
    drawn, bars = content.similar_map(city, shown), content.distances(city, shown)
    with mishaps.part():
        show_map(city, drawn, choice.level, partial(controls.compare_with, choice.level))
    with mishaps.part():
        st.header(TEXTS["alike_table"], anchor=False)
        table = literal_table(content.similar_table(city, shown))
        st.dataframe(table, hide_index=True, width="stretch", height="content")
        plural = city.catalogue.level(choice.level).plural
        st.caption(literal(TEXTS["alike_note"].format(plural=formats.definite(plural))))
        least = {"least": choice.least, "count": len(choice.features)}
        st.caption(literal(TEXTS["least"].format(**least)))
        if shown.left_out:
            names = formats.listed(city.name(choice.level, each) for each in shown.left_out)
            st.caption(literal(TEXTS["left_out"].format(names=names)))
    with mishaps.part():
        st.header(literal(bars.title), anchor=False)
        show_chart(bars, key="gebietssuche_abstaende")
        foot(city, shown.columns, files.similar_recipe(shown), "aehnlichkeit")
    title, table_of = files.similar_title(city, shown), partial(files.similar_file, city, shown)
    figures: dict[str, ScreenMap | Chart] = {TEXTS["map"]: drawn, TEXTS["distances"]: bars}
    take_along(
        row,
        here,
        _things(
            city,
            choice.level,
            title,
            shown.columns,
            here,
            table_of,
            figures,
            (SECTION_ALIKE, choice.area),
        ),
    )


def show_map(
    city: City, drawn: ScreenMap, level: str, on_select: Callable[[str | None], None]
) -> None:
    """Draw the map of a section."""
    data = drawn.on_screen(city)
    if data is None:
        st.info(NO_MAP)
        return
    area_map(
        data,
        key=MAP_KEY,
        on_select=on_select,
        on_open=partial(open_profile, level),
        names=("g_sicht", "g_linien"),
        on_move=address.put,
    )


def keep_area(area_id: str | None) -> None:
    """Keep the selected area in the address."""
    address.put(AREA, *filter(None, [area_id]))


def open_profile(level: str, area_id: str) -> None:
    """Remember to show the profile of an area."""
    st.session_state[OPEN] = (level, area_id)


def foot(city: City, own: tuple[DatedIndicator, ...], recipe: str, method: str) -> None:
    """Say how was searched, what is estimated, and where the figures come from."""
    with st.expander(TEXTS["recipe"]):
        st.write(literal(recipe))
        st.markdown(method_link(method))
    for told in dated.told_estimates(own):
        st.caption(literal(told))
    source = city.source_titles(dated.source_ids(own))
    day = span(each.day for each in own)
    st.caption(literal(TEXTS["source"].format(source=source, date=day)))


def _things(
    city: City,
    level: str,
    title: str,
    own: tuple[DatedIndicator, ...],
    here: Address,
    table: Callable[[], pd.DataFrame],
    figures: dict[str, ScreenMap | Chart],
    named: tuple[str, ...],
) -> Callable[[], list[Thing]]:
    """Return what can be taken along: the table, what is drawn, and the areas as geodata."""

    def things() -> list[Thing]:
        link, known = downloads.absolute(here), city.catalogue.level(level)
        outlines = city.layers.get((level, known.current.id))
        cited = "" if outlines is None else outlines.citation
        told = dated.level_statement(city, level, title, own, address=link)
        drawn = dated.level_statement(city, level, title, own, address=link, boundaries=cited)
        day = max(each.day for each in own).isoformat()
        name = ["inteso", PAGE, known.plural, *named, day]
        ids = tuple(each.indicator.id for each in own)
        found = [
            Thing(
                downloads.TEXTS["table"],
                name,
                downloads.tables(city, table, lambda: told, ids),
            )
        ]
        for heading, figure in figures.items():
            if isinstance(figure, ScreenMap) and outlines is None:
                continue
            make = partial(picture_of(figure, title, heading), drawn)
            found.append(Thing(heading, [*name, heading], downloads.pictures(make)))
        if outlines is not None:

            def geodata(write: Callable[..., bytes]) -> bytes:
                shapes = read_boundaries(outlines).set_index("area_id").geometry
                return write(outlined(table(), shapes), drawn)

            kinds = {
                FileKind.GEOJSON: partial(geodata, to_geojson),
                FileKind.GPKG: partial(geodata, to_gpkg),
            }
            found.append(Thing(TEXTS["geodata"], name, kinds))
        return found

    return things


page()
