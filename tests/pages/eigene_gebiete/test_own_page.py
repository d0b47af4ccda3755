"""The page Eigene Gebiete in a session: what is picked, typed, named and taken over."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest
import shapely
from streamlit.testing.v1 import AppTest

from inteso_dash.boundaries.layers import read_boundaries
from inteso_dash.catalogue.own_areas import from_address
from inteso_dash.city import City
from inteso_dash.city.own_areas import with_own_areas
from inteso_dash.files.geodata import outlined, to_geojson
from inteso_dash.language import formats
from inteso_dash.pages.eigene_gebiete import files, view
from inteso_dash.pages.stadtteilprofil.profile import profile
from inteso_dash.pages.stadtteilprofil.report.content import mini_map
from inteso_dash.session.maps import ScreenMap
from inteso_dash.views.figures import Table
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import ViewError
from tests.opened import open_page, said

NORTH = "Nord~06.054"


def page(**address: str) -> AppTest:
    return open_page("eigene_gebiete", **address)


def own(app: AppTest) -> list[str]:
    return [named(app, "eigene")] if "eigene" in app.query_params else []


def named(app: AppTest, key: str) -> str:
    found = app.query_params[key]
    return found if isinstance(found, str) else found[0]


def table(app: AppTest) -> list[list[str]]:
    return app.table[0].value.astype(str).to_numpy().tolist()


def test_it_begins_with_what_can_be_done() -> None:
    app = page()
    assert app.title[0].value == "Eigene Gebiete"
    assert "Fassen Sie Gebiete zu einem eigenen zusammen" in said(app)
    assert app.text_input[0].value == "Gebiet 1"
    assert not own(app)


def test_an_address_holds_all_own_areas() -> None:
    app = page(eigene=f"{NORTH}~c0072b2~rmit Hafen~~Süd~09", e_gebiet="nord")
    assert "2 Eigene Gebiete: Nord und Süd." in said(app)
    assert app.text_input[0].value == "Nord"
    rows = table(app)
    assert rows[0][:2] == ["Nord", "Stadtbezirk 6 und Düsseltal"] or rows[0][0] == "Nord"
    assert rows[0][-2:] == ["Blau", "mit Hafen"]
    assert rows[1][0] == "Süd"


def test_typed_keys_and_names_make_an_own_area() -> None:
    app = page(e_ebene="stadtteil")
    app.text_area(key="eg_text").set_value("061–063, Rat")
    app.button(key="eg_aufnehmen").click().run()
    assert own(app) == ["Gebiet 1~061.062.063"]
    assert named(app, "e_gebiet") == "gebiet-1"
    assert "Gemeint ist vielleicht Rath (063)" in app.warning[0].value
    app.text_area(key="eg_text").set_value("064")
    app.button(key="eg_aufnehmen").click().run()
    assert own(app) == ["Gebiet 1~06"]
    assert "Gebiet 1 besteht aus 1 Stadtbezirk" in said(app)


def test_names_are_given_once() -> None:
    app = page(eigene="Nord~06~~Süd~09", e_gebiet="nord")
    app.text_input[0].set_value("Nördlich der Bahn").run()
    assert own(app) == ["Nördlich der Bahn~06~~Süd~09"]
    assert named(app, "e_gebiet") == "noerdlich-der-bahn"
    app.text_input[0].set_value("Süd").run()
    assert own(app) == ["Nördlich der Bahn~06~~Süd~09"]
    assert "Ein eigenes Gebiet „Süd“ gibt es schon" in said(app)
    assert app.text_input[0].value == "Nördlich der Bahn"


def test_colour_remark_and_deletion() -> None:
    app = page(eigene="Nord~06~~Süd~09", e_gebiet="nord")
    next(each for each in app.selectbox if each.label == "Farbe").select("Grün").run()
    assert own(app) == ["Nord~06~c009e73~~Süd~09"]
    next(each for each in app.text_input if each.label == "Bemerkung").set_value("a_b").run()
    assert own(app) == ["Nord~06~c009e73~ra__b~~Süd~09"]
    app.button(key="eg_loeschen").click().run()
    assert own(app) == ["Süd~09"]
    assert app.selectbox(key="e_gebiet").value == "Neues Gebiet anlegen"


def test_nonsense_in_the_address_is_said() -> None:
    app = page(eigene="Nord~06~~kaputt~~Ost~9999", e_gebiet="west")
    text = "\n".join([said(app), *(each.value for each in app.warning)])
    assert "Das eigene Gebiet 2 in der Adresse ist nicht zu lesen" in text
    assert "Ost: Teil '9999': ein solches Gebiet gibt es nicht" in text
    assert "stand für Eigenes Gebiet „west“" in text


def test_drawn_shapes_are_shown_before_they_are_taken_over(city: City) -> None:
    layer = city.layers["stadtteil", "2025"]
    areas = read_boundaries(layer).set_index("area_id").geometry
    wide = shapely.union_all(areas[["061", "062"]].to_numpy()).buffer(0.001)
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": shapely.geometry.mapping(at)}
        for name, at in (("Schule", wide), ("Leer", shapely.box(7.5, 52, 7.51, 52.01)))
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    app = page(e_ebene="stadtteil", e_weg="formen")
    app.file_uploader[0].set_value(("formen.geojson", content, "application/json")).run()
    assert not app.exception
    rows = table(app)
    assert rows[0][:2] == ["Schule", "2 Stadtteile"]
    assert rows[1] == ["Leer", "0 Stadtteile", "100,0\u202f%", "0,0\u202f%"]
    assert "In Leer liegt kein Gebiet zu mehr als der Hälfte" in app.warning[0].value
    assert "Angeschnitten: " in said(app)
    assert not own(app)
    app.button(key="eg_uebernehmen").click().run()
    assert own(app) == ["Schule~061.062"]


def test_shapes_can_be_estimated_by_shares(city: City) -> None:
    """Half of Rath beside all of Unterrath, by the people of its Sozialräume."""
    layer = city.layers["stadtteil", "2025"]
    areas = read_boundaries(layer).set_index("area_id").geometry
    west, south, east, north = areas["063"].bounds
    half = areas["063"].intersection(shapely.box(west, south, (west + east) / 2, north))
    drawn = shapely.union_all([areas["062"], half])
    form = {"type": "Feature", "properties": {"name": "Schule"}}
    form["geometry"] = shapely.geometry.mapping(drawn)
    content = json.dumps({"type": "FeatureCollection", "features": [form]}).encode()
    app = page(e_ebene="stadtteil", e_weg="formen", e_anteile="sozialraum-2021-12-31")
    app.file_uploader[0].set_value(("form.geojson", content, "application/json")).run()
    assert not app.exception
    name, parts, people = table(app)[0]
    sure = said(app)
    assert (name, parts) == ("Schule", "1 Stadtteil und Teilen von 1 Stadtteil")
    assert "Geschätzt nach den Einwohnern der Sozialräume vom 31.12.2021" in sure
    assert "kommen aus angeschnittenen Gebieten (063 zu" in sure
    named, share, whole, counted = app.table[1].value.astype(str).to_numpy()[0].tolist()
    assert named == "Rath"
    app.button(key="eg_uebernehmen").click().run()
    per_cent = int(share.removesuffix("\u202f%"))
    assert own(app) == [f"Schule~062.063**{per_cent}~bsozialraum-2021-12-31"]
    assert counted == formats.number(float(whole.replace(".", "")) * per_cent / 100, 0)
    assert people.replace("\u202f", " ") in said(app)
    assert "Schule besteht aus 1 Stadtteil und Teilen von 1 Stadtteil" in said(app)


def test_picking_on_the_map_keeps_what_is_cut() -> None:
    app = page(eigene="Nord~061.063**30~bland", e_gebiet="nord", e_ebene="stadtteil")
    app.text_area(key="eg_text").set_value("062")
    app.button(key="eg_aufnehmen").click().run()
    assert own(app) == ["Nord~061.062.063**30~bland"]
    app.text_area(key="eg_text").set_value("063")
    app.button(key="eg_aufnehmen").click().run()
    assert own(app) == ["Nord~061.062.063"]


def test_a_broken_file_is_said_in_german() -> None:
    app = page(e_weg="formen")
    app.file_uploader[0].set_value(("formen.geojson", b"{", "application/json")).run()
    assert "formen.geojson: kein vollständiges JSON" in app.error[0].value


def test_a_file_is_checked_and_loaded_beside_what_is_there() -> None:
    app = page(eigene="Nord~06~~Süd~09", e_weg="datei")
    names = {"Nord": "05", "Weg": "77", "Ost": "07"}
    areas = ", ".join(f"{{name: {name}, parts: ['{part}']}}" for name, part in names.items())
    content = f"areas: [{areas}]".encode()
    app.file_uploader[0].set_value(("teams.yml", content, "application/yaml")).run()
    assert "Weg: Teil '77': ein solches Gebiet gibt es nicht" in app.warning[0].value
    app.button(key="eg_laden").click().run()
    assert own(app) == ["Nord~05~~Süd~09~~Ost~07"]
    assert "Geladen: 2 Eigene Gebiete aus teams.yml." in said(app)


@pytest.mark.parametrize(
    ("content", "found"),
    [(b"areas: []", "areas fehlt"), (b"a: [", "kein gültiges YAML"), (b"\xff", "teams.yml")],
)
def test_a_file_without_own_areas_is_refused(content: bytes, found: str) -> None:
    app = page(e_weg="datei")
    app.file_uploader[0].set_value(("teams.yml", content, "application/yaml")).run()
    assert found in app.error[0].value


def test_a_slide_shows_own_areas_as_a_map_and_as_a_table(city: City) -> None:
    address = Address.read(f"eigene_gebiete?eigene={NORTH}~~Süd~09~cd55e00")
    drawn = view.show(city, address, view.MAP)
    assert isinstance(drawn.content, ScreenMap)
    assert drawn.content.scale.kinds is not None
    assert drawn.content.scale.kinds.names == ("Nord", "Süd")
    assert drawn.content.scale.colours[1] == "#d55e00"
    assert drawn.headline == "2 Eigene Gebiete: Nord und Süd."
    listed = view.show(city, address, view.TABLE)
    assert isinstance(listed.content, Table)
    assert [row[0] for row in listed.content.rows] == ["Name", "Nord", "Süd"]
    assert drawn.data == listed.data
    assert drawn.sources
    with pytest.raises(ViewError, match="keine eigenen Gebiete"):
        view.show(city, Address.read("eigene_gebiete"), view.MAP)


def test_what_was_found_becomes_an_own_area() -> None:
    app = open_page("gebietssuche", g_ebene="stadtteil", bed="sgb2_quote.ueber.20")
    link = next(each for each in app.get("page_link") if "eigenes Gebiet" in each.proto.label)
    asked = parse_qs(link.proto.query_string)
    assert asked["e_ebene"] == ["stadtteil"]
    made = page(**{key: values[0] for key, values in asked.items()})
    assert made.text_input[0].value == "SGB-II-Quote über 20,0 %"
    found = next(each.value for each in app.markdown if "Stadtteilen erfüll" in each.value)
    count = found.split()[0]
    assert f"besteht aus {count} Stadtteilen" in said(made)


def test_the_sheet_of_an_own_area_shows_it_in_the_city(city: City) -> None:
    pictures = []
    for parts in ("063009.064002", "093001"):
        here = with_own_areas(city, from_address(f"Nord~{parts}"))
        pictures.append(mini_map(here, profile(here, "eigene", "nord", ())))
    one, other = map(str, pictures)
    whole = one.partition('d="')[2].partition('"')[0]
    assert whole == other.partition('d="')[2].partition('"')[0]
    assert one != other
    assert one.count("<path") == 2


def test_own_areas_are_taken_along_with_what_they_are_made_of(city: City) -> None:
    own = from_address(f"{NORTH}~c0072b2~rmit Hafen~~Süd~09~~Ost~9999")
    here = with_own_areas(city, own)
    table = files.table(here, own)
    assert list(table["Schlüssel"]) == ["nord", "sued"]
    assert table["Schlüssel der Teile"][0] == "stadtbezirk 06, stadtteil 054"
    people = [
        here.cell("eigene", area, "bevoelkerung", table["Stichtag"][0])["value"]
        for area in ("nord", "sued")
    ]
    assert [float(each) for each in table["Bevölkerung (Personen)"]] == people
    assert table["Farbe"][0] == "#0072b2"
    told = files.told(here, own)
    assert told.what == "Eigene Gebiete"
    assert told.sources
    shapes = read_boundaries(here.layers["eigene", "heute"]).set_index("area_id").geometry
    features = json.loads(to_geojson(outlined(table, shapes), told))["features"]
    assert [each["properties"]["name"] for each in features] == ["Nord", "Süd"]
    drawn = shapely.geometry.shape(features[1]["geometry"])
    district = read_boundaries(city.layers["stadtbezirk", "2025"]).set_index("area_id").geometry
    assert drawn.symmetric_difference(district["09"]).area < 1e-9


@pytest.mark.parametrize(
    ("page", "level", "asked"),
    [
        ("karte", "ebene", "open_profile"),
        ("muster", "m_ebene", "m_profil"),
        ("handlungsbedarf", "h_ebene", "bedarf_profil"),
    ],
)
def test_own_areas_go_along_to_the_profile_of_an_area(page: str, level: str, asked: str) -> None:
    app = open_page(page, eigene=NORTH, **{level: "stadtbezirk"})
    app.session_state[asked] = "09"
    app.run()
    assert named(app, "profil") == "09"
    assert own(app) == [NORTH]


def test_what_is_picked_on_the_level_before_takes_nothing_away() -> None:
    """The map shows it until the level just chosen is drawn, and may be clicked meanwhile."""

    def picked() -> None:
        import streamlit as st

        from inteso_dash.pages.eigene_gebiete import current
        from inteso_dash.session import address, own_areas

        own_areas.arrive()
        address.arrive("eigene_gebiete")
        own_areas.keep()
        current.pick("nord", ("051", "052", "063"))
        current.pick("nord", ("05", "06", "07"))
        own_areas.keep_address()
        st.text(address.get("eigene"))

    app = AppTest.from_function(picked)
    app.query_params.update({"eigene": NORTH, "e_ebene": "stadtteil"})
    app.run()
    assert not app.exception, app.exception
    assert [each.value for each in app.text] == ["Nord~051.052.063"]
