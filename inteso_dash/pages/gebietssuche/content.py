"""What the page draws, as plain data: maps, tables, distances."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from inteso_dash.city import City
from inteso_dash.language.statuses import Status
from inteso_dash.measures.conditions import Outcome
from inteso_dash.pages.gebietssuche import conditions, similar
from inteso_dash.pages.gebietssuche.conditions import AreaSearch
from inteso_dash.pages.gebietssuche.similar import Similar
from inteso_dash.pages.gebietssuche.texts import MET_SIGN, NEAR_SIGN, NEARLY, OUTCOMES, TEXTS
from inteso_dash.session.maps import ScreenMap
from inteso_dash.views import scope
from inteso_dash.views.colours import ABOVE_ALL, NEAR, OTHERS, PICKED
from inteso_dash.views.dated import DatedIndicator
from inteso_dash.views.figures import Bar, Bars, Table
from inteso_dash.views.map_view import Kinds, Scale, Snapshot
from inteso_dash.views.maps import Marks
from inteso_dash.views.shown import signed_table, span

_FIRST, _CONDITIONS, _FEATURES = 12, 4, 3
"""Rows, conditions and features that a slide has room for."""


@dataclass(frozen=True, kw_only=True)
class NumberedMap(ScreenMap):
    """A map some of whose areas bear numbers, in their order; ``numbered`` are key and name."""

    numbered: tuple[tuple[str, str], ...]

    @property
    def all_marks(self) -> tuple[Marks, ...]:
        """The numbers, each with the name of its area."""
        return tuple(
            Marks(str(rank), name, (area,), TEXTS["numbers"])
            for rank, (area, name) in enumerate(self.numbered, 1)
        )


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
    kinds = Kinds(
        (OUTCOMES[Outcome.MISSED], f"{NEAR_SIGN} {NEARLY}", OUTCOMES[Outcome.MET]),
        ("", NEAR_SIGN, ""),
    )
    return ScreenMap(
        level=found.choice.level,
        scale=Scale(TEXTS["map_title"], "", 0, kinds.classes, (OTHERS, NEAR, PICKED), kinds),
        shown=(_snapshot(found.columns, values),),
        selected=selected if selected and city.has_area(found.choice.level, selected) else None,
        when=span(each.day for each in found.columns),
        missing=OUTCOMES[Outcome.OPEN],
        remarks=pd.Series(
            {area: conditions.why(city, found, str(area)) for area in values.index}, dtype=object
        ),
        card=() if selected is None else _card(found.columns, selected),
    )


def similar_map(city: City, shown: Similar) -> NumberedMap:
    """Work out the map of an area and those most like it, by their numbers."""
    level, area, nearest = shown.choice.level, shown.choice.area, shown.nearest
    values = pd.Series(float("nan"), index=shown.columns[0].cells.index)
    values[shown.found.distance.index] = 0.0
    values[nearest], values[area] = 1.0, 2.0
    kinds = Kinds((TEXTS["others"], TEXTS["ten"].format(count=len(nearest)), TEXTS["self"]))
    title = TEXTS["alike_map"].format(name=city.name(level, area))
    far = {
        str(other): TEXTS["distance_of"].format(distance=similar.distance_words(float(own)))
        for other, own in shown.found.distance.items()
    }
    left_out = dict.fromkeys(shown.left_out, TEXTS["why_not"].format(least=shown.choice.least))
    numbered = tuple((other, city.name(level, other)) for other in nearest)
    return NumberedMap(
        level=level,
        scale=Scale(title, "", 0, kinds.classes, (OTHERS, PICKED, ABOVE_ALL), kinds),
        shown=(_snapshot(shown.columns, values),),
        selected=area,
        when=span(each.day for each in shown.columns),
        missing=TEXTS["alike_missing"],
        note=", ".join(f"{rank} {name}" for rank, (_, name) in enumerate(numbered, 1)),
        remarks=pd.Series({**far, **left_out}, dtype=object),
        card=_card(shown.columns, area),
        numbered=numbered,
    )


def _snapshot(columns: Iterable[DatedIndicator], values: pd.Series[float]) -> Snapshot:
    """Return kinds of areas, and areas of which the kind cannot be said, as a map draws them."""
    cells = pd.DataFrame({"value": values, "source_id": "", "note": ""})
    cells["status"] = [
        str(Status.NOT_DELIVERED if pd.isna(each) else Status.MEASURED) for each in values
    ]
    return Snapshot(max(each.day for each in columns), cells, values * float("nan"), None)


def _card(columns: Iterable[DatedIndicator], area: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (each.name, each.write(float(value)))
        for each in columns
        if area in each.written_values.index and not pd.isna(value := each.written_values[area])
    )


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
    level, order = city.catalogue.level(found.choice.level), found.order[:most]
    table = {
        "Ergebnis": [found.word(area) for area in order],
        level.title.de: [f"{city.name_beside_key(level.id, area)} ({area})" for area in order],
    }
    for step, keys in scope.above(city, level.id).loc[order].items():
        named = [city.name(str(step), key) if isinstance(key, str) else "" for key in keys]
        table[city.catalogue.level(str(step)).title.de] = named
    for place, own in enumerate(found.columns):
        table[_head(own, place, found.columns)] = [
            f"{own.cell(area)} {MET_SIGN}" if found.state(area, place) else own.cell(area)
            for area in order
        ]
    return pd.DataFrame(table, index=order)


def _head(own: DatedIndicator, place: int, columns: tuple[DatedIndicator, ...]) -> str:
    """Head a column; of an indicator that two conditions name, with their numbers."""
    twice = sum(each.indicator.id == own.indicator.id for each in columns) > 1
    return f"{place + 1}. {own.head}" if twice else own.head


def similar_table(city: City, shown: Similar) -> pd.DataFrame:
    """Return an area and those most like it, as text.

    Parameters
    ----------
    city : City
    shown : Similar

    Returns
    -------
    DataFrame
        Index area_id; Rang, the area, Abstand, näher als, in what it differs most, how many
        features both have where that is not all of them, and one column a feature.
    """
    level, choice, found = city.catalogue.level(shown.choice.level), shown.choice, shown.found
    order = [str(area) for area in found.distance.index[: similar.TEN]]
    gaps = bool((found.common[order] < len(choice.features)).any())
    rows = []
    for rank, area in enumerate([choice.area, *order]):
        own = rank == 0
        row = {
            "Rang": "" if own else str(rank),
            level.title.de: f"{city.name_beside_key(level.id, area)} ({area})",
            "Abstand": "" if own else similar.distance_words(float(found.distance[area])),
            "näher als … der Paare": "" if own else similar.share_words(float(shown.farther[area])),
            "unterscheidet sich vor allem in": "" if own else similar.differing_words(shown, area),
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


def search_slide(city: City, found: AreaSearch) -> Table:
    """Return the first areas as a table for a slide."""
    level = city.catalogue.level(found.choice.level).title.de
    values = [_head(own, place, found.columns) for place, own in enumerate(found.columns)]
    return _slide(search_table(city, found, _FIRST)[[level, "Ergebnis", *values[:_CONDITIONS]]])


def similar_slide(city: City, shown: Similar) -> Table:
    """Return an area and those most like it as a table for a slide, with the first features."""
    level = city.catalogue.level(shown.choice.level)
    rows = []
    for rank, area in enumerate([shown.choice.area, *shown.nearest]):
        name = city.name(level.id, area)
        far = 0.0 if rank == 0 else float(shown.found.distance[area])
        rows.append(
            {
                level.title.de: f"{rank} {name}" if rank else name,
                "Abstand": similar.distance_words(far),
                "größter Unterschied": similar.differing_words(shown, area, 1) if rank else "",
                **{each.head: each.cell(area) for each in shown.columns[:_FEATURES]},
            }
        )
    return _slide(pd.DataFrame(rows))


def _slide(table: pd.DataFrame) -> Table:
    return signed_table((tuple(table.columns), *table.itertuples(index=False, name=None)))
