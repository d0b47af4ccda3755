"""Whether a change is more than chance: by hand, and where nothing can be said."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from inteso_dash.city import City
from inteso_dash.city.intervals import intervals
from inteso_dash.pages.veraenderung.chance import HEAD, beyond_chance, counted, told
from inteso_dash.pages.veraenderung.comparison import Measure, compare
from inteso_dash.pages.veraenderung.tables import comparison_file, comparison_table

D2015, D2021 = dt.date(2015, 12, 31), dt.date(2021, 12, 31)


def test_the_interval_of_a_change_is_newcombes(city: City) -> None:
    found = compare(city, "stadtbezirk", "anteil_auslaender", D2015, D2021)
    reach = beyond_chance(city, found)
    known = reach.dropna(subset="lower")
    assert list(known.index) == list(found.both.index)
    first, second = (
        intervals(city, "stadtbezirk", "anteil_auslaender", day).cells.loc["06"]
        for day in (D2015, D2021)
    )
    apart = second["value"] - first["value"]
    low = np.hypot(second["value"] - second["lower"], first["upper"] - first["value"])
    high = np.hypot(second["upper"] - second["value"], first["value"] - first["lower"])
    assert reach.loc["06", ["lower", "upper"]].tolist() == pytest.approx(
        [apart - low, apart + high]
    )
    assert bool(reach.loc["06", "more"]) is True


def test_the_table_has_a_word_for_it_and_the_file_its_bounds(city: City) -> None:
    found = compare(city, "stadtbezirk", "anteil_auslaender", D2015, D2021)
    table, _, _ = comparison_table(city, found, Measure.ABSOLUTE)
    words = table.set_index("Gebiet")[HEAD]
    assert words["Stadtbezirk 6"].startswith("ja: +")
    assert words["Stadtbezirk 1"] == ""
    file = comparison_file(city, found, Measure.ABSOLUTE).set_index("Schlüssel")
    assert file.loc["06", "Mehr als Zufall (95\u202f%)"] == "ja"
    lower = file.loc["06", "Veränderung, untere Grenze"]
    assert lower < file.loc["06", "Veränderung, obere Grenze"]
    assert file.loc["01", "Veränderung, untere Grenze"] is None
    said = counted(city, found)
    assert words["Stadtbezirk 5"].startswith("nein: −")
    assert said.startswith("Bei 1 von 2 Stadtbezirken mit bekannter Bezugsgröße")


def test_counts_and_what_did_not_move_beyond_chance(city: City) -> None:
    people = compare(city, "stadtbezirk", "bevoelkerung", D2015, D2021)
    assert beyond_chance(city, people)["lower"].isna().all()
    assert not beyond_chance(city, people)["more"].any()
    assert counted(city, people) == ""
    assert HEAD not in comparison_table(city, people, Measure.ABSOLUTE)[0].columns
    found = compare(city, "stadtbezirk", "anteil_auslaender", D2015, D2021)
    still = pd.DataFrame({"lower": [-0.44], "upper": [0.81], "more": [False]}, index=["06"])
    assert told(found, still)["06"] == "nein: −0,5 bis +0,9"


def test_a_value_that_is_not_the_citys_has_no_interval(city: City) -> None:
    found = compare(city, "stadtbezirk", "anteil_auslaender", D2015, D2021)
    found.areas.loc["06", "before"] = 1.0
    known = beyond_chance(city, found)["lower"].notna()
    assert list(known.index[known]) == ["05"]
