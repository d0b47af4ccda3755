"""What all declarations share."""

from __future__ import annotations

from pydantic import (
    BaseModel,
    ConfigDict,
)


class Declared(BaseModel):
    """A part of the declarations: immutable, and strict about its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Declared):
    """A text in German and, for exports, in English."""

    de: str
    en: str
