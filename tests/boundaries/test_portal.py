"""Fetching official files, from a local server on 127.0.0.1 with the files of a made-up city."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest
import shapely

from inteso_dash.boundaries.area_files import match_sources
from inteso_dash.boundaries.build import build_geodata
from inteso_dash.boundaries.fetch import FetchReport, fetch
from inteso_dash.boundaries.layer_checks import check_boundaries
from inteso_dash.boundaries.layers import read_boundaries, read_layers
from inteso_dash.boundaries.recipe import BoundaryError, read_recipe
from inteso_dash.language.findings import Finding
from tests.paths import ROOT as SHIPPED
from tests.towns import made_up_city as city

QUARTERS, DISTRICTS = "/Quartiere für alle.geojson", "/Bezirke.geojson"
Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Portal:
    """The answers of the made-up portal by path, and the paths asked for as they came."""

    port: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def sends(
    body: bytes | str, *, status: int = 200, length: int | None = None, **headers: str
) -> Answer:
    content = body.encode() if isinstance(body, str) else body

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(content) if length is None else length))
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def without_length(body: bytes) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def check_fetched(root: Path, target: Path, folder: Path) -> list[Finding]:
    """Check a city whose boundaries are those that were fetched."""
    shutil.copytree(root / "geodata", folder / "geodata")
    shutil.copytree(target, folder / "geodata", dirs_exist_ok=True)
    return check_boundaries(folder)


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    known = Portal()
    known.answers = {
        QUARTERS: sends(city.quarters_text()),
        DISTRICTS: sends(city.districts_text()),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known.asked.append(self.path)
            missing = sends("<html>nicht da</html>", status=404)
            known.answers.get(unquote(self.path), missing)(self)

        def log_message(self, *_: object) -> None:
            """Keep the test output clean."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        known.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield known
        known.released.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    build_geodata(tmp_path / "city", city.write_city(tmp_path / "city"))
    return tmp_path / "city"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "user/99"


def get(root: Path, target: Path, portal: Portal, **more: object) -> FetchReport:
    bases = {"https://portal.example/dateien": portal.url}
    return fetch(root, target, base_urls=bases, **{"timeout": 5.0, **more})  # type: ignore[arg-type]


def content_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


def test_fetch_makes_full_layers_that_are_used_from_then_on(
    root: Path, target: Path, portal: Portal, tmp_path: Path
) -> None:
    report = get(root, target, portal)
    assert portal.asked == ["/Quartiere%20f%C3%BCr%20alle.geojson", "/Bezirke.geojson"]
    assert len(report.lines()) == 2 + 3
    full, shipped = read_layers(root, target), read_layers(root)
    assert {layer.folder for layer in full.values()} == {target}
    for key, layer in full.items():
        assert not layer.generalised
        assert shipped[key].generalised
        frame, before = read_boundaries(layer), read_boundaries(shipped[key])
        assert frame["area_id"].tolist() == before["area_id"].tolist()
        assert frame["name"].equals(before["name"])
        vertices = shapely.get_num_coordinates(frame.geometry).sum()
        assert vertices > 5 * shapely.get_num_coordinates(before.geometry).sum()
    assert check_fetched(root, target, tmp_path / "fetched") == []


def test_fetch_keeps_the_files_as_delivered(root: Path, target: Path, portal: Portal) -> None:
    report = get(root, target, portal)
    delivered = target / "amtlich/Quartiere für alle.geojson"
    assert delivered.read_text(encoding="utf-8") == city.quarters_text()
    assert report.downloads[0].size == delivered.stat().st_size


def test_fetch_again_replaces_the_layers_and_keeps_what_else_is_there(
    root: Path, target: Path, portal: Portal
) -> None:
    get(root, target, portal)
    before = content_of(target)
    (target / "notiz.txt").write_text("bleibt", encoding="utf-8")
    portal.answers[QUARTERS] = sends(city.quarters_text(city.tidy_quarters()))
    get(root, target, portal)
    after = content_of(target)
    assert after.pop("notiz.txt") == b"bleibt"
    assert set(after) == set(before)
    assert after["quartier.geojson"] != before["quartier.geojson"]
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_progress_is_told(root: Path, target: Path, portal: Portal) -> None:
    told: list[tuple[str, int, int | None]] = []
    get(root, target, portal, progress=lambda *each: told.append(each))
    size = len(city.districts_text().encode())
    assert told[-1] == ("bezirke", size, size)


def test_a_redirect_on_the_same_host_is_followed(root: Path, target: Path, portal: Portal) -> None:
    portal.answers["/neu/Größe.geojson"] = portal.answers[DISTRICTS]
    portal.answers[DISTRICTS] = sends("", status=302, Location="/neu/Gr%C3%B6%C3%9Fe.geojson")
    assert len(get(root, target, portal).layers) == 3


def hangs(portal: Portal) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        portal.released.wait(20)
        handler.close_connection = True

    return answer


def drips(portal: Portal) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while not portal.released.wait(0.05):
                handler.wfile.write(b" ")
        except OSError:
            handler.close_connection = True

    return answer


FAULTS: dict[str, tuple[Callable[[Portal], Answer], str]] = {
    "404": (lambda _: sends("weg", status=404), "Status 404"),
    "500": (lambda _: sends("kaputt", status=500), "Status 500"),
    "html": (
        lambda _: sends("<!DOCTYPE html><title>Wartung</title>"),
        "gefunden eine Webseite",
    ),
    "empty": (lambda _: sends(""), "kein vollständiges JSON"),
    "other json": (lambda _: sends('{"error": "x"}'), "JSON ohne Liste"),
    "truncated, length known": (
        lambda _: sends(city.quarters_text()[:-500], length=len(city.quarters_text())),
        "angekündigt",
    ),
    "truncated, length unknown": (
        lambda _: without_length(city.quarters_text()[:-500].encode()),
        "kein vollständiges JSON",
    ),
    "one area less": (
        lambda _: sends(city.quarters_text(dict(list(city.tidy_quarters().items())[1:]))),
        "gefunden 3 Flächen, erwartet 4",
    ),
    "one key changed": (
        lambda _: sends(changed(city.quarters_text(), '"0202"', '"0203"')),
        "unbekannte Schlüssel 0203, fehlende 0202",
    ),
    "two keys swapped": (
        lambda _: sends(
            changed(city.quarters_text(), '"0202"', '"x"')
            .replace('"0101"', '"0202"')
            .replace('"x"', '"0101"')
        ),
        "2 Flächen liegen anderswo .* 0101 und 0202",
    ),
    "metres": (
        lambda _: sends(changed(city.quarters_text(), "[6.", "[350006.")),
        "erwartet Länge und Breite in Grad",
    ),
    "axes swapped": (
        lambda _: sends(changed(changed(city.quarters_text(), "[6.", "[46."), ", 51.", ", 9.")),
        "4 Flächen liegen anderswo",
    ),
    "points": (
        lambda _: sends(changed(city.quarters_text(), '"Polygon"', '"LineString"')),
        "erwartet Polygon oder MultiPolygon",
    ),
    "oversized, length known": (lambda _: sends(b" " * 2_000_001), "größer als 2 MB"),
    "oversized, length unknown": (lambda _: without_length(b" " * 2_000_001), "größer als 2 MB"),
    "silent": (hangs, "keine Antwort in 0.3 Sekunden"),
    "too slow in all": (drips, "keine Antwort in 0.3 Sekunden"),
    "redirect to another host": (
        lambda portal: sends(
            "", status=302, Location=f"http://localhost:{portal.port}/Bezirke.geojson"
        ),
        "Weiterleitung zu http://localhost:",
    ),
    "redirect to a file": (
        lambda _: sends("", status=302, Location="file:///etc/hostname"),
        "Weiterleitung zu file://",
    ),
    "redirect in a circle": (
        lambda _: sends("", status=302, Location="/Quartiere%20f%C3%BCr%20alle.geojson"),
        "leitet im Kreis weiter",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_download_is_refused_and_changes_nothing(
    root: Path, target: Path, portal: Portal, fault: str
) -> None:
    get(root, target, portal)
    before = content_of(target)
    make, expected = FAULTS[fault]
    portal.answers[QUARTERS] = make(portal)
    slow = fault in {"silent", "too slow in all"}
    with pytest.raises(BoundaryError, match=expected) as caught:
        get(root, target, portal, timeout=0.3 if slow else 5.0, max_bytes=2_000_000)
    assert "Nichts wurde geändert: der vorige Download gilt weiter." in caught.value.problems
    assert content_of(target) == before
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_a_first_download_that_fails_leaves_nothing_behind(
    root: Path, target: Path, portal: Portal
) -> None:
    portal.answers[DISTRICTS] = sends("weg", status=404)
    with pytest.raises(BoundaryError, match="es gelten die mitgelieferten Grenzen"):
        get(root, target, portal)
    assert not target.parent.exists()


def test_all_problems_of_all_files_are_told(root: Path, target: Path, portal: Portal) -> None:
    portal.answers[QUARTERS] = sends(changed(city.quarters_text(), '"0202"', '"0203"'))
    portal.answers[DISTRICTS] = sends("weg", status=404)
    with pytest.raises(BoundaryError) as caught:
        get(root, target, portal)
    said = str(caught.value)
    assert "0203" in said
    assert "Status 404" in said
    assert "Erfundene Grenzen Bezirke.geojson" in said


def test_a_portal_that_is_not_there_is_refused(root: Path, target: Path, portal: Portal) -> None:
    with pytest.raises(BoundaryError, match="nicht erreichbar"):
        fetch(root, target, base_urls={"https://portal.example": "http://127.0.0.1:1"}, timeout=2)
    assert not target.exists()


def test_only_web_addresses_are_fetched(root: Path, target: Path) -> None:
    base = {"https://portal.example/dateien": (root / "amtlich").as_uri()}
    with pytest.raises(BoundaryError, match="erwartet https://"):
        fetch(root, target, base_urls=base)


def test_a_folder_that_cannot_be_written_is_named(
    root: Path, tmp_path: Path, portal: Portal
) -> None:
    (tmp_path / "datei").write_text("keine Mappe", encoding="utf-8")
    with pytest.raises(BoundaryError, match="nicht beschreibbar"):
        get(root, tmp_path / "datei/99", portal)


@pytest.mark.slow
def test_the_official_files_of_the_shipped_city_are_accepted(
    reference: Path, target: Path, portal: Portal, tmp_path: Path
) -> None:
    recipe = read_recipe(SHIPPED)
    files = match_sources(recipe, sorted(reference.glob("*.geojson")), {})
    for source in recipe.sources:
        portal.answers[f"/{source.file}"] = sends(files[source.id].read_bytes())
    bases = {
        source.origin.url.removesuffix(source.file): f"{portal.url}/" for source in recipe.sources
    }
    fetch(SHIPPED, target, base_urls=bases)
    full = read_layers(SHIPPED, target)
    assert {layer.folder for layer in full.values()} == {target}
    for layer in full.values():
        assert layer.measures is not None
        assert layer.measures.cleaned.max_hausdorff_m < 0.1
    assert check_fetched(SHIPPED, target, tmp_path / "fetched") == []
