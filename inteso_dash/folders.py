"""Where the data of a city lies, and how files are written there: whole or not at all.

Commands and the server begin with this module: it imports nothing that takes long.
"""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType

from platformdirs import user_cache_path, user_data_path

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

_FOLDERS = ("data", "geodata")
_PACKAGE = Path(__file__).parent
_MADE_BY = ("boundaries", "catalogue", "city", "language", "measures", "tables")
_LIBRARIES = ("geopandas", "numpy", "pandas", "pyarrow", "pydantic", "pyproj", "scipy", "shapely")


def shipped() -> Path:
    """Folder of what goes with the program: ``data``, ``geodata`` and ``app.py``."""
    packed = _PACKAGE / "shipped"
    return packed if packed.is_dir() else _PACKAGE.parent


def start_file() -> Path:
    """File that ``streamlit run`` starts."""
    return shipped() / "app.py"


def default_root() -> Path:
    """City folder to use: ``INTESO_DASH_DATA``, else the one shipped with the program."""
    chosen = os.environ.get(DATA_VARIABLE)
    if chosen:
        return Path(chosen)
    return shipped()


def boundaries_folder(city: str) -> Path:
    """Folder of the user for the boundaries of a city, named by its id, in full resolution."""
    return user_data_path("inteso-dash", appauthor=False) / city


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


def folder_hash(
    root: Path,
    deliveries: Mapping[str, bytes] = MappingProxyType({}),
    secret: Collection[str] = (),
    instead: bytes = b"",
) -> str:
    """Return one hash for everything that a city's figures and maps are made from.

    Parameters
    ----------
    root : Path
        City folder; its files in ``data/`` and ``geodata/`` count, in the order of their names.
    deliveries : mapping of str to bytes
        Tables read beside it, by id.
    secret : collection of str
        Stems of files, and ids of deliveries, that hold secret values and do not count: from a
        hash of them the values could be tried out.
    instead : bytes
        What is shown of them, which counts in their place.

    Returns
    -------
    str
        SHA-256, hexadecimal. The same names and contents give the same hash wherever the folder
        lies and in whatever order the deliveries came.
    """
    contents: dict[str, Path | bytes] = {
        path.relative_to(root).as_posix(): path
        for folder in _FOLDERS
        for path in (root / folder).rglob("*")
        if path.is_file() and not path.name.startswith(".") and path.stem not in secret
    }
    contents |= {
        f"delivery/{key}": content for key, content in deliveries.items() if key not in secret
    }
    if secret:
        contents["shown"] = instead
    digest = hashlib.sha256()
    for name, held in sorted(contents.items(), key=lambda each: each[0]):
        content = held.read_bytes() if isinstance(held, Path) else held
        digest.update(f"{name}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def place_of(root: Path) -> Path:
    """Folder for what is kept of a city folder."""
    name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]
    return store_folder() / name


def entry_key(data_hash: str) -> str:
    """Name of what is kept of files with this hash, as this very program compiles them."""
    return hashlib.sha256(f"{data_hash}\n{made_by()}".encode()).hexdigest()[:32]


def compiled(root: Path) -> bool:
    """Say whether a folder of the store holds the city as its files are now."""
    try:
        entry = place_of(root) / entry_key(folder_hash(root))
        return not store_address() and entry.is_dir() and private(store_folder())
    except OSError:
        return False


@functools.cache
def made_by() -> str:
    """Return one hash for the code that makes a city of its files, and what it runs on."""
    from importlib import metadata

    digest = hashlib.sha256(sys.version.encode())
    for library in _LIBRARIES:
        # Parsing what an installed library says of itself, for its version alone, takes long.
        said = metadata.distribution(library).read_text("METADATA") or metadata.version(library)
        digest.update(f"{library} {said}\n".encode())
    for part in _MADE_BY:
        for path in sorted((_PACKAGE / part).rglob("*.*")):
            if path.suffix in {".py", ".toml"}:
                digest.update(path.relative_to(_PACKAGE).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def private(folder: Path) -> bool:
    """Say whether nobody but this user can have written into a folder."""
    if sys.platform == "win32":
        return True
    found = folder.stat()
    return found.st_uid == os.getuid() and not found.st_mode & 0o022


def write_whole(target: Path, content: bytes) -> None:
    """Write a file beside its place, then put it there; what cannot be written leaves nothing.

    A target that is no ordinary file, such as a pipe, is written to as it is.

    Raises
    ------
    OSError
        Then the file is as it was before.
    """
    import tempfile

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
