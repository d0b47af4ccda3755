"""What recognising a table has to say: what was read as what, and what was left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inteso_dash.catalogue import Catalogue
from inteso_dash.intake.checks.context import GROUP_FROM
from inteso_dash.intake.recognise.columns import HeadColumns
from inteso_dash.intake.recognise.keys import Keys
from inteso_dash.intake.recognise.rows import Stray
from inteso_dash.language import formats
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.tables.reading.raw import RawTable
from inteso_dash.tables.register import Areas

_SHOWN = 5


def summary(raw: RawTable, keys: Keys, columns: HeadColumns, areas: int) -> Finding:
    """Say what a table was read as."""
    strange = [name for name in columns.numbers if name not in columns.indicators]
    others = (
        f"; nicht erkannt und ohne Kenntnis des Inhalts geprüft: {', '.join(strange)}"
        if strange
        else ""
    )
    division = f"Gliederung {keys.division}" if keys.division else "Gliederung unbekannt"
    return Finding(
        Severity.NOTE,
        "recognised",
        f"Gelesen als {areas} Gebiete der Ebene {keys.level.title.de} ({division}), Schlüssel in "
        f"„{raw.columns[keys.column]}“; {len(columns.indicators)} von {len(columns.numbers)} "
        f"Zahlenspalten sind Indikatoren des Katalogs{others}.",
        raw.name,
        column=raw.columns[keys.column],
        found=f"{keys.level.id} {keys.division}".strip(),
    )


def unreadable(raw: RawTable, columns: HeadColumns, keys: Keys) -> Iterator[Finding]:
    """Yield the columns with cells that are neither numbers nor signs."""
    for column, cells in columns.numbers.items():
        wrong = [place for place, value in enumerate(cells) if value.problem]
        if not wrong:
            continue
        lines = [f"Zeile {raw.line(place, column)}" for place in wrong]
        labels = [keys.keys[place] or line for place, line in zip(wrong, lines, strict=True)]
        shown = "; ".join(
            f"{line if label == line else f'{line}, {label}'}: „{cells[place].raw}“"
            for line, label, place in zip(lines[:_SHOWN], labels, wrong, strict=False)
        )
        more = f" und {len(wrong) - _SHOWN} weitere" if len(wrong) > _SHOWN else ""
        yield Finding(
            Severity.ERROR if column in columns.indicators else Severity.WARNING,
            "value",
            f"„{column}“ enthält Zellen, die keine Zahl und kein Zeichen der amtlichen Statistik "
            f"sind: {shown}{more}. Sie gelten als nicht geliefert.",
            raw.name,
            labels[0] if len(labels) == 1 else "",
            column,
            cells[wrong[0]].raw,
            "eine Zahl oder ein Zeichen der amtlichen Statistik",
        )


def nothing(raw: RawTable, catalogue: Catalogue) -> Finding:
    """Say what was looked for where no column holds areas."""
    wanted = "; ".join(
        f"{level.title.de} mit {level.key_length} Stellen" for level in catalogue.levels
    )
    return Finding(
        Severity.ERROR,
        "unreadable",
        f"In keiner Spalte stehen Schlüssel von Gebieten, die das Verzeichnis kennt. Gesucht "
        f"wurde eine Zeile je Gebiet mit Schlüsseln von {catalogue.city.name} ({wanted}). Prüfen "
        "Sie, ob die Datei eine Schlüsselspalte hat.",
        raw.name,
        found="Spalten " + ", ".join(raw.columns[:10]) + (" …" if len(raw.columns) > 10 else ""),
        expected="eine Spalte mit Gebietsschlüsseln",
    )


def few_known(raw: RawTable, keys: Keys, catalogue: Catalogue, areas: Areas) -> Finding:
    """Say how few of the keys are of this city, as in a file of the whole country."""
    known = areas.of(keys.level.id, keys.division)
    found = [key for key in dict.fromkeys(keys.keys) if key in known]
    listed = ", ".join(f"{key}, {known[key]}" for key in found[:_SHOWN])
    column = raw.columns[keys.column]
    count = len({key for key in keys.keys if key})
    return Finding(
        Severity.WARNING,
        "few_known",
        f"Von {count} Schlüsseln in „{column}“ {'ist' if len(found) == 1 else 'sind'} "
        f"{len(found)} von {count} bekannt ({listed}); die übrigen gehören nicht zu "
        f"{catalogue.city.name}. Sollen nur diese Zeilen übernommen werden, nennen Sie die Ebene: "
        f"{keys.level.id}.",
        raw.name,
        column=column,
        found=f"{len(found)} von {count} Schlüsseln bekannt",
        expected=f"Schlüssel von {catalogue.city.name}",
    )


def strays(
    raw: RawTable, rest: Sequence[Stray], columns: HeadColumns, *, total: bool
) -> Iterator[Finding]:
    """Yield the rows that belong to no area, with what they hold."""
    if len(rest) >= GROUP_FROM:
        yield _stray(
            raw,
            rest[0],
            f"{len(rest)} Zeilen gehören zu keinem Gebiet und sind nicht übernommen: "
            f"{formats.listed((each.label for each in rest), most=_SHOWN)}.",
        )
        return
    for each in rest:
        held = "; ".join(
            f"{column} {formats.number(cell.value, cell.decimals)}"
            for column in columns.indicators
            if (cell := columns.numbers[column][each.place]).value == cell.value
        )
        where = (
            "Im Wert der Stadt, den die Datei nennt, ist das enthalten."
            if total
            else "In Summen der Gebiete fehlt das."
        )
        what = f" Die Zeile enthält: {held}. {where}" if held else ""
        yield _stray(
            raw,
            each,
            f"Zeile {each.number} („{each.label}“) gehört zu keinem Gebiet und ist nicht "
            f"übernommen.{what}",
        )


def _stray(raw: RawTable, stray: Stray, message: str) -> Finding:
    return Finding(
        Severity.WARNING,
        "row_left_out",
        message,
        raw.name,
        str(stray.number),
        found=stray.label,
        expected="ein Gebiet des Verzeichnisses",
    )
