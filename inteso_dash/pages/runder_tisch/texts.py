"""German texts of the page of sequences, by the part of it that says them."""

from __future__ import annotations

from inteso_dash.pages import slides
from inteso_dash.pages.take_along import TEXTS as REMEMBERED

HANDOUT = {
    "remark": "Anmerkung",
    "changed": slides.CHANGED,
    "view": "Ansicht",
    "figures": "Prüfsumme der Zahlen",
    "state": "Datenstand",
    "created": "erstellt am",
    "page": "Seite",
    "not_shown": slides.NOTHING,
    "in_notes": "Titel in den Notizen",
    "boundaries": "Grenzen: {cited}.",
}

PAGE = {
    "title": "Runder Tisch",
    "lead": "Eine Folge von Ansichten, die Sie vorführen und mitgeben. Jede Zahl bleibt "
    "anklickbar; „R“ stellt die vorbereitete Ansicht wieder her.",
    "choose": "Folge",
    "unknown": "In der Adresse stand die Folge „{found}“. Die gibt es hier nicht; gezeigt wird "
    "„{shown}“.",
    "own": "Eigene: {title} ({count})",
    "shipped": "{title} ({count})",
    "play": "Vorführen",
    "empty": "Diese Folge hat noch keine Folien. Öffnen Sie eine Karte, ein Profil, die Seite "
    "Veränderung oder Unterbringung und wählen Sie dort oben „Merken“, laden Sie eine "
    "Datei oder übernehmen Sie eine der mitgelieferten Folgen.",
    "shipped_note": "Diese Folge ist mitgeliefert und bleibt, wie sie ist. Um sie zu ändern, "
    "übernehmen Sie sie als eine eigene.",
    "copy": "Zum Bearbeiten übernehmen",
    "new": "Neue Folge",
    "new_title": "Neue Folge",
    "duplicate": "Duplizieren",
    "delete": "Folge löschen",
    "full": "Sie haben schon {most} Folgen. Löschen Sie eine, die Sie nicht mehr brauchen.",
    "keeping": "Folge aus einer Datei laden",
    "upload": "Folge laden (YAML)",
    "upload_note": "Eine geladene Folge kommt zu Ihren eigenen hinzu.",
    "unread": "Hier liegt etwas, das sich nicht als Folge lesen lässt. Es bleibt, bis Sie es "
    "verwerfen:",
    "raw": "Inhalt herunterladen ({name})",
    "throw_away": "Verwerfen ({name})",
    "refused": "Die Datei wurde nicht übernommen:",
    "loaded": "Geladen: {title} ({count}).",
    "undo": "Rückgängig",
    "sequence_title": "Titel der Folge",
    "fields": "Überschrift und Anmerkung",
    **{key: REMEMBERED[key] for key in ("headline", "headline_help", "remark", "remark_help")},
    "drafted": "Entwurf aus den Zahlen: {drafted}",
    "remarked": "Anmerkung: {remark}",
    "play_here": "Ab hier zeigen",
    "up": "Nach oben",
    "down": "Nach unten",
    "remove": "Entfernen",
    "open": "Ansicht öffnen",
    "confirm": "Neue Zahlen bestätigen",
    "keys": "Pfeiltasten, Bild auf und Bild ab (Klicker): blättern · Pos1, Ende: erste, letzte "
    "Folie · R: vorbereiteter Zustand · F: ganzer Bildschirm · Esc: beenden",
}
