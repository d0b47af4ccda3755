"""A user's own sequences: several, by their keys, each kept as a text of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, count
from pathlib import Path

from inteso_dash.catalogue import Catalogue
from inteso_dash.folders import write_whole
from inteso_dash.views import sequences
from inteso_dash.views.sequences import Sequence, SequenceError

FIRST, TITLE = "eigene", "Meine Folge"
MOST = 10
"""How many one user keeps; with `sequences.MAX_BYTES` each, a browser holds them all."""
_READ = 5 * MOST
_KEY = re.compile(rf"{FIRST}(?:-([2-9]|[1-9]\d{{1,3}}))?")
_COPY = "Kopie von {title}"
_LONGEST = 200


@dataclass(frozen=True)
class Unread:
    """What lies where a sequence should lie, and why it is none."""

    text: bytes
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Own:
    """All sequences of one user.

    Attributes
    ----------
    city : str
        Key of the city that they show.
    sequences : mapping of str to Sequence
        By key, in the order of the keys; never empty.
    unread : mapping of str to Unread
        What could not be read stays where it lies until the user throws it away.
    """

    city: str
    sequences: Mapping[str, Sequence]
    unread: Mapping[str, Unread] = field(default_factory=dict)

    @property
    def full(self) -> bool:
        """Whether no other one may be added."""
        return len(self.sequences) + len(self.unread) >= MOST and not self.untouched

    @property
    def untouched(self) -> bool:
        """Whether there is but the one that everybody begins with."""
        return list(self.sequences.values()) == [blank(self.city)]

    def put(self, key: str, sequence: Sequence) -> Own:
        """Return them with one added or replaced."""
        return replace(self, sequences=_ordered({**self.sequences, key: sequence}))

    def add(self, sequence: Sequence) -> tuple[Own, str]:
        """Return them with another one, and its key; it takes the place of the blank one."""
        if self.untouched:
            (key,) = self.sequences
        else:
            key = _free({*self.sequences, *self.unread})
        return self.put(key, sequence), key

    def remove(self, key: str) -> Own:
        """Return them without one; a blank one where none is left."""
        left = {own: each for own, each in self.sequences.items() if own != key}
        unread = {own: each for own, each in self.unread.items() if own != key}
        return replace(self, sequences=left or {_free(unread): blank(self.city)}, unread=unread)

    def join(self, other: Own) -> Own:
        """Return them with what was made elsewhere meanwhile, as sequences of their own."""
        joined = self
        for sequence in other.sequences.values():
            if sequence.slides and sequence not in joined.sequences.values() and not joined.full:
                joined, _ = joined.add(sequence)
        return joined


def blank(city: str) -> Sequence:
    """Return the sequence that everybody begins with."""
    return Sequence(title=TITLE, city=city)


def copied(sequence: Sequence) -> Sequence:
    """Return a copy with a title of its own.

    Examples
    --------
    >>> copied(Sequence(title="Sitzung", city="05111")).title
    'Kopie von Sitzung'
    """
    title = _COPY.format(title=sequence.title)[:_LONGEST]
    return sequence.model_copy(update={"title": title})


def told_apart(titles: Mapping[str, str]) -> dict[str, str]:
    """Return titles by key, with a number after those that others have, too.

    Examples
    --------
    >>> told_apart({"eigene": "Sitzung", "eigene-2": "Sitzung", "eigene-3": "Sitzung"})
    {'eigene': 'Sitzung', 'eigene-2': 'Sitzung [2]', 'eigene-3': 'Sitzung [3]'}
    """
    found: dict[str, str] = {}
    for key, title in titles.items():
        numbered = (f"{title} [{place}]" for place in count(2))
        found[key] = next(each for each in chain((title,), numbered) if each not in found.values())
    return found


def is_key(text: str) -> bool:
    """Say whether a sequence of one's own can have this key.

    Examples
    --------
    >>> [is_key(each) for each in ("eigene", "eigene-2", "eigene-1", "unterbringung")]
    [True, True, False, False]
    """
    return _KEY.fullmatch(text) is not None


def read_all(texts: Mapping[str, bytes], catalogue: Catalogue) -> Own:
    """Read what was kept; what is no sequence of this city comes back with its problems.

    Parameters
    ----------
    texts : mapping of str to bytes
        By key; what has another key is none of ours, and nobody has kept more than `_READ`.
    catalogue : Catalogue
    """
    read: dict[str, Sequence] = {}
    unread: dict[str, Unread] = {}
    keys = sorted(filter(is_key, texts), key=_place)[:_READ]
    for key in keys:
        name = f"{key}.yml"
        try:
            found = sequences.read(texts[key], name)
            read[key] = sequences.of_city(found, catalogue, name)
        except SequenceError as error:
            unread[key] = Unread(texts[key], error.problems)
    city = catalogue.city.id
    return Own(city, read or {_free(unread): blank(city)}, unread)


def read_folder(folder: Path, catalogue: Catalogue) -> Own:
    """Read what was kept in the user's folder."""
    texts, locked = {}, {}
    for path in sorted(folder.glob(f"{FIRST}*.yml")):
        try:
            texts[path.stem] = path.read_bytes()
        except OSError as error:
            locked[path.stem] = Unread(b"", (f"{path}: {error.strerror}.",))
    own = read_all(texts, catalogue)
    return replace(own, unread={**own.unread, **locked})


def write_folder(own: Own, keys: set[str], folder: Path) -> None:
    """Write some sequences, whole or not at all; what is no longer there is deleted.

    Raises
    ------
    OSError
        Where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for key in sorted(keys):
        path = folder / f"{key}.yml"
        if key in own.sequences:
            write_whole(path, sequences.write(own.sequences[key]))
        elif key not in own.unread:
            path.unlink(missing_ok=True)


def changed(before: Own, after: Own) -> set[str]:
    """Return the keys of what is new, other or gone."""
    both = {*before.sequences, *before.unread, *after.sequences, *after.unread}
    return {
        key
        for key in both
        if before.sequences.get(key) != after.sequences.get(key)
        or before.unread.get(key) != after.unread.get(key)
    }


def _free(taken: Mapping[str, object] | set[str]) -> str:
    names = (FIRST, *(f"{FIRST}-{place}" for place in range(2, MOST + len(taken) + 2)))
    return next(name for name in names if name not in taken)


def _place(key: str) -> int:
    found = _KEY.fullmatch(key)
    return int(found[1] or 1) if found else 0


def _ordered(found: Mapping[str, Sequence]) -> dict[str, Sequence]:
    return {key: found[key] for key in sorted(found, key=_place)}
