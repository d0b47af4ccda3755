"""A made-up city of six Stadtteile in two Bezirke, as a folder that files can be delivered to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from inteso_dash.intake.delivery import draft as intake_draft
from inteso_dash.intake.delivery.draft import Answers, Draft
from inteso_dash.intake.delivery.folder import stamp
from inteso_dash.intake.delivery.tidy import Surroundings
from tests.towns.made_up_town import SOURCE, write_table

DAY = dt.date(2023, 12, 31)
NOW = dt.datetime(2026, 1, 2, 3, 4, 5)  # noqa: DTZ001
NAMES = ("Altstadt", "Neustadt", "Hafen", "Süd", "Wiesengrund", "St. Jürgen")
PEOPLE = (1_220, 1_648, 5_310, 4_120, 830, 3_310)
BEZIRKE = {"1": ("Mitte", sum(PEOPLE[:3])), "2": ("Land", sum(PEOPLE[3:]))}
WHOLE = sum(PEOPLE)
CITY = "09999"

CATALOGUE = """
city: {id: "09999", name: Kleinau, genitive: Kleinaus}
title: Kleinau (erfunden)
levels:
  - {id: stadt, title: {de: Stadt, en: City}, plural: Städte, key_length: 5,
     divisions: [{id: "2020", areas: 1}]}
  - {id: bezirk, title: {de: Bezirk, en: District}, plural: Bezirke, parent: stadt,
     key_length: 1, divisions: [{id: "2020", areas: 2}]}
  - {id: stadtteil, title: {de: Stadtteil, en: Quarter}, plural: Stadtteile, parent: bezirk,
     key_length: 2, divisions: [{id: "2020", areas: 6}]}
topics: [{id: menschen, title: {de: Menschen, en: People}}]
start: {level: stadtteil, indicator: einwohner, profile_level: stadtteil, profile_area: "01",
        key_figures: [einwohner]}
"""
COUNTS = {
    "einwohner": ("Einwohner insgesamt", "partitions: [[maennlich, weiblich]]"),
    "maennlich": ("Männliche Einwohner", "aliases: [männlich, Männer]"),
    "weiblich": ("Weibliche Einwohner", "aliases: [weiblich, Frauen]"),
    "arbeitslose": ("Arbeitslose", ""),
    "unterkuenfte": ("Unterkünfte", ""),
}


def write_small_city(root: Path) -> None:
    """Write the city's data folder, without boundaries."""
    data = root / "data"
    data.mkdir(parents=True)
    (data / "catalogue.yml").write_text(CATALOGUE, "utf-8")
    shared = "topic: menschen\n  decimals: 0\n  kind: extensive\n  unit: Personen"
    indicators = [
        f"{name}:\n  title: {{de: {title}, en: {title}}}\n  short: {{de: {title}, en: {title}}}\n"
        f"  {shared}\n  meaning: Erfunden.\n  {more}\n"
        for name, (title, more) in COUNTS.items()
    ]
    (data / "indicators.yml").write_text("".join(indicators), "utf-8")
    rows = [f"stadt,2020,{CITY},Kleinau,,true"]
    rows += [f"bezirk,2020,{key},{name},{CITY},true" for key, (name, _) in BEZIRKE.items()]
    rows += [
        f"stadtteil,2020,0{at},{name},{1 if at < 4 else 2},true"
        for at, name in enumerate(NAMES, start=1)
    ]
    text = "level,division,area_id,name,parent_id,name_complete\n" + "\n".join(rows) + "\n"
    write_table(data, "gebiete", text, f"kind: register\nrows: {len(rows)}\n{SOURCE}\n")


def understood(
    city: Surroundings, content: str | bytes, name: str = "lieferung.csv", **said: object
) -> Draft:
    """Draft a delivered file; ``said`` are fields of `Answers`."""
    raw = content.encode() if isinstance(content, str) else content
    answers = Answers(**said)  # type: ignore[arg-type]
    return intake_draft.draft(raw, name, city, answers, stamp(city.catalogue, NOW))


def figures(draft: Draft) -> dict[tuple[str, str, str, str], tuple[str, str]]:
    """Level, area, indicator and day → value and status that a draft takes over."""
    assert draft.delivery is not None, [each.text for each in draft.questions]
    lines = [line.split(",") for line in draft.delivery.content.decode().splitlines()[1:]]
    return {
        (level, area, indicator, day): (value, status)
        for level, _, area, indicator, day, value, status, *_ in lines
    }


def people(draft: Draft, day: str = "2023-12-31") -> Mapping[str, str]:
    """Area of any level → inhabitants that a draft takes over."""
    return {
        area: value
        for (_, area, indicator, when), (value, _) in figures(draft).items()
        if indicator == "einwohner" and when == day
    }


def asked(draft: Draft, about: str) -> str:
    """Return what is asked about a field of the answers."""
    return " ".join(each.text for each in draft.questions if each.about == about)


def errors(draft: Draft) -> list[str]:
    """Return the messages of errors."""
    return [each.message for each in draft.errors]
