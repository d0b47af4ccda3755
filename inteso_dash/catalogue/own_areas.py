"""Areas that somebody has put together from official ones: in a YAML file, and in an address.

title: Sozialraumteams
level: sozialraumteam
singular: Sozialraumteam
locative: "im Team {name}"
areas:
  - {name: Nord, parts: ["05", "063"]}
  - {name: Süd, colour: "#aa3377", remark: mit Hafen, parts: ["09", [stadtteil, "033"]]}
  - {name: Ufer, parts: ["01"], cut: [{part: "0201", share: 37}], by: sozialraum-2021-12-31}
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Self

import yaml
from pydantic import (
    BeforeValidator,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from inteso_dash.catalogue.city import Division, Level
from inteso_dash.catalogue.yaml_files import (
    Declared,
    ProblemsError,
    Text,
    YamlError,
    complaint,
    parse_mapping,
    shown,
)

FILE = "own_areas.yml"
"""Name of the file in a data folder."""

OWN_LEVEL = "eigene"
"""Id of the level of the areas that a session has made, and parameter of the address."""

MAX_BYTES, MAX_ADDRESS = 500_000, 6_000
MOST_AREAS, MOST_PARTS = 60, 600
_LONGEST, _LONGEST_REMARK, _LONGEST_ID = 60, 500, 40
_UMLAUTS = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue"}
_SHARE = re.compile("[0-9]{1,3}")
_KEY = rf"[^\s\x00-\x1f\x7f]{{1,{_LONGEST_ID}}}"

OfArea, Between, OfPart, OfLevel = "~", "~~", ".", "*"
_ESCAPED = {"_": "__", OfArea: "_t", OfPart: "_d", OfLevel: "_s"}
_UNESCAPED = {text: sign for sign, text in _ESCAPED.items()}
_OfShare = OfLevel + OfLevel
_COLOUR_FIELD, _REMARK_FIELD, _ID_FIELD, _BY_FIELD = "c", "r", "i", "b"

LAND = "land"
"""What says that shares of areas that are cut are those of their land."""

TEXTS = {
    "long": "Die eigenen Gebiete in der Adresse sind nicht zu lesen: gefunden {found} Zeichen, "
    "erwartet höchstens {most}. Nehmen Sie die YAML-Datei.",
    "entry": "Das eigene Gebiet {at} in der Adresse ist nicht zu lesen: gefunden {found}; "
    "erwartet Name und Gebiete wie „Nord~06.07.0801“. Es fehlt hier.",
    "value": "Das eigene Gebiet {at} in der Adresse ist nicht zu lesen: {why} Es fehlt hier.",
    "many": "In der Adresse stehen {found} Eigene Gebiete; gezeigt werden die ersten {most}.",
    "twice": "Das eigene Gebiet {name} steht zweimal in der Adresse; gezeigt wird das erste.",
    "title": "Der Titel der eigenen Gebiete in der Adresse ist nicht zu lesen: gefunden {found}.",
}


def _like(pattern: str, expected: str) -> BeforeValidator:
    """Return a check that names in German what is expected."""

    def check(found: object) -> str:
        if not isinstance(found, str) or not re.fullmatch(pattern, found):
            raise ValueError(expected)
        return found

    return BeforeValidator(check)


def _as_part(found: object) -> str | tuple[str, str]:
    several = isinstance(found, list | tuple)
    words = tuple(found) if isinstance(found, list | tuple) else (found,)
    if len(words) != 1 + several or not all(
        isinstance(each, str) and re.fullmatch(_KEY, each) for each in words
    ):
        raise ValueError("ein Schlüssel in Anführungszeichen, oder [Ebene, Schlüssel]")
    return (str(words[0]), str(words[1])) if several else str(words[0])


def _as_basis(found: object) -> str:
    try:
        if found in ("", LAND) or people_of(str(found)):
            return str(found)
    except ValueError:
        pass
    raise ValueError(f"{LAND} oder Ebene und Tag wie sozialraum-2021-12-31")


def people_of(by: str) -> tuple[str, dt.date] | None:
    """Return whose people shares were worked out by: a level and a day.

    Returns
    -------
    tuple or None
        None where they were not worked out by people.

    Raises
    ------
    ValueError
        Where the text says neither.

    Examples
    --------
    >>> people_of("sozialraum-2021-12-31")
    ('sozialraum', datetime.date(2021, 12, 31))
    >>> people_of(LAND) is None
    True
    """
    if by in ("", LAND):
        return None
    level, _, day = by.partition("-")
    if not re.fullmatch("[a-z][a-z0-9_]*", level):
        raise ValueError(by)
    return level, dt.date.fromisoformat(day)


Line = Annotated[
    str,
    _like(
        rf"(?=.*\S)[^\x00-\x1f\x7f]{{1,{_LONGEST}}}", f"eine Zeile mit höchstens {_LONGEST} Zeichen"
    ),
]
Part = Annotated[str | tuple[str, str], BeforeValidator(_as_part)]
"""Key of an official area, or its level and key where several levels have such a key."""


class CutPart(Declared):
    """An official area of which an own one has a share only, in whole per cent."""

    part: Part
    share: int = Field(ge=1, le=100)


class OwnAreasError(ProblemsError):
    """A file that holds no areas of one's own."""


class OwnArea(Declared):
    """An area made of official ones; without ``id`` it has that of its name.

    ``cut`` are those that it has a share of; ``by`` says what the shares were worked out by: the
    land (`LAND`), the people counted on a level on a day ("sozialraum-2021-12-31"), or nothing that
    is known.

    Examples
    --------
    >>> OwnArea(name="Nördlich der Bahn", parts=("06", ("stadtteil", "081"))).id
    'noerdlich-der-bahn'
    """

    id: Annotated[str, _like(rf"({_KEY})?", "ein Wort")] = ""
    name: Line
    colour: Annotated[str, _like("(#[0-9a-fA-F]{6})?", "eine Farbe wie #aa3377")] = ""
    remark: str = Field(default="", max_length=_LONGEST_REMARK)
    by: Annotated[str, BeforeValidator(_as_basis)] = ""
    cut: tuple[CutPart, ...] = Field(default=(), max_length=MOST_PARTS)
    parts: tuple[Part, ...] = Field(default=(), max_length=MOST_PARTS, validate_default=True)

    @field_validator("parts")
    @classmethod
    def _has_parts(cls, found: tuple[Part, ...], told: ValidationInfo) -> tuple[Part, ...]:
        if not found and not told.data.get("cut"):
            raise ValueError("wenigstens ein Schlüssel")
        return found

    @model_validator(mode="after")
    def _has_an_id(self) -> Self:
        if not self.id:
            object.__setattr__(self, "id", id_of(self.name))
        return self


class OwnAreas(Declared):
    """Areas of one's own that are shown side by side, as one more level of the city.

    ``title`` names them all, ``singular`` one of them, ``locative`` says where something is that
    is in one of them, as that of a `Level` does. ``faults`` are German sentences on what was left
    out.
    """

    title: Line = "Eigene Gebiete"
    level: Annotated[str, _like(r"[a-z][a-z0-9_]*", "ein Wort wie sozialraumteam")] = OWN_LEVEL
    singular: Line = "Eigenes Gebiet"
    locative: Annotated[
        str, _like(r"[^{}]{1,60}\{name\}[^{}]{0,60}", "Text wie „im Team {name}“")
    ] = "im Gebiet „{name}“"
    city: str = ""
    areas: tuple[OwnArea, ...] = Field(default=(), max_length=MOST_AREAS)
    faults: tuple[str, ...] = Field(default=(), exclude=True)

    @field_validator("areas")
    @classmethod
    def _each_once(cls, areas: tuple[OwnArea, ...]) -> tuple[OwnArea, ...]:
        for what in ("id", "name"):
            found = [str(getattr(each, what)) for each in areas]
            twice = sorted({each for each in found if found.count(each) > 1})
            if twice:
                raise ValueError(f"jede {what} einmal, doppelt ist {shown(twice[0])}")
        return areas


class OwnLevel(Level):
    """A level of areas that are made of official ones and may overlap."""

    own: OwnAreas

    @classmethod
    def of(cls, own: OwnAreas, parent: str, division: str) -> OwnLevel:
        """Return the level of some own areas.

        Parameters
        ----------
        own : OwnAreas
            With at least one area.
        parent : str
            Id of the level of the whole city.
        division : str
            Id of its only division.
        """
        return cls(
            id=own.level,
            title=Text(de=own.singular, en=own.singular),
            plural=own.title,
            parent=parent,
            key_length=max(len(each.id) for each in own.areas),
            locative=own.locative,
            divisions=(Division(id=division, areas=len(own.areas)),),
            own=own,
        )


def id_of(name: str) -> str:
    """Return the id of an area that has none of its own.

    Examples
    --------
    >>> id_of("Süd-West (alt)"), id_of("***")
    ('sued-west-alt', 'gebiet')
    """
    words = re.findall(r"[a-z0-9]+", name.casefold().translate(_UMLAUTS))
    return "-".join(words)[:_LONGEST_ID].strip("-") or "gebiet"


def read_own_areas(content: bytes | str, name: str = FILE, city: str = "") -> OwnAreas:
    r"""Read areas of one's own from YAML.

    Parameters
    ----------
    content : bytes or str
        YAML, UTF-8.
    name : str
        Of the file, for messages.
    city : str, optional
        Key of the city that they have to be of, where the file names one.

    Raises
    ------
    OwnAreasError
        With all problems found: file, entry, what was found, what was expected.

    Examples
    --------
    >>> read_own_areas("areas: [{name: Nord, parts: ['06', '081']}]").areas[0].parts
    ('06', '081')
    >>> try:
    ...     read_own_areas("areas: [{name: Nord, parts: []}]")
    ... except OwnAreasError as error:
    ...     print(error)
    own_areas.yml: areas.0.parts: gefunden []; erwartet: wenigstens ein Schlüssel.
    """
    raw = content.encode("utf-8", "replace") if isinstance(content, str) else content
    if len(raw) > MAX_BYTES:
        message = f"{name}: gefunden {len(raw)} Bytes, erwartet höchstens {MAX_BYTES}."
        raise OwnAreasError([message])
    try:
        declared = parse_mapping(raw, name)
        declared.pop("faults", None)
        found = OwnAreas.model_validate(declared)
    except YamlError as error:
        raise OwnAreasError([str(error)]) from None
    except ValidationError as error:
        raise OwnAreasError([complaint(name, dict(each)) for each in error.errors()]) from None
    if not found.areas:
        raise OwnAreasError([f"{name}: areas fehlt; erwartet wenigstens ein Gebiet."])
    if found.city and city and found.city != city:
        message = f"{name}: city: gefunden {shown(found.city)}; erwartet: {city!r}."
        raise OwnAreasError([f"{message} Die Gebiete gehören zu einer anderen Stadt."])
    return found


def write_own_areas(own: OwnAreas, city: str = "") -> str:
    """Write areas of one's own as YAML; what is as it begins is left out.

    Parameters
    ----------
    own : OwnAreas
    city : str, optional
        Key of the city that they are of.

    Examples
    --------
    >>> print(write_own_areas(OwnAreas(areas=(OwnArea(name="Nord", parts=("06",)),))), end="")
    areas:
    - name: Nord
      parts:
      - '06'
    """
    whole = own.model_copy(update={"city": own.city or city})
    declared = whole.model_dump(mode="json", exclude_defaults=True)
    for area, each in zip(declared.get("areas", ()), own.areas, strict=True):
        if each.id == id_of(each.name):
            area.pop("id", None)
    return yaml.safe_dump(declared, allow_unicode=True, sort_keys=False, width=100)


def to_address(own: OwnAreas) -> str:
    """Write areas of one's own as short as an address should be; no file is needed to read them.

    What a city says of its own level (id, singular, locative) is not in it.

    Examples
    --------
    >>> to_address(OwnAreas(areas=(OwnArea(name="Nord", parts=("06", "07", "0801")),)))
    'Nord~06.07.0801'
    >>> cut = CutPart(part="0801", share=37)
    >>> to_address(OwnAreas(areas=(OwnArea(name="Ufer", parts=("06",), cut=(cut,), by=LAND),)))
    'Ufer~06.0801**37~bland'
    >>> to_address(OwnAreas(title="Teams", areas=(OwnArea(name="A~1", parts=(("bezirk", "6"),)),)))
    '~Teams~~A_t1~bezirk*6'
    """
    head = [f"{OfArea}{_escape(own.title)}"] if own.title != OwnAreas().title else []
    return Between.join([*head, *(_area_text(each) for each in own.areas)])


def from_address(text: str) -> OwnAreas:
    """Read areas of one's own from an address; what cannot be read is left out and said.

    Returns
    -------
    OwnAreas
        ``faults`` says in German what is missing, and why.

    Examples
    --------
    >>> from_address("Nord~06.07.0801~~Süd~05").areas[1].parts
    ('05',)
    >>> from_address("Nord").faults[0].partition(";")[0]
    "Das eigene Gebiet 1 in der Adresse ist nicht zu lesen: gefunden 'Nord'"
    """
    if len(text) > MAX_ADDRESS:
        fault = TEXTS["long"].format(found=len(text), most=MAX_ADDRESS)
        return OwnAreas(faults=(fault,))
    faults: list[str] = []
    title = OwnAreas().title
    head, _, rest = text.partition(Between) if text.startswith(OfArea) else ("", "", text)
    if head:
        try:
            title = OwnAreas(title=_unescape(head.removeprefix(OfArea))).title
        except ValueError:
            faults.append(TEXTS["title"].format(found=shown(head)))
    areas: dict[str, OwnArea] = {}
    names: set[str] = set()
    entries = rest.split(Between) if rest else []
    if len(entries) > MOST_AREAS:
        faults.append(TEXTS["many"].format(found=len(entries), most=MOST_AREAS))
    for at, entry in enumerate(entries[:MOST_AREAS], start=1):
        try:
            area = _read_area(entry)
        except ValidationError as error:
            why = " ".join(complaint(entry[:_LONGEST], dict(each)) for each in error.errors())
            faults.append(TEXTS["value"].format(at=at, why=why))
            continue
        except ValueError:
            faults.append(TEXTS["entry"].format(at=at, found=shown(entry)))
            continue
        if area.id in areas or area.name in names:
            faults.append(TEXTS["twice"].format(name=shown(area.name)))
            continue
        areas[area.id] = area
        names.add(area.name)
    return OwnAreas(title=title, areas=tuple(areas.values()), faults=tuple(faults))


def _area_text(area: OwnArea) -> str:
    cut = (f"{_part_text(each.part)}{_OfShare}{each.share}" for each in area.cut)
    fields = [_escape(area.name), OfPart.join([*map(_part_text, area.parts), *cut])]
    if area.colour:
        fields.append(_COLOUR_FIELD + area.colour.removeprefix("#"))
    if area.remark:
        fields.append(_REMARK_FIELD + _escape(area.remark))
    if area.id != id_of(area.name):
        fields.append(_ID_FIELD + _escape(area.id))
    if area.by:
        fields.append(_BY_FIELD + _escape(area.by))
    return OfArea.join(fields)


def _part_text(part: Part) -> str:
    return OfLevel.join(map(_escape, part if isinstance(part, tuple) else (part,)))


def _read_part(text: str) -> str | tuple[str, ...]:
    pair = tuple(map(_unescape, text.split(OfLevel)))
    return pair[0] if len(pair) == 1 else pair


def _read_area(entry: str) -> OwnArea:
    """Read one area (`ValueError` where the text is none)."""
    name, parts, *more = entry.split(OfArea)
    fields = {field[:1]: field[1:] for field in more}
    if fields.keys() - {_COLOUR_FIELD, _REMARK_FIELD, _ID_FIELD, _BY_FIELD}:
        raise ValueError(entry)
    told_parts = [part.partition(_OfShare) for part in parts.split(OfPart)]
    if any(cut and not _SHARE.fullmatch(share) for _, cut, share in told_parts):
        raise ValueError(entry)
    colour = fields.get(_COLOUR_FIELD, "")
    told = {
        "name": _unescape(name),
        "parts": tuple(_read_part(part) for part, cut, _ in told_parts if not cut),
        "cut": tuple(
            {"part": _read_part(part), "share": int(share)}
            for part, cut, share in told_parts
            if cut
        ),
        "by": _unescape(fields.get(_BY_FIELD, "")),
        "colour": f"#{colour}" if colour else "",
        "remark": _unescape(fields.get(_REMARK_FIELD, "")),
        "id": _unescape(fields.get(_ID_FIELD, "")),
    }
    return OwnArea.model_validate(told)


def _escape(text: str) -> str:
    return "".join(_ESCAPED.get(sign, sign) for sign in text)


def _unescape(text: str) -> str:
    """Undo `_escape` (`ValueError` where something else was written)."""

    def sign(found: re.Match[str]) -> str:
        if found[0] not in _UNESCAPED:
            raise ValueError(found[0])
        return _UNESCAPED[found[0]]

    return re.sub(r"_.?", sign, text, flags=re.DOTALL)
