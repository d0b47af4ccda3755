"""The map page limited to a part of the city: what it says, keeps and hands out."""

from __future__ import annotations

import datetime as dt
import io

import geopandas
import pandas as pd
import pytest

from inteso_dash.city import City
from inteso_dash.files.text import COLUMNS
from inteso_dash.pages import slides
from inteso_dash.pages.karte.charts import AreaChart, distribution, ranking
from inteso_dash.pages.karte.content import indicator_map
from inteso_dash.pages.karte.files import chart_file, choice_address, map_file, map_statement
from inteso_dash.pages.karte.overview import MAP
from inteso_dash.pages.karte.view import read as read_view
from inteso_dash.views import map_view
from inteso_dash.views.map_view import Choice, NotDrawableError
from inteso_dash.views.scope import Scope
from inteso_dash.views.sequences import Address, Slide
from inteso_dash.views.shown import ViewError
from tests.opened import open_page, said

SB6 = Scope("stadtbezirk", "06")
POVERTY = Choice("sozialraum", "kinderarmut", within=SB6)
DAY = dt.date(2021, 12, 31)
COUNTED = "23 von 171 Sozialräumen: Stadtbezirk 6"


def exported(city: City, choice: Choice, kind: str) -> bytes:
    layer = map_view.view(city, choice).layers[-1]
    told = map_statement(city, choice, layer, created=DAY)
    return map_file(city, choice, layer, told, kind)


def read(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)


def test_a_chosen_part_stands_in_the_address_by_its_key() -> None:
    app = open_page("karte", indikator="Kinderarmut")
    box = app.selectbox(key="ausschnitt")
    assert box.label == "Ausschnitt"
    assert box.options[:2] == ["Ganze Stadt", "Stadtbezirk 1 (01)"]
    assert "Stadtteil Rath (063)" in box.options
    box.select("Stadtbezirk 6 (06)").run()
    assert app.query_params["ausschnitt"] == "stadtbezirk.06"
    assert f"{COUNTED}. Klassen, Farben und Ränge gelten für alle Sozialräume" in said(app)
    assert "liegen 10 von 22 Sozialräumen im Stadtbezirk 6" in said(app)
    app.selectbox(key="ausschnitt").select("Ganze Stadt").run()
    assert "ausschnitt" not in app.query_params
    assert COUNTED not in said(app)


def test_an_address_opens_the_part_and_nonsense_is_named() -> None:
    assert COUNTED in said(open_page("karte", ausschnitt="stadtbezirk.06"))
    app = open_page("karte", ausschnitt="stadtbezirk.66")
    assert "stand für Ausschnitt „stadtbezirk.66“" in said(app)
    assert "ausschnitt" not in app.query_params


def test_a_level_without_such_a_part_goes_back_to_the_whole_city() -> None:
    app = open_page("karte", thema="Bevölkerung", ausschnitt="stadtteil.063")
    app.selectbox(key="ebene").select("Stadtteile").run()
    assert "Den Ausschnitt „stadtteil.063“ gibt es für Stadtteile nicht" in said(app)
    assert app.selectbox(key="ausschnitt").value == "Ganze Stadt"
    app.selectbox(key="ebene").select("Stadtbezirke").run()
    assert app.selectbox(key="ausschnitt").disabled


def test_files_follow_the_part_and_say_so(city: City) -> None:
    layer = map_view.view(city, POVERTY).layers[-1]
    told = map_statement(city, POVERTY, layer, created=DAY)
    assert told.where == f"{COUNTED}, Düsseldorf"
    table = read(exported(city, POVERTY, "csv"))
    assert len(table) == 23
    south = table[table["Schlüssel"] == "063008"].iloc[0]
    assert (south["Stadtteil"], south["Stadtteil (Schlüssel)"]) == ("Rath", "063")
    assert (south["Stadtbezirk"], south["Stadtbezirk (Schlüssel)"]) == ("Stadtbezirk 6", "06")
    assert south["Abstand zu Düsseldorf"] == "26.4"
    assert south["Einheit des Abstands"] == "Prozentpunkte"
    assert table.loc[table["Wert"] == "", "Abstand zu Düsseldorf"].tolist() == [""]
    areas = geopandas.read_file(io.BytesIO(exported(city, POVERTY, "geojson")))
    assert len(areas) == 23


def test_files_of_counts_have_no_distance_and_keep_their_columns(city: City) -> None:
    people = read(exported(city, Choice("stadtteil", "bevoelkerung"), "csv"))
    assert list(people.columns[: len(COLUMNS)]) == list(COLUMNS)
    assert not [name for name in people.columns if "Abstand" in name]
    assert "Stadtbezirk" in people.columns
    districts = read(exported(city, Choice("stadtbezirk", "bevoelkerung"), "csv"))
    assert "Stadtbezirk" not in districts.columns


def test_charts_hold_only_the_areas_of_the_part(city: City) -> None:
    bars = ranking(city, POVERTY, most=5)
    assert [bar.label.split(".")[0] for bar in bars.bars] == ["10", "18", "23", "24", "34"]
    assert bars.bars[0].reference == pytest.approx(city.reference("kinderarmut", DAY))
    assert "Sozialräume im Stadtbezirk 6 nach Rang" in bars.title
    assert len(distribution(city, POVERTY).values) == 22
    assert distribution(city, POVERTY).title.endswith(", 22 Sozialräume im Stadtbezirk 6")
    alone = Choice("stadt", POVERTY.indicator_id)
    assert distribution(city, alone).title.endswith(", 1 Stadt")
    layer = map_view.view(city, POVERTY).layers[-1]
    told = map_statement(city, POVERTY, layer, created=DAY)
    drawn = chart_file(city, AreaChart.RANKING, POVERTY, layer, told, "svg").decode()
    assert "im Stadtbezirk 6" in drawn
    uninhabited = Choice("sozialraum", "kinderarmut", within=Scope("stadtteil", "033"))
    if map_view.limited(city, uninhabited, layer).values["value"].isna().all():
        with pytest.raises(NotDrawableError, match="Stadtteil Hafen hat keine Werte"):
            ranking(city, uninhabited)


@pytest.mark.parametrize(
    ("place", "why", "compared"),
    [
        (
            {"indikator": "arbeitslosenquote", "ebene": "stadtbezirk"},
            "Die Ebene hat keine Werte",
            "keine Intervalle",
        ),
        (
            {"indikator": "kinderarmut", "ebene": "sozialraum", "ausschnitt": "stadtteil.033"},
            "Stadtteil Hafen hat keine Werte",
            "Für die Sozialräume im Hafen gibt es hier keinen Wert, der sich mit dem der Stadt",
        ),
    ],
)
def test_without_values_there_is_the_map_alone_to_keep(
    city: City, place: dict[str, str], why: str, compared: str
) -> None:
    address = Address("karte", tuple(place.items()))
    assert list(slides.viewer("karte").figures_of(city, address).values()) == [MAP]
    for chart in (AreaChart.DISTRIBUTION, AreaChart.RANKING):
        with pytest.raises(ViewError, match=why):
            slides.show(city, Slide(address=address.text, figure=str(chart)))
    app = open_page("karte", **place, zufall="95")
    assert compared in said(app)
    assert len(app.subheader) == 0
    assert len(app.dataframe) == 0
    app.button("merken").click().run()
    assert app.selectbox("merken_teil").options == ["Karte"]


def test_an_area_outside_of_the_part_stays_chosen_with_its_card() -> None:
    app = open_page("karte", indikator="alter_80", ebene="stadtteil", gebiet="063")
    app.selectbox("ausschnitt").select("Stadtbezirk 1 (01)").run()
    assert not app.error
    assert app.query_params["gebiet"] == "063"
    assert app.query_params["ausschnitt"] == "stadtbezirk.01"


def test_a_picture_shows_the_part_large_and_counts_it_alone(city: City) -> None:
    figure = indicator_map(city, POVERTY)
    assert figure.part is not None
    assert figure.part.words == COUNTED
    part = exported(city, POVERTY, "svg").decode()
    whole = exported(city, POVERTY.everywhere, "svg").decode()
    assert COUNTED in part
    assert "opacity: 0.3" in part
    assert "opacity: 0.3" not in whole


def test_a_kept_slide_keeps_the_part(city: City) -> None:
    address = choice_address(city, POVERTY, DAY)
    notes: list[str] = []
    assert read_view(city, Address.read(address), notes).choice == POVERTY
    assert notes == []
    shown = slides.show(city, Slide(address=address))
    assert shown.title == "Kinderarmut, Sozialräume im Stadtbezirk 6"
    assert "10 von 22 Sozialräumen im Stadtbezirk 6" in shown.headline
    whole = slides.show(city, Slide(address=choice_address(city, POVERTY.everywhere, DAY)))
    assert whole.data != shown.data


def test_a_slide_of_a_part_that_is_gone_says_so(city: City) -> None:
    shown = slides.show(city, Slide(address="karte?ebene=Sozialräume&ausschnitt=stadtbezirk.66"))
    assert any("Ausschnitt „stadtbezirk.66“" in note for note in shown.notes)
