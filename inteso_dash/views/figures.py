"""."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class Bar:
    """One bar with the value of the city to compare with, None where there is none."""

    label: str
    value: float
    written: str
    reference: float | None
    reference_written: str


@dataclass(frozen=True)
class Mark:
    """A break as a chart marks and names it: all that breaks at one date."""

    date: dt.date
    label: str
    words: str
