"""The one menu by which pages give away what they show, as the files that fit it.

What it offers is worked out when it is opened. Bytes are made when a file is asked for, never in a
rerun, and the libraries that draw or write them are imported only then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from inteso_dash.city import City
from inteso_dash.files import tables as files
from inteso_dash.files.kinds import PICTURES, TABLES, FileKind
from inteso_dash.files.text import file_name
from inteso_dash.session import store
from inteso_dash.session.literal import literal
from inteso_dash.views.sequences import Address
from inteso_dash.views.statement import Statement

TEXTS = {
    "menu": "Herunterladen",
    "as": "*{title} als* {kind}",
    "table": "Tabelle",
    "picture": "Bild dieser Ansicht",
    "package": "Gesamtpaket",
    "csv": "„Deutsch“ heißt Semikolon und Dezimalkomma, „international“ Komma und Dezimalpunkt "
    "(UTF-8, RFC 4180).",
    "note": "Jede Datei nennt Stichtag, Quelle, Lizenz und den Status jeder Zahl. "
    "Datenstand {hash}.",
}
Make = Callable[[], bytes]
Files = dict[FileKind, Make]
KEY = "herunterladen"


@dataclass(frozen=True)
class Thing:
    """What a page shows and gives away: a table, a figure, all data.

    Attributes
    ----------
    title : str
        Heads its files in the menu.
    name : sequence of str
        What its files are called, as in `inteso_dash.files.text.file_name`.
    files : mapping of FileKind to callable
        Makes the bytes of a file; called in a thread without a session, when it is asked for.
        What it needs of the session has to be read before; `session.store` may be asked.
    """

    title: str
    name: Sequence[str]
    files: Mapping[FileKind, Make]


def menu(city: City, things: Callable[[], Iterable[Thing]]) -> None:
    """Offer what a page shows as files, grouped by the thing they hold, behind one button.

    Parameters
    ----------
    city : City
    things : callable
        Returns what there is; called while the menu is open.
    """
    popover = st.popover(
        TEXTS["menu"], icon=":material/download:", type="tertiary", key=KEY, on_change="rerun"
    )
    if not popover.open:
        return
    with popover, st.container(key=f"{KEY}_inhalt", gap="xsmall"):
        offered = [each for each in things() if each.files]
        for at, each in enumerate(offered):
            with st.container(gap=None):
                st.markdown(f"**{literal(each.title)}**")
                with st.container(horizontal=True, gap="small"):
                    for kind, make in each.files.items():
                        _button(each, kind, make, f"{KEY}_{at}_{kind.name.lower()}")
        if any(FileKind.CSV in each.files for each in offered):
            st.caption(TEXTS["csv"])
        st.caption(TEXTS["note"].format(hash=city.short_hash))


def opened() -> bool:
    """Say whether the menu is open."""
    return bool(st.session_state.get(KEY))


def _button(thing: Thing, kind: FileKind, make: Make, key: str) -> None:
    """Offer a file; what it holds stands above it, and in its name for who does not see that."""
    st.download_button(
        TEXTS["as"].format(title=literal(thing.title), kind=kind.label),
        data=store.in_this_edition(make),
        file_name=file_name(thing.name, kind.suffix),
        mime=kind.mime,
        key=key,
        on_click="ignore",
        icon=f":material/{kind.icon}:",
        type="tertiary",
    )


def pictures(make: Callable[[str], bytes]) -> Files:
    """Return the files of a figure.

    Parameters
    ----------
    make : callable
        Makes the bytes of one of `inteso_dash.files.kinds.PICTURE_KINDS`.
    """
    return {kind: partial(make, kind.suffix) for kind in PICTURES}


def tables(
    city: City,
    table: Callable[[], pd.DataFrame],
    told: Callable[[], Statement],
    indicator_ids: Iterable[str] = (),
) -> Files:
    """Return the files of a table: a workbook and CSV in both dialects.

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

    def made(kind: FileKind) -> bytes:
        return files.table_file(city, table(), told(), kind, indicator_ids=indicator_ids)

    return {kind: partial(made, kind) for kind in TABLES}


def wide(rows: Callable[[], pd.DataFrame], told: Callable[[], Statement]) -> Files:
    """Return the file of figures in wide form: a row an area, a column an indicator.

    Parameters
    ----------
    rows : callable
        Makes the rows, as `inteso_dash.files.text.labelled` returns them.
    told : callable
    """

    def made() -> bytes:
        from inteso_dash.files.package import zipped_wide

        return zipped_wide(rows(), told())

    return {FileKind.WIDE: made}


def package(city: City) -> Thing:
    """Return everything that there is, as a data package."""

    def made() -> bytes:
        from inteso_dash.files import package as packages

        return packages.zipped(packages.files(city))

    name = ["inteso", city.catalogue.city.name, TEXTS["package"]]
    return Thing(TEXTS["package"], name, {FileKind.PACKAGE: made})


def absolute(view: Address) -> str:
    """Return the address of a view as the reader's browser has it.

    Parameters
    ----------
    view : Address
        Of the page that is shown.
    """
    return Address(st.context.url or view.page, view.parameters).text
