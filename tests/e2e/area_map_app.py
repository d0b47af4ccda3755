"""A page with the map of a made-up city; every figure in it is invented."""

from __future__ import annotations

import streamlit as st

from inteso_dash.drawing.area_map import area_map
from inteso_dash.drawing.area_map.data import Card, Frame, MapData, MarkedArea, Overlay
from inteso_dash.drawing.area_map.picking import Picking
from inteso_dash.drawing.area_map.signs import Spot, SpotList
from tests.e2e.area_map_city import (
    AREAS,
    DARK,
    DATES,
    LIGHT,
    MANY,
    SITE,
    VERY_MANY,
    City,
    frame_of_many,
    frame_of_very_many,
    made_up_city,
    made_up_frame,
)

SPOTS = (Spot(*SITE, "Erfundener Ort", "Haus", 40.0),)
st.set_page_config(page_title="Karte", layout="wide")
state = st.session_state


def begin() -> None:
    """Forget everything: as in a new session all is as it was, and the map is another one."""
    beginning = state.get("beginning", 0) + 1
    state.clear()
    state["beginning"] = beginning


st.button("Von vorn", on_click=begin)
BEGINNING = state.get("beginning", 0)
state["runs"] = state.get("runs", 0) + 1


@st.cache_resource
def city() -> City:
    return made_up_city()


def select(area_id: str | None) -> None:
    state["area"] = area_id


def move(date: str) -> None:
    state["date"] = date


def pick(key: str, area_ids: tuple[str, ...]) -> None:
    state["picked"] = area_ids


def opened(area_id: str) -> None:
    state["opened"] = area_id


indicator = st.radio("Indikator", ["Quote", "Dichte"], horizontal=True, key=f"i{BEGINNING}")
LEVELS = ["Gebiete", "Bezirke", "Felder", "Kacheln", "ohne Datei", "falsche Zahl"]
level = st.radio("Ebene", LEVELS, horizontal=True, key=f"e{BEGINNING}")
picking = st.checkbox("Mehrere wählen", key=f"w{BEGINNING}")
if st.button("Erstes Gebiet wählen"):
    state["area"] = city().areas["area_id"].iloc[0]
frames = (
    tuple(made_up_frame(date, seed) for seed, date in enumerate(DATES))
    if indicator == "Quote"
    else (made_up_frame(DATES[-1], 11),)
)
count = AREAS
url = city().urls["gebiet"]
if level == "ohne Datei":
    url = "geometrie/gibt-es-nicht.json"
elif level in ("Bezirke", "falsche Zahl"):
    url = city().urls["bezirk"]
if level == "Bezirke":
    count = len(city().districts)
    frames = tuple(
        Frame(one.date_label, one.values[11 : 11 + count], "m" * count, tuple(range(1, count + 1)))
        for one in frames
    )
if level == "Felder":
    url, count, frames = city().urls["feld"], MANY, (frame_of_many(DATES[-1]),)
overlays = (Overlay(city().urls["bezirk"], "Bezirke"),)
if level == "Kacheln":
    url, count, frames = city().urls["kachel"], VERY_MANY, (frame_of_very_many(DATES[-1]),)
    overlays = (Overlay(city().urls["viertel"], "Viertel", "Viertel"),)
present = [value for one in frames for value in one.values if value is not None]
top = max(present)
selected = state.get("area")
area_map(
    MapData(
        geometry_url=url,
        count=count,
        areas_label="Gebiete",
        title=f"Erfundene {indicator}",
        frames=frames,
        breaks=(0.0, 5.0, 10.0, 15.0, 20.0, top),
        colors_light=LIGHT,
        colors_dark=DARK,
        reference_label="Musterstadt",
        unit="%",
        decimals=1,
        date=state.get("date") if state.get("date") in [f.date_label for f in frames] else None,
        selected=selected,
        overlays=overlays,
        marked=(MarkedArea("05", "SB 5"), MarkedArea("06", "SB 6")),
        picking=Picking("a", state.get("picked", ()), ("01003",), ("Erfunden.",))
        if picking
        else None,
        places=SpotList("Erfundene Orte", "Plätze", "#8c3b0e", "#ffc477", SPOTS)
        if picking
        else None,
        card=Card(selected, (("Einwohner", "1.234"),), href="?profil=1") if selected else None,
    ),
    key=f"karte{BEGINNING}",
    on_select=select,
    on_date=move,
    on_open=opened,
    on_pick=pick,
)
st.text(
    f"Läufe={state['runs']} Gebiet={selected} Stichtag={state.get('date')} "
    f"Profil={state.get('opened')} Beginn={BEGINNING} "
    f"Gewählt={','.join(state.get('picked', ()))}"
)
