"""Sections of the page on change: the course over time, and what is shared by all sections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from inteso_dash import change, exports, formats, store
from inteso_dash import change_figures as draw
from inteso_dash.catalogue import STATUS_MEANINGS, Indicator, Status
from inteso_dash.city import City
from inteso_dash.figures import CONFIG
from inteso_dash.web.controls import bound_selectbox, note

TEXTS = {
    "title": "Veränderung",
    "indicator": "Indikator",
    "level": "Ebene",
    "from": "von",
    "to": "bis",
    "part": "Bereich",
    "areas": "Gebiete",
    "areas_help": "Bis zu {most} Gebiete einer Ebene.",
    "areas_placeholder": "Gebiete wählen",
    "unknown_area": "In der Adresse stand als Gebiet „{found}“. Das gibt es auf dieser Ebene "
    "nicht.",
    "show_as": "Darstellung",
    "base": "Basis (= 100)",
    "heading": "{indicator}, {start} bis {end}",
    "heading_one": "{indicator}, {start}",
    "index": "Index ({base} = 100)",
    "since": "Veränderung seit dem ersten vergleichbaren Stichtag",
    "city_apart": "Zum Vergleich {city}, mit eigener Skala:",
    "no_points": "Für die gewählten Gebiete und den gewählten Zeitraum nennen die Quellen keinen "
    "Wert dieses Indikators.",
    "no_base": "Ohne vergleichbaren Wert am {base}, deshalb nicht im Index: {names}.",
    "city_break": "Ob der Bruch in der Reihe der ganzen Stadt auch die {plural} betrifft, sagen "
    "die Quellen nicht.",
    "different": "Nicht verbunden, weil anders definiert",
    "different_dates": "**{titles}** (Stichtage dieser Ebene: {dates}). {reason}",
    "different_none": "**{titles}** (auf dieser Ebene ohne Werte). {reason}",
    "published": "**{title}, wie veröffentlicht:** {values}. {meaning} Quelle: {source}.",
    "source": "Quelle: {source}.",
    "signs": "{key}Zahlen sind gerundet; gerechnet wird ungerundet.",
    "format": "Format",
    "download": "CSV dieser Ansicht",
}
START_AREAS = 4
KEPT_AREAS = "v_gebiete_zuletzt"
LONGEST_TABLE = 20


@dataclass(frozen=True)
class Choice:
    """What the reader chose for all sections; ``start`` is None where there is one Stichtag."""

    indicator: Indicator
    level: str
    start: dt.date | None
    end: dt.date | None


@dataclass(frozen=True)
class Download:
    """A table as it goes into a file, and the words its name is made of."""

    table: pd.DataFrame
    words: tuple[str, ...]


def theme() -> str:
    """Say whether the page is light or dark."""
    return "dark" if st.context.theme.type == "dark" else "light"


def source(city: City, ids: Sequence[str]) -> None:
    """Name the sources under a figure."""
    unique = dict.fromkeys(key for each in ids for key in str(each).split(", ") if key)
    if unique:
        st.caption(TEXTS["source"].format(source=city.source_titles(", ".join(unique))))


def show_table(
    table: pd.DataFrame,
    digits: dict[str, int],
    signed: Sequence[str] = (),
    statuses: pd.DataFrame | None = None,
) -> None:
    """Show a table with German numbers; missing ones as the signs of official statistics.

    Parameters
    ----------
    table : DataFrame
    digits : dict
        Decimals by column.
    signed : sequence of str
        Columns that hold changes.
    statuses : DataFrame, optional
        Status of the values of some columns, row by row; without it a missing value is one that
        no source names.
    """
    silent = STATUS_MEANINGS[Status.NOT_DELIVERED]
    shown = table.reset_index(drop=True)
    written: dict[Any, str | Callable[[Any], str] | None] = {
        name: partial(change.signed, digits=count)
        if name in signed
        else partial(formats.number, decimals=count)
        for name, count in digits.items()
    }
    for name in shown.columns:
        if str(name).startswith("Stichtag"):
            written[name] = formats.date
    styled = shown.style.format(written, na_rep=silent.sign)
    signs = {silent.sign: silent.title} if shown.isna().to_numpy().any() else {}
    known = pd.DataFrame() if statuses is None else statuses
    for name in known.columns:
        for status, meaning in STATUS_MEANINGS.items():
            rows = [
                at
                for at, (own, value) in enumerate(zip(known[name], shown[name], strict=True))
                if own == status and pd.isna(value)
            ]
            if rows and meaning.sign:
                styled.format(na_rep=meaning.sign, subset=(rows, [name]))
                signs[meaning.sign] = meaning.title
    st.dataframe(
        styled,
        hide_index=True,
        width="stretch",
        height="content" if len(shown) <= LONGEST_TABLE else "auto",
        placeholder=silent.sign,
    )
    key = [f"{sign} {title}" for sign, title in signs.items()]
    st.caption(TEXTS["signs"].format(key=" · ".join(key) + ". " if key else ""))


def offer(found: Download) -> None:
    """Offer what is shown as a file."""
    file_format, button, _ = st.columns([1, 1, 2], vertical_alignment="bottom")
    dialects = [str(each) for each in exports.Dialect]
    dialect = exports.Dialect(file_format.selectbox(TEXTS["format"], dialects, key="format"))
    button.download_button(
        TEXTS["download"],
        data=lambda: exports.to_csv(found.table, dialect),
        file_name=exports.file_name(["inteso", TEXTS["title"], *found.words], "csv"),
        mime="text/csv",
        on_click="ignore",
        width="stretch",
        icon=":material/download:",
    )


def start_areas(city: City, indicator: Indicator, level: str) -> list[str]:
    """Return the areas to begin with: study areas, else those with the longest series."""
    days = city.dates(level, indicator.id)
    counted = pd.Series(0, index=city.areas(level).index)
    for day in days:
        counted = counted.add(
            city.known(level, indicator.id, day).notna().astype(int), fill_value=0
        )
    known = counted[counted > 0]
    studied = [area.area for area in city.catalogue.study_areas if area.level == level]
    chosen = [key for key in studied if known.get(key, 0) > 0]
    if not chosen:
        longest = known.sort_values(ascending=False, kind="stable")
        chosen = [str(key) for key in longest.index[:START_AREAS]]
    return [store.area_label(level, key) for key in chosen if city.has_area(level, key)]


def choose_areas(city: City, choice: Choice, key: str) -> list[str]:
    """Let the reader choose areas; return their keys."""
    labels = store.area_labels(choice.level)
    fresh = key not in st.session_state
    asked = st.query_params.get_all(key) if fresh else []
    for found in asked:
        if found not in labels:
            note(TEXTS["unknown_area"].format(found=found[:60]))
    if fresh and not asked:
        begin = start_areas(city, choice.indicator, choice.level)
        st.session_state[key] = st.session_state.get(KEPT_AREAS, begin)
    chosen = st.multiselect(
        TEXTS["areas"],
        list(labels),
        key=key,
        bind="query-params",
        max_selections=draw.MAX_LINES,
        placeholder=TEXTS["areas_placeholder"],
        select_all=False,
        help=TEXTS["areas_help"].format(most=draw.MAX_LINES),
    )
    st.session_state[KEPT_AREAS] = list(chosen)
    return [labels[each] for each in chosen if each in labels]


def course(city: City, choice: Choice, areas: list[str]) -> Download | None:
    """Show the areas over time beside the whole city."""
    indicator, root = choice.indicator, city.catalogue.root
    whole = (root.id, city.catalogue.city.id)
    places = [(choice.level, area) for area in areas]
    places += [whole] if whole not in places else []
    points = change.series(city, indicator.id, places, choice.start, choice.end)
    if points.empty:
        st.info(TEXTS["no_points"])
        return None
    mode, base = choose_mode(indicator, points)
    told = change.shown(points, mode, base, percent=change.tells_percent(indicator))
    told = told.assign(source=[city.source_titles(ids) for ids in told["source_id"]])
    days = sorted(set(points["date"]))
    template = TEXTS["heading" if len(days) > 1 else "heading_one"]
    st.subheader(
        template.format(
            indicator=indicator.title.de, start=formats.date(days[0]), end=formats.date(days[-1])
        ),
        anchor=False,
    )
    unit, digits, neutral, label = axis(indicator, mode, base)
    st.caption(label)
    cuts = {
        level: change.breaks(
            city, indicator.id, level, sorted(set(points.loc[points["level"] == level, "date"]))
        )
        for level in dict.fromkeys(points["level"])
    }
    apart = mode is change.Mode.ABSOLUTE and indicator.kind == "extensive" and bool(areas)
    apart = apart and choice.level != root.id
    parts = [told[told["level"] == choice.level], told[told["level"] == root.id]]
    groups = parts if apart else [told]
    for place, part in enumerate(groups):
        if part.empty:
            continue
        if place:
            st.caption(TEXTS["city_apart"].format(city=city.catalogue.city.name))
        levels = set(part["level"])
        figure = draw.line_chart(
            part,
            [each for level in levels for each in cuts[level]],
            (days[0], days[-1]),
            unit,
            digits,
            reference="" if choice.level == root.id else whole[1],
            neutral=neutral,
            theme=theme(),
            height=240 if place else 400,
        )
        alt = f"{indicator.title.de}. {change.sentence(city, indicator, choice.level, part)}"
        st.plotly_chart(figure, config=CONFIG, key=f"v_verlauf_{place}", alt=alt)
    titles = {level.id: level.title.de for level in city.catalogue.levels}
    for words in change.break_words([each for level in cuts for each in cuts[level]], titles):
        st.markdown(words)
    if cuts.get(root.id) and not cuts.get(choice.level, ()) and apart:
        st.caption(TEXTS["city_break"].format(plural=city.catalogue.level(choice.level).plural))
    missing = dict.fromkeys(points["name"])
    for name in told["name"]:
        missing.pop(name, None)
    if missing:
        st.caption(TEXTS["no_base"].format(base=formats.date(base), names=", ".join(missing)))
    return course_table(city, choice, told, mode, label, digits)


def choose_mode(indicator: Indicator, points: pd.DataFrame) -> tuple[change.Mode, dt.date]:
    """Let the reader choose between values, index and change since the start."""
    modes = [change.Mode.ABSOLUTE, change.Mode.SINCE_START]
    if indicator.midpoint is None:
        modes.insert(1, change.Mode.INDEX)
    left, right, _ = st.columns([2, 1, 1], vertical_alignment="bottom")
    with left:
        mode = st.segmented_control(
            TEXTS["show_as"],
            [str(mode) for mode in modes],
            default=str(modes[0]),
            required=True,
            key="v_darstellung",
            bind="query-params",
        )
    days = sorted(set(points["date"]))
    if mode != change.Mode.INDEX:
        return change.Mode(str(mode)), days[0]
    labels = {formats.date(day): day for day in days}
    counted = [int((points["date"] == day).sum()) for day in days]
    first = counted.index(max(counted))
    with right:
        label = bound_selectbox(TEXTS["base"], list(labels), "v_basis", first)
    return change.Mode.INDEX, labels[label]


def axis(
    indicator: Indicator, mode: change.Mode, base: dt.date
) -> tuple[str, int, float | None, str]:
    """Return unit, decimals, the neutral value and what stands above the axis."""
    if mode is change.Mode.INDEX:
        return "", 1, 100.0, TEXTS["index"].format(base=formats.date(base))
    if mode is change.Mode.ABSOLUTE:
        return indicator.unit, indicator.decimals, None, indicator.unit
    measure = change.Measure.PERCENT if change.tells_percent(indicator) else change.Measure.ABSOLUTE
    unit = change.unit(indicator, measure)
    return unit, change.decimals(indicator, measure), 0.0, f"{TEXTS['since']}, {unit}"


def course_table(
    city: City, choice: Choice, told: pd.DataFrame, mode: change.Mode, label: str, digits: int
) -> Download:
    """Show the points of the chart as a table; return it as it goes into a file."""
    indicator = choice.indicator
    value = f"Wert ({indicator.unit})"
    table = pd.DataFrame(
        {
            "Gebiet": told["name"],
            "Stichtag": told["date"],
            value: told["value"],
            "Status": [STATUS_MEANINGS[Status(each)].title for each in told["status"]],
            "Quelle": told["source"],
        }
    )
    decimals = {value: indicator.decimals}
    if mode is not change.Mode.ABSOLUTE:
        table.insert(3, label, told["shown"])
        decimals[label] = digits
    show_table(table, decimals, [label] if mode is change.Mode.SINCE_START else [])
    source(city, told["source_id"].tolist())
    rows = exports.labelled(told.drop(columns=["segment", "shown", "source"]), city)
    if mode is not change.Mode.ABSOLUTE:
        exact = [formats.rounded(each, digits) for each in told["shown"]]
        rows[label] = pd.Series(exact, index=rows.index, dtype=object)
    return Download(rows, ("Verlauf", indicator.title.de, str(mode)))


def not_joined(city: City, choice: Choice) -> None:
    """Say which indicators look alike and are not joined, and show published changes."""
    indicator = choice.indicator
    published = (
        [indicator]
        if indicator.change_of
        else change.published_changes(city.catalogue, indicator.id)
    )
    for each in published:
        show_published(city, each)
    groups: dict[str, list[change.Different]] = {}
    for found in change.different(city, indicator, choice.level):
        groups.setdefault(found.reason, []).append(found)
    if not groups:
        return
    st.subheader(TEXTS["different"], anchor=False)
    for reason, members in groups.items():
        days = sorted({day for member in members for day in member.dates})
        template = TEXTS["different_dates" if days else "different_none"]
        st.markdown(
            template.format(
                titles=", ".join(member.indicator.title.de for member in members),
                dates=", ".join(formats.date(day) for day in days),
                reason=reason,
            )
        )


def show_published(city: City, indicator: Indicator) -> None:
    """Show a published change as it was published."""
    said: list[str] = []
    ids: list[str] = []
    for level in reversed(city.catalogue.levels):
        for day in city.dates(level.id, indicator.id):
            for area, value in city.known(level.id, indicator.id, day).items():
                cell = city.cell(level.id, str(area), indicator.id, day)
                name = city.areas(level.id, city.division(level.id, day))["name"].get(area, area)
                written = change.signed(float(value), indicator.decimals, indicator.unit)
                said.append(f"{name} {written}")
                ids += [] if cell is None else [str(cell["source_id"])]
    if said:
        st.markdown(
            TEXTS["published"].format(
                title=indicator.title.de,
                values=", ".join(said),
                meaning=indicator.not_aggregable,
                source=city.source_titles(", ".join(dict.fromkeys(ids))),
            )
        )
