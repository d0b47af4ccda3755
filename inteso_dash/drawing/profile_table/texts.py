"""German texts of the profile component; its program text knows them too."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "no_module": "Das Profil konnte nicht geladen werden. Bitte laden Sie die Seite neu.",
    "no_map": "Die Grenzen konnten nicht geladen werden.",
    "explain": "Erläuterung: {title}",
    "why": "{text}, {spoken}: Grund",
    "scroll": "{title}, seitlich verschiebbar",
    "hint": "seitlich verschiebbar →",
    "close": "Schließen",
    "key": "Zeichen",
    "indicator": "Indikator",
    "unit": "Einheit",
    "rank": "Rang",
    "rank_of": "{rank} von {count}",
    "place": "Lage unter den {plural}",
    "date": "Stichtag",
    "origin": "Quelle",
    "main": "{name} im Vergleich, {date}",
    "main_alone": "{name}, {date}",
    "counts": "Zugrunde liegende Zahlen",
    "earlier": "Frühere Stichtage",
    "as_of": "Stand {date}",
    "source": "Quelle: {source}. Stichtag {date}.",
    "source_mixed": "Quellen: {source}. Stichtag {date}, wo nichts anderes steht.",
    "citations": "Quellen",
    "caveat": "Zu beachten: {text}",
    "error": "± {error}",
    "error_key": "größter Fehler, der durch gerundete Ausgangswerte entsteht",
    "silent": "Zu diesem Gebiet und Stichtag nennt keine Quelle einen Wert.",
    "break": "Nicht mit späteren Werten vergleichbar. {reason}",
    "breaks": "Bruch in der Reihe",
    "recomputed": "für den Vergleich berechnet",
    "spread": (
        "{plural} mit Angabe: {count}. Kleinster Wert {low}, größter {high}; die mittlere Hälfte "
        "liegt zwischen {lower} und {upper}, der Median bei {median}."
    ),
    "spread_own": "{name}: {value}.",
    "interval": "Durch Zufall allein läge der Wert zwischen {span}; {meaning}.",
    "interval_alone": "Durch Zufall allein läge der Wert zwischen {span}.",
    "as_city": "nicht vom Stadtwert zu unterscheiden",
    "not_as_city": "vom Stadtwert zu unterscheiden",
    "place_key": (
        "Lage: Linie vom kleinsten zum größten Wert der {plural}, Band mittlere Hälfte, Strich "
        "Median, Dreieck {city}, Punkt {name}{others}."
    ),
    "place_chance": (
        " Der Strich durch den Punkt zeigt bei "
        "Anteilen und Raten, wie weit der Zufall allein den Wert bewegen würde, wenn das Risiko "
        "dasselbe bliebe (in 95 von 100 Fällen); ≈ nicht vom Stadtwert zu unterscheiden."
    ),
    "place_other": ", {sign} {name}",
    "jumps": "Zu den Themen",
    "highlights": "Was am meisten von der Stadt abweicht",
    "highlight": "{difference} als {city} ({value})",
    "highlights_note": (
        "Anteile, Raten und Mittelwerte, je Thema der mit dem größten Abstand zur Stadt, gemessen "
        "an der mittleren Hälfte der {plural}; was Rundung erklären kann, zählt nicht. Stichtag "
        "{date}, wo nichts anderes steht."
    ),
    "highlights_small": "Wegen kleiner Grundzahl nicht dabei: {names}.",
    "highlight_rank": "Rang {rank} von {count}",
    "rank_key": "Rang 1 ist der höchste Wert, nicht der beste.",
    "trend": "Veränderung",
    "trend_since": "seit {date}",
    "trend_same": "kaum verändert: im Rundungsfehler",
    "trend_broken": "Bruch {date}",
    "trend_label": "Verlauf: {words}",
    "trend_why": "{text}: Erläuterung zum Bruch in der Reihe",
    "trend_key": (
        "Veränderung seit dem ersten vergleichbaren Stichtag; Abstände in der Linie sind "
        "Abstände in der Zeit."
    ),
    "level": "Gebiet",
    "inside": "im {parent}",
    "map_label": "Lage in {city}: {name}",
    "then": "wie gedruckt",
    "now": "neuester Stand",
    "no_newer": "kein neuerer Wert",
    "no_newer_why": (
        "Ein neuerer Wert mit dieser Definition liegt nicht vor. Ähnliche Indikatoren sind anders "
        "definiert und stehen deshalb nicht hier."
    ),
    "printed_source": "Gedruckt in: {then}. Neuester Stand: {now}.",
}

SIGNS: Final = ("Quadrat", "Raute", "Kreuz")
"""What the signs of areas compared with are called."""
