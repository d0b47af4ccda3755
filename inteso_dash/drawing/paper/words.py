"""What a picture says when it stands alone."""

from __future__ import annotations

from dataclasses import dataclass

from inteso_dash.drawing.paper.sheet import A5, Sheet, Size
from inteso_dash.views.statement import Statement

MAP, CHART = Size(118.0, 72.0), Size(150.0, 70.0)
"""Sheets of maps and charts on slides, in millimetres; enlarged there, so that type grows."""


@dataclass(frozen=True)
class Words:
    """Title and source of a picture; on a slide, the slide says them.

    Attributes
    ----------
    title, subtitle : str
    told : Statement or None
        Written under the picture; None on a slide.
    size : Size or None
        Sheet; A5 across for a picture that stands alone, by default.
    """

    title: str = ""
    subtitle: str = ""
    told: Statement | None = None
    size: Size | None = None

    @property
    def sheet(self) -> Sheet:
        """Sheet of a chart with these words."""
        size = self.size or (CHART if self.told is None else A5)
        return Sheet(size, self.title, self.subtitle, self.told)


ON_SLIDE = Words()
