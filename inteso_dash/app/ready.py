"""What the server answers with once the city is there; imported when it answers already.

All that takes long to import comes with this module. Whoever needs any of it imports this module
first, so that two threads never import the same things from different ends.
"""

from __future__ import annotations

import gc
import logging
from typing import Any

from inteso_dash.app.search import answer, everything, pages
from inteso_dash.boundaries.assets import Asset
from inteso_dash.catalogue import CatalogueError
from inteso_dash.drawing.area_map import MODULE
from inteso_dash.measures.classes import Method
from inteso_dash.pages import PAGES
from inteso_dash.pages.karte import kept
from inteso_dash.session import mishaps, store

_log = logging.getLogger(__name__)
MAP_MODULE = MODULE.url
"""Address of the program text that draws the map."""
START = PAGES[0].id
"""The start page."""


def asset(name: str) -> Asset | None:
    """Return the boundaries of a layer or the script of a component, None where there are none."""
    try:
        return store.asset(name)
    except CatalogueError:
        return None


def ahead(level: str, method: str, classes: int, of: str, about: str) -> Asset | None:
    """Return what each option of a list changes on the map, None where there is no such list."""
    try:
        return kept.ahead(level, Method(method), classes, of, about)
    except (CatalogueError, KeyError, ValueError):
        return None


def profile_ahead(query: str) -> Asset | None:
    """Return what an option changes on the page of a profile, None where there is no such area."""
    from inteso_dash.pages.stadtteilprofil import kept

    try:
        return kept.ahead(query)
    except (CatalogueError, KeyError, ValueError):
        return None


def search(token: str, query: str) -> bytes | None:
    """Answer what is typed into the search, None where there is no city."""
    try:
        return answer(token, query)
    except CatalogueError:
        return None


def begin(query: str | None) -> tuple[str, dict[str, Any] | None]:
    """Return the title of the city, and what the browser draws first of the start page.

    Parameters
    ----------
    query : str or None
        What the address of the start page asks for; None for other pages.
    """
    title, data = "inteso_dash", None
    try:
        title = store.shared_city().catalogue.title
        data = None if query is None else kept.first_map(query)
    except CatalogueError:
        pass  # What is wrong stands on the page.
    except Exception as error:  # noqa: BLE001
        mishaps.said(error)
    return title, data


def prepare() -> bool:
    """Load what the first page needs; say whether there is a city to show.

    Streamlit looks for garbage before the browser is told that its page is ready: not among all
    that has been imported.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    try:
        store.assets()
    except CatalogueError as error:
        _log.error("Der Datenordner ist nicht in Ordnung: %s", " ".join(error.problems))
        return False
    kept.first_map("")
    for finding in store.city().withheld:
        _log.warning("Nicht gezeigt: %s: %s", finding.file, finding.text)
    return True


def prepare_more() -> None:
    """Load what other pages share, then take it all out of the garbage collector's way."""
    from inteso_dash.tables.reading.apart import be_ready

    everything()
    pages()
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    be_ready()
