"""A proposal as map, chart, tables and words; all of it says that it is a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from inteso_dash.language import formats
from inteso_dash.measures.placement import Costs, Placement, PlacementRule, before
from inteso_dash.pages.unterbringung.content import distance_map
from inteso_dash.pages.unterbringung.proposal import ProposalFound, which
from inteso_dash.pages.unterbringung.sheet import FileTable
from inteso_dash.pages.unterbringung.situation import Situation
from inteso_dash.pages.unterbringung.texts import RULE_NAMES, RULES, SCENARIO, SCENARIO_STATUS
from inteso_dash.session.maps import ScreenMap
from inteso_dash.views.colours import CIRCLE_COLOURS
from inteso_dash.views.figures import Bar, Bars, Table
from inteso_dash.views.maps import Circles

_NAMED = 6
_ON_SLIDE = 3


def why_none(found: ProposalFound) -> str:
    """Say which rule makes a proposal impossible."""
    blocking = found.proposal.blocking
    rules = formats.listed([RULES[rule] for rule in blocking], "or")
    why = SCENARIO["why" if blocking else "why_together"].format(rules=rules)
    return SCENARIO["none"].format(persons=formats.number(found.task.persons, 0), why=why)


def alone_words(shown: Situation, found: ProposalFound) -> str:
    """Say that only the new persons are spread, and who gets nobody; empty where all are."""
    if not found.alone:
        return ""
    said = SCENARIO["alone"].format(persons=formats.number(found.task.persons, 0))
    if not found.barred:
        return said
    names = formats.listed(
        key if found.candidates else str(shown.areas.at[key, "name"]) for key in found.barred
    )
    return f"{said} {SCENARIO['barred'].format(names=names)}"


def binding_words(
    shown: Situation,
    found: ProposalFound,
    placement: Placement,
    rules: Mapping[PlacementRule, str] = RULE_NAMES,
    most: int = _ON_SLIDE,
) -> str:
    """Name the rules that a placement uses up, and where; so many areas are named of each."""
    places: dict[str, list[str]] = {}
    for rule, key in placement.binding:
        names = places.setdefault(rules[rule], [])
        names += [found.option_name(shown, key)] if key else []
    return "; ".join(
        f"{rule} ({formats.listed(names, most=most)})" if names else rule
        for rule, names in places.items()
    )


def used_up(shown: Situation, found: ProposalFound, placement: Placement) -> list[str]:
    """Say which rules a placement uses up, where, and how much nearer it came without them."""
    rules = binding_words(shown, found, placement, RULES, _NAMED)
    said = [SCENARIO["binding"].format(rules=rules)] if rules else []
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


def proposal_words(shown: Situation, found: ProposalFound, placement: Placement) -> str:
    """Say where persons would be placed, and how near all areas would come to their targets."""
    taking = _taking(placement.placed)
    named = [
        f"{found.option_name(shown, str(key))} ({formats.number(count, 0)})"
        for key, count in taking.iloc[:_ON_SLIDE].items()
    ]
    one, many = SCENARIO["one_site" if found.candidates else "one_area"].split("|")
    today = before(found.task)
    return SCENARIO["proposal_words" if today is None else "proposal_words_before"].format(
        persons=formats.number(found.task.persons, 0),
        areas=one if len(taking) == 1 else many.format(count=len(taking)),
        named=formats.listed(named),
        apart=formats.number(placement.costs.apart, 0),
        before="" if today is None else formats.number(today.apart, 0),
    )


def _taking(placed: pd.Series[int]) -> pd.Series[int]:
    """Return the persons of those that get any, the most first."""
    return placed[placed > 0].sort_values(ascending=False, kind="stable")


def _note(shown: Situation, found: ProposalFound, placement: Placement) -> str:
    said = [SCENARIO["note"], alone_words(shown, found), *used_up(shown, found, placement)]
    return " ".join(filter(None, said))


def proposal_map(shown: Situation, found: ProposalFound, placement: Placement) -> ScreenMap:
    """Draw how far every area would be from its target, and a circle for those who are new."""
    difference = placement.persons - found.task.target
    title = SCENARIO["proposal_map_alone" if found.alone else "proposal_map"]
    when = SCENARIO["map_when"].format(date=formats.date(shown.date))
    drawn = distance_map(shown.level, shown.date, difference, title, when)
    colour = CIRCLE_COLOURS["light"][0]
    amounts = found.by_area(placement).reindex(difference.index, fill_value=0).astype(float)
    circles = Circles(SCENARIO["circles"], "Personen", {"": colour}, amounts.to_frame(""))
    return replace(drawn, circles=circles, note=_note(shown, found, placement))


def proposal_bars(shown: Situation, found: ProposalFound, placement: Placement) -> Bars:
    """Draw the persons of the areas that get any beside today's and their target."""
    target, bars = found.task.target, []
    taking, present = _taking(found.by_area(placement)), found.task.areas["present"]
    for area, new in zip(map(str, taking.index), taking.tolist(), strict=True):
        today = float(present[area])
        name, after = str(shown.areas.at[area, "name"]), today + float(new)
        told = {
            "after": formats.number(after, 0),
            "new": formats.signed(new, 0),
            "today": formats.number(today, 0),
            "target": formats.number(float(target[area]), 0),
        }
        words = SCENARIO["bar_alone" if found.alone else "bar"].format(**told)
        others = () if found.alone else (today,)
        reference = float(target[area]), told["target"]
        beside = SCENARIO["bar_alone"].format(**told)
        bars.append(Bar(name, after, beside, *reference, told=words, others=others))
    return Bars(
        title=SCENARIO["proposal_bars"],
        unit="Personen",
        words=f"{SCENARIO_STATUS}. {'; '.join(f'{bar.label}: {bar.told}' for bar in bars)}",
        note=_note(shown, found, placement),
        assumed=True,
        bars=tuple(bars),
        name=SCENARIO["new_persons" if found.alone else "afterwards"],
        reference_name=SCENARIO["target_alone" if found.alone else "target_afterwards"],
        axis="Personen",
        other_names=() if found.alone else (SCENARIO["before"],),
    )


def proposal_sheet(shown: Situation, found: ProposalFound) -> FileTable:
    """List every site or area that any of the placements gives persons.

    Beside them stand today's persons of the area and its target.
    """
    target = found.task.target
    names = list(which(found).options)
    columns = {
        title: each.placed.astype(float)
        for title, each in zip(names, found.proposal.placements, strict=True)
    }
    placed = pd.DataFrame(columns)
    rows = placed[placed.gt(0).any(axis=1)]
    today = shown.areas["persons"].astype(float)
    areas = [found.task.options[str(key)].area for key in rows.index]
    sites = {"Unterkunft": rows.index} if found.candidates else {}
    table = pd.DataFrame(
        {
            "Schlüssel": areas,
            **sites,
            "Gebiet": shown.areas["name"].reindex(areas).to_numpy(),
            "Heute": today.reindex(areas).to_numpy(),
            "Soll danach": target.reindex(areas).to_numpy(),
            **{f"Neu, {title}": rows[title] for title in columns},
            "Status": SCENARIO_STATUS,
            "Stichtag": shown.date,
        },
        index=rows.index,
    )
    order = rows.iloc[:, 0].sort_values(ascending=False, kind="stable").index
    return FileTable(
        SCENARIO["proposal"], table.loc[order].reset_index(drop=True), ("Schlüssel", "Stichtag")
    )


def costs_sheet(shown: Situation, found: ProposalFound) -> FileTable:
    """Set what each placement costs in fairness, and the rules it uses up, beside today."""
    today = before(found.task)
    rows: list[tuple[str, Costs, str, str]] = []
    if today is not None:
        rows.append((SCENARIO["today"], today, SCENARIO["not_asked"], SCENARIO["computed"]))
    for title, each in zip(which(found).options, found.proposal.placements, strict=True):
        used = binding_words(shown, found, each) or SCENARIO["no_rule"]
        rows.append((title, each.costs, used, SCENARIO_STATUS))
    table = pd.DataFrame(
        {
            "Verteilung": [title for title, *_ in rows],
            "Summe der Abweichungen vom Soll": [each.apart for _, each, _, _ in rows],
            "Größte Abweichung": [each.largest for _, each, _, _ in rows],
            "Dissimilarität": [each.dissimilarity for _, each, _, _ in rows],
            "Gini": [each.gini for _, each, _, _ in rows],
            "Ausgeschöpft": [rules for _, _, rules, _ in rows],
            "Status": [status for *_, status in rows],
        }
    )
    return FileTable(SCENARIO["costs"], table)


def costs_table(shown: Situation, found: ProposalFound) -> Table:
    """Set what each placement costs beside today, for a slide."""
    heads = ("Verteilung", "Summe", "Größte", "Dissimilarität", "Gini", "Ausgeschöpft")
    rows: list[tuple[str, ...]] = [heads]
    sheet = costs_sheet(shown, found).table
    placements = [None] * (len(sheet) - len(found.proposal.placements))
    for row, placement in zip(
        sheet.itertuples(index=False), [*placements, *found.proposal.placements], strict=True
    ):
        name, apart, largest, dissimilarity, gini, *_ = row
        title = f"{name} ({SCENARIO_STATUS})" if placement is not None else str(name)
        used = "–" if placement is None else binding_words(shown, found, placement)
        amounts = (formats.number(each, 0) for each in (apart, largest))
        shares = (formats.number(each, 3) for each in (dissimilarity, gini))
        rows.append((title, *amounts, *shares, used or SCENARIO["no_rule"]))
    said = [SCENARIO["note"], SCENARIO["costs_note"], alone_words(shown, found)]
    return Table(rows=tuple(rows), note=" ".join(filter(None, said)))
