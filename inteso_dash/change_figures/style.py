"""Colours and names of lines that only the charts of change have."""

from __future__ import annotations

LINES = {
    "light": ("#1d5f8a", "#b8690f", "#7a6db3", "#2e7d6b", "#8a3b5f", "#5c6b1d"),
    "dark": ("#6db6e2", "#f1a340", "#a99ee0", "#6cc3ad", "#e08fb3", "#b9c86a"),
}
_NAME_LENGTH = 20


def short(name: str) -> str:
    """Cut a name to what fits beside a chart.

    Examples
    --------
    >>> short("Stadtbezirk 6"), short("Am Nordfriedhof und Umgebung")
    ('Stadtbezirk 6', 'Am Nordfriedhof und…')
    """
    return name if len(name) <= _NAME_LENGTH else f"{name[: _NAME_LENGTH - 1].rstrip()}…"
