"""What is not shown because it is not as declared: said on every page, listed once."""

from __future__ import annotations

import streamlit as st

from inteso_dash.language import formats
from inteso_dash.session import store
from inteso_dash.session.literal import literal

TEXTS = {
    "mark": "**Nicht gezeigt, weil nicht in Ordnung:** {files}. Was davon abhängt, fehlt auf allen "
    "Seiten; das Übrige gilt.",
    "why": "Warum, und was zu tun ist",
}
_NAMED = 3


def mark() -> None:
    """Name the files that are left out, and why."""
    findings = store.city().withheld
    if not findings:
        return
    files = list(dict.fromkeys(each.file for each in findings))
    named = formats.listed(map(literal, files), most=_NAMED)
    st.warning(TEXTS["mark"].format(files=named), icon=":material/warning:")
    with st.expander(TEXTS["why"]):
        for each in findings:
            st.markdown(f"**{literal(each.file)}**  \n{literal(each.text)}")
