"""Colours of classes of two figures: told apart by everybody, more is darker."""

from __future__ import annotations

import numpy as np
import pytest

from inteso_dash.views.colours import luminance, on_dark, two_way

SEEN_BY = {
    "all colours": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
"""Machado, Oliveira, Fernandes (2009), severity 1, in linear light."""
TO_XYZ = [
    [0.4124 / 0.95047, 0.3576 / 0.95047, 0.1805 / 0.95047],
    [0.2126, 0.7152, 0.0722],
    [0.0193 / 1.08883, 0.1192 / 1.08883, 0.9505 / 1.08883],
]
TOLD_APART = 15.0
"""Difference in CIELAB: about six times what is just noticed."""


def in_lab(colour: str, seen: object) -> np.ndarray:
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    xyz = np.array(TO_XYZ) @ np.clip(np.array(seen) @ linear, 0, 1)
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("seen", SEEN_BY)
@pytest.mark.parametrize("colours", [two_way(), on_dark(two_way())], ids=["light", "dark"])
def test_classes_of_two_figures_are_told_apart_by_everybody(
    colours: tuple[str, ...], seen: str
) -> None:
    places = [in_lab(colour, SEEN_BY[seen]) for colour in colours]
    pairs = [(i, j) for i in range(9) for j in range(i)]
    assert min(np.linalg.norm(places[i] - places[j]) for i, j in pairs) > TOLD_APART


@pytest.mark.parametrize("colours", [two_way(), on_dark(two_way())], ids=["light", "dark"])
def test_more_of_either_figure_is_darker(colours: tuple[str, ...]) -> None:
    light = np.array([luminance(colour) for colour in colours]).reshape(3, 3)
    assert (np.diff(light, axis=0) < 0).all()
    assert (np.diff(light, axis=1) < 0).all()
