"""What the page says."""

from __future__ import annotations

from inteso_dash.measures.spatial import Cluster

TEXTS = {
    "title": "Zusammenhänge",
    "section": "Bereich",
    "level": "Ebene",
    "indicator": "Indikator",
    "first": "Erster Indikator",
    "second": "Zweiter Indikator",
    "first_day": "Stichtag",
    "second_day": "Stichtag (zweiter)",
    "named": "Gebiete benennen",
    "named_placeholder": "Gebiete wählen",
    "named_unknown": "Das Gebiet „{found}“ aus der Adresse gibt es auf dieser Ebene nicht.",
    "classes": "Klassen",
    "weighted": "Nach Einwohnern gewichtet",
    "nothing": "Auf keiner Ebene haben zwei Indikatoren Werte für genug Gebiete.",
    "too_few": "„{first}“ und „{second}“ haben zusammen nur für {count} {plural} Werte; nötig sind "
    "{least}.",
    "same": "„{title}“ hat überall denselben Wert; da geht nichts zusammen.",
    "together": "{plural} mit höherem Wert bei „{first}“ haben {often} auch einen {word} Wert bei "
    "„{second}“ ({measured}).",
    "apart": "Zwischen „{first}“ und „{second}“ ist in den {count} {dative} kein Zusammenhang zu "
    "erkennen ({measured}).",
    "measured": "Rangkorrelation nach Spearman {value}; 95-%-Intervall {low} bis {high}; {count} "
    "{plural}",
    "measured_brief": "Spearman {value}",
    "brief_caution": "Das gilt für Gebiete, nicht für Personen (ökologischer Fehlschluss), und "
    "nennt keine Ursache.",
    "dashed": "Gestrichelt: robuste Linie (Theil–Sen).",
    "pearson": "Linear (Pearson): {value} ({low} bis {high}).",
    "pearson_weighted": "Linear (Pearson), jedes Gebiet nach seinen Einwohnern gewichtet: {value} "
    "(ungefähr {low} bis {high}; {count} Gebiete). Für Ränge gibt es keine Gewichtung, die sich "
    "ebenso klar deuten ließe; Spearman steht deshalb ungewichtet da.",
    "line": "Gestrichelte Linie (Theil–Sen, von einzelnen Gebieten nicht zu verdrehen): je {step} "
    "mehr bei „{first}“ {slope} bei „{second}“ (95-%-Intervall {low} bis {high}).",
    "line_name": "Theil–Sen",
    "caution": "Das gilt für Gebiete, nicht für die Menschen darin: Ob es dieselben Personen sind, "
    "sagen diese Zahlen nicht (ökologischer Fehlschluss), und keine nennt eine Ursache. Die "
    "Intervalle nehmen an, dass Gebiete voneinander unabhängig sind; Nachbarn ähneln sich meist, "
    "die Intervalle sind dann zu eng.",
    "shared": "Beide haben Teile gemeinsam ({why}); ein Teil des Zusammenhangs folgt daraus.",
    "other_days": "Verschiedene Stichtage: „{first}“ {first_day}, „{second}“ {second_day}.",
    "without": "Ohne „{title}“: {names}.",
    "lacks": "ohne {titles}",
    "not_both": "nicht beide Werte",
    "kind": "{first} {one}, {second} {other}",
    "map_title": "{first} und {second}",
    "map": "Karte",
    "scatter": "Punkte",
    "table": "Tabelle",
    "all": "Alle Gebiete",
    "lit": "Hervorgehoben ist eine Klasse: {kind}. Ein zweiter Klick auf ihr Feld hebt das auf.",
    "legend": "Die Felder der Legende heben ihre Gebiete auf Karte und Punktwolke hervor.",
    "residual": "Abstand zur Linie",
    "class": "Klasse",
    "source": "Quelle: {source}. Stichtag {date}.",
    "scatter_words": "{title}, {count} {plural}. {said}",
    "strongest_title": "Was mit „{title}“ zusammengeht",
    "strongest_none": "Für „{title}“ hat kein anderer Indikator genug gemeinsame Gebiete.",
    "strongest": "Am engsten geht „{title}“ mit „{other}“ zusammen (Rangkorrelation nach Spearman "
    "{value}; 95-%-Intervall {low} bis {high}).",
    "strongest_shared": "Am engsten geht „{title}“ mit „{other}“ zusammen (Spearman {value}), hat "
    "damit aber Teile gemeinsam ({why}). Ohne gemeinsame Teile: „{free}“ ({free_value}; "
    "95-%-Intervall {low} bis {high}).",
    "strongest_all_shared": "Beide haben Teile gemeinsam ({why}), so wie alle, die sich "
    "vergleichen lassen.",
    "strongest_count": "Von {all} Vergleichen sind {sure} auch dann noch sicher, wenn man "
    "berücksichtigt, dass es so viele sind (Anteil falscher Funde höchstens 5 %, Benjamini–"
    "Yekutieli).",
    "strongest_note": "Nach der Stärke des Zusammenhangs, ohne Rücksicht auf das Vorzeichen. q: "
    "wie groß der Anteil falscher Funde unter allen bis zu dieser Zeile höchstens ist. Gemeinsame "
    "Teile nennt die Tabelle, soweit sie aus den Definitionen folgen; Gruppen können sich auch "
    "sonst überschneiden. Wählen Sie eine Zeile, um beide Indikatoren zusammen zu sehen.",
    "interval": "{low} bis {high}",
    "only_free": "Nur ohne gemeinsame Teile",
    "none_free": "Ohne gemeinsame Teile lässt sich mit „{title}“ nichts vergleichen.",
    "alike": "„{title}“ liegt nicht zufällig beieinander: Benachbarte {plural} ähneln sich "
    "({measured}).",
    "unlike": "„{title}“ liegt nicht zufällig beieinander: Benachbarte {plural} unterscheiden sich "
    "mehr, als Zufall erwarten ließe ({measured}).",
    "random": "Für „{title}“ ist kein räumliches Muster zu erkennen: Benachbarte {plural} ähneln "
    "sich nicht mehr als auf einer Karte, auf der die Werte zufällig verteilt sind ({measured}).",
    "moran": "Morans I {index}, bei Zufall im Mittel {expected}; p {p}",
    "moran_brief": "Morans I {index}",
    "brief_chance": "Gezeigt wird, was bleibt, wenn höchstens 5 % der Funde Zufall sein dürfen.",
    "found": "Zusammen mit ihren Nachbarn hoch: {high}, niedrig: {low}; anders als ihre Nachbarn: "
    "{outliers}.",
    "found_none": "Kein einzelnes Gebiet hebt sich mit seinen Nachbarn deutlich genug ab.",
    "chance": "Verglichen mit {permutations} Karten, auf denen dieselben Werte zufällig verteilt "
    "sind. Bei {count} einzelnen Prüfungen wären durch Zufall etwa {by_chance} Funde zu erwarten; "
    "gezeigt wird nur, was bleibt, wenn höchstens 5 % der Funde Zufall sein dürfen "
    "(Benjamini–Hochberg). Nachbarn sind Gebiete mit gemeinsamer Grenze oder Ecke.",
    "islands": "Ohne Nachbarn mit Wert und deshalb nicht geprüft: {names}.",
    "no_value": "Ohne Wert und deshalb nicht geprüft: {names}.",
    "too_few_pattern": "„{title}“ hat auf dieser Ebene für zu wenige Gebiete Werte oder überall "
    "denselben; nötig sind acht Gebiete mit Nachbarn.",
    "no_outlines": "Für die {plural} liegen keine Grenzen vor; wer Nachbar ist, lässt sich nicht "
    "sagen.",
    "computing": "Das räumliche Muster wird gerechnet.",
    "pattern_of": "{title}: räumliches Muster",
    "own": "Wert",
    "around": "Mittel der Nachbarn ({unit})",
    "pattern_class": "Muster",
    "dots": "Wert und Nachbarn",
    "slope": "Morans I",
    "not_tested": "nicht geprüft",
    "pattern_note": "q: wie groß der Anteil falscher Funde unter allen mit einem q bis zu diesem "
    "höchstens ist.",
    "measure": "Maß",
    "no_groups": "Auf keiner Ebene sind Gruppen und ihr Ganzes für genug Gebiete gezählt.",
    "most_apart": "Am ungleichsten über die {plural} verteilt: „{group}“. {moved} davon müssten "
    "umziehen, damit ihr Anteil überall gleich wäre (Segregationsindex D {value}).",
    "own_kind": "Wer zur Gruppe gehört, hat im eigenen Gebiet im Mittel {isolation} ihresgleichen; "
    "insgesamt sind es {share}.",
    "brief_apart": "Werte verschiedener Ebenen oder Gliederungen lassen sich nicht vergleichen.",
    "apart_caution": "Die Maße hängen von der Größe der Gebiete ab: Kleinere Gebiete ergeben "
    "höhere Werte. Werte verschiedener Ebenen oder Gliederungen lassen sich deshalb nicht "
    "miteinander vergleichen. Kleine Gruppen liegen schon durch Zufall ungleich verteilt, und die "
    "Isolation steigt mit dem Anteil der Gruppe.",
    "segregation_note": "D: Anteil der Gruppe, der umziehen müsste, damit sie überall gleich stark "
    "vertreten wäre (Duncan und Duncan 1955). D(adj): D abzüglich der mittleren Unterschiede über "
    "Grenzen hinweg (Morrill 1991); fast so hoch wie D, wo ähnliche Gebiete beieinander liegen, "
    "niedriger, wo die Gruppe verstreut wohnt. Isolation und Begegnung: Anteil der eigenen Gruppe "
    "und aller anderen im Gebiet eines Mitglieds.",
    "groups_left_out": "Nicht gerechnet: {groups}. Dort ist die Gruppe durch Rundung größer als "
    "das Ganze.",
    "compared": "Alle Gruppen",
    "course": "Verlauf",
    "course_note": "Punkte gleicher Gliederung sind verbunden; wo eine neue beginnt oder anders "
    "gezählt wird, bricht die Linie.",
    "one_day": "Für die {plural} liegen genug Zahlen nur zu einem Stichtag vor ({day}); einen "
    "Verlauf gibt es deshalb nicht.",
    "segregation": "Segregation",
    "break": "Bruch",
    "counts": "beide sind Anzahlen: größere Gebiete haben von beidem mehr",
    "same_numerator": "gleicher Zähler: {names}",
    "same_base": "gleiche Bezugsgröße: {names}",
    "crossed": "Zähler des einen, Bezugsgröße des anderen: {names}",
    "part_of": "„{part}“ ist Teil von „{whole}“",
    "partition": "Teile desselben Ganzen",
}
CLUSTERS = {
    Cluster.HIGH: ("▲", "hoch, Nachbarn hoch"),
    Cluster.LOW: ("▼", "niedrig, Nachbarn niedrig"),
    Cluster.HIGH_OUTLIER: ("△", "hoch, Nachbarn niedrig"),
    Cluster.LOW_OUTLIER: ("▽", "niedrig, Nachbarn hoch"),
    Cluster.NONE: ("", "kein sicheres Muster"),
}
"""Sign and name of what an area and its neighbours have in common."""
MEASURES = {
    "Segregationsindex D": "dissimilarity",
    "D mit Nachbarn, D(adj)": "adjusted",
    "Isolation": "isolation",
    "Begegnung (Interaktion)": "interaction",
}
SEGREGATION_HEADS = (
    "Gruppe",
    "Anteil (%)",
    "D",
    "D(adj)",
    "Isolation",
    "Begegnung",
    "Gebiete",
)
LOW, MIDDLE, HIGH = "niedrig", "mittel", "hoch"
HEADS = ("Indikator", "Spearman", "von", "bis", "Pearson", "Gebiete", "q", "Gemeinsame Teile")
SLIDE_HEADS = ("Indikator", "Spearman", "95-%-Intervall", "Pearson", "Gebiete", "")
SHARED = "◆"
"""Stands beside an indicator that has parts in common."""
