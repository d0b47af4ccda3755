"""German texts of the page on data and uploads, by the part of it that says them."""

from __future__ import annotations

CHECK_REPORT = {
    "clean": "Die Prüfungen haben nichts gefunden.",
    "explained": "**Erklärt:** ",
    "open": "noch nicht",
    "more": "{count} weitere Befunde",
    "rules": "Was die Regeln bedeuten",
}

PAGE = {
    "title": "Daten",
    "lead": "{figures} Zahlen aus {tables} Tabellen und {sources} Veröffentlichungen, davon "
    "{published} wie veröffentlicht und {computed} daraus berechnet.",
    "part": "Bereich",
    "in_full": "Im Einzelnen",
    "file": "Datei: {file} · {rows} Zeilen",
    "sha256": " · SHA-256 {digits}…",
    "licence": "Lizenz: {licence}",
    "accessed": "abgerufen am {date}",
    "corrections": "Berichtigungen",
    "no_corrections": "Keine Berichtigungen.",
    "statuses": "Gebiete ohne eigenen Wert",
    "explained": "Geprüfte Auffälligkeiten",
    "layer": "Grenzen: {level}, Gliederung {division}",
    "find": "Indikator suchen",
    "none_found": "Kein Indikator enthält „{text}“.",
    "statuses_title": "Zeichen und Status",
    "everything": "Alle Zahlen",
    "published_only": "Nur veröffentlichte Zahlen",
    "replaced": "Zahlen, die eine spätere Lieferung ersetzt hat",
    "replaced_by": "ersetzt durch ",
    "definitions": "Definitionen der Indikatoren",
}

REVISED = {
    "title": "Berichtigte Zahlen: {count}",
    "lead": "Für diese Zahlen liegen mehrere Lieferungen vor. Die Anwendung zeigt die neueste.",
}

UPLOAD = {
    "lead": "Sehen Sie gelieferte Tabellen an, bevor sie veröffentlicht sind: eine Zeile je "
    "Gebiet, lange Tabellen, eine Spalte je Jahr oder eine Datei dieser Anwendung. Jede wird "
    "geprüft und, wenn Sie es wünschen, in dieser Sitzung auf allen Seiten gezeigt. {kept}",
    "not_kept": "Auf dem Server wird nichts gespeichert.",
    "may_be_kept": "Auf dem Server wird nur gespeichert, was Sie in den Datenordner legen.",
    "file": "Dateien (CSV, XLSX, XLS, ODS oder ZIP mit einer davon, je bis {size} MB und {columns} "
    "Spalten, bis zu {most} auf einmal)",
    "too_many_files": "Auf einmal werden {most} Dateien gelesen; nicht gelesen: {names}.",
    "several": "{count} Dateien, davon vollständig: {ready}.",
    "show_all": "Alle vollständigen zeigen ({count})",
    "discard_all": "Alle Dateien verwerfen",
    "unusable": "nicht lesbar",
    "asked": "es fehlt noch eine Angabe",
    "nothing_new": "nichts Neues",
    "open": "Es fehlt noch eine Angabe",
    "summary": "{figures} Zahlen: {areas} {level}, {indicators}, Stichtag {date}.",
    "summary_parts": "{figures} Zahlen in {count} Teilen (je Ebene und Stichtag).",
    "part": "Teil der Datei",
    "indicator": "1 Indikator",
    "indicators": "{count} Indikatoren",
    "preview": "Vorschau",
    "checks": "Prüfbericht",
    "show": "In dieser Sitzung zeigen",
    "discard": "Datei verwerfen",
    "shown": "{tables} wird jetzt auf allen Seiten gezeigt.",
    "shown_several": "{tables} werden jetzt auf allen Seiten gezeigt.",
    "remark": " (unveröffentlicht)",
    "uploaded": "Hochgeladene Datei „{name}“",
    "too_many": "In einer Sitzung lassen sich {most} Tabellen zeigen. Verwerfen Sie zuerst die "
    "bisherigen.",
    "store": "In den Datenordner legen",
    "revision": "Die Datei berichtigt vorhandene Zahlen",
    "store_help": "Legt die Tabelle dauerhaft ab. Alle sehen sie nach dem nächsten Start der "
    "Anwendung.",
    "stored": "Abgelegt als {folder}. Alle sehen die Zahlen nach dem nächsten Start der Anwendung. "
    "Herkunft und Lizenz sind in der YAML-Datei noch einzutragen.",
    "stored_before": "Diese Zahlen enthält der Datenordner schon; es wurde nichts geändert.",
    "refused": "Es wurde nichts abgelegt: {problems}",
    "refused_revision": "Ist die Datei eine Berichtigung, kreuzen Sie das an.",
    "refused_despite_errors": "Berichtigen Sie die Datei.",
}

ROLE_TITLES = {
    "schluessel": "Spalte mit Schlüsseln",
    "merkmal": "Spalte mit Merkmalen",
    "wert": "Spalte mit Werten",
    "stichtag": "Spalte mit Stichtag oder Jahr",
    "status": "Spalte mit Status",
    "einheit": "Spalte mit Einheit",
    "ebene": "Spalte mit Ebene",
    "gliederung": "Spalte mit Gliederung",
}

QUESTIONS = {
    "level": "Ebene",
    "division": "Gliederung",
    "choose": "Bitte wählen",
    "date": "Stichtag",
    "date_wrong": "Gefunden „{found}“; erwartet ein Datum wie 31.12.2023.",
    "title": "Bezeichnung der Quelle",
    "producer": "Herausgeber",
    "unknown": "Spalten, die nicht erkannt sind",
    "known": "Erkannte Spalten",
    "leave": "nicht übernehmen",
    "layout": "Aufbau der Datei",
    "day": "Tag im Jahr, auf den sich die Jahre beziehen",
    "day_example": "wie 31.12.",
    "day_wrong": "Gefunden „{found}“; erwartet ein Tag wie 31.12. oder 30. Juni.",
    "rows": "Zeilen nach „{column}“",
    "empty": "(leer)",
    "no_column": "keine",
    "doubled": "Welche Spalte „{column}“ gilt",
    "recognised": "nicht erkannt",
    "complete": "Die Tabelle nennt zu jedem ihrer Stichtage alle Unterkünfte",
    "complete_help": "Nur dann bildet die Anwendung Summen je Gebiet.",
}

UPLOADED = {
    "to_map": "Auf der Karte ansehen",
    "to_sites": "Unter „Unterbringung“ ansehen",
    "summary": "{count} Unterkünfte, Stichtag {days}.",
    "incomplete": "Sie stehen im Verzeichnis der Seite „Unterbringung“ (Konzentration). Summen je "
    "Gebiet bildet die Anwendung nur, wenn Sie oben ankreuzen, dass alle Unterkünfte dastehen.",
}
