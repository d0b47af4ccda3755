"""How files write areas: by key, by municipal key, by name, or by both in one cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.city import Level
from inteso_dash.language.values import Cell, cell_text, normalise_key
from inteso_dash.tables.register import FOOTNOTE, Areas

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_BETWEEN = re.compile(r"[\s\-‐‑‒–—/,.()]+")
_KEY_AND_NAME = re.compile(
    r"(?P<key>[0-9A-Z]{0,20}[0-9][0-9A-Z]{0,20})(?:\s{0,9}[-–:.]\s{0,9}|\s{1,9})(?P<name>\D.*)"
)
_NAME_AND_KEY = re.compile(
    r"(?P<name>\D.{0,120}?)\s{0,9}\((?P<key>[0-9A-Z]{0,20}[0-9][0-9A-Z]{0,20})\)"
)
_KINDS = ("stadtteil", "ortsteil", "stadtbezirk", "bezirk", "quartier", "stadt", "kreisfreie stadt")
_WHOLE = ("insgesamt", "gesamt", "zusammen", "gesamtstadt", "stadt", "kreisfreie stadt", "city")

_SUMMED = ("insgesamt", "gesamt", "zusammen", "summe")


def plain_name(text: str) -> str:
    """Write a name so that spellings of it are equal.

    >>> plain_name("Düsternbrook ¹"), plain_name("Golzheim - Nord")
    ('duesternbrook', 'golzheim nord')
    """
    folded = unicodedata.normalize("NFC", FOOTNOTE.sub("", text.strip())).casefold()
    return " ".join(_BETWEEN.sub(" ", folded.translate(_UMLAUTS)).split())


def municipal_keys(text: str) -> Iterator[str]:
    """Yield the official keys that mean the same municipality: ARS, AGS, district.

    >>> list(municipal_keys("051110000000")), list(municipal_keys("5111000"))
    (['051110000000', '05111000', '05111'], ['05111000', '05111'])
    """
    if not text.isdecimal() or not text.isascii():
        return
    length = next((each for each in (5, 8, 12) if len(text) in (each, each - 1)), None)
    if length is None:
        return
    full = text.zfill(length)
    yield full
    if length == 12:
        yield full[:5] + full[9:]
    if length > 5 and full.endswith("000") and set(full[5:]) == {"0"}:
        yield full[:5]


class Naming:
    """How the areas of a level may be written.

    Parameters
    ----------
    catalogue : Catalogue
    level : Level
    areas : Areas
    division : str
        Of the level.
    """

    def __init__(self, catalogue: Catalogue, level: Level, areas: Areas, division: str) -> None:
        self.level, self.known = level, areas.of(level.id, division)
        self._city = catalogue.city.id
        self._names: dict[str, list[str]] = {}
        for area, name in self.known.items():
            self._names.setdefault(plain_name(name), []).append(area)
        titles = (level.id, level.title.de, level.plural)
        self.titles = tuple(dict.fromkeys(plain_name(title) for title in titles))
        self._is_root = level.id == catalogue.root.id

    def key(self, cell: Cell) -> str:
        """Return the area of the register whose key a cell holds, empty where there is none."""
        plain = (cell_text(cell), normalise_key(cell, self.level.key_length) or "")
        return next((key for key in (*plain, *self._longer(cell)) if key in self.known), "")

    def _longer(self, cell: Cell) -> Iterator[str]:
        """Yield the keys that a cell holds with more around them."""
        text = cell_text(cell)
        yield from municipal_keys(text)
        for begin in (f"{self._city}0000000", f"{self._city}000", *municipal_keys(self._city)):
            if text.startswith(begin):
                yield text[len(begin) :].lstrip("-_ ./")
        match = _KEY_AND_NAME.fullmatch(text) or _NAME_AND_KEY.fullmatch(text)
        if match is not None:
            key = normalise_key(match["key"], self.level.key_length) or ""
            if plain_name(self.known.get(key, "")) == plain_name(match["name"]):
                yield key

    def named(self, cell: Cell) -> tuple[str, ...]:
        """Return the areas of the register that a cell names."""
        text = plain_name(cell_text(cell))
        found = self._names.get(text, [])
        if not found:
            for title in (*self.titles, *_KINDS):
                if text.startswith(f"{title} ") and title in self._own_kinds():
                    found = self._names.get(text[len(title) + 1 :], [])
                    if found:
                        break
        if not found:
            for word in _WHOLE if self._is_root else _SUMMED:
                for rest in (text.removesuffix(f" {word}"), text.removeprefix(f"{word} ")):
                    found = found or (self._names.get(rest, []) if self._is_root else [])
                    if not found and rest != text:
                        found = list(self.named(rest))
        return tuple(found)

    def areas(self, cell: Cell) -> tuple[str, ...]:
        """Return the areas that a cell tells by a key with more around it, or else by name."""
        key = next((key for key in self._longer(cell) if key in self.known), "")
        return (key,) if key else self.named(cell)

    def _own_kinds(self) -> tuple[str, ...]:
        """Return what areas of this level are called, in the usual words too."""
        return (
            *self.titles,
            *(kind for kind in _KINDS if any(kind in t or t in kind for t in self.titles)),
        )

    def says_level(self, cell: Cell) -> bool:
        """Say whether a cell calls its area one of this level."""
        text = plain_name(cell_text(cell))
        return any(text.startswith(f"{title} ") for title in self.titles)

    def agrees(self, area: str, cell: Cell) -> bool:
        """Say whether a cell names an area."""
        return area in self.named(cell)
