"""What a figure means: indicators, what they are made of, where their series break."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import (
    Field,
    model_validator,
)

from inteso_dash.catalogue.yaml_files import Declared, Text

_PER = {"%": 100.0, "‰": 1000.0, "je 100": 100.0, "je 1.000": 1000.0}


class Derivation(Declared):
    """How an extensive part that no source delivers follows from published figures.

    ``share`` × ``of`` (a share of a count), or ``count`` ÷ ``by_share``.
    """

    share: str | None = None
    of: tuple[str, ...] = ()
    count: str | None = None
    by_share: str | None = None


class Break(Declared):
    """A date from which on a series cannot be compared with what came before."""

    level: str
    date: dt.date
    reason: str


class Difference(Declared):
    """Indicators that look like another one and are defined differently, with the reason."""

    indicators: tuple[str, ...] = Field(min_length=1)
    reason: str


class Indicator(Declared):
    """One indicator: what it means, how it is written and how it adds up.

    ``extensive`` indicators are counts and add up over areas. ``intensive`` ones are shares, rates
    or densities: they are recomputed from ``numerator`` and ``denominator``, or weighted by
    ``weight``; where neither can be had, ``not_aggregable`` says why. ``statement`` is what
    headlines say of it after a place: "leben {value} Menschen", "liegt die Quote bei {value}".
    ``range`` is what values may be; counts start at zero where it is not given.
    ``differs_from`` names what must not be joined to it in a series; ``change_of`` the indicator
    whose published change it is.
    """

    id: str
    title: Text
    short: Text
    topic: str
    unit: str
    decimals: int = Field(ge=0, le=4)
    kind: Literal["extensive", "intensive"]
    meaning: str
    statement: str = Field(default="", pattern=r"^[^{}]*\{value\}[^{}]*$")
    caveat: str = ""
    direction: Literal["neutral", "need"] = "neutral"
    range: tuple[float | None, float | None] = (None, None)
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    factor: float = 1.0
    weight: tuple[str, ...] = ()
    not_aggregable: str = ""
    computed: bool = False
    derived: Derivation | None = None
    partitions: tuple[tuple[str, ...], ...] = ()
    midpoint: float | None = None
    aliases: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    differs_from: tuple[Difference, ...] = ()
    change_of: str | None = None
    map: bool = True
    protected: bool = True

    @model_validator(mode="before")
    @classmethod
    def _counts_start_at_zero(cls, given: dict[str, Any]) -> dict[str, Any]:
        return {"range": (0, None), **given} if given.get("kind") == "extensive" else given

    @property
    def per(self) -> float | None:
        """By what a count is multiplied to give the share; None where it is no share."""
        return self.factor if self.numerator else _PER.get(self.unit)

    @property
    def counts(self) -> bool:
        """Whether its values are whole numbers that add up."""
        return self.kind == "extensive" and self.decimals == 0

    @property
    def balance(self) -> bool:
        """Whether it lies around a middle or counts below zero: per cent of it mean nothing."""
        low = self.range[0]
        below = self.kind == "extensive" and (low is None or low < 0)
        return self.midpoint is not None or below

    @property
    def references(self) -> Iterator[str]:
        """Ids of the other indicators that this one names."""
        yield from (*self.numerator, *self.denominator, *self.weight)
        if self.derived is not None:
            yield from self.derived.of
            for single in (self.derived.share, self.derived.count, self.derived.by_share):
                if single is not None:
                    yield single
        for partition in self.partitions:
            yield from partition
        for difference in self.differs_from:
            yield from difference.indicators
        if self.change_of is not None:
            yield self.change_of
