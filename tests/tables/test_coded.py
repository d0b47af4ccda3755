"""The long table with each text held once says the same as with its texts written out."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from inteso_dash.city import City
from inteso_dash.city.lookup import counted, in_places
from inteso_dash.city.revisions import latest
from inteso_dash.tables import coded as module
from inteso_dash.tables.coded import (
    coded,
    is_coded,
    numbered,
    ordered,
    plain,
    repeated,
    together,
    worded,
)

KEY = ["level", "division", "area_id", "indicator_id", "date", "source_id"]


def test_written_out_it_is_as_before(city: City) -> None:
    held = coded(city.figures)
    assert is_coded(held)
    assert not is_coded(city.figures)
    assert_frame_equal(plain(held), city.figures, check_exact=True)


def test_it_takes_a_third_of_the_room(city: City) -> None:
    plainly = city.figures.memory_usage(index=False).sum()
    assert coded(city.figures).memory_usage(index=False).sum() < plainly / 3


def test_days_one_below_another_and_in_order_are_the_whole(city: City) -> None:
    days = [rows for _, rows in city.figures.groupby("date", sort=False)]
    whole = plain(ordered(together([coded(day) for day in reversed(days)]), KEY))
    assert_frame_equal(whole, city.figures, check_exact=True)


def test_equal_rows_stay_as_they_came() -> None:
    rows = pd.DataFrame({"level": ["b", "a", "b"], "value": [1.0, 2.0, 3.0]})
    for each in (coded(rows), rows):
        assert ordered(each, ["level"])["value"].tolist() == [2.0, 1.0, 3.0]


def test_other_texts_are_written_into_both() -> None:
    rows = pd.DataFrame({"note": ["b", "", "d"], "value": [1.0, 2.0, 3.0]}, index=[7, 5, 9])
    for each in (rows, coded(rows)):
        written = worded(each, "note", np.array([2, 0]), ["a", "e"])
        assert is_coded(written) is is_coded(each)
        assert_frame_equal(plain(written), rows.assign(note=["e", "", "a"]), check_exact=True)
        assert plain(each)["note"].tolist() == ["b", "", "d"]


def test_numbers_are_the_same_of_words_and_of_codes(city: City) -> None:
    assert (numbered(city.figures, KEY) == numbered(coded(city.figures), KEY)).all()


def test_numbers_hold_however_many_words_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = np.random.default_rng(1).integers(0, 90, (200, 3)).astype(str)
    rows = pd.DataFrame(drawn, columns=["level", "area_id", "note"])
    known = numbered(rows, list(rows))
    monkeypatch.setattr(module, "_MOST", 5000)
    fewer = numbered(rows, list(rows))
    assert fewer.max() < known.max()
    assert (np.argsort(fewer, kind="stable") == np.argsort(known, kind="stable")).all()
    assert (repeated(fewer) == rows.duplicated()).all()


def test_places_and_counts_are_the_same_of_both(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = coded(city.figures)
    for ours, theirs in zip(in_places(held), in_places(city.figures), strict=True):
        if isinstance(ours, pd.DataFrame):
            assert_frame_equal(ours, theirs)
        else:
            assert (ours == theirs).all()
    whole = counted(city.figures)
    assert whole["rows"].sum() == len(city.figures)
    assert_frame_equal(counted(held), whole)
    monkeypatch.setattr("inteso_dash.city.lookup._SOME", 1000)
    assert_frame_equal(counted(held), whole)


def test_nothing_is_in_places_where_there_is_nothing(city: City) -> None:
    order, places = in_places(coded(city.figures.iloc[:0]))
    assert (len(order), len(places)) == (0, 0)


def test_what_was_delivered_again_is_found_in_both(city: City) -> None:
    again = city.figures.iloc[:5].assign(source_id="other", value=7.0)
    both = pd.concat([city.figures, again], ignore_index=True)
    (left, older), (left_coded, older_coded) = (
        latest(rows, city.catalogue) for rows in (both, coded(both))
    )
    assert_frame_equal(plain(left_coded), left)
    assert_frame_equal(older_coded, older)
