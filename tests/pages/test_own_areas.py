"""Own areas on the pages of the shipped city: views, slides and files."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import geopandas
import pytest
from openpyxl import load_workbook

from inteso_dash.catalogue.own_areas import OwnArea, OwnAreas, from_address
from inteso_dash.city import City
from inteso_dash.city.own_areas import with_own_areas
from inteso_dash.files import package
from inteso_dash.pages import slides
from inteso_dash.pages.karte.charts import AreaChart
from inteso_dash.pages.karte.files import chart_file, choice_address, map_file, map_statement
from inteso_dash.pages.runder_tisch import handout
from inteso_dash.pages.stadtteilprofil.profile import profile
from inteso_dash.pages.stadtteilprofil.report.content import content, to_pdf
from inteso_dash.pages.stadtteilprofil.table import words
from inteso_dash.pages.unterbringung import fairness as fair
from inteso_dash.pages.unterbringung.sentences import distribution_sentence
from inteso_dash.pages.unterbringung.situation import dates, situation
from inteso_dash.views import map_view
from inteso_dash.views.map_view import Choice, chosen_layer
from inteso_dash.views.sequences import Sequence, Slide

OWN = "Nord~05.081~~Süd~09.101.061003~~Sechs~06"
APART = "Fünf~05~~Sechs~06"
DAY = dt.date(2021, 12, 31)
CREATED = dt.date(2026, 1, 2)


@pytest.fixture(scope="module")
def mine(city: City) -> City:
    """The shipped city with own areas, two of which overlap."""
    return with_own_areas(city, from_address(OWN))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("karte?ebene=eigene&indikator=sgb2_quote&gebiet=nord", "Im Gebiet „Nord“ liegt die"),
        ("stadtteilprofil?profilebene=eigene&profil=nord", "Nord: größte Altersgruppe"),
        ("veraenderung?v_ebene=eigene&v_indikator=bevoelkerung&v_bereich=auffaellig", "Sechs, Bev"),
        (
            "veraenderung?v_ebene=eigene&v_indikator=bevoelkerung&v_bereich=vergleich",
            "Eigenes Gebi",
        ),
        ("unterbringung?u_ebene=eigene", "In Düsseldorf waren 7.590"),
        ("handlungsbedarf?h_ebene=eigene", "3 Eigenen Gebieten"),
        ("gebietssuche?g_ebene=eigene", "2 von 3 Eigenen Gebieten erfüllen"),
        ("gebietssuche?g_bereich=aehnlich&g_ebene=eigene&g_gebiet=nord", "Nord am ähnlichsten ist"),
    ],
)
def test_every_page_shows_the_areas_that_an_address_names(
    city: City, address: str, said: str
) -> None:
    shown = slides.show(city, Slide(address=f"{address}&eigene={OWN}"))
    assert said in shown.headline
    assert not shown.notes


CUT = "Schule~05.061**37~bland~~Rest~06**50~~West~04"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("karte?ebene=eigene&indikator=sgb2_quote&gebiet=schule", "geschätzt"),
        ("stadtteilprofil?profilebene=eigene&profil=schule", "Schule: größte Altersgruppe"),
        ("veraenderung?v_ebene=eigene&v_indikator=bevoelkerung&v_bereich=vergleich", "Eigene"),
        ("unterbringung?u_ebene=eigene", "In Düsseldorf waren 7.590"),
        ("handlungsbedarf?h_ebene=eigene", "3 Eigenen Gebieten"),
        ("gebietssuche?g_ebene=eigene", "1 von 3 Eigenen Gebieten erfüllt"),
        ("gebietssuche?g_bereich=aehnlich&g_ebene=eigene&g_gebiet=schule", "am ähnlichsten ist"),
    ],
)
def test_every_page_shows_areas_that_cut_others(city: City, address: str, said: str) -> None:
    shown = slides.show(city, Slide(address=f"{address}&eigene={CUT}"))
    assert said in shown.headline
    assert not shown.notes


def test_a_profile_says_what_is_estimated(city: City) -> None:
    mine = with_own_areas(city, from_address(CUT))
    found = profile(mine, "eigene", "schule")
    said = words.sentence(mine, found)
    assert " leben geschätzt " in said
    assert "die SGB-II-Quote geschätzt " in said
    assert words.lineage(mine, found).startswith(
        "Eigenes Gebiet aus Stadtbezirk 5 und Lichtenbroich zu 37\u202f%"
    )


def test_what_is_cut_is_not_added_up(city: City) -> None:
    mine = with_own_areas(city, from_address(CUT))
    shown = situation(mine, "eigene", dates(mine, "eigene")[-1])
    assert "schneiden amtliche an" in fair.key_parts(mine, shown).reason
    choice = Choice("eigene", "sgb2_quote")
    layer = chosen_layer(map_view.view(mine, choice), DAY)
    told = map_statement(mine, choice, layer, address="", created=CREATED, boundaries="")
    written = map_file(mine, choice, layer, told, "csv").decode("utf-8")
    assert "Geschätzt nach Flächenanteilen: " in written
    assert written.count(",geschätzt,") == 2


def test_a_profile_says_what_the_area_is_made_of(mine: City) -> None:
    found = profile(mine, "eigene", "nord")
    assert words.lineage(mine, found) == (
        "Eigenes Gebiet aus Stadtbezirk 5 und Lierenfeld in Düsseldorf"
    )
    assert words.where(mine, found.place) == "Im Gebiet „Nord“"


def test_a_target_is_that_of_the_official_area(city: City) -> None:
    """What lies in no own area counts as one; Stadtbezirk 6 keeps persons and target."""
    mine = with_own_areas(city, from_address(APART))
    day = dates(mine, "eigene")[-1]
    key = {fair.KeyPart.POPULATION: 100.0}
    targets = {}
    for at, area in (("eigene", "sechs"), ("stadtbezirk", "06")):
        shown = situation(mine, at, day)
        table = fair.fairness(fair.key_parts(mine, shown), key).table
        targets[at] = table.loc[[area], ["persons", "target", "difference"]].to_numpy().tolist()[0]
        assert table["persons"].sum() == shown.total["persons"]
    assert targets["eigene"] == pytest.approx(targets["stadtbezirk"])
    said = distribution_sentence(mine, situation(mine, "eigene", day))
    assert "5.111 Personen waren im übrigen Stadtgebiet." in said


def test_areas_that_overlap_have_persons_but_no_target(mine: City) -> None:
    shown = situation(mine, "eigene", dates(mine, "eigene")[-1])
    assert shown.areas.at["sechs", "persons"] == 1820
    assert shown.rest is None
    assert "überschneiden sich" in fair.key_parts(mine, shown).reason


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson", "gpkg", "svg", "pdf"])
def test_a_map_goes_along_in_every_format(mine: City, kind: str, tmp_path: Path) -> None:
    choice = Choice("eigene", "sgb2_quote")
    layer = chosen_layer(map_view.view(mine, choice), DAY)
    told = map_statement(
        mine,
        choice,
        layer,
        address=choice_address(mine, choice, DAY, "nord"),
        created=CREATED,
        boundaries=mine.layers["eigene", "heute"].citation,
    )
    made = map_file(mine, choice, layer, told, kind, selected="nord")
    assert len(made) > 500
    if kind in {"csv", "svg", "geojson"}:
        assert "Nord" in made.decode("utf-8")
    if kind in {"geojson", "gpkg"}:
        path = tmp_path / f"karte.{kind}"
        path.write_bytes(made)
        frame = geopandas.read_file(path)
        assert len(frame) == 3
        assert "nord" in frame.drop(columns="geometry").astype(str).to_numpy()


@pytest.mark.parametrize("name", ["A $x_{ und $^", "=A1", "<b>&#*_`"])
def test_a_name_is_never_read_as_a_formula_or_a_mark(city: City, name: str) -> None:
    areas = (OwnArea(name=name, parts=("05",)), OwnArea(name="Rest", parts=("06",)))
    mine = with_own_areas(city, OwnAreas(areas=areas))
    choice = Choice("eigene", "sgb2_quote")
    layer = chosen_layer(map_view.view(mine, choice), DAY)
    told = map_statement(mine, choice, layer, address="", created=CREATED, boundaries="")
    assert b"<svg" in map_file(mine, choice, layer, told, "svg")
    assert b"<svg" in chart_file(mine, AreaChart.RANKING, choice, layer, told, "svg")
    book = load_workbook(io.BytesIO(map_file(mine, choice, layer, told, "xlsx")))
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert any(name in str(cell.value) for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)
    area = str(mine.areas("eigene").query("name == @name").index[0])
    assert to_pdf(content(mine, "eigene", area, address="", created=CREATED)).startswith(b"%PDF")


def test_a_short_profile_is_set_as_pdf(mine: City) -> None:
    made = to_pdf(content(mine, "eigene", "nord", address="", created=CREATED))
    assert made.startswith(b"%PDF")


def test_a_handout_draws_each_slide_with_its_own_areas(city: City) -> None:
    """The city it is made of has none."""
    addresses = (
        f"karte?ebene=eigene&indikator=sgb2_quote&eigene={OWN}",
        "karte?ebene=eigene&indikator=sgb2_quote&eigene=Ost~07~~West~04",
        f"stadtteilprofil?profilebene=eigene&profil=nord&eigene={OWN}",
    )
    sequence = Sequence(
        title="Eigene", city="05111", slides=tuple(Slide(address=each) for each in addresses)
    )
    deck = handout.WRITERS[".pptx"](city, sequence, CREATED)
    with zipfile.ZipFile(io.BytesIO(deck)) as parts:
        pages = [parts.read(f"ppt/slides/slide{at}.xml").decode() for at in (1, 2, 3)]
    assert ["Nord" in each for each in pages] == [True, False, True]
    assert "Ost" in pages[1]


def test_the_data_package_holds_level_areas_and_boundaries(mine: City) -> None:
    made = package.files(mine, CREATED)
    described = json.loads(made["datapackage.json"])
    names = [each["path"] for each in described["resources"]]
    assert any("eigene" in str(each) for each in names)
    assert "Nord" in made[next(name for name in made if name.endswith("gebiete.csv"))].decode()
