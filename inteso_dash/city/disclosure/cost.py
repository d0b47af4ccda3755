"""What protection costs: how many figures are withheld, and why."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.tables import Protection
from inteso_dash.city.disclosure.places import Place
from inteso_dash.city.disclosure.quantities import Cells
from inteso_dash.language import formats
from inteso_dash.language.findings import Finding, Severity

COST_RULE = "disclosure_cost"
"""Rule of the note on what is withheld."""

Key = tuple[Place, str]


@dataclass(frozen=True)
class Cost:
    """Counts of figures of sources that are not public.

    Attributes
    ----------
    figures : int
        All that have a value.
    small : int
        Withheld because they are small, or shares of few.
    without_base : int
        Shares withheld because nobody names their denominator.
    counts, ratios : int
        Withheld so that those cannot be worked out.
    """

    figures: int = 0
    small: int = 0
    without_base: int = 0
    counts: int = 0
    ratios: int = 0

    def __add__(self, other: Cost) -> Cost:
        """Add up the costs of two Stichtage."""
        return Cost(
            self.figures + other.figures,
            self.small + other.small,
            self.without_base + other.without_base,
            self.counts + other.counts,
            self.ratios + other.ratios,
        )

    @property
    def withheld(self) -> int:
        """All that is withheld."""
        return self.small + self.without_base + self.counts + self.ratios

    def words(self) -> str:
        """Write it as sentences.

        Examples
        --------
        >>> print(Cost(200, 10, 5, 4, 1).words())
        Von 200 Zahlen nicht öffentlicher Quellen sind 20 geheim (10,0 %): klein oder Anteile an \
wenigen 10, Anteile ohne bekannte Bezugsgröße 5, gegen das Zurückrechnen 5, davon Anteile 1.
        """
        parts = {
            "klein oder Anteile an wenigen": self.small,
            "Anteile ohne bekannte Bezugsgröße": self.without_base,
            "gegen das Zurückrechnen": self.counts + self.ratios,
            "davon Anteile": self.ratios,
        }
        listed = [f"{name} {formats.number(count, 0)}" for name, count in parts.items() if count]
        share = formats.number(100 * self.withheld / self.figures, 1)
        return (
            f"Von {formats.number(self.figures, 0)} Zahlen nicht öffentlicher Quellen sind "
            f"{formats.number(self.withheld, 0)} geheim ({share} %): {', '.join(listed)}."
        )

    def finding(self) -> Finding | None:
        """Return what the check report says of it, None where nothing is withheld."""
        if not self.withheld:
            return None
        return Finding(Severity.NOTE, COST_RULE, self.words())


def of_day(
    cells: Cells,
    protections: Mapping[Key, Protection],
    withheld: Collection[Key],
    small: Collection[Key],
    without_base: Collection[Key],
    catalogue: Catalogue,
) -> Cost:
    """Count what is withheld of one Stichtag.

    Parameters
    ----------
    cells : Cells
    protections : mapping
        The protected cells with values.
    withheld, small, without_base : collection
        All cells that are withheld; of them those that are small, and those without denominator.
    catalogue : Catalogue
    """
    known = {key for key in withheld if not math.isnan(cells[key].value)}
    few = known & set(small)
    baseless = (known & set(without_base)) - few
    more = known - few - baseless
    ratios = sum(catalogue.indicator(name).kind == "intensive" for _, name in more)
    return Cost(len(protections), len(few), len(baseless), len(more) - ratios, ratios)
