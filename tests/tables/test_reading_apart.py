"""Files are read in a process of their own: what asks for too much ends there, in German."""

from __future__ import annotations

import importlib
import io
import os
import pickle
import pkgutil
import re
import resource
from dataclasses import replace
from types import ModuleType

import pytest

from inteso_dash.intake.recognise.meaning import normalise_header
from inteso_dash.language import values
from inteso_dash.language.findings import Severity
from inteso_dash.pages.daten import upload
from inteso_dash.tables.reading import read_raw_bytes
from inteso_dash.tables.reading.apart import _Plain, read_apart
from inteso_dash.tables.reading.child import packed
from inteso_dash.tables.reading.raw import LIMITS, ReadError
from tests.towns import hostile_workbooks as hostile

SMALL = replace(upload.LIMITS, memory=2**28)
SHORT = replace(upload.LIMITS, seconds=1)
LONG = 25_000
PIECES = ("a", "1", " ", "*", ".", ",", "-", "(", "(x", "1 ", "a:", "gesamt", "1.", "</f>", "<v>")
NASTY = [
    *(piece * (LONG // len(piece)) for piece in PIECES),
    *(f"1{piece * (LONG // len(piece))}x" for piece in PIECES),
    f"({' ' * LONG}x",
    f"</f>{' ' * LONG}x",
]


def fine() -> None:
    assert read_apart(hostile.plain(), "l.xlsx", upload.LIMITS).rows[1].cells == ("Q02", 3_100)


@pytest.mark.parametrize("change", hostile.FAR_CELLS)
def test_a_cell_far_away_is_refused_wherever_the_archive_keeps_its_sheet(
    change: hostile.Callable[[hostile.Members], None],
) -> None:
    with pytest.raises(ReadError, match="ein Blatt, das bis Zeile"):
        read_apart(hostile.changed(change), "l.xlsx", upload.LIMITS)
    fine()


def test_a_far_cell_that_no_look_beforehand_shows_ends_with_its_process() -> None:
    def hidden(members: hostile.Members) -> None:
        hostile.elsewhere(members)
        far = members.pop("xl/other/sheet1.xml").replace(b"XFD1048576", b"XFD&#49;048576")
        members[hostile.SHEET] = far.replace(b'<row r="1048576">', b"<row>")
        members[hostile.RELATIONS] = members[hostile.RELATIONS].replace(b"other/", b"worksheets/")

    with pytest.raises(ReadError) as caught:
        read_apart(hostile.changed(hidden), "l.xlsx", upload.LIMITS)
    assert caught.value.name == "l.xlsx"
    fine()


def test_more_memory_than_allowed_is_refused() -> None:
    with pytest.raises(ReadError, match="mehr als 256 MB Arbeitsspeicher"):
        read_apart(hostile.HOSTILE["one_text_often"], "l.xlsx", SMALL)
    fine()


def test_more_time_than_allowed_is_refused() -> None:
    with pytest.raises(ReadError, match="nicht in 1 Sekunden"):
        read_apart(hostile.ACCENTS, "l.csv", SHORT)
    fine()


def test_a_process_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inteso_dash.tables.reading.apart._PATIENCE", 0)
    with pytest.raises(ReadError, match="nicht in 20 Sekunden"):
        read_apart(hostile.ACCENTS, "l.csv", upload.LIMITS)
    monkeypatch.undo()
    fine()


def test_spaces_that_lead_nowhere_are_read_over() -> None:
    table = read_apart(hostile.HOSTILE["spaces"], "l.xlsx", upload.LIMITS)
    assert [row.cells[0] for row in table.rows] == ["Q01", "Q02"]


def test_apart_says_what_reading_here_says() -> None:
    content = "Stand: 31.12.2022\n\nGebiet;Wert;Tag\nQ01;1,5;2022-12-31\nQ02;=1+1;\n".encode(
        "cp1252"
    )
    assert read_apart(content, "l.csv") == read_raw_bytes(content, "l.csv")
    with pytest.raises(ReadError) as here:
        read_raw_bytes(b" ", "l.csv")
    with pytest.raises(ReadError) as apart:
        read_apart(b" ", "l.csv")
    assert str(here.value) == str(apart.value)
    with pytest.raises(ReadError, match="höchstens 3 Bytes"):
        read_apart(content, "l.csv", replace(LIMITS, size=3))


def test_an_answer_is_data_only() -> None:
    with pytest.raises(pickle.UnpicklingError, match=r"posix\.system"):
        _Plain(io.BytesIO(pickle.dumps(os.system))).load()


def test_an_enumeration_is_data_in_every_python(monkeypatch: pytest.MonkeyPatch) -> None:
    def as_in_3_11_2(self: Severity, _protocol: int) -> tuple[object, ...]:
        return getattr, (type(self), self.name)

    monkeypatch.setattr(Severity, "__reduce_ex__", as_in_3_11_2)
    with pytest.raises(pickle.UnpicklingError, match=r"builtins\.getattr"):
        _Plain(io.BytesIO(pickle.dumps(Severity.ERROR))).load()
    assert _Plain(io.BytesIO(packed(Severity.ERROR))).load() is Severity.ERROR


def test_long_texts_are_cut_and_said() -> None:
    table = read_raw_bytes(f"Gebiet;Text\nQ01;{'x' * 5_000}\nQ02;y\n".encode(), "l.csv")
    assert table.rows[0].cells[1] == "x" * LIMITS.text + "…"
    (note,) = table.notes
    assert (note.rule, note.row, note.found) == ("long_text", "2", "5000 Zeichen")
    with pytest.raises(ReadError, match="mehr als 9 Zeichen"):
        read_raw_bytes(b"Gebiet;Text\nQ01;y\n", "l.csv", replace(LIMITS, characters=9))


def patterns() -> list[re.Pattern[str] | re.Pattern[bytes]]:
    """All patterns of the modules that look at what others deliver."""
    found: list[ModuleType] = [values]
    for room in ("tables.reading", "intake.recognise", "intake.checks", "intake.delivery"):
        package = importlib.import_module(f"inteso_dash.{room}")
        names = [each.name for each in pkgutil.iter_modules(package.__path__)]
        found += [
            package,
            *map(importlib.import_module, (f"{package.__name__}.{n}" for n in names)),
        ]
    return [
        held
        for module in found
        for held in vars(module).values()
        if isinstance(held, re.Pattern) and held is not values._NUMBER
    ]


@pytest.mark.slow
def test_no_pattern_runs_for_ever_over_a_long_text() -> None:
    """Each of them goes over a text in a time that grows with its length, or its process dies."""
    found = patterns()
    assert len(found) > 20
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (18, 19))
        for text in NASTY:
            for pattern in found:
                if isinstance(pattern.pattern, bytes):
                    pattern.search(text.encode())  # type: ignore[arg-type]
                else:
                    pattern.search(text)  # type: ignore[arg-type]
            values.parse_value(text)
            values.column_convention([text])
            values.parse_date(text)
            normalise_header(text)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
