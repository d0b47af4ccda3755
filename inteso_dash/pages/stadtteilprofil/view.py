"""What an address of the page Stadtteilprofil says, and the figures that it yields."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from inteso_dash.catalogue.city import Topic
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.pages.stadtteilprofil import profile as profiles
from inteso_dash.pages.stadtteilprofil.age import age_bars
from inteso_dash.pages.stadtteilprofil.profile import Line, Profile
from inteso_dash.pages.veraenderung import view as change
from inteso_dash.views import headlines
from inteso_dash.views.addresses import title_of
from inteso_dash.views.figures import Bars, Table
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import UNKNOWN, Evidence, Offer, Shown, ViewError, known, span

LEVEL, AREA, OTHERS = "profilebene", "profil", "vergleich"
AGE, _AGE = "Altersstruktur", "alter"
_AGE_HEADLINE = "{place}: größte Altersgruppe {labels} mit {share}{whole}."
_AGES_HEADLINE = "{place}: größte Altersgruppen {labels} mit je {share}{whole}."


@dataclass(frozen=True, kw_only=True)
class TopicTable(Table):
    """The figures of a topic in an area's profile."""

    titled: ClassVar[bool] = True
    profile: Profile
    topic: str


@dataclass(frozen=True)
class ProfileView:
    """The area that is shown, and those that it is compared with, as (level, key)."""

    level: str
    area: str
    others: tuple[tuple[str, str], ...]


def levels(city: City, offered: Collection[str]) -> Offer[str]:
    """Return some levels by their titles."""
    titles = {city.catalogue.level(each).title.de: each for each in offered}
    first = city.catalogue.start.profile_level
    return Offer(LEVEL, "Ebene", titles, first if first in offered else next(iter(offered)))


def comparable(city: City) -> dict[str, tuple[str, str]]:
    """Return all areas by labels that name the level, as (level, key)."""
    return {
        f"{city.keyed_name(level.id, area_id)} ({level.title.de})": (level.id, area_id)
        for level in city.catalogue.levels
        for area_id in city.areas(level.id).index
    }


def shown_levels(city: City) -> list[str]:
    """Return levels of which the page can show an area, the one it begins with first."""
    return change.shown_levels(city)


def figures_of(city: City, _address: Address) -> dict[str, str]:
    """Return what a slide of a profile can show, title → id."""
    return {AGE: _AGE} | {topic.title.de: topic.id for topic in city.catalogue.topics}


def show(city: City, address: Address, figure: str) -> Shown:
    """Show one part of what the profile page shows at an address.

    Raises
    ------
    ViewError
        Where the area does not exist or the part has no figures.
    """
    notes: list[str] = []
    view = read(city, address, notes)
    result = profiles.profile(city, view.level, view.area, view.others)
    wanted = known(figure, figures_of(city, address), _AGE, "den Teil", notes)
    if wanted == _AGE:
        bars = age_bars(city, result)
        if bars is None:
            raise ViewError(f"{result.place.name}: Zahlen zur Altersstruktur fehlen.")
        return _age(city, result, bars, notes)
    topic = next(each for each in city.catalogue.topics if each.id == wanted)
    return _topic(city, result, topic, notes)


def read(city: City, address: Address, notes: list[str]) -> ProfileView:
    """Read what an address says; comparisons can be missing, the area not (`ViewError`)."""
    catalogue, asked = city.catalogue, address.get(AREA)
    level = levels(city, [each.id for each in catalogue.levels]).read(address, notes)
    area = catalogue.start.profile_area if asked is None else asked.partition(" ")[0]
    if level == catalogue.root.id:
        area = catalogue.city.id
    if not city.has_area(level, area):
        raise ViewError(f"Das Gebiet „{(asked or area)[:60]}“ gibt es auf dieser Ebene nicht.")
    offered, others = comparable(city), list[tuple[str, str]]()
    for each in address.get_all(OTHERS)[: profiles.MAX_COMPARISONS]:
        if (title := title_of(each, offered)) is None:
            notes.append(UNKNOWN.format(label="Vergleich", found=each[:60], shown="keiner"))
        else:
            others.append(offered[title])
    return ProfileView(level, area, tuple(others))


def _age(city: City, result: Profile, bars: Bars, notes: list[str]) -> Shown:
    groups = [line for key in city.catalogue.start.age_groups if (line := result.line(key))]
    found = Evidence(city)
    _add(found, groups)
    name, written = result.place.name, max(bars.bars, key=lambda bar: bar.value).written
    largest = [bar for bar in reversed(bars.bars) if bar.written == written]
    whole = ""
    if largest[0].reference is not None:
        where = city.catalogue.city.locative or city.catalogue.city.name
        whole = f", {where} {formats.listed(bar.reference_written for bar in largest)}"
    drafted = (_AGE_HEADLINE if len(largest) == 1 else _AGES_HEADLINE).format(
        place=name,
        labels=formats.listed(bar.label for bar in largest),
        share=written,
        whole=whole,
    )
    title = f"{AGE}, {name}, Anteil an der Bevölkerung in {bars.unit}"
    return found.shown(title, drafted, bars, span(line.date for line in groups), notes)


def _topic(city: City, result: Profile, topic: Topic, notes: list[str]) -> Shown:
    folded = profiles.counts_behind(city, result.current)
    lines = [
        line
        for line in result.current
        if line.indicator.topic == topic.id and line.indicator.id not in folded
    ]
    if not any(line.own.value is not None for line in lines):
        raise ViewError(f"{result.place.name}: zum Thema {topic.title.de} gibt es keine Zahlen.")
    found = Evidence(city)
    _add(found, lines)
    place = result.place
    key_figures = city.catalogue.start.key_figures
    ordered = sorted(
        (line for line in lines if line.own.value is not None),
        key=lambda line: (line.indicator.id not in key_figures, not line.indicator.statement),
    )
    first = ordered[0]
    told = (city, first.indicator, place.level, place.area_id, first.date)
    drafted = headlines.of_area(*told)
    found.rely(headlines.figures(*told))
    heads = ("Indikator", "Einheit", *(each.name for each in result.places), "Stichtag")
    rows = [heads, *(_row(line) for line in lines)]
    content = TopicTable(rows=tuple(rows), profile=result, topic=topic.title.de)
    title = f"{topic.title.de}, {place.name}"
    return found.shown(title, drafted, content, span(line.date for line in lines), notes)


def _row(line: Line) -> tuple[str, ...]:
    indicator = line.indicator
    values = []
    for cell in line.cells:
        status = Status.NOT_DELIVERED if cell is None else cell.status
        if cell is None or cell.value is None:
            values.append(STATUS_MEANINGS[status].sign)
        else:
            sign = STATUS_MEANINGS[status].sign
            values.append(sign or formats.number(cell.value, indicator.decimals))
    return (indicator.short.de, indicator.unit, *values, formats.date(line.date))


def _add(found: Evidence, lines: Sequence[Line]) -> None:
    for line in lines:
        for place, cell in enumerate(line.cells):
            key = f"{line.indicator.id} {line.date} {place}"
            if cell is not None:
                found.add(key, cell.value, str(cell.status), cell.source_id)
