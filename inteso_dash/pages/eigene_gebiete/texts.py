"""What the page says."""

from __future__ import annotations

TEXTS = {
    "title": "Eigene Gebiete",
    "lead_none": "Fassen Sie Gebiete zu einem eigenen zusammen: auf der Karte einzeln, durch "
    "Umfahren oder im Umkreis. Es steht dann auf allen Seiten neben den amtlichen Ebenen.",
    "lead_one": "{name} besteht aus {parts}{figure}.",
    "lead_some": "{count} Eigene Gebiete: {names}.",
    "of_figure": ": {figure} am {date}",
    "new": "Neues Gebiet anlegen",
    "area": "Eigenes Gebiet",
    "level": "Ebene der Teile",
    "indicator": "Die Karte zeigt",
    "nothing": "Diese Stadt hat keine Ebene mit mehreren Gebieten, Grenzen und Zahlen, aus denen "
    "sich eigene Gebiete zusammensetzen ließen.",
    "name": "Name",
    "more": "Farbe, Bemerkung",
    "colour": "Farbe",
    "no_colour": "ohne",
    "remark": "Bemerkung",
    "delete": "Gebiet löschen",
    "first_name": "Gebiet {at}",
    "name_twice": "Ein eigenes Gebiet „{name}“ gibt es schon; der Name bleibt „{before}“.",
    "name_wrong": "Der Name „{name}“ geht nicht: erwartet eine Zeile mit höchstens 60 Zeichen. Er "
    "bleibt „{before}“.",
    "too_many": "Es gibt schon {most} Eigene Gebiete; mehr passen nicht in die Adresse.",
    "told": "{figure} am {date}.",
    "told_none": "{indicator}: {why}",
    "cut": "Angeschnitten: {parts}.",
    "list": "Meine eigenen Gebiete",
    "edit": "Bearbeiten",
    "on_map": "Auf der Karte ansehen",
    "profile": "Profil",
    "compare": "Vergleichen",
    "whole": "Die Zahlen eines eigenen Gebiets werden aus den gezeigten Zahlen der wenigsten "
    "amtlichen Gebiete gerechnet, aus denen es besteht: Zahlen von Personen werden summiert, "
    "Anteile aus ihren Teilen neu gebildet. Fehlt ein Teil oder ist er geheim, fehlt die Zahl, mit "
    "dem Grund. Gezeichnete Formen gelten für ganze Gebiete, oder Anteile angeschnittener werden "
    "geschätzt; dann sagt es jede Zahl.",
    "kept": "Eigene Gebiete stehen in der Adresse: „Link kopieren“ gibt sie weiter. Auf dem Server "
    "bleibt nichts.",
    "file": "Datei mit eigenen Gebieten",
    "geodata": "Geodaten",
    "made_of": "{count} Eigene Gebiete, {city}",
    "map": "Karte",
    "table": "Tabelle",
    "map_title": "Eigene Gebiete",
    "parts_of": "{count} {plural}",
    "shares_of": "Teilen von {count} {plural}",
    "sites": "Unterkünfte",
    "source": "Quelle: {source}. Stichtag {date}.",
    "today": "heutige Gliederung",
    "none_yet": "In dieser Adresse stehen keine eigenen Gebiete.",
}

WAYS = {
    "title": "Auf andere Weise",
    "typing": "Eintippen",
    "shapes": "Formen aus einer Datei",
    "load": "Datei mit eigenen Gebieten",
    "typed": "Schlüssel oder Namen: {plural}",
    "typed_help": "Getrennt durch Komma oder Zeile, auch Bereiche: {example}.",
    "take": "In „{name}“ aufnehmen",
    "taken": "Aufgenommen: {count}.",
    "upload": "GeoJSON oder GeoPackage",
    "upload_help": "Gezeichnete Flächen, etwa ein Einzugsgebiet. Jedes Bezugssystem; je Form "
    "entsteht ein eigenes Gebiet.",
    "rule": "Es gelten ganze Gebiete ({plural}): die, die zu mehr als der Hälfte in der Form "
    "liegen.",
    "cut": "Angeschnitten: {areas}.",
    "cut_area": "{name} ({share} in der Form)",
    "empty": "In {names} liegt kein Gebiet zu mehr als der Hälfte; daraus entsteht kein eigenes.",
    "accept": "Als eigene Gebiete übernehmen",
    "shape": "Form",
    "shape_map": "Ganze Gebiete anstelle der Form „{name}“",
    "inside": "ganz in der Form",
    "most": "zu mehr als der Hälfte: zählt",
    "less": "zu weniger als der Hälfte: zählt nicht",
    "outside": "außerhalb",
    "yaml": "YAML-Datei",
    "yaml_help": "Wie sie diese Seite unter „Herunterladen“ schreibt. Gebiete mit gleichem Namen "
    "werden ersetzt.",
    "loaded": "Geladen: {count} Eigene Gebiete aus {file}.",
}

SHAPES = {
    "how": "Angeschnittene Gebiete",
    "whole": "Ganz oder gar nicht",
    "land": "Geschätzt nach Fläche",
    "people": "Geschätzt nach Einwohnern der {plural}",
    "rule": "Von jedem angeschnittenen Gebiet zählt der Anteil, der in der Form liegt, in ganzen "
    "Prozent; Überschneidungen bis 1 % zählen nicht. Das ist eine Schätzung: So steht es dann "
    "bei jeder Zahl, mit den sicheren Grenzen.",
    "empty": "Von {names} liegt nichts in einem Gebiet; daraus entsteht kein eigenes.",
    "shape_map": "Was für die Form „{name}“ zählt",
    "part": "zu einem Anteil in der Form",
}

TYPED = {
    "unknown": "„{found}“: kein Gebiet dieses Namens oder Schlüssels unter den {plural}; erwartet "
    "etwa {example}.",
    "alike": "„{found}“ gibt es nicht. Gemeint ist vielleicht {meant}.",
    "elsewhere": "„{found}“ gibt es hier nicht, wohl aber als {levels}. Wählen Sie diese Ebene der "
    "Teile.",
}

COLOURS = {
    "Blau": "#0072b2",
    "Orange": "#e69f00",
    "Grün": "#009e73",
    "Purpur": "#cc79a7",
    "Hellblau": "#56b4e9",
    "Zinnober": "#d55e00",
    "Gelb": "#f0e442",
    "Grau": "#6b7480",
}
"""Told apart by colour-blind readers (Okabe and Ito), by name also by those who see none."""

SHAPE_HEADS = ("Form", "Gebiete", "Form ohne Gebiet", "Gebiete außerhalb der Form")
ESTIMATE_HEADS = ("Form", "Teile", "Bevölkerung")
CUT_HEADS = (
    "Angeschnittenes Gebiet",
    "Anteil in der Form",
    "Bevölkerung am {date}",
    "davon gezählt",
)
HEADS = ("Name", "Teile", "Farbe", "Bemerkung")
