"""Boundaries as the browser is sent them, once they are encoded: how they lie and are kept.

A server that opens a compiled city needs nothing of the libraries that encode them (`payload`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inteso_dash.boundaries.assets import Asset

Key = tuple[str, str]
"""Level and division of a layer."""


@dataclass(frozen=True)
class ViewFrame:
    """Origin and scale shared by all layers of a city.

    Parameters
    ----------
    minx, miny, maxx, maxy
        Bounds in the metres of the projected CRS.
    metres_per_unit
        Length of one map unit, the resolution of the paths.
    """

    minx: float
    miny: float
    maxx: float
    maxy: float
    metres_per_unit: float

    def __post_init__(self) -> None:
        if not self.metres_per_unit > 0:
            raise ValueError(f"metres_per_unit is {self.metres_per_unit}; expected more than 0.")
        if not (self.maxx > self.minx and self.maxy > self.miny):
            raise ValueError(
                f"view frame {self.minx, self.miny, self.maxx, self.maxy} has no extent; "
                "expected minx < maxx and miny < maxy."
            )

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in map units, rounded up."""
        width = (self.maxx - self.minx) / self.metres_per_unit
        height = (self.maxy - self.miny) / self.metres_per_unit
        return int(np.ceil(width)), int(np.ceil(height))

    def to_units(self, coordinates: NDArray[np.float64]) -> NDArray[np.int64]:
        """Turn metres into whole map units, y pointing down.

        Examples
        --------
        >>> frame = ViewFrame(0, 0, 100, 50, metres_per_unit=10)
        >>> frame.to_units(np.array([[0.0, 0.0], [100.0, 50.0], [14.0, 26.0]])).tolist()
        [[0, 5], [10, 0], [1, 2]]
        """
        offset = np.column_stack(
            (coordinates[:, 0] - self.minx, self.maxy - coordinates[:, 1]),
        )
        return np.rint(offset / self.metres_per_unit).astype(np.int64)

    def from_units(self, x: float, y: float) -> tuple[float, float]:
        """Turn map units into metres.

        Examples
        --------
        >>> ViewFrame(0, 0, 100, 50, metres_per_unit=10).from_units(1.0, 2.0)
        (10.0, 30.0)
        """
        return self.minx + x * self.metres_per_unit, self.maxy - y * self.metres_per_unit


@dataclass(frozen=True)
class Geometry:
    """Boundaries of one layer, ready to be sent, and the order of its areas.

    ``crs`` is the projected system in metres that the frame was made in, as WKT.
    """

    asset: Asset
    area_ids: tuple[str, ...]
    frame: ViewFrame
    crs: str


def asset_of(key: Key, body: bytes) -> Asset:
    """Return an encoded layer as a file that never changes at its address."""
    return Asset(payload_name("-".join(key), body), body, "application/json")


def packed(found: Mapping[Key, Geometry]) -> bytes:
    """Write encoded layers of one frame, as `payload.geometries` returns them."""
    told: dict[str, Any] = {
        "layers": [[*key, each.area_ids, each.asset.body.decode()] for key, each in found.items()]
    }
    for each in [*found.values()][:1]:
        told |= {"frame": asdict(each.frame), "crs": each.crs}
    return json.dumps(told, ensure_ascii=False).encode()


def unpacked(content: bytes) -> dict[Key, Geometry]:
    """Return what `packed` has written."""
    told = json.loads(content)
    if not told["layers"]:
        return {}
    frame, crs = ViewFrame(**told["frame"]), told["crs"]
    return {
        (level, division): Geometry(
            asset_of((level, division), text.encode()), tuple(areas), frame, crs
        )
        for level, division, areas, text in told["layers"]
    }


def payload_name(name: str, body: bytes) -> str:
    """File name that changes with the content, so that it may be cached for good.

    Examples
    --------
    >>> payload_name("sozialraum", b"{}")
    'sozialraum.44136fa355b3.json'
    """
    return f"{name}.{hashlib.sha256(body).hexdigest()[:12]}.json"
