"""What the page works out once for all sessions, and its map for the screen."""

from __future__ import annotations

import math

import pandas as pd

from inteso_dash.catalogue.own_areas import OwnLevel
from inteso_dash.city import City
from inteso_dash.drawing.area_map.data import Card, Frame, MapData, status_letters
from inteso_dash.drawing.area_map.signs import Signs
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.pages.handlungsbedarf import index
from inteso_dash.pages.handlungsbedarf.index import Need, NeedChoice
from inteso_dash.pages.handlungsbedarf.texts import SIGN, TEXTS
from inteso_dash.session import own_areas
from inteso_dash.session.editions import cached
from inteso_dash.session.maps import overlays
from inteso_dash.session.store import city, geometries
from inteso_dash.views.addresses import profile_address
from inteso_dash.views.colours import on_dark

_CHOICES = 64


@cached()
def levels() -> tuple[str, ...]:
    """Return the levels that the page shows, the one first that it begins with."""
    return tuple(index.shown_levels(city()))


@cached(max_entries=_CHOICES)
def need(_choice: NeedChoice, key: str) -> Need:
    """Return what the page shows of a choice (`ViewError` where there is nothing).

    Parameters
    ----------
    _choice : NeedChoice
    key : str
        The choice as text.
    """
    return index.need(city(), _choice)


def need_map(city: City, shown: Need, selected: str | None) -> MapData | None:
    """Return the map of the page; None where there are no boundaries."""
    level = city.catalogue.level(shown.choice.level)
    geometry = geometries().get((level.id, level.current.id))
    if geometry is None:
        return None
    order, scale, layer = list(geometry.area_ids), shown.scale, shown.layer
    values = layer.values.reindex(order)
    status = values["status"].fillna(str(Status.NOT_DELIVERED))
    frame = Frame(
        formats.date(layer.date),
        tuple(None if pd.isna(each) else float(each) for each in values["value"]),
        status_letters(status.tolist()),
        tuple(None if pd.isna(rank) else int(rank) for rank in layer.ranks.reindex(order)),
        notes=tuple(
            "" if pd.isna(number) == pd.isna(note) or not pd.isna(number) else str(note)
            for number, note in zip(values["value"], values["note"], strict=True)
        ),
    )
    shaky = set(shown.shaky)
    chosen = selected if selected and city.has_area(level.id, selected) else None
    return MapData(
        geometry_url=geometry.asset.url,
        count=len(order),
        areas_label=level.plural,
        title=scale.title,
        frames=(frame,),
        breaks=scale.classes.breaks,
        colors_light=scale.colours,
        colors_dark=on_dark(scale.colours),
        reference_label=city.catalogue.city.name,
        unit=scale.unit,
        decimals=scale.decimals,
        selected=chosen,
        overlays=overlays(city, level.id, headed=True),
        card=None if chosen is None else _card(city, shown, chosen),
        signs=Signs(
            TEXTS["marks"],
            ((SIGN, TEXTS["marked"]),),
            tuple(0 if area in shaky else None for area in order),
        )
        if shaky
        else None,
        table=False,
        keyless=isinstance(level, OwnLevel),
    )


def _card(city: City, shown: Need, area_id: str) -> Card:
    """Gather the parts of the selected area, in their units."""
    figures = []
    for part, values in shown.index.parts.items():
        indicator, value = city.catalogue.indicator(str(part)), float(values[area_id])
        if not math.isnan(value):
            written = formats.with_unit(value, indicator.decimals, indicator.unit)
            figures.append((indicator.short.de, written))
    if not pd.isna(shown.values[area_id]):
        kept = float(shown.stability.kept[area_id])
        figures.append((TEXTS["kept_class"], formats.with_unit(100 * kept, 0, "%")))
    return Card(
        area_id, tuple(figures), own_areas.along(profile_address(shown.choice.level, area_id)).url
    )
