"""A scenario of accommodation as people write it: a YAML file to keep, to pass on and to load.

title: Halle Nord schließt
city: "99999"
start: 2017-07-31
months: 12
reserve: 10
changes:
  - {kind: schliessen, date: 2017-10-01, name: Halle Nord, places: 300}
assumptions:
  - {name: wenige, arrivals: [20, 40], departures: [60, 60]}
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

import yaml
from pydantic import Field, ValidationError, model_validator

from inteso_dash.catalogue.yaml_files import (
    Declared,
    ProblemsError,
    YamlError,
    complaint,
    parse_mapping,
)

MAX_BYTES = 100_000
MOST_CHANGES, MOST_ASSUMPTIONS, MOST_MONTHS = 40, 3, 60
_LONGEST = 80
PlannedKind = Literal["eroeffnen", "schliessen", "vergroessern", "verkleinern"]
Amount = Annotated[float, Field(ge=0, le=100_000)]


class ScenarioFileError(ProblemsError):
    """A file that is no scenario of this city."""


class PlannedChange(Declared):
    """Places that come or go; without ``places`` a closing takes all of the site.

    A site that opens may say where it lies, in degrees of WGS 84 (EPSG:4326).
    """

    kind: PlannedKind
    date: dt.date
    name: str = Field(default="", max_length=_LONGEST)
    area: str = Field(default="", max_length=_LONGEST)
    places: float | None = Field(default=None, gt=0, le=100_000)
    lon: float | None = Field(default=None, ge=-180, le=180)
    lat: float | None = Field(default=None, ge=-90, le=90)

    @property
    def position(self) -> tuple[float, float] | None:
        """Longitude and latitude; None where it says none."""
        return None if self.lon is None or self.lat is None else (self.lon, self.lat)

    @model_validator(mode="after")
    def _says_how_many(self) -> Self:
        if self.places is None and self.kind != "schliessen":
            raise ValueError("places, die Zahl der Plätze")
        return self

    @model_validator(mode="after")
    def _says_where(self) -> Self:
        if (self.lon is None) != (self.lat is None):
            raise ValueError("lon und lat zusammen: Länge und Breite in Grad")
        if self.lon is not None and self.kind != "eroeffnen":
            raise ValueError("lon und lat nur bei kind: eroeffnen")
        return self


class PlannedAssumption(Declared):
    """Arrivals and departures of every month, each from a lowest to a highest number."""

    name: str = Field(default="", max_length=_LONGEST)
    arrivals: tuple[Amount, Amount]
    departures: tuple[Amount, Amount] = (0.0, 0.0)

    @model_validator(mode="after")
    def _ascends(self) -> Self:
        for low, high in (self.arrivals, self.departures):
            if low > high:
                raise ValueError("zuerst die kleinere, dann die größere Zahl")
        return self


class ScenarioPlan(Declared):
    """All that makes up a scenario; ``start`` is a Stichtag of published figures."""

    title: str = Field(default="", max_length=120)
    remark: str = Field(default="", max_length=1000)
    city: str
    start: dt.date
    months: int = Field(default=12, ge=1, le=MOST_MONTHS)
    reserve: int = Field(default=10, ge=0, le=100)
    limit: int | None = Field(default=None, gt=0, le=10_000)
    changes: tuple[PlannedChange, ...] = Field(default=(), max_length=MOST_CHANGES)
    assumptions: tuple[PlannedAssumption, ...] = Field(default=(), max_length=MOST_ASSUMPTIONS)


def read(content: bytes, name: str, city: str) -> ScenarioPlan:
    r"""Read a scenario.

    Parameters
    ----------
    content : bytes
        YAML, UTF-8.
    name : str
        Of the file, for messages.
    city : str
        Key of the city that it has to be of.

    Raises
    ------
    ScenarioFileError
        With all problems found.

    Examples
    --------
    >>> read(b"city: '05111'\nstart: 2017-07-31\nmonths: 6", "s.yml", "05111").months
    6
    >>> try:
    ...     read(b"city: '05111'\nstart: gestern", "s.yml", "05111")
    ... except ScenarioFileError as error:
    ...     print(error)
    s.yml: start: gefunden 'gestern'; erwartet: ein Datum wie 2021-12-31.
    """
    if len(content) > MAX_BYTES:
        message = f"{name}: gefunden {len(content)} Bytes, erwartet höchstens {MAX_BYTES}."
        raise ScenarioFileError([message])
    try:
        plan = ScenarioPlan.model_validate(parse_mapping(content, name))
    except YamlError as error:
        raise ScenarioFileError([str(error)]) from None
    except ValidationError as error:
        raise ScenarioFileError(
            [complaint(name, dict(issue)) for issue in error.errors()]
        ) from None
    if plan.city != city:
        message = f"{name}: city: gefunden {plan.city!r}; erwartet: {city!r}."
        raise ScenarioFileError([f"{message} Das Szenario gehört zu einer anderen Stadt."])
    return plan


def write(plan: ScenarioPlan) -> bytes:
    """Write a scenario as YAML; what is as it begins is left out.

    Examples
    --------
    >>> plan = ScenarioPlan(city="05111", start=dt.date(2017, 7, 31), months=6)
    >>> read(write(plan), "s.yml", "05111") == plan
    True
    """
    declared = plan.model_dump(exclude_defaults=True)
    text = yaml.safe_dump(_plain(declared), allow_unicode=True, sort_keys=False, width=100)
    return text.encode("utf-8")


def _plain(found: object) -> object:
    """Return lists in place of tuples, which YAML does not know."""
    if isinstance(found, dict):
        return {key: _plain(each) for key, each in found.items()}
    if isinstance(found, list | tuple):
        return [_plain(each) for each in found]
    return found
