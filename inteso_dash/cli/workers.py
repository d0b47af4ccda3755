"""Several server processes behind one port; every browser stays with one of them.

Streamlit holds a session in one process, and with it uploads and media. So this process reads the
head of the first request on a connection, sees which process a cookie names, and hands the bytes
on in both directions as they come. What carries no cookie, as in a frame of another site, goes by
address and browser. A process that ends is started again, and its browsers come back to it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import secrets
import signal
import socket
import sys
import time
import zlib
from collections import Counter
from collections.abc import Sequence
from typing import Any

from inteso_dash.folders import WORKER_COOKIE, WORKER_VARIABLE, start_file

_HERE = "127.0.0.1"
_HEAD, _AT_ONCE = 2**16, 2**16
"""Bytes that the head of a request may have, and that are handed on at once."""
_HEAD_SECONDS, _START_SECONDS, _END_SECONDS = 30, 60, 10
_SHORT, _MOST_SHORT, _LONGEST_PAUSE = 10, 5, 30
_COOKIE = re.compile(rb"\r\ncookie:[^\r\n]*\b" + WORKER_COOKIE.encode() + rb"=(\d{1,3})\b", re.I)
_PAGE = re.compile(rb"\r\naccept:[^\r\n]*text/html", re.I)
_FROM = re.compile(rb"\r\nx-forwarded-for:\s*([^\r\n,]+)", re.I)
_AGENT = re.compile(rb"\r\nuser-agent:([^\r\n]*)", re.I)
_AGAIN = "Der Server startet gerade neu. Laden Sie die Seite in einer Minute noch einmal."
_UNAVAILABLE = (
    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\n"
    f"Retry-After: 60\r\nContent-Length: {len(_AGAIN.encode())}\r\n"
    f"Connection: close\r\n\r\n{_AGAIN}"
).encode()


def worker_of(head: bytes, address: str, busy: Sequence[tuple[int, int]]) -> int:
    r"""Choose who answers a connection.

    Parameters
    ----------
    head : bytes
        Of its first request.
    address : str
        Where it comes from.
    busy : sequence of (int, int)
        Of each worker: connections that are open, and connections so far.

    Returns
    -------
    int
        From 0: whom the cookie names; for a page without one, the least busy; for anything else,
        one that is always the same for an address and a browser.

    Examples
    --------
    >>> worker_of(b"GET /\r\nCookie: a=1; inteso_dash_worker=2\r\n\r\n", "::1", 2 * [(0, 0)])
    1
    >>> worker_of(b"GET / HTTP/1.1\r\nAccept: text/html\r\n\r\n", "::1", [(3, 4), (2, 9), (2, 7)])
    2
    """
    named = _COOKIE.search(head)
    if named and 1 <= int(named[1]) <= len(busy):
        return int(named[1]) - 1
    if _PAGE.search(head):
        return min(range(len(busy)), key=lambda at: busy[at])
    forwarded, agent = _FROM.search(head), _AGENT.search(head)
    place = forwarded[1] if forwarded else address.encode()
    return zlib.crc32(place + (agent[1] if agent else b"")) % len(busy)


class Workers:
    """Server processes, kept alive, and what hands connections on to them.

    Parameters
    ----------
    count : int
    address : str
        Where all of them are asked.
    port : int
    """

    def __init__(self, count: int, address: str, port: int) -> None:
        self._address, self._port = address, port
        self._ports = [0] * count
        self._open, self._handed = Counter[int](), Counter[int]()
        self._secret = secrets.token_hex(32)
        self._connections = set[asyncio.Task[None]]()

    async def run(self) -> int:
        """Serve until told to end (0), or until a process ends again and again (1)."""
        told = asyncio.Event()
        for each in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(each, told.set)
        server = await asyncio.start_server(self._accept, self._address, self._port, limit=_HEAD)
        keeping = [asyncio.create_task(self._keep(at)) for at in range(len(self._ports))]
        ending = asyncio.create_task(told.wait())
        done, _ = await asyncio.wait([ending, *keeping], return_when=asyncio.FIRST_COMPLETED)
        server.close()
        left: list[asyncio.Task[Any]] = [ending, *keeping, *self._connections]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        return 0 if ending in done else 1

    async def _keep(self, at: int) -> None:
        """Start a process whenever it is not there; returns where it ends at once every time."""
        short = 0
        while short < _MOST_SHORT:
            began = time.monotonic()
            code = await self._once(at)
            short = short + 1 if time.monotonic() - began < _SHORT else 0
            print(
                f"Prozess {at + 1} endete (Code {code}) und wird neu gestartet.",
                file=sys.stderr,
                flush=True,
            )
            await asyncio.sleep(min(2**short - 1, _LONGEST_PAUSE))

    async def _once(self, at: int) -> int:
        """Run a process until it ends, or end it."""
        self._ports[at] = port = _free_port()
        settings = ["--server.port", str(port), "--server.address", _HERE]
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "streamlit", "run", str(start_file()), *settings),
            env={
                "STREAMLIT_SERVER_COOKIE_SECRET": self._secret,
                **os.environ,
                WORKER_VARIABLE: str(at + 1),
            },
        )
        try:
            return await process.wait()
        finally:
            if process.returncode is None:
                process.terminate()
                try:
                    await asyncio.wait_for(process.wait(), _END_SECONDS)
                except TimeoutError:
                    process.kill()
                    await process.wait()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._hand_on(reader, writer))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    async def _hand_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(
            OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError
        ):
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _HEAD_SECONDS)
            address = str(writer.get_extra_info("peername")[0])
            busy = [(self._open[at], self._handed[at]) for at in range(len(self._ports))]
            at = worker_of(head, address, busy)
            self._open[at] += 1
            self._handed[at] += 1
            try:
                await self._with_worker(at, head, reader, writer)
            finally:
                self._open[at] -= 1
        writer.close()

    async def _with_worker(
        self, at: int, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        inner = await self._connected(at)
        if inner is None:
            writer.write(_UNAVAILABLE)
            await writer.drain()
            return
        from_worker, to_worker = inner
        to_worker.write(head)
        asking = asyncio.create_task(_copy(reader, to_worker))
        try:
            await _copy(from_worker, writer)
        finally:
            asking.cancel()
            to_worker.close()

    async def _connected(self, at: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        """Connect to a process, if need be once it is there; None where it does not come."""
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                return await asyncio.open_connection(_HERE, self._ports[at])
            await asyncio.sleep(0.1)
        return None


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Hand on what comes until nothing more does, and that as well."""
    with contextlib.suppress(OSError):
        while data := await reader.read(_AT_ONCE):
            writer.write(data)
            await writer.drain()
        writer.write_eof()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HERE, 0))
        port: int = probe.getsockname()[1]
    return port
