"""What the page on accommodation draws, as pictures for paper."""

from __future__ import annotations

import datetime as dt

import pytest

from inteso_dash import exports, slides, static
from inteso_dash.city import City, load_city
from inteso_dash.handout.pictures import Words, picture
from inteso_dash.layers import read_layers
from inteso_dash.sequences import Slide
from tests import made_up_accommodation as made_up

SECTIONS = ("Verteilung", "Gerechtigkeit", "Konzentration", "Entwicklung", "Formen")
CREATED = dt.date(2026, 1, 1)


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(made_up.ROOT)


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_is_drawn_with_title_source_and_hash(city: City, section: str) -> None:
    shown = slides.show(city, Slide(address=f"unterbringung?u_bereich={section}"))
    told = exports.statement(
        city,
        what=shown.title,
        where=city.catalogue.city.name,
        dates=[dt.date(2017, 2, 28)],
        source_ids=shown.source_ids,
        address="unterbringung",
        created=CREATED,
    )
    words = Words(shown.title, shown.headline, told)

    def made() -> str:
        drawn = picture(city, read_layers(made_up.ROOT), shown.content, "ohne", words)
        assert drawn is not None
        return static.to_svg(drawn, told).decode()

    first = made()
    assert city.short_hash in first
    assert "INTESO" in first or "Rheinische Post" in first
    assert first == made()
