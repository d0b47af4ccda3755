"""The registry of plausibility rules: what each one asks, for the report and the documentation."""

from __future__ import annotations

from inteso_dash.intake.checks.context import Rule
from inteso_dash.language.findings import Severity

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

_ALL = (
    Rule(
        "glued_digits",
        "Angeklebte Ziffern",
        "Ein Wert sprengt die Größenordnung seiner Spalte oder widerspricht Teilen, Anteilen und "
        "Dichte seiner Zeile, und nur ein Anfangsstück seiner Ziffern passt zu allen. "
        "Nachkommastellen allein gelten nie als angeklebt.",
        _ERROR,
    ),
    Rule(
        "foreign_digits",
        "Fremde Ziffern am Ende",
        "Alle oder fast alle Werte einer Spalte enden auf dieselben zwei oder mehr Ziffern, "
        "während die Ziffern davor wechseln. Zufällig kommt das nicht vor.",
        _ERROR,
    ),
    Rule(
        "repeated_column",
        "Wiederholte Spalte",
        "Zwei Spalten stimmen Zelle für Zelle überein oder sind zueinander proportional. Ein "
        "Fehler ist das, wenn beide Indikatoren sind und der Katalog sie nicht gleich definiert; "
        "sonst ein Hinweis.",
        _ERROR,
    ),
    Rule(
        "parts_whole",
        "Teile und Ganzes",
        "Teile (etwa Altersgruppen) ergeben zusammen das Ganze; Rundung ist zugelassen, auch die "
        "auf Vielfache von 3. Ein Zusammenhang, den der Katalog nicht erklärt, ist nur vermutet "
        "und gibt höchstens einen Hinweis.",
        _ERROR,
    ),
    Rule(
        "share_count",
        "Anteil und Zahl",
        "Ein Anteil folgt aus seiner Zahl und seiner Bezugsgröße bis auf die Rundung der "
        "geschriebenen Nachkommastellen.",
        _ERROR,
    ),
    Rule(
        "derived_parts",
        "Abgeleiteter Wert und seine Teile",
        "Dichten und Quotienten folgen aus Personen und Fläche bis auf die Rundung.",
        _ERROR,
    ),
    Rule(
        "area_polygon",
        "Fläche und Polygon",
        "Die veröffentlichte Fläche stimmt mit der Fläche des Polygons überein. Zugelassen sind "
        "eine halbe Einheit der letzten geschriebenen Stelle, 0,1 % für die Verzerrung der "
        "Kartenprojektion (UTM verzerrt Flächen innerhalb seiner Zone um höchstens 0,08 %) und, wo "
        "die Polygone vereinfacht sind, was das Vereinfachen an ihnen geändert hat.",
        _WARNING,
    ),
    Rule(
        "total_sum",
        "Gesamtwert und Summe",
        "Der veröffentlichte Wert des übergeordneten Gebiets ist die Summe seiner Gebiete; "
        "Rundung ist zugelassen.",
        _WARNING,
    ),
    Rule(
        "range",
        "Zulässiger Bereich",
        "Werte liegen im Bereich, den der Katalog nennt; Spalten mit % im Namen zwischen 0 und "
        "100.",
        _ERROR,
    ),
    Rule(
        "decimals",
        "Mehr Nachkommastellen als üblich",
        "Die Spalte ist mit mehr Nachkommastellen geschrieben, als der Katalog nennt.",
        _NOTE,
    ),
    Rule(
        "area_count",
        "Zahl der Gebiete",
        "Die Tabelle hat so viele Gebiete wie die Gliederung im Katalog.",
        _ERROR,
    ),
    Rule("unknown_area", "Unbekannter Schlüssel", "Jeder Schlüssel steht im Verzeichnis.", _ERROR),
    Rule("duplicate_area", "Doppelter Schlüssel", "Jeder Schlüssel kommt einmal vor.", _ERROR),
    Rule("missing_area", "Fehlender Schlüssel", "Jedes Gebiet der Gliederung kommt vor.", _ERROR),
    Rule(
        "area_name",
        "Name und Schlüssel",
        "Der Name in der Zeile ist der des Gebiets mit ihrem Schlüssel. Gehört er zu einem anderen "
        "Gebiet, sind Zeilen vertauscht oder ist nur ein Teil der Spalten sortiert.",
        _ERROR,
    ),
    Rule(
        "ragged",
        "Ungleich lange Zeilen",
        "Jede Zeile hat so viele Zellen wie die Kopfzeile. Zeilen mit mehr Zellen sind "
        "ausgelassen.",
        _WARNING,
    ),
    Rule(
        "shifted_row",
        "Verschobene Zeile",
        "Die Zellen einer Zeile passen zu ihren Spalten. Fehlt eine Zelle oder steht eine zu viel "
        "da, ist die Zeile ausgelassen, auch wenn nicht zu erkennen ist, welche fehlt.",
        _ERROR,
    ),
    Rule("area_key", "Zeile ohne Schlüssel", "Jede Zeile nennt ihr Gebiet.", _WARNING),
    Rule(
        "parent_contradiction",
        "Widerspruch zum übergeordneten Gebiet",
        "Der Schlüssel des Gebiets passt zum Stadtbezirk oder Stadtteil in derselben Zeile.",
        _ERROR,
    ),
    Rule(
        "cut_off_name",
        "Abgebrochener Name",
        "Ein Name endet auf eine Präposition, eine Konjunktion, einen Artikel oder einen "
        "Trennstrich, oder auf „Zwischen …“ folgt kein „und“.",
        _WARNING,
    ),
    Rule(
        "broken_ligature",
        "Zerbrochene Ligatur",
        "Ein Text enthält ein Zeichen, das beim Auszug aus einem PDF statt fl, fi oder ff "
        "entsteht.",
        _WARNING,
    ),
    Rule(
        "missing_values",
        "Fehlende Werte",
        "Spalten mit auffällig vielen leeren Zellen, und Zeilen, in denen viele Werte fehlen.",
        _NOTE,
    ),
    Rule(
        "outlier",
        "Auffälliger Wert",
        "Ein Wert liegt nach dem Median der absoluten Abweichungen weit außerhalb seiner Spalte, "
        "und keine andere Regel erklärt ihn. Er kann richtig sein.",
        _NOTE,
    ),
    Rule(
        "site_position",
        "Lage außerhalb des Gebiets",
        "Die angegebene Lage einer Unterkunft liegt im angegebenen Gebiet.",
        _ERROR,
    ),
    Rule(
        "site_sum",
        "Summe der Unterkünfte",
        "Personen, Plätze, nutzbare Plätze und Zahl der Unterkünfte eines Gebiets sind die Summen "
        "seiner am Stichtag offenen Unterkünfte.",
        _WARNING,
    ),
    Rule(
        "site_repeated",
        "Unterkunft mehrfach",
        "Name, Form, Gebiet und Stichtag einer Unterkunft stehen nur einmal da. Gezählt wird sie "
        "einmal.",
        _ERROR,
    ),
    Rule(
        "site_not_open",
        "Belegt, aber nicht offen",
        "Eine Unterkunft, die belegt oder in Betrieb ist, ist an ihrem Stichtag eröffnet, nicht "
        "geschlossen und nicht erst in Planung oder im Bau. Sonst wird sie nicht gezählt.",
        _ERROR,
    ),
    Rule(
        "unknown_form", "Unbekannte Form", "Die Form der Unterkunft ist eine der genannten.", _ERROR
    ),
    Rule(
        "part_over_whole",
        "Mehr als das Ganze",
        "Belegt ist höchstens, was nutzbar ist; nutzbar höchstens, was an Plätzen da ist.",
        _ERROR,
    ),
    Rule(
        "closed_before_opened",
        "Geschlossen vor der Eröffnung",
        "Eine Unterkunft schließt nicht, bevor sie eröffnet.",
        _ERROR,
    ),
    Rule("value", "Keine Zahl", "Zellen enthalten Zahlen oder Zeichen der Statistik.", _ERROR),
    Rule("date", "Kein Datum", "Ein Datum ist wie 2021-12-31 oder 31.12.2021 geschrieben.", _ERROR),
    Rule(
        "positions_withheld",
        "Lage nicht gelesen",
        "Lagen werden nur gelesen, wenn sie als öffentlich erklärt sind.",
        _NOTE,
    ),
    Rule(
        "unreadable",
        "Nicht lesbar",
        "Die Datei lässt sich nicht lesen, oder in ihr ist keine Tabelle über Gebiete zu erkennen.",
        _ERROR,
    ),
)

RULES: dict[str, Rule] = {rule.id: rule for rule in _ALL}
"""Rule id → rule, in the order of the report."""
