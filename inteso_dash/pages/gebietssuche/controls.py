"""The controls of the page; what they say stands in the address, from which the views read."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.measures.conditions import Bound, BoundKind
from inteso_dash.pages.gebietssuche import columns, conditions, kept, similar
from inteso_dash.pages.gebietssuche.columns import AREA
from inteso_dash.pages.gebietssuche.conditions import CONDITION, WITHIN, Condition, SearchChoice
from inteso_dash.pages.gebietssuche.similar import FEATURE, AlikeChoice
from inteso_dash.pages.gebietssuche.texts import COMPARISONS, TEXTS
from inteso_dash.session import address, store
from inteso_dash.session.controls import bound_multiselect, bound_selectbox, note, typed_number
from inteso_dash.views import scope
from inteso_dash.views.addresses import method_link

_LINES, _NEXT = "gebietssuche_zeilen", "gebietssuche_naechste"


@dataclass(frozen=True)
class ConditionLine:
    """A condition as it stands on the page; ``id`` is its own for as long as it stands there."""

    id: int
    condition: Condition


def choose_search(city: City) -> tuple[SearchChoice, list[DeltaGenerator]]:
    """Draw the controls; return what is looked for, and the place beside each condition."""
    left, right, _ = st.columns([1, 1.4, 1.6], vertical_alignment="bottom")
    with left:
        level = bound_selectbox(*columns.level_offer(city).control)
    parts = {TEXTS["everywhere"]: "", **_scopes(city, level)}
    with right:
        asked = address.get(WITHIN)
        if asked and asked not in parts.values() and not address.asked(WITHIN):
            note(TEXTS["within_gone"].format(found=asked[:60]))
        chosen = bound_selectbox(TEXTS["within"], parts, WITHIN, disabled=len(parts) == 1)
    drawn, places = list[ConditionLine](), list[DeltaGenerator]()
    lines = _lines(city, level)
    for at, line in enumerate(lines):
        drawn.append(ConditionLine(line.id, _draw(city, level, line, at, alone=len(lines) == 1)))
        places.append(st.empty())
    st.session_state[_LINES] = drawn
    st.button(
        TEXTS["add"],
        key="g_dazu",
        icon=":material/add:",
        type="tertiary",
        on_click=_add,
        args=(city, level),
        disabled=len(drawn) >= conditions.MOST,
    )
    wanted = tuple(line.condition for line in drawn)
    address.draw(CONDITION, *(each.text for each in wanted))
    return SearchChoice(level, wanted, scope.read(city, level, chosen)), places


def _scopes(city: City, level: str) -> dict[str, str]:
    return {
        f"{scope.title(city, each)} ({each.area_id})": each.key
        for each in scope.scopes(city, level)
    }


def _lines(city: City, level: str) -> list[ConditionLine]:
    """Return the conditions that stand on the page; those of the address where it names others."""
    known: list[ConditionLine] = st.session_state.get(_LINES, [])
    if address.asked(CONDITION) or not known:
        notes: list[str] = []
        found = conditions.read_conditions(city, level, address.get_all(CONDITION), notes)
        for each in notes:
            note(each)
        return [ConditionLine(_next(), each) for each in found]
    offered = kept.offered(level).values()
    there = [line for line in known if line.condition.indicator_id in offered]
    for line in known:
        if line not in there:
            example = conditions.begun(city, level).text
            note(TEXTS["unknown"].format(found=line.condition.text, example=example))
    return there or [ConditionLine(_next(), conditions.begun(city, level))]


def _next() -> int:
    st.session_state[_NEXT] = st.session_state.get(_NEXT, 0) + 1
    return int(st.session_state[_NEXT])


def _add(city: City, level: str) -> None:
    lines: list[ConditionLine] = st.session_state[_LINES]
    used = {line.condition.indicator_id for line in lines}
    offered = kept.offered(level).values()
    wanted = [*city.catalogue.start.key_figures, *offered]
    fresh = next((each for each in wanted if each in offered and each not in used), wanted[0])
    st.session_state[_LINES] = [
        *lines,
        ConditionLine(_next(), conditions.begun(city, level, fresh)),
    ]


def _remove(line_id: int) -> None:
    lines: list[ConditionLine] = st.session_state[_LINES]
    st.session_state[_LINES] = [line for line in lines if line.id != line_id]


def _draw(city: City, level: str, line: ConditionLine, at: int, *, alone: bool) -> Condition:
    """Draw a condition; return it as it is now."""
    offered, words = kept.offered(level), {"place": at + 1}
    titles, own, key = list(offered), line.condition, f"g_{line.id}"
    left, middle, right, when, end = st.columns(
        [2.6, 1.2, 1.8, 1.2, 1], vertical_alignment="bottom"
    )
    with left:
        begin = list(offered.values()).index(own.indicator_id)
        title = st.selectbox(
            TEXTS["indicator"].format(**words),
            titles,
            begin,
            key=f"{key}_indikator",
        )
    indicator_id = offered[str(title)]
    bound, date = own.bound, own.date
    if indicator_id != own.indicator_id:
        bound, date = conditions.begun(city, level, indicator_id).bound, None
    with middle:
        names = list(COMPARISONS)
        begin = list(COMPARISONS.values()).index(own.bound.comparison)
        word = st.selectbox(
            TEXTS["comparison"],
            names,
            begin,
            key=f"{key}_vergleich",
        )
    comparison = COMPARISONS[str(word)]
    with right:
        made = _bounds(city, level, indicator_id, comparison, bound, key)
    newest, *earlier = columns.days(city, level, indicator_id)
    if earlier:
        with when:
            days = {formats.date(day): day for day in (newest, *earlier)}
            begin = [newest, *earlier].index(date) if date in earlier else 0
            own_key = f"{key}_{level}_{indicator_id}_am"
            chosen = days[str(st.selectbox(TEXTS["date"], list(days), begin, key=own_key))]
            date = None if chosen == newest else chosen
    end.button(
        TEXTS["remove"],
        key=f"{key}_weg",
        icon=":material/close:",
        help=TEXTS["remove_help"].format(**words),
        type="tertiary",
        on_click=_remove,
        args=(line.id,),
        disabled=alone,
    )
    return Condition(indicator_id, made, date if earlier else None)


def _bounds(
    city: City,
    level: str,
    indicator_id: str,
    comparison: BoundKind,
    bound: Bound,
    key: str,
) -> Bound:
    indicator = city.catalogue.indicator(indicator_id)
    values = columns.column(city, level, indicator_id).written_values.dropna()
    unit = f" in {indicator.unit}" if indicator.unit else ""
    key = f"{key}_{indicator_id}"

    def number(label: str, value: float, name: str) -> float:
        return typed_number(TEXTS[label].format(unit=unit), value, f"{key}_{name}")

    if comparison is not BoundKind.BETWEEN:
        return Bound(comparison, number("low", bound.low, "von"))
    high = float(values.max()) if bound.high is None else bound.high
    first, last = st.columns(2)
    with first:
        low = number("low", bound.low, "von")
    with last:
        top = number("high", round(max(high, bound.low), indicator.decimals), "bis")
    return Bound(comparison, min(low, top), max(low, top))


def choose_alike(city: City) -> AlikeChoice:
    """Draw the controls; return what is compared (without a feature where none is chosen)."""
    left, middle, right = st.columns([1, 1.6, 2.4], vertical_alignment="bottom")
    with left:
        level = bound_selectbox(*columns.level_offer(city).control)
    labels = store.area_labels(level)
    begin = list(labels.values()).index(similar.first_area(city, level))
    with middle:
        area = bound_selectbox(TEXTS["area"], labels, AREA, begin, help=TEXTS["area_help"])
    offered = kept.offered(level)
    titles = {each: title for title, each in offered.items()}
    with right:
        features = bound_multiselect(
            TEXTS["features"],
            offered,
            FEATURE,
            [titles[each] for each in similar.begun(city, level)],
            most=similar.MOST,
            unknown=TEXTS["features_unknown"],
            placeholder=TEXTS["placeholder"],
            help=method_link("aehnlichkeit"),
        )
    return AlikeChoice(level, area, tuple(features))


def compare_with(level: str, area_id: str | None) -> None:
    """Compare with the area that was selected on the map, which may be that of the level before."""
    if area_id is not None and store.city().has_area(level, area_id):
        st.session_state[AREA] = store.area_label(level, area_id)
