"""Small numbers stay protected: what is not public and small is taken out of all figures at once.

`protect` runs once, after everything has been computed from the true figures and before anything
is made of them for a screen, a table or a file. What is secret is no longer there afterwards.

References
----------
Hundepool, A.; Domingo-Ferrer, J.; Franconi, L.; Giessing, S.; Schulte Nordholt, E.; Spicer, K.;
de Wolf, P.-P. (2012): Statistical Disclosure Control. Wiley.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.tables import Protection
from inteso_dash.city.aggregation.together import inherited
from inteso_dash.city.disclosure import cost, primary, shown
from inteso_dash.city.disclosure.cost import COST_RULE, Cost
from inteso_dash.city.disclosure.found import find
from inteso_dash.city.disclosure.places import Place, PlaceIndex
from inteso_dash.city.disclosure.quantities import GuardedCell, State
from inteso_dash.city.disclosure.relations import Relations
from inteso_dash.city.disclosure.releases import Release, join
from inteso_dash.city.disclosure.rules import Rules, is_small, reason
from inteso_dash.city.disclosure.secondary import Search
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.language.statuses import Status
from inteso_dash.tables.coded import plain

if TYPE_CHECKING:
    from inteso_dash.city.disclosure.sites import Uncertain

DISCLOSURE_RULE = "disclosure"
"""Rule of the findings on figures that public ones tell already."""

RELATION_RULE = "disclosure_relation"
"""Rule of the findings on relations that the catalogue does not declare."""

DISCLOSURE_RULES = (DISCLOSURE_RULE, RELATION_RULE, COST_RULE)

_AGAIN = 0.01
"""What it costs to keep secret again what was secret at the Stichtag before, as a share: figures
change little, and one shown in between would tell about the others."""

Key = tuple[Place, str]


@dataclass(frozen=True)
class Protected:
    """Figures that may be shown.

    Attributes
    ----------
    figures : DataFrame
        The long table; secret cells have no value, status ``suppressed``, no rounding error, and a
        note that says why.
    primary, secondary : int
        How many figures are secret because they are small, and how many so that those cannot be
        worked out.
    findings : tuple of Finding
        Small figures that what is public tells already, and relations that are not declared.
    costs : mapping
        Stichtag → what is withheld of it, by reason.
    days : frozenset of Timestamp
        Stichtage of which something was taken out or rounded.
    releases : mapping
        Stichtag → what is shown of it, for `protect` to keep in mind.
    """

    figures: pd.DataFrame
    primary: int
    secondary: int
    findings: tuple[Finding, ...] = ()
    costs: Mapping[pd.Timestamp, Cost] = field(default_factory=dict)
    days: frozenset[pd.Timestamp] = frozenset()
    releases: Mapping[pd.Timestamp, Release] = field(default_factory=dict)


def protect(
    figures: pd.DataFrame,
    register: pd.DataFrame,
    merged: pd.DataFrame,
    catalogue: Catalogue,
    uncertain: Uncertain | None = None,
    before: Mapping[pd.Timestamp, Release] | None = None,
) -> Protected:
    """Take small figures out, and all those from which they could be worked out.

    Parameters
    ----------
    figures : DataFrame
        The long table (`catalogue.LONG_COLUMNS`), published and computed rows.
    register : DataFrame
        Columns level, division, area_id, parent_id, parent_division.
    merged : DataFrame
        Columns level, division, indicator_id, date, area_id, contained_in.
    catalogue : Catalogue
        Its sources say what is public, and by which rules the others are protected.
    uncertain : mapping, optional
        Sums that tell too much about one of their parts, as `sites.summed` returns them.
    before : mapping, optional
        `Protected.releases` of the figures of earlier deliveries.

    Returns
    -------
    Protected
        The figures unchanged where every source is public, else plain.
    """
    rules = Rules(catalogue)
    if not catalogue.secret_sources or figures.empty:
        return Protected(figures, 0, 0)
    figures = plain(figures)
    places = PlaceIndex(register, catalogue)
    parts = []
    findings: list[Finding] = []
    small = more = 0
    spent: dict[pd.Timestamp, Cost] = {}
    days, releases = set(), dict(before or {})
    secret: set[Key] = set()
    past: set[Key] = set()
    for date, rows in figures.groupby("date", sort=True):
        day = pd.Timestamp(str(date))
        sums = {
            ((level, division, area), name): amount
            for (level, division, area, name, when), amount in (uncertain or {}).items()
            if when == day
        }
        found = rules.protections(rows, {name for _, name in sums})
        if not any(found):
            parts.append(rows)
            continue
        held = _contained(merged[merged["date"] == day])
        step = _Day(rows, found, places, rules, held, sums, (before or {}).get(day), secret, past)
        secret = step.all
        past |= secret
        releases[day] = step.release
        parts.append(step.figures)
        findings += step.findings
        if step.all or any(rule.round_to for rule in found if rule is not None):
            days.add(day)
        small += step.primary
        more += step.secondary
        spent[day] = step.cost
    whole = pd.concat(parts).sort_index()
    found_once = tuple(dict.fromkeys(findings))
    return Protected(whole, small, more, found_once, spent, frozenset(days), releases)


def _contained(merged: pd.DataFrame) -> dict[str, dict[Place, Place]]:
    held: dict[str, dict[Place, Place]] = {}
    for row in merged.itertuples():
        level, division = str(row.level), str(row.division)
        pair = held.setdefault(str(row.indicator_id), {})
        pair[level, division, str(row.area_id)] = (level, division, str(row.contained_in))
    return held


class _Day:
    """The figures of one Stichtag on their way through the rules."""

    def __init__(
        self,
        rows: pd.DataFrame,
        found: list[Protection | None],
        places: PlaceIndex,
        rules: Rules,
        merged: Mapping[str, Mapping[Place, Place]],
        uncertain: Mapping[Key, float],
        before: Release | None,
        last_time: Collection[Key],
        earlier: Collection[Key],
    ) -> None:
        self.rows = rows
        self.keys = _keys(rows)
        self.found = found
        catalogue = rules.catalogue
        cells = _cells(rows, self.keys, found)
        undeclared = find(cells, catalogue)
        self.relations = Relations(
            cells, places, catalogue, inherited(merged, catalogue), undeclared
        )
        for column in self.relations.columns:
            if column.key in last_time:
                column.cost *= _AGAIN
        every = primary.protections_by_cell(self.keys, found)
        protections = {key: rule for key, rule in every.items() if not math.isnan(cells[key].value)}
        demands = list(primary.small_counts(self.relations, protections))
        for key, amount in uncertain.items():
            if key in self.relations.at and key in protections and cells[key].secret:
                at = self.relations.at[key]
                down = min(amount, -self.relations.columns[at].low)
                demands += primary.hide(self.relations, at, amount, down)
        demands += primary.small_shares(self.relations, protections, catalogue)
        demands += primary.not_delivered(self.relations, every)
        demands += primary.rounded_counts(self.relations, every)
        few = self._secret()
        baseless = primary.without_base(self.relations, protections)
        self.first = few | baseless
        if before is not None:
            demands += join(self.relations, before)
        search = Search(self.relations)
        failed = search.meet(demands)
        for column, opened in zip(self.relations.columns, search.open, strict=True):
            if opened:
                column.state = State.OPEN
        self.all = self._secret() | self.first
        self.all |= set(primary.changes(cells, self.all | set(earlier), catalogue))
        self.all |= set(primary.older_divisions(cells, catalogue))
        self.findings = (
            *(_unprotected(key) for key in dict.fromkeys(demand.key for demand in failed)),
            *(_undeclared(*said) for said in self.relations.found.words(catalogue)),
        )
        self.release = Release(self.relations, tuple(demands))
        self._write(protections, catalogue)
        self.cost = cost.of_day(cells, protections, self.all, few, baseless, catalogue)
        self.primary, self.secondary = len(self.first), len(self.all - self.first)

    def _secret(self) -> set[Key]:
        found = self.relations
        return {
            column.key
            for column in found.columns
            if column.state is State.OPEN
            and column.key in found.cells
            and (column.share or column.key in found.at)
            and not math.isnan(found.cells[column.key].value)
        }

    def _write(self, protections: Mapping[Key, Protection], catalogue: Catalogue) -> None:
        changed = shown.rounded(self.relations, protections, self.all)
        self.all |= {key for key, (number, _) in changed.items() if math.isnan(number)}
        value = self.rows["value"].to_numpy(dtype=float).copy()
        error = self.rows["rounding_error"].to_numpy(dtype=float).copy()
        status = self.rows["status"].astype(object).to_numpy().copy()
        note = self.rows["note"].to_numpy(dtype=object).copy()
        for at, (key, rule) in enumerate(zip(self.keys, self.found, strict=True)):
            if rule is None or math.isnan(value[at]):
                continue
            doubled = not self.relations.cells[key].secret and is_small(value[at], rule)
            if key in self.all or doubled:
                value[at] = error[at] = np.nan
                status[at] = str(Status.SUPPRESSED)
                note[at] = reason(rule)
            elif key in changed and self.relations.cells[key].secret:
                value[at], error[at] = changed[key]
                status[at] = str(Status.ROUNDED)
        rows = self.rows.assign(
            value=value,
            rounding_error=error,
            status=pd.array(list(status), dtype="str"),
            note=pd.array(list(note), dtype="str"),
        )
        guarded = np.array([rule is not None for rule in self.found])
        rows = pd.concat([rows[~guarded], shown.written(rows[guarded], catalogue)])
        self.figures = rows


def _keys(rows: pd.DataFrame) -> list[Key]:
    columns = [rows[name].tolist() for name in ("level", "division", "area_id", "indicator_id")]
    return [
        ((level, division, area), name)
        for level, division, area, name in zip(*columns, strict=True)
    ]


def _cells(
    rows: pd.DataFrame, keys: list[Key], found: list[Protection | None]
) -> dict[Key, GuardedCell]:
    """Return the figures by cell; one that any public source names is not secret."""
    cells: dict[Key, GuardedCell] = {}
    columns = (rows["value"].tolist(), rows["rounding_error"].tolist(), rows["status"].tolist())
    for key, rule, value, error, status in zip(keys, found, *columns, strict=True):
        known = cells.get(key)
        secret = rule is not None
        if known is None or (known.secret and not secret and not math.isnan(value)):
            base = None if rule is None else rule.round_to
            cells[key] = GuardedCell(value, error, status, secret, base)
    return cells


def _unprotected(key: Key) -> Finding:
    return Finding(
        Severity.WARNING,
        DISCLOSURE_RULE,
        "Diese Zahl ist geheim zu halten, lässt sich aber aus Zahlen eingrenzen, die öffentlich "
        "sind. Sie wird nicht gezeigt; prüfen Sie, ob die anderen öffentlich sein dürfen.",
        row=key[0][2],
        column=key[1],
    )


def _undeclared(columns: str, words: str) -> Finding:
    return Finding(
        Severity.WARNING,
        RELATION_RULE,
        f"{words}. Der Katalog erklärt das nicht; der Schutz kleiner Zahlen beachtet es. Erklären "
        "Sie in indicators.yml partitions bei der Bezugsgröße oder numerator und denominator.",
        column=columns,
    )
