"""Where nothing can be compared: which levels, indicators and Stichtage can, a click away."""

from __future__ import annotations

import datetime as dt
from functools import partial

import streamlit as st

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.pages.veraenderung.reach import Reach, of_other_indicators, on_other_levels
from inteso_dash.pages.veraenderung.screen.choice import Options, go, options
from inteso_dash.session.literal import literal

TEXTS = {
    "heading": "Was sich vergleichen lässt",
    "levels": "„{indicator}“ auf anderen Ebenen:",
    "no_levels": "„{indicator}“ hat auf keiner anderen Ebene zwei vergleichbare Stichtage.",
    "indicators": "Andere Indikatoren der {plural}:",
    "no_indicators": "Für die {plural} hat kein anderer Indikator zwei vergleichbare Stichtage.",
    "path": "{name}: {period}",
    "days": "{start} und {end}",
    "shared": " ({shared} von {areas})",
}
LISTED = 6


def ways(city: City, indicator: Indicator, level_id: str) -> None:
    """Say what can be compared instead, and offer to go there."""
    level = city.catalogue.level(level_id)
    offered = options(city)
    names = {own: name for name, own in offered.plurals.items()}
    levels = on_other_levels(city, indicator.id, level.id)
    others = of_other_indicators(city, level.id, indicator.id)[:LISTED]
    with st.container(border=True):
        st.markdown(f"**{TEXTS['heading']}**")
        said = TEXTS["levels" if levels else "no_levels"].format(indicator=indicator.title.de)
        _offer(offered, said, {names[each.level.id]: each for each in levels})
        said = TEXTS["indicators" if others else "no_indicators"].format(plural=level.plural)
        _offer(offered, said, {each.indicator.short.de: each for each in others})


def _offer(offered: Options, said: str, found: dict[str, Reach]) -> None:
    st.markdown(literal(said))
    row = st.container(horizontal=True)
    for name, each in found.items():
        words = TEXTS["path"].format(name=name, period=period(each.start, each.end))
        if each.areas > 1:
            words += TEXTS["shared"].format(shared=each.shared, areas=each.areas)
        row.button(
            words,
            key=f"v_weg_{each.level.id}_{each.indicator.id}",
            on_click=partial(go, offered, each),
            icon=":material/arrow_forward:",
        )


def period(start: dt.date, end: dt.date) -> str:
    """Write two Stichtage briefly: their years where both end one.

    Examples
    --------
    >>> period(dt.date(2015, 12, 31), dt.date(2021, 12, 31))
    '2015–2021'
    >>> period(dt.date(2016, 8, 31), dt.date(2017, 3, 31))
    '31.08.2016 und 31.03.2017'
    """
    if all((day.month, day.day) == (12, 31) for day in (start, end)):
        return f"{start.year}–{end.year}"
    return TEXTS["days"].format(start=formats.date(start), end=formats.date(end))
