"""Sequences: read back as written, strict about what they hold, one city at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inteso_dash.catalogue import read_catalogue
from inteso_dash.folders import SINGLE_USER_VARIABLE
from inteso_dash.views import sequences
from inteso_dash.views.sequences import Address, Sequence, SequenceError, Slide
from tests.paths import ROOT

CATALOGUE = read_catalogue(ROOT)
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
HEAD = 'title: Probe\ncity: "05111"\nslides:\n'


@given(
    TEXT.filter(bool),
    st.lists(st.tuples(TEXT.filter(bool), TEXT.filter(bool)), max_size=4),
    TEXT,
    TEXT,
)
def test_what_is_written_reads_back(
    title: str, parameters: list[tuple[str, str]], headline: str, remark: str
) -> None:
    address = Address("karte", tuple(parameters))
    slide = Slide(address=address.text, headline=headline, remark=remark, data="0" * 16)
    assert slide.view == address
    kept = Sequence(title=title, city="05111", slides=(slide,))
    assert sequences.read(sequences.write(kept), "probe.yml") == kept


@given(st.lists(st.tuples(TEXT.filter(bool), TEXT.filter(bool)), max_size=4))
def test_links_and_addresses_mean_the_same(parameters: list[tuple[str, str]]) -> None:
    for page in ("unterbringung", "karte"):
        address = Address(page, tuple(parameters))
        assert Address.read(f"https://stadt.example/pfad/{address.url}") == address
        assert Address.read(address.text) == address
        assert Address.read(address.url) == address
        assert address.text.isascii()


def test_a_file_written_by_hand_is_read() -> None:
    text = HEAD + "  - address: karte?indikator=Kinderarmut&ebene=Stadtteile\n    remark: Ja.\n"
    (slide,) = sequences.read(text, "hand.yml").slides
    assert slide.view.get("indikator") == "Kinderarmut"
    assert (slide.headline, slide.remark, slide.data) == ("", "Ja.", "")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("- 1", "gefunden eine Liste, erwartet Schlüssel mit Werten"),
        ("title: [", "kein gültiges YAML in Zeile 2, Spalte 1"),
        (b"\xff\xfe", "kein UTF-8 (Byte 0)"),
        ("city: '05111'", "probe.yml: title fehlt."),
        ("title: A\ncity: 5111", "city: gefunden 5111, erwartet Text; Ziffern gehören in"),
        (HEAD + "  - remark: Ja", "Folie 1, address fehlt."),
        (HEAD + "  - adress: karte", "unbekannter Schlüssel Folie 1, adress; bekannt: address"),
        (HEAD + "  - {address: karte, data: abc}", "Folie 1, data: gefunden 'abc', erwartet 16"),
        (HEAD + f"  - {{address: karte, headline: {'x' * 500}}}", "erwartet höchstens 400 Zeichen"),
        (HEAD + "  - address: karte\n" * 101, "erwartet höchstens 100 Folien"),
        ("title: &a [*a]", "Der Verweis *a enthält sich selbst"),
        ("[" * 5000, "mehr als 40 Ebenen"),
        ("x" * 200_001, "erwartet höchstens 200000"),
    ],
)
def test_what_is_no_sequence_is_refused_with_its_place(content: str | bytes, expected: str) -> None:
    with pytest.raises(SequenceError) as caught:
        sequences.read(content, "probe.yml")
    assert expected in str(caught.value)
    assert len(str(caught.value)) < 1000


def test_all_problems_are_reported_together() -> None:
    with pytest.raises(SequenceError) as caught:
        sequences.read("titel: A\nslides: [{remark: Ja}]", "probe.yml")
    assert len(caught.value.problems) == 4


def test_a_sequence_of_another_city_is_refused() -> None:
    other = Sequence(title="Andere", city="99999")
    with pytest.raises(SequenceError, match="gehört zu einer anderen Stadt"):
        sequences.of_city(other, CATALOGUE, "andere.yml")


def test_a_broken_shipped_file_is_a_finding(tmp_path: Path) -> None:
    folder = tmp_path / "data" / sequences.FOLDER
    folder.mkdir(parents=True)
    (folder / "gut.yml").write_text(HEAD + "  - address: karte\n", "utf-8")
    (folder / "kaputt.yml").write_text("title: A\n", "utf-8")
    found, findings = sequences.shipped(tmp_path, CATALOGUE)
    assert list(found) == ["gut"]
    assert [finding.file for finding in findings] == ["kaputt.yml"]
    assert findings[0].message == "kaputt.yml: city fehlt."


def test_nothing_is_written_unless_the_server_has_a_single_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv(SINGLE_USER_VARIABLE, raising=False)
    assert sequences.kept_folder(CATALOGUE) is None
    monkeypatch.setenv(SINGLE_USER_VARIABLE, "1")
    folder = sequences.kept_folder(CATALOGUE)
    assert folder is not None
    assert tmp_path in folder.parents
