"""Section: places to come and to go, what results, and a proposal where persons could live."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from inteso_dash.catalogue import scenarios
from inteso_dash.catalogue.scenarios import (
    MOST_ASSUMPTIONS,
    MOST_CHANGES,
    PlannedAssumption,
    PlannedChange,
    ScenarioFileError,
    ScenarioPlan,
)
from inteso_dash.catalogue.yaml_files import expected
from inteso_dash.files.text import file_name
from inteso_dash.measures.scenario import ChangeKind, months
from inteso_dash.pages.unterbringung import scenario as plans
from inteso_dash.pages.unterbringung.content import scenario_map
from inteso_dash.pages.unterbringung.proposal import (
    ASKED,
    CANDIDATE,
    DISTANCE,
    LEAST,
    MOST,
    MOST_CANDIDATES,
    PERSONS,
    SITES,
    CandidateSite,
    ProposalFound,
    ProposalWish,
    accepted,
    asked_candidates,
    candidate_text,
    which,
    wish_of,
)
from inteso_dash.pages.unterbringung.proposal_content import (
    alone_words,
    costs_sheet,
    proposal_bars,
    proposal_map,
    proposal_sheet,
    used_up,
    why_none,
)
from inteso_dash.pages.unterbringung.scenario import (
    ASSUMPTION,
    CHANGE,
    LIMIT,
    MONTHS,
    REMARK,
    RESERVE,
    TITLE,
    ScenarioResult,
    WholeNumber,
)
from inteso_dash.pages.unterbringung.scenario_border import (
    border,
    border_words,
    radii,
    scenario_border_pairs,
    scenario_border_sheet,
)
from inteso_dash.pages.unterbringung.scenario_compare import NamedScenario, mapped, named
from inteso_dash.pages.unterbringung.scenario_content import (
    areas_sheet,
    areas_table,
    fair_words,
    key_of,
    later_words,
    limit_words,
    missed_sheet,
    missed_words,
    months_sheet,
    no_areas_words,
    scenario_lines,
    sentence,
    sources,
)
from inteso_dash.pages.unterbringung.screen import kept
from inteso_dash.pages.unterbringung.screen.fairness import WIDTH, choose_key
from inteso_dash.pages.unterbringung.screen.parts import (
    Section,
    choice,
    draw_map,
    show_table,
    source,
)
from inteso_dash.pages.unterbringung.screen.scenario_compare import (
    LOADED,
    comparison,
    kept_beside,
)
from inteso_dash.pages.unterbringung.screen.scenario_sites import site_map
from inteso_dash.pages.unterbringung.sheet import FileTable
from inteso_dash.pages.unterbringung.texts import CHANGE_KINDS, DISTANCES, HELP, SCENARIO
from inteso_dash.session import address
from inteso_dash.session.charts import show_chart
from inteso_dash.session.controls import (
    bound_number,
    bound_segments,
    bound_selectbox,
    bound_text,
    note,
)
from inteso_dash.session.literal import literal
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import ViewError

_ROWS, _VERSION, _WISH = "s_zeilen", "s_fassung", "s_wunsch"
_READ, _SITES = "s_gelesen", "s_orte_zeilen"
_NUMBER_WIDTH, _KEY_WIDTH = 160, 240
_POSITION = ("Länge", "Breite")
_CHANGE_HEADS = ("Was", "Ab", "Unterkunft", "Gebiet", "Plätze", *_POSITION)
_CANDIDATE_HEADS = ("Unterkunft", "Gebiet", "Mindestens", "Höchstens")
_ASSUMPTION_HEADS = ("Annahme", "Zugänge von", "Zugänge bis", "Abgänge von", "Abgänge bis")


def planned(section: Section) -> list[FileTable]:
    """Let the reader plan, and show what results."""
    city, level = section.city, section.shown.level
    loaded: ScenarioPlan | None = st.session_state.pop(LOADED, None)
    if loaded is not None:
        for key, values in plans.parameters(loaded).items():
            address.ask(key, *values)
    offer = plans.start_offer(city, level)
    with section.controls:
        start = choice(*offer.control)
        count, reserve, limit = (_number(each) for each in (MONTHS, RESERVE, LIMIT))
    above, below = st.container(), st.container()
    with below:
        title, remark = _called()
    with above:
        changes, assumptions = _edited(section)
    plan = ScenarioPlan(
        title=title[:120],
        remark=remark[:1000],
        city=city.catalogue.city.id,
        start=start,
        months=count,
        reserve=reserve,
        limit=limit or None,
        changes=changes,
        assumptions=assumptions,
    )
    with above:
        site_map(section, plan, lambda moved: _put(section, moved, plan.assumptions))
        sheets = _worked_out(section, plan)
    with below:
        _file(plan)
    return sheets


def _worked_out(section: Section, plan: ScenarioPlan) -> list[FileTable]:
    """Show what results, a proposal, and what is kept beside."""
    sheets: list[FileTable] = []
    beside = kept_beside(section)
    shown: list[NamedScenario] = []
    try:
        shown = named([*beside.values(), kept.scenario(section.shown.level, plan)])
    except ViewError as error:
        section.answer("")
        st.error(literal(str(error)))
    else:
        sheets += _results(section, shown)
    sheets += _proposal(section, plan)
    if shown:
        sheets += comparison(section, plan, shown, list(beside))
    return sheets


def _number(asked: WholeNumber) -> int:
    with st.container(width=_NUMBER_WIDTH):
        return int(bound_number(st.number_input, *asked.control, step=1, help=asked.help))


def _results(section: Section, shown: list[NamedScenario]) -> list[FileTable]:
    """Show the answer, the chart, the months, the areas at the end, and how far it may be off."""
    city, result = section.city, shown[-1].result
    section.answer(sentence(result))
    st.header(SCENARIO["title"], anchor=False, help=HELP["scenario"])
    lines = scenario_lines(result)
    show_chart(lines, key="s_verlauf")
    said = [lines.note, later_words(result), limit_words(result), no_areas_words(result)]
    st.caption(literal(" ".join(filter(None, said))))
    sheets = [months_sheet(city, result)]
    st.header(SCENARIO["table"], anchor=False)
    show_table(sheets[0])
    source(city, sources(city, result))
    sheets += _areas(section, shown)
    sheets += _border(section, result)
    with st.expander(SCENARIO["more"]):
        for each in missed_words(result):
            st.markdown(f"- {literal(each)}")
        sheets.append(missed_sheet(city, result))
        show_table(sheets[-1])
        st.caption(f"{literal(SCENARIO['back_test_note'])} {HELP['back_test']}")
    return sheets


def _areas(section: Section, shown: list[NamedScenario]) -> list[FileTable]:
    """Show persons against targets at the end, where places are known by area."""
    offer = mapped(shown)
    if offer is None:
        return []
    name = offer.first
    if len(offer.options) > 1:
        with st.container(width=_KEY_WIDTH):
            name = choice(*offer.control)
    result = next(one.result for one in shown if one.name == name)
    parts = kept.key_of_all(section.shown.level, result.plan.start)
    preset = section.declared.presets[0]
    table = areas_table(result, parts, key_of(preset, parts))
    if table is None:
        return []
    sheet = areas_sheet(section.city, result, table)
    st.header(sheet.title, anchor=False)
    name = result.courses[0][0].name
    st.caption(literal(SCENARIO["areas_note"].format(name=name, key=preset.title)))
    draw_map(scenario_map(section.shown.level, result.days[-1], table).on_screen(section.city))
    show_table(sheet)
    st.caption(literal(fair_words(table, parts)))
    return [sheet]


def _border(section: Section, result: ScenarioResult) -> list[FileTable]:
    """Show who lives near an area beside who lives in it, of sites with a position."""
    city, level = section.city, section.shown.level
    st.header(SCENARIO["border"], anchor=False)
    found = border(city, level, result, radii().first)
    if found is None:
        st.caption(SCENARIO["no_border"])
        return []
    with st.container(width=_NUMBER_WIDTH):
        radius = choice(*radii().control)
    found = border(city, level, result, radius) or found
    sheet = scenario_border_sheet(city, level, result, found)
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        names = sheet.table["Gebiet"].tolist()
        show_chart(scenario_border_pairs(result, found, names), key="s_grenzen")
    with right:
        show_table(sheet)
    st.caption(literal(border_words(result, found)))
    return [sheet]


def _edited(
    section: Section,
) -> tuple[tuple[PlannedChange, ...], tuple[PlannedAssumption, ...]]:
    """Draw the tables of changes and assumptions; return their whole rows."""
    if address.asked(CHANGE) or address.asked(ASSUMPTION) or _ROWS not in st.session_state:
        notes: list[str] = []
        pairs = [(key, text) for key in (CHANGE, ASSUMPTION) for text in address.get_all(key)]
        asked = Address("unterbringung", tuple(pairs))
        plan = plans.read_plan(section.city, section.shown.level, asked, notes)
        for each in notes:
            note(each)
        _put(section, plan.changes, plan.assumptions)
    rows, version = st.session_state[_ROWS], st.session_state[_VERSION]
    areas = list(_areas_by_title(section))
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.header(SCENARIO["changes"], anchor=False)
        changed = st.data_editor(
            rows[0],
            key=f"s_plaetze_{version}",
            num_rows="dynamic",
            hide_index=True,
            width="stretch",
            placeholder=" ",
            column_config={
                "Was": st.column_config.SelectboxColumn(options=list(CHANGE_KINDS.values())),
                "Ab": st.column_config.DateColumn(format="DD.MM.YYYY"),
                "Gebiet": st.column_config.SelectboxColumn(options=areas),
                "Plätze": st.column_config.NumberColumn(min_value=1, max_value=100_000, step=1),
                **{
                    head: st.column_config.NumberColumn(format="%.5f", help=SCENARIO["position"])
                    for head in _POSITION
                },
            },
        )
        st.caption(SCENARIO["changes_note"])
    with right:
        st.header(SCENARIO["assumptions"], anchor=False)
        numbers = {
            head: st.column_config.NumberColumn(min_value=0, max_value=100_000, step=1)
            for head in _ASSUMPTION_HEADS[1:]
        }
        assumed = st.data_editor(
            rows[1],
            key=f"s_annahmen_{version}",
            num_rows="dynamic",
            hide_index=True,
            width="stretch",
            placeholder=" ",
            column_config=numbers,
        )
        st.caption(SCENARIO["assumptions_note"])
    changes = _whole(changed, SCENARIO["changes"], MOST_CHANGES, _change(section))
    assumptions = _whole(assumed, SCENARIO["assumptions"], MOST_ASSUMPTIONS, _assumption)
    address.draw(CHANGE, *map(plans.change_text, changes))
    address.draw(ASSUMPTION, *map(plans.assumption_text, assumptions))
    return tuple(changes), tuple(assumptions)


def _areas_by_title(section: Section) -> dict[str, str]:
    return {f"{name} ({area})": str(area) for area, name in section.shown.areas["name"].items()}


def _put(
    section: Section,
    changes: tuple[PlannedChange, ...],
    assumptions: tuple[PlannedAssumption, ...],
) -> None:
    """Lay other rows into the tables."""
    named = {area: title for title, area in _areas_by_title(section).items()}
    planned_rows = [
        (
            CHANGE_KINDS[ChangeKind(each.kind)],
            each.date,
            each.name,
            named.get(each.area),
            each.places,
            each.lon,
            each.lat,
        )
        for each in changes
    ]
    assumed = [(each.name, *each.arrivals, *each.departures) for each in assumptions]
    first = pd.DataFrame(planned_rows, columns=list(_CHANGE_HEADS))
    first = first.astype(dict.fromkeys(("Plätze", *_POSITION), float))
    first["Ab"] = pd.to_datetime(first["Ab"])
    second = pd.DataFrame(assumed, columns=list(_ASSUMPTION_HEADS))
    second = second.astype(dict.fromkeys(_ASSUMPTION_HEADS[1:], float))
    for table, heads in ((first, ("Was", "Unterkunft", "Gebiet")), (second, ("Annahme",))):
        for head in heads:
            table[head] = table[head].astype(object)
    st.session_state[_ROWS] = (first, second)
    st.session_state[_VERSION] = st.session_state.get(_VERSION, 0) + 1


def _whole(table: pd.DataFrame, name: str, most: int, read: Any) -> list[Any]:
    """Return the rows that say all they have to; say of the others what is missing."""
    found = []
    for place, row in enumerate(table.to_dict("records"), 1):
        given = {key: value for key, value in row.items() if not pd.isna(value) and value != ""}
        if not given:
            continue
        try:
            found.append(read(given))
        except ValidationError as error:
            issue = dict(error.errors()[0])
            said = SCENARIO["expected"].format(what=expected(issue))
            st.warning(literal(SCENARIO["incomplete"].format(place=place, table=name, said=said)))
    if len(found) > most:
        st.warning(literal(SCENARIO["too_many"].format(found=len(found), most=most)))
    return found[:most]


def _change(section: Section) -> Any:
    kinds = {title: str(kind) for kind, title in CHANGE_KINDS.items()}
    areas = _areas_by_title(section)

    def read(row: dict[str, Any]) -> PlannedChange:
        day = row.get("Ab")
        return PlannedChange.model_validate(
            {
                "kind": kinds.get(str(row.get("Was")), ""),
                "date": None if day is None else pd.Timestamp(day).date(),
                "name": str(row.get("Unterkunft", "")).strip(),
                "area": areas.get(str(row.get("Gebiet", "")), ""),
                "places": row.get("Plätze"),
                "lon": row.get(_POSITION[0]),
                "lat": row.get(_POSITION[1]),
            }
        )

    return read


def _assumption(row: dict[str, Any]) -> PlannedAssumption:
    _, *heads = _ASSUMPTION_HEADS
    low, high, fewer, more = (row.get(head) for head in heads)
    return PlannedAssumption.model_validate(
        {
            "name": str(row.get("Annahme", "")).strip(),
            "arrivals": (low or 0, high if high is not None else low or 0),
            "departures": (fewer or 0, more if more is not None else fewer or 0),
        }
    )


def _proposal(section: Section, plan: ScenarioPlan) -> list[FileTable]:
    """Let the reader ask where persons could be placed; take over only what he accepts."""
    st.header(SCENARIO["propose"], anchor=False, help=HELP["proposal"])
    st.caption(SCENARIO["propose_note"])
    level = section.shown.level
    parts = kept.key_of_all(level, plan.start)
    key = choose_key(st.container(width=WIDTH), section.declared, parts, "s")
    candidates = _candidates(section)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        numbers = [
            each.first if candidates and each in (LEAST, MOST) else _number(each)
            for each in (PERSONS, LEAST, MOST, SITES)
        ]
        with st.container(width=_KEY_WIDTH):
            distance = bound_selectbox(SCENARIO["distance"], DISTANCES, DISTANCE)
        asked = st.button(
            SCENARIO["work_out"], key="s_rechnen", type="primary", disabled=key is None
        )
    if key is None:
        return []
    wish = wish_of(numbers, distance, key, plan, candidates)
    if not _asked_for((level, plan.start, wish), pressed=asked):
        return []
    try:
        with st.spinner(SCENARIO["spinner"]):
            found = kept.proposal(level, plan.start, wish)
    except ViewError as error:
        st.error(literal(str(error)))
        return []
    if not found.proposal.placements:
        address.draw(ASKED)
        st.warning(literal(why_none(found)))
        return []
    return _proposed(section, plan, found)


def _candidates(section: Section) -> tuple[CandidateSite, ...]:
    """Let the reader name sites that could take persons."""
    areas = _areas_by_title(section)
    if address.asked(CANDIDATE) or _SITES not in st.session_state:
        notes: list[str] = []
        named = {area: title for title, area in areas.items()}
        rows = [
            (each.name, named.get(each.area), each.least, each.most)
            for each in asked_candidates(address.get_all(CANDIDATE), notes)
        ]
        for told in notes:
            st.info(literal(told))
        kinds = dict(zip(_CANDIDATE_HEADS, (object, object, float, float), strict=True))
        begun = pd.DataFrame(rows, columns=list(_CANDIDATE_HEADS)).astype(kinds)
        st.session_state[_SITES] = begun, st.session_state.get(_SITES, (None, 0))[1] + 1
    table, version = st.session_state[_SITES]
    numbers = {
        head: st.column_config.NumberColumn(min_value=1, max_value=10_000, step=1)
        for head in _CANDIDATE_HEADS[2:]
    }
    st.subheader(SCENARIO["candidates"], anchor=False)
    edited = st.data_editor(
        table,
        key=f"s_orte_{version}",
        num_rows="dynamic",
        hide_index=True,
        placeholder=" ",
        column_config={
            "Gebiet": st.column_config.SelectboxColumn(options=list(areas)),
            **numbers,
        },
    )
    st.caption(SCENARIO["candidates_note"])

    def read(row: dict[str, Any]) -> CandidateSite:
        name, area, least, most = (row.get(head) for head in _CANDIDATE_HEADS)
        given = {"name": str(name or "").strip(), "area": areas.get(str(area), ""), "most": most}
        return CandidateSite.model_validate(given | ({} if least is None else {"least": least}))

    found = tuple(_whole(edited, SCENARIO["candidates"], MOST_CANDIDATES, read))
    address.draw(CANDIDATE, *map(candidate_text, found))
    return found


def _asked_for(wish: tuple[str, dt.date, ProposalWish], *, pressed: bool) -> bool:
    """Say whether a proposal is asked for: by the button, or by an address that was opened."""
    if address.asked(ASKED):
        st.session_state.pop(_WISH, None)
    if pressed or (address.get(ASKED) is not None and _WISH not in st.session_state):
        st.session_state[_WISH] = wish
    there = bool(st.session_state.get(_WISH) == wish)
    if not there:
        address.draw(ASKED)
    return there


def _proposed(section: Section, plan: ScenarioPlan, found: ProposalFound) -> list[FileTable]:
    """Show what was found as map, bars and tables, and let the reader take one of them over."""
    shown = kept.situation(section.shown.level, plan.start)
    if found.alone:
        st.info(literal(alone_words(shown, found)))
    offer = which(found)
    label, options, key, first = offer.control
    with st.container(horizontal=True, vertical_alignment="bottom"):
        at = bound_segments(label, options, key, first, bare=False)
        placement = found.proposal.placements[at]
        first_month = months(plan.start, 1)[-1]
        more = accepted(section.city, section.shown.level, found, placement, first_month)
        st.button(
            SCENARIO["accept"],
            key="s_uebernehmen",
            on_click=_accept,
            args=(section, plan, more),
            disabled=len(plan.changes) + len(more) > MOST_CHANGES,
        )
        st.button(SCENARIO["discard"], key="s_verwerfen", on_click=_discard)
    for each in used_up(shown, found, placement):
        st.markdown(f"- {literal(each)}")
    bars, sheets = proposal_bars(shown, found, placement), [proposal_sheet(shown, found)]
    sheets.append(costs_sheet(shown, found))
    draw_map(proposal_map(shown, found, placement).on_screen(section.city), "s_vorschlag_karte")
    st.subheader(bars.title, anchor=False)
    show_chart(bars, key="s_vorschlag_balken")
    for sheet in sheets:
        st.subheader(sheet.title, anchor=False)
        show_table(sheet)
    st.caption(literal(SCENARIO["costs_note"]))
    return sheets


def _accept(section: Section, plan: ScenarioPlan, more: tuple[PlannedChange, ...]) -> None:
    before = {each.name for each in more}
    others = tuple(each for each in plan.changes if each.name not in before)
    _put(section, (*others, *more), plan.assumptions)
    _discard()


def _discard() -> None:
    st.session_state.pop(_WISH, None)
    address.put(ASKED)


def _called() -> tuple[str, str]:
    """Let the reader name the scenario and remark on it."""
    st.header(SCENARIO["file"], anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=_KEY_WIDTH):
            title = bound_text(SCENARIO["name"], TITLE, SCENARIO["name_help"])
        with st.container(width=2 * _KEY_WIDTH):
            remark = bound_text(SCENARIO["remark"], REMARK, SCENARIO["remark_help"])
    return title, remark


def _file(plan: ScenarioPlan) -> None:
    """Offer the scenario as a file, and to load one."""
    st.download_button(
        SCENARIO["save"],
        scenarios.write(plan),
        file_name(["szenario", plan.title or plan.start.isoformat()], "yml"),
        on_click="ignore",
    )
    given = st.file_uploader(SCENARIO["load"], type=["yml", "yaml"], help=SCENARIO["load_note"])
    if given is None or st.session_state.get(_READ) == given.file_id:
        return
    st.session_state[_READ] = given.file_id
    try:
        loaded = scenarios.read(given.getvalue(), given.name, plan.city)
    except ScenarioFileError as error:
        for problem in error.problems:
            st.error(literal(problem))
        return
    st.session_state[LOADED] = loaded
    st.rerun()
