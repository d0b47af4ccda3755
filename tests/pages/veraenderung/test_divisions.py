"""Two divisions laid over each other, and figures carried across: against made-up truth."""

from __future__ import annotations

from itertools import pairwise

import geopandas
import networkx as nx
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from tobler.area_weighted import area_interpolate

from inteso_dash.catalogue import Catalogue, read_catalogue
from inteso_dash.city.aggregation.conversion import convert, divided_share
from inteso_dash.city.aggregation.wide import Matrix
from inteso_dash.city.overlay import matching as overlay_matching
from inteso_dash.city.overlay.matching import TABLE_COLUMNS, TOLERANCE, Fate, Match, cut_anew, match
from inteso_dash.city.overlay.shares import common_land, estimated_shares, union_shares
from inteso_dash.language.statuses import Status
from tests.city.test_aggregation import derived
from tests.towns import made_up_divisions as made_up
from tests.tries import tried

PEOPLE = "bevoelkerung"


CATALOGUE = read_catalogue(made_up.ROOT)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return CATALOGUE


@pytest.fixture(scope="module", params=sorted(made_up.PLANS))
def made(request: pytest.FixtureRequest) -> made_up.MadeUp:
    return made_up.make(request.param)


@pytest.fixture(scope="module")
def real() -> geopandas.GeoDataFrame:
    return made_up.real_areas()


@pytest.fixture(scope="module")
def found(made: made_up.MadeUp, real: geopandas.GeoDataFrame) -> Match:
    return match(made.areas, real)


def matrix(figures: pd.DataFrame) -> Matrix:
    """Take a wide table as the figures of a level: known is measured, empty not delivered."""
    status = figures.map(
        lambda value: str(Status.NOT_DELIVERED if pd.isna(value) else Status.MEASURED)
    )
    return Matrix(figures.astype(float), status, figures * 0.0, figures.map(lambda _: ""))


def squares(keys: list[str], boxes: list[shapely.Geometry]) -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(
        {"area_id": keys, "name": [f"Name {key}" for key in keys]}, geometry=boxes, crs=25832
    )


def test_a_small_area_cut_out_of_a_large_one_counts_by_its_own_size() -> None:
    whole = squares(["1"], [shapely.box(0, 0, 100, 100)])
    parts = squares(["2", "3"], [shapely.box(0, 0, 99, 100), shapely.box(99, 0, 100, 100)])
    for before, after, kind in ((whole, parts, "split"), (parts, whole, "merged")):
        found = match(before, after)
        assert found.pairs["significant"].all()
        assert found.unions["kind"].tolist() == [kind]


def test_agreement_is_the_common_land_of_all_land() -> None:
    before = squares(["1"], [shapely.box(0, 0, 10, 10)])
    after = squares(["1"], [shapely.box(1, 0, 11, 10)])
    assert match(before, after).unions["agreement"].tolist() == pytest.approx([90 / 110])


def test_made_up_divisions_have_as_many_areas_as_the_real_ones_had() -> None:
    assert {key: len(made_up.make(key).areas) for key in made_up.PLANS} == {
        "2011": 166,
        "2017": 179,
    }


@pytest.mark.parametrize("tolerance", [0.005, TOLERANCE, 0.1])
def test_classification_is_the_truth_by_which_the_division_was_made(
    made: made_up.MadeUp, real: geopandas.GeoDataFrame, tolerance: float
) -> None:
    found = match(made.areas, real, tolerance)
    classified = {
        (row.areas_from, row.areas_to): row.kind for row in found.unions.itertuples(index=False)
    }
    assert classified == made.truth


def test_classification_survives_another_generalisation(
    made: made_up.MadeUp, real: geopandas.GeoDataFrame
) -> None:
    coarse = real.copy()
    coarse["geometry"] = shapely.coverage_simplify(real.geometry.to_numpy(), 15.0)
    assert not coarse.geometry.geom_equals(real.geometry).all()
    found = match(made.areas, coarse)
    classified = {
        (row.areas_from, row.areas_to): row.kind for row in found.unions.itertuples(index=False)
    }
    assert classified == made.truth


def test_backwards_what_was_split_is_merged(
    made: made_up.MadeUp, real: geopandas.GeoDataFrame, found: Match
) -> None:
    turned = match(real, made.areas).counts()["unions"]
    counts = found.counts()["unions"]
    assert (turned["split"], turned["merged"]) == (counts["merged"], counts["split"])
    assert turned["redrawn"] == counts["redrawn"]


def test_unions_tile_both_divisions(made: made_up.MadeUp, found: Match) -> None:
    assert found.unions["tiled"].all()
    assert found.unions["agreement"].min() > 0.999
    assert set(found.members("from").index) == set(made.areas["area_id"])
    assert found.members("from").index.is_unique
    assert len(found.members("to")) == 171


def test_table_names_both_sides_and_puts_changes_first(found: Match) -> None:
    table = overlay_matching.table(found)
    assert tuple(table.columns) == TABLE_COLUMNS
    unchanged = table["kind"] == "unverändert"
    assert not unchanged.iloc[0]
    assert unchanged.iloc[-1]
    assert unchanged.is_monotonic_increasing
    split = table[table["kind"] == "geteilt"]
    assert split.groupby("area_from")["share_from"].sum().round(3).eq(100).all()
    assert split["share_to"].round(3).eq(100).all()
    assert (table["name_from"] != "").all()


def test_a_shifted_edge_within_the_tolerance_is_noise_and_above_it_is_not() -> None:
    before = squares(["1", "2"], [shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)])
    after = squares(["1", "2"], [shapely.box(0, 0, 104, 100), shapely.box(104, 0, 200, 100)])
    assert set(match(before, after, 0.05).unions["kind"]) == {Fate.UNCHANGED}
    moved = match(before, after, 0.03)
    assert moved.unions.index.tolist() == ["1+2"]
    assert moved.unions["kind"].tolist() == [Fate.REDRAWN]


def test_edges_and_corners_that_areas_share_are_no_land() -> None:
    corner = shapely.union(shapely.box(1, 0, 3, 1), shapely.box(2, 0, 3, 2))
    above = shapely.Polygon([(0, 2), (0.5, 2), (1, 3), (1.5, 2), (2, 3), (2, 4), (0, 4)])
    before = squares(["1"], [shapely.box(0, 0, 2, 2)])
    after = squares(["2", "3"], [corner, above])
    pairs = match(before, after).pairs
    assert pairs["area_to"].tolist() == ["2"]
    assert shapely.equals(pairs.geometry.iloc[0], shapely.box(1, 0, 2, 1))


def test_noise_that_adds_up_joins_the_unions() -> None:
    """Three neighbours take 4 % each: no overlap is above 5 %, together they are not noise."""
    before = squares(
        ["0", "1", "2", "3"],
        [
            shapely.box(0, 0, 100, 100),
            shapely.box(100, 0, 400, 100),
            shapely.box(0, 100, 400, 300),
            shapely.box(-300, 0, 0, 300),
        ],
    )
    centre = shapely.box(4, 0, 96, 96)
    after = squares(
        ["0", "1", "2", "3"],
        [
            centre,
            shapely.box(96, 0, 400, 100),
            shapely.union(shapely.box(0, 100, 400, 300), shapely.box(4, 96, 96, 100)),
            shapely.union(shapely.box(-300, 0, 0, 300), shapely.box(0, 0, 4, 100)),
        ],
    )
    found = match(before, after, 0.05)
    assert found.unions["tiled"].all()
    assert Fate.REDRAWN in set(found.unions["kind"])
    assert "0" not in found.unions.index


def test_new_name_new_key_and_missing_name() -> None:
    boxes = [shapely.box(at, 0, at + 1, 1) for at in range(3)]
    before, after = squares(["1", "2", "3"], boxes), squares(["1", "2", "4"], boxes)
    before["name"], after["name"] = ["Au", None, "Ost"], ["Aue", "Mitte", "Ost"]
    assert match(before, after).unions["kind"].to_dict() == {
        "1": Fate.RENAMED,
        "2": Fate.UNCHANGED,
        "4": Fate.RENAMED,
    }


def test_incomplete_names_are_shown_but_not_compared() -> None:
    before = squares(["1"], [shapely.box(0, 0, 1, 1)]).assign(name="Alt-Hee…", name_complete=False)
    after = squares(["1"], [shapely.box(0, 0, 1, 1)]).assign(name="Alt-Heerdt", name_complete=True)
    found = match(before, after)
    assert found.unions["kind"].tolist() == [Fate.UNCHANGED]
    assert overlay_matching.table(found)["name_from"].tolist() == ["Alt-Hee…"]


def test_share_that_is_cut_anew() -> None:
    before = squares(["1", "2"], [shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)])
    after = squares(
        ["1", "3", "9"],
        [shapely.box(0, 0, 5, 10), shapely.box(5, 0, 20, 10), shapely.box(30, 0, 31, 1)],
    )
    anew = cut_anew(match(before, after))
    assert anew.round(9).to_dict() == pytest.approx({"1": 50.0, "3": 100 / 3, "9": 100.0})


def test_areas_without_counterpart_are_neither_exact_nor_forgotten() -> None:
    before = squares(["1", "2"], [shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6)])
    after = squares(["1", "3"], [shapely.box(0, 0, 1.5, 1), shapely.box(8, 8, 9, 9)])
    found = match(before, after)
    kinds = found.unions["kind"].to_dict()
    assert kinds == {"1": Fate.REDRAWN, "2 (früher)": Fate.GONE, "3": Fate.NEW}
    assert not found.unions["tiled"].any()
    assert union_shares(found).empty
    assert overlay_matching.table(found)["area_from"].tolist() == ["1", "2", ""]


@pytest.mark.parametrize("tolerance", [-0.1, 0.5, float("nan")])
def test_tolerance_out_of_range_is_refused(tolerance: float) -> None:
    areas = squares(["1"], [shapely.box(0, 0, 1, 1)])
    with pytest.raises(ValueError, match="tolerance"):
        match(areas, areas, tolerance)


def test_degrees_are_refused() -> None:
    areas = squares(["1"], [shapely.box(0, 0, 1, 1)]).set_crs(4326, allow_override=True)
    with pytest.raises(ValueError, match="metric"):
        match(areas, areas)


def test_exact_conversion_carries_the_total_and_matches_the_later_figures(
    made: made_up.MadeUp, found: Match, catalogue: Catalogue
) -> None:
    earlier = convert(derived(matrix(made.figures), catalogue, {}), union_shares(found), catalogue)
    real = made_up.real_figures()[[PEOPLE]].fillna(0)
    later = convert(matrix(real), union_shares(found, "to"), catalogue)
    assert earlier.value[PEOPLE].sum() == made_up.TOTAL
    assert later.value[PEOPLE].sum() == made_up.TOTAL
    assert set(earlier.status[PEOPLE]) == {"measured", "computed"}
    untouched = found.unions.index[found.unions["kind"] != Fate.REDRAWN]
    pd.testing.assert_series_equal(
        earlier.value.loc[untouched, PEOPLE].round(),
        later.value.loc[untouched, PEOPLE],
        check_index_type=False,
        atol=1,
    )


def test_rates_are_recomputed_on_unions_and_absent_where_parts_are_missing(
    made: made_up.MadeUp, found: Match, catalogue: Catalogue
) -> None:
    result = convert(derived(matrix(made.figures), catalogue, {}), union_shares(found), catalogue)
    union = found.unions.index[found.unions["kind"] == Fate.MERGED][0]
    parts = made.figures.loc[list(found.unions.at[union, "areas_from"])]
    people = parts[PEOPLE]
    assert result.value.at[union, "anteil_auslaender"] == pytest.approx(
        parts["auslaender"].sum() / people.sum() * 100
    )
    assert result.value.at[union, "mindestsicherung"] == pytest.approx(
        (parts["mindestsicherung"] * people).sum() / people.sum()
    )
    assert np.isnan(result.value.at[union, "fluktuationsrate"])
    assert "lässt sich nicht" in result.note.at[union, "fluktuationsrate"]
    kept = found.unions.index[found.unions["kind"] == Fate.UNCHANGED][0]
    old = found.unions.at[kept, "areas_from"][0]
    assert result.value.at[kept, "fluktuationsrate"] == made.figures.at[old, "fluktuationsrate"]
    assert result.status.at[kept, "fluktuationsrate"] == "measured"


def test_a_missing_part_makes_the_union_missing_with_its_reason(
    made: made_up.MadeUp, found: Match, catalogue: Catalogue
) -> None:
    union = found.unions.index[found.unions["kind"] == Fate.MERGED][0]
    gap = found.unions.at[union, "areas_from"][0]
    figures = made.figures[[PEOPLE]].copy()
    figures.loc[gap] = np.nan
    for shares in (union_shares(found), estimated_shares(found)):
        result = convert(matrix(figures), shares, catalogue)
        assert np.isnan(result.value.at[union, PEOPLE])
        assert result.status.at[union, PEOPLE] == "not_delivered"
        assert gap in result.note.at[union, PEOPLE]
    absent = convert(matrix(figures.drop(index=gap)), estimated_shares(found), catalogue)
    assert absent.status.at[union, PEOPLE] == "not_delivered"


def test_estimate_keeps_the_total_to_the_last_person_and_says_where_it_estimates(
    made: made_up.MadeUp, found: Match, catalogue: Catalogue
) -> None:
    shares = estimated_shares(found)
    assert shares.groupby("area_from")["share"].sum().round(9).eq(1).all()
    result = convert(matrix(made.figures), shares, catalogue)
    people = result.value[PEOPLE]
    assert len(people) == 171
    assert people.sum() == made_up.TOTAL
    assert (people % 1 == 0).all()
    kinds = found.kinds("to")
    estimated = set(result.status.index[result.status[PEOPLE] == "estimated"])
    divided = set(shares.loc[shares["share"] < 1 - 1e-9, "area_to"])
    assert estimated == divided
    assert {kinds[key] for key in estimated} <= {Fate.SPLIT, Fate.REDRAWN}
    assert {kinds[key] for key in people.index[result.status[PEOPLE] == "computed"]} <= {
        Fate.MERGED,
        Fate.REDRAWN,
    }


def test_key_with_the_true_shares_finds_the_true_figures(
    made: made_up.MadeUp, found: Match, catalogue: Catalogue
) -> None:
    key = made.shares.assign(area_share=np.nan)
    result = convert(matrix(made.figures), key, catalogue, exact_for=[PEOPLE])
    real = made_up.real_figures()[PEOPLE].fillna(0)
    assert result.value[PEOPLE].sum() == made_up.TOTAL
    assert (result.value[PEOPLE] - real).abs().max() <= 1
    assert "estimated" not in set(result.status[PEOPLE])
    assert "estimated" in set(result.status["auslaender"])
    by_land = convert(matrix(made.figures), estimated_shares(found), catalogue)
    assert (by_land.value[PEOPLE] - real).abs().max() > 100


def test_a_finer_layer_of_population_beats_the_land(catalogue: Catalogue) -> None:
    before = squares(["1"], [shapely.box(0, 0, 100, 100)])
    after = squares(["1", "2"], [shapely.box(0, 0, 50, 100), shapely.box(50, 0, 100, 100)])
    layer = squares(["a", "b"], [shapely.box(0, 0, 50, 100), shapely.box(50, 0, 100, 100)])
    layer["weight"] = [30, 10]
    found = match(before, after)
    given_figures = matrix(pd.DataFrame({PEOPLE: [80.0], "flaeche": [1.0]}, index=["1"]))
    by_people = convert(given_figures, estimated_shares(found, layer), catalogue)
    assert by_people.value[PEOPLE].to_dict() == {"1": 60.0, "2": 20.0}
    assert by_people.value["flaeche"].to_dict() == {"1": 0.5, "2": 0.5}
    common = common_land(found, layer)
    layer["weight"] = [10, 30]
    assert estimated_shares(found, layer, common)["share"].tolist() == [0.25, 0.75]
    by_land = convert(given_figures, estimated_shares(found), catalogue)
    assert by_land.value[PEOPLE].to_dict() == {"1": 40.0, "2": 40.0}
    layer["weight"] = [0.0, 0.0]
    empty = estimated_shares(found, layer)
    assert empty["share"].tolist() == [0.5, 0.5]
    layer["weight"] = [30.0, np.nan]
    with pytest.raises(ValueError, match="weight"):
        estimated_shares(found, layer)


def test_areas_published_together_that_part_ways_have_no_value(catalogue: Catalogue) -> None:
    figures = matrix(
        pd.DataFrame({PEOPLE: [100.0, 50.0], "mindestsicherung": [9.0, np.nan]}, index=["1", "2"])
    )
    figures.status.loc["2", "mindestsicherung"] = "merged"
    together = {"mindestsicherung": {"2": "1"}}
    columns = ["area_from", "area_to", "share", "area_share"]
    joined = pd.DataFrame([("1", "x", 1.0, 1.0), ("2", "x", 1.0, 1.0)], columns=columns)
    kept = convert(figures, joined, catalogue, together)
    assert kept.value.at["x", "mindestsicherung"] == 9.0
    same = pd.DataFrame([("1", "x", 1.0, 1.0), ("2", "y", 1.0, 1.0)], columns=columns)
    renamed = convert(figures, same, catalogue, together)
    assert renamed.value["mindestsicherung"].dropna().to_dict() == {"x": 9.0}
    assert renamed.status.at["y", "mindestsicherung"] == "merged"
    figures = Matrix(
        *(
            pd.concat([frame, frame.loc[["1"]].set_axis(["3"])])
            for frame in (figures.value, figures.status, figures.error, figures.note)
        )
    )
    pairs = [("1", "x", 1.0, 1.0), ("2", "y", 1.0, 1.0), ("3", "y", 1.0, 1.0)]
    parted = convert(figures, pd.DataFrame(pairs, columns=columns), catalogue, together)
    assert parted.value["mindestsicherung"].isna().all()
    assert "Gemeinsam mit 2" in parted.note.at["x", "mindestsicherung"]
    assert parted.value[PEOPLE].tolist() == [100.0, 150.0]


def test_share_of_the_population_concerned() -> None:
    shares = pd.DataFrame(
        {"area_from": ["1", "1", "2"], "area_to": ["x", "y", "y"], "share": [0.5, 0.5, 1.0]}
    )
    figures = matrix(pd.DataFrame({PEOPLE: [25.0, 75.0]}, index=["1", "2"]))
    assert divided_share(figures, shares, PEOPLE) == 25.0
    figures.value.loc["2", PEOPLE] = np.nan
    assert divided_share(figures, shares, PEOPLE) is None


CUTS = st.lists(st.integers(1, 19), min_size=0, max_size=5, unique=True).map(sorted)


def strips(cuts: list[int], prefix: str) -> geopandas.GeoDataFrame:
    """Divide a rectangle of 20 by 10 at the cuts."""
    edges = [0, *cuts, 20]
    boxes = [shapely.box(low, 0, high, 10) for low, high in pairwise(edges)]
    return squares([f"{prefix}{number}" for number in range(len(boxes))], boxes)


@tried(0.4)
@given(CUTS, CUTS, st.data())
def test_random_strips(before: list[int], after: list[int], data: st.DataObject) -> None:
    """Unions lie between common cuts; every way of converting keeps the total."""
    first, second = strips(before, "a"), strips(after, "b")
    found = match(first, second, 0.0)
    common = sorted({0, 20} | (set(before) & set(after)))
    assert len(found.unions) == len(common) - 1
    assert found.unions["tiled"].all()
    assert found.unions["agreement"].round(9).eq(1).all()
    counts = data.draw(
        st.lists(st.integers(0, 5000), min_size=len(first), max_size=len(first)), label="people"
    )
    figures = matrix(pd.DataFrame({PEOPLE: map(float, counts)}, index=first["area_id"]))
    for shares in (union_shares(found), estimated_shares(found)):
        result = convert(figures, shares, CATALOGUE)
        assert result.value[PEOPLE].sum() == sum(counts)
        assert (result.value[PEOPLE] >= 0).all()
    gap = data.draw(st.integers(0, len(first) - 1), label="gap")
    figures.value.iloc[gap, 0] = np.nan
    figures.status.iloc[gap, 0] = "not_delivered"
    shares = estimated_shares(found)
    result = convert(figures, shares, CATALOGUE)
    touched = shares.loc[shares["area_from"] == f"a{gap}", "area_to"]
    assert set(result.value.index[result.value[PEOPLE].isna()]) == set(touched)


CELLS = [(column, row) for column in range(4) for row in range(4)]
LABELS = st.lists(st.integers(0, 6), min_size=len(CELLS), max_size=len(CELLS))


def grid(labels: list[int], prefix: str) -> geopandas.GeoDataFrame:
    """Join the cells of a grid that have the same label, neighbours or not."""
    cells = geopandas.GeoDataFrame(
        {"area_id": [f"{prefix}{label}" for label in labels]},
        geometry=[shapely.box(x, y, x + 1, y + 1) for x, y in CELLS],
        crs=25832,
    )
    return cells.dissolve("area_id", as_index=False).assign(name=None)


@tried(0.4)
@given(LABELS, LABELS, st.data())
def test_random_grids(before: list[int], after: list[int], data: st.DataObject) -> None:
    """Unions are the connected components of labels that meet in a cell; totals stay."""
    first, second = grid(before, "a"), grid(after, "b")
    found = match(first, second, 0.0)
    graph = nx.Graph([(f"a{old}", f"b{new}") for old, new in zip(before, after, strict=True)])
    expected = {frozenset(component) for component in nx.connected_components(graph)}
    unions = {
        frozenset((*row.areas_from, *row.areas_to)) for row in found.unions.itertuples(index=False)
    }
    assert unions == expected
    assert found.unions["tiled"].all()
    counts = data.draw(
        st.lists(st.integers(0, 900), min_size=len(first), max_size=len(first)), label="people"
    )
    figures = matrix(pd.DataFrame({PEOPLE: map(float, counts)}, index=first["area_id"]))
    shares = estimated_shares(found)
    result = convert(figures, shares, CATALOGUE).value[PEOPLE]
    assert result.sum() == sum(counts)
    people = first.assign(people=list(map(float, counts)))
    direct = area_interpolate(people, second, extensive_variables=["people"])["people"]
    assert (result.to_numpy() - direct.to_numpy()) == pytest.approx(0, abs=1)


@tried(0.4)
@given(LABELS, LABELS, LABELS, st.data())
def test_people_of_a_layer_are_spread_as_tobler_spreads_them(
    before: list[int], after: list[int], within: list[int], data: st.DataObject
) -> None:
    """Tobler keeps land in single precision, so seven digits can be compared."""
    found = match(grid(before, "a"), grid(after, "b"), 0.0)
    layer = grid(within, "c")
    people = st.lists(st.integers(1, 900), min_size=len(layer), max_size=len(layer))
    layer["weight"] = list(map(float, data.draw(people, label="people")))
    pairs = found.pairs[["geometry"]]
    spread = area_interpolate(layer, pairs, extensive_variables=["weight"], allocate_total=False)
    by_origin = spread["weight"].groupby(found.pairs["area_from"])
    expected = spread["weight"] / by_origin.transform("sum")
    assert estimated_shares(found, layer)["share"].tolist() == pytest.approx(
        expected.tolist(), rel=1e-6
    )
