"""Change on paper: the map of change and the lines as pictures."""

from __future__ import annotations

import datetime as dt

import pytest

from inteso_dash import change, exports, store
from inteso_dash.city import City
from inteso_dash.web.change_pictures import change_picture, change_view, course_picture

START, END = dt.date(2015, 12, 31), dt.date(2021, 12, 31)


@pytest.fixture(scope="module")
def city() -> City:
    return store.city()


@pytest.fixture(scope="module")
def found(city: City) -> change.Comparison:
    return change.compare(city, "stadtteil", "bevoelkerung", START, END)


def told(city: City) -> exports.Statement:
    return exports.statement(
        city, what="Veränderung", where="Stadtteile", dates=[START, END], source_ids=["presse_2015"]
    )


def test_the_view_of_a_change_is_centred_on_zero(city: City, found: change.Comparison) -> None:
    shown = change_view(city, found, change.Measure.PERCENT)
    lowest, *inner, highest = shown.classes.breaks
    assert lowest == -100.0
    assert highest == pytest.approx(104.58, abs=0.01)
    assert inner == [-each for each in reversed(inner)]
    assert shown.indicator.title.de.endswith("Veränderung in Prozent seit 31.12.2015")
    assert shown.layers[0].values["status"].value_counts()["not_delivered"] == 44
    assert shown.layers[0].reference == pytest.approx(2.437, abs=0.001)


def test_pictures_say_what_they_show(city: City, found: change.Comparison) -> None:
    drawn = change_picture(city, found, change.Measure.PERCENT, "033")(told(city), "svg").decode()
    assert "Veränderung in Prozent" in drawn
    assert "Pressemitteilung" in drawn
    points = change.series(city, "bevoelkerung", [("stadt", "05111")])
    shown = change.shown(points, change.Mode.ABSOLUTE, END, percent=True)
    cuts = change.breaks(city, "bevoelkerung", "stadt", points["date"].tolist())
    marks = change.break_marks(cuts, city.catalogue)
    lines = course_picture(shown, marks, "Bevölkerung", "Personen", 0)(told(city), "svg").decode()
    assert "Bruch (Stadt) zum 31.12.2014" in lines
    assert "Düsseldorf" in lines
