"""Findings: what reading and checking have to say about a file, gathered and shown together."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: errors stop a figure from being used."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


def _names(message: str, what: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(what)}(?!\w)", message) is not None


@dataclass(frozen=True)
class Finding:
    """One thing found in one place.

    Attributes
    ----------
    severity : Severity
    rule : str
        Id of the rule, as documented in ``docs/data-format.md``.
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
