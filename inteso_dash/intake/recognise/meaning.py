"""Which indicator is meant where several texts together say it: heads of columns, cells of rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from inteso_dash.catalogue import Catalogue

_RAISED = re.compile(r"(?<=[\d\s])[¹²³⁰⁴-⁹]{1,9}⁾?$|[¹²³⁰⁴-⁹]{1,9}⁾$")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_FOOTNOTE = re.compile(r"\s?(?:(?<!\d)\d+\)|(?<!\*)\*+)$")


def normalise_header(text: str) -> str:
    """Write a header so that spellings of the same thing are equal.

    Examples
    --------
    >>> normalise_header("  Wohnfläche  m²/EW 1)"), normalise_header("6 – 17 Jahre")
    ('wohnfläche m2/ew', '6-17 jahre')
    >>> normalise_header("Einwohner ²"), normalise_header("2022²⁾")
    ('einwohner', '2022')
    """
    plain = _RAISED.sub("", text.strip())
    plain = unicodedata.normalize("NFKC", plain).translate(_DASHES).casefold()
    plain = _FOOTNOTE.sub("", " ".join(plain.split()))
    return re.sub(r"\s*-\s*", "-", plain)


def _spaced(text: str) -> str:
    """Return a normalised header, its words apart where underscores join them."""
    return normalise_header(text.replace("_", " "))


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
            own.setdefault(_spaced(text), set()).add(indicator)
        found = {name: next(iter(ids)) for name, ids in own.items() if len(ids) == 1} | found
    return found


_NEUTRAL = re.compile(
    r"insgesamt|gesamt|gesamtzahl|zusammen|total|summe|alle|beide(?: geschlechter)?|all|both sexes"
    r"|\(?(?:in )?(?:anzahl|zahl|absolut|abs\.|personen|wert|value|number|count)\)?"
)
TOTAL = re.compile(
    r"(?:insgesamt|gesamt|zusammen|total|summe|alle|beide|all|both)\b", re.IGNORECASE
)
"""How a cell begins that stands for all that a column tells apart."""
_VERSION = re.compile(
    r"\s{0,9}\(?\b(?:revidiert|revision|rev\.?|korrigiert|korr\.?|berichtigt|aktualisiert|endgültig"
    r"|vorläufig|neu|alt|revised|provisional|final)(?:e[rsn]?)?(?!\w)\.?\)?\s{0,9}",
    re.IGNORECASE,
)


def without_version(text: str) -> str:
    """Return a head without what it says of the version of its figures.

    >>> without_version("Einwohner (revidiert)"), without_version("vorläufig")
    ('Einwohner', '')
    """
    return _VERSION.sub(" ", text).strip()


_NARROWING = {
    "age": re.compile(
        r"\b(?:unter|über|bis|ab|under|over|u|ü)[ .]?\d|\d\s?(?:-|–|bis|to)\s?(?:unter )?\d"
        r"|\bjahre?n?\b|\byears?\b|\balter\b|jugendlich|\bjunge|kinder|\bälter|senior"
    ),
    "sex": re.compile(r"männ|maenn|weib|frau|\bmale|female|wom[ae]n|\bmen\b|mädchen|jungen"),
    "nation": re.compile(r"ausländ|auslaend|nichtdeutsch|deutsch|foreign|migration|geflüchtet"),
    "share": re.compile(r"anteil|prozent|%|quote|\bje 1|\brate\b|share|per cent|percent|dichte"),
    "change": re.compile(r"veränder|differenz|zunahme|abnahme|saldo|zuwachs|change|vorjahr|index"),
    "scale": re.compile(r"\bin (?:1[. ]?000\b|hundert|tausend|mio|million|tsd)|\b(?:tsd|mio)\b"),
    "law": re.compile(r"\bsgb\b|langzeit|hartz|schwerbehindert|rechtskreis"),
}


_PEOPLE = re.compile(r"bevölkerung|einwohner|bewohner")
_OTHERS = re.compile(
    r"arbeitslos|arbeitsuch|beschäftig|erwerbs|pendl|schüler|studier|studenten|wähler|wahlberecht"
    r"|geburt|geboren|gestorben|sterbe|verstorben|zuz[uü]g|zugezog|fortz[uü]g|fortgezog|wegz[uü]g"
    r"|weggezog|umz[uü]g|haushalt|famili|leistungs|empfäng|bezieh|bedarfsgemein|grundsicher|pflege"
    r"|behindert|asyl|geflücht|flüchtling|obdach|wohnungslos|patient|straft|verdächtig|verunglück"
    r"|mitglied|auszubild|lehrkr|betreut|kita|eheschließ|scheidung|ausländ|nichtdeutsch|migration"
    r"|unemploy|employ|pupil|student|births?\b|deaths?\b|household|voter|benefit|foreign"
)
"""Groups that are counted by sex and age as inhabitants are."""
_OF_SOME = re.compile(
    rf"(?:{_OTHERS.pattern})\w*e[rn]?\s(?:wohn)?(?:{_PEOPLE.pattern})"
    rf"|(?:{_PEOPLE.pattern})\w*\s(?:mit|ohne|in|im|with)\s[^,;|]{{0,40}}(?:{_OTHERS.pattern})"
)


def narrowing(text: str) -> set[str]:
    """Return in which respects a text narrows down what it speaks of, or turns it into a rate.

    >>> sorted(narrowing("davon Frauen unter 25 Jahren")), narrowing("gemeldete Arbeitslose")
    (['age', 'sex'], set())
    """
    plain = text.casefold()
    return {kind for kind, pattern in _NARROWING.items() if pattern.search(plain)}


class Meanings:
    """The indicators of a catalogue by what tables call them.

    Parameters
    ----------
    catalogue : Catalogue
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._by_header = indicator_headers(catalogue)
        self._in_full = {normalise_header(each.title.de) for each in catalogue.indicators}
        self._related: dict[str, set[str]] = {}
        self._wholes: dict[str, set[str]] = {}
        for each in catalogue.indicators:
            parts = {part for parts in each.partitions for part in parts}
            self._related.setdefault(each.id, set()).update(parts)
            for part in parts:
                self._wholes.setdefault(part, set()).add(each.id)
            for base in each.denominator:
                self._related.setdefault(base, set()).update((each.id, *each.numerator))

    def one(self, text: str) -> str | None:
        """Return the indicator that a text names by itself."""
        return self._by_header.get(_spaced(text))

    def wholes(self, indicator: str) -> set[str]:
        """Return the indicators that one is a part of."""
        return self._wholes.get(indicator, set())

    def of_another(self, text: str, indicator: str, around: Collection[str]) -> bool:
        """Say whether a name that a part of several wholes may have stands for one of another.

        Parameters
        ----------
        text : str
            What the part is called: "männlich" does not say of whom, "Männliche Einwohner" does.
        indicator : str
        around : collection of str
            What title, groups and columns before it say.
        """
        wholes = self.wholes(indicator)
        said = " ".join(around).casefold()
        names = [name for name, each in self._by_header.items() if each in wholes]
        own = _PEOPLE if any(map(_PEOPLE.search, names)) else None
        if (
            not names
            or (own and own.search(text.casefold()))
            or any(name in text.casefold() for name in names)
        ):
            return False
        title = self._catalogue.indicator(indicator).title.de.casefold()
        others = {match[0] for match in _OTHERS.finditer(said)} - {
            match[0] for match in _OTHERS.finditer(title)
        }
        if not others:
            return False
        named = any(name in said for name in names) or (own is not None and own.search(said))
        return not named or _OF_SOME.search(said) is not None

    def belongs(self, text: str, indicator: str) -> bool:
        """Say whether a text names an indicator's total or a part of it."""
        return _is_neutral(text) or self.one(text) in self._related[indicator]

    def of(self, texts: Sequence[str], alone: Collection[str] = ()) -> str | None:
        """Return the indicator that texts mean together, None where they may mean another thing.

        Parameters
        ----------
        texts : sequence of str
            From the general to the particular: group and head, or characteristic and category.
        alone : collection of str
            Those that stand over one column only, so that what is below can only explain them.
        """
        for at in range(len(texts)):
            said = " ".join(texts[at:])
            found = self.one(said)
            if found is not None and self.of_another(said, found, texts[:at]):
                return None
            if found is not None and (at == 0 or self._fits(found, texts[at:], texts[:at])):
                return found
        hits = [(at, found) for at, text in enumerate(texts) if (found := self.one(text))]
        if not hits:
            return None
        place, found = hits[-1]
        if self.of_another(texts[place], found, texts[:place]):
            return None
        below = [text for text in texts[place + 1 :] if not _is_neutral(text)]
        if below and texts[place] not in alone:
            return None
        if any(self._narrows(text, found, texts[place]) for text in below):
            return None
        return found if self._fits(found, [texts[place]], texts[:place]) else None

    def _fits(self, indicator: str, said: Sequence[str], above: Sequence[str]) -> bool:
        """Say whether an indicator is what its name says below these texts."""
        if all(normalise_header(text) in self._in_full for text in said):
            others = [text for text in above if self.one(text) is None]
            return not any(self._narrows(text, indicator, " ".join(said)) for text in others)
        for text in above:
            other = self.one(text)
            if other is None:
                if self._narrows(text, indicator, " ".join(said)):
                    return False
            elif other != indicator and indicator not in self._related[other]:
                return False
        return True

    def _narrows(self, text: str, indicator: str, said: str) -> bool:
        known = self._catalogue.indicator(indicator)
        allowed = narrowing(f"{said} {known.title.de}")
        if known.kind == "intensive":
            allowed.add("share")
        return bool(narrowing(text) - allowed)

    def label(self, texts: Sequence[str]) -> str:
        """Return what to call a figure: the title of the indicator, else what is said of it."""
        said = [text for text in texts if text]
        found = self.of(said)
        if found is not None:
            return self._catalogue.indicator(found).title.de
        telling = [text for text in said if not _is_neutral(text)]
        return ", ".join(dict.fromkeys(telling or said))


def _is_neutral(text: str) -> bool:
    return _NEUTRAL.fullmatch(normalise_header(text)) is not None
