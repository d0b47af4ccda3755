"""What another area or level changes on a profile, known beforehand: what the page then draws."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from inteso_dash.app import ready
from inteso_dash.boundaries.assets import AHEAD_ROUTE
from inteso_dash.city import City
from inteso_dash.pages.stadtteilprofil import kept
from inteso_dash.pages.stadtteilprofil.profile import nearby
from inteso_dash.pages.stadtteilprofil.view import ProfileView, read
from inteso_dash.session import store
from inteso_dash.views.sequences import Address
from tests.opened import open_page

OTHER = ("stadtteil", "062")
BEGUN = ProfileView("stadtbezirk", "06", (OTHER,))
HERE = Address(
    "stadtteilprofil",
    (("profilebene", "stadtbezirk"), ("profil", "06"), ("vergleich", "stadtteil.062")),
)


def asked(list_: str, option: str) -> str:
    """Return what the browser asks for an option of a list."""
    return urlsplit(kept.ahead_urls(BEGUN, HERE)[list_] + quote(option)).query


def changes(query: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(kept.ahead.__wrapped__(query).body)
    return found


def as_sent(shown: ProfileView) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(kept.drawn(shown)))
    return found


def test_every_area_of_the_list_is_drawn_as_at_its_address(city: City) -> None:
    for label, area in store.area_labels("stadtbezirk").items():
        shown = ProfileView("stadtbezirk", area, (OTHER,))
        parameters = {key: value for key, (value,) in parse_qs(asked("Gebiet", label)).items()}
        assert read(city, Address("stadtteilprofil", tuple(parameters.items())), []) == shown
        found = changes(asked("Gebiet", label))
        assert dict(found["beside"])["h1"] == city.name("stadtbezirk", area)
        assert found == as_sent(shown), label


@pytest.mark.parametrize("level", ["stadt", "stadtteil", "sozialraum"])
def test_another_level_is_drawn_of_the_area_that_the_page_goes_to(city: City, level: str) -> None:
    title = city.catalogue.level(level).title.de
    shown = ProfileView(level, nearby(city, "stadtbezirk", "06", level), (OTHER,))
    found = changes(asked("Ebene", title))
    words = dict(found["beside"])
    assert found == as_sent(shown)
    app = open_page("stadtteilprofil", profilebene="stadtbezirk", profil="06")
    app.selectbox(key="profilebene").select(title).run()
    assert list(words.values()) == [app.title[0].value, app.text[0].value]


def test_the_words_beside_are_those_of_the_page() -> None:
    found = changes("profilebene=stadtteil&profil=033%20Hafen")
    app = open_page("stadtteilprofil", profilebene="stadtteil", profil="033 Hafen")
    assert [words for _, words in found["beside"]] == [app.title[0].value, app.text[0].value]


def test_addresses_lie_with_those_of_the_map() -> None:
    urls = kept.ahead_urls(BEGUN, HERE)
    assert list(urls) == ["Gebiet", "Ebene"]
    assert all(url.startswith(f"{AHEAD_ROUTE}/") and url.endswith("=") for url in urls.values())


@pytest.mark.parametrize(
    "query",
    [
        "profilebene=stadtteil&profil=999",
        "profilebene=stadtteil",
        "von=nirgends&profil=06&profilebene=stadtteil",
        "von=stadtteil&profil=06&profilebene=stadtbezirk",
    ],
)
def test_nonsense_is_not_found(query: str) -> None:
    assert ready.profile_ahead(query) is None
