"""What the page shows of one indicator; another one is drawn without the rest of the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.city.intervals import level_words
from inteso_dash.drawing.area_map import area_map
from inteso_dash.drawing.area_map.data import Card, MapData
from inteso_dash.language import formats
from inteso_dash.pages import script
from inteso_dash.pages.karte import chance, kept
from inteso_dash.pages.karte import view as parameters
from inteso_dash.pages.karte.begin import at_the_start, doors
from inteso_dash.pages.karte.charts import MAKERS, AreaChart
from inteso_dash.pages.karte.texts import CHANCE
from inteso_dash.pages.karte.texts import PAGE as TEXTS
from inteso_dash.pages.karte.view import IndicatorView
from inteso_dash.session import address, downloads, mishaps, own_areas, store
from inteso_dash.session.charts import show_chart
from inteso_dash.session.controls import bound_selectbox, chosen_area, note, show_notes
from inteso_dash.session.literal import literal, literal_table, paragraphs
from inteso_dash.views import headlines, map_view, scope
from inteso_dash.views.addresses import method_links, profile_address
from inteso_dash.views.sequences import Address

MAP_KEY = "karte"
ChoiceOf = Callable[[Indicator], map_view.Choice]


@dataclass(frozen=True)
class Places:
    """Where on the page stands what changes with the indicator."""

    title: DeltaGenerator
    lead: DeltaGenerator
    indicator: DeltaGenerator
    chance: DeltaGenerator


def chosen_layer(shown: map_view.View) -> map_view.Snapshot:
    """Return the layer of the Stichtag in the address, the newest by default."""
    asked, unknown = address.get(parameters.DATE) or "", list[str]()
    day = parameters.days(shown).read(address.view("karte"), unknown)
    if unknown:
        address.put(parameters.DATE)
        note(TEXTS["unknown_date"].format(found=asked[:60], shown=formats.date(day)))
    return map_view.chosen_layer(shown, day)


def select(area_id: str | None) -> None:
    """Keep the selected area in the address."""
    address.put(parameters.AREA, *filter(None, [area_id]))


def keep_date(label: str) -> None:
    """Keep the Stichtag in the address."""
    day, month, year = label.split(".")
    address.put(parameters.DATE, f"{year}-{month}-{day}")


def open_profile(area_id: str) -> None:
    """Remember that the reader wants to see the profile of an area."""
    st.session_state["open_profile"] = area_id


def map_data(city: City, view: IndicatorView) -> MapData:
    """Put a view into the form that the map draws."""
    choice, selected = view.choice, view.selected
    drawn = kept.slide_map(city, choice, view.layer.date, selected, view.confidence)
    if drawn is None:
        raise ValueError(f"{choice}: found no layers, expected at least one")
    return replace(
        drawn,
        card=None if selected is None else card(city, view, selected),
        ahead=kept.ahead_urls(choice),
    )


def card(city: City, view: IndicatorView, area_id: str) -> Card:
    """Gather the key figures of the selected area."""
    level, figures = view.choice.level, []
    if view.confidence is not None:
        figures += chance.of_area(city, view.choice, view.layer.date, view.confidence, area_id)
    for indicator_id in city.catalogue.start.key_figures:
        indicator = city.catalogue.indicator(indicator_id)
        dates = city.current_dates(level, indicator_id)
        cell = city.cell(level, area_id, indicator_id, dates[-1]) if dates else None
        if cell is not None and not pd.isna(cell["value"]):
            value = formats.with_unit(cell["value"], indicator.decimals, indicator.unit)
            value = headlines.guessed(str(cell["status"])) + value
            figures.append((f"{indicator.short.de}, {formats.date(dates[-1])}", value))
    profile = own_areas.along(profile_address(level, area_id)).url
    shown = city.cell(level, area_id, view.choice.indicator_id, view.layer.date)
    guessed = shown is not None and headlines.guessed(str(shown["status"]))
    why = str(shown["note"]) if shown is not None and guessed else ""
    return Card(area_id, tuple(figures), profile, why)


def draw(
    places: Places,
    indicators: Sequence[Indicator],
    choice_of: ChoiceOf,
    confidence: float | None,
    *,
    bare: bool,
) -> IndicatorView | None:
    """Show one indicator of some; return nothing where it has no values on the level.

    Parameters
    ----------
    places : Places
    indicators : sequence of Indicator
        Those to choose from.
    choice_of : callable
        Everything else that is chosen.
    confidence : float, optional
    bare : bool
        Whether the address named nothing when the page began.
    """
    city = store.city()
    with places.indicator:
        indicator = bound_selectbox(*parameters.indicators(city, indicators).control)
    choice = choice_of(indicator)
    wanted = st.session_state.pop("open_profile", None)
    if wanted is not None:
        profile = own_areas.along(profile_address(choice.level, wanted))
        st.switch_page(script(profile.page), query_params=profile.parameters)
    shown = kept.view(choice)
    places.title.title(literal(shown.indicator.title.de), anchor=False, width="content")
    if not shown.layers:
        places.lead.markdown(literal(map_view.elsewhere(city, shown.indicator, choice.level)))
        return None
    layer = chosen_layer(shown)
    places.lead.markdown(literal(kept.sentence(choice, layer.date)))
    selected = chosen_area(city, choice.level, parameters.AREA)
    if at_the_start(bare=bare and not address.alone()):
        with places.title:
            doors(kept.offered())
    show_notes()
    limited = map_view.limited(city, choice, layer)
    view = IndicatorView(choice, shown, limited, selected, confidence=confidence)
    with mishaps.part():
        area_map(
            map_data(city, view),
            key=MAP_KEY,
            on_select=select,
            on_date=keep_date,
            on_open=open_profile,
            names=kept.LINKED,
            dated=parameters.DATE,
            on_move=address.put,
        )
    with mishaps.part():
        foot(city, view)
    if confidence is not None:
        with places.chance, mishaps.part():
            show_chance(city, view, confidence)
    return view


def here_of(view: IndicatorView) -> Address:
    """Return the address of what is shown."""
    return address.view("karte", (parameters.DATE, view.layer.date.isoformat()))


def show_chance(city: City, view: IndicatorView, confidence: float) -> None:
    """Say which areas differ from the city; draw the funnel and the ranking with intervals."""
    choice, day = view.choice, view.layer.date
    st.write(literal(chance.sentence(city, choice, day, confidence)))
    if not chance.available(city, choice, day):
        return
    st.caption(literal(CHANCE["meaning"]))
    st.caption(method_links("wilson", "byar", "vergleich-stadt", "trichter", "moegliche-raenge"))
    for chart in (AreaChart.FUNNEL, AreaChart.RANKING):
        drawn = MAKERS[chart](city, choice, day, selected=view.selected, confidence=confidence)
        st.subheader(literal(drawn.title), anchor=False)
        show_chart(drawn, key=f"karte_{chart}")
        for told in filter(None, (drawn.words if chart is AreaChart.FUNNEL else drawn.note,)):
            st.caption(literal(told))
    table = chance.table(city, choice, day, confidence)
    st.dataframe(literal_table(table), hide_index=True, width="stretch", height=430)
    plural = city.catalogue.level(choice.level).plural
    words = CHANCE["table_note"].format(level=level_words(confidence), plural=plural)
    st.caption(literal(words))


def foot(city: City, view: IndicatorView) -> None:
    """Say where the figures come from and what they mean."""
    choice, layer, indicator = view.choice, view.layer, view.shown.indicator
    day, level = formats.date(layer.date), city.catalogue.level(choice.level)
    told = []
    if choice.within is not None:
        counted = scope.counted(city, choice.level, choice.within)
        told.append(TEXTS["limited"].format(counted=counted, plural=level.plural))
    told.append(TEXTS["source"].format(source=kept.citation(choice, layer.date), date=day))
    told += [view.shown.classes.note, *layer.estimates]
    if layer.revised:
        told.append(TEXTS["revised"].format(count=formats.number(layer.revised, 0)))
    st.caption(paragraphs(told))
    st.expander(TEXTS["meaning"]).markdown(paragraphs([indicator.meaning, indicator.caveat]))


shown = address.part(draw, around=downloads.opened)
