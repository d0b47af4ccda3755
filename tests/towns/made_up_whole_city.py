"""Cities on the areas of the shipped register in which everybody counts as one; made up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from inteso_dash.catalogue import LONG_COLUMNS, Catalogue, read_catalogue
from inteso_dash.catalogue.tables import Protection
from inteso_dash.city import aggregation, disclosure
from inteso_dash.language import formats
from inteso_dash.tables.sources import read_city
from tests.paths import ROOT

DAY = pd.Timestamp("2030-12-31")
LEVEL, DIVISION = "sozialraum", "2021"
AGES = ("0_5", "6_17", "18_29", "30_49", "50_64", "65_79", "80")
WEIGHTS = (0.06, 0.1, 0.18, 0.28, 0.2, 0.12, 0.06)
SCHOOLS = ("hauptschule", "realschule", "gymnasium", "gesamtschule")
NOBODY = pd.DataFrame(
    columns=["level", "division", "indicator_id", "date", "area_id", "contained_in"]
).astype({"date": "datetime64[ns]"})

CITIES: dict[str, tuple[int, float, str]] = {
    "small": (2031, 4.9, "counts"),
    "middle": (2032, 5.4, "counts ratios"),
    "large": (2033, 6.6, "counts ratios shares"),
    "schools": (2034, 5.6, "counts ratios shares schools"),
}
"""Name → seed, logarithm of the median of inhabitants, and what is delivered."""


@dataclass
class Whole:
    """The true figures of a city, what is shown of them, and who may live where."""

    true: pd.DataFrame
    shown: disclosure.Protected
    register: pd.DataFrame
    catalogue: Catalogue
    rule: Protection


def secret_catalogue(rule: Protection | None = None) -> Catalogue:
    """The shipped catalogue with one more source, which is not public."""
    shipped = read_catalogue(ROOT)
    table = shipped.tables[0].model_copy(
        update={
            "id": "erfunden",
            "sources": (
                next(iter(shipped.sources.values())).model_copy(
                    update={
                        "id": "erfunden",
                        "public": False,
                        "protection": rule or Protection(),
                    }
                ),
            ),
        }
    )
    return shipped.extended([table])


def figures(
    random: np.random.Generator, size: float, delivered: str
) -> dict[str, tuple[float, float]]:
    """The figures of one area with their rounding errors."""
    found: dict[str, tuple[float, float]] = {}

    def count(name: str, number: float) -> int:
        found[name] = (float(number), 0.0)
        return int(number)

    def share(name: str, number: int, base: int) -> None:
        if base:
            value = formats.rounded(100 * number / base, 1)
            found[name] = (float(value or 0), 0.05)

    whole = count("bevoelkerung", int(random.lognormal(size, 1.2)))
    ages = [int(n) for n in random.multinomial(whole, WEIGHTS)]
    for name, number in zip(AGES, ages, strict=True):
        count(f"alter_{name}", number)
    children, adults, under_65 = sum(ages[:2]), sum(ages[2:5]), sum(ages[:5])
    sgb2 = count("sgb2_personen", random.binomial(under_65, random.beta(1, 9)))
    jobless = count("arbeitslose", random.binomial(adults, random.beta(1, 15)))
    pupils = int(random.binomial(ages[1], 0.5))
    schools = [int(n) for n in random.multinomial(pupils, (0.08, 0.2, 0.47, 0.25))]
    foreign = int(random.binomial(whole, random.beta(2, 8)))
    poor = int(random.binomial(children, random.beta(1, 5)))
    if "ratios" in delivered:
        share("sgb2_quote", sgb2, under_65)
        share("arbeitslose_je_100_18_64", jobless, adults)
        for name, number in zip(AGES, ages, strict=True):
            share(f"anteil_alter_{name}", number, whole)
    if "shares" in delivered:
        share("anteil_auslaender", foreign, whole)
        share("kinderarmut", poor, children)
    if "schools" in delivered:
        count("schueler_sekundar", pupils)
        for name, number in zip(SCHOOLS, schools, strict=True):
            share(f"anteil_{name}", number, pupils)
    return found


def whole_city(name: str, rule: Protection | None = None, public: Collection[str] = ()) -> Whole:
    """Draw a city and protect it; some indicators may be of a source that everybody can read."""
    seed, size, delivered = CITIES[name]
    catalogue = secret_catalogue(rule)
    register = read_city(ROOT, catalogue).register
    random = np.random.default_rng(seed)
    rows = []
    for area in register.loc[register["level"] == LEVEL, "area_id"]:
        for indicator, (value, error) in figures(random, size, delivered).items():
            status = "zero" if value == 0 else "measured"
            place = (LEVEL, DIVISION, area, indicator, DAY)
            source = next(iter(catalogue.sources)) if indicator in public else "erfunden"
            rows.append((*place, value, status, source, error, ""))
    given = pd.DataFrame(rows, columns=list(LONG_COLUMNS))
    true = aggregation.complete(given, NOBODY, register, catalogue)
    shown = disclosure.protect(true, register, NOBODY, catalogue)
    return Whole(true, shown, register, catalogue, rule or Protection())
