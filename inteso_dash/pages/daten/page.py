"""The catalogue: where the figures come from, what they mean, what the checks say, downloads."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from inteso_dash.boundaries.layers import Layer
from inteso_dash.boundaries.recipe import Origin
from inteso_dash.catalogue.tables import Source, SourceTable
from inteso_dash.city import City
from inteso_dash.files.tables import definitions, overview, statuses, used_sources
from inteso_dash.files.text import labelled
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.pages import take_along
from inteso_dash.pages.daten import upload
from inteso_dash.pages.daten.kept import findings
from inteso_dash.pages.daten.reports import report, revised
from inteso_dash.pages.daten.texts import PAGE as TEXTS
from inteso_dash.session import address, downloads, mishaps, store
from inteso_dash.session.controls import bound_segments, show_notes
from inteso_dash.session.downloads import Thing
from inteso_dash.session.literal import literal, literal_table
from inteso_dash.views.sequences import Address
from inteso_dash.views.statement import statement

_THREE_LINES = 68
_WIDTHS = {"Indikator": 240, "Bedeutung": 380, "Vorbehalt": 380}

SOURCES, INDICATORS, REPORT, UPLOAD = "quellen", "indikatoren", "pruefbericht", "hochladen"
PARTS = {
    "Quellen": SOURCES,
    "Indikatoren": INDICATORS,
    "Prüfbericht": REPORT,
    "Hochladen": UPLOAD,
}


def head(city: City) -> DeltaGenerator:
    """Say in one sentence what there is; return the place beside the title."""
    valued = city.counts["valued"]
    figures = int(valued.sum())
    computed = int(valued[city.counts["status"] == str(Status.COMPUTED)].sum())
    heading, row = take_along.head()
    heading.title(TEXTS["title"], anchor=False)
    st.write(
        TEXTS["lead"].format(
            figures=formats.number(figures, 0),
            tables=len(city.catalogue.tables),
            sources=len(city.catalogue.sources),
            published=formats.number(figures - computed, 0),
            computed=formats.number(computed, 0),
        )
    )
    return row


def sources(city: City) -> None:
    """List every table with its origin, licence, Stichtag and corrections, then each in full."""
    table = overview(city)
    counts = pd.Index(["Zeilen", "Berichtigt"])
    st.table(
        literal_table(table).style.set_properties(subset=counts, **{"text-align": "right"}),
        border="horizontal",
        hide_index=True,
    )
    st.header(TEXTS["in_full"], anchor=False)
    for each in city.catalogue.tables:
        with st.expander(literal(each.title)):
            describe(city, each)
    revised(city)
    for layer in city.layers.values():
        level = city.catalogue.level(layer.level)
        with st.expander(
            literal(TEXTS["layer"].format(level=level.plural, division=layer.division))
        ):
            describe_layer(layer)


def describe_layer(layer: Layer) -> None:
    """Describe the boundaries of one level."""
    origin = layer.origin
    st.markdown(f"**{literal(origin.producer)}**: {literal(origin.title)}  \n{licence(origin)}")
    st.code(origin.url, language=None, wrap_lines=True)
    st.write(literal(layer.method))
    for note in (*layer.repairs, layer.note):
        if note:
            st.write(literal(note))
    file(layer.file, layer.features, layer.sha256)


def describe(city: City, table: SourceTable) -> None:
    """Describe one table."""
    for source in used_sources(city, table):
        line = f"**{literal(source.producer)}**: {literal(source.title)}" + (
            f" ({literal(str(source.year))})" if source.year else ""
        )
        st.markdown(f"{line}  \n{licence(source)}")
        if source.url:
            st.code(source.url, language=None, wrap_lines=True)
        if source.note:
            st.write(literal(source.note))
    if table.note:
        st.write(literal(table.note))
    if table.corrections:
        st.subheader(TEXTS["corrections"], anchor=False)
        st.table(
            pd.DataFrame(
                [
                    {
                        "Spalte": each.column,
                        "Gebiet": each.row or f"alle ({each.expect} Zellen)",
                        "gefunden": each.found,
                        "berichtigt": each.corrected,
                        "Grund": each.reason,
                    }
                    for each in table.corrections
                ]
            ).set_index("Spalte")
        )
    else:
        st.write(TEXTS["no_corrections"])
    if table.area_statuses:
        st.subheader(TEXTS["statuses"], anchor=False)
        st.table(
            pd.DataFrame(
                [
                    {
                        "Gebiet": each.area,
                        "Status": STATUS_MEANINGS[each.status].title,
                        "Grund": each.reason,
                    }
                    for each in table.area_statuses
                ]
            ).set_index("Gebiet")
        )
    file(table.file, table.rows, table.sha256)


def file(name: str, rows: int, sha256: str) -> None:
    """Name a file, with the first digits of its SHA-256 where that is not kept back."""
    told = TEXTS["file"].format(file=name, rows=formats.number(rows, 0))
    st.caption(told + (TEXTS["sha256"].format(digits=sha256[:16]) if sha256 else ""))


def licence(origin: Source | Origin) -> str:
    """Say under which licence something stands and when it was fetched."""
    details = [TEXTS["licence"].format(licence=origin.licence)]
    if origin.accessed is not None:
        details.append(TEXTS["accessed"].format(date=formats.date(origin.accessed)))
    return " · ".join(details)


def indicators(city: City) -> None:
    """List every indicator with its definition."""
    table = definitions(city)
    wanted = st.text_input(TEXTS["find"], key="suche", icon=":material/search:").strip()
    if wanted:
        text = table.apply(lambda row: " ".join(map(str, row)).casefold(), axis=1)
        table = table[text.str.contains(wanted.casefold(), regex=False)]
    if table.empty:
        st.info(literal(TEXTS["none_found"].format(text=wanted[:60])))
        return
    st.dataframe(
        table,
        hide_index=True,
        height=560,
        row_height=_THREE_LINES,
        column_order=["Indikator", "Einheit", "Bedeutung", "Vorbehalt", *table.columns],
        column_config={
            name: st.column_config.TextColumn(width=width) for name, width in _WIDTHS.items()
        },
    )


def signs() -> None:
    """Explain the statuses and their signs."""
    st.header(TEXTS["statuses_title"], anchor=False)
    st.table(statuses().set_index("Status"))


def things(city: City, here: Address) -> list[Thing]:
    """Return what can be taken along: all figures, those published, those replaced, definitions."""
    link = downloads.absolute(here)
    counts, computed = city.counts, str(Status.COMPUTED)
    by = city.replaced["replaced_by"].map(city.source_titles)
    replaced = city.replaced.assign(note=TEXTS["replaced_by"] + by)

    def everything() -> pd.DataFrame:
        return labelled(city.figures.assign(note=""), city)

    def published() -> pd.DataFrame:
        figures = city.figures[city.figures["status"] != computed]
        return labelled(figures.assign(note=""), city)

    tables: dict[str, tuple[pd.DataFrame, Callable[[], pd.DataFrame]]] = {
        "everything": (counts, everything),
        "published_only": (counts[counts["status"] != computed], published),
        "replaced": (replaced, partial(labelled, replaced, city)),
    }
    found = []
    for key, (own, table) in tables.items():
        if own.empty:
            continue
        told = partial(
            statement,
            city,
            what=TEXTS[key],
            where=city.catalogue.city.name,
            dates=own["date"].dt.date,
            source_ids=own["source_id"].unique(),
            address=link,
        )
        files = downloads.tables(city, table, told)
        if key == "everything":
            files |= downloads.wide(table, told)
        found.append(Thing(TEXTS[key], ["inteso", city.catalogue.city.name, TEXTS[key]], files))
    about = partial(
        statement,
        city,
        what=TEXTS["definitions"],
        where=city.catalogue.city.name,
        dates=(),
        source_ids=(),
        address=link,
    )
    name = ["inteso", city.catalogue.city.name, TEXTS["definitions"]]
    defined = downloads.tables(city, partial(definitions, city), about)
    return [*found, Thing(TEXTS["definitions"], name, defined)]


def page() -> None:
    """Draw the page."""
    city = store.city()
    row = head(city)
    part = bound_segments(TEXTS["part"], PARTS, "bereich")
    show_notes()
    with mishaps.part():
        if part == INDICATORS:
            indicators(city)
        elif part == REPORT:
            report(findings())
            signs()
        elif part == UPLOAD:
            upload.section(city)
        else:
            sources(city)
    here = address.view("daten")
    take_along.take_along(row, here, lambda: things(city, here))


page()
