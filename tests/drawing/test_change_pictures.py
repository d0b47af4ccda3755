"""Change on paper: the map of change and the lines as pictures."""

from __future__ import annotations

import datetime as dt

import pytest

from inteso_dash.city import City
from inteso_dash.city.breaks import breaks
from inteso_dash.pages.veraenderung import content
from inteso_dash.pages.veraenderung import maps as change_views
from inteso_dash.pages.veraenderung import series as change_series
from inteso_dash.pages.veraenderung.charts import course_lines, strongest_bars
from inteso_dash.pages.veraenderung.comparison import Comparison, Measure, compare, standouts
from inteso_dash.pages.veraenderung.series import Mode, series
from inteso_dash.pages.veraenderung.words import break_marks
from inteso_dash.session import store
from inteso_dash.session.charts import picture_of
from inteso_dash.views.map_view import Choice
from inteso_dash.views.statement import Statement, statement

START, END = dt.date(2015, 12, 31), dt.date(2021, 12, 31)


@pytest.fixture(scope="module")
def city() -> City:
    return store.city()


@pytest.fixture(scope="module")
def found(city: City) -> Comparison:
    return compare(city, "stadtteil", "bevoelkerung", START, END)


def told(city: City) -> Statement:
    return statement(
        city, what="Veränderung", where="Stadtteile", dates=[START, END], source_ids=["presse_2015"]
    )


def test_the_view_of_a_change_is_centred_on_zero(city: City, found: Comparison) -> None:
    scale, layer = change_views.drawn(city, found, Measure.PERCENT)
    lowest, *inner, highest = scale.classes.breaks
    assert lowest == -100.0
    assert highest == pytest.approx(104.58, abs=0.01)
    assert inner == [-each for each in reversed(inner)]
    assert scale.title == "Bevölkerung: Veränderung in Prozent"
    assert layer.values["status"].value_counts()["not_delivered"] == 44
    assert layer.reference == pytest.approx(2.437, abs=0.001)


def test_pictures_say_what_they_show(city: City, found: Comparison) -> None:
    drawn = picture_of(content.changed(city, found, Measure.PERCENT, "033"))(
        told(city), "svg"
    ).decode()
    assert "Veränderung in Prozent" in drawn
    assert "Pressemitteilung" in drawn
    assert "31.12.2015 bis 31.12.2021" in drawn
    assert "nicht an beiden Stichtagen" in drawn
    assert "+6,0 bis +104,6" in drawn
    assert "Grundzahl unter 200" in drawn
    unmarked = compare(city, "stadtteil", "bevoelkerung", START, END, small_base=100)
    drawn = picture_of(content.changed(city, unmarked, Measure.PERCENT))(told(city), "svg").decode()
    assert "Grundzahl" not in drawn
    points = series(city, "bevoelkerung", [("stadt", "05111")])
    shown = change_series.shown(points, Mode.ABSOLUTE, END, percent=True)
    cuts = breaks(city, "bevoelkerung", "stadt", points["date"].tolist())
    marks = break_marks(cuts, city.catalogue)
    chart = course_lines(shown.assign(source="Quelle"), marks, "Personen", 0)
    lines = picture_of(chart, "Bevölkerung")(told(city), "svg").decode()
    assert "Bruch (Stadt)" in lines
    assert "Düsseldorf" in lines


def test_maps_mark_what_rests_on_little(city: City, found: Comparison) -> None:
    division = city.catalogue.level("stadtteil").current.id
    harbour = list(store.geometries()["stadtteil", division].area_ids).index("033")
    drawn = content.changed(city, found, Measure.PERCENT).on_screen(city)
    days, choice = [START, END], Choice("stadtteil", "bevoelkerung")
    dated = content.dated(city, choice, days, 200, together=False).on_screen(city)
    for each, meaning in (
        (drawn, "Grundzahl unter 200"),
        (dated, "Grundzahl an einem Stichtag unter 200"),
    ):
        assert each is not None
        assert each.signs is not None
        assert [at for at, kind in enumerate(each.signs.of) if kind is not None] == [harbour]
        assert each.signs.kinds == (("◊", meaning),)
    unmarked = content.dated(city, choice, days, 100, together=False).on_screen(city)
    assert unmarked is not None
    assert unmarked.signs is None


@pytest.mark.parametrize("together", [True, False])
def test_maps_of_several_stichtage_go_on_paper(city: City, together: bool) -> None:
    days = [START, dt.date(2016, 12, 31), END]
    choice = Choice("stadtteil", "bevoelkerung")
    drawn = picture_of(content.dated(city, choice, days, 200, together=together))(
        told(city), "svg"
    ).decode()
    assert ("3 Stichtage auf einer Skala" in drawn) is together
    assert ("31.12.2016" in drawn) is together
    assert "Grundzahl an einem" in drawn
    assert "Pressemitteilung" in drawn


def test_what_stands_out_goes_on_paper(city: City, found: Comparison) -> None:
    chart = strongest_bars(found, standouts(found))
    drawn = picture_of(chart, "stärkste Veränderungen")(told(city), "svg").decode()
    assert "stärkste Veränderungen" in drawn
    assert "Hubbelrath" in drawn
    assert "+6,6" in drawn
