"""Which indicators have parts in common, as the catalogue declares them."""

from __future__ import annotations

from collections.abc import Iterable

from inteso_dash.catalogue import Catalogue
from inteso_dash.language import formats
from inteso_dash.pages.muster.texts import TEXTS

_NAMED = 2


def parts_of(catalogue: Catalogue, indicator_id: str) -> frozenset[str]:
    """Return everything that an indicator is made of, and what that is made of, itself left out."""
    found: set[str] = set()
    waiting = [indicator_id]
    while waiting:
        indicator = catalogue.indicator(waiting.pop())
        index, derived = catalogue.index(indicator.id), indicator.derived
        own = [*indicator.numerator, *indicator.denominator]
        if index is not None:
            own += [part.indicator for part in index.counting]
        if derived is not None:
            own += [each for each in (derived.count,) if each is not None]
        fresh = [each for each in own if each not in found and catalogue.has_indicator(each)]
        found.update(fresh)
        waiting += fresh
    return frozenset(found - {indicator_id})


def shared_parts(catalogue: Catalogue, one: str, other: str) -> str:
    """Say in German which parts two indicators have in common; empty where none is declared.

    Parameters
    ----------
    catalogue : Catalogue
    one, other : str
        Ids of indicators.
    """
    first, second = catalogue.indicator(one), catalogue.indicator(other)
    for part, whole in ((first, second), (second, first)):
        if part.id in parts_of(catalogue, whole.id):
            return TEXTS["part_of"].format(part=part.short.de, whole=whole.short.de)
    tops, bases = zip(*(_made_of(catalogue, each) for each in (one, other)), strict=True)
    common = (
        ("same_numerator", tops[0] & tops[1]),
        ("crossed", (tops[0] & bases[1]) | (tops[1] & bases[0])),
    )
    said = [TEXTS[text].format(names=_named(catalogue, found)) for text, found in common if found]
    if _same_whole(catalogue, *tops):
        said.append(TEXTS["partition"])
    if first.kind == second.kind == "extensive":
        said.append(TEXTS["counts"])
    if bases[0] & bases[1]:
        said.append(TEXTS["same_base"].format(names=_named(catalogue, bases[0] & bases[1])))
    return "; ".join(said)


def _made_of(catalogue: Catalogue, indicator_id: str) -> tuple[set[str], set[str]]:
    """Return what an indicator counts and what it refers to; of an index, what its parts do."""
    index, indicator = catalogue.index(indicator_id), catalogue.indicator(indicator_id)
    if index is None:
        return set(indicator.numerator) or {indicator_id}, set(
            indicator.denominator or indicator.weight
        )
    made = [_made_of(catalogue, part.indicator) for part in index.counting]
    return set[str]().union(*(top for top, _ in made)), set[str]().union(
        *(base for _, base in made)
    )


def _same_whole(catalogue: Catalogue, one: set[str], other: set[str]) -> bool:
    return not one & other and any(
        one <= set(partition) and other <= set(partition)
        for each in catalogue.indicators
        for partition in each.partitions
    )


def _named(catalogue: Catalogue, ids: Iterable[str]) -> str:
    names = [each.short.de for each in catalogue.indicators if each.id in set(ids)]
    return formats.listed(names, most=_NAMED)
