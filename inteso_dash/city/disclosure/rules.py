"""Which figures have to be protected, and by which rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.catalogue.tables import Protection, source_ids
from inteso_dash.language.statuses import Status


@dataclass
class Rules:
    """What the catalogue says about publicity, looked up by source and indicator.

    Parameters
    ----------
    catalogue : Catalogue
    """

    catalogue: Catalogue
    _joined: dict[str, Protection | None] = field(default_factory=dict)

    def of(self, source_id: str) -> Protection | None:
        """Return the strictest protection of a row's sources, None where all are public.

        A source that nobody has declared counts as not public.
        """
        if source_id not in self._joined:
            known = self.catalogue.sources
            kept = [
                known[key].protection if key in known else Protection()
                for key in source_ids(source_id) or [source_id]
                if key not in known or not known[key].public
            ]
            self._joined[source_id] = strictest(kept)
        return self._joined[source_id]

    def is_person_count(self, indicator: Indicator) -> bool:
        """Say whether an indicator is about persons, by itself or by one of its parts.

        Land, places and buildings are declared with ``protected: false``.
        """
        if not indicator.protected:
            return False
        parts = (*indicator.numerator, *indicator.denominator, *indicator.weight)
        return not parts or any(self.catalogue.indicator(part).protected for part in parts)

    def protections(
        self, figures: pd.DataFrame, summed: Collection[str] = ()
    ) -> list[Protection | None]:
        """Return the protection of every row of the long table of one Stichtag.

        Computed rows name all sources of their level; only those that draw on a figure that is
        not public have to be protected, and ``summed``: sums of what is no figure.
        """
        found = [self.of(source_id) for source_id in figures["source_id"]]
        computed = (figures["status"] == str(Status.COMPUTED)).tolist()
        indicators = figures["indicator_id"].tolist()
        secret = {
            name
            for name, rule, made in zip(indicators, found, computed, strict=True)
            if rule is not None and not made
        }.union(summed)
        touched = {name for name in set(indicators) if self._draws_on(name) & secret}
        return [
            rule
            if rule is not None
            and (not made or name in touched)
            and self.is_person_count(self.catalogue.indicator(name))
            else None
            for name, rule, made in zip(indicators, found, computed, strict=True)
        ]

    def _draws_on(self, indicator_id: str) -> set[str]:
        """Return the indicator and all that it can be computed from."""
        seen: set[str] = set()
        waiting = [indicator_id]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                indicator = self.catalogue.indicator(name)
                waiting += [*indicator.numerator, *indicator.denominator, *indicator.weight]
                if indicator.derived is not None:
                    made = indicator.derived
                    waiting += [
                        *made.of,
                        *(p for p in (made.share, made.count, made.by_share) if p is not None),
                    ]
        return seen


def strictest(protections: Iterable[Protection]) -> Protection | None:
    """Combine protections so that each one is kept; None where there is none.

    Examples
    --------
    >>> both = strictest([Protection(counts_below=3), Protection(round_to=3)])
    >>> both.counts_below, both.round_to
    (5, 3)
    >>> strictest([Protection(largest=(1, 80)), Protection(largest=(2, 85))]).largest
    (2, 80.0)
    """
    kept = list(protections)
    if not kept:
        return None
    dominant = [each.largest for each in kept if each.largest]
    return Protection(
        counts_below=max(each.counts_below for each in kept),
        shares_below=max(each.shares_below for each in kept),
        round_to=max((each.round_to for each in kept if each.round_to), default=None),
        p_percent=max((each.p_percent for each in kept if each.p_percent), default=None),
        largest=(max(many for many, _ in dominant), min(percent for _, percent in dominant))
        if dominant
        else None,
    )


def is_small(count: float, protection: Protection) -> bool:
    """Say whether a count is one of so few persons that they could be recognised.

    Zero is not: that nobody is counted says nothing about anybody.

    Examples
    --------
    >>> [is_small(count, Protection(counts_below=5)) for count in (0, 1, 4, 5)]
    [False, True, True, False]
    """
    return 0 < abs(count) < protection.counts_below


def reason(protection: Protection) -> str:
    """Write why values are not shown; the same for all, lest the reason tells a value.

    Examples
    --------
    >>> reason(Protection(counts_below=3, shares_below=0))
    'Geheim gehalten: Zahlen unter 3 und Werte, aus denen man sie zurückrechnen könnte.'
    """
    parts = []
    if protection.counts_below:
        parts.append(f"Zahlen unter {protection.counts_below}")
    if protection.shares_below:
        parts.append(f"Anteile an weniger als {protection.shares_below} Personen")
    if not parts:
        return "Geheim gehalten zum Schutz einzelner Angaben."
    return f"Geheim gehalten: {', '.join(parts)} und Werte, aus denen man sie zurückrechnen könnte."
