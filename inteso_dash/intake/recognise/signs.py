"""Signs and codes for missing values that a file explains itself."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from inteso_dash.language.statuses import Status
from inteso_dash.language.values import Cell, ParsedValue, cell_text, parse_value
from inteso_dash.tables.reading.raw import RawTable

_CODE = r"-\s?\d{1,5}(?:[.,]0{1,9})?|9{3,6}"
_SIGN = rf"{_CODE}|\*+|\.{{1,3}}|[–—\-…•·/:#x]|[A-Za-z](?:\.?\s?[A-Za-z]){{0,2}}\.?"
_QUOTES = "\"„“”»«'"
_EXPLAINED = re.compile(
    rf"(?:^|[\s;,(|·{_QUOTES}])(?P<sign>{_SIGN})[{_QUOTES}]?\)?\s*"
    rf"(?:=|:|\b(?:steht|stehen) für|\bbedeutet|\bheißt|\bmeans|\bdenotes|\bstands for)"
    rf"\s*(?P<meaning>[^;|·\n]{{3,100}})"
)
_FOOTNOTE = re.compile(rf"(?P<sign>\*{{1,9}}|[•·x/]|{_CODE})\)?\s+(?P<meaning>\D.*)", re.DOTALL)
_TURNED = re.compile(
    r"(?P<meaning>fehl\w*|missing\w*|no ?data|keine (?:daten|angaben?)|geheim\w*|nicht verfügbar"
    r"|nicht vorhanden\w*|nicht erhoben\w*|suppressed|na_?values?)"
    rf"[^.;|·\n\d]{{0,40}}?[\s(=:{_QUOTES}](?P<sign>{_CODE})(?!\d)",
    re.IGNORECASE,
)
_MEANINGS = {
    Status.SUPPRESSED: re.compile(
        r"geheim|anonymis|datenschutz|vertraulich|zu klein|kleiner|weniger als \d|unter \d"
        r"|suppress|confiden|withheld|nicht veröffentlicht|fewer than|less than",
        re.IGNORECASE,
    ),
    Status.ZERO: re.compile(r"nichts vorhanden|genau null|exactly zero|^null\b", re.IGNORECASE),
    Status.NOT_DELIVERED: re.compile(
        r"keine angabe|keine daten|nicht verfügbar|nicht vorhanden|fehl|missing|no ?data"
        r"|not available|nicht erhoben|lieg(?:t|en) nicht|unbekannt|nicht bekannt|entfällt"
        r"|nicht sinnvoll|fällt später|kein wert|not applicable|na_?value|nicht ermittel",
        re.IGNORECASE,
    ),
}


def explained_signs(raw: RawTable) -> dict[str, Status]:
    r"""Return the signs and codes that title or footnotes explain, with what they say of a value.

    >>> from inteso_dash.tables.reading import read_raw_bytes
    >>> text = "Nr;Einwohner;Hunde\n01;12;3\n02;-9;*\n-9 = keine Angabe\n*) anonymisiert\n"
    >>> found = explained_signs(read_raw_bytes(text.encode(), "a.csv"))
    >>> {sign: str(status) for sign, status in found.items()}
    {'-9': 'not_delivered', '*': 'suppressed'}
    """
    found: dict[str, Status] = {}
    for text in (raw.title, *raw.footnotes):
        matches = [*_EXPLAINED.finditer(text), *_TURNED.finditer(text)]
        start = _FOOTNOTE.fullmatch(text.strip())
        for match in (*matches, *([start] if start else [])):
            status = _meaning(match["meaning"])
            if status is not None:
                found.setdefault(match["sign"].replace(" ", ""), status)
    return found


def _meaning(text: str) -> Status | None:
    return next((status for status, said in _MEANINGS.items() if said.search(text)), None)


def as_explained(cell: Cell, signs: Mapping[str, Status]) -> ParsedValue | None:
    """Read a cell that holds an explained sign, None where it holds something else."""
    text = cell_text(cell).replace(" ", "").replace("\u2212", "-")
    status = signs.get(text)
    if status is None:
        return None
    usual = parse_value(cell)
    raw = "" if usual.problem or not math.isnan(usual.value) else usual.raw
    return ParsedValue(0.0 if status is Status.ZERO else math.nan, status, text, raw)
