"""Files that the server sends at addresses which change with their content."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROUTE, AHEAD_ROUTE = "geometrie", "werte"
"""Where boundaries and components lie, and figures fetched ahead."""


@dataclass(frozen=True)
class Asset:
    """Bytes that never change at their address and may be cached for good.

    Attributes
    ----------
    name : str
        File name; holds a hash of the content.
    body : bytes
    media_type : str
    """

    name: str
    body: bytes
    media_type: str

    @property
    def url(self) -> str:
        """Address relative to the server's root."""
        return f"{ROUTE}/{self.name}"

    @cached_property
    def packed(self) -> bytes:
        """The body, compressed with gzip."""
        return gzip.compress(self.body, mtime=0)


def module(folder: Path, scripts: tuple[str, ...], style: str, texts: dict[str, str]) -> Asset:
    """Join the scripts of a component into one module, with its texts and style as constants.

    Parameters
    ----------
    folder : Path
    scripts : tuple of str
        File names in the order in which they depend on each other.
    style : str
        File name of the style sheet, empty where there is none; the scripts find it as ``CSS``.
    texts : dict
        German strings; the scripts find them as ``TEXTS``.
    """
    constants = {"TEXTS": texts, "CSS": (folder / style).read_text("utf-8") if style else ""}
    parts = [f"const {name} = {json.dumps(value)};" for name, value in constants.items()]
    parts += [_plain(folder / script) for script in scripts]
    body = "\n".join(parts).encode()
    digest = hashlib.sha256(body).hexdigest()[:12]
    return Asset(f"{folder.name}.{digest}.js", body, "text/javascript")


def loader(script: Path, loaded: Asset, failed: str) -> str:
    """Return the few lines that fetch a component; sent with every change, therefore kept short.

    Parameters
    ----------
    script : Path
        The lines, with ``__MODULE_URL__`` and ``__FAILED__`` where those belong.
    loaded : Asset
        As `module` makes it.
    failed : str
        What stands in the place of the component where it cannot be fetched.
    """
    text = _plain(script)
    return text.replace("__MODULE_URL__", loaded.url).replace("__FAILED__", failed)


def _plain(script: Path) -> str:
    """Return a script without indentation and comments that have a line of their own."""
    lines = (line.strip() for line in script.read_text("utf-8").splitlines())
    return "\n".join(line for line in lines if not line.startswith("//"))
