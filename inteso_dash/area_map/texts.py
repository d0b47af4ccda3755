"""German texts of the map, written into its program text once."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "no_module": "Die Karte konnte nicht geladen werden. Bitte laden Sie die Seite neu.",
    "no_geometry": (
        "Die Grenzen der Gebiete konnten nicht geladen werden. "
        "Bitte prüfen Sie die Verbindung und versuchen Sie es erneut."
    ),
    "bad_geometry": (
        "Die Karte passt nicht zu den Zahlen: {found} Grenzen, {expected} Werte. "
        "Bitte laden Sie die Seite neu."
    ),
    "retry": "Erneut versuchen",
    "loading": "Karte wird geladen",
    "map": (
        "Karte: {title}, {count} {areas}. Pfeiltasten wechseln zum Nachbargebiet, "
        "Eingabetaste wählt aus, Escape hebt die Auswahl auf, Plus und Minus ändern "
        "den Ausschnitt, Null zeigt die ganze Stadt."
    ),
    "rank": "Rang {rank} von {count}",
    "selected": "ausgewählt",
    "zoom_in": "Vergrößern",
    "zoom_out": "Verkleinern",
    "zoom_all": "Ganze Stadt zeigen",
    "metres": "m",
    "kilometres": "km",
    "overlays": "Grenzen und Untersuchungsgebiete",
    "search": "Gebiet suchen",
    "search_hint": "Gebiet suchen: Name oder Schlüssel",
    "search_none": "Kein Gebiet gefunden",
    "search_found": "{count} Treffer",
    "legend": "Legende",
    "class": "{low} bis unter {high}",
    "class_last": "{low} bis {high}",
    "class_single": "{low}",
    "class_count": "{count} Gebiete",
    "class_count_one": "1 Gebiet",
    "no_values": "Für diese Auswahl liegen keine Werte vor.",
    "distribution": "Verteilung",
    "distribution_label": (
        "Verteilung der Werte von {low} bis {high}, Mittelwert der Reihe (Median) {median}."
    ),
    "table": "{title}, {date}",
    "table_note": "{count} {areas}",
    "col_rank": "Rang",
    "col_id": "Schlüssel",
    "col_name": "Name",
    "col_value": "Wert",
    "col_status": "Hinweis",
    "signs": "Zeichen:",
    "sign_z": "–",
    "sign_s": ".",
    "sign_n": "…",
    "sign_u": "x",
    "sign_g": ".",
    "key_–": "nichts vorhanden (genau null)",
    "key_.": "Wert unbekannt oder geheim zu halten",
    "key_…": "Angabe fällt später an oder fehlt",
    "key_x": "Angabe nicht sinnvoll",
    "status_m": "",
    "status_z": "",
    "status_r": "gerundet",
    "status_c": "berechnet",
    "status_e": "geschätzt",
    "status_s": "geheim gehalten",
    "status_n": "keine Angabe",
    "status_u": "unbewohnt",
    "status_g": "gemeinsam mit Nachbargebiet ausgewiesen",
    "date": "Stichtag",
    "date_earlier": "Früherer Stichtag",
    "date_later": "Späterer Stichtag",
    "card_none": "Wählen Sie ein Gebiet in Karte, Verteilung oder Tabelle.",
    "card_difference": "{difference} gegenüber {reference}",
    "card_same": "gleichauf mit {reference}",
    "card_clear": "Auswahl aufheben",
    "card_open": "Vollständiges Profil",
    "points": "Prozentpunkte",
}
