"""What a loaded table holds, where it is to be seen: sites of accommodation, and the way there."""

from __future__ import annotations

import io

import pandas as pd
import streamlit as st

from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.pages import script
from inteso_dash.pages.daten.texts import UPLOADED as TEXTS
from inteso_dash.session import own_areas
from inteso_dash.tables.sources import Delivery
from inteso_dash.tables.sources.places import COUNTS, DAYS, SITE_HEADS
from inteso_dash.views.sequences import Address


def link_to(city: City, delivery: Delivery) -> None:
    """Link to the page that shows a table."""
    if delivery.table.kind == "sites":
        days = sorted(filter(None, _rows(delivery)["date"]))
        query = {"u_bereich": "konzentration"}
        if delivery.table.complete and days:
            query = {"u_bereich": "verteilung", "u_stichtag": days[-1]}
        page, label, icon = "unterbringung", TEXTS["to_sites"], ":material/home:"
    else:
        page, label, icon = "karte", TEXTS["to_map"], ":material/map:"
        query = map_address(city, delivery)
    view = own_areas.along(Address(page, tuple(query.items())))
    st.page_link(script(page), label=label, icon=icon, query_params=view.parameters)


def map_address(city: City, delivery: Delivery) -> dict[str, str]:
    """Return the address of the map that shows the first indicator of a table."""
    table = delivery.table
    first = delivery.content.decode().splitlines()[1].split(",")
    indicator = city.catalogue.indicator(first[3])
    return {
        "thema": indicator.topic,
        "indikator": indicator.id,
        "ebene": str(table.level),
        "stichtag": str(table.date),
    }


def preview_sites(delivery: Delivery) -> None:
    """Show the sites of a table as they were read."""
    rows = _rows(delivery)
    days = ", ".join(_day(day) for day in sorted(filter(None, rows["date"].unique())))
    st.write(TEXTS["summary"].format(count=len(rows), days=days))
    if not delivery.table.complete:
        st.caption(TEXTS["incomplete"])
    told = [name for name in SITE_HEADS if name != "source_id" and rows[name].ne("").any()]
    shown = rows[told].copy()
    for name in told:
        if name in DAYS:
            shown[name] = shown[name].map(_day)
    numbers = st.column_config.TextColumn(alignment="right")
    config = {SITE_HEADS[name]: numbers for name in COUNTS if name in told}
    table = shown.rename(columns=SITE_HEADS)
    st.dataframe(table, height=420, hide_index=True, column_config=config)


def _rows(delivery: Delivery) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(delivery.content), dtype=str, keep_default_na=False)


def _day(text: str) -> str:
    day = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")
    return text if pd.isna(day) else formats.date(day)
