"""How a component reaches the browser: its program once, a few lines with every change."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from inteso_dash.boundaries.assets import Asset


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


def loader(loaded: Asset, failed: str) -> str:
    """Return the few lines that fetch a component; sent with every change, therefore kept short.

    Parameters
    ----------
    loaded : Asset
        As `module` makes it.
    failed : str
        What stands in the place of the component where it cannot be fetched.
    """
    text = _plain(Path(__file__).with_name("loader.js"))
    return text.replace("__MODULE_URL__", loaded.url).replace("__FAILED__", failed)


def _plain(script: Path) -> str:
    """Return a script without indentation and comments that have a line of their own."""
    lines = (line.strip() for line in script.read_text("utf-8").splitlines())
    return "\n".join(line for line in lines if not line.startswith("//"))
