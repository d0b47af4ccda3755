"""How far a group lives apart from all others: evenness, exposure, and neighbours in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from inteso_dash.measures.distribution import dissimilarity


@dataclass(frozen=True)
class Segregation:
    """Measures of one group in a set of areas.

    Attributes
    ----------
    dissimilarity : float
        D: the share of the group that would have to move for its share to be the same everywhere;
        0 to 1.
    adjusted : float or None
        D less the mean difference of shares across boundaries: near D where areas with like shares
        lie together, lower where neighbours differ, for then the group lives scattered and meets
        others across the boundaries. None without neighbours.
    isolation : float
        Share of the own group in the area of its average member.
    interaction : float
        Share of all others there; together with the isolation 1.
    share : float
        Of the group in the whole.
    areas : int
        Areas that count.
    persons : float
        Size of the group in them.
    """

    dissimilarity: float
    adjusted: float | None
    isolation: float
    interaction: float
    share: float
    areas: int
    persons: float


def segregation(
    group: pd.Series[float],
    whole: pd.Series[float],
    neighbours: Mapping[str, Collection[str]] | None = None,
) -> Segregation:
    """Measure how far a group lives apart from the rest of the whole.

    Parameters
    ----------
    group, whole : Series
        Persons per area, of the group and of all with it; same index. Areas without one of them,
        or without anybody, are left out.
    neighbours : mapping, optional
        Area → areas beside it, those left out too.

    Raises
    ------
    ValueError
        If a group is larger than its whole, or there is nobody inside or outside of the group.

    References
    ----------
    Duncan, O. D.; Duncan, B. (1955): A methodological analysis of segregation indexes. American
    Sociological Review 20 (2). Massey, D. S.; Denton, N. A. (1988): The dimensions of residential
    segregation. Social Forces 67 (2). Morrill, R. L. (1991): On the measure of geographic
    segregation. Geography Research Forum 11.

    Examples
    --------
    >>> found = segregation(pd.Series({"a": 30.0, "b": 10.0}), pd.Series({"a": 50.0, "b": 50.0}))
    >>> round(found.dissimilarity, 3), round(found.isolation, 3), round(found.interaction, 3)
    (0.417, 0.5, 0.5)
    """
    both = pd.DataFrame({"group": group, "whole": whole}).astype(float).dropna()
    both = both[both["whole"] > 0]
    if (both["group"] > both["whole"]).any():
        found = both[both["group"] > both["whole"]].to_dict("index")
        raise ValueError(f"group: found {found}, expected at most the whole of an area")
    own, rest = both["group"], both["whole"] - both["group"]
    uneven = dissimilarity(own, rest)
    shares, members = own / both["whole"], own / own.sum()
    return Segregation(
        uneven,
        None if neighbours is None else _adjusted(uneven, shares, neighbours),
        float((members * shares).sum()),
        float((members * (1 - shares)).sum()),
        float(own.sum() / both["whole"].sum()),
        len(both),
        float(own.sum()),
    )


def _adjusted(
    uneven: float, shares: pd.Series[float], neighbours: Mapping[str, Collection[str]]
) -> float | None:
    own = {str(area): float(share) for area, share in shares.items()}
    across = [
        abs(share - own[other])
        for area, share in own.items()
        for other in neighbours.get(area, ())
        if other in own
    ]
    return uneven - float(sum(across) / len(across)) if across else None
