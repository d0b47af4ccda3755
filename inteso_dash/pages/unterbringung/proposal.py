"""Where N more persons could be placed: what an address asks for, and the proposal as tables."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

import pandas as pd

from inteso_dash.catalogue.scenarios import PlannedChange
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.measures import distribution
from inteso_dash.measures.placement import (
    Costs,
    Distance,
    Placement,
    PlacementOption,
    PlacementTask,
    Proposal,
    before,
    propose,
)
from inteso_dash.pages.unterbringung.fairness import KeyPart, Parts
from inteso_dash.pages.unterbringung.sheet import FileTable
from inteso_dash.pages.unterbringung.situation import Situation
from inteso_dash.pages.unterbringung.texts import RULES, SCENARIO, SCENARIO_STATUS
from inteso_dash.views.shown import ViewError

FIRST_PERSONS, FIRST_LEAST, FIRST_MOST, FIRST_SITES = 500, 40, 200, 10
_DIFFER, _NAMED = 2, 6


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


def why_none(found: ProposalFound) -> str:
    """Say which rule makes a proposal impossible."""
    blocking = found.proposal.blocking
    rules = formats.listed([RULES[rule] for rule in blocking], "or")
    why = SCENARIO["why" if blocking else "why_together"].format(rules=rules)
    return SCENARIO["none"].format(persons=formats.number(found.task.persons, 0), why=why)


def used_up(shown: Situation, found: ProposalFound, placement: Placement) -> list[str]:
    """Say which rules a placement uses up, where, and how much nearer it came without them."""
    places: dict[str, list[str]] = {}
    for rule, key in placement.binding:
        names = places.setdefault(RULES[rule], [])
        names += [str(shown.areas.at[key, "name"])] if key else []
    rules = [
        f"{rule} ({formats.listed(names, most=_NAMED)})" if names else rule
        for rule, names in places.items()
    ]
    said = [SCENARIO["binding"].format(rules="; ".join(rules))] if rules else []
    best = placement is found.proposal.placements[0]
    if best:
        said += [
            SCENARIO["gain"].format(rule=RULES[rule], persons=formats.number(gain, 0))
            for rule, gain in found.proposal.gains.items()
        ]
    gap = formats.with_unit(placement.gap * 100, 1, "%")
    proven = SCENARIO["proven" if best else "proven_other"]
    said.append(SCENARIO["gap"].format(gap=gap) if placement.gap else proven)
    return said


def titles(found: ProposalFound) -> list[str]:
    """Name the placements: the best one and its alternatives."""
    count = len(found.proposal.placements)
    return [
        SCENARIO["best"] if not at else SCENARIO["other"].format(number=at) for at in range(count)
    ]


def proposal_sheet(shown: Situation, found: ProposalFound) -> FileTable:
    """List every area that any of the placements gives persons, beside today and its target."""
    target = found.task.target
    columns = {
        title: each.placed.astype(float)
        for title, each in zip(titles(found), found.proposal.placements, strict=True)
    }
    placed = pd.DataFrame(columns)
    rows = placed[placed.gt(0).any(axis=1)]
    today = shown.areas["persons"].astype(float)
    table = pd.DataFrame(
        {
            "Schlüssel": rows.index,
            "Gebiet": shown.areas["name"].reindex(rows.index),
            "Heute": today.reindex(rows.index),
            "Soll danach": target.reindex(rows.index),
            **{f"Neu, {title}": rows[title] for title in columns},
            "Status": SCENARIO_STATUS,
            "Stichtag": shown.date,
        }
    )
    order = rows.iloc[:, 0].sort_values(ascending=False, kind="stable").index
    return FileTable(
        SCENARIO["proposal"], table.loc[order].reset_index(drop=True), ("Schlüssel", "Stichtag")
    )


def costs_sheet(found: ProposalFound) -> FileTable:
    """Set what each placement costs in fairness beside today."""
    today = before(found.task)
    rows: list[tuple[str, Costs]] = [] if today is None else [(SCENARIO["today"], today)]
    rows += [
        (title, each.costs)
        for title, each in zip(titles(found), found.proposal.placements, strict=True)
    ]
    table = pd.DataFrame(
        {
            "Verteilung": [title for title, _ in rows],
            "Summe der Abweichungen vom Soll": [each.apart for _, each in rows],
            "Größte Abweichung": [each.largest for _, each in rows],
            "Dissimilarität (%)": [each.dissimilarity * 100 for _, each in rows],
            "Gini (%)": [each.gini * 100 for _, each in rows],
            "Status": SCENARIO_STATUS,
        }
    )
    return FileTable(SCENARIO["costs"], table)


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
