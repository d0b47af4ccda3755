"""Views in the address: ids, read at the start of a run and written once at its end."""

from __future__ import annotations

import logging
from functools import partial

import pytest
from streamlit.runtime.scriptrunner import RerunData
from streamlit.runtime.state import QueryParamsProxy
from streamlit.testing.v1 import AppTest, local_script_runner

from inteso_dash.session import address


def drawn() -> None:
    """Script of a page with controls of every kind; what is offered is made up."""
    import datetime as dt
    from enum import Enum

    import streamlit as st

    from inteso_dash.session import address, controls

    class Way(Enum):
        """Two ways."""

        FIRST = "Erster Weg"
        SECOND = "Zweiter Weg"

    address.arrive(st.session_state.get("seite", "a"))
    area = address.get("gebiet")
    levels = {"Kieze": "kiez", "Bezirke": "bezirk"}
    level = controls.bound_selectbox("Ebene", levels, "ebene")
    if st.session_state.get("unterbrochen"):
        st.stop()
    days = {"31.12.2021": dt.date(2021, 12, 31), "31.12.2020": dt.date(2020, 12, 31)}
    day = controls.bound_selectbox("Stichtag", days, "tag")
    way = controls.bound_segments("Weg", {each.value: each for each in Way}, "weg")
    over = controls.bound_toggles("Darüber", {"Plätze": "places"}, "kreise")
    places = {f"0{n} Ort {n} (Kiez)": ("kiez", f"0{n}") for n in range(5)}
    others = controls.bound_multiselect(
        "Andere", places, "andere", most=2, unknown="Kein {found}.", placeholder=""
    )
    limit = controls.bound_number(st.number_input, "Grenze", 10, 500, 200, "grenze")
    share = controls.bound_typed("Anteil", 0.0, 49.0, 1.0, "anteil")
    every = controls.bound_switch("Alle", "alle")
    own = controls.bound_text("Eigene", "eigene", "")
    hidden = None
    if level == "bezirk":
        hidden = controls.bound_selectbox("Mehr", {"Eins": "1", "Zwei": "2"}, "mehr")
    st.session_state["found"] = (level, day.year, way.name, over, others, limit, share, every, own)
    st.session_state["rest"] = (area, hidden)
    controls.show_notes()
    address.leave()


DEFAULT = ("kiez", 2021, "FIRST", None, [], 200, 1, False, "")
NAMED = {
    "ebene": ["kiez"],
    "tag": ["2021-12-31"],
    "weg": ["first"],
    "grenze": ["200"],
    "anteil": ["1"],
}


def opened(**asked: str | list[str]) -> AppTest:
    app = AppTest.from_function(drawn)
    for key, value in asked.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def named(app: AppTest) -> dict[str, list[str]]:
    found = {key: app.query_params[key] for key in app.query_params}
    return {key: each if isinstance(each, list) else [each] for key, each in found.items()}


def test_a_bare_address_is_named_with_ids() -> None:
    app = opened()
    assert app.session_state["found"] == DEFAULT
    assert named(app) == NAMED


def test_every_kind_of_control_reads_its_id() -> None:
    asked = {
        "ebene": "bezirk",
        "tag": "2020-12-31",
        "weg": "second",
        "kreise": "places",
        "andere": ["kiez.01", "kiez.03"],
        "grenze": "50",
        "anteil": "2.5",
        "alle": "1",
        "eigene": "5; 10",
        "mehr": "2",
    }
    app = opened(**asked)
    places = [("kiez", "01"), ("kiez", "03")]
    assert app.session_state["found"] == (
        "bezirk", 2020, "SECOND", "Plätze", places, 50, 2.5, True, "5; 10",
    )  # fmt: skip
    assert app.session_state["rest"] == (None, "2")
    assert not app.info
    assert named(app) == {
        key: value if isinstance(value, list) else [value] for key, value in asked.items()
    }


def test_addresses_of_earlier_versions_still_open() -> None:
    app = opened(
        ebene="Bezirke",
        tag="31.12.2020",
        weg="Zweiter Weg",
        andere=["01 Ort 1 (Kiez)"],
        alle="true",
    )
    found = app.session_state["found"]
    assert found[:3] == ("bezirk", 2020, "SECOND")
    assert found[4] == [("kiez", "01")]
    assert found[7] is True
    assert named(app)["ebene"] == ["bezirk"]
    assert named(app)["andere"] == ["kiez.01"]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("ebene", "Quatsch", "Ebene „Quatsch“. Das gibt es hier nicht; gezeigt wird „Kieze“."),
        ("kreise", "Quatsch", "Darüber „Quatsch“. Das gibt es hier nicht; gezeigt wird „nichts“."),
        ("andere", "kiez.77", "Kein kiez.77."),
        ("grenze", "9", "Grenze „9“; erwartet wird eine ganze Zahl von 10 bis 500."),
        ("grenze", "viel", "Grenze „viel“; erwartet wird eine ganze Zahl von 10 bis 500."),
        ("anteil", "nan", "Anteil „nan“; erwartet wird eine Zahl von 0 bis 49."),
        ("andere", ["kiez.01", "kiez.02", "kiez.03"], "zu viel; gezeigt werden höchstens 2."),
    ],
)
def test_nonsense_in_the_address_is_said_and_goes(
    key: str, value: str | list[str], said: str
) -> None:
    app = opened(**{key: value})
    (told,) = [each.value for each in app.info]
    assert said in told
    shown = named(app)
    if isinstance(value, list):
        assert shown.pop(key) == value[:2]
    assert shown == NAMED
    app.run()
    assert [each.value for each in app.info] == [told]
    app.toggle(key="alle").set_value(True).run()
    assert not app.info


def test_a_choice_is_named_and_the_back_button_takes_it_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = opened(gebiet="06")
    app.selectbox(key="ebene").select("Bezirke").run()
    assert named(app) == NAMED | {"ebene": ["bezirk"], "mehr": ["1"], "gebiet": ["06"]}
    app.query_params["ebene"] = "kiez"
    del app.query_params["mehr"]
    monkeypatch.setattr(address, "gone_back", lambda: True)
    app.run()
    assert app.session_state["found"] == DEFAULT
    assert app.session_state["rest"] == ("06", None)
    assert app.selectbox(key="ebene").value == "Kieze"


def test_the_back_button_takes_back_what_no_address_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """A switch that is off, an empty field, nothing chosen: none of them has a parameter."""
    app = opened(ebene="bezirk", mehr="2")
    app.run()
    app.toggle(key="alle").set_value(True).run()
    app.multiselect(key="andere").set_value(["03 Ort 3 (Kiez)"]).run()
    app.text_input(key="eigene").set_value("5; 10").run()
    app.query_params["kreise"] = "places"
    app.run()
    every = NAMED | {"ebene": ["bezirk"], "mehr": ["2"]}
    assert named(app) == every | {
        "alle": ["1"],
        "andere": ["kiez.03"],
        "eigene": ["5; 10"],
        "kreise": ["places"],
    }
    app.query_params = every | {"ebene": ["kiez"]}
    del app.query_params["mehr"]
    with monkeypatch.context() as patch:
        patch.setattr(address, "gone_back", lambda: True)
        app.run()
    assert app.session_state["found"] == DEFAULT
    assert named(app) == NAMED
    app.selectbox(key="ebene").select("Bezirke").run()
    assert app.session_state["rest"] == (None, "2")


@pytest.mark.parametrize("elsewhere", [False, True])
def test_the_back_button_returns_to_an_address_that_names_nothing(
    elsewhere: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(gebiet="06", eigene="5; 10")
    app.run()
    if elsewhere:
        app.session_state["seite"] = "b"
        app.query_params.clear()
        app.run()
        app.session_state["seite"] = "a"
    monkeypatch.setattr(address, "gone_back", lambda: True)
    app.query_params.clear()
    app.run()
    assert app.session_state["rest"][0] is None
    assert app.session_state["found"] == DEFAULT
    assert named(app) == NAMED


def test_an_address_whose_run_is_interrupted_is_read_to_its_end_by_the_next() -> None:
    app = opened(grenze="300", alle="1")
    app.run()
    app.session_state["unterbrochen"] = True
    app.query_params.update({"ebene": "bezirk", "tag": "2020-12-31", "grenze": "50"})
    app.run()
    app.session_state["unterbrochen"] = False
    app.run()
    assert app.session_state["found"][:2] == ("bezirk", 2020)
    assert app.session_state["found"][5] == 50
    assert named(app)["tag"] == ["2020-12-31"]


def test_a_link_is_followed_in_a_session_under_way() -> None:
    app = opened(gebiet="06")
    app.query_params.update({"ebene": "bezirk", "gebiet": "07"})
    app.run()
    assert app.session_state["found"][0] == "bezirk"
    assert app.session_state["rest"][0] == "07"


def test_who_is_quicker_than_the_address_loses_no_choice() -> None:
    """The next choice comes with the address of the view before; made up by setting it."""
    app = opened(gebiet="06")
    app.run()
    before = dict(app.query_params)
    app.selectbox(key="ebene").select("Bezirke").run()
    app.query_params = dict(before)
    app.toggle(key="alle").set_value(True).run()
    assert app.session_state["found"][0] == "bezirk"
    assert named(app) == NAMED | {
        "ebene": ["bezirk"],
        "mehr": ["1"],
        "gebiet": ["06"],
        "alle": ["1"],
    }
    app.query_params = dict(before)
    app.number_input(key="grenze").set_value(300).run()
    assert (named(app)["ebene"], named(app)["grenze"]) == (["bezirk"], ["300"])


def test_an_address_that_the_browser_has_not_heard_of_is_told_again() -> None:
    """What a run says at its very end is lost where the next one has begun; made up likewise."""
    app = opened(gebiet="06")
    app.run()
    before = dict(app.query_params)
    app.selectbox(key="ebene").select("Bezirke").run()
    for _ in range(2):
        app.query_params = dict(before)
        app.run()
        assert named(app)["ebene"] == ["bezirk"]


def test_an_address_that_may_come_after_the_back_button_is_told_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever goes back at once meets what the run before has said; made up by counting."""
    told: list[object] = []
    tell = QueryParamsProxy.from_dict

    def counting(self: QueryParamsProxy, params: dict[str, list[str]]) -> None:
        told.append(params)
        tell(self, params)

    app = opened(gebiet="06")
    app.run()
    before = dict(app.query_params)
    app.selectbox(key="ebene").select("Bezirke").run()
    monkeypatch.setattr(QueryParamsProxy, "from_dict", counting)
    monkeypatch.setattr(address, "gone_back", lambda: True)
    for times in (1, 1):
        app.query_params = dict(before)
        app.run()
        assert len(told) == times
    assert told == [named(app)]
    assert named(app)["ebene"] == ["kiez"]


@pytest.mark.parametrize(
    ("typed", "share"), [("8,5", 8.5), ("8.5", 8.5), ("12", 12.0), ("−1", 1.0), ("viel", 1.0)]
)
def test_numbers_are_typed_as_germans_write_them(typed: str, share: float) -> None:
    app = opened()
    app.text_input(key="anteil").set_value(typed).run()
    assert app.session_state["found"][6] == share
    assert named(app)["anteil"] == [f"{share:g}"]
    refused = [each.value for each in app.error]
    assert refused == (
        [] if share > 1 else [f"„{typed}“ ist hier keine Zahl; es gilt weiter 1. Beispiel: 8,5"]
    )


def test_a_run_alone_tells_the_browser_what_is_chosen() -> None:
    """The run that set the choices may have been interrupted, and its messages be lost."""
    app = opened(ebene="bezirk", tag="2020-12-31", andere="kiez.03", grenze="300", alle="1")
    app.run()
    begins = {
        key: app.get(kind)[at].proto.default
        for kind, at, key in [("selectbox", 0, "ebene"), ("selectbox", 1, "tag")]
    }
    assert begins == {"ebene": 1, "tag": 1}
    assert list(app.multiselect(key="andere").proto.default) == [3]
    assert app.number_input(key="grenze").proto.default == 300
    assert app.toggle(key="alle").proto.default is True


def test_what_a_hidden_control_held_comes_back_with_it() -> None:
    app = opened(ebene="bezirk", mehr="2")
    app.selectbox(key="ebene").select("Kieze").run()
    assert "mehr" not in app.query_params
    app.selectbox(key="ebene").select("Bezirke").run()
    assert app.session_state["rest"] == (None, "2")


def test_a_page_is_found_again_as_it_was_left() -> None:
    app = opened(gebiet="06", ebene="bezirk", mehr="2")
    app.session_state["seite"] = "b"
    app.query_params.clear()
    app.run()
    assert app.session_state["rest"][0] is None
    app.session_state["seite"] = "a"
    app.query_params.clear()
    app.run()
    assert app.session_state["rest"] == ("06", "2")
    assert named(app)["gebiet"] == ["06"]


def parted() -> None:
    """Script of a page with a part that runs alone; it counts its runs and those of the part."""
    import streamlit as st

    from inteso_dash.session import address, controls

    def draw(level: str) -> str:
        runs["part"] += 1
        kind = controls.bound_selectbox("Art", {"Heim": "heim", "Haus": "haus"}, "art")
        if kind == "haus":
            controls.bound_selectbox("Mehr", {"Eins": "1", "Zwei": "2"}, "mehr")
            if st.session_state.get("kaputt"):
                raise RuntimeError("planted")
        st.text(f"{level} {kind}")
        return kind

    runs = st.session_state.setdefault("runs", {"page": 0, "part": 0})
    runs["page"] += 1
    address.arrive("a")
    address.reserve("art")
    level = controls.bound_selectbox("Ebene", {"Kieze": "kiez", "Bezirke": "bezirk"}, "ebene")
    part = address.part(draw, around=lambda: bool(st.session_state.get("alles")))
    st.session_state["found"] = part(level)
    address.leave()


def alone(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the one part of a page, as the browser asks for it where something in it has changed."""
    part = [*app._fragment_storage._fragments]
    with monkeypatch.context() as patch:
        patch.setattr(local_script_runner, "RerunData", partial(RerunData, fragment_id_queue=part))
        app.run()


def test_a_part_runs_alone_and_the_address_names_the_page_around_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = AppTest.from_function(parted).run()
    assert named(app) == {"art": ["heim"], "ebene": ["kiez"]}
    assert app.session_state["found"] == "heim"
    app.selectbox(key="art").set_value("Haus")
    alone(app, monkeypatch)
    assert app.session_state["runs"] == {"page": 1, "part": 2}
    assert [each.value for each in app.text] == ["kiez haus"]
    assert [*named(app).items()] == [("art", ["haus"]), ("ebene", ["kiez"]), ("mehr", ["1"])]
    app.selectbox(key="art").set_value("Heim")
    alone(app, monkeypatch)
    assert named(app) == {"art": ["heim"], "ebene": ["kiez"]}
    app.run().selectbox(key="ebene").set_value("Bezirke").run()
    assert app.session_state["runs"] == {"page": 3, "part": 5}
    assert [each.value for each in app.text] == ["bezirk heim"]


def test_the_whole_page_runs_where_what_stands_around_does_not_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = AppTest.from_function(parted).run()
    app.session_state["alles"] = True
    alone(app, monkeypatch)
    assert app.session_state["runs"] == {"page": 2, "part": 2}
    del app.session_state["alles"]
    app.query_params["ebene"] = "bezirk"
    alone(app, monkeypatch)
    assert app.session_state["runs"] == {"page": 3, "part": 3}
    assert [each.value for each in app.text] == ["bezirk heim"]


def test_the_whole_page_runs_where_the_browser_may_not_have_heard_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = AppTest.from_function(parted).run()
    before = dict(app.query_params)
    app.selectbox(key="ebene").set_value("Bezirke").run()
    app.query_params = dict(before)
    app.selectbox(key="art").set_value("Haus")
    alone(app, monkeypatch)
    assert app.session_state["runs"] == {"page": 3, "part": 3}
    assert named(app) == {"ebene": ["bezirk"], "art": ["haus"], "mehr": ["1"]}
    before = dict(app.query_params)
    for kind in ("Heim", "Haus"):
        app.selectbox(key="art").set_value(kind)
        app.query_params = dict(before)
        alone(app, monkeypatch)
    assert app.session_state["runs"] == {"page": 3, "part": 5}


@pytest.mark.parametrize("whole", [True, False])
def test_a_part_that_fails_says_so_once_in_its_place(
    whole: bool, monkeypatch: pytest.MonkeyPatch, mishaps: list[logging.LogRecord]
) -> None:
    app = AppTest.from_function(parted).run()
    app.session_state["kaputt"] = True
    app.selectbox(key="art").set_value("Haus")
    if whole:
        app.run()
    else:
        alone(app, monkeypatch)
    assert len(app.error) == len(mishaps) == 1
    mishaps.clear()
    assert app.session_state["runs"] == {"page": 1 + whole, "part": 2}
