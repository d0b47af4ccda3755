"""Texts that no figure, key or name is as long as: cut, so that nothing runs over them for ever."""

from __future__ import annotations

from inteso_dash.language.findings import Finding, Severity
from inteso_dash.tables.reading.raw import Grid, Limits, ReadError


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
        for place, cell in enumerate(row):
            if not isinstance(cell, str):
                continue
            if len(cell) > limits.text:
                cut.append((number, len(cell)))
                row[place] = cell[: limits.text] + "…"
            together += min(len(cell), limits.text)
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
