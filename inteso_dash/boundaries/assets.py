"""Files that the server sends at addresses which change with their content."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cached_property

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
