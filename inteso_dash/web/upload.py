"""Load a delivered table: what it holds, what the checks say, and what is still to be said."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from inteso_dash import editions, formats, intake, store
from inteso_dash.catalogue import TO_FILL_IN, Catalogue, Level
from inteso_dash.city import STORE_UPLOADS, City, default_root
from inteso_dash.intake import Answers, Draft, Stamp
from inteso_dash.reading import Limits
from inteso_dash.recognise import Recognised, indicator_headers, normalise_header
from inteso_dash.sources import Delivery
from inteso_dash.statuses import STATUS_MEANINGS
from inteso_dash.values import ParsedValue, parse_date
from inteso_dash.web import unpublished
from inteso_dash.web.check_report import file_report, literal

TEXTS = {
    "lead": "Sehen Sie eine gelieferte Tabelle an, bevor sie veröffentlicht ist: eine Zeile je "
    "Gebiet, eine Spalte je Indikator. Sie wird geprüft und, wenn Sie es wünschen, in dieser "
    "Sitzung auf allen Seiten gezeigt. {kept}",
    "not_kept": "Auf dem Server wird nichts gespeichert.",
    "may_be_kept": "Auf dem Server wird nur gespeichert, was Sie in den Datenordner legen.",
    "file": "Datei (CSV, XLSX, XLS oder ODS, bis {size} MB, bis {columns} Spalten)",
    "level": "Ebene",
    "division": "Gliederung",
    "choose": "Bitte wählen",
    "date": "Stichtag",
    "date_wrong": "Gefunden „{found}“; erwartet ein Datum wie 31.12.2023.",
    "title": "Bezeichnung der Quelle",
    "producer": "Herausgeber",
    "unknown": "Spalten, die nicht erkannt sind",
    "known": "Erkannte Spalten",
    "leave": "nicht übernehmen",
    "open": "Es fehlt noch eine Angabe",
    "summary": "{figures} Zahlen: {areas} {level}, {indicators}, Stichtag {date}.",
    "indicator": "1 Indikator",
    "indicators": "{count} Indikatoren",
    "preview": "Vorschau",
    "checks": "Prüfbericht",
    "show": "In dieser Sitzung zeigen",
    "discard": "Datei verwerfen",
    "shown": "„{table}“ wird jetzt auf allen Seiten gezeigt.",
    "remark": " (unveröffentlicht)",
    "uploaded": "Hochgeladene Datei „{name}“",
    "to_map": "Auf der Karte ansehen",
    "too_many": "In einer Sitzung lassen sich {most} Tabellen zeigen. Verwerfen Sie zuerst die "
    "bisherigen.",
    "store": "In den Datenordner legen",
    "revision": "Die Datei berichtigt vorhandene Zahlen",
    "store_help": "Legt die Tabelle dauerhaft ab. Alle sehen sie nach dem nächsten Start der "
    "Anwendung.",
    "stored": "Abgelegt als {folder}. Alle sehen die Zahlen nach dem nächsten Start der Anwendung. "
    "Herkunft und Lizenz sind in der YAML-Datei noch einzutragen.",
    "stored_before": "Diese Zahlen enthält der Datenordner schon; es wurde nichts geändert.",
    "refused": "Es wurde nichts abgelegt: {problems}",
    "refused_revision": "Ist die Datei eine Berichtigung, kreuzen Sie das an.",
    "refused_despite_errors": "Berichtigen Sie die Datei.",
}
MEGABYTES = 10
MOST_TABLES = 8
LIMITS = Limits(
    size=MEGABYTES * 2**20,
    rows=20_000,
    columns=120,
    cells=500_000,
    unpacked=100_000_000,
)
KINDS = ["csv", "txt", "tsv", "xlsx", "xlsm", "xls", "ods"]
_ROUND = "hochladen_runde"
_DRAFT = "hochladen_entwurf"
_SAID = "hochladen_meldung"


@dataclass(frozen=True)
class Upload:
    """A file under way; ``key`` begins the keys of the widgets that ask about it."""

    name: str
    content: bytes
    key: str


def section(city: City) -> None:
    """Take a file, ask what is not recognised, show what it holds and what the checks say."""
    kept = TEXTS["may_be_kept" if _may_store() else "not_kept"]
    st.write(TEXTS["lead"].format(kept=kept))
    said = st.session_state.pop(_SAID, None)
    if said is not None:
        st.success(said)
        mine = editions.edition()
        if mine is not None:
            st.page_link(
                "views/karte.py",
                label=TEXTS["to_map"],
                icon=":material/map:",
                query_params=map_address(city, mine.deliveries[-1]),
            )
    number = st.session_state.setdefault(_ROUND, 0)
    file = st.file_uploader(
        TEXTS["file"].format(size=MEGABYTES, columns=LIMITS.columns),
        type=KINDS,
        key=f"hochladen_{number}",
        max_upload_size=MEGABYTES,
    )
    if file is None:
        st.session_state.pop(_DRAFT, None)
        return
    upload = Upload(file.name, file.getvalue(), f"hochladen_{file.file_id}")
    draft = understood(upload)
    if draft.recognised is None and not draft.questions:
        for each in draft.errors:
            st.error(literal(each.message))
        st.button(TEXTS["discard"], on_click=forget, icon=":material/delete:")
        return
    for question in draft.questions:
        st.warning(f"{TEXTS['open']}: {literal(question.text)}")
    ask(city.catalogue, upload, draft)
    shown, checked = st.columns([1, 1], gap="medium")
    with shown:
        preview(city, draft)
    with checked:
        st.subheader(TEXTS["checks"], anchor=False)
        file_report(draft.findings)
    finish(upload, draft)


def map_address(city: City, delivery: Delivery) -> dict[str, str]:
    """Return the address of the map that shows the first indicator of a table."""
    table = delivery.table
    first = delivery.content.decode().splitlines()[1].split(",")
    indicator = city.catalogue.indicator(first[3])
    topic = next(each for each in city.catalogue.topics if each.id == indicator.topic)
    return {
        "thema": topic.title.de,
        "indikator": indicator.title.de,
        "ebene": city.catalogue.level(str(table.level)).plural,
        "stichtag": str(table.date),
    }


def understood(upload: Upload) -> Draft:
    """Return the file as far as it is understood with the answers given so far."""
    answers = answered(upload.key)
    mine = editions.edition()
    asked = (upload.key, repr(answers), mine and mine.id)
    held: tuple[object, Draft] | None = st.session_state.get(_DRAFT)
    if held is not None and held[0] == asked:
        return held[1]
    city = store.surroundings()
    stamp = intake.stamp(city.catalogue, dt.datetime.now())  # noqa: DTZ005
    stamp = Stamp(stamp.delivered, stamp.taken, "sitzung_", TEXTS["remark"])
    source = {"producer": TEXTS["uploaded"].format(name=upload.name), **answers.source}
    answers = replace(answers, source=source)
    draft = intake.draft(upload.content, upload.name, city, answers, stamp, LIMITS)
    st.session_state[_DRAFT] = (asked, draft)
    return draft


def answered(key: str) -> Answers:
    """Read from the widgets what a person has said about a file."""

    def said(field: str) -> str:
        return str(st.session_state.get(f"{key}_{field}") or "").strip()

    marker = f"{key}_spalte_"
    columns = {
        name.removeprefix(marker): value or ""
        for name, value in st.session_state.items()
        if isinstance(name, str) and name.startswith(marker)
    }
    source = {"title": said("titel"), "producer": said("herausgeber")}
    level = said("ebene") or None
    return Answers(
        level,
        said(f"gliederung_{level}") or None,
        parse_date(said("stichtag")),
        columns,
        {field: text for field, text in source.items() if text},
    )


def ask(catalogue: Catalogue, upload: Upload, draft: Draft) -> None:
    """Show what is recognised and let it be said otherwise."""
    found = draft.recognised
    left, middle, right = st.columns(3)
    with left:
        levels = {each.id: each for each in catalogue.levels}
        chosen = None if found is None else found.level
        level = _choice(TEXTS["level"], levels, f"{upload.key}_ebene", chosen)
    with middle:
        if level is not None:
            divisions = {each.id: each for each in level.divisions}
            key = f"{upload.key}_gliederung_{level.id}"
            asked = any(each.about == "division" for each in draft.questions)
            division = found.division if found and not asked and found.level == level.id else None
            if len(divisions) > 1:
                st.selectbox(
                    TEXTS["division"],
                    [*divisions],
                    index=[*divisions].index(division) if division in divisions else None,
                    key=key,
                    placeholder=TEXTS["choose"],
                )
    with right:
        told = st.text_input(
            TEXTS["date"],
            value="" if draft.date is None else formats.date(draft.date),
            key=f"{upload.key}_stichtag",
        )
        if _date_wrong(upload):
            st.caption(TEXTS["date_wrong"].format(found=told[:30]))
    left, middle, _ = st.columns(3)
    left.text_input(TEXTS["title"], key=f"{upload.key}_titel", placeholder=upload.name)
    middle.text_input(TEXTS["producer"], key=f"{upload.key}_herausgeber", placeholder=TO_FILL_IN)
    if found is not None:
        _ask_columns(catalogue, upload, found)


def _date_wrong(upload: Upload) -> bool:
    told = st.session_state.get(f"{upload.key}_stichtag")
    return bool(told) and parse_date(told) is None


def _choice(label: str, levels: dict[str, Level], key: str, chosen: str | None) -> Level | None:
    ids = [*levels]
    picked = st.selectbox(
        label,
        ids,
        index=ids.index(chosen) if chosen in levels else None,
        format_func=lambda each: levels[each].plural,
        key=key,
        placeholder=TEXTS["choose"],
    )
    return None if picked is None else levels[picked]


def _ask_columns(catalogue: Catalogue, upload: Upload, found: Recognised) -> None:
    titles = {"": TEXTS["leave"]} | {
        each.id: f"{each.title.de} ({each.unit})" for each in catalogue.indicators
    }
    by_indicator = {indicator: header for header, indicator in found.indicators.items()}
    headers = [by_indicator.get(label, label) for label in found.cells]
    usual = indicator_headers(catalogue)
    unknown = [each for each in headers if normalise_header(each) not in usual]
    known = [each for each in headers if each not in unknown]
    for label, group, opened in ((TEXTS["unknown"], unknown, True), (TEXTS["known"], known, False)):
        if not group:
            continue
        with st.expander(f"{label}: {len(group)}", expanded=opened):
            cells = st.columns(3)
            for at, header in enumerate(group):
                cells[at % 3].selectbox(
                    header,
                    [*titles],
                    index=[*titles].index(found.indicators.get(header, "")),
                    format_func=lambda each: titles[each],
                    key=f"{upload.key}_spalte_{header}",
                )


def preview(city: City, draft: Draft) -> None:
    """Show the figures as they were read."""
    st.subheader(TEXTS["preview"], anchor=False)
    found = draft.recognised
    if found is None:
        return
    level = city.catalogue.level(found.level)
    if draft.date is not None and draft.delivery is not None:
        count = len(found.indicators)
        st.write(
            TEXTS["summary"].format(
                figures=formats.number(draft.delivery.table.rows, 0),
                areas=formats.number(len(found.frame), 0),
                level=level.plural,
                indicators=TEXTS["indicator" if count == 1 else "indicators"].format(count=count),
                date=formats.date(draft.date),
            )
        )
    names = store.surroundings().areas.of(level.id, found.division)
    table = {
        city.catalogue.indicator(indicator).short.de: {
            area: written(cell, city.catalogue.indicator(indicator).decimals)
            for area, cell in found.cells[indicator].items()
        }
        for indicator in found.indicators.values()
    }
    frame = pd.DataFrame(table, index=found.frame.index)
    frame.insert(0, level.title.de, [names.get(str(area), "") for area in frame.index])
    frame.index.name = "Schlüssel"
    numbers = st.column_config.TextColumn(alignment="right")
    st.dataframe(frame, height=420, column_config=dict.fromkeys(table, numbers))


def written(cell: ParsedValue, decimals: int) -> str:
    """Write a cell as tables of the application show it."""
    return STATUS_MEANINGS[cell.status].sign or formats.number(cell.value, decimals)


def finish(upload: Upload, draft: Draft) -> None:
    """Offer what can be done with the file."""
    mine = editions.edition()
    full = mine is not None and len(mine.deliveries) >= MOST_TABLES
    if full:
        st.info(TEXTS["too_many"].format(most=MOST_TABLES))
    ready = draft.delivery is not None and not _date_wrong(upload)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            TEXTS["show"],
            type="primary",
            disabled=not ready or full,
            on_click=show,
            args=(draft,),
            icon=":material/visibility:",
        )
        st.button(TEXTS["discard"], on_click=forget, icon=":material/delete:")
    if _may_store():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                TEXTS["store"],
                disabled=not ready,
                on_click=put_away,
                args=(upload,),
                icon=":material/save:",
                help=TEXTS["store_help"],
            )
            st.checkbox(TEXTS["revision"], key=f"{upload.key}_berichtigung")
        refused = st.session_state.pop(f"{upload.key}_abgelehnt", None)
        if refused is not None:
            st.error(refused)


def show(draft: Draft) -> None:
    """Show this session the table, and be ready for another file."""
    if draft.delivery is None:
        return
    unpublished.add(draft.delivery)
    forget()
    table = literal(draft.delivery.table.title)
    st.session_state[_SAID] = TEXTS["shown"].format(table=table)


def forget() -> None:
    """Let go of the file and of all that was said about it."""
    number = st.session_state.get(_ROUND, 0)
    for key in [key for key in st.session_state if str(key).startswith("hochladen_")]:
        del st.session_state[key]
    st.session_state[_ROUND] = number + 1


def put_away(upload: Upload) -> None:
    """Put the file into the data folder, as `inteso-dash import` does."""
    revision = bool(st.session_state.get(f"{upload.key}_berichtigung"))
    try:
        stored = intake.store(
            default_root(),
            [(upload.name, upload.content)],
            answered(upload.key),
            dt.datetime.now(),  # noqa: DTZ005
            revision=revision,
            limits=LIMITS,
        )
    except intake.RefusedError as error:
        why = [*error.problems, *([TEXTS[f"refused_{error.unless}"]] if error.unless else [])]
        text = TEXTS["refused"].format(problems=literal(" ".join(why)))
        st.session_state[f"{upload.key}_abgelehnt"] = text
        return
    forget()
    where = stored.folder
    st.session_state[_SAID] = (
        TEXTS["stored_before"] if where is None else TEXTS["stored"].format(folder=where.name)
    )


def _may_store() -> bool:
    return os.environ.get(STORE_UPLOADS, "") in {"1", "true"}
