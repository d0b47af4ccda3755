"""Text that others have written, such as an address, a file or a data folder, as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_INDENTED = re.compile(r"^[ \t]+", re.MULTILINE)
_SPECIAL = re.compile(
    r"""[\\`*_\[\]$~|]
    | <(?=[A-Za-z][A-Za-z0-9+.-]*:|[^\s<>]+@)   # a link
    | &(?=\#?\w+;)                              # a sign by its name
    | ^[#<>]                                    # a heading, HTML, a quotation
    | ^[-+=](?=[-=\s]|$)                        # a list, a rule
    """,
    re.MULTILINE | re.VERBOSE,
)
_NUMBERED = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))", re.MULTILINE)
_PARTED = re.compile(r"(?<=:)(?=\S)|(?<=[Ww]{3})(?=\.)|(?=@)")
_JOINER = "\u2060"


@lru_cache(2**14)
def literal(text: str) -> str:
    """Return text so that Markdown shows it as it is: no markup, no symbol, no link.

    Escaping is not enough: Streamlit looks for addresses and symbols once more in what Markdown
    has read. A word joiner, which nobody sees, takes them apart.
    """
    marked = _SPECIAL.sub(r"\\\g<0>", _INDENTED.sub("", text))
    return _PARTED.sub(_JOINER, _NUMBERED.sub(r"\1\\", marked))


def paragraphs(texts: Iterable[str]) -> str:
    """Return those texts that are not empty as paragraphs of one Markdown text, each literally."""
    return "\n\n".join(literal(text) for text in texts if text)


def literal_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose texts and heads are shown as they are."""
    shown = table.map(lambda cell: literal(cell) if isinstance(cell, str) else cell)
    return shown.rename(columns=literal)
