"""Make the boundary layers of a city of its official files, and write them.

All layers follow from one coverage, cleaned and generalised once and then joined upwards, so that
their boundaries coincide exactly. What to make of what stands in `geodata/recipe.yml`. Reading the
layers is offered here too, under the names of `inteso_dash.boundaries.layers`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import shapely
import yaml
from numpy.typing import NDArray

from inteso_dash.boundaries.area_files import match_sources, read_official
from inteso_dash.boundaries.coverage import (
    Cleaned,
    Polygons,
    clean,
    compare,
    dissolve,
    generalise,
    only_polygons,
    rounded,
)
from inteso_dash.boundaries.layers import (
    ID_COLUMN,
    Deviation,
    Layer,
    Measures,
    geojson,
    read_layers,
    replacing,
)
from inteso_dash.boundaries.recipe import RECIPE, BoundaryError, Recipe, RecipeLayer, read_recipe
from inteso_dash.boundaries.reference_systems import TURNED


@dataclass(frozen=True)
class MadeLayer:
    """A layer before it is written, as `layers.read_boundaries` returns it."""

    frame: geopandas.GeoDataFrame
    recipe: RecipeLayer
    repairs: tuple[str, ...]
    measures: Measures


@dataclass(frozen=True)
class BuildReport:
    """What `build_geodata` wrote."""

    layers: tuple[Layer, ...]
    notes: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """One German line for each layer, and what was made of a file that is not as it should."""
        return [
            *self.notes,
            *(
                f"{layer.file}: {layer.features} Flächen, "
                f"{layer.measures.vertices if layer.measures else 0} Stützpunkte, "
                f"{layer.path.stat().st_size // 1000} kB."
                for layer in self.layers
            ),
        ]


@dataclass(frozen=True)
class _Base:
    ids: tuple[str, ...]
    cleaned: Cleaned
    display: Polygons


def make_layers(
    recipe: Recipe, official: Mapping[str, geopandas.GeoDataFrame], *, full: bool = False
) -> list[MadeLayer]:
    """Make all layers of a recipe.

    Parameters
    ----------
    recipe : Recipe
    official : mapping
        Source id → areas as `inteso_dash.boundaries.recipe.read_official` gives them.
    full : bool
        Keep every vertex: the coverage is cleaned, not generalised.

    Returns
    -------
    list of MadeLayer
        In the order of the recipe.

    Raises
    ------
    BoundaryError
        The areas of two sources contradict each other, or rounding broke the coverage.
    """
    problems = list(_elsewhere(recipe, official))
    if problems:
        raise BoundaryError(problems)
    bases = {
        layer.key: _base(recipe, official[layer.source], full)
        for layer in recipe.layers
        if layer.source is not None
    }
    made = [_make(recipe, layer, bases, official, problems) for layer in recipe.layers]
    if problems:
        raise BoundaryError(problems)
    return made


def write_layers(
    folder: Path, recipe: Recipe, made: Sequence[MadeLayer], *, full: bool = False
) -> None:
    """Write each layer as GeoJSON and YAML into an existing folder."""
    for each in made:
        content = geojson(each.frame)
        (folder / each.recipe.file).write_bytes(content)
        layer = _describe(recipe, each, hashlib.sha256(content).hexdigest(), folder, full)
        text = yaml.safe_dump(
            _plain(layer.model_dump(exclude_none=True)),
            allow_unicode=True,
            sort_keys=False,
            width=100,
        )
        (folder / each.recipe.file).with_suffix(".yml").write_text(text, encoding="utf-8")


def build_geodata(
    root: Path, sources: Sequence[Path], *, assigned: Mapping[str, Path] | None = None
) -> BuildReport:
    """Make the generalised layers of a city folder; all of them or none.

    Parameters
    ----------
    root : Path
        City folder, with ``geodata/recipe.yml``.
    sources : sequence of Path
        Official files; which is which is found out.
    assigned : mapping, optional
        Source id → file, for files of which the user says what they are.

    Returns
    -------
    BuildReport

    Raises
    ------
    BoundaryError
        With all problems; nothing was written.
    """
    recipe = read_recipe(root)
    matched = match_sources(recipe, sources, assigned or {})
    official: dict[str, geopandas.GeoDataFrame] = {}
    problems: list[str] = []
    for source in recipe.sources:
        path = matched[source.id]
        try:
            official[source.id] = read_official(
                source, path.read_bytes(), path.name, recipe.measuring_crs
            )
        except OSError as error:
            problems.append(f"{path}: nicht lesbar ({error.strerror}).")
        except BoundaryError as error:
            problems.extend(error.problems)
    if problems:
        raise BoundaryError(problems)
    made = make_layers(recipe, official)
    with replacing(root / "geodata") as folder:
        write_layers(folder, recipe, made)
    layers = read_layers(root)
    return BuildReport(
        tuple(layers[layer.key] for layer in recipe.layers),
        tuple(
            f"{matched[key].name}: {TURNED}" for key in official if official[key].attrs["turned"]
        ),
    )


def _elsewhere(recipe: Recipe, official: Mapping[str, geopandas.GeoDataFrame]) -> Iterator[str]:
    """Name sources that do not touch the first: another zone or system puts a city elsewhere."""
    first, *others = recipe.sources
    boxes = {
        key: shapely.box(*frame.to_crs(recipe.display_crs).total_bounds)
        for key, frame in official.items()
    }
    for source in others:
        if not boxes[source.id].intersects(boxes[first.id]):
            yield (
                f"{RECIPE}: {source.id} liegt anderswo als {first.id}. Prüfen Sie source_crs "
                "beider Quellen."
            )


def _made_of(recipe: Recipe, layer: RecipeLayer) -> RecipeLayer:
    base = recipe.base(layer)
    if base is None:
        raise LookupError(f"read_recipe should have refused {layer.key} without a base")
    return base


def _base(recipe: Recipe, official: geopandas.GeoDataFrame, full: bool) -> _Base:
    measured = official.to_crs(recipe.measuring_crs)
    ids = tuple(measured["area_id"])
    cleaned = clean(
        measured.geometry.to_numpy(),
        ids,
        gap_width=recipe.gap_width_m,
        needle_angle=recipe.needle_angle_degrees,
        needle_length=recipe.needle_length_m,
    )
    if official.attrs["turned"]:
        cleaned = Cleaned(cleaned.polygons, (TURNED, *cleaned.repairs))
    polygons = cleaned.polygons
    if not full:
        try:
            polygons = generalise(
                polygons,
                tolerance=recipe.tolerance_m,
                max_area_change_percent=recipe.max_area_change_percent,
                reference_areas=measured.geometry.area.to_numpy(),
            )
        except ValueError as error:
            raise BoundaryError([str(error)]) from None
    shown = geopandas.GeoSeries(polygons, crs=recipe.measuring_crs).to_crs(recipe.display_crs)
    display = rounded(shown.to_numpy(), recipe.full_decimals if full else recipe.decimals)
    torn = ~(shapely.is_empty(shapely.coverage_invalid_edges(display)) & shapely.is_valid(display))
    if torn.any():
        raise BoundaryError(
            [
                f"Fläche {ids[k]}: nach dem Runden überschneiden sich Grenzen. Lassen Sie in "
                f"{RECIPE} mehr Nachkommastellen zu."
                for k in np.flatnonzero(torn)
            ]
        )
    return _Base(ids, cleaned, display)


def _make(
    recipe: Recipe,
    layer: RecipeLayer,
    bases: Mapping[tuple[str, str], _Base],
    official: Mapping[str, geopandas.GeoDataFrame],
    problems: list[str],
) -> MadeLayer:
    base = bases[_made_of(recipe, layer).key]
    keys = base.ids if layer.dissolve is None else [layer.key_of(area_id) for area_id in base.ids]
    shown = dissolve(base.display, keys)
    ids = list(shown)
    polygons = rounded(np.array(list(shown.values())), recipe.full_decimals)
    cleaned = np.array(list(dissolve(base.cleaned.polygons, keys).values()))
    measured = _measured(polygons, recipe)
    reference = layer.source or layer.names_from
    names: dict[str, str] = {}
    deviation = None
    if layer.names_from is not None:
        names = dict(
            zip(*(official[layer.names_from][c] for c in ("area_id", "name")), strict=True)
        )
        problems.extend(_contradiction(layer, set(ids), set(official[layer.names_from]["area_id"])))
    if reference is not None and set(official[reference]["area_id"]) == set(ids):
        delivered = official[reference].to_crs(recipe.measuring_crs).geometry
        deviation = _deviation(measured, np.array([only_polygons(x) for x in delivered]), ids)
    frame = geopandas.GeoDataFrame(
        {
            "area_id": ids,
            "name": [layer.name_of(area_id, names) for area_id in ids],
            "parent_id": [layer.parent_of(area_id) for area_id in ids],
            "area_ha": np.round(shapely.area(cleaned) / 1e4, 4),
        },
        geometry=polygons,
        crs=recipe.display_crs,
    )
    measures = Measures(
        vertices=int(shapely.get_num_coordinates(polygons).sum()),
        cleaned=_deviation(measured, cleaned, ids),
        official=deviation,
    )
    return MadeLayer(frame, layer, base.cleaned.repairs if layer.dissolve is None else (), measures)


def _measured(polygons: Polygons, recipe: Recipe) -> Polygons:
    series = geopandas.GeoSeries(polygons, crs=recipe.display_crs).to_crs(recipe.measuring_crs)
    return np.asarray(series.to_numpy(), dtype=object)


def _contradiction(layer: RecipeLayer, made: set[str], named: set[str]) -> Iterator[str]:
    if missing := sorted(named - made):
        yield f"{layer.level}: {layer.names_from} nennt {', '.join(missing)}; ohne Fläche."
    if unnamed := sorted(made - named):
        yield f"{layer.level}: {layer.names_from} nennt {', '.join(unnamed)} nicht; ohne Namen."


def _deviation(polygons: Polygons, originals: Polygons, ids: Sequence[str]) -> Deviation:
    comparison = compare(polygons, originals)

    def at(values: NDArray[np.float64], worst: np.intp, digits: int) -> tuple[float, str]:
        return round(float(values[worst]), digits), ids[int(worst)]

    area = at(comparison.area_change_percent, np.argmax(comparison.area_change_percent), 3)
    distance = at(comparison.hausdorff_m, np.argmax(comparison.hausdorff_m), 1)
    iou = at(comparison.iou, np.argmin(comparison.iou), 4)
    return Deviation(
        max_area_change_percent=area[0],
        max_area_change_area=area[1],
        max_hausdorff_m=distance[0],
        max_hausdorff_area=distance[1],
        min_iou=iou[0],
        min_iou_area=iou[1],
    )


def _describe(recipe: Recipe, made: MadeLayer, sha256: str, folder: Path, full: bool) -> Layer:
    layer = made.recipe
    base = _made_of(recipe, layer)
    names = recipe.source(layer.names_from).origin if layer.names_from is not None else None
    return Layer(
        level=layer.level,
        division=layer.division,
        file=layer.file,
        features=len(made.frame),
        id_column=ID_COLUMN,
        crs=recipe.display_crs,
        measuring_crs=recipe.measuring_crs,
        generalised=not full,
        valid_from=layer.valid_from,
        valid_until=layer.valid_until,
        parent_level=layer.parent_level,
        origin=recipe.source(str(base.source)).origin,
        names_origin=names,
        method=_method(recipe, layer, full),
        note=layer.note,
        repairs=made.repairs,
        measures=made.measures,
        sha256=sha256,
        folder=folder,
    )


def _method(recipe: Recipe, layer: RecipeLayer, full: bool) -> str:
    joined = (
        f" Aus den Flächen der Ebene {layer.dissolve} zusammengefügt, deren Grenzen sie teilt."
        if layer.dissolve is not None
        else ""
    )
    coarse = (
        "Nicht generalisiert"
        if full
        else f"Jede gemeinsame Grenze einmal generalisiert (Douglas-Peucker, höchstens "
        f"{_german(recipe.tolerance_m)} m; weniger, wo sich eine Fläche sonst um mehr als "
        f"{_german(recipe.max_area_change_percent)} % änderte)"
    )
    decimals = recipe.full_decimals if full else recipe.decimals
    return (
        f"In {recipe.measuring_crs} bereinigt: Selbstüberschneidungen und Nadeln entfernt, "
        "Überlappungen aufgelöst, Lücken unter "
        f"{_german(recipe.gap_width_m)} m Breite geschlossen. "
        f"{coarse}. Koordinaten in {recipe.display_crs} mit {decimals} Nachkommastellen.{joined}"
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def _german(value: float) -> str:
    return f"{value:g}".replace(".", ",")
