"""Where a city declares no accommodation yet: the lines to begin with, and what they mean here."""

from __future__ import annotations

from typing import Any

import yaml

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.city import Accommodation
from inteso_dash.catalogue.indicators import Indicator

INDICATORS, CATALOGUE = "data/indicators.yml", "data/catalogue.yml"
_HECTARES = ("ha", "km²")

_COUNTED: dict[str, tuple[str, str, str, str]] = {
    "persons": (
        "untergebrachte_personen",
        "Untergebrachte Personen",
        "Personen",
        "Personen, die die Stadt in Unterkünften untergebracht hat.",
    ),
    "places": ("unterkunftsplaetze", "Plätze in Unterkünften", "Plätze", "Plätze in Unterkünften."),
    "usable": (
        "unterkunftsplaetze_nutzbar",
        "Nutzbare Plätze in Unterkünften",
        "Plätze",
        "Plätze in Unterkünften, die am Stichtag belegt werden können.",
    ),
    "sites": (
        "unterkuenfte",
        "Unterkünfte",
        "Unterkünfte",
        "Zahl der Unterkünfte, in denen die Stadt Personen unterbringt.",
    ),
    "limit": (
        "hoechstzahl_je_unterkunft",
        "Höchstzahl je Unterkunft",
        "Personen",
        "Zahl der Personen, die eine Unterkunft nach einer Regel der Stadt höchstens aufnimmt.",
    ),
    "population": ("einwohner", "Einwohner", "Personen", "Einwohner mit Hauptwohnung."),
    "area": ("gebietsflaeche", "Fläche", "ha", "Fläche des Gebiets."),
    "need": (
        "soziale_lage",
        "Soziale Lage",
        "%",
        "Quote, die für die soziale Lage steht, bezogen auf alle Einwohner.",
    ),
}
"""Id, title, unit and meaning of what is counted, where the city has no indicator of its own."""
_RATIOS = {"limit": "Eine Regel, kein Messwert.", "need": "Grundzahlen sind nicht erklärt."}


def declared_with(catalogue: Catalogue) -> Catalogue:
    """Return the catalogue as it would be with the lines of `lines`.

    Parameters
    ----------
    catalogue : Catalogue
        One that declares no accommodation.
    """
    accommodation, indicators = _parts(catalogue)
    added = [Indicator.model_validate({"id": key, **each}) for key, each in indicators.items()]
    parts = {
        **dict(catalogue),
        "accommodation": Accommodation.model_validate(accommodation),
        "indicators": (*catalogue.indicators, *added),
    }
    return Catalogue.model_construct(**parts)


def lines(catalogue: Catalogue) -> dict[str, str]:
    """Return the YAML lines to begin with, by the file that they are added to.

    Parameters
    ----------
    catalogue : Catalogue
        One that declares no accommodation.
    """
    accommodation, indicators = _parts(catalogue)
    return {INDICATORS: _written(indicators), CATALOGUE: _written({"accommodation": accommodation})}


def _written(declared: dict[str, Any]) -> str:
    return yaml.safe_dump(declared, allow_unicode=True, sort_keys=False, width=100)


def _parts(catalogue: Catalogue) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the section on accommodation, and the indicators that the city lacks for it."""
    own = _known(catalogue)
    ids = {field: own.get(field, counted[0]) for field, counted in _COUNTED.items()}
    below = [level.id for level in catalogue.levels if level.parent]
    first = catalogue.start.level
    accommodation = {
        "level": first if first in below else below[0],
        **ids,
        "presets": [{"title": "nach Einwohnern", "population": 100, "area": 0, "need": 0}],
    }
    indicators = {
        key: _indicator(catalogue, field)
        for field, key in ids.items()
        if not catalogue.has_indicator(key)
    }
    return accommodation, indicators


def _known(catalogue: Catalogue) -> dict[str, str]:
    """Return the indicators that the city has for the key of distribution."""
    counts = [each for each in catalogue.indicators if each.kind == "extensive"]
    rates = [each for each in catalogue.indicators if each.kind == "intensive"]
    key_figures = catalogue.start.key_figures
    people = [each.id for each in counts if each.unit == "Personen"]
    people.sort(key=lambda key: key not in key_figures)
    found = {
        "population": people,
        "area": [each.id for each in counts if each.unit in _HECTARES],
        "need": [each.id for each in rates if each.direction == "need" and each.unit == "%"],
    }
    return {field: keys[0] for field, keys in found.items() if keys}


def _indicator(catalogue: Catalogue, field: str) -> dict[str, Any]:
    _, title, unit, meaning = _COUNTED[field]
    declared = {
        "title": {"de": title, "en": title},
        "short": {"de": title, "en": title},
        "topic": catalogue.topics[0].id,
        "unit": unit,
        "decimals": 1 if unit in ("%", "ha") else 0,
        "kind": "intensive" if field in _RATIOS else "extensive",
        "meaning": meaning,
    }
    return declared | ({"not_aggregable": _RATIOS[field]} if field in _RATIOS else {})
