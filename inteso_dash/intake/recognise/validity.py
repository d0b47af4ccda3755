"""Which division the keys of a table belong to, with regard to when each of them was valid."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from inteso_dash.catalogue.city import Division, Level
from inteso_dash.intake.recognise.naming import plain_name
from inteso_dash.intake.recognise.parting import listed
from inteso_dash.language import formats
from inteso_dash.tables.register import Areas


@dataclass(frozen=True)
class Fit:
    """Divisions that a table fits, best first, and what to ask where that leaves it open."""

    ids: tuple[str, ...]
    question: str = ""


def valid_at(division: Division, date: dt.date | None) -> bool:
    """Say whether the boundaries of a division were in force at a date, as far as it is declared.

    >>> valid_at(Division(id="a", areas=1, valid_until=dt.date(2016, 12, 31)), dt.date(2020, 1, 1))
    False
    """
    if date is None:
        return True
    begun = division.valid_from is None or division.valid_from <= date
    return begun and (division.valid_until is None or date <= division.valid_until)


def fit(
    keys: set[str], division: str, level: Level, areas: Areas, date: dt.date | None, *, named: bool
) -> Fit:
    """Return the divisions that keys fit best, those in force at the date first.

    Parameters
    ----------
    keys : set of str
    division : str
        The one that they are of by themselves; empty for none.
    level : Level
    areas : Areas
    date : date, optional
        Stichtag, where it is known.
    named : bool
        Whether the file holds names, so that keys of another division may be meant.
    """
    title, known = level.title.de, listed(each.id for each in level.divisions)
    if not division:
        text = f"Die Datei passt zu keiner Gliederung der Ebene {title}; bekannt sind: {known}"
        return Fit((), text)
    said = _said(keys, areas.of(level.id, division), named=named)
    hits = {
        each.id: len(said & _said(None, areas.of(level.id, each.id), named=named))
        for each in level.divisions
    }
    best = [each for each in level.divisions if hits[each.id] == max(hits.values())]
    if not hits.get(division):
        best = [each for each in level.divisions if each.id == division]
    valid = [each for each in best if valid_at(each, date)]
    if len(valid) == 1 and date is not None:
        return Fit((valid[0].id,))
    if not valid:
        ids = formats.listed((each.id for each in best), "or")
        return Fit(
            tuple(each.id for each in best),
            f"Die Schlüssel passen zur Gliederung {ids} der Ebene {title}, die am "
            f"{date:%d.%m.%Y} nicht galt; bekannt sind: {known} Welche ist gemeint?",
        )
    if len(valid) == 1:
        return Fit((valid[0].id,))
    text = f"Die Datei passt zu mehreren Gliederungen der Ebene {title}; bekannt sind: {known}"
    return Fit(tuple(each.id for each in valid), text)


def _said(keys: set[str] | None, known: dict[str, str], *, named: bool) -> set[str]:
    """Return keys, or all of a division, as the file would say them."""
    if not named:
        return {*known} if keys is None else keys
    return {plain_name(name) for key, name in known.items() if keys is None or key in keys}
