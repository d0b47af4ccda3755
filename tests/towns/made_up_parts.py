"""A made-up city of six Stadtteile in two Bezirke, one Stadtteil of it kept secret."""

from __future__ import annotations

from pathlib import Path

from tests.towns.made_up_small_city import write_small_city
from tests.towns.made_up_town import write_layer, write_table

SHARE = """
quote:
  title: {de: Arbeitslose je 100 Einwohner, en: Unemployed per 100 inhabitants}
  short: {de: Arbeitslosenanteil, en: Unemployed}
  topic: menschen
  unit: "%"
  decimals: 1
  kind: intensive
  meaning: Erfunden.
  numerator: [arbeitslose]
  denominator: [einwohner]
  factor: 100
miete:
  title: {de: Mittlere Miete, en: Median rent}
  short: {de: Miete, en: Rent}
  topic: menschen
  unit: Euro
  decimals: 2
  kind: intensive
  meaning: Erfunden.
  not_aggregable: Ein Median folgt nicht aus denen seiner Teile.
"""
QUARTERS = """stadtteil;einwohner;arbeitslose;miete
01;1.000;100;8,00
02;2.000;100;9,00
03;3.000;300;10,00
04;500;25;11,00
05;1.500;0;12,00
06;.;.;13,00
"""
DISTRICTS = "bezirk;einwohner;arbeitslose\n1;6000;500\n2;4000;.\n"
_COLUMNS = (
    "columns: [{name: einwohner, indicator: einwohner}, {name: arbeitslose, indicator: arbeitslose}"
)


def write_parts(root: Path) -> None:
    """Write the data folder; Stadtteil 06 is secret, the inhabitants of its Bezirk are not."""
    write_small_city(root)
    data, geodata = root / "data", root / "geodata"
    geodata.mkdir()
    with (data / "indicators.yml").open("a", encoding="utf-8") as file:
        file.write(SHARE)
    shared = "kind: figures\nlayout: wide\ndivision: '2020'\ndate: 2020-06-30\n"
    write_table(
        data,
        "viertel",
        QUARTERS,
        f"{shared}level: stadtteil\nsource: erfunden\nkey_column: stadtteil\nrows: 6\n"
        f"{_COLUMNS}, {{name: miete, indicator: miete}}]\n",
    )
    write_table(
        data,
        "bezirke",
        DISTRICTS,
        f"{shared}level: bezirk\nsource: erfunden\nkey_column: bezirk\nrows: 2\n{_COLUMNS}]\n",
    )
    write_layer(
        geodata,
        "stadtteil",
        {f"0{at + 1}": (at % 3, at // 3, 1) for at in range(6)},
        "2020",
    )
