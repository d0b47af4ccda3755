"""German texts of the page on accommodation."""

from __future__ import annotations

from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.measures.placement import Distance, PlacementRule
from inteso_dash.measures.projection import ProjectionRule
from inteso_dash.measures.scenario import ChangeKind, FaultKind
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
    "rest_outside": "Was in keinem der Gebiete liegt oder in einem ohne Zahl, steht zusammen "
    "(schraffiert).",
    "need": "Soziale Lage: Jeder Einwohner zählt 2 − {title} des Gebiets ÷ {title} der Stadt, "
    "mindestens 0. Wo sie doppelt so hoch ist wie in der Stadt, entsteht daraus kein Soll.",
    "need_index": "Soziale Lage: Jeder Einwohner zählt 1 − {title} ÷ 2, mindestens 0 und höchstens "
    "2. Wo sie zwei Standardabweichungen über dem Durchschnitt liegt, entsteht daraus kein Soll.",
    "lower": "Mindestwert: {count} Gebiete gehen zusammen ein; einzeln gerechnet kann der Wert nur "
    "gleich oder höher sein.",
    "lower_outside": "Mindestwert: Das übrige Stadtgebiet zählt als ein Gebiet; feiner gerechnet "
    "kann der Wert nur gleich oder höher sein.",
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
    "szenario": "Wie lange reichen die Plätze?",
}
"""Sections of the page and the question that each answers."""

HELP = {
    "gini": "0: überall gleich viele Untergebrachte je Einwohner; nahe 1: alle in einem Gebiet. "
    + method_link("gini"),
    "dissimilarity": "Anteil der Untergebrachten, der umziehen müsste, damit sie sich wie die "
    "Bevölkerung verteilen. " + method_link("dissimilaritaet"),
    "key": method_link("schluessel"),
    "scenario": method_link("szenario"),
    "back_test": method_link("rueckschau"),
    "proposal": method_link("vorschlag"),
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

_ASSUMED = STATUS_MEANINGS[Status.SCENARIO]
SCENARIO_STATUS = _ASSUMED.title
"""How the status of every figure that follows from assumptions is written."""

PERSONS = ("Person", "Personen")
"""One, and several."""
SCENARIO = {
    "start": "Beginn",
    "no_start": "Für keinen Stichtag ist die Zahl untergebrachter Personen der ganzen Stadt "
    "bekannt; ein Szenario hat deshalb keinen Anfang.",
    "too_many": "In der Adresse standen {found} Zeilen des Szenarios; gerechnet werden die ersten "
    "{most}.",
    "left_out": "Nicht gerechnet: {said}",
    "number": "In der Adresse stand für {key} „{found}“; erwartet wird eine ganze Zahl von {low} "
    "bis "
    "{high}. Gerechnet wird mit {first}.",
    "new": "Neue Unterkunft {number}",
    "new_one": "Neue Unterkunft",
    "nowhere": "„{name}“ liegt nach Länge {lon} und Breite {lat} in keinem Gebiet der Stadt. "
    "Prüfen Sie beide Zahlen; die Länge steht zuerst.",
    "elsewhere": "„{name}“ liegt nach Länge {lon} und Breite {lat} in {found}, nicht in {said}. "
    "Berichtigen Sie die Lage oder lassen Sie das Gebiet weg.",
    "assumption": "Annahme {number}",
    "title": "Szenario: Plätze und Bedarf",
    "course": "{name} (Szenario)",
    "places": "Plätze (Szenario)",
    "published": "{name}, veröffentlicht",
    "least": "mindestens: {name}",
    "most": "höchstens: {name}",
    "with_reserve": "mit Reserve: {name}",
    "mark": "{place}\u00a0{month}: Plätze reichen nicht ({name})",
    "status": f"{_ASSUMED.title}: {_ASSUMED.meaning.removesuffix('.')}",
    "until": "{start}, gerechnet bis {end}",
    "note": "Szenario, keine veröffentlichten Zahlen.",
    "begins": "Szenario ab {date}: {persons} Untergebrachte, {places}.",
    "places_of": "{places} Plätze",
    "places_dated": "{places} Plätze vom {date}",
    "places_unknown": "Plätze nicht veröffentlicht",
    "enough": "„{name}“: Die Plätze reichen bis zum Ende ({end}).",
    "full": "„{name}“: Ab {first} reichen die Plätze nicht mehr.",
    "full_range": "„{name}“: Frühestens ab {first} reichen die Plätze nicht mehr, spätestens ab "
    "{last}.",
    "full_maybe": "„{name}“: Frühestens ab {first} reichen die Plätze nicht mehr; im günstigsten "
    "Fall reichen sie bis {end}.",
    "reserve": "Die Reserve von {reserve} fehlt ab {first}.",
    "no_places": "Wann Plätze fehlen, lässt sich nicht sagen: Für die Zeit um diesen Stichtag sind "
    "keine Plätze veröffentlicht.",
    "by_area": "Plätze der einzelnen Gebiete sind an diesem Stichtag nicht veröffentlicht; "
    "gerechnet "
    "wird mit der Summe der Stadt.",
    "no_area_of": "Ohne Gebiet und ohne Lage: {names}. Karte und Soll der Gebiete fehlen deshalb; "
    "geben Sie eines von beiden an.",
    "missed": "Rückschau auf die veröffentlichten Zahlen: „{name}“ hätte nach {months} im "
    "Median {median}, höchstens {largest} verfehlt ({count}).",
    "missed_none": "Rückschau: Für {months} Monate gibt es keine zwei Stichtage zum Vergleich.",
    "own_missed": "Eigene Annahmen lassen sich nicht rückblickend prüfen; zum Maßstab:",
    "beyond": "Für mehr als 12 Monate gibt es keinen Vergleich; der Fehler ist dort eher größer.",
    "months": "Monate",
    "reserve_label": "Reserve (%)",
    "limit": "Grenze je Unterkunft",
    "limit_help": "Plätze, die eine Unterkunft höchstens haben soll; 0: keine Grenze.",
    "above": "Über der Grenze von {limit} Plätzen je Unterkunft: {names}.",
    "above_none": "Keine Unterkunft hat mehr als {limit} Plätze.",
    "above_unknown": "Welche Unterkünfte über der Grenze liegen, lässt sich nicht sagen: Für "
    "diesen Stichtag liegt kein vollständiges Verzeichnis vor.",
    "areas": "Szenario: Gebiete am {date}",
    "areas_note": "Personen so, als wären alle Plätze gleich belegt ({name}); wie die "
    "Stadt wirklich belegt, kann je Gebiet davon abweichen. Soll nach „{key}“.",
    "areas_fair": "Dissimilarität {dissimilarity}, Gini {gini} (0 = wie die Einwohner verteilt).",
    "map": "Szenario: Ist minus Soll",
    "map_when": "{date}, gerechnet",
    "map_title": "Szenario: Karte der Gebiete",
    "border": "Szenario: Wirkung über Grenzen",
    "radius": "Umkreis",
    "border_words": "Szenario am {date}: {name} und {radius} m darum zählen {reached} "
    "Untergebrachte, {outside} davon jenseits der Grenze.",
    "border_note": "Personen in Unterkünften mit bekannter Lage, im Gebiet und bis {radius} m über "
    "seine Grenze hinaus, so, als wären alle Plätze gleich belegt. Die zweite Zahl zählt "
    "Unterkünfte mehrfach und addiert sich nicht zur Stadt.",
    "border_without": "{count} von {sites} Unterkünften ohne Lage zählen nicht mit (die Zahlen "
    "sind deshalb Mindestwerte), zusammen {persons} Personen: {names}.",
    "border_rest": "Plätze ohne Lage zählen nicht mit, zusammen {persons} Personen: {names}.",
    "no_border": "Wie viele Personen nahe der Grenze eines Gebiets wohnen, lässt sich nicht sagen: "
    "Keine Unterkunft hat eine Lage, die veröffentlicht oder hier angegeben ist. Geben Sie neuen "
    "Unterkünften eine.",
    "name": "Name des Szenarios",
    "remark": "Bemerkung",
    "changes": "Plätze, die kommen und gehen",
    "site": "Lage auf der Karte wählen",
    "site_of": "Lage von",
    "lies": "Jetzt: Länge {lon}, Breite {lat}.",
    "site_outside": "Dieser Punkt liegt in keinem Gebiet der Stadt; die Lage bleibt, wie sie war.",
    "sited": "Unterkünfte mit Lage",
    "position": "Lage der neuen Unterkunft in Grad (WGS 84), wie Kartendienste sie "
    "nennen; freiwillig.",
    "changes_note": "Ohne Zahl schließt eine genannte Unterkunft ganz. „Ab“ ist der erste Tag, an "
    "dem die Änderung zählt.",
    "assumptions": "Zugänge und Abgänge je Monat",
    "assumptions_note": "Bis zu drei Annahmen nebeneinander; „von“ und „bis“ machen eine Spanne. "
    "Ohne "
    "Zeile wird fortgeschrieben, was veröffentlicht ist (unter dem Strich, Zugänge weniger "
    "Abgänge).",
    "incomplete": "Zeile {place} der Tabelle „{table}“ ist noch nicht gerechnet: {said}",
    "table": "Szenario: Monat für Monat",
    "back_test": "Szenario: Rückschau",
    "back_test_note": "Jede Fortschreibung kennt nur, was bis zu ihrem Stichtag veröffentlicht "
    "war, "
    "und wird mit jeder späteren Zahl verglichen; nichts ist dazwischen geschätzt. Zu einem "
    "Zeitraum zählt, was so weit auseinanderliegt, wie daneben steht.",
    "file": "Szenario als Datei",
    "save": "Speichern (YAML)",
    "load": "Laden",
    "load_note": "Eine Datei, wie „Speichern“ sie schreibt. Sie ersetzt das Szenario hier.",
    "propose": "Personen verteilen",
    "propose_note": "Vorschlag, wo N Personen Platz finden könnten, sodass alle Gebiete ihrem Soll "
    "am nächsten kommen. Nichts davon geschieht von selbst: Sie übernehmen, ändern oder verwerfen.",
    "persons": "Personen",
    "least_per": "Mindestens je Unterkunft",
    "most_per": "Höchstens je Unterkunft",
    "most_sites": "Höchstens Unterkünfte",
    "candidates": "Mögliche Unterkünfte",
    "candidates_note": "Ohne Zeilen kann jedes Gebiet eine Unterkunft bekommen. Mit Zeilen nimmt "
    "jede davon niemanden auf oder so viele, wie ihre Grenzen sagen.",
    "candidate_area": "Mögliche Unterkunft „{name}“: Das Gebiet {area} gibt es auf dieser Ebene "
    "nicht. Wählen Sie die Ebene, auf der Sie die Unterkünfte genannt haben, oder andere Gebiete.",
    "candidate_twice": "Die mögliche Unterkunft „{name}“ steht zweimal in der Tabelle. Geben Sie "
    "jeder einen eigenen Namen.",
    "one_area": "ein Gebiet|{count} Gebiete",
    "one_site": "eine Unterkunft|{count} Unterkünfte",
    "distance": "Klein sein soll",
    "from": "Plätze ab",
    "work_out": "Vorschlag rechnen",
    "accept": "Übernehmen",
    "discard": "Verwerfen",
    "which": "Vorschlag",
    "spinner": "Der Vorschlag wird gerechnet.",
    "more": "Rückschau: wie weit Fortschreibungen verfehlten",
    "best": "bester",
    "other": "Alternative {number}",
    "barred": "Niemanden bekommen {names}: Dort läge die Zahl nach jeder Gewichtung über dem Soll.",
    "none_open": "Jedes Gebiet läge mit der Mindestzahl nach jeder Gewichtung über seinem Soll. "
    "Senken Sie „Mindestens je Unterkunft“.",
    "alone": "Wie viele Personen heute in jedem Gebiet wohnen, ist nicht veröffentlicht. "
    "Verteilt sind deshalb nur die {persons} neuen nach dem Schlüssel; ob ein Gebiet damit über "
    "seinem Soll läge, lässt sich nicht sagen.",
    "proposal": "Szenario: Vorschlag",
    "costs": "Szenario: Was der Vorschlag kostet",
    "costs_note": "Summe: aller Abweichungen vom Soll, in Personen; Größte: größte Abweichung "
    "eines Gebiets. Dissimilarität und Gini: 0 = wie die Einwohner verteilt. Ausgeschöpft: "
    "Vorgaben, die den Vorschlag begrenzen.",
    "proposal_map": "Szenario: Vorschlag, Ist minus Soll",
    "proposal_map_alone": "Szenario: Vorschlag, neue Personen minus Soll",
    "proposal_map_title": "Szenario: Karte des Vorschlags",
    "proposal_bars": "Szenario: Vorschlag, heute, danach und Soll",
    "circles": "Neue Personen",
    "bar": "{after}, heute {today}, neu {new}, Soll {target}",
    "bar_alone": "{after} (Soll {target})",
    "afterwards": "danach (Szenario)",
    "new_persons": "neue Personen (Szenario)",
    "before": "heute, veröffentlicht",
    "target_afterwards": "Soll danach",
    "target_alone": "Soll der neuen",
    "proposal_words": "Szenario: {persons} Personen kämen in {areas}, die meisten: {named}. "
    "Summe der Abweichungen vom Soll: {apart} Personen.",
    "proposal_words_before": "Szenario: {persons} Personen kämen in {areas}, die meisten: {named}. "
    "Summe der Abweichungen vom Soll: heute {before}, danach {apart} Personen.",
    "no_proposal": "Ein Vorschlag ist nicht gerechnet. Wählen Sie auf der Seite „Unterbringung“ "
    "unter „Szenario“ „Vorschlag rechnen“.",
    "today": "heute",
    "no_rule": "keine",
    "binding": "Ausgeschöpft: {rules}.",
    "gain": "Ohne {rule} läge der Vorschlag um {persons} Personen näher am Soll.",
    "none": "So lassen sich {persons} Personen nicht verteilen. {why}",
    "why": "Möglich wird es, wenn eine dieser Vorgaben entfällt: {rules}.",
    "why_together": "Keine Vorgabe allein macht es unmöglich; lockern Sie mehrere.",
    "gap": "Die Rechenzeit war zu Ende: Ein besserer könnte noch um {gap} näher liegen.",
    "proven": "Kein anderer hält die Vorgaben ein und liegt näher am Soll (bewiesen).",
    "proven_other": "Der nächstbeste, der sich von den besseren an mindestens zwei Orten "
    "unterscheidet (bewiesen).",
    "accepted": "Vorschlag {area}",
    "expected": "erwartet wird {what}.",
    "name_help": "Steht im Titel der Dateien, Bilder und Folien.",
    "remark_help": "Steht in der Tabelle und in der Datei.",
    "bounds": "Mindestens {least} und höchstens {most} Personen je Unterkunft widersprechen "
    "einander. Senken Sie die erste Zahl oder heben Sie die zweite.",
    "no_key": "Der Schlüssel lässt sich für die Gebiete nicht rechnen: {why}",
    "compare": "Szenarien vergleichen",
    "compare_note": "Halten Sie ein Szenario fest und ändern Sie es weiter: Beide stehen dann "
    "nebeneinander, mit dem veröffentlichten Stand des Beginns. Sie stehen in der Adresse.",
    "keep_beside": "Festhalten",
    "keep_beside_full": "Höchstens zwei Szenarien stehen neben dem, an dem Sie arbeiten. Entfernen "
    "Sie zuerst eines.",
    "open_beside": "Tauschen",
    "open_beside_help": "An diesem Szenario weiterarbeiten; das jetzige wird festgehalten.",
    "remove_beside": "Entfernen",
    "unnamed": "Szenario {letter}",
    "beside_broken": "In der Adresse stand ein Szenario zum Vergleich, das sich nicht lesen lässt. "
    "Es ist weggelassen; laden Sie es aus seiner Datei.",
    "beside_fails": "Ein Szenario zum Vergleich lässt sich nicht rechnen und ist weggelassen: "
    "{said}",
    "beside_many": "In der Adresse standen {found} Szenarien zum Vergleich; gezeigt werden die "
    "ersten {most}.",
    "compared": "Szenarien im Vergleich",
    "beside_today": "Szenario neben heute",
    "later": "Nach dem Ende ({end}) und deshalb nicht gerechnet: {names}.",
    "compared_free": "Szenarien: frei über die Reserve hinaus",
    "compared_words": "Am Ende bleiben über die Reserve hinaus frei: {ends}.",
    "compared_map": "Karte zu",
    "published_start": "Beginn, veröffentlicht",
    "computed": "berechnet",
    "not_known": "nicht bekannt",
    "not_asked": "entfällt",
    "lasts": "reichen",
    "out": "{first}",
    "out_range": "{first} bis {last}",
    "out_maybe": "frühestens {first}",
    "compared_more": "Untergebrachte: die meisten, freie Plätze: die wenigsten am Ende. "
    "Dissimilarität und Gini (0 = wie die Einwohner verteilt), Abstand vom Soll "
    "und Personen je {point} gelten, wenn am Ende alle Plätze gleich belegt sind.",
}

COMPARED_HEADS = {
    "name": "Szenario",
    "assumption": "Annahme",
    "end": "Am",
    "places": "Plätze",
    "places_date": "Stichtag Plätze",
    "persons": "Untergebrachte",
    "free": "Freie Plätze",
    "full": "Plätze reichen nicht ab",
    "short": "Reserve fehlt ab",
    "above": "Unterkünfte über der Grenze",
    "dissimilarity": "Dissimilarität",
    "gini": "Gini",
    "distance": "Größter Abstand vom Soll",
    "per_point": "Personen je Anlaufstelle, höchstens",
}
"""Heads of the comparison; persons are those at the most, free places those at the least."""

CHANGE_KINDS = {
    ChangeKind.OPEN: "eröffnen",
    ChangeKind.CLOSE: "schließen",
    ChangeKind.ENLARGE: "vergrößern",
    ChangeKind.SHRINK: "verkleinern",
}

FAULTS = {
    FaultKind.UNKNOWN: "„{name}“ {what} (ab {date}): Eine solche Unterkunft gibt es dann nicht. "
    "Nennen Sie den Namen, wie er im Verzeichnis steht, oder ein Gebiet.",
    FaultKind.THERE: "„{name}“ {what} (ab {date}): Die Unterkunft gibt es schon, mit {there} "
    "Plätzen. "
    "Wählen Sie „vergrößern“ oder einen anderen Namen.",
    FaultKind.AMOUNT: "„{name}“ {what} (ab {date}): Die Zahl der Plätze fehlt; erwartet wird "
    "eine Zahl "
    "über null.",
    FaultKind.MORE: "„{name}“ {what} (ab {date}): {places} Plätze sollen gehen, es gibt dann "
    "aber nur "
    "{there}. Nennen Sie höchstens so viele.",
    FaultKind.BEFORE: "„{name}“ {what} (ab {date}): Der Tag liegt vor dem Beginn des Szenarios. "
    "Wählen "
    "Sie einen späteren Tag oder einen früheren Beginn.",
}

PROJECTIONS = {
    ProjectionRule.UNCHANGED: "unverändert",
    ProjectionRule.LAST: "wie zuletzt",
    ProjectionRule.MEAN: "Mittel der letzten drei Veränderungen",
}
"""Ways to carry the published series on; the first two are what a scenario begins with."""

RULES = {
    PlacementRule.LOWER: "die Untergrenze je Unterkunft",
    PlacementRule.UPPER: "die Obergrenze je Unterkunft",
    PlacementRule.LIMIT: "die Höchstzahl je Unterkunft",
    PlacementRule.NEVER_ABOVE: "kein Gebiet nach jeder Gewichtung über sein Soll",
    PlacementRule.OPENED: "die Höchstzahl der Unterkünfte",
}

RULE_NAMES = {
    PlacementRule.LOWER: "Untergrenze",
    PlacementRule.UPPER: "Obergrenze",
    PlacementRule.LIMIT: "Grenze je Unterkunft",
    PlacementRule.NEVER_ABOVE: "Soll jeder Gewichtung",
    PlacementRule.OPENED: "Zahl der Unterkünfte",
}
"""The same in short, as in a table."""

DISTANCES = {
    "Summe der Abweichungen": Distance.SUM,
    "größte Abweichung": Distance.LARGEST,
}
