"""How figures are made and judged: every method in three sentences, with formula and source."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from inteso_dash.catalogue import Catalogue
from inteso_dash.files import methods as written
from inteso_dash.files.kinds import FileKind
from inteso_dash.language import formats
from inteso_dash.measures.methods import METHODS, MeasureMethod
from inteso_dash.pages import titles
from inteso_dash.pages.methoden.texts import TEXTS
from inteso_dash.pages.take_along import head, take_along
from inteso_dash.session import address, store
from inteso_dash.session.controls import bound_selectbox, show_notes
from inteso_dash.session.downloads import Thing
from inteso_dash.session.literal import literal

PAGE, METHOD = "methoden", "methode"
ALL = ""


def page() -> None:
    """Draw the page."""
    city = store.city()
    heading, row = head()
    heading.title(written.TITLE, anchor=False)
    st.write(written.lead())
    options = {TEXTS["all"]: ALL, **{each.title: each.id for each in METHODS.values()}}
    with st.columns([1, 1])[0]:
        chosen = bound_selectbox(TEXTS["choose"], options, METHOD)
    show_notes()
    with st.container(key="methoden_texte", width=860):
        if chosen == ALL:
            for group, methods in groupby(METHODS.values(), lambda each: each.group):
                st.header(literal(group), anchor=False)
                for each in methods:
                    st.subheader(literal(each.title), anchor=False)
                    explain(city.catalogue, each)
        else:
            one = METHODS[chosen]
            st.header(literal(one.title), anchor=False)
            explain(city.catalogue, one)
            others = [
                each for each in METHODS.values() if each.group == one.group and each is not one
            ]
            if others:
                st.header(literal(TEXTS["also"].format(group=one.group)), anchor=False)
            for each in others:
                st.subheader(literal(each.title), anchor=False)
                explain(city.catalogue, each)
    name = city.catalogue.city.name
    thing = Thing(
        written.TITLE,
        ["inteso", name, written.TITLE],
        {FileKind.PDF: lambda: written.to_pdf(name)},
    )
    take_along(row, address.view(PAGE), lambda: [thing])


def explain(catalogue: Catalogue, method: MeasureMethod) -> None:
    """Write what a method is, below its title."""
    st.write(literal(" ".join(method.says)))
    st.code(method.formula, language=None, wrap_lines=True)
    told = [f"{written.WORDS['symbols']} {method.symbols}."]
    told += [f"{written.WORDS['sources']}: {source}" for source in method.sources]
    if method.pages:
        known = titles(catalogue)
        pages = formats.listed(known[each] for each in method.pages)
        told.append(TEXTS["shown_on"].format(pages=pages))
    st.caption("  \n".join(map(literal, told)))


page()
