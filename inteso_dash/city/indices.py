"""Indices of a city: made of the figures that are shown, and rows of the long table themselves.

They are worked out after small figures have been taken out, from nothing but what is left. So
nothing follows from an index that does not follow from what is shown already.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from inteso_dash.catalogue import LONG_COLUMNS, PLACE
from inteso_dash.catalogue.indices import CompositeIndex
from inteso_dash.catalogue.tables import joined_ids
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.measures.index import (
    Composed,
    IndexPart,
    IndexRecipe,
    Transformation,
    compose,
)
from inteso_dash.tables.coded import coded, is_coded, ordered, plain, together

if TYPE_CHECKING:
    from inteso_dash.city import City

_MADE = "Index aus {parts}"
_FEWER = (
    "Index ohne {parts}, aus {known} von {count} Teilen: Hätte dort, was fehlt, den niedrigsten "
    "oder höchsten Wert eines Gebiets, läge er um bis zu {error} Punkte anders"
)
_TOO_FEW = "Bekannt sind {known} von {count} Teilen des Index, nötig sind {least}; es fehlt {parts}"
_SMALL = "Weniger als {smallest} Personen: nicht eingestuft"
_NO_BASE = "{base} nicht bekannt: nicht eingestuft"
_WHY = (Status.UNINHABITED, Status.MERGED, Status.SUPPRESSED)
_FEWEST = 3
"""Areas that a distribution needs."""


@dataclass(frozen=True)
class IndexOfLevel:
    """An index of the areas of a level at one Stichtag.

    Attributes
    ----------
    declared : CompositeIndex
    level, division : str
    date, reference : date
        Of the figures, and of those in whose distribution they are placed.
    composed : Composed
    parts : DataFrame
        The figures that it is made of, in their units; one column an indicator that counts.
    cells : DataFrame
        Index area_id, columns value, status, source_id, rounding_error, note, as `City.values`.
    small : tuple of str
        Areas that have enough parts, but fewer inhabitants than are needed or an unknown number.
    """

    declared: CompositeIndex
    level: str
    division: str
    date: dt.date
    reference: dt.date
    composed: Composed
    parts: pd.DataFrame
    cells: pd.DataFrame
    small: tuple[str, ...]


def recipe_of(declared: CompositeIndex) -> IndexRecipe:
    """Return how an index is made, as `inteso_dash.measures.index` has it."""
    return IndexRecipe(
        tuple(
            IndexPart(part.indicator, part.weight, part.direction == "more")
            for part in declared.parts
        ),
        Transformation(declared.transformation),
        declared.least,
        declared.again,
    )


def index_days(city: City, declared: CompositeIndex, level: str) -> tuple[dt.date, ...]:
    """Return the Stichtage of which a level has enough parts of an index, oldest first."""
    return tuple(_by_day(city, declared, level))


def _by_day(city: City, declared: CompositeIndex, level: str) -> dict[dt.date, _Gathered]:
    """Return the parts of an index by Stichtag, oldest first, where there are enough."""
    if level == city.catalogue.root.id:
        return {}
    days = Counter(day for part in declared.counting for day in city.dates(level, part.indicator))
    gathered = {
        day: _gather(city, declared, level, day)
        for day in sorted(day for day, count in days.items() if count >= declared.least)
    }
    return {day: each for day, each in gathered.items() if _ready(each, declared) >= _FEWEST}


def index_of_level(
    city: City, declared: CompositeIndex, level: str, day: dt.date
) -> IndexOfLevel | None:
    """Work out an index for the areas of a level.

    Parameters
    ----------
    city : City
    declared : CompositeIndex
    level : str
    day : date

    Returns
    -------
    IndexOfLevel or None
        None where the level has not enough parts of this Stichtag.
    """
    days = _by_day(city, declared, level)
    return _composed(city, declared, level, day, days) if day in days else None


def _composed(
    city: City,
    declared: CompositeIndex,
    level: str,
    day: dt.date,
    days: Mapping[dt.date, _Gathered],
) -> IndexOfLevel:
    wanted = declared.reference
    reference = max(days) if wanted is None or wanted not in days else wanted
    gathered, recipe = days[day], recipe_of(declared)
    yardstick = None
    if reference != day:
        base = days[reference]
        yardstick = compose(base.values, recipe, base.people, base.apart).yardstick
    values = gathered.values
    composed = compose(values, recipe, gathered.people, gathered.apart, yardstick)
    return IndexOfLevel(
        declared,
        level,
        gathered.division,
        day,
        reference,
        composed,
        values,
        _cells(city, declared, gathered, composed),
        tuple(str(area) for area in values.index[gathered.apart & gathered.enough(declared)]),
    )


@dataclass(frozen=True)
class _Gathered:
    """The parts of an index: figures, their rows by indicator, inhabitants, who stands apart."""

    division: str
    values: pd.DataFrame
    rows: dict[str, pd.DataFrame]
    people: pd.Series[float] | None
    apart: pd.Series[bool]

    def enough(self, declared: CompositeIndex) -> pd.Series[bool]:
        """Say which areas have enough parts."""
        return self.values.notna().sum(axis=1) >= declared.least


def _gather(city: City, declared: CompositeIndex, level: str, day: dt.date) -> _Gathered:
    named = [part.indicator for part in declared.counting]
    there = [each for each in named if day in city.dates(level, each)]
    division = city.catalogue.level(level).newest(city.division(level, day, each) for each in there)
    areas = city.areas(level, division).index
    rows = {
        each: city.values(level, each, day)
        for each in there
        if city.division(level, day, each) == division
    }
    values = pd.DataFrame(
        {each: rows[each]["value"].astype(float) if each in rows else np.nan for each in named},
        index=areas,
    )
    people, apart = None, pd.Series(data=False, index=areas)
    if declared.base is not None:
        known = city.division(level, day, declared.base) == division
        people = (
            city.known(level, declared.base, day).reindex(areas)
            if known
            else pd.Series(np.nan, index=areas)
        )
        if declared.smallest:
            apart = ~(people >= declared.smallest)
    return _Gathered(division, values, rows, people, apart)


def _ready(gathered: _Gathered, declared: CompositeIndex) -> int:
    """Count the areas that have an index."""
    return int((gathered.enough(declared) & ~gathered.apart).sum())


def _cells(
    city: City, declared: CompositeIndex, gathered: _Gathered, composed: Composed
) -> pd.DataFrame:
    value, values = composed.value.to_dict(), gathered.values
    titles = {each: city.catalogue.indicator(each).short.de for each in values.columns}
    there = [each for each in values.columns if values[each].notna().any()]
    uncertain, enough = composed.uncertain.to_dict(), gathered.enough(declared)
    gaps = values[there].isna().to_numpy()
    lacks = {
        str(area): tuple(each for each, gap in zip(there, row, strict=True) if gap)
        for area, row in zip(values.index, gaps, strict=True)
    }
    cited = {
        each: dict(zip(map(str, rows.index), map(str, rows["source_id"]), strict=True))
        for each, rows in gathered.rows.items()
    }
    most: dict[tuple[str, ...], float] = {}
    for area, lacking in lacks.items():
        if not np.isnan(value[area]):
            most[lacking] = max(most.get(lacking, 0.0), float(uncertain[area]))
    made = _MADE.format(parts=formats.listed(titles[each] for each in there))
    cells = []
    for area, lacking in lacks.items():
        parts = formats.listed(titles[each] for each in values.columns if each in lacking)
        known = {"known": len(there) - len(lacking), "count": len(values.columns)}
        if not np.isnan(value[area]):
            error = formats.german(np.ceil(most[lacking] * 10) / 10, 1)
            note = _FEWER.format(parts=parts, error=error, **known) if lacking else made
            status = Status.ESTIMATED if lacking else Status.COMPUTED
        elif gathered.apart[area] and enough[area]:
            status = Status.NOT_DELIVERED
            note = _apart(city, declared, gathered, area)
        else:
            status, why = _reason(gathered, area, lacking)
            note = why or _TOO_FEW.format(parts=parts, least=declared.least, **known)
        cells.append((status, _sources(cited, area, lacking), note))
    return pd.DataFrame(
        {
            "value": composed.value,
            "status": [str(status) for status, _, _ in cells],
            "source_id": [source for _, source, _ in cells],
            "rounding_error": _rounding(gathered, composed),
            "note": [note for _, _, note in cells],
        },
        index=values.index,
    )


def _apart(city: City, declared: CompositeIndex, gathered: _Gathered, area: str) -> str:
    base = city.catalogue.indicator(str(declared.base)).title.de
    if gathered.people is None or np.isnan(gathered.people[area]):
        return _NO_BASE.format(base=base)
    return _SMALL.format(smallest=formats.german(declared.smallest))


def _reason(gathered: _Gathered, area: str, lacking: tuple[str, ...]) -> tuple[Status, str]:
    """Return why too few parts are there, as what most of all explains it says."""
    cells = [gathered.rows[each].loc[area] for each in lacking if each in gathered.rows]
    found = {Status(str(cell["status"])): str(cell["note"]) for cell in reversed(cells)}
    status = next((each for each in _WHY if each in found), Status.NOT_DELIVERED)
    return status, found[status] if status in _WHY else ""


def _sources(cited: Mapping[str, Mapping[str, str]], area: str, lacking: tuple[str, ...]) -> str:
    """Join the sources of the parts that an area has; of all where it has none."""
    return joined_ids(
        by_area[area]
        for each, by_area in cited.items()
        if each not in lacking or len(lacking) == len(cited)
    )


def _rounding(gathered: _Gathered, composed: Composed) -> pd.Series[float]:
    """Return how far the rounding of the parts may move the index, each taken at its worst."""
    errors = pd.DataFrame(
        {
            each: rows["rounding_error"].astype(float).fillna(0.0)
            for each, rows in gathered.rows.items()
        }
    ).reindex(columns=gathered.values.columns, fill_value=0.0)
    moved = [
        compose(
            gathered.values + sign * errors,
            composed.recipe,
            gathered.people,
            gathered.apart,
            composed.yardstick,
        ).contributions
        for sign in (1.0, -1.0)
    ]
    up, down = ((each - composed.contributions).abs() for each in moved)
    most = up.where(up > down, down).sum(axis=1)
    return most.where(composed.value.notna())


def with_indices(city: City, published: pd.DataFrame) -> City:
    """Add the declared indices to the figures of a city; what a source publishes of one stays.

    Parameters
    ----------
    city : City
        Completed and protected; its figures coded or plain, and so are those of the one returned.
    published : DataFrame
        Rows of the long table as delivered; an index with any of them on a level and Stichtag is
        not computed there.
    """
    declared = city.catalogue.indices
    if not declared:
        return city
    ids = [each.id for each in declared]
    given = plain(published[published["indicator_id"].isin(ids)])
    figures = city.figures
    named = figures["indicator_id"].isin(ids).to_numpy(copy=True)
    delivered = pd.MultiIndex.from_frame(plain(figures.loc[named, PLACE])).isin(
        pd.MultiIndex.from_frame(given[PLACE])
    )
    named[named] = ~delivered
    figures = figures[~named]
    base = replace(city, figures=figures)
    taken = set(zip(given["indicator_id"], given["level"], given["date"].dt.date, strict=True))
    made = [
        _rows(_composed(base, each, level.id, day, days))
        for each in declared
        for level in city.catalogue.levels
        for days in [_by_day(base, each, level.id)]
        for day in days
        if (each.id, level.id, day) not in taken
    ]
    if not made:
        return base
    rows = pd.concat(made).astype(plain(figures.iloc[:0]).dtypes.to_dict())
    whole = ordered(together([coded(figures), coded(rows)]), [*PLACE, "source_id"])
    return replace(city, figures=whole if is_coded(figures) else plain(whole))


def _rows(found: IndexOfLevel) -> pd.DataFrame:
    rows = (
        found.cells.rename_axis("area_id")
        .reset_index()
        .assign(
            level=found.level,
            division=found.division,
            indicator_id=found.declared.id,
            date=pd.Timestamp(found.date),
        )
    )
    return rows[list(LONG_COLUMNS)]
