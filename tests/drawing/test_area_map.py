"""What the map is handed; all figures are made up."""

from __future__ import annotations

import dataclasses
import json
import math
import re

import numpy as np
import pytest

from inteso_dash.drawing.area_map import MODULE
from inteso_dash.drawing.area_map.data import (
    STATUS_LETTERS,
    Card,
    Frame,
    Inside,
    MapData,
    MarkedArea,
    Overlay,
    Square,
    status_letters,
)
from inteso_dash.drawing.area_map.picking import Picking, read_picks
from inteso_dash.drawing.area_map.signs import Signs, Spot, SpotList
from inteso_dash.drawing.area_map.symbols import Symbols
from inteso_dash.drawing.area_map.texts import TEXTS
from inteso_dash.drawing.components import loader
from inteso_dash.language.statuses import Status

FRAME = Frame("31.12.2021", (1.0, 2.5, None), "mcs", (2, 1, None), reference=2.0)


def data(**changes) -> MapData:
    entries = {
        "geometry_url": "geometrie/gebiet.json",
        "count": 3,
        "areas_label": "Gebiete",
        "title": "Erfundene Quote",
        "frames": (FRAME,),
        "breaks": (0.0, 2.0, 4.0),
        "colors_light": ("#eeeeee", "#111111"),
        "colors_dark": ("#dddddd", "#222222"),
        "reference_label": "Musterstadt",
    }
    return MapData(**(entries | changes))


def test_payload_holds_values_and_no_names():
    payload = data(
        unit="%",
        decimals=1,
        selected="002",
        overlays=(Overlay("geometrie/bezirk.json", "Bezirke"),),
        marked=(MarkedArea("05", "SB 5"),),
        card=Card("002", (("Einwohner", "1.234"),), "profil?gebiet=002"),
    ).to_payload()
    assert payload["frames"] == [
        {
            "date": "31.12.2021",
            "values": [1, 2.5, None],
            "status": "mcs",
            "reference": 2,
        }
    ]
    assert payload["frame"] == 0
    assert payload["overlays"] == [["geometrie/bezirk.json", "Bezirke", "", "", False, {}, True]]
    assert payload["marked"] == [["05", "SB 5"]]
    assert payload["card"]["figures"] == [["Einwohner", "1.234"]]
    assert json.loads(json.dumps(payload, allow_nan=False)) == payload


def test_what_is_picked_goes_down_and_comes_back_as_keys():
    picking = Picking("Nord", ("001",), ("002",), ("12 Personen",), "#0072b2")
    payload = data(picking=picking).to_payload()
    assert payload["picking"] == {
        "key": "Nord",
        "picked": ["001"],
        "partly": ["002"],
        "told": ["12 Personen"],
        "colour": "#0072b2",
    }
    assert data().to_payload()["picking"] is None
    assert read_picks('["Nord", ["001", "003"]]') == ("Nord", ("001", "003"))
    assert [read_picks(text) for text in ("", "3", '["Nord"]', '["Nord", 4]')] == [None] * 4


def test_a_part_of_the_city_and_the_columns_of_the_table_reach_the_browser():
    payload = data(
        overlays=(Overlay("geometrie/bezirk.json", "Bezirke", "Bezirk", "bezirk"),),
        inside=Inside((True, False, True), "2 von 3 Gebieten: Bezirk 5"),
        distance="Prozentpunkte",
    ).to_payload()
    assert payload["inside"] == {"areas": "101", "words": "2 von 3 Gebieten: Bezirk 5"}
    assert payload["overlays"] == [
        ["geometrie/bezirk.json", "Bezirke", "Bezirk", "bezirk", False, {}, True]
    ]
    assert payload["distance"] == "Prozentpunkte"
    plain = data().to_payload()
    assert plain["inside"] is None
    assert plain["distance"] is None


def test_kinds_of_areas_reach_the_browser_by_name():
    nine = tuple(f"{x}{y}" for y in "abc" for x in "xyz")
    payload = data(
        breaks=tuple(each - 0.5 for each in range(10)),
        colors_light=("#eeeeee",) * 9,
        colors_dark=("#eeeeee",) * 9,
        kinds=nine,
        square=Square("Quote", "Anteil", ("5", "10"), ("20",)),
        lit=4,
    ).to_payload()
    assert payload["kinds"] == list(nine)
    assert payload["square"] == {"titles": ["Quote", "Anteil"], "bounds": [["5", "10"], ["20"]]}
    assert payload["lit"] == 4
    plain = data().to_payload()
    assert (plain["kinds"], plain["square"], plain["lit"]) == (None, None, None)


def test_values_keep_three_digits_more_than_shown():
    frame = dataclasses.replace(FRAME, values=(1 / 3, 2 / 3, None))
    payload = data(frames=(frame,), decimals=1).to_payload()
    assert payload["frames"][0]["values"] == [0.3333, 0.6667, None]


@pytest.mark.parametrize(
    ("values", "ranks", "sent"),
    [
        ((1.0, 2.5, None), (2, 1, None), None),
        ((2.5, 2.5, 1.0), (1, 1, 3), None),
        ((2.5, 2.5, 1.0), (1, 1, 2), [1, 1, 2]),
    ],
)
def test_ranks_travel_only_where_values_do_not_tell_them(
    values: tuple[float | None, ...],
    ranks: tuple[int | None, ...],
    sent: list[int] | None,
) -> None:
    frame = dataclasses.replace(FRAME, values=values, ranks=ranks)
    assert data(frames=(frame,)).to_payload()["frames"][0].get("ranks") == sent


def test_the_date_asked_for_is_shown_else_the_last():
    frames = tuple(dataclasses.replace(FRAME, date_label=f"31.12.{year}") for year in (2019, 2021))
    assert data(frames=frames).to_payload()["frame"] == 1
    assert data(frames=frames, date="31.12.2019").to_payload()["frame"] == 0


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"count": 4}, "31.12.2021: 3 values; expected 4; .*3 status letters; expected 4"),
        ({"breaks": (0.0, 0.0, 2.5)}, r"breaks \[0.0, 0.0, 2.5\]; expected ascending"),
        ({"breaks": (4.0, 2.0, 0.0)}, "expected ascending"),
        ({"breaks": (0.0,)}, "expected ascending"),
        ({"breaks": (0.0, 1.0, 2.0)}, "values from 1.0 to 2.5; expected all within"),
        ({"colors_dark": ("#000000",)}, "1 dark colours; expected 2"),
        ({"colors_light": ("#eeeeee", "red")}, r"light colours \['red'\]"),
        ({"breaks": (), "colors_light": (), "colors_dark": ()}, "values but no breaks"),
        ({"frames": ()}, "no frames"),
        ({"frames": (FRAME, FRAME)}, "expected each once"),
        ({"date": "31.12.1999"}, "Stichtag '31.12.1999'; expected one of"),
        ({"frames": (dataclasses.replace(FRAME, status="mq?"),)}, r"letters \['\?', 'q'\]"),
        ({"frames": (dataclasses.replace(FRAME, values=(1.0, math.nan, None)),)}, "no finite"),
        ({"decimals": -1}, "-1 decimals"),
        ({"kinds": ("a", "b", "c")}, "3 names of classes; expected 2"),
        ({"square": Square("x", "y")}, "2 classes in a square; expected 9"),
        ({"inside": Inside((True,), "1 von 3")}, "1 areas in or out; expected 3"),
        ({"geometry_url": "/geometrie/x.json"}, "relative to the server's root"),
        ({"overlays": (Overlay("https://other.example/x", "x"),)}, "relative to the server's root"),
    ],
)
def test_what_does_not_fit_is_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        data(**changes)


def test_all_problems_come_in_one_message():
    with pytest.raises(ValueError, match=r"breaks.*dark colours.*address"):
        data(breaks=(3.0, 2.0, 1.0), colors_dark=(), geometry_url="")


def test_one_value_and_no_value_at_all_can_be_shown():
    one = dataclasses.replace(FRAME, values=(5.0, 5.0, None))
    data(frames=(one,), breaks=(5.0, 5.0), colors_light=("#eeeeee",), colors_dark=("#eeeeee",))
    none = dataclasses.replace(FRAME, values=(None,) * 3, status="nnn", ranks=(None,) * 3)
    data(frames=(none,), breaks=(), colors_light=(), colors_dark=())


def test_a_change_costs_less_than_four_kilobytes():
    count = 171
    values = np.random.default_rng(1).gamma(4, 3, count)
    ranks = tuple(int(rank) + 1 for rank in np.argsort(np.argsort(-values)))
    frame = Frame("31.12.2021", tuple(values.tolist()), "m" * count, ranks, 12.34567)
    breaks = tuple(np.linspace(values.min(), values.max(), 8).tolist())
    colors = tuple(f"#{index:06x}" for index in range(7))
    payload = data(
        count=count,
        frames=(frame,),
        breaks=(values.min().item(), *breaks[1:-1], values.max().item()),
        colors_light=colors,
        colors_dark=colors,
        decimals=1,
    ).to_payload()
    assert len(json.dumps(payload)) < 4000


def test_classes_can_have_names():
    assert data(kinds=("nicht", "erfüllt")).to_payload()["kinds"] == ["nicht", "erfüllt"]
    assert data().to_payload()["kinds"] is None
    with pytest.raises(ValueError, match="1 names of classes; expected 2"):
        data(kinds=("erfüllt",))


def test_letters_cover_the_status_vocabulary():
    assert set(STATUS_LETTERS) == {str(status) for status in Status}
    assert len(set(STATUS_LETTERS.values())) == len(STATUS_LETTERS)
    assert status_letters(["measured", "merged"]) == "mg"
    assert all(f"status_{letter}" in TEXTS for letter in STATUS_LETTERS.values())


def test_program_text_uses_known_texts_only_and_no_markup_from_data():
    script = MODULE.body.decode()
    used = set(re.findall(r"TEXTS\.(\w+)", script))
    assert used
    assert used <= set(TEXTS)
    for forbidden in ("innerHTML", "insertAdjacentHTML", "outerHTML", "eval(", "new Function"):
        assert forbidden not in script
    assert not re.findall(r"https?://(?!www\.w3\.org/)", script)


def test_program_text_is_small_and_its_address_changes_with_it():
    assert len(MODULE.packed) < 46_000
    assert "\n//" not in MODULE.body.decode()
    assert re.fullmatch(r"geometrie/area_map\.[0-9a-f]{12}\.js", MODULE.url)
    sent = loader(MODULE, TEXTS["no_module"])
    assert MODULE.url in sent
    assert len(sent) < 2000


def circles(**changes) -> Symbols:
    entries = {
        "title": "Erfundene Menge",
        "unit": "Stück",
        "parts": ("eins", "zwei"),
        "colors_light": ("#111111", "#222222"),
        "colors_dark": ("#eeeeee", "#dddddd"),
        "values": ((1.0, 2.0), None, (0.0, 3.0)),
    }
    return Symbols(**(entries | changes))


def test_circles_reach_the_browser_in_the_order_of_the_areas():
    assert data().to_payload()["symbols"] is None
    sent = data(symbols=circles()).to_payload()["symbols"]
    assert sent["values"] == [[1, 2], None, [0, 3]]
    assert sent["parts"] == ["eins", "zwei"]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"values": ((1.0, 2.0),)}, "1 circles; expected 3"),
        ({"values": ((1.0,), None, None)}, "one amount per part"),
        ({"values": ((-1.0, 2.0), None, None)}, "negative"),
        ({"colors_dark": ("#eeeeee",)}, "one #rrggbb per part"),
        ({"parts": ()}, "0 parts of circles"),
    ],
)
def test_circles_that_cannot_be_drawn_are_refused(changes, complaint):
    with pytest.raises(ValueError, match=complaint):
        data(symbols=circles(**changes))


def test_signs_and_places_reach_the_browser():
    signs = Signs("Urteil", (("▲", "darüber"), ("▼", "darunter")), (0, None, 1))
    places = SpotList("Orte", "Personen", "#111111", "#eeeeee", (Spot(1, 2, "A", "Zelt", 5.0),))
    payload = data(signs=signs, places=places, table=False).to_payload()
    assert payload["signs"]["of"] == [0, None, 1]
    assert payload["places"]["spots"] == [[1, 2, "A", "Zelt", 5.0]]
    assert payload["table"] is False
    assert json.loads(json.dumps(payload, allow_nan=False)) == payload
    plain = data().to_payload()
    assert (plain["signs"], plain["places"], plain["table"]) == (None, None, True)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"signs": Signs("x", (("▲", "a"),), (0, 0))}, "2 signs; expected 3"),
        ({"signs": Signs("x", (("▲", "a"),), (0, 1, None))}, r"kinds of signs \[1\]"),
        ({"places": SpotList("x", "", "red", "#eeeeee", ())}, "colour of places 'red'"),
        (
            {"places": SpotList("x", "", "#111111", "#eeeeee", (Spot(0, 0, "A", "", -1.0),))},
            "negative or infinite amounts",
        ),
    ],
)
def test_signs_and_places_that_cannot_be_drawn_are_refused(changes, complaint):
    with pytest.raises(ValueError, match=complaint):
        data(**changes)
