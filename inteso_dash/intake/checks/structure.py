"""Rules on the areas of a table: number, keys, and what the keys say about the higher area."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from inteso_dash.intake.checks.context import GROUP_FROM, CheckContext
from inteso_dash.language import formats
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.language.values import normalise_key
from inteso_dash.tables.register import Areas, plain_name, same_name


def structure_findings(context: CheckContext) -> Iterator[Finding]:
    """Compare the file's keys with the register and the catalogue."""
    keys = context.keys
    if keys is None or context.level is None:
        return
    named = keys[keys["key"] != ""]
    yield from _count(context, named)
    yield from _without_key(context, keys[keys["key"] == ""])
    yield from _duplicates(context, named)
    if context.register is None:
        return
    areas = Areas(context.register)
    known = areas.of(context.level, context.division or "")
    if known:
        yield from _unknown(context, named, known)
        yield from _missing(context, named, known)
        yield from _names(context, named, known)
    for higher in context.catalogue.ancestors(context.level):
        if higher in keys.columns:
            yield from _parents(context, named, higher, areas)


def _count(context: CheckContext, named: pd.DataFrame) -> Iterator[Finding]:
    level = context.catalogue.level(context.level or "")
    declared = next((each for each in level.divisions if each.id == context.division), None)
    found = int(named["key"].nunique())
    if declared is None:
        sizes = formats.listed((f"{each.areas} ({each.id})" for each in level.divisions), "or")
        expected = sizes
    elif found == declared.areas:
        return
    else:
        expected = str(declared.areas)
    yield context.finding(
        Severity.ERROR,
        "area_count",
        f"Die Tabelle nennt {found} Gebiete der Ebene {level.title.de}, erwartet "
        f"{expected}. Prüfen Sie, ob Zeilen fehlen oder die Gliederung eine andere ist.",
        column=_key_header(context),
        found=str(found),
        expected=expected,
    )


def _without_key(context: CheckContext, rows: pd.DataFrame) -> Iterator[Finding]:
    for number, name in zip(rows["number"], rows["name"], strict=True):
        called = f" („{name}“)" if name else ""
        yield context.finding(
            Severity.WARNING,
            "area_key",
            f"Zeile {number}{called} nennt keinen Schlüssel und wird nicht verwendet. Ergänzen "
            "Sie den Schlüssel oder streichen Sie die Zeile.",
            row=str(number),
            column=_key_header(context),
            found="kein Schlüssel",
            expected=_shape(context),
        )


def _duplicates(context: CheckContext, named: pd.DataFrame) -> Iterator[Finding]:
    for key, rows in named[named["key"].duplicated(keep=False)].groupby("key", sort=False):
        numbers = formats.listed(str(number) for number in rows["number"])
        yield context.finding(
            Severity.ERROR,
            "duplicate_area",
            f"Der Schlüssel {key} steht mehrfach, in den Zeilen {numbers}; verwendet wird die "
            "erste. Prüfen Sie, welche gilt.",
            row=str(key),
            column=_key_header(context),
            found=f"Zeilen {numbers}",
            expected="eine Zeile",
        )


def _unknown(
    context: CheckContext, named: pd.DataFrame, known: dict[str, str]
) -> Iterator[Finding]:
    strange = named[~named["key"].isin(list(known))]
    if len(strange) >= GROUP_FROM:
        keys = [str(key) for key in strange["key"]]
        yield context.finding(
            Severity.ERROR,
            "unknown_area",
            f"{len(strange)} Schlüssel stehen nicht im Verzeichnis der Gliederung "
            f"{context.division}, ihre Zeilen werden nicht verwendet: "
            f"{', '.join(keys[:GROUP_FROM])} und weitere. Prüfen Sie die Gliederung.",
            column=_key_header(context),
            found=f"{len(strange)} unbekannte Schlüssel",
            expected=f"Schlüssel der Gliederung {context.division}",
        )
        return
    for key, number, name in zip(strange["key"], strange["number"], strange["name"], strict=True):
        called = f" („{name}“)" if name else ""
        yield context.finding(
            Severity.ERROR,
            "unknown_area",
            f"Zeile {number}: Der Schlüssel {key}{called} steht nicht im Verzeichnis der "
            f"Gliederung {context.division}; die Zeile wird nicht verwendet. Prüfen Sie "
            "Schreibweise und Gliederung.",
            row=str(key),
            column=_key_header(context),
            found=str(key),
            expected=f"ein Schlüssel der Gliederung {context.division}",
        )


def _missing(
    context: CheckContext, named: pd.DataFrame, known: dict[str, str]
) -> Iterator[Finding]:
    present = set(named["key"])
    absent = [key for key in known if key not in present]
    if len(absent) >= GROUP_FROM:
        listed = ", ".join(absent)
        yield context.finding(
            Severity.ERROR,
            "missing_area",
            f"{len(absent)} Gebiete der Gliederung {context.division} fehlen: {listed}. Prüfen "
            "Sie, ob die Datei vollständig ist.",
            column=_key_header(context),
            found=f"{len(known) - len(absent)} Gebiete",
            expected=f"{len(known)} Gebiete",
        )
        return
    for key in absent:
        yield context.finding(
            Severity.ERROR,
            "missing_area",
            f"Das Gebiet {key} ({known[key]}) fehlt. Prüfen Sie, ob die Datei vollständig ist.",
            row=key,
            column=_key_header(context),
            found="keine Zeile",
            expected=key,
        )


def _names(context: CheckContext, named: pd.DataFrame, known: dict[str, str]) -> Iterator[Finding]:
    """Find names that belong to another key; a column that holds few names of areas is none."""
    whose: dict[str, list[str]] = {}
    for key, name in known.items():
        if not name.endswith("…"):
            whose.setdefault(plain_name(name), []).append(key)
    rows = named[named["key"].isin(list(known)) & (named["name"] != "")]
    wrong: list[tuple[str, int, str, str]] = []
    strange: list[tuple[str, str]] = []
    elsewhere = _of_other_levels(context)
    for key, number, name in zip(rows["key"], rows["number"], rows["name"], strict=True):
        plain = plain_name(name)
        if plain not in whose:
            plain = _without_level(context, name)
        others = whose.get(plain, [])
        if not others and not any(same_name(each, known[key]) for each in (name, plain)):
            others = elsewhere.get(plain, [])
            if not others:
                strange.append((key, name))
        if others and key not in others:
            wrong.append((key, number, name, others[0]))
    if 2 * len(strange) > len(rows):
        return
    column = context.header("name")
    if len(wrong) >= GROUP_FROM:
        listed = "; ".join(f"{key}: „{name}“ statt „{known[key]}“" for key, _, name, _ in wrong)
        yield context.finding(
            Severity.ERROR,
            "area_name",
            f"{len(wrong)} Namen gehören zu anderen Schlüsseln: {listed}. Prüfen Sie, ob nur ein "
            "Teil der Spalten sortiert ist.",
            column=column,
            found=f"{len(wrong)} von {len(rows)} Namen",
            expected="Namen der Schlüssel",
        )
    else:
        for key, number, name, other in wrong:
            yield context.finding(
                Severity.ERROR,
                "area_name",
                f"Zeile {number}: Der Name „{name}“ gehört zum Schlüssel {other}, nicht zu {key} "
                f"(„{known[key]}“). Prüfen Sie, ob Zeilen vertauscht sind und wozu die Zahlen "
                "gehören.",
                row=key,
                column=column,
                found=name,
                expected=known[key],
            )
    if strange:
        listed = "; ".join(f"{key}: „{name}“ („{known[key]}“)" for key, name in strange)
        yield context.finding(
            Severity.NOTE,
            "area_name",
            f"Diese Namen stehen so nicht im Verzeichnis (in Klammern dessen Name): {listed}.",
            column=column,
            found=f"{len(strange)} von {len(rows)} Namen",
            expected="Namen des Verzeichnisses",
        )


def _without_level(context: CheckContext, name: str) -> str:
    """Write a name plainly, without the word for its level before it."""
    level = context.catalogue.level(context.level or "")
    word, _, rest = name.partition(" ")
    called = {plain_name(text) for text in (level.title.de, level.plural)}
    return plain_name(rest if rest and plain_name(word) in called else name)


def _of_other_levels(context: CheckContext) -> dict[str, list[str]]:
    """Return plain name → level and key of the areas of other levels that are called so."""
    found: dict[str, list[str]] = {}
    if context.register is not None:
        table = context.register[context.register["level"] != context.level]
        for level, area, name in zip(table["level"], table["area_id"], table["name"], strict=True):
            title = context.catalogue.level(level).title.de
            found.setdefault(plain_name(name), []).append(f"{area} ({title})")
    return found


def _parents(
    context: CheckContext, named: pd.DataFrame, higher: str, areas: Areas
) -> Iterator[Finding]:
    level = context.catalogue.level(higher)
    prefix = _keys_begin_with_parent(context, higher, areas)
    for key, number, cell in zip(named["key"], named["number"], named[higher], strict=True):
        expected = areas.ancestor(
            context.catalogue, context.level or "", key, higher, context.division
        )
        beginning = str(key)[: level.key_length]
        if expected is None and prefix and areas.knows(higher, beginning):
            expected = beginning
        found = normalise_key(cell, level.key_length)
        if expected is None or found is None or found == expected:
            continue
        yield context.finding(
            Severity.ERROR,
            "parent_contradiction",
            f"Zeile {number}: Der Schlüssel {key} gehört zu {level.title.de} {expected}, die "
            f"Spalte „{context.header(higher)}“ nennt {found}. Prüfen Sie beide.",
            row=str(key),
            column=higher,
            found=found,
            expected=expected,
        )


def _keys_begin_with_parent(context: CheckContext, higher: str, areas: Areas) -> bool:
    """Say whether in the register every key of the level begins with that of its higher area."""
    length = context.catalogue.level(higher).key_length
    level = context.catalogue.level(context.level or "")
    pairs = [
        (area, areas.ancestor(context.catalogue, level.id, area, higher, division.id))
        for division in level.divisions
        for area in areas.of(level.id, division.id)
    ]
    return bool(pairs) and all(area[:length] == parent for area, parent in pairs)


def _key_header(context: CheckContext) -> str:
    return context.header("area_id")


def _shape(context: CheckContext) -> str:
    length = context.catalogue.level(context.level or "").key_length
    return f"ein Schlüssel mit {length} Zeichen"


def key_table(numbers: Sequence[int], keys: Sequence[str], names: Sequence[str]) -> pd.DataFrame:
    """Return the table of keys that `CheckContext` takes.

    Examples
    --------
    >>> key_table([2, 3], ["0101", ""], ["A", "B"])["key"].tolist()
    ['0101', '']
    """
    return pd.DataFrame({"number": list(numbers), "key": list(keys), "name": list(names)})
