"""Every kind of slide, on every level and with every number of comparisons, on the projector."""

from __future__ import annotations

import logging
from itertools import product

import pytest
from streamlit.testing.v1 import AppTest

from inteso_dash.catalogue import read_catalogue
from inteso_dash.catalogue.city import Level
from inteso_dash.city import City
from inteso_dash.pages import slides
from inteso_dash.pages.own import OWN
from inteso_dash.pages.runder_tisch import slide_figures
from inteso_dash.pages.stadtteilprofil.view import TopicTable
from inteso_dash.pages.unterbringung.situation import levels
from inteso_dash.pages.unterbringung.view import sections
from inteso_dash.pages.veraenderung import view as comparing
from inteso_dash.pages.veraenderung.series import Mode
from inteso_dash.views.own_sequences import Own
from inteso_dash.views.sequences import Address, Sequence, Slide
from inteso_dash.views.shown import ViewError
from tests.opened import open_page
from tests.paths import FRAME, ROOT
from tests.paths import page as script

AREAS = {
    "stadt": "05111 Düsseldorf",
    "stadtbezirk": "06 Stadtbezirk 6",
    "stadtteil": "061 Lichtenbroich",
    "sozialraum": "061001 Lichtenbroich",
}
COMPARED = (
    "031 Friedrichstadt (Stadtteil)",
    "098002 Hassels-Nord (Sozialraum)",
    "05 Stadtbezirk 5 (Stadtbezirk)",
)
pytestmark = pytest.mark.slow
every_level = pytest.mark.parametrize(
    "level", read_catalogue(ROOT).levels, ids=lambda each: each.id
)


def address(page: str, *pairs: tuple[str, str]) -> str:
    return Address(page, pairs).text


def play(views: list[tuple[str, str]]) -> int:
    """Play views and what they show; return how many show figures."""
    kept = tuple(Slide(address=view, figure=figure) for view, figure in views)
    app = AppTest.from_file(FRAME, default_timeout=120)
    alle = Sequence(title="Alle", city="05111", slides=kept)
    app.session_state[OWN] = Own("05111", {"eigene": alle})
    app.query_params["folge"], app.query_params["vorfuehren"] = "eigene", "1"
    app.run()
    app.switch_page(script("runder_tisch"))
    shown = 0
    for place, view in enumerate(views, 1):
        app.query_params["folie"] = str(place)
        app.run()
        assert not app.exception, (view, app.exception)
        assert not app.error, (view, app.error)
        assert not app.warning, (view, [each.value for each in app.warning])
        assert len(app.title) == 1, view
        told = "Stichtag" in app.caption[-1].value if app.caption else False
        assert told or app.info[0].value.endswith("."), view
        shown += told
    return shown


@every_level
@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_profile_is_played_with_every_comparison(city: City, level: Level, count: int) -> None:
    own = [("profilebene", level.title.de), ("profil", AREAS[level.id])]
    view = address("stadtteilprofil", *own, *(("vergleich", each) for each in COMPARED[:count]))
    figures = slides.viewer("stadtteilprofil").figures_of(city, Address("stadtteilprofil"))
    if level.id == "sozialraum" or count == 3:
        assert play([(view, figure) for figure in figures.values()]) >= 7
        return
    made = [words(city, Slide(address=view, figure=each)) for each in figures.values()]
    assert sum(not each.endswith(".") for each in made) >= 7
    assert all(made)


def words(city: City, slide: Slide) -> str:
    """Return the heads of the columns that a slide would show, or why it shows nothing."""
    try:
        shown = slides.show(city, slide)
    except ViewError as error:
        return str(error)
    if not isinstance(shown.content, TopicTable):
        return shown.content.words
    tables = slide_figures.topic_tables(shown.content, shown)
    return " ".join(column.title for table in tables for column in table.columns)


def test_an_area_compared_with_itself_its_district_and_twice_is_shown_once(city: City) -> None:
    view = address(
        "stadtteilprofil",
        ("profilebene", "Stadtteil"),
        ("profil", AREAS["stadtteil"]),
        ("vergleich", "06 Stadtbezirk 6 (Stadtbezirk)"),
        ("vergleich", "031 Friedrichstadt (Stadtteil)"),
        ("vergleich", "031 Friedrichstadt (Stadtteil)"),
    )
    shown = slides.show(city, Slide(address=view, figure="Bevölkerung"))
    assert isinstance(shown.content, TopicTable)
    names = ["Lichtenbroich", "Stadtbezirk 6", "Düsseldorf", "Friedrichstadt"]
    assert [place.name for place in shown.content.profile.places] == names
    assert list(shown.content.rows[0][2:-1]) == names
    assert {len(row) for row in shown.content.rows} == {7}
    (table,) = slide_figures.topic_tables(shown.content, shown)
    assert [column.title for column in table.columns if column.kind in {"own", "value"}] == names


@every_level
def test_all_other_slides_are_played(city: City, level: Level) -> None:
    plural = level.plural if level.parent else level.title.de
    on_level = ("v_ebene", plural)
    areas = ("v_gebiete", AREAS[level.id])
    views = [(address("karte", ("ebene", level.plural)), "")]
    views += [
        (address("veraenderung", on_level, ("v_darstellung", str(mode)), *[areas] * count), "")
        for mode, count in product(Mode, (0, 1))
    ]
    for section in list(comparing.SECTIONS.values())[1:]:
        for way in comparing.MAP_VIEWS.options.values() if section == comparing.MAPS else (None,):
            pairs = (on_level, ("v_bereich", section), *([("v_karten", way)] if way else []))
            figures = slides.viewer("veraenderung").figures_of(
                city, Address("veraenderung", pairs)
            ).values() or ("",)
            views += [(address("veraenderung", *pairs), figure) for figure in figures]
    if level.id in levels(city):
        views += [
            (address("unterbringung", ("u_bereich", part), ("u_ebene", level.plural)), "")
            for part in sections(city.catalogue.accommodation).options
        ]
    assert play(views)


def test_a_figure_that_fails_is_a_german_sentence_and_the_slide_stands(
    monkeypatch: pytest.MonkeyPatch, mishaps: list[logging.LogRecord]
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(slide_figures, "show", fails)
    app = open_page("runder_tisch", folge="unterbringung", vorfuehren="1")
    assert "7.590\xa0Personen" in app.title[0].value
    assert "Stichtag" in app.caption[-1].value
    (told,) = [each.value for each in app.error]
    assert "In der Anwendung ist ein Fehler aufgetreten" in told
    assert "planted" not in told
    record = mishaps.pop()
    assert record.exc_info is not None
    assert str(record.exc_info[1]) == "planted"
    assert record.getMessage().removeprefix("Kennung ") in told, (
        "the operator finds the error by what the visitor names"
    )
    assert not mishaps
