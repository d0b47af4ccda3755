"""A sequence on paper (A4 across, a slide a page, tagged) and as a presentation to be edited.

Drawing and typesetting are loaded with this package, so pages import it where a file is asked for.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from inteso_dash.city import City
from inteso_dash.drawing.paper.pictures import on_slide
from inteso_dash.drawing.paper.sheet import to_png, to_svg
from inteso_dash.files import presentation, typeset
from inteso_dash.language import formats
from inteso_dash.pages.runder_tisch.handout.content import Leaf, leaves
from inteso_dash.pages.runder_tisch.texts import HANDOUT as TEXTS
from inteso_dash.views.colours import ink
from inteso_dash.views.figures import Table
from inteso_dash.views.maps import Map
from inteso_dash.views.sequences import Sequence
from inteso_dash.views.statement import creation_date

_to_png = partial(to_png, dpi=400)


def to_pdf(city: City, sequence: Sequence, created: dt.date | None = None) -> bytes:
    """Set a sequence as PDF; the same sequence from the same data gives the same bytes.

    Parameters
    ----------
    city : City
    sequence : Sequence
        With at least one slide.
    created : date, optional
        As in `views.statement.creation_date`.
    """
    day = creation_date(created)
    state = f"{TEXTS['state']} {city.data_hash[:12]}"
    told = {
        "title": sequence.title,
        "city": city.catalogue.city.name,
        "created": [day.year, day.month, day.day],
        "footer": f"{sequence.title} · {state} · {TEXTS['created']} {formats.date(day)}",
        "words": TEXTS,
        "leaves": [_paper_page(leaf) for leaf in leaves(city, sequence, day)],
    }
    return typeset.to_pdf("pages/runder_tisch/handout/handzettel.typ", told)


def _paper_page(leaf: Leaf) -> dict[str, Any]:
    drawn = None
    table = Table(rows=())
    if leaf.shown is not None:
        figure = leaf.shown.content
        drawn = on_slide(leaf.city, figure, leaf.told, to_svg)
        table = figure if isinstance(figure, Table) else table
    return {
        "headline": leaf.headline,
        "title": leaf.title,
        "words": leaf.words,
        "origin": leaf.origin,
        "remark": leaf.remark,
        "marks": leaf.marks,
        "address": leaf.address,
        "data": "" if leaf.shown is None else leaf.shown.data,
        "changed": leaf.changed,
        "picture": None if drawn is None else drawn.decode("utf-8"),
        "rows": table.rows,
        "right": table.numeric(),
        "fills": [[[fill, ink(fill)] if fill else None for fill in row] for row in table.fills],
    }


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
    pages = [_deck_page(leaf) for leaf in leaves(city, sequence, day)]
    return presentation.to_pptx(pages, about)


def _deck_page(leaf: Leaf) -> presentation.DeckPage:
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


WRITERS = {".pdf": to_pdf, ".pptx": to_pptx}
"""Ways to write a sequence, by the ending of the file's name."""
