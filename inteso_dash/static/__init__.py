"""Maps and charts as pictures for paper and slides: SVG, PNG and PDF, drawn without a browser.

They show the same view as the screen, with its classes, colours and statuses. Matplotlib is loaded
with this package, so pages import it where a picture is asked for.
"""

from __future__ import annotations

from inteso_dash.static.change import (
    both_figure,
    change_figure,
    cut_figure,
    dated_figure,
    small_maps_figure,
    strongest_figure,
)
from inteso_dash.static.charts import (
    bar_figure,
    distribution_figure,
    ranked_figure,
)
from inteso_dash.static.circles import Circles, site_circles
from inteso_dash.static.development import development_figure
from inteso_dash.static.maps import NotDrawableError, map_figure, view_figure
from inteso_dash.static.marks import Manner, Marks
from inteso_dash.static.paper import A5, WRITERS, Sheet, Size, to_pdf, to_png, to_svg

__all__ = [
    "A5",
    "WRITERS",
    "Circles",
    "Manner",
    "Marks",
    "NotDrawableError",
    "Sheet",
    "Size",
    "bar_figure",
    "both_figure",
    "change_figure",
    "cut_figure",
    "dated_figure",
    "development_figure",
    "distribution_figure",
    "map_figure",
    "ranked_figure",
    "site_circles",
    "small_maps_figure",
    "strongest_figure",
    "to_pdf",
    "to_png",
    "to_svg",
    "view_figure",
]
