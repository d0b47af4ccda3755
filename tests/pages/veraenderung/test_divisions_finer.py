"""An estimate weighted by the inhabitants of a finer level, in a made-up town of blocks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from inteso_dash.city import City, load_city
from inteso_dash.city.overlay.people import Basis
from inteso_dash.pages.veraenderung.divisions.between import between
from inteso_dash.pages.veraenderung.divisions.carrying import (
    Carried,
    ConversionMethod,
    carry,
    methods,
)
from tests.towns.made_up_town import CATALOGUE, INDICATORS, SOURCE, write_layer, write_table

LEVELS = """
  - {id: bezirk, title: {de: Bezirk, en: District}, plural: Bezirke, parent: gemeinde,
     key_length: 3, divisions: [{id: alt, areas: 1}, {id: heute, areas: 4}]}
  - {id: block, title: {de: Block, en: Block}, plural: Blöcke, parent: bezirk,
     key_length: 3, divisions: [{id: heute, areas: 4}]}
topics:"""
CORNERS = {1: (0, 0, 1), 2: (1, 0, 1), 3: (0, 1, 1), 4: (1, 1, 1)}
BLOCKS = (100, 300, 50, 50)
DAYS = (dt.date(2010, 6, 30), dt.date(2020, 6, 30))


def write_blocks(root: Path, blocks: tuple[int | str, ...] = BLOCKS) -> Path:
    """Write one old district, four new ones, and a block in each."""
    data, geodata = root / "data", root / "geodata"
    data.mkdir(parents=True)
    geodata.mkdir()
    levels = CATALOGUE.replace("  - {id: quartier", "  - {id: nichts").split("  - {id: nichts")[0]
    rest = "topics:".join(CATALOGUE.split("topics:")[1:]).replace(
        "level: quartier", "level: bezirk"
    )
    rest = rest.replace("Q01", "N01")
    (data / "catalogue.yml").write_text(levels.rstrip() + LEVELS + rest, "utf-8")
    (data / "indicators.yml").write_text(INDICATORS, "utf-8")
    lines = [
        "level,division,area_id,name,parent_id,name_complete",
        "gemeinde,heute,K1,Musterstadt,,true",
        "bezirk,alt,A01,Altbezirk,K1,true",
        *(f"bezirk,heute,N0{number},Neubezirk {number},K1,true" for number in CORNERS),
        *(f"block,heute,B0{number},Block {number},N0{number},true" for number in CORNERS),
    ]
    write_table(data, "gebiete", "\n".join(lines) + "\n", f"kind: register\nrows: 10\n{SOURCE}\n")
    figures = ["level,division,area_id,indicator_id,date,value"]
    figures.append("bezirk,alt,A01,einwohner,2010-06-30,1001")
    figures += [f"bezirk,heute,N0{each},einwohner,2020-06-30,300" for each in CORNERS]
    figures += [
        f"block,heute,B0{number},einwohner,2012-06-30,{people}"
        for number, people in zip(CORNERS, blocks, strict=True)
    ]
    sidecar = "kind: figures\nlayout: long\nsource: erfunden\nrows: 9\n"
    write_table(data, "zahlen", "\n".join(figures) + "\n", sidecar)
    write_layer(geodata, "bezirk", {"A01": (0, 0, 2)}, "alt")
    write_layer(geodata, "bezirk", {f"N0{key}": at for key, at in CORNERS.items()})
    write_layer(geodata, "block", {f"B0{key}": at for key, at in CORNERS.items()})
    return root


def carried(city: City, *, by_people: bool = True) -> Carried:
    pair = ("alt", "heute")
    found = between(city.catalogue, city.register, city.layers, "bezirk", *pair)
    here = city if by_people else replace(city, root=city.root / "ohne Grenzen")
    return carry(here, found, "bezirk", "einwohner", pair, DAYS, ConversionMethod.ESTIMATE)


def test_inhabitants_of_blocks_divide_the_old_district(tmp_path: Path) -> None:
    city = load_city(write_blocks(tmp_path / "town"))
    assert not [each for each in city.findings if each.severity == "error"]
    by_blocks = carried(city)
    assert by_blocks.basis == Basis("block", "heute", dt.date(2012, 6, 30))
    assert by_blocks.basis.words(city.catalogue) == "nach den Einwohnern der Blöcke vom 30.06.2012"
    assert by_blocks.estimated is None
    assert "ist nicht bekannt" in by_blocks.tested(city.catalogue)
    assert by_blocks.before["value"].tolist() == [200, 601, 100, 100]
    assert set(by_blocks.before["status"]) == {"estimated"}
    assert by_blocks.concerned == 100.0
    assert by_blocks.after["value"].tolist() == [300] * 4
    by_land = carried(city, by_people=False)
    assert by_land.basis == Basis()
    assert by_land.basis.words(city.catalogue) == "nach Flächenanteilen"
    assert by_land.before["value"].sum() == 1001
    assert by_land.before["value"].to_numpy() == pytest.approx(250, abs=1)


def test_a_finer_layer_with_a_gap_gives_way_to_the_later_division(tmp_path: Path) -> None:
    city = load_city(write_blocks(tmp_path / "town", (100, ".", 50, 50)))
    by_districts = carried(city)
    assert by_districts.basis == Basis("bezirk", "heute", DAYS[1])
    assert by_districts.before["value"].to_numpy() == pytest.approx(250, abs=1)


def test_ways_that_lack_what_they_need_are_refused(tmp_path: Path) -> None:
    city = load_city(write_blocks(tmp_path / "town"))
    pair = ("alt", "heute")
    assert methods(city, None, "bezirk", *pair) == []
    for method in ConversionMethod:
        with pytest.raises(ValueError, match=r"boundaries|key"):
            carry(city, None, "bezirk", "einwohner", pair, DAYS, method)
