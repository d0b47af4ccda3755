"""Who lives near the border of an area in a scenario: sites whose position is public, no others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import geopandas
import pandas as pd

from inteso_dash.boundaries.layers import in_metres
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.measures.distribution import within_reach
from inteso_dash.measures.scenario import evenly_filled
from inteso_dash.pages.unterbringung.charts import border_pairs
from inteso_dash.pages.unterbringung.scenario import POSITION, ScenarioResult
from inteso_dash.pages.unterbringung.scenario_content import sources
from inteso_dash.pages.unterbringung.sheet import FileTable
from inteso_dash.pages.unterbringung.tables import border_sheet
from inteso_dash.pages.unterbringung.texts import SCENARIO, SCENARIO_STATUS
from inteso_dash.views.figures import Pairs
from inteso_dash.views.shown import Offer

_RADII = (100, 250, 500, 1000, 2000)
_FIRST = 500
_NAMED = 6


@dataclass(frozen=True)
class BorderFound:
    """Persons in every area and within a radius of it, at the end of a scenario.

    Attributes
    ----------
    counted : DataFrame
        As of `distribution.within_reach`, most persons within reach first; only sites with a
        position count. Where others have none, areas that no site counted is near are left out.
    radius : float
        Metres.
    sites : int
        Rows with places at the end.
    without : Series
        Persons of those of them that have no position, by name.
    """

    counted: pd.DataFrame
    radius: float
    sites: int
    without: pd.Series[float]


def radii() -> Offer[int]:
    """Return the radii that can be asked for, in metres."""
    titles = {f"{formats.number(each, 0)} m": each for each in _RADII}
    return Offer("s_umkreis", SCENARIO["radius"], titles, _FIRST)


def border(city: City, level: str, result: ScenarioResult, radius: float) -> BorderFound | None:
    """Count persons near every area, as if all places were occupied alike.

    Parameters
    ----------
    city : City
    level : str
    result : ScenarioResult
        Its first assumption counts, at its most persons.
    radius : float
        Metres.

    Returns
    -------
    BorderFound or None
        None where no site with places has a position, or places or boundaries are not known.
    """
    layer = city.layers.get((level, city.catalogue.level(level).current.id))
    places = result.rows[result.days[-1]].astype(float)
    whole = float(result.courses[0][1].table["persons_high"].iloc[-1])
    own = pd.Series(places.index, index=places.index)
    persons = evenly_filled(places, own, whole).reindex(places.index)[places > 0]
    positions = result.positions.loc[persons.index]
    known = positions.notna().all(axis=1)
    if layer is None or persons.isna().any() or not known.any():
        return None
    areas = in_metres(layer)
    at = [positions.loc[known, each] for each in POSITION]
    points = geopandas.GeoSeries.from_xy(*at, index=at[0].index, crs="EPSG:4326")
    counted = within_reach(areas, points.to_crs(areas.crs), persons[known], radius)
    ordered = counted.sort_values("reached", ascending=False, kind="stable")
    if not known.all():
        ordered = ordered[ordered["reached"] > 0]
    return BorderFound(ordered, radius, len(persons), persons[~known])


def border_words(result: ScenarioResult, found: BorderFound) -> str:
    """Say how it is counted, and who is left out because a position is not public."""
    said = [SCENARIO["border_note"].format(radius=formats.number(found.radius, 0))]
    if len(found.without):
        ordered = found.without.sort_values(ascending=False, kind="stable")
        names = result.start.rows["name"].reindex(ordered.index)
        names = names.fillna(pd.Series(ordered.index, index=ordered.index))
        words = "border_without" if result.start.sites else "border_rest"
        said.append(
            SCENARIO[words].format(
                count=formats.number(len(ordered), 0),
                sites=formats.number(found.sites, 0),
                names=formats.listed(names, most=_NAMED),
                persons=formats.number(float(ordered.sum()), 0),
            )
        )
    return " ".join(said)


def border_sentence(city: City, level: str, result: ScenarioResult, found: BorderFound) -> str:
    """Name the area that most persons live near without living in it."""
    outside = found.counted["reached"] - found.counted["inside"]
    area = str(outside.idxmax())
    reached = found.counted["reached"]
    return SCENARIO["border_words"].format(
        date=formats.date(result.days[-1]),
        name=city.name(level, area),
        radius=formats.number(found.radius, 0),
        reached=formats.number(float(reached[area]), 0),
        outside=formats.number(float(outside[area]), 0),
    )


def scenario_border_pairs(
    result: ScenarioResult, found: BorderFound, names: Sequence[str]
) -> Pairs:
    """Draw persons inside every area, and how many more there are near it."""
    drawn = border_pairs(found.counted, names)
    return replace(
        drawn,
        title=SCENARIO["border"],
        words=f"{SCENARIO_STATUS}. {drawn.words}",
        note=f"{SCENARIO['note']} {border_words(result, found)}",
        assumed=True,
    )


def scenario_border_sheet(
    city: City, level: str, result: ScenarioResult, found: BorderFound
) -> FileTable:
    """List persons inside every area, and inside it or near it, at the end of the scenario."""
    sheet = border_sheet(city, result.start.shown, found.counted, found.radius)
    table = sheet.table.assign(
        Status=SCENARIO_STATUS,
        Stichtag=result.plan.start,
        Quelle=city.source_titles(sources(city, result)),
        Hinweis=border_words(result, found),
    )
    return FileTable(SCENARIO["border"], table, (*sheet.file_only, "Hinweis"))
