"""Files that are there whole or not at all, also where the disk is full."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


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
