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

CHANCE = {
    "heading": "Was der Zufall ausmacht",
    "marks": "Vergleich mit {city}, {level}",
    "marked": "Unterschied unsicher ({level})",
    "told": "{count} von {all} {plural} unterscheiden sich vom Wert der Stadt ({value}); {same} "
    "nicht ({sign}). Sicherheit {level}, berichtigt dafür, dass viele Gebiete auf einmal "
    "verglichen werden.",
    "meaning": "Die Zahlen sind ein vollständiger Bestand, keine Stichprobe. Gefragt ist, wie weit "
    "sie sich durch Zufall allein bewegen würden, wenn das Risiko dasselbe bliebe.",
    "none": "Für diesen Indikator gibt es keine Intervalle. {reason}",
    "no_city": "Für diesen Stichtag ist der Wert der Stadt nicht bekannt; verglichen werden kann "
    "nichts.",
    "no_area": "Für die {plural} {where} gibt es hier keinen Wert, der sich mit dem der Stadt "
    "vergleichen lässt.",
    "funnel": "Trichter {title}, {date}: {where}",
    "across": "worauf sich der Wert bezieht: {base}",
    "limit": "Grenze {level}",
    "within": "innerhalb der Grenzen",
    "outside": "außerhalb von {level}",
    "interval": "Intervall, {level}",
    "ranks": "Mögliche Ränge",
    "point": "{value}, Intervall {span}; bezogen auf {base}",
    "words": "{outside} von {all} {where} {lie} außerhalb der Grenzen von {widest}, zwischen "
    "denen Gebiete mit dem Wert der Stadt ({value}) durch Zufall allein lägen.",
    "slide": "{sign} kein sicherer Unterschied zum Wert der Stadt ({level}, berichtigt dafür, dass "
    "viele Gebiete verglichen werden)",
    "bars": "{head}, mit Intervall und möglichen Rängen ({level})",
    "whiskers": "Striche: wie weit der Zufall allein den Wert bewegen würde ({level}). In "
    "Klammern: Ränge, die für alle Gebiete zugleich möglich sind; wo sie sich überschneiden, ist "
    "die Reihenfolge offen.",
    "table_note": "Intervall und Ränge: Sicherheit {level}. Mögliche Ränge gelten für alle "
    "{plural} zugleich; Gebiete, deren mögliche Ränge sich überschneiden, lassen sich nicht "
    "sicher ordnen.",
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
    "level": "Ebene",
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
