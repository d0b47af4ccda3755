"""Declared tables: a file opened, compared with its sidecar, and its known errors corrected."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inteso_dash.language.findings import CHANGED, Finding, Severity
from inteso_dash.language.values import Cell, cell_text, normalise_key
from inteso_dash.tables.reading import read_raw, read_raw_bytes
from inteso_dash.tables.reading.raw import RawTable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from inteso_dash.catalogue import Catalogue
    from inteso_dash.catalogue.tables import Correction, Explained, SourceTable

_LISTED = 20
_LONGEST = 200


class Report:
    """Gathers what is found in one file; of one rule and column only the first 20 one by one.

    Attributes
    ----------
    file : str
    listed : list of Finding
        What is found, one by one.
    counts : Counter
        (rule, column) → how often.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.listed: list[Finding] = []
        self.counts: Counter[tuple[str, str]] = Counter()

    def add(
        self,
        severity: Severity,
        rule: str,
        message: str,
        *,
        row: str = "",
        column: str = "",
        found: object = "",
        expected: object = "",
    ) -> None:
        """Add a finding."""
        self.counts[rule, column] += 1
        if self.counts[rule, column] <= _LISTED:
            place = (self.file, _cut(row), _cut(column))
            self.listed.append(
                Finding(severity, rule, message, *place, _cut(str(found)), str(expected))
            )

    def error(self, rule: str, message: str, **place: object) -> None:
        """Add a finding of severity error; ``place`` as in `add`."""
        self.add(Severity.ERROR, rule, message, **place)  # type: ignore[arg-type]

    def warning(self, rule: str, message: str, **place: object) -> None:
        """Add a finding of severity warning; ``place`` as in `add`."""
        self.add(Severity.WARNING, rule, message, **place)  # type: ignore[arg-type]

    def note(self, rule: str, message: str, **place: object) -> None:
        """Add a finding of severity note; ``place`` as in `add`."""
        self.add(Severity.NOTE, rule, message, **place)  # type: ignore[arg-type]

    def findings(self) -> tuple[Finding, ...]:
        """Return all findings, with one line for those that were too many to list."""
        more = []
        for (rule, column), count in self.counts.items():
            if count > _LISTED:
                severity = next(f.severity for f in self.listed if f.rule == rule)
                message = f"Dasselbe wurde {count - _LISTED} weitere Male gefunden."
                more.append(Finding(severity, rule, message, self.file, "", column, str(count), ""))
        return (*self.listed, *more)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def explain(findings: Iterable[Finding], explained: Iterable[Explained]) -> tuple[Finding, ...]:
    """Give findings the reason that a sidecar states for them.

    An explanation without row or column holds for every row or column.
    """
    reasons = tuple(explained)
    return tuple(
        next(
            (
                replace(finding, explained=reason.reason)
                for reason in reasons
                if reason.rule == finding.rule
                and reason.row in {None, finding.row}
                and reason.column in {None, finding.column}
            ),
            finding,
        )
        for finding in findings
    )


@dataclass(slots=True)
class OpenRow:
    """A row with its corrected cells; ``label`` names it in findings: its key, else its number."""

    label: str
    number: int
    cells: list[Cell]


@dataclass(frozen=True)
class OpenTable:
    """A declared table whose corrections are applied; every cell can be had by column name."""

    table: SourceTable
    index: dict[str, int]
    rows: list[OpenRow]
    report: Report

    def cell(self, row: OpenRow, column: str) -> Cell:
        """Return a cell, None where the file does not have the column."""
        at = self.index.get(column)
        return None if at is None else row.cells[at]

    def text(self, row: OpenRow, column: str) -> str:
        """Return a cell's text, empty where there is none."""
        return cell_text(self.cell(row, column))

    @property
    def as_declared(self) -> bool:
        """Say whether the file is the one that is declared, by its checksum and its rows."""
        return not any(finding.rule in CHANGED for finding in self.report.findings())

    def lacks(self, *columns: str) -> bool:
        """Report columns that the table needs and the file does not have."""
        missing = [column for column in columns if column not in self.index]
        for column in missing:
            self.report.error(
                "missing_column",
                f"Die Spalte {column!r} fehlt. Ergänzen Sie sie oder berichtigen Sie die "
                "Erklärung der Tabelle.",
                column=column,
                found=", ".join(self.index),
                expected=column,
            )
        return bool(missing)


def open_table(
    path: Path, table: SourceTable, catalogue: Catalogue, content: bytes | None = None
) -> OpenTable:
    """Open the file of a declared table.

    Parameters
    ----------
    path : Path
    table : SourceTable
    catalogue : Catalogue
    content : bytes, optional
        What the file holds, where it is not on disk.

    Returns
    -------
    OpenTable
        Its report says where file and sidecar differ and what was corrected.

    Raises
    ------
    ReadError
        Where the file holds no table.
    """
    raw = read_raw(path) if content is None else read_raw_bytes(content, path.name)
    report = Report(path.name)
    sha256 = hashlib.sha256(path.read_bytes() if content is None else content).hexdigest()
    if sha256 != table.sha256:
        report.error(
            "changed_file",
            "Die Datei ist nicht die, die erklärt ist; die Anwendung zeigt sie nicht. Prüfen Sie "
            "die Änderung und tragen Sie die neue Prüfsumme ein.",
            found=sha256,
            expected=table.sha256,
        )
    if len(raw.rows) != table.rows:
        report.error(
            "row_count",
            "Die Datei hat eine andere Zahl von Datenzeilen als erklärt; die Anwendung zeigt sie "
            "nicht. Prüfen Sie, ob sie vollständig ist.",
            found=len(raw.rows),
            expected=table.rows,
        )
    index = {column: at for at, column in enumerate(raw.columns)}
    opened = OpenTable(table, index, _labelled(raw, index, table, catalogue), report)
    for correction in table.corrections:
        _correct(opened, correction)
    for finding in raw.notes:
        report.add(
            finding.severity,
            finding.rule,
            finding.message,
            row=finding.row,
            column=finding.column,
            found=finding.found,
            expected=finding.expected,
        )
    return opened


def _labelled(
    raw: RawTable, index: dict[str, int], table: SourceTable, catalogue: Catalogue
) -> list[OpenRow]:
    at = None
    if table.kind == "register":
        at = index.get("area_id")
    elif table.kind == "figures" and table.layout == "wide":
        at = index.get(table.key_column)
    length = catalogue.level(table.level).key_length if table.level else 0
    rows = []
    for row in raw.rows:
        label = ""
        if at is not None:
            label = normalise_key(row.cells[at], length) or cell_text(row.cells[at])
        rows.append(OpenRow(label or str(row.number), row.number, list(row.cells)))
    return rows


def _correct(opened: OpenTable, correction: Correction) -> None:
    at = opened.index.get(correction.column)
    if at is None:
        _obsolete(opened, correction, "keine Spalte dieses Namens")
        return
    rows = opened.rows
    if correction.row is not None:
        wanted = correction.row
        rows = [row for row in rows if row.label == wanted] or [
            row for row in rows if str(row.number) == wanted
        ]
        if not correction.pattern and len(rows) != 1:
            _obsolete(opened, correction, f"{len(rows)} solche Zeilen")
            return
    elif not correction.pattern:
        rows = [row for row in rows if cell_text(row.cells[at]) == correction.found]
        if len(rows) != correction.expect:
            _obsolete(opened, correction, f"{len(rows)} solche Zellen")
            return
    if correction.pattern:
        _correct_pattern(opened, correction, rows, at)
        return
    for row in rows:
        raw = cell_text(row.cells[at])
        if raw != correction.found:
            _obsolete(opened, correction, raw)
            continue
        row.cells[at] = _like(row.cells[at], correction.corrected)
        opened.report.note(
            "corrected",
            f"Bekannter Fehler der Quelle, hier berichtigt: {correction.reason}",
            row=row.label,
            column=correction.column,
            found=raw,
            expected=correction.corrected,
        )


def _correct_pattern(
    opened: OpenTable, correction: Correction, rows: list[OpenRow], at: int
) -> None:
    try:
        pattern = re.compile(correction.found)
        changed = 0
        for row in rows:
            text, count = pattern.subn(correction.corrected, cell_text(row.cells[at]))
            if count:
                row.cells[at] = _like(row.cells[at], text)
                changed += 1
    except (re.error, IndexError) as error:
        opened.report.error(
            "correction_invalid",
            f"Die Berichtigung ist kein gültiges Muster ({error}). Berichtigen Sie found und "
            "corrected in der Erklärung der Tabelle.",
            column=correction.column,
            found=f"{correction.found} → {correction.corrected}",
            expected="ein regulärer Ausdruck und seine Ersetzung",
        )
        return
    if changed:
        opened.report.note(
            "corrected",
            f"Bekannter Fehler der Quelle, in {changed} Zellen berichtigt: {correction.reason}",
            row=correction.row or "",
            column=correction.column,
            found=correction.found,
            expected=correction.corrected,
        )
    if changed != correction.expect:
        _obsolete(opened, correction, f"{changed} solche Zellen")


def _like(cell: Cell, corrected: str) -> Cell:
    """Return the corrected text as a number where the cell was one, so it needs no convention."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        try:
            return float(corrected)
        except ValueError:
            return corrected
    return corrected or None


def _obsolete(opened: OpenTable, correction: Correction, found: str) -> None:
    expected = correction.found
    if correction.pattern or correction.row is None:
        expected = f"{correction.expect} Zellen mit {correction.found}"
    opened.report.error(
        "correction_obsolete",
        "Eine erklärte Berichtigung passt nicht mehr: wurde die Quelle repariert? Prüfen Sie die "
        f"Zelle und streichen Sie die Berichtigung. Ihr Grund war: {correction.reason}",
        row=correction.row or "",
        column=correction.column,
        found=found,
        expected=expected,
    )
