"""An index of social need whose weights are open, and what other weights would make of it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from inteso_dash.city import City
from inteso_dash.drawing.area_map import area_map
from inteso_dash.language import formats
from inteso_dash.pages import script
from inteso_dash.pages.handlungsbedarf import content, controls, files, index, kept
from inteso_dash.pages.handlungsbedarf.index import PAGE, Need
from inteso_dash.pages.handlungsbedarf.texts import SIGN, TEXTS
from inteso_dash.pages.handlungsbedarf.view import CONTRIBUTIONS, DISTRIBUTION, MAP, PARTS
from inteso_dash.pages.take_along import head, take_along
from inteso_dash.session import address, downloads, mishaps, own_areas, store
from inteso_dash.session.charts import picture_of, show_chart, show_table
from inteso_dash.session.controls import chosen_area, show_notes
from inteso_dash.session.downloads import Thing
from inteso_dash.session.literal import literal
from inteso_dash.session.maps import NO_MAP
from inteso_dash.views.addresses import profile_address
from inteso_dash.views.figures import Figure, Table
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import ViewError

MAP_KEY, OPEN = "bedarf_karte", "bedarf_profil"


def page() -> None:
    """Draw the page."""
    city = store.city()
    heading, row = head()
    lead = st.container()
    if not kept.levels():
        heading.title(TEXTS["title"], anchor=False)
        lead.info(TEXTS["parts_none"])
        return
    chosen = controls.choose(city)
    here, notes = address.view(PAGE), list[str]()
    try:
        shown = worked_out(city, here, notes, chosen=chosen)
    except ViewError as error:
        heading.title(TEXTS["title"], anchor=False)
        lead.info(literal(str(error)))
        show_notes()
        return
    choice = shown.choice
    wanted = st.session_state.pop(OPEN, None)
    if wanted is not None:
        profile = own_areas.along(profile_address(choice.level, wanted))
        st.switch_page(script(profile.page), query_params=profile.parameters)
    heading.title(literal(choice.declared.title.de), anchor=False)
    lead.markdown(literal(index.sentence(city, shown)))
    lead.markdown(f"**{TEXTS['question']}** {literal(index.answer(city, shown))}")
    selected = chosen_area(city, choice.level, index.AREA, shown.index.division)
    show_notes()
    with mishaps.part():
        draw(city, shown, selected)
    with mishaps.part():
        foot(city, shown)
    day = shown.index.date.isoformat()
    named = address.view(PAGE, (index.LEVEL, choice.level), (index.DATE, day))
    take_along(row, named, lambda: things(city, shown, named, selected))


def worked_out(city: City, here: Address, notes: list[str], *, chosen: bool) -> Need:
    """Return what the address names (`ViewError` where nothing is chosen or too little known)."""
    if not chosen:
        raise ViewError(TEXTS["parts_none"])
    choice = index.read(city, here, notes)
    return kept.need(choice)


def keep_area(area_id: str | None) -> None:
    """Keep the selected area in the address."""
    address.put(index.AREA, *filter(None, [area_id]))


def open_profile(area_id: str) -> None:
    """Remember to show the profile of an area."""
    st.session_state[OPEN] = area_id


def draw(city: City, shown: Need, selected: str | None) -> None:
    """Draw map, contributions and ranking."""
    data = content.index_map(city, shown, selected).on_screen(city)
    if data is None:
        st.info(NO_MAP)
    else:
        area_map(
            data,
            key=MAP_KEY,
            on_select=keep_area,
            on_open=open_profile,
            names=("h_sicht", "h_linien"),
            on_move=address.put,
        )
    declared = shown.choice.declared
    words = index.class_words(declared, shown.bounds)
    st.caption(literal(TEXTS["legend"].format(classes=words)))
    if shown.earlier(city):
        st.caption(literal(TEXTS["boundaries"].format(areas=shown.areas(city))))
    if shown.index.small:
        names = formats.listed(shown.name(city, each) for each in shown.index.small)
        st.caption(literal(TEXTS["small"].format(names=names)))
    bars = content.contributions(city, shown, index.area_of(shown, selected))
    st.header(literal(bars.title), anchor=False)
    show_chart(bars, key="bedarf_beitraege")
    st.header(TEXTS["table"], anchor=False)
    table = kept.ranked(shown.choice)
    st.dataframe(table, hide_index=True, width="stretch", height=430)
    weightings = formats.number(shown.stability.weights, 0)
    st.caption(literal(TEXTS["table_note"].format(weightings=weightings, sign=SIGN)))


def foot(city: City, shown: Need) -> None:
    """Say what is published and assumed, how the index is made, and where figures come from."""
    published, rows = shown.choice.preset.published, index.compared(city, shown)
    if published is not None and rows:
        st.header(TEXTS["published"], anchor=False)
        show_table(Table(rows=rows))
        source = city.source_titles(published.source)
        day = formats.date(published.date)
        st.caption(literal(TEXTS["source"].format(source=source, date=day)))
        st.markdown(TEXTS["says"].format(text=literal(published.says)))
        st.markdown(TEXTS["assumed"].format(text=literal(published.assumed)))
    with st.expander(TEXTS["recipe"]):
        st.write(literal(files.recipe(city, shown)))
    for told in shown.layer.estimates:
        st.caption(literal(told))
    day = formats.date(shown.index.date)
    source = city.source_titles(shown.index.cells["source_id"])
    st.caption(literal(TEXTS["source"].format(source=source, date=day)))


def things(city: City, shown: Need, here: Address, selected: str | None) -> list[Thing]:
    """Return what can be taken along: the ranking as a table, and what is drawn as pictures."""
    level, link = city.catalogue.level(shown.choice.level), downloads.absolute(here)
    title, day = shown.choice.declared.title.de, shown.index.date.isoformat()
    name = ["inteso", PAGE, level.plural, title, day]
    told = files.told(city, shown, address=link)
    tables = downloads.tables(
        city,
        lambda: files.table(city, shown),
        lambda: told,
        tuple(str(part) for part in shown.index.parts.columns),
    )
    found = [Thing(downloads.TEXTS["table"], name, tables)]
    drawn: dict[str, Figure] = {
        MAP: content.index_map(city, shown, selected),
        DISTRIBUTION: content.distribution(city, shown, selected),
        CONTRIBUTIONS: content.contributions(city, shown, index.area_of(shown, selected)),
    }
    outlined = (level.id, shown.index.division) in city.layers
    for heading, part in PARTS.items():
        if part in drawn and (part != MAP or outlined):
            make = picture_of(drawn[part], title, heading)
            files_ = downloads.pictures(partial(make, told))
            found.append(Thing(heading, [*name, heading], files_))
    return found


page()
