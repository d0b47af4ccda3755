"""The usual way: px.choropleth_map with its geometry inside the figure."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.express as px
import streamlit as st

ROOT = Path(__file__).parents[1]


@st.cache_data
def table() -> pd.DataFrame:
    """Read the figures of all areas."""
    return pd.read_csv(ROOT / "data/sozialraeume_2021.csv", dtype={"sozialraum": str})


@st.cache_data
def geometry() -> Any:
    """Read the boundaries."""
    return json.loads((ROOT / "geodata/sozialraum_2021.geojson").read_text("utf-8"))


numbers = table()
columns = list(numbers.select_dtypes("number").columns)
chosen = st.selectbox("Indikator", columns, key="indikator")
figure = px.choropleth_map(
    numbers,
    geojson=geometry(),
    locations="sozialraum",
    featureidkey="properties.area_id",
    color=chosen,
    map_style="white-bg",
    center={"lat": 51.23, "lon": 6.79},
    zoom=9.6,
    height=640,
    title=chosen,
)
st.plotly_chart(figure, key="map")
