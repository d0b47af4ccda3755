"""Data folders spoilt at random, from a seed, and whether everything still answers for them.

Every folder begins as the made-up town in two divisions, with accommodation, and is spoilt in one
to three places: bytes, YAML, GeoJSON or cells. What may come of it is a finding or a
`CatalogueError` in German; nothing else.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import streamlit as st
import yaml
from streamlit.testing.v1 import AppTest

from inteso_dash.catalogue import CatalogueError
from inteso_dash.intake import checking
from inteso_dash.intake.delivery.draft import Answers, draft
from inteso_dash.intake.delivery.folder import stamp
from inteso_dash.intake.delivery.tidy import Surroundings
from inteso_dash.language.findings import Finding
from inteso_dash.measures.classes import Method
from inteso_dash.pages.karte.kept import blank_map, citation, sentence, view
from inteso_dash.pages.runder_tisch.kept import shipped_sequences
from inteso_dash.pages.stadtteilprofil.kept import printed_profiles, profile_tables
from inteso_dash.session import mishaps, store
from inteso_dash.views.map_view import Choice
from tests.paths import FRAME
from tests.paths import page as script
from tests.towns.made_up_town import CATALOGUE, SOURCE, reseal, write_layer, write_table, write_town

PAGES = ("karte", "stadtteilprofil", "veraenderung", "unterbringung", "runder_tisch", "daten")

_OLD = "{id: gestern, areas: 2, valid_until: 2019-12-31}, {id: heute, areas: 4}"
_ACCOMMODATION = """
study_areas: [{level: quartier, area: Q01, title: Untersuchungsgebiet}]
publications: [{title: Kurzprofil, table: reihe}]
accommodation:
  level: quartier
  persons: einwohner
  places: plaetze
  usable: plaetze
  sites: plaetze
  limit: plaetze
  population: einwohner
  area: plaetze
  need: quote
  forms: [{title: Zelt, places: plaetze, sites: plaetze}]
  presets: [{title: gleich, population: 40, area: 30, need: 30}]
  events: [{date: 2016-01-01, label: Januar 2016, title: Beschluss, source: Rat}]
"""
_PLACES = """
plaetze:
  title: {de: Plätze, en: Places}
  short: {de: Plätze, en: Places}
  topic: menschen
  unit: Plätze
  decimals: 0
  kind: extensive
  protected: false
  meaning: Erfundene Plätze.
"""
_SEQUENCE = """
title: Erfundene Folge
city: K1
slides:
  - address: karte?thema=Menschen&indikator=Musterquote&ebene=Quartiere
"""

_NASTY: tuple[Any, ...] = (
    "2021-02-30", "EPSG:99999", "EPSG:4326", "", " ", "\u200b", "soft\u00adhyphen", "1.820",
    "2,310", "6.812", "51.234", "-9999", "NaN", "inf", "1e999", "1" * 5000, 10**30, -1, 0, 1, 2.5,
    True, None, [], {}, ["x"], {"de": 1}, [[[]]], [None], "{value}", "{name", "[", "*", "../../x",
    "Q99", "Q01", "quartier", "gemeinde", "einwohner", "quote", "plaetze", "gestern", "heute", "%",
    "\u2028", "<b>", "x" * 10_000, 1e300, -1e300, "0x" + "f" * 40, "2020-06-30", "31.12.2019",
    "99.99.9999",
)  # fmt: skip


def write_base(root: Path) -> Path:
    """Write the folder that is spoilt."""
    write_town(root)
    data, geodata = root / "data", root / "geodata"
    catalogue = CATALOGUE.replace("{id: heute, areas: 4}", _OLD) + _ACCOMMODATION
    (data / "catalogue.yml").write_text(catalogue, "utf-8")
    indicators = data / "indicators.yml"
    indicators.write_text(indicators.read_text("utf-8") + _PLACES, "utf-8")
    write_table(
        data,
        "frueher",
        "level,division,area_id,name,parent_id,name_complete\n"
        "quartier,gestern,Q01,West,K1,true\nquartier,gestern,Q02,Ost,K1,true\n",
        "kind: register\nrows: 2\n",
    )
    days = [f"{year}-12-31" for year in (2018, 2020, 2021)]
    lines = [
        f"quartier,{'gestern' if day < '2020' else 'heute'},Q0{area},einwohner,{day},{1000 + area}"
        for day in days
        for area in range(1, 3 if day < "2020" else 5)
    ]
    lines += [f"quartier,heute,Q0{area},plaetze,2021-12-31,{40 * area}" for area in range(1, 5)]
    write_table(
        data,
        "reihe",
        "level,division,area_id,indicator_id,date,value\n" + "\n".join(lines) + "\n",
        f"kind: figures\nlayout: long\nsource: erfunden\nrows: {len(lines)}\n",
    )
    write_table(
        data,
        "orte",
        "name,form,places,usable,occupied,opened,closed,date,level,area_id,state,source_id,note,"
        "lon,lat\nHaus A,Zelt,40,30,20,2016-01-01,,2021-12-31,quartier,Q01,in Betrieb,erfunden,,"
        "10.005,50.005\nHaus B,Zelt,60,30,20,2016-01-01,,2021-12-31,quartier,Q02,in Betrieb,"
        "erfunden,,10.015,50.005\n",
        "kind: sites\nrows: 2\ncomplete: true\npositions_public: true\n",
    )
    write_table(
        data,
        "punkte",
        "name,address,areas,level,operator,funding,date,source_id,note\n"
        "Punkt,Weg 1,Q01;Q02,quartier,Verein,Stadt,2016,erfunden,\n",
        "kind: points\nrows: 1\n",
    )
    write_table(
        data,
        "schluessel",
        "area_from,area_to,share\nQ01,Q01,0.5\nQ01,Q03,0.5\nQ02,Q02,0.5\nQ02,Q04,0.5\n",
        "kind: crosswalk\nlevel: quartier\ndivision: gestern\nto_division: heute\n"
        "weight: einwohner\nsource: erfunden\nrows: 4\n",
    )
    (data / "sequences").mkdir()
    (data / "sequences/folge.yml").write_text(_SEQUENCE, "utf-8")
    write_layer(geodata, "alt", {"Q01": (0, 0, 1), "Q02": (1, 0, 1)})
    described = geodata / "alt.yml"
    text = described.read_text("utf-8")
    text = text.replace("level: alt", "level: quartier").replace("heute", "gestern")
    described.write_text(text, "utf-8")
    assert SOURCE in (data / "gebiete.yml").read_text("utf-8")
    return root


def spoilt(root: Path, seed: int) -> list[str]:
    """Write a base folder and spoil it; return what was done."""
    rng = random.Random(seed)  # noqa: S311
    write_base(root)
    done = [_spoil(root, rng) for _ in range(rng.randint(1, 3))]
    if rng.random() < 0.7:
        reseal(root)
        done.append("Prüfsummen erneuert")
    return done


def _spoil(root: Path, rng: random.Random) -> str:
    path = rng.choice(sorted(each for each in root.rglob("*") if each.is_file()))
    ways: list[Callable[[Path, random.Random], str]] = [_bytes]
    ways += [_yaml] * 6 if path.suffix == ".yml" else []
    ways += [_json] * 6 if path.suffix == ".geojson" else []
    ways += [_cells] * 6 if path.suffix == ".csv" else []
    return f"{path.relative_to(root)}: {rng.choice(ways)(path, rng)}"


def _bytes(path: Path, rng: random.Random) -> str:
    content = path.read_bytes()
    at, to = sorted(rng.randrange(len(content) + 1) for _ in range(2))
    what, spoilt_content = rng.choice(
        [
            ("gekürzt", content[:at]),
            ("Stück fehlt", content[:at] + content[to:]),
            ("Stück doppelt", content[:to] + content[at:]),
            ("leer", b""),
            ("Nullbytes", content[:at] + b"\x00\x00" + content[at:]),
            ("Klammern", content[:at] + b"[" * 60_000 + content[at:]),
            ("UTF-16", content.decode("utf-8", "replace").encode("utf-16")),
            ("Windows-1252", content.decode("utf-8", "replace").encode("cp1252", "replace")),
            ("Bytes", content[:at] + rng.randbytes(8) + content[at:]),
            ("BOM", b"\xef\xbb\xbf" + content),
            ("gelöscht", None),
            ("Ordner", None),
        ]
    )
    if spoilt_content is not None:
        path.write_bytes(spoilt_content)
    else:
        path.unlink()
        if what == "Ordner":
            path.mkdir()
    return what


def _nodes(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    children = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in children:
        yield (*place, key)
        if isinstance(each, dict | list):
            yield from _nodes(each, (*place, key))


def _structure(held: Any, rng: random.Random) -> str:
    places = list(_nodes(held))
    if not places:
        return "nichts"
    place = rng.choice(places)
    parent = held
    for key in place[:-1]:
        parent = parent[key]
    last, what = place[-1], rng.choice(["Wert", "Wert", "Wert", "weg", "fremd", "tief", "doppelt"])
    if what == "Wert":
        parent[last] = rng.choice(_NASTY)
    elif what == "weg":
        del parent[last]
    elif what == "fremd" and isinstance(parent, dict):
        parent[rng.choice(["fremd", "id", "tables", "faults", "name"])] = rng.choice(_NASTY)
    elif what == "doppelt" and isinstance(parent, list):
        parent.append(parent[last])
    else:
        deep: Any = "x"
        for _ in range(rng.choice([3, 60, 200])):
            deep = [deep]
        parent[last] = deep
    return f"{what} {'.'.join(map(str, place))}"


def _yaml(path: Path, rng: random.Random) -> str:
    try:
        held = yaml.safe_load(path.read_text("utf-8"))
        if not isinstance(held, dict):
            return _bytes(path, rng)
        what = _structure(held, rng)
        path.write_text(yaml.safe_dump(held, allow_unicode=True, sort_keys=False), "utf-8")
    except (yaml.YAMLError, ValueError, RecursionError):
        return _bytes(path, rng)
    return what


def _json(path: Path, rng: random.Random) -> str:
    try:
        held = json.loads(path.read_text("utf-8"))
    except ValueError:
        return _bytes(path, rng)
    features = held.get("features") if isinstance(held, dict) else None
    scale = rng.choice([1e-7, 1e-5, 0, 60, -1])
    if isinstance(features, list) and features and rng.random() < 0.4:
        feature = rng.choice(features)
        try:
            ring = feature["geometry"]["coordinates"][0]
            x, y = ring[0]
            ring[:] = [[x + (a - x) * scale, y + (b - y) * scale] for a, b in ring]
            what = f"Fläche mal {scale}"
        except (TypeError, ValueError, LookupError):
            what = _structure(held, rng)
    else:
        what = _structure(held, rng)
    try:
        path.write_text(json.dumps(held), "utf-8")
    except (ValueError, RecursionError):
        return _bytes(path, rng)
    return what


def _cells(path: Path, rng: random.Random) -> str:
    lines = path.read_text("utf-8", "replace").splitlines()
    if not lines:
        return "nichts"
    mark = ";" if ";" in lines[0] and path.stem == "zahlen" else ","
    row = rng.randrange(len(lines))
    cells = lines[row].split(mark)
    at = rng.randrange(len(cells))
    what = rng.choice(["Zelle", "Zelle", "Zelle", "Spalte", "Zeile weg", "Zeile doppelt", "kurz"])
    if what == "Zelle":
        cells[at] = str(rng.choice(_NASTY))
        lines[row] = mark.join(cells)
    elif what == "Spalte":
        for k, line in enumerate(lines[1:], start=1):
            each = line.split(mark)
            if at < len(each):
                each[at] = str(rng.choice(["1.820", "2,310", "6.812", "\u200b", "x", "", each[at]]))
            lines[k] = mark.join(each)
    elif what == "Zeile weg":
        del lines[row]
    elif what == "Zeile doppelt":
        lines.insert(row, lines[row])
    else:
        lines[row] = mark.join(cells[:at])
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return f"{what} {row + 1}.{at + 1}"


def examine(root: Path) -> str:
    """Let the checks and everything else look at a folder in use, as `shown`."""
    checked(root)
    return shown()


def shown() -> str:
    """Let what is shown be made of a folder in use; return "steht" or "steht nicht".

    Raises
    ------
    AssertionError
        If something other than a German sentence comes of it.
    """
    st.cache_resource.clear()
    try:
        city = store.city()
    except CatalogueError as error:
        _sentences(error.problems)
        return "steht nicht"
    _sentences([each.text for each in city.withheld])
    assert store.assets()
    drawn = store.geometries()
    for level in city.catalogue.levels:
        for indicator in city.catalogue.indicators:
            choice = Choice(level.id, indicator.id, Method.QUANTILES, 5)
            if (level.id, level.current.id) in drawn:
                blank_map(choice)
            for layer in view(choice).layers:
                assert sentence(choice, layer.date)
                citation(choice, layer.date)
        for area in city.areas(level.id).index[:2]:
            profile_tables(level.id, str(area), ())
            printed_profiles(level.id, str(area))
    shipped_sequences()
    return "steht"


def checked(root: Path) -> list[Finding]:
    """Return what the checks find in a folder; they say it in sentences."""
    try:
        found = checking.with_protection(root)
    except CatalogueError as error:
        _sentences(error.problems)
        return []
    _sentences([finding.text for finding in found])
    checking.report(found)
    return found


def _sentences(said: list[str] | tuple[str, ...]) -> None:
    for each in said:
        assert each.strip(), said
        assert len(each) < 5_000, each[:200]
        assert not re.search(r"Traceback|Error\b|Input should|\bnot\b|object at 0x", each), each


def opened(root: Path) -> dict[str, list[str]]:
    """Open every page for a folder in use, of which none may fail; return what they warn of."""
    st.cache_resource.clear()
    heard, warned = _Heard(), dict[str, list[str]]()
    mishaps.LOG.addHandler(heard)
    try:
        app = AppTest.from_file(FRAME, default_timeout=120).run()
        for page in PAGES:
            if page != "karte":
                app.switch_page(script(page)).run()
            assert not app.exception, (page, root, app.exception[0].value)
            assert not heard.said, (page, root, *heard.said)
            warned[page] = [each.value for each in app.warning]
    finally:
        mishaps.LOG.removeHandler(heard)
    return warned


class _Heard(logging.Handler):
    """Keeps what the application has logged as errors of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(self.format(record))


def delivered(content: bytes, name: str, city: Surroundings) -> None:
    """Read a delivery; anything but a draft is a fault."""
    now = dt.datetime(2026, 1, 1, 12)  # noqa: DTZ001
    drawn = draft(content, name, city, Answers(), stamp(city.catalogue, now))
    _sentences([each.text for each in drawn.findings])


def spoilt_delivery(seed: int, folder: Path) -> tuple[str, bytes]:
    """Return a delivery spoilt at random."""
    rng = random.Random(seed)  # noqa: S311
    rows = [
        f"Q0{area};Quartier {area};{rng.choice(['1.820', '820', '2.310'])};{area * 2},5"
        for area in range(1, 5)
    ]
    path = folder / "lieferung.csv"
    head = "Quartier;Name;Einwohner;Musterquote (%)"
    path.write_text("Stand: 31.12.2023\n" + "\n".join([head, *rows]) + "\n", "utf-8")
    for _ in range(rng.randint(1, 4)):
        if path.is_file() and path.read_bytes():
            rng.choice([_cells, _cells, _bytes])(path, rng)
    if path.is_dir():
        path.rmdir()
    return path.name, path.read_bytes() if path.is_file() else b""
