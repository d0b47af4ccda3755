"""The floor: a selectbox and one line of text."""

import streamlit as st

chosen = st.selectbox(
    "Indikator", [f"Auswahl {number}" for number in range(1, 40)], key="indikator"
)
st.text(f"Gezeigt: {chosen}")
