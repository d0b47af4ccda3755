"""German texts of the map, written into its program text once."""

from __future__ import annotations

from typing import Final

from inteso_dash.drawing.area_map.data import STATUS_LETTERS
from inteso_dash.language.statuses import STATUS_MEANINGS, Status


def _status_texts() -> dict[str, str]:
    """Words and signs of the status vocabulary, by the letter that stands for the status."""
    texts = {}
    for status, meaning in STATUS_MEANINGS.items():
        letter = STATUS_LETTERS[status]
        plain = status in (Status.MEASURED, Status.ZERO)
        texts[f"status_{letter}"] = "" if plain else meaning.title
        if meaning.sign:
            texts[f"sign_{letter}"] = meaning.sign
            texts[f"key_{meaning.sign}"] = meaning.title
    return texts


TEXTS: Final[dict[str, str]] = _status_texts() | {
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
    "map_tree": (
        "Karte: {title}, {count} {areas} in {regions} Teilen. Pfeiltasten wechseln zum Nachbarn, "
        "Eingabetaste öffnet einen Teil und wählt darin ein Gebiet aus, Bild auf führt zum Teil "
        "zurück, Escape hebt die Auswahl auf, Plus und Minus ändern den Ausschnitt, Null zeigt "
        "die ganze Stadt."
    ),
    "region": "{name}, {count} {areas}",
    "part": "{first} bis {last}",
    "rank": "Rang {rank} von {count}",
    "selected": "ausgewählt",
    "outside": "außerhalb des Ausschnitts",
    "zoom_in": "Vergrößern",
    "zoom_out": "Verkleinern",
    "zoom_all": "Ganze Stadt zeigen",
    "metres": "m",
    "kilometres": "km",
    "overlays": "Grenzen und Untersuchungsgebiete",
    "legend": "Legende",
    "class": "{low} bis unter {high}",
    "class_last": "{low} bis {high}",
    "class_single": "{low}",
    "class_row": "{text}: {count}",
    "symbol_most": "Größter Kreis: {words}; die Fläche entspricht der Zahl.",
    "places": "{title}: {count}. Pfeiltasten wechseln zum nächsten Punkt.",
    "no_values": "Für diese Auswahl liegen keine Werte vor.",
    "distribution": "Verteilung",
    "dense": ", Höhe der Säulen: Zahl der Gebiete",
    "distribution_label": (
        "Verteilung der Werte von {low} bis {high}; mittlerer Wert (Median) {median}."
    ),
    "heading": "{title}, {date}",
    "heading_note": "{count} {areas}",
    "col_rank": "Rang",
    "col_id": "Schlüssel",
    "col_name": "Name",
    "col_value": "Wert",
    "col_distance": "Abstand zu {reference}",
    "col_status": "Hinweis",
    "distance_none": "—",
    "distance_no_value": "— kein Abstand, weil das Gebiet keinen Wert hat",
    "distance_no_reference": "— kein Abstand, weil für {reference} kein Wert vorliegt",
    "signs": "Zeichen:",
    "date": "Stichtag",
    "date_earlier": "Früherer Stichtag",
    "date_later": "Späterer Stichtag",
    "card_none": "Wählen Sie ein Gebiet in Karte, Verteilung oder Tabelle.",
    "card_difference": "{difference} gegenüber {reference}",
    "card_same": "gleichauf mit {reference}",
    "card_clear": "Auswahl aufheben",
    "card_open": "Vollständiges Profil",
    "points": "Prozentpunkte",
    "picking": (
        "Karte zum Auswählen: {title}, {count} {areas}. Pfeiltasten wechseln zum Nachbargebiet, "
        "Leertaste nimmt es auf oder heraus, Escape beendet das Werkzeug, Plus und Minus ändern "
        "den Ausschnitt, Null zeigt die ganze Stadt."
    ),
    "picking_tree": (
        "Karte zum Auswählen: {title}, {count} {areas} in {regions} Teilen. Pfeiltasten wechseln "
        "zum Nachbarn, Eingabetaste öffnet einen Teil, Leertaste nimmt ein Gebiet darin auf oder "
        "heraus, Bild auf führt zum Teil zurück, Escape beendet das Werkzeug, Plus und Minus "
        "ändern den Ausschnitt, Null zeigt die ganze Stadt."
    ),
    "pick_tools": "Gebiete auswählen",
    "pick_single": "Einzeln",
    "pick_lasso": "Umfahren",
    "pick_box": "Rechteck",
    "pick_circle": "Umkreis",
    "pick_how_single": "Klick oder Leertaste nimmt ein Gebiet auf und wieder heraus.",
    "pick_how_lasso": "Umfahren Sie Gebiete mit gedrückter Taste oder dem Finger. Es zählen die, "
    "die zu mehr als der Hälfte darin liegen.",
    "pick_how_box": "Ziehen Sie ein Rechteck auf. Es zählen Gebiete, die zu mehr als der Hälfte "
    "darin liegen.",
    "pick_how_circle": "Klicken Sie auf die Mitte; mit der Tastatur Leertaste auf einem Gebiet. Es "
    "zählen Gebiete, die zu mehr als der Hälfte im Kreis liegen.",
    "pick_how_site": "Die Mitte kann auch ein Standort sein.",
    "pick_radius": "Umkreis in Metern",
    "pick_take": "wegnehmen statt aufnehmen",
    "pick_undo": "Zurück",
    "pick_none": "Alle heraus",
    "pick_leave": "{name} herausnehmen",
    "pick_one": "1 Gebiet gewählt",
    "pick_count": "{count} {areas} gewählt",
    "pick_empty": "Noch kein Gebiet gewählt",
    "pick_waiting": "Wird berechnet …",
    "pick_many": "{count} Gebiete",
    "pick_added": "Aufgenommen: {names}. Jetzt {count} gewählt.",
    "pick_left": "Herausgenommen: {names}. Jetzt {count} gewählt.",
    "pick_changed": "Auswahl geändert. Jetzt {count} gewählt.",
    "pick_same": "Nichts geändert: Kein weiteres Gebiet liegt zu mehr als der Hälfte darin.",
    "pick_ended": "Werkzeug beendet; Gebiete werden einzeln gewählt.",
    "site": "Klicken Sie dorthin, wo „{name}“ liegen soll. Leertaste: Mitte des Gebiets; Umschalt "
    "und Pfeile: {metres} m weiter. {where}",
    "picked": "gewählt",
    "picked_partly": "zum Teil gewählt",
}
