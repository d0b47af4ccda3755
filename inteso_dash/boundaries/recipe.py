"""What a city declares about its boundary files: origins, official sources, layers to make.

`geodata/recipe.yml` names the files as the city delivers them and the layers that follow from
them. This module reads it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import Field, ValidationError

from inteso_dash.boundaries.reference_systems import MetricSystem, System, system
from inteso_dash.catalogue.yaml_files import Declared, YamlError, complaint, read_mapping

RECIPE = "recipe.yml"


class BoundaryError(ValueError):
    """A boundary file, its sidecar or the recipe does not hold what it should.

    Parameters
    ----------
    problems : sequence of str
        One sentence each: file, place, what was found, what was expected.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


class Origin(Declared):
    """Where a boundary file comes from and what may be done with it."""

    producer: str
    title: str
    url: str
    licence: str
    licence_url: str = ""
    accessed: dt.date | None = None
    source_crs: str


class OfficialSource(Declared):
    """A boundary file as the city delivers it: its properties and its number of areas."""

    id: str
    file: str
    id_property: str
    name_property: str | None = None
    features: int = Field(gt=0)
    origin: Origin


class RecipeLayer(Declared):
    """A layer to make: either of one `source`, or by joining the areas of the level `dissolve`.

    `dissolve_division` says which division of that level, where it has several (`Recipe.base`).
    Joined areas share the first `prefix` characters of their keys, or all have the constant
    `area_id`. Names come from the source `names_from`, or from `name`, in which ``{number}``
    stands for the key as a number. The parent is the first `parent_prefix` characters of the key,
    or the constant `parent_id`.
    """

    level: str
    division: str
    file: str
    source: str | None = None
    dissolve: str | None = None
    dissolve_division: str | None = None
    prefix: int | None = Field(default=None, gt=0)
    area_id: str | None = None
    names_from: str | None = None
    name: str | None = None
    parent_level: str | None = None
    parent_prefix: int | None = Field(default=None, gt=0)
    parent_id: str | None = None
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    note: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Level and division: what a layer is asked for by."""
        return self.level, self.division

    def key_of(self, area_id: str) -> str:
        """Return the key of this layer's area that an area of the level below belongs to."""
        return self.area_id if self.area_id is not None else area_id[: self.prefix]

    def parent_of(self, area_id: str) -> str | None:
        """Return the key of the area of the parent level, None at the top."""
        return area_id[: self.parent_prefix] if self.parent_prefix is not None else self.parent_id

    def name_of(self, area_id: str, names: Mapping[str, str]) -> str | None:
        """Return an area's name, None where neither the recipe nor a source gives one."""
        if self.name is None:
            return names.get(area_id)
        return self.name.format(number=int(area_id)) if "{" in self.name else self.name


class Recipe(Declared):
    """How the layers of a city are made of its official files."""

    measuring_crs: MetricSystem
    display_crs: System
    decimals: int = Field(ge=4, le=9)
    full_decimals: int = Field(ge=4, le=9)
    gap_width_m: float = Field(ge=0)
    tolerance_m: float = Field(gt=0)
    max_area_change_percent: float = Field(gt=0)
    needle_angle_degrees: float = Field(ge=0)
    needle_length_m: float = Field(gt=0)
    sources: tuple[OfficialSource, ...] = Field(min_length=1)
    layers: tuple[RecipeLayer, ...] = Field(min_length=1)

    def source(self, source_id: str) -> OfficialSource:
        """Return the source with this id (`KeyError` where there is none)."""
        return {source.id: source for source in self.sources}[source_id]

    def base(self, layer: RecipeLayer) -> RecipeLayer | None:
        """Return the layer whose areas a layer is made of, None where that is not clear.

        Of several divisions of the level to join, the one named, else the one of the same name,
        else the only one that has no end.
        """
        if layer.dissolve is None:
            return layer
        found = [other for other in self.layers if other.level == layer.dissolve]
        wanted = layer.dissolve_division or layer.division
        same = [other for other in found if other.division == wanted]
        if layer.dissolve_division is None and not same:
            same = found if len(found) == 1 else [o for o in found if o.valid_until is None]
        return same[0] if len(same) == 1 else None


Model = TypeVar("Model", bound=Declared)


def read_declared(path: Path, model: type[Model], **more: object) -> Model:
    """Read a YAML file into a model; `more` are fields that the file must not set.

    Raises
    ------
    BoundaryError
        With all problems of the file: missing, not UTF-8, no YAML, unknown or missing keys,
        wrong types.
    """
    try:
        content = read_mapping(path)
    except YamlError as error:
        raise BoundaryError([str(error)]) from None
    taken = [f"{path.name}: unbekannter Schlüssel {key}." for key in more if key in content]
    try:
        result = model.model_validate({**content, **more})
    except ValidationError as error:
        raise BoundaryError(
            [*taken, *(complaint(path.name, issue) for issue in error.errors())]
        ) from None
    if taken:
        raise BoundaryError(taken)
    return result


def read_recipe(root: Path) -> Recipe:
    """Read `geodata/recipe.yml` of a city folder.

    Raises
    ------
    BoundaryError
        With all problems, references to sources and levels that are not declared among them.
    """
    recipe = read_declared(root / "geodata" / RECIPE, Recipe)
    sources = {source.id for source in recipe.sources}
    levels = {layer.level for layer in recipe.layers}
    problems = [
        f"{RECIPE}: {what} {found!r} steht {count} mal da, erwartet einmal."
        for what, held in (
            ("Quelle", [source.id for source in recipe.sources]),
            ("Ebene und Gliederung", [" ".join(layer.key) for layer in recipe.layers]),
            ("Datei", [layer.file for layer in recipe.layers]),
        )
        for found, count in Counter(held).items()
        if count > 1
    ]
    for source in recipe.sources:
        try:
            system(source.origin.source_crs)
        except ValueError as error:
            problems.append(
                f"{RECIPE}: {source.id}.source_crs: gefunden {source.origin.source_crs!r}; "
                f"erwartet: {error}."
            )
    for layer in recipe.layers:
        place = f"{RECIPE}: {layer.level} {layer.division}"
        if (layer.source is None) == (layer.dissolve is None):
            problems.append(f"{place}: erwartet genau eines von source und dissolve.")
        if layer.dissolve is not None and (layer.prefix is None) == (layer.area_id is None):
            problems.append(f"{place}: dissolve erwartet genau eines von prefix und area_id.")
        problems.extend(
            f"{place}: Quelle {found!r} ist nicht erklärt; bekannt: {', '.join(sorted(sources))}."
            for found in (layer.source, layer.names_from)
            if found is not None and found not in sources
        )
        problems.extend(
            f"{place}: Ebene {found!r} ist nicht erklärt; bekannt: {', '.join(sorted(levels))}."
            for found in (layer.dissolve, layer.parent_level)
            if found is not None and found not in levels
        )
        if layer.dissolve not in levels:
            continue
        base = recipe.base(layer)
        if base is None:
            known = [other.division for other in recipe.layers if other.level == layer.dissolve]
            problems.append(
                f"{place}: dissolve_division: gefunden {layer.dissolve_division!r}; erwartet die "
                f"Gliederung der Ebene {layer.dissolve}, die zusammengefügt wird: "
                f"{', '.join(known)}."
            )
        elif base.source is None:
            problems.append(f"{place}: dissolve erwartet eine Ebene mit source.")
    if problems:
        raise BoundaryError(problems)
    return recipe
