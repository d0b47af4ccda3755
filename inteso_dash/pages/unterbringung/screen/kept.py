"""What the page on accommodation works out once for all sessions."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from inteso_dash.catalogue.scenarios import ScenarioPlan
from inteso_dash.pages.unterbringung import fairness as accommodation_fairness
from inteso_dash.pages.unterbringung import history, sentences, tables
from inteso_dash.pages.unterbringung import proposal as placement_proposal
from inteso_dash.pages.unterbringung import scenario as accommodation_scenario
from inteso_dash.pages.unterbringung import situation as accommodation_situation
from inteso_dash.pages.unterbringung.fairness import Parts
from inteso_dash.pages.unterbringung.proposal import ProposalFound, ProposalWish
from inteso_dash.pages.unterbringung.scenario import ScenarioResult
from inteso_dash.pages.unterbringung.sheet import FileTable
from inteso_dash.pages.unterbringung.situation import Situation
from inteso_dash.session import editions, store

_SITUATIONS = 64


@editions.cached()
def levels() -> tuple[str, ...]:
    """Return the levels that have figures."""
    return accommodation_situation.levels(store.city())


@editions.cached()
def dates(level: str) -> tuple[dt.date, ...]:
    """Return the Stichtage of a level."""
    return accommodation_situation.dates(store.city(), level)


def situation(level: str, date: dt.date) -> Situation:
    """Return all areas of a level at a Stichtag."""
    return accommodation_situation.situation(store.city(), level, date)


@editions.cached(max_entries=_SITUATIONS)
def sources(level: str, date: dt.date) -> tuple[str, ...]:
    """Name the sources of everything that is known of every area and of the whole city."""
    return tuple(tables.situation_sources(store.city(), situation(level, date)))


@editions.cached(max_entries=_SITUATIONS)
def area_sheet(level: str, date: dt.date) -> FileTable:
    """List every area with its figures."""
    return tables.area_sheet(store.city(), situation(level, date))


@editions.cached(max_entries=_SITUATIONS)
def area_remarks(level: str, date: dt.date) -> list[str]:
    """Say what the sources remark on the areas."""
    return sentences.area_remarks(store.city(), situation(level, date))


@editions.cached(max_entries=_SITUATIONS)
def left_out(date: dt.date) -> list[str]:
    """Say which sites do not count, and why."""
    return sentences.left_out_remarks(store.city(), date)


@editions.cached()
def series() -> pd.DataFrame:
    """Return the whole city over time."""
    return history.series(store.city())


@editions.cached()
def openings() -> pd.DataFrame:
    """Return when sites have been open."""
    return history.openings(store.city())


@editions.cached(max_entries=_SITUATIONS)
def key_parts(level: str, date: dt.date, need: str = "") -> Parts:
    """Return what targets follow from."""
    return accommodation_fairness.key_parts(store.city(), situation(level, date), need)


@editions.cached(max_entries=_SITUATIONS)
def key_of_all(level: str, date: dt.date) -> Parts:
    """Return what targets of all areas follow from, also where their persons are not known."""
    return accommodation_fairness.key_of_all(store.city(), situation(level, date))


@editions.cached(max_entries=_SITUATIONS)
def scenario(level: str, plan: ScenarioPlan) -> ScenarioResult:
    """Return a scenario, worked out."""
    return accommodation_scenario.compute(store.city(), level, plan)


@editions.cached(max_entries=_SITUATIONS)
def proposal(level: str, date: dt.date, wish: ProposalWish) -> ProposalFound:
    """Return where persons could be placed."""
    return placement_proposal.find(situation(level, date), key_of_all(level, date), wish)
