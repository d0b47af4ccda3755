"""What every file says about itself: what, where, when, sources, licences, data, address, date."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from inteso_dash.catalogue import tables
from inteso_dash.catalogue.tables import Source
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status

EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"
DATA, ADDRESS, CREATED = "Datenstand", "Adresse", "Erstellt am"
_ESTIMATED = "{count} von {all} {what}: {note}"


@dataclass(frozen=True)
class Statement:
    """What an exported file says about itself.

    Attributes
    ----------
    what, where, when : str
        Title of what is shown, the areas, the Stichtage.
    sources : tuple of Source
        Publications that the figures come from.
    boundaries : str
        Where the outlines come from and their licence; empty where none are drawn.
    data_hash : str
        `City.data_hash`.
    address : str
        Address of the view, relative to the application where its server is not known.
    created : date
        The only thing in which two exports of the same view may differ.
    estimates : tuple of str
        What estimated figures rest on and how far they may be off.
    """

    what: str
    where: str
    when: str
    sources: tuple[Source, ...]
    data_hash: str
    address: str
    created: dt.date
    boundaries: str = ""
    estimates: tuple[str, ...] = ()

    @property
    def short_hash(self) -> str:
        """The first digits of the data hash."""
        return self.data_hash[:12]

    @property
    def citation(self) -> str:
        """The sources, cited one after the other."""
        return "; ".join(cited(source) for source in self.sources)

    @property
    def licences(self) -> str:
        """The licences of the sources, each once."""
        return "; ".join(dict.fromkeys(source.licence for source in self.sources))

    def entries(self) -> tuple[tuple[str, str], ...]:
        """Everything as pairs of German label and text, what is empty left out."""
        told = (
            ("Inhalt", self.what),
            ("Gebiet", self.where),
            ("Stichtag", self.when),
            ("Quelle", self.citation),
            ("Lizenz", self.licences),
            ("Schätzungen", "\n".join(self.estimates)),
            ("Grenzen", self.boundaries),
            (DATA, self.data_hash),
            (ADDRESS, self.address),
            (CREATED, formats.date(self.created)),
        )
        return tuple((label, text) for label, text in told if text)

    def footer(self) -> str:
        """Write what stands under a picture, one line each."""
        lines = [f"Quelle: {self.citation}. Stichtag {self.when}. Lizenz: {self.licences}."]
        lines += self.estimates
        if self.boundaries:
            lines.append(f"Grenzen: {self.boundaries}.")
        made = f"{DATA} {self.short_hash} · erstellt am {formats.date(self.created)}"
        lines.append(made + (f" · {self.address}" if self.address else ""))
        return "\n".join(lines)


def estimates(cells: Iterable[tuple[object, object]], what: str) -> tuple[str, ...]:
    """Return what estimated figures rest on and how far they may be off, each said once.

    Parameters
    ----------
    cells : iterable of (status, note)
        All figures, the others too.
    what : str
        What they are of, as in "5 von 10 Gebieten".

    Examples
    --------
    >>> estimates([("estimated", "Nach Fläche geteilt."), ("measured", "")], "Gebieten")
    ('1 von 2 Gebieten: Nach Fläche geteilt.',)
    """
    every = list(cells)
    notes = Counter(note for status, note in every if status == Status.ESTIMATED and note)
    return tuple(
        _ESTIMATED.format(count=count, all=len(every), what=what, note=note)
        for note, count in notes.items()
    )


def cited(source: Source) -> str:
    """Cite a source."""
    return f"{source.producer}: {source.title}" + (f" ({source.year})" if source.year else "")


def creation_date(chosen: dt.date | None = None) -> dt.date:
    """Return the date to state: the chosen one, that of ``SOURCE_DATE_EPOCH``, or today.

    Examples
    --------
    >>> creation_date(dt.date(2026, 11, 25))
    datetime.date(2026, 11, 25)
    """
    if chosen is not None:
        return chosen
    epoch = os.environ.get(EPOCH_VARIABLE, "")
    now = dt.datetime.now(dt.UTC)
    return (dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch.isdigit() else now).date()


def statement(
    city: City,
    *,
    what: str,
    where: str,
    dates: Iterable[dt.date],
    source_ids: Iterable[str],
    address: str = "",
    created: dt.date | None = None,
    boundaries: str = "",
    estimates: Iterable[str] = (),
) -> Statement:
    """Describe an export.

    Parameters
    ----------
    city : City
    what, where : str
        What is shown and for which areas.
    dates : iterable of date
        Stichtage of the figures, in any order.
    source_ids : iterable of str
        Of the cells; ids joined by a comma are taken apart, unknown ones left out.
    address : str
        Address of the view.
    created : date, optional
        As in `creation_date`.
    boundaries : str
        Citation of the outlines with their licence.
    estimates : iterable of str
        As `estimates` returns them.
    """
    known = city.catalogue.sources
    ids = set(tables.source_ids(source_ids))
    return Statement(
        what,
        where,
        when(dates),
        tuple(source for key, source in known.items() if key in ids),
        city.data_hash,
        address,
        creation_date(created),
        boundaries,
        tuple(estimates),
    )


def when(dates: Iterable[dt.date]) -> str:
    """Write one Stichtag, two of them, or the first and the last of more.

    Examples
    --------
    >>> when([dt.date(2021, 12, 31), dt.date(2015, 12, 31), dt.date(2021, 12, 31)])
    '31.12.2015 und 31.12.2021'
    """
    days = set(dates)
    if len(days) > 2:
        return f"{formats.date(min(days))} bis {formats.date(max(days))}"
    return formats.listed(formats.date(day) for day in sorted(days))


def signed(table: pd.DataFrame, told: Statement) -> pd.DataFrame:
    """Add to a table what its file has to say and no column says yet; the same in every row.

    Parameters
    ----------
    table : DataFrame
    told : Statement

    Returns
    -------
    DataFrame
        The table with Stichtag, Quelle and Lizenz where it has no such column, Datenstand (the
        data hash) and Adresse.
    """
    entries = {
        "Stichtag": told.when,
        "Quelle": told.citation,
        "Lizenz": told.licences,
        DATA: told.data_hash,
        ADDRESS: told.address,
    }
    return table.assign(
        **{head: text for head, text in entries.items() if text and head not in table.columns}
    )
