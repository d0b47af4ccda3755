"""Indices that a city declares: which indicators they are made of, how, and what is published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.catalogue.yaml_files import Declared, Text
from inteso_dash.language import formats

Direction = Literal["more", "less"]
_TRANSFORMATIONS = {
    "z": "als z-Wert über die Gebiete der Ebene",
    "weighted": "als nach Einwohnern gewichteter z-Wert über die Gebiete der Ebene",
    "rank": "als Rang unter den Gebieten der Ebene (0 bis 1)",
    "range": "zwischen dem niedrigsten (0) und dem höchsten Wert (1) der Gebiete der Ebene",
}
_MADE = "Gewichtetes Mittel aus {parts}; jeder Teil zählt {scale}."
_LESS = "{title} (weniger ist mehr)"
_WEIGHED = "{title} (Gewicht {weight})"
_AGAIN = (
    "Das Mittel ist noch einmal standardisiert: 0 ist der Durchschnitt, 1 eine Standardabweichung."
)
_LEAST = "Gebiete mit weniger als {least} von {count} Teilen haben keinen Wert."
_SMALLEST = "Gebiete mit weniger als {smallest} Personen sind nicht eingestuft."
_PER_LEVEL = "Ein Index wird auf jeder Ebene aus deren eigenen Werten gebildet."


class Ingredient(Declared):
    """An indicator in an index; ``direction`` says whether more or less of it raises the index."""

    indicator: str
    weight: float = Field(default=1.0, ge=0, le=100)
    direction: Direction = "more"


class IndexClasses(Declared):
    """The named classes of an index, lowest first.

    ``steps`` are the inner bounds: values themselves (bounds), standard deviations from the mean
    (deviations), or per cent of the areas that lie below (quantiles).
    """

    kind: Literal["bounds", "deviations", "quantiles"] = "bounds"
    steps: tuple[float, ...] = Field(min_length=1, max_length=6)
    names: tuple[str, ...]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if list(self.steps) != sorted(set(self.steps)):
            raise ValueError("steps aufsteigend, jede Grenze einmal")
        if len(set(self.names)) != len(self.steps) + 1:
            raise ValueError(f"{len(self.steps) + 1} verschiedene names, einen je Klasse")
        if self.kind == "quantiles" and not 0 < min(self.steps) <= max(self.steps) < 100:
            raise ValueError("steps zwischen 0 und 100 Prozent")
        return self


class PublishedCount(Declared):
    """How many areas are published to lie at ``least`` or above."""

    least: float
    areas: int = Field(ge=0)


class PublishedValue(Declared):
    """The published index of one area; ``highest`` says that it is higher than all others."""

    area: str
    value: float
    highest: bool = False


class PublishedIndex(Declared):
    """What is published of the index that this one imitates, and what is assumed of it."""

    level: str
    date: dt.date
    source: str
    says: str
    assumed: str
    counts: tuple[PublishedCount, ...] = ()
    values: tuple[PublishedValue, ...] = ()


class CompositeIndex(Declared):
    """An index over the areas of a level, computed from indicators as they are shown.

    ``least`` is the number of parts that an area must have, ``base`` the indicator that counts its
    inhabitants, and areas with fewer than ``smallest`` of these are not classed. All Stichtage are
    placed in the distribution of ``reference``, the newest one where it is not named.
    """

    id: str
    title: Text
    short: Text
    topic: str
    meaning: str
    caveat: str = ""
    statement: str = Field(default="", pattern=r"^[^{}]*\{value\}[^{}]*$")
    unit: str = "Punkte"
    decimals: int = Field(default=2, ge=0, le=4)
    parts: tuple[Ingredient, ...] = Field(min_length=1, max_length=12)
    transformation: Literal["z", "weighted", "rank", "range"] = "z"
    again: bool = True
    least: int = Field(default=1, ge=1)
    base: str | None = None
    smallest: float = Field(default=0, ge=0)
    classes: IndexClasses
    reference: dt.date | None = None
    published: PublishedIndex | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        names = [part.indicator for part in self.parts]
        if len(set(names)) < len(names):
            raise ValueError("jeden Indikator einmal unter parts")
        if not self.counting:
            raise ValueError("wenigstens einen Teil mit weight über 0")
        if self.least > len(self.counting):
            raise ValueError(f"least höchstens {len(self.counting)}, so viele Teile zählen")
        if self.base is None and (self.smallest or self.transformation == "weighted"):
            raise ValueError("base für smallest und transformation: weighted")
        return self

    @property
    def counting(self) -> tuple[Ingredient, ...]:
        """The parts that have a weight."""
        return tuple(part for part in self.parts if part.weight > 0)

    @property
    def centred(self) -> bool:
        """Whether 0 is the average of the areas."""
        return self.again or self.transformation in {"z", "weighted"}

    def recipe(self, known: Mapping[str, Indicator]) -> str:
        """Say in German how the index is made.

        Parameters
        ----------
        known : mapping
            Id → indicator, of its parts at least.
        """
        equal = len({part.weight for part in self.counting}) == 1
        named = []
        for part in self.counting:
            title = known[part.indicator].title.de
            title = _LESS.format(title=title) if part.direction == "less" else title
            weight = formats.german(part.weight)
            named.append(title if equal else _WEIGHED.format(title=title, weight=weight))
        scale = _TRANSFORMATIONS[self.transformation]
        said = [_MADE.format(parts=formats.listed(named), scale=scale)]
        if self.again:
            said.append(_AGAIN)
        said.append(_LEAST.format(least=self.least, count=len(self.counting)))
        if self.smallest:
            said.append(_SMALLEST.format(smallest=formats.german(self.smallest)))
        return " ".join(said)

    def indicator(self, known: Mapping[str, Indicator]) -> Indicator:
        """Return the index as an indicator like any other, its recipe in its meaning."""
        told = {
            "id": self.id,
            "title": self.title,
            "short": self.short,
            "topic": self.topic,
            "unit": self.unit,
            "decimals": self.decimals,
            "kind": "intensive",
            "meaning": f"{self.meaning} {self.recipe(known)}",
            "statement": self.statement,
            "caveat": self.caveat,
            "direction": "need",
            "not_aggregable": _PER_LEVEL,
            "computed": True,
            "midpoint": 0.0 if self.centred else None,
        }
        return Indicator.model_validate({key: each for key, each in told.items() if each != ""})
