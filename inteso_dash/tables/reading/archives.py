"""Archives (ZIP) that hold one table: the bytes of that table."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from inteso_dash.tables.reading.raw import Limits, ReadError
from inteso_dash.tables.reading.workbooks import refuse_many

_WORKBOOK = {"xl/workbook.xml", "content.xml", "xl/workbook.bin"}
_TABLES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
_PERHAPS = (".txt",)
_UNPACK = "Entpacken Sie das Archiv und übergeben Sie die Tabelle selbst."


def packed_table(content: bytes, name: str, limits: Limits) -> tuple[str, bytes] | None:
    """Return name and bytes of the one table in an archive, None where it is a workbook itself.

    Parameters
    ----------
    content : bytes
    name : str
        Name of the file, for messages.
    limits : Limits
        Of the table, unpacked.

    Raises
    ------
    ReadError
        Where the archive holds no table or several, or cannot be unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
            if {each.filename for each in members} & _WORKBOOK:
                return None
            if any(each.flag_bits & 1 for each in members):
                raise ReadError(name, "ein Archiv mit Kennwort", "ein Archiv ohne", _UNPACK)
            refuse_many(archive, name, limits)
            member = _only(members, name)
            with archive.open(member) as stream:
                inner = stream.read(limits.size + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        ValueError,
    ) as error:
        if isinstance(error, ReadError):
            raise
        return None
    if len(inner) > limits.size:
        raise ReadError(
            name,
            f"eine Tabelle mit mehr als {limits.size} Bytes",
            f"höchstens {limits.size} Bytes",
            "Teilen Sie die Tabelle.",
        )
    return PurePosixPath(member.filename).name, inner


def _only(members: list[zipfile.ZipInfo], name: str) -> zipfile.ZipInfo:
    """Return the one member that is a table; notes beside it do not count."""
    seen = [
        each
        for each in members
        if not any(
            part.startswith((".", "__MACOSX")) for part in PurePosixPath(each.filename).parts
        )
    ]
    for endings in (_TABLES, _PERHAPS):
        tables = [each for each in seen if each.filename.lower().endswith(endings)]
        if len(tables) == 1:
            return tables[0]
        if tables:
            listed = ", ".join(PurePosixPath(each.filename).name for each in tables[:5])
            raise ReadError(
                name, f"ein Archiv mit {len(tables)} Tabellen ({listed})", "eine", _UNPACK
            )
    raise ReadError(name, "ein Archiv ohne Tabelle", "ein Archiv mit einer Tabelle", _UNPACK)
