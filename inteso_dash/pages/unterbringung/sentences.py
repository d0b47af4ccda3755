"""The answer to the question of every section, in a German sentence with its figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from inteso_dash.catalogue.city import PointTitle
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.pages.unterbringung.fairness import REST, Concentration, Fairness, Parts
from inteso_dash.pages.unterbringung.situation import (
    Rest,
    Situation,
    accommodation,
    left_out,
    source_notes,
)
from inteso_dash.pages.unterbringung.tables import group_name, rest_name
from inteso_dash.pages.unterbringung.texts import PERSONS

_ENOUGH = 2


def distribution_sentence(city: City, shown: Situation) -> str:
    """Say who carries how much, with both Stichtage."""
    level = city.catalogue.level(shown.level)
    parts = []
    if not np.isnan(shown.total["persons"]):
        rate = _written_rate(shown.total["rate"])
        parts.append(
            f"{city.catalogue.city.name}, {formats.date(shown.date)}: "
            f"{formats.number(shown.total['persons'], 0)} untergebrachte Personen{rate}."
        )
    ranked = shown.known.sort_values(["rate", "persons"], ascending=False)
    said = [
        f"{row['name']}: {formats.number(row['persons'], 0)}{_written_rate(row['rate'])}"
        for _, row in ranked.head(2).iterrows()
    ]
    if said:
        parts.append("; ".join(said) + ".")
    silent = int(shown.areas["persons"].isna().sum())
    if silent:
        many = formats.dative(level.plural)
        gap = f"Für {silent} von {len(shown.areas)} {many} ist keine Zahl veröffentlicht"
        if shown.rest is not None and not shown.rest.outside:
            together = "dort waren es" if silent == 1 else "zusammen waren es dort"
            gap += f"; {together} {formats.counted(shown.rest.persons, *PERSONS)}"
        parts.append(gap + ".")
    if shown.rest is not None and shown.rest.outside:
        elsewhere = rest_name(shown.rest).replace("das übrige", "im übrigen", 1)
        parts.append(f"{formats.number(shown.rest.persons, 0)} Personen waren {elsewhere}.")
    if shown.population_date is not None:
        parts.append(f"Bezug: Einwohner vom {formats.date(shown.population_date)}.")
    return " ".join(parts)


def _written_rate(rate: float) -> str:
    return "" if np.isnan(rate) else f" ({formats.number(rate, 1)} je 1.000 Einwohner)"


def fairness_sentence(shown: Situation, parts: Parts, result: Fairness) -> str:
    """Say which area lies furthest above its target, and which furthest below."""
    single = result.table.drop(index=REST, errors="ignore").sort_values("difference")
    said = []
    for row, word in ((single.iloc[-1], "über"), (single.iloc[0], "unter")):
        by = abs(float(row["difference"]))
        if (row["difference"] > 0) == (word == "über") and formats.rounded(by, 0):
            said.append(
                f"{group_name(shown, parts, str(row.name))} lag am weitesten {word} dem Soll: "
                f"{formats.number(row['persons'], 0)} statt {formats.number(row['target'], 0)} "
                "Personen."
            )
    if shown.rest is not None:
        said.append(
            f"{_rest(shown.rest)} "
            f"{formats.number(result.table['persons'][REST], 0)} statt "
            f"{formats.number(result.table['target'][REST], 0)}."
        )
    return " ".join(said)


def _rest(rest: Rest) -> str:
    count = len(rest.areas)
    if rest.outside or count == 1:
        name = rest_name(rest)
        return f"{name[0].upper()}{name[1:]} hatte"
    return f"Die {count} Gebiete ohne eigene Zahl hatten zusammen"


def concentration_sentence(found: Concentration, limit: float) -> str:
    """Say how many would have to move, and how many live in sites above the limit."""
    said = []
    if found.dissimilarity is not None:
        least = "mindestens " if found.lower_bound else ""
        moving = formats.with_unit(found.dissimilarity * 100, 1, "%")
        said.append(
            "Damit sich die Untergebrachten so verteilten wie die Einwohner, hätten "
            f"{least}{moving} von ihnen in ein anderes Gebiet umziehen müssen."
        )
    if found.above is not None:
        share = formats.with_unit(found.above * 100, 1, "%")
        said.append(
            f"{share} wohnten in Unterkünften mit mehr als {formats.number(limit, 0)} Personen."
        )
    return " ".join(said or filter(None, (found.reason, found.above_reason)))


def development_sentence(city: City, series: pd.DataFrame) -> str:
    """Say the highest and the latest number of persons, and how the legal status has shifted."""
    names = accommodation(city)
    titles = [
        city.catalogue.indicator(key).short.de for key in (names.persons, *names.statuses[-1:])
    ]
    persons = series[series["series"] == titles[0]].sort_values("date").reset_index(drop=True)
    if persons.empty:
        return "Für die ganze Stadt ist keine Zahl untergebrachter Personen veröffentlicht."
    most, last = persons.iloc[int(persons["value"].argmax())], persons.iloc[-1]
    at = f"{formats.number(most['value'], 0)} Personen am {formats.date(most['date'])}"
    if most["date"] == last["date"]:
        said = [f"Höchste und letzte veröffentlichte Zahl: {at}."]
    else:
        latest = f"{formats.number(last['value'], 0)} am {formats.date(last['date'])}"
        said = [f"Höchste veröffentlichte Zahl: {at}; letzte: {latest}."]
    shares = series[(series["series"] == titles[-1]) & series["share"].notna()].sort_values("date")
    if len(shares) >= _ENOUGH:
        ends = [
            f"{formats.with_unit(row['share'], 1, '%')} ({formats.date(row['date'])})"
            for _, row in shares.iloc[[0, -1]].iterrows()
        ]
        said.append(f"Anteil mit dem Status „{titles[-1]}“: von {ends[0]} auf {ends[1]}.")
    return " ".join(said)


def series_remarks(series: pd.DataFrame) -> list[str]:
    """Say what the sources remark on the figures of a series, by Stichtag."""
    noted = series[series["note"].ne("")].sort_values("date", kind="stable")
    rows = zip(noted["date"], noted["note"], strict=True)
    return list(dict.fromkeys(f"{formats.date(day)} {note}" for day, note in rows))


def area_remarks(city: City, shown: Situation) -> list[str]:
    """Say what the sources remark on the persons and sites of the areas."""
    names, noted = accommodation(city), source_notes(city)
    found = [
        f"{name}: {noted[place]}"
        for indicator_id in (names.persons, names.sites)
        for area_id, name in shown.areas["name"].items()
        if (place := (shown.level, str(area_id), indicator_id, shown.date)) in noted
    ]
    return list(dict.fromkeys(found))


def left_out_remarks(city: City, date: dt.date) -> list[str]:
    """Say which sites of a complete list do not count on its Stichtag, and why."""
    return [
        f"{site['name']}{_written_persons(site['occupied'])}: {site['reason']}"
        for site in left_out(city, date).to_dict("records")
    ]


def _written_persons(persons: float) -> str:
    return "" if np.isnan(persons) else f" ({formats.counted(persons, *PERSONS)})"


def forms_sentence(table: pd.DataFrame, day: str) -> str:
    """Say which form has most places."""
    named = table[table.index != ""]
    whole = float(table["places"].sum())
    if named.empty or not whole:
        return f"Am {day} gab es keine Plätze."
    first = named.iloc[0]
    return (
        f"Am {day} war die häufigste Form „{named.index[0]}“: "
        f"{formats.number(first['places'], 0)} von {formats.number(whole, 0)} Plätzen "
        f"({formats.with_unit(first['share'], 1, '%')})."
    )


def registered_points(names: Sequence[str], called: PointTitle) -> str:
    """Say how many offices of the city's own kind were registered, and which are of another.

    Examples
    --------
    >>> called = PointTitle(title="Welcome Point", plural="Welcome Points")
    >>> registered_points(["Welcome Point 1", "Welcome Point 2", "Welcome Center"], called)
    'waren 2 Welcome Points und 1 weitere Stelle (Welcome Center)'
    >>> registered_points(["Beratung Nord"], called)
    'war 1 Stelle'
    """
    others = [name for name in names if not name.startswith(called.title)]
    count = len(names) - len(others)
    if not count:
        return "war 1 Stelle" if len(others) == 1 else f"waren {len(others)} Stellen"
    said = f"war 1 {called.title}" if count == 1 else f"waren {count} {called.plural}"
    if not others:
        return said
    more = "1 weitere Stelle" if len(others) == 1 else f"{len(others)} weitere Stellen"
    plural = said if count > 1 else said.replace("war ", "waren ")
    return f"{plural} und {more} ({', '.join(others)})"


def points_sentence(city: City, shown: Situation) -> str:
    """Say how many points serve how many areas, and which areas none is named for."""
    level = city.catalogue.level(shown.level)
    own = city.points[city.points["level"] == shown.level]
    served = {area for areas in own["areas"] for area in areas}
    if not served:
        return f"Für {formats.dative(level.plural)} nennt keine Quelle eine zuständige Stelle."
    without = [name for area, name in shown.areas["name"].items() if area not in served]
    one = len(own) == 1
    said = f"{len(own)} {'Stelle versorgte' if one else 'Stellen versorgten'} "
    said += f"{len(served)} von {len(shown.areas)} "
    said += formats.dative(level.plural)
    if 0 < len(without) <= len(served):
        said += f"; für {formats.listed(without)} nennt die Quelle keine"
    return said + "."
