"""What a declaration expects, in German, where pydantic found something else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inteso_dash.catalogue.yaml_files import shown

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
