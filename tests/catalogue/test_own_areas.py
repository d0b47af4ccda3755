"""Areas of one's own, in a file and in an address; all of them are made up."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inteso_dash.catalogue.own_areas import (
    LAND,
    MAX_ADDRESS,
    CutPart,
    OwnArea,
    OwnAreas,
    OwnAreasError,
    from_address,
    id_of,
    read_own_areas,
    to_address,
    write_own_areas,
)

FILE = """
title: Teams
level: team
singular: Team
locative: "im Team {name}"
city: "05111"
areas:
  - {name: Nord-Ost, parts: ["05", "063"], colour: "#aa3377", remark: erfunden}
  - {id: s, name: Süd, parts: ["09", [stadtteil, "033"]]}
"""

SIGNS = st.characters(exclude_categories=("Cs", "Cc"))
NAMES = st.text(st.one_of(st.sampled_from("äÖß~-_.* ·„A"), SIGNS), min_size=1, max_size=12)
KEYS = st.from_regex(r"[0-9A-Za-zü._~*-]{1,6}", fullmatch=True)
PARTS = KEYS | st.tuples(KEYS, KEYS)
CUT = st.builds(CutPart, part=PARTS, share=st.integers(1, 100))
AREAS = st.builds(
    OwnArea,
    name=NAMES.filter(str.strip),
    colour=st.sampled_from(["", "#aa3377", "#00FF00"]),
    remark=st.text(SIGNS | st.just("\n"), max_size=10),
    id=st.sampled_from(["", "x", "a_b~"]),
    parts=st.lists(PARTS, min_size=1, max_size=4).map(tuple),
    cut=st.lists(CUT, max_size=2).map(tuple),
    by=st.sampled_from(["", LAND, "sozial_raum-2021-12-31"]),
)
SETS = st.builds(
    OwnAreas,
    title=st.sampled_from(["Eigene Gebiete", "Teams ~ Süd_West"]),
    areas=st.lists(AREAS, max_size=4, unique_by=(lambda one: one.id, lambda one: one.name)).map(
        tuple
    ),
)


@given(SETS)
def test_an_address_gives_back_what_was_written(own: OwnAreas) -> None:
    text = to_address(own)
    assert from_address(text) == own
    carried = parse_qs(urlencode({"eigene": text}))
    assert own == OwnAreas() or from_address(carried["eigene"][0]) == own


@given(SETS.filter(lambda own: own.areas))
def test_a_file_gives_back_what_was_written(own: OwnAreas) -> None:
    assert read_own_areas(write_own_areas(own)) == own
    written = write_own_areas(own, "05111")
    assert read_own_areas(written, city="05111").areas == own.areas


@given(st.text(st.sampled_from("N~_.*stdric0ü =") | SIGNS, max_size=30))
def test_no_text_of_an_address_is_an_error(text: str) -> None:
    found = from_address(text)
    assert all(each.endswith(".") for each in found.faults)
    assert found.areas or found.faults or text.startswith("~") or not text


@pytest.mark.parametrize(
    ("text", "kept", "said"),
    [
        ("Nord~06~~Kaputt", ["Nord"], "Das eigene Gebiet 2 in der Adresse ist nicht zu lesen"),
        ("Nord~06~~Süd~05~cblau", ["Nord"], "gefunden '#blau'; erwartet: eine Farbe wie #aa3377"),
        ("Nord~~Süd~05", ["Süd"], "gefunden 'Nord'; erwartet Name und Gebiete wie „Nord~06"),
        ("Nord~06~~Nord~05", ["Nord"], "steht zweimal in der Adresse"),
        ("Nord~06_", [], "erwartet Name und Gebiete"),
        ("Nord~06.07**ab", [], "erwartet Name und Gebiete"),
        ("Nord~06.07**120", [], "cut.0.share"),
        ("Nord~06.07**0", [], "cut.0.share"),
        (
            "Nord~06.07**30~bgestern",
            [],
            "by: gefunden 'gestern'; erwartet: land oder Ebene und Tag",
        ),
        ("Nord~0 6", [], "erwartet: ein Schlüssel in Anführungszeichen"),
        (f"{'x' * 70}~06", [], "erwartet: eine Zeile mit höchstens 60 Zeichen"),
        ("~_~~Nord~06", ["Nord"], "Der Titel der eigenen Gebiete"),
        ("x" * (MAX_ADDRESS + 1), [], "Nehmen Sie die YAML-Datei"),
        ("~~".join(f"N{at}~06" for at in range(70)), None, "gezeigt werden die ersten 60"),
    ],
)
def test_a_damaged_address_says_what_is_missing(
    text: str, kept: list[str] | None, said: str
) -> None:
    found = from_address(text)
    assert kept is None or [each.name for each in found.areas] == kept
    assert len(found.faults) == 1
    assert said in found.faults[0]


def test_an_address_is_short() -> None:
    areas = (OwnArea(name="Nord", parts=("06", "07", "0801")),)
    assert to_address(OwnAreas(areas=areas)) == "Nord~06.07.0801"
    cut = (CutPart(part="0801", share=37), CutPart(part=("bezirk", "7"), share=5))
    ufer = OwnArea(name="Ufer", cut=cut, by=LAND)
    assert to_address(OwnAreas(areas=(ufer,))) == "Ufer~0801**37.bezirk*7**5~bland"


def test_a_file_says_what_it_means() -> None:
    found = read_own_areas(FILE, city="05111")
    assert [each.id for each in found.areas] == ["nord-ost", "s"]
    assert found.areas[1].parts == ("09", ("stadtteil", "033"))
    assert (found.level, found.singular, found.locative) == ("team", "Team", "im Team {name}")
    assert read_own_areas(write_own_areas(found).encode()) == found


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"05", ', "5, ", "areas.0.parts.0: gefunden 5; erwartet: ein Schlüssel in Anführungs"),
        ('[stadtteil, "033"]', "[stadtteil]", "areas.1.parts.1: gefunden ['stadtteil']; erwartet"),
        ('["05", "063"]', "[]", "areas.0.parts: gefunden []; erwartet: wenigstens ein Schlüssel"),
        ("name: Süd", "name: Nord-Ost", "jede name einmal, doppelt ist 'Nord-Ost'"),
        ('parts: ["05", "063"], ', "", "areas.0.parts: gefunden (); erwartet: wenigstens"),
        ("remark: erfunden", 'cut: [{part: "07", share: 0.5}]', "areas.0.cut.0.share"),
        ("name: Süd, ", "", "areas.1.name fehlt"),
        ("remark:", "bemerkung:", "unbekannter Schlüssel areas.0.bemerkung"),
        ("#aa3377", "rot", "areas.0.colour: gefunden 'rot'; erwartet: eine Farbe wie #aa3377"),
        ("{name}", "{x}", "locative: gefunden 'im Team {x}'; erwartet: Text wie"),
        ('"05111"', '"99999"', "anderen Stadt"),
        ("level: team", "level: Ein Team", "level: gefunden 'Ein Team'; erwartet: ein Wort wie"),
    ],
)
def test_what_is_wrong_is_said_in_german(before: str, after: str, said: str) -> None:
    with pytest.raises(OwnAreasError) as found:
        read_own_areas(FILE.replace(before, after, 1), "teams.yml", "05111")
    assert said in str(found.value)
    assert all(each.startswith("teams.yml: ") for each in found.value.problems)


@pytest.mark.parametrize("text", ["title: x", "areas: []", "[", "areas: {", "x", "#" * 600_000])
def test_what_holds_no_areas_is_refused(text: str) -> None:
    with pytest.raises(OwnAreasError):
        read_own_areas(text)


def test_ids_are_made_of_names() -> None:
    assert re.fullmatch(r"[a-z0-9-]{1,40}", id_of("Überaus langer Name " * 5))
