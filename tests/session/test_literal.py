"""Text of others is shown as it is."""

from __future__ import annotations

import pandas as pd
import pytest

from inteso_dash.session.literal import literal, literal_table, paragraphs

JOINER = "\u2060"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Am [Markt]_1", r"Am \[Markt\]\_1"),
        ("Stand: 31.12.2021", "Stand: 31.12.2021"),
        ("1.820", "1.820"),
        ("-5,0 %", "-5,0 %"),
        ("1. Quartal", r"1\. Quartal"),
        ("- x", r"\- x"),
        ("a\n---", "a\n\\---"),
        ("    x", "x"),
        ("# x", r"\# x"),
        ("&copy; & <b>", r"\&copy; & <b>"),
        ("<div>", r"\<div>"),
    ],
)
def test_what_would_be_markup_is_escaped(text: str, written: str) -> None:
    assert literal(text) == written


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example",
        "http://a.example/x",
        "WWW.a.example",
        "<http://a.example>",
        "a@b.example",
        ":material/map:",
    ],
)
def test_what_streamlit_would_take_for_a_link_or_a_symbol_is_taken_apart(text: str) -> None:
    written = literal(text)
    assert JOINER in written
    assert written.replace(JOINER, "").replace("\\", "") == text


def test_tables_are_literal_in_heads_and_cells() -> None:
    shown = literal_table(pd.DataFrame({"*a*": ["[b](c)", 1]}))
    assert list(shown.columns) == [r"\*a\*"]
    assert list(shown.iloc[:, 0]) == [r"\[b\](c)", 1]


def test_paragraphs_leave_out_what_is_empty_and_none_becomes_markup() -> None:
    assert paragraphs(["Stand 2021", "", "1. Mai", "[a]"]) == "Stand 2021\n\n1\\. Mai\n\n\\[a\\]"
