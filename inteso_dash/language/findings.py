"""Findings: what reading and checking have to say about a file, gathered and shown together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

DECLARATION = "declaration"
"""Rule of a finding on what a declaration says."""
SHARED_NAME = "shared_name"
"""Rule of a finding on parts of a city that cannot be told apart by their names."""
UNREADABLE = "unreadable"
"""Rule of a finding on a file that holds no table."""
CHANGED = frozenset({"changed_file", "row_count"})
"""Rules by which a file is not the one that is declared."""
WITHHELD = CHANGED | {DECLARATION, UNREADABLE}
"""Rules of findings that leave a table, or a part of the declarations, out of the city."""


class Severity(StrEnum):
    """How much a finding weighs: errors stop a figure from being used."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


WEIGHTS = {
    Severity.ERROR: ("Fehler", "Fehler"),
    Severity.WARNING: ("Warnung", "Warnungen"),
    Severity.NOTE: ("Hinweis", "Hinweise"),
}
"""Severity → what one finding of it is called, and several."""


@dataclass(frozen=True)
class Rule:
    """What a finding can be about, for readers of the report.

    Attributes
    ----------
    id : str
        Id that findings carry and that ``explained:`` entries of a sidecar name.
    group : str
        Heading in ``docs/findings.md``.
    title, explanation : str
        German, for people: what was found, why it matters, what to do.
    severity : Severity
        The severity that the rule's findings usually have.
    """

    id: str
    group: str
    title: str
    explanation: str
    severity: Severity


def _registered() -> dict[str, Rule]:
    groups = tomllib.loads(Path(__file__).with_name("rules.toml").read_text("utf-8"))
    return {
        rule_id: Rule(
            rule_id, group, entry["title"], entry["explanation"], Severity(entry["severity"])
        )
        for group, entries in groups.items()
        for rule_id, entry in entries.items()
    }


RULES = _registered()
"""Rule id → rule; findings name no others."""


def _names(message: str, what: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(what)}(?!\w)", message) is not None


@dataclass(frozen=True)
class Finding:
    """One thing found in one place.

    Attributes
    ----------
    severity : Severity
    rule : str
        Id of a rule of `RULES`.
    message : str
        One German sentence that says what is wrong and what to do.
    file : str
        Name of the file, without its folder.
    row : str
        Area key where the row has one, else the row number as the file shows it; empty for the
        whole column or file.
    column : str
    found, expected : str
    explained : str
        The sidecar's reason why this is right as it is; empty where nobody looked yet.
    """

    severity: Severity
    rule: str
    message: str
    file: str = ""
    row: str = ""
    column: str = ""
    found: str = ""
    expected: str = ""
    explained: str = ""

    def __post_init__(self) -> None:
        """Refuse a rule that no reader could look up."""
        if self.rule not in RULES:
            raise ValueError(f"rule: found {self.rule!r}, expected one of rules.toml")

    @property
    def title(self) -> str:
        """The title of the finding's rule."""
        return RULES[self.rule].title

    @property
    def text(self) -> str:
        """The message of a problem, with what was found and expected where it says neither.

        Examples
        --------
        >>> Finding(Severity.ERROR, "date", "Das ist kein Datum.", found="bald").text
        'Das ist kein Datum. Gefunden bald.'
        """
        said = {"gefunden": self.found, "erwartet": self.expected}
        told = [what for what in said.values() if what and _names(self.message, what)]
        if self.severity is Severity.NOTE or told:
            return self.message
        rest = "; ".join(f"{word} {what}" for word, what in said.items() if what)
        return f"{self.message} {rest[0].upper()}{rest[1:]}." if rest else self.message

    def as_row(self) -> dict[str, str]:
        """Return the finding as a flat mapping for a table or JSON."""
        return {key: str(value) for key, value in asdict(self).items()}


def rules_of(findings: Iterable[Finding]) -> list[Rule]:
    """Return the rules that findings name, each once, in the order of the findings.

    Examples
    --------
    >>> found = Finding(Severity.ERROR, "date", "Das ist kein Datum.")
    >>> [rule.title for rule in rules_of([found, found])]
    ['Kein Datum']
    """
    return [RULES[rule_id] for rule_id in dict.fromkeys(each.rule for each in findings)]


def counted(findings: Collection[Finding]) -> str:
    """Say how many there are of each severity.

    Examples
    --------
    >>> counted([Finding(Severity.NOTE, "months", "Die Datei nennt Monate.")])
    '0 Fehler, 0 Warnungen, 1 Hinweis.'
    """
    parts = []
    for severity, (one, many) in WEIGHTS.items():
        count = sum(each.severity is severity for each in findings)
        parts.append(f"{count} {one if count == 1 else many}")
    return f"{', '.join(parts)}."
