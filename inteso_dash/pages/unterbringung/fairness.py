"""Is that fair, and by which yardstick: targets after a key, and how concentrated persons are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash.catalogue.city import Accommodation
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.measures import distribution
from inteso_dash.pages.unterbringung.situation import Situation, accommodation, nearest_date
from inteso_dash.views.addresses import title_of
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import Offer, ViewError
from inteso_dash.views.statement import estimates

if TYPE_CHECKING:
    import geopandas

REST = "rest"
_OVERLAPPING = (
    "Die Gebiete überschneiden sich oder schneiden amtliche an: wer in zweien wohnt, zählte "
    "doppelt, und was angeschnitten ist, ist geschätzt. Ein Soll und Maße über alle Gebiete gibt "
    "es nur für Gebiete aus ganzen amtlichen, die sich nicht überschneiden."
)
_OUTSIDE = "{title}: nicht für das übrige Stadtgebiet bekannt."
"""Key of the areas without a figure, taken together."""
NEED = "u_bedarf"
"""Parameter of what stands for social need."""

_NO_WEIGHT = "Alle Gewichte des Schlüssels stehen auf null."
_MIN_GROUPS = 2
_FIRST_LIMIT = 100.0
_NO_RULE = "Eine eigene Regel der Stadt nennt der Datenordner nicht."
_CONTRADICTION = (
    "{title}: die Zahlen der Gebiete und der ganzen Stadt widersprechen einander; ein Soll lässt "
    "sich daraus nicht berechnen."
)


class KeyPart(StrEnum):
    """Parts of a key."""

    POPULATION = "population"
    AREA = "area"
    NEED = "need"


Key = Mapping[KeyPart, float]
"""Weights of the parts in percent, together 100."""


@dataclass(frozen=True)
class Parts:
    """What targets can be worked out from.

    Attributes
    ----------
    persons : Series
        Persons by area_id, and by `REST` where some areas have no figure of their own.
    amounts : DataFrame
        Same index; one column for every `KeyPart` that is known everywhere.
    dates : mapping
        Part → its Stichtag.
    absent : mapping
        Part → why it is not there.
    reason : str
        Why there can be no target at all; empty where there can.
    need : str
        Indicator that stands for social need.
    """

    persons: pd.Series[float]
    amounts: pd.DataFrame
    dates: Mapping[KeyPart, dt.date]
    absent: Mapping[KeyPart, str]
    reason: str = ""
    need: str = ""

    @property
    def has_rest(self) -> bool:
        """Whether areas had to be taken together."""
        return REST in self.persons.index


@dataclass(frozen=True)
class Fairness:
    """Persons beside their target.

    Attributes
    ----------
    table : DataFrame
        Index as `Parts.persons`; persons, share and target_share (0 to 1), target, lowest and
        highest target of all weightings (persons), difference (persons), quotient, verdict
        (`distribution.Verdict`).
    """

    table: pd.DataFrame


@dataclass(frozen=True)
class Concentration:
    """How unevenly persons are spread, compared with the population.

    ``lower_bound`` is true where several areas had to be taken together: the measures can only be
    higher.
    ``above`` is None, and ``above_reason`` says why, where no complete list of sites is there.
    """

    lorenz: pd.DataFrame | None
    gini: float | None
    dissimilarity: float | None
    reason: str
    lower_bound: bool
    above: float | None
    above_reason: str


def needs(city: City, level: str) -> Offer[str]:
    """Return what can stand for social need: the declared rate, and indices of the level.

    Parameters
    ----------
    city : City
    level : str

    Returns
    -------
    Offer
        Ids of indicators by their short titles, the declared one first. Of indices only those in
        which 1 is one standard deviation.
    """
    indices = [
        each.id for each in city.catalogue.indices if each.again and city.dates(level, each.id)
    ]
    first = accommodation(city).need
    ids = dict.fromkeys((first, *indices))
    titles = {city.catalogue.indicator(each).short.de: each for each in ids}
    return Offer(NEED, "Soziale Lage nach", titles, first)


def key_parts(city: City, shown: Situation, need: str = "") -> Parts:
    """Gather population, land and social need for every area with a figure and for the rest.

    Parameters
    ----------
    city : City
    shown : Situation
    need : str
        One of `needs`; the declared one by default.

    Returns
    -------
    Parts
        Amounts in the units of their indicators: persons, land, relieved population. A part is
        absent, with its reason, where an area has no figure or areas and city contradict each
        other.
    """
    known = shown.known
    persons = known["persons"].copy()
    if shown.rest is not None:
        persons[REST] = shown.rest.persons
    reason = _no_target(shown, persons)
    if reason:
        return Parts(pd.Series(dtype=float), pd.DataFrame(), {}, {}, reason)
    return _gathered(city, shown, known.index, persons, need)


def key_of_all(city: City, shown: Situation) -> Parts:
    """Gather the parts of the key for every area, also where its persons are not known.

    Returns
    -------
    Parts
        As of `key_parts`; persons are NaN where no source names them.
    """
    alone = replace(shown, rest=None)
    return _gathered(city, alone, shown.areas.index, shown.areas["persons"], "")


def _gathered(
    city: City, shown: Situation, areas: pd.Index[str], persons: pd.Series[float], need: str
) -> Parts:
    """Gather the parts for areas of their own, and for the rest where there is one."""
    names = accommodation(city)
    amounts = pd.DataFrame(index=persons.index)
    found: dict[KeyPart, dt.date] = {}
    absent: dict[KeyPart, str] = {}
    for part, indicator_id in ((KeyPart.POPULATION, names.population), (KeyPart.AREA, names.area)):
        day = nearest_date(city, shown.level, indicator_id, shown.date, areas)
        title = city.catalogue.indicator(indicator_id).title.de
        if day is None:
            absent[part] = f"{title}: nicht für alle Gebiete veröffentlicht."
            continue
        values = city.values(shown.level, indicator_id, day)["value"].astype(float)
        amounts[part] = values.reindex(persons.index)
        if shown.rest is not None:
            whole = city.reference(indicator_id, day) or 0.0
            amounts.loc[REST, part] = whole - values.reindex(areas).sum()
        if _contradicts(amounts[part]):
            amounts = amounts.drop(columns=part)
            absent[part] = _CONTRADICTION.format(title=title)
            continue
        found[part] = day
    need = need or names.need
    _add_need(city, shown, need, amounts, found, absent)
    reason = "" if found else "Weder Einwohner noch Fläche sind für die Gebiete veröffentlicht."
    return Parts(persons, amounts, found, absent, reason, need)


def asked_key(
    declared: Accommodation, parts: Parts, address: Address, prefix: str
) -> dict[KeyPart, float]:
    """Return the weights that an address asks for, in per cent; those of its preset by default.

    Parameters
    ----------
    declared : Accommodation
    parts : Parts
        What is not among them has no weight.
    address : Address
    prefix : str
        Of the parameters.

    Raises
    ------
    ViewError
        If nothing has a weight.
    """
    presets = {preset.title: preset for preset in declared.presets}
    title = title_of(address.get(f"{prefix}_schluessel") or "", presets)
    preset = declared.presets[0] if title is None else presets[title]
    weights = dict.fromkeys(KeyPart, 0.0)
    for part in KeyPart:
        asked = address.get(f"{prefix}_{part}")
        known = asked is not None and asked.isdecimal()
        weight = float(asked or 0) if known else float(getattr(preset, str(part)))
        weights[part] = weight * (part in parts.amounts)
    total = sum(weights.values())
    if not total:
        raise ViewError(_NO_WEIGHT)
    return {part: weight / total * 100 for part, weight in weights.items()}


def need_estimates(city: City, shown: Situation, parts: Parts) -> tuple[str, ...]:
    """Say which figures of social need are estimated, and how far they may be off."""
    day = parts.dates.get(KeyPart.NEED)
    if day is None:
        return ()
    cells = city.values(shown.level, parts.need, day)
    told = estimates(zip(cells["status"], cells["note"], strict=True), "Gebieten")
    return tuple(f"{each}." for each in told)


def _contradicts(amounts: pd.Series[float]) -> bool:
    """Say whether nothing can be divided after these amounts: one is below zero, or all are it."""
    return bool(amounts.min() < 0 or not amounts.sum() > 0)


def _no_target(shown: Situation, persons: pd.Series[float]) -> str:
    """Say why there can be no target; empty where there can."""
    if shown.overlapping:
        return _OVERLAPPING
    if shown.known.empty:
        return "Für die Gebiete sind an diesem Stichtag keine Zahlen veröffentlicht."
    partial = shown.rest is None and len(shown.known) < len(shown.areas)
    if partial and pd.isna(shown.total["persons"]):
        return (
            "Zahlen liegen nur für einen Teil der Gebiete vor und für die ganze Stadt an diesem "
            "Stichtag keine; ein Soll lässt sich deshalb nicht berechnen."
        )
    if partial or (persons < 0).any():
        return _CONTRADICTION.format(title="Untergebrachte Personen")
    if not persons.sum() > 0:
        return "An diesem Stichtag ist niemand untergebracht; es gibt nichts zu verteilen."
    return ""


def _add_need(
    city: City,
    shown: Situation,
    need: str,
    amounts: pd.DataFrame,
    found: dict[KeyPart, dt.date],
    absent: dict[KeyPart, str],
) -> None:
    """Add the relieved population, worked out from all areas of one Stichtag."""
    names = accommodation(city)
    everything = shown.areas.index
    day = nearest_date(city, shown.level, need, shown.date, everything)
    people = None if day is None else city.values(shown.level, names.population, day)["value"]
    is_index = city.catalogue.index(need) is not None
    of_all = 0.0 if day is None else city.reference(need, day) or 0.0
    title = city.catalogue.indicator(need).title.de
    known = people is not None and people.reindex(everything).notna().all()
    if day is None or people is None or not known or (of_all <= 0 and not is_index):
        absent[KeyPart.NEED] = f"{title}: nicht für alle Gebiete veröffentlicht."
        return
    if shown.rest is not None and shown.rest.outside:
        absent[KeyPart.NEED] = _OUTSIDE.format(title=title)
        return
    values = city.values(shown.level, need, day)["value"].astype(float)
    relieved = (
        distribution.relieved_by_index(people.astype(float), values)
        if is_index
        else distribution.relieved_population(people.astype(float), values, of_all)
    )
    added = relieved.reindex(amounts.index)
    if shown.rest is not None:
        added[REST] = relieved.reindex(list(shown.rest.areas)).sum()
    if _contradicts(added):
        absent[KeyPart.NEED] = _CONTRADICTION.format(title=title)
        return
    amounts[KeyPart.NEED] = added
    found[KeyPart.NEED] = day


def fairness(parts: Parts, key: Key) -> Fairness:
    """Work out the target of every area after a key, and what lies above or below it.

    Parameters
    ----------
    parts : Parts
        Without a reason against targets.
    key : mapping of KeyPart to float
        Weights in percent; 0 for parts that are absent.

    Raises
    ------
    ValueError
        If the weights do not sum to 100 or weigh a part that is absent.
    """
    unknown = [part for part, weight in key.items() if weight and part not in parts.amounts]
    if unknown:
        raise ValueError(f"key: found weight on {unknown}, expected only {list(parts.amounts)}")
    target = distribution.target_shares(parts.amounts, {str(part): key[part] for part in key})
    total = parts.persons.sum()
    possible = distribution.target_range(parts.amounts) * total
    table = pd.DataFrame(
        {
            "persons": parts.persons,
            "share": parts.persons / total,
            "target_share": target,
            "target": target * total,
            "lowest": possible["lowest"],
            "highest": possible["highest"],
            "difference": parts.persons - target * total,
            "quotient": distribution.location_quotient(parts.persons, target),
            "verdict": distribution.robustness(parts.persons, parts.amounts),
        }
    )
    return Fairness(table)


def site_limit(city: City) -> tuple[float, str]:
    """Return how many persons one site should hold by the city's own rule, and what it is.

    A city without a rule begins with a round number.
    """
    declared, root = accommodation(city).limit, city.catalogue.root.id
    days = city.dates(root, declared)
    value = city.reference(declared, days[-1]) if days else None
    if value is None:
        return _FIRST_LIMIT, _NO_RULE
    rule = city.catalogue.indicator(declared)
    amount = formats.with_unit(value, rule.decimals, rule.unit)
    return value, f"{rule.title.de} am {formats.date(days[-1])}: {amount}. {rule.meaning}"


def concentration(shown: Situation, parts: Parts, limit: float) -> Concentration:
    """Measure how unevenly persons are spread over areas and over sites.

    Parameters
    ----------
    shown : Situation
    parts : Parts
        Its population is what the persons are compared with.
    limit : float
        Persons; sites with more lie above it.
    """
    above, above_reason = _above(shown, limit)
    reason = parts.reason
    if not reason and KeyPart.POPULATION not in parts.amounts:
        reason = parts.absent[KeyPart.POPULATION]
    if not reason and len(parts.persons) < _MIN_GROUPS:
        reason = "Mit nur einem Gebiet gibt es keine Verteilung."
    if reason:
        return Concentration(
            None, None, None, reason, lower_bound=False, above=above, above_reason=above_reason
        )
    people = parts.amounts[KeyPart.POPULATION]
    return Concentration(
        distribution.lorenz(parts.persons, people),
        distribution.gini(parts.persons, people),
        distribution.dissimilarity(parts.persons, people),
        "",
        shown.rest is not None and (shown.rest.outside or len(shown.rest.areas) > 1),
        above,
        above_reason,
    )


def border_effect(
    shown: Situation, areas: geopandas.GeoSeries, radius: float
) -> pd.DataFrame | None:
    """Count persons inside every area and within a radius of it, where positions are given.

    Parameters
    ----------
    shown : Situation
    areas : GeoSeries
        Polygons of its level in a projected CRS in metres, index area_id.
    radius : float
        Metres.

    Returns
    -------
    DataFrame or None
        As of `distribution.within_reach`, most persons within reach first; None where a site
        has no public position or no number of persons.
    """
    import geopandas

    sites = shown.sites
    if sites.empty or sites[["lon", "lat", "occupied"]].isna().any(axis=None):
        return None
    points = geopandas.GeoSeries.from_xy(sites["lon"], sites["lat"], crs="EPSG:4326")
    reached = distribution.within_reach(areas, points.to_crs(areas.crs), sites["occupied"], radius)
    return reached.sort_values("reached", ascending=False)


def _above(shown: Situation, limit: float) -> tuple[float | None, str]:
    sizes = shown.sites["occupied"]
    if sizes.empty:
        return None, (
            f"Für den {formats.date(shown.date)} liegt kein vollständiges Verzeichnis der "
            "Unterkünfte mit ihrer Belegung vor."
        )
    if sizes.isna().any():
        return None, "Im Verzeichnis der Unterkünfte fehlen Belegungen."
    if not sizes.sum() > 0:
        return None, "In den Unterkünften des Verzeichnisses wohnt niemand."
    return distribution.share_above(sizes, limit), ""
