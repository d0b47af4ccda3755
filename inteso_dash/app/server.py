"""Addresses served beside the pages: boundaries, maps fetched ahead, the search."""

from __future__ import annotations

import asyncio
import gc
import itertools
import os
import socket
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from streamlit import delta_generator
from streamlit.proto.NewSession_pb2 import Config, CustomThemeConfig
from streamlit.runtime import app_session

from inteso_dash.app import SEARCH_ROUTE
from inteso_dash.app.guard import Guard
from inteso_dash.app.sessions import (
    keep_answers,
    keep_departed,
    keep_tidy,
    let_actions_end,
    stay_on_new_pages,
)
from inteso_dash.app.shell import Shell
from inteso_dash.boundaries.assets import AHEAD_ROUTE, ROUTE, Asset
from inteso_dash.folders import EMBED, HOSTS
from inteso_dash.session.mishaps import outside  # noqa: F401

FRAME = Path(__file__).with_name("frame.py")
"""What Streamlit runs for every visitor."""
_FREEZE_EVERY = 60
"""Seconds."""
_THAW_EVERY = 30
"""Rounds of freezing."""
_FIRST_PAGE = 2.0
"""Seconds that the first page has for itself."""
_OPEN = Path("/dev/fd")
"""What this process has open, by number."""
_CACHE_FOR_GOOD = "public, max-age=31536000, immutable"
_theme, _config = app_session._populate_theme_msg, app_session._populate_config_msg  # noqa: SLF001


def _ready() -> Any:
    """Return what answers; its import takes long, therefore in threads beside the server's."""
    from inteso_dash.app import ready

    return ready


async def asset(request: Request) -> Response:
    """Send the boundaries of a layer or the script of a component."""
    name = request.path_params["name"]
    return send(request, await asyncio.to_thread(lambda: _ready().asset(name)))


async def ahead(request: Request) -> Response:
    """Send what each option of a list changes on the map."""
    asked = {key: each for key, each in request.path_params.items() if key != "run"}
    return send(request, await asyncio.to_thread(lambda: _ready().ahead(**asked)))


async def profile_ahead(request: Request) -> Response:
    """Send what an option changes on the page of a profile."""
    query = request.url.query
    return send(request, await asyncio.to_thread(lambda: _ready().profile_ahead(query)))


async def search(request: Request) -> Response:
    """Answer what is typed into the search."""
    token, typed = request.path_params["token"], request.query_params.get("q", "")
    answer = await asyncio.to_thread(lambda: _ready().search(token, typed))
    if answer is None:
        return send(request, None)
    return Response(answer, media_type="application/json", headers={"Cache-Control": "no-store"})


def send(request: Request, found: Asset | None) -> Response:
    """Send a file that never changes at its address."""
    if found is None:
        return Response("Diese Datei gibt es nicht.", status_code=404, media_type="text/plain")
    headers = {"Cache-Control": _CACHE_FOR_GOOD, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(found.packed, media_type=found.media_type, headers=headers)
    return Response(found.body, media_type=found.media_type, headers=headers)


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
    Windows lists no files that a process has open; there it stays as it is.
    """
    for each in _OPEN.iterdir() if _OPEN.is_dir() else ():
        number = int(each.name)
        with suppress(OSError):
            if not stat.S_ISSOCK(os.fstat(number).st_mode):
                continue
            with socket.socket(fileno=os.dup(number)) as found:
                if found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def gather_settings_once() -> None:
    """Let the settings that open a run be gathered once, for they stay while the server runs.

    Streamlit gathers them anew for every run, from all settings there are.
    """

    @cache
    def theme_of(section: str) -> CustomThemeConfig:
        _theme(made := CustomThemeConfig(), section)
        return made

    @cache
    def config_of_all() -> Config:
        _config(made := Config())
        return made

    def theme(message: CustomThemeConfig, section: str = "theme") -> None:
        # A section without settings is to stay absent.
        if (known := theme_of(section)).ListFields():
            message.MergeFrom(known)

    def config(message: Config) -> None:
        message.MergeFrom(config_of_all())

    setattr(app_session, _theme.__name__, theme)
    setattr(app_session, _config.__name__, config)


def warn_of_nothing() -> None:
    """Leave out the question whether somebody has started a page by hand.

    Streamlit asks it once, at the first element, and reads the source of every module for it: a
    third of a second.
    """
    delta_generator._use_warning_has_been_displayed = True  # noqa: SLF001


async def _prepare() -> None:
    """Prepare beside the first visitor, what the first page does not need after it."""
    if await asyncio.to_thread(lambda: _ready().prepare()):
        await asyncio.sleep(_FIRST_PAGE)
        await asyncio.to_thread(lambda: _ready().prepare_more())


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Prepare while the server answers."""
    answer_at_once()
    gather_settings_once()
    warn_of_nothing()
    let_actions_end()
    keep_answers()
    stay_on_new_pages()
    lasting = _prepare(), keep_tidy(keep_departed()), keep_frozen()
    tasks = [asyncio.create_task(each) for each in lasting]
    yield {}
    for each in tasks:
        each.cancel()


def routes(base: str) -> list[Route]:
    """Return the addresses served beside Streamlit's, below the path the operator has chosen."""
    below = "".join(f"/{part}" for part in base.split("/") if part)
    view = "{run}/{level}/{method}/{classes:int}/{of}/{about}"
    return [
        Route(f"{below}/{ROUTE}/{{name}}", asset),
        Route(f"{below}/{AHEAD_ROUTE}/{view}", ahead),
        Route(f"{below}/{AHEAD_ROUTE}/{{run}}/stadtteilprofil", profile_ahead),
        Route(f"{below}/{SEARCH_ROUTE}/{{token}}", search),
    ]


def listed(variable: str) -> tuple[str, ...]:
    """Return what the environment lists, separated by commas."""
    return tuple(filter(None, map(str.strip, os.environ.get(variable, "").split(","))))


def middleware() -> list[Middleware]:
    """Return what stands before Streamlit: who may ask, then the page around the application."""
    guard = Middleware(Guard, hosts=listed(HOSTS), embed=listed(EMBED))
    return [guard, Middleware(Shell)]
