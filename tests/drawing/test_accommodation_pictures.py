"""What the page on accommodation draws, as pictures for paper."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from matplotlib.patches import Circle, Wedge

from inteso_dash.city import City, load_city
from inteso_dash.drawing.paper.circles import round_amounts
from inteso_dash.drawing.paper.pictures import picture
from inteso_dash.drawing.paper.sheet import Words, to_svg
from inteso_dash.pages import slides
from inteso_dash.pages.unterbringung.content import split_of
from inteso_dash.pages.unterbringung.situation import Situation, situation
from inteso_dash.views.maps import Map
from inteso_dash.views.sequences import Slide
from inteso_dash.views.shown import Shown
from inteso_dash.views.statement import statement
from tests.towns import made_up_accommodation as made_up

SECTIONS = ("Verteilung", "Gerechtigkeit", "Konzentration", "Entwicklung", "Formen", "Szenario")
CREATED = dt.date(2026, 1, 1)


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(made_up.ROOT)


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_is_drawn_with_title_source_and_hash(city: City, section: str) -> None:
    shown = slides.show(city, Slide(address=f"unterbringung?u_bereich={section}"))
    told = statement(
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
        drawn = picture(city, shown.content, words)
        assert drawn is not None
        return to_svg(drawn, told).decode()

    first = made()
    assert city.short_hash in first
    assert "INTESO" in first or "Rheinische Post" in first
    assert first == made()


def circles_of(city: City, over: str) -> tuple[list[Circle], list[Wedge], list[str]]:
    """Return circles and slices on the map, and all texts."""
    shown = slides.show(city, Slide(address=f"unterbringung?u_kreise={over}"))
    drawn = picture(city, shown.content)
    assert drawn is not None
    patches = drawn.axes[0].patches
    whole = [each for each in patches if type(each) is Circle]
    slices = [each for each in patches if isinstance(each, Wedge)]
    return whole, slices, [text.get_text() for text in drawn.texts]


def test_circles_of_the_published_persons_stand_to_each_other_as_the_persons(city: City) -> None:
    whole, slices, texts = circles_of(city, "Untergebrachte")
    assert not slices
    larger, smaller = (each.get_radius() for each in whole)
    assert smaller**2 / larger**2 == pytest.approx(659 / 1820)
    assert "Untergebrachte in Personen" in texts
    assert {"1.000", "200"} <= set(texts), "the key of sizes"


def drawn_of(city: City, shown: Shown) -> Situation:
    """Return what a map of a slide is made of."""
    assert isinstance(shown.content, Map)
    return situation(city, shown.content.level, shown.content.shown[0].date)


@pytest.mark.parametrize(
    ("over", "head"),
    [("Untergebrachte", "Untergebrachte in Personen"), ("Plätze", "Plätze")],
)
def test_circles_are_divided_by_form_as_on_the_screen(tmp_path: Path, over: str, head: str) -> None:
    divided = load_city(made_up.build(tmp_path / "city"))
    shown = slides.show(divided, Slide(address=f"unterbringung?u_kreise={over}"))
    split = split_of(drawn_of(divided, shown), over)
    assert split is not None
    whole, slices, texts = circles_of(divided, over)
    assert len(slices) == int((split > 0).sum(axis=1).loc[lambda each: each > 1].sum())
    assert len(whole) == int(((split > 0).sum(axis=1) == 1).sum())
    assert {head, *split.columns} <= set(texts)
    turns = {each.center: 0.0 for each in slices}
    for each in slices:
        turns[each.center] += each.theta2 - each.theta1
    assert all(turn == pytest.approx(360) for turn in turns.values())


def test_single_sites_lie_on_the_map_where_their_position_is_public(tmp_path: Path) -> None:
    public = load_city(made_up.build(tmp_path / "city", positions_public=True))
    shown = slides.show(public, Slide(address="unterbringung?u_kreise=Einzelne Unterkünfte"))
    placed = drawn_of(public, shown).sites.dropna(subset=["lon", "lat"])
    whole, slices, texts = circles_of(public, "Einzelne Unterkünfte")
    assert len(whole) == len(placed) > 0
    assert not slices
    assert "Einzelne Unterkünfte in Personen" in texts


@pytest.mark.parametrize("most", [1.0, 4.0, 19.0, 659.0, 1820.0, 99999.0])
def test_the_key_of_sizes_is_round_and_not_larger_than_the_largest_circle(most: float) -> None:
    sizes = round_amounts(most)
    assert most / 5 < sizes[0] <= most
    assert all(size == int(size) >= 1 for size in sizes)
    assert sorted(sizes, reverse=True) == sizes
