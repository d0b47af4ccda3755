"""How files write areas: by key, by municipal key, by name, or by both in one cell."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.city import Level
from inteso_dash.language.values import Cell, cell_text, normalise_key
from inteso_dash.tables.register import FOOTNOTE, Areas

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_BETWEEN = re.compile(r"[\s\-‐‑‒–—/,.()\[\]:·•„“”»«\"]+")
_KEY_AND_NAME = re.compile(
    r"(?P<key>[0-9A-Z]{0,20}[0-9][0-9A-Z]{0,20})(?:\s{0,9}[-–:.]\s{0,9}|\s{1,9})(?P<name>\D.*)"
)
_NAME_AND_KEY = re.compile(
    r"(?P<name>\D.{0,120}?)(?:\s{0,9}\(|\s{1,9})(?P<key>[0-9A-Z]{0,20}[0-9][0-9A-Z]{0,20})\)?"
)
_PART = re.compile(r"(?:davon|darunter|dar|dav) ")
_SHORT = {"stadtteil": ("stt", "ot"), "ortsteil": ("ot",), "stadtbezirk": ("stb", "sbz")}
_SHORT["bezirk"] = ("bez", "bz", *_SHORT["stadtbezirk"])
_KINDS = ("stadtteil", "ortsteil", "stadtbezirk", "bezirk", "quartier", "stadt", "kreisfreie stadt")
WHOLE = ("insgesamt", "gesamt", "zusammen", "gesamtstadt", "stadt", "kreisfreie stadt", "city")

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


def _bare(name: str) -> str:
    """Return a name with its letters alone, as of ü the u."""
    return "".join(each for each in unicodedata.normalize("NFKD", name) if each.isascii())


def _titles(level: Level) -> tuple[str, ...]:
    """Return what a level is called, as names are compared."""
    return tuple(dict.fromkeys(map(plain_name, (level.id, level.title.de, level.plural))))


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
        self.titles = _titles(level)
        self._is_root = level.id == catalogue.root.id
        others = {
            title for each in catalogue.levels if each is not level for title in _titles(each)
        }
        own = [kind for kind in _KINDS if any(kind in t or t in kind for t in self.titles)]
        own += [word for kind in own for word in _SHORT.get(kind, ())]
        if not self._is_root:
            own += [kind for kind in _KINDS[:5] if not any(kind in t or t in kind for t in others)]
        self._kinds = tuple(dict.fromkeys([*self.titles, *own]))
        self._place = f"{plain_name(catalogue.city.name)} "

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
        text = _PART.sub("", plain_name(cell_text(cell)), count=1)
        found = self._names.get(text, [])
        if not found:
            without = [text.removeprefix(f"{kind} ") for kind in self._kinds]
            without += [text.removesuffix(f" {kind}") for kind in self._kinds]
            without += [text.removeprefix(self._place)] * (not self._is_root)
            found = next((self._names[each] for each in without if each in self._names), [])
            found = found or self._garbled(cell_text(cell))
        if not found:
            for word in WHOLE if self._is_root else _SUMMED:
                for rest in (text.removesuffix(f" {word}"), text.removeprefix(f"{word} ")):
                    found = found or (self._names.get(rest, []) if self._is_root else [])
                    if not found and rest != text:
                        found = list(self.named(rest))
        return tuple(found)

    @cached_property
    def _bare_names(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for area, name in self.known.items():
            found.setdefault(plain_name(_bare(name)), []).append(area)
        return found

    def _garbled(self, text: str) -> list[str]:
        """Return the areas whose name a text is that lost its umlauts on the way."""
        if text.isascii() and "?" not in text:
            return self._bare_names.get(plain_name(text), [])
        for encoding in ("cp1252", "latin-1"):
            with contextlib.suppress(UnicodeError):
                text = text.encode(encoding).decode("utf-8")
        if found := self._names.get(plain_name(text)):
            return found
        parts = [re.escape(plain_name(part)) for part in re.split("[?\ufffd]", text)]
        pattern = re.compile(r"\w{1,2}".join(parts))
        fitting = [ids for name, ids in self._names.items() if pattern.fullmatch(name)]
        return fitting[0] if len(parts) > 1 and len(fitting) == 1 else []

    def areas(self, cell: Cell) -> tuple[str, ...]:
        """Return the areas that a cell tells by a key with more around it, or else by name."""
        key = next((key for key in self._longer(cell) if key in self.known), "")
        return (key,) if key else self.named(cell)

    def says_level(self, cell: Cell) -> bool:
        """Say whether a cell calls its area one of this level."""
        text = plain_name(cell_text(cell))
        return any(text.startswith(f"{title} ") for title in self.titles)

    def agrees(self, area: str, cell: Cell) -> bool:
        """Say whether a cell names an area."""
        return area in self.named(cell)
