"""German texts of the page on single areas, by the part of it that says them."""

from __future__ import annotations

PAGE = {
    "area": "Gebiet",
    "area_help": "Tippen Sie einen Namen oder Schlüssel, um zu suchen.",
    "others": "Vergleichen mit",
    "others_help": "Bis zu drei weitere Gebiete jeder Ebene.",
    "others_placeholder": "Gebiete wählen",
    "unknown_other": "In der Adresse stand zum Vergleich „{found}“. Das gibt es hier nicht.",
    "no_figures": "Für {name} nennen die Quellen keine Zahlen.",
    "sheet": "Kurzprofil",
    "age_note": "Anteil an der Bevölkerung in Prozent, {date}. Die Altersgruppen umfassen "
    "unterschiedlich viele Altersjahre; die Länge eines Balkens zeigt den Anteil der ganzen "
    "Gruppe. Quelle: {source}.",
    "age_words": "Altersstruktur, {words}",
    "alike": "Ähnliche Gebiete",
    "map_label": "Lage in {city}: {name}",
}

REPORT = {
    "kind": "Kurzprofil",
    "map_words": "Lage von {name} in {city}",
    "several_dates": "wie angegeben",
    "source": "Quelle {marks}, Stichtag {date}.",
    "indicator": "Indikator",
    "age": "Altersstruktur",
    "age_note": "Anteil an der Bevölkerung. Die Gruppen umfassen unterschiedlich viele Jahre.",
    "no_age": "Für die Altersgruppen liegen keine Werte vor.",
    "change": "Veränderung",
    "change_none": "Vergleichbare frühere Werte liegen nicht vor.",
    "change_from": "von",
    "change_to": "auf",
    "housing": "Unterbringung Geflüchteter",
    "housing_none": "Für dieses Gebiet ist keine Zahl veröffentlicht.",
    "per_inhabitants": "je 1.000 Einwohner",
    "population": "Einwohner vom {date}",
    "method": "Methode und Quellen",
    "signs": "Zeichen",
    "reading": "So sind die Zahlen zu lesen",
    "definitions": "Definitionen",
    "sources": "Quellen",
    "licence": "Lizenz",
    "origin": "Dieses Blatt",
    "method_values": "Die Zahlen sind veröffentlicht oder aus veröffentlichten berechnet (b). "
    "Gerechnet wird mit ungerundeten Werten; gezeigt werden sie kaufmännisch gerundet. "
    "±\u00a0nennt den größten Fehler, der durch gerundete Ausgangswerte entsteht.",
    "method_ratios": "Anteile, Raten und Dichten eines größeren Gebiets werden aus Zähler und "
    "Nenner neu berechnet; wo die Quelle nur Anteile nennt, als Mittel, gewichtet mit dem Nenner. "
    "Fehlt ein Teil, fehlt der Wert.",
    "method_rank": "Der Rang zählt die {plural} mit Angabe; Rang 1 ist der höchste Wert, nicht "
    "der beste.",
    "method_change": "Veränderungen vergleichen den neuesten Wert mit dem ältesten, zwischen denen "
    "sich weder Definition noch Grenzen geändert haben; bei Anteilen in Prozentpunkten.",
    "page": "Seite",
    "footer": "Ausgegeben am {date} · Datenstand {hash} · {address}",
}
