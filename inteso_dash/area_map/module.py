"""The component's program text as a file of our own server, cacheable for good."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from typing import Self

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_FOLDER = "komponente"


@dataclass(frozen=True)
class Module:
    """A JavaScript text at an address that changes with its content."""

    name: str
    body: bytes
    packed: bytes

    @classmethod
    def of(cls, body: bytes) -> Self:
        """Name and compress a text."""
        name = f"area_map.{hashlib.sha256(body).hexdigest()[:12]}.js"
        return cls(name, body, gzip.compress(body, mtime=0))

    @property
    def url(self) -> str:
        """Address relative to the server's root."""
        return f"{_FOLDER}/{self.name}"

    @property
    def route(self) -> Route:
        """Route for `st.App(routes=[...])`."""
        return Route(f"/{self.url}", self._respond)

    async def _respond(self, request: Request) -> Response:
        headers = {
            "Cache-Control": "public, max-age=31536000, immutable",
            "Vary": "Accept-Encoding",
        }
        body = self.body
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            body = self.packed
        return Response(body, media_type="text/javascript", headers=headers)
