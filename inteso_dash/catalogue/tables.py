"""Where figures come from: tables, their columns and sources, what is wrong in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import (
    Field,
    NaiveDatetime,
    PositiveInt,
    model_validator,
)

from inteso_dash.catalogue.yaml_files import Declared
from inteso_dash.language.statuses import PUBLISHABLE, Status

TO_FILL_IN = "noch einzutragen"
"""What a declaration says where somebody still has to say it."""

_JOINED = ", "


class Protection(Declared):
    """How the small numbers of a source that is not public are kept secret.

    Attributes
    ----------
    counts_below : int
        Counts from 1 up to this number, exclusive, are kept secret; 0 turns the rule off.
    shares_below : int
        So are shares of fewer persons than this; 0 turns the rule off.
    round_to : int, optional
        Counts that are shown are rounded to multiples of it.
    p_percent : float, optional
        A sum over sites is kept secret where it lets the second largest site estimate the largest
        one to within this percentage.
    largest : tuple of int and float, optional
        A sum over sites is kept secret where its so many largest sites make up more than this
        percentage of it.
    """

    counts_below: int = Field(default=5, ge=0)
    shares_below: int = Field(default=10, ge=0)
    round_to: int | None = Field(default=None, ge=2)
    p_percent: float | None = Field(default=10.0, gt=0, le=100)
    largest: tuple[PositiveInt, Annotated[float, Field(gt=0, le=100)]] | None = None


class Source(Declared):
    """A publication that figures come from: its origin and licence.

    ``public`` says that everybody can read the figures elsewhere already. Those of a source that
    does not say so are shown under its ``protection``.
    ``delivered`` orders sources that name the same figure: the one delivered last is shown.
    """

    id: str
    title: str
    producer: str
    year: str = ""
    url: str = ""
    licence: str
    licence_url: str = ""
    accessed: dt.date | None = None
    delivered: NaiveDatetime | None = None
    note: str = ""
    public: bool = False
    protection: Protection = Protection()


def source_ids(texts: str | Iterable[str]) -> list[str]:
    """Return the ids that the column ``source_id`` holds, each once, the first mentioned first.

    Parameters
    ----------
    texts : str or iterable of str
        What stands in the column: ids joined by a comma.

    Examples
    --------
    >>> source_ids(["atlas", "", "press, atlas"])
    ['atlas', 'press']
    """
    rows = [texts] if isinstance(texts, str) else texts
    return list(dict.fromkeys(key for text in rows for key in str(text).split(_JOINED) if key))


def joined_ids(texts: Iterable[str]) -> str:
    """Write ids of sources, or several lists of them, as the column ``source_id`` holds them.

    Examples
    --------
    >>> joined_ids(["atlas", "", "press, atlas"])
    'atlas, press'
    """
    return _JOINED.join(source_ids(texts))


class Column(Declared):
    """A column of a wide table, or an indicator of a long one, and how its numbers are written.

    ``factor`` turns the file's unit into the indicator's (km² → ha: 100). ``rounded_to`` is the
    unit, in the file's own, to which the source rounds more coarsely than the decimals show;
    there a 0 means less than half of it.
    """

    name: str
    indicator: str
    factor: float = 1.0
    rounded_to: float | None = Field(default=None, gt=0)


class Correction(Declared):
    """A known error of a source, declared as data.

    ``found`` is what the file holds, ``corrected`` what it should hold. With ``row`` it is one
    cell; with ``pattern: true`` the two are a regular expression and its replacement, applied to
    the whole column, and ``expect`` is the number of cells it must change. A correction that finds
    something else than it expects is reported: the source was repaired.
    """

    column: str
    row: str | None = None
    found: str
    corrected: str
    pattern: bool = False
    expect: int = 1
    reason: str


class AreaStatus(Declared):
    """Cells whose status is known: an area, why it has no value or a coarse one.

    ``rounded_to`` belongs to *rounded*: as of `Column`, for this area alone.
    """

    area: str
    status: Status
    columns: tuple[str, ...] = ()
    contained_in: str | None = None
    rounded_to: float | None = Field(default=None, gt=0)
    reason: str

    @model_validator(mode="after")
    def _says_how_coarse(self) -> Self:
        if (self.status is Status.ROUNDED) != (self.rounded_to is not None):
            raise ValueError("rounded_to bei status: rounded, und nur dort")
        if self.status not in PUBLISHABLE:
            raise ValueError(f"einen Status wie {', '.join(PUBLISHABLE)}")
        return self


class Explained(Declared):
    """A finding of the checks that was looked at and is known to be right as it is."""

    rule: str
    row: str | None = None
    column: str | None = None
    reason: str


class SourceTable(Declared):
    """A file of the data folder with everything needed to read it.

    ``kind``: *register* (the areas), *figures*, *sites* (accommodation), *points* (offices that
    serve areas) or *crosswalk* (which share of each area of ``division`` goes to which area of
    ``to_division``, by the indicator ``weight``). ``layout`` of figures: *wide* (one row an area,
    one column an indicator) or *long* (one row a figure). ``complete`` says of sites that each
    Stichtag lists all there were.
    """

    id: str
    title: str
    file: str = Field(max_length=200)
    kind: Literal["register", "figures", "sites", "points", "crosswalk"]
    layout: Literal["wide", "long"] = "long"
    level: str | None = None
    division: str | None = None
    to_division: str | None = None
    weight: str | None = None
    date: dt.date | None = None
    source: str | None = None
    key_column: str = "area_id"
    name_column: str | None = None
    parent_columns: dict[str, str] = Field(default_factory=dict)
    columns: tuple[Column, ...] = ()
    sources: tuple[Source, ...] = ()
    corrections: tuple[Correction, ...] = ()
    area_statuses: tuple[AreaStatus, ...] = ()
    explained: tuple[Explained, ...] = ()
    positions_public: bool = False
    complete: bool = False
    rows: int = Field(gt=0)
    sha256: str = Field(max_length=64)
    note: str = ""

    @property
    def column_of(self) -> dict[str, str]:
        """Indicator id → column name, for wide tables."""
        return {column.indicator: column.name for column in self.columns}
