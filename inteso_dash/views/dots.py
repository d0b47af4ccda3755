"""Charts with one dot an area: along one figure, two figures, or a rate and its base."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inteso_dash.views.figures import Chart

_EDGE, _NAMES, _TRIED = 1.06, 14, 100
"""How far the axes of a funnel go beyond the areas, how many of these have names at most, and of
how many that is tried."""


@dataclass(frozen=True, kw_only=True)
class Swarm(Chart):
    """One dot per area along its value.

    Attributes
    ----------
    values : tuple of float
    colours : tuple of str
        Of the classes, one per value.
    bounds : (float, float)
        What the axis covers.
    reference : float or None
    reference_name : str
    named : (int, str) or None
        Place of the dot that has a name, and the name.
    """

    values: tuple[float, ...]
    colours: tuple[str, ...]
    bounds: tuple[float, float]
    reference: float | None = None
    reference_name: str = ""
    named: tuple[int, str] | None = None


@dataclass(frozen=True)
class Dot:
    """An area by two figures.

    Attributes
    ----------
    label : str
    x, y : float
    colour : str
        Of its class, on a light ground.
    told : str
        Both figures in words.
    named : bool
        Whether its name stands beside it.
    faint : bool
        Whether it stands back behind the others.
    """

    label: str
    x: float
    y: float
    colour: str
    told: str = ""
    named: bool = False
    faint: bool = False


@dataclass(frozen=True, kw_only=True)
class Scatter(Chart):
    """One dot an area, two figures against each other.

    Attributes
    ----------
    dots : tuple of Dot
    across, upwards : str
        Titles of the axes, with units.
    digits : (int, int)
        Decimals across and upwards.
    line : tuple of (float, float)
        Ends of a line through the dots, none where it is empty.
    line_name : str
    bounds : (tuple of float, tuple of float)
        Bounds of classes across and upwards.
    """

    dots: tuple[Dot, ...]
    across: str
    upwards: str
    digits: tuple[int, int] = (0, 0)
    line: tuple[tuple[float, float], ...] = ()
    line_name: str = ""
    bounds: tuple[tuple[float, ...], tuple[float, ...]] = ((), ())


@dataclass(frozen=True)
class FunnelArea:
    """One area of a funnel.

    Attributes
    ----------
    label : str
    total : float
        What the rate refers to.
    value : float
    outside : bool
        Whether it lies outside all limits.
    far : float
        How far it lies from the reference, in widths of the widest limits there; names are given
        to the farthest first.
    told : str
    selected : bool
        Whether it has its name and a ring, whatever else has the same name.
    """

    label: str
    total: float
    value: float
    outside: bool
    far: float
    told: str = ""
    selected: bool = False


@dataclass(frozen=True)
class FunnelLimits:
    """Between which values areas of one true rate lie, by what these refer to; ascending."""

    name: str
    totals: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Funnel(Chart):
    """A dot an area, by its rate and by what that refers to, between limits around the whole.

    Attributes
    ----------
    areas : tuple of FunnelArea
    limits : tuple of FunnelLimits
        The widest last.
    reference : float
    reference_name : str
    across, upwards : str
        Titles of the axes.
    names : (str, str)
        What areas within and outside of the limits are.
    """

    areas: tuple[FunnelArea, ...]
    limits: tuple[FunnelLimits, ...]
    reference: float
    reference_name: str
    across: str = ""
    upwards: str = ""
    names: tuple[str, str] = ("", "")

    @property
    def chosen(self) -> FunnelArea | None:
        """The area that is selected."""
        return next((area for area in self.areas if area.selected), None)

    @property
    def bounds(self) -> tuple[float, float, float]:
        """Where the axis of what rates refer to ends, and those of rates."""
        most = max((area.total for area in self.areas), default=1.0) * _EDGE
        values = [self.reference, *(area.value for area in self.areas)]
        reach = (max(values) - min(values)) * (_EDGE - 1) or 1.0
        return most, max(min(values) - reach, min(0.0, *values)), max(values) + reach

    def named(self, letter: float, line: float) -> tuple[FunnelArea, ...]:
        """Return the areas whose names have room: the selected one, then the farthest outside.

        Names stand to the right of their dots, and over no other one.

        Parameters
        ----------
        letter, line : float
            Width of a letter and height of a line, as parts of the width and height of the chart.
        """
        most, low, high = self.bounds
        across = np.array([area.total for area in self.areas]) / most
        up = (np.array([area.value for area in self.areas]) - low) / (high - low)
        taken: list[tuple[float, float, float, float]] = []
        found: list[FunnelArea] = []
        order = sorted(range(len(self.areas)), key=lambda at: -self.areas[at].far)
        outside = [at for at in order if self.areas[at].outside][:_TRIED]
        selected = self.chosen
        chosen = [at for at in order if self.areas[at] is selected]
        for at in dict.fromkeys((*chosen, *outside)):
            area, x, y = self.areas[at], float(across[at]), float(up[at])
            box = (x, x + letter * (len(area.label) + 2), y - line / 2, y + line / 2)
            dots = (across >= x) & (across <= box[1]) & (up >= box[2]) & (up <= box[3])
            free = dots.sum() == 1 and all(
                box[1] < left or box[0] > right or box[3] < below or box[2] > above
                for left, right, below, above in taken
            )
            if at in chosen or (len(found) < _NAMES and box[1] <= 1 and free):
                found.append(area)
                taken.append(box)
        return tuple(found)
