"""Findings: what reading and checking have to say about a file, gathered and shown together."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: errors stop a figure from being used."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


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

    def as_row(self) -> dict[str, str]:
        """Return the finding as a flat mapping for a table or JSON."""
        return {key: str(value) for key, value in asdict(self).items()}
