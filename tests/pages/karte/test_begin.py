"""Where a reader begins who has chosen nothing: the doors, and what is new in the data."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
from streamlit.testing.v1 import AppTest

from inteso_dash.city import City
from inteso_dash.pages.karte.begin import News, news
from inteso_dash.pages.karte.texts import BEGIN as TEXTS
from inteso_dash.views.sequences import Address
from tests.paths import FRAME


def opened(**address: str) -> AppTest:
    app = AppTest.from_file(FRAME, default_timeout=60)
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


def links(app: AppTest) -> dict[str, str]:
    """Links of the page by their titles."""
    found = {each.proto.label: each.proto for each in app.get("page_link")}
    return {title: f"{each.page}?{each.query_string}" for title, each in found.items()}


def said(app: AppTest) -> str:
    return "\n".join(str(each.value) for each in app.markdown).replace("\u202f", " ")


def test_news_are_the_newest_figures_of_every_source(city: City) -> None:
    found = news(city)
    assert len(found) == 4
    assert list(found) == sorted(found, key=lambda each: each.date, reverse=True)
    newest = found[0]
    assert newest.date == dt.date(2021, 12, 31)
    assert newest.title.startswith("Quartiersatlas 2024")
    rows = city.figures[city.figures["source_id"] == "quartiersatlas_2024"]
    given = rows[rows["value"].notna() & (rows["status"] != "computed")]
    assert newest.count == int(np.sum(given["date"] == given["date"].max()))
    assert news(city, 1) == (newest,)


def test_a_city_without_figures_has_no_news(city: City) -> None:
    assert news(replace(city, figures=city.figures.iloc[:0])) == ()


def test_a_source_is_named_as_the_catalogue_names_it(city: City) -> None:
    titles = {each.title for each in city.catalogue.sources.values()}
    assert {each.title for each in news(city, 100)} <= titles
    assert all(isinstance(each, News) and each.count > 0 for each in news(city, 100))


def test_an_address_that_names_nothing_shows_the_doors_and_what_is_new(city: City) -> None:
    app = opened()
    doors = links(app)
    assert next(iter(doors)) == TEXTS["area"]
    assert doors[TEXTS["area"]].startswith("stadtteilprofil?")
    assert doors[TEXTS["accommodation"]].startswith("unterbringung?")
    topics = [each for each in city.catalogue.topics if f"?thema={each.id}" in str(doors)]
    assert len(topics) == 8
    for address in doors.values():
        assert Address.read(address.replace("/?", "?"))
    assert "**31.12.2021** · Quartiersatlas 2024" in said(app)
    assert app.title[0].value == "SGB-II-Quote"


def test_the_doors_go_with_the_first_choice_and_a_link_has_none() -> None:
    app = opened()
    app.run()
    assert links(app), "nothing has been chosen yet"
    app.selectbox(key="ebene").select("Stadtteile").run()
    assert not links(app)
    assert not links(opened(indikator="kinderarmut"))
