"""What the data package says of itself to people, in German and in English."""

from __future__ import annotations

from collections.abc import Mapping

from inteso_dash.city import City

README = "README.md"
KEYS = ("area_id", "division", "parent_id", "parent_division", "area_from", "area_to")
"""Columns that hold keys of areas and names of divisions: text, whatever they look like."""
_OF_FIGURES = KEYS[:2]
ENGLISH = {
    "zahlen": "all figures, one per row",
    "intervalle": "intervals of shares and rates",
    "gebiete": "areas of all levels",
    "indikatoren": "definitions of the indicators",
    "gliederungsschluessel": "keys between divisions",
    "ebenen": "levels of areas",
    "status": "statuses: why a value is what it is",
    "quellen": "sources and licences",
    "unterkuenfte": "single accommodations",
    "anlaufstellen": "offices",
}
_TEXT = """\
# {title}

Stand der Daten: `{hash}`. Was jede Spalte bedeutet, ihre Typen und Schlüssel stehen in
`datapackage.json`. *English below.*

## Was darin ist

{german}
- `grenzen/`: Grenzen der Gebiete als GeoJSON, WGS 84 (EPSG:4326)
- `methoden.md`: jedes Verfahren der Anwendung in drei Sätzen, mit Formel und Quelle

Alle CSV-Dateien: Trennzeichen Komma, Dezimalpunkt, Datum JJJJ-MM-TT, UTF-8, Zeilenende CR LF
(RFC 4180). Ein leerer `value` heißt: kein Wert; `status` sagt, warum. Jede Zahl nennt in
`source_id` ihre Quellen, durch Komma getrennt. Text, den eine Tabellenkalkulation für eine Formel
halten könnte, hat ein Apostroph davor.

## Führende Nullen

Gebietsschlüssel sind Text: „063“ ist nicht 63. Lesen Sie {keys} als Text; die Zeilen unten tun das.
In Excel öffnen Sie die Datei nicht mit einem Doppelklick, sondern so:

1. Daten › Aus Text/CSV › Datei wählen; Dateiursprung 65001: Unicode (UTF-8), Trennzeichen Komma
2. Daten transformieren › Spalten mit Schlüsseln markieren › Datentyp „Text“ › Aktuelle ersetzen
3. Spalte `value` › Datentyp › Mit Gebietsschema › Dezimalzahl, Englisch (USA) › Schließen & laden

## What is in it

{english}
- `grenzen/`: boundaries of the areas as GeoJSON, WGS 84 (EPSG:4326)
- `methoden.md`: every method of the dashboard, with formula and source (German)

All CSV files: comma, decimal point, dates YYYY-MM-DD, UTF-8, CR LF (RFC 4180). An empty `value`
means that there is none; `status` says why. Every figure names its sources in `source_id`,
separated by commas. Text that a spreadsheet could take for a formula begins with an apostrophe.
Titles are German; `indikatoren.csv` has English ones as well.

**Leading zeros:** keys of areas are text: "063" is not 63. Read {keys} as text, as the lines below
do. In Excel: Data › From Text/CSV (65001: UTF-8, comma) › Transform Data, set the type of these
columns to Text, and that of `value` using the locale English (US).

## pandas

```python
import pandas as pd
figures = pd.read_csv("zahlen.csv", dtype={dtype}, parse_dates=["date"])
wide = figures[figures["level"] == "{level}"].sort_values("date")\
.pivot_table("value", "area_id", "indicator_id", "last")
```

## R

```r
figures <- read.csv("zahlen.csv", colClasses = c({classes}), encoding = "UTF-8")
newest <- subset(figures[order(figures$date, decreasing = TRUE), ], level == "{level}")
wide <- reshape(newest[!duplicated(newest[c("area_id", "indicator_id")]), \
c("area_id", "indicator_id", "value")], \
idvar = "area_id", timevar = "indicator_id", direction = "wide")
```
"""


def readme(city: City, titles: Mapping[str, str]) -> bytes:
    """Write what is in the package and how to read it.

    Parameters
    ----------
    city : City
    titles : mapping of str to str
        German titles of its tables by name.
    """
    return _TEXT.format(
        title=city.catalogue.title,
        hash=city.data_hash,
        german="\n".join(f"- `{name}.csv`: {title}" for name, title in titles.items()),
        english="\n".join(f"- `{name}.csv`: {ENGLISH[name]}" for name in titles),
        keys=", ".join(f"`{key}`" for key in KEYS),
        dtype="{" + ", ".join(f'"{key}": str' for key in _OF_FIGURES) + "}",
        classes=", ".join(f'{key} = "character"' for key in _OF_FIGURES),
        level=city.catalogue.start.level,
    ).encode()
