"""What the page draws, as plain data: maps, tables, distances."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from inteso_dash.city import City
from inteso_dash.language.statuses import Status
from inteso_dash.measures.conditions import Outcome
from inteso_dash.pages.gebietssuche import conditions, similar
from inteso_dash.pages.gebietssuche.columns import LevelColumn
from inteso_dash.pages.gebietssuche.conditions import AreaSearch
from inteso_dash.pages.gebietssuche.similar import Similar
from inteso_dash.pages.gebietssuche.texts import MET_SIGN, NEAR_SIGN, NEARLY, OUTCOMES, TEXTS
from inteso_dash.session.maps import ScreenMap
from inteso_dash.views import scope
from inteso_dash.views.colours import ABOVE_ALL, NEAR, OTHERS, PICKED
from inteso_dash.views.figures import Bar, Bars, Table
from inteso_dash.views.map_view import Kinds, Scale, Snapshot
from inteso_dash.views.shown import signed_table, span

_FIRST = 12
_NONE = "–"


def search_map(city: City, found: AreaSearch, selected: str | None) -> ScreenMap:
    """Work out the map of what fulfils the conditions.

    Parameters
    ----------
    city : City
    found : AreaSearch
    selected : str or None
        Key of an area to outline and name.
    """
    values = found.outcome.map({Outcome.MISSED: 0.0, Outcome.MET: 2.0}).astype(float)
    values[found.near.index] = 1.0
    return _picked(
        city,
        found.choice.level,
        found.columns,
        TEXTS["map_title"],
        Kinds(
            (OUTCOMES[Outcome.MISSED], f"{NEAR_SIGN} {NEARLY}", OUTCOMES[Outcome.MET]),
            ("", NEAR_SIGN, ""),
        ),
        (OTHERS, NEAR, PICKED),
        values,
        remarks={str(area): conditions.why(city, found, str(area)) for area in values.index},
        missing=OUTCOMES[Outcome.OPEN],
        selected=selected,
    )


def similar_map(city: City, shown: Similar) -> ScreenMap:
    """Work out the map of an area and those most like it, by their numbers."""
    level, area, nearest = shown.choice.level, shown.choice.area, shown.nearest
    values = pd.Series(float("nan"), index=shown.columns[0].cells.index)
    values[shown.found.distance.index] = 0.0
    for rank, other in enumerate([*nearest, area], 1):
        values[other] = float(rank)
    numbered = [f"{rank} {city.name(level, other)}" for rank, other in enumerate(nearest, 1)]
    signs = [str(rank) for rank in range(1, len(nearest) + 1)]
    far = {
        str(other): TEXTS["distance_of"].format(distance=similar.distance_words(float(own)))
        for other, own in shown.found.distance.items()
    }
    left_out = dict.fromkeys(shown.left_out, TEXTS["why_not"].format(least=shown.choice.least))
    return _picked(
        city,
        level,
        shown.columns,
        TEXTS["alike_map"].format(name=city.name(level, area)),
        Kinds((TEXTS["others"], *numbered, TEXTS["self"]), ("", *signs, "")),
        (OTHERS, *[PICKED] * len(nearest), ABOVE_ALL),
        values,
        remarks={**far, **left_out},
        missing=TEXTS["alike_missing"],
        selected=area,
    )


def _picked(
    city: City,
    level: str,
    columns: Iterable[LevelColumn],
    title: str,
    kinds: Kinds,
    colours: tuple[str, ...],
    values: pd.Series[float],
    *,
    remarks: Mapping[str, str],
    missing: str,
    selected: str | None,
) -> ScreenMap:
    """Draw kinds of areas, and those of which the kind cannot be said."""
    own = list(columns)
    cells = pd.DataFrame({"value": values, "source_id": "", "note": ""})
    cells["status"] = [
        str(Status.NOT_DELIVERED if pd.isna(each) else Status.MEASURED) for each in values
    ]
    figures = [] if selected is None else _card(own, selected)
    return ScreenMap(
        level=level,
        scale=Scale(title, "", 0, kinds.classes, colours, kinds),
        shown=(Snapshot(max(each.date for each in own), cells, values * float("nan"), None),),
        selected=selected if selected and city.has_area(level, selected) else None,
        when=span(each.date for each in own),
        missing=missing,
        remarks=pd.Series(dict(remarks), dtype=object),
        card=tuple(figures),
    )


def _card(columns: Iterable[LevelColumn], area: str) -> list[tuple[str, str]]:
    return [
        (each.indicator.short.de, each.written(float(value)))
        for each in columns
        if area in each.values.index and not pd.isna(value := each.values[area])
    ]


def search_table(city: City, found: AreaSearch, most: int | None = None) -> pd.DataFrame:
    """Return all areas with what the conditions say of them, as text, what is found first.

    Parameters
    ----------
    city : City
    found : AreaSearch
    most : int, optional
        The first ones only.

    Returns
    -------
    DataFrame
        Index area_id; Ergebnis, the area, the areas above it, and one column a condition with a
        sign where it is fulfilled.
    """
    level = city.catalogue.level(found.choice.level)
    above = scope.above(city, level.id)
    rows = []
    for area in found.order[:most]:
        row = {
            "Ergebnis": found.word(area),
            level.title.de: f"{city.name_beside_key(level.id, area)} ({area})",
        }
        for step in above.columns:
            key = above[step][area]
            name = city.name(str(step), key) if isinstance(key, str) else _NONE
            row[city.catalogue.level(str(step)).title.de] = name
        for place, own in enumerate(found.columns):
            sign = f" {MET_SIGN}" if found.state(area, place) else ""
            row[_head(own, place, found.columns)] = f"{own.cell(area)}{sign}"
        rows.append(row)
    return pd.DataFrame(rows, index=found.order[:most])


def _head(own: LevelColumn, place: int, columns: tuple[LevelColumn, ...]) -> str:
    """Head a column; of an indicator that two conditions name, with their numbers."""
    twice = sum(each.indicator.id == own.indicator.id for each in columns) > 1
    return f"{place + 1}. {own.head}" if twice else own.head


def similar_table(city: City, shown: Similar, most: int = similar.TEN) -> pd.DataFrame:
    """Return an area and those most like it, as text.

    Parameters
    ----------
    city : City
    shown : Similar
    most : int
        So many beside the area itself.

    Returns
    -------
    DataFrame
        Index area_id; Rang, the area, Abstand, näher als, in what it differs most, how many
        features both have where that is not all of them, and one column a feature.
    """
    level, choice, found = city.catalogue.level(shown.choice.level), shown.choice, shown.found
    order = [str(area) for area in found.distance.index[:most]]
    gaps = bool((found.common[order] < len(choice.features)).any())
    rows = []
    for rank, area in enumerate([choice.area, *order]):
        own = rank == 0
        row = {
            "Rang": _NONE if own else str(rank),
            level.title.de: f"{city.name_beside_key(level.id, area)} ({area})",
            "Abstand": _NONE if own else similar.distance_words(float(found.distance[area])),
            "näher als … der Paare": _NONE
            if own
            else similar.share_words(float(shown.farther[area])),
            "unterscheidet sich vor allem in": _NONE
            if own
            else similar.differing_words(shown, area) or _NONE,
        }
        if gaps:
            common = len(choice.features) if own else int(found.common[area])
            row["gemeinsame Merkmale"] = f"{common} von {len(choice.features)}"
        row |= {each.head: each.cell(area) for each in shown.columns}
        rows.append(row)
    return pd.DataFrame(rows, index=[choice.area, *order])


def distances(city: City, shown: Similar) -> Bars:
    """Draw how far the most alike areas are, the nearest on top."""
    level = shown.choice.level
    title = TEXTS["bars"].format(name=city.name(level, shown.choice.area))
    bars = tuple(
        Bar(
            f"{rank} {city.name(level, area)}",
            float(shown.found.distance[area]),
            similar.distance_words(float(shown.found.distance[area])),
            told=similar.differing_words(shown, area),
        )
        for rank, area in enumerate(shown.nearest, 1)
    )
    return Bars(
        title=title,
        unit=TEXTS["distance_unit"],
        decimals=2,
        words=f"{title}. " + ", ".join(f"{bar.label} {bar.written}" for bar in bars),
        bars=bars,
    )


def slide_table(table: Callable[[int], pd.DataFrame], most: int = _FIRST) -> Table:
    """Return the first rows of a table for a slide, with the meaning of their signs."""
    rows = table(most)
    return signed_table((tuple(rows.columns), *rows.itertuples(index=False, name=None)))
