"""The server's own parts: what it does beside Streamlit."""

from __future__ import annotations

import asyncio
import gc
import socket
import weakref

import pytest
from starlette.responses import HTMLResponse
from starlette.types import Message

from inteso_dash.app import server
from inteso_dash.app.server import answer_at_once, keep_frozen, routes
from inteso_dash.app.shell import Shell
from inteso_dash.catalogue.folder import WORKER_VARIABLE


def test_accepted_connections_send_at_once() -> None:
    with socket.socket(socket.AF_INET) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        answer_at_once()
        with socket.create_connection(listening.getsockname()):
            accepted, _ = listening.accept()
            with accepted:
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_sockets_that_do_not_listen_are_left_alone() -> None:
    with socket.socket(socket.AF_INET) as idle:
        answer_at_once()
        assert not idle.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_what_the_server_adds_lies_below_the_path_of_the_operator() -> None:
    assert {route.path.split("/{")[0] for route in routes("")} == {"/geometrie", "/werte", "/suche"}
    below = {route.path.split("/{")[0] for route in routes("/amt/statistik/")}
    assert below == {f"/amt/statistik/{name}" for name in ("geometrie", "werte", "suche")}


class Knot:
    """An object that only the collector can free."""

    def __init__(self) -> None:
        self.itself = self


def test_what_was_frozen_and_is_garbage_goes_at_the_next_thaw(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def some_rounds() -> None:
        task = asyncio.create_task(keep_frozen())
        await asyncio.sleep(0.05)
        task.cancel()

    monkeypatch.setattr(server, "_FREEZE_EVERY", 0.01)
    try:
        for thaw, gone in ((10**6, False), (1, True)):
            monkeypatch.setattr(server, "_THAW_EVERY", thaw)
            knot = Knot()
            seen = weakref.ref(knot)
            asyncio.run(some_rounds())
            assert gc.get_freeze_count()
            del knot
            asyncio.run(some_rounds())
            assert (seen() is None) is gone
    finally:
        gc.unfreeze()


@pytest.mark.parametrize("worker", ["", "2"])
def test_a_page_names_its_process_where_there_are_several(
    worker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WORKER_VARIABLE, worker)
    monkeypatch.setattr("inteso_dash.app.shell.page", lambda html, _query: html)
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    asked = {
        "type": "http",
        "path": "/",
        "query_string": b"",
        "headers": [(b"accept", b"text/html")],
    }
    asyncio.run(Shell(HTMLResponse("<html></html>"))(asked, None, send))  # type: ignore[arg-type]
    cookies = [value for name, value in sent[0]["headers"] if name == b"set-cookie"]
    wanted = b"inteso_dash_worker=2; Path=/; HttpOnly; SameSite=Lax"
    assert cookies == ([wanted] if worker else [])
