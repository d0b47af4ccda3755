"""From a delivered file to a table of the data folder: what is known, what must still be asked."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from inteso_dash.catalogue import Catalogue
from inteso_dash.intake.checks import run_checks
from inteso_dash.intake.checks.context import sorted_findings
from inteso_dash.intake.delivery import own
from inteso_dash.intake.delivery.sites import site_delivery
from inteso_dash.intake.delivery.tidy import Stamp, Surroundings, delivery
from inteso_dash.intake.recognise import Recognised, Told, open_points, recognise_at
from inteso_dash.intake.recognise.days import Stichtage, stichtage
from inteso_dash.intake.recognise.parting import (
    TablePart,
    each_once,
    incomplete_sites,
    listed,
    of_scenario,
    unit_findings,
)
from inteso_dash.intake.recognise.questions import Layout, Question
from inteso_dash.intake.recognise.shape import Shape, shape
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.tables.reading.apart import read_apart
from inteso_dash.tables.reading.raw import LIMITS, Limits, ReadError
from inteso_dash.tables.sources import Delivery
from inteso_dash.tables.sources.places import holds_sites


@dataclass(frozen=True)
class Answers:
    """What a person says about a delivered file; what is None or absent is to be recognised.

    Attributes
    ----------
    level, division : str, optional
    date : date, optional
    columns : mapping
        Header → indicator id, empty for a column that is not to be taken.
    source : mapping
        Fields of `catalogue.Source`: title, producer, year, url, licence, licence_url, note.
    roles, where, day, complete
        As `recognise.Layout` has them; whether a table of sites lists all of each Stichtag.
    """

    level: str | None = None
    division: str | None = None
    date: dt.date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    source: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, str] = field(default_factory=dict)
    day: tuple[int, int] | None = None
    complete: bool = False

    def layout(self) -> Layout:
        """Return what is said about how the table is laid out."""
        day = self.day
        if day is None and self.date is not None:
            day = (self.date.month, self.date.day)
        left = frozenset(column for column, indicator in self.columns.items() if not indicator)
        return Layout(self.level, self.roles, self.where, day, left)


@dataclass(frozen=True)
class Drawn:
    """What a file says of one level at one Stichtag; ``left_out`` are columns not taken over."""

    recognised: Recognised
    date: dt.date | None
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """A delivered file as far as it is understood.

    Attributes
    ----------
    file : str
    questions : tuple of Question
        While there are any, ``delivery`` is None.
    findings : tuple of Finding
        What reading, recognising and checking had to say.
    parts : tuple of Drawn
        Empty where the file cannot be read, holds no areas or is not understood so far.
    delivery : Delivery, optional
        The tidy table with its declaration.
    shape : Shape, optional
        How the file is laid out; None where it cannot be read.
    known : int
        Figures that the folder holds already and that are left out.
    """

    file: str
    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()
    parts: tuple[Drawn, ...] = ()
    delivery: Delivery | None = None
    shape: Shape | None = None
    known: int = 0

    @property
    def recognised(self) -> Recognised | None:
        """The newest part; None where there is none."""
        return self.parts[-1].recognised if self.parts else None

    @property
    def date(self) -> dt.date | None:
        """The newest Stichtag."""
        return self.parts[-1].date if self.parts else None

    @property
    def left_out(self) -> tuple[str, ...]:
        """Columns of numbers that are not taken over."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.left_out))

    @property
    def losses(self) -> list[str]:
        """What of the file is not taken over, as sentences."""
        return losses(self.findings, self.parts)

    @property
    def nothing_new(self) -> bool:
        """Whether all that the file says is known already."""
        said = self.delivery or self.parts or self.questions or self.errors
        return bool(self.known) and not said

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings that stop a figure from being used."""
        return tuple(each for each in self.findings if each.severity is Severity.ERROR)


def draft(
    content: bytes,
    name: str,
    city: Surroundings,
    answers: Answers,
    stamp: Stamp,
    limits: Limits = LIMITS,
) -> Draft:
    """Understand a delivered file and make a table of the data folder of it.

    Parameters
    ----------
    content : bytes
    name : str
        Name of the file.
    city : Surroundings
    answers : Answers
    stamp : Stamp
        When it was delivered, and the table ids that are taken.
    limits : Limits

    Returns
    -------
    Draft
        A file that cannot be read is a finding; an answer that fits nothing is a question.
    """
    try:
        raw = read_apart(content, name, limits)
    except ReadError as error:
        return Draft(name, findings=(error.finding,))
    scenario = of_scenario(raw)
    if scenario is not None:
        return Draft(name, findings=(scenario,))
    wrong = tuple(_wrong_place(answers, city.catalogue))
    if wrong:
        return Draft(name, wrong, raw.notes)
    source = {**own.origin(raw), **answers.source}
    if holds_sites(raw.columns):
        made, told, known = site_delivery(content, raw, city, source, stamp, answers.complete)
        return Draft(name, findings=tuple(sorted_findings(told)), delivery=made, known=known)
    unreadable = incomplete_sites(raw)
    if unreadable is not None:
        return Draft(name, findings=(*raw.notes, unreadable))
    raw, known = own.without_known(raw, city.catalogue, city.published)
    if known:
        raw = replace(raw, notes=(*raw.notes, own.note(raw, known)))
    if not raw.rows:
        return Draft(name, findings=raw.notes, known=known)
    shaped = shape(raw, city.catalogue, city.areas, answers.layout())
    findings = [*shaped.findings]
    headers = [*raw.columns, *(label for part in shaped.parts for label in part.raw.columns)]
    questions = [*shaped.questions]
    if not questions:
        questions += _wrong_columns(answers, list(dict.fromkeys(headers)), city.catalogue)
    drawn: list[Drawn] = []
    if not questions:
        by_part: list[tuple[TablePart, list[Finding]]] = [(part, []) for part in shaped.parts]
        for part, told in by_part:
            found = _drawn(part, city, answers, questions, told)
            if found is not None:
                drawn.append(found)
        findings += each_once(by_part)
    useful = [each for each in drawn if each.recognised.indicators]
    if drawn and not useful:
        questions.append(_no_indicator(drawn[-1].recognised, shaped.doubtful))
    made, questions = None, [*dict.fromkeys(questions)]
    if useful and not questions:
        parts = [(each.recognised, each.date) for each in useful if each.date is not None]
        made = delivery(content, raw, parts, city, source, stamp, losses(findings, useful))
    told_all, parts_told = tuple(sorted_findings(findings)), tuple(useful or drawn)
    return Draft(name, tuple(questions), told_all, parts_told, made, shaped, known)


_LOSSES = {"row_left_out", "area_key", "unknown_area", "rows_left_out", "figure_repeated", "ragged"}
_LOSSES |= {"row_without_place", "value", "duplicate_area", "shifted_row"}


def losses(findings: Iterable[Finding], parts: Iterable[Drawn]) -> list[str]:
    """Return what of a file is not taken over, as sentences.

    Parameters
    ----------
    findings : iterable of Finding
    parts : iterable of Drawn
    """
    columns = dict.fromkeys(name for part in parts for name in part.left_out)
    told = [f"Nicht übernommen, weil kein Indikator: {', '.join(columns)}."] if columns else []
    lost = (
        each
        for each in findings
        if each.rule in _LOSSES or (each.rule == "sheets" and each.severity is Severity.WARNING)
    )
    return [*told, *(each.message for each in lost)]


def _softened(findings: list[Finding]) -> list[Finding]:
    """Let rows of areas that the register does not know stop nothing where none of its is missing.

    They are not taken over, and their number is no sign of another division then.
    """
    rules = {each.rule for each in findings}
    if "missing_area" in rules or "unknown_area" not in rules:
        return findings
    extra = {"unknown_area", "area_count"}
    return [
        replace(each, severity=Severity.WARNING) if each.rule in extra else each
        for each in findings
    ]


def _drawn(
    part: TablePart,
    city: Surroundings,
    answers: Answers,
    questions: list[Question],
    findings: list[Finding],
) -> Drawn | None:
    raw = part.raw
    columns = {
        header: indicator or None
        for header, indicator in answers.columns.items()
        if header in raw.columns
    }
    told = Told(answers.level, answers.division, columns)
    found, date, asked = recognise_at(part, city.catalogue, city.register, told, answers.date)
    if isinstance(found, Finding):
        findings += raw.notes
        if found.severity is not Severity.ERROR:
            questions.append(Question("level", found.message))
            return None
        about = "Um welche Ebene es sich handelt, ist nicht zu erkennen; bekannt sind: "
        if part.level is None and told.level is None:
            known = listed(each.id for each in city.catalogue.levels)
            questions.append(Question("level", about + known))
        findings.append(found)
        return None
    if asked:
        questions.append(Question("division", asked))
    questions += _open(found, answers, date, stichtage(raw), city.catalogue)
    context = found.context(
        city.catalogue,
        city.register,
        city.polygon_area_ha,
        city.polygon_tolerance,
        city.totals(date),
    )
    taken = set(found.indicators.values())
    checked = found.frame[[each for each in found.frame.columns if each in taken]]
    findings += [*raw.notes, *found.findings, *_softened(run_checks(checked, context))]
    findings += unit_findings(part, found.indicators, city.catalogue, found.frame)
    left_out = tuple(each for each in found.frame.columns if each not in taken)
    return Drawn(found, date, left_out)


def _wrong_place(answers: Answers, catalogue: Catalogue) -> Iterator[Question]:
    """Yield a level or division that does not exist."""
    levels = [each.id for each in catalogue.levels]
    if answers.level is not None and answers.level not in levels:
        text = f"Die Ebene „{answers.level}“ gibt es nicht; bekannt sind: {listed(levels)}"
        yield Question("level", text)
    divisions = [
        each.id
        for level in catalogue.levels
        if answers.level in (None, level.id)
        for each in level.divisions
    ]
    if answers.division is not None and answers.division not in divisions:
        text = f"Die Gliederung „{answers.division}“ gibt es nicht; bekannt sind: "
        yield Question("division", text + listed(dict.fromkeys(divisions)))


def _wrong_columns(
    answers: Answers, headers: list[str], catalogue: Catalogue
) -> Iterator[Question]:
    """Yield columns and indicators that do not exist."""
    known = {each.id: each.title.de for each in catalogue.indicators}
    for header, indicator in answers.columns.items():
        if header not in headers:
            text = f"Die Spalte „{header}“ gibt es nicht; die Datei hat: {listed(headers)}"
            yield Question("columns", text)
        elif indicator and indicator not in known:
            near = difflib.get_close_matches(indicator, [*known], n=3, cutoff=0.5)
            hint = f" Meinten Sie: {listed(near)}" if near else " Siehe data/indicators.yml."
            yield Question("columns", f"Den Indikator „{indicator}“ gibt es nicht.{hint}")


def _open(
    found: Recognised,
    answers: Answers,
    date: dt.date | None,
    days: Stichtage,
    catalogue: Catalogue,
) -> Iterator[Question]:
    """Yield what is still to be said."""
    if date is None and days.said:
        named = listed(f"{each:%d.%m.%Y}" for each in days.said)
        yield Question("date", f"Die Datei nennt mehrere Tage: {named} Welcher ist der Stichtag?")
    elif date is None:
        named = listed(f"{each:%d.%m.%Y}" for each in days.others).removesuffix(".")
        other = f" Sie nennt {named}, aber nicht als Stichtag." if days.others else ""
        yield Question("date", f"Die Datei nennt keinen Stichtag.{other}")
    taken = [each for each in answers.columns.values() if each]
    for indicator in dict.fromkeys(each for each in taken if taken.count(each) > 1):
        text = f"Zwei Spalten sind demselben Indikator zugeordnet: {indicator}."
        yield Question("columns", text)
    about = "columns" if found.contested else "names"
    for text in open_points(found, catalogue):
        yield Question(about, text)


def _no_indicator(found: Recognised, doubtful: str) -> Question:
    columns = listed(found.frame.columns) if len(found.frame.columns) else "keine."
    text = f"Keine Spalte ist als Indikator erkannt; Spalten mit Zahlen: {columns} {doubtful}"
    return Question("columns", text.strip())
