"""What the other columns hold, indicators, higher areas, numbers, texts, and the signs in them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from inteso_dash.catalogue import Catalogue
from inteso_dash.intake.recognise.days import split_day
from inteso_dash.intake.recognise.keys import Keys, cells_of, parent_level
from inteso_dash.intake.recognise.meaning import Meanings, without_version
from inteso_dash.language.statuses import Status
from inteso_dash.language.values import (
    Cell,
    Convention,
    ParsedValue,
    cell_text,
    column_convention,
    parse_value,
)
from inteso_dash.tables.reading.raw import RawTable
from inteso_dash.tables.register import Areas
from inteso_dash.tables.sources.frames import NO_VALUE

_CODE = r"-\s?\d{1,5}(?:[.,]0{1,9})?|9{3,6}"
_SIGN = (
    rf"{_CODE}|0(?=\s*[=:])|\(\s*\)|\*+|\.{{1,3}}|[–—\-…•·/:#x]"
    r"|[A-Za-z](?:\.?\s?[A-Za-z]){0,2}\.?"
)
_QUOTES = "\"„“”»«'"
_EXPLAINED = re.compile(
    rf"(?:^|[\s;,(|·{_QUOTES}])(?P<sign>{_SIGN})[{_QUOTES}]?\)?\s*"
    rf"(?:=|:|\b(?:steht|stehen) für|\bbedeutet|\bheißt|\bmeans|\bdenotes|\bstands for)"
    rf"\s*(?P<meaning>[^;|·\n]{{3,100}})"
)
_FOOTNOTE = re.compile(
    rf"\(?(?P<sign>\*{{1,9}}|[•·x/]|{_CODE}|(?<=\()[-–—.]|\(\))\)?\s+(?P<meaning>\D.*)", re.DOTALL
)
_NUMBERED = re.compile(r"(?P<sign>\d{1,2}\))\s+(?P<meaning>\D.*)", re.DOTALL)
_REPLACED = re.compile(
    rf"\b(?:durch|als|mit|by|as|with)\s{{1,9}}[{_QUOTES}]?(?P<sign>{_SIGN}|0)[{_QUOTES}]?\s{{1,9}}"
    r"(?:ersetzt|ausgewiesen|gekennzeichnet|dargestellt|markiert|angegeben|versehen|replaced"
    r"|marked|shown)",
    re.IGNORECASE,
)
_TURNED = re.compile(
    r"(?P<meaning>fehl\w*|missing\w*|no ?data|keine (?:daten|angaben?)|geheim\w*|nicht verfügbar"
    r"|nicht vorhanden\w*|nicht erhoben\w*|suppressed|na_?values?)"
    rf"[^.;|·\n\d]{{0,40}}?[\s(=:{_QUOTES}](?P<sign>{_CODE})(?!\d)",
    re.IGNORECASE,
)
_MEANINGS = {
    Status.SUPPRESSED: re.compile(
        r"geheim|anonymis|datenschutz|vertraulich|zu klein|kleiner|weniger als \d|unter \d"
        r"|suppress|confiden|withheld|nicht veröffentlicht|nicht ausgewiesen|zu gering"
        r"|fewer than|less than",
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

_ROUNDED = re.compile(r"hälfte|half", re.IGNORECASE)
"""In what is said of a 0 that is rounded: it is a number."""


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
        whole = [each.fullmatch(text.strip()) for each in (_FOOTNOTE, _NUMBERED)]
        said = [(each["sign"], each["meaning"]) for each in (*matches, *filter(None, whole))]
        said += [(each["sign"], text) for each in _REPLACED.finditer(text)]
        for sign, meaning in said:
            status = _meaning(meaning)
            if status is not None:
                found.setdefault(sign.replace(" ", ""), status)
    return found


def _meaning(text: str) -> Status | None:
    if _ROUNDED.search(text):
        return None
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


_HALF = 0.5


@dataclass
class HeadColumns:
    """The columns of the file sorted by what they hold.

    ``contested``: indicator id → columns that are headed as it and differ; the first is taken.
    """

    name: str | None = None
    parents: dict[str, str] = field(default_factory=dict)
    indicators: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, list[ParsedValue]] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    contested: dict[str, tuple[str, ...]] = field(default_factory=dict)


def sort_columns(
    raw: RawTable,
    keys: Keys,
    catalogue: Catalogue,
    areas: Areas,
    told: Mapping[str, str | None] | None = None,
) -> HeadColumns:
    """Sort the columns beside the keys; what looks like no number is text.

    ``told`` says of columns which indicator they hold, or that they hold none.
    """
    columns = HeadColumns()
    known, columns.contested = headed(raw, catalogue, told or {})
    registered = areas.of(keys.level.id, keys.division)
    names = set(registered.values())
    everything = [cell for name in raw.columns for cell in cells_of(raw, name)]
    whole = column_convention(everything)
    signs = explained_signs(raw)
    agreeing: dict[str, int] = {}
    for at, column in enumerate(raw.columns):
        cells = cells_of(raw, column)
        if at == keys.column:
            if keys.named:
                columns.texts[column] = [cell_text(cell) for cell in cells]
            continue
        indicator = known.get(column)
        parent = None if indicator else parent_level(cells, keys, catalogue, areas)
        if parent is not None and parent not in columns.parents:
            columns.parents[parent] = column
            continue
        counted = indicator is not None and catalogue.indicator(indicator).counts
        convention = _convention(cells, whole, counted=counted)
        parsed = [
            _as_stated(
                as_explained(cell, signs) or parse_value(cell, convention=convention),
                raw.stated.get((place, column)),
                raw.marks.get((place, column), ""),
            )
            for place, cell in enumerate(cells)
        ]
        if indicator is None and not numeric(cells):
            columns.texts[column] = [cell_text(cell) for cell in cells]
            pairs = zip(keys.keys, columns.texts[column], strict=True)
            agreeing[column] = sum(registered.get(key) == text for key, text in pairs)
            agreeing[column] += sum(text in names for text in columns.texts[column])
            continue
        columns.numbers[column] = parsed
        if indicator is not None and indicator not in columns.indicators.values():
            columns.indicators[column] = indicator
    columns.name = max(agreeing, key=lambda name: agreeing[name], default=None)
    if keys.named:
        columns.name = raw.columns[keys.column]
    return columns


def _convention(cells: list[Cell], whole: Convention, *, counted: bool) -> Convention:
    """Return how a column writes numbers; of counts, three digits behind a sign are no decimals.

    ``whole`` is how the whole table does, for cells that can be read both ways.
    """
    found = column_convention(cells)
    if found is not Convention.UNDECIDED:
        return found
    if counted:
        commas = any(isinstance(cell, str) and "," in cell for cell in cells)
        return Convention.PLAIN if commas else Convention.GERMAN
    return found if whole is Convention.MIXED else whole


def numeric(cells: Iterable[Cell]) -> bool:
    """Say whether cells are numbers, most of them; signs alone are where nothing else is there.

    >>> numeric(["12", "*", "–"]), numeric(["0-2", "3-5", "6-17"]), numeric([".", "."])
    (True, False, True)
    """
    parsed = [parse_value(cell) for cell in cells if cell is not None]
    unread = sum(bool(value.problem) for value in parsed)
    telling = any(not math.isnan(value.value) for value in parsed)
    return unread <= _HALF * len(parsed) and (
        telling or all(len(value.raw) < 2 for value in parsed)
    )


def _as_stated(cell: ParsedValue, stated: Status | None, mark: str) -> ParsedValue:
    """Return a cell with the status and mark that the file states beside it, where they agree."""
    if stated in NO_VALUE:
        return ParsedValue(math.nan, stated, cell.mark, "")
    has_value = not math.isnan(cell.value)
    agrees = has_value and (stated is not Status.ZERO or cell.value == 0)
    if mark and has_value and not cell.mark:
        cell = cell._replace(mark=mark)
    return cell if stated is None or not agrees else cell._replace(status=stated)


def headed(
    raw: RawTable, catalogue: Catalogue, told: Mapping[str, str | None]
) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return column → indicator id, as told or as its head says it, and what several columns are.

    Parameters
    ----------
    raw : RawTable
    catalogue : Catalogue
    told : mapping
        Column → indicator id, None for a column that is none.
    """
    found = {column: indicator for column, indicator in told.items() if indicator is not None}
    taken, meanings = set(found.values()), Meanings(catalogue)
    stacks = {column: head_of(raw, column) for column in raw.columns}
    over = Counter(text for stack in stacks.values() for text in set(stack))
    by_indicator: dict[str, list[str]] = {}
    for column, stack in stacks.items():
        if column in told:
            continue
        indicator = meanings.of(stack, [text for text in stack if over[text] == 1])
        if indicator is None and len(stack) == 1:
            indicator = meanings.of([split_day(stack[0])[0]])
        if indicator is not None and indicator not in taken:
            by_indicator.setdefault(indicator, []).append(column)
    for column, stack in stacks.items():
        plain = [text for each in stack if (text := without_version(each))]
        if column in told or plain == [*stack]:
            continue
        indicator = meanings.of(plain)
        if indicator in by_indicator and column not in by_indicator[indicator]:
            by_indicator[indicator].append(column)
    by_indicator = _without_parts_of_others(raw, by_indicator, {*taken}, meanings)
    contested = {}
    for indicator, columns in by_indicator.items():
        found[columns[0]] = indicator
        different = {tuple(map(cell_text, cells_of(raw, column))) for column in columns}
        if len(different) > 1:
            contested[indicator] = tuple(columns)
    return found, contested


def _without_parts_of_others(
    raw: RawTable, found: Mapping[str, list[str]], told: Collection[str], meanings: Meanings
) -> dict[str, list[str]]:
    """Leave out parts that do not say whose they are, below a title or behind columns of others.

    They stay where the table has their whole, too.
    """
    around = [raw.title, raw.sheet, raw.name.rpartition(".")[0].replace("_", " ")]
    texts = ({cell_text(cell) for cell in cells_of(raw, column)} for column in raw.columns)
    around += [each.pop() for each in texts if len(each) == 1]
    kept = {}
    for indicator, columns in found.items():
        before = raw.columns[: raw.columns.index(columns[0])]
        context = [*around, *(" ".join(raw.heads.get(each, (each,))) for each in before)]
        said = " ".join(raw.heads.get(columns[0], (columns[0],)))
        whole = meanings.wholes(indicator) & {*found, *told}
        if whole or not meanings.of_another(said, indicator, context):
            kept[indicator] = columns
    return kept


def head_of(raw: RawTable, column: str) -> tuple[str, ...]:
    """Return what the header says of a column from the top down, without days beside words."""
    stack = raw.heads.get(column, (column,))
    if len(stack) == 1:
        return stack
    return tuple(rest for text in stack if (rest := split_day(text)[0]))
