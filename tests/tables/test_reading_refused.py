"""Files that nobody should open are refused with advice: broken, endless, hostile. Made up."""

import contextlib
import io
import os
import zipfile
import zlib
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inteso_dash.language.findings import Severity
from inteso_dash.tables.reading import read_raw, read_raw_bytes
from inteso_dash.tables.reading.raw import Limits, ReadError
from tests.tables.test_reading import CSV, repacked, simple_workbook, workbook


def random_bytes() -> bytes:
    return b"".join(zlib.crc32(bytes([i])).to_bytes(4, "big") for i in range(256))


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (b"", "a.csv", "eine leere Datei"),
        (b" \n\r\n ", "a.csv", "eine leere Datei"),
        (b"\xef\xbb\xbf", "a.csv", "nur leere Zellen"),
        (b";;;\n;;;\n", "a.csv", "nur leere Zellen"),
        (b"Gebiet;Wert\n", "a.csv", "eine Kopfzeile ohne Daten"),
        (b"Titel\nGebiet;Wert\nQuelle: erfunden\n", "a.csv", "eine Kopfzeile ohne Daten"),
        (random_bytes(), "a.csv", "Bytes, die kein Text sind"),
        (CSV.encode("utf-16-le"), "a.csv", "Bytes, die kein Text sind"),
        (b"\xff\xfea", "a.csv", "UTF-16 ab Byte"),
        (b"<!DOCTYPE html><html>404</html>", "a.csv", "eine Webseite"),
        (b'{"error": "not found"}', "a.csv", "eine Webseite, XML oder JSON"),
        (CSV.encode(), "a.xlsx", "eine Datei, die keine Arbeitsmappe ist"),
        (random_bytes(), "a.xls", "eine Datei, die keine Arbeitsmappe ist"),
        (b"PK\x03\x04" + random_bytes(), "a.xlsx", "ein unlesbares Archiv"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "a.xls", "eine unlesbare Datei"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.xlsx",
            "eine verschlüsselte Datei",
        ),
    ],
)
def test_what_holds_no_table_is_refused_with_advice(content: bytes, name: str, found: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_raw_bytes(content, name)
    message = str(caught.value)
    assert message.startswith(f"{name}: gefunden ")
    assert found in message
    assert "; erwartet " in message
    assert caught.value.finding.severity is Severity.ERROR
    assert caught.value.finding.file == name


def test_prose_is_no_table() -> None:
    prose = "Ein Titel\n\nEin Satz.\nWort, Wort, und mehr.\n" * 9
    with pytest.raises(ReadError, match="mehr Zellen als die Kopfzeile"):
        read_raw_bytes(prose.encode(), "made_up.txt")


def test_folders_missing_and_special_files(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="einen Ordner"):
        read_raw(tmp_path)
    with pytest.raises(ReadError, match="keine Datei dieses Namens"):
        read_raw(tmp_path / "missing.csv")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.csv")
        with pytest.raises(ReadError, match="keine gewöhnliche Datei"):
            read_raw(tmp_path / "pipe.csv")


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.csv"
    path.write_text(CSV, encoding="utf-8")

    def refuse(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ReadError, match="ohne Leserecht"):
        read_raw(path)


def test_limits(tmp_path: Path) -> None:
    path = tmp_path / "made_up.csv"
    path.write_text(CSV, encoding="utf-8")
    with pytest.raises(ReadError, match="höchstens 10 Bytes"):
        read_raw(path, Limits(size=10))
    with pytest.raises(ReadError, match="mehr als 3 Zeilen"):
        read_raw(path, Limits(rows=3))
    with pytest.raises(ReadError, match="oder 3 Spalten"):
        read_raw(path, Limits(columns=3))
    with pytest.raises(ReadError, match="bis Zeile 3"):
        read_raw_bytes(simple_workbook(), "made_up.xlsx", Limits(rows=2))


def test_an_endless_cell_is_refused() -> None:
    with pytest.raises(ReadError, match="Zelle mit mehr als"):
        read_raw_bytes(b"a;b\n1;" + b"x" * 200_000 + b"\n", "made_up.csv")


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9, 0.999])
def test_a_truncated_workbook(share: float) -> None:
    content = simple_workbook()
    with pytest.raises(ReadError, match=r"made_up\.xlsx"):
        read_raw_bytes(content[: int(len(content) * share)], "made_up.xlsx")


def test_a_workbook_whose_sheet_is_broken() -> None:
    broken = repacked(
        simple_workbook(),
        lambda name, content: content[:-80] if name.endswith("sheet1.xml") else content,
    )
    with pytest.raises(ReadError, match="eine unlesbare Datei"):
        read_raw_bytes(broken, "made_up.xlsx")


def test_an_archive_that_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("made_up.pdf", CSV)
    with pytest.raises(ReadError, match="ein Archiv ohne Tabelle"):
        read_raw_bytes(out.getvalue(), "made_up.zip")


def test_an_empty_workbook() -> None:
    with pytest.raises(ReadError, match="eine leere Arbeitsmappe"):
        read_raw_bytes(workbook(lambda _: None), "made_up.xlsx")


def test_an_encrypted_archive() -> None:
    content = bytearray(simple_workbook())
    at = content.rfind(b"PK\x01\x02")
    content[at + 8] |= 1
    with pytest.raises(ReadError, match="eine verschlüsselte Datei"):
        read_raw_bytes(bytes(content), "made_up.xlsx")


def bomb(size: int) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(simple_workbook())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
        with new.open("xl/sharedStrings2.xml", "w") as member:
            for _ in range(size // 1_000_000):
                member.write(b" " * 1_000_000)
    return out.getvalue()


def test_a_zip_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    def unpacked(*_: object) -> None:
        raise AssertionError("somebody unpacks it")

    content = bomb(60_000_000)
    assert len(content) < 100_000
    with monkeypatch.context() as patch:
        patch.setattr(zipfile.ZipFile, "open", unpacked)
        with pytest.raises(ReadError, match=r"das sich von \d+ auf \d+ Bytes entpackt"):
            read_raw_bytes(content, "made_up.xlsx")
    with pytest.raises(ReadError, match="höchstens 1000 Bytes"):
        read_raw_bytes(simple_workbook(), "made_up.xlsx", Limits(unpacked=1000))


def test_a_zip_bomb_that_lies_about_its_size_is_noticed() -> None:
    content = bytearray(bomb(60_000_000))
    size = (60_000_000).to_bytes(4, "little")
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = (1000).to_bytes(4, "little")
    with pytest.raises(ReadError, match="ein unlesbares Archiv"):
        read_raw_bytes(bytes(content), "made_up.xlsx")


def test_an_archive_of_very_many_or_equally_named_files() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for i in range(2001):
            archive.writestr(f"xl/{i}", b"")
    with pytest.raises(ReadError, match="Archiv mit 2001 Dateien"):
        read_raw_bytes(out.getvalue(), "made_up.xlsx")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", b"")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("xl/workbook.xml", b"")
    with pytest.raises(ReadError, match="davon 1 verschiedene"):
        read_raw_bytes(out.getvalue(), "made_up.xlsx")


def test_a_single_cell_far_away_does_not_ask_for_all_memory() -> None:
    def fill(made: openpyxl.Workbook) -> None:
        made.active["A1"] = "Gebiet"
        made.active["XFD1048576"] = 1

    with pytest.raises(ReadError, match="bis Zeile 1048576 und Spalte 16384"):
        read_raw_bytes(workbook(fill), "made_up.xlsx")


def test_too_many_cells_within_the_limits_of_rows_and_columns() -> None:
    def fill(made: openpyxl.Workbook) -> None:
        made.active["A1"] = "Gebiet"
        made.active.cell(row=150_000, column=1500, value=1)

    with pytest.raises(ReadError, match="10000000 Zellen"):
        read_raw_bytes(workbook(fill), "made_up.xlsx")


# --- properties ---------------------------------------------------------------------------------


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx", "a.ods"]))
@example(b'a;b\n"', "a.csv")
@example(b"\xff\xfe", "a.csv")
@example(b"PK\x05\x06" + bytes(18), "a.xlsx")
def test_any_bytes_give_a_table_or_a_read_error(content: bytes, name: str) -> None:
    with contextlib.suppress(ReadError):
        table = read_raw_bytes(content, name)
        assert table.rows
        assert all(len(row.cells) == len(table.columns) for row in table.rows)
