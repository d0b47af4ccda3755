"""Maps of plain data as the component of the map draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from inteso_dash.boundaries.encoded import Geometry
from inteso_dash.catalogue.own_areas import OwnLevel
from inteso_dash.city import City
from inteso_dash.drawing.area_map.data import (
    Card,
    Frame,
    MapData,
    Overlay,
    Square,
    status_letters,
)
from inteso_dash.drawing.area_map.signs import Signs, Spot, SpotList
from inteso_dash.drawing.area_map.symbols import Symbols
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.session import own_areas, store
from inteso_dash.views.addresses import profile_address
from inteso_dash.views.colours import CIRCLE_COLOURS, on_dark
from inteso_dash.views.map_view import Kinds, Snapshot
from inteso_dash.views.maps import Circles, Map, Marks

COLOURS = "Farben der Gebiete"
"""What the colours of the areas that a map shows are called beside it."""

NO_MAP = "Für diese Ebene liegen keine Grenzen vor."
"""Where `ScreenMap.on_screen` returns None."""


@dataclass(frozen=True, kw_only=True)
class ScreenMap(Map):
    """A map that a page, a slide and paper draw alike.

    Attributes
    ----------
    moments : tuple of Snapshot
        Stichtage between which the screen moves; those of ``shown`` where empty.
    remarks : Series, optional
        Index area_id: what stands in place of the status of an area where not empty.
    card : tuple of (str, str), optional
        Further figures of the selected area, label and value.
    lit : int, optional
        Class whose areas stand out.
    """

    moments: tuple[Snapshot, ...] = ()
    remarks: pd.Series | None = None
    card: tuple[tuple[str, str], ...] | None = None
    lit: int | None = None

    def on_screen(self, city: City) -> MapData | None:
        """Return what the component of the map draws; None where there are no boundaries."""
        level, scale = city.catalogue.level(self.level), self.scale
        earlier = self.division not in {"", level.current.id}
        geometry = store.geometries().get((level.id, self.division or level.current.id))
        if geometry is None:
            return None
        order = list(geometry.area_ids)
        remarks = () if self.remarks is None else tuple(self.remarks.reindex(order).fillna(""))
        selected = self.selected if self.selected in order else None
        card = None
        if self.card is not None and selected is not None:
            profile = own_areas.along(profile_address(level.id, selected)).url
            card = Card(selected, self.card, "" if earlier else profile)
        return MapData(
            geometry_url=geometry.asset.url,
            count=len(order),
            areas_label=level.plural,
            title=scale.title,
            frames=tuple(
                frame(each, order, "" if self.several else self.when, remarks)
                for each in self.moments or self.shown
            ),
            breaks=scale.classes.breaks,
            colors_light=scale.colours,
            colors_dark=on_dark(scale.colours),
            reference_label=city.catalogue.city.name,
            unit=scale.unit,
            decimals=scale.decimals,
            selected=selected,
            overlays=overlays(city, level.id, earlier=earlier),
            card=card,
            symbols=_symbols(self.circles, order),
            places=_places(self.circles, geometry),
            signs=signs(self.all_marks, order),
            signed=self.signed,
            table=False,
            missing=self.missing,
            kinds=None if scale.kinds is None else scale.kinds.names,
            square=_square(scale.kinds),
            lit=self.lit,
            keyless=isinstance(level, OwnLevel),
        )


def _square(kinds: Kinds | None) -> Square | None:
    both = None if kinds is None else kinds.square
    return None if kinds is None or both is None else Square(*both, *kinds.bounds)


def frame(
    layer: Snapshot, order: list[str], when: str = "", remarks: tuple[str, ...] = ()
) -> Frame:
    """Return the values of a Stichtag in the order of the areas of a geometry.

    Parameters
    ----------
    layer : Snapshot
    order : list of str
        Keys of areas.
    when : str
        Stands in place of the Stichtag where not empty.
    remarks : tuple of str
        One an area, or none.
    """
    values, placed = layer.values.reindex(order), layer.ranks.reindex(order)
    return Frame(
        when or formats.date(layer.date),
        tuple(None if pd.isna(each) else float(each) for each in values["value"]),
        status_letters(values["status"].fillna(str(Status.NOT_DELIVERED)).tolist()),
        tuple(None if pd.isna(rank) else int(rank) for rank in placed),
        layer.reference,
        remarks,
    )


def overlays(
    city: City, level: str, *, headed: bool = False, earlier: bool = False
) -> tuple[Overlay, ...]:
    """Return the boundaries of the higher levels below the city, and last those of own areas.

    Over own areas lie those of the highest level, and their own colours.

    Parameters
    ----------
    city : City
    level : str
    headed : bool
        Whether the table of the map says in which of their areas an area lies.
    earlier : bool
        Whether the areas are those of an earlier division: over them lie levels that never changed.
    """
    outlines = store.geometries()
    catalogue = city.catalogue
    above = [catalogue.level(each) for each in catalogue.ancestors(level)[:-1]]
    if isinstance(catalogue.level(level), OwnLevel):
        headed = False
        highest = (each for each in catalogue.levels if each.parent == catalogue.root.id)
        above = [each for each in highest if not isinstance(each, OwnLevel)]
    made = [each for each in catalogue.levels if isinstance(each, OwnLevel)]
    laid = [
        Overlay(
            outlines[each.id, each.current.id].asset.url,
            each.plural,
            each.title.de if headed else "",
            each.id,
        )
        for each in above
        if (each.id, each.current.id) in outlines and (not earlier or len(each.divisions) == 1)
    ]
    for each in made:
        colours = {area.id: area.colour for area in each.own.areas if area.colour}
        if (each.id, each.current.id) in outlines and (colours or each.id != level):
            url = outlines[each.id, each.current.id].asset.url
            own = each.id == level
            title = COLOURS if own else each.plural
            laid.append(Overlay(url, title, "", each.id, made=True, colours=colours, first=own))
    return tuple(laid)


def signs(marks: Sequence[Marks], order: Sequence[str]) -> Signs | None:
    """Put the signs of several kinds of areas together; an area bears one."""
    if not marks:
        return None
    borne = {area: kind for kind, each in enumerate(marks) for area in each.areas}
    kinds = tuple((each.sign, each.meaning) for each in marks)
    return Signs(marks[0].title, kinds, tuple(borne.get(area) for area in order))


def _symbols(circles: Circles | None, order: Sequence[str]) -> Symbols | None:
    if circles is None or circles.points is not None:
        return None
    names = tuple(name or circles.unit for name in circles.parts)
    amounts = circles.amounts.reindex(list(order)).itertuples(index=False, name=None)
    return Symbols(
        circles.title,
        circles.unit,
        names,
        CIRCLE_COLOURS["light"][: len(names)],
        CIRCLE_COLOURS["dark"][: len(names)],
        tuple(None if any(map(pd.isna, row)) else tuple(map(float, row)) for row in amounts),
    )


def _places(circles: Circles | None, geometry: Geometry) -> SpotList | None:
    if circles is None or circles.points is None:
        return None
    from inteso_dash.boundaries.payload import map_units

    where = circles.points.x.tolist(), circles.points.y.tolist()
    units = map_units(*where, geometry.frame, geometry.crs)
    named = zip(units, circles.labels, strict=True)
    spots = tuple(Spot(x, y, *label) for (x, y), label in named)
    light, dark = CIRCLE_COLOURS["light"][0], CIRCLE_COLOURS["dark"][1]
    return SpotList(circles.title, circles.unit, light, dark, spots)
