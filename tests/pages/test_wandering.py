"""Whatever an address names and a reader chooses, every page answers, and no part of it fails.

``python -m scripts.wander`` does the same for longer, also in another city.
"""

from __future__ import annotations

import pytest

from inteso_dash.city import City
from inteso_dash.pages import PAGES
from tests.opened import open_page
from tests.wandering import Wanderer

ADDRESSES, STEPS = 8, 10


@pytest.mark.parametrize("page", [page.id for page in PAGES])
def test_any_address_and_any_choice_is_answered(city: City, page: str) -> None:
    """Parts that fail are seen by the fixture `mishaps`."""
    wanderer = Wanderer(city, seed=8)
    for _ in range(ADDRESSES):
        open_page(page, **wanderer.address(page))
    app = open_page(page)
    way: list[object] = []
    for _ in range(STEPS):
        wanderer.step(app, way)
        assert not app.exception, way
