"""The one menu by which pages give away what they show, as the files that fit it.

What it offers is sent when it is opened. Bytes are made when a file is asked for, never in a rerun,
and the libraries that draw or write them are imported only then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum

import pandas as pd
import streamlit as st

from inteso_dash.city import City
from inteso_dash.files import tables as files
from inteso_dash.files.text import Dialect, file_name
from inteso_dash.session import address as view
from inteso_dash.session import store
from inteso_dash.views.sequences import Address
from inteso_dash.views.statement import Statement

TEXTS = {
    "menu": "Mitnehmen",
    "note": "Jede Datei nennt Stichtag, Quelle, Lizenz und den Status jeder Zahl. "
    "Datenstand {hash}.",
}
Make = Callable[[], bytes]


class FileKind(StrEnum):
    """Kinds of files, by the label that people choose."""

    XLSX = "Excel-Arbeitsmappe (XLSX)"
    CSV_EXCEL = "CSV für Excel (deutsch)"
    CSV = "CSV nach RFC 4180"
    GEOJSON = "GeoJSON"
    GPKG = "GeoPackage"
    SVG = "Bild als SVG"
    PNG = "Bild als PNG"
    PDF = "Bild als PDF"
    PDF_A4 = "Blatt als PDF, A4"
    PDF_A3 = "Blatt als PDF, A3"
    REPORT = "Kurzprofil als PDF"
    PACKAGE = "Datenpaket (ZIP)"


_TYPES = {
    FileKind.XLSX: ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    FileKind.CSV_EXCEL: ("csv", "text/csv"),
    FileKind.CSV: ("csv", "text/csv"),
    FileKind.GEOJSON: ("geojson", "application/geo+json"),
    FileKind.GPKG: ("gpkg", "application/geopackage+sqlite3"),
    FileKind.SVG: ("svg", "image/svg+xml"),
    FileKind.PNG: ("png", "image/png"),
    FileKind.PDF: ("pdf", "application/pdf"),
    FileKind.PDF_A4: ("pdf", "application/pdf"),
    FileKind.PDF_A3: ("pdf", "application/pdf"),
    FileKind.REPORT: ("pdf", "application/pdf"),
    FileKind.PACKAGE: ("zip", "application/zip"),
}
_ICONS = {
    FileKind.XLSX: ":material/table_view:",
    FileKind.CSV_EXCEL: ":material/table_rows:",
    FileKind.CSV: ":material/table_rows:",
    FileKind.GEOJSON: ":material/map:",
    FileKind.GPKG: ":material/map:",
    FileKind.SVG: ":material/image:",
    FileKind.PNG: ":material/image:",
    FileKind.PDF: ":material/picture_as_pdf:",
    FileKind.PDF_A4: ":material/picture_as_pdf:",
    FileKind.PDF_A3: ":material/picture_as_pdf:",
    FileKind.REPORT: ":material/picture_as_pdf:",
    FileKind.PACKAGE: ":material/folder_zip:",
}


def menu(
    city: City,
    name: Sequence[str],
    offers: Mapping[FileKind, Make],
    *,
    key: str,
    label: str = "",
    more: Mapping[str, Mapping[FileKind, Make]] | None = None,
) -> None:
    """Offer what a page shows as files, one button a kind, behind one button.

    Parameters
    ----------
    city : City
    name : sequence of str
        What the file is called, as in `inteso_dash.files.file_name`.
    offers : mapping of FileKind to callable
        Makes the bytes of a file; called in a thread without a session, when it is asked for.
        What it needs of the session has to be read before; `session.store` may be asked.
    key : str
        Tells the menus of a page apart.
    label : str
        Of the menu; "Mitnehmen" by default.
    more : mapping of str to offers, optional
        Offers for other parts of the page by title, which stands in label and file name.
    """
    popover = st.popover(
        label or TEXTS["menu"],
        icon=":material/download:",
        width="stretch",
        key=f"{key}_menue",
        on_change="rerun",
    )
    if not popover.open:
        return
    with popover, st.container(gap="xxsmall"):
        for kind, make in offers.items():
            _button(str(kind), name, kind, make, key)
        for title, others in (more or {}).items():
            for kind, make in others.items():
                _button(f"{title} als {kind.name}", [*name, title], kind, make, f"{key}_{title}")
        st.caption(TEXTS["note"].format(hash=city.short_hash))


def _button(label: str, name: Sequence[str], kind: FileKind, make: Make, key: str) -> None:
    suffix, mime = _TYPES[kind]
    st.download_button(
        label,
        data=store.in_this_edition(make),
        file_name=file_name(name, suffix),
        mime=mime,
        key=f"{key}_{suffix}_{kind.name.lower()}",
        on_click="ignore",
        icon=_ICONS[kind],
        type="tertiary",
    )


def pictures(make: Callable[[str], bytes]) -> dict[FileKind, Make]:
    """Return the offers for a picture: for texts and slides, and to be worked on.

    Parameters
    ----------
    make : callable
        Makes the bytes of "png" or "svg".
    """
    return {FileKind.PNG: lambda: make("png"), FileKind.SVG: lambda: make("svg")}


def tables(
    city: City,
    table: Callable[[], pd.DataFrame],
    told: Callable[[], Statement],
    indicator_ids: Iterable[str] = (),
) -> dict[FileKind, Make]:
    """Return the offers for a table: a workbook and CSV in both dialects.

    Parameters
    ----------
    city : City
    table : callable
        Makes the table: cells are text, `decimal.Decimal`, dates or None.
    told : callable
        Makes the description of the files.
    indicator_ids : iterable of str
        Indicators that the workbook defines, besides those of a column Kennung.
    """

    def made(kind: str, dialect: Dialect = Dialect.RFC4180) -> bytes:
        return files.table_file(
            city, table(), told(), kind, indicator_ids=indicator_ids, dialect=dialect
        )

    return {
        FileKind.XLSX: lambda: made("xlsx"),
        FileKind.CSV_EXCEL: lambda: made("csv", Dialect.EXCEL),
        FileKind.CSV: lambda: made("csv"),
    }


def address() -> str:
    """Return the address of the view that is shown, as the reader's browser has it, readable."""
    return Address(st.context.url or "", view.pairs()).text
