"""Figures in wide form: a row an area, a column an indicator, and beside it where each is from."""

from __future__ import annotations

import pandas as pd

from inteso_dash.files.package import zipped
from inteso_dash.files.text import BOUNDS, COLUMNS, Dialect, to_csv
from inteso_dash.views.statement import Statement

WIDE, ORIGIN, README = "breit.csv", "herkunft.csv", "LIESMICH.txt"
_AREA = ["Ebene", "Gliederung", "Schlüssel", "Name"]
_CELL = ["Ebene", "Gliederung", "Schlüssel", "Kennung"]
_TOLD = """\
{what}, {where}

{wide}: eine Zeile je Gebiet, eine Spalte je Indikator; der Spaltenkopf ist seine Kennung, der Wert
der seines neuesten Stichtags in dieser Auswahl. Leer heißt: kein Wert; warum, sagt {origin}.
{origin}: eine Zeile je Zelle, mit Titel, Einheit, Stichtag, Status, Quelle und Lizenz, bei
Anteilen und Raten mit den Grenzen ihres Intervalls. Die beiden
gehören über Ebene, Gliederung, Schlüssel und Kennung zusammen.
Beide Dateien: Trennzeichen Komma, Dezimalpunkt, UTF-8 (RFC 4180). „Schlüssel“ ist Text: Lesen Sie
ihn als Text, sonst gehen führende Nullen verloren (pandas: dtype={{"Schlüssel": str,
"Gliederung": str}}; Excel: Daten › Aus Text/CSV › Daten transformieren › Datentyp Text).

{wide}: one row per area, one column per indicator, headed by its id; the value is that of the
newest date in this selection. Empty means no value; {origin} says why.
{origin}: one row per cell, with title, unit, date, status, source and licence; both files join on
Ebene (level), Gliederung (division), Schlüssel (area key) and Kennung (indicator id).
Comma, decimal point, UTF-8 (RFC 4180). Read "Schlüssel" as text to keep leading zeros.

{entries}
"""


def wide(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Turn long rows into one row an area, and tell the origin of every cell.

    Parameters
    ----------
    rows : DataFrame
        As `inteso_dash.files.text.labelled` returns them; the newest Stichtag of each level and
        indicator counts.

    Returns
    -------
    tuple of DataFrame
        Ebene, Gliederung, Schlüssel, Name and a column per Kennung, areas and indicators in their
        order in the rows; and for every cell what `labelled` says of it, without value and name.
    """
    newest = rows.groupby(["Ebene", "Kennung"])["Stichtag"].transform("max")
    cells = rows[rows["Stichtag"] == newest].drop_duplicates(_CELL)
    areas = cells.drop_duplicates(_AREA[:3])[_AREA]
    values = cells.set_index(_CELL)["Wert"].to_dict()
    columns = {
        kind: [values.get((*area, kind)) for area in areas[_AREA[:3]].itertuples(index=False)]
        for kind in dict.fromkeys(cells["Kennung"])
    }
    made = areas.reset_index(drop=True).assign(
        **{kind: pd.Series(column, dtype=object) for kind, column in columns.items()}
    )
    heads = [*COLUMNS, *(head for head in BOUNDS if head in cells)]
    kept = [head for head in heads if head not in {"Name", "Wert"}]
    return made, cells[kept].reset_index(drop=True)


def zipped_wide(rows: pd.DataFrame, told: Statement) -> bytes:
    """Write rows in wide form with the origin of every cell, as a ZIP file.

    Parameters
    ----------
    rows : DataFrame
        As in `wide`.
    told : Statement
    """
    made, origin = wide(rows)
    entries = "\n".join(f"{label}: {text}" for label, text in told.entries())
    readme = _TOLD.format(
        what=told.what, where=told.where, wide=WIDE, origin=ORIGIN, entries=entries
    )
    return zipped(
        {
            WIDE: to_csv(made, Dialect.RFC4180),
            ORIGIN: to_csv(origin, Dialect.RFC4180),
            README: readme.encode(),
        },
        told.created,
    )
