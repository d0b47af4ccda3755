"""Sequences of views for a meeting: small YAML files, readable and editable by hand."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import yaml
from pydantic import Field, ValidationError, field_validator

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.yaml_files import Declared, YamlError, parse_mapping
from inteso_dash.folders import SINGLE_USER_VARIABLE, boundaries_folder
from inteso_dash.language.findings import Finding, Severity

FOLDER = "sequences"
MAX_SLIDES = 100
MAX_BYTES = 200_000
_FIRST = "karte"
_SHOWN = 60


class SequenceError(ValueError):
    """A file that is no sequence of views, or one of another city.

    Parameters
    ----------
    problems : list of str
        One sentence each: place, what was found, what was expected.
    """

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


class Slide(Declared):
    """One view of a sequence.

    Attributes
    ----------
    address : str
        Page and query parameters, percent-encoded: "karte?ebene=stadtbezirk&gebiet=06".
    figure : str
        Which part of the page the slide shows, where the page shows several.
    headline : str
        Empty where it is drafted from the figures.
    remark : str
        What the user wants to say about it.
    data : str
        Hash of the figures behind the view when it was kept; empty where nobody kept it.
    """

    address: str = Field(min_length=1, max_length=8000)
    figure: str = Field(default="", max_length=200)
    headline: str = Field(default="", max_length=400)
    remark: str = Field(default="", max_length=4000)
    data: str = Field(default="", pattern=r"^([0-9a-f]{16})?$")

    @field_validator("address", mode="before")
    @classmethod
    def _shortened(cls, found: object) -> object:
        return Address.read(found).text if isinstance(found, str) and found else found

    @property
    def view(self) -> Address:
        """The address, taken apart."""
        return Address.read(self.address)


class Sequence(Declared):
    """A named sequence of views of one city."""

    title: str = Field(min_length=1, max_length=200)
    city: str
    slides: tuple[Slide, ...] = Field(default=(), max_length=MAX_SLIDES)


@dataclass(frozen=True)
class Address:
    """A page and its query parameters, in their order."""

    page: str
    parameters: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, text: str) -> Address:
        """Take an address apart, as copied from the browser or as written by hand.

        Examples
        --------
        >>> Address.read("http://localhost:8501/karte?indikator=Kinderarmut").page
        'karte'
        >>> Address.read("?gebiet=06")
        Address(page='karte', parameters=(('gebiet', '06'),))
        """
        parts = urlsplit(text.strip())
        page = parts.path.rpartition("/")[2]
        return cls(page or _FIRST, tuple(parse_qsl(parts.query)))

    def get(self, name: str) -> str | None:
        """Return the first value of a parameter, None where there is none."""
        return next((value for key, value in self.parameters if key == name), None)

    def get_all(self, name: str) -> list[str]:
        """Return all values of a parameter."""
        return [value for key, value in self.parameters if key == name]

    @property
    def text(self) -> str:
        """The address, percent-encoded.

        Examples
        --------
        >>> Address("karte", (("thema", "Bevölkerung"), ("gebiet", "06"))).text
        'karte?thema=Bev%C3%B6lkerung&gebiet=06'
        """
        return self._at(self.page)

    @property
    def query(self) -> str:
        """Its parameters, percent-encoded."""
        return urlencode(self.parameters, quote_via=quote, safe="")

    @property
    def url(self) -> str:
        """The address as a link from any page; the first page has no name there.

        Examples
        --------
        >>> Address("karte", (("gebiet", "06"),)).url, Address("unterbringung").url
        ('./?gebiet=06', 'unterbringung')
        """
        return self._at("./" if self.page == _FIRST else self.page)

    def completed(self, *besides: tuple[str, str]) -> Address:
        """Return the address with parameters in place of its own of the same name.

        An empty value takes its parameter away.

        Examples
        --------
        >>> Address("karte", (("ebene", "a"), ("klassen", "5"))).completed(("ebene", "b")).text
        'karte?klassen=5&ebene=b'
        """
        names = {key for key, _ in besides}
        kept = (pair for pair in self.parameters if pair[0] not in names)
        return Address(self.page, (*kept, *(pair for pair in besides if pair[1])))

    def _at(self, page: str) -> str:
        return f"{page}?{self.query}" if self.parameters else page


def read(content: str | bytes, name: str) -> Sequence:
    """Read a sequence.

    Parameters
    ----------
    content : str or bytes
        YAML, UTF-8.
    name : str
        File name, for messages.

    Raises
    ------
    SequenceError
        With all problems found: no YAML, unknown keys, missing or too long texts.
    """
    found = content.encode("utf-8") if isinstance(content, str) else content
    if len(found) > MAX_BYTES:
        message = f"{name}: gefunden {len(found)} Bytes, erwartet höchstens {MAX_BYTES}."
        raise SequenceError([message])
    try:
        declared = parse_mapping(found, name)
    except YamlError as error:
        raise SequenceError([str(error)]) from None
    try:
        return Sequence.model_validate(declared)
    except ValidationError as error:
        raise SequenceError([_problem(issue, name) for issue in error.errors()]) from None


def _problem(issue: Any, name: str) -> str:
    place = list(issue["loc"])
    where = ".".join(str(part) for part in place)
    if place and place[0] == "slides" and len(place) > 1:
        where = f"Folie {int(place[1]) + 1}"
        where += f", {'.'.join(str(part) for part in place[2:])}" if place[2:] else ""
    if issue["type"] == "missing":
        return f"{name}: {where} fehlt."
    if issue["type"] == "extra_forbidden":
        known = Slide if "Folie" in where else Sequence
        listed = ", ".join(known.model_fields)
        return f"{name}: unbekannter Schlüssel {where}; bekannt: {listed}."
    found = repr(issue["input"])[:_SHOWN]
    limits = issue.get("ctx", {})
    expected = {
        "string_type": "Text; Ziffern gehören in Anführungszeichen",
        "string_too_short": "ein Text",
        "string_too_long": f"höchstens {limits.get('max_length')} Zeichen",
        "too_long": f"höchstens {limits.get('max_length')} Folien",
        "string_pattern_mismatch": "16 Zeichen 0–9, a–f",
        "tuple_type": "eine Liste",
        "model_type": "Schlüssel mit Werten",
    }.get(issue["type"], issue["msg"])
    return f"{name}: {where}: gefunden {found}, erwartet {expected}."


def write(sequence: Sequence) -> bytes:
    """Write a sequence as YAML; what is empty is left out."""
    slides = [
        {key: value for key, value in slide.model_dump().items() if value}
        for slide in sequence.slides
    ]
    declared = {"title": sequence.title, "city": sequence.city, "slides": slides}
    text = yaml.safe_dump(declared, allow_unicode=True, sort_keys=False, width=100)
    return text.encode("utf-8")


def of_city(sequence: Sequence, catalogue: Catalogue, name: str) -> Sequence:
    """Return the sequence (`SequenceError` if it is one of another city)."""
    here = catalogue.city
    if sequence.city != here.id:
        found = f"{name}: gefunden city {sequence.city!r}, erwartet {here.id!r} ({here.name})."
        raise SequenceError([f"{found} Die Folge gehört zu einer anderen Stadt."])
    return sequence


def shipped(root: Path, catalogue: Catalogue) -> tuple[dict[str, Sequence], list[Finding]]:
    """Read the sequences of a city folder, by file name without ending.

    Returns
    -------
    tuple
        The sequences, and a finding for each file that is none.
    """
    read_, findings = {}, []
    for path in sorted((root / "data" / FOLDER).glob("*.yml")):
        try:
            read_[path.stem] = of_city(read(path.read_bytes(), path.name), catalogue, path.name)
        except SequenceError as error:
            findings += [
                Finding(Severity.ERROR, "sequence", problem, path.name)
                for problem in error.problems
            ]
    return read_, findings


def kept_folder(catalogue: Catalogue) -> Path | None:
    """Folder of the user that holds the sequences kept, None where nothing may be written.

    A server does not know who sits before it: it writes only where the one who started it said
    that nobody else uses it (`inteso-dash run --single-user`).
    """
    if os.environ.get(SINGLE_USER_VARIABLE) != "1":
        return None
    return boundaries_folder(catalogue.city.id) / FOLDER
