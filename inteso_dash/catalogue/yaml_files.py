"""YAML as people write it: a mapping, or German sentences on what stands there and what should.

What a file means is for its reader to say, in parts that are `Declared`. This module sees to it
that reading ends: files that are nested too deeply or refer to themselves over and over are refused
before they are built, and numbers and dates that there are not stay text, so that the reader can
name their place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from reprlib import Repr
from typing import Any

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
)

_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_DEPTH = 40
_MAX_NODES = 500_000
_NAMES = {"list": "eine Liste", "str": "Text", "NoneType": "nichts"}
_LARGEST = 2**63
_shown = Repr()
_shown.maxstring = _shown.maxother = 80
_shown.maxlevel = 2


class YamlError(ValueError):
    """A file holds no YAML that can be read, or no mapping; the text is a German sentence."""


class ProblemsError(ValueError):
    """A file is not as it is expected to be.

    Attributes
    ----------
    problems : tuple of str
        One German sentence each: file, place, what was found, what was expected.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


def shown(found: object) -> str:
    """Write what was found for a message, cut where it is long.

    Examples
    --------
    >>> shown("2021-02-30"), len(shown("x" * 100_000)) < 100
    ("'2021-02-30'", True)
    """
    return _shown.repr(found)


def read_mapping(path: Path) -> dict[str, Any]:
    """Read the keys and values of a YAML file.

    Raises
    ------
    YamlError
        The file is missing, cannot be read, is not UTF-8, no YAML, or something else than keys
        with values.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        message = f"Datei fehlt im Ordner {path.parent}. Aufbau: docs/data-format.md."
        raise YamlError(f"{path.name}: {message}") from None
    except OSError as error:
        raise YamlError(f"{path.name}: nicht lesbar ({error.strerror}).") from None
    return parse_mapping(content, path.name)


def parse_mapping(content: bytes, name: str) -> dict[str, Any]:
    r"""Read the keys and values of YAML in UTF-8, as `read_mapping` does.

    Examples
    --------
    >>> parse_mapping(b"date: 2021-02-30\nrows: 3", "zahlen.yml")
    {'date': '2021-02-30', 'rows': 3}
    >>> try:
    ...     parse_mapping(b"a: [1, }", "zahlen.yml")
    ... except YamlError as error:
    ...     print(str(error).partition(". ")[0])
    zahlen.yml: kein gültiges YAML in Zeile 1, Spalte 8
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"kein UTF-8 (Byte {error.start}). Speichern Sie die Datei als UTF-8."
        raise YamlError(f"{name}: {message}") from None
    try:
        endless = _endless(text)
        if endless:
            raise YamlError(f"{name}: {endless}")
        found = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        raise YamlError(f"{name}: {_broken(error)}") from None
    if not isinstance(found, dict):
        what = _NAMES.get(type(found).__name__, "einen Wert")
        raise YamlError(f"{name}: gefunden {what}, erwartet Schlüssel mit Werten.")
    strange = [key for key in found if not isinstance(key, str)]
    if strange:
        listed = ", ".join(shown(key) for key in strange[:3])
        raise YamlError(
            f"{name}: Schlüssel {listed}: erwartet Text; Ziffern gehören in Anführungszeichen."
        )
    return found


class _Loader(_PARSER):  # type: ignore[misc]
    """Leaves what looks like a number or a date and is none as the text that it is."""


def _or_text(kind: str) -> None:
    build = getattr(yaml.SafeLoader, f"construct_yaml_{kind}")

    def construct(loader: Any, node: Any) -> object:
        try:
            found = build(loader, node)
        except (ValueError, OverflowError):
            return node.value
        return node.value if isinstance(found, int) and abs(found) >= _LARGEST else found

    _Loader.add_constructor(f"tag:yaml.org,2002:{kind}", construct)


for _kind in ("int", "float", "timestamp"):
    _or_text(_kind)


def _broken(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    where = f" in Zeile {mark.line + 1}, Spalte {mark.column + 1}" if mark else ""
    return f"kein gültiges YAML{where}. Prüfen Sie Einrückung, Doppelpunkte und Anführungszeichen."


def _endless(text: str) -> str:
    """Say why a text would not come to an end, empty where it does."""
    sizes: dict[str, int] = {}
    begun: list[tuple[str | None, int]] = []
    nodes = 0
    for event in yaml.parse(text, Loader=_PARSER):
        if isinstance(event, yaml.CollectionStartEvent):
            begun.append((event.anchor, nodes))
            if len(begun) > _MAX_DEPTH:
                line = event.start_mark.line + 1 if event.start_mark else 0
                return (
                    f"Zeile {line}: mehr als {_MAX_DEPTH} Ebenen ineinander. "
                    "Prüfen Sie Klammern und Einrückung."
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = begun.pop()
            if anchor:
                sizes[anchor] = nodes - before
        elif isinstance(event, yaml.AliasEvent):
            if any(anchor == event.anchor for anchor, _ in begun):
                return f"Der Verweis *{event.anchor} enthält sich selbst. Schreiben Sie ihn aus."
            nodes += sizes.get(str(event.anchor), 0)
        nodes += isinstance(event, yaml.NodeEvent)
        if nodes > _MAX_NODES:
            return "zu viele Einträge durch Verweise (*). Schreiben Sie die Texte aus."
    return ""


_EXPECTED = {
    "bool": "true oder false",
    "int": "eine ganze Zahl",
    "float": "eine Zahl",
    "decimal": "eine Zahl",
    "string_too_long": "höchstens {max_length} Zeichen",
    "string": "Text; Ziffern in Anführungszeichen",
    "date": "ein Datum wie 2021-12-31",
    "datetime": "ein Datum wie 2021-12-31",
    "list": "eine Liste",
    "tuple": "eine Liste",
    "dict": "Schlüssel mit Werten",
    "mapping": "Schlüssel mit Werten",
    "model": "Schlüssel mit Werten",
    "enum": "{expected}",
    "literal": "{expected}",
    "greater_than": "mehr als {gt}",
    "greater_than_equal": "mindestens {ge}",
    "less_than": "weniger als {lt}",
    "less_than_equal": "höchstens {le}",
    "too_short": "mindestens {min_length} Einträge",
    "too_long": "höchstens {max_length} Einträge",
    "value_error": "{error}",
}


def expected(issue: Mapping[str, Any]) -> str:
    """Say in German what pydantic expected.

    Parameters
    ----------
    issue : mapping
        One of ``ValidationError.errors()``.

    Examples
    --------
    >>> expected({"type": "int_parsing", "msg": "Input should be a valid integer"})
    'eine ganze Zahl'
    >>> expected({"type": "enum", "msg": "…", "ctx": {"expected": "'wide' or 'long'"}})
    "'wide' oder 'long'"
    """
    kind = str(issue["type"])
    words = _EXPECTED.get(kind) or _EXPECTED.get(kind.split("_", 1)[0])
    if words is None:
        return str(issue["msg"])
    return words.format(**issue.get("ctx", {})).replace("' or '", "' oder '")


def complaint(file: str, issue: Mapping[str, Any], within: str = "") -> str:
    """Say in German what is wrong in a file: place, found, expected.

    Parameters
    ----------
    file : str
    issue : mapping
        One of ``ValidationError.errors()``.
    within : str
        Where in the file the validated part stands.

    Examples
    --------
    >>> complaint("zahlen.yml", {"type": "date_type", "loc": ("date",), "input": "gestern"})
    "zahlen.yml: date: gefunden 'gestern'; erwartet: ein Datum wie 2021-12-31."
    """
    where = ".".join(str(part) for part in (within, *issue["loc"]) if part != "")
    if issue["type"] == "missing":
        return f"{file}: {where} fehlt."
    if issue["type"] == "extra_forbidden":
        return f"{file}: unbekannter Schlüssel {where}. Erlaubte Schlüssel: docs/data-format.md."
    return f"{file}: {where}: gefunden {shown(issue['input'])}; erwartet: {expected(issue)}."


class Declared(BaseModel):
    """A part of the declarations: immutable, and strict about its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Declared):
    """A text in German and, for exports, in English."""

    de: str
    en: str
