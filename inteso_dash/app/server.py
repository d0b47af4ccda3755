"""Addresses served beside the pages: boundaries, maps fetched ahead, the search."""

from __future__ import annotations

import asyncio
import gc
import itertools
import logging
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from inteso_dash.app.guard import Guard
from inteso_dash.app.messages import gather_settings_once, hand_over_together
from inteso_dash.app.search import ROUTE as SEARCH_ROUTE
from inteso_dash.app.search import answer as search_answer
from inteso_dash.app.search import everything, pages
from inteso_dash.app.sessions import keep_departed, keep_tidy, let_actions_end
from inteso_dash.app.shell import Shell
from inteso_dash.boundaries.assets import ROUTE, Asset
from inteso_dash.catalogue import CatalogueError
from inteso_dash.catalogue.folder import EMBED, HOSTS
from inteso_dash.measures.classes import Method
from inteso_dash.pages.karte.kept import AHEAD_ROUTE, first_map
from inteso_dash.pages.karte.kept import ahead as store_ahead
from inteso_dash.session import store
from inteso_dash.session.mishaps import outside  # noqa: F401
from inteso_dash.tables.reading.apart import be_ready

_log = logging.getLogger(__name__)
FRAME = Path(__file__).with_name("frame.py")
"""What Streamlit runs for every visitor."""
_FREEZE_EVERY = 60
"""Seconds."""
_THAW_EVERY = 30
"""Rounds of freezing."""
_FIRST_PAGE = 2.0
"""Seconds that the first page has for itself."""
_CACHE_FOR_GOOD = "public, max-age=31536000, immutable"


async def asset(request: Request) -> Response:
    """Send the boundaries of a layer or the script of a component."""
    try:
        served = await asyncio.to_thread(store.asset, request.path_params["name"])
    except CatalogueError:
        served = None
    return send(request, served)


async def ahead(request: Request) -> Response:
    """Send the maps of all indicators of a topic."""
    asked = request.path_params
    try:
        method = Method(asked["method"])
        found = await asyncio.to_thread(
            store_ahead, asked["level"], asked["topic"], method, asked["classes"]
        )
    except (CatalogueError, KeyError, ValueError):
        found = None
    return send(request, found)


async def search(request: Request) -> Response:
    """Answer what is typed into the search."""
    token, query = request.path_params["token"], request.query_params.get("q", "")
    try:
        found = await asyncio.to_thread(search_answer, token, query)
    except CatalogueError:
        return send(request, None)
    return Response(found, media_type="application/json", headers={"Cache-Control": "no-store"})


def send(request: Request, found: Asset | None) -> Response:
    """Send a file that never changes at its address."""
    if found is None:
        return Response("Diese Datei gibt es nicht.", status_code=404, media_type="text/plain")
    headers = {"Cache-Control": _CACHE_FOR_GOOD, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(found.packed, media_type=found.media_type, headers=headers)
    return Response(found.body, media_type=found.media_type, headers=headers)


def prepare() -> bool:
    """Load what the first page needs; say whether there is a city to show."""
    try:
        store.assets()
    except CatalogueError as error:
        _log.error("Der Datenordner ist nicht in Ordnung: %s", " ".join(error.problems))
        return False
    first_map("")
    for finding in store.city().withheld:
        _log.warning("Nicht gezeigt: %s: %s", finding.file, finding.text)
    return True


def prepare_more() -> None:
    """Load what other pages share, then take it all out of the garbage collector's way."""
    everything()
    pages()
    gc.collect()
    gc.freeze()
    be_ready()


async def keep_frozen() -> None:
    """Take out of the collector's way what sessions have come to share since.

    Python's collector walks what is left. What was frozen and is garbage by now goes at each thaw.
    """
    for round_ in itertools.count(1):
        await asyncio.sleep(_FREEZE_EVERY)
        if round_ % _THAW_EVERY == 0:
            gc.unfreeze()
        gc.collect()
        gc.freeze()


def answer_at_once() -> None:
    """Send every message when it is written, not when the browser has confirmed the one before.

    asyncio turns Nagle's algorithm off only for sockets that name their protocol; Streamlit's
    listening socket does not, which costs 40 ms a rerun. Accepted connections inherit the option.
    """
    for each in gc.get_objects():
        if type(each) is not socket.socket or each.type is not socket.SOCK_STREAM:
            continue
        if each.fileno() >= 0 and each.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


async def _prepare() -> None:
    """Prepare beside the first visitor, what the first page does not need after it."""
    if await asyncio.to_thread(prepare):
        await asyncio.sleep(_FIRST_PAGE)
        await asyncio.to_thread(prepare_more)


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Prepare while the server answers."""
    answer_at_once()
    gather_settings_once()
    hand_over_together()
    let_actions_end()
    lasting = _prepare(), keep_tidy(keep_departed()), keep_frozen()
    tasks = [asyncio.create_task(each) for each in lasting]
    yield {}
    for each in tasks:
        each.cancel()


def routes(base: str) -> list[Route]:
    """Return the addresses served beside Streamlit's, below the path the operator has chosen."""
    below = "".join(f"/{part}" for part in base.split("/") if part)
    view = "{run}/{level}/{topic}/{method}/{classes:int}"
    return [
        Route(f"{below}/{ROUTE}/{{name}}", asset),
        Route(f"{below}/{AHEAD_ROUTE}/{view}", ahead),
        Route(f"{below}/{SEARCH_ROUTE}/{{token}}", search),
    ]


def listed(variable: str) -> tuple[str, ...]:
    """Return what the environment lists, separated by commas."""
    return tuple(filter(None, map(str.strip, os.environ.get(variable, "").split(","))))


def middleware() -> list[Middleware]:
    """Return what stands before Streamlit: who may ask, then the page around the application."""
    guard = Middleware(Guard, hosts=listed(HOSTS), embed=listed(EMBED))
    return [guard, Middleware(Shell)]
