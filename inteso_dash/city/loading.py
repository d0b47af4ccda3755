"""How a city comes of its folder: tables read, figures completed, small numbers protected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd

from inteso_dash.catalogue import Catalogue, CatalogueError, read_catalogue
from inteso_dash.city import (
    City,
    aggregation,
    disclosure,
    indices,
    load_city,
    own_areas,
    revisions,
)
from inteso_dash.city.aggregation.ancestors import Bridges
from inteso_dash.city.aggregation.contradictions import contradictions
from inteso_dash.city.disclosure import DISCLOSURE_RULES, beside
from inteso_dash.city.disclosure.beside import apart, as_all_see
from inteso_dash.city.disclosure.cost import COST_RULE, Cost
from inteso_dash.city.disclosure.releases import Release
from inteso_dash.city.disclosure.sites import Sites, summed
from inteso_dash.city.lookup import Lookup
from inteso_dash.city.overlay import bridges as overlay_bridges
from inteso_dash.city.pieces import Pieces
from inteso_dash.folders import folder_hash
from inteso_dash.language.statuses import Status
from inteso_dash.tables.coded import plain
from inteso_dash.tables.sources import CityData, Delivery, read_city
from inteso_dash.tables.sources.kept import KeptTables


def unfolded(city: City) -> City:
    """Write the texts of a city's figures out, and lay the own areas of its folder over it.

    Parameters
    ----------
    city : City
        As `load_coded` returns it.
    """
    return own_areas.with_declared(replace(city, figures=plain(city.figures)))


def load_coded(
    root: Path,
    deliveries: Sequence[Delivery] = (),
    shared: City | None = None,
    step: Callable[[str], None] = lambda _: None,
    pieces: Pieces | None = None,
) -> City:
    """Load a city as `load_city` does, without own areas and with each text of its figures once.

    Parameters
    ----------
    root, deliveries, shared
        As there.
    step : callable, optional
        Is told each step before it begins.
    pieces : Pieces, optional
        What is kept of former loads; asked only where all sources are public, of tables only
        where none is read beside the folder.

    Returns
    -------
    City
        Its figures are coded (`tables.coded`) where all sources are public.
    """
    step("Tabellen lesen und prüfen")
    catalogue = read_catalogue(root).extended(delivery.table for delivery in deliveries)
    contents = {delivery.table.id: delivery.content for delivery in deliveries}
    if catalogue.secret_sources:
        pieces = None
    kept = None if pieces is None or deliveries else KeptTables(pieces, root, catalogue)
    read = beside.without_remarks(read_city(root, catalogue, contents, kept), catalogue)
    if read.without_areas(catalogue):
        raise CatalogueError(read.without_areas(catalogue))
    set_aside: tuple[pd.Timestamp, ...] = ()
    unchanged: frozenset[pd.Timestamp] = frozenset()
    everybodys = (shared or load_city(root)).official if deliveries else None
    if everybodys is not None:
        loaded = {source.id for each in deliveries for source in each.table.sources}
        read, set_aside = apart(read, loaded, everybodys.secret_days, catalogue)
        unchanged = everybodys.secret_days - set(set_aside)
    published, replaced = revisions.latest(read.coded, catalogue)
    step("Quoten und Summen bilden")

    @cache
    def bridges() -> Bridges:
        step("Gliederungen vergleichen")
        return _bridges(root, read, published, catalogue)

    known = (read.merged, read.register, catalogue, bridges)
    if pieces is None:
        completed = aggregation.complete(published, *known)
    else:
        kept_before = pieces.of(root, catalogue, read, published)
        completed = aggregation.complete(published, *known, kept_before)
    step("Kleine Zahlen schützen")
    counted = summed(read.sites, read.register, catalogue)
    whole = counted.added_to(completed)
    protected = disclosure.protect(
        whole[~whole["date"].isin(list(unchanged))] if unchanged else whole,
        read.register,
        read.merged,
        catalogue,
        counted.uncertain,
        _shown_before(read, catalogue, counted, bridges),
    )
    secret = beside.secret_tables(catalogue, read.printed)
    replaced = beside.older(replaced, protected.figures, protected.days, catalogue)
    figures = revisions.noted(protected.figures, published, replaced, catalogue)
    costs = dict(protected.costs)
    told = list(protected.findings)
    if everybodys is not None:
        figures = as_all_see(figures, everybodys.figures, unchanged)
        replaced = as_all_see(replaced, everybodys.replaced, unchanged)
        costs |= {day: everybodys.costs[day] for day in unchanged if day in everybodys.costs}
        own = set(DISCLOSURE_RULES) - {COST_RULE}
        told += [each for each in everybodys.findings if each.rule in own]
    hidden = replaced.loc[replaced["status"] == str(Status.SUPPRESSED), "date"]
    found = City(
        root=root,
        catalogue=beside.declared(catalogue, secret),
        register=read.register,
        figures=figures,
        replaced=replaced,
        printed=beside.printed(read.printed, figures, catalogue),
        sites=counted.sites,
        points=read.points,
        crosswalks=read.crosswalks,
        merged=read.merged,
        findings=(
            *beside.findings(read.findings, catalogue, secret),
            *dict.fromkeys(told),
            *filter(None, [sum(costs.values(), Cost()).finding()]),
        ),
        data_hash=folder_hash(
            root,
            contents,
            {Path(catalogue.table(key).file).stem for key in secret} | set(secret),
            figures.to_csv(index=False).encode() if secret else b"",
        ),
        recomputed=_recomputed(figures, read.merged, catalogue),
        secret_days=protected.days | unchanged | frozenset(hidden),
        set_aside=tuple(day.date() for day in set_aside),
        costs=costs,
    )
    if catalogue.indices:
        step("Indizes bilden")
    return indices.with_indices(found, published)


def _bridges(root: Path, read: CityData, published: pd.DataFrame, catalogue: Catalogue) -> Bridges:
    """Return how earlier divisions reach the current ones; boundaries out of order tell nothing."""
    from inteso_dash.boundaries.layers import usable_layers

    layers = usable_layers(root)
    return overlay_bridges.bridges(catalogue, read.register, layers, read.crosswalks, published)


def _shown_before(
    read: CityData, catalogue: Catalogue, counted: Sites, bridges: Callable[[], Bridges]
) -> Mapping[pd.Timestamp, Release]:
    """Return what was shown of Stichtage for which protected figures were delivered in turn."""
    releases: Mapping[pd.Timestamp, Release] = {}
    for figures in revisions.earlier(read.coded, catalogue, catalogue.secret_sources):
        published, _ = revisions.latest(figures, catalogue)
        completed = aggregation.complete(published, read.merged, read.register, catalogue, bridges)
        whole = counted.added_to(completed)
        releases = disclosure.protect(
            whole[whole["date"].isin(completed["date"].unique())],
            read.register,
            read.merged,
            catalogue,
            counted.uncertain,
            releases,
        ).releases
    return releases


def _recomputed(
    figures: pd.DataFrame, merged: pd.DataFrame, catalogue: Catalogue
) -> dict[tuple[str, str, dt.date], pd.DataFrame]:
    rows = contradictions(figures, merged, catalogue)
    if rows.empty:
        return {}
    ratios = figures[figures["indicator_id"].isin(rows["indicator_id"].unique())]
    where = Lookup.of(ratios, catalogue)
    found = {}
    for key, own in rows.groupby(["level", "indicator_id", "date"]):
        place = (str(key[0]), str(key[1]), pd.Timestamp(str(key[2])).date())
        shown = own[own["division"] == where.division(*place)]
        found[place] = shown.set_index("area_id")[["value", "rounding_error"]]
    return found
