"""A made-up town with figures of several Stichtage; nothing in it is real.

Four quarters in two rows. The population of Q04 is small, Q03 lacks the first Stichtag, and the
definition of the rate changes in 2016.
"""

from __future__ import annotations

from pathlib import Path

from tests.towns.made_up_town import CATALOGUE, SOURCE, write_layer, write_table

DAYS = ("2010-12-31", "2012-12-31", "2014-12-31", "2016-12-31", "2018-12-31", "2020-12-31")
PEOPLE = {
    "Q01": (1000, 1020, 1050, 1100, 1150, 1200),
    "Q02": (2000, 1980, 1950, 1900, 1850, 1800),
    "Q03": (None, 3000, 3050, 3100, 3150, 3300),
    "Q04": (50, 55, 60, 70, 80, 100),
}
RATE = {
    "Q01": (10.0, 10.5, 11.0, 12.0, 12.5, 13.0),
    "Q02": (20.0, 19.5, 19.0, 18.0, 17.5, 17.0),
    "Q03": (15.0, 15.0, 15.0, 15.0, 15.0, 15.0),
    "Q04": (5.0, 6.0, 8.0, 10.0, 14.0, 20.0),
}
OTHER = "{id: andere, title: Testdaten, producer: Jemand, licence: keine, public: true}"
TOWN = {"einwohner": (6050, 6055, 6110, 6170, 6230, 6400), "quote": (15, 15, 15, 15, 15, 15.5)}

INDICATORS = """
einwohner:
  title: {de: Einwohner, en: Inhabitants}
  short: {de: Einwohner, en: Inhabitants}
  topic: menschen
  unit: Personen
  decimals: 0
  kind: extensive
  meaning: Erfundene Zahl der Einwohner.
  range: [0, null]
quote:
  title: {de: Musterquote, en: Sample rate}
  short: {de: Musterquote, en: Sample rate}
  topic: menschen
  unit: "%"
  decimals: 1
  kind: intensive
  meaning: Erfundene Quote.
  range: [0, 100]
  weight: [einwohner]
bruchquote:
  title: {de: Bruchquote, en: Broken rate}
  short: {de: Bruchquote, en: Broken rate}
  topic: menschen
  unit: "%"
  decimals: 1
  kind: intensive
  meaning: Erfundene Quote mit neuer Abgrenzung.
  range: [0, 100]
  weight: [einwohner]
  breaks:
    - {level: quartier, date: 2016-12-31, reason: Neue Abgrenzung (erfunden).}
    - {level: gemeinde, date: 2016-12-31, reason: Neue Abgrenzung (erfunden).}
  differs_from:
    - {indicators: [quote], reason: Anders abgegrenzt (erfunden).}
"""


def build(root: Path, sources: tuple[str, str] = ("erfunden", "erfunden")) -> Path:
    """Write the folder and return it; the sources are those of quarters and town."""
    data, geodata = root / "data", root / "geodata"
    data.mkdir(parents=True)
    geodata.mkdir()
    (data / "catalogue.yml").write_text(CATALOGUE, "utf-8")
    (data / "indicators.yml").write_text(INDICATORS, "utf-8")
    write_layer(geodata, "gemeinde", {"K1": (0, 0, 2)})
    write_layer(
        geodata,
        "quartier",
        {"Q01": (0, 0, 1), "Q02": (1, 0, 1), "Q03": (0, 1, 1), "Q04": (1, 1, 1)},
    )
    register = "level,division,area_id,name,parent_id,name_complete\n"
    register += "gemeinde,heute,K1,Musterstadt,,true\n"
    register += "".join(
        f"quartier,heute,{key},Quartier {key[-1]},K1,true\n" for key in ("Q01", "Q02", "Q03", "Q04")
    )
    write_table(data, "gebiete", register, "kind: register\nrows: 5\n")
    rows = [
        f"quartier,{area},{indicator},{day},{value},{sources[0]}\n"
        for indicator, values in (("einwohner", PEOPLE), ("quote", RATE), ("bruchquote", RATE))
        for area, numbers in values.items()
        for day, value in zip(DAYS, numbers, strict=True)
        if value is not None
    ]
    rows += [
        f"gemeinde,K1,{indicator},{day},{value},{sources[1]}\n"
        for indicator, source in (
            ("einwohner", "einwohner"),
            ("quote", "quote"),
            ("bruchquote", "quote"),
        )
        for day, value in zip(DAYS, TOWN[source], strict=True)
    ]
    text = "level,area_id,indicator_id,date,value,source_id\n" + "".join(rows)
    own = SOURCE.removesuffix("]") + f", {OTHER}]"
    sidecar = f"kind: figures\nlayout: long\nrows: {len(rows)}\n{own}\n"
    write_table(data, "reihe", text, sidecar)
    return root
