"""Small files that ask for more memory or time than there is; nothing in them is real."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
STRINGS = "xl/sharedStrings.xml"
_MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

Members = dict[str, bytes]


def plain() -> bytes:
    """A workbook in order."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (["Quartier", "Einwohner"], ["Q01", 1_100], ["Q02", 3_100]):
        sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(change: Callable[[Members], None]) -> bytes:
    """The same with its members changed."""
    with zipfile.ZipFile(io.BytesIO(plain())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def _with(members: Members, rows: bytes) -> bytes:
    return members.pop(SHEET).replace(b"</sheetData>", rows + b"</sheetData>")


def _moved(members: Members, to: str, target: bytes) -> None:
    members[to] = _with(members, FAR)
    members[RELATIONS] = members[RELATIONS].replace(b"/" + SHEET.encode(), target)
    assert target in members[RELATIONS]


def elsewhere(members: Members) -> None:
    """A relationship to another folder."""
    _moved(members, "xl/other/sheet1.xml", b"other/sheet1.xml")


def absolute(members: Members) -> None:
    """A relationship with an absolute target."""
    _moved(members, "tables/sheet1.xml", b"/tables/sheet1.xml")


def other_case(members: Members) -> None:
    """Another case of the path."""
    members["xl/Worksheets/Sheet1.xml"] = _with(members, FAR)


def glued(members: Members) -> None:
    """No space before the reference."""
    members[SHEET] = _with(members, FAR.replace(b"<c r", b'<c t="n"r'))


def lower_case(members: Members) -> None:
    """A reference in lower case."""
    members[SHEET] = _with(members, FAR.replace(b"XFD", b"xfd"))


def ten_digits(members: Members) -> None:
    """A row number that no 32 bits hold."""
    members[SHEET] = _with(members, FAR.replace(b"1048576", b"4294967296"))


def row_alone(members: Members) -> None:
    """A far row whose cell has no reference."""
    members[SHEET] = _with(members, b'<row r="1048576"><c><v>1</v></c></row>')


def spaces(members: Members) -> None:
    """A formula with spaces after it that lead nowhere."""
    cell = b'<row r="9"><c r="A9"><f>1</f>' + b" " * 3_000_000 + b"x</c></row>"
    members[SHEET] = _with(members, cell)


def one_text_often(members: Members) -> None:
    """One long text that many cells show: the file keeps it once, whoever reads it does not."""
    cells = "".join(
        f'<row r="{row}">{"".join(f"""<c r="{at}{row}" t="s"><v>0</v></c>""" for at in "ABCDEFGH")}'
        "</row>"
        for row in range(1, 5_000)
    )
    members[SHEET] = b"<worksheet %b><sheetData>%b</sheetData></worksheet>" % (
        _MAIN,
        cells.encode(),
    )
    members[STRINGS] = b'<sst %b count="1" uniqueCount="1"><si><t>%b</t></si></sst>' % (
        _MAIN,
        b"x" * 60_000,
    )


FAR_CELLS = (elsewhere, absolute, other_case, glued, lower_case, ten_digits, row_alone)
HOSTILE = {change.__name__: changed(change) for change in (*FAR_CELLS, spaces, one_text_often)}
ACCENTS = b"Quartier;Einwohner\nQ01;a" + "\u0301\u0316".encode() * 400_000
"""Accents that take for ever to put in order."""
