"""The HTML page around the application: its language, its title, and who answered it."""

from __future__ import annotations

import asyncio
import json
import os
from html import escape
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from inteso_dash.folders import WORKER_COOKIE, WORKER_VARIABLE

LANGUAGE = "de"
_STAYING = WORKER_COOKIE + "={}; Path=/; HttpOnly; SameSite=Lax"
"""Keeps a browser with this process, where it is one of several."""
STYLE = Path(__file__).with_name("shell.css").read_text("utf-8")
BEGIN = Path(__file__).with_name("begin.html").read_text("utf-8")
"""What is seen until the application itself draws; its script takes it away."""
_NO_MAP = '<div class="map"></div>'
_MAP = """<div class="map" id="begin-map" inert></div>
<script>
  import("./__MODULE__").then(
    ({ begin }) =>
      begin(document.getElementById("begin-map").attachShadow({ mode: "open" }), __DATA__),
    () => document.getElementById("begin-map")?.remove(),
  );
</script>"""
_AHEAD = """<link rel="modulepreload" href="./__MODULE__">
<link rel="preload" as="fetch" crossorigin="anonymous" href="__GEOMETRY__">"""
SCRIPT = Path(__file__).with_name("shell.js").read_text("utf-8")


class Shell:
    """Middleware that completes Streamlit's page: German, with the city's title."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        base = str(st.get_option("server.baseUrlPath") or "").split("/")
        self.start = "".join(f"/{part}" for part in base if part) + "/"

    def begins(self, scope: Scope) -> bool:
        """Say whether the start page is asked for."""
        return str(scope["path"]) == self.start

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; rewrite what is a page."""
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self.app(scope, receive, send)
            return
        if not self.begins(scope) and await asyncio.to_thread(starts, str(scope["path"])):
            # The start page has no name of its own for Streamlit.
            query = scope["query_string"].decode("latin-1")
            await RedirectResponse(f"./?{query}" if query else "./")(scope, receive, send)
            return
        query = scope["query_string"].decode("latin-1") if self.begins(scope) else None
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        begun: list[Message] = []
        body = bytearray()

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.append(message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body", False):
                return
            headers = MutableHeaders(raw=begun[0]["headers"])
            content = bytes(body)
            if headers.get("content-type", "").startswith("text/html") and content:
                content = (await asyncio.to_thread(page, content.decode(), query)).encode()
                headers["content-length"] = str(len(content))
                if os.environ.get(WORKER_VARIABLE):
                    headers.append("set-cookie", _STAYING.format(os.environ[WORKER_VARIABLE]))
            await send(begun[0])
            await send({"type": "http.response.body", "body": content})

        await self.app({**scope, "headers": plain}, receive, answer)


def starts(path: str) -> bool:
    """Say whether a path names the start page."""
    from inteso_dash.app import ready

    return path.endswith(f"/{ready.START}")


def page(html: str, query: str | None = None) -> str:
    """Name language and title in Streamlit's page and add what it has no setting for.

    Parameters
    ----------
    html : str
        Streamlit's page.
    query : str, optional
        What the address of the start page asks for: its map stands there before the application.
    """
    from inteso_dash.app import ready

    title, data = ready.begin(query)
    ahead, drawn = "", _NO_MAP
    if data is not None:
        ahead = _AHEAD.replace("__GEOMETRY__", data["geometry"]).replace(
            "__MODULE__", ready.MAP_MODULE
        )
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        drawn = _MAP.replace("__MODULE__", ready.MAP_MODULE).replace("__DATA__", text)
    begin = BEGIN.replace("__TITLE__", escape(title)).replace("__MAP__", drawn)
    changes = {
        '<html lang="en">': f'<html lang="{LANGUAGE}">',
        "<title>Streamlit</title>": f"<title>{escape(title)}</title>",
        "<head>": f"<head>{ahead}",
        "</head>": f"<style>{STYLE}</style><script>{SCRIPT}</script></head>",
        "</body>": f"{begin}</body>",
    }
    for old, new in changes.items():
        html = html.replace(old, new, 1)
    return html
