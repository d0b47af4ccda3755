"""What slides of the page Veränderung show besides the course over time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from inteso_dash.city.overlay.matching import Match
from inteso_dash.pages.veraenderung.comparison import Comparison, Measure


@dataclass(frozen=True)
class ChangeMap:
    """The change of every area between two Stichtage on a map."""

    found: Comparison
    measure: Measure
    selected: str | None


@dataclass(frozen=True)
class BothValues:
    """Both values of areas side by side.

    ``rows`` are those of `change.pairs`; ``marks`` says what signs in them mean.
    """

    rows: pd.DataFrame
    days: tuple[dt.date, dt.date]
    unit: str
    decimals: int
    marks: str


@dataclass(frozen=True)
class Strongest:
    """The strongest changes as bars; ``rows`` as of `change.standout_rows`."""

    rows: pd.DataFrame
    head: str
    decimals: int


@dataclass(frozen=True)
class SmallMaps:
    """The same map at some Stichtage, on one scale."""

    level: str
    indicator_id: str
    days: tuple[dt.date, ...]
    small_base: float


@dataclass(frozen=True)
class DatedMap:
    """One map that can be moved between the Stichtage of a period."""

    level: str
    indicator_id: str
    period: tuple[dt.date, dt.date]
    small_base: float
    selected: str | None


@dataclass(frozen=True)
class CutMap:
    """How much of every area of a division is cut anew since an earlier one."""

    level: str
    found: Match
    pair: tuple[str, str]
    selected: str | None


ChangeContent = ChangeMap | BothValues | Strongest | SmallMaps | DatedMap | CutMap
