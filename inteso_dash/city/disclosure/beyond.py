"""What tells secret figures although no sum or share of their Stichtag ties it to them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator

from inteso_dash.catalogue import Catalogue
from inteso_dash.city.disclosure.places import Place
from inteso_dash.city.disclosure.quantities import Cells

Key = tuple[Place, str]


def changes(cells: Cells, secret: Collection[Key], catalogue: Catalogue) -> Iterator[Key]:
    """Yield published changes of figures that are or were secret.

    With the other value of the two they tell them; from which day on they count, no figure says.
    """
    for key, cell in cells.items():
        place, name = key
        base = catalogue.indicator(name).change_of
        if cell.secret and base is not None and (place, base) in secret:
            yield key


def older_divisions(cells: Cells, secret: Collection[Key], catalogue: Catalogue) -> Iterator[Key]:
    """Yield the figures of older divisions of a level of whose figures something is secret.

    Areas that two divisions have in common have one figure, which must not be shown under the one
    and secret under the other; which areas these are, only their boundaries tell. So one division
    is shown, the newest one.
    """
    divisions: dict[str, set[str]] = {}
    for (place, _), cell in cells.items():
        if cell.secret and not math.isnan(cell.value):
            divisions.setdefault(place[0], set()).add(place[1])
    touched = {place[0] for place, _ in secret}
    newest = {
        level: catalogue.level(level).newest(found)
        for level, found in divisions.items()
        if len(found) > 1 and level in touched
    }
    for key, cell in cells.items():
        level, division, _ = key[0]
        if cell.secret and division != newest.get(level, division):
            yield key
