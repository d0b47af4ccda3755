"""The areas of a part of the city by their key figures: one table for page, slide, paper, file."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from pptx import Presentation

from inteso_dash.city import City
from inteso_dash.files.presentation import DeckPage, DeckProperties, to_pptx
from inteso_dash.pages import slides
from inteso_dash.pages.karte.files import overview_file, overview_statement
from inteso_dash.pages.karte.overview import (
    ABOVE,
    BELOW,
    MOST,
    SAME,
    UPWARDS,
    Measured,
    columns,
    orders,
    overview,
)
from inteso_dash.views import map_view
from inteso_dash.views.colours import ink, luminance
from inteso_dash.views.figures import Table
from inteso_dash.views.map_view import Choice
from inteso_dash.views.scope import Scope
from inteso_dash.views.sequences import Slide
from tests.opened import open_page, said

SB6 = Scope("stadtbezirk", "06")
POVERTY = Choice("sozialraum", "kinderarmut", within=SB6)
ADDRESS = (
    "karte?indikator=Kinderarmut&ebene=Sozialräume&ausschnitt=stadtbezirk.06&ansicht=Übersicht"
)


@pytest.fixture(scope="module")
def measured(city: City) -> tuple[Measured, ...]:
    return columns(city, POVERTY, lambda own: map_view.view(city, own))


def test_key_figures_come_first_then_the_chosen_one_and_its_topic(
    measured: tuple[Measured, ...],
) -> None:
    ids = [each.indicator.id for each in measured]
    assert ids[:4] == ["bevoelkerung", "anteil_auslaender", "sgb2_quote", "kinderarmut"]
    assert len(ids) == len(set(ids)) <= MOST
    assert all(each.indicator.kind == "intensive" for each in measured[3:])


def test_every_figure_is_placed_against_the_city(
    city: City, measured: tuple[Measured, ...]
) -> None:
    table = overview(city, POVERTY, SB6, measured)
    heads, whole, part, *areas = table.rows
    assert heads[:2] == ("Sozialraum", "Stadtteil")
    assert whole[0] == "Düsseldorf"
    assert part[0] == "Stadtbezirk 6"
    assert len(areas) == 23
    south = next(row for row in areas if "063008" in row[0])
    assert south[1] == "Rath"
    assert south[heads.index("SGB-II-Quote (%)")] == f"27,1 {ABOVE}"
    place = heads.index("SGB-II-Quote (%)") - 2
    for row in areas:
        column = measured[place]
        key = row[0][-7:-1]
        value = column.layer.values.at[key, "value"]
        sign = row[place + 2][-1]
        assert sign in (ABOVE, BELOW, SAME)
        assert sign == SAME or (sign == ABOVE) == (value > column.layer.reference)
    counts = heads.index("Bevölkerung (Personen)")
    assert not {row[counts][-1] for row in areas} & {ABOVE, BELOW, SAME}
    assert "Anzahlen haben kein Zeichen" in table.note


def test_fills_are_the_colours_of_the_map_and_missing_figures_have_none(
    city: City, measured: tuple[Measured, ...]
) -> None:
    table = overview(city, POVERTY, SB6, measured)
    assert len(table.fills) == len(table.rows) - 1
    assert set(table.fills[0]) == set(table.fills[1]) == {""}
    column = table.rows[0].index("Kinderarmut (%)")
    shown = map_view.view(city, POVERTY.everywhere)
    for row, fills in zip(table.rows[3:], table.fills[2:], strict=True):
        value = float(shown.layers[-1].values.at[row[0][-7:-1], "value"])
        if row[column] == "…":
            assert fills[column] == ""
            continue
        assert fills[column] == shown.colours[shown.classes.index_of(value)]
    assert "… keine Angabe" in table.note


def test_rows_are_ordered_by_a_figure_and_missing_ones_stay_last(
    city: City, measured: tuple[Measured, ...]
) -> None:
    assert set(orders(measured).options.values()) == {""} | {
        each.indicator.id + end for each in measured for end in ("", UPWARDS)
    }

    def keys(order: str) -> list[str]:
        table = overview(city, POVERTY, SB6, measured, order)
        return [row[0][-7:-1] for row in table.rows[3:]]

    down, up = keys("kinderarmut"), keys("kinderarmut" + UPWARDS)
    assert down[:5] == ["063008", "061002", "063003", "062002", "064001"]
    assert up[0] == "062003"
    assert down[-1] == up[-1] == "063006"
    assert keys("") == sorted(keys(""))


def test_ink_is_read_on_every_colour(measured: tuple[Measured, ...]) -> None:
    for fill in {colour for each in measured for colour in each.view.colours}:
        low, high = sorted((luminance(fill), luminance(ink(fill))))
        assert (high + 0.05) / (low + 0.05) >= 4.5


def test_a_slide_keeps_the_overview_and_its_order(city: City) -> None:
    shown = slides.show(city, Slide(address=f"{ADDRESS}&sortiert=kinderarmut"))
    assert shown.title == "Übersicht: Sozialräume im Stadtbezirk 6"
    assert isinstance(shown.content, Table)
    assert shown.content.rows[3][0] == "Rath · Südlich … (063008)"
    assert "10 von 22 Sozialräumen" in shown.headline
    unknown = slides.show(city, Slide(address=f"{ADDRESS}&sortiert=unsinn"))
    assert any("Sortierung „unsinn“" in note for note in unknown.notes)
    assert unknown.data == shown.data


def test_a_presentation_fills_the_cells_and_holds_all_rows(
    city: City, measured: tuple[Measured, ...]
) -> None:
    table = overview(city, POVERTY, SB6, measured)
    page = DeckPage("Überschrift", "Titel", "Worte", table, None, "Quelle", "")
    deck = Presentation(
        io.BytesIO(to_pptx([page], DeckProperties("t", "s", "c", dt.date(2026, 11, 28))))
    )
    shape = next(each for each in deck.slides[0].shapes if each.has_table)
    assert len(shape.table.rows) == 26
    fills = [
        [
            f"#{cell.fill.fore_color.rgb}".lower() if cell.fill.type == 1 else ""
            for cell in row.cells
        ]
        for row in shape.table.rows
    ]
    assert fills[1:] == [list(row) for row in table.fills]


def test_a_file_holds_every_figure_of_the_table(city: City, measured: tuple[Measured, ...]) -> None:
    table = overview_file(city, POVERTY, measured)
    assert len(table) == 23 * len(measured)
    assert not table.map(lambda cell: isinstance(cell, float)).any().any()
    told = overview_statement(city, POVERTY, measured, created=dt.date(2026, 11, 28))
    assert told.where == "23 von 171 Sozialräumen: Stadtbezirk 6, Düsseldorf"
    assert "Kinderarmut" in told.what
    assert told.sources


def test_the_page_shows_the_overview_of_a_chosen_part_only() -> None:
    app = open_page("karte", indikator="Kinderarmut")
    assert not [each for each in app.segmented_control if each.key == "ansicht"]
    app.selectbox(key="ausschnitt").select("Stadtbezirk 6 (06)").run()
    app.segmented_control(key="ansicht").set_value("Übersicht").run()
    assert not app.exception
    assert len(app.table[0].value) == 25
    app.selectbox(key="sortiert").select("Kinderarmut, höchste zuerst").run()
    assert app.query_params["sortiert"] == "kinderarmut"
    assert app.table[0].value.iloc[2, 0].startswith("Rath · Südlich")
    assert "liegen 10 von 22 Sozialräumen im Stadtbezirk 6" in said(app)


def test_without_figures_of_the_indicator_the_others_stand_there() -> None:
    chosen = {"indikator": "bevoelkerungsentwicklung_2005_2015", "ebene": "sozialraum"}
    app = open_page("karte", **chosen, ausschnitt="stadtbezirk.06", ansicht="uebersicht")
    assert "Für die Sozialräume nennen die Quellen diesen Indikator nicht." in said(app)
    assert [each.value.partition(",")[0] for each in app.header] == [
        "Übersicht: Sozialräume im Stadtbezirk 6"
    ]
