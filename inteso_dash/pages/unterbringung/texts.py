"""German texts of the page on accommodation."""

from __future__ import annotations

from inteso_dash.views.addresses import method_link

NO_FIGURES = "Für kein Gebiet ist eine Zahl untergebrachter Personen veröffentlicht."

TEXTS = {
    "title": "Unterbringung",
    "nothing": "Der Datenordner erklärt noch keine Angaben zur Unterbringung. So beginnen Sie: "
    "zwei Dateien ergänzen, eine Vorlage ausfüllen.",
    "add": "Ergänzen Sie `{file}` um diese Zeilen und passen Sie an, was bei Ihnen anders heißt:",
    "afterwards": "Starten Sie die Anwendung dann neu. Was jede Zeile bedeutet und was noch dazu "
    "gehören kann (Formen, Schlüssel, Beschlüsse, Anlaufstellen), steht in docs/data-format.md "
    "unter „Unterbringung“.",
    "no_figures": f"{NO_FIGURES} Vorlagen für Gebiets- und Standorttabellen stehen unten; "
    "docs/data-format.md beschreibt sie.",
    "no_forms": "Plätze nach Form sind nicht veröffentlicht.",
    "over": "Darüber legen",
    "own_table": "Alle Gebiete",
    "signs": "{signs}Zahlen sind gerundet; gerechnet wird ungerundet.",
    "sign": "… keine Angabe. ",
    "empty_columns": "Nicht veröffentlicht: {names}.",
    "source": "Quelle: {source}.",
    "sources": "Quellen: {sources}.",
    "dated": "Untergebrachte am {date}, Einwohner vom {population}.",
    "unplaced": "{persons} Personen wohnen in Unterkünften, deren Gebiet nicht angegeben ist. Sie "
    "zählen nur für die ganze Stadt.",
    "preset": "Schlüssel",
    "own_key": "eigene Gewichte",
    "weights_note": "Umgerechnet auf zusammen 100 %: {parts}.",
    "weights_none": "Alle Gewichte stehen auf null. Geben Sie mindestens einem Teil ein Gewicht.",
    "show_as": "Karte zeigt",
    "bars": "Untergebrachte und Soll, {date}",
    "bars_key": "Balken: Untergebrachte, orange über, violett unter dem Soll. Graues Band: Soll "
    "nach allen denkbaren Gewichtungen. Strich: Soll nach Ihrer Gewichtung.",
    "verdict": "{sign} **{verdict}:** {names}",
    "nobody": "kein Gebiet",
    "rest_note": "Für {count} Gebiete ist keine eigene Zahl veröffentlicht; sie stehen zusammen "
    "(schraffiert). Ob ein einzelnes von ihnen über seinem Soll liegt, lässt sich nicht sagen.",
    "need": "Soziale Lage: Jeder Einwohner zählt 2 − {title} des Gebiets ÷ {title} der Stadt, "
    "mindestens 0. Wo sie doppelt so hoch ist wie in der Stadt, entsteht daraus kein Soll.",
    "need_index": "Soziale Lage: Jeder Einwohner zählt 1 − {title} ÷ 2, mindestens 0 und höchstens "
    "2. Wo sie zwei Standardabweichungen über dem Durchschnitt liegt, entsteht daraus kein Soll.",
    "lower": "Mindestwert: {count} Gebiete gehen zusammen ein; einzeln gerechnet kann der Wert nur "
    "gleich oder höher sein.",
    "limit": "Grenze je Unterkunft",
    "over_areas": "Über die Gebiete",
    "over_sites": "Über die Unterkünfte",
    "site_list": "Einzelne Unterkünfte",
    "border": "Wirkung über Grenzen",
    "border_note": "Eine Unterkunft am Rand gehört zu zwei Nachbarschaften: Personen im Gebiet "
    "selbst und im Gebiet mit einem Umkreis. Die zweite Zahl zählt Unterkünfte mehrfach und "
    "addiert sich nicht zur Stadt.",
    "no_border": "Wie viele Personen nahe der Grenze eines Gebiets wohnen, lässt sich nicht sagen: "
    "Die Lage der Unterkünfte ist nicht veröffentlicht.",
    "radius": "Umkreis in Metern",
    "left_out": "Im Verzeichnis, aber nicht gezählt: {sites}.",
    "sites_note": "{count} veröffentlichte Einzelangaben vom {date}, Größe in Plätzen: kein "
    "vollständiges Verzeichnis; eine Unterkunft kann mehrfach genannt sein.",
    "sites_full": "Alle {count} Unterkünfte am {date}, Größe in untergebrachten Personen.",
    "course": "Untergebrachte und Plätze, {start} bis {end}",
    "course_unit": "Personen und Plätze in der ganzen Stadt.",
    "series": "Veröffentlichte Zahlen der Stadt",
    "remarks": "Die Quellen merken an: {remarks}.",
    "timeline": "Eröffnung und Schließung der Unterkünfte",
    "no_openings": "Eröffnungs- und Schließungstage nennt keine der Quellen; eine Zeitleiste der "
    "Unterkünfte fehlt deshalb.",
    "forms": "Plätze nach Form der Unterkunft, {date}",
    "forms_note": "Plätze am {date}.",
    "forms_unnamed": "Plätze am {date}. „Form nicht genannt“ ist der Unterschied zur "
    "veröffentlichten Gesamtzahl der Plätze.",
    "points": "Alle Stellen und ihre Gebiete",
    "points_note": "Untergebrachte Personen der versorgten Gebiete am {date}. Versorgen mehrere "
    "Stellen ein Gebiet, sind dessen Personen gleichmäßig auf sie aufgeteilt. Ob alle den Dienst "
    "nutzen, sagt die Zahl nicht.",
    "templates": "Vorlagen für eigene Tabellen",
    "templates_note": "Gebietszahlen und einzelne Unterkünfte, mit Erklärung der Spalten und "
    "erfundenen Beispielzeilen. Ersetzen Sie die Beispiele und laden Sie die Tabelle auf der Seite "
    "„Daten“ hoch; „inteso-dash import DATEI“ legt sie in den Datenordner.",
}

QUESTIONS = {
    "verteilung": "Wo sind wie viele Geflüchtete untergebracht?",
    "gerechtigkeit": "Wer nimmt mehr auf als seinen Anteil, wer weniger?",
    "konzentration": "Wie ungleich sind die Untergebrachten verteilt?",
    "entwicklung": "Wie hat sich die Unterbringung verändert?",
    "formen": "In welchen Formen von Unterkünften liegen die Plätze?",
    "anlaufstellen": "Welche Stelle ist für welches Gebiet da?",
}
"""Sections of the page and the question that each answers."""

HELP = {
    "gini": "0: überall gleich viele Untergebrachte je Einwohner; nahe 1: alle in einem Gebiet. "
    + method_link("gini"),
    "dissimilarity": "Anteil der Untergebrachten, der umziehen müsste, damit sie sich wie die "
    "Bevölkerung verteilen. " + method_link("dissimilaritaet"),
    "key": method_link("schluessel"),
    "above": "Anteil der Untergebrachten in Unterkünften mit mehr Personen als die Grenze. {rule}",
}

CHARTS = {
    "forms": "Plätze nach Form der Unterkunft",
    "differences": "Untergebrachte über und unter dem Soll",
    "difference": "Ist minus Soll",
    "difference_axis": "Personen über (+) und unter (−) dem Soll",
    "targets": "Untergebrachte und Soll",
    "target": "{persons} untergebracht<br>Soll {target}, je nach Gewichtung {lowest} bis {highest}",
    "lorenz": "Untergebrachte gegen Einwohner, Lorenzkurve",
    "even": "gleiche Last",
    "across": "Einwohner, von der geringsten zur höchsten Last",
    "upwards": "Untergebrachte",
    "sizes": "Größen der Unterkünfte",
    "size": "Größe der Unterkunft ({unit})",
    "sites": "Unterkünfte",
    "limit": "Grenze {limit}",
    "development": "Untergebrachte und Plätze",
    "openings": "Zeitleiste von {count} Unterkünften",
    "border": "Personen im Gebiet und mit Umkreis",
}
