"""The profile page without a browser: every level, its controls, and nonsense in the address."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.opened import open_page
from tests.paths import page as script

PAGE = script("stadtteilprofil")


def notes(app: AppTest) -> list[str]:
    """What the page remarks on the address."""
    return [str(note.value) for note in app.info]


def choose_level(app: AppTest, level: str) -> str:
    """Choose a level and return the area that is then shown."""
    app.selectbox(key="profilebene").select(level).run()
    assert not app.exception, app.exception
    return str(app.selectbox(key="profil").value)


def test_it_starts_with_the_area_of_the_catalogue() -> None:
    app = open_page("stadtteilprofil")
    assert app.title[0].value == "Stadtbezirk 6"
    assert "66.957 Menschen (31.12.2021)" in app.text[0].value
    assert notes(app) == []


@pytest.mark.parametrize(
    ("level", "label"),
    [
        ("Stadt", "05111 Düsseldorf"),
        ("Stadtbezirk", "01 Stadtbezirk 1"),
        ("Stadtteil", "011 Altstadt"),
        ("Sozialraum", "011001 Altstadt"),
    ],
)
def test_first_area_of_every_level(level: str, label: str) -> None:
    app = open_page("stadtteilprofil", profilebene=level, profil=label)
    assert app.title[0].value == label.split(" ", 1)[1]
    assert app.selectbox(key="profil").options[0] == label
    assert notes(app) == []


@pytest.mark.parametrize(
    ("level", "label", "said"),
    [
        ("Stadtteil", "033 Hafen", "268 Menschen"),
        ("Sozialraum", "071009 Glasmacherviertel", "wohnt niemand"),
        ("Sozialraum", "063007 Oberrath", "2.036 Menschen"),
    ],
)
def test_areas_with_gaps(level: str, label: str, said: str) -> None:
    assert said in open_page("stadtteilprofil", profilebene=level, profil=label).text[0].value


def test_labels_of_areas_are_unique() -> None:
    app = open_page("stadtteilprofil", profilebene="Sozialraum")
    for widget in (app.selectbox(key="profil"), app.multiselect(key="vergleich")):
        assert len(set(widget.options)) == len(widget.options)
    assert len(app.multiselect(key="vergleich").options) == 1 + 10 + 50 + 171


def test_changing_the_level_stays_at_the_place() -> None:
    app = open_page("stadtteilprofil", profilebene="Stadtteil", profil="063 Rath")
    assert choose_level(app, "Sozialraum").startswith("063001 ")
    assert choose_level(app, "Stadtbezirk") == "06 Stadtbezirk 6"
    assert choose_level(app, "Stadt") == "05111 Düsseldorf"
    assert choose_level(app, "Stadtteil") == "011 Altstadt"


def test_comparing_with_areas_of_other_levels() -> None:
    chosen = ["061 Lichtenbroich (Stadtteil)", "098002 Hassels-Nord (Sozialraum)"]
    app = open_page("stadtteilprofil", vergleich=chosen)
    assert app.multiselect(key="vergleich").value == chosen
    assert notes(app) == []


@pytest.mark.parametrize(
    ("key", "label", "shown"),
    [
        ("profilebene", "Ebene", "Stadtbezirk"),
        ("profil", "Gebiet", "06 Stadtbezirk 6"),
    ],
)
def test_nonsense_in_the_address_falls_back_with_a_note(key: str, label: str, shown: str) -> None:
    app = open_page("stadtteilprofil", **{key: "<script>Atlantis"})
    assert notes(app) == [
        (
            f"In der Adresse stand für {label} „<script>Atlantis“. Das gibt es hier nicht; gezeigt "
            f"wird „{shown}“."
        )
    ]
    assert app.title[0].value == "Stadtbezirk 6"


def test_nonsense_to_compare_with_is_named() -> None:
    app = open_page("stadtteilprofil", vergleich=["063 Rath (Stadtteil)", "Atlantis"])
    assert notes(app) == ["In der Adresse stand zum Vergleich „Atlantis“. Das gibt es hier nicht."]


def test_too_many_to_compare_with_are_named() -> None:
    four = [f"0{number} Stadtbezirk {number} (Stadtbezirk)" for number in (1, 2, 3, 4)]
    app = open_page("stadtteilprofil", vergleich=four)
    assert notes(app) == [
        "In der Adresse stand für Vergleichen mit zu viel; gezeigt werden höchstens 3."
    ]


def test_age_structure_says_what_its_bars_are() -> None:
    captions = [str(caption.value) for caption in open_page("stadtteilprofil").caption]
    assert any("unterschiedlich viele Altersjahre" in caption for caption in captions)
    uninhabited = open_page(
        "stadtteilprofil", profilebene="Sozialraum", profil="071009 Glasmacherviertel"
    )
    assert not [head.value for head in uninhabited.header]


CUT = "063008 Rath · Südlich …"


def test_a_name_that_the_source_cut_off_stands_with_the_area_above() -> None:
    app = open_page("stadtteilprofil", profilebene="Sozialraum", profil=CUT)
    assert app.title[0].value == "Rath · Südlich … (063008)"
    assert "Im Sozialraum Rath · Südlich … (063008) leben" in app.text[0].value


@pytest.mark.parametrize("asked", ["063008", "063008 Südlich …"])
def test_an_address_names_an_area_by_its_key(asked: str) -> None:
    others = ["098002 (Sozialraum)", "063 (Stadtteil)"]
    app = open_page("stadtteilprofil", profilebene="Sozialraum", profil=asked, vergleich=others)
    assert app.selectbox(key="profil").value == CUT
    assert app.multiselect(key="vergleich").value == [
        "098002 Hassels-Nord (Sozialraum)",
        "063 Rath (Stadtteil)",
    ]
    assert notes(app) == []
