"""Areas published together: which figures hold for several areas, and how that is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.indicators import Indicator

_HOLDS = "Gilt zusammen mit {areas}: gemeinsam veröffentlicht."
_HOLDS_ABOVE = "Enthält auch {areas}, gemeinsam mit einem Teilgebiet veröffentlicht."
Area = TypeVar("Area")
_LACKS_ABOVE = "Ohne {areas}, anderswo enthalten, weil gemeinsam veröffentlicht."


def contained(merged: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return the figures published together of one level, division and Stichtag.

    Parameters
    ----------
    merged : DataFrame
        Columns indicator_id, area_id, contained_in.

    Returns
    -------
    dict
        As `Merged`.
    """
    found: dict[str, dict[str, str]] = {}
    columns = (merged[name] for name in ("indicator_id", "area_id", "contained_in"))
    for indicator_id, area, holder in zip(*columns, strict=True):
        found.setdefault(indicator_id, {})[area] = holder
    return found


def inherited(
    merged: Mapping[str, Mapping[Area, Area]], catalogue: Catalogue
) -> Mapping[str, Mapping[Area, Area]]:
    """Add to the figures published together those that are made from them.

    Parameters
    ----------
    merged : mapping
        Indicator id → {area published together with another: the area that contains it}.
    catalogue : Catalogue
    """
    if not merged:
        return merged
    found = {name: dict(pairs) for name, pairs in merged.items()}
    for indicator in parts_first(catalogue):
        if indicator.id not in found:
            pairs = [found.get(part, {}) for part in _made_from(indicator)]
            if any(pairs):
                found[indicator.id] = {
                    member: holder for each in pairs for member, holder in each.items()
                }
    return found


def _made_from(indicator: Indicator) -> list[str]:
    """Return what an indicator can be made from."""
    recipe = indicator.derived
    if recipe is None:
        return [*indicator.denominator, *indicator.numerator]
    return [part for part in (*recipe.of, recipe.share, recipe.count, recipe.by_share) if part]


def parts_first(catalogue: Catalogue) -> Iterator[Indicator]:
    """Yield derivable indicators so that each comes after those it is made from."""
    done: set[str] = set()

    def visit(indicator: Indicator) -> Iterator[Indicator]:
        if indicator.id in done:
            return
        done.add(indicator.id)
        if indicator.derived is not None:
            for part in indicator.derived.of:
                yield from visit(catalogue.indicator(part))
        yield indicator

    for indicator in catalogue.indicators:
        if indicator.derived is not None:
            yield from visit(indicator)
    for indicator in catalogue.indicators:
        if indicator.numerator and indicator.denominator:
            yield from visit(indicator)


def remarks(contained: Mapping[str, str]) -> dict[str, str]:
    """Say of areas that hold others which those are.

    Examples
    --------
    >>> remarks({"02": "01", "03": "01"})
    {'01': 'Gilt zusammen mit 02, 03: gemeinsam veröffentlicht.'}
    """
    held = _grouped((holder, member) for member, holder in contained.items())
    return {holder: _HOLDS.format(areas=areas) for holder, areas in held.items()}


def remarks_above(contained: Mapping[str, str], parents: pd.Series) -> dict[str, str]:
    """Say of higher areas what they hold of others, or lack, because areas were published together.

    Parameters
    ----------
    contained : mapping
    parents : Series
        Area → the higher area it lies in.

    Examples
    --------
    >>> parents = pd.Series({"01": "A", "02": "B", "03": "A"})
    >>> remarks_above({"02": "01", "03": "01"}, parents)["A"]
    'Enthält auch 02, gemeinsam mit einem Teilgebiet veröffentlicht.'
    """
    across = [
        (member, parents[member], parents[holder])
        for member, holder in contained.items()
        if member in parents.index and holder in parents.index
    ]
    across = [each for each in across if each[1] != each[2]]
    more = _grouped((there, member) for member, _, there in across)
    less = _grouped((here, member) for member, here, _ in across)
    said = {area: _LACKS_ABOVE.format(areas=areas) for area, areas in less.items()}
    for area, areas in more.items():
        told = _HOLDS_ABOVE.format(areas=areas)
        said[area] = f"{told} {said[area]}" if area in said else told
    return said


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    groups: dict[str, list[str]] = {}
    for key, area in pairs:
        groups.setdefault(key, []).append(area)
    return {key: ", ".join(areas) for key, areas in groups.items()}
