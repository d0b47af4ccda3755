"""A table as its file holds it, long texts cut, and the error of a file that holds none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from inteso_dash.language.findings import UNREADABLE, Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inteso_dash.language.statuses import Status
    from inteso_dash.language.values import Cell


@dataclass(frozen=True)
class Limits:
    """How large a file may be before it is refused.

    Attributes
    ----------
    size : int
        Bytes of the file.
    rows, columns, cells : int
        Extent of the table, empty cells included.
    unpacked : int
        Bytes of an XLSX or ODS after decompression.
    ratio : int
        Decompressed size over file size above which an archive counts as a zip bomb.
    members : int
        Files within an XLSX or ODS.
    text, characters : int
        Characters of one cell, beyond which it is cut, and of all of them together.
    memory, seconds : int
        Bytes and processor time that reading may take where it is done apart.
    """

    size: int = 50_000_000
    rows: int = 200_000
    columns: int = 2_000
    cells: int = 10_000_000
    unpacked: int = 500_000_000
    ratio: int = 150
    members: int = 2_000
    text: int = 2_000
    characters: int = 200_000_000
    memory: int = 4 * 2**30
    seconds: int = 120


LIMITS = Limits()


class ReadError(ValueError):
    """A file cannot be read as a table.

    Parameters
    ----------
    name : str
        Name of the file.
    found, expected : str
        German, to stand after "gefunden" and "erwartet".
    advice : str
        German sentence that says what to do.
    """

    def __init__(self, name: str, found: str, expected: str, advice: str) -> None:
        self.name = name
        self.found = found
        self.expected = expected
        self.advice = advice
        super().__init__(f"{name}: gefunden {found}; erwartet {expected}. {advice}")

    @property
    def finding(self) -> Finding:
        """The error as a finding, for a report that goes on with other files."""
        return Finding(
            Severity.ERROR,
            UNREADABLE,
            str(self),
            file=self.name,
            found=self.found,
            expected=self.expected,
        )


def too_large(name: str, size: int, limits: Limits) -> ReadError:
    """Return the error of a file that has too many bytes."""
    return ReadError(
        name,
        f"{size} Bytes",
        f"höchstens {limits.size} Bytes",
        "Teilen Sie die Datei oder lassen Sie nicht benötigte Spalten weg.",
    )


@dataclass(frozen=True, slots=True)
class RawRow:
    """One data row; ``number`` counts as the file shows it, header and title rows included."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class RawTable:
    """A table as the file holds it.

    Attributes
    ----------
    name : str
        Name of the file.
    columns : tuple of str
        From the header row, unique; columns without any content are left out.
    rows : tuple of RawRow
        Rows below the header that hold something, footnotes excluded.
    title : str
        Rows above the header, joined.
    footnotes : tuple of str
        Rows below the data that explain it.
    encoding, delimiter, sheet : str
        How the file was read; empty where the notion does not apply.
    notes : tuple of Finding
        What stood out while reading.
    lines : mapping
        Place among the rows and column → number of the row that the cell comes from, where that is
        not the number of its row here.
    stated : mapping
        Place and column → status that the file states beside the cell.
    marks : mapping
        Place and column → footnote mark that the file states beside the cell.
    heads : mapping
        Column → what its header says from the top down, where it has several rows or where the
        column had to be called otherwise.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[RawRow, ...]
    title: str = ""
    footnotes: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    notes: tuple[Finding, ...] = ()
    lines: Mapping[tuple[int, str], int] = field(default_factory=dict)
    stated: Mapping[tuple[int, str], Status] = field(default_factory=dict)
    marks: Mapping[tuple[int, str], str] = field(default_factory=dict)
    heads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def head_texts(self) -> tuple[str, ...]:
        """All that the header says, each text once."""
        texts = [text for column in self.columns for text in self.heads.get(column, (column,))]
        return tuple(dict.fromkeys(texts))

    def line(self, place: int, column: str) -> int:
        """Return the number of the row that a cell comes from, as the file shows it."""
        return self.lines.get((place, column), self.rows[place].number)


@dataclass
class Grid:
    """All cells of a file from its first row and column on, with what stood out."""

    rows: list[list[Cell]]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    notes: list[Finding] = field(default_factory=list)


def shortened(grid: Grid, name: str, limits: Limits) -> Grid:
    """Cut the cells of a grid that hold too much text, and say so.

    Parameters
    ----------
    grid : Grid
        Changed in place.
    name : str
        Name of the file, for messages.
    limits : Limits

    Raises
    ------
    ReadError
        Where all cells together hold too much.
    """
    cut: list[tuple[int, int]] = []
    together = 0
    for number, row in enumerate(grid.rows, start=1):
        lengths = [len(cell) for cell in row if isinstance(cell, str)]
        if max(lengths, default=0) > limits.text:
            for place, cell in enumerate(row):
                if isinstance(cell, str) and len(cell) > limits.text:
                    cut.append((number, len(cell)))
                    row[place] = cell[: limits.text] + "…"
            lengths = [min(length, limits.text) for length in lengths]
        together += sum(lengths)
        if together > limits.characters:
            raise ReadError(
                name,
                f"mehr als {limits.characters} Zeichen bis Zeile {number}",
                f"höchstens {limits.characters} Zeichen in allen Zellen zusammen",
                "Lassen Sie Spalten mit langen Texten weg oder teilen Sie die Datei.",
            )
    if cut:
        row_number, length = cut[0]
        grid.notes.append(
            Finding(
                Severity.WARNING,
                "long_text",
                f"{len(cut)} Zellen haben mehr als {limits.text} Zeichen; gelesen ist ihr Anfang. "
                "Kürzen Sie die Texte, oder prüfen Sie, ob Anführungszeichen fehlen.",
                file=name,
                row=str(row_number),
                found=f"{length} Zeichen",
                expected=f"höchstens {limits.text} Zeichen",
            )
        )
    return grid
