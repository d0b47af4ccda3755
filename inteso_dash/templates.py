"""Templates for tables of accommodation: what columns to fill in, with made-up example rows."""

from __future__ import annotations

import io

import pandas as pd

from inteso_dash.catalogue import Accommodation
from inteso_dash.exports import Dialect, to_csv
from inteso_dash.sources.places import FORMS

MADE_UP = "Erfundenes Beispiel, bitte löschen"

_SITE_ROWS = (
    ("Musterstraße 1", "Wohnmodulanlage", "200", "190", "172", "2016-03-01", ""),
    ("Beispielweg 7", "angemietetes Gebäude", "45", "45", "38", "2015-09-15", "2017-12-31"),
)
_SITE_HELP = (
    ("name", "Name oder Anschrift der Unterkunft", "ja"),
    ("form", "Eine von: " + ", ".join(FORMS), "ja"),
    ("places", "Plätze", "ja"),
    ("usable", "am Stichtag nutzbare Plätze; höchstens places", "nein"),
    ("occupied", "am Stichtag untergebrachte Personen; höchstens usable und places", "nein"),
    ("opened", "Tag der Eröffnung, 2016-03-01 oder 01.03.2016", "nein"),
    ("closed", "Tag der Schließung, leer solange geöffnet", "nein"),
    ("date", "Stichtag der Angaben", "ja"),
    ("level", "Ebene des Gebiets, Kennung aus catalogue.yml", "nein"),
    ("area_id", "Schlüssel des Gebiets, führende Nullen bleiben", "nein"),
    ("state", "Stand, etwa in Betrieb", "nein"),
    ("source_id", "Kennung der Quelle; wird in der YAML-Datei erklärt", "nein"),
    ("note", "Anmerkung", "nein"),
    ("lon", "Länge in Grad; nur wenn nötig", "nein"),
    ("lat", "Breite in Grad; nur wenn nötig", "nein"),
)
_AREA_HELP = (
    ("level", "Ebene des Gebiets, Kennung aus catalogue.yml", "ja"),
    ("area_id", "Schlüssel des Gebiets, führende Nullen bleiben", "ja"),
    ("indicator_id", "Kennung des Indikators, siehe Beispielzeilen", "ja"),
    ("date", "Stichtag, 2017-02-28 oder 28.02.2017", "ja"),
    ("value", "Zahl; leer, wenn keine Angabe; – wenn genau null", "ja"),
    ("source_id", "Kennung der Quelle; wird in der YAML-Datei erklärt", "ja"),
    ("note", "Anmerkung", "nein"),
)


def site_template(declared: Accommodation, area_id: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return made-up sites and what each of their columns means.

    Parameters
    ----------
    declared : Accommodation
    area_id : str
        Key of an area of the declared level, for the example.
    """
    rows = [
        (*row, "2017-02-28", declared.level, area_id, "in Betrieb", "", MADE_UP, "", "")
        for row in _SITE_ROWS
    ]
    return pd.DataFrame(rows, columns=[name for name, _, _ in _SITE_HELP]), _explained(_SITE_HELP)


def area_template(declared: Accommodation, area_id: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return made-up area counts and what each of their columns means.

    Parameters
    ----------
    declared : Accommodation
    area_id : str
        As in `site_template`.
    """
    amounts = {
        declared.sites: "2",
        declared.persons: "210",
        declared.places: "245",
        declared.usable: "235",
        **dict.fromkeys(declared.statuses, "105"),
    }
    rows = [
        (declared.level, area_id, indicator, "2017-02-28", value, "", MADE_UP)
        for indicator, value in amounts.items()
    ]
    return pd.DataFrame(rows, columns=[name for name, _, _ in _AREA_HELP]), _explained(_AREA_HELP)


def _explained(columns: tuple[tuple[str, str, str], ...]) -> pd.DataFrame:
    lines = [
        f"{name}{' (Pflicht)' if needed == 'ja' else ''}: {content}"
        for name, content, needed in columns
    ]
    return pd.DataFrame({"Erklärung der Spalten": lines})


def template_csv(rows: pd.DataFrame) -> bytes:
    """Write a template as CSV, with semicolons as Excel in German expects."""
    return to_csv(rows, Dialect.EXCEL)


def template_xlsx(rows: pd.DataFrame, explained: pd.DataFrame) -> bytes:
    """Write a template as a workbook: the rows first, what they mean on a second sheet.

    All cells are text, so that keys keep their leading zeros.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.active)
    for title, table in (("Daten", rows), ("Erklärung", explained)):
        sheet = book.create_sheet(title)
        sheet.append(list(table.columns))
        for row in table.itertuples(index=False):
            sheet.append([str(cell) or None for cell in row])
        for column in sheet.columns:
            column[0].font = Font(bold=True)
            longest = max(len(str(cell.value or "")) for cell in column)
            sheet.column_dimensions[column[0].column_letter].width = min(longest + 2, 60)
            for cell in column:
                cell.number_format = "@"
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
