"""A page with the map of a made-up city; every figure in it is invented."""

from __future__ import annotations

import numpy as np
import streamlit as st
from area_map_city import AREAS, City, made_up_city

from inteso_dash.area_map import Card, Frame, MapData, Mark, Overlay, area_map

LIGHT = ("#f1eef6", "#bdc9e1", "#74a9cf", "#2b8cbe", "#045a8d")
DARK = ("#e3eef6", "#b3cbe0", "#7ba6c9", "#3f7ca8", "#154e78")
MISSING = {4: "s", 5: "n", 6: "u", 7: "g", 8: "e", 9: "z", 10: "s"}
DATES = ("31.12.2019", "31.12.2020", "31.12.2021")

st.set_page_config(page_title="Karte", layout="wide")
state = st.session_state
state["runs"] = state.get("runs", 0) + 1


@st.cache_resource
def city() -> City:
    return made_up_city()


def frame(date: str, seed: int) -> Frame:
    values: list[float | None] = [
        round(float(value), 2) for value in np.random.default_rng(seed).gamma(4, 3.0, AREAS)
    ]
    status = ["m"] * AREAS
    for index, letter in MISSING.items():
        status[index] = letter
        if letter in "snug":
            values[index] = None
        if letter == "z":
            values[index] = 0.0
    order = sorted((value for value in values if value is not None), reverse=True)
    ranks = tuple(None if value is None else order.index(value) + 1 for value in values)
    return Frame(date, tuple(values), "".join(status), ranks, reference=12.3)


def select(area_id: str | None) -> None:
    state["area"] = area_id


def move(date: str) -> None:
    state["date"] = date


def opened(area_id: str) -> None:
    state["opened"] = area_id


indicator = st.radio("Indikator", ["Quote", "Dichte"], horizontal=True)
level = st.radio("Ebene", ["Gebiete", "Bezirke", "ohne Datei", "falsche Zahl"], horizontal=True)
if st.button("Erstes Gebiet wählen"):
    state["area"] = city().areas["area_id"].iloc[0]
frames = (
    tuple(frame(date, seed) for seed, date in enumerate(DATES))
    if indicator == "Quote"
    else (frame(DATES[-1], 11),)
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
        overlays=(Overlay(city().urls["bezirk"], "Bezirke"),),
        marked=(Mark("05", "SB 5"), Mark("06", "SB 6")),
        card=Card(selected, (("Einwohner", "1.234"),), href="?profil=1") if selected else None,
    ),
    key="karte",
    on_select=select,
    on_date=move,
    on_open=opened,
)
st.text(
    f"Läufe={state['runs']} Gebiet={selected} Stichtag={state.get('date')} "
    f"Profil={state.get('opened')}"
)
