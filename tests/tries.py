"""How many cases a property is tried with, as the profile of `tests/conftest.py` has it."""

from typing import Any

from hypothesis import settings


def tried(share: float, **more: Any) -> settings:
    """Return settings with a share of the profile's cases, less where a case takes long."""
    return settings(max_examples=round(share * settings().max_examples), **more)
