"""Single cells: numbers, signs, marks, keys, dates. All figures are made up."""

import datetime as dt
import math
import re

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from inteso_dash.language.statuses import Status
from inteso_dash.language.values import (
    Cell,
    Convention,
    cell_text,
    column_convention,
    normalise_key,
    parse_date,
    parse_value,
    plain_numbers,
)

NNBSP, NBSP, THIN = "\u202f", "\u00a0", "\u2009"


@pytest.mark.parametrize(
    ("cell", "value", "decimals"),
    [
        ("1.820", 1820, 0),
        ("28,6", 28.6, 1),
        ("1.234.567,8", 1234567.8, 1),
        ("0,05", 0.05, 2),
        ("−3,2", -3.2, 1),
        ("- 3,2", -3.2, 1),
        ("–3,2", -3.2, 1),
        ("+5", 5, 0),
        ("3 %", 3, 0),
        (f"3{NBSP}%", 3, 0),
        ("12,5‰", 12.5, 1),
        (f"1{NBSP}234{NBSP}567", 1234567, 0),
        (f"1{NNBSP}234,5", 1234.5, 1),
        (f"1{THIN}234", 1234, 0),
        ("1 234", 1234, 0),
        ("0", 0, 0),
        (" 12 ", 12, 0),
        (2036.0, 2036, 0),
        (28.6, 28.6, 1),
        (7, 7, 0),
    ],
)
def test_numbers_as_germans_write_them(cell: Cell, value: float, decimals: int) -> None:
    parsed = parse_value(cell)
    assert parsed.problem == ""
    assert parsed.value == pytest.approx(value)
    assert (parsed.status, parsed.decimals, parsed.mark) == (Status.MEASURED, decimals, "")


def test_negative_zero_is_zero() -> None:
    assert math.copysign(1, parse_value("-0").value) == 1


@pytest.mark.parametrize(
    ("cell", "value", "mark"),
    [
        ("1.234¹", 1234, "¹"),
        ("1.234²⁾", 1234, "²⁾"),
        ("28,6 1)", 28.6, "1)"),
        (f"28,6{NBSP}12)", 28.6, "12)"),
        ("1 234 1)", 1234, "1)"),
        ("12*", 12, "*"),
        ("12 a)", 12, "a)"),
        ("(12)", 12, "()"),
        ("( 12,5 )", 12.5, "()"),
        ("(12)*", 12, "()*"),
        ("12 r", 12, "r"),
        ("12p", 12, "p"),
        ("12 (r)", 12, "(r)"),
    ],
)
def test_marks_are_kept_beside_the_value(cell: str, value: float, mark: str) -> None:
    parsed = parse_value(cell)
    assert (parsed.value, parsed.mark, parsed.status, parsed.raw) == (
        value,
        mark,
        Status.MEASURED,
        cell.strip(),
    )


def test_an_estimate_has_its_status() -> None:
    assert parse_value("120 s").status is Status.ESTIMATED


@pytest.mark.parametrize("sign", ["-", "–", "—", "−", " – "])
def test_a_dash_is_a_true_zero(sign: str) -> None:
    parsed = parse_value(sign)
    assert (parsed.value, parsed.status) == (0.0, Status.ZERO)


@pytest.mark.parametrize(
    ("sign", "status"),
    [
        (".", Status.SUPPRESSED),
        ("…", Status.NOT_DELIVERED),
        ("...", Status.NOT_DELIVERED),
        ("x", Status.NOT_DELIVERED),
        ("X", Status.NOT_DELIVERED),
        ("/", Status.NOT_DELIVERED),
        ("k. A.", Status.NOT_DELIVERED),
        ("", Status.NOT_DELIVERED),
        ("  ", Status.NOT_DELIVERED),
        (None, Status.NOT_DELIVERED),
    ],
)
def test_signs_without_value(sign: str | None, status: Status) -> None:
    parsed = parse_value(sign)
    assert math.isnan(parsed.value)
    assert parsed.status is status
    assert parsed.problem == ""
    assert parsed.mark == (sign or "").strip()


def test_zero_in_a_rounded_column_is_not_a_true_zero() -> None:
    assert parse_value("0").status is Status.MEASURED
    rounded = parse_value("0", rounded=True)
    assert (rounded.value, rounded.status) == (0.0, Status.ROUNDED)
    assert parse_value("–", rounded=True).status is Status.ZERO


@pytest.mark.parametrize(
    "cell",
    [
        "Bilk",
        "12341)",
        "(12",
        "12)",
        "1.23.4",
        "1.2,3",
        "2 3",
        "12 34",
        "1,23E+05",
        "inf",
        "-inf",
        "#DIV/0!",
        "=1+1",
        "=cmd|' /C calc'!A0",
        "٣",
        "½",
        "--",
        "1" * 400,
        math.inf,
        -math.inf,
        math.nan,
        True,
        dt.date(2021, 2, 1),
    ],
)
def test_what_is_no_number_is_refused_and_not_guessed(cell: Cell) -> None:
    parsed = parse_value(cell)
    assert math.isnan(parsed.value)
    assert parsed.status is Status.NOT_DELIVERED
    assert parsed.problem


@pytest.mark.parametrize(
    ("cells", "convention"),
    [
        (["1.820", "28,6"], Convention.GERMAN),
        (["1.820", "1.234.567"], Convention.GERMAN),
        (["1.820", "28.6"], Convention.PLAIN),
        (["1,820", "28.6"], Convention.PLAIN),
        (["1,820", "1,234,567"], Convention.PLAIN),
        (["0.125"], Convention.PLAIN),
        (["12345.678"], Convention.PLAIN),
        (["1.820", "2.310"], Convention.UNDECIDED),
        (["1,820"], Convention.UNDECIDED),
        (["28,6", "28.6"], Convention.MIXED),
        (["12", None, 28.6, "–", ".", "…"], Convention.ANY),
        (["Nr. 5, links", "28,6 1)"], Convention.GERMAN),
        ([], Convention.ANY),
    ],
)
def test_a_whole_column_decides_what_the_point_means(
    cells: list[Cell], convention: Convention
) -> None:
    assert column_convention(cells) is convention


def test_the_same_cell_under_both_conventions() -> None:
    assert parse_value("1.820", convention=Convention.GERMAN).value == 1820
    assert parse_value("1.820", convention=Convention.PLAIN).value == 1.82
    assert parse_value("1,820", convention=Convention.GERMAN).value == 1.82
    assert parse_value("1,820", convention=Convention.PLAIN).value == 1820
    assert parse_value("28.6", convention=Convention.GERMAN).problem
    assert parse_value("28.6", convention=Convention.MIXED).value == 28.6


FINITE = st.floats(min_value=-1e9, max_value=1e9, allow_nan=False)


@given(FINITE, st.integers(min_value=0, max_value=4))
def test_what_babel_writes_is_read_back(number: float, decimals: int) -> None:
    number = round(number, decimals)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(number, format=pattern, locale="de_DE")
    parsed = parse_value(text, convention=Convention.GERMAN)
    assert parsed.problem == ""
    assert parsed.value == number
    assert parsed.decimals == decimals


@given(FINITE, st.sampled_from(["-", "−", "– ", "- "]), st.sampled_from([".", NBSP, NNBSP, " "]))
def test_minus_signs_and_thousands_do_not_matter(number: float, minus: str, thousands: str) -> None:
    text = f"{abs(number):,.2f}".translate(str.maketrans(",.", thousands + ","))
    sign = minus if number < 0 else ""
    assert parse_value(sign + text).value == pytest.approx(round(number, 2), abs=0.006)


@given(FINITE)
def test_a_plain_number_means_the_same_as_text_and_as_cell(number: float) -> None:
    number = round(number, 3)
    text = f"{number:.3f}"
    assert parse_value(text, convention=Convention.PLAIN).value == parse_value(number).value


@given(
    st.lists(
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(-(10**6), 10**6),
            st.floats(),
            st.dates(),
            st.from_regex(r"[0-9]{1,4}([.,][0-9]{1,3})?", fullmatch=True),
            st.sampled_from(["–", ".", "", " 7", "(12)", "1.820,5", "12 s", "-3"]),
        )
    ),
    st.sampled_from(Convention),
)
def test_a_column_of_plain_numbers_is_read_as_its_cells_are(
    cells: list[Cell], convention: Convention
) -> None:
    values, decimals = plain_numbers(cells, convention)
    parsed = [parse_value(cell, convention=convention) for cell in cells]
    plain = [one for one, value in zip(parsed, values, strict=True) if not math.isnan(value)]
    assert [one.value for one in plain] == [value for value in values if not math.isnan(value)]
    assert {(one.status, one.mark, one.problem) for one in plain} <= {(Status.MEASURED, "", "")}
    assert max((one.decimals for one in plain), default=0) == decimals
    if convention in {Convention.GERMAN, Convention.PLAIN, Convention.ANY}:
        for cell, value in zip(cells, values, strict=True):
            if isinstance(cell, str) and re.fullmatch("[0-9]+", cell):
                assert value == float(cell)


@given(st.text(max_size=20), st.sampled_from(Convention))
def test_any_text_gives_a_finite_value_or_none(text: str, convention: Convention) -> None:
    parsed = parse_value(text, convention=convention)
    has_value = parsed.status in {
        Status.MEASURED,
        Status.ZERO,
        Status.ESTIMATED,
    }
    assert has_value == math.isfinite(parsed.value)
    assert parsed.raw == cell_text(text)


@pytest.mark.parametrize(
    ("cell", "length", "key"),
    [
        ("063007", 6, "063007"),
        ("63007", 6, "063007"),
        (63007, 6, "063007"),
        (63007.0, 6, "063007"),
        ("63007.0", 6, "063007"),
        (" 063007 ", 6, "063007"),
        (f"{NBSP}063007", 6, "063007"),
        (6, 2, "06"),
        ("05111", 5, "05111"),
        ("A12", 3, "A12"),
    ],
)
def test_keys_get_their_zeros_back(cell: Cell, length: int, key: str) -> None:
    assert normalise_key(cell, length) == key


@pytest.mark.parametrize(
    "cell",
    [
        "0630071",
        6300710.0,
        63007.5,
        "63 007",
        "06-3007",
        "A12",
        "Altstadt",
        "",
        None,
        True,
        "٠٦٣٠٠٧",
        -63007,
        math.nan,
        math.inf,
        dt.date(2021, 1, 1),
        "Bilker",
    ],
)
def test_what_is_no_key_of_six_digits(cell: Cell) -> None:
    assert normalise_key(cell, 6) is None


@given(st.integers(min_value=1, max_value=8), st.data())
def test_a_key_survives_excel(length: int, data: st.DataObject) -> None:
    key = data.draw(st.text("0123456789", min_size=length, max_size=length))
    assert normalise_key(key, length) == key
    assert normalise_key(float(key), length) == key
    assert normalise_key(int(key), length) == key


@pytest.mark.parametrize(
    "cell",
    [
        "2015-12-31",
        "31.12.2015",
        "31. 12. 2015",
        "2015-12-31 00:00:00",
        "2015-12-31T00:00:00",
        dt.date(2015, 12, 31),
        dt.datetime(2015, 12, 31, 8, 30, tzinfo=dt.UTC),
    ],
)
def test_dates(cell: Cell) -> None:
    assert parse_date(cell) == dt.date(2015, 12, 31)


@pytest.mark.parametrize(
    "cell", ["", None, "2015", "2015-13-01", "31.02.2015", "12/31/2015", 42369]
)
def test_what_is_no_date(cell: Cell) -> None:
    assert parse_date(cell) is None


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (63007.0, "63007"),
        (28.6, "28.6"),
        (True, "WAHR"),
        (" a ", "a"),
        (dt.date(2021, 12, 31), "2021-12-31"),
    ],
)
def test_the_text_of_a_cell(cell: Cell, text: str) -> None:
    assert cell_text(cell) == text
