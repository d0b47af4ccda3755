"""Polygons that tile a city: repair, generalise, dissolve and compare them.

Neighbouring areas share their boundaries. Every function here treats a layer as one coverage, so
that two areas never drift apart: a boundary is moved once, for both. All arrays are polygons in a
metric CRS unless a function says otherwise. No file is read or written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from inteso_dash.language import formats

Polygons = NDArray[np.object_]

_SHRINK = 0.7
_MAX_ROUNDS = 40


@dataclass(frozen=True)
class Cleaned:
    """A coverage without overlaps, slivers and needles.

    Attributes
    ----------
    polygons : ndarray
        Same order as the input.
    repairs : tuple of str
        One German sentence for each thing that was repaired.
    """

    polygons: Polygons
    repairs: tuple[str, ...]


@dataclass(frozen=True)
class OutlineComparison:
    """How far polygons lie from the ones they were made of, position by position.

    Attributes
    ----------
    area_change_percent, hausdorff_m, iou : ndarray of float
        Absolute change of area, Hausdorff distance of the boundaries, intersection over union.
    """

    area_change_percent: NDArray[np.float64]
    hausdorff_m: NDArray[np.float64]
    iou: NDArray[np.float64]


def only_polygons(geometry: BaseGeometry) -> BaseGeometry:
    """Return a valid polygon or multipolygon, without the lines and points of a repair.

    Examples
    --------
    >>> bow_tie = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2), (0, 0)])
    >>> only_polygons(bow_tie).area
    2.0
    """
    return shapely.make_valid(geometry, method="structure", keep_collapsed=False)


def needle_tips(
    ring: NDArray[np.float64], max_angle: float, min_length: float
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Find the vertices of a ring at which it turns back on itself.

    Parameters
    ----------
    ring : ndarray
        Vertices, the closing one left out.
    max_angle : float
        Largest angle between the two sides of a needle, in degrees.
    min_length : float
        Smallest length of the shorter side, in metres.

    Returns
    -------
    tuple of ndarray
        For each vertex: is it a tip, and the length of its shorter side.

    Examples
    --------
    >>> ring = np.array([(0, 0), (10, 0), (10, 5), (60, 5.2), (10, 5.4), (10, 10), (0, 10)])
    >>> needle_tips(ring, max_angle=2, min_length=3)[0].nonzero()[0].tolist()
    [3]
    """
    before = np.roll(ring, 1, axis=0) - ring
    after = np.roll(ring, -1, axis=0) - ring
    length = np.minimum(np.hypot(*before.T), np.hypot(*after.T))
    cross = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    angle = np.degrees(np.abs(np.arctan2(cross, (before * after).sum(axis=1))))
    return (angle < max_angle) & (length >= min_length), length


def clean(
    polygons: Sequence[BaseGeometry] | Polygons,
    labels: Sequence[str],
    *,
    gap_width: float,
    needle_angle: float,
    needle_length: float,
) -> Cleaned:
    """Make a valid coverage out of polygons as they were delivered.

    Self-intersections and needles are removed, overlaps given to the neighbour with the longest
    common border, gaps narrower than `gap_width` closed the same way.

    Parameters
    ----------
    polygons : sequence of Polygon or MultiPolygon
    labels : sequence of str
        Key of each polygon, for the list of repairs.
    gap_width : float
        Gaps narrower than this, in metres, are closed; wider ones stay.
    needle_angle, needle_length : float
        See `needle_tips`.

    Returns
    -------
    Cleaned
    """
    repairs: list[str] = []
    whole: list[BaseGeometry] = []
    for polygon, label in zip(polygons, labels, strict=True):
        if not shapely.is_valid(polygon):
            repairs.append(f"{label}: Selbstüberschneidung bereinigt.")
        trimmed, lengths = _without_needles(polygon, needle_angle, needle_length)
        repairs.extend(
            f"{label}: Nadel von {formats.number(length, 1)} m entfernt "
            "(Umkehr der Linie in einem Punkt)."
            for length in lengths
        )
        whole.append(only_polygons(trimmed))
    valid = np.array(whole)
    overlaps = _overlaps(valid)
    if overlaps:
        repairs.append(
            f"{len(overlaps)} Überlappungen mit zusammen {formats.number(sum(overlaps), 1)} m² "
            "dem Nachbarn mit der längsten gemeinsamen Grenze zugeschlagen."
        )
    cleaned = shapely.coverage_clean(valid, gap_width=gap_width)
    repairs.extend(_closed_gaps(valid, cleaned, labels))
    return Cleaned(cleaned, tuple(repairs))


def generalise(
    coverage: Polygons,
    *,
    tolerance: float,
    max_area_change_percent: float,
    reference_areas: NDArray[np.float64] | None = None,
) -> Polygons:
    """Leave out vertices of a valid coverage without tearing neighbours apart.

    Each boundary between two nodes is simplified once (Douglas–Peucker), for both its neighbours,
    and moves nowhere by more than `tolerance`. Where an area would change too much, or boundaries
    would touch, the tolerance of the boundaries around it is lowered until neither happens.

    Parameters
    ----------
    coverage : ndarray of Polygon or MultiPolygon
        Valid coverage, metric CRS.
    tolerance : float
        Largest distance in metres.
    max_area_change_percent : float
        Largest change of an area.
    reference_areas : ndarray of float, optional
        Areas to compare with; those of `coverage` where not given.

    Returns
    -------
    ndarray
        Valid coverage, same order.

    Raises
    ------
    ValueError
        The input is no valid coverage, or no tolerance meets the limits.

    References
    ----------
    Douglas, D. H., Peucker, T. K. (1973): Algorithms for the reduction of the number of points
    required to represent a digitized line or its caricature. Cartographica 10 (2), 112–122.

    Examples
    --------
    >>> left = shapely.Polygon([(0, 0), (50, 1), (100, 0), (100, 100), (0, 100)])
    >>> right = shapely.box(100, 0, 200, 100)
    >>> coarse = generalise(np.array([left, right]), tolerance=2, max_area_change_percent=1)
    >>> shapely.get_num_coordinates(coarse).tolist()
    [5, 5]
    """
    if not shapely.coverage_is_valid(coverage):
        raise ValueError("Gefunden: Flächen mit Lücken oder Überlappungen. Erwartet: bereinigt.")
    areas = shapely.area(coverage) if reference_areas is None else reference_areas
    parts = shapely.get_num_geometries(coverage)
    boundaries = shapely.boundary(coverage)
    arcs = shapely.get_parts(shapely.line_merge(shapely.union_all(boundaries)))
    middles = shapely.line_interpolate_point(arcs, 0.5, normalized=True)
    area_of, arc_of = shapely.STRtree(middles).query(boundaries, "dwithin", distance=1e-6)
    tolerances = np.full(len(arcs), float(tolerance))
    tree = shapely.STRtree(coverage)
    for _ in range(_MAX_ROUNDS):
        pieces = shapely.get_parts(shapely.polygonize(shapely.simplify(arcs, tolerances)))
        piece_of, owner_of = tree.query(shapely.point_on_surface(pieces), predicate="within")
        result = np.array(
            [shapely.union_all(pieces[piece_of[owner_of == k]]) for k in range(len(coverage))]
        )
        change = np.abs(shapely.area(result) / areas - 1) * 100
        bad = (
            (change > max_area_change_percent)
            | (np.bincount(owner_of, minlength=len(coverage)) != parts)
            | ~shapely.is_empty(shapely.coverage_invalid_edges(result))
        )
        if not bad.any():
            return result
        tolerances[np.unique(arc_of[bad[area_of]])] *= _SHRINK
    raise ValueError(
        f"Generalisierung mit {tolerance} m hält {max_area_change_percent} % Flächenänderung auch "
        "mit kleinerer Toleranz nicht ein. Erlauben Sie mehr Änderung oder prüfen Sie die Quelle."
    )


def dissolve(coverage: Polygons, keys: Sequence[str]) -> dict[str, BaseGeometry]:
    """Join the areas of a valid coverage that share a key; boundaries stay exactly the same.

    Parameters
    ----------
    coverage : ndarray of Polygon or MultiPolygon
        Valid coverage, any CRS.
    keys : sequence of str
        Key of the joined area for each polygon.

    Returns
    -------
    dict
        Key → joined area, sorted by key.

    Examples
    --------
    >>> squares = np.array([shapely.box(x, 0, x + 1, 1) for x in range(3)])
    >>> {key: joined.area for key, joined in dissolve(squares, ["b", "a", "b"]).items()}
    {'a': 1.0, 'b': 2.0}
    """
    of = np.asarray(keys, dtype=object)
    return {key: shapely.coverage_union_all(coverage[of == key]) for key in sorted(set(keys))}


def touching(coverage: Polygons, keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the areas that share a boundary or a corner with each ("queen" contiguity).

    Parameters
    ----------
    coverage : ndarray of Polygon or MultiPolygon
        Valid coverage, any CRS.
    keys : sequence of str
        Key of each polygon.

    Returns
    -------
    dict
        Key → keys of its neighbours, in the order of the polygons; empty for an island.

    Examples
    --------
    >>> squares = np.array([shapely.box(x, x, x + 1, x + 1) for x in (0, 1, 5)])
    >>> touching(squares, ["a", "b", "c"])
    {'a': ('b',), 'b': ('a',), 'c': ()}
    """
    first, second = shapely.STRtree(coverage).query(coverage, predicate="intersects")
    beside: dict[str, list[str]] = {key: [] for key in keys}
    for one, other in sorted(zip(first.tolist(), second.tolist(), strict=True)):
        if one != other:
            beside[keys[one]].append(keys[other])
    return {key: tuple(near) for key, near in beside.items()}


def compare(polygons: Polygons, originals: Polygons) -> OutlineComparison:
    """Measure how far polygons lie from their originals, both in the same metric CRS."""
    common = shapely.area(shapely.intersection(polygons, originals))
    either = shapely.area(polygons) + shapely.area(originals) - common
    return OutlineComparison(
        np.abs(shapely.area(polygons) / shapely.area(originals) - 1) * 100,
        shapely.hausdorff_distance(shapely.boundary(polygons), shapely.boundary(originals)),
        common / either,
    )


def rounded(polygons: Polygons, decimals: int) -> Polygons:
    """Round coordinates, drop vertices that coincide, and write rings as RFC 7946 wants them.

    Neighbours keep sharing their vertices, since each is rounded to the same place. Outer rings
    run counterclockwise and start at their lowest vertex, so equal shapes are equal text.
    """
    coarse = shapely.transform(polygons, lambda xy: np.round(xy, decimals))
    distinct = shapely.normalize(shapely.remove_repeated_points(coarse))
    return np.asarray(shapely.orient_polygons(distinct, exterior_cw=False), dtype=object)


def _without_needles(
    geometry: BaseGeometry, max_angle: float, min_length: float
) -> tuple[BaseGeometry, list[float]]:
    lengths: list[float] = []

    def trimmed(ring: BaseGeometry) -> NDArray[np.float64]:
        vertices: NDArray[np.float64] = shapely.get_coordinates(
            shapely.remove_repeated_points(ring)
        )[:-1]
        while len(vertices) > 3:
            tips, length = needle_tips(vertices, max_angle, min_length)
            if not tips.any():
                break
            tip = int(np.flatnonzero(tips)[0])
            lengths.append(float(length[tip]))
            vertices = np.delete(vertices, tip, axis=0)
        return vertices

    polygons = [
        shapely.Polygon(trimmed(part.exterior), [trimmed(hole) for hole in part.interiors])
        for part in shapely.get_parts(geometry)
    ]
    if not lengths:
        return geometry, lengths
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons), lengths


def _overlaps(polygons: Polygons) -> list[float]:
    first, second = shapely.STRtree(polygons).query(polygons, "intersects")
    once = first < second
    areas = shapely.area(shapely.intersection(polygons[first[once]], polygons[second[once]]))
    return [float(area) for area in areas if area > 0.01]


def _closed_gaps(before: Polygons, after: Polygons, labels: Sequence[str]) -> list[str]:
    union = shapely.union_all(before)
    holes = [shapely.Polygon(hole) for part in shapely.get_parts(union) for hole in part.interiors]
    closed = shapely.union_all(after)
    notes: list[str] = []
    slivers = 0
    for hole in sorted(holes, key=lambda gap: -gap.area):
        if not closed.covers(hole.representative_point()):
            continue
        if hole.area < 100:
            slivers += 1
            continue
        owner = int(np.argmax(shapely.area(shapely.intersection(after, hole))))
        notes.append(f"{labels[owner]}: Lücke von {formats.number(hole.area, 1)} m² zugeschlagen.")
    return [*notes, *([f"{slivers} Splitter unter 100 m² geschlossen."] if slivers else [])]
