"""German texts of the page with the map, by the part of it that says them."""

from __future__ import annotations

BEGIN = {
    "area": "Ein Gebiet",
    "topic": "Ein Thema",
    "accommodation": "Unterbringung",
    "new": "Neu: Stand {date}",
    "new_lead": "Die neuesten Zahlen",
    "new_line": "**{date}** · {title} ({count})",
    "new_count": "{count} Zahlen",
    "one": "eine Zahl",
    "all": "Alle Quellen und Stichtage",
    "indicators": "{topic} ({count})",
}

OVERVIEW = {
    "key": "Schlüssel",
    "down": "{title}, höchste zuerst",
    "up": "{title}, niedrigste zuerst",
    "signs": "{above} über, {below} unter dem Wert von {city}, {same} gerundet gleich. "
    "Farben: Klassen der Karte des jeweiligen Indikators.",
    "counts": "Anzahlen haben kein Zeichen, weil {city} ihre Summe ist.",
}

PAGE = {
    "indicator": "Indikator",
    "within": "Ausschnitt",
    "everywhere": "Ganze Stadt",
    "order": "Reihenfolge",
    "no_figures": "Für diesen Ausschnitt nennen die Quellen keine Kennzahlen.",
    "limited": "{counted}. Klassen, Farben und Ränge gelten für alle {plural} der Stadt.",
    "classes": "Klassen",
    "count": "Anzahl der Klassen",
    "own": "Eigene Grenzen",
    "own_help": "Zwei bis sechs Zahlen, getrennt durch Semikolon, zum Beispiel 5; 10; 20.",
    "own_wrong": "Eigene Grenzen: gefunden „{found}“, erwartet zwei bis sechs Zahlen, getrennt "
    "durch Semikolon. Bis dahin gelten Quantile.",
    "part_gone": "Den Ausschnitt „{found}“ gibt es für {plural} nicht; gezeigt wird die ganze "
    "Stadt.",
    "unknown_date": "Für den Stichtag „{found}“ aus der Adresse liegen keine Werte vor; gezeigt "
    "wird der {shown}.",
    "source": "Quelle: {source}. Stichtag {date}.",
    "revised": "Von einer späteren Lieferung berichtigte Werte: {count}. Wie sie zuvor lauteten, "
    "steht auf der Seite Daten unter Quellen.",
    "meaning": "Was die Zahl bedeutet",
    "map": "Karte",
    "geodata": "Geodaten",
    "all": "Alle Indikatoren: {plural}",
    "indicators": "Indikatoren",
}
