"""What the page on change does not join: indicators defined differently, published changes."""

from __future__ import annotations

import streamlit as st

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.language.formats import signed
from inteso_dash.pages.veraenderung.screen.sections import CourseChoice
from inteso_dash.pages.veraenderung.words import Different, different, published_changes
from inteso_dash.session.literal import literal

TEXTS = {
    "different": "Nicht verbunden, weil anders definiert",
    "different_dates": "**{titles}** (Stichtage dieser Ebene: {dates}). {reason}",
    "different_none": "**{titles}** (auf dieser Ebene ohne Werte). {reason}",
    "meaning": "Was die Zahl bedeutet",
    "published": "{title}, wie veröffentlicht: {values}. {meaning} Quelle: {source}.",
}


def not_joined(city: City, choice: CourseChoice) -> None:
    """Say which indicators look alike and are not joined, and show published changes."""
    indicator = choice.indicator
    for each in published_changes(city.catalogue, indicator.id):
        st.markdown(literal(published_words(city, each)))
    groups: dict[str, list[Different]] = {}
    for found in different(city, indicator, choice.level):
        groups.setdefault(found.reason, []).append(found)
    if not groups:
        return
    st.header(TEXTS["different"], anchor=False)
    for reason, members in groups.items():
        days = sorted({day for member in members for day in member.dates})
        template = TEXTS["different_dates" if days else "different_none"]
        st.markdown(
            template.format(
                titles=literal(", ".join(member.indicator.title.de for member in members)),
                dates=", ".join(formats.date(day) for day in days),
                reason=literal(reason),
            )
        )


def explain(indicator: Indicator) -> None:
    """Say what the indicator means, folded away."""
    with st.expander(TEXTS["meaning"]):
        for text in filter(None, (indicator.meaning, indicator.caveat)):
            st.write(literal(text))


def published_words(city: City, indicator: Indicator) -> str:
    """Write a published change as it was published; empty where there is none."""
    said: list[str] = []
    ids: list[str] = []
    for level in reversed(city.catalogue.levels):
        for day in city.dates(level.id, indicator.id):
            for area, value in city.known(level.id, indicator.id, day).items():
                cell = city.cell(level.id, str(area), indicator.id, day)
                name = city.areas(level.id, city.division(level.id, day, indicator.id))["name"].get(
                    area, area
                )
                written = signed(float(value), indicator.decimals, indicator.unit)
                said.append(f"{name} {written}")
                ids += [] if cell is None else [str(cell["source_id"])]
    if not said:
        return ""
    return TEXTS["published"].format(
        title=indicator.title.de,
        values=", ".join(said),
        meaning=indicator.not_aggregable,
        source=city.source_titles(", ".join(dict.fromkeys(ids))),
    )
