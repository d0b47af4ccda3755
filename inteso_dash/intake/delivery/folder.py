"""Put deliveries into a data folder: all of them or none, whatever happens in between.

A delivery becomes one folder below ``data/``. It is written elsewhere, beside the city folder, and
flushed to the disk; then a single rename puts it in place. So there is no moment at which a part
of it is there.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import pandas as pd
import yaml

from inteso_dash.catalogue import DELIVERY, PLACE, Catalogue, CatalogueError, read_catalogue
from inteso_dash.catalogue.tables import TO_FILL_IN, SourceTable
from inteso_dash.city.disclosure.rules import Rules
from inteso_dash.city.revisions import latest
from inteso_dash.intake.checking import polygon_areas
from inteso_dash.intake.delivery.draft import Answers, Draft, draft
from inteso_dash.intake.delivery.tidy import Stamp, Surroundings
from inteso_dash.language.findings import Severity
from inteso_dash.tables.reading.raw import LIMITS, Limits
from inteso_dash.tables.sources import Delivery, read_city

_SHOWN = 3
_HELD = (
    "Der Ordner enthält {count} dieser Zahlen schon aus Quellen, die nicht öffentlich sind; sie "
    "werden hier nicht verglichen."
)
_HEAD = f"""\
# Bitte ergänzen Sie, wo „{TO_FILL_IN}“ steht: Wer hat die Zahlen veröffentlicht, unter welcher
# Lizenz? Kann jeder die Zahlen nachlesen, dann schreiben Sie „public: true“: sonst bleiben kleine
# Zahlen geheim. Erklärung aller Felder: docs/data-format.md.
"""


class RefusedError(Exception):
    """Nothing was changed.

    Parameters
    ----------
    problems : sequence of str
        Why, one German sentence each.
    drafts : sequence of Draft
        The files as far as they were understood, where it is for their sake.
    unless : str
        Parameter of `store` that would have let it pass; empty where none would.
    examples : sequence of str
        Values in words; they may be secret where the folder is protected.
    """

    def __init__(
        self,
        problems: Sequence[str],
        drafts: Sequence[Draft] = (),
        unless: Literal["", "revision", "despite_errors"] = "",
        examples: Sequence[str] = (),
    ) -> None:
        self.problems = tuple(problems)
        self.drafts = tuple(drafts)
        self.unless = unless
        self.examples = tuple(examples)
        super().__init__("\n".join(problems))


@dataclass(frozen=True)
class Overlap:
    """Figures that a delivery names and that were delivered before.

    Attributes
    ----------
    same, changed : int
        How many of them say the same, and how many something else.
    examples : tuple of str
        Some of those that changed, in words.
    """

    same: int
    changed: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Stored:
    """What was put into a data folder, and where; ``folder`` is None where all was there before."""

    folder: Path | None
    drafts: tuple[Draft, ...]
    overlap: Overlap


def surroundings(root: Path) -> Surroundings:
    """Read what is known about the city of a data folder (`CatalogueError` as `read_catalogue`)."""
    catalogue = read_catalogue(root)
    read = read_city(root, catalogue)
    areas, tolerance, _ = polygon_areas(root, catalogue)
    return Surroundings(catalogue, read.register, read.figures, areas, tolerance, read.sites)


def stamp(catalogue: Catalogue, now: dt.datetime) -> Stamp:
    """Return a stamp that is later than everything delivered before."""
    before = [each.delivered for each in catalogue.sources.values() if each.delivered is not None]
    after = [moment + dt.timedelta(seconds=1) for moment in before]
    return Stamp(
        max([now.replace(microsecond=0), *after]), [table.id for table in catalogue.tables]
    )


def store(
    root: Path,
    files: Sequence[tuple[str, bytes]],
    answers: Answers,
    now: dt.datetime,
    *,
    revision: bool = False,
    despite_errors: bool = False,
    blind: bool = False,
    limits: Limits = LIMITS,
) -> Stored:
    """Put delivered files into a data folder.

    Parameters
    ----------
    root : Path
        City folder.
    files : sequence of (name, content)
    answers : Answers
        They hold for every file.
    now : datetime
        Local time.
    revision : bool
        The files may name figures that other sources have named differently: both are kept.
    despite_errors : bool
        Errors that the checks find do not matter; cells that cannot be read count as not
        delivered.
    blind : bool
        Whoever delivers must not learn what the folder holds and is not public: files are not
        compared with it, not even whether they say the same.
    limits : Limits

    Returns
    -------
    Stored

    Raises
    ------
    RefusedError
        Then nothing has changed.
    CatalogueError
        If the data folder is not in order to begin with.
    """
    with _alone(root):
        city = surroundings(root)
        if blind:
            city = replace(
                city,
                published=_public(city.published, city.catalogue),
                sites=_public(city.sites, city.catalogue),
            )
        made = stamp(city.catalogue, now)
        drafts = []
        for name, content in files:
            drafts.append(draft(content, name, city, answers, made, limits))
            ids = [each.delivery.table.id for each in drafts if each.delivery is not None]
            made = Stamp(made.delivered, [*made.taken, *ids])
        deliveries = _accepted(drafts, despite_errors=despite_errors)
        overlap, held = _overlap(root, city, deliveries)
        if blind and held and not revision:
            raise RefusedError([_HELD.format(count=held)], unless="revision")
        if not overlap.changed and overlap.same == _count(deliveries):
            return Stored(None, tuple(drafts), overlap)
        if overlap.changed and not revision:
            raise RefusedError(
                [_contradicting(overlap)], unless="revision", examples=overlap.examples
            )
        target = root / "data" / f"{DELIVERY}{made.delivered:%Y-%m-%d_%H%M%S}"
        _put(root, deliveries, target)
        return Stored(target, tuple(drafts), overlap)


def sidecar(table: SourceTable) -> bytes:
    """Write the declaration of a table as YAML, with what is still to be filled in at its head."""
    declared = table.model_dump(mode="python", exclude_defaults=True)
    for source, written in zip(table.sources, declared["sources"], strict=True):
        written["public"] = source.public
    text = yaml.safe_dump(_plain(declared), allow_unicode=True, sort_keys=False, width=96)
    return (_HEAD + text).encode()


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _accepted(drafts: Sequence[Draft], *, despite_errors: bool) -> list[Delivery]:
    deliveries, problems, unreadable = [], [], False
    new = [each for each in drafts if not each.nothing_new]
    for each in new:
        if each.delivery is not None:
            deliveries.append(each.delivery)
        if each.recognised is None and each.delivery is None and not each.questions:
            unreadable = True
            problems += [f"{each.file}: {error.message}" for error in each.errors]
        elif each.errors and not despite_errors:
            problems.append(f"{each.file}: Die Prüfung hat {len(each.errors)} Fehler gefunden.")
    if problems or len(deliveries) < len(new):
        curable = problems and not unreadable
        raise RefusedError(problems, drafts, "despite_errors" if curable else "")
    return deliveries


def _public(figures: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    rules = Rules(catalogue)
    return figures[figures["source_id"].map(lambda source: rules.of(source) is None).astype(bool)]


def _overlap(root: Path, city: Surroundings, deliveries: Sequence[Delivery]) -> tuple[Overlap, int]:
    """Compare with what was delivered before; refuse what could not be read back.

    The second number counts the figures that the folder holds and that the comparison leaves out.
    """
    try:
        catalogue = city.catalogue.extended(delivery.table for delivery in deliveries)
    except CatalogueError as error:
        raise RefusedError(error.problems) from None
    contents = {delivery.table.id: delivery.content for delivery in deliveries}
    read = read_city(root, catalogue, contents)
    files = {delivery.table.file for delivery in deliveries}
    wrong = [
        f"{finding.file}: {finding.message}"
        for finding in read.findings
        if finding.file in files and finding.severity is Severity.ERROR
    ]
    sources = {source.id for delivery in deliveries for source in delivery.table.sources}
    new = read.figures[read.figures["source_id"].isin(sources)]
    twice = new[new.duplicated(PLACE)]
    if len(twice):
        first = twice.iloc[0]
        wrong.append(
            f"{len(twice)} Zahlen stehen in mehreren der Dateien, zum Beispiel "
            f"{first['indicator_id']} für {first['area_id']}. Übergeben Sie jede Zahl einmal."
        )
    if wrong:
        raise RefusedError(wrong)
    shown, _ = latest(city.published, city.catalogue)
    overlap = _compared(new, shown.drop_duplicates(PLACE))
    before = read.figures[~read.figures["source_id"].isin(sources)].drop_duplicates(PLACE)
    there = len(new.merge(before[PLACE], on=PLACE))
    return overlap, there - overlap.same - overlap.changed


def _compared(new: pd.DataFrame, before: pd.DataFrame) -> Overlap:
    both = new.merge(before, on=PLACE, suffixes=("", "_before"))
    equal = (both["value"] == both["value_before"]) | (
        both["status"] == both["status_before"]
    ) & both["value"].isna()
    changed = both[~equal]
    examples = tuple(
        f"{row.indicator_id} für {row.area_id} am {row.date:%d.%m.%Y}: bisher "
        f"{_number(row.value_before)}, jetzt {_number(row.value)}"
        for row in changed.head(_SHOWN).itertuples()
    )
    return Overlap(int(equal.sum()), len(changed), examples)


def _number(value: object) -> str:
    return "kein Wert" if pd.isna(value) else f"{value:.10g}".replace(".", ",")  # type: ignore[call-overload]


def _contradicting(overlap: Overlap) -> str:
    return (
        f"Der Ordner enthält {overlap.same + overlap.changed} dieser Zahlen schon, "
        f"{overlap.changed} davon mit anderem Wert."
    )


def _count(deliveries: Sequence[Delivery]) -> int:
    return sum(delivery.table.rows for delivery in deliveries)


@contextlib.contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Keep other imports out of the folder, and remove what a killed one has left."""
    data = root / "data"
    if not data.is_dir():
        raise RefusedError([f"{root} ist kein Datenordner: es gibt darin keinen Ordner data."])
    try:
        handle = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError as error:
        problem = f"{data} lässt sich nicht öffnen oder sperren ({error.strerror})."
        raise RefusedError([f"{problem} Prüfen Sie Rechte und Datenträger."]) from None
    try:
        for place in _workplaces(root):
            for left in place.glob(f"{_prefix(root)}*"):
                if left.is_dir() and not left.is_symlink():
                    shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        os.close(handle)


def _workplaces(root: Path) -> list[Path]:
    """Folders to write in before the rename: beside the city folder, else within it or its data.

    A rename needs the same file system, which the folder beside a mounted or linked one is not.
    """
    data = (root / "data").resolve()
    places = dict.fromkeys((root.resolve().parent, root.resolve(), data.parent, data))
    device = data.stat().st_dev
    return [
        place for place in places if place.stat().st_dev == device and os.access(place, os.W_OK)
    ]


def _prefix(root: Path) -> str:
    return f".{root.resolve().name}-import-"


def _put(root: Path, deliveries: Sequence[Delivery], target: Path) -> None:
    places = _workplaces(root)
    for place in places:
        try:
            _put_from(place, root, deliveries, target)
        except OSError as error:
            if error.errno == errno.EXDEV and place != places[-1]:
                continue
            problem = f"Der Ordner lässt sich nicht beschreiben ({error.strerror})."
            raise RefusedError([f"{problem} Prüfen Sie Rechte und freien Platz."]) from None
        break
    else:
        problem = f"In {root / 'data'} und daneben darf nichts geschrieben werden."
        raise RefusedError([f"{problem} Geben Sie Schreibrecht auf den Ordner."])
    with contextlib.suppress(OSError):
        _flush(target.parent)


def _put_from(place: Path, root: Path, deliveries: Sequence[Delivery], target: Path) -> None:
    """Write into a folder of its own at a place, then rename it to where it belongs."""
    staged = Path(tempfile.mkdtemp(prefix=_prefix(root), dir=place))
    try:
        staged.chmod((root / "data").stat().st_mode & 0o777)
        for delivery in deliveries:
            _write(staged / delivery.table.file, delivery.content)
            _write(staged / f"{delivery.table.id}.yml", sidecar(delivery.table))
        _flush(staged)
        staged.rename(target)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
