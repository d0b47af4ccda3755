"""A session with tables of its own sees them beside the shared city; no other session does."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import inteso_dash
from inteso_dash.catalogue import CatalogueError
from inteso_dash.catalogue.tables import Source, SourceTable
from inteso_dash.city import load_city
from inteso_dash.folders import default_root
from inteso_dash.measures.classes import Method
from inteso_dash.pages.karte.kept import view
from inteso_dash.session import editions, store, unpublished
from inteso_dash.tables.sources import Delivery
from inteso_dash.views import map_view

MADE_UP_DATE = dt.date(2022, 6, 30)
SHARED_BY_ALL_EDITIONS = {
    "shared_city",
    "matched",
    "_shared_geometries",
    "_loaded_city",
    "_picking_view",
    "assets",
    "shipped_sequences",
}
ONLY_OF_THE_SHARED_CITY = {"ahead", "masked_of_folder"}


def made_up(value: int = 700_001) -> Delivery:
    """A delivery that says, made up, how many people live in the city."""
    content = f"area_id,indicator_id,value\n05111,bevoelkerung,{value}\n".encode()
    table = SourceTable(
        id="erfunden",
        title="Erfunden",
        file="erfunden.csv",
        kind="figures",
        level="stadt",
        date=MADE_UP_DATE,
        source="erfunden",
        sources=(Source(id="erfunden", title="Erfunden", producer="Test", licence="keine"),),
        rows=1,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    return Delivery(table, content)


@pytest.fixture(autouse=True)
def _clean() -> Iterator[None]:
    yield
    st.cache_resource.clear()


def session() -> None:
    """Script of a session: choose an edition if told to, say what the city has."""
    import streamlit as st

    from inteso_dash.pages.karte import kept
    from inteso_dash.session import editions, store

    if st.session_state.get("own") is not None:
        editions.choose_edition(st.session_state["own"])
    city = store.city()
    st.session_state["dates"] = city.dates("stadt", "bevoelkerung")
    st.session_state["topics"] = kept.offered()
    st.session_state["again"] = store.city() is city
    st.session_state["later"] = editions.in_this_edition(store.city)


def test_a_delivery_is_read_beside_the_folder() -> None:
    city = load_city(default_root(), [made_up()])
    assert MADE_UP_DATE in city.dates("stadt", "bevoelkerung")
    assert city.reference("bevoelkerung", MADE_UP_DATE) == 700_001
    assert "erfunden" in city.catalogue.sources
    assert not [finding for finding in city.findings if finding.file == "erfunden.csv"]


def test_a_delivery_whose_source_is_taken_is_refused() -> None:
    with pytest.raises(CatalogueError, match="mehrfach erklärt"):
        load_city(default_root(), [made_up(), made_up()])


def test_only_the_session_that_chose_an_edition_sees_it() -> None:
    own, other = AppTest.from_function(session), AppTest.from_function(session)
    own.session_state["own"] = editions.Edition("a", (made_up(),))
    for app in (own, other, own):
        app.run(timeout=60)
        assert not app.exception
        assert app.session_state["again"]
    assert MADE_UP_DATE in own.session_state["dates"]
    assert MADE_UP_DATE not in other.session_state["dates"]
    assert own.session_state["topics"] is not other.session_state["topics"]


def test_what_is_called_after_the_session_keeps_its_edition() -> None:
    app = AppTest.from_function(session)
    app.session_state["own"] = editions.Edition("b", (made_up(),))
    app.run(timeout=60)
    assert MADE_UP_DATE in app.session_state["later"]().dates("stadt", "bevoelkerung")
    assert editions.edition() is None
    assert MADE_UP_DATE not in store.city().dates("stadt", "bevoelkerung")


def test_the_same_table_said_to_be_something_else_is_another_edition() -> None:
    first = made_up()
    described = {
        "complete": {"complete": True},
        "public": {"sources": (first.table.sources[0].model_copy(update={"public": True}),)},
        "date": {"date": MADE_UP_DATE + dt.timedelta(days=1)},
    }
    others = [
        replace(first, table=first.table.model_copy(update=new)) for new in described.values()
    ]
    assert len({unpublished.with_table(each).id for each in [first, *others]}) == 4


def test_a_discarded_edition_is_gone() -> None:
    app = AppTest.from_function(session)
    app.session_state["own"] = editions.Edition("c", (made_up(),))
    app.run(timeout=60)
    app.session_state["own"] = None
    app.session_state["edition"] = None
    app.run(timeout=60)
    assert MADE_UP_DATE not in app.session_state["dates"]


def test_every_cached_function_but_the_boundaries_knows_editions() -> None:
    modules = pkgutil.walk_packages(inteso_dash.__path__, "inteso_dash.")
    direct = {
        held.__wrapped__.__name__
        for module in modules
        if module.name.rpartition(".")[2] not in {"__main__", "frame", "page"}
        for held in vars(importlib.import_module(module.name)).values()
        if isinstance(held, type(store.shared_city))
    }
    assert direct == SHARED_BY_ALL_EDITIONS | ONLY_OF_THE_SHARED_CITY


def test_own_bounds_of_classes_take_no_place_of_others() -> None:
    own = [
        map_view.Choice("stadtbezirk", "bevoelkerung", Method.OWN, 5, (1.0, float(at)))
        for at in range(2, 102)
    ]
    common = map_view.Choice("stadtbezirk", "bevoelkerung")
    before, first = view(common), view(own[0])
    assert view(own[0]) is first
    for each in own[1:]:
        view(each)
    assert view(common) is before
    assert view(own[-1]) is view(own[-1])
    assert view(own[0]) is not first


def test_bounds_without_end_are_no_bounds() -> None:
    assert map_view.own_bounds(f"1; {'9' * 400}") is None
