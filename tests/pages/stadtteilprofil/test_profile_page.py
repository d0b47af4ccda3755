"""The profile page without a browser: every level, its controls, and nonsense in the address."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.paths import FRAME
from tests.paths import page as script

PAGE = script("stadtteilprofil")


def open_profile(**address: str | list[str]) -> AppTest:
    """Open the page at an address."""
    app = AppTest.from_file(FRAME, default_timeout=60).run()
    app.switch_page(PAGE)
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


def notes(app: AppTest) -> list[str]:
    """What the page remarks on the address."""
    return [str(note.value) for note in app.info]


def choose_level(app: AppTest, level: str) -> str:
    """Choose a level and return the area that is then shown."""
    app.selectbox(key="profilebene").select(level).run()
    assert not app.exception, app.exception
    return str(app.selectbox(key="profil").value)


def test_it_starts_with_the_area_of_the_catalogue() -> None:
    app = open_profile()
    assert app.header[0].value == "Stadtbezirk 6"
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
    app = open_profile(profilebene=level, profil=label)
    assert app.header[0].value == label.split(" ", 1)[1]
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
    assert said in open_profile(profilebene=level, profil=label).text[0].value


def test_labels_of_areas_are_unique() -> None:
    app = open_profile(profilebene="Sozialraum")
    for widget in (app.selectbox(key="profil"), app.multiselect(key="vergleich")):
        assert len(set(widget.options)) == len(widget.options)
    assert len(app.multiselect(key="vergleich").options) == 1 + 10 + 50 + 171


def test_changing_the_level_stays_at_the_place() -> None:
    app = open_profile(profilebene="Stadtteil", profil="063 Rath")
    assert choose_level(app, "Sozialraum").startswith("063001 ")
    assert choose_level(app, "Stadtbezirk") == "06 Stadtbezirk 6"
    assert choose_level(app, "Stadt") == "05111 Düsseldorf"
    assert choose_level(app, "Stadtteil") == "011 Altstadt"


def test_comparing_with_areas_of_other_levels() -> None:
    chosen = ["061 Lichtenbroich (Stadtteil)", "098002 Hassels-Nord (Sozialraum)"]
    app = open_profile(vergleich=chosen)
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
    app = open_profile(**{key: "<script>Atlantis"})
    assert notes(app) == [
        (
            f"In der Adresse stand für {label} „<script>Atlantis“. Das gibt es hier nicht; gezeigt "
            f"wird „{shown}“."
        )
    ]
    assert app.header[0].value == "Stadtbezirk 6"


def test_nonsense_to_compare_with_is_named() -> None:
    app = open_profile(vergleich=["063 Rath (Stadtteil)", "Atlantis"])
    assert notes(app) == ["In der Adresse stand zum Vergleich „Atlantis“. Das gibt es hier nicht."]


def test_too_many_to_compare_with_are_named() -> None:
    four = [f"0{number} Stadtbezirk {number} (Stadtbezirk)" for number in (1, 2, 3, 4)]
    app = open_profile(vergleich=four)
    assert notes(app) == [
        "In der Adresse stand für Vergleichen mit zu viel; gezeigt werden höchstens 3."
    ]


def test_age_structure_says_what_its_bars_are() -> None:
    captions = [str(caption.value) for caption in open_profile().caption]
    assert any("unterschiedlich viele Altersjahre" in caption for caption in captions)
    uninhabited = open_profile(profilebene="Sozialraum", profil="071009 Glasmacherviertel")
    assert not [head.value for head in uninhabited.subheader]
