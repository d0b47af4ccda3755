"""The search over everything: areas of all levels, indicators of all topics, topics and pages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.catalogue.own_areas import OwnLevel
from inteso_dash.city import City

MOST = 12
"""So many hits are shown."""
_OF_A_KIND = 6
_LONGEST = 100
_INSIDE_FROM = 3
_UNMARKED = str.maketrans("ıøłđ", "iold")
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


class Sort(StrEnum):
    """What can be found, in the order in which equally good hits stand."""

    AREA = "gebiet"
    TOPIC = "thema"
    INDICATOR = "indikator"
    PAGE = "seite"


_ORDER = tuple(Sort)


@dataclass(frozen=True)
class Findable:
    """Something that can be found.

    Attributes
    ----------
    sort : Sort
    id : str
        As addresses name it; of an area its level and key: ``stadtteil.063``.
    title : str
    told : str
        What tells it from others of the same title: "Stadtteil 063", "Indikator · Migration".
    """

    sort: Sort
    id: str
    title: str
    told: str

    @property
    def key(self) -> str:
        """What it is called where all sorts stand together."""
        return f"{self.sort}/{self.id}"

    @property
    def place(self) -> tuple[str, str]:
        """Level and key of an area."""
        level, _, area_id = self.id.partition(".")
        return level, area_id


class _Match(IntEnum):
    """How well a word is met, best first."""

    WHOLE = 0
    BEGIN = 1
    INSIDE = 2
    BESIDE = 3


@dataclass(frozen=True)
class _Prepared:
    """Something that can be found, with its words in all their spellings.

    ``beside`` are words that lead to it without standing in its title.
    """

    entry: Findable
    title: frozenset[str]
    words: tuple[str, ...]
    beside: tuple[str, ...]
    all_words: str


@dataclass(frozen=True)
class Hits:
    """What a query has found: the best of it, and how much there is in all."""

    shown: tuple[Findable, ...]
    count: int


def spellings(text: str) -> frozenset[str]:
    """Write text as it is compared: without case and accents, umlauts as one letter or as two.

    >>> sorted(spellings("Düsseltal")), sorted(spellings("Café"))
    (['duesseltal', 'dusseltal'], ['cafe'])
    """
    lower = unicodedata.normalize("NFC", text).casefold()
    return frozenset({_plain(lower), _plain(lower.translate(_SPELLED))})


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return plain.casefold().translate(_UNMARKED)


def words(text: str) -> tuple[frozenset[str], ...]:
    """Take text apart into its words, each in all its spellings.

    >>> [sorted(word) for word in words("SGB-II-Quote")]
    [['sgb'], ['ii'], ['quote']]
    """
    apart = "".join(sign if sign.isalnum() or unicodedata.combining(sign) else " " for sign in text)
    return tuple(spelled for word in apart.split() if any(spelled := spellings(word)))


class Finder:
    """All that can be found, prepared once for all queries.

    Parameters
    ----------
    entries : iterable of Findable
        Of equally good hits of a sort, those that stand here first come first.
    beside : mapping, optional
        Key of an entry → further text whose words lead to it, such as the topic of an indicator.
    """

    def __init__(
        self, entries: Iterable[Findable], beside: Mapping[str, str] | None = None
    ) -> None:
        texts = beside or {}
        self._known = {each.key: each for each in entries}
        self._prepared = [_prepare(each, texts.get(key, "")) for key, each in self._known.items()]

    def get(self, key: str) -> Findable | None:
        """Return what has this key, None where there is none."""
        return self._known.get(key)

    def find(self, query: str) -> Hits:
        """Return what a query names: every word of it begins one, or stands within one.

        Whole words come before beginnings, those before what stands within; a word of one or two
        letters is looked for at beginnings alone. Of one sort not more than half are shown while
        there are others.

        Parameters
        ----------
        query : str
            As typed; what is too long is cut.
        """
        wanted = words(query[:_LONGEST])
        if not wanted:
            return Hits((), 0)
        whole = spellings(query.strip())
        ranked = []
        for place, each in enumerate(self._prepared):
            if not all(any(form in each.all_words for form in word) for word in wanted):
                continue
            met = [match for word in wanted if (match := _met(each, word)) is not None]
            if len(met) < len(wanted):
                continue
            exact = bool(whole & each.title)
            begins = any(title.startswith(tuple(whole)) for title in each.title)
            sort = _ORDER.index(each.entry.sort)
            order = (not exact, max(met), sum(met), not begins, sort, place)
            ranked.append((order, each.entry))
        ranked.sort(key=lambda pair: pair[0])
        return Hits(_mixed([entry for _, entry in ranked]), len(ranked))


def _prepare(entry: Findable, beside: str) -> _Prepared:
    own = [form for word in words(f"{entry.title} {entry.place[1]}") for form in sorted(word)]
    more = [form for word in words(f"{entry.told} {beside}") for form in sorted(word)]
    return _Prepared(
        entry, spellings(entry.title), tuple(own), tuple(more), " ".join([*own, *more])
    )


def _met(entry: _Prepared, word: frozenset[str]) -> _Match | None:
    forms = tuple(word)
    if word.intersection(entry.words):
        return _Match.WHOLE
    if any(own.startswith(forms) for own in entry.words):
        return _Match.BEGIN
    if any(len(form) >= _INSIDE_FROM and form in own for form in forms for own in entry.words):
        return _Match.INSIDE
    if any(own.startswith(forms) for own in entry.beside):
        return _Match.BESIDE
    return None


def _mixed(ranked: Sequence[Findable]) -> tuple[Findable, ...]:
    """Choose what is shown, so that no sort crowds out the others."""
    counts = dict.fromkeys(Sort, 0)
    first, later = list[int](), list[int]()
    for place, each in enumerate(ranked):
        counts[each.sort] += 1
        (first if counts[each.sort] <= _OF_A_KIND else later).append(place)
    chosen = sorted([*first, *later][:MOST])
    return tuple(ranked[place] for place in chosen)


TEXTS = {
    "indicator": "Indikator · {topic}",
    "topic": "Thema",
    "page": "Seite",
}


def of_city(city: City, pages: Mapping[str, str]) -> Finder:
    """Return what can be found of a city: what there is, not what is only declared.

    Parameters
    ----------
    city : City
    pages : mapping
        Id of a page → its title.
    """
    catalogue, beside = city.catalogue, dict[str, str]()
    found = list[Findable]()
    for level in catalogue.levels:
        names = city.areas(level.id)["name"].astype(str)
        for area_id, name in names.items():
            # As City.name_beside_key writes it, without looking every area up again.
            title = name.removesuffix(f" ({area_id})")
            told = f"{level.title.de} {area_id}"
            if isinstance(level, OwnLevel):
                told = level.title.de
            found.append(Findable(Sort.AREA, f"{level.id}.{area_id}", title, told))
    there = [each for each in catalogue.indicators if _has_figures(city, each)]
    for topic in catalogue.topics:
        own = [each for each in there if each.topic == topic.id]
        if any(each.map for each in own):
            found.append(Findable(Sort.TOPIC, topic.id, topic.title.de, TEXTS["topic"]))
        for each in own:
            told = TEXTS["indicator"].format(topic=topic.title.de)
            found.append(Findable(Sort.INDICATOR, each.id, each.title.de, told))
            beside[found[-1].key] = each.short.de
    found += [Findable(Sort.PAGE, page, title, TEXTS["page"]) for page, title in pages.items()]
    return Finder(found, beside)


def _has_figures(city: City, indicator: Indicator) -> bool:
    return any(city.dates(level.id, indicator.id) for level in city.catalogue.levels)
