"""What stands before Streamlit: who may ask, under which name, what stays shut, how much is taken.

A page of another site could have its visitor's browser ask this server, under a name that it
points here or over a websocket; Streamlit would answer the first, and ask a host on the internet
about the second. Uploads it would hold without end.
"""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose
from streamlit.runtime import get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

UPLOAD = "/_stcore/upload_file/"
SHUT = ("/_stcore/metrics", "/_stcore/agent")
"""Streamlit's own figures, and its interface for programs: not for visitors."""
SESSION_BYTES = 80 * 2**20
SERVER_BYTES = 400 * 2**20
_LEAST = 4096
_POLICY = (
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
)
"""The browser itself refuses every request to another host. Streamlit compiles code at run time."""
TEXTS = {
    "host": "Dieser Server kennt den Namen „{found}“ nicht. Wer ihn betreibt, gibt den Namen beim "
    "Start an: inteso-dash run --host NAME.",
    "shut": "Diese Adresse ist nicht öffentlich.",
    "length": "Erwartet wird eine Anfrage, die ihre Länge nennt.",
    "session": "Diese Sitzung hält schon so viele Dateien, wie der Server annimmt. Laden Sie die "
    "Seite neu.",
    "server": "Der Server hält gerade zu viele Dateien. Versuchen Sie es später noch einmal.",
}


class Guard:
    """Middleware that refuses what no visitor of this server asks for, and sets headers.

    Parameters
    ----------
    app : ASGIApp
    hosts : iterable of str
        Names under which the server is asked; ``*`` for any, ``*.example.org`` for all below.
        Addresses in numbers and localhost always are, for no other site can point a name at them.
    embed : iterable of str
        Origins of sites that may show the application in a frame.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = (), embed: Iterable[str] = ()) -> None:
        self.app = app
        self.hosts = tuple(hosts)
        frames = " ".join(("'self'", *embed))
        self.headers = {
            "content-security-policy": "; ".join((*_POLICY, f"frame-ancestors {frames}")),
            "x-content-type-options": "nosniff",
            "referrer-policy": "same-origin",
            "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "cross-origin-opener-policy": "same-origin",
        }
        self.uploading = Counter[str]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request or pass it on."""
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            if not (self.known(headers.get("host", "")) and self.of_this_site(headers)):
                await WebSocketClose(code=1008)(scope, receive, send)
                return
            # Streamlit would hold the origin against an address that it asks the internet for.
            plain = [each for each in scope["headers"] if each[0] != b"origin"]
            await self.app({**scope, "headers": plain}, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, self._completed(send))
        else:
            await self.app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, path = Headers(scope=scope), scope["path"]
        host = headers.get("host", "")
        if not self.known(host):
            text = TEXTS["host"].format(found=host[:100])
            refusal = PlainTextResponse(text, HTTPStatus.MISDIRECTED_REQUEST)
        elif any(shut in path for shut in SHUT):
            refusal = PlainTextResponse(TEXTS["shut"], HTTPStatus.NOT_FOUND)
        elif UPLOAD in path and scope["method"] == "PUT":
            await self._upload(scope, receive, send)
            return
        else:
            await self.app(scope, receive, send)
            return
        await refusal(scope, receive, send)

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a file as long as the session, and all of them together, do not hold too many."""
        told = Headers(scope=scope).get("content-length", "")
        if not told.isdecimal():
            refusal = PlainTextResponse(TEXTS["length"], HTTPStatus.LENGTH_REQUIRED)
            await refusal(scope, receive, send)
            return
        session = scope["path"].partition(UPLOAD)[2].partition("/")[0]
        size = max(int(told), _LEAST)
        held = held_bytes()
        mine = held[session] + self.uploading[session] + size
        everybody = held.total() + self.uploading.total() + size
        over = "session" if mine > SESSION_BYTES else "server" if everybody > SERVER_BYTES else ""
        if over:
            refusal = PlainTextResponse(TEXTS[over], HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            await refusal(scope, receive, send)
            return
        self.uploading[session] += size
        try:
            await self.app(scope, receive, send)
        finally:
            self.uploading[session] -= size
            self.uploading += Counter()

    def known(self, host: str) -> bool:
        """Say whether a Host header names this server."""
        name = _name(f"//{host}")
        return name is not None and (
            name == "localhost"
            or name.endswith(".localhost")
            or _is_address(name)
            or "*" in self._names()
            or self._named(name)
        )

    def of_this_site(self, headers: Headers) -> bool:
        """Say whether a page of this server opens a websocket, or a program that is no browser."""
        origin = headers.get("origin")
        if origin is None or origin in st.get_option("server.corsAllowedOrigins"):
            return True
        name = _name(origin)
        same = urlsplit(origin).netloc.casefold() == headers.get("host", "").casefold()
        return name is not None and (same or self._named(name))

    def _names(self) -> list[str]:
        return [each.casefold() for each in (*self.hosts, *st.get_option("server.allowedHosts"))]

    def _named(self, name: str) -> bool:
        return any(
            allowed == name or (allowed.startswith("*.") and name.endswith(allowed[1:]))
            for allowed in self._names()
        )

    def _completed(self, send: Send) -> Send:
        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        return answer


def held_bytes() -> Counter[str]:
    """Return how many bytes of files each session holds."""
    manager = get_instance().uploaded_file_mgr
    if not isinstance(manager, MemoryUploadedFileManager):
        return Counter()
    return Counter(
        {
            session: sum(max(len(file.data), _LEAST) for file in list(files.values()))
            for session, files in list(manager.file_storage.items())
        }
    )


def _name(address: str) -> str | None:
    """Return the host of an address, None where it names none or holds more than host and port."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    if not parts.hostname or parts.username is not None or parts.path or parts.query:
        return None
    return parts.hostname.rstrip(".")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
