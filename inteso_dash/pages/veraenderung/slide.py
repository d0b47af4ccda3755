"""Slides of the page Veränderung: the course, two Stichtage, maps, what stands out, boundaries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from inteso_dash.boundaries.recipe import BoundaryError
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.city.overlay.matching import KIND_TITLES, TOLERANCE, Fate, Match, cut_anew
from inteso_dash.city.overlay.probes import UNTESTED
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.pages.veraenderung import comparison as change_comparison
from inteso_dash.pages.veraenderung import content as content_of
from inteso_dash.pages.veraenderung import maps as change_views
from inteso_dash.pages.veraenderung import reach as change_reach
from inteso_dash.pages.veraenderung import slide_course as course
from inteso_dash.pages.veraenderung.charts import both_pairs, strongest_bars
from inteso_dash.pages.veraenderung.comparison import (
    Comparison,
    Measure,
    compare,
    standouts,
)
from inteso_dash.pages.veraenderung.divisions import carrying as divisions_carrying
from inteso_dash.pages.veraenderung.divisions.between import (
    DivisionError,
    between,
    divisions_with_boundaries,
    sentence,
)
from inteso_dash.pages.veraenderung.headlines import of_change, of_comparison, of_standouts
from inteso_dash.pages.veraenderung.picked import pairs, spread, standout_rows
from inteso_dash.pages.veraenderung.reach import SMALL_BASE
from inteso_dash.pages.veraenderung.tables import HEADS, told_measures
from inteso_dash.pages.veraenderung.words import break_marks
from inteso_dash.views import headlines
from inteso_dash.views.addresses import title_of
from inteso_dash.views.figures import Figure, Table
from inteso_dash.views.map_view import Choice
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import (
    UNKNOWN,
    Evidence,
    Shown,
    ViewError,
    known,
    span,
)

TWO, MAPS, STANDOUTS, BOUNDS = "vergleich", "karten", "auffaellig", "grenzen"
SECTIONS = {
    "Verlauf": course.SECTION,
    "Zwei Stichtage": TWO,
    "Karten": MAPS,
    "Auffällig": STANDOUTS,
    "Grenzen": BOUNDS,
}
SMALL_MAPS, ONE_MAP = "kleine", "eine"
MAP_VIEWS = {"Kleine Karten": SMALL_MAPS, "Eine Karte mit Datumsregler": ONE_MAP}
MAP, BOTH, TABLE = "karte", "paare", "tabelle"
_PARTS = {"Karte": MAP, "Beide Stichtage nebeneinander": BOTH, "Tabelle": TABLE}
MOST_MAPS = 6
_SIDES = 5
_NAMED = 2
_CITY_ALONE = "Die Stadt ist hier ein einziges Gebiet; wählen Sie eine Ebene darunter."


def figures_of(city: City, address: Address) -> dict[str, str]:
    """Return what a slide of this view can show, title → id, where that is more than one thing."""
    section = section_of(address)
    if section == TWO and course.what(city, address, [])[1] != city.catalogue.root.id:
        return _parts(MAP, BOTH)
    return _parts(MAP, TABLE) if section == BOUNDS else {}


def _parts(*ids: str) -> dict[str, str]:
    return {title: own for title, own in _PARTS.items() if own in ids}


def section_of(address: Address) -> str | None:
    """Return the section that an address names, None where there is none of that name."""
    asked = address.get("v_bereich") or course.SECTION
    title = title_of(asked, SECTIONS)
    return None if title is None else SECTIONS[title]


@dataclass(frozen=True)
class _View:
    """What an address says, for every section."""

    city: City
    address: Address
    figure: str
    indicator: Indicator
    level: str
    notes: list[str]

    def selected(self) -> str | None:
        """Return the area selected, where it exists."""
        area = self.address.get("v_gebiet")
        if area is not None and not self.city.has_area(self.level, area):
            self.notes.append(UNKNOWN.format(label="Gebiet", found=area[:60], shown="keines"))
            return None
        return area

    def part(self, *offered: str) -> str:
        """Return which part of the section is shown."""
        return known(self.figure, _parts(*offered), offered[0], "den Teil", self.notes)

    def number(self, key: str, default: float, label: str) -> float:
        """Return a number of the address."""
        asked = self.address.get(key) or ""
        try:
            return float(asked) if asked else default
        except ValueError:
            shown = formats.number(default, 0)
            self.notes.append(UNKNOWN.format(label=label, found=asked[:60], shown=shown))
            return default

    def period(self) -> tuple[dt.date, dt.date]:
        """Return both Stichtage, those that most areas share by default (`ViewError`)."""
        days = {formats.date(day): day for day in self.city.dates(self.level, self.indicator.id)}
        first = change_reach.period(self.city, self.level, self.indicator.id, shared=True)
        if first is None:
            raise ViewError(
                f"{self.indicator.title.de}: gefunden {len(days)} Stichtag(e) auf dieser Ebene, "
                "erwartet wenigstens zwei."
            )
        begin, end = (
            known(self.address.get(key), days, day, label, self.notes)
            for key, label, day in (("v_von", "Beginn", first[0]), ("v_bis", "Ende", first[1]))
        )
        if begin >= end:
            raise ViewError(
                f"Der Beginn ({formats.date(begin)}) liegt nicht vor dem Ende "
                f"({formats.date(end)})."
            )
        return begin, end

    def small_base(self) -> float:
        """Return below which base changes are marked."""
        return self.number("v_grundzahl", SMALL_BASE, "kleine Grundzahlen")

    def compared(self) -> Comparison:
        """Return the comparison (`ViewError` where nothing can be compared)."""
        found = compare(
            self.city, self.level, self.indicator.id, *self.period(), small_base=self.small_base()
        )
        if found.areas["change"].isna().all():
            why = " ".join(mark.words for mark in break_marks(found.breaks, self.city.catalogue))
            raise ViewError(
                f"{self.indicator.title.de}: An beiden Stichtagen hat kein Gebiet einen "
                f"vergleichbaren Wert. {why}".strip()
            )
        return found


def show(city: City, address: Address, figure: str = "") -> Shown:
    """Show the section of the page on change that an address names.

    Raises
    ------
    ViewError
        Where there is no such section, or nothing that could be compared.
    """
    section = section_of(address)
    if section == course.SECTION:
        return course.show(city, address)
    draws: dict[str, Callable[[_View], Shown]] = {
        TWO: _two,
        MAPS: _maps,
        STANDOUTS: _standouts,
        BOUNDS: _bounds,
    }
    if section not in draws:
        asked = (address.get("v_bereich") or "")[:60]
        raise ViewError(
            f"Den Teil „{asked}“ hat die Seite Veränderung nicht; möglich: {', '.join(SECTIONS)}."
        )
    notes: list[str] = []
    indicator, level = course.what(city, address, notes)
    return draws[section](_View(city, address, figure, indicator, level, notes))


def _two(view: _View) -> Shown:
    city, found, root = view.city, view.compared(), view.city.catalogue.root.id
    told = {HEADS[each]: each for each in told_measures(found)}
    plain = HEADS[Measure.PERCENT]
    first = told.get(plain, next(iter(told.values())))
    measure = known(view.address.get("v_mass"), told, first, "Veränderung als", view.notes)
    part = view.part(BOTH) if view.level == root else view.part(MAP, BOTH)
    content: Figure
    if part == MAP:
        selected = view.selected()
        content = content_of.changed(city, found, measure, selected)
        known_area = selected is not None and not pd.isna(found.areas["change"].get(selected))
        headline = (
            of_change(city, found, str(selected)) if known_area else of_comparison(city, found)
        )
        title = change_views.title(found, measure)
    else:
        picked = pairs(found, measure, _SIDES, only_both=True)
        indicator = found.indicator
        days = (found.start, found.end)
        small = bool(picked.rows["small"].any())
        meaning = change_views.small_meaning(found.small_base)
        content = both_pairs(
            change_views.marked(picked.rows),
            days,
            indicator,
            note=f"{change_views.SMALL_SIGN} {meaning}" if small else "",
        )
        headline = of_comparison(city, found)
        if view.level == root:
            headline = of_change(city, found, city.catalogue.city.id)
        title = f"{indicator.title.de} ({indicator.unit}) an beiden Stichtagen"
        if picked.cut:
            title += f", je {_SIDES} höchste und niedrigste Veränderungen"
    return _told(view, found).shown(
        _with_level(view, title), headline, content, change_views.period(found), view.notes
    )


def _standouts(view: _View) -> Shown:
    if view.level == view.city.catalogue.root.id:
        raise ViewError(_CITY_ALONE)
    found = view.compared()
    picked = standouts(found)
    rows = standout_rows(found, picked)
    if rows.empty:
        raise ViewError(
            f"{view.indicator.title.de}: Zwischen diesen Stichtagen lässt sich kein Gebiet "
            "hervorheben."
        )
    unit = change_comparison.unit(found.indicator, picked.measure)
    title = f"{change_views.title(found, picked.measure)} ({unit})"
    return _told(view, found).shown(
        _with_level(view, title),
        of_standouts(view.city, found, picked),
        strongest_bars(found, picked),
        change_views.period(found),
        view.notes,
    )


def _maps(view: _View) -> Shown:
    city, level = view.city, view.city.catalogue.level(view.level)
    if view.level == city.catalogue.root.id:
        raise ViewError(_CITY_ALONE)
    start, end = view.period()
    days = [
        day
        for day in city.dates(level.id, view.indicator.id)
        if start <= day <= end
        and city.division(level.id, day, view.indicator.id) == level.current.id
    ]
    if len(days) < 2:
        raise ViewError(
            f"{view.indicator.title.de}: gefunden {len(days)} Stichtag(e) der Gliederung "
            f"{level.current.id}, erwartet wenigstens zwei."
        )
    asked = known(view.address.get("v_karten"), MAP_VIEWS, SMALL_MAPS, "Ansicht", view.notes)
    base = view.small_base()
    if asked == SMALL_MAPS:
        days = list(spread(days, MOST_MAPS))
    choice = Choice(level.id, view.indicator.id)
    together = asked == SMALL_MAPS
    selected = None if together else view.selected()
    content = content_of.dated(city, choice, days, base, together=together, selected=selected)
    figures = Evidence(city)
    for day in days:
        for area, row in city.values(level.id, view.indicator.id, day).iterrows():
            status, source = str(row["status"]), str(row["source_id"] or "")
            figures.add(f"{area} {day}", row["value"], status, source)
    found = compare(city, level.id, view.indicator.id, days[0], days[-1])
    told = found.areas["change"].notna().any()
    headline = (
        of_comparison(city, found)
        if told
        else headlines.of_level(city, view.indicator, level.id, days[-1])
    )
    title = f"{view.indicator.title.de}, {len(days)} Stichtage auf einer Skala"
    return figures.shown(_with_level(view, title), headline, content, span(days), view.notes)


def _bounds(view: _View) -> Shown:
    city, level = view.city, view.city.catalogue.level(view.level)
    layers = city.layers
    there = divisions_with_boundaries(city.catalogue, layers, level.id)
    if len(there) < 2:
        raise ViewError(
            f"{level.plural}: Grenzen liegen für {len(there)} Gliederung(en) vor, erwartet "
            "wenigstens zwei."
        )
    earlier = {each: each for each in there[:-1]}
    before = known(view.address.get("v_alt"), earlier, there[-2], "Gliederung", view.notes)
    later = {each: each for each in there[there.index(before) + 1 :]}
    after = known(view.address.get("v_neu"), later, there[-1], "Gliederung", view.notes)
    tolerance = view.number("v_toleranz", 100 * TOLERANCE, "Toleranz") / 100
    try:
        found = between(city.catalogue, city.register, layers, level.id, before, after, tolerance)
    except (DivisionError, BoundaryError) as error:
        raise ViewError(str(error)) from error
    figures = Evidence(city)
    for area, share in cut_anew(found).items():
        figures.add(str(area), float(share), str(Status.COMPUTED))
    tested = divisions_carrying.tested(city, found, level.id, (before, after))
    trial = UNTESTED if tested is None else tested.words(city.catalogue)
    content: Figure = content_of.cut(level.id, found, (before, after), view.selected())
    title = f"{change_views.CUT}, {level.plural}"
    if view.part(MAP, TABLE) == TABLE:
        content, title = (
            Table(rows=_kinds(found, before, after)),
            f"Was aus den {formats.dative(level.plural)} wurde",
        )
    origins = [layers[level.id, each] for each in (before, after)]
    shown = figures.shown(
        title,
        sentence(found, level.plural, before, after),
        content,
        f"{before} bis {after}",
        view.notes,
    )
    return replace(
        shown,
        sources="; ".join(dict.fromkeys(each.citation for each in origins)),
        producers="; ".join(dict.fromkeys(each.origin.producer for each in origins)),
        date_label="Gliederungen",
        statuses=f"{shown.statuses}. {trial.removesuffix('.')}",
    )


def _kinds(found: Match, before: str, after: str) -> tuple[tuple[str, ...], ...]:
    """Return one row per kind with both counts, and the names of some areas; heads first."""
    named = {"to": found.names_to, "from": found.names_from}
    rows: list[tuple[str, ...]] = [("Art", before, after, "darunter")]
    for kind, counts in found.counts().iterrows():
        if not counts["unions"]:
            continue
        side = "to" if counts["areas_to"] else "from"
        of_kind = found.kinds(side)
        names = [str(named[side][area]) for area in of_kind.index[of_kind == kind]]
        listed = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
        numbers = (formats.number(counts[f"areas_{each}"], 0) for each in ("from", "to"))
        rows.append((KIND_TITLES[Fate(str(kind))], *numbers, listed))
    return tuple(rows)


def _told(view: _View, found: Comparison) -> Evidence:
    """Gather the figures of a comparison."""
    figures = Evidence(view.city)
    for area, row in found.areas.iterrows():
        for side, day in (("before", found.start), ("after", found.end)):
            status, source = str(row[f"status_{side}"]), str(row[f"source_{side}"])
            figures.add(f"{area} {day}", row[side], status, source)
    for day, whole in ((found.start, found.city.before), (found.end, found.city.after)):
        figures.add(f"{view.city.catalogue.city.id} {day}", whole)
    figures.rely(found.city.figures)
    return figures


def _with_level(view: _View, title: str) -> str:
    level = view.city.catalogue.level(view.level)
    return title if level.parent is None else f"{title}, {level.plural}"
