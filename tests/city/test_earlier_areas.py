"""Own areas over divisions: figures of earlier areas, exact or estimated; all made up."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inteso_dash.catalogue.own_areas import OwnArea, OwnAreas, from_address
from inteso_dash.city import City, load_city
from inteso_dash.city.area_tree import Composition, area_tree
from inteso_dash.city.earlier_areas import Earlier, earlier_divisions
from inteso_dash.city.overlay.matching import Fate
from inteso_dash.city.own_areas import earlier_words, with_own_areas
from inteso_dash.city.own_figures import own_figures
from tests.towns import made_up_divisions as made_up
from tests.tries import tried

LEVEL, PEOPLE, SHARE = "sozialraum", "bevoelkerung", "anteil_auslaender"
DAYS = {each: dt.date(int(each), 12, 31) for each in made_up.PLANS}
CELLS = ["indicator_id", "value", "status", "source_id", "rounding_error"]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> City:
    """A city with boundaries of 2011, 2017 and 2021, and a key from 2017."""
    return load_city(made_up.write_city(tmp_path_factory.mktemp("earlier")))


@pytest.fixture(scope="module")
def divisions() -> dict[str, made_up.MadeUp]:
    """The earlier divisions with what became of their areas."""
    return {each: made_up.make(each) for each in made_up.PLANS}


def laid(city: City, **areas: tuple[str, ...]) -> City:
    """Lay own areas over a city, by name and keys."""
    own = tuple(OwnArea(name=name, parts=parts) for name, parts in areas.items())
    return with_own_areas(city, OwnAreas(areas=own))


def earlier(city: City, division: str) -> Earlier:
    """Return an earlier division."""
    return next(each for each in earlier_divisions(city) if each.division == division)


def fates(made: made_up.MadeUp, fate: Fate) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return earlier and later keys of what met a fate."""
    return [keys for keys, each in made.truth.items() if each is fate]


def rows(city: City, level: str, area: str, day: dt.date) -> pd.DataFrame:
    """Return all figures of an area and a Stichtag."""
    found = city.rows(level=level, date=day)
    return found[found["area_id"] == area].sort_values("indicator_id", ignore_index=True)


def told(city: City, area: str, indicator: str, day: dt.date) -> pd.Series:
    """Return a figure of an own area."""
    return city.values("eigene", indicator, day).loc[[area]].iloc[0]


@pytest.mark.parametrize("division", made_up.PLANS)
def test_all_areas_of_a_district_are_the_district(town: City, division: str) -> None:
    six = tuple(key for _, key in area_tree(town).inside(("stadtbezirk", "06"), LEVEL))
    city, day = laid(town, Sechs=six, Alle=tuple(town.areas(LEVEL).index)), DAYS[division]
    for mine, level, key in (("sechs", "stadtbezirk", "06"), ("alle", "stadt", "05111")):
        found, expected = rows(city, "eigene", mine, day), rows(city, level, key, day)
        assert len(found) >= 4
        pd.testing.assert_frame_equal(found[[*CELLS, "note"]], expected[[*CELLS, "note"]])


@pytest.mark.parametrize("division", made_up.PLANS)
def test_an_area_that_stayed_has_the_figures_it_had(
    town: City, divisions: dict[str, made_up.MadeUp], division: str
) -> None:
    """Also under another key, and where it came out of two that were one."""
    made, day = divisions[division], DAYS[division]
    stayed = [each for each in fates(made, Fate.UNCHANGED) if len(_siblings(town, each[1][0])) > 1][
        :3
    ]
    renamed = fates(made, Fate.RENAMED)[:2]
    split = fates(made, Fate.SPLIT)[:2]
    areas = {f"a{at}": later for at, (_, later) in enumerate([*stayed, *renamed, *split])}
    city = laid(town, **areas)
    for at, (before, _) in enumerate([*stayed, *renamed, *split]):
        found = rows(city, "eigene", f"a{at}", day)
        expected = town.rows(level=LEVEL, division=division, date=day)
        expected = expected[expected["area_id"] == before[0]].sort_values("indicator_id")
        assert len(found) >= 5
        pd.testing.assert_frame_equal(
            found[CELLS].reset_index(drop=True), expected[CELLS].reset_index(drop=True)
        )
        noted = found.loc[found["value"].notna(), "note"]
        assert noted.str.contains(f"Aus Zahlen der Gliederung {division}.", regex=False).all()


def _siblings(city: City, key: str) -> list[tuple[str, str]]:
    tree = area_tree(city)
    return list(tree.inside(tree.parent[LEVEL, key], LEVEL))


def test_merged_areas_add_up_beside_areas_of_other_levels(
    town: City, divisions: dict[str, made_up.MadeUp]
) -> None:
    (before, after) = fates(divisions["2011"], Fate.MERGED)[0]
    city, day = laid(town, Mehr=("09", *after)), DAYS["2011"]
    people = town.values(LEVEL, PEOPLE, day)["value"].astype(float)
    district = float(town.values("stadtbezirk", PEOPLE, day)["value"]["09"])
    cell = told(city, "mehr", PEOPLE, day)
    assert (cell["value"], cell["status"]) == (district + people[list(before)].sum(), "computed")
    foreigners = town.values(LEVEL, "auslaender", day)["value"].astype(float)
    of_nine = float(town.values("stadtbezirk", "auslaender", day)["value"]["09"])
    share = 100 * (of_nine + foreigners[list(before)].sum()) / cell["value"]
    assert told(city, "mehr", SHARE, day)["value"] == pytest.approx(share)


def test_of_a_divided_area_a_share_is_estimated_and_that_is_said(
    town: City, divisions: dict[str, made_up.MadeUp]
) -> None:
    (before, after) = fates(divisions["2011"], Fate.SPLIT)[0]
    city, day = laid(town, Teil=after[:1]), DAYS["2011"]
    cell = told(city, "teil", PEOPLE, day)
    whole = float(town.values(LEVEL, PEOPLE, day)["value"][before[0]])
    assert cell["status"] == "estimated"
    assert 0 < cell["value"] < whole
    assert cell["note"].startswith(
        "Geschätzt nach den Einwohnern der Sozialräume vom 31.12.2021 (Gliederung 2021): "
        "100,0\u202f% der Einwohner (31.12.2011) kommen aus angeschnittenen Gebieten "
        f"({before[0]} (2011) zu "
    )
    assert cell["note"].endswith(f"Sicher: 0 bis {whole:,.0f}\u202fPersonen.".replace(",", "."))
    # The rate of a divided area says nothing of its parts.
    assert pd.isna(told(city, "teil", "fluktuationsrate", day)["value"])


def test_a_key_divides_what_it_was_made_of_without_an_estimate(
    town: City, divisions: dict[str, made_up.MadeUp]
) -> None:
    made, day = divisions["2017"], DAYS["2017"]
    (before, after) = fates(made, Fate.SPLIT)[0]
    city = laid(town, Teil=after[:1])
    cell, rate = (told(city, "teil", each, day) for each in (PEOPLE, SHARE))
    went = made.shares.set_index(["area_from", "area_to"])["share"]
    whole = float(town.values(LEVEL, PEOPLE, day)["value"][before[0]])
    assert cell["value"] == round(whole * went[before[0], after[0]])
    assert cell["status"] == "computed"
    assert cell["note"].startswith("Geteilt nach den Anteilen des Schlüssels")
    assert rate["status"] == "estimated"
    # Shares of a key may be secret: its areas are named without them.
    assert f"({before[0]} (2017))" in rate["note"]


def test_an_area_that_is_cut_today_is_cut_then(
    town: City, divisions: dict[str, made_up.MadeUp]
) -> None:
    stayed = fates(divisions["2011"], Fate.UNCHANGED)[0][1][0]
    _, (half, _) = fates(divisions["2011"], Fate.SPLIT)[0]
    own = from_address(f"A~{stayed}**37~bland~~B~{half}**40~bland")
    city, day = with_own_areas(town, own), DAYS["2011"]
    whole = float(town.values(LEVEL, PEOPLE, day)["value"][stayed])
    assert told(city, "a", PEOPLE, day)["value"] == round(0.37 * whole)
    assert told(city, "a", PEOPLE, day)["note"].startswith("Geschätzt nach Flächenanteilen: ")
    assert told(city, "b", PEOPLE, day)["note"].startswith(
        "Geschätzt nach den Einwohnern der Sozialräume vom 31.12.2021 (Gliederung 2021) und nach "
        "Flächenanteilen: "
    )


def test_land_is_divided_by_land(town: City, divisions: dict[str, made_up.MadeUp]) -> None:
    (before, after) = fates(divisions["2011"], Fate.SPLIT)[0]
    made = Composition(((LEVEL, after[0]),))
    seen = earlier(town, "2011").seen(made, pd.Timestamp(DAYS["2011"]))
    assert seen is not None
    (place, share), (land,) = seen.cut[0], seen.land
    sizes = made_up.real_areas().set_index("area_id").area
    assert place == (LEVEL, before[0])
    assert land == pytest.approx(100 * sizes[after[0]] / sizes[list(after)].sum(), abs=1)
    assert abs(share - land) > 1
    of_people = town.rows(level=LEVEL, date=DAYS["2011"], indicator_id=PEOPLE)
    hectares = of_people.assign(indicator_id="flaeche", value=100.0)
    figures = pd.concat([town.figures, hectares], ignore_index=True)
    city = laid(replace(town, figures=figures, _areas={}), Teil=after[:1])
    cell = told(city, "teil", "flaeche", DAYS["2011"])
    assert (cell["value"], cell["status"]) == (pytest.approx(land), "estimated")


@pytest.fixture(scope="module")
def people(town: City) -> City:
    """The city with its inhabitants alone."""
    return replace(town, figures=town.rows(indicator_id=PEOPLE), _areas={})


@tried(0.25)
@given(st.data())
def test_the_truth_lies_within_what_is_certain(
    people: City, divisions: dict[str, made_up.MadeUp], data: st.DataObject
) -> None:
    """The truth is where the people of divided areas went when the town was made up."""
    division = data.draw(st.sampled_from(sorted(made_up.PLANS)))
    redrawn = [
        key
        for fate in (Fate.SPLIT, Fate.REDRAWN, Fate.MERGED)
        for _, later in fates(divisions[division], fate)
        for key in later
    ]
    some = st.sampled_from([*redrawn, *people.areas(LEVEL).index[::9]])
    chosen = data.draw(st.sets(some, min_size=2, max_size=6))
    went, day = divisions[division].shares, DAYS[division]
    before = people.values(LEVEL, PEOPLE, day)["value"].astype(float)
    inside = went[went["area_to"].isin(chosen)]
    truth = float((inside["share"] * inside["area_from"].map(before)).sum())
    made = Composition(tuple(sorted((LEVEL, key) for key in chosen)))
    found = own_figures(people, {"a": made}, "eigene")
    here = found["date"].eq(pd.Timestamp(day)) & found["indicator_id"].eq(PEOPLE)
    cell = found[here].iloc[0]
    if cell["status"] != "estimated":
        assert abs(cell["value"] - truth) <= 0.5 + 1e-6
        return
    limits = cell["note"].partition("Sicher: ")[2].partition("\u202f")[0]
    low, high = (float(each.replace(".", "")) for each in limits.split(" bis "))
    assert low - 1e-6 <= truth <= high + 1e-6
    assert low <= cell["value"] <= high


@pytest.fixture(scope="module")
def guarded(people: City) -> City:
    """The inhabitants, every seventh figure of 2011 and 2017 withheld."""
    figures = people.figures.copy()
    old = (figures["level"] == LEVEL) & figures["division"].isin(list(DAYS))
    keys = sorted(set(figures.loc[old, "area_id"]))[::7]
    secret = old & figures["area_id"].isin(keys)
    figures.loc[secret, ["value", "status", "note"]] = [float("nan"), "suppressed", ""]
    return replace(people, figures=figures, _areas={})


@tried(0.25)
@given(st.data())
def test_nothing_is_made_of_what_is_withheld(guarded: City, data: st.DataObject) -> None:
    """Every figure is made of shown ones by weights that everybody has, so that it tells no more.

    An own area of which a part is withheld, and be it the smallest, is withheld itself.
    """
    areas = st.sampled_from(sorted(guarded.areas(LEVEL).index))
    chosen = sorted(data.draw(st.sets(areas, min_size=1, max_size=5)))
    at = data.draw(st.integers(1, 100))
    tree = area_tree(guarded)
    whole = tree.cover((LEVEL, key) for key in chosen[at % 2 :])
    cut = tuple(((LEVEL, key), min(at, 99)) for key in chosen[: at % 2])
    made = Composition(whole, cut, "land" if cut else "")
    if made.is_official and made.cover[0][0] != LEVEL:
        return
    found = own_figures(guarded, {"a": made}, "eigene")
    for division, day in DAYS.items():
        seen = earlier(guarded, division).seen(made, pd.Timestamp(day))
        assert seen is not None
        shown = guarded.rows(level=LEVEL, division=division, date=day, indicator_id=PEOPLE)
        secret = set(shown.loc[shown["status"] == "suppressed", "area_id"])
        here = found["date"].eq(pd.Timestamp(day)) & found["indicator_id"].eq(PEOPLE)
        cell = found[here].iloc[0]
        touched = secret & {key for _, key in seen.places}
        assert pd.isna(cell["value"]) == bool(touched)
        assert (cell["status"] == "suppressed") == bool(touched)
        if touched and not seen.is_official:
            assert f"geheim gehalten ({sorted(touched)[0]} ({division})" in cell["note"]


def test_what_is_withheld_of_an_area_of_today_is_not_had_from_earlier_ones(
    town: City, divisions: dict[str, made_up.MadeUp]
) -> None:
    """Both divisions have figures of one day: those of today count, withheld or not."""
    unchanged = [each[1][0] for each in fates(divisions["2017"], Fate.UNCHANGED)]
    stayed = [key for key in unchanged if len(_siblings(town, key)) > 2][:2]
    day = DAYS["2017"]
    of_today = town.rows(level=LEVEL, division="2021", indicator_id=PEOPLE)
    of_today = of_today[of_today["area_id"].isin(stayed)]
    of_today = of_today.assign(date=pd.Timestamp(day), value=float("nan"), status="suppressed")
    city = replace(town, figures=pd.concat([town.figures, of_today], ignore_index=True), _areas={})
    for shown, status in ((town, "computed"), (city, "suppressed")):
        mine = laid(shown, Eins=tuple(stayed[:1]), Zwei=tuple(stayed))
        assert told(mine, "zwei", PEOPLE, day)["status"] == status
        assert pd.isna(told(mine, "eins", PEOPLE, day)["value"]) == (status == "suppressed")


def test_what_cannot_be_carried_is_said(town: City) -> None:
    assert earlier_words(laid(town, Nord=("063001", "063002"), Sued=("09",)), "eigene") == (
        "Zahlen der Sozialräume bis zum 31.12.2017 gehören zu anderen Grenzen (Gliederung 2011, "
        "2017) und sind umgerechnet: genau, wo ein Gebiet ganz aus damaligen besteht, sonst nach "
        "Anteilen. Welche Zahl geschätzt ist, sagen Status und Hinweis."
    )
    without = replace(town)
    known = {key: layer for key, layer in town.layers.items() if key != (LEVEL, "2011")}
    without.__dict__["boundaries"] = (known, ())
    city = laid(without, Nord=("063001", "063002"))
    assert earlier_words(city, "eigene").endswith(
        "Eigene Gebiete haben für Stichtage bis zum 31.12.2011 keine Zahlen, soweit sie aus "
        "Sozialräumen bestehen: Die gehören zur Gliederung 2011, und weder ein Schlüssel noch "
        "Grenzen sagen, was davon heute wo liegt."
    )
    assert city.known("eigene", PEOPLE, DAYS["2011"]).empty
    assert not city.known("eigene", PEOPLE, DAYS["2017"]).empty
    assert earlier_words(laid(town, Sued=("09",)), "eigene") == ""
    assert earlier_words(city, LEVEL) == ""
