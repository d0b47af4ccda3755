"""What the page says."""

from __future__ import annotations

from inteso_dash.catalogue.indices import Direction
from inteso_dash.views.addresses import method_link, method_links

TEXTS = {
    "title": "Handlungsbedarf",
    "own": "Eigener Index",
    "own_meaning": "Auf der Seite „Handlungsbedarf“ zusammengestellter Index.",
    "index": "Index",
    "level": "Ebene",
    "date": "Stichtag",
    "make": "Teile und Gewichte",
    "parts": "Teile",
    "parts_unknown": "Den Indikator „{found}“ gibt es auf dieser Ebene nicht; er fehlt im Index.",
    "parts_none": "Wählen Sie unter „Teile und Gewichte“ wenigstens einen Indikator.",
    "placeholder": "Indikatoren wählen",
    "weight": "Gewicht: {title}",
    "direction": "Richtung: {title}",
    "how": "Rechenweg",
    "transformation": "Maßstab der Teile",
    "again": "Mittel noch einmal standardisieren",
    "least": "Mindestens so viele Teile",
    "least_help": "Gebiete mit weniger Teilen haben keinen Wert. Fehlt ihnen einer, zählen die "
    "anderen, und der Wert gilt als geschätzt. " + method_link("index"),
    "transformation_help": method_links("z-wert", "massstab"),
    "concentration_help": method_link("stabilitaet"),
    "smallest": "Erst ab so vielen Personen",
    "smallest_help": "Kleinere Gebiete sind nicht eingestuft und zählen nicht in der Verteilung.",
    "classes": "Klassen",
    "bounds": "Eigene Grenzen",
    "bounds_help": "Eine bis sechs Zahlen, aufsteigend, getrennt durch Semikolon: 1; 1,5.",
    "bounds_wrong": "Eigene Grenzen: gefunden „{found}“, erwartet eine bis sechs Zahlen, "
    "aufsteigend, getrennt durch Semikolon. Bis dahin gelten die Klassen des Index.",
    "concentration": "Wie verschieden die Gewichte sein sollen",
    "reset": "Zurücksetzen",
    "nothing": "Auf dieser Ebene haben weniger als drei Gebiete genug Teile. Wählen Sie andere "
    "Teile, oder lassen Sie unter „Rechenweg“ weniger Teile zu.",
    "question": "Würde eine andere Gewichtung etwas ändern?",
    "top": "Am höchsten {lie} {names} mit {value}. {count} von {all} {plural} {verb} in der Klasse "
    "„{klass}“.",
    "kept_all": "Nein, für keines der {all} Gebiete: Jedes behält seine Klasse in mindestens 90 % "
    "von {weightings} zufälligen Gewichtungen (je Gewicht ±{spread} Prozentpunkte).",
    "kept_some": "Ja, für {count} von {all} {plural} ({sign}): Sie wechseln die Klasse in mehr als "
    "10 % von {weightings} zufälligen Gewichtungen (je Gewicht ±{spread} Prozentpunkte).",
    "kept_first": "{name} steht in neun von zehn {place}.",
    "place_one": "auf Rang {low}",
    "place_span": "auf Rang {low} bis {high}",
    "left_out": "Am meisten hängt an {title}: ohne diesen Teil wechseln {count} die Klasse.",
    "kept_class": "Klasse bleibt",
    "short_some": "Gebiete, deren Klasse von den Gewichten abhängt ({sign}): {count}.",
    "short_none": "Keine Klasse hängt von den Gewichten ab.",
    "most": "{name}: {value}. Am meisten trägt {title} bei ({added}).",
    "only_part": "Der Index hat nur einen Teil; da gibt es nichts zu gewichten.",
    "marked": "Klasse wechselt in mehr als 10 % der Gewichtungen",
    "marks": "Andere Gewichte",
    "legend": "Klassen: {classes}.",
    "earlier": "{plural} der Gliederung {division}",
    "boundaries": "Gezeigt sind {areas}, nicht die heutigen.",
    "small": "Nicht eingestuft, weil zu klein: {names}.",
    "table": "Rangliste",
    "table_note": "Rang von–bis: in neun von zehn der {weightings} Gewichtungen. {sign} Klasse "
    "bleibt in weniger als 90 %. Beiträge in Punkten; „ohne“ heißt, das Gebiet hat diesen Teil "
    "nicht.",
    "map": "Karte",
    "distribution": "Verteilung",
    "contributions": "Beiträge",
    "contributions_of": "Woraus sich der Index zusammensetzt: {name}",
    "shift": "Ausgleich des Mittels",
    "published": "Verglichen mit dem, was veröffentlicht ist",
    "says": "**Veröffentlicht ist:** {text}",
    "assumed": "**Annahme dieser Anwendung:** {text}",
    "from": "{plural} ab {least}",
    "of": "Index: {name}",
    "highest": "höchster Wert",
    "same": "gleich",
    "other": "ein anderes Gebiet",
    "recipe": "Wie der Index gebildet ist",
    "source": "Quelle: {source}. Stichtag {date}.",
    "reference": "Eingeordnet in die Verteilung vom {date}.",
    "without": "ohne",
}

COMPARED = ("Angabe", "veröffentlicht", "hier", "Unterschied")
TRANSFORMATIONS = {
    "z-Wert über die Gebiete": "z",
    "z-Wert, nach Einwohnern gewichtet": "weighted",
    "Rang": "rank",
    "Niedrigster bis höchster Wert": "range",
}
DIRECTIONS: dict[str, Direction] = {"mehr erhöht": "more", "weniger erhöht": "less"}
DECLARED, DEVIATIONS, FIFTHS, OWN = "erklaert", "abweichungen", "fuenftel", "eigene"
CLASSINGS = {
    "Wie für den Index erklärt": DECLARED,
    "Standardabweichungen": DEVIATIONS,
    "Fünftel der Gebiete": FIFTHS,
    "Eigene Grenzen": OWN,
}
CONCENTRATIONS = {"wenig": "100", "mittel": "30", "stark": "10"}
FIVE_NAMES = ("sehr niedrig", "niedrig", "mittel", "hoch", "sehr hoch")
SIGN = "≈"
"""Stands on areas whose class hangs on the weights."""
