"""Where the data of a city lies, and how files are written there: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from importlib import resources
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

from inteso_dash.catalogue import Catalogue

DATA_VARIABLE = "INTESO_DASH_DATA"

STORE_VARIABLE = "INTESO_DASH_STORE"
POSTGRESQL, CLICKHOUSE = ("postgresql://", "postgres://"), ("clickhouse://", "chdb://")
"""What addresses of databases for compiled cities begin with."""

STORE_UPLOADS = "INTESO_DASH_STORE_UPLOADS"
"""Environment variable by which an operator lets uploads be put into the data folder."""

HOSTS, EMBED = "INTESO_DASH_HOSTS", "INTESO_DASH_EMBED"
"""Likewise names of the server, and sites that may show it in a frame; separated by commas."""

WORKER_VARIABLE, WORKER_COOKIE = "INTESO_DASH_WORKER", "inteso_dash_worker"
"""Number of this process among several behind one address, and the cookie that names it."""

SINGLE_USER_VARIABLE = "INTESO_DASH_SINGLE_USER"
"""Likewise: kept views go to the user's own folder."""


def shipped() -> Path:
    """Folder of what goes with the program: ``data``, ``geodata`` and ``app.py``."""
    package = Path(str(resources.files("inteso_dash")))
    packed = package / "shipped"
    return packed if packed.is_dir() else package.parent


def start_file() -> Path:
    """File that ``streamlit run`` starts."""
    return shipped() / "app.py"


def default_root() -> Path:
    """City folder to use: ``INTESO_DASH_DATA``, else the one shipped with the program."""
    chosen = os.environ.get(DATA_VARIABLE)
    if chosen:
        return Path(chosen)
    return shipped()


def boundaries_folder(catalogue: Catalogue) -> Path:
    """Folder of the user for the city's boundaries in full resolution."""
    return user_data_path("inteso-dash", appauthor=False) / catalogue.city.id


def store_folder() -> Path:
    """Folder for compiled cities: ``INTESO_DASH_STORE``, else one in the user's cache."""
    chosen = os.environ.get(STORE_VARIABLE)
    if chosen and not store_address():
        return Path(chosen)
    return user_cache_path("inteso-dash", appauthor=False) / "cities"


def store_address() -> str:
    """Address of a database for compiled cities, where ``INTESO_DASH_STORE`` is one; else empty."""
    chosen = os.environ.get(STORE_VARIABLE, "")
    return chosen if chosen.startswith(POSTGRESQL + CLICKHOUSE) else ""


def write_whole(target: Path, content: bytes) -> None:
    """Write a file beside its place, then put it there; what cannot be written leaves nothing.

    A target that is no ordinary file, such as a pipe, is written to as it is.

    Raises
    ------
    OSError
        Then the file is as it was before.
    """
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
    place = target.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{place.name}-", dir=place.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        beside.chmod(place.stat().st_mode & 0o777 if place.exists() else 0o666 & ~_umask())
        beside.replace(place)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
