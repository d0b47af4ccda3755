"""Fetch a city's official boundary files from its open-data portal.

What is downloaded is checked against the recipe and the shipped layers before anything is written;
a download that is not what it should be changes nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas
import httpx
import numpy as np

from inteso_dash.boundaries.area_files import read_official
from inteso_dash.boundaries.build import make_layers, write_layers
from inteso_dash.boundaries.coverage import compare, only_polygons
from inteso_dash.boundaries.layers import Layer, read_boundaries, read_layers, replacing
from inteso_dash.boundaries.recipe import BoundaryError, OfficialSource, Recipe, read_recipe
from inteso_dash.boundaries.reference_systems import TURNED
from inteso_dash.language import formats

OFFICIAL_FOLDER = "amtlich"
DEFAULT_TIMEOUT = 30.0
DEFAULT_MAX_BYTES = 50_000_000
_TIMEOUTS_IN_ALL = 20
_MIN_IOU = 0.9
_SHOWN_IDS = 8
_CHECK_ADDRESS = (
    "Prüfen Sie auf dem Portal, ob die Datei eine neue Adresse hat (url in geodata/recipe.yml)."
)
_CHECK_NETWORK = "Prüfen Sie die Verbindung und versuchen Sie es später noch einmal."

Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True)
class FetchedFile:
    """One official file as it was downloaded."""

    source_id: str
    url: str
    size: int
    sha256: str


@dataclass(frozen=True)
class FetchReport:
    """What `fetch` put into the user folder."""

    folder: Path
    downloads: tuple[FetchedFile, ...]
    layers: tuple[Layer, ...]
    notes: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """One German line for each file and each layer."""
        return [
            *self.notes,
            *(
                f"{each.url}: {each.size // 1000} kB geladen und geprüft."
                for each in self.downloads
            ),
            *(
                f"{layer.file}: {layer.features} Flächen in voller Auflösung."
                for layer in self.layers
            ),
        ]


def fetch(
    root: Path,
    target: Path,
    *,
    base_urls: Mapping[str, str] | None = None,
    timeout: float = DEFAULT_TIMEOUT,
    max_bytes: int = DEFAULT_MAX_BYTES,
    progress: Progress | None = None,
) -> FetchReport:
    """Download the official files of a city, check them, and make full-resolution layers.

    Parameters
    ----------
    root : Path
        City folder, with ``geodata/``.
    target : Path
        User folder. Gets the layers with their YAML files, and the files as delivered below
        ``amtlich/``. Give it to `inteso_dash.boundaries.build.read_layers` as `override`.
    base_urls : mapping, optional
        Beginning of a URL → what to put in its place, such as a mirror.
    timeout : float
        Seconds without an answer after which a download is given up.
    max_bytes : int
        Largest size of one file.
    progress : callable, optional
        Called with source id, bytes so far, bytes in all (None where unknown).

    Returns
    -------
    FetchReport

    Raises
    ------
    BoundaryError
        With the problems of all files; the user folder is as it was, byte for byte.
    """
    recipe = read_recipe(root)
    shipped = read_layers(root)
    problems: list[str] = []
    contents: dict[str, bytes] = {}
    official: dict[str, geopandas.GeoDataFrame] = {}
    urls: dict[str, str] = {}
    for source in recipe.sources:
        urls[source.id] = url = _replaced(source.origin.url, base_urls or {})
        try:
            content = _download(source, url, timeout, max_bytes, progress)
            frame = read_official(source, content, source.file, recipe.measuring_crs)
            different = list(_differences(recipe, source, frame, shipped))
        except BoundaryError as error:
            problems.extend(error.problems)
            continue
        problems.extend(different)
        contents[source.id], official[source.id] = content, frame
    if problems:
        raise BoundaryError([*problems, _unchanged(target)])
    today = dt.datetime.now(tz=dt.UTC).date()
    dated = recipe.model_copy(
        update={
            "sources": tuple(
                source.model_copy(
                    update={"origin": source.origin.model_copy(update={"accessed": today})}
                )
                for source in recipe.sources
            )
        }
    )
    try:
        made = make_layers(dated, official, full=True)
    except BoundaryError as error:
        raise BoundaryError([*error.problems, _unchanged(target)]) from None
    with replacing(target) as folder:
        write_layers(folder, dated, made, full=True)
        (folder / OFFICIAL_FOLDER).mkdir(exist_ok=True)
        for source in recipe.sources:
            (folder / OFFICIAL_FOLDER / source.file).write_bytes(contents[source.id])
    layers = read_layers(root, target)
    return FetchReport(
        target,
        tuple(
            FetchedFile(key, urls[key], len(content), hashlib.sha256(content).hexdigest())
            for key, content in contents.items()
        ),
        tuple(layers[layer.key] for layer in recipe.layers),
        tuple(
            f"{recipe.source(key).file}: {TURNED}"
            for key in official
            if official[key].attrs["turned"]
        ),
    )


def _download(
    source: OfficialSource, url: str, timeout: float, max_bytes: int, progress: Progress | None
) -> bytes:
    def refused(found: str, advice: str) -> BoundaryError:
        return BoundaryError([f"{source.origin.title} ({url}): {found}. {advice}"])

    def stays(answer: httpx.Response) -> None:
        """Follow redirects on the same host only, and none that gives up encryption."""
        if answer.has_redirect_location:
            old, new = answer.url, answer.url.join(answer.headers["location"])
            if new.host != old.host or new.scheme not in {"https", old.scheme}:
                left = f"{new.scheme}://{new.netloc.decode()}"
                raise refused(f"Weiterleitung zu {left} nicht erlaubt", _CHECK_ADDRESS)

    try:
        with (
            httpx.Client(
                headers={"User-Agent": "inteso-dash", "Accept-Encoding": "identity"},
                verify=ssl.create_default_context(),
                timeout=timeout,
                follow_redirects=True,
                event_hooks={"response": [stays]},
            ) as client,
            client.stream("GET", url) as answer,
        ):
            if not answer.is_success:
                status = f"der Server antwortet mit Status {answer.status_code}"
                raise refused(status, _CHECK_ADDRESS)
            content = _read(answer, timeout, max_bytes, source.id, progress)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol):
        raise refused("gefunden keine Internetadresse, erwartet https://", _CHECK_ADDRESS) from None
    except httpx.TooManyRedirects:
        raise refused("der Server leitet im Kreis weiter", _CHECK_ADDRESS) from None
    except (TimeoutError, httpx.TimeoutException):
        raise refused(f"keine Antwort in {timeout:g} Sekunden", _CHECK_NETWORK) from None
    except httpx.ConnectError as error:
        raise refused(f"nicht erreichbar ({error})", _CHECK_NETWORK) from None
    except httpx.HTTPError as error:
        raise refused(f"Übertragung abgebrochen ({error})", _CHECK_NETWORK) from None
    if content is None:
        raise refused(
            f"größer als {max_bytes // 1_000_000 or max_bytes / 1_000_000:g} MB",
            "Das ist nicht die erwartete Datei. " + _CHECK_ADDRESS,
        )
    if content.lstrip()[:1] == b"<":
        raise refused("gefunden eine Webseite (HTML), erwartet eine GeoJSON-Datei", _CHECK_ADDRESS)
    return content


def _read(
    answer: httpx.Response,
    timeout: float,
    max_bytes: int,
    source_id: str,
    progress: Progress | None,
) -> bytes | None:
    """Read the body as it is sent; None where it is too large."""
    announced = answer.headers.get("content-length")
    total = None if announced is None else int(announced)
    if total is not None and total > max_bytes:
        return None
    deadline = time.monotonic() + timeout * _TIMEOUTS_IN_ALL
    content = bytearray()
    try:
        for chunk in answer.iter_raw():
            content += chunk
            if len(content) > max_bytes:
                return None
            if time.monotonic() > deadline:
                raise TimeoutError
            if progress is not None:
                progress(source_id, len(content), total)
    except httpx.RemoteProtocolError as error:
        if total is None:
            raise
        cut = f"gefunden {len(content)} Byte, angekündigt {total}"
        raise httpx.RemoteProtocolError(cut) from error
    return bytes(content)


def _differences(
    recipe: Recipe,
    source: OfficialSource,
    frame: geopandas.GeoDataFrame,
    shipped: Mapping[tuple[str, str], Layer],
) -> Iterator[str]:
    advice = (
        "Die Gliederung hat sich geändert: Die Zahlen dieses Programms gelten für die bisherige; "
        "bleiben Sie bei den mitgelieferten Grenzen."
    )
    for layer in recipe.layers:
        described = shipped.get(layer.key)
        if source.id not in (layer.source, layer.names_from) or described is None:
            continue
        known = read_boundaries(described).set_index("area_id")
        found, expected = set(frame["area_id"]), set(known.index)
        if found != expected:
            yield (
                f"{source.file}: unbekannte Schlüssel {_some(found - expected)}, fehlende "
                f"{_some(expected - found)}; erwartet die {len(expected)} Schlüssel von "
                f"{described.file}. {advice}"
            )
        common = sorted(found & expected)
        if not common:
            continue
        areas = frame.set_index("area_id").loc[common].to_crs(recipe.measuring_crs).geometry
        before = known.loc[common].to_crs(recipe.measuring_crs).geometry
        iou = compare(np.array([only_polygons(area) for area in areas]), before.to_numpy()).iou
        moved = [key for key, value in zip(common, iou, strict=True) if not value >= _MIN_IOU]
        if moved:
            yield (
                f"{source.file}: {len(moved)} Flächen liegen anderswo oder sind anders "
                f"geschnitten als in {described.file}: {_some(set(moved))} (erwartet mindestens "
                f"{_MIN_IOU:.0%} Überdeckung). {advice}"
            )


def _some(keys: set[str]) -> str:
    return formats.listed(sorted(keys), most=_SHOWN_IDS) or "keine"


def _unchanged(target: Path) -> str:
    state = (
        "der vorige Download gilt weiter"
        if target.exists()
        else "es gelten die mitgelieferten Grenzen"
    )
    return f"Nichts wurde geändert: {state}."


def _replaced(url: str, base_urls: Mapping[str, str]) -> str:
    for base, other in base_urls.items():
        if url.startswith(base):
            return other + url[len(base) :]
    return url
