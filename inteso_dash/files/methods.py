"""What all methods are, as a text and as PDF: to be read beside the figures."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from inteso_dash.files import typeset
from inteso_dash.language import formats
from inteso_dash.measures.methods import METHODS
from inteso_dash.views.statement import creation_date

NAME = "methoden.md"
TITLE = "Methoden"
LEAD = (
    "Wie diese Anwendung rechnet: {count} Verfahren, jedes in drei Sätzen, mit Formel und Quelle."
)
WORDS = {"symbols": "Darin", "sources": "Quelle"}
_CREATED = "erstellt am {date}"


def lead() -> str:
    """Say how many methods are explained."""
    return LEAD.format(count=len(METHODS))


def markdown(note: str = "") -> str:
    """Write all methods as Markdown.

    Parameters
    ----------
    note : str
        What is to be said besides, at the beginning.
    """
    parts = [f"# {TITLE}", lead(), *filter(None, [note])]
    for group, methods in groupby(METHODS.values(), lambda each: each.group):
        parts.append(f"## {group}")
        for each in methods:
            sources = "\n".join(f"- {source}" for source in each.sources)
            parts += [f"### {each.title}", " ".join(each.says), f"    {each.formula}"]
            parts += [f"{WORDS['symbols']} {each.symbols}.", sources]
    return "\n\n".join(parts) + "\n"


def to_pdf(city: str, created: dt.date | None = None) -> bytes:
    """Set all methods as PDF; on the same day it has the same bytes.

    Parameters
    ----------
    city : str
        Whose dashboard it is.
    created : date, optional
        As in `inteso_dash.views.statement.creation_date`.
    """
    day = creation_date(created)
    groups = [
        {
            "title": group,
            "methods": [
                {
                    "title": each.title,
                    "says": " ".join(each.says),
                    "formula": each.formula,
                    "symbols": f"{WORDS['symbols']} {each.symbols}.",
                    "sources": [f"{WORDS['sources']}: {source}" for source in each.sources],
                }
                for each in methods
            ],
        }
        for group, methods in groupby(METHODS.values(), lambda each: each.group)
    ]
    told = {
        "title": TITLE,
        "lead": lead(),
        "city": city,
        "created": [day.year, day.month, day.day],
        "footer": f"{TITLE} · {city} · {_CREATED.format(date=formats.date(day))}",
        "page": "Seite",
        "groups": groups,
    }
    return typeset.to_pdf("files/methoden.typ", told)
