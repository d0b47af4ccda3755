"""What an address of the page Unterbringung says, and the figures that it yields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd

from inteso_dash.catalogue.city import Accommodation
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.language.formats import date as written
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.pages.unterbringung import history as accommodation_history
from inteso_dash.pages.unterbringung import situation as accommodation_situation
from inteso_dash.pages.unterbringung.charts import (
    development_lines,
    difference_bars,
    form_bars,
    lorenz_curve,
)
from inteso_dash.pages.unterbringung.content import figure_map, layers_over, scenario_map
from inteso_dash.pages.unterbringung.fairness import (
    KeyPart,
    Parts,
    asked_key,
    concentration,
    fairness,
    key_of_all,
    key_parts,
    need_estimates,
    needs,
    site_limit,
)
from inteso_dash.pages.unterbringung.proposal import ASKED, asked_wish, find, which
from inteso_dash.pages.unterbringung.proposal_content import (
    costs_table,
    proposal_bars,
    proposal_map,
    proposal_words,
    why_none,
)
from inteso_dash.pages.unterbringung.scenario import (
    CHANGE,
    ScenarioResult,
    compute,
    has_position,
    read_plan,
)
from inteso_dash.pages.unterbringung.scenario_border import (
    border,
    border_sentence,
    radii,
    scenario_border_pairs,
)
from inteso_dash.pages.unterbringung.scenario_compare import (
    BESIDE,
    MOST_BESIDE,
    NamedScenario,
    compared_lines,
    compared_table,
    compared_title,
    mapped,
    named,
    read_beside,
)
from inteso_dash.pages.unterbringung.scenario_content import (
    areas_table,
    first_key,
    months_table,
    no_areas_words,
    scenario_lines,
    sources,
)
from inteso_dash.pages.unterbringung.sentences import registered_points
from inteso_dash.pages.unterbringung.situation import (
    MEASURES,
    MappedFigure,
    Situation,
    dates,
    situation,
)
from inteso_dash.pages.unterbringung.tables import (
    PART_TITLES,
    group_name,
    key_sources,
    situation_sources,
)
from inteso_dash.pages.unterbringung.texts import NO_FIGURES, PERSONS, SCENARIO
from inteso_dash.views import headlines
from inteso_dash.views.addresses import title_of
from inteso_dash.views.figures import Figure
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import (
    UNKNOWN,
    Evidence,
    Offer,
    Shown,
    ViewError,
    known,
    signed_table,
    span,
)

DISTRIBUTION, FAIRNESS, CONCENTRATION, DEVELOPMENT, FORMS, POINTS, SCENARIOS = (
    "verteilung",
    "gerechtigkeit",
    "konzentration",
    "entwicklung",
    "formen",
    "anlaufstellen",
    "szenario",
)
_SECTIONS = {
    "Verteilung": DISTRIBUTION,
    "Gerechtigkeit": FAIRNESS,
    "Konzentration": CONCENTRATION,
    "Entwicklung": DEVELOPMENT,
    "Formen": FORMS,
}
LEVEL, DATE, AREA, OVER = "u_ebene", "u_stichtag", "u_gebiet", "u_kreise"


@dataclass(frozen=True)
class AccommodationView:
    """What all sections show: which one, of which level, at which Stichtag."""

    section: str
    level: str
    date: dt.date


def read(
    city: City, declared: Accommodation, address: Address, notes: list[str]
) -> AccommodationView:
    """Read what an address says; what does not exist is noted, and shown as the page begins.

    Raises
    ------
    ViewError
        Where the city has no such figures.
    """
    offered = accommodation_situation.levels(city)
    if not offered:
        raise ViewError(NO_FIGURES)
    level = levels(city, offered).read(address, notes)
    day = days_of(DATE, dates(city, level)).read(address, notes)
    return AccommodationView(sections(declared).read(address, notes), level, day)


def sections(declared: Accommodation) -> Offer[str]:
    """Return the sections by the titles that they have in this city."""
    titles = {**_SECTIONS, declared.points.plural: POINTS, "Szenario": SCENARIOS}
    return Offer("u_bereich", "Bereich", titles, DISTRIBUTION)


def levels(city: City, offered: Sequence[str]) -> Offer[str]:
    """Return some levels by their plurals."""
    plurals = {city.catalogue.level(level).plural: level for level in offered}
    return Offer(LEVEL, "Ebene", plurals, offered[0])


def days_of(key: str, days: Iterable[dt.date], first: dt.date | None = None) -> Offer[dt.date]:
    """Return Stichtage, the newest on top and chosen first where no other is."""
    ordered = sorted(days, reverse=True)
    return Offer(key, "Stichtag", {written(day): day for day in ordered}, first or ordered[0])


def form_days(city: City, date: dt.date) -> Offer[dt.date] | None:
    """Return the Stichtage of the forms, which are counted on days of their own.

    First is the one that goes with a Stichtag of the persons; None where there is none.
    """
    first = accommodation_history.form_day(city, date)
    days = accommodation_history.form_days(city)
    return None if first is None else days_of("u_formentag", days, first)


def measures(shown: Situation) -> Offer[MappedFigure]:
    """Return the figures that the map can show, the persons where none has a value."""
    known_ones = [each for each in MEASURES if shown.areas[each.id].notna().any()]
    titles = {each.title: each for each in known_ones or MEASURES[:1]}
    return Offer("u_was", "Karte zeigt", titles, next(iter(titles.values())))


@dataclass
class _Draft:
    """What every section has at hand."""

    city: City
    declared: Accommodation
    address: Address
    shown: Situation
    figures: Evidence
    notes: list[str]

    @property
    def where(self) -> str:
        """Place of the whole city, first letter in upper case."""
        city = self.city.catalogue
        place = headlines.locative(self.city, city.root.id, city.city.id) or city.city.name
        return place[0].upper() + place[1:]


def shown_levels(city: City) -> list[str]:
    """Return levels of which the page can show an area, the one it begins with first."""
    declared = city.catalogue.accommodation
    return [] if declared is None else list(accommodation_situation.levels(city))


COURSE, TABLE, MAP, BORDER = "verlauf", "tabelle", "karte", "grenzen"
PLACED, PLACED_MAP, COSTS = "vorschlag", "vorschlag_karte", "vorschlag_kosten"
BESIDE_COURSE, BESIDE_TABLE = "vergleich", "vergleich_tabelle"


def figures_of(city: City, address: Address) -> dict[str, str]:
    """Return what a slide can show of a view, title → id: one thing only, but of a scenario."""
    declared = city.catalogue.accommodation
    if declared is None or sections(declared).read(address, []) != SCENARIOS:
        return {}
    found = {
        SCENARIO["title"]: COURSE,
        SCENARIO["table"]: TABLE,
        SCENARIO["map_title"]: MAP,
    }
    if city.sites["lon"].notna().any() or any(map(has_position, address.get_all(CHANGE))):
        found[SCENARIO["border"]] = BORDER
    if address.get(ASKED) is not None:
        found |= {
            SCENARIO["proposal_map_title"]: PLACED_MAP,
            SCENARIO["proposal_bars"]: PLACED,
            SCENARIO["costs"]: COSTS,
        }
    beside = len(address.get_all(BESIDE)[:MOST_BESIDE])
    if beside:
        found[SCENARIO["compared_free"]] = BESIDE_COURSE
    found[compared_title(beside + 1)] = BESIDE_TABLE
    return found


def show(city: City, address: Address, figure: str = "") -> Shown:
    """Show the section of the accommodation page that an address names.

    Raises
    ------
    ViewError
        Where the city has no such figures.
    """
    declared = city.catalogue.accommodation
    if declared is None:
        raise ViewError(NO_FIGURES)
    notes: list[str] = []
    view = read(city, declared, address, notes)
    shown = situation(city, view.level, view.date)
    draft = _Draft(city, declared, address, shown, Evidence(city), notes)
    sections_by_id: dict[str, Callable[[_Draft], _Made]] = {
        DISTRIBUTION: _distribution,
        FAIRNESS: _fairness,
        CONCENTRATION: _concentration,
        DEVELOPMENT: _development,
        FORMS: _forms,
        POINTS: _points,
        SCENARIOS: partial(_scenario, figure=figure),
    }
    title, drafted, content, date = sections_by_id[view.section](draft)
    slide = draft.figures.shown(title, drafted, content, date, notes)
    return replace(slide, statuses=SCENARIO["status"]) if view.section == SCENARIOS else slide


_COMPARED = (BESIDE_COURSE, BESIDE_TABLE)
_PROPOSED = (PLACED, PLACED_MAP, COSTS)
_Made = tuple[str, str, Figure, str]


def _distribution(draft: _Draft) -> _Made:
    city, shown = draft.city, draft.shown
    measure = measures(shown).read(draft.address, draft.notes)
    asked_over = draft.address.get(OVER)
    sizes = None if asked_over is None else title_of(asked_over, layers_over(shown))
    if asked_over is not None and sizes is None:
        draft.notes.append(UNKNOWN.format(label="Darüber", found=asked_over[:60], shown="nichts"))
    selected = draft.address.get(AREA)
    if selected is not None and not city.has_area(shown.level, selected):
        draft.notes.append(f"Das Gebiet „{selected[:60]}“ gibt es auf dieser Ebene nicht.")
        selected = None
    per = selected is not None and not np.isnan(float(shown.areas["rate"].loc[selected]))
    _evidence(draft, measure, per=per)
    indicator = city.catalogue.indicator(draft.declared.persons)
    root, whole = city.catalogue.root.id, city.catalogue.city.id
    asked = (city, indicator, *((root, whole) if selected is None else (shown.level, selected)))
    drafted = headlines.of_area(*asked, shown.date)
    draft.figures.rely(headlines.figures(*asked, shown.date))
    if selected is not None and per:
        drafted = f"{drafted.partition(';')[0].removesuffix('.')}, {_rates(draft, selected)}."
    date = written(shown.date)
    if shown.population_date is not None and (per or measure.id == "rate"):
        date += f", Einwohner vom {written(shown.population_date)}"
    level = city.catalogue.level(shown.level)
    content = figure_map(shown, measure, sizes, selected)
    return f"{measure.title}, {level.plural}", drafted, content, date


def _rates(draft: _Draft, area: str) -> str:
    """Say what the persons of an area are per inhabitants, and the same of the city."""
    shown = draft.shown
    own, whole = float(shown.areas["rate"].loc[area]), float(shown.total["rate"])
    said = f"das sind {formats.number(own, 1)} je 1.000 Einwohner"
    if shown.population_date is not None and shown.population_date != shown.date:
        said += f" vom {written(shown.population_date)}"
    if np.isnan(whole):
        return said
    declared = draft.city.catalogue.city
    place = declared.locative or f"{declared.name}:"
    return f"{said}; {place} {formats.number(whole, 1)} je 1.000"


def _evidence(draft: _Draft, measure: MappedFigure, *, per: bool) -> None:
    """Note what is drawn, with the status of each figure, and what it was worked out from."""
    city, shown, names = draft.city, draft.shown, draft.declared
    counted = {"persons": names.persons, "places": names.places, "usable": names.usable}
    counts = counted.get(measure.id, names.persons)
    cells = accommodation_situation.published(city, shown.level, counts, shown.date)
    known = cells[cells["value"].notna()]
    for area_id, row in shown.areas.iterrows():
        status, source = str(row["status"]), str(row["source_id"])
        if measure.id in counted and area_id in known.index:
            status, source = (str(known.at[area_id, each]) for each in ("status", "source_id"))
        elif not np.isnan(float(row[measure.id])):
            status = str(Status.COMPUTED)
        draft.figures.add(str(area_id), row[measure.id], status, source)
    draft.figures.add(city.catalogue.city.id, shown.total[measure.id])
    if measure.id in ("free", "occupancy"):
        draft.figures.cite(situation_sources(city, shown))
    if per:
        draft.figures.add("rate", shown.total["rate"], str(Status.COMPUTED))
    if (per or measure.id == "rate") and shown.population_date is not None:
        for level in (shown.level, city.catalogue.root.id):
            people = city.values(level, names.population, shown.population_date)
            draft.figures.cite(people.loc[people["value"].notna(), "source_id"])


def _fairness(draft: _Draft) -> _Made:
    city, shown = draft.city, draft.shown
    need = needs(city, shown.level).read(draft.address, draft.notes)
    parts = key_parts(city, shown, need)
    if parts.reason:
        raise ViewError(parts.reason)
    key = asked_key(draft.declared, parts, draft.address, "u")
    result = fairness(parts, key)
    names = tuple(group_name(shown, parts, area) for area in result.table.index)
    values = tuple(float(value) for value in result.table["difference"])
    for name, (area_id, row) in zip(names, result.table.iterrows(), strict=True):
        known_area = area_id in shown.areas.index
        source = str(shown.areas.at[area_id, "source_id"]) if known_area else ""
        draft.figures.add(name, row["difference"], str(Status.COMPUTED), source)
    draft.figures.cite(key_sources(city, shown, parts, [part for part in key if key[part]]))
    highest = max(range(len(values)), key=values.__getitem__)
    most = values[highest]
    used = ", ".join(
        f"{PART_TITLES[part]} {formats.with_unit(weight, 0, '%')}"
        for part, weight in key.items()
        if weight
    )
    name = names[highest]
    drafted = (
        f"{name[0].upper()}{name[1:]} am {written(shown.date)}: "
        f"{formats.counted(most, *PERSONS)} über dem Soll ({used})."
        if formats.rounded(most, 0)
        else f"Am {written(shown.date)} lag kein Gebiet über oder unter dem Soll ({used})."
    )
    title = f"Untergebrachte über und unter dem Soll ({used})"
    date = _based(shown, parts, [part for part, weight in key.items() if weight])
    bars = difference_bars(result.table, names)
    if key[KeyPart.NEED]:
        bars = replace(
            bars, note=" ".join([bars.note, *need_estimates(city, shown, parts)]).strip()
        )
    return title, drafted, bars, date


def _based(shown: Situation, parts: Parts, used: Sequence[KeyPart]) -> str:
    """Write the Stichtag of the persons and of what they are set against."""
    days = [f"{PART_TITLES[part]} vom {written(parts.dates[part])}" for part in used]
    return ", ".join((written(shown.date), *days))


def _concentration(draft: _Draft) -> _Made:
    shown = draft.shown
    parts = key_parts(draft.city, shown)
    found = concentration(shown, parts, site_limit(draft.city)[0])
    if found.lorenz is None or found.gini is None:
        raise ViewError(found.reason)
    for area_id, row in shown.known.iterrows():
        draft.figures.add(str(area_id), row["persons"], row["status"], row["source_id"])
    draft.figures.add("gini", found.gini, str(Status.COMPUTED))
    draft.figures.cite(key_sources(draft.city, shown, parts, (KeyPart.POPULATION,)))
    least = "mindestens " if found.lower_bound else ""
    names = [""] + [group_name(shown, parts, key) for key in found.lorenz.index[1:]]
    drafted = (
        f"Gini-Koeffizient der Verteilung am {written(shown.date)}: "
        f"{least}{formats.number(found.gini, 3)} (0 = überall gleiche Last)."
    )
    content = lorenz_curve(found.lorenz, names, f"{least}{formats.number(found.gini, 3)}")
    return content.title, drafted, content, _based(shown, parts, (KeyPart.POPULATION,))


def _development(draft: _Draft) -> _Made:
    city = draft.city
    series = accommodation_history.series(city)
    if series.empty:
        raise ViewError("Es gibt keine Reihe der untergebrachten Personen.")
    declared = draft.declared
    ids = {
        city.catalogue.indicator(each).short.de: each
        for each in (declared.persons, declared.places, *declared.statuses)
    }
    for row in series.to_dict("records"):
        key = f"{row['series']} {row['date']}"
        status = _status(city, ids.get(str(row["series"])), row["date"])
        draft.figures.add(key, float(row["value"]), status, str(row["source_id"]))
    title = city.catalogue.indicator(declared.persons).short.de
    persons = series[series["series"] == title].sort_values("date")
    root = city.catalogue.root.id
    place = headlines.locative(city, root, city.catalogue.city.id) or city.catalogue.city.name
    drafted = f"{title} {place}"
    if not persons.empty:
        days, values = persons["date"].tolist(), persons["value"].tolist()
        first, last = _at(values[0], days[0]), _at(values[-1], days[-1])
        at = values.index(max(values))
        most = _at(values[at], days[at])
        drafted += f": {', '.join(dict.fromkeys((first, last)))}"
        drafted += f"; am meisten {most}" if most not in (first, last) else ""
    drafted += "."
    sources = [city.source_titles(ids) for ids in series["source_id"]]
    content = development_lines(series.assign(source=sources), draft.declared.events)
    return content.title, drafted, content, span(series["date"])


def _at(value: float, day: dt.date) -> str:
    return f"{formats.number(value, 0)} am {written(day)}"


def _status(city: City, indicator_id: str | None, day: dt.date) -> str:
    """Return the status of a figure of the whole city; computed where no indicator holds it."""
    root, own = city.catalogue.root.id, city.catalogue.city.id
    cell = None if indicator_id is None else city.cell(root, own, indicator_id, day)
    return str(Status.COMPUTED if cell is None else cell["status"])


def _forms(draft: _Draft) -> _Made:
    offered = form_days(draft.city, draft.shown.date)
    if offered is None:
        raise ViewError("Zu den Formen der Unterbringung gibt es keine Zahlen.")
    day = offered.read(draft.address, draft.notes)
    forms, ids = accommodation_history.forms(draft.city, day)
    names = {form.title: form.places for form in draft.declared.forms}
    for form, row in forms.iterrows():
        status = _status(draft.city, names.get(str(form)), day)
        draft.figures.add(str(form), row["places"], status, ids)
    named, total = forms[forms.index != ""], float(forms["places"].sum())
    if named.empty or not total:
        raise ViewError("Zu den Formen der Unterbringung sind keine Plätze angegeben.")
    most = named["places"].idxmax()
    places = float(named["places"].max())
    drafted = (
        f"{draft.where} gab es {formats.number(total, 0)} Plätze; die meisten mit einer genannten "
        f"Form: {most}, {formats.number(places, 0)} "
        f"({formats.with_unit(places / total * 100, 1, '%')})."
    )
    content = form_bars(forms)
    return content.title, drafted, content, written(day)


def _points(draft: _Draft) -> _Made:
    called = draft.declared.points
    points = accommodation_history.points(draft.city, draft.shown)
    if points.empty:
        raise ViewError(f"Es sind keine {called.plural} verzeichnet.")
    sign = STATUS_MEANINGS[Status.NOT_DELIVERED].sign
    rows = [("Name", "Gebiete", "Träger", "Untergebrachte je Stelle")]
    for row in points.to_dict("records"):
        name, areas, operator = (str(row[key]) for key in ("name", "areas", "operator"))
        per = float(row["per_point"])
        amount = sign if pd.isna(per) else formats.number(per, 0)
        rows.append((name, areas, operator or sign, amount))
        draft.figures.add(f"{name}, {areas}, {operator}", per, None, str(row["source_id"]))
    drafted = f"{draft.where} {registered_points(list(points['name']), called)} verzeichnet."
    return (
        called.plural,
        drafted,
        signed_table(rows),
        ", ".join(dict.fromkeys(formats.published(str(day)) for day in points["date"])),
    )


def _scenario(draft: _Draft, figure: str) -> _Made:
    city, level = draft.city, draft.shown.level
    plan = read_plan(city, level, draft.address, draft.notes)
    result = compute(city, level, plan)
    others = read_beside(
        city, level, draft.address.get_all(BESIDE), partial(compute, city, level), draft.notes
    )
    shown = named([*others.values(), result])
    part = known(figure, figures_of(city, draft.address), COURSE, "den Teil", draft.notes)
    for each in shown:
        draft.figures.cite(sources(city, each.result))
    compared = part in _COMPARED and len(shown) > 1
    lines = compared_lines(shown) if compared else scenario_lines(result)
    for course in lines.courses:
        for point in course.points:
            draft.figures.add(f"{course.name} {point.date}", point.value)
    content: Figure = lines
    title, said = lines.title, lines.words
    end = SCENARIO["until"].format(start=written(plan.start), end=written(result.days[-1]))
    if part == BESIDE_TABLE:
        title, content = compared_title(len(shown)), compared_table(city, shown)
    elif part == TABLE:
        title, content = SCENARIO["table"], months_table(result)
    elif part == MAP:
        title, content = _scenario_map(draft, shown)
    elif part == BORDER:
        title, said, content = _scenario_border(draft, result)
    elif part in _PROPOSED:
        title, said, content = _proposed(draft, result, part)
        end = written(plan.start)
    if plan.title and part not in _COMPARED:
        title = f"{title}, {plan.title}"
        content = replace(lines, title=title) if content is lines else content
    return title, said, content, end


def _scenario_map(draft: _Draft, shown: Sequence[NamedScenario]) -> tuple[str, Figure]:
    drawn = mapped(shown)
    if drawn is None:
        raise ViewError(no_areas_words(shown[-1].result))
    one = {each.name: each for each in shown}[drawn.read(draft.address, draft.notes)]
    parts = key_of_all(draft.city, one.result.start.shown)
    table = areas_table(one.result, parts, first_key(draft.declared, parts))
    if table is None:
        raise ViewError(SCENARIO["by_area"])
    scenario = scenario_map(draft.shown.level, one.result.days[-1], table)
    draft.figures.cite(key_sources(draft.city, one.result.start.shown, parts))
    other = one.name != shown[-1].name
    return f"{scenario.scale.title}, {one.name}" if other else scenario.scale.title, scenario


def _scenario_border(draft: _Draft, result: ScenarioResult) -> tuple[str, str, Figure]:
    city, level = draft.city, draft.shown.level
    found = border(city, level, result, radii().read(draft.address, draft.notes))
    if found is None:
        raise ViewError(SCENARIO["no_border"])
    for area, row in found.counted.iterrows():
        draft.figures.add(f"{area} {found.radius}", row["reached"])
    names = [city.name(level, str(area)) for area in found.counted.index]
    pairs = scenario_border_pairs(result, found, names)
    return pairs.title, border_sentence(city, level, result, found), pairs


def _proposed(draft: _Draft, result: ScenarioResult, part: str) -> tuple[str, str, Figure]:
    city, shown = draft.city, result.start.shown
    parts = key_of_all(city, shown)
    wish = asked_wish(draft.declared, parts, result.plan, draft.address, draft.notes)
    if wish is None:
        raise ViewError(SCENARIO["no_proposal"])
    found = find(shown, parts, wish)
    if not found.proposal.placements:
        raise ViewError(why_none(found))
    placement = found.proposal.placements[which(found).read(draft.address, draft.notes)]
    for area, count in placement.placed.items():
        draft.figures.add(f"{area} neu", float(count))
    draft.figures.cite(key_sources(city, shown, parts))
    said = proposal_words(shown, found, placement)
    if part == COSTS:
        return SCENARIO["costs"], said, costs_table(shown, found)
    if part == PLACED_MAP:
        drawn = proposal_map(shown, found, placement)
        return drawn.scale.title, said, drawn
    bars = proposal_bars(shown, found, placement)
    return bars.title, said, bars
