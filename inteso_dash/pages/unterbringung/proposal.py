"""Where N more persons could be placed: what an address asks for, and what is found."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from inteso_dash.catalogue.city import Accommodation
from inteso_dash.catalogue.scenarios import PlannedChange, ScenarioPlan
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.measures import distribution
from inteso_dash.measures.placement import (
    Distance,
    Placement,
    PlacementOption,
    PlacementTask,
    Proposal,
    propose,
)
from inteso_dash.pages.unterbringung.fairness import KeyPart, Parts, asked_key
from inteso_dash.pages.unterbringung.scenario import WholeNumber
from inteso_dash.pages.unterbringung.situation import Situation
from inteso_dash.pages.unterbringung.texts import DISTANCES, SCENARIO
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import Offer, ViewError

ASKED, DISTANCE = "s_vorschlag", "s_ziel"
"""Parameters: whether a proposal is asked for, and which of those found; what is to be small."""
PERSONS, LEAST, MOST, SITES = (
    WholeNumber("s_n", SCENARIO["persons"], 1, 100_000, 500),
    WholeNumber("s_je_ab", SCENARIO["least_per"], 1, 10_000, 40),
    WholeNumber("s_je_bis", SCENARIO["most_per"], 1, 10_000, 200),
    WholeNumber("s_orte", SCENARIO["most_sites"], 1, 500, 10),
)
_DIFFER = 2


@dataclass(frozen=True)
class ProposalWish:
    """What a reader wants to have placed, and within which bounds.

    Attributes
    ----------
    persons : int
    least, most : int
        Persons of an area that gets any.
    sites : int
        How many areas may get any.
    distance : Distance
    key : tuple of (str, float)
        Parts of the key that count, with their weights in per cent.
    limit : float or None
        Most persons of a site; an area gets one site.
    """

    persons: int
    least: int
    most: int
    sites: int
    distance: Distance
    key: tuple[tuple[str, float], ...]
    limit: float | None = None


def wish_of(
    numbers: Iterable[float], distance: Distance, key: Mapping[KeyPart, float], plan: ScenarioPlan
) -> ProposalWish:
    """Return what is wished for: `PERSONS`, `LEAST`, `MOST` and `SITES`, and what is small."""
    persons, least, most, sites = map(int, numbers)
    weights = tuple(sorted((str(part), weight) for part, weight in key.items() if weight))
    return ProposalWish(persons, least, most, sites, distance, weights, plan.limit)


def asked_wish(
    declared: Accommodation, parts: Parts, plan: ScenarioPlan, address: Address, notes: list[str]
) -> ProposalWish | None:
    """Return what an address wishes to have placed; None where it asks for no proposal.

    Raises
    ------
    ViewError
        Where no part of the key has a weight.
    """
    if address.get(ASKED) is None:
        return None
    numbers = [each.read(address, notes) for each in (PERSONS, LEAST, MOST, SITES)]
    key = asked_key(declared, parts, address, "s")
    distance = Offer(DISTANCE, SCENARIO["distance"], DISTANCES, Distance.SUM)
    return wish_of(numbers, distance.read(address, notes), key, plan)


def which(found: ProposalFound) -> Offer[int]:
    """Return the placements that were found, the best first chosen."""
    count = len(found.proposal.placements)
    names = [
        SCENARIO["best"] if not at else SCENARIO["other"].format(number=at) for at in range(count)
    ]
    return Offer(ASKED, SCENARIO["which"], {name: at for at, name in enumerate(names)}, 0)


@dataclass(frozen=True)
class ProposalFound:
    """A proposal with the task that it answers.

    Attributes
    ----------
    task : PlacementTask
    proposal : Proposal
    alone : bool
        Whether only the new persons are spread, since today's are not known of every area.
    barred : tuple of str
        Areas that get nobody although today's persons of others are not known: they would come
        above their target under every weighting.
    """

    task: PlacementTask
    proposal: Proposal
    alone: bool
    barred: tuple[str, ...] = ()


def find(shown: Situation, parts: Parts, wish: ProposalWish) -> ProposalFound:
    """Look for placements over all areas of a level.

    Where the persons of an area are not known, the new ones alone are set against the key; that no
    area may come above its target under every weighting then holds for those that are known.

    Raises
    ------
    ViewError
        Where the key cannot be worked out, or the bounds contradict each other.
    """
    if not wish.key:
        why = " ".join(parts.absent.values())
        raise ViewError(SCENARIO["no_key"].format(why=why))
    if wish.least > wish.most:
        raise ViewError(
            SCENARIO["bounds"].format(
                least=formats.number(wish.least, 0), most=formats.number(wish.most, 0)
            )
        )
    persons = shown.areas["persons"].astype(float)
    alone = bool(persons.isna().any())
    span = distribution.target_range(parts.amounts)
    reference = parts.amounts[
        KeyPart.POPULATION if KeyPart.POPULATION in parts.amounts else wish.key[0][0]
    ]
    share = distribution.target_shares(parts.amounts, dict(wish.key))
    areas = pd.DataFrame(
        {
            "present": 0.0 if alone else persons,
            "share": share,
            "highest": span["highest"],
            "reference": reference,
        },
        index=shown.areas.index,
    )
    whole = float(shown.total["persons"]) + wish.persons
    room = (span["highest"] * whole - persons).clip(lower=0).fillna(math.inf)
    most = room.clip(upper=wish.most) if alone else room.clip(wish.most, wish.most)
    barred = tuple(str(area) for area in areas.index[most < wish.least])
    options = {
        str(area): PlacementOption(str(area), max(wish.least, 1), int(most[area]))
        for area in areas.index
        if str(area) not in barred
    }
    if not options:
        raise ViewError(SCENARIO["none_open"])
    task = PlacementTask(
        wish.persons,
        areas,
        options,
        limit=wish.limit,
        never_above=not alone,
        most=wish.sites,
        distance=wish.distance,
    )
    return ProposalFound(task, propose(task, differ=_DIFFER), alone, barred)


def accepted(
    city: City, level: str, placement: Placement, day: dt.date
) -> tuple[PlannedChange, ...]:
    """Return a placement as openings of a scenario."""
    return tuple(
        PlannedChange(
            kind="eroeffnen",
            date=day,
            name=SCENARIO["accepted"].format(area=city.name(level, str(area))),
            area=str(area),
            places=float(count),
        )
        for area, count in placement.placed.items()
        if count
    )
