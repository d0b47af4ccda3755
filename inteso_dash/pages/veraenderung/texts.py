"""German texts of the page on change, by the part of it that says them."""

from __future__ import annotations

from inteso_dash.views.addresses import method_link

ACROSS = {
    "file": "Grenzen {before} bis {after}, {method}",
    "day": "Stichtag in der Gliederung {division}",
    "no_days": "In der Gliederung {division} nennen die Quellen für die {plural} keinen Wert von "
    "„{indicator}“. Ein Vergleich braucht Werte in beiden.",
    "method": "Umrechnung",
    "exact": "**Genau.** Beide Stichtage stehen auf gemeinsamen Flächen: den kleinsten "
    "Zusammenfassungen, die sich aus beiden Gliederungen bilden lassen. Zahlen sind addiert, "
    "Verhältnisse aus ihren Teilen neu berechnet; {certain}. {joined} {tested}",
    "certain": "nichts ist geteilt",
    "certain_tested": "nichts ist geschätzt",
    "uncertain": "nichts ist geteilt. Wo die Probe abweicht, gelten die Werte als geschätzt",
    "joined": "{areas} von {all} Gebieten haben dabei keinen eigenen Wert, sondern stehen in "
    "{unions} gemeinsamen Flächen.",
    "key": "**Nach Schlüssel.** Geteilte Gebiete sind nach den Anteilen des Schlüssels zerlegt. "
    "{by} {tested}",
    "key_by": "Genau ist das nur für „{weight}“, wonach er gebildet ist; alles andere in geteilten "
    "Gebieten gilt als geschätzt.",
    "estimate": "**Geschätzt.** Geteilte Gebiete sind {by} zerlegt. Das ist eine Annahme; solche "
    "Werte tragen auf der Karte Punkte und in jeder Datei den Status „geschätzt“. {tested}",
    "concerned": "Betroffen sind {share} der Einwohner: sie wohnten in Gebieten, die geteilt "
    "wurden.",
    "concerned_unknown": "Wie viele Einwohner in geteilten Gebieten wohnten, ist nicht bekannt.",
    "left_out": "Nicht umgerechnet, weil es in der anderen Gliederung keine entsprechende Fläche "
    "gibt: {areas}.",
    "shared": "gemeinsame Fläche: {names}",
    "union_note": "Auf der Karte steht in jedem Gebiet der Wert der gemeinsamen Fläche, zu der es "
    "gehört.",
    "table": "Alle Gebiete",
    "unions": "gemeinsame Flächen von {before} und {after}",
    "order": "Der Stichtag der früheren Gliederung ({first}) liegt nicht vor dem der späteren "
    "({last}).",
}

CHANCE = {
    "head": "Mehr als Zufall ({level})",
    "more": "ja: {span}",
    "chance": "nein: {span}",
    "counted": "Bei {more} von {all} {plural} mit bekannter Bezugsgröße ist die Veränderung mehr "
    "als Zufall ({level}, jedes Gebiet für sich geprüft). Die Spalte nennt, in welchem Bereich sie "
    "läge, wenn der Zufall beide Stichtage bewegt. Beide gelten als unabhängig; zum Teil sind es "
    "dieselben Menschen, dann ist der Bereich breiter als nötig.",
    "lower": "Veränderung, untere Grenze",
    "upper": "Veränderung, obere Grenze",
}

CHOICE = {
    "from": "von",
    "to": "bis",
    "part": "Bereich",
    "one_division": "In der Adresse stand der Bereich „{found}“. Er zeigt, was bei neuen "
    "Gliederungen aus den Gebieten wurde; hier hat jede Ebene nur eine. Gezeigt wird „{shown}“.",
    "heading": "Was sich vergleichen lässt",
    "levels": "„{indicator}“ auf anderen Ebenen:",
    "no_levels": "„{indicator}“ hat auf keiner anderen Ebene zwei vergleichbare Stichtage.",
    "indicators": "Andere Indikatoren der {plural}:",
    "no_indicators": "Für die {plural} hat kein anderer Indikator zwei vergleichbare Stichtage.",
    "path": "{name}: {period}",
    "days": "{start} und {end}",
    "shared": " ({shared} von {areas})",
    "different": "Nicht verbunden, weil anders definiert",
    "different_dates": "**{titles}** (Stichtage dieser Ebene: {dates}). {reason}",
    "different_none": "**{titles}** (auf dieser Ebene ohne Werte). {reason}",
    "meaning": "Was die Zahl bedeutet",
    "published": "{title}, wie veröffentlicht: {values}. {meaning} Quelle: {source}.",
}

COMPARISON = {
    "small": "Kleine Grundzahlen",
    "small_base": "Kennzeichnen unter",
    "small_help": "Veränderungen, die auf weniger beruhen, können Zufall sein. Bei Zahlen ist der "
    "kleinere der beiden Werte gemeint, bei Anteilen und Quoten ihre Bezugsgröße. "
    + method_link("kleine-basis"),
    "no_base": "Worauf sich dieser Indikator bezieht, ist für diese Stichtage nicht "
    "veröffentlicht. Kleine Grundzahlen lassen sich nicht kennzeichnen.",
    "city_break": "Eine Veränderung gegenüber der Stadt fehlt, denn ihre Reihe bricht: {reason}",
    "better": "Mehr Gebiete ({count}) haben vergleichbare Werte am {start} und {end}.",
    "choose": "Diese Stichtage wählen",
    "whole_maps": "Die Stadt ist hier ein einziges Gebiet. Karten zeigen die Ebenen darunter.",
    "whole_list": "Die Stadt ist hier ein einziges Gebiet. Hervorheben lassen sich nur Gebiete der "
    "Ebenen darunter.",
    "strongest": "{indicator}: stärkste Veränderungen, {period}",
    "left_out": "; ohne {areas} (kleine Grundzahl)",
    "dumbbell_most": "Gezeigt sind die je {most} höchsten und niedrigsten Veränderungen; alle "
    "Gebiete stehen in der Tabelle.",
    "dumbbell_both": "Gezeigt sind die Gebiete mit beiden Werten; {count} Gebiete mit nur einem "
    "Wert stehen in der Tabelle.",
    "table": "Alle Gebiete",
    "table_note": "Rang 1 hat die höchste Veränderung, nicht die beste.",
    "small_title": "{indicator}, {count} Stichtage, eine gemeinsame Skala",
    "picked": "Von {all} Stichtagen sind {most} gezeigt, gleichmäßig über den Zeitraum verteilt.",
    "scale": "Alle Karten haben dieselben Klassen; ihre Grenzen stammen vom neuesten Stichtag.",
    "other_divisions": "Nicht gezeigt sind die Stichtage einer anderen Gliederung ({days}); der "
    "Bereich „Grenzen“ rechnet sie um, wo das möglich ist.",
    "no_standout": "Für die gewählten Stichtage lässt sich nichts hervorheben: zu wenige Gebiete "
    "haben an beiden einen vergleichbaren Wert.",
    "standout_relative": "Stärkste Veränderungen gegenüber der Stadt",
    "standout_plain": "Stärkste Veränderungen",
    "small_list": "Kleine Grundzahl (unter {base}), deshalb nicht in der Reihenfolge: {areas}.",
    "moves": "Größte Rangwechsel",
    "moves_none": "Kein Gebiet hat den Rang gewechselt.",
    "moves_few": "Weniger als drei Gebiete haben an beiden Stichtagen vergleichbare Werte; Ränge "
    "werden deshalb nicht gebildet.",
    "moves_note": "Rang 1 ist der höchste Wert. Verglichen werden nur Gebiete mit Werten an beiden "
    "Stichtagen.",
}

DIVISIONS = {
    "one": "Für die {plural} ist nur eine Gliederung erklärt ({id}). Es gibt keine früheren "
    "Grenzen, mit denen sich vergleichen ließe.",
    "none": "Die {plural} wurden neu gegliedert: {counts}. Grenzen liegen nur für {there} vor; "
    "deshalb lässt sich hier nicht zeigen, welche Gebiete sich geändert haben. Wie Sie frühere "
    "Grenzen, Zahlen und Schlüssel ergänzen, steht in docs/data-format.md unter „Mehrere "
    "Gliederungen“.",
    "tolerance": "Toleranz",
    "tolerance_label": "Ungenauigkeit der Zeichnung (%)",
    "tolerance_help": "Überdeckungen, die höchstens diesen Anteil des alten und des neuen Gebiets "
    "ausmachen, zählen nicht. Das fängt Unterschiede auf, die nur beim Zeichnen entstanden sind. "
    + method_link("uebertragung"),
    "what": "Was aus den Gebieten wurde",
    "map_note": "Gezeigt sind die Gebiete von {after}. Verglichen wird jedes mit dem ähnlichsten "
    "Gebiet von {before}.",
    "outlines": "Grenzen: {origins}.",
    "file": "Gebiete {before} bis {after}",
    "all": "auch unveränderte Gebiete",
    "table_note": "Übereinstimmung: gemeinsamer Teil der Fläche, die sich aus beiden Gliederungen "
    "bilden lässt.",
    "across": "{indicator} über die Grenzen hinweg",
}

SECTIONS = {
    "title": "Veränderung",
    "areas": "Gebiete",
    "areas_help": "Bis zu {most} Gebiete einer Ebene.",
    "areas_placeholder": "Gebiete wählen",
    "unknown_area": "In der Adresse stand als Gebiet „{found}“. Das gibt es auf dieser Ebene "
    "nicht.",
    "heading": "{indicator}, {start} bis {end}",
    "city_apart": "Zum Vergleich {city}, mit eigener Skala:",
    "no_points": "Für die gewählten Gebiete und den gewählten Zeitraum nennen die Quellen keinen "
    "Wert dieses Indikators.",
    "no_base": "Ohne vergleichbaren Wert am {base}, deshalb nicht im Index: {names}.",
    "city_break": "Ob der Bruch in der Reihe der ganzen Stadt auch die {plural} betrifft, sagen "
    "die Quellen nicht.",
    "source": "Quelle: {source}.",
    "sources": "Quellen:  \n{sources}",
    "signs": "{key}Zahlen sind gerundet; gerechnet wird ungerundet.",
}
