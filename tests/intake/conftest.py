"""What tests of deliveries share."""

from __future__ import annotations

import pytest

from inteso_dash.intake.delivery.folder import surroundings
from inteso_dash.intake.delivery.tidy import Surroundings
from tests.towns.made_up_small_city import write_small_city


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Surroundings:
    """The made-up city, as what is known when a file is delivered."""
    root = tmp_path_factory.mktemp("kleinau") / "city"
    write_small_city(root)
    return surroundings(root)
