"""CSV exports: what is shown, in two dialects, and back without loss."""

from __future__ import annotations

import csv
import datetime as dt
import io
import unicodedata
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inteso_dash.city import City
from inteso_dash.files.text import BOUNDS, COLUMNS, Dialect, labelled, to_csv
from tests.reading_back import read_csv

both = pytest.mark.parametrize("dialect", list(Dialect))
text = st.text(
    st.characters(
        codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters="\u00a0"
    ),
    max_size=12,
).map(lambda name: unicodedata.normalize("NFC", name).strip())


@both
def test_the_whole_city_comes_back_without_loss(city: City, dialect: Dialect) -> None:
    rows = city.figures[city.figures["level"] != "sozialraum"].assign(note="")
    table = labelled(rows, city)
    back = read_csv(to_csv(table, dialect), "export.csv")
    pd.testing.assert_frame_equal(back, table.astype(object), check_dtype=False)


def test_excel_gets_semicolon_decimal_comma_and_bom(city: City) -> None:
    rows = city.figures[city.figures["indicator_id"] == "sgb2_quote"].assign(note="").head(3)
    content = to_csv(labelled(rows, city), Dialect.EXCEL)
    assert content.startswith(b"\xef\xbb\xbfEbene;")
    row = next(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert row["Wert"] == "6,8"
    assert row["Stichtag"] == "31.12.2021"


def test_rfc4180_gets_comma_point_and_crlf(city: City) -> None:
    rows = city.figures[city.figures["indicator_id"] == "sgb2_quote"].assign(note="").head(1)
    content = to_csv(labelled(rows, city), Dialect.RFC4180).decode("utf-8")
    assert content.split("\r\n")[0] == ",".join((*COLUMNS, *BOUNDS))
    row = next(csv.DictReader(io.StringIO(content)))
    assert (row["Wert"], row["Stichtag"]) == ("6.8", "2021-12-31")


def test_shares_bring_their_interval_and_counts_none(city: City) -> None:
    figures = city.figures[city.figures["area_id"] == "098002"].assign(note="")
    own = labelled(figures[figures["indicator_id"] == "sgb2_quote"], city).iloc[0]
    # 2032 of 4172 persons: Wilson 47.19 to 50.22, rounded outwards
    assert (own["Untere Grenze"], own["Obere Grenze"]) == (Decimal("47.1"), Decimal("50.3"))
    assert own["Art der Grenzen"] == "Wilson, 95\u202f%"
    counts = labelled(figures[figures["indicator_id"] == "sgb2_personen"], city)
    assert list(counts.columns) == list(COLUMNS)
    both = labelled(figures[figures["indicator_id"].str.startswith("sgb2")], city)
    told = both.set_index("Kennung")["Art der Grenzen"]
    assert told["sgb2_personen"] == "Anzahl: kein Anteil und keine Rate."


def test_other_values_than_the_citys_have_no_bounds(city: City) -> None:
    rows = city.figures[city.figures["indicator_id"] == "sgb2_quote"].assign(note="").head(2)
    table = labelled(rows.assign(value=[rows["value"].iloc[0], 99.9]), city)
    assert table["Untere Grenze"].notna().tolist() == [True, False]


def test_a_missing_value_is_an_empty_cell_with_its_status(city: City) -> None:
    cells = city.values("sozialraum", "sgb2_quote", dt.date(2021, 12, 31))
    row = cells.loc[["033001"]].rename_axis("area_id").reset_index()
    row = row.assign(
        level="sozialraum",
        division="2021",
        indicator_id="sgb2_quote",
        date=dt.date(2021, 12, 31),
        rounding_error=0.0,
    )
    table = labelled(row, city)
    assert table.loc[0, "Wert"] is None
    assert table.loc[0, "Status"] == "beim Nachbargebiet enthalten"


@both
@example(["'=", "''=", "=", "'"], Decimal(0))
@given(st.lists(text, min_size=1, max_size=5), st.decimals(-999, 999, places=2))
def test_any_text_and_number_come_back(dialect: Dialect, names: list[str], value: Decimal) -> None:
    row: dict[str, object] = dict.fromkeys(COLUMNS, "")
    row |= {"Stichtag": dt.date(2020, 1, 1), "Rundungsfehler": None, "Ebene": "stadt"}
    table = pd.DataFrame([row | {"Name": name, "Wert": value} for name in names], dtype=object)
    back = read_csv(to_csv(table, dialect), "x.csv")
    assert back["Name"].tolist() == names
    assert back["Wert"].tolist() == [value] * len(names)


@pytest.mark.parametrize("dangerous", ["=1+1", "+49", "-x", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_text_that_could_be_a_formula_is_neutralised(dangerous: str) -> None:
    written = to_csv(pd.DataFrame({"Name": [dangerous]}), Dialect.EXCEL).decode("utf-8-sig")
    assert next(csv.reader([written.split("\r\n")[1]], delimiter=";"))[0] == "'" + dangerous
