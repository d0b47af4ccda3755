"""The usual way: px.choropleth_map with its geometry inside the figure.

With the folder of a made-up country (`benchmarks.hexagons`) behind it, of that country.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.express as px
import streamlit as st

ROOT = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1]
MADE_UP = (ROOT / "data/zahlen_2021.csv").exists()
TABLE, KEY = ("zahlen_2021", "gebiet") if MADE_UP else ("sozialraeume_2021", "sozialraum")
LAYER = "gemeinde" if MADE_UP else "sozialraum_2021"


@st.cache_data
def table() -> pd.DataFrame:
    """Read the figures of all areas."""
    return pd.read_csv(ROOT / f"data/{TABLE}.csv", dtype={KEY: str})


@st.cache_data
def geometry() -> Any:
    """Read the boundaries."""
    return json.loads((ROOT / f"geodata/{LAYER}.geojson").read_text("utf-8"))


numbers = table()
columns = list(numbers.select_dtypes("number").columns)
chosen = st.selectbox("Indikator", columns, key="indikator")
figure = px.choropleth_map(
    numbers,
    geojson=geometry(),
    locations=KEY,
    featureidkey="properties.area_id",
    color=chosen,
    map_style="white-bg",
    center={"lat": 48.8, "lon": 7.5} if MADE_UP else {"lat": 51.23, "lon": 6.79},
    zoom=6 if MADE_UP else 9.6,
    height=640,
    title=chosen,
)
st.plotly_chart(figure, key="map")
