"""What the page says."""

from __future__ import annotations

TEXTS = {
    "choose": "Verfahren",
    "all": "Alle Verfahren",
    "also": "Ebenfalls: {group}",
    "shown_on": "Zu sehen auf: {pages}",
}
