"""A made-up city of declared tables of which every part can be replaced before it is read."""

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import yaml

from inteso_dash.catalogue import Catalogue, read_catalogue
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.tables.sources import CityData, read_city

SOURCE = {"id": "amt", "title": "Erfundene Zahlen", "producer": "Erfundenes Amt", "licence": "–"}
OTHER = {**SOURCE, "id": "andere"}
DAY = dt.date(2021, 12, 31)

REGISTER = """level,division,area_id,name,parent_id,name_complete
stadt,2020,09999,Neustadt,,true
bezirk,2020,01,Bezirk 1,09999,true
bezirk,2020,02,Bezirk 2,09999,true
viertel,2020,0101,Am Alten Hafen,01,true
viertel,2020,0102,Berg,01,true
viertel,2020,0201,Rund um den Großen Markt …,02,false
viertel,2020,0202,Wiese,02,true
"""
WIDE = """Nr;Bezirk;Name;Einwohner;Anteil;Fläche
101;1;Am Alten Hafen;1.820;28,6;1,25
102;1;Berg;930;7,5;0,75
201;2;Rund um den Großen;12;3;2,5
202;2;Wiese;–;.;1
"""
WIDE_TABLE: dict[str, Any] = {
    "id": "breit",
    "title": "Viertel",
    "kind": "figures",
    "layout": "wide",
    "level": "viertel",
    "division": "2020",
    "date": DAY,
    "source": "amt",
    "key_column": "Nr",
    "name_column": "Name",
    "parent_columns": {"Bezirk": "bezirk"},
    "columns": [
        {"name": "Einwohner", "indicator": "einwohner"},
        {"name": "Anteil", "indicator": "anteil"},
        {"name": "Fläche", "indicator": "flaeche", "factor": 100},
    ],
    "sources": [SOURCE],
}
LONG_HEAD = "level,area_id,indicator_id,date,value,unit,status,source_id,note\n"
LONG_TABLE: dict[str, Any] = {
    "id": "lang",
    "title": "Einzelne Zahlen",
    "kind": "figures",
    "layout": "long",
    "sources": [OTHER],
}
LONG = (
    LONG_HEAD
    + "stadt,9999,einwohner,2015-12-31,2600,Personen,,andere,aus der Zeitung\n"
    + "bezirk,1,anteil,31.12.2015,18.5,%,,andere,\n"
)
SITES_HEAD = (
    "name;form;places;usable;occupied;opened;closed;date;level;area_id;state;source_id;note"
)
SITES_TABLE: dict[str, Any] = {"id": "orte", "title": "Orte", "kind": "sites", "source": "amt"}
ACCOMMODATION: dict[str, Any] = {
    "level": "bezirk",
    **dict.fromkeys(("persons", "places", "usable", "sites"), "einwohner"),
    "population": "einwohner",
    "area": "flaeche",
    "need": "anteil",
    "forms": [{"title": "Wohnung"}, {"title": "Zelt"}],
    "presets": [{"title": "gleich", "population": 100, "area": 0, "need": 0}],
}
POINTS_TABLE: dict[str, Any] = {"id": "punkte", "title": "Punkte", "kind": "points"}
POINTS_HEAD = "name,address,areas,level,operator,funding,date,source_id\n"


def indicator(unit: str, decimals: int, kind: str, **more: Any) -> dict[str, Any]:
    text = {"de": f"Erfunden ({unit})", "en": f"Made up ({unit})"}
    return {
        "title": text,
        "short": text,
        "topic": "alles",
        "unit": unit,
        "decimals": decimals,
        "kind": kind,
        "meaning": "Erfunden.",
        **more,
    }


class MadeUpCity:
    """A city folder of which every part can be replaced before it is read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.tables: dict[str, tuple[dict[str, Any], bytes]] = {}
        self.more: dict[str, Any] = {}
        self.add({"id": "gebiete", "title": "Gebiete", "kind": "register"}, REGISTER)

    def add(self, table: dict[str, Any], content: str | bytes, **change: Any) -> None:
        """Add a table; rows and sha256 are those of the file unless stated."""
        data = content.encode() if isinstance(content, str) else content
        rows = max(1, data.count(b"\n") - 1)
        declared = {"rows": rows, "sha256": hashlib.sha256(data).hexdigest()}
        file = f"{table['id']}.csv"
        self.tables[table["id"]] = ({"file": file, **declared, **table, **change}, data)

    def catalogue(self) -> Catalogue:
        """Write the folder and read its declarations."""
        data = self.root / "data"
        data.mkdir(exist_ok=True)

        def level(key: str, parent: str | None, length: int, areas: int) -> dict[str, Any]:
            return {
                "id": key,
                "title": {"de": key, "en": key},
                "plural": key,
                "parent": parent,
                "key_length": length,
                "divisions": [{"id": "2020", "areas": areas}],
            }

        levels = [
            level("stadt", None, 5, 1),
            level("bezirk", "stadt", 2, 2),
            level("viertel", "bezirk", 4, 4),
        ]
        levels[2]["divisions"].insert(0, {"id": "2010", "areas": 3})
        declared = {
            "city": {"id": "09999", "name": "Neustadt"},
            "title": "Eine erfundene Stadt",
            "levels": levels,
            "topics": [{"id": "alles", "title": {"de": "Alles", "en": "All"}}],
            "start": {
                "level": "viertel",
                "indicator": "einwohner",
                "profile_level": "bezirk",
                "profile_area": "01",
            },
            **self.more,
        }
        indicators = {
            "einwohner": indicator("Personen", 0, "extensive"),
            "anteil": indicator("%", 1, "intensive", weight=["einwohner"]),
            "flaeche": indicator("ha", 1, "extensive"),
        }
        files = {"catalogue": declared, "indicators": indicators}
        files |= {name: table for name, (table, _) in self.tables.items()}
        for name, content in files.items():
            text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
            (data / f"{name}.yml").write_text(text, encoding="utf-8")
        for table, content in self.tables.values():
            (data / table["file"]).write_bytes(content)
        return read_catalogue(self.root)

    def read(self) -> CityData:
        """Write the folder and read it."""
        return read_city(self.root, self.catalogue())


def problems(read: CityData) -> list[Finding]:
    return [finding for finding in read.findings if finding.severity is not Severity.NOTE]


def only(read: CityData, rule: str) -> Finding:
    (finding,) = (finding for finding in read.findings if finding.rule == rule)
    return finding


def place(finding: Finding) -> tuple[str, str, str, str, str]:
    return finding.file, finding.row, finding.column, finding.found, finding.expected


def cell(read: CityData, area: str, indicator_id: str) -> Any:
    figures = read.figures
    (at,) = figures.index[(figures["area_id"] == area) & (figures["indicator_id"] == indicator_id)]
    return figures.loc[at]
