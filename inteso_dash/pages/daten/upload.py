"""Load a delivered table: what it holds, what the checks say, what is still to be said of it."""

from __future__ import annotations

import datetime as dt
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from inteso_dash.city import City
from inteso_dash.folders import STORE_UPLOADS, default_root
from inteso_dash.intake.delivery import draft as intake_draft
from inteso_dash.intake.delivery import folder as intake_folder
from inteso_dash.intake.delivery.draft import Draft
from inteso_dash.intake.delivery.folder import RefusedError
from inteso_dash.intake.delivery.tidy import Stamp
from inteso_dash.language import formats
from inteso_dash.language.findings import Severity, counted
from inteso_dash.language.statuses import STATUS_MEANINGS
from inteso_dash.language.values import ParsedValue
from inteso_dash.pages import script
from inteso_dash.pages.daten.kept import surroundings
from inteso_dash.pages.daten.reports import file_report
from inteso_dash.pages.daten.texts import UPLOAD as TEXTS
from inteso_dash.pages.daten.texts import UPLOADED
from inteso_dash.pages.daten.upload_questions import (
    answered,
    ask,
    ask_of_sites,
    date_wrong,
    part_name,
)
from inteso_dash.session import editions, own_areas, unpublished
from inteso_dash.session.literal import literal
from inteso_dash.tables.reading.raw import Limits
from inteso_dash.tables.sources import Delivery
from inteso_dash.tables.sources.places import COUNTS, DAYS, SITE_HEADS
from inteso_dash.views.addresses import map_address
from inteso_dash.views.sequences import Address

MEGABYTES = 10
MOST_TABLES = 8
MOST_FILES = 8
LIMITS = Limits(
    memory=2**30,
    seconds=20,
    size=MEGABYTES * 2**20,
    rows=20_000,
    columns=120,
    cells=500_000,
    unpacked=100_000_000,
)
KINDS = ["csv", "txt", "tsv", "xlsx", "xlsm", "xls", "ods", "zip"]
_ROUND = "hochladen_runde"
_DRAFTS = "hochladen_entwurf"
_DONE = "hochladen_fertig"
_SAID = "hochladen_meldung"


@dataclass(frozen=True)
class Upload:
    """A file under way; ``key`` begins the keys of the widgets that ask about it."""

    name: str
    content: bytes
    key: str


def section(city: City) -> None:
    """Take files, ask what is not recognised, show what they hold and what the checks say."""
    kept = TEXTS["may_be_kept" if _may_store() else "not_kept"]
    st.write(TEXTS["lead"].format(kept=kept))
    said = st.session_state.pop(_SAID, None)
    if said is not None:
        st.success(said)
        mine = editions.edition()
        if mine is not None and mine.deliveries:
            link_to(city, mine.deliveries[-1])
    number = st.session_state.setdefault(_ROUND, 0)
    files = st.file_uploader(
        TEXTS["file"].format(size=MEGABYTES, columns=LIMITS.columns, most=MOST_FILES),
        type=KINDS,
        key=f"hochladen_{number}",
        max_upload_size=MEGABYTES,
        accept_multiple_files=True,
    )
    done: set[str] = st.session_state.get(_DONE, set())
    if not files:
        st.session_state.pop(_DRAFTS, None)
        return
    if len(files) > MOST_FILES:
        names = ", ".join(literal(file.name) for file in files[MOST_FILES:])
        st.warning(TEXTS["too_many_files"].format(most=MOST_FILES, names=names))
    uploads = [
        Upload(file.name, file.getvalue(), f"hochladen_{file.file_id}")
        for file in files[:MOST_FILES]
        if file.file_id not in done
    ]
    drafts = understood(uploads)
    if len(uploads) == 1:
        one(city, uploads[0], drafts[0])
        return
    several(uploads, drafts)
    for upload, draft in zip(uploads, drafts, strict=True):
        with st.expander(
            f"{literal(upload.name)} – {state(draft)}", expanded=bool(draft.questions)
        ):
            one(city, upload, draft)


def several(uploads: Sequence[Upload], drafts: Sequence[Draft]) -> None:
    """Offer to do with all files at once what can be done."""
    ready = [_ready(upload, draft) for upload, draft in zip(uploads, drafts, strict=True)]
    st.write(TEXTS["several"].format(count=len(uploads), ready=sum(ready)))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            TEXTS["show_all"].format(count=sum(ready)),
            type="primary",
            disabled=not any(ready) or sum(ready) > _room(),
            on_click=show,
            args=(
                [upload for upload, fit in zip(uploads, ready, strict=True) if fit],
                [draft for draft, fit in zip(drafts, ready, strict=True) if fit],
            ),
            icon=":material/visibility:",
        )
        st.button(TEXTS["discard_all"], on_click=forget, icon=":material/delete:")


def state(draft: Draft) -> str:
    """Say in a few words what becomes of a file."""
    if draft.nothing_new:
        return TEXTS["nothing_new"]
    if not draft.parts and not draft.questions and draft.delivery is None:
        return TEXTS["unusable"]
    if draft.questions:
        return TEXTS["asked"]
    return counted(draft.findings).removesuffix(".")


def one(city: City, upload: Upload, draft: Draft) -> None:
    """Show one file: what is still to be said, the figures beside the check report, what to do."""
    if not draft.parts and not draft.questions and draft.delivery is None:
        for each in draft.findings:
            (st.error if each.severity is Severity.ERROR else st.info)(literal(each.message))
        _discard(upload)
        return
    for question in draft.questions:
        st.warning(f"{TEXTS['open']}: {literal(question.text)}")
    sites = draft.delivery is not None and draft.delivery.table.kind == "sites"
    if sites:
        ask_of_sites(upload.key, upload.name)
    else:
        ask(city.catalogue, upload.key, upload.name, draft)
    shown, checked = st.columns([1, 1], gap="medium")
    with shown:
        if draft.delivery is not None and sites:
            st.header(TEXTS["preview"], anchor=False)
            preview_sites(draft.delivery)
        preview(city, upload, draft)
    with checked:
        if draft.parts or draft.findings:
            st.header(TEXTS["checks"], anchor=False)
            file_report(draft.findings)
    unpublished.ask_public(draft.delivery, f"{upload.key}_oeffentlich")
    finish(upload, draft)


def understood(uploads: Sequence[Upload]) -> list[Draft]:
    """Return files as far as they are understood with the answers given so far."""
    held: dict[object, Draft] = st.session_state.get(_DRAFTS, {})
    mine = editions.edition()
    city = surroundings()
    stamp = intake_folder.stamp(city.catalogue, dt.datetime.now())  # noqa: DTZ005
    taken, kept, drafts = [*stamp.taken], dict[object, Draft](), list[Draft]()
    for at, upload in enumerate(uploads):
        answers = answered(upload.key)
        asked = (upload.key, repr(answers), mine and mine.id, tuple(taken))
        draft = held.get(asked)
        if draft is None:
            source = {"producer": TEXTS["uploaded"].format(name=upload.name), **answers.source}
            own = Stamp(
                stamp.delivered + dt.timedelta(seconds=at), taken, "sitzung_", TEXTS["remark"]
            )
            answers = replace(answers, source=source)
            draft = intake_draft.draft(upload.content, upload.name, city, answers, own, LIMITS)
        kept[asked] = draft
        drafts.append(draft)
        if draft.delivery is not None:
            taken = [*taken, draft.delivery.table.id]
    st.session_state[_DRAFTS] = kept
    return drafts


def preview(city: City, upload: Upload, draft: Draft) -> None:
    """Show the figures as they were read."""
    if not draft.parts:
        return
    st.header(TEXTS["preview"], anchor=False)
    part = draft.parts[-1]
    if len(draft.parts) > 1:
        names = [part_name(city.catalogue, each) for each in draft.parts]
        if draft.delivery is not None:
            figures = formats.number(draft.delivery.table.rows, 0)
            st.write(TEXTS["summary_parts"].format(figures=figures, count=len(names)))
        at = st.selectbox(
            TEXTS["part"],
            range(len(names)),
            index=len(names) - 1,
            format_func=lambda each: names[each],
            key=f"{upload.key}_teil",
        )
        part = draft.parts[at]
    found = part.recognised
    level = city.catalogue.level(found.level)
    if len(draft.parts) == 1 and part.date is not None and draft.delivery is not None:
        count = len(found.indicators)
        st.write(
            TEXTS["summary"].format(
                figures=formats.number(draft.delivery.table.rows, 0),
                areas=formats.number(len(found.frame), 0),
                level=level.plural,
                indicators=TEXTS["indicator" if count == 1 else "indicators"].format(count=count),
                date=formats.date(part.date),
            )
        )
    names_of = surroundings().areas.of(level.id, found.division)
    table = {
        city.catalogue.indicator(indicator).short.de: {
            area: written(cell, city.catalogue.indicator(indicator).decimals)
            for area, cell in found.cells[indicator].items()
        }
        for indicator in found.indicators.values()
    }
    frame = pd.DataFrame(table, index=found.frame.index)
    frame.insert(0, level.title.de, [names_of.get(str(area), "") for area in frame.index])
    frame.index.name = "Schlüssel"
    numbers = st.column_config.TextColumn(alignment="right")
    st.dataframe(frame, height=420, column_config=dict.fromkeys(table, numbers))


def written(cell: ParsedValue, decimals: int) -> str:
    """Write a cell as tables of the application show it."""
    return STATUS_MEANINGS[cell.status].sign or formats.number(cell.value, decimals)


def finish(upload: Upload, draft: Draft) -> None:
    """Offer what can be done with the file."""
    full = _room() < 1
    if full:
        st.info(TEXTS["too_many"].format(most=MOST_TABLES))
    ready = _ready(upload, draft)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            TEXTS["show"],
            type="primary",
            disabled=not ready or full,
            on_click=show,
            args=([upload], [draft]),
            icon=":material/visibility:",
            key=f"{upload.key}_zeigen",
        )
        _discard(upload)
    if _may_store():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                TEXTS["store"],
                disabled=not ready,
                on_click=put_away,
                args=(upload,),
                icon=":material/save:",
                help=TEXTS["store_help"],
                key=f"{upload.key}_ablegen",
            )
            st.checkbox(TEXTS["revision"], key=f"{upload.key}_berichtigung")
        refused = st.session_state.pop(f"{upload.key}_abgelehnt", None)
        if refused is not None:
            st.error(refused)


def show(uploads: Sequence[Upload], drafts: Sequence[Draft]) -> None:
    """Show this session tables, and be ready for other files."""
    titles = []
    for draft in drafts:
        if draft.delivery is not None:
            unpublished.add(draft.delivery)
            titles.append(f"„{literal(draft.delivery.table.title)}“")
    forget_some(uploads)
    which = "shown" if len(titles) == 1 else "shown_several"
    st.session_state[_SAID] = TEXTS[which].format(tables=", ".join(titles))


def forget_some(uploads: Sequence[Upload]) -> None:
    """Let go of some files, of all where none is left."""
    done = st.session_state.setdefault(_DONE, set())
    done |= {upload.key.removeprefix("hochladen_") for upload in uploads}
    files = st.session_state.get(f"hochladen_{st.session_state.get(_ROUND, 0)}") or []
    if all(file.file_id in done for file in files):
        forget()


def forget() -> None:
    """Let go of all files and of all that was said about them."""
    number = st.session_state.get(_ROUND, 0)
    for key in [key for key in st.session_state if str(key).startswith("hochladen_")]:
        del st.session_state[key]
    st.session_state[_ROUND] = number + 1


def _discard(upload: Upload) -> None:
    st.button(
        TEXTS["discard"],
        on_click=forget_some,
        args=([upload],),
        icon=":material/delete:",
        key=f"{upload.key}_verwerfen",
    )


def _ready(upload: Upload, draft: Draft) -> bool:
    return draft.delivery is not None and not date_wrong(upload.key)


def _room() -> int:
    """Return how many more tables this session can show."""
    mine = editions.edition()
    return MOST_TABLES - (0 if mine is None else len(mine.deliveries))


def put_away(upload: Upload) -> None:
    """Put the file into the data folder, as `inteso-dash import` does."""
    revision = bool(st.session_state.get(f"{upload.key}_berichtigung"))
    try:
        stored = intake_folder.store(
            default_root(),
            [(upload.name, upload.content)],
            answered(upload.key),
            dt.datetime.now(),  # noqa: DTZ005
            revision=revision,
            blind=True,
            limits=LIMITS,
        )
    except RefusedError as error:
        why = [*error.problems, *([TEXTS[f"refused_{error.unless}"]] if error.unless else [])]
        text = TEXTS["refused"].format(problems=literal(" ".join(why)))
        st.session_state[f"{upload.key}_abgelehnt"] = text
        return
    forget_some([upload])
    where = stored.folder
    st.session_state[_SAID] = (
        TEXTS["stored_before"] if where is None else TEXTS["stored"].format(folder=where.name)
    )


def _may_store() -> bool:
    return os.environ.get(STORE_UPLOADS, "") in {"1", "true"}


def link_to(city: City, delivery: Delivery) -> None:
    """Link to the page that shows a table."""
    table, rows = delivery.table, _rows(delivery)
    if table.kind == "sites":
        days = sorted(filter(None, rows["date"]))
        view = Address("unterbringung", (("u_bereich", "konzentration"),))
        if table.complete and days:
            view = view.completed(("u_bereich", "verteilung"), ("u_stichtag", days[-1]))
        label, icon = UPLOADED["to_sites"], ":material/home:"
    else:
        indicator = city.catalogue.indicator(rows["indicator_id"].iloc[0])
        view = map_address(indicator, str(table.level), str(table.date))
        label, icon = UPLOADED["to_map"], ":material/map:"
    led = own_areas.along(view).parameters
    st.page_link(script(view.page), label=label, icon=icon, query_params=led)


def preview_sites(delivery: Delivery) -> None:
    """Show the sites of a table as they were read."""
    rows = _rows(delivery)
    days = ", ".join(_day(day) for day in sorted(filter(None, rows["date"].unique())))
    st.write(UPLOADED["summary"].format(count=len(rows), days=days))
    if not delivery.table.complete:
        st.caption(UPLOADED["incomplete"])
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
