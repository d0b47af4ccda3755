"""What goes together: two indicators of the same areas, and what goes with one of them."""

from __future__ import annotations

import streamlit as st

from inteso_dash.city import City
from inteso_dash.pages import script
from inteso_dash.pages.muster import choice as asked
from inteso_dash.pages.muster import kept, screen
from inteso_dash.pages.muster.choice import EXPLAINED, PAGE, SECTION, SECTIONS
from inteso_dash.pages.muster.screen import SectionShown
from inteso_dash.pages.muster.texts import TEXTS
from inteso_dash.pages.take_along import head, take_along
from inteso_dash.session import address, mishaps, own_areas, store
from inteso_dash.session.controls import bound_segments, show_notes
from inteso_dash.session.literal import literal
from inteso_dash.views.addresses import method_links, profile_address
from inteso_dash.views.shown import ViewError


def page() -> None:
    """Draw the page."""
    city = store.city()
    heading, row = head()
    heading.title(TEXTS["title"], anchor=False)
    lead = st.container()
    if not kept.levels():
        lead.info(TEXTS["nothing"])
        return
    section = bound_segments(TEXTS["section"], SECTIONS, SECTION)
    found: SectionShown | None = None
    with mishaps.part():
        try:
            found = drawn(city, section)
        except ViewError as error:
            lead.info(literal(str(error)))
    with lead:
        show_notes()
    if found is None:
        take_along(row, address.view(PAGE))
        return
    lead.markdown(literal(found.says))
    st.caption(method_links(*EXPLAINED[section]))
    here = address.view(PAGE, (SECTION, section), *found.named)
    take_along(row, here, lambda: found.things(here))


def drawn(city: City, section: str) -> SectionShown:
    """Draw a section (`ViewError` where it has nothing to show)."""
    if section == asked.STRONGEST:
        return screen.show_strongest(city, screen.choose_one(city))
    if section == asked.APART:
        return screen.show_apart(city, screen.choose_apart(city))
    if section == asked.PATTERN:
        on_map = screen.choose_pattern(city)
        follow_profile(on_map.level)
        return screen.show_pattern(city, on_map)
    chosen = screen.choose_two(city)
    follow_profile(chosen.level)
    return screen.show_two(city, chosen)


def follow_profile(level: str) -> None:
    """Go to the profile of the area that the reader wants to open on the map, if any."""
    wanted = st.session_state.pop(screen.OPEN, None)
    if wanted is not None:
        profile = own_areas.along(profile_address(level, wanted))
        st.switch_page(script(profile.page), query_params=profile.parameters)


page()
