"""Areas of one's own: made of official ones, named, and looked at on every page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from inteso_dash.boundaries.layers import read_boundaries
from inteso_dash.catalogue.own_areas import OwnArea, OwnAreas, write_own_areas
from inteso_dash.city import City
from inteso_dash.city.own_areas import earlier_words, resolved
from inteso_dash.city.own_figures import DIVISION
from inteso_dash.drawing.area_map import area_map
from inteso_dash.drawing.area_map.picking import Picking
from inteso_dash.files.geodata import outlined, to_geojson, to_gpkg
from inteso_dash.files.kinds import FileKind
from inteso_dash.pages import script
from inteso_dash.pages.eigene_gebiete import content, current, files, kept, ways
from inteso_dash.pages.eigene_gebiete.content import AREA, NEW, PAGE
from inteso_dash.pages.eigene_gebiete.parts import level_picks
from inteso_dash.pages.eigene_gebiete.texts import COLOURS, TEXTS
from inteso_dash.pages.take_along import head, take_along
from inteso_dash.session import address, downloads, mishaps, store
from inteso_dash.session.charts import picture_of, show_table
from inteso_dash.session.controls import bound_selectbox, show_notes
from inteso_dash.session.downloads import Thing
from inteso_dash.session.literal import literal
from inteso_dash.session.own_areas import along, chosen
from inteso_dash.views.addresses import as_id, profile_address
from inteso_dash.views.sequences import Address

MAP_KEY = "eigene_karte"


def page() -> None:
    """Draw the page."""
    city = store.city()
    heading, row = head()
    heading.title(TEXTS["title"], anchor=False)
    lead = st.container(gap="xsmall")
    if not content.part_levels(city):
        lead.info(TEXTS["nothing"])
        take_along(row, address.view(PAGE))
        return
    own = chosen()
    columns = st.columns([1.4, 1.4, 1, 1.6, 1], vertical_alignment="bottom")
    with columns[0]:
        choose_area(own)
    area = current.edited()
    with columns[1]:
        name_it(area)
    with columns[2]:
        level = bound_selectbox(*content.level_offer(city).control)
    with columns[3]:
        indicator = bound_selectbox(*content.indicator_offer(city, level).control)
    with columns[4], st.popover(TEXTS["more"], width="stretch"):
        describe_it(area)
    show_notes()
    lead.markdown(literal(content.sentence(city, own)))
    with mishaps.part():
        draw_map(city, own, area, level, indicator)
    with mishaps.part():
        show_list(city, own)
    with mishaps.part():
        ways.draw(city, level, area)
    st.caption(TEXTS["whole"])
    st.caption(TEXTS["kept"])
    here = address.view(PAGE)
    take_along(row, here, lambda: things(city, own, here))


def choose_area(own: OwnAreas) -> None:
    """Let the reader choose the own area that he works on."""
    titles = {TEXTS["new"]: NEW} | {each.name: each.id for each in own.areas}
    bound_selectbox(TEXTS["area"], titles, AREA)


def name_it(area: OwnArea | current.AreaDraft) -> None:
    """Let the reader name it."""
    key = f"eg_name_{current.version()}_{area.name}"
    st.text_input(
        TEXTS["name"],
        area.name,
        key=key,
        max_chars=60,
        on_change=lambda: current.rename(area.id, str(st.session_state[key])),
    )


def describe_it(area: OwnArea | current.AreaDraft) -> None:
    """Let the reader colour it, remark on it, and delete it."""
    titles = {TEXTS["no_colour"]: "", **COLOURS}
    if area.colour and area.colour.lower() not in titles.values():
        titles[area.colour] = area.colour
    told = f"{current.version()}_{area.id}_{area.colour}_{area.remark}"
    colour, remark = f"eg_farbe_{told}", f"eg_bemerkung_{told}"

    def changed() -> None:
        chosen = titles[str(st.session_state[colour])]
        current.describe(area.id, chosen, str(st.session_state[remark]))

    now = [each.lower() for each in titles.values()].index(area.colour.lower())
    st.selectbox(TEXTS["colour"], list(titles), now, key=colour, on_change=changed)
    st.text_input(TEXTS["remark"], area.remark, key=remark, max_chars=500, on_change=changed)
    st.button(
        TEXTS["delete"],
        key="eg_loeschen",
        icon=":material/delete:",
        type="tertiary",
        disabled=not isinstance(area, OwnArea),
        on_click=current.delete,
        args=(area.id,),
    )


def draw_map(
    city: City, own: OwnAreas, area: OwnArea | current.AreaDraft, level: str, indicator: str
) -> None:
    """Draw the map on which the reader picks."""
    drawn = content.picking_map(city, level, kept.picking_view(level, indicator))
    data = drawn.on_screen(city)
    if data is None:
        return
    made = current.made_of(area)
    picks = level_picks(city, made, level)
    told = (*content.told(city, own.level, area.id), *content.cut_told(city, made))
    area_map(
        replace(data, picking=Picking(area.id, picks.picked, picks.partly, told, area.colour)),
        key=MAP_KEY,
        names=("e_sicht", "e_linien"),
        on_move=address.put,
        on_pick=current.pick,
    )
    st.caption(literal(kept.citation(level, indicator)))


def show_list(city: City, own: OwnAreas) -> None:
    """Show all own areas, and lead on to where they are looked at."""
    if not own.areas:
        return
    st.header(TEXTS["list"], anchor=False)
    show_table(content.own_table(city, own))
    shown = any(each.id == own.level for each in city.catalogue.levels)
    if shown and (earlier := earlier_words(city, own.level)):
        st.caption(literal(earlier))
    for area in own.areas:
        if not city.has_area(own.level, area.id):
            continue
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            st.markdown(f"**{literal(area.name)}**", width="content")
            for label, icon, asked in links(own, area):
                view = along(asked)
                st.page_link(
                    script(view.page), label=label, icon=icon, query_params=view.parameters
                )


def links(own: OwnAreas, area: OwnArea) -> list[tuple[str, str, Address]]:
    """Return where an own area is looked at: label, icon and address."""
    profile = profile_address(own.level, area.id)
    others = [each.id for each in own.areas if each.id != area.id][:3]
    compared = tuple(("vergleich", as_id((own.level, each))) for each in others)
    found = [
        (
            TEXTS["on_map"],
            ":material/map:",
            Address("karte", (("ebene", own.level), ("gebiet", area.id))),
        ),
        (TEXTS["profile"], ":material/location_city:", profile),
    ]
    if compared:
        view = Address(profile.page, (*profile.parameters, *compared))
        found.append((TEXTS["compare"], ":material/compare_arrows:", view))
    return found


def things(city: City, own: OwnAreas, here: Address) -> list[Thing]:
    """Return what can be taken along: the file that can be loaded again, table, map, geodata."""
    if not own.areas:
        return []
    text, link = write_own_areas(own, city.catalogue.city.id), downloads.absolute(here)
    name = ["inteso", PAGE, city.catalogue.city.name]
    found = [Thing(TEXTS["file"], name, {FileKind.OWN_AREAS: lambda: text.encode("utf-8")})]
    layer = city.layers.get((own.level, DIVISION))
    if layer is None:
        return found
    told = partial(files.told, city, own, address=link)
    table = partial(files.table, city, own)
    found.append(Thing(downloads.TEXTS["table"], name, downloads.tables(city, table, told)))
    drawn = picture_of(content.own_map(resolved(own, city).own))
    outlined_by = layer.citation

    def picture(kind: str) -> bytes:
        return drawn(told(boundaries=outlined_by), kind)

    def geodata(write: Callable[..., bytes]) -> bytes:
        shapes = read_boundaries(layer).set_index("area_id").geometry
        return write(outlined(table(), shapes), told(boundaries=outlined_by))

    kinds = {FileKind.GEOJSON: to_geojson, FileKind.GPKG: to_gpkg}
    found.append(Thing(TEXTS["map"], [*name, TEXTS["map"]], downloads.pictures(picture)))
    found.append(
        Thing(TEXTS["geodata"], name, {kind: partial(geodata, how) for kind, how in kinds.items()})
    )
    return found


page()
