"""Accommodation sites and the offices that serve areas: tables of places instead of figures."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from inteso_dash.language.values import (
    Convention,
    column_convention,
    normalise_key,
    parse_date,
    parse_value,
)
from inteso_dash.tables.register import plain_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from inteso_dash.catalogue import Catalogue
    from inteso_dash.tables.register import Areas
    from inteso_dash.tables.sources.tables import OpenRow, OpenTable

_TEXTS = ("name", "form", "state", "level", "area_id", "source_id", "note")
COUNTS = ("places", "usable", "occupied")
DAYS = ("opened", "closed", "date")
_POSITION = {"lon": 180, "lat": 90}
SITE_COLUMNS = ("name", "form", *COUNTS, *DAYS, *_TEXTS[2:], *_POSITION, "complete")
SITE_HEADS = {
    "name": "Name oder Anschrift",
    "form": "Form",
    "places": "Plätze",
    "usable": "Nutzbare Plätze",
    "occupied": "Untergebrachte Personen",
    "opened": "Eröffnet",
    "closed": "Geschlossen",
    "date": "Stichtag",
    "level": "Ebene",
    "area_id": "Gebietsschlüssel",
    "state": "Stand",
    "source_id": "Quelle",
    "note": "Anmerkung",
    "lon": "Länge",
    "lat": "Breite",
}
"""Columns of a table of sites, and how people read them; a file may have either."""

_OTHER_HEADS = {
    "name": "name der unterkunft|unterkunft|bezeichnung|objekt|anschrift|adresse",
    "form": "art der unterkunft|unterkunftsart|unterkunftsform|form der unterkunft"
    "|unterkunftstyp|unterbringungsart|unterbringungsform",
    "places": "kapazität|gesamtkapazität|plätze gesamt|plätze insgesamt|anzahl plätze|platzzahl"
    "|anzahl der plätze|platzkapazität|kapazität (plätze)",
    "usable": "verfügbare plätze|belegbare plätze|nutzbare kapazität",
    "occupied": "belegung|belegt|belegte plätze|untergebrachte|anzahl personen|bewohner"
    "|bewohnerinnen und bewohner|ist-belegung",
    "opened": "eröffnung|eröffnet am|inbetriebnahme|in betrieb seit",
    "closed": "schließung|geschlossen am|in betrieb bis|außer betrieb seit",
    "note": "bemerkung|bemerkungen|anmerkungen",
    "lon": "längengrad",
    "lat": "breitengrad",
}
"""How cities' own lists also head these columns."""

_NEEDED = frozenset({"name", "form", "places", "date"})
POINT_COLUMNS = (
    "name",
    "address",
    "areas",
    "level",
    "operator",
    "funding",
    "date",
    "source_id",
    "note",
)
_PERIOD = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")

Row = dict[str, object]
_OPEN = re.compile(
    r"(?:wieder |teilweise )?(?:in betrieb|in nutzung|genutzt|geöffnet|offen|belegt)"
)
_NOT_YET = re.compile(
    r"\b(?:planung|geplant\w*|vorgesehen\w*|projektiert\w*|vorbereitung|(?:auf|neu|um)?bau"
    r"|errichtung|noch nicht)\b"
)
_NO_LONGER = re.compile(
    r"\b(?:geschlossen\w*|aufgegeben\w*|stillgelegt\w*|beendet\w*|(?:ab|rück)gebaut\w*|abgerissen\w*"
    r"|ausser betrieb|nicht mehr)\b"
)
_TOTAL = re.compile(
    r"(?:gesamt)?summe\b|(?:ins)?gesamt\b|zusammen\b|total\b|alle unterkünfte\b", re.IGNORECASE
)
_TWICE = "steht mehrfach da"
_DAYS = ("opened", "closed", "date")


def is_open(state: str) -> bool | None:
    """Say whether a state means that a site is open, None where it does not tell.

    >>> is_open("in Betrieb"), is_open("In Planung"), is_open("geschlossen"), is_open("Sanierung")
    (True, False, False, None)
    """
    text = state.casefold().strip()
    if _OPEN.match(text):
        return True
    return False if _NOT_YET.search(text) or _NO_LONGER.search(text) else None


def standing(
    state: str, opened: dt.date | None, closed: dt.date | None, day: dt.date | None
) -> tuple[str, str]:
    """Say in German why a site is not open at its Stichtag, and by which column; both may be empty.

    A site counts from the day it opens until the day before it closes.
    """
    if day is not None and opened is not None and opened > day:
        return "am Stichtag noch nicht eröffnet", "opened"
    if day is not None and closed is not None and closed <= day:
        return "am Stichtag schon geschlossen", "closed"
    if is_open(state) is False:
        return f"Stand „{state}“", "state"
    return "", ""


def identity(site: Mapping[str, object]) -> tuple[object, ...]:
    """Return what makes a site at a Stichtag: name, form and area, and the day."""
    named = (plain_name(str(site[column])) for column in ("name", "form"))
    return (*named, site["level"], site["area_id"], site["date"])


def uncounted(sites: pd.DataFrame) -> pd.Series[str]:
    """Say of every site why it does not count; empty where it does.

    Parameters
    ----------
    sites : DataFrame
        As `CityData.sites`.

    Returns
    -------
    Series
        Same index. Of a site that stands there several times the first that is open counts.
    """
    reasons, seen = [], set()
    for site in sites.to_dict("records"):
        days = (None if pd.isna(site[name]) else site[name].date() for name in _DAYS)
        reason, _ = standing(site["state"], *days)
        key = identity({str(name): value for name, value in site.items()})
        if not reason and site["name"] and key in seen:
            reason = _TWICE
        elif not reason:
            seen.add(key)
        reasons.append(reason)
    return pd.Series(reasons, index=sites.index, dtype=str)


def heads_of(columns: Iterable[str]) -> dict[str, str]:
    """Return for each column of a table of sites the header that it has in a file.

    >>> heads_of(["Form", "plätze", "date", "Stadtrat"])
    {'form': 'Form', 'places': 'plätze', 'date': 'date'}
    """
    heads = {" ".join(column.casefold().split()): column for column in reversed([*columns])}
    also = {name: text.casefold().split("|") for name, text in _OTHER_HEADS.items()}
    asked = (
        (name, (own.casefold(), name, *also.get(name, ()))) for name, own in SITE_HEADS.items()
    )
    there = ((name, next((each for each in words if each in heads), "")) for name, words in asked)
    return {name: heads[head] for name, head in there if head}


def holds_sites(columns: Iterable[str]) -> bool:
    """Say whether a table with these headers is one of sites."""
    return heads_of(columns).keys() >= _NEEDED


def lacking(columns: Iterable[str]) -> tuple[str, ...]:
    """Return the heads that a table of sites lacks to be read; empty for one that can be, or none.

    >>> lacking(["name", "form", "occupied", "date"]), lacking(["Name", "Stichtag", "Einwohner"])
    (('Plätze',), ())
    """
    found = heads_of(columns).keys()
    if "form" not in found or not found & {*COUNTS, "opened"}:
        return ()
    return tuple(SITE_HEADS[name] for name in SITE_HEADS if name in _NEEDED - found)


def level_of(catalogue: Catalogue, named: str, area_id: str) -> str:
    """Return the level that a site names by id or title; else the one of the page on them."""
    for level in catalogue.levels:
        names = (level.id, level.title.de, level.plural)
        if named.casefold() in map(str.casefold, names):
            return level.id
    declared = catalogue.accommodation
    return declared.level if area_id and not named and declared is not None else named


def site_rows(opened: OpenTable, catalogue: Catalogue, areas: Areas) -> list[Row]:
    """Read a table of accommodation sites; what contradicts itself is reported and kept.

    Positions are left out unless the sidecar says that they are public.

    Parameters
    ----------
    opened : OpenTable
    catalogue : Catalogue
    areas : Areas

    Returns
    -------
    list of dict
        One for each row, with the keys of ``SITE_COLUMNS``.
    """
    own = {name: opened.index[column] for name, column in heads_of(opened.index).items()}
    opened = replace(opened, index={**opened.index, **own})
    if opened.lacks("name", "form", "places", "date"):
        return []
    conventions = {
        column: column_convention(opened.cell(row, column) for row in opened.rows)
        for column in COUNTS
    }
    sites: list[Row] = []
    for row in opened.rows:
        site: Row = {column: opened.text(row, column) for column in _TEXTS}
        numbers = {
            column: _number(opened, row, column, conventions[column]) for column in COUNTS
        } | {column: _degrees(opened, row, column) for column in _POSITION}
        dates = {column: _date(opened, row, column) for column in DAYS}
        site["source_id"] = _source(opened, row, catalogue)
        named = opened.text(row, "level") or opened.table.level or ""
        site["level"] = level = level_of(catalogue, named, str(site["area_id"]))
        site["area_id"] = _area(
            opened, row, "area_id", str(site["area_id"]), level, catalogue, areas
        )
        _check_site(opened, row, numbers, dates, catalogue.site_forms)
        site |= {**numbers, **dates, "complete": opened.table.complete}
        _check_standing(opened, row, site, sites)
        sites.append(site)
    if not opened.table.positions_public:
        withheld = sum(not math.isnan(float(str(site["lon"]))) for site in sites)
        for site in sites:
            site.update(dict.fromkeys(_POSITION, math.nan))
        if withheld:
            opened.report.note(
                "positions_withheld",
                "Die Lage der Unterkünfte ist nicht als öffentlich erklärt und wird nicht gelesen.",
                column="lon, lat",
                found=f"{withheld} Positionen",
                expected="positions_public: true, wenn sie gezeigt werden dürfen",
            )
    return sites


def _number(opened: OpenTable, row: OpenRow, column: str, convention: Convention) -> float:
    parsed = parse_value(opened.cell(row, column), convention=convention)
    whole = column != "occupied"  # Who lives there may be a mean of the year.
    wrong = parsed.value < 0 or (whole and parsed.value % 1 > 0)
    if parsed.problem or wrong:
        opened.report.error(
            "value",
            f"Die Angabe ist nicht lesbar: {parsed.problem or 'keine Anzahl'}.",
            row=row.label,
            column=column,
            found=parsed.raw,
            expected="eine ganze Zahl ab 0" if whole else "eine Zahl ab 0",
        )
    return math.nan if wrong else parsed.value


def _degrees(opened: OpenTable, row: OpenRow, column: str) -> float:
    """Return a position; degrees have no thousands, so comma and point both are decimal."""
    text = opened.text(row, column)
    if not text:
        return math.nan
    try:
        degrees = float(text.replace(",", "."))
    except ValueError:
        degrees = math.nan
    if abs(degrees) <= _POSITION[column]:
        return degrees
    opened.report.error(
        "value",
        "Die Lage ist nicht lesbar; sie gilt als nicht genannt.",
        row=row.label,
        column=column,
        found=text,
        expected=f"Grad von -{_POSITION[column]} bis {_POSITION[column]}, etwa 6,812",
    )
    return math.nan


def _date(opened: OpenTable, row: OpenRow, column: str) -> dt.date | None:
    date = parse_date(opened.cell(row, column))
    text = opened.text(row, column)
    if date is None and (text or column == "date"):
        opened.report.error(
            "date",
            "Die Angabe ist kein Datum.",
            row=row.label,
            column=column,
            found=text or "eine leere Zelle",
            expected="2021-12-31 oder 31.12.2021",
        )
    return date


def _source(opened: OpenTable, row: OpenRow, catalogue: Catalogue) -> str:
    source_id = opened.text(row, "source_id") or opened.table.source or ""
    if source_id not in catalogue.sources:
        opened.report.error(
            "unknown_source",
            "Die Quelle ist nicht erklärt.",
            row=row.label,
            column="source_id",
            found=source_id or "eine leere Zelle",
            expected=", ".join(catalogue.sources),
        )
    return source_id


def _area(
    opened: OpenTable,
    row: OpenRow,
    column: str,
    text: str,
    level: str,
    catalogue: Catalogue,
    areas: Areas,
) -> str:
    """Return the key of an area, empty where none is named or the register does not know it."""
    if not text:
        return ""
    area = None
    if catalogue.has_level(level):
        area = normalise_key(text, catalogue.level(level).key_length)
    if area is None or not areas.knows(level, area):
        opened.report.error(
            "unknown_area",
            "Das Gebiet steht nicht im Verzeichnis; der Ort gilt als nicht zugeordnet.",
            row=row.label,
            column=column,
            found=f"{level or 'ohne Ebene'} {text}",
            expected="Ebene und Schlüssel aus dem Verzeichnis",
        )
        return ""
    return area


_WORDS = {"occupied": "Untergebrachte", "usable": "nutzbare Plätze", "places": "Plätze"}


def _check_site(
    opened: OpenTable,
    row: OpenRow,
    numbers: dict[str, float],
    dates: dict[str, dt.date | None],
    forms: tuple[str, ...],
) -> None:
    name = opened.text(row, "name")
    if _TOTAL.match(name):
        opened.report.error(
            "site_total",
            "Die Zeile ist eine Summe und keine Unterkunft. Streichen Sie sie.",
            row=row.label,
            column="name",
            found=name,
            expected="eine Unterkunft",
        )
    form = opened.text(row, "form")
    if form not in forms and (forms or not form):
        opened.report.error(
            "unknown_form",
            "Die Form der Unterkunft ist nicht bekannt.",
            row=row.label,
            column="form",
            found=form or "eine leere Zelle",
            expected=", ".join(forms) or "eine Form der Unterkunft",
        )
    for part, whole in (("occupied", "places"), ("usable", "places"), ("occupied", "usable")):
        if numbers[part] > numbers[whole]:
            opened.report.error(
                "part_over_whole",
                f"Mehr {_WORDS[part]} als {_WORDS[whole]}.",
                row=row.label,
                column=part,
                found=f"{numbers[part]:g}",
                expected=f"höchstens {numbers[whole]:g}",
            )
    opened_on, closed_on = dates["opened"], dates["closed"]
    if opened_on and closed_on and closed_on < opened_on:
        opened.report.error(
            "closed_before_opened",
            "Die Unterkunft ist geschlossen, bevor sie eröffnet ist.",
            row=row.label,
            column="closed",
            found=closed_on,
            expected=f"nach {opened_on}",
        )


def _check_standing(opened: OpenTable, row: OpenRow, site: Row, before: list[Row]) -> None:
    """Report a site that does not count although it is said to be in use, or stands there twice."""
    state = str(site["state"])
    opened_on, closed_on, day = (parse_date(opened.cell(row, column)) for column in DAYS)
    contradictory = bool(opened_on and closed_on and closed_on < opened_on)
    reason, column = ("", "") if contradictory else standing(state, opened_on, closed_on, day)
    if reason and (float(str(site["occupied"])) > 0 or (column != "state" and is_open(state))):
        opened.report.error(
            "site_not_open",
            f"{site['name']}: belegt oder in Betrieb, aber {reason}. Die Unterkunft wird nicht "
            "gezählt; prüfen Sie Stichtag, Eröffnung, Schließung und Stand.",
            row=row.label,
            column=column,
            found=opened.text(row, column),
            expected=f"eine Unterkunft, die am {opened.text(row, 'date')} offen ist",
        )
    same = next(
        (at for at, each in enumerate(before) if site["name"] and identity(each) == identity(site)),
        None,
    )
    if same is not None:
        first = opened.rows[same].label
        opened.report.error(
            "site_repeated",
            f"{site['name']}: Die Unterkunft steht schon in Zeile {first}, mit gleicher Form, "
            "gleichem Gebiet und Stichtag. Gezählt wird sie einmal, nach der ersten Zeile, in der "
            "sie offen ist; streichen Sie die falsche.",
            row=row.label,
            column="name",
            found=f"Zeilen {first} und {row.label}",
            expected="jede Unterkunft einmal je Stichtag",
        )


def point_rows(opened: OpenTable, catalogue: Catalogue, areas: Areas) -> list[Row]:
    """Read a table of offices and the areas that they serve.

    Parameters
    ----------
    opened : OpenTable
    catalogue : Catalogue
    areas : Areas

    Returns
    -------
    list of dict
        One for each row, with the keys of ``POINT_COLUMNS``; ``areas`` is a tuple of keys.
    """
    if opened.lacks("name", "address", "areas", "date"):
        return []
    points = []
    for row in opened.rows:
        point: Row = {column: opened.text(row, column) for column in POINT_COLUMNS}
        level = opened.text(row, "level") or opened.table.level or ""
        named = (text.strip() for text in opened.text(row, "areas").split(";"))
        keys = (_area(opened, row, "areas", text, level, catalogue, areas) for text in named)
        date = parse_date(opened.cell(row, "date"))
        period = date.isoformat() if date else opened.text(row, "date")
        if not _PERIOD.fullmatch(period):
            opened.report.error(
                "date",
                "Die Angabe ist kein Zeitpunkt.",
                row=row.label,
                column="date",
                found=period or "eine leere Zelle",
                expected="2016, 2016-03 oder 2016-03-31",
            )
        point.update(
            areas=tuple(key for key in keys if key),
            level=level,
            date=period,
            source_id=_source(opened, row, catalogue),
        )
        points.append(point)
    return points


def site_frame(rows: list[Row]) -> pd.DataFrame:
    """Return sites as a frame: strings, counts and positions float, dates datetime64[ns]."""
    frame = pd.DataFrame(rows, columns=list(SITE_COLUMNS))
    for column in (*COUNTS, *_POSITION):
        frame[column] = frame[column].astype("float")
    for column in DAYS:
        days = np.array([day or "NaT" for day in frame[column]], dtype="datetime64[D]")
        frame[column] = days.astype("datetime64[ns]")
    return frame.astype({**dict.fromkeys(_TEXTS, "str"), "complete": "bool"})


def point_frame(rows: list[Row]) -> pd.DataFrame:
    """Return offices as a frame: strings, and ``areas`` as tuples."""
    frame = pd.DataFrame(rows, columns=list(POINT_COLUMNS))
    return frame.astype({column: "str" for column in POINT_COLUMNS if column != "areas"})
