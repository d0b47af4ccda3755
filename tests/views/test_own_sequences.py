"""Several sequences of one user: keys, bounds, copies, and what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inteso_dash.catalogue import read_catalogue
from inteso_dash.views import own_sequences, sequences
from inteso_dash.views.own_sequences import MOST, Own, blank, changed, copied, read_all
from inteso_dash.views.sequences import Sequence, Slide
from tests.paths import ROOT

CATALOGUE = read_catalogue(ROOT)
EMPTY = read_all({}, CATALOGUE)


def made(title: str, *addresses: str) -> Sequence:
    slides = tuple(Slide(address=each) for each in addresses or ("karte",))
    return Sequence(title=title, city="05111", slides=slides)


def filled(count: int) -> Own:
    own = EMPTY
    for place in range(count):
        own, _ = own.add(made(f"Folge {place}"))
    return own


def test_everybody_begins_with_a_blank_one_whose_place_the_first_takes() -> None:
    assert EMPTY.untouched
    assert list(EMPTY.sequences.values()) == [blank("05111")]
    own, key = EMPTY.add(made("A"))
    assert (key, list(own.sequences)) == ("eigene", ["eigene"])
    own, key = own.add(made("B"))
    assert (key, list(own.sequences)) == ("eigene-2", ["eigene", "eigene-2"])
    left = own.remove("eigene")
    assert list(left.sequences) == ["eigene-2"]
    assert left.add(made("C"))[1] == "eigene", "a key that is free again"
    assert left.remove("eigene-2").untouched


def test_there_is_an_end_to_them() -> None:
    own = filled(MOST)
    assert own.full
    assert not own.remove("eigene").full
    assert list(own.sequences) == ["eigene", *(f"eigene-{at}" for at in range(2, MOST + 1))]
    assert len(own.join(filled(MOST)).sequences) == MOST


def test_what_is_kept_is_read_again() -> None:
    own = filled(3)
    texts = {key: sequences.write(each) for key, each in own.sequences.items()}
    assert read_all(texts, CATALOGUE) == own


def test_what_is_no_sequence_stays_with_its_problems_and_its_place() -> None:
    foreign = sequences.write(made("Fremd").model_copy(update={"city": "11000"}))
    texts = {
        "eigene": b"title: A\nslides: x",
        "eigene-2": foreign,
        "eigene-3": sequences.write(made("Gut")),
        "eigene-4": b"\xff\xfe\x00",
        "eigene-5": b"x" * (sequences.MAX_BYTES + 1),
        "unterbringung": sequences.write(made("keine eigene")),
        "eigene-0": sequences.write(made("kein Schlüssel")),
    }
    own = read_all(texts, CATALOGUE)
    assert list(own.sequences) == ["eigene-3"]
    assert sorted(own.unread) == ["eigene", "eigene-2", "eigene-4", "eigene-5"]
    assert "eigene.yml: city fehlt." in own.unread["eigene"].problems
    assert own.unread["eigene-2"].text == foreign
    added, key = own.add(made("Neu"))
    assert key == "eigene-6", "nothing unread is written over"
    assert changed(own, added) == {"eigene-6"}
    assert changed(own, own.remove("eigene")) == {"eigene"}


@given(st.dictionaries(st.sampled_from(["eigene", "eigene-2"]), st.binary(max_size=200)))
def test_whatever_lies_there_is_read_or_named(texts: dict[str, bytes]) -> None:
    own = read_all(texts, CATALOGUE)
    assert set(texts) <= {*own.sequences, *own.unread}
    assert all(each.problems for each in own.unread.values())


def test_what_was_kept_before_the_browser_was_heard_is_added() -> None:
    stored, early = filled(2), EMPTY.add(made("Eben gemerkt"))[0]
    joined = stored.join(early)
    assert [each.title for each in joined.sequences.values()] == [
        "Folge 0",
        "Folge 1",
        "Eben gemerkt",
    ]
    assert joined.join(early) == joined, "once"
    assert stored.join(EMPTY) == stored


def test_a_copy_has_another_title() -> None:
    assert copied(made("A")).slides == made("A").slides
    assert len(copied(made("A" * 200)).title) == 200


def test_a_folder_holds_a_file_per_sequence(tmp_path: Path) -> None:
    folder = tmp_path / "sequences"
    own = filled(2)
    own_sequences.write_folder(own, set(own.sequences), folder)
    assert sorted(each.name for each in folder.iterdir()) == ["eigene-2.yml", "eigene.yml"]
    assert own_sequences.read_folder(folder, CATALOGUE) == own
    own_sequences.write_folder(own.remove("eigene"), {"eigene"}, folder)
    assert [each.name for each in folder.iterdir()] == ["eigene-2.yml"]
    (folder / "eigene.yml").write_bytes(b"kaputt")
    found = own_sequences.read_folder(folder, CATALOGUE)
    assert list(found.unread) == ["eigene"]
    own_sequences.write_folder(found.add(made("B"))[0], {"eigene-3"}, folder)
    assert (folder / "eigene.yml").read_bytes() == b"kaputt"


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "eigene.yml").mkdir()
    found = own_sequences.read_folder(tmp_path, CATALOGUE)
    assert found.unread["eigene"].problems[0].startswith(str(tmp_path))
    assert found.sequences, "there is one to go on with"


def test_keys_are_ordered_by_number() -> None:
    texts = {key: sequences.write(made(key)) for key in ("eigene-10", "eigene-9", "eigene")}
    assert list(read_all(texts, CATALOGUE).sequences) == ["eigene", "eigene-9", "eigene-10"]


@pytest.mark.parametrize("key", ["", "Eigene", "eigene-", "eigene-1", "eigene-02", "../eigene"])
def test_what_is_no_key(key: str) -> None:
    assert not own_sequences.is_key(key)
