"""What goes together with one indicator: all others of its level, the strongest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.measures.relation import relations
from inteso_dash.pages.muster import choice as asked
from inteso_dash.pages.muster.texts import HEADS, SHARED, SLIDE_HEADS, TEXTS
from inteso_dash.pages.muster.two import coefficient, shared_parts
from inteso_dash.views import dated
from inteso_dash.views.dated import DatedIndicator
from inteso_dash.views.figures import Table
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import ViewError

_FIRST, _SURE, _LEAST_Q = 12, 0.05, 0.001


@dataclass(frozen=True)
class OneChoice:
    """What a reader chose: an indicator at a Stichtag, and whether common parts are left out."""

    level: str
    indicator: str
    day: dt.date
    free: bool


@dataclass(frozen=True)
class Strongest:
    """One indicator and all others.

    Attributes
    ----------
    choice : OneChoice
    indicator : DatedIndicator
    others : mapping of str to DatedIndicator
        Each at the Stichtag next to that of the indicator.
    table : DataFrame
        As of `inteso_dash.measures.relation.relations`, without those that cannot be told, and
        ``shared``, which parts are in common.
    """

    choice: OneChoice
    indicator: DatedIndicator
    others: dict[str, DatedIndicator]
    table: pd.DataFrame

    @property
    def listed(self) -> pd.DataFrame:
        """What is shown of the table."""
        return self.table[self.table["shared"] == ""] if self.choice.free else self.table


def read(city: City, address: Address, notes: list[str]) -> OneChoice:
    """Read what an address chooses; what does not exist is noted (`ViewError` for nothing)."""
    level = asked.levels(city).read(address, notes)
    indicator = asked.indicators(city, level).read(address, notes)
    day = asked.days(city, level, indicator).read(address, notes)
    return OneChoice(level, indicator, day, address.get(asked.FREE) in {"1", "true"})


def strongest(city: City, choice: OneChoice) -> Strongest:
    """Relate an indicator with all others of its level (`ViewError` where none is to be shown)."""
    level = choice.level
    own = dated.dated(city, level, choice.indicator, choice.day)
    others = {
        each: dated.dated(city, level, each, asked.second_days(city, level, each, choice.day).first)
        for each in asked.usable(city, level).values()
        if each != choice.indicator
    }
    values = pd.DataFrame(
        {choice.indicator: own.values, **{key: each.values for key, each in others.items()}}
    )
    table = relations(values, choice.indicator).dropna(subset=["spearman"])
    if table.empty:
        raise ViewError(TEXTS["strongest_none"].format(title=own.indicator.title.de))
    told = [shared_parts(city.catalogue, choice.indicator, str(each)) for each in table.index]
    found = Strongest(choice, own, others, table.assign(shared=told))
    if found.listed.empty:
        raise ViewError(TEXTS["none_free"].format(title=own.indicator.title.de))
    return found


def sentence(shown: Strongest) -> str:
    """Say what goes together most closely, and how many are sure."""
    table, title = shown.table, shown.indicator.indicator.title.de
    top, free = table.index[0], table[table["shared"] == ""]
    best = table.iloc[0]
    if best["shared"] and not free.empty:
        first = free.iloc[0]
        said = TEXTS["strongest_shared"].format(
            title=title,
            other=_title(shown, top),
            value=coefficient(best["spearman"]),
            why=best["shared"],
            free=_title(shown, free.index[0]),
            free_value=coefficient(first["spearman"]),
            low=coefficient(first["low"]),
            high=coefficient(first["high"]),
        )
    else:
        said = TEXTS["strongest"].format(
            title=title,
            other=_title(shown, top),
            value=coefficient(best["spearman"]),
            low=coefficient(best["low"]),
            high=coefficient(best["high"]),
        )
        if best["shared"]:
            said += " " + TEXTS["strongest_all_shared"].format(why=best["shared"])
    return said


def counted(shown: Strongest) -> str:
    """Say how many are sure when all comparisons are taken into account."""
    return TEXTS["strongest_count"].format(
        all=len(shown.table), sure=int((shown.table["q"] <= _SURE).sum())
    )


def _title(shown: Strongest, indicator: object) -> str:
    return shown.others[str(indicator)].indicator.title.de


def rows(shown: Strongest) -> pd.DataFrame:
    """Return what is shown, index indicator id, columns `HEADS`; numbers unrounded."""
    table = shown.listed
    columns = ("spearman", "low", "high", "pearson", "count", "q", "shared")
    titles = [_title(shown, each) for each in table.index]
    named = zip(HEADS[1:], columns, strict=True)
    return pd.DataFrame(
        {HEADS[0]: titles, **{head: list(table[key]) for head, key in named}}, index=table.index
    )


def written_q(value: float) -> str:
    """Write a probability with three digits, the smallest ones as such.

    Examples
    --------
    >>> written_q(0.0123), written_q(1e-9)
    ('0,012', '< 0,001')
    """
    return f"< {formats.german(_LEAST_Q)}" if value < _LEAST_Q else formats.number(value, 3)


def listed(shown: Strongest) -> Table:
    """Return the first ones as a table for a slide, common parts as a sign."""
    body = [
        (
            _title(shown, each),
            coefficient(row["spearman"]),
            TEXTS["interval"].format(low=coefficient(row["low"]), high=coefficient(row["high"])),
            coefficient(row["pearson"]),
            formats.number(row["count"], 0),
            SHARED if row["shared"] else "",
        )
        for each, row in shown.listed.head(_FIRST).iterrows()
    ]
    note = f"{SHARED} {HEADS[-1]}. {counted(shown)} {TEXTS['brief_caution']}"
    return Table(rows=(SLIDE_HEADS, *body), note=note)


def way(shown: Strongest, indicator: str) -> tuple[tuple[str, str], ...]:
    """Return the parameters under which a row is seen as two indicators."""
    other = shown.others[indicator]
    return (
        (asked.SECTION, asked.TWO),
        (asked.SECOND, indicator),
        (asked.SECOND_DAY, other.day.isoformat()),
    )
