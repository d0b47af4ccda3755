"""The sequence as a presentation: charts and tables that can be edited, maps as pictures."""

from __future__ import annotations

import datetime as dt
from functools import partial

from inteso_dash.city import City
from inteso_dash.drawing.paper.pictures import on_slide
from inteso_dash.drawing.paper.sheet import to_png
from inteso_dash.files import presentation
from inteso_dash.language import formats
from inteso_dash.pages.runder_tisch.handout.content import Leaf, leaves
from inteso_dash.pages.runder_tisch.texts import HANDOUT as TEXTS
from inteso_dash.views.maps import Map
from inteso_dash.views.sequences import Sequence
from inteso_dash.views.statement import creation_date

_to_png = partial(to_png, dpi=400)


def to_pptx(city: City, sequence: Sequence, created: dt.date | None = None) -> bytes:
    """Write a sequence as a presentation; same sequence, data and date give the same bytes.

    Parameters
    ----------
    city : City
    sequence : Sequence
    created : date, optional
        As in `views.statement.creation_date`.
    """
    day = creation_date(created)
    about = presentation.DeckProperties(
        sequence.title,
        f"{city.catalogue.city.name}, {TEXTS['state']} {city.data_hash}",
        f"{TEXTS['created']} {formats.date(day)}",
        day,
    )
    pages = [_page(leaf) for leaf in leaves(city, sequence, day)]
    return presentation.to_pptx(pages, about)


def _page(leaf: Leaf) -> presentation.DeckPage:
    figure = None if leaf.shown is None else leaf.shown.content
    signs = f"{leaf.marks.removesuffix('.')}. " if leaf.marks else ""
    edited = None if isinstance(figure, Map) or not presentation.draws(figure) else figure
    drawn = None
    if figure is not None and edited is None:
        drawn = on_slide(leaf.city, figure, leaf.told, _to_png)
    return presentation.DeckPage(
        leaf.headline,
        leaf.title,
        leaf.words,
        edited,
        drawn,
        signs + leaf.brief_origin,
        leaf.notes,
    )
