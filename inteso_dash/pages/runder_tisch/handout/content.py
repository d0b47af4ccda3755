"""What a handout says of each slide, the same on paper and in a presentation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from inteso_dash.city import City
from inteso_dash.pages import slides
from inteso_dash.pages.runder_tisch.texts import HANDOUT as TEXTS
from inteso_dash.views import headlines
from inteso_dash.views.sequences import Sequence
from inteso_dash.views.shown import Shown, ViewError
from inteso_dash.views.statement import Statement, creation_date


@dataclass(frozen=True)
class Leaf:
    """One page of a handout.

    Attributes
    ----------
    headline, origin, brief_origin, remark, address : str
    shown : Shown or None
        None where the view shows nothing; both origins then say why.
    told : Statement
        What the file of its picture says about itself.
    city : City
        With the own areas that the view names.
    changed : bool
        Whether the figures are others than when the view was kept.
    marks : str
        What numbered marks stand for.
    """

    headline: str
    origin: str
    brief_origin: str
    remark: str
    address: str
    shown: Shown | None
    told: Statement
    city: City
    changed: bool
    marks: str = ""

    @property
    def title(self) -> str:
        """What the figure shows, with its Stichtag."""
        return "" if self.shown is None else f"{self.shown.title}, {self.shown.date}"

    @property
    def words(self) -> str:
        """The figure in words, for those who do not see it."""
        return self.headline if self.shown is None else f"{self.title}. {self.shown.headline}"

    @property
    def notes(self) -> str:
        """Remark, source and address, as they stand in the notes of a presentation."""
        parts = [self.remark, self.marks, self.origin, f"{TEXTS['view']}: {self.address}"]
        if self.changed:
            parts.insert(0, TEXTS["changed"])
        if self.shown is not None:
            parts.append(f"{TEXTS['figures']}: {self.shown.data}")
        return "\n\n".join(part for part in parts if part)


def leaves(city: City, sequence: Sequence, created: dt.date | None = None) -> tuple[Leaf, ...]:
    """Work out what every slide of a sequence says.

    Parameters
    ----------
    city : City
    sequence : Sequence
    created : date, optional
        As in `exports.creation_date`.
    """
    made = []
    for slide in sequence.slides:
        address, seen = slide.address, slides.city_of(city, slide.view)
        shown: Shown | None = None
        try:
            shown = slides.show(seen, slide)
            origin = f"{shown.origin} {headlines.ROUNDING}"
            brief = f"{shown.in_brief(TEXTS['in_notes'])} {headlines.ROUNDING}"
        except ViewError as error:
            origin = brief = str(error)
        known = city.catalogue.sources
        told = Statement(
            sequence.title if shown is None else shown.title,
            city.catalogue.city.name,
            "" if shown is None else shown.date,
            tuple(known[key] for key in (shown.source_ids if shown else ()) if key in known),
            city.data_hash,
            address,
            creation_date(created),
        )
        made.append(
            Leaf(
                slide.headline or (TEXTS["not_shown"] if shown is None else shown.headline),
                origin,
                brief,
                slide.remark,
                address,
                shown,
                told,
                seen,
                shown is not None and slides.changed(slide, shown),
                "" if shown is None else shown.content.note,
            )
        )
    return tuple(made)
