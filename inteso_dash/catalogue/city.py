"""What a city declares about itself: its levels, topics, first view and accommodation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from pydantic import (
    Field,
)

from inteso_dash.catalogue.yaml_files import Declared, Text


class Division(Declared):
    """One version of a level's boundaries, with the number of areas it has."""

    id: str
    areas: int = Field(gt=0)
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    note: str = ""


class Level(Declared):
    """A level of areas, such as Stadtteil; ``parent`` is the next higher one.

    ``locative`` says in German where something is that is in one of its areas ("in {name}");
    ``locatives`` names the areas for which it is said otherwise ("in der Altstadt").
    """

    id: str
    title: Text
    plural: str
    parent: str | None = None
    key_length: int = Field(gt=0)
    locative: str = Field(default="", pattern=r"^[^{}]*(\{name\}[^{}]*)?$")
    locatives: dict[str, str] = Field(default_factory=dict)
    divisions: tuple[Division, ...] = Field(min_length=1)

    @property
    def current(self) -> Division:
        """The newest division: the last one listed."""
        return self.divisions[-1]

    def newest(self, found: Iterable[str]) -> str:
        """Return that of some divisions which is listed last; undeclared ones come before all."""
        order = [division.id for division in self.divisions]
        return max(found, key=lambda each: order.index(each) if each in order else -1)


class StudyArea(Declared):
    """An area that the maps can outline as a study area."""

    level: str
    area: str
    title: str


class Publication(Declared):
    """A published short profile that the profile page shows as it was printed."""

    title: str
    table: str
    note: str = ""


class CityDeclaration(Declared):
    """The city itself: its official key and its name.

    ``locative`` says where something is that is in the whole city, in comparisons.
    """

    id: str
    name: str
    genitive: str = ""
    locative: str = ""


class Topic(Declared):
    """A topic under which indicators are offered."""

    id: str
    title: Text


class StartView(Declared):
    """What the pages show when an address says nothing else."""

    level: str
    indicator: str
    profile_level: str
    profile_area: str
    profile_title: str = "Gebietsprofil"
    key_figures: tuple[str, ...] = ()
    age_groups: tuple[str, ...] = ()


class Form(Declared):
    """A form of accommodation and the indicators that count its places and sites, if any do."""

    title: str
    places: str = ""
    sites: str = ""


class Preset(Declared):
    """A key for distributing persons: weights of its parts in percent, and where it is from."""

    title: str
    population: int = Field(ge=0, le=100)
    area: int = Field(ge=0, le=100)
    need: int = Field(ge=0, le=100)
    note: str = ""
    url: str = ""

    @property
    def id(self) -> str:
        """The weights, as addresses name the key whatever its title is: "40-20-40"."""
        return f"{self.population}-{self.area}-{self.need}"


class PointTitle(Declared):
    """What the city calls the offices that serve its areas: one of them, and several."""

    title: str = "Anlaufstelle"
    plural: str = "Anlaufstellen"


class Event(Declared):
    """A resolution or institution that charts mark at its date; ``label`` writes the date."""

    date: dt.date
    label: str
    title: str
    source: str


class Accommodation(Declared):
    """What the page on accommodation shows: indicators, forms, keys and resolutions.

    ``need`` is a rate of the whole population that stands for social need. ``forms`` are those
    that a list of sites may name; where none is declared, it may name any. ``limit`` is the city's
    own rule of how many persons one site should hold, empty where it has none.
    """

    level: str
    persons: str
    places: str
    usable: str
    sites: str
    statuses: tuple[str, ...] = ()
    limit: str = ""
    population: str
    area: str
    need: str
    forms: tuple[Form, ...] = ()
    presets: tuple[Preset, ...] = Field(min_length=1)
    points: PointTitle = PointTitle()
    events: tuple[Event, ...] = ()

    @property
    def indicators(self) -> Iterator[str]:
        """Ids of the indicators that the page needs."""
        yield from (self.persons, self.places, self.usable, self.sites, *self.statuses)
        yield from (self.population, self.area, self.need)
        for each in (
            self.limit,
            *(key for form in self.forms for key in (form.places, form.sites)),
        ):
            if each:
                yield each
