"""Rows that are no areas: the total, and what belongs to none of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from inteso_dash.catalogue import Catalogue
from inteso_dash.intake.recognise.keys import Keys
from inteso_dash.intake.recognise.naming import Naming, plain_name
from inteso_dash.language.values import cell_text
from inteso_dash.tables.reading.raw import RawTable
from inteso_dash.tables.register import Areas

_TOTAL = re.compile(r"\b(insgesamt|gesamt\w*|summe|zusammen|total|all areas|overall)\b")
_WHOLE = re.compile(
    r"(?:(?:gesamt)?stadt |summe )?(?:insgesamt|gesamt|summe|zusammen|total|alle gebiete)"
    r"|gesamtstadt|gesamtsumme|stadtgebiet|all areas|overall"
)
"""What a row with a key of its own is called where it can only be the total."""
_CODE = 2
REMAINDER = re.compile(
    r"nicht (?:zu(?:zu)?ord\w*|zugeord\w*|zuord\w*|verort\w*|lokalisier\w*|bekannt|ermittel\w*)"
    r"|ohne (?:zuordnung|angaben?|wohn\w*|adress\w*|fest\w*)|unbekannt|unbestimmt|ungeklärt"
    r"|keine (?:zuordnung|angaben?|adresse)|k\. ?a\.|rest(?:liche\w*)?$|^übrige|^sonstige"
    r"|außerhalb|unassigned|unallocated|not (?:allocated|assigned|known)|unknown|other areas",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Stray:
    """A row that belongs to no area of the register.

    ``remainder`` says that it holds what could not be given to an area.
    """

    place: int
    number: int
    label: str
    remainder: bool


@dataclass(frozen=True)
class Beside:
    """The rows of a table that are no areas.

    Attributes
    ----------
    total : int, optional
        Place of the row that holds the total.
    totals : frozenset of int
        Places of all such rows.
    of_city : bool
        Whether that row names the city itself.
    strays : tuple of Stray
    """

    total: int | None = None
    totals: frozenset[int] = frozenset()
    of_city: bool = False
    strays: tuple[Stray, ...] = field(default=())


def _whole(places: Sequence[int], first: int) -> int | None:
    """Return the row of the whole among rows of totals: it stands above all areas, or is the last.

    ``first`` is the place of the first area.
    """
    if not places:
        return None
    return places[0] if places[0] < first else places[-1]


def rows_beside(
    raw: RawTable, keys: Keys, names: Sequence[str], catalogue: Catalogue, areas: Areas
) -> Beside:
    """Find the rows that are no areas."""
    root = catalogue.root
    namings = [Naming(catalogue, root, areas, each.id) for each in root.divisions]
    city = {plain_name(name) for each in namings for name in each.known.values()}
    registered = areas.of(keys.level.id, keys.division)
    of_city: list[int] = []
    totals: list[int] = []
    strays: list[Stray] = []
    for place, (row, key, name) in enumerate(zip(raw.rows, keys.keys, names, strict=True)):
        if key in registered or (keys.level.id == root.id and not registered):
            continue
        cell = row.cells[keys.column]
        written = "" if keys.named else cell_text(cell)
        label = f"{'' if key or written == name else written} {name}".strip()
        code = bool(key) or 0 < len(written) <= _CODE
        called = name if code else label
        plain = plain_name(called)
        named = any(each.named(called) for each in namings)
        if any(each.key(cell) for each in namings) or plain in city or (key and named):
            of_city.append(place)
        elif named or _WHOLE.fullmatch(plain) or (not key and _TOTAL.search(called.casefold())):
            totals.append(place)
        elif registered:
            told = name or written or f"Zeile {row.number}"
            remainder = REMAINDER.search(told) is not None
            strays.append(Stray(place, row.number, told, remainder))
    places = of_city or totals
    return Beside(
        _whole(
            places, first=next((at for at, key in enumerate(keys.keys) if key in registered), 0)
        ),
        frozenset((*of_city, *totals)),
        bool(of_city),
        tuple(strays),
    )
