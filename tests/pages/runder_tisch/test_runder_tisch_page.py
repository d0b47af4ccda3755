"""The page Runder Tisch and keeping views, without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from inteso_dash.city import City
from inteso_dash.folders import SINGLE_USER_VARIABLE
from inteso_dash.pages import slides
from inteso_dash.pages.own import OWN
from inteso_dash.pages.runder_tisch import slide_figures
from inteso_dash.pages.stadtteilprofil.view import TopicTable
from inteso_dash.views import sequences
from inteso_dash.views.own_sequences import Own, read_all
from inteso_dash.views.sequences import Sequence, Slide
from tests.opened import open_page
from tests.paths import ROOT
from tests.paths import page as script

PAGE = script("runder_tisch")


def said(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.info, *app.title, *app.header, *app.warning]
    parts += [*app.text, *app.error]
    return "\n".join(str(part.value) for part in parts).replace("\u202f", " ").replace("\\", "")


def put(app: AppTest, sequence: Sequence) -> None:
    """Let the session hold one sequence of its own."""
    app.session_state[OWN] = Own(sequence.city, {"eigene": sequence})


def kept(app: AppTest) -> dict[str, Sequence]:
    return dict(app.session_state[OWN].sequences)


def button(app: AppTest, label: str) -> object:
    return next(each for each in app.button if each.label == label)


def test_the_shipped_sequences_are_offered_and_described() -> None:
    app = open_page("runder_tisch")
    assert [option.partition(" (")[0] for option in app.selectbox[0].options] == [
        "Eigene: Meine Folge",
        "Lage im Stadtbezirk 5",
        "Lage im Stadtbezirk 6",
        "Unterbringung in Düsseldorf",
    ]
    text = said(open_page("runder_tisch", folge="stadtbezirk_06"))
    assert "Im Stadtbezirk 6 leben 66.957 Menschen, 5,1 % mehr als 2015" in text


@pytest.mark.parametrize("name", ["stadtbezirk_05", "stadtbezirk_06", "unterbringung"])
def test_every_shipped_slide_is_played(name: str) -> None:
    sequence = sequences.read((ROOT / "data/sequences" / f"{name}.yml").read_bytes(), name)
    for place in range(1, len(sequence.slides) + 1):
        app = open_page("runder_tisch", folge=name, vorfuehren="1", folie=str(place))
        assert len(app.title) == 1
        assert "Quelle" in said(app)
        assert "Stichtag" in said(app)
        assert "Runder Tisch" not in [each.value for each in app.title]
        assert not app.info


@pytest.mark.parametrize("place", ["0", "-3", "99", "viele", "9" * 40])
def test_nonsense_in_the_address_shows_a_slide(place: str) -> None:
    app = open_page("runder_tisch", folge="unterbringung", vorfuehren="1", folie=place)
    assert len(app.title) == 1


def test_an_unknown_sequence_falls_back_with_a_note() -> None:
    text = said(open_page("runder_tisch", folge="<b>Unsinn"))
    assert "In der Adresse stand die Folge „<b>Unsinn“" in text


def selected(app: AppTest) -> str:
    """Follow the address to the sequence that is shown now, and return its title."""
    app.run()
    assert not app.exception
    return str(app.text_input[0].value)


def test_an_own_sequence_can_be_taken_over_changed_and_ordered() -> None:
    app = open_page("runder_tisch", folge="unterbringung")
    button(app, "Zum Bearbeiten übernehmen").click().run()
    assert "eigene" in app.query_params["folge"]
    titles = [each.value for each in app.markdown]
    assert titles[1].startswith("**1** · In Düsseldorf waren")
    app.text_area[0].input("Wie viele sind untergebracht?").run()
    assert "1 · Wie viele sind untergebracht?" in said(app).replace("**", "")
    app.button(key="rt_down_0").click().run()
    assert app.markdown[2].value == "**2** · Wie viele sind untergebracht?"
    assert app.text_area[2].value == "Wie viele sind untergebracht?"
    app.button(key="rt_remove_1").click().run()
    assert "Wie viele sind untergebracht?" not in said(app)
    app.text_input[0].input("Sitzung im Mai").run()
    assert any("Sitzung im Mai (5 Folien)" in option for option in app.selectbox[0].options)
    assert not app.exception


def test_a_removed_slide_can_be_brought_back_where_it_was_until_the_next_change() -> None:
    app = open_page("runder_tisch", folge="unterbringung")
    button(app, "Zum Bearbeiten übernehmen").click().run()
    app.text_area[2].input("Meine Worte").run()
    app.button(key="rt_remove_1").click().run()
    lines = [each.value for each in app.markdown]
    place = lines.index("Folie 2 ist entfernt.")
    assert lines[place - 1].startswith("**1**")
    assert lines[place + 1].startswith("**2**")
    assert "Meine Worte" not in said(app)
    button(app, "Rückgängig").click().run()
    assert "2 · Meine Worte" in said(app).replace("**", "")
    assert "ist entfernt" not in said(app)
    app.button(key="rt_remove_5").click().run()
    assert "Folie 6 ist entfernt." in said(app)
    app.button(key="rt_down_0").click().run()
    assert "Rückgängig" not in [each.label for each in app.button], "only the last step"


def test_a_sequence_that_has_lost_its_last_slide_is_still_shown() -> None:
    app = open_page("runder_tisch")
    slide = Slide(address="karte")
    one, two = (Sequence(title=each, city="05111", slides=(slide,)) for each in ("Eins", "Zwei"))
    app.session_state[OWN] = Own("05111", {"eigene": one, "eigene-2": two})
    app.run()
    app.button(key="rt_remove_0").click().run()
    assert selected(app) == "Eins"
    assert "Folie 1 ist entfernt." in said(app)


def test_there_are_several_sequences_and_a_deleted_one_can_be_brought_back() -> None:
    app = open_page("runder_tisch", folge="unterbringung")
    button(app, "Zum Bearbeiten übernehmen").click().run()
    button(app, "Duplizieren").click().run()
    assert selected(app) == "Kopie von Unterbringung in Düsseldorf"
    app.text_input[0].input("Sitzung im Mai").run()
    app.button(key="rt_remove_0").click().run()
    button(app, "Neue Folge").click().run()
    assert selected(app) == "Neue Folge"
    assert "noch keine Folien" in said(app)
    own = [option for option in app.selectbox[0].options if option.startswith("Eigene")]
    assert own == [
        "Eigene: Unterbringung in Düsseldorf (6 Folien)",
        "Eigene: Sitzung im Mai (5 Folien)",
        "Eigene: Neue Folge (0 Folien)",
    ]
    app.query_params["folge"] = "eigene-2"
    assert selected(app) == "Sitzung im Mai"
    button(app, "Folge löschen").click().run()
    assert "Die Folge „Sitzung im Mai“ ist gelöscht." in said(app)
    assert not any("Sitzung im Mai" in option for option in app.selectbox[0].options)
    button(app, "Rückgängig").click().run()
    assert selected(app) == "Sitzung im Mai"
    assert any("Sitzung im Mai (5 Folien)" in option for option in app.selectbox[0].options)


def test_a_view_is_kept_in_the_chosen_sequence_or_a_new_one() -> None:
    app = open_page("unterbringung", u_bereich="Formen")
    app.button(key="merken").click().run()
    app.run()  # as when the browser tells meanwhile what it keeps
    assert app.selectbox(key="merken_folge").options == ["Meine Folge", "Neue Folge anlegen"]
    app.selectbox(key="merken_folge").select_index(1)
    app.session_state["merken_titel"] = "Ausschuss"
    app.button(key="merken_jetzt").click().run()
    assert [each.title for each in kept(app).values()] == ["Ausschuss"]
    app.button(key="merken").click().run()
    app.selectbox(key="merken_folge").select_index(1)
    del app.session_state["merken_titel"]
    app.button(key="merken_jetzt").click().run()
    app.button(key="merken").click().run()
    assert app.selectbox(key="merken_folge").value == "eigene-2", "the one used last"
    app.button(key="merken_jetzt").click().run()
    counts = {each.title: len(each.slides) for each in kept(app).values()}
    assert counts == {"Ausschuss": 1, "Neue Folge": 2}
    assert not app.exception


def test_a_change_that_makes_a_sequence_too_large_is_refused_with_a_reason() -> None:
    app = open_page("runder_tisch")
    long = Slide(address="karte", remark="ä" * 4000)
    put(app, Sequence(title="Lang", city="05111", slides=(*(long,) * 29, Slide(address="karte"))))
    app.query_params["folge"] = "eigene"
    app.run()
    app.button(key="rt_up_29").click().run()
    assert "Nicht übernommen: Mit dieser Änderung hätte die Folge „Lang“" in said(app)


def test_what_the_browser_keeps_is_read_like_a_file_and_not_lost_where_it_is_none(
    city: City,
) -> None:
    app = open_page("runder_tisch")
    good = sequences.write(Sequence(title="Gut", city="05111", slides=(Slide(address="karte"),)))
    texts = {"eigene": b"title: A", "eigene-2": good}
    app.session_state[OWN] = read_all(texts, city.catalogue)
    app.query_params["folge"] = "eigene"
    app.run()
    assert "Hier liegt etwas, das sich nicht als Folge lesen lässt." in said(app)
    assert "eigene.yml: city fehlt." in said(app)
    assert list(kept(app)) == ["eigene-2"]
    button(app, "Verwerfen (eigene)").click().run()
    assert "nicht als Folge lesen" not in said(app)
    assert list(kept(app)) == ["eigene-2"]


def test_a_presentation_can_begin_with_any_slide() -> None:
    app = open_page("runder_tisch", folge="unterbringung")
    app.button(key="rt_ab_2").click().run()
    assert "folie" in app.query_params
    assert app.query_params["folie"] in ("3", ["3"])
    assert len(app.title) == 1
    assert "8.120 Plätze" in said(app).replace("\u00a0", " ")


def test_a_view_whose_figures_changed_says_so_until_it_is_confirmed() -> None:
    app = open_page("runder_tisch")
    slide = Slide(address="karte?indikator=Kinderarmut", data="0" * 16)
    put(app, Sequence(title="Alt", city="05111", slides=(slide,)))
    app.query_params["folge"] = "eigene"
    app.run()
    assert "haben sich geändert" in said(app)
    button(app, "Neue Zahlen bestätigen").click().run()
    assert "haben sich geändert" not in said(app)


def test_a_slide_that_shows_nothing_says_why_and_the_others_go_on() -> None:
    app = open_page("runder_tisch")
    slide = Slide(address="karte?indikator=Unsinn")
    put(app, Sequence(title="Alt", city="05111", slides=(slide,)))
    app.query_params.update({"folge": "eigene", "vorfuehren": "1"})
    app.run()
    assert not app.exception
    assert "Den Indikator „Unsinn“ gibt es nicht." in said(app)
    app.query_params.pop("vorfuehren")
    app.run()
    assert "1 · Diese Ansicht gibt es nicht" in said(app).replace("**", "")
    assert [each.value for each in app.warning] == ["Den Indikator „Unsinn“ gibt es nicht."]


def test_an_empty_own_sequence_says_what_to_do() -> None:
    app = open_page("runder_tisch", folge="eigene", vorfuehren="1")
    assert "Diese Folge hat noch keine Folien" in said(app)
    assert button(app, "Vorführen").disabled


@pytest.mark.parametrize(
    ("page", "address", "expected"),
    [
        (
            "karte",
            {"ebene": "Stadtbezirke", "thema": "Bevölkerung", "gebiet": "06"},
            (
                "karte?thema=bevoelkerung&indikator=bevoelkerung&ebene=stadtbezirk"
                "&einteilung=quantiles&klassen=5&gebiet=06&stichtag=2021-12-31"
            ),
        ),
        (
            "stadtteilprofil",
            {"vergleich": "063 Rath (Stadtteil)"},
            "stadtteilprofil?profilebene=stadtbezirk&profil=06&vergleich=stadtteil.063",
        ),
        (
            "veraenderung",
            {"v_indikator": "Ausländeranteil", "v_gebiete": "06 Stadtbezirk 6"},
            (
                "veraenderung?v_bereich=verlauf&v_indikator=anteil_auslaender&v_ebene=stadtbezirk"
                "&v_von=2010-12-31&v_bis=2021-12-31&v_gebiete=06&v_darstellung=absolute"
            ),
        ),
        (
            "unterbringung",
            {"u_bereich": "Formen"},
            "unterbringung?u_bereich=formen&u_ebene=stadtbezirk&u_stichtag=2017-02-28",
        ),
    ],
)
def test_a_view_is_kept_whole_and_shown_again(
    page: str, address: dict[str, str], expected: str
) -> None:
    app = open_page(page, **address)
    app.button(key="merken").click().run()
    assert app.text_area(key="merken_ueberschrift").placeholder.endswith(".")
    app.text_area(key="merken_anmerkung").input("Eigene Worte")
    app.button(key="merken_jetzt").click().run()
    (slide,) = kept(app)["eigene"].slides
    assert slide.address == expected
    assert (slide.headline, slide.remark) == ("", "Eigene Worte")
    assert len(slide.data) == 16
    app.query_params.clear()
    app.query_params["folge"] = "eigene"
    app.switch_page(PAGE).run()
    assert not app.exception
    assert "Eigene Worte" in [area.value for area in app.text_area]
    assert not app.warning


def test_a_single_user_finds_the_views_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv(SINGLE_USER_VARIABLE, "1")
    app = open_page("unterbringung")
    app.button(key="merken").click().run()
    app.button(key="merken_jetzt").click().run()
    (file,) = tmp_path.rglob("*.yml")
    assert str(file.parent) in said(open_page("runder_tisch", folge="eigene"))
    assert "In Düsseldorf waren 7.590 Personen" in said(open_page("runder_tisch", folge="eigene"))


def test_by_default_no_file_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    app = open_page("unterbringung")
    app.button(key="merken").click().run()
    app.button(key="merken_jetzt").click().run()
    assert not list(tmp_path.iterdir())
    assert "noch keine Folien" in said(open_page("runder_tisch", folge="eigene"))


def test_the_table_of_a_topic_explains_only_the_signs_that_it_has(city: City) -> None:
    address = "stadtteilprofil?profilebene=Stadtbezirk&profil=06 Stadtbezirk 6"
    told = {}
    kinds = {}
    for topic in ("Haushalte", "Wohnen", "Bevölkerung"):
        shown = slides.show(city, Slide(address=address, figure=topic))
        assert isinstance(shown.content, TopicTable)
        (table,) = slide_figures.topic_tables(shown.content, shown)
        told[topic] = {sign for sign, _ in table.key}
        kinds[topic] = {column.kind for column in table.columns}
        assert table.title == f"{topic}, Stadtbezirk 6, {shown.date}"
    assert told["Haushalte"] == {"b", ""}
    assert told["Wohnen"] == {"…", "b", ""}
    assert "place" in kinds["Haushalte"]
    assert "trend" not in kinds["Haushalte"], "no change is known"
    assert kinds["Bevölkerung"] == {"unit", "own", "value", "rank"}, "too long for small drawings"
