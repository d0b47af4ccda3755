"""Own areas of a session: named by the address, a level of the city on every page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from inteso_dash.boundaries.encoded import Geometry
from inteso_dash.catalogue.own_areas import OwnArea, OwnAreas
from inteso_dash.session import editions, store
from inteso_dash.tables.sources import Delivery
from tests.session.test_editions import MADE_UP_DATE, made_up

NORTH = "Nord~05.081"


@pytest.fixture(autouse=True)
def _clean() -> Iterator[None]:
    yield
    st.session_state.clear()
    st.cache_resource.clear()


def page() -> None:
    """What the frame does with own areas, and a page that tells what it sees."""
    import streamlit as st

    from inteso_dash.session import address, own_areas, store, unpublished
    from inteso_dash.views.addresses import profile_address

    own_areas.arrive()
    address.arrive(st.session_state.get("page", "karte"))
    own_areas.keep()
    unpublished.mark()
    here = store.city()
    st.session_state["levels"] = [level.id for level in here.catalogue.levels]
    st.session_state["days"] = here.dates("stadt", "bevoelkerung")
    st.session_state["link"] = own_areas.along(profile_address("eigene", "nord")).text
    st.session_state["view"] = address.view("karte").text
    if "eigene" in st.session_state["levels"]:
        st.session_state["geometry"] = store.geometries()["eigene", "heute"]
        st.session_state["names"] = here.areas("eigene")["name"].tolist()
    address.leave()


def opened(query: str = "", deliveries: tuple[Delivery, ...] = ()) -> AppTest:
    """Open the page at an address."""
    app = AppTest.from_function(page, default_timeout=60)
    if query:
        app.query_params["eigene"] = query
    if deliveries:
        app.session_state["edition"] = editions.Edition("x", deliveries)
    return app.run()


def test_an_address_brings_a_level_that_stays_on_every_page() -> None:
    app = opened(NORTH)
    assert app.session_state["levels"][-1] == "eigene"
    assert app.session_state["link"] == (
        "stadtteilprofil?profilebene=eigene&profil=nord&eigene=Nord~05.081"
    )
    assert app.session_state["view"] == "karte?eigene=Nord~05.081"
    geometry: Geometry = app.session_state["geometry"]
    assert geometry.area_ids == ("nord",)
    assert store.asset(geometry.asset.name) is geometry.asset
    # As the navigation does: another page, without a parameter.
    app.query_params.clear()
    app.session_state["page"] = "veraenderung"
    app.run()
    assert app.session_state["levels"][-1] == "eigene"
    assert app.query_params["eigene"] == NORTH
    assert not store.city().catalogue.has_level("eigene")


def test_another_address_brings_other_areas_or_none() -> None:
    app = opened(NORTH)
    app.query_params["eigene"] = "Süd~09"
    app.run()
    assert app.session_state["names"] == ["Süd"]
    app.query_params.clear()
    app.query_params["ebene"] = "stadtbezirk"
    app.run()
    assert "eigene" not in app.session_state["levels"]


def renamed() -> None:
    """Another name for the areas of an address, and what a link says of them afterwards."""
    import streamlit as st

    from inteso_dash.catalogue.own_areas import OwnAreas
    from inteso_dash.session import address, own_areas

    page = st.session_state["page"]
    own_areas.arrive()
    address.arrive(page)
    if page == "eigene_gebiete":
        areas = own_areas.chosen().areas
        other = areas[0].model_copy(update={"id": "sued", "name": "Süd"})
        own_areas.choose(OwnAreas(areas=(other, *areas[1:])))
    own_areas.keep()
    st.session_state["names"] = [each.name for each in own_areas.chosen().areas]
    address.leave()


LINK = {"profil": "nord", "vergleich": ["eigene.nord", "eigene.ost"]}


def followed(link: dict[str, str | list[str]]) -> AppTest:
    """Rename areas and follow a link to another page."""
    app = AppTest.from_function(renamed, default_timeout=60)
    app.query_params["eigene"] = f"{NORTH}~~Ost~07"
    app.session_state["page"] = "eigene_gebiete"
    app.run()
    app.query_params.clear()
    for key, value in link.items():
        app.query_params[key] = value
    app.session_state["page"] = "stadtteilprofil"
    return app.run()


def test_a_link_drawn_before_an_area_was_renamed_leads_to_it_under_its_new_name() -> None:
    app = followed({**LINK, "eigene": f"{NORTH}~~Ost~07"})
    assert app.session_state["names"] == ["Süd", "Ost"]
    assert app.query_params == {
        "profil": "sued",
        "vergleich": ["eigene.sued", "eigene.ost"],
        "eigene": "Süd~05.081~~Ost~07",
    }


def test_a_link_that_names_other_areas_brings_them() -> None:
    app = followed({**LINK, "eigene": NORTH})
    assert app.session_state["names"] == ["Nord"]
    assert app.query_params["profil"] == "nord"


def test_what_an_address_does_not_tell_is_said() -> None:
    app = opened("Nord~05~~Weg~777~~Kaputt")
    assert app.session_state["names"] == ["Nord"]
    (said,) = app.warning
    assert "Teil '777'" in said.value
    assert "gefunden 'Kaputt'" in said.value


def test_loaded_tables_and_own_areas_go_together() -> None:
    app = opened(NORTH, (made_up(),))
    assert MADE_UP_DATE in app.session_state["days"]
    assert app.session_state["levels"][-1] == "eigene"
    assert "Unveröffentlichte" in app.warning[0].value
    app.session_state["edition"] = None
    app.run()
    assert MADE_UP_DATE not in app.session_state["days"]
    assert app.session_state["levels"][-1] == "eigene"
    assert not app.warning


def chosen() -> None:
    """Choose areas, look at others for a moment, and give them up."""
    import streamlit as st

    from inteso_dash.catalogue.own_areas import OwnArea, OwnAreas
    from inteso_dash.session import address, own_areas, store
    from inteso_dash.views.sequences import Address

    def names() -> list[str]:
        return list(store.city().areas("eigene")["name"])

    address.arrive("karte")
    parts = tuple(store.city().areas("sozialraum").query("parent_id == '081'").index)
    own_areas.choose(OwnAreas(areas=(OwnArea(name="Acht", parts=parts),)))
    st.session_state["parts"] = own_areas.chosen().areas[0].parts
    st.session_state["names"] = [names()]
    with own_areas.of(Address("karte", (("eigene", "Nord~05.081"),))):
        st.session_state["names"].append(names())
    st.session_state["names"].append(names())
    own_areas.choose(OwnAreas())
    st.session_state["gone"] = store.city() is store.shared_city()


def test_areas_are_chosen_with_their_coarsest_parts_and_given_up() -> None:
    app = AppTest.from_function(chosen, default_timeout=60).run()
    assert not app.exception
    assert app.session_state["parts"] == ("081",)
    assert app.session_state["names"] == [["Acht"], ["Nord"], ["Acht"]]
    assert app.session_state["gone"]


def test_too_many_areas_for_an_address_stay_in_the_session() -> None:
    parts = tuple(store.city().areas("sozialraum").index[::2])
    many = OwnAreas(areas=tuple(OwnArea(name=f"Gebiet {at}", parts=parts[at:]) for at in range(14)))
    app = AppTest.from_function(page, default_timeout=60)
    app.session_state["eigene_gebiete"] = many
    app.run()
    assert app.session_state["levels"][-1] == "eigene"
    assert "passen nicht in eine Adresse" in app.warning[0].value
    assert app.session_state["view"] == "karte"


def test_a_folder_that_declares_own_areas_has_the_level(tmp_path: Path) -> None:
    from inteso_dash.city import load_city
    from inteso_dash.city.compiled import compile_city, opened
    from inteso_dash.intake import checking
    from tests.towns.made_up_parts import write_parts

    root = tmp_path / "stadt"
    write_parts(root)
    (root / "data" / "own_areas.yml").write_text(
        "level: team\ntitle: Teams\nsingular: Team\nlocative: im Team {name}\n"
        "areas: [{name: Ufer, parts: ['01', '04']}, {name: Weg, parts: ['77']}]\n",
        "utf-8",
    )
    loaded = load_city(root)
    assert loaded.areas("team")["name"].tolist() == ["Ufer"]
    (fault,) = [each for each in loaded.withheld if each.file == "own_areas.yml"]
    assert "Weg: Teil '77'" in fault.message
    assert fault in checking.check(root)
    assert loaded.layers["team", "heute"].features == 1
    compile_city(root)
    again = opened(root)
    assert again is not None
    assert again.areas("team")["name"].tolist() == ["Ufer"]
    assert again.figures.query("level == 'team'")["value"].dropna().tolist() == (
        loaded.figures.query("level == 'team'")["value"].dropna().tolist()
    )
    assert "team" not in {level.id for level in again.official.catalogue.levels}
    (root / "data" / "own_areas.yml").write_text("areas: nichts", "utf-8")
    broken = load_city(root)
    assert not broken.catalogue.has_level("team")
    assert any(each.file == "own_areas.yml" for each in broken.withheld)
