"""Templates for tables of accommodation: what to fill in, with made-up example rows.

Both are read back by the upload, by `inteso-dash import` and by `inteso-dash check`.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from itertools import cycle

import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.city import Accommodation
from inteso_dash.files.text import Dialect, to_csv
from inteso_dash.tables.sources.places import SITE_HEADS

MADE_UP = "Erfundenes Beispiel, bitte löschen"

_DAY = dt.date(2025, 12, 31)
_SITES = (
    ("Musterstraße 1", 200, 190, 172, dt.date(2016, 3, 1), None),
    ("Beispielweg 7", 45, 45, 38, dt.date(2015, 9, 15), None),
)
_EXAMPLES = ("name", "places", "usable", "occupied", "opened", "closed")
_FORMS = ("Gemeinschaftsunterkunft", "Wohnung")
_SITE_HELP = {
    "name": "Pflicht",
    "form": "Pflicht; {forms}",
    "places": "Pflicht; Zahl",
    "usable": "am Stichtag nutzbar; höchstens die Plätze",
    "occupied": "am Stichtag untergebracht; höchstens die nutzbaren Plätze",
    "opened": "Tag der Eröffnung, 01.03.2016",
    "closed": "Tag der Schließung, leer solange geöffnet",
    "date": "Pflicht; Stichtag der Angaben",
    "level": "Ebene des Gebiets: {levels}",
    "area_id": "Schlüssel des Gebiets, führende Nullen bleiben",
    "state": "in Betrieb, in Planung, im Bau oder geschlossen; gezählt wird, was in Betrieb ist",
    "note": "Anmerkung",
    "lon": "Grad; nur wenn nötig",
    "lat": "Grad; nur wenn nötig",
}
_KEY, _AREA, _DATE, _NOTE = "Schlüssel", "Gebiet", "Stichtag", "Anmerkung"


def site_template(
    catalogue: Catalogue, declared: Accommodation, areas: Mapping[str, str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return made-up sites and what each of their columns means.

    Parameters
    ----------
    catalogue : Catalogue
    declared : Accommodation
    areas : mapping
        Key → name of the areas of the declared level.
    """
    level = catalogue.level(declared.level)
    basis = {
        "date": _DAY,
        "level": level.title.de,
        "area_id": next(iter(areas)),
        "state": "in Betrieb",
        "note": MADE_UP,
    }
    forms = catalogue.site_forms
    rows = [
        {**dict(zip(_EXAMPLES, site, strict=True)), "form": form, **basis}
        for site, form in zip(_SITES, cycle(forms or _FORMS), strict=False)
    ]
    table = pd.DataFrame(rows, columns=list(_SITE_HELP), dtype=object)
    levels = ", ".join(each.title.de for each in catalogue.levels if each.parent)
    allowed = f"eine von: {', '.join(forms)}" if forms else "Art der Unterkunft"
    told = {
        SITE_HEADS[name]: text.format(levels=levels, forms=allowed)
        for name, text in _SITE_HELP.items()
    }
    return table.rename(columns=SITE_HEADS), _explained(told)


def area_template(
    catalogue: Catalogue, declared: Accommodation, areas: Mapping[str, str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a row for every area, with made-up counts in the first, and what the columns mean.

    Parameters
    ----------
    catalogue, declared, areas
        As of `site_template`.
    """
    statuses = declared.statuses
    share, rest = divmod(210, max(len(statuses), 1))
    parts = [share + (at < rest) for at in range(len(statuses))]
    amounts = {
        declared.sites: 2,
        declared.persons: 210,
        declared.places: 245,
        declared.usable: 235,
        **dict(zip(statuses, parts, strict=True)),
    }
    indicators = {key: catalogue.indicator(key) for key in amounts}
    heads = {key: each.title.de for key, each in indicators.items()}
    first = next(iter(areas))
    rows = [
        {
            _KEY: area,
            _AREA: name,
            _DATE: _DAY,
            **{heads[key]: amount if area == first else None for key, amount in amounts.items()},
            _NOTE: MADE_UP if area == first else None,
        }
        for area, name in areas.items()
    ]
    told = {
        _KEY: "Pflicht; führende Nullen bleiben",
        _AREA: "Name",
        _DATE: "Pflicht; wie 31.12.2025",
        **{
            heads[key]: f"{each.meaning} Leer, wenn keine Angabe; – wenn genau null"
            for key, each in indicators.items()
        },
        _NOTE: "Anmerkung",
    }
    return pd.DataFrame(rows, dtype=object), _explained(told)


TEMPLATES = {"Gebiete": area_template, "Unterkünfte": site_template}
"""All templates by their titles."""


def _explained(columns: Mapping[str, str]) -> pd.DataFrame:
    lines = [f"{name}: {content}" for name, content in columns.items()]
    return pd.DataFrame({"Erklärung der Spalten": lines})


def template_csv(rows: pd.DataFrame) -> bytes:
    """Write a template as CSV, with semicolons as Excel in German expects."""
    return to_csv(rows.map(_text), Dialect.EXCEL)


def _text(cell: object) -> str:
    if isinstance(cell, dt.date):
        return f"{cell:%d.%m.%Y}"
    return "" if cell is None or cell is pd.NaT or cell != cell else str(cell)


def template_xlsx(rows: pd.DataFrame, explained: pd.DataFrame) -> bytes:
    """Write a template as a workbook: the rows first, what they mean on a second sheet.

    Numbers are numbers and days are days; keys are text, so that they keep their leading zeros.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.active)
    for title, table in (("Daten", rows), ("Erklärung", explained)):
        sheet = book.create_sheet(title)
        sheet.append(list(table.columns))
        for row in table.itertuples(index=False):
            sheet.append([cell if _text(cell) else None for cell in row])
        for column in sheet.columns:
            column[0].font = Font(bold=True)
            longest = max(len(_text(cell.value)) for cell in column)
            sheet.column_dimensions[column[0].column_letter].width = min(longest + 2, 60)
            for cell in column:
                if isinstance(cell.value, dt.date):
                    cell.number_format = "DD.MM.YYYY"
                elif isinstance(cell.value, str):
                    cell.number_format = "@"
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
