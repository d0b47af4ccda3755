"""What an address of the page Veränderung says, and the figures that it yields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
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
from inteso_dash.pages.veraenderung import series as change_series
from inteso_dash.pages.veraenderung.charts import (
    axis,
    both_pairs,
    course_chart,
    course_marks,
    estimated,
    strongest_bars,
)
from inteso_dash.pages.veraenderung.comparison import (
    Comparison,
    Measure,
    compare,
    standouts,
    tells_percent,
)
from inteso_dash.pages.veraenderung.divisions import carrying as divisions_carrying
from inteso_dash.pages.veraenderung.divisions.between import (
    DivisionError,
    between,
    divisions_with_boundaries,
)
from inteso_dash.pages.veraenderung.divisions.between import sentence as divisions_sentence
from inteso_dash.pages.veraenderung.headlines import of_change, of_comparison, of_standouts
from inteso_dash.pages.veraenderung.picked import pairs, spread, standout_rows
from inteso_dash.pages.veraenderung.reach import SMALL_BASE
from inteso_dash.pages.veraenderung.series import Mode, series, start_areas
from inteso_dash.pages.veraenderung.tables import HEADS, told_measures
from inteso_dash.pages.veraenderung.words import break_marks, sentence
from inteso_dash.views import headlines
from inteso_dash.views.addresses import title_of
from inteso_dash.views.figures import Figure, Table
from inteso_dash.views.map_view import Choice
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import UNKNOWN, Evidence, Offer, Shown, ViewError, known, span
from inteso_dash.views.statement import estimates

INDICATOR, LEVEL, SECTION, FROM, TO = "v_indikator", "v_ebene", "v_bereich", "v_von", "v_bis"
AREA, AREAS, SMALL = "v_gebiet", "v_gebiete", "v_grundzahl"
NO_AREAS = "keine"
"""Stands for the areas of a course where the city alone is chosen."""
BEFORE, AFTER, TOLERATED = "v_alt", "v_neu", "v_toleranz"
COURSE, TWO, MAPS, STANDOUTS, BOUNDS = "verlauf", "vergleich", "karten", "auffaellig", "grenzen"
SECTIONS = {
    "Verlauf": COURSE,
    "Zwei Stichtage": TWO,
    "Karten": MAPS,
    "Auffällig": STANDOUTS,
    "Grenzen": BOUNDS,
}
COMPARING = (TWO, MAPS, STANDOUTS)
SMALL_MAPS, ONE_MAP = "kleine", "eine"
MAP_VIEWS = Offer(
    "v_karten",
    "Ansicht",
    {"Kleine Karten": SMALL_MAPS, "Eine Karte mit Datumsregler": ONE_MAP},
    SMALL_MAPS,
)
MAP, BOTH, TABLE = "karte", "paare", "tabelle"
BOTH_TITLE = "Beide Stichtage nebeneinander"
_PARTS = {"Karte": MAP, BOTH_TITLE: BOTH, "Tabelle": TABLE}
MOST_MAPS = 6
_SIDES = 5
_NAMED = 2
_CITY_ALONE = "Die Stadt ist hier ein einziges Gebiet; wählen Sie eine Ebene darunter."


@dataclass(frozen=True)
class ChangeView:
    """What all sections of the page show.

    Attributes
    ----------
    section : str
    indicator : Indicator
    level : str
    start, end : date or None
        Stichtage; no first one where there are no two.
    areas : tuple of str
        Keys, of the course.
    selected : str or None
        Key of the area that a map outlines, where there is one of this key.
    small_base : float
        Below it figures are marked.
    """

    section: str
    indicator: Indicator
    level: str
    start: dt.date | None
    end: dt.date | None
    areas: tuple[str, ...] = ()
    selected: str | None = None
    small_base: float = SMALL_BASE

    def of_city(self, city: City) -> bool:
        """Say whether the whole city is the only area."""
        return self.level == city.catalogue.root.id

    def separate(self, city: City, mode: Mode) -> bool:
        """Say whether the course of the city stands apart: its counts would flatten all others."""
        counted = mode is Mode.ABSOLUTE and self.indicator.kind == "extensive"
        return counted and not self.of_city(city)

    def compared(self, city: City) -> Comparison:
        """Compare both Stichtage (`ViewError` where there are no two)."""
        if self.start is None or self.end is None:
            raise ViewError(
                f"{self.indicator.title.de}: gefunden "
                f"{len(city.dates(self.level, self.indicator.id))} Stichtag(e) auf dieser Ebene, "
                "erwartet wenigstens zwei."
            )
        days = self.start, self.end
        return compare(city, self.level, self.indicator.id, *days, small_base=self.small_base)


def indicators(city: City) -> Offer[str]:
    """Return the indicators that have figures, in the order of their topics.

    Raises
    ------
    ViewError
        Where there are none.
    """
    catalogue = city.catalogue
    titles = {
        each.title.de: each.id
        for topic in catalogue.topics
        for each in catalogue.indicators
        if each.topic == topic.id
        and any(city.dates(level.id, each.id) for level in catalogue.levels)
    }
    if not titles:
        raise ViewError("Die Quellen nennen keine Zahlen, die sich vergleichen ließen.")
    first = next(iter(catalogue.start.key_figures), catalogue.start.indicator)
    own = list(titles.values())
    return Offer(INDICATOR, "Indikator", titles, first if first in own else own[0])


def levels(city: City) -> Offer[str]:
    """Return all levels."""
    catalogue = city.catalogue
    names = {each.plural if each.parent else each.title.de: each.id for each in catalogue.levels}
    return Offer(LEVEL, "Ebene", names, catalogue.start.profile_level)


def modes(indicator: Indicator) -> Offer[Mode]:
    """Return how the course can be told; of balances there is no index."""
    told = [mode for mode in Mode if mode is not Mode.INDEX or not indicator.balance]
    named = {str(mode): mode for mode in told}
    return Offer("v_darstellung", "Darstellung", named, Mode.ABSOLUTE)


def bases(points: pd.DataFrame) -> Offer[dt.date]:
    """Return the Stichtage that can be 100 in an index, first the one with the most values."""
    counted = points["date"].value_counts().sort_index()
    days = {formats.date(day): day for day in counted.index}
    return Offer("v_basis", "Basis (= 100)", days, counted.idxmax())


def measures(found: Comparison) -> Offer[Measure] | None:
    """Return how the change can be told; None where there is none to tell."""
    told = {HEADS[each]: each for each in told_measures(found)}
    if not told:
        return None
    plain = told.get(HEADS[Measure.PERCENT], next(iter(told.values())))
    return Offer("v_mass", "Veränderung als", told, plain)


def earlier_division(there: Sequence[str]) -> Offer[str]:
    """Return the divisions that a later one can be laid over."""
    return Offer(BEFORE, "frühere Gliederung", {each: each for each in there[:-1]}, there[-2])


def later_division(there: Sequence[str], before: str) -> Offer[str]:
    """Return the divisions after another one."""
    later = {each: each for each in there[there.index(before) + 1 :]}
    return Offer(AFTER, "spätere Gliederung", later, there[-1])


def map_days(city: City, view: ChangeView) -> list[dt.date]:
    """Return the Stichtage that maps can show: those of the current division in the period."""
    level, indicator_id = city.catalogue.level(view.level), view.indicator.id
    return [
        day
        for day in city.dates(level.id, indicator_id)
        if view.start is not None
        and view.end is not None
        and view.start <= day <= view.end
        and city.division(level.id, day, indicator_id) == level.current.id
    ]


def shown_levels(city: City) -> list[str]:
    """Return levels of which the page can show an area, the one it begins with first."""
    begin = city.catalogue.start.profile_level
    peopled = [level.id for level in city.catalogue.levels if not city.areas(level.id).empty]
    return sorted(peopled, key=lambda level: level != begin)


def figures_of(city: City, address: Address) -> dict[str, str]:
    """Return what a slide of this view can show, title → id, where that is more than one thing."""
    section = section_of(address)
    if section == TWO and levels(city).read(address, []) != city.catalogue.root.id:
        return _parts(MAP, BOTH)
    return _parts(MAP, TABLE) if section == BOUNDS else {}


def _parts(*ids: str) -> dict[str, str]:
    return {title: own for title, own in _PARTS.items() if own in ids}


def section_of(address: Address) -> str | None:
    """Return the section that an address names, None where there is none of that name."""
    title = title_of(address.get(SECTION) or COURSE, SECTIONS)
    return None if title is None else SECTIONS[title]


def read(city: City, address: Address, notes: list[str]) -> ChangeView:
    """Read what an address says; what does not exist is noted, and shown as the page begins.

    Raises
    ------
    ViewError
        Where there is no such section, or there are no two Stichtage in their order.
    """
    section = section_of(address)
    if section is None:
        asked = (address.get(SECTION) or "")[:60]
        raise ViewError(
            f"Den Teil „{asked}“ hat die Seite Veränderung nicht; möglich: {', '.join(SECTIONS)}."
        )
    indicator = city.catalogue.indicator(indicators(city).read(address, notes))
    level = levels(city).read(address, notes)
    view = ChangeView(section, indicator, level, None, None)
    if section in COMPARING[1:] and view.of_city(city):
        raise ViewError(_CITY_ALONE)
    if section != BOUNDS:
        view = _with_period(city, address, view, notes)
    if section == COURSE:
        return replace(view, areas=_areas(city, view, address, notes))
    view = replace(view, selected=address.get(AREA))
    if section == BOUNDS:
        return view
    base = _number(address, SMALL, SMALL_BASE, "kleine Grundzahlen", notes)
    return replace(view, small_base=base)


def start_days(
    city: City, level: str, indicator_id: str, section: str
) -> tuple[dt.date, dt.date] | None:
    """Return the Stichtage that a section begins with; None where there are no two."""
    return change_reach.period(city, level, indicator_id, shared=section in COMPARING)


def _with_period(city: City, address: Address, view: ChangeView, notes: list[str]) -> ChangeView:
    """Read both Stichtage, by default those that the section begins with (`ViewError`)."""
    first = start_days(city, view.level, view.indicator.id, view.section)
    if first is None:
        view.compared(city)
    days = {formats.date(day): day for day in city.dates(view.level, view.indicator.id)}
    start, end = (
        known(address.get(key), days, day, label, notes)
        for key, label, day in zip((FROM, TO), ("Beginn", "Ende"), first or (), strict=True)
    )
    if start >= end:
        raise ViewError(
            f"Der Beginn ({formats.date(start)}) liegt nicht vor dem Ende ({formats.date(end)})."
        )
    return replace(view, start=start, end=end)


def _number(address: Address, key: str, default: float, label: str, notes: list[str]) -> float:
    asked = address.get(key) or ""
    try:
        return float(asked) if asked else default
    except ValueError:
        shown = formats.number(default, 0)
        notes.append(UNKNOWN.format(label=label, found=asked[:60], shown=shown))
        return default


def _areas(city: City, view: ChangeView, address: Address, notes: list[str]) -> tuple[str, ...]:
    """Return the areas of a course: those asked for, else those that it begins with."""
    asked, found = address.get_all(AREAS), []
    if list(asked) == [NO_AREAS]:
        return ()
    for label in asked:
        area = label.partition(" ")[0]
        if city.has_area(view.level, area):
            found.append(area)
        else:
            notes.append(UNKNOWN.format(label="Gebiet", found=label[:60], shown="keines"))
    return tuple(found or start_areas(city, view.level, view.indicator.id))


def show(city: City, address: Address, figure: str = "") -> Shown:
    """Show the section of the page on change that an address names.

    Raises
    ------
    ViewError
        Where there is no such section, or nothing that could be compared.
    """
    notes: list[str] = []
    view = read(city, address, notes)
    draws: dict[str, Callable[[_Draft], Shown]] = {
        COURSE: _course,
        TWO: _two,
        MAPS: _maps,
        STANDOUTS: _standouts,
        BOUNDS: _bounds,
    }
    return draws[view.section](_Draft(city, address, figure, view, notes))


@dataclass(frozen=True)
class _Draft:
    """What every section has at hand for a slide."""

    city: City
    address: Address
    figure: str
    view: ChangeView
    notes: list[str]

    def part(self, *offered: str) -> str:
        """Return which part of the section is shown."""
        return known(self.figure, _parts(*offered), offered[0], "den Teil", self.notes)

    def selected(self) -> str | None:
        """Return the area selected, where it exists."""
        area = self.view.selected
        if area is not None and not self.city.has_area(self.view.level, area):
            self.notes.append(UNKNOWN.format(label="Gebiet", found=area[:60], shown="keines"))
            return None
        return area

    def titled(self, title: str) -> str:
        """Return a title with the level, where it has several areas."""
        level = self.city.catalogue.level(self.view.level)
        return title if level.parent is None else f"{title}, {level.plural}"

    def compared(self) -> Comparison:
        """Return the comparison (`ViewError` where nothing can be compared)."""
        found = self.view.compared(self.city)
        if found.areas["change"].isna().all():
            why = " ".join(mark.words for mark in break_marks(found.breaks, self.city.catalogue))
            raise ViewError(
                f"{self.view.indicator.title.de}: An beiden Stichtagen hat kein Gebiet einen "
                f"vergleichbaren Wert. {why}".strip()
            )
        return found


def told_points(
    city: City, view: ChangeView, points: pd.DataFrame, mode: Mode, base: dt.date
) -> pd.DataFrame:
    """Return the points that a course shows, as of `series.shown`, with their sources in words."""
    told = change_series.shown(points, mode, base, percent=tells_percent(view.indicator))
    return told.assign(source=[city.source_titles(ids) for ids in told["source_id"]])


def _course(draft: _Draft) -> Shown:
    city, view, indicator = draft.city, draft.view, draft.view.indicator
    mode = modes(indicator).read(draft.address, draft.notes)
    places = [(view.level, area) for area in view.areas]
    if not view.of_city(city) and not (view.separate(city, mode) and places):
        places.append((city.catalogue.root.id, city.catalogue.city.id))
    points = series(city, indicator.id, places, view.start, view.end)
    none = "Für diese Gebiete und Stichtage gibt es keine zwei vergleichbaren Werte."
    if points.empty:
        raise ViewError(none)
    base = bases(points).read(draft.address, draft.notes)
    told = told_points(city, view, points, mode, base)
    if told["date"].nunique() < 2:
        raise ViewError(none)
    figures = Evidence(city)
    for row in told.to_dict("records"):
        key = f"{row['level']} {row['area_id']} {row['date']}"
        figures.add(key, float(row["value"]), str(row["status"]), str(row["source_id"]))
    written = axis(indicator, mode, base)
    drafted = f"{indicator.title.de}, {sentence(city, indicator, view.level, _first(told))}"
    title = f"{indicator.title.de}, {written.label}"
    marks = course_marks(city, indicator, told)
    content = course_chart(city, view.level, told, written, marks, title=title, words=drafted)
    slide = figures.shown(title, drafted, content, span(told["date"]), draft.notes)
    return slide.remarked(*estimated(told))


def _first(told: pd.DataFrame) -> pd.DataFrame:
    """Return the points of the first area drawn that has two which can be compared."""
    drawn = [own for _, own in told.groupby(["level", "area_id"], sort=False)]
    several = (own for own in drawn if (own["segment"] == own["segment"].max()).sum() > 1)
    return next(several, drawn[0])


def _two(draft: _Draft) -> Shown:
    city, view, found = draft.city, draft.view, draft.compared()
    offered = measures(found)
    measure = Measure.ABSOLUTE if offered is None else offered.read(draft.address, draft.notes)
    part = draft.part(BOTH) if view.of_city(city) else draft.part(MAP, BOTH)
    content: Figure
    if part == MAP:
        selected = draft.selected()
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
        if view.of_city(city):
            headline = of_change(city, found, city.catalogue.city.id)
        title = f"{indicator.title.de} ({indicator.unit}) an beiden Stichtagen"
        if picked.cut:
            title += f", je {_SIDES} höchste und niedrigste Veränderungen"
    slide = _told(city, found).shown(
        draft.titled(title), headline, content, change_views.period(found), draft.notes
    )
    return slide.remarked(*change_comparison.estimated(found))


def _standouts(draft: _Draft) -> Shown:
    found = draft.compared()
    picked = standouts(found)
    rows = standout_rows(found, picked)
    if rows.empty:
        raise ViewError(
            f"{found.indicator.title.de}: Zwischen diesen Stichtagen lässt sich kein Gebiet "
            "hervorheben."
        )
    unit = change_comparison.unit(found.indicator, picked.measure)
    title = f"{change_views.title(found, picked.measure)} ({unit})"
    slide = _told(draft.city, found).shown(
        draft.titled(title),
        of_standouts(draft.city, found, picked),
        strongest_bars(found, picked),
        change_views.period(found),
        draft.notes,
    )
    return slide.remarked(*change_comparison.estimated(found))


def _maps(draft: _Draft) -> Shown:
    city, view = draft.city, draft.view
    level = city.catalogue.level(view.level)
    days = map_days(city, view)
    if len(days) < 2:
        raise ViewError(
            f"{view.indicator.title.de}: gefunden {len(days)} Stichtag(e) der Gliederung "
            f"{level.current.id}, erwartet wenigstens zwei."
        )
    together = MAP_VIEWS.read(draft.address, draft.notes) == SMALL_MAPS
    if together:
        days = list(spread(days, MOST_MAPS))
    content = content_of.dated(
        city,
        Choice(level.id, view.indicator.id),
        days,
        view.small_base,
        together=together,
        selected=None if together else draft.selected(),
    )
    figures, cells = Evidence(city), []
    for day in days:
        for area, row in city.values(level.id, view.indicator.id, day).iterrows():
            status, source = str(row["status"]), str(row["source_id"] or "")
            cells.append((status, row["note"]))
            figures.add(f"{area} {day}", row["value"], status, source)
    found = compare(city, level.id, view.indicator.id, days[0], days[-1])
    if found.areas["change"].notna().any():
        headline = of_comparison(city, found)
        figures.rely(found.city.figures)
    else:
        asked = (city, view.indicator, level.id, days[-1])
        headline = headlines.of_level(*asked)
        figures.rely(headlines.figures_of_level(*asked))
    title = f"{view.indicator.title.de}, {len(days)} Stichtage auf einer Skala"
    slide = figures.shown(draft.titled(title), headline, content, span(days), draft.notes)
    return slide.remarked(*estimates(cells, "Werten"))


def _bounds(draft: _Draft) -> Shown:
    city, level = draft.city, draft.city.catalogue.level(draft.view.level)
    layers = city.layers
    there = divisions_with_boundaries(city.catalogue, layers, level.id)
    if len(there) < 2:
        raise ViewError(
            f"{level.plural}: Grenzen liegen für {len(there)} Gliederung(en) vor, erwartet "
            "wenigstens zwei."
        )
    before = earlier_division(there).read(draft.address, draft.notes)
    after = later_division(there, before).read(draft.address, draft.notes)
    asked = _number(draft.address, TOLERATED, 100 * TOLERANCE, "Toleranz", draft.notes)
    tolerance = asked / 100
    try:
        found = between(city.catalogue, city.register, layers, level.id, before, after, tolerance)
    except (DivisionError, BoundaryError) as error:
        raise ViewError(str(error)) from error
    figures = Evidence(city)
    for area, share in cut_anew(found).items():
        figures.add(str(area), float(share), str(Status.COMPUTED))
    tested = divisions_carrying.tested(city, found, level.id, (before, after))
    trial = UNTESTED if tested is None else tested.words(city.catalogue)
    content: Figure = content_of.cut(level.id, found, (before, after), draft.selected())
    title = f"{change_views.CUT}, {level.plural}"
    if draft.part(MAP, TABLE) == TABLE:
        content, title = (
            Table(rows=_kinds(found, before, after)),
            f"Was aus den {formats.dative(level.plural)} wurde",
        )
    origins = [layers[level.id, each] for each in (before, after)]
    shown = figures.shown(
        title,
        divisions_sentence(found, level.plural, before, after),
        content,
        f"{before} bis {after}",
        draft.notes,
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


def _told(city: City, found: Comparison) -> Evidence:
    """Gather the figures of a comparison."""
    figures = Evidence(city)
    for area, row in found.areas.iterrows():
        for side, day in (("before", found.start), ("after", found.end)):
            status, source = str(row[f"status_{side}"]), str(row[f"source_{side}"])
            figures.add(f"{area} {day}", row[side], status, source)
    for day, whole in ((found.start, found.city.before), (found.end, found.city.after)):
        figures.add(f"{city.catalogue.city.id} {day}", whole)
    figures.rely(found.city.figures)
    return figures
