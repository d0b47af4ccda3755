"""Which indicator the title of a table speaks of, where no column says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from inteso_dash.catalogue import Catalogue
from inteso_dash.intake.recognise.days import mentions, split_day
from inteso_dash.intake.recognise.meaning import indicator_headers, narrowing, normalise_header
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.tables.reading.raw import RawTable

_LEAST = 6
_NUMBERED = re.compile(
    r"^(?:tab(?:elle|\.)?|table|abb\.|blatt)?\s*\d+(?:[.\-]\d+)*\s*[.:)–-]?\s+(?=\D)", re.IGNORECASE
)
_APART = re.compile(r"\s[·|–-]\s|[;:|·()\n]|,(?!\d)")
_WORD = re.compile(r"[\w%²³/\-+<>]+")
_INFLECTED = re.compile(r"(?<=\w{4}e)n$")
_FILLER = re.compile(
    r"nach|in|im|der|die|das|den|des|je|am|zum|zur|seit|vom|bis|ab|per|auf|ebene|und|jeweils|stand"
    r"|stichtag\w*|jahr\w*|ende|by|of|the|at|as|per|anzahl|zahl|bestand|insgesamt|gesamt|number|total"
    r"|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"
    r"|stadt\w{0,3}|city|kleinräumig\w*|tabelle\w*|daten|export|werte?|entwicklung|übersicht|lieferung"
    r"|\d{1,4}\.?|(?:stadt|orts)teil\w*|(?:stadt)?bezirk\w*|quartier\w*|(?:stadt)?gebiet\w*"
    r"|(?:sozial|planungs|prognose)räum\w*|viertel\w*|district\w*|area\w*|quarter\w*|neighbou?r\w*"
)


class Subject(NamedTuple):
    """What a title says the figures are of.

    Attributes
    ----------
    title : str
        Title of the indicator; empty where none is named, or something beside it.
    words : str
        The text that says so, or that may mean something else.
    near : str
        Title of the indicator that such a text contains.
    """

    title: str = ""
    words: str = ""
    near: str = ""

    def finding(self, raw: RawTable) -> Finding:
        """Say which indicator was taken, and why."""
        return Finding(
            Severity.NOTE,
            "named_by_title",
            f"Die Werte gelten als „{self.title}“, weil „{self.words}“ so heißt. Ist das falsch, "
            "ordnen Sie die Spalte anders zu.",
            raw.name,
            found=self.words,
            expected=self.title,
        )

    @property
    def question(self) -> str:
        """What to ask where a text may mean something else; empty where none does."""
        if not self.near:
            return ""
        return (
            f"„{self.words}“ enthält „{self.near}“, kann aber etwas anderes meinen. Ordnen Sie die "
            "Spalte dem Indikator zu, den sie enthält."
        )


def subject(raw: RawTable, catalogue: Catalogue) -> Subject:
    """Return the indicator that title, sheet or file name speak of, and of nothing else."""
    names = _names(catalogue)
    here = _places(catalogue)
    texts = [
        each.strip() for each in (*raw.title.split(" · "), raw.sheet, raw.name.rpartition(".")[0])
    ]
    near = Subject()
    for text in filter(None, texts):
        clauses = [*_clauses(text, here)]
        hits = {names[clause] for clause in clauses if clause in names}
        others = " ".join(" ".join(clause) for clause in clauses if clause not in names)
        if len(hits) == 1:
            title = catalogue.indicator(hits.pop()).title.de
            if not narrowing(others) - narrowing(title):
                return Subject(title, text)
            near = near if near.words else Subject("", text, title)
        elif not near.words and (contained := _contained(text, catalogue)):
            near = Subject("", text, contained)
    return near


def _names(catalogue: Catalogue) -> dict[tuple[str, ...], str]:
    return {
        words: indicator
        for name, indicator in indicator_headers(catalogue).items()
        if (words := _telling(name, ()))
    }


def _places(catalogue: Catalogue) -> tuple[str, ...]:
    """Return how words begin that tell of this city's areas."""
    titles = [text for each in catalogue.levels for text in (each.title.de, each.plural)]
    named = " ".join([*titles, catalogue.city.name, catalogue.city.genitive])
    return tuple({word.casefold() for word in _WORD.findall(named) if len(word) > 2})


def _clauses(text: str, here: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the telling words of each part of a text."""
    plain = _NUMBERED.sub("", " ".join(text.replace("_", " ").split()))
    for part in _APART.split(plain):
        words = _telling(_without_days(part), here)
        if words:
            yield words


def _without_days(text: str) -> str:
    return split_day(text.strip())[0] if next(mentions(text), None) else text


def _telling(text: str, here: tuple[str, ...]) -> tuple[str, ...]:
    words = [_INFLECTED.sub("", word) for word in _WORD.findall(normalise_header(text))]
    return tuple(
        word
        for word in words
        if not _FILLER.fullmatch(word) and not (here and word.startswith(here))
    )


def _contained(text: str, catalogue: Catalogue) -> str:
    """Return the title of the one indicator whose name a text contains."""
    plain = normalise_header(text.replace("_", " "))
    found = {
        name: indicator
        for name, indicator in indicator_headers(catalogue).items()
        if len(name) >= _LEAST and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain)
    }
    longest = {
        indicator
        for name, indicator in found.items()
        if not any(name != other and name in other for other in found)
    }
    return catalogue.indicator(longest.pop()).title.de if len(longest) == 1 else ""
