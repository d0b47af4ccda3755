"""What all sessions share: the city, read once, and its geometry ready to be sent.

`cached` keeps the results of the shared city and of every edition apart (see
`inteso_dash.editions`). Only boundaries are the same in all editions.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from inteso_dash import (
    area_map,
    editions,
    figures,
    formats,
    geometry_payload,
    map_view,
    presenter,
    sequences,
    slides,
    small_maps,
)
from inteso_dash import profile as profiles
from inteso_dash.area_map.data import Frame, MapData, status_letters
from inteso_dash.assets import Asset
from inteso_dash.city import City, boundaries_folder, default_root, load_city
from inteso_dash.colours import on_dark
from inteso_dash.declarations.indicators import Indicator
from inteso_dash.disclosure import DISCLOSURE_RULES, beside
from inteso_dash.divisions import carrying as divisions_carrying
from inteso_dash.divisions.between import between
from inteso_dash.divisions.carrying import Carried, carry
from inteso_dash.editions import cached, edition
from inteso_dash.findings import Finding
from inteso_dash.intake.draft import Surroundings
from inteso_dash.layers import Layer, read_boundaries, undeclared, usable_layers
from inteso_dash.map_view import Choice, View
from inteso_dash.overlay.matching import Match
from inteso_dash.overlay.probes import Joined
from inteso_dash.profile_table import component
from inteso_dash.profile_table.data import Table
from inteso_dash.profile_table.printed import publications
from inteso_dash.profile_table.view import tables
from inteso_dash.slides.shown import Shown
from inteso_dash.statistics import Method
from inteso_dash.statuses import Status

if TYPE_CHECKING:
    import geopandas
    from plotly.graph_objects import Figure

AHEAD_ROUTE = "werte"
_RUN = secrets.token_hex(4)
_PROFILES, _MATCHES, _EDITIONS = 128, 32, 4

in_this_edition = editions.in_this_edition
"""Pages hand what it returns to download buttons."""


@st.cache_resource(show_spinner=False)
def shared_city() -> City:
    """Return the city that this server shows (`CatalogueError` if its folder is not in order)."""
    return load_city(default_root())


@cached(own_entries=_EDITIONS)
def city() -> City:
    """Return the city that this session sees (`CatalogueError` if its folder is not in order)."""
    mine = edition()
    here = shared_city()
    return here if mine is None else load_city(here.root, mine.deliveries, here)


@st.cache_resource(show_spinner=False)
def _layers() -> tuple[dict[tuple[str, str], Layer], tuple[Finding, ...]]:
    here, faults = shared_city(), list[Finding]()
    usable = usable_layers(here.root, boundaries_folder(here.catalogue), faults)
    known = {key: usable[key] for key in usable if key in here.catalogue.divisions}
    faults += [undeclared(layer) for key, layer in usable.items() if key not in known]
    return known, tuple(faults)


def layers() -> dict[tuple[str, str], Layer]:
    """Return the boundaries in use, as `usable_layers` chooses them."""
    return _layers()[0]


def withheld() -> tuple[Finding, ...]:
    """Return what this session does not see because it is not as declared or cannot be read."""
    return (*city().withheld, *_layers()[1])


@st.cache_resource(show_spinner=False)
def geometries() -> dict[geometry_payload.Key, geometry_payload.Geometry]:
    """Return the encoded boundaries by (level, division)."""
    here = shared_city()
    frames = {}
    for key, layer in layers().items():
        areas = read_boundaries(layer).sort_values("area_id", ignore_index=True)
        names = here.areas(*key)["name"]
        areas["name"] = [names.get(area_id, area_id) for area_id in areas["area_id"]]
        frames[key] = areas.to_crs(layer.measuring_crs)
    return geometry_payload.geometries(frames)


@st.cache_resource(show_spinner=False)
def shapes(level: str) -> geopandas.GeoSeries | None:
    """Return the polygons of a level's areas in metres, None where there are none in order."""
    layer = layers().get((level, shared_city().catalogue.level(level).current.id))
    if layer is None:
        return None
    return read_boundaries(layer).to_crs(layer.measuring_crs).set_index("area_id").geometry


@st.cache_resource(show_spinner=False, max_entries=_MATCHES)
def matched(level: str, before: str, after: str, tolerance: float) -> Match:
    """Return two divisions of a level laid over each other.

    Raises
    ------
    DivisionError, BoundaryError
        If boundaries are missing or cannot be read.
    """
    here = shared_city()
    return between(here.catalogue, here.register, layers(), level, before, after, tolerance)


@cached(max_entries=_PROFILES)
def carried(
    level: str,
    indicator_id: str,
    pair: tuple[str, str],
    days: tuple[dt.date, dt.date],
    method: divisions_carrying.Method,
    tolerance: float,
) -> Carried:
    """Return two Stichtage of an indicator, of two divisions, on the same areas."""
    found = matched(level, *pair, tolerance)
    return carry(city(), found, level, indicator_id, pair, days, method, layers())


@cached(max_entries=_MATCHES)
def tested(level: str, before: str, after: str, tolerance: float) -> Joined | None:
    """Return what figures of one day say of the common areas of two divisions, if there are any."""
    return divisions_carrying.tested(
        city(), matched(level, before, after, tolerance), level, (before, after)
    )


@st.cache_resource(show_spinner=False)
def assets() -> dict[str, Asset]:
    """Return everything that the server sends at hashed addresses, by file name."""
    served = [area_map.MODULE, presenter.MODULE, component.MODULE, small_maps.MODULE]
    served += [geometry.asset for geometry in geometries().values()]
    return {asset.name: asset for asset in served}


@cached(max_entries=2000, rare=map_view.made_up)
def view(choice: Choice) -> View:
    """Return the map view of a choice; shared by all sessions."""
    return map_view.view(city(), choice)


@cached(max_entries=_PROFILES)
def profile(level: str, area_id: str, others: tuple[tuple[str, str], ...] = ()) -> profiles.Profile:
    """Return the profile of an area beside others; shared by all sessions."""
    return profiles.profile(city(), level, area_id, others)


@cached(max_entries=_PROFILES)
def profile_tables(
    level: str, area_id: str, others: tuple[tuple[str, str], ...] = ()
) -> tuple[Table, ...]:
    """Return the tables of a profile."""
    return tables(city(), profile(level, area_id, others))


@cached(max_entries=_PROFILES)
def printed_profiles(level: str, area_id: str) -> tuple[Table, ...]:
    """Return the published profiles that show an area."""
    return tuple(publications(city(), profile(level, area_id).place))


@cached(max_entries=_PROFILES)
def age_chart(level: str, area_id: str, theme: str) -> tuple[Figure, str] | None:
    """Return the age structure of an area and the same in words, None where groups are missing."""
    place = profile(level, area_id).place
    bars = figures.age_bars(city(), profile(level, area_id))
    if not bars:
        return None
    whole = city().catalogue.city.name
    chart = figures.bar_chart(bars, place.name, whole, theme=theme)
    return chart, figures.bar_words(bars, place.name, whole)


@cached()
def area_labels(level: str) -> dict[str, str]:
    """Return the labels of a level's areas with their keys, in the order of the keys."""
    return {area_label(level, area_id): area_id for area_id in city().areas(level).index}


@cached()
def comparable_labels() -> dict[str, tuple[str, str]]:
    """Return the labels of all areas, which name the level, with level and key."""
    return {
        f"{label} ({level.title.de})": (level.id, area_id)
        for level in city().catalogue.levels
        for label, area_id in area_labels(level.id).items()
    }


def profile_address(level: str, area_id: str) -> dict[str, str]:
    """Return the query parameters that open the profile of an area."""
    title = city().catalogue.level(level).title.de
    return {"profilebene": title, "profil": area_label(level, area_id)}


def area_label(level: str, area_id: str) -> str:
    """Write an area as it stands in selections and addresses: key and name."""
    return f"{area_id} {city().name(level, area_id)}"


@cached()
def findings() -> tuple[Finding, ...]:
    """Return what the checks say of the shown city.

    Of tables that are not public a session sees no findings that only the tables it has loaded
    bring about: by loading one figure after the other, secret sums could be tried out.
    """
    from inteso_dash import checking

    mine, here = edition(), city()
    secret = beside.secret_tables(here.catalogue, here.printed)
    found = checking.check(here.root, () if mine is None else mine.deliveries)
    told = beside.findings(found, here.catalogue, secret)
    if mine is not None:
        known = masked_of_folder()
        told = tuple(each for each in told if each.message != beside.MASKED or each in known)
    return (*told, *(each for each in here.findings if each.rule in DISCLOSURE_RULES))


@st.cache_resource(show_spinner=False)
def masked_of_folder() -> frozenset[Finding]:
    """Return the findings of the folder alone in tables that are not public."""
    from inteso_dash import checking

    here = shared_city()
    secret = beside.secret_tables(here.catalogue, here.printed)
    told = beside.findings(checking.check(here.root), here.catalogue, secret)
    return frozenset(each for each in told if each.message == beside.MASKED)


@cached(own_entries=_EDITIONS)
def surroundings() -> Surroundings:
    """Return what a delivered file is compared with."""
    from inteso_dash import checking

    here = city()
    areas, tolerance, _ = checking.polygon_areas(here.root, here.catalogue)
    published = here.figures[here.figures["status"] != str(Status.COMPUTED)]
    return Surroundings(here.catalogue, here.register, published, areas, tolerance)


@cached()
def offered(levels: tuple[str, ...]) -> dict[str, list[Indicator]]:
    """Return topics with those of their indicators that some of these levels has values for."""
    here = city()
    topics = {
        topic.title.de: [
            indicator
            for indicator in here.catalogue.indicators
            if indicator.topic == topic.id
            and indicator.map
            and any(here.dates(level, indicator.id) for level in levels)
        ]
        for topic in here.catalogue.topics
    }
    return {title: found for title, found in topics.items() if found}


@cached(max_entries=2000, rare=map_view.made_up)
def frames(choice: Choice) -> tuple[Frame, ...]:
    """Return the values of a map by Stichtag, in the order of the geometry."""
    current = city().catalogue.level(choice.level).current.id
    order = list(geometries()[choice.level, current].area_ids)
    made = []
    for layer in view(choice).layers:
        values, placed = layer.values.reindex(order), layer.ranks.reindex(order)
        status = values["status"].fillna(str(Status.NOT_DELIVERED))
        made.append(
            Frame(
                date_label=formats.date(layer.date),
                values=tuple(None if pd.isna(each) else float(each) for each in values["value"]),
                status=status_letters(status.tolist()),
                ranks=tuple(None if pd.isna(rank) else int(rank) for rank in placed),
                reference=layer.reference,
            )
        )
    return tuple(made)


def blank_map(choice: Choice) -> MapData | None:
    """Return the map of a choice with nothing selected, None where there are no values.

    Pages complete it with what belongs to the reader: the Stichtag, the selection, overlays.
    """
    shown = view(choice)
    if not shown.layers:
        return None
    level, indicator = city().catalogue.level(choice.level), shown.indicator
    geometry = geometries()[(level.id, level.current.id)]
    return MapData(
        geometry_url=geometry.asset.url,
        count=len(geometry.area_ids),
        areas_label=level.plural,
        title=indicator.title.de,
        frames=frames(choice),
        breaks=shown.classes.breaks,
        colors_light=shown.colours,
        colors_dark=on_dark(shown.colours),
        reference_label=city().catalogue.city.name,
        unit=indicator.unit,
        decimals=indicator.decimals,
    )


def ahead_url(level: str, topic: str, method: Method, classes: int) -> str | None:
    """Return the address of `ahead`, None where a session sees figures of its own.

    It holds a token of this run of the program, in which figures do not change.
    """
    if edition() is not None:
        return None
    return f"{AHEAD_ROUTE}/{_RUN}/{level}/{topic}/{method}/{classes}"


@st.cache_resource(show_spinner=False, max_entries=500)
def ahead(level: str, topic: str, method: Method, classes: int) -> Asset:
    """Return the views of all indicators of a topic by their titles, for the map to draw at once.

    Raises
    ------
    KeyError
        If there are no boundaries of the level.
    """
    views = {}
    for indicator in city().catalogue.indicators:
        if indicator.topic == topic and indicator.map:
            drawn = blank_map(Choice(level, indicator.id, method, classes))
            if drawn is not None:
                views[indicator.title.de] = drawn.view_payload()
    body = json.dumps(views, ensure_ascii=False, separators=(",", ":")).encode()
    return Asset(topic, body, "application/json")


@cached(max_entries=2000, rare=map_view.made_up)
def sentence(choice: Choice, date: dt.date) -> str:
    """Return what a map shows, in words."""
    shown = view(choice)
    layer = next(each for each in shown.layers if each.date == date)
    return map_view.sentence(city(), shown, layer, choice.level)


@cached(max_entries=2000, rare=map_view.made_up)
def citation(choice: Choice, date: dt.date) -> str:
    """Return the sources of a map, written as a citation."""
    layer = next(each for each in view(choice).layers if each.date == date)
    ids = sorted({key for key in layer.values["source_id"] if key})
    return city().source_titles(", ".join(ids))


@st.cache_resource(show_spinner=False)
def shipped_sequences() -> dict[str, sequences.Sequence]:
    """Return the sequences of views that the city folder holds, by file name."""
    here = shared_city()
    return sequences.shipped(here.root, here.catalogue)[0]


@cached(max_entries=500, rare=map_view.made_up)
def slide(address: str, figure: str = "") -> Shown:
    """Return what the slide of an address shows (`slides.ViewError` where there is nothing)."""
    return slides.show(city(), sequences.Slide(address=address, figure=figure))
