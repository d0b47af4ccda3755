"""Where a reader begins who has chosen nothing yet: three doors, and what is new in the data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from inteso_dash.catalogue.city import Topic
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.pages import script
from inteso_dash.pages.karte.texts import BEGIN as TEXTS
from inteso_dash.pages.karte.view import TOPIC
from inteso_dash.session import address, own_areas, store
from inteso_dash.session.editions import cached
from inteso_dash.session.literal import literal
from inteso_dash.views.sequences import Address

_START = "karte_beginn"
_NEWEST = 4


@dataclass(frozen=True)
class News:
    """The newest Stichtag that a source has figures of, and how many."""

    date: dt.date
    title: str
    count: int


def news(city: City, most: int = _NEWEST) -> tuple[News, ...]:
    """Return the sources with the newest figures, newest first; of one day, those with most.

    Parameters
    ----------
    city : City
    most : int
    """
    counts = city.counts
    given = counts[(counts["valued"] > 0) & (counts["status"] != str(Status.COMPUTED))]
    found = list[News]()
    for source, own in given.groupby("source_id", observed=True):
        if str(source) in city.catalogue.sources:
            title, last = city.catalogue.sources[str(source)].title, own["date"].max()
            many = int(own.loc[own["date"] == last, "valued"].sum())
            found.append(News(last.date(), title, many))
    return tuple(sorted(found, key=lambda each: (each.date, each.count), reverse=True)[:most])


@cached()
def _newest() -> tuple[News, ...]:
    return news(store.city())


def at_the_start(*, bare: bool) -> bool:
    """Say whether the reader has opened the dashboard without naming a view, and changed nothing.

    Parameters
    ----------
    bare : bool
        Whether the address named nothing when the page began.
    """
    view = address.pairs()
    if bare:
        st.session_state[_START] = view
    if st.session_state.get(_START) == view:
        return True
    st.session_state.pop(_START, None)
    return False


def doors(topics: Mapping[Topic, Sequence[Indicator]]) -> None:
    """Draw the three doors, and what is new.

    Parameters
    ----------
    topics : mapping
        Topic → its indicators on the map.
    """
    with st.container(
        key="beginn", horizontal=True, vertical_alignment="center", gap="small", width="content"
    ):
        st.page_link(
            script("stadtteilprofil"), label=TEXTS["area"], icon=":material/location_city:"
        )
        with (
            st.popover(TEXTS["topic"], icon=":material/category:", type="tertiary"),
            st.container(key="themen", gap="xsmall"),
        ):
            for topic, indicators in topics.items():
                label = TEXTS["indicators"].format(topic=topic.title.de, count=len(indicators))
                view = own_areas.along(Address("karte", ((TOPIC, topic.id),)))
                query = view.parameters
                st.page_link(script(view.page), label=literal(label), query_params=query)
        st.page_link(
            script("unterbringung"), label=TEXTS["accommodation"], icon=":material/holiday_village:"
        )
        newest = _newest()
        if newest:
            when = TEXTS["new"].format(date=formats.date(newest[0].date))
            with st.popover(when, icon=":material/event:", type="tertiary"):
                _tell(newest)


def _tell(newest: Sequence[News]) -> None:
    st.markdown(TEXTS["new_lead"])
    for each in newest:
        number = formats.number(each.count, 0)
        count = TEXTS["one"] if each.count == 1 else TEXTS["new_count"].format(count=number)
        line = TEXTS["new_line"].format(
            date=formats.date(each.date), title=literal(each.title), count=count
        )
        st.markdown(line)
    st.page_link(script("daten"), label=TEXTS["all"], icon=":material/table_view:")
