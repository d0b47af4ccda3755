"""What chance may be on the map: signs, sentence, ranking, funnel, files, page."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from inteso_dash.city import City
from inteso_dash.city.intervals import intervals
from inteso_dash.pages.karte import chance, view
from inteso_dash.pages.karte.charts import ranking
from inteso_dash.pages.karte.content import indicator_map
from inteso_dash.pages.karte.files import map_file, map_statement
from inteso_dash.views import map_view
from inteso_dash.views.dots import Funnel
from inteso_dash.views.map_view import Choice, NotDrawableError
from inteso_dash.views.scope import Scope
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import ViewError
from tests.paths import FRAME

DAY = dt.date(2021, 12, 31)
QUOTA = Choice("sozialraum", "sgb2_quote")
SPACE = Choice("sozialraum", "wohnflaeche_je_einwohner")


def address(**parameters: str) -> Address:
    return Address("karte", tuple(parameters.items()))


def test_signs_stand_on_the_areas_that_do_not_differ(city: City) -> None:
    drawn = indicator_map(city, QUOTA, DAY, confidence=0.95)
    assert drawn.marks is not None
    differing = intervals(city, "sozialraum", "sgb2_quote", DAY).differing
    assert set(drawn.marks.areas) == set(differing.index[~differing])
    assert drawn.marks.sign == "≈"
    assert "033001" not in drawn.marks.areas, "no interval, no verdict"
    strict = indicator_map(city, QUOTA, DAY, confidence=0.99).marks
    assert strict is not None
    assert set(drawn.marks.areas) < set(strict.areas)
    assert indicator_map(city, QUOTA, DAY).marks is None
    assert indicator_map(city, SPACE, DAY, confidence=0.95).marks is None


def test_the_map_of_the_screen_says_it_after_the_status(city: City) -> None:
    drawn = indicator_map(city, QUOTA, DAY, confidence=0.95).on_screen(city)
    assert drawn is not None
    assert drawn.signs is not None
    assert drawn.signs.kinds == (("≈", "Unterschied unsicher (95\u202f%)"),)
    notes = drawn.frames[-1].notes
    alike = len(chance.same(city, QUOTA, DAY, 0.95))
    assert notes.count("veröffentlicht; ≈ Unterschied unsicher (95\u202f%)") == alike
    assert notes.count("") == len(notes) - alike
    plain = indicator_map(city, QUOTA, DAY).on_screen(city)
    assert plain is not None
    assert plain.signs is None
    assert plain.frames[-1].notes == ()


def test_the_sentence_counts_them_or_says_why_not(city: City) -> None:
    alike = len(chance.same(city, QUOTA, DAY, 0.95))
    said = chance.sentence(city, QUOTA, DAY, 0.95)
    assert said.startswith(f"{169 - alike} von 169 Sozialräumen unterscheiden sich")
    assert f"{alike} nicht (≈)" in said
    assert "Streuung" in chance.sentence(city, SPACE, DAY, 0.95)
    part = Choice("sozialraum", "sgb2_quote", within=Scope("stadtbezirk", "06"))
    assert " von 23 Sozialräumen" in chance.sentence(city, part, DAY, 0.95)
    assert set(chance.same(city, part, DAY, 0.95)) < set(chance.same(city, QUOTA, DAY, 0.95))


def test_the_ranking_tells_possible_ranks_and_whiskers(city: City) -> None:
    plain, told = (ranking(city, QUOTA, DAY, confidence=each) for each in (None, 0.95))
    assert [bar.whisker for bar in plain.bars] == [None] * 15
    assert told.bars[0].label == "1. (1) Hassels-Nord"
    assert told.bars[1].label.startswith("2. (2–")
    for bar in told.bars:
        assert bar.whisker is not None
        assert bar.whisker[0] < bar.value < bar.whisker[1]
    assert "Rangfolge" not in plain.note
    assert "Zufall" in told.note
    assert ranking(city, SPACE, DAY, confidence=0.95).note == ""


def test_the_funnel_holds_every_area_with_an_interval(city: City) -> None:
    drawn = chance.funnel_chart(city, QUOTA, DAY, selected="098002")
    cells = intervals(city, "sozialraum", "sgb2_quote", DAY).cells
    assert len(drawn.areas) == cells["lower"].notna().sum()
    assert drawn.chosen is not None
    assert (drawn.chosen.label, drawn.chosen.total) == ("Hassels-Nord", 4172)
    assert drawn.chosen.outside
    # two areas of another city have one name: the one that is selected has the ring
    twice = tuple(replace(each, label="Mitte") for each in drawn.areas)
    chosen = replace(drawn, areas=twice).chosen
    assert chosen is not None
    assert chosen.total == 4172
    narrow, wide = drawn.limits
    assert all(low >= far for low, far in zip(narrow.lower, wide.lower, strict=True))
    assert all(high <= far for high, far in zip(narrow.upper, wide.upper, strict=True))
    outside = sum(area.outside for area in drawn.areas)
    assert drawn.words.startswith(f"{outside} von 169 Sozialräumen")
    with pytest.raises(NotDrawableError, match="keine Intervalle"):
        chance.funnel_chart(city, SPACE, DAY)


def test_a_funnel_of_a_part_says_where_and_how_many(city: City) -> None:
    for indicator, verb in (("anteil_weiblich", "liegt"), ("sgb2_quote", "liegen")):
        choice = Choice("sozialraum", indicator, within=Scope("stadtbezirk", "06"))
        drawn = chance.funnel_chart(city, choice, DAY)
        outside = sum(area.outside for area in drawn.areas)
        assert (outside == 1) is (verb == "liegt")
        where = "Sozialräumen im Stadtbezirk 6"
        said = f"{outside} von {len(drawn.areas)} {where} {verb} außerhalb"
        assert drawn.words.startswith(said)


def test_a_funnel_is_offered_as_a_slide_where_there_is_one(city: City) -> None:
    own = address(indikator="sgb2_quote", zufall="95", gebiet="098002")
    assert view.figures_of(city, own)["Trichter"] == "funnel"
    shown = view.show(city, own, "funnel")
    assert isinstance(shown.content, Funnel)
    assert shown.headline == shown.content.words
    assert view.read(city, own, []).confidence == 0.95
    assert "≈ kein sicherer Unterschied" in view.show(city, own, "karte").statuses
    assert "In Klammern" in view.show(city, own, "ranking").statuses
    assert "Zufall" not in view.show(city, address(indikator="sgb2_quote"), "ranking").statuses
    other = address(indikator="wohnflaeche_je_einwohner")
    assert "Trichter" not in view.figures_of(city, other)
    with pytest.raises(ViewError, match="keine Intervalle"):
        view.show(city, other, "funnel")


def test_the_selected_area_tells_its_interval_and_ranks(city: City) -> None:
    told = dict(chance.of_area(city, QUOTA, DAY, 0.95, "098002"))
    assert told == {
        "Intervall, 95\u202f%": "47,1 bis 50,3\u202f%",
        "Mögliche Ränge": "1",
    }
    assert chance.of_area(city, QUOTA, DAY, 0.95, "033001") == []
    assert chance.of_area(city, SPACE, DAY, 0.95, "098002") == []


def test_an_unknown_sureness_is_noted(city: City) -> None:
    notes: list[str] = []
    assert view.read(city, address(zufall="95,5"), notes).confidence is None
    assert "Zufall prüfen" in notes[0]


def test_the_file_says_who_differs_and_which_ranks_are_possible(city: City) -> None:
    layer = map_view.view(city, QUOTA).layers[-1]
    told = map_statement(city, QUOTA, layer, created=DAY)
    content = map_file(city, QUOTA, layer, told, "csv", confidence=0.95)
    table = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    table = table.set_index("Schlüssel")
    head = "Von Düsseldorf zu unterscheiden (95\u202f%)"
    alike = set(table.index[table[head] == "nein"])
    assert alike == set(chance.same(city, QUOTA, DAY, 0.95))
    assert table.loc["098002", ["Rang frühestens", "Rang spätestens"]].tolist() == ["1", "1"]
    assert table.loc["033001", head] == ""
    plain = map_file(city, QUOTA, layer, told, "csv").decode().splitlines()[0]
    assert "Rang frühestens" not in plain


def test_the_page_answers_below_the_map() -> None:
    app = AppTest.from_file(FRAME, default_timeout=60)
    app.query_params["indikator"] = "sgb2_quote"
    app.run()
    assert not app.exception
    assert not app.dataframe
    app.segmented_control(key="zufall").set_value("95 %").run()
    assert not app.exception
    assert app.query_params["zufall"] == "95"
    assert any("unterscheiden sich vom Wert der Stadt" in each.value for each in app.markdown)
    (table,) = app.dataframe
    assert "Mögliche Ränge" in table.value.columns
    assert table.value["Von Düsseldorf"].str.startswith("≈").any()
