"""Tables as an Excel workbook: figures, definitions, sources; numbers are numbers."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pandas as pd
import xlsxwriter

from inteso_dash.city import City
from inteso_dash.files.tables import definitions, sources, statuses
from inteso_dash.files.text import is_formula
from inteso_dash.views.statement import Statement

_WIDEST = 60
_SAMPLE = 400
_SETTINGS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_date_format": "dd.mm.yyyy",
}


def to_xlsx(
    table: pd.DataFrame, told: Statement, city: City, indicator_ids: Iterable[str]
) -> bytes:
    """Write a table as a workbook with what is needed to understand it.

    Numbers are numbers, which Excel shows with German signs where it runs in German; keys stay
    text with their zeros. Text that could be taken for a formula is marked as text.

    Parameters
    ----------
    table : DataFrame
        Cells are text, `Decimal`, numbers, dates or None.
    told : Statement
        Written on the sheet of sources and into the properties of the file.
    city : City
    indicator_ids : iterable of str
        Indicators to define.

    Returns
    -------
    bytes
        Sheets Zahlen, Definitionen, Quellen, each with a frozen head.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _SETTINGS)
    midnight = dt.datetime.combine(told.created, dt.time(), dt.UTC).replace(tzinfo=None)
    book.set_properties(
        {
            "title": told.what,
            "subject": f"{told.where}, {told.when}",
            "author": told.citation,
            "comments": told.footer(),
            "keywords": f"{told.data_hash} {told.address}".strip(),
            "created": midnight,
        }
    )
    writer = _Writer(book)
    writer.sheet("Zahlen", [table])
    writer.sheet("Definitionen", [definitions(city, indicator_ids), statuses()])
    about = pd.DataFrame(told.entries(), columns=["Diese Datei", "Angabe"])
    writer.sheet("Quellen", [about, sources(told)])
    book.close()
    return out.getvalue()


class _Writer:
    """Writes tables below each other on sheets, with one set of formats for the book."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self.guard = book.add_format({"quote_prefix": True, "valign": "top"})
        self.plain = book.add_format({"valign": "top"})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "dd.mm.yyyy", "valign": "top"})
        self.numbers: dict[int, Any] = {}

    def number(self, decimals: int) -> Any:
        """Return the format of numbers with so many decimals."""
        if decimals not in self.numbers:
            pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
            self.numbers[decimals] = self.book.add_format({"num_format": pattern, "valign": "top"})
        return self.numbers[decimals]

    def sheet(self, title: str, tables: list[pd.DataFrame]) -> None:
        """Write tables onto a new sheet; the head of the first one stays in sight."""
        sheet = self.book.add_worksheet(title)
        row = 0
        widths: dict[int, int] = {}
        for table in tables:
            for column, name in enumerate(table.columns):
                sheet.write_string(row, column, str(name), self.head)
                shown = [str(name), *map(_shown, table.iloc[:_SAMPLE, column])]
                widths[column] = max(widths.get(column, 0), *map(len, shown))
            for offset, cells in enumerate(table.itertuples(index=False), 1):
                for column, cell in enumerate(cells):
                    self.cell(sheet, row + offset, column, cell)
            row += len(table) + 2
        for column, width in widths.items():
            sheet.set_column(column, column, min(width + 2, _WIDEST))
        sheet.freeze_panes(1, 0)
        if len(tables) == 1 and len(tables[0].columns):
            sheet.autofilter(0, 0, len(tables[0]), len(tables[0].columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def cell(self, sheet: Any, row: int, column: int, cell: object) -> None:
        """Write one cell as what it is."""
        if cell is None or cell is pd.NaT or (isinstance(cell, float) and pd.isna(cell)):
            return
        if isinstance(cell, Decimal):
            exponent = cell.as_tuple().exponent
            decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
            sheet.write_number(row, column, float(cell), self.number(decimals))
        elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
            sheet.write_number(row, column, cell, self.plain)
        elif isinstance(cell, dt.date):
            sheet.write_datetime(row, column, cell, self.day)
        elif text := str(cell):
            long = self.wrap if len(text) > _WIDEST else self.plain
            sheet.write_string(row, column, text, self.guard if is_formula(text) else long)


def _shown(cell: object) -> str:
    return "00.00.0000" if isinstance(cell, dt.date) else "" if cell is None else str(cell)
