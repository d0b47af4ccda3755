"""German numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inteso_dash.language import formats


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1820, 0, "1.820"),
        (28.55, 1, "28,6"),
        (-3.2, 1, "−3,2"),
        (0.05, 1, "0,1"),
        (-0.04, 1, "0,0"),
        (2.675, 2, "2,68"),
        (1234567.891, 2, "1.234.567,89"),
        (1e30, 1, f"1{10 * '.000'},0"),
    ],
)
def test_numbers_are_written_as_germans_read_them(value: float, decimals: int, text: str) -> None:
    assert formats.number(value, decimals) == text


@given(st.floats(-1e9, 1e9, allow_nan=False), st.integers(0, 3))
def test_a_written_number_is_off_by_half_a_unit_at_most(value: float, decimals: int) -> None:
    text = formats.number(value, decimals)
    back = float(text.replace(".", "").replace(",", ".").replace("−", "-"))
    assert abs(back - value) <= 0.5 * 10**-decimals + 1e-6


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_not_written(value: float) -> None:
    with pytest.raises(ValueError, match="expected a finite number"):
        formats.number(value, 1)
