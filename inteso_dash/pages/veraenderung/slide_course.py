"""Slides of the page Veränderung: areas over time, broken where they cannot be compared."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.city.breaks import breaks
from inteso_dash.language.formats import date as written
from inteso_dash.pages.veraenderung import comparison as change_comparison
from inteso_dash.pages.veraenderung.charts import course_lines
from inteso_dash.pages.veraenderung.comparison import Measure, tells_percent
from inteso_dash.pages.veraenderung.series import Mode, series, shown
from inteso_dash.pages.veraenderung.words import break_marks, sentence
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import UNKNOWN, Evidence, Shown, ViewError, known, span

SECTION = "verlauf"
_INDEX = "Index, {base} = 100"
_SINCE = "Veränderung seit Beginn"


def show(city: City, address: Address) -> Shown:
    """Show what the page on change shows at an address.

    Raises
    ------
    ViewError
        Where fewer than two Stichtage can be shown.
    """
    notes: list[str] = []
    indicator, level = what(city, address, notes)
    root, own = city.catalogue.root.id, city.catalogue.city.id
    days = {written(day): day for day in city.dates(level, indicator.id)}
    if len(days) < 2:
        raise ViewError(
            f"{indicator.title.de}: gefunden {len(days)} Stichtag(e) auf dieser Ebene, erwartet "
            "wenigstens zwei."
        )
    first, *_, last = days.values()
    start = known(address.get("v_von"), days, first, "Beginn", notes)
    end = known(address.get("v_bis"), days, last, "Ende", notes)
    areas = _areas(city, level, address, notes) or _known_areas(city, indicator, level, start, end)
    modes = {str(mode): mode for mode in Mode}
    mode = known(address.get("v_darstellung"), modes, Mode.ABSOLUTE, "Anzeige", notes)
    places = [(level, area) for area in areas]
    apart = mode is Mode.ABSOLUTE and indicator.kind == "extensive"
    if level != root and not (apart and places):
        places.append((root, own))
    points = series(city, indicator.id, places, start, end)
    base = known(address.get("v_basis"), days, start, "Basis", notes)
    percent = tells_percent(indicator)
    told = shown(points, mode, base, percent=percent)
    if told["date"].nunique() < 2:
        raise ViewError("Für diese Gebiete und Stichtage gibt es keine zwei vergleichbaren Werte.")
    figures = Evidence(city)
    for row in told.to_dict("records"):
        key = f"{row['level']} {row['area_id']} {row['date']}"
        figures.add(key, float(row["value"]), str(row["status"]), str(row["source_id"]))
    cuts = [
        cut
        for each, rows in told.groupby("level", sort=False)
        for cut in breaks(city, indicator.id, str(each), rows["date"].tolist())
    ]
    unit, decimals, neutral, label = _axis(indicator, mode, base)
    sources = [city.source_titles(ids) for ids in told["source_id"]]
    drafted = f"{indicator.title.de}, {sentence(city, indicator, level, _first(told))}"
    title = f"{indicator.title.de}, {label}"
    content = course_lines(
        told.assign(source=sources),
        break_marks(cuts, city.catalogue),
        unit,
        decimals,
        reference=own if level != root else "",
        neutral=neutral,
        title=title,
        words=drafted,
    )
    return figures.shown(title, drafted, content, span(told["date"]), notes)


def _first(told: pd.DataFrame) -> pd.DataFrame:
    """Return the points of the first area drawn that has two which can be compared."""
    drawn = [own for _, own in told.groupby(["level", "area_id"], sort=False)]
    several = (own for own in drawn if (own["segment"] == own["segment"].max()).sum() > 1)
    return next(several, drawn[0])


def what(city: City, address: Address, notes: list[str]) -> tuple[Indicator, str]:
    """Read indicator and level of the page on change from an address."""
    catalogue = city.catalogue
    titles = {each.title.de: each.id for each in catalogue.indicators}
    first = next(iter(catalogue.start.key_figures), catalogue.start.indicator)
    indicator = known(address.get("v_indikator"), titles, first, "Indikator", notes)
    names = {each.plural if each.parent else each.title.de: each.id for each in catalogue.levels}
    level = known(address.get("v_ebene"), names, catalogue.start.profile_level, "Ebene", notes)
    return catalogue.indicator(indicator), level


def _areas(city: City, level: str, address: Address, notes: list[str]) -> list[str]:
    found = []
    for label in address.get_all("v_gebiete"):
        area = label.partition(" ")[0]
        if city.has_area(level, area):
            found.append(area)
        else:
            notes.append(UNKNOWN.format(label="Gebiet", found=label[:60], shown="keines"))
    return found


def _known_areas(
    city: City, indicator: Indicator, level: str, start: dt.date, end: dt.date
) -> list[str]:
    """Return the study areas that have values on both days."""
    both = city.known(level, indicator.id, start).index.intersection(
        city.known(level, indicator.id, end).index
    )
    if level == city.catalogue.root.id:
        return [city.catalogue.city.id]
    studied = [each.area for each in city.catalogue.study_areas if each.level == level]
    return [area for area in studied if area in both]


def _axis(indicator: Indicator, mode: Mode, base: dt.date) -> tuple[str, int, float | None, str]:
    """Return unit, decimals, neutral value and title of what a mode shows."""
    if mode is Mode.INDEX:
        return "", 1, 100.0, _INDEX.format(base=written(base))
    if mode is Mode.ABSOLUTE:
        return indicator.unit, indicator.decimals, None, indicator.unit
    percent = tells_percent(indicator)
    measure = Measure.PERCENT if percent else Measure.ABSOLUTE
    unit = change_comparison.unit(indicator, measure)
    return unit, change_comparison.decimals(indicator, measure), 0.0, f"{_SINCE}, {unit}"
