"""Write docs/findings.md from the registry of rules: ``python -m scripts.findings_page``."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from inteso_dash.language.findings import RULES, WEIGHTS

PAGE = Path(__file__).parents[1] / "docs/findings.md"
_LEAD = """\
# Befunde: was geprüft und gemeldet wird

Jeder Befund nennt seine Regel, auf der Seite Daten, in `inteso-dash check` und beim Übernehmen
einer Lieferung. Das Gewicht ist das übliche; im Einzelfall kann es höher oder niedriger sein. Was
geprüft und richtig ist, erklärt ein Eintrag unter `explained` in der YAML-Datei der Tabelle, mit
der Kennung der Regel und dem Grund. Diese Seite ist aus `inteso_dash/language/rules.toml`
geschrieben (`python -m scripts.findings_page`).
"""


def page() -> str:
    """Return the page: a table of rules under each heading."""
    parts = [_LEAD]
    for group, rules in groupby(RULES.values(), lambda rule: rule.group):
        rows = [
            f"| `{rule.id}` | {rule.title} | {WEIGHTS[rule.severity][0]} | {rule.explanation} |"
            for rule in rules
        ]
        head = "| Kennung | Regel | Gewicht | Was sie sagt |\n| --- | --- | --- | --- |"
        parts.append("\n".join([f"## {group}", "", head, *rows, ""]))
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
