"""Rules on names: cut off at the end of a line, or damaged on the way out of a PDF."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from inteso_dash.intake.checks.context import GROUP_FROM, CheckContext
from inteso_dash.language.findings import Finding, Severity

_PREPOSITIONS = (
    "ab am an auf aus außerhalb bei beiderseits beidseits beim bis diesseits durch für gegen "
    "gegenüber hinter im in innerhalb jenseits längs mit nach nahe neben oberhalb ohne rund "
    "seitlich südlich nördlich östlich westlich nordöstlich nordwestlich südöstlich südwestlich "
    "um unter unterhalb über vom von vor zu zum zur zwischen"
)
_CONJUNCTIONS = "aber beziehungsweise bzw oder sowie und"
_ARTICLES = "das dem den der des die ein eine einem einen einer eines"
_OPEN_ENDINGS = frozenset(f"{_PREPOSITIONS} {_CONJUNCTIONS} {_ARTICLES}".split())
_ADJECTIVE = re.compile(r"(?:nörd|süd|öst|west|nordöst|nordwest|südöst|südwest)liche[rsnm]?")
_HYPHENS = "-‐‑"
_MARKED = "…"
_LIGATURES = ("fl", "fi", "ff", "ffi", "ffl", "tt", "ft")
_CODE_POINTS = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "ft",
    "\ufb06": "st",
}
_BROKEN = re.compile(r"\(cid:\d+\)|[\ufb00-\ufb06\ue000-\uf8ff]")
_LETTERS = re.compile(r"\w{0,40}")
_SHORTEST_CONTEXT = 3


def is_cut_off(name: str) -> bool:
    """Say whether a German name ends where no name can end.

    A name that ends on … is marked as cut off already and is not reported again.

    Examples
    --------
    >>> [is_cut_off(name) for name in ("Rund um den", "Zwischen Ufer- und", "Neustadt Mus-")]
    [True, True, True]
    >>> [is_cut_off(name) for name in ("Zwischen Ufer und Wald", "Neustadt-Süd", "Rund um den …")]
    [False, False, False]
    """
    text = name.strip()
    if not text or text.endswith((_MARKED, "...")):
        return False
    if text[-1] in _HYPHENS or text.endswith((",", "(", "/", "&", "+")):
        return True
    if text.count("(") > text.count(")"):
        return True
    words = re.findall(r"[\w.]+", text.lower())
    if not words:
        return False
    last = words[-1].rstrip(".")
    if last in _OPEN_ENDINGS or _ADJECTIVE.fullmatch(last):
        return True
    return words[0] == "zwischen" and "und" not in words


def cut_off_names(context: CheckContext) -> Iterator[Finding]:
    """Find names that are cut off; many in one column are named in one finding."""
    for header, texts in context.text_columns.items():
        cut = texts[[is_cut_off(text) for text in texts]]
        if len(cut) >= GROUP_FROM:
            listed = "; ".join(f"{row}: „{text}“" for row, text in cut.items())
            yield Finding(
                Severity.WARNING,
                "cut_off_name",
                f"In der Spalte „{header}“ brechen {len(cut)} Namen ab: {listed}. Ergänzen Sie "
                "sie aus dem Original oder kennzeichnen Sie sie mit … am Ende.",
                context.file,
                "",
                header,
                f"{len(cut)} von {len(texts)} Namen",
                "vollständige Namen",
            )
            continue
        for row, text in cut.items():
            yield Finding(
                Severity.WARNING,
                "cut_off_name",
                f"Der Name „{text}“ von {row} bricht ab. Ergänzen Sie ihn aus dem Original oder "
                "kennzeichnen Sie ihn mit … am Ende.",
                context.file,
                str(row),
                header,
                text,
                "ein vollständiger Name",
            )


def broken_ligatures(context: CheckContext) -> Iterator[Finding]:
    """Find characters that stand for a lost ligature, and guess it from the words around them.

    All places with the same character vote for the ligature that makes their words occur
    elsewhere in the file, in the register or in the catalogue.
    """
    broken = [
        (header, str(row), text, match[0])
        for header, texts in context.text_columns.items()
        for row, text in texts.items()
        for match in _BROKEN.finditer(text)
    ]
    if not broken:
        return
    vocabulary = _vocabulary(context)
    votes: dict[str, Counter[str]] = {}
    for _, _, text, sign in broken:
        votes.setdefault(sign, Counter()).update(_supported(text, sign, vocabulary))
    guesses = {sign: _winner(sign, votes[sign]) for sign in votes}
    for header, row, text, sign in broken:
        guess = guesses[sign]
        mended = _mended(text, guesses) if guess else ""
        meant = f"vermutlich „{guess}“, also „{mended}“" if guess else "vermutlich fl, fi oder ff"
        yield Finding(
            Severity.WARNING,
            "broken_ligature",
            f"Im Text „{text}“ von {row} steht das Zeichen {_shown(sign)} für eine zerbrochene "
            f"Ligatur, {meant}. Berichtigen Sie den Text.",
            context.file,
            row,
            header,
            text,
            mended or "fl, fi oder ff an dieser Stelle",
        )


def _shown(sign: str) -> str:
    return sign if len(sign) > 1 else f"U+{ord(sign):04X}"


def _mended(text: str, guesses: Mapping[str, str]) -> str:
    return _BROKEN.sub(lambda match: guesses.get(match[0]) or match[0], text)


def _winner(sign: str, votes: Counter[str]) -> str:
    if sign in _CODE_POINTS:
        return _CODE_POINTS[sign]
    best = votes.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return ""
    return best[0][0]


def _supported(text: str, sign: str, vocabulary: str) -> Counter[str]:
    """Weigh each ligature by the longest stretch around it that occurs in known words."""
    before, _, after = text.partition(sign)
    left = re.search(r"\w{0,40}$", before)
    right = _LETTERS.match(after)
    heads, tails = (left[0].lower() if left else ""), (right[0].lower() if right else "")
    weights: Counter[str] = Counter()
    for ligature in _LIGATURES:
        weights[ligature] = max(
            (
                length + reach
                for reach in range(len(tails) + 1)
                for length in range(len(heads) + 1)
                if length + reach >= _SHORTEST_CONTEXT - 1
                and heads[len(heads) - length :] + ligature + tails[:reach] in vocabulary
            ),
            default=0,
        )
    return +weights


def _vocabulary(context: CheckContext) -> str:
    """Return every known word, lower case, without the broken ones."""
    words: list[str] = list(context.headers.values())
    for indicator in context.catalogue.indicators:
        words += [indicator.title.de, indicator.short.de, indicator.meaning, *indicator.aliases]
    if context.register is not None:
        words += [str(name) for name in context.register["name"]]
    for texts in context.text_columns.values():
        words += [text for text in texts if not _BROKEN.search(text)]
    return "\n".join(dict.fromkeys(words)).lower()


def text_findings(context: CheckContext) -> Iterator[Finding]:
    """Apply all rules on names to the context's text columns."""
    yield from cut_off_names(context)
    yield from broken_ligatures(context)
