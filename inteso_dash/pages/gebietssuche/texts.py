"""What the page says."""

from __future__ import annotations

from inteso_dash.measures.conditions import BoundKind, Outcome

TEXTS = {
    "title": "Gebiete finden",
    "section": "Suche",
    "level": "Ebene",
    "within": "Wo",
    "everywhere": "Ganze Stadt",
    "within_gone": "Den Ausschnitt „{found}“ gibt es auf dieser Ebene nicht; gesucht wird in der "
    "ganzen Stadt.",
    "nothing": "Auf keiner Ebene mit mehreren Gebieten nennen die Quellen Zahlen.",
    "indicator": "{place}. Bedingung",
    "comparison": "Vergleich",
    "date": "Stichtag",
    "low": "Grenze{unit}",
    "high": "bis{unit}",
    "add": "Bedingung hinzufügen",
    "remove": "Entfernen",
    "remove_help": "{place}. Bedingung entfernen",
    "unknown": "Die Bedingung „{found}“ aus der Adresse gibt es auf dieser Ebene nicht. Erwartet "
    "wird etwa „{example}“; ohne sie wird gesucht.",
    "too_many": "In der Adresse standen mehr als {most} Bedingungen; die übrigen fehlen.",
    "beside": "{date} · {city}{reference} · Gebiete {low} bis {high}",
    "beside_alone": "allein erfüllt von {count}",
    "no_reference": ": kein Wert",
    "beside_open": ", bei {count} nicht zu entscheiden",
    "found": "{count} von {all} {plural} {verb} {what}: {conditions}.",
    "open": "Bei {count} ist das nicht zu entscheiden, weil ein Wert fehlt.",
    "near": "Am knappsten verfehlt: {areas}.",
    "and": " und ",
    "as_own": "Als eigenes Gebiet zusammenfassen ({count})",
    "map_title": "Welche Gebiete die Bedingungen erfüllen",
    "why_open": "nicht zu entscheiden: {parts}",
    "why_missed": "verfehlt: {parts}",
    "outside": "liegt nicht {where}",
    "table": "Alle Gebiete",
    "table_note": "Zuerst, was alle Bedingungen erfüllt; dann, was nur eine verfehlt und die am "
    "knappsten (gemessen an der Streuung der Gebiete); dann, was nicht zu entscheiden ist; zuletzt "
    "die übrigen. {met} am Wert: Bedingung erfüllt.",
    "compared": "Verglichen werden Werte, wie sie geschrieben sind. Wo eine Bedingung verfehlt "
    "ist, entscheidet sie, auch wenn ein anderer Wert fehlt.",
    "source": "Quelle: {source}. Stichtag {date}.",
    "recipe": "Wie gesucht wird",
    "area": "Gebiet",
    "area_help": "Tippen Sie einen Namen oder Schlüssel, um zu suchen.",
    "features": "Merkmale",
    "features_unknown": "Das Merkmal „{found}“ aus der Adresse gibt es auf dieser Ebene nicht; es "
    "fehlt im Vergleich.",
    "features_none": "Wählen Sie wenigstens ein Merkmal.",
    "placeholder": "Indikatoren wählen",
    "too_few": "Für {name} nennen die Quellen {known} von {count} Merkmalen, nötig sind {least}. "
    "Wählen Sie ein anderes Gebiet oder andere Merkmale.",
    "alone": "Kein anderes Gebiet hat mit {name} mindestens {least} von {count} Merkmalen "
    "gemeinsam.",
    "alike": "{name} am ähnlichsten {verb} {others}: Abstand {distance}, näher als {share} aller "
    "Paare von {plural}.",
    "alike_not": "Wirklich ähnlich ist ihm also keines: Mehr als die Hälfte aller Paare liegt "
    "näher beieinander.",
    "alike_differs": "Der Unterschied liegt vor allem in {what}.",
    "alike_same": "In den gewählten Merkmalen gleichen sie sich.",
    "alike_map": "Die ähnlichsten Gebiete: {name}",
    "alike_table": "Die ähnlichsten Gebiete",
    "numbers": "Rang der Ähnlichkeit",
    "ten": "die {count} ähnlichsten",
    "others": "übrige Gebiete",
    "self": "das verglichene Gebiet",
    "alike_missing": "nicht vergleichbar",
    "why_not": "weniger als {least} gemeinsame Merkmale",
    "distance_of": "Abstand {distance}",
    "bars": "Abstand der ähnlichsten Gebiete: {name}",
    "distances": "Abstände",
    "distance_unit": "Standardabweichungen",
    "alike_note": "Abstand: mittlerer Unterschied je Merkmal in Standardabweichungen der {plural} "
    "(quadratisches Mittel). Näher als: Anteil aller Paare, die weiter auseinanderliegen. "
    "Prozente bei den Unterschieden: Anteil am quadrierten Abstand.",
    "least": "Verglichen werden Gebiete, die mindestens {least} von {count} Merkmalen gemeinsam "
    "haben; was einem der beiden fehlt, zählt in diesem Paar nicht.",
    "left_out": "Nicht verglichen, weil zu viel fehlt: {names}.",
    "map": "Karte",
    "geodata": "Geodaten",
}

SECTION_CONDITIONS, SECTION_ALIKE = "bedingungen", "aehnlich"
SECTIONS = {"Nach Bedingungen": SECTION_CONDITIONS, "Ähnliche Gebiete": SECTION_ALIKE}
COMPARISONS = {
    "über": BoundKind.ABOVE,
    "mindestens": BoundKind.AT_LEAST,
    "unter": BoundKind.BELOW,
    "höchstens": BoundKind.AT_MOST,
    "zwischen": BoundKind.BETWEEN,
}
OUTCOMES = {
    Outcome.MET: "erfüllt",
    Outcome.OPEN: "nicht zu entscheiden",
    Outcome.MISSED: "nicht erfüllt",
}
NEARLY = "knapp verfehlt"
MET_SIGN, NEAR_SIGN = "✓", "≈"
