"""A view as the bytes of a file, by the kind of file; what writes it is loaded when asked for."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from inteso_dash.city import City
from inteso_dash.files.text import Dialect, to_csv
from inteso_dash.views.statement import Statement, signed

TABLE_KINDS = ("xlsx", "csv")
PICTURE_KINDS = ("svg", "png", "pdf")
AREA_KINDS = ("geojson", "gpkg")


def table_file(
    city: City,
    table: pd.DataFrame,
    told: Statement,
    kind: str,
    *,
    indicator_ids: Iterable[str] = (),
    dialect: Dialect = Dialect.RFC4180,
) -> bytes:
    """Write a table.

    Parameters
    ----------
    city : City
    table : DataFrame
        Cells are text, `decimal.Decimal`, dates or None.
    told : Statement
    kind : str
        One of `TABLE_KINDS`.
    indicator_ids : iterable of str
        Indicators that a workbook defines; those of the column Kennung where there is one.
    dialect : Dialect
        Of CSV.
    """
    if kind == "csv":
        return to_csv(signed(table, told), dialect)
    from inteso_dash.files.workbook import to_xlsx

    named = set(indicator_ids)
    if "Kennung" in table.columns:
        named |= set(table["Kennung"])
    return to_xlsx(table, told, city, named)
