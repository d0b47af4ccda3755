"""The frame of the dashboard: settings, navigation, and what to say when data is broken."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from inteso_dash.catalogue import CatalogueError
from inteso_dash.pages import PAGES
from inteso_dash.session import left_out, mishaps, store, unpublished

ICON = str(Path(__file__).with_name("icon.svg"))

TEXTS = {
    "title": "Keine Zahlen",
    "broken": "Der Datenordner ist nicht in Ordnung. Die Anwendung zeigt deshalb keine Zahlen.",
    "repair": "Beheben Sie die folgenden Punkte und starten Sie die Anwendung neu:",
}


def views() -> dict[str, dict[str, str]]:
    """Return the address of the view last seen on every page of this session."""
    found: dict[str, dict[str, str]] = st.session_state.setdefault("views", {})
    return found


def bring_back(page: StreamlitPage) -> None:
    """Open a page that is returned to as it was left; the navigation names no view."""
    before, st.session_state["page"] = st.session_state.get("page"), page.url_path
    left = views().get(page.url_path)
    if left and before != page.url_path and not st.query_params:
        st.switch_page(page, query_params=left)


def main() -> None:
    """Set up the page and run the chosen one."""
    try:
        title = store.city().catalogue.title
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
            title=each.title,
            icon=each.icon,
            url_path=each.id,
            default=each is PAGES[0],
        )
        for each in PAGES
    ]
    playing = st.query_params.get("vorfuehren")
    page = st.navigation(pages, position="hidden" if playing else "top")
    st.set_page_config(page_title=unpublished.title(f"{page.title} – {title}"))
    unpublished.mark(brief=bool(playing))
    if not playing:
        left_out.mark()
    bring_back(page)
    mishaps.left_over()
    page.run()
    if not playing:
        views()[page.url_path] = st.query_params.to_dict()


main()
