"""What an own area has of official ones that it cuts: estimated, within limits that are certain.

An estimate takes a share of every count of an area that is cut. Whatever part of it is meant in
truth, the part has none of what is counted, or all of it, or something between: so a count lies
between that of the whole areas alone and that with all of the cut ones. Shares and rates lie
between the most extreme ones that such counts give.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.catalogue.own_areas import LAND, people_of
from inteso_dash.city.aggregation.conversion import in_whole_numbers, is_land
from inteso_dash.city.aggregation.wide import Matrix, joined
from inteso_dash.city.overlay.people import Basis, population_indicator
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.measures.intervals import Chance

TEXTS = {
    "given": "nach angegebenen Anteilen",
    "estimated": "Geschätzt {by}",
    "exact": "Geteilt {by}, die nach eben diesen Zahlen gebildet sind.",
    "people": ": {share} der Einwohner ({date}) kommen aus angeschnittenen Gebieten",
    "cut": " ({areas}).",
    "area": "{name} zu {share}",
    "few": "{name} zu weniger als 1\u202f%",
    "most": "{name} zu mehr als 99\u202f%",
    "between": "Sicher: {span}.",
    "least": "Sicher: mindestens {low}.",
    "unknown": "Wie weit der Wert daneben liegen kann, ist nicht bekannt.",
    "land": "Bekannt sind Anteile an den Einwohnern angeschnittener Gebiete, nicht an ihrer "
    "Fläche.",
    "torn": "Ein angeschnittenes Gebiet ist gemeinsam mit einem anderen veröffentlicht und lässt "
    "sich nicht teilen.",
}
_NAMED, _MOST = 3, 99

KEY, AND = "key", "+"
"""What says that shares are those of a key between divisions; what stands between several."""

Limits = tuple[float, float | None]
"""Least and largest possible value; None where there is no largest one."""


def basis_words(by: str, catalogue: Catalogue) -> str:
    """Say in German what shares of areas were worked out by.

    Parameters
    ----------
    by : str
        As `catalogue.own_areas.OwnArea.by`, or `KEY`; several with `AND` between them.
    catalogue : Catalogue
    """
    if AND in by:
        return formats.listed(dict.fromkeys(basis_words(each, catalogue) for each in by.split(AND)))
    if by == KEY:
        return Basis(key=True).words(catalogue)
    people = people_of(by)
    if people is None:
        return Basis().words(catalogue) if by == LAND else TEXTS["given"]
    level, day = people
    return Basis(level, catalogue.level(level).current.id, day).words(catalogue)


def share_words(name: str, share: float) -> str:
    """Name an area that is cut with its share in per cent.

    Examples
    --------
    >>> share_words("Rath", 37)
    'Rath zu 37\u202f%'
    >>> share_words("Rath", 0.2)
    'Rath zu weniger als 1\u202f%'
    """
    if not 1 <= share <= _MOST:
        return TEXTS["few" if share < 1 else "most"].format(name=name)
    return TEXTS["area"].format(name=name, share=formats.with_unit(share, 0, "%"))


@dataclass(frozen=True)
class PeopleCut:
    """How many of the people of an own area come from areas that it cuts, 0 to 1, and when."""

    share: float
    date: pd.Timestamp


@dataclass(frozen=True)
class CutRows:
    """Figures of one Stichtag of the areas that make up an own one, before they are divided.

    Parameters
    ----------
    base : Matrix
        Rows are areas, also others.
    whole : sequence of str
        Rows of areas that lie in it as a whole.
    cut : mapping
        Row → share in per cent of those that it cuts.
    by : str
        As in `basis_words`.
    catalogue : Catalogue
    knows_land : bool
        As of `Composition`.
    exact_for : collection of str
        Indicators that the shares divide without an estimate.
    """

    base: Matrix
    whole: tuple[str, ...]
    cut: Mapping[str, float]
    by: str
    catalogue: Catalogue
    knows_land: bool = True
    exact_for: Collection[str] = ()

    def people(self, date: pd.Timestamp) -> PeopleCut | None:
        """Say how many people come from areas that are cut; None where that is not known."""
        counted = population_indicator(self.catalogue)
        if counted is None or counted not in self.base.value:
            return None
        people = self.base.value[counted]
        if people[[*self.whole, *self.cut]].isna().any():
            return None
        inside = float(people[list(self.whole)].sum())
        parts = float(sum(people[row] * share / 100 for row, share in self.cut.items()))
        return PeopleCut(parts / (inside + parts), date) if inside + parts > 0 else None

    def estimated(self, made: Matrix, people: PeopleCut | None, torn: Iterable[str]) -> Matrix:
        """Say of figures made of the divided ones what is estimated, and what cannot be.

        Parameters
        ----------
        made : Matrix
            One row: the own area.
        people : PeopleCut, optional
        torn : iterable of str
            Indicators of which an area that is cut is published together with others.

        Returns
        -------
        Matrix
            What the areas that are cut have no part in stays as it is.
        """
        touched = np.ones(len(made.value), dtype=bool)
        made = in_whole_numbers(made, self.base, self.catalogue, touched)
        value, status, note = made.value.copy(), made.status.copy(), made.note.copy()
        told = self._words(people)
        lost = set(torn)
        for name in map(str, value.columns):
            indicator = self.catalogue.indicator(name)
            if not self.knows_land and self._of_land(indicator):
                why = TEXTS["land"]
            elif name in lost:
                why = TEXTS["torn"]
            elif value[name].isna().all() or not self._has_part(indicator):
                continue
            elif name in self.exact_for:
                said = TEXTS["exact"].format(by=basis_words(self.by, self.catalogue))
                note[name] = [joined(said, each) for each in note[name]]
                continue
            else:
                status[name] = str(Status.ESTIMATED)
                limits = limits_words(self.limits(indicator), indicator)
                note[name] = [joined(told, limits, each) for each in note[name]]
                continue
            if status[name].ne(str(Status.SUPPRESSED)).all():
                value[name], status[name], note[name] = np.nan, str(Status.NOT_DELIVERED), why
        return replace(made, value=value, status=status, note=note)

    def limits(self, indicator: Indicator) -> Limits | None:
        """Between which values the own area lies for certain, with all rounding.

        Parameters
        ----------
        indicator : Indicator

        Returns
        -------
        tuple or None
            None where the figures of the areas that are cut say nothing of their parts: means,
            balances, what can be below zero.
        """
        if indicator.kind == "extensive":
            low = indicator.range[0]
            if low is None or low < 0 or indicator.change_of is not None:
                return None
            least, _ = self._sums([indicator.id], self.whole)
            _, most = self._sums([indicator.id], (*self.whole, *self.cut))
            return max(least, 0.0), most
        chance, scale = self._chance(indicator)
        if chance is None:
            return None
        inside, parts = (
            self._ratio(indicator, scale, rows) for rows in (self.whole, tuple(self.cut))
        )
        if np.isnan([*inside, *parts]).any():
            return None
        (n_low, n_high, d_low, d_high), (n_least, n_cut, _, d_cut) = inside, parts
        if chance is Chance.SHARE:
            others = max(d_low - n_high, 0.0)
            highest = _part(n_high + n_cut, n_high + n_cut + others)
            lowest = _part(n_low, max(d_high, n_low) + max(d_cut - n_least, 0.0))
            return lowest * scale, highest * scale
        lowest = _part(n_low, d_high + d_cut) * scale
        return lowest, (n_high + n_cut) / d_low * scale if d_low > 0 else None

    def _chance(self, indicator: Indicator) -> tuple[Chance | None, float]:
        from inteso_dash.city.intervals import chance_of

        return chance_of(self.catalogue, indicator)[0], indicator.per or 1.0

    def _sums(self, names: Iterable[str], rows: tuple[str, ...]) -> tuple[float, float]:
        """Return the least and the largest sum of counts of some areas, by rounding."""
        columns = [name for name in names if name in self.base.value]
        value = self.base.value.loc[list(rows), columns].to_numpy(dtype=float)
        error = self.base.error.loc[list(rows), columns].to_numpy(dtype=float)
        whole, off = float(np.nansum(value)), float(np.nansum(error))
        return whole - off, whole + off

    def _ratio(
        self, indicator: Indicator, scale: float, rows: tuple[str, ...]
    ) -> tuple[float, float, float, float]:
        """Return least and largest numerator and denominator of some areas together."""
        below = indicator.denominator or indicator.weight
        if not rows:
            return 0.0, 0.0, 0.0, 0.0
        value, error = (
            frame.loc[list(rows), indicator.id].to_numpy(dtype=float)
            for frame in (self.base.value, self.base.error)
        )
        # As many decimals as are written may be all that the city shows.
        error = error + 0.5 * 10.0**-indicator.decimals
        sizes = np.array([self._sums(below, (row,)) for row in rows])
        counts = np.array([self._counted(indicator.numerator, row) for row in rows])
        by_value = np.column_stack([(value - error), (value + error)]) / scale * sizes
        n = np.where(np.isnan(counts), by_value, counts)
        n = np.where(sizes[:, 1:] == 0, 0.0, n).clip(min=0)
        (n_low, n_high), (d_low, d_high) = n.sum(axis=0), sizes.sum(axis=0)
        return float(n_low), float(n_high), max(float(d_low), 0.0), float(d_high)

    def _counted(self, names: tuple[str, ...], row: str) -> tuple[float, float]:
        """Return the least and the largest sum of counts of an area; NaN where one is missing."""
        there = names and all(name in self.base.value for name in names)
        known = there and self.base.value.loc[[row], list(names)].notna().all(axis=None)
        return self._sums(names, (row,)) if known else (np.nan, np.nan)

    def _has_part(self, indicator: Indicator) -> bool:
        """Say whether an area that is cut brings anything to a figure."""
        names = [indicator.id]
        if indicator.kind == "intensive":
            names = [*(indicator.denominator or indicator.weight)]
        columns = [name for name in names if name in self.base.value]
        rows = list(self.cut)
        cells = [frame.loc[rows, columns].to_numpy(dtype=float) for frame in self.base.frames[:3:2]]
        return any(bool(np.nansum(np.abs(each)) > 0) for each in cells) or not columns

    def _of_land(self, indicator: Indicator) -> bool:
        parts = (*indicator.numerator, *indicator.denominator, *indicator.weight)
        return any(map(is_land, [indicator, *map(self.catalogue.indicator, parts)]))

    def _words(self, people: PeopleCut | None) -> str:
        """Say by what it is estimated, and how many people that concerns."""
        said = TEXTS["estimated"].format(by=basis_words(self.by, self.catalogue))
        if people is not None:
            share = formats.with_unit(100 * people.share, 1, "%")
            said += TEXTS["people"].format(share=share, date=formats.date(people.date.date()))
        return said + TEXTS["cut"].format(areas=self._named)

    @cached_property
    def _named(self) -> str:
        """The areas that are cut, with their shares; shares of a key may be secret."""
        of_key = KEY in self.by.split(AND)
        named = self.cut if of_key else [share_words(*each) for each in self.cut.items()]
        return formats.listed(named, most=_NAMED)


def _part(above: float, below: float) -> float:
    return above / below if below > 0 else 0.0


def limits_words(limits: Limits | None, indicator: Indicator) -> str:
    """Write limits, rounded away from each other."""
    if limits is None:
        return TEXTS["unknown"]
    low, high = limits
    if high is None:
        least, _ = formats.outward(low, low, indicator.decimals)
        return TEXTS["least"].format(
            low=formats.with_unit(float(least), indicator.decimals, indicator.unit)
        )
    span = formats.span(low, high, indicator.decimals, indicator.unit)
    return TEXTS["between"].format(span=span)
