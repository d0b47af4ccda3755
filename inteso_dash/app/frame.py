"""The frame of the dashboard: settings, navigation, and what to say when data is broken."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from inteso_dash.app import ready, search
from inteso_dash.catalogue import CatalogueError
from inteso_dash.language import formats
from inteso_dash.pages import PAGES, titles
from inteso_dash.session import address, mishaps, own_areas, store, unpublished
from inteso_dash.session.literal import literal

ICON = str(Path(__file__).with_name("icon.svg"))

TEXTS = {
    "title": "Keine Zahlen",
    "broken": "Der Datenordner ist nicht in Ordnung. Die Anwendung zeigt deshalb keine Zahlen.",
    "repair": "Beheben Sie die folgenden Punkte und starten Sie die Anwendung neu:",
    "left_out": "**Nicht gezeigt, weil nicht in Ordnung:** {files}. Was davon abhängt, fehlt auf "
    "allen Seiten; das Übrige gilt.",
    "why": "Warum, und was zu tun ist",
}
_NAMED = 3


def main() -> None:
    """Set up the page and run the chosen one."""
    try:
        own_areas.arrive()
        catalogue = store.city().catalogue
        title, named = catalogue.title, titles(catalogue)
    except CatalogueError as error:
        st.set_page_config(page_title="inteso_dash", page_icon=ICON, layout="wide")
        st.title(TEXTS["title"], anchor=False)
        st.error(TEXTS["broken"])
        st.write(TEXTS["repair"])
        for problem in error.problems:
            st.text(problem)
        return
    # Without an icon named before the navigation, Streamlit would ask another host for one.
    st.set_page_config(page_title=title, page_icon=ICON, layout="wide")
    pages = [
        st.Page(
            each.script,
            title=named[each.id],
            icon=each.icon,
            url_path=each.id,
            default=each.id == ready.START,
        )
        for each in PAGES
    ]
    playing = address.ahead("vorfuehren")
    page = st.navigation(pages, position="hidden" if playing else "top")
    st.set_page_config(page_title=unpublished.title(f"{page.title} – {title}"))
    if not playing:
        search.draw()
    unpublished.mark(brief=bool(playing))
    if not playing:
        _left_out()
    here, before = page.url_path or ready.START, address.page()
    if before:
        # What a part of it has shown alone.
        with mishaps.part():
            search.note(before)
    address.arrive(here)
    own_areas.keep(brief=bool(playing))
    if not playing:
        # Whoever left a show by another page does not come back into it.
        address.put("vorfuehren")
        with mishaps.part():
            search.follow(here)
    mishaps.left_over()
    page.run()
    address.leave()
    with mishaps.part():
        search.note(here)


def _left_out() -> None:
    """Name files that are not as declared and so not shown, and why."""
    findings = store.city().withheld
    if not findings:
        return
    files = list(dict.fromkeys(each.file for each in findings))
    named = formats.listed(map(literal, files), most=_NAMED)
    st.warning(TEXTS["left_out"].format(files=named), icon=":material/warning:")
    with st.expander(TEXTS["why"]):
        for each in findings:
            st.markdown(f"**{literal(each.file)}**  \n{literal(each.text)}")


main()
