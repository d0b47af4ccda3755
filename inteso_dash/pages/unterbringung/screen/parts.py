"""What sections of the page on accommodation share: choices, answers, tables, sources, maps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from inteso_dash.boundaries.layers import read_boundaries
from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.city import Accommodation
from inteso_dash.city import City
from inteso_dash.drawing.area_map import area_map
from inteso_dash.drawing.area_map.data import MapData
from inteso_dash.files.geodata import outlined, to_geojson, to_gpkg
from inteso_dash.files.kinds import FileKind
from inteso_dash.files.text import file_name
from inteso_dash.language import formats
from inteso_dash.language.formats import signed
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.pages.slides import kept as kept_slide
from inteso_dash.pages.unterbringung import history as accommodation_history
from inteso_dash.pages.unterbringung import start, templates
from inteso_dash.pages.unterbringung.screen import kept
from inteso_dash.pages.unterbringung.sheet import FileTable, decimals, for_file
from inteso_dash.pages.unterbringung.situation import Situation
from inteso_dash.pages.unterbringung.texts import QUESTIONS, TEXTS
from inteso_dash.pages.unterbringung.view import (
    AREA,
    DATE,
    DEVELOPMENT,
    FORMS,
    POINTS,
    SCENARIOS,
    AccommodationView,
    days_of,
    figures_of,
    levels,
)
from inteso_dash.session import address, downloads
from inteso_dash.session.controls import UNKNOWN, bound_selectbox, note
from inteso_dash.session.downloads import Thing
from inteso_dash.session.literal import literal
from inteso_dash.session.maps import NO_MAP
from inteso_dash.views.addresses import title_of
from inteso_dash.views.figures import Table
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import ViewError
from inteso_dash.views.statement import Statement, statement

SIGN = STATUS_MEANINGS[Status.NOT_DELIVERED].sign
MAP_KEY, OPEN = "u_karte", "u_profil"
_FEW_ROWS = 14
_SHORT = 16
_NAMED = 8
_SIGNED = ("Ist minus Soll",)
_DATES = ("Stichtag", "Eröffnet", "Geschlossen", "Am")
_WIDTH = 172
T = TypeVar("T")


@dataclass(frozen=True)
class Section:
    """What a section draws from, and the places of its answer and its controls above it."""

    name: str
    city: City
    declared: Accommodation
    shown: Situation
    lead: DeltaGenerator
    controls: DeltaGenerator

    def answer(self, text: str) -> None:
        """Answer the section's question where the page begins."""
        self.lead.markdown(f"**{QUESTIONS[self.name]}** {literal(text)}")


def source(city: City, ids: str | Iterable[str], before: str = "") -> None:
    """Name the sources under a figure."""
    cited = city.source_titles(ids)
    said = [before, TEXTS["source"].format(source=cited) if cited else ""]
    st.caption(literal(" ".join(filter(None, said))))


def remarks(found: Sequence[str]) -> None:
    """Say what the sources remark on their figures."""
    if found:
        st.caption(literal(TEXTS["remarks"].format(remarks="; ".join(found))))


def show_left_out(found: Sequence[str]) -> None:
    """Say which sites of the list are not counted, some of them where they are many."""
    if found:
        more = len(found) - _NAMED
        sites = "; ".join(found[:_NAMED]) + (f"; und {more} weitere" if more > 0 else "")
        st.caption(literal(TEXTS["left_out"].format(sites=sites)))


def show_table(sheet: FileTable, *, note: bool = True) -> None:
    """Show a table with German numbers; missing ones as the sign of official statistics.

    Columns in which nothing is known are named below it instead of standing there empty.
    """
    table = sheet.on_screen
    days = [name for name in table.columns if str(name).startswith(_DATES)]
    for name in days:
        table[name] = [None if pd.isna(day) else formats.date(day) for day in table[name]]
    numbers = [str(name) for name in table.select_dtypes("number").columns]
    written: dict[Any, str | Callable[[Any], str] | None] = {
        name: partial(formats.number, decimals=decimals(name)) for name in numbers
    }
    written |= {name: partial(signed, digits=0) for name in numbers if name in _SIGNED}
    if len(table) > _FEW_ROWS:
        styled = table.style.format(written, na_rep=SIGN)
        st.dataframe(styled, hide_index=True, width="stretch", placeholder=SIGN)
    else:
        written |= {str(name): _cell for name in table.columns if name not in written}
        styled = table.style.format(written, na_rep=SIGN)
        styled = styled.set_properties(subset=pd.Index(numbers), **{"text-align": "right"})
        st.table(styled, hide_index=True, border="horizontal")
    if not note:
        return
    missing = table.isna().any(axis=None)
    said = [TEXTS["signs"].format(signs=TEXTS["sign"] if missing else "")]
    if sheet.empty:
        said.append(TEXTS["empty_columns"].format(names=", ".join(sheet.empty)))
    st.caption(literal(" ".join(said)))


def _cell(text: str) -> str:
    """Write text so that it is not taken for markup; a short one stays on its line."""
    return literal(text if len(text) > _SHORT else text.replace(" ", "\u00a0"))


def keep_area(area_id: str | None) -> None:
    """Keep the selected area in the address."""
    address.put(AREA, *filter(None, [area_id]))


def open_profile(area_id: str) -> None:
    """Remember to show the profile of an area."""
    st.session_state[OPEN] = area_id


def draw_map(data: MapData | None, key: str = MAP_KEY) -> None:
    """Draw a map, or say that there are no boundaries; a second one on a page has its own key."""
    if data is None:
        st.info(NO_MAP)
    else:
        area_map(
            data,
            key=key,
            on_select=keep_area,
            on_open=open_profile,
            names=("u_sicht", "u_linien") if key == MAP_KEY else None,
            on_move=address.put,
        )


def things(section: Section, sheets: Sequence[FileTable], view: Address) -> list[Thing]:
    """Return what can be taken along of a section: its tables, and what it draws.

    Parameters
    ----------
    section : Section
    sheets : sequence of FileTable
        None where the section could not be drawn.
    view : Address
        Of the section, as a slide would show it.
    """
    city, shown, address = section.city, section.shown, downloads.absolute(view)
    level = city.catalogue.level(shown.level)
    used = city.counts["indicator_id"].isin(list(section.declared.indicators))

    def told(title: str, days: Sequence[dt.date] = ()) -> Statement:
        return statement(
            city,
            what=f"{TEXTS['title']}: {title}",
            where=f"{len(shown.areas)} {level.plural}, {city.catalogue.city.name}",
            dates=days or [shown.date],
            source_ids=city.counts.loc[used, "source_id"].unique(),
            address=address,
        )

    found = []
    for sheet in sheets:
        tables = downloads.tables(
            city,
            partial(for_file, sheet.table),
            partial(told, sheet.title, sheet.dates),
            tuple(section.declared.indicators),
        )
        newest = max(sheet.dates, default=shown.date)
        name = ["inteso", TEXTS["title"], sheet.title, newest.isoformat()]
        own = partial(told, sheet.title, sheet.dates)
        found.append(Thing(sheet.title, name, {**tables, **_geodata(section, sheet, own)}))
    parts = figures_of(city, view) or {downloads.TEXTS["picture"]: ""}
    for title, figure in parts.items() if sheets else ():
        name = ["inteso", TEXTS["title"], figure or section.name, shown.date.isoformat()]
        drawn = pictures(city, view, told, figure)
        at = next((at for at, each in enumerate(found) if each.title == title), None)
        if at is None:
            found.append(Thing(title, name, drawn))
        else:
            found[at] = replace(found[at], files={**found[at].files, **drawn})
    return found


def _geodata(
    section: Section, sheet: FileTable, told: Callable[[], Statement]
) -> dict[FileKind, Callable[[], bytes]]:
    """Return the files of a table of areas with their outlines; none of other tables."""
    city, level = section.city, section.shown.level
    layer = city.layers.get((level, city.catalogue.level(level).current.id))
    if layer is None or "Schlüssel" not in sheet.table:
        return {}

    def made(write: Callable[..., bytes]) -> bytes:
        shapes = read_boundaries(layer).set_index("area_id").geometry
        return write(outlined(for_file(sheet.table), shapes), told())

    return {FileKind.GEOJSON: partial(made, to_geojson), FileKind.GPKG: partial(made, to_gpkg)}


def pictures(
    city: City, view: Address, told: Callable[[str], Statement], figure: str = ""
) -> downloads.Files:
    """Return the files of what a section draws, none where it draws nothing."""
    try:
        shown = kept_slide(view.text, figure)
    except ViewError:
        return {}
    if isinstance(shown.content, Table):
        return {}

    def made(kind: str) -> bytes:
        from inteso_dash.drawing.paper.pictures import written

        known = city.catalogue.sources
        sources = tuple(known[key] for key in shown.source_ids if key in known)
        said = replace(told(shown.title), when=shown.date, sources=sources)
        subtitle = " ".join(filter(None, (f"{shown.date}.", shown.headline, shown.content.note)))
        return written(city, shown.content, said, kind, shown.title, subtitle)

    return downloads.pictures(made)


def begin(city: City) -> None:
    """Say how a city without accommodation begins: the lines to add, the tables to fill in."""
    st.info(TEXTS["nothing"])
    for file, text in start.lines(city.catalogue).items():
        st.write(TEXTS["add"].format(file=file))
        st.code(text, language="yaml")
    st.write(TEXTS["afterwards"])
    offer_templates(city, start.declared_with(city.catalogue), expanded=True)


def offer_templates(city: City, catalogue: Catalogue, *, expanded: bool = False) -> None:
    """Offer the tables to fill in, as a catalogue declares accommodation."""
    declared = catalogue.accommodation
    if declared is None:
        return
    areas = {str(area): str(name) for area, name in city.areas(declared.level)["name"].items()}
    if not areas:
        return
    with st.expander(TEXTS["templates"], expanded=expanded):
        st.write(TEXTS["templates_note"])
        with st.container(horizontal=True):
            for title, make in templates.TEMPLATES.items():
                rows, explained = make(catalogue, declared, areas)
                st.download_button(
                    f"{title} (XLSX)",
                    partial(templates.template_xlsx, rows, explained),
                    file_name(["vorlage", title], "xlsx"),
                    on_click="ignore",
                )
                st.download_button(
                    f"{title} (CSV)",
                    partial(templates.template_csv, rows),
                    file_name(["vorlage", title], "csv"),
                    on_click="ignore",
                )


def choose(city: City, section: str) -> AccommodationView:
    """Let the reader choose level and Stichtag, where the section has another to show.

    Forms and development are of the whole city; offices serve areas of their own level; a
    scenario has a beginning of its own.
    """
    offered = kept.levels()
    if section == POINTS:
        offered = accommodation_history.point_levels(city, offered) or offered[:1]
    of_areas = section not in {DEVELOPMENT, FORMS}
    level = choice(*levels(city, offered).control, matters=of_areas)
    if section == SCENARIOS:
        of_areas = False
    if section == POINTS:
        of_areas = bool(accommodation_history.point_levels(city, (level,)))
    day = choice(*days_of(DATE, kept.dates(level)).control, matters=of_areas)
    return AccommodationView(section, level, day)


def choice(
    label: str,
    offered: Mapping[str, T],
    key: str,
    index: int = 0,
    *,
    matters: bool = True,
    width: int = _WIDTH,
) -> T:
    """Return what is chosen; a control is drawn only where another choice changes something.

    Parameters
    ----------
    label : str
    offered : mapping
        Title → what is chosen.
    key : str
    index : int
        Which one is the first.
    matters : bool
        Whether the section shows anything else after another choice.
    width : int
        Of the control, in pixels.
    """
    titles = list(offered)
    first = titles[index]
    if matters and len(titles) > 1:
        with st.container(width=width):
            return bound_selectbox(label, offered, key, index)
    asked = address.get(key)
    found = first if asked is None else title_of(asked, offered)
    if found is None and address.asked(key):
        note(UNKNOWN.format(label=label, found=(asked or "")[:60], shown=first))
        address.put(key)
    return offered[found or first]
