"""Heads of columns: their spellings made equal, and the indicators that they name."""

from __future__ import annotations

import re
import unicodedata

from inteso_dash.catalogue import Catalogue

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_FOOTNOTE = re.compile(r"\s?(?:(?<!\d)\d+\)|(?<!\*)\*+)$")


def normalise_header(text: str) -> str:
    """Write a header so that spellings of the same thing are equal.

    Examples
    --------
    >>> normalise_header("  Wohnfläche  m²/EW 1)"), normalise_header("6 – 17 Jahre")
    ('wohnfläche m2/ew', '6-17 jahre')
    """
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).casefold()
    plain = _FOOTNOTE.sub("", " ".join(plain.split()))
    return re.sub(r"\s*-\s*", "-", plain)


def indicator_headers(catalogue: Catalogue) -> dict[str, str]:
    """Return normalised header → indicator id; aliases win over titles, titles over short titles.

    A short title that two indicators share stands for neither.
    """
    found: dict[str, str] = {}
    levels: tuple[list[tuple[str, str]], ...] = (
        [(alias, each.id) for each in catalogue.indicators for alias in each.aliases],
        [(name, each.id) for each in catalogue.indicators for name in (each.id, each.title.de)],
        [(each.short.de, each.id) for each in catalogue.indicators],
    )
    for level in levels:
        own: dict[str, set[str]] = {}
        for text, indicator in level:
            own.setdefault(normalise_header(text), set()).add(indicator)
        found = {name: next(iter(ids)) for name, ids in own.items() if len(ids) == 1} | found
    return found
