"""Names beside the lines of a chart."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inteso_dash.city import City
from inteso_dash.drawing.screen.charts import draw
from inteso_dash.drawing.screen.look import Look
from inteso_dash.drawing.screen.naming import beside_lines
from inteso_dash.pages.unterbringung.charts import development_lines
from inteso_dash.pages.unterbringung.history import series

SIZE = (1000.0, 400.0)
LETTERS = 20.0
points = st.tuples(st.floats(0, 1000), st.floats(0, 400))
a_line = st.lists(points, min_size=1, max_size=6, unique_by=lambda point: point[0]).map(sorted)


def crosses(name: tuple[float, ...], line: list[tuple[float, float]]) -> bool:
    """Whether a line runs well through a name, seen point by point."""
    left, right, low, high = name
    for (x, y), (u, v) in pairwise(line):
        for step in range(401):
            at = x + (u - x) * step / 400, y + (v - y) * step / 400
            if left + 4 < at[0] < right - 4 and low + 4 < at[1] < high - 4:
                return True
    return False


@given(st.lists(a_line, min_size=1, max_size=4))
def test_every_line_gets_its_name_at_one_of_its_points(lines: list[list[tuple[float, float]]]):
    named = {f"Reihe {place}": line for place, line in enumerate(lines)}
    found = beside_lines(named, [], LETTERS, SIZE)
    assert [each.name for each in found] == list(named)
    assert all(each.point in named[each.name] for each in found)


def test_two_lines_apart_have_their_names_at_their_ends() -> None:
    found = beside_lines({"A": [(0, 10), (500, 50)], "B": [(0, 300), (500, 350)]}, [], 20, SIZE)
    assert [(each.point, each.anchor, each.up) for each in found] == [
        ((500, 50), "left", 0),
        ((500, 350), "left", 0),
    ]


@pytest.mark.parametrize(("letters", "size"), [(13, (1120, 340)), (33, (1690, 540))])
def test_no_name_of_the_shipped_series_lies_on_a_line(
    city: City, letters: float, size: tuple[float, float]
) -> None:
    declared = city.catalogue.accommodation
    assert declared is not None
    table = series(city).assign(source="")
    figure = draw(development_lines(table, declared.events), Look(letters=letters, size=size))
    start, end = figure.layout.xaxis.range
    size = (size[0] * 0.9, size[1] * 0.8)
    across, up = size[0] / (end - start).days, size[1] / (table["value"].max() * 1.06)
    lines = [
        [
            ((day - start).days * across, value * up)
            for day, value in zip(line.x, line.y, strict=True)
        ]
        for line in figure.data
    ]
    names = []
    for each in figure.layout.annotations:
        if each.yref == "paper":
            continue
        wide = len(each.text) * letters * 0.5
        x = (each.x - start).days * across + each.xshift
        left = x - {"left": 0, "center": wide / 2, "right": wide}[each.xanchor]
        y = each.y * up + each.yshift
        names.append((left, left + wide, y - letters / 2, y + letters / 2))
    assert len(names) == 5
    assert not [(name, line) for name in names for line in lines if crosses(name, line)]
    for one, other in combinations(names, 2):
        apart = one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]
        assert apart


def test_where_the_width_is_not_known_the_names_stand_in_a_legend(city: City) -> None:
    declared = city.catalogue.accommodation
    assert declared is not None
    table = series(city).assign(source="")
    figure = draw(development_lines(table, declared.events))
    assert figure.layout.showlegend
    assert {line.name for line in figure.data} == set(table["series"])
    assert all(each.yref == "paper" for each in figure.layout.annotations)
