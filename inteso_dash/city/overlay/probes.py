"""Where both divisions have figures of one day, what was carried across is held against them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.city.overlay.matching import Match
from inteso_dash.city.overlay.people import Basis, People, Weights, population_indicator
from inteso_dash.language import formats

FAR = 0.1
"""An estimated area counts as far off from this deviation on."""

UNTESTED = (
    "Zahlen desselben Tages, mit denen sich die gemeinsamen Flächen prüfen ließen, nennen nicht "
    "beide Gliederungen."
)
"""What is said where common areas cannot be held against figures."""

_ROUNDING = 0.5


@dataclass(frozen=True)
class JoinedTrial:
    """Common areas of two divisions, held against figures of one day in both.

    Attributes
    ----------
    day : date
    indicator_id : str
        Whose figures were compared.
    apart : Series
        Union → earlier sum minus later sum, for every common area that could be compared.
    """

    day: dt.date
    indicator_id: str
    apart: pd.Series[float]

    @property
    def unions(self) -> int:
        """How many common areas were compared."""
        return len(self.apart)

    @property
    def differing(self) -> pd.Series[float]:
        """Those of them whose sums are not the same."""
        return self.apart[self.apart.abs() > _ROUNDING]

    def words(self, catalogue: Catalogue) -> str:
        """Say the result in German."""
        title, day = catalogue.indicator(self.indicator_id).title.de, formats.date(self.day)
        head = f"Probe mit „{title}“ vom {day}, das beide Gliederungen nennen: "
        if self.differing.empty:
            every = formats.number(self.unions, 0)
            return f"{head}auf allen {every} verglichenen gemeinsamen Flächen gleich."
        worst = formats.number(float(self.differing.abs().max()), 0)
        return (
            f"{head}auf {len(self.differing)} von {formats.number(self.unions, 0)} gemeinsamen "
            f"Flächen ungleich, um bis zu {worst}."
        )


@dataclass(frozen=True)
class Estimated:
    """Estimated inhabitants of one day, held against the true ones.

    Attributes
    ----------
    day : date
        Stichtag that both divisions know.
    basis : Basis
        What the trial divided by; never the figures of this day.
    misplaced : float
        Inhabitants that the estimate puts into a wrong area.
    people : float
        All inhabitants.
    far : int
        Areas that are off by more than a tenth.
    areas : int
        Areas that were compared.
    """

    day: dt.date
    basis: Basis
    misplaced: float
    people: float
    far: int
    areas: int

    def words(self, catalogue: Catalogue) -> str:
        """Say the result in German."""
        share = formats.with_unit(100 * self.misplaced / self.people, 1, "%")
        return (
            f"Probe am {formats.date(self.day)}, {self.basis.words(catalogue)}: "
            f"{formats.number(self.misplaced, 0)} von {formats.number(self.people, 0)} Einwohnern "
            f"({share}) im falschen Gebiet, {formats.number(self.far, 0)} von "
            f"{formats.number(self.areas, 0)} Gebieten um mehr als 10 % daneben."
        )


def _days(before: pd.DataFrame, after: pd.DataFrame) -> Iterator[pd.Timestamp]:
    """Yield the days that both tables know, the newest first."""
    yield from sorted(set(before.index) & set(after.index), reverse=True)


def unions_tested(
    people: People, found: Match, level: str, pair: tuple[str, str], indicator_id: str | None = None
) -> JoinedTrial | None:
    """Compare figures of both divisions on common areas.

    Parameters
    ----------
    people : People
    found : Match
    level : str
    pair : tuple of str
        The earlier and the later division.
    indicator_id : str, optional
        A count that adds up; where the divisions share no Stichtag of it, or it is none, the
        inhabitants are compared.

    Returns
    -------
    JoinedTrial or None
        None where the divisions have figures of no common day.
    """
    catalogue = people.catalogue
    for name in dict.fromkeys([indicator_id, population_indicator(catalogue)]):
        if name is None or catalogue.indicator(name).kind != "extensive":
            continue
        before, after = (people.by_day(level, each, name) for each in pair)
        for day in _days(before, after):
            earlier, later = (
                _summed(values.loc[[day]].iloc[0], found.members(side))
                for values, side in ((before, "from"), (after, "to"))
            )
            both = pd.DataFrame({"before": earlier, "after": later})
            both = both[found.unions["tiled"].reindex(both.index)].dropna()
            if len(both):
                return JoinedTrial(day.date(), name, both["before"] - both["after"])
    return None


def _summed(values: pd.Series[float], members: pd.Series) -> pd.Series[float]:
    """Add up the values of the areas of each common area; NaN where one is missing."""
    values = values.reindex(members.index)
    unions = members.to_numpy()
    return values.groupby(unions).sum().mask(values.isna().groupby(unions).any())


def estimate_tested(
    people: People,
    level: str,
    pair: tuple[str, str],
    date: dt.date,
    crs: str,
    shares: Callable[[Weights], pd.DataFrame],
    above: pd.Series | None = None,
) -> Estimated | None:
    """Estimate the inhabitants of a day that both divisions know, and count what went wrong.

    The inhabitants of that day are left out of what the trial divides by, and those it takes are
    as far away in time as those by which the figures of ``date`` are divided.

    Parameters
    ----------
    people : People
    level : str
    pair : tuple of str
        The earlier and the later division.
    date : date
        Stichtag of the figures whose estimate is meant.
    crs : str
        In which the divisions were laid over each other.
    shares : callable
        Makes the shares of the earlier areas from weights.
    above : Series, optional
        Later area → area of a higher level, where those are estimated.

    Returns
    -------
    Estimated or None
        None where there is no such day, or nothing else to divide by than the land.
    """
    indicator = population_indicator(people.catalogue)
    before, after = (people.by_day(level, each, indicator) for each in pair)
    used = people.weights(level, pair[1], date, crs)
    for day in _days(before, after):
        tried = people.weights(level, pair[1], date, crs, tested=day.date())
        if used is None or tried is None or tried.basis.level != used.basis.level:
            continue
        rows = shares(tried)
        targets = rows["area_to"] if above is None else rows["area_to"].map(above)
        went = rows["share"] * rows["area_from"].map(before.loc[[day]].iloc[0])
        guessed = went.groupby(targets).sum(min_count=1)
        counted = after.loc[[day]].iloc[0].dropna()
        at = counted.index.to_series() if above is None else above.reindex(counted.index)
        true: pd.Series[float] = counted.groupby(at).sum()
        off: pd.Series[float] = (guessed.reindex(true.index).fillna(0.0) - true).abs()
        return Estimated(
            day.date(),
            tried.basis,
            float(off.sum() / 2),
            float(true.sum()),
            int((off > FAR * true).sum()),
            len(true),
        )
    return None
