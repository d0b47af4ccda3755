"""The spatial pattern of an indicator: sentences, map, table, slides, files."""

from __future__ import annotations

from dataclasses import replace

import geopandas
import pandas as pd
import pytest
from libpysal.graph import Graph

from inteso_dash.boundaries.layers import read_boundaries
from inteso_dash.city import City
from inteso_dash.drawing.paper.pictures import written
from inteso_dash.measures.spatial import Cluster
from inteso_dash.pages.muster import choice, files, pattern, view
from inteso_dash.pages.muster.pattern import PatternShown
from inteso_dash.pages.muster.texts import CLUSTERS
from inteso_dash.views.dated import level_statement
from inteso_dash.views.dots import Scatter
from inteso_dash.views.figures import Table
from inteso_dash.views.maps import Map
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import ViewError

HAFEN = "033001"


def address(*pairs: tuple[str, str]) -> Address:
    return Address(choice.PAGE, ((choice.SECTION, choice.PATTERN), *pairs))


def shown(city: City, *pairs: tuple[str, str]) -> PatternShown:
    chosen = pattern.read(city, address(*pairs), [])
    return pattern.spatial(city, chosen)


@pytest.fixture(scope="module")
def found(city: City) -> PatternShown:
    return shown(city)


@pytest.mark.parametrize("level", ["sozialraum", "stadtteil", "stadtbezirk"])
def test_neighbours_are_those_of_libpysal(city: City, level: str) -> None:
    layer = city.layers[level, city.catalogue.level(level).current.id]
    outlines: geopandas.GeoDataFrame = read_boundaries(layer).set_index("area_id")
    graph = Graph.build_contiguity(outlines, rook=False)
    beside = city.touching(level, city.catalogue.level(level).current.id)
    assert beside is not None
    assert {area: set(near) for area, near in beside.items()} == {
        str(area): set(graph[area].index) for area in outlines.index
    }


def test_it_says_that_neighbours_are_alike(city: City, found: PatternShown) -> None:
    said = pattern.sentence(city, found)
    assert said.startswith(
        "„SGB-II-Quote“ liegt nicht zufällig beieinander: Benachbarte Sozialräume ähneln sich "
        "(Morans I +0,37, bei Zufall im Mittel −0,01; p < 0,001). Zusammen mit ihren Nachbarn hoch"
    )
    assert "9.999 Karten" in pattern.chance(found)
    assert "wären durch Zufall etwa 8 Funde zu erwarten" in pattern.chance(found)
    (gone,) = pattern.left_out(city, found)
    assert gone.startswith("Ohne Wert und deshalb nicht geprüft: Hafen")


def test_no_pattern_is_said_as_well(city: City, found: PatternShown) -> None:
    none = replace(found.found, p=0.4, areas=found.found.areas.assign(cluster=Cluster.NONE))
    said = pattern.sentence(city, replace(found, found=none))
    assert "ist kein räumliches Muster zu erkennen" in said
    assert said.endswith("Kein einzelnes Gebiet hebt sich mit seinen Nachbarn deutlich genug ab.")
    unlike = replace(found.found, moran=-0.5)
    assert "unterscheiden sich mehr" in pattern.sentence(city, replace(found, found=unlike))


def test_the_map_has_sign_and_word_besides_colour(found: PatternShown) -> None:
    drawn = pattern.pattern_map(found, None)
    marked = {each.sign: set(each.areas) for each in drawn.all_marks}
    for kind, (sign, _) in CLUSTERS.items():
        if sign:
            assert marked[sign] == set(found.found.of(kind))
    cells = drawn.shown[0].values
    assert cells["value"].notna().sum() == len(found.found.areas) == 169
    assert pd.isna(cells["value"][HAFEN])
    assert drawn.remarks is not None
    assert drawn.remarks[found.found.of(Cluster.LOW)[0]].startswith("SGB-II-Quote ")


def test_dots_lie_on_moran(city: City, found: PatternShown) -> None:
    drawn = pattern.dots(city, found, None)
    (x0, y0), (x1, y1) = drawn.line
    assert (y1 - y0) / (x1 - x0) == pytest.approx(found.found.moran)
    x, y = (pd.Series([getattr(dot, axis) for dot in drawn.dots]) for axis in "xy")
    assert x.cov(y) / x.var() == pytest.approx(found.found.moran)


def test_the_table_and_the_file_hold_all_areas(city: City, found: PatternShown) -> None:
    table = pattern.rows(city, found)
    assert len(table) == 171
    assert table.loc[HAFEN, "Muster"] == "nicht geprüft"
    assert table["Muster"].iloc[0].startswith("▲")
    file = files.pattern_table(city, found).set_index("Schlüssel")
    assert file.loc[HAFEN, "q"] is None
    assert file.loc[HAFEN, "Untere Grenze"] is None
    assert file["Untere Grenze"].notna().sum() == 169
    assert float(file["Morans I"].iloc[0]) == pytest.approx(found.found.moran, abs=1e-4)


def test_no_probability_is_written_as_nothing(city: City, found: PatternShown) -> None:
    sure = replace(found.found, areas=found.found.areas.assign(q=0.0002))
    assert pattern.listed(city, replace(found, found=sure)).rows[1][-1] == "< 0,001"


def test_slides_and_pictures_of_every_part(city: City) -> None:
    kinds = {"karte": Map, "punkte": Scatter, "tabelle": Table}
    assert set(view.figures_of(city, address()).values()) == set(kinds)
    small = address(("m_ebene", "stadtbezirk"))
    for part, kind in kinds.items():
        slide = view.show(city, small, part)
        assert isinstance(slide.content, kind)
        assert "liegt nicht zufällig beieinander" in slide.headline
    few = shown(city, ("m_ebene", "stadtbezirk"))
    told = level_statement(city, "stadtbezirk", "Muster", [few.indicator])
    assert written(city, pattern.pattern_map(few, "06"), told, "png", "Muster")


def test_without_boundaries_or_differences_it_says_so(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = pattern.read(city, address(), [])
    monkeypatch.setattr(City, "touching", lambda *_: None)
    with pytest.raises(ViewError, match="keine Grenzen"):
        pattern.spatial(city, chosen)
    monkeypatch.setattr(City, "touching", lambda *_: {})
    with pytest.raises(ViewError, match="acht Gebiete mit Nachbarn"):
        pattern.spatial(city, chosen)
