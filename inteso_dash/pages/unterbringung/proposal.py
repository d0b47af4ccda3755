"""Where N more persons could be placed: what an address asks for, and what is found."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from pydantic import Field, ValidationError, ValidationInfo, field_validator

from inteso_dash.catalogue.city import Accommodation
from inteso_dash.catalogue.scenarios import PlannedChange, ScenarioPlan
from inteso_dash.catalogue.yaml_files import Declared, complaint
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
CANDIDATE, MOST_CANDIDATES = "s_ort", 60
"""Parameter: a site that could take persons; how many there may be."""
PERSONS, LEAST, MOST, SITES = (
    WholeNumber("s_n", SCENARIO["persons"], 1, 100_000, 500),
    WholeNumber("s_je_ab", SCENARIO["least_per"], 1, 10_000, 40),
    WholeNumber("s_je_bis", SCENARIO["most_per"], 1, 10_000, 200),
    WholeNumber("s_orte", SCENARIO["most_sites"], 1, 500, 10),
)
_DIFFER = 2
_PARTED, _TO = "~", "-"


class CandidateSite(Declared):
    """A site that could take persons: none, or as many as its bounds say."""

    name: str = Field(min_length=1, max_length=80)
    area: str = Field(min_length=1, max_length=80)
    least: int = Field(default=1, ge=1, le=10_000)
    most: int = Field(ge=1, le=10_000)

    @field_validator("most")
    @classmethod
    def _ascends(cls, most: int, told: ValidationInfo) -> int:
        least = told.data.get("least", 1)
        if most < least:
            raise ValueError(f"wenigstens {least}, die Untergrenze")
        return most


def candidate_text(site: CandidateSite) -> str:
    """Write a site that could take persons as it stands in an address.

    Examples
    --------
    >>> candidate_text(CandidateSite(name="Alte Schule", area="06", least=40, most=120))
    '40-120~06~Alte Schule'
    """
    return _PARTED.join((f"{site.least}{_TO}{site.most}", site.area, site.name))


def asked_candidates(texts: Sequence[str], notes: list[str]) -> tuple[CandidateSite, ...]:
    """Read sites of an address; what is none is noted and left out."""
    found = []
    if len(texts) > MOST_CANDIDATES:
        notes.append(SCENARIO["too_many"].format(found=len(texts), most=MOST_CANDIDATES))
    for text in texts[:MOST_CANDIDATES]:
        bounds, area, name = (*text.split(_PARTED, 2), "", "", "")[:3]
        least, _, most = bounds.partition(_TO)
        given = {"name": name, "area": area, "least": least, "most": most}
        try:
            found.append(CandidateSite.model_validate(given))
        except ValidationError as error:
            said = complaint("Adresse", dict(error.errors()[0]), text[:60])
            notes.append(SCENARIO["left_out"].format(said=said))
    return tuple(found)


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
        Most persons of a site.
    candidates : tuple of CandidateSite
        Sites that could take them, within bounds of their own; without any, each area could get
        one site.
    """

    persons: int
    least: int
    most: int
    sites: int
    distance: Distance
    key: tuple[tuple[str, float], ...]
    limit: float | None = None
    candidates: tuple[CandidateSite, ...] = ()


def wish_of(
    numbers: Iterable[float],
    distance: Distance,
    key: Mapping[KeyPart, float],
    plan: ScenarioPlan,
    candidates: tuple[CandidateSite, ...] = (),
) -> ProposalWish:
    """Return what is wished for: `PERSONS`, `LEAST`, `MOST` and `SITES`, and what is small."""
    persons, least, most, sites = map(int, numbers)
    weights = tuple(sorted((str(part), weight) for part, weight in key.items() if weight))
    return ProposalWish(persons, least, most, sites, distance, weights, plan.limit, candidates)


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
    sites = asked_candidates(address.get_all(CANDIDATE), notes)
    return wish_of(numbers, distance.read(address, notes), key, plan, sites)


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
    candidates : bool
        Whether the options of the task are sites by name; else they are areas by key.
    """

    task: PlacementTask
    proposal: Proposal
    alone: bool
    barred: tuple[str, ...] = ()
    candidates: bool = False

    def by_area(self, placement: Placement) -> pd.Series[int]:
        """Return the new persons of every area that has an option."""
        areas = [self.task.options[str(key)].area for key in placement.placed.index]
        return placement.placed.groupby(areas, sort=False).sum()

    def option_name(self, shown: Situation, key: str) -> str:
        """Name an option, a site or an area, or an area that is none."""
        named = self.candidates and key in self.task.options
        return key if named else str(shown.areas.at[key, "name"])


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
    if wish.least > wish.most and not wish.candidates:
        raise ViewError(
            SCENARIO["bounds"].format(
                least=formats.number(wish.least, 0), most=formats.number(wish.most, 0)
            )
        )
    persons = shown.areas["persons"].astype(float)
    alone = bool(persons.isna().any())
    whole = float(shown.total["persons"] if alone else persons.sum()) + wish.persons
    most = distribution.target_range(parts.amounts)["highest"] * whole
    reference = parts.amounts[
        KeyPart.POPULATION if KeyPart.POPULATION in parts.amounts else wish.key[0][0]
    ]
    share = distribution.target_shares(parts.amounts, dict(wish.key))
    areas = pd.DataFrame(
        {
            "present": 0.0 if alone else persons,
            "share": share,
            "room": (most - persons).clip(lower=0).fillna(math.inf),
            "reference": reference,
        },
        index=shown.areas.index,
    )
    bounds = wish.candidates or [
        CandidateSite(name=str(area), area=str(area), least=wish.least, most=wish.most)
        for area in areas.index
    ]
    _require(bounds, areas.index)
    open_to = {each.name: not alone or areas["room"][each.area] >= each.least for each in bounds}
    options = {
        each.name: PlacementOption(each.area, each.least, each.most)
        for each in bounds
        if open_to[each.name]
    }
    if not options:
        raise ViewError(SCENARIO["none_open"])
    task = PlacementTask(
        wish.persons,
        areas,
        options,
        limit=wish.limit,
        most=wish.sites,
        distance=wish.distance,
    )
    found = propose(task, differ=_DIFFER)
    barred = tuple(name for name, is_open in open_to.items() if not is_open)
    return ProposalFound(task, found, alone, barred, bool(wish.candidates))


def _require(candidates: Iterable[CandidateSite], areas: pd.Index) -> None:
    """Ask for sites of the areas that are shown, each once."""
    names = [each.name for each in candidates]
    for each in candidates:
        if each.area not in areas:
            raise ViewError(SCENARIO["candidate_area"].format(name=each.name, area=each.area))
        if names.count(each.name) > 1:
            raise ViewError(SCENARIO["candidate_twice"].format(name=each.name))


def accepted(
    city: City, level: str, found: ProposalFound, placement: Placement, day: dt.date
) -> tuple[PlannedChange, ...]:
    """Return a placement as openings of a scenario."""
    changes = []
    for key, count in placement.placed[placement.placed > 0].items():
        area = found.task.options[str(key)].area
        new = SCENARIO["accepted"].format(area=city.name(level, area))
        name = str(key) if found.candidates else new
        changes.append(
            PlannedChange(kind="eroeffnen", date=day, name=name, area=area, places=float(count))
        )
    return tuple(changes)
